//! Text from a page, made harmless: the one place that decides which characters never reach a terminal.
//!
//! A page can hold escape sequences (which retitle, clear or type into a terminal), 8-bit controls that mean the same,
//! and bidi overrides, which show another text than the one that is there. They are dropped: what remains of `ESC[2J` is
//! the visible `[2J`, so that nothing is hidden but its effect.

use std::borrow::Cow;
use std::fmt::Write;

use crate::idea::link;

/// True for characters that are not seen but do something: controls, bidi marks and overrides, invisible formatting.
///
/// Line feed and tab are among them; [`text`] keeps those.
pub fn is_hidden(c: char) -> bool {
    matches!(c,
        '\0'..='\u{1f}' | '\u{7f}'..='\u{9f}'
        | '\u{61c}'                   // Arabic letter mark
        | '\u{180e}'                  // Mongolian vowel separator
        | '\u{200b}'..='\u{200f}'     // zero width, left-to-right and right-to-left marks
        | '\u{2028}'..='\u{202e}'     // line and paragraph separator, bidi embeddings and overrides
        | '\u{2060}'..='\u{206f}'     // word joiner, invisible operators, bidi isolates
        | '\u{feff}'                  // byte-order mark
        | '\u{fff9}'..='\u{fffb}'     // interlinear annotation
        | '\u{e0000}'..='\u{e007f}'   // tags: ASCII that nobody sees
    )
}

/// Text of several lines: line feeds and tabs stay, everything else that [`is_hidden`] goes.
pub fn text(text: &str) -> Cow<'_, str> {
    let goes = |c: char| is_hidden(c) && c != '\n' && c != '\t';
    if text.contains(goes) { Cow::Owned(text.replace(goes, "")) } else { Cow::Borrowed(text) }
}

/// Text for one line: like [`text`], and every run of white space is one space, none at the ends.
pub fn line(text: &str) -> Cow<'_, str> {
    let odd = |c: char| is_hidden(c) || (c.is_whitespace() && c != ' ');
    // Nearly all lines are plain ASCII, and lists consist of them.
    let is_plain = text.bytes().all(|byte| matches!(byte, b' '..=b'~'));
    if (is_plain || !text.contains(odd)) && !text.as_bytes().windows(2).any(|two| two == b"  ") {
        return Cow::Borrowed(text.trim());
    }
    let mut line = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_whitespace() {
            if !line.is_empty() && !line.ends_with(' ') {
                line.push(' ');
            }
        } else if !is_hidden(c) {
            line.push(c);
        }
    }
    line.truncate(line.trim_end().len());
    Cow::Owned(line)
}

/// An address that may stand in a hyperlink: `http` or `https`, and nothing in it but visible ASCII.
pub fn url(url: &str) -> Option<Cow<'_, str>> {
    let url = url.trim();
    if !link::is_web(url) {
        return None;
    }
    if url.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Some(Cow::Borrowed(url));
    }
    let mut encoded = String::with_capacity(url.len() + 16);
    for byte in url.bytes() {
        if byte.is_ascii_graphic() { encoded.push(char::from(byte)) } else { percent(&mut encoded, byte) }
    }
    Some(Cow::Owned(encoded))
}

/// `%1B`.
pub(super) fn percent(url: &mut String, byte: u8) {
    // Writing to a string cannot fail.
    let _ = write!(url, "%{byte:02X}");
}

/// JSON whose strings hold nothing hidden: those characters as `\u…`. Any reader of JSON gets the text as it was.
pub fn json(json: &str) -> Cow<'_, str> {
    // Outside of strings JSON has no such character but line feeds, and inside it escapes those.
    let goes = |c: char| is_hidden(c) && c != '\n';
    if !json.contains(goes) {
        return Cow::Borrowed(json);
    }
    let mut escaped = String::with_capacity(json.len() + 64);
    for c in json.chars() {
        if goes(c) {
            for unit in c.encode_utf16(&mut [0; 2]) {
                let _ = write!(escaped, "\\u{unit:04x}");
            }
        } else {
            escaped.push(c);
        }
    }
    Cow::Owned(escaped)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_and_texts() {
        for (before, one, many) in [
            ("plain text", "plain text", "plain text"),
            ("a\u{1b}[31mb\u{1b}]8;;x\u{7}", "a[31mb]8;;x", "a[31mb]8;;x"),
            (" a \t b\r\nc ", "a b c", " a \t b\nc "),
            ("a\u{9b}1mb\u{85}c", "a1mb c", "a1mbc"),
            ("x\u{202e}y\u{2069}z\u{200b}\u{feff}", "xyz", "xyz"),
            ("a\u{2028}b", "a b", "ab"),
            ("\u{e0041}\u{7f}\0", "", ""),
            ("日本 é 👩\u{200d}🚀", "日本 é 👩🚀", "日本 é 👩🚀"),
            ("", "", ""),
        ] {
            assert_eq!(line(before), one, "{before:?}");
            assert_eq!(text(before), many, "{before:?}");
        }
        assert!(matches!(line(" a b "), Cow::Borrowed("a b")));
        assert!(matches!(text("a\nb"), Cow::Borrowed(_)));
    }

    #[test]
    fn addresses() {
        for (before, after) in [
            ("https://example.org/a?b=c#d", Some("https://example.org/a?b=c#d")),
            ("http://example.org/a b\u{1b}\\", Some("http://example.org/a%20b%1B\\")),
            ("https://example.org/é\u{202e}", Some("https://example.org/%C3%A9%E2%80%AE")),
            ("javascript:alert(1)", None),
            ("file:///etc/passwd", None),
            ("https://", None),
            ("", None),
        ] {
            assert_eq!(url(before).as_deref(), after, "{before:?}");
        }
    }

    #[test]
    fn json_means_the_same_and_shows_what_it_hid() {
        let hidden = "a\u{9b}b\u{7f}c\u{202e}d\u{e0041}\u{1b}\n";
        let before = serde_json::to_string_pretty(&[hidden]).unwrap();
        let after = json(&before);
        assert_eq!(after, "[\n  \"a\\u009bb\\u007fc\\u202ed\\udb40\\udc41\\u001b\\n\"\n]");
        assert_eq!(serde_json::from_str::<[String; 1]>(&after).unwrap(), [hidden]);
    }
}
