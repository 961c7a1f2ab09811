//! The right to fetch: one process has it at a time, and the system takes it back when that process ends, however it ends.
//!
//! It is a lock on a file beside the database. SQLite's own lock ends with each transaction, and a sync has one for each source;
//! a row that says who is at work would outlive a kill. The shortlist and answers need no right: each change is one
//! transaction.

use std::fs::{self, File, TryLockError};
use std::io::{self, Read, Seek, Write};
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};

use rusqlite::{Connection, params};

use super::changes::Changes;
use super::{Failure, Manifest, Salvaged, StateError, Store, digest, io_fault, key, manifest, salvage, transaction};
use crate::storage;

/// How the names of folders begin that a sync needs for a moment.
const TEMPORARY: &str = ".work-";

/// Why the right to fetch was not given.
#[derive(Debug, thiserror::Error)]
pub enum LockError {
    /// Somebody else has it.
    #[error("another `ideas` is at work there ({by}); wait for its end with `--wait`, or try again later")]
    Held {
        /// Who, as far as it is known.
        by: String,
    },
    /// The folder cannot be written.
    #[error("{}: cannot be written: {}", path.display(), storage::words(why))]
    Io {
        /// The file.
        path: PathBuf,
        /// Why.
        why: io::Error,
    },
}

/// The right to fetch, for as long as it lives.
#[derive(Debug)]
pub struct Writer {
    store: Store,
    /// The database, once something was written.
    connection: Mutex<Option<Connection>>,
    /// Closing it gives the right back.
    _lock: File,
}

pub(super) fn take(store: &Store, wait: bool, waiting: impl FnOnce(&str)) -> Result<Writer, LockError> {
    let path = store.folder.join("lock");
    let failed = |why: io::Error| LockError::Io { path: path.clone(), why };
    fs::create_dir_all(&store.folder).map_err(failed)?;
    let mut file = File::options().read(true).write(true).create(true).truncate(false).open(&path).map_err(failed)?;
    match file.try_lock() {
        Ok(()) => {}
        Err(TryLockError::WouldBlock) => {
            let by = holder(&mut file);
            if !wait {
                return Err(LockError::Held { by });
            }
            waiting(&by);
            file.lock().map_err(failed)?;
        }
        Err(TryLockError::Error(error)) => return Err(failed(error)),
    }
    // Only for people. If it cannot be written, the lock holds all the same.
    let _ = file.set_len(0).and_then(|()| file.rewind()).and_then(|()| writeln!(file, "process {}", std::process::id()));
    Ok(Writer { store: store.clone(), connection: Mutex::new(None), _lock: file })
}

fn holder(file: &mut File) -> String {
    let mut text = String::new();
    match file.take(100).read_to_string(&mut text) {
        Ok(_) if !text.trim().is_empty() => text.trim().to_owned(),
        // Windows does not let others read what is locked.
        _ => "another process".to_owned(),
    }
}

impl Writer {
    /// What is written to.
    pub fn store(&self) -> &Store {
        &self.store
    }

    /// Removes what killed syncs have left. If the database is damaged, one that holds what can be read of it takes its
    /// place, and the damaged one is kept beside it.
    ///
    /// # Errors
    ///
    /// The database cannot be used, and that is not for damage.
    pub fn prepare(&self) -> Result<Option<Salvaged>, StateError> {
        for entry in fs::read_dir(&self.store.folder).map_err(|error| io_fault(&self.store.folder, &error))?.flatten() {
            // What cannot be removed is left for the next time.
            if entry.file_name().to_string_lossy().starts_with(TEMPORARY) {
                let _ = fs::remove_dir_all(entry.path());
            }
        }
        salvage::mend(self)
    }

    /// A folder for things that are needed for a moment; it goes with what is returned, or with the next sync.
    ///
    /// # Errors
    ///
    /// It cannot be made.
    pub fn temporary_folder(&self) -> Result<tempfile::TempDir, StateError> {
        let made = tempfile::Builder::new().prefix(TEMPORARY).tempdir_in(&self.store.folder);
        made.map_err(|error| io_fault(&self.store.folder, &error))
    }

    /// Puts a source, and what its pages hold, in the place of what was known of it; and adds to its history what has changed.
    /// What is there already need not be among the contents.
    ///
    /// # Errors
    ///
    /// It cannot be written; what was known stays.
    pub fn commit(&self, manifest: &Manifest, contents: &[&[u8]], changes: Option<&Changes>) -> Result<(), StateError> {
        self.change(|connection| {
            manifest::put(connection, manifest, contents)?;
            changes.map_or(Ok(()), |changes| add_changes(connection, changes))
        })
    }

