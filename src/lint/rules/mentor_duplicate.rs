//! `mentor-duplicate`: each mentor of an idea is named once.

use rustc_hash::FxHashMap;

use crate::labels::Kind;
use crate::lint::mentors::{self, Named};
use crate::lint::{Check, Example, Findings, Level, Page, Rule};

use super::duplicate_field;

pub(super) static RULE: Rule = Rule {
    code: "mentor-duplicate",
    level: Level::Warning,
    wants: "No two mentors of an idea have the same handle, e-mail address or Linux Foundation ID.",
    why: "Either one person is named twice, and the idea has one mentor less than it seems; or a line was copied, and the \
          second mentor will never be invited.",
    examples: &[
        Example {
            template: "lfx",
            good: "(@boreed, bo.reed@example.org)",
            bad: "(@Ada-Brook, bo.reed@example.org)",
            at: "@Ada-Brook",
        },
        Example {
            template: "cncf-gsoc",
            good: "(@boreed, bo.reed@example.org)",
            bad: "(@boreed, Ada@example.org)",
            at: "Ada@example.org",
        },
        Example {
            template: "lfx-form",
            good: "Bo Reed | @boreed | bo.reed@example.org | boreed",
            bad: "Bo Reed | @boreed | bo.reed@example.org | AdaBrook",
            at: "AdaBrook",
        },
        Example {
            template: "lfx-form",
            good: "Bo Reed | @boreed | bo.reed@example.org | boreed",
            bad: "Ada Brook | @ada-brook | ada@example.org | adabrook",
            at: "@ada-brook",
        },
    ],
    check: Check::Idea(check),
};

fn check(page: &Page<'_>, idea: usize, out: &mut Findings<'_>) {
    let mentors = page.mentors(idea);
    if mentors.people.len() < 2 {
        return;
    }
    let labels: Vec<String> = page.facts(idea, Kind::Mentors).map(|fact| duplicate_field::name(fact.label.as_str())).collect();
    // `duplicate-field` says so.
    let repeated = |a: &Named<'_>, b: &Named<'_>| a.field != b.field && labels.get(a.field) == labels.get(b.field);
    let mut seen: FxHashMap<(&str, String), &Named<'_>> = FxHashMap::default();
    for person in &mentors.people {
        let (mentor, mut said) = (&person.mentor, false);
        for (what, detail) in [("handle", &mentor.github), ("e-mail address", &mentor.email), ("LFID", &mentor.lfid)] {
            let Some(value) = detail else { continue };
            let first = *seen.entry((what, value.value.to_lowercase())).or_insert(person);
            // On pages of another layout, "Contact" may name a mentor once more.
            let apart = first.field != person.field && !mentors.bound;
            if std::ptr::eq(first, person) || said || apart || repeated(first, person) {
                continue;
            }
            said = true;
            let sign = if what == "handle" { "@" } else { "" };
            let finding = out.at(
                value.span.unwrap_or(person.written.span),
                format!("the {what} `{sign}{}` is that of `{}`, too", value.value, first.written.shown),
            );
            finding.also_at(first.written.span).help("name each mentor once, each with their own handle and address");
            if mentors::is_refused(page) {
                finding.level(Level::Error);
            }
        }
    }
}
