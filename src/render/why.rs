//! Where an idea's facts were read: the page's own lines, with the characters of each fact underlined and labelled.
//!
//! The drawing is done by `annotate-snippets`, the renderer of rustc. What it draws is prepared here, as a page may hold
//! anything: a line is made safe, and a line too long for the output is shown in strips that hold its facts and a little
//! around them, one strip below the other. Spans are carried along character by character, never computed.

mod strip;

use std::collections::BTreeMap;
use std::io::{self, Write};

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{Annotation, AnnotationKind, Group, Level, Origin, Renderer, Snippet};

use self::strip::Strip;
use super::{Look, fit, safe};
use crate::idea::{Evidence, Idea};
use crate::text::{Position, Source, Span};

/// How wide lines may be outside of a terminal.
const WIDTH: usize = 120;
/// How many columns of what was understood a label shows.
const LABEL: usize = 48;
/// From here on, a meaning that its characters spell out already is not repeated beside them.
const LONG: usize = 32;
/// How many facts are underlined in one line; more are only counted. No honest page comes near.
const MOST: usize = 60;
/// How far from an underlined line the renderer may show one for context.
const CONTEXT: usize = 2;

/// Writes an idea's evidence on the page it was read from.
///
/// What was not read from the page's text (a term that its path says, a role that the form implies) is listed below.
pub fn write(idea: &Idea, source: &Source, look: &Look, out: &mut dyn Write) -> io::Result<()> {
    let path = source.path().to_string_lossy();
    let (marks, elsewhere) = marks(idea, source, look);
    let last = marks.last().map_or(0, |mark| mark.line);
    let gutter = last.to_string().len() + " | ".len();
    let room = look.width.unwrap_or(WIDTH).saturating_sub(gutter);
    let lines: Vec<&str> = source.text().split('\n').collect();
    let (strips, uncounted) = strips(marks, &lines, room, look);

    let mut group = Group::with_title(Level::NOTE.no_name().primary_title(safe::line(&idea.title.value)));
    let mut snippets = strips.chunk_by(|a, b| a.line < b.line).map(|run| (run, snippet(run, &lines, room, look)));
    let first = snippets.next();
    let headed = first.as_ref().is_some_and(|(run, _)| shows_place_of_title(run, idea, source));
    if !headed {
        group = group.element(place(idea, source));
    }
    if let Some((_, first)) = first {
        group = group.element(if headed { first.path(safe::line(&path)) } else { first });
    }
    group = group.elements(snippets.map(|(_, snippet)| snippet));
    let mut notes = Vec::new();
    if uncounted > 0 {
        notes.push(format!("{uncounted} more facts stand on lines that hold too many to show"));
    }
    if !elsewhere.is_empty() {
        notes.push(format!("from the page's path, form, source or ideas.toml: {}", elsewhere.join(", ")));
    }
    let group = group.elements(notes.into_iter().map(|note| Level::NOTE.message(note)));
    draw(group, look, out)
}

/// Draws what was put together.
pub(crate) fn draw(group: Group<'_>, look: &Look, out: &mut dyn Write) -> io::Result<()> {
    let renderer = if look.color { Renderer::styled() } else { Renderer::plain() };
    let decor = if look.unicode { DecorStyle::Unicode } else { DecorStyle::Ascii };
    // The lines are cut to size already; the renderer must not cut them again.
    let renderer = renderer.decor_style(decor).term_width(usize::from(u16::MAX));
    for (at, line) in renderer.render(&[group]).lines().enumerate() {
        // The renderer parts a place of its own from the first lines as if they were of another page.
        let is_gap = at < 4 && [":::", "⸬"].contains(&anstream::adapter::strip_str(line).to_string().trim());
        if !is_gap {
            writeln!(out, "{}", line.trim_end())?;
        }
    }
    Ok(())
}

