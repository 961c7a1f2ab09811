//! Which ideas somebody wants ([`Query`]), in which order ([`sort`], [`search`], [`fit`]), and what there is to ask for
//! ([`facets`], [`stats`]).
//!
//! Everything here is a pure function of ideas that were read before: no files, no terminal, no command line, and no page but
//! the Markdown of a description. It may import [`idea`](crate::idea) and what stands left of it.

use std::borrow::Borrow;
use std::collections::BTreeSet;
use std::fmt;

use rayon::prelude::*;

use crate::idea::{Idea, Program};
use crate::programs::{Date, When};

pub mod facets;
pub mod filter;
pub mod fit;
pub mod marks;
pub mod once;
pub mod range;
pub mod search;
pub mod sort;
pub mod stats;
pub mod suggest;
pub mod words;

pub use filter::Filter;
pub use suggest::{Nearest, Suggestion};

use facets::Dimension;
use filter::Alternative;

/// A choice of ideas: clauses that an idea must all meet. The default has none and takes every idea.
///
/// ```
/// use mentorship_ideas::query::{Filter, Query};
///
/// let mut query = Query::default();
/// query.require(Filter::Skill, "golang,rust")?;
/// query.require(Filter::Hours, "..175")?;
/// query.exclude(Filter::Difficulty, "hard")?;
///
/// let error = query.require(Filter::Difficulty, "mediun").unwrap_err();
/// assert_eq!(
///     error.to_string(),
///     "unknown difficulty 'mediun': expected easy, medium or hard, or a range like easy..medium; did you mean medium?"
/// );
/// # Ok::<(), mentorship_ideas::query::QueryError>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query {
    clauses: Vec<Clause>,
}

/// One use of a filter.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Clause {
    negated: bool,
    any: Vec<Alternative>,
}

impl Query {
    /// Keeps only the ideas that match at least one of the values in `text`, which are parted by commas.
    ///
    /// # Errors
    /// If `text` has no value, or one that the filter does not take. The query is then as before.
    pub fn require(&mut self, filter: Filter, text: &str) -> Result<(), QueryError> {
        self.add(filter, text, false)
    }

    /// Drops the ideas that match any of the values in `text`. An idea that does not state the fact stays.
    ///
    /// # Errors
    /// As [`Query::require`].
    pub fn exclude(&mut self, filter: Filter, text: &str) -> Result<(), QueryError> {
        self.add(filter, text, true)
    }

    fn add(&mut self, filter: Filter, text: &str, negated: bool) -> Result<(), QueryError> {
        self.clauses.push(Clause { negated, any: filter.read(text)? });
        Ok(())
    }

    /// Adds alternatives to the clause that was added last: `skill:go or organization:llvm`.
    pub(crate) fn or(&mut self, filter: Filter, text: &str) -> Result<(), QueryError> {
        let more = filter.read(text)?;
        if let Some(last) = self.clauses.last_mut() {
            last.any.extend(more);
        }
        Ok(())
    }

    /// Adds the clauses of another query.
    pub fn extend(&mut self, other: Query) {
        self.clauses.extend(other.clauses);
    }

    /// Keeps only the ideas that somebody marked, by their ids; or drops those.
    pub fn require_marked(&mut self, ids: BTreeSet<String>, wanted: bool) {
        self.clauses.push(Clause { negated: !wanted, any: vec![Alternative::marked(ids)] });
    }

    /// True if only the whole catalogue says what is asked for: what its latest terms are, and which ideas marks are of. See
    /// [`Query::settle`].
    pub fn needs_catalogue(&self) -> bool {
        self.clauses.iter().flat_map(|clause| &clause.any).any(|value| {
            value.filter == Filter::Shortlisted || value.terms().is_some_and(|terms| terms.when() == Some(When::Latest))
        })
    }

    /// The word for terms that was asked for and that no idea of the catalogue is of, and the programme, if it was named, too.
    pub fn lacks_term(&self, catalogue: &[impl Borrow<Idea>]) -> Option<(Option<&Program>, When)> {
        let is_there = |value: &Alternative| catalogue.iter().any(|idea| value.matches(idea.borrow()));
        let wanted = self.clauses.iter().filter(|clause| !clause.negated);
        let lacking = wanted.filter(|clause| !clause.any.iter().any(is_there));
        lacking.filter_map(|clause| clause.any.first()?.terms()).find_map(|terms| Some((terms.program.as_ref(), terms.when()?)))
    }

    /// Says what `current`, `next`, `latest` and `past` mean: on this day, among the terms of this catalogue. Before, no idea
    /// is of such a term. See [`programs`](crate::programs).
    pub fn settle(&mut self, today: Date, catalogue: &[impl Borrow<Idea>]) {
        self.clauses.iter_mut().flat_map(|clause| &mut clause.any).for_each(|value| value.settle(today, catalogue));
    }

