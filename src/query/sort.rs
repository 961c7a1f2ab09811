//! In which order ideas are shown: keys, each ascending or descending.
//!
//! Sorting is stable, and what an idea does not state comes last in both directions: who sorts by hours wants to see hours.

use std::borrow::Borrow;
use std::cmp::Reverse;
use std::fmt;
use std::str::FromStr;

use super::QueryError;
use crate::idea::{Difficulty, Idea, Program, Term};
use crate::programs::{Calendar, Date};
use crate::spelling::{fold, nearest};

/// What ideas can be sorted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SortKey {
    /// The page's path, then the line on it.
    Source,
    /// The id, by bytes.
    Id,
    /// The title, blind to case and accents.
    Title,
    /// The project, else the organisation, blind to case and accents.
    Project,
    /// The organisation, blind to case and accents.
    Organization,
    /// The programme's name.
    Program,
    /// The year, then the term; a bare year comes before its terms.
    Term,
    /// The levels from easy to hard: the lowest named first, then the next.
    Difficulty,
    /// The hours: the lowest named first, then the next.
    Hours,
    /// How many mentors there are; none is an absent fact.
    Mentors,
}

impl SortKey {
    /// All keys.
    pub const ALL: [SortKey; 10] = [
        SortKey::Source,
        SortKey::Id,
        SortKey::Title,
        SortKey::Project,
        SortKey::Organization,
        SortKey::Program,
        SortKey::Term,
        SortKey::Difficulty,
        SortKey::Hours,
        SortKey::Mentors,
    ];

    const EXPECTED: &str = "source, id, title, project, organization, program, term, difficulty, hours or mentors, with - before or :desc behind to turn it round";

    /// The name, as in `--sort hours`.
    pub fn as_str(self) -> &'static str {
        match self {
            SortKey::Source => "source",
            SortKey::Id => "id",
            SortKey::Title => "title",
            SortKey::Project => "project",
            SortKey::Organization => "organization",
            SortKey::Program => "program",
            SortKey::Term => "term",
            SortKey::Difficulty => "difficulty",
            SortKey::Hours => "hours",
            SortKey::Mentors => "mentors",
        }
    }

    fn value(self, idea: &Idea) -> Option<Value> {
        match self {
            SortKey::Source => Some(Value::Place(idea.source.path.clone(), idea.source.line)),
            SortKey::Id => Some(Value::Text(idea.id.clone())),
            SortKey::Title => Some(Value::Text(fold(&idea.title.value))),
            SortKey::Project => idea.filed_under().map(|name| Value::Text(fold(name))),
            SortKey::Organization => idea.organization.as_ref().map(|name| Value::Text(fold(&name.value))),
            SortKey::Program => idea.program.as_ref().map(|program| Value::Program(program.value.clone())),
            SortKey::Term => idea.term.as_ref().map(|term| Value::Term(term.value)),
            SortKey::Difficulty if idea.difficulty.is_empty() => None,
            SortKey::Difficulty => Some(Value::Levels(idea.difficulty.iter().map(|level| level.value).collect())),
            SortKey::Hours if idea.hours.is_empty() => None,
            SortKey::Hours => Some(Value::Hours(idea.hours.iter().map(|hours| hours.value).collect())),
            SortKey::Mentors if idea.mentors.is_empty() => None,
            SortKey::Mentors => Some(Value::Count(idea.mentors.len())),
        }
    }
}

/// A key and its direction, from text such as `hours`, `-hours`, `hours:desc` or `hours:asc`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct SortBy {
    /// What is compared.
    pub key: SortKey,
    /// True if the largest comes first.
    pub descending: bool,
}

impl FromStr for SortBy {
    type Err = QueryError;

