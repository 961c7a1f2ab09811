//! `upstream-kind`: the upstream URL leads to an issue or a pull request.

use crate::idea::tracker::{self, Target};
use crate::lint::urls;
use crate::lint::{Check, Example, Findings, Level, Page, Rule};

pub(super) static RULE: Rule = Rule {
    code: "upstream-kind",
    level: Level::Warning,
    wants: "The upstream URL of an idea leads to an issue or a pull request.",
    why: "Mentees and mentors meet in the issue: it says what is to be done, and its history says how far it went. A repository, a \
          file or a list of issues does not. Of hosts that we do not know, a URL with a number is taken at its word.",
    examples: &[
        Example {
            template: "lfx",
            good: "https://github.com/cloud-kitchen/kitchen/issues/12",
            bad: "https://github.com/cloud-kitchen/kitchen",
            at: "https://github.com/cloud-kitchen/kitchen",
        },
        Example {
            template: "cncf-gsoc",
            good: "https://github.com/cloud-kitchen/kitchen/issues/12",
            bad: "https://github.com/cloud-kitchen/kitchen/blob/main/ideas/recipes.md",
            at: "recipes.md",
        },
        Example {
            template: "lfx-form",
            good: "https://github.com/cloud-kitchen/kitchen/issues/12",
            bad: "https://github.com/cloud-kitchen/kitchen/issues",
            at: "https://github.com/cloud-kitchen/kitchen/issues",
        },
        Example {
            template: "idea",
            good: "https://github.com/cloud-kitchen/kitchen/issues/12",
            bad: "https://docs.google.com/document/d/12",
            at: "https://docs.google.com/document/d/12",
        },
    ],
    check: Check::Idea(check),
};

fn check(page: &Page<'_>, idea: usize, out: &mut Findings<'_>) {
    // Other pages have fields of trackers and lists of issues, and nobody asked for more.
    if !page.in_layout {
        return;
    }
    let upstream = &page.ideas()[idea].idea.upstream;
    let too_many = page.template.limits.upstream.is_some_and(|most| upstream.len() > most);
    // `upstream-count` asks for a choice, and the issue is there to be chosen.
    if upstream.is_empty() || (too_many && upstream.iter().any(|url| tracker::target(&url.value) == Target::Issue)) {
        return;
    }
    let mut broken = None;
    for url in upstream {
        let (Some(span), Target::Other(what)) = (url.span, tracker::target(&url.value)) else { continue };
        let broken = broken.get_or_insert_with(|| urls::upstream(page, idea));
        if broken.iter().all(|broken| broken.span.end <= span.start || span.end <= broken.span.start) {
            out.at(span, format!("`{}` leads to {what}, not to an issue", url.value))
                .help("link the issue or pull request that says what is to be done");
        }
    }
}
