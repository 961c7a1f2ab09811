//! `ideas list`: the ideas that the filters let through, in any format.

use std::env;

use anyhow::Context;

use crate::catalog::Catalog;
use crate::idea::Idea;
use crate::idea::id::short::ShortIds;
use crate::query::Query;
use crate::render::facts;

use super::duplicates::DuplicatesArg;
use super::filters::{FilterArgs, SortArg};
use super::output::OutputArgs;
use super::paging::Amount;
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
        let query = global.query(&self.filters)?;
        if self.output.is_by_line() && self.sort.sort.is_none() && !query.needs_catalogue() {
            self.write_by_line(query, global, session)
        } else {
            self.write_all(query, global, session)
        }
    }

    fn write_all(&self, mut query: Query, global: &GlobalArgs, session: &mut Session<'_>) -> anyhow::Result<Exit> {
        // A person is told of all that there are.
        let is_read = session.look.width.is_some() && self.output.format.is_read();
        let brief = !self.output.needs_texts(&session.look);
        let mut catalog =
            if is_read { global.load_for(&mut query, session)? } else { global.load_matching(&mut query, brief, session)? };
        let once = self.duplicates.choose(&query, &mut catalog);
        let mut ideas = catalog.at(&once.shown);
        self.sort.apply(&mut ideas);
        let ids = if is_read { catalog.short_ids() } else { ShortIds::default() };
        let own = if is_read { global.own()?.columns.as_ref() } else { None };
        global.page(session, |look, out| Ok(self.output.write(&ideas, own, &ids, look, out)?))?;
        if ideas.is_empty() {
            global.say_nothing_matched(&query, &catalog, session)?;
        }
        let Some(shown) = self.output.amount.shown(&ideas) else { return Ok(exit_of(&catalog)) };
        if is_read {
            let found = ideas.len();
            let all = if query.is_empty() { found } else { self.duplicates.count(&catalog) };
            let order = self.order(&ideas);
            let own_term = global.own_term(&self.filters)?;
            global.say_amount(Amount { shown: shown.len(), found, all }, &[&order, &own_term], session)?;
        }
        let ideas = &catalog.ideas;
        let all = (ideas.iter(), |place: usize| query.matches(&ideas[place]));
        global.say_if_past(shown, self.output.format, &query, all, session)?;
        Ok(exit_of(&catalog))
    }

    /// In which order the ideas are that were found; or of which term, if all of them are of one and no order was asked for.
    fn order(&self, found: &[&Idea]) -> String {
        match (&self.sort.sort, facts::only_term(found)) {
            (Some(sort), _) => format!("by {sort}"),
            (None, Some(term)) if found.len() > 1 => format!("all of {term}"),
            (None, Some(_)) => String::new(),
            (None, None) => "newest terms first".to_owned(),
        }
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
