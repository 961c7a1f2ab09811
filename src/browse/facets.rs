//! What ideas can be told apart by: the dimensions that `ideas stats` counts by, with the same values, order and counts. Values
//! of one facet are alternatives; facets add up, as the flags of `ideas list` do.

use std::collections::BTreeSet;

use crate::idea::Idea;
use crate::query::facets::{Dimension, Group};
use crate::render::facts::NOT_STATED;
use crate::render::safe;

/// The name of a facet's tab: `Skill`. All of them fit a terminal of 80 columns.
pub(super) fn tab(facet: Dimension) -> String {
    let name = if facet == Dimension::Organization { "org" } else { facet.as_str() };
    let mut name = name.to_owned();
    name[..1].make_ascii_uppercase();
    name
}

/// The facets of some ideas, and which values are chosen.
pub(super) struct Facets {
    /// One for each dimension, in their order.
    kinds: Vec<Kind>,
}

/// One facet.
struct Kind {
    /// All values as they are shown, in the order in which they are listed.
    values: Vec<String>,
    /// The values of each idea.
    of: Vec<Vec<usize>>,
    chosen: BTreeSet<usize>,
}

/// A value as it is offered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Offer<'a> {
    pub(super) value: usize,
    pub(super) name: &'a str,
    /// How many ideas it would leave, given what is chosen elsewhere.
    pub(super) count: usize,
    pub(super) chosen: bool,
}

impl Facets {
    pub(super) fn new(ideas: &[&Idea]) -> Self {
        Facets { kinds: Dimension::ALL.into_iter().map(|facet| Kind::new(facet, ideas)).collect() }
    }

    /// True if an idea has a chosen value of every facet that has any.
    pub(super) fn pass(&self, idea: usize) -> bool {
        self.kinds.iter().all(|kind| kind.passes(idea))
    }

    /// The values of a facet, with the counts among `ideas`.
    pub(super) fn offers(&self, facet: Dimension, ideas: impl Iterator<Item = usize>) -> Vec<Offer<'_>> {
        let kind = self.kind(facet);
        let mut counts = vec![0; kind.values.len()];
        for idea in ideas {
            if self.kinds.iter().all(|other| std::ptr::eq(other, kind) || other.passes(idea)) {
                kind.of[idea].iter().for_each(|&value| counts[value] += 1);
            }
        }
        let offers = kind.values.iter().zip(counts).enumerate();
        offers.map(|(value, (name, count))| Offer { value, name, count, chosen: kind.chosen.contains(&value) }).collect()
    }

    /// Chooses a value, or no longer.
    pub(super) fn toggle(&mut self, facet: Dimension, value: usize) {
        let chosen = &mut self.kinds[facet as usize].chosen;
        if !chosen.remove(&value) {
            chosen.insert(value);
        }
    }

    /// Chooses nothing of a facet; true if anything was.
    pub(super) fn clear(&mut self, facet: Dimension) -> bool {
        !std::mem::take(&mut self.kinds[facet as usize].chosen).is_empty()
    }

    /// Chooses nothing; true if anything was.
    pub(super) fn clear_all(&mut self) -> bool {
        Dimension::ALL.into_iter().fold(false, |any, facet| self.clear(facet) | any)
    }

    /// How many values of a facet are chosen.
    pub(super) fn chosen(&self, facet: Dimension) -> usize {
        self.kind(facet).chosen.len()
    }

    /// What is chosen, facet by facet: `go or rust`.
    pub(super) fn summary(&self) -> Vec<String> {
        let chosen = |kind: &Kind| kind.chosen.iter().map(|&value| kind.values[value].clone()).collect::<Vec<_>>().join(" or ");
        let each = Dimension::ALL.into_iter().zip(&self.kinds).filter(|(_, kind)| !kind.chosen.is_empty());
        each.map(|(facet, kind)| match chosen(kind) {
            // Only together with its facet it says something.
            value if value.contains(NOT_STATED) => format!("{facet} {value}"),
            value => value,
        })
        .collect()
    }

    fn kind(&self, facet: Dimension) -> &Kind {
        &self.kinds[facet as usize]
    }
}

impl Kind {
    fn new(facet: Dimension, ideas: &[&Idea]) -> Self {
        let (groups, rest) = facet.groups_and_rest(ideas);
        let shown = |value: &str| match facet {
            Dimension::Size => format!("{value} hours"),
            _ => safe::line(value).into_owned(),
        };
        let groups = groups.iter().map(|Group { value, places }| (shown(value), places));
        let rest = (!rest.is_empty()).then_some((NOT_STATED.to_owned(), &rest));
        let mut kind = Kind { values: Vec::new(), of: vec![Vec::new(); ideas.len()], chosen: BTreeSet::new() };
        for (value, (name, places)) in groups.chain(rest).enumerate() {
            kind.values.push(name);
            for &idea in places {
                kind.of[idea].push(value);
            }
        }
        kind
    }

    fn passes(&self, idea: usize) -> bool {
        self.chosen.is_empty() || self.of[idea].iter().any(|value| self.chosen.contains(value))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::stats::{By, Stats};
    use crate::query::tests::idea;

    #[test]
    fn the_screen_counts_as_stats_does() {
        let ideas = [
            idea("a", &[("skills", "Go|Rust"), ("hours", "90|350"), ("term", "2026-1"), ("project", "Docs"), ("program", "lfx")]),
            idea("b", &[("skills", "Rust"), ("difficulty", "hard"), ("term", "2024"), ("mentors", "Wei Li, weili1")]),
            idea("c", &[("project", "Docs"), ("organization", "Lighthouse"), ("mentors", "Wei Li, weili2|Jane Doe, jdoe")]),
            idea("d", &[("project", "Docs"), ("organization", "Orchard"), ("difficulty", "easy|hard"), ("program", "gsoc")]),
            idea("e", &[("hours", "175"), ("term", "2025"), ("mentors", "Jane Doe"), ("program", "gsoc")]),
        ];
        let ideas: Vec<&Idea> = ideas.iter().collect();
        let facets = Facets::new(&ideas);
        for by in Dimension::ALL {
            let offers = facets.offers(by, 0..ideas.len());
            let offered: Vec<_> = offers.iter().map(|offer| (offer.name.trim_end_matches(" hours"), offer.count)).collect();
            let table = Stats::of(&ideas, &[By::one(by)]).tables.remove(0);
            let counted: Vec<_> = table.rows.iter().map(|row| (row.value.as_deref().unwrap_or(NOT_STATED), row.count)).collect();
            assert_eq!(offered, counted, "{by}");
        }
    }
}
