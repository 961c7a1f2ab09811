//! `heading-level`: ideas stand on one level, projects on another.

use crate::document::Kind;
use crate::layout::{BOLD, Heading, Holds};
use crate::lint::letters::letters;
use crate::lint::page::Page;
use crate::lint::{Check, Edit, Example, Findings, Level, Rule};
use crate::text::Span;

use super::repeated_project;

pub(super) static RULE: Rule = Rule {
    code: "heading-level",
    level: Level::Warning,
    wants: "The headings of ideas, and those of projects, have the level that most of them have on the page, else the template's.",
    why: "Levels say what belongs to what. An idea above its siblings looks like a project of its own, and tables of contents \
          and readers file what follows below it.",
    examples: &[
        Example { template: "lfx", good: "#### Taste soups", bad: "# Taste soups", at: "Taste soups" },
        Example { template: "lfx", good: "#### Keep recipes", bad: "##### Keep recipes", at: "Keep recipes" },
        Example { template: "lfx", good: "### Cloud Kitchen", bad: "## Cloud Kitchen", at: "Cloud Kitchen" },
        Example { template: "lfx", good: "### Cloud Kitchen", bad: "#### Cloud Kitchen", at: "Cloud Kitchen" },
        Example { template: "cncf-gsoc", good: "##### Taste soups", bad: "### Taste soups", at: "Taste soups" },
    ],
    check: Check::Page(check),
};

fn check(page: &Page<'_>, out: &mut Findings<'_>) {
    if !page.is_markdown() {
        return;
    }
    if let Some(level) = level_of_ideas(page) {
        for place in off(page).into_iter().flatten() {
            let heading = &page.headings[place];
            let message = if heading.level == BOLD {
                format!("the idea's title is a bold line, where a heading of level {level} should stand")
            } else {
                format!("the idea's heading is of level {}, not {level}", heading.level)
            };
            say(page, heading, message, level, out);
        }
    }
    let Some(level) = page.project_level().filter(|_| page.in_layout) else { return };
    for (at, heading) in page.headings.iter().enumerate() {
        let high = heading.holds == Holds::Ideas && heading.is_name && heading.level < level && heads(page, at, level);
        let repeated = |at| at < page.headings.len() && repeated_project::is_repeated(page, at);
        if high && !repeated(at) && !repeated(at + 1) {
            say(page, heading, format!("the project's heading is of level {}, not {level}", heading.level), level, out);
        }
    }
    for at in low_projects(page) {
        let heading = &page.headings[at];
        let message = if heading.level == BOLD {
            format!("the project's name is a bold line, where a heading of level {level} should stand")
        } else {
            format!("the project's heading is of level {}, not {level}: no idea is filed under it", heading.level)
        };
        say(page, heading, message, level, out);
    }
}

fn say(page: &Page<'_>, heading: &Heading<'_>, message: String, level: u8, out: &mut Findings<'_>) {
    let finding = out.at(heading.text.trim().span(), message);
    let marks = "#".repeat(usize::from(level));
    finding.help(format!("write `{marks} {}`", heading.text.flow()));
    // Underlined headings and bold lines need more than other marks.
    let node = &page.document.nodes[heading.node];
    let written = page.source.slice(node.span());
    let own = written.len() - written.trim_start_matches('#').len();
    if own > 0 && matches!(node.kind, Kind::Heading(_)) {
        finding.unsafe_fix([Edit::replace(Span::new(node.span().start, node.span().start + own), marks)]);
    }
}

/// True if a heading of ideas is no page's title above the projects: no other heading on the projects' level follows it.
fn heads(page: &Page<'_>, at: usize, level: u8) -> bool {
    let next = page.headings.get(at + 1);
    next.is_some_and(|next| next.level > level || next.holds == Holds::Idea)
}

/// The level that an idea's heading must have, if that can be said.
fn level_of_ideas(page: &Page<'_>) -> Option<u8> {
    if page.in_layout { page.idea_level() } else { page.usual_level().filter(|&level| nearly_all(page, level)) }
}

/// True if the headings of the page's ideas agree, but for a few. On pages of their own layout levels may mean anything.
fn nearly_all(page: &Page<'_>, level: u8) -> bool {
    let agree = (0..page.ideas().len()).filter(|&idea| page.heading(idea).is_some_and(|heading| heading.level == level)).count();
    agree >= 4 && agree * 5 >= page.ideas().len() * 4
}

/// For each idea whose heading is on a level of its own, that heading's place.
pub(super) fn off(page: &Page<'_>) -> Vec<Option<usize>> {
    let mut off = vec![None; page.ideas().len()];
    let Some(level) = level_of_ideas(page) else { return off };
    let above = above(page.headings);
    for (idea, off) in off.iter_mut().enumerate() {
        let Some(place) = page.place(idea) else { continue };
        let own = page.headings[place].level;
        // A group between the project and its ideas pushes them down.
        let group = || above[place].is_some_and(|above| page.headings[above].level >= level && !holds_idea(page, above));
        if own < level || (own > level && page.in_layout && !group()) {
            *off = Some(place);
        }
    }
    off
}

fn holds_idea(page: &Page<'_>, at: usize) -> bool {
    page.headings[at].holds == Holds::Idea
}

/// For each heading the nearest one before it that is higher.
fn above(headings: &[Heading<'_>]) -> Vec<Option<usize>> {
    let mut open: Vec<usize> = Vec::new();
    let mut above = Vec::with_capacity(headings.len());
    for (at, heading) in headings.iter().enumerate() {
        while open.last().is_some_and(|&top| headings[top].level >= heading.level) {
            open.pop();
        }
        above.push(open.last().copied());
        open.push(at);
    }
    above
}

/// The headings of projects that stand on the level of ideas or below, so that no idea is filed under them.
pub(super) fn low_projects(page: &Page<'_>) -> Vec<usize> {
    if !page.in_layout || page.template.project_level.is_none() {
        return Vec::new();
    }
    let usual = page.project_level();
    let mut ideas = (0..page.ideas().len()).filter_map(|idea| Some((page.place(idea)?, idea))).peekable();
    let mut found = Vec::new();
    for (at, pair) in page.headings.windows(2).enumerate() {
        let (heading, next) = (&pair[0], &pair[1]);
        while ideas.next_if(|&(place, _)| place <= at).is_some() {}
        let Some(&(_, idea)) = ideas.peek().filter(|&&(place, _)| place == at + 1) else { continue };
        let free = matches!(heading.holds, Holds::Nothing | Holds::Else);
        if heading.is_name
            && free
            && Some(heading.level) > usual
            && heading.level >= next.level
            && is_project_of(page, heading, idea)
        {
            found.push(at);
        }
    }
    found
}

/// True if a heading names the project of the idea that follows it: the idea speaks of it, or else has none.
fn is_project_of(page: &Page<'_>, heading: &Heading<'_>, idea: usize) -> bool {
    let words = heading.text.as_str().split_whitespace().count();
    let idea = &page.ideas()[idea].idea;
    let name = letters(heading.text.as_str());
    // A title that stands there twice is no project.
    if name == letters(&idea.title.value) {
        return false;
    }
    let speaks = |url: &str| letters(url).contains(&name);
    // With text below, it may be about anything.
    let alone = idea.project.is_none() && page.is_blank(heading);
    words <= 4 && name.len() > 2 && (alone || idea.upstream.iter().any(|url| speaks(&url.value)))
}
