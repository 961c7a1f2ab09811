//! What elements look like: styles, and headings that are told only by their size.

use super::text::Gap;
use super::{End, Page, Walk};
use crate::document::Kind;
use crate::document::html::measure::Measure;
use crate::document::html::names::{Called, heading_level, is_block};
use crate::document::html::style::font_level;
use crate::prose::Style;

/// A short block is set apart by what it is called; a long one is text.
const SHORT: u32 = 120;

/// Behind what looks like a heading no more text stands on its line: "(medium, 175 hours)".
const REMARK: u32 = 40;

/// No label is longer, in bytes.
const LONGEST_LABEL: u32 = 40;

/// How many nodes of nothing may stand between two rows.
const MOST_BLANKS: usize = 4;

/// The two elements that are all of a row, if their names do not make them two of a kind.
fn pair(page: &Page<'_>, row: usize) -> Option<(usize, usize)> {
    let tree = page.tree;
    if !matches!(tree.name(row), "div" | "p" | "li" | "td" | "dd") {
        return None;
    }
    let mut parts = tree.children(row).filter(|&node| !is_blank(page, node));
    let (Some(label), Some(value), None) = (parts.next(), parts.next(), parts.next()) else { return None };
    let class = |node: usize| tree.attribute(node, "class").filter(|class| !class.is_empty());
    let is_inline = matches!(tree.name(value), "span" | "a" | "b" | "strong" | "em" | "i");
    let differ = class(label).is_none() || class(label) != class(value);
    (tree.name(label) == "span" && is_inline && differ).then_some((label, value))
}

/// True for white space between elements.
fn is_blank(page: &Page<'_>, node: usize) -> bool {
    page.tree.nodes[node].name.is_none() && page.measures[node].text == 0
}

impl Walk<'_, '_, '_> {
    /// The level of a heading that is told only by its size: a summary, or a line of its own.
    pub(super) fn looks_like_heading(&self, node: usize) -> Option<u8> {
        let (tree, own) = (self.tree, self.page.measures[node]);
        if own.text == 0 || own.text > SHORT || own.headings > 0 || own.blocks || self.lines.is_some() {
            return None;
        }
        match tree.name(node) {
            "summary" => self.page.sheet.look(tree, node).level,
            // A cell with nothing else heads no text: it is a banner.
            "font" if tree.around(node).any(|cell| tree.name(cell) == "td" && self.page.measures[cell].text == own.text) => None,
            "font" if !self.builder.leaf || matches!(self.gap, Some(Gap::Break(_))) => {
                tree.attribute(node, "size").and_then(font_level).filter(|_| self.ends_line(node))
            }
            _ => None,
        }
    }

    /// True if an element ends its line, but for a short remark in brackets.
    fn ends_line(&self, node: usize) -> bool {
        let (tree, measures) = (self.tree, self.page.measures);
        let after = tree.nodes[node].next as usize..tree.nodes.len();
        let on_line = after.take_while(|&after| tree.name(after) != "br" && !is_block(tree.name(after)));
        let mut len = 0;
        for text in on_line.filter(|&after| tree.nodes[after].name.is_none() && measures[after].text > 0) {
            let said = self.builder.text[tree.nodes[text].span().range()].trim_start();
            if len == 0 && !said.starts_with(['(', '[']) {
                return false;
            }
            len += measures[text].text;
            if len > REMARK {
                return false;
            }
        }
        true
    }

    /// How an element sets its text apart.
    pub(super) fn style(&mut self, node: usize, own: Measure, end: usize, is_block: bool) {
        let name = self.tree.name(node);
        let look = self.page.sheet.look(self.tree, node);
        let is_short = own.text > 0 && own.text <= SHORT && !own.blocks;
        let apart = is_block
            && is_short
            && self.page.plan.apart[node]
            && heading_level(name).is_none()
            && !matches!(name, "li" | "td" | "body");
        let bold = look.bold.or((apart || matches!(name, "b" | "strong" | "th")).then_some(true));
        let italic = look.italic.or(matches!(name, "i" | "em" | "cite" | "var" | "dfn").then_some(true));
        let code = matches!(name, "code" | "kbd" | "samp" | "tt").then_some(true);
        for (style, set) in [(Style::Strong, bold), (Style::Emphasis, italic), (Style::Code, code)] {
            if let Some(set) = set {
                self.set(style, set, end);
            }
        }
        if look.struck || matches!(name, "s" | "del" | "strike") {
            self.struck += 1;
            self.ends.push((end, End::Struck));
        }
    }

    /// True for the label in `<div><span>Mentor</span><span>Ada</span></div>`, where rows of that kind stand one after another:
    /// only their look parts the two.
    pub(super) fn labels_next(&mut self, node: usize) -> bool {
        let (tree, page) = (self.tree, self.page);
        if tree.name(node) != "span" || self.lines == Some(' ') {
            return false;
        }
        let row = tree.nodes[node].parent as usize;
        let Some((label, value)) = pair(&page, row).filter(|&(label, _)| label == node) else { return false };
        let end = tree.nodes[row].next;
        let next = (end as usize..tree.nodes.len()).take(MOST_BLANKS).find(|&node| !is_blank(&page, node));
        let follows = next.is_some_and(|next| tree.nodes[next].parent == tree.nodes[row].parent && pair(&page, next).is_some());
        let before = self.pair as usize;
        let goes_on =
            0 < before && before <= row && row - before < MOST_BLANKS && (before..row).all(|node| is_blank(&page, node));
        let own = self.page.measures[label];
        let text = tree.within(label).find(|&node| tree.nodes[node].name.is_none() && self.page.measures[node].text > 0);
        let said = text.map_or("", |text| self.builder.text[tree.nodes[text].span().range()].trim());
        let is_label =
            own.text <= LONGEST_LABEL && said.starts_with(char::is_alphabetic) && said.ends_with(char::is_alphanumeric);
        if !is_label || self.page.measures[value].text == 0 || !(follows || goes_on) {
            return false;
        }
        self.pair = end;
        true
    }

    /// True for what is called the values of a field and holds several, or holds nothing but badges: each short and in a block of its
    /// own.
    pub(super) fn lists_values(&self, node: usize) -> bool {
        let page = &self.page;
        let is_value = |&child: &usize| {
            let own = page.measures[child];
            is_block(self.tree.name(child)) && heading_level(self.tree.name(child)).is_none() && !own.blocks && own.text <= SHORT
        };
        let values = || self.tree.children(node).filter(|&child| !is_blank(page, child));
        let are_badges = || values().all(|child| page.plan.called[child].is(Called::BADGE));
        values().nth(1).is_some()
            && values().all(|child| is_value(&child))
            && (page.plan.called[node].is(Called::VALUES) || are_badges())
    }

    /// True for one of them.
    pub(super) fn is_value(&self, node: usize) -> bool {
        let parent = self.tree.nodes[node].parent as usize;
        let list = self.builder.open.last().map(|&open| &self.builder.document.nodes[open]);
        let opened_list = list.is_some_and(|list| list.kind == Kind::List && list.span() == self.tree.nodes[parent].span());
        opened_list && !matches!(self.tree.name(parent), "ul" | "ol" | "menu" | "dir")
    }

    /// A style is said to be set, or not, up to a node.
    pub(super) fn set(&mut self, style: Style, is_set: bool, end: usize) {
        self.set[style as usize].push(is_set);
        self.ends.push((end, End::Style(style)));
    }
}
