//! What a sync has changed: which ideas are new, gone, or say something else now. It is remembered with the source.

use schemars::JsonSchema;
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
    /// What the sync was called for: names of sources, those of directories with a `/` at their end; empty if for all.
    #[serde(default)]
    pub scope: Vec<String>,
    /// The source had not been fetched before, or what was fetched could not be read: there is nothing to compare with.
    pub first: bool,
    /// The ideas that were not there before.
    pub new: Vec<Which>,
    /// The ideas that are no longer there.
    pub gone: Vec<Gone>,
    /// The ideas that stand on another page now, whatever else they say.
    #[serde(default)]
    pub moved: Vec<Moved>,
    /// The ideas that say something else, where they were.
    pub edited: Vec<Edited>,
}

/// An idea, as much of it as one needs to know it again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Which {
    /// Its id, among the ideas of its source.
    pub id: String,
    /// Its title.
    pub title: String,
    /// The project it is filed under, or the organization.
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

/// An idea that is no longer there.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Gone {
    /// The idea, as it was.
    #[serde(flatten)]
    pub idea: Which,
    /// All that it said, as in the JSON of an idea.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub facts: Option<Value>,
}

/// An idea that stands on another page.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Moved {
    /// The idea, as it is now.
    #[serde(flatten)]
    pub idea: Which,
    /// The page that it stood on.
    pub from: String,
    /// The facts that differ.
    pub fields: Vec<Field>,
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
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Field {
    /// Its name, as in the JSON of an idea.
    pub field: String,
    /// What it was.
    pub from: Value,
    /// What it is.
    pub to: Value,
}

/// Changes as they were written; `None` if they are not.
pub(super) fn read(text: &str, digest: &str) -> Option<Changes> {
    serde_json::from_str(text).ok().filter(|_| super::digest(text.as_bytes()) == digest)
}

impl Changes {
    /// True if nothing has changed.
    pub fn is_empty(&self) -> bool {
        self.new.is_empty() && self.gone.is_empty() && self.moved.is_empty() && self.edited.is_empty()
    }

    /// True if the sync fetched a source of this name, too.
    pub fn covers(&self, source: &str) -> bool {
        let source = source.to_lowercase();
        let is_meant = |name: &String| if name.ends_with('/') { source.starts_with(name) } else { source == *name };
        self.scope.is_empty() || self.scope.iter().map(|name| name.to_lowercase()).any(|name| is_meant(&name))
    }
}
