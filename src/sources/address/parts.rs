//! The parts of an address, as they are written: nothing is decoded, and nothing is put in lower case.

/// An address with a scheme, taken apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Parts<'a> {
    text: &'a str,
    /// What stands before `://`.
    pub scheme: &'a str,
    /// `user@host:port`, of which user and port may be missing; empty in `file:///srv`.
    pub authority: &'a str,
    /// The path with the slash at its beginning; empty if there is none.
    pub path: &'a str,
    /// What stands behind the `?`, up to a `#`.
    pub query: Option<&'a str>,
}

impl<'a> Parts<'a> {
    /// The parts of a text; `None` if it has no `://`, as in `git@host:path` and in file names.
    pub fn of(text: &'a str) -> Option<Self> {
        let (scheme, rest) = text.split_once("://")?;
        let (authority, rest) = rest.split_at(rest.find(['/', '?', '#']).unwrap_or(rest.len()));
        let (path, rest) = rest.split_at(rest.find(['?', '#']).unwrap_or(rest.len()));
        let query = rest.strip_prefix('?').map(|query| query.split('#').next().unwrap_or(query));
        Some(Parts { text, scheme, authority, path, query })
    }

    /// Host and port, without the user.
    pub fn host(self) -> &'a str {
        self.authority.rsplit_once('@').map_or(self.authority, |(_, host)| host)
    }

    /// The user, and a password, that stand before the host.
    pub fn user(self) -> Option<&'a str> {
        self.authority.rsplit_once('@').map(|(user, _)| user)
    }

    /// `https://example.org`: scheme, host and port.
    pub fn site(self) -> &'a str {
        &self.text[..self.scheme.len() + "://".len() + self.authority.len()]
    }

    /// The address without what follows a `?` or `#`, and without a slash at its end.
    pub fn page(self) -> &'a str {
        self.text[..self.site().len() + self.path.len()].trim_end_matches('/')
    }

    /// `example.org/a/b`: host and path, as people read addresses.
    pub fn shown(self) -> &'a str {
        &self.text[self.scheme.len() + "://".len()..self.site().len() + self.path.len()]
    }

    /// All that follows `://`.
    pub fn rest(self) -> &'a str {
        &self.text[self.scheme.len() + "://".len()..]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_have_parts() {
        for (text, scheme, host, path, query, page) in [
            ("https://example.org/a/b.md?x=1#top", "https", "example.org", "/a/b.md", Some("x=1"), "https://example.org/a/b.md"),
            ("HTTP://me@[::1]:80?q#x", "HTTP", "[::1]:80", "", Some("q"), "HTTP://me@[::1]:80"),
            ("https://example.org/a/#b?c", "https", "example.org", "/a/", None, "https://example.org/a"),
            ("file:///srv/a.git", "file", "", "/srv/a.git", None, "file:///srv/a.git"),
            ("https://", "https", "", "", None, "https:"),
        ] {
            let parts = Parts::of(text).unwrap();
            let seen = (parts.scheme, parts.host(), parts.path, parts.query, parts.page());
            assert_eq!(seen, (scheme, host, path, query, page), "{text}");
        }
        let parts = Parts::of("ssh://me:secret@example.org:22/a?x").unwrap();
        assert_eq!(
            (parts.user(), parts.shown(), parts.rest()),
            (Some("me:secret"), "me:secret@example.org:22/a", "me:secret@example.org:22/a?x")
        );
        assert_eq!(parts.site(), "ssh://me:secret@example.org:22");
        assert_eq!(Parts::of("git@example.org:a/b"), None);
    }
}
