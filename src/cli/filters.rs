//! The filters and the order that every command which shows ideas shares: flags become a [`Query`] and a [`Sort`] here.
//!
//! A flag only holds what was typed; what it means, and what is wrong with it, `query` knows.

use std::borrow::Borrow;

use clap::Args;

use super::completions::values;
use crate::idea::Idea;
use crate::query::sort::{Sort, newest_first};
use crate::query::{Filter, Query, QueryError};
use crate::shortlist::{self, ShortlistError};

/// Which ideas to take.
///
/// clap carries a heading on to the arguments that follow: what is declared after this group needs a heading of its own.
#[derive(Args, Clone, Debug, Default, PartialEq, Eq)]
#[command(next_help_heading = "Filters")]
pub struct FilterArgs {
    /// Needs this skill: go or k8s,helm
    ///
    /// Commas mean "or", as for every filter; to say "and", repeat the flag. Aliases and case make no difference: golang is
    /// go, k8s is kubernetes. Matching is exact in meaning: go finds neither Django nor Go-to-market, c finds no C++. A
    /// skill outside the vocabulary is looked for as whole words in the skills that the page lists.
    #[arg(long, value_name = "SKILL", add = values::skills())]
    pub skill: Vec<String>,

    /// Has this mentor, by name, GitHub handle or e-mail: cecchi or @jdoe
    ///
    /// Names match by whole words, blind to case and accents; handles and addresses match as a whole. With an @ before it,
    /// only handles are meant.
    #[arg(long, value_name = "MENTOR", add = values::mentors())]
    pub mentor: Vec<String>,

    /// Is of this difficulty: easy or easy..medium
    ///
    /// easy, medium or hard, a synonym such as beginner, or a range with both ends inside: medium.. is medium and above. An
    /// idea that names several levels matches by any of them.
    #[arg(long, value_name = "LEVEL", add = values::difficulties())]
    pub difficulty: Vec<String>,

    /// Belongs to this project or organization: kubeflow
    ///
    /// Matches whole words of either name, blind to case: kubeflow finds Kubeflow Trainer, gate does not find kgateway.
    #[arg(long, value_name = "NAME", add = values::projects())]
    pub project: Vec<String>,

    /// Is of this organization: cncf
    ///
    /// Matches whole words of its name, blind to case.
    #[arg(long, value_name = "NAME", add = values::organizations())]
    pub organization: Vec<String>,

    /// Runs in this programme, or in one of its terms: gsoc or "lfx 2025-3"
    ///
    /// A term may stand behind the programme as people write it: gsoc2026, gsoc/2026 or "lfx 2026 term 3".
    #[arg(long, value_name = "NAME", add = values::programs())]
    pub program: Vec<String>,

    /// Takes place in this year or LFX term: 2025, 2025-3 or current
    ///
    /// A year holds all of its terms. Ranges have both ends inside: 2023..2025, 2025-2.. or ..2024. Of each programme, current is
    /// the newest term whose ideas are published, until it ends: what you can still apply for, or what runs; then the one that
    /// comes. next is the one behind it, past are all that have ended, latest is the newest that there are ideas of here. With
    /// a programme before it, a term is meant of that one only: gsoc2026 or "lfx next". any is every term, whatever your settings
    /// say.
    #[arg(long, value_name = "TERM", add = values::terms())]
    pub term: Vec<String>,

    /// Takes this many hours: 175 or ..175
    ///
    /// A number, or a range with both ends inside: 90..175, ..175 or 350.. An idea that names several sizes matches by any
    /// of them.
    #[arg(long, value_name = "HOURS", add = values::hours())]
    pub hours: Vec<String>,

    /// Is said by its page to be this: open
    ///
    /// open, taken, done or draft. Most pages do not say: --status open finds only what is stated to be open, --not-status
    /// taken,done everything that is not known to be gone.
    #[arg(long, value_name = "STATUS", add = values::statuses())]
    pub status: Vec<String>,

    /// Has an upstream issue in this state, as of the last `ideas check`: free
    ///
    /// free: open, with nobody assigned and no pull request known; open: whether or not somebody works on it; assigned;
    /// closed, or merged; dead; unknown: not checked yet, or the answer does not tell. Of several issues the most
    /// available counts. No requests are sent; --status is what the page itself says.
    #[arg(long, value_name = "STATE", add = values::upstreams())]
    pub upstream: Vec<String>,

    /// States this field: mentors or upstream
    ///
    /// A field of the JSON: title, organization, project, program, term, description, outcomes, skills, tags, mentors,
    /// difficulty, hours, upstream, links, technologies, status, prerequisites or proposal; or, of any mentor, email or github.
    #[arg(long, value_name = "FIELD", add = values::facts())]
    pub has: Vec<String>,

    /// Does not state this field: hours
    ///
    /// Takes the same names as --has.
    #[arg(long, value_name = "FIELD", add = values::facts())]
    pub missing: Vec<String>,

