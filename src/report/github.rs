//! `github`: workflow commands that GitHub shows as annotations beside the lines.
//!
//! A command is one line: `::error file=a.md,line=3,col=5::message`. What a page says stands in it whole and is no command:
//! `%` and line ends are escaped in messages, and `:` and `,` too in properties, as the runner undoes them.

use std::io::{self, Write};

use super::{Item, Report};
use crate::lint::Level;
use crate::render::safe;

/// Writes a command for each finding, and one for those of a kind that are not listed.
pub fn write(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    for item in report.items() {
        let finding = item.finding;
        let message = match &finding.help {
            Some(help) => format!("{}\nhelp: {help}", finding.message),
            None => finding.message.clone(),
        };
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
    for more in report.more {
        let path = property(&report.path(&report.pages[more.page]));
        writeln!(out, "::{} file={path},title={}::{}", command(more.level), property(more.code), data(&more.message()))?;
    }
    Ok(())
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
    fn what_is_not_listed_is_counted() {
        let written = sample::written_with_more(write);
        let (command, properties, message) = run(written.lines().last().unwrap());
        assert_eq!((command.as_str(), properties[0].1.as_str()), ("error", "a.md"));
        assert!(message.starts_with("20 errors of `missing-field` not listed"), "{message}");
    }
}
