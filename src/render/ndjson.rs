//! `ndjson`: one whole object per line, written as it comes; for `jq`, and for more ideas than one wants in memory.

use std::io::{self, Write};

use serde::Serialize;

use super::safe;
use crate::idea::Elsewhere;

/// Writes each item on a line of its own.
pub fn write<T: Serialize>(items: impl IntoIterator<Item = T>, out: &mut dyn Write) -> io::Result<()> {
    for item in items {
        let json = serde_json::to_string(&item)?;
        writeln!(out, "{}", safe::json(&json))?;
    }
    Ok(())
}

/// Writes the line of an idea that stands for others, which it does not say yet. That is the last that it says.
pub(super) fn write_also(line: &[u8], also: &[Elsewhere], out: &mut dyn Write) -> io::Result<()> {
    let Some(before) = line.strip_suffix(b"[]}\n") else { return out.write_all(line) };
    let json = serde_json::to_string(also)?;
    out.write_all(before)?;
    writeln!(out, "{}}}", safe::json(&json))
}

#[cfg(test)]
mod tests {
    use super::super::sample;
    use super::*;

    #[test]
    fn a_line_for_each() {
        let mut out = Vec::new();
        write([sample::idea(), sample::hostile()], &mut out).unwrap();
        let text = String::from_utf8(out).unwrap();
        let ids: Vec<_> =
            text.lines().map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap()["id"].clone()).collect();
        assert_eq!(ids, ["kubeflow-helm", &sample::hostile().id]);
    }
}
