//! How ranked ideas are written, whatever ranked them: on a terminal only the first few, and with what the ranking says in
//! the formats that can hold it.

use std::io::{self, Write};

use serde::Serialize;

use super::output::OutputArgs;
use super::{GlobalArgs, Session};
use crate::catalog::Level;
use crate::idea::Idea;
use crate::render::{Format, Look, json, ndjson, yaml};

/// So many fit a screen.
const AT_ONCE: usize = 10;

/// Writes `items`, each with its idea, and gives the ideas that were written. `page` writes what people read: the table format, unless its columns were chosen.
pub(super) fn write<'i, T: Serialize>(
    items: &[T],
    idea: impl Fn(&T) -> &'i Idea,
    page: impl FnOnce(&[T], &Look, &mut dyn Write) -> io::Result<()>,
    output: &OutputArgs,
    global: &GlobalArgs,
    session: &mut Session<'_>,
) -> io::Result<Vec<&'i Idea>> {
    let look = session.look;
    let is_page = output.format == Format::Table && output.columns.is_none();
    // Only people are shown the first few: a program would take them for all.
    let few = is_page && look.width.is_some() && !output.amount.is_said();
    let amount = if few { output.amount.or(AT_ONCE) } else { output.amount };
    amount.write(items, session.out, |items, out| match output.format {
        Format::Table if is_page => page(items, &look, out),
        Format::Json => json::write(items, out),
        Format::Ndjson => ndjson::write(items, out),
        Format::Yaml => yaml::write(items, out),
        format => {
            let ideas: Vec<&Idea> = items.iter().map(&idea).collect();
            format.write(&ideas, output.columns.as_ref(), &look, out)
        }
    })?;
    if few && items.len() > AT_ONCE {
        session.out.flush()?;
        let more = items.len() - AT_ONCE;
        global.say(Level::Note, &format!("{more} more; `--limit {}` shows all", items.len()), session)?;
    }
    Ok(amount.shown(items).unwrap_or_default().iter().map(idea).collect())
}
