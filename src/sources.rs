//! Where pages can be fetched from: the sources that are well known (`schemas/sources.toml`), and those the user has chosen
//! (`sources.toml` in the data folder). Nothing is fetched here, and only what is chosen is ever fetched.
//!
//! A source is called [`Feed`] in code: a [`Source`](crate::text::Source) is the text of a page there.

pub mod address;
pub mod directory;
mod entry;
mod hosts;
pub mod index;
pub mod issues;
pub mod known;
mod mirrors;
pub mod own;
mod pattern;
pub mod place;

use std::path::Path;

use ignore::gitignore::Gitignore;

pub(crate) use hosts::page as page_url;
pub use mirrors::Mirrors;
pub use place::Place;

use self::pattern::Pattern;
use crate::catalog::{Given, files};
use crate::idea::Term;

/// A source of pages.
#[derive(Clone, Debug)]
pub struct Feed {
    /// What it is called: no two have the same name, whatever the case.
    pub name: String,
    /// What it is, for people; known sources have it.
    pub about: Option<String>,
    /// Where its pages are.
    pub place: Place,
    /// Which of them count, and what they need not say. A page belongs to the first group that it fits.
    groups: Vec<Group>,
    /// Everything about it that matters for what is fetched, as text.
    pub asked: String,
}

/// True if two names are of one source.
pub fn is_same_name(one: &str, other: &str) -> bool {
    one.to_lowercase() == other.to_lowercase()
}

/// Pages of a source, and what they need not say.
#[derive(Clone, Debug)]
struct Group {
    /// Which; all if nothing is said.
    files: Option<Files>,
    given: Given,
    /// How a page's path says its term.
    term: Option<Pattern>,
}

/// Patterns for paths, as in `.gitignore`.
#[derive(Clone, Debug)]
struct Files {
    said: Vec<String>,
    matcher: Gitignore,
}

impl Feed {
    /// The patterns that choose its pages; none if all of its files are.
    pub fn patterns(&self) -> impl Iterator<Item = &str> {
        self.groups.iter().filter_map(|group| group.files.as_ref()).flat_map(|files| &files.said).map(String::as_str)
    }

    /// True if it has that name.
    pub fn is_called(&self, name: &str) -> bool {
        is_same_name(&self.name, name)
    }

    /// What a page of this source need not say, by its path in there; `None` if it is no page of this source.
    pub fn given(&self, path: &str) -> Option<Given> {
        Some(self.groups.iter().find(|group| group.holds(path))?.given(path))
    }

    /// What the only page of this source need not say: of an address, or a file.
    pub fn given_to_one(&self, path: &str) -> Given {
        self.groups.first().map(|group| group.given(path)).unwrap_or_default()
    }
}

impl Group {
    fn holds(&self, path: &str) -> bool {
        let is_wanted = |files: &Files| files.matcher.matched_path_or_any_parents(path, false).is_ignore();
        files::is_page(Path::new(path)) && self.files.as_ref().is_none_or(is_wanted)
    }

    fn given(&self, path: &str) -> Given {
        let term = self.term.as_ref().and_then(|term| term_of(term, path));
        Given { term: term.or(self.given.term), ..self.given.clone() }
    }
}

fn term_of(pattern: &Pattern, path: &str) -> Option<Term> {
    let holes = pattern.fit(path)?;
    let year = holes.get("year")?;
    let part = holes.get("part").map(|part| format!("-{}", part.trim_start_matches('0')));
    Term::exact(&format!("{year}{}", part.unwrap_or_default()))
}
