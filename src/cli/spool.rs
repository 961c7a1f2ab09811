//! Ideas that are written while pages are read, and yet in an order that only the last page decides: those of newer terms
//! first. What is written waits by term, in memory while it is little, else in files that are gone when we are: a catalogue
//! may be larger than memory. Of each idea only its trace is kept, which tells whether another stands for it.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::io::{self, BufReader, Read as _, Seek as _, SeekFrom, Write};

use rayon::prelude::*;
use tempfile::SpooledTempFile;

use super::output::OutputArgs;
use crate::idea::Idea;
use crate::idea::id::short::ShortIds;
use crate::idea::same::Face;
use crate::programs::Date;
use crate::query::once::{self, Shown, Trace};
use crate::query::sort::newest_first;
use crate::render::Look;

/// So many bytes of a term stay in memory.
const IN_MEMORY: usize = 1 << 20;

/// Ideas in a format of lines, each term for itself; those that state none are the last.
pub(super) struct Spool<'a> {
    output: &'a OutputArgs,
    look: Look,
    terms: BTreeMap<Reverse<Option<Date>>, Kept>,
    /// What tells which ideas are one, of all that were added; none if all are shown, wherever they stand.
    traces: Option<Vec<Trace>>,
    /// How many were added.
    count: usize,
}

/// What is written of a term.
struct Kept {
    text: SpooledTempFile,
    /// Where each idea ends, and its place among all.
    ends: Vec<(u64, usize)>,
}

impl<'a> Spool<'a> {
    /// An empty one, for ideas each of which is shown once, or wherever it stands.
    pub(super) fn new(output: &'a OutputArgs, duplicates: bool, look: Look) -> Self {
        Spool { output, look, terms: BTreeMap::new(), traces: (!duplicates).then(Vec::new), count: 0 }
    }

    /// Writes ideas that were read.
    pub(super) fn add(&mut self, ideas: &[&Idea]) -> io::Result<()> {
        let OutputArgs { format, columns, amount } = self.output;
        if let Some(traces) = &mut self.traces {
            traces.extend(ideas.par_iter().map(|idea| Trace::of(idea, Face::of(idea, None))).collect::<Vec<_>>());
        }
        for (idea, place) in ideas.iter().zip(self.count..) {
            let kept = self.terms.entry(newest_first(idea));
            let kept = kept.or_insert_with(|| Kept { text: tempfile::spooled_tempfile(IN_MEMORY), ends: Vec::new() });
            // Nobody will ask for more of one term, unless others stand for these.
            if self.traces.is_none() && amount.limit().is_some_and(|limit| kept.ends.len() >= limit) {
                continue;
            }
            format.write_more(&[idea], columns.as_ref(), &self.look, &mut kept.text)?;
            kept.ends.push((kept.text.stream_position()?, place));
        }
        self.count += ideas.len();
        Ok(())
    }

    /// Hands all on, as many as were asked for.
    pub(super) fn finish(self, out: &mut dyn Write) -> io::Result<()> {
        let OutputArgs { format, columns, amount } = self.output;
        format.write(&[], columns.as_ref(), &ShortIds::default(), &self.look, out)?;
        let shown = self.traces.as_deref().map(once::fold);
        let mut room = amount.limit().unwrap_or(usize::MAX);
        for Kept { mut text, ends } in self.terms.into_values() {
            text.seek(SeekFrom::Start(0))?;
            let mut text = BufReader::new(text);
            let mut start = 0;
            let mut line = Vec::new();
            for (end, place) in ends {
                let length = end - start;
                start = end;
                let others = match shown.as_ref().map(|shown| &shown[place]) {
                    _ if room == 0 => return Ok(()),
                    Some(Shown::By(_)) => {
                        text.seek_relative(length.cast_signed())?;
                        continue;
                    }
                    Some(Shown::With(others)) => others.as_slice(),
                    None => &[],
                };
                room -= 1;
                line.clear();
                text.by_ref().take(length).read_to_end(&mut line)?;
                format.write_line(&line, others, columns.as_ref(), out)?;
            }
        }
        Ok(())
    }
}
