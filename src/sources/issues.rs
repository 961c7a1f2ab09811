//! What is asked about an issue, a pull request or their like: `[[issues]]` of `schemas/sources.toml`. Nothing is asked here.

use serde::Deserialize;

use super::address::{Parts, all_holes, parameters};
use super::known;
use super::pattern::{Pattern, PatternError};

/// The shape of what a tracker says about an issue.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Tracker {
    /// GitHub, Forgejo, Gitea.
    Github,
    /// GitLab.
    Gitlab,
    /// Jira.
    Jira,
    /// Bugzilla.
    Bugzilla,
}

/// What is asked about an issue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// The address of the API. Different addresses of one issue have it in common.
    pub url: String,
    /// What comes back.
    pub tracker: Tracker,
    /// Where the pull requests are told that are linked to it.
    pub linked: Option<String>,
}

/// Words of trackers.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Words {
    /// What stands in a pull request before the issue that it closes.
    pub closing: Vec<String>,
    /// An issue ended so is done.
    pub completed: Vec<String>,
    /// It will not be done.
    pub not_planned: Vec<String>,
    /// It is another one.
    pub duplicate: Vec<String>,
}

/// The words of trackers, in lower case.
pub fn words() -> &'static Words {
    known::trackers()
}

/// How addresses of issues look, and what is asked.
#[derive(Debug)]
pub(super) struct Rule {
    tracker: Tracker,
    shown: Vec<Pattern>,
    with: Vec<String>,
    asked: Pattern,
    linked: Option<Pattern>,
}

/// A rule as it is written.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Written {
    tracker: Tracker,
    shown: Vec<String>,
    #[serde(default)]
    with: Vec<String>,
    asked: String,
    linked: Option<String>,
}

impl Written {
    pub(super) fn rule(self) -> Result<Rule, PatternError> {
        Ok(Rule {
            tracker: self.tracker,
            shown: self.shown.iter().map(|shown| Pattern::read(shown)).collect::<Result<_, _>>()?,
            with: self.with,
            asked: Pattern::read(&self.asked)?,
            linked: self.linked.as_deref().map(Pattern::read).transpose()?,
        })
    }
}

/// What is asked about the issue at an address; `None` if nobody knows a tracker there.
pub fn question(url: &str) -> Option<Question> {
    let parts = Parts::of(url)?;
    // Trackers have long moved to https.
    let address = format!("https://{}{}", parts.authority.to_ascii_lowercase(), parts.path.trim_end_matches('/'));
    let parameters = parameters(parts.query.unwrap_or_default());
    known::issues().iter().find_map(|rule| {
        let has = |name: &String| parameters.iter().any(|(known, value)| known == name && !value.is_empty());
        let holes = rule.shown.iter().find_map(|shown| shown.fit(&address)).filter(|_| rule.with.iter().all(has))?;
        let holes = all_holes(holes, &address, &parameters);
        let linked = rule.linked.as_ref().and_then(|linked| linked.fill(&holes));
        Some(Question { url: rule.asked.fill(&holes)?, tracker: rule.tracker, linked })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn issues_are_asked_about() {
        for (url, asked) in [
            ("https://github.com/o/r/issues/7", "Github https://api.github.com/repos/o/r/issues/7"),
            ("http://GitHub.com/o/r/issues/7/#issuecomment-1", "Github https://api.github.com/repos/o/r/issues/7"),
            ("https://www.github.com/o/r/issues/7", "Github https://api.github.com/repos/o/r/issues/7"),
            ("https://github.com/o/r/pull/7/files", "Github https://api.github.com/repos/o/r/issues/7"),
            ("https://github.com/o/r/issues", ""),
            ("https://github.com/o/r/issues/new", ""),
            ("https://gitlab.com/g/s/r/-/issues/3", "Gitlab https://gitlab.com/api/v4/projects/g%2Fs%2Fr/issues/3"),
            ("https://gitlab.example.org/g/r/issues/3", "Gitlab https://gitlab.example.org/api/v4/projects/g%2Fr/issues/3"),
            (
                "https://code.example.org/g/r/-/merge_requests/3/diffs",
                "Gitlab https://code.example.org/api/v4/projects/g%2Fr/merge_requests/3",
            ),
            ("https://codeberg.org/o/r/pulls/7", "Github https://codeberg.org/api/v1/repos/o/r/issues/7"),
            (
                "https://issues.example.org/jira/browse/AB-12",
                "Jira https://issues.example.org/jira/rest/api/2/issue/AB-12?fields=status,resolution,assignee",
            ),
            (
                "https://example.org/bugs/show_bug.cgi?id=12",
                "Bugzilla https://example.org/bugs/rest/bug/12?include_fields=is_open,status,resolution",
            ),
            ("https://example.org/bugs/show_bug.cgi", ""),
            ("https://phabricator.example.org/T12", ""),
            ("https://example.org", ""),
            ("nonsense", ""),
        ] {
            let seen = question(url).map(|asked| format!("{:?} {}", asked.tracker, asked.url)).unwrap_or_default();
            assert_eq!(seen, asked, "{url}");
        }
        let linked = question("https://github.com/o/r/issues/7").and_then(|asked| asked.linked);
        assert_eq!(linked.as_deref(), Some("https://api.github.com/repos/o/r/issues/7/timeline?per_page=100"));
        assert_eq!(question("https://github.com/o/r/pull/7").and_then(|asked| asked.linked), None);
    }
}
