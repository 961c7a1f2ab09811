//! `ideas shortlist`: the ideas that somebody considers. It adds, removes, notes, lists, and exports.

mod export;
mod list;

use std::cell::LazyCell;
use std::collections::BTreeSet;
use std::env;
use std::io::{self, IsTerminal};

use anyhow::{Context, anyhow, bail};
use clap::builder::PossibleValue;
use clap::{Subcommand, ValueEnum};
use strum::VariantArray;

use super::completions::values;
use super::origins::whence;
use super::sync::Format as ChangesFormat;
use super::{Exit, GlobalArgs, Session, browse, exit_of, is_terminal, lookup};
use crate::catalog::{Catalog, Level};
use crate::query::once::{Once, once};
use crate::shortlist::{self, EntriesOfIdeas, Ids, Item, Pages, entry_of};
use crate::store::{EntryStatus, ShortlistChange, Store};
use crate::text::{counted, first_few};

const EXAMPLES: &str = "\
Examples:
  ideas shortlist add harbor-harbor-cli kubeflow-deploying
  ideas list --skill go --format ids | xargs -r ideas shortlist add
  ideas shortlist note harbor-harbor-cli ask about the proxy first
  ideas shortlist status harbor-harbor-cli contacted
  ideas shortlist list
  ideas shortlist changes                        what has changed since you added them
  ideas shortlist export --output shortlist.html a page to send to somebody
  ideas list --shortlisted --hours ..175         every command that takes filters takes this one

In `ideas browse`, b puts an idea on the shortlist, and n writes a note.";

const ADD_EXAMPLES: &str = "\
Examples:
  ideas shortlist add harbor-harbor-cli
  ideas shortlist add                            choose on the screen; Tab selects several
  ideas list --skill go --format ids | xargs -r ideas shortlist add";

const REMOVE_EXAMPLES: &str = "\
Examples:
  ideas shortlist remove harbor-harbor-cli
  ideas shortlist list --status dropped --format ids | xargs -r ideas shortlist remove";

const NOTE_EXAMPLES: &str = "\
Examples:
  ideas shortlist note harbor-harbor-cli ask about the proxy first
  ideas shortlist note harbor-harbor-cli -- -1 on this
  ideas shortlist note harbor-harbor-cli ''      no note";

const STATUS_EXAMPLES: &str = "\
Examples:
  ideas shortlist status harbor-harbor-cli contacted
  ideas shortlist status harbor-harbor-cli kubeflow-deploying dropped";

const CHANGES_EXAMPLES: &str = "\
Examples:
  ideas shortlist changes
  ideas shortlist changes --format json          from what to what, fact by fact";

/// What `ideas shortlist` takes.
#[derive(Clone, Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    #[command(subcommand)]
    action: Action,
}

#[derive(Clone, Debug, Subcommand)]
enum Action {
    /// Add ideas; without ids, a terminal lets you choose
    ///
    /// What an idea says is kept with it: if its page changes or drops it, `ideas shortlist list` says so.
    #[command(after_help = ADD_EXAMPLES)]
    Add {
        /// The ideas: ids, the beginnings of ids, or PAGE:LINE
        #[arg(value_name = "ID", add = values::ids())]
        ids: Vec<String>,
    },
    /// Remove ideas, with their notes
    #[command(visible_alias = "rm", after_help = REMOVE_EXAMPLES)]
    Remove {
        /// The ideas: ids, the beginnings of ids, or PAGE:LINE
        #[arg(value_name = "ID", required = true, add = values::shortlisted())]
        ids: Vec<String>,
    },
    /// Note something about an idea, in place of what was noted; an empty text is no note
    #[command(after_help = NOTE_EXAMPLES)]
    Note {
        /// The idea: its id, the beginning of it, or PAGE:LINE
        #[arg(value_name = "ID", add = values::shortlisted())]
        id: String,
        /// The note; several words need no quotes, and one that begins with - needs -- before it
        #[arg(value_name = "TEXT", required = true, num_args = 1..)]
        text: Vec<String>,
    },
    /// Say how far you are with ideas: considering, contacted, applied or dropped
    #[command(after_help = STATUS_EXAMPLES)]
    Status {
        /// The ideas: ids, the beginnings of ids, or PAGE:LINE
        #[arg(value_name = "ID", required = true, num_args = 1.., add = values::shortlisted())]
        ids: Vec<String>,
        /// How far you are
        #[arg(value_name = "STATUS", required = true, value_enum, ignore_case = true)]
        status: EntryStatus,
    },
    /// List them, with your status and notes, and what has changed since you added them
    #[command(visible_alias = "ls", after_help = list::EXAMPLES)]
    List(Box<list::Args>),
    /// Show what has changed since you added them, fact by fact
    #[command(after_help = CHANGES_EXAMPLES)]
    Changes {
        /// How to write it
        #[arg(long, value_name = "FORMAT", value_enum, ignore_case = true, default_value_t, help_heading = "Output")]
        format: ChangesFormat,
    },
    /// Write them as a document: Markdown, HTML, JSON or CSV
    ///
    /// A page in HTML needs no other file: whoever gets it opens it in a browser. E-mail addresses are left out, also
    /// those in your notes.
    #[command(after_help = export::EXAMPLES)]
    Export(export::Args),
}

