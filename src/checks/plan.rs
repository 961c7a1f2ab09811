//! Which addresses to request: each once, however many ideas name it, and none whose answer is recent.

use std::collections::hash_map::Entry;
use std::time::{Duration, SystemTime};

use rustc_hash::{FxHashMap, FxHashSet};

use crate::idea::Idea;
use crate::sources::Place;
use crate::sources::address::Parts;
use crate::sources::issues::{Question, question};
use crate::store::{Answers, StoredAnswer};
use crate::web;

/// An address, and who names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ask {
    /// What is asked: the address of an API, or of a page. No two have the same.
    pub asked: String,
    /// The address as pages write it, each spelling once; there is at least one.
    pub urls: Vec<String>,
    /// How its tracker is asked, if it is an issue that ideas name as theirs.
    pub question: Option<Question>,
    /// Ideas name it as their upstream issue, not only as a link.
    pub is_upstream: bool,
    /// The ids of the ideas that name it.
    pub ideas: Vec<String>,
    /// What it answered before.
    pub known: Option<StoredAnswer>,
    /// That answer is young enough.
    pub is_fresh: bool,
}

impl Ask {
    /// The host that is asked.
    pub fn host(&self) -> &str {
        web::host(&self.asked)
    }

    /// The address as the first page writes it.
    pub fn url(&self) -> &str {
        self.urls.first().map_or(&self.asked, String::as_str)
    }
}

/// The addresses of ideas.
#[derive(Clone, Debug, Default)]
pub struct Plan {
    /// Upstream issues first, then links, each in the order of the ideas.
    pub asks: Vec<Ask>,
}

impl Plan {
    /// The addresses of these ideas. Answers that are younger than `max_age` are fresh.
    pub fn new<'i>(ideas: impl Iterator<Item = &'i Idea> + Clone, answers: &Answers, now: SystemTime, max_age: Duration) -> Self {
        let mut plan = Builder::default();
        for idea in ideas.clone() {
            for url in &idea.upstream {
                plan.add(&url.value, question(&url.value), true, idea);
            }
        }
        for idea in ideas {
            for url in &idea.links {
                // Whether an issue is open that is only a link, nobody wants to know: an API answers few questions.
                // What is known stays.
                let is_known = |question: &Question| {
                    let key = key(&question.url);
                    plan.places.contains_key(&key) || answers.get(&url.value).is_some_and(|known| self::key(&known.asked) == key)
                };
                plan.add(&url.value, question(&url.value).filter(is_known), false, idea);
            }
        }
        let mut asks = plan.asks;
        for ask in &mut asks {
            let is_of_it = |known: &&StoredAnswer| key(&known.asked) == key(&ask.asked);
            ask.known = ask.urls.iter().find_map(|url| answers.get(url).filter(is_of_it)).cloned();
            ask.is_fresh = ask.known.as_ref().is_some_and(|known| is_fresh(&known.answer.at, now, max_age));
        }
        Plan { asks }
    }

    /// The places of those that are to be asked: at most so many, and first of all those that nobody has asked yet.
    pub fn due(&self, most: usize) -> Vec<usize> {
        let mut due: Vec<usize> = (0..self.asks.len()).filter(|&at| !self.asks[at].is_fresh).collect();
        due.sort_by_key(|&at| {
            let ask = &self.asks[at];
            (!ask.is_upstream, ask.known.as_ref().map(|known| known.answer.at.clone()))
        });
        due.truncate(most);
        due
    }

    /// How many are not fresh.
    pub fn stale(&self) -> usize {
        self.asks.iter().filter(|ask| !ask.is_fresh).count()
    }
}

#[derive(Default)]
struct Builder {
    asks: Vec<Ask>,
    places: FxHashMap<String, usize>,
    seen: FxHashSet<(String, usize)>,
}

impl Builder {
    fn add(&mut self, url: &str, question: Option<Question>, is_upstream: bool, idea: &Idea) {
        let asked = question.as_ref().map_or_else(|| page(url), |question| question.url.clone());
        let place = match self.places.entry(key(&asked)) {
            Entry::Occupied(place) => *place.get(),
            Entry::Vacant(place) => {
                place.insert(self.asks.len());
                let (urls, ideas) = (Vec::new(), Vec::new());
                self.asks.push(Ask { asked, urls, question, is_upstream, ideas, known: None, is_fresh: false });
                self.asks.len() - 1
            }
        };
        let ask = &mut self.asks[place];
        if self.seen.insert((url.to_owned(), place)) {
            ask.urls.push(url.to_owned());
        }
        if !ask.ideas.contains(&idea.id) {
            ask.ideas.push(idea.id.clone());
        }
    }
}

/// What spellings of one address have in common: GitHub's owners and repositories have no case.
fn key(asked: &str) -> String {
    if web::host(asked) == "api.github.com" { asked.to_ascii_lowercase() } else { asked.to_owned() }
}

