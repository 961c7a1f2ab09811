//! Responses that are kept, so that the same request need only ask for what is new: of sources that are made of many.
//! What a source of one page holds is kept with the source.
//!
//! They lie in the cache folder, a file each: they can be had again at any time.

use std::fs;
use std::path::PathBuf;
use std::time::{Duration, SystemTime};

use serde::{Deserialize, Serialize};

use crate::sources::address::Request;
use crate::storage;
use crate::store::{Mark, digest};

use super::client::Got;

/// How long a response is kept that nobody asks for.
const UNUSED: Duration = Duration::from_hours(24 * 90);

/// The responses in a folder.
#[derive(Debug)]
pub(super) struct Responses {
    folder: PathBuf,
}

/// What stands before the content, on a line of its own.
#[derive(Debug, Deserialize, Serialize)]
struct Head {
    /// What was asked for; names of files are too short to say so.
    request: String,
    mark: Mark,
    kind: Option<String>,
    url: String,
    next: Option<String>,
    /// The digest of the content.
    content: String,
}

impl Responses {
    /// Those of this user; without those that were not asked for in a long time.
    pub(super) fn open() -> Option<Self> {
        let folder = storage::cache_folder().ok()?.join("responses");
        let is_old = |entry: &fs::DirEntry| {
            let written = entry.metadata().and_then(|about| about.modified()).ok();
            written.is_some_and(|at| SystemTime::now().duration_since(at).is_ok_and(|age| age > UNUSED))
        };
        for old in fs::read_dir(&folder).into_iter().flatten().flatten().filter(is_old) {
            // What cannot be removed is left for the next time.
            let _ = fs::remove_file(old.path());
        }
        Some(Self { folder })
    }

    /// What a request was answered the last time, if the server can say whether that is still so.
    pub(super) fn find(&self, request: &Request) -> Option<Got> {
        let bytes = fs::read(self.file(request)).ok()?;
        let end = memchr::memchr(b'\n', &bytes)?;
        let head: Head = serde_json::from_slice(&bytes[..end]).ok()?;
        let content = &bytes[end + 1..];
        let is_whole = head.request == said(request) && head.content == digest(content);
        let Head { mark, kind, url, next, .. } = head;
        is_whole.then(|| Got { bytes: content.to_vec(), kind, mark, url, left: None, next })
    }

    /// Keeps a response. If that fails, all of it is asked for again.
    pub(super) fn keep(&self, request: &Request, got: &Got) {
        let Got { bytes, kind, mark, url, next, .. } = got.clone();
        let head = Head { request: said(request), mark, kind, url, next, content: digest(&bytes) };
        // Text always has a JSON, and it is on one line.
        let head = serde_json::to_vec(&head).unwrap_or_default();
        if let Err(error) = storage::write_one_of_many(&self.file(request), &[&head, &b"\n"[..], &bytes].concat()) {
            log::info!("{}: not kept: {error}", request.url);
        }
    }

    fn file(&self, request: &Request) -> PathBuf {
        self.folder.join(digest(said(request).as_bytes()))
    }
}

/// What is asked for, and as what.
fn said(request: &Request) -> String {
    format!("{} {}", request.url, request.accept.as_deref().unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_is_found_unless_it_is_damaged() {
        let folder = tempfile::tempdir().unwrap();
        let responses = Responses { folder: folder.path().join("responses") };
        let request = Request::page("https://example.org/ideas");
        let mark = Mark { etag: Some("\"v1\"".to_owned()), ..Mark::default() };
        let (url, bytes) = (request.url.clone(), b"# Ideas\n\n## Figs\n".to_vec());
        let got = Got { bytes, kind: Some("text/plain".to_owned()), mark, url, left: Some(7), next: None };
        assert!(responses.find(&request).is_none());
        responses.keep(&request, &got);
        let found = responses.find(&request).unwrap();
        assert_eq!((found.bytes, found.mark, found.kind, found.url), (got.bytes, got.mark, got.kind, got.url));
        assert!(responses.find(&Request { accept: Some("text/html".to_owned()), ..request.clone() }).is_none());
        let file = responses.file(&request);
        let whole = fs::read(&file).unwrap();
        for end in 0..whole.len() {
            fs::write(&file, &whole[..end]).unwrap();
            assert!(responses.find(&request).is_none(), "{end}");
        }
    }
}
