//! `duplicate-idea`: an idea stands on one page.

use rustc_hash::FxHashMap;

use crate::idea::tracker::{self, Target};
use crate::idea::{Idea, Term};
use crate::lint::{Check, Example, Finding, Level, Limits, Linted, Rule};
use crate::text::Span;

pub(super) static RULE: Rule = Rule {
    code: "duplicate-idea",
    level: Level::Warning,
    wants: "In a programme's term, an idea stands on one page: no other has its title and project, or its upstream issue.",
    why: "Contributors apply to one of them and mentors look at the other. The same idea in another term is a new attempt, and fine.",
    examples: &[
        // The page stands beside the template's own, which has the same idea.
        Example { template: "idea", good: "hours: 175", bad: "hours: 350", at: "Keep recipes in a registry" },
        Example {
            template: "lfx-form",
            good: "Keep recipes in a registry\n",
            bad: "Store recipes in a registry\n",
            at: "https://github.com/cloud-kitchen/kitchen/issues/12",
        },
    ],
    check: Check::Catalog(check),
};

/// What makes two ideas one, within a term of a programme.
#[derive(PartialEq, Eq, Hash)]
enum Same {
    Title(String, String),
    Upstream(String),
}

#[allow(clippy::trivially_copy_pass_by_ref)] // as all rules about several pages take it
fn check(pages: &[Linted], _: &Limits, findings: &mut Vec<Finding>) {
    // Most terms have one page, and nothing to compare.
    let mut only: FxHashMap<InTerm<'_>, Option<usize>> = FxHashMap::default();
    for (page, linted) in pages.iter().enumerate() {
        for term in linted.ideas.iter().filter_map(term) {
            let one = only.entry(term).or_insert(Some(page));
            *one = one.filter(|&other| other == page);
        }
    }
    let mut known: FxHashMap<(InTerm<'_>, Same), (usize, usize)> = FxHashMap::default();
    for (page, linted) in pages.iter().enumerate() {
        for (at, idea) in linted.ideas.iter().enumerate() {
            let Some(term) = term(idea).filter(|term| only[term].is_none()) else { continue };
            let mut other = None;
            for (same, span) in marks(idea) {
                let first = *known.entry((term, same)).or_insert((page, at));
                // Twice on one page is for other rules to say.
                if first.0 != page {
                    other = other.or(Some((first, span)));
                }
            }
            let Some(((first, there), span)) = other else { continue };
            let twin = &pages[first].ideas[there];
            findings.push(Finding {
                code: RULE.code,
                level: RULE.level,
                page,
                span: span.or(idea.title.span).unwrap_or(Span::new(0, 0)),
                message: format!("`{}` of {}, line {}, is the same idea", twin.title.value, twin.source.path, twin.source.line),
                help: Some("keep one of them".to_owned()),
                idea: Some(at),
                fix: None,
                common: None,
                others: Vec::new(),
            });
        }
    }
}

/// A programme and its term.
type InTerm<'a> = (&'a str, Term);

/// When an idea was proposed, if programme and term are known.
fn term(idea: &Idea) -> Option<InTerm<'_>> {
    Some((idea.program.as_ref()?.value.as_str(), idea.term.as_ref()?.value))
}

/// By what an idea is known, and where that stands.
fn marks(idea: &Idea) -> impl Iterator<Item = (Same, Option<Span>)> + '_ {
    let title = Same::Title(idea.filed_under().unwrap_or_default().to_lowercase(), idea.title.value.to_lowercase());
    // What is no issue tells nothing: many ideas may come from one repository.
    let issues = idea.upstream.iter().filter(|url| tracker::target(&url.value) == Target::Issue);
    let issues = issues.map(|url| (Same::Upstream(tracker::key(&url.value)), url.span));
    std::iter::once((title, idea.title.span)).chain(issues)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lint;
    use crate::text::Source;

    #[test]
    fn pages_have_in_common() {
        let idea = |title: &str, term: &str, upstream: &str| {
            format!(
                "---\ntitle: {title}\nproject: Kitchen\nprogram: lfx\nterm: {term}\nskills: [Go]\nupstream: {upstream}\n---\n\nText.\n"
            )
        };
        let (one, two) = ("https://github.com/a/b/issues/1", "https://github.com/a/b/issues/2");
        for (first, second, found) in [
            (idea("Soup", "2026-3", one), idea("Salad", "2026-3", two), 0),
            (idea("Soup", "2026-3", one), idea("soup", "2026-3", two), 1),
            (idea("Soup", "2026-3", one), idea("Salad", "2026-3", "https://GitHub.com/A/b/issues/1#comment"), 1),
            (idea("Soup", "2026-3", one), idea("Salad", "2026-3", "http://www.github.com/a/B/issues/1/"), 1),
            (idea("Soup", "2026-3", one), idea("Soup", "2026-3", one), 1),
            (idea("Soup", "2026-3", one), idea("Soup", "2026-2", one), 0),
            (idea("Soup", "2026-3", "https://github.com/a/b"), idea("Salad", "2026-3", "https://github.com/a/b"), 0),
        ] {
            let page = |path: &str, text: &str| lint::page(Source::new(path, text), None).unwrap().0;
            let pages = [page("one.md", &first), page("two.md", &second)];
            let findings = lint::catalog(&pages, Vec::new(), &Limits::default()).findings;
            assert_eq!(findings.len(), found, "{first}{second}");
            assert!(findings.iter().all(|finding| finding.code == "duplicate-idea" && finding.page == 1));
        }
    }
}
