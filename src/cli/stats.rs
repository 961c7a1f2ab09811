//! `ideas stats`: ideas in numbers, as tables, for other programs, or as a picture.

use std::io::{self, IsTerminal as _};
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use clap::{ValueEnum, ValueHint};
use inquire::{Confirm, InquireError};

use super::completions::values;
use super::duplicates::DuplicatesArg;
use super::filters::FilterArgs;
use super::{Exit, GlobalArgs, Session, exit_of};
use crate::catalog::Level;
use crate::idea::Idea;
use crate::query::facets::Dimension;
use crate::query::stats::{By, Stats};
use crate::render::{json, plot, stats};
use crate::storage;

const EXAMPLES: &str = "\
Examples:
  ideas stats                                    an overview
  ideas stats --program lfx --term 2025..        of these ideas only
  ideas stats --by skill,term                    how the demand for skills changed over the terms
  ideas stats --by skill,term --skill rust,go    … for two of them and what goes with them
  ideas stats --by difficulty --by size          two tables
  ideas stats --by skill,term --format csv > demand.csv
  ideas stats --plot overview.svg                a picture";

/// How many values an overview shows where there is no end of them.
const FIRST_FEW: usize = 10;

/// How many rows and columns of a table a picture shows.
const DRAWN: usize = 20;

/// What an overview counts by.
const OVERVIEW: [Dimension; 6] =
    [Dimension::Skill, Dimension::Difficulty, Dimension::Size, Dimension::Program, Dimension::Term, Dimension::Mentor];

/// What `ideas stats` takes.
#[derive(Clone, Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    #[command(flatten)]
    filters: FilterArgs,

    /// Count by this, or cross two: skill,term
    ///
    /// skill, difficulty, size, program, term, status, project, organization or mentor. Of two, the first makes the rows and the
    /// second the columns. May be given several times. An idea that has several values is counted for each of them. Without
    /// this flag an overview is written: skills, difficulty, size, programme, term, mentors, and how many ideas state each
    /// field.
    #[arg(long, value_name = "LIST", help_heading = "Tables", add = values::dimensions())]
    by: Vec<By>,

    /// At most so many rows in each table
    ///
    /// Without it the overview has the first ten skills and mentors, and everything else is whole. A picture has at
    /// most twenty rows and columns in each table, or so many, those with the most ideas; what is left is counted as
    /// others.
    #[arg(long, value_name = "N", value_parser = super::output::number, help_heading = "Tables")]
    limit: Option<usize>,

    /// How to write the tables
    #[arg(long, value_name = "FORMAT", value_enum, ignore_case = true, default_value_t, help_heading = "Output")]
    format: Format,

    /// Draw them instead, as an SVG file; - is standard output
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath, conflicts_with = "format", help_heading = "Output")]
    plot: Option<PathBuf>,

    /// Write the picture over a file that exists
    ///
    /// Without it a terminal is asked, and elsewhere nothing is written.
    #[arg(long, requires = "plot", help_heading = "Output")]
    force: bool,

    #[command(flatten)]
    duplicates: DuplicatesArg,
}

/// A way to write numbers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum Format {
    /// Tables, with bars on a terminal
    #[default]
    Table,
    /// One object; `ideas schema stats` describes it
    Json,
    /// One line for each value; two dimensions as rows and columns
    Csv,
}

impl Args {
    pub(super) fn run(&self, global: &GlobalArgs, session: &mut Session<'_>) -> anyhow::Result<Exit> {
        if self.format == Format::Csv && self.by.len() > 1 && self.by.iter().any(By::is_crossed) {
            bail!("one CSV holds one table of rows and columns: give `--by` once, or use `--format json`");
        }
        if let Some(file) = self.plot.as_deref().filter(|file| *file != "-") {
            if !file.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("svg")) {
                bail!("{}: the picture is SVG; expected a name that ends in .svg, or - for standard output", file.display());
            }
            if !self.force {
                may_write(file)?;
            }
        }
        let mut query = global.query(&self.filters)?;
        let mut catalog = global.load_for(&mut query, session)?;
        let once = self.duplicates.choose(&query, &mut catalog);
        let ideas = catalog.at(&once.shown);
        if ideas.is_empty() {
            global.say_nothing_matched(&query, &catalog, session)?;
        }
        let overview = self.by.is_empty();
        let stats = self.count(&ideas, overview, session.look.width.is_some());
        if let Some(file) = &self.plot {
            draw(&stats, overview, file, global, session)?;
            return Ok(exit_of(&catalog));
        }
        match self.format {
            // Who reads tables has been told that there is nothing to count.
            Format::Table if ideas.is_empty() => {}
            Format::Table => {
                let left_out = global.page(session, |look, out| Ok(stats::write(&stats, overview, look, out)?))?;
                if left_out > 0 {
                    let columns = if left_out == 1 { "column does" } else { "columns do" };
                    let note = format!("{left_out} more {columns} not fit this terminal; `--format csv` has all");
                    global.say(Level::Note, &note, session)?;
                }
            }
            Format::Json => json::one(&stats, session.out)?,
            Format::Csv => stats::write_csv(&stats, overview, session.out)?,
        }
        Ok(exit_of(&catalog))
    }

    fn count(&self, ideas: &[&Idea], overview: bool, on_terminal: bool) -> Stats {
        let by = if overview { OVERVIEW.map(By::one).to_vec() } else { self.by.clone() };
        if self.plot.is_some() {
            return Stats::folded(ideas, &by, self.limit.unwrap_or(DRAWN));
        }
        let mut stats = Stats::of(ideas, &by);
        // A program would take the first few for all.
        let few = overview && self.format == Format::Table && on_terminal;
        for table in &mut stats.tables {
            let open = table.by.iter().all(|dimension| dimension.is_open());
            if let Some(limit) = self.limit.or((few && open).then_some(FIRST_FEW)) {
                table.limit(limit);
            }
        }
        stats
    }
}

/// Refuses to write over a file, unless somebody at the terminal wants that.
fn may_write(file: &Path) -> anyhow::Result<()> {
    if !storage::exists(file) {
        return Ok(());
    }
    let shown = file.display();
    if io::stdin().is_terminal() && io::stderr().is_terminal() {
        // The question goes to standard error, the answer comes from standard input.
        let answer = Confirm::new(&format!("{shown} exists already; write over it?")).with_default(false).prompt();
        match answer {
            Ok(true) => return Ok(()),
            Ok(false) | Err(InquireError::OperationCanceled | InquireError::OperationInterrupted) => {}
            Err(error) => return Err(error.into()),
        }
    }
    bail!("{shown}: exists already; nothing was written (--force writes over it)");
}

/// Writes the picture, and says where.
fn draw(stats: &Stats, fields: bool, file: &Path, global: &GlobalArgs, session: &mut Session<'_>) -> anyhow::Result<()> {
    if file.as_os_str() == "-" {
        plot::write(stats, fields, session.out)?;
        return Ok(());
    }
    let mut picture = Vec::new();
    plot::write(stats, fields, &mut picture)?;
    storage::write(file, &picture).with_context(|| file.display().to_string())?;
    global.say(Level::Note, &format!("{} was written", file.display()), session)?;
    Ok(())
}
