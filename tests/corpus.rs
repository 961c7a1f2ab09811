//! The real pages of the corpus, where it is at hand (see `corpus_folder`).
#![allow(clippy::unwrap_used)] // a test that cannot go on has failed

mod corpus_folder;
mod promises;

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;

use mentorship_ideas::idea::Idea;
use mentorship_ideas::layout;
use mentorship_ideas::query::{Filter, Query};
use mentorship_ideas::text::Source;
use serde_json::Value;

/// The pages that the first readers were written for: nothing is missed there, and nothing invented.
const SEEDS: [&str; 5] =
    ["kubeflow-gsoc-2025", "cncf-lfx-2025-3", "kubeflow-technical-review", "kubesphere-gsoc", "kubevirt-gsoc-2023"];

/// Pages and tags on which the labels and we disagree, each with the reason. The list may only shrink.
const DEBATABLE: &[(&str, &str, &str)] =
    &[("cncf-gsoc-2022", "html", "the page writes HTLM"), ("cncf-lfx-2025-3", "kubernetes", "the page writes Kuberntetes")];

struct Page {
    name: String,
    source: Source,
    gold: Value,
}

/// The corpus, if it is at hand.
fn corpus() -> Option<Vec<Page>> {
    let folder = corpus_folder::find()?;
    let pages = corpus_folder::pages(&folder).into_iter().map(|source| {
        let name = source.path().file_stem().unwrap().to_str().unwrap().to_owned();
        let gold = fs::read_to_string(folder.join(format!("gold/{name}.json"))).unwrap();
        Page { source, gold: serde_json::from_str(&gold).unwrap(), name }
    });
    Some(pages.collect())
}

impl Page {
    fn ideas(&self) -> Vec<Idea> {
        layout::read(&self.source).unwrap().ideas
    }

    /// The labelled ideas: title and tags.
    fn gold(&self) -> impl Iterator<Item = (&str, BTreeSet<&str>)> {
        self.gold["ideas"].as_array().unwrap().iter().map(|idea| {
            let tags = idea["tags"].as_array().unwrap().iter().map(|tag| tag.as_str().unwrap());
            (idea["title"].as_str().unwrap(), tags.collect())
        })
    }
}

/// A title by its letters alone: quotes and dashes are nobody's fault.
fn letters(title: &str) -> String {
    title.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

#[test]
fn on_the_seed_pages_every_idea_is_found_and_none_invented() {
    let Some(pages) = corpus() else { return };
    let mut seen = 0;
    for page in pages.iter().filter(|page| SEEDS.contains(&page.name.as_str())) {
        let found: Vec<String> = page.ideas().iter().map(|idea| letters(&idea.title.value)).collect();
        let wanted: Vec<String> = page.gold().map(|(title, _)| letters(title)).collect();
        assert_eq!(found, wanted, "{}", page.name);
        seen += 1;
    }
    assert_eq!(seen, SEEDS.len());
}

#[test]
fn asking_for_a_skill_finds_the_ideas_that_name_it() {
    let Some(pages) = corpus() else { return };
    let tags: BTreeSet<&str> = pages.iter().flat_map(Page::gold).flat_map(|(_, tags)| tags).collect();
    assert!(tags.len() > 40, "labels are missing");
    let mut wrong = String::new();
    let mut debated = 0;
    for page in &pages {
        let ideas = page.ideas();
        for tag in &tags {
            let mut query = Query::default();
            query.require(Filter::Skill, tag).unwrap();
            let found: BTreeSet<String> =
                ideas.iter().filter(|idea| query.matches(idea)).map(|idea| letters(&idea.title.value)).collect();
            let wanted: BTreeSet<String> =
                page.gold().filter(|(_, tags)| tags.contains(tag)).map(|(title, _)| letters(title)).collect();
            let known = DEBATABLE.iter().any(|(name, debated, _)| (*name, *debated) == (page.name.as_str(), *tag));
            match (found == wanted, known) {
                (true, false) => {}
                (false, true) => debated += 1,
                (true, true) => {
                    let _ = writeln!(wrong, "{} {tag}: agreed by now; take it from the list", page.name);
                }
                (false, false) => {
                    let missed: Vec<_> = wanted.difference(&found).collect();
                    let invented: Vec<_> = found.difference(&wanted).collect();
                    let _ = writeln!(wrong, "{} {tag}: missed {missed:?}, invented {invented:?}", page.name);
                }
            }
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
    assert_eq!(debated, DEBATABLE.len(), "the list names pages or tags that are not there");
}

#[test]
fn every_page_keeps_the_promises() {
    let Some(pages) = corpus() else { return };
    for page in &pages {
        if let Err(broken) = promises::check(&page.source) {
            panic!("{}: {broken}", page.name);
        }
    }
}

#[test]
fn a_technical_review_is_a_profile_and_proposes_nothing() {
    let Some(pages) = corpus() else { return };
    let page = pages.iter().find(|page| page.name == "kubeflow-technical-review").unwrap();
    let reading = layout::read(&page.source).unwrap();
    assert!(reading.ideas.is_empty());
    let profile = reading.profile.unwrap();
    assert_eq!(profile.name.value, "Kubeflow");
    assert_eq!(profile.website.unwrap().value, "https://www.kubeflow.org/");
    assert_eq!(profile.updated.unwrap().value, "2025-09-05");
}
