//! `mentor-handle-format`: a handle is written as GitHub writes it.

use crate::labels::Kind;
use crate::lint::{Check, Edit, Example, Findings, Level, Page, Rule};
use crate::text::Span;

pub(super) static RULE: Rule = Rule {
    code: "mentor-handle-format",
    level: Level::Warning,
    wants: "A mentor's GitHub handle begins with `@` and has letters, digits and single hyphens, at most 39 of them.",
    why: "Programmes invite mentors by their handle. Without the `@` nobody can tell a handle from a company or a nickname.",
    examples: &[
        Example { template: "lfx", good: "(@boreed, bo.reed@example.org)", bad: "(boreed, bo.reed@example.org)", at: "boreed" },
        Example {
            template: "lfx",
            good: "(@boreed, bo.reed@example.org)",
            bad: "(@bo_reed, bo.reed@example.org)",
            at: "@bo_reed",
        },
    ],
    check: Check::Idea(check),
};

fn check(page: &Page<'_>, idea: usize, out: &mut Findings<'_>) {
    if page.is_record() {
        return;
    }
    let text = page.source.text();
    for handle in page.ideas()[idea].idea.mentors.iter().filter_map(|mentor| mentor.github.as_ref()) {
        let Some(span) = handle.span else { continue };
        // A link to the person's page names the handle without any sign.
        let written = &text[span.range()] == handle.value.as_str();
        if written && !text[..span.start].ends_with('@') && page.template.mentors.handle {
            out.at(span, format!("the handle `{}` has no `@`", handle.value)).fix([Edit::insert(span.start, "@")]);
        }
    }
    for line in page.facts(idea, Kind::Mentors).flat_map(|fact| fact.lines().map(|(line, _)| line)) {
        let said = line.as_str();
        for (at, _) in said.match_indices('@') {
            // The middle of an address.
            if said[..at].ends_with(|c: char| c.is_alphanumeric() || "._-+".contains(c)) {
                continue;
            }
            let rest = &said[at + 1..];
            let end = rest.find(|c: char| c.is_whitespace() || ",;)]}>|".contains(c)).unwrap_or(rest.len());
            let word = rest[..end].trim_end_matches(['.', ':', '?', '!', '*', '\'']);
            if !word.is_empty() && !crate::idea::mentor::is_handle(word) && !word.contains('@') {
                let span: Span = line.cut(at..at + 1 + word.len()).span();
                out.at(span, format!("`@{word}` cannot be a GitHub handle"))
                    .help("handles have letters, digits and single hyphens, and at most 39 of them");
            }
        }
    }
}
