//! Ideas as records: front matter of an idea file, programmes of the LFX export, and our own JSON.

use crate::data::{Data, Value};
use crate::fields::{self, Part, Style};
use crate::idea::skill::Skills;
use crate::idea::{Mentor, Program, Role, difficulty, mentor};
use crate::labels::{Kind, Labels};
use crate::outline::Outline;
use crate::prose::Text;
use crate::text::{Source, Span, Spanned};

use super::draft::{Draft, Fact, PageFacts};
use super::export::{self, Of, is_export};
use super::{Entry, Problem, proposal};

/// True if front matter holds an idea: a title, and a fact that hardly anything else has.
pub(super) fn is_idea(front: Value<'_>) -> bool {
    let kinds: Vec<Kind> =
        front.map().into_iter().flatten().filter(|(_, value)| !value.is_empty()).filter_map(|(key, _)| kind(key)).collect();
    // Blogs have titles and tags, too, and sites number the levels of their menus.
    let tells = |key: Text<'_>, value: Value<'_>| match kind(key) {
        Some(Kind::Difficulty) => value.texts().into_iter().any(|text| !difficulty::read(text).is_empty()),
        Some(kind) => key.as_str() != "tags" && kind.is_telling(),
        None => false,
    };
    kinds.contains(&Kind::Title) && front.map().into_iter().flatten().any(|(key, value)| tells(key, value))
}

/// The idea of a page whose front matter holds the fields; what the body labels is added, the rest is the description.
pub(super) fn idea_file<'a>(source: &Source, front: Value<'a>, outline: &'a Outline, page: &PageFacts) -> Option<Entry<'a>> {
    let mut draft = draft(front);
    let body = fields::read(outline, 0..outline.nodes.len());
    let mut loose = body.loose;
    for field in &body.fields {
        // Front matter speaks first; what it has said is text in the body.
        let said = draft.has(field.kind) || field.kind == Kind::Mentors && !draft.people.is_empty();
        if said {
            loose.extend((field.nodes.start.saturating_sub(1)..field.nodes.end).filter(|&node| !outline.text(node).is_empty()));
        } else {
            draft.facts.push(Fact::of(field, outline));
        }
    }
    loose.sort_unstable();
    loose.dedup();
    draft.loose = loose.iter().map(|&node| outline.text(node).trim()).collect();
    let url = front.get("url").and_then(Value::text).map(|url| url.as_str().to_owned()).filter(|url| url.contains("://"));
    draft.into_entry(source, &PageFacts { url, ..page.clone() })
}

/// The ideas of an export: a term and a list of programmes, or a list of records with titles; and what had to be skipped.
pub(super) fn export<'a>(source: &Source, data: &'a Data) -> Option<(Vec<Entry<'a>>, Vec<Problem>)> {
    let root = data.root();
    let records: Vec<Value<'_>> = match root.list() {
        Some(list) => list.collect(),
        None => root.map()?.find_map(|(_, value)| value.list().map(Iterator::collect)).unwrap_or_default(),
    };
    let lfx = is_export(root);
    // An empty list of programmes is an export, too.
    if records.is_empty() && !lfx && root.list().is_none() {
        return None;
    }
    let is_titled = |record: &Value<'_>| {
        export::is_program(*record) || record.map().is_some_and(|mut map| map.any(|(key, _)| kind(key) == Some(Kind::Title)))
    };
    let titled = records.iter().filter(|&record| is_titled(record)).count();
    // Lists of something else may hold a title here and there.
    if titled * 2 < records.len() || (titled == 0 && !records.is_empty()) {
        return None;
    }
    let mut page = super::page_facts::read(source, Some(root), &Outline::default());
    for (key, value) in root.map().into_iter().flatten() {
        if kind(key) == Some(Kind::Term)
            && let Some(text) = value.text()
            && let Some((range, term)) = crate::idea::Term::exact(text.as_str())
                .map(|term| (0..text.len(), term))
                .or_else(|| crate::idea::Term::find(text.as_str()))
        {
            page.term = Some(Spanned::at(text.cut(range).span(), term));
        }
    }
    if lfx {
        page.program = Some(Spanned::nowhere(Program::Lfx));
    }
    let (mut entries, mut problems) = (Vec::new(), Vec::new());
    let mut place = Span::new(0, 0);
    for (at, record) in records.into_iter().enumerate() {
        // What is empty has no place; it stands behind the one before it.
        let key = record.map().and_then(|mut map| map.next()).map(|(key, _)| key);
        place = key.or_else(|| record.texts().first().copied()).map_or(place, Text::span);
        let draft = is_titled(&record).then(|| Draft { form: lfx, ..draft(record) });
        let title = draft.as_ref().and_then(Draft::labelled_title);
        if let Some(entry) = draft.and_then(|draft| draft.into_entry(source, &page)) {
            entries.push(entry);
            continue;
        }
        let (span, what) = match title {
            Some(title) => (title.span(), format!("has a title without letters (`{}`)", title.flow())),
            None => (place, "has no title".to_owned()),
        };
        let message = format!("element {} of the list {what}; it was skipped, the others were read", at + 1);
        problems.push(Problem { span, message });
    }
    Some((entries, problems))
}

/// What a key announces. Keys are labels; a few mean something else in data than on a page.
pub fn kind(key: Text<'_>) -> Option<Kind> {
    match key.as_str() {
        "id" | "source" | "line" | "path" => None,
        "name" => Some(Kind::Title),
        key => Labels::get().kind(key),
    }
}

