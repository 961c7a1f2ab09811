//! Ideas in numbers, as people read them: one table below the other, with bars on a terminal; and as CSV.

use std::borrow::Cow;
use std::io::{self, Write};

use anstyle::Style;

use super::cell::Cell;
use super::facets::add_bars;
use super::facts::NOT_STATED;
use super::grid::{self, Grid, Room};
use super::{Look, csv, fit, safe};
use crate::query::facets::Dimension;
use crate::query::stats::{Row, Stats, Table};
use crate::text::counted;

/// No value needs more columns than this to be known.
const LABEL: usize = 32;

/// Writes the tables, or a record for each of their cells in a pipe, and below them how many ideas state each field if
/// `fields` is true. Returns how many columns of crossed tables the terminal had no room for.
pub fn write(stats: &Stats, fields: bool, look: &Look, out: &mut dyn Write) -> io::Result<usize> {
    if look.width.is_none() {
        return write_records(stats, fields, out).map(|()| 0);
    }
    let mut left_out = 0;
    let labels = stats.tables.iter().flat_map(|table| &table.rows).map(|row| fit::width(&label(row.value.as_deref())));
    let label_width = labels.max().unwrap_or(0).min(LABEL);
    writeln!(out, "{}", look.paint(Style::new().bold(), &counted(stats.ideas, "idea")))?;
    for table in &stats.tables {
        writeln!(out)?;
        if table.is_crossed() {
            left_out += crossed(table, look, out)?;
        } else {
            let rows = table.rows.iter().map(|row| (label(row.value.as_deref()), row.count, row.share));
            bars(table.by.first().map_or("", |by| by.title()), rows, label_width, look).write(look, out)?;
        }
        if table.more > 0 {
            writeln!(out, "{}", look.paint(Style::new().dimmed(), &format!("and {} more", table.more)))?;
        }
    }
    if fields {
        writeln!(out)?;
        let rows = stats.fields.iter().map(|field| (field.field.to_owned(), field.count, field.share));
        bars("field", rows, label_width, look).write(look, out)?;
    }
    Ok(left_out)
}

/// Writes records: dimension, value, ideas and share, as in CSV; of a crossed table both dimensions with their values, and ideas.
fn write_records(stats: &Stats, fields: bool, out: &mut dyn Write) -> io::Result<()> {
    fn text(value: Option<&str>) -> Cow<'_, str> {
        value.map_or(Cow::Borrowed(""), safe::line)
    }
    let line = |by: &str, value: Option<&str>, count: usize, share: f64, out: &mut dyn Write| {
        grid::record([by.into(), text(value), count.to_string().into(), percent(share).into()].iter(), out)
    };
    for table in &stats.tables {
        let names: Vec<&str> = table.by.iter().map(|by| by.as_str()).collect();
        for row in &table.rows {
            let (value, name) = (row.value.as_deref(), names.first().copied().unwrap_or_default());
            if !table.is_crossed() {
                line(name, value, row.count, row.share, out)?;
            }
            for (column, count) in table.columns.iter().zip(&row.cells) {
                let across = names.get(1).copied().unwrap_or_default();
                let fields = [name.into(), text(value), across.into(), text(column.as_deref()), count.to_string().into()];
                grid::record(fields.iter(), out)?;
            }
        }
    }
    if fields {
        stats.fields.iter().try_for_each(|field| line("field", Some(field.field), field.count, field.share, out))?;
    }
    Ok(())
}

/// What people are shown of a value.
pub(super) fn label(value: Option<&str>) -> String {
    value.map_or_else(|| NOT_STATED.to_owned(), |value| safe::line(value).into_owned())
}

/// A part of a whole: `57.6%`.
pub(super) fn percent(share: f64) -> String {
    format!("{:.1}%", share * 100.0)
}

