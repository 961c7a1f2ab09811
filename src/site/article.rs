//! The page of an idea: its facts, its description, where it was read.

use maud::{Markup, html};

use super::frame::{self, Frame};
use super::lists::Lists;
use super::{Options, markup};
use crate::idea::mentor::is_handle;
use crate::idea::{Idea, Mentor};
use crate::query::facets::Dimension;
use crate::render::{facts, safe};

/// The idea at a place, as a page of its site.
pub(super) fn page(idea: &Idea, lists: &Lists, place: usize, options: &Options) -> Vec<u8> {
    let title = safe::line(&idea.title.value);
    let list = |of: Dimension, value: &str| lists.path(of, value).map(|path| format!("../{path}"));
    let main = article(idea, options.with_addresses, &list, Level::Page, &html! {});
    let around = html! {
        (main)
        nav.near aria-label="Neighbouring ideas" {
            ul {
                @if let Some((title, path)) = lists.neighbour(place.checked_sub(1)) {
                    li { "Previous: " a href={ "../" (path) } rel="prev" { (safe::line(title)) } }
                }
                @if let Some((title, path)) = lists.neighbour(place.checked_add(1)) {
                    li { "Next: " a href={ "../" (path) } rel="next" { (safe::line(title)) } }
                }
            }
        }
    };
    Frame { title: Some(&title), up: "../", scripts: &[], options }.around(&around)
}

/// Ideas on one page that stands alone.
pub(super) fn alone(ideas: &[Idea], with_addresses: bool) -> Vec<u8> {
    let title = match ideas {
        [idea] => idea.title.value.clone(),
        ideas => format!("{} project ideas", ideas.len()),
    };
    let level = if ideas.len() == 1 { Level::Page } else { Level::Part };
    let main = html! {
        @if ideas.len() != 1 { h1 { (title) } }
        @for idea in ideas { (article(idea, with_addresses, &|_, _| None, level, &html! {})) }
    };
    frame::alone(&title, &main)
}

/// An idea as a part of a page that stands alone, with what there is to say of it first.
pub(super) fn part(idea: &Idea, with_addresses: bool, first: &Markup) -> Markup {
    article(idea, with_addresses, &|_, _| None, Level::Part, first)
}

/// How far up in the outline of its page an idea stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Level {
    /// The page is about it.
    Page,
    /// It is one of several.
    Part,
}

/// Where the list of a value is, if there is one.
type List<'a> = &'a dyn Fn(Dimension, &str) -> Option<String>;

fn article(idea: &Idea, with_addresses: bool, list: List<'_>, level: Level, first: &Markup) -> Markup {
    let title = safe::line(&idea.title.value);
    let text = idea.description.as_ref().map(|text| text.value.as_str()).or(idea.summary.as_deref());
    html! {
        article.idea {
            @if level == Level::Page { h1 dir="auto" { (title) } } @else { h2 dir="auto" { (title) } }
            (first)
            (facts_of(idea, with_addresses, list))
            @if !idea.outcomes.is_empty() {
                (heading(level, "Outcomes"))
                ul dir="auto" { @for outcome in &idea.outcomes { li { (safe::line(&outcome.value)) } } }
            }
            @if let Some(text) = text {
                (heading(level, "Description"))
                div.text dir="auto" { (markup::html(text, idea.source.url.as_deref(), with_addresses)) }
            }
        }
    }
}

fn heading(level: Level, text: &str) -> Markup {
    if level == Level::Page {
        html! { h2 { (text) } }
    } else {
        html! { h3 { (text) } }
    }
}

