//! `github`: workflow commands that GitHub shows as annotations beside the lines.
//!
//! A command is one line: `::error file=a.md,line=3,col=5::message`. What a page says stands in it whole and is no command:
//! `%` and line ends are escaped in messages, and `:` and `,` too in properties, as the runner undoes them.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::io::{self, Write};

use super::{Item, Report};
use crate::lint::Level;
use crate::render::safe;

/// So many findings of each level are annotations: GitHub shows no more of a step.
pub const MOST: usize = 10;

/// Writes a command for each finding, up to [`MOST`] of each level, and one for those of a kind that are not listed.
pub fn write(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    let (is_shown, more_shown) = shown(report);
    for (item, _) in report.items().zip(&is_shown).filter(|(_, is_shown)| **is_shown) {
        let finding = item.finding;
        let mut message = finding.message.clone();
        if let Some(help) = &finding.help {
            let _ = write!(message, "\nhelp: {help}");
        }
        if let Some(url) = report.rule_url(finding.code) {
            let _ = write!(message, "\n{url}");
        }
        writeln!(
            out,
            "::{} file={},{},title={}::{}",
            command(finding.level),
            property(&report.path(item.page)),
            region(&item),
            property(finding.code),
            data(&message),
        )?;
    }
    for (more, _) in report.more.iter().zip(&more_shown).filter(|(_, is_shown)| **is_shown) {
        let path = property(&report.path(&report.pages[more.page]));
        writeln!(out, "::{} file={path},title={}::{}", command(more.level), property(more.code), data(&more.message()))?;
    }
    Ok(())
}

/// How many findings are no annotations, and on how many pages.
pub fn left_out(report: &Report<'_>) -> (usize, usize) {
    let (is_shown, more_shown) = shown(report);
    let found = report.findings.iter().zip(&is_shown).filter(|(_, is_shown)| !**is_shown).map(|(finding, _)| (finding.page, 1));
    let more = report.more.iter().zip(&more_shown).filter(|(_, is_shown)| !**is_shown).map(|(more, _)| (more.page, more.count));
    let left_out: Vec<(usize, usize)> = found.chain(more).collect();
    let pages: BTreeSet<usize> = left_out.iter().map(|(page, _)| *page).collect();
    (left_out.iter().map(|(_, count)| count).sum(), pages.len())
}

/// Which findings, and which counts of those that are not listed, are annotations: of each level the first ones.
fn shown(report: &Report<'_>) -> (Vec<bool>, Vec<bool>) {
    let mut left = BTreeMap::new();
    let mut is_shown = |level: Level| {
        let left = left.entry(level).or_insert(MOST);
        let is_shown = *left > 0;
        *left = left.saturating_sub(1);
        is_shown
    };
    let findings = report.findings.iter().map(|finding| is_shown(finding.level)).collect();
    (findings, report.more.iter().map(|more| is_shown(more.level)).collect())
}

fn command(level: Level) -> &'static str {
    match level {
        Level::Error => "error",
        Level::Warning => "warning",
        Level::Info => "notice",
    }
}

/// `line=3,endLine=3,col=5,endColumn=9`; columns only where both are of one line, as GitHub knows no others.
fn region(item: &Item<'_>) -> String {
    let (start, end) = (item.start, item.end);
    // What ends before the first character of a line ends with the line before.
    let last = if end.column == 1 && end.line > start.line { end.line - 1 } else { end.line };
    if start.line == end.line {
        format!("line={},endLine={last},col={},endColumn={}", start.line, start.column, end.column)
    } else {
        format!("line={},endLine={last}", start.line)
    }
}

