//! What a word counts in each field of an idea; in those that count nothing nobody looks.

use crate::idea::Fact;

impl Fact {
    /// What one mention counts, in mentions in a description.
    pub(super) fn weight(self) -> f64 {
        match self {
            Fact::Title => 5.0,
            Fact::Project | Fact::Tags | Fact::Mentors => 3.0,
            Fact::Organization | Fact::Outcomes | Fact::Skills => 1.5,
            Fact::Description | Fact::Upstream => 1.0,
            Fact::Program | Fact::Term | Fact::Difficulty | Fact::Hours => 0.5,
            // Handles and addresses are looked for among the mentors, technologies among tags and skills.
            Fact::Email
            | Fact::Github
            | Fact::Links
            | Fact::Technologies
            | Fact::Status
            | Fact::Prerequisites
            | Fact::Proposal => 0.0,
        }
    }

    /// How much a mention loses in a field that is longer than others of its kind, from 0 (nothing) to 1.
    pub(super) fn evenness(self) -> f64 {
        match self {
            Fact::Description | Fact::Outcomes | Fact::Skills => 0.7,
            Fact::Title | Fact::Tags => 0.4,
            _ => 0.0,
        }
    }

    /// True where sentences stand: `go` is a verb there, `Go` a language.
    pub(super) fn is_prose(self) -> bool {
        matches!(self, Fact::Description | Fact::Outcomes)
    }
}

/// How often something is mentioned in each field; a part of a longer word counts as half a mention.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Amounts([f64; Fact::ALL.len()]);

impl Amounts {
    pub(super) fn of(&self, field: Fact) -> f64 {
        self.0[field as usize]
    }

    pub(super) fn add(&mut self, field: Fact, amount: f64) {
        self.0[field as usize] += amount;
    }

    /// Takes of each field what is more.
    pub(super) fn join(&mut self, other: &Amounts) {
        self.0.iter_mut().zip(other.0).for_each(|(amount, other)| *amount = amount.max(other));
    }

    pub(super) fn scale(&mut self, factor: f64) {
        self.0.iter_mut().for_each(|amount| *amount *= factor);
    }

    /// Makes the mentions in sentences count so much less.
    pub(super) fn scale_prose(&mut self, factor: f64) {
        Fact::ALL.into_iter().filter(|field| field.is_prose()).for_each(|field| self.0[field as usize] *= factor);
    }

    /// True if something is mentioned elsewhere than in sentences.
    pub(super) fn is_beside_prose(&self) -> bool {
        Fact::ALL.into_iter().any(|field| !field.is_prose() && self.of(field) > 0.0)
    }

    pub(super) fn is_none(&self) -> bool {
        self.0.iter().all(|amount| *amount == 0.0)
    }
}
