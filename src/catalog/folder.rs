//! Folders of pages: walked as ripgrep does (hidden and ignored files are left out), read in parallel, told in path order.

use std::path::{Path, PathBuf};

use ignore::WalkBuilder;
use rayon::prelude::*;

use super::{Level, Notice, Page};

/// What makes a file a page.
pub(super) const EXTENSIONS: [&str; 5] = ["md", "markdown", "mdx", "mkd", "json"];

/// The pages of a folder, and what could not be walked.
pub(super) fn read(folder: &Path) -> (Vec<Page>, Vec<Notice>) {
    let mut notices = Vec::new();
    let mut paths: Vec<PathBuf> = Vec::new();
    // A repository's .gitignore counts even outside of git: pages are often copied.
    for entry in WalkBuilder::new(folder).require_git(false).build() {
        match entry {
            Ok(entry) if entry.file_type().is_some_and(|kind| kind.is_file()) && is_page(entry.path()) => {
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
    (paths.par_iter().map(|path| super::read_file(path)).collect(), notices)
}

fn is_page(path: &Path) -> bool {
    path.extension().is_some_and(|extension| EXTENSIONS.iter().any(|known| extension.eq_ignore_ascii_case(known)))
}