/// A table of one dimension. Its numbers stand below those of the tables that have the same width of labels.
fn bars(name: &str, rows: impl Iterator<Item = (String, usize, f64)>, label_width: usize, look: &Look) -> Grid {
    let mut counts = Vec::new();
    let mut grid = Grid {
        header: cells([&format!("{:label_width$}", name.to_uppercase()), "IDEAS", "SHARE"]),
        rows: Vec::new(),
        right: vec![1, 2],
        id: None,
    };
    for (label, count, share) in rows {
        counts.push(count);
        grid.rows.push(cells([&fit::cut(&label, LABEL, look.dots()), &count.to_string(), &percent(share)]));
    }
    if let Some(width) = look.width {
        grid.shrink(&[FIRST, Room { worth: u8::MAX - 1, ..NUMBER }, NUMBER], width, false, look);
    }
    add_bars(&mut grid, &counts, look);
    grid
}

fn cells<const N: usize>(cells: [&str; N]) -> Vec<Cell> {
    cells.map(|cell| Cell::Text(cell.to_owned())).to_vec()
}

/// Writes a table of two dimensions; returns how many columns were left out.
fn crossed(table: &Table, look: &Look, out: &mut dyn Write) -> io::Result<usize> {
    let columns = table.columns.iter().map(|value| label(value.as_deref()));
    let first = table.by.first().map_or("", |by| by.title()).to_uppercase();
    let header: Vec<_> = [first, "IDEAS".to_owned()].into_iter().chain(columns).map(Cell::Text).collect();
    let row = |row: &Row| {
        let numbers = std::iter::once(row.count).chain(row.cells.iter().copied());
        let cells = std::iter::once(label(row.value.as_deref())).chain(numbers.map(|number| number.to_string()));
        cells.map(Cell::Text).collect()
    };
    let all = header.len();
    let mut grid = Grid { rows: table.rows.iter().map(row).collect(), right: (1..all).collect(), header, id: None };
    if let Some(width) = look.width {
        grid.shrink(&rooms(table), width, false, look);
    }
    let left_out = all - grid.header.len();
    grid.write(look, out)?;
    Ok(left_out)
}

const FIRST: Room = Room { least: 10, good: 24, worth: u8::MAX };
const NUMBER: Room = Room { least: usize::MAX, good: usize::MAX, worth: u8::MAX - 2 };

/// Numbers are shown whole or not at all. On a narrow terminal the largest values stay; of terms the latest.
fn rooms(table: &Table) -> Vec<Room> {
    let latest = table.by.get(1) == Some(&Dimension::Term);
    let count = table.columns.len();
    let worth = |i: usize| {
        let place = if latest && table.columns[i].is_some() { count - 1 - i } else { i };
        u8::try_from(place).map_or(0, |place| (u8::MAX - 2).saturating_sub(place))
    };
    let columns = (0..count).map(|i| Room { worth: worth(i), ..NUMBER });
    [FIRST, Room { worth: u8::MAX - 1, ..NUMBER }].into_iter().chain(columns).collect()
}

/// Writes one table after the other as CSV: dimension, value, ideas and share in each line; or a crossed table, which must
/// be the only one, as it is.
pub fn write_csv(stats: &Stats, fields: bool, out: &mut dyn Write) -> io::Result<()> {
    let text = |value: Option<&String>| value.map(|value| safe::text(value).into_owned()).unwrap_or_default();
    if let [table] = stats.tables.as_slice()
        && table.is_crossed()
    {
        let names: Vec<String> = table.columns.iter().map(|value| label(value.as_deref())).collect();
        let first = table.by.first().map_or("", |by| by.as_str());
        let header = [first, "ideas"].into_iter().chain(names.iter().map(String::as_str));
        let rows = table.rows.iter().map(|row| {
            let numbers = std::iter::once(row.count).chain(row.cells.iter().copied()).map(|number| number.to_string());
            std::iter::once(text(row.value.as_ref())).chain(numbers)
        });
        return csv::write(header, rows, out);
    }
    let line = |by: &str, value: String, count: usize, share: f64| {
        [by.to_owned(), value, count.to_string(), share.to_string()].into_iter()
    };
    let tables = stats.tables.iter().flat_map(|table| {
        let by = table.by.first().map_or("", |by| by.as_str());
        table.rows.iter().map(move |row| line(by, text(row.value.as_ref()), row.count, row.share))
    });
    let fields = stats.fields.iter().filter(|_| fields);
    let fields = fields.map(|field| line("field", field.field.to_owned(), field.count, field.share));
    csv::write(["by", "value", "ideas", "share"].into_iter(), tables.chain(fields), out)
}

