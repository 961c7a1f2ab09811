//! An idea in a ranked list: its title, its id and a few facts, and what is said about it, in lines that fit.

use std::io::{self, Write};
use std::ops::Range;

use anstyle::{AnsiColor, Style};

use super::cell::Cell;
use super::{LEAST, Look, fit, grid, safe};
use crate::idea::Idea;
use crate::idea::id::short::ShortIds;
use crate::text::Spanned;

/// How far what belongs to a title is indented.
pub(super) const INDENT: usize = 2;
/// What of a long text is shown outside of a terminal, in columns.
const EXCERPT: usize = 160;
/// How many lines of a terminal a long text may take.
const LINES: usize = 2;
/// Columns of text that are shown before a hit, if there is more.
const LEAD: usize = 24;

/// What a hit looks like: told by its weight, not by its colour alone.
fn hit() -> Style {
    AnsiColor::Red.on_default().bold()
}

/// The title with its hits marked, and the project behind it.
pub(super) fn title(idea: &Idea, marks: impl Fn(&str) -> Vec<Range<usize>>, look: &Look, out: &mut dyn Write) -> io::Result<()> {
    let title = safe::line(&idea.title.value);
    let mut words = words(&title, &marks(&title), Style::new().bold(), look);
    if let Some(project) = idea.filed_under() {
        let project = safe::line(project);
        words.extend(self::words(&format!("({project})"), &[], Style::new().dimmed(), look));
    }
    for line in wrap(&words, look.room(0)) {
        writeln!(out, "{line}")?;
    }
    Ok(())
}

