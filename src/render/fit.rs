//! Text in a given width, measured as terminals do: wide characters take two columns, combining ones none.
//!
//! It expects text that [`safe`](super::safe) has passed, and never fails: a width of 0 is only a narrow one.

use std::borrow::Cow;

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// The columns that `text` takes.
pub(crate) fn width(text: &str) -> usize {
    UnicodeWidthStr::width(text)
}

/// The columns that a character takes at most: a selector (U+FE0F) may widen the one before it.
pub(crate) fn char_width(c: char) -> usize {
    if c == '\u{fe0f}' { 1 } else { c.width().unwrap_or(0) }
}

/// `text` in at most `room` columns; `dots` ends it where something is cut off, if there is room for them.
pub(crate) fn cut<'a>(text: &'a str, room: usize, dots: &str) -> Cow<'a, str> {
    // No more bytes than columns fit for certain; most cells end here.
    if (text.is_ascii() && text.len() <= room) || width(text) <= room {
        return Cow::Borrowed(text);
    }
    let dots = if width(dots) <= room { dots } else { "" };
    let room = room - width(dots);
    let mut used = 0;
    for (at, c) in text.char_indices() {
        used += char_width(c);
        if used > room {
            let head = text[..at].trim_end_matches([' ', ',']);
            return Cow::Owned(format!("{head}{dots}"));
        }
    }
    Cow::Borrowed(text)
}

/// The parts of a word between which a line may end: before and behind characters of two columns, which are written without
/// spaces (`日本語`). What is joined to such a character stays with it.
pub(crate) fn parts(word: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let (mut start, mut ends_wide, mut is_joined) = (0, false, false);
    for (at, c) in word.char_indices() {
        let columns = char_width(c);
        if columns > 0 {
            if at > start && !is_joined && (columns > 1 || ends_wide) {
                parts.push(&word[start..at]);
                start = at;
            }
            ends_wide = columns > 1;
        }
        is_joined = c == '\u{200d}';
    }
    parts.push(&word[start..]);
    parts
}

/// `text` in lines of at most `room` columns, broken at spaces. A longer word stands alone, whole: an address that is
/// broken cannot be copied.
pub(crate) fn wrap(text: &str, room: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    let mut used = 0;
    for word in text.split_whitespace() {
        let wide = width(word);
        if !line.is_empty() && used + 1 + wide > room {
            lines.push(std::mem::take(&mut line));
            used = 0;
        }
        if !line.is_empty() {
            line.push(' ');
            used += 1;
        }
        line.push_str(word);
        used += wide;
    }
    if !line.is_empty() || lines.is_empty() {
        lines.push(line);
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wide_words_have_parts() {
        for (word, parts) in [
            ("kubernetes", &["kubernetes"][..]),
            ("日本go語", &["日", "本", "go", "語"]),
            ("👩\u{200d}🚀は", &["👩\u{200d}🚀", "は"]),
            ("", &[""]),
        ] {
            assert_eq!(super::parts(word), parts, "{word}");
        }
    }

    #[test]
    fn cuts_at_columns() {
        for (text, room, dots, cut_text) in [
            ("title", 5, "…", "title"),
            ("title", 4, "…", "tit…"),
            ("title", 4, "...", "t..."),
            ("title", 2, "...", "ti"),
            ("a title", 3, "…", "a…"),
            ("go, docker", 4, "…", "go…"),
            ("title", 1, "…", "…"),
            ("title", 0, "…", ""),
            ("日本語", 6, "…", "日本語"),
            ("日本語", 5, "…", "日本…"),
            ("日本語", 4, "…", "日…"),
            ("日本語", 2, "…", "…"),
            ("e\u{301}e\u{301}e\u{301}", 2, "…", "e\u{301}…"),
            ("❤\u{fe0f}❤\u{fe0f}", 3, "…", "❤\u{fe0f}…"),
            ("", 0, "…", ""),
        ] {
            assert_eq!(cut(text, room, dots), cut_text, "{text} in {room}");
            assert!(width(cut_text) <= room);
        }
    }

    #[test]
    fn wraps_at_spaces() {
        for (text, room, lines) in [
            ("one two three", 7, &["one two", "three"][..]),
            ("one two", 0, &["one", "two"]),
            ("see https://example.org/long x", 8, &["see", "https://example.org/long", "x"]),
            ("日本 語", 4, &["日本", "語"]),
            ("  ", 4, &[""]),
            ("", 4, &[""]),
        ] {
            assert_eq!(wrap(text, room), lines, "{text} in {room}");
        }
    }

    proptest::proptest! {
        #[test]
        fn never_wider_than_the_room(text in "\\PC{0,40}", room in 0..30_usize) {
            let text = super::super::safe::line(&text);
            proptest::prop_assert!(width(&cut(&text, room, "…")) <= room);
        }
    }
}
