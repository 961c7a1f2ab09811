//! What the addresses of an idea answered when they were last asked: `ideas check`. It is not on the page, and nothing here asks.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use strum::{Display, EnumString, IntoStaticStr};

/// What is known of an idea's addresses.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Check {
    /// True if an upstream issue is open, and nobody is known to be assigned to it or to have a pull request; false if
    /// all that is known of them says otherwise; null if it is not known.
    pub free: Option<bool>,
    /// What the upstream issues answered, in the order of `upstream`.
    pub upstream: Vec<Answer>,
    /// What the links answered, in the order of `links`.
    pub links: Vec<Answer>,
}

/// What an address answered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Answer {
    /// The address, as the page writes it.
    pub url: String,
    /// When it was asked, in UTC: `2026-02-20T08:00:00Z`.
    pub at: String,
    /// How it is.
    pub state: State,
    /// Why it is closed, where its tracker says.
    pub reason: Option<Reason>,
    /// Somebody is assigned to it; null where that is not known.
    pub assigned: Option<bool>,
    /// Only members may still comment; null where that is not known.
    pub locked: Option<bool>,
    /// The pull request that would close it, or has; null if there is none, or it is not known.
    pub pull_request: Option<PullRequest>,
    /// Where it is now, if that is another place.
    pub moved: Option<String>,
}

/// How what an address leads to is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema, Display, EnumString, IntoStaticStr)]
#[serde(rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
pub enum State {
    /// An issue or a pull request that is open.
    Open,
    /// An issue or a pull request that is closed.
    Closed,
    /// A pull request that was merged.
    Merged,
    /// There is a page; nobody knows more of it.
    Reachable,
    /// There is nothing any more: 404, 410, or no such host.
    Dead,
}

/// Why an issue is closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema, Display, EnumString, IntoStaticStr)]
#[serde(rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
pub enum Reason {
    /// It is done.
    Completed,
    /// It will not be done.
    NotPlanned,
    /// It is another one.
    Duplicate,
}

/// How a pull request is that is linked to an issue.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    JsonSchema,
    Display,
    EnumString,
    IntoStaticStr,
)]
#[serde(rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
pub enum PullRequest {
    /// Somebody has proposed it.
    Open,
    /// It is part of the project.
    Merged,
}

impl Answer {
    /// That an address is so, and no more.
    pub fn bare(url: &str, at: &str, state: State) -> Self {
        let (url, at) = (url.to_owned(), at.to_owned());
        Answer { url, at, state, reason: None, assigned: None, locked: None, pull_request: None, moved: None }
    }

    /// True if somebody may take it up.
    pub fn is_free(&self) -> bool {
        self.state == State::Open && self.assigned != Some(true) && self.pull_request.is_none()
    }

    /// In a few words: `open, assigned`, `closed, not planned`.
    pub fn shown(&self) -> String {
        let mut shown = self.state.to_string();
        let reason = self.reason.map(|reason| match reason {
            Reason::Completed => "completed",
            Reason::NotPlanned => "not planned",
            Reason::Duplicate => "duplicate",
        });
        let pull_request = self.pull_request.map(|request| match request {
            PullRequest::Open => "pull request open",
            PullRequest::Merged => "pull request merged",
        });
        // Of what is closed it does not matter any more.
        let is_open = self.state == State::Open;
        let assigned = (is_open && self.assigned == Some(true)).then_some("assigned");
        let locked = (is_open && self.locked == Some(true)).then_some("locked");
        let moved = self.moved.is_some().then_some("moved");
        for more in [reason, assigned, pull_request.filter(|_| is_open), locked, moved].into_iter().flatten() {
            shown.push_str(", ");
            shown.push_str(more);
        }
        shown
    }

    /// How little stands against taking it up: less is better. Nothing, somebody is at it, nobody knows, it is closed,
    /// it is gone.
    fn rank(&self) -> u8 {
        match self.state {
            State::Open if self.is_free() => 0,
            State::Open => 1,
            State::Reachable => 2,
            State::Closed | State::Merged => 3,
            State::Dead => 4,
        }
    }
}

impl Check {
    /// What is known, of these answers; `None` if there is none.
    pub fn new(upstream: Vec<Answer>, links: Vec<Answer>) -> Option<Self> {
        if upstream.is_empty() && links.is_empty() {
            return None;
        }
        let mut check = Check { free: None, upstream, links };
        check.free = check.best().filter(|best| best.state != State::Reachable).map(Answer::is_free);
        Some(check)
    }

