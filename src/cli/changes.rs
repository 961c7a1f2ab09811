//! `ideas changes`: what the last sync has changed, or all since some day.

use std::time::{Duration, SystemTime};

use crate::catalog::Level;
use crate::fetched::Store;
use crate::fetched::changes::Changes;

use super::sync::{Format, duration};
use super::{Exit, GlobalArgs, Session};

const EXAMPLES: &str = "\
Examples:
  ideas changes                      what the last sync that changed something has changed
  ideas changes --since 2026-01-31   everything since that day
  ideas changes --since 7d           everything of the last seven days
  ideas changes --format json        for other programs: from what to what, fact by fact";

/// What `ideas changes` takes.
#[derive(Clone, Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// Everything since then, not only what the last sync has changed: a day (`2026-01-31`) or a time ago (`7d`)
    #[arg(long, value_name = "WHEN", value_parser = since)]
    since: Option<SystemTime>,

    /// How to write it
    #[arg(long, value_name = "FORMAT", value_enum, ignore_case = true, default_value_t, help_heading = "Output")]
    format: Format,
}

fn since(text: &str) -> Result<SystemTime, String> {
    let day = format!("{text}T00:00:00Z");
    if let Ok(moment) = humantime::parse_rfc3339(&day).or_else(|_| humantime::parse_rfc3339_weak(text)) {
        return Ok(moment);
    }
    let ago: Duration = duration(text).map_err(|_| "expected a day such as 2026-01-31, or a time such as 7d".to_owned())?;
    SystemTime::now().checked_sub(ago).ok_or_else(|| "that is before all times".to_owned())
}

impl Args {
    pub(super) fn run(&self, global: &GlobalArgs, session: &mut Session<'_>) -> anyhow::Result<Exit> {
        let mut exit = Exit::Done;
        let mut all: Vec<Changes> = Vec::new();
        let manifests = Store::open()?.manifests()?;
        let is_first = manifests.is_empty();
        for manifest in manifests {
            match manifest {
                Ok(manifest) => all.extend(manifest.history),
                Err(error) => {
                    global.say(Level::Error, &error.to_string(), session)?;
                    exit = Exit::Failed;
                }
            }
        }
        let last = all.iter().map(|changes| changes.run).max();
        match self.since {
            Some(since) => all.retain(|changes| humantime::parse_rfc3339(&changes.at).is_ok_and(|at| at >= since)),
            None => all.retain(|changes| Some(changes.run) == last),
        }
        all.sort_by(|a, b| (a.run, &a.source, &a.at).cmp(&(b.run, &b.source, &b.at)));
        self.format.write(&all, None, session)?;
        // Of what cannot be read nobody knows.
        if all.is_empty() && exit == Exit::Done {
            let message = match self.since {
                _ if is_first => "nothing was fetched yet; `ideas sync` does",
                None => "what was fetched holds no ideas, and never has",
                Some(_) => "nothing has changed since then",
            };
            global.say(Level::Note, message, session)?;
        }
        Ok(exit)
    }
}
