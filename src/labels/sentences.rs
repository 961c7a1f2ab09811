//! The words of sentences that say who mentors; see `[sentence]` in `schemas/labels.toml`.

use rustc_hash::FxHashSet;
use serde::Deserialize;

use super::Labels;
use super::words::{Letters, words};

/// The words of such sentences.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Sentences {
    mentoring: Set,
    not_mentoring: Set,
    tying: Set,
    openers: Set,
}

/// Words in any case.
#[derive(Deserialize)]
#[serde(from = "Vec<String>")]
struct Set(FxHashSet<Letters>);

impl From<Vec<String>> for Set {
    fn from(words: Vec<String>) -> Self {
        Set(words.iter().filter_map(|word| Letters::of(word)).collect())
    }
}

impl Set {
    fn has(&self, word: &str) -> bool {
        Letters::of(word).is_some_and(|word| self.0.contains(&word))
    }
}

impl Labels {
    /// True for a text with a word about mentors.
    pub fn mentions_mentors(&self, text: &str) -> bool {
        words(text).flatten().any(|word| self.sentences.mentoring.0.contains(&word))
    }

    /// True for a sentence about who mentors, today and not in the past.
    pub fn speaks_of_mentors(&self, sentence: &str) -> bool {
        self.mentions_mentors(sentence)
            && !sentence.split(|c: char| !c.is_alphanumeric()).any(|word| self.sentences.not_mentoring.has(word))
            && !self.tells_of_former(sentence)
    }

    /// True for "mentors", "mentored".
    pub fn is_mentoring(&self, word: &str) -> bool {
        self.sentences.mentoring.has(word)
    }

    /// True for a word that may stand between people and what says that they mentor: "will be your".
    pub fn ties_mentors(&self, word: &str) -> bool {
        self.sentences.tying.has(word)
    }

    /// True for a word that begins a sentence with a capital, and no name: "Ask", "I'm".
    pub fn begins_sentence(&self, word: &str) -> bool {
        self.sentences.openers.has(word)
    }

    /// True for a word of the names of programmes and pages: "Summer", "Project".
    pub fn names_program(&self, word: &str) -> bool {
        self.find(Letters::of(word)).is_some_and(|word| word.container || word.modifier || word.part)
    }
}
