//! Whether a URL leads to an issue, and to which: `schemas/trackers.toml`, read once.

use std::sync::LazyLock;

use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    tracker: Vec<Tracker>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Tracker {
    hosts: Vec<String>,
    issues: Vec<Pattern>,
    #[serde(default)]
    other: Vec<Other>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Other {
    path: Pattern,
    is: String,
    /// Nothing may follow.
    #[serde(default)]
    whole: bool,
}

/// A path with `*` for any part, `#` for a number, and `**` for any number of parts, at either end.
#[derive(Deserialize)]
#[serde(from = "String")]
struct Pattern {
    parts: Vec<String>,
    /// Any parts may stand before: the groups of a project may be as deep as one likes.
    anywhere: bool,
    /// Any parts may follow.
    open: bool,
}

impl From<String> for Pattern {
    fn from(path: String) -> Self {
        let (anywhere, path) = path.strip_prefix("**/").map_or((false, path.as_str()), |rest| (true, rest));
        let (open, path) = path.strip_suffix("/**").map_or((false, path), |rest| (true, rest));
        Pattern { parts: path.split('/').map(str::to_owned).collect(), anywhere, open }
    }
}

impl Pattern {
    /// True if a path begins as the pattern says, and ends so, too, if that is asked.
    fn fits(&self, path: &[&str], whole: bool) -> bool {
        if self.anywhere {
            return (0..=path.len()).any(|from| self.begins(&path[from..]));
        }
        self.begins(path) && (self.open || !whole || path.len() == self.parts.len())
    }

    fn begins(&self, path: &[&str]) -> bool {
        let same = |(part, said): (&String, &&str)| match part.as_str() {
            "*" => true,
            "#" => said.bytes().all(|byte| byte.is_ascii_digit()),
            part => part == *said,
        };
        path.len() >= self.parts.len() && self.parts.iter().zip(path).all(same)
    }
}

/// What a URL leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Target {
    /// An issue, a pull request or their like; or a page of a host that may have some.
    Issue,
    /// Something else: what.
    Other(&'static str),
}

static TRACKERS: LazyLock<Vec<Tracker>> = LazyLock::new(|| {
    // Built in and tested: a broken file never leaves our hands.
    let file: File = toml::from_str(include_str!("../../schemas/trackers.toml")).expect("schemas/trackers.toml is valid");
    file.tracker
});

/// What a URL leads to, as far as it can be told without going there.
pub(crate) fn target(url: &str) -> Target {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let rest = rest.split(['#', '?']).next().unwrap_or_default();
    let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
    let host = host.to_ascii_lowercase();
    let path: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
    let query = url.contains('?');
    let Some(tracker) = TRACKERS.iter().find(|tracker| tracker.hosts.iter().any(|known| is_host(&host, known))) else {
        return match path.as_slice() {
            [] if !query => Target::Other("the front page of a site"),
            path if query || path.iter().any(|part| is_key(part)) => Target::Issue,
            _ => Target::Other("a page that has no issue's number"),
        };
    };
    if tracker.issues.iter().any(|pattern| pattern.fits(&path, false)) {
        return Target::Issue;
    }
    let other = tracker.other.iter().find(|other| other.path.fits(&path, other.whole));
    Target::Other(other.map_or("something else", |other| other.is.as_str()))
}

/// A URL without a fragment and a slash at its end.
pub(crate) fn trimmed(url: &str) -> &str {
    // `#/issues/12` is a path in disguise.
    let page = url.split_once('#').filter(|(_, rest)| !rest.starts_with(['/', '!'])).map_or(url, |(page, _)| page);
    page.trim_end_matches('/')
}

/// A URL as the programme's automation compares it: without its scheme, `www.`, a fragment and a slash at its end, in lower case
/// but for its query.
pub(crate) fn key(url: &str) -> String {
    let page = trimmed(url);
    let (_, rest) = page.split_once("://").unwrap_or(("", page));
    let (path, query) = rest.find('?').map_or((rest, ""), |at| rest.split_at(at));
    let path = path.to_lowercase();
    let path = path.strip_prefix("www.").unwrap_or(&path).trim_end_matches('/');
    format!("{path}{query}")
}

/// True if a part of a path can name an issue: it has a digit, or says what it is.
fn is_key(part: &str) -> bool {
    let part = part.to_ascii_lowercase();
    part.contains(|c: char| c.is_ascii_digit()) || ["issue", "bug", "ticket", "tracker"].iter().any(|word| part.contains(word))
}

fn is_host(host: &str, known: &str) -> bool {
    match known {
        known if known.ends_with('.') => host.starts_with(known),
        known if known.starts_with('.') => host.ends_with(known),
        known => host == known,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn urls_lead_to() {
        for (url, what) in [
            ("https://github.com/a/b/issues/12", None),
            ("https://github.com/a/b/issues/12#issuecomment-1", None),
            ("https://GitHub.com/a/b/pull/12/files", None),
            ("https://gitlab.com/a/b/c/-/issues/3", None),
            ("https://gitlab.example.org/a/b/-/merge_requests/3", None),
            ("https://gitlab.com/groups/a/-/epics/3", None),
            ("https://codeberg.org/a/b/pulls/3", None),
            ("https://bugzilla.example.org/show_bug.cgi?id=3", None),
            ("https://jira.example.org/browse/AB-3", None),
            ("https://bugs.launchpad.net/kitchen/+bug/3", None),
            ("https://phabricator.example.org/T3", None),
            ("https://example.org/?bug=3", None),
            ("https://kitchen.example.com/tracker/soup", None),
            ("https://kitchen.example.com/blog/soup", Some("a page that has no issue's number")),
            ("https://github.com/a/b", Some("a repository")),
            ("https://github.com/a/b/", Some("a repository")),
            ("https://github.com/a", Some("an account")),
            ("https://github.com/a/b/issues", Some("a list of issues")),
            ("https://github.com/a/b/issues?q=is%3Aopen", Some("a list of issues")),
            ("https://github.com/a/b/discussions/12", Some("a discussion")),
            ("https://github.com/a/b/blob/main/README.md", Some("a file")),
            ("https://github.com/a/b/security", Some("something else")),
            ("https://gitlab.com/a/b", Some("a repository")),
            ("https://docs.google.com/document/d/1", Some("something else")),
            ("https://docs.kitchen.example.org/soup", Some("something else")),
            ("https://kitchen.example.org/", Some("the front page of a site")),
        ] {
            assert_eq!(target(url), what.map_or(Target::Issue, Target::Other), "{url}");
        }
    }
}
