//! `mentor-link`: the link behind a handle leads to that handle.

use crate::idea::mentor::{github_user, is_handle};
use crate::labels::Kind;
use crate::lint::{Check, Example, Findings, Level, Page, Rule};

pub(super) static RULE: Rule = Rule {
    code: "mentor-link",
    level: Level::Warning,
    wants: "A handle that is a link to GitHub leads to the profile of that handle.",
    why: "One of the two is wrong, often left from the line that was copied: contributors write to a stranger, and programmes invite \
          one.",
    examples: &[Example {
        template: "lfx",
        good: "Bo Reed (@boreed, bo.reed@example.org)",
        bad: "Bo Reed ([@boreed](https://github.com/ada-brook-2), bo.reed@example.org)",
        at: "@boreed",
    }],
    check: Check::Idea(check),
};

fn check(page: &Page<'_>, idea: usize, out: &mut Findings<'_>) {
    for fact in page.facts(idea, Kind::Mentors) {
        for part in &fact.parts {
            for (range, link) in part.text.links() {
                let said = part.text.cut(range).trim();
                let Some(handle) = said.as_str().strip_prefix('@').filter(|handle| is_handle(handle)) else { continue };
                let Some(user) = github_user(&link.url) else { continue };
                if !user.eq_ignore_ascii_case(handle) {
                    out.at(said.span(), format!("`@{handle}` links to the profile of `{user}`"))
                        .help("find out which of the two it is");
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::lint::damaged;

    #[test]
    fn handles_lead_to_themselves() {
        for (said, is_wrong) in [
            ("[@boreed](https://github.com/boreed)", false),
            ("[@BoReed](https://www.github.com/boreed/)", false),
            ("[@boreed](https://github.com/breed)", true),
            ("[@boreed](https://example.org/breed)", false),
            ("[my work](https://github.com/breed)", false),
        ] {
            let found = damaged("lfx", "(@boreed, bo.reed", &format!("({said}, bo.reed"));
            assert_eq!(found.iter().any(|found| found == "mentor-link @boreed"), is_wrong, "{said}: {found:?}");
        }
    }
}
