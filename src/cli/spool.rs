//! Ideas that are written while pages are read, and yet in an order that only the last page decides: those of newer terms
//! first. What is written waits by term, in memory while it is little, else in files that are gone when we are: a catalogue
//! may be larger than memory.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::io::{self, Read as _, Seek as _, SeekFrom, Write};

use tempfile::SpooledTempFile;

use super::output::OutputArgs;
use crate::idea::Idea;
use crate::programs::Date;
use crate::query::sort::newest_first;
use crate::render::Look;

/// So many bytes of a term stay in memory.
const IN_MEMORY: usize = 1 << 20;

/// Ideas in a format of lines, each term for itself; those that state none are the last.
pub(super) struct Spool<'a> {
    output: &'a OutputArgs,
    look: Look,
    terms: BTreeMap<Reverse<Option<Date>>, Kept>,
}

/// What is written of a term.
struct Kept {
    text: SpooledTempFile,
    /// Where each idea ends.
    ends: Vec<u64>,
}

impl<'a> Spool<'a> {
    pub(super) fn new(output: &'a OutputArgs, look: Look) -> Self {
        Spool { output, look, terms: BTreeMap::new() }
    }

    /// Writes ideas that were read.
    pub(super) fn add(&mut self, ideas: &[&Idea]) -> io::Result<()> {
        let OutputArgs { format, columns, amount } = self.output;
        for idea in ideas {
            let kept = self.terms.entry(newest_first(idea));
            let kept = kept.or_insert_with(|| Kept { text: tempfile::spooled_tempfile(IN_MEMORY), ends: Vec::new() });
            // Nobody will ask for more of one term.
            if amount.limit().is_some_and(|limit| kept.ends.len() >= limit) {
                continue;
            }
            format.write_more(&[idea], columns.as_ref(), &self.look, &mut kept.text)?;
            kept.ends.push(kept.text.stream_position()?);
        }
        Ok(())
    }

    /// Hands all on, as many as were asked for.
    pub(super) fn finish(self, out: &mut dyn Write) -> io::Result<()> {
        let OutputArgs { format, columns, amount } = self.output;
        format.write(&[], columns.as_ref(), &self.look, out)?;
        let mut room = amount.limit().unwrap_or(usize::MAX);
        for Kept { mut text, ends } in self.terms.into_values() {
            let taken = room.min(ends.len());
            room -= taken;
            let Some(&end) = taken.checked_sub(1).and_then(|last| ends.get(last)) else { continue };
            text.seek(SeekFrom::Start(0))?;
            io::copy(&mut text.take(end), out)?;
        }
        Ok(())
    }
}
