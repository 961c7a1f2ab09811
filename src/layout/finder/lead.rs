//! Facts that stand above the titles of their ideas: the badges at the top of cards.

use crate::records::Place;

use super::Finder;
use super::candidates::{Begins, Candidate};
use super::shape::{self, Shape};

/// No card has more lines above its title.
const MOST: usize = 4;

impl Finder<'_, '_> {
    /// Gives ideas the sizes and levels that stand right above their titles, where they stand there above the first of them,
    /// too, and do not end the last: else each would have those of the next one.
    pub(super) fn take_leads(&self, chosen: &mut [Candidate]) {
        let titled = |candidate: &Candidate| {
            matches!(candidate.begins, Begins::Heading(_) | Begins::Bold) && candidate.title == Some(candidate.start)
        };
        let leads: Vec<usize> =
            chosen.iter().map(|candidate| if titled(candidate) { self.facts_before(candidate.start) } else { 0 }).collect();
        let (Some(&first), Some(last)) = (leads.first(), chosen.last()) else { return };
        let led = leads.iter().filter(|&&lead| lead > 0).count();
        if first == 0 || led < 3 || led * 3 < chosen.len() * 2 || self.facts_before(last.end) > 0 {
            return;
        }
        for (at, lead) in leads.into_iter().enumerate() {
            chosen[at].start -= lead;
            let start = chosen[at].start;
            if let Some(before) = at.checked_sub(1) {
                chosen[before].end = chosen[before].end.min(start);
            }
        }
    }

    /// How many lines right before one are nothing but a size or a level.
    fn facts_before(&self, line: usize) -> usize {
        let is_fact = |&before: &usize| {
            let info = &self.records.lines[before];
            info.place == Place::Line
                && self.records.label(before).is_none()
                && matches!(
                    shape::of(self.records.text(before)),
                    Some(Shape::Hours | Shape::LevelAndHours | Shape::Level | Shape::SizeName | Shape::Medium)
                )
        };
        (0..line).rev().take(MOST).take_while(is_fact).count()
    }
}
