//! What was meant by a word that no idea has, or hardly any.

use std::cmp::Reverse;

use rustc_hash::FxHashSet;

use super::super::Index;
use super::super::question::SILENT;
use super::super::related;
use super::super::spelling::Misspelt;
use super::{Meaning, mention};
use crate::idea::skill::Skills;

/// A word that so few ideas have may be a slip …
const RARE: usize = 2;
/// … of one that so many have.
const COMMON: usize = 12;

/// So many words may be meant by a slip.
const MOST_MEANT: usize = 6;

impl Meaning {
    /// If no idea has the word: two words that were written together, else the words that it is a slip of. If hardly any
    /// idea has it, also a common word that it may be a slip of.
    pub(super) fn add_slips(&mut self, word: &str, index: &Index<'_>) {
        let known = self.amounts.len();
        if known > RARE || (known > 0 && Skills::get().canonical(word).is_some()) {
            return;
        }
        if known == 0 {
            for (at, _) in word.char_indices().skip(2) {
                let (first, second) = word.split_at(at);
                if second.chars().nth(1).is_some() && index.knows(first) && index.knows(second) {
                    let row = [first, second].map(|word| FxHashSet::from_iter([word.to_owned()]));
                    self.add_row(row.to_vec(), mention().spacing);
                }
            }
            self.resolve(index);
            if !self.amounts.is_empty() {
                return;
            }
        }
        let least = if known == 0 { 1 } else { COMMON };
        let near = meant_by(word, least, index);
        for meant in &near {
            if known == 0 {
                self.add_word(meant, mention().slip, index);
                self.add_senses(meant, mention().slip, &[], 0, index);
            } else {
                self.add((*meant).to_owned(), mention().rare_slip);
            }
        }
        if known == 0 {
            self.slips = one_of_each_word(&near);
        }
    }

    /// Words that must stand one after the other, as they are; those that no idea has may be slips.
    pub(super) fn add_phrase(&mut self, phrase: &[String], index: &Index<'_>) {
        let mut factor = 1.0;
        let mut row = Vec::new();
        let mut meant = Vec::new();
        for word in phrase {
            let near = if index.knows(word) { Vec::new() } else { meant_by(word, 1, index) };
            meant.push(near.first().map_or(word.as_str(), |meant| *meant));
            if near.is_empty() {
                row.push(FxHashSet::from_iter([word.clone()]));
            } else {
                factor = mention().slip;
                row.push(near.into_iter().map(str::to_owned).collect());
            }
        }
        if factor < 1.0 {
            self.slips = vec![format!("\"{}\"", meant.join(" "))];
        }
        self.add_row(row, factor);
    }
}

/// The words that a misspelt one may be, those that most ideas have first; each is had by at least so many. Digits are what they
/// are: 2026 is no slip of 2025.
pub(super) fn meant_by<'i>(word: &str, least: usize, index: &'i Index<'_>) -> Vec<&'i str> {
    let misspelt = Misspelt::new(word);
    // Who types a word that says something slips into another such word.
    let telling = index.all_words().filter(|other| !SILENT.contains(other) && has_same_digits(word, other));
    let near = telling.filter_map(|other| Some((misspelt.distance(other)?, other)));
    let mut near: Vec<_> = near.filter(|(_, other)| index.ideas_with(other) >= least).collect();
    near.sort_by_key(|&(distance, other)| (distance, Reverse(index.ideas_with(other)), other));
    let nearest = near.first().map(|&(distance, _)| distance);
    near.retain(|&(distance, _)| Some(distance) == nearest);
    near.truncate(MOST_MEANT);
    near.into_iter().map(|(_, word)| word).collect()
}

/// True if two words have the same digits, in the same order.
pub(in super::super) fn has_same_digits(one: &str, other: &str) -> bool {
    one.bytes().filter(u8::is_ascii_digit).eq(other.bytes().filter(u8::is_ascii_digit))
}

/// Of forms of one word the first.
pub(super) fn one_of_each_word(words: &[&str]) -> Vec<String> {
    let mut known: Vec<&str> = Vec::new();
    for word in words {
        if known.iter().all(|known| related::relation(known, word).is_none()) {
            known.push(word);
        }
    }
    known.into_iter().map(str::to_owned).collect()
}
