//! `unused-disable`: a comment that switches a rule off silences something.

use crate::lint::disable::Disable;
use crate::lint::{self, Check, Example, Finding, Level, Rule};
use crate::spelling::nearest;

pub(in crate::lint) static RULE: Rule = Rule {
    code: "unused-disable",
    level: Level::Warning,
    wants: "A comment that switches a rule off silences a finding.",
    why: "What it once excused has been mended; left behind, it would hide the next fault of that kind from whoever maintains \
          the page.",
    examples: &[Example {
        template: "lfx",
        good: "### Cloud Kitchen\n",
        bad: "<!-- ideas-disable-next-line mojibake -->\n### Cloud Kitchen\n",
        at: "mojibake",
    }],
    check: Check::Lint,
};

/// The finding about a comment that silences nothing; `alone` if none of its codes does.
pub(in crate::lint) fn finding(page: usize, disable: &Disable, alone: bool) -> Finding {
    let message = match &disable.code {
        Some(code) if lint::rule(code).is_none() => format!("there is no rule `{code}` to switch off"),
        Some(code) => format!("`{code}` finds nothing that this comment could silence"),
        None => "this comment silences nothing".to_owned(),
    };
    let known = |code: &String| {
        lint::rule(code).is_none().then(|| nearest(code, lint::rules::ALL.iter().map(|rule| rule.code))).flatten()
    };
    Finding {
        code: RULE.code,
        level: RULE.level,
        page,
        span: disable.span,
        message,
        help: disable.code.as_ref().and_then(known).map(|code| format!("did you mean `{code}`?")),
        idea: None,
        fix: Some(disable.fix(alone)),
        common: None,
        others: Vec::new(),
    }
}
