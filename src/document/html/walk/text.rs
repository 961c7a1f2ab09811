//! Text as a browser shows it: white space collapses, styles and links begin and end with the text they apply to.

use super::Walk;
use crate::document::Kind;
use crate::document::html::entities::{Shown, entity};
use crate::document::image::{badge, holds_title};
use crate::labels::{self, Labels, Mark};
use crate::prose::Style;
use crate::text::Span;

/// White space that is due before the next text.
#[derive(Clone, Copy, Debug)]
pub(super) enum Gap {
    Space(Span),
    Break(Span),
}

/// How text is set apart where the walk stands.
pub(super) type Styles = [bool; STYLES.len()];

const STYLES: [Style; 3] = [Style::Strong, Style::Emphasis, Style::Code];

impl Walk<'_, '_, '_> {
    /// A block begins or ends: what stands before it is a line, or a paragraph, of its own.
    pub(super) fn part(&mut self) {
        let here = Span::new(self.at, self.at);
        match self.lines {
            Some('\n') if self.builder.leaf => {
                self.gap = self.gap.filter(|gap| matches!(gap, Gap::Break(_))).or(Some(Gap::Break(here)));
            }
            Some(_) => self.gap = self.gap.or(Some(Gap::Space(here))),
            None => self.close_leaf(),
        }
    }

    pub(super) fn close_leaf(&mut self) {
        self.gap = None;
        self.leaf = None;
        if self.builder.leaf {
            self.end_link();
            self.set_styles(Styles::default());
            self.builder.close();
        } else {
            // A title that shows nothing else never opened.
            self.builder.show_badges();
        }
    }

    pub(super) fn line_break(&mut self, span: Span) {
        match self.gap {
            // Two of them part paragraphs.
            Some(Gap::Break(before)) if self.lines.is_none() && before.start < before.end && span.start < span.end => {
                self.close_leaf();
            }
            _ if self.builder.leaf => self.gap = Some(Gap::Break(span)),
            _ => {}
        }
    }

    /// A badge is a line, that of a title one below it; the name of another image is text where it is all that a link has.
    pub(super) fn image(&mut self, node: usize) {
        let tree = self.tree;
        let span = tree.nodes[node].span();
        let leaf = if self.builder.leaf { self.innermost() } else { self.leaf.map(|(kind, _)| kind) };
        // GitHub shows pictures from a place of its own.
        let address = tree.attribute(node, "data-canonical-src").or_else(|| tree.attribute(node, "src"));
        if leaf.is_some_and(holds_title) {
            self.builder.badges.extend(address.and_then(badge).map(|badge| (badge, span)));
            return;
        }
        if let Some(badge) = address.and_then(badge) {
            self.line_break(span);
            self.show(&badge, span);
            self.line_break(Span::new(span.end, span.end));
            return;
        }
        let link = tree.around(node).find(|&outer| tree.name(outer) == "a").filter(|_| !self.links.is_empty());
        let alt = tree.attribute(node, "alt").map(str::trim).filter(|alt| !alt.is_empty());
        if let (Some(alt), true) = (alt, link.is_some_and(|link| self.page.measures[link].text == 0)) {
            self.show(alt, span);
        }
        // The picture of somebody, and their name: what stood right before is somebody else.
        let begins = tree.around(node).next().is_some_and(|outer| outer + 1 == node && self.page.measures[outer].text > 0);
        if begins && self.gap.is_none() {
            self.line_break(span);
        }
    }

    /// `[x]` in lists of tasks, as in Markdown.
    pub(super) fn checkbox(&mut self, node: usize) {
        let tree = self.tree;
        if tree.name(node) == "input" && tree.attribute(node, "type") == Some("checkbox") {
            let in_item = tree.around(node).take(4).any(|outer| tree.name(outer) == "li");
            if in_item && self.lines.is_none() {
                let mark = if tree.attribute(node, "checked").is_some() { "[x]" } else { "[ ]" };
                self.show(mark, tree.nodes[node].span());
                self.gap = Some(Gap::Space(tree.nodes[node].span()));
            }
        }
    }

    /// A stretch of text.
    pub(super) fn text(&mut self, node: usize) {
        let span = self.tree.nodes[node].span();
        if span.start == span.end {
            self.space(span);
            return;
        }
        let text = self.builder.text;
        let bytes = text.as_bytes();
        let mut at = span.start;
        while at < span.end {
            let here = |len: usize| Span::new(at, at + len);
            match bytes[at] {
                b'\n' if self.lined > 0 => {
                    let blank = text[at + 1..span.end].bytes().find(|byte| !matches!(byte, b' ' | b'\t' | b'\r')) == Some(b'\n');
                    if blank {
                        self.close_leaf();
                    } else {
                        self.line_break(here(1));
                    }
                    at += 1;
                }
                b'\n' if begins_fact(&text[at + 1..span.end]) && self.lines != Some(' ') => {
                    self.space(here(1));
                    self.line_break(here(1));
                    at += 1;
                }
                b' ' | b'\n' | b'\t' | b'\r' | b'\x0c' => {
                    self.space(here(1));
                    at += 1;
                }
                b'&' => {
                    if let Some((Shown(first, second), len)) = entity(&text[at..span.end]) {
                        let mut shown = String::from(first);
                        shown.extend(second);
                        self.show_char(&shown, here(len));
                        at += len;
                    } else {
                        self.show("&", here(1));
                        at += 1;
                    }
                }
                _ => {
                    let mut len = plain(&text[at..span.end]);
                    if len == 0 {
                        len = text[at..].chars().next().map_or(1, char::len_utf8);
                        self.show_char(&text[at..at + len], here(len));
                    } else {
                        self.show(&text[at..at + len], here(len));
                    }
                    at += len;
                }
            }
        }
    }

    /// A character that may be white space, or nothing.
    fn show_char(&mut self, shown: &str, span: Span) {
        match shown {
            "\u{200b}" | "\u{feff}" | "\u{ad}" => {}
            " " | "\n" | "\t" | "\r" => self.space(span),
            "\u{a0}" if !self.builder.leaf || matches!(self.gap, Some(Gap::Break(_))) => {}
            _ => self.show(shown, span),
        }
    }

    pub(super) fn space(&mut self, span: Span) {
        if self.builder.leaf && self.gap.is_none() {
            self.gap = Some(Gap::Space(span));
            // The space after bold text is not bold.
            self.end_styles();
        }
    }

    fn wanted(&self) -> Styles {
        STYLES.map(|style| self.set[style as usize].last() == Some(&true))
    }

    /// Ends styles that are not wanted any more.
    fn end_styles(&mut self) {
        let wanted = self.wanted();
        self.set_styles(STYLES.map(|style| self.styles[style as usize] && wanted[style as usize]));
    }

    /// Text that is seen.
    pub(super) fn show(&mut self, text: &str, span: Span) {
        if !self.builder.leaf {
            self.gap = None;
            match self.innermost() {
                Some(Kind::Table) => self.leave_table(),
                Some(Kind::Row) => self.leaf = Some((Kind::Cell, span)),
                _ => {}
            }
            match self.leaf.take() {
                Some((kind, of)) => self.builder.open(kind, of),
                None => self.builder.ensure_leaf(span),
            }
            self.flush_anchors();
        }
        if self.linked.is_some() && self.linked != self.link() {
            self.end_link();
        }
        self.end_styles();
        self.builder.struck = 0;
        let leaf_is_blank = self
            .builder
            .open
            .last()
            .is_some_and(|&leaf| self.builder.document.nodes[leaf].text.start as usize == self.builder.document.prose.len());
        match self.gap.take() {
            Some(Gap::Space(at)) if !leaf_is_blank => self.builder.push(" ", at),
            Some(Gap::Break(at)) if !leaf_is_blank => self.builder.push("\n", at),
            _ => {}
        }
        if self.linked.is_none()
            && let Some((url, at)) = self.links.last()
        {
            self.builder.begin_link(url, *at);
            self.linked = Some(self.links.len());
        }
        self.set_styles(self.wanted());
        self.builder.struck = self.struck;
        self.builder.push(text, span);
        self.builder.grow_cell(span);
        self.at = span.end;
    }

    pub(super) fn link(&self) -> Option<usize> {
        (!self.links.is_empty()).then_some(self.links.len())
    }

    pub(super) fn end_link(&mut self) {
        if self.linked.take().is_some() {
            self.builder.end_link(None);
        }
    }

    /// Ends styles that are not wanted, and begins those that are.
    fn set_styles(&mut self, wanted: Styles) {
        for style in STYLES {
            match (self.styles[style as usize], wanted[style as usize]) {
                (true, false) => self.builder.end_mark(style),
                (false, true) => self.builder.begin_mark(style),
                _ => {}
            }
        }
        self.styles = wanted;
    }
}

