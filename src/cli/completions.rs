//! `ideas completions`: what a shell needs to complete commands, flags and values; and the answer when it asks.
//!
//! The script that is written here only makes the shell ask: at each Tab it runs the program itself with `IDEAS_COMPLETE` set to
//! its name, and [`answer`] tells what may come next. So nothing goes out of date, and values (skills, mentors, ids …) come
//! from the catalogue that the call names.

mod bash;
pub(super) mod values;

use std::env;
use std::io::{IsTerminal as _, stdout};
use std::path::Path;

use anyhow::{Context, bail};
use clap::{CommandFactory, ValueEnum};
use clap_complete::CompleteEnv;
use clap_complete::env::{Elvish, EnvCompleter, Fish, Powershell, Shells, Zsh};

use super::{Cli, Exit, GlobalArgs, Session};
use crate::catalog::Level;

/// The variable by which a shell asks.
const VARIABLE: &str = "IDEAS_COMPLETE";

const SHELLS: Shells<'static> = Shells(&[&bash::Bash, &Elvish, &Fish, &Powershell, &Zsh]);

const EXAMPLES: &str = "\
Examples:
  source <(ideas completions bash)               in ~/.bashrc
  source <(ideas completions zsh)                in ~/.zshrc, below compinit
  ideas completions fish | source                in ~/.config/fish/config.fish
  eval (ideas completions elvish | slurp)        in ~/.config/elvish/rc.elv
  ideas completions powershell | Out-String | Invoke-Expression   in $PROFILE

What can be completed:
  ideas list --skill go,ku<TAB>                  values, from the ideas that there are
  ideas --catalog mentoring/ show har<TAB>       … in the catalogue that the call names
  ideas validate --select mentor-<TAB>           rules, templates, columns, commands, flags";

/// What `ideas completions` takes.
#[derive(Clone, Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// The shell; without it, the one that $SHELL names
    #[arg(value_enum, ignore_case = true)]
    shell: Option<Shell>,
}

/// A shell that can ask.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Shell {
    Bash,
    Zsh,
    Fish,
    #[value(alias = "pwsh")]
    Powershell,
    Elvish,
}

impl Shell {
    fn completer(self) -> &'static dyn EnvCompleter {
        match self {
            Shell::Bash => &bash::Bash,
            Shell::Zsh => &Zsh,
            Shell::Fish => &Fish,
            Shell::Powershell => &Powershell,
            Shell::Elvish => &Elvish,
        }
    }

    /// The line that brings completions into a session.
    fn line(self) -> &'static str {
        match self {
            Shell::Bash => "source <(ideas completions bash)",
            Shell::Zsh => "source <(ideas completions zsh)",
            Shell::Fish => "ideas completions fish | source",
            Shell::Powershell => "ideas completions powershell | Out-String | Invoke-Expression",
            Shell::Elvish => "eval (ideas completions elvish | slurp)",
        }
    }

    /// The shell that somebody logs in to.
    fn of_the_user() -> anyhow::Result<Shell> {
        let Some(path) = env::var_os("SHELL").filter(|path| !path.is_empty()) else {
            bail!("which shell? expected one of {} (SHELL is not set)", names());
        };
        let name = Path::new(&path).file_stem().unwrap_or_default().to_string_lossy().into_owned();
        Shell::from_str(&name, true).ok().with_context(|| format!("which shell? expected one of {}; SHELL is {name}", names()))
    }
}

fn names() -> String {
    Shell::value_variants().iter().map(|shell| shell.completer().name()).collect::<Vec<_>>().join(", ")
}

impl Args {
    pub(super) fn run(&self, global: &GlobalArgs, session: &mut Session<'_>) -> anyhow::Result<Exit> {
        let shell = match self.shell {
            Some(shell) => shell,
            None => Shell::of_the_user()?,
        };
        // The program that was called, wherever the session is by then.
        let called = env::args_os().next().unwrap_or_else(|| "ideas".into());
        let path = Path::new(&called);
        let path = if path.components().count() > 1 { std::path::absolute(path)? } else { path.to_owned() };
        shell.completer().write_registration(VARIABLE, "ideas", "ideas", &path.to_string_lossy(), session.out)?;
        if stdout().is_terminal() {
            session.out.flush()?;
            global.say(Level::Note, &format!("this is for the shell to read: {}", shell.line()), session)?;
        }
        Ok(Exit::Done)
    }
}

/// Answers a shell that asks what may come next. False if nobody asked: then this is a call like any other, and only a
/// variable was looked at.
///
/// # Errors
///
/// The shell is none that we know, or has stopped listening.
pub fn answer() -> clap::error::Result<bool> {
    let here = env::current_dir().ok();
    CompleteEnv::with_factory(Cli::command).var(VARIABLE).shells(SHELLS).try_complete(env::args_os(), here.as_deref())
}
