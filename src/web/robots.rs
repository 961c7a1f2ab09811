//! `robots.txt`: what a site asks programs to leave alone. Each site is asked once in a run.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use robotstxt::DefaultMatcher;

use crate::sources::address::Parts;

/// What the files call this program.
pub(super) const NAME: &str = "mentorship-ideas";

/// The most that is read of such a file: as much as the standard (RFC 9309) asks for.
pub(super) const MOST: usize = 500 << 10;

/// The files of the sites that were asked.
#[derive(Debug, Default)]
pub(super) struct Robots {
    sites: Mutex<HashMap<String, Arc<OnceLock<String>>>>,
}

impl Robots {
    /// True if a page may be fetched. `fetch` gets the site's file, or nothing if there is none or it cannot be had:
    /// one page that somebody has asked for is not refused because of that.
    pub(super) fn allow(&self, url: &str, fetch: impl FnOnce(&str) -> Option<Vec<u8>>) -> bool {
        let site = Parts::of(url).map_or(url, Parts::site);
        let file = {
            let mut sites = self.sites.lock().unwrap_or_else(PoisonError::into_inner);
            Arc::clone(sites.entry(site.to_owned()).or_default())
        };
        let text = file.get_or_init(|| fetch(&format!("{site}/robots.txt")).map(|bytes| text(&bytes)).unwrap_or_default());
        allows(text, url)
    }
}

/// The text of such a file. The matcher takes texts apart between bytes, which only ASCII bears.
fn text(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| if byte.is_ascii() { char::from(*byte) } else { '?' }).collect()
}

fn allows(text: &str, url: &str) -> bool {
    text.is_empty() || DefaultMatcher::default().one_agent_allowed_by_robots(text, NAME, url)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn pages_are_refused_by_name_and_for_all() {
        for (file, url, allowed) in [
            ("", "https://example.org/a", true),
            ("User-agent: *\nDisallow: /\n", "https://example.org/a", false),
            ("User-agent: *\nDisallow:\n", "https://example.org/a", true),
            ("User-agent: *\nDisallow: /w/\n", "https://example.org/wiki/a", true),
            ("User-agent: *\nDisallow: /*?action=\n", "https://example.org/wiki/a?action=render", false),
            ("User-agent: *\nDisallow: /\nAllow: /gsoc\n", "https://example.org/gsoc/ideas", true),
            ("User-agent: other\nDisallow: /\n", "https://example.org/a", true),
            ("User-agent: Mentorship-Ideas\nDisallow: /\n\nUser-agent: *\nAllow: /\n", "https://example.org/a", false),
            ("<!doctype html><title>404</title>", "https://example.org/a", true),
        ] {
            assert_eq!(Robots::default().allow(url, |_| Some(file.into())), allowed, "{file:?} {url}");
        }
    }

    #[test]
    fn a_site_is_asked_once() {
        let robots = Robots::default();
        let mut asked = Vec::new();
        for url in ["https://a.org/x?y", "https://a.org/z", "https://a.org", "http://a.org:8080/x"] {
            assert!(robots.allow(url, |file| {
                asked.push(file.to_owned());
                None
            }));
        }
        assert_eq!(asked, ["https://a.org/robots.txt", "http://a.org:8080/robots.txt"]);
    }

    proptest! {
        #[test]
        fn any_file_is_read_in_peace(file in prop::collection::vec(any::<u8>(), 0..200), path in "\\PC{0,20}") {
            let file = [b"User-agent: *\nDisallow: ".as_slice(), &file].concat();
            allows(&text(&file), &format!("https://example.org/{path}"));
        }

        #[test]
        fn any_lines_are_read_in_peace(lines in "(?s)((user-agent|disallow|allow)?[:=]?[ */$%a-zé\\n\\r\\t#]{0,8}\\n?){0,20}") {
            allows(&text(lines.as_bytes()), "https://example.org/é/a?b=c");
        }
    }
}