/// A stretch of a page, underlined, below whatever title it is given; of one of many lines the first `most` are shown.
/// `lines` are the page's, without their line feeds.
pub(crate) fn underline<'a>(
    group: Group<'a>,
    source: &Source,
    lines: &[&str],
    (span, at): (Span, Position),
    most: usize,
    look: &Look,
) -> Group<'a> {
    let path = safe::line(&source.path().to_string_lossy()).into_owned();
    let mut marks: Vec<Mark> = pieces(span, source)
        .filter(|(line, piece)| *line == at.line || piece.start < piece.end)
        .take(most)
        .map(|(line, span)| Mark { line, span, label: String::new(), is_title: true })
        .collect();
    marks.sort_by_key(|mark| (mark.line, mark.span));
    let last = marks.last().map_or(0, |mark| mark.line);
    let room = look.width.unwrap_or(WIDTH).saturating_sub(last.to_string().len() + " | ".len());
    let strips: Vec<Strip> = marks.into_iter().flat_map(|mark| nearby(mark, lines, room, look)).collect();
    let snippets = strips.chunk_by(|a, b| a.line < b.line).map(|run| snippet(run, lines, room, look));
    group.element(Origin::path(path).line(at.line).char_column(at.column)).elements(snippets)
}

/// The strips of a line with one mark. Of a line that goes on for ever only what is near is looked at: a page may be one line,
/// and have a finding at every word.
fn nearby(mark: Mark, lines: &[&str], room: usize, look: &Look) -> Vec<Strip> {
    let text = text_of(lines, mark.line);
    let reach = 8 * room.max(WIDTH);
    let from = text.floor_char_boundary(mark.span.start.saturating_sub(reach));
    let to = text.ceil_char_boundary((mark.span.start + reach).min(text.len()));
    let in_reach = |byte: usize| byte.clamp(from, to) - from;
    let span = Span::new(in_reach(mark.span.start), in_reach(mark.span.end));
    strip::cut(mark.line, &text[from..to], vec![Mark { span, ..mark }], room, look.dots())
}

/// Where the idea stands, in the path line.
fn place<'a>(idea: &Idea, source: &Source) -> Origin<'a> {
    let origin = Origin::path(safe::line(&source.path().to_string_lossy()).into_owned());
    match idea.title.span.filter(|span| source.text().get(span.range()).is_some()) {
        Some(span) => {
            let position = source.position(span.start);
            origin.line(position.line).char_column(position.column)
        }
        None => origin.line(idea.source.line),
    }
}

/// True if the renderer will find the title's line and column on its own: it counts in what is shown, of which the
/// beginning may have been cut off.
fn shows_place_of_title(strips: &[Strip], idea: &Idea, source: &Source) -> bool {
    let title = strips.iter().flat_map(|strip| strip.marks.iter().map(move |mark| (strip, mark))).find(|(_, mark)| mark.is_title);
    let (Some((strip, mark)), Some(span)) = (title, idea.title.span) else { return false };
    let shown = strip.text.get(..mark.span.start).map(|before| before.chars().count() + 1);
    let position = source.position(span.start);
    strip.line == position.line && shown == Some(position.column)
}

/// A stretch of one line that says something.
#[derive(Debug)]
struct Mark {
    /// Counted from 1.
    line: usize,
    /// In bytes of that line.
    span: Span,
    /// Empty where a fact goes on that began on a line before.
    label: String,
    is_title: bool,
}

/// What is to be underlined, from the top of the page; and the facts that have no place on it.
fn marks(idea: &Idea, source: &Source, look: &Look) -> (Vec<Mark>, Vec<String>) {
    let mut elsewhere = Vec::new();
    let mut by_span: BTreeMap<Span, Vec<Evidence>> = BTreeMap::new();
    for evidence in idea.evidence_with_items() {
        match evidence.span.filter(|span| source.text().get(span.range()).is_some()) {
            Some(span) => by_span.entry(span).or_default().push(evidence),
            None => elsewhere.push(format!("{} {}", evidence.fact, safe::line(&evidence.meaning))),
        }
    }
    let mut marks = Vec::new();
    for (span, evidence) in by_span {
        let is_title = evidence.iter().any(|evidence| evidence.fact == "title");
        let mut label = label(&evidence, source.slice(span), look);
        for (line, span) in pieces(span, source) {
            if !label.is_empty() || span.start < span.end {
                marks.push(Mark { line, span, label: std::mem::take(&mut label), is_title });
            }
        }
    }
    if let Some(span) = idea.description.as_ref().and_then(|description| description.span) {
        marks.extend(ends(span, source));
    }
    marks.sort_by_key(|mark| (mark.line, mark.span));
    (marks, elsewhere)
}

