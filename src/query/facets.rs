//! What a catalogue has, with counts: its skills, mentors, projects and programmes. Each count is a number of ideas.
//!
//! Rows come with the largest count first, then by name; the same ideas give the same rows. They serialise as our JSON.

use std::borrow::Borrow;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, HashMap};

use serde::Serialize;

use super::words::{fold, key};
use crate::idea::{Idea, Mentor, Profile, Program, Term};
use crate::text::Spanned;

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
        match (&self.program, self.term) {
            (Some(program), Some(term)) => format!("{program} {term}"),
            (Some(program), None) => program.to_string(),
            (None, term) => term.map(|term| term.to_string()).unwrap_or_default(),
        }
    }
}

/// The canonical skills that ideas name.
pub fn skills(ideas: &[impl Borrow<Idea>]) -> Vec<SkillRow> {
    let mut counts = BTreeMap::new();
    for idea in ideas {
        let tags: BTreeSet<_> = idea.borrow().tags.iter().map(|tag| tag.value).collect();
        for name in tags {
            *counts.entry(name).or_insert(0) += 1;
        }
    }
    let mut rows: Vec<_> = counts.into_iter().map(|(name, count)| SkillRow { name, count }).collect();
    rows.sort_by_key(|row| Reverse(row.count));
    rows
}

/// The people who mentor, each once.
///
/// The same GitHub handle is the same person, whatever the name; else the same name is, unless it belongs to several
/// handles; else the same address. Case, accents and punctuation of names make no difference.
pub fn mentors(ideas: &[impl Borrow<Idea>]) -> Vec<MentorRow> {
    let mut people = People::default();
    let mut mentors: Vec<_> =
        ideas.iter().enumerate().flat_map(|(i, idea)| idea.borrow().mentors.iter().map(move |mentor| (i, mentor))).collect();
    // Who is known best comes first, so that the others can join.
    mentors.sort_by_key(|(_, mentor)| (mentor.github.is_none(), mentor.name.is_none()));
    for (idea, mentor) in mentors {
        people.add(idea, mentor);
    }
    let mut rows: Vec<MentorRow> = people
        .all
        .into_iter()
        .map(|person| {
            let projects: BTreeSet<_> = person.ideas.iter().filter_map(|&i| ideas[i].borrow().filed_under()).collect();
            let projects = projects.into_iter().map(str::to_owned).collect();
            MentorRow { count: person.ideas.len(), projects, ..person.row }
        })
        .collect();
    rows.sort_by_cached_key(|row| (Reverse(row.count), fold(&row.shown()), row.github.clone()));
    rows
}

/// People as they are merged.
#[derive(Default)]
struct People {
    all: Vec<Person>,
    by_handle: HashMap<String, usize>,
    /// Everybody who was called so.
    by_name: HashMap<String, BTreeSet<usize>>,
    by_email: HashMap<String, usize>,
}

#[derive(Default)]
struct Person {
    row: MentorRow,
    ideas: BTreeSet<usize>,
}

impl People {
    fn add(&mut self, idea: usize, mentor: &Mentor) {
        let handle = mentor.github.as_ref().map(|handle| handle.value.to_lowercase());
        let name = mentor.name.as_ref().map(|name| key(&name.value));
        let email = mentor.email.as_ref().map(|email| email.value.to_lowercase());
        let known = match (&handle, &name, &email) {
            (Some(handle), ..) => self.by_handle.get(handle).copied(),
            (None, Some(name), _) => self.called(name),
            (None, None, Some(email)) => self.by_email.get(email).copied(),
            (None, None, None) => return,
        };
        let index = known.unwrap_or_else(|| {
            self.all.push(Person::default());
            self.all.len() - 1
        });
        let person = &mut self.all[index];
        person.ideas.insert(idea);
        learn(&mut person.row.github, mentor.github.as_ref(), |_, _| false);
        learn(&mut person.row.email, mentor.email.as_ref(), |_, _| false);
        learn(&mut person.row.name, mentor.name.as_ref(), |known, said| key(said).len() > key(known).len());
        if let Some(handle) = handle {
            self.by_handle.entry(handle).or_insert(index);
        }
        if let Some(name) = name {
            self.by_name.entry(name).or_default().insert(index);
        }
        if let Some(email) = email {
            self.by_email.entry(email).or_insert(index);
        }
    }

