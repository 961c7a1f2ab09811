//! `ideas compare`: ideas side by side, what differs, and how each fits.

use std::io::Write;

use anyhow::bail;
use clap::ValueEnum;

use super::completions::values;
use super::filters::FilterArgs;
use super::matching::WishArgs;
use super::shortlist::Loaded;
use super::{Exit, GlobalArgs, Session, exit_of, lookup};
use crate::catalog::{Catalog, Level};
use crate::idea::Idea;
use crate::idea::id::short::ShortIds;
use crate::query::fit::Wishes;
use crate::query::once::once;
use crate::render::Look;
use crate::render::compare::{Comparison, Shortlisted, mark, write, write_json, write_markdown};
use crate::shortlist::Item;
use crate::site;

const EXAMPLES: &str = "\
Examples:
  ideas compare harbor-harbor-cli copacetic-wiz
  ideas compare --shortlisted --skills go,kubernetes   your shortlist, and what of it fits you
  ideas compare harbor-harbor-cli copacetic-wiz --differences
  ideas compare --shortlisted --format html > comparison.html
  ideas compare --shortlisted | grep -w hours          a pipe gets a record for each fact, with tabs

In `ideas browse`, Space selects ideas, and c compares them.";

/// What `ideas compare` takes.
#[derive(Clone, Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// The ideas: ids, the beginnings of ids, or PAGE:LINE; at least two
    #[arg(value_name = "ID", required_unless_present = "shortlisted", add = values::ids())]
    ids: Vec<String>,

    /// The ideas of your shortlist, besides those that are named
    ///
    /// Your status and notes are shown, too, but not in html and markdown, which are made to be sent to somebody.
    #[arg(long)]
    shortlisted: bool,

    /// Show only what differs
    #[arg(long)]
    differences: bool,

    #[command(flatten)]
    wishes: WishArgs,

    /// How to write it
    #[arg(long, value_name = "FORMAT", value_enum, ignore_case = true, default_value_t, help_heading = "Output")]
    format: CompareFormat,

    /// Show e-mail addresses in html and markdown, too
    ///
    /// What is made to be sent to somebody has none without it; table and json always have them.
    #[arg(long, help_heading = "Output")]
    with_addresses: bool,
}

/// A way to write a comparison.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum CompareFormat {
    /// A table that fits the terminal, long texts cut; in a pipe a line for each fact, with tabs between fields
    #[default]
    Table,
    /// A table for an issue, a wiki or a README
    Markdown,
    /// A web page that stands alone, to send to somebody
    Html,
    /// The ideas, what they say fact by fact, and how they fit
    Json,
}

impl Args {
    pub(super) fn run(&self, global: &GlobalArgs, session: &mut Session<'_>) -> anyhow::Result<Exit> {
        let wishes = self.wishes.resolve(&FilterArgs::default(), global, session)?.map(|(wishes, _)| wishes);
        let (mut catalog, listed) = if self.shortlisted {
            let loaded = Loaded::read(global, session)?;
            loaded.say_what_differs(global, session)?;
            let Loaded { catalog, items } = loaded;
            (catalog, items)
        } else {
            (global.load(session)?, Vec::new())
        };
        let ideas = self.ideas(&mut catalog, &listed, global, session)?;
        if ideas.len() < 2 {
            let hint = if self.shortlisted { "; `ideas shortlist add ID` adds one to your shortlist" } else { "" };
            bail!("expected at least two ideas to compare, and there is {}{hint}", ["none", "one"][ideas.len()]);
        }
        let wishes = match wishes {
            Some(mut wishes) => {
                super::matching::warn_of_unknown(&mut wishes, &catalog.ideas, global, session)?;
                Some(wishes)
            }
            None => None,
        };
        let ids = ShortIds::of(catalog.ideas.iter().chain(&ideas).map(|idea| idea.id.as_str()));
        let ideas: Vec<&Idea> = ideas.iter().collect();
        let shortlisted = self.shortlisted.then(|| {
            let of = |idea: &&Idea| listed.iter().find(|item| is_same(&item.idea, idea));
            let said = |item: &Item| Shortlisted { status: item.status, note: item.note.clone() };
            ideas.iter().map(|idea| of(idea).map(said)).collect()
        });
        global.page(session, |look, out| self.write(&ideas, wishes.as_ref(), shortlisted, &ids, look, out))?;
        if self.format == CompareFormat::Table && session.look.width.is_some() {
            let mark = mark(session.look.unicode);
            let more = if self.differences { "" } else { "; `--differences` shows nothing else" };
            global.say(Level::Note, &format!("{mark} marks what differs{more}"), session)?;
        }
        Ok(exit_of(&catalog))
    }

    /// The ideas that are compared, each once: those that are named, then those of the shortlist.
    fn ideas(
        &self,
        catalog: &mut Catalog,
        listed: &[Item],
        global: &GlobalArgs,
        session: &mut Session<'_>,
    ) -> anyhow::Result<Vec<Idea>> {
        let once = once(&mut catalog.ideas, &catalog.faces, 0..catalog.faces.len());
        let mut ideas: Vec<Idea> = Vec::new();
        for id in &self.ids {
            ideas.push(catalog.ideas[lookup::find(id, catalog, &once, global, session)?].clone());
        }
        let mut compared: Vec<Idea> = Vec::new();
        for idea in ideas.into_iter().chain(listed.iter().map(|item| item.idea.clone())) {
            if !compared.iter().any(|other| is_same(other, &idea)) {
                compared.push(idea);
            }
        }
        Ok(compared)
    }

    fn write(
        &self,
        ideas: &[&Idea],
        wishes: Option<&Wishes>,
        shortlisted: Option<Vec<Option<Shortlisted>>>,
        ids: &ShortIds<'_>,
        look: &Look,
        out: &mut dyn Write,
    ) -> anyhow::Result<()> {
        let is_sent = matches!(self.format, CompareFormat::Html | CompareFormat::Markdown);
        let published = if is_sent { site::compare::published(ideas, self.with_addresses) } else { Vec::new() };
        let ideas = if is_sent { published.iter().collect() } else { ideas.to_vec() };
        let comparison = Comparison::new(ideas, wishes);
        // Notes are for whoever wrote them.
        let comparison = match shortlisted.filter(|_| !is_sent) {
            Some(shortlisted) => comparison.with_shortlist(shortlisted),
            None => comparison,
        };
        let comparison = if self.differences { comparison.differences() } else { comparison };
        Ok(match self.format {
            CompareFormat::Html => site::compare::write(&comparison, out),
            CompareFormat::Markdown => write_markdown(&comparison, out),
            CompareFormat::Json => write_json(&comparison, out),
            CompareFormat::Table => write(&comparison, ids, look, out),
        }?)
    }
}

/// True for an idea that is named and on the shortlist, too.
fn is_same(one: &Idea, other: &Idea) -> bool {
    one.id == other.id && one.source == other.source
}