    /// Says which ideas of this catalogue are marked. Before, only those of the very ids are.
    pub fn settle_marks(&mut self, catalogue: &[impl Borrow<Idea>]) {
        self.clauses.iter_mut().flat_map(|clause| &mut clause.any).for_each(|value| value.settle_marks(catalogue));
    }

    /// True if what it means depends on the day or the catalogue: see [`settle`](Self::settle).
    pub fn needs_settling(&self) -> bool {
        let mut terms = self.clauses.iter().flat_map(|clause| &clause.any).filter_map(|value| value.terms());
        terms.any(|terms| terms.when().is_some())
    }

    /// True if it says itself which terms are wanted.
    pub fn names_terms(&self) -> bool {
        let wanted = self.clauses.iter().filter(|clause| !clause.negated);
        wanted.flat_map(|clause| &clause.any).any(|value| value.terms().is_some())
    }

    /// True if only marked ideas are wanted, and the catalogue has none.
    pub fn lacks_marked(&self, catalogue: &[impl Borrow<Idea>]) -> bool {
        let wanted = self.clauses.iter().filter(|clause| !clause.negated);
        let mut marks = wanted.flat_map(|clause| &clause.any).filter(|value| value.filter == Filter::Shortlisted);
        marks.any(|value| !catalogue.iter().any(|idea| value.matches(idea.borrow())))
    }

    /// True if it asks how upstream issues are, and nobody has asked those of the catalogue.
    pub fn lacks_answers(&self, catalogue: &[impl Borrow<Idea>]) -> bool {
        let mut values = self.clauses.iter().filter(|clause| !clause.negated).flat_map(|clause| &clause.any);
        let asks = values.any(|value| value.filter == Filter::Upstream);
        asks && catalogue.iter().all(|idea| idea.borrow().check.is_none())
    }

    /// True if nothing was asked, so that every idea matches.
    pub fn is_empty(&self) -> bool {
        self.clauses.is_empty()
    }

    /// The canonical skills that all ideas that match have, one of each list at least.
    pub fn skills(&self) -> Vec<Vec<&'static str>> {
        let wanted = self.clauses.iter().filter(|clause| !clause.negated);
        wanted.filter_map(|clause| clause.any.iter().map(Alternative::skill).collect()).collect()
    }

    /// True if the long texts of an idea may decide whether it matches.
    pub fn needs_texts(&self) -> bool {
        self.clauses.iter().flat_map(|clause| &clause.any).any(Alternative::needs_texts)
    }

    /// The clauses that an idea's tags, programme, term, levels and hours decide, and the others.
    pub fn by_outline(&self) -> (Query, Query) {
        let is_outlined = |clause: &Clause| clause.any.iter().all(Alternative::is_outlined);
        let (outlined, others) = self.clauses.iter().cloned().partition(is_outlined);
        (Query { clauses: outlined }, Query { clauses: others })
    }

    /// True if the idea meets every clause.
    pub fn matches(&self, idea: &Idea) -> bool {
        self.clauses.iter().all(|clause| clause.matches(idea))
    }

    /// Whether each of these ideas meets every clause.
    pub fn each(&self, ideas: &[Idea]) -> Vec<bool> {
        // Short facts are compared sooner than others are woken to help.
        if self.needs_texts() {
            ideas.par_iter().map(|idea| self.matches(idea)).collect()
        } else {
            ideas.iter().map(|idea| self.matches(idea)).collect()
        }
    }

    /// The places of those that meet every clause.
    pub fn places(&self, ideas: &[Idea]) -> impl Iterator<Item = usize> + use<> {
        self.each(ideas).into_iter().enumerate().filter_map(|(place, matches)| matches.then_some(place))
    }

    /// The ideas that meet every clause, in their order.
    pub fn select<'a>(&self, ideas: &'a [Idea]) -> Vec<&'a Idea> {
        ideas.iter().filter(|idea| self.matches(idea)).collect()
    }

    /// For when nothing matched: the skills, mentors, projects and programmes that were asked for and that no idea in the
    /// whole catalogue names, each once, with the nearest that is known. How many ideas stand at some places, `count` says: one
    /// idea may stand at several.
    pub fn suggestions(&self, catalogue: &[impl Borrow<Idea>], count: impl Fn(Vec<usize>) -> usize) -> Vec<Suggestion> {
        let mut suggestions = Vec::new();
        for value in self.clauses.iter().filter(|clause| !clause.negated).flat_map(|clause| &clause.any) {
            if let Some(suggestion) = suggest::suggestion(value, catalogue, &count)
                && !suggestions.contains(&suggestion)
            {
                suggestions.push(suggestion);
            }
        }
        suggestions
    }

    /// For when nothing matched: the filter of the only clause, if that asks for a value of a dimension.
    pub fn sole_dimension(&self) -> Option<(Filter, Dimension)> {
        let [Clause { negated: false, any }] = self.clauses.as_slice() else { return None };
        let filter = any.first()?.filter;
        let dimension = match filter {
            Filter::Difficulty => Dimension::Difficulty,
            Filter::Hours => Dimension::Size,
            Filter::Term => Dimension::Term,
            Filter::Status => Dimension::Status,
            _ => return None,
        };
        Some((filter, dimension))
    }

    /// For when nothing matched: the clause without which the most ideas would, and how many. A single clause is to blame
    /// for all, so it is not told. `count` as for [`Query::suggestions`].
    pub fn hindrance(&self, catalogue: &[impl Borrow<Idea>], count: impl Fn(Vec<usize>) -> usize) -> Option<Hindrance> {
        if self.clauses.len() < 2 {
            return None;
        }
        let without = |skipped: usize| {
            let clauses = || self.clauses.iter().enumerate().filter(|&(i, _)| i != skipped);
            let all = catalogue.iter().map(Borrow::borrow).enumerate();
            count(all.filter(|(_, idea)| clauses().all(|(_, clause)| clause.matches(idea))).map(|(place, _)| place).collect())
        };
        let counted = self.clauses.iter().enumerate().map(|(i, clause)| (without(i), clause));
        // Of several that are equal, the one that was named last.
        let (count, clause) = counted.max_by_key(|&(count, _)| count).filter(|&(count, _)| count > 0)?;
        let filter = clause.any.first()?.filter;
        let said: Vec<_> = clause.any.iter().map(|value| value.said.as_str()).collect();
        Some(Hindrance { filter, negated: clause.negated, said: said.join(","), count })
    }
}

