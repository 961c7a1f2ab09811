//! What a value looks like, whatever its label says: people, hours, a level, an issue, skills.

use crate::idea::skill::Skills;
use crate::idea::{Difficulty, link, mentor, size};
use crate::labels::{Kind, Labels};
use crate::prose::Text;

use super::super::title;

/// What a value tells by its looks, and how plainly.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Shape {
    /// What it tells.
    pub(super) kind: Kind,
    /// True if nothing else looks so: a handle, a number of hours.
    pub(super) plain: bool,
}

/// No value that tells a single fact is longer, in bytes.
const LONGEST: usize = 160;

/// What a value tells by its looks.
pub(super) fn of(value: Text<'_>) -> Option<Shape> {
    let said = value.as_str().trim();
    if said.is_empty() || said.len() > LONGEST || Labels::get().is_placeholder(said) {
        return None;
    }
    let plain = |kind| Some(Shape { kind, plain: true });
    let is_word = |word: &&str| word.chars().all(char::is_alphabetic) && word.len() > 1;
    let words = said.split(|c: char| !c.is_alphanumeric()).filter(is_word);
    let others = words.filter(|word| !size::is_unit(&word.to_lowercase()) && size::from_word(word).is_none()).count();
    if hours(value) && others <= 2 {
        return plain(Kind::Size);
    }
    if is_level(said) {
        return plain(Kind::Difficulty);
    }
    let tracked = |(range, link): (std::ops::Range<usize>, &crate::prose::Link)| {
        link::shortened(&link.url).is_some() || title::is_issue_key(said.get(range).unwrap_or_default())
    };
    if value.links().any(tracked) || link::shortened(said).is_some() {
        return plain(Kind::Upstream);
    }
    if said.split_whitespace().count() > 24 {
        return None;
    }
    let handles = value.links().any(|(_, link)| mentor::github_user(&link.url).is_some() || link.url.starts_with("mailto:"));
    let at = said.split_whitespace().any(|word| {
        let word = word.trim_matches(|c: char| matches!(c, '(' | ')' | ',' | ';' | '[' | ']' | '<' | '>'));
        word.strip_prefix('@').is_some_and(mentor::is_handle) || mentor::is_email(word)
    });
    if (handles || at) && names(said) > 0 {
        return plain(Kind::Mentors);
    }
    let pieces = said.split([',', ';', '/', '\n']).map(str::trim).filter(|piece| !piece.is_empty());
    let (mut all, mut skills) = (0, 0);
    for piece in pieces {
        all += 1;
        let piece = piece.trim_end_matches('.');
        skills += usize::from(Skills::get().canonical(piece).is_some());
    }
    if skills * 2 > all {
        return Some(Shape { kind: Kind::Skills, plain: false });
    }
    let people = said.split([',', ';', '/', '&', '\n']).flat_map(|piece| piece.split(" and ")).map(str::trim);
    let mut people = people.filter(|piece| !piece.is_empty()).peekable();
    (people.peek().is_some() && people.all(is_name)).then_some(Shape { kind: Kind::Mentors, plain: false })
}

/// True for a number of hours with its unit, and little else.
pub(super) fn hours(value: Text<'_>) -> bool {
    let said = value.as_str();
    said.len() <= 100
        && said.bytes().any(|byte| byte.is_ascii_digit())
        && said.contains(['h', 'H'])
        && size::read_with_unit(value).iter().any(|hours| (size::LEAST..=size::MOST).contains(&hours.value))
}

/// True for the name of a level and little else.
pub(super) fn is_level(said: &str) -> bool {
    let said = said.trim_matches(|c: char| !c.is_alphanumeric());
    let mut words = said.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let level = |word: &str| Difficulty::from_word(word).is_some() || matches!(word, "to" | "or" | "and" | "very" | "level");
    let first = words.next().is_some_and(level);
    first && words.by_ref().take(4).all(level) && words.next().is_none() && said.split_whitespace().count() <= 4
}

/// How many words begin with a capital, or are handles.
fn names(said: &str) -> usize {
    said.split_whitespace().filter(|word| word.starts_with(|c: char| c.is_uppercase() || c == '@' || c == '[')).count()
}

/// True for two to four words with capitals: "Ada Lovell", "Cy May Diaz", "Ludwig van Beethoven".
pub(super) fn is_name(said: &str) -> bool {
    let words: Vec<&str> = said.split_whitespace().collect();
    let particle =
        |word: &str| matches!(word, "van" | "von" | "der" | "den" | "de" | "da" | "di" | "del" | "la" | "le" | "bin" | "al");
    let name = |word: &&str| {
        let mut letters = word.chars().filter(|c| c.is_alphabetic());
        letters.next().is_some_and(char::is_uppercase)
            && word.chars().all(|c| c.is_alphabetic() || matches!(c, '.' | '-' | '\'' | '’'))
    };
    (2..=4).contains(&words.len())
        && words.iter().all(|word| name(word) || particle(word))
        && words.iter().filter(|word| name(word)).count() > 1
        && words.iter().all(|word| Skills::get().canonical(word).is_none())
        && Labels::get().kind(said).is_none()
}
