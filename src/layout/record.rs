//! Ideas as records: front matter of an idea file, programmes of the LFX export, and our own JSON.

use rustc_hash::FxHashSet;

use crate::data::{Data, Value};
use crate::document::Document;
use crate::idea::mentor::{self, Said};
use crate::idea::skill::Skills;
use crate::idea::{Program, difficulty};
use crate::labels::{Kind, Labels};
use crate::prose::Text;
use crate::records::{Part, Style};
use crate::text::{Source, Span, Spanned};

use super::draft::{Draft, Fact, PageFacts};
use super::export::{self, Of, is_export};
use super::finder::stretch;
use super::{Entry, Problem, proposal};

/// True if front matter holds an idea: a title, and a fact that hardly anything else has.
pub(super) fn is_idea(front: Value<'_>) -> bool {
    let stated: Vec<(Text<'_>, Value<'_>)> =
        front.map().into_iter().flatten().filter(|(_, value)| !value.is_empty() && !value.is_switch()).collect();
    // Any page of a site may have titles, tags and keywords, and sites number the levels of their menus.
    let tells = |key: Text<'_>, value: Value<'_>| match kind(key) {
        Some(Kind::Difficulty) => value.texts().into_iter().any(|text| !difficulty::read(text).is_empty()),
        Some(kind) => kind.is_telling() && !Labels::get().is_of_pages(key.as_str()),
        None => false,
    };
    // "mentors: see below" alone tells nothing.
    let is_blank = |value: Value<'_>| value.text().is_some_and(|text| Labels::get().is_placeholder(text.as_str()));
    let mut told = stated.iter().filter(|&&(key, value)| tells(key, value)).map(|&(_, value)| value);
    let tells_enough = told.next().is_some_and(|first| !is_blank(first) || told.next().is_some());
    stated.iter().any(|&(key, _)| kind(key) == Some(Kind::Title)) && tells_enough
}

/// The idea of a page whose front matter holds the fields; what the body labels is added, the rest is the description.
pub(super) fn idea_file<'a>(source: &Source, front: Value<'a>, document: &'a Document, page: &PageFacts) -> Option<Entry<'a>> {
    let mut draft = draft(front);
    let body = stretch::of(document, usize::MAX);
    let mut loose = body.loose;
    for fact in body.facts {
        // Front matter speaks first; what it has said is text in the body.
        let said = draft.has(fact.kind) || fact.kind == Kind::Mentors && !draft.people.is_empty();
        if said {
            loose.push(fact.label.whole().trim());
            loose.extend(fact.parts.iter().map(|part| part.text.whole().trim()));
        } else {
            draft.facts.push(fact);
        }
    }
    loose.sort_by_key(|text| text.span());
    loose.dedup_by_key(|text| text.span());
    draft.loose = loose;
    let url = front.get("url").and_then(Value::text).map(|url| url.as_str().to_owned()).filter(|url| url.contains("://"));
    draft.into_entry(source, document, &PageFacts { url, ..page.clone() })
}

/// So many elements that are skipped are told one by one.
const TOLD: usize = 20;

/// The ideas of an export: a term and a list of programmes, or a list of records with titles; and what had to be skipped.
pub(super) fn export<'a, T>(source: &Source, data: &'a Data, keep: impl Fn(Entry<'a>) -> T) -> Option<(Vec<T>, Vec<Problem>)> {
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
    let mut page = super::page_facts::read(source, Some(root), &Document::default());
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
    let (mut entries, mut problems) = (Vec::with_capacity(records.len()), Vec::new());
    let mut place = Span::new(0, 0);
    let mut more = Vec::new();
    for (at, record) in records.into_iter().enumerate() {
        // What is empty has no place; it stands behind the one before it.
        let key = record.map().and_then(|mut map| map.next()).map(|(key, _)| key);
        place = key.or_else(|| record.texts().first().copied()).map_or(place, Text::span);
        let draft = is_titled(&record).then(|| Draft { form: lfx, ..draft(record) });
        let title = draft.as_ref().and_then(Draft::labelled_title);
        if let Some(entry) = draft.and_then(|draft| draft.into_entry(source, &Document::default(), &page)) {
            entries.push(keep(entry));
            continue;
        }
        let (span, what) = match title {
            Some(title) => (title.span(), format!("has a title that names nothing (`{}`)", title.flow())),
            None => (place, "has no title".to_owned()),
        };
        if problems.len() < TOLD {
            let message = format!("element {} of the list {what}; it was skipped, the others were read", at + 1);
            problems.push(Problem { span, message });
        } else {
            more.push(span);
        }
    }
    if let Some(&span) = more.first() {
        problems.push(Problem { span, message: format!("{} more elements of the list were skipped", more.len()) });
    }
    Some((entries, problems))
}

/// What a key announces. Keys are labels; a few mean something else in data than on a page.
pub fn kind(key: Text<'_>) -> Option<Kind> {
    match key.as_str() {
        "id" | "source" | "line" | "path" | "also" => None,
        "name" => Some(Kind::Title),
        key => Labels::get().kind(key),
    }
}

/// True if all that a list says is among the tags of its record.
fn are_tags(list: Value<'_>, record: Value<'_>) -> bool {
    let tags: FxHashSet<&str> = record.get("tags").map(Value::texts).unwrap_or_default().into_iter().map(Text::as_str).collect();
    list.texts().into_iter().all(|text| tags.contains(text.as_str()))
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
            // Our own records tell which of the tags are nice to have.
            "desirable" if are_tags(value, record) => {
                draft.desirable = canonical(value);
                continue;
            }
            _ => kind(key),
        };
        if kind.is_none() && program {
            proposal::of_export(key, value, &mut draft);
        }
        let Some(kind) = kind.filter(|_| !value.is_switch()) else { continue };
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
                match element.text() {
                    Some(text) => mentor::read(text, true, &mut draft.people),
                    None => mentor::read_record(entries(element), &mut draft.people),
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

/// What a key of a mentor's record says, if it says something of a mentor.
fn said(key: &str) -> Option<Said> {
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

/// What the record of a mentor says of them.
fn entries(record: Value<'_>) -> Vec<mentor::Entry<'_>> {
    let mut entries = Vec::new();
    for (key, value) in record.map().into_iter().flatten() {
        if let Some(said) = said(key.as_str()) {
            // Nothing under a key has no place of its own.
            entries.push(mentor::Entry { said, key, text: value.text().map_or(key.cut(0..0), Text::trim) });
        }
    }
    entries
}
