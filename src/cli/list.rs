//! `ideas list`: the ideas that the filters let through, in any format.

use crate::idea::Idea;

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
            global.say_nothing_matched(&query, &catalog, session)?;
        }
        Ok(exit_of(&catalog))
    }
}
