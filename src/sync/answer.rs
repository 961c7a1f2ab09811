//! Pages made of what APIs answer: an issue, a list of them, the page of a wiki, a post. What people wrote stays as
//! they wrote it; a title, and what leads to an issue, is put above it.

use std::fmt::Write as _;

use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::FetchError;
use crate::sources::address::Answer;

/// What a page is written in, as the end of its name.
pub(super) const MARKDOWN: &str = ".md";
pub(super) const HTML: &str = ".html";

/// A page that was made, and the end of its name.
pub(super) type Made = (String, &'static str);

/// An issue of GitHub or GitLab.
#[derive(Debug, Deserialize)]
struct Issue {
    title: String,
    /// Its text, on GitHub.
    body: Option<String>,
    /// The same on GitLab.
    description: Option<String>,
    html_url: Option<String>,
    web_url: Option<String>,
    /// GitHub lists pull requests as issues.
    pull_request: Option<serde::de::IgnoredAny>,
}

/// A list of issues, or what a search has found.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum Issues {
    List(Vec<Issue>),
    Found { total_count: Option<usize>, items: Vec<Issue> },
}

/// What GraphQL answers.
#[derive(Debug, Deserialize)]
struct Data<T> {
    data: Option<T>,
    #[serde(default)]
    errors: Vec<Complaint>,
}

#[derive(Debug, Deserialize)]
struct Complaint {
    message: String,
}

#[derive(Debug, Deserialize)]
struct Asked {
    repository: Option<Repository>,
    search: Option<Discussions>,
}

