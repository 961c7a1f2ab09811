//! Lists of ideas: one item per idea, its title in the first line, its fields in the paragraphs and lists below it.

use std::ops::Range;

use crate::fields::{self, Style};
use crate::labels::Labels;
use crate::outline::{Kind, Outline};
use crate::prose::Text;

use super::draft::{Draft, Fact};
use super::headings::Evidence;

/// The ideas of all lists of a page, and the nodes of those lists: nobody else shall read them.
pub(super) fn read(outline: &Outline) -> (Vec<Draft<'_>>, Vec<Range<usize>>) {
    let (mut drafts, mut taken) = (Vec::new(), Vec::new());
    for list in outline.siblings(0..outline.nodes.len()).filter(|&node| outline.nodes[node].kind == Kind::List) {
        let found = read_list(outline, list);
        if !found.is_empty() {
            drafts.extend(found);
            taken.push(list..outline.nodes[list].end);
        }
    }
    (drafts, taken)
}

/// The ideas of a list; none unless two of its items are ideas.
fn read_list(outline: &Outline, list: usize) -> Vec<Draft<'_>> {
    // Most lists are lists of fields, or of short items: both are dismissed before anything is read.
    let labelled =
        |item: usize| outline.nodes.get(item + 1).is_some_and(|_| fields::label(outline.text(item + 1), Style::Item).is_some());
    if outline.children(list).next().is_none_or(labelled) {
        return Vec::new();
    }
    let titled = outline.children(list).filter(|&item| title(outline, item).is_some()).count();
    if titled < 2 {
        return Vec::new();
    }
    let drafts: Vec<_> = outline.children(list).filter_map(|item| read_item(outline, item)).collect();
    if drafts.len() > 1 { drafts } else { Vec::new() }
}

fn read_item(outline: &Outline, item: usize) -> Option<Draft<'_>> {
    let title = title(outline, item)?;
    // What stands beside the title, and what stands below it.
    let found = fields::read(outline, item + 1..outline.nodes[item].end);
    if !Evidence::of(&found.fields, outline).is_strong() {
        return None;
    }
    let loose = found.loose.iter().map(|&node| outline.text(node).trim());
    let loose = loose.map(|text| if text.as_str().starts_with(title.as_str()) { text.from(title.len()).trim() } else { text });
    let loose = loose.filter(|text| !text.is_empty()).collect();
    let mut draft = Draft { title: Some(title), loose, ..Draft::default() };
    for field in &found.fields {
        draft.facts.push(Fact::of(field, outline));
    }
    Some(draft)
}

/// The first line of an item, if it can be a title: bold, a link, or short; and no label.
fn title(outline: &Outline, item: usize) -> Option<Text<'_>> {
    let first = item + 1;
    if outline.nodes.get(first)?.kind != Kind::Paragraph {
        return None;
    }
    let line = outline.text(first).lines().next()?;
    let bold = line.bold_prefix().map(|end| line.cut(0..end));
    let title = bold.unwrap_or(line);
    // Without boldness it is a title only with something below it.
    let below = outline.nodes[item].end > first + 1;
    let set_apart = bold.is_some() || (below && !line.as_str().ends_with(['.', ':', ';']));
    (set_apart
        && title.len() <= 140
        && fields::label(line, Style::Item).is_none()
        && !Labels::get().is_placeholder(line.as_str()))
    .then_some(title)
}
