//! Release notes, minutes, journals: most headings name a version or a day, and what stands below them proposes nothing.

use std::collections::BTreeMap;

use crate::labels::chapter;
use crate::records::{Records, Whole};

use super::BOLD;

/// So many headings of a level make a series.
const LEAST: usize = 2;

/// With more words before its version, a heading is a title: "Replace the loader of curl 8.1.0".
const MOST_WORDS: usize = 3;

/// The headings that name a version or a day where most headings of their level do.
pub(super) fn headings(records: &Records<'_>) -> Vec<usize> {
    let is_bold = |line: usize| records.lines[line].alone && records.lines[line].set == Some(Whole::Strong);
    let mut levels: BTreeMap<u8, (usize, Vec<usize>)> = BTreeMap::new();
    for line in 0..records.len() {
        if let Some(level) = records.level(line).or_else(|| is_bold(line).then_some(BOLD)) {
            let (all, releases) = levels.entry(level).or_default();
            *all += 1;
            releases.extend(names_release(records.text(line).as_str()).then_some(line));
        }
    }
    levels.retain(|_, (all, releases)| releases.len() >= LEAST && releases.len() * 2 > *all);
    levels.into_values().flat_map(|(_, releases)| releases).collect()
}

/// True for the name of a release or a meeting: "Version 9.11.2 (Current)", "[1.2] - 2026-02-20", "Minutes of 2026-02-20".
fn names_release(heading: &str) -> bool {
    let words =
        || heading.split(|c: char| !c.is_alphanumeric() && !matches!(c, '-' | '.')).map(number).filter(|it| !it.is_empty());
    let is_word = |word: &str| word.starts_with(char::is_alphabetic);
    // Beside more than one word, `21.0` may count anything.
    let least = if words().filter(|word| is_word(word)).count() > 1 { 3 } else { 2 };
    let is_release = |word: &str| is_of_numbers(word, '-', 3) || is_of_numbers(word, '.', least);
    let at = words().position(is_release);
    at.is_some_and(|at| words().take(at).filter(|word| is_word(word)).count() <= MOST_WORDS) && chapter(heading).is_none()
}

/// A word without the `v` of a version.
fn number(word: &str) -> &str {
    word.strip_prefix(['v', 'V']).filter(|rest| rest.starts_with(|c: char| c.is_ascii_digit())).unwrap_or(word)
}

/// True for so many numbers with a mark between, such as `2026-02-20` and `1.2.3`; more may follow.
fn is_of_numbers(word: &str, mark: char, least: usize) -> bool {
    let is_number = |part: &&str| part.starts_with(|c: char| c.is_ascii_digit());
    word.split(mark).take_while(is_number).count() >= least
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn releases_and_meetings_are_told_by_their_numbers() {
        for (heading, is) in [
            ("2018-06-12, Version 9.11.2 (Current)", true),
            ("[1.2.3] - 2026-02-20", true),
            ("[1.0.0-rc.1] - 2026-07-07", true),
            ("v0.4.0-beta.1", true),
            ("2026-02-20, 1.2.3 (current), prepared by somebody else", true),
            ("Release 0.1 (2026-07-07)", true),
            ("v1.2", true),
            ("Minutes of 2026-02-20", true),
            ("Support HTTP/2 in 3 of 5 places", false),
            ("Port to Java 21.0", false),
            ("1.2 Voice chat", false),
            ("1.2.3 Voice chat", false),
            ("Replace the loader of curl 8.1.0", false),
            ("Project 2026", false),
            ("2D rendering", false),
            ("Releases", false),
        ] {
            assert_eq!(names_release(heading), is, "{heading}");
        }
    }
}
