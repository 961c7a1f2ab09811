//! What ideas can be told apart by: skills, levels, sizes, projects, programmes, terms. Values of one facet are alternatives;
//! facets add up, as the flags of `ideas list` do.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use crate::idea::Idea;
use crate::render::safe;

/// The value of ideas that do not say.
const NOT_GIVEN: &str = "not given";

/// A way to tell ideas apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Facet {
    /// The canonical skills.
    Skill,
    /// The levels named.
    Difficulty,
    /// The hours named.
    Size,
    /// The project, else the organisation.
    Project,
    /// The mentorship programme.
    Programme,
    /// The year or LFX term.
    Term,
}

impl Facet {
    /// All facets, in the order of their tabs.
    pub(super) const ALL: [Facet; 6] =
        [Facet::Skill, Facet::Difficulty, Facet::Size, Facet::Project, Facet::Programme, Facet::Term];

    /// The name of the tab.
    pub(super) fn as_str(self) -> &'static str {
        match self {
            Facet::Skill => "Skill",
            Facet::Difficulty => "Difficulty",
            Facet::Size => "Size",
            Facet::Project => "Project",
            Facet::Programme => "Programme",
            Facet::Term => "Term",
        }
    }

    /// What an idea says, and a number that orders values which have an order of their own.
    fn values(self, idea: &Idea) -> Vec<(u32, String)> {
        let name = |name: &str| vec![(0, safe::line(name).into_owned())];
        let values: Vec<_> = match self {
            Facet::Skill => idea.tags.iter().map(|tag| (0, tag.value.to_owned())).collect(),
            Facet::Difficulty => {
                idea.difficulty.iter().map(|level| (level.value as u32, level.value.as_str().to_owned())).collect()
            }
            Facet::Size => idea.hours.iter().map(|hours| (hours.value, format!("{} hours", hours.value))).collect(),
            Facet::Project => idea.filed_under().map(name).unwrap_or_default(),
            Facet::Programme => idea.program.iter().flat_map(|program| name(program.value.as_str())).collect(),
            // The newest first.
            Facet::Term => idea.term.iter().map(|term| (u32::MAX - u32::from(term.value.year), term.value.to_string())).collect(),
        };
        if values.is_empty() { vec![(u32::MAX, NOT_GIVEN.to_owned())] } else { values }
    }
}

/// The facets of some ideas, and which values are chosen.
pub(super) struct Facets {
    kinds: Vec<Kind>,
}

/// One facet.
struct Kind {
    /// All values, in the order in which they are listed.
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
        Facets { kinds: Facet::ALL.into_iter().map(|facet| Kind::new(facet, ideas)).collect() }
    }

    /// True if an idea has a chosen value of every facet that has any.
    pub(super) fn pass(&self, idea: usize) -> bool {
        self.kinds.iter().all(|kind| kind.passes(idea))
    }

    /// The values of a facet, with the counts among `ideas`.
    pub(super) fn offers(&self, facet: Facet, ideas: impl Iterator<Item = usize>) -> Vec<Offer<'_>> {
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
    pub(super) fn toggle(&mut self, facet: Facet, value: usize) {
        let chosen = &mut self.kinds[facet as usize].chosen;
        if !chosen.remove(&value) {
            chosen.insert(value);
        }
    }

    /// Chooses nothing of a facet; true if anything was.
    pub(super) fn clear(&mut self, facet: Facet) -> bool {
        !std::mem::take(&mut self.kinds[facet as usize].chosen).is_empty()
    }

    /// Chooses nothing; true if anything was.
    pub(super) fn clear_all(&mut self) -> bool {
        Facet::ALL.into_iter().fold(false, |any, facet| self.clear(facet) | any)
    }

    /// How many values of a facet are chosen.
    pub(super) fn chosen(&self, facet: Facet) -> usize {
        self.kind(facet).chosen.len()
    }

    /// What is chosen, facet by facet: `go or rust`.
    pub(super) fn summary(&self) -> Vec<String> {
        let chosen = |kind: &Kind| kind.chosen.iter().map(|&value| kind.values[value].clone()).collect::<Vec<_>>().join(" or ");
        let each = Facet::ALL.into_iter().zip(&self.kinds).filter(|(_, kind)| !kind.chosen.is_empty());
        each.map(|(facet, kind)| match chosen(kind) {
            // Only together with its facet it says something.
            value if value.contains(NOT_GIVEN) => format!("{} {value}", facet.as_str().to_lowercase()),
            value => value,
        })
        .collect()
    }

    fn kind(&self, facet: Facet) -> &Kind {
        &self.kinds[facet as usize]
    }
}

impl Kind {
    fn new(facet: Facet, ideas: &[&Idea]) -> Self {
        let said: Vec<_> = ideas.iter().map(|idea| facet.values(idea)).collect();
        let mut counts: BTreeMap<(u32, String), usize> = BTreeMap::new();
        for value in said.iter().flatten() {
            *counts.entry(value.clone()).or_insert(0) += 1;
        }
        let mut values: Vec<_> = counts.into_iter().collect();
        values.sort_by_key(|&((order, _), count)| (order, Reverse(count)));
        let places: BTreeMap<_, _> = values.iter().enumerate().map(|(i, (value, _))| (value.clone(), i)).collect();
        let of = said.iter().map(|said| said.iter().filter_map(|value| places.get(value).copied()).collect()).collect();
        Kind { values: values.into_iter().map(|((_, name), _)| name).collect(), of, chosen: BTreeSet::new() }
    }

    fn passes(&self, idea: usize) -> bool {
        self.chosen.is_empty() || self.of[idea].iter().any(|value| self.chosen.contains(value))
    }
}
