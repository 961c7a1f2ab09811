//! `bare-title`: an idea is more than a title.

use crate::document::Kind;
use crate::layout::{Heading, Holds};
use crate::lint::page::Page;
use crate::lint::{Check, Example, Findings, Level, Rule};

use super::{heading_level, repeated_project};

pub(super) static RULE: Rule = Rule {
    code: "bare-title",
    level: Level::Error,
    wants: "Something stands below the title of an idea.",
    why: "A title alone cannot be chosen: nobody knows what to do, for whom, or whom to ask. Readers of the page skip it.",
    examples: &[
        Example {
            template: "lfx",
            good: "#### Taste soups in a pipeline\n",
            bad: "#### Count the spoons of every kitchen\n\n#### Taste soups in a pipeline\n",
            at: "Count the spoons",
        },
        Example {
            template: "cncf-gsoc",
            good: "##### Keep recipes in a registry\n",
            bad: "##### Count the spoons of every kitchen\n\n##### Keep recipes in a registry\n",
            at: "Count the spoons",
        },
    ],
    check: Check::Page(check),
};

/// Where the template does not say what a heading of some level is, so many ideas must show it.
const ENOUGH: usize = 3;

fn check(page: &Page<'_>, out: &mut Findings<'_>) {
    let levels = if page.in_layout {
        // Where ideas stand here, and where they should.
        [page.idea_level(), page.template.idea_level]
    } else {
        [page.usual_level().filter(|_| page.ideas().len() >= ENOUGH), None]
    };
    if page.ideas().is_empty() {
        return;
    }
    let low = heading_level::low_projects(page);
    for (at, heading) in page.headings.iter().enumerate() {
        let next = page.headings.get(at + 1);
        // With deeper headings below, it is a group; on the other level ideas may be parts of something else.
        let bare = heading.is_name
            && matches!(heading.holds, Holds::Nothing | Holds::Else)
            && page.is_blank(heading)
            && levels.contains(&Some(heading.level))
            && next.is_none_or(|next| next.level <= heading.level)
            && !has_parts(page, heading)
            && (page.in_layout || is_beside_idea(page, at));
        if bare && low.binary_search(&at).is_err() && !is_repeated(page, at) {
            out.at(heading.text.trim().span(), format!("nothing stands below the title `{}`", heading.text.flow()))
                .help("describe the idea, or take its title away");
        }
    }
}

/// True if a deeper heading follows right behind a heading: a field may be one.
fn has_parts(page: &Page<'_>, heading: &Heading<'_>) -> bool {
    let next = page.document.nodes.get(heading.node + 1).map(|node| node.kind);
    matches!(next, Some(Kind::Heading(level)) if level > heading.level)
}

/// True if the nearest heading of the same level, in the same section, opens an idea. On a page of its own layout other sections
/// may have that level, too.
fn is_beside_idea(page: &Page<'_>, at: usize) -> bool {
    let level = page.headings[at].level;
    let is_idea = |mut headings: Box<dyn Iterator<Item = &Heading<'_>> + '_>| {
        headings.find(|heading| heading.level <= level).is_some_and(|it| it.level == level && it.holds == Holds::Idea)
    };
    is_idea(Box::new(page.headings[..at].iter().rev())) || is_idea(Box::new(page.headings[at + 1..].iter()))
}

/// True if a heading repeats the one before it, or is repeated by the next.
fn is_repeated(page: &Page<'_>, at: usize) -> bool {
    repeated_project::is_repeated(page, at) || (at + 1 < page.headings.len() && repeated_project::is_repeated(page, at + 1))
}
