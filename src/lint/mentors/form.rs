//! Mentors on the proposal form: a line each, `Ada Brook | @ada-brook | ada@example.org | adabrook`.

use crate::idea::mentor;
use crate::layout::form::Section;
use crate::lint::page::Page;
use crate::prose::Text;
use crate::text::{Span, Spanned};

use super::details::{address_fault, handle_fault, lfid_fault, user_of_url};
use super::{Detail, Fault, Gap, Mentors, Person, Wrong, is_nobody, is_template_text};

/// What GitHub writes where nothing was answered, without its markup.
const NO_RESPONSE: &str = "No response";

/// How a handle is to be written.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Manner {
    /// `@ada-brook`
    Sign,
    /// `ada-brook`, and `@ada-brook` is as good.
    Name,
    /// A URL is as good, too.
    Any,
}

impl<'a> Mentors<'a> {
    /// Reads the form's section of mentors.
    pub(super) fn read_form(&mut self, page: &Page<'a>, section: &Section<'a>) {
        let before = self.people.len();
        let lines = section.parts.iter().flat_map(|part| part.text.lines()).filter(|line| line.as_str() != NO_RESPONSE);
        let lines: Vec<Text<'a>> = lines.collect();
        // Texts that share a line are the cells of a table: who is in it is for people to say.
        if let Some(at) = lines.windows(2).position(|pair| share_line(page, pair[0], pair[1])) {
            self.gaps.push(Gap::Table(lines[at].span_to(lines[lines.len() - 1])));
            self.vacant = true;
            return;
        }
        for line in lines {
            let first = line.as_str().split('|').next().unwrap_or_default();
            if is_template_text(page, line.as_str()) || is_template_text(page, first) {
                self.untouched = true;
            } else if is_nobody(line.as_str()) {
                self.vacant = true;
                self.placeholders.push(line);
            } else {
                self.read_form_line(page, line);
            }
        }
        self.fields += usize::from(self.people.len() > before);
    }

    fn read_form_line(&mut self, page: &Page<'a>, line: Text<'a>) {
        let parts: Vec<Text<'a>> = line.as_str().split('|').map(|part| line.of(part)).collect();
        let name = parts[0].trim();
        let span = if name.is_empty() { line.span() } else { name.span() };
        let mut person = Person {
            span,
            shown: if name.is_empty() { line.flow() } else { name.flow() },
            named: !name.is_empty(),
            field: 0,
            handle: Detail::default(),
            email: Detail::default(),
            lfid: Detail::default(),
            role: None,
        };
        let [_, handle, email, lfid] = parts[..] else {
            self.gaps.push(Gap::Parts(line, parts.len()));
            for part in parts.iter().map(|part| part.trim()) {
                let said = part.as_str();
                if let Some(name) = said.strip_prefix('@').filter(|name| handle_fault(name).is_none()) {
                    person.handle.value.get_or_insert(Spanned::at(part.span(), name.to_owned()));
                } else if address_fault(said).is_none() {
                    person.email.value.get_or_insert(Spanned::at(part.span(), said.to_owned()));
                }
            }
            self.people.push(person);
            return;
        };
        let is_untouched = |part: Text<'_>| is_template_text(page, part.as_str().trim().trim_start_matches('@'));
        if [handle, email, lfid].into_iter().any(is_untouched) {
            self.untouched = true;
            return;
        }
        if name.is_empty() {
            self.gaps.push(Gap::Nameless(around(line, parts[0])));
        }
        let swapped = address_fault(handle.as_str().trim()).is_none()
            && email.as_str().trim().strip_prefix('@').is_some_and(|name| handle_fault(name).is_none());
        if swapped {
            self.gaps.push(Gap::Swapped(handle.trim(), email.trim()));
        } else {
            let place = around(line, handle);
            self.read_handle_value(handle.trim(), place, Manner::Sign, &mut person.handle);
            let place = around(line, email);
            self.read_email_value(email.trim(), place, &mut person.email);
        }
        let place = around(line, lfid);
        self.read_lfid_value(lfid.trim(), place, &mut person.lfid);
        self.people.push(person);
    }

