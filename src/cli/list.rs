//! `ideas list`: the ideas that the filters let through, in any format.

use std::io;

use crate::catalog::{Catalog, Parts};
use crate::query::Query;

use super::filters::{FilterArgs, SortArg};
use super::output::{OutputArgs, Stream};
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
}

impl Args {
    pub(super) fn run(&self, global: &GlobalArgs, session: &mut Session<'_>) -> anyhow::Result<Exit> {
        self.output.check()?;
        let query = self.filters.query()?;
        match self.output.stream() {
            Some(stream) if self.sort.sort.is_none() => stream_ideas(stream, &query, global, session),
            _ => self.write_all(&query, global, session),
        }
    }

    fn write_all(&self, query: &Query, global: &GlobalArgs, session: &mut Session<'_>) -> anyhow::Result<Exit> {
        let catalog = global.load(session)?;
        let mut ideas = query.select(&catalog.ideas);
        self.sort.apply(&mut ideas);
        let look = session.look;
        self.output.write(&ideas, &look, session.out)?;
        if ideas.is_empty() {
            global.say_nothing_matched(query, &catalog, session)?;
        }
        Ok(exit_of(&catalog))
    }
}

/// Writes ideas as they are read, and keeps none: a catalogue may be larger than memory.
fn stream_ideas(mut stream: Stream<'_>, query: &Query, global: &GlobalArgs, session: &mut Session<'_>) -> anyhow::Result<Exit> {
    let mut exit = Exit::Done;
    // What was read before anything matched: if nothing does, it tells what may have been meant.
    let mut unmatched = Some(Catalog::default());
    Parts::of(&global.origins()?).read_ahead(|part| {
        global.tell_all(&part, session)?;
        let ideas = query.select(&part.ideas);
        stream.write(&ideas, &session.look, session.out)?;
        if exit_of(&part) == Exit::Failed {
            exit = Exit::Failed;
        }
        unmatched = unmatched.take().filter(|_| ideas.is_empty()).map(|before| before.with(part));
        Ok::<_, io::Error>(())
    })?;
    if let Some(catalog) = unmatched {
        global.say_nothing_matched(query, &catalog, session)?;
    }
    Ok(exit)
}
