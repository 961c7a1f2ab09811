//! One line of a page, cut into strips that fit the output and hold all that is marked on it.

use std::collections::BTreeMap;
use std::ops::Range;

use super::Mark;
use crate::render::{fit, safe};
use crate::text::Span;

/// Fewer columns than this are not worth cutting to.
const LEAST: usize = 40;
/// What the renderer makes of a tab.
const TAB: usize = 4;

/// A line, or a part of it, safe to show.
#[derive(Debug)]
pub(super) struct Strip {
    /// The line, counted from 1.
    pub(super) line: usize,
    /// What is shown of it.
    pub(super) text: String,
    /// The marks, their spans in bytes of `text`.
    pub(super) marks: Vec<Mark>,
}

/// Cuts `raw`, whose marks come in order; at least one strip comes out, without marks if there are none.
///
/// A line that fits is one strip. A longer one becomes as many as its marks need, each with windows around some of them,
/// and `dots` for what is between.
pub(super) fn cut(line: usize, raw: &str, marks: Vec<Mark>, room: usize, dots: &str) -> Vec<Strip> {
    let room = room.max(LEAST);
    let raw = raw.trim_end();
    let measured = Measured::of(raw, &marks);
    let draw = |marks: Vec<Mark>, windows: &[Range<usize>]| {
        let (text, marks) = draw(raw, marks, windows, dots);
        Strip { line, text, marks }
    };
    if measured.width <= room {
        return vec![draw(marks, std::slice::from_ref(&(0..measured.width)))];
    }
    if marks.is_empty() {
        return vec![draw(marks, std::slice::from_ref(&(0..room.saturating_sub(fit::width(dots)))))];
    }
    let mut strips = Vec::new();
    let mut held: Vec<Mark> = Vec::new();
    for mark in marks {
        let windows = measured.windows(held.iter().chain(std::iter::once(&mark)), room, 0);
        if !held.is_empty() && taken(&windows, dots) > room {
            let windows = measured.widest(&held, room, dots);
            strips.push(draw(std::mem::take(&mut held), &windows));
        }
        held.push(mark);
    }
    let windows = measured.widest(&held, room, dots);
    strips.push(draw(held, &windows));
    strips
}

/// The columns that windows take, with dots between them and at both ends.
fn taken(windows: &[Range<usize>], dots: &str) -> usize {
    windows.iter().map(|window| window.len() + fit::width(dots)).sum::<usize>() + fit::width(dots)
}

/// A line's width, and the columns at which its marks begin and end.
struct Measured {
    width: usize,
    /// By bytes.
    columns: BTreeMap<usize, usize>,
}

impl Measured {
    fn of(raw: &str, marks: &[Mark]) -> Self {
        let mut columns = ends(raw, marks);
        let mut width = 0;
        for (byte, c) in raw.char_indices() {
            if let Some(column) = columns.get_mut(&byte) {
                *column = width;
            }
            width += columns_of(c);
        }
        if let Some(column) = columns.get_mut(&raw.len()) {
            *column = width;
        }
        Self { width, columns }
    }

    /// The columns to show for marks: the start and the end of each, with a little around and inside, and `more` of both.
    fn windows<'a>(&self, marks: impl Iterator<Item = &'a Mark>, room: usize, more: usize) -> Vec<Range<usize>> {
        let (around, inside) = (room / 8 + more, room / 4 + more);
        let column = |byte: usize| self.columns.get(&byte).copied().unwrap_or(self.width);
        let windows = marks.flat_map(|mark| {
            let (start, end) = (column(mark.span.start), column(mark.span.end));
            let after = (end + around).min(self.width);
            [start.saturating_sub(around)..after.min(start + inside), start.max(end.saturating_sub(inside))..after]
        });
        merge(windows.collect())
    }

    /// The widest windows for marks that the room has place for, and not only for them: labels stand beside.
    fn widest(&self, marks: &[Mark], room: usize, dots: &str) -> Vec<Range<usize>> {
        let windows = |more| self.windows(marks.iter(), room, more);
        let fits = |windows: &Vec<Range<usize>>| taken(windows, dots) <= room;
        (1..=room / 4).rev().map(windows).find(fits).unwrap_or_else(|| windows(0))
    }
}

/// The bytes at which marks begin and end, each with 0. What is behind the line's last character counts as its end.
fn ends(raw: &str, marks: &[Mark]) -> BTreeMap<usize, usize> {
    marks.iter().flat_map(|mark| [mark.span.start, mark.span.end]).map(|byte| (byte.min(raw.len()), 0)).collect()
}

/// Ranges in order, none touching another; what is between two is more than dots would take.
fn merge(mut windows: Vec<Range<usize>>) -> Vec<Range<usize>> {
    windows.retain(|window| !window.is_empty());
    windows.sort_by_key(|window| window.start);
    let mut merged: Vec<Range<usize>> = Vec::new();
    for window in windows {
        match merged.last_mut() {
            Some(last) if window.start <= last.end + 4 => last.end = last.end.max(window.end),
            _ => merged.push(window),
        }
    }
    merged
}

