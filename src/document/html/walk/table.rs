//! Tables: those that hold data, and those that only say where things stand.

use super::{End, Walk};
use crate::document::Kind;
use crate::text::Span;

/// A table that is open.
#[derive(Clone, Copy, Debug)]
pub(super) struct Table {
    pub(super) span: Span,
    /// It only says where things stand.
    pub(super) layout: bool,
    /// It has been opened as a node.
    pub(super) opened: bool,
    /// The column of the next cell.
    column: usize,
    /// How many columns the last cell took beyond its own.
    owed: usize,
    /// For each column, how many of the rows to come a cell above reaches into.
    reaching: [u16; MOST_COLUMNS],
}

/// Cells that reach over several rows or columns do so within the first so many columns.
const MOST_COLUMNS: usize = 24;

impl Table {
    pub(super) fn new(span: Span, layout: bool) -> Self {
        Table { span, layout, opened: false, column: 0, owed: 0, reaching: [0; MOST_COLUMNS] }
    }

    /// How many columns from the next one on belong to cells of the rows above; the rows that these still reach into get
    /// fewer by one.
    fn taken(&mut self) -> usize {
        let reaching = self.reaching.iter_mut().skip(self.column);
        let taken = reaching.map_while(|rows| rows.checked_sub(1).map(|left| *rows = left)).count();
        self.column += taken;
        taken
    }

    /// Goes on behind a cell that is so many columns wide and rows high.
    fn pass(&mut self, columns: usize, rows: u16) {
        for reaching in self.reaching.iter_mut().skip(self.column).take(columns) {
            *reaching = rows.saturating_sub(1);
        }
        self.column += columns;
    }
}

impl Walk<'_, '_, '_> {
    /// True for an element that should not stand where it stands: beside the rows of a table, or the cells of a row.
    pub(super) fn between_cells(&self, name: &str) -> bool {
        let part = matches!(name, "tbody" | "thead" | "tfoot" | "tr" | "td" | "th");
        !part && matches!(self.innermost(), Some(Kind::Table | Kind::Row))
    }

    /// What stands between rows parts a table in two.
    pub(super) fn leave_table(&mut self) {
        if let (Some(table), Some(&node)) = (self.tables.last_mut(), self.builder.open.last()) {
            table.opened = false;
            let nodes = &mut self.builder.document.nodes;
            // An empty row ends behind all that is read of it.
            let row = nodes[node + 1..].iter().rev().find(|inner| inner.kind == Kind::Row).map_or(0, |row| row.span().end);
            let span = nodes[node].span();
            nodes[node].set_span(Span::new(span.start, self.at.max(row).clamp(span.start, span.end)));
            self.builder.close();
        }
    }

    pub(super) fn table_part(&mut self, node: usize) {
        let span = self.tree.nodes[node].span();
        if self.tree.name(node) == "tr" {
            if let Some(table) = self.tables.last_mut()
                && !table.opened
            {
                table.opened = true;
                // What has been read between its rows may be empty.
                let read = self.builder.document.nodes.last().map_or(self.at, |node| self.at.max(node.span().start));
                let span = Span::new(read.clamp(table.span.start, table.span.end), table.span.end);
                self.builder.open(Kind::Table, span);
            }
            if let Some(table) = self.tables.last_mut() {
                // What reaches into the rest of the row before needs no cell there.
                while table.column < MOST_COLUMNS {
                    table.taken();
                    table.column += 1;
                }
                (table.column, table.owed) = (0, 0);
            }
            self.container(node, Kind::Row);
            return;
        }
        let reach = |name| self.tree.attribute(node, name).and_then(|count| count.trim().parse::<u16>().ok()).unwrap_or(1).max(1);
        let (columns, rows) = (usize::from(reach("colspan")).min(MOST_COLUMNS), reach("rowspan"));
        if let Some(table) = self.tables.last_mut() {
            let taken = table.taken() + table.owed;
            table.pass(columns, rows);
            table.owed = columns - 1;
            // A cell stands in every column, so that those behind it stand in theirs.
            for _ in 0..taken {
                self.builder.open(Kind::Cell, Span::new(span.start, span.start));
                self.builder.close();
            }
        }
        self.builder.open(Kind::Cell, span);
        self.flush_anchors();
        self.lines = Some('\n');
        self.ends.push((self.tree.nodes[node].next as usize, End::Lines));
    }

    /// True if a table only says where things stand: it has one column, or its cells hold headings, tables, or whole texts.
    pub(super) fn is_layout(&self, table: usize) -> bool {
        let (tree, measures) = (self.tree, self.page.measures);
        if matches!(tree.attribute(table, "role"), Some("presentation" | "none")) {
            return true;
        }
        let own = measures[table];
        if own.headings > 0 || own.text == 0 {
            return true;
        }
        let (mut widest, mut headers) = (0, false);
        let groups = tree.children(table).filter(|&part| tree.name(part) != "tr").flat_map(|part| tree.children(part));
        for row in tree.children(table).chain(groups).filter(|&part| tree.name(part) == "tr") {
            let cells = || tree.children(row).filter(|&cell| matches!(tree.name(cell), "td" | "th"));
            let width = cells().count();
            // Where columns have headers, tables in their cells are a part of the data.
            if !headers && cells().any(|cell| measures[cell].table) {
                return true;
            }
            headers |= width > 1 && cells().all(|cell| tree.name(cell) == "th");
            widest = widest.max(width);
        }
        widest < 2
    }
}
