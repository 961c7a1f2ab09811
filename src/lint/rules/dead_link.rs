//! `dead-link`: the upstream issues and links of an idea work.

use crate::idea::Idea;
use crate::idea::check::{Check as Checked, State};
use crate::lint::{Check, Example, Finding, Level, Limits, Rule, online};

pub(super) static RULE: Rule = Rule {
    code: "dead-link",
    level: Level::Warning,
    wants: "The upstream issues and links of an idea work.",
    why: "Contributors begin with what is linked. A link is dead if its server answers 404 or 410, or if its host does not exist; \
          a login page, a server error or a timeout does not make it so. Only with `--online`: without it, earlier answers to \
          `ideas check` are not used either.",
    examples: &[Example {
        template: "cncf-gsoc",
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
            let message = format!("`{}` is dead (checked on {})", answer.url, online::day(answer));
            let mut finding = online::finding(&RULE, urls, answer, message);
            finding.help("link to where it is now, or leave it out");
            out.push(finding);
        }
    }
}
