//! Mentors in a line of a page: `Ada Brook (@ada-brook, ada@example.org) - primary`, and all that people make of it.

use std::ops::Range;

use crate::idea::{Mentor, Role, mentor};
use crate::labels::{Kind, Labels};
use crate::lint::page::Page;
use crate::prose::Text;
use crate::text::Span;

use super::details::{address_fault, handle_fault};
use super::{Detail, Fault, Gap, Mentors, Person, Wrong, is_nobody, is_template_text};

/// How far around a nickname the name of its site is looked for.
const NEAR: usize = 60;

/// A word with an `@`, or a handle without one.
#[derive(Clone)]
struct Sign {
    /// Its bytes in the person's text.
    range: Range<usize>,
    /// Its bytes on the page, those of a link around it included.
    span: Span,
}

impl<'a> Mentors<'a> {
    /// Looks at a line of mentors, and at whom the reader found in it.
    pub(super) fn read_line(&mut self, page: &Page<'a>, line: Text<'a>, known: &[Mentor], field: usize) {
        let line = line.trim();
        // The template's comment: `#For GSoC, it is required …`
        if is_template_text(page, line.as_str()) || line.as_str().starts_with('#') {
            self.untouched |= is_template_text(page, line.as_str());
            return;
        }
        let mut known = known.iter().peekable();
        let mut people: Vec<(Range<usize>, Option<&Mentor>)> = Vec::new();
        let mut nobody: Option<Range<usize>> = None;
        for stretch in mentor::people(line) {
            let range = stretch.offset_in(line)..stretch.offset_in(line) + stretch.len();
            let end = stretch.span().end;
            let begins = |person: &&Mentor| person.span().is_some_and(|span| span.start < end);
            let person = known.next_if(begins);
            let vacant = is_vacant(stretch.as_str());
            if let Some(person) = person.filter(|person| !vacant || person.github.is_some() || person.email.is_some()) {
                people.push((range.clone(), Some(person)));
                while let Some(person) = known.next_if(begins) {
                    people.push((range.end..range.end, Some(person)));
                }
            } else if vacant {
                if is_template_text(page, before_details(stretch.as_str())) {
                    self.untouched = true;
                } else if let Some(nobody) = &mut nobody {
                    nobody.end = range.end;
                } else {
                    nobody = Some(range);
                }
                continue;
            } else if let (None, Some((last, _))) = (&nobody, people.last_mut()) {
                last.end = range.end;
            } else if nobody.is_none() && stretch.as_str().contains('@') {
                people.push((range, None));
            }
            if let Some(nobody) = nobody.take() {
                self.nobody(line.cut(nobody));
            }
        }
        if let Some(nobody) = nobody {
            self.nobody(line.cut(nobody));
        }
        let unknown = Mentor::default();
        for (range, person) in people {
            self.read_person(page, line.cut(range), person.unwrap_or(&unknown), field);
        }
    }

    /// Reads a list of handles, or of addresses.
    pub(super) fn read_list(&mut self, page: &Page<'a>, line: Text<'a>) {
        let bound = std::mem::take(&mut self.bound);
        let mut found = Found::default();
        self.read_signs(page, line, &Mentor::default(), &mut found);
        self.bound = bound;
        self.untouched |= found.untouched;
        self.handles.extend(found.handles);
        self.emails.extend(found.emails);
    }

    fn nobody(&mut self, text: Text<'a>) {
        self.vacant = true;
        self.placeholders.push(text.trim());
    }

