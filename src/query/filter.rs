//! The filters by name, how the text given to each is read, and what it then asks of an idea.
//!
//! A new filter is a variant of [`Filter`] and of `Test`; the compiler names the places that must know it.

mod terms;

use std::borrow::Borrow;
use std::collections::BTreeSet;
use std::fmt;

use super::QueryError;
use super::marks;
use super::range::{Range, RangeError, Scale};
use super::words::Words;
use crate::idea::Fact;
use crate::idea::check::Upstream;
use crate::idea::skill::Skills;
use crate::idea::{Difficulty, Idea, Mentor, Program, Status, Term, size};
use crate::programs::{Date, When};
use crate::prose::Prose;
use crate::spelling::{fold, nearest};
use crate::text::{Span, Spanned};
pub(super) use terms::Terms;

/// What ideas can be filtered by. Each variant says which text it takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Filter {
    /// A skill by its name or an alias; one that the vocabulary lacks is looked for in the page's own items.
    Skill,
    /// A mentor by name, GitHub handle or e-mail address.
    Mentor,
    /// A level of difficulty, or a range of levels.
    Difficulty,
    /// Words of the project's or the organisation's name.
    Project,
    /// Words of the organisation's name.
    Organization,
    /// A mentorship programme, or one of its terms.
    Program,
    /// A year, an LFX term, a range of them, or a word for terms ([`When`]); also of one programme only.
    Term,
    /// A number of hours, or a range.
    Hours,
    /// A [`Status`].
    Status,
    /// A question to its upstream issues: an [`Upstream`].
    Upstream,
    /// A [`Fact`] that must be known.
    Has,
    /// A [`Fact`] that must not be known.
    Missing,
    /// Text that stands in the title, project, description, outcomes or skills.
    Where,
    /// The id of an idea; see [`Query::require_marked`](super::Query::require_marked).
    Shortlisted,
}

impl Filter {
    /// All filters that take a text, in the order of the help.
    pub const ALL: [Filter; 13] = [
        Filter::Skill,
        Filter::Mentor,
        Filter::Difficulty,
        Filter::Project,
        Filter::Organization,
        Filter::Program,
        Filter::Term,
        Filter::Hours,
        Filter::Status,
        Filter::Upstream,
        Filter::Has,
        Filter::Missing,
        Filter::Where,
    ];

