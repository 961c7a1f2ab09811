//! Which terms somebody wants: by their names, by a range, or by a word that depends on the day or on the catalogue; of every
//! programme, or of one.

use std::borrow::Borrow;
use std::collections::BTreeSet;

use super::{Filter, QueryError, Range};
use crate::idea::{Idea, Program, Term};
use crate::programs::{Calendar, Date, Mention, When};

/// The terms that a value of a filter asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::query) struct Terms {
    /// Of this programme only.
    pub(in crate::query) program: Option<Program>,
    which: Which,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Which {
    Range(Range<Term>),
    /// These terms, each of its programme, once [`Terms::settle`] has said so.
    When(When, BTreeSet<(Option<Program>, Term)>),
}

impl Terms {
    /// The terms that a text names: `2025`, `2023..2025`, `current`; with a programme before them `gsoc 2026`, `gsoc next`.
    pub(super) fn read(said: &str) -> Result<Self, QueryError> {
        Self::of_program(said).unwrap_or_else(|| Self::of(None, said))
    }

    /// The terms of a programme, if a text names both: `gsoc 2026`, `GSoC'26`, `lfx 2025-1..`.
    pub(super) fn of_program(said: &str) -> Option<Result<Self, QueryError>> {
        if let Some((program, term)) = Mention::whole(said) {
            return Some(Ok(Terms { program: Some(program), which: Which::Range(Range::only(term)) }));
        }
        let (program, rest) = Mention::leading(said)?;
        let is_term = When::from_name(rest).is_some() || rest.contains(|c: char| c.is_ascii_digit());
        is_term.then(|| Self::of(Some(program), rest))
    }

    fn of(program: Option<Program>, said: &str) -> Result<Self, QueryError> {
        let which = match When::from_name(said) {
            Some(when) => Which::When(when, BTreeSet::new()),
            None => Which::Range(Filter::Term.range(said)?),
        };
        Ok(Terms { program, which })
    }

    /// The word for terms that was said.
    pub(in crate::query) fn when(&self) -> Option<When> {
        if let Which::When(when, _) = self.which { Some(when) } else { None }
    }

    /// True if an idea is of such a term.
    pub(super) fn matches(&self, idea: &Idea) -> bool {
        let Some((program, term)) = term_of(idea) else { return false };
        let is_of = self.program.is_none() || self.program == program;
        is_of
            && match &self.which {
                Which::Range(range) => range.contains(term),
                Which::When(_, terms) => terms.contains(&(program, term)),
            }
    }

    /// Says which terms `current` and its like mean on this day, of those that the catalogue has.
    pub(super) fn settle(&mut self, today: Date, catalogue: &[impl Borrow<Idea>]) {
        let Which::When(when, ref mut terms) = self.which else { return };
        let all: BTreeSet<_> = catalogue.iter().filter_map(|idea| term_of(idea.borrow())).collect();
        let is_latest =
            |(program, term): &(Option<Program>, Term)| all.iter().all(|(other, later)| other != program || later <= term);
        let is_meant = |it: &(Option<Program>, Term)| match when {
            When::Latest => is_latest(it),
            _ => Calendar::of(it.0.as_ref(), it.1).means(when, it.1, today),
        };
        *terms = all.iter().filter(|it| is_meant(it)).cloned().collect();
    }
}

/// The programme and the term of an idea that states a term.
fn term_of(idea: &Idea) -> Option<(Option<Program>, Term)> {
    Some((idea.program.as_ref().map(|program| program.value.clone()), idea.term.as_ref()?.value))
}
