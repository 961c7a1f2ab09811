//! What each idea is filed under: the project whose heading it stands below.

use rustc_hash::FxHashMap;

use crate::idea::{Program, Term};
use crate::labels::Labels;
use crate::records::Records;

use super::candidates::{Candidate, names_group};
use super::roles::{Role, Roles};
use super::shape;

/// How many levels there are: the page itself, six of headings, and what stands below all headings.
pub(super) const LEVELS: usize = 8;

/// For each chosen candidate the line of the heading it is filed under.
///
/// Levels are hints, because they jump: an idea may stand above its siblings and yet in their project. So ideas open and
/// close no group, and the level that most projects of the page have counts most.
pub(super) fn of(records: &Records<'_>, roles: &Roles, chosen: &[Candidate]) -> Vec<Option<usize>> {
    let paths = paths(records, roles, chosen);
    let idea_level = |at: usize| chosen[at].title.and_then(|line| roles.opens(line)).map_or(LEVELS - 1, usize::from);
    let most = |counts: &[u32; LEVELS]| (0..LEVELS).rev().max_by_key(|&level| counts[level]).filter(|&level| counts[level] > 0);
    let (mut projects, mut ideas) = ([0_u32; LEVELS], [0_u32; LEVELS]);
    for (at, path) in paths.iter().enumerate() {
        ideas[idea_level(at)] += 1;
        // The outermost heading may be the page's title, the innermost a component: most ideas lie right below a project.
        if let Some(&(_, nearest)) = path.iter().find(|&&(_, level)| level < idea_level(at)) {
            projects[nearest] += 1;
        }
    }
    let (project, usual) = (most(&projects), most(&ideas));
    let group_of = |(at, path): (usize, &Vec<(usize, usize)>)| {
        let of_project = |&&(_, level): &&(usize, usize)| Some(level) == project;
        let level = idea_level(at);
        let enclosing: Vec<(usize, usize)> = path.iter().copied().filter(|&(_, group)| group < level).collect();
        let found = if enclosing.is_empty() {
            // An idea above its siblings' level stays in the project it stands in.
            path.iter().find(of_project).filter(|_| usual.is_some_and(|usual| level < usual))
        } else {
            enclosing.iter().find(of_project).or(enclosing.last())
        };
        found.map(|&(group, _)| group)
    };
    let mut groups: Vec<Option<usize>> = paths.iter().enumerate().map(group_of).collect();
    // What stands above all ideas of a page is the page's own title.
    if let Some(first) = groups.first().copied().flatten()
        && groups.iter().all(|&group| group == Some(first))
        // Far below a heading that stands over something else, ideas are not its.
        && (is_call(records.text(first).as_str()) || chosen[0].start > first + NEAR)
    {
        groups.fill(None);
    }
    groups
}

/// The headings that may be projects and that each candidate stands below, with their levels, innermost first.
fn paths(records: &Records<'_>, roles: &Roles, chosen: &[Candidate]) -> Vec<Vec<(usize, usize)>> {
    let mut open: Vec<usize> = Vec::new();
    // The headings whose places lines in italics took, by these lines.
    let mut replaced: FxHashMap<usize, usize> = FxHashMap::default();
    let mut paths = Vec::with_capacity(chosen.len());
    let mut line = 0;
    let title = page_title(records, roles);
    for candidate in chosen {
        for heading in (line..candidate.start).filter(|&line| roles.opens(line).is_some()) {
            let level = level(records, roles, heading);
            let of_heading = |line: usize| replaced.get(&line).copied().unwrap_or(line);
            while open.last().is_some_and(|&last| self::level(records, roles, of_heading(last)) >= level) {
                open.pop();
            }
            open.push(heading);
        }
        // A line in italics right above a title stands where headings name the groups of others: it is one of them.
        let is_group = |&before: &usize| before >= line && names_group(records, before) && is_short_name(records, before);
        if let Some(before) = candidate.start.checked_sub(1).filter(is_group)
            && let Some(last) = open.last_mut()
        {
            replaced.insert(before, replaced.get(last).copied().unwrap_or(*last));
            *last = before;
        }
        let names =
            |&&heading: &&usize| roles.of(heading) == Role::Plain && Some(heading) != title && is_project(records, heading);
        let of_heading = |line: usize| replaced.get(&line).copied().unwrap_or(line);
        let level = |line: usize| (line, roles.opens(of_heading(line)).map_or(LEVELS - 1, usize::from));
        paths.push(open.iter().rev().filter(names).map(|&line| level(line)).collect());
        line = candidate.end.max(line);
    }
    paths
}

/// "Projects of the data team", "Help wanted"; "Open Policy Agent" is a name.
fn is_call(heading: &str) -> bool {
    let is_small = |word: &str| word.starts_with(char::is_lowercase);
    let labels = Labels::get();
    labels.lists(heading) || labels.names_future(heading) && heading.split_whitespace().skip(1).all(is_small)
}

/// How many lines may stand between the only group of a page and its first idea.
const NEAR: usize = 3;

/// The only heading of the first level, above all others: the page's own title, which names no project.
fn page_title(records: &Records<'_>, roles: &Roles) -> Option<usize> {
    let mut headings = (0..records.len()).filter(|&line| roles.opens(line).is_some());
    let first = headings.next().filter(|&first| roles.opens(first) == Some(1))?;
    headings.all(|line| roles.opens(line) > Some(1)).then_some(first)
}

/// The level of a heading. One that is repeated at once on another level is the same heading, on the level of the first.
fn level(records: &Records<'_>, roles: &Roles, heading: usize) -> u8 {
    let own = roles.opens(heading).unwrap_or(0);
    let Some(before) = heading.checked_sub(1) else { return own };
    let same = records.text(before).as_str().trim().eq_ignore_ascii_case(records.text(heading).as_str().trim());
    roles.opens(before).filter(|_| same).unwrap_or(own)
}

/// True for a line that may be a project's name, and says no more of it.
fn is_short_name(records: &Records<'_>, line: usize) -> bool {
    let said = records.text(line).as_str();
    is_project(records, line) && said.split_whitespace().nth(6).is_none() && !said.contains(". ")
}

/// True for a heading that may be a project's name: no size, no programme, no sentence.
fn is_project(records: &Records<'_>, heading: usize) -> bool {
    let text = records.text(heading);
    let said = text.as_str();
    !shape::hours(text)
        // "A", "B": the letters of an index.
        && said.chars().nth(1).is_some()
        && said.split_whitespace().count() <= 12
        && !said.ends_with(['!', '.'])
        && !said.contains('?')
        && !Labels::get().addresses(said)
        && !Labels::get().is_past(said)
        // "Tasks for newcomers"
        && !(Labels::get().names_work(said) && Labels::get().offers(said))
        && Program::find(said).is_none()
        && Term::find(said).is_none()
}
