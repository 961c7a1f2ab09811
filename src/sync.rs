//! Fetches the pages of sources, keeps them in the data folder, and says what changed: ideas new, gone, edited.
//!
//! Each source is fetched whole before anything of it is kept, so one that fails leaves its last good copy as it was. How a kind
//! of place is fetched stands in a file each; what all agree on is a batch of pages.

mod answer;
mod batch;
mod command;
mod content;
mod diff;
mod error;
mod git;
mod group;
mod index;
mod local;
mod page;

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc;
use std::thread;

pub use batch::{MAX_PAGE, MAX_PAGES};
pub(crate) use command::read_local;
pub use error::FetchError;
pub(crate) use git::blobs;
pub use group::end_with_us;

pub(crate) use self::diff::{changed_fields, which};

use self::batch::{Answer, Batch};
use self::diff::Diff;
use crate::catalog::fetched::{FetchedPage, ideas};
use crate::idea::Idea;
use crate::sources::address::Request;
use crate::sources::directory::Directory;
use crate::sources::{Feed, Mirrors, Place};
use crate::storage;
use crate::store::changes::Changes;
use crate::store::{Fault, Manifest, Mark, Page, Snapshot, StateError, Store, Writer, digest};
use crate::web::{Client, Limits, Visit, WebError};

/// How to fetch.
#[derive(Clone, Copy, Debug)]
pub struct Settings {
    /// How long the other side is waited for.
    pub limits: Limits,
    /// How many sources to fetch at a time.
    pub jobs: usize,
    /// Stay away from the network.
    pub offline: bool,
    /// Take sources that have no ideas any more.
    pub allow_empty: bool,
    /// Ask each address of a source that has many only for what is new, by what is kept in the cache folder.
    pub cache: bool,
}

/// Where what is fetched goes.
#[derive(Clone, Copy, Debug)]
pub enum Target<'a> {
    /// Into the data folder.
    Keep {
        /// The right to write there.
        writer: &'a Writer,
        /// The number of the sync that this is part of.
        run: u64,
        /// What that was called for: see [`Changes::scope`].
        scope: &'a [String],
    },
    /// Nowhere: it is only compared with what is there.
    Compare(&'a Store),
}

/// What became of a source.
#[derive(Debug)]
pub struct Outcome {
    /// Its name.
    pub source: String,
    /// What was fetched, or why nothing was.
    pub result: Result<Success, FetchError>,
    /// When its last good copy was fetched: the one that stays if nothing was.
    pub copy: Option<String>,
    /// What the user should know, whatever became of it.
    pub warnings: Vec<String>,
}

/// What was fetched.
#[derive(Debug)]
pub struct Success {
    /// What is different now.
    pub changes: Changes,
    /// How many ideas there are.
    pub ideas: usize,
    /// On how many pages.
    pub pages: usize,
    /// The pages that were left out, each with the reason. If there is an older copy, that one counts.
    pub left_out: Vec<(String, FetchError)>,
}

/// Fetches sources, several at a time; the outcomes are in the order of the sources. `done` is told the name of each that has
/// come to its end, on the caller's own thread; `retries` is told what is tried again, on any. A host that cannot be reached is
/// not asked for other sources.
pub fn fetch(
    feeds: &[Feed],
    target: Target<'_>,
    settings: Settings,
    mirrors: &Mirrors,
    retries: &(dyn Fn(&str) + Sync),
    mut done: impl FnMut(&str),
) -> Vec<Outcome> {
    let client = Client::new(settings.limits, mirrors).skipping_unreachable_hosts(retries);
    let client = if settings.cache { client.with_memory() } else { client };
    let run = Run { target, settings, mirrors, client, at: storage::now() };
    let next = AtomicUsize::new(0);
    let (send, receive) = mpsc::channel();
    let mut outcomes: Vec<(usize, Outcome)> = Vec::with_capacity(feeds.len());
    thread::scope(|scope| {
        for _ in 0..settings.jobs.clamp(1, feeds.len().max(1)) {
            let send = send.clone();
            let (run, next) = (&run, &next);
            scope.spawn(move || {
                loop {
                    let at = next.fetch_add(1, Ordering::Relaxed);
                    let Some(feed) = feeds.get(at) else { break };
                    if send.send((at, run.one(feed))).is_err() {
                        break;
                    }
                }
            });
        }
        drop(send);
        for (at, outcome) in receive {
            done(&outcome.source);
            outcomes.push((at, outcome));
        }
    });
    outcomes.sort_by_key(|(at, _)| *at);
    outcomes.into_iter().map(|(_, outcome)| outcome).collect()
}

