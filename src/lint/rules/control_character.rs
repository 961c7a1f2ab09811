//! `control-character`: text has no characters that nobody sees.

use crate::lint::{Check, Edit, Example, Findings, Level, Page, Rule};
use crate::mojibake;
use crate::text::Span;

pub(super) static RULE: Rule = Rule {
    code: "control-character",
    level: Level::Warning,
    wants: "Text has no control characters, and none that have no width or turn the direction of writing.",
    why: "They come with text that was copied from elsewhere. Searches do not find a word with one in it, handles and URLs break, \
          terminals obey them, and those that turn the direction of writing show people something else than programs read.",
    examples: &[
        Example { template: "lfx", good: "tasted by hand", bad: "tasted\u{8} by hand", at: "tasted" },
        Example { template: "lfx", good: "tasted by hand", bad: "tas\u{200b}ted by hand", at: "tas\u{200b}ted" },
        Example { template: "cncf-gsoc", good: "tasted by hand", bad: "\u{202e}tasted by hand", at: "tasted by hand" },
        Example { template: "lfx-form", good: "in folders today", bad: "in \u{1b}[31mfolders today", at: "folders today" },
        Example { template: "idea", good: "in folders today", bad: "in folders\u{7f} today", at: "in folders" },
    ],
    check: Check::Page(check),
};

fn check(page: &Page<'_>, out: &mut Findings<'_>) {
    let text = page.source.text();
    if let Some(data) = page.tree.data() {
        for value in data.root().texts() {
            let said = value.as_str();
            // Written as an escape: `\\u200b`.
            if let Some((span, _)) = runs(said).next()
                && !text[value.span().range()].contains(&said[span.range()])
            {
                let first = said[span.range()].chars().next().unwrap_or_default();
                out.at(value.span(), format!("{} U+{:04X} stands in this text as an escape", kind(first), u32::from(first)))
                    .help("delete it");
            }
        }
    }
    let mut found = runs(text);
    if found.peek().is_none() {
        return;
    }
    // Misread text has control characters of its own; `mojibake` mends it as a whole.
    let mut misread = mojibake::find(text).map(|found| found.range).peekable();
    for (span, last) in found {
        while misread.next_if(|range| range.end <= span.start).is_some() {}
        if misread.peek().is_some_and(|range| range.start < span.end) {
            continue;
        }
        let first = text[span.range()].chars().next().unwrap_or_default();
        let name = if first == last {
            format!("U+{:04X}", u32::from(first))
        } else {
            format!("U+{:04X} to U+{:04X}", u32::from(first), u32::from(last))
        };
        let finding = out.at(span, format!("{} {name} is invisible", kind(first)));
        finding.help("delete it");
        // What stands on both sides would become one: a word, or an address that nobody could read before.
        let parts = text[..span.start].ends_with(|c: char| !c.is_whitespace())
            && text[span.end..].starts_with(|c: char| !c.is_whitespace());
        let edit = [Edit::delete(span)];
        if parts {
            finding.unsafe_fix(edit)
        } else {
            finding.fix(edit)
        };
    }
}

fn kind(c: char) -> &'static str {
    match c {
        '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => "the direction mark",
        c if c.is_control() => "the control character",
        _ => "the character",
    }
}

/// The stretches of characters that should not be there, each with its last one.
fn runs(text: &str) -> std::iter::Peekable<impl Iterator<Item = (Span, char)>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = next(text, at)?;
        let (mut end, mut last) = (start, '\0');
        while let Some(c) = text[end..].chars().next().filter(|&c| is_out_of_place(text, end, c)) {
            end += c.len_utf8();
            last = c;
            if c == '\u{1b}' {
                end += escape(&text[end..]);
            }
        }
        at = end;
        Some((Span::new(start, end), last))
    })
    .peekable()
}

/// The first byte from `at` on where a character is out of place.
fn next(text: &str, at: usize) -> Option<usize> {
    const STRIDE: usize = 64;
    let bytes = text.as_bytes();
    let mut from = at;
    loop {
        // Most text is plain: whole strides are looked at side by side.
        let is_plain = |stride: &&[u8]| !stride.iter().fold(false, |any, &byte| any | may_begin(byte));
        from += bytes[from..].chunks_exact(STRIDE).take_while(is_plain).count() * STRIDE;
        let at = from + bytes[from..].iter().position(|&byte| may_begin(byte))?;
        if text[at..].chars().next().is_some_and(|c| is_out_of_place(text, at, c)) {
            return Some(at);
        }
        from = at + 1;
    }
}

