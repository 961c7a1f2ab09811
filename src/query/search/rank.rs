//! The order of what was found.
//!
//! A word counts by how rare it is, by the fields it stands in, and less the more words stand around it; a field counts
//! only so much, however often it has the word (BM25, field by field). What an idea has of the question counts over and
//! above that, so that one that has most of it comes before one that says a single word of it again and again.

use std::cmp::Ordering;
use std::ops::Range;

use rustc_hash::FxHashMap;

use super::super::sort::newest_first;
use super::Index;
use super::meaning::{self, Meaning};
use super::passage::{Passage, passages};
use super::weights::Weights;

/// Words with at most so many bytes between them stand near each other.
const NEAR: usize = 40;

/// So many ideas are looked at for that.
const CLOSER_LOOK: usize = 50;

/// An idea on its way into the answer.
pub(super) struct Ranked {
    /// Where it stands among all.
    pub(super) idea: usize,
    pub(super) score: f64,
    /// Which of the words it has.
    pub(super) has: Vec<bool>,
    /// How much of what was asked it has, from 0 to 1, words weighted by how rare they are.
    share: f64,
    /// It has every word that stood between quotes.
    has_quoted: bool,
}

/// The ideas that have something of what is asked for, in no order.
pub(super) fn rated(index: &Index<'_>, meanings: &[Meaning]) -> Vec<Ranked> {
    let weights = &Weights::get().score;
    let rarity: Vec<f64> = meanings.iter().map(|meaning| rarity(index.ideas.len(), meaning.said_in())).collect();
    let has_topic = meanings.iter().any(|meaning| meaning.is_topic(index));
    let times = |of_a_fact: f64| {
        let times =
            move |(meaning, rarity): (&Meaning, &f64)| if meaning.facts.is_empty() { *rarity } else { rarity * of_a_fact };
        meanings.iter().zip(&rarity).map(times).collect::<Vec<f64>>()
    };
    // What a word adds to the score, and to the share of the question that an idea has.
    let adds = times(weights.fact);
    let counts = times(if has_topic { weights.fact_counts } else { weights.fact });
    let mut ideas: FxHashMap<usize, Ranked> = FxHashMap::default();
    for (at, meaning) in meanings.iter().enumerate() {
        for (&idea, amounts) in &meaning.amounts {
            let ranked = ideas.entry(idea).or_insert_with(|| Ranked::new(idea, meanings.len()));
            ranked.score += adds[at] * amounts.weight(|field| index.length_norm(idea, field));
            // What is but a topic of the organization is had in part.
            let is_topic = meaning.by_topic.contains(&idea);
            let part = if is_topic { Weights::get().mention.topic_counts } else { 1.0 };
            ranked.share += counts[at] * part;
            ranked.has[at] = true;
        }
    }
    // What no idea has tells none from another.
    let known = meanings.iter().zip(&counts).filter(|(meaning, _)| !meaning.amounts.is_empty());
    let most: f64 = known.map(|(_, counts)| counts).sum();
    for ranked in ideas.values_mut() {
        let idea = index.outlines.at(ranked.idea);
        let missing = || meanings.iter().zip(&ranked.has).filter(|(_, has)| !**has).map(|(meaning, _)| meaning);
        // What its project says in other ideas finds no idea: it only tells which of those that were found are nearer.
        for (meaning, rarity) in meanings.iter().zip(&rarity).zip(&ranked.has).filter(|(_, has)| !**has).map(|(both, _)| both) {
            if let Some(share) = meaning.share_of_project(ranked.idea, index) {
                ranked.score += rarity * share * weights.project_adds;
                ranked.share += rarity * share * weights.project_counts;
            }
        }
        ranked.share /= most;
        let has_quoted = missing().all(|meaning| !meaning.is_quoted);
        let contradicted = missing().filter(|meaning| meaning.facts.iter().any(|fact| fact.is_in(idea)));
        let contradicted = contradicted.fold(1.0, |left, _| left * weights.contradicted);
        // Who asks for facts only wants to know what they are.
        let unstated = meanings.iter().filter(|meaning| !has_topic && !meaning.facts.is_empty());
        let unstated = unstated.filter(|meaning| !meaning.facts.iter().any(|fact| fact.is_in(idea)));
        let unstated = unstated.fold(1.0, |left, _| left * weights.unstated);
        // An idea that names skills, and not this one, nor does another of its project.
        let is_unskilled = |meaning: &&Meaning| meaning.skill.is_some() && meaning.share_of_project(ranked.idea, index).is_none();
        let unskilled = missing().filter(|_| !idea.tags.is_empty()).filter(is_unskilled);
        let unskilled = unskilled.fold(1.0, |left, _| left * weights.unskilled);
        ranked.has_quoted = has_quoted;
        let all_words = if ranked.has_all() { weights.all_words } else { 1.0 };
        ranked.score *= ranked.share.powf(weights.share) * contradicted * unstated * unskilled * all_words;
    }
    ideas.into_values().collect()
}

