//! `ids`: one id per line, for `ideas show $(…)` and the like.

use std::io::{self, Write};

use super::safe;

/// Writes each id on a line of its own.
pub fn write<'a>(ids: impl IntoIterator<Item = &'a str>, out: &mut dyn Write) -> io::Result<()> {
    for id in ids {
        writeln!(out, "{}", safe::line(id))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_line_for_each() {
        let mut out = Vec::new();
        super::write(["a-b", "c\nd"], &mut out).unwrap();
        assert_eq!(out, b"a-b\nc d\n");
    }
}
