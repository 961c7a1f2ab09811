//! What a value looks like, whatever its label says: people, hours, a level, an issue, skills.

use std::borrow::Cow;

use crate::idea::skill::Skills;
use crate::idea::{Difficulty, difficulty, link, mentor, size};
use crate::labels::{Kind, Labels};
use crate::prose::Text;

use super::super::title;

/// What a value looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    /// A number of hours.
    Hours,
    /// A level and a number of hours: "Hard, 350 hours".
    LevelAndHours,
    /// A level that is no size: "Easy".
    Level,
    /// A size that may be meant for a level: "Large".
    SizeName,
    /// As well a level as a size: "Medium".
    Medium,
    /// An issue or a pull request.
    Issue,
    /// People with handles or addresses.
    Handles,
    /// Nothing but addresses, of people or of lists.
    Addresses,
    /// People with their full names.
    Names,
    /// Several people, at least one of them without a last name: "Ada, Bo".
    FirstNames,
    /// One word that may be a first name.
    OneName,
    /// Names of skills.
    Skills,
    /// Names of skills among other words: "fluent in C++".
    SkillPhrases,
}

impl Shape {
    /// How many there are.
    pub(super) const COUNT: usize = Shape::SkillPhrases as usize + 1;

    /// What it tells if nothing else is known; `None` if that is not enough.
    pub(super) fn kind(self) -> Option<Kind> {
        match self {
            Shape::Hours => Some(Kind::Size),
            Shape::LevelAndHours => Some(Kind::DifficultyAndSize),
            Shape::Level | Shape::SizeName | Shape::Medium => Some(Kind::Difficulty),
            Shape::Issue => Some(Kind::Upstream),
            Shape::Handles | Shape::Names => Some(Kind::Mentors),
            Shape::Skills => Some(Kind::Skills),
            Shape::Addresses | Shape::FirstNames | Shape::OneName | Shape::SkillPhrases => None,
        }
    }
}

/// No value that tells a single fact is longer, in bytes.
const LONGEST: usize = 160;

/// No list of skills is longer, in bytes.
const LONGEST_SKILLS: usize = 600;

