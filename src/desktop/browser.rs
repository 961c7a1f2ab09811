//! The user's browser: `$BROWSER`, else what the desktop opens web pages with.

use std::borrow::Cow;

use crate::idea::Idea;
use crate::render::safe;

/// An address of the web, made of visible ASCII: the only thing that a page can have opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Address(String);

/// A browser did not open an address.
#[derive(Debug, thiserror::Error)]
#[error("cannot open {address} in a browser: {reason}")]
pub struct BrowserError {
    address: String,
    reason: std::io::Error,
}

impl Address {
    /// The first of the issues that track an idea, if it stands on the web.
    pub fn of_upstream(idea: &Idea) -> Option<Address> {
        idea.upstream.iter().find_map(|url| Address::read(&url.value))
    }

    /// The page that an idea was read from, if its address is known.
    pub fn of_source(idea: &Idea) -> Option<Address> {
        idea.source.url.as_deref().and_then(Address::read)
    }

    fn read(url: &str) -> Option<Address> {
        safe::url(url).map(Cow::into_owned).map(Address)
    }

    /// The address.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Opens it. A browser with a window goes on by itself; one that lives in the terminal is waited for.
    ///
    /// # Errors
    ///
    /// There is no browser, or it cannot be started.
    pub fn open(&self) -> Result<(), BrowserError> {
        webbrowser::open(&self.0).map_err(|reason| BrowserError { address: self.0.clone(), reason })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Spanned;

    #[test]
    fn only_the_web_has_addresses() {
        let with = |urls: &[&str]| {
            let upstream = urls.iter().map(|url| Spanned::nowhere((*url).to_owned())).collect();
            Address::of_upstream(&Idea { upstream, ..Idea::bare("x") }).map(|address| address.0)
        };
        assert_eq!(with(&["file:///etc/passwd", "-x", "https://example.org/1 $(x)"]).unwrap(), "https://example.org/1%20$(x)");
        assert_eq!(with(&["javascript:x", "--help", ""]), None);
        assert_eq!(Address::of_source(&Idea::bare("x")), None);
    }
}