/// The id, and the facts and tags behind it, or below it if they do not fit. A narrow terminal gets the short form of the id; of
/// the tags it gets as many as fit.
pub(super) fn id(
    idea: &Idea,
    facts: &[String],
    tags: &[Spanned<&'static str>],
    ids: &ShortIds<'_>,
    look: &Look,
    out: &mut dyn Write,
) -> io::Result<()> {
    let whole = safe::line(&idea.id).into_owned();
    let id = Cell::Named { short: ids.of_id(&whole).into_owned(), whole };
    let facts = facts.iter().filter(|fact| !fact.is_empty()).map(|fact| safe::line(fact) + "; ").collect::<String>();
    let tags = Cell::List(tags.iter().map(|tag| tag.value.to_owned()).collect());
    let told = fit::width(&facts) + tags.width();
    let told = if tags.is_empty() { told.saturating_sub(2) } else { told };
    let room = look.room(INDENT);
    // Nothing is cut outside of a terminal.
    let shown = |cell: &Cell, room: Option<usize>| room.map_or_else(|| cell.whole().into_owned(), |room| cell.fit(room, look));
    let id = shown(&id, room);
    let below = room.is_some_and(|room| fit::width(&id) + 2 + told > room);
    let both = format!("{facts}{}", shown(&tags, room.map(|room| room.saturating_sub(fit::width(&facts)))));
    let both = shown(&Cell::Text(both.trim_end_matches("; ").to_owned()), room);
    let (id, both) = (look.paint(grid::ID, &id), look.paint(Style::new().dimmed(), &both));
    match (told, below) {
        (0, _) => writeln!(out, "{:INDENT$}{id}", ""),
        (_, true) => writeln!(out, "{:INDENT$}{id}\n{:INDENT$}{both}", "", ""),
        (_, false) => writeln!(out, "{:INDENT$}{id}  {both}", ""),
    }
}

/// The part of a text that has the most hits, a line or two of it, with the hits marked.
pub(super) fn excerpt(label: &str, text: &str, marks: &[Range<usize>], look: &Look, out: &mut dyn Write) -> io::Result<()> {
    let room = look.room(INDENT);
    let label_words = words(label, &[], Style::new().dimmed(), look);
    let taken = label_words.iter().map(|word| word.width + 1).sum::<usize>();
    // Words do not fill lines to the end.
    let budget = room.map_or(EXCERPT, |room| (room * LINES).saturating_sub(room / 8)).saturating_sub(taken);
    let all = words(text, marks, Style::new(), look);
    let shown = densest(&all, budget, look);
    let mut line_words = label_words;
    line_words.extend(shown);
    for line in wrap(&line_words, room) {
        writeln!(out, "{:INDENT$}{line}", "")?;
    }
    Ok(())
}

/// A label, and text behind it that is wrapped below itself.
pub(super) fn labelled(label: &str, column: usize, text: &str, look: &Look, out: &mut dyn Write) -> io::Result<()> {
    let words = words(&safe::line(text), &[], Style::new(), look);
    for (i, line) in wrap(&words, look.room(INDENT + column)).into_iter().enumerate() {
        let label = if i == 0 { label } else { "" };
        let space = column.saturating_sub(label.len());
        writeln!(out, "{:INDENT$}{}{:space$}{line}", "", look.paint(Style::new().dimmed(), label), "")?;
    }
    Ok(())
}

/// A word, ready to be written; or a part of one that is long and written without spaces.
#[derive(Clone, Debug)]
struct Word {
    painted: String,
    width: usize,
    /// Columns between the word before and this one.
    gap: usize,
    hits: usize,
}

/// The words of a safe text, painted, their hits marked.
fn words(text: &str, marks: &[Range<usize>], style: Style, look: &Look) -> Vec<Word> {
    let mut words = Vec::new();
    let mut start = 0;
    let parts = text.split(' ').flat_map(|word| {
        let parts = if fit::width(word) > LEAST { fit::parts(word) } else { vec![word] };
        let last = parts.len() - 1;
        // Behind the last stands a space.
        parts.into_iter().enumerate().map(move |(i, part)| (part, usize::from(i == last), usize::from(i == 0)))
    });
    for (part, space, gap) in parts {
        let end = start + part.len();
        let mut painted = String::new();
        let mut at = start;
        let mut hits = 0;
        for mark in marks.iter().filter(|mark| mark.start < end && start < mark.end) {
            let (from, to) = (mark.start.max(at), mark.end.min(end));
            painted.push_str(&look.paint(style, &text[at..from]));
            painted.push_str(&look.paint(hit(), &text[from..to]));
            at = to;
            hits += 1;
        }
        painted.push_str(&look.paint(style, &text[at..end]));
        if !part.is_empty() {
            words.push(Word { painted, width: fit::width(part), gap, hits });
        }
        start = end + space;
    }
    words
}

/// As many words as fit the budget, with most of the hits; dots stand where something is left out.
fn densest(words: &[Word], budget: usize, look: &Look) -> Vec<Word> {
    let width = |words: &[Word]| words.iter().map(|word| word.width + word.gap).sum::<usize>();
    if width(words) <= budget + 1 {
        return words.to_vec();
    }
    let dots = Word { painted: look.dots().to_owned(), width: fit::width(look.dots()), gap: 1, hits: 0 };
    let budget = budget.saturating_sub(2 * (dots.width + 1)).max(1);
    let (mut best, mut most) = (0..0, 0);
    let (mut start, mut used, mut hits) = (0, 0, 0);
    for (end, word) in words.iter().enumerate() {
        used += word.width + word.gap;
        hits += word.hits;
        while used > budget + 1 && start < end {
            used -= words[start].width + words[start].gap;
            hits -= words[start].hits;
            start += 1;
        }
        if hits > most || best.is_empty() {
            most = hits;
            best = start..end + 1;
        }
    }
    // The window ends with the last hit; rather have what follows, and a little of what comes before.
    let first = best.clone().find(|&i| words[i].hits > 0).unwrap_or(best.start);
    let mut start = first;
    let mut lead = 0;
    while start > best.start && lead + words[start - 1].width < LEAD {
        start -= 1;
        lead += words[start].width + words[start].gap;
    }
    if width(&words[..first]) <= LEAD {
        start = start.min(best.start);
    }
    let mut end = best.end;
    while end < words.len() && width(&words[start..=end]) <= budget + 1 {
        end += 1;
    }
    while start > 0 && width(&words[start - 1..end]) <= budget + 1 {
        start -= 1;
    }
    let mut shown = Vec::with_capacity(end - start + 2);
    if start > 0 {
        shown.push(dots.clone());
    }
    shown.extend_from_slice(&words[start..end]);
    if end < words.len() {
        shown.push(dots);
    }
    shown
}

/// Words in lines of so many columns; in one line outside of a terminal.
fn wrap(words: &[Word], room: Option<usize>) -> Vec<String> {
    let mut lines = Vec::new();
    let (mut line, mut used) = (String::new(), 0);
    for word in words {
        if used > 0 && room.is_some_and(|room| used + word.gap + word.width > room) {
            lines.push(std::mem::take(&mut line));
            used = 0;
        }
        if used > 0 && word.gap > 0 {
            line.push(' ');
            used += word.gap;
        }
        line.push_str(&word.painted);
        used += word.width;
    }
    if used > 0 {
        lines.push(line);
    }
    lines
}
