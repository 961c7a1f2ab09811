//! Mentors in data: `{"name": "Ada Brook", "github_handle": "ada-brook", …}`.

use crate::labels::Labels;
use crate::prose::Text;
use crate::text::{Span, Spanned};

use super::form::{check_email, check_handle, check_lfid};
use super::written::{Part, Written, Wrong};
use super::{Mentor, People, Person, Place, Role, github_user, is_email, is_handle};

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

/// An entry of a mentor's record.
#[derive(Clone, Copy, Debug)]
pub struct Entry<'a> {
    /// What its key says.
    pub said: Said,
    /// The key.
    pub key: Text<'a>,
    /// The value; an empty stretch of the key where there is none.
    pub text: Text<'a>,
}

/// Reads a mentor that is given key by key.
pub fn read_record<'a>(entries: Vec<Entry<'a>>, people: &mut People<'a>) {
    let is_nobody = |text: Text<'_>| Labels::get().is_placeholder(text.as_str());
    let mut mentor = Mentor::default();
    let mut faulty = false;
    for Entry { said, text, .. } in entries.iter().copied().filter(|entry| !entry.text.is_empty() && !is_nobody(entry.text)) {
        match said {
            Said::Name => mentor.name = Some(text.to_spanned()),
            Said::Surname => {
                let first = mentor.name.take();
                let name = first.as_ref().map_or(text.flow(), |first| format!("{} {}", first.value, text.flow()));
                let span = first.and_then(|first| first.span).map_or(text.span(), |first| first.join(text.span()));
                mentor.name = Some(Spanned::at(span, name));
            }
            Said::Handle => {
                let handle = github_user(text.as_str()).unwrap_or(text.as_str()).trim_start_matches('@');
                if is_handle(handle) {
                    mentor.github = Some(Spanned::at(text.of(handle).span(), handle.to_owned()));
                } else {
                    faulty = true;
                }
            }
            Said::Email => {
                let address = text.as_str().trim_start_matches("mailto:");
                let address = address.strip_prefix('<').and_then(|inner| inner.strip_suffix('>')).unwrap_or(address);
                if is_email(address) {
                    mentor.email = Some(Spanned::at(text.of(address).span(), address.to_owned()));
                } else {
                    faulty = true;
                }
            }
            Said::Lfid => mentor.lfid = Some(text.to_spanned()),
            Said::Role => mentor.role = Role::from_words(text.as_str()).map(|role| Spanned::at(text.span(), role)),
        }
    }
    if mentor.is_nobody() && mentor.lfid.is_none() && !faulty {
        // An empty record is nobody; `TBD` says so.
        people.vacant.extend(entries.iter().map(|entry| entry.text).find(|text| !text.is_empty() && is_nobody(*text)));
        return;
    }
    people.people.push(Person { mentor, place: Place::Record(entries) });
}

/// What is malformed in a record, and what is missing.
pub(super) fn written<'a>(entries: &[Entry<'a>], mentor: &Mentor) -> Written<'a> {
    let get = |what: Said| entries.iter().find(|entry| entry.said == what);
    let texts = || entries.iter().map(|entry| entry.text).filter(|text| !text.is_empty());
    let name = get(Said::Name).map(|entry| entry.text).filter(|name| !name.is_empty());
    let first = name.or_else(|| texts().next());
    let span = first.or_else(|| entries.first().map(|entry| entry.key)).map_or(Span::new(0, 0), Text::span);
    let shown = mentor.name.as_ref().map(|name| name.value.clone()).or_else(|| first.map(Text::flow));
    let mut written = Written::new(span, shown.unwrap_or_default());
    if let Some(name) = name.filter(|name| Labels::get().is_placeholder(name.as_str())) {
        written.fault(name, Part::Name, Wrong::Nobody, false);
    }
    for (said, part) in [(Said::Handle, Part::Handle), (Said::Email, Part::Email), (Said::Lfid, Part::Lfid)] {
        let Some(entry) = get(said) else {
            written.missing(part, span);
            continue;
        };
        let place = entry.key.span();
        match part {
            Part::Handle => check_handle(entry.text, place, &mut written),
            Part::Email => check_email(entry.text, place, &mut written),
            _ => check_lfid(entry.text, place, &mut written),
        }
    }
    written
}
