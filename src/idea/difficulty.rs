//! How hard an idea is: the levels that a difficulty field names.

use borsh::{BorshDeserialize, BorshSerialize};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use strum::{Display, IntoStaticStr};

use crate::prose::Text;
use crate::text::{Spanned, is_slip};

use super::reading::Reading;
use super::size;
use super::words::{Words, is_remark, lower};

/// A level of difficulty.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    JsonSchema,
    Display,
    IntoStaticStr,
    BorshSerialize,
    BorshDeserialize,
)]
#[serde(rename_all = "lowercase")]
#[strum(serialize_all = "lowercase")]
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
        self.into()
    }

    /// The level that a single word stands for, in any case.
    pub fn from_word(word: &str) -> Option<Self> {
        Words::get().difficulty.level.of(word).or_else(|| Self::of_people(word))
    }

    /// The level of this canonical name, in any case.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|level| level.as_str().eq_ignore_ascii_case(name))
    }

    /// The level that is for people who are called so, in any case: `beginner`.
    pub fn of_people(word: &str) -> Option<Self> {
        Words::get().difficulty.people.of(word)
    }
}

/// The levels that a difficulty field names, from easy to hard, each once.
pub fn read(value: Text<'_>) -> Vec<Spanned<Difficulty>> {
    understand(value).values
}

/// The same, and what was not understood.
///
/// What stands in parentheses explains and is only read if nothing stands outside; so does what follows the first
/// clause that names a level. Where all levels are named, none was chosen: `easy/medium/hard` is what a template asks.
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
    if levels.is_empty() {
        levels.extend(on_a_scale(value));
    }
    let slips = if levels.is_empty() { misspelt(value, &mut levels) } else { Vec::new() };
    // A menu: all of its choices side by side.
    if levels.len() == Difficulty::ALL.len() && are_side_by_side(value, &levels) {
        levels.clear();
    }
    levels.sort_by_key(|level| level.value);
    Reading::of(value, levels, slips)
}

/// True for a word for how hard something is: "complexity".
pub fn is_measure(word: &str) -> bool {
    Words::get().difficulty.sentence.measures.has(word)
}

/// True for a word before a level that is none itself: "very".
pub fn is_degree(word: &str) -> bool {
    Words::get().difficulty.degrees.has(word)
}

/// Where a text has a word for how hard something is: "medium complexity".
pub fn measure_at(text: Text<'_>) -> Option<usize> {
    let mut words = text.as_str().split(|c: char| !c.is_alphanumeric());
    let word = words.find(|word| is_measure(word))?;
    Some(text.of(word).offset_in(text))
}

/// The levels that a sentence of a text tells: "This is a rather hard project", "It is of easy to medium difficulty", "its difficulty
/// is easy".
pub fn in_sentence(text: Text<'_>) -> Option<Vec<Spanned<Difficulty>>> {
    let known = &Words::get().difficulty.sentence;
    for sentence in text.as_str().split(['.', '!', '?', ';', ':']) {
        let mut words = sentence.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
        let mut before = "";
        while let Some(word) = words.next() {
            if known.verbs.has(word) && known.subjects.has(before) {
                let mut levels: Vec<Spanned<Difficulty>> = Vec::new();
                let mut is_size = false;
                for word in words.clone() {
                    if let Some(level) = Difficulty::from_word(word) {
                        is_size |= size::from_word(word).is_some();
                        levels.push(Spanned::at(text.of(word).span(), level));
                    } else if known.measures.has(word) || known.nouns.has(word) && !is_size {
                        return in_order(levels);
                    } else if !known.between.has(word) {
                        break;
                    }
                }
            }
            if known.rated.has(word)
                && let Some(levels) = levels_behind(text, words.clone().skip_while(|word| known.verbs.has(word)))
            {
                return Some(levels);
            }
            before = word;
        }
    }
    None
}

