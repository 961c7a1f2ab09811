//! What the rules about answers of `ideas check` have in common: where their findings are, and answers for their examples.

use crate::idea::check::{Answer, Reason, State};
use crate::idea::{Check, Idea};
use crate::text::{Span, Spanned};

use super::{Finding, Rule};

/// A finding about an address of an idea; on the page itself, if the address stands nowhere on it.
pub(super) fn finding(rule: &Rule, urls: &[Spanned<String>], answer: &Answer, message: String) -> Finding {
    let span = urls.iter().find(|url| url.value == answer.url).and_then(|url| url.span);
    Finding {
        code: rule.code,
        level: rule.level,
        page: 0,
        span: span.unwrap_or(Span::new(0, 0)),
        message,
        help: None,
        idea: None,
        fix: None,
        common: None,
        others: Vec::new(),
    }
}

/// The day on which an address answered.
pub(super) fn day(answer: &Answer) -> &str {
    answer.at.get(..10).unwrap_or(&answer.at)
}

/// Attaches the answers that the examples of the rules are about: issue 56 is closed as completed, 78 is dead.
pub fn attach_examples<'i>(ideas: impl IntoIterator<Item = &'i mut Idea>) {
    let answer = |url: &Spanned<String>| {
        let bare = |state| Answer::bare(&url.value, "2026-02-20T08:00:00Z", state);
        match url.value.rsplit('/').next()? {
            "56" => Some(Answer { reason: Some(Reason::Completed), ..bare(State::Closed) }),
            "78" => Some(bare(State::Dead)),
            _ => None,
        }
    };
    for idea in ideas {
        idea.check =
            Check::new(idea.upstream.iter().filter_map(answer).collect(), idea.links.iter().filter_map(answer).collect());
    }
}
