//! Files that are read once, under however many names they are given.

use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf};

use super::Origin;

/// Which files are asked for, and which have been read: by what they are, not by what they are called.
#[derive(Debug, Default)]
pub(super) struct Seen {
    named: HashSet<PathBuf>,
    read: HashSet<PathBuf>,
}

impl Seen {
    pub(super) fn of(origins: &[Origin]) -> Self {
        let files = origins.iter().filter_map(|origin| match origin {
            Origin::Path(path) => Some(path),
            Origin::Bundled | Origin::Fetched(_) | Origin::Groups(_) | Origin::Stdin => None,
        });
        Self::of_paths(files)
    }

    pub(super) fn of_paths<'a>(paths: impl IntoIterator<Item = &'a PathBuf>) -> Self {
        Seen { named: paths.into_iter().map(|path| identity(path)).collect(), read: HashSet::new() }
    }

    /// True the first time that a file is met.
    pub(super) fn is_new(&mut self, path: &Path) -> bool {
        self.read.insert(identity(path))
    }

    /// True if the user asked for this very file.
    pub(super) fn names(&self, path: &Path) -> bool {
        self.named.contains(&identity(path))
    }
}

/// One path for a file, whatever it is called: `a.md`, `./a.md`, a link to it. What has no such path (there is no such file,
/// or it is a pipe) is what it is called.
fn identity(path: &Path) -> PathBuf {
    fs::canonicalize(path).unwrap_or_else(|_| path.to_owned())
}
