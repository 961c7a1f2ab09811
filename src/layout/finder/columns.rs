//! Tables whose first row labels nothing, or in words that nobody knows: what a column holds is told by its cells.

use crate::document;
use crate::labels::{Kind, Labels};
use crate::prose::Text;
use crate::records::Records;

use super::shape;

/// Gives the cells of such tables the labels that their columns would have, if each row can only be an idea.
pub(super) fn label(records: &mut Records<'_>) {
    let document = records.document;
    for table in (0..document.nodes.len()).filter(|&node| document.nodes[node].kind == document::Kind::Table) {
        let known =
            (records.line_at(table)..records.line_at(document.nodes[table].end())).any(|line| records.kind(line).is_some());
        if known || document.nodes[table].verbatim {
            continue;
        }
        let rows: Vec<Vec<usize>> = document.children(table).map(|row| document.children(row).collect()).collect();
        let rows: Vec<Vec<usize>> =
            rows.into_iter().filter(|row| row.iter().any(|&cell| !said(records, cell).is_empty())).collect();
        let Some((head, body)) = table_of(records, &rows) else { continue };
        for row in body {
            for ((&cell, kind), label) in
                row.iter().zip(&head).filter_map(|(cell, (kind, label))| Some(((cell, (*kind)?), *label)))
            {
                let lines = records.line_at(cell)..records.line_at(cell + 1);
                // What stands below a title in its cell is text.
                let count = if kind == Kind::Title { 1 } else { lines.len() };
                for line in lines.take(count) {
                    records.tell(line, kind, label, records.text(line));
                }
            }
        }
    }
}

/// What a column holds, and the label above it.
type Column<'a> = (Option<Kind>, Option<Text<'a>>);

/// The columns of a table whose rows are ideas, and its rows below the head.
fn table_of<'r, 'a>(records: &Records<'a>, rows: &'r [Vec<usize>]) -> Option<(Vec<Column<'a>>, &'r [Vec<usize>])> {
    let width = rows.first()?.len();
    if rows.len() < 2 || width < 2 || rows.iter().any(|row| row.len() != width) {
        return None;
    }
    let shape = |row: &[usize], column: usize| kind_of(records, row[column]);
    let told: Vec<Option<Kind>> = (0..width)
        .map(|column| {
            let filled = || rows.iter().filter(|row| !said(records, row[column]).is_empty());
            let all = filled().count();
            let kind = filled().skip(usize::from(all > 2)).find_map(|row| shape(row, column))?;
            let alike = filled().filter(|row| shape(row, column) == Some(kind)).count();
            (alike > 1 && alike * 3 >= all * 2).then_some(kind)
        })
        .collect();
    let names = |&column: &usize| {
        rows.iter().filter(|row| said(records, row[column]).as_str().contains(char::is_alphabetic)).count() * 3 >= rows.len() * 2
    };
    let title = (0..width).filter(|&column| told[column] != Some(Kind::Upstream)).find(names)?;
    // "Dark Mode" looks like a name, but not beside people.
    let holds = |kind: Kind| told[title + 1..].contains(&Some(kind));
    let facts = [Kind::Mentors, Kind::Size, Kind::Difficulty, Kind::DifficultyAndSize, Kind::Skills];
    let stated = facts.into_iter().filter(|&kind| holds(kind)).count();
    // Teams have people and skills, too, but no text beside a name.
    let described = (title + 1..width).any(|column| told[column].is_none());
    let levels = [Kind::Size, Kind::Difficulty, Kind::DifficultyAndSize].into_iter().any(holds);
    let enough = holds(Kind::Size) || stated > 1 && (levels || described);
    if !enough || told[title].is_some_and(|kind| kind != Kind::Mentors || !holds(kind)) {
        return None;
    }
    let mut titles: Vec<&str> = rows.iter().map(|row| said(records, row[title]).as_str()).collect();
    let several_words = titles.iter().filter(|title| title.contains(' ')).count();
    titles.sort_unstable();
    titles.dedup();
    if titles.len() < rows.len() || several_words * 2 < rows.len() {
        return None;
    }
    // A row without values above rows with values is a head; one that names students stands over what they did.
    let is_head = (0..width).all(|column| told[column].is_none() || shape(&rows[0], column) != told[column]);
    let labels = |column: usize| said(records, rows[0][column]);
    if is_head && (0..width).any(|column| Labels::get().is_mentee(labels(column).as_str())) {
        return None;
    }
    let column = |column: usize| {
        let kind = if column == title { Some(Kind::Title) } else { told[column] };
        (kind, is_head.then(|| labels(column)))
    };
    Some(((0..width).map(column).collect(), &rows[usize::from(is_head)..]))
}

fn said<'a>(records: &Records<'a>, cell: usize) -> Text<'a> {
    records.document.text(cell).trim()
}

/// What a cell holds by its look.
fn kind_of(records: &Records<'_>, cell: usize) -> Option<Kind> {
    let lines: Vec<Text<'_>> = said(records, cell).lines().collect();
    shape::of_all(&lines).and_then(shape::Shape::kind)
}
