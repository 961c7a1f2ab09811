//! The mentors of a filled form: one on each line, in three or four parts.

use rustc_hash::FxHashMap;

use crate::idea::mentor;
use crate::labels::{Kind, Labels};
use crate::lint::{Edit, Fix, Level};
use crate::text::Span;

use super::sections::trim;
use super::{Check, answers, of_kind};

const AS_IN: &str = "write it as in `Ada Brook | @ada-brook | ada@example.org | adabrook`";

/// A mentor's line.
pub(super) struct Line<'a> {
    pub(super) text: &'a str,
    pub(super) span: Span,
}

/// A part of a line; where it is empty, its place has the marks around it.
#[derive(Clone, Copy)]
pub(super) struct Part<'a> {
    pub(super) text: &'a str,
    pub(super) span: Span,
}

/// The lines of mentors that an answer holds.
pub(super) fn lines<'a>(check: &Check<'a>) -> Vec<Line<'a>> {
    let heading = of_kind(Kind::Mentors);
    let (answer, start) = (check.get(heading), check.answer(heading).start);
    let lines = answer.split('\n').map(trim).filter(|line| !line.is_empty());
    lines.map(|text| Line { text, span: at(start, answer, text) }).collect()
}

impl<'a> Line<'a> {
    /// What stands between the marks.
    pub(super) fn parts(&self) -> Vec<Part<'a>> {
        let part = |raw: &'a str| {
            let text = trim(raw);
            let span = at(self.span.start, self.text, if text.is_empty() { raw } else { text });
            let wide = Span::new(span.start.saturating_sub(1).max(self.span.start), (span.end + 1).min(self.span.end));
            Part { text, span: if text.is_empty() { wide } else { span } }
        };
        self.text.split('|').map(part).collect()
    }
}

/// Where a part of a text stands that begins at `start`.
fn at(start: usize, text: &str, part: &str) -> Span {
    let start = start + (part.as_ptr() as usize - text.as_ptr() as usize);
    Span::new(start, start + part.len())
}

/// Checks all mentors.
pub(super) fn check(check: &mut Check<'_>) {
    let before = check.said.len();
    let limits = &check.page.template.mentors;
    let lines = lines(check);
    if let Some(extra) = limits.most.and_then(|most| lines.get(most)) {
        let most = limits.most.unwrap_or_default();
        check.error("mentor-count", extra.span, format!("{} mentors, where at most {most} are allowed", lines.len()));
    }
    // What each says, in lower case, and the line that has said it first.
    let mut known: FxHashMap<(&str, String), &str> = FxHashMap::default();
    for line in &lines {
        let parts = line.parts();
        let ([name, handle, email] | [name, handle, email, _]) = parts[..] else {
            let noun = if parts.len() == 1 { "part" } else { "parts" };
            let message = format!("a mentor's line with {} {noun} instead of four", parts.len());
            check.error("mentor-separator", line.span, message).help = Some(AS_IN.to_owned());
            continue;
        };
        let lfid = parts.get(3).copied();
        let who = if name.text.is_empty() { line.text } else { name.text };
        if name.text.is_empty() {
            check.error("mentor-separator", name.span, "no name stands before the first `|`");
        }
        let address = answers::bare_email(email.text);
        check_handle(check, who, handle);
        check_email(check, who, email, address);
        swap(check, handle, email);
        let mut again = |check: &mut Check<'_>, what: &'static str, said: &str, span: Span| {
            if let Some(first) = known.get(&(what, said.to_lowercase())) {
                let message = if said.is_empty() {
                    format!("`{who}` has no {what}, and neither has `{first}`")
                } else {
                    format!("the {what} `{said}` is that of `{first}`, too")
                };
                check.error("mentor-duplicate", span, message).help =
                    Some("name each mentor once, each with their own handle and address".to_owned());
            } else {
                known.insert((what, said.to_lowercase()), who);
            }
        };
        again(check, "handle", handle.text, handle.span);
        again(check, "e-mail address", address, email.span);
        match lfid.filter(|lfid| !lfid.text.is_empty()) {
            None => {
                let span = lfid.map_or(line.span, |lfid| lfid.span);
                check.error("mentor-lfid", span, format!("`{who}` has no Linux Foundation ID")).help =
                    Some("an account is made at https://openprofile.dev".to_owned());
            }
            Some(lfid) if answers::is_lfid(lfid.text) => again(check, "LFID", lfid.text, lfid.span),
            Some(lfid) => {
                let message = format!("`{}` is no Linux Foundation ID", answers::cut(lfid.text));
                check.error("mentor-lfid", lfid.span, because(message, mentor::lfid_fault(lfid.text)));
                known.entry(("LFID", lfid.text.to_lowercase())).or_insert(who);
            }
        }
    }
    let preferred = limits.least;
    if check.said[before..].is_empty() && !lines.is_empty() && lines.len() < preferred {
        let span = check.place(of_kind(Kind::Mentors));
        let message = format!("only {} mentor, where the programme prefers {preferred}", lines.len());
        check.say("mentor-count", Level::Warning, span, message).help = Some("add a co-mentor if you can".to_owned());
    }
}