    /// The one person of that name. Of several, only one whose handle nobody gave can be meant.
    fn called(&self, name: &str) -> Option<usize> {
        let people = self.by_name.get(name)?;
        if people.len() == 1 {
            return people.first().copied();
        }
        people.iter().copied().find(|&i| self.all[i].row.github.is_none())
    }
}

/// Keeps what is said, if nothing is known or `better` prefers it to what is.
fn learn(known: &mut Option<String>, said: Option<&Spanned<String>>, better: impl Fn(&str, &str) -> bool) {
    if let Some(said) = said
        && known.as_ref().is_none_or(|known| better(known, &said.value))
    {
        *known = Some(said.value.clone());
    }
}

/// The projects that ideas are filed under, and those that only have a profile.
///
/// Projects of the same name are one if they have the same organisation, or if the pages of one do not name theirs: two
/// organisations may both have a "Documentation".
pub fn projects(ideas: &[impl Borrow<Idea>], profiles: &[impl Borrow<Profile>]) -> Vec<ProjectRow> {
    let mut rows: Vec<ProjectRow> = Vec::new();
    // By name, then by organisation.
    let mut by_name: HashMap<String, BTreeMap<Option<String>, usize>> = HashMap::new();
    let ideas = || ideas.iter().map(Borrow::borrow);
    let (owned, free): (Vec<&Idea>, Vec<&Idea>) = ideas().partition(|idea| idea.organization.is_some());
    for idea in owned.into_iter().chain(free) {
        let Some(name) = idea.filed_under() else { continue };
        let organization = idea.organization.as_ref().map(|name| name.value.clone());
        let namesakes = by_name.entry(key(name)).or_default();
        let only = (organization.is_none() && namesakes.len() == 1).then(|| namesakes.values().next().copied()).flatten();
        let index = only.unwrap_or_else(|| {
            *namesakes.entry(organization.as_deref().map(key)).or_insert_with(|| {
                rows.push(ProjectRow { name: name.to_owned(), organization, count: 0, website: None });
                rows.len() - 1
            })
        });
        rows[index].count += 1;
    }
    for profile in profiles {
        let Profile { name, website, .. } = profile.borrow();
        let website = website.as_ref().map(|website| website.value.clone());
        let namesakes = by_name.entry(key(&name.value)).or_default();
        if namesakes.is_empty() {
            namesakes.insert(None, rows.len());
            rows.push(ProjectRow { name: name.value.clone(), organization: None, count: 0, website: None });
        }
        for &index in namesakes.values() {
            rows[index].website = rows[index].website.take().or_else(|| website.clone());
        }
    }
    rows.sort_by_cached_key(|row| (Reverse(row.count), fold(&row.name), row.organization.clone()));
    rows
}

/// The programmes and terms that ideas belong to. Ideas that name neither are not counted.
pub fn programs(ideas: &[impl Borrow<Idea>]) -> Vec<ProgramRow> {
    let mut counts: BTreeMap<(Option<Program>, Option<Term>), usize> = BTreeMap::new();
    for idea in ideas.iter().map(Borrow::borrow) {
        let program = idea.program.as_ref().map(|program| program.value.clone());
        let term = idea.term.as_ref().map(|term| term.value);
        if program.is_some() || term.is_some() {
            *counts.entry((program, term)).or_insert(0) += 1;
        }
    }
    let mut rows: Vec<_> = counts.into_iter().map(|((program, term), count)| ProgramRow { program, term, count }).collect();
    rows.sort_by_cached_key(|row| (Reverse(row.count), row.shown()));
    rows
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::idea::Place;
    use crate::query::tests::{idea, said};

    const NO_PROFILES: &[Profile] = &[];

    fn profile(name: &str, website: Option<&str>) -> Profile {
        Profile {
            name: Spanned::nowhere(name.to_owned()),
            website: website.and_then(said),
            updated: None,
            description: None,
            source: Place { path: "profile.md".to_owned(), url: None, line: 1 },
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
