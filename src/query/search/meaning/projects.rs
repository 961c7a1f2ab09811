//! What the ideas of a project say together: an idea for a tool of supply chain security need not say so again if the others do.

use borsh::{BorshDeserialize, BorshSerialize};
use rustc_hash::FxHashMap;

use super::super::Index;
use super::{Meaning, topics};
use crate::idea::Idea;

/// Ideas by their projects.
#[derive(Debug, Default, BorshSerialize, BorshDeserialize)]
pub(in super::super) struct Projects {
    /// The project of each idea.
    of: Vec<u32>,
    /// How many ideas each project has.
    sizes: Vec<u32>,
    /// The organizations and projects of which it is known what they work on, and the ideas of each.
    pub(super) listed: Vec<(String, Vec<u32>)>,
}

impl Projects {
    pub(in super::super) fn new(ideas: &[Idea]) -> Self {
        let mut known: FxHashMap<(&str, bool), u32> = FxHashMap::default();
        let mut projects = Projects { of: Vec::with_capacity(ideas.len()), sizes: Vec::new(), listed: topics::listed(ideas) };
        for idea in ideas {
            let named = idea.project.as_ref().or(idea.organization.as_ref());
            // An idea without either belongs to its page.
            let name = named.map_or((idea.source.path.as_str(), false), |name| (name.value.as_str(), true));
            let next = u32::try_from(projects.sizes.len()).unwrap_or(u32::MAX);
            let project = *known.entry(name).or_insert(next);
            if project == next {
                projects.sizes.push(0);
            }
            projects.sizes[project as usize] += 1;
            projects.of.push(project);
        }
        projects
    }
}

impl Meaning {
    /// Counts the ideas of each project that mention it.
    pub(super) fn add_projects(&mut self, index: &Index<'_>) {
        let projects = &index.outlines.projects;
        for idea in self.amounts.keys().filter(|idea| !self.by_topic.contains(idea)) {
            *self.by_project.entry(projects.of[*idea]).or_default() += 1.0;
        }
        for (&project, said) in &mut self.by_project {
            *said /= f64::from(projects.sizes[project as usize]);
        }
    }

    /// The share of the ideas of an idea's project that mention it, if any does.
    pub(in super::super) fn share_of_project(&self, idea: usize, index: &Index<'_>) -> Option<f64> {
        let share = |shares: &FxHashMap<u32, f64>| shares.get(&index.outlines.projects.of[idea]).copied();
        Some(&self.by_project).filter(|shares| !shares.is_empty()).and_then(share)
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::super::tests::idea;
    use super::super::super::Search;
    use super::*;

    fn titles(index: &Index<'_>, text: &str) -> Vec<String> {
        let found = index.search(&Search::read(text).unwrap(), |_| true);
        found.matches.iter().map(|hit| index.ideas.found(hit.place).title.value.clone()).collect()
    }

    #[test]
    fn what_a_project_says_in_one_idea_lifts_its_others() {
        let of = |project| ("project", project);
        let ideas = [
            idea("Harbour charts", &[of("Atlas")]),
            idea("Harbour lights", &[of("Sextant")]),
            idea("Of tides", &[of("Sextant")]),
            idea("Moorings", &[of("Sextant")]),
        ];
        let index = Index::new(&ideas);
        assert_eq!(titles(&index, "harbour")[..], ["Harbour charts", "Harbour lights"]);
        let found = titles(&index, "harbour tides");
        let place = |title: &str| found.iter().position(|found| found == title);
        assert!(place("Harbour lights") < place("Harbour charts"), "{found:?}");
        assert_eq!(place("Moorings"), None, "who says nothing of it is not found for its project alone");
    }

    #[test]
    fn an_idea_belongs_to_its_project_or_organization_or_page() {
        let ideas = [
            idea("a", &[("project", "Atlas"), ("organization", "Sea")]),
            idea("b", &[("organization", "Sea")]),
            idea("c", &[]),
            idea("d", &[]),
            idea("e", &[("project", "Atlas")]),
        ];
        assert_eq!(Projects::new(&ideas).of, [0, 1, 2, 2, 0]);
    }
}
