//! The text of a block as a line of Markdown: bold, italic, code and links around it, markup in it escaped.
//!
//! What was written is read back; the plainest writing that says the same is taken.

use std::ops::Range;

use crate::document::{Document, Kind};
use crate::prose::{Style, Text};
use crate::text::Span;

/// Where a line stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    Paragraph,
    Heading,
    Cell,
}

/// A stretch of text that is set apart.
#[derive(Clone, Debug)]
struct Marked<'t> {
    range: Range<usize>,
    how: How<'t>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum How<'t> {
    Link(&'t str),
    Set(Style),
}

/// The Markdown of a text.
pub(super) fn inline(text: Text<'_>, place: Place) -> String {
    let marks = marks(text);
    let links: Vec<_> = marks.iter().filter(|mark| matches!(mark.how, How::Link(_))).cloned().collect();
    let mut line = String::new();
    for (marks, escapes) in [(&marks, false), (&marks, true), (&links, false), (&links, true)] {
        line = written(text, marks, escapes, place);
        if reads_as(&line, text, &links, place) {
            break;
        }
    }
    if place == Place::Cell { line.replace("\\\n", "<br>").replace("\\|", "|").replace('|', "\\|") } else { line }
}

/// True if a line reads as a text with these links.
fn reads_as(line: &str, text: Text<'_>, links: &[Marked<'_>], place: Place) -> bool {
    let page = if place == Place::Heading { format!("# {line}") } else { line.to_owned() };
    let document = Document::read(&page, Span::new(0, page.len()));
    let [node] = document.nodes.as_slice() else { return false };
    if !matches!(node.kind, Kind::Paragraph | Kind::Heading(1)) {
        return false;
    }
    let read = document.text(0);
    // A heading has one line.
    let is_same = if place == Place::Heading {
        read.flow() == text.flow()
    } else {
        read.lines().map(Text::flow).eq(text.lines().map(Text::flow))
    };
    let read_links = read.links().map(|(range, link)| (range.len(), link.url.as_ref()));
    is_same && read_links.eq(links.iter().map(|link| (link.range.len(), if let How::Link(url) = link.how { url } else { "" })))
}

