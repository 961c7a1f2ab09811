//! What a search asks of every idea besides its words. It is kept with the words, so that the ideas need not be read for it.

use borsh::{BorshDeserialize, BorshSerialize};
use rustc_hash::FxHashMap;

use super::index::Lengths;
use super::meaning::Projects;
use crate::idea::{Fact, Idea, Place};
use crate::text::Spanned;

/// The outlines of all ideas: their tags, programmes, terms, levels and hours.
#[derive(Debug, Default, BorshSerialize, BorshDeserialize)]
pub(super) struct Outlines {
    /// Ideas that state nothing else. Many have the same outline, which stands here once.
    different: Vec<Idea>,
    /// Which of these each idea has.
    of: Vec<u32>,
    pub(super) projects: Projects,
    averages: [f64; Fact::ALL.len()],
}

impl Outlines {
    /// The outlines of ideas whose fields have so many words.
    pub(super) fn new(ideas: &[Idea], lengths: &[Lengths]) -> Self {
        let mut known: FxHashMap<Vec<u8>, u32> = FxHashMap::default();
        let mut outlines = Outlines { projects: Projects::new(ideas), ..Outlines::default() };
        outlines.averages = Fact::ALL.map(|field| average(lengths.iter().map(|lengths| lengths[field as usize])));
        for idea in ideas {
            let outline = outline(idea);
            let next = u32::try_from(outlines.different.len()).unwrap_or(u32::MAX);
            // Writing to memory does not fail.
            let number = *known.entry(borsh::to_vec(&outline).unwrap_or_default()).or_insert(next);
            if number == next {
                outlines.different.push(outline);
            }
            outlines.of.push(number);
        }
        outlines
    }

    pub(super) fn len(&self) -> usize {
        self.of.len()
    }

    /// The outline of the idea at a place.
    pub(super) fn at(&self, place: usize) -> &Idea {
        &self.different[self.of[place] as usize]
    }

    /// The outlines that at least one idea has, each once.
    pub(super) fn different(&self) -> &[Idea] {
        &self.different
    }

    /// What there is to tell of the idea at a place; it is asked once for each outline.
    pub(super) fn told<T: Copy + 'static>(&self, tell: impl Fn(&Idea) -> T) -> impl Fn(usize) -> T {
        let told: Vec<T> = self.different.iter().map(tell).collect();
        move |place| told[self.of[place] as usize]
    }

    /// The places of the ideas for whose outlines this holds.
    pub(super) fn places(&self, holds: impl Fn(&Idea) -> bool) -> impl Iterator<Item = usize> {
        let holds: Vec<bool> = self.different.iter().map(holds).collect();
        self.of.iter().enumerate().filter(move |(_, number)| holds[**number as usize]).map(|(place, _)| place)
    }

    /// How many words a field has on average, over the ideas that have the field.
    pub(super) fn average(&self, field: Fact) -> f64 {
        self.averages[field as usize]
    }
}

fn average(lengths: impl Iterator<Item = u32>) -> f64 {
    let lengths = lengths.filter(|length| *length > 0);
    let (count, sum) = lengths.fold((0_u32, 0.0), |(count, sum), length| (count + 1, sum + f64::from(length)));
    if count == 0 { 0.0 } else { sum / f64::from(count) }
}

fn outline(idea: &Idea) -> Idea {
    fn values<T: Clone>(stated: &[Spanned<T>]) -> Vec<Spanned<T>> {
        stated.iter().map(|stated| Spanned::nowhere(stated.value.clone())).collect()
    }
    Idea {
        tags: values(&idea.tags),
        program: values(idea.program.as_slice()).pop(),
        term: values(idea.term.as_slice()).pop(),
        difficulty: values(&idea.difficulty),
        hours: values(&idea.hours),
        source: Place { path: String::new(), url: None, line: 0, anchor: None },
        ..Idea::bare("")
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::tests::idea;
    use super::*;

    #[test]
    fn what_many_ideas_state_is_kept_once() {
        let easy = |title| idea(title, &[("difficulty", "easy"), ("skills", "Go")]);
        let ideas = [easy("a"), idea("b", &[("hours", "90")]), easy("c")];
        let lengths = [[2; Fact::ALL.len()], [0; Fact::ALL.len()], [4; Fact::ALL.len()]];
        let outlines = Outlines::new(&ideas, &lengths);
        assert_eq!((outlines.len(), outlines.different().len(), outlines.average(Fact::Title)), (3, 2, 3.0));
        assert_eq!(outlines.places(|idea| !idea.difficulty.is_empty()).collect::<Vec<_>>(), [0, 2]);
        assert_eq!(outlines.at(2).tags[0].value, "go");
        let again: Outlines = borsh::from_slice(&borsh::to_vec(&outlines).unwrap()).unwrap();
        assert_eq!(again.different(), outlines.different());
    }
}
