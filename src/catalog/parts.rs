//! Origins, read a part at a time: so many pages in parallel, then the next, in the order in which they are told.

use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::time::Instant;
use std::{mem, slice, vec};

use super::seen::Seen;
use super::{Catalog, Given, Home, Ids, Level, Origin, Page, STDIN, bundled, fetched, folder, kind, read_bytes, read_named};
use crate::storage;
use crate::text::counted;

/// So many pages are read together: enough for many cores, and few enough for little memory.
const AT_ONCE: usize = 256;

/// The parts of a catalogue: put together they are [`Catalog::load`]. Ids are told apart over all parts.
#[derive(Debug)]
pub struct Parts<'o> {
    origins: slice::Iter<'o, Origin>,
    pile: Option<Pile<'o>>,
    seen: Seen,
    ids: Ids,
    bundled: bool,
    piped: bool,
}

/// Pages of one origin that are still to be read.
#[derive(Debug)]
struct Pile<'o> {
    origin: &'o Origin,
    /// What stands for all of them.
    path: &'o Path,
    /// The files, each with what it need not say.
    files: vec::IntoIter<(PathBuf, Option<&'o Given>)>,
    /// How many held nothing so far.
    silent: usize,
    tally: Tally,
}

/// How many ideas an origin has given so far, and since when it is read.
#[derive(Debug)]
struct Tally {
    ideas: usize,
    start: Instant,
}

impl<'o> Parts<'o> {
    /// The parts of these origins; nothing is read before one is asked for.
    pub fn of(origins: &'o [Origin]) -> Self {
        let seen = Seen::of(origins);
        Parts { origins: origins.iter(), pile: None, seen, ids: Ids::default(), bundled: false, piped: false }
    }

    /// The first part of an origin, and the pile of the others.
    fn begin(&mut self, origin: &'o Origin) -> Catalog {
        let mut part = Catalog::default();
        let start = Instant::now();
        let pile = |path, files: Vec<_>| {
            Some(Pile { origin, path, files: files.into_iter(), silent: 0, tally: Tally { ideas: 0, start } })
        };
        match origin {
            Origin::Path(path) if path.is_dir() => {
                let (mut files, notices) = folder::files(path);
                part.notices = notices;
                if files.is_empty() {
                    part.say(Level::Error, &path.display().to_string(), format!("holds no pages ({})", kind::pages()));
                }
                files.retain(|file| self.seen.is_new(file));
                self.pile = pile(path, files.into_iter().map(|file| (file, None)).collect());
            }
            Origin::Groups(groups) => {
                let (mut files, notices) = groups.files();
                part.notices = notices;
                files.retain(|(file, _)| self.seen.is_new(file));
                let files = files.into_iter().map(|(file, group)| (file, Some(&group.given)));
                self.pile = pile(&groups.described_in, files.collect());
            }
            Origin::Path(path) if self.seen.is_new(path) => {
                part.add(read_named(path), true);
            }
            Origin::Fetched(store) => {
                let (pages, notices) = fetched::read(store);
                part.notices = notices;
                // A source brings what fits its patterns; nobody has asked for each of its pages.
                add_all(&mut part, pages, &Seen::default());
            }
            Origin::Stdin if !mem::replace(&mut self.piped, true) => add_stdin(&mut part),
            Origin::Bundled if !mem::replace(&mut self.bundled, true) => {
                add_all(&mut part, bundled::read(), &Seen::default());
            }
            // Named once more, these have given all that there is.
            Origin::Path(_) | Origin::Stdin | Origin::Bundled => {}
        }
        if self.pile.is_none() {
            Tally { ideas: part.ideas.len(), start }.log(origin);
        }
        part
    }
}

impl Tally {
    fn log(&self, origin: &Origin) {
        log::info!("{origin}: {} ideas, read in {:.1?}", self.ideas, self.start.elapsed());
    }
}

impl Iterator for Parts<'_> {
    type Item = Catalog;

    fn next(&mut self) -> Option<Catalog> {
        let mut part = if let Some(mut pile) = self.pile.take() {
            let part = pile.read(&self.seen);
            self.pile = (pile.files.len() > 0).then_some(pile);
            part
        } else {
            let origin = self.origins.next()?;
            self.begin(origin)
        };
        part.ideas.iter_mut().for_each(|idea| self.ids.assign(idea));
        Some(part)
    }
}

impl Pile<'_> {
    /// The next pages; with the last ones comes what there is to say about all.
    fn read(&mut self, seen: &Seen) -> Catalog {
        let mut part = Catalog::default();
        let (files, given): (Vec<PathBuf>, Vec<Option<&Given>>) = self.files.by_ref().take(AT_ONCE).unzip();
        let mut pages = folder::read(&files);
        for (page, given) in pages.iter_mut().zip(given) {
            if let (Ok(reading), Some(given)) = (&mut page.reading, given) {
                reading.ideas.iter_mut().for_each(|idea| given.complete(idea));
            }
        }
        self.silent += add_all(&mut part, pages, seen);
        self.tally.ideas += part.ideas.len();
        if self.files.len() == 0 {
            if self.silent > 0 {
                let hold = if self.silent == 1 { "holds" } else { "hold" };
                let pages = counted(self.silent, "page");
                let message = format!("{pages} {hold} no idea; name a page with --catalog to learn why");
                part.say(Level::Note, &self.path.display().to_string(), message);
            }
            self.tally.log(self.origin);
        }
        part
    }
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
    let mut silent = 0;
    for page in pages {
        let named = matches!(&page.home, Home::File(path) if seen.names(path));
        silent += usize::from(part.add(page, named) && !named);
    }
    silent
}
