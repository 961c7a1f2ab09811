//! `mentor-primary`: one of the mentors is the primary one.

use crate::idea::Role;
use crate::labels::Kind;
use crate::lint::mentors::Named;
use crate::lint::{Check, Example, Findings, Level, Page, Rule};

pub(super) static RULE: Rule = Rule {
    code: "mentor-primary",
    level: Level::Warning,
    wants: "Of several mentors one is marked as primary, and only one, where the programme's template asks for it.",
    why: "The primary mentor answers for the mentorship: evaluations are asked of them. An idea with a single mentor needs no \
          mark; it lacks a second mentor.",
    examples: &[
        Example {
            template: "cncf-gsoc",
            good: "(@cy-marsh, cy@example.org) - primary",
            bad: "(@cy-marsh, cy@example.org)",
            at: "Mentor(s)",
        },
        Example {
            template: "cncf-gsoc",
            good: "(@boreed, bo.reed@example.org)",
            bad: "(@boreed, bo.reed@example.org) - primary",
            at: "bo.reed@example.org) - primary",
        },
    ],
    check: Check::Idea(check),
};

fn check(page: &Page<'_>, idea: usize, out: &mut Findings<'_>) {
    let mentors = page.mentors(idea);
    if !mentors.bound {
        return;
    }
    let is_primary = |person: &&Named<'_>| person.mentor.role.as_ref().is_some_and(|role| role.value == Role::Primary);
    let mut primary = mentors.people.iter().filter(is_primary);
    if let Some(first) = primary.next() {
        // The same person again is what `mentor-duplicate` and `duplicate-field` are about.
        let is_first = |person: &&Named<'_>| handle(person).is_some() && handle(person) == handle(first);
        for person in primary.filter(|person| !is_first(person)) {
            let span = person.mentor.role.as_ref().and_then(|role| role.span).unwrap_or(person.written.span);
            out.at(span, format!("`{}` is marked as primary, too", first.written.shown))
                .help("one mentor answers for the idea; the others are co-mentors");
        }
    } else if page.template.mentors.primary
        && mentors.people.len() > 1
        && !mentors.untouched
        && !page.is_misspelt(idea, Kind::Mentors)
    {
        let place = mentors.label.unwrap_or_else(|| page.title_span(idea));
        out.at(place, "no mentor is marked as primary")
            .help("write `- primary` behind the one who answers for the idea")
            .common("mark no mentor as primary");
    }
}

/// The handle, in lower case.
fn handle(person: &Named<'_>) -> Option<String> {
    person.mentor.github.as_ref().map(|handle| handle.value.to_lowercase())
}
