//! `ideas man`: manual pages, made of the same words as `--help`.

use std::io::Write;
use std::path::PathBuf;

use anyhow::{Context, bail};
use clap::builder::Resettable;
use clap::{CommandFactory, ValueHint};
use clap_mangen::Man;
use roff::{Roff, roman};

use super::completions::values;
use super::{Cli, Exit, GlobalArgs, Session};
use crate::catalog::Level;
use crate::spelling::nearest;
use crate::storage;

const EXAMPLES: &str = "\
Examples:
  ideas man | man -l -                           read it at once
  ideas man list | man -l -                      one command
  ideas man --out ~/.local/share/man/man1        to have `man ideas-list`";

/// What `ideas man` takes.
#[derive(Clone, Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// The command; without it, the page of the whole program
    #[arg(value_name = "COMMAND", add = values::commands())]
    command: Option<String>,

    /// Write all pages into this folder: ideas.1, ideas-list.1 …
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath, conflicts_with = "command")]
    out: Option<PathBuf>,
}

impl Args {
    pub(super) fn run(&self, global: &GlobalArgs, session: &mut Session<'_>) -> anyhow::Result<Exit> {
        // The pages of commands say what to do; there is none for the command that says it, too.
        let mut all = Cli::command().disable_help_subcommand(true);
        all.build();
        match (&self.out, &self.command) {
            (Some(folder), _) => {
                let mut written = 0;
                for command in std::iter::once(&all).chain(below(&all)) {
                    let mut text = Vec::new();
                    page(command, &mut text)?;
                    let file = folder.join(Man::new(command.clone()).get_filename());
                    storage::write_with_folder(&file, &text).with_context(|| file.display().to_string())?;
                    written += 1;
                }
                global.say(Level::Note, &format!("{}: {written} pages were written", folder.display()), session)?;
            }
            (None, Some(name)) => page(find(&all, name)?, session.out)?,
            (None, None) => page(&all, session.out)?,
        }
        Ok(Exit::Done)
    }
}

fn find<'a>(all: &'a clap::Command, name: &str) -> anyhow::Result<&'a clap::Command> {
    // As the file is called.
    let wanted = name.strip_prefix("ideas-").unwrap_or(name);
    let of = |name: &str| below(all).into_iter().find(|command| page_name(command) == name);
    // Under another of its names, too.
    if let Some(command) = of(wanted).or_else(|| all.find_subcommand(wanted)) {
        return Ok(command);
    }
    let known: Vec<&str> = below(all).into_iter().map(page_name).collect();
    let hint = nearest(wanted, known.iter().copied()).map_or_else(String::new, |name| format!("; did you mean {name}?"));
    bail!("there is no command '{name}': expected one of {}{hint}", known.join(", "))
}

/// All commands below one, those of commands too.
fn below(command: &clap::Command) -> Vec<&clap::Command> {
    command.get_subcommands().flat_map(|command| std::iter::once(command).chain(below(command))).collect()
}

/// What the page of a command is called, without the program: `sources-add`.
fn page_name(command: &clap::Command) -> &str {
    let name = command.get_display_name().unwrap_or_else(|| command.get_name());
    name.strip_prefix("ideas-").unwrap_or(name)
}

/// Writes the page of a command.
fn page(command: &clap::Command, out: &mut dyn Write) -> anyhow::Result<()> {
    let name = command.get_display_name().unwrap_or("ideas");
    let source = concat!("ideas ", env!("CARGO_PKG_VERSION"));
    // What stands below the options is ours to draw: clap would fill its lines. Without a date the source would be taken for it.
    let plain = command.clone().after_help(Resettable::Reset).after_long_help(Resettable::Reset);
    Man::new(plain).title(name).date(" ").source(source).manual("ideas manual").render(out)?;
    let more = command.get_after_long_help().or_else(|| command.get_after_help()).map(ToString::to_string).unwrap_or_default();
    sections(&more).to_writer(out)?;
    Ok(())
}

/// What stands below the options: sections that begin with a line of their own, and whose lines stay as they are.
fn sections(text: &str) -> Roff {
    let mut roff = Roff::new();
    let mut open = false;
    let mut close = |roff: &mut Roff, opens: bool| {
        if std::mem::replace(&mut open, opens) {
            roff.control("fi", []);
        }
        if opens {
            roff.control("nf", []);
        }
    };
    for line in text.lines() {
        match line.strip_suffix(':') {
            Some(heading) if !line.starts_with(' ') => {
                close(&mut roff, false);
                roff.control("SH", [heading.to_uppercase().as_str()]);
                close(&mut roff, true);
            }
            _ if line.is_empty() => {}
            _ => drop(roff.text([roman(line.strip_prefix("  ").unwrap_or(line))])),
        }
    }
    close(&mut roff, false);
    roff
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_examples_stay_lines() {
        let text = "Examples:\n  ideas list    all\n  .dots and -dashes\n\nExit status:\n  0  done";
        let expected = "\
.SH EXAMPLES
.nf
ideas list    all
\\&.dots and \\-dashes
.fi
.SH \"EXIT STATUS\"
.nf
0  done
.fi
";
        let mut out = Vec::new();
        sections(text).to_writer(&mut out).unwrap();
        let written = String::from_utf8(out).unwrap();
        assert!(written.ends_with(expected), "{written}");
    }

    #[test]
    fn every_command_has_a_page() {
        let mut all = Cli::command().disable_help_subcommand(true);
        all.build();
        for command in all.get_subcommands() {
            let mut out = Vec::new();
            page(command, &mut out).unwrap();
            let text = String::from_utf8(out).unwrap();
            let name = format!(".TH ideas-{} 1", command.get_name());
            assert!(text.contains(&name) && text.contains(".SH EXAMPLES"), "{}:\n{text}", command.get_name());
        }
    }
}
