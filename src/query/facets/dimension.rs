//! The sides from which ideas can be counted, and the groups that each makes of them.

use std::borrow::Borrow;
use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap};
use std::fmt;
use std::str::FromStr;

use schemars::JsonSchema;
use serde::Serialize;

use super::{MentorRow, Places, having, people, project_groups, skill_groups};
use crate::idea::{Idea, Profile};
use crate::query::QueryError;
use crate::spelling::nearest;
use crate::text::Spanned;

/// A side from which ideas can be counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Dimension {
    /// The canonical skills, by how many ideas name them.
    Skill,
    /// The levels, from easy to hard.
    Difficulty,
    /// The hours, ascending.
    Size,
    /// The programmes, by how many ideas they have.
    Program,
    /// The years and LFX terms, from the oldest.
    Term,
    /// How far the ideas are along, from open to draft.
    Status,
    /// The projects, or the organisations whose pages do not group.
    Project,
    /// Who owns the pages.
    Organization,
    /// The people.
    Mentor,
}

/// The ideas that have a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// The value, as filters take it: `175`, `2025-3`.
    pub value: String,
    /// The places of the ideas among those that are counted.
    pub places: Places,
}

impl Dimension {
    /// All sides, as help lists them.
    pub const ALL: [Dimension; 9] = [
        Dimension::Skill,
        Dimension::Difficulty,
        Dimension::Size,
        Dimension::Program,
        Dimension::Term,
        Dimension::Status,
        Dimension::Project,
        Dimension::Organization,
        Dimension::Mentor,
    ];

    /// All names, as messages list them.
    pub(in crate::query) const NAMES: &str = "skill, difficulty, size, program, term, status, project, organization or mentor";

    /// The name.
    pub fn as_str(self) -> &'static str {
        match self {
            Dimension::Skill => "skill",
            Dimension::Difficulty => "difficulty",
            Dimension::Size => "size",
            Dimension::Program => "program",
            Dimension::Term => "term",
            Dimension::Status => "status",
            Dimension::Project => "project",
            Dimension::Organization => "organization",
            Dimension::Mentor => "mentor",
        }
    }

    /// What stands above its values.
    pub fn title(self) -> &'static str {
        match self {
            Dimension::Size => "hours",
            other => other.as_str(),
        }
    }

    /// True if its values have an order of their own, which is kept; the others come with the largest first.
    pub fn is_ordered(self) -> bool {
        matches!(self, Dimension::Difficulty | Dimension::Size | Dimension::Term | Dimension::Status)
    }

    /// True if there is no end of values: the first few are what one wants to see.
    pub fn is_open(self) -> bool {
        matches!(self, Dimension::Skill | Dimension::Project | Dimension::Organization | Dimension::Mentor)
    }

    /// The groups that it makes of ideas, and the places of those that are in none because they do not say.
    pub fn groups_and_rest(self, ideas: &[impl Borrow<Idea>]) -> (Vec<Group>, Places) {
        let groups = self.groups(ideas);
        let mut rest: Places = (0..ideas.len()).collect();
        for place in groups.iter().flat_map(|group| &group.places) {
            rest.remove(place);
        }
        (groups, rest)
    }

    /// The groups that it makes of ideas; an idea is in as many as it has values. Their values differ.
    pub fn groups(self, ideas: &[impl Borrow<Idea>]) -> Vec<Group> {
        match self {
            Dimension::Skill => plain(skill_groups(ideas).into_iter().map(|(row, places)| (row.name.to_owned(), places))),
            Dimension::Difficulty => ordered(having(ideas, |idea| values(&idea.difficulty))),
            Dimension::Size => ordered(having(ideas, |idea| values(&idea.hours))),
            Dimension::Term => ordered(having(ideas, |idea| idea.terms().filter_map(|(_, term)| term).collect())),
            Dimension::Status => ordered(having(ideas, |idea| values(idea.status.as_slice()))),
            Dimension::Program => largest_first(having(ideas, |idea| idea.terms().filter_map(|(program, _)| program).collect())),
            Dimension::Organization => largest_first(having(ideas, |idea| values(idea.organization.as_slice()))),
            Dimension::Project => {
                let none: &[Profile] = &[];
                let groups = project_groups(ideas, none).into_iter();
                told_apart(groups.map(|(row, places)| (row.name, row.organization, places)).collect())
            }
            Dimension::Mentor => {
                let groups = people(ideas).into_iter();
                // Whose handle nobody gives is known by the projects.
                let more = |row: &MentorRow| match &row.github {
                    Some(handle) => Some(format!("@{handle}")),
                    None => row.projects.first().cloned(),
                };
                told_apart(groups.map(|(row, places)| (row.shown(), more(&row), places)).collect())
            }
        }
    }
}

fn values<T: Clone>(said: &[Spanned<T>]) -> Vec<T> {
    said.iter().map(|said| said.value.clone()).collect()
}

fn plain(groups: impl Iterator<Item = (String, Places)>) -> Vec<Group> {
    groups.map(|(value, places)| Group { value, places }).collect()
}