/// Asks a programme for the listing of its organizations.
///
/// # Errors
///
/// It cannot be fetched, or is none.
pub fn listing(url: &str, settings: Settings, mirrors: &Mirrors) -> Result<Directory, FetchError> {
    if settings.offline {
        return Err(FetchError::Offline);
    }
    let request = Request { is_api: true, ..Request::page(url) };
    let client = Client::new(settings.limits, mirrors);
    let bodies = page::ask(&client.visit(), &request, &Mark::default())?.map(|asked| asked.bodies);
    let bytes = bodies.and_then(|bodies| bodies.into_iter().next()).unwrap_or_default();
    Ok(Directory::from_listing(&bytes, url)?)
}

struct Run<'a> {
    target: Target<'a>,
    settings: Settings,
    mirrors: &'a Mirrors,
    client: Client<'a>,
    at: String,
}

impl Run<'_> {
    fn one(&self, feed: &Feed) -> Outcome {
        let store = match self.target {
            Target::Keep { writer, .. } => writer.store(),
            Target::Compare(store) => store,
        };
        let failed = |error| Outcome { source: feed.name.clone(), result: Err(error), copy: None, warnings: Vec::new() };
        let old = match store.read(&feed.name) {
            Ok(old) => old,
            // There is nothing in it any more that could be lost; all is fetched anew.
            Err(StateError { what: Fault::Damaged(_), .. }) => None,
            Err(error) => return failed(FetchError::State(error)),
        };
        let copy = old.as_ref().map(|old| old.manifest.fetched.clone());
        let visit = self.client.visit();
        let result = if self.settings.offline && !feed.place.is_local() {
            Err(FetchError::Offline)
        } else {
            self.fetched(feed, old.as_ref(), &visit).and_then(|answer| match (answer, old) {
                (Answer::New(batch), old) => self.keep(feed, old, batch),
                (Answer::Same, Some(old)) => self.same(old),
                (Answer::Same, None) => {
                    Err(WebError::Protocol("304 Not Modified, though nothing was fetched before".to_owned()).into())
                }
            })
        };
        if result.is_ok() {
            visit.remember();
        }
        if result.as_ref().is_ok_and(|done| done.pages == 0 && done.left_out.is_empty()) {
            visit.warn(no_pages(feed));
        }
        Outcome { source: feed.name.clone(), result, copy, warnings: visit.warnings() }
    }

    /// Asks for what is new since `old`, if that can be relied on.
    fn fetched(&self, feed: &Feed, old: Option<&Snapshot>, visit: &Visit<'_>) -> Result<Answer, FetchError> {
        // Nothing that was fetched whole is without pages; the mark is of something else.
        let old = old.filter(|old| old.manifest.asked == feed.asked && !old.pages.is_empty() && old.is_sound());
        let mark = old.map(|old| old.manifest.mark.clone()).unwrap_or_default();
        match &feed.place {
            Place::Path(path) => local::fetch(feed, path),
            // Its organizations are fetched, each by itself.
            Place::Directory(_) => Err(FetchError::Empty),
            Place::Page(url) => page::fetch(visit, feed, url, &mark),
            Place::Git { url, branch } => {
                let folder = match self.target {
                    Target::Keep { writer, .. } => writer.temporary_folder()?,
                    Target::Compare(_) => tempfile::tempdir().map_err(FetchError::TemporaryFolder)?,
                };
                let from = self.mirrors.apply(url);
                let repository = git::Repository::new(url, &from, branch.as_deref(), folder.path(), self.settings.limits);
                repository.fetch(feed, &mark, visit)
            }
        }
    }

    fn keep(&self, feed: &Feed, old: Option<Snapshot>, batch: Batch) -> Result<Success, FetchError> {
        let had_pages = old.as_ref().is_some_and(|old| !old.pages.is_empty());
        let first = old.is_none();
        let old_pages = old.map(|old| known_pages(&old, &batch.pages)).unwrap_or_default();
        // Of a source whose copy is lost as a whole nothing is known.
        let first = first || (had_pages && old_pages.is_empty());
        let before = ideas(old_pages.clone());
        let Batch { mark, pages, left_out } = with_old(batch, feed, &old_pages, &before)?;
        let after = ideas(pages.clone());
        let (had, has) = (count(&before), count(&after));
        // What stands in front of the page is not what the page says.
        if let (0, [page], Place::Page(_), false) = (has, pages.as_slice(), &feed.place, self.settings.allow_empty)
            && let Some(error) = content::obstacle(page)
        {
            return Err(error);
        }
        // It may be a mishap, also of a file of the user's own, and what is here is all that is left.
        if had > 0 && has == 0 && !self.settings.allow_empty {
            return Err(FetchError::NoIdeas { name: feed.name.clone(), had });
        }
        let changes = Changes { first, ..self.changes(feed.name.clone(), diff::compare(&before, &after)) };
        let success = Success { ideas: has, pages: pages.len(), left_out, changes };
        if let Target::Keep { writer, .. } = self.target {
            // What was left out is asked for again.
            let mark = if success.left_out.is_empty() { mark } else { Mark::default() };
            let contents: Vec<&[u8]> = pages.iter().map(|page| &*page.bytes).collect();
            let (source, asked, fetched) = (feed.name.clone(), feed.asked.clone(), self.at.clone());
            let manifest = Manifest { source, asked, mark, fetched, pages: facts(&pages, &after) };
            writer.commit(&manifest, &contents, Some(&success.changes).filter(|changes| !changes.is_empty()))?;
        }
        Ok(success)
    }

    /// Remembers that nothing has changed.
    fn same(&self, old: Snapshot) -> Result<Success, FetchError> {
        let manifest = old.manifest.still_so(self.at.clone());
        if let Target::Keep { writer, .. } = self.target {
            writer.commit_unchanged(&manifest)?;
        }
        let changes = self.changes(manifest.source.clone(), Diff::default());
        Ok(Success { ideas: manifest.ideas(), pages: manifest.pages.len(), left_out: Vec::new(), changes })
    }

    /// What this sync has changed in a source that was known.
    fn changes(&self, source: String, diff: Diff) -> Changes {
        let (run, scope) = match self.target {
            Target::Keep { run, scope, .. } => (run, scope.to_vec()),
            Target::Compare(_) => (0, Vec::new()),
        };
        let Diff { new, gone, moved, edited } = diff;
        Changes { source, at: self.at.clone(), run, scope, first: false, new, gone, moved, edited }
    }
}

