//! `size-value`: the size is one that the programme pays for.

use crate::idea::size;
use crate::labels::Kind;
use crate::layout::Fact;
use crate::lint::{Check, Edit, Example, Findings, Level, Page, Rule};

pub(super) static RULE: Rule = Rule {
    code: "size-value",
    level: Level::Error,
    wants: "The size is one of the programme's, in hours or by its name: small (90), medium (175) or large (350).",
    why: "Google Summer of Code funds these sizes; another cannot be entered, and weeks say nothing about the hours. Small differences, \
          ranges and menus are fine. In an idea file, hours are numbers.",
    examples: &[
        Example { template: "cncf-gsoc", good: "large (~350 hour projects)", bad: "200 hours", at: "200" },
        Example { template: "cncf-gsoc", good: "large (~350 hour projects)", bad: "twelve weeks", at: "twelve weeks" },
        Example { template: "idea", good: "hours: 175", bad: "hours: many", at: "many" },
        Example { template: "idea", good: "hours: 175", bad: "hours: 175 hours", at: "175 hours" },
        Example { template: "idea", good: "hours: 175", bad: "hours: 500", at: "500" },
    ],
    check: Check::Idea(check),
};

fn check(page: &Page<'_>, idea: usize, out: &mut Findings<'_>) {
    let (entry, sizes) = (&page.ideas()[idea], &page.template.limits.hours);
    let facts: Vec<&Fact<'_>> = entry
        .draft
        .facts
        .iter()
        .filter(|fact| matches!(fact.kind, Kind::Size | Kind::DifficultyAndSize | Kind::Difficulty))
        .collect();
    let typed = page.is_record() && numbers(&facts, out);
    if sizes.is_empty() || typed {
        return;
    }
    let wanted = || sizes.iter().map(u32::to_string).collect::<Vec<_>>().join(", ");
    let heading = entry.draft.heading.map(|node| page.document.nodes[node].span());
    for hours in &entry.idea.hours {
        let Some(span) = hours.span else { continue };
        let inside = |outer: crate::text::Span| outer.start <= span.start && span.end <= outer.end;
        // Hours in other text are hours of something.
        let stated = facts.iter().any(|fact| inside(fact.span())) || heading.is_some_and(inside);
        let near = sizes.iter().any(|&size| hours.value.abs_diff(size) * NEAR <= size);
        if stated && !near {
            let nearest = sizes.iter().min_by_key(|&&size| hours.value.abs_diff(size)).copied().unwrap_or_default();
            out.at(span, format!("{} hours is no size of this programme", hours.value))
                .help(format!("the sizes are {} hours; the nearest is {nearest}", wanted()));
        }
    }
    if !entry.idea.hours.is_empty() {
        return;
    }
    let said = facts.iter().filter(|fact| fact.kind == Kind::Size);
    if let Some(line) = said.flat_map(|fact| &fact.parts).find_map(|part| size::understand(part.text).unread) {
        out.at(line.span(), format!("`{}` names no size", line.flow()))
            .help(format!("write the hours ({}), or small, medium or large", wanted()))
            .level(Level::Warning);
    }
}

/// How near is near: within a tenth.
const NEAR: u32 = 10;

/// Keys of hours hold numbers. True if one does not.
fn numbers(facts: &[&Fact<'_>], out: &mut Findings<'_>) -> bool {
    let mut wrong = false;
    for fact in facts.iter().filter(|fact| fact.label.as_str().eq_ignore_ascii_case("hours")) {
        for part in &fact.parts {
            let text = part.text.trim();
            if text.as_str().bytes().all(|byte| byte.is_ascii_digit()) {
                continue;
            }
            wrong = true;
            let finding = out.at(text.span(), format!("`{}` is no number of hours", text.flow())).level(Level::Warning);
            match size::read(text).as_slice() {
                // Quotes around it go, too, if there are any: then the span is that of the text inside, and a number
                // all the same.
                [hours] => {
                    finding.help(format!("write `{}`", hours.value)).fix([Edit::replace(text.span(), hours.value.to_string())])
                }
                _ => finding.help("write a number, or a list of numbers"),
            };
        }
    }
    wrong
}

#[cfg(test)]
mod tests {
    use crate::lint::damaged;

    #[test]
    fn fields_say() {
        for (said, found) in [
            ("350 hours", ""),
            ("175+ hours", ""),
            ("~350", ""),
            ("90hrs / 8 weeks", ""),
            ("Large", ""),
            ("small", ""),
            ("175 or 350 hours", ""),
            ("180 hours", ""),
            ("(90 hrs/small, 175 hrs/medium, 350 hrs/large): 175 hrs (medium)", ""),
            ("350 hours (30 hours per week for 12 weeks)", ""),
            ("200 hours", "200"),
            ("120", "120"),
            ("175 or 250 hours", "250"),
            ("12 weeks", "12 weeks"),
            ("XL", "XL"),
            ("TBD", "TBD"),
        ] {
            let found: Vec<_> = (!found.is_empty()).then(|| format!("size-value {found}")).into_iter().collect();
            assert_eq!(damaged("cncf-gsoc", "large (~350 hour projects)", said), found, "{said}");
        }
        for (said, found) in
            [("[90, 175]", ""), ("\"175\"", ""), ("medium", "medium"), ("about a month", "about a month"), ("200", "200")]
        {
            let found: Vec<_> = (!found.is_empty()).then(|| format!("size-value {found}")).into_iter().collect();
            assert_eq!(damaged("idea", "hours: 175", &format!("hours: {said}")), found, "{said}");
        }
    }
}
