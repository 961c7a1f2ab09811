//! Pages of a repository, by the system's `git`: it knows the user's proxies, certificates and keys, and fetches one commit
//! without its history, and of that only the files that are wanted.
//!
//! Nothing in a repository is run or checked out: its files are read out of its objects.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::path::Path;
use std::time::Instant;

use crate::sources::{Feed, page_url};
use crate::store::Mark;
use crate::web::retry::{self, Failure};
use crate::web::{Limits, Reason, Visit, WebError};

use super::batch::{Answer, Batch, MAX_PAGE, MAX_PAGES};
use super::command::Git;
use super::{FetchError, content};

/// Why git did not reach the host, if that is what it says.
fn unreached(error: &FetchError) -> Option<Reason> {
    let FetchError::Git(why) = error else { return None };
    let why = why.to_lowercase();
    if ["could not resolve host", "name or service not known"].iter().any(|said| why.contains(said)) {
        Some(Reason::NoHost)
    } else if ["connection refused", "failed to connect", "couldn't connect to server"].iter().any(|said| why.contains(said)) {
        Some(Reason::Connection("connection refused".to_owned()))
    } else {
        None
    }
}

/// A repository, and a folder to work in.
pub(super) struct Repository<'a> {
    /// The address that the source names; pages are shown to people there.
    url: &'a str,
    /// The one that is fetched from.
    from: &'a str,
    branch: Option<&'a str>,
    folder: &'a Path,
    limits: Limits,
}

/// What a server says about the branch that is wanted.
struct Head {
    /// `main`.
    branch: String,
    commit: String,
}

/// A file of a commit.
struct File {
    object: String,
    path: String,
}

impl<'a> Repository<'a> {
    pub(super) fn new(url: &'a str, from: &'a str, branch: Option<&'a str>, folder: &'a Path, limits: Limits) -> Self {
        Self { url, from, branch, folder, limits }
    }

    /// The pages that a source wants of it, unless the commit is the one that is known.
    pub(super) fn fetch(&self, feed: &Feed, mark: &Mark, visit: &Visit<'_>) -> Result<Answer, FetchError> {
        visit.may_ask(self.from)?;
        let again = |error: &FetchError| visit.tell_retry(self.url, error);
        let done = retry::attempt(self.limits, || visit.left(), again, || self.attempt(feed, mark, visit));
        match &done {
            Ok(_) => visit.reached(),
            Err(error) => {
                if let Some(reason) = unreached(error) {
                    visit.not_reached(self.from, reason);
                }
            }
        }
        done
    }

    fn attempt(&self, feed: &Feed, mark: &Mark, visit: &Visit<'_>) -> Result<Answer, Failure<FetchError>> {
        let timeout = self.limits.timeout.min(visit.left());
        let git = Git::new(self.from, timeout, Instant::now() + timeout);
        let head = self.head(&git)?;
        if mark.commit.as_ref() == Some(&head.commit) {
            return Ok(Answer::Same);
        }
        let folder = self.folder.join("repository");
        // What an attempt before this one has left.
        let _ = std::fs::remove_dir_all(&folder);
        let git = self.clone(git, &head, &folder)?;
        // The branch may have moved on since.
        let commit = git.run(&["rev-parse", "--verify", "HEAD"], &[])?;
        let commit = String::from_utf8_lossy(&commit).trim().to_owned();
        let files = files(&git, feed)?;
        let batch = self.read(&git, feed, &head.branch, &files)?;
        Ok(Answer::New(Batch { mark: Mark { commit: Some(commit), ..Mark::default() }, ..batch }))
    }

    /// Asks which commit the branch has; nothing else is sent.
    fn head(&self, git: &Git) -> Result<Head, Failure<FetchError>> {
        let wanted = self.branch.map_or_else(|| "HEAD".to_owned(), |branch| format!("refs/heads/{branch}"));
        // Its HEAD in any case: it says which branch is the default one.
        let answer = git.run(&["ls-remote", "--symref", "--", self.from, "HEAD", &wanted], &[])?;
        let answer = String::from_utf8_lossy(&answer);
        let (mut default, mut commit) = (None, None);
        for line in answer.lines() {
            let Some((said, name)) = line.split_once('\t') else { continue };
            match said.strip_prefix("ref: refs/heads/") {
                Some(branch) if name == "HEAD" => default = Some(branch.to_owned()),
                _ if name == wanted => commit = Some(said.to_owned()),
                _ => {}
            }
        }
        let Some(commit) = commit else {
            return Err(match (self.branch, default) {
                (Some(branch), Some(default)) => unfit(&format!("there is no branch `{branch}`; the default one is `{default}`")),
                (Some(branch), None) => unfit(&format!("there is no branch `{branch}`")),
                (None, _) => unfit("the repository is empty, or its default branch is gone; `--branch` names another"),
            });
        };
        let branch = self.branch.map(ToOwned::to_owned).or(default);
        let branch = branch.ok_or_else(|| unfit("its HEAD is no branch; name one with `--branch`"))?;
        Ok(Head { branch, commit })
    }

