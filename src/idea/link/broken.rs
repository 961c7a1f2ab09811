//! What looks like a URL and is none: `htps://example.org`, `https://example.org/a b`, `github.com/a/b`.

use crate::idea::words::Words;
use crate::prose::Text;
use crate::text::Span;

use super::{is_web, read};

/// Something that is no URL, but was meant to be one.
#[derive(Debug)]
pub struct Broken {
    /// Where it stands.
    pub span: Span,
    /// What stands there, on one line.
    pub said: String,
    /// What is wrong with it.
    pub wrong: Wrong,
    /// What it was probably meant to be.
    pub meant: Option<Meant>,
}

/// What is wrong with a URL.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wrong {
    /// It is none, though it looks like one.
    NoUrl,
    /// There is a space inside.
    Space,
    /// There is a comma inside.
    Comma,
    /// The host is missing, or has no domain.
    NoSite,
    /// The scheme is missing.
    NoScheme,
    /// The number of an issue, without its repository.
    NoRepository,
    /// More stands there than a URL.
    More,
    /// Several URLs, where there may be one: so many.
    Several(usize),
}

/// What a broken URL was meant to be.
#[derive(Debug)]
pub struct Meant {
    /// The URL.
    pub url: String,
    /// True if nothing else can have been meant.
    pub sure: bool,
}

/// How a field takes URLs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Taking {
    /// A URL and nothing else: fields of the form, keys of a record.
    One,
    /// Issues, and text around them.
    Issues,
    /// Text with URLs in it.
    Text,
}

/// Where a link leads to, if that was meant to be a URL and is none.
pub fn destination(url: &str) -> Option<String> {
    scheme_slip(url).or_else(|| is_site(url).then(|| format!("https://{url}")))
}

/// What is wrong with a value that should be one URL and nothing else.
pub fn one(text: Text<'_>) -> Option<Broken> {
    let said = text.as_str();
    let whole = text.links().any(|(range, link)| range == (0..text.len()) && is_web(&link.url));
    if whole || is_web(trimmed(said)) && !said.contains(char::is_whitespace) {
        return None;
    }
    let read = read(text);
    // `owner/repository#12`
    let short =
        read.first().filter(|_| !said.contains("://") && !said.contains(char::is_whitespace) && text.links().next().is_none());
    let wrong = if short.is_some() || read.is_empty() { Wrong::NoUrl } else { Wrong::More };
    let span = short.and_then(|url| url.span).unwrap_or(text.span());
    let meant = short.map(|url| Meant { url: url.value.clone(), sure: true });
    Some(Broken { span, said: text.flow(), wrong, meant })
}

/// Finds the words of a line that were meant to be a URL and are none.
pub fn words(line: Text<'_>, taking: Taking, found: &mut Vec<Broken>) {
    let mut add = |text: Text<'_>, wrong: Wrong, meant: Option<Meant>| {
        found.push(Broken { span: text.span(), said: text.flow(), wrong, meant });
    };
    let words: Vec<&str> = line.as_str().split_whitespace().collect();
    let mut at = 0;
    while at < words.len() {
        let raw = words[at];
        at += 1;
        let word = trimmed(raw);
        // What is a link leads where its destination says.
        if word.is_empty() || line.link_at(line.of(word).offset_in(line)).is_some() {
            continue;
        }
        if let Some(url) = scheme_slip(word) {
            add(line.of(word), Wrong::NoUrl, Some(Meant { url, sure: true }));
            continue;
        }
        if is_web(word) || is_bare_scheme(word) {
            let first = at - 1;
            while at < words.len() && goes_on(words[at - 1], words[at], words.len() == 2) {
                at += 1;
            }
            let last = trimmed(words[at - 1]);
            if at - first > 1 && !last.is_empty() {
                let whole = line.of(word).through(line.of(last));
                let url: String = whole.as_str().split_whitespace().collect();
                add(whole, Wrong::Space, Some(Meant { url, sure: false }));
                continue;
            }
        }
        if is_web(word) && taking != Taking::Text && !has_domain(word) {
            add(line.of(word), Wrong::NoSite, None);
        } else if is_web(word) {
            for url in single(word) {
                let path = if taking == Taking::One { url } else { url.split(['?', '#']).next().unwrap_or(url) };
                if path.contains(',') && taking != Taking::Text {
                    add(line.of(url), Wrong::Comma, None);
                }
            }
        } else if taking != Taking::Text && is_site(word) && word.contains('/') {
            add(line.of(word), Wrong::NoScheme, Some(Meant { url: format!("https://{word}"), sure: true }));
        } else if taking == Taking::Issues && is_number(word) {
            add(line.of(word), Wrong::NoRepository, None);
        }
    }
}

