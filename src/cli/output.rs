//! How to write ideas: the options that every command which lists some has in common.

use std::io::{self, Write};

use clap::ValueEnum;
use clap::builder::PossibleValue;

use super::completions::values;
use crate::idea::Idea;
use crate::idea::id::short::ShortIds;
use crate::render::columns::COLUMNS;
use crate::render::{Columns, Format, Look};

/// Format, columns, amount.
#[derive(Clone, Debug, Default, clap::Args)]
pub struct OutputArgs {
    /// How to write what was found
    ///
    /// A table on a terminal fits its width. In a pipe it has a line for each, with tabs between its fields, nothing cut and no
    /// header: `ideas list | cut -f1` gives ids.
    #[arg(long, value_name = "FORMAT", value_enum, ignore_case = true, default_value_t, help_heading = "Output")]
    pub format: Format,

    /// Which columns, in which order, as in `title,hours,mentors`
    #[arg(long, value_name = "LIST", conflicts_with = "count", help_heading = "Output", long_help = columns_help(), add = values::columns())]
    pub columns: Option<Columns>,

    #[command(flatten)]
    pub(super) amount: AmountArgs,
}

/// How many of what was found to write: ideas, or counted rows.
#[derive(Clone, Copy, Debug, Default, clap::Args)]
pub struct AmountArgs {
    /// Write at most so many, as in `--limit 10`
    #[arg(long, value_name = "N", value_parser = some, help_heading = "Output")]
    limit: Option<usize>,

    /// Write only how many there are
    #[arg(long, conflicts_with = "limit", help_heading = "Output")]
    count: bool,
}

/// A number, or more than there can be of anything.
pub(super) fn number(text: &str) -> Result<usize, &'static str> {
    if text.is_empty() || !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err("expected a number such as 10");
    }
    Ok(text.parse().unwrap_or(usize::MAX))
}

/// A number of things to write: not none, which would look as if there were none.
fn some(text: &str) -> Result<usize, &'static str> {
    match number(text)? {
        0 => Err("expected a number from 1; `--count` says how many there are"),
        some => Ok(some),
    }
}

impl AmountArgs {
    /// The same, but for at most so many if the call does not say how many.
    #[must_use]
    pub fn or(self, limit: usize) -> Self {
        Self { limit: self.limit.or(Some(limit)), ..self }
    }

    /// At most so many are written.
    pub(super) fn limit(self) -> Option<usize> {
        self.limit
    }

    /// True if the call says how many to write.
    pub fn is_said(self) -> bool {
        self.count || self.limit.is_some()
    }

    /// Those of `found` that are written; none if only their number is.
    pub(super) fn shown<T>(self, found: &[T]) -> Option<&[T]> {
        (!self.count).then(|| self.limit.and_then(|limit| found.get(..limit)).unwrap_or(found))
    }

    /// Writes how many there are, if only that was asked for; else has `write` write as many as `--limit` lets through.
    pub fn write<T>(
        self,
        found: &[T],
        out: &mut dyn Write,
        write: impl FnOnce(&[T], &mut dyn Write) -> io::Result<()>,
    ) -> io::Result<()> {
        match self.shown(found) {
            Some(shown) => write(shown, out),
            None => writeln!(out, "{}", found.len()),
        }
    }
}

/// Columns were chosen for a format that has none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`--columns` chooses for table, wide, csv and markdown; `--format {format}` has no columns")]
pub struct NoColumns {
    /// The format.
    pub format: Format,
}

impl OutputArgs {
    /// Says whether the options go together; to be asked before anything is read.
    pub fn check(&self) -> Result<(), NoColumns> {
        if self.columns.is_some() && !self.format.has_columns() { Err(NoColumns { format: self.format }) } else { Ok(()) }
    }

    /// Writes ideas, in their order, as the options say; a table has the user's `own` columns if they name none. `ids`
    /// are those of the catalogue.
    pub fn write(
        &self,
        ideas: &[&Idea],
        own: Option<&Columns>,
        ids: &ShortIds<'_>,
        look: &Look,
        out: &mut dyn Write,
    ) -> io::Result<()> {
        let own = own.filter(|_| self.format == Format::Table);
        let columns = self.columns.as_ref().or(own);
        self.amount.write(ideas, out, |ideas, out| self.format.write(ideas, columns, ids, look, out))
    }

    /// True if the long texts of ideas may be written. A terminal shows what there is to tell of them.
    pub(super) fn needs_texts(&self, look: &Look) -> bool {
        self.needs(Columns::need_texts, look)
    }

