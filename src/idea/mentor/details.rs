//! What stands beside a name: addresses and handles, and which bytes they take.

use std::ops::Range;

use crate::idea::words::Words;
use crate::idea::{link, size};
use crate::prose::Text;
use crate::text::Spanned;

use super::email::{emails, is_email};
use super::handle::{alike, github_user, is_handle};
use super::name::{is_plain_name, lone_handle, name_of};
use super::stretches::nearest;

/// Addresses and handles in a stretch, and which bytes of it they take.
#[derive(Default)]
pub(super) struct Details {
    pub(super) github: Option<Spanned<String>>,
    pub(super) email: Option<Spanned<String>>,
    pub(super) taken: Vec<Range<usize>>,
    /// A link to the person's GitHub page whose text is their name.
    named: Option<Range<usize>>,
}

impl Details {
    pub(super) fn read(stretch: Text<'_>) -> Self {
        let stretch = stretch.of(nearest(stretch.as_str()));
        let text = stretch.as_str();
        let mut details = Details::default();
        for (range, link) in stretch.links() {
            let shown = text[range.clone()].trim();
            let url = link::target(&link.url);
            // `[Jane Roe](jane@example.org)` forgot the scheme, and whoever copied the page made a path of it.
            let bare = || url.rsplit('/').next().filter(|last| is_email(last));
            if let Some(address) = url.strip_prefix("mailto:").or_else(bare) {
                let address = address.split('?').next().unwrap_or(address);
                if is_email(address) {
                    details.email.get_or_insert(Spanned::at(link.span, address.to_owned()));
                    if shown.contains('@') || emails(shown).next().is_some() {
                        details.taken.push(range);
                    } else {
                        // `[Jane Roe](mailto:…)`
                        details.named.get_or_insert(range);
                    }
                }
            } else if let Some(handle) = github_user(&url) {
                details.github.get_or_insert(Spanned::at(link.span, handle.to_owned()));
                if shown.starts_with('@')
                    || shown.contains("://")
                    || text[..range.start].ends_with('@')
                    // `[Ann](https://github.com/ann)` tells her name, too.
                    || (shown.eq_ignore_ascii_case(handle) && (shown == handle || !is_plain_name(shown)))
                {
                    let start = range.start - usize::from(text[..range.start].ends_with('@'));
                    details.taken.push(start..range.end);
                } else {
                    details.named.get_or_insert(range);
                }
            } else if shown.starts_with('@') {
                // A nickname somewhere else.
                details.taken.push(range);
            }
        }
        details.find_emails(stretch);
        details.find_urls(stretch);
        details.find_handles(stretch);
        details.find_named_handle(stretch);
        details.taken.sort_by_key(|range| range.start);
        details
    }

    pub(super) fn is_taken(&self, at: usize) -> bool {
        self.taken.iter().any(|range| range.contains(&at))
    }

    fn find_emails(&mut self, stretch: Text<'_>) {
        for (range, address) in emails(stretch.as_str()) {
            if !self.is_taken(range.start) {
                self.email.get_or_insert(Spanned::at(stretch.cut(range.clone()).span(), address));
                self.taken.push(range);
            }
        }
    }

    fn find_urls(&mut self, stretch: Text<'_>) {
        let text = stretch.as_str();
        for (at, _) in ["http://", "https://", "github.com/"].iter().flat_map(|start| text.match_indices(start)) {
            if self.is_taken(at) {
                continue;
            }
            let end = at + link::bare(&text[at..]).len();
            if let Some(handle) = github_user(&link::target(&text[at..end])) {
                self.github.get_or_insert(Spanned::at(stretch.cut(at..end).span(), handle.to_owned()));
            }
            self.taken.push(at..end);
        }
    }

