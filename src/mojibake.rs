//! Text that was decoded twice: UTF-8 that somebody read as Mac Roman, Windows-1252 or Latin-1, and saved again.
//!
//! `‚Äô` stands for `’`, `Ã©` for `é`. A careful reader sees through it; so do we. Pure functions over `&str`; the outline
//! repairs with them, and the linter points at them.

use std::ops::Range;

/// The upper half of Mac Roman, from 0x80.
const MAC_ROMAN: &str = "ÄÅÇÉÑÖÜáàâäãåçéèêëíìîïñóòôöõúùûü†°¢£§•¶ß®©™´¨≠ÆØ∞±≤≥¥µ∂∑∏π∫ªºΩæø¿¡¬√ƒ≈∆«»…\u{a0}ÀÃÕŒœ–—“”‘’÷◊ÿŸ⁄€‹›ﬁﬂ‡·‚„‰ÂÊÁËÈÍÎÏÌÓÔ\u{f8ff}ÒÚÛÙıˆ˜¯˘˙˚¸˝˛ˇ";
/// 0x80 to 0x9f of Windows-1252; the undefined five as the control characters they are in Latin-1.
const WINDOWS_1252: &str = "€\u{81}‚ƒ„…†‡ˆ‰Š‹Œ\u{8d}Ž\u{8f}\u{90}‘’“”•–—˜™š›œ\u{9d}žŸ";

/// A character set that text was misread in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Charset {
    /// What old Macs used.
    MacRoman,
    /// What old Windows used; Latin-1 is read the same way.
    Windows1252,
}

impl Charset {
    /// The name people know it by.
    pub fn as_str(self) -> &'static str {
        match self {
            Charset::MacRoman => "Mac Roman",
            Charset::Windows1252 => "Windows-1252",
        }
    }

    /// The byte that `c` stands for in this character set, if it is in the upper half.
    fn byte(self, c: char) -> Option<u8> {
        let nth = |table: &str| table.chars().position(|other| other == c).and_then(|i| u8::try_from(i + 0x80).ok());
        match self {
            Charset::MacRoman => nth(MAC_ROMAN),
            Charset::Windows1252 => match u32::from(c) {
                code @ 0x80..=0xff => u8::try_from(code).ok(),
                _ => nth(WINDOWS_1252),
            },
        }
    }
}

/// One misread character: which bytes of the text it takes, what it was meant to be, and how it was misread.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Misread {
    /// Bytes of the text.
    pub range: Range<usize>,
    /// The character that was meant.
    pub meant: char,
    /// How it was misread.
    pub charset: Charset,
}

/// True if the text may hold misread characters: a quick look at what they begin with.
pub fn suspected(text: &str) -> bool {
    // The first characters that UTF-8's lead bytes 0xc2…0xf4 become: in both sets they are two or three bytes long, so
    // pure ASCII text is dismissed at memory speed.
    !text.is_ascii() && find(text).next().is_some()
}

/// The misread characters of a text, in order.
pub fn find(text: &str) -> impl Iterator<Item = Misread> {
    let mut at = 0;
    std::iter::from_fn(move || {
        loop {
            // Skip ASCII quickly: a misread character never begins with it.
            at += text.as_bytes()[at..].iter().position(|byte| !byte.is_ascii())?;
            let rest = &text[at..];
            let found = [Charset::MacRoman, Charset::Windows1252].iter().find_map(|&set| Some((set, decode(rest, set)?)));
            if let Some((charset, (len, meant))) = found {
                let range = at..at + len;
                at += len;
                return Some(Misread { range, meant, charset });
            }
            at += rest.chars().next().map_or(1, char::len_utf8);
        }
    })
}

/// The character that the beginning of `text` was meant to be, and how many bytes of `text` it takes.
fn decode(text: &str, charset: Charset) -> Option<(usize, char)> {
    let mut chars = text.chars();
    let first = chars.next()?;
    let lead = charset.byte(first)?;
    // Latin letters, punctuation and symbols, the byte-order mark, emoji. What other lead bytes became is more often what
    // somebody meant: French sets `é »` with a space that would make it Chinese.
    let more = match lead {
        0xc2..=0xc5 => 1,
        0xe2 | 0xef => 2,
        0xf0 => 3,
        _ => return None,
    };
    let mut bytes = [lead, 0, 0, 0];
    let mut len = first.len_utf8();
    for slot in &mut bytes[1..=more] {
        let next = chars.next()?;
        *slot = charset.byte(next).filter(|byte| (0x80..0xc0).contains(byte))?;
        len += next.len_utf8();
    }
    let meant = std::str::from_utf8(&bytes[..=more]).ok()?.chars().next()?;
    (!meant.is_control()).then_some((len, meant))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn repaired(text: &str) -> String {
        let (mut out, mut at) = (String::new(), 0);
        for misread in find(text) {
            out.push_str(&text[at..misread.range.start]);
            out.push(misread.meant);
            at = misread.range.end;
        }
        out + &text[at..]
    }

    #[test]
    fn misread_text_means() {
        for (seen, meant) in [
            ("the chart‚Äôs", "the chart’s"),
            ("‚úÖ Done", "✅ Done"),
            ("\u{f8ff}üöÄ go", "🚀 go"),
            ("Â¶ and Ã©", "¶ and é"),
            ("itâ€™s", "it’s"),
            // What is right stays as it is.
            ("Ľuboslav Pivarč, café – naïve ‘x’", "Ľuboslav Pivarč, café – naïve ‘x’"),
            ("São Paulo, Ångström, 50 €", "São Paulo, Ångström, 50 €"),
        ] {
            assert_eq!(repaired(seen), meant, "{seen}");
            assert_eq!(suspected(seen), seen != meant);
        }
    }
}
