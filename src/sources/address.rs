//! What is asked for instead of an address that somebody pastes: the raw text of a file, the export of a document, the answer of
//! a public API. What addresses look like is data (`[[addresses]]` of `schemas/sources.toml`); nothing is fetched here.

mod parts;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};
use serde::Deserialize;

pub use parts::Parts;

use super::pattern::{Holes, Pattern, PatternError};
use super::{hosts, known};

/// What stays as it is in a part of a path, or in a parameter.
const PLAIN: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'~');

/// What comes back, and how a page is made of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Answer {
    /// A page: HTML, Markdown, text or JSON.
    #[default]
    Page,
    /// An issue of GitHub.
    GithubIssue,
    /// A list of GitHub's issues, or what a search for them finds.
    GithubIssues,
    /// A discussion of GitHub.
    GithubDiscussion,
    /// What a search for GitHub's discussions finds.
    GithubDiscussions,
    /// An issue of GitLab.
    GitlabIssue,
    /// A list of GitLab's issues.
    GitlabIssues,
    /// A page of a wiki of GitLab.
    GitlabWiki,
    /// A page of Confluence.
    Confluence,
    /// A topic of Discourse: its first post counts.
    DiscourseTopic,
    /// A list of topics of Discourse, each of which is asked for by itself.
    DiscourseTopics,
}

/// One request that may give the page of an address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// What is asked for.
    pub url: String,
    /// What comes back.
    pub answer: Answer,
    /// The kind of content to ask for, if not the usual.
    pub accept: Option<String>,
    /// It is made for programs, and no page for people: `robots.txt` says nothing about it.
    pub is_api: bool,
    /// It answers only those who show a token.
    pub needs_token: bool,
    /// Its redirects must stay on its own site.
    pub stays: bool,
}

impl Request {
    /// A page, as people see it.
    pub fn page(url: impl Into<String>) -> Self {
        Request { url: url.into(), answer: Answer::Page, accept: None, is_api: false, needs_token: false, stays: false }
    }
}

/// How addresses of some kind look, and what is asked for.
#[derive(Debug)]
pub(super) struct Rule {
    shown: Vec<Pattern>,
    with: Vec<String>,
    ends: Vec<String>,
    asked: Vec<(Pattern, Asked)>,
    only: bool,
}

/// A rule as it is written.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Written {
    shown: Vec<String>,
    #[serde(default)]
    with: Vec<String>,
    #[serde(default)]
    ends: Vec<String>,
    #[serde(default)]
    asked: Vec<Asked>,
    #[serde(default)]
    only: bool,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Asked {
    url: String,
    #[serde(default)]
    answer: Answer,
    accept: Option<String>,
    #[serde(default)]
    api: bool,
    #[serde(default)]
    token: bool,
}

impl Written {
    pub(super) fn rule(self) -> Result<Rule, PatternError> {
        let Written { shown, with, ends, asked, only } = self;
        let asked = asked.into_iter().map(|asked| Ok((Pattern::read(&asked.url)?, asked)));
        Ok(Rule {
            shown: shown.iter().map(|shown| Pattern::read(shown)).collect::<Result<_, _>>()?,
            with,
            ends,
            asked: asked.collect::<Result<_, _>>()?,
            only,
        })
    }
}

impl Rule {
    /// What is asked for if the address is one of these.
    fn requests(&self, url: &str, address: &str, parameters: &[(String, String)]) -> Option<Vec<Request>> {
        let has = |name: &String| parameters.iter().any(|(known, value)| known == name && !value.is_empty());
        let fits = self.with.iter().all(has) && (self.ends.is_empty() || self.ends.iter().any(|end| address.ends_with(end)));
        let holes = self.shown.iter().find_map(|shown| shown.fit(address)).filter(|_| fits)?;
        let holes = all_holes(holes, address, parameters);
        let mut requests: Vec<Request> = Vec::new();
        for (pattern, Asked { answer, accept, api, token, .. }) in &self.asked {
            let url = pattern.fill(&holes)?;
            let asked =
                Request { answer: *answer, accept: accept.clone(), is_api: *api, needs_token: *token, ..Request::page(url) };
            requests.push(asked);
        }
        if !self.only {
            requests.push(Request::page(url));
        }
        Some(requests)
    }
}

