//! Aligned columns, two spaces apart: what `table`, `wide` and facets look like. The cells come in safe and cut to size.

use std::io::{self, Write};

use anstyle::Style;
use comfy_table::{CellAlignment, Row, Table};

use super::{Look, fit};

/// Spaces between two columns.
pub(super) const GAP: u16 = 2;

/// What stands where a page says nothing: an empty cell could not be told from a gap between columns.
pub(super) const NOTHING: &str = "-";

/// Fewer columns than this show nothing but that there is something.
const SLIVER: usize = 3;

/// How much of a narrow terminal a column gets.
#[derive(Clone, Copy, Debug)]
pub(super) struct Room {
    /// Fewer columns of text than this are not worth showing.
    pub(super) least: usize,
    /// So many say enough for most values.
    pub(super) good: usize,
    /// Which goes first: the least worth.
    pub(super) worth: u8,
}

/// A header and rows below it, one line each.
#[derive(Debug, Default)]
pub(super) struct Grid {
    /// What stands above each column.
    pub(super) header: Vec<String>,
    /// As many cells each as the header has.
    pub(super) rows: Vec<Vec<String>>,
    /// The columns that end at the same place instead of starting there: numbers.
    pub(super) right: Vec<usize>,
}

impl Grid {
    /// Leaves out columns and cuts cells until lines are no wider than `width`; `rooms` has one entry per column.
    ///
    /// With `keep_all` no column is left out: all are cut further instead, the widest first. Only if there are so many that
    /// they would be nothing but dots, lines stay wider.
    pub(super) fn shrink(&mut self, rooms: &[Room], width: usize, keep_all: bool, look: &Look) {
        let wants: Vec<_> = rooms.iter().enumerate().map(|(i, &room)| self.want(i, room)).collect();
        let widths = arrange(&wants, width, keep_all);
        for row in std::iter::once(&mut self.header).chain(&mut self.rows) {
            let cells = std::mem::take(row).into_iter().zip(&widths);
            *row = cells.filter_map(|(cell, &room)| Some(fit::cut(&cell, room?, look.dots()).into_owned())).collect();
        }
        let stays = |column: &&usize| widths.get(**column).is_some_and(Option::is_some);
        self.right = self.right.iter().filter(stays).map(|&column| widths[..column].iter().flatten().count()).collect();
    }

    fn want(&self, i: usize, room: Room) -> Want {
        let cells = || self.rows.iter().filter_map(|row| row.get(i));
        let empty = cells().all(|cell| cell == NOTHING);
        let full = cells().chain(self.header.get(i)).map(|cell| fit::width(cell)).max().unwrap_or(0);
        Want { full, empty, room }
    }

    /// The columns that a line takes.
    pub(super) fn width(&self) -> usize {
        let column = |i: usize| {
            std::iter::once(&self.header).chain(&self.rows).filter_map(|row| row.get(i)).map(|cell| fit::width(cell)).max()
        };
        let widths = (0..self.header.len()).filter_map(column);
        widths.sum::<usize>() + usize::from(GAP) * self.header.len().saturating_sub(1)
    }

    /// Writes all; the header is bold if there is colour. No line ends in spaces.
    ///
    /// Of no rows a program gets the header all the same, as of any; for people it would only stand in the way.
    pub(super) fn write(self, look: &Look, out: &mut dyn Write) -> io::Result<()> {
        if self.header.is_empty() || (self.rows.is_empty() && look.width.is_some()) {
            return Ok(());
        }
        let mut table = Table::new();
        table
            .load_style(comfy_table::presets::NOTHING)
            .set_header(one_line(self.header))
            .add_rows(self.rows.into_iter().map(one_line));
        for column in table.column_iter_mut() {
            column.set_padding((0, GAP));
        }
        for &column in &self.right {
            if let Some(column) = table.column_mut(column) {
                column.set_cell_alignment(CellAlignment::Right);
            }
        }
        for (i, line) in table.lines().enumerate() {
            let line = line.trim_end();
            if i == 0 {
                writeln!(out, "{}", look.paint(Style::new().bold(), line))?;
            } else {
                writeln!(out, "{line}")?;
            }
        }
        Ok(())
    }
}

/// What a column asks for.
#[derive(Clone, Copy, Debug)]
struct Want {
    /// The widest cell, or the header.
    full: usize,
    /// No row has a value for it.
    empty: bool,
    room: Room,
}

