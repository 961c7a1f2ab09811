//! `ideas lsp`: the language server, on standard input and output.

use std::env;
use std::io::{self, IsTerminal};

use anyhow::Context;

use crate::catalog::{Level, files};
use crate::lsp::{self, Ended};

use super::{Exit, GlobalArgs, Session};

const EXAMPLES: &str = "\
Examples:
  ideas lsp                                      as editors call it; docs/editors.md says how
  ideas lsp -v                                   say on standard error which page is looked at
  ideas lsp --config lint.toml                   hold all pages to these settings";

/// What `ideas lsp` takes.
#[derive(Clone, Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// Speak on standard input and output: there is no other way, but some clients say so
    #[arg(long, hide_short_help = true)]
    stdio: bool,
}

impl Args {
    pub(super) fn run(&self, global: &GlobalArgs, session: &mut Session<'_>) -> anyhow::Result<Exit> {
        // There is nothing to choose.
        let Args { stdio: _ } = self;
        if io::stdin().is_terminal() {
            let message = "waiting for an editor on standard input; docs/editors.md says how editors call `ideas lsp`";
            global.say(Level::Note, message, session)?;
        }
        let here = env::current_dir().context("the current folder cannot be told")?;
        let named = global.config.as_ref().map(|path| files::absolute(path, &here));
        let today = session.today()?;
        Ok(match lsp::serve(io::stdin(), session.raw, named, today)? {
            Ended::Properly => Exit::Done,
            Ended::Abruptly => Exit::Abandoned,
        })
    }
}
