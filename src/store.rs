//! What the program keeps in the data folder: what `ideas sync` fetched, its history, what `ideas check` was answered,
//! and the user's shortlist.
//!
//! ```text
//! ideas.sqlite    sources, their pages and what these hold, changes, failures, directories, answers,
//!                 the shortlist
//! lock            held by whoever fetches, or writes the file of sources
//! ```
//!
//! It is one SQLite database, which people can query with their own tools; `schemas/store/` holds its layout,
//! `docs/store.md` tells of it. A source is replaced in one transaction. So whoever reads, and whoever comes after a
//! crash at any moment, finds a source as it was or as it is now, whole. Its journal is a rollback journal: a
//! write-ahead log needs shared memory, which home folders on a network do not have, and two more files, which
//! read-only folders do not get. Readers wait for the milliseconds of a commit, and a commit for the milliseconds of a
//! reader.
//!
//! SQLite finds damage to its structure, and nothing else. So every content has a digest, and so has all that is known of a
//! source: what was changed behind our back is told, and fetched anew.

mod answers;
pub mod changes;
mod manifest;
mod salvage;
mod shortlist;
mod writer;

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use rusqlite::{Connection, OptionalExtension, TransactionBehavior};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

pub use answers::{Answers, StoredAnswer};
pub use manifest::{Manifest, Mark, Page};
pub use salvage::Salvaged;
pub use shortlist::{Entry, EntryStatus, ShortlistChange};
pub use writer::{LockError, Writer};

use self::changes::Changes;
use crate::database::{self, Layout, OpenError};
use crate::storage;

/// The layout of the database. SQLite shows the number as text: `idea`.
const LAYOUT: Layout = Layout { application: 0x6964_6561, first: 2, steps: &[include_str!("../schemas/store/1.sql")] };

/// The data folder, as a store of what was fetched and shortlisted. It need not exist.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Store {
    folder: PathBuf,
}

/// Why something in the store cannot be read or written.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}: {}{what}{}", path.display(), of.as_ref().map(|of| format!("{of}: ")).unwrap_or_default(), self.mend())]
pub struct StateError {
    /// The file.
    pub path: PathBuf,
    /// The only source that this is about, by its name.
    pub of: Option<String>,
    /// What is wrong.
    pub what: Fault,
}

/// What is wrong with something of ours.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// It is not there.
    #[error("it is gone")]
    Gone,
    /// The system does not give it, or does not take it.
    #[error("{0}")]
    Io(String),
    /// It does not hold what a sync writes.
    #[error("it is damaged: {0}")]
    Damaged(String),
    /// Another version of the program wrote it, in a layout that this one does not know.
    #[error(
        "this version of `ideas` does not know its layout: a newer one wrote it, or one before the first release; use that one, set \
         IDEAS_DATA_DIR to another folder, or move the file away"
    )]
    UnknownLayout,
}

/// Why a source could not be fetched the last time that somebody tried.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Failure {
    /// When: RFC 3339, in UTC.
    pub at: String,
    /// Why.
    pub why: String,
}

/// A source's pages at one moment, all of one sync.
#[derive(Debug)]
pub struct Snapshot {
    /// What is known of the source.
    pub manifest: Manifest,
    /// What its pages hold, in the manifest's order.
    pub pages: Vec<Result<Vec<u8>, StateError>>,
}

impl Snapshot {
    /// True if every page is there, byte for byte as it was written.
    pub fn is_sound(&self) -> bool {
        self.pages.iter().all(Result::is_ok)
    }
}

impl Store {
    /// The store of this user.
    ///
    /// # Errors
    ///
    /// Nobody knows the user's home.
    pub fn open() -> io::Result<Self> {
        Ok(Self::at(storage::data_folder()?))
    }

    /// The store in a data folder.
    pub fn at(folder: PathBuf) -> Self {
        Self { folder }
    }

    /// The database.
    pub fn file(&self) -> PathBuf {
        self.folder.join("ideas.sqlite")
    }

