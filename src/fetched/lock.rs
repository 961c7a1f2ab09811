//! The right to write what was fetched: one process has it at a time, and the system takes it back when that process ends,
//! however it ends.

use std::collections::HashSet;
use std::fs::{self, File, TryLockError};
use std::io::{self, Read, Seek, Write};
use std::path::PathBuf;

use super::manifest::LAST_RUN;
use super::{Failure, Fault, Manifest, StateError, Store, digest};
use crate::storage::{self, WriteError};

/// How the folders are called in which a sync works.
const WORKSHOP: &str = ".work-";

/// Why the right to write was not given.
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

/// Why something was not kept.
#[derive(Debug, thiserror::Error)]
#[error("{}: {why}", path.display())]
pub struct KeepError {
    /// The file.
    pub path: PathBuf,
    /// Why it is as it was.
    pub why: WriteError,
}

/// The right to write, for as long as it lives.
#[derive(Debug)]
pub struct Writer {
    store: Store,
    /// Closing it gives the right back.
    _lock: File,
}

pub(super) fn take(store: &Store, wait: bool, waiting: impl FnOnce(&str)) -> Result<Writer, LockError> {
    let path = store.folder.join("lock");
    let failed = |why: io::Error| LockError::Io { path: path.clone(), why };
    fs::create_dir_all(store.pages()).map_err(failed)?;
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
    Ok(Writer { store: store.clone(), _lock: file })
}

fn holder(file: &mut File) -> String {
    let mut text = String::new();
    match file.take(100).read_to_string(&mut text) {
        Ok(_) if !text.trim().is_empty() => text.trim().to_owned(),
        // Windows does not let others read what is locked.
        _ => "another process".to_owned(),
    }
}

/// The number of a sync, and of one that there can be.
fn number(text: &[u8]) -> Option<u64> {
    std::str::from_utf8(text).ok()?.trim().parse().ok().filter(|run| *run < LAST_RUN)
}

fn write(path: PathBuf, bytes: &[u8]) -> Result<(), KeepError> {
    storage::write_ours(&path, bytes).map_err(|why| KeepError { path, why })
}

impl Writer {
    /// What is written to.
    pub fn store(&self) -> &Store {
        &self.store
    }

    /// A folder for things that are needed for a moment; it goes with what is returned, or with the next sync.
    ///
    /// # Errors
    ///
    /// It cannot be made.
    pub fn workshop(&self) -> Result<tempfile::TempDir, KeepError> {
        let failed = |error: io::Error| KeepError { path: self.store.folder.clone(), why: error.into() };
        tempfile::Builder::new().prefix(WORKSHOP).tempdir_in(&self.store.folder).map_err(failed)
    }

    /// Keeps a page; gives the name of its file. Until a manifest lists it, it is nobody's.
    ///
    /// # Errors
    ///
    /// It cannot be written.
    pub fn keep(&self, bytes: &[u8]) -> Result<String, KeepError> {
        let blob = digest(bytes);
        let path = self.store.pages().join(&blob);
        // What is there already was written whole; but disks fail, and people meddle.
        if super::read(&path).map_or(true, |there| there != bytes) {
            write(path, bytes)?;
        }
        Ok(blob)
    }

    /// Puts a source in the place of what was known of it, by one rename.
    ///
    /// # Errors
    ///
    /// It cannot be written; what was known stays.
    pub fn commit(&self, manifest: &Manifest) -> Result<(), KeepError> {
        write(self.store.file(&manifest.source), &manifest.bytes())
    }

    /// Keeps a directory, in place of what was known of it.
    ///
    /// # Errors
    ///
    /// It cannot be written.
    pub fn keep_directory(&self, source: &str, bytes: &[u8]) -> Result<(), KeepError> {
        let path = self.store.directory_file(source);
        let folder = path.parent().unwrap_or(&self.store.folder);
        fs::create_dir_all(folder).map_err(|why| KeepError { path: folder.to_owned(), why: why.into() })?;
        write(path, bytes)
    }

