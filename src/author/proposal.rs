//! What LFX asks and keeps of a proposal, as data: for the export, for idea files, and for the comment above the form.

use super::record::{Record, Value};
use crate::idea::prerequisites::Toggle;
use crate::idea::{Idea, Prerequisite, Prerequisites, Proposal, proposal};
use crate::labels::Kind;
use crate::layout::export::{self, Of};
use crate::text::Spanned;

/// The prerequisites, key by key; with `all`, also what is not asked.
pub(super) fn prerequisites(asked: &Prerequisites, all: bool) -> Record {
    let mut record = Record::default();
    for toggle in Toggle::ALL.into_iter().filter(|toggle| all || asked.has(*toggle)) {
        record.set(toggle.as_str(), asked.has(toggle));
    }
    optional(&mut record, "coding_challenge_url", asked.coding_challenge_url.as_ref(), all);
    match &asked.custom {
        Some(custom) => record.set("custom", one(custom)),
        None if all => record.set("custom", Value::Null),
        None => {}
    }
    if all || !asked.standard.is_empty() {
        record.set("standard", asked.standard.iter().map(one).collect::<Value>());
    }
    record
}

fn one(asked: &Prerequisite) -> Record {
    let mut record = Record::default();
    optional(&mut record, "name", asked.name.as_ref(), true);
    optional(&mut record, "description", asked.description.as_ref(), true);
    record.set("file_upload", asked.file_upload);
    // Whatever stands in the export is asked, unless it says otherwise.
    if !asked.asked {
        record.set("asked", false);
    }
    record
}

fn optional(record: &mut Record, key: &str, text: Option<&Spanned<String>>, always: bool) {
    match text {
        Some(text) => record.set(key, text.value.as_str()),
        None if always => record.set(key, Value::Null),
        None => {}
    }
}

/// What the export says of a proposal under a key; `None` where nothing is known.
pub(super) fn said(idea: &Idea, of: Of) -> Option<Value> {
    let proposal = idea.proposal.as_ref();
    let text = |fact: fn(&Proposal) -> &Option<Spanned<String>>| {
        proposal.and_then(|proposal| fact(proposal).as_ref()).map(|text| Value::from(text.value.as_str()))
    };
    match of {
        Of::Number => proposal.and_then(|proposal| proposal.number.as_ref()).map(|number| Value::Number(number.value)),
        Of::Url => text(|proposal| &proposal.url),
        Of::LfxUrl => text(|proposal| &proposal.lfx_url),
        Of::Name => text(|proposal| &proposal.name),
        Of::Code => text(|proposal| &proposal.code),
    }
}

/// The name of the program on LFX, if it is known or follows from the idea.
pub(super) fn name(idea: &Idea) -> Option<String> {
    let named = idea.proposal.as_ref().and_then(|proposal| proposal.name.as_ref()).map(|name| name.value.clone());
    let usual =
        || Some(proposal::usual_name(&idea.project.as_ref()?.value, &idea.title.value, &idea.term.as_ref()?.value.spelled()));
    named.or_else(usual)
}

/// What an export said under a key that is no fact of ours.
pub(super) fn other(idea: &Idea, key: &str) -> Option<Value> {
    idea.proposal.as_ref()?.other.get(key).map(|value| Value::Json(value.clone()))
}

/// What else an export said of a program, without what it said of prerequisites.
pub(super) fn others(idea: &Idea) -> impl Iterator<Item = (&str, Value)> {
    let others = idea.proposal.iter().flat_map(|proposal| &proposal.other);
    others.filter(|(key, _)| !is_prerequisites(key)).map(|(key, value)| (key.as_str(), Value::Json(value.clone())))
}

/// What an export said of prerequisites that we do not know, added to those that we do.
pub(super) fn add_unknown(idea: &Idea, record: &mut Record) {
    let others = idea.proposal.iter().flat_map(|proposal| &proposal.other).filter(|(key, _)| is_prerequisites(key));
    for (key, value) in others.filter_map(|(_, value)| value.as_object()).flatten() {
        record.set(key, Value::Json(value.clone()));
    }
}

fn is_prerequisites(key: &str) -> bool {
    export::keys().of(key).is_some_and(|known| known.kind == Some(Kind::Prerequisites))
}

/// What the form has no section for, as the export says it; `None` if there is nothing.
pub(super) fn beside_form(idea: &Idea) -> Option<Record> {
    let mut record = Record::default();
    for (key, of) in export::keys().program.iter().filter_map(|key| Some((&key.key, key.of?))) {
        // The program stands below the form.
        if of != Of::LfxUrl && (of != Of::Name || !is_linked(idea)) {
            record.add(key, said(idea, of));
        }
    }
    let mut asked = Record::default();
    if let Some(standard) = idea.prerequisites.as_ref().map(|asked| &asked.standard).filter(|standard| !standard.is_empty()) {
        asked.set("standard", standard.iter().map(one).collect::<Value>());
    }
    add_unknown(idea, &mut asked);
    if !asked.is_empty() {
        let key = export::keys().program.iter().find(|known| known.kind == Some(Kind::Prerequisites));
        record.set(key.map_or("", |known| &known.key), asked);
    }
    for (key, value) in others(idea) {
        record.set(key, value);
    }
    (!record.is_empty()).then_some(record)
}

/// True if the form links the program, with its name.
pub(super) fn is_linked(idea: &Idea) -> bool {
    idea.proposal.as_ref().is_some_and(|proposal| proposal.lfx_url.is_some())
}

/// A proposal in an idea file.
pub(super) fn record(proposal: &Proposal) -> Record {
    let mut record = Record::default();
    record.add("number", proposal.number.as_ref().map(|number| Value::Number(number.value)));
    for (key, fact) in
        [("url", &proposal.url), ("lfx_url", &proposal.lfx_url), ("name", &proposal.name), ("code", &proposal.code)]
    {
        optional(&mut record, key, fact.as_ref(), false);
    }
    let mut other = Record::default();
    for (key, value) in &proposal.other {
        other.set(key, Value::Json(value.clone()));
    }
    if !other.is_empty() {
        record.set("other", other);
    }
    record
}