    /// True if there is nothing that was fetched. What cannot be read is something.
    pub fn is_empty(&self) -> bool {
        // If they disagree, there is damage, and no nothing.
        let count = "SELECT (SELECT count(*) FROM sources) + (SELECT count(*) FROM sources NOT INDEXED)";
        let count = self.read_with(|connection| connection.query_row(count, [], |row| row.get(0)));
        count.is_ok_and(|count: i64| count == 0)
    }

    /// What is known of all sources, by their names; and what cannot be read of it.
    ///
    /// # Errors
    ///
    /// Nothing can be read.
    pub fn manifests(&self) -> Result<Vec<Result<Manifest, StateError>>, StateError> {
        self.read_with(|connection| {
            let (found, ended) = manifest::all(connection);
            let found = found.into_iter().map(|found| self.known(found));
            Ok(found.chain(ended.err().map(|error| Err(self.fault(None, &error)))).collect())
        })
    }

    /// What is known of a source, if it was ever fetched.
    ///
    /// # Errors
    ///
    /// It cannot be read.
    pub fn manifest(&self, source: &str) -> Result<Option<Manifest>, StateError> {
        self.read_with(|connection| manifest::one(connection, source))?.map(|found| self.known(found)).transpose()
    }

    /// A source with all its pages, if it was ever fetched.
    ///
    /// # Errors
    ///
    /// What is known of it cannot be read.
    pub fn read(&self, source: &str) -> Result<Option<Snapshot>, StateError> {
        self.snapshots([source]).pop().unwrap_or(Ok(None))
    }

