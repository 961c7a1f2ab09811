//! Mentors on the proposal form: a line each, `Ada Brook | @ada-brook | ada@example.org | adabrook`.

use crate::labels::Labels;
use crate::prose::Text;
use crate::text::{Span, Spanned};

use super::line::piped;
use super::written::{Fault, Part, Written, Wrong};
use super::{Mentor, People, Person, Place, email, github_user, handle, is_email, is_handle, lfid};

/// Reads a line of the form's mentors.
pub fn read_form_line<'a>(line: Text<'a>, people: &mut People<'a>) {
    if Labels::get().is_placeholder(line.as_str()) {
        people.vacant.push(line);
        return;
    }
    let parts = parts(line);
    let mentor = piped(line).filter(|_| parts.len() == 4).unwrap_or_else(|| {
        let mut mentor = Mentor::default();
        for part in parts.iter().map(|part| part.trim()) {
            let said = part.as_str();
            if let Some(name) = said.strip_prefix('@').filter(|name| is_handle(name)) {
                mentor.github.get_or_insert(Spanned::at(part.span(), name.to_owned()));
            } else if is_email(said) {
                mentor.email.get_or_insert(part.to_spanned());
            }
        }
        mentor
    });
    let name = parts[0].trim();
    let name = if name.is_empty() { mentor.name } else { Some(name.to_spanned()) };
    people.people.push(Person { mentor: Mentor { name, ..mentor }, place: Place::Line(line) });
}

fn parts(line: Text<'_>) -> Vec<Text<'_>> {
    line.as_str().split('|').map(|part| line.of(part)).collect()
}

impl<'a> Written<'a> {
    /// Looks at the part that stands in `text`; at `place` if nothing does. Returns false if there is no more to say.
    fn is_told(&mut self, text: Text<'a>, part: Part, place: Span) -> bool {
        if text.is_empty() {
            self.missing(part, place);
        } else if Labels::get().is_placeholder(text.as_str()) {
            self.fault(text, part, Wrong::Nobody, false);
        } else {
            return true;
        }
        false
    }

    pub(super) fn fault(&mut self, text: Text<'a>, part: Part, wrong: Wrong<'a>, strict: bool) {
        self.faults.push(Fault { text, part, wrong, strict });
    }
}

/// Checks what is nothing but a handle.
pub(super) fn check_handle<'a>(text: Text<'a>, place: Span, written: &mut Written<'a>) {
    if !written.is_told(text, Part::Handle, place) {
        return;
    }
    let said = text.as_str();
    let name = said.strip_prefix('@').unwrap_or(said);
    if let Some(user) = github_user(said).filter(|user| handle::fault(user).is_none()) {
        written.fault(text, Part::Handle, Wrong::Url(user.to_owned()), true);
    } else if let Some(why) = handle::fault(name) {
        let why = if said.contains("://") { "it is a URL that leads to nobody on GitHub" } else { why };
        written.fault(text, Part::Handle, Wrong::Cannot(why), false);
    }
}

/// Checks what is nothing but an address. Links to a mailbox are as good as its address.
pub(super) fn check_email<'a>(text: Text<'a>, place: Span, written: &mut Written<'a>) {
    if !written.is_told(text, Part::Email, place) {
        return;
    }
    let said = text.as_str();
    let whole = text.links().next().filter(|(range, _)| *range == (0..text.len()));
    let linked = whole.and_then(|(_, link)| link.url.strip_prefix("mailto:"));
    let linked = linked.map(|address| address.split('?').next().unwrap_or(address));
    let bracketed = said.strip_prefix('<').and_then(|inner| inner.strip_suffix('>'));
    let address = linked.or(bracketed).unwrap_or(said);
    let Some(why) = email::fault(address) else { return };
    let (head, rest) = address.split_at_checked("mailto:".len()).unwrap_or(("", address));
    let shorter = address.trim_end_matches(|c: char| c.is_ascii_punctuation() && !"@<>()[]".contains(c)).trim_end();
    let wrong = if head.eq_ignore_ascii_case("mailto:") && email::fault(rest).is_none() {
        Wrong::Mailto(text.cut(0..head.len()))
    } else if shorter.len() < said.len() && linked.or(bracketed).is_none() && email::fault(shorter).is_none() {
        Wrong::Behind(text.from(shorter.len()))
    } else {
        match &super::read_emails(text)[..] {
            [spelled] if spelled.span == Some(text.span()) => Wrong::Spelled(spelled.value.clone()),
            _ => Wrong::Cannot(why),
        }
    };
    written.fault(text, Part::Email, wrong, false);
}

/// Checks what is nothing but a Linux Foundation ID.
pub(super) fn check_lfid<'a>(text: Text<'a>, place: Span, written: &mut Written<'a>) {
    if written.is_told(text, Part::Lfid, place)
        && let Some(why) = lfid::fault(text.as_str())
    {
        written.fault(text, Part::Lfid, Wrong::Cannot(why), false);
    }
}
