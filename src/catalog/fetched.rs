//! The pages that `ideas sync` fetched: read from the data folder, each with what its source says about it.

use std::mem;
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::cache::Entry;
use super::{Cache, Given, Home, Level, Notice, Page, Wanted, read_bytes};
use crate::idea::{Idea, Program, Term};
use crate::layout::{ReadError, Tree};
use crate::store::{self, Fault, Manifest, Snapshot, StateError, Store};
use crate::text::Source;

/// A page as it is fetched: what it holds, and what is known of it besides.
#[derive(Clone, Debug)]
pub struct FetchedPage {
    /// Where it stands, for people.
    pub path: String,
    /// Its address on the web.
    pub url: Option<String>,
    /// What it need not say.
    pub given: Given,
    /// What it holds.
    pub bytes: Vec<u8>,
}

impl FetchedPage {
    /// A page that was fetched before.
    pub fn known(page: &store::Page, bytes: Vec<u8>) -> Self {
        FetchedPage { path: page.path.clone(), url: page.url.clone(), given: given(page), bytes }
    }

    /// Why it is no page that anybody could read: JSON that was cut off, or is broken otherwise.
    pub fn fault(&self) -> Option<ReadError> {
        let (source, _) = Source::decode(&self.path, self.bytes.clone());
        Tree::read(&source).err().filter(|error| matches!(error, ReadError::Json(_)))
    }

    /// Gives the ideas of the page what it does not say itself.
    fn complete(&self, page: &mut Page) {
        let Ok(content) = &mut page.content else { return };
        content.complete(&self.given);
        for idea in &mut content.ideas {
            // A page that was copied from elsewhere may say where it really stands.
            if let Some(url) = self.url.as_deref().filter(|_| idea.source.url.is_none()) {
                idea.source.set_url(url);
            }
        }
    }
}

/// The ideas of a source's pages, page by page.
pub fn ideas(pages: Vec<FetchedPage>) -> Vec<Vec<Idea>> {
    let read = |mut fetched: FetchedPage| {
        let (_, mut page) = read_bytes(Path::new(&fetched.path), mem::take(&mut fetched.bytes));
        fetched.complete(&mut page);
        page.content.map_or_else(|_| Vec::new(), |content| content.ideas)
    };
    pages.into_par_iter().map(read).collect()
}

/// An idea of its own JSON.
pub fn from_facts(facts: &serde_json::Value) -> Option<Idea> {
    let bytes = serde_json::Value::Array(vec![facts.clone()]).to_string().into_bytes();
    let page = FetchedPage { path: "facts.json".to_owned(), url: None, given: Given::default(), bytes };
    ideas(vec![page]).into_iter().flatten().next()
}

/// The sources that were fetched, or why one cannot be told.
pub(super) fn sources(store: &Store) -> Vec<Known> {
    store.manifests().unwrap_or_else(|error| vec![Err(error)])
}

/// What is known of a source.
pub(super) type Known = Result<Manifest, StateError>;

/// The pages that several sources have: their names and paths, each with what it need not say; `None` for those that are read
/// from another source.
pub(super) type Shared = FxHashMap<(String, String), Option<Given>>;

/// A page at one address is read once, as the source has it that fetched it last, with what any of the sources says of it.
/// Where these name two programmes or terms, each means its own page.
pub(super) fn shared(known: &[Known]) -> Shared {
    let mut by_url: FxHashMap<&str, Vec<(&Manifest, &store::Page)>> = FxHashMap::default();
    for manifest in known.iter().flatten() {
        for page in &manifest.pages {
            if let Some(url) = &page.url {
                by_url.entry(url).or_default().push((manifest, page));
            }
        }
    }
    let mut shared = Shared::default();
    for mut pages in by_url.into_values().filter(|pages| pages.len() > 1) {
        pages.sort_by(|(one, _), (other, _)| other.fetched.cmp(&one.fetched).then_with(|| one.source.cmp(&other.source)));
        let mut read: Vec<(&Manifest, &store::Page, Given)> = Vec::new();
        for (manifest, page) in pages {
            let given = given(page);
            let is_it = |(other, _, known): &&mut (&Manifest, &store::Page, Given)| {
                other.source != manifest.source && known.agrees_with(&given)
            };
            match read.iter_mut().find(is_it) {
                Some((_, _, known)) => {
                    known.add(given);
                    shared.insert((manifest.source.clone(), page.path.clone()), None);
                }
                None => read.push((manifest, page, given)),
            }
        }
        shared
            .extend(read.into_iter().map(|(manifest, page, given)| ((manifest.source.clone(), page.path.clone()), Some(given))));
    }
    shared
}

/// What a source says of a page.
fn given(page: &store::Page) -> Given {
    Given {
        organization: page.organization.clone(),
        program: page.program.as_deref().map(Program::from_name),
        term: page.term.as_deref().and_then(Term::exact),
    }
}

/// Gives the ideas of a page what it does not say itself; false if another source's page is read instead.
fn complete(read: &mut Page, page: &store::Page, source: &str, shared: &Shared) -> bool {
    let mut fetched = FetchedPage::known(page, Vec::new());
    match shared.get(&(source.to_owned(), page.path.clone())) {
        Some(None) => return false,
        Some(Some(given)) => fetched.given = given.clone(),
        None => {}
    }
    fetched.complete(read);
    true
}