fn draft(record: Value<'_>) -> Draft<'_> {
    let mut draft = Draft { record: true, ..Draft::default() };
    let short = record.map().into_iter().flatten().any(|(key, value)| is_short(key) && !value.is_empty());
    let has = |key: &str| record.get(key).is_some_and(|value| !value.is_empty());
    let (described, skilled) = (has("description"), has("skills"));
    let program = export::is_program(record);
    for (key, value) in record.map().into_iter().flatten() {
        let kind = match key.as_str() {
            // Of a program without a short name, the full one is the title.
            name if program => {
                let known = export::keys().of(name);
                let named = known.is_some_and(|known| known.of == Some(Of::Name)) && !short;
                let kind = if named { Some(Kind::Title) } else { known.and_then(|known| known.kind) };
                kind.filter(|kind| *kind != Kind::Prerequisites)
            }
            "prerequisites" if value.map().is_some() || value.is_empty() => {
                proposal::prerequisites(value, &mut draft);
                continue;
            }
            "proposal" if value.map().is_some() || value.is_empty() => {
                proposal::of_record(value, &mut draft);
                continue;
            }
            _ => kind(key),
        };
        if kind.is_none() && program {
            proposal::of_export(key, value, &mut draft);
        }
        let Some(kind) = kind else { continue };
        // Of a long and a short name, the short one is the title; of a summary and a description, the latter says it all; and
        // tags beside skills are the skills once more, or a blog's.
        let said_better = match key.as_str() {
            "summary" => described,
            "tags" if skilled => {
                draft.tags = canonical(value);
                true
            }
            _ => kind == Kind::Title && short && !is_short(key),
        };
        if said_better {
            continue;
        }
        if kind == Kind::Mentors
            && let Some(list) = value.list()
        {
            for element in list {
                draft.people.push(element);
                match element.text() {
                    Some(text) => mentor::read(text, true, &mut draft.mentors),
                    None => draft.mentors.extend(person(element)),
                }
            }
            draft.facts.push(Fact::new(kind, key, Style::Key, Vec::new()));
            continue;
        }
        let listed = value.list().is_some();
        let parts: Vec<Part<'_>> =
            value.texts().into_iter().map(Text::trim).filter(|text| !text.is_empty()).map(|text| Part { text, listed }).collect();
        draft.facts.push(Fact::new(kind, key, Style::Key, parts));
    }
    draft
}

/// The tags that a list of tags holds beside the skills: our own. A blog's are other words, too, and then none counts.
fn canonical(tags: Value<'_>) -> Vec<Spanned<&'static str>> {
    let named = |text: Text<'_>| {
        let name = Skills::get().canonical(text.as_str())?;
        (name == text.as_str()).then(|| Spanned::at(text.span(), name))
    };
    tags.texts().into_iter().map(named).collect::<Option<_>>().unwrap_or_default()
}

fn is_short(key: Text<'_>) -> bool {
    key.as_str().to_lowercase().contains("short")
}

/// What a key of a mentor's record says of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Said {
    /// The name, or the first of two.
    Name,
    /// The family name.
    Surname,
    /// The GitHub handle.
    Handle,
    /// The e-mail address.
    Email,
    /// The Linux Foundation ID.
    Lfid,
    /// The role.
    Role,
}

impl Said {
    /// What a key says, if it says something of a mentor.
    pub fn of(key: &str) -> Option<Self> {
        let keys = &export::keys().mentor;
        let of_export = [
            (&keys.name, Said::Name),
            (&keys.github, Said::Handle),
            (&keys.email, Said::Email),
            (&keys.lfid, Said::Lfid),
            (&keys.role, Said::Role),
        ];
        let key = key.to_lowercase();
        if let Some((_, said)) = of_export.into_iter().find(|(known, _)| **known == key) {
            return Some(said);
        }
        Some(match key.as_str() {
            "full_name" | "fullname" | "first_name" | "firstname" => Said::Name,
            "last_name" | "lastname" | "surname" => Said::Surname,
            "github" | "handle" | "github_username" | "githubhandle" => Said::Handle,
            "mail" | "e-mail" => Said::Email,
            "lf_id" | "lfx_id" => Said::Lfid,
            _ => return None,
        })
    }
}

/// A mentor given field by field.
fn person(record: Value<'_>) -> Option<Mentor> {
    let mut person = Mentor::default();
    for (key, value) in record.map()? {
        let Some(text) = value.text().map(Text::trim).filter(|text| !text.is_empty()) else { continue };
        if Labels::get().is_placeholder(text.as_str()) {
            continue;
        }
        let Some(said) = Said::of(key.as_str()) else { continue };
        match said {
            Said::Name => person.name = Some(text.to_spanned()),
            Said::Surname => {
                let first = person.name.take();
                let name = first.as_ref().map_or(text.flow(), |first| format!("{} {}", first.value, text.flow()));
                let span = first.and_then(|first| first.span).map_or(text.span(), |first| first.join(text.span()));
                person.name = Some(Spanned::at(span, name));
            }
            Said::Handle => {
                let said = text.as_str();
                let handle = mentor::github_user(said).unwrap_or(said).trim_start_matches('@');
                if mentor::is_handle(handle) {
                    person.github = Some(Spanned::at(text.of(handle).span(), handle.to_owned()));
                }
            }
            Said::Email => {
                let address = text.as_str().trim_start_matches("mailto:");
                if mentor::is_email(address) {
                    person.email = Some(Spanned::at(text.of(address).span(), address.to_owned()));
                }
            }
            Said::Lfid => person.lfid = Some(text.to_spanned()),
            Said::Role => person.role = Role::from_words(text.as_str()).map(|role| Spanned::at(text.span(), role)),
        }
    }
    (!person.is_nobody()).then_some(person)
}
