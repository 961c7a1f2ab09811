//! Ideas on their way out: every format that `--format` knows, one file each, and what they share.
//!
//! What comes in are finished [`Idea`]s (or facet rows) and a [`Look`]; what goes out is text on a writer that the caller
//! owns and should buffer. Nothing here prints, exits, or asks the environment: whether the output is a terminal, how wide
//! it is and whether it has colour is said by the `Look`.
//!
//! Of [`query`](crate::query) this room knows how an unknown name is told (a column is one more name), and what a ranking
//! says about an idea. Everything in an idea was written by strangers, so each writer passes it through [`safe`] (or escapes
//! it, where the format has escapes) before it can reach a terminal, a spreadsheet or a Markdown renderer.
//!
//! | file | what it writes |
//! |---|---|
//! | [`table`] | `table` and `wide`: columns, aligned |
//! | [`json`], [`ndjson`], [`yaml`], [`csv`], [`markdown`], [`ids`] | the format of that name |
//! | [`page`] | one idea for reading: `show ID` |
//! | [`why`] | what an idea was read from: `show ID --why` |
//! | [`hits`] | what a search found |
//! | [`reasons`] | how ideas fit somebody |
//! | [`facets`] | counted rows, in any of the formats |
//! | [`compare`] | ideas side by side |
//! | [`changes`] | what a sync has changed |
//! | [`shortlist`] | the shortlist, as a list and as a document |
//! | [`stats`], [`plot`] | ideas in numbers: as tables, as a picture |
//! | [`columns`] | what a column is, and `--columns` |
//! | [`safe`], `fit`, `cell`, `grid` | neutral text; text in a given width; a cell in it; aligned columns, and records |
//! | `entry`, `facts` | an idea in a ranked list; its level, size and skills in words |

mod cell;
pub mod changes;
pub mod columns;
pub mod compare;
pub mod csv;
mod entry;
pub mod facets;
pub(crate) mod facts;
pub(crate) mod fit;
mod grid;
pub mod hits;
pub mod ids;
pub mod json;
pub mod markdown;
pub mod ndjson;
pub mod page;
pub mod plot;
pub mod reasons;
pub mod safe;
#[cfg(test)]
pub(crate) mod sample;
pub mod shortlist;
pub mod stats;
pub mod table;
pub mod why;
pub mod yaml;

use std::io::{self, Write};

use anstyle::Style;

pub use columns::{Column, Columns};

use crate::idea::id::short::ShortIds;
use crate::idea::{Elsewhere, Idea};
use crate::programs::Date;

/// Lines of text that are longer than this are hard to read, however wide the terminal is.
const MEASURE: usize = 100;
/// Fewer columns than this make no text: lines are longer than the terminal then.
const LEAST: usize = 20;

/// What the output can show. The default is [`Look::PLAIN`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Look {
    /// Columns of the terminal. `None` is not a terminal: nothing is cut or wrapped, and the same ideas give the same
    /// bytes everywhere.
    pub width: Option<usize>,
    /// May be bold, dim and coloured.
    pub color: bool,
    /// Understands hyperlinks (OSC 8).
    pub links: bool,
    /// Shows `…` and `█`; otherwise decoration is ASCII. What ideas say is never changed for it.
    pub unicode: bool,
    /// The day that it is, by which people are told how long ago something was. Nobody knows it: the day itself is told.
    pub today: Option<Date>,
}

impl Look {
    /// A file or a pipe.
    pub const PLAIN: Look = Look { width: None, color: false, links: false, unicode: false, today: None };

    /// The columns to wrap text to; `None` outside of a terminal.
    fn measure(&self) -> Option<usize> {
        self.width.map(|width| width.clamp(LEAST, MEASURE))
    }

    /// The same for text that is so far indented.
    fn room(&self, indent: usize) -> Option<usize> {
        self.measure().map(|measure| measure.saturating_sub(indent).max(LEAST))
    }

    /// What stands for text that was cut off.
    fn dots(&self) -> &'static str {
        if self.unicode { "…" } else { "..." }
    }

    /// `text` in a style, if there is colour.
    fn paint(&self, style: Style, text: &str) -> String {
        if self.color && !text.is_empty() { format!("{style}{text}{style:#}") } else { text.to_owned() }
    }
}

/// A way to write ideas.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Format {
    /// See [`table::ideas`].
    #[default]
    Table,
    /// See [`table::wide`].
    Wide,
    /// See [`json::write`].
    Json,
    /// See [`ndjson::write`].
    Ndjson,
    /// See [`yaml::write`].
    Yaml,
    /// See [`csv::ideas`].
    Csv,
    /// See [`markdown::ideas`].
    Markdown,
    /// See [`ids::ideas`].
    Ids,
}

impl Format {
    /// All formats, as help lists them.
    pub const ALL: [Format; 8] =
        [Format::Table, Format::Wide, Format::Json, Format::Ndjson, Format::Yaml, Format::Csv, Format::Markdown, Format::Ids];

