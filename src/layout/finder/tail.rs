//! Where the last idea of a page ends: what follows it may have no heading above its own.

use rustc_hash::FxHashMap;

use super::Finder;
use super::candidates::Candidate;
use super::learn::{self, LabelId};
use super::roles::Role;
use super::weights::Weights;

impl Finder<'_, '_> {
    /// Ends the last idea before a heading that none of its siblings has, if what stands below says facts of its own, and no
    /// fact that siblings state and the idea still lacks.
    pub(super) fn end_last(&self, chosen: &mut [Candidate]) {
        let Some((last, others)) = chosen.split_last_mut() else { return };
        let siblings: Vec<&Candidate> = others.iter().filter(|other| other.begins == last.begins).collect();
        let mut seen: FxHashMap<LabelId, u32> = FxHashMap::default();
        for sibling in &siblings {
            for line in self.inner(sibling) {
                *seen.entry(self.name(line)).or_default() += 1;
            }
        }
        let has_own = |sibling: &&&Candidate| self.inner(sibling).any(|line| seen[&self.name(line)] == 1);
        if siblings.is_empty() || siblings.iter().filter(has_own).count() * 2 > siblings.len() {
            return;
        }
        let Some(end) = self.inner(last).find(|&line| !seen.contains_key(&self.name(line))) else { return };
        let tally = |start, end| self.evidence.of(self.records, self.roles, &Candidate { start, end, ..*last });
        let (own, after) = (tally(last.start, end), tally(end, last.end));
        let said = |label: &&LabelId| {
            siblings.iter().any(|sibling| (sibling.start..sibling.end).any(|line| self.roles.label(line) == **label))
        };
        let lacks = after.labels.iter().filter(|label| !own.labels.contains(label)).any(|label| said(&label));
        if own.weight() >= Weights::get().stretch.enough && after.weight() > 0.0 && !lacks {
            last.end = end;
        }
    }

    /// The headings inside of an idea that open something: on its own level or above also those that are labels.
    fn inner(&self, candidate: &Candidate) -> impl Iterator<Item = usize> {
        let own = candidate.title.and_then(|title| self.records.level(title));
        (candidate.start + 1..candidate.end).filter(move |&line| {
            let beside = own.is_some_and(|own| self.records.level(line).is_some_and(|level| level <= own));
            self.roles.opens(line).is_some() || beside && self.roles.of(line) == Role::Field
        })
    }

    pub(super) fn name(&self, line: usize) -> LabelId {
        learn::id(self.records.text(line).as_str())
    }
}
