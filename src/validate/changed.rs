//! Which lines a branch has touched: what `ideas validate --changed` speaks of.
//!
//! The system's `git` says which commit the branch began at, and what the pages said there. It only reads objects:
//! neither hooks nor filters of the repository run, and nothing is fetched. The lines are compared here, with the pages
//! as they were read, so that what is not committed yet, or not even added, counts as touched.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::ops::RangeInclusive;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use similar::{Algorithm, DiffOp, capture_diff_slices_deadline};

use crate::catalog::files;
use crate::lint::{Finding, Linted};
use crate::storage::words;
use crate::sync::{FetchError, blobs, read_local};
use crate::text::Source;

/// Two versions of a page with little in common are compared for so long; then more lines than necessary count as touched.
const PATIENCE: Duration = Duration::from_secs(2);

/// Git may take so long for an answer.
const TIMEOUT: Duration = Duration::from_mins(1);

/// Why it cannot be said what a branch has touched.
#[derive(Debug, thiserror::Error)]
pub enum ChangedError {
    /// There is no git.
    #[error("--changed asks `git` what the branch has touched, and it cannot be run: {0}")]
    NoGit(String),
    /// The working folder is in no repository.
    #[error("--changed compares with a commit of the repository that the current folder is in, and it is in none ({0})")]
    NoRepository(String),
    /// There is no such commit.
    #[error("there is no commit `{0}` to compare with; --changed=REF takes a branch, a tag or a commit{1}")]
    NoCommit(String, &'static str),
    /// Nobody has said what to compare with.
    #[error(
        "nothing says which branch this one began at: there is no remote `origin` with a default branch, and no branch `main` or `master`; say so, as in `--changed=develop`"
    )]
    NoDefault,
    /// The two have no commit in common.
    #[error(
        "the current commit and `{0}` have no commit in common here; if the clone is shallow, `git fetch --unshallow` fetches the rest (in actions/checkout: `fetch-depth: 0`)"
    )]
    NoBase(String),
    /// Git knows files whose text is not here.
    #[error(
        "the text of pages at `{0}` is not in this clone, which is a partial one; `git fetch --refetch --no-filter` fetches it"
    )]
    NotHere(String),
    /// Git has failed otherwise.
    #[error("--changed: git: {0}")]
    Git(String),
}

/// A branch, and where it began.
pub struct Branch {
    /// The working folder.
    here: PathBuf,
    /// The folder that the repository's paths are seen from.
    root: PathBuf,
    /// What the branch is compared with, as the user knows it.
    reference: String,
    /// The commit that the two have in common.
    base: String,
}

/// What pages said where the branch began.
pub struct Former {
    here: PathBuf,
    root: PathBuf,
    /// Their text, by their path in the repository today.
    texts: HashMap<String, Vec<u8>>,
}

/// The lines of a page that a branch has touched, from 1 and in their order; all of them if it is not known otherwise.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Touched {
    /// The page is new.
    #[default]
    All,
    /// These lines.
    Lines(Vec<RangeInclusive<usize>>),
}

impl Branch {
    /// The branch that the repository of the working folder is on, since it left `reference`; without one, the branch
    /// `target` of the remote that it is to be merged into, else the default branch.
    pub fn since(reference: Option<&str>, target: Option<&str>, here: &Path) -> Result<Self, ChangedError> {
        // Links on the way are resolved, as git resolves them.
        let here = here.canonicalize().unwrap_or_else(|_| here.to_owned());
        let git = |args: &[&str]| run(&here, args, &[]);
        let root = git(&["rev-parse", "--show-toplevel"]).map_err(|error| match error {
            ChangedError::Git(why) => ChangedError::NoRepository(why),
            error => error,
        })?;
        let commit = |name: &str| {
            git(&["rev-parse", "--verify", "--quiet", "--end-of-options", &format!("{name}^{{commit}}")]).map(|out| line(&out))
        };
        let (reference, commit) = if let Some(name) = reference {
            let is_page = files::is_page(Path::new(name)) || here.join(name).exists();
            let hint = if is_page { "; pages stand behind a space: `--changed PAGE`" } else { "" };
            (name.to_owned(), commit(name).map_err(|_| ChangedError::NoCommit(name.to_owned(), hint))?)
        } else {
            let target = target.map(|target| format!("origin/{target}"));
            let names = ["origin/HEAD", "@{upstream}", "main", "master"].map(str::to_owned);
            let mut known = target.into_iter().chain(names).filter_map(|name| commit(&name).ok().map(|commit| (name, commit)));
            known.next().ok_or(ChangedError::NoDefault)?
        };
        let base = git(&["merge-base", "HEAD", &commit]).map_err(|_| ChangedError::NoBase(reference.clone()))?;
        log::info!("compared with {} ({reference})", line(&base));
        Ok(Branch { root: PathBuf::from(line(&root)), reference, base: line(&base), here })
    }

