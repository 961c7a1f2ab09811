//! Names that people have used: of projects, and of skills as they are written. They come from the pages that `ideas.toml`
//! names, and from the catalogue that is built in.

use std::collections::{BTreeMap, BTreeSet};

use crate::catalog::{Catalog, Origin};
use crate::config::Config;
use crate::idea::Idea;
use crate::idea::skill::Skills;

/// Names to choose from.
#[derive(Default)]
pub(super) struct Names {
    /// Projects, sorted.
    pub(super) projects: BTreeSet<String>,
    /// Each skill by its canonical name, and how it is mostly written.
    pub(super) skills: BTreeMap<&'static str, String>,
}

impl Names {
    /// The names on the pages of a configuration, and in the catalogue that is built in.
    pub(super) fn of(config: &Config) -> Self {
        let groups = config.pages.clone().map(Origin::Groups);
        let origins: Vec<Origin> = groups.into_iter().chain([Origin::Bundled]).collect();
        let ideas = Catalog::load(&origins).ideas;
        let projects = ideas.iter().filter_map(|idea| idea.project.as_ref()).map(|project| project.value.clone());
        Names { projects: projects.collect(), skills: spellings(&ideas) }
    }
}

fn spellings(ideas: &[Idea]) -> BTreeMap<&'static str, String> {
    let known = Skills::get();
    let mut counts: BTreeMap<&'static str, BTreeMap<&str, usize>> = BTreeMap::new();
    for item in ideas.iter().flat_map(|idea| &idea.skills) {
        // Another name of it would be offered under a name that nobody looks for.
        if let Some(skill) = known.canonical(&item.value).filter(|skill| is_same_name(skill, &item.value)) {
            *counts.entry(skill).or_default().entry(item.value.as_str()).or_default() += 1;
        }
    }
    let written = |skill: &'static str| {
        let spellings = counts.get(skill).into_iter().flatten();
        let most = spellings.max_by_key(|(_, count)| **count).map(|(spelling, _)| *spelling);
        (skill, most.unwrap_or(skill).to_owned())
    };
    known.all().map(written).collect()
}

/// True if two names differ in case, spaces and signs alone.
fn is_same_name(a: &str, b: &str) -> bool {
    let letters = |name: &str| name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect::<String>();
    letters(a) == letters(b)
}
