//! `markdown`: a pipe table for an issue, a wiki or a README. What ideas say is text there, whatever it looks like.

use std::borrow::Cow;
use std::io::{self, Write};

use super::columns::{Column, Columns};
use super::safe;
use crate::idea::Idea;

/// Writes ideas, one row each; the title leads to the issue that tracks the idea, or else to its page.
pub fn ideas(ideas: &[&Idea], columns: Option<&Columns>, out: &mut dyn Write) -> io::Result<()> {
    let columns = columns.cloned().unwrap_or_else(|| Columns::markdown(ideas));
    let rows = ideas.iter().map(|idea| columns.iter().map(|column| cell(column, &columns, idea)));
    write(columns.iter().map(|column| capital(column.name)), rows, out)
}

/// Writes a header and rows; the cells are Markdown already.
pub(super) fn write(
    header: impl Iterator<Item = String>,
    rows: impl Iterator<Item: Iterator<Item = String>>,
    out: &mut dyn Write,
) -> io::Result<()> {
    let header: Vec<_> = header.collect();
    writeln!(out, "| {} |", header.join(" | "))?;
    writeln!(out, "|{}", " --- |".repeat(header.len()))?;
    for row in rows {
        writeln!(out, "| {} |", row.collect::<Vec<_>>().join(" | "))?;
    }
    Ok(())
}

pub(super) fn cell(column: &Column, columns: &Columns, idea: &Idea) -> String {
    let shown = column.marked_text(idea, columns, text);
    if column.name != "title" {
        return shown;
    }
    let address = idea.upstream.iter().map(|url| url.value.as_str()).chain(idea.source.url.as_deref()).find_map(destination);
    match address {
        Some(address) if !shown.is_empty() => format!("[{shown}]({address})"),
        _ => shown,
    }
}

/// The title, as a link to the page if that is on the web.
pub(super) fn linked_title(idea: &Idea) -> String {
    let title = text(&idea.title.value);
    match idea.source.url.as_deref().and_then(destination) {
        Some(address) => format!("[{title}]({address})"),
        None => title.into_owned(),
    }
}

/// `mentors` → `Mentors`.
pub(super) fn capital(name: &str) -> String {
    let mut letters = name.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// Text of one line, in which nothing is markup.
pub(super) fn text(text: &str) -> Cow<'_, str> {
    match safe::line(text) {
        Cow::Borrowed(text) => escape(text),
        Cow::Owned(text) => Cow::Owned(escape(&text).into_owned()),
    }
}

/// Text with a backslash before everything that is markup inside a line.
pub(crate) fn escape(text: &str) -> Cow<'_, str> {
    let markup = |c: char| matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '~' | '$' | '&');
    if !text.contains(markup) {
        return Cow::Borrowed(text);
    }
    let mut escaped = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        if markup(c) {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    Cow::Owned(escaped)
}

/// An address between the parentheses of a link, if it leads to the web: what could end it there is percent-encoded.
pub(super) fn destination(url: &str) -> Option<String> {
    let url = safe::url(url)?;
    let mut destination = String::with_capacity(url.len());
    for byte in url.bytes() {
        match byte {
            b'(' | b')' | b'<' | b'>' | b'|' | b'\\' | b'`' | b'"' | b'\'' | b'[' | b']' => safe::percent(&mut destination, byte),
            b'&' => destination.push_str("&amp;"),
            _ => destination.push(char::from(byte)),
        }
    }
    Some(destination)
}

#[cfg(test)]
mod tests {
    use pulldown_cmark::{Event, Options, Parser, Tag};

    use super::super::sample;
    use super::*;
    use crate::text::Spanned;

    fn markdown(idea: &Idea) -> String {
        let mut out = Vec::new();
        ideas(&[idea], None, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn a_row_for_each() {
        let expected = "\
| Title | Project | Difficulty | Hours | Tags | Mentors |
| --- | --- | --- | --- | --- | --- |
| [Deploying Kubeflow with Helm](https://example.org/1) | Kubeflow | medium | 175, 350 | go, helm | Jane Doe, @bob |
";
        assert_eq!(markdown(&sample::idea()), expected);
    }

    #[test]
    fn text_stays_text() {
        for title in [
            "a | b || c",
            "`code` and ``more``",
            "<script>alert(1)</script> <!-- x",
            "[x](javascript:alert) ![i](http://e/x.png)",
            "**bold** __b__ ~~s~~ $x$ \\| \\",
            "&lt;b&gt; &#60;",
            "](http://evil) [",
        ] {
            for upstream in ["", "http://a.example/(x)|y`<z>\\"] {
                let upstream = vec![Spanned::nowhere(upstream.to_owned())];
                let idea = Idea { upstream, ..Idea::bare(title) };
                let text = markdown(&idea);
                let mut shown = String::new();
                let (mut cells, mut links) = (0, 0);
                for event in Parser::new_ext(&text, Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_MATH)
                {
                    match event {
                        Event::Text(text) if cells == 7 => shown.push_str(&text),
                        Event::Start(Tag::TableCell) => cells += 1,
                        Event::Start(Tag::Link { dest_url, .. }) => {
                            assert_eq!(dest_url.as_ref(), "http://a.example/%28x%29%7Cy%60%3Cz%3E%5C");
                            links += 1;
                        }
                        Event::Html(_)
                        | Event::InlineHtml(_)
                        | Event::Code(_)
                        | Event::InlineMath(_)
                        | Event::Start(Tag::Image { .. } | Tag::Strong | Tag::Emphasis | Tag::Strikethrough) => {
                            panic!("{title}: {event:?}")
                        }
                        _ => {}
                    }
                }
                assert_eq!((shown.as_str(), cells), (title, 12), "{text}");
                assert_eq!(links, usize::from(!idea.upstream[0].value.is_empty()));
            }
        }
    }
}
