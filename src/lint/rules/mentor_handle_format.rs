//! `mentor-handle-format`: a handle is written as GitHub writes it.

use crate::idea::mentor::{Part, Wrong};
use crate::lint::mentors;
use crate::lint::{Check, Edit, Example, Findings, Level, Page, Rule};

pub(super) static RULE: Rule = Rule {
    code: "mentor-handle-format",
    level: Level::Warning,
    wants: "A mentor's GitHub handle begins with `@` and has letters, digits and single hyphens, at most 39 of them.",
    why: "Programmes invite mentors by their handle. Without the `@` nobody can tell a handle from a company or a nickname.",
    examples: &[
        Example { template: "lfx", good: "(@boreed, bo.reed@example.org)", bad: "(boreed, bo.reed@example.org)", at: "boreed" },
        Example { template: "lfx", good: "@boreed", bad: "@bo_reed", at: "@bo_reed" },
        Example { template: "lfx", good: "@boreed", bad: "@bo.reed", at: "@bo.reed" },
        Example { template: "lfx", good: "@boreed", bad: "@-boreed", at: "@-boreed" },
        Example { template: "lfx", good: "@boreed", bad: "@boreed-", at: "@boreed-" },
        Example { template: "lfx", good: "@boreed", bad: "@bo--reed", at: "@bo--reed" },
        Example { template: "lfx", good: "@boreed", bad: "bo_reed", at: "bo_reed" },
        Example { template: "cncf-gsoc", good: "@boreed", bad: "boreed", at: "boreed" },
        Example { template: "lfx-form", good: "@boreed", bad: "boreed", at: "boreed" },
        Example { template: "lfx-form", good: "@boreed", bad: "https://github.com/boreed", at: "https://github.com/boreed" },
        Example { template: "lfx-form", good: "@boreed", bad: "github.com/boreed", at: "github.com/boreed" },
        Example { template: "lfx-form", good: "@boreed", bad: "@bo reed", at: "@bo reed" },
        Example {
            template: "lfx-form",
            good: "@boreed",
            bad: "@bo-reed-whose-handle-goes-on-and-on-and-on",
            at: "@bo-reed-whose-handle-goes-on-and-on-and-on",
        },
        Example { template: "idea", good: "github: ada-brook", bad: "github: ada_brook", at: "ada_brook" },
    ],
    check: Check::Idea(check),
};

fn check(page: &Page<'_>, idea: usize, out: &mut Findings<'_>) {
    for fault in page.mentors(idea).faults().filter(|fault| fault.part == Part::Handle) {
        let said = fault.text.as_str();
        let span = fault.text.span();
        // In data, what stands there may be an escape of what it says.
        let literal = page.source.slice(span) == said;
        match &fault.wrong {
            Wrong::Bare => {
                let finding = out.at(span, format!("the handle `{said}` has no `@`"));
                if literal {
                    finding.fix([Edit::insert(span.start, "@")]);
                }
            }
            Wrong::Url(user) => {
                let finding = out.at(span, format!("`{said}` is a URL, where the handle alone is wanted"));
                finding.help(format!("write `@{user}`"));
                if literal {
                    let whole = fault.text.link_at(0).map_or(span, |link| link.span);
                    finding.fix([Edit::replace(whole, format!("@{user}"))]);
                }
                finding.level(Level::Error);
            }
            Wrong::Cannot(why) => {
                let finding = out.at(span, format!("`{said}` cannot be a GitHub handle: {why}"));
                if mentors::is_refused(page) {
                    finding.level(Level::Error);
                }
            }
            // `mentor-placeholder` says so; the others are said of addresses only.
            Wrong::Nobody | Wrong::Mailto(_) | Wrong::Behind(_) | Wrong::Spelled(_) => {}
        }
    }
}
