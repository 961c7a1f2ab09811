//! `unknown-label`: labels are known.

use crate::lint::page::{Page, Unknown};
use crate::lint::template::Asked;
use crate::lint::{Check, Edit, Example, Findings, Level, Rule};
use crate::prose::Text;

pub(super) static RULE: Rule = Rule {
    code: "unknown-label",
    level: Level::Error,
    wants: "A label is one that the template has, or that many pages have.",
    why: "What stands behind a misspelt label is not found, and the idea counts as one that does not say it. A label of one's own \
          is a warning only: it hides the text from those who look for the template's labels.",
    examples: &[
        Example {
            template: "lfx",
            good: "- Recommended Skills: Python",
            bad: "- Recommended Skls: Python",
            at: "Recommended Skls",
        },
        Example {
            template: "lfx",
            good: "- Recommended Skills: Python",
            bad: "- Favourite Soup: Leek\n- Recommended Skills: Python",
            at: "Favourite Soup",
        },
        Example {
            template: "cncf-gsoc",
            good: "- Expected Outcome: A tasting step",
            bad: "- **Expected Otcme**: A tasting step",
            at: "Expected Otcme",
        },
        Example { template: "idea", good: "difficulty: medium", bad: "dificulti: medium", at: "dificulti" },
        Example { template: "idea", good: "difficulty: medium", bad: "difficulty: medium\nsoup: leek", at: "soup" },
    ],
    check: Check::Idea(check),
};

fn check(page: &Page<'_>, idea: usize, out: &mut Findings<'_>) {
    let mut list: Vec<Unknown<'_>> = Vec::new();
    for &unknown in page.unknown(idea) {
        match unknown.meant {
            Some(field) => {
                let finding = say(unknown.label, &field.label, out);
                // A key that an idea need not have misleads all the same.
                let asked = page.is_record() || (page.asks(field) && field.asked != Asked::Never);
                finding.level(if asked { Level::Error } else { Level::Warning });
            }
            None if page.is_record() => {
                out.at(unknown.label.span(), format!("an idea has no key `{}`", unknown.label.as_str()));
            }
            None if page.in_layout => list.push(unknown),
            None => {}
        }
    }
    // Many in a row are no labels, but a list that stands beside its own label.
    for run in list.chunk_by(|a, b| !is_field_between(page, idea, *a, *b)).filter(|run| run.len() < LIST) {
        for unknown in run {
            out.at(unknown.label.span(), format!("the template has no label `{}`", unknown.label.flow()))
                .level(Level::Warning)
                .help("if it belongs to the field above, indent it");
        }
    }
}

/// So many items with a colon in them are a list.
const LIST: usize = 3;

fn is_field_between(page: &Page<'_>, idea: usize, a: Unknown<'_>, b: Unknown<'_>) -> bool {
    let facts = &page.ideas()[idea].draft.facts;
    let after = facts.partition_point(|fact| fact.label.span().start < a.label.span().start);
    facts.get(after).is_some_and(|fact| fact.label.span().start < b.label.span().start)
}

fn say<'o>(label: Text<'_>, meant: &str, out: &'o mut Findings<'_>) -> &'o mut crate::lint::Finding {
    out.at(label.span(), format!("`{}` is no label that we know", label.flow()))
        .help(format!("did you mean `{meant}`?"))
        .unsafe_fix([Edit::replace(label.span(), meant)])
}
