//! `ideas report`: what a programme asks of a page of ideas, and how every organization or project stands.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::env;
use std::path::Path;

use anyhow::Context;
use clap::ValueEnum;

use crate::catalog::{Level, Origin};
use crate::idea::Idea;
use crate::lint::Template;
use crate::lint::asked::{self, CURRENT_TERM, Standing, standings};
use crate::programs;
use crate::render::Format;
use crate::render::facets::{FacetColumn, write};
use crate::report::checklist;
use crate::text::counted;

use super::duplicates::DuplicatesArg;
use super::filters::FilterArgs;
use super::organizations;
use super::output::{AmountArgs, number};
use super::{Exit, GlobalArgs, Session, exit_of};

const EXAMPLES: &str = "\
Examples:
  ideas report --program gsoc                    all organizations, with what each lacks
  ideas report --organization llvm --format markdown  a checklist, to be posted
  ideas report --by project --program lfx --term 2026-3
  ideas report --least 4                         ask for four ideas of each
  ideas report --format csv > standings.csv      how many ideas meet what, in numbers
  ideas report --format json | jq '.[] | select(.ready | not) | .organization'";

/// What `ideas report` takes.
#[derive(Clone, Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    #[command(flatten)]
    filters: FilterArgs,

    /// Whose ideas are looked at together
    #[arg(long, value_name = "OWNER", value_enum, ignore_case = true, default_value_t, help_heading = "What is asked")]
    by: By,

    /// Ask for at least so many ideas, whatever the programme's template says
    #[arg(long, value_name = "N", value_parser = number, help_heading = "What is asked")]
    least: Option<usize>,

    /// How to write the rows; markdown is a checklist for each
    #[arg(long, value_name = "FORMAT", value_enum, ignore_case = true, default_value_t, help_heading = "Output")]
    format: Format,

    #[command(flatten)]
    amount: AmountArgs,
}

/// Whose ideas are looked at together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum By {
    /// Those of an organization
    #[default]
    Organization,
    /// Those of a project; of an organization, where they are filed under none
    Project,
}

static ORGANIZATIONS: [FacetColumn<Standing>; 6] = [
    FacetColumn::value("organization", |row| row.organization.as_deref().map(Cow::from)),
    FacetColumn::count("ideas", |row| row.ideas),
    FacetColumn::count("complete", |row| row.complete),
    FacetColumn::list("lacking", lacking),
    FacetColumn::text("program", program),
    FacetColumn::text("problem", |row| Cow::from(row.problem.as_deref().unwrap_or_default())),
];

static PROJECTS: [FacetColumn<Standing>; 6] = [
    FacetColumn::value("project", |row| row.project.as_deref().map(Cow::from)),
    FacetColumn::count("ideas", |row| row.ideas),
    FacetColumn::count("complete", |row| row.complete),
    FacetColumn::list("lacking", lacking),
    FacetColumn::value("organization", |row| row.organization.as_deref().map(Cow::from)),
    FacetColumn::text("program", program),
];

/// For spreadsheets: how many ideas meet each requirement; nothing where it is not asked.
static NUMBERS: [FacetColumn<Standing>; 19] = [
    FacetColumn::value("organization", |row| row.organization.as_deref().map(Cow::from)),
    FacetColumn::value("project", |row| row.project.as_deref().map(Cow::from)),
    FacetColumn::value("program", |row| row.program.as_ref().map(|program| Cow::from(program.as_str()))),
    FacetColumn::value("term", |row| row.term.map(|term| Cow::from(term.to_string()))),
    FacetColumn::text("ready", |row| Cow::from(if row.ready { "yes" } else { "no" })),
    FacetColumn::count("ideas", |row| row.ideas),
    FacetColumn::count("complete", |row| row.complete),
    FacetColumn::text("description", |row| met(row, "description")),
    FacetColumn::text("outcomes", |row| met(row, "outcomes")),
    FacetColumn::text("skills", |row| met(row, "skills")),
    FacetColumn::text("mentors", |row| met(row, "mentors")),
    FacetColumn::text("hours", |row| met(row, "hours")),
    FacetColumn::text("difficulty", |row| met(row, "difficulty")),
    FacetColumn::text("upstream", |row| met(row, "upstream")),
    FacetColumn::text("mentor-count", |row| met(row, "mentor-count")),
    FacetColumn::text("contact", |row| met(row, "contact")),
    FacetColumn::text("current-term", |row| met(row, "current-term")),
    FacetColumn::text("open-issue", |row| met(row, "open-issue")),
    FacetColumn::text("problem", |row| Cow::from(row.problem.as_deref().unwrap_or_default())),
];

fn program(row: &Standing) -> Cow<'_, str> {
    Cow::from(programs::shown(row.program.as_ref(), row.term))
}

/// What is lacking that is required, and of how many ideas: `hours 2, mentors 1`.
fn lacking(row: &Standing) -> Vec<String> {
    row.gaps().map(|gap| format!("{} {}", gap.name, gap.of - gap.met)).collect()
}

