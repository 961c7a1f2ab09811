//! What a search should find: the queries of `tests/relevance.toml` over the real pages of the corpus.
//!
//! The corpus is no part of this repository: `IDEAS_CORPUS` names its folder, else it is looked for beside the checkout, in
//! `../shared/corpus`. Without it this says that it checks nothing; under `CI` it fails.
#![allow(clippy::unwrap_used)] // a test that cannot go on has failed

use std::env;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use mentorship_ideas::catalog::{Catalog, Origin};
use mentorship_ideas::idea::Idea;
use serde::Deserialize;

#[derive(Deserialize)]
struct File {
    query: Vec<Wanted>,
}

/// A query, and the idea that it should find.
#[derive(Deserialize)]
struct Wanted {
    text: String,
    title: String,
    project: Option<String>,
}

impl Wanted {
    fn is(&self, idea: &Idea) -> bool {
        let named = |name: &Option<_>| {
            name.as_ref().is_some_and(|name: &mentorship_ideas::text::Spanned<String>| Some(&name.value) == self.project.as_ref())
        };
        let filed = self.project.is_none() || named(&idea.project) || named(&idea.organization);
        idea.title.value == self.title && filed
    }
}

fn queries() -> Vec<Wanted> {
    toml::from_str::<File>(include_str!("relevance.toml")).unwrap().query
}

/// The ideas of the corpus; `None`, and loudly so, where it is not at hand.
fn corpus() -> Option<Vec<Idea>> {
    let beside = || Path::new(env!("CARGO_MANIFEST_DIR")).parent().map(|parent| parent.join("shared/corpus"));
    let folder = env::var_os("IDEAS_CORPUS").map(PathBuf::from).or_else(beside).filter(|folder| folder.is_dir());
    let Some(folder) = folder else {
        assert!(env::var_os("CI").is_none(), "CI must have the corpus: set IDEAS_CORPUS to its folder");
        // `eprintln!` is kept back in a test that passes.
        let _ =
            writeln!(io::stderr(), "SKIPPED: there is no corpus here, and nothing was checked; set IDEAS_CORPUS to its folder");
        return None;
    };
    Some(Catalog::load(&[Origin::Path(folder.join("pages"))]).ideas)
}

#[test]
fn every_expected_idea_is_there() {
    let queries = queries();
    assert_eq!(queries.len(), 40);
    let Some(ideas) = corpus() else { return };
    for wanted in &queries {
        assert!(ideas.iter().any(|idea| wanted.is(idea)), "no idea is called {:?} in {:?}", wanted.title, wanted.project);
    }
}
