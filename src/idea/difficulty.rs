//! How hard an idea is: the levels that a difficulty field names.

use schemars::JsonSchema;
use serde::Serialize;

use crate::prose::Text;
use crate::text::Spanned;

/// A level of difficulty.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Difficulty {
    /// Beginners can do it.
    Easy,
    /// Some experience helps.
    Medium,
    /// For the experienced.
    Hard,
}

/// The words people use for a level.
const WORDS: [(&str, Difficulty); 34] = [
    ("easy", Difficulty::Easy),
    ("easier", Difficulty::Easy),
    ("simple", Difficulty::Easy),
    ("small", Difficulty::Easy),
    ("low", Difficulty::Easy),
    ("trivial", Difficulty::Easy),
    ("starter", Difficulty::Easy),
    ("entry", Difficulty::Easy),
    ("basic", Difficulty::Easy),
    ("medium", Difficulty::Medium),
    ("midium", Difficulty::Medium),
    ("med", Difficulty::Medium),
    ("mid", Difficulty::Medium),
    ("middle", Difficulty::Medium),
    ("intermediate", Difficulty::Medium),
    ("moderate", Difficulty::Medium),
    ("moderately", Difficulty::Medium),
    ("average", Difficulty::Medium),
    ("normal", Difficulty::Medium),
    ("hard", Difficulty::Hard),
    ("harder", Difficulty::Hard),
    ("advanced", Difficulty::Hard),
    ("advance", Difficulty::Hard),
    ("difficult", Difficulty::Hard),
    ("expert", Difficulty::Hard),
    ("experts", Difficulty::Hard),
    ("experienced", Difficulty::Hard),
    ("high", Difficulty::Hard),
    ("challenging", Difficulty::Hard),
    ("complex", Difficulty::Hard),
    ("large", Difficulty::Hard),
    ("big", Difficulty::Hard),
    ("senior", Difficulty::Hard),
    ("tough", Difficulty::Hard),
];

/// What people are called for whom a level is: these mean it wherever they stand.
const PEOPLE: [(&str, Difficulty); 3] =
    [("beginner", Difficulty::Easy), ("beginners", Difficulty::Easy), ("novice", Difficulty::Easy)];

impl Difficulty {
    /// All levels, from easy to hard.
    pub const ALL: [Difficulty; 3] = [Difficulty::Easy, Difficulty::Medium, Difficulty::Hard];

    /// The canonical word.
    pub fn as_str(self) -> &'static str {
        match self {
            Difficulty::Easy => "easy",
            Difficulty::Medium => "medium",
            Difficulty::Hard => "hard",
        }
    }

    /// The level that a single word stands for, in any case.
    pub fn from_word(word: &str) -> Option<Self> {
        let known = WORDS.iter().find(|(known, _)| known.eq_ignore_ascii_case(word)).map(|&(_, level)| level);
        known.or_else(|| Self::of_people(word))
    }

    /// The level of this canonical name, in any case.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|level| level.as_str().eq_ignore_ascii_case(name))
    }

    /// The level that is for people who are called so, in any case: `beginner`.
    pub fn of_people(word: &str) -> Option<Self> {
        PEOPLE.iter().find(|(known, _)| known.eq_ignore_ascii_case(word)).map(|&(_, level)| level)
    }
}

impl std::fmt::Display for Difficulty {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The levels that a difficulty field names, from easy to hard, each once.
///
/// What stands in parentheses explains and is only read if nothing stands outside; so does what follows the first
/// sentence.
pub fn read(value: Text<'_>) -> Vec<Spanned<Difficulty>> {
    let mut levels: Vec<Spanned<Difficulty>> = Vec::new();
    for line in value.lines() {
        read_line(line, &mut levels, false);
        if levels.is_empty() {
            read_line(line, &mut levels, true);
        }
        if !levels.is_empty() {
            break;
        }
    }
    levels.sort_by_key(|level| level.value);
    levels
}

fn read_line(line: Text<'_>, levels: &mut Vec<Spanned<Difficulty>>, inside: bool) {
    let text = line.as_str();
    let mut depth = 0_u32;
    let mut start = None;
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        if c.is_alphabetic() {
            start.get_or_insert(at);
            continue;
        }
        if let Some(start) = start.take()
            && (depth > 0) == inside
            && let Some(level) = Difficulty::from_word(&text[start..at])
            && levels.iter().all(|known| known.value != level)
        {
            levels.push(Spanned::at(line.cut(start..at).span(), level));
        }
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            '.' | ';' | '!' if !levels.is_empty() && depth == 0 => return,
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Difficulty::{Easy, Hard, Medium};
    use super::*;
    use crate::prose::Prose;
    use crate::text::Span;

    #[test]
    fn text_means() {
        for (text, meaning) in [
            ("Medium", &[Medium][..]),
            ("small", &[Easy]),
            ("Beginner/Advanced", &[Easy, Hard]),
            ("Medium to Hard", &[Medium, Hard]),
            ("medium-hard (needs experience with easy things)", &[Medium, Hard]),
            ("hard-medium", &[Medium, Hard]),
            ("Hard, 350 hours", &[Hard]),
            ("Intermediate. It is not easy to say", &[Medium]),
            ("(Easy)", &[Easy]),
            ("TBA", &[]),
            ("", &[]),
            ("needs mediumship", &[]),
        ] {
            let mut prose = Prose::default();
            prose.push(text, Span::new(0, text.len()));
            let levels: Vec<_> = read(prose.view(0..prose.len())).into_iter().map(|level| level.value).collect();
            assert_eq!(levels, meaning, "{text}");
        }
    }
}