/// How wide each column gets in `width`; `None` leaves it out, which happens to none if all are to be kept.
///
/// If not all fit in full, those without any value go; then the least worth, until the others fit at their least. If all are
/// to be kept, those without any value give way instead, then the widest. What is left over is given to the most worth first: until each
/// has enough for most values, then all it wants.
fn arrange(wants: &[Want], width: usize, keep_all: bool) -> Vec<Option<usize>> {
    let mut by_worth: Vec<usize> = (0..wants.len()).collect();
    by_worth.sort_by_key(|&i| (wants[i].empty, std::cmp::Reverse(wants[i].room.worth)));
    let mut widths: Vec<_> = wants.iter().map(|want| Some(want.full.min(want.room.least))).collect();
    let total = |widths: &[Option<usize>]| {
        let shown = widths.iter().flatten();
        shown.clone().sum::<usize>() + usize::from(GAP) * shown.count().saturating_sub(1)
    };
    let all = total(&wants.iter().map(|want| Some(want.full)).collect::<Vec<_>>());
    while let [_, .., last] = by_worth[..]
        && !keep_all
        && (total(&widths) > width || (wants[last].empty && all > width))
    {
        widths[last] = None;
        by_worth.pop();
    }
    if keep_all && total(&widths) > width {
        for (had, _) in widths.iter_mut().flatten().zip(wants).filter(|(_, want)| want.empty) {
            *had = SLIVER.min(*had);
        }
    }
    let mut most = widths.iter().flatten().copied().max().unwrap_or(0);
    while keep_all && most > SLIVER && total(&widths) > width {
        most -= 1;
        for had in widths.iter_mut().flatten() {
            *had = most.min(*had);
        }
    }
    let mut spare = width.saturating_sub(total(&widths));
    for goal in [|want: &Want| want.full.min(want.room.good), |want: &Want| want.full] {
        for &i in &by_worth {
            let had = widths[i].unwrap_or(0);
            let more = goal(&wants[i]).saturating_sub(had).min(spare);
            widths[i] = Some(had + more);
            spare -= more;
        }
    }
    if let [only] = by_worth[..] {
        widths[only] = widths[only].map(|had| had.min(width));
    }
    widths
}

/// comfy-table counts columns in 16 bits and would break a wider cell over several lines.
fn one_line(cells: Vec<String>) -> Row {
    let mut row = Row::from(cells);
    row.max_height(1);
    row
}

#[cfg(test)]
mod tests {
    use super::*;

    fn write(grid: Grid, look: &Look) -> String {
        let mut out = Vec::new();
        grid.write(look, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    fn cells<const N: usize>(cells: [&str; N]) -> Vec<String> {
        cells.map(str::to_owned).to_vec()
    }

    #[test]
    fn columns_stay_straight() {
        let rows = vec![cells(["日本語", "1", "x"]), cells(["👍🏽", "175", ""]), cells(["plain", "", "y"])];
        let grid = Grid { header: cells(["NAME", "HOURS", "Z"]), rows, right: vec![1] };
        assert_eq!(write(grid, &Look::PLAIN), "NAME    HOURS  Z\n日本語      1  x\n👍🏽        175\nplain          y\n");
    }

    #[test]
    fn an_enormous_cell_keeps_its_line() {
        let grid = Grid { header: cells(["A", "B"]), rows: vec![vec!["x ".repeat(70_000), "y".to_owned()]], right: vec![] };
        let text = write(grid, &Look::PLAIN);
        assert_eq!(text.lines().count(), 2);
        assert!(text.ends_with("  y\n"));
    }

    #[test]
    fn the_header_is_bold_in_colour() {
        let grid = Grid { header: cells(["A"]), rows: vec![cells(["b"])], right: vec![] };
        assert_eq!(write(grid, &Look { color: true, ..Look::PLAIN }), "\u{1b}[1mA\u{1b}[0m\nb\n");
        assert_eq!(write(Grid::default(), &Look::PLAIN), "");
    }

    #[test]
    fn only_programs_get_a_header_of_nothing() {
        let grid = || Grid { header: cells(["A"]), ..Grid::default() };
        assert_eq!(write(grid(), &Look::PLAIN), "A\n");
        assert_eq!(write(grid(), &Look { width: Some(80), ..Look::PLAIN }), "");
    }

    #[test]
    fn widths_are_given_by_worth() {
        let want = |full, least, good, worth| Want { full, empty: false, room: Room { least, good, worth } };
        let wants = [want(100, 20, 60, 9), want(30, 10, 20, 5), want(4, 10, 10, 1)];
        for (width, widths) in [
            (0, [Some(0), None, None]),
            (20, [Some(20), None, None]),
            (31, [Some(31), None, None]),
            (32, [Some(20), Some(10), None]),
            (38, [Some(20), Some(10), Some(4)]),
            (88, [Some(60), Some(20), Some(4)]),
            (98, [Some(70), Some(20), Some(4)]),
            (500, [Some(100), Some(30), Some(4)]),
        ] {
            assert_eq!(arrange(&wants, width, false), widths, "{width}");
        }
        for (width, widths) in [(5, [3, 3, 3]), (13, [3, 3, 3]), (20, [6, 6, 4]), (30, [12, 10, 4]), (38, [20, 10, 4])] {
            assert_eq!(arrange(&wants, width, true), widths.map(Some), "{width}");
        }
        let nothing = Want { empty: true, ..wants[1] };
        assert_eq!(arrange(&[wants[0], nothing], 80, false), [Some(80), None]);
        assert_eq!(arrange(&[wants[0], nothing], 20, true), [Some(15), Some(3)]);
        assert_eq!(arrange(&[wants[0], nothing], 132, false), [Some(100), Some(30)]);
        assert_eq!(arrange(&[], 5, false), []);
    }
}
