//! The catalogue that is built in: the files of `ideas/`.
#![allow(clippy::unwrap_used)] // a test that cannot go on has failed

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use mentorship_ideas::catalog::{Catalog, Origin};
use mentorship_ideas::layout;
use mentorship_ideas::text::Source;

/// How many ideas there are. An edit of `ideas/` is an edit of this number.
const IDEAS: usize = 59;

fn files() -> Vec<PathBuf> {
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("ideas")];
    let mut files = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() { folders.push(path) } else { files.push(path) }
        }
    }
    files.sort();
    files
}

#[test]
fn everything_that_is_built_in_is_read_without_a_word() {
    let catalog = Catalog::load(&[Origin::Bundled]);
    assert_eq!(catalog.ideas.len(), IDEAS);
    assert_eq!(catalog.notices, []);
    assert!(!catalog.profiles.is_empty());
    assert_eq!(catalog.ideas.len() + catalog.profiles.len(), files().len());
}

#[test]
fn every_file_holds_one_idea_or_one_profile() {
    for path in files() {
        let (source, oddities) = Source::decode(&path, fs::read(&path).unwrap());
        assert_eq!(oddities, [], "{}", path.display());
        let reading = layout::read(&source).unwrap();
        assert_eq!(reading.problems, [], "{}", path.display());
        assert_eq!(reading.ideas.len() + usize::from(reading.profile.is_some()), 1, "{}", path.display());
    }
}

#[test]
fn ids_are_unique() {
    let catalog = Catalog::load(&[Origin::Bundled]);
    let ids: BTreeSet<&str> = catalog.ideas.iter().map(|idea| idea.id.as_str()).collect();
    assert_eq!(ids.len(), catalog.ideas.len());
}

#[test]
fn no_file_names_an_address() {
    for path in files() {
        let text = fs::read_to_string(&path).unwrap();
        assert!(!has_address(&text), "{}", path.display());
    }
    let catalog = Catalog::load(&[Origin::Bundled]);
    assert!(catalog.ideas.iter().flat_map(|idea| &idea.mentors).all(|mentor| mentor.email.is_none()));
}

#[test]
fn an_address_would_be_seen() {
    for text in
        ["ada@example.org", "Ada <ada.b@mail.example.org>", "ada (at) example (dot) org", "ada [at] example.org", "mailto:x"]
    {
        assert!(has_address(text), "{text}");
    }
    for text in ["@ada", "look at example.org", "https://example.org/@ada", "version @ 1.2", "docker.io/image@sha256:12ab"] {
        assert!(!has_address(text), "{text}");
    }
}

/// True for an address, also for one that hides.
fn has_address(text: &str) -> bool {
    let lower = text.to_lowercase();
    if ["mailto:", "(at)", "[at]", "{at}", "(dot)", "[dot]"].iter().any(|mark| lower.contains(mark)) {
        return true;
    }
    text.match_indices('@').any(|(at, _)| {
        let word = |c: char| c.is_alphanumeric() || ".-_+".contains(c);
        let before = text[..at].chars().next_back().is_some_and(|c| word(c) && c != '.');
        let after = &text[at + 1..];
        let host = &after[..after.find(|c: char| !word(c)).unwrap_or(after.len())];
        before && host.trim_end_matches('.').split_once('.').is_some_and(|(name, end)| !name.is_empty() && end.len() > 1)
    })
}
