//! `mentor-handle-missing`: every mentor has a GitHub handle.

use crate::lint::mentors;
use crate::lint::{Check, Example, Findings, Level, Page, Rule};

pub(super) static RULE: Rule = Rule {
    code: "mentor-handle-missing",
    level: Level::Warning,
    wants: "Every mentor has a GitHub handle, where the programme's template asks for it.",
    why: "Names are not unique. Contributors mention mentors by their handle, and programmes find them by it.",
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
            let finding = out.at(place, format!("`{}` has no GitHub handle", person.written.shown));
            finding.common("have mentors without a GitHub handle");
            if mentors::is_refused(page) {
                finding.level(Level::Error);
            }
        }
    }
}
