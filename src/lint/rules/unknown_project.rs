//! `unknown-project`: a project is called as its foundation calls it.

use crate::lint::{Check, Edit, Example, Findings, Level, Page, Rule};
use crate::programs::projects::{Listed, Named};

pub(super) static RULE: Rule = Rule {
    code: "unknown-project",
    level: Level::Warning,
    wants: "On pages for the CNCF, a project has the name by which the CNCF lists it.",
    why: "The programme looks up quotas, maintainers and maturity by that name. Under another one it finds nothing: the proposal waits \
          for somebody to sort it out, and contributors who filter by the project do not see the idea.",
    examples: &[
        Example { template: "lfx", good: "### Cloud Kitchen\n", bad: "### Kubernets\n", at: "Kubernets" },
        Example { template: "lfx-form", good: "Cloud Kitchen\n", bad: "argoproj\n", at: "argoproj" },
    ],
    check: Check::Page(check),
};

fn check(page: &Page<'_>, out: &mut Findings<'_>) {
    let Some(list) = page.template.projects.as_deref().and_then(Listed::of) else { return };
    let projects: Vec<_> = page.ideas().iter().filter_map(|entry| entry.idea.project.as_ref()).collect();
    // Pages of another foundation have projects that nobody here knows.
    let is_of_list = projects.iter().any(|project| matches!(list.named(&project.value), Named::So(_) | Named::Part(_)));
    let mut seen = Vec::new();
    for project in projects {
        let Some(span) = project.span.filter(|span| !seen.contains(span)) else { continue };
        seen.push(span);
        let literal = page.source.slice(span) == project.value;
        match list.named(&project.value) {
            Named::Otherwise(known) => {
                let finding = out.at(span, format!("the CNCF lists `{}` as `{}`", project.value, known.name));
                if literal {
                    finding.unsafe_fix([Edit::replace(span, known.name.as_str())]);
                }
            }
            Named::Almost(known) => {
                let finding = out.at(span, format!("the CNCF lists no project `{}`", project.value));
                finding.help(format!("did you mean `{}`?", known.name));
                if literal {
                    finding.unsafe_fix([Edit::replace(span, known.name.as_str())]);
                }
            }
            Named::Not if is_of_list => {
                out.at(span, format!("`{}` is not in the CNCF's list of active projects", project.value))
                    .help("write the project's name as https://landscape.cncf.io has it")
                    .level(Level::Info);
            }
            Named::So(_) | Named::Part(_) | Named::Not => {}
        }
    }
}
