//! `ideas show`: ideas in full, and with `--why` the characters of the page that each fact was read from.

use std::io::{self, IsTerminal, Write};

use anyhow::{Context, bail};
use clap::ValueEnum;

use crate::catalog::{Catalog, Level};
use crate::desktop::browser::Address;
use crate::desktop::editor;
use crate::desktop::pager::Pager;
use crate::idea::Idea;
use crate::query::suggest::{Distance, near};
use crate::render::{Format, Look, page, why};

use super::browse;
use super::completions::values;
use super::{Exit, GlobalArgs, Session, exit_of, is_terminal};

const EXAMPLES: &str = "\
Examples:
  ideas show                                   choose one on the screen
  ideas show harbor-harbor-cli
  ideas show harbor-harbor                     the beginning of an id is enough, if it is the only one
  ideas show harbor-harbor-cli --why           underlines on the page what was read, and as what
  ideas show harbor-harbor-cli --open upstream
  ideas list --skill ebpf --format ids | xargs -r ideas show

On a terminal, what is shown goes through the pager that IDEAS_PAGER or PAGER names, else through less; \
an empty value or cat means none. BROWSER names the browser, VISUAL or EDITOR the editor.";

/// What `ideas show` takes.
#[derive(Clone, Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// The ideas to show: ids, or the beginnings of ids; without any, a terminal lets you choose
    #[arg(value_name = "ID", add = values::ids())]
    ids: Vec<String>,

    /// Show where on its page each fact was read
    #[arg(long, conflicts_with = "format")]
    why: bool,

    /// Open it instead: the issue that tracks it, or the page it was read from
    ///
    /// upstream opens the first issue that tracks the idea in the browser. source opens the page that the idea was read from:
    /// in the browser if its address is known, else the file in the editor, at its line.
    #[arg(long, value_name = "WHAT", value_enum, conflicts_with_all = ["why", "format"])]
    open: Option<Target>,

    /// Write them in this format instead of as pages to read
    #[arg(long, value_name = "FORMAT", value_enum, ignore_case = true, help_heading = "Output")]
    format: Option<Format>,

    /// Print to the terminal, not through a pager
    #[arg(long, help_heading = "Output")]
    no_pager: bool,
}

/// What there is to open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Target {
    /// The issue that tracks it
    Upstream,
    /// The page it was read from
    Source,
}

/// An id of so many letters for each slip in it is taken for the one that was meant.
const LETTERS_PER_SLIP: usize = 10;

/// How many ids an error offers.
const OFFERS: usize = 5;

impl Args {
    pub(super) fn run(&self, global: &GlobalArgs, session: &mut Session<'_>) -> anyhow::Result<Exit> {
        // Who calls us with nothing from a script has nothing to show.
        if self.ids.is_empty() && (!is_terminal() || !io::stdin().is_terminal()) {
            bail!(
                "no id was given: `ideas list --format ids` lists all ids; without one, `ideas show` asks which, on a terminal"
            );
        }
        let catalog = global.load(session)?;
        if self.ids.is_empty() && catalog.ideas.is_empty() {
            bail!("there are no ideas to choose from");
        }
        let mut ideas = Vec::with_capacity(self.ids.len());
        if self.ids.is_empty() {
            let Some(idea) = browse::pick(&catalog.ideas, session)? else { return Ok(exit_of(&catalog)) };
            ideas.push(idea);
        }
        for id in &self.ids {
            ideas.push(find(id, &catalog, global, session)?);
        }
        if let Some(target) = self.open {
            for idea in ideas {
                open(idea, target, &catalog, global, session)?;
            }
            return Ok(exit_of(&catalog));
        }
        let pager = Pager::of_user().filter(|_| is_terminal() && !self.no_pager);
        let mut look = session.look;
        look.links &= pager.as_ref().is_none_or(Pager::passes_links);
        let mut text = Vec::new();
        self.write(&ideas, &catalog, &look, &mut text)?;
        let shown = match pager.map(|pager| pager.show(&text)) {
            Some(Ok(shown)) => shown,
            Some(Err(error)) => {
                global.say(Level::Warning, &error.to_string(), session)?;
                false
            }
            None => false,
        };
        if !shown {
            session.out.write_all(&text)?;
        }
        Ok(exit_of(&catalog))
    }

    fn write(&self, ideas: &[&Idea], catalog: &Catalog, look: &Look, out: &mut dyn Write) -> anyhow::Result<()> {
        if let Some(format) = self.format {
            format.write(ideas, None, look, out)?;
            return Ok(());
        }
        for (i, idea) in ideas.iter().enumerate() {
            if i > 0 {
                writeln!(out)?;
            }
            if self.why {
                let source = catalog.source_of(idea).with_context(|| format!("cannot read {} again", idea.source.path))?;
                why::write(idea, &source, look, out)?;
            } else {
                page::write(idea, look, out)?;
            }
        }
        Ok(())
    }
}

