//! Where the words stand that mean something.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::ops::Range;

use rustc_hash::{FxHashMap, FxHashSet};

use super::super::Index;
use super::super::field::Amounts;
use super::super::index::Spot;
use super::super::passage::Passage;
use super::{Meaning, mention};
use crate::idea::Fact;

impl Meaning {
    /// Finds the ideas that mention it, unless that is done.
    pub(super) fn resolve(&mut self, index: &Index<'_>) {
        if !std::mem::take(&mut self.is_open) {
            return;
        }
        let mut amounts = FxHashMap::default();
        for (word, factor) in &self.words {
            index.add_mentions(word, *factor, &mut amounts);
        }
        if !self.proper.is_empty() {
            self.count_prose_again(&mut amounts, index);
            for (&idea, amounts) in &mut amounts {
                // `Node` need not be node.js where nobody asks for that.
                if self.skill.is_some_and(|skill| index.outlines.at(idea).tags.iter().all(|tag| tag.value != skill)) {
                    amounts.scale(mention().untagged);
                }
            }
            amounts.retain(|_, amounts| !amounts.is_none());
        }
        for (row, factor) in &self.rows {
            for (idea, field) in rows(row, index) {
                amounts.entry(idea).or_default().add(field, 1.0, *factor);
            }
        }
        self.lessen_others(&mut amounts, index);
        self.amounts = amounts;
    }

    /// Counts what stands in sentences again, word by word: those that need a capital there to mean this may lack it.
    fn count_prose_again(&self, amounts: &mut FxHashMap<usize, Amounts>, index: &Index<'_>) {
        for amounts in amounts.values_mut() {
            amounts.scale_prose(0.0);
        }
        let mut best: BTreeMap<(usize, Fact, u32), f64> = BTreeMap::new();
        for (word, factor) in &self.words {
            let needs_capital = self.proper.contains(word);
            let meant = |field: Fact, spot: Spot| field.is_prose() && !(spot.is_lower && needs_capital);
            for (idea, field, spot) in index.spots(word).filter(|&(_, field, spot)| meant(field, spot)) {
                let known = best.entry((idea, field, spot.at)).or_default();
                *known = known.max(factor * spot.share());
            }
        }
        for ((idea, field, _), factor) in best {
            amounts.entry(idea).or_default().add(field, 1.0, factor);
        }
    }

    /// Makes a word count less where it stands in a term that means something else.
    fn lessen_others(&self, amounts: &mut FxHashMap<usize, Amounts>, index: &Index<'_>) {
        for (word, row) in &self.others {
            let factor = self.words.get(*word).copied().unwrap_or_default();
            let mut counts: FxHashMap<(usize, Fact), f64> = FxHashMap::default();
            for place in rows(row, index) {
                *counts.entry(place).or_default() += 1.0;
            }
            for ((idea, field), count) in counts {
                if let Some(amounts) = amounts.get_mut(&idea) {
                    amounts.lessen(field, count, factor, mention().of_other);
                }
            }
        }
    }

    /// Where a single word stands that means this, and what it counts.
    pub(super) fn places(&self, passage: &Passage<'_>, mut each: impl FnMut(Range<usize>, f64)) {
        for word in passage.words() {
            let verb = passage.field.is_prose() && word.is_lower;
            let factor = |form: &str| self.words.get(form).filter(|_| !verb || !self.proper.contains(form));
            let whole = factor(word.whole(passage)).copied().unwrap_or(0.0);
            let best = word.parts().filter_map(factor).map(|factor| factor / 2.0).fold(whole, f64::max);
            if best > 0.0 {
                each(word.range.clone(), best);
            }
        }
    }
}

/// Where words that mean something stand in a text, in order, and which meaning each has. Where several would do, the
/// longest does, and of those the first.
pub(in super::super) fn marks(meanings: &[Meaning], passage: &Passage<'_>) -> Vec<(Range<usize>, usize)> {
    let mut marks = Vec::new();
    for (i, meaning) in meanings.iter().enumerate() {
        meaning.places(passage, |range, _| marks.push((range, i)));
        for (row, _) in &meaning.rows {
            each_row(passage, row, |range| marks.push((range, i)));
        }
    }
    marks.sort_by_key(|(range, i)| (range.start, Reverse(range.end), *i));
    let mut end = 0;
    marks.retain(|(range, _)| {
        let free = range.start >= end;
        if free {
            end = range.end;
        }
        free
    });
    marks
}

/// The ideas and fields in which a row of words stands, a word of every set, one after the other; as often as it does.
pub(super) fn rows(row: &[FxHashSet<String>], index: &Index<'_>) -> Vec<(usize, Fact)> {
    let places = |set: &FxHashSet<String>| {
        let spots = set.iter().flat_map(|word| index.spots(word)).filter(|(.., spot)| spot.is_whole);
        spots.map(|(idea, field, spot)| (idea, field, spot.at)).collect::<FxHashSet<_>>()
    };
    let behind = |ends: FxHashSet<(usize, Fact, u32)>, mut next: FxHashSet<(usize, Fact, u32)>| {
        next.retain(|&(idea, field, at)| ends.contains(&(idea, field, at.wrapping_sub(1))));
        next
    };
    let ends = row.iter().map(places).reduce(behind).unwrap_or_default();
    ends.into_iter().map(|(idea, field, _)| (idea, field)).collect()
}

/// Where a row of words stands in a text, one after the other.
pub(super) fn each_row(passage: &Passage<'_>, row: &[FxHashSet<String>], mut each: impl FnMut(Range<usize>)) {
    if row.is_empty() {
        return;
    }
    for words in passage.words().windows(row.len()) {
        if words.iter().zip(row).all(|(word, set)| set.contains(word.whole(passage))) {
            each(words[0].range.start..words[row.len() - 1].range.end);
        }
    }
}
