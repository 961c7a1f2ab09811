//! `form-section`: the form has all its sections, in their order.

use crate::layout::form;
use crate::lint::{Check, Example, Findings, Level, Page, Rule};
use crate::outline::Kind;
use crate::prose::Text;

pub(super) static RULE: Rule = Rule {
    code: "form-section",
    level: Level::Error,
    wants: "The sections of the proposal form are all there, under their own headings, in the form's order.",
    why: "Programs read the form by its headings: what stands under another is lost, and so is what was deleted as not needed. An \
          empty section says `_No response_`.",
    examples: &[
        Example {
            template: "lfx-form",
            good: "### Technologies\n\nGo, Kubernetes\n\n",
            bad: "",
            at: "Skills same as Technologies?",
        },
        Example { template: "lfx-form", good: "### Upstream Issue URL\n", bad: "### Upstream Issue\n", at: "Upstream Issue" },
        Example {
            template: "lfx-form",
            good: "### CNCF Project\n\nCloud Kitchen\n\n### Term\n\n2026 Term 3 (Sep-Nov)\n",
            bad: "### Term\n\n2026 Term 3 (Sep-Nov)\n\n### CNCF Project\n\nCloud Kitchen\n",
            at: "### CNCF Project",
        },
    ],
    check: Check::Page(check),
};

fn check(page: &Page<'_>, out: &mut Findings<'_>) {
    let Some(sections) = &page.form else { return };
    let headings: Vec<&str> = form::headings().collect();
    // Headings that are no section of the form where they stand; one may be a section all the same.
    let mut others: Vec<Text<'_>> = page
        .outline
        .siblings(0..page.outline.nodes.len())
        .filter(|&node| matches!(page.outline.nodes[node].kind, Kind::Heading(_)))
        .map(|node| page.outline.text(node).trim())
        .filter(|text| sections.iter().all(|section| section.heading.span() != text.span()))
        .collect();
    let mut gone: Vec<usize> = Vec::new();
    for index in (0..headings.len()).filter(|&index| sections.iter().all(|section| section.index != index)) {
        let wanted = letters(headings[index]);
        let distance = |text: &Text<'_>| strsim::osa_distance(&letters(text.as_str()), &wanted);
        let found = others.iter().enumerate().map(|(at, text)| (distance(text), at)).min();
        let near = |distance: usize, text: &Text<'_>| {
            let said = letters(text.as_str());
            distance * 3 <= wanted.len()
                || (said.len() * 2 >= wanted.len() && (wanted.starts_with(&said) || wanted.ends_with(&said)))
        };
        match found {
            Some((0, at)) => {
                let text = others.remove(at);
                let place = index
                    .checked_sub(1)
                    .map_or("move it to the beginning".to_owned(), |before| format!("move it after `{}`", headings[before]));
                out.at(text.span(), format!("the section `{}` is out of order", headings[index])).help(place);
            }
            Some((distance, at)) if near(distance, &others[at]) && is_between(sections, index, others[at]) => {
                let text = others.remove(at);
                out.at(text.span(), format!("`{}` is no section of the form", text.flow()))
                    .help(format!("write `{}`", headings[index]));
            }
            _ => gone.push(index),
        }
    }
    for run in gone.chunk_by(|a, b| a + 1 == *b) {
        let names: Vec<_> = run.iter().map(|&index| format!("`{}`", headings[index])).collect();
        // Where the next section stands they are missing; at the end of the form, after its last.
        let next = sections.iter().find(|section| section.index > run[0]).or(sections.last());
        let Some(next) = next else { continue };
        let (what, be) = if run.len() == 1 { ("section", "is") } else { ("sections", "are") };
        out.at(next.heading.span(), format!("the {what} {} {be} missing", names.join(", ")))
            .help("put it back; without an answer it says `_No response_`");
    }
}

/// True if a heading stands where the section of that index should be.
fn is_between(sections: &[form::Section<'_>], index: usize, text: Text<'_>) -> bool {
    let at = text.span().start;
    sections.iter().all(|section| (section.index < index) == (section.heading.span().start < at))
}

fn letters(heading: &str) -> String {
    heading.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}
