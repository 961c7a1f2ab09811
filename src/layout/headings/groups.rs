//! Which sections are projects, and which ideas are filed under them.

use crate::fields::{Field, Style};
use crate::idea::{Program, Term};
use crate::labels::Kind;

use super::{LEVELS, Role, Section, Sections};

/// The groups that are open where each section stands.
pub(super) struct OpenGroups {
    /// For each section the innermost of them: itself, if it is one.
    innermost: Vec<Option<usize>>,
    /// For each group the one around it.
    around: Vec<Option<usize>>,
}

/// The levels that most projects and most ideas of a page have.
#[derive(Clone, Copy)]
pub(super) struct Usual {
    project: Option<usize>,
    idea: Option<usize>,
}

impl<'a> Sections<'a> {
    /// A project's heading that is repeated at once on another level is the same heading.
    pub(super) fn level_repeated(&mut self) {
        for at in 1..self.all.len() {
            let (before, section) = (&self.all[at - 1], &self.all[at]);
            let same = match (before.heading, section.heading) {
                (Some(a), Some(b)) => a.as_str().trim().eq_ignore_ascii_case(b.as_str().trim()),
                _ => false,
            };
            // Of the two, the one that stands above what follows.
            let next = self.all.get(at + 1).map_or(LEVELS, |next| usize::from(next.level));
            let stands_above = |section: &Section<'_>| usize::from(section.level) < next;
            if same && !before.idea && !section.idea && (stands_above(before) || !stands_above(section)) {
                self.all[at].level = before.level;
            }
        }
    }

    /// Where projects stand on the level of this heading, the heading is the project, and a field "Project" below it names
    /// the idea.
    pub(super) fn name_by_field(&mut self, usual: Usual) {
        let document = self.document;
        let Some(project_level) = usual.project else { return };
        for section in self.all.iter_mut().filter(|section| section.idea && usize::from(section.level) == project_level) {
            let named = |field: &&mut Field<'a>| {
                field.style == Style::Heading
                    && field.kind == Kind::Project
                    && field.label.as_str().eq_ignore_ascii_case("project")
            };
            if let Some(field) = section.fields.iter_mut().find(named).filter(|field| !field.is_empty(document)) {
                field.kind = Kind::Title;
                section.role = Role::Container;
                section.named_by_field = true;
            }
        }
    }

    /// The section that each idea is filed under.
    pub(super) fn groups(&self, open: &OpenGroups, usual: Usual) -> Vec<Option<usize>> {
        let level_of = |group: usize| usize::from(self.all[group].level);
        let of_project = |&group: &usize| Some(level_of(group)) == usual.project;
        let group_of = |at: usize| {
            let level = usize::from(self.all[at].level);
            let enclosing = || self.plain_groups(open, at).filter(|&group| level_of(group) < level);
            if enclosing().next().is_none() {
                // An idea above its siblings' level stays in the project it stands in.
                let high = usual.idea.is_some_and(|usual| level < usual);
                return high.then(|| self.plain_groups(open, at).find(of_project)).flatten();
            }
            enclosing().find(of_project).or_else(|| enclosing().last())
        };
        let mut groups: Vec<Option<usize>> =
            (0..self.all.len()).map(|at| self.all[at].idea.then(|| group_of(at)).flatten()).collect();
        // "Tidepool GSoC 2026" over all ideas of a page is the page's name.
        let mut named = groups.iter().flatten();
        if let Some(&first) = named.next()
            && named.all(|&group| group == first)
            && self.all[first].heading.is_some_and(|heading| names_page(heading.as_str()))
        {
            groups.fill(None);
        }
        groups
    }

    /// The levels that projects and ideas have on this page: the usual ones.
    pub(super) fn usual_levels(&self, open: &OpenGroups) -> Usual {
        let mut below = [0_u32; LEVELS];
        let mut ideas = [0_u32; LEVELS];
        for (at, section) in self.all.iter().enumerate().filter(|(_, section)| section.idea) {
            ideas[usize::from(section.level)] += 1;
            // The outermost heading may be the page's title, the innermost a component: most ideas lie right below a project.
            if let Some(nearest) = self.plain_groups(open, at).find(|&group| self.all[group].level < section.level) {
                below[usize::from(self.all[nearest].level)] += 1;
            }
        }
        let most =
            |counts: &[u32; LEVELS]| (0..LEVELS).rev().max_by_key(|&level| counts[level]).filter(|&level| counts[level] > 0);
        Usual { project: most(&below), idea: most(&ideas) }
    }

    /// The groups that are open where each section stands. Ideas open and close no group.
    pub(super) fn open_groups(&self) -> OpenGroups {
        let mut open = OpenGroups { innermost: Vec::with_capacity(self.all.len()), around: vec![None; self.all.len()] };
        let mut innermost = None;
        for (at, section) in self.all.iter().enumerate() {
            let inside_idea = !section.idea && self.idea_above(at).is_some();
            if !section.idea && !inside_idea && section.level > 0 {
                while let Some(group) = innermost.filter(|&group: &usize| self.all[group].level >= section.level) {
                    innermost = open.around[group];
                }
                open.around[at] = innermost;
                innermost = Some(at);
            }
            open.innermost.push(innermost);
        }
        open
    }

    /// The groups that are open where a section stands and that may be projects, innermost first.
    fn plain_groups(&self, open: &OpenGroups, at: usize) -> impl Iterator<Item = usize> {
        let groups = std::iter::successors(open.innermost[at], |&group| open.around[group]);
        groups.filter(|&group| self.all[group].role == Role::Plain)
    }
}

/// True for a heading that names a programme, or a term, beside whatever else it names.
fn names_page(heading: &str) -> bool {
    Program::find(heading).is_some() || Term::find(heading).is_some()
}
