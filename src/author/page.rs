//! A page: a heading per project, a heading per idea, a bullet per field.

use rustc_hash::FxHashMap;

use super::bullet::{Value, bullet};
use super::values::TO_DO;
use super::way::{Manner, Way};
use super::{Extent, markdown, values};
use crate::idea::Idea;
use crate::labels::Kind;
use crate::lint::Template;
use crate::lint::template::{Asked, Field, same};
use crate::text::Spanned;

/// The level of an idea's heading, where the template has none.
const IDEA_LEVEL: u8 = 2;

/// The label of the skills that are nice to have, which no template has.
const DESIRABLE: &str = "Nice to have";

/// Writes ideas below the headings of their projects, and over all of them what they agree on; as far as these headings are
/// not there already.
pub(super) fn write(ideas: &[&Idea], template: &Template, manners: &[Manner], extent: Extent<'_>) -> String {
    let level = template.idea_level.unwrap_or(IDEA_LEVEL);
    let (mut page, idea_level, project_level) = match extent {
        Extent::Page | Extent::Draft => (heading(ideas, template), level, template.project_level),
        Extent::Entry => (String::new(), level, template.project_level),
        Extent::Within(level) | Extent::Anew(level, _) => (String::new(), level, None),
    };
    let mut group: Option<&str> = None;
    for at in order(ideas) {
        let (idea, manner) = (ideas[at], manners[at]);
        let project = idea.project.as_ref().map(|project| project.value.as_str());
        let above = project_level.filter(|_| !manner.has(Way::Project));
        if let (Some(level), Some(project)) = (above, project)
            && group != Some(project)
        {
            open(level, project, &mut page);
            group = Some(project);
        }
        entry(idea, template, manner, (extent, idea_level), &mut page);
    }
    page
}

/// The order in which ideas stand on a page: by project, a project where its first idea is; those without one come first.
pub(super) fn order(ideas: &[&Idea]) -> Vec<usize> {
    let project = |at: usize| ideas[at].project.as_ref().map(|project| project.value.as_str());
    let mut first = FxHashMap::default();
    for name in (0..ideas.len()).filter_map(project) {
        let next = first.len();
        first.entry(name).or_insert(next);
    }
    let mut order: Vec<usize> = (0..ideas.len()).collect();
    order.sort_by_key(|&at| project(at).map(|name| first[name]));
    order
}

/// `# Cloud Kitchen — LFX Mentorship 2026 Term 3 (Sep-Nov): project ideas`: what all ideas of a page say.
fn heading(ideas: &[&Idea], template: &Template) -> String {
    let organization = agreed(ideas, |idea| idea.organization.as_ref()).map(String::as_str);
    let term = agreed(ideas, |idea| idea.term.as_ref()).map(|term| term.spelled());
    let own = template.program.as_deref().map(crate::idea::Program::from_name);
    let program = own.as_ref().or_else(|| agreed(ideas, |idea| idea.program.as_ref())).map(crate::idea::Program::spelled);
    // Whose page it is and when tells a reader something; the programme alone is the template's.
    if organization.is_none() && term.is_none() && ideas.iter().all(|idea| idea.program.is_none()) {
        return String::new();
    }
    let title: Vec<&str> = program.into_iter().chain(term.as_deref()).chain(["project ideas"]).collect();
    let mut title = title.join(" ");
    if let Some(organization) = organization {
        title = format!("{organization} — {title}");
    }
    let mut page = String::new();
    open(1, &title, &mut page);
    page
}

/// What all ideas say.
fn agreed<'a, T: PartialEq>(ideas: &[&'a Idea], fact: impl Fn(&'a Idea) -> Option<&'a Spanned<T>>) -> Option<&'a T> {
    let first = &fact(ideas.first()?)?.value;
    ideas.iter().all(|idea| fact(idea).is_some_and(|fact| fact.value == *first)).then_some(first)
}

fn open(level: u8, text: &str, page: &mut String) {
    open_as_written(level, &markdown::inline(text, &marks(level)), page);
}

/// A heading whose text is Markdown.
fn open_as_written(level: u8, markdown: &str, page: &mut String) {
    if !page.is_empty() {
        page.push('\n');
    }
    for part in [&marks(level), markdown, "\n"] {
        page.push_str(part);
    }
}

fn marks(level: u8) -> String {
    format!("{} ", "#".repeat(usize::from(level)))
}