    fn read_person(&mut self, page: &Page<'a>, text: Text<'a>, known: &Mentor, field: usize) {
        let facts = [&known.name, &known.github, &known.email];
        let mut found = Found::default();
        let named = facts.iter().any(|fact| fact.as_ref().is_some_and(|fact| is_template_text(page, &fact.value)));
        self.read_signs(page, text, known, &mut found);
        if named || found.untouched {
            self.untouched = true;
            return;
        }
        let span = facts.iter().find_map(|fact| fact.as_ref()?.span).unwrap_or_else(|| text.span());
        let shown = if known.is_nobody() { text.flow() } else { known.shown() };
        let mut handle = Detail { missing: Some(span), value: known.github.clone() };
        let mut email = Detail { missing: Some(span), value: known.email.clone() };
        if self.bound {
            find_in_their_place(text, &handle, &email, &mut found);
            self.find_gap(page, text, &found);
        }
        if handle.value.is_some() || found.says_handle() {
            handle.missing = None;
        }
        if email.value.is_some() || found.says_email() {
            email.missing = None;
        }
        self.handles.extend(found.handles);
        self.emails.extend(found.emails);
        self.placeholders.extend(found.placeholders);
        let lfid = Detail { missing: None, value: known.lfid.clone() };
        let role = known.role.clone();
        self.people.push(Person { span, shown, named: known.name.is_some(), field, handle, email, lfid, role });
    }

