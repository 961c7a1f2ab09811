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
            Origin::Address(_) | Origin::Bundled | Origin::Fetched(_) | Origin::Groups(_) | Origin::Stdin => None,
        });
        Self::of_paths(files)
    }

    pub(super) fn of_paths<'a>(paths: impl IntoIterator<Item = &'a PathBuf>) -> Self {
        // A folder is no page.
        let files = paths.into_iter().filter(|path| !path.is_dir());
        Seen { named: files.map(|path| identity(path)).collect(), read: HashSet::new() }
    }

    /// True the first time that a file is met.
    pub(super) fn is_new(&mut self, path: &Path) -> bool {
        self.read.insert(identity(path))
    }

    /// Which files below a folder are met for the first time. They were found there by walking, which follows no links: the
    /// folder's identity is theirs, too.
    pub(super) fn new_below<'a>(&'a mut self, folder: &'a Path) -> impl FnMut(&Path) -> bool + 'a {
        // The current folder has no name.
        let real = identity(if folder.as_os_str().is_empty() { Path::new(".") } else { folder });
        move |file| match file.strip_prefix(folder) {
            Ok(inside) => self.read.insert(real.join(inside)),
            Err(_) => self.is_new(file),
        }
    }

    /// True if the user asked for this very file.
    pub(super) fn names(&self, path: &Path) -> bool {
        !self.named.is_empty() && self.named.contains(&identity(path))
    }
}

/// One path for a file, whatever it is called: `a.md`, `./a.md`, a link to it. What has no such path (there is no such file,
/// or it is a pipe) is what it is called.
fn identity(path: &Path) -> PathBuf {
    fs::canonicalize(path).unwrap_or_else(|_| path.to_owned())
}
