//! What a catalogue has, with counts: its skills, mentors, projects and programmes. Each count is a number of ideas.
//!
//! Rows come with the largest count first, then by name; the same ideas give the same rows. They serialise as our JSON.
//! Behind each row stand the ideas that were counted, so that [`stats`](super::stats) can cross two of them without
//! counting anew.

mod dimension;
mod people;

use std::borrow::Borrow;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, HashMap};

use serde::Serialize;

use super::words::key;
use crate::idea::{Idea, Profile, Program, Term};
use crate::programs;
use crate::spelling::fold;
pub use dimension::{Dimension, Group};
use people::people;

/// The ideas that have something in common, by their places among those that are counted.
type Places = BTreeSet<usize>;

/// A canonical skill.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SkillRow {
    /// The canonical name.
    pub name: &'static str,
    /// How many ideas name it.
    pub count: usize,
}

/// A person who mentors. At least one of `name`, `github` and `email` is known.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct MentorRow {
    /// The longest form of the name that pages use.
    pub name: Option<String>,
    /// GitHub handle, without `@`.
    pub github: Option<String>,
    /// E-mail address.
    pub email: Option<String>,
    /// How many ideas name this person.
    pub count: usize,
    /// The projects of those ideas (or the organisations, where a page does not group), sorted.
    pub projects: Vec<String>,
}

/// A project, or an organisation whose page does not group.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ProjectRow {
    /// The name, as the first page spells it.
    pub name: String,
    /// Who owns the pages.
    pub organization: Option<String>,
    /// How many ideas are filed under it; none if only a profile tells of it.
    pub count: usize,
    /// The web site that its profile names.
    pub website: Option<String>,
}

/// A programme and one of its terms.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ProgramRow {
    /// The programme; null if the ideas only say when.
    pub program: Option<Program>,
    /// The year or term; null if the ideas do not say when.
    pub term: Option<Term>,
    /// How many ideas belong to it.
    pub count: usize,
}

impl MentorRow {
    /// The name, else `@handle`, else the address.
    pub fn shown(&self) -> String {
        let handle = || self.github.as_ref().map(|handle| format!("@{handle}"));
        self.name.clone().or_else(handle).or_else(|| self.email.clone()).unwrap_or_default()
    }
}

impl ProgramRow {
    /// Programme and term: `lfx 2025-3`.
    pub fn shown(&self) -> String {
        programs::shown(self.program.as_ref(), self.term)
    }
}

/// The canonical skills that ideas name.
pub fn skills(ideas: &[impl Borrow<Idea>]) -> Vec<SkillRow> {
    rows(skill_groups(ideas))
}

fn skill_groups(ideas: &[impl Borrow<Idea>]) -> Vec<(SkillRow, Places)> {
    let tagged = having(ideas, |idea| idea.tags.iter().map(|tag| tag.value).collect());
    let mut groups: Vec<_> = tagged.into_iter().map(|(name, places)| (SkillRow { name, count: places.len() }, places)).collect();
    groups.sort_by_key(|(row, _)| Reverse(row.count));
    groups
}

/// The ideas that have each value, an idea once even if it names the value twice.
fn having<K: Ord>(ideas: &[impl Borrow<Idea>], values: impl Fn(&Idea) -> Vec<K>) -> BTreeMap<K, Places> {
    let mut groups: BTreeMap<K, Places> = BTreeMap::new();
    for (place, idea) in ideas.iter().enumerate() {
        for value in values(idea.borrow()) {
            groups.entry(value).or_default().insert(place);
        }
    }
    groups
}

/// The rows, without the ideas behind them.
fn rows<R>(groups: Vec<(R, Places)>) -> Vec<R> {
    groups.into_iter().map(|(row, _)| row).collect()
}

/// The people who mentor, each once.
///
/// The same GitHub handle is the same person, and so is the same address unless the handles differ. Where no handle is given,
/// the same name is the same person on the pages of one organization, unless it belongs to several handles there; and so is a
/// name that fits a handle or another name as handles are made (`tguillem` for Thomas Guillem), if it fits nobody else. A first
/// name fits no full name. Case, accents and punctuation make no difference.
pub fn mentors(ideas: &[impl Borrow<Idea>]) -> Vec<MentorRow> {
    rows(people(ideas))
}

/// The projects that ideas are filed under, and those that only have a profile.
///
/// Projects of the same name are one if they have the same organisation, or if the pages of one do not name theirs: two
/// organisations may both have a "Documentation".
pub fn projects(ideas: &[impl Borrow<Idea>], profiles: &[impl Borrow<Profile>]) -> Vec<ProjectRow> {
    rows(project_groups(ideas, profiles))
}

