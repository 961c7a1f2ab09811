//! Tables: a cell's label is the head of its column, or the first cell of its row.

use crate::labels::{Kind, Labels};
use crate::prose::Text;

use super::{Labelled, Place, Reader, Style, label};

/// Rows of cells: the nodes of each.
type Rows = Vec<Vec<usize>>;

/// Reads a table into lines.
pub(super) fn read(reader: &mut Reader<'_>, table: usize) {
    let document = reader.records.document;
    let rows: Rows = document.children(table).map(|row| document.children(row).collect()).collect();
    let Some((head, body)) = rows.split_first() else { return };
    if is_report(reader, head, body) {
        rows.iter().flatten().for_each(|&cell| cell_line(reader, cell, None));
        return;
    }
    if let Some(people) = people(reader, head, body) {
        for (found, cell) in people {
            cell_line(reader, cell, Some(found));
        }
        return;
    }
    let Some(columns) = columns(reader, head, body) else {
        match transposed(reader, &rows) {
            Some(columns) => records(reader, &columns[0], &columns[1..], &heads(reader, &columns[0], &columns[1..])),
            None if pairs(reader, &rows) => {
                let names = rows.iter().take(2).find(|row| names_idea(reader, row)).map(|row| row[0]);
                let skipped = usize::from(is_head_of_labels(reader, head));
                for row in &rows[skipped..] {
                    pair(reader, row, names);
                }
            }
            None => plain(reader, &rows),
        }
        return;
    };
    let body = mended(reader, head.len(), body);
    records(reader, head, &body, &columns);
}

/// The text of a cell.
fn said<'a>(reader: &Reader<'a>, cell: usize) -> Text<'a> {
    reader.records.document.text(cell).trim()
}

/// The label that all of a cell is.
fn cell_label<'a>(reader: &Reader<'a>, cell: usize) -> Option<Labelled<'a>> {
    label(said(reader, cell), Style::Cell).filter(|found| found.value.is_empty() && found.kind.is_some())
}

/// What the head of each column announces; `None` for a table whose first row is no head.
///
/// The head of a table of facts is labels for the greater part; one that names ideas may have columns of any name.
fn columns(reader: &Reader<'_>, head: &[usize], body: &[Vec<usize>]) -> Option<Vec<Option<Kind>>> {
    // What stands in parentheses explains a label, at any length.
    let is_long = |cell: usize| {
        let text = said(reader, cell).as_str();
        let end = if Labels::get().kind(text).is_some() { text.find('(') } else { None };
        text[..end.unwrap_or(text.len())].len() > 60 || text.contains("://")
    };
    if body.is_empty() || head.len() < 2 || head.iter().any(|&cell| is_long(cell)) {
        return None;
    }
    let mut kinds = heads(reader, head, body);
    // Which columns say whether, as far as they say anything.
    let mut flags: Vec<Option<bool>> = vec![None; head.len()];
    for row in body {
        for (flag, &cell) in flags.iter_mut().zip(row).filter(|(_, cell)| !said(reader, **cell).is_empty()) {
            *flag = Some(flag.unwrap_or(true) && Labels::get().is_flag(said(reader, cell).as_str()));
        }
    }
    for (kind, _) in kinds.iter_mut().zip(&flags).filter(|(_, flag)| **flag == Some(true)) {
        *kind = None;
    }
    let known = kinds.iter().flatten().count();
    let telling = kinds.iter().flatten().filter(|kind| kind.is_telling()).count();
    // Two columns of labels and values have their labels in the first one.
    let labelled = body.iter().filter(|row| is_label(reader, row)).count();
    if head.len() == 2 && telling < 2 && (labelled * 2 >= body.len().max(1) || facts_of(reader, body) > 1) {
        return None;
    }
    let named = kinds.contains(&Some(Kind::Title));
    (known * 2 > head.len() || (named && telling > 0)).then_some(kinds)
}

