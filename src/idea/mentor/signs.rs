//! Handles and addresses in the words of a person, and what is odd about them and about the marks between them.

use std::ops::Range;

use crate::idea::link;
use crate::labels::Labels;
use crate::prose::Text;
use crate::text::Span;

use super::details::names_other_site;
use super::written::{Fault, Gap, Part, Written, Wrong};
use super::{Mentor, email, github_user, handle};

/// How far around a nickname the name of its site is looked for, and around an address its brackets.
const NEAR: usize = 60;

/// A word with an `@`, or a handle without one.
#[derive(Clone)]
struct Sign {
    /// Its bytes in the person's text.
    range: Range<usize>,
    /// Its bytes on the page, those of a link around it included.
    span: Span,
}

/// What is malformed in the words of a person of whom `known` was read, and what is missing.
pub(super) fn written<'a>(text: Text<'a>, known: &Mentor) -> Written<'a> {
    let facts = [&known.name, &known.github, &known.email];
    let span = facts.iter().find_map(|fact| fact.as_ref()?.span).unwrap_or_else(|| text.span());
    let shown = if known.is_nobody() { text.flow() } else { known.shown() };
    let mut found = Found { text, known, faults: Vec::new(), handle: None, email: None, handle_later: false, email_later: false };
    found.read();
    found.find_in_their_place();
    let mut written = Written::new(span, shown);
    written.gaps.extend(found.gap());
    let (handle, email) = (known.github.is_some() || found.handle_later, known.email.is_some() || found.email_later);
    written.faults = found.faults;
    if !handle {
        written.missing(Part::Handle, span);
    }
    if !email {
        written.missing(Part::Email, span);
    }
    written
}

/// What the words of a person show.
struct Found<'a, 'm> {
    text: Text<'a>,
    known: &'m Mentor,
    faults: Vec<Fault<'a>>,
    handle: Option<Sign>,
    email: Option<Sign>,
    /// A word shows that the handle will be told, or is told in a way of its own.
    handle_later: bool,
    /// The same of the address.
    email_later: bool,
}