/// Without the punctuation around it.
fn trimmed(word: &str) -> &str {
    let word = word.trim_start_matches(['(', '<', '[', '{', '"', '\'', '`', '*', '“', ',', ';']);
    word.trim_end_matches([')', '>', ']', '}', '"', '\'', '`', '*', '”', ',', ';', '.', '!', '?'])
}

/// True if the host of a URL has a domain: `https://example.org/x`, but not `https://example /x`.
fn has_domain(url: &str) -> bool {
    let host = url.split_once("://").map_or(url, |(_, rest)| rest).split(['/', '?', '#', ':']).next().unwrap_or_default();
    host.contains('.') || host == "localhost"
}

fn is_bare_scheme(word: &str) -> bool {
    matches!(word, "https://" | "http://")
}

/// `https://a.example,https://b.example` is two.
fn single(word: &str) -> impl Iterator<Item = &str> {
    let cuts = word.match_indices("http").map(|(at, _)| at).filter(|&at| at > 0 && is_web(&word[at..]));
    let mut ends: Vec<usize> = cuts.collect();
    ends.push(word.len());
    let mut start = 0;
    ends.into_iter().map(move |end| trimmed(&word[std::mem::replace(&mut start, end)..end]))
}

/// True if a word is more of the URL before it, from which a space parts it.
fn goes_on(url: &str, next: &str, alone: bool) -> bool {
    let said = trimmed(next);
    if said.is_empty()
        || next.contains("://")
        || next.contains('@')
        || !next.starts_with(|c: char| c.is_alphanumeric() || c == '/' || (c == '.' && !has_domain(url)))
    {
        return false;
    }
    let digits = said.bytes().all(|byte| byte.is_ascii_digit());
    let path = said.contains('/');
    let first = said.split('/').next().unwrap_or_default();
    (is_bare_scheme(url) && is_site(said))
        || (said.len() > 1 && said.starts_with('/') && !said.starts_with("//"))
        || (url.ends_with(['/', '-', '_', '=', '&']) && (path || digits) && !said.contains('#'))
        || (url.ends_with('.') && path && Words::get().link.top_level.has(first))
        || (!has_domain(url) && said.contains('.'))
        || said.split('/').skip(usize::from(!path)).any(|part| Words::get().link.in_paths.has(part)) && path
        || (alone && digits && url.ends_with(|c: char| c.is_ascii_digit()))
}

/// `#12` or `kitchen#12`: an issue of a repository that only people know.
fn is_number(word: &str) -> bool {
    let Some((name, number)) = word.split_once('#') else { return false };
    let named = name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.'));
    named && !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit())
}

/// `htps://`, `https//`, `http:/x`: the URL that was meant.
fn scheme_slip(word: &str) -> Option<String> {
    let end = word.find(|c: char| !c.is_ascii_alphanumeric())?;
    let scheme = word[..end].to_ascii_lowercase();
    let rest = &word[end..];
    let site = rest.trim_start_matches([':', ';', '/', '\\', '.', ',']);
    let mark = &rest[..rest.len() - site.len()];
    if !is_host(site) {
        return None;
    }
    let slip = match scheme.as_str() {
        "http" | "https" => mark != "://" && mark.contains([':', ';', '/', '\\']),
        other => {
            let near = |scheme: &str, most: usize| strsim::osa_distance(other, scheme) <= most;
            mark.contains(':')
                && mark.contains('/')
                && (3..8).contains(&other.len())
                && (near("http", 1) || near("https", 1) || other.starts_with('h') && near("https", 2))
        }
    };
    let scheme = if scheme.contains('s') { "https" } else { "http" };
    slip.then(|| format!("{scheme}://{site}"))
}

