//! `unknown-comment`: a comment that begins with `ideas-` is one that `ideas` knows.

use crate::lint::disable::{Disables, VERBS};
use crate::lint::{Check, Edit, Example, Findings, Level, Rule};
use crate::spelling::nearest;

pub(super) static RULE: Rule = Rule {
    code: "unknown-comment",
    level: Level::Warning,
    wants: "A comment that begins with `ideas-` is one of those that `ideas` knows, such as `ideas-disable-next-line`.",
    why: "Misspelt, it does nothing: what it was to excuse is reported all the same, and its author does not see why. A comment that \
          looks like none of them may be of another program, and is only mentioned.",
    examples: &[
        Example {
            template: "lfx",
            good: "### Cloud Kitchen\n",
            bad: "<!-- ideas-enabel mojibake -->\n### Cloud Kitchen\n",
            at: "enabel",
        },
        Example { template: "lfx", good: "### Cloud Kitchen\n", bad: "<!-- ideas-begin -->\n### Cloud Kitchen\n", at: "begin" },
    ],
    check: Check::Comments(check),
};

fn check(comments: &Disables, out: &mut Findings<'_>) {
    for comment in &comments.unknown {
        let meant = nearest(&comment.verb, VERBS.iter().map(|(verb, _)| *verb));
        let finding = out.at(comment.span, format!("there is no comment `ideas-{}`", comment.verb));
        if let Some(verb) = meant {
            finding.help(format!("did you mean `ideas-{verb}`?")).unsafe_fix([Edit::replace(comment.span, verb)]);
        } else {
            let known: Vec<String> = VERBS.iter().map(|(verb, _)| format!("`ideas-{verb}`")).collect();
            finding.help(format!("there are {}", known.join(", "))).level(Level::Info);
        }
    }
}
