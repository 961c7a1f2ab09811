//! `dead-link`: the links of an idea lead somewhere.

use crate::idea::Idea;
use crate::idea::check::{Check as Checked, State};
use crate::lint::{Check, Example, Finding, Level, Limits, Rule, online};

pub(super) static RULE: Rule = Rule {
    code: "dead-link",
    level: Level::Warning,
    wants: "The upstream issues and links of an idea lead somewhere.",
    why: "Contributors begin with what is linked. A link is dead if its server says so (404, 410), or if there is no such host; \
          what needs a login, is in trouble or takes too long is not. Only with `--online`: what `ideas check` was told before \
          is not looked at without it.",
    examples: &[Example {
        template: "gsoc",
        good: "https://github.com/cloud-kitchen/kitchen/issues/34",
        bad: "https://github.com/cloud-kitchen/kitchen/issues/78",
        at: "https://github.com/cloud-kitchen/kitchen/issues/78",
    }],
    check: Check::Answers(check),
};

#[allow(clippy::trivially_copy_pass_by_ref)] // as all rules about answers take it
fn check(idea: &Idea, answers: &Checked, _: &Limits, out: &mut Vec<Finding>) {
    for (urls, answers) in [(&idea.upstream, &answers.upstream), (&idea.links, &answers.links)] {
        for answer in answers.iter().filter(|answer| answer.state == State::Dead) {
            let message = format!("`{}` leads nowhere (asked on {})", answer.url, online::day(answer));
            let mut finding = online::finding(&RULE, urls, answer, message);
            finding.help("link where it is now, or leave it out");
            out.push(finding);
        }
    }
}
