//! Words that name a fact of an idea: `easy`, `90 hours`, `gsoc`.

use rustc_hash::FxHashSet;

use super::super::super::filter::{Alternative, Filter};
use super::super::Index;
use super::super::question::Asked;
use super::super::weights::Weights;
use super::names::forms_of;
use super::places::rows;
use super::{Meaning, mention};
use crate::idea::Fact;
use crate::idea::skill::Skills;

impl Meaning {
    /// The ideas that state one of these facts, whatever their words. What states another is not meant for the word in a
    /// sentence of it, unless the word is the only one.
    pub(super) fn add_facts(&mut self, facts: &[Alternative], only: bool, index: &Index<'_>) {
        if !only {
            self.amounts.retain(|&idea, amounts| {
                let is_stated = facts.iter().all(|fact| fact_of(fact).is_in(index.outlines.at(idea)));
                !is_stated || amounts.is_beside_prose()
            });
        }
        for amounts in self.amounts.values_mut() {
            amounts.scale_prose(mention().in_passing);
        }
        for fact in facts {
            for place in index.outlines.places(|idea| fact.matches(idea)) {
                self.amounts.entry(place).or_default().add(fact_of(fact), mention().stated, 1.0);
            }
        }
    }

    /// True if it says what an idea is about: it is no fact, and no skill that so many ideas ask for that it tells no
    /// more than one.
    #[allow(clippy::cast_precision_loss)] // nobody has 2^52 ideas
    pub(in super::super) fn is_topic(&self, index: &Index<'_>) -> bool {
        let is_widespread = |skill: &str| {
            let tagged = index.outlines.places(|idea| idea.tags.iter().any(|tag| tag.value == skill)).count();
            tagged as f64 >= Weights::get().score.widespread * index.outlines.len() as f64
        };
        self.facts.is_empty() && !self.skill.is_some_and(is_widespread)
    }
}

/// The field that states a fact.
pub(super) fn fact_of(fact: &Alternative) -> Fact {
    match fact.filter {
        Filter::Difficulty => Fact::Difficulty,
        Filter::Program => Fact::Program,
        Filter::Term => Fact::Term,
        _ => Fact::Hours,
    }
}

/// True if some idea says these words before the next one that was asked for, so that they may mean what stands there: `large
/// language model`. The name of a skill is nothing that is large or easy.
pub(super) fn is_said_before(words: &[String], next: Option<&Asked>, index: &Index<'_>) -> bool {
    let Some(next) = next.filter(|next| next.facts.is_empty()).and_then(|next| next.words.first()) else { return false };
    if Skills::get().canonical(next).is_some() {
        return false;
    }
    let mut row: Vec<FxHashSet<String>> = words.iter().map(|word| FxHashSet::from_iter([word.clone()])).collect();
    row.push(forms_of(next, index).into_iter().collect());
    !rows(&row, index).is_empty()
}

#[cfg(test)]
mod tests {
    use super::super::super::super::tests::idea;
    use super::super::super::Search;
    use super::*;

    #[test]
    fn stated_facts_come_first_where_nothing_else_is_asked_for() {
        let ideas = [
            idea("Go, and go on", &[("skills", "Go"), ("description", "Go. It is easy.")]),
            idea("A quay", &[("skills", "Go"), ("difficulty", "easy")]),
            idea("Tides in Go", &[("skills", "Go")]),
            idea("A pier", &[("skills", "Go"), ("difficulty", "hard"), ("description", "Of tides.")]),
        ];
        let index = Index::new(&ideas);
        for (text, first) in [("easy go", 1), ("beginner go", 1), ("go", 0), ("easy tides", 2), ("hard go", 3)] {
            let found = index.search(&Search::read(text).unwrap(), |_| true);
            assert_eq!(found.matches.first().map(|hit| hit.place), Some(first), "{text}");
        }
    }
}
