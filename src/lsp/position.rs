//! Lines and columns as the protocol counts them: lines from 0, each ended by `\n`, `\r\n` or `\r`; columns in the units that
//! were agreed on.

use std::cell::Cell;

use gen_lsp_types::{Position, PositionEncodingKind, Range};

use crate::text::Span;

/// What columns count.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Encoding {
    /// Bytes.
    Utf8,
    /// Units of UTF-16: what a client means that says nothing.
    #[default]
    Utf16,
    /// Characters.
    Utf32,
}

impl Encoding {
    /// The best of those that a client knows: bytes need no counting.
    pub(super) fn choose<'n>(known: impl IntoIterator<Item = &'n str>) -> Self {
        let of_name = |name| match name {
            "utf-8" => Some(Encoding::Utf8),
            "utf-32" => Some(Encoding::Utf32),
            _ => None,
        };
        let mut known: Vec<_> = known.into_iter().filter_map(of_name).collect();
        known.sort_by_key(|encoding| *encoding != Encoding::Utf8);
        known.first().copied().unwrap_or_default()
    }

    /// Its name in the protocol.
    pub(super) fn kind(self) -> PositionEncodingKind {
        match self {
            Encoding::Utf8 => PositionEncodingKind::UTF8,
            Encoding::Utf16 => PositionEncodingKind::UTF16,
            Encoding::Utf32 => PositionEncodingKind::UTF32,
        }
    }

    /// How many columns a text has.
    fn width(self, text: &str) -> usize {
        match self {
            Encoding::Utf8 => text.len(),
            Encoding::Utf16 => text.chars().map(char::len_utf16).sum(),
            Encoding::Utf32 => text.chars().count(),
        }
    }

    /// The byte of a text before which so many columns stand; a column inside of a character means its beginning, one behind
    /// the text its end.
    fn byte(self, text: &str, columns: usize) -> usize {
        let mut left = columns;
        for (at, c) in text.char_indices() {
            let width = match self {
                Encoding::Utf8 => c.len_utf8(),
                Encoding::Utf16 => c.len_utf16(),
                Encoding::Utf32 => 1,
            };
            if left < width {
                return at;
            }
            left -= width;
        }
        text.len()
    }
}

/// The byte that a position means; what is outside of the text means its nearest place.
pub(super) fn byte(text: &str, position: Position, encoding: Encoding) -> usize {
    let mut start = 0;
    for _ in 0..position.line {
        match line_end(text, start) {
            Some(next) => start = next,
            None => return text.len(),
        }
    }
    let line = &text[start..line_end(text, start).unwrap_or(text.len())];
    start + encoding.byte(line.trim_end_matches(['\r', '\n']), position.character as usize)
}

/// Where the line behind the one ends that begins at `start`; none if it is the last.
fn line_end(text: &str, start: usize) -> Option<usize> {
    let at = start + memchr::memchr2(b'\n', b'\r', &text.as_bytes()[start..])?;
    Some(if text[at..].starts_with("\r\n") { at + 2 } else { at + 1 })
}

/// A text with its lines, to tell positions in it.
pub(super) struct Lines<'t> {
    text: &'t str,
    encoding: Encoding,
    /// The first byte of each line.
    starts: Vec<usize>,
    /// The place that was asked for last: on a long line the next is counted from there.
    last: Cell<(usize, Position)>,
}

impl<'t> Lines<'t> {
    pub(super) fn new(text: &'t str, encoding: Encoding) -> Self {
        let mut starts = vec![0];
        while let Some(next) = starts.last().and_then(|&start| line_end(text, start)) {
            starts.push(next);
        }
        Lines { text, encoding, starts, last: Cell::default() }
    }

    /// The position of a byte.
    pub(super) fn position(&self, byte: usize) -> Position {
        let byte = self.text.floor_char_boundary(byte);
        let line = self.starts.partition_point(|&start| start <= byte) - 1;
        let (known, last) = self.last.get();
        let mut position = Position { line: u32::try_from(line).unwrap_or(u32::MAX), character: 0 };
        let from = if last.line == position.line && (self.starts[line]..=byte).contains(&known) {
            position.character = last.character;
            known
        } else {
            self.starts[line]
        };
        // No place is inside of a line's end.
        let before = &self.text[from..byte];
        let before = if self.is_inside_break(byte) { before.trim_end_matches('\r') } else { before };
        position.character += u32::try_from(self.encoding.width(before)).unwrap_or(u32::MAX);
        self.last.set((from + before.len(), position));
        position
    }

