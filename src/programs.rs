//! Mentorship programmes: how they are called, and when their terms are. The data is in `schemas/programs/`.
//!
//! # What `current`, `next`, `latest` and `past` mean
//!
//! A term of a programme has three stretches: its ideas are *published*, contributors *apply*, it *runs*. On any day exactly
//! one term of a programme is the current one:
//!
//! | word | the terms of a programme on a day |
//! |---|---|
//! | `current` | the newest one whose ideas are published, until it ends; then the one that comes |
//! | `next` | the one behind the current one |
//! | `past` | all that have ended |
//! | `latest` | the newest one that the catalogue has ideas of, whatever the day |
//!
//! So the current term is what a contributor can still do something about: apply for it, or else take part in it. A term takes
//! over from the one before as soon as its ideas are published, even while that one still runs, because nobody can join that
//! one any more: on 10 May LFX's term 2 is current, and term 1, which ends with May, is neither current nor past. In
//! February the Summer of Code of this year is current, in October it still is; in November, when its extended projects have
//! ended, that of the coming year is, although nobody has published ideas for it yet.
//!
//! An idea that states no term is of none of these. A bare year of a programme that has several terms a year is current
//! while one of them is, and past when the last of them has ended. Years of programmes without a calendar here begin and end
//! with the calendar year.
//!
//! Everything here is a function of the day that is passed in: the program asks the clock once, at its edge.

mod calendar;
mod mention;
mod program;
pub mod projects;
mod term;

use std::sync::LazyLock;

use serde::Deserialize;
pub use toml::value::Date;

pub use calendar::{Calendar, Dates};
pub use mention::Mention;
pub use program::Program;
pub use term::Term;

/// The programmes that are known, one file each.
const FILES: [&str; 3] = [
    include_str!("../schemas/programs/gsoc.toml"),
    include_str!("../schemas/programs/lfx.toml"),
    include_str!("../schemas/programs/ospp.toml"),
];

/// What is known of a programme.
#[derive(Debug)]
struct Known {
    program: Program,
    /// As people write it.
    spelled: String,
    /// Its names in lower case, the longest first.
    words: Vec<String>,
    calendar: Calendar,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    name: String,
    spelled: String,
    words: Vec<String>,
    term: Vec<calendar::Rule>,
    #[serde(default)]
    dated: Vec<calendar::Dated>,
}

/// All programmes that are known.
fn known() -> &'static [Known] {
    static KNOWN: LazyLock<Vec<Known>> = LazyLock::new(|| {
        let read = |text: &&str| {
            // Built in and tested: a broken file never leaves our hands.
            let file: File = toml::from_str(text).expect("schemas/programs/ is valid");
            let mut words = file.words;
            words.sort_by_key(|word| std::cmp::Reverse(word.len()));
            let program = Program::by_key(&file.name);
            Known { program, spelled: file.spelled, words, calendar: Calendar::new(file.term, file.dated) }
        };
        FILES.iter().map(read).collect()
    });
    &KNOWN
}

/// The programmes that have a calendar here.
pub fn all() -> impl Iterator<Item = &'static Program> {
    known().iter().map(|known| &known.program)
}

/// A word for terms that depends on the day, or on the catalogue.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum When {
    /// What one can apply for or take part in.
    Current,
    /// What comes behind that.
    Next,
    /// The newest that there are ideas of.
    Latest,
    /// What has ended.
    Past,
}

impl When {
    /// All words, as help lists them.
    pub const ALL: [When; 4] = [When::Current, When::Next, When::Latest, When::Past];

    /// The word.
    pub fn as_str(self) -> &'static str {
        match self {
            When::Current => "current",
            When::Next => "next",
            When::Latest => "latest",
            When::Past => "past",
        }
    }

    /// What it means, in a few words.
    pub fn help(self) -> &'static str {
        match self {
            When::Current => "what one can apply for, or else what runs",
            When::Next => "what comes behind that",
            When::Latest => "the newest there are ideas of, by programme",
            When::Past => "what has ended",
        }
    }

    /// The word that a text is, in any case.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|when| when.as_str().eq_ignore_ascii_case(name.trim()))
    }
}

/// A day, written `2026-02-20`.
pub fn day(text: &str) -> Option<Date> {
    let at: toml::value::Datetime = text.trim().parse().ok()?;
    if at.time.is_some() || at.offset.is_some() { None } else { at.date }
}

/// A programme and a term of it as people read them, as far as they are known: `lfx 2025-3`.
pub fn shown(program: Option<&Program>, term: Option<Term>) -> String {
    match (program, term) {
        (Some(program), Some(term)) => format!("{program} {term}"),
        (Some(program), None) => program.to_string(),
        (None, term) => term.map(|term| term.to_string()).unwrap_or_default(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_read() {
        for (text, shown) in [
            ("2026-02-20", Some("2026-02-20")),
            (" 2024-02-29 ", Some("2024-02-29")),
            ("2026-02-29", None),
            ("2026-02-20T10:00:00Z", None),
            ("20.2.2026", None),
            ("today", None),
            ("", None),
        ] {
            assert_eq!(day(text).map(|day| day.to_string()).as_deref(), shown, "{text}");
        }
    }

    #[test]
    fn every_programme_is_found_by_every_name() {
        for known in known() {
            assert!(known.words.iter().any(|word| word == known.program.as_str()), "{} is found by its name", known.program);
            for word in &known.words {
                assert_eq!(*word, word.to_lowercase());
                assert_eq!(Program::from_name(word), known.program, "{word}");
            }
            assert_eq!(Program::from_name(&known.spelled), known.program);
        }
    }

    #[test]
    fn words_are_read_in_any_case() {
        for when in When::ALL {
            assert_eq!(When::from_name(&when.as_str().to_uppercase()), Some(when));
        }
        assert_eq!(When::from_name("currently"), None);
    }
}
