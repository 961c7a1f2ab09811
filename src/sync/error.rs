//! Why a source, or a page of it, was not fetched: what happened, and what to do.

use std::io;
use std::time::Duration;

use crate::layout::ReadError;
use crate::sources::directory::ListingError;
use crate::storage;
use crate::store::StateError;
use crate::text::counted;

use super::{MAX_PAGE, MAX_PAGES};

/// Why a source, or a page of it, was not fetched.
#[derive(Debug, thiserror::Error)]
pub enum FetchError {
    /// The network was not to be used.
    #[error("not fetched: it is on the network, and `--offline` was given")]
    Offline,
    /// It is no address.
    #[error("{0}")]
    Address(String),
    /// The server has answered with a status that brings no page.
    #[error("HTTP {status}{}", hint(*status))]
    Status {
        /// The HTTP status.
        status: u16,
    },
    /// The server wants to be left alone for a while that was not waited for.
    #[error("HTTP {status}: the server asks to wait {}; try again then", time(*wait))]
    Busy {
        /// The HTTP status.
        status: u16,
        /// How long.
        wait: Duration,
    },
    /// An API answers so many requests in an hour, and these were made.
    #[error(
        "rate limit of {host} exceeded; it ends in {}{}", time(*wait),
        if *is_anonymous { "; the limit is higher with a token in GH_TOKEN, or after `gh auth login`" } else { "" }
    )]
    RateLimit {
        /// Who.
        host: String,
        /// For how long.
        wait: Duration,
        /// The user has shown no token that would allow more.
        is_anonymous: bool,
    },
    /// The site does not want programs to fetch it.
    #[error(
        "not fetched: the site's robots.txt disallows it; save the page in a browser, and add the file with `ideas sources add`"
    )]
    Robots,
    /// An API does not answer as it should.
    #[error("unexpected answer of the API: {0}")]
    Answer(String),
    /// A programme's listing is none.
    #[error(transparent)]
    Listing(#[from] ListingError),
    /// A redirect to nowhere.
    #[error("HTTP {status}: a redirect without a location")]
    Nowhere {
        /// The HTTP status.
        status: u16,
    },
    /// One redirect after the other.
    #[error("too many redirects (more than {0})")]
    Redirects(u32),
    /// A redirect to something that is not fetched.
    #[error("redirect to `{to}` not followed: {why}")]
    Redirect {
        /// Where to.
        to: String,
        /// Why not.
        why: &'static str,
    },
    /// Nothing arrived in time.
    #[error("timed out after {}; `--timeout` sets another limit", time(*.0))]
    Timeout(Duration),
    /// Not all that a source needs arrived in time.
    #[error("timed out after {} in all, ten times `--timeout`", time(*.0))]
    SourceTimeout(Duration),
    /// A redirect to another site, of a link that must stay on its own.
    #[error("redirect to `{to}` not followed: links are followed on the same site only")]
    OffSite {
        /// Where to.
        to: String,
    },
    /// An API answers only those who show a token.
    #[error("needs a GitHub token: set GH_TOKEN, or run `gh auth login`")]
    NeedsToken,
    /// The connection ended too early.
    #[error("connection closed before the answer was complete")]
    Cut,
    /// There is no connection.
    #[error("{0}")]
    Connection(String),
    /// The answer makes no sense.
    #[error("invalid HTTP response: {0}")]
    Protocol(String),
    /// More than a page ever has.
    #[error("is larger than {} MiB, the most that a page may have", MAX_PAGE >> 20)]
    TooLarge,
    /// More pages than a source ever has.
    #[error("has more than {MAX_PAGES} pages; name fewer of them with `--glob`")]
    TooMany,
    /// Compressed, though nobody asked for it.
    #[error("unsupported Content-Encoding `{0}`")]
    Encoding(String),
    /// HTML.
    #[error(
        "is a web page (HTML), though its address says that it is Markdown or JSON; does it need a login, or has the page moved?"
    )]
    Html,
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
            FetchError::Status { status } => matches!(status, 400..=499),
            FetchError::OffSite { .. }
            | FetchError::NeedsToken
            | FetchError::Robots
            | FetchError::Answer(_)
            | FetchError::Html
            | FetchError::Binary
            | FetchError::Empty => true,
            _ => false,
        }
    }

    /// True if nothing more of this source can be fetched now: what is missing is not gone.
    pub(super) fn ends_the_source(&self) -> bool {
        matches!(self, FetchError::RateLimit { .. } | FetchError::SourceTimeout(_))
    }
}

/// A pause that is longer than anybody waits.
const LONG: Duration = Duration::from_hours(24 * 30);

/// How long something takes, for people.
fn time(time: Duration) -> String {
    if time > LONG { "more than 30 days".to_owned() } else { humantime::format_duration(time).to_string().replace("day", " day") }
}

fn hint(status: u16) -> &'static str {
    match status {
        401 => ": not authorized; only public pages are fetched",
        403 => ": access denied; only public pages are fetched",
        404 => ": page not found",
        410 => ": the page was removed for good; `ideas sources remove` forgets it",
        408 => ": the server timed out; try again later",
        429 => ": too many requests; try again later",
        500 => ": internal server error; try again later",
        502 | 504 => ": bad gateway or gateway timeout; try again later",
        503 => ": the server is overloaded or down for maintenance; try again later",
        501 | 505..=599 => ": server error; try again later",
        _ => "",
    }
}