/// What is asked for to get the page of an address, in the order in which it is tried. There is at least one.
pub fn requests(url: &str) -> Vec<Request> {
    let url = url.split('#').next().unwrap_or(url);
    let parts = Parts::of(url);
    let address = parts.map_or(url, Parts::page);
    let parameters = parameters(parts.and_then(|parts| parts.query).unwrap_or_default());
    let ruled = known::addresses().iter().find_map(|rule| rule.requests(url, address, &parameters));
    ruled.unwrap_or_else(|| match hosts::raw(url) {
        Some(raw) => vec![Request { is_api: true, ..Request::page(raw) }],
        None => vec![Request::page(url)],
    })
}

/// The parameters of an address, decoded; those that are there several times are parted by commas.
pub(crate) fn parameters(query: &str) -> Vec<(String, String)> {
    let decoded = |text: &str| percent_decode_str(&text.replace('+', " ")).decode_utf8_lossy().into_owned();
    let mut parameters: Vec<(String, String)> = Vec::new();
    for (name, value) in query.split('&').filter_map(|said| said.split_once('=')) {
        let (name, value) = (decoded(name), decoded(value));
        match parameters.iter_mut().find(|(known, _)| *known == name) {
            Some((_, known)) => *known = format!("{known},{value}"),
            None => parameters.push((name, value)),
        }
    }
    parameters
}

