//! Hosts that cannot be reached: they are not asked again in the same run. Where no host is, there is no network.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};

use super::WebError;

/// So many hosts that nobody knows, with none that answers, are taken for a missing network.
const NO_NETWORK: usize = 3;

/// Why a host cannot be reached.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Reason {
    /// Its name cannot be resolved.
    NoHost,
    /// No connection is made.
    Connection(String),
}

impl Reason {
    fn error(&self) -> WebError {
        match self {
            Reason::NoHost => WebError::NoHost,
            Reason::Connection(why) => WebError::Connection(why.clone()),
        }
    }
}

/// The hosts that could not be reached.
#[derive(Debug, Default)]
pub(super) struct Down {
    hosts: Mutex<HashMap<String, Reason>>,
    /// Some host has answered: there is a network.
    has_answer: AtomicBool,
}

impl Down {
    /// Why a host need not be asked, if it need not.
    pub(super) fn why(&self, host: &str) -> Option<WebError> {
        let hosts = self.hosts.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(reason) = hosts.get(&host.to_ascii_lowercase()) {
            return Some(reason.error());
        }
        let unknown = hosts.values().filter(|reason| **reason == Reason::NoHost).count();
        let is_offline = unknown >= NO_NETWORK && !self.has_answer.load(Ordering::Relaxed);
        is_offline.then_some(WebError::NoNetwork)
    }

    /// Remembers that a host cannot be reached, after all attempts.
    pub(super) fn add(&self, host: &str, reason: Reason) {
        self.hosts.lock().unwrap_or_else(PoisonError::into_inner).insert(host.to_ascii_lowercase(), reason);
    }

    /// Remembers that a host has answered, whatever that was.
    pub(super) fn answered(&self) {
        self.has_answer.store(true, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_host_that_is_down_is_not_asked_and_without_any_nobody_is() {
        let down = Down::default();
        let said = |host: &str| down.why(host).map(|error| error.to_string());
        let refused = Reason::Connection("connection refused".to_owned());
        for host in ["a.org:80", "b.org:80", "c.org:80"] {
            down.add(host, refused.clone());
        }
        assert_eq!((said("A.org:80").as_deref(), said("d.org")), (Some("connection refused"), None), "who refuses is there");
        for host in ["d.org", "e.org", "f.org"] {
            assert_eq!(said(host), None);
            down.add(host, Reason::NoHost);
        }
        assert!(said("g.org").unwrap().starts_with("no network"));
        assert_eq!(said("d.org").as_deref(), Some("could not resolve host"));
        down.answered();
        assert_eq!(said("g.org"), None);
    }
}
