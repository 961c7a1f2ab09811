//! Comments that switch a rule off: for a line, an idea, the page. Each is tried before it is offered: with it, the findings of
//! that rule are fewer there, and nothing else is read otherwise.

use std::collections::BTreeMap;

use super::document::{self, Looked};
use crate::layout::Tree;
use crate::lint::{Edit, Finding};
use crate::text::Source;

/// On a longer page, in bytes, nothing is tried: it would be noticed.
const LONG_PAGE: usize = 256 << 10;

/// So many rules are tried at most.
const MOST: usize = 3;

/// The comments for findings that are near: for which of them, what it is called, and what it changes.
pub(super) fn offer<'f>(text: &str, looked: &Looked, near: &[&'f Finding]) -> Vec<(&'f Finding, String, Vec<Edit>)> {
    let mut offers = Vec::new();
    let source = &looked.page.source;
    let Some(tree) = Tree::read(source).ok().filter(|_| text.len() <= LONG_PAGE) else { return offers };
    let mut tried: Vec<&str> = Vec::new();
    for finding in near {
        if tried.contains(&finding.code) || tried.len() == MOST {
            continue;
        }
        tried.push(finding.code);
        for (scope, edits) in comments(source, &tree, looked, finding) {
            if works(text, looked, finding, &edits) {
                offers.push((*finding, format!("Disable `{}` for this {scope}", finding.code), edits));
            }
        }
    }
    offers
}

/// The comments that may do for a finding.
fn comments(source: &Source, tree: &Tree<'_>, looked: &Looked, finding: &Finding) -> Vec<(&'static str, Vec<Edit>)> {
    let text = source.text();
    let end = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let code = finding.code;
    let line = source.line_start(finding.span.start);
    let indent: String = text[line..].chars().take_while(|&c| c == ' ' || c == '\t').collect();
    let mut comments = vec![("line", vec![Edit::insert(line, format!("{indent}<!-- ideas-disable-next-line {code} -->{end}"))])];
    if let Some((begin, over)) = finding.idea.and_then(|idea| reach(idea, source, tree, looked)) {
        let mut edits = vec![Edit::insert(begin, format!("<!-- ideas-disable {code} -->{end}{end}"))];
        edits.extend(over.map(|over| Edit::insert(over, format!("<!-- ideas-enable {code} -->{end}{end}"))));
        comments.push(("idea", edits));
    }
    let top = Edit::insert(tree.body().start, format!("<!-- ideas-disable {code} -->{end}{end}"));
    comments.push(("page", vec![top]));
    comments
}

/// Where the lines of an idea begin that has a heading, and where the next heading stands that is none of its own.
fn reach(idea: usize, source: &Source, tree: &Tree<'_>, looked: &Looked) -> Option<(usize, Option<usize>)> {
    let title = looked.page.ideas.get(idea)?.title.span?;
    let seen = tree.inspect().ok()?;
    let own = seen.headings.iter().position(|heading| {
        let span = tree.document.nodes[heading.node].span();
        span.start <= title.start && title.end <= span.end
    })?;
    let start = |at: usize| source.line_start(tree.document.nodes[seen.headings[at].node].span().start);
    let next = (own + 1..seen.headings.len()).find(|&at| seen.headings[at].level <= seen.headings[own].level);
    Some((start(own), next.map(start)))
}

/// True if the edits take findings of the rule away, this one among them, and change nothing else.
fn works(text: &str, looked: &Looked, finding: &Finding, edits: &[Edit]) -> bool {
    let mut changed = text.to_owned();
    for edit in edits.iter().rev() {
        changed.insert_str(edit.span.start, &edit.text);
    }
    let moved: usize = edits.iter().filter(|edit| edit.span.start <= finding.span.start).map(|edit| edit.text.len()).sum();
    let Some(after) = document::look(&changed, looked.held_to.clone()) else { return false };
    let titles = |looked: &Looked| looked.page.ideas.iter().map(|idea| idea.title.value.clone()).collect::<Vec<_>>();
    let (before_counts, after_counts) = (counts(looked), counts(&after));
    let is_there = |found: &Finding| found.code == finding.code && found.span.start == finding.span.start + moved;
    !after.findings.iter().any(is_there)
        && titles(looked) == titles(&after)
        && after_counts.iter().all(|(kind, count)| before_counts.get(kind).is_some_and(|before| count <= before))
        && before_counts.iter().all(|(kind, count)| kind.0 == finding.code || after_counts.get(kind) == Some(count))
}

/// How often each finding is there.
fn counts(looked: &Looked) -> BTreeMap<(&str, &str), usize> {
    let mut counts = BTreeMap::new();
    for finding in &looked.findings {
        *counts.entry((finding.code, finding.message.as_str())).or_default() += 1;
    }
    counts
}
