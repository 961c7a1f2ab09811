//! The LFX export: JSON with all programmes of a term.

use super::record::{Record, Value, text_of};
use super::{proposal, values};
use crate::idea::{Idea, Mentor, Prerequisites, Role, Status};
use crate::labels::Kind;
use crate::layout::export::{self, Key, Keys, MentorKeys, Of};
use crate::text::Spanned;

/// Writes ideas as an export. Its term is theirs if they agree; else each says its own.
pub(super) fn write(ideas: &[&Idea]) -> String {
    let export = export::keys();
    let term = |idea: &Idea| idea.term.as_ref().map(|term| term.value);
    let first = ideas.first().and_then(|idea| term(idea));
    let agreed = first.filter(|_| ideas.iter().all(|idea| term(idea) == first));
    let mut root = Record::default();
    root.set(&export.term, agreed.map_or(Value::Null, |term| term.spelled().into()));
    root.set(&export.count, Value::Number(u32::try_from(ideas.len()).unwrap_or(u32::MAX)));
    let programs = ideas.iter().map(|idea| program(idea, export, agreed.is_none()));
    root.set(&export.list, programs.collect::<Value>());
    text_of(&root)
}

/// A program; with `own_term`, the list has no term for all.
fn program(idea: &Idea, export: &Keys, own_term: bool) -> Record {
    let mut record = Record::default();
    for Key { kind, of, key, listed, .. } in &export.program {
        match of {
            Some(Of::Name) => record.add(key, proposal::name(idea)),
            // It is there from the beginning, to be filled in.
            Some(Of::LfxUrl) => record.set(key, proposal::said(idea, Of::LfxUrl).unwrap_or_else(|| "".into())),
            Some(of) => record.add(key, proposal::said(idea, *of)),
            None if kind.is_none() => {
                let project = idea.project.as_ref().map(|project| project.value.as_str());
                let listed = listed.zip(project).and_then(|(listed, project)| listed.get(project)).map(Value::from);
                record.add(key, proposal::other(idea, key).or(listed));
            }
            None => {}
        }
        let Some(kind) = kind else { continue };
        match kind {
            Kind::Term if own_term => record.add(key, idea.term.as_ref().map(|term| term.value.to_string())),
            Kind::Status => {
                // What the title says stands there.
                let in_title = Status::in_title(&idea.title.value).map(|(_, status)| status);
                let status = idea.status.as_ref().filter(|status| Some(status.value) != in_title);
                record.add(key, status.map(|status| status.value.as_str()));
            }
            Kind::Prerequisites => {
                let none = Prerequisites::default();
                let mut asked = proposal::prerequisites(idea.prerequisites.as_deref().unwrap_or(&none), true);
                proposal::add_unknown(idea, &mut asked);
                record.set(key, asked);
            }
            Kind::Title => record.set(key, idea.title.value.as_str()),
            Kind::Project => record.set(key, text(idea.project.as_ref())),
            Kind::Description => record.set(key, text(idea.description.as_ref())),
            Kind::Organization => record.add(key, idea.organization.as_ref().map(|name| name.value.as_str())),
            Kind::Outcomes => record.add(key, some(&idea.outcomes)),
            Kind::Technologies => record.set(key, items(values::technologies(idea))),
            Kind::Skills => record.set(key, items(idea.skills.iter().map(|item| item.value.clone()).collect())),
            Kind::Mentors => {
                let mentors = idea.mentors.iter().enumerate();
                record.set(key, mentors.map(|(at, mentor)| person(mentor, at, &export.mentor)).collect::<Value>());
            }
            Kind::Difficulty if !idea.difficulty.is_empty() => {
                record.set(key, idea.difficulty.iter().map(|level| level.value.as_str()).collect::<Value>());
            }
            Kind::Size if !idea.hours.is_empty() => {
                record.set(key, Value::List(idea.hours.iter().map(|hours| Value::Number(hours.value)).collect()));
            }
            // One text, as LFX has it; several addresses stand beside each other in it.
            Kind::Upstream => {
                let urls: Vec<&str> = idea.upstream.iter().map(|url| url.value.as_str()).collect();
                record.set(key, if urls.is_empty() { Value::Null } else { urls.join(" ").into() });
            }
            Kind::Links => {
                let described = |url: &str| idea.description.as_ref().is_some_and(|text| text.value.contains(url));
                let links = idea.links.iter().filter(|url| !described(&url.value) && !values::is_of_proposal(idea, &url.value));
                let links: Vec<_> = links.cloned().collect();
                record.add(key, some(&links));
            }
            _ => {}
        }
    }
    for (key, value) in proposal::others(idea).filter(|(key, _)| export.of(key).is_none()) {
        record.set(key, value);
    }
    record
}

/// Items as one text, as the exporter has them; as a list where commas are part of them.
fn items(items: Vec<String>) -> Value {
    let line = items.join(", ");
    if values::reads_as(&line, &items) { line.into() } else { items.into_iter().collect() }
}

fn text(fact: Option<&Spanned<String>>) -> Value {
    fact.map_or(Value::Null, |fact| fact.value.as_str().into())
}

fn some(facts: &[Spanned<String>]) -> Option<Value> {
    (!facts.is_empty()).then(|| facts.iter().map(|fact| fact.value.as_str()).collect())
}

/// A mentor; the first is primary and the others help, unless they say so themselves.
fn person(mentor: &Mentor, at: usize, keys: &MentorKeys) -> Record {
    let mut person = Record::default();
    let role = mentor.role.as_ref().map_or(if at == 0 { Role::Primary } else { Role::CoMentor }, |role| role.value);
    person.set(&keys.name, text(mentor.name.as_ref()));
    person.set(&keys.github, text(mentor.github.as_ref()));
    person.set(&keys.email, text(mentor.email.as_ref()));
    person.add(&keys.lfid, mentor.lfid.as_ref().map(|lfid| lfid.value.as_str()));
    person.set(&keys.role, role.as_str());
    person
}
