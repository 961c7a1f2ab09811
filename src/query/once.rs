//! One idea once: of an idea that stands on several pages or in several terms, the newest is shown and tells of the others.
//!
//! Which ideas are one, [`same`] says. What is here needs of each idea only its [`Trace`], so that ideas can be counted once that
//! nobody keeps in memory.

use std::cmp::Reverse;

use borsh::{BorshDeserialize, BorshSerialize};
use rustc_hash::FxHashMap;

use super::sort::newest_first;
use crate::idea::same::{self, Face};
use crate::idea::{Elsewhere, Idea};
use crate::programs::Date;

/// What must be known of an idea to tell whether another stands for it.
#[derive(Clone, Debug)]
pub struct Trace {
    face: Face,
    newest: Reverse<Option<Date>>,
    place: Elsewhere,
}

impl Trace {
    /// The trace of an idea of this face.
    pub fn of(idea: &Idea, face: Face) -> Self {
        Trace { face, newest: newest_first(idea), place: Elsewhere::of(idea) }
    }
}

/// What one list makes of an idea.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Shown {
    /// It is shown, and stands for these.
    With(Vec<Elsewhere>),
    /// The idea at this place among all stands for it.
    By(usize),
}

/// What is shown of ideas that come in page order: of those that are one the newest, or the first of the newest.
pub fn fold(traces: &[Trace]) -> Vec<Shown> {
    let mut shown: Vec<Shown> = vec![Shown::With(Vec::new()); traces.len()];
    for (newest, others) in sets(traces.iter().map(|trace| (&trace.face, trace.newest))) {
        shown[newest] = Shown::With(others.iter().map(|&place| traces[place].place.clone()).collect());
        for other in others {
            shown[other] = Shown::By(newest);
        }
    }
    shown
}

/// Of those ideas that are one, the newest, and the others from the newest on. An idea that is like none is not among them.
fn sets<'f>(ideas: impl Iterator<Item = (&'f Face, Reverse<Option<Date>>)>) -> Vec<(usize, Vec<usize>)> {
    let (faces, newest): (Vec<&Face>, Vec<_>) = ideas.unzip();
    let mut sets: FxHashMap<usize, Vec<usize>> = FxHashMap::default();
    for (place, first) in same::first_of_each(faces).into_iter().enumerate().filter(|(place, first)| place != first) {
        sets.entry(first).or_insert_with(|| vec![first]).push(place);
    }
    let in_order = |mut set: Vec<usize>| {
        set.sort_by_key(|&place| (newest[place], place));
        let newest = set.remove(0);
        (newest, set)
    };
    sets.into_values().map(in_order).collect()
}

/// Ideas that were chosen from all, by their places.
#[derive(Clone, Debug, Default, BorshSerialize, BorshDeserialize)]
pub struct Once {
    /// Those that are shown, in page order.
    pub shown: Vec<usize>,
    /// The others, each with the one that stands for it.
    newest: FxHashMap<usize, usize>,
    /// Those that stand for others, with these, the newest first.
    others: FxHashMap<usize, Vec<usize>>,
}

impl Once {
    /// All at the places that are wanted, wherever they stand.
    pub fn all(wanted: impl IntoIterator<Item = usize>) -> Self {
        Once { shown: wanted.into_iter().collect(), ..Once::default() }
    }

    /// The ideas at these places, which are in page order, each once; by the face and the term of each.
    pub fn of<'i>(places: Vec<usize>, face: impl Fn(usize) -> &'i Face, idea: impl Fn(usize) -> &'i Idea) -> Self {
        let mut once = Once::default();
        for (newest, others) in sets(places.iter().map(|&place| (face(place), newest_first(idea(place))))) {
            let others: Vec<usize> = others.into_iter().map(|other| places[other]).collect();
            once.newest.extend(others.iter().map(|&other| (other, places[newest])));
            once.others.insert(places[newest], others);
        }
        once.shown = places.into_iter().filter(|place| !once.newest.contains_key(place)).collect();
        once
    }

    /// All places of the idea that is shown at this one: its own is the first, then those it stands for, in page order.
    pub fn places_of(&self, shown: usize) -> Vec<usize> {
        let mut others = self.others.get(&shown).cloned().unwrap_or_default();
        others.sort_unstable();
        others.insert(0, shown);
        others
    }

    /// The idea that stands for the one at this place: itself, unless there is a newer one.
    pub fn newest(&self, place: usize) -> usize {
        self.newest.get(&place).copied().unwrap_or(place)
    }

    /// Where else the idea at this place stands: of one that is shown the places that it stands for, the newest first, of another
    /// the one that stands for it.
    pub fn also(&self, place: usize) -> &[usize] {
        let newest = || self.newest.get(&place).map(std::slice::from_ref);
        self.others.get(&place).map(Vec::as_slice).or_else(newest).unwrap_or_default()
    }
}

/// How many ideas these are, each taken once, where each has the face in the same place.
pub fn count(ideas: &[Idea], faces: &[Face]) -> usize {
    let others = sets(faces.iter().zip(ideas.iter().map(newest_first))).iter().map(|(_, others)| others.len()).sum::<usize>();
    ideas.len() - others
}

/// The ideas at the places that are wanted, which are in page order, each once, where each has the face in the same
/// place. Those that stand for others know them then, and the others know who stands for them.
pub fn once(ideas: &mut [Idea], faces: &[Face], wanted: impl IntoIterator<Item = usize>) -> Once {
    let places: Vec<usize> = wanted.into_iter().collect();
    for &place in &places {
        ideas[place].also.clear();
    }
    let once = Once::of(places, |place| &faces[place], |place| &ideas[place]);
    for &place in once.newest.keys().chain(once.others.keys()) {
        ideas[place].also = once.also(place).iter().map(|&other| Elsewhere::of(&ideas[other])).collect();
    }
    once
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::Filter;
    use crate::query::Query;
    use crate::query::tests::idea;

    fn soup(page: &str, term: &str) -> Idea {
        let mut idea = idea("Cook more soup", &[("organization", "Diner"), ("program", "gsoc"), ("term", term)]);
        page.clone_into(&mut idea.source.path);
        idea
    }

    #[test]
    fn the_newest_stands_for_the_others() {
        let ideas = || [soup("a", "2024"), soup("b", ""), soup("c", "2026"), soup("d", "2026"), soup("e", "2025")];
        for (term, shown, others) in [("", 2, &["d", "e", "a", "b"][..]), ("2024..2025", 4, &["a"]), ("2024", 0, &[])] {
            let mut query = Query::default();
            if !term.is_empty() {
                query.require(Filter::Term, term).unwrap();
            }
            let mut ideas = ideas();
            let faces: Vec<Face> = ideas.iter().map(|idea| Face::of(idea, None)).collect();
            let wanted = query.places(&ideas);
            let once = once(&mut ideas, &faces, wanted);
            assert_eq!(once.shown, [shown], "{term}");
            let also: Vec<&str> = ideas[shown].also.iter().map(|place| place.path.as_str()).collect();
            assert_eq!(also, others, "{term}");
            let mut places = once.places_of(shown);
            places.sort_unstable();
            assert_eq!(places.len(), others.len() + 1);
            assert!(places.iter().all(|&place| once.newest(place) == shown));
        }
        assert_eq!(Once::all(0..5).shown, [0, 1, 2, 3, 4]);
    }
}
