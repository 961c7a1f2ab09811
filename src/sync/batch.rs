//! What every kind of place gives: pages, and what the other side calls the state that they are of.

use crate::catalog::Given;
use crate::catalog::fetched::FetchedPage;
use crate::store::Mark;

use super::FetchError;

/// The longest page that is kept, in bytes.
pub const MAX_PAGE: usize = crate::web::MOST;

/// The most pages that a source may have.
pub const MAX_PAGES: usize = 5000;

/// What the other side has answered.
#[derive(Debug)]
pub(super) enum Answer {
    /// Nothing has changed.
    Same,
    /// All pages, as they are now.
    New(Batch),
}

/// The pages of a source.
#[derive(Debug, Default)]
pub(super) struct Batch {
    pub(super) mark: Mark,
    pub(super) pages: Vec<FetchedPage>,
    /// The paths of pages that are there and cannot be taken, and why.
    pub(super) left_out: Vec<(String, FetchError)>,
}

impl Batch {
    /// Takes one page of many, or remembers why it is left out.
    pub(super) fn take(
        &mut self,
        path: String,
        url: Option<String>,
        given: Given,
        read: Result<Vec<u8>, FetchError>,
    ) -> Result<(), FetchError> {
        if self.pages.len() + self.left_out.len() == MAX_PAGES {
            return Err(FetchError::TooMany);
        }
        match read {
            Ok(bytes) => self.pages.push(FetchedPage { path, url, given, bytes }),
            // An empty page among others is nobody's fault.
            Err(FetchError::Empty) => {}
            Err(error) => self.left_out.push((path, error)),
        }
        Ok(())
    }
}
