//! What is read of images: badges that state a label and a value, and the names of images that are links. The badges of a title
//! stand below it.
//!
//! Other images have no text: their names describe a picture, and are mostly missing or wrong.

use percent_encoding::percent_decode_str;

use super::{Builder, Kind};
use crate::text::Span;

/// The label and the value that a badge shows, if the address is one of shields.io's form: `…/badge/LABEL-VALUE-COLOR`.
pub(super) fn badge(address: &str) -> Option<String> {
    let (_, said) = address.split_once("/badge/")?;
    let said = said.split(['?', '#']).next()?;
    let said = [".svg", ".png", ".json"].into_iter().find_map(|ending| said.strip_suffix(ending)).unwrap_or(said);
    // `--` is a dash, and `__` an underscore.
    let said = said.replace("--", "\0").replace("__", "\u{1}").replace('_', " ");
    let decoded = |part: &str| {
        let part = part.replace('\0', "-").replace('\u{1}', "_");
        percent_decode_str(&part).decode_utf8().ok().map(|part| part.split_whitespace().collect::<Vec<_>>().join(" "))
    };
    let parts: Vec<&str> = said.split('-').collect();
    let [label, value, color] = parts.as_slice() else { return None };
    let (label, value) = (decoded(label)?, decoded(value)?);
    let is_text = |part: &str| !part.is_empty() && part.len() <= LONGEST && !part.contains(['/', '<', '>']);
    (is_text(&label) && is_text(&value) && !color.is_empty() && !color.contains('/')).then(|| format!("{label}: {value}"))
}

/// Labels and values of badges are no longer than this, in bytes.
const LONGEST: usize = 60;

/// True for what holds a title: images are ornaments there, and badges no words of it.
pub(super) fn holds_title(leaf: Kind) -> bool {
    matches!(leaf, Kind::Heading(_) | Kind::Term | Kind::Summary)
}

