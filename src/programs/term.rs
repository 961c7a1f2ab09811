//! When: a year (`2025`), or an LFX term of a year (`2025-3`).

use std::borrow::Cow;
use std::ops::Range;
use std::sync::LazyLock;

use borsh::{BorshDeserialize, BorshSerialize};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Serialize, Serializer};

use super::{Program, known};

/// A year, and for LFX which of its three terms: 1 is March to May, 2 June to August, 3 September to November.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, BorshSerialize, BorshDeserialize)]
pub struct Term {
    /// The year, 2005 to 2099.
    pub year: u16,
    /// The LFX term, 1 to 3.
    pub part: Option<u8>,
}

/// What is known of one of the terms of a year.
pub(super) struct Part {
    /// Which.
    pub(super) number: u8,
    /// Its months, as the form offers them: `Sep-Nov`.
    pub(super) months: &'static str,
    /// How words begin that name it, in lower case.
    pub(super) words: &'static [String],
}

/// The terms of a year, of programmes that have several.
pub(super) fn parts() -> &'static [Part] {
    static PARTS: LazyLock<Vec<Part>> = LazyLock::new(|| known().iter().flat_map(|known| known.calendar.parts()).collect());
    &PARTS
}

/// The term that a word in lower case begins with the name of, and the length of that name.
fn named(word: &str) -> Option<(usize, u8)> {
    let words = parts().iter().flat_map(|part| part.words.iter().map(|known| (known, part.number)));
    words.into_iter().find(|(known, _)| word.starts_with(known.as_str())).map(|(known, part)| (known.len(), part))
}

/// True for a word that tells which term of a year it is, beside the year: `Term`, `3`, `Fall`.
pub(super) fn is_part(word: &str) -> bool {
    let word = word.to_lowercase();
    let number = word.strip_prefix("term").unwrap_or(&word).trim_start_matches('0');
    word == "term" || (number.len() == 1 && digit_part(number).is_some()) || named(&word).is_some()
}

impl Term {
    /// A term written as we write it: `2025`, `2025-3`.
    pub fn exact(text: &str) -> Option<Term> {
        let (year, part) = match text.trim().split_once('-') {
            Some((year, part)) => (year, Some(part)),
            None => (text.trim(), None),
        };
        let digits = year.len() == 4 && year.bytes().all(|byte| byte.is_ascii_digit());
        let year = year.parse().ok().filter(|year| digits && (2005..2100).contains(year))?;
        let part = match part {
            Some(part) => Some(part.parse().ok().filter(|part| (1..=3).contains(part))?),
            None => None,
        };
        Some(Term { year, part })
    }

    /// The term as the LFX form offers it: `2026 Term 3 (Sep-Nov)`; a year alone stays one.
    pub fn spelled(self) -> String {
        match self.part.and_then(|number| parts().iter().find(|part| part.number == number)) {
            Some(Part { number, months, .. }) => format!("{} Term {number} ({months})", self.year),
            None => self.year.to_string(),
        }
    }

    /// The term that a text names, and where: `2025`, `2026 Term 3 (Sep-Nov)`, `2025/03-Sep-Nov`, `lfx-2025-3`, `GSoC26`.
    pub fn find(text: &str) -> Option<(Range<usize>, Term)> {
        let (at, year) = year(text)?;
        let lfx = text.to_ascii_lowercase().contains("lfx") || text.to_ascii_lowercase().contains("term");
        let after = &text[at.end..];
        let part = part_after(after, lfx);
        let end = part.map_or(at.end, |(len, _)| at.end + len);
        let part = part.map(|(_, part)| part).or_else(|| part_before(&text[..at.start]));
        Some((at.start..end, Term { year, part }))
    }
}

/// The first year in a text: four digits on their own, or two after a programme's name (`GSoC26`, `GSoC '25`).
fn year(text: &str) -> Option<(Range<usize>, u16)> {
    let bytes = text.as_bytes();
    let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    for at in 0..bytes.len().saturating_sub(3) {
        if digit(at)
            && (at == 0 || !digit(at - 1))
            && (at..at + 4).all(digit)
            && !digit(at + 4)
            && let Ok(year) = text[at..at + 4].parse::<u16>()
            && (2005..2100).contains(&year)
        {
            return Some((at..at + 4, year));
        }
    }
    let (named, _) = Program::find(text)?;
    let after = named.end;
    let skipped = after + text[after..].find(|c: char| !"' ’-_".contains(c))?;
    let two = digit(skipped) && digit(skipped + 1) && !digit(skipped + 2);
    (two && text[after..skipped].chars().count() <= 2).then(|| {
        let year = u16::from(bytes[skipped] - b'0') * 10 + u16::from(bytes[skipped + 1] - b'0') + 2000;
        (skipped..skipped + 2, year)
    })
}

