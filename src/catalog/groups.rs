//! The pages that `ideas.toml` names: which files below its folder are pages of the catalogue, and what is known about each
//! group of them.

use std::path::{Path, PathBuf};

use ignore::gitignore::Gitignore;

use super::{Given, Level, Notice, folder};
use crate::text::Position;

/// Files that are pages, and what is known about them.
#[derive(Clone, Debug)]
pub struct Group {
    /// Which files, by their paths from the folder; as in `.gitignore`.
    pub files: Gitignore,
    /// What their pages need not say.
    pub given: Given,
    /// Where the group is described.
    pub position: Position,
}

/// Groups of files below a folder. A file belongs to the first that it fits.
#[derive(Clone, Debug)]
pub struct Groups {
    /// The folder, as the user sees it.
    pub folder: PathBuf,
    /// The file that describes the groups, as the user sees it.
    pub described_in: PathBuf,
    /// The groups.
    pub groups: Vec<Group>,
}

impl Groups {
    /// The group of a file, by its path from the folder.
    pub fn group(&self, inside: &Path) -> Option<&Group> {
        self.groups.iter().find(|group| group.files.matched_path_or_any_parents(inside, false).is_ignore())
    }

    /// The files that are pages, by path, each with its group; and which groups have none.
    pub fn files(&self) -> (Vec<(PathBuf, &Group)>, Vec<Notice>) {
        let root = if self.folder.as_os_str().is_empty() { Path::new(".") } else { &self.folder };
        let (found, mut notices) = folder::files(root);
        let pages: Vec<(PathBuf, &Group)> = found
            .into_iter()
            .filter_map(|file| {
                let inside = file.strip_prefix(root).ok()?;
                let group = self.group(inside)?;
                // The current folder goes without saying.
                Some((self.folder.join(inside), group))
            })
            .collect();
        for group in &self.groups {
            if !pages.iter().any(|(_, of)| std::ptr::eq(*of, group)) {
                // Without any page there is no catalogue.
                let level = if pages.is_empty() { Level::Error } else { Level::Warning };
                let message = "this group has no pages: no file fits, or groups above it have taken all that do".to_owned();
                let path = self.described_in.display().to_string();
                notices.push(Notice { level, path, position: Some(group.position), message });
            }
        }
        (pages, notices)
    }
}
