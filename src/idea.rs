//! An idea: one proposal that somebody could take up as a mentee. Every fact knows the bytes it was read from.
//!
//! This file reads as the specification of our JSON; the nouns in it (`mentor`, `skill`, `size` …) have a file each that
//! says how their text is read.

pub mod check;
pub mod difficulty;
mod elsewhere;
pub mod fact;
pub mod id;
pub mod link;
pub mod mentor;
mod place;
pub mod prerequisites;
pub mod proposal;
pub mod reading;
pub mod same;
pub mod size;
pub mod skill;
pub mod status;
pub(crate) mod texts;
pub(crate) mod tracker;
mod words;

use borsh::{BorshDeserialize, BorshSerialize};
use schemars::JsonSchema;
use serde::Serialize;

pub use check::Check;
pub use difficulty::Difficulty;
pub use elsewhere::Elsewhere;
pub use fact::Fact;
pub use id::slug;
pub use mentor::{Mentor, Role};
pub use place::{Anchor, Place};
pub use prerequisites::{Prerequisite, Prerequisites};
pub use proposal::Proposal;
pub use status::Status;

pub use crate::programs::{Program, Term};
use crate::text::{Span, Spanned};

/// One proposal of a mentorship project, as its page states it. What a page does not state is `null` or `[]`.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema, BorshSerialize, BorshDeserialize)]
pub struct Idea {
    /// A slug of what the idea is: project (else organization) and title. The same in every catalogue; see [`id`].
    pub id: String,
    /// Plain text, without numbering, label, trailing period or size marker.
    pub title: Spanned<String>,
    /// Who owns the page.
    pub organization: Option<Spanned<String>>,
    /// The group the page files the idea under; null where it does not group.
    pub project: Option<Spanned<String>>,
    /// The mentorship programme.
    pub program: Option<Spanned<Program>>,
    /// The year, or the LFX term of a year.
    pub term: Option<Spanned<Term>>,
    /// The first sentence or two of the description, as plain text.
    pub summary: Option<String>,
    /// Markdown, as on the page.
    pub description: Option<Spanned<String>>,
    /// What shall come of it, item by item.
    pub outcomes: Vec<Spanned<String>>,
    /// The page's own items: required and desirable skills together.
    pub skills: Vec<Spanned<String>>,
    /// The canonical skills that those items name.
    #[borsh(serialize_with = "skill::write_tags", deserialize_with = "skill::read_tags")]
    pub tags: Vec<Spanned<&'static str>>,
    /// Those of the tags that the page says are nice to have.
    #[borsh(serialize_with = "skill::write_names", deserialize_with = "skill::read_names")]
    pub desirable: Vec<&'static str>,
    /// Who mentors, in page order.
    pub mentors: Vec<Mentor>,
    /// The levels named; a range names its ends.
    pub difficulty: Vec<Spanned<Difficulty>>,
    /// The hours named, ascending. Weeks are not hours.
    pub hours: Vec<Spanned<u32>>,
    /// The issues that track it.
    pub upstream: Vec<Spanned<String>>,
    /// Where to read on.
    pub links: Vec<Spanned<String>>,
    /// What it is made with, as the page states it. On the LFX form and in the export `skills` are told apart from it; elsewhere
    /// they hold it, too.
    pub technologies: Vec<Spanned<String>>,
    /// How far it is along.
    pub status: Option<Spanned<Status>>,
    /// What applicants must bring; null unless the LFX form or export asks for something.
    pub prerequisites: Option<Box<Prerequisites>>,
    /// What LFX keeps of the proposal; null elsewhere.
    pub proposal: Option<Box<Proposal>>,
    /// What its upstream issues and links answered to `ideas check`; null if nobody has asked. It does not come from
    /// the page, so `ideas convert` and `ideas site` leave it out.
    #[borsh(skip)]
    pub check: Option<Check>,
    /// Where the idea stands.
    pub source: Place,
    /// Where else it stands, in older terms or on other pages: places that this idea stands for in a list, the newest first.
    pub also: Vec<Elsewhere>,
}

