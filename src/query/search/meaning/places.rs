//! Where the words stand that mean something.

use std::cmp::Reverse;
use std::collections::BTreeSet;
use std::ops::Range;

use rustc_hash::{FxHashMap, FxHashSet};

use super::super::Index;
use super::super::field::Amounts;
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
        let rows: Vec<_> = self.rows.iter().map(|(row, factor)| (row, factor, ideas_with_all(row, index))).collect();
        let is_in_prose = |amounts: &Amounts| Fact::ALL.iter().any(|&field| field.is_prose() && amounts.of(field) > 0.0);
        let in_prose =
            amounts.iter().filter(|(_, amounts)| !self.proper.is_empty() && is_in_prose(amounts)).map(|(&idea, _)| idea);
        index.read_passages(in_prose.chain(rows.iter().flat_map(|(.., ideas)| ideas).copied()).collect());
        if !self.proper.is_empty() {
            for (&idea, amounts) in &mut amounts {
                if is_in_prose(amounts) {
                    let mut said = *amounts;
                    said.scale_prose(0.0);
                    for passage in index.passages(idea).iter().filter(|passage| passage.field.is_prose()) {
                        self.places(passage, |_, factor| said.add(passage.field, 1.0, factor));
                    }
                    *amounts = said;
                }
                let tags = &index.ideas[idea].tags;
                // `Node` need not be node.js where nobody asks for that.
                if self.skill.is_some_and(|skill| tags.iter().all(|tag| tag.value != skill)) {
                    amounts.scale(mention().untagged);
                }
            }
            amounts.retain(|_, amounts| !amounts.is_none());
        }
        for (row, factor, ideas) in rows {
            for idea in ideas {
                for passage in index.passages(idea) {
                    each_row(passage, row, |_| {
                        amounts.entry(idea).or_default().add(passage.field, 1.0, *factor);
                    });
                }
            }
        }
        self.lessen_others(&mut amounts, index);
        self.amounts = amounts;
    }

    /// Makes a word count less where it stands in a term that means something else.
    fn lessen_others(&self, amounts: &mut FxHashMap<usize, Amounts>, index: &Index<'_>) {
        for (word, row) in &self.others {
            let factor = self.words.get(*word).copied().unwrap_or_default();
            for idea in ideas_with_all(row, index) {
                let Some(amounts) = amounts.get_mut(&idea) else { continue };
                for field in Fact::ALL {
                    let mut count = 0.0;
                    for passage in index.passages(idea).iter().filter(|passage| passage.field == field) {
                        each_row(passage, row, |_| count += 1.0);
                    }
                    if count > 0.0 {
                        amounts.lessen(field, count, factor, mention().of_other);
                    }
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

/// The ideas that have a word of every set in one field: a row stands in no other.
pub(super) fn ideas_with_all(row: &[FxHashSet<String>], index: &Index<'_>) -> BTreeSet<usize> {
    let fields = |set: &FxHashSet<String>| {
        let mut fields: FxHashMap<usize, u64> = FxHashMap::default();
        for (idea, field) in set.iter().flat_map(|word| index.places(word)) {
            *fields.entry(idea).or_default() |= 1 << field as u32;
        }
        fields
    };
    let in_both = |mut all: FxHashMap<usize, u64>, more: FxHashMap<usize, u64>| {
        all.retain(|idea, fields| {
            *fields &= more.get(idea).copied().unwrap_or(0);
            *fields != 0
        });
        all
    };
    row.iter().map(fields).reduce(in_both).unwrap_or_default().into_keys().collect()
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
