//! What a word counts in each field of an idea; in those that count nothing nobody looks.

use crate::idea::Fact;

impl Fact {
    /// True where sentences stand: `go` is a verb there, `Go` a language.
    pub(super) fn is_prose(self) -> bool {
        matches!(self, Fact::Description | Fact::Outcomes)
    }
}

/// How often something is mentioned in each field, and what the best of these mentions counts; a part of a longer word counts as
/// half a mention.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Amounts {
    sums: [f64; Fact::ALL.len()],
    best: [f64; Fact::ALL.len()],
}

impl Amounts {
    pub(super) fn of(&self, field: Fact) -> f64 {
        self.sums[field as usize]
    }

    /// What the mentions count. Each field counts for itself, so that no length of a text makes up for a title, and no number of
    /// mentions of another word for the very word; `norm` says how much less a mention in a long field counts.
    pub(super) fn weight(&self, norm: impl Fn(Fact) -> f64) -> f64 {
        let fields = Fact::ALL.into_iter().filter(|&field| self.of(field) > 0.0);
        let weight = |field: Fact| {
            let best = self.best[field as usize];
            let mentions = self.of(field) / best / norm(field);
            field.weight() * best * mentions / (field.saturation() + mentions)
        };
        fields.map(weight).sum()
    }

    /// Adds so many mentions that count so much each.
    pub(super) fn add(&mut self, field: Fact, mentions: f64, factor: f64) {
        let at = field as usize;
        self.sums[at] += mentions * factor;
        self.best[at] = self.best[at].max(factor);
    }

    /// Makes so many of the mentions that count so much each count less.
    pub(super) fn lessen(&mut self, field: Fact, mentions: f64, factor: f64, to: f64) {
        let at = field as usize;
        let left = self.sums[at] - mentions * factor;
        if left < factor / 2.0 {
            self.best[at] *= to;
            self.sums[at] = self.best[at];
        } else {
            self.sums[at] = left;
        }
    }

    /// Takes of each field what is more.
    pub(super) fn join(&mut self, other: &Amounts) {
        self.sums.iter_mut().zip(other.sums).for_each(|(sum, other)| *sum = sum.max(other));
        self.best.iter_mut().zip(other.best).for_each(|(best, other)| *best = best.max(other));
    }

    pub(super) fn scale(&mut self, factor: f64) {
        for field in Fact::ALL {
            self.scale_field(field, factor);
        }
    }

    /// Makes the mentions in sentences count so much less.
    pub(super) fn scale_prose(&mut self, factor: f64) {
        Fact::ALL.into_iter().filter(|field| field.is_prose()).for_each(|field| self.scale_field(field, factor));
    }

    fn scale_field(&mut self, field: Fact, factor: f64) {
        self.sums[field as usize] *= factor;
        self.best[field as usize] *= factor;
    }

    /// True if something is mentioned elsewhere than in sentences.
    pub(super) fn is_beside_prose(&self) -> bool {
        Fact::ALL.into_iter().any(|field| !field.is_prose() && self.of(field) > 0.0)
    }

    pub(super) fn is_none(&self) -> bool {
        self.sums.iter().all(|sum| *sum == 0.0)
    }
}
