//! Which links of a page that has no ideas itself may lead to them. What speaks for a link is data (`[index]` of
//! `schemas/sources.toml`); nothing is fetched here.

use serde::Deserialize;

use super::address::Parts;
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
    let shown = path(url);
    if hosts::is_repository(shown) { format!("{shown}/blob/HEAD/README.md") } else { url.to_owned() }
}

/// True if both are on one site: one host, whether by http or https, with or without `www.`; where many have their repositories,
/// one repository.
pub fn is_same_site(one: &str, other: &str) -> bool {
    let site = |url| {
        let site = Parts::of(site(url)).map_or(url, Parts::rest).to_ascii_lowercase();
        site.strip_prefix("www.").map_or(site.clone(), ToOwned::to_owned)
    };
    site(one) == site(other)
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
        if is_page && path(link) != own && is_same_site(link, base) && !found.iter().any(|known| known == link) {
            found.push(link.to_owned());
        }
    }
    let lie_in = |folder: &str| found.iter().filter(|link| path(link).starts_with(folder)).count() >= *alike;
    // What lies below the page itself is what it lists, before what lies beside it.
    let below = format!("{own}/");
    let below = if lie_in(&below) { below } else { folder(own).to_owned() };
    let are_alike = lie_in(&below);
    let is_below = |link: &str| path(link).starts_with(&below);
    let rest = |link: &str| path(link).get(site(link).len()..).unwrap_or_default().to_ascii_lowercase();
    found.retain(|link| (are_alike && is_below(link)) || words.iter().any(|word| rest(link).contains(word.as_str())));
    found.truncate(*most);
    found
}

/// An address without parameters.
fn path(url: &str) -> &str {
    Parts::of(url).map_or(url, Parts::page)
}

/// The folder that a page lies in, with the slash at its end.
fn folder(url: &str) -> &str {
    url.rfind('/').map_or(url, |at| &url[..=at])
}

/// What of an address is the same on all pages of a site: its host; where many have their repositories, also whose, and which.
fn site(url: &str) -> &str {
    let Some(parts) = Parts::of(url) else { return url };
    let end = parts.path.match_indices('/').nth(2).map_or(parts.path.len(), |(at, _)| at);
    let repository = &url[..parts.site().len() + end];
    if hosts::is_repository(repository) { repository } else { parts.site() }
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
                "https://github.com/o/r/discussions",
                &[
                    "https://github.com/o/r/issues",
                    "https://github.com/o/r/discussions/1",
                    "https://github.com/o/r/discussions/2#c",
                    "https://github.com/o/r/discussions/3",
                ],
                &[
                    "https://github.com/o/r/discussions/1",
                    "https://github.com/o/r/discussions/2",
                    "https://github.com/o/r/discussions/3",
                ],
            ),
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

    #[test]
    fn a_site_is_a_host_or_a_repository() {
        for (one, other, is_same) in [
            ("https://example.org/a", "http://www.Example.org/b?c", true),
            ("https://example.org", "https://example.org?x", true),
            ("https://example.org/a", "https://example.org:8443/a", false),
            ("https://example.org/a", "https://wiki.example.org/a", false),
            ("https://github.com/o/r/wiki/A", "https://github.com/o/r/wiki/B", true),
            ("https://github.com/o/r/wiki/A", "https://github.com/o/other", false),
        ] {
            assert_eq!(is_same_site(one, other), is_same, "{one} {other}");
        }
    }
}
