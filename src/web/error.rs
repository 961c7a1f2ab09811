//! Why an address gave nothing: what happened, and what to do.

use std::time::Duration;

use super::MOST;

/// What whoever is at a limit can do about it.
pub(crate) const TOKEN_HELPS: &str = "; the limit is higher with a token in GH_TOKEN, or after `gh auth login`";

/// Why an address gave nothing.
#[derive(Debug, thiserror::Error)]
pub enum WebError {
    /// The server has answered with a status that brings no page.
    #[error("HTTP {status}{}", hint(*status))]
    Status {
        /// The HTTP status.
        status: u16,
    },
    /// An API says, in its own words, that there is no such thing.
    #[error("HTTP {status}{}", hint(*status))]
    Missing {
        /// The HTTP status: 404 or 410.
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
        if *is_anonymous { TOKEN_HELPS } else { "" }
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
    /// Nobody knows the host, or there is no network at all.
    #[error("could not resolve host")]
    NoHost,
    /// One host after the other is unknown.
    #[error("no network: no host name could be resolved")]
    NoNetwork,
    /// There is no connection.
    #[error("{0}")]
    Connection(String),
    /// The answer makes no sense.
    #[error("invalid HTTP response: {0}")]
    Protocol(String),
    /// More than a page ever has.
    #[error("is larger than {} MiB, the most that a page may have", MOST >> 20)]
    TooLarge,
    /// Compressed, though nobody asked for it.
    #[error("unsupported Content-Encoding `{0}`")]
    Encoding(String),
}

impl WebError {
    /// True if nobody has answered.
    pub(crate) fn is_no_answer(&self) -> bool {
        matches!(
            self,
            WebError::NoHost | WebError::NoNetwork | WebError::Connection(_) | WebError::Timeout(_) | WebError::SourceTimeout(_)
        )
    }

    /// True if another way to the same page may still succeed.
    pub(crate) fn is_of_the_way(&self) -> bool {
        match self {
            WebError::Status { status } => matches!(status, 400..=499),
            WebError::Missing { .. } | WebError::OffSite { .. } | WebError::NeedsToken | WebError::Robots => true,
            _ => false,
        }
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
