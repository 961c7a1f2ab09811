//! Ideas by skill, term and organization, and all of them: pages of links that need no script.

use std::collections::HashMap;

use maud::{Markup, html};

use super::Options;
use super::frame::Frame;
use super::paths::{Names, Paths};
use crate::idea::Idea;
use crate::query::facets::Dimension;
use crate::render::{facts, safe};
use crate::text::counted;

/// Rows of a page; a longer list goes on on the next.
const ROWS: usize = 200;
/// Skills that a row names; the others are counted.
const SKILLS: usize = 5;

/// The lists of a site.
pub(super) struct Lists {
    facets: [Facet; 3],
    /// Title and page of each idea.
    ideas: Vec<(String, String)>,
}

/// Lists of ideas that have something in common.
pub(super) struct Facet {
    of: Dimension,
    /// What the lists are called together.
    pub(super) title: &'static str,
    /// The page that has them all.
    pub(super) path: String,
    pub(super) lists: Vec<List>,
    by_value: HashMap<String, usize>,
}

/// The ideas that have a value.
pub(super) struct List {
    pub(super) value: String,
    /// Its first page.
    pub(super) path: String,
    /// The places of its ideas, ascending.
    pub(super) places: Vec<usize>,
}

impl Facet {
    fn new(of: Dimension, title: &'static str, groups: Vec<(String, Vec<usize>)>) -> Self {
        let folder = title.to_lowercase();
        let mut names = Names::default();
        let list = |(value, places): (String, _)| List { path: format!("{folder}/{}.html", names.add(&value)), value, places };
        let lists: Vec<List> = groups.into_iter().map(list).collect();
        let by_value = lists.iter().enumerate().map(|(at, list)| (list.value.clone(), at)).collect();
        Facet { of, title, path: format!("{folder}.html"), lists, by_value }
    }
}

impl Lists {
    pub(super) fn new(ideas: &[Idea], paths: &Paths) -> Self {
        let groups = |of: Dimension| {
            let groups = of.groups(ideas).into_iter();
            groups.map(|group| (group.value, group.places.into_iter().collect())).collect()
        };
        // A year alone says little: each programme has its own. Their order is that of the ideas, by default the newest first.
        let mut terms: Vec<(String, Vec<usize>)> = Vec::new();
        for (place, idea) in ideas.iter().enumerate() {
            let term = facts::term(idea);
            match terms.iter_mut().find(|(known, _)| *known == term) {
                Some((_, places)) => places.push(place),
                None if term.is_empty() => {}
                None => terms.push((term, vec![place])),
            }
        }
        Lists {
            facets: [
                Facet::new(Dimension::Skill, "Skills", groups(Dimension::Skill)),
                Facet::new(Dimension::Term, "Terms", terms),
                Facet::new(Dimension::Organization, "Organizations", groups(Dimension::Organization)),
            ],
            ideas: ideas.iter().enumerate().map(|(at, idea)| (idea.title.value.clone(), paths.idea(at).to_owned())).collect(),
        }
    }

    /// The facets, in the order in which they are shown.
    pub(super) fn facets(&self) -> &[Facet] {
        &self.facets
    }

    /// The page that lists the ideas with a value; a term has its programme before it.
    pub(super) fn path(&self, of: Dimension, value: &str) -> Option<&str> {
        let facet = self.facets.iter().find(|facet| facet.of == of)?;
        facet.by_value.get(value).map(|&at| facet.lists[at].path.as_str())
    }

    /// Title and page of the idea at a place.
    pub(super) fn neighbour(&self, place: Option<usize>) -> Option<(&str, &str)> {
        self.ideas.get(place?).map(|(title, path)| (title.as_str(), path.as_str()))
    }