/// The lines of a span: each with its number, and what of it belongs to the span, in bytes of the line.
fn pieces(span: Span, source: &Source) -> impl Iterator<Item = (usize, Span)> {
    let mut start = span.start;
    source.slice(span).split('\n').enumerate().map(move |(i, piece)| {
        let begin = source.line_start(start);
        // Where a fact goes on, the indent of its line is no part of it.
        let skipped = if i == 0 { 0 } else { piece.len() - piece.trim_start().len() };
        let trimmed = piece.trim_end().len().max(skipped);
        let in_line = Span::new(start - begin + skipped, start - begin + trimmed);
        let line = source.line(start);
        start += piece.len() + 1;
        (line, in_line)
    })
}

/// Where the description begins and where it ends: a page of text underlined would hide what else is to be seen on it.
fn ends(span: Span, source: &Source) -> Vec<Mark> {
    let mut lines = Vec::new();
    let mut start = span.start;
    for piece in source.slice(span).split('\n') {
        let indent = piece.len() - piece.trim_start().len();
        let text = Span::new(start + indent, start + piece.trim_end().len().max(indent));
        if text.start < text.end {
            lines.push(text);
        }
        start += piece.len() + 1;
    }
    let mark = |text: Span, label: &str| {
        let line = source.line(text.start);
        let begin = source.text()[..text.start].rfind('\n').map_or(0, |at| at + 1);
        Mark { line, span: Span::new(text.start - begin, text.end - begin), label: label.to_owned(), is_title: false }
    };
    match lines.as_slice() {
        [] => Vec::new(),
        [only] => vec![mark(*only, "description")],
        [first, .., last] => vec![mark(*first, "description, from here"), mark(*last, "description, to here")],
    }
}

/// `mentor: Jane Doe`; several facts that were read from the same characters in one: `tag: c, linux; hours: 350`.
fn label(evidence: &[Evidence], text: &str, look: &Look) -> String {
    let facts = evidence.chunk_by(|a, b| a.fact == b.fact).map(|same| {
        let meanings: Vec<_> = same.iter().map(|evidence| safe::line(&evidence.meaning)).collect();
        let meaning = meanings.join(", ");
        if fit::width(&meaning) > LONG && meaning == safe::line(text) {
            same[0].fact.to_owned()
        } else {
            format!("{}: {}", same[0].fact, fit::cut(&meaning, LABEL, look.dots()))
        }
    });
    facts.collect::<Vec<_>>().join("; ")
}

/// The marked lines as they are shown, and how many marks were left out of them.
fn strips(marks: Vec<Mark>, lines: &[&str], room: usize, look: &Look) -> (Vec<Strip>, usize) {
    let mut by_line: BTreeMap<usize, Vec<Mark>> = BTreeMap::new();
    for mark in marks {
        by_line.entry(mark.line).or_default().push(mark);
    }
    let mut strips = Vec::new();
    let mut uncounted = 0;
    for (line, mut marks) in by_line {
        uncounted += marks.len().saturating_sub(MOST);
        marks.truncate(MOST);
        let text = text_of(lines, line);
        let room = room.saturating_sub(overhang(text, &marks, room)).max(room / 2);
        strips.extend(strip::cut(line, text, marks, room, look.dots()));
    }
    (strips, uncounted)
}

/// How far the label beside a line's last mark would reach out of the room.
fn overhang(text: &str, marks: &[Mark], room: usize) -> usize {
    let Some(last) = marks.last() else { return 0 };
    let end = text.get(..last.span.end).map_or(room, fit::width).min(room);
    (end + 1 + fit::width(&last.label)).saturating_sub(room)
}

/// A line, counted from 1, without its line feed.
fn text_of<'a>(lines: &[&'a str], line: usize) -> &'a str {
    line.checked_sub(1).and_then(|i| lines.get(i)).copied().unwrap_or_default()
}

