//! `ideas skills`, `mentors`, `projects`, `programs`: what there is to ask for, with counts.

use std::borrow::Cow;

use serde::Serialize;

use crate::idea::{Idea, Profile};
use crate::query::facets::{self, MentorRow, ProgramRow, ProjectRow, SkillRow};
use crate::render::Format;
use crate::render::facets::{FacetColumn, write};

use super::duplicates::DuplicatesArg;
use super::filters::FilterArgs;
use super::output::AmountArgs;
use super::{Exit, GlobalArgs, Session, exit_of};

/// Examples of each command.
pub(super) const SKILLS_EXAMPLES: &str = "\
Examples:
  ideas skills                                   what is asked for, the most frequent first
  ideas skills --project kubeflow --limit 5
  ideas skills --skill rust                      what goes with Rust
  ideas skills --format csv > skills.csv";

pub(super) const MENTORS_EXAMPLES: &str = "\
Examples:
  ideas mentors                                  people, with handles and projects
  ideas mentors --skill ebpf                     who mentors this?
  ideas mentors --program lfx --term 2025-3 --count";

pub(super) const PROJECTS_EXAMPLES: &str = "\
Examples:
  ideas projects                                 also those that only have a profile
  ideas projects --skill go --difficulty easy
  ideas projects --format ids";

pub(super) const PROGRAMS_EXAMPLES: &str = "\
Examples:
  ideas programs                                 programmes and terms
  ideas programs --project jaeger                when did it take part?";

/// Options of the four commands; `ideas organizations` adds `--sort`.
#[derive(Clone, Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    pub(super) filters: FilterArgs,

    /// How to write the rows
    #[arg(long, value_name = "FORMAT", value_enum, ignore_case = true, default_value_t, help_heading = "Output")]
    pub(super) format: Format,

    #[command(flatten)]
    pub(super) amount: AmountArgs,

    #[command(flatten)]
    pub(super) duplicates: DuplicatesArg,
}

static SKILLS: [FacetColumn<SkillRow>; 2] =
    [FacetColumn::text("skill", |row| Cow::from(row.name)), FacetColumn::count("ideas", |row| row.count)];

static MENTORS: [FacetColumn<MentorRow>; 4] = [
    FacetColumn::text("mentor", |row| Cow::from(row.shown())),
    FacetColumn::text("github", |row| Cow::from(row.github.as_deref().unwrap_or_default())),
    FacetColumn::count("ideas", |row| row.count),
    FacetColumn::text("projects", |row| Cow::from(row.projects.join(", "))),
];

static PROJECTS: [FacetColumn<ProjectRow>; 4] = [
    FacetColumn::text("project", |row| Cow::from(row.name.as_str())),
    FacetColumn::text("organization", |row| Cow::from(row.organization.as_deref().unwrap_or_default())),
    FacetColumn::count("ideas", |row| row.count),
    FacetColumn::text("website", |row| Cow::from(row.website.as_deref().unwrap_or_default())),
];

static PROGRAMS: [FacetColumn<ProgramRow>; 3] = [
    FacetColumn::value("program", |row| row.program.as_ref().map(|program| Cow::from(program.as_str()))),
    FacetColumn::value("term", |row| row.term.map(|term| Cow::from(term.to_string()))),
    FacetColumn::count("ideas", |row| row.count),
];

impl Args {
    pub(super) fn skills(&self, global: &GlobalArgs, session: &mut Session<'_>) -> anyhow::Result<Exit> {
        self.run(global, session, &SKILLS, |ideas, _, _| facets::skills(ideas))
    }

    pub(super) fn mentors(&self, global: &GlobalArgs, session: &mut Session<'_>) -> anyhow::Result<Exit> {
        self.run(global, session, &MENTORS, |ideas, _, _| facets::mentors(ideas))
    }

    pub(super) fn projects(&self, global: &GlobalArgs, session: &mut Session<'_>) -> anyhow::Result<Exit> {
        self.run(global, session, &PROJECTS, |ideas, profiles, all| {
            let mut rows = facets::projects(ideas, profiles);
            // A project that only has a profile matches no filter.
            rows.retain(|row| all || row.count > 0);
            rows
        })
    }

    pub(super) fn programs(&self, global: &GlobalArgs, session: &mut Session<'_>) -> anyhow::Result<Exit> {
        self.run(global, session, &PROGRAMS, |ideas, _, _| facets::programs(ideas))
    }

    fn run<R: Serialize>(
        &self,
        global: &GlobalArgs,
        session: &mut Session<'_>,
        columns: &[FacetColumn<R>],
        rows: impl Fn(&[&Idea], &[Profile], bool) -> Vec<R>,
    ) -> anyhow::Result<Exit> {
        // What there is in which term is not asked of one.
        let by_term = columns.iter().any(|column| column.name == "term");
        let mut query = if by_term { self.filters.query()? } else { global.query(&self.filters)? };
        let mut catalog = global.load_for(&mut query, session)?;
        let once = self.duplicates.choose(&query, &mut catalog);
        let ideas = catalog.at(&once.shown);
        let rows = rows(&ideas, &catalog.profiles, query.is_empty());
        global.page(session, |look, out| {
            Ok(self.amount.write(&rows, out, |rows, out| write(self.format, rows, columns, look, out))?)
        })?;
        if ideas.is_empty() {
            global.say_nothing_matched(&query, &catalog, session)?;
        }
        Ok(exit_of(&catalog))
    }
}