/// How many facts of an idea the first cells of rows announce.
fn facts_of(reader: &Reader<'_>, body: &[Vec<usize>]) -> usize {
    let kind = |row: &Vec<usize>| cell_label(reader, *row.first()?)?.kind.filter(|kind| kind.is_telling());
    let mut kinds: Vec<Kind> = body.iter().filter_map(kind).map(super::label::same).collect();
    kinds.sort_unstable_by_key(|kind| *kind as u8);
    kinds.dedup();
    kinds.len()
}

fn is_label(reader: &Reader<'_>, row: &[usize]) -> bool {
    row.first().is_some_and(|&cell| cell_label(reader, cell).is_some())
}

/// What each cell of a head announces: the first that names ideas is the title, and "Project" beside it what they are filed
/// under.
fn heads(reader: &Reader<'_>, head: &[usize], body: &[Vec<usize>]) -> Vec<Option<Kind>> {
    let labels = Labels::get();
    let is_project = |text: Text<'_>| labels.kind(text.as_str()) == Some(Kind::Project);
    let texts: Vec<Text<'_>> = head.iter().map(|&cell| said(reader, cell)).collect();
    let has = |kind: Kind| texts.iter().any(|text| labels.of_person(text.as_str()) == Some(kind));
    // People have a name and an address; ideas have mentors, sizes or levels besides.
    let of_idea = |text: &Text<'_>| {
        let named = labels.names_idea(text.as_str()) && labels.of_person(text.as_str()).is_none();
        let kinds = [Kind::Mentors, Kind::Size, Kind::Difficulty, Kind::DifficultyAndSize, Kind::Upstream];
        named || labels.kind(text.as_str()).is_some_and(|kind| kinds.contains(&kind))
    };
    let people = has(Kind::Mentors) && has(Kind::MentorEmails) && !texts.iter().any(of_idea);
    if people {
        return vec![None; head.len()];
    }
    let named = texts.iter().any(|&text| labels.names_idea(text.as_str()) && !is_project(text));
    let mut titled = false;
    let kind = |text: Text<'_>| {
        let is_title = !titled && labels.names_idea(text.as_str()) && !(named && is_project(text));
        let kind = labels.kind(text.as_str());
        if is_title && matches!(kind, None | Some(Kind::Project | Kind::Title)) {
            titled = true;
            return Some(Kind::Title);
        }
        kind
    };
    let mut kinds: Vec<Option<Kind>> = texts.iter().copied().map(kind).collect();
    // A table that begins with mentors and tells nothing else is a list of people.
    if kinds.first() == Some(&Some(Kind::Mentors)) && !kinds[1..].iter().flatten().any(|kind| kind.is_telling()) {
        return vec![None; head.len()];
    }
    // And so is one of names that tells nothing but how to reach whom.
    let lists_people = |(text, kind): (&Text<'_>, &Option<Kind>)| match kind {
        Some(Kind::Title) => labels.of_person(text.as_str()) == Some(Kind::Mentors),
        // Under "Mentors" stand those of an idea with this name; under "Contact" the address of a person.
        Some(Kind::Mentors) => labels.of_person(text.as_str()).is_none(),
        kind => matches!(kind, None | Some(Kind::Other)),
    };
    if titled && kinds.contains(&Some(Kind::Mentors)) && texts.iter().zip(&kinds).all(lists_people) {
        return vec![None; head.len()];
    }
    // Without such a column, the first names the ideas, if it says nothing else; numbers before it only count them.
    let has_words = |column: &usize| {
        body.iter().filter_map(|row| row.get(*column)).any(|&cell| said(reader, cell).as_str().contains(char::is_alphabetic))
    };
    let first = (0..kinds.len()).find(has_words).unwrap_or(0);
    if !titled && let Some(first) = kinds.get_mut(first).filter(|kind| matches!(kind, None | Some(Kind::Project))) {
        *first = Some(Kind::Title);
    }
    kinds
}