impl Builder<'_> {
    /// True where images may have text.
    fn may_show_images(&self) -> bool {
        self.muted == 0 && !self.is_in_title()
    }

    fn is_in_title(&self) -> bool {
        self.leaf && self.open.last().is_some_and(|&node| holds_title(self.document.nodes[node].kind))
    }

    /// Shows the badges of a title that has ended.
    pub(super) fn show_badges(&mut self) {
        for (badge, span) in std::mem::take(&mut self.badges) {
            self.open(Kind::Paragraph, span);
            self.push(&badge, span);
            self.close();
        }
    }

    /// An image of Markdown begins: its name is not shown, unless it is all that a link has.
    pub(super) fn begin_image(&mut self, address: &str, span: Span) {
        self.badge(address, span);
        self.muted += 1;
        self.image = true;
        self.alt.clear();
    }

    /// It ends. A picture without a name that clings to the word behind it is that of somebody: they begin a line.
    pub(super) fn end_image(&mut self, span: Span) {
        self.muted = self.muted.saturating_sub(1);
        self.image = self.muted > 0;
        let clings = self.alt.is_empty() && self.text[span.end..].starts_with(char::is_uppercase);
        if clings && self.muted == 0 && self.leaf && !self.is_in_title() && self.line_end.is_none() {
            let leaf = self.open.last().map(|&leaf| self.document.nodes[leaf].text.start as usize);
            self.line_end = leaf.is_some_and(|leaf| leaf < self.document.prose.len()).then_some(span.end);
        }
    }

    /// A badge becomes a line of its own, which stands for the whole image; of other images nothing is shown.
    pub(super) fn badge(&mut self, address: &str, span: Span) {
        let Some(badge) = badge(address).filter(|_| self.muted == 0) else { return };
        if self.is_in_title() {
            return self.badges.push((badge, span));
        }
        self.ensure_leaf(span);
        let is_due = self.line_end.is_some();
        self.begin_line();
        let start = self.document.prose.len();
        let leaf = self.open.last().map(|&leaf| self.document.nodes[leaf].text.start as usize);
        if !is_due && leaf.is_some_and(|leaf| leaf < start) {
            self.push("\n", Span::new(span.start, span.start));
            // What began here begins on the new line.
            let here = self.document.prose.len();
            let starts = self.links.iter_mut().map(|link| &mut link.0).chain(self.marks.iter_mut().map(|mark| &mut mark.0));
            starts.filter(|at| **at == start).for_each(|at| *at = here);
        }
        self.push(&badge, span);
        self.line_end = Some(span.end);
    }

    /// Begins the line that is due.
    pub(super) fn begin_line(&mut self) {
        if let Some(at) = self.line_end.take() {
            self.document.prose.push("\n", Span::new(at, at));
        }
    }

    /// A link without text, from `start` on, is called what the image in it is called.
    pub(super) fn name_link(&mut self, start: usize) {
        let alt = std::mem::take(&mut self.alt);
        if start == self.document.prose.len() && self.may_show_images() {
            for (text, span) in alt {
                self.push(&text, span);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Document;

    #[test]
    fn badges_state_a_label_and_a_value() {
        for (address, said) in [
            ("https://img.shields.io/badge/difficulty-medium-blue", Some("difficulty: medium")),
            ("https://img.shields.io/badge/size-175_hours-blue.svg?style=flat", Some("size: 175 hours")),
            ("https://img.shields.io/badge/Skills-C%2B%2B%20and%20Qt-%23fff", Some("Skills: C++ and Qt")),
            ("badge/co--mentor-Ada__B-red", None),
            ("/badge/co--mentor-Ada__B-red", Some("co-mentor: Ada_B")),
            ("https://img.shields.io/badge/only_text-blue", None),
            ("https://img.shields.io/badge/a-b-c-d", None),
            ("https://img.shields.io/badge/-b-c", None),
            ("https://app.codacy.com/project/badge/Grade/a-b-c", None),
            ("https://img.shields.io/github/license/x/y", None),
            ("https://img.shields.io/badge/a-%FF-c", None),
        ] {
            assert_eq!(badge(address).as_deref(), said, "{address}");
        }
    }

    #[test]
    fn images_are_read_where_they_say_something() {
        let b = "https://x.org/badge/size-90_h-blue";
        for (markdown, shown) in [
            (format!("a ![no]({b}) ![x]({b})\nb"), "a \nsize: 90 h\nsize: 90 h\nb"),
            (format!("![no][b]\n\n[b]: {b}"), "size: 90 h"),
            (format!("a [![no]({b})](u)"), "a \nsize: 90 h"),
            (format!("# A ![no]({b})"), "A "),
            ("a ![no](x.png) b".to_owned(), "a  b"),
            ("[![The *board*](x.png)](u) b".to_owned(), "The board b"),
            ("[![no](x.png) a](u)".to_owned(), " a"),
            ("# A [![no](x.png)](u)".to_owned(), "A "),
            (format!("x <img alt=no src='{b}'> <a href=u><img src=x.png alt=Board></a>"), "x \nsize: 90 h\nBoard"),
            (
                format!("<p>x <img alt=no src='{b}'> y <a href=u><img src=x.png alt='A &amp; B'></a> <img alt=no>"),
                "x\nsize: 90 h\ny A & B",
            ),
            (format!("<h2>x <img src='{b}'></h2>"), "x"),
        ] {
            let document = Document::read(&markdown, Span::new(0, markdown.len()));
            let leaf = (0..document.nodes.len()).find(|&node| !document.text(node).is_empty()).unwrap();
            let text = document.text(leaf);
            assert_eq!(text.as_str(), shown, "{markdown}");
            if let Some(at) = shown.find("size") {
                let said = &markdown[text.cut(at..at + 4).span().range()];
                assert!(
                    said.starts_with("![") && said.ends_with([')', ']']) || said.starts_with("<img") && said.ends_with('>'),
                    "{said}"
                );
            }
            if let Some((range, _)) = text.links().next() {
                assert!(!text.as_str()[range].starts_with('\n'), "{markdown}");
            }
        }
    }
}