/// The text in the windows, and the marks in bytes of it.
fn draw(raw: &str, mut marks: Vec<Mark>, windows: &[Range<usize>], dots: &str) -> (String, Vec<Mark>) {
    let mut places = ends(raw, &marks);
    let mut text = String::new();
    let mut column = 0;
    let mut windows = windows.iter().peekable();
    let mut is_shown = true;
    for (byte, c) in raw.char_indices() {
        let wide = columns_of(c);
        // What takes no column belongs to the character before it.
        if wide > 0 {
            while windows.next_if(|window| window.end <= column).is_some() {}
            let shown = windows.peek().is_some_and(|window| window.contains(&column));
            if is_shown && !shown {
                text.push_str(dots);
            }
            is_shown = shown;
        }
        if let Some(place) = places.get_mut(&byte) {
            *place = text.len();
        }
        if is_shown {
            push(&mut text, c);
        }
        column += wide;
    }
    if let Some(place) = places.get_mut(&raw.len()) {
        *place = text.len();
    }
    for mark in &mut marks {
        let place = |byte: usize| places.get(&byte.min(raw.len())).copied().unwrap_or(text.len());
        mark.span = Span::new(place(mark.span.start), place(mark.span.end));
    }
    (text, marks)
}

/// The columns that [`push`] takes for a character.
fn columns_of(c: char) -> usize {
    match c {
        '\t' => TAB,
        c if c.is_whitespace() => 1,
        c if safe::is_hidden(c) => 0,
        c => fit::char_width(c),
    }
}

/// A character as it may be shown in a line.
fn push(text: &mut String, c: char) {
    match c {
        '\t' => text.push('\t'),
        c if c.is_whitespace() => text.push(' '),
        c if safe::is_hidden(c) => {}
        c => text.push(c),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mark(raw: &str, needle: &str) -> Mark {
        let start = raw.find(needle).unwrap();
        Mark { line: 1, span: Span::new(start, start + needle.len()), label: needle.to_owned(), is_title: false }
    }

    /// Each strip, and what its marks underline.
    fn strips(raw: &str, needles: &[&str], room: usize) -> Vec<(String, Vec<String>)> {
        let marks = needles.iter().map(|needle| mark(raw, needle)).collect();
        let underlined = |strip: &Strip| strip.marks.iter().map(|mark| strip.text[mark.span.range()].to_owned()).collect();
        cut(1, raw, marks, room, "…").into_iter().map(|strip| (underlined(&strip), strip.text)).map(|(a, b)| (b, a)).collect()
    }

    #[test]
    fn marks_follow_their_characters() {
        for (raw, needle, text, underlined) in [
            ("- Jane\r", "Jane", "- Jane", "Jane"),
            ("\u{feff}\tJane x", "Jane", "\tJane x", "Jane"),
            ("a\u{1b}[1mJa\u{202e}ne\u{9b}", "Ja\u{202e}ne", "a[1mJane", "Jane"),
            ("日本 Jane", "日本", "日本 Jane", "日本"),
            ("e\u{301}", "e\u{301}", "e\u{301}", "e\u{301}"),
            ("x", "", "x", ""),
            ("", "", "", ""),
        ] {
            assert_eq!(strips(raw, &[needle], 80), [(text.to_owned(), vec![underlined.to_owned()])], "{raw:?}");
        }
    }

    #[test]
    fn long_lines_show_what_is_marked() {
        let raw = format!("{}Jane Doe{}Bob{}Carol{}", "a ".repeat(500), "b ".repeat(500), "c ".repeat(500), "d ".repeat(500));
        let strips = strips(&raw, &["Jane Doe", "Bob", "Carol"], 40);
        let expected = [
            ("…a a a Jane Doeb b b …b b b Bobc c c …", vec!["Jane Doe", "Bob"]),
            ("… c c c c c c c Carold d d d d d d d…", vec!["Carol"]),
        ];
        for ((text, marks), (expected_text, expected_marks)) in strips.iter().zip(expected) {
            assert_eq!((text.as_str(), marks.iter().map(String::as_str).collect()), (expected_text, expected_marks));
        }
        assert_eq!(strips.len(), 2);
        let plain = cut(1, &raw, Vec::new(), 40, "…").remove(0).text;
        assert!(fit::width(&plain) <= 40 && plain.ends_with('…'), "{plain}");
    }

    #[test]
    fn marks_that_fit_share_a_strip() {
        let raw = format!("{} Jane (@jane) {}", "a ".repeat(500), "b ".repeat(500));
        let strips = strips(&raw, &["Jane", "@jane"], 60);
        assert_eq!(strips.len(), 1);
        assert_eq!(strips[0].1, ["Jane", "@jane"]);
    }

    #[test]
    fn the_middle_of_a_long_mark_is_left_out() {
        let long = format!("start{}end", "-".repeat(1000));
        let strips = strips(&long, &[&long], 80);
        assert_eq!(strips[0].0, format!("start{}…{}end", "-".repeat(33), "-".repeat(35)));
        assert_eq!(strips[0].0, strips[0].1[0]);
    }
}