    /// Looks at every word with an `@`, and at the handle without one.
    fn read_signs(&self, page: &Page<'a>, text: Text<'a>, known: &Mentor, found: &mut Found<'a>) {
        let all = text.as_str();
        let is_handle = |word: Text<'_>| {
            known.github.as_ref().is_some_and(|handle| handle.value == word.as_str() && handle.span == Some(word.span()))
        };
        // Most words are neither.
        for word in words(text).filter(|word| word.as_str().contains('@') || is_handle(*word)) {
            let at = word.offset_in(text);
            // `<ada@example.org>` leads to what it says.
            let link = text.link_at(at).filter(|link| *link.url != *word.as_str());
            let sign = Sign { range: at..at + word.len(), span: link.map_or(word.span(), |link| link.span) };
            if is_handle(word) {
                // `@ ada` has a sign, too.
                if self.bound && !all[..at].trim_end().ends_with('@') {
                    found.handles.push(Fault { text: word, wrong: Wrong::Bare });
                    found.handle = Some(sign);
                }
                continue;
            }
            if let Some(link) = link {
                // Links say where they lead: to a person on GitHub, to a mailbox, or elsewhere.
                if let Some(address) = link.url.strip_prefix("mailto:") {
                    let why = address_fault(address.split('?').next().unwrap_or(address));
                    found.emails.extend(why.map(|why| Fault { text: word, wrong: Wrong::Cannot(why) }));
                    found.email.get_or_insert(sign);
                } else if mentor::github_user(&link.url).is_some() {
                    found.handle.get_or_insert(sign);
                }
                continue;
            }
            let word = word.trim_matches(|c| ".:?!*'’\u{200b}".contains(c));
            if let Some(name) = word.as_str().strip_prefix('@') {
                self.read_handle(page, text, word, name, known, found, sign);
            } else {
                self.read_address(page, text, word, known, found, sign);
            }
        }
    }

    #[allow(clippy::too_many_arguments)] // one word, and all that is known of the person around it
    fn read_handle(
        &self,
        page: &Page<'a>,
        text: Text<'a>,
        word: Text<'a>,
        name: &str,
        known: &Mentor,
        found: &mut Found<'a>,
        sign: Sign,
    ) {
        if name.is_empty() {
            return;
        }
        if is_template_text(page, name) {
            found.untouched = true;
        } else if is_nobody(name) {
            found.placeholders.push(word);
            found.handle_later = true;
        } else if name.contains('@') {
            // On pages of another layout it may be a nickname of the Fediverse.
            if self.bound {
                found.emails.push(Fault { text: word, wrong: Wrong::Cannot("it has more than one `@`") });
                found.email.get_or_insert(sign);
            }
        } else if let Some(why) = handle_fault(name) {
            let at = word.span();
            let has_another = known
                .github
                .as_ref()
                .and_then(|handle| handle.span)
                .is_some_and(|span| span.end <= at.start || at.end <= span.start);
            let elsewhere = !self.bound && name.contains(['/', ':']) || is_elsewhere(text.as_str(), sign.range.clone());
            if self.bound && has_another && name.contains('.') {
                found.emails.push(Fault { text: word, wrong: Wrong::Cannot("nothing stands before the `@`") });
                found.email.get_or_insert(sign);
            } else if !elsewhere {
                found.handles.push(Fault { text: word, wrong: Wrong::Cannot(why) });
                found.handle.get_or_insert(sign);
            }
        } else {
            found.handle.get_or_insert(sign);
        }
    }

    fn read_address(&self, page: &Page<'a>, text: Text<'a>, word: Text<'a>, known: &Mentor, found: &mut Found<'a>, sign: Sign) {
        let said = word.as_str();
        // `https://example.org/@ada`
        if said.contains("://") || said.split('@').next().is_some_and(|before| before.contains('/')) {
            return;
        }
        let after_label = said.rsplit_once(':').map_or(said, |(_, address)| address);
        if is_template_text(page, after_label) {
            found.untouched = true;
            return;
        }
        if said.get(..7).is_some_and(|start| start.eq_ignore_ascii_case("mailto:")) && address_fault(after_label).is_none() {
            found.emails.push(Fault { text: word, wrong: Wrong::Mailto(word.cut(0..7)) });
        } else if let Some(why) = address_fault(after_label) {
            let at = word.span();
            let read =
                known.email.as_ref().filter(|email| email.span.is_some_and(|span| span.start < at.end && at.start < span.end));
            match read.map(|email| said.find(&email.value).map(|start| start + email.value.len())) {
                // The reader knows better where the address ends.
                Some(Some(end)) if end < said.len() => {
                    if self.bound {
                        found.emails.push(Fault { text: word, wrong: Wrong::Behind(word.from(end)) });
                    }
                }
                // Spelled out: `ada @ example (dot) org`.
                Some(_) => {}
                None if is_dot(&text.as_str()[sign.range.end..]) => found.email_later = true,
                None => found.emails.push(Fault { text: word, wrong: Wrong::Cannot(why) }),
            }
        } else if self.bound
            && let Some(tail) = behind(text, sign.range.start + said.len())
        {
            found.emails.push(Fault { text: word.through(tail), wrong: Wrong::Behind(tail) });
        }
        found.email.get_or_insert(sign);
    }

    /// A handle and an address beside each other want a comma between them.
    fn find_gap(&mut self, page: &Page<'a>, text: Text<'a>, found: &Found<'a>) {
        let (Some(handle), Some(email)) = (&found.handle, &found.email) else { return };
        let (first, second) = if handle.range.start < email.range.start { (handle, email) } else { (email, handle) };
        if first.range.end > second.range.start || first.span.end > second.span.start {
            return;
        }
        let gap = &text.as_str()[first.range.end..second.range.start];
        if gap.contains([',', '，', '、', '(', ')', '（', '）', '[', ']', '<', '>', '{', '}', '@']) {
            return;
        }
        let span = Span::new(first.span.end, second.span.start);
        let written = page.source.slice(span);
        // `@ada <ada@example.org>` has marks of its own.
        if written.contains(['<', '[', '(', '\n']) {
            return;
        }
        let only_mark = !written.contains(char::is_alphanumeric) || matches!(written.trim(), "and" | "or");
        self.gaps.push(Gap::Comma(span, only_mark));
    }
}

/// What the words of a person show.
#[derive(Default)]
struct Found<'a> {
    handles: Vec<Fault<'a>>,
    emails: Vec<Fault<'a>>,
    placeholders: Vec<Text<'a>>,
    handle_later: bool,
    email_later: bool,
    untouched: bool,
    handle: Option<Sign>,
    email: Option<Sign>,
}

