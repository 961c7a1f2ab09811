//! The pages that `ideas sync` fetched: read from the data folder, each with what its source says about it.

use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::{Given, Home, Level, Notice, Page};
use crate::idea::{Idea, Program, Term};
use crate::layout::{ReadError, Tree};
use crate::store::{self, Fault, Manifest, StateError, Store};
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
        let given = Given {
            organization: page.organization.clone(),
            program: page.program.as_deref().map(Program::from_name),
            term: page.term.as_deref().and_then(Term::exact),
        };
        FetchedPage { path: page.path.clone(), url: page.url.clone(), given, bytes }
    }

    /// Why it is no page that anybody could read: JSON that was cut off, or is broken otherwise.
    pub fn fault(&self) -> Option<ReadError> {
        let (source, _) = Source::decode(&self.path, self.bytes.clone());
        Tree::read(&source).err().filter(|error| matches!(error, ReadError::Json(_)))
    }

    fn read(self, home: Home) -> Page {
        let (_, mut page) = super::read_bytes(Path::new(&self.path), self.bytes);
        if let Ok(content) = &mut page.content {
            self.given.complete(&mut content.ideas);
            for idea in &mut content.ideas {
                // A page that was copied from elsewhere may say where it really stands.
                if let Some(url) = self.url.as_deref().filter(|_| idea.source.url.is_none()) {
                    idea.source.set_url(url);
                }
            }
        }
        Page { home, ..page }
    }
}

/// The ideas of a source's pages, page by page.
pub fn ideas(pages: Vec<FetchedPage>) -> Vec<Vec<Idea>> {
    let read = |page: FetchedPage| page.read(Home::Bundled).content.map_or_else(|_| Vec::new(), |content| content.ideas);
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

/// The pages of some sources; and what cannot be read of them.
pub(super) fn read(store: &Store, manifests: Vec<Known>) -> (Vec<Page>, Vec<Notice>) {
    let mut notices = Vec::new();
    let mut names: Vec<String> = Vec::new();
    for manifest in manifests {
        match manifest {
            Ok(manifest) => names.push(manifest.source),
            Err(error) => notices.push(unreadable(&error)),
        }
    }
    let mut pages: Vec<(FetchedPage, String)> = Vec::new();
    for source in store.snapshots(names.iter().map(String::as_str)) {
        match source {
            // Removed a moment ago.
            Ok(None) => {}
            Ok(Some(snapshot)) => {
                for (page, bytes) in snapshot.manifest.pages.into_iter().zip(snapshot.pages) {
                    match bytes {
                        Ok(bytes) => pages.push((FetchedPage::known(&page, bytes), page.blob)),
                        Err(error) => notices.push(lost(&page.path, &error, &snapshot.manifest.source)),
                    }
                }
            }
            Err(error) => notices.push(unreadable(&error)),
        }
    }
    let pages = pages.into_par_iter().map(|(page, digest)| {
        let path = PathBuf::from(&page.path);
        page.read(Home::Fetched { path, store: store.clone(), digest })
    });
    (pages.collect(), notices)
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