    /// Sources with all their pages, each as it is now; `None` for those that are not there.
    pub fn snapshots<'a>(&self, sources: impl IntoIterator<Item = &'a str>) -> Vec<Result<Option<Snapshot>, StateError>> {
        let connection = match self.connection() {
            Ok(connection) => connection,
            Err(error) => return sources.into_iter().map(|_| Err(error.clone())).collect(),
        };
        let Some(mut connection) = connection else { return sources.into_iter().map(|_| Ok(None)).collect() };
        sources.into_iter().map(|source| self.snapshot(&mut connection, source)).collect()
    }

    fn snapshot(&self, connection: &mut Connection, source: &str) -> Result<Option<Snapshot>, StateError> {
        let fault = |error: rusqlite::Error| self.fault(Some(source), &error);
        // Page by page it would be of two syncs.
        let transaction = connection.transaction().map_err(fault)?;
        let Some(found) = manifest::one(&transaction, source).map_err(fault)? else { return Ok(None) };
        let manifest = self.known(found)?;
        let read: Vec<_> = manifest.pages.iter().map(|page| manifest::content(&transaction, &page.blob)).collect();
        drop(transaction);
        let check = |(page, read): (&Page, rusqlite::Result<Option<Vec<u8>>>)| match read {
            Ok(Some(bytes)) if digest(&bytes) == page.blob => Ok(bytes),
            Ok(Some(_)) => Err(Fault::Damaged("it does not hold what was fetched".to_owned())),
            Ok(None) => Err(Fault::Gone),
            Err(error) => Err(self.fault(None, &error).what),
        };
        let pages = manifest.pages.par_iter().zip(read).map(check);
        let pages =
            pages.map(|page| page.map_err(|what| StateError { path: self.file(), of: Some(source.to_owned()), what })).collect();
        Ok(Some(Snapshot { manifest, pages }))
    }

    /// What a page holds, by its digest.
    ///
    /// # Errors
    ///
    /// It is not there, or cannot be read.
    pub fn page(&self, digest: &str) -> Result<Vec<u8>, StateError> {
        let content = self.read_with(|connection| manifest::content(connection, digest))?;
        content.ok_or_else(|| StateError { path: self.file(), of: None, what: Fault::Gone })
    }

    /// What syncs have changed, the latest last.
    ///
    /// # Errors
    ///
    /// It cannot be read.
    pub fn changes(&self) -> Result<Vec<Changes>, StateError> {
        let texts: Vec<(String, String)> = self.read_with(|connection| {
            let mut changes = connection.prepare("SELECT changes, digest FROM changes ORDER BY sync, source, at, id")?;
            changes.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect()
        })?;
        let read = |(text, digest): (String, String)| changes::read(&text, &digest);
        let what = || Fault::Damaged("the history is not what was written".to_owned());
        let read = texts.into_iter().map(read).collect::<Option<_>>();
        read.ok_or_else(|| StateError { path: self.file(), of: None, what: what() })
    }

    /// What is kept of a directory, as its listing had it. What cannot be read is asked for again.
    pub fn directory(&self, source: &str) -> Option<Vec<u8>> {
        let listing = self.read_with(|connection| {
            let listing = "SELECT listing FROM directories WHERE source = ?1";
            connection.query_row(listing, [key(source)], |row| row.get(0)).optional()
        });
        listing.ok().flatten().map(String::into_bytes)
    }

    /// Why sources could not be fetched the last time, by their names in lower case. What cannot be read tells nothing.
    pub fn failures(&self) -> BTreeMap<String, Failure> {
        let failures = self.read_with(|connection| {
            let mut failures = connection.prepare("SELECT source, at, why FROM failures")?;
            let failure = |row: &rusqlite::Row<'_>| Ok((row.get(0)?, Failure { at: row.get(1)?, why: row.get(2)? }));
            failures.query_map([], failure)?.collect()
        });
        failures.unwrap_or_default()
    }

    /// What the addresses of ideas answered when they were last asked.
    ///
    /// # Errors
    ///
    /// It cannot be read.
    pub fn answers(&self) -> Result<Answers, StateError> {
        self.read_with(answers::all)
    }

    /// Keeps answers, in place of those that were known of the same addresses: all of them or none.
    ///
    /// # Errors
    ///
    /// They cannot be kept; all is as it was.
    pub fn keep_answers(&self, answers: &[StoredAnswer]) -> Result<(), StateError> {
        let put = |connection: &Connection| answers::put(connection, answers);
        transaction(&mut self.create()?, put).map_err(|error| self.fault(None, &error))
    }

    /// The ids of shortlisted ideas, also of such as the catalogue at hand does not have.
    ///
    /// # Errors
    ///
    /// They cannot be read.
    pub fn shortlisted(&self) -> Result<BTreeSet<String>, StateError> {
        self.read_with(shortlist::ids)
    }

    /// The shortlist, in the order in which ideas were added.
    ///
    /// # Errors
    ///
    /// It cannot be read.
    pub fn shortlist(&self) -> Result<Vec<Entry>, StateError> {
        let what = || Fault::Damaged("the shortlist is not what was written".to_owned());
        // Outside of a database there is nothing, and nothing is wrong with that.
        let entries = self.read_with(|connection| shortlist::all(connection).map(|entries| entries.ok_or(())).map(Some))?;
        let entries = entries.unwrap_or_else(|| Ok(Vec::new()));
        entries.map_err(|()| StateError { path: self.file(), of: None, what: what() })
    }

    /// Changes the shortlist: all of the changes are kept, or none.
    ///
    /// # Errors
    ///
    /// They cannot be kept; all is as it was.
    pub fn change_shortlist(&self, changes: &[ShortlistChange]) -> Result<(), StateError> {
        let change = |connection: &Connection| changes.iter().try_for_each(|change| shortlist::change(connection, change));
        transaction(&mut self.create()?, change).map_err(|error| self.fault(None, &error))
    }

    /// Takes the right to fetch, which only one process has at a time. Without `wait` somebody else's is an error; with it,
    /// `waiting` is told who that is, once.
    ///
    /// # Errors
    ///
    /// Somebody else has it, or the folder cannot be written.
    pub fn lock(&self, wait: bool, waiting: impl FnOnce(&str)) -> Result<Writer, LockError> {
        writer::take(self, wait, waiting)
    }

    /// Reads at one moment. Of what was never written there is nothing.
    fn read_with<T: Default>(&self, read: impl FnOnce(&Connection) -> rusqlite::Result<T>) -> Result<T, StateError> {
        let Some(mut connection) = self.connection()? else { return Ok(T::default()) };
        let found = connection.transaction().and_then(|transaction| read(&transaction));
        found.map_err(|error| self.fault(None, &error))
    }

    /// The database for reading, if there is one.
    fn connection(&self) -> Result<Option<Connection>, StateError> {
        let connection = database::open_existing(&self.file(), LAYOUT).map_err(|error| self.unopened(&error))?;
        connection.map(|connection| self.careful(connection)).transpose()
    }

    /// The database for writing. It is made, if there is none.
    fn create(&self) -> Result<Connection, StateError> {
        std::fs::create_dir_all(&self.folder).map_err(|error| io_fault(&self.folder, &error))?;
        self.careful(database::open(&self.file(), LAYOUT).map_err(|error| self.unopened(&error))?)
    }

    fn careful(&self, connection: Connection) -> Result<Connection, StateError> {
        // Damage is found where it is read, not where it leads to; nothing is written beside the database but its journal.
        let set = connection.execute_batch("PRAGMA cell_size_check = ON; PRAGMA temp_store = MEMORY; PRAGMA synchronous = FULL;");
        set.map(|()| connection).map_err(|error| self.fault(None, &error))
    }

    fn known(&self, (source, manifest): manifest::Found) -> Result<Manifest, StateError> {
        let damaged = || Fault::Damaged("it is not what was written".to_owned());
        manifest
            .map_err(|error| self.fault(None, &error).what)
            .and_then(|manifest| manifest.ok_or_else(damaged))
            .map_err(|what| StateError { path: self.file(), of: Some(source), what })
    }

    fn fault(&self, of: Option<&str>, error: &rusqlite::Error) -> StateError {
        let what = if database::is_damage(error) { Fault::Damaged(error.to_string()) } else { Fault::Io(database::words(error)) };
        StateError { path: self.file(), of: of.map(ToOwned::to_owned), what }
    }

    fn unopened(&self, error: &OpenError) -> StateError {
        let what = match error {
            OpenError::Sqlite(error) => return self.fault(None, error),
            OpenError::UnknownLayout => Fault::UnknownLayout,
            // Whoever has put it there: in this place it is not what it should be, and it is not thrown away.
            OpenError::Foreign | OpenError::NoFile => Fault::Damaged(error.to_string()),
            OpenError::Io(_) => Fault::Io(error.to_string()),
        };
        StateError { path: self.file(), of: None, what }
    }
}

impl StateError {
    /// What to do about a database that is damaged as a whole.
    pub fn mend(&self) -> &'static str {
        match (&self.what, &self.of) {
            (Fault::Damaged(_), None) => {
                "; `ideas sync` sets the file aside, takes over what can be read, and fetches the rest again"
            }
            _ => "",
        }
    }
}

/// What a source is called in the tables: sources whose names differ only in case are one.
fn key(source: &str) -> String {
    source.to_lowercase()
}

/// What a content is called: its SHA-256, in hexadecimal.
pub fn digest(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    Sha256::digest(bytes).iter().fold(String::with_capacity(64), |mut name, byte| {
        let _ = write!(name, "{byte:02x}");
        name
    })
}

fn io_fault(path: &Path, error: &io::Error) -> StateError {
    StateError { path: path.to_owned(), of: None, what: Fault::Io(storage::words(error)) }
}

/// A transaction that writes from its first statement on: whoever writes meanwhile is waited for, and nothing is read twice.
fn transaction<T>(connection: &mut Connection, change: impl FnOnce(&Connection) -> rusqlite::Result<T>) -> rusqlite::Result<T> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let done = change(&transaction)?;
    transaction.commit()?;
    Ok(done)
}
