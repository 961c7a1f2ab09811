//! What somebody's own repositories say of their skills: the languages by their lines, and the libraries that manifests name.
//!
//! A table of endings (`schemas/languages.toml`) and a count of lines are all that is needed to know who writes Go.
//! Crates that count lines or detect languages tell comments and doubtful endings apart, and bring many dependencies
//! for what makes no difference here.

mod manifest;

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use ignore::WalkBuilder;
use rustc_hash::{FxHashMap, FxHashSet};
use serde::Deserialize;

use crate::idea::skill::Skills;
use crate::storage;
use crate::text::counted;

/// So many files are looked at; who has more has said enough.
const MOST_FILES: usize = 50_000;
/// A larger file is data.
const MOST_BYTES: u64 = 1 << 20;

/// What a repository says of skills.
#[derive(Debug, Default)]
pub struct Repository {
    /// Where it lies, as it was given.
    pub path: PathBuf,
    /// Its skills: languages, those with the most lines first, then what its files and manifests name.
    pub skills: Vec<(&'static str, Evidence)>,
    /// How many files were looked at.
    pub files: usize,
    /// True if there are more files than were looked at.
    pub is_cut: bool,
}

/// From what a skill is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Evidence {
    /// So many lines of it.
    Lines(usize),
    /// A file of it, or a manifest that names it: its path in the repository.
    File(PathBuf),
}

/// Why a repository says nothing.
#[derive(Debug, thiserror::Error)]
pub enum RepositoryError {
    /// It cannot be read.
    #[error("{}: {}", .path.display(), storage::words(.error))]
    Unreadable {
        /// The folder.
        path: PathBuf,
        /// What the system says; the message has it, so it is no source of its own.
        error: io::Error,
    },
    /// It is a file.
    #[error("{} is no folder: expected the folder of a repository", .path.display())]
    NoFolder {
        /// The file.
        path: PathBuf,
    },
    /// There is no file to look at.
    #[error(
        "nothing to read in {}: expected files that are not hidden, that .gitignore does not name, and that you may read; say what you \
         bring with `--skills`",
        .path.display()
    )]
    NothingToRead {
        /// The folder.
        path: PathBuf,
    },
    /// Nothing in it is known.
    #[error(
        "no known language in {} ({} looked at, without those that .gitignore names): say what you bring with `--skills`",
        .path.display(),
        if *.files == 1 { "1 file was".to_owned() } else { format!("{} were", counted(*.files, "file")) }
    )]
    NothingKnown {
        /// The folder.
        path: PathBuf,
        /// How many files it has.
        files: usize,
    },
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    least_lines: usize,
    least_percent: usize,
    vendored: FxHashSet<String>,
    extensions: BTreeMap<String, Vec<String>>,
    shared: BTreeMap<String, [String; 2]>,
    files: BTreeMap<String, Vec<String>>,
    dependencies: FxHashMap<String, String>,
}

/// The table of languages, with canonical skills.
struct Table {
    least_lines: usize,
    least_percent: usize,
    vendored: FxHashSet<String>,
    extensions: FxHashMap<String, &'static str>,
    /// Endings of two languages: whose they are unless the other has files of its own, and the other.
    shared: FxHashMap<String, [&'static str; 2]>,
    files: FxHashMap<String, &'static str>,
    dependencies: FxHashMap<String, &'static str>,
}

impl Table {
    #[allow(clippy::expect_used)] // built in and tested: a broken file never leaves our hands
    fn get() -> &'static Table {
        static TABLE: LazyLock<Table> = LazyLock::new(|| {
            let file: File = toml::from_str(include_str!("../schemas/languages.toml")).expect("schemas/languages.toml is valid");
            let skill = |name: &str| Skills::get().canonical(name);
            let by_name = |table: BTreeMap<String, Vec<String>>| {
                let entries = table.into_iter().filter_map(|(name, of)| Some((skill(&name)?, of)));
                entries.flat_map(|(skill, of)| of.into_iter().map(move |name| (name, skill))).collect()
            };
            let shared = file.shared.into_iter();
            Table {
                least_lines: file.least_lines,
                least_percent: file.least_percent,
                vendored: file.vendored,
                extensions: by_name(file.extensions),
                shared: shared.filter_map(|(end, [one, other])| Some((end, [skill(&one)?, skill(&other)?]))).collect(),
                files: by_name(file.files),
                dependencies: file.dependencies.into_iter().filter_map(|(name, of)| Some((name, skill(&of)?))).collect(),
            }
        });
        &TABLE
    }
}

