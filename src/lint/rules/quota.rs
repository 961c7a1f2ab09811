//! `quota`: a project proposes no more ideas in a term than it may.

use rustc_hash::FxHashMap;

use crate::idea::{Idea, Program, Term};
use crate::lint::{Check, Example, Finding, Level, Limits, Linted, Rule};
use crate::text::Span;

macro_rules! another {
    ($title:literal, $issue:literal) => {
        concat!(
            "#### ",
            $title,
            "\n\n- Description: A kitchen has more to do than anybody thinks, and this is a part of it.\n- Expected Outcome: A kitchen \
             that works\n- Recommended Skills: Go, Helm\n- Mentor(s):\n  - Cy Marsh (@cy-marsh, cy@example.org)\n  - Ada Brook \
             (@ada-brook, ada@example.org)\n- Upstream Issue: https://github.com/cloud-kitchen/kitchen/issues/",
            $issue,
            "\n\n"
        )
    };
}

pub(super) static RULE: Rule = Rule {
    code: "quota",
    level: Level::Warning,
    wants: "A project proposes no more ideas in a term than its quota, five unless `ideas.toml` says otherwise.",
    why: "Programmes fund so many mentees of a project and not more; who proposes more makes others choose. Ideas of all pages of the \
          term count. Where a page has one project only, that is the organization, and may propose as many as it likes; on pages for \
          LFX Mentorship it is a project all the same.",
    examples: &[Example {
        template: "lfx",
        good: "#### Taste soups in a pipeline\n",
        bad: concat!(
            another!("Wash dishes in parallel", "41"),
            another!("Sharpen knives without locks", "42"),
            another!("Peel potatoes with WebAssembly", "43"),
            another!("Fold napkins in constant time", "44"),
            "#### Taste soups in a pipeline\n"
        ),
        at: "Taste soups",
    }],
    check: Check::Catalog(check),
};

/// A project in a term; a page without a term is a term of its own.
type Key = (String, Option<Term>, Option<usize>);

#[allow(clippy::trivially_copy_pass_by_ref)] // as all rules about several pages take it
fn check(pages: &[Linted], limits: &Limits, findings: &mut Vec<Finding>) {
    let mut proposed: FxHashMap<Key, usize> = FxHashMap::default();
    for (page, linted) in pages.iter().enumerate() {
        let shared = is_shared(linted);
        for (at, idea) in linted.ideas.iter().enumerate() {
            let (Some(project), true) = (&idea.project, shared || is_lfx(linted, idea)) else { continue };
            let term = idea.term.as_ref().map(|term| term.value);
            let count = proposed.entry((project.value.to_lowercase(), term, term.is_none().then_some(page))).or_insert(0);
            *count += 1;
            // The first that is too many; the others are known to be.
            if *count == limits.quota + 1 {
                findings.push(Finding {
                    code: RULE.code,
                    level: RULE.level,
                    page,
                    span: idea.title.span.unwrap_or(Span::new(0, 0)),
                    message: format!("`{}` proposes more than {} ideas this term", project.value, limits.quota),
                    help: Some("leave out an idea, or set `quota` in `ideas.toml`".to_owned()),
                    idea: Some(at),
                    fix: None,
                });
            }
        }
    }
}

fn is_lfx(page: &Linted, idea: &Idea) -> bool {
    idea.program.as_ref().map_or(page.template == "lfx", |program| program.value == Program::Lfx)
}

/// True for a page that several projects share.
fn is_shared(page: &Linted) -> bool {
    let mut projects = page.ideas.iter().filter_map(|idea| idea.project.as_ref()).map(|project| project.value.to_lowercase());
    projects.next().is_some_and(|first| projects.any(|other| other != first))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lint;
    use crate::text::Source;

    #[test]
    fn ideas_are_counted() {
        let idea = |title: &str, term: &str| {
            format!("---\ntitle: {title}\nproject: Kitchen\nprogram: lfx\nterm: {term}\nskills: [Go]\n---\n\nText.\n")
        };
        let titles = ["Soup", "Salad", "Bread", "Cheese", "Fruit", "Nuts", "Tea"];
        let found = |terms: &[&str], quota: usize| {
            let page = |(title, term): (&&str, &&str)| lint::page(Source::new(*title, idea(title, term)), None).unwrap().0;
            let pages: Vec<_> = titles.iter().zip(terms).map(page).collect();
            let findings = lint::catalog(&pages, Vec::new(), &Limits { quota, ..Limits::default() }).findings;
            findings.iter().map(|finding| finding.page).collect::<Vec<_>>()
        };
        assert_eq!(found(&["2026-3"; 5], 5), [0; 0]);
        assert_eq!(found(&["2026-3"; 7], 5), [5], "the first that is too many");
        assert_eq!(found(&["2026-3"; 3], 2), [2]);
        assert_eq!(found(&["2026-3", "2026-2", "2026-3", "2026-2"], 2), [0; 0]);
    }
}
