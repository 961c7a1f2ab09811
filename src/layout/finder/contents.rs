//! Tables of contents that group what the headings do not: an entry's group is the project it is filed under.

use std::collections::HashMap;

use crate::document::{Document, Kind};
use crate::labels::Labels;
use crate::prose::Text;

use super::super::draft::Draft;

/// Files ideas without a project under the group that the page's table of contents names for them.
pub(super) fn file_under<'a>(document: &'a Document, drafts: &mut [Draft<'a>]) {
    if drafts.iter().all(|draft| draft.group.is_some()) {
        return;
    }
    let groups = groups(document);
    if groups.is_empty() {
        return;
    }
    for draft in drafts.iter_mut().filter(|draft| draft.group.is_none()) {
        draft.group = draft.title.and_then(|title| groups.get(&letters(title.as_str())).copied());
    }
}

/// The group of each entry, by the letters of its anchor and of its text.
fn groups(document: &Document) -> HashMap<String, Text<'_>> {
    let mut groups = HashMap::new();
    for item in (0..document.nodes.len()).filter(|&node| document.nodes[node].kind == Kind::Item) {
        let mut inside = document.children(item);
        let (Some(name), Some(list)) = (inside.next(), inside.next()) else { continue };
        if document.nodes[name].kind != Kind::Paragraph || document.nodes[list].kind != Kind::List {
            continue;
        }
        let text = document.text(name).trim();
        // An entry that leads somewhere itself is a heading of the page, and the headings have spoken.
        let group = group_name(text);
        if text.links().next().is_some() || group.is_empty() || group.len() > 60 || Labels::get().is_container(group.as_str()) {
            continue;
        }
        for entry in document.children(list) {
            for (_, entry) in document.texts(entry..document.nodes[entry].end) {
                for (range, link) in entry.links() {
                    if let Some(anchor) = link.url.strip_prefix('#') {
                        groups.insert(letters(anchor), group);
                        groups.insert(letters(entry.cut(range).as_str()), group);
                    }
                }
            }
        }
    }
    groups
}

/// Letters and digits alone: sites differ in what else an anchor keeps.
pub(super) fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// "fpm - Fortran Package Manager" is filed under "fpm".
fn group_name(text: Text<'_>) -> Text<'_> {
    let said = text.as_str();
    let end = [" - ", " – ", " — ", ": ", "\n"].iter().filter_map(|mark| said.find(mark)).min().unwrap_or(said.len());
    text.cut(0..end).trim_matches(|c| c.is_whitespace() || c == ':')
}