    fn from_str(text: &str) -> Result<Self, QueryError> {
        let (name, direction) = match text.trim().split_once(':') {
            Some((name, direction)) => (name.trim(), Some(direction.trim())),
            None => (text.trim(), None),
        };
        let (name, minus) = name.strip_prefix('-').map_or((name, false), |name| (name, true));
        let Some(key) = SortKey::ALL.into_iter().find(|key| key.as_str().eq_ignore_ascii_case(name)) else {
            let meant = nearest(name, SortKey::ALL.map(SortKey::as_str)).map(str::to_owned);
            return Err(QueryError::unknown("sort key", name, SortKey::EXPECTED, meant));
        };
        let descending = match direction {
            None => minus,
            // `-hours:asc` says two things; `-hours:desc` may mean either.
            Some(_) if minus => {
                let meant = Some(format!("{}:desc", key.as_str()));
                return Err(QueryError::unknown("sort key", text.trim(), "either - before the key or :desc behind it", meant));
            }
            Some(word) if word.eq_ignore_ascii_case("asc") => false,
            Some(word) if word.eq_ignore_ascii_case("desc") => true,
            Some(word) => return Err(QueryError::unknown("sort direction", word, "asc or desc", None)),
        };
        Ok(SortBy { key, descending })
    }
}

/// An order: the first key decides, the next where it is equal. Without keys, it leaves ideas in page order.
///
/// ```
/// use mentorship_ideas::query::sort::Sort;
///
/// assert!("difficulty,-hours".parse::<Sort>().is_ok());
/// let error = "titel".parse::<Sort>().unwrap_err();
/// assert!(error.to_string().ends_with("did you mean title?"));
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sort(pub Vec<SortBy>);

impl FromStr for Sort {
    type Err = QueryError;

    fn from_str(text: &str) -> Result<Self, QueryError> {
        let keys = text.split(',').filter(|key| !key.trim().is_empty());
        let keys: Vec<SortBy> = keys.map(str::parse).collect::<Result<_, _>>()?;
        if keys.is_empty() {
            return Err(QueryError::Empty { what: "sort key", seen: text.to_owned(), expected: SortKey::EXPECTED });
        }
        Ok(Sort(keys))
    }
}

impl fmt::Display for Sort {
    /// As `--sort` takes it: `difficulty,-hours`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, by) in self.0.iter().enumerate() {
            let (comma, minus) = (if i > 0 { "," } else { "" }, if by.descending { "-" } else { "" });
            write!(f, "{comma}{minus}{}", by.key.as_str())?;
        }
        Ok(())
    }
}

/// What ideas are sorted by where nobody asks for another order, and what decides in a ranking among equals: the terms that end
/// last come first, so that no term that has ended stands before one that has not, whatever the programme. Ideas that state no
/// term are the last.
pub fn newest_first(idea: &Idea) -> Reverse<Option<Date>> {
    let program = idea.program.as_ref().map(|program| &program.value);
    Reverse(idea.term.as_ref().map(|term| Calendar::of(program, term.value).end(term.value)))
}

impl Sort {
    /// Sorts ideas. Those that no key tells apart stay as they were.
    pub fn apply(&self, ideas: &mut [impl Borrow<Idea>]) {
        if !self.0.is_empty() {
            ideas.sort_by_cached_key(|idea| -> Vec<Rank> {
                self.0.iter().map(|by| Rank::new(by.key.value(idea.borrow()), by.descending)).collect()
            });
        }
    }
}

/// What a key compares; under one key all values are of one kind.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Value {
    Text(String),
    Place(String, usize),
    Program(Program),
    Term(Term),
    Levels(Vec<Difficulty>),
    Hours(Vec<u32>),
    Count(usize),
}

/// A value with its direction. The derived order is the point: whatever is absent comes after everything else.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
    Ascending(Value),
    Descending(Reverse<Value>),
    Absent,
}