impl Found<'_> {
    fn says_handle(&self) -> bool {
        self.handle_later || !self.handles.is_empty()
    }

    fn says_email(&self) -> bool {
        self.email_later || !self.emails.is_empty()
    }
}

/// `(ada_brook, ada@example.org)`, `(@ada-brook, ada at example)`, `(@ada-brook, TBD)`: what stands in the place of a handle
/// or an address without looking like one.
fn find_in_their_place<'a>(text: Text<'a>, handle: &Detail, email: &Detail, found: &mut Found<'a>) {
    let wants_handle = handle.value.is_none() && !found.says_handle();
    let wants_email = email.value.is_none() && !found.says_email();
    if !(wants_handle || wants_email) {
        return;
    }
    let said = text.as_str();
    let before = found.handle.iter().chain(&found.email).map(|sign| sign.range.start).min().unwrap_or(said.len());
    let Some(open) = said[..before].rfind(['(', '（']).or_else(|| said.find(['(', '（'])) else { return };
    let inside = text.from(open).trim_matches(|c| matches!(c, '(' | '（'));
    let inside = inside.cut(0..inside.as_str().find([')', '）']).unwrap_or(inside.len()));
    let is_sign = |item: &str| item.contains('@');
    for (place, item) in inside.as_str().split([',', ';', '，']).map(str::trim).enumerate() {
        if item.is_empty() || is_sign(item) {
            continue;
        }
        let one_word = !item.contains(char::is_whitespace);
        let text = inside.of(item);
        if is_nobody(item) {
            found.placeholders.push(text);
            // One word for both.
            found.handle_later |= wants_handle;
            found.email_later |= wants_email;
        } else if wants_handle && place == 0 && one_word && email.value.is_some() && is_nearly_handle(item) {
            if let Some(why) = handle_fault(item) {
                found.handles.push(Fault { text, wrong: Wrong::Cannot(why) });
            }
        } else if wants_email && (place > 0 || !wants_handle) && is_nearly_address(item) && found.emails.is_empty() {
            found.emails.push(Fault { text, wrong: Wrong::Cannot("it has no `@`") });
        }
    }
}

fn is_nearly_handle(item: &str) -> bool {
    item.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_'))
}

fn is_nearly_address(item: &str) -> bool {
    let lower = item.to_lowercase();
    let spelled = [" at ", "(at", "[at", " (at"].iter().any(|at| lower.contains(at)) && lower.split_whitespace().count() <= 7;
    let domain = !lower.contains(char::is_whitespace) && !lower.contains('/') && lower.trim_matches('.').contains('.');
    spelled || domain
}

