//! `missing-project`: an idea stands below the heading of its project.

use crate::lint::page::Page;
use crate::lint::{Check, Example, Findings, Level, Rule};

use super::{heading_level, placeholder};

pub(super) static RULE: Rule = Rule {
    code: "missing-project",
    level: Level::Error,
    wants: "Every idea stands below the heading of its project.",
    why: "The programme lists ideas as `organization - project: title`; without the heading the administrator has to guess \
          whose idea it is, and contributors who look for a project do not find it.",
    examples: &[
        Example { template: "lfx", good: "### Cloud Kitchen\n\n", bad: "", at: "Keep recipes" },
        Example { template: "cncf-gsoc", good: "#### Cloud Kitchen\n\n", bad: "", at: "Keep recipes" },
    ],
    check: Check::Page(check),
};

fn check(page: &Page<'_>, out: &mut Findings<'_>) {
    let Some(level) = page.template.project_level.filter(|_| page.in_layout && page.is_markdown()) else { return };
    // A project's heading may be there, but not be read as one: other rules say so.
    let low = heading_level::low_projects(page).first().map(|&at| page.headings[at].node);
    let misread = low.into_iter().chain(placeholder::projects(page).first().copied()).min();
    let off = heading_level::off(page);
    let mut found: Vec<(usize, usize)> = Vec::new();
    let mut before = false;
    for (idea, off) in off.iter().enumerate() {
        let Some(heading) = page.heading(idea) else { continue };
        // On the wrong level it only seems to have none; `heading-level` says so.
        let misplaced = off.is_some() || misread.is_some_and(|node| node < heading.node);
        let missing = !has_project(page, idea) && !misplaced;
        match found.last_mut() {
            // What several ideas in a row miss is one heading.
            Some((_, others)) if missing && before => *others += 1,
            _ if missing => found.push((idea, 0)),
            _ => {}
        }
        before = missing;
    }
    for (idea, others) in found {
        let and = match others {
            0 => String::new(),
            1 => " and the next one".to_owned(),
            n => format!(" and the next {n}"),
        };
        out.at(page.title_span(idea), format!("no project's heading stands above this idea{and}"))
            .help(format!("write `{} Name of the project` above it", "#".repeat(usize::from(level))));
    }
}

/// True if a field or a heading names the project. A table of contents may know it, too, but does not say it here.
fn has_project(page: &Page<'_>, idea: usize) -> bool {
    let entry = &page.ideas()[idea];
    match entry.draft.group {
        Some(group) => {
            let at = group.span().start;
            page.headings.binary_search_by_key(&at, |heading| heading.text.trim().span().start).is_ok()
        }
        None => entry.idea.project.is_some(),
    }
}