/// The holes of an address, each also coded as a whole, its parameters, and the address itself.
pub(super) fn all_holes(holes: Holes, address: &str, parameters: &[(String, String)]) -> Holes {
    let coded = |text: &str| utf8_percent_encode(text, PLAIN).to_string();
    let whole = holes.iter().map(|(name, value)| (format!("{name}%"), coded(&percent_decode_str(value).decode_utf8_lossy())));
    let parameters = parameters.iter().map(|(name, value)| (format!("?{name}"), coded(value)));
    let site = Parts::of(address).map_or(address, Parts::site);
    let itself = [("address".to_owned(), address.to_owned()), ("site".to_owned(), site.to_owned())];
    let more: Vec<(String, String)> = whole.chain(parameters).chain(itself).collect();
    holes.into_iter().chain(more).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is asked for, in a line each: the kind of answer unless it is a page, `api` if it is one, the address.
    fn asked(url: &str) -> Vec<String> {
        let shown = |request: Request| {
            let answer = if request.answer == Answer::Page { String::new() } else { format!("{:?} ", request.answer) };
            let accept = request.accept.map(|kind| format!(" as {kind}")).unwrap_or_default();
            let (api, token) = (if request.is_api { "api " } else { "" }, if request.needs_token { "token " } else { "" });
            format!("{api}{token}{answer}{}{accept}", request.url)
        };
        requests(url).into_iter().map(shown).collect()
    }

    /// Pasted addresses, and what is asked for.
    fn check(table: &[(&str, &[&str])]) {
        for (pasted, expected) in table {
            assert_eq!(asked(pasted), *expected, "{pasted}");
        }
    }

    #[test]
    fn files_are_asked_for_as_their_raw_text() {
        check(&[
            ("https://example.org/gsoc/ideas.html#top", &["https://example.org/gsoc/ideas.html"]),
            ("https://example.org/", &["https://example.org/"]),
            ("http://wiki.example.org/Ideas", &["http://wiki.example.org/Ideas"]),
            ("https://github.com/o/r/blob/main/a/b.md?plain=1#L3", &["api https://raw.githubusercontent.com/o/r/main/a/b.md"]),
            (
                "https://github.com/o/r/blob/main/a/b.rst",
                &[
                    "api https://api.github.com/repos/o/r/contents/a/b.rst?ref=main as application/vnd.github.html+json",
                    "https://github.com/o/r/blob/main/a/b.rst",
                ],
            ),
            (
                "https://github.com/o/r",
                &[
                    "api https://raw.githubusercontent.com/o/r/HEAD/README.md",
                    "api https://api.github.com/repos/o/r/readme as application/vnd.github.html+json",
                    "https://github.com/o/r",
                ],
            ),
            (
                "https://code.example.org/g/s/r/-/blob/main/README.md",
                &[
                    "api https://code.example.org/g/s/r/-/raw/main/README.md",
                    "https://code.example.org/g/s/r/-/blob/main/README.md",
                ],
            ),
            ("https://codeberg.org/o/r/src/branch/main/b.md", &["api https://codeberg.org/o/r/raw/branch/main/b.md"]),
            (
                "https://gist.github.com/o/0a1b2c",
                &["api https://gist.githubusercontent.com/o/0a1b2c/raw", "https://gist.github.com/o/0a1b2c"],
            ),
        ]);
    }

    #[test]
    fn sites_whose_repository_is_known_are_asked_for_there() {
        check(&[
            (
                "https://www.kubeflow.org/events/upcoming-events/gsoc-2026/",
                &[
                    "api https://raw.githubusercontent.com/kubeflow/website/HEAD/content/en/events/upcoming-events/gsoc-2026.md",
                    "api https://raw.githubusercontent.com/kubeflow/website/HEAD/content/en/events/upcoming-events/gsoc-2026/index.md",
                    "https://www.kubeflow.org/events/upcoming-events/gsoc-2026/",
                ],
            ),
            (
                "https://git.github.io/SoC-2026-Ideas/",
                &[
                    "api https://raw.githubusercontent.com/git/git.github.io/HEAD/SoC-2026-Ideas.md",
                    "https://git.github.io/SoC-2026-Ideas/",
                ],
            ),
        ]);
    }

    #[test]
    fn wikis_and_documents_are_asked_for_without_what_surrounds_them() {
        check(&[
            (
                "https://github.com/o/r/wiki/GSoC'26-%5BIdeas%5D?x=1#top",
                &[
                    "api https://raw.githubusercontent.com/wiki/o/r/GSoC'26-%5BIdeas%5D.md",
                    "https://github.com/o/r/wiki/GSoC'26-%5BIdeas%5D?x=1",
                ],
            ),
            (
                "https://github.com/o/r/wiki",
                &["api https://raw.githubusercontent.com/wiki/o/r/Home.md", "https://github.com/o/r/wiki"],
            ),
            (
                "https://gitlab.com/g/s/r/-/wikis/gsoc/Ideas-(2026)",
                &[
                    "api GitlabWiki https://gitlab.com/api/v4/projects/g%2Fs%2Fr/wikis/gsoc%2FIdeas-%282026%29",
                    "https://gitlab.com/g/s/r/-/wikis/gsoc/Ideas-(2026)",
                ],
            ),
            (
                "https://wiki.example.org/wiki/GSoC_2026#Projects",
                &["https://wiki.example.org/wiki/GSoC_2026?action=render", "https://wiki.example.org/wiki/GSoC_2026"],
            ),
            (
                "https://example.org/w/index.php?title=GSoC_2026_-_Ideas",
                &[
                    "https://example.org/w/index.php?title=GSoC_2026_-_Ideas&action=render",
                    "https://example.org/w/index.php?title=GSoC_2026_-_Ideas",
                ],
            ),
            ("https://wiki.debian.org/SummerOfCode", &["https://wiki.debian.org/SummerOfCode"]),
            (
                "https://example.atlassian.net/wiki/spaces/RES/pages/752844801/Summer+of+Code+2026",
                &[
                    "api Confluence https://example.atlassian.net/wiki/rest/api/content/752844801?expand=body.view",
                    "https://example.atlassian.net/wiki/spaces/RES/pages/752844801/Summer+of+Code+2026",
                ],
            ),
            (
                "https://spaces.example.org/spaces/GSOC/pages/75/Ideas",
                &[
                    "api Confluence https://spaces.example.org/rest/api/content/75?expand=body.view",
                    "https://spaces.example.org/spaces/GSOC/pages/75/Ideas",
                ],
            ),
            (
                "https://docs.google.com/document/d/1a_B/edit?tab=t.0#heading=h.1",
                &["api https://docs.google.com/document/d/1a_B/export?format=html"],
            ),
            ("https://docs.google.com/document/d/1a_B", &["api https://docs.google.com/document/d/1a_B/export?format=html"]),
            (
                "https://docs.google.com/document/d/1a_B/preview",
                &["api https://docs.google.com/document/d/1a_B/export?format=html"],
            ),
            ("https://docs.google.com/document/d/e/2P-1v/pub", &["https://docs.google.com/document/d/e/2P-1v/pub"]),
        ]);
    }

    #[test]
    fn issues_and_posts_are_asked_for_from_apis() {
        check(&[
            (
                "https://github.com/o/r/issues?q=is%3Aissue+is%3Aopen+label%3A%22GSoC+2026%22",
                &[
                    "api GithubIssues https://api.github.com/search/issues?q=repo:o/r+is%3Aissue%20is%3Aopen%20label%3A%22GSoC%202026%22&per_page=100",
                    "https://github.com/o/r/issues?q=is%3Aissue+is%3Aopen+label%3A%22GSoC+2026%22",
                ],
            ),
            (
                "https://github.com/o/r/issues/",
                &[
                    "api GithubIssues https://api.github.com/repos/o/r/issues?state=open&per_page=100",
                    "https://github.com/o/r/issues/",
                ],
            ),
            (
                "https://github.com/o/r/issues/37",
                &["api GithubIssue https://api.github.com/repos/o/r/issues/37", "https://github.com/o/r/issues/37"],
            ),
            (
                "https://github.com/o/r/discussions/10",
                &[
                    "api token GithubDiscussion https://api.github.com/graphql?owner=o&name=r&number=10",
                    "https://github.com/o/r/discussions/10",
                ],
            ),
            (
                "https://github.com/o/r/discussions/categories/project-ideas",
                &[
                    "api token GithubDiscussions https://api.github.com/graphql?search=repo:o/r+category:project-ideas",
                    "https://github.com/o/r/discussions/categories/project-ideas",
                ],
            ),
            (
                "https://github.com/o/r/discussions?discussions_q=is%3Aopen+gsoc",
                &[
                    "api token GithubDiscussions https://api.github.com/graphql?search=repo:o/r+is%3Aopen%20gsoc",
                    "https://github.com/o/r/discussions?discussions_q=is%3Aopen+gsoc",
                ],
            ),
            (
                "https://gitlab.example.org/g/s/r/-/issues/?sort=created_date&label_name%5B%5D=GSoC%202026&label_name[]=a",
                &[
                    "api GitlabIssues https://gitlab.example.org/api/v4/projects/g%2Fs%2Fr/issues?state=opened&labels=GSoC%202026%2Ca&per_page=100",
                    "https://gitlab.example.org/g/s/r/-/issues/?sort=created_date&label_name%5B%5D=GSoC%202026&label_name[]=a",
                ],
            ),
            (
                "https://forum.example.org/t/gsoc-ideas/4711/3",
                &["api DiscourseTopic https://forum.example.org/t/4711.json", "https://forum.example.org/t/gsoc-ideas/4711/3"],
            ),
            (
                "https://forum.example.org/tag/gsoc2026-ideas",
                &[
                    "api DiscourseTopics https://forum.example.org/tag/gsoc2026-ideas.json",
                    "https://forum.example.org/tag/gsoc2026-ideas",
                ],
            ),
        ]);
    }
}
