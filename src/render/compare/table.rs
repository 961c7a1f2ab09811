//! A comparison as lines of a terminal, or of the full screen.

use anstyle::Style;

use super::super::page::{Line, Piece};
use super::super::{Look, facts, fit, grid, safe};
use super::{Comparison, Row, mark};
use crate::idea::id::short::ShortIds;

/// Spaces between two columns.
const GAP: usize = 2;
/// The columns of the mark, with the space behind it.
const MARK: usize = 2;
/// In fewer columns than this a cell cannot be read.
const LEAST: usize = 18;
/// Lines that are longer than this are hard to read.
const MOST: usize = 60;
/// A cell has no more lines than this, so that long outcomes leave room for the other facts.
const MOST_LINES: usize = 10;
/// The columns that are used where nobody says how many there are.
const WIDTH: usize = 80;

/// The lines that show a comparison; none is longer than the look is wide.
pub fn lines(comparison: &Comparison<'_>, ids: &ShortIds<'_>, look: &Look) -> Vec<Line> {
    let width = look.width.unwrap_or(WIDTH);
    let rows = comparison.rows();
    let label = rows.iter().map(|row| fit::width(row.label)).max().unwrap_or(0);
    let count = comparison.ideas.len();
    let room = width.saturating_sub(MARK + label + GAP + GAP * count.saturating_sub(1)) / count.max(1);
    let titles: Vec<String> = comparison.ideas.iter().map(|idea| safe::line(&idea.title.value).into_owned()).collect();
    let ids: Vec<String> = comparison.ideas.iter().map(|idea| ids.of_id(&safe::line(&idea.id)).into_owned()).collect();
    if room < LEAST {
        stacked(&rows, &titles, &ids, width, look)
    } else {
        table(&rows, &titles, &ids, label, room.min(MOST), look)
    }
}

/// A row for each fact.
fn table(rows: &[Row], titles: &[String], ids: &[String], label: usize, room: usize, look: &Look) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut add = |mark: &str, name: &str, cells: &[(String, Style)]| {
        let cells: Vec<(Vec<String>, Style)> = cells.iter().map(|(text, style)| (cut(text, room, look), *style)).collect();
        let height = cells.iter().map(|(lines, _)| lines.len()).max().unwrap_or(1);
        for at in 0..height {
            let (mark, name) = if at == 0 { (mark, name) } else { ("", "") };
            let mut line = Line::default();
            line.push(Piece::new(padded(mark, MARK), Style::new().bold()));
            line.push(Piece::new(padded(name, label + GAP), Style::new().dimmed()));
            for (number, (texts, style)) in cells.iter().enumerate() {
                let text = texts.get(at).map_or("", String::as_str);
                line.push(Piece::new(text, *style));
                if number + 1 < cells.len() {
                    line.push(Piece::plain(" ".repeat((room + GAP).saturating_sub(fit::width(text)))));
                }
            }
            lines.push(line);
        }
    };
    let all = |texts: &[String], style: Style| texts.iter().map(|text| (text.clone(), style)).collect::<Vec<_>>();
    add("", "", &all(titles, Style::new().bold()));
    add("", "", &all(ids, grid::ID));
    for row in rows {
        let cells: Vec<_> = (0..titles.len()).map(|idea| (row.shown(idea).into_owned(), style(row, idea))).collect();
        add(if row.differs { mark(look.unicode) } else { "" }, row.label, &cells);
    }
    lines
}

/// Fact by fact, what each idea says below it; once, if all say the same.
fn stacked(rows: &[Row], titles: &[String], ids: &[String], width: usize, look: &Look) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut add = |first: Piece, indent: usize, text: &str, style: Style| {
        let mut first = Some(first);
        for text in cut(text, width.saturating_sub(indent).max(1), look) {
            let mut line = Line::default();
            line.push(first.take().unwrap_or_else(|| Piece::plain(" ".repeat(indent))));
            line.push(Piece::new(text, style));
            lines.push(line);
        }
    };
    let digits = titles.len().to_string().len();
    let number = |idea: usize, before: usize| format!("{:before$}{:>digits$}  ", "", idea + 1);
    for (idea, (title, id)) in titles.iter().zip(ids).enumerate() {
        add(Piece::plain(number(idea, 0)), digits + GAP, title, Style::new().bold());
        add(Piece::plain(" ".repeat(digits + GAP)), digits + GAP, id, grid::ID);
    }
    for row in rows {
        if !row.differs {
            let label = format!("{:MARK$}{}  ", "", row.label);
            let indent = fit::width(&label);
            add(Piece::new(label, Style::new().dimmed()), indent, &row.shown(0), style(row, 0));
            continue;
        }
        add(Piece::new(padded(mark(look.unicode), MARK), Style::new().bold()), MARK, row.label, Style::new().dimmed());
        for idea in 0..titles.len() {
            let before = MARK + GAP;
            add(Piece::plain(number(idea, before)), before + digits + GAP, &row.shown(idea), style(row, idea));
        }
    }
    lines
}

/// What an idea does not say is dim.
fn style(row: &Row, idea: usize) -> Style {
    if row.shown(idea) == facts::NOT_STATED { Style::new().dimmed() } else { Style::new() }
}

/// A text with spaces behind it.
fn padded(text: &str, width: usize) -> String {
    format!("{text}{}", " ".repeat(width.saturating_sub(fit::width(text))))
}

/// A text in a few lines of at most so many columns; the last ends in dots if there is more.
fn cut(text: &str, room: usize, look: &Look) -> Vec<String> {
    let mut lines = broken(text, room);
    if lines.len() > MOST_LINES {
        lines.truncate(MOST_LINES);
        if let Some(last) = lines.last_mut() {
            *last = fit::cut(&format!("{last} {}", look.dots()), room, look.dots()).into_owned();
        }
    }
    lines
}

/// A text in lines of at most so many columns; a word that is longer is broken anywhere. There is at least one line.
fn broken(text: &str, room: usize) -> Vec<String> {
    let mut lines = Vec::new();
    for line in fit::wrap(text, room) {
        let (mut part, mut used) = (String::new(), 0);
        for c in line.chars() {
            let columns = fit::char_width(c);
            if used + columns > room && used > 0 {
                lines.push(std::mem::take(&mut part));
                used = 0;
            }
            used += columns;
            part.push(c);
        }
        lines.push(part);
    }
    lines
}