/// Text behind the second `::`.
fn data(text: &str) -> String {
    safe::text(text).replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// Text between the commas.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::super::sample;
    use super::*;
    use crate::lint::{Finding, More};

    /// What the runner makes of a line: the command, its properties, its message.
    fn run(line: &str) -> (String, Vec<(String, String)>, String) {
        let undo = |text: &str, property: bool| {
            let text = if property { text.replace("%3A", ":").replace("%2C", ",") } else { text.to_owned() };
            text.replace("%0D", "\r").replace("%0A", "\n").replace("%25", "%")
        };
        let (head, message) = line.strip_prefix("::").unwrap().split_once("::").unwrap();
        let (command, properties) = head.split_once(' ').unwrap();
        let properties = properties.split(',').map(|pair| pair.split_once('=').unwrap());
        (command.to_owned(), properties.map(|(name, value)| (name.to_owned(), undo(value, true))).collect(), undo(message, false))
    }

    #[test]
    fn texts_arrive_whole_and_inert() {
        for text in
            ["plain", "100 % of it, all: yes", "::error::no", "::set-output name=x::y", "a%0Ab%25", "##[error]x", "a,b::c%"]
        {
            let written = sample::written("a,b:c%/é\n.md", text, write);
            assert_eq!(written.lines().count(), 1, "{written}");
            let (command, properties, message) = run(written.trim_end_matches('\n'));
            assert_eq!(command, "warning");
            assert_eq!(message, format!("`{text}` is odd\nhelp: write `{text}`"));
            let property = |name: &str| properties.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str());
            assert_eq!(property("file"), Some("a,b:c%/é\n.md"));
            assert_eq!(property("title"), Some("mojibake"));
            assert_eq!((property("line"), property("col")), (Some("1"), Some("1")));
            assert_eq!(property("endColumn"), Some((text.chars().count() + 1).to_string().as_str()));
        }
    }

    #[test]
    fn levels_have_their_commands() {
        let written = sample::written("a.md", "a\nb\nc\n", write);
        let commands: Vec<_> = written.lines().map(|line| run(line).0).collect();
        assert_eq!(commands, ["warning", "error", "notice"]);
    }

    #[test]
    fn ten_of_each_level_are_shown() {
        // A third of them are errors.
        let text = "x\n".repeat(36);
        let (pages, found) = sample::pages("a.md", &text);
        let report = Report::new(&pages, &found, std::path::Path::new("/mentoring"), Level::Error);
        let written = sample::written("a.md", &text, write);
        let commands: Vec<_> = written.lines().map(|line| run(line).0).collect();
        let count = |level: &str| commands.iter().filter(|command| *command == level).count();
        assert_eq!(["error", "warning", "notice"].map(count), [MOST; 3]);
        assert_eq!(left_out(&report), (6, 1));
        assert_eq!(sample::written("a.md", &"x\n".repeat(10), write).lines().count(), 10);
    }

    #[test]
    fn those_of_all_pages_count_together() {
        let text = "x\n".repeat(18);
        let (mut pages, mut found) = sample::pages("a.md", &text);
        let (others, findings) = sample::pages("b.md", &text);
        pages.extend(others);
        found.findings.extend(findings.findings.into_iter().map(|finding| Finding { page: 1, ..finding }));
        found.more.push(More { page: 1, code: "missing-field", level: Level::Error, count: 20 });
        let report = Report::new(&pages, &found, std::path::Path::new("/mentoring"), Level::Error);
        let mut written = Vec::new();
        write(&report, &mut written).unwrap();
        assert_eq!(String::from_utf8(written).unwrap().lines().count(), 3 * MOST);
        assert_eq!(left_out(&report), (26, 1), "six, and those that are only counted");
    }

    #[test]
    fn rules_lead_to_their_address_where_it_is_known() {
        let written = sample::written_with_address("a.md", "x\n", write);
        assert!(run(written.trim_end()).2.ends_with("\nhttps://example.org/rules.md#mojibake"), "{written}");
    }

    #[test]
    fn what_is_not_listed_is_counted() {
        let written = sample::written_with_more(write);
        let (command, properties, message) = run(written.lines().last().unwrap());
        assert_eq!((command.as_str(), properties[0].1.as_str()), ("error", "a.md"));
        assert!(message.starts_with("20 errors of `missing-field` not listed"), "{message}");
    }
}
