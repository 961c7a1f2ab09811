//! Rows of cells: aligned columns on a terminal, two spaces apart; in a pipe one record a line, with tabs between its fields.
//!
//! What `table`, `wide` and facets look like. The cells come in safe: a tab or a line break inside of one is a space by then.

use std::io::{self, Write};

use anstyle::{AnsiColor, Style};

use super::cell::Cell;
use super::{Look, fit};

/// Spaces between two columns.
pub(super) const GAP: usize = 2;

/// Fewer columns than this show nothing but that there is something.
const SLIVER: usize = 3;

/// Columns of this worth are extras.
const EXTRA: u8 = 4;

/// So much less is a column worth in which most rows are silent.
const SELDOM: u8 = 4;

/// What an id looks like, in every list.
pub(super) const ID: Style = AnsiColor::Cyan.on_default();

/// How much of a narrow terminal a column gets.
#[derive(Clone, Copy, Debug)]
pub(super) struct Room {
    /// Fewer columns of text than this are not worth showing; [`Room::WHOLE`] if nothing may be cut.
    pub(super) least: usize,
    /// So many say enough for most values. What is left of a wide terminal goes to the columns that can use most.
    pub(super) good: usize,
    /// Which goes first: the least worth.
    pub(super) worth: u8,
}

impl Room {
    /// Shown whole or not at all.
    pub(super) const WHOLE: usize = usize::MAX;
}

/// A header and rows below it, one line each.
#[derive(Debug, Default)]
pub(super) struct Grid {
    /// What stands above each column.
    pub(super) header: Vec<Cell>,
    /// As many cells each as the header has.
    pub(super) rows: Vec<Vec<Cell>>,
    /// The columns that end at the same place instead of starting there: numbers.
    pub(super) right: Vec<usize>,
    /// The column by which a row is asked for, in a colour of its own.
    pub(super) id: Option<usize>,
}

impl Grid {
    /// Leaves out columns and cuts cells until lines are no wider than `width`; `rooms` has one entry per column.
    ///
    /// With `keep_all` no column is left out: all are cut further instead, the widest first. Only if there are so many that
    /// they would be nothing but dots, lines stay wider.
    pub(super) fn shrink(&mut self, rooms: &[Room], width: usize, keep_all: bool, look: &Look) {
        let widths = arrange(&self.wants(rooms), width, keep_all);
        for row in std::iter::once(&mut self.header).chain(&mut self.rows) {
            let cells = std::mem::take(row).into_iter().zip(&widths);
            *row = cells.filter_map(|(cell, &room)| Some(Cell::Text(cell.fit(room?, look)))).collect();
        }
        let moved = |column: usize| widths.get(column)?.map(|_| widths[..column].iter().flatten().count());
        self.right = self.right.iter().filter_map(|&column| moved(column)).collect();
        self.id = self.id.and_then(moved);
    }

    /// What the columns ask for.
    pub(super) fn wants(&self, rooms: &[Room]) -> Vec<Want> {
        rooms.iter().enumerate().map(|(i, &room)| self.want(i, room)).collect()
    }

    fn want(&self, i: usize, room: Room) -> Want {
        let cells = || self.rows.iter().filter_map(|row| row.get(i));
        let filled = cells().filter(|cell| !cell.is_empty()).count();
        let full = cells().map(Cell::width).max().unwrap_or(0);
        let header = self.header.get(i).map_or(0, Cell::width);
        // What most rows do not say is of little use.
        let worth = if filled * 4 < self.rows.len() { room.worth.saturating_sub(SELDOM) } else { room.worth };
        Want { full: full.max(header), empty: filled == 0, room: Room { worth, ..room } }
    }

    /// The columns that a line takes.
    pub(super) fn width(&self) -> usize {
        self.widths().iter().sum::<usize>() + GAP * self.header.len().saturating_sub(1)
    }

    fn widths(&self) -> Vec<usize> {
        let lines = || std::iter::once(&self.header).chain(&self.rows);
        (0..self.header.len()).map(|i| lines().filter_map(|row| row.get(i)).map(Cell::width).max().unwrap_or(0)).collect()
    }

    /// Writes all. On a terminal there is a header, bold if there is colour, and no line ends in spaces; of no rows nothing is
    /// written. In a pipe there are only the rows.
    pub(super) fn write(&self, look: &Look, out: &mut dyn Write) -> io::Result<()> {
        if look.width.is_none() {
            return self.rows.iter().try_for_each(|row| record(row.iter().map(Cell::whole), out));
        }
        if self.rows.is_empty() {
            return Ok(());
        }
        let widths = self.widths();
        let header = look.paint(Style::new().bold(), &self.line(&self.header, &widths, &Look::PLAIN));
        writeln!(out, "{header}")?;
        self.rows.iter().try_for_each(|row| writeln!(out, "{}", self.line(row, &widths, look)))
    }