    /// Says this in its title, text or skills: "helm chart"
    ///
    /// Looks into title, project, description, outcomes and skills, for any part of the text, blind to case, accents and
    /// line breaks.
    #[arg(long = "where", value_name = "TEXT")]
    pub text: Vec<String>,

    /// Is on your shortlist: see `ideas shortlist`
    #[arg(long, overrides_with = "not_shortlisted")]
    pub shortlisted: bool,

    /// Needs none of these skills: java,c++ (every filter has its --not-…)
    ///
    /// A --not-… drops the ideas that its filter finds. Ideas that do not state the fact stay.
    #[arg(long, value_name = "SKILL", add = values::skills())]
    pub not_skill: Vec<String>,

    /// Has none of these mentors: @jdoe
    #[arg(long, value_name = "MENTOR", add = values::mentors(), hide_short_help = true)]
    pub not_mentor: Vec<String>,

    /// Is of none of these difficulties: hard
    #[arg(long, value_name = "LEVEL", add = values::difficulties(), hide_short_help = true)]
    pub not_difficulty: Vec<String>,

    /// Belongs to none of these projects or organizations: kubeflow
    #[arg(long, value_name = "NAME", add = values::projects(), hide_short_help = true)]
    pub not_project: Vec<String>,

    /// Is of none of these organizations: cncf
    #[arg(long, value_name = "NAME", add = values::organizations(), hide_short_help = true)]
    pub not_organization: Vec<String>,

    /// Runs in none of these programmes: gsoc
    #[arg(long, value_name = "NAME", add = values::programs(), hide_short_help = true)]
    pub not_program: Vec<String>,

    /// Takes place in none of these years or LFX terms: ..2023
    #[arg(long, value_name = "TERM", add = values::terms(), hide_short_help = true)]
    pub not_term: Vec<String>,

    /// Takes none of these hours: 350..
    #[arg(long, value_name = "HOURS", add = values::hours(), hide_short_help = true)]
    pub not_hours: Vec<String>,

    /// Is not said to be this: taken,done; what does not say stays
    #[arg(long, value_name = "STATUS", add = values::statuses(), hide_short_help = true)]
    pub not_status: Vec<String>,

    /// Has no upstream issue in this state: assigned,closed,dead; unknown ones stay
    #[arg(long, value_name = "STATE", add = values::upstreams(), hide_short_help = true)]
    pub not_upstream: Vec<String>,

    /// States none of these fields: the same as --missing, but for commas
    ///
    /// --not-has a,b drops what states a or b; --missing a,b takes what misses a or b.
    #[arg(long, value_name = "FIELD", add = values::facts(), hide_short_help = true)]
    pub not_has: Vec<String>,

    /// Misses none of these fields: the same as --has, but for commas
    ///
    /// --not-missing a,b drops what misses a or b; --has a,b takes what states a or b.
    #[arg(long, value_name = "FIELD", add = values::facts(), hide_short_help = true)]
    pub not_missing: Vec<String>,

    /// Says none of this: blockchain
    #[arg(long = "not-where", value_name = "TEXT", hide_short_help = true)]
    pub not_text: Vec<String>,

    /// Is not on your shortlist
    #[arg(long, overrides_with = "shortlisted", hide_short_help = true)]
    pub not_shortlisted: bool,
}