    /// All pages of lists.
    pub(super) fn pages(&self, ideas: &[Idea], paths: &Paths, options: &Options) -> Vec<(String, Vec<u8>)> {
        let mut pages = Vec::new();
        for facet in &self.facets {
            let frame = Frame { title: Some(facet.title), up: "", scripts: &[], options };
            let main = html! {
                h1 { (facet.title) }
                @if facet.lists.is_empty() { p { "No idea names one." } }
                (links(&facet.lists))
            };
            pages.push((facet.path.clone(), frame.around(&main)));
            for list in &facet.lists {
                pages.extend(numbered(&list.value, &list.path, "../", &list.places, ideas, paths, options));
            }
        }
        let all: Vec<usize> = (0..ideas.len()).collect();
        pages.extend(numbered("All ideas", "all.html", "", &all, ideas, paths, options));
        pages
    }
}

/// Links to lists, with how many ideas each has.
pub(super) fn links(lists: &[List]) -> Markup {
    html! {
        ul.values { @for list in lists { li { a href=(list.path) { (safe::line(&list.value)) } " " span.many { (list.places.len()) } } } }
    }
}

/// The pages of one list.
fn numbered(
    title: &str,
    path: &str,
    up: &str,
    places: &[usize],
    ideas: &[Idea],
    paths: &Paths,
    options: &Options,
) -> Vec<(String, Vec<u8>)> {
    // No name has a dot: the second page of one list is never the first of another.
    let path_of = |page: usize| if page == 0 { path.to_owned() } else { path.replace(".html", &format!(".{}.html", page + 1)) };
    let file = |page: usize| path_of(page).rsplit('/').next().map(str::to_owned).unwrap_or_default();
    let chunks: Vec<&[usize]> = places.chunks(ROWS).collect();
    let page = |(at, chunk): (usize, &&[usize])| {
        let first = at * ROWS + 1;
        let main = html! {
            h1 dir="auto" { (safe::line(title)) }
            p {
                @if chunks.len() == 1 { (counted(places.len(), "idea")) }
                @else { "Ideas " (first) " to " (first + chunk.len() - 1) " of " (places.len()) }
            }
            (rows(chunk.iter().map(|&place| (&ideas[place], format!("{up}{}", paths.idea(place)))), first))
            @if chunks.len() > 1 {
                nav.pages aria-label="Pages" {
                    ul {
                        @for page in 0..chunks.len() {
                            li { a href=(file(page)) aria-current=[(page == at).then_some("page")] { (page + 1) } }
                        }
                    }
                }
            }
        };
        (path_of(at), Frame { title: Some(title), up, scripts: &[], options }.around(&main))
    };
    chunks.iter().enumerate().map(page).collect()
}

/// Ideas, each a link to its page with what one chooses by. The search writes the same (`assets/site/search.js`).
pub(super) fn rows<'a>(ideas: impl Iterator<Item = (&'a Idea, String)>, first: usize) -> Markup {
    html! {
        ol.ideas start=[(first > 1).then_some(first)] {
            @for (idea, path) in ideas {
                li { a href=(path) dir="auto" { (safe::line(&idea.title.value)) } p.meta { (facts_of(idea)) } }
            }
        }
    }
}

/// `Harbor (CNCF) · lfx 2025-3 · easy · 175 hours · go, rust`.
pub(super) fn facts_of(idea: &Idea) -> String {
    let organization = idea.organization.as_ref().map(|name| name.value.as_str());
    let who = match (&idea.project, organization) {
        (Some(project), Some(organization)) if project.value != organization => format!("{} ({organization})", project.value),
        (project, organization) => {
            project.as_ref().map(|name| name.value.as_str()).or(organization).unwrap_or_default().to_owned()
        }
    };
    let skills = idea.tags.iter().take(SKILLS).map(|tag| tag.value).collect::<Vec<_>>().join(", ");
    let skills = if idea.tags.len() > SKILLS { format!("{skills} +{}", idea.tags.len() - SKILLS) } else { skills };
    let parts = [who, facts::term(idea), facts::levels(idea), facts::size(idea), skills];
    let parts = parts.iter().map(|part| safe::line(part)).filter(|part| !part.is_empty());
    parts.collect::<Vec<_>>().join(" · ")
}
