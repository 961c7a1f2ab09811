//! The LFX export: JSON with all programmes of a term.

use super::record::{Record, Value, text_of};
use super::values::spelled;
use crate::idea::{Idea, Mentor, Role};
use crate::labels::Kind;
use crate::layout::export::{self, Key, Keys, MentorKeys};
use crate::text::Spanned;

/// Writes ideas as an export. Its term is theirs if they agree; else each says its own.
pub(super) fn write(ideas: &[&Idea]) -> String {
    let export = export::keys();
    let term = |idea: &Idea| idea.term.as_ref().map(|term| term.value);
    let first = ideas.first().and_then(|idea| term(idea));
    let agreed = first.filter(|_| ideas.iter().all(|idea| term(idea) == first));
    let mut root = Record::default();
    root.set(&export.term, agreed.map_or(Value::Null, |term| term.spelled().into()));
    let programs = ideas.iter().map(|idea| {
        let mut record = program(idea, export);
        record.add("term", term(idea).filter(|_| agreed.is_none()).map(|term| term.to_string()));
        record
    });
    root.set(&export.list, programs.collect::<Value>());
    text_of(&root)
}

fn program(idea: &Idea, export: &Keys) -> Record {
    let mut record = Record::default();
    for Key { kind, key } in &export.program {
        match kind {
            Kind::Title => record.set(key, idea.title.value.as_str()),
            Kind::Project => record.set(key, text(idea.project.as_ref())),
            Kind::Description => record.set(key, text(idea.description.as_ref())),
            Kind::Organization => record.add(key, idea.organization.as_ref().map(|name| name.value.as_str())),
            Kind::Outcomes => record.add(key, some(&idea.outcomes)),
            Kind::Technologies => record.set(key, idea.tags.iter().map(|tag| spelled(tag.value)).collect::<Value>()),
            Kind::Skills => record.set(key, idea.skills.iter().map(|item| item.value.as_str()).collect::<Value>()),
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
                let links: Vec<_> = idea.links.iter().filter(|url| !described(&url.value)).cloned().collect();
                record.add(key, some(&links));
            }
            _ => {}
        }
    }
    record
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