impl Rank {
    fn new(value: Option<Value>, descending: bool) -> Rank {
        match value {
            Some(value) if descending => Rank::Descending(Reverse(value)),
            Some(value) => Rank::Ascending(value),
            None => Rank::Absent,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::tests::idea;

    fn sorted(order: &str, ideas: &[Idea]) -> String {
        let mut ideas: Vec<_> = ideas.iter().collect();
        order.parse::<Sort>().unwrap().apply(&mut ideas);
        ideas.iter().map(|idea| idea.id.as_str()).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn ideas_are_sorted() {
        let ideas = [
            idea("b", &[("hours", "175|350"), ("difficulty", "hard"), ("term", "2025-3"), ("project", "Árgo"), ("path", "2.md")]),
            idea("none", &[("path", "1.md"), ("line", "9")]),
            idea(
                "a",
                &[
                    ("hours", "350"),
                    ("difficulty", "easy"),
                    ("term", "2025"),
                    ("organization", "argo"),
                    ("mentors", "X|Y"),
                    ("path", "1.md"),
                ],
            ),
            idea(
                "C",
                &[
                    ("hours", "175"),
                    ("difficulty", "easy|medium"),
                    ("term", "2024"),
                    ("program", "lfx"),
                    ("project", "Zot"),
                    ("mentors", "X"),
                ],
            ),
        ];
        for (order, ids) in [
            ("hours", "c b a none"),
            ("-hours", "a b c none"),
            ("hours:desc", "a b c none"),
            ("Hours:ASC", "c b a none"),
            ("difficulty", "a c b none"),
            ("-difficulty", "b c a none"),
            ("term", "c a b none"),
            ("term:desc", "b a c none"),
            ("mentors", "c a b none"),
            ("-mentors", "a c b none"),
            ("title", "a b c none"),
            ("-title", "none c b a"),
            ("id", "a b c none"),
            ("program", "c b none a"),
            ("source", "a none b c"),
            ("-source", "c b none a"),
            // Equal but for accents and case: they stay as they were, and the next key decides.
            ("project", "b a c none"),
            ("-project", "c b a none"),
            ("organization", "a b none c"),
            ("project,hours", "b a c none"),
            (" project , -hours ,", "a b c none"),
        ] {
            assert_eq!(sorted(order, &ideas), ids, "{order}");
            let again = order.parse::<Sort>().unwrap().to_string();
            assert_eq!(sorted(&again, &ideas), ids, "{order} shown as {again}");
        }
        let mut ideas: Vec<_> = ideas.to_vec();
        Sort::default().apply(&mut ideas);
        assert_eq!(ideas[1].id, "none");
    }

    #[test]
    fn terms_that_end_last_come_first() {
        let of = |(program, term): (&str, &str)| {
            let facts = [("program", program), ("term", term)];
            idea(&format!("{program} {term}"), &facts[usize::from(program.is_empty())..])
        };
        let mut ideas = [
            ("gsoc", ""),
            ("lfx", "2026-1"),
            ("gsoc", "2026"),
            ("lfx", "2025-3"),
            ("lfx", "2026-3"),
            ("lfx", "2026-2"),
            ("gsoc", "2025"),
            ("", "2024"),
        ]
        .map(of);
        ideas.sort_by_key(newest_first);
        let ids = ideas.map(|idea| idea.id).join(" ");
        assert_eq!(ids, "lfx-2026-3 gsoc-2026 lfx-2026-2 lfx-2026-1 lfx-2025-3 gsoc-2025 2024 gsoc");
    }

    #[test]
    fn what_is_no_order_is_told() {
        for (text, starts, ends) in [
            ("titel", "unknown sort key 'titel': expected source, id, title,", "did you mean title?"),
            ("hours:down", "unknown sort direction 'down': expected asc or desc", "desc"),
            ("hours:", "unknown sort direction ''", "desc"),
            ("-hours:asc", "unknown sort key '-hours:asc': expected either - before", "did you mean hours:desc?"),
            ("-", "unknown sort key ''", "turn it round"),
            ("--limit", "unknown sort key '-limit'", "turn it round"),
            (",", "',' names no sort key", "turn it round"),
            ("", "'' names no sort key", "turn it round"),
        ] {
            let message = text.parse::<Sort>().unwrap_err().to_string();
            assert!(message.starts_with(starts) && message.ends_with(ends), "{text}: {message}");
        }
        let listed: Vec<_> = SortKey::EXPECTED.split(", with").next().unwrap_or_default().split([',', ' ']).collect();
        for key in SortKey::ALL {
            assert!(listed.contains(&key.as_str()), "{} is listed", key.as_str());
        }
    }
}
