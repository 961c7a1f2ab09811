//! What two readings of an idea agree on, fact by fact.

use crate::idea::{Idea, Mentor, Role};
use crate::labels::Kind;

/// A fact that a page may lose.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Fact {
    /// The whole idea.
    Idea,
    /// The title.
    Title,
    /// Who owns the page.
    Organization,
    /// The group it is filed under.
    Project,
    /// The programme.
    Program,
    /// The year or term.
    Term,
    /// What it is about.
    Description,
    /// What shall come of it.
    Outcomes,
    /// What a mentee should know.
    Skills,
    /// The canonical skills.
    Tags,
    /// Who mentors: names, handles and addresses.
    Mentors,
    /// Their Linux Foundation IDs.
    Lfid,
    /// Their roles.
    Role,
    /// How hard it is.
    Difficulty,
    /// How many hours it takes.
    Hours,
    /// The issues that track it.
    Upstream,
    /// Where to read on.
    Links,
}

impl Fact {
    /// What people call it.
    pub fn as_str(self) -> &'static str {
        match self {
            Fact::Idea => "idea",
            Fact::Title => "title",
            Fact::Organization => "organization",
            Fact::Project => "project",
            Fact::Program => "program",
            Fact::Term => "term",
            Fact::Description => "description",
            Fact::Outcomes => "outcomes",
            Fact::Skills => "skills",
            Fact::Tags => "tags",
            Fact::Mentors => "mentors",
            Fact::Lfid => "LFIDs",
            Fact::Role => "roles of mentors",
            Fact::Difficulty => "difficulty",
            Fact::Hours => "hours",
            Fact::Upstream => "upstream issues",
            Fact::Links => "links",
        }
    }

    /// The kind of the field that holds it.
    pub(super) fn kind(self) -> Option<Kind> {
        Some(match self {
            Fact::Idea => return None,
            Fact::Title => Kind::Title,
            Fact::Organization => Kind::Organization,
            Fact::Project => Kind::Project,
            Fact::Program => Kind::Program,
            Fact::Term => Kind::Term,
            Fact::Description => Kind::Description,
            Fact::Outcomes => Kind::Outcomes,
            Fact::Skills | Fact::Tags => Kind::Skills,
            Fact::Mentors | Fact::Lfid | Fact::Role => Kind::Mentors,
            Fact::Difficulty => Kind::Difficulty,
            Fact::Hours => Kind::Size,
            Fact::Upstream => Kind::Upstream,
            Fact::Links => Kind::Links,
        })
    }

    /// True for what a page of many ideas says in its heading, once for all of them.
    pub(super) fn is_headed(self) -> bool {
        matches!(self, Fact::Organization | Fact::Program | Fact::Term)
    }

    /// How bad it is to lose it. Rather one skill too many than a tag too few.
    pub(super) fn weight(self) -> usize {
        match self {
            Fact::Idea => 20,
            Fact::Tags | Fact::Mentors | Fact::Title => 2,
            _ => 1,
        }
    }
}

/// The facts in which `is` differs from `was`, each with what is gone. With `implied`, the order of mentors tells their
/// roles, as on the form: then neither the order counts nor roles that nobody gave.
pub fn differences(was: &Idea, is: &Idea, implied: bool) -> Vec<(Fact, Vec<String>)> {
    let (mut before, mut after) = (facts(was), facts(is));
    if implied {
        for (fact, values) in before.iter_mut().chain(&mut after) {
            match fact {
                Fact::Role if was.mentors.iter().all(|mentor| mentor.role.is_none()) => values.clear(),
                Fact::Mentors | Fact::Lfid | Fact::Role => values.sort_unstable(),
                _ => {}
            }
        }
    }
    let pairs = before.into_iter().zip(after).filter(|((_, before), (_, after))| before != after);
    pairs
        .map(|((fact, before), (_, after))| (fact, before.into_iter().filter(|value| !after.contains(value)).collect()))
        .collect()
}

/// Every fact as text. What has no order is sorted.
fn facts(idea: &Idea) -> Vec<(Fact, Vec<String>)> {
    fn all<T: ToString>(values: &[crate::text::Spanned<T>]) -> Vec<String> {
        values.iter().map(|value| value.value.to_string()).collect()
    }
    let sorted = |mut values: Vec<String>| {
        values.sort_unstable();
        values
    };
    let lines = |text: &str| text.lines().map(str::trim_end).collect::<Vec<_>>().join("\n").trim().to_owned();
    let of = |show: fn(&Mentor) -> Option<String>| idea.mentors.iter().filter_map(show).collect::<Vec<_>>();
    vec![
        (Fact::Title, vec![idea.title.value.clone()]),
        (Fact::Organization, all(idea.organization.as_slice())),
        (Fact::Project, all(idea.project.as_slice())),
        (Fact::Program, all(idea.program.as_slice())),
        (Fact::Term, all(idea.term.as_slice())),
        (Fact::Description, idea.description.iter().map(|text| lines(&text.value)).collect()),
        (Fact::Outcomes, all(&idea.outcomes)),
        (Fact::Skills, all(&idea.skills)),
        (Fact::Tags, sorted(all(&idea.tags))),
        (Fact::Mentors, of(|mentor| Some(person(mentor)))),
        (Fact::Lfid, of(|mentor| mentor.lfid.as_ref().map(|lfid| format!("{} ({})", lfid.value, mentor.shown())))),
        (Fact::Role, of(role)),
        (Fact::Difficulty, all(&idea.difficulty)),
        (Fact::Hours, all(&idea.hours)),
        (Fact::Upstream, all(&idea.upstream)),
        (Fact::Links, sorted(all(&idea.links))),
    ]
}

/// `Ada Brook | ada-b | `: what is not known stays empty, as no name is.
fn person(mentor: &Mentor) -> String {
    let parts = [&mentor.name, &mentor.github, &mentor.email];
    parts.map(|part| part.as_ref().map_or("", |part| part.value.as_str())).join(" | ")
}

fn role(mentor: &Mentor) -> Option<String> {
    mentor.role.as_ref().map(|role| role.value).map(|role: Role| format!("{} ({})", role.as_str(), mentor.shown()))
}
