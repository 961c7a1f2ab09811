//! `field-order`: fields stand in the template's order.

use crate::lint::page::Page;
use crate::lint::template::{Asked, Field};
use crate::lint::{Check, Example, Findings, Level, Rule};
use crate::prose::Text;

pub(super) static RULE: Rule = Rule {
    code: "field-order",
    level: Level::Info,
    wants: "The fields of an idea stand in the order of the template.",
    why: "Administrators and contributors who compare many ideas look for a field where all others have it, and take one that \
          stands elsewhere for missing.",
    examples: &[
        Example {
            template: "lfx",
            good: "- Expected Outcome: A tasting step that runs on every change, and a report that names the spoon\n\
                   - Recommended Skills: Python, GitHub Actions, PostgreSQL\n",
            bad: "- Recommended Skills: Python, GitHub Actions, PostgreSQL\n\
                  - Expected Outcome: A tasting step that runs on every change, and a report that names the spoon\n",
            at: "- Expected Outcome: A tasting",
        },
        Example {
            template: "cncf-gsoc",
            good: "- Recommended Skills: Python, GitHub Actions, PostgreSQL\n\
                   - Expected project size: medium (~175 hour projects)\n",
            bad: "- Expected project size: medium (~175 hour projects)\n\
                  - Recommended Skills: Python, GitHub Actions, PostgreSQL\n",
            at: "- Recommended Skills: Python",
        },
    ],
    check: Check::Idea(check),
};

fn check(page: &Page<'_>, idea: usize, out: &mut Findings<'_>) {
    if !page.in_layout || !page.is_markdown() {
        return;
    }
    let fields = &page.template.field;
    // The first of each kind, by its place in the template. (Others are additions, or duplicates.)
    let mut found: Vec<(usize, Text<'_>)> = Vec::new();
    for fact in page.fields(idea) {
        let place = fields.iter().position(|field| field.kind == fact.kind && is_placed(field));
        if let Some(place) = place.filter(|&place| found.iter().all(|&(known, _)| known != place)) {
            found.push((place, fact.label));
        }
    }
    found.sort_by_key(|(_, label)| label.span().start);
    let places: Vec<usize> = found.iter().map(|&(place, _)| place).collect();
    for at in out_of_order(&places) {
        let (place, label) = found[at];
        // What it should stand before, or else behind.
        let message = if let Some((_, other)) = found[..at].iter().find(|&&(other, _)| other > place) {
            format!("`{}` stands behind `{}`", label.flow(), other.flow())
        } else if let Some((_, other)) = found[at..].iter().rfind(|&&(other, _)| other < place) {
            format!("`{}` stands before `{}`", label.flow(), other.flow())
        } else {
            continue;
        };
        let order: Vec<&str> = fields.iter().filter(|field| is_placed(field)).map(|field| field.label.as_str()).collect();
        out.at(label.span(), message)
            .help(format!("the template's order is {}", order.join(", ")))
            .common("have their fields in another order than the template");
    }
}

/// True if the template's layout has a place for the field.
fn is_placed(field: &Field) -> bool {
    matches!(field.asked, Asked::Always | Asked::InLayout)
}

/// The fewest places that have to move for the numbers to ascend; of equal choices the later ones.
fn out_of_order(numbers: &[usize]) -> Vec<usize> {
    // For each, the longest ascent that begins with it, and where that goes on.
    let mut ascents: Vec<(usize, Option<usize>)> = vec![(1, None); numbers.len()];
    for at in (0..numbers.len()).rev() {
        for next in (at + 1..numbers.len()).rev() {
            if numbers[next] > numbers[at] && ascents[next].0 + 1 >= ascents[at].0 {
                ascents[at] = (ascents[next].0 + 1, Some(next));
            }
        }
    }
    let longest = ascents.iter().map(|&(length, _)| length).max();
    let mut kept = (0..numbers.len()).find(|&at| Some(ascents[at].0) == longest);
    let mut out = Vec::new();
    for (at, &(_, next)) in ascents.iter().enumerate() {
        if kept == Some(at) {
            kept = next;
        } else {
            out.push(at);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::out_of_order;

    #[test]
    fn what_was_moved_is_found() {
        for (numbers, moved) in [
            (&[0, 1, 2, 3][..], &[][..]),
            (&[0, 2, 3], &[]),
            (&[3, 0, 1, 2], &[0]),
            (&[1, 2, 3, 0], &[3]),
            (&[0, 2, 1, 3], &[2]),
            (&[0, 1, 3, 2], &[3]),
            (&[3, 2, 1], &[1, 2]),
            (&[], &[]),
        ] {
            assert_eq!(out_of_order(numbers), moved, "{numbers:?}");
        }
    }
}
