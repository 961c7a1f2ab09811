//! Tables of ideas: one row per idea, its title in one cell, facts in others, sometimes several in one cell.

use crate::document::{Document, Kind as Node};
use crate::fields::{self, Field, Style};
use crate::labels::{Kind, Labels};
use crate::prose::Text;

use super::draft::{Draft, Fact};
use super::index;

/// The ideas of all tables of a page. A table that only lists the ideas told in full elsewhere (`known`) is an overview.
pub(super) fn read<'a>(document: &'a Document, known: &[Draft<'a>]) -> Vec<Draft<'a>> {
    let is_table = |&node: &usize| document.nodes[node].kind == Node::Table && !document.nodes[node].verbatim;
    let tables = (0..document.nodes.len()).filter(is_table);
    let mut tables = tables.map(|table| read_table(document, table)).filter(|rows| !rows.is_empty()).peekable();
    if tables.peek().is_none() {
        return Vec::new();
    }
    let known: Vec<String> = known.iter().filter_map(|draft| draft.title).map(|title| index::letters(title.as_str())).collect();
    let is_known = |draft: &Draft<'_>| {
        let title = draft.title.map(|title| index::letters(title.as_str())).unwrap_or_default();
        known.iter().any(|known| known.contains(&title) || title.contains(known.as_str()))
    };
    tables
        .filter(|rows| rows.iter().filter(|&row| is_known(row)).count() * 2 <= rows.len() && !rows.iter().all(&is_known))
        .flatten()
        .collect()
}

/// True for the text of a cell.
pub(super) fn is_cell(document: &Document, node: usize) -> bool {
    document.nodes[node].kind == Node::Cell
}

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Column {
    Title,
    Fact(Kind),
    Unknown,
}

fn read_table(document: &Document, table: usize) -> Vec<Draft<'_>> {
    let rows: Vec<Vec<usize>> = document.children(table).map(|row| document.children(row).collect()).collect();
    let Some((head, rows)) = rows.split_first() else { return Vec::new() };
    let Some(columns) = columns(document, head) else { return Vec::new() };
    if is_report(document, head, rows) {
        return Vec::new();
    }
    let mut group = None;
    let mut drafts = Vec::new();
    for (at, row) in rows.iter().enumerate() {
        let next = rows.get(at + 1).is_some_and(|next| group_row(document, &columns, next).is_none());
        match group_row(document, &columns, row).filter(|_| next) {
            Some(name) => group = Some(name),
            None => drafts.extend(read_row(document, &columns, row).map(|draft| Draft { group, ..draft })),
        }
    }
    drafts
}

/// The name in a row that holds nothing but one, in bold: what the rows below it are filed under.
fn group_row<'a>(document: &'a Document, columns: &[Column], row: &[usize]) -> Option<Text<'a>> {
    let mut filled = row.iter().zip(columns).filter(|&(&cell, _)| !document.text(cell).trim().is_empty());
    let (&cell, &column) = filled.next()?;
    let name = document.text(cell).trim();
    (filled.next().is_none() && column == Column::Title && name.bold_prefix() == Some(name.len())).then_some(name)
}

/// True for a table that reports who did what: most of its rows name a mentee.
fn is_report(document: &Document, head: &[usize], rows: &[Vec<usize>]) -> bool {
    let is_mentee = |said: &str| {
        let said = said.trim_end_matches('s').to_lowercase();
        ["mentee", "student", "intern", "contributor", "participant", "writer", "technical writer", "graduate"]
            .contains(&said.as_str())
    };
    let Some(column) = head.iter().position(|&cell| is_mentee(document.text(cell).trim().as_str())) else { return false };
    let names = |row: &&Vec<usize>| {
        let said = row.get(column).map_or("", |&cell| document.text(cell).trim().as_str());
        said.contains(char::is_alphabetic) && !Labels::get().is_placeholder(said)
    };
    rows.iter().filter(names).count() * 2 > rows.len()
}

/// The columns of a table of ideas; `None` for any other table.
fn columns(document: &Document, head: &[usize]) -> Option<Vec<Column>> {
    let labels = Labels::get();
    let mut columns: Vec<Column> = Vec::new();
    // Beside a column of ideas, "Project" is what they are filed under.
    let is_project = |said: &str| said.eq_ignore_ascii_case("project") || said.eq_ignore_ascii_case("projects");
    let has_ideas = head.iter().any(|&cell| {
        let said = document.text(cell).trim().as_str();
        is_idea_word(said) && !is_project(said)
    });
    for &cell in head {
        let said = document.text(cell).trim();
        if has_ideas && is_project(said.as_str()) {
            columns.push(Column::Fact(Kind::Project));
            continue;
        }
        let titled = columns.contains(&Column::Title);
        let names = !titled && is_idea_word(said.as_str());
        columns.push(match labels.kind(said.as_str()) {
            Some(Kind::Title) if !titled => Column::Title,
            Some(Kind::Project) | None if names => Column::Title,
            Some(kind) => Column::Fact(kind),
            None => Column::Unknown,
        });
    }
    let telling = columns.iter().any(|column| matches!(column, Column::Fact(kind) if kind.is_telling()));
    // A table that begins with mentors and tells nothing else is a list of people.
    let people = matches!(columns.as_slice(), [Column::Fact(Kind::Mentors), rest @ ..]
        if !rest.iter().any(|column| matches!(column, Column::Fact(kind) if kind.is_telling())));
    (telling && !people && columns.contains(&Column::Title)).then_some(columns)
}

/// "Project", "Idea", "Project idea", "Name": the head of the column that names the ideas.
fn is_idea_word(head: &str) -> bool {
    let words = ["project", "idea", "name", "proposal", "topic", "task", "title", "projects", "ideas", "of", "the"];
    let mut said = head.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).peekable();
    said.peek().is_some() && said.all(|word| words.contains(&word.to_lowercase().as_str()))
}

fn read_row<'a>(document: &'a Document, columns: &[Column], row: &[usize]) -> Option<Draft<'a>> {
    let mut draft = Draft::default();
    for (&column, &cell) in columns.iter().zip(row) {
        let text = document.text(cell).trim();
        match column {
            Column::Title => {
                // The title, and then whatever else shares the cell, line by line.
                let mut lines = text.lines();
                draft.title = Some(lines.next()?);
                for line in lines {
                    match fields::label(line, Style::Line) {
                        Some(found) => {
                            let parts = vec![fields::Part { text: found.value, listed: false }];
                            draft.facts.push(Fact::new(found.kind, found.label, Style::Cell, parts));
                        }
                        None => draft.loose.push(line),
                    }
                }
            }
            Column::Fact(kind) if !text.is_empty() => {
                let end = text.len();
                let field = Field {
                    kind,
                    label: text.cut(end..end),
                    style: Style::Cell,
                    value: text,
                    nodes: cell + 1..cell + 1,
                    inner: false,
                };
                draft.facts.push(Fact::of(&field, document));
            }
            Column::Fact(_) | Column::Unknown => {}
        }
    }
    draft.title.is_some().then_some(draft)
}
