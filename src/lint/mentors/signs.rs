//! Handles and addresses in the words of a person, and what is odd about them and about the marks between them.

use std::ops::Range;

use crate::idea::{Mentor, mentor};
use crate::lint::page::Page;
use crate::prose::Text;
use crate::text::Span;

use super::details::{address_fault, handle_fault};
use super::{Detail, Fault, Gap, Mentors, Wrong, is_nobody, is_template_text};

/// How far around a nickname the name of its site is looked for.
const NEAR: usize = 60;

/// A word with an `@`, or a handle without one.
#[derive(Clone)]
pub(super) struct Sign {
    /// Its bytes in the person's text.
    range: Range<usize>,
    /// Its bytes on the page, those of a link around it included.
    span: Span,
}

impl<'a> Mentors<'a> {
    /// Looks at every word with an `@`, and at the handle without one.
    pub(super) fn read_signs(&self, page: &Page<'a>, text: Text<'a>, known: &Mentor, found: &mut Found<'a>) {
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
    pub(super) fn find_gap(&mut self, page: &Page<'a>, text: Text<'a>, found: &Found<'a>) {
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
pub(super) struct Found<'a> {
    pub(super) handles: Vec<Fault<'a>>,
    pub(super) emails: Vec<Fault<'a>>,
    pub(super) placeholders: Vec<Text<'a>>,
    handle_later: bool,
    email_later: bool,
    pub(super) untouched: bool,
    handle: Option<Sign>,
    email: Option<Sign>,
}

impl Found<'_> {
    pub(super) fn says_handle(&self) -> bool {
        self.handle_later || !self.handles.is_empty()
    }

    pub(super) fn says_email(&self) -> bool {
        self.email_later || !self.emails.is_empty()
    }
}

/// `(ada_brook, ada@example.org)`, `(@ada-brook, ada at example)`, `(@ada-brook, TBD)`: what stands in the place of a handle
/// or an address without looking like one.
pub(super) fn find_in_their_place<'a>(text: Text<'a>, handle: &Detail, email: &Detail, found: &mut Found<'a>) {
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
