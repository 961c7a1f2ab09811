//! Ideas that somebody marked: ids, in a small TOML file among the program's own.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::PathBuf;

use serde::Deserialize;

use crate::storage;

/// The ids of marked ideas, also of such as the catalogue at hand does not have.
pub type Bookmarks = BTreeSet<String>;

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
    ids: Bookmarks,
}

fn path() -> Result<PathBuf, BookmarksError> {
    storage::data_folder().map(|folder| folder.join("bookmarks.toml")).map_err(BookmarksError::Nowhere)
}

/// Reads the bookmarks. Without a file there are none.
///
/// # Errors
///
/// The file cannot be read, or is not TOML with a list of ids.
pub fn read() -> Result<Bookmarks, BookmarksError> {
    let path = path()?;
    let error = |reason: String| BookmarksError::Unreadable { path: path.display().to_string(), reason };
    match fs::read_to_string(&path) {
        Ok(text) => toml::from_str::<File>(&text).map(|file| file.ids).map_err(|reason| error(reason.message().to_owned())),
        // No data folder at all is no bookmarks, too.
        Err(reason) if matches!(reason.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => Ok(Bookmarks::new()),
        Err(reason) => Err(error(storage::words(&reason))),
    }
}

/// Marks an idea, or takes its mark away. The file is read again before, so that two windows do not undo each other.
///
/// # Errors
///
/// As [`read`], or the file cannot be written; it is as it was.
pub fn set(id: &str, marked: bool) -> Result<(), BookmarksError> {
    let mut ids = read()?;
    if marked {
        ids.insert(id.to_owned());
    } else {
        ids.remove(id);
    }
    let path = path()?;
    storage::write_with_folder(&path, text(&ids).as_bytes())
        .map_err(|reason| BookmarksError::Unwritable { path: path.display().to_string(), reason })
}

/// The file: an id on each line, for people and for `git diff`.
fn text(ids: &Bookmarks) -> String {
    let lines: Vec<_> = ids.iter().map(|id| format!("  {},\n", toml::Value::from(id.as_str()))).collect();
    format!("# Bookmarks of `ideas browse`\nids = [\n{}]\n", lines.concat())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read() {
        for ids in [&[][..], &["a"], &["b-c", "a \"quoted\" \\ one", "日本"]] {
            let ids: Bookmarks = ids.iter().map(|id| (*id).to_owned()).collect();
            assert_eq!(toml::from_str::<File>(&text(&ids)).unwrap().ids, ids, "{}", text(&ids));
        }
        assert!(toml::from_str::<File>("id = []").is_err());
    }
}
