//! `mentor-handle-missing`: every mentor has a GitHub handle.

use crate::idea::mentor::is_handle;
use crate::lint::mentors;
use crate::lint::{Check, Edit, Example, Findings, Level, Page, Rule};

pub(super) static RULE: Rule = Rule {
    code: "mentor-handle-missing",
    level: Level::Warning,
    wants: "Every mentor has a GitHub handle, where the programme's template asks for it.",
    why: "Names are not unique: contributors who want to mention a mentor guess, and write to a stranger; programmes cannot \
          tell whether a maintainer has agreed.",
    examples: &[
        Example {
            template: "lfx",
            good: "Bo Reed (@boreed, bo.reed@example.org)",
            bad: "Bo Reed (bo.reed@example.org)",
            at: "Bo Reed",
        },
        Example {
            template: "cncf-gsoc",
            good: "Bo Reed (@boreed, bo.reed@example.org)",
            bad: "Bo Reed (, bo.reed@example.org)",
            at: "Bo Reed",
        },
        Example { template: "lfx-form", good: "| @boreed |", bad: "| |", at: "| |" },
    ],
    check: Check::Idea(check),
};

fn check(page: &Page<'_>, idea: usize, out: &mut Findings<'_>) {
    let mentors = page.mentors(idea);
    if !(mentors.bound && page.template.mentors.handle) {
        return;
    }
    for person in &mentors.people {
        if let Some(place) = person.written.no_handle {
            let shown = &person.written.shown;
            // A lone word without a capital is a handle without its sign rather than a name.
            let bare = is_handle(shown) && !shown.contains(char::is_uppercase) && page.source.slice(place) == shown;
            let finding = if bare {
                let finding = out.at(place, format!("`{shown}` has no `@`, and is no GitHub handle without it"));
                finding.help(format!("write `@{shown}`, or the name and the handle")).unsafe_fix([Edit::insert(place.start, "@")])
            } else {
                out.at(place, format!("`{shown}` has no GitHub handle"))
            };
            finding.common("have mentors without a GitHub handle");
            if mentors::is_refused(page) {
                finding.level(Level::Error);
            }
        }
    }
}
