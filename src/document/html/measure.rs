//! How much there is in each element of a page, counted once.

use std::borrow::Cow;

use super::names::{heading_level, is_block, is_unseen};
use super::tree::Tree;

/// What is in an element, and in everything in it.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Measure {
    /// Bytes of text, white space aside.
    pub(super) text: u32,
    /// Letters and digits.
    pub(super) letters: u32,
    /// Bytes of text in links.
    pub(super) links: u32,
    /// Headings, and those of the first level.
    pub(super) headings: u32,
    pub(super) titles: u32,
    /// Whether there are elements that stand on lines of their own.
    pub(super) blocks: bool,
    /// Whether there is a heading, a table, a list or a paragraph.
    pub(super) structure: bool,
    pub(super) table: bool,
}

/// Measures every node of a tree.
pub(super) fn measure(text: &str, tree: &Tree) -> Vec<Measure> {
    let mut all = vec![Measure::default(); tree.nodes.len()];
    for node in (1..all.len()).rev() {
        let name = tree.name(node);
        let mut own = all[node];
        if tree.nodes[node].name.is_none() {
            let text = &text[tree.nodes[node].span().range()];
            let decoded = if text.contains('&') { Cow::Owned(super::entities::decoded(text)) } else { Cow::Borrowed(text) };
            for c in decoded.chars() {
                own.text += if c.is_whitespace() { 0 } else { count(c.len_utf8()) };
                own.letters += u32::from(c.is_alphanumeric());
            }
        } else if is_unseen(name) {
            own = Measure::default();
        } else {
            match name {
                "a" => own.links = own.text,
                "table" => own.table = true,
                _ => {}
            }
            if let Some(level) = heading_level(name).filter(|_| own.text > 0) {
                own.headings += 1;
                own.titles += u32::from(level == 1);
            }
        }
        all[node] = own;
        let block = is_block(name) && !is_unseen(name);
        let structure =
            heading_level(name).is_some() || matches!(name, "dl" | "ol" | "p" | "table" | "ul" | "pre" | "blockquote");
        if let Some(parent) = all.get_mut(tree.nodes[node].parent as usize) {
            parent.text += own.text;
            parent.letters += own.letters;
            parent.links += own.links;
            parent.headings += own.headings;
            parent.titles += own.titles;
            parent.blocks |= own.blocks || block;
            parent.structure |= own.structure || structure;
            parent.table |= own.table;
        }
    }
    all
}

fn count(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
