//! `quota`: a project proposes no more ideas in a term than it may.

use rustc_hash::FxHashMap;

use crate::idea::{Idea, Term};
use crate::lint::{Check, Example, Finding, Level, Limits, Linted, Rule, Template};
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
    wants: "A project proposes no more ideas in a term than its programme allows: for LFX Mentorship four, Kubernetes eight.",
    why: "The programme labels a proposal too many with `Over Quota` and leaves it until an administrator agrees; who proposes more \
          makes others choose. Ideas of all pages of the term count. `quota` in `ideas.toml` sets another number, for all projects or \
          by project (`quota.kubernetes = 8`), and one for programmes that have none, where several projects share a page.",
    examples: &[Example {
        template: "lfx",
        good: "#### Taste soups in a pipeline\n",
        bad: concat!(
            another!("Wash dishes in parallel", "41"),
            another!("Sharpen knives without locks", "42"),
            another!("Peel potatoes with WebAssembly", "43"),
            "#### Taste soups in a pipeline\n"
        ),
        at: "Taste soups",
    }],
    check: Check::Catalog(check),
};

/// A project in a term; a page without a term is a term of its own.
type Key = (String, Option<Term>, Option<usize>);

fn check(pages: &[Linted], limits: &Limits, findings: &mut Vec<Finding>) {
    let mut proposed: FxHashMap<Key, usize> = FxHashMap::default();
    for (page, linted) in pages.iter().enumerate() {
        let shared = is_shared(linted);
        for (at, idea) in linted.ideas.iter().enumerate() {
            let Some(project) = &idea.project else { continue };
            let key = project.value.to_lowercase();
            let Some(quota) = quota(linted, idea, &key, shared, limits) else { continue };
            let term = idea.term.as_ref().map(|term| term.value);
            let count = proposed.entry((key.clone(), term, term.is_none().then_some(page))).or_insert(0);
            *count += 1;
            // The first that is too many; the others are known to be.
            if *count == quota + 1 {
                findings.push(Finding {
                    code: RULE.code,
                    level: RULE.level,
                    page,
                    span: idea.title.span.unwrap_or(Span::new(0, 0)),
                    message: format!("`{}` proposes more than {quota} ideas this term", project.value),
                    help: Some(format!("leave out an idea, or allow more: `quota.{key} = {}` in `ideas.toml`", quota + 1)),
                    idea: Some(at),
                    fix: None,
                    common: None,
                    others: Vec::new(),
                });
            }
        }
    }
}

/// How many ideas the project of an idea may propose in its term: as the settings say, or else the template of its programme.
fn quota(page: &Linted, idea: &Idea, project: &str, shared: bool, limits: &Limits) -> Option<usize> {
    let named = |template: &'static Template| (template.name == page.template).then_some(template);
    let of_program = |template: &&Template| {
        let program = idea.program.as_ref().map(|program| program.value.as_str());
        template.limits.quota.is_some() && template.program.as_deref() == program && program.is_some()
    };
    let template = match idea.program {
        Some(_) => Template::all().iter().find(of_program),
        None => Template::all().iter().find_map(named),
    };
    let own = template.map(|template| &template.limits).filter(|own| own.quota.is_some());
    // Without a programme that has one, a quota is for the projects that share a page; alone on it is the organization.
    (own.is_some() || shared).then_some(())?;
    let set = limits.quotas.get(project).copied().or(limits.quota);
    set.or_else(|| own.and_then(|own| own.quotas.get(project).copied().or(own.quota)))
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
            let findings = lint::catalog(&pages, Vec::new(), &Limits { quota: Some(quota), ..Limits::default() }).findings;
            findings.iter().map(|finding| finding.page).collect::<Vec<_>>()
        };
        assert_eq!(found(&["2026-3"; 5], 5), [0; 0]);
        assert_eq!(found(&["2026-3"; 7], 5), [5], "the first that is too many");
        assert_eq!(found(&["2026-3"; 3], 2), [2]);
        assert_eq!(found(&["2026-3", "2026-2", "2026-3", "2026-2"], 2), [0; 0]);
    }
}