/// Marks right behind an address in parentheses that are not part of it: `(@ada, ada@example.org;)`.
fn behind(text: Text<'_>, at: usize) -> Option<Text<'_>> {
    let said = text.as_str();
    let is_mark = |c: char| !c.is_alphanumeric() && !c.is_whitespace() && !"<([{|@,)，）".contains(c);
    let rest = said[at..].trim_start();
    let tail = &rest[..rest.find(|c| !is_mark(c))?];
    let stops = rest[tail.len()..].trim_start().starts_with([',', ')', '，', '）']);
    let is_closing = |c: char| match c {
        '>' => said[..at].contains('<'),
        ']' => said[..at].contains('['),
        '}' => said[..at].contains('{'),
        '"' => said[..at].contains('"'),
        _ => false,
    };
    (stops && !tail.is_empty() && !tail.chars().all(is_closing)).then(|| text.of(tail))
}

/// True if the stretch names nobody: `TBD`, `Co-mentor: TBD`, `Second mentor TBD`.
fn is_vacant(stretch: &str) -> bool {
    if is_nobody(stretch) {
        return true;
    }
    let is_label = |words: &str| {
        let words = words.trim().trim_end_matches(|c: char| c.is_ascii_digit() || "# :-–—".contains(c));
        Role::from_words(words).is_some() || Labels::get().kind(words) == Some(Kind::Mentors)
    };
    let after_label = stretch.split_once(':').is_some_and(|(label, rest)| is_nobody(rest) && is_label(label));
    let last = stretch.rsplit_once(' ').is_some_and(|(label, last)| is_nobody(last) && is_label(label));
    after_label || last
}

/// The name in a stretch: what stands before the details.
fn before_details(stretch: &str) -> &str {
    stretch.split(['(', '（', '<', '@']).next().unwrap_or(stretch).trim()
}

/// True if a nickname is one of another site: `@ada_b on Slack`.
fn is_elsewhere(text: &str, at: Range<usize>) -> bool {
    let start = text.floor_char_boundary(at.start.saturating_sub(NEAR));
    let end = text.ceil_char_boundary((at.end + NEAR).min(text.len()));
    let before = text[start..at.start].rsplit(['(', ',', ';']).next().unwrap_or_default();
    let after = text[at.end..end].split([')', ',', ';']).next().unwrap_or_default();
    mentor::names_other_site(before) || mentor::names_other_site(after)
}

/// True if the next word is a spelled-out dot.
fn is_dot(rest: &str) -> bool {
    let word = rest.trim_start_matches(|c: char| c.is_whitespace() || "([{<".contains(c));
    word.get(..3).is_some_and(|word| word.eq_ignore_ascii_case("dot"))
}

/// The words of a text: what stands between spaces, commas and brackets.
fn words(text: Text<'_>) -> impl Iterator<Item = Text<'_>> {
    let border = |c: char| match c {
        ',' | ';' | '|' | '(' | ')' | '[' | ']' | '<' | '>' | '{' | '}' | '"' | '，' | '；' | '、' | '（' | '）' => true,
        c => c.is_whitespace(),
    };
    text.as_str().split(border).filter(|word| !word.is_empty()).map(move |word| text.of(word))
}

#[cfg(test)]
mod tests {
    use crate::lint::Template;
    use crate::lint::mentors::tests::{found, found_on};

    #[test]
    fn lines_in_the_templates_layout() {
        let mut wrong = Vec::new();
        for (line, findings) in [
            // As people write it, and nobody minds.
            ("Bo Reed (@boreed, bo.reed@example.org)", &[][..]),
            ("Bo Reed (@boreed , bo.reed@example.org)", &[]),
            ("Bo Reed(@boreed,bo.reed@example.org)", &[]),
            ("Bo Reed: (@boreed, bo.reed@example.org)", &[]),
            ("Bo Reed (@boreed, bo.reed@example.org), Kitchens Inc", &[]),
            ("Bo Reed (@boreed, bo.reed@example.org) from Cloud Kitchen - primary", &[]),
            ("Bo Reed (@boreed, bo.reed@example.org) – maintainer of the kitchen.", &[]),
            ("Primary Mentor: Bo Reed (@boreed, bo.reed@example.org)", &[]),
            ("**Bo Reed** (`@boreed`, *bo.reed@example.org*)", &[]),
            ("Bo Reed (bo.reed@example.org, @boreed)", &[]),
            ("Reed, Bo (@boreed, bo.reed@example.org)", &[]),
            ("Bo Reed, @boreed, bo.reed@example.org", &[]),
            ("Bo Reed @boreed <bo.reed@example.org>", &[]),
            ("Bo Reed (@boreed) <bo.reed@example.org>", &[]),
            ("Bo Reed ([@boreed](https://github.com/boreed), [bo.reed@example.org](mailto:bo.reed@example.org))", &[]),
            ("Bo Reed (@[boreed](https://github.com/boreed), <bo.reed@example.org>)", &[]),
            ("[Bo Reed](https://github.com/boreed) (bo.reed@example.org)", &[]),
            ("Bo Reed (https://github.com/boreed, bo.reed@example.org)", &[]),
            ("Bo Reed (@boreed, bo.reed (at) example (dot) org)", &[]),
            ("Bo Reed (@boreed, bo.reed AT example.org)", &[]),
            ("Bo Reed (@boreed, bo.reed@example (dot) org)", &[]),
            ("Bo Reed (@boreed, Email: bo.reed@example.org)", &[]),
            ("Bo Reed (@boreed, bo.reed@example.org, @bo on Slack)", &[]),
            ("Bo Reed (@boreed, bo.reed@example.org, @bo_reed on Slack)", &[]),
            ("Bo Reed (@boreed, bo.reed@example.org, https://fosstodon.example/@bo_reed)", &[]),
            ("Bo（Rufus）Reed（@boreed，bo.reed@example.org）", &[]),
            // Handles.
            ("Bo Reed (boreed, bo.reed@example.org)", &["mentor-handle-format boreed"]),
            ("Bo Reed (@bo_reed, bo.reed@example.org)", &["mentor-handle-format @bo_reed"]),
            ("Bo Reed (@bo.reed, bo.reed@example.org)", &["mentor-handle-format @bo.reed"]),
            ("Bo Reed (@bo--reed, bo.reed@example.org)", &["mentor-handle-format @bo--reed"]),
            ("Bo Reed (@kitchen/cooks, bo.reed@example.org)", &["mentor-handle-format @kitchen/cooks"]),
            ("Bo Reed (bo_reed, bo.reed@example.org)", &["mentor-handle-format bo_reed"]),
            ("@bo_reed", &["mentor-email-missing @bo_reed", "mentor-handle-format @bo_reed"]),
            ("Bo Reed (bo.reed@example.org)", &["mentor-handle-missing Bo Reed"]),
            ("Bo Reed <bo.reed@example.org>", &["mentor-handle-missing Bo Reed"]),
            ("Bo Reed ([@bo](https://example.org/bo), bo.reed@example.org)", &["mentor-handle-missing Bo Reed"]),
            // Addresses.
            ("Bo Reed (@boreed)", &["mentor-email-missing Bo Reed"]),
            ("Bo Reed (@boreed, Kitchens Inc)", &["mentor-email-missing Bo Reed"]),
            ("@boreed", &["mentor-email-missing boreed"]),
            ("Bo Reed (@boreed, bo.reed@)", &["mentor-email-format bo.reed@"]),
            ("Bo Reed (@boreed, bo.reed@example)", &["mentor-email-format bo.reed@example"]),
            ("Bo Reed (@boreed, bo.reed@example,org)", &["mentor-email-format bo.reed@example"]),
            ("Bo Reed (@boreed, bo.reed@example.)", &["mentor-email-format bo.reed@example"]),
            ("Bo Reed (@boreed, bo.reed@@example.org)", &["mentor-email-format bo.reed@@example.org"]),
            ("Bo Reed (@boreed, bo@reed@example.org)", &["mentor-email-format bo@reed@example.org"]),
            ("Bo Reed (@boreed, bo reed @example.org)", &["mentor-email-format @example.org"]),
            ("Bo Reed (@boreed, bo.reed@exam ple.org)", &["mentor-email-format bo.reed@exam"]),
            ("Bo Reed (@boreed, @bo.reed@example.org)", &["mentor-email-format @bo.reed@example.org"]),
            ("Bo Reed (@boreed, bo.reed.example.org)", &["mentor-email-format bo.reed.example.org"]),
            ("Bo Reed (@boreed, bo.reed at example)", &["mentor-email-format bo.reed at example"]),
            ("Bo Reed (@boreed, bo.reed@example.org/)", &["mentor-email-format /"]),
            ("Bo Reed (@boreed, bo.reed@example.org>)", &["mentor-email-format >"]),
            ("Bo Reed (@boreed, bo.reed@example.org.)", &["mentor-email-format ."]),
            ("Bo Reed (@boreed, bo.reed@example.org;)", &["mentor-email-format ;"]),
            ("Bo Reed (@boreed, mailto:bo.reed@example.org)", &["mentor-email-format mailto:bo.reed@example.org"]),
            // Both.
            ("Bo Reed", &["mentor-email-missing Bo Reed", "mentor-handle-missing Bo Reed"]),
            // Commas.
            ("Bo Reed (@boreed bo.reed@example.org)", &["mentor-separator  "]),
            ("Bo Reed (@boreed; bo.reed@example.org)", &["mentor-separator ; "]),
            ("Bo Reed (@boreed - bo.reed@example.org)", &["mentor-separator  - "]),
            ("Bo Reed (@boreed / bo.reed@example.org)", &["mentor-separator  / "]),
            ("Bo Reed (@boreed | bo.reed@example.org)", &["mentor-separator  | "]),
            ("Bo Reed (bo.reed@example.org @boreed)", &["mentor-separator  "]),
            ("Bo Reed (@boreed email bo.reed@example.org)", &["mentor-separator  email "]),
            ("Bo Reed @boreed bo.reed@example.org", &["mentor-separator  "]),
            ("Bo Reed ([@boreed](https://github.com/boreed) bo.reed@example.org)", &["mentor-separator  "]),
            // Who is named twice.
            ("Ada Brook (@ada-brook, ada@example.org)", &["mentor-duplicate ada-brook"]),
            ("Bo Reed (@ADA-brook, bo.reed@example.org)", &["mentor-duplicate ADA-brook"]),
            ("Bo Reed (@boreed, ADA@example.org)", &["mentor-duplicate ADA@example.org"]),
            // Nobody.
            ("TBD", &["mentor-placeholder TBD"]),
            ("**TBA**", &["mentor-placeholder TBA"]),
            ("tbd.", &["mentor-placeholder tbd."]),
            ("_None yet_", &["mentor-placeholder None yet"]),
            ("Looking for mentors", &["mentor-placeholder Looking for mentors"]),
            (
                "Looking for a second mentor, please get in touch",
                &["mentor-placeholder Looking for a second mentor, please get in touch"],
            ),
            ("Second mentor: TBD", &["mentor-placeholder Second mentor: TBD"]),
            ("Co-mentor TBD", &["mentor-placeholder Co-mentor TBD"]),
            ("TBD (@tbd, tbd@example.org)", &["mentor-placeholder TBD (@tbd, tbd@example.org)"]),
            ("Bo Reed (@boreed, TBD)", &["mentor-placeholder TBD"]),
            ("Bo Reed (TBD, bo.reed@example.org)", &["mentor-placeholder TBD"]),
            ("Bo Reed (@TBD, bo.reed@example.org)", &["mentor-placeholder @TBD"]),
            ("Bo Reed (TBD)", &["mentor-placeholder TBD"]),
            ("Bo Reed (@boreed, bo.reed@example.org), TBD", &["mentor-placeholder TBD"]),
            // The template's own words are another rule's.
            ("Mentor Name (@mentor_github, mentor@email.addy)", &[]),
            ("Mentor Name (@boreed, bo.reed@example.org)", &[]),
            ("Bo Reed (@mentor_github, bo.reed@example.org)", &[]),
            ("Bo Reed (@boreed, mentor@email.addy)", &[]),
        ] {
            let good = "Ada Brook (@ada-brook, ada@example.org)\n  - Bo Reed (@boreed, bo.reed@example.org)";
            let bad = format!("Ada Brook (@ada-brook, ada@example.org)\n  - {line}");
            let mentors: Vec<String> =
                found("lfx", good, &bad).into_iter().filter(|finding| !finding.starts_with("placeholder")).collect();
            wrong.extend((mentors != findings).then(|| format!("{line}: {mentors:?}")));
        }
        assert_eq!(wrong, [""; 0]);
    }

    #[test]
    fn pages_of_another_layout_say_it_their_way() {
        let gsoc = Template::named("gsoc").unwrap();
        let about = "Soups are tasted by hand, and nobody writes down what was found; this should change for good.";
        for (mentors, findings) in [
            ("Ada Brook, Bo Reed", &[][..]),
            ("Ada Brook (ada), Bo Reed (Kitchens Inc)", &[]),
            ("@ada-brook @boreed", &[]),
            ("Ada Brook <ada@example.org> (ada on #soup IRC), Bo Reed <bo@example.org>", &[]),
            ("Ada Brook (@ada:matrix.example), Bo Reed (@bo@fosstodon.example)", &[]),
            ("Ada Brook (@ada_b on Zulip), Bo Reed", &[]),
            ("Ada Brook @ada-brook ada@example.org, Bo Reed", &[]),
            ("Ada Brook", &["mentor-count Mentors"]),
            ("", &["mentor-count Mentors"]),
            ("Ada Brook, TBD", &["mentor-placeholder TBD"]),
            ("Ada Brook (@ada_b), Bo Reed", &["mentor-handle-format @ada_b"]),
            ("Ada Brook <ada@example>, Bo Reed", &["mentor-email-format ada@example"]),
            ("Ada Brook (@ada), Bo Reed (@Ada)", &["mentor-duplicate Ada"]),
            ("Ada Brook, Bo Reed\n\n**Contact**: ada@example.org", &[]),
            ("Ada Brook (@ada), Bo Reed\n\n**Contact**: Ada Brook (@ada)", &[]),
            ("Ada Brook (@ada)\n\n**Co-mentor**: TBD", &["mentor-placeholder TBD"]),
            ("\n\n- Ada Brook\n- Bo Reed\n\nContact mentors for more about this project.", &[]),
        ] {
            let text = format!(
                "## Taste soups\n\n{about}\n\n**Skills**: Go\n\n**Project size**: 175 hours\n\n**Difficulty**: easy\n\n**Mentors**: {mentors}\n"
            );
            assert_eq!(found_on("page.md", &text, gsoc), findings, "{mentors}");
        }
    }

    #[test]
    fn who_answers_for_an_idea() {
        let good = "  - Ada Brook (@ada-brook, ada@example.org) - primary\n  - Bo Reed (@boreed, bo.reed@example.org)\n";
        for (bad, findings) in [
            ("  - Ada Brook (@ada-brook, ada@example.org), primary\n  - Bo Reed (@boreed, bo.reed@example.org)\n", &[][..]),
            ("  - Ada Brook (@ada-brook, ada@example.org) (lead)\n  - Bo Reed (@boreed, bo.reed@example.org)\n", &[]),
            ("  - Primary: Ada Brook (@ada-brook, ada@example.org)\n  - Bo Reed (@boreed, bo.reed@example.org)\n", &[]),
            (
                "  - Ada Brook (@ada-brook, ada@example.org)\n  - Bo Reed (@boreed, bo.reed@example.org)\n",
                &["mentor-primary Mentor(s)"],
            ),
            ("  - Ada Brook (@ada-brook, ada@example.org)\n", &["mentor-count Mentor(s)"]),
            ("  - Ada Brook (@ada-brook, ada@example.org)\n  - TBD\n", &["mentor-placeholder TBD"]),
            (
                "  - Ada Brook (@ada-brook, ada@example.org) - Primary\n  - Bo Reed (@boreed, bo.reed@example.org) - primary\n",
                &["mentor-primary primary"],
            ),
            ("", &["mentor-count Mentor(s)"]),
            ("  - Jane Doe (@jane-github, jane@email.address) - primary\n  - John Doe (@john-github, john@email.address)\n", &[]),
        ] {
            let found: Vec<String> =
                found("gsoc", good, bad).into_iter().filter(|finding| !finding.starts_with("placeholder")).collect();
            assert_eq!(found, findings, "{bad}");
        }
    }
}