fn project_groups(ideas: &[impl Borrow<Idea>], profiles: &[impl Borrow<Profile>]) -> Vec<(ProjectRow, Places)> {
    let mut groups: Vec<(ProjectRow, Places)> = Vec::new();
    // By name, then by organisation.
    let mut by_name: HashMap<String, BTreeMap<Option<String>, usize>> = HashMap::new();
    let ideas = ideas.iter().map(Borrow::borrow).enumerate();
    let (owned, free): (Vec<(usize, &Idea)>, Vec<_>) = ideas.partition(|(_, idea)| idea.organization.is_some());
    for (place, idea) in owned.into_iter().chain(free) {
        let Some(name) = idea.filed_under() else { continue };
        let organization = idea.organization.as_ref().map(|name| name.value.clone());
        let namesakes = by_name.entry(key(name)).or_default();
        let only = (organization.is_none() && namesakes.len() == 1).then(|| namesakes.values().next().copied()).flatten();
        let index = only.unwrap_or_else(|| {
            *namesakes.entry(organization.as_deref().map(key)).or_insert_with(|| {
                groups.push((ProjectRow { name: name.to_owned(), organization, count: 0, website: None }, Places::new()));
                groups.len() - 1
            })
        });
        let (row, places) = &mut groups[index];
        row.count += 1;
        places.insert(place);
    }
    for profile in profiles {
        let Profile { name, website, .. } = profile.borrow();
        let website = website.as_ref().map(|website| website.value.clone());
        let namesakes = by_name.entry(key(&name.value)).or_default();
        if namesakes.is_empty() {
            namesakes.insert(None, groups.len());
            let row = ProjectRow { name: name.value.clone(), organization: None, count: 0, website: None };
            groups.push((row, Places::new()));
        }
        for &index in namesakes.values() {
            let row = &mut groups[index].0;
            row.website = row.website.take().or_else(|| website.clone());
        }
    }
    groups.sort_by_cached_key(|(row, _)| (Reverse(row.count), fold(&row.name), row.organization.clone()));
    groups
}

