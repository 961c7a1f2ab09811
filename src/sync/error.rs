//! Why a source, or a page of it, was not fetched: what happened, and what to do.

use std::io;

use crate::layout::ReadError;
use crate::sources::directory::ListingError;
use crate::storage;
use crate::store::StateError;
use crate::text::counted;
use crate::web::WebError;

use super::MAX_PAGES;

/// Why a source, or a page of it, was not fetched.
#[derive(Debug, thiserror::Error)]
pub enum FetchError {
    /// The network was not to be used.
    #[error("not fetched: it is on the network, and `--offline` was given")]
    Offline,
    /// It is no address.
    #[error("{0}")]
    Address(String),
    /// The web gave nothing.
    #[error(transparent)]
    Web(#[from] WebError),
    /// An API does not answer as it should.
    #[error("unexpected answer of the API: {0}")]
    Answer(String),
    /// A programme's listing is none.
    #[error(transparent)]
    Listing(#[from] ListingError),
    /// More pages than a source ever has.
    #[error("has more than {MAX_PAGES} pages; name fewer of them with `--glob`")]
    TooMany,
    /// HTML.
    #[error(
        "is a web page (HTML), though its address says that it is Markdown or JSON; does it need a login, or has the page moved?"
    )]
    Html,
    /// A form to log in.
    #[error(
        "asks to log in, and only public pages are fetched; save the page in a browser, and add the file with `ideas sources add`"
    )]
    Login,
    /// A page without text, and with scripts.
    #[error(
        "is empty until a browser runs its JavaScript, which is not done here; save the page in a browser, and add the file with `ideas sources add`"
    )]
    Script,
    /// No text.
    #[error("is no text")]
    Binary,
    /// Nothing.
    #[error("is empty")]
    Empty,
    /// JSON that is not whole.
    #[error("{0}")]
    Broken(#[from] ReadError),
    /// No ideas, where there were some.
    #[error(
        "holds no ideas any more, and had {}; if that is right, `ideas sync {name} --allow-empty` takes it as it is, and \
         `ideas sources remove {name}` forgets it", counted(*had, "idea")
    )]
    NoIdeas {
        /// The name of the source.
        name: String,
        /// How many it had.
        had: usize,
    },
    /// Git has failed.
    #[error("git: {0}")]
    Git(String),
    /// The user's settings turn the address into one that is fetched in another way.
    #[error(
        "your settings of git turn this address into one that goes by {0} (`url.….insteadOf`), and only the way that the address names is taken; `git ls-remote --get-url` shows the other address, which can be added instead"
    )]
    OtherWay(String),
    /// There is no git.
    #[error("git cannot be run ({}); repositories are fetched with it, so install it", storage::words(.0))]
    NoGit(io::Error),
    /// A file of the user's cannot be read.
    #[error("cannot be read: {0}")]
    Read(String),
    /// What was fetched before is there, and must not be replaced by somebody who cannot read it.
    #[error("is left as it is: {0}")]
    State(StateError),
    /// The data folder cannot be written.
    #[error("what was fetched cannot be kept: {0}")]
    Write(#[from] StateError),
    /// There is no place to work in.
    #[error("no folder to work in can be made in the system's temporary folder: {}", storage::words(.0))]
    TemporaryFolder(io::Error),
}

impl FetchError {
    /// True if another way to the same page may still succeed.
    pub(super) fn is_of_the_way(&self) -> bool {
        match self {
            FetchError::Web(error) => error.is_of_the_way(),
            FetchError::Answer(_) | FetchError::Html | FetchError::Binary | FetchError::Empty => true,
            _ => false,
        }
    }

    /// True if nothing more of this source can be fetched now: what is missing is not gone.
    pub(super) fn ends_the_source(&self) -> bool {
        matches!(self, FetchError::Web(WebError::RateLimit { .. } | WebError::SourceTimeout(_)))
    }
}
