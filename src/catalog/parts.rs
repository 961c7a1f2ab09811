//! Origins, read a part at a time: so many pages in parallel, then the next, in the order in which they are told.

use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::mpsc;
use std::time::Instant;
use std::{mem, slice, thread, vec};

use super::seen::Seen;
use super::{
    Cache, Catalog, Given, Home, Level, Notice, Origin, Page, STDIN, Wanted, bundled, fetched, folder, read_bytes, read_named,
};
use crate::storage;
use crate::store::{Answers, Store};
use crate::text::counted;

/// So many pages are read together: enough for many cores, and few enough for little memory.
const AT_ONCE: usize = 256;

/// The parts of a catalogue: put together they are [`Catalog::load`].
#[derive(Debug, Default)]
pub struct Parts<'o> {
    origins: slice::Iter<'o, Origin>,
    pile: Option<Pile<'o>>,
    cache: Option<Cache>,
    wanted: Wanted,
    answers: Answers,
    /// What there is to say before anything is read.
    notice: Option<Notice>,
    seen: Seen,
    bundled: bool,
    piped: bool,
}

/// An origin that is being read.
#[derive(Debug)]
struct Pile<'o> {
    origin: &'o Origin,
    left: Left<'o>,
    /// How many ideas there were so far.
    ideas: usize,
    start: Instant,
}

/// What is still to be read of an origin.
#[derive(Debug)]
enum Left<'o> {
    Nothing,
    Files(Files<'o>),
    Sources(&'o Store, vec::IntoIter<fetched::Known>, fetched::Shared),
}

/// Files, each with what it need not say.
#[derive(Debug)]
struct Files<'o> {
    /// What stands for all of them.
    path: &'o Path,
    left: vec::IntoIter<(PathBuf, Option<&'o Given>)>,
    /// How many held nothing so far.
    silent: usize,
    /// Some page holds an idea.
    has_ideas: bool,
}

impl<'o> Parts<'o> {
    /// The parts of these origins; nothing is read before one is asked for.
    pub fn of(origins: &'o [Origin]) -> Self {
        let seen = Seen::of(origins);
        Parts { origins: origins.iter(), seen, ..Self::default() }
    }

    /// The same parts, where pages that have not changed are not read again.
    #[must_use]
    pub fn with_cache(self, cache: Option<Cache>) -> Self {
        Parts { cache, ..self }
    }

    /// The same parts, where what nobody wants may be missing.
    #[must_use]
    pub fn wanted(self, wanted: Wanted) -> Self {
        Parts { wanted, ..self }
    }

    /// The same parts, whose ideas come with what `ideas check` was answered. Where that cannot be read, they come without it.
    #[must_use]
    pub fn with_answers(self, store: &Store) -> Self {
        match store.answers() {
            Ok(answers) => Parts { answers, ..self },
            Err(error) => {
                let message = format!("what `ideas check` was answered cannot be read: {}{}", error.what, error.mend());
                let path = error.path.display().to_string();
                Parts { notice: Some(Notice { level: Level::Warning, path, position: None, message }), ..self }
            }
        }
    }

    /// Hands the parts to `each`, one by one, and reads the next one meanwhile.
    ///
    /// # Errors
    ///
    /// Those of `each`: after the first one nothing more is read.
    pub fn read_ahead<E>(self, each: impl FnMut(Catalog) -> Result<(), E>) -> Result<(), E> {
        thread::scope(|scope| {
            // Three parts at the most: one is read, one waits, one is with `each`.
            let (send, parts) = mpsc::sync_channel(1);
            scope.spawn(move || {
                let mut parts = self;
                parts.try_for_each(|part| send.send(part))
            });
            parts.into_iter().try_for_each(each)
        })
    }

    /// The first part of an origin, all that there is or what can be said before its pages are read; and what is left.
    fn begin(&mut self, origin: &'o Origin, part: &mut Catalog) -> Left<'o> {
        match origin {
            Origin::Path(path) if path.is_dir() => {
                let (mut files, mut notices) = folder::files(path);
                if files.is_empty() && notices.is_empty() {
                    notices.push(folder::no_pages(path));
                }
                part.notices.append(&mut notices);
                let mut is_new = self.seen.new_below(path);
                files.retain(|file| is_new(file));
                drop(is_new);
                Left::files(path, files.into_iter().map(|file| (file, None)).collect())
            }
            Origin::Groups(groups) => {
                let (mut files, mut notices) = groups.files();
                part.notices.append(&mut notices);
                let mut is_new = self.seen.new_below(&groups.folder);
                files.retain(|(file, _)| is_new(file));
                drop(is_new);
                Left::files(&groups.described_in, files.into_iter().map(|(file, group)| (file, Some(&group.given))).collect())
            }
            Origin::Fetched(store) => Left::sources(store),
            Origin::Address(address) => {
                part.notices.extend_from_slice(&address.notices);
                match &address.store {
                    Some(store) => Left::sources(store),
                    None => Left::Nothing,
                }
            }
            Origin::Path(path) => {
                if self.seen.is_new(path) {
                    part.add(read_named(path, self.cache.as_mut()), true);
                }
                Left::Nothing
            }
            Origin::Stdin => {
                if !mem::replace(&mut self.piped, true) {
                    add_stdin(part);
                }
                Left::Nothing
            }
            Origin::Bundled => {
                if !mem::replace(&mut self.bundled, true) {
                    add_all(part, bundled::read(), &Seen::default());
                }
                Left::Nothing
            }
        }
    }
}

impl Parts<'_> {
    /// Adds the next part; false if there is none.
    pub(super) fn add_next(&mut self, catalog: &mut Catalog) -> bool {
        let before = catalog.ideas.len();
        let mut pile = if let Some(mut pile) = self.pile.take() {
            pile.left.read(&self.seen, self.cache.as_mut(), &self.wanted, catalog);
            pile
        } else {
            let Some(origin) = self.origins.next() else { return false };
            let start = Instant::now();
            Pile { origin, left: self.begin(origin, catalog), ideas: 0, start }
        };
        catalog.notices.extend(self.notice.take());
        self.answers.attach(&mut catalog.ideas[before..]);
        pile.ideas += catalog.ideas.len() - before;
        if pile.left.is_empty() {
            log::info!("{}: {} ideas, read in {:.1?}", pile.origin, pile.ideas, pile.start.elapsed());
        } else {
            self.pile = Some(pile);
        }
        true
    }
}

impl Iterator for Parts<'_> {
    type Item = Catalog;

    fn next(&mut self) -> Option<Catalog> {
        let mut part = Catalog::default();
        self.add_next(&mut part).then_some(part)
    }
}

