//! `ndjson`: an object for each finding, as [`json`](super::json) has them, on a line of its own.

use std::io::{self, Write};

use super::Report;
use super::json::records;
use crate::render;

/// Writes a line for each finding.
pub fn write(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    render::ndjson::write(records(report), out)
}

#[cfg(test)]
mod tests {
    use super::super::{json, sample};
    use super::*;

    #[test]
    fn the_lines_are_the_objects_of_json() {
        let text = "a\nb\nc\u{9b}\n";
        let all: Vec<serde_json::Value> = serde_json::from_str(&sample::written("a.md", text, json::write)).unwrap();
        let lines = sample::written("a.md", text, write);
        let lines: Vec<serde_json::Value> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        assert_eq!(lines, all);
    }
}