/// One use of a filter that keeps everything back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hindrance {
    /// The filter.
    pub filter: Filter,
    /// True if it excludes.
    pub negated: bool,
    /// What it was given.
    pub said: String,
    /// How many ideas would match without it; at least one.
    pub count: usize,
}

impl Clause {
    fn matches(&self, idea: &Idea) -> bool {
        self.any.iter().any(|value| value.matches(idea)) != self.negated
    }
}

/// Why a text is no filter, no order and no list of columns. Each message says what was seen and what would be accepted.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum QueryError {
    /// A text that names nothing: `--skill ,`.
    #[error("'{seen}' names no {what}: expected {expected}")]
    Empty {
        /// What the text should name.
        what: &'static str,
        /// The text.
        seen: String,
        /// What would be accepted.
        expected: &'static str,
    },
    /// A value that is none of those known.
    #[error("unknown {what} '{seen}': expected {expected}{}", DidYouMean(.meant.as_deref()))]
    Unknown {
        /// What the value should be.
        what: &'static str,
        /// The value.
        seen: String,
        /// What would be accepted.
        expected: &'static str,
        /// What may have been meant.
        meant: Option<String>,
    },
    /// A word before a colon that names no filter: `skil:go`, `foo:bar`.
    #[error("there is no qualifier `{name}:`; {} To look for the text, put it in quotes: '\"{seen}\"'", MeantOrAll(.meant.as_deref()))]
    Qualifier {
        /// The word before the colon.
        name: String,
        /// All that was typed.
        seen: String,
        /// What may have been meant.
        meant: Option<String>,
    },
    /// The name of a filter with nothing behind its colon, at the end of a query: `skill:`.
    #[error("`{name}:` needs a value right behind the colon: expected {expected}")]
    NoValue {
        /// The name of the filter, as it was typed.
        name: String,
        /// What would be accepted.
        expected: &'static str,
    },
    /// An `or` between two things that are no alternatives: `rust or -skill:go`.
    #[error(
        "'{one} or {other}' are no alternatives: expected `or` between what is wanted, or between what is excluded: `-a -b` excludes both"
    )]
    Alternatives {
        /// What stands before the `or`.
        one: String,
        /// What stands behind it.
        other: String,
    },
    /// More dimensions than a table has: `skill,term,size`.
    #[error("'{seen}' is more than a table has rows and columns for: expected one dimension or two, without '{rest}'")]
    TooMany {
        /// The text.
        seen: String,
        /// What is too much.
        rest: String,
    },
    /// A range whose upper end stands first: `350..90`.
    #[error("the range '{seen}' runs backwards: expected the lower end first{}", DidYouMean(Some(.meant)))]
    Backwards {
        /// The range.
        seen: String,
        /// The same the other way round.
        meant: String,
    },
}

impl QueryError {
    pub(crate) fn unknown(what: &'static str, seen: &str, expected: &'static str, meant: Option<String>) -> Self {
        QueryError::Unknown { what, seen: seen.to_owned(), expected, meant }
    }
}

/// The end of a message: `; did you mean medium?`, or nothing.
struct DidYouMean<'a>(Option<&'a str>);

impl fmt::Display for DidYouMean<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.map_or(Ok(()), |meant| write!(f, "; did you mean {meant}?"))
    }
}

/// What to type in place of a qualifier that there is not.
struct MeantOrAll<'a>(Option<&'a str>);

