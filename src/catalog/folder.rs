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
                notices.push(Notice {
                    level: Level::Warning,
                    path: folder.display().to_string(),
                    position: None,
                    message: format!("part of this folder was skipped: {error}"),
                });
            }
        }
    }
    paths.sort();
    (paths, notices)
}

/// The pages that stand in files, in the same order.
pub(super) fn read(files: &[PathBuf]) -> Vec<Page> {
    files.par_iter().map(|file| super::read_file(file)).collect()
}
