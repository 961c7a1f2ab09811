//! What most or many ideas of a page have in common, said once for the page: forty findings of one kind are one decision to take.

use rustc_hash::FxHashMap;

use super::{Finding, Fix, Page};
use crate::text::Span;

/// Fewer ideas have nothing in common that is not told one by one.
const ENOUGH: usize = 3;

/// So many ideas are told of once even if they are not most of the page's.
const MANY: usize = 8;

/// So many lines are named of those that have the same.
const LINES: usize = 5;

/// Puts the findings together that say the same of most ideas of the page, or of many: the first one stays, and names the others.
pub(super) fn merge(page: &Page<'_>, findings: &mut Vec<Finding>) {
    let ideas = page.ideas().len();
    if ideas < ENOUGH {
        return;
    }
    // One fix that is not safe must not keep the others from being made.
    let mut alike: FxHashMap<(&str, &str, bool), Vec<usize>> = FxHashMap::default();
    for (at, finding) in findings.iter().enumerate() {
        if let (Some(common), Some(_)) = (&finding.common, finding.idea) {
            let is_safe = finding.fix.as_ref().is_some_and(|fix| fix.safe);
            alike.entry((finding.code, common, is_safe)).or_default().push(at);
        }
    }
    let mut merged: Vec<(Finding, Vec<usize>)> = Vec::new();
    for ((_, common, _), places) in alike {
        let mut about: Vec<usize> = places.iter().filter_map(|&at| findings[at].idea).collect();
        about.sort_unstable();
        about.dedup();
        if about.len() >= ENOUGH && about.len() * 2 > ideas || about.len() >= MANY {
            merged.push((one(page, findings, &places, common, about.len()), places));
        }
    }
    let mut gone: Vec<usize> = Vec::new();
    for (finding, places) in merged {
        findings[places[0]] = finding;
        gone.extend(&places[1..]);
    }
    gone.sort_unstable();
    let mut at = 0;
    findings.retain(|_| {
        at += 1;
        gone.binary_search(&(at - 1)).is_err()
    });
}

/// The one finding for several that say the same of so many ideas.
fn one(page: &Page<'_>, findings: &[Finding], places: &[usize], common: &str, about: usize) -> Finding {
    let all = || places.iter().map(|&at| &findings[at]);
    let first = &findings[places[0]];
    let ideas = page.ideas().len();
    let who = if about == ideas { format!("all {ideas} ideas") } else { format!("{about} of {ideas} ideas") };
    let edits: Option<Vec<_>> = all().map(|finding| finding.fix.as_ref().map(|fix| fix.edits.iter().cloned())).collect();
    let safe = all().all(|finding| finding.fix.as_ref().is_some_and(|fix| fix.safe));
    let fix = edits.map(|edits| Fix { safe, edits: edits.into_iter().flatten().collect() });
    let others = others(page, all().skip(1).map(|finding| finding.span));
    let help = match &first.help {
        Some(help) => format!("{help}; {others}"),
        None => others,
    };
    let level = all().map(|finding| finding.level).max().unwrap_or(first.level);
    Finding {
        message: format!("{who} of the page {common}"),
        help: Some(help),
        level,
        idea: None,
        fix,
        common: None,
        others: all().skip(1).map(|finding| finding.span).collect(),
        ..first.clone()
    }
}

/// `the others are on lines 12, 40, 55 and 3 more`
pub(super) fn others(page: &Page<'_>, spans: impl Iterator<Item = Span>) -> String {
    let mut lines: Vec<usize> = spans.map(|span| page.source.line(span.start)).collect();
    lines.dedup();
    let named: Vec<String> = lines.iter().take(LINES).map(usize::to_string).collect();
    let more = match lines.len().saturating_sub(LINES) {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    format!("the others are on lines {}{more}", named.join(", "))
}

#[cfg(test)]
mod tests {
    use crate::lint::{Template, page};
    use crate::text::Source;

    fn found(mentors: &[&str]) -> Vec<String> {
        let idea = |(number, mentors): (usize, &&str)| {
            format!(
                "\n#### Soup {number}\n\n- Description: A soup is tasted by hand today.\n- Expected Outcome: A better soup\n\
                 - Recommended Skills: Go\n- Mentor(s): {mentors}\n- Upstream Issue: https://github.com/cloud-kitchen/kitchen/issues/1\n"
            )
        };
        let text: String =
            std::iter::once("### Cloud Kitchen\n".to_owned()).chain(mentors.iter().enumerate().map(idea)).collect();
        let (_, findings) = page(Source::new("page.md", text), Template::named("lfx")).unwrap();
        findings.into_iter().filter(|finding| finding.code == "mentor-email-missing").map(|finding| finding.message).collect()
    }

    #[test]
    fn what_most_ideas_have_in_common_is_said_once() {
        let (bare, full) = ("Ada Brook (@ada-brook), Bo Reed (@boreed, bo@example.org)", "Cy Marsh (@cy-marsh, cy@example.org)");
        assert_eq!(found(&[bare, bare]).len(), 2, "two are told one by one");
        assert_eq!(found(&[bare, bare, bare]), ["all 3 ideas of the page have mentors without an e-mail address"]);
        assert_eq!(found(&[bare, full, bare, full, bare]), ["3 of 5 ideas of the page have mentors without an e-mail address"]);
        assert_eq!(found(&[bare, full, bare, full]).len(), 2, "half of them are not most");
    }
}