impl fmt::Display for MeantOrAll<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Some(meant) => write!(f, "did you mean {meant}?"),
            None => write!(f, "`ideas search --help` lists all."),
        }
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::idea::skill::Skills;
    use crate::idea::{Difficulty, Fact, Mentor, Prerequisites, Program, Proposal, Status, Term, slug};
    use crate::programs::day;
    use crate::prose::Prose;
    use crate::text::{Span, Spanned};

    /// Text that is said, but on no page; the empty text is not said.
    pub(crate) fn said(text: &str) -> Option<Spanned<String>> {
        (!text.is_empty()).then(|| Spanned::nowhere(text.to_owned()))
    }

    /// An idea with these facts by their JSON names; `|` parts the items of a list. A mentor is `name, handle, address`.
    pub(crate) fn idea(title: &str, facts: &[(&str, &str)]) -> Idea {
        let mut idea = Idea { id: slug(title), ..Idea::bare(title) };
        for &(fact, value) in facts {
            let list = || value.split('|').filter_map(said).collect();
            match fact {
                "organization" => idea.organization = said(value),
                "project" => idea.project = said(value),
                "program" => idea.program = Some(Spanned::nowhere(Program::from_name(value))),
                "term" => idea.term = Term::exact(value).map(Spanned::nowhere),
                "description" => idea.description = said(value),
                "outcomes" => idea.outcomes = list(),
                "skills" => {
                    idea.skills = list();
                    for item in value.split('|') {
                        let mut prose = Prose::default();
                        prose.push(item, Span::new(0, item.len()));
                        Skills::get().named_in(prose.view(0..prose.len()), &mut idea.tags);
                    }
                }
                "mentors" => idea.mentors = value.split('|').map(mentor).collect(),
                "difficulty" => {
                    idea.difficulty = value.split('|').filter_map(Difficulty::from_word).map(Spanned::nowhere).collect();
                }
                "hours" => idea.hours = value.split('|').map(|hours| Spanned::nowhere(hours.parse().unwrap())).collect(),
                "upstream" => idea.upstream = list(),
                "links" => idea.links = list(),
                "technologies" => idea.technologies = list(),
                "status" => idea.status = Status::from_name(value).map(Spanned::nowhere),
                "prerequisites" => {
                    idea.prerequisites = Some(Box::new(Prerequisites { resume: true, ..Prerequisites::default() }));
                }
                "proposal" => idea.proposal = Some(Box::new(Proposal { url: said(value), ..Proposal::default() })),
                "path" => value.clone_into(&mut idea.source.path),
                "line" => idea.source.line = value.parse().unwrap(),
                other => panic!("no fact {other}"),
            }
        }
        idea
    }

    fn mentor(text: &str) -> Mentor {
        let mut parts = text.split(',').map(str::trim);
        let mut next = || parts.next().and_then(said);
        Mentor { name: next(), github: next(), email: next(), ..Mentor::default() }
    }

    fn query(filter: Filter, text: &str) -> Query {
        let mut query = Query::default();
        query.require(filter, text).unwrap();
        query
    }

    #[test]
    fn marked_ideas_are_kept_or_dropped() {
        let ideas = [idea("a", &[]), idea("b", &[])];
        for (marked, wanted, kept, lacks) in [
            (&["a", "x"][..], true, "a", false),
            (&["a"], false, "b", false),
            (&["x"], true, "", true),
            (&[], false, "ab", false),
        ] {
            let mut query = Query::default();
            query.require_marked(marked.iter().map(|id| (*id).to_owned()).collect(), wanted);
            let ids: String = ideas.iter().filter(|idea| query.matches(idea)).map(|idea| idea.id.as_str()).collect();
            assert_eq!((ids.as_str(), query.lacks_marked(&ideas)), (kept, lacks), "{marked:?} {wanted}");
        }
    }

    /// Which of the texts an idea must have as this fact to match.
    fn assert_finds(filter: Filter, fact: &str, table: &[(&str, &[&str], &[&str])]) {
        for &(wanted, found, others) in table {
            let query = query(filter, wanted);
            for text in found {
                assert!(query.matches(&idea("x", &[(fact, text)])), "--{filter} {wanted} finds {text}");
            }
            for text in others {
                assert!(!query.matches(&idea("x", &[(fact, text)])), "--{filter} {wanted} does not find {text}");
            }
            if filter != Filter::Missing {
                assert!(!query.matches(&idea("x", &[])), "--{filter} {wanted} finds nothing where nothing is said");
            }
        }
    }

    #[test]
    fn skills_are_exact_in_meaning() {
        let no_go = &["Django", "good", "MongoDB", "Go-to-market strategy", "how things go", "cargo"][..];
        assert_finds(
            Filter::Skill,
            "skills",
            &[
                ("go", &["Golang", "Go", "Rust|go", "Go programming"], no_go),
                ("GOLANG", &["Go"], no_go),
                ("k8s", &["Kubernetes", "Experience with Kubernetes & Helm"], &["Kubeflow", "Docker"]),
                ("c", &["C", "C/C++"], &["C++", "CSS", "C#", "Objective-C", "C-level talks"]),
                ("c++", &["C++", "cpp", "C/C++"], &["C", "C#", "CSS"]),
                ("C#", &["C#"], &["C", "C++"]),
                ("r", &["R", "Python, R"], &["Rust", "R&D", "Ruby"]),
                ("java", &["Java"], &["JavaScript", "Java Script"]),
                ("rest", &["REST API"], &["the rest of it"]),
                ("go,rust", &["Go", "Rust", "Rust|Go"], &["C", "Django"]),
                (" , go , ", &["Go"], &["Rust"]),
            ],
        );
    }

    #[test]
    fn unlisted_skills_are_whole_words_of_the_items() {
        assert_finds(
            Filter::Skill,
            "skills",
            &[
                ("cobol", &["COBOL", "Some Cobol, or Fortran"], &["cobolish", "MicroCOBOL"]),
                (
                    "technical drawing",
                    &["Basic technical-drawing skills"],
                    &["technical and drawing", "drawing technical things"],
                ),
                ("d", &["D"], &["D#", "D++", "3D", "Dart"]),
            ],
        );
        let elsewhere = idea("COBOL for everybody", &[("description", "COBOL"), ("outcomes", "COBOL")]);
        assert!(!query(Filter::Skill, "cobol").matches(&elsewhere));
    }

    #[test]
    fn mentors_go_by_name_handle_and_address() {
        let jane = "Jané Cecchi-Doe, JDoe-1, Jane.Doe@Example.org";
        assert_finds(
            Filter::Mentor,
            "mentors",
            &[
                ("cecchi", &[jane, "Simone Cecchi"], &["Simone Cecchini", ", cecchini", ",, cecchi@example.org"]),
                ("jane cecchi doe", &[jane], &["Jane Doe", "Jane"]),
                ("CECCHI,nobody", &[jane], &["Wei Li"]),
                ("jdoe-1", &[jane], &["Jane, jdoe", "Jane, jdoe-12"]),
                ("@jdoe-1", &[jane, ", jdoe-1"], &["jdoe-1"]),
                ("@cecchi", &[", cecchi"], &[jane, "Simone Cecchi"]),
                ("jane.doe@example.ORG", &[jane], &["Jane Doe, jane", ",, ane.doe@example.org"]),
                ("张三", &["张三"], &["张三丰", "三"]),
            ],
        );
    }

    #[test]
    fn projects_go_by_the_words_of_either_name() {
        let table: &[(&str, &[&str], &[&str])] = &[
            ("kubeflow", &["Kubeflow", "Kubeflow Trainer", "KUBEFLOW/Pipelines"], &["Kube", "Kubeflows"]),
            ("gate", &["Gate"], &["kgateway", "Gateway"]),
            ("kubeflow trainer", &["Kubeflow Trainer"], &["Kubeflow", "Kubeflow SDK Trainer"]),
            ("c++", &["C++ Alliance"], &["C Alliance"]),
        ];
        assert_finds(Filter::Project, "project", table);
        assert_finds(Filter::Project, "organization", table);
        assert_finds(Filter::Organization, "organization", table);
        let elsewhere = idea("x", &[("project", "Kubeflow"), ("organization", "CNCF")]);
        assert!(!query(Filter::Organization, "kubeflow").matches(&elsewhere));
    }

    #[test]
    fn programs_terms_levels_and_hours() {
        assert_finds(
            Filter::Program,
            "program",
            &[
                ("GSoC", &["gsoc", "Google Summer of Code"], &["lfx"]),
                ("lfx mentorship,outreachy", &["LFX", "Outreachy"], &["gsoc", "outreach"]),
            ],
        );
        assert_finds(
            Filter::Term,
            "term",
            &[
                ("2025", &["2025", "2025-3"], &["2024", "2026-1"]),
                ("2025-2..2025-3,2019", &["2025-2", "2019"], &["2025-1", "2025"]),
            ],
        );
        assert_finds(
            Filter::Difficulty,
            "difficulty",
            &[
                ("easy..medium", &["easy", "medium", "medium|hard"], &["hard"]),
                ("medium..", &["medium", "hard"], &["easy"]),
                ("Beginner", &["easy", "easy|hard"], &["medium"]),
                ("easy,hard", &["easy", "hard"], &["medium"]),
            ],
        );
        assert_finds(
            Filter::Hours,
            "hours",
            &[
                ("..175", &["90", "175", "175|350"], &["176", "350"]),
                ("90..175", &["90", "175"], &["89", "350", "80|350"]),
                ("90,350..", &["90", "350", "400"], &["175"]),
            ],
        );
        assert_finds(
            Filter::Status,
            "status",
            &[
                ("open", &["open"], &["taken", "done", "draft"]),
                ("Taken,done", &["taken", "done"], &["open"]),
                ("up for grabs", &["open"], &["taken"]),
            ],
        );
    }

    #[test]
    fn what_is_not_known_to_be_gone_stays() {
        let mut query = Query::default();
        query.exclude(Filter::Status, "taken,done").unwrap();
        for (status, stays) in [("open", true), ("draft", true), ("taken", false), ("done", false)] {
            assert_eq!(query.matches(&idea("x", &[("status", status)])), stays, "{status}");
        }
        assert!(query.matches(&idea("x", &[])), "and so does what does not say");
    }

    #[test]
    fn a_programme_and_its_term_are_one_answer() {
        let ideas = [("gsoc", "2025"), ("gsoc", "2026"), ("lfx", "2026-1"), ("lfx", "2026-3"), ("lfx", "2026")];
        for (wanted, found) in [
            ("gsoc 2026", "gsoc 2026"),
            ("gsoc2026", "gsoc 2026"),
            ("gsoc/2026", "gsoc 2026"),
            ("GSoC'26", "gsoc 2026"),
            ("lfx 2026-3", "lfx 2026-3"),
            ("LFX 2026 Term 3", "lfx 2026-3"),
            ("lfx 2026", "lfx 2026-1; lfx 2026-3; lfx 2026"),
            ("lfx 2026-2..", "lfx 2026-3"),
            ("gsoc 2025,lfx2026-1", "gsoc 2025; lfx 2026-1"),
            ("gsoc 2024", ""),
        ] {
            for filter in [Filter::Program, Filter::Term] {
                let query = query(filter, wanted);
                let is_found =
                    |(program, term): &&(&str, &str)| query.matches(&idea("x", &[("program", program), ("term", term)]));
                let all: Vec<_> = ideas.iter().filter(is_found).map(|(program, term)| format!("{program} {term}")).collect();
                assert_eq!(all.join("; "), found, "--{filter} {wanted}");
            }
        }
    }

    #[test]
    fn words_for_terms_mean_those_of_a_day_and_a_catalogue() {
        let terms = [
            ("gsoc", "2025"),
            ("gsoc", "2026"),
            ("lfx", "2025-3"),
            ("lfx", "2026-1"),
            ("lfx", "2026-2"),
            ("", "2024"),
            ("gsoc", ""),
        ];
        let ideas = terms.map(|(program, term)| {
            let mut facts = vec![("term", term)];
            facts.extend((!program.is_empty()).then_some(("program", program)));
            idea(&format!("{program} {term}"), &facts)
        });
        for (wanted, today, found) in [
            ("current", "2026-02-10", "gsoc-2026 lfx-2026-1"),
            ("CURRENT", "2026-05-10", "gsoc-2026 lfx-2026-2"),
            ("current", "2026-11-10", ""),
            ("next", "2026-02-10", "lfx-2026-2"),
            ("current,next", "2025-12-01", "gsoc-2026 lfx-2026-1 lfx-2026-2"),
            ("latest", "2026-02-10", "gsoc-2026 lfx-2026-2 2024"),
            ("latest", "2030-01-01", "gsoc-2026 lfx-2026-2 2024"),
            ("past", "2026-02-10", "gsoc-2025 lfx-2025-3 2024"),
            ("past", "2026-05-10", "gsoc-2025 lfx-2025-3 2024"),
            ("lfx current", "2026-02-10", "lfx-2026-1"),
            ("gsoc latest", "2026-02-10", "gsoc-2026"),
            ("past,2026", "2026-02-10", "gsoc-2025 gsoc-2026 lfx-2025-3 lfx-2026-1 lfx-2026-2 2024"),
        ] {
            let mut query = query(Filter::Term, wanted);
            assert!(!ideas.iter().any(|idea| query.matches(idea)) || wanted.contains(','), "before the day is known");
            query.settle(day(today).unwrap(), &ideas);
            let ids: Vec<_> = query.select(&ideas).into_iter().map(|idea| idea.id.as_str()).collect();
            assert_eq!(ids.join(" "), found, "{wanted} on {today}");
        }
        let mut query = Query::default();
        query.exclude(Filter::Term, "past").unwrap();
        query.settle(day("2026-05-10").unwrap(), &ideas);
        let ids: Vec<_> = query.select(&ideas).into_iter().map(|idea| idea.id.as_str()).collect();
        assert_eq!(ids, ["gsoc-2026", "lfx-2026-1", "lfx-2026-2", "gsoc"], "what does not say stays");
    }

    #[test]
    fn facts_are_had_or_missing() {
        let full = idea(
            "x",
            &[
                ("organization", "CNCF"),
                ("project", "Harbor"),
                ("program", "lfx"),
                ("term", "2025-3"),
                ("description", "Text"),
                ("outcomes", "One"),
                ("skills", "Go"),
                ("mentors", "Jane, jane, jane@example.org"),
                ("difficulty", "easy"),
                ("hours", "90"),
                ("upstream", "https://example.org/1"),
                ("links", "https://example.org"),
                ("technologies", "Go"),
                ("status", "open"),
                ("prerequisites", "resume"),
                ("proposal", "https://example.org/2"),
            ],
        );
        let bare = idea("x", &[]);
        for fact in Fact::ALL {
            let name = fact.as_str();
            assert!(query(Filter::Has, name).matches(&full) && !query(Filter::Missing, name).matches(&full), "{name}");
            let always = fact == Fact::Title;
            assert!(
                query(Filter::Has, name).matches(&bare) == always && query(Filter::Missing, name).matches(&bare) != always,
                "{name}"
            );
        }
        assert_finds(
            Filter::Has,
            "mentors",
            &[("Email", &["Jane,, jane@example.org"], &["Jane, jane"]), ("github", &[", jane"], &["Jane"])],
        );
        assert_finds(Filter::Missing, "mentors", &[("email,github", &["Jane, jane", "Jane"], &["Jane, jane, jane@example.org"])]);
    }

    #[test]
    fn text_stands_in_the_prose() {
        for fact in ["project", "description", "outcomes", "skills"] {
            assert_finds(
                Filter::Where,
                fact,
                &[
                    ("helm chart", &["A HELM\n  chart", "helm charts"], &["helm and a chart", "chart"]),
                    ("größe", &["Die Grösse"], &["groß"]),
                    ("ess,tax", &["Less", "syntax"], &["tex"]),
                ],
            );
        }
        assert!(query(Filter::Where, "faster").matches(&idea("A Faster Parser", &[])));
        assert!(!query(Filter::Where, "cncf").matches(&idea("x", &[("organization", "CNCF"), ("links", "cncf")])));
    }

    #[test]
    fn clauses_add_up_and_negations_take_away() {
        let go = idea("go", &[("skills", "Go"), ("hours", "175")]);
        let both = idea("both", &[("skills", "Go, Rust"), ("hours", "350")]);
        let none = idea("none", &[]);
        let found = |clauses: &[(bool, Filter, &str)]| {
            let mut query = Query::default();
            for &(keep, filter, text) in clauses {
                if keep { query.require(filter, text) } else { query.exclude(filter, text) }.unwrap();
            }
            let ideas = [&go, &both, &none].into_iter().filter(|idea| query.matches(idea));
            ideas.map(|idea| idea.id.as_str()).collect::<Vec<_>>().join(" ")
        };
        assert_eq!(found(&[]), "go both none");
        assert_eq!(found(&[(true, Filter::Skill, "go,rust")]), "go both");
        assert_eq!(found(&[(true, Filter::Skill, "go"), (true, Filter::Skill, "rust")]), "both");
        assert_eq!(found(&[(false, Filter::Skill, "rust")]), "go none");
        assert_eq!(found(&[(false, Filter::Skill, "rust,go")]), "none");
        assert_eq!(found(&[(true, Filter::Skill, "go"), (false, Filter::Hours, "350..")]), "go");
        assert_eq!(found(&[(false, Filter::Has, "skills")]), found(&[(true, Filter::Missing, "skills")]));
        assert!(Query::default().is_empty() && !query(Filter::Skill, "go").is_empty());
    }

    #[test]
    fn what_is_no_filter_is_told() {
        for (filter, text, message) in [
            (
                Filter::Difficulty,
                "easy,mediun",
                "unknown difficulty 'mediun': expected easy, medium or hard, or a range like easy..medium; did you mean medium?",
            ),
            (
                Filter::Difficulty,
                "easy-medium",
                "unknown difficulty 'easy-medium': expected easy, medium or hard, or a range like easy..medium; did you mean easy..medium?",
            ),
            (
                Filter::Difficulty,
                "purple",
                "unknown difficulty 'purple': expected easy, medium or hard, or a range like easy..medium",
            ),
            (Filter::Hours, "350..90", "the range '350..90' runs backwards: expected the lower end first; did you mean 90..350?"),
            (
                Filter::Hours,
                "many",
                "unknown number of hours 'many': expected a number like 175, or a range like 90..175, ..175 or 350..",
            ),
            (
                Filter::Term,
                "2026 Term 3",
                "unknown term '2026 Term 3': expected a year like 2025, an LFX term like 2025-3, a range like 2023..2025, or \
                 current, next, latest or past; did you mean 2026-3?",
            ),
            (
                Filter::Term,
                "gsoc 1999",
                "unknown term '1999': expected a year like 2025, an LFX term like 2025-3, a range like 2023..2025, or \
                 current, next, latest or past",
            ),
            (
                Filter::Term,
                "curent",
                "unknown term 'curent': expected a year like 2025, an LFX term like 2025-3, a range like 2023..2025, or \
                 current, next, latest or past; did you mean current?",
            ),
            (Filter::Status, "opne", "unknown status 'opne': expected open, taken, done or draft; did you mean open?"),
            (
                Filter::Has,
                "mentor",
                "unknown field 'mentor': expected title, organization, project, program, term, description, outcomes, skills, tags, \
                 mentors, email, github, difficulty, hours, upstream, links, technologies, status, \
                 prerequisites or proposal; did you mean mentors?",
            ),
            (Filter::Skill, " , ", "' , ' names no skill: expected a skill such as go or kubernetes"),
            (Filter::Mentor, "@", "'@' names no mentor: expected a name, a GitHub handle or an e-mail address"),
            (Filter::Where, "", "'' names no text: expected text to look for"),
        ] {
            let mut query = Query::default();
            assert_eq!(query.require(filter, text).unwrap_err().to_string(), message);
            assert_eq!(query.exclude(filter, text).unwrap_err().to_string(), message);
            assert_eq!(query, Query::default(), "what fails adds nothing");
        }
    }

    #[test]
    fn any_text_is_read_or_refused_in_peace() {
        let ideas = [idea("x", &[("skills", "C++|.net"), ("mentors", "J. O’Brien, job"), ("project", "…"), ("term", "2025")])];
        let odd = [
            "", " ", ",", "..", "...", "@", "@@", "a@", "'", "’s", ".", ".a", "+", "#", "++", "a+", "\0", "\u{301}", "é..",
            "..é", "-", "–", "≤", "∞+", "İ", "😀", "2025-", "2025..-3",
        ];
        for (filter, text) in Filter::ALL.into_iter().flat_map(|filter| odd.map(|text| (filter, text))) {
            let mut query = Query::default();
            match query.require(filter, text) {
                Ok(()) => {
                    query.matches(&ideas[0]);
                    query.suggestions(&ideas, |places| places.len());
                }
                Err(error) => assert!(error.to_string().contains("expected"), "{error}"),
            }
        }
    }

    #[test]
    fn what_nobody_knows_gets_a_suggestion() {
        let ideas = [
            idea("a", &[("skills", "Kubernetes"), ("project", "Kubeflow Trainer"), ("mentors", "Simone Cecchi, scecchi")]),
            idea("b", &[("skills", "k8s|Go"), ("project", "Kubeflow"), ("program", "gsoc")]),
        ];
        for (filter, text, sentences) in [
            (Filter::Skill, "kuberntes", &["no idea names 'kuberntes'; did you mean kubernetes (2 ideas)?"][..]),
            (Filter::Skill, "k8s", &[]),
            (Filter::Skill, "haskell", &["no idea names 'haskell'"]),
            (Filter::Organization, "kubeflow", &["no idea names 'kubeflow'"]),
            (Filter::Project, "kubflow", &["no idea names 'kubflow'; did you mean Kubeflow (2 ideas)?"]),
            (
                Filter::Mentor,
                "cechi,@scechi",
                &[
                    "no idea names 'cechi'; did you mean Cecchi (1 idea)?",
                    "no idea names '@scechi'; did you mean scecchi (1 idea)?",
                ],
            ),
            (Filter::Program, "gsocs", &["no idea names 'gsocs'; did you mean gsoc (1 idea)?"]),
            (Filter::Hours, "90", &[]),
        ] {
            let suggestions = query(filter, text).suggestions(&ideas, |places| places.len());
            assert_eq!(suggestions.iter().map(ToString::to_string).collect::<Vec<_>>(), sentences, "{text}");
        }
        let mut twice = query(Filter::Skill, "cobol");
        twice.require(Filter::Skill, "cobol").unwrap();
        twice.exclude(Filter::Skill, "nothing").unwrap();
        assert_eq!(twice.suggestions(&ideas.iter().collect::<Vec<_>>(), |places| places.len()).len(), 1);
        assert!(Query::default().suggestions(&ideas, |places| places.len()).is_empty());
    }

    #[test]
    fn the_clause_to_blame_is_the_one_that_keeps_back_most() {
        let ideas = [
            idea("a", &[("skills", "Go"), ("hours", "175")]),
            idea("b", &[("skills", "Go"), ("hours", "350")]),
            idea("c", &[("skills", "Rust"), ("hours", "90")]),
        ];
        let hindrance = |clauses: &[(Filter, &str, bool)]| {
            let mut query = Query::default();
            for &(filter, text, negated) in clauses {
                query.add(filter, text, negated).unwrap();
            }
            query.hindrance(&ideas, |places| places.len()).map(|it| (it.filter, it.said, it.negated, it.count))
        };
        let hours = (Filter::Hours, "..90, 91", false);
        assert_eq!(hindrance(&[(Filter::Skill, "go", false), hours]), Some((Filter::Hours, "..90,91".to_owned(), false, 2)));
        let no_go = (Filter::Skill, "go", true);
        assert_eq!(hindrance(&[no_go, (Filter::Hours, "350", false)]), Some((Filter::Hours, "350".to_owned(), false, 1)));
        assert_eq!(hindrance(&[no_go, (Filter::Skill, "rust", true), hours]), Some((Filter::Skill, "rust".to_owned(), true, 1)));
        assert_eq!(hindrance(&[hours]), None);
        assert_eq!(hindrance(&[(Filter::Hours, "1", false), (Filter::Hours, "2", false)]), None);
    }
}