    /// Reads what is nothing but a handle.
    pub(super) fn read_handle_value(&mut self, text: Text<'a>, place: Span, manner: Manner, detail: &mut Detail) {
        let said = text.as_str();
        let mut fault = |wrong| self.handles.push(Fault { text, wrong });
        if said.is_empty() {
            detail.missing = Some(place);
        } else if is_nobody(said) {
            self.placeholders.push(text);
        } else if let Some(user) = user_of_url(said) {
            detail.value = Some(Spanned::at(text.span(), user.to_owned()));
            if manner != Manner::Any {
                fault(Wrong::Url(user.to_owned()));
            }
        } else {
            let name = said.strip_prefix('@').unwrap_or(said);
            if let Some(why) = handle_fault(name) {
                fault(Wrong::Cannot(if said.contains("://") { "it is a URL that leads to nobody on GitHub" } else { why }));
            } else {
                detail.value = Some(Spanned::at(text.span(), name.to_owned()));
                if manner == Manner::Sign && name.len() == said.len() {
                    fault(Wrong::Bare);
                }
            }
        }
    }

    /// Reads what is nothing but an address. Links to a mailbox are as good as its address.
    pub(super) fn read_email_value(&mut self, text: Text<'a>, place: Span, detail: &mut Detail) {
        let said = text.as_str();
        let whole = text.links().next().filter(|(range, _)| *range == (0..text.len()));
        let linked = whole.and_then(|(_, link)| link.url.strip_prefix("mailto:"));
        let linked = linked.map(|address| address.split('?').next().unwrap_or(address));
        let bracketed = said.strip_prefix('<').and_then(|inner| inner.strip_suffix('>'));
        let address = linked.or(bracketed).unwrap_or(said);
        let mut fault = |wrong| self.emails.push(Fault { text, wrong });
        if said.is_empty() {
            detail.missing = Some(place);
        } else if is_nobody(said) {
            self.placeholders.push(text);
        } else if let Some(why) = address_fault(address) {
            let (head, rest) = address.split_at_checked("mailto:".len()).unwrap_or(("", address));
            let shorter = address.trim_end_matches(|c: char| c.is_ascii_punctuation() && !"@<>()[]".contains(c)).trim_end();
            if head.eq_ignore_ascii_case("mailto:") && address_fault(rest).is_none() {
                fault(Wrong::Mailto(text.cut(0..head.len())));
            } else if shorter.len() < said.len() && linked.or(bracketed).is_none() && address_fault(shorter).is_none() {
                fault(Wrong::Behind(text.from(shorter.len())));
            } else {
                match &mentor::read_emails(text)[..] {
                    [spelled] if spelled.span == Some(text.span()) => fault(Wrong::Spelled(spelled.value.clone())),
                    _ => fault(Wrong::Cannot(why)),
                }
            }
        } else {
            detail.value = Some(Spanned::at(text.span(), address.to_owned()));
        }
    }

    /// Reads what is nothing but a Linux Foundation ID.
    pub(super) fn read_lfid_value(&mut self, text: Text<'a>, place: Span, detail: &mut Detail) {
        let said = text.as_str();
        if said.is_empty() {
            detail.missing = Some(place);
        } else if is_nobody(said) {
            self.placeholders.push(text);
        } else if let Some(why) = lfid_fault(said) {
            self.lfids.push(Fault { text, wrong: Wrong::Cannot(why) });
        } else {
            detail.value = Some(text.to_spanned());
        }
    }
}

fn share_line(page: &Page<'_>, first: Text<'_>, second: Text<'_>) -> bool {
    page.source.line(first.span().start) == page.source.line(second.span().start)
}

/// A part of a line with the marks around it: something to point at, also where the part is empty.
fn around(line: Text<'_>, part: Text<'_>) -> Span {
    let start = part.offset_in(line);
    line.cut(start.saturating_sub(1)..(start + part.len() + 1).min(line.len())).span()
}

#[cfg(test)]
mod tests {
    use crate::lint::mentors::tests::found;