/// Strips of ever lower lines, with the page's lines between them; the renderer folds what is far from any.
fn snippet<'a>(run: &[Strip], lines: &[&str], room: usize, look: &Look) -> Snippet<'a, Annotation<'a>> {
    let mut text = String::new();
    let mut annotations = Vec::new();
    let first = run.first().map_or(1, |strip| strip.line);
    let mut next = first;
    for strip in run {
        for line in next..strip.line {
            if line < next + CONTEXT || line + CONTEXT >= strip.line {
                let context = strip::cut(line, text_of(lines, line), Vec::new(), room, look.dots());
                text.extend(context.iter().map(|strip| strip.text.as_str()));
            }
            text.push('\n');
        }
        for mark in &strip.marks {
            let kind = if mark.is_title { AnnotationKind::Primary } else { AnnotationKind::Context };
            let span = text.len() + mark.span.start..text.len() + mark.span.end;
            annotations.push(kind.span(span).label((!mark.label.is_empty()).then(|| mark.label.clone())));
        }
        text.push_str(&strip.text);
        text.push('\n');
        next = strip.line + 1;
    }
    Snippet::source(text).line_start(first).annotations(annotations)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::idea::Mentor;
    use crate::layout;
    use crate::text::Spanned;

    fn why(idea: &Idea, source: &Source, look: &Look) -> String {
        let mut out = Vec::new();
        write(idea, source, look, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    /// An idea whose title and mentors stand in `text`.
    fn idea(text: &str, title: &str, mentors: &[&str]) -> Idea {
        let at = |needle: &str| {
            let span = text.find(needle).map(|start| Span::new(start, start + needle.len()));
            Spanned { value: needle.to_owned(), span }
        };
        let mentors = mentors.iter().map(|name| Mentor { name: Some(at(name)), ..Mentor::default() }).collect();
        Idea { title: at(title), mentors, ..Idea::bare(title) }
    }

    #[test]
    fn facts_are_underlined_where_they_stand() {
        let text = "\u{feff}# GSoC ideas\r\n\r\n## Größere Ideen\r\n\r\nText of it.\r\n\r\n\t\r\n\
                    - Mentor: Jane Doe (@jane)\r\n- Difficulty: hard\r\n- Skills: Golang\r\n";
        let source = Source::new("pages/gsoc-2025.md", text);
        let expected = "\
Größere Ideen
  --> pages/gsoc-2025.md:3:4
   |
 1 | # GSoC ideas
   |   ---- program: gsoc
 2 |
 3 | ## Größere Ideen
   |    ^^^^^^^^^^^^^ title: Größere Ideen
 4 |
 5 | Text of it.
   | ----------- description
...
 8 | - Mentor: Jane Doe (@jane)
   |           --------   ---- github: jane
   |           |
   |           mentor: Jane Doe
 9 | - Difficulty: hard
   |               ---- difficulty: hard
10 | - Skills: Golang
   |           ------ skill: Golang; tag: go
   |
   = note: from the page's path, form, source or ideas.toml: term 2025
";
        assert_eq!(why(&layout::read(&source).unwrap().ideas[0], &source, &Look::PLAIN), expected);
    }

    #[test]
    fn items_are_underlined_and_a_description_at_both_ends() {
        let text = "## Graft trees\n\nFiles are small.\nMore of it.\n\nAnd an end, at last: \n\n\
                    - Skills: Go, some Kubernetes\n- Outcomes: A tool\n- Links: https://example.org/a\n";
        let source = Source::new("a.md", text);
        let shown = why(&layout::read(&source).unwrap().ideas[0], &source, &Look::PLAIN);
        let expected = "\
 3 | Files are small.
   | ---------------- description, from here
...
 6 | And an end, at last:
   | -------------------- description, to here
 7 |
 8 | - Skills: Go, some Kubernetes
   |           --  ---------------
   |           |   |    |
   |           |   |    tag: kubernetes
   |           |   skill: some Kubernetes
   |           skill: Go; tag: go
 9 | - Outcomes: A tool
   |             ------ outcome: A tool
10 | - Links: https://example.org/a
   |          --------------------- link: https://example.org/a
";
        assert!(shown.ends_with(expected), "{shown}");
    }

    #[test]
    fn a_label_finds_its_room_beside_a_line_that_is_cut() {
        let text = format!("## T\n\n{}\n", "word ".repeat(100));
        let shown = why(
            &idea(&text, "T", &[text[6..].trim()]),
            &Source::new("a.md", text.clone()),
            &Look { width: Some(80), ..Look::PLAIN },
        );
        assert!(shown.contains("- mentor\n") && shown.lines().all(|line| line.len() <= 80), "{shown}");
    }

    #[test]
    fn a_long_line_is_shown_around_its_facts() {
        let text = format!("## An idea\n\n{} Jane Doe, {} Bob, {} Carol\n", "x ".repeat(300), "x ".repeat(300), "x ".repeat(300));
        let expected = "\
An idea
 --> a.md:1:4
  |
1 | ## An idea
  |    ^^^^^^^ title: An idea
2 |
3 | ...x x  Jane Doe, x x...x x  Bob, x x...
  |         --------             --- mentor: Bob
  |         |
  |         mentor: Jane Doe
  |
 :::
3 | ...x x x x x x x  Carol
  |                   ----- mentor: Carol
";
        let idea = idea(&text, "An idea", &["Jane Doe", "Bob", "Carol"]);
        assert_eq!(why(&idea, &Source::new("a.md", text), &Look { width: Some(48), ..Look::PLAIN }), expected);
    }

    #[test]
    fn the_place_of_a_title_is_exact_where_its_line_is_cut() {
        let text = format!("x\n{}The title of it{}", "日 ".repeat(200), " y".repeat(200));
        let shown = why(&idea(&text, "The title of it", &[]), &Source::new("a.md", text), &Look::PLAIN);
        assert!(shown.contains("--> a.md:2:401\n"), "{shown}");
    }

    #[test]
    fn facts_of_the_same_characters_share_a_label() {
        let text = "C, of more words than a label has room for";
        let span = Some(Span::new(0, 1));
        let tags = ["c", "linux"].map(|tag| Spanned { value: tag, span }).to_vec();
        let hours = vec![Spanned { value: 350, span }];
        let idea = Idea { tags, hours, ..idea(text, text, &[]) };
        let shown = why(&idea, &Source::new("a.md", text), &Look::PLAIN);
        assert!(shown.contains("tag: c, linux; hours: 350"), "{shown}");
        assert!(shown.contains("title\n"), "a long meaning is not repeated: {shown}");
    }

    #[test]
    fn a_fact_of_two_lines_is_underlined_on_both() {
        let text = "# T\n- Jane\n  Doe\n";
        let shown = why(&idea(text, "T", &["Jane\n  Doe"]), &Source::new("a.md", text), &Look::PLAIN);
        let expected = "2 | - Jane\n  |   ---- mentor: Jane Doe\n3 |   Doe\n  |   ---\n";
        assert!(shown.contains(expected), "{shown}");
    }

    #[test]
    fn pages_cannot_command_the_terminal() {
        let evil = "a\u{1b}]0;x\u{7}\u{9b}2J\u{202e}b\u{200b}\tc";
        let text = format!("# {evil}\rmore\u{1b}[2J\n\n{}{evil}\u{2028}z\n", "x".repeat(400));
        let idea = Idea { tags: vec![Spanned::nowhere("t\u{1b}[m")], ..idea(&text, evil, &["z", "nobody\u{1b}[m"]) };
        for width in [None, Some(0), Some(1), Some(40)] {
            let shown = why(&idea, &Source::new("p\u{1b}[31m.md", text.clone()), &Look { width, unicode: true, ..Look::PLAIN });
            assert_eq!(shown.chars().find(|&c| c != '\n' && safe::is_hidden(c)), None, "{shown:?}");
        }
    }

    #[test]
    fn too_many_facts_on_a_line_are_counted() {
        let names: Vec<_> = (0..100).map(|i| format!("N{i:02}")).collect();
        let text = format!("T {}", names.join(" "));
        let names: Vec<_> = names.iter().map(String::as_str).collect();
        let shown = why(&idea(&text, "T", &names), &Source::new("a.md", text.clone()), &Look::PLAIN);
        assert!(shown.contains("note: 41 more facts stand on lines that hold too many to show"), "{shown}");
    }

    proptest! {
        #[test]
        fn no_page_and_no_span_panics(
            text in "(\\PC|[ \t\r\n\u{1b}\u{feff}\u{200d}日é]){0,200}",
            spans in prop::collection::vec((0..400_usize, 0..60_usize), 0..12),
            width in prop::option::of(0..100_usize),
            unicode: bool,
        ) {
            let idea = Idea {
                upstream: spans.iter().map(|&(start, len)| Spanned::at(Span::new(start, start + len), "u".to_owned())).collect(),
                ..idea(&text, "日", &["é", "\n"])
            };
            let shown = why(&idea, &Source::new("a.md", text), &Look { width, unicode, ..Look::PLAIN });
            prop_assert!(shown.starts_with("日\n"));
        }
    }
}