    /// The name, as in `--skill`.
    pub fn as_str(self) -> &'static str {
        match self {
            Filter::Skill => "skill",
            Filter::Mentor => "mentor",
            Filter::Difficulty => "difficulty",
            Filter::Project => "project",
            Filter::Organization => "organization",
            Filter::Program => "program",
            Filter::Term => "term",
            Filter::Hours => "hours",
            Filter::Status => "status",
            Filter::Upstream => "upstream",
            Filter::Has => "has",
            Filter::Missing => "missing",
            Filter::Where => "where",
            Filter::Shortlisted => "shortlisted",
        }
    }

    /// What one value of the filter is.
    fn noun(self) -> &'static str {
        match self {
            Filter::Hours => "number of hours",
            Filter::Upstream => "state of an upstream issue",
            Filter::Has | Filter::Missing => "field",
            Filter::Where => "text",
            Filter::Shortlisted => "id",
            named => named.as_str(),
        }
    }

    /// What the filter accepts, for messages.
    pub fn expected(self) -> &'static str {
        match self {
            Filter::Skill => "a skill such as go or kubernetes",
            Filter::Mentor => "a name, a GitHub handle or an e-mail address",
            Filter::Difficulty => "easy, medium or hard, or a range like easy..medium",
            Filter::Project => "a project or an organization such as kubeflow",
            Filter::Organization => "an organization such as cncf",
            Filter::Program => "gsoc, lfx or the name of another programme, or one of its terms like gsoc 2026",
            Filter::Term => {
                "a year like 2025, an LFX term like 2025-3, a range like 2023..2025, or current, next, latest or past"
            }
            Filter::Hours => "a number like 175, or a range like 90..175, ..175 or 350..",
            Filter::Status => "open, taken, done or draft",
            Filter::Upstream => "free, open, assigned, closed, dead or unknown",
            Filter::Has | Filter::Missing => Fact::NAMES,
            Filter::Where => "text to look for",
            Filter::Shortlisted => "the id of an idea",
        }
    }

    /// True for a text that lets every idea through: `--term any`.
    pub fn is_any(self, text: &str) -> bool {
        self == Filter::Term && text.trim().eq_ignore_ascii_case("any")
    }

    /// The alternatives that a text gives, parted by commas. There is at least one.
    pub(super) fn read(self, text: &str) -> Result<Vec<Alternative>, QueryError> {
        let said = text.split(',').map(str::trim).filter(|said| !said.is_empty());
        let any: Vec<_> = said.map(|said| self.read_one(said)).collect::<Result<_, _>>()?;
        if any.is_empty() { Err(self.empty(text)) } else { Ok(any) }
    }

    /// The alternative that a text without a meaning for commas gives.
    pub(super) fn read_one(self, said: &str) -> Result<Alternative, QueryError> {
        let words = || Words::read(said).ok_or_else(|| self.empty(said));
        let test = match self {
            Filter::Skill => match Skills::get().canonical(said) {
                Some(skill) => Test::Tag(skill),
                None => Test::SkillWords(words()?),
            },
            Filter::Mentor => match said.split_once('@') {
                Some(("", "")) => return Err(self.empty(said)),
                Some(("", handle)) => Test::Handle(handle.to_owned()),
                Some(_) => Test::Email(said.to_owned()),
                None => Test::Person { handle: said.to_owned(), name: words()? },
            },
            Filter::Difficulty => Test::Difficulty(self.range(said)?),
            Filter::Project => Test::Project(words()?),
            Filter::Organization => Test::Organization(words()?),
            Filter::Program => match Terms::of_program(said) {
                Some(terms) => Test::Term(terms?),
                None => Test::Program(Program::from_name(said)),
            },
            Filter::Term => Test::Term(Terms::read(said)?),
            Filter::Hours => Test::Hours(self.range(said)?),
            Filter::Status => Test::Status(status(said)?),
            Filter::Upstream => Test::Upstream(upstream(said)?),
            Filter::Has => Test::Has(self.fact(said)?),
            Filter::Missing => Test::Missing(self.fact(said)?),
            Filter::Where => match fold(said) {
                text if text.is_empty() => return Err(self.empty(said)),
                text => Test::Text(text),
            },
            Filter::Shortlisted => Test::Id(BTreeSet::from([said.to_owned()])),
        };
        Ok(Alternative { filter: self, said: said.to_owned(), test })
    }

    fn range<T: Scale>(self, said: &str) -> Result<Range<T>, QueryError> {
        Range::read(said).map_err(|error| match error {
            RangeError::Backwards { meant } => QueryError::Backwards { seen: said.to_owned(), meant },
            RangeError::Unknown { seen, meant } => {
                let meant = meant.or_else(|| match self {
                    Filter::Difficulty => nearest(&seen, Difficulty::ALL.map(Difficulty::as_str)).map(str::to_owned),
                    Filter::Term => {
                        let word = || nearest(&seen, When::ALL.map(When::as_str)).map(str::to_owned);
                        Term::find(&seen).map(|(_, term)| term.to_string()).or_else(word)
                    }
                    Filter::Hours => hours(&seen),
                    _ => None,
                });
                QueryError::unknown(self.noun(), &seen, self.expected(), meant)
            }
        })
    }

    fn fact(self, said: &str) -> Result<Fact, QueryError> {
        Fact::from_name(said).ok_or_else(|| {
            let meant = nearest(said, Fact::ALL.map(Fact::as_str)).map(str::to_owned);
            QueryError::unknown(self.noun(), said, self.expected(), meant)
        })
    }

    fn empty(self, said: &str) -> QueryError {
        QueryError::Empty { what: self.noun(), seen: said.to_owned(), expected: self.expected() }
    }
}

impl fmt::Display for Filter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// One value of a filter: what was said, and what it asks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Alternative {
    pub(super) filter: Filter,
    pub(super) said: String,
    test: Test,
}

/// A question to an idea.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Test {
    Tag(&'static str),
    SkillWords(Words),
    /// A GitHub handle, without `@`.
    Handle(String),
    Email(String),
    /// What may be a name or a handle.
    Person {
        handle: String,
        name: Words,
    },
    Difficulty(Range<Difficulty>),
    Project(Words),
    Organization(Words),
    Program(Program),
    Term(Terms),
    Status(Status),
    Upstream(Upstream),
    Hours(Range<u32>),
    Has(Fact),
    Missing(Fact),
    /// Folded text.
    Text(String),
    Id(BTreeSet<String>),
}

impl Alternative {
    /// Ideas that use this skill, a canonical name.
    pub(super) fn of_skill(skill: &'static str) -> Self {
        Alternative { filter: Filter::Skill, said: skill.to_owned(), test: Test::Tag(skill) }
    }

    /// Any of these ids.
    pub(super) fn marked(ids: BTreeSet<String>) -> Self {
        Alternative { filter: Filter::Shortlisted, said: String::new(), test: Test::Id(ids) }
    }

    /// Ideas of these ids, which somebody found to name a skill that they do not list.
    pub(super) fn of_ideas(skill: String, ids: BTreeSet<String>) -> Self {
        Alternative { filter: Filter::Skill, said: skill, test: Test::Id(ids) }
    }