/// Why filters cannot be applied.
#[derive(Debug, thiserror::Error)]
pub enum FilterError {
    /// A value that its filter does not take.
    #[error(transparent)]
    Query(#[from] QueryError),
    /// The shortlist is asked for, and cannot be read.
    #[error(transparent)]
    Shortlist(#[from] ShortlistError),
}

impl FilterArgs {
    /// What was asked for.
    ///
    /// # Errors
    /// The first value that its filter does not take; a shortlist that cannot be read.
    pub fn query(&self) -> Result<Query, FilterError> {
        let mut query = Query::default();
        for filter in Filter::ALL {
            let (wanted, unwanted) = self.values(filter);
            wanted.iter().filter(|text| !filter.is_any(text)).try_for_each(|text| query.require(filter, text))?;
            unwanted.iter().try_for_each(|text| query.exclude(filter, text))?;
        }
        if self.shortlisted || self.not_shortlisted {
            query.require_marked(shortlist::ids()?, self.shortlisted);
        }
        Ok(query)
    }

    /// What was typed for a filter, and for its negation.
    fn values(&self, filter: Filter) -> (&[String], &[String]) {
        match filter {
            Filter::Skill => (&self.skill, &self.not_skill),
            Filter::Mentor => (&self.mentor, &self.not_mentor),
            Filter::Difficulty => (&self.difficulty, &self.not_difficulty),
            Filter::Project => (&self.project, &self.not_project),
            Filter::Organization => (&self.organization, &self.not_organization),
            Filter::Program => (&self.program, &self.not_program),
            Filter::Term => (&self.term, &self.not_term),
            Filter::Hours => (&self.hours, &self.not_hours),
            Filter::Status => (&self.status, &self.not_status),
            Filter::Upstream => (&self.upstream, &self.not_upstream),
            Filter::Has => (&self.has, &self.not_has),
            Filter::Missing => (&self.missing, &self.not_missing),
            Filter::Where => (&self.text, &self.not_text),
            // A flag without a text.
            Filter::Shortlisted => (&[], &[]),
        }
    }
}

/// In which order to show ideas.
#[derive(Args, Clone, Debug, Default, PartialEq, Eq)]
#[command(next_help_heading = "Output")]
pub struct SortArg {
    /// Sort by these keys: difficulty,-hours
    ///
    /// source, id, title, project, organization, program, term, difficulty, hours or mentors (how many). The first key
    /// decides, the next where it is equal. A - before a key or :desc behind it turns it round; what an idea does not
    /// state comes last in both directions. Without this flag the terms that end last come first, each in page order.
    #[arg(long, value_name = "KEYS", allow_hyphen_values = true, add = values::sort_keys())]
    pub sort: Option<Sort>,
}

impl SortArg {
    /// Sorts ideas as was asked; without the flag those of newer terms come first.
    pub fn apply(&self, ideas: &mut [impl Borrow<Idea>]) {
        match &self.sort {
            Some(sort) => sort.apply(ideas),
            None => ideas.sort_by_cached_key(|idea| newest_first(idea.borrow())),
        }
    }
}

#[cfg(test)]
mod tests {
    use clap::{CommandFactory, Parser};

    use super::*;
    use crate::idea::Fact;
    use crate::query::facets::Dimension;

    /// What the command is about.
    #[derive(Parser)]
    struct Cli {
        #[command(flatten)]
        filters: FilterArgs,
        #[command(flatten)]
        sort: SortArg,
    }

    fn query(args: &[&str]) -> Result<Query, String> {
        Cli::try_parse_from([&["ideas"], args].concat()).unwrap().filters.query().map_err(|error| error.to_string())
    }

    #[test]
    fn every_filter_has_a_flag_and_its_negation() {
        let command = Cli::command();
        command.clone().debug_assert();
        assert_eq!(command.get_about().map(ToString::to_string).as_deref(), Some("What the command is about"));
        let flags: Vec<_> = command.get_arguments().filter(|arg| arg.get_help_heading() == Some("Filters")).collect();
        assert_eq!(flags.len(), 2 * (Filter::ALL.len() + 1), "and the shortlist");
        for filter in Filter::ALL {
            let value = match filter {
                Filter::Difficulty => "easy..medium",
                Filter::Term => "2025-1..",
                Filter::Hours => "..175",
                Filter::Has | Filter::Missing => "mentors",
                Filter::Status => "taken,done",
                Filter::Upstream => "assigned,closed",
                _ => "go",
            };
            let mut wanted = Query::default();
            wanted.require(filter, value).unwrap();
            assert_eq!(query(&[&format!("--{filter}"), value]), Ok(wanted));
            let mut unwanted = Query::default();
            unwanted.exclude(filter, value).unwrap();
            assert_eq!(query(&[&format!("--not-{filter}"), value]), Ok(unwanted));
        }
        assert_eq!(query(&[]), Ok(Query::default()));
    }

    #[test]
    fn help_names_every_fact_and_every_dimension() {
        let command = <crate::cli::Cli as clap::CommandFactory>::command();
        let facts = Fact::ALL.map(Fact::as_str);
        let dimensions = Dimension::ALL.map(Dimension::as_str);
        for (name, flag, names) in [("list", "has", &facts[..]), ("stats", "by", &dimensions[..])] {
            let command = command.find_subcommand(name).unwrap();
            let arg = command.get_arguments().find(|arg| arg.get_long() == Some(flag)).unwrap();
            let help = arg.get_long_help().unwrap().to_string();
            let said: Vec<&str> = help.split(|c: char| !c.is_alphanumeric()).collect();
            for name in names {
                assert!(said.contains(name), "--{flag} takes {name}: {help}");
            }
        }
    }

    #[test]
    fn flags_add_up_and_what_is_wrong_is_told() {
        let mut both = Query::default();
        both.require(Filter::Skill, "go").unwrap();
        both.require(Filter::Skill, "rust,c").unwrap();
        assert_eq!(query(&["--skill", "go", "--skill=rust,c"]), Ok(both));
        assert!(query(&["--not-hours", "350..90"]).is_err());
    }

    #[test]
    fn a_minus_before_a_sort_key_is_no_flag() {
        let sort = |args: &[&str]| Cli::try_parse_from([&["ideas"], args].concat()).map(|cli| cli.sort.sort);
        assert_eq!(sort(&["--sort", "-hours,title"]).unwrap(), Some("hours:desc,title".parse().unwrap()));
        assert_eq!(sort(&[]).unwrap(), None);
        let error = sort(&["--sort", "titel"]).unwrap_err().to_string();
        assert!(error.contains("unknown sort key 'titel'") && error.contains("did you mean title?"), "{error}");
    }
}
