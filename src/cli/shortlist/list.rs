//! `ideas shortlist list`: the shortlist as a list, in any format.

use crate::catalog::Level;
use crate::cli::filters::SortArg;
use crate::cli::origins::whence;
use crate::cli::output::AmountArgs;
use crate::cli::paging::Amount;
use crate::cli::{Exit, GlobalArgs, Session, completions::values};
use crate::idea::id::short::ShortIds;
use crate::render::shortlist::{COLUMNS, ListColumns, write};
use crate::render::{Format, columns};
use crate::shortlist::Item;
use crate::store::EntryStatus;
use crate::text::counted;

use super::Loaded;

pub(super) const EXAMPLES: &str = "\
Examples:
  ideas shortlist list
  ideas shortlist list --status considering,contacted --sort -hours
  ideas shortlist list --columns title,note,mentors
  ideas shortlist list | cut -f1,10              ids and status: a pipe gets a line for each, with tabs
  ideas shortlist list --format json             with all that an idea says, and from what to what it has changed";

/// What `ideas shortlist list` takes.
#[derive(Clone, Debug, clap::Args)]
pub(super) struct Args {
    /// Only those of this status: considering,contacted
    #[arg(long, value_name = "STATUS", value_enum, ignore_case = true, value_delimiter = ',')]
    status: Vec<EntryStatus>,

    #[command(flatten)]
    sort: SortArg,

    /// How to write them
    #[arg(long, value_name = "FORMAT", value_enum, ignore_case = true, default_value_t, help_heading = "Output")]
    format: Format,

    /// Which columns, in which order, as in `title,status,note`
    #[arg(long, value_name = "LIST", conflicts_with = "count", help_heading = "Output", long_help = columns_help(), add = values::columns())]
    columns: Option<ListColumns>,

    #[command(flatten)]
    amount: AmountArgs,
}

fn columns_help() -> String {
    let own: Vec<_> = COLUMNS.iter().map(|column| format!("- {}: {}", column.name, column.help)).collect();
    let of_ideas: Vec<_> = columns::COLUMNS.iter().map(|column| column.name).filter(|name| *name != "status").collect();
    format!(
        "Which columns, in which order, as in `title,status,note`\n\nFor table, wide, csv and markdown. There are:\n{}\n- page-status: \
         what its page says\n- {}: as in `ideas list`",
        own.join("\n"),
        of_ideas.join(", ")
    )
}

impl Args {
    pub(super) fn run(&self, global: &GlobalArgs, session: &mut Session<'_>) -> anyhow::Result<Exit> {
        if self.columns.is_some() && !self.format.has_columns() {
            anyhow::bail!("`--columns` chooses for table, wide, csv and markdown; `--format {}` has no columns", self.format);
        }
        let loaded = Loaded::read(global, session)?;
        let mut items = wanted(&loaded.items, &self.status);
        if self.sort.sort.is_some() {
            self.sort.apply(&mut items);
        }
        let ideas = loaded.catalog.ideas.iter().chain(loaded.items.iter().map(|item| &item.idea));
        let ids = ShortIds::of(ideas.map(|idea| idea.id.as_str()));
        global.page(session, |look, out| {
            Ok(self.amount.write(&items, out, |items, out| write(self.format, items, self.columns.as_ref(), &ids, look, out))?)
        })?;
        if loaded.say_if_empty(global, session)? || self.amount.shown(&items).is_none() {
            return Ok(loaded.exit());
        }
        if items.is_empty() {
            global.say(Level::Note, "no idea of your shortlist has this status", session)?;
        }
        if self.format.is_read() {
            let shown = self.amount.shown(&items).map_or(0, <[_]>::len);
            let order = self.sort.sort.as_ref().map(|sort| format!("by {sort}"));
            let order = order.unwrap_or_else(|| "in the order in which you added them".to_owned());
            let amount = Amount { shown, found: items.len(), all: loaded.items.len() };
            global.say_amount(amount, &[if shown > 1 { &order } else { "" }], session)?;
        }
        say_what_differs(&items, global, session)?;
        Ok(loaded.exit())
    }
}

/// The items of these statuses; all, if none is named.
pub(super) fn wanted<'a>(items: &'a [Item], statuses: &[EntryStatus]) -> Vec<&'a Item> {
    items.iter().filter(|item| statuses.is_empty() || statuses.contains(&item.status)).collect()
}

/// Says how many ideas are gone or not read, and how many say something else now.
pub(super) fn say_what_differs(items: &[&Item], global: &GlobalArgs, session: &mut Session<'_>) -> anyhow::Result<()> {
    let gone = items.iter().filter(|item| item.gone).count();
    let elsewhere = items.iter().filter(|item| item.elsewhere).count();
    let changed = items.iter().filter(|item| !item.changed.is_empty()).count();
    if gone > 0 {
        let shown = if gone == 1 { "is gone, and shown as it was" } else { "are gone, and shown as they were" };
        let note = format!("{} {shown}; {}", counted(gone, "idea"), whence(&global.origins()?));
        global.say(Level::Note, &note, session)?;
    }
    if elsewhere > 0 {
        let (are, they) = if elsewhere == 1 { ("is", "it was") } else { ("are", "they were") };
        let ideas = counted(elsewhere, "idea");
        let note = format!("{ideas} {are} not in this catalogue, and shown as {they}; {}", whence(&global.origins()?));
        global.say(Level::Note, &note, session)?;
    }
    if changed > 0 {
        let (has, them) = if changed == 1 { ("has", "it") } else { ("have", "them") };
        let note =
            format!("{} {has} changed since you added {them}; `ideas shortlist changes` says how", counted(changed, "idea"));
        global.say(Level::Note, &note, session)?;
    }
    Ok(())
}