/// True for a table that tells who did what: one of its columns holds mentees, or years that differ beside no ideas.
fn is_report(reader: &Reader<'_>, head: &[usize], body: &[Vec<usize>]) -> bool {
    let labels = Labels::get();
    let texts = || head.iter().map(|&cell| said(reader, cell).as_str());
    if texts().any(|text| labels.is_mentee(text)) {
        return true;
    }
    let is_year =
        |text: &str| text.len() == 4 && (text.starts_with("19") || text.starts_with("20")) && text.parse::<u16>().is_ok();
    let names_idea = |text: &str| labels.names_idea(text) && labels.kind(text) != Some(Kind::Project);
    let Some(column) = texts().position(|text| labels.is_year(text)).filter(|_| !texts().any(names_idea)) else { return false };
    let mut years = body.iter().filter_map(|row| row.get(column)).map(|&cell| said(reader, cell).as_str());
    let Some(first) = years.next().filter(|first| is_year(first)) else { return false };
    let mut differ = false;
    years.all(|year| {
        differ |= year != first;
        is_year(year)
    }) && differ
}

/// The rows of a table that was broken over lines: fewer cells a row than the head has, but as many in all as some rows have.
fn mended(reader: &Reader<'_>, width: usize, body: &[Vec<usize>]) -> Rows {
    let filled = |row: &Vec<usize>| row.iter().filter(|&&cell| !said(reader, cell).is_empty()).count();
    let whole = body.iter().filter(|row| filled(row) * 2 > width).count();
    let cells: Vec<usize> = body.iter().flatten().copied().filter(|&cell| !said(reader, cell).is_empty()).collect();
    if width > 2 && cells.len().is_multiple_of(width) && cells.len() / width < body.len() && whole * 2 <= body.len() {
        return cells.chunks(width).map(<[usize]>::to_vec).collect();
    }
    body.to_vec()
}

/// A row for each idea.
fn records(reader: &mut Reader<'_>, head: &[usize], body: &[Vec<usize>], kinds: &[Option<Kind>]) {
    for row in body {
        let mut filled = row.iter().copied().filter(|&cell| !said(reader, cell).is_empty());
        // A row of nothing but a name in bold stands above the rows of a group.
        if let (Some(only), None) = (filled.next(), filled.next())
            && body.len() > 2
            && said(reader, only).bold_prefix() == Some(said(reader, only).len())
        {
            // A number on a line below counts its rows.
            let text = said(reader, only);
            let first = text.lines().next().unwrap_or(text);
            let is_count = text.from(first.len()).as_str().trim().parse::<u16>().is_ok();
            let text = if is_count { first.trim() } else { text };
            reader.line(only, text, None, Place::Heading(GROUP), (true, true));
            continue;
        }
        reader.rows += 1;
        for ((&cell, &kind), &above) in row.iter().zip(kinds).zip(head) {
            let (text, label) = (said(reader, cell), said(reader, above));
            if text.is_empty() {
                continue;
            }
            let place = Place::Cell(reader.rows);
            let found = |value| Labelled { kind, label, value, set: true, ended: true };
            if kind != Some(Kind::Title) {
                reader.line(cell, text, Some(found(text)), place, (true, true));
                continue;
            }
            // The title, and then whatever else shares the cell, line by line.
            let mut lines = text.lines();
            if let Some(title) = lines.next() {
                reader.line(cell, title, Some(found(title)), place, (true, false));
            }
            for line in lines {
                reader.split(cell, line, place, (false, false));
            }
        }
    }
}

/// The level of a row that names a group: below all headings.
const GROUP: u8 = 6;

/// The columns of a table whose rows are labelled, each idea in a column.
fn transposed(reader: &Reader<'_>, rows: &Rows) -> Option<Rows> {
    let width = rows.first()?.len();
    if width < 3 || rows.len() < 3 || rows.iter().any(|row| row.len() != width) {
        return None;
    }
    let labelled = rows[1..].iter().filter(|row| is_label(reader, row)).count();
    (labelled * 2 > rows.len() - 1).then(|| (0..width).map(|column| rows.iter().map(|row| row[column]).collect()).collect())
}

