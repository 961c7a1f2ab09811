//! What looks like a URL and is none: in the fields that hold URLs, and behind links.
//!
//! Several rules ask: `url-format` reports it, and `upstream-count` and `upstream-kind` stay silent about what it reports.

use crate::idea::link;
use crate::labels::{Kind, Labels};
use crate::layout::{Fact, Shape};
use crate::prose::Text;
use crate::text::Span;

use super::Page;

/// Something that is no URL, but was meant to be one.
#[derive(Debug)]
pub(super) struct Broken {
    /// Where it stands.
    pub(super) span: Span,
    /// What is wrong, as a message.
    pub(super) message: String,
    /// What it was probably meant to be.
    pub(super) meant: Option<Meant>,
}

/// What a broken URL was meant to be.
#[derive(Debug)]
pub(super) struct Meant {
    /// The URL.
    pub(super) url: String,
    /// True if nothing else can have been meant.
    pub(super) sure: bool,
}

/// How a field takes URLs.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Taking {
    /// A URL and nothing else: fields of the form, keys of a record.
    One,
    /// Issues, and text around them.
    Issues,
    /// Text with URLs in it.
    Text,
}

/// The broken URLs in the upstream fields of an idea.
pub(super) fn upstream(page: &Page<'_>, idea: usize) -> Vec<Broken> {
    page.facts(idea, Kind::Upstream).flat_map(|fact| in_fact(page, fact)).collect()
}

/// The broken URLs in a field of URLs.
pub(super) fn in_fact(page: &Page<'_>, fact: &Fact<'_>) -> Vec<Broken> {
    let bare = page.is_record() || page.shape == Shape::Form;
    let taking = match fact.kind {
        Kind::Upstream if bare => Taking::One,
        // The one field of links that the form has.
        Kind::Links if page.shape == Shape::Form => Taking::One,
        Kind::Upstream => Taking::Issues,
        _ => Taking::Text,
    };
    let mut found = Vec::new();
    for part in &fact.parts {
        for line in part.text.lines() {
            let said = line.as_str();
            // Most fields hold a URL and nothing else, and most other text has none.
            let single = link::is_web(said) && !said.contains(|c: char| c.is_whitespace() || c == ',');
            let none = taking == Taking::Text && memchr::memchr2(b'/', b':', said.as_bytes()).is_none();
            if single || none {
                continue;
            }
            words(page, line, taking, &mut found);
        }
    }
    if found.is_empty() && taking == Taking::One {
        found.extend(not_one(page, fact));
    }
    found
}

/// Where a link leads to, if that was meant to be a URL and is none.
pub(super) fn destination(url: &str) -> Option<String> {
    scheme_slip(url).or_else(|| is_site(url).then(|| format!("https://{url}")))
}

fn words(page: &Page<'_>, line: Text<'_>, taking: Taking, found: &mut Vec<Broken>) {
    let words: Vec<&str> = line.as_str().split_whitespace().collect();
    let mut at = 0;
    while at < words.len() {
        let raw = words[at];
        at += 1;
        let word = bare(raw);
        // What is a link leads where its destination says.
        if word.is_empty() || line.link_at(line.of(word).offset_in(line)).is_some() {
            continue;
        }
        let span = line.of(word).span();
        if let Some(url) = scheme_slip(word) {
            found.push(Broken { span, message: format!("`{word}` is no URL"), meant: Some(Meant { url, sure: true }) });
            continue;
        }
        if link::is_web(word) || is_scheme(word) {
            let first = at - 1;
            while at < words.len() && goes_on(words[at - 1], words[at], words.len() == 2) {
                at += 1;
            }
            let last = bare(words[at - 1]);
            if at - first > 1 && !last.is_empty() {
                let whole = line.of(word).through(line.of(last));
                let url: String = whole.as_str().split_whitespace().collect();
                let meant = Some(Meant { url, sure: false });
                found.push(Broken { span: whole.span(), message: format!("there is a space inside `{}`", whole.flow()), meant });
                continue;
            }
        }
        if link::is_web(word) && taking != Taking::Text && !has_domain(word) {
            let meant = None;
            found.push(Broken { span, message: format!("`{word}` names no site"), meant });
        } else if link::is_web(word) {
            for url in single(word) {
                let path = if taking == Taking::One { url } else { url.split(['?', '#']).next().unwrap_or(url) };
                if path.contains(',') && taking != Taking::Text {
                    let span = line.of(url).span();
                    found.push(Broken { span, message: format!("there is a comma inside `{url}`"), meant: None });
                }
            }
        } else if taking != Taking::Text && is_site(word) && word.contains('/') {
            let meant = Some(Meant { url: format!("https://{word}"), sure: true });
            found.push(Broken { span, message: format!("`{word}` is no URL without `https://`"), meant });
        } else if taking == Taking::Issues && page.in_layout && is_number(word) {
            found.push(Broken { span, message: format!("`{word}` does not say whose issue it is"), meant: None });
        }
    }
}

