//! What two readings of an idea agree on, fact by fact.

use crate::idea::{Fact, Idea, Mentor, Role};
use crate::labels::Kind;

/// What a page may lose of an idea.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Lost {
    /// The whole idea.
    Idea,
    /// A fact of it. Handles and addresses of mentors belong to the mentors.
    Fact(Fact),
    /// Which of its skills are only nice to have.
    Desirable,
    /// The Linux Foundation IDs of its mentors.
    Lfid,
    /// The roles of its mentors.
    Role,
}

impl Lost {
    /// What people call it.
    pub fn as_str(self) -> &'static str {
        match self {
            Lost::Idea => "idea",
            Lost::Fact(Fact::Upstream) => "upstream issues",
            Lost::Fact(Fact::Proposal) => "proposal details",
            Lost::Fact(fact) => fact.as_str(),
            Lost::Desirable => "skills that are nice to have",
            Lost::Lfid => "LFIDs",
            Lost::Role => "roles of mentors",
        }
    }

    /// The kind of the field that holds it.
    pub(super) fn kind(self) -> Option<Kind> {
        Some(match self {
            Lost::Idea => return None,
            Lost::Desirable => Kind::Skills,
            Lost::Lfid | Lost::Role => Kind::Mentors,
            Lost::Fact(fact) => match fact {
                Fact::Title => Kind::Title,
                Fact::Organization => Kind::Organization,
                Fact::Project => Kind::Project,
                Fact::Program => Kind::Program,
                Fact::Term => Kind::Term,
                Fact::Description => Kind::Description,
                Fact::Outcomes => Kind::Outcomes,
                Fact::Skills | Fact::Tags => Kind::Skills,
                Fact::Mentors | Fact::Email | Fact::Github => Kind::Mentors,
                Fact::Difficulty => Kind::Difficulty,
                Fact::Hours => Kind::Size,
                Fact::Upstream => Kind::Upstream,
                Fact::Links => Kind::Links,
                Fact::Technologies => Kind::Technologies,
                Fact::Status => Kind::Status,
                Fact::Prerequisites => Kind::Prerequisites,
                Fact::Proposal => Kind::Proposal,
            },
        })
    }

    /// True for what a page of many ideas says in its heading, once for all of them.
    pub(super) fn is_headed(self) -> bool {
        matches!(self, Lost::Fact(Fact::Organization | Fact::Program | Fact::Term))
    }

    /// How bad it is to lose it. Rather one skill too many than a tag too few.
    pub(super) fn weight(self) -> usize {
        match self {
            Lost::Idea => 20,
            Lost::Fact(Fact::Tags | Fact::Mentors | Fact::Title) => 2,
            _ => 1,
        }
    }
}

/// The facts in which `is` differs from `was`, each with what is gone. With `implied`, the order of mentors tells their
/// roles, as on the form: then neither the order counts nor roles that nobody gave.
pub fn differences(was: &Idea, is: &Idea, implied: bool) -> Vec<(Lost, Vec<String>)> {
    let (mut before, mut after) = (facts(was), facts(is));
    if implied {
        for (fact, values) in before.iter_mut().chain(&mut after) {
            match fact {
                Lost::Role if was.mentors.iter().all(|mentor| mentor.role.is_none()) => values.clear(),
                Lost::Fact(Fact::Mentors) | Lost::Lfid | Lost::Role => values.sort_unstable(),
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
fn facts(idea: &Idea) -> Vec<(Lost, Vec<String>)> {
    fn all<T: ToString>(values: &[crate::text::Spanned<T>]) -> Vec<String> {
        values.iter().map(|value| value.value.to_string()).collect()
    }
    let sorted = |mut values: Vec<String>| {
        values.sort_unstable();
        values
    };
    let lines = |text: &str| text.lines().map(str::trim_end).collect::<Vec<_>>().join("\n").trim().to_owned();
    let of = |show: fn(&Mentor) -> Option<String>| idea.mentors.iter().filter_map(show).collect::<Vec<_>>();
    let stated = |fact, values| (Lost::Fact(fact), values);
    // Most pages do not tell them from skills.
    let technologies = idea.technologies.iter().filter(|item| idea.skills.iter().all(|skill| skill.value != item.value));
    let technologies = technologies.map(|item| item.value.clone()).collect();
    vec![
        stated(Fact::Title, vec![idea.title.value.clone()]),
        stated(Fact::Organization, all(idea.organization.as_slice())),
        stated(Fact::Project, all(idea.project.as_slice())),
        stated(Fact::Program, all(idea.program.as_slice())),
        stated(Fact::Term, all(idea.term.as_slice())),
        stated(Fact::Description, idea.description.iter().map(|text| lines(&text.value)).collect()),
        stated(Fact::Outcomes, all(&idea.outcomes)),
        // Those that are nice to have may stand behind the others.
        stated(Fact::Skills, sorted(all(&idea.skills))),
        stated(Fact::Tags, sorted(all(&idea.tags))),
        (Lost::Desirable, sorted(idea.desirable.iter().map(ToString::to_string).collect())),
        stated(Fact::Mentors, of(|mentor| Some(person(mentor)))),
        (Lost::Lfid, of(|mentor| mentor.lfid.as_ref().map(|lfid| format!("{} ({})", lfid.value, mentor.shown())))),
        (Lost::Role, of(role)),
        stated(Fact::Difficulty, all(&idea.difficulty)),
        stated(Fact::Hours, all(&idea.hours)),
        stated(Fact::Upstream, all(&idea.upstream)),
        stated(Fact::Links, sorted(all(&idea.links))),
        stated(Fact::Technologies, technologies),
        stated(Fact::Status, all(idea.status.as_slice())),
        stated(Fact::Prerequisites, idea.prerequisites.iter().flat_map(|asked| asked.shown()).collect()),
        stated(Fact::Proposal, idea.proposal.iter().flat_map(|proposal| proposal.shown()).collect()),
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
