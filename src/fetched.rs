//! What `ideas sync` has fetched, as it lies in the data folder: pages, and for each source one manifest that says which.
//!
//! ```text
//! fetched/pages/9f86d0…     a page, called by the SHA-256 of what it holds; written once, never changed
//! fetched/SOURCE.json       the manifest of a source: its pages, what is known of them, what changed
//! fetched/directories/      the organisations of programmes, as their listings had them
//! fetched/failed            why sources could not be fetched the last time
//! fetched/lock              held by whoever writes here, or in the file of sources
//! fetched/completed         the number of the last sync that came to its end
//! ```
//!
//! A sync writes the pages of a source first and then its manifest, by one rename. So whoever reads, and whoever comes after a
//! crash at any moment, finds a source as it was or as it is now, whole. What a killed sync has left over is nobody's page; the
//! next one sweeps it away.

pub mod changes;
mod lock;
pub mod manifest;

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

pub use lock::{KeepError, LockError, Writer};
pub use manifest::{Manifest, Page};

use crate::storage;

/// What stays as it is in the name of a manifest.
const PLAIN: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.');

/// The folder of what was fetched. It need not exist.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Store {
    folder: PathBuf,
}

/// Why something that was fetched cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}: {what}", path.display())]
pub struct StateError {
    /// The file.
    pub path: PathBuf,
    /// What is wrong with it.
    pub what: Fault,
}