impl Repository {
    /// Looks at the files of a folder, without those that are hidden, ignored or other people's.
    ///
    /// # Errors
    /// If it is no folder that can be read, or nothing in it is known.
    pub fn read(path: &Path) -> Result<Self, RepositoryError> {
        let about = fs::metadata(path).map_err(|error| RepositoryError::Unreadable { path: path.to_owned(), error })?;
        if !about.is_dir() {
            return Err(RepositoryError::NoFolder { path: path.to_owned() });
        }
        let table = Table::get();
        let mut walk = WalkBuilder::new(path);
        walk.require_git(false).sort_by_file_name(Ord::cmp).filter_entry(|entry| {
            let is_folder = entry.file_type().is_some_and(|kind| kind.is_dir());
            !(is_folder && entry.depth() > 0 && entry.file_name().to_str().is_some_and(|name| table.vendored.contains(name)))
        });
        let mut read = Repository { path: path.to_owned(), ..Repository::default() };
        let mut lines: BTreeMap<&'static str, usize> = BTreeMap::new();
        let mut shared: BTreeMap<[&'static str; 2], usize> = BTreeMap::new();
        let mut named: Vec<(&'static str, Evidence)> = Vec::new();
        // What cannot be walked says nothing.
        for entry in walk.build().flatten().filter(|entry| entry.file_type().is_some_and(|kind| kind.is_file())) {
            if read.files == MOST_FILES {
                read.is_cut = true;
                break;
            }
            read.files += 1;
            let Some(name) = entry.file_name().to_str() else { continue };
            let file = entry.path();
            let inside = file.strip_prefix(path).unwrap_or(file);
            let mut name_skill = |skill: &'static str| named.push((skill, Evidence::File(inside.to_owned())));
            let ending =
                Path::new(name).extension().and_then(|end| end.to_str()).map(str::to_ascii_lowercase).unwrap_or_default();
            if let Some(skill) = table.files.get(name).or_else(|| table.files.get(&format!("*.{ending}"))) {
                name_skill(skill);
            }
            let (language, either) = (table.extensions.get(&ending), table.shared.get(&ending));
            let is_manifest = manifest::is_one(name);
            if language.is_none() && either.is_none() && !is_manifest
                || entry.metadata().map_or(true, |about| about.len() > MOST_BYTES)
            {
                continue;
            }
            let Ok(bytes) = fs::read(file) else { continue };
            let count = memchr::memchr_iter(b'\n', &bytes).count();
            if let Some(language) = language {
                *lines.entry(language).or_default() += count;
            }
            if let Some(either) = either {
                *shared.entry(*either).or_default() += count;
            }
            if is_manifest {
                let dependencies = manifest::dependencies(name, &String::from_utf8_lossy(&bytes));
                dependencies.iter().filter_map(|name| skill_of(name, table)).for_each(name_skill);
            }
        }
        for ([usual, other], count) in shared {
            *lines.entry(if lines.contains_key(other) { other } else { usual }).or_default() += count;
        }
        let all: usize = lines.values().sum();
        let counts = |count: usize| count > 0 && (count >= table.least_lines || count * 100 >= all * table.least_percent);
        let mut languages: Vec<(&'static str, usize)> = lines.into_iter().filter(|&(_, count)| counts(count)).collect();
        languages.sort_by_key(|&(_, count)| std::cmp::Reverse(count));
        read.skills = languages.into_iter().map(|(skill, count)| (skill, Evidence::Lines(count))).collect();
        for (skill, evidence) in named {
            if read.skills.iter().all(|(known, _)| *known != skill) {
                read.skills.push((skill, evidence));
            }
        }
        log::info!("{} files of {}", read.files, path.display());
        if read.files == 0 {
            return Err(RepositoryError::NothingToRead { path: read.path });
        }
        if read.skills.is_empty() {
            return Err(RepositoryError::NothingKnown { path: read.path, files: read.files });
        }
        Ok(read)
    }
}

/// The skill that a dependency is, by the table or by its name: `serde` is none, `react` is one.
fn skill_of(dependency: &str, table: &Table) -> Option<&'static str> {
    let by_name = || {
        let last = dependency.rsplit('/').next().filter(|last| last.len() > 2)?;
        Skills::get().canonical(last)
    };
    table.dependencies.get(dependency).copied().or_else(by_name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder(files: &[(&str, String)]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        for (name, text) in files {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        folder
    }

    fn told(repository: &Repository) -> String {
        let evidence = |(skill, evidence): &(&str, Evidence)| match evidence {
            Evidence::Lines(lines) => format!("{skill} {lines}"),
            Evidence::File(path) => format!("{skill} {}", path.display()),
        };
        repository.skills.iter().map(evidence).collect::<Vec<_>>().join(", ")
    }

    #[test]
    fn skills_are_told_from_files() {
        let lines = |count: usize| "x\n".repeat(count);
        let folder = folder(&[
            (".gitignore", "generated/\n".to_owned()),
            ("main.go", lines(400)),
            ("generated/all.py", lines(9000)),
            ("node_modules/x/index.js", lines(9000)),
            ("tool.PL", lines(3)),
            ("web/app.tsx", lines(50)),
            ("web/package.json", r#"{"dependencies": {"react": "19", "left-pad": "1"}}"#.to_owned()),
            ("go.mod", "module x\nrequire (\n\tk8s.io/client-go v0.1.0 // indirect\n\tgoogle.golang.org/grpc v1\n\tgithub.com/jackc/pgx/v5 v5.1\n)\n".to_owned()),
            ("Dockerfile", "FROM scratch\n".to_owned()),
        ]);
        let read = Repository::read(folder.path()).unwrap();
        let expected = "go 400, typescript 50, docker Dockerfile, grpc go.mod, postgresql go.mod, react web/package.json";
        assert_eq!(told(&read).replace('\\', "/"), expected);
        assert!(!read.is_cut);
    }

    #[test]
    fn doubtful_endings_are_told_by_their_company() {
        let lines = |count: usize| "x\n".repeat(count);
        for (files, expected) in [
            (&[("a.h", 500), ("b.c", 500)][..], "c 1000"),
            (&[("a.h", 500), ("b.cpp", 500)], "c++ 1000"),
            (&[("a.h", 500), ("b.c", 500), ("c.cc", 100)], "c++ 600, c 500"),
            (&[("a.h", 500)], "c 500"),
            // A notebook is JSON: its lines say nothing.
            (&[("a.py", 400), ("b.ipynb", 9000)], "python 400, jupyter b.ipynb"),
            (&[("a.go", 400), ("b.m", 9000)], "go 400"),
        ] {
            let files: Vec<(&str, String)> = files.iter().map(|&(name, count)| (name, lines(count))).collect();
            assert_eq!(told(&Repository::read(folder(&files).path()).unwrap()), expected);
        }
    }

    #[test]
    fn what_says_nothing_is_an_error() {
        let empty = folder(&[("notes.txt", "go".to_owned())]);
        let error = Repository::read(empty.path()).unwrap_err().to_string();
        assert!(error.contains("no known language in") && error.contains("1 file was") && error.contains("--skills"), "{error}");
        let error = Repository::read(&empty.path().join("notes.txt")).unwrap_err().to_string();
        assert!(error.contains("is no folder"), "{error}");
        let error = Repository::read(folder(&[(".hidden.go", "x".to_owned())]).path()).unwrap_err().to_string();
        assert!(error.contains("nothing to read in"), "{error}");
        let error = Repository::read(&empty.path().join("nowhere")).unwrap_err();
        assert!(error.to_string().ends_with("nowhere: there is no such file or folder"), "{error}");
        assert!(std::error::Error::source(&error).is_none(), "the message has said it");
    }

    /// Every name in the table is a skill that `--skill` takes.
    #[test]
    fn the_table_names_skills() {
        let file: File = toml::from_str(include_str!("../schemas/languages.toml")).unwrap();
        let names = file
            .extensions
            .keys()
            .chain(file.shared.values().flatten())
            .chain(file.files.keys())
            .chain(file.dependencies.values());
        let unknown: Vec<_> = names.filter(|name| Skills::get().canonical(name) != Some(name.as_str())).collect();
        assert!(unknown.is_empty(), "{unknown:?}");
    }
}
