//! How hard an idea is: the levels that a difficulty field names.

use schemars::JsonSchema;
use serde::Serialize;

use crate::prose::Text;
use crate::text::Spanned;

use super::reading::Reading;
use super::words::{Words, is_remark, is_slip, lower};

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
        let (words, word) = (Words::get(), lower(word));
        words.levels.get(&*word).or_else(|| words.people.get(&*word)).copied()
    }

    /// The level of this canonical name, in any case.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|level| level.as_str().eq_ignore_ascii_case(name))
    }

    /// The level that is for people who are called so, in any case: `beginner`.
    pub fn of_people(word: &str) -> Option<Self> {
        Words::get().people.get(&*lower(word)).copied()
    }
}

impl std::fmt::Display for Difficulty {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The levels that a difficulty field names, from easy to hard, each once.
pub fn read(value: Text<'_>) -> Vec<Spanned<Difficulty>> {
    understand(value).values
}

/// The same, and what was not understood.
///
/// What stands in parentheses explains and is only read if nothing stands outside; so does what follows the first
/// clause that names a level.
pub fn understand(value: Text<'_>) -> Reading<'_, Difficulty> {
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
    let slips = if levels.is_empty() { misspelt(value, &mut levels) } else { Vec::new() };
    levels.sort_by_key(|level| level.value);
    Reading::of(value, levels, slips)
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
        {
            let word = &text[start..at];
            if let Some(level) = Difficulty::from_word(word) {
                if levels.iter().all(|known| known.value != level) {
                    levels.push(Spanned::at(line.cut(start..at).span(), level));
                }
            } else if !levels.is_empty() && Words::get().turning.has(word) {
                return;
            }
        }
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            '.' | ';' | '!' if !levels.is_empty() && depth == 0 => return,
            // `Intermediate - spans several parts, but has small steps`, but not `Medium - Hard` and `medium-hard`.
            ',' | ':' | '-' | '–' | '—' if !levels.is_empty() && depth == 0 => {
                let apart = c == ',' || c == ':' || text[..at].ends_with(char::is_whitespace);
                if apart && is_remark(&text[at..], |word| Difficulty::from_word(word).is_some()) {
                    return;
                }
            }
            _ => {}
        }
    }
}

/// How many words a value has at most in which a misspelt level is looked for.
const FEW: usize = 4;

/// Reads `meduim` as medium, in a value of a few words that names no level; returns the words that were forgiven.
fn misspelt<'a>(value: Text<'a>, levels: &mut Vec<Spanned<Difficulty>>) -> Vec<Text<'a>> {
    let mut slips = Vec::new();
    let Some(line) = value.lines().next().filter(|line| line.as_str().split_whitespace().nth(FEW).is_none()) else {
        return slips;
    };
    for word in line.as_str().split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty()) {
        let said = lower(word);
        let known = Words::get().levels.iter().chain(&Words::get().people);
        let mut meant: Vec<_> = known.filter(|(known, _)| is_slip(&said, known)).map(|(_, level)| *level).collect();
        meant.sort_unstable();
        meant.dedup();
        // A word between two levels is neither.
        if let [level] = meant[..]
            && levels.iter().all(|known| known.value != level)
        {
            levels.push(Spanned::at(line.of(word).span(), level));
            slips.push(line.of(word));
        }
    }
    slips
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
            ("novice", &[Easy]),
            ("Meduim", &[Medium]),
            ("beginer", &[Easy]),
            ("Intermediate - spans several parts, but has small, clear steps", &[Medium]),
            ("Intermediate, so you should know about simple colours", &[Medium]),
            ("Medium but hard at times", &[Medium]),
            ("Easy, Medium or Hard", &[Easy, Medium, Hard]),
            ("Easy – to medium", &[Easy, Medium]),
            ("3/5", &[]),
        ] {
            let mut prose = Prose::default();
            prose.push(text, Span::new(0, text.len()));
            let levels: Vec<_> = read(prose.view(0..prose.len())).into_iter().map(|level| level.value).collect();
            assert_eq!(levels, meaning, "{text}");
        }
    }
    #[test]
    fn faults_are_told() {
        for (text, slips, unread) in [
            ("Medium", &[][..], None),
            ("midium to hard", &[], None),
            ("Meduim", &["Meduim"], None),
            ("so-so", &[], Some("so-so")),
            ("3/5\nmore", &[], Some("3/5")),
            ("a sample of what the team did in many years", &[], Some("a sample of what the team did in many years")),
        ] {
            let mut prose = Prose::default();
            prose.push(text, Span::new(0, text.len()));
            let reading = understand(prose.view(0..prose.len()));
            assert_eq!(reading.slips.iter().map(|slip| slip.as_str()).collect::<Vec<_>>(), slips, "{text}");
            assert_eq!(reading.unread.map(Text::as_str), unread, "{text}");
        }
    }
}