/// True for a line of the page that begins with a label of a fact: a browser shows it behind a space, but whoever wrote it
/// meant a line.
fn begins_fact(text: &str) -> bool {
    let text = text.trim_start_matches([' ', '\t']);
    let line = text.lines().next().unwrap_or_default();
    Labels::get().scan(line).is_some_and(|found| {
        let tells = found.kind.is_telling() || matches!(found.kind, labels::Kind::Outcomes | labels::Kind::Description);
        tells && found.mark == Mark::Colon
    })
}

/// How much of a text is shown as it stands: up to an entity, or to white space that is more than a space.
fn plain(text: &str) -> usize {
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        match bytes[at] {
            b'&' | b'\n' | b'\t' | b'\r' | b'\x0c' => return at,
            b' ' if bytes.get(at + 1).is_none_or(|next| matches!(next, b' ' | b'\n' | b'\t' | b'\r' | b'\x0c')) => return at,
            // U+200B, U+FEFF, U+00AD and U+00A0 are looked at one by one.
            0xe2 | 0xef | 0xc2 => {
                let c = text[at..].chars().next().unwrap_or(' ');
                if matches!(c, '\u{200b}' | '\u{feff}' | '\u{ad}' | '\u{a0}') {
                    return at;
                }
                at += c.len_utf8();
            }
            _ => at += 1,
        }
    }
    at
}