#[cfg(test)]
mod tests {
    use super::super::sample;
    use super::*;
    use crate::idea::Idea;
    use crate::query::stats::By;

    fn stats(by: &[&str]) -> Stats {
        let by: Vec<By> = by.iter().map(|by| by.parse().unwrap()).collect();
        let named = |name: &str| Idea { project: Some(crate::text::Spanned::nowhere(name.to_owned())), ..Idea::bare("x") };
        Stats::of(&[sample::idea(), sample::idea(), Idea::bare("T"), named("日本語 👍🏽 プロジェクト")], &by)
    }

    fn shown(by: &[&str], fields: bool, width: Option<usize>) -> (String, usize) {
        let mut out = Vec::new();
        let look = Look { width, unicode: true, ..Look::PLAIN };
        let left_out = write(&stats(by), fields, &look, &mut out).unwrap();
        (String::from_utf8(out).unwrap(), left_out)
    }

    #[test]
    fn tables_stand_below_each_other() {
        let expected = "\
4 ideas

SKILL       IDEAS  SHARE
go              2  50.0%  ██████████████
helm            2  50.0%  ██████████████
not stated      2  50.0%  ██████████████

HOURS       IDEAS  SHARE
175             2  50.0%  ██████████████
350             2  50.0%  ██████████████
not stated      2  50.0%  ██████████████
";
        assert_eq!(shown(&["skill", "size"], false, Some(40)).0, expected);
        assert!(shown(&[], true, Some(30)).0.contains("\nFIELD          IDEAS   SHARE\ntitle              4  100.0%\n"));
        let records = "skill\tgo\t2\t50.0%\nskill\thelm\t2\t50.0%\nskill\t\t2\t50.0%\n";
        assert_eq!(shown(&["skill"], false, None).0, records);
    }

    #[test]
    fn two_dimensions_are_a_grid() {
        let expected = "\
4 ideas

PROJECT                 IDEAS  medium  not stated
Kubeflow                    2       2           0
日本語 👍🏽 プロジェクト      1       0           1
not stated                  1       0           1
";
        assert_eq!(shown(&["project,difficulty"], false, Some(80)), (expected.to_owned(), 0));
        let records = shown(&["project,difficulty"], false, None).0;
        assert!(records.starts_with("project\tKubeflow\tdifficulty\tmedium\t2\nproject\tKubeflow\tdifficulty\t\t0\n"));
    }

    #[test]
    fn lines_fit() {
        for width in 20..130 {
            for by in [&["project"][..], &["skill,project"], &["project,skill", "term"]] {
                let (text, left_out) = shown(by, true, Some(width));
                assert!(text.lines().all(|line| fit::width(line) <= width), "{width}:\n{text}");
                assert!(width < 100 || left_out == 0, "{width}:\n{text}");
            }
        }
        assert!(shown(&["skill,project"], false, Some(30)).1 > 0);
    }

    #[test]
    fn csv_holds_one_crossed_table_or_many_plain_ones() {
        let csv = |by: &[&str], fields| {
            let mut out = Vec::new();
            write_csv(&stats(by), fields, &mut out).unwrap();
            String::from_utf8(out).unwrap()
        };
        assert_eq!(csv(&["size,term"], true), "size,ideas,2025,not stated\r\n175,2,2,0\r\n350,2,2,0\r\n,2,0,2\r\n");
        assert_eq!(csv(&["size"], false), "by,value,ideas,share\r\nsize,175,2,0.5\r\nsize,350,2,0.5\r\nsize,,2,0.5\r\n");
        assert!(csv(&["size"], true).contains("\r\nfield,title,4,1\r\n"));
    }
}
