//! Where a redirect leads, and whether it is followed: never from a protected connection to an open one, and never to anything
//! but a web server.

use url::{Position, Url};

use super::WebError;
use crate::sources::Place;
use crate::sources::place::PlaceError;

/// How many are followed.
pub(crate) const MOST: u32 = 5;

/// The address that a server's `Location`, or a link of a page, means. It is held to what sources are held to. One that would
/// leave the protected connection on the same host is taken as protected: servers behind a proxy often do not know of it.
pub(crate) fn follow(from: &str, location: &str) -> Result<String, WebError> {
    let refuse = |why| WebError::Redirect { to: without_secret(location), why };
    let from = Url::parse(from).map_err(|_| refuse("it is relative to no address"))?;
    let mut target = from.join(location.trim()).map_err(|_| refuse("it is no address"))?;
    target.set_fragment(None);
    let is_same_host = from.host() == target.host() && from.port().is_none() && target.port().is_none();
    if (from.scheme(), target.scheme()) == ("https", "http") && is_same_host {
        let mut protected = target.clone();
        // Whoever is sent back to where it was would be sent there again.
        if protected.set_scheme("https").is_ok() && protected[Position::BeforeHost..] != from[Position::BeforeHost..] {
            target = protected;
        }
    }
    match (from.scheme(), target.scheme()) {
        (_, "https") | ("http", "http") => {}
        (_, "http") => return Err(refuse("it leaves the protected connection")),
        _ => return Err(refuse("only https:// and http:// are fetched")),
    }
    match Place::page(target.as_str()) {
        Ok(_) => Ok(target.into()),
        Err(PlaceError::Secret) => Err(refuse("a user or password stands in it")),
        Err(_) => Err(refuse("it is no address")),
    }
}

/// A location to be shown: without what stands before an `@` in it, which may be a password.
fn without_secret(location: &str) -> String {
    let Some((before, rest)) = location.split_once("//") else { return location.to_owned() };
    let (host, path) = rest.split_at(rest.find(['/', '?', '#']).unwrap_or(rest.len()));
    match host.rsplit_once('@') {
        Some((_, host)) => format!("{before}//…@{host}{path}"),
        None => location.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn locations_are_addresses() {
        for (from, location, to) in [
            ("https://a.org/x/y.md", "https://b.org/z", Ok("https://b.org/z")),
            ("http://a.org/x/y.md", "https://b.org/z", Ok("https://b.org/z")),
            ("http://a.org/x/y.md", "HTTP://b.org/z#top", Ok("http://b.org/z")),
            ("https://a.org/x/y.md", "//b.org/z", Ok("https://b.org/z")),
            ("https://a.org/x/y.md", "/z?q=1", Ok("https://a.org/z?q=1")),
            ("https://a.org/x/y.md?q=../2", "z.md", Ok("https://a.org/x/z.md")),
            ("https://a.org/x/y.md", "../../../z/./w.md", Ok("https://a.org/z/w.md")),
            ("https://a.org/x/y.md", "..", Ok("https://a.org/")),
            ("https://a.org/x/y.md", "?q=2", Ok("https://a.org/x/y.md?q=2")),
            ("https://a.org", "z.md", Ok("https://a.org/z.md")),
            ("https://a.org/x/y.md", "é ü.md", Ok("https://a.org/x/%C3%A9%20%C3%BC.md")),
            ("https://a.org/x/y.md", "a:b/z.md", Err("only https:// and http:// are fetched")),
            ("https://a.org/x/y.md", "http://a.org/x/y.md", Err("it leaves the protected connection")),
            ("https://a.org/x/y", "http://a.org/x/y/", Ok("https://a.org/x/y/")),
            ("https://a.org/x/y", "http://a.org:8080/x/y/", Err("it leaves the protected connection")),
            ("https://a.org/x/y", "http://b.org/x/y/", Err("it leaves the protected connection")),
            ("http://a.org/x/y.md", "file:///etc/passwd", Err("only https:// and http:// are fetched")),
            ("http://a.org/x/y.md", "https://b.org:99999/z", Err("it is no address")),
            ("http://a.org/x/y.md", "https://me:secret@b.org/z", Err("a user or password stands in it")),
            ("http://a.org/x/y.md", "//me@b.org/z", Err("a user or password stands in it")),
            ("http://a.org/x/y.md", "FTP://b.org/z", Err("only https:// and http:// are fetched")),
        ] {
            let seen = follow(from, location);
            let seen = seen.as_deref().map_err(|error| match error {
                WebError::Redirect { why, .. } => *why,
                _ => "something else",
            });
            assert_eq!(seen, to, "{location} from {from}");
        }
    }

    #[test]
    fn no_password_is_told() {
        for (location, shown) in [
            ("http://me:secret@b.org/z", "http://…@b.org/z"),
            ("ftp://me:s@e@b.org?z", "ftp://…@b.org?z"),
            ("//token@b.org", "//…@b.org"),
            ("/a@b", "/a@b"),
        ] {
            assert_eq!(without_secret(location), shown);
        }
    }
}
