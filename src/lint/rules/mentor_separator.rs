//! `mentor-separator`: what is said of a mentor is parted as the template parts it.

use crate::idea::mentor::Gap;
use crate::lint::{Check, Edit, Example, Findings, Level, Page, Rule};
use crate::text::Span;

pub(super) static RULE: Rule = Rule {
    code: "mentor-separator",
    level: Level::Warning,
    wants: "A comma stands between handle and e-mail address; on the proposal form, three `|` part name, handle, address and \
            Linux Foundation ID.",
    why: "Scripts cut the line at these marks. Where one is missing, a handle and an address become one word, or an ID is taken \
          for an address.",
    examples: &[
        Example { template: "lfx", good: "@boreed, bo.reed@example.org", bad: "@boreed bo.reed@example.org", at: "@boreed bo" },
        Example { template: "gsoc", good: "@boreed, bo.reed@example.org", bad: "@boreed; bo.reed@example.org", at: ";" },
        Example {
            template: "lfx-form",
            good: "Bo Reed | @boreed | bo.reed@example.org | boreed",
            bad: "Bo Reed | @boreed",
            at: "Bo Reed | @boreed",
        },
        Example {
            template: "lfx-form",
            good: "Bo Reed | @boreed | bo.reed@example.org | boreed",
            bad: "Bo Reed | @boreed | bo.reed@example.org",
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
            bad: "Bo Reed | bo.reed@example.org | @boreed | boreed",
            at: "bo.reed@example.org | @boreed",
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
    if let Some(table) = mentors.table {
        out.at(table, "a table, where each mentor has a line")
            .help("write it as in `Ada Brook | @ada-brook | ada@example.org | adabrook`")
            .level(Level::Error);
    }
    let gaps = mentors.people.iter().flat_map(|person| &person.written.gaps);
    for gap in gaps.filter(|_| mentors.bound) {
        match gap {
            // `@ada <ada@example.org>` has marks of its own.
            &Gap::Comma(span, _) if page.source.slice(span).contains(['<', '[', '(', '\n']) => {}
            &Gap::Comma(span, only_mark) => {
                let finding = out.at(span, "no comma between handle and e-mail address");
                finding.fix([if only_mark { Edit::replace(span, ", ") } else { Edit::insert(span.start, ",") }]);
            }
            Gap::Parts(line, count) => {
                let noun = if *count == 1 { "part" } else { "parts" };
                out.at(line.span(), format!("a mentor's line with {count} {noun} instead of four"))
                    .help("write it as in `Ada Brook | @ada-brook | ada@example.org | adabrook`")
                    .level(Level::Error);
            }
            &Gap::Nameless(span) => {
                out.at(span, "no name stands before the first `|`").level(Level::Error);
            }
            Gap::Swapped(email, handle) => {
                let (first, second) = (email.span(), handle.span());
                let finding = out.at(Span::new(first.start, second.end), "handle and e-mail address have changed places");
                finding.level(Level::Error);
                if page.source.slice(first) == email.as_str() && page.source.slice(second) == handle.as_str() {
                    finding.fix([Edit::replace(first, handle.as_str()), Edit::replace(second, email.as_str())]);
                }
            }
        }
    }
}
