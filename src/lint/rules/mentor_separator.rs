//! `mentor-separator`: what is said of a mentor is parted as the template parts it.

use crate::idea::mentor::Gap;
use crate::lint::{Check, Edit, Example, Findings, Level, Page, Rule};

pub(super) static RULE: Rule = Rule {
    code: "mentor-separator",
    level: Level::Warning,
    wants: "A comma stands between handle and e-mail address; on the proposal form, three `|` part name, handle, address and \
            Linux Foundation ID.",
    why: "Scripts cut the line at these marks. Where one is missing, a handle and an address become one word, or an ID is taken \
          for an address.",
    examples: &[
        Example { template: "lfx", good: "@boreed, bo.reed@example.org", bad: "@boreed bo.reed@example.org", at: "@boreed bo" },
        Example { template: "cncf-gsoc", good: "@boreed, bo.reed@example.org", bad: "@boreed; bo.reed@example.org", at: ";" },
        Example {
            template: "lfx-form",
            good: "Bo Reed | @boreed | bo.reed@example.org | boreed",
            bad: "Bo Reed | @boreed",
            at: "Bo Reed | @boreed",
        },
        Example {
            template: "lfx-form",
            good: "Bo Reed | @boreed | bo.reed@example.org | boreed",
            bad: "Bo Reed | @boreed | bo.reed@example.org | boreed | co-mentor",
            at: "co-mentor",
        },
        Example {
            template: "lfx-form",
            good: "Bo Reed | @boreed | bo.reed@example.org | boreed",
            bad: "Bo Reed (@boreed, bo.reed@example.org)",
            at: "Bo Reed (",
        },
        Example {
            template: "lfx-form",
            good: "Bo Reed | @boreed | bo.reed@example.org | boreed",
            bad: "| @boreed | bo.reed@example.org | boreed",
            at: "|",
        },
    ],
    check: Check::Idea(check),
};

fn check(page: &Page<'_>, idea: usize, out: &mut Findings<'_>) {
    let mentors = page.mentors(idea);
    let gaps = mentors.people.iter().flat_map(|person| &person.written.gaps);
    // `@ada <ada@example.org>` has marks of its own.
    let is_bare = |gap: &&Gap| !page.source.slice(gap.span).contains(['<', '[', '(', '\n']);
    for &Gap { span, only_mark } in gaps.filter(|_| mentors.bound).filter(is_bare) {
        let finding = out.at(span, "no comma between handle and e-mail address");
        finding.fix([if only_mark { Edit::replace(span, ", ") } else { Edit::insert(span.start, ",") }]);
    }
}
