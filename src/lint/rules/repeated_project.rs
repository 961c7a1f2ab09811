//! `repeated-project`: a project's heading stands once.

use crate::document::Kind;
use crate::layout::{Heading, Holds};
use crate::lint::letters::each_letter;
use crate::lint::page::Page;
use crate::lint::{Check, Edit, Example, Findings, Level, Rule};
use crate::text::Span;

pub(super) static RULE: Rule = Rule {
    code: "repeated-project",
    level: Level::Warning,
    wants: "A project's heading stands once on a page.",
    why: "The repetition opens a second section of that name, and tables of contents list both: who reads the first one misses the ideas \
          of the other, or finds none.",
    examples: &[
        Example {
            template: "lfx",
            good: "### Cloud Kitchen\n",
            bad: "### Cloud Kitchen\n\n### Cloud Kitchen\n",
            at: "### Cloud Kitchen",
        },
        Example { template: "lfx", good: "### Cloud Kitchen\n", bad: "### Cloud Kitchen\n\n## cloud kitchen\n", at: "## cloud" },
        Example {
            template: "cncf-gsoc",
            good: "#### Cloud Kitchen\n",
            bad: "### Cloud kitchen\n\n#### Cloud Kitchen\n",
            at: "### Cloud",
        },
    ],
    check: Check::Page(check),
};

fn check(page: &Page<'_>, out: &mut Findings<'_>) {
    if !page.in_layout {
        return;
    }
    let level = page.project_level();
    for at in 1..page.headings.len() {
        if !is_repeated(page, at) {
            continue;
        }
        let (first, second) = (&page.headings[at - 1], &page.headings[at]);
        // Of the two, the one that is not as the others is too many.
        let (extra, kept) = if Some(level_of(page, first)) != level && Some(level_of(page, second)) == level {
            (first, second)
        } else {
            (second, first)
        };
        let message = format!("the heading `{}` is here twice in a row", extra.text.flow());
        out.at(extra.text.trim().span(), message)
            .also_at(kept.text.span())
            .help(format!("the one on line {} will do", page.source.line(kept.text.span().start)))
            .unsafe_fix([Edit::delete(lines(page, extra))]);
    }
    // Further down, it opens a second section of the project.
    let sections = page.headings.iter().enumerate().filter(|(_, heading)| heading.holds == Holds::Ideas && heading.is_name);
    let sections: Vec<_> = sections.filter(|&(at, _)| !is_repeated(page, at)).map(|(_, heading)| heading).collect();
    let letters: Vec<String> = sections.iter().map(|heading| each_letter(heading.text.as_str()).collect()).collect();
    for (at, heading) in sections.iter().enumerate() {
        let first = letters[..at].iter().position(|other| *other == letters[at]);
        if let Some(first) = first.filter(|&first| sections[first].level == heading.level) {
            let line = page.source.line(sections[first].text.span().start);
            out.at(heading.text.trim().span(), format!("`{}` has a section already, on line {line}", heading.text.flow()))
                .also_at(sections[first].text.span())
                .help("move its ideas there, so that all of a project stand together");
        }
    }
}

/// True if a heading repeats the project's heading right before it.
pub(super) fn is_repeated(page: &Page<'_>, at: usize) -> bool {
    let Some((first, second)) = at.checked_sub(1).map(|before| (&page.headings[before], &page.headings[at])) else {
        return false;
    };
    let project = [first, second].iter().any(|heading| heading.holds == Holds::Ideas && heading.is_name);
    project
        && first.holds != Holds::Idea
        && second.holds != Holds::Idea
        && page.is_blank(first)
        && each_letter(first.text.as_str()).eq(each_letter(second.text.as_str()))
}

/// The level that is written: the reader takes the repetition for the heading that it repeats.
fn level_of(page: &Page<'_>, heading: &Heading<'_>) -> u8 {
    match page.document.nodes[heading.node].kind {
        Kind::Heading(level) => level,
        _ => heading.level,
    }
}

/// A heading's lines, and the empty ones after it.
fn lines(page: &Page<'_>, heading: &Heading<'_>) -> Span {
    let next = page.document.nodes.get(heading.node + 1).map_or(page.source.text().len(), |next| next.span().start);
    let start = page.line_span(page.document.nodes[heading.node].span()).start;
    Span::new(start, page.line_span(Span::new(next, next)).start.max(start))
}
