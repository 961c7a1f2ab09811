//! How ranked ideas are written, whatever ranked them: on a terminal only the first few, and with what the ranking says in
//! the formats that can hold it; in a pipe as `ideas list` writes them, with the score behind.

use std::io::{self, Write};

use serde::Serialize;

use super::output::{AmountArgs, OutputArgs};
use super::paging::Amount;
use super::{GlobalArgs, Session};
use crate::idea::Idea;
use crate::idea::id::short::ShortIds;
use crate::render::{Columns, Format, Look, json, ndjson, table, yaml};

/// So many fit a screen.
const AT_ONCE: usize = 10;

/// How an order of ideas is told and written.
pub(super) struct Ranking<P, S> {
    /// What comes first, and what the user's settings have to do with it.
    pub(super) about: [String; 2],
    /// Writes what people read: the table format on a terminal, unless its columns were chosen.
    pub(super) page: P,
    /// The last field of a record in a pipe.
    pub(super) score: S,
}

/// How many are written.
pub(super) fn amount(output: &OutputArgs, look: &Look) -> AmountArgs {
    // Only people are shown the first few: a program would take them for all.
    let few = is_list(output) && look.width.is_some() && !output.amount.is_said();
    if few { output.amount.or(AT_ONCE) } else { output.amount }
}

fn is_list(output: &OutputArgs) -> bool {
    output.format == Format::Table && output.columns.is_none()
}

/// Writes those of `found` that [`amount`] lets through, or only their number, and gives the ideas that were written. `ids` are
/// those of the catalogue, if [`OutputArgs::shortens_ids`].
pub(super) fn write<'i, T: Serialize>(
    (shown, found): (Option<&[T]>, usize),
    idea: impl Fn(&T) -> &'i Idea,
    ranking: Ranking<impl FnOnce(&[T], &ShortIds<'_>, &Look, &mut dyn Write) -> io::Result<()>, impl Fn(&T) -> String>,
    (output, ids): (&OutputArgs, &ShortIds<'_>),
    global: &GlobalArgs,
    session: &mut Session<'_>,
) -> anyhow::Result<Vec<&'i Idea>> {
    let is_list = is_list(output);
    let on_terminal = session.look.width.is_some();
    let Ranking { about: [first, own], page, score } = ranking;
    global.page(session, |look, out| {
        let Some(shown) = shown else { return Ok(writeln!(out, "{found}")?) };
        let ideas = || shown.iter().map(&idea).collect::<Vec<&Idea>>();
        Ok(match output.format {
            Format::Table if is_list && on_terminal => page(shown, ids, look, out),
            Format::Table if is_list => table::records(&ideas(), &Columns::record(), |i| Some(score(&shown[i])), out),
            Format::Json => json::write(shown, out),
            Format::Ndjson => ndjson::write(shown, out),
            Format::Yaml => yaml::write(shown, out),
            format => format.write(&ideas(), output.columns.as_ref(), ids, look, out),
        }?)
    })?;
    let shown = shown.unwrap_or_default();
    if output.format.is_read() {
        let more = if shown.len() < found { format!("`--limit {found}` shows all") } else { String::new() };
        if is_list && on_terminal && !global.quiet && !shown.is_empty() {
            writeln!(session.err)?;
        }
        global.say_amount(Amount { shown: shown.len(), found, all: found }, &[&first, &own, &more], session)?;
    }
    Ok(shown.iter().map(idea).collect())
}
