//! The index: the search, and below it what works without it.

use maud::{Markup, html};

use super::frame::Frame;
use super::lists::{Facet, Lists, links, rows};
use super::paths::Paths;
use super::{Options, search};
use crate::idea::Idea;
use crate::text::counted;

/// Ideas that are there before anybody has searched.
const FIRST: usize = 10;
/// Values of each facet; its own page has all.
const VALUES: usize = 12;

/// What the search can be narrowed by: the name of the filter, as `ideas list` has it, and its label.
const FILTERS: [(&str, &str); 7] = [
    ("skill", "Skill"),
    ("organization", "Organization"),
    ("project", "Project"),
    ("program", "Program"),
    ("term", "Term"),
    ("difficulty", "Difficulty"),
    ("hours", "Hours"),
];

/// The page.
pub(super) fn page(ideas: &[Idea], lists: &Lists, paths: &Paths, options: &Options) -> Vec<u8> {
    let first = ideas.iter().enumerate().take(FIRST).map(|(place, idea)| (idea, paths.idea(place).to_owned()));
    let main = html! {
        (form())
        section aria-labelledby="found" {
            h2 #found { "Ideas" }
            p #count role="status" { (counted(ideas.len(), "idea")) @if ideas.len() > FIRST { ", the first " (FIRST) ":" } }
            div #results { (rows(first, 1)) }
            p.more {
                button #more type="button" hidden { "Show more" }
                a #all href="all.html" { "All ideas, page by page" }
            }
        }
        section aria-labelledby="browse" {
            h2 #browse { "Browse" }
            @for facet in lists.facets() { (values(facet)) }
        }
    };
    Frame { title: None, up: "", scripts: &[search::INDEX, "search.js"], options }.around(&main)
}

/// The search; its script shows it, as nothing else could answer.
fn form() -> Markup {
    html! {
        form #search role="search" hidden {
            div.field {
                label for="q" { "Search ideas" }
                input #q type="search" autocomplete="off" spellcheck="false" aria-describedby="hint" aria-controls="results";
            }
            p.hint #hint { "All words must be found: in titles, skills, names or texts. A - before a word excludes it." }
            details #filters {
                summary { "Filters" }
                div.filters {
                    @for (name, label) in FILTERS {
                        div.field { label for={ "f-" (name) } { (label) } select id={ "f-" (name) } data-filter=(name) {} }
                    }
                }
            }
            ul #chosen aria-label="Filters in use" hidden {}
        }
    }
}

fn values(facet: &Facet) -> Markup {
    let all = facet.lists.len();
    html! {
        @if all > 0 {
            h3 { (facet.title) }
            (links(&facet.lists[..all.min(VALUES)]))
            @if all > VALUES { p { a href=(facet.path) { "All " (all) " " (facet.title.to_lowercase()) } } }
        }
    }
}
