//! `duplicate-title`: a project proposes an idea once.

use rustc_hash::FxHashMap;

use crate::lint::letters::letters;
use crate::lint::page::Page;
use crate::lint::{Check, Example, Findings, Level, Rule};

pub(super) static RULE: Rule = Rule {
    code: "duplicate-title",
    level: Level::Warning,
    wants: "No two ideas of a project on one page have the same title.",
    why: "Contributors cannot tell them apart, and links by title lead to the first one only. Often it is one idea, pasted twice.",
    examples: &[
        Example {
            template: "lfx",
            good: "Taste soups in a pipeline",
            bad: "Keep recipes in a registry",
            at: "#### Keep recipes",
        },
        Example {
            template: "cncf-gsoc",
            good: "Taste soups in a pipeline",
            bad: "Keep Recipes in a Registry.",
            at: "Keep Recipes",
        },
    ],
    check: Check::Page(check),
};

fn check(page: &Page<'_>, out: &mut Findings<'_>) {
    let mut seen: FxHashMap<(String, String), usize> = FxHashMap::default();
    for (at, entry) in page.ideas().iter().enumerate() {
        let title = letters(&entry.idea.title.value);
        // On pages of their own layout, a heading that says nothing else may be no idea's.
        if title.is_empty() || !(page.in_layout || page.is_record() || entry.idea.title.value.split_whitespace().nth(2).is_some())
        {
            continue;
        }
        let project = letters(entry.idea.project.as_ref().map_or("", |project| &project.value));
        let first = *seen.entry((project, title)).or_insert(at);
        if first != at {
            let line = page.source.line(page.title_span(first).start);
            out.at(page.title_span(at), format!("`{}` is the title of another idea, too", entry.idea.title.value))
                .also_at(page.title_span(first))
                .help(format!("the other one is on line {line}"));
        }
    }
}