fn facts_of(idea: &Idea, with_addresses: bool, list: List<'_>) -> Markup {
    let term = facts::term(idea);
    let skills: Vec<_> = idea.skills.iter().map(|skill| skill.value.as_str()).collect();
    let is_told = |item: &str| idea.skills.iter().any(|skill| skill.value == item);
    let made_with: Vec<_> = idea.technologies.iter().map(|item| item.value.as_str()).filter(|item| !is_told(item)).collect();
    let organization = idea.organization.as_ref().map(|name| name.value.as_str());
    let project = idea.project.as_ref().map(|name| name.value.as_str()).filter(|name| Some(*name) != organization);
    let asked: Vec<String> = idea.prerequisites.iter().flat_map(|asked| asked.shown()).collect();
    let proposal: Vec<String> = idea.proposal.iter().flat_map(|proposal| proposal.shown()).collect();
    let given = |text: String| {
        if text.is_empty() {
            html! { span.none { (facts::NOT_STATED) } }
        } else {
            html! { (text) }
        }
    };
    html! {
        dl.facts {
            @if let Some(name) = organization { dt { "Organization" } dd { (listed(list, Dimension::Organization, name)) } }
            @if let Some(name) = project { dt { "Project" } dd { (safe::line(name)) } }
            @if !term.is_empty() { dt { "Program" } dd { (listed(list, Dimension::Term, &term)) } }
            @if let Some(status) = &idea.status { dt { "Status" } dd { (status.value) } }
            dt { "Difficulty" } dd { (given(facts::levels(idea))) }
            dt { "Size" } dd { (given(facts::size(idea))) }
            @if !idea.tags.is_empty() {
                dt { "Skills" }
                dd { ul.tags { @for tag in &idea.tags { li { (listed(list, Dimension::Skill, tag.value)) } } } }
            }
            @if !skills.is_empty() { dt { "Skills as written" } dd dir="auto" { (safe::line(&skills.join("; "))) } }
            @if !made_with.is_empty() { dt { "Made with" } dd dir="auto" { (safe::line(&made_with.join("; "))) } }
            dt { "Mentors" }
            @if idea.mentors.is_empty() { dd { (given(String::new())) } }
            @for mentor in &idea.mentors { dd { (person(mentor, with_addresses)) } }
            @if !idea.upstream.is_empty() {
                dt { "Upstream" }
                @for url in &idea.upstream { dd { (link(&url.value)) } }
            }
            @if !idea.links.is_empty() {
                dt { "Links" }
                @for url in &idea.links { dd { (link(&url.value)) } }
            }
            @if !asked.is_empty() { dt { "Asked" } @for asked in &asked { dd dir="auto" { (safe::line(asked)) } } }
            @if !proposal.is_empty() { dt { "Proposal" } @for known in &proposal { dd { (link(known)) } } }
            dt { "Source" }
            @match idea.source.url.as_deref() {
                Some(url) => dd { (link(url)) },
                None => dd { (safe::line(&format!("{}:{}", idea.source.path, idea.source.line))) },
            }
            @if !idea.also.is_empty() {
                dt { "Also in" }
                @for place in &idea.also {
                    @let shown = safe::line(&facts::place(place)).into_owned();
                    dd {
                        @if let Some(url) = place.url.as_deref().and_then(safe::url) {
                            a.url href=(url) rel="nofollow noopener noreferrer" { (shown) }
                        } @else { (shown) }
                    }
                }
            }
        }
    }
}

/// A value, as a link to its list.
fn listed(list: List<'_>, of: Dimension, value: &str) -> Markup {
    let shown = safe::line(value);
    html! { @if let Some(path) = list(of, value) { a href=(path) { (shown) } } @else { (shown) } }
}

/// An address, as a link if it leads to the web; other text as it is.
fn link(url: &str) -> Markup {
    let shown = safe::line(url);
    html! {
        @if let Some(url) = safe::url(url) { a.url href=(url) rel="nofollow noopener noreferrer" { (shown) } } @else { (shown) }
    }
}