    /// Keeps what is known of a source whose pages are what they were.
    ///
    /// # Errors
    ///
    /// It cannot be written; what was known stays.
    pub fn commit_unchanged(&self, manifest: &Manifest) -> Result<(), StateError> {
        self.change(|connection| manifest::put_source(connection, manifest))
    }

    /// Keeps a directory, in place of what was known of it.
    ///
    /// # Errors
    ///
    /// It cannot be written.
    pub fn keep_directory(&self, source: &str, listing: &str) -> Result<(), StateError> {
        let keep = "INSERT OR REPLACE INTO directories (source, listing) VALUES (?1, ?2)";
        self.change(|connection| connection.execute(keep, params![key(source), listing]).map(drop))
    }

    /// Remembers which of the sources that were to be fetched could not be, and why; `None` if one was. Of others it stays.
    ///
    /// # Errors
    ///
    /// It cannot be written.
    pub fn keep_failures(&self, tried: impl Iterator<Item = (String, Option<Failure>)>) -> Result<(), StateError> {
        self.change(|connection| {
            for (source, failure) in tried {
                match failure {
                    Some(Failure { at, why }) => connection.execute(
                        "INSERT OR REPLACE INTO failures (source, at, why) VALUES (?1, ?2, ?3)",
                        params![key(&source), at, why],
                    )?,
                    None => connection.execute("DELETE FROM failures WHERE source = ?1", [key(&source)])?,
                };
            }
            Ok(())
        })
    }

    /// Forgets a source and its history; true if it was known. Why it failed stays: see [`keep_failures`](Self::keep_failures).
    ///
    /// # Errors
    ///
    /// It cannot be written; what was known stays.
    pub fn forget(&self, source: &str) -> Result<bool, StateError> {
        self.change(|connection| {
            let mut known = 0;
            for table in ["sources", "pages", "changes", "directories"] {
                known += connection.execute(&format!("DELETE FROM {table} WHERE source = ?1"), [key(source)])?;
            }
            connection.execute("DELETE FROM contents WHERE digest NOT IN (SELECT digest FROM pages)", [])?;
            Ok(known > 0)
        })
    }

    /// The number of the sync that begins now: that of the last one, if it did not come to its end.
    ///
    /// # Errors
    ///
    /// It cannot be written.
    pub fn run(&self) -> Result<u64, StateError> {
        self.change(|connection| {
            let unfinished = "SELECT max(id) FROM syncs WHERE completed IS NULL";
            if let Some(run) = connection.query_row(unfinished, [], |row| row.get(0))? {
                return Ok(run);
            }
            let next = "INSERT INTO syncs (id) SELECT max(coalesce((SELECT max(id) FROM syncs), 0),
                coalesce((SELECT max(sync) FROM changes), 0)) + 1 RETURNING id";
            connection.query_row(next, [], |row| row.get(0))
        })
    }

    /// Remembers that a sync has come to its end.
    ///
    /// # Errors
    ///
    /// It cannot be written.
    pub fn complete(&self, run: u64) -> Result<(), StateError> {
        let complete = "UPDATE syncs SET completed = strftime('%Y-%m-%dT%H:%M:%SZ', 'now') WHERE id <= ?1 AND completed IS NULL";
        self.change(|connection| connection.execute(complete, [run]).map(drop))
    }

    fn change<T>(&self, change: impl FnOnce(&Connection) -> rusqlite::Result<T>) -> Result<T, StateError> {
        let mut connection = self.connection.lock().unwrap_or_else(PoisonError::into_inner);
        let connection = match &mut *connection {
            Some(connection) => connection,
            none => none.insert(self.store.create()?),
        };
        transaction(connection, change).map_err(|error| self.store.fault(None, &error))
    }
}

/// Adds to the history.
pub(super) fn add_changes(connection: &Connection, changes: &Changes) -> rusqlite::Result<()> {
    // Text, numbers and lists of them always have a JSON.
    let text = serde_json::to_string(changes).unwrap_or_default();
    let add = "INSERT INTO changes (source, sync, at, changes, digest) VALUES (?1, ?2, ?3, ?4, ?5)";
    let digest = digest(text.as_bytes());
    connection.execute(add, params![key(&changes.source), changes.run, changes.at, text, digest]).map(drop)
}
