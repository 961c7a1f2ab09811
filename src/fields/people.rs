//! Tables of people inside an idea.

use crate::document::Document;
use crate::labels::Kind;

use super::Labelled;

/// A table of people: `Name | GitHub | E-mail`. A column with gaps is left out: the lists must run in parallel.
pub(super) fn read<'a>(document: &'a Document, rows: &[Vec<usize>]) -> Vec<(Labelled<'a>, usize)> {
    let Some((head, rows)) = rows.split_first() else { return Vec::new() };
    let column = |cell: usize| {
        let text = document.text(cell).trim();
        let said = text.as_str().to_lowercase();
        let kind = match said.as_str() {
            "name" | "mentor" | "mentors" => Kind::Mentors,
            "github" | "handle" | "github handle" | "github id" => Kind::MentorHandles,
            "email" | "e-mail" | "mail" => Kind::MentorEmails,
            _ => return None,
        };
        Some(Labelled { kind, label: text, value: text.cut(0..0), bold: false })
    };
    let columns: Vec<Option<Labelled<'a>>> = head.iter().map(|&cell| column(cell)).collect();
    let has = |kind: Kind| columns.iter().flatten().any(|column| column.kind == kind);
    if !has(Kind::Mentors) || !(has(Kind::MentorHandles) || has(Kind::MentorEmails)) {
        return Vec::new();
    }
    let mut found = Vec::new();
    for (i, column) in columns.iter().enumerate() {
        let cells: Option<Vec<usize>> =
            rows.iter().map(|row| row.get(i).copied().filter(|&cell| !document.text(cell).trim().is_empty())).collect();
        if let (Some(column), Some(cells)) = (column, cells) {
            found.extend(cells.into_iter().map(|cell| (*column, cell)));
        }
    }
    found
}
