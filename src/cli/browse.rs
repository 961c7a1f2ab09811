//! `ideas browse`: the full screen; and the choice of ideas on it, for commands that need to know which.

use std::env;

use anyhow::{Context, bail};

use super::duplicates::DuplicatesArg;
use super::filters::{FilterArgs, SortArg};
use super::matching::WishArgs;
use super::{Exit, GlobalArgs, Session, exit_of, is_terminal};
use crate::browse::marks::Marks;
use crate::browse::{Browser, Purpose, session as screen};
use crate::catalog::Catalog;
use crate::idea::Idea;
use crate::query::fit::Wishes;
use crate::query::once::Once;
use crate::query::sort::newest_first;
use crate::shortlist;

const EXAMPLES: &str = "\
Examples:
  ideas browse
  ideas browse --skill go --hours ..175          only among these
  ideas browse --shortlisted --sort term
  curl -s https://example.org/ideas.md | ideas --catalog - browse

Keys: / types a filter, Enter keeps it, Esc drops it. Its words are found in titles, names and skills, also with letters left out \
(hlm finds helm), and as they stand in long texts, the best first; 'word, ^word, word$ and !word as in fzf. f chooses facets, s sorts, Enter opens an idea, b puts it on the shortlist, n notes something about it, Space selects several, c compares those, o opens the upstream \
issue, y copies its URL and Y the id. ? shows all keys, q quits.";

/// What `ideas browse` takes.
#[derive(Clone, Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    #[command(flatten)]
    filters: FilterArgs,
    #[command(flatten)]
    sort: SortArg,
    #[command(flatten)]
    duplicates: DuplicatesArg,
}

impl Args {
    pub(super) fn run(&self, global: &GlobalArgs, session: &mut Session<'_>) -> anyhow::Result<Exit> {
        if !is_terminal() {
            bail!("`ideas browse` needs a terminal, and standard output is none; `ideas list` writes to files and pipes");
        }
        let mut query = global.query(&self.filters)?;
        let mut catalog = global.load_for(&mut query, session)?;
        let once = self.duplicates.choose(&query, &mut catalog);
        let mut ideas = catalog.at(&once.shown);
        self.sort.apply(&mut ideas);
        if ideas.is_empty() {
            global.say_nothing_matched(&query, &catalog, session)?;
        } else {
            let mut wishes = WishArgs::default().resolve(&FilterArgs::default(), global, session)?.map(|(wishes, _)| wishes);
            if let Some(wishes) = &mut wishes {
                super::matching::warn_of_unknown(wishes, &catalog.ideas, global, session)?;
            }
            show(ideas, &catalog, &self.sort, Purpose::Browse, wishes, session)?;
        }
        Ok(exit_of(&catalog))
    }
}

/// Has ideas chosen on the screen, by their places among all; none if nobody wanted any.
pub(super) fn pick(once: &Once, catalog: &Catalog, session: &mut Session<'_>) -> anyhow::Result<Vec<usize>> {
    let mut places = once.shown.clone();
    places.sort_by_cached_key(|&place| newest_first(&catalog.ideas[place]));
    let chosen = show(catalog.at(&places), catalog, &SortArg::default(), Purpose::Pick, None, session)?;
    Ok(chosen.into_iter().map(|chosen| places[chosen]).collect())
}

fn show(
    ideas: Vec<&Idea>,
    catalog: &Catalog,
    sort: &SortArg,
    purpose: Purpose,
    wishes: Option<Wishes>,
    session: &mut Session<'_>,
) -> anyhow::Result<Vec<usize>> {
    if env::var_os("TERM").is_some_and(|terminal| terminal == "dumb") {
        bail!("the terminal is dumb, as TERM says: it cannot show a screen; `ideas list` and `ideas show ID` print");
    }
    // What was said so far belongs to the screen that is left.
    session.err.flush()?;
    let (marks, broken) = match shortlist::entries() {
        Ok(entries) => (Marks::new(entries, &catalog.ideas), None),
        Err(error) => (Marks::default(), Some(error.to_string())),
    };
    let mut browser = Browser::new(ideas, sort.sort.as_ref(), marks, purpose, session.dated_look());
    if let Some(wishes) = wishes {
        browser.compare_with(wishes);
    }
    if let Some(broken) = broken {
        browser.tell(broken);
    }
    screen::run(&mut browser).context("cannot show the screen")
}
