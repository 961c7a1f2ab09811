//! Ideas that somebody marked: ids, in the store.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::iter;

use crate::idea::Idea;
use crate::query::marks;
use crate::store::{StateError, Store};

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
    Nowhere(#[from] io::Error),
    /// They are there, but cannot be read.
    #[error("cannot read the bookmarks: {0}")]
    Unreadable(StateError),
    /// They cannot be written.
    #[error("cannot keep the bookmarks: {0}")]
    Unwritable(StateError),
}

/// Reads the bookmarks.
///
/// # Errors
///
/// They cannot be read.
pub fn read() -> Result<Kept, BookmarksError> {
    Store::open()?.bookmarks().map_err(BookmarksError::Unreadable)
}

/// Keeps ids as marked, or no longer. Two windows do not undo each other.
///
/// # Errors
///
/// They cannot be written; all is as it was.
pub fn set(changed: &Kept, marked: bool) -> Result<(), BookmarksError> {
    Store::open()?.bookmark(changed, marked).map_err(BookmarksError::Unwritable)
}