/// The programmes and terms that ideas belong to. Ideas that name neither are not counted.
pub fn programs(ideas: &[impl Borrow<Idea>]) -> Vec<ProgramRow> {
    let counted = having(ideas, |idea| idea.terms().filter(|term| *term != (None, None)).collect());
    let row = |((program, term), places): (_, Places)| ProgramRow { program, term, count: places.len() };
    let mut rows: Vec<_> = counted.into_iter().map(row).collect();
    rows.sort_by_cached_key(|row| (Reverse(row.count), row.shown()));
    rows
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::idea::Place;
    use crate::query::tests::{idea, said};
    use crate::text::Spanned;

    const NO_PROFILES: &[Profile] = &[];

    fn profile(name: &str, website: Option<&str>) -> Profile {
        Profile {
            name: Spanned::nowhere(name.to_owned()),
            website: website.and_then(said),
            updated: None,
            description: None,
            source: Place { path: "profile.md".to_owned(), url: None, line: 1, anchor: None },
        }
    }

    #[test]
    fn skills_are_counted_once_an_idea() {
        let ideas = [idea("a", &[("skills", "Golang|Go, Rust")]), idea("b", &[("skills", "Go|C")]), idea("c", &[])];
        let rows: Vec<_> = skills(&ideas).into_iter().map(|row| (row.name, row.count)).collect();
        assert_eq!(rows, [("go", 2), ("c", 1), ("rust", 1)]);
    }

    #[test]
    fn mentors_are_people() {
        let of = |project: &str, mentors: &str| idea("x", &[("project", project), ("mentors", mentors)]);
        let ideas = [
            of("Harbor", ", JDoe|Wei Li, weili1"),
            of("Jaeger", "Jane Doe, jdoe|jane doe,, j@x.org"),
            of("Harbor", "Jané  DOE|Wei Li, weili2"),
            of("", "Wei Li|,, J@x.org|,, solo@x.org"),
            of("Volcano", "Wei Li"),
        ];
        let rows: Vec<_> =
            mentors(&ideas).into_iter().map(|row| (row.shown(), row.github, row.count, row.projects.join(","))).collect();
        let row = |name: &str, github: Option<&str>, count, projects: &str| {
            (name.to_owned(), github.map(str::to_owned), count, projects.to_owned())
        };
        assert_eq!(
            rows,
            [
                row("Jane Doe", Some("jdoe"), 4, "Harbor,Jaeger"),
                // Whose handle is not given may be either of the two, so it is a third.
                row("Wei Li", None, 2, "Volcano"),
                row("solo@x.org", None, 1, ""),
                row("Wei Li", Some("weili1"), 1, "Harbor"),
                row("Wei Li", Some("weili2"), 1, "Harbor"),
            ]
        );
    }

    #[test]
    fn a_name_is_one_person_s_within_an_organization() {
        let of = |organization: &str, mentors: &str| idea("x", &[("organization", organization), ("mentors", mentors)]);
        for (mentions, people) in [
            // A nickname, and another way to write one.
            (&[("VLC", "Thomas Guillem"), ("VLC", "tguillem")][..], &["Thomas Guillem 2"][..]),
            (&[("VLC", "Thomas Guillem"), ("VLC", ",tguillem")], &["Thomas Guillem 2"]),
            (&[("VLC", "jb"), ("VLC", "J-B")], &["J-B 2"]),
            (&[("VLC", "Thomas Guillem"), ("X.Org", "tguillem")], &["tguillem 1", "Thomas Guillem 1"]),
            // Who is meant if both fit?
            (
                &[("VLC", "Thomas Guillem|Tania Guillem"), ("VLC", "tguillem")],
                &["Tania Guillem 1", "tguillem 1", "Thomas Guillem 1"],
            ),
            // A first name is nobody in particular.
            (&[("VLC", "Thomas Guillem"), ("VLC", "Thomas")], &["Thomas 1", "Thomas Guillem 1"]),
            (&[("VLC", ",thomas"), ("VLC", "Thomas")], &["@thomas 1", "Thomas 1"]),
            (&[("VLC", "Thomas"), ("X.Org", "Thomas")], &["Thomas 1", "Thomas 1"]),
            // Namesakes.
            (&[("VLC", "Wei Li"), ("X.Org", "Wei Li")], &["Wei Li 1", "Wei Li 1"]),
            (&[("VLC", "Wei Li,,wei@x.org"), ("X.Org", "Wei Li,weili,wei@x.org")], &["Wei Li 2"]),
            (&[("", "Wei Li"), ("", "Wei Li")], &["Wei Li 2"]),
        ] {
            let ideas: Vec<_> = mentions.iter().map(|(organization, mentors)| of(organization, mentors)).collect();
            let rows: Vec<_> = mentors(&ideas).iter().map(|row| format!("{} {}", row.shown(), row.count)).collect();
            assert_eq!(rows, people, "{mentions:?}");
        }
    }

    #[test]
    fn projects_are_told_apart_by_their_organisation() {
        let of = |project: &str, organization: &str| idea("x", &[("project", project), ("organization", organization)]);
        let ideas = [
            of("harbor", ""),
            of("Harbor", "CNCF"),
            of("Documentation", "CNCF"),
            of("Documentation", "Neovim"),
            of("Documentation", ""),
            of("", "Checkstyle"),
            of("", ""),
        ];
        let profiles = [
            profile("HARBOR", Some("https://goharbor.io")),
            profile("Jaeger", None),
            profile("Jaeger", Some("https://jaegertracing.io")),
        ];
        let rows = projects(&ideas, &profiles);
        let rows: Vec<_> =
            rows.iter().map(|row| (row.name.as_str(), row.organization.as_deref(), row.count, row.website.as_deref())).collect();
        assert_eq!(
            rows,
            [
                ("Harbor", Some("CNCF"), 2, Some("https://goharbor.io")),
                ("Checkstyle", Some("Checkstyle"), 1, None),
                ("Documentation", None, 1, None),
                ("Documentation", Some("CNCF"), 1, None),
                ("Documentation", Some("Neovim"), 1, None),
                ("Jaeger", None, 0, Some("https://jaegertracing.io")),
            ]
        );
    }

    #[test]
    fn programs_are_counted_by_term() {
        let lfx = idea("x", &[("program", "lfx"), ("term", "2025-3")]);
        let gsoc = idea("x", &[("program", "gsoc"), ("term", "2025")]);
        let ideas = [gsoc, lfx.clone(), lfx, idea("x", &[("program", "lfx")]), idea("x", &[])];
        let rows: Vec<_> = programs(&ideas).iter().map(|row| (row.shown(), row.count)).collect();
        assert_eq!(rows, [("lfx 2025-3".to_owned(), 2), ("gsoc 2025".to_owned(), 1), ("lfx".to_owned(), 1)]);
    }

    #[test]
    fn rows_serialise_with_the_names_of_their_fields() {
        let ideas = [idea("x", &[("term", "2025-3"), ("project", "Harbor"), ("mentors", "Jane Doe")])];
        let json = |rows: serde_json::Result<String>| rows.unwrap();
        let person = r#"[{"name":"Jane Doe","github":null,"email":null,"count":1,"projects":["Harbor"]}]"#;
        assert_eq!(json(serde_json::to_string(&skills(&ideas))), "[]");
        assert_eq!(json(serde_json::to_string(&mentors(&ideas))), person);
        let project = r#"[{"name":"Harbor","organization":null,"count":1,"website":null}]"#;
        assert_eq!(json(serde_json::to_string(&projects(&ideas, NO_PROFILES))), project);
        assert_eq!(json(serde_json::to_string(&programs(&ideas))), r#"[{"program":null,"term":"2025-3","count":1}]"#);
    }
}
