//! `json`: one array with an object for each finding; lines and columns from 1, columns in characters, edits in bytes.

use std::borrow::Cow;
use std::io::{self, Write};

use serde::Serialize;

use super::{Item, Report};
use crate::lint::More;
use crate::render;

/// A finding as JSON. What there is none of is `null`, never missing.
#[derive(Serialize)]
pub(super) struct Record<'a> {
    code: &'a str,
    level: &'a str,
    message: Cow<'a, str>,
    help: Option<&'a str>,
    path: String,
    line: usize,
    column: usize,
    end_line: usize,
    end_column: usize,
    /// The idea's id, as `ideas list` knows it.
    idea: Option<&'a str>,
    /// How many findings it stands for: one, or those of its code on its page that are not listed one by one.
    count: usize,
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
            message: Cow::from(&finding.message),
            help: finding.help.as_deref(),
            path: page.source.path().to_string_lossy().into_owned(),
            line: start.line,
            column: start.column,
            end_line: end.line,
            end_column: end.column,
            idea: idea.filter(|id| !id.is_empty()),
            count: 1,
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

/// A record for each finding, and behind them one for each kind that there is too much of.
pub(super) fn records<'a>(report: &'a Report<'a>) -> impl Iterator<Item = Record<'a>> {
    let of_more = |more: &'a More| Record {
        code: more.code,
        level: more.level.as_str(),
        message: Cow::from(more.message()),
        help: None,
        path: report.pages[more.page].source.path().to_string_lossy().into_owned(),
        line: 1,
        column: 1,
        end_line: 1,
        end_column: 1,
        idea: None,
        count: more.count,
        fix: None,
    };
    report.items().map(Record::of).chain(report.more.iter().map(of_more))
}

/// Writes one array.
pub fn write(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    let records: Vec<_> = records(report).collect();
    render::json::write(&records, out)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::sample;
    use super::*;

    #[test]
    fn what_is_not_listed_is_counted() {
        let read: serde_json::Value = serde_json::from_str(&sample::written_with_more(write)).unwrap();
        let last = read.as_array().and_then(|all| all.last()).unwrap();
        assert_eq!((&last["code"], &last["count"]), (&json!("missing-field"), &json!(20)));
    }

    #[test]
    fn an_array_of_findings() {
        let written = sample::written("a\u{1b}.md", "é x\nsecond\n", write);
        let read: serde_json::Value = serde_json::from_str(&written).unwrap();
        let expected = json!([
            {
                "code": "mojibake", "level": "warning", "message": "`é x` is odd", "help": "write `é x`", "path": "a\u{1b}.md",
                "line": 1, "column": 1, "end_line": 1, "end_column": 4, "idea": null, "count": 1, "fix": null
            },
            {
                "code": "missing-field", "level": "error", "message": "`second` is odd", "help": null, "path": "a\u{1b}.md",
                "line": 2, "column": 1, "end_line": 2, "end_column": 7, "idea": null, "count": 1,
                "fix": { "safe": true, "edits": [{ "start": 5, "end": 11, "text": "é" }] }
            }
        ]);
        assert_eq!(read, expected);
    }
}
