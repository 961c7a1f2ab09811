//! How far an idea is along: open, taken, done, or still a draft. The words for it are in `schemas/values.toml`.

use std::ops::Range;

use borsh::{BorshDeserialize, BorshSerialize};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use strum::{Display, IntoStaticStr};

use crate::prose::Text;
use crate::text::Spanned;

use super::words::Words;

/// How far an idea is along.
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
pub enum Status {
    /// Somebody may take it up.
    Open,
    /// Somebody works on it.
    Taken,
    /// It is finished, or given up.
    Done,
    /// It is still being written.
    Draft,
}

impl Status {
    /// Every status.
    pub const ALL: [Status; 4] = [Status::Open, Status::Taken, Status::Done, Status::Draft];

    /// The word in our JSON.
    pub fn as_str(self) -> &'static str {
        self.into()
    }

    /// The status of this name, in any case.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.as_str().eq_ignore_ascii_case(name))
    }

    /// The status that a text begins with, and the bytes that say so: the value of a label, the inside of a marker.
    pub fn find(text: &str) -> Option<(Range<usize>, Status)> {
        let mut start = text.find(char::is_alphanumeric)?;
        loop {
            if let Some((len, status)) = phrase(&text[start..]) {
                return Some((start..start + len, status));
            }
            // "currently open"
            let word = text[start..].find(char::is_whitespace).map_or(text.len(), |end| start + end);
            let filler = text[start..word].trim_end_matches(|c: char| !c.is_alphanumeric());
            if !Words::get().status.before.has(filler) {
                return None;
            }
            start = word + text[word..].find(char::is_alphanumeric)?;
        }
    }

    /// The marker in a title that says how far the idea is along, with its brackets or the mark that parts it from the title:
    /// `[Taken in 2024] Title`, `Title (done)`, `WIP: Title`, `Title - taken`.
    ///
    /// ```
    /// use mentorship_ideas::idea::Status;
    ///
    /// assert_eq!(Status::in_title("[Taken in 2024] Taste soups"), Some((0..15, Status::Taken)));
    /// assert_eq!(Status::in_title("[Open Source] Taste soups"), None);
    /// ```
    pub fn in_title(title: &str) -> Option<(Range<usize>, Status)> {
        in_brackets(title).or_else(|| before_title(title)).or_else(|| behind_title(title))
    }
}

/// The status that the value of a label names.
pub fn read(value: Text<'_>) -> Option<Spanned<Status>> {
    let line = value.lines().find(|line| line.as_str().contains(char::is_alphanumeric))?;
    let (range, status) = Status::find(line.as_str())?;
    Some(Spanned::at(line.cut(range).span(), status))
}

/// The longest phrase that a text begins with, how many bytes it has, and what it means.
fn phrase(text: &str) -> Option<(usize, Status)> {
    let ends = text.match_indices(|c: char| !c.is_alphanumeric()).map(|(at, _)| at).chain([text.len()]);
    let ends = ends.take_while(|&end| end <= LONGEST).filter(|&end| may_follow(&text[end..]));
    ends.filter_map(|end| Some((end, Words::get().status.phrase.of(&text[..end])?))).last()
}

/// No phrase is longer, in bytes.
const LONGEST: usize = 32;

/// True if what follows a phrase goes on about the status: nothing, a sign, a number, or a word like "by".
fn may_follow(rest: &str) -> bool {
    let Some(first) = rest.chars().next() else { return true };
    if first.is_alphanumeric() || first == '_' {
        return false;
    }
    // "open-source"
    if matches!(first, '-' | '/' | '\'' | '’') {
        return !rest[first.len_utf8()..].starts_with(char::is_alphanumeric);
    }
    let next = rest.trim_start();
    first != ' ' || !next.starts_with(char::is_alphabetic) || Words::get().status.after.has(first_word(next))
}

/// True if what follows a phrase in a title says since when, or who: "in 2024", "by @ada-b"; and not "available on GitHub".
fn tells_more(rest: &str) -> bool {
    let known = &Words::get().status;
    let rest = rest.trim_start_matches(|c: char| !c.is_alphanumeric());
    let word = first_word(rest);
    let words = || rest.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    // "not open this year", "not open in this round"
    let says_when = || {
        let mut words = words().skip_while(|said| *said != "this");
        words.next().is_some() && words.next().is_some_and(|span| known.spans.has(span)) && words.next().is_none()
    };
    word.is_empty() || known.after_in_title.has(word) || rest.contains(|c: char| c.is_ascii_digit() || c == '@') || says_when()
}

/// True for ", see below", ", but …" behind a status in brackets.
fn refers(rest: &str) -> bool {
    rest.strip_prefix([',', ';']).is_some_and(|rest| Words::get().status.referring.has(first_word(rest.trim_start())))
}

fn first_word(text: &str) -> &str {
    &text[..text.find(|c: char| !c.is_alphanumeric()).unwrap_or(text.len())]
}

