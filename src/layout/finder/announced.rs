//! Ideas on pages that state no facts of them: whatever stands again and again below "Project ideas".

use rustc_hash::{FxHashMap, FxHashSet};

use crate::labels::{Kind, Labels};

use super::Finder;
use super::candidates::{Begins, Candidate};
use super::evidence::Tally;
use super::roles::Role;
use super::weights::Weights;

impl Finder<'_, '_> {
    /// Where nothing states facts: what stands, again and again, below a heading that announces ideas, each with a text.
    pub(super) fn announced(&self, candidates: &[Candidate], tallies: &[Tally]) -> Vec<usize> {
        // Lists among facts belong to ideas whose titles are not on the page.
        let states = |line: &usize| self.records.kind(*line).is_some_and(Kind::is_telling);
        let stating: FxHashSet<usize> =
            (0..self.records.len()).filter(states).filter_map(|line| self.roles.above(line)).collect();
        let headings: Vec<usize> = (0..self.records.len()).filter(|&line| self.records.level(line).is_some()).collect();
        let mut places: FxHashMap<(Begins, usize), (Vec<usize>, usize)> = FxHashMap::default();
        for (at, (candidate, tally)) in candidates.iter().zip(tallies).enumerate() {
            let above = match candidate.begins {
                Begins::Heading(_) => self.roles.above(candidate.start),
                // A list belongs to the heading right above it, be it only a label.
                Begins::Item(1) => headings[..headings.partition_point(|&line| line < candidate.start)].last().copied(),
                _ => None,
            };
            let Some(above) = above.filter(|above| !stating.contains(above) && self.announces(*above)) else { continue };
            let (members, all) = places.entry((candidate.begins, above)).or_default();
            // Of several stretches from one heading the longest counts.
            if let Some(&last) = members.last()
                && candidates[last].start == candidate.start
            {
                members.pop();
                *all -= 1;
            }
            *all += 1;
            if self.tells(candidate, tally) {
                members.push(at);
            }
        }
        let found = places.into_values().filter(|(members, all)| members.len() > 2 && members.len() * 3 >= all * 2);
        let mut found: Vec<usize> = found.flat_map(|(members, _)| members).collect();
        found.sort_by_key(|&at| (candidates[at].start, std::cmp::Reverse(candidates[at].end)));
        found.dedup_by(|later, first| candidates[*later].start < candidates[*first].end);
        found
    }

    /// True for a heading that announces ideas: "Project ideas", "Projects for summer 2026".
    fn announces(&self, heading: usize) -> bool {
        let mut words = self.records.text(heading).as_str().split_whitespace();
        self.roles.of(heading) == Role::Container && words.any(|word| Labels::get().announces_more(word))
    }

    /// True for a plain title with a text of its own.
    fn tells(&self, candidate: &Candidate, tally: &Tally) -> bool {
        let Some(line) = candidate.title else { return false };
        let said = self.records.text(line).as_str();
        let titled = self.title_worth(candidate).is_some_and(|worth| worth >= Weights::get().title.plain);
        let words = said.split_whitespace().count();
        let text = if matches!(candidate.begins, Begins::Item(_)) { tally.text > 0 || words > 1 } else { tally.text > 0 };
        titled && text && !Labels::get().addresses(said) && !Labels::get().announces_more(said)
    }
}
