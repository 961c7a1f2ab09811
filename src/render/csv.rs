//! `csv`: RFC 4180, for spreadsheets: a header, one row per idea, several values in a cell separated by `; `.
//!
//! Spreadsheets run cells that look like formulas, so such cells begin with a `'` here, which they take for "this is
//! text".

use std::io::{self, Write};
use std::iter;

use csv::{ErrorKind, Terminator, WriterBuilder};

use super::columns::Columns;
use super::{facts, safe};
use crate::idea::{Elsewhere, Idea};

/// Writes a header and ideas, one row each.
pub fn ideas(ideas: &[&Idea], columns: Option<&Columns>, out: &mut dyn Write) -> io::Result<()> {
    let columns = columns.cloned().unwrap_or_else(Columns::csv);
    write(columns.iter().map(|column| column.name), rows(ideas, &columns), out)
}

/// Writes ideas that follow others, below the same header.
pub fn more_ideas(ideas: &[&Idea], columns: Option<&Columns>, out: &mut dyn Write) -> io::Result<()> {
    let columns = columns.cloned().unwrap_or_else(Columns::csv);
    write(iter::empty(), rows(ideas, &columns), out)
}

/// Writes the row of an idea that stands for others, which it does not say yet: the last cell is where it does.
pub(super) fn write_also(line: &[u8], also: &[Elsewhere], columns: Option<&Columns>, out: &mut dyn Write) -> io::Result<()> {
    let before = if columns.is_none() { line.strip_suffix(b"\r\n") } else { None };
    let Some(before) = before else { return out.write_all(line) };
    let places = also.iter().map(|place| safe::text(&facts::place(place)).into_owned()).collect::<Vec<_>>().join("; ");
    out.write_all(before)?;
    write(iter::empty(), iter::once(iter::once(places)), out)
}

fn rows(ideas: &[&Idea], columns: &Columns) -> impl Iterator<Item: Iterator<Item = String>> {
    ideas.iter().map(|idea| columns.iter().map(|column| column.cell(idea, "; ", safe::text)))
}

/// Writes a header, if there is one, and rows of cells, which are safe already.
pub(super) fn write<'a>(
    header: impl Iterator<Item = &'a str>,
    rows: impl Iterator<Item: Iterator<Item = String>>,
    out: &mut dyn Write,
) -> io::Result<()> {
    let mut csv = WriterBuilder::new().terminator(Terminator::CRLF).from_writer(out);
    let mut header = header.peekable();
    if header.peek().is_some() {
        csv.write_record(header).map_err(cause)?;
    }
    for row in rows {
        csv.write_record(row.map(text)).map_err(cause)?;
    }
    csv.flush()
}

/// The cell, not to be run as a formula.
fn text(cell: String) -> String {
    // Some spreadsheets also take the full-width signs of East Asian keyboards.
    let formula = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];
    if cell.starts_with(formula) { format!("'{cell}") } else { cell }
}

/// The error below: csv's own conversion would hide what kind it is, and a closed pipe must be known as one.
fn cause(error: csv::Error) -> io::Error {
    match error.into_kind() {
        ErrorKind::Io(error) => error,
        other => io::Error::other(format!("{other:?}")),
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample;
    use super::*;

    fn csv(idea: &Idea, columns: &str) -> String {
        let mut out = Vec::new();
        ideas(&[idea], Some(&columns.parse().unwrap()), &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn rows_are_quoted_where_they_must() {
        assert_eq!(
            csv(&sample::idea(), "id,skills,hours,links"),
            "id,skills,hours,links\r\nkubeflow-helm,Go; Kubernetes & Helm,175; 350,https://example.org/a\r\n"
        );
        assert_eq!(csv(&Idea::bare("a \"b\", c"), "title,project"), "title,project\r\n\"a \"\"b\"\", c\",\r\n");
        assert_eq!(csv(&Idea::bare("a\r\nb"), "title"), "title\r\n\"a\nb\"\r\n");
    }

    #[test]
    fn no_cell_is_a_formula() {
        for start in ["=1+1", "+1", "-1", "@sum", "\tx", "\r\n=1", "\u{200b}=1", "＝1"] {
            let text = csv(&Idea::bare(start), "title");
            let cell = text.lines().nth(1).unwrap().trim_start_matches('"');
            assert!(cell.starts_with('\''), "{start:?}: {text}");
        }
        assert_eq!(csv(&Idea::bare("C++ = fun"), "title"), "title\r\nC++ = fun\r\n");
    }
}