    /// Remembers which of the sources that were to be fetched could not be, and why; `None` if one was. Of others it stays.
    ///
    /// # Errors
    ///
    /// It cannot be written.
    pub fn keep_failures(&self, tried: impl Iterator<Item = (String, Option<Failure>)>) -> Result<(), KeepError> {
        let known = self.store.failures();
        let mut failures = known.clone();
        for (source, failure) in tried {
            match failure {
                Some(failure) => _ = failures.insert(source, failure),
                None => _ = failures.remove(&source),
            }
        }
        if failures == known {
            return Ok(());
        }
        if failures.is_empty() && fs::remove_file(self.store.failures_file()).is_ok() {
            return Ok(());
        }
        // Text always has a JSON.
        write(self.store.failures_file(), &serde_json::to_vec_pretty(&failures).unwrap_or_default())
    }

    /// Forgets a source; true if it was known. Why it failed stays: see [`keep_failures`](Self::keep_failures).
    ///
    /// # Errors
    ///
    /// Its manifest cannot be removed.
    pub fn forget(&self, source: &str) -> io::Result<bool> {
        // It matters no more without the source.
        let _ = fs::remove_file(self.store.directory_file(source));
        match fs::remove_file(self.store.file(source)) {
            Ok(()) => Ok(true),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
            Err(error) => Err(error),
        }
    }

    /// The number of the sync that begins now: that of the last one, if it did not come to its end.
    pub fn run(&self) -> u64 {
        let manifests = self.store.manifests().unwrap_or_default();
        let last = manifests.iter().flatten().flat_map(|manifest| &manifest.history).map(|changes| changes.run).max();
        let last = last.unwrap_or(0);
        let completed = match super::read(&self.completed()) {
            Err(StateError { what: Fault::Gone, .. }) => 0,
            // Of a number that makes no sense only that there was one is known: what is remembered is of syncs that ended.
            Err(_) => last,
            Ok(text) => number(&text).unwrap_or(last),
        };
        if last > completed { last } else { (completed + 1).min(LAST_RUN) }
    }

    /// Remembers that a sync has come to its end.
    ///
    /// # Errors
    ///
    /// It cannot be written.
    pub fn complete(&self, run: u64) -> Result<(), KeepError> {
        write(self.completed(), format!("{run}\n").as_bytes())
    }

    /// Removes what no manifest lists: pages of former states, and what killed syncs have left; copies of manifests, too. It is
    /// done before a sync, not after it: whoever still shows what a page said finds that page until the next one.
    ///
    /// # Errors
    ///
    /// Something cannot be listed. What only cannot be removed is left for the next time.
    pub fn sweep(&self) -> Result<(), StateError> {
        let mut manifests = self.store.manifests()?;
        // Whoever looks for the source that it tells of looks elsewhere.
        manifests.retain(|manifest| match manifest {
            Err(StateError { path, what: Fault::Misnamed(_) }) => fs::remove_file(path).is_err(),
            _ => true,
        });
        // What cannot be read now may be readable for somebody else, who wants its pages then.
        let all_known = manifests.iter().all(Result::is_ok);
        let listed: HashSet<&str> =
            manifests.iter().flatten().flat_map(|manifest| &manifest.pages).map(|page| page.blob.as_str()).collect();
        for folder in [self.store.folder.clone(), self.store.pages()] {
            let in_pages = folder == self.store.pages();
            for entry in fs::read_dir(&folder).map_err(|error| super::fault(&folder, &error))?.flatten() {
                let name = entry.file_name();
                let name = name.to_string_lossy();
                let path = entry.path();
                if path.is_dir() {
                    if name.starts_with(WORKSHOP) {
                        let _ = fs::remove_dir_all(&path);
                    }
                } else if name.starts_with(".ideas-") || (in_pages && all_known && !listed.contains(&*name)) {
                    let _ = fs::remove_file(&path);
                }
            }
        }
        Ok(())
    }

    fn completed(&self) -> PathBuf {
        self.store.folder.join("completed")
    }
}
