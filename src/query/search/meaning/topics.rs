//! What organizations work on, as the listings of their programmes say: an idea for a program of meetings need not say that it is about
//! video conferences. The listings that are built in are data, in `schemas/organizations/`.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::super::Index;
use super::super::passage::Passage;
use super::super::related::{self, Relation};
use super::{Meaning, mention};
use crate::idea::{Fact, Idea};
use crate::spelling::fold;

/// Where the ideas of an organization are of more projects than this, each is about some of its topics only, and nobody knows which.
const PROJECTS: usize = 10;

/// What each organization works on, by its name.
#[allow(clippy::expect_used)] // built in and tested: a broken file never leaves our hands
static TOPICS: LazyLock<Vec<(String, Vec<Passage<'static>>)>> = LazyLock::new(|| {
    let listed: BTreeMap<String, Vec<String>> =
        serde_json::from_str(include_str!(concat!(env!("OUT_DIR"), "/topics.json"))).expect("schemas/organizations/ is valid");
    let passage = |topic: String| Passage::new(Fact::Organization, topic.into());
    listed.into_iter().map(|(name, topics)| (fold(&name), topics.into_iter().map(passage).collect())).collect()
});

/// What the topics of each organization count, and for which ideas: `count` says what a topic counts.
fn of_ideas(ideas: &[Idea], count: impl Fn(&Passage<'_>) -> f64) -> Vec<(usize, f64)> {
    let best = |topics: &[Passage<'_>]| topics.iter().map(&count).fold(0.0, f64::max);
    let counted = TOPICS.iter().map(|(name, topics)| (name.as_str(), best(topics)));
    let counted: FxHashMap<&str, f64> = counted.filter(|(_, count)| *count > 0.0).collect();
    // Most words are no topic.
    let ideas = if counted.is_empty() { &[] } else { ideas };
    let mut found: FxHashMap<&str, (Vec<usize>, BTreeSet<&str>)> = FxHashMap::default();
    for (at, idea) in ideas.iter().enumerate() {
        let Some(name) = &idea.organization else { continue };
        if let Some((&name, _)) = counted.get_key_value(fold(&name.value).as_str()) {
            let (of_it, projects) = found.entry(name).or_default();
            of_it.push(at);
            projects.extend(idea.project.iter().map(|project| project.value.as_str()));
        }
    }
    let found = found.into_iter().filter(|(_, (_, projects))| projects.len() <= PROJECTS);
    found
        .flat_map(|(name, (ideas, _))| ideas.into_iter().map(move |idea| (name, idea)))
        .map(|(name, idea)| (idea, counted[name]))
        .collect()
}

impl Meaning {
    /// How many ideas say it; if none does, how many are of organizations that work on it.
    pub(in super::super) fn said_in(&self) -> usize {
        let said = self.amounts.len() - self.by_topic.len();
        if said > 0 { said } else { self.by_topic.len() }
    }

    /// The ideas of organizations that work on it, and what that counts.
    pub(super) fn topics(&self, word: &str, index: &Index<'_>) -> Vec<(usize, f64)> {
        let count = |topic: &Passage<'_>| {
            let is_form = |said: &str| related::relation(word, said) == Some(Relation::Form);
            let mut best = if topic.words().iter().any(|said| is_form(said.whole(topic))) { mention().form } else { 0.0 };
            self.places(topic, |_, factor| best = best.max(factor));
            best * mention().topic
        };
        of_ideas(index.ideas, count)
    }

    pub(super) fn add_topics(&mut self, topics: &[(usize, f64)]) {
        for &(idea, factor) in topics {
            if !self.amounts.contains_key(&idea) {
                self.by_topic.insert(idea);
            }
            self.amounts.entry(idea).or_default().add(Fact::Organization, 1.0, factor);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn organizations_have_topics() {
        assert!(TOPICS.len() > 100);
        assert!(TOPICS.iter().all(|(name, topics)| !name.is_empty() && topics.iter().all(|topic| !topic.words().is_empty())));
    }
}
