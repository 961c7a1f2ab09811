//! Pages sorted by who mentors: the headings are people, and the ideas below each are theirs.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::idea::mentor::People;
use crate::labels::Kind;

use super::Finder;
use super::shape;

/// How many lines below a name may tell the handle and the address.
const MOST: usize = 3;

impl<'a> Finder<'_, 'a> {
    /// The mentors that headings over ideas name, by the lines of the headings; none unless most of the headings do.
    pub(super) fn owners(&self, groups: &[Option<usize>]) -> FxHashMap<usize, People<'a>> {
        let headings: FxHashSet<usize> = groups.iter().copied().flatten().collect();
        let mut owners: FxHashMap<_, _> = headings.iter().filter_map(|&heading| Some((heading, self.owner(heading)?))).collect();
        if owners.len() < 2 || owners.len() * 3 < headings.len() * 2 {
            owners.clear();
        }
        owners
    }

    /// The one person that a heading names, if a label, a link, a handle or an address says that it is one: "Harbor Eventing"
    /// has the look of a name, too.
    fn owner(&self, heading: usize) -> Option<People<'a>> {
        let labelled = self.records.kind(heading) == Some(Kind::Mentors);
        let name = if labelled { self.records.value(heading) } else { self.records.text(heading) };
        let mut people = People::read([(name, true)]);
        let [person] = people.people.as_mut_slice() else { return None };
        let below = (heading + 1..self.records.len()).take_while(|&line| self.records.level(line).is_none()).take(MOST);
        for line in below.filter(|&line| self.records.item(line).is_none()) {
            person.take_details(self.records.text(line));
        }
        let mentor = &person.mentor;
        let named = mentor.name.as_ref().is_some_and(|name| shape::is_name(&name.value));
        let known = labelled || mentor.github.is_some() || mentor.email.is_some();
        (named && known).then_some(people)
    }
}
