//! Lists of ideas: one item per idea, its title in the first line, its fields in the paragraphs and lists below it.

use std::ops::Range;

use crate::document::{Document, Kind};
use crate::fields::{self, Style};
use crate::labels::Labels;
use crate::prose::Text;

use super::draft::{Draft, Fact};
use super::headings::{Evidence, Heading, Holds};

/// The ideas of all lists of a page, and the nodes of those lists: nobody else shall read them.
pub(super) fn read(document: &Document) -> (Vec<Draft<'_>>, Vec<Range<usize>>) {
    let is_list = |&node: &usize| document.nodes[node].kind == Kind::List && !document.nodes[node].verbatim;
    let lists = document.siblings(0..document.nodes.len()).filter(is_list);
    let mut found: Vec<_> =
        lists.map(|list| (list, read_list(document, list))).filter(|(_, drafts)| !drafts.is_empty()).collect();
    // Where lists hold the ideas, a list of one is one of them; by itself it may be anything.
    if found.iter().all(|(_, drafts)| drafts.len() < 2) {
        found.clear();
    }
    let taken = found.iter().map(|&(list, _)| list..document.nodes[list].end).collect();
    (found.into_iter().flat_map(|(_, drafts)| drafts).collect(), taken)
}

/// Files the ideas of lists under the headings they stand below, where that parts them.
pub(super) fn file_under<'a>(headings: &[Heading<'a>], drafts: &mut [Draft<'a>]) {
    let start = |text: Text<'_>| text.span().start;
    let above = |draft: &Draft<'a>| {
        let title = start(draft.title?);
        let heading = headings[..headings.partition_point(|heading| start(heading.text) < title)].last()?;
        (heading.is_name && heading.holds != Holds::Idea).then_some(heading)
    };
    let groups: Vec<_> = drafts.iter().map(above).collect();
    let mut nodes: Vec<_> = groups.iter().flatten().map(|heading| heading.node).collect();
    nodes.dedup();
    if nodes.len() > 1 {
        for (draft, group) in drafts.iter_mut().zip(groups) {
            draft.group = group.map(|heading| heading.text);
        }
    }
}

/// The ideas of a list: two of its items, or its only one.
fn read_list(document: &Document, list: usize) -> Vec<Draft<'_>> {
    // Most lists are lists of fields, or of short items: both are dismissed before anything is read.
    let labelled =
        |item: usize| document.nodes.get(item + 1).is_some_and(|_| fields::label(document.text(item + 1), Style::Item).is_some());
    if document.children(list).next().is_none_or(labelled) {
        return Vec::new();
    }
    let items = document.children(list).count();
    let titled = document.children(list).filter(|&item| title(document, item).is_some()).count();
    if titled < items.min(2) {
        return Vec::new();
    }
    let drafts: Vec<_> = document.children(list).filter_map(|item| read_item(document, item)).collect();
    if drafts.len() >= items.min(2) { drafts } else { Vec::new() }
}

fn read_item(document: &Document, item: usize) -> Option<Draft<'_>> {
    let title = title(document, item)?;
    // What stands beside the title, and what stands below it.
    let found = fields::read(document, item + 1..document.nodes[item].end);
    if !Evidence::of(&found.fields, document).is_strong() {
        return None;
    }
    let loose = found.loose.iter().map(|&node| document.text(node).trim());
    // Of the title's own paragraph, what stands between the title and the first fact.
    let first_label = found.fields.first().map(|field| field.label);
    let loose = loose.map(|text| if text.as_str().starts_with(title.as_str()) { beside(title, first_label, text) } else { text });
    let loose = loose.filter(|text| !text.is_empty()).collect();
    let mut draft = Draft { title: Some(title), loose, ..Draft::default() };
    for field in &found.fields {
        draft.facts.push(Fact::of(field, document));
    }
    Some(draft)
}

/// What a paragraph says between the title it begins with and the label of the first fact.
fn beside<'a>(title: Text<'_>, label: Option<Text<'_>>, text: Text<'a>) -> Text<'a> {
    let label = label.filter(|label| label.span().start < text.span().end);
    let end = label.map_or(text.len(), |label| label.offset_in(text)).max(title.len());
    let said = &text.as_str()[title.len()..end];
    text.of(said.trim_start_matches(|c: char| c.is_whitespace() || ".:-–—*".contains(c)).trim_end_matches(['*', ' ', '\n']))
}

/// The first line of an item, if it can be a title: bold, a link, or short; and no label.
fn title(document: &Document, item: usize) -> Option<Text<'_>> {
    let first = item + 1;
    if document.nodes.get(first)?.kind != Kind::Paragraph {
        return None;
    }
    let line = document.text(first).lines().next()?;
    let bold = line.bold_prefix().map(|end| line.cut(0..end));
    let title = bold.unwrap_or(line);
    // Without boldness it is a title only with something below it.
    let below = document.nodes[item].end > first + 1;
    let set_apart = bold.is_some() || (below && !line.as_str().ends_with(['.', ':', ';']));
    (set_apart
        && title.len() <= 140
        && fields::label(line, Style::Item).is_none()
        && !Labels::get().is_placeholder(line.as_str()))
    .then_some(title)
}