    /// True if the idea answers to this value. An idea that does not state the fact never does.
    pub(super) fn matches(&self, idea: &Idea) -> bool {
        match &self.test {
            Test::Tag(skill) => idea.tags.iter().any(|tag| tag.value == *skill),
            Test::SkillWords(words) => idea.skills.iter().any(|item| words.are_in(&item.value)),
            Test::Handle(handle) => idea.mentors.iter().any(|mentor| has_handle(mentor, handle)),
            Test::Email(email) => idea.mentors.iter().any(|mentor| is(mentor.email.as_ref(), email)),
            Test::Person { handle, name } => {
                let named = |mentor: &Mentor| mentor.name.as_ref().is_some_and(|said| name.are_in(&said.value));
                idea.mentors.iter().any(|mentor| named(mentor) || has_handle(mentor, handle))
            }
            Test::Difficulty(range) => idea.difficulty.iter().any(|level| range.contains(level.value)),
            Test::Project(words) => {
                [&idea.project, &idea.organization].into_iter().flatten().any(|name| words.are_in(&name.value))
            }
            Test::Organization(words) => idea.organization.as_ref().is_some_and(|name| words.are_in(&name.value)),
            Test::Program(program) => idea.program.as_ref().is_some_and(|said| said.value == *program),
            Test::Term(terms) => terms.matches(idea),
            Test::Upstream(upstream) => upstream.is_of(idea.check.as_ref()),
            Test::Status(status) => idea.status.as_ref().is_some_and(|said| said.value == *status),
            Test::Hours(range) => idea.hours.iter().any(|hours| range.contains(hours.value)),
            Test::Has(fact) => fact.is_in(idea),
            Test::Missing(fact) => !fact.is_in(idea),
            Test::Text(text) => {
                let facts = [Some(&idea.title), idea.project.as_ref(), idea.description.as_ref()];
                let mut texts = facts.into_iter().flatten().chain(&idea.outcomes).chain(&idea.skills);
                texts.any(|said| fold(&said.value).contains(text))
            }
            Test::Id(ids) => ids.contains(&idea.id),
        }
    }

    /// True if the long texts of an idea may decide: what can be left in the cache.
    pub(super) fn needs_texts(&self) -> bool {
        match self.test {
            Test::SkillWords(_) | Test::Upstream(_) | Test::Has(_) | Test::Missing(_) | Test::Text(_) | Test::Id(_) => true,
            Test::Tag(_)
            | Test::Handle(_)
            | Test::Email(_)
            | Test::Person { .. }
            | Test::Difficulty(_)
            | Test::Project(_)
            | Test::Organization(_)
            | Test::Program(_)
            | Test::Term(_)
            | Test::Status(_)
            | Test::Hours(_) => false,
        }
    }

    /// True if tags, programme, term, levels and hours decide.
    pub(super) fn is_outlined(&self) -> bool {
        matches!(self.test, Test::Tag(_) | Test::Difficulty(_) | Test::Program(_) | Test::Term(_) | Test::Hours(_))
    }

    /// The canonical skill that it asks for, if it does.
    pub(super) fn skill(&self) -> Option<&'static str> {
        if let Test::Tag(skill) = self.test { Some(skill) } else { None }
    }

    /// The terms that it asks for, if it does.
    pub(super) fn terms(&self) -> Option<&Terms> {
        if let Test::Term(terms) = &self.test { Some(terms) } else { None }
    }

    /// Says which terms `current` and its like mean on this day, of those that the catalogue has.
    pub(super) fn settle(&mut self, today: Date, catalogue: &[impl Borrow<Idea>]) {
        if let Test::Term(terms) = &mut self.test {
            terms.settle(today, catalogue);
        }
    }

    /// Says which ids of the catalogue are marked, too.
    pub(super) fn settle_marks(&mut self, catalogue: &[impl Borrow<Idea>]) {
        if let Test::Id(ids) = &mut self.test {
            let meant = marks::meant(ids, catalogue);
            ids.extend(meant.into_values().flatten());
        }
    }
}

/// The status of a name, or of a phrase by which pages say it.
fn status(said: &str) -> Result<Status, QueryError> {
    let found = Status::from_name(said).or_else(|| Status::find(said).map(|(_, status)| status));
    found.ok_or_else(|| {
        let meant = nearest(said, Status::ALL.map(Status::as_str)).map(str::to_owned);
        QueryError::unknown(Filter::Status.noun(), said, Filter::Status.expected(), meant)
    })
}

/// The question of a name.
fn upstream(said: &str) -> Result<Upstream, QueryError> {
    Upstream::from_name(said).ok_or_else(|| {
        let meant = nearest(said, Upstream::ALL.map(Upstream::as_str)).map(str::to_owned);
        QueryError::unknown(Filter::Upstream.noun(), said, Filter::Upstream.expected(), meant)
    })
}

/// The hours that somebody means who writes them as pages do: `175 hours`, `~90h`.
fn hours(said: &str) -> Option<String> {
    let mut prose = Prose::default();
    prose.push(said, Span::new(0, said.len()));
    let hours = size::read(prose.view(0..prose.len()));
    hours.first().map(|hours| hours.value.to_string())
}

fn has_handle(mentor: &Mentor, handle: &str) -> bool {
    is(mentor.github.as_ref(), handle)
}

fn is(said: Option<&Spanned<String>>, wanted: &str) -> bool {
    said.is_some_and(|said| said.value.eq_ignore_ascii_case(wanted))
}
