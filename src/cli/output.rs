//! How to write ideas: the options that every command which lists some has in common.

use std::io::{self, Write};

use clap::ValueEnum;
use clap::builder::PossibleValue;

use crate::idea::Idea;
use crate::render::columns::COLUMNS;
use crate::render::{Columns, Format, Look};

/// Format, columns, number.
#[derive(Clone, Debug, Default, clap::Args)]
pub struct OutputArgs {
    /// How to write what was found
    ///
    /// A table on a terminal fits its width; in a pipe it is plain, whole and the same everywhere.
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t, help_heading = "Output")]
    pub format: Format,

    /// Which columns, in which order, as in `title,hours,mentors`
    #[arg(long, value_name = "LIST", help_heading = "Output", long_help = columns_help())]
    pub columns: Option<Columns>,

    /// Write at most so many, as in `--limit 10`
    #[arg(long, value_name = "N", help_heading = "Output")]
    pub limit: Option<usize>,

    /// Write only how many there are
    #[arg(long, conflicts_with_all = ["limit", "columns"], help_heading = "Output")]
    pub count: bool,
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

    /// Writes ideas, in their order, as the options say.
    pub fn write(&self, ideas: &[&Idea], look: &Look, out: &mut dyn Write) -> io::Result<()> {
        if self.count {
            return writeln!(out, "{}", ideas.len());
        }
        self.format.write(self.limited(ideas), self.columns.as_ref(), look, out)
    }

    /// As many of `rows` as `--limit` lets through: of ideas, or of facet rows.
    pub fn limited<'a, R>(&self, rows: &'a [R]) -> &'a [R] {
        &rows[..self.limit.unwrap_or(rows.len()).min(rows.len())]
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
        "Which columns, in which order, as in `title,hours,mentors`\n\nFor table, wide, csv and markdown. There are:\n{columns}"
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
        let args = parse("--format csv --columns hours,title --limit 2").unwrap();
        assert_eq!((args.format, args.limit, args.check()), (Format::Csv, Some(2), Ok(())));
        assert_eq!(args.limited(&[1, 2, 3]), [1, 2]);
        assert_eq!(parse("--limit 9").unwrap().limited(&[1]), [1]);
        assert_eq!(parse("--format json --columns title").unwrap().check(), Err(NoColumns { format: Format::Json }));
    }

    #[test]
    fn refusals_say_what_there_is() {
        for (args, message) in [
            ("--format jsn", "a similar value exists: 'json'"),
            ("--columns titel", "did you mean `title`?"),
            ("--columns ,", "name at least one column"),
            ("--count --limit 3", "cannot be used with"),
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
    fn a_count_is_a_number() {
        let mut out = Vec::new();
        parse("--count").unwrap().write(&[], &Look::PLAIN, &mut out).unwrap();
        assert_eq!(out, b"0\n");
    }
}