/// The pages of some sources; and what cannot be read of them. A source none of whose pages has changed since they were read is
/// taken from the cache.
pub(super) fn read(
    store: &Store,
    manifests: Vec<Known>,
    shared: &Shared,
    mut cache: Option<&mut Cache>,
    wanted: &Wanted,
) -> (Vec<Page>, Vec<Notice>) {
    let known: Vec<_> = manifests
        .into_iter()
        .map(|manifest| manifest.map(|manifest| (cached(store, &manifest, shared, cache.as_deref(), wanted), manifest.source)))
        .collect();
    let changed = known.iter().filter_map(|known| known.as_ref().ok().filter(|(pages, _)| pages.is_none()));
    let mut snapshots = store.snapshots(changed.map(|(_, source)| source.as_str())).into_iter();
    let sources: Vec<Result<_, StateError>> = known
        .into_iter()
        .map(|known| match known? {
            (Some(pages), _) => Ok((pages, None)),
            (None, _) => Ok((Vec::new(), snapshots.next().transpose()?.flatten())),
        })
        .collect();
    // Most sources have one page.
    let read = sources.into_par_iter().map(|source| match source {
        Ok((_, Some(snapshot))) => read_snapshot(store, snapshot, shared),
        Ok((pages, None)) => (pages, Vec::new(), Vec::new()),
        Err(error) => (Vec::new(), Vec::new(), vec![unreadable(&error)]),
    });
    let (mut pages, mut notices) = (Vec::new(), Vec::new());
    for (mut read, fresh, mut told) in read.collect::<Vec<_>>() {
        pages.append(&mut read);
        notices.append(&mut told);
        if let Some(cache) = &mut cache {
            cache.keep(fresh.into_iter().flatten());
        }
    }
    (pages, notices)
}

/// The pages of a source as they were read before; `None` if that is not known of all.
fn cached(store: &Store, manifest: &Manifest, shared: &Shared, cache: Option<&Cache>, wanted: &Wanted) -> Option<Vec<Page>> {
    let named: Vec<(&str, &str)> = manifest.pages.iter().map(|page| (page.path.as_str(), page.blob.as_str())).collect();
    // Ids are given anew where a source says what its pages do not, and may need a text.
    let known = cache?.fetched(&named, &Wanted { brief: false, ..wanted.clone() });
    let page = |(known, page): (Option<Page>, &store::Page)| {
        let mut read = known?;
        let is_read = complete(&mut read, page, &manifest.source, shared);
        Some(is_read.then(|| Page { home: home(store, page), ..read }))
    };
    let pages: Option<Vec<Option<Page>>> = known.into_iter().zip(&manifest.pages).map(page).collect();
    pages.map(|pages| pages.into_iter().flatten().collect())
}

/// Reads the pages of a source; what there is to keep of each, and what cannot be read.
fn read_snapshot(store: &Store, snapshot: Snapshot, shared: &Shared) -> (Vec<Page>, Vec<Option<Entry>>, Vec<Notice>) {
    let Snapshot { manifest, pages } = snapshot;
    let mut notices = Vec::new();
    let mut readable: Vec<(&store::Page, Vec<u8>)> = Vec::new();
    for (page, bytes) in manifest.pages.iter().zip(pages) {
        match bytes {
            Ok(bytes) => readable.push((page, bytes)),
            Err(error) => notices.push(lost(&page.path, &error, &manifest.source)),
        }
    }
    let read = readable.into_par_iter().map(|(page, bytes)| {
        let (_, mut read) = read_bytes(Path::new(&page.path), bytes);
        let fresh = Entry::fetched(&read, &page.blob);
        let is_read = complete(&mut read, page, &manifest.source, shared);
        (is_read.then(|| Page { home: home(store, page), ..read }), fresh)
    });
    let (pages, fresh): (Vec<Option<Page>>, _) = read.unzip();
    (pages.into_iter().flatten().collect(), fresh, notices)
}

/// Where a fetched page can be read again.
fn home(store: &Store, page: &store::Page) -> Home {
    Home::Fetched { path: PathBuf::from(&page.path), store: store.clone(), digest: page.blob.clone() }
}

/// That a page is gone from the data folder, or is not what was written.
fn lost(page: &str, error: &StateError, source: &str) -> Notice {
    let message = format!("the copy of this page is lost ({error}); `ideas sync {source}` fetches it again");
    Notice { level: Level::Error, path: page.to_owned(), position: None, message }
}

/// That nothing is known of a source, or of any.
fn unreadable(error: &StateError) -> Notice {
    let whose = error.of.as_ref().map(|source| format!(" of {source}")).unwrap_or_default();
    let mend = match (&error.what, &error.of) {
        (Fault::Gone | Fault::Damaged(_), Some(source)) => {
            format!("; `ideas sync {source}` fetches it again, `ideas sources remove {source}` forgets it")
        }
        (Fault::Io(_), _) => "; make it readable, or name pages with --catalog".to_owned(),
        _ => error.mend().to_owned(),
    };
    let message = format!("what was fetched{whose} cannot be read: {}{mend}", error.what);
    Notice { level: Level::Error, path: error.path.display().to_string(), position: None, message }
}