    /// What the branch is compared with.
    pub fn reference(&self) -> &str {
        &self.reference
    }

    /// What these pages said where the branch began; one that was renamed since, under its old name.
    pub fn former<'p>(&self, pages: impl Iterator<Item = &'p Path>) -> Result<Former, ChangedError> {
        let tree = run(&self.here, &["ls-tree", "-r", "-z", "--full-tree", &self.base], &[])?;
        let mut objects = HashMap::new();
        for entry in tree.split(|byte| *byte == 0) {
            let Some((about, path)) = std::str::from_utf8(entry).ok().and_then(|entry| entry.split_once('\t')) else { continue };
            let mut about = about.split(' ');
            if let (Some("100644" | "100755"), _, Some(object)) = (about.next(), about.next(), about.next()) {
                objects.insert(path, object);
            }
        }
        let renamed = self.renamed()?;
        let mut wanted = Vec::new();
        for path in pages.filter_map(|page| files::below(page, &self.root, &self.here)) {
            let object = objects.get(path.as_str()).or_else(|| objects.get(renamed.get(&path)?.as_str()));
            if let Some(object) = object {
                wanted.push((path, *object));
            }
        }
        let names = wanted.iter().fold(String::new(), |mut names, (_, object)| {
            let _ = writeln!(names, "{object}");
            names
        });
        let answer = run(&self.here, &["cat-file", "--batch"], names.as_bytes())?;
        let texts = blobs(&answer, wanted.len()).ok_or_else(|| ChangedError::NotHere(self.reference.clone()))?;
        let texts = wanted.into_iter().map(|(path, _)| path).zip(texts).collect();
        Ok(Former { here: self.here.clone(), root: self.root.clone(), texts })
    }

    /// The old names of files that the branch has renamed, by their new ones; committed or not, as the index has them.
    fn renamed(&self) -> Result<HashMap<String, String>, ChangedError> {
        let how = ["diff-index", "--cached", "-z", "-M", "--diff-filter=R", "--name-status", "--no-ext-diff", "--no-textconv"];
        let list = run(&self.here, &[&how[..], &[&self.base]].concat(), &[])?;
        let list = String::from_utf8_lossy(&list);
        let mut parts = list.split('\0');
        let mut renamed = HashMap::new();
        // How much they are alike, the old name, the new one.
        while let (Some(_), Some(old), Some(new)) = (parts.next(), parts.next(), parts.next()) {
            renamed.insert(new.to_owned(), old.to_owned());
        }
        Ok(renamed)
    }
}

impl Former {
    /// The lines of a page that are not as they were.
    pub fn touched(&self, page: &Source) -> Touched {
        let former = files::below(page.path(), &self.root, &self.here).and_then(|path| self.texts.get(&path));
        match former {
            // Decoded as the page was.
            Some(bytes) => touched(Source::decode(page.path(), bytes.clone()).0.text(), page.text()),
            None => Touched::All,
        }
    }
}

impl Touched {
    /// True if one of these lines was touched.
    fn any(&self, lines: RangeInclusive<usize>) -> bool {
        let Touched::Lines(touched) = self else { return true };
        let next = touched.partition_point(|range| range.end() < lines.start());
        touched.get(next).is_some_and(|range| range.start() <= lines.end())
    }

    /// True if no line was touched.
    pub fn is_none(&self) -> bool {
        *self == Touched::Lines(Vec::new())
    }

