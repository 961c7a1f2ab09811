//! Which pages a catalogue is read from, so that an idea that its page has dropped can be told from one whose page is not read at
//! all.

use std::path::{Path, PathBuf};

use rustc_hash::FxHashSet;

use crate::catalog::files::{absolute, below};
use crate::catalog::{Groups, Origin, STDIN};
use crate::idea::Place;
use crate::store::Store;

/// The pages that are read, also those without ideas.
#[derive(Clone, Debug, Default)]
pub struct Pages {
    /// Paths and addresses.
    known: FxHashSet<String>,
    /// Files and folders, from the root of the file system.
    paths: Vec<PathBuf>,
    groups: Vec<Groups>,
    /// What the paths of fetched pages begin with.
    sources: Vec<String>,
    /// What relative paths are relative to.
    here: PathBuf,
}

impl Pages {
    /// Those of these origins.
    pub fn of(origins: &[Origin], here: PathBuf) -> Self {
        let mut pages = Pages { here, ..Pages::default() };
        for origin in origins {
            match origin {
                Origin::Path(path) => pages.paths.push(absolute(path, &pages.here)),
                Origin::Groups(groups) => pages.groups.push(groups.clone()),
                Origin::Fetched(store) => pages.add_fetched(store),
                Origin::Address(address) => address.store.iter().for_each(|store| pages.add_fetched(store)),
                // All of the first have ideas; which page the other is, nobody knows.
                Origin::Bundled | Origin::Stdin => {}
            }
        }
        pages
    }

    /// What cannot be read has been told where the ideas were read.
    fn add_fetched(&mut self, store: &Store) {
        for manifest in store.manifests().unwrap_or_default().into_iter().flatten() {
            self.sources.push(format!("{}/", manifest.source));
            for page in manifest.pages {
                self.known.extend(page.url.as_deref().map(|url| page_of(url).to_owned()));
                self.known.insert(page.path);
            }
        }
    }

    /// Adds the page of a place.
    pub(super) fn add(&mut self, place: &Place) {
        let Place { path, url, .. } = place;
        if path != STDIN && !self.known.contains(path) {
            self.known.insert(path.clone());
        }
        self.known.extend(url.as_deref().map(|url| page_of(url).to_owned()));
    }

    /// True if the page of this place is read.
    pub(super) fn have(&self, place: &Place) -> bool {
        let Place { path, url, .. } = place;
        // Of some entries nobody knows where their ideas stood.
        if path.is_empty() || path == STDIN {
            return false;
        }
        self.known.contains(path)
            || url.as_deref().is_some_and(|url| self.known.contains(page_of(url)))
            || self.sources.iter().any(|source| path.starts_with(source.as_str()))
            || self.have_file(Path::new(path))
    }

    /// True if a file is among the files that are read, or was: it may be deleted.
    fn have_file(&self, path: &Path) -> bool {
        let whole = absolute(path, &self.here);
        // The path of a fetched page leads nowhere here.
        if !whole.parent().is_some_and(Path::is_dir) {
            return false;
        }
        let is_of = |groups: &Groups| {
            below(path, &groups.folder, &self.here).is_some_and(|inside| groups.group(Path::new(&inside)).is_some())
        };
        self.paths.iter().any(|read| whole.starts_with(read)) || self.groups.iter().any(is_of)
    }
}

/// The address of a page without what leads to a part of it.
fn page_of(url: &str) -> &str {
    url.split('#').next().unwrap_or(url)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_are_known_by_where_they_stand() {
        let here = std::env::temp_dir();
        let place =
            |path: &str, url: Option<&str>| Place { path: path.to_owned(), url: url.map(str::to_owned), line: 1, anchor: None };
        let mut pages = Pages::of(&[Origin::Path("soups.md".into()), Origin::Stdin], here.clone());
        pages.add(&place("menu.md", Some("https://example.org/menu#soup")));
        pages.add(&place(STDIN, None));
        for (path, url, is_read) in [
            ("soups.md", None, true),
            ("./soups.md", None, true),
            ("menu.md", None, true),
            ("diner/menu.md", Some("https://example.org/menu#salad"), true),
            ("salads.md", None, false),
            ("salads.md", Some("https://example.org/salads"), false),
            (STDIN, None, false),
            ("", None, false),
        ] {
            assert_eq!(pages.have(&place(path, url)), is_read, "{path} {url:?}");
        }
        let folder = Pages::of(&[Origin::Path(".".into())], here);
        assert!(folder.have(&place("deleted.md", None)));
        assert!(!folder.have(&place("a-source-that-was-fetched/ideas.md", None)));
    }
}