/// `Jane Doe (@jane), primary`.
fn person(mentor: &Mentor, with_addresses: bool) -> Markup {
    let handle = mentor.github.as_ref().map(|handle| {
        let shown = safe::line(&handle.value);
        if is_handle(&handle.value) {
            html! { a href={ "https://github.com/" (shown) } rel="nofollow noopener noreferrer" { "@" (shown) } }
        } else {
            html! { "@" (shown) }
        }
    });
    // Without the option there are none left.
    let email = mentor.email.as_ref().filter(|_| with_addresses).map(|email| {
        let shown = safe::line(&email.value);
        html! { a href={ "mailto:" (shown) } { (shown) } }
    });
    let lfid = mentor.lfid.as_ref().map(|lfid| html! { "LFID " (safe::line(&lfid.value)) });
    let mut known: Vec<Markup> = [handle, email, lfid].into_iter().flatten().collect();
    let name = match &mentor.name {
        Some(name) => html! { (safe::line(&name.value)) },
        None if known.is_empty() => return html! {},
        None => known.remove(0),
    };
    html! {
        (name)
        @if !known.is_empty() { " (" @for (at, fact) in known.iter().enumerate() { @if at > 0 { ", " } (fact) } ")" }
        @if let Some(role) = &mentor.role { ", " (role.value.as_str()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::sample;

    fn shown(idea: &Idea, with_addresses: bool) -> String {
        let mut out = Vec::new();
        super::super::write_alone(&[idea], with_addresses, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn every_fact_is_on_the_page() {
        let text = shown(&sample::idea(), false);
        for fact in [
            "<title>Deploying Kubeflow with Helm</title>",
            "<h1 dir=\"auto\">Deploying Kubeflow with Helm</h1>",
            "<dt>Organization</dt><dd>CNCF</dd><dt>Project</dt><dd>Kubeflow</dd><dt>Program</dt><dd>gsoc 2025</dd>",
            "<dt>Difficulty</dt><dd>medium</dd><dt>Size</dt><dd>175 or 350 hours</dd>",
            "<dd>Jane Doe (<a href=\"https://github.com/jane\" rel=\"nofollow noopener noreferrer\">@jane</a>), primary</dd>",
            "<a class=\"url\" href=\"https://example.org/1\"",
            "<h2>Outcomes</h2><ul dir=\"auto\"><li>A Helm chart</li></ul>",
            "<li>one</li>",
            "<dt>Source</dt><dd>pages/ideas.md:7</dd>",
        ] {
            assert!(text.contains(fact), "{fact}: {text}");
        }
        assert!(!text.contains("jane@example.org"), "{text}");
        assert!(shown(&sample::idea(), true).contains("<a href=\"mailto:jane@example.org\">jane@example.org</a>"));
    }

    #[test]
    fn what_is_not_stated_is_said_of_three_facts() {
        let text = shown(&Idea::bare("T"), false);
        assert_eq!(text.matches("<span class=\"none\">not stated</span>").count(), 3, "{text}");
    }

    #[test]
    fn hostile_text_is_text() {
        let said = "</title></main><script>alert(1)</script><img src=x onerror=alert(1)>\" onclick=\"x' {{x}}";
        let mut idea = sample::hostile();
        let all = || Some(crate::text::Spanned::nowhere(said.to_owned()));
        idea.title.value = said.to_owned();
        (idea.organization, idea.project) = (all(), all());
        idea.source.url = Some(format!("https://example.org/{said}"));
        idea.mentors = vec![Mentor { name: all(), github: all(), email: all(), lfid: all(), role: None }];
        (idea.skills, idea.technologies, idea.outcomes, idea.links) =
            (all().into_iter().collect(), Vec::new(), all().into_iter().collect(), all().into_iter().collect());
        for with_addresses in [false, true] {
            let text = shown(&idea, with_addresses);
            assert!(!text.contains("<script") && !text.contains("<img") && !text.contains(" onclick=\""), "{text}");
            assert!(!text.contains(|c| safe::is_hidden(c) && c != '\n'), "{text:?}");
        }
    }

    #[test]
    fn several_ideas_are_parts_of_one_page() {
        let mut out = Vec::new();
        super::super::write_alone(&[&sample::idea(), &Idea::bare("T")], false, &mut out).unwrap();
        let text = String::from_utf8(out).unwrap();
        assert!(text.contains("<h1>2 project ideas</h1>") && text.contains("<h2 dir=\"auto\">T</h2>"), "{text}");
        assert!(text.contains("<h3>Outcomes</h3>") && text.contains("style-src 'sha256-"), "{text}");
    }
}
