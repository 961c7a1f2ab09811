//! A site on disk. It has a folder of its own, and a file there says which files are its own: nothing else is ever touched.
//!
//! The folder may have come with a stranger's repository, links and that file included: the file names nothing outside of the
//! folder, and no link is followed when something is written or removed.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::{FirstSeen, Site};
use crate::storage::{self, WriteError};

/// The file that tells the folder of a site, and what of it is ours.
pub const MARKER: &str = ".ideas-site.json";

/// Why a site is not written.
#[derive(Debug, thiserror::Error)]
pub enum FolderError {
    /// There are files, and none says that a site is here.
    #[error(
        "`{}` is not empty, and holds no site that `ideas site` has written (no {MARKER}); name a new or an empty folder",
        .0.display()
    )]
    NotOurs(PathBuf),
    /// A file of somebody else, or a link, stands where one of ours would.
    #[error("`{}` is not of this site, and a page would take its place; move it away, or name another folder", .0.display())]
    Taken(PathBuf),
    /// What the marker says makes no sense.
    #[error("`{}` cannot be read ({reason}); if this folder holds a site and nothing else, delete it and try again", .path.display())]
    Marker {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
    /// A file cannot be written.
    #[error("`{}` {error}", .path.display())]
    Write {
        /// The file.
        path: PathBuf,
        /// Why.
        error: WriteError,
    },
    /// The folder cannot be read, or a file not removed.
    #[error("`{}`: {}", .path.display(), storage::words(.error))]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// Why.
        error: io::Error,
    },
}

/// A folder for a site: new, empty, or with a site in it.
#[derive(Debug)]
pub struct Folder {
    path: PathBuf,
    marker: Marker,
}

/// What the marker says.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Marker {
    /// The paths of our files.
    files: BTreeSet<String>,
    /// When each idea was first here.
    first_seen: FirstSeen,
}

/// What writing has changed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Written {
    /// Files that are new or have changed.
    pub written: usize,
    /// Files of an earlier site that are gone.
    pub removed: usize,
}

impl Folder {
    /// Looks at a folder; nothing is written.
    ///
    /// # Errors
    ///
    /// It holds something, and no site; or it cannot be read.
    pub fn open(path: &Path) -> Result<Self, FolderError> {
        let marker = path.join(MARKER);
        let at = |error| FolderError::Io { path: path.to_owned(), error };
        match fs::read(&marker) {
            Ok(bytes) => {
                let bad = |reason: String| FolderError::Marker { path: marker.clone(), reason };
                let read: Marker = serde_json::from_slice(&bytes).map_err(|error| bad(error.to_string()))?;
                if let Some(file) = read.files.iter().find(|file| !is_below(file)) {
                    return Err(bad(format!("it names a file that is none of a site: {file}")));
                }
                return Ok(Folder { path: path.to_owned(), marker: read });
            }
            Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => {}
            Err(error) => return Err(FolderError::Io { path: marker, error }),
        }
        match fs::read_dir(path) {
            Ok(entries) => {
                for entry in entries {
                    // What git and desktops leave in a folder is no content: a fresh branch has `.git`. Nor is what tells
                    // a host of pages by which name it serves them.
                    let name = entry.map_err(at)?.file_name();
                    if name != "CNAME" && !name.to_string_lossy().starts_with('.') {
                        return Err(FolderError::NotOurs(path.to_owned()));
                    }
                }
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => return Err(at(error)),
        }
        Ok(Folder { path: path.to_owned(), marker: Marker::default() })
    }

    /// When the ideas of the site that is there were first on it.
    pub fn first_seen(&self) -> &FirstSeen {
        &self.marker.first_seen
    }

    /// Writes a site in the place of the one that is there. Files that are as they were are left alone; those that are no longer
    /// of the site are removed.
    ///
    /// # Errors
    ///
    /// A file of somebody else is in the way: then nothing was written. A file cannot be written or removed: the next
    /// call goes on from there.
    pub fn write(mut self, site: &Site) -> Result<Written, FolderError> {
        let files: BTreeSet<String> = site.files.keys().cloned().collect();
        for file in &files {
            let path = self.path.join(file);
            if let Some(link) = self.link_above(&path) {
                return Err(FolderError::Taken(link.to_owned()));
            }
            if !self.marker.files.contains(file) && storage::exists(&path) {
                return Err(FolderError::Taken(path));
            }
        }
        let old: BTreeSet<String> = self.marker.files.difference(&files).cloned().collect();
        // Until all is done, the old files are ours, too, whatever happens on the way.
        self.marker.files.extend(files.iter().cloned());
        self.marker.first_seen.clone_from(&site.first_seen);
        self.write_marker()?;
        let mut changed = Written::default();
        for (file, bytes) in &site.files {
            let path = self.path.join(file);
            if fs::read(&path).is_ok_and(|there| there == *bytes) {
                continue;
            }
            storage::write_one_of_many(&path, bytes).map_err(|error| FolderError::Write { path, error })?;
            changed.written += 1;
        }
        for file in old {
            changed.removed += usize::from(self.remove(&file)?);
        }
        self.marker.files = files;
        self.write_marker()?;
        Ok(changed)
    }

    fn write_marker(&self) -> Result<(), FolderError> {
        let path = self.path.join(MARKER);
        let write = || -> Result<(), WriteError> {
            let mut bytes = serde_json::to_vec_pretty(&self.marker).map_err(io::Error::from)?;
            bytes.push(b'\n');
            fs::create_dir_all(&self.path)?;
            storage::write_ours(&path, &bytes)
        };
        write().map_err(|error| FolderError::Write { path: path.clone(), error })
    }

    /// The folder that a file of ours is in, if it is not the site's own.
    fn folder_of<'a>(&self, path: &'a Path) -> Option<&'a Path> {
        path.parent().filter(|folder| *folder != self.path)
    }

    /// That folder, if it is a link: it leads elsewhere.
    fn link_above<'a>(&self, path: &'a Path) -> Option<&'a Path> {
        self.folder_of(path).filter(|folder| fs::symlink_metadata(folder).is_ok_and(|about| about.is_symlink()))
    }

    /// Removes a file of ours, and its folder if that is empty then. What is behind a link stays.
    fn remove(&self, file: &str) -> Result<bool, FolderError> {
        let path = self.path.join(file);
        if self.link_above(&path).is_some() {
            return Ok(false);
        }
        match fs::remove_file(&path) {
            Ok(()) => {}
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(false),
            Err(error) => return Err(FolderError::Io { path, error }),
        }
        if let Some(folder) = self.folder_of(&path) {
            // It stays as long as something is in it.
            let _ = fs::remove_dir(folder);
        }
        Ok(true)
    }
}

