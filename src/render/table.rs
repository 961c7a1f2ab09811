//! `table` and `wide`: one line per idea, in aligned columns.
//!
//! On a terminal a table fits: of the columns that it has by default the least useful go first, then cells are cut. In a
//! pipe, and in `wide`, everything is there in full.

use std::io::{self, Write};

use super::columns::Columns;
use super::grid::{Grid, NOTHING};
use super::{Look, safe};
use crate::idea::Idea;

/// Writes a table that fits `look.width`.
///
/// Columns that were asked for are never left out, but cut further; only if there are too many for that, lines are longer
/// than the terminal.
pub fn ideas(ideas: &[&Idea], columns: Option<&Columns>, look: &Look, out: &mut dyn Write) -> io::Result<()> {
    let chosen = columns.is_some();
    let columns = columns.cloned().unwrap_or_else(|| Columns::table(ideas));
    let mut grid = grid(ideas, &columns);
    if let Some(width) = look.width {
        let rooms: Vec<_> = columns.iter().map(|column| column.room).collect();
        grid.shrink(&rooms, width, chosen, look);
    }
    grid.write(look, out)
}

/// Writes a table with more columns, and nothing cut, as wide as it gets.
pub fn wide(ideas: &[&Idea], columns: Option<&Columns>, look: &Look, out: &mut dyn Write) -> io::Result<()> {
    grid(ideas, &columns.cloned().unwrap_or_else(Columns::wide)).write(look, out)
}

fn grid(ideas: &[&Idea], columns: &Columns) -> Grid {
    let header = columns.iter().map(|column| column.name.to_uppercase()).collect();
    let row = |idea: &&Idea| {
        let cells = columns.iter().map(|column| column.marked_cell(idea, ", ", safe::line));
        cells.map(|cell| if cell.is_empty() { NOTHING.to_owned() } else { cell }).collect()
    };
    Grid { header, rows: ideas.iter().map(row).collect(), right: Vec::new() }
}

#[cfg(test)]
mod tests {
    use super::super::{fit, sample};
    use super::*;

    fn write(columns: Option<&str>, width: Option<usize>) -> String {
        let (full, bare) = (sample::idea(), Idea::bare("日本語 👍 and a title that goes on and on, for more than sixty columns"));
        let columns = columns.map(|columns| columns.parse().unwrap());
        let mut out = Vec::new();
        ideas(&[&full, &bare], columns.as_ref(), &Look { width, unicode: true, ..Look::PLAIN }, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn a_pipe_gets_everything() {
        let expected = "\
TITLE                                                                   PROJECT   TAGS      DIFFICULTY  HOURS     MENTORS
Deploying Kubeflow with Helm                                            Kubeflow  go, helm  medium      175, 350  Jane Doe, @bob
日本語 👍 and a title that goes on and on, for more than sixty columns  -         -         -           -         -
";
        assert_eq!(write(None, None), expected);
    }

    #[test]
    fn a_terminal_gets_what_fits() {
        let expected = "\
TITLE                           PROJECT
Deploying Kubeflow with Helm    Kubeflow
日本語 👍 and a title that go…  -
";
        assert_eq!(write(None, Some(40)), expected);
        for width in 24..250 {
            let text = write(None, Some(width));
            assert!(text.lines().all(|line| fit::width(line) <= width), "{width}:\n{text}");
            assert_eq!(text.lines().count(), 3);
        }
        assert_eq!(write(None, Some(1)), "…\n…\n…\n");
        assert_eq!(write(None, Some(200)), write(None, None));
    }

    #[test]
    fn columns_asked_for_are_kept() {
        for width in [0, 1, 20, 40, 80] {
            let text = write(Some("title,hours,upstream,source"), Some(width));
            assert_eq!(text.lines().next().unwrap().split_whitespace().count(), 4, "{width}:\n{text}");
        }
        // Four columns of three, and what is between them.
        for width in 18..200 {
            let text = write(Some("title,hours,upstream,source"), Some(width));
            assert!(text.lines().all(|line| fit::width(line) <= width), "{width}:\n{text}");
        }
    }
}
