//! What trackers say about an issue, in their own shapes.

use serde::Deserialize;
use serde_json::Value;

use crate::idea::check::{PullRequest, Reason, State};
use crate::sources::issues::{Tracker, Words, question, words};

/// What is told of an issue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Told {
    pub(super) state: State,
    pub(super) reason: Option<Reason>,
    pub(super) assigned: Option<bool>,
    pub(super) locked: Option<bool>,
    /// Where it is for people.
    pub(super) url: Option<String>,
}

/// An issue or a pull request of GitHub, Forgejo, Gitea.
#[derive(Deserialize)]
struct Github {
    state: String,
    state_reason: Option<String>,
    assignee: Option<Value>,
    assignees: Option<Vec<Value>>,
    locked: Option<bool>,
    is_locked: Option<bool>,
    pull_request: Option<Request>,
    html_url: Option<String>,
}

/// What an issue that is a pull request has besides.
#[derive(Deserialize)]
struct Request {
    merged: Option<bool>,
    merged_at: Option<Value>,
}

#[derive(Deserialize)]
struct Gitlab {
    state: String,
    assignee: Option<Value>,
    assignees: Option<Vec<Value>>,
    discussion_locked: Option<bool>,
    web_url: Option<String>,
}

#[derive(Deserialize)]
struct Jira {
    fields: JiraFields,
}

