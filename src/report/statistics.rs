//! `--statistics`: how often each rule is broken, the most often broken first.

use std::collections::BTreeMap;
use std::io::{self, Write};

use serde::Serialize;

use super::Report;
use crate::lint::Level;
use crate::render::facets::{self, FacetColumn};
use crate::render::{Format, Look};

/// A rule, and how often it is broken.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Row {
    /// The rule's code.
    pub code: &'static str,
    /// The most serious level of its findings.
    pub level: &'static str,
    /// How many there are.
    pub count: usize,
    /// How many of those that are listed `--fix` mends.
    pub fixable: usize,
}

static COLUMNS: [FacetColumn<Row>; 4] = [
    FacetColumn::text("code", |row| row.code.into()),
    FacetColumn::text("level", |row| row.level.into()),
    FacetColumn::count("count", |row| row.count),
    FacetColumn::count("fixable", |row| row.fixable),
];

/// The rules that are broken.
pub fn rows(report: &Report<'_>) -> Vec<Row> {
    let mut counts: BTreeMap<&'static str, (Level, usize, usize)> = BTreeMap::new();
    for finding in report.findings {
        let (level, count, fixable) = counts.entry(finding.code).or_insert((finding.level, 0, 0));
        *level = finding.level.max(*level);
        *count += 1;
        *fixable += usize::from(finding.fix.as_ref().is_some_and(|fix| fix.safe));
    }
    for more in report.more {
        let (level, count, _) = counts.entry(more.code).or_insert((more.level, 0, 0));
        *level = more.level.max(*level);
        *count += more.count;
    }
    let row = |(code, (level, count, fixable)): (_, (Level, _, _))| Row { code, level: level.as_str(), count, fixable };
    let mut rows: Vec<Row> = counts.into_iter().map(row).collect();
    rows.sort_by_key(|row| std::cmp::Reverse(row.count));
    rows
}

/// Writes the rows.
pub fn write(report: &Report<'_>, format: Format, look: &Look, out: &mut dyn Write) -> io::Result<()> {
    facets::write(format, &rows(report), &COLUMNS, look, out)
}

#[cfg(test)]
mod tests {
    use super::super::sample;
    use super::*;

    #[test]
    fn rules_are_counted() {
        let text = "a\nb\nc\nd\ne\n";
        assert_eq!(
            sample::written("a.md", text, |report, out| write(report, Format::Table, &Look::PLAIN, out)),
            "missing-field\terror\t2\t1\nmojibake\twarning\t2\t0\nmentor-handle-format\tinfo\t1\t0\n"
        );
        let json = sample::written("a.md", text, |report, out| write(report, Format::Json, &Look::PLAIN, out));
        let json: serde_json::Value = serde_json::from_str(&json).unwrap();
        assert_eq!(json[0], serde_json::json!({"code": "missing-field", "level": "error", "count": 2, "fixable": 1}));
        let more = sample::written_with_more(|report, out| write(report, Format::Ndjson, &Look::PLAIN, out));
        assert!(more.starts_with("{\"code\":\"missing-field\",\"level\":\"error\",\"count\":20,\"fixable\":0}\n"), "{more}");
    }
}
