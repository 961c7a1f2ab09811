//! Text that was decoded twice: UTF-8 that somebody read as Mac Roman, Windows-1252 or Latin-1, and saved again.
//!
//! `‚Äô` stands for `’`, `Ã©` for `é`. A careful reader sees through it; so do we, also where it happened twice (`Ã¢â‚¬â„¢`).
//! What lost a byte on the way (`â€` for `”`) is no character any more, and is only [pointed at](remnants). Pure functions over
//! `&str`; the document repairs with them, and the linter points at them.

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

/// True if the text holds misread characters.
pub fn suspected(text: &str) -> bool {
    find(text).next().is_some()
}

/// The misread characters of a text, in order.
pub fn find(text: &str) -> impl Iterator<Item = Misread> {
    let mut at = 0;
    // Where the last letter ended that was misread among others.
    let mut among = None;
    std::iter::from_fn(move || {
        loop {
            at += ascii_prefix(&text.as_bytes()[at..]);
            let rest = &text[at..];
            let first = rest.chars().next()?;
            let goes_on = among.is_some_and(|end| at - end <= GAP);
            let letter = || letter(rest, goes_on).inspect(|(_, len, _)| among = Some(at + len));
            if let Some((charset, len, meant)) = sure(rest).or_else(letter) {
                let (len, meant) = twice(rest).unwrap_or((len, meant));
                let range = at..at + len;
                at += len;
                return Some(Misread { range, meant, charset });
            }
            at += first.len_utf8();
        }
    })
}

/// The misread character that `text` begins with, if nothing else begins so.
fn sure(text: &str) -> Option<(Charset, usize, char)> {
    let (charset, lead) = lead(text.chars().next()?)?;
    decode(text, charset, lead).map(|(len, meant)| (charset, len, meant))
}

/// So many bytes may stand between two words whose letters were misread.
const GAP: usize = 1;

/// So many bytes beyond the first ones of their characters show that letters were misread: two or three letters in a row.
const ENOUGH: usize = 3;

/// The misread letter of another script that `text` begins with, if others follow, or if it goes on after others.
fn letter(text: &str, goes_on: bool) -> Option<(Charset, usize, char)> {
    [Charset::Windows1252, Charset::MacRoman].into_iter().find_map(|charset| {
        let (len, meant) = letter_in(text, charset)?;
        (goes_on || is_run(text, charset)).then_some((charset, len, meant))
    })
}

/// The letter that `text` begins with if it was misread in this character set.
fn letter_in(text: &str, charset: Charset) -> Option<(usize, char)> {
    let lead = charset.byte(text.chars().next()?).filter(|lead| matches!(lead, 0xc6..=0xdf | 0xe0 | 0xe1 | 0xe3..=0xee))?;
    decode(text, charset, lead).filter(|&(_, meant)| meant.is_alphabetic())
}

/// True if `text` begins with several letters that were misread in this character set. Letters of two bytes may be in two words.
fn is_run(text: &str, charset: Charset) -> bool {
    let (mut at, mut bytes) = (0, 0);
    while bytes < ENOUGH {
        let Some((len, meant)) = letter_in(&text[at..], charset) else { return false };
        bytes += meant.len_utf8() - 1;
        at += len;
        let is_short = meant.len_utf8() == 2;
        at += text[at..].bytes().take(GAP).take_while(|byte| is_short && *byte == b' ').count();
    }
    true
}

/// The character that `text` begins with if it was misread, and what came of that was misread, too; and how many bytes it takes.
fn twice(text: &str) -> Option<(usize, char)> {
    let (mut once, mut len) = (String::new(), 0);
    for _ in 0..4 {
        let rest = &text[len..];
        let of_letter = || letter_in(rest, Charset::Windows1252).or_else(|| letter_in(rest, Charset::MacRoman));
        let (more, c) = sure(rest).map(|(_, len, meant)| (len, meant)).or_else(of_letter)?;
        once.push(c);
        len += more;
        if let Some((_, all, meant)) = sure(&once) {
            return (all == once.len()).then_some((len, meant));
        }
    }
    None
}

/// What is left of a misread character that lost a part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remnant {
    /// Bytes of the text.
    pub range: Range<usize>,
    /// The character that was probably meant; none if nothing tells.
    pub meant: Option<char>,
}

/// What is left in a text of misread characters that lost a part, in order: bytes that Windows-1252 has no character for were
/// dropped, a space that does not break became one that does, or `\u{fffd}` stands there.
pub fn remnants(text: &str) -> Vec<Remnant> {
    let mut found: Vec<Remnant> =
        text.match_indices('\u{fffd}').map(|(at, lost)| Remnant { range: at..at + lost.len(), meant: None }).collect();
    for (seen, meant) in REMNANTS {
        for (at, seen) in text.match_indices(seen) {
            // A word in capitals may end so.
            if sure(&text[at..]).is_some() || text[..at].ends_with(char::is_uppercase) {
                continue;
            }
            // The space that ends a word is no part of its last letter.
            let ends_word = meant.is_alphabetic() && text[at + seen.len()..].starts_with(char::is_alphanumeric);
            let len = if ends_word { seen.trim_end().len() } else { seen.len() };
            found.push(Remnant { range: at..at + len, meant: Some(meant) });
        }
    }
    found.sort_by_key(|remnant| remnant.range.start);
    found
}