/// What a value of one or more lines looks like.
pub(super) fn of_all(values: &[Text<'_>]) -> Option<Shape> {
    of_all_lines(values).or_else(|| names_skills(values).then_some(Shape::SkillPhrases))
}

/// What every line of a value looks like, if it is the same.
pub(super) fn of_all_lines(values: &[Text<'_>]) -> Option<Shape> {
    let mut shapes = values.iter().map(|value| of(*value));
    let first = shapes.next()?;
    let same = |other: Option<Shape>| other.and_then(Shape::kind) == first.and_then(Shape::kind);
    first.filter(|first| values.len() == 1 || first.kind().is_some() && shapes.all(same))
}

/// What a value of one line looks like.
pub(super) fn of(value: Text<'_>) -> Option<Shape> {
    let said = value.as_str().trim();
    if said.is_empty() || said.len() > LONGEST || Labels::get().is_placeholder(said) {
        return None;
    }
    if hours(value)
        && let Some(shape) = of_hours(value, 2)
    {
        return Some(shape);
    }
    if let Some(level) = level(said) {
        return Some(level);
    }
    let tracked = |(range, link): (std::ops::Range<usize>, &crate::prose::Link)| {
        let shown = said.get(range).unwrap_or_default();
        // "T991" may be a name, but not where the link ends in it.
        let key =
            || shown.ends_with(|c: char| c.is_ascii_digit()) && !shown.contains(' ') && link.url.ends_with(&format!("/{shown}"));
        link::shortened(&link.url).is_some() || title::is_issue_key(shown) || key()
    };
    let named = || link::read(value).iter().any(|url| link::shortened(&url.value).is_some());
    if value.links().any(tracked) || named() {
        return Some(Shape::Issue);
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
        return Some(Shape::Handles);
    }
    if (handles || at) && said.split([',', ';', ' ']).all(|word| word.is_empty() || mentor::is_email(word)) {
        return Some(Shape::Addresses);
    }
    let (mut all, mut skills) = (0, 0);
    for piece in pieces(said) {
        all += 1;
        skills += usize::from(Skills::get().canonical(piece.trim_end_matches('.')).is_some());
    }
    if skills * 2 > all {
        return Some(Shape::Skills);
    }
    people(said)
}

/// The parts of a list that stands in one line.
fn pieces(said: &str) -> impl Iterator<Item = &str> {
    said.split([',', ';', '/', '\n']).map(str::trim).filter(|piece| !piece.is_empty())
}

/// People by nothing but their names.
fn people(said: &str) -> Option<Shape> {
    let (mut all, mut full, mut first) = (0, 0, 0);
    for name in person_names(&without_brackets(said)) {
        all += 1;
        if is_name(name) {
            full += 1;
        } else if Skills::get().canonical(name).is_some() && !mentor::is_given_name(name) || Labels::get().kind(name).is_some() {
            return None;
        } else if mentor::may_be_first_name(name) {
            first += 1;
        } else if !mentor::is_handle(name) && (name.split(' ').nth(4).is_some() || !name.starts_with(char::is_uppercase)) {
            return None;
        }
    }
    // Among full names handles and organisations may stand.
    match (all, full) {
        (0, _) => None,
        (1, 0) if first == 1 => Some(Shape::OneName),
        _ if all == full || full > 1 && full * 2 > all => Some(Shape::Names),
        _ if all == full + first => Some(Shape::FirstNames),
        _ => None,
    }
}

/// A text without what stands in brackets: "Ada Brook (primary) <ada at example.org>".
pub(super) fn without_brackets(said: &str) -> Cow<'_, str> {
    if !said.contains(['(', '<', '[']) {
        return Cow::Borrowed(said);
    }
    let mut depth = 0_u32;
    let outside = said.chars().filter(|&c| {
        depth += u32::from(matches!(c, '(' | '<' | '['));
        let inside = depth > 0;
        depth = depth.saturating_sub(u32::from(matches!(c, ')' | '>' | ']')));
        !inside
    });
    Cow::Owned(outside.collect())
}

/// The parts of a list of people.
pub(super) fn person_names(said: &str) -> impl Iterator<Item = &str> {
    let parts = said.split([',', ';', '/', '&', '\n']).flat_map(|piece| piece.split(" and "));
    parts.map(|piece| piece.trim().trim_start_matches("and ").trim_end_matches('.')).filter(|piece| !piece.is_empty())
}

/// True if the lines of a value name skills in short phrases. Descriptions name skills, too, but in sentences.
pub(super) fn names_skills(values: &[Text<'_>]) -> bool {
    let (mut all, mut named, mut knowing) = (0, 0, false);
    for value in values {
        let said = value.as_str();
        if said.len() > LONGEST_SKILLS {
            return false;
        }
        let is_sentence = said.ends_with('.') && said.split_whitespace().nth(MOST_WORDS).is_some();
        for piece in pieces(said) {
            all += 1;
            let known = piece.split(|c: char| !c.is_alphabetic()).any(|word| Skills::get().is_knowing(word));
            let long = piece.split_whitespace().nth(MOST_WORDS).is_some();
            let dense = !is_sentence && !is_name(piece) && piece.split_whitespace().nth(3).is_none();
            if (known && !long || dense) && !Skills::get().tags_of(piece).is_empty() {
                named += 1;
                knowing |= known || Skills::get().canonical(piece).is_some();
            } else if is_sentence && !known {
                return false;
            }
        }
    }
    named > 0 && (named * 2 >= all || knowing && named * 3 >= all)
}

/// No phrase about a skill has more words.
const MOST_WORDS: usize = 9;

/// True for a number of hours with its unit, and little else.
pub(super) fn hours(value: Text<'_>) -> bool {
    let said = value.as_str();
    said.len() <= 100
        && said.bytes().any(|byte| byte.is_ascii_digit())
        && said.contains(['h', 'H'])
        && size::read_with_unit(value).iter().any(|hours| (size::LEAST..=size::MOST).contains(&hours.value))
}

/// What a value with hours looks like that has at most so many words beside them and their level.
pub(super) fn of_hours(value: Text<'_>, others: usize) -> Option<Shape> {
    let (level, found) = level_beside_hours(value);
    (found <= others).then_some(if level { Shape::LevelAndHours } else { Shape::Hours })
}

/// Whether a value names a level that is not only the name of its hours, and how many words it has besides these. What is
/// remarked in parentheses does not count: `175 hours (as described)`.
fn level_beside_hours(value: Text<'_>) -> (bool, usize) {
    let (mut level, mut others) = (false, 0);
    let mut inside = false;
    for part in value.as_str().split_inclusive(['(', ')']) {
        let words = || part.split(|c: char| !c.is_alphanumeric()).filter(|word| word.len() > 1);
        let remark = inside && words().count() > 2;
        inside = part.ends_with('(');
        for word in words().filter(|word| !remark && word.chars().all(char::is_alphabetic)) {
            let named = size::from_word(word);
            let is_level = Difficulty::from_word(word).is_some();
            // "Medium, 350 hours": 350 hours are no medium size.
            let other_hours = || {
                Difficulty::from_word(word) == Some(Difficulty::Medium)
                    && size::read_with_unit(value).iter().all(|hours| Some(hours.value) != named)
            };
            level |= is_level && (named.is_none() || other_hours());
            others += usize::from(named.is_none() && !is_level && !size::is_unit(&word.to_lowercase()));
        }
    }
    (level, others)
}

/// True for a word that names a level or a size.
fn is_level_or_size(word: &str) -> bool {
    Difficulty::from_word(word).is_some() || size::from_word(word).is_some()
}

/// The level or the size that a value names, with little else.
pub(super) fn level(said: &str) -> Option<Shape> {
    if said.split_whitespace().count() > 5 {
        return None;
    }
    let words = || said.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let known = |word: &str| {
        is_level_or_size(word) || difficulty::is_degree(word) || difficulty::is_measure(word) || size::is_joining(word)
    };
    if !words().next().is_some_and(is_level_or_size) || !words().all(known) {
        return None;
    }
    let named: Vec<&str> = words().filter(|word| is_level_or_size(word)).collect();
    let is_size = |word: &&str| size::from_word(word).is_some();
    Some(if !named.iter().all(is_size) {
        Shape::Level
    } else if named.iter().all(|word| Difficulty::from_word(word) == Some(Difficulty::Medium)) {
        Shape::Medium
    } else {
        Shape::SizeName
    })
}

/// A title without the brackets behind it, and what they say by their look: `Title (175 hours, Ada Byron)`; only if that is
/// nothing but facts of several kinds, and one of them the size or the level. "Add backends (CUDA, Apple Metal)" may say anything.
pub(super) fn facts_behind(title: Text<'_>) -> Option<(Text<'_>, Vec<(Kind, Text<'_>)>)> {
    let (before, inside) = title.last_brackets().filter(|(before, _)| title.len() <= LONGEST && !before.is_empty())?;
    let parts = inside.as_str().split([',', ';', '|', '·']).map(|part| inside.of(part).trim()).filter(|part| !part.is_empty());
    let facts: Vec<_> = parts.map(|part| Some((of(part)?.kind()?, part))).collect::<Option<_>>()?;
    let differ = facts.iter().any(|&(kind, _)| kind != facts[0].0);
    (differ && facts.iter().any(|&(kind, _)| is_grade(kind))).then_some((before, facts))
}

/// True for what says how large or how hard it is.
pub(super) fn is_grade(kind: Kind) -> bool {
    matches!(kind, Kind::Size | Kind::Difficulty | Kind::DifficultyAndSize)
}

/// True for somebody of whom brackets say that they are a mentor: `Ada Byron (lead mentor)`.
pub(super) fn is_person_in_role(text: Text<'_>) -> bool {
    let said = text.as_str().trim();
    mentor::ends_in_role(said) && is_person(text)
}

/// True for a name or a handle, whatever brackets say of it.
pub(super) fn is_person(text: Text<'_>) -> bool {
    let name = without_brackets(text.as_str().trim());
    name.len() <= LONGEST && (people(&name).is_some() || mentor::is_handle(name.trim()))
}

/// How many words begin with a capital, or are handles.
fn names(said: &str) -> usize {
    said.split_whitespace().filter(|word| word.starts_with(|c: char| c.is_uppercase() || c == '@' || c == '[')).count()
}

/// True for two to four words with capitals: "Ada Lovell", "Cy May Diaz", "Ludwig van Beethoven".
pub(super) fn is_name(said: &str) -> bool {
    let words: Vec<&str> = said.split_whitespace().collect();
    let name = |word: &&str| {
        let mut letters = word.chars().filter(|c| c.is_alphabetic());
        letters.next().is_some_and(char::is_uppercase)
            && word.chars().all(|c| c.is_alphabetic() || matches!(c, '.' | '-' | '\'' | '’'))
    };
    (2..=4).contains(&words.len())
        && words.iter().all(|word| name(word) || Labels::get().joining.is_particle(word))
        && words.iter().filter(|word| name(word)).count() > 1
        && words.iter().all(|word| Skills::get().canonical(word).is_none() || mentor::is_given_name(word))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::prose::Prose;
    use crate::text::Span;

    fn shape(lines: &[&str]) -> Option<Shape> {
        let mut prose = Prose::default();
        let mut ranges = Vec::new();
        for line in lines {
            let start = prose.len();
            prose.push(line, Span::new(0, line.len()));
            ranges.push(start..prose.len());
        }
        let values: Vec<Text<'_>> = ranges.into_iter().map(|range| prose.view(range)).collect();
        of_all(&values)
    }

    #[test]
    fn values_look_like() {
        for (text, meaning) in [
            ("175 hours (as we see it) or 350 hours (for more, ask us)", Some(Shape::Hours)),
            ("350 hours (HTML mail allowed)", Some(Shape::Hours)),
            ("Medium (175 hours)", Some(Shape::Hours)),
            ("Large, 350 h", Some(Shape::Hours)),
            ("Medium, 350 hours", Some(Shape::LevelAndHours)),
            ("Intermediate, 350 hours", Some(Shape::LevelAndHours)),
            ("90 hours (easy)", Some(Shape::LevelAndHours)),
            ("Easy to medium", Some(Shape::Level)),
            ("Medium", Some(Shape::Medium)),
            ("Medium – Large", Some(Shape::SizeName)),
            ("lantern-example/lantern#12", Some(Shape::Issue)),
            (
                "https://github.com/quill-example/quill/issues/7, https://github.com/quill-example/quill/pull/9",
                Some(Shape::Issue),
            ),
            ("https://github.com/quill-example/quill", None),
            ("Ada Brook (@ada-brook)", Some(Shape::Handles)),
            ("ada@example.org, bo@example.org", Some(Shape::Addresses)),
            ("Ada Brook", Some(Shape::Names)),
            ("Ada Brook and Dana van der Okoye", Some(Shape::Names)),
            ("Ada Brook (primary) <ada at example dot org>", Some(Shape::Names)),
            ("Ada Brook, chidi-m, Bo Lindqvist", Some(Shape::Names)),
            ("Ada Brook, Bo Lindqvist, University of Tides", Some(Shape::Names)),
            ("Ada, Bo, Chidi", Some(Shape::FirstNames)),
            ("Ada Brook and Bo", Some(Shape::FirstNames)),
            ("Chidi", Some(Shape::OneName)),
            ("lantern", None),
            ("Go, Kubernetes", Some(Shape::Skills)),
            ("intermediate Java", Some(Shape::SkillPhrases)),
            ("C++, experience with numerical methods", Some(Shape::SkillPhrases)),
            ("fluent in the C programming language", Some(Shape::SkillPhrases)),
            ("A lantern that sings in the dark", None),
            ("The server is written in Go, the pages in React, and both keep their data in PostgreSQL.", None),
            ("This project moves the lantern from Python to Rust, so that it starts faster on small boards.", None),
        ] {
            assert_eq!(shape(&[text]), meaning, "{text}");
        }
        for (lines, meaning) in [
            (&["Golang", "Docker", "Basic Git knowledge"][..], Some(Shape::SkillPhrases)),
            (&["Ada Brook (@ada-brook)", "Bo Lindqvist"], Some(Shape::Handles)),
            (&["Ada Brook", "175 hours"], None),
        ] {
            assert_eq!(shape(lines), meaning, "{lines:?}");
        }
    }
}