/// What a page says about a project without proposing an idea: a project's profile.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema, BorshSerialize, BorshDeserialize)]
pub struct Profile {
    /// The project's name.
    pub name: Spanned<String>,
    /// Its web site.
    pub website: Option<Spanned<String>>,
    /// When the profile was last changed, as written.
    pub updated: Option<Spanned<String>>,
    /// What the project is, as Markdown.
    pub description: Option<Spanned<String>>,
    /// Where the profile stands.
    pub source: Place,
}

/// A fact of an idea and the stretch it was read from: for `show --why`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Evidence {
    /// The name of the fact, as in the JSON: `title`, `mentor` …
    pub fact: &'static str,
    /// What was understood.
    pub meaning: String,
    /// Where it stands; `None` if it comes from the page's path, or from what the page is.
    pub span: Option<Span>,
}

impl Idea {
    /// Everything that is known and short enough to point at, in page order; first what has no place on the page.
    pub fn evidence(&self) -> Vec<Evidence> {
        fn add<T: std::fmt::Display>(evidence: &mut Vec<Evidence>, fact: &'static str, values: &[Spanned<T>]) {
            evidence.extend(values.iter().map(|value| Evidence { fact, meaning: value.value.to_string(), span: value.span }));
        }
        let mut all = Vec::new();
        add(&mut all, "title", std::slice::from_ref(&self.title));
        add(&mut all, "organization", self.organization.as_slice());
        add(&mut all, "project", self.project.as_slice());
        add(&mut all, "program", self.program.as_slice());
        add(&mut all, "term", self.term.as_slice());
        add(&mut all, "tag", &self.tags);
        for mentor in &self.mentors {
            add(&mut all, "mentor", mentor.name.as_slice());
            add(&mut all, "github", mentor.github.as_slice());
            add(&mut all, "email", mentor.email.as_slice());
            add(&mut all, "lfid", mentor.lfid.as_slice());
            if let Some(role) = &mentor.role {
                // Without a place to point at, the role says whose it is.
                let whose = if role.span.is_none() { format!(" ({})", mentor.shown()) } else { String::new() };
                all.push(Evidence { fact: "role", meaning: format!("{}{whose}", role.value.as_str()), span: role.span });
            }
        }
        add(&mut all, "difficulty", &self.difficulty);
        add(&mut all, "hours", &self.hours);
        add(&mut all, "upstream", &self.upstream);
        add(&mut all, "status", self.status.as_slice());
        all.sort_by_key(|evidence| evidence.span);
        all
    }

    /// The same with the page's own items, which [`Idea::evidence`] leaves to whoever has room: skills, outcomes and links come
    /// first.
    pub fn evidence_with_items(&self) -> Vec<Evidence> {
        let items = [("skill", &self.skills), ("outcome", &self.outcomes), ("link", &self.links)];
        let items = items.into_iter().flat_map(|(fact, items)| {
            items.iter().map(move |item| Evidence { fact, meaning: item.value.clone(), span: item.span })
        });
        items.chain(self.evidence()).collect()
    }

    /// Only a title, on no page; tests add what they are about.
    pub(crate) fn bare(title: &str) -> Self {
        Idea {
            id: String::new(),
            title: Spanned::nowhere(title.to_owned()),
            organization: None,
            project: None,
            program: None,
            term: None,
            summary: None,
            description: None,
            outcomes: Vec::new(),
            skills: Vec::new(),
            tags: Vec::new(),
            desirable: Vec::new(),
            mentors: Vec::new(),
            difficulty: Vec::new(),
            hours: Vec::new(),
            upstream: Vec::new(),
            links: Vec::new(),
            technologies: Vec::new(),
            status: None,
            prerequisites: None,
            proposal: None,
            check: None,
            source: Place { path: "ideas.md".to_owned(), url: None, line: 1, anchor: None },
            also: Vec::new(),
        }
    }

    /// The programmes and terms in which it stands: its own, then those of the places that it stands for. One may come twice.
    pub fn terms(&self) -> impl Iterator<Item = (Option<Program>, Option<Term>)> {
        let own = (self.program.as_ref().map(|it| it.value.clone()), self.term.as_ref().map(|it| it.value));
        std::iter::once(own).chain(self.also.iter().map(|place| (place.program.clone(), place.term)))
    }

    /// The project it is filed under, else the organisation.
    pub fn filed_under(&self) -> Option<&str> {
        self.project.as_ref().or(self.organization.as_ref()).map(|name| name.value.as_str())
    }
}