fn in_brackets(title: &str) -> Option<(Range<usize>, Status)> {
    const BRACKETS: [(char, char); 4] = [('[', ']'), ('(', ')'), ('{', '}'), ('【', '】')];
    title.char_indices().find_map(|(at, open)| {
        let close = BRACKETS.iter().find(|(known, _)| *known == open)?.1;
        let inside = at + open.len_utf8();
        let end = inside + title[inside..].find(close)?;
        let (range, status) = Status::find(&title[inside..end])?;
        let rest = &title[inside + range.end..end];
        if !tells_more(rest) && !refers(rest) {
            return None;
        }
        Some((at..end + close.len_utf8(), status))
    })
}

/// True for a dash with spaces around it, which parts a status from the title beside it.
fn is_apart(title: &str, at: usize, mark: &str) -> bool {
    title[..at].ends_with(' ') && title[at + mark.len()..].starts_with(' ')
}

/// `WIP: Title`, `Taken - Title`.
fn before_title(title: &str) -> Option<(Range<usize>, Status)> {
    let start = title.find(char::is_alphanumeric)?;
    let mut marks = title.match_indices([':', '-', '–', '—', '|']);
    let (at, mark) = marks.find(|&(at, mark)| at > start && (mark == ":" || is_apart(title, at, mark)))?;
    let status = Words::get().status.phrase.of(title[start..at].trim_end())?;
    let rest = &title[at + mark.len()..];
    let end = title.len() - rest.len() + usize::from(mark != ":");
    (rest.starts_with(' ') && rest.contains(char::is_alphanumeric)).then_some((start..end, status))
}

/// `Title - taken`.
fn behind_title(title: &str) -> Option<(Range<usize>, Status)> {
    let mut marks = title.rmatch_indices(['-', '–', '—', '|']);
    let (at, mark) = marks.find(|&(at, mark)| is_apart(title, at, mark))?;
    let rest = &title[at + mark.len()..];
    let (range, status) = Status::find(rest)?;
    (tells_more(&rest[range.end..]) && title[..at].contains(char::is_alphanumeric)).then_some((at - 1..title.len(), status))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_means_its_status() {
        for (words, status) in &Words::get().status.phrase.0 {
            assert_eq!(Status::find(words), Some((0..words.len(), *status)), "{words}");
        }
        for status in Status::ALL {
            assert_eq!(Status::from_name(&status.to_string().to_uppercase()), Some(status));
            assert_eq!(Status::find(status.as_str()).map(|(_, status)| status), Some(status));
        }
    }

    #[test]
    fn values_name_a_status() {
        for (value, status) in [
            ("Assigned", Some(Status::Taken)),
            ("Completed in GSoC 2023", Some(Status::Done)),
            ("DONE", Some(Status::Done)),
            ("WIP", Some(Status::Draft)),
            ("Draft", Some(Status::Draft)),
            ("✅ Available", Some(Status::Open)),
            ("Open", Some(Status::Open)),
            ("Open, looking for mentors", Some(Status::Open)),
            ("currently open for applications", Some(Status::Open)),
            ("not yet assigned", Some(Status::Open)),
            ("Not available", Some(Status::Taken)),
            ("Closed", Some(Status::Done)),
            ("(taken)", Some(Status::Taken)),
            ("in progress (@ada-b)", Some(Status::Taken)),
            ("Taken by @ada-b", Some(Status::Taken)),
            ("work in progress", Some(Status::Draft)),
            ("Open source", None),
            ("Opened yesterday", None),
            ("Planning", None),
            ("Prospective interns can research project ideas.", None),
            ("", None),
            ("…", None),
        ] {
            assert_eq!(Status::find(value).map(|(_, status)| status), status, "{value}");
        }
    }

    #[test]
    fn titles_may_hold_a_marker() {
        for (title, marker, status) in [
            ("[Taken in 2024] Taste soups", "[Taken in 2024]", Status::Taken),
            ("Taste soups (taken)", "(taken)", Status::Taken),
            ("Taste soups [DONE]", "[DONE]", Status::Done),
            ("✅ (DONE) Taste soups", "(DONE)", Status::Done),
            ("WIP: Taste soups", "WIP:", Status::Draft),
            ("Completed - Taste soups", "Completed - ", Status::Done),
            ("Taste soups – assigned to @ada-b", " – assigned to @ada-b", Status::Taken),
            ("Taste (hot) soups (available)", "(available)", Status::Open),
            ("Taste soups (taken, see below)", "(taken, see below)", Status::Taken),
            ("Taste soups – not open in this round", " – not open in this round", Status::Taken),
        ] {
            let found = Status::in_title(title);
            assert_eq!(found.map(|(range, status)| (&title[range], status)), Some((marker, status)), "{title}");
        }
        for title in [
            "Taste soups",
            "[Open Source] Taste soups",
            "Open Source: a registry of soups",
            "Open-source soups",
            "Soups - done-for-you",
            "Draft beer",
            "Done right: soups",
            "Taste soups: open",
            "Taste soups (available on GitHub)",
            "Taste soups (open, for everybody)",
            "Soups - done in Rust",
            "Albums (assigned, unassigned and shared)",
            "Soups - open this up",
            "(175 hours) Taste soups",
        ] {
            assert_eq!(Status::in_title(title), None, "{title}");
        }
    }
}
