//! Facets: counted rows (`ideas skills`, `ideas mentors` …), in every format that ideas have.
//!
//! What is counted, and how, is not known here: rows are anything that serialises, and a list of [`FacetColumn`]s says what
//! a table shows of them. On a terminal each count has a bar beside it; in a pipe each row is a record with tabs
//! between its fields.

use std::borrow::Cow;
use std::collections::HashSet;
use std::io::{self, Write};

use serde::Serialize;

use super::cell::Cell;
use super::facts::NOT_STATED;
use super::grid::{GAP, Grid, Room};
use super::{Format, Look, csv, fit, ids, json, markdown, ndjson, safe, yaml};

/// A column of a facet table.
#[derive(Clone, Copy, Debug)]
pub struct FacetColumn<R> {
    /// What stands above it, in lower case; as the field is named in JSON.
    pub name: &'static str,
    /// How it is read from a row.
    pub cell: FacetCell<R>,
}

/// What a column of a facet table holds.
#[derive(Clone, Copy, Debug)]
pub enum FacetCell<R> {
    /// A text, empty where there is none.
    Text(fn(&R) -> Cow<'_, str>),
    /// Several texts; where they do not fit, as many as do, and how many more there are.
    List(fn(&R) -> Vec<String>),
    /// A value that was counted, or that it is not stated.
    Value(fn(&R) -> Option<Cow<'_, str>>),
    /// A number, right-aligned. The first of these is what the bars show.
    Count(fn(&R) -> usize),
    /// The same, where nobody may have looked: what is said then on a terminal stands beside it.
    Counted(fn(&R) -> Option<usize>, &'static str),
}

impl<R> FacetColumn<R> {
    /// A column of text.
    pub const fn text(name: &'static str, cell: fn(&R) -> Cow<'_, str>) -> Self {
        Self { name, cell: FacetCell::Text(cell) }
    }

    /// A column of several texts.
    pub const fn list(name: &'static str, cell: fn(&R) -> Vec<String>) -> Self {
        Self { name, cell: FacetCell::List(cell) }
    }

    /// A column of values that were counted, and of what states none.
    pub const fn value(name: &'static str, cell: fn(&R) -> Option<Cow<'_, str>>) -> Self {
        Self { name, cell: FacetCell::Value(cell) }
    }

    /// A column of numbers.
    pub const fn count(name: &'static str, cell: fn(&R) -> usize) -> Self {
        Self { name, cell: FacetCell::Count(cell) }
    }

    /// A column of numbers, and of what stands where nobody has counted.
    pub const fn counted(name: &'static str, cell: fn(&R) -> Option<usize>, otherwise: &'static str) -> Self {
        Self { name, cell: FacetCell::Counted(cell, otherwise) }
    }

    /// The cell as text, each text passed through `safe` first.
    fn cell(&self, row: &R, safe: impl Fn(&str) -> Cow<'_, str>) -> String {
        match self.cell {
            FacetCell::Text(text) => safe(&text(row)).into_owned(),
            FacetCell::List(texts) => safe(&texts(row).join(", ")).into_owned(),
            FacetCell::Value(value) => value(row).map(|value| safe(&value).into_owned()).unwrap_or_default(),
            FacetCell::Count(count) => count(row).to_string(),
            FacetCell::Counted(count, _) => count(row).map(|count| count.to_string()).unwrap_or_default(),
        }
    }

    /// The cell for people.
    fn shown(&self, row: &R, look: &Look) -> Cell {
        if let FacetCell::List(texts) = self.cell {
            return Cell::List(texts(row).iter().map(|text| safe::line(text).into_owned()).collect());
        }
        let cell = self.cell(row, safe::line);
        let silent = match self.cell {
            FacetCell::Value(_) => Some(NOT_STATED),
            FacetCell::Counted(_, otherwise) => Some(otherwise),
            FacetCell::Text(_) | FacetCell::List(_) | FacetCell::Count(_) => None,
        };
        let silent = silent.filter(|_| cell.is_empty() && look.width.is_some());
        Cell::Text(silent.map_or(cell, str::to_owned))
    }
}

/// The longest bar, in columns, and the shortest that still shows a difference.
const BAR: std::ops::RangeInclusive<usize> = 4..=30;

/// Writes rows, in their order. JSON and YAML hold the whole rows, the others what `columns` say; `ids` is the first column,
/// each text once.
pub fn write<R: Serialize>(
    format: Format,
    rows: &[R],
    columns: &[FacetColumn<R>],
    look: &Look,
    out: &mut dyn Write,
) -> io::Result<()> {
    let names = columns.iter().map(|column| column.name);
    match format {
        Format::Table => table(rows, columns, look).write(look, out),
        Format::Wide => grid(rows, columns, look).write(look, out),
        Format::Json => json::write(rows, out),
        Format::Ndjson => ndjson::write(rows, out),
        Format::Yaml => yaml::write(rows, out),
        Format::Csv => csv::write(names, rows.iter().map(|row| columns.iter().map(|column| column.cell(row, safe::text))), out),
        Format::Markdown => {
            let cells = rows.iter().map(|row| columns.iter().map(|column| column.cell(row, markdown::text)));
            markdown::write(names.map(markdown::capital), cells, out)
        }
        Format::Ids => {
            let firsts = columns.iter().take(1).flat_map(|first| rows.iter().map(|row| first.cell(row, safe::line)));
            let mut seen = HashSet::new();
            ids::write(firsts.filter(|first| !first.is_empty() && seen.insert(first.clone())), out)
        }
    }
}

fn grid<R>(rows: &[R], columns: &[FacetColumn<R>], look: &Look) -> Grid {
    let row = |row| columns.iter().map(|column| column.shown(row, look)).collect();
    let is_number = |column: &FacetColumn<R>| matches!(column.cell, FacetCell::Count(_) | FacetCell::Counted(..));
    let right = columns.iter().enumerate().filter(|(_, column)| is_number(column)).map(|(i, _)| i);
    Grid {
        header: columns.iter().map(|column| Cell::Text(column.name.to_uppercase())).collect(),
        rows: rows.iter().map(row).collect(),
        right: right.collect(),
        id: None,
    }
}

/// The grid, on a terminal cut to its width and with bars in what is left of it.
fn table<R>(rows: &[R], columns: &[FacetColumn<R>], look: &Look) -> Grid {
    let mut grid = grid(rows, columns, look);
    let Some(width) = look.width else { return grid };
    let rooms: Vec<_> = columns.iter().enumerate().map(|(i, column)| room(i, column)).collect();
    grid.shrink(&rooms, width, false, look);
    let counts = columns.iter().find_map(|column| match column.cell {
        FacetCell::Count(count) => Some(rows.iter().map(count).collect::<Vec<_>>()),
        FacetCell::Counted(count, _) => Some(rows.iter().map(|row| count(row).unwrap_or(0)).collect()),
        FacetCell::Text(_) | FacetCell::List(_) | FacetCell::Value(_) => None,
    });
    if let Some(counts) = counts {
        add_bars(&mut grid, &counts, look);
    }
    grid
}

/// Puts a bar behind each row, if the terminal has room for bars. A pipe gets none.
pub(super) fn add_bars(grid: &mut Grid, counts: &[usize], look: &Look) {
    let Some(width) = look.width else { return };
    let left = width.saturating_sub(grid.width() + GAP).min(*BAR.end());
    if BAR.contains(&left) {
        let most = counts.iter().copied().max().unwrap_or(0);
        grid.header.push(Cell::Text(String::new()));
        for (row, &count) in grid.rows.iter_mut().zip(counts) {
            row.push(Cell::Text(bar(count, most, left, look.unicode)));
        }
    }
}

/// The first column says what is counted and is worth most; then counts; then the other texts, from the left. A list is what the
/// table is read for.
fn room<R>(i: usize, column: &FacetColumn<R>) -> Room {
    let worth = |i| u8::try_from(i).map_or(0, |i| 200 - i.min(200));
    match (i, &column.cell) {
        (0, _) => Room { least: 12, good: 30, worth: u8::MAX },
        (_, FacetCell::Count(_) | FacetCell::Counted(..)) => {
            Room { least: fit::width(column.name).max(6), good: 20, worth: u8::MAX - 1 }
        }
        (i, FacetCell::List(_)) => Room { least: 24, good: 60, worth: worth(i) },
        (i, FacetCell::Text(_) | FacetCell::Value(_)) => Room { least: 10, good: 24, worth: worth(i) },
    }
}

/// A bar of at most `room` columns: `count` in proportion to `most`. Whatever was counted at all can be seen.
fn bar(count: usize, most: usize, room: usize, unicode: bool) -> String {
    /// From nothing to seven eighths of a column.
    const PARTS: [&str; 8] = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];
    let (full, steps) = if unicode { ("█", 8) } else { ("#", 1) };
    // 128 bits, as the product of a count and a width need not fit into 64.
    let length = (count as u128 * (room * steps) as u128).checked_div(most as u128).unwrap_or(0);
    let length = usize::try_from(length).unwrap_or(0).min(room * steps).max(usize::from(count > 0));
    format!("{}{}", full.repeat(length / steps), PARTS[length % steps])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Serialize)]
    struct SkillRow {
        skill: String,
        note: Option<String>,
        count: usize,
    }