    fn find_handles(&mut self, stretch: Text<'_>) {
        let text = stretch.as_str();
        for (at, _) in text.match_indices('@') {
            if self.is_taken(at) || text[..at].ends_with(|c: char| c.is_alphanumeric()) {
                continue;
            }
            let rest = &text[at + 1..];
            // `@ jane` and `@[jane](…)` were seen; the second is a link and already taken.
            let space = rest.len() - rest.trim_start().len();
            let mut len = word_len(&rest[space..]);
            // `@ada.lovell` is no handle, and neither is `@ada`.
            while rest[space + len..].starts_with('.') && word_len(&rest[space + len + 1..]) > 0 {
                len += 1 + word_len(&rest[space + len + 1..]);
            }
            let (start, end) = (at + 1 + space, at + 1 + space + len);
            let handle = &text[start..end];
            let elsewhere = names_other_site(around(text, at..end)) || is_path_elsewhere(text, handle);
            let name = text[..at].trim_end();
            // `Jane Roe @ Example Inc`: where she works.
            let works = space == 1 && !name.is_empty() && !alike(handle, name);
            if works && handle.starts_with(|c: char| c.is_ascii_uppercase()) {
                self.taken.push(at..text.len());
                break;
            }
            // `Jane Roe @Jane Roe` says the name twice.
            if name.contains(' ') && text[start..].starts_with(name) {
                self.taken.push(at..start + name.len());
                continue;
            }
            if is_handle(handle) && !elsewhere && space <= 1 && !size::is_hours(handle) {
                self.github.get_or_insert(Spanned::at(stretch.cut(start..end).span(), handle.to_owned()));
            }
            self.taken.push(at..end);
        }
    }

    /// `GitHub: jane`, `gh: jane`, `jane on GitHub`: a handle without its `@`, beside the name of the site.
    fn find_named_handle(&mut self, stretch: Text<'_>) {
        let text = stretch.as_str();
        for (at, _) in text.match_indices(['g', 'G']) {
            let word = &text[at..at + word_len(&text[at..])];
            if self.github.is_some() || self.is_taken(at) {
                return;
            }
            if !(word.eq_ignore_ascii_case("github") || word.eq_ignore_ascii_case("gh"))
                || text[..at].ends_with(char::is_alphanumeric)
            {
                continue;
            }
            let rest = &text[at + word.len()..];
            // `GitHub username: jane`
            let rest = rest.trim_start();
            let noun = &rest[..word_len(rest)];
            let rest = if Words::get().people.accounts.has(noun) { rest[noun.len()..].trim_start() } else { rest };
            let behind = rest.strip_prefix(':').map(str::trim_start).map(|rest| &rest[..word_len(rest)]);
            // More words behind are a name, or a remark.
            let ends = |handle: &str| {
                let after = &text[stretch.of(handle).offset_in(stretch) + handle.len()..];
                !after.trim_start().starts_with(|c: char| c.is_alphanumeric() || matches!(c, '.' | '/' | '_' | '@'))
            };
            let before = text[..at]
                .strip_suffix(" on ")
                .map(|before| &before[before.rfind(|c: char| c.is_whitespace() || c == '(').map_or(0, |at| at + 1)..]);
            let found = behind.filter(|handle| ends(handle)).or(before).filter(|handle| !handle.is_empty());
            if let Some(handle) = found.and_then(|handle| lone_handle(stretch.of(handle))) {
                let start = stretch.of(found.unwrap_or_default()).offset_in(stretch);
                self.taken.push(start..start + handle.value.len());
                self.github = Some(handle);
            }
        }
    }

    /// The name is the text of the link to the person's page.
    pub(super) fn linked_name(&self, stretch: Text<'_>) -> Option<Spanned<String>> {
        self.named.clone().and_then(|range| name_of(stretch.cut(range)))
    }
}

/// What stands in the same parenthesis as `range`, or between the same commas.
fn around(text: &str, range: Range<usize>) -> &str {
    let start = text[..range.start].rfind(['(', ',', ';']).map_or(0, |open| open + 1);
    let stop = text[range.end..].find([')', ',', ';']).map_or(text.len(), |close| range.end + close);
    &text[start..stop]
}

/// Length of what may be a handle at the beginning of a text.
fn word_len(text: &str) -> usize {
    text.find(|c: char| !(c.is_ascii_alphanumeric() || c == '-' || c == '_')).unwrap_or(text.len())
}

/// True if a nickname beside these words is none of GitHub's.
pub(super) fn names_other_site(words: &str) -> bool {
    let sites = &Words::get().people.other_sites;
    words.split(|c: char| !c.is_alphanumeric()).any(|word| sites.has(word))
}

/// True if a URL in the text shows that the nickname is one of another site: `…twitter.com/jane`.
fn is_path_elsewhere(text: &str, handle: &str) -> bool {
    let mut urls = text.split(|c: char| c.is_whitespace() || "([<)]>,;".contains(c)).filter(|word| word.contains("://"));
    urls.any(|url| {
        let path = url.trim_end_matches(['/', '.']).strip_suffix(handle);
        !url.contains("github.com") && path.is_some_and(|path| path.ends_with(['/', '@']))
    })
}
