//! `mentor-email-format`: an e-mail address is one that mail can be sent to.

use crate::idea::mentor::{Part, Wrong};
use crate::lint::mentors;
use crate::lint::{Check, Edit, Example, Findings, Level, Page, Rule};

pub(super) static RULE: Rule = Rule {
    code: "mentor-email-format",
    level: Level::Error,
    wants: "A mentor's e-mail address is complete, and stands there as it is typed: `ada@example.org`.",
    why: "Programmes send their invitations to this address, and a script takes it from the page. An address that is spelled \
          out (`ada at example.org`) is understood on a page, but not on the form.",
    examples: &[
        Example { template: "lfx", good: "bo.reed@example.org", bad: "bo.reed@", at: "bo.reed@" },
        Example { template: "lfx", good: "bo.reed@example.org", bad: "bo.reed@example", at: "bo.reed@example" },
        Example { template: "lfx", good: "bo.reed@example.org", bad: "bo.reed@@example.org", at: "bo.reed@@example.org" },
        Example { template: "lfx", good: "bo.reed@example.org", bad: "bo.reed@exam ple.org", at: "bo.reed@exam" },
        Example { template: "lfx", good: "bo.reed@example.org", bad: "bo.reed at example", at: "bo.reed at example" },
        Example { template: "lfx", good: "bo.reed@example.org", bad: "bo.reed.example.org", at: "bo.reed.example.org" },
        Example { template: "lfx", good: "bo.reed@example.org", bad: "@example.org", at: "@example.org" },
        Example { template: "lfx", good: "bo.reed@example.org", bad: "bo.reed@example.org;", at: ";" },
        Example { template: "lfx", good: "bo.reed@example.org", bad: "mailto:bo.reed@example.org", at: "mailto:" },
        Example { template: "cncf-gsoc", good: "bo.reed@example.org", bad: "bo.reed@example..org", at: "bo.reed@example..org" },
        Example { template: "lfx-form", good: "bo.reed@example.org", bad: "bo.reed@", at: "bo.reed@" },
        Example { template: "lfx-form", good: "bo.reed@example.org", bad: "bo.reed (at) example.org", at: "bo.reed (at)" },
        Example { template: "lfx-form", good: "bo.reed@example.org", bad: "bo reed@example.org", at: "bo reed@example.org" },
        Example { template: "lfx-form", good: "bo.reed@example.org", bad: "bo.reed@example.org.", at: "." },
        Example { template: "idea", good: "email: ada@example.org", bad: "email: ada@example", at: "ada@example" },
    ],
    check: Check::Idea(check),
};

fn check(page: &Page<'_>, idea: usize, out: &mut Findings<'_>) {
    for fault in page.mentors(idea).faults().filter(|fault| fault.part == Part::Email) {
        let said = fault.text.as_str();
        let span = fault.text.span();
        // In data, what stands there may be an escape of what it says.
        let literal = page.source.slice(span) == said;
        let (finding, edit) = match &fault.wrong {
            Wrong::Mailto(head) => {
                let finding = out.at(span, format!("`{said}` is a link, not an address"));
                (finding.help("write the address alone"), Edit::delete(head.span()))
            }
            Wrong::Behind(tail) => {
                let finding = out
                    .at(tail.span(), format!("`{tail}` behind the address does not belong to it", tail = tail.as_str().trim()));
                (finding.help("end the address where it ends"), Edit::delete(tail.span()))
            }
            Wrong::Spelled(address) => {
                let finding = out.at(span, format!("`{said}` is no e-mail address, but one spelled out"));
                (finding.help(format!("write `{address}`")), Edit::replace(span, address))
            }
            Wrong::Cannot(why) => {
                out.at(span, format!("`{said}` is no e-mail address: {why}")).help("write it as in `ada@example.org`");
                continue;
            }
            // `mentor-placeholder` says so; the others are said of handles only.
            Wrong::Nobody | Wrong::Bare | Wrong::Url(_) => continue,
        };
        if !mentors::is_refused(page) {
            finding.level(Level::Warning);
        }
        // Glued to what stands before it, it may be more than a prefix.
        let before = page.source.text()[..edit.span.start].chars().next_back().unwrap_or(' ');
        let glued = matches!(fault.wrong, Wrong::Mailto(_)) && !(before.is_whitespace() || "(<,;|\"".contains(before));
        if literal && glued {
            finding.unsafe_fix([edit]);
        } else if literal {
            finding.fix([edit]);
        }
    }
}
