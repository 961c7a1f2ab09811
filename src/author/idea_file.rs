//! An idea file: front matter with the facts, the description below it.

use serde_saphyr::ser_options;

use super::proposal;
use super::record::{Record, Value, one_or_many};
use super::values::{self, TO_DO};
use super::way::{Manner, Way};
use crate::idea::{Idea, Mentor};
use crate::labels::Kind;
use crate::lint::Template;
use crate::lint::template::Asked;
use crate::text::Spanned;

/// The key of the skills that are nice to have, which no template has.
const DESIRABLE: &str = "nice_to_have";

/// Writes an idea file with the template's keys.
pub(super) fn write(idea: &Idea, template: &Template, manner: Manner) -> String {
    let mut front = Record::default();
    for field in &template.field {
        let value = match field.kind {
            Kind::Description if !manner.has(Way::Description) => None,
            kind => value(idea, kind, manner)
                .or_else(|| (manner.has(Way::Blank) && field.asked == Asked::Always).then(|| blank(kind, template))),
        };
        front.add(&field.label, value);
        if field.kind == Kind::Skills {
            let (_, wished) = values::skills(idea, manner.has(Way::Desirable));
            front.add(DESIRABLE, (!wished.is_empty()).then(|| wished.into_iter().collect::<Value>()));
        }
    }
    // A mapping of text, numbers and lists: nothing that YAML cannot say.
    let yaml = serde_saphyr::to_string_with_options(&front, ser_options! { compact_list_indent: false }).unwrap_or_default();
    let mut page = format!("---\n{}\n---\n", yaml.trim_end());
    let description = idea.description.as_ref().map(|text| text.value.trim_end());
    let blank = manner.has(Way::Blank).then_some(TO_DO);
    if let Some(text) = description.or(blank).filter(|_| !manner.has(Way::Description)) {
        page.push('\n');
        page.push_str(text);
        page.push('\n');
    }
    page
}

/// What stands for a fact until somebody fills it in.
fn blank(kind: Kind, template: &Template) -> Value {
    match kind {
        Kind::Mentors => {
            let mut person = Record::default();
            person.set("name", template.placeholders.mentor.as_deref().unwrap_or(TO_DO));
            Value::List(vec![person.into()])
        }
        _ => Value::List(vec![TO_DO.into()]),
    }
}

/// What an idea says of a kind, if it says something.
fn value(idea: &Idea, kind: Kind, manner: Manner) -> Option<Value> {
    let text = |fact: &Option<Spanned<String>>| fact.as_ref().map(|fact| Value::from(fact.value.as_str()));
    let texts = |facts: &[Spanned<String>]| -> Vec<Value> { facts.iter().map(|fact| fact.value.as_str().into()).collect() };
    let list = |values: Vec<Value>| (!values.is_empty()).then_some(Value::List(values));
    match kind {
        Kind::Title => Some(idea.title.value.as_str().into()),
        Kind::Project => text(&idea.project),
        Kind::Organization => text(&idea.organization),
        Kind::Program => idea.program.as_ref().map(|program| program.value.as_str().into()),
        Kind::Term => idea.term.as_ref().map(|term| match term.value.part {
            None => Value::Number(u32::from(term.value.year)),
            Some(_) => term.value.to_string().into(),
        }),
        Kind::Description => text(&idea.description),
        Kind::Outcomes => list(texts(&idea.outcomes)),
        Kind::Skills => {
            let (items, _) = values::skills(idea, manner.has(Way::Desirable));
            let line = || items.join(", ").into();
            (!items.is_empty()).then(|| if manner.has(Way::Skills) { line() } else { items.iter().map(String::as_str).collect() })
        }
        Kind::Technologies => list(texts(&idea.technologies)),
        Kind::Tags => list(values::other_tags(idea, &idea.technologies).into_iter().map(Value::from).collect()),
        Kind::Status => idea.status.as_ref().map(|status| status.value.as_str().into()),
        Kind::Prerequisites => idea.prerequisites.as_ref().map(|asked| proposal::prerequisites(asked, false).into()),
        Kind::Proposal => idea.proposal.as_ref().map(|known| proposal::record(known).into()),
        Kind::Mentors => list(idea.mentors.iter().map(|mentor| person(mentor).into()).collect()),
        Kind::Difficulty => one_or_many(idea.difficulty.iter().map(|level| level.value.as_str().into()).collect()),
        Kind::Size => one_or_many(idea.hours.iter().map(|hours| Value::Number(hours.value)).collect()),
        Kind::Upstream => one_or_many(texts(&idea.upstream)),
        Kind::Links => {
            // Those in the description are there.
            let described = |url: &str| idea.description.as_ref().is_some_and(|text| text.value.contains(url));
            let apart = |url: &&Spanned<String>| !described(&url.value) && !values::is_of_proposal(idea, &url.value);
            list(idea.links.iter().filter(apart).map(|url| url.value.as_str().into()).collect())
        }
        Kind::MentorHandles | Kind::MentorEmails | Kind::DifficultyAndSize | Kind::Website | Kind::Updated | Kind::Other => None,
    }
}

/// A mentor, key by key.
fn person(mentor: &Mentor) -> Record {
    let mut person = Record::default();
    let facts = [("name", &mentor.name), ("github", &mentor.github), ("email", &mentor.email), ("lfid", &mentor.lfid)];
    for (key, fact) in facts {
        person.add(key, fact.as_ref().map(|fact| fact.value.as_str()));
    }
    person.add("role", mentor.role.as_ref().map(|role| role.value.as_str()));
    person
}