#[derive(Debug, Deserialize)]
struct Repository {
    discussion: Discussion,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Discussions {
    discussion_count: usize,
    nodes: Vec<Discussion>,
}

#[derive(Debug, Deserialize)]
struct Discussion {
    title: String,
    body: String,
    url: String,
}

impl From<Discussion> for Issue {
    fn from(Discussion { title, body, url }: Discussion) -> Self {
        Issue { title, body: Some(body), description: None, html_url: Some(url), web_url: None, pull_request: None }
    }
}

#[derive(Debug, Deserialize)]
struct WikiPage {
    title: String,
    content: String,
    format: Option<String>,
}

#[derive(Debug, Deserialize)]
struct Confluence {
    title: String,
    body: Body,
}

#[derive(Debug, Deserialize)]
struct Body {
    view: View,
}

#[derive(Debug, Deserialize)]
struct View {
    value: String,
}

#[derive(Debug, Deserialize)]
struct Topic {
    title: String,
    post_stream: Posts,
}

#[derive(Debug, Deserialize)]
struct Posts {
    posts: Vec<Post>,
}

#[derive(Debug, Deserialize)]
struct Post {
    cooked: String,
}

#[derive(Debug, Deserialize)]
struct Topics {
    topic_list: TopicList,
}

#[derive(Debug, Deserialize)]
struct TopicList {
    topics: Vec<TopicOfList>,
}

/// A topic of a list of Discourse's.
#[derive(Debug, PartialEq, Eq, Deserialize)]
pub(super) struct TopicOfList {
    pub(super) id: u64,
    pub(super) slug: String,
}

/// The page that answers make: one, or as many as a list takes. `None` if what comes back is a page by itself, or only leads to
/// others.
pub(super) fn page(answer: Answer, bodies: &[Vec<u8>]) -> Option<Result<Made, FetchError>> {
    let first = bodies.first().map(Vec::as_slice).unwrap_or_default();
    Some(match answer {
        Answer::Page | Answer::DiscourseTopics => return None,
        Answer::GithubIssue | Answer::GitlabIssue => read(first).map(|issue| (single(&issue), MARKDOWN)),
        Answer::GithubIssues | Answer::GitlabIssues => {
            let lists = bodies.iter().map(|body| read(body)).collect::<Result<Vec<Issues>, _>>();
            lists.map(|lists| (page_of(lists.into_iter().flat_map(Issues::all)), MARKDOWN))
        }
        Answer::GithubDiscussion => graphql(first)
            .and_then(|asked| asked.repository.ok_or_else(|| FetchError::Answer("it has no `repository`".to_owned())))
            .map(|repository| (single(&repository.discussion.into()), MARKDOWN)),
        Answer::GithubDiscussions => {
            discussions(first).map(|found| (page_of(found.nodes.into_iter().map(Issue::from)), MARKDOWN))
        }
        Answer::GitlabWiki => read(first).map(|page: WikiPage| {
            let is_markdown = page.format.as_deref().is_none_or(|format| format == "markdown");
            (format!("# {}\n\n{}\n", line(&page.title), page.content), if is_markdown { MARKDOWN } else { "" })
        }),
        Answer::Confluence => read(first).map(|page: Confluence| (html(&page.title, &page.body.view.value), HTML)),
        Answer::DiscourseTopic => read(first).map(|topic: Topic| {
            let post = topic.post_stream.posts.first().map(|post| post.cooked.as_str());
            (html(&topic.title, post.unwrap_or_default()), HTML)
        }),
    })
}

/// How many issues or discussions were listed.
pub(super) fn listed(answer: Answer, bodies: &[Vec<u8>]) -> usize {
    let listed = |body: &Vec<u8>| match answer {
        Answer::GithubDiscussions => discussions(body).map_or(0, |found| found.nodes.len()),
        _ => read(body).map_or(0, |list: Issues| list.all().len()),
    };
    bodies.iter().map(listed).sum()
}

/// True if a list says that there is more than was listed.
pub(super) fn is_cut(answer: Answer, bodies: &[Vec<u8>]) -> bool {
    let first = bodies.first().map(Vec::as_slice).unwrap_or_default();
    let total = match answer {
        Answer::GithubIssues => match read(first) {
            Ok(Issues::Found { total_count, .. }) => total_count,
            _ => None,
        },
        Answer::GithubDiscussions => discussions(first).ok().map(|found| found.discussion_count),
        _ => None,
    };
    total.is_some_and(|total| total > listed(answer, bodies))
}

fn discussions(body: &[u8]) -> Result<Discussions, FetchError> {
    graphql(body)?.search.ok_or_else(|| FetchError::Answer("it has no `search`".to_owned()))
}

fn graphql(body: &[u8]) -> Result<Asked, FetchError> {
    let Data { data, errors } = read(body)?;
    let why = || errors.into_iter().next().map_or_else(|| "it has no `data`".to_owned(), |complaint| complaint.message);
    data.ok_or_else(|| FetchError::Answer(why()))
}

/// The topics that a list of Discourse's leads to.
pub(super) fn topics(body: &[u8]) -> Result<Vec<TopicOfList>, FetchError> {
    read(body).map(|topics: Topics| topics.topic_list.topics)
}

fn read<T: DeserializeOwned>(body: &[u8]) -> Result<T, FetchError> {
    serde_json::from_slice(body).map_err(|error| FetchError::Answer(error.to_string()))
}

/// An issue of its own: often one that lists the ideas.
fn single(issue: &Issue) -> String {
    format!("# {}\n\n{}\n", line(&issue.title), issue.text())
}

impl Issue {
    fn text(&self) -> &str {
        self.body.as_deref().or(self.description.as_deref()).unwrap_or_default()
    }
}

impl Issues {
    fn all(self) -> Vec<Issue> {
        let (Issues::List(issues) | Issues::Found { items: issues, .. }) = self;
        issues
    }
}

/// Issues, each of which is one idea: below its title what leads to it, and its text with headings two levels further down.
fn page_of(issues: impl Iterator<Item = Issue>) -> String {
    issues.filter(|issue| issue.pull_request.is_none()).fold(String::new(), |mut page, issue| {
        let _ = writeln!(page, "# {}\n", line(&issue.title));
        if let Some(url) = issue.html_url.as_ref().or(issue.web_url.as_ref()) {
            let _ = writeln!(page, "- Upstream issue: <{}>\n", line(url));
        }
        let _ = writeln!(page, "## Description\n\n{}\n", lowered(issue.text()));
        page
    })
}

/// A text of Markdown with its headings two levels further down; what stands in code stays.
fn lowered(text: &str) -> String {
    let mut fence: Option<&str> = None;
    let mut lines = Vec::new();
    for said in text.lines() {
        let begin = said.trim_start();
        let mark = ["```", "~~~"].into_iter().find(|mark| begin.starts_with(mark));
        match (fence, mark) {
            (None, Some(mark)) => fence = Some(mark),
            (Some(open), Some(mark)) if open == mark => fence = None,
            _ => {}
        }
        let level = begin.bytes().take_while(|byte| *byte == b'#').count();
        let is_heading = fence.is_none() && (1..=6).contains(&level) && begin[level..].starts_with([' ', '\t']);
        let deeper = "#".repeat((level + 2).min(6) - level.min(6));
        lines.push(if is_heading { format!("{deeper}{begin}") } else { said.to_owned() });
    }
    // A fence that is not closed would take the next issue for code.
    lines.extend(fence.map(ToOwned::to_owned));
    lines.join("\n")
}

fn html(title: &str, body: &str) -> String {
    let title = quick_xml::escape::escape(title);
    format!("<!doctype html>\n<title>{title}</title>\n<h1>{title}</h1>\n{body}\n")
}

/// A title on one line.
fn line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn made(answer: Answer, body: &str) -> String {
        match page(answer, &[body.into()]) {
            Some(Ok((page, end))) => format!("{end} {page}"),
            Some(Err(error)) => error.to_string(),
            None => "none".to_owned(),
        }
    }