impl ValueEnum for EntryStatus {
    fn value_variants<'a>() -> &'a [Self] {
        EntryStatus::VARIANTS
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        let help = match self {
            EntryStatus::Considering => "You think about it",
            EntryStatus::Contacted => "You have written to the mentors, or to the organization",
            EntryStatus::Applied => "You have applied",
            EntryStatus::Dropped => "You no longer think about it",
        };
        Some(PossibleValue::new(<&str>::from(self)).help(help))
    }
}

impl Args {
    pub(super) fn run(&self, global: &GlobalArgs, session: &mut Session<'_>) -> anyhow::Result<Exit> {
        match &self.action {
            Action::Add { ids } => add(ids, global, session),
            Action::Remove { ids } => {
                let loaded = Loaded::read(global, session)?;
                let found = loaded.find(ids, global, session)?;
                shortlist::change(&[ShortlistChange::Remove(found.kept_as())])?;
                global.say(Level::Note, &format!("removed from your shortlist: {}", found.titles()), session)?;
                Ok(loaded.exit())
            }
            Action::Note { id, text } => {
                let loaded = Loaded::read(global, session)?;
                let found = loaded.find(std::slice::from_ref(id), global, session)?;
                let note = text.join(" ");
                let before: Vec<&str> = found.0.iter().filter_map(|item| item.note.as_deref()).collect();
                let done = match (note.trim().is_empty(), before.join(" ")) {
                    (true, before) if before.is_empty() => "has no note".to_owned(),
                    (true, before) => format!("removed your note: {before}"),
                    (false, before) if before.is_empty() || before == note => "your note is kept".to_owned(),
                    (false, before) => format!("your note is kept; replaced your note: {before}"),
                };
                shortlist::change(&[ShortlistChange::Note(found.kept_as(), note)])?;
                global.say(Level::Note, &format!("{}: {done}", found.titles()), session)?;
                Ok(loaded.exit())
            }
            Action::Status { ids, status } => {
                let loaded = Loaded::read(global, session)?;
                let found = loaded.find(ids, global, session)?;
                shortlist::change(&[ShortlistChange::Status(found.kept_as(), *status)])?;
                global.say(Level::Note, &format!("{}: {status}", found.titles()), session)?;
                Ok(loaded.exit())
            }
            Action::List(args) => args.run(global, session),
            Action::Changes { format } => {
                let loaded = Loaded::read(global, session)?;
                let changes = shortlist::changes(&loaded.items);
                let changes = if changes.is_empty() { Vec::new() } else { vec![changes] };
                format.write(&changes, None, false, session)?;
                if changes.is_empty() && !loaded.say_if_empty(global, session)? {
                    let compared = loaded.items.iter().filter(|item| !item.elsewhere).count();
                    let note = match loaded.items.len() - compared {
                        0 => "nothing has changed since you added these ideas".to_owned(),
                        others => format!(
                            "{} compared: nothing has changed; {} not in this catalogue ({})",
                            counted(compared, "idea"),
                            if others == 1 { "1 is".to_owned() } else { format!("{others} are") },
                            whence(&global.origins()?)
                        ),
                    };
                    global.say(Level::Note, &note, session)?;
                }
                Ok(loaded.exit())
            }
            Action::Export(args) => args.run(global, session),
        }
    }
}

/// Puts ideas on the shortlist, and says which.
fn add(ids: &[String], global: &GlobalArgs, session: &mut Session<'_>) -> anyhow::Result<Exit> {
    if ids.is_empty() && (!is_terminal() || !io::stdin().is_terminal()) {
        bail!(
            "no id was given: `ideas list --format ids` lists all ids; without one, `ideas shortlist add` asks which, on a terminal"
        );
    }
    let mut catalog = global.load(session)?;
    let once = once(&mut catalog.ideas, &catalog.faces, 0..catalog.faces.len());
    let mut places = if ids.is_empty() { browse::pick(&once, &catalog, session)? } else { Vec::new() };
    for id in ids {
        places.push(lookup::find(id, &catalog, &once, global, session)?);
    }
    let entries = shortlist::entries()?;
    let kept: Ids = entries.iter().map(|entry| entry.id.clone()).collect();
    let kept_as = EntriesOfIdeas::of(&kept, &catalog.ideas);
    let (mut new, mut titles, mut seen) = (Vec::new(), Vec::new(), BTreeSet::new());
    for place in places.into_iter().filter(|place| seen.insert(*place)) {
        let idea = &catalog.ideas[place];
        if kept_as.names(&idea.id).any(|name| kept.contains(name)) {
            global.say(Level::Note, &format!("{} is on your shortlist already", idea.title.value), session)?;
        } else {
            new.push(entry_of(idea));
            titles.push(idea.title.value.as_str());
        }
    }
    if new.is_empty() {
        return Ok(exit_of(&catalog));
    }
    let count = entries.len() + new.len();
    let said = format!("added to your shortlist: {}; it has {} now", first_few(&titles), counted(count, "idea"));
    shortlist::change(&[ShortlistChange::Add(new)])?;
    global.say(Level::Note, &said, session)?;
    Ok(exit_of(&catalog))
}