/// What remains of characters one byte of which is lost, and what they were: `”` has a byte that Windows-1252 does not
/// know, `à` and the space that does not break have one that it reads as such a space.
const REMNANTS: [(&str, char); 3] = [("â€", '”'), ("Ã ", 'à'), ("Â ", ' ')];

/// How many bytes of ASCII `bytes` begin with: most text is nothing else, and a misread character never begins with it.
fn ascii_prefix(bytes: &[u8]) -> usize {
    let at = bytes.chunks(32).take_while(|chunk| chunk.is_ascii()).map(<[u8]>::len).sum();
    at + bytes[at..].iter().take_while(|byte| byte.is_ascii()).count()
}

/// What a misread character begins with: which character set makes which of UTF-8's lead bytes look like `c`.
///
/// These are the lead bytes of Latin letters, punctuation and symbols, the byte-order mark, emoji. What the others became
/// is more often what somebody meant: French sets `é »` with a space that would make it Chinese. Only several in a row are
/// [letters](letter) of another script.
fn lead(c: char) -> Option<(Charset, u8)> {
    Some(match c {
        '¬' => (Charset::MacRoman, 0xc2),
        '√' => (Charset::MacRoman, 0xc3),
        'ƒ' => (Charset::MacRoman, 0xc4),
        '≈' => (Charset::MacRoman, 0xc5),
        '‚' => (Charset::MacRoman, 0xe2),
        'Ô' => (Charset::MacRoman, 0xef),
        '\u{f8ff}' => (Charset::MacRoman, 0xf0),
        'Â' => (Charset::Windows1252, 0xc2),
        'Ã' => (Charset::Windows1252, 0xc3),
        'Ä' => (Charset::Windows1252, 0xc4),
        'Å' => (Charset::Windows1252, 0xc5),
        'â' => (Charset::Windows1252, 0xe2),
        'ï' => (Charset::Windows1252, 0xef),
        'ð' => (Charset::Windows1252, 0xf0),
        _ => return None,
    })
}

/// The character that the beginning of `text` was meant to be, and how many bytes of `text` it takes.
fn decode(text: &str, charset: Charset, lead: u8) -> Option<(usize, char)> {
    let more = match lead {
        0xc2..=0xdf => 1,
        0xf0 => 3,
        _ => 2,
    };
    let mut chars = text.chars();
    let mut bytes = [lead, 0, 0, 0];
    let mut len = chars.next()?.len_utf8();
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
    fn leads_are_as_in_their_character_sets() {
        for c in MAC_ROMAN.chars().chain('\u{80}'..='\u{ff}').chain(WINDOWS_1252.chars()) {
            let wanted = [Charset::MacRoman, Charset::Windows1252].into_iter().find_map(|charset| {
                let byte = charset.byte(c).filter(|byte| matches!(byte, 0xc2..=0xc5 | 0xe2 | 0xef | 0xf0))?;
                Some((charset, byte))
            });
            assert_eq!(lead(c), wanted, "{c:?}");
        }
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
            ("« café\u{a0}», « thé\u{a0}»", "« café\u{a0}», « thé\u{a0}»"),
            ("pages 5–£6, a – ø – å", "pages 5–£6, a – ø – å"),
            // Twice.
            ("donÃ¢â‚¬â„¢t, cafÃƒÂ©", "don’t, café"),
            // Other scripts.
            ("Ð¿Ñ€Ð¸Ð²ÐµÑ‚ Ð¸ Ð¼Ð¸Ñ€", "привет и мир"),
            ("–ø—Ä–∏–≤–µ—Ç", "привет"),
            ("æ—¥æœ¬èªž", "日本語"),
        ] {
            assert_eq!(repaired(seen), meant, "{seen}");
            assert_eq!(suspected(seen), seen != meant);
        }
    }

    #[test]
    fn remnants_are_told() {
        for (text, told) in [
            ("â€œcupsâ€ and Ã©", vec![("â€", Some('”'))]),
            ("Ã  la, Ã la, voilÃ . Ã©", vec![("Ã ", Some('à')), ("Ã", Some('à')), ("Ã ", Some('à'))]),
            ("30Â min, Ã©", vec![("Â ", Some(' '))]),
            ("caf\u{fffd}", vec![("\u{fffd}", None)]),
            ("IRMÃ E MÃE, PÂ ", vec![]),
        ] {
            let found: Vec<_> = remnants(text).into_iter().map(|it| (&text[it.range], it.meant)).collect();
            assert_eq!(found, told, "{text}");
        }
    }
}
