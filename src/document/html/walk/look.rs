//! What elements look like: styles, and headings that are told only by their size.

use super::text::Gap;
use super::{End, Walk};
use crate::document::html::measure::Measure;
use crate::document::html::names::{heading_level, is_block};
use crate::document::html::style::font_level;
use crate::prose::Style;

/// A short block is set apart by what it is called; a long one is text.
const SHORT: u32 = 120;

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
                let after = tree.nodes.get(tree.nodes[node].next as usize..).unwrap_or_default();
                let after = after.iter().find(|after| after.name.is_some() || after.start < after.end);
                let ends = after.is_none_or(|after| after.name.as_deref().is_some_and(|name| name == "br" || is_block(name)));
                tree.attribute(node, "size").and_then(font_level).filter(|_| ends)
            }
            _ => None,
        }
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

    /// A style is said to be set, or not, up to a node.
    pub(super) fn set(&mut self, style: Style, is_set: bool, end: usize) {
        self.set[style as usize].push(is_set);
        self.ends.push((end, End::Style(style)));
    }
}
