//! `ideas rules`: what `ideas validate` looks for; with a code, one rule with its examples.

use anyhow::bail;
use clap::ValueEnum;

use crate::config;
use crate::lint::{self, Rule};
use crate::render;
use crate::report::rules;

use super::completions::values;
use super::{Exit, Session};

const EXAMPLES: &str = "\
Examples:
  ideas rules                      all rules
  ideas rules mentor-count         one, with what it wants, why, and examples
  ideas rules --format json        for other programs";

/// What `ideas rules` takes.
#[derive(Clone, Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// The rule to explain, by its code; all are listed without one
    #[arg(value_name = "CODE", add = values::rules())]
    code: Option<String>,

    /// How to write them
    #[arg(long, value_name = "FORMAT", value_enum, ignore_case = true, default_value_t, help_heading = "Output")]
    format: Format,
}

/// A way to write rules.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum Format {
    /// A table; one rule as a page to read
    #[default]
    Human,
    /// An array of objects
    Json,
    /// Markdown, as in docs/rules.md
    Markdown,
}

impl Args {
    pub(super) fn run(&self, session: &mut Session<'_>) -> anyhow::Result<Exit> {
        let look = session.look;
        let one = match &self.code {
            Some(code) => Some(find(code)?),
            None => None,
        };
        match (self.format, one) {
            (Format::Human, Some(rule)) => rules::explain(rule, &look, session.out)?,
            (Format::Human, None) => rules::list(lint::rules::ALL, render::Format::Table, &look, session.out)?,
            (Format::Json, Some(rule)) => rules::list(&[rule], render::Format::Json, &look, session.out)?,
            (Format::Json, None) => rules::list(lint::rules::ALL, render::Format::Json, &look, session.out)?,
            (Format::Markdown, Some(rule)) => {
                write!(session.out, "# {}\n\n{}", rule.code, rules::markdown(rule))?;
            }
            (Format::Markdown, None) => rules::page(session.out)?,
        }
        Ok(Exit::Done)
    }
}

/// The rule of a code; also the only one that begins so.
fn find(code: &str) -> anyhow::Result<&'static Rule> {
    let wanted = code.trim().to_lowercase().replace('_', "-");
    if let Some(rule) = lint::rule(&wanted) {
        return Ok(rule);
    }
    let begin: Vec<_> = lint::rules::ALL.iter().filter(|rule| !wanted.is_empty() && rule.code.contains(&wanted)).collect();
    match begin.as_slice() {
        [] => match config::codes(&wanted) {
            Err(message) => bail!(message),
            Ok(codes) => bail!("'{code}' is a pattern of {} codes: {}", codes.len(), codes.join(", ")),
        },
        [rule] => Ok(rule),
        several => {
            let codes: Vec<_> = several.iter().map(|rule| rule.code).collect();
            bail!("'{code}' is a part of {} codes: {}", codes.len(), codes.join(", "))
        }
    }
}