/// The address of a page: its host in lower case, and no fragment, which stays with who asks.
fn page(url: &str) -> String {
    let Some(parts) = Parts::of(url) else { return url.to_owned() };
    let path = if parts.path.is_empty() { "/" } else { parts.path };
    let query = parts.query.map(|query| format!("?{query}")).unwrap_or_default();
    format!("{}{path}{query}", parts.site().to_ascii_lowercase())
}

/// Why an address is not asked at all.
pub(super) fn refusal(ask: &Ask) -> Option<String> {
    Place::page(&ask.asked).err().map(|error| error.to_string())
}

fn is_fresh(at: &str, now: SystemTime, max_age: Duration) -> bool {
    // What comes from a clock that runs ahead is not fresh for ever.
    humantime::parse_rfc3339(at).is_ok_and(|at| now.duration_since(at).is_ok_and(|age| age < max_age))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::idea::check::{Answer, State};
    use crate::text::Spanned;

    fn idea(id: &str, upstream: &[&str], links: &[&str]) -> Idea {
        let urls = |urls: &[&str]| urls.iter().map(|url| Spanned::nowhere((*url).to_owned())).collect();
        Idea { id: id.to_owned(), upstream: urls(upstream), links: urls(links), ..Idea::bare(id) }
    }

    #[test]
    fn each_address_is_asked_once() {
        let ideas = [
            idea("a", &["https://github.com/o/r/issues/7"], &["https://Example.org/x#top", "https://example.org/x"]),
            idea("b", &["https://GitHub.com/O/R/issues/7#issuecomment-1"], &["https://github.com/o/r/issues/8"]),
            idea("c", &[], &["http://github.com/o/r/issues/7", "https://example.org"]),
        ];
        let plan = Plan::new(ideas.iter(), &Answers::default(), SystemTime::now(), Duration::from_hours(24));
        let seen: Vec<_> = plan.asks.iter().map(|ask| (ask.asked.as_str(), ask.ideas.join(" "), ask.urls.len())).collect();
        assert_eq!(
            seen,
            [
                ("https://api.github.com/repos/o/r/issues/7", "a b c".to_owned(), 3),
                ("https://example.org/x", "a".to_owned(), 2),
                ("https://github.com/o/r/issues/8", "b".to_owned(), 1),
                ("https://example.org/", "c".to_owned(), 1),
            ]
        );
    }

    #[test]
    fn what_is_known_of_an_issue_stays_where_it_is_only_a_link() {
        let answer = Answer::bare("https://github.com/o/r/issues/1", "2026-02-20T11:00:00Z", State::Open);
        let asked = "https://api.github.com/repos/O/r/issues/1".to_owned();
        let answers = Answers::of([StoredAnswer { answer, asked, etag: None }]);
        let ideas = [idea("a", &[], &["https://github.com/o/r/issues/1", "https://github.com/o/r/issues/2"])];
        let plan = Plan::new(ideas.iter(), &answers, SystemTime::UNIX_EPOCH, Duration::from_hours(24));
        let seen: Vec<_> = plan.asks.iter().map(|ask| (ask.asked.as_str(), ask.known.is_some())).collect();
        assert_eq!(seen, [("https://api.github.com/repos/o/r/issues/1", true), ("https://github.com/o/r/issues/2", false)]);
    }

    #[test]
    fn what_is_fresh_is_not_asked_and_what_is_new_comes_first() {
        let ideas = [idea("a", &["https://github.com/o/r/issues/1"], &["https://example.org/1", "https://example.org/2"])];
        let now = humantime::parse_rfc3339("2026-02-20T12:00:00Z").unwrap();
        let kept = |url: &str, asked: &str, at: &str| StoredAnswer {
            answer: Answer::bare(url, at, State::Reachable),
            asked: asked.to_owned(),
            etag: None,
        };
        let answers = Answers::of([
            kept("https://github.com/o/r/issues/1", "https://api.github.com/repos/o/r/issues/1", "2026-02-19T11:00:00Z"),
            kept("https://example.org/1", "https://example.org/1", "2026-02-20T11:00:00Z"),
        ]);
        let due = |hours: u64, most: usize| {
            let plan = Plan::new(ideas.iter(), &answers, now, Duration::from_hours(hours));
            plan.due(most).into_iter().map(|at| plan.asks[at].asked.clone()).collect::<Vec<_>>().join(" ")
        };
        assert_eq!(due(24, 9), "https://api.github.com/repos/o/r/issues/1 https://example.org/2");
        assert_eq!(due(48, 9), "https://example.org/2");
        assert_eq!(due(0, 9), "https://api.github.com/repos/o/r/issues/1 https://example.org/2 https://example.org/1");
        assert_eq!(due(24, 1), "https://api.github.com/repos/o/r/issues/1");
        assert!(is_fresh("2026-02-20T11:59:00Z", now, Duration::from_mins(2)));
        assert!(!is_fresh("2026-02-21T11:59:00Z", now, Duration::from_mins(2)), "a clock that ran ahead");
    }
}
