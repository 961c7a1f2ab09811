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
            let span = &mut self.builder.document.nodes[node].span;
            span.end = self.at.clamp(span.start, span.end);
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
                let span = Span::new(self.at.clamp(table.span.start, table.span.end), table.span.end);
                self.builder.open(Kind::Table, span);
            }
            self.container(node, Kind::Row);
            return;
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
