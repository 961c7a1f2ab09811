//! Folders of pages: walked as ripgrep does (hidden and ignored files are left out), read in parallel, told in path order.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use ignore::WalkBuilder;
use rayon::prelude::*;

use super::{Level, Notice, Page, kind};

/// The files of a folder that are pages, by path, and what could not be walked.
pub(super) fn files(folder: &Path) -> (Vec<PathBuf>, Vec<Notice>) {
    let mut notices = Vec::new();
    let mut paths: Vec<PathBuf> = Vec::new();
    let is_above = |path: &Path| std::path::absolute(path).is_ok_and(|path| path.ancestors().any(has_odd_patterns));
    if is_above(folder) {
        notices.push(odd_patterns(folder));
        return (paths, notices);
    }
    let odd = Arc::new(Mutex::new(Vec::new()));
    let told = Arc::clone(&odd);
    let mut walk = WalkBuilder::new(folder);
    // A repository's .gitignore counts even outside of git: pages are often copied.
    walk.require_git(false).filter_entry(move |entry| {
        let is_odd = entry.file_type().is_some_and(|kind| kind.is_dir()) && has_odd_patterns(entry.path());
        if let (true, Ok(mut told)) = (is_odd, told.lock()) {
            told.push(odd_patterns(entry.path()));
        }
        !is_odd
    });
    for entry in walk.build() {
        match entry {
            Ok(entry) if entry.file_type().is_some_and(|kind| kind.is_file()) && kind::is_page(entry.path()) => {
                paths.push(entry.into_path());
            }
            Ok(_) => {}
            Err(error) => {
                let reason = error.io_error().map_or_else(|| error.to_string(), crate::storage::words);
                let path = place(&error).unwrap_or(folder).display().to_string();
                // As for a file that cannot be read: whoever counts on the answer must not take a part for the whole.
                notices.push(Notice { level: Level::Error, path, position: None, message: format!("cannot be read: {reason}") });
            }
        }
    }
    if let Ok(mut odd) = odd.lock() {
        notices.append(&mut odd);
    }
    paths.sort_by_cached_key(|path| in_order(path));
    (paths, notices)
}

/// That a folder has no pages. Nobody knows that of one that could not be read as a whole.
pub(super) fn no_pages(folder: &Path) -> Notice {
    let message = format!("holds no pages ({})", kind::pages());
    Notice { level: Level::Error, path: folder.display().to_string(), position: None, message }
}

/// Bytes that are in the order of paths, part by part. They are compared much sooner than paths are.
fn in_order(path: &Path) -> Vec<u8> {
    const SEPARATOR: u8 = 0;
    let mut bytes = Vec::with_capacity(path.as_os_str().len() + 1);
    for part in path {
        bytes.extend_from_slice(part.as_encoded_bytes());
        bytes.push(SEPARATOR);
    }
    bytes
}

/// True if what a folder's patterns are read from is no file: a link to a device would be read for ever.
fn has_odd_patterns(folder: &Path) -> bool {
    [".gitignore", ".ignore"].iter().any(|name| std::fs::metadata(folder.join(name)).is_ok_and(|about| !about.is_file()))
}

fn odd_patterns(folder: &Path) -> Notice {
    let message = "skipped: its .gitignore or .ignore is no regular file".to_owned();
    Notice { level: Level::Error, path: folder.display().to_string(), position: None, message }
}

/// What could not be walked, if it has a name.
fn place(error: &ignore::Error) -> Option<&Path> {
    match error {
        ignore::Error::WithPath { path, .. } => Some(path),
        ignore::Error::WithDepth { err, .. } | ignore::Error::WithLineNumber { err, .. } => place(err),
        _ => None,
    }
}

/// The pages that stand in files, in the same order.
pub(super) fn read(files: &[PathBuf]) -> Vec<Page> {
    files.par_iter().map(|file| super::read_file(file)).collect()
}