impl<'a> Found<'a, '_> {
    fn fault(&mut self, text: Text<'a>, part: Part, wrong: Wrong<'a>, strict: bool) {
        self.faults.push(Fault { text, part, wrong, strict });
    }

    fn has_fault(&self, part: Part) -> bool {
        self.faults.iter().any(|fault| fault.part == part)
    }

    /// Looks at every word with an `@`, and at the handle without one.
    fn read(&mut self) {
        let (text, known) = (self.text, self.known);
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
                if !all[..at].trim_end().ends_with('@') {
                    self.fault(word, Part::Handle, Wrong::Bare, true);
                    self.handle = Some(sign);
                }
                continue;
            }
            if let Some(link) = link {
                // Links say where they lead: to a person on GitHub, to a mailbox, or elsewhere.
                let url = link::target(&link.url);
                if let Some(address) = url.strip_prefix("mailto:") {
                    if let Some(why) = email::fault(address.split('?').next().unwrap_or(address)) {
                        self.fault(word, Part::Email, Wrong::Cannot(why), false);
                    }
                    self.email.get_or_insert(sign);
                } else if github_user(&url).is_some() {
                    self.handle.get_or_insert(sign);
                }
                continue;
            }
            let word = word.trim_matches(|c| ".:?!*'’\u{200b}".contains(c));
            match word.as_str().strip_prefix('@') {
                Some("") => {}
                Some(name) => self.read_handle(word, name, sign),
                None => self.read_address(word, sign),
            }
        }
    }

    fn read_handle(&mut self, word: Text<'a>, name: &str, sign: Sign) {
        let at = word.span();
        let apart = |span: Span| span.end <= at.start || at.end <= span.start;
        // `(a.lovell @example.org)` was read as an address.
        let address = self.known.email.as_ref().and_then(|email| email.span).filter(|span| !apart(*span));
        if let Some(address) = address {
            let before = self.text.as_str()[..sign.range.start].trim_end();
            let start = before.rfind(|c: char| c.is_whitespace() || "([<{,;".contains(c)).map_or(0, |at| at + 1);
            let local = self.text.cut(start..before.len());
            let whole = if local.span().start == address.start { local.through(word) } else { word };
            self.fault(whole, Part::Email, Wrong::Cannot("addresses have no spaces"), false);
            self.email.get_or_insert(sign);
        } else if Labels::get().is_placeholder(name) {
            self.fault(word, Part::Handle, Wrong::Nobody, false);
        } else if name.contains('@') {
            // On pages of another layout it may be a nickname of the Fediverse.
            self.fault(word, Part::Email, Wrong::Cannot("it has more than one `@`"), true);
            self.email.get_or_insert(sign);
        } else if let Some(why) = handle::fault(name) {
            let has_another = self.known.github.as_ref().and_then(|handle| handle.span).is_some_and(apart);
            if has_another && name.contains('.') {
                self.fault(word, Part::Email, Wrong::Cannot("nothing stands before the `@`"), false);
                self.email.get_or_insert(sign);
            } else if !is_elsewhere(self.text.as_str(), sign.range.clone()) {
                // `@ada:matrix.example` is none of GitHub's.
                self.fault(word, Part::Handle, Wrong::Cannot(why), name.contains(['/', ':']));
                self.handle.get_or_insert(sign);
            }
        } else {
            self.handle.get_or_insert(sign);
        }
    }

    fn read_address(&mut self, word: Text<'a>, sign: Sign) {
        let (text, said) = (self.text, word.as_str());
        // `https://example.org/@ada`
        if said.contains("://") || said.split('@').next().is_some_and(|before| before.contains('/')) {
            return;
        }
        let after_label = said.rsplit_once(':').map_or(said, |(_, address)| address);
        let why = email::fault(after_label);
        if said.get(..7).is_some_and(|start| start.eq_ignore_ascii_case("mailto:")) && why.is_none() {
            self.fault(word, Part::Email, Wrong::Mailto(word.cut(0..7)), false);
        } else if let Some(why) = why {
            let at = word.span();
            let read = self.known.email.as_ref();
            let read = read.filter(|email| email.span.is_some_and(|span| span.start < at.end && at.start < span.end));
            match read.map(|email| said.find(&email.value).map(|start| start + email.value.len())) {
                // The reader knows better where the address ends.
                Some(Some(end)) if end < said.len() => self.fault(word, Part::Email, Wrong::Behind(word.from(end)), true),
                // Spelled out: `ada @ example (dot) org`.
                Some(_) => {}
                None if is_dot(&text.as_str()[sign.range.end..]) => self.email_later = true,
                None => self.fault(word, Part::Email, Wrong::Cannot(why), false),
            }
        } else if let Some(tail) = behind(text, sign.range.start + said.len()) {
            self.fault(word.through(tail), Part::Email, Wrong::Behind(tail), true);
        }
        self.email.get_or_insert(sign);
    }

    /// A handle and an address beside each other want a comma between them.
    fn gap(&self) -> Option<Gap> {
        let (handle, email) = (self.handle.as_ref()?, self.email.as_ref()?);
        let (first, second) = if handle.range.start < email.range.start { (handle, email) } else { (email, handle) };
        if first.range.end > second.range.start || first.span.end > second.span.start {
            return None;
        }
        let gap = &self.text.as_str()[first.range.end..second.range.start];
        // `@ada <ada@example.org>` has marks of its own, and so has a line break.
        if gap.contains([',', '，', '、', '(', ')', '（', '）', '[', ']', '<', '>', '{', '}', '@', '\n']) {
            return None;
        }
        let only_mark = !gap.contains(char::is_alphanumeric) || matches!(gap.trim(), "and" | "or");
        Some(Gap { span: Span::new(first.span.end, second.span.start), only_mark })
    }

    /// `(ada_brook, ada@example.org)`, `(@ada-brook, ada at example)`, `(@ada-brook, TBD)`: what stands in the place of a handle
    /// or an address without looking like one.
    fn find_in_their_place(&mut self) {
        let wants_handle = self.known.github.is_none() && !self.has_fault(Part::Handle) && !self.handle_later;
        let wants_email = self.known.email.is_none() && !self.has_fault(Part::Email) && !self.email_later;
        if !(wants_handle || wants_email) {
            return;
        }
        let (text, said) = (self.text, self.text.as_str());
        let before = self.handle.iter().chain(&self.email).map(|sign| sign.range.start).min().unwrap_or(said.len());
        let Some(open) = said[..before].rfind(['(', '（']).or_else(|| said.find(['(', '（'])) else { return };
        let inside = text.from(open).trim_matches(|c| matches!(c, '(' | '（'));
        let inside = inside.cut(0..inside.as_str().find([')', '）']).unwrap_or(inside.len()));
        for (place, item) in inside.as_str().split([',', ';', '，']).map(str::trim).enumerate() {
            if item.is_empty() || item.contains('@') {
                continue;
            }
            let one_word = !item.contains(char::is_whitespace);
            let text = inside.of(item);
            if Labels::get().is_placeholder(item) {
                // One word for both.
                let part = if wants_handle { Part::Handle } else { Part::Email };
                self.fault(text, part, Wrong::Nobody, true);
                self.handle_later |= wants_handle;
                self.email_later |= wants_email;
            } else if wants_handle && place == 0 && one_word && self.known.email.is_some() && is_nearly_handle(item) {
                if let Some(why) = handle::fault(item) {
                    self.fault(text, Part::Handle, Wrong::Cannot(why), true);
                }
            } else if wants_email && (place > 0 || !wants_handle) && is_nearly_address(item) && !self.has_fault(Part::Email) {
                self.fault(text, Part::Email, Wrong::Cannot("it has no `@`"), true);
            }
        }
    }
}