impl<'o> Left<'o> {
    fn files(path: &'o Path, files: Vec<(PathBuf, Option<&'o Given>)>) -> Self {
        Left::Files(Files { path, left: files.into_iter(), silent: 0, has_ideas: false })
    }

    fn sources(store: &'o Store) -> Self {
        let sources = fetched::sources(store);
        let shared = fetched::shared(&sources);
        Left::Sources(store, sources.into_iter(), shared)
    }

    fn is_empty(&self) -> bool {
        match self {
            Left::Nothing => true,
            Left::Files(files) => files.left.len() == 0,
            Left::Sources(_, sources, _) => sources.len() == 0,
        }
    }

    /// Adds the next pages.
    fn read(&mut self, seen: &Seen, cache: Option<&mut Cache>, wanted: &Wanted, part: &mut Catalog) {
        match self {
            Left::Nothing => {}
            Left::Files(files) => files.read(seen, cache, wanted, part),
            Left::Sources(store, sources, shared) => read_sources(store, (sources, shared), cache, wanted, part),
        }
    }
}

impl Files<'_> {
    /// Adds the next pages; with the last ones comes what there is to say about all.
    fn read(&mut self, seen: &Seen, cache: Option<&mut Cache>, wanted: &Wanted, part: &mut Catalog) {
        let (files, given): (Vec<PathBuf>, Vec<Option<&Given>>) = self.left.by_ref().take(AT_ONCE).unzip();
        // Ids are given anew where a group says what its pages do not, and may need a text.
        let wanted = Wanted { brief: wanted.brief && given.iter().all(Option::is_none), ..wanted.clone() };
        let mut pages = cache.map_or_else(|| folder::read(&files), |cache| cache.read(&files, &wanted));
        for (page, given) in pages.iter_mut().zip(given) {
            if let (Ok(content), Some(given)) = (&mut page.content, given) {
                content.complete(given);
            }
        }
        let count = pages.len();
        let silent = add_all(part, pages, seen);
        self.silent += silent;
        self.has_ideas |= silent < count;
        if self.left.len() == 0 && self.silent > 0 {
            let hold = if self.silent == 1 { "holds" } else { "hold" };
            let message = format!("{} {hold} no idea", counted(self.silent, "page"));
            let folder = self.path.display().to_string();
            // Most folders have a README. Who wants to know which pages are meant asks with --verbose.
            if self.has_ideas {
                log::info!("{folder}: {message}");
            } else {
                part.say(Level::Note, &folder, format!("{message}; `--verbose` says why"));
            }
        }
    }
}

/// Adds the pages of the next sources: each is read whole, as one sync left it.
fn read_sources(
    store: &Store,
    (sources, shared): (&mut vec::IntoIter<fetched::Known>, &fetched::Shared),
    cache: Option<&mut Cache>,
    wanted: &Wanted,
    part: &mut Catalog,
) {
    let mut pages = 0;
    let mut few = Vec::new();
    while pages < AT_ONCE
        && let Some(source) = sources.next()
    {
        pages += source.as_ref().map_or(0, |manifest| manifest.pages.len());
        few.push(source);
    }
    let (pages, mut notices) = fetched::read(store, few, shared, cache, wanted);
    part.notices.append(&mut notices);
    // A source brings what fits its patterns; nobody has asked for each of its pages.
    add_all(part, pages, &Seen::default());
}

fn add_stdin(part: &mut Catalog) {
    let mut bytes = Vec::new();
    if let Err(error) = io::stdin().lock().read_to_end(&mut bytes) {
        part.say(Level::Error, STDIN, format!("cannot be read: {}", storage::words(&error)));
        return;
    }
    let (source, page) = read_bytes(Path::new(STDIN), bytes);
    part.add(Page { home: Home::Stdin(source), ..page }, true);
}

/// Adds the pages of a collection; returns how many hold neither idea nor profile, and nobody has said why.
fn add_all(part: &mut Catalog, pages: Vec<Page>, seen: &Seen) -> usize {
    let ideas = |page: &Page| page.content.as_ref().map_or(0, |content| content.ideas.len());
    let more = pages.iter().map(ideas).sum();
    part.ideas.reserve(more);
    part.faces.reserve(more);
    let mut silent = 0;
    for page in pages {
        let named = matches!(&page.home, Home::File(path) if seen.names(path));
        silent += usize::from(part.add(page, named) && !named);
    }
    silent
}