/// `kitchen.example.org/soup`: begins with a host name.
fn is_host(text: &str) -> bool {
    let host = text.split(['/', '?', '#', ':']).next().unwrap_or_default();
    let labels = host.split('.').filter(|label| {
        label.starts_with(|c: char| c.is_ascii_alphanumeric())
            && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    });
    host.contains('.')
        && labels.count() == host.split('.').count()
        && !host.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.')
}

/// True for a host name that nobody takes for a file or a word.
fn is_site(text: &str) -> bool {
    let host = text.split(['/', '?', '#', ':']).next().unwrap_or_default().to_ascii_lowercase();
    is_host(text) && (host.starts_with("www.") || host.rsplit('.').next().is_some_and(|top| Words::get().link.top_level.has(top)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_are_seen() {
        for (word, meant) in [
            ("htps://github.com/a", Some("https://github.com/a")),
            ("htttps://github.com/a", Some("https://github.com/a")),
            ("hhtp://github.com/a", Some("http://github.com/a")),
            ("ttps://github.com/a", Some("https://github.com/a")),
            ("https//github.com/a", Some("https://github.com/a")),
            ("https:/github.com/a", Some("https://github.com/a")),
            ("https:github.com/a", Some("https://github.com/a")),
            ("https:///github.com/a", Some("https://github.com/a")),
            ("https;//github.com/a", Some("https://github.com/a")),
            ("http:\\\\github.com/a", Some("http://github.com/a")),
            ("https://github.com/a", None),
            ("HTTPS://github.com/a", None),
            ("HTTP/REST", None),
            ("HTTPS/TLS", None),
            ("http/2.0", None),
            ("ftp://github.com/a", None),
            ("ssh://github.com/a", None),
            ("https", None),
        ] {
            assert_eq!(scheme_slip(word).as_deref(), meant, "{word}");
        }
    }

    #[test]
    fn links_to_hosts_are_no_links() {
        for (url, meant) in [
            ("kitchen.io", Some("https://kitchen.io")),
            ("www.kitchen.example", Some("https://www.kitchen.example")),
            ("github.com/a/b", Some("https://github.com/a/b")),
            ("htps://kitchen.io", Some("https://kitchen.io")),
            ("https://kitchen.io", None),
            ("mailto:jo@example.org", None),
            ("#kitchen.io", None),
            ("./kitchen.io", None),
            ("soup.md", None),
            ("docs/soup.com", None),
            ("images/soup.png", None),
            ("soup", None),
        ] {
            assert_eq!(destination(url).as_deref(), meant, "{url}");
        }
    }

    #[test]
    fn a_url_goes_on_after_a_space() {
        for (url, next, alone, on) in [
            ("https://github.com/a/b/", "issues/12", true, true),
            ("https://github.com/cloud", "kitchen/soup/issues/12", true, true),
            ("https://github.com/a/b/issues/", "12", true, true),
            ("https://github.com/a/b/issues", "/12", true, true),
            ("https://github.", "com/a/b", true, true),
            ("https://", "github.com/a/b", true, true),
            ("https://github.com/a/b/issues/1", "2", true, true),
            ("https://github.com/a/b/issues/1", "2", false, false),
            ("https://github.com/a/b/issues/1", "and/or", false, false),
            ("https://github.com/a/b/issues/1", "/", false, false),
            ("https://github.com/a/b/issues/1", "a/b#2", false, false),
            ("https://github.com/a/b/issues/1", "https://github.com/a/b/issues/2", true, false),
            ("https://github.com/a/b/issues/1", "issues", false, false),
        ] {
            assert_eq!(goes_on(url, next, alone), on, "{url} {next}");
        }
    }
}
