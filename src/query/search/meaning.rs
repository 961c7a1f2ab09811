//! What a typed word may mean: itself and its other forms, other names of the same skill, a compound that was written
//! apart, the beginning of a word; and if no idea has any of those, what a slip may have made of another word.

mod facts;
mod names;
mod places;
mod projects;
mod slips;
mod topics;

use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::{FxHashMap, FxHashSet};

use super::super::filter::{Alternative, Terms};
use super::Index;
use super::field::Amounts;
use super::question::Asked;
use super::weights::{self, Weights};
use crate::idea::Fact;
use crate::idea::skill::Skills;
use facts::{fact_of, is_said_before};
use names::forms_of;
pub(super) use places::marks;
pub(super) use projects::Projects;
pub(super) use slips::has_same_digits;

/// What a mention counts that is not the very word.
fn mention() -> &'static weights::Mention {
    &Weights::get().mention
}

/// What one typed word or phrase means in a catalogue.
#[derive(Debug, Default)]
pub(super) struct Meaning {
    /// As it was typed.
    pub(super) said: String,
    /// The words that mean it, and what a mention of each counts.
    words: BTreeMap<String, f64>,
    /// The rows of words that mean it: any word of the first set, then any of the second …
    rows: Vec<(Vec<FxHashSet<String>>, f64)>,
    /// Those of the words that mean something else in a row of words, and the row.
    others: Vec<(&'static str, Vec<FxHashSet<String>>)>,
    /// Those of the words that mean it in a sentence only with a capital: `Go`.
    proper: BTreeSet<String>,
    /// It is a part of a name that was typed, and no name itself.
    is_part: bool,
    /// The skill that it names.
    pub(super) skill: Option<&'static str>,
    /// It stood between quotes.
    pub(super) is_quoted: bool,
    /// The term that it names.
    pub(super) term: Option<Terms>,
    /// What was meant, if it was taken for a slip.
    pub(super) slips: Vec<String>,
    /// The ideas that mention it.
    pub(super) amounts: FxHashMap<usize, Amounts>,
    /// Those of them that say nothing of it themselves: their organizations work on it.
    pub(super) by_topic: FxHashSet<usize>,
    /// For each project of which an idea mentions it the share of the ideas that do.
    pub(super) by_project: FxHashMap<u32, f64>,
    /// The facts that it may be one of, which tell less than what an idea is about.
    pub(super) facts: Vec<Fact>,
    /// True if words or rows came since those were found.
    is_open: bool,
}

/// What is meant by what was asked, one meaning for each.
pub(super) fn read(asked: &[Asked], index: &Index<'_>) -> Vec<Meaning> {
    let last = asked.len().saturating_sub(1);
    let meaning = |at: usize| {
        let Asked { said, words, quoted, compound, facts, adjective, .. } = &asked[at];
        let term = facts.iter().find_map(Alternative::terms).cloned();
        let mut meaning = Meaning { said: said.clone(), is_quoted: *quoted, term, ..Meaning::default() };
        let mut topics = FxHashMap::default();
        match words.as_slice() {
            [word] if *quoted => meaning.add(word.clone(), 1.0),
            [word] => {
                meaning.is_part = names::is_part_of_name(asked, at);
                meaning.add_word(word, if meaning.is_part { mention().of_name } else { 1.0 }, index);
                if !meaning.proper.contains(word) {
                    meaning.add_senses(word, 1.0, asked, at, index);
                }
                meaning.add_neighbours(asked, at, index);
                if at == last {
                    meaning.add_longer(word, index);
                }
                meaning.add_other_terms(asked, index);
                meaning.resolve(index);
                topics = meaning.topics(words, index);
                if topics.is_empty() {
                    meaning.add_slips(word, index);
                }
            }
            row if *quoted => meaning.add_phrase(row, index),
            row if *compound => {
                meaning.add_compound(row, index);
                meaning.add_senses(&row.join(" "), 1.0, asked, at, index);
                meaning.add_neighbours(asked, at, index);
                topics = meaning.topics(row, index);
            }
            row => meaning.add_row(row.iter().map(|word| FxHashSet::from_iter([word.clone()])).collect(), 1.0),
        }
        meaning.resolve(index);
        meaning.add_topics(&topics);
        let is_of_next = || *adjective && is_said_before(words, asked.get(at + 1), index);
        if !facts.is_empty() && !is_of_next() {
            meaning.add_facts(facts, asked.len() == 1, index);
            meaning.facts = facts.iter().map(fact_of).collect();
        }
        // A single word is had or not.
        if facts.is_empty() && !quoted && asked.len() > 1 {
            meaning.add_projects(index);
        }
        meaning
    };
    (0..asked.len()).map(meaning).collect()
}

/// The meanings of what is excluded: each word with its forms and the other names of its skill, and no guesses.
pub(super) fn excluded(asked: &[Asked], index: &Index<'_>) -> Vec<Meaning> {
    let meaning = |Asked { said, words, quoted, facts, .. }: &Asked| {
        let mut meaning = Meaning { said: said.clone(), ..Meaning::default() };
        match words.as_slice() {
            [word] if *quoted => meaning.add(word.clone(), 1.0),
            [word] => {
                meaning.add(word.clone(), 1.0);
                for form in forms_of(word, index) {
                    meaning.add(form, 1.0);
                }
                meaning.skill = Skills::get().canonical(word);
                if meaning.skill.is_some() && Skills::get().needs_capital(word) {
                    meaning.proper.insert(word.clone());
                }
                if let Some(skill) = meaning.skill {
                    meaning.add_names(skill, 1.0, index);
                }
            }
            row => {
                meaning.add_row(row.iter().map(|word| FxHashSet::from_iter([word.clone()])).collect(), 1.0);
                if let Some(skill) = Skills::get().canonical(&row.join(" ")).filter(|_| !quoted) {
                    meaning.add_names(skill, 1.0, index);
                }
            }
        }
        meaning.resolve(index);
        if !facts.is_empty() {
            meaning.add_facts(facts, true, index);
        }
        meaning
    };
    asked.iter().map(meaning).collect()
}

/// The meanings of alternatives as one: `rust or go`.
pub(super) fn either(meanings: Vec<Meaning>, asked: &[Asked]) -> Vec<Meaning> {
    let mut all: Vec<Meaning> = Vec::with_capacity(meanings.len());
    for (meaning, asked) in meanings.into_iter().zip(asked) {
        match all.last_mut().filter(|_| asked.alternative) {
            Some(before) => before.or(meaning),
            None => all.push(meaning),
        }
    }
    all
}

impl Meaning {
    /// Adds what another means that is as good.
    fn or(&mut self, other: Meaning) {
        self.said = format!("{} or {}", self.said, other.said);
        for (word, factor) in other.words {
            let known = self.words.entry(word).or_insert(0.0);
            *known = known.max(factor);
        }
        self.rows.extend(other.rows);
        self.proper.extend(other.proper);
        for (project, share) in other.by_project {
            let known = self.by_project.entry(project).or_insert(0.0);
            *known = known.max(share);
        }
        for (idea, amounts) in other.amounts {
            self.amounts.entry(idea).or_default().join(&amounts);
        }
    }

    fn add(&mut self, word: String, factor: f64) {
        let known = self.words.entry(word).or_insert(0.0);
        self.is_open |= factor > *known;
        *known = known.max(factor);
    }

    fn add_row(&mut self, row: Vec<FxHashSet<String>>, factor: f64) {
        self.rows.push((row, factor));
        self.is_open = true;
    }
}
