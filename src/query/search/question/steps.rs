//! The steps of a question, and what `or` makes of them.

use super::super::super::filter::Filter;
use super::asked::Asked;
use crate::idea::skill::Skills;

/// One step of a question.
pub(super) enum Step {
    Ask { asked: Asked, negated: bool },
    Filter { filter: Filter, value: String, said: String, negated: bool },
    Or,
    Not,
}

/// The same, with the words between which and a qualifier an `or` stands as qualifiers, too: in `kernel or skill:rust`
/// the word is `where:kernel`.
pub(super) fn joined(steps: Vec<Step>) -> Vec<Step> {
    let steps = without_silent(steps);
    let mut ends = Vec::new();
    while ends.last().is_none_or(|&end| end < steps.len()) {
        let from = ends.last().copied().unwrap_or(0);
        let mut end = from + 1;
        while matches!(steps.get(end), Some(Step::Or)) && steps.get(end + 1).is_some_and(Step::is_wanted) {
            end += 2;
        }
        ends.push(end);
    }
    let (mut steps, mut from, mut all) = (steps.into_iter(), 0, Vec::new());
    for end in ends {
        let group: Vec<Step> = steps.by_ref().take(end - std::mem::replace(&mut from, end)).collect();
        if group.first().is_some_and(Step::is_wanted) && group.iter().any(|step| matches!(step, Step::Filter { .. })) {
            all.extend(group.into_iter().flat_map(Step::into_filters));
        } else {
            all.extend(group);
        }
    }
    all
}

/// The same without words that say nothing where they are alternatives: `kernel or the driver` is `kernel or driver`.
fn without_silent(steps: Vec<Step>) -> Vec<Step> {
    let mut told: Vec<Step> = Vec::with_capacity(steps.len());
    for step in steps {
        let says_nothing = match (told.last(), &step) {
            (Some(Step::Or | Step::Not), step) => step.is_silent() || matches!(step, Step::Or),
            (Some(before), Step::Or) => before.is_silent(),
            _ => false,
        };
        if !says_nothing {
            told.push(step);
        }
    }
    told
}

impl Step {
    /// True for a word that says nothing about an idea.
    fn is_silent(&self) -> bool {
        matches!(self, Step::Ask { asked, negated: false } if asked.is_silent())
    }

    /// True for what is asked for, and not excluded by a sign.
    fn is_wanted(&self) -> bool {
        match self {
            Step::Ask { asked, negated } => !negated && !asked.is_silent(),
            Step::Filter { negated, .. } => !negated,
            Step::Or | Step::Not => false,
        }
    }

    /// A word as the filters that find what it states, with `or` between them, or else its text in an idea.
    fn into_filters(self) -> Vec<Step> {
        let Step::Ask { asked, negated } = self else { return vec![self] };
        let filter = |filter, value| Step::Filter { filter, value, said: asked.said.clone(), negated };
        if asked.facts.is_empty() {
            return vec![filter(Filter::Where, asked.words.join(" "))];
        }
        let facts = asked.facts.iter().map(|fact| filter(fact.filter, fact.said.clone()));
        facts.enumerate().flat_map(|(at, fact)| (at > 0).then_some(Step::Or).into_iter().chain([fact])).collect()
    }

    /// A word that was typed without a sign: `or` and `not` are signs themselves.
    pub(super) fn of_word(asked: Asked) -> Self {
        match asked.words.as_slice() {
            [word] if word == "or" => Step::Or,
            [word] if word == "not" => Step::Not,
            _ => Step::Ask { asked, negated: false },
        }
    }

    /// True for a word that makes the name of a skill with the one before it.
    pub(super) fn is_named_with(&self, before: &Asked) -> bool {
        let Step::Ask { asked, negated: false } = self else { return false };
        let is_word = |asked: &Asked| !asked.quoted && asked.words.len() == 1;
        is_word(before) && is_word(asked) && Skills::get().canonical(&format!("{} {}", before.words[0], asked.words[0])).is_some()
    }
}
