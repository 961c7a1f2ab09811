//! Ideas as a static web site: an index with search, a page for each idea, lists, an Atom feed, and the JSON beside it.
//!
//! A [`Site`] is a set of files in memory; [`folder`] writes it, [`serve`] shows it. The same ideas, options and days give the
//! same bytes. Nothing of a site asks for anything outside of it, and everything works from `file://`: pages refer to each other
//! by relative paths, and data comes in scripts.
//!
//! Everything in an idea was written by strangers. Text is escaped by the templates (`maud`), Markdown goes through `markup`,
//! a strict Content-Security-Policy stands in every page, and addresses are left out unless they are asked for (`published`).
//!
//! | file | what it makes |
//! |---|---|
//! | `published` | the ideas as they are published; `addresses` finds what is left out |
//! | `markup` | a description as harmless HTML |
//! | `frame` | what stands around every page |
//! | `article` | the page of an idea |
//! | `lists` | ideas by skill, term, organization; all of them |
//! | `home` | the index |
//! | `search` | the data that the index searches |
//! | `feed` | the Atom feed |
//! | [`compare`] | ideas side by side, as one page that stands alone |
//! | [`shortlist`] | the shortlist as one page that stands alone |
//! | [`folder`] | the site on disk |
//! | [`serve`](mod@serve) | the site on loopback |

mod addresses;
mod article;
pub mod compare;
mod feed;
pub mod folder;
mod frame;
mod home;
mod lists;
mod markup;
mod paths;
mod published;
mod search;
pub mod serve;
pub mod shortlist;

use std::collections::BTreeMap;
use std::io::{self, Write};

use rayon::prelude::*;
use url::Url;

use crate::idea::Idea;
use crate::programs::Date;
use crate::render::json;
use lists::Lists;
use paths::Paths;

/// What can be chosen about a site.
#[derive(Clone, Debug)]
pub struct Options {
    /// What it is called.
    pub title: String,
    /// Where it will stand on the web, if that is known: links of the feed are whole then.
    pub url: Option<Url>,
    /// Mentors' e-mail addresses are published, too.
    pub with_addresses: bool,
    /// The day on which ideas are seen that were not there before.
    pub today: Date,
}

/// When each idea was first on a site, by its id: what the feed calls new.
pub type FirstSeen = BTreeMap<String, String>;

/// The files of a site, by their paths below its folder.
#[derive(Debug)]
pub struct Site {
    /// Paths have `/` between their parts; each part is letters, digits, hyphens and dots.
    pub files: BTreeMap<String, Vec<u8>>,
    /// For the next time it is made.
    pub first_seen: FirstSeen,
}

/// The style of every page.
const STYLE: &str = include_str!("../assets/site/site.css");
/// What searches on the index.
const SEARCH: &str = include_str!("../assets/site/search.js");

impl Site {
    /// Makes the site of `ideas`, in their order. `before` says when they were first on an earlier one.
    ///
    /// # Errors
    ///
    /// An idea cannot be written as JSON.
    pub fn new(ideas: &[&Idea], options: &Options, before: &FirstSeen) -> io::Result<Self> {
        let ideas = published::publish(ideas, options.with_addresses);
        let paths = Paths::new(&ideas);
        let lists = Lists::new(&ideas, &paths);
        let first_seen: FirstSeen = ideas
            .iter()
            .map(|idea| {
                let day = before.get(&idea.id).cloned().unwrap_or_else(|| options.today.to_string());
                (idea.id.clone(), day)
            })
            .collect();

        let mut files: BTreeMap<String, Vec<u8>> = BTreeMap::new();
        let mut add = |path: &str, bytes: Vec<u8>| files.insert(path.to_owned(), bytes);
        add("site.css", STYLE.into());
        add("search.js", SEARCH.into());
        let mut written = Vec::new();
        json::write(&ideas, &mut written)?;
        add("ideas.json", written);
        add("feed.xml", feed::write(&ideas, &paths, &first_seen, options)?);
        add("index.html", home::page(&ideas, &lists, &paths, options));
        files.extend(search::files(&ideas, &paths));
        files.extend(lists.pages(&ideas, &paths, options));
        let pages: Vec<_> = ideas
            .par_iter()
            .enumerate()
            .map(|(place, idea)| (paths.idea(place).to_owned(), article::page(idea, &lists, place, options)))
            .collect();
        files.extend(pages);
        Ok(Site { files, first_seen })
    }
}

/// Writes ideas as one HTML page that needs no other file, one idea after the other.
///
/// # Errors
///
/// `out` cannot be written.
pub fn write_alone(ideas: &[&Idea], with_addresses: bool, out: &mut dyn Write) -> io::Result<()> {
    out.write_all(&article::alone(&published::publish(ideas, with_addresses), with_addresses))
}