/// What is wrong with a field that takes one URL and nothing else, if anything is.
fn not_one(page: &Page<'_>, fact: &Fact<'_>) -> Option<Broken> {
    let mut texts = fact.parts.iter().map(|part| part.text.trim()).filter(|text| !text.is_empty());
    let nothing = |text: Text<'_>| Labels::get().is_placeholder(text.as_str());
    // How many there may be is for `upstream-count` to say, and so is that there is none yet.
    let counted = fact.kind == Kind::Upstream && page.template.limits.upstream.is_some();
    let urls: usize = texts.clone().map(|text| link::read(text).len()).sum();
    if urls > 1 {
        let listed = fact.parts.iter().all(|part| part.listed && link::read(part.text).len() == 1);
        let (first, last) = (texts.next()?, texts.next_back());
        let span = last.map_or(first.span(), |last| first.span_to(last));
        return (!counted && !listed).then(|| Broken {
            span,
            message: format!("these are {urls} URLs in one field"),
            meant: None,
        });
    }
    texts.find_map(|text| {
        if nothing(text) {
            let message = format!("`{}` is no URL", text.flow());
            return (!counted && page.is_record()).then(|| Broken { span: text.span(), message, meant: None });
        }
        let said = text.as_str();
        let whole = text.links().any(|(range, link)| range == (0..text.len()) && link::is_web(&link.url));
        if whole || link::is_web(bare(said)) && !said.contains(char::is_whitespace) {
            return None;
        }
        let read = link::read(text);
        // `owner/repository#12`
        let short = read
            .first()
            .filter(|_| !said.contains("://") && !said.contains(char::is_whitespace) && text.links().next().is_none());
        let meant = short.map(|url| Meant { url: url.value.clone(), sure: true });
        let message = match (read.is_empty(), short) {
            (false, None) => format!("`{}` is more than a URL", shortened(&text.flow())),
            _ => format!("`{}` is no URL", shortened(&text.flow())),
        };
        Some(Broken { span: short.and_then(|url| url.span).unwrap_or(text.span()), message, meant })
    })
}

fn shortened(text: &str) -> String {
    if text.chars().count() <= 60 { text.to_owned() } else { text.chars().take(59).chain(['…']).collect() }
}

/// Without the punctuation around it.
fn bare(word: &str) -> &str {
    let word = word.trim_start_matches(['(', '<', '[', '{', '"', '\'', '`', '*', '“', ',', ';']);
    word.trim_end_matches([')', '>', ']', '}', '"', '\'', '`', '*', '”', ',', ';', '.', '!', '?'])
}

/// True if the host of a URL has a domain: `https://example.org/x`, but not `https://example /x`.
fn has_domain(url: &str) -> bool {
    let host = url.split_once("://").map_or(url, |(_, rest)| rest).split(['/', '?', '#', ':']).next().unwrap_or_default();
    host.contains('.') || host == "localhost"
}

fn is_scheme(word: &str) -> bool {
    matches!(word, "https://" | "http://")
}

/// `https://a.example,https://b.example` is two.
fn single(word: &str) -> impl Iterator<Item = &str> {
    let cuts = word.match_indices("http").map(|(at, _)| at).filter(|&at| at > 0 && link::is_web(&word[at..]));
    let mut ends: Vec<usize> = cuts.collect();
    ends.push(word.len());
    let mut start = 0;
    ends.into_iter().map(move |end| bare(&word[std::mem::replace(&mut start, end)..end]))
}

/// The parts of a path that nothing but a URL has.
const IN_PATHS: [&str; 9] = ["issues", "issue", "pull", "pulls", "merge_requests", "discussions", "blob", "tree", "wiki"];

/// True if a word is more of the URL before it, from which a space parts it.
fn goes_on(url: &str, next: &str, alone: bool) -> bool {
    let said = bare(next);
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
    (is_scheme(url) && is_site(said))
        || (said.len() > 1 && said.starts_with('/') && !said.starts_with("//"))
        || (url.ends_with(['/', '-', '_', '=', '&']) && (path || digits) && !said.contains('#'))
        || (url.ends_with('.') && path && TOP.contains(&first))
        || (!has_domain(url) && said.contains('.'))
        || said.split('/').skip(usize::from(!path)).any(|part| IN_PATHS.contains(&part)) && path
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

/// The top-level domains that sites of projects have; none of them is a file's ending.
const TOP: [&str; 24] = [
    "ai",
    "app",
    "ch",
    "cloud",
    "co",
    "com",
    "community",
    "de",
    "dev",
    "edu",
    "eu",
    "foundation",
    "fr",
    "gov",
    "info",
    "io",
    "jp",
    "net",
    "online",
    "org",
    "software",
    "tech",
    "uk",
    "xyz",
];

/// True for a host name that nobody takes for a file or a word.
fn is_site(text: &str) -> bool {
    let host = text.split(['/', '?', '#', ':']).next().unwrap_or_default().to_ascii_lowercase();
    is_host(text) && (host.starts_with("www.") || host.rsplit('.').next().is_some_and(|top| TOP.contains(&top)))
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