/// The pages of a batch, and the old ones in place of those that cannot be taken: what could not be fetched, and what arrived cut
/// or broken.
fn with_old(mut batch: Batch, feed: &Feed, old: &[FetchedPage], before: &[Vec<Idea>]) -> Result<Batch, FetchError> {
    // Of a source of many, any JSON may be a page, and of some nobody wants ideas.
    let had_ideas = |path: &str| old.iter().zip(before).any(|(page, ideas)| page.path == path && !ideas.is_empty());
    let is_only = matches!(feed.place, Place::Page(_)) && batch.pages.len() + batch.left_out.len() == 1;
    batch.pages.retain(|page| match page.fault().filter(|_| is_only || had_ideas(&page.path)) {
        Some(fault) => {
            batch.left_out.push((page.path.clone(), fault.into()));
            false
        }
        None => true,
    });
    if is_only && let Some((_, fault)) = batch.left_out.pop() {
        return Err(fault);
    }
    for (path, _) in &batch.left_out {
        batch.pages.extend(old.iter().find(|page| page.path == *path).cloned());
    }
    batch.pages.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(batch)
}

/// That nothing is there which a source would take, and what to do.
fn no_pages(feed: &Feed) -> String {
    let name = &feed.name;
    let patterns: Vec<String> = feed.patterns().map(|pattern| format!("`{pattern}`")).collect();
    let what = match patterns.as_slice() {
        [] if matches!(feed.place, Place::Page(_)) => return format!("{name}: it leads to no page"),
        [] => "no Markdown, HTML or JSON file is there".to_owned(),
        [one] => format!("no file matches its pattern {one}"),
        _ => format!("no file matches any of its patterns {}", patterns.join(", ")),
    };
    format!("{name}: {what}; `ideas sources add` with `--glob` takes other files, `ideas sources remove {name}` stops asking")
}

fn count(ideas: &[Vec<Idea>]) -> usize {
    ideas.iter().map(Vec::len).sum()
}

/// The pages of a former state, as far as it is known what they said: those that can still be read, and those that are `now`
/// what they were then.
fn known_pages(old: &Snapshot, now: &[FetchedPage]) -> Vec<FetchedPage> {
    let known = |(page, bytes): (&Page, &Result<Vec<u8>, StateError>)| {
        let bytes = match bytes {
            Ok(bytes) => bytes,
            Err(_) => &now.iter().find(|now| now.path == page.path && digest(&now.bytes) == page.blob)?.bytes,
        };
        Some(FetchedPage::known(page, bytes.clone()))
    };
    old.manifest.pages.iter().zip(&old.pages).filter_map(known).collect()
}

/// What is remembered of pages besides what they hold.
fn facts(pages: &[FetchedPage], ideas: &[Vec<Idea>]) -> Vec<Page> {
    let facts = |(page, ideas): (&FetchedPage, &Vec<Idea>)| Page {
        path: page.path.clone(),
        url: page.url.clone(),
        blob: digest(&page.bytes),
        bytes: page.bytes.len(),
        ideas: ideas.len(),
        organization: page.given.organization.clone(),
        program: page.given.program.as_ref().map(ToString::to_string),
        term: page.given.term.map(|term| term.to_string()),
    };
    pages.iter().zip(ideas).map(facts).collect()
}
