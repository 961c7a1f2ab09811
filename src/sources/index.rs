//! Which links of a page that has no ideas itself may lead to them. What speaks for a link is data (`[index]` of
//! `schemas/sources.toml`); nothing is fetched here.

use serde::Deserialize;

use super::{hosts, known};

/// What speaks for a link.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Index {
    words: Vec<String>,
    alike: usize,
    pub(super) most: usize,
}

/// What is no page, by the end of its address.
const NO_PAGES: [&str; 12] = [".png", ".jpg", ".jpeg", ".gif", ".svg", ".pdf", ".zip", ".gz", ".ico", ".css", ".js", ".xml"];

/// The address that links of a page are relative to: those of a README to the repository's files.
pub fn base(url: &str) -> String {
    let shown = url.split(['?', '#']).next().unwrap_or(url).trim_end_matches('/');
    if hosts::is_repository(shown) { format!("{shown}/blob/HEAD/README.md") } else { url.to_owned() }
}

/// Those of the links that may lead to ideas, in the order of the page, each once. The links are whole addresses.
pub fn candidates(base: &str, links: impl Iterator<Item = String>) -> Vec<String> {
    let Index { words, alike, most } = known::index();
    let own = path(base);
    let mut found: Vec<String> = Vec::new();
    for link in links {
        let link = link.split('#').next().unwrap_or_default();
        let end = path(link).to_ascii_lowercase();
        let is_page = !NO_PAGES.iter().any(|no| end.ends_with(no));
        if is_page && path(link) != own && site(link) == site(base) && !found.iter().any(|known| known == link) {
            found.push(link.to_owned());
        }
    }
    let below = folder(own);
    let is_below = |link: &str| folder(path(link)).starts_with(below) && folder(path(link)) != site(base);
    let are_alike = found.iter().filter(|link| is_below(link)).count() >= *alike;
    let rest = |link: &str| path(link)[site(link).len().min(path(link).len())..].to_ascii_lowercase();
    found.retain(|link| (are_alike && is_below(link)) || words.iter().any(|word| rest(link).contains(word.as_str())));
    found.truncate(*most);
    found
}

/// An address without parameters.
fn path(url: &str) -> &str {
    url.split(['?', '#']).next().unwrap_or(url).trim_end_matches('/')
}

/// The folder that a page lies in, with the slash at its end.
fn folder(url: &str) -> &str {
    url.rfind('/').map_or(url, |at| &url[..=at])
}

/// What of an address is the same on all pages of a site: its host; where many have their repositories, also whose, and which.
fn site(url: &str) -> &str {
    let end = |parts: usize| url.match_indices('/').nth(parts).map_or(url.len(), |(at, _)| at);
    let repository = &url[..end(4)];
    if hosts::is_repository(repository) { repository } else { &url[..end(2)] }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chosen(url: &str, links: &[&str]) -> Vec<String> {
        candidates(&base(url), links.iter().map(ToString::to_string))
    }

    #[test]
    fn links_lead_to_ideas_by_their_words_or_by_their_number() {
        let wiki = "https://github.com/o/r/wiki/Home";
        let org = "https://example.org/soc/2026/summary.html";
        for (url, links, found) in [
            (
                org,
                &[
                    "https://example.org/soc/2026/a.html",
                    "https://example.org/soc/2026/b.html#x",
                    "https://example.org/soc/2026/c.html",
                ][..],
                &[
                    "https://example.org/soc/2026/a.html",
                    "https://example.org/soc/2026/b.html",
                    "https://example.org/soc/2026/c.html",
                ][..],
            ),
            (org, &["https://example.org/soc/2026/a.html", "https://example.org/about/team.html"], &[]),
            (
                org,
                &["https://example.org/ideas-2026/", "https://example.com/ideas", "https://example.org/ideas.pdf"],
                &["https://example.org/ideas-2026/"],
            ),
            (org, &["https://example.org/soc/2026/summary.html?x=1", "https://example.org/soc/2026/summary.html"], &[]),
            (
                wiki,
                &["https://github.com/o/r/wiki/Project-A", "https://github.com/o/other/wiki/Project-B"],
                &["https://github.com/o/r/wiki/Project-A"],
            ),
        ] {
            assert_eq!(chosen(url, links), found, "{url} {links:?}");
        }
        assert_eq!(base("https://github.com/o/gsoc"), "https://github.com/o/gsoc/blob/HEAD/README.md");
        let many: Vec<String> = (0..100).map(|n| format!("https://example.org/soc/2026/{n}.html")).collect();
        assert_eq!(candidates(org, many.into_iter()).len(), 40);
    }
}