    #[test]
    fn lines_of_the_form() {
        let mut wrong = Vec::new();
        for (line, findings) in [
            ("Bo Reed | @boreed | bo.reed@example.org | boreed", &[][..]),
            ("Bo Reed|@boreed|bo.reed@example.org|boreed", &[]),
            ("- Bo Reed | @boreed | bo.reed@example.org | boreed", &[]),
            ("\nBo Reed | @boreed | bo.reed@example.org | boreed", &[]),
            ("Bo Reed | @boreed | bo.reed@example.org | bo_reed.1", &[]),
            ("Bo Reed | [@boreed](https://github.com/boreed) | bo.reed@example.org | boreed", &[]),
            // GitHub makes a link of what is typed, and people paste links.
            ("Bo Reed | @boreed | [bo.reed@example.org](mailto:bo.reed@example.org) | boreed", &[]),
            ("Bo Reed | @boreed | [write to Bo](mailto:bo.reed@example.org) | boreed", &[]),
            ("Bo Reed | @boreed | <bo.reed@example.org> | boreed", &[]),
            ("Bo Reed | @boreed | <mailto:bo.reed@example.org> | boreed", &[]),
            // Parts.
            ("Bo Reed", &["mentor-separator Bo Reed"]),
            ("Bo Reed | @boreed", &["mentor-separator Bo Reed | @boreed"]),
            ("Bo Reed | @boreed | bo.reed@example.org", &["mentor-separator Bo Reed | @boreed | bo.reed@example.org"]),
            (
                "Bo Reed | @boreed | bo.reed@example.org | boreed | co-mentor",
                &["mentor-separator Bo Reed | @boreed | bo.reed@example.org | boreed | co-mentor"],
            ),
            (
                "| Bo Reed | @boreed | bo.reed@example.org | boreed |",
                &["mentor-separator | Bo Reed | @boreed | bo.reed@example.org | boreed |"],
            ),
            ("Bo Reed (@boreed, bo.reed@example.org)", &["mentor-separator Bo Reed (@boreed, bo.reed@example.org)"]),
            (
                "Bo Reed, @boreed, bo.reed@example.org, boreed",
                &["mentor-separator Bo Reed, @boreed, bo.reed@example.org, boreed"],
            ),
            (
                "| Bo Reed | @boreed |\n|---|---|\n| Cy Marsh | @cy |",
                &["mentor-separator Bo Reed | @boreed |\n|---|---|\n| Cy Marsh | @cy"],
            ),
            ("| @boreed | bo.reed@example.org | boreed", &["mentor-separator |"]),
            ("Bo Reed | bo.reed@example.org | @boreed | boreed", &["mentor-separator bo.reed@example.org | @boreed"]),
            // Handles.
            ("Bo Reed | | bo.reed@example.org | boreed", &["mentor-handle-missing | |"]),
            ("Bo Reed || bo.reed@example.org | boreed", &["mentor-handle-missing ||"]),
            ("Bo Reed | boreed | bo.reed@example.org | boreed", &["mentor-handle-format boreed"]),
            ("Bo Reed | @ | bo.reed@example.org | boreed", &["mentor-handle-format @"]),
            ("Bo Reed | @bo_reed | bo.reed@example.org | boreed", &["mentor-handle-format @bo_reed"]),
            ("Bo Reed | bo reed | bo.reed@example.org | boreed", &["mentor-handle-format bo reed"]),
            (
                "Bo Reed | https://github.com/boreed | bo.reed@example.org | boreed",
                &["mentor-handle-format https://github.com/boreed"],
            ),
            ("Bo Reed | github.com/boreed/ | bo.reed@example.org | boreed", &["mentor-handle-format github.com/boreed/"]),
            (
                "Bo Reed | <https://github.com/boreed> | bo.reed@example.org | boreed",
                &["mentor-handle-format https://github.com/boreed"],
            ),
            ("Bo Reed | https://example.org/bo | bo.reed@example.org | boreed", &["mentor-handle-format https://example.org/bo"]),
            // Addresses.
            ("Bo Reed | @boreed | | boreed", &["mentor-email-missing | |"]),
            ("Bo Reed | @boreed | bo.reed@ | boreed", &["mentor-email-format bo.reed@"]),
            ("Bo Reed | @boreed | @example.org | boreed", &["mentor-email-format @example.org"]),
            ("Bo Reed | @boreed | bo.reed | boreed", &["mentor-email-format bo.reed"]),
            ("Bo Reed | @boreed | bo.reed@example | boreed", &["mentor-email-format bo.reed@example"]),
            ("Bo Reed | @boreed | bo.reed at example | boreed", &["mentor-email-format bo.reed at example"]),
            ("Bo Reed | @boreed | bo.reed at example.org | boreed", &["mentor-email-format bo.reed at example.org"]),
            ("Bo Reed | @boreed | bo.reed@exam ple.org | boreed", &["mentor-email-format bo.reed@exam ple.org"]),
            ("Bo Reed | @boreed | bo@reed@example.org | boreed", &["mentor-email-format bo@reed@example.org"]),
            ("Bo Reed | @boreed | bo.reed@example.org, | boreed", &["mentor-email-format ,"]),
            ("Bo Reed | @boreed | bo.reed@example.org (work) | boreed", &["mentor-email-format bo.reed@example.org (work)"]),
            ("Bo Reed | @boreed | mailto:bo.reed@example.org | boreed", &["mentor-email-format mailto:bo.reed@example.org"]),
            (
                "Bo Reed | @boreed | bo.reed@example.org, bo@example.org | boreed",
                &["mentor-email-format bo.reed@example.org, bo@example.org"],
            ),
            ("Bo Reed | @boreed | [Bo](mailto:bo.reed@example) | boreed", &["mentor-email-format Bo"]),
            // Linux Foundation IDs.
            ("Bo Reed | @boreed | bo.reed@example.org |", &["mentor-lfid |"]),
            (
                "Bo Reed | @boreed | bo.reed@example.org | https://openprofile.dev/profile/boreed",
                &["mentor-lfid https://openprofile.dev/profile/boreed"],
            ),
            (
                "Bo Reed | @boreed | bo.reed@example.org | openprofile.dev/profile/boreed",
                &["mentor-lfid openprofile.dev/profile/boreed"],
            ),
            ("Bo Reed | @boreed | bo.reed@example.org | bo reed", &["mentor-lfid bo reed"]),
            ("Bo Reed | @boreed | bo.reed@example.org | bo@example.org", &["mentor-lfid bo@example.org"]),
            ("Bo Reed | @boreed | bo.reed@example.org | @boreed", &["mentor-lfid @boreed"]),
            // Nobody.
            ("TBD", &["mentor-placeholder TBD"]),
            ("\n_TBD_", &["mentor-placeholder TBD"]),
            ("TBD | TBD | TBD | TBD", &["mentor-placeholder TBD | TBD | TBD | TBD"]),
            ("Bo Reed | @boreed | bo.reed@example.org | TBD", &["mentor-placeholder TBD"]),
            ("Bo Reed | TBD | bo.reed@example.org | boreed", &["mentor-placeholder TBD"]),
            ("Bo Reed | @boreed | N/A | boreed", &["mentor-placeholder N/A"]),
            // Twice.
            ("Bo Reed | @Ada-Brook | bo.reed@example.org | boreed", &["mentor-duplicate @Ada-Brook"]),
            ("Bo Reed | @boreed | Ada@Example.org | boreed", &["mentor-duplicate Ada@Example.org"]),
            ("Bo Reed | @boreed | bo.reed@example.org | ADABROOK", &["mentor-duplicate ADABROOK"]),
            ("Ada Brook | @ada-brook | ada@example.org | adabrook", &["mentor-duplicate @ada-brook"]),
        ] {
            let found = found("lfx-form", "Bo Reed | @boreed | bo.reed@example.org | boreed", line);
            wrong.extend((found != findings).then(|| format!("{line}: {found:?}")));
        }
    }

    #[test]
    fn answers_of_the_form() {
        let line = |n: usize| format!("Cy Marsh | @cy{n} | cy{n}@example.org | cy{n}\n");
        let lines = |n: usize| (0..n).map(line).collect::<String>();
        let good = "Ada Brook | @ada-brook | ada@example.org | adabrook\nBo Reed | @boreed | bo.reed@example.org | boreed\n";
        for (bad, findings) in [
            (lines(1), &[][..]),
            (lines(4), &[]),
            (lines(5), &["mentor-count Cy Marsh"]),
            (lines(7), &["mentor-count Cy Marsh"]),
            ("_No response_\n".to_owned(), &["mentor-count Mentors"]),
            (String::new(), &["mentor-count Mentors"]),
            ("Looking for mentors\n".to_owned(), &["mentor-placeholder Looking for mentors"]),
        ] {
            assert_eq!(found("lfx-form", good, &bad), findings, "{bad}");
        }
    }
}
