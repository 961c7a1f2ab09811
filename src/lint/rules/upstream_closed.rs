//! `upstream-closed`: an idea that can still be taken up has an upstream issue that is open.

use crate::idea::check::{Answer, Check as Checked, State};
use crate::idea::{Idea, Status};
use crate::lint::{Check, Example, Finding, Level, Limits, Rule, online};
use crate::programs::{Calendar, When};

pub(super) static RULE: Rule = Rule {
    code: "upstream-closed",
    level: Level::Warning,
    wants: "An idea that can still be taken up has an upstream issue that is open.",
    why: "Work that is done, or was declined, is no project for a contributor, who finds that out last. One open issue of several \
          is enough. Ideas of terms that have ended, and ideas that say that they are taken or done, may well \
          have closed issues. Only with `--online`: without it, earlier answers to `ideas check` are not used either.",
    examples: &[Example {
        template: "lfx",
        good: "https://github.com/cloud-kitchen/kitchen/issues/34",
        bad: "https://github.com/cloud-kitchen/kitchen/issues/56",
        at: "https://github.com/cloud-kitchen/kitchen/issues/56",
    }],
    check: Check::Answers(check),
};

fn check(idea: &Idea, answers: &Checked, limits: &Limits, out: &mut Vec<Finding>) {
    let is_over = |status: Status| matches!(status, Status::Taken | Status::Done);
    let is_past = || {
        let (term, today) = idea.term.as_ref().zip(limits.today)?;
        let program = idea.program.as_ref().map(|program| &program.value);
        Some(Calendar::of(program, term.value).means(When::Past, term.value, today))
    };
    let is_closed = |answer: &Answer| matches!(answer.state, State::Closed | State::Merged);
    let best_is_closed = answers.best().is_some_and(is_closed);
    // Of an issue that nobody has an answer of, nobody knows.
    let all_are_known = idea.upstream.iter().all(|url| answers.upstream.iter().any(|answer| answer.url == url.value));
    if !best_is_closed
        || !all_are_known
        || idea.status.as_ref().is_some_and(|said| is_over(said.value))
        || is_past() == Some(true)
    {
        return;
    }
    for answer in answers.upstream.iter().filter(|answer| is_closed(answer)) {
        let message = format!("`{}` is {} (checked on {})", answer.url, answer.shown(), online::day(answer));
        let mut finding = online::finding(&RULE, &idea.upstream, answer, message);
        finding.help("link an open issue, mark the idea as done, or remove it");
        out.push(finding);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lint;
    use crate::programs::day;
    use crate::text::Source;

    #[test]
    fn only_what_can_still_be_taken_up_matters() {
        let (open, done) = ("https://github.com/a/b/issues/1", "https://github.com/a/b/issues/56");
        let page = |term: &str, more: &str, upstream: &[&str]| {
            let upstream = upstream.join(", ");
            format!("---\ntitle: Soup\nprogram: lfx\nterm: {term}\n{more}skills: [Go]\nupstream: [{upstream}]\n---\n\nText.\n")
        };
        for (text, found) in [
            (page("2026-1", "", &[done]), 1),
            (page("2026-3", "", &[done]), 1),
            (page("2025-3", "", &[done]), 0),
            (page("2026-1", "status: taken\n", &[done]), 0),
            (page("2026-1", "", &[done, open]), 0),
            (page("2026-1", "", &[open]), 0),
        ] {
            let (mut linted, _) = lint::page(Source::new("soup.md", &*text), None).unwrap();
            online::attach_examples(&mut linted.ideas);
            let limits = Limits { today: day("2026-02-20"), ..Limits::default() };
            let findings = lint::catalog(&[linted], Vec::new(), &limits).findings;
            assert_eq!(findings.iter().filter(|finding| finding.code == RULE.code).count(), found, "{text}");
        }
    }
}