    #[test]
    fn answers_make_pages() {
        let issues = r##"[{"title": "Grow\nfigs", "body": "# Why\r\nThey are sweet.\r\n```\n# no heading\n", "html_url": "https://github.com/o/r/issues/1"},
            {"title": "A patch", "body": null, "html_url": "x", "pull_request": {"url": "y"}},
            {"title": "Grow pears", "body": null, "html_url": "https://github.com/o/r/issues/2"}]"##;
        let list = ".md # Grow figs\n\n- Upstream issue: <https://github.com/o/r/issues/1>\n\n## Description\n\n### Why\nThey are sweet.\n```\n# no heading\n```\n\n\
                    # Grow pears\n\n- Upstream issue: <https://github.com/o/r/issues/2>\n\n## Description\n\n\n\n";
        for (answer, body, page) in [
            (Answer::Page, "# Ideas", "none"),
            (Answer::GithubIssue, r###"{"title": "Ideas", "body": "## Figs\n\nSweet."}"###, ".md # Ideas\n\n## Figs\n\nSweet.\n"),
            (Answer::GithubIssues, issues, list),
            (Answer::GithubIssues, &format!("{{\"total_count\": 3, \"items\": {issues}}}"), list),
            (
                Answer::GitlabIssues,
                r#"[{"title": "Figs", "description": "Sweet.", "web_url": "https://gitlab.com/g/r/-/issues/1"}]"#,
                ".md # Figs\n\n- Upstream issue: <https://gitlab.com/g/r/-/issues/1>\n\n## Description\n\nSweet.\n\n",
            ),
            (
                Answer::GithubDiscussion,
                r###"{"data": {"repository": {"discussion": {"title": "Ideas", "body": "## Figs\n\nSweet.", "url": "x"}}}}"###,
                ".md # Ideas\n\n## Figs\n\nSweet.\n",
            ),
            (
                Answer::GithubDiscussions,
                r#"{"data": {"search": {"discussionCount": 7, "nodes": [{"title": "Figs", "body": "Sweet.", "url": "https://github.com/o/r/discussions/1"}]}}}"#,
                ".md # Figs\n\n- Upstream issue: <https://github.com/o/r/discussions/1>\n\n## Description\n\nSweet.\n\n",
            ),
            (
                Answer::GithubDiscussion,
                r#"{"data": null, "errors": [{"message": "Could not resolve to a Repository"}]}"#,
                "unexpected answer of the API: Could not resolve to a Repository",
            ),
            (Answer::GitlabWiki, r#"{"title": "Ideas", "content": "* Figs", "format": "markdown"}"#, ".md # Ideas\n\n* Figs\n"),
            (
                Answer::Confluence,
                r#"{"title": "Ideas & more", "body": {"view": {"value": "<h2>Figs</h2>"}}}"#,
                ".html <!doctype html>\n<title>Ideas &amp; more</title>\n<h1>Ideas &amp; more</h1>\n<h2>Figs</h2>\n",
            ),
            (
                Answer::DiscourseTopic,
                r#"{"title": "Figs", "post_stream": {"posts": [{"cooked": "<p>Sweet.</p>"}, {"cooked": "<p>Me too</p>"}]}}"#,
                ".html <!doctype html>\n<title>Figs</title>\n<h1>Figs</h1>\n<p>Sweet.</p>\n",
            ),
        ] {
            assert_eq!(made(answer, body), page, "{answer:?}");
        }
        assert!(made(Answer::GithubIssues, "<html>").starts_with("unexpected answer of the API"));
        assert_eq!(
            topics(br#"{"topic_list": {"topics": [{"id": 7, "slug": "figs", "title": "Figs"}]}}"#).unwrap(),
            [TopicOfList { id: 7, slug: "figs".to_owned() }]
        );
    }

    #[test]
    fn lists_tell_that_they_go_on() {
        for (answer, body, cut) in [
            (Answer::GithubIssues, r#"{"total_count": 1, "items": [{"title": "Figs"}]}"#, false),
            (Answer::GithubIssues, r#"{"total_count": 2, "items": [{"title": "Figs"}]}"#, true),
            (Answer::GithubIssues, r#"[{"title": "Figs"}]"#, false),
            (Answer::GithubDiscussions, r#"{"data": {"search": {"discussionCount": 2, "nodes": []}}}"#, true),
            (Answer::GithubDiscussions, "[]", false),
        ] {
            assert_eq!(is_cut(answer, &[body.into()]), cut, "{body}");
        }
    }
}
