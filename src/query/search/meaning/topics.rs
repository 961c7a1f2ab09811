//! What organizations and well-known projects work on: an idea for a program of meetings need not say that it is about video
//! conferences. It is data, in `schemas/organizations/` (as the listings of their programmes say) and `schemas/topics.toml`.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::super::super::words::words;
use super::super::Index;
use super::super::passage::Passage;
use super::super::related::{self, Relation};
use super::places::each_row;
use super::{Meaning, mention};
use crate::idea::{Fact, Idea};
use crate::spelling::fold;

/// Where the ideas of an organization are of more projects than this, each is about some of its topics only, and nobody
/// knows which.
const PROJECTS: usize = 10;

/// What each organization or project works on, by its name.
#[allow(clippy::expect_used)] // built in and tested: a broken file never leaves our hands
static TOPICS: LazyLock<BTreeMap<String, Vec<Passage<'static>>>> = LazyLock::new(|| {
    let listed: BTreeMap<&'static str, Vec<&'static str>> =
        serde_json::from_str(include_str!(concat!(env!("OUT_DIR"), "/topics.json"))).expect("what projects work on is valid");
    let mut topics: BTreeMap<String, Vec<Passage<'static>>> = BTreeMap::new();
    for (name, of_it) in listed {
        topics.entry(plain(name)).or_default().extend(of_it.into_iter().map(|it| Passage::new(Fact::Organization, it.into())));
    }
    topics
});

/// A name as the lists are searched for it: `Apache IoTDB` is `iotdb`, `The Update Framework (TUF)` is `the update framework`.
fn plain(name: &str) -> String {
    let name = fold(name);
    let name = name.split(" (").next().unwrap_or_default();
    name.strip_prefix("apache ").unwrap_or(name).to_owned()
}

/// The ideas of each organization and of each project that is known to work on something.
pub(super) fn listed(ideas: &[Idea]) -> Vec<(String, Vec<u32>)> {
    let mut by_project: BTreeMap<String, Vec<u32>> = BTreeMap::new();
    let mut by_organization: BTreeMap<String, (Vec<u32>, BTreeSet<&str>)> = BTreeMap::new();
    for (at, idea) in (0..).zip(ideas) {
        if let Some(project) = &idea.project {
            by_project.entry(plain(&project.value)).or_default().push(at);
        } else {
            // The title tells the project where nothing else does; a name has a capital: `flux` is no Flux.
            let named = words(&idea.title.value).filter(|word| word.starts_with(char::is_uppercase)).map(fold);
            named.filter(|name| TOPICS.contains_key(name)).for_each(|name| {
                let ideas = by_project.entry(name).or_default();
                if ideas.last() != Some(&at) {
                    ideas.push(at);
                }
            });
        }
        if let Some(organization) = &idea.organization {
            let (of_it, projects) = by_organization.entry(plain(&organization.value)).or_default();
            of_it.push(at);
            projects.extend(idea.project.iter().map(|project| project.value.as_str()));
        }
    }
    let by_organization = by_organization.into_iter().filter(|(_, (_, projects))| projects.len() <= PROJECTS);
    let by_organization = by_organization.map(|(name, (ideas, _))| (name, ideas));
    by_project.into_iter().chain(by_organization).filter(|(name, _)| TOPICS.contains_key(name)).collect()
}

impl Meaning {
    /// How many ideas say it; if none does, how many are of organizations that work on it.
    pub(in super::super) fn said_in(&self) -> usize {
        let said = self.amounts.len() - self.by_topic.len();
        if said > 0 { said } else { self.by_topic.len() }
    }

    /// The ideas of organizations and projects that work on it, and what that counts.
    pub(super) fn topics(&self, said: &[String], index: &Index<'_>) -> FxHashMap<usize, f64> {
        let count = |topic: &Passage<'_>| {
            let is_form = |word: &str| matches!(said, [said] if related::relation(said, word) == Some(Relation::Form));
            let mut best =
                if !self.is_part && topic.words().iter().any(|word| is_form(word.whole(topic))) { mention().form } else { 0.0 };
            self.places(topic, |_, factor| best = best.max(factor));
            for (row, factor) in &self.rows {
                each_row(topic, row, |_| best = best.max(*factor));
            }
            // What is but near it tells too little of what a whole project works on.
            if best > mention().near.max(mention().of_name) { best * mention().topic } else { 0.0 }
        };
        let mut found: FxHashMap<usize, f64> = FxHashMap::default();
        for (name, ideas) in &index.outlines.projects.listed {
            let topics = TOPICS.get(name).into_iter().flatten();
            let best = topics.map(count).fold(0.0, f64::max);
            for &idea in ideas.iter().filter(|_| best > 0.0) {
                let known = found.entry(idea as usize).or_default();
                *known = known.max(best);
            }
        }
        found
    }

    pub(super) fn add_topics(&mut self, topics: &FxHashMap<usize, f64>) {
        for (&idea, &factor) in topics {
            if !self.amounts.contains_key(&idea) {
                self.by_topic.insert(idea);
            }
            self.amounts.entry(idea).or_default().add(Fact::Organization, 1.0, factor);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::super::tests::idea;
    use super::*;

    #[test]
    fn organizations_have_topics() {
        assert!(TOPICS.len() > 100);
        for name in ["Apache IoTDB", "Open Policy Agent (OPA)", "KubeEdge", "Jitsi"] {
            assert!(TOPICS.contains_key(&plain(name)), "{name}");
        }
        assert!(TOPICS.iter().all(|(name, topics)| !name.is_empty() && topics.iter().all(|topic| !topic.words().is_empty())));
    }

    #[test]
    fn a_title_names_a_project() {
        let ideas = [
            idea("Port NuttX to a buoy", &[]),
            idea("The nuttx of tides", &[]),
            idea("NuttX on a quay", &[("project", "Sextant")]),
        ];
        let named: Vec<Vec<u32>> = listed(&ideas).into_iter().map(|(_, ideas)| ideas).collect();
        assert_eq!(named, [[0]], "a name has a capital, and an idea of one project is of no other");
    }
}
