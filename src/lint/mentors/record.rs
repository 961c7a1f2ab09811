//! Mentors in data: `{"name": "Ada Brook", "github_handle": "ada-brook", …}`, or a text each.

use crate::data::Value;
use crate::idea::Role;
use crate::layout::Said;
use crate::lint::page::Page;
use crate::prose::Text;
use crate::text::{Span, Spanned};

use super::form::Manner;
use super::{Detail, Mentors, Person, is_nobody, is_template_text};

impl<'a> Mentors<'a> {
    /// Reads a mentor of a list.
    pub(super) fn read_record(&mut self, page: &Page<'a>, record: Value<'a>) {
        if let Some(text) = record.text() {
            self.read_line(page, text, true, 0);
            return;
        }
        let entries: Vec<(Said, Text<'a>, Text<'a>)> = record
            .map()
            .into_iter()
            .flatten()
            .filter_map(|(key, value)| {
                // Nothing under a key has no place of its own.
                let text = value.text().map_or(key.cut(0..0), Text::trim);
                Some((Said::of(key.as_str())?, key, text))
            })
            .collect();
        let get = |what: Said| entries.iter().find(|(said, ..)| *said == what).map(|&(_, key, text)| (key, text));
        let texts = || entries.iter().map(|&(.., text)| text).filter(|text| !text.is_empty());
        if texts().any(|text| is_template_text(page, text.as_str().trim_start_matches('@'))) {
            self.untouched = true;
            return;
        }
        let name = get(Said::Name).map(|(_, name)| name).filter(|name| !name.is_empty());
        let details = [Said::Handle, Said::Email, Said::Lfid].map(|what| get(what).map(|(_, text)| text));
        let silent = |text: &Text<'_>| text.is_empty() || is_nobody(text.as_str());
        if details.iter().flatten().all(silent) && name.is_none_or(|name| silent(&name)) {
            // An empty record is nobody; `TBD` says so.
            if let Some(said) = texts().find(|text| is_nobody(text.as_str())) {
                self.vacant = true;
                self.placeholders.push(said);
            }
            return;
        }
        let span = name
            .or_else(|| texts().next())
            .or_else(|| entries.first().map(|&(_, key, _)| key))
            .map_or(Span::new(0, 0), Text::span);
        let role = get(Said::Role).and_then(|(_, text)| Some(Spanned::at(text.span(), Role::from_words(text.as_str())?)));
        if let Some(name) = name.filter(|name| is_nobody(name.as_str())) {
            self.placeholders.push(name);
        }
        let (mut handle, mut email, mut lfid) = (Detail::default(), Detail::default(), Detail::default());
        let place = |what: Said| get(what).map_or(span, |(key, _)| key.span());
        let text = |what: Said| get(what).map(|(_, text)| text).filter(|text| !text.is_empty());
        match text(Said::Handle) {
            Some(text) => {
                let manner = if self.bound { Manner::Name } else { Manner::Any };
                self.read_handle_value(text, span, manner, &mut handle);
            }
            None if self.bound => handle.missing = Some(place(Said::Handle)),
            None => {}
        }
        match text(Said::Email) {
            Some(text) => self.read_email_value(text, span, &mut email),
            None if self.bound => email.missing = Some(place(Said::Email)),
            None => {}
        }
        match text(Said::Lfid) {
            Some(text) => self.read_lfid_value(text, span, &mut lfid),
            None if self.bound => lfid.missing = Some(place(Said::Lfid)),
            None => {}
        }
        self.people.push(Person { span, named: name.is_some(), field: 0, handle, email, lfid, role });
    }
}