    /// The range of a span.
    pub(super) fn range(&self, span: Span) -> Range {
        Range { start: self.position(span.start), end: self.position(span.end) }
    }

    /// What an edit means whose ends can be told: a `\r\n` that it would part is replaced as a whole.
    pub(super) fn edit(&self, span: Span, text: &str) -> (Range, String) {
        let (mut span, mut text) = (span, text.to_owned());
        if self.is_inside_break(span.start) {
            span.start -= 1;
            text.insert(0, '\r');
        }
        if self.is_inside_break(span.end) {
            span.end += 1;
            text.push('\n');
        }
        (self.range(span), text)
    }

    fn is_inside_break(&self, byte: usize) -> bool {
        byte > 0 && self.text.as_bytes().get(byte - 1..=byte) == Some(b"\r\n")
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const ALL: [Encoding; 3] = [Encoding::Utf8, Encoding::Utf16, Encoding::Utf32];

    #[test]
    fn encodings_are_chosen() {
        for (known, chosen) in [
            (&["utf-16", "utf-8"][..], Encoding::Utf8),
            (&["utf-32", "utf-16"], Encoding::Utf32),
            (&["utf-16"], Encoding::Utf16),
            (&["ebcdic"], Encoding::Utf16),
            (&[], Encoding::Utf16),
        ] {
            assert_eq!(Encoding::choose(known.iter().copied()), chosen, "{known:?}");
        }
    }

    #[test]
    fn columns_count_what_was_agreed_on() {
        let text = "\u{feff}# a\r\n\t😀é: x\rlone\nend";
        for (needle, line, columns) in [
            ("\u{feff}", 0, [0, 0, 0]),
            ("#", 0, [3, 1, 1]),
            ("😀", 1, [1, 1, 1]),
            ("é", 1, [5, 3, 2]),
            ("x", 1, [9, 6, 5]),
            ("lone", 2, [0, 0, 0]),
            ("end", 3, [0, 0, 0]),
        ] {
            let at = text.find(needle).unwrap();
            for (encoding, character) in ALL.into_iter().zip(columns) {
                let position = Position { line, character };
                assert_eq!(Lines::new(text, encoding).position(at), position, "{needle} {encoding:?}");
                assert_eq!(byte(text, position, encoding), at, "{needle} {encoding:?}");
            }
        }
    }

    #[test]
    fn places_outside_of_the_text_mean_the_nearest() {
        let text = "a😀\r\nb";
        for (line, character, at) in [(0, 99, 5), (9, 0, 8), (9, 9, 8), (1, 7, 8), (0, 2, 1), (u32::MAX, u32::MAX, 8)] {
            assert_eq!(byte(text, Position { line, character }, Encoding::Utf16), at, "{line}:{character}");
        }
    }

    #[test]
    fn no_edit_parts_a_line_break() {
        let lines = Lines::new("a\r\nb", Encoding::Utf16);
        let (range, text) = lines.edit(Span::new(1, 2), "");
        assert_eq!((range.start, range.end, text.as_str()), (lines.position(1), lines.position(3), "\n"));
    }

    proptest! {
        #[test]
        fn positions_lead_back(text in "([a\r\n\t é😀\u{feff}]){0,40}", at in 0..200_usize) {
            let at = text.floor_char_boundary(at.min(text.len()));
            for encoding in ALL {
                let lines = Lines::new(&text, encoding);
                // Asked in any order.
                lines.position(text.len());
                let back = byte(&text, lines.position(at), encoding);
                prop_assert_eq!(back, if lines.is_inside_break(at) { at - 1 } else { at });
                prop_assert_eq!(lines.position(at), Lines::new(&text, encoding).position(at));
            }
        }
    }
}