    /// Of several upstream issues the one that counts: that which can best be taken up.
    pub fn best(&self) -> Option<&Answer> {
        self.upstream.iter().min_by_key(|answer| answer.rank())
    }

    /// The links that lead nowhere any more.
    pub fn dead_links(&self) -> impl Iterator<Item = &Answer> {
        self.links.iter().filter(|answer| answer.state == State::Dead)
    }
}

/// A question to the upstream issues of an idea.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumString, IntoStaticStr)]
#[strum(serialize_all = "kebab-case")]
pub enum Upstream {
    /// One is open, and nobody is known to work on it.
    Free,
    /// One is open.
    Open,
    /// The best is open, and somebody is assigned.
    Assigned,
    /// None is open, and one is closed or merged.
    Closed,
    /// All lead nowhere.
    Dead,
    /// Nobody has asked, or what was asked does not tell.
    Unknown,
}

impl Upstream {
    /// All, as help lists them.
    pub const ALL: [Upstream; 6] =
        [Upstream::Free, Upstream::Open, Upstream::Assigned, Upstream::Closed, Upstream::Dead, Upstream::Unknown];

    /// The word for it.
    pub fn as_str(self) -> &'static str {
        self.into()
    }

    /// The question of a name, in any case.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|known| known.as_str().eq_ignore_ascii_case(name))
    }

    /// True if what is known of an idea says so.
    pub fn is_of(self, check: Option<&Check>) -> bool {
        let best = check.and_then(Check::best).filter(|best| best.state != State::Reachable);
        match (self, best) {
            (Upstream::Unknown, best) => best.is_none(),
            (_, None) => false,
            (Upstream::Free, Some(best)) => best.is_free(),
            (Upstream::Open, Some(best)) => best.state == State::Open,
            (Upstream::Assigned, Some(best)) => best.state == State::Open && best.assigned == Some(true),
            (Upstream::Closed, Some(best)) => matches!(best.state, State::Closed | State::Merged),
            (Upstream::Dead, Some(best)) => best.state == State::Dead,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(said: &str) -> Answer {
        let words: Vec<&str> = said.split(", ").collect();
        let mut answer = Answer::bare("https://example.org/1", "2026-02-20T08:00:00Z", words[0].parse().unwrap());
        for word in &words[1..] {
            match *word {
                "assigned" => answer.assigned = Some(true),
                "locked" => answer.locked = Some(true),
                "pull request open" => answer.pull_request = Some(PullRequest::Open),
                "pull request merged" => answer.pull_request = Some(PullRequest::Merged),
                reason => answer.reason = Some(reason.replace(' ', "-").parse().unwrap()),
            }
        }
        answer
    }

    #[test]
    fn answers_are_told_in_words_and_asked_for() {
        for (upstream, best, free, asked) in [
            (&["open"][..], "open", Some(true), "free open"),
            (&["open, locked"], "open, locked", Some(true), "free open"),
            (&["open, assigned"], "open, assigned", Some(false), "open assigned"),
            (&["open, pull request open"], "open, pull request open", Some(false), "open"),
            (&["open, assigned, pull request merged"], "open, assigned, pull request merged", Some(false), "open assigned"),
            (&["closed, not planned"], "closed, not planned", Some(false), "closed"),
            (&["merged"], "merged", Some(false), "closed"),
            (&["dead"], "dead", Some(false), "dead"),
            (&["reachable"], "reachable", None, "unknown"),
            (&["closed, completed", "open"], "open", Some(true), "free open"),
            (&["dead", "closed, duplicate"], "closed, duplicate", Some(false), "closed"),
            (&["closed, completed", "reachable"], "reachable", None, "unknown"),
        ] {
            let check = Check::new(upstream.iter().map(|said| answer(said)).collect(), Vec::new()).unwrap();
            assert_eq!(check.best().map(Answer::shown).as_deref(), Some(best));
            assert_eq!(check.free, free, "{best}");
            let said: Vec<_> = Upstream::ALL.into_iter().filter(|it| it.is_of(Some(&check))).map(Upstream::as_str).collect();
            assert_eq!(said.join(" "), asked, "{best}");
        }
        assert_eq!(Check::new(Vec::new(), Vec::new()), None);
        let said: Vec<_> = Upstream::ALL.into_iter().filter(|it| it.is_of(None)).collect();
        assert_eq!(said, [Upstream::Unknown]);
        let links = Check::new(Vec::new(), vec![answer("dead"), answer("reachable")]).unwrap();
        assert_eq!((links.free, links.dead_links().count()), (None, 1));
    }
}