#[derive(Deserialize)]
struct JiraFields {
    status: Option<JiraStatus>,
    resolution: Option<Named>,
    assignee: Option<Value>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct JiraStatus {
    status_category: Option<Category>,
}

#[derive(Deserialize)]
struct Category {
    key: String,
}

#[derive(Deserialize)]
struct Named {
    name: String,
}

#[derive(Deserialize)]
struct Bugzilla {
    bugs: Vec<Bug>,
}

#[derive(Deserialize)]
struct Bug {
    is_open: bool,
    status: Option<String>,
    resolution: Option<String>,
}

/// Something that happened to an issue of GitHub.
#[derive(Deserialize)]
struct Event {
    source: Option<Source>,
}

#[derive(Deserialize)]
struct Source {
    issue: Option<Mention>,
}

/// What speaks of an issue.
#[derive(Deserialize)]
struct Mention {
    state: Option<String>,
    body: Option<String>,
    pull_request: Option<Request>,
}

/// Reads what a tracker says.
///
/// # Errors
///
/// It is nothing that such a tracker says.
pub(super) fn read(tracker: Tracker, bytes: &[u8]) -> Result<Told, String> {
    let wrong = |error: serde_json::Error| format!("its answer is none that such a tracker gives: {error}");
    let unknown = |state: &str| format!("its answer is none that such a tracker gives: the state `{state}`");
    match tracker {
        Tracker::Github => {
            let issue: Github = serde_json::from_slice(bytes).map_err(wrong)?;
            let is_merged = issue.pull_request.as_ref().is_some_and(Request::is_merged);
            let state = match issue.state.as_str() {
                "open" => State::Open,
                "closed" if is_merged => State::Merged,
                "closed" => State::Closed,
                other => return Err(unknown(other)),
            };
            let reason = match issue.state_reason.as_deref().filter(|_| state == State::Closed) {
                Some("completed") => Some(Reason::Completed),
                Some("not_planned") => Some(Reason::NotPlanned),
                Some("duplicate") => Some(Reason::Duplicate),
                _ => None,
            };
            let assigned = Some(is_assigned(issue.assignee.as_ref(), issue.assignees.as_deref()));
            Ok(Told { state, reason, assigned, locked: issue.locked.or(issue.is_locked), url: issue.html_url })
        }
        Tracker::Gitlab => {
            let issue: Gitlab = serde_json::from_slice(bytes).map_err(wrong)?;
            let state = match issue.state.as_str() {
                "opened" => State::Open,
                "closed" => State::Closed,
                "merged" | "locked" => State::Merged,
                other => return Err(unknown(other)),
            };
            let assigned = Some(is_assigned(issue.assignee.as_ref(), issue.assignees.as_deref()));
            Ok(Told { state, reason: None, assigned, locked: issue.discussion_locked, url: issue.web_url })
        }
        Tracker::Jira => {
            let JiraFields { status, resolution, assignee } = serde_json::from_slice::<Jira>(bytes).map_err(wrong)?.fields;
            let category = status.and_then(|status| status.status_category);
            let is_closed = category.map_or(resolution.is_some(), |category| category.key == "done");
            let reason = resolution.filter(|_| is_closed).and_then(|resolution| reason(&resolution.name));
            let assigned = Some(is_assigned(assignee.as_ref(), None));
            Ok(Told { state: open_unless(is_closed), reason, assigned, locked: None, url: None })
        }
        Tracker::Bugzilla => {
            let bug = serde_json::from_slice::<Bugzilla>(bytes).map_err(wrong)?.bugs.into_iter().next();
            let bug = bug.ok_or_else(|| "its answer holds no bug".to_owned())?;
            let reason = bug.resolution.filter(|_| !bug.is_open).and_then(|resolution| reason(&resolution));
            // Every bug has somebody whom it is filed under; who works on it says so.
            let assigned = bug.status.map(|status| status.eq_ignore_ascii_case("ASSIGNED"));
            Ok(Told { state: open_unless(!bug.is_open), reason, assigned, locked: None, url: None })
        }
    }
}

/// Where an issue is now, if what was asked about is another: its repository has moved, or it was transferred.
pub(super) fn moved(told: &Told, asked: &str) -> Option<String> {
    let url = told.url.as_ref()?;
    let now = question(url)?.url;
    (!now.eq_ignore_ascii_case(asked)).then(|| url.clone())
}

/// Of the pull requests that GitHub tells of, that which closes the issue of that number: an open one, or else a merged one.
///
/// # Errors
///
/// It is no list of events.
pub(super) fn linked(bytes: &[u8], number: &str) -> Result<Option<PullRequest>, String> {
    let events: Vec<Event> = serde_json::from_slice(bytes).map_err(|error| error.to_string())?;
    let named = events.into_iter().filter_map(|event| event.source?.issue);
    let requests = named.filter(|named| named.body.as_deref().is_none_or(|body| closes(body, number))).filter_map(|named| {
        let is_merged = named.pull_request?.is_merged();
        match named.state.as_deref() {
            _ if is_merged => Some(PullRequest::Merged),
            Some("open") => Some(PullRequest::Open),
            _ => None,
        }
    });
    Ok(requests.min())
}

impl Request {
    fn is_merged(&self) -> bool {
        self.merged.unwrap_or_else(|| self.merged_at.as_ref().is_some_and(|at| !at.is_null()))
    }
}

/// True if a text says that it closes an issue: `Fixes #12`, `closes: o/r#12`.
fn closes(body: &str, number: &str) -> bool {
    let body = body.to_lowercase();
    let said: Vec<&str> = body.split_whitespace().collect();
    said.windows(2).any(|pair| {
        let word = pair[0].trim_matches(|c: char| !c.is_alphanumeric());
        let issue = pair[1].trim_end_matches(|c: char| !c.is_alphanumeric());
        let is_it = issue.strip_suffix(number).is_some_and(|before| before.ends_with('#') || before.ends_with("/issues/"));
        is_it && words().closing.iter().any(|closing| closing == word)
    })
}

fn is_assigned(one: Option<&Value>, all: Option<&[Value]>) -> bool {
    one.is_some_and(|one| !one.is_null()) || all.is_some_and(|all| !all.is_empty())
}

fn open_unless(is_closed: bool) -> State {
    if is_closed { State::Closed } else { State::Open }
}

/// What the end of an issue means.
fn reason(resolution: &str) -> Option<Reason> {
    let resolution = resolution.replace('’', "'").to_lowercase();
    let Words { completed, not_planned, duplicate, .. } = words();
    let among = [(completed, Reason::Completed), (not_planned, Reason::NotPlanned), (duplicate, Reason::Duplicate)];
    among.into_iter().find(|(words, _)| words.contains(&resolution)).map(|(_, reason)| reason)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(tracker: Tracker, body: &str) -> String {
        match read(tracker, body.as_bytes()) {
            Ok(told) => {
                let reason = told.reason.map(|reason| format!(" {reason}")).unwrap_or_default();
                let flag = |flag: Option<bool>, name: &str| match flag {
                    Some(true) => format!(" {name}"),
                    Some(false) => String::new(),
                    None => format!(" {name}?"),
                };
                format!("{}{reason}{}{}", told.state, flag(told.assigned, "assigned"), flag(told.locked, "locked"))
            }
            Err(error) => error,
        }
    }

    #[test]
    fn trackers_say() {
        let wrong = "its answer is none that such a tracker gives";
        for (tracker, body, meaning) in [
            (Tracker::Github, r#"{"state": "open", "assignees": [], "assignee": null, "locked": false}"#, "open"),
            (Tracker::Github, r#"{"state": "open", "assignees": [{"login": "ada"}], "locked": true}"#, "open assigned locked"),
            (Tracker::Github, r#"{"state": "closed", "state_reason": "completed", "locked": false}"#, "closed completed"),
            (Tracker::Github, r#"{"state": "closed", "state_reason": "not_planned", "locked": false}"#, "closed not-planned"),
            (Tracker::Github, r#"{"state": "open", "state_reason": "reopened", "locked": false}"#, "open"),
            (
                Tracker::Github,
                r#"{"state": "closed", "pull_request": {"merged_at": "2026-01-01T00:00:00Z"}, "locked": false}"#,
                "merged",
            ),
            (Tracker::Github, r#"{"state": "closed", "pull_request": {"merged_at": null}, "locked": false}"#, "closed"),
            // Forgejo's.
            (
                Tracker::Github,
                r#"{"state": "closed", "pull_request": {"merged": true}, "assignees": null, "is_locked": false}"#,
                "merged",
            ),
            (Tracker::Github, r#"{"message": "Moved Permanently"}"#, wrong),
            (Tracker::Github, "<!doctype html>", wrong),
            (Tracker::Github, r#"{"state": "sleeping"}"#, wrong),
            (
                Tracker::Gitlab,
                r#"{"state": "opened", "assignees": [{"id": 1}], "discussion_locked": null}"#,
                "open assigned locked?",
            ),
            (Tracker::Gitlab, r#"{"state": "closed", "assignees": [], "discussion_locked": false}"#, "closed"),
            (Tracker::Gitlab, r#"{"state": "merged", "discussion_locked": false}"#, "merged"),
            (
                Tracker::Jira,
                r#"{"fields": {"status": {"statusCategory": {"key": "new"}}, "resolution": null, "assignee": null}}"#,
                "open locked?",
            ),
            (
                Tracker::Jira,
                r#"{"fields": {"status": {"statusCategory": {"key": "done"}}, "resolution": {"name": "Won't Fix"}, "assignee": {"name": "ada"}}}"#,
                "closed not-planned assigned locked?",
            ),
            (Tracker::Jira, r#"{"fields": {"resolution": {"name": "Fixed"}}}"#, "closed completed locked?"),
            (
                Tracker::Bugzilla,
                r#"{"bugs": [{"is_open": true, "status": "ASSIGNED", "resolution": ""}]}"#,
                "open assigned locked?",
            ),
            (
                Tracker::Bugzilla,
                r#"{"bugs": [{"is_open": false, "status": "RESOLVED", "resolution": "DUPLICATE"}]}"#,
                "closed duplicate locked?",
            ),
            (Tracker::Bugzilla, r#"{"bugs": []}"#, "its answer holds no bug"),
        ] {
            let seen = said(tracker, body);
            assert!(if meaning == wrong { seen.starts_with(wrong) } else { seen == meaning }, "{body}: {seen}");
        }
    }

    #[test]
    fn issues_may_have_moved() {
        let told = |url: &str| Told { state: State::Open, reason: None, assigned: None, locked: None, url: Some(url.to_owned()) };
        let asked = "https://api.github.com/repos/O/r/issues/7";
        for (url, to) in [
            ("https://github.com/o/r/issues/7", None),
            ("https://github.com/o/r/pull/7", None),
            ("https://github.com/o/new/issues/9", Some("https://github.com/o/new/issues/9")),
            ("https://example.org/", None),
        ] {
            assert_eq!(moved(&told(url), asked).as_deref(), to);
        }
    }

    #[test]
    fn pull_requests_are_linked_that_close_the_issue() {
        let event = |state: &str, merged: &str, body: &str| {
            format!(
                r#"{{"event": "cross-referenced", "source": {{"issue": {{"state": "{state}", "body": {body}, "pull_request": {{"merged_at": {merged}}}}}}}}}"#
            )
        };
        for (events, expected) in [
            (vec![], None),
            (vec![r#"{"event": "labeled"}"#.to_owned()], None),
            (vec![event("open", "null", r#""This fixes #12.""#)], Some(PullRequest::Open)),
            (vec![event("open", "null", r#""Closes: o/r#12""#)], Some(PullRequest::Open)),
            (vec![event("open", "null", r#""Resolves https://github.com/o/r/issues/12\n""#)], Some(PullRequest::Open)),
            (vec![event("open", "null", "null")], Some(PullRequest::Open)),
            (vec![event("open", "null", r#""Part of #12; fixes #112 and #1""#)], None),
            (vec![event("closed", "null", r#""Fixes #12""#)], None),
            (vec![event("closed", r#""2026-01-01""#, r#""Fixes #12""#)], Some(PullRequest::Merged)),
            (
                vec![event("closed", r#""2026-01-01""#, r#""Fixes #12""#), event("open", "null", r#""Fixes #12""#)],
                Some(PullRequest::Open),
            ),
        ] {
            let body = format!("[{}]", events.join(","));
            assert_eq!(linked(body.as_bytes(), "12"), Ok(expected), "{body}");
        }
        assert!(linked(b"<html>", "12").is_err());
    }
}