/// What of a text is set apart, so that nothing overlaps a link, or is inside of code.
fn marks(text: Text<'_>) -> Vec<Marked<'_>> {
    let before = text.link_at(0).filter(|_| text.links().next().is_none_or(|(range, _)| range.start > 0));
    let before = before.map(|link| (0..link_end(text), link));
    let links: Vec<Marked<'_>> = before
        .into_iter()
        .chain(text.links())
        .map(|(range, link)| Marked { range: trimmed(text, range), how: How::Link(&link.url) })
        .filter(|link| !link.range.is_empty())
        .collect();
    let styled = |styles: &'static [Style]| text.marked(styles).map(|(range, style)| Marked { range, how: How::Set(style) });
    let code: Vec<Marked<'_>> = styled(&[Style::Code]).flat_map(|mark| apart(&mark, &links)).collect();
    let styled = styled(&[Style::Strong, Style::Emphasis]).flat_map(|mark| apart(&mark, &links));
    let styled = styled.flat_map(|mark| apart(&mark, &code)).filter(|mark| {
        let inside = |code: &Marked<'_>| code.range.start <= mark.range.start && mark.range.end <= code.range.end;
        let first = code.partition_point(|code| code.range.end <= mark.range.start);
        !code.get(first).is_some_and(|code| inside(code) && code.range != mark.range)
    });
    let styled = styled.map(|mark| Marked { range: flanked(text, mark.range), ..mark });
    let mut marks: Vec<Marked<'_>> = links.iter().cloned().chain(styled).collect();
    marks.extend(code.iter().cloned().map(|mark| Marked { range: trimmed(text, mark.range), ..mark }));
    marks.retain(|mark| !mark.range.is_empty());
    marks
}

/// Where the link ends that a text begins inside of.
fn link_end(text: Text<'_>) -> usize {
    let is_outside = |at: &usize| text.link_at(*at).is_none();
    (0..text.len()).find(is_outside).unwrap_or(text.len())
}

/// A mark in parts, none of which overlaps one of these.
fn apart<'t>(mark: &Marked<'t>, others: &[Marked<'t>]) -> Vec<Marked<'t>> {
    let Range { start, end } = mark.range;
    let first = others.partition_point(|other| other.range.end <= start);
    let others = &others[first..others.partition_point(|other| other.range.start < end).max(first)];
    let overlaps = |at: &usize| {
        let cut = others.iter().filter(|other| other.range.start == *at || other.range.end == *at);
        let mut cut = cut.filter(|other| other.range.start < end && start < other.range.end);
        start < *at && *at < end && cut.any(|other| other.range.start < start || end < other.range.end)
    };
    let mut borders: Vec<usize> =
        others.iter().flat_map(|other| [other.range.start, other.range.end]).filter(overlaps).chain([start, end]).collect();
    // Code inside of a link is code there, and code outside of it.
    if mark.how == How::Set(Style::Code) {
        borders
            .extend(others.iter().flat_map(|other| [other.range.start, other.range.end]).filter(|at| start < *at && *at < end));
    }
    borders.sort_unstable();
    borders.dedup();
    borders.windows(2).map(|part| Marked { range: part[0]..part[1], how: mark.how }).collect()
}

/// A range without white space around it.
fn trimmed(text: Text<'_>, range: Range<usize>) -> Range<usize> {
    let said = &text.as_str()[range.clone()];
    let start = range.start + (said.len() - said.trim_start().len());
    start..start + said.trim().len()
}

/// The same without signs at its borders that touch a word outside: between those, Markdown sees no mark.
fn flanked(text: Text<'_>, range: Range<usize>) -> Range<usize> {
    let said = text.as_str();
    let mut range = trimmed(text, range);
    let (before, after) = (said[..range.start].chars().next_back(), said[range.end..].chars().next());
    if after.is_some_and(char::is_alphanumeric) {
        range.end = range.start + said[range.clone()].trim_end_matches(|c: char| !c.is_alphanumeric()).len();
    }
    if before.is_some_and(char::is_alphanumeric) {
        range.start = range.end - said[range.clone()].trim_start_matches(|c: char| !c.is_alphanumeric()).len();
    }
    range
}

/// Writes a text with its marks.
fn written(text: Text<'_>, marks: &[Marked<'_>], escapes: bool, place: Place) -> String {
    let said = text.as_str();
    let mut marks: Vec<&Marked<'_>> = marks.iter().collect();
    marks.sort_by_key(|mark| mark.range.start);
    let mut marks = marks.as_slice();
    let mut borders: Vec<usize> = marks.iter().flat_map(|mark| [mark.range.start, mark.range.end]).chain([said.len()]).collect();
    borders.sort_unstable();
    borders.dedup();
    let mut out = String::with_capacity(said.len() + 16);
    let mut open: Vec<&Marked<'_>> = Vec::new();
    let mut from = 0;
    for at in borders {
        let part = &said[from..at];
        let wraps = |how: How<'_>| open.iter().find(|mark| mark.how == how);
        let in_address = open.last().is_some_and(|mark| is_address(said, mark));
        if wraps(How::Set(Style::Code)).is_some() {
            code(part, &mut out);
        } else {
            plain(part, escapes && !in_address, place, &mut out);
        }
        from = at;
        // What ends here takes what began after it along, which begins again.
        let ends = open.iter().position(|mark| mark.range.end <= at).unwrap_or(open.len());
        let ended: Vec<_> = open.drain(ends..).collect();
        ended.iter().rev().for_each(|mark| end(said, mark, &mut out));
        let (begin, later) = marks.split_at(marks.partition_point(|mark| mark.range.start <= at));
        marks = later;
        let mut begin: Vec<_> = ended.into_iter().filter(|mark| mark.range.end > at).chain(begin.iter().copied()).collect();
        begin.sort_by_key(|mark| (std::cmp::Reverse(mark.range.end), mark.how == How::Set(Style::Code)));
        for mark in begin {
            match mark.how {
                How::Link(_) => out.push(if is_address(said, mark) { '<' } else { '[' }),
                How::Set(style) => out.push_str(sign(style)),
            }
            open.push(mark);
        }
    }
    out
}

/// True for a link whose text is its address.
fn is_address(said: &str, mark: &Marked<'_>) -> bool {
    let How::Link(url) = mark.how else { return false };
    said[mark.range.clone()] == *url
        && url.contains("://")
        && !url.contains(|c: char| c.is_whitespace() || matches!(c, '<' | '>'))
}

fn end(said: &str, mark: &Marked<'_>, out: &mut String) {
    match mark.how {
        How::Link(_) if is_address(said, mark) => out.push('>'),
        How::Link(url) if url.contains(|c: char| c.is_whitespace() || matches!(c, '(' | ')' | '<' | '>')) => {
            let url: String = url.chars().filter(|c| !matches!(c, '\n' | '\r')).collect();
            let url = url.replace('<', "%3C").replace('>', "%3E");
            out.extend(["](<", &url, ">)"]);
        }
        How::Link(url) => out.extend(["](", url, ")"]),
        How::Set(style) => out.push_str(sign(style)),
    }
}

/// The marks of code are written with it.
fn sign(style: Style) -> &'static str {
    match style {
        Style::Strong => "**",
        Style::Emphasis => "*",
        Style::Code => "",
    }
}

fn code(text: &str, out: &mut String) {
    let mut fence = "`".to_owned();
    while text.contains(&fence) {
        fence.push('`');
    }
    let text = text.replace('\n', " ");
    let space = if text.starts_with('`') || text.ends_with('`') { " " } else { "" };
    for part in [&fence, space, &text, space, &fence] {
        out.push_str(part);
    }
}

/// Text outside of code. With `escapes`, everything that may be markup is marked as text.
fn plain(text: &str, escapes: bool, place: Place, out: &mut String) {
    let mut before = out.chars().next_back();
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        let next = rest.peek().copied();
        let begins_line = matches!(before, None | Some('\n'));
        let is_word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        let number = || {
            let line = out.trim_end_matches(|c: char| c.is_ascii_digit());
            line.len() < out.len() && (line.is_empty() || line.ends_with('\n'))
        };
        let is_markup = match c {
            '\\' => next.is_some_and(|c| c.is_ascii_punctuation()),
            '`' | '*' | '[' | ']' | '~' => true,
            '_' => !(is_word(before) && is_word(next)),
            '<' => next.is_some_and(|c| c.is_alphanumeric() || matches!(c, '/' | '!' | '?')),
            '&' => next.is_some_and(|c| c.is_alphanumeric() || c == '#'),
            '#' | '{' | '}' => place == Place::Heading || c == '#' && begins_line,
            '-' | '+' | '>' | '=' | '|' | ':' => begins_line,
            '.' | ')' => number(),
            _ => false,
        };
        match c {
            '\n' if place == Place::Heading => out.push(' '),
            '\n' => out.push_str("\\\n"),
            _ => {
                if escapes && is_markup {
                    out.push('\\');
                }
                out.push(c);
            }
        }
        before = Some(c);
    }
}
