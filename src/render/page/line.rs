//! The lines of a page: pieces of text, each in a style and perhaps linked, wrapped to a width.
//!
//! A terminal gets them as escape sequences, the full screen as cells; both show the same page.

use std::io::{self, Write};

use anstyle::Style;

use super::super::{Look, fit};

/// A line, without its line feed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Line(pub Vec<Piece>);

/// A stretch of a line that looks the same throughout. The text is safe.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Piece {
    /// What is read.
    pub text: String,
    /// How it looks where there is colour.
    pub style: Style,
    /// The address that it leads to, if the output understands hyperlinks; safe, too.
    pub link: Option<String>,
}

impl Piece {
    /// A piece without a link.
    pub fn new(text: impl Into<String>, style: Style) -> Self {
        Piece { text: text.into(), style, link: None }
    }

    /// Text as it is.
    pub fn plain(text: impl Into<String>) -> Self {
        Piece::new(text, Style::new())
    }
}

impl Line {
    /// The columns that the line takes.
    pub fn width(&self) -> usize {
        self.0.iter().map(|piece| fit::width(&piece.text)).sum()
    }

    /// Adds a piece, joined to the last if they look the same.
    pub fn push(&mut self, piece: Piece) {
        match self.0.last_mut() {
            Some(last) if last.style == piece.style && last.link == piece.link => last.text.push_str(&piece.text),
            _ if piece.text.is_empty() => {}
            _ => self.0.push(piece),
        }
    }

    /// Writes the line with its line feed. What is plain does not end in spaces.
    pub(in crate::render) fn write(&self, look: &Look, out: &mut dyn Write) -> io::Result<()> {
        for (i, piece) in self.0.iter().enumerate() {
            let is_last = i + 1 == self.0.len();
            let text = if is_last { piece.text.trim_end() } else { &piece.text };
            let painted = look.paint(piece.style, text);
            match &piece.link {
                Some(url) if look.links => write!(out, "\u{1b}]8;;{url}\u{1b}\\{painted}\u{1b}]8;;\u{1b}\\")?,
                _ => out.write_all(painted.as_bytes())?,
            }
        }
        writeln!(out)
    }
}

/// `pieces` in lines of at most `room` columns, broken at spaces, at line feeds, and beside wide characters, which are
/// written without spaces. A longer word stands alone, whole: an address that is broken cannot be copied. There is at least
/// one line.
pub(super) fn wrap(pieces: &[Piece], room: Option<usize>) -> Vec<Line> {
    let mut wrap = Wrap { room: room.unwrap_or(usize::MAX), ..Wrap::default() };
    for piece in pieces {
        for c in piece.text.chars() {
            wrap.take(c, piece);
        }
    }
    wrap.end_word();
    wrap.end_line();
    wrap.lines
}

#[derive(Default)]
struct Wrap {
    room: usize,
    lines: Vec<Line>,
    line: Line,
    used: usize,
    /// The word so far, its columns, and whether a wide character ends it.
    word: Line,
    wide: usize,
    ends_wide: bool,
    /// The space before the word.
    gap: Option<Piece>,
}

impl Wrap {
    fn take(&mut self, c: char, piece: &Piece) {
        if c == '\n' {
            self.end_word();
            self.end_line();
            return;
        }
        let like = |text: String| Piece { text, style: piece.style, link: piece.link.clone() };
        if c.is_whitespace() {
            self.end_word();
            self.gap.get_or_insert_with(|| like(" ".to_owned()));
            return;
        }
        let columns = fit::char_width(c);
        // What has no width belongs to the character before it.
        if columns > 0 {
            if columns > 1 || self.ends_wide {
                self.end_word();
            }
            self.ends_wide = columns > 1;
        }
        self.wide += columns;
        match self.word.0.last_mut() {
            Some(last) if last.style == piece.style && last.link == piece.link => last.text.push(c),
            _ => self.word.push(like(c.to_string())),
        }
    }

    fn end_word(&mut self) {
        self.ends_wide = false;
        if self.word.0.is_empty() {
            return;
        }
        let gap = self.gap.take().filter(|_| self.used > 0);
        let needed = self.wide + usize::from(gap.is_some());
        if self.used > 0 && self.used.saturating_add(needed) > self.room {
            self.lines.push(std::mem::take(&mut self.line));
            self.used = self.wide;
        } else {
            if let Some(gap) = gap {
                self.line.push(gap);
            }
            self.used += needed;
        }
        self.wide = 0;
        std::mem::take(&mut self.word).0.into_iter().for_each(|piece| self.line.push(piece));
    }

    fn end_line(&mut self) {
        self.gap = None;
        self.used = 0;
        self.lines.push(std::mem::take(&mut self.line));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(lines: &[Line]) -> Vec<String> {
        lines.iter().map(|line| line.0.iter().map(|piece| piece.text.as_str()).collect()).collect()
    }

    #[test]
    fn wraps_at_spaces_line_feeds_and_wide_characters() {
        for (text, room, lines) in [
            ("one two three", 7, &["one two", "three"][..]),
            ("one  two\n\nb", 20, &["one two", "", "b"]),
            ("see https://example.org/long x", 8, &["see", "https://example.org/long", "x"]),
            ("日本語日本語", 5, &["日本", "語日", "本語"]),
            ("a日b 語", 4, &["a日b", "語"]),
            ("👩\u{200d}🚀 and", 6, &["👩\u{200d}🚀", "and"]),
            ("one two", 0, &["one", "two"]),
            (" ", 4, &[""]),
            ("", 4, &[""]),
        ] {
            assert_eq!(texts(&wrap(&[Piece::plain(text)], Some(room))), lines, "{text} in {room}");
        }
        assert_eq!(texts(&wrap(&[Piece::plain("one two three")], None)), ["one two three"]);
    }

    #[test]
    fn styles_and_links_go_along() {
        let bold = Style::new().bold();
        let linked = Piece { link: Some("https://example.org".to_owned()), ..Piece::plain("a link") };
        let lines = wrap(&[Piece::plain("so "), Piece::new("bold", bold), Piece::plain("er "), linked], Some(9));
        assert_eq!(texts(&lines), ["so bolder", "a link"]);
        assert_eq!(lines[0].0[1], Piece::new("bold", bold));
        let written = |links| {
            let mut out = Vec::new();
            lines[1].write(&Look { links, ..Look::PLAIN }, &mut out).unwrap();
            String::from_utf8(out).unwrap()
        };
        assert_eq!(written(true), "\u{1b}]8;;https://example.org\u{1b}\\a link\u{1b}]8;;\u{1b}\\\n");
        assert_eq!(written(false), "a link\n");
    }
}