/// The levels that words of a text begin with, if they end a clause: "easy to medium, and …", but not "easy to integrate".
fn levels_behind<'t>(text: Text<'t>, words: impl Iterator<Item = &'t str>) -> Option<Vec<Spanned<Difficulty>>> {
    let between = &Words::get().difficulty.sentence.between;
    let mut levels: Vec<Spanned<Difficulty>> = Vec::new();
    for word in words {
        let at = text.of(word);
        if let Some(level) = Difficulty::from_word(word) {
            levels.push(Spanned::at(at.span(), level));
        } else if levels.is_empty() || !between.has(word) {
            let ends = text.as_str()[..at.offset_in(text)].trim_end().ends_with([',', ')']);
            return in_order(levels).filter(|_| ends);
        }
    }
    in_order(levels)
}

/// Each level once, the easiest first; `None` if there is none.
fn in_order(mut levels: Vec<Spanned<Difficulty>>) -> Option<Vec<Spanned<Difficulty>>> {
    levels.sort_by_key(|level| level.value);
    levels.dedup_by_key(|level| level.value);
    Some(levels).filter(|levels| !levels.is_empty())
}

/// True if hardly another word stands between levels: "easy, medium or hard".
fn are_side_by_side(value: Text<'_>, levels: &[Spanned<Difficulty>]) -> bool {
    /// "or", and another word for one of them.
    const OTHERS: usize = 2;
    let spans = || levels.iter().filter_map(|level| level.span);
    let (Some(first), Some(last)) = (spans().map(|span| span.start).min(), spans().map(|span| span.end).max()) else {
        return true;
    };
    let from = value.span().start;
    let between = value.as_str().get(first.saturating_sub(from)..last.saturating_sub(from)).unwrap_or_default();
    between.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty()).count() <= levels.len() + OTHERS
}

