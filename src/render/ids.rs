//! `ids`: one id per line, for `ideas show $(…)` and the like.

use std::io::{self, Write};

use super::safe;
use crate::idea::Idea;

/// Writes the id of each idea.
pub fn ideas(ideas: &[&Idea], out: &mut dyn Write) -> io::Result<()> {
    write(ideas.iter().map(|idea| safe::line(&idea.id)), out)
}

/// Writes each id, which is safe already, on a line of its own.
pub(super) fn write(ids: impl IntoIterator<Item: AsRef<str>>, out: &mut dyn Write) -> io::Result<()> {
    for id in ids {
        writeln!(out, "{}", id.as_ref())?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_for_each() {
        let with_id = |id: &str| Idea { id: id.to_owned(), ..Idea::bare("T") };
        let mut out = Vec::new();
        ideas(&[&with_id("a-b"), &with_id("c\nd")], &mut out).unwrap();
        assert_eq!(out, b"a-b\nc d\n");
    }
}
