//! `mentor-email-missing`: every mentor has an e-mail address.

use crate::lint::mentors;
use crate::lint::{Check, Example, Findings, Level, Page, Rule};

pub(super) static RULE: Rule = Rule {
    code: "mentor-email-missing",
    level: Level::Warning,
    wants: "Every mentor has an e-mail address, where the programme's template asks for it.",
    why: "Programmes invite mentors by e-mail. The administrator has to ask for an address that is not there, and a mentor who \
          is not invited in time cannot take part.",
    examples: &[
        Example { template: "lfx", good: "Bo Reed (@boreed, bo.reed@example.org)", bad: "Bo Reed (@boreed)", at: "Bo Reed" },
        Example {
            template: "cncf-gsoc",
            good: "Bo Reed (@boreed, bo.reed@example.org)",
            bad: "Bo Reed (@boreed, )",
            at: "Bo Reed",
        },
        Example { template: "lfx-form", good: "| bo.reed@example.org |", bad: "| |", at: "| |" },
    ],
    check: Check::Idea(check),
};

fn check(page: &Page<'_>, idea: usize, out: &mut Findings<'_>) {
    let mentors = page.mentors(idea);
    if !(mentors.bound && page.template.mentors.email) {
        return;
    }
    for person in &mentors.people {
        if let Some(place) = person.written.no_email {
            let finding = out.at(place, format!("`{}` has no e-mail address", person.written.shown));
            finding.common("have mentors without an e-mail address");
            if mentors::is_refused(page) {
                finding.level(Level::Error);
            }
        }
    }
}