    /// One commit, and of that only the names of its files, if the server can do that.
    fn clone(&self, git: Git, head: &Head, folder: &Path) -> Result<Git, Failure<FetchError>> {
        let branch = format!("--branch={}", head.branch);
        let into = folder.to_string_lossy();
        let how = ["clone", "--quiet", "--depth=1", "--filter=blob:none", "--no-checkout", "--single-branch", "--no-tags"];
        git.run(&[&how[..], &["--template=", &branch, "--", self.from, &into]].concat(), &[])?;
        Ok(git.within(folder))
    }

    fn read(&self, git: &Git, feed: &Feed, branch: &str, files: &[File]) -> Result<Batch, Failure<FetchError>> {
        let files: Vec<&File> = files.iter().collect();
        let sizes = sizes(git, &files)?;
        let mut batch = Batch::default();
        let (small, large): (Vec<&File>, Vec<&File>) =
            files.into_iter().partition(|file| sizes.get(&file.object).is_some_and(|size| *size <= MAX_PAGE));
        let contents = contents(git, &small)?;
        let large = large.into_iter().map(|file| (file, Err(WebError::TooLarge.into())));
        let small =
            small.into_iter().zip(contents).map(|(file, bytes)| (file, content::check(&bytes, &file.path, None).map(|()| bytes)));
        for (file, read) in large.chain(small) {
            let Some(given) = feed.given(&file.path) else { continue };
            let url = page_url(self.url, branch, &file.path);
            batch.take(format!("{}/{}", feed.name, file.path), url, given, read).map_err(Failure::last)?;
        }
        Ok(batch)
    }
}

/// The files that a source wants. Links and other repositories are none.
fn files(git: &Git, feed: &Feed) -> Result<Vec<File>, Failure<FetchError>> {
    let list = git.run(&["ls-tree", "-r", "-z", "--full-tree", "HEAD"], &[])?;
    let mut files = Vec::new();
    for entry in list.split(|byte| *byte == 0) {
        // A name that is no UTF-8 fits no pattern.
        let Some((about, path)) = std::str::from_utf8(entry).ok().and_then(|entry| entry.split_once('\t')) else { continue };
        let mut about = about.split(' ');
        let (mode, _, object) = (about.next(), about.next(), about.next());
        if let (Some("100644" | "100755"), Some(object)) = (mode, object)
            && feed.given(path).is_some()
        {
            files.push(File { object: object.to_owned(), path: path.to_owned() });
        }
    }
    if files.len() > MAX_PAGES { Err(Failure::last(FetchError::TooMany)) } else { Ok(files) }
}

/// How large files are. Those that the clone has left with the server are fetched first, all at once.
fn sizes(git: &Git, files: &[&File]) -> Result<HashMap<String, usize>, Failure<FetchError>> {
    let ask = |git: &Git| -> Result<HashMap<String, usize>, Failure<FetchError>> {
        let answer = git.run(&["cat-file", "--batch-check=%(objectname) %(objectsize)"], objects(files).as_bytes())?;
        let answer = String::from_utf8_lossy(&answer).into_owned();
        // A line of one that is not here reads `… missing`.
        let size = |line: &str| line.split_once(' ').and_then(|(object, size)| Some((object.to_owned(), size.parse().ok()?)));
        Ok(answer.lines().filter_map(size).collect())
    };
    let here = ask(&git.clone().offline())?;
    let missing: Vec<&File> = files.iter().copied().filter(|file| !here.contains_key(&file.object)).collect();
    if missing.is_empty() {
        return Ok(here);
    }
    // As git itself does when it misses something.
    let how = ["-c", "fetch.negotiationAlgorithm=noop", "fetch", "--quiet", "--no-tags", "--no-write-fetch-head"];
    let what = ["--recurse-submodules=no", "--filter=blob:none", "--stdin", "origin"];
    git.run(&[&how[..], &what[..]].concat(), objects(&missing).as_bytes())?;
    ask(git)
}

/// What files hold, in their order.
fn contents(git: &Git, files: &[&File]) -> Result<Vec<Vec<u8>>, Failure<FetchError>> {
    let answer = git.run(&["cat-file", "--batch"], objects(files).as_bytes())?;
    blobs(&answer, files.len()).ok_or_else(|| Failure::soon(WebError::Cut.into()))
}

/// What so many files hold, as `git cat-file --batch` writes it; none if one is missing or the answer is cut short.
pub(crate) fn blobs(answer: &[u8], count: usize) -> Option<Vec<Vec<u8>>> {
    let mut rest = answer;
    let mut contents = Vec::with_capacity(count);
    for _ in 0..count {
        // `OBJECT blob SIZE`, a line break, so many bytes, a line break.
        let end = memchr::memchr(b'\n', rest)?;
        let size: usize = std::str::from_utf8(&rest[..end]).ok()?.rsplit_once(' ')?.1.parse().ok()?;
        let from = end + 1;
        contents.push(rest.get(from..from + size)?.to_vec());
        rest = rest.get(from + size + 1..)?;
    }
    Some(contents)
}

/// Their names, one a line, as git reads them.
fn objects(files: &[&File]) -> String {
    files.iter().fold(String::new(), |mut names, file| {
        let _ = writeln!(names, "{}", file.object);
        names
    })
}

fn unfit(why: &str) -> Failure<FetchError> {
    Failure::last(FetchError::Git(why.to_owned()))
}