/// An idea: its heading, and what it says of the template's fields.
fn entry(idea: &Idea, template: &Template, manner: Manner, (extent, level): (Extent<'_>, u8), page: &mut String) {
    let title = idea.title.value.as_str();
    match extent.as_written(Kind::Title) {
        Some(heading) => open_as_written(level, &heading.markdown, page),
        None if manner.has(Way::Title) => open(level, &format!("Title: {title}"), page),
        None => open(level, title, page),
    }
    page.push('\n');
    let own = template.field.iter().any(|field| field.kind == Kind::Project);
    if let Some(name) = idea.project.as_ref().filter(|_| !own && manner.has(Way::Project)) {
        bullet("Project", &Value::Line(name.value.clone()), page);
    }
    for field in &template.field {
        let blank = || manner.has(Way::Blank).then(|| blank(field, template)).flatten();
        let is_its_place = template.field(same(field.kind)).is_some_and(|its| std::ptr::eq(its, field));
        let kept = extent.as_written(field.kind).filter(|_| is_its_place).map(|kept| {
            let text = kept.markdown.clone();
            if kept.beside { Value::Beside(text) } else { Value::Below(text) }
        });
        if let Some(value) = kept.or_else(|| value(idea, field.kind, template, manner)).or_else(blank) {
            bullet(&field.label, &value, page);
        }
        if field.kind == Kind::Skills && is_its_place && extent.as_written(Kind::Skills).is_none() {
            let (_, wished) = values::skills(idea, manner.has(Way::Desirable));
            if let Some(value) = of_items(wished, manner) {
                bullet(DESIRABLE, &value, page);
            }
        }
    }
}

/// What stands for a field that is asked for until somebody fills it in.
fn blank(field: &Field, template: &Template) -> Option<Value> {
    match (field.asked, field.kind) {
        (Asked::Never | Asked::Usual, _) => None,
        (_, Kind::Mentors) => Some(Value::List(vec![template.placeholders.mentor.clone().unwrap_or_else(|| TO_DO.to_owned())])),
        _ => Some(Value::Line(TO_DO.to_owned())),
    }
}

/// What an idea says of a kind, if it says something.
fn value(idea: &Idea, kind: Kind, template: &Template, manner: Manner) -> Option<Value> {
    let line = |fact: Option<String>| fact.map(Value::Line);
    match kind {
        Kind::Description => idea.description.as_ref().map(|text| {
            if manner.has(Way::Description) { Value::Text(text.value.clone()) } else { Value::Block(text.value.clone()) }
        }),
        Kind::Outcomes => list(all(&idea.outcomes), manner.has(Way::Outcomes)),
        Kind::Skills => skills(idea, manner),
        // Where a template has a field for it, it is what the skills do not say.
        Kind::Technologies => {
            let is_new = |item: &&Spanned<String>| idea.skills.iter().all(|known| known.value != item.value);
            let tags = values::other_tags(idea, &idea.technologies).into_iter().map(values::spelled);
            let items: Vec<_> = idea.technologies.iter().filter(is_new).map(|item| item.value.clone()).chain(tags).collect();
            line(Some(items.join(", ")).filter(|items| !items.is_empty()))
        }
        Kind::Tags => line(Some(tags(idea).join(", ")).filter(|tags| !tags.is_empty())),
        Kind::Status => line(idea.status.as_ref().map(|status| status.value.as_str().to_owned())),
        Kind::Mentors => {
            let mentors: Vec<String> = idea.mentors.iter().map(values::mentor).collect();
            (!mentors.is_empty()).then_some(Value::List(mentors))
        }
        Kind::Difficulty => line(values::difficulty(&idea.difficulty)),
        Kind::Size => line(values::hours(&idea.hours)),
        Kind::Upstream => urls(all(&idea.upstream)),
        Kind::Links => {
            // Those in the description are there.
            let described = |url: &String| idea.description.as_ref().is_some_and(|text| text.value.contains(url.as_str()));
            urls(all(&idea.links).into_iter().filter(|url| !described(url)).collect())
        }
        Kind::Project => line(idea.project.as_ref().map(|name| name.value.clone()).filter(|_| template.project_level.is_none())),
        Kind::Organization => line(idea.organization.as_ref().map(|name| name.value.clone())),
        Kind::Program => line(idea.program.as_ref().map(|program| program.value.spelled().to_owned())),
        Kind::Term => line(idea.term.as_ref().map(|term| term.value.spelled())),
        Kind::Title
        | Kind::MentorHandles
        | Kind::MentorEmails
        | Kind::DifficultyAndSize
        | Kind::Website
        | Kind::Prerequisites
        | Kind::Proposal
        | Kind::Updated
        | Kind::Other => None,
    }
}

fn skills(idea: &Idea, manner: Manner) -> Option<Value> {
    let (mut items, _) = values::skills(idea, manner.has(Way::Desirable));
    if manner.has(Way::Tags) {
        items.extend(tags(idea));
    }
    of_items(items, manner)
}

fn of_items(items: Vec<String>, manner: Manner) -> Option<Value> {
    // Names stand on a line, phrases in a list.
    let is_name = |item: &String| item.split_whitespace().nth(2).is_none() && !item.contains([',', ';']);
    match items.iter().all(is_name) != manner.has(Way::Skills) {
        _ if items.is_empty() => None,
        _ if manner.has(Way::SkillsAsText) => Some(Value::ListAsText(items)),
        true => Some(Value::Line(items.join(", "))),
        false => Some(Value::List(items)),
    }
}

/// The tags that no skill names.
fn tags(idea: &Idea) -> Vec<String> {
    values::other_tags(idea, &[]).into_iter().map(values::spelled).collect()
}

fn all(values: &[Spanned<String>]) -> Vec<String> {
    values.iter().map(|value| value.value.clone()).collect()
}

fn list(mut items: Vec<String>, as_text: bool) -> Option<Value> {
    match items.len() {
        0 => None,
        _ if as_text => Some(Value::ListAsText(items)),
        1 => items.pop().map(Value::Line),
        _ => Some(Value::List(items)),
    }
}

fn urls(mut urls: Vec<String>) -> Option<Value> {
    match urls.len() {
        0 => None,
        1 => urls.pop().map(Value::Url),
        _ => Some(Value::Urls(urls)),
    }
}
