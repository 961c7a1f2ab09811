//! The web as far as the organizations have their pages on it: each address answers as the host does that it stands on.

use std::collections::HashMap;
use std::fmt::Write as _;

use mentorship_ideas::sources::directory::Organization;
use percent_encoding::percent_decode_str;
use serde_json::{Value, json};

use super::ideas::{self, Idea, Layout, document, html, markdown};
use super::sites::{self, Software};

const HTML: &str = "text/html; charset=utf-8";
const TEXT: &str = "text/plain; charset=utf-8";
const JSON: &str = "application/json; charset=utf-8";

/// Organizations whose page leads to their ideas, each of which has a page of its own.
const INDEXES: [&str; 11] = [
    "cern-hsf",
    "geomscale",
    "gnome-foundation",
    "gnu-image-manipulation-program",
    "jenkins-wp",
    "osgeo-open-source-geospatial-foundation",
    "r-project-for-statistical-computing",
    "rtems-project",
    "the-honeynet-project",
    "the-julia-language",
    "uc-ospo",
];

/// How a server says which state of a page it gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Validator {
    Etag,
    Date,
    None,
}

/// What an address answers.
#[derive(Clone, Debug)]
pub(super) enum Served {
    Page {
        kind: &'static str,
        body: String,
        validator: Validator,
        next: Option<String>,
    },
    /// A status without a page, with a header.
    Status(&'static str, String),
    Silence,
    Endless,
    Cut,
}

/// An organization, and what it publishes.
#[derive(Debug)]
pub(super) struct Publisher {
    pub(super) name: String,
    pub(super) slug: String,
    /// What its page is.
    pub(super) kind: String,
    pub(super) ideas: Vec<Idea>,
    /// The host that its page is on.
    pub(super) host: String,
    /// Its addresses, without their scheme and decoded, and what they answer.
    pub(super) pages: HashMap<String, Served>,
}

/// A page, whatever it was made with.
struct Site<'a> {
    publisher: Publisher,
    /// Where it is in the directory, which decides what is left open.
    at: usize,
    /// The address, without its scheme.
    address: &'a str,
    query: &'a str,
}

pub(super) fn publish(at: usize, organization: &Organization) -> Publisher {
    let url = organization.ideas.as_deref().unwrap();
    let url = url.split('#').next().unwrap().strip_prefix("https://").unwrap();
    let (address, query) = url.split_once('?').unwrap_or((url, ""));
    let host = address.split('/').next().unwrap().to_owned();
    // An index that leads to two pages is none.
    let is_index = INDEXES.contains(&organization.slug.as_str());
    let ideas = ideas::of(if is_index { at / 5 * 5 + 4 } else { at });
    let publisher = Publisher {
        name: organization.name.clone(),
        slug: organization.slug.clone(),
        kind: String::new(),
        ideas,
        host,
        pages: HashMap::new(),
    };
    let mut site = Site { publisher, at, address, query };
    site.fill();
    site.publisher
}

/// An address as servers take it.
pub(super) fn decoded(address: &str) -> String {
    percent_decode_str(address).decode_utf8_lossy().into_owned()
}