fn is_nearly_handle(item: &str) -> bool {
    item.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_'))
}

fn is_nearly_address(item: &str) -> bool {
    let lower = item.to_lowercase();
    let spelled = [" at ", "(at", "[at"].iter().any(|at| lower.contains(at)) && lower.split_whitespace().count() <= 7;
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
    let before = &said[said.ceil_char_boundary(at.saturating_sub(NEAR))..at];
    let is_closing = |c: char| match c {
        '>' => before.contains('<'),
        ']' => before.contains('['),
        '}' => before.contains('{'),
        '"' => before.contains('"'),
        _ => false,
    };
    (stops && !tail.is_empty() && !tail.chars().all(is_closing)).then(|| text.of(tail))
}

/// True if a nickname is one of another site: `@ada_b on Slack`.
fn is_elsewhere(text: &str, at: Range<usize>) -> bool {
    let start = text.floor_char_boundary(at.start.saturating_sub(NEAR));
    let end = text.ceil_char_boundary((at.end + NEAR).min(text.len()));
    let before = text[start..at.start].rsplit(['(', ',', ';']).next().unwrap_or_default();
    let after = text[at.end..end].split([')', ',', ';']).next().unwrap_or_default();
    names_other_site(before) || names_other_site(after)
}

/// True if the next word is a spelled-out dot.
fn is_dot(rest: &str) -> bool {
    let word = rest.trim_start_matches(|c: char| c.is_whitespace() || "([{<".contains(c));
    word.get(..3).is_some_and(|word| word.eq_ignore_ascii_case("dot"))
}

/// The words of a text: what stands between spaces, commas and brackets.
fn words(text: Text<'_>) -> impl Iterator<Item = Text<'_>> {
    text.as_str().split(email::is_border).filter(|word| !word.is_empty()).map(move |word| text.of(word))
}
