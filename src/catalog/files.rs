//! The files behind the paths that a user names, for those who need the pages themselves: the linter points at them and mends
//! them. They are found and refused as the catalogue does.

use std::io::{self, Read};
use std::path::{Component, Path, PathBuf};

use super::seen::Seen;
use super::{Groups, Level, Notice, PageError, STDIN, folder, kind};
use crate::storage::{self, words};
use crate::text::{self, Source};

/// A file that is probably a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// Its path, as the user gave it or as it was found below that.
    pub path: PathBuf,
    /// True if the user asked for this very file.
    pub named: bool,
}

/// A page's text, and what it was decoded from.
#[derive(Debug)]
pub struct Text {
    /// The page.
    pub source: Source,
    /// What is odd about its bytes.
    pub notices: Vec<Notice>,
    /// The bytes, if the text is not just them in UTF-8: then what stands at a span does not stand there in the file.
    pub other_bytes: Option<Vec<u8>>,
}

/// The files that paths mean, each once, a folder's by path; and what could not be walked.
pub fn find(paths: &[PathBuf]) -> (Vec<File>, Vec<Notice>) {
    let mut seen = Seen::of_paths(paths);
    let (mut found, mut notices) = (Vec::new(), Vec::new());
    for path in paths {
        if path.is_dir() {
            let (files, mut skipped) = folder::files(path);
            if files.is_empty() && skipped.is_empty() {
                skipped.push(folder::no_pages(path));
            }
            notices.append(&mut skipped);
            for file in files {
                let named = seen.names(&file);
                if seen.is_new(&file) {
                    // The current folder goes without saying.
                    let path = file.strip_prefix(".").map(Path::to_owned).unwrap_or(file);
                    found.push(File { path, named });
                }
            }
        } else if seen.is_new(path) {
            match kind::check(path) {
                // That there is no such file is the better answer, and reading it will give it.
                Err(refusal) if path.exists() => notices.push(error(path, refusal.to_string())),
                _ => found.push(File { path: path.clone(), named: true }),
            }
        }
    }
    log::info!("{} files to read", found.len());
    (found, notices)
}

/// The files of a folder that are pages, by path; and what could not be walked.
pub fn in_folder(path: &Path) -> (Vec<PathBuf>, Vec<Notice>) {
    folder::files(path)
}

/// True if a file in a folder is a page, by its name.
pub fn is_page(path: &Path) -> bool {
    kind::is_page(path)
}

/// The files that `ideas.toml` names, by path; and which of its groups have none.
pub fn of_groups(groups: &Groups) -> (Vec<File>, Vec<Notice>) {
    let (files, notices) = groups.files();
    (files.into_iter().map(|(path, _)| File { path, named: false }).collect(), notices)
}

/// Reads a file.
///
/// # Errors
///
/// It cannot be read, or what it holds is surely no page; a file that was only found is told about more softly then.
pub fn read(file: &File) -> Result<Text, Notice> {
    let bytes = storage::read(&file.path).map_err(|cause| error(&file.path, PageError::Io(words(&cause)).to_string()))?;
    decode(&file.path, bytes, file.named)
}

/// Reads standard input, as the page of `path` or of [`STDIN`].
///
/// # Errors
///
/// It cannot be read, or what it holds is surely no page.
pub fn read_stdin(path: Option<&Path>) -> Result<Text, Notice> {
    let path = path.unwrap_or(Path::new(STDIN));
    let mut bytes = Vec::new();
    io::stdin().lock().read_to_end(&mut bytes).map_err(|cause| error(path, format!("cannot be read: {}", words(&cause))))?;
    decode(path, bytes, true)
}

/// The text of a page. `named`: the user asked for this very page.
///
/// # Errors
///
/// What it holds is surely no page; a page that was only found is told about more softly then.
pub fn decode(path: &Path, bytes: Vec<u8>, named: bool) -> Result<Text, Notice> {
    if !text::is_text(&bytes) {
        let refusal = error(path, PageError::Binary.to_string());
        let skipped = || Notice { level: Level::Warning, ..error(path, format!("skipped: {}", PageError::Binary)) };
        return Err(if named { refusal } else { skipped() });
    }
    let other_bytes = std::str::from_utf8(&bytes).is_err().then(|| bytes.clone());
    let (source, oddities) = Source::decode(path, bytes);
    match kind::ours(source.text()) {
        Some(format) if named => Err(error(path, PageError::Ours(format).to_string())),
        Some(format) => Err(Notice { level: Level::Note, ..error(path, format!("skipped: {}", PageError::Ours(format))) }),
        None => Ok(Text { notices: super::odd(&source, &oddities), source, other_bytes }),
    }
}

/// That an input cannot be read, or is no page.
pub fn error(path: &Path, message: String) -> Notice {
    Notice { level: Level::Error, path: path.display().to_string(), position: None, message }
}

/// A path from the root of the file system, without `.` and `..`. Links are not followed.
pub fn absolute(path: &Path, here: &Path) -> PathBuf {
    let mut whole = PathBuf::new();
    for part in here.join(path).components() {
        match part {
            Component::CurDir => {}
            // Above the root is the root.
            Component::ParentDir => {
                whole.pop();
            }
            part => whole.push(part),
        }
    }
    whole
}

/// A path as seen from a folder, with `/` between its parts; `None` if it is not below it. Both are relative to `here`, if
/// they are relative.
pub fn below(path: &Path, folder: &Path, here: &Path) -> Option<String> {
    let (path, folder) = (absolute(path, here), absolute(folder, here));
    let inner = path.strip_prefix(&folder).ok()?;
    let parts: Vec<_> = inner.components().map(|part| part.as_os_str().to_string_lossy()).collect();
    Some(parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_seen_from_a_folder() {
        for (path, folder, seen) in [
            ("a/b.md", ".", Some("a/b.md")),
            ("./a//b.md", "", Some("a/b.md")),
            ("../x/b.md", "..", Some("x/b.md")),
            ("../here/b.md", ".", Some("b.md")),
            ("../x/b.md", ".", None),
            ("/home/here/a b.md", ".", Some("a b.md")),
            ("/etc/b.md", ".", None),
            ("../../../../b.md", "/", Some("b.md")),
        ] {
            assert_eq!(
                below(Path::new(path), Path::new(folder), Path::new("/home/here")).as_deref(),
                seen,
                "{path} from {folder}"
            );
        }
    }
}