/// The term that follows a year at once: ` Term 3 (Sep-Nov)`, `/03-Sep-Nov`, `-3`, ` Fall`.
fn part_after(after: &str, lfx: bool) -> Option<(usize, u8)> {
    let lower = after.to_ascii_lowercase();
    let skipped = lower.find(|c: char| c.is_ascii_alphanumeric())?;
    if skipped > 3 {
        return None;
    }
    let rest = &lower[skipped..];
    if let Some(number) = rest.strip_prefix("term") {
        let at = number.find(|c: char| !" -_0".contains(c))?;
        return digit_part(&number[at..]).map(|part| (skipped + 4 + at + 1, part));
    }
    if let Some((len, part)) = named(rest) {
        return Some((skipped + len, part));
    }
    let zero = usize::from(rest.starts_with('0'));
    let part = digit_part(&rest[zero..])?;
    let tail = &rest[zero + 1..];
    // `03-Sep-Nov` says what the number means; a bare `-3` does only in the name of an LFX page.
    let month = tail.starts_with('-') && named(&tail[1..]).is_some();
    let ends = !tail.starts_with(|c: char| c.is_ascii_alphanumeric());
    (month || (lfx && ends && zero == 0)).then_some((skipped + zero + 1, part))
}

/// `Term 3, 2025`, `Fall 2025`, `Sep-Nov 2025`.
fn part_before(before: &str) -> Option<u8> {
    let lower = before.to_ascii_lowercase();
    let words: Vec<_> = lower.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let last = words.len().checked_sub(1)?;
    let from = last.saturating_sub(2);
    for (i, word) in words.iter().enumerate().skip(from) {
        if let Some(number) = word.strip_prefix("term").filter(|rest| rest.is_empty() || digit_part(rest).is_some()) {
            return [Some(&number), words.get(i + 1)].into_iter().flatten().find_map(|number| digit_part(number));
        }
        // "Google Summer of Code 2025" names no season, and neither does `summerofcode/2025.md`.
        if !word.starts_with("summer")
            && let Some((_, part)) = named(word)
        {
            return Some(part);
        }
    }
    None
}

fn digit_part(text: &str) -> Option<u8> {
    let digit = *text.as_bytes().first()?;
    (matches!(digit, b'1'..=b'3') && !text[1..].starts_with(|c: char| c.is_ascii_digit())).then(|| digit - b'0')
}

impl std::fmt::Display for Term {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.part {
            Some(part) => write!(f, "{}-{part}", self.year),
            None => write!(f, "{}", self.year),
        }
    }
}

impl Serialize for Term {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl JsonSchema for Term {
    fn schema_name() -> Cow<'static, str> {
        "Term".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "A year (`2025`) or an LFX term (`2025-3`: 1 Mar-May, 2 Jun-Aug, 3 Sep-Nov).",
            "type": "string",
            "pattern": "^20[0-9]{2}(-[1-3])?$",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_means() {
        for (text, meaning) in [
            ("2025", "2025"),
            ("2026 Term 3 (Sep-Nov)", "2026-3"),
            ("Google Summer of Code 2025", "2025"),
            ("GSoC26", "2026"),
            ("programs/summerofcode/2026.md", "2026"),
            ("programs/lfx-mentorship/2025/03-Sep-Nov/project_ideas.md", "2025-3"),
            ("cncf-lfx-2025-3.md", "2025-3"),
            ("LFX 2024 Term 1", "2024-1"),
            ("Fall 2023", "2023-3"),
            ("Term 2, 2023", "2023-2"),
            ("03-Sep-Nov 2022", "2022-3"),
            ("gsoc-2025-3-ideas.md", "2025"),
            ("2025-3", "2025"),
        ] {
            assert_eq!(Term::find(text).map(|(_, term)| term.to_string()).as_deref(), Some(meaning), "{text}");
        }
        assert_eq!(Term::find("issue 12025 of 1999"), None);
    }
}
