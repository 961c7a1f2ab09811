//! What is known of a source that was fetched: a file of JSON, written anew by every sync.

use serde::{Deserialize, Serialize};

use super::Fault;
use super::changes::Changes;

/// What this version writes. One that cannot be read by older programs gets the next number.
const VERSION: u32 = 1;

/// How many changes of a source are remembered.
const REMEMBERED: usize = 50;

/// The highest number that a sync has. One each second would come to it after a century: who finds a higher one has found damage.
pub(super) const LAST_RUN: u64 = 1 << 32;

/// A source, as it was when it was fetched last.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Manifest {
    version: u32,
    /// Its name.
    pub source: String,
    /// What was asked for, as text. If it is something else by now, what was fetched says nothing about it.
    pub asked: String,
    /// How the other side may be asked whether there is anything new.
    pub mark: Mark,
    /// When it was fetched last, or was found to be unchanged: RFC 3339, in UTC.
    pub fetched: String,
    /// Its pages, by path.
    pub pages: Vec<Page>,
    /// What changed, the latest last.
    pub history: Vec<Changes>,
}

/// What the other side calls the state that was fetched.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "kebab-case")]
pub struct Mark {
    /// The address that the rest is about, if there are several from which the same page may come.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    /// An HTTP server's `ETag`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub etag: Option<String>,
    /// An HTTP server's `Last-Modified`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_modified: Option<String>,
    /// A repository's commit.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub commit: Option<String>,
}

/// A page that was fetched, and what is known of it besides what it says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Page {
    /// Where it stands, for people: the source's name and the path in it, or the address without its scheme.
    pub path: String,
    /// Its address on the web.
    pub url: Option<String>,
    /// The file that holds it.
    pub blob: String,
    /// How long it is.
    pub bytes: usize,
    /// How many ideas were read from it.
    pub ideas: usize,
    /// Whose ideas they are, where it does not say.
    pub organization: Option<String>,
    /// The programme, where it does not say.
    pub program: Option<String>,
    /// The term, where it does not say.
    pub term: Option<String>,
}

impl Manifest {
    /// A source that was just fetched.
    pub fn new(source: String, asked: String, mark: Mark, fetched: String, pages: Vec<Page>, history: Vec<Changes>) -> Self {
        let mut history = history;
        history.drain(..history.len().saturating_sub(REMEMBERED));
        Self { version: VERSION, source, asked, mark, fetched, pages, history }
    }

    /// The same source, found to be unchanged at a later moment.
    #[must_use]
    pub fn still_so(self, fetched: String) -> Self {
        Self { fetched, ..self }
    }

    /// How many ideas were read from its pages.
    pub fn ideas(&self) -> usize {
        self.pages.iter().map(|page| page.ideas).sum()
    }

    pub(super) fn read(bytes: &[u8]) -> Result<Self, Fault> {
        /// What stays where it is in every version.
        #[derive(Deserialize)]
        struct Head {
            version: u32,
        }
        let damaged = |error: serde_json::Error| Fault::Damaged(error.to_string());
        if serde_json::from_slice::<Head>(bytes).map_err(damaged)?.version > VERSION {
            return Err(Fault::Newer);
        }
        let manifest: Self = serde_json::from_slice(bytes).map_err(damaged)?;
        if let Some(changes) = manifest.history.iter().find(|changes| changes.run > LAST_RUN) {
            return Err(Fault::Damaged(format!("no sync has the number {}", changes.run)));
        }
        // A page's file is looked for under this name.
        let is_digest = |blob: &str| blob.len() == 64 && blob.bytes().all(|byte| byte.is_ascii_hexdigit());
        match manifest.pages.iter().find(|page| !is_digest(&page.blob)) {
            Some(page) => Err(Fault::Damaged(format!("`{}` names no page's file", page.blob))),
            None => Ok(manifest),
        }
    }

    pub(super) fn bytes(&self) -> Vec<u8> {
        // Strings, numbers and lists of them always have a JSON.
        let mut bytes = serde_json::to_vec_pretty(self).unwrap_or_default();
        bytes.push(b'\n');
        bytes
    }
}
