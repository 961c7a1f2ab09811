//! `ndjson`: one whole object per line, written as it comes; for `jq`, and for more ideas than one wants in memory.

use std::io::{self, Write};

use serde::Serialize;

use super::safe;

/// Writes each item on a line of its own.
pub fn write<T: Serialize>(items: impl IntoIterator<Item = T>, out: &mut dyn Write) -> io::Result<()> {
    for item in items {
        let json = serde_json::to_string(&item)?;
        writeln!(out, "{}", safe::json(&json))?;
    }
    Ok(())
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
