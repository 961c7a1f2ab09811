//! Ideas that somebody marked: ids, in a small TOML file among the program's own.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::iter;
use std::path::PathBuf;

use serde::Deserialize;

use crate::idea::Idea;
use crate::query::marks;
use crate::storage;

/// Ids that somebody marked, also such as the catalogue at hand does not have.
pub type Kept = BTreeSet<String>;

/// The bookmarks of a catalogue: ids that were marked, and what they mean in it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Bookmarks {
    kept: Kept,
    /// By the ids of ideas the marked ones that mean them: of older copies, or made by older rules.
    kept_as: BTreeMap<String, Kept>,
}

impl Bookmarks {
    /// What was marked of these ideas.
    pub fn new(kept: Kept, ideas: &[Idea]) -> Self {
        let mut kept_as: BTreeMap<String, Kept> = BTreeMap::new();
        for (mark, ids) in marks::meant(&kept, ideas) {
            for id in ids {
                kept_as.entry(id).or_default().insert(mark.clone());
            }
        }
        Bookmarks { kept, kept_as }
    }

    /// True if the idea of this id is marked.
    pub fn contains(&self, id: &str) -> bool {
        self.names(id).any(|name| self.kept.contains(name))
    }

    /// Marks an idea, or takes all marks of it away; gives the ids that are marked then, or no longer.
    pub fn set(&mut self, id: &str, marked: bool) -> Kept {
        let names: Kept = if marked { Kept::from([id.to_owned()]) } else { self.names(id).map(ToOwned::to_owned).collect() };
        if marked {
            self.kept.extend(names.clone());
        } else {
            self.kept.retain(|kept| !names.contains(kept));
        }
        names
    }

    /// Has the ids as they were before a [`set`](Self::set).
    pub fn undo(&mut self, ids: &Kept, marked: bool) {
        if marked {
            self.kept.retain(|kept| !ids.contains(kept));
        } else {
            self.kept.extend(ids.iter().cloned());
        }
    }

    fn names<'a>(&'a self, id: &'a str) -> impl Iterator<Item = &'a str> {
        iter::once(id).chain(self.kept_as.get(id).into_iter().flatten().map(String::as_str))
    }
}

/// The bookmarks cannot be read or kept.
#[derive(Debug, thiserror::Error)]
pub enum BookmarksError {
    /// Nobody knows where they lie.
    #[error("cannot find the bookmarks: {0}")]
    Nowhere(io::Error),
    /// The file is there, but is not what it should be.
    #[error("cannot read the bookmarks in {path}: {reason}; mend the file or delete it")]
    Unreadable {
        /// The file.
        path: String,
        /// Why.
        reason: String,
    },
    /// The file cannot be written.
    #[error("cannot keep the bookmarks: {path} {reason}")]
    Unwritable {
        /// The file.
        path: String,
        /// Why.
        reason: storage::WriteError,
    },
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    ids: Kept,
}

fn path() -> Result<PathBuf, BookmarksError> {
    storage::data_folder().map(|folder| folder.join("bookmarks.toml")).map_err(BookmarksError::Nowhere)
}

/// Reads the bookmarks. Without a file there are none.
///
/// # Errors
///
/// The file cannot be read, or is not TOML with a list of ids.
pub fn read() -> Result<Kept, BookmarksError> {
    let path = path()?;
    let error = |reason: String| BookmarksError::Unreadable { path: path.display().to_string(), reason };
    match fs::read_to_string(&path) {
        Ok(text) => toml::from_str::<File>(&text).map(|file| file.ids).map_err(|reason| error(reason.message().to_owned())),
        // No data folder at all is no bookmarks, too.
        Err(reason) if matches!(reason.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => Ok(Kept::new()),
        Err(reason) => Err(error(storage::words(&reason))),
    }
}

/// Keeps ids as marked, or no longer. The file is read again before, so that two windows do not undo each other.
///
/// # Errors
///
/// As [`read`], or the file cannot be written; it is as it was.
pub fn set(changed: &Kept, marked: bool) -> Result<(), BookmarksError> {
    let mut ids = read()?;
    if marked {
        ids.extend(changed.iter().cloned());
    } else {
        ids.retain(|id| !changed.contains(id));
    }
    let path = path()?;
    storage::write_with_folder(&path, text(&ids).as_bytes())
        .map_err(|reason| BookmarksError::Unwritable { path: path.display().to_string(), reason })
}

/// The file: an id on each line, for people and for `git diff`.
fn text(ids: &Kept) -> String {
    let lines: Vec<_> = ids.iter().map(|id| format!("  {},\n", toml::Value::from(id.as_str()))).collect();
    format!("# Bookmarks of `ideas browse`\nids = [\n{}]\n", lines.concat())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read() {
        for ids in [&[][..], &["a"], &["b-c", "a \"quoted\" \\ one", "日本"]] {
            let ids: Kept = ids.iter().map(|id| (*id).to_owned()).collect();
            assert_eq!(toml::from_str::<File>(&text(&ids)).unwrap().ids, ids, "{}", text(&ids));
        }
        assert!(toml::from_str::<File>("id = []").is_err());
    }
}