/// True for a table of two columns, labels and values.
fn pairs(reader: &Reader<'_>, rows: &Rows) -> bool {
    let known = rows.iter().filter(|row| is_label(reader, row)).count();
    rows.iter().all(|row| row.len() <= 2) && (known > 0 && known * 3 >= rows.len() || facts_of(reader, rows) > 1)
}

/// True for `Idea | Dark mode`: the row of a title, though its label is no label elsewhere.
fn names_idea(reader: &Reader<'_>, row: &[usize]) -> bool {
    let &[label, title] = row else { return false };
    let labels = Labels::get();
    let label = said(reader, label).as_str();
    let says = |title: &str| !title.is_empty() && !labels.is_head(title) && labels.kind(title).is_none();
    labels.names_idea(label) && labels.kind(label).is_none() && says(said(reader, title).as_str())
}

/// True for "Category | Rating": a head whose second half is a label, too.
fn is_head_of_labels(reader: &Reader<'_>, row: &[usize]) -> bool {
    let &[first, second] = row else { return false };
    let kind = cell_label(reader, first).and_then(|found| found.kind);
    kind.is_some_and(|kind| !kind.is_telling()) && Labels::get().kind(said(reader, second).as_str()).is_some_and(Kind::is_telling)
}

/// A row of a label and a value; `title` is the cell that labels the title.
fn pair(reader: &mut Reader<'_>, row: &[usize], title: Option<usize>) {
    let &[first, second] = row else { return row.iter().for_each(|&cell| cell_line(reader, cell, None)) };
    let (label, value) = (said(reader, first), said(reader, second));
    // "Field | Value", a head that says nothing.
    let is_head = || cell_label(reader, first).is_none() && title != Some(first) && Labels::get().is_head(label.as_str());
    if value.is_empty() && label.is_empty() || is_head() {
        return;
    }
    let kind = cell_label(reader, first).and_then(|found| found.kind).or_else(|| (title == Some(first)).then_some(Kind::Title));
    cell_line(reader, second, Some(Labelled { kind, label, value, set: true, ended: true }));
}

/// A table of anything: its cells are text, which may have labels of its own.
fn plain(reader: &mut Reader<'_>, rows: &Rows) {
    for row in rows {
        reader.rows += 1;
        let place = Place::Cell(reader.rows);
        for &cell in row {
            let text = said(reader, cell);
            for line in text.lines() {
                reader.split(cell, line, place, (true, false));
            }
        }
    }
}

fn cell_line<'a>(reader: &mut Reader<'a>, cell: usize, found: Option<Labelled<'a>>) {
    let text = said(reader, cell);
    let place = Place::Cell(reader.rows);
    reader.line(cell, text, found, place, (true, true));
}

/// A table of people: `Name | GitHub | E-mail`. A column with gaps is left out: the lists must run in parallel.
fn people<'a>(reader: &Reader<'a>, head: &[usize], body: &[Vec<usize>]) -> Option<Vec<(Labelled<'a>, usize)>> {
    let column = |&cell: &usize| {
        let text = said(reader, cell);
        let kind = Labels::get().of_person(text.as_str())?;
        Some(Labelled { kind: Some(kind), label: text, value: text.cut(0..0), set: true, ended: true })
    };
    let columns: Vec<Option<Labelled<'a>>> = head.iter().map(column).collect();
    let has = |kind: Kind| columns.iter().flatten().any(|column| column.kind == Some(kind));
    if !has(Kind::Mentors) || !(has(Kind::MentorHandles) || has(Kind::MentorEmails)) || columns.iter().any(Option::is_none) {
        return None;
    }
    let mut found = Vec::new();
    for (i, column) in columns.iter().enumerate() {
        let cells: Option<Vec<usize>> =
            body.iter().map(|row| row.get(i).copied().filter(|&cell| !said(reader, cell).is_empty())).collect();
        if let (Some(column), Some(cells)) = (column, cells) {
            found.extend(cells.into_iter().map(|cell| (Labelled { value: said(reader, cell), ..*column }, cell)));
        }
    }
    Some(found)
}