    /// True if a finding is on one of these lines; of what is told once for the page, if one of its places is.
    pub fn has(&self, finding: &Finding, page: &Linted) -> bool {
        let source = &page.source;
        std::iter::once(finding.span).chain(finding.others.iter().copied()).any(|span| {
            // What ends before the first character of a line ends with the line before.
            let last = span.end.max(span.start + 1) - 1;
            self.any(source.line(span.start)..=source.line(last.min(source.text().len())))
        })
    }
}

/// The lines of `new` that are not in `old`, and those beside lines that are gone.
fn touched(old: &str, new: &str) -> Touched {
    let lines = |text: &'_ str| text.lines().map(str::to_owned).collect::<Vec<_>>();
    let (old, new) = (lines(old), lines(new));
    let mut touched: Vec<RangeInclusive<usize>> = Vec::new();
    for op in capture_diff_slices_deadline(Algorithm::Myers, &old, &new, Some(Instant::now() + PATIENCE)) {
        let range = match op {
            DiffOp::Equal { .. } => continue,
            DiffOp::Insert { new_index, new_len, .. } | DiffOp::Replace { new_index, new_len, .. } => {
                new_index + 1..=new_index + new_len
            }
            DiffOp::Delete { new_index, .. } => new_index.max(1)..=(new_index + 1).min(new.len().max(1)),
        };
        match touched.last_mut() {
            Some(last) if *range.start() <= last.end() + 1 => *last = *last.start()..=*range.end().max(last.end()),
            _ => touched.push(range),
        }
    }
    Touched::Lines(touched)
}

/// For each line of `new` that stands in the place of another in `old`: that one.
pub(super) fn former_lines<'t>(old: &'t str, new: &str) -> Vec<Option<&'t str>> {
    let (old, new) = (old.lines().collect::<Vec<_>>(), new.lines().collect::<Vec<_>>());
    let mut former = vec![None; new.len()];
    for op in capture_diff_slices_deadline(Algorithm::Myers, &old, &new, Some(Instant::now() + PATIENCE)) {
        if let DiffOp::Replace { old_index, old_len, new_index, new_len } = op {
            for at in 0..new_len.min(old_len) {
                former[new_index + at] = Some(old[old_index + at]);
            }
        }
    }
    former
}

/// Runs git in a folder such that it only reads objects, and gives what it writes.
fn run(folder: &Path, args: &[&str], input: &[u8]) -> Result<Vec<u8>, ChangedError> {
    read_local(folder, args, input, TIMEOUT).map_err(|error| match error {
        FetchError::NoGit(error) => ChangedError::NoGit(words(&error)),
        FetchError::Git(why) => ChangedError::Git(why),
        error => ChangedError::Git(error.to_string()),
    })
}

/// The one line that git has written.
fn line(out: &[u8]) -> String {
    String::from_utf8_lossy(out).trim_end_matches(['\n', '\r']).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_touched_that_are_new_or_beside_what_is_gone() {
        for (old, new, lines) in [
            ("a\nb\nc\n", "a\nb\nc\n", &[][..]),
            ("a\r\nb\r\n", "a\nb\n", &[]),
            ("a\nb\nc\n", "a\nx\nc\n", &[2..=2]),
            ("a\nc\n", "a\nb\nc\n", &[2..=2]),
            ("a\nb\nc\n", "a\nc\n", &[1..=2]),
            ("a\nb\n", "b\n", &[1..=1]),
            ("a\nb\n", "a\n", &[1..=1]),
            ("a\n", "", &[1..=1]),
            ("", "a\nb\n", &[1..=2]),
            ("a\nb\nc\nd\ne\n", "A\nb\nc\nd\nE\n", &[1..=1, 5..=5]),
        ] {
            assert_eq!(touched(old, new), Touched::Lines(lines.to_vec()), "{old:?} {new:?}");
        }
    }

    #[test]
    fn ranges_meet() {
        let touched = Touched::Lines(vec![2..=3, 7..=7]);
        for (lines, is_touched) in [(1..=1, false), (1..=2, true), (3..=9, true), (4..=6, false), (7..=7, true), (8..=8, false)] {
            assert_eq!(touched.any(lines.clone()), is_touched, "{lines:?}");
        }
        assert!(Touched::All.any(1..=1));
    }
}