/// True for a path that leads to a file below a folder, by names alone: as those of a site, at most one folder deep, and nothing
/// hidden: `.git/config` is never ours.
fn is_below(file: &str) -> bool {
    let path = Path::new(file);
    let is_ours = |part| matches!(part, Component::Normal(name) if !name.to_string_lossy().starts_with('.'));
    !file.is_empty() && path.components().count() <= 2 && path.components().all(is_ours)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn site(files: &[(&str, &str)]) -> Site {
        let files = files.iter().map(|&(path, text)| (path.to_owned(), text.as_bytes().to_vec())).collect();
        Site { files, first_seen: [("a".to_owned(), "2026-02-20".to_owned())].into() }
    }

    fn write(path: &Path, files: &[(&str, &str)]) -> Result<(usize, usize), String> {
        let written = Folder::open(path).and_then(|folder| folder.write(&site(files)));
        written.map(|done| (done.written, done.removed)).map_err(|error| error.to_string())
    }

    #[test]
    fn stale_pages_go_and_the_others_stay() {
        let temp = tempfile::tempdir().unwrap();
        let out = temp.path().join("site");
        assert_eq!(write(&out, &[("index.html", "1"), ("ideas/a.html", "a"), ("skills/go.html", "go")]), Ok((3, 0)));
        fs::write(out.join("CNAME"), "ideas.example.org").unwrap();
        fs::write(out.join("ideas/notes.txt"), "mine").unwrap();
        assert_eq!(write(&out, &[("index.html", "2"), ("ideas/b.html", "b")]), Ok((2, 2)));
        assert!(!out.join("ideas/a.html").exists() && !out.join("skills").exists());
        assert!(out.join("CNAME").exists() && out.join("ideas/notes.txt").exists());
        assert_eq!(write(&out, &[("index.html", "2"), ("ideas/b.html", "b")]), Ok((0, 0)), "nothing has changed");
        assert_eq!(Folder::open(&out).unwrap().first_seen()["a"], "2026-02-20");
    }

    #[test]
    fn what_a_host_of_pages_needs_may_be_there_before_the_site() {
        let temp = tempfile::tempdir().unwrap();
        let out = temp.path();
        for name in ["CNAME", ".nojekyll"] {
            fs::write(out.join(name), "ideas.example.org").unwrap();
        }
        fs::create_dir(out.join(".git")).unwrap();
        assert_eq!(write(out, &[("index.html", "1")]), Ok((1, 0)));
        assert_eq!(fs::read_to_string(out.join("CNAME")).unwrap(), "ideas.example.org");
    }

    #[test]
    fn what_is_not_ours_is_left_alone() {
        let temp = tempfile::tempdir().unwrap();
        let out = temp.path();
        fs::write(out.join("thesis.tex"), "x").unwrap();
        assert!(write(out, &[("index.html", "1")]).unwrap_err().contains("holds no site"));
        assert_eq!(fs::read_dir(out).unwrap().count(), 1);
        fs::remove_file(out.join("thesis.tex")).unwrap();
        fs::create_dir(out.join(".git")).unwrap();
        assert_eq!(write(out, &[("index.html", "1")]), Ok((1, 0)));
        fs::write(out.join("all.html"), "mine").unwrap();
        assert!(write(out, &[("index.html", "2"), ("all.html", "2")]).unwrap_err().contains("is not of this site"));
        assert_eq!(fs::read_to_string(out.join("index.html")).unwrap(), "1", "nothing was written");
    }

    #[test]
    fn a_marker_does_not_lead_outside() {
        let temp = tempfile::tempdir().unwrap();
        let out = temp.path().join("site");
        fs::create_dir(&out).unwrap();
        fs::write(temp.path().join("thesis.tex"), "x").unwrap();
        for file in ["../thesis.tex", "/etc/passwd", "ideas/../../thesis.tex", "a/b/c", ".git/config", ""] {
            let marker = serde_json::json!({"files": [file], "first_seen": {}});
            fs::write(out.join(MARKER), marker.to_string()).unwrap();
            let error = write(&out, &[("index.html", "1")]).unwrap_err();
            assert!(error.contains("cannot be read"), "{error}");
        }
        fs::write(out.join(MARKER), "{").unwrap();
        assert!(write(&out, &[]).unwrap_err().contains("cannot be read"));
        assert!(temp.path().join("thesis.tex").exists());
    }

    #[cfg(unix)]
    #[test]
    fn nothing_is_written_through_a_link() {
        use std::os::unix::fs::symlink;
        let temp = tempfile::tempdir().unwrap();
        let (out, mine) = (temp.path().join("site"), temp.path().join("mine"));
        fs::create_dir(&mine).unwrap();
        fs::create_dir(&out).unwrap();
        fs::write(mine.join("profile"), "mine").unwrap();
        let marker = serde_json::json!({"files": ["index.html", "ideas/a.html"], "first_seen": {}});
        fs::write(mine.join("marker"), marker.to_string()).unwrap();
        symlink("../mine/marker", out.join(MARKER)).unwrap();
        symlink("../mine/profile", out.join("index.html")).unwrap();
        symlink("../mine", out.join("ideas")).unwrap();
        let error = write(&out, &[("index.html", "1"), ("ideas/a.html", "a")]).unwrap_err();
        assert!(error.contains("ideas` is not of this site"), "{error}");
        fs::remove_file(out.join("ideas")).unwrap();
        assert_eq!(write(&out, &[("index.html", "1"), ("ideas/a.html", "a")]), Ok((2, 0)));
        assert_eq!(fs::read_to_string(mine.join("profile")).unwrap(), "mine");
        assert_eq!(fs::read_to_string(mine.join("marker")).unwrap(), marker.to_string());
        assert_eq!(fs::read_dir(&mine).unwrap().count(), 2);
    }

    #[cfg(unix)]
    #[test]
    fn nothing_is_removed_behind_a_link() {
        let temp = tempfile::tempdir().unwrap();
        let (out, mine) = (temp.path().join("site"), temp.path().join("mine"));
        fs::create_dir(&mine).unwrap();
        write(&out, &[("index.html", "1"), ("ideas/a.html", "a")]).unwrap();
        fs::remove_dir_all(out.join("ideas")).unwrap();
        fs::write(mine.join("a.html"), "mine").unwrap();
        std::os::unix::fs::symlink(&mine, out.join("ideas")).unwrap();
        assert_eq!(write(&out, &[("index.html", "1")]), Ok((0, 0)));
        assert_eq!(fs::read_to_string(mine.join("a.html")).unwrap(), "mine");
    }
}
