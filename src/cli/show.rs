//! `ideas show`: ideas in full, and with `--why` the characters of the page that each fact was read from.

use anyhow::{Context, bail};

use crate::catalog::{Catalog, Level};
use crate::idea::Idea;
use crate::render::{Format, page, why};

use super::{Exit, GlobalArgs, Session, exit_of};

const EXAMPLES: &str = "\
Examples:
  ideas show harbor-harbor-cli
  ideas show harbor-harbor                     the beginning of an id is enough, if it is the only one
  ideas show harbor-harbor-cli --why           underlines on the page what was read, and as what
  ideas list --skill ebpf --format ids | xargs -r ideas show";

/// What `ideas show` takes.
#[derive(Clone, Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// The ideas to show: ids, or the beginnings of ids
    #[arg(required = true, value_name = "ID")]
    ids: Vec<String>,

    /// Show where on its page each fact was read
    #[arg(long, conflicts_with = "format")]
    why: bool,

    /// Write them in this format instead of as pages to read
    #[arg(long, value_name = "FORMAT", value_enum, help_heading = "Output")]
    format: Option<Format>,
}

/// How alike an id must be to be taken for the one that was meant: one letter in ten may be wrong.
const NEAR: f64 = 0.9;

/// How many ids an error offers.
const OFFERS: usize = 5;

impl Args {
    pub(super) fn run(&self, global: &GlobalArgs, session: &mut Session<'_>) -> anyhow::Result<Exit> {
        let catalog = global.load(session)?;
        let mut ideas = Vec::with_capacity(self.ids.len());
        for id in &self.ids {
            ideas.push(find(id, &catalog, global, session)?);
        }
        let look = session.look;
        if let Some(format) = self.format {
            format.write(&ideas, None, &look, session.out)?;
            return Ok(exit_of(&catalog));
        }
        for (i, idea) in ideas.iter().enumerate() {
            if i > 0 {
                writeln!(session.out)?;
            }
            if self.why {
                let source = catalog.source_of(idea).with_context(|| format!("cannot read {} again", idea.source.path))?;
                why::write(idea, &source, &look, session.out)?;
            } else {
                page::write(idea, &look, session.out)?;
            }
        }
        Ok(exit_of(&catalog))
    }
}

/// The idea that an id means: the very id, the only one that begins with or holds it, or the one it is a slip of.
fn find<'a>(id: &str, catalog: &'a Catalog, global: &GlobalArgs, session: &mut Session<'_>) -> anyhow::Result<&'a Idea> {
    let wanted = id.trim().to_lowercase();
    if let Some(idea) = catalog.ideas.iter().find(|idea| idea.id == wanted) {
        return Ok(idea);
    }
    let with = |holds: &dyn Fn(&str) -> bool| -> Vec<&'a Idea> { catalog.ideas.iter().filter(|idea| holds(&idea.id)).collect() };
    for found in [with(&|known| known.starts_with(&wanted)), with(&|known| known.contains(&wanted))] {
        match found.as_slice() {
            [] => {}
            [idea] => return Ok(idea),
            several => bail!("'{id}' is the beginning or a part of {} ids: {}", several.len(), offer(several)),
        }
    }
    let mut near: Vec<(f64, &Idea)> =
        catalog.ideas.iter().map(|idea| (strsim::normalized_damerau_levenshtein(&wanted, &idea.id), idea)).collect();
    near.sort_by(|a, b| b.0.total_cmp(&a.0));
    match near.as_slice() {
        [] => bail!("no idea has the id '{id}': there are no ideas"),
        [(likeness, idea), rest @ ..] if *likeness >= NEAR && rest.first().is_none_or(|(next, _)| next < likeness) => {
            global.say(Level::Note, &format!("no idea has the id '{id}'; this is {}", idea.id), session)?;
            Ok(idea)
        }
        near => {
            let nearest: Vec<&Idea> = near.iter().take(3).map(|&(_, idea)| idea).collect();
            bail!("no idea has the id '{id}'; did you mean {}? (`ideas list --format ids` lists all)", offer(&nearest))
        }
    }
}

fn offer(ideas: &[&Idea]) -> String {
    let mut ids: Vec<&str> = ideas.iter().take(OFFERS).map(|idea| idea.id.as_str()).collect();
    if ideas.len() > OFFERS {
        ids.push("…");
    }
    ids.join(", ")
}