    /// True if the other places of an idea may be told.
    pub(super) fn needs_others(&self, look: &Look) -> bool {
        self.needs(Columns::need_others, look)
    }

    /// All formats need everything but records, which hold the columns that were chosen.
    fn needs(&self, is_in: impl Fn(&Columns) -> bool, look: &Look) -> bool {
        let are_records = look.width.is_none() && self.format == Format::Table;
        !are_records || self.columns.as_ref().is_some_and(is_in)
    }

    /// True if an id may be written in short, which takes all ids of the catalogue.
    pub(super) fn shortens_ids(&self, look: &Look) -> bool {
        look.width.is_some() || self.columns.is_some() || self.format == Format::Wide
    }

    /// True if ideas can be written while pages are read; false if all must be known before the first is written.
    pub(super) fn is_by_line(&self) -> bool {
        // Which others an idea stands for is known when all are.
        let says_others = self.columns.as_ref().is_some_and(Columns::need_others);
        self.format.is_by_line() && !self.amount.count && !says_others
    }
}

impl ValueEnum for Format {
    fn value_variants<'a>() -> &'a [Self] {
        &Format::ALL
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(PossibleValue::new(self.as_str()).help(self.help()))
    }
}

fn columns_help() -> String {
    let columns: Vec<_> = COLUMNS.iter().map(|column| format!("- {}: {}", column.name, column.help)).collect();
    let columns = columns.join("\n");
    format!(
        "Which columns, in which order, as in `title,hours,mentors`\n\nFor table, wide, csv and markdown; `--format wide` has most. On a \
         terminal that is too narrow for whole ids there are short forms of them, which are enough for `ideas show`. There \
         are:\n{columns}"
    )
}

#[cfg(test)]
mod tests {
    use clap::{Args, Command, FromArgMatches};

    use super::*;

    fn parse(args: &str) -> Result<OutputArgs, String> {
        let command = OutputArgs::augment_args(Command::new("ideas").no_binary_name(true));
        let matches = command.try_get_matches_from(args.split_whitespace()).map_err(|error| error.to_string())?;
        OutputArgs::from_arg_matches(&matches).map_err(|error| error.to_string())
    }

    #[test]
    fn options_are_read() {
        assert_eq!(parse("").unwrap().format, Format::Table);
        let args = parse("--format CSV --columns hours,title --limit 2").unwrap();
        assert_eq!((args.format, args.check()), (Format::Csv, Ok(())));
        assert_eq!(parse("--format json --columns title").unwrap().check(), Err(NoColumns { format: Format::Json }));
    }

    #[test]
    fn refusals_say_what_there_is() {
        for (args, message) in [
            ("--format jsn", "a similar value exists: 'json'"),
            ("--columns titel", "did you mean title?"),
            ("--columns ,", "',' names no column"),
            ("--count --limit 3", "cannot be used with"),
            ("--count --columns title", "cannot be used with"),
            ("--limit few", "expected a number such as 10"),
            ("--limit 0", "`--count` says how many there are"),
            ("--limit 00", "expected a number from 1"),
            ("--limit -1", "unexpected argument '-1'"),
        ] {
            let error = parse(args).unwrap_err();
            assert!(error.contains(message), "{args}: {error}");
        }
    }

    #[test]
    fn a_command_keeps_its_own_words() {
        /// What the command does
        #[derive(clap::Parser)]
        struct Whole {
            #[command(flatten)]
            _output: OutputArgs,
        }
        let about = <Whole as clap::CommandFactory>::command().get_about().map(ToString::to_string);
        assert_eq!(about.as_deref(), Some("What the command does"));
    }

    #[test]
    fn so_many_are_written() {
        for (args, found, written) in [
            ("", &["a", "b"][..], "a b "),
            ("--limit 1", &["a", "b"], "a "),
            ("--limit 9", &["a", "b"], "a b "),
            ("--limit 99999999999999999999", &["a", "b"], "a b "),
            ("--count", &["a", "b"], "2\n"),
            ("--count", &[], "0\n"),
        ] {
            let mut out = Vec::new();
            let each = |found: &[&str], out: &mut dyn Write| found.iter().try_for_each(|name| write!(out, "{name} "));
            parse(args).unwrap().amount.write(found, &mut out, each).unwrap();
            assert_eq!(String::from_utf8(out).unwrap(), written, "{args}");
        }
    }
}