/// What is wrong, and why if that is known.
fn because(mut message: String, why: Option<&str>) -> String {
    if let Some(why) = why {
        message.extend([": ", why]);
    }
    message
}

/// Handle and address that have changed places go back with the handle's finding.
fn swap(check: &mut Check<'_>, handle: Part<'_>, email: Part<'_>) {
    if !answers::is_email(handle.text) || !answers::is_handle(email.text) {
        return;
    }
    let said = check.said.iter_mut().rev().find(|said| said.rule == "mentor-handle-format" && said.span == handle.span);
    if let Some(said) = said {
        said.help = Some("handle and e-mail address have changed places".to_owned());
        let edits = vec![Edit::replace(handle.span, email.text), Edit::replace(email.span, handle.text)];
        said.fix = Some(Fix { safe: true, edits });
    }
}

fn check_handle(check: &mut Check<'_>, who: &str, handle: Part<'_>) {
    let said = handle.text;
    if said.is_empty() {
        check.error("mentor-handle-missing", handle.span, format!("`{who}` has no GitHub handle"));
    } else if !answers::is_handle(said) {
        // What it would be with its sign, or without what stands around it.
        let user = mentor::github_user(said).map_or_else(|| format!("@{said}"), |user| format!("@{user}"));
        let shown = said.strip_prefix('[').and_then(|rest| rest.split_once(']')).map(|(shown, _)| shown.to_owned());
        let coded = || said.trim_matches('`').to_owned();
        let meant = shown.into_iter().chain([coded(), user]).find(|meant| answers::is_handle(meant));
        let why = match said.strip_prefix('@') {
            Some(name) => mentor::handle_fault(name),
            None => mentor::is_handle(said).then_some("it has no `@`"),
        };
        let message = format!("the handle `{}` is not written as `@name`", answers::cut(said));
        let finding = check.error("mentor-handle-format", handle.span, because(message, why));
        // `@TBD` would be somebody.
        if let Some(meant) = meant.filter(|_| !Labels::get().stands_for_nothing(said)) {
            finding.help = Some(format!("write `{meant}`"));
            finding.fix = Some(answers::write(handle.span, &meant));
        }
    }
}

fn check_email(check: &mut Check<'_>, who: &str, email: Part<'_>, address: &str) {
    if address.is_empty() {
        check.error("mentor-email-missing", email.span, format!("`{who}` has no e-mail address"));
    } else if !answers::is_email(address) {
        let message = because(format!("`{}` is no e-mail address", answers::cut(address)), mentor::email_fault(address));
        // `ada (at) example.org`
        let spelled = mentor::emails(address).next().filter(|(range, _)| *range == (0..address.len())).map(|(_, meant)| meant);
        let finding = check.error("mentor-email-format", email.span, message);
        finding.help = Some(format!("write it as `{}`", spelled.as_deref().unwrap_or("ada@example.org")));
        finding.fix = spelled.map(|meant| answers::write(email.span, &meant));
    }
}
