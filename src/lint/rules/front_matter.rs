//! `front-matter`: what stands between the marks at the top of a page can be read.

use crate::lint::{Check, Example, Findings, Level, Page, Rule};

pub(super) static RULE: Rule = Rule {
    code: "front-matter",
    level: Level::Error,
    wants: "Front matter is valid YAML (between `---`) or TOML (between `+++`).",
    why: "The reader takes a block that it cannot parse for text: all that it says is lost, and the idea is shown by no list \
          and found by no filter.",
    examples: &[
        Example { template: "idea", good: "project: Cloud Kitchen\n", bad: "project: [Cloud] Kitchen\n", at: "project: [Cloud]" },
        Example {
            template: "idea",
            good: "difficulty: medium\n",
            bad: "difficulty: medium: or hard\n",
            at: "difficulty: medium",
        },
    ],
    check: Check::Page(check),
};

fn check(page: &Page<'_>, out: &mut Findings<'_>) {
    for problem in page.problems {
        let span = if problem.span.start == problem.span.end { page.line_span(problem.span) } else { problem.span };
        out.at(span, problem.message.clone()).help("values with `: ` or `#` in them stand in quotes");
    }
}
