//! Pages of the user's own disk: a copy of them, as of a moment.

use std::fs;
use std::io::{self, Read};
use std::path::Path;

use crate::catalog::fetched::FetchedPage;
use crate::catalog::files;
use crate::sources::Feed;
use crate::storage::words;

use super::batch::{Answer, Batch, MAX_PAGE};
use super::{FetchError, content};

/// The page of a file, or the pages of a folder.
pub(super) fn fetch(feed: &Feed, path: &Path) -> Result<Answer, FetchError> {
    let about = fs::metadata(path).map_err(|error| unreadable(&error))?;
    if !about.is_dir() && !about.is_file() {
        return Err(FetchError::Read("it is neither a file nor a folder".to_owned()));
    }
    if about.is_file() {
        let page = FetchedPage {
            path: feed.name.clone(),
            url: None,
            given: feed.given_to_one(&path.to_string_lossy()),
            bytes: read(path)?,
        };
        return Ok(Answer::New(Batch { pages: vec![page], ..Batch::default() }));
    }
    let (found, notices) = files::in_folder(path);
    // A part of the folder that cannot be listed may hold pages that were there the last time.
    if let Some(notice) = notices.first() {
        let why = notice.message.trim_start_matches("cannot be read: ");
        return Err(FetchError::Read(format!("{}: {why}", notice.path)));
    }
    let mut batch = Batch::default();
    for file in found {
        let Some(inside) = files::below(&file, path, Path::new("")) else { continue };
        let Some(given) = feed.given(&inside) else { continue };
        batch.take(format!("{}/{inside}", feed.name), None, given, read(&file))?;
    }
    Ok(Answer::New(batch))
}

fn read(file: &Path) -> Result<Vec<u8>, FetchError> {
    let mut bytes = Vec::new();
    let read = fs::File::open(file).and_then(|file| file.take(MAX_PAGE as u64 + 1).read_to_end(&mut bytes));
    read.map_err(|error| unreadable(&error))?;
    content::check(&bytes, &file.to_string_lossy(), None)?;
    Ok(bytes)
}

fn unreadable(error: &io::Error) -> FetchError {
    FetchError::Read(words(error))
}
