//! Where an idea stands: the page, the line, and what leads there on the web.

use borsh::{BorshDeserialize, BorshSerialize};
use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
use schemars::JsonSchema;
use serde::Serialize;

use super::words::Words;

/// Where an idea stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema, BorshSerialize, BorshDeserialize)]
pub struct Place {
    /// The page's path, as it was given or found.
    #[borsh(skip)]
    pub path: String,
    /// The page's address on the web, where it is known; it leads to the idea itself where the page has an anchor for it.
    pub url: Option<String>,
    /// The line of the title, from 1.
    pub line: usize,
    /// What leads to the idea on the page.
    #[serde(skip)]
    #[schemars(skip)]
    pub anchor: Option<Anchor>,
}

/// What leads to a part of a page, without `#`.
#[derive(Clone, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub enum Anchor {
    /// The page has it.
    Own(Box<str>),
    /// Hosts of repositories give it to a heading when they show the page: its words in lower case, with hyphens.
    Heading(Box<str>),
}

impl Anchor {
    /// The anchor that GitHub, GitLab and others give to a heading.
    pub fn of_heading(heading: &str) -> Self {
        let kept = heading.trim().chars().filter(|&c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'));
        Anchor::Heading(kept.flat_map(char::to_lowercase).map(|c| if c == ' ' { '-' } else { c }).collect())
    }
}

impl Place {
    /// Says where on the web the page is.
    pub fn set_url(&mut self, url: &str) {
        let shown = Words::get().link.shown.iter().any(|parts| parts.iter().all(|part| url.contains(part.as_str())));
        let anchor = match &self.anchor {
            Some(Anchor::Own(anchor)) => Some(anchor),
            Some(Anchor::Heading(anchor)) if shown => Some(anchor),
            _ => None,
        };
        self.url = Some(match anchor.filter(|_| !url.contains('#')) {
            Some(anchor) => format!("{url}#{}", utf8_percent_encode(anchor, FRAGMENT)),
            None => url.to_owned(),
        });
    }
}

/// What an anchor may not hold as it is, at the end of an address.
const FRAGMENT: &AsciiSet = &CONTROLS.add(b' ').add(b'"').add(b'<').add(b'>').add(b'`');

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_lead_to_the_idea_where_its_anchor_is_known() {
        let own = || Some(Anchor::Own("mw-Faster start".into()));
        let heading = || Some(Anchor::of_heading("3. Faster start: *io_uring* (350 h)"));
        let file = "https://github.com/quill-example/quill/blob/main/ideas.md";
        for (anchor, page, url) in [
            (own(), "https://example.org/ideas", "https://example.org/ideas#mw-Faster%20start"),
            (own(), "https://example.org/ideas#top", "https://example.org/ideas#top"),
            (heading(), file, &*format!("{file}#3-faster-start-io_uring-350-h")),
            (heading(), "https://example.org/ideas", "https://example.org/ideas"),
            (None, file, file),
        ] {
            let mut place = Place { path: "ideas.md".to_owned(), url: None, line: 1, anchor };
            place.set_url(page);
            assert_eq!(place.url.as_deref(), Some(url));
        }
    }
}
