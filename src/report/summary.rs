//! The summary of a job on GitHub: what was found, in Markdown, for the page of the workflow's run.
//!
//! Annotations are few, and stand beside lines; this is all of it on one page, up to a size that GitHub takes.

use std::io::{self, Write};

use super::{Report, human, statistics};
use crate::render::{markdown::escape, safe};
use crate::text::counted;

/// GitHub refuses more than 1 MiB of a step; other tools want some of it, too.
const MOST_BYTES: usize = 512 << 10;

/// Writes what was found.
pub fn write(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "## Mentorship ideas\n")?;
    if report.checked_pages().next().is_none() {
        return writeln!(out, "Nothing was checked: {} left out", counted(report.pages.len(), "page"));
    }
    let looked_at = report.checked_in_words();
    if report.findings.is_empty() && report.more.is_empty() {
        return writeln!(out, "{looked_at}: no findings");
    }
    writeln!(out, "{looked_at}: {}\n", human::summary(report))?;
    writeln!(out, "| Rule | Level | Findings | Fixable |\n| --- | --- | ---: | ---: |")?;
    for row in statistics::rows(report) {
        writeln!(out, "| {} | {} | {} | {} |", rule(report, row.code), row.level, row.count, row.fixable)?;
    }
    writeln!(out, "\n| Page | Line | Level | Rule | Finding |\n| --- | ---: | --- | --- | --- |")?;
    let mut left = MOST_BYTES;
    let mut told = 0;
    for item in report.items() {
        let finding = item.finding;
        let help = finding.help.as_deref().map(|help| format!(" ({help})")).unwrap_or_default();
        let row = format!(
            "| {} | {} | {} | {} | {} |",
            text(&report.path(item.page)),
            item.start.line,
            finding.level.as_str(),
            rule(report, finding.code),
            text(&format!("{}{help}", finding.message)),
        );
        if row.len() > left {
            break;
        }
        left -= row.len();
        told += 1;
        writeln!(out, "{row}")?;
    }
    let more = report.findings.len() - told + report.more.iter().map(|more| more.count).sum::<usize>();
    if more > 0 {
        writeln!(out, "\nand {}; `ideas validate` lists them", counted(more, "more finding"))?;
    }
    Ok(())
}

/// A rule's code, as a link to what it says if its address is known.
fn rule(report: &Report<'_>, code: &str) -> String {
    report.rule_url(code).map_or_else(|| format!("`{code}`"), |url| format!("[`{code}`]({url})"))
}

/// Text of one line, in which nothing is markup.
fn text(text: &str) -> String {
    escape(&safe::line(text)).into_owned()
}

#[cfg(test)]
mod tests {
    use super::super::sample;
    use super::*;
    use crate::lint::Found;

    #[test]
    fn counts_and_findings_are_tables() {
        let expected = "\
## Mentorship ideas

1 page, 0 ideas: 1 error, 1 warning in 1 page; 1 fixable with --fix

| Rule | Level | Findings | Fixable |
| --- | --- | ---: | ---: |
| `missing-field` | error | 1 | 1 |
| `mojibake` | warning | 1 | 0 |

| Page | Line | Level | Rule | Finding |
| --- | ---: | --- | --- | --- |
| a.md | 1 | warning | `mojibake` | \\`a \\| b\\` is odd (write \\`a \\| b\\`) |
| a.md | 2 | error | `missing-field` | \\`\\<b\\>\\` is odd |
";
        assert_eq!(sample::written("a.md", "a | b\n<b>\n", write), expected);
        assert_eq!(sample::written("a.md", "", write), "## Mentorship ideas\n\n1 page, 0 ideas: no findings\n");
    }

    #[test]
    fn what_was_left_out_has_not_passed() {
        let written = sample::written("a.md", "", |report, out| {
            let found = Found::default();
            let report = Report { checked: vec![false], ..Report::new(report.pages, &found, report.here, report.deny) };
            write(&report, out)
        });
        assert_eq!(written, "## Mentorship ideas\n\nNothing was checked: 1 page left out\n");
    }

    #[test]
    fn rules_are_links_where_their_address_is_known() {
        let written = sample::written_with_address("a.md", "a\n", write);
        assert!(written.contains("| [`mojibake`](https://example.org/rules.md#mojibake) | warning |"), "{written}");
    }

    #[test]
    fn it_has_a_size_that_github_takes() {
        let long = format!("{}\n", "x".repeat(4000)).repeat(300);
        let written = sample::written("a.md", &long, write);
        assert!(written.len() < 1 << 20, "{}", written.len());
        assert!(written.ends_with(" more findings; `ideas validate` lists them\n"));
        assert!(sample::written_with_more(write).ends_with("\nand 20 more findings; `ideas validate` lists them\n"));
    }
}
