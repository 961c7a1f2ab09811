//! What a search found, as it is shown: ideas with their scores, what was not found, and where words stand.

use std::ops::Range;

use rustc_hash::FxHashMap;
use schemars::JsonSchema;
use serde::Serialize;

use super::super::Nearest;
use super::meaning::{self, Meaning};
use super::passage::{self, Passage};
use crate::idea::{Fact, Idea};

/// What a search found.
#[derive(Debug, Default)]
pub struct Found {
    pub(super) meanings: Vec<Meaning>,
    /// The best first.
    pub matches: Vec<Match>,
    /// How many of them have every word.
    pub with_all: usize,
    /// How many ideas would have been found, but were not wanted.
    pub kept_back: usize,
    /// Words that no idea has.
    pub unknown: Vec<Unknown>,
    /// Words that no idea has, and what was looked for instead.
    pub slips: Vec<Slip>,
    /// Phrases that no idea has, as they were typed; their words were looked for instead.
    pub apart: Vec<String>,
    /// What was excluded.
    pub excluded: Vec<Excluded>,
}

/// What no idea of the answer says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Excluded {
    /// What it is, as it was typed.
    pub seen: String,
    /// How many ideas of the catalogue say it.
    pub count: usize,
    /// Its sign is a word: `not java`, which may have been part of a sentence.
    pub by_word: bool,
    /// If no idea says it, a word that ideas have.
    pub nearest: Option<Nearest>,
}

/// An idea that was found. It serialises as the idea does, with the other fields behind its own.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Hit<'a> {
    /// The idea.
    #[serde(flatten)]
    pub idea: &'a Idea,
    /// How it was found.
    #[serde(flatten)]
    pub by: &'a Match,
}

/// How an idea was found.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Match {
    /// How good it is: only to be compared with others of the same search.
    pub score: f64,
    /// The fields that have a word, by their names in our JSON.
    pub matched: Vec<&'static str>,
    /// The words that the idea does not have, as they were typed.
    pub without: Vec<String>,
    /// Where the idea stands among all.
    #[serde(skip)]
    #[schemars(skip)]
    pub place: usize,
}

/// A word that no idea has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unknown {
    /// The word, as it was typed.
    pub seen: String,
    /// A word that ideas have; of a term, the newest that there are ideas of.
    pub nearest: Option<Nearest>,
    /// It is the name of a term: `gsoc 2026`.
    pub is_term: bool,
}

/// A word that no idea has, and that was taken for a slip.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Slip {
    /// The word, as it was typed.
    pub seen: String,
    /// What was looked for.
    pub meant: Vec<String>,
}

impl Found {
    /// Leaves one of those that are the same idea: of those that have the most words the newest, which `newest` tells by
    /// places among all ideas, or else the best.
    pub fn fold(&mut self, newest: impl Fn(usize) -> usize) {
        let mut chosen: FxHashMap<usize, (usize, bool, usize)> = FxHashMap::default();
        for hit in &self.matches {
            let newest = newest(hit.place);
            let worth = (hit.without.len(), newest != hit.place, hit.place);
            let best = chosen.entry(newest).or_insert(worth);
            if (worth.0, worth.1) < (best.0, best.1) {
                *best = worth;
            }
        }
        self.matches.retain(|hit| chosen.get(&newest(hit.place)).is_some_and(|&(.., place)| place == hit.place));
        self.with_all = self.matches.iter().filter(|hit| hit.without.is_empty()).count();
    }

    /// Where words that were looked for stand in a text of a field, in order.
    pub fn marks(&self, field: &str, text: &str) -> Vec<Range<usize>> {
        let Some(field) = Fact::ALL.into_iter().find(|known| known.as_str() == field) else { return Vec::new() };
        let passage = Passage::new(field, text.into());
        meaning::marks(&self.meanings, &passage).into_iter().map(|(range, _)| range).collect()
    }

    /// The part of an idea that tells most of what was looked for and that its title does not tell; `None` if the title,
    /// the names around it, level and size tell all.
    pub fn passage<'i>(&self, idea: &'i Idea) -> Option<Passage<'i>> {
        let passages = passage::passages(idea);
        let mut told = vec![false; self.meanings.len()];
        for passage in passages.iter().filter(|passage| passage.field == Fact::Title) {
            for (_, meaning) in meaning::marks(&self.meanings, passage) {
                told[meaning] = true;
            }
        }
        let telling = |passage: &Passage<'_>| {
            let marks = meaning::marks(&self.meanings, passage);
            let mut new = vec![false; told.len()];
            let mut again = vec![false; told.len()];
            for (_, meaning) in marks {
                if told[meaning] { again[meaning] = true } else { new[meaning] = true }
            }
            let count = |set: &[bool]| set.iter().filter(|is| **is).count();
            (count(&new), count(&again))
        };
        // The title and the names around it are read anyway, and so are level and size.
        let read = [Fact::Title, Fact::Project, Fact::Organization, Fact::Difficulty, Fact::Hours];
        let worth = |field: Fact| !read.contains(&field);
        let mut best: Option<((usize, usize), Passage<'i>)> = None;
        for passage in passages.into_iter().filter(|passage| worth(passage.field)) {
            let telling = telling(&passage);
            if telling > (0, 0) && best.as_ref().is_none_or(|(most, _)| telling > *most) {
                best = Some((telling, passage));
            }
        }
        best.map(|(_, passage)| passage)
    }
}
