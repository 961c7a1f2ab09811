//! `ideas list`: the ideas that the filters let through, in any format.

use std::env;

use anyhow::Context;

use crate::catalog::Catalog;
use crate::query::Query;

use super::duplicates::DuplicatesArg;
use super::filters::{FilterArgs, SortArg};
use super::output::OutputArgs;
use super::spool::Spool;
use super::{Exit, GlobalArgs, Session, exit_of};

const EXAMPLES: &str = "\
Examples:
  ideas list --skill go --not-difficulty hard    Go, and not the hard ones
  ideas list --skill go --skill kubernetes       both
  ideas list --mentor vadim --sort project,title
  ideas list --missing mentors --format ids      ideas that nobody mentors yet
  ideas list --columns title,hours,upstream --format csv > ideas.csv";

/// What `ideas list` takes.
#[derive(Clone, Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    #[command(flatten)]
    filters: FilterArgs,
    #[command(flatten)]
    sort: SortArg,
    #[command(flatten)]
    output: OutputArgs,
    #[command(flatten)]
    duplicates: DuplicatesArg,
}

impl Args {
    pub(super) fn run(&self, global: &GlobalArgs, session: &mut Session<'_>) -> anyhow::Result<Exit> {
        self.output.check()?;
        let query = self.filters.query()?;
        if self.output.is_by_line() && self.sort.sort.is_none() && !query.needs_catalogue() {
            self.write_by_line(query, global, session)
        } else {
            self.write_all(query, global, session)
        }
    }

    fn write_all(&self, mut query: Query, global: &GlobalArgs, session: &mut Session<'_>) -> anyhow::Result<Exit> {
        let mut catalog = global.load_matching(&mut query, session)?;
        let once = self.duplicates.choose(&query, &mut catalog);
        let mut ideas = catalog.at(&once.shown);
        self.sort.apply(&mut ideas);
        let look = session.look;
        self.output.write(&ideas, &look, session.out)?;
        if ideas.is_empty() {
            global.say_nothing_matched(&query, &catalog, session)?;
        }
        if let Some(shown) = self.output.amount.shown(&ideas) {
            global.say_if_past(shown, self.output.format, &query, &catalog, session)?;
        }
        Ok(exit_of(&catalog))
    }

    /// Writes ideas as they are read, and keeps none: a catalogue may be larger than memory.
    fn write_by_line(&self, mut query: Query, global: &GlobalArgs, session: &mut Session<'_>) -> anyhow::Result<Exit> {
        let mut exit = Exit::Done;
        let mut spool = Spool::new(&self.output, self.duplicates.duplicates, session.look);
        // What was read before anything matched: if nothing does, it tells what may have been meant.
        let mut unmatched = Some(Catalog::default());
        global.parts(&global.origins()?).read_ahead(|part| {
            global.tell_all(&part, session)?;
            let ideas = session.settled(&query, &part.ideas)?.select(&part.ideas);
            spool.add(&ideas).with_context(|| format!("cannot write a temporary file in {}", env::temp_dir().display()))?;
            if exit_of(&part) == Exit::Failed {
                exit = Exit::Failed;
            }
            unmatched = unmatched.take().filter(|_| ideas.is_empty()).map(|before| before.with(part));
            Ok::<_, anyhow::Error>(())
        })?;
        spool.finish(session.out)?;
        if let Some(catalog) = unmatched {
            session.settle(&mut query, &catalog.ideas)?;
            global.say_nothing_matched(&query, &catalog, session)?;
        }
        Ok(exit)
    }
}
