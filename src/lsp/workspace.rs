//! The folders that an editor has open, and the settings of their pages: the nearest `ideas.toml` of each.

use std::collections::{BTreeMap, HashMap};
use std::fs;
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::time::SystemTime;

use url::Url;

use crate::catalog::{STDIN, files};
use crate::config::{Config, ConfigError, NAME};
use crate::programs::Date;

/// Where a page lies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Place {
    /// The page, as seen from `here`.
    pub(super) path: PathBuf,
    /// The folder that it is looked at from: the workspace folder it is in, else its own.
    pub(super) here: PathBuf,
}

/// The workspace.
#[derive(Default)]
pub(super) struct Workspace {
    folders: Vec<PathBuf>,
    /// The settings for all pages, if the call names some.
    named: Option<PathBuf>,
    /// The settings of each folder that has had a page open. If they were broken since, those from before.
    known: HashMap<PathBuf, Known>,
    /// The day that the server was started on: terms are over or not on it.
    pub(super) today: Option<Date>,
    /// What is wrong with settings, by file.
    faults: BTreeMap<PathBuf, ConfigError>,
}

/// The settings of a folder.
struct Known {
    /// None if they have never made sense.
    config: Option<Rc<Config>>,
    /// The file, as it was when it was read; none if it must be read again.
    read: Option<Stamp>,
    /// The file that is wrong.
    fault: Option<PathBuf>,
}

/// What changes when a file of settings does: which it is, when it was written, its length. Few editors tell of files that they
/// do not show, so each look at a page asks.
type Stamp = Option<(PathBuf, SystemTime, u64)>;

impl Workspace {
    /// An empty workspace; `named` are the settings that the call names.
    pub(super) fn new(named: Option<PathBuf>, today: Date) -> Self {
        Workspace { named, today: Some(today), ..Workspace::default() }
    }

    /// A folder was opened.
    pub(super) fn open(&mut self, uri: &str) {
        if let Some(folder) = path(uri) {
            log::info!("{}: workspace folder", folder.display());
            self.folders.push(folder);
        }
    }

    /// A folder was closed.
    pub(super) fn close(&mut self, uri: &str) {
        if let Some(folder) = path(uri) {
            self.folders.retain(|open| *open != folder);
        }
    }

    /// The folders that are open.
    pub(super) fn folders(&self) -> &[PathBuf] {
        &self.folders
    }

    /// Where the page of a URI lies; none if it cannot be one, by its name.
    pub(super) fn place(&self, uri: &str) -> Option<Place> {
        let Some(path) = path(uri) else {
            // It was never saved.
            let here = self.folders.first().cloned().unwrap_or_default();
            return Some(Place { path: STDIN.into(), here });
        };
        if !files::is_page(&path) {
            return None;
        }
        let around = self.folders.iter().filter(|folder| path.starts_with(folder));
        let here = around.max_by_key(|folder| folder.as_os_str().len()).map(PathBuf::as_path).or_else(|| path.parent())?;
        Some(Place { path: path.strip_prefix(here).ok()?.to_owned(), here: here.to_owned() })
    }

    /// The settings of a page; none if there are some that make no sense.
    pub(super) fn config(&mut self, place: &Place) -> Option<Rc<Config>> {
        let whole = place.here.join(&place.path);
        let folder = whole.parent().unwrap_or(&place.here);
        let stamp = self.stamp(folder);
        if let Some(known) = self.known.get(folder).filter(|known| known.read.as_ref() == Some(&stamp)) {
            return known.config.clone();
        }
        let (before, fault) = self.known.remove(folder).map_or((None, None), |known| (known.config, known.fault));
        if let Some(fault) = fault {
            self.faults.remove(&fault);
        }
        let found = match &self.named {
            Some(path) => Config::load(path, &place.here),
            None => Config::nearest(folder, &place.here),
        };
        let (config, fault) = match found {
            Ok(config) => (Some(Rc::new(config)), None),
            Err(error) => {
                log::warn!("{error}");
                let file = files::absolute(&error.path, &place.here);
                self.faults.insert(file.clone(), error);
                (before, Some(file))
            }
        };
        self.known.insert(folder.to_owned(), Known { config: config.clone(), read: Some(stamp), fault });
        config
    }

    /// The file of settings of a folder, as it is now.
    fn stamp(&self, folder: &Path) -> Stamp {
        let nearest = || folder.ancestors().map(|folder| folder.join(NAME)).find(|file| file.is_file());
        let file = self.named.clone().or_else(nearest)?;
        let about = fs::metadata(&file).ok()?;
        Some((file, about.modified().ok()?, about.len()))
    }

    /// Settings may have changed: they are read again.
    pub(super) fn forget(&mut self) {
        self.faults.clear();
        for known in self.known.values_mut() {
            known.read = None;
        }
    }

    /// What is wrong with settings, by file.
    pub(super) fn faults(&self) -> &BTreeMap<PathBuf, ConfigError> {
        &self.faults
    }
}

/// The file of a URI; none if it is none.
pub(super) fn path(uri: &str) -> Option<PathBuf> {
    Url::parse(uri).ok()?.to_file_path().ok()
}

/// The URI of a file.
pub(super) fn uri(path: &Path) -> Option<String> {
    Url::from_file_path(path).ok().map(Into::into)
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn pages_are_seen_from_the_innermost_folder() {
        let mut workspace = Workspace::default();
        workspace.open("file:///w");
        workspace.open("file:///w/inner/");
        for (uri, place) in [
            ("file:///w/a%20b.md", Some(("a b.md", "/w"))),
            ("file:///w/inner/x/ideas.md", Some(("x/ideas.md", "/w/inner"))),
            ("file:///elsewhere/ideas.md", Some(("ideas.md", "/elsewhere"))),
            ("file:///w/main.rs", None),
            ("untitled:Untitled-1", Some(("<stdin>", "/w"))),
            ("nonsense", Some(("<stdin>", "/w"))),
        ] {
            let place = place.map(|(path, here)| Place { path: path.into(), here: here.into() });
            assert_eq!(workspace.place(uri), place, "{uri}");
        }
        workspace.close("file:///w/inner/");
        assert_eq!(workspace.place("file:///w/inner/ideas.md").unwrap().path, Path::new("inner/ideas.md"));
    }
}
