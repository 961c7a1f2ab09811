//! What a sync has changed: which ideas are new, gone, or say something else now. It is remembered with the source.

use serde::{Deserialize, Serialize};
use serde_json::Value;

/// What one sync has changed in one source.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Changes {
    /// The source.
    pub source: String,
    /// When: RFC 3339, in UTC.
    pub at: String,
    /// The number of the sync. One that was killed and the one after it have the same.
    #[serde(rename = "sync")]
    pub run: u64,
    /// The source had not been fetched before, or what was fetched could not be read: there is nothing to compare with.
    pub first: bool,
    /// The ideas that were not there before.
    pub new: Vec<Which>,
    /// The ideas that are no longer there.
    pub gone: Vec<Which>,
    /// The ideas that say something else.
    pub edited: Vec<Edited>,
}

/// An idea, as much of it as one needs to know it again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Which {
    /// Its id, among the ideas of its source.
    pub id: String,
    /// Its title.
    pub title: String,
    /// The project it is filed under, or the organisation.
    pub project: Option<String>,
    /// The programme.
    pub program: Option<String>,
    /// The term.
    pub term: Option<String>,
    /// The page.
    pub path: String,
    /// The line of the title, from 1.
    pub line: usize,
}

/// An idea that says something else.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Edited {
    /// The idea, as it is now.
    #[serde(flatten)]
    pub idea: Which,
    /// The facts that differ.
    pub fields: Vec<Field>,
}

/// A fact that differs.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Field {
    /// Its name, as in the JSON of an idea.
    pub field: String,
    /// What it was.
    pub from: Value,
    /// What it is.
    pub to: Value,
}

impl Changes {
    /// True if nothing has changed.
    pub fn is_empty(&self) -> bool {
        self.new.is_empty() && self.gone.is_empty() && self.edited.is_empty()
    }
}
