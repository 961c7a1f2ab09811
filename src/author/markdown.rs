//! Markdown that says what it is told to say: text inside a line, and blocks that stand inside others.

use std::borrow::Cow;

use pulldown_cmark::{Event, Parser, Tag};

use crate::document::{self, TEXT_BEGINS, TEXT_ENDS};
use crate::render::markdown::escape;

/// Text that reads as it stands, behind `prefix` on its line; what would be markup there is escaped.
pub(super) fn inline<'t>(text: &'t str, prefix: &str) -> Cow<'t, str> {
    if is_literal(text, prefix) {
        return Cow::Borrowed(text);
    }
    let mut safe = String::with_capacity(text.len() + 16);
    for c in escape(text).chars() {
        if matches!(c, '#' | '{' | '}') {
            safe.push('\\');
        }
        safe.push(c);
    }
    // `1. Title`, `- Title`: no list.
    let digits = safe.len() - safe.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    if safe[digits..].starts_with(['.', ')', '-', '+', '=']) {
        safe.insert(digits, '\\');
    }
    Cow::Owned(safe)
}

/// An address that reads as it stands.
pub(super) fn url(url: &str, prefix: &str) -> String {
    if is_literal(url, prefix) { url.to_owned() } else { format!("<{url}>") }
}

/// The text of a link.
pub(super) fn link_text(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in inline(text, "[").chars() {
        // What is escaped has its backslash already.
        if matches!(c, '[' | ']') && !safe.ends_with('\\') {
            safe.push('\\');
        }
        safe.push(c);
    }
    safe
}

/// The address of a link.
pub(super) fn destination(url: &str) -> String {
    if url.contains(['(', ')', ' ', '<', '>']) {
        format!("<{}>", url.replace('<', "%3C").replace('>', "%3E"))
    } else {
        url.to_owned()
    }
}

/// True if nothing in `text` is markup behind `prefix`.
fn is_literal(text: &str, prefix: &str) -> bool {
    let (markers, before) = taken_apart(&format!("{prefix}x"));
    let (inside, shown) = taken_apart(&format!("{prefix}{text}"));
    before.strip_suffix('x').is_some_and(|before| shown.strip_prefix(before) == Some(text)) && inside == markers
}

/// The blocks that a line opens, and its text; anything in it that is neither is told, too.
fn taken_apart(line: &str) -> (Vec<String>, String) {
    let mut blocks = Vec::new();
    let mut shown = String::new();
    for event in Parser::new_ext(line, document::options()) {
        match event {
            Event::Text(text) => shown.push_str(&text),
            Event::Start(Tag::Heading { level, id, classes, attrs }) => {
                blocks.push(format!("heading {level} {id:?} {classes:?} {attrs:?}"));
            }
            Event::End(_) => {}
            event => blocks.push(format!("{event:?}")),
        }
    }
    (blocks, shown)
}

/// True if text can begin on a line that something else begins: it opens with a paragraph.
pub(super) fn begins_as_paragraph(text: &str) -> bool {
    let mut events = Parser::new_ext(text, document::options());
    // The paragraph's first line must not be the head of a table, or underlined.
    matches!(events.next(), Some(Event::Start(Tag::Paragraph)))
}

/// Lines, each behind so many spaces; blank lines stay blank.
pub(super) fn indented(text: &str, width: usize, out: &mut String) {
    for line in text.lines() {
        if !line.trim().is_empty() {
            out.extend(std::iter::repeat_n(' ', width));
            out.push_str(line.trim_end_matches('\r'));
        }
        out.push('\n');
    }
}

/// A block that is text, whatever it looks like.
pub(super) fn as_text(block: &str) -> String {
    // A blank line ends what a comment would not.
    format!("{TEXT_BEGINS}\n{}\n\n{TEXT_ENDS}", block.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_escaped_only_where_it_would_be_markup() {
        for (text, prefix, written) in [
            ("Taste soups", "# ", "Taste soups"),
            ("snake_case and C++ & Rust", "# ", "snake_case and C++ & Rust"),
            ("Make *all* of it", "- ", r"Make \*all\* of it"),
            ("C #", "# ", r"C \#"),
            ("Title {#anchor}", "# ", r"Title \{\#anchor\}"),
            ("{braces} in a list", "- ", "{braces} in a list"),
            ("- no item", "- ", r"\- no item"),
            ("- an item's dash", "- Label: ", "- an item's dash"),
            ("1. no number", "- ", r"1\. no number"),
            ("# no heading", "- ", r"\# no heading"),
            ("<b>", "- Label: ", r"\<b\>"),
            ("&amp;", "", r"\&amp;"),
            ("[x] done", "- ", r"\[x\] done"),
        ] {
            assert_eq!(inline(text, prefix), written, "{prefix}{text}");
        }
    }

    #[test]
    fn addresses_are_bare_where_they_can_be() {
        assert_eq!(url("https://example.org/a_b_c/1", "- "), "https://example.org/a_b_c/1");
        assert_eq!(url("https://example.org/__x__?y=*z*", "- "), "<https://example.org/__x__?y=*z*>");
    }

    #[test]
    fn what_begins_as_a_paragraph_can_stand_behind_a_label() {
        for (text, begins) in
            [("Text.\n\n# More", true), ("**Bold** text", true), ("- item", false), ("# Heading", false), ("    code", false)]
        {
            assert_eq!(begins_as_paragraph(text), begins, "{text}");
        }
    }
}
