//! `mentor-lfid`: on the form, every mentor has a Linux Foundation ID.

use crate::idea::mentor::{Part, Wrong};
use crate::layout::Shape;
use crate::lint::{Check, Example, Findings, Level, Page, Rule};

pub(super) static RULE: Rule = Rule {
    code: "mentor-lfid",
    level: Level::Error,
    wants: "On the proposal form, every mentor has a Linux Foundation ID: the name of an account, as in `adabrook`.",
    why: "The mentorship platform enrols mentors by this ID. A URL, an e-mail address or a handle with `@` is none.",
    examples: &[
        Example { template: "lfx-form", good: "bo.reed@example.org | boreed", bad: "bo.reed@example.org |", at: "|" },
        Example {
            template: "lfx-form",
            good: "bo.reed@example.org | boreed",
            bad: "bo.reed@example.org | https://openprofile.dev/profile/boreed",
            at: "https://openprofile.dev/profile/boreed",
        },
        Example {
            template: "lfx-form",
            good: "bo.reed@example.org | boreed",
            bad: "bo.reed@example.org | bo reed",
            at: "bo reed",
        },
        Example {
            template: "lfx-form",
            good: "bo.reed@example.org | boreed",
            bad: "bo.reed@example.org | @boreed",
            at: "@boreed",
        },
        Example {
            template: "lfx-form",
            good: "bo.reed@example.org | boreed",
            bad: "bo.reed@example.org | bo@example.org",
            at: "bo@example.org",
        },
    ],
    check: Check::Idea(check),
};

fn check(page: &Page<'_>, idea: usize, out: &mut Findings<'_>) {
    let mentors = page.mentors(idea);
    for fault in mentors.faults().filter(|fault| fault.part == Part::Lfid) {
        if let Wrong::Cannot(why) = fault.wrong {
            out.at(fault.text.span(), format!("`{}` is no Linux Foundation ID: {why}", fault.text.as_str()));
        }
    }
    // An export has proposals of before it was asked for.
    if !(mentors.bound && page.template.mentors.lfid) || page.shape == Shape::Export {
        return;
    }
    for person in &mentors.people {
        if let Some(place) = person.written.no_lfid {
            out.at(place, format!("`{}` has no Linux Foundation ID", person.written.shown))
                .help("an account is made at https://openprofile.dev");
        }
    }
}
