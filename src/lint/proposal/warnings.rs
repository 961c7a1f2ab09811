//! What the programme's automation lets pass although nobody can mean it: a warning, whose text says so.

use crate::idea::mentor;
use crate::labels::{Kind, Labels};
use crate::layout::form::Role;
use crate::lint::Level;

use super::sections::trim;
use super::{Check, answers, mentors, of_kind, of_role};

/// True for a text that stands in place of an answer: `TBD`.
fn is_nothing(said: &str) -> bool {
    !said.is_empty() && Labels::get().stands_for_nothing(said)
}

/// Looks at what passes.
pub(super) fn check(check: &mut Check<'_>) {
    let kinds = [Kind::Project, Kind::Term, Kind::Title, Kind::Description, Kind::Technologies].map(of_kind);
    let others = [Role::Skills, Role::CustomName, Role::CustomDescription].map(|role| of_role(role).0);
    for heading in kinds.into_iter().chain(others) {
        let (said, span) = (check.get(heading), check.answer(heading));
        if is_nothing(said) {
            let message = format!("`{said}` is taken as the answer of `{heading}`, and is none");
            check.say("placeholder", Level::Warning, span, message);
        }
    }
    description(check);
    for line in mentors::lines(check) {
        let parts = line.parts();
        let ([_, _, email] | [_, _, email, _]) = parts[..] else { continue };
        for part in &parts {
            if is_nothing(part.text) {
                let message = format!("`{}` is nobody, and nobody can be invited by it", part.text);
                check.say("mentor-placeholder", Level::Warning, part.span, message);
            }
        }
        let address = answers::bare_email(email.text);
        if let (true, Some(why)) = (answers::is_email(address), mentor::email_fault(address)) {
            let message = format!("`{address}` passes, and no mail arrives there: {why}");
            // A mark behind the address is a slip.
            let shorter = address.trim_end_matches(|c: char| c.is_ascii_punctuation());
            let said = check.say("mentor-email-format", Level::Warning, email.span, message);
            if shorter.len() < address.len() && mentor::email_fault(shorter).is_none() {
                said.help = Some(format!("write `{shorter}`"));
                said.fix = Some(answers::write(email.span, shorter));
            }
        }
    }
    file(check);
    let heading = of_kind(Kind::Upstream);
    let (url, span) = (check.get(heading), check.answer(heading));
    if answers::is_url(url) && !url.contains(',') && url.match_indices("://").count() > 1 && !url.contains('?') {
        check.say("upstream-count", Level::Warning, span, "these are two URLs, which pass as one that leads nowhere").help =
            Some("keep the issue that tracks the idea, and link the others from there".to_owned());
    }
}

/// A file that is asked for belongs to a custom prerequisite.
fn file(check: &mut Check<'_>) {
    let ticked = |role| answers::boxes(check.get(of_role(role).0)).any(|(ticked, _)| ticked);
    let given = |role| !check.get(of_role(role).0).is_empty();
    let is_asked_for = ticked(Role::Custom) || given(Role::CustomName) || given(Role::CustomDescription);
    if ticked(Role::CustomFile) && !is_asked_for {
        let span = check.answer(of_role(Role::CustomFile).0);
        let message = "a file is asked for and there is no custom prerequisite, which passes all the same";
        check.say("prerequisite", Level::Warning, span, message).help =
            Some("clear the box, or say under the custom prerequisite what the file is".to_owned());
    }
}

/// A description of nothing but headings says nothing.
fn description(check: &mut Check<'_>) {
    let heading = of_kind(Kind::Description);
    let (said, span) = (check.get(heading), check.answer(heading));
    let mut lines = said.lines().map(trim).filter(|line| !line.is_empty()).peekable();
    if lines.peek().is_some() && lines.all(|line| line.starts_with('#')) {
        let message = "the description has headings and no text, and passes all the same";
        check.say("placeholder", Level::Warning, span, message).help = Some("write a text below each heading".to_owned());
    }
}