fn ordered<T: fmt::Display>(groups: BTreeMap<T, Places>) -> Vec<Group> {
    plain(groups.into_iter().map(|(value, places)| (value.to_string(), places)))
}

fn largest_first<T: fmt::Display>(groups: BTreeMap<T, Places>) -> Vec<Group> {
    let mut groups = ordered(groups);
    groups.sort_by_key(|group| Reverse(group.places.len()));
    groups
}

/// Groups of the same name get what tells them apart behind it.
fn told_apart(groups: Vec<(String, Option<String>, Places)>) -> Vec<Group> {
    let mut count: HashMap<String, usize> = HashMap::new();
    for (name, ..) in &groups {
        *count.entry(name.clone()).or_default() += 1;
    }
    let told = |(name, more, places): (String, Option<String>, Places)| match more {
        Some(more) if count[&name] > 1 => (format!("{name} ({more})"), places),
        _ => (name, places),
    };
    plain(groups.into_iter().map(told))
}

impl fmt::Display for Dimension {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl FromStr for Dimension {
    type Err = QueryError;

    /// A name in any case, also in the plural; `hours` are the size.
    fn from_str(name: &str) -> Result<Self, QueryError> {
        let said = name.trim().to_lowercase();
        let said = match said.as_str() {
            "hours" => "size",
            "difficulties" => "difficulty",
            "status" | "statuses" => "status",
            "tag" | "tags" => "skill",
            said => said.strip_suffix('s').unwrap_or(said),
        };
        Dimension::ALL.into_iter().find(|dimension| dimension.as_str() == said).ok_or_else(|| {
            let meant = nearest(said, Dimension::ALL.map(Dimension::as_str)).map(str::to_owned);
            QueryError::unknown("dimension", name.trim(), Dimension::NAMES, meant)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::tests::idea;

    fn groups(dimension: Dimension, ideas: &[Idea]) -> Vec<(String, usize)> {
        dimension.groups(ideas).into_iter().map(|group| (group.value, group.places.len())).collect()
    }

    #[test]
    fn each_side_has_its_order() {
        let ideas = [
            idea("a", &[("skills", "Rust"), ("hours", "350"), ("term", "2025-3"), ("difficulty", "hard"), ("program", "lfx")]),
            idea("b", &[("skills", "Go|Rust"), ("hours", "90|350"), ("term", "2025-3"), ("difficulty", "easy")]),
            idea("c", &[("skills", "Go|Rust"), ("term", "2024"), ("program", "gsoc"), ("organization", "CNCF")]),
            idea("d", &[("program", "lfx"), ("project", "Harbor")]),
        ];
        for (dimension, expected) in [
            (Dimension::Skill, &[("rust", 3), ("go", 2)][..]),
            (Dimension::Size, &[("90", 1), ("350", 2)]),
            (Dimension::Term, &[("2024", 1), ("2025-3", 2)]),
            (Dimension::Difficulty, &[("easy", 1), ("hard", 1)]),
            (Dimension::Program, &[("lfx", 2), ("gsoc", 1)]),
            (Dimension::Project, &[("CNCF", 1), ("Harbor", 1)]),
            (Dimension::Organization, &[("CNCF", 1)]),
            (Dimension::Mentor, &[]),
        ] {
            let expected: Vec<_> = expected.iter().map(|&(value, count)| (value.to_owned(), count)).collect();
            assert_eq!(groups(dimension, &ideas), expected, "{dimension}");
        }
    }

    #[test]
    fn namesakes_are_told_apart() {
        let ideas = [
            idea("a", &[("project", "Docs"), ("organization", "CNCF"), ("mentors", "Wei Li, weili1")]),
            idea("b", &[("project", "Docs"), ("organization", "Neovim"), ("mentors", "Wei Li, weili2|Jane Doe, jdoe")]),
        ];
        assert_eq!(groups(Dimension::Project, &ideas), [("Docs (CNCF)".to_owned(), 1), ("Docs (Neovim)".to_owned(), 1)]);
        assert_eq!(
            groups(Dimension::Mentor, &ideas),
            [("Jane Doe".to_owned(), 1), ("Wei Li (@weili1)".to_owned(), 1), ("Wei Li (@weili2)".to_owned(), 1)]
        );
    }

    #[test]
    fn names_are_read() {
        let listed: Vec<_> = Dimension::NAMES.split([',', ' ']).filter(|word| !word.is_empty() && *word != "or").collect();
        assert_eq!(listed, Dimension::ALL.map(Dimension::as_str));
        for (name, dimension) in
            [(" Skills", Some(Dimension::Skill)), ("hours", Some(Dimension::Size)), ("TERM", Some(Dimension::Term)), ("x", None)]
        {
            assert_eq!(name.parse::<Dimension>().ok(), dimension, "{name}");
        }
        let error = "skil".parse::<Dimension>().unwrap_err().to_string();
        assert!(error.ends_with("did you mean skill?"), "{error}");
    }
}
