//! `ideas list`: the ideas that the filters let through, in any format.

use crate::catalog::{Catalog, Level};
use crate::idea::Idea;
use crate::query::Query;

use super::filters::{FilterArgs, SortArg};
use super::output::OutputArgs;
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
        let catalog = global.load(session)?;
        let mut ideas: Vec<&Idea> = catalog.ideas.iter().filter(|idea| query.matches(idea)).collect();
        self.sort.apply(&mut ideas);
        let look = session.look;
        self.output.write(&ideas, &look, session.out)?;
        if ideas.is_empty() {
            say_nothing_matched(&query, &catalog, global, session)?;
        }
        Ok(exit_of(&catalog))
    }
}

/// Tells that no idea matched, and what may have been meant.
pub(super) fn say_nothing_matched(
    query: &Query,
    catalog: &Catalog,
    global: &GlobalArgs,
    session: &mut Session<'_>,
) -> anyhow::Result<()> {
    // Without a single idea the pages have been spoken about already.
    if catalog.ideas.is_empty() {
        return Ok(());
    }
    let suggestions = query.suggestions(&catalog.ideas);
    if suggestions.is_empty() {
        global.say(Level::Note, &format!("none of {} ideas matches", catalog.ideas.len()), session)?;
    }
    for suggestion in suggestions {
        global.say(Level::Note, &suggestion.to_string(), session)?;
    }
    Ok(())
}
