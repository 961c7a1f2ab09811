//! What an idea is about: its description as Markdown, and its first sentence or two as text.

use crate::document::Document;
use crate::idea::link;
use crate::prose::{Style, Text};
use crate::text::{Source, Span, Spanned};

use super::sentence;

/// The Markdown that the texts of a description, in page order, stand for: copied from the page, or written where that is HTML.
/// What stands between them and is none of them is left out.
pub(super) fn on_page(source: &Source, document: &Document, texts: &[Text<'_>]) -> String {
    if let Some(written) = document.markdown(source.text(), texts) {
        return written;
    }
    let runs: Vec<&[Text<'_>]> = texts.chunk_by(|before, next| document.goes_on(*before, *next)).collect();
    let code = |run: &[Text<'_>]| run.last().and_then(|last| document.code_behind(*last).last());
    let code_ends = |run: &[Text<'_>]| code(run).map_or(0, |node| document.nodes[node].span().end);
    if let [run] = runs.as_slice() {
        return copied(source, run, code_ends(run));
    }
    let copied = runs.into_iter().map(|run| copy(source.text(), run, code_ends(run)));
    copied.filter(|text| !text.is_empty()).collect::<Vec<_>>().join("\n\n")
}

/// The Markdown from the first of some texts to the last, without the indentation of the item they stand in.
pub fn markdown(source: &Source, texts: &[Text<'_>]) -> String {
    copied(source, texts, 0)
}

/// The same, at least up to `end`, a byte of the page.
fn copied(source: &Source, texts: &[Text<'_>], end: usize) -> String {
    let page = source.text();
    if let Some(quote) = texts.first().and_then(|first| first.quote()) {
        return verbatim(page, quote);
    }
    let markdown = copy(page, texts, end);
    // A list of one item is no list.
    let item = markdown.strip_prefix(['-', '*', '+']).filter(|rest| texts.len() == 1 && rest.starts_with([' ', '\t']));
    item.map(|rest| rest.trim_start().to_owned()).unwrap_or(markdown)
}

/// The summary of a description that is data, where Markdown is not seen as such; its links are added to those known.
pub(super) fn in_data(markdown: &str, span: Span, links: &mut Vec<Spanned<String>>) -> Option<String> {
    let document = Document::read(markdown, Span::new(0, markdown.len()));
    let texts: Vec<Text<'_>> = document.texts(0..document.nodes.len()).map(|(_, text)| text).collect();
    link::add(links, link::read_all(texts.iter().copied()).into_iter().map(|link| Spanned::at(span, link.value)));
    summary(&texts)
}

/// A stretch of a page from the first of some texts to the last and at least to `end`, markup around them included.
fn copy(page: &str, texts: &[Text<'_>], end: usize) -> String {
    let (Some(first), Some(last)) = (texts.first(), texts.last()) else { return String::new() };
    let start = start_of_markup(page, *first);
    dedent(page, Span::new(start, end_of_markup(page, *last).max(start).max(end)))
}

/// What two comments enclose, without its indentation.
fn verbatim(page: &str, quote: Span) -> String {
    let text = &page[quote.range()];
    let line = page[..quote.start].rfind('\n').map_or(0, |at| at + 1);
    // The comment's own line is none of it.
    let text = text.split_once('\n').map_or("", |(_, text)| text);
    without_indent(text, quote.start - line).trim_matches(['\n', '\r']).trim_end().to_owned()
}

/// A text that begins inside markup (`**Bold** text`, `## Why`, `- item`, a link) begins where the markup does.
fn start_of_markup(page: &str, first: Text<'_>) -> usize {
    let at = first.span().start;
    let at = first.link_at(0).map_or(at, |link| at.min(link.span.start));
    let line = page[..at].rfind('\n').map_or(0, |at| at + 1);
    let markup = |c: char| "#*_`[>-+ \t".contains(c) || c.is_ascii_digit() || c == '.';
    if page[line..at].chars().all(markup) {
        return line;
    }
    at - page.as_bytes()[..at].iter().rev().take(marks_at(first, 0)).take_while(|byte| is_mark(**byte)).count()
}

/// The same for its end.
fn end_of_markup(page: &str, last: Text<'_>) -> usize {
    let at = last.span().end;
    let at = last.len().checked_sub(1).and_then(|end| last.link_at(end)).map_or(at, |link| at.max(link.span.end));
    let marks = last.len().checked_sub(1).map_or(0, |end| marks_at(last, end));
    at + page.as_bytes()[at..].iter().take(marks).take_while(|byte| is_mark(**byte)).count()
}

fn is_mark(byte: u8) -> bool {
    matches!(byte, b'*' | b'_' | b'`')
}

/// How many marks a byte of a text is set apart with. Those of what stands beside it are none of its own: `**Title**Text`.
/// Where marks are part of the text, because Markdown sees none in them, all are.
fn marks_at(text: Text<'_>, at: usize) -> usize {
    if text.as_str().contains("**") {
        return text.len();
    }
    let styles = text.marked(&[Style::Strong, Style::Emphasis, Style::Code]).filter(|(range, _)| range.contains(&at));
    styles.map(|(_, style)| if style == Style::Emphasis { 1 } else { 2 }).sum()
}

/// A stretch of a page without the indentation of the list item it stands in.
fn dedent(page: &str, span: Span) -> String {
    let text = page[span.range()].trim();
    let start = span.start + (page[span.range()].len() - page[span.range()].trim_start().len());
    let line = page[..start].rfind('\n').map_or(0, |at| at + 1);
    let before = &page[line..start];
    let indent = before.len() - before.trim_start().len();
    let marker = before[indent..].strip_prefix(['-', '*', '+']).filter(|rest| rest.starts_with([' ', '\t']));
    without_indent(text, indent + marker.map_or(0, |rest| 1 + rest.len() - rest.trim_start().len()))
}

/// Lines without the white space they begin with, as far as it is no wider than `width`.
fn without_indent(text: &str, width: usize) -> String {
    if width == 0 {
        return text.to_owned();
    }
    let strip = |line: &str| line.bytes().take(width).take_while(|byte| matches!(byte, b' ' | b'\t')).count();
    text.split_inclusive('\n').map(|line| &line[strip(line)..]).collect()
}

/// The first sentence, and the second if both are short.
pub(super) fn summary(texts: &[Text<'_>]) -> Option<String> {
    let mut starts = texts.iter().map(|text| text.cut(0..text.as_str().floor_char_boundary(600)).trim());
    let first = starts.clone().find(|text| !text.is_empty())?;
    // A heading inside the description is no sentence.
    let text = starts.find(|text| text.as_str().split_whitespace().nth(5).is_some()).unwrap_or(first).flow();
    let mut end = 0;
    for after in sentence::ends(&text) {
        if end > 0 && after > 240 {
            break;
        }
        end = after;
        if end > 120 {
            break;
        }
    }
    if end == 0 {
        if text.chars().count() <= 300 {
            return Some(text);
        }
        let cut = text.floor_char_boundary(300);
        return Some(format!("{}…", text[..text[..cut].rfind(' ').unwrap_or(cut)].trim_end()));
    }
    Some(text[..end].to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_of_what_stands_beside_it_are_left_out() {
        for (page, text, copied) in [
            ("**Title**Some text.*Skills*: Go", "Some text.", "Some text."),
            ("**Some** text.**Skills**: Go", "Some text.", "**Some** text."),
            ("**Title***Some text*. **Skills**: Go", "Some text", "*Some text*"),
            (
                "Summary: `rm` needs [**a bin**](https://example.org)",
                "rm needs a bin",
                "`rm` needs [**a bin**](https://example.org)",
            ),
        ] {
            let (source, document) = (Source::new("a.md", page), Document::read(page, Span::new(0, page.len())));
            let whole = document.text(0);
            let at = whole.as_str().find(text).unwrap_or_default();
            assert_eq!(markdown(&source, &[whole.cut(at..at + text.len())]), copied, "{page}");
        }
    }
}
