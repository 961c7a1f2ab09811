//! Where a redirect leads, and whether it is followed: never from a protected connection to an open one, and never to anything
//! but a web server.

use super::FetchError;
use crate::sources::Place;
use crate::sources::place::PlaceError;

/// How many are followed.
pub(super) const MOST: u32 = 5;

/// The address that a server's `Location` means. It is held to what sources are held to.
pub(super) fn follow(from: &str, location: &str) -> Result<String, FetchError> {
    let target = target(from, location)?;
    let refuse = |why| FetchError::Redirect { to: without_secret(location), why };
    match Place::page(&target) {
        Ok(_) => Ok(target),
        Err(PlaceError::Secret) => Err(refuse("a user or password stands in it")),
        Err(_) => Err(refuse("it is no address")),
    }
}

fn target(from: &str, location: &str) -> Result<String, FetchError> {
    let refuse = |why| FetchError::Redirect { to: without_secret(location), why };
    let target = location.split('#').next().unwrap_or(location).trim();
    let (scheme, rest) = from.split_once("://").ok_or_else(|| refuse("nobody knows where it is relative to"))?;
    let end = rest.find(['/', '?']).unwrap_or(rest.len());
    let (host, path) = (&rest[..end], rest[end..].split('?').next().unwrap_or_default());
    if let Some((to, rest)) = target.split_once(':').filter(|(to, _)| is_scheme(to)) {
        let to = to.to_ascii_lowercase();
        return match to.as_str() {
            "https" => Ok(format!("https:{rest}")),
            "http" if scheme == "http" => Ok(format!("http:{rest}")),
            "http" => Err(refuse("it leaves the protected connection")),
            _ => Err(refuse("only https:// and http:// are fetched")),
        };
    }
    if target.starts_with("//") {
        return Ok(format!("{scheme}:{target}"));
    }
    let whole = if target.starts_with('/') {
        target.to_owned()
    } else if target.is_empty() || target.starts_with('?') {
        format!("{path}{target}")
    } else {
        let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
        format!("{folder}/{target}")
    };
    Ok(format!("{scheme}://{host}{}", without_dots(&whole)))
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

fn is_scheme(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_alphabetic()) && text.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c))
}

/// A path without `.` and `..` in it; what follows a `?` is not of it.
fn without_dots(path: &str) -> String {
    let (path, query) = path.split_at(path.find('?').unwrap_or(path.len()));
    let mut parts: Vec<&str> = Vec::new();
    let mut rest = path.split('/').skip(1).peekable();
    while let Some(part) = rest.next() {
        match part {
            "." | ".." => {
                if part == ".." {
                    parts.pop();
                }
                if rest.peek().is_none() {
                    parts.push("");
                }
            }
            part => parts.push(part),
        }
    }
    format!("/{}{query}", parts.join("/"))
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
            ("https://a.org/x/y.md", "a:b/z.md", Err("only https:// and http:// are fetched")),
            ("https://a.org/x/y.md", "http://a.org/x/y.md", Err("it leaves the protected connection")),
            ("http://a.org/x/y.md", "file:///etc/passwd", Err("only https:// and http:// are fetched")),
            ("http://a.org/x/y.md", "https://b.org:99999/z", Err("it is no address")),
            ("http://a.org/x/y.md", "https://me:secret@b.org/z", Err("a user or password stands in it")),
            ("http://a.org/x/y.md", "//me@b.org/z", Err("a user or password stands in it")),
            ("http://a.org/x/y.md", "FTP://b.org/z", Err("only https:// and http:// are fetched")),
        ] {
            let seen = follow(from, location);
            let seen = seen.as_deref().map_err(|error| match error {
                FetchError::Redirect { why, .. } => *why,
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