/// True for the first byte of a character that may be out of place, and for few others.
fn may_begin(byte: u8) -> bool {
    let is_control = byte < b' ' && byte != b'\t' && byte != b'\n' && byte != b'\r';
    // DEL, C1, the Arabic mark, the general punctuation, the byte-order mark, and the tags.
    is_control || matches!(byte, 0x7f | 0xc2 | 0xd8 | 0xe2 | 0xef | 0xf3)
}

fn is_out_of_place(text: &str, at: usize, c: char) -> bool {
    match c {
        '\t' | '\n' | '\r' => false,
        c if c.is_control() => true,
        // A byte-order mark.
        '\u{feff}' => at > 0,
        '\u{200b}' | '\u{2060}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => true,
        // They join what would not be joined otherwise: emoji, and letters of many scripts; never Latin ones.
        '\u{200c}' | '\u{200d}' => {
            let before = text[..at].chars().next_back();
            let after = text[at + c.len_utf8()..].chars().next();
            let joins = |c: Option<char>| c.is_some_and(|c| c >= '\u{250}' && !c.is_whitespace() && !is_format(c));
            !joins(before) || !joins(after)
        }
        // Beside letters that are written from right to left, a mark may be needed.
        '\u{200e}' | '\u{200f}' | '\u{61c}' => {
            let near = text.floor_char_boundary(at.saturating_sub(200))..text.floor_char_boundary(at + 200);
            !text[near].chars().any(is_right_to_left)
        }
        // Letters that only flags of regions are spelt with.
        '\u{e0001}'..='\u{e007f}' => {
            // The longest is seven letters, of four bytes each.
            let before = &text[text.floor_char_boundary(at.saturating_sub(32))..at];
            !before.trim_end_matches(|c| matches!(c, '\u{e0001}'..='\u{e007f}')).ends_with('\u{1f3f4}')
        }
        _ => false,
    }
}

fn is_format(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

fn is_right_to_left(c: char) -> bool {
    matches!(c, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}') && c != '\u{61c}'
}

/// How many bytes after an escape belong to its command: `[31m`.
fn escape(rest: &str) -> usize {
    let Some(parameters) = rest.strip_prefix('[') else { return 0 };
    let end = parameters.find(|c: char| !matches!(c, '0'..='9' | ';' | '?'));
    end.filter(|&end| parameters.as_bytes()[end].is_ascii_alphabetic()).map_or(0, |end| end + 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_has() {
        for (text, found) in [
            ("tabs\tand\r\nlines", &[][..]),
            ("\u{feff}begins with a mark", &[]),
            ("a mark \u{feff}inside", &["\u{feff}"]),
            ("bell \u{7}\u{7} twice", &["\u{7}\u{7}"]),
            ("\u{1b}[31mred\u{1b}[0m", &["\u{1b}[31m", "\u{1b}[0m"]),
            ("\u{0}", &["\u{0}"]),
            ("next\u{85}line", &["\u{85}"]),
            ("zero\u{200b}width", &["\u{200b}"]),
            ("zero\u{200d}width", &["\u{200d}"]),
            ("👩\u{200d}💻 and 🏳️\u{200d}🌈 and 🧑🏽\u{200d}🚀", &[]),
            ("❤\u{fe0f} it", &[]),
            ("می\u{200c}خواهم", &[]),
            ("क्\u{200d}ष", &[]),
            ("turned \u{202e}round\u{202c}", &["\u{202e}", "\u{202c}"]),
            ("isolated \u{2066}x\u{2069}", &["\u{2066}", "\u{2069}"]),
            ("a mark\u{200e}", &["\u{200e}"]),
            ("שלום\u{200f} world", &[]),
            ("🏴\u{e0067}\u{e0062}\u{e007f}", &[]),
            ("hidden\u{e0067}\u{e0062}", &["\u{e0067}\u{e0062}"]),
            ("“quotes” – and … £ ß", &[]),
        ] {
            let spans: Vec<_> = runs(text).map(|(span, _)| &text[span.range()]).collect();
            assert_eq!(spans, found, "{text:?}");
        }
    }
}