    const COLUMNS: [FacetColumn<SkillRow>; 3] = [
        FacetColumn::text("skill", |row| row.skill.as_str().into()),
        FacetColumn::text("note", |row| row.note.as_deref().unwrap_or_default().into()),
        FacetColumn::count("count", |row| row.count),
    ];

    fn write_all(format: Format, look: &Look) -> String {
        let row =
            |skill: &str, note: Option<&str>, count| SkillRow { skill: skill.to_owned(), note: note.map(str::to_owned), count };
        let rows = [row("go", Some("=x|y"), 120), row("c\u{1b}++", None, 30), row("日本", None, 0)];
        let mut out = Vec::new();
        write(format, &rows, &COLUMNS, look, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn a_terminal_shows_bars() {
        let look = Look { width: Some(30), unicode: true, ..Look::PLAIN };
        let expected = "\
SKILL  NOTE  COUNT
go     =x|y    120  ██████████
c++             30  ██▌
日本             0
";
        assert_eq!(write_all(Format::Table, &look), expected);
        let ascii = write_all(Format::Table, &Look { unicode: false, ..look });
        assert!(ascii.contains("120  ##########\nc++             30  ##\n"), "{ascii}");
        for width in 0..80 {
            let text = write_all(Format::Table, &Look { width: Some(width), ..look });
            assert!(width < 12 || text.lines().all(|line| fit::width(line) <= width), "{width}: {text}");
        }
    }

    #[test]
    fn a_pipe_gets_records() {
        let expected = "go\t=x|y\t120\nc++\t\t30\n日本\t\t0\n";
        assert_eq!(write_all(Format::Table, &Look::PLAIN), expected);
        assert_eq!(write_all(Format::Wide, &Look::PLAIN), expected);
        let wide = "SKILL  NOTE  COUNT\ngo     =x|y    120\nc++             30\n日本             0\n";
        assert_eq!(write_all(Format::Wide, &Look { width: Some(5), ..Look::PLAIN }), wide);
    }

    #[test]
    fn the_other_formats_work_as_for_ideas() {
        for (format, expected) in [
            (Format::Csv, "skill,note,count\r\ngo,'=x|y,120\r\nc++,,30\r\n日本,,0\r\n"),
            (
                Format::Markdown,
                "| Skill | Note | Count |\n| --- | --- | --- |\n| go | =x\\|y | 120 |\n| c++ |  | 30 |\n| 日本 |  | 0 |\n",
            ),
            (Format::Ids, "go\nc++\n日本\n"),
        ] {
            assert_eq!(write_all(format, &Look::PLAIN), expected);
        }
        let ndjson = write_all(Format::Ndjson, &Look::PLAIN);
        assert_eq!(ndjson.lines().nth(1), Some(r#"{"skill":"c\u001b++","note":null,"count":30}"#));
        assert!(write_all(Format::Json, &Look::PLAIN).starts_with("[\n  {\n    \"skill\": \"go\","));
        assert!(write_all(Format::Yaml, &Look::PLAIN).starts_with("- skill: go\n  note: =x|y\n  count: 120\n"));
    }

    #[test]
    fn bars_are_in_proportion() {
        for (count, most, room, unicode, expected) in [
            (0, 0, 5, true, ""),
            (5, 5, 5, true, "█████"),
            (1, 2, 5, true, "██▌"),
            (1, 1000, 5, true, "▏"),
            (1, 1000, 5, false, "#"),
            (usize::MAX, usize::MAX, 3, true, "███"),
            (9, 5, 2, true, "██"),
        ] {
            assert_eq!(bar(count, most, room, unicode), expected, "{count} of {most}");
        }
    }
}
