//! Ideas on pages that state no facts of them: whatever stands again and again below "Project ideas".

use rustc_hash::FxHashMap;

use crate::labels::Labels;
use crate::records::Whole;

use super::Finder;
use super::candidates::{Begins, Candidate};
use super::evidence::Tally;
use super::roles::Role;
use super::weights::Weights;

impl Finder<'_, '_> {
    /// Where nothing states facts: what stands, again and again, below a heading that announces ideas, each with a text.
    pub(super) fn announced(&self, candidates: &[Candidate], tallies: &[Tally]) -> Vec<usize> {
        let mut places: FxHashMap<(Begins, usize), (Vec<usize>, usize)> = FxHashMap::default();
        for (at, (candidate, tally)) in candidates.iter().zip(tallies).enumerate() {
            let Some(above) = self.roles.above(candidate.start).filter(|&above| self.announces(above)) else { continue };
            if !matches!(candidate.begins, Begins::Heading(_) | Begins::Item(1)) {
                continue;
            }
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

    /// True for a heading that announces ideas: "Project ideas", "Possible projects".
    fn announces(&self, heading: usize) -> bool {
        let said = self.records.text(heading).as_str();
        self.roles.of(heading) == Role::Container && Labels::get().announces_more(said)
    }

    /// True for a plain title with a text of its own.
    fn tells(&self, candidate: &Candidate, tally: &Tally) -> bool {
        let Some(line) = candidate.title else { return false };
        let said = self.records.text(line).as_str();
        let titled = self.title_worth(candidate).is_some_and(|worth| worth >= Weights::get().title.plain);
        let words = said.split_whitespace().count();
        let text = if matches!(candidate.begins, Begins::Item(_)) {
            // A link that leads elsewhere names a page, not an idea.
            self.records.lines[line].set != Some(Whole::Link) && (tally.text > 0 || words > 3)
        } else {
            tally.text > 0
        };
        titled && text && !Labels::get().addresses(said) && !Labels::get().announces_more(said)
    }
}