/// Opens what belongs to an idea, or says what is missing for that.
fn open(idea: &Idea, target: Target, catalog: &Catalog, global: &GlobalArgs, session: &mut Session<'_>) -> anyhow::Result<()> {
    let (id, place) = (&idea.id, format!("{}:{}", idea.source.path, idea.source.line));
    let address = match target {
        Target::Upstream => Address::of_upstream(idea),
        Target::Source => Address::of_source(idea),
    };
    if let Some(address) = address {
        let more = if target == Target::Upstream { idea.upstream.len() - 1 } else { 0 };
        let more = if more > 0 { format!("; `ideas show {id}` names {more} more") } else { String::new() };
        global.say(Level::Note, &format!("opening {}{more}", address.as_str()), session)?;
        return Ok(address.open()?);
    }
    match (target, catalog.file_of(idea)) {
        (Target::Source, Some(file)) => Ok(editor::open(file, idea.source.line)?),
        (Target::Source, None) => {
            bail!("the page of '{id}' ({place}) has no address, and is no file of yours; `ideas show {id} --why` shows it")
        }
        (Target::Upstream, _) if idea.upstream.is_empty() => {
            bail!("'{id}' names no upstream issue; `--open source` opens the page that it was read from ({place})")
        }
        (Target::Upstream, _) => {
            bail!("what '{id}' names as its upstream issue is no address of the web: '{}' ({place})", idea.upstream[0].value)
        }
    }
}

/// The idea that an id means: the very id, the only one that begins with or holds it, or the one it is a slip of.
pub(super) fn find<'a>(
    id: &str,
    catalog: &'a Catalog,
    global: &GlobalArgs,
    session: &mut Session<'_>,
) -> anyhow::Result<&'a Idea> {
    // A list on a narrow terminal has cut it.
    let wanted = id.trim().trim_end_matches("...").trim_end_matches('…').to_lowercase();
    if wanted.is_empty() {
        bail!("'{id}' is no id; `ideas list --format ids` lists all ids");
    }
    if let Some(idea) = catalog.ideas.iter().find(|idea| idea.id == wanted) {
        return Ok(idea);
    }
    let with = |holds: &dyn Fn(&str) -> bool| -> Vec<&'a Idea> { catalog.ideas.iter().filter(|idea| holds(&idea.id)).collect() };
    for found in [with(&|known| known.starts_with(&wanted)), with(&|known| known.contains(&wanted))] {
        match found.as_slice() {
            [] => {}
            [idea] => return Ok(idea),
            several => {
                let ids: Vec<&str> = several.iter().map(|idea| idea.id.as_str()).collect();
                let all = if ids.len() > OFFERS { " (`ideas list --format ids` lists all)" } else { "" };
                bail!("'{id}' is the beginning or a part of {} ids: {}{all}", ids.len(), offer(&ids))
            }
        }
    }
    if catalog.ideas.is_empty() {
        bail!("no idea has the id '{id}': there are no ideas");
    }
    let ids = || catalog.ideas.iter().map(|idea| idea.id.as_str());
    let near = near(&wanted, ids());
    if let [(distance @ Distance::Slips(slips), slip), rest @ ..] = near.as_slice()
        && slips * LETTERS_PER_SLIP <= wanted.chars().count()
        && rest.first().is_none_or(|(next, _)| next > distance)
        && let Some(idea) = catalog.ideas.iter().find(|idea| idea.id == *slip)
    {
        global.say(Level::Note, &format!("no idea has the id '{id}'; this is {slip}"), session)?;
        return Ok(idea);
    }
    let mut offers: Vec<&str> = near.into_iter().map(|(_, id)| id).collect();
    if offers.is_empty() {
        offers = of_the_same_words(&wanted, ids());
    }
    if offers.is_empty() {
        bail!("no idea has the id '{id}'; `ideas list --format ids` lists all ids")
    }
    bail!("no idea has the id '{id}'; did you mean {}? (`ideas list --format ids` lists all)", offer(&offers))
}

/// The ids that hold the most words of one that there is not, if that is half of them.
fn of_the_same_words<'a>(wanted: &str, ids: impl Iterator<Item = &'a str>) -> Vec<&'a str> {
    let words: Vec<&str> = wanted.split('-').filter(|word| !word.is_empty()).collect();
    let shared = |id: &str| words.iter().filter(|&&word| id.split('-').any(|other| other == word)).count();
    let ids: Vec<_> = ids.map(|id| (shared(id), id)).collect();
    let most = ids.iter().map(|&(shared, _)| shared).max().unwrap_or(0);
    if most == 0 || most * 2 < words.len() {
        return Vec::new();
    }
    ids.into_iter().filter(|&(shared, _)| shared == most).map(|(_, id)| id).collect()
}

/// The first few of several ids.
fn offer(ids: &[&str]) -> String {
    let more = if ids.len() > OFFERS { ", …" } else { "" };
    format!("{}{more}", ids[..ids.len().min(OFFERS)].join(", "))
}