impl Site<'_> {
    fn fill(&mut self) {
        let host = self.publisher.host.clone();
        let path: Vec<&str> = self.address.trim_end_matches('/').split('/').skip(1).collect();
        match (host.as_str(), path.as_slice()) {
            ("github.com", [owner, repo, rest @ ..]) => self.github(&format!("{owner}/{repo}"), rest),
            ("gist.github.com", [owner, id]) => {
                self.text("gist", &format!("gist.githubusercontent.com/{owner}/{id}/raw"));
            }
            ("docs.google.com", ["document", "d", "e", ..]) => {
                self.put("Google document, published", self.address, HTML, document(&self.publisher.ideas), Validator::None);
            }
            ("docs.google.com", ["document", "d", id, ..]) => {
                let export = format!("docs.google.com/document/d/{id}/export?format=html");
                let there = format!("doc-0g-2k-docstext.googleusercontent.com/export/{id}");
                self.moved(&export, &there, "307 Temporary Redirect");
                self.put("Google document", &there, HTML, document(&self.publisher.ideas), Validator::None);
            }
            ("forum.dbpedia.org", ["tag", tag]) => self.discourse(tag),
            ("forums.librehealth.io", _) => {
                let topic = "forums.librehealth.io/t/gsoc-2026-ideas/4711";
                self.moved(self.address, topic, "302 Found");
                let post =
                    format!("<div class=\"topic-body crawler-post\">{}</div>", html(&self.publisher.ideas, Layout::Bullets));
                self.put("Discourse, by a redirect", topic, HTML, Software::ByHand.page(&post), Validator::None);
            }
            (_, [.., "pages", number, _]) if path.contains(&"spaces") => {
                let wiki = if path[0] == "wiki" { "/wiki" } else { "" };
                let body =
                    json!({"title": "Ideas 2026", "body": {"view": {"value": html(&self.publisher.ideas, self.layout())}}});
                let api = format!("{host}{wiki}/rest/api/content/{number}");
                self.put("Confluence", &api, JSON, body.to_string(), Validator::None);
            }
            (_, path) if path.contains(&"-") => self.gitlab(),
            _ => self.web(),
        }
    }

    fn github(&mut self, repo: &str, rest: &[&str]) {
        let raw = "raw.githubusercontent.com";
        let issue = |idea: &Idea| json!({"title": idea.title, "body": idea.body(), "html_url": format!("https://github.com/{repo}/issues/7")});
        match rest {
            ["wiki", page] if INDEXES.contains(&self.publisher.slug.as_str()) => {
                let mut index = String::from("# Table of proposed coding projects\n\n| Project | Status |\n|---|---|\n");
                for idea in self.publisher.ideas.clone() {
                    let name = idea.title.replace(' ', "-");
                    let _ = writeln!(index, "| [{}](https://github.com/{repo}/wiki/{name}) | new |", idea.title);
                    let text = format!("# {}\n\n{}", idea.title, idea.body());
                    self.put("index in a wiki of GitHub", &format!("{raw}/wiki/{repo}/{name}.md"), TEXT, text, Validator::Etag);
                }
                self.put("index in a wiki of GitHub", &format!("{raw}/wiki/{repo}/{page}.md"), TEXT, index, Validator::Etag);
            }
            // Not every page of a wiki is in Markdown.
            ["wiki", _] if self.at % 6 == 1 => {
                let page = Software::GitHub.page(&html(&self.publisher.ideas, self.layout()));
                self.put("wiki of GitHub, no Markdown", self.address, HTML, page, Validator::None);
            }
            ["wiki", page] => self.text("wiki of GitHub", &format!("{raw}/wiki/{repo}/{page}.md")),
            ["blob", branch, path @ .., "ideas.rst"] => {
                let page = format!(
                    "<div id=\"file\" class=\"rst\"><article class=\"markdown-body\">{}</article></div>",
                    html(&self.publisher.ideas, self.layout())
                );
                let api = format!("api.github.com/repos/{repo}/contents/{}/ideas.rst?ref={branch}", path.join("/"));
                self.put(
                    "file on GitHub, no Markdown",
                    &api,
                    "application/vnd.github.html+json; charset=utf-8",
                    page,
                    Validator::Etag,
                );
            }
            ["blob", rest @ ..] => self.text("file on GitHub", &format!("{raw}/{repo}/{}", rest.join("/"))),
            [] if self.publisher.slug == "lablua" => {
                let page = format!("<div id=\"readme\"><article>{}</article></div>", html(&self.publisher.ideas, self.layout()));
                let api = format!("api.github.com/repos/{repo}/readme");
                self.put("README, no Markdown", &api, "application/vnd.github.html+json", page, Validator::Etag);
            }
            [] => self.text("README", &format!("{raw}/{repo}/HEAD/README.md")),
            ["issues", number] => {
                let text = markdown(&self.publisher.ideas, self.layout());
                let body = json!({"title": "Ideas 2026", "body": text, "html_url": ""});
                self.put(
                    "issue",
                    &format!("api.github.com/repos/{repo}/issues/{number}"),
                    JSON,
                    body.to_string(),
                    Validator::Etag,
                );
            }
            ["issues"] if self.query.contains("q=") => {
                let items: Vec<Value> = self.publisher.ideas.iter().map(issue).collect();
                let body = json!({"total_count": items.len(), "incomplete_results": false, "items": items});
                self.put(
                    "issues, searched",
                    &format!("api.github.com/search/issues?repo:{repo}"),
                    JSON,
                    body.to_string(),
                    Validator::None,
                );
            }
            ["issues"] => {
                // A list comes in parts, and pull requests are among the issues.
                let mut items: Vec<Value> = self.publisher.ideas.iter().map(issue).collect();
                let rest = items.split_off(items.len() / 2);
                items.push(json!({"title": "Mend a link", "body": null, "html_url": "", "pull_request": {}}));
                let next = format!("api.github.com/repositories/{}/issues?page=2", self.at);
                self.put("issues, listed", &next, JSON, Value::from(rest).to_string(), Validator::Etag);
                let first = format!("api.github.com/repos/{repo}/issues");
                self.put("issues, listed", &first, JSON, Value::from(items).to_string(), Validator::Etag);
                if let Some(Served::Page { next: link, .. }) = self.publisher.pages.get_mut(&first) {
                    *link = Some(next);
                }
            }
            _ => {
                let replies = "<div class=\"comment-body\"><p>I would like to work on this! Whom can I ask?</p></div>".repeat(3);
                let post = format!("{}{replies}", html(&self.publisher.ideas, self.layout()));
                self.put("discussion", self.address, HTML, Software::GitHub.page(&post), Validator::None);
            }
        }
    }

    fn gitlab(&mut self) {
        let (project, shown) = self.address.split_once("/-/").unwrap();
        let (host, project) = project.split_once('/').unwrap();
        let api = format!("{host}/api/v4/projects/{project}");
        if let Some(file) = shown.strip_prefix("blob/") {
            return self.text("file on GitLab", &format!("{host}/{project}/-/raw/{file}"));
        }
        if let Some(page) = shown.strip_prefix("wikis/") {
            let body = json!({"title": "Ideas", "format": "markdown", "content": markdown(&self.publisher.ideas, self.layout())});
            return self.put("wiki of GitLab", &format!("{api}/wikis/{page}"), JSON, body.to_string(), Validator::Etag);
        }
        let issue = |idea: &Idea| json!({"title": idea.title, "description": idea.body(), "web_url": format!("https://{host}/{project}/-/issues/7")});
        let issues: Vec<Value> = self.publisher.ideas.iter().map(issue).collect();
        self.put("issues of GitLab", &format!("{api}/issues"), JSON, Value::from(issues).to_string(), Validator::Etag);
    }

    fn discourse(&mut self, tag: &str) {
        let (host, at) = (self.publisher.host.clone(), self.at);
        let ideas = self.publisher.ideas.clone();
        let topic = |n: usize| json!({"id": at * 10 + n, "slug": format!("idea-{n}"), "title": ideas[n].title});
        let list = json!({"topic_list": {"topics": (0..ideas.len()).map(topic).collect::<Vec<_>>()}});
        self.put("Discourse", &format!("{host}/tag/{tag}.json"), JSON, list.to_string(), Validator::None);
        for (n, idea) in ideas.iter().enumerate() {
            let post = html(std::slice::from_ref(idea), Layout::Bullets);
            // The title is that of the topic.
            let post = post.split_once("</h2>").unwrap().1;
            let posts = json!({"posts": [{"cooked": post}, {"cooked": "<p>Hello, I am new here!</p>"}]});
            let topic = json!({"title": idea.title, "post_stream": posts});
            self.put("Discourse", &format!("{host}/t/{}.json", at * 10 + n), JSON, topic.to_string(), Validator::None);
        }
    }

    /// A page of a site or of a wiki.
    fn web(&mut self) {
        let software = sites::software(&self.publisher.host, self.at);
        let validator = match software {
            Software::MediaWiki => Validator::Date,
            Software::MoinMoin | Software::Trac | Software::WordPress => Validator::None,
            _ if self.at.is_multiple_of(3) => Validator::Date,
            _ => Validator::Etag,
        };
        match self.publisher.slug.as_str() {
            "git" => {
                return self
                    .text("site, from its repository", "raw.githubusercontent.com/git/git.github.io/HEAD/SoC-2026-Ideas.md");
            }
            "zulip" => {
                return self
                    .text("site, from its repository", "raw.githubusercontent.com/zulip/zulip/HEAD/docs/outreach/gsoc.md");
            }
            _ => {}
        }
        let mut text = html(&self.publisher.ideas, self.layout());
        let mut kind = software.name().to_owned();
        if INDEXES.contains(&self.publisher.slug.as_str()) {
            kind = format!("index, {kind}");
            text = self.index(&kind, software, validator);
        }
        let mut address = self.address.to_owned();
        let last = address.rsplit('/').next().unwrap().to_owned();
        if software.wants_slash() && !last.is_empty() && !last.contains('.') && self.query.is_empty() {
            address.push('/');
            // Behind a proxy, a server may not know that it is asked by https.
            let scheme = if software == Software::WordPress { "http" } else { "https" };
            let moved = Served::Status("301 Moved Permanently", format!("Location: {scheme}://{address}"));
            self.publisher.pages.insert(decoded(self.address), moved);
        }
        if self.publisher.host != self.publisher.host.to_lowercase() {
            let there = self.address.to_lowercase();
            self.moved(self.address, &there, "301 Moved Permanently");
            address = there;
        }
        if !self.query.is_empty() {
            let _ = write!(address, "?{}", self.query);
        }
        if software == Software::MediaWiki {
            let render = if self.query.is_empty() { "?action=render" } else { "&action=render" };
            let text = format!("<div class=\"mw-parser-output\">{text}</div>");
            self.put(&kind, &format!("{address}{render}"), HTML, text, validator);
        }
        self.put(&kind, &address, HTML, software.page(&text), validator);
    }

    /// The page that leads to the ideas, to a page without any, and to one that is gone.
    fn index(&mut self, kind: &str, software: Software, validator: Validator) -> String {
        let folder = format!("{}/", self.address.rsplit_once('/').unwrap().0);
        let mut links = String::new();
        for (n, idea) in self.publisher.ideas.clone().iter().enumerate() {
            let address = format!("{folder}project-{n}");
            let text =
                software.page(&html(std::slice::from_ref(idea), Layout::Bullets)).replace("Summer of Code ideas", "Project");
            if software == Software::MediaWiki {
                self.put(
                    kind,
                    &format!("{address}?action=render"),
                    HTML,
                    html(std::slice::from_ref(idea), Layout::Bullets),
                    validator,
                );
            }
            self.put(kind, &address, HTML, text, validator);
            let _ = writeln!(links, "<li><a href=\"https://{address}\">{}</a></li>", idea.title);
        }
        self.put(kind, &format!("{folder}project-guide"), HTML, software.page("<p>Say hello before you apply.</p>"), validator);
        format!(
            "<p>These are our projects.</p><ul>{links}<li><a href=\"project-guide\">How to apply</a></li><li><a href=\"project-retired\">An old one</a></li></ul>"
        )
    }

    fn layout(&self) -> Layout {
        [Layout::Bullets, Layout::Lines, Layout::Bullets, Layout::Lines, Layout::Table][self.at % 5]
    }

    /// A page in Markdown.
    fn text(&mut self, kind: &str, address: &str) {
        let text =
            format!("# Ideas for 2026\n\nWrite to us before you apply.\n\n{}", markdown(&self.publisher.ideas, self.layout()));
        self.put(kind, address, TEXT, text, Validator::Etag);
    }

    fn put(&mut self, kind: &str, address: &str, content: &'static str, body: String, validator: Validator) {
        kind.clone_into(&mut self.publisher.kind);
        self.publisher.pages.insert(decoded(address), Served::Page { kind: content, body, validator, next: None });
    }

    fn moved(&mut self, from: &str, to: &str, status: &'static str) {
        self.publisher.pages.insert(decoded(from), Served::Status(status, format!("Location: https://{to}")));
    }
}
