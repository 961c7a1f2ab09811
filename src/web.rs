//! HTTP as a guest: `robots.txt` is honoured, a host is asked by two at a time at most and with a pause between, what may pass is
//! tried again, what has not changed is not sent again, and whatever the other side does, it is over after a while.
//!
//! One client for all that is asked for: the pages of [`sync`](crate::sync), and the issues and links of
//! [`checks`](crate::checks).

mod client;
mod down;
mod error;
mod graphql;
mod pace;
pub(crate) mod redirect;
mod responses;
pub(crate) mod retry;
mod robots;
mod token;

use std::time::Duration;

pub(crate) use client::{Client, Received, Visit, host, sendable};
pub(crate) use down::Reason;
pub(crate) use error::TOKEN_HELPS;
pub use error::WebError;
pub(crate) use pace::AT_ONCE;

/// The most that is read of an answer, in bytes. Nobody writes such a page by hand.
pub const MOST: usize = 10 << 20;

/// How long the other side is waited for.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// How long one attempt may take, from the first byte that is sent to the last that arrives.
    pub timeout: Duration,
    /// How often to try again what may well succeed the next time.
    pub retries: u32,
}

/// How long a server may send nothing, unless a request as a whole may take very long.
const SILENCE: Duration = Duration::from_secs(15);

impl Limits {
    /// How long a server may send nothing: a part of the time of a request. Whoever sends nothing for so long mostly
    /// sends nothing at all, and others wait meanwhile.
    fn silence(self) -> Duration {
        SILENCE.max(self.timeout / 4).min(self.timeout)
    }
}