fn read_line(line: Text<'_>, levels: &mut Vec<Spanned<Difficulty>>, inside: bool) {
    let text = line.as_str();
    let mut depth = 0_u32;
    let mut start = None;
    // "not too hard" is another level, and nobody knows which.
    let mut negated = false;
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        if c.is_alphabetic() {
            start.get_or_insert(at);
            continue;
        }
        if let Some(start) = start.take()
            && (depth > 0) == inside
        {
            let word = &text[start..at];
            let level = Difficulty::from_word(word);
            if let Some(level) = level.filter(|_| !negated) {
                if levels.iter().all(|known| known.value != level) {
                    levels.push(Spanned::at(line.cut(start..at).span(), level));
                }
            } else if !levels.is_empty() && Words::get().size.turning.has(word) {
                return;
            }
            negated = Words::get().difficulty.negating.has(word) || (negated && Words::get().difficulty.degrees.has(word));
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

/// The scales on which people rate difficulty: out of so many.
const SCALES: [u32; 4] = [3, 4, 5, 10];

/// The level of a value that begins with a rating: `3/5`, `4 out of 5`, `★★☆`.
fn on_a_scale(value: Text<'_>) -> Option<Spanned<Difficulty>> {
    let text = value.as_str().trim_start();
    let (points, scale, len) = points(text).or_else(|| stars(text))?;
    let is_rating = SCALES.contains(&scale) && (1..=scale).contains(&points);
    is_rating.then(|| Spanned::at(value.of(&text[..len]).span(), rated(points, scale)))
}

/// The level of so many points on a scale.
fn rated(points: u32, scale: u32) -> Difficulty {
    match f64::from(points) / f64::from(scale) {
        share if share > 0.4 && share < 0.75 => Difficulty::Medium,
        share if share < 0.5 => Difficulty::Easy,
        _ => Difficulty::Hard,
    }
}

/// The numbers of a value that is nothing but a rating: `4`, `3-4`. On which scale, only its siblings tell: see [`scale`].
pub fn rating(value: Text<'_>) -> Vec<Spanned<u32>> {
    let bounds = value.as_str().split(['-', '–']).map(str::trim);
    let numbers = bounds.map(|bound| Some(Spanned::at(value.of(bound).span(), bound.parse().ok()?)));
    numbers.collect::<Option<Vec<_>>>().filter(|numbers| numbers.len() <= 2).unwrap_or_default()
}

/// The scale of a page's ratings: the shortest that holds them, if they differ.
pub fn scale(ratings: &[u32]) -> Option<u32> {
    let (least, most) = (ratings.iter().min()?, ratings.iter().max()?);
    let scale = SCALES.into_iter().find(|scale| most <= scale)?;
    (1..*most).contains(least).then_some(scale)
}

/// The levels of ratings on a scale.
pub fn of_ratings(ratings: &[Spanned<u32>], scale: u32) -> Vec<Spanned<Difficulty>> {
    let mut levels: Vec<_> =
        ratings.iter().map(|points| Spanned { span: points.span, value: rated(points.value, scale) }).collect();
    levels.sort_by_key(|level| level.value);
    levels.dedup_by_key(|level| level.value);
    levels
}

/// `3/5`, `3 of 5`, `3 out of 5`: the points, the scale, and how long that is.
fn points(text: &str) -> Option<(u32, u32, usize)> {
    let number = |text: &str| text.bytes().take_while(u8::is_ascii_digit).take(3).count();
    let len = number(text);
    let points = text[..len].parse().ok()?;
    let rest = text[len..].trim_start();
    let rest = ["/", "out of ", "of "].iter().find_map(|mark| rest.strip_prefix(mark))?.trim_start();
    let digits = number(rest);
    let scale = rest[..digits].parse().ok()?;
    // `3/5/2026` is a date.
    let ends = !rest[digits..].starts_with(|c: char| c.is_alphanumeric() || matches!(c, '/' | '-'));
    ends.then(|| (points, scale, text.len() - rest.len() + digits))
}

/// True for a full or an empty star of a rating, or their like.
pub fn is_star(c: char) -> bool {
    matches!(c, '★' | '☆' | '●' | '○' | '⭐' | '■' | '□')
}

/// `★★☆`: the full ones, all of them, and how long that is. Without an empty one nobody knows how many there could be.
fn stars(text: &str) -> Option<(u32, u32, usize)> {
    let is_full = |c: char| matches!(c, '★' | '●' | '⭐' | '■');
    let is_empty = |c: char| is_star(c) && !is_full(c);
    let end = text.find(|c| !is_star(c)).unwrap_or(text.len());
    let count = |is: &dyn Fn(char) -> bool| u32::try_from(text[..end].chars().filter(|&c| is(c)).count()).ok();
    let (full, empty) = (count(&is_full)?, count(&is_empty)?);
    (empty > 0).then_some((full, full + empty, end))
}

/// How many words a value has at most in which a misspelt level is looked for.
const FEW: usize = 4;

/// Reads `meduim` as medium, in a value of a few words that names no level; returns the words that were forgiven.
fn misspelt<'a>(value: Text<'a>, levels: &mut Vec<Spanned<Difficulty>>) -> Vec<Text<'a>> {
    let mut slips = Vec::new();
    let Some(line) = value.lines().next().filter(|line| line.as_str().split_whitespace().nth(FEW).is_none()) else {
        return slips;
    };
    // "difficulty" is no slip of "difficult".
    let names_itself = |word: &str| Words::get().difficulty.sentence.measures.has(word);
    for word in line.as_str().split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty() && !names_itself(word)) {
        let said = lower(word);
        let known = Words::get().difficulty.level.0.iter().chain(&Words::get().difficulty.people.0);
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
            ("Easy, Medium or Hard", &[]),
            ("[easy, medium, hard]", &[]),
            ("Easy – to medium", &[Easy, Medium]),
            ("3/5", &[Medium]),
            ("2 / 5", &[Easy]),
            ("4 out of 5", &[Hard]),
            ("★★☆", &[Medium]),
            ("●○○○○ (quick)", &[Easy]),
            ("5/3", &[]),
            ("3/5/2026", &[]),
            ("medium difficulty with various difficult extensions", &[Medium]),
            ("not too hard", &[]),
            ("Medium, not hard", &[Medium]),
            ("Complicated", &[Hard]),
            ("fairly difficult", &[Hard]),
            ("introductory to challenging", &[Easy, Hard]),
            ("Difficulty justification", &[]),
        ] {
            let mut prose = Prose::default();
            prose.push(text, Span::new(0, text.len()));
            let levels: Vec<_> = read(prose.view(0..prose.len())).into_iter().map(|level| level.value).collect();
            assert_eq!(levels, meaning, "{text}");
        }
    }
    #[test]
    fn sentences_mean() {
        for (text, meaning) in [
            ("Ours has no history. This is a hard project. Ask Jane.", &[Hard][..]),
            ("This is an Easy difficulty project", &[Easy]),
            ("It is of easy to medium difficulty, we think", &[Easy, Medium]),
            ("The task is a rather challenging project", &[Hard]),
            // It says how large it is.
            ("This is a medium project", &[]),
            ("This is a medium-difficulty project of 175 hours", &[Medium]),
            ("This is not a hard project", &[]),
            ("Lantern is a complex project", &[]),
            ("This is a simple tool for a project", &[]),
            ("It is hard. A project", &[]),
            ("A small project, its difficulty is easy.", &[Easy]),
            ("We consider the difficulty hard", &[Hard]),
            ("The difficulty is easy to medium, we think", &[Easy, Medium]),
            ("The difficulty of large files", &[]),
            ("Difficulty is easy to underestimate", &[]),
            ("A low-level, high-performance parser", &[]),
            ("A top-level entry point", &[]),
        ] {
            let mut prose = Prose::default();
            prose.push(text, Span::new(0, text.len()));
            let levels = in_sentence(prose.view(0..prose.len())).unwrap_or_default();
            assert_eq!(levels.into_iter().map(|level| level.value).collect::<Vec<_>>(), meaning, "{text}");
        }
    }

    #[test]
    fn siblings_tell_the_scale_of_a_rating() {
        for (ratings, expected) in [
            (&["1", "2", "3"][..], &[&[Easy][..], &[Medium], &[Hard]][..]),
            (&["3", "4-5", "2"], &[&[Medium], &[Hard], &[Easy]]),
            (&["7", "2 – 5"], &[&[Medium], &[Easy, Medium]]),
            // Nobody knows how high one rating is, and what is no rating has no scale.
            (&["3", "3"], &[]),
            (&["175", "350"], &[]),
            (&["0", "4"], &[]),
        ] {
            let prose = ratings.iter().map(|text| {
                let mut prose = Prose::default();
                prose.push(text, Span::new(0, text.len()));
                prose
            });
            let read: Vec<_> = prose.map(|prose| rating(prose.view(0..prose.len()))).collect();
            let scale = scale(&read.iter().flatten().map(|points| points.value).collect::<Vec<_>>());
            let levels: Vec<Vec<_>> = scale.map_or_else(Vec::new, |scale| {
                read.iter().map(|points| of_ratings(points, scale).into_iter().map(|level| level.value).collect()).collect()
            });
            assert_eq!(levels, expected, "{ratings:?}");
        }
        for text in ["3 apples", "1-2-3", "", "hard"] {
            let mut prose = Prose::default();
            prose.push(text, Span::new(0, text.len()));
            assert!(rating(prose.view(0..prose.len())).is_empty(), "{text}");
        }
    }

    #[test]
    fn faults_are_told() {
        for (text, slips, unread) in [
            ("Medium", &[][..], None),
            ("midium to hard", &[], None),
            ("Meduim", &["Meduim"], None),
            ("so-so", &[], Some("so-so")),
            ("3/7\nmore", &[], Some("3/7")),
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