    /// The name that `--format` takes.
    pub fn as_str(self) -> &'static str {
        match self {
            Format::Table => "table",
            Format::Wide => "wide",
            Format::Json => "json",
            Format::Ndjson => "ndjson",
            Format::Yaml => "yaml",
            Format::Csv => "csv",
            Format::Markdown => "markdown",
            Format::Ids => "ids",
        }
    }

    /// One line for `--help`; ideas are written so, and counted rows.
    pub fn help(self) -> &'static str {
        match self {
            Format::Table => "Columns that fit the terminal; in a pipe a line for each, with tabs between fields",
            Format::Wide => "More columns, nothing cut",
            Format::Json => "One array of objects, with every field",
            Format::Ndjson => "One JSON object per line, with every field",
            Format::Yaml => "One list of mappings, with every field",
            Format::Csv => "A header, then one row each, for spreadsheets; cells that a spreadsheet would run (=…) begin with '",
            Format::Markdown => "A table for an issue, a wiki or a README",
            Format::Ids => "One id or name per line, for scripts",
        }
    }

    /// True where [`Columns`] choose what is written; the others write whole ideas, or only ids.
    pub fn has_columns(self) -> bool {
        match self {
            Format::Table | Format::Wide | Format::Csv | Format::Markdown => true,
            Format::Json | Format::Ndjson | Format::Yaml | Format::Ids => false,
        }
    }

    /// True for what people read, on a terminal or not.
    pub fn is_read(self) -> bool {
        matches!(self, Format::Table | Format::Wide)
    }

    /// Writes `ideas`, in their order. `columns` replaces those the format has by default; `ids` are those of the catalogue, from
    /// which short forms must be told apart.
    pub fn write(
        self,
        ideas: &[&Idea],
        columns: Option<&Columns>,
        ids: &ShortIds<'_>,
        look: &Look,
        out: &mut dyn Write,
    ) -> io::Result<()> {
        match self {
            Format::Table => table::ideas(ideas, columns, ids, look, out),
            Format::Wide => table::wide(ideas, columns, look, out),
            Format::Json => json::write(ideas, out),
            Format::Ndjson => ndjson::write(ideas, out),
            Format::Yaml => yaml::write(ideas, out),
            Format::Csv => csv::ideas(ideas, columns, out),
            Format::Markdown => markdown::ideas(ideas, columns, out),
            Format::Ids => ids::ideas(ideas, out),
        }
    }

    /// True for formats of lines: what stands on one does not depend on the others, and all need not be known before the
    /// first is written.
    pub fn is_by_line(self) -> bool {
        matches!(self, Format::Ndjson | Format::Csv | Format::Ids)
    }

    /// Writes a line that [`Format::write_more`] has written for an idea which, as is known now, stands for these others.
    pub fn write_line(self, line: &[u8], also: &[Elsewhere], columns: Option<&Columns>, out: &mut dyn Write) -> io::Result<()> {
        match self {
            _ if also.is_empty() => out.write_all(line),
            Format::Ndjson => ndjson::write_also(line, also, out),
            Format::Csv => csv::write_also(line, also, columns, out),
            _ => out.write_all(line),
        }
    }

    /// Writes ideas that follow others which [`Format::write`] has written, in a format [by line](Format::is_by_line).
    pub fn write_more(self, ideas: &[&Idea], columns: Option<&Columns>, look: &Look, out: &mut dyn Write) -> io::Result<()> {
        match self {
            Format::Csv => csv::more_ideas(ideas, columns, out),
            other => other.write(ideas, columns, &ShortIds::default(), look, out),
        }
    }
}

impl std::fmt::Display for Format {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.pad(self.as_str())
    }
}

/// Formats, each with its name and its help, are told apart by their names, and their help reads as clap's own.
#[cfg(test)]
pub(crate) fn assert_told_apart(formats: &[(&str, &str)]) {
    for (at, (name, help)) in formats.iter().enumerate() {
        assert_eq!(formats.iter().position(|(other, _)| other == name), Some(at), "{name}");
        assert!(help.starts_with(char::is_uppercase) && !help.ends_with('.'), "{name}: {help}");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_are_told_apart() {
        assert_told_apart(&Format::ALL.map(|format| (format.as_str(), format.help())));
    }

    /// A writer that nobody reads any more.
    struct Closed;

    impl Write for Closed {
        fn write(&mut self, _: &[u8]) -> io::Result<usize> {
            Err(io::ErrorKind::BrokenPipe.into())
        }

        fn flush(&mut self) -> io::Result<()> {
            Err(io::ErrorKind::BrokenPipe.into())
        }
    }

    #[test]
    fn a_closed_pipe_stays_a_closed_pipe() {
        let idea = sample::idea();
        for format in Format::ALL {
            let error = format.write(&[&idea], None, &ShortIds::default(), &Look::PLAIN, &mut Closed).unwrap_err();
            assert_eq!(error.kind(), io::ErrorKind::BrokenPipe, "{format}");
        }
        assert_eq!(page::write(&idea, None, &Look::PLAIN, &mut Closed).unwrap_err().kind(), io::ErrorKind::BrokenPipe);
    }

    #[test]
    fn nothing_a_page_says_commands_a_terminal() {
        let idea = sample::hostile();
        let looks = [0, 1, 12, 40, 80, 200].map(|width| Look { width: Some(width), unicode: true, ..Look::PLAIN });
        for look in looks.into_iter().chain([Look::PLAIN]) {
            let mut out = Vec::new();
            for format in Format::ALL {
                format.write(&[&idea, &idea], None, &ShortIds::default(), &look, &mut out).unwrap();
            }
            page::write(&idea, None, &look, &mut out).unwrap();
            let text = String::from_utf8(out).unwrap();
            let bad = text.chars().find(|&c| !matches!(c, '\n' | '\r' | '\t') && safe::is_hidden(c));
            assert_eq!(bad, None, "{look:?}: {text}");
            assert!(!text.contains("\r\r") && !text.replace("\r\n", "").contains('\r'), "{text:?}");
        }
    }
}