    fn line(&self, row: &[Cell], widths: &[usize], look: &Look) -> String {
        let mut line = String::new();
        let mut gap = 0;
        for (i, (cell, width)) in row.iter().zip(widths).enumerate() {
            let text = cell.whole();
            let rest = width.saturating_sub(fit::width(&text));
            if text.is_empty() {
                gap += width + GAP;
                continue;
            }
            let is_right = self.right.contains(&i);
            line.extend(std::iter::repeat_n(' ', if is_right { gap + rest } else { gap }));
            line.push_str(&if self.id == Some(i) { look.paint(ID, &text) } else { text.into_owned() });
            gap = if is_right { GAP } else { GAP + rest };
        }
        line
    }
}

/// Writes one record: fields with tabs between them.
pub(super) fn record(fields: impl Iterator<Item = impl AsRef<str>>, out: &mut dyn Write) -> io::Result<()> {
    for (i, field) in fields.enumerate() {
        if i > 0 {
            out.write_all(b"\t")?;
        }
        out.write_all(field.as_ref().as_bytes())?;
    }
    out.write_all(b"\n")
}

/// What a column asks for.
#[derive(Clone, Copy, Debug)]
pub(super) struct Want {
    /// The widest cell, or the header.
    full: usize,
    /// No row has a value for it.
    empty: bool,
    room: Room,
}

/// How wide each column gets in `width`; `None` leaves it out, which happens to none if all are to be kept.
///
/// Those without any value go; then the least worth, until the others fit at their least. If all are to be kept, those
/// without any value give way instead, then the widest. What is left over is given to the most worth first, until each
/// has enough for most values; then to those that can use most.
pub(super) fn arrange(wants: &[Want], width: usize, keep_all: bool) -> Vec<Option<usize>> {
    let mut by_worth: Vec<usize> = (0..wants.len()).collect();
    by_worth.sort_by_key(|&i| (wants[i].empty, std::cmp::Reverse(wants[i].room.worth)));
    let mut widths: Vec<_> = wants.iter().map(|want| Some(want.full.min(want.room.least))).collect();
    let total = |widths: &[Option<usize>]| {
        let shown = widths.iter().flatten();
        shown.clone().sum::<usize>() + GAP * shown.count().saturating_sub(1)
    };
    while let [_, .., last] = by_worth[..]
        && !keep_all
    {
        // What is worth little comes only where the others have some comfort.
        let is_extra = wants[last].room.worth <= EXTRA;
        let comfort = |(i, width): (usize, &Option<usize>)| {
            let Want { full, room, .. } = wants[i];
            if i == last || room.least == Room::WHOLE {
                *width
            } else {
                width.map(|_| full.min(usize::midpoint(room.least, room.good)))
            }
        };
        let wanted = if is_extra { widths.iter().enumerate().map(comfort).collect() } else { widths.clone() };
        if !wants[last].empty && total(&wanted) <= width {
            break;
        }
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
    let mut by_use = by_worth.clone();
    by_use.sort_by_key(|&i| std::cmp::Reverse(wants[i].room.good));
    for (order, goal) in [(&by_worth, (|want| want.full.min(want.room.good)) as fn(&Want) -> usize), (&by_use, |want| want.full)]
    {
        for &i in order {
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

#[cfg(test)]
mod tests {
    use super::*;

    fn write(grid: &Grid, look: &Look) -> String {
        let mut out = Vec::new();
        grid.write(look, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    fn cells<const N: usize>(cells: [&str; N]) -> Vec<Cell> {
        cells.map(|cell| Cell::Text(cell.to_owned())).to_vec()
    }

    const TERMINAL: Look = Look { width: Some(80), ..Look::PLAIN };

    #[test]
    fn columns_stay_straight() {
        let rows = vec![cells(["日本語", "1", "x"]), cells(["👍🏽", "175", ""]), cells(["plain", "", "y"])];
        let grid = Grid { header: cells(["NAME", "HOURS", "Z"]), rows, right: vec![1], id: None };
        assert_eq!(write(&grid, &TERMINAL), "NAME    HOURS  Z\n日本語      1  x\n👍🏽        175\nplain          y\n");
        assert_eq!(write(&grid, &Look::PLAIN), "日本語\t1\tx\n👍🏽\t175\t\nplain\t\ty\n");
    }

    #[test]
    fn an_enormous_cell_keeps_its_line() {
        let rows = vec![vec![Cell::Text("x ".repeat(70_000)), Cell::Text("y".to_owned())]];
        let text = write(&Grid { header: cells(["A", "B"]), rows, ..Grid::default() }, &TERMINAL);
        assert_eq!(text.lines().count(), 2);
        assert!(text.ends_with("  y\n"));
    }

    #[test]
    fn the_header_is_bold_and_ids_have_a_colour() {
        let grid = Grid { header: cells(["A", "B"]), rows: vec![cells(["b", "c"])], id: Some(0), right: vec![] };
        let look = Look { color: true, ..TERMINAL };
        assert_eq!(write(&grid, &look), "\u{1b}[1mA  B\u{1b}[0m\n\u{1b}[36mb\u{1b}[0m  c\n");
        assert_eq!(write(&Grid { rows: Vec::new(), ..grid }, &look), "");
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
            (38, [Some(26), Some(10), None]),
            (62, [Some(50), Some(10), None]),
            (63, [Some(45), Some(10), Some(4)]),
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
        assert_eq!(arrange(&[wants[0], nothing], 132, false), [Some(100), None]);
        assert_eq!(arrange(&[], 5, false), []);
    }
}
