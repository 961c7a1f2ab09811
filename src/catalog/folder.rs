//! Folders of pages: walked as ripgrep does (hidden and ignored files are left out), read in parallel, told in path order.

use std::path::{Path, PathBuf};

use ignore::WalkBuilder;
use rayon::prelude::*;

use super::{Level, Notice, Page, kind};

/// The files of a folder that are pages, by path, and what could not be walked.
pub(super) fn files(folder: &Path) -> (Vec<PathBuf>, Vec<Notice>) {
    let mut notices = Vec::new();
    let mut paths: Vec<PathBuf> = Vec::new();
    // A repository's .gitignore counts even outside of git: pages are often copied.
    for entry in WalkBuilder::new(folder).require_git(false).build() {
        match entry {
            Ok(entry) if entry.file_type().is_some_and(|kind| kind.is_file()) && kind::is_page(entry.path()) => {
                paths.push(entry.into_path());
            }
            Ok(_) => {}
            Err(error) => {
                let reason = error.io_error().map_or_else(|| error.to_string(), crate::storage::words);
                let path = place(&error).unwrap_or(folder).display().to_string();
                notices.push(Notice { level: Level::Warning, path, position: None, message: format!("skipped: {reason}") });
            }
        }
    }
    paths.sort();
    (paths, notices)
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
