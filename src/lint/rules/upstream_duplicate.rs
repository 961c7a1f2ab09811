//! `upstream-duplicate`: an issue stands under one idea.

use rustc_hash::FxHashMap;

use crate::idea::tracker::{self, Target};
use crate::lint::{Check, Example, Findings, Level, Page, Rule};

pub(super) static RULE: Rule = Rule {
    code: "upstream-duplicate",
    level: Level::Warning,
    wants: "No two ideas of a page have the same upstream issue.",
    why: "It is copied from the idea above, more often than not; and two mentees would be told to solve one issue. For pages of the \
          same term, `duplicate-idea` looks at it.",
    examples: &[Example {
        template: "lfx",
        good: "https://github.com/cloud-kitchen/kitchen/issues/34",
        bad: "https://github.com/cloud-kitchen/kitchen/issues/12",
        at: "https://github.com/cloud-kitchen/kitchen/issues/12",
    }],
    check: Check::Page(check),
};

fn check(page: &Page<'_>, out: &mut Findings<'_>) {
    let mut known: FxHashMap<&str, usize> = FxHashMap::default();
    for (at, entry) in page.ideas().iter().enumerate() {
        for url in &entry.idea.upstream {
            let first = *known.entry(tracker::trimmed(&url.value)).or_insert(at);
            let other = &page.ideas()[first].idea;
            // The same idea twice has all of it twice: `duplicate-title` says so.
            if first == at || other.title.value.eq_ignore_ascii_case(&entry.idea.title.value) {
                continue;
            }
            // What is no issue is no issue twice: `upstream-kind` speaks of it.
            let (Some(span), Target::Issue) = (url.span, tracker::target(&url.value)) else { continue };
            out.at(span, format!("`{}` is the upstream issue of `{}`, too", url.value, other.title.value))
                .also_at(page.title_span(first))
                .help(format!("it stands at line {}; give each idea an issue of its own", other.source.line));
        }
    }
}