/// What is wrong with a file of ours.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// It is not there.
    #[error("it is gone")]
    Gone,
    /// The system does not give it.
    #[error("it cannot be read: {0}")]
    Io(String),
    /// It does not hold what a sync writes.
    #[error("it is damaged: {0}")]
    Damaged(String),
    /// It is of another source than its name says: a copy.
    #[error("it is of the source `{0}`, whose file has another name")]
    Misnamed(String),
    /// A newer version of the program wrote it.
    #[error("a newer version of `ideas` wrote it")]
    Newer,
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
    /// What was fetched for this user.
    ///
    /// # Errors
    ///
    /// Nobody knows the user's home.
    pub fn open() -> io::Result<Self> {
        Ok(Self::at(storage::data_folder()?.join("fetched")))
    }

    /// What was fetched into a folder.
    pub fn at(folder: PathBuf) -> Self {
        Self { folder }
    }

    /// The folder itself.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// True if there is nothing that was fetched. What cannot be listed is something.
    pub fn is_empty(&self) -> bool {
        self.files().is_ok_and(|files| files.is_empty())
    }

    /// All manifests, by the names of their sources; and which cannot be read.
    ///
    /// # Errors
    ///
    /// The folder is there and cannot be listed.
    pub fn manifests(&self) -> Result<Vec<Result<Manifest, StateError>>, StateError> {
        let mut manifests: Vec<_> = self.files()?.iter().filter_map(|file| self.read_manifest(file).transpose()).collect();
        manifests.sort_by(|a, b| name(a).cmp(name(b)));
        Ok(manifests)
    }

    /// What is known of a source, if it was ever fetched.
    ///
    /// # Errors
    ///
    /// Its manifest is there and cannot be read.
    pub fn manifest(&self, source: &str) -> Result<Option<Manifest>, StateError> {
        self.read_manifest(&self.file(source))
    }

    /// A source with all its pages, if it was ever fetched.
    ///
    /// # Errors
    ///
    /// Its manifest is there and cannot be read.
    pub fn read(&self, source: &str) -> Result<Option<Snapshot>, StateError> {
        self.manifest(source)?.map_or(Ok(None), |manifest| self.snapshot(manifest))
    }

    /// The source of a manifest that was just read, with all its pages; `None` if it was removed since.
    ///
    /// # Errors
    ///
    /// Its manifest was written anew since, and cannot be read.
    pub fn snapshot(&self, manifest: Manifest) -> Result<Option<Snapshot>, StateError> {
        let mut manifest = manifest;
        loop {
            let pages: Vec<_> = manifest.pages.iter().map(|page| self.page(page)).collect();
            if !pages.iter().any(|page| page.as_ref().is_err_and(|error| error.what == Fault::Gone)) {
                return Ok(Some(Snapshot { manifest, pages }));
            }
            // A sync came in between, and swept away what nobody lists any more: its manifest lists what there is.
            let Some(now) = self.manifest(&manifest.source)? else { return Ok(None) };
            if now == manifest {
                return Ok(Some(Snapshot { manifest, pages }));
            }
            manifest = now;
        }
    }

    /// Where a page lies.
    pub fn path(&self, page: &Page) -> PathBuf {
        self.pages().join(&page.blob)
    }

    /// What is kept of a directory, as its listing had it.
    pub fn directory(&self, source: &str) -> Option<Vec<u8>> {
        read(&self.directory_file(source)).ok()
    }

    /// Why sources could not be fetched the last time, by their names. What cannot be read tells nothing.
    pub fn failures(&self) -> BTreeMap<String, Failure> {
        let bytes = read(&self.failures_file()).unwrap_or_default();
        serde_json::from_slice(&bytes).unwrap_or_default()
    }

    /// Takes the right to write, which only one process has at a time. Without `wait` somebody else's is an error; with it,
    /// `waiting` is told who that is, once.
    ///
    /// # Errors
    ///
    /// Somebody else has it, or the folder cannot be written.
    pub fn lock(&self, wait: bool, waiting: impl FnOnce(&str)) -> Result<Writer, LockError> {
        lock::take(self, wait, waiting)
    }

    /// The source that a manifest's file is of, in lower case: for one that cannot be read.
    pub fn source_of(manifest: &Path) -> String {
        let stem = manifest.file_stem().unwrap_or_default().to_string_lossy();
        percent_decode_str(&stem).decode_utf8_lossy().into_owned()
    }

    fn read_manifest(&self, path: &Path) -> Result<Option<Manifest>, StateError> {
        let bytes = match read(path) {
            Ok(bytes) => bytes,
            Err(StateError { what: Fault::Gone, .. }) => return Ok(None),
            Err(error) => return Err(error),
        };
        match Manifest::read(&bytes) {
            Ok(manifest) if self.file(&manifest.source) == path => Ok(Some(manifest)),
            Ok(manifest) => Err(Fault::Misnamed(manifest.source)),
            Err(what) => Err(what),
        }
        .map_err(|what| StateError { path: path.to_owned(), what })
    }

    fn page(&self, page: &Page) -> Result<Vec<u8>, StateError> {
        let path = self.path(page);
        let bytes = read(&path)?;
        let what = if bytes.len() != page.bytes {
            format!("it has {} bytes instead of {}", bytes.len(), page.bytes)
        } else if digest(&bytes) != page.blob {
            "it does not hold what was fetched".to_owned()
        } else {
            return Ok(bytes);
        };
        Err(StateError { path, what: Fault::Damaged(what) })
    }

    fn pages(&self) -> PathBuf {
        self.folder.join("pages")
    }

    /// The manifest of a source. Sources whose names differ only in case are one.
    fn file(&self, source: &str) -> PathBuf {
        self.folder.join(format!("{}.json", utf8_percent_encode(&source.to_lowercase(), PLAIN)))
    }

    fn directory_file(&self, source: &str) -> PathBuf {
        let name = format!("{}.json", utf8_percent_encode(&source.to_lowercase(), PLAIN));
        self.folder.join("directories").join(name)
    }

    fn failures_file(&self) -> PathBuf {
        self.folder.join("failed")
    }

    /// The manifests' files.
    fn files(&self) -> Result<Vec<PathBuf>, StateError> {
        let entries = match fs::read_dir(&self.folder) {
            Ok(entries) => entries,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(error) => return Err(fault(&self.folder, &error)),
        };
        let mut files = Vec::new();
        for entry in entries {
            let path = entry.map_err(|error| fault(&self.folder, &error))?.path();
            if path.extension().is_some_and(|extension| extension == "json") {
                files.push(path);
            }
        }
        files.sort();
        Ok(files)
    }
}

/// The name of a page's file: the SHA-256 of what it holds.
pub fn digest(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    Sha256::digest(bytes).iter().fold(String::with_capacity(64), |mut name, byte| {
        let _ = write!(name, "{byte:02x}");
        name
    })
}

fn name(manifest: &Result<Manifest, StateError>) -> &str {
    manifest.as_ref().map_or("", |manifest| &manifest.source)
}

/// What a file of ours holds. A pipe in its place would be waited for, and a device may have no end.
fn read(path: &Path) -> Result<Vec<u8>, StateError> {
    let about = fs::metadata(path).map_err(|error| fault(path, &error))?;
    if !about.is_file() {
        let what = Fault::Damaged("it is no regular file".to_owned());
        return Err(StateError { path: path.to_owned(), what });
    }
    fs::read(path).map_err(|error| fault(path, &error))
}

fn fault(path: &Path, error: &io::Error) -> StateError {
    let what = match error.kind() {
        io::ErrorKind::NotFound => Fault::Gone,
        _ => Fault::Io(storage::words(error)),
    };
    StateError { path: path.to_owned(), what }
}