/// How much a word says that so many ideas of all have: BM25's idf.
#[allow(clippy::cast_precision_loss)] // nobody has 2^52 ideas
fn rarity(all: usize, with: usize) -> f64 {
    let (all, with) = (all as f64, with as f64);
    (1.0 + (all - with + 0.5) / (with + 0.5)).ln()
}

/// Leaves only those that have enough of the words, and what stood between quotes if any has that; gives how many have all.
pub(super) fn keep_worthy(ranked: &mut Vec<Ranked>) -> usize {
    let with_all = ranked.iter().filter(|it| it.has_all()).count();
    let best = ranked.iter().map(|it| it.share).fold(0.0, f64::max);
    let weights = &Weights::get().score;
    let least = if with_all > 0 { weights.worth_adding } else { weights.worth_showing * best };
    let has_quoted = ranked.iter().any(|it| it.has_quoted);
    ranked.retain(|it| it.has_all() || (it.share >= least && it.has_quoted == has_quoted));
    with_all
}

/// Puts the best first.
pub(super) fn sort(ranked: &mut [Ranked], index: &Index<'_>, meanings: &[Meaning]) {
    let newest = index.outlines.told(newest_first);
    ranked.sort_by(|one, other| one.order(other, &newest));
    // A closer look, which only those deserve that may come first.
    for it in ranked.iter_mut().take(CLOSER_LOOK) {
        it.score *= 1.0 + Weights::get().score.side_by_side * closeness(index, it.idea, meanings);
    }
    for it in ranked.iter_mut() {
        // Two digits are what people see.
        it.score = (it.score * 100.0).round() / 100.0;
    }
    ranked.sort_by(|one, other| one.order(other, &newest));
}

/// How close the words stand in an idea that were typed one after the other: 1 for each two that stand side by side as they
/// were typed, less for two that are near each other.
fn closeness(index: &Index<'_>, idea: usize, meanings: &[Meaning]) -> f64 {
    let has = |meaning: &Meaning| meaning.amounts.contains_key(&idea);
    let pairs: Vec<&[Meaning]> = meanings.windows(2).filter(|pair| pair.iter().all(has)).collect();
    if pairs.is_empty() {
        return 0.0;
    }
    let passages = passages(index.ideas.whole(idea));
    let close = |pair: &[Meaning], passage: &Passage<'_>| {
        let marks = meaning::marks(pair, passage);
        let of_two = |two: &[(Range<usize>, usize)]| match two {
            [(first, 0), (second, 1)] if passage.text[first.end..second.start].chars().all(|c| " -/_".contains(c)) => 1.0,
            [(first, one), (second, other)] if one != other && second.start - first.end <= NEAR => Weights::get().score.nearby,
            _ => 0.0,
        };
        marks.windows(2).map(of_two).fold(0.0, f64::max)
    };
    let closest = |pair: &[Meaning]| {
        let has_both = |passage: &&Passage<'_>| {
            pair.iter().all(|meaning| meaning.amounts.get(&idea).is_some_and(|amounts| amounts.of(passage.field) > 0.0))
        };
        passages.iter().filter(has_both).map(|passage| close(pair, passage)).fold(0.0, f64::max)
    };
    pairs.into_iter().map(closest).sum()
}

impl Ranked {
    fn new(idea: usize, words: usize) -> Self {
        Ranked { idea, score: 0.0, has: vec![false; words], share: 0.0, has_quoted: false }
    }

    fn has_all(&self) -> bool {
        !self.has.contains(&false)
    }

    /// Those that have what stood between quotes first, then the better ones, then those of newer terms, then the earlier ones.
    fn order<T: Ord>(&self, other: &Ranked, newest: impl Fn(usize) -> T) -> Ordering {
        let by_quotes = other.has_quoted.cmp(&self.has_quoted);
        let by_score = || other.score.total_cmp(&self.score);
        let by_term = || newest(self.idea).cmp(&newest(other.idea));
        by_quotes.then_with(by_score).then_with(by_term).then(self.idea.cmp(&other.idea))
    }
}
