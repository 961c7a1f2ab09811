//! What each idea is filed under: the project whose heading it stands below.

use rustc_hash::FxHashMap;

use crate::idea::{Program, Term};
use crate::records::Records;

use super::candidates::{Begins, Candidate};
use super::roles::{Role, Roles};
use super::shape;

/// For each chosen candidate the line of the heading it is filed under.
pub(super) fn of(records: &Records<'_>, roles: &Roles, chosen: &[Candidate]) -> Vec<Option<usize>> {
    let ideas: Vec<usize> = chosen
        .iter()
        .filter(|candidate| matches!(candidate.begins, Begins::Heading(_)))
        .map(|candidate| candidate.start)
        .collect();
    let paths: Vec<Vec<usize>> = chosen.iter().map(|candidate| path(roles, candidate.start)).collect();
    // How many ideas stand below each heading.
    let mut below: FxHashMap<usize, usize> = FxHashMap::default();
    for heading in paths.iter().flatten() {
        *below.entry(*heading).or_default() += 1;
    }
    let names = |&&heading: &&usize| {
        roles.of(heading) == Role::Plain
            && !ideas.contains(&heading)
            // What stands above all ideas of a page is the page's own title.
            && below[&heading] < chosen.len()
            && is_project(records, heading)
    };
    paths.iter().map(|path| path.iter().rev().find(names).copied()).collect()
}

/// The headings that a line stands below, innermost first.
fn path(roles: &Roles, line: usize) -> Vec<usize> {
    std::iter::successors(roles.above(line), |&heading| roles.above(heading)).collect()
}

/// True for a heading that may be a project's name: no size, no programme, no sentence.
fn is_project(records: &Records<'_>, heading: usize) -> bool {
    let text = records.text(heading);
    let said = text.as_str();
    !shape::hours(text)
        && !shape::is_level(said)
        && said.split_whitespace().count() <= 8
        && !said.ends_with(['?', '!', '.'])
        && Program::find(said).is_none()
        && Term::find(said).is_none()
}