/// True if no idea of several rows is of a term that can still be applied for: that is said once.
fn are_all_past(rows: &[Standing]) -> bool {
    let mut of_terms = rows.iter().filter_map(|row| row.requirement(CURRENT_TERM));
    rows.len() > 1 && of_terms.clone().count() > 1 && of_terms.all(|requirement| requirement.of > 0 && requirement.met == 0)
}

fn met<'r>(row: &'r Standing, name: &str) -> Cow<'r, str> {
    Cow::from(row.requirement(name).map(|requirement| requirement.met.to_string()).unwrap_or_default())
}

impl Args {
    pub(super) fn run(&self, global: &GlobalArgs, session: &mut Session<'_>) -> anyhow::Result<Exit> {
        let mut query = global.query(&self.filters)?;
        // Who names a term asks for no other.
        let today = if query.names_terms() { None } else { Some(session.today()?) };
        let mut catalog = global.load(session)?;
        let mut exit = exit_of(&catalog);
        // Who has no ideas is known where ideas are read from what was fetched.
        let are_fetched = global.origins()?.iter().any(|origin| matches!(origin, Origin::Fetched(_)));
        let mut listed = Vec::new();
        if are_fetched && self.by == By::Organization {
            let (rows, are_all) = organizations::fetched(global, session)?;
            listed = rows;
            if !are_all {
                exit = Exit::Failed;
            }
        }
        let stand_ins: Vec<_> = listed.iter().map(organizations::Row::stand_in).collect();
        session.settle(&mut query, &catalog.ideas.iter().chain(&stand_ins).collect::<Vec<_>>())?;
        let once = DuplicatesArg::default().choose(&query, &mut catalog);
        let by = match self.by {
            By::Organization => asked::By::Organization,
            By::Project => asked::By::Project,
        };
        let ideas = catalog.at(&once.shown);
        let config = global.config()?;
        let here = env::current_dir().context("the current folder cannot be told")?;
        // As `ideas validate` holds them; the settings are of pages on the disk, not of those that were fetched.
        let held = |idea: &Idea| {
            let page = Path::new(&idea.source.path);
            if !here.join(page).is_file() {
                return Cow::Borrowed(Template::of_idea(idea));
            }
            let template = config.template(page, &here).unwrap_or_else(|| Template::of_idea(idea));
            config.options_of(page, &here).apply(template)
        };
        let mut rows = standings(&ideas, by, self.least, today, &held);
        for (row, idea) in listed.into_iter().zip(&stand_ins) {
            if query.matches(idea) && !rows.iter().any(|known| row.is_of(known)) {
                rows.push(row.standing(self.least));
            }
        }
        rows.sort_by_cached_key(|row| {
            let name = |name: &Option<String>| name.as_deref().unwrap_or_default().to_lowercase();
            (name(&row.project), name(&row.organization), row.program.clone())
        });
        let are_all_past = are_all_past(&rows);
        global.page(session, |look, out| {
            let is_read = self.format == Format::Table && look.width.is_some();
            if is_read && are_all_past {
                for row in &mut rows {
                    row.leave_out(CURRENT_TERM);
                }
            }
            Ok(self.amount.write(&rows, out, |rows, out| match (self.format, self.by) {
                (Format::Markdown, _) => checklist::write(rows, out),
                (Format::Csv | Format::Wide, _) => write(self.format, rows, &NUMBERS, look, out),
                (format, By::Organization) => write(format, rows, &ORGANIZATIONS, look, out),
                (format, By::Project) => write(format, rows, &PROJECTS, look, out),
            })?)
        })?;
        if rows.is_empty() {
            global.say_nothing_matched(&query, &catalog, session)?;
        } else if self.format == Format::Table {
            let ready = rows.iter().filter(|row| row.ready).count();
            if are_all_past && session.look.width.is_some() {
                let note = format!("none of these ideas is of this term or the next one, so {CURRENT_TERM} is left out");
                global.say(Level::Note, &note, session)?;
            }
            let have = if ready == 1 { "has" } else { "have" };
            let rows = self.in_words(&rows);
            let message = format!("{ready} of {rows} {have} all that is asked; --format markdown says who lacks what");
            global.say(Level::Note, &message, session)?;
        }
        Ok(exit)
    }

    /// How many organizations or projects there are; rows, if one of them has several, or has no name.
    fn in_words(&self, rows: &[Standing]) -> String {
        let owner = |row: &Standing| match self.by {
            By::Organization => row.organization.as_ref().map(|name| [name.to_lowercase(), String::new()]),
            By::Project => row
                .project
                .as_ref()
                .map(|name| [name.to_lowercase(), row.organization.as_deref().unwrap_or_default().to_lowercase()]),
        };
        let names: BTreeSet<_> = rows.iter().filter_map(owner).collect();
        let what = match self.by {
            _ if names.len() < rows.len() => "row",
            By::Organization => "organization",
            By::Project => "project",
        };
        counted(rows.len(), what)
    }
}