/// The shortlist, and the catalogue that says what it means.
pub(super) struct Loaded {
    pub(super) catalog: Catalog,
    pub(super) items: Vec<Item>,
}

/// Items of a shortlist that somebody named.
struct Found<'a>(Vec<&'a Item>);

impl Loaded {
    pub(super) fn read(global: &GlobalArgs, session: &mut Session<'_>) -> anyhow::Result<Self> {
        let entries = shortlist::entries()?;
        let catalog = global.load(session)?;
        let history = if entries.iter().any(|entry| entry.facts.is_none()) {
            // What cannot be read tells nothing.
            Store::open().map(|store| store.changes().unwrap_or_default()).unwrap_or_default()
        } else {
            Vec::new()
        };
        let here = env::current_dir().context("the current folder cannot be told")?;
        let pages = Pages::of(&global.origins()?, here);
        let items = shortlist::items(entries, &catalog.ideas, &history, &pages);
        Ok(Loaded { catalog, items })
    }

    /// The items that ids mean.
    fn find(&self, ids: &[String], global: &GlobalArgs, session: &mut Session<'_>) -> anyhow::Result<Found<'_>> {
        let mut listed = Catalog::default();
        listed.ideas = self.items.iter().map(|item| item.idea.clone()).collect();
        let all = Once::all(0..listed.ideas.len());
        let kept_as = LazyCell::new(|| {
            let kept: Ids = self.items.iter().flat_map(|item| &item.kept_as).cloned().collect();
            EntriesOfIdeas::of(&kept, &self.catalog.ideas)
        });
        let mut found: Vec<&Item> = Vec::new();
        for id in ids {
            if let Some(item) = self.called(id, &kept_as)? {
                found.push(item);
                continue;
            }
            let place = match lookup::find(id, &listed, &all, global, session) {
                Ok(place) => place,
                Err(error) => {
                    let all = Once::all(0..self.catalog.ideas.len());
                    let Ok(place) = lookup::find(id, &self.catalog, &all, global, session) else {
                        if error.is::<lookup::Ambiguous>() {
                            return Err(error);
                        }
                        bail!("{error}; `ideas shortlist list` lists your shortlist")
                    };
                    return Err(not_listed(&self.catalog.ideas[place].id));
                }
            };
            found.push(&self.items[place]);
        }
        Ok(Found(found))
    }

    /// The item of the idea that has this very id, which may be the beginning of another's; an error if that idea is not listed.
    fn called(
        &self,
        id: &str,
        kept_as: &LazyCell<EntriesOfIdeas, impl FnOnce() -> EntriesOfIdeas>,
    ) -> anyhow::Result<Option<&Item>> {
        let wanted = lookup::wanted(id);
        let listed = |id: &str| self.items.iter().find(|item| item.id == id || item.kept_as.contains(id));
        if let Some(item) = listed(&wanted) {
            return Ok(Some(item));
        }
        if !self.catalog.ideas.iter().any(|idea| idea.id == wanted) {
            return Ok(None);
        }
        // It may be listed under the id of a copy.
        kept_as.names(&wanted).find_map(listed).map(Some).ok_or_else(|| not_listed(&wanted))
    }

    /// Says so if there is nothing on the shortlist; true if there is not.
    fn say_if_empty(&self, global: &GlobalArgs, session: &mut Session<'_>) -> io::Result<bool> {
        if self.items.is_empty() {
            let note = "your shortlist is empty; `ideas shortlist add ID` adds an idea, as does b in `ideas browse`";
            global.say(Level::Note, note, session)?;
        }
        Ok(self.items.is_empty())
    }

    /// Says how many ideas are gone or not read, and how many say something else now.
    pub(super) fn say_what_differs(&self, global: &GlobalArgs, session: &mut Session<'_>) -> anyhow::Result<()> {
        list::say_what_differs(&self.items.iter().collect::<Vec<_>>(), global, session)
    }

    fn exit(&self) -> Exit {
        exit_of(&self.catalog)
    }
}

/// What is said of an idea that somebody takes to be on the shortlist.
fn not_listed(id: &str) -> anyhow::Error {
    anyhow!("{id} is not on your shortlist; `ideas shortlist add {id}` adds it")
}

impl Found<'_> {
    fn kept_as(&self) -> Ids {
        self.0.iter().flat_map(|item| &item.kept_as).cloned().collect()
    }

    fn titles(&self) -> String {
        let mut seen = BTreeSet::new();
        let named = self.0.iter().filter(|item| seen.insert(&item.id));
        first_few(&named.map(|item| item.idea.title.value.as_str()).collect::<Vec<_>>())
    }
}
