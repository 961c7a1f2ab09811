//! The words between two people, and those inside of names; see `[joining]` in `schemas/labels.toml`.

use serde::Deserialize;

/// The words between two people, and those inside of names.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Joining {
    people: Vec<String>,
    names: Vec<String>,
    particles: Vec<String>,
}

impl Joining {
    /// The word that a text begins with, if it joins two people, whatever follows: "and".
    pub fn of_people(&self, text: &str) -> Option<&str> {
        self.people.iter().map(String::as_str).find(|word| begins(text, word))
    }

    /// The words that a text begins with, if they join two people where a name follows: "with help from".
    pub fn before_name(&self, text: &str) -> Option<&str> {
        // "with help from" before "with"
        self.names.iter().map(String::as_str).filter(|words| begins(text, words)).max_by_key(|words| words.len())
    }

    /// True for such a word, or such words.
    pub fn has(&self, said: &str) -> bool {
        self.people.iter().chain(&self.names).any(|words| words == said)
    }

    /// The words that join two people, whatever follows.
    pub fn people(&self) -> impl Iterator<Item = &String> {
        self.people.iter()
    }

    /// True for a small word of surnames: "van".
    pub fn is_particle(&self, word: &str) -> bool {
        self.particles.iter().any(|particle| particle == word)
    }
}

/// True if a text begins with these words, and a space follows.
fn begins(text: &str, words: &str) -> bool {
    text.strip_prefix(words).is_some_and(|after| after.starts_with(' '))
}
