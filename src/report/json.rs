//! `json`: one array with an object for each finding; lines and columns from 1, columns in characters, edits in bytes.

use std::io::{self, Write};

use serde::Serialize;

use super::{Item, Report};
use crate::render;

/// A finding as JSON. What there is none of is `null`, never missing.
#[derive(Serialize)]
pub(super) struct Record<'a> {
    code: &'a str,
    level: &'a str,
    message: &'a str,
    help: Option<&'a str>,
    path: String,
    line: usize,
    column: usize,
    end_line: usize,
    end_column: usize,
    /// The idea's id, as `ideas list` knows it.
    idea: Option<&'a str>,
    fix: Option<Fix<'a>>,
}

#[derive(Serialize)]
struct Fix<'a> {
    safe: bool,
    edits: Vec<Edit<'a>>,
}

#[derive(Serialize)]
struct Edit<'a> {
    start: usize,
    end: usize,
    text: &'a str,
}

impl<'a> Record<'a> {
    pub(super) fn of(item: Item<'a>) -> Self {
        let Item { finding, page, start, end } = item;
        let idea = finding.idea.and_then(|idea| page.ideas.get(idea)).map(|idea| idea.id.as_str());
        Record {
            code: finding.code,
            level: finding.level.as_str(),
            message: &finding.message,
            help: finding.help.as_deref(),
            path: page.source.path().to_string_lossy().into_owned(),
            line: start.line,
            column: start.column,
            end_line: end.line,
            end_column: end.column,
            idea: idea.filter(|id| !id.is_empty()),
            fix: finding.fix.as_ref().map(|fix| Fix {
                safe: fix.safe,
                edits: fix
                    .edits
                    .iter()
                    .map(|edit| Edit { start: edit.span.start, end: edit.span.end, text: &edit.text })
                    .collect(),
            }),
        }
    }
}

/// Writes one array.
pub fn write(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    let records: Vec<_> = report.items().map(Record::of).collect();
    render::json::write(&records, out)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::sample;
    use super::*;

    #[test]
    fn an_array_of_findings() {
        let written = sample::written("a\u{1b}.md", "é x\nsecond\n", write);
        let read: serde_json::Value = serde_json::from_str(&written).unwrap();
        let expected = json!([
            {
                "code": "mojibake", "level": "warning", "message": "`é x` is odd", "help": "write `é x`", "path": "a\u{1b}.md",
                "line": 1, "column": 1, "end_line": 1, "end_column": 4, "idea": null, "fix": null
            },
            {
                "code": "missing-field", "level": "error", "message": "`second` is odd", "help": null, "path": "a\u{1b}.md",
                "line": 2, "column": 1, "end_line": 2, "end_column": 7, "idea": null,
                "fix": { "safe": true, "edits": [{ "start": 5, "end": 11, "text": "é" }] }
            }
        ]);
        assert_eq!(read, expected);
    }
}
