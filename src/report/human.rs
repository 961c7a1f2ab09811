//! `human`: each finding with the lines it stands on, the very characters underlined, and what to do about it.
//!
//! It is drawn by `annotate-snippets`, the renderer of rustc; lines are made safe and cut to the terminal's width by the same
//! hand as those of `show --why`.

use std::collections::HashSet;
use std::fmt::Write as _;
use std::io::{self, Write};

use annotate_snippets::{Group, Level as Drawn};

use super::{Item, Report};
use crate::lint::{Edit, Fix, Level};
use crate::render::{Look, safe, why};
use crate::text::counted;

/// How many lines of a long finding are shown: where it begins is what matters.
const LINES: usize = 3;
/// How many characters of what a fix writes are told; whoever wants all of it asks for `--diff`.
const WRITTEN: usize = 60;

/// Writes every finding, and what there is in all.
pub fn write(report: &Report<'_>, look: &Look, out: &mut dyn Write) -> io::Result<()> {
    let mut told = HashSet::new();
    let mut page = usize::MAX;
    let mut lines = Vec::new();
    for item in report.items() {
        if item.finding.page != page {
            page = item.finding.page;
            lines = item.page.source.text().split('\n').collect();
        }
        let code = item.finding.code;
        let url = report.rule_url(code);
        let also = url.as_ref().map(|url| format!("; so does {url}")).unwrap_or_default();
        let more = told.insert(code).then(|| format!("`ideas rules {code}` says more{also}"));
        draw(&item, &lines, more, url.filter(|_| look.links), look, out)?;
        writeln!(out)?;
    }
    if !report.findings.is_empty() {
        writeln!(out, "{}", summary(report))?;
    }
    Ok(())
}

/// One finding. `lines` are its page's; `more` says where to learn more, and its code is a link to `url`.
pub(super) fn draw(
    item: &Item<'_>,
    lines: &[&str],
    more: Option<String>,
    url: Option<String>,
    look: &Look,
    out: &mut dyn Write,
) -> io::Result<()> {
    let finding = item.finding;
    let level = match finding.level {
        Level::Error => Drawn::ERROR,
        Level::Warning => Drawn::WARNING,
        Level::Info => Drawn::INFO,
    };
    let title = level.primary_title(safe::line(&finding.message)).id(finding.code);
    let title = match url {
        Some(url) => title.id_url(url),
        None => title,
    };
    let group = Group::with_title(title);
    let mut group = why::underline(group, &item.page.source, lines, (finding.span, item.start), LINES, look);
    let source = &item.page.source;
    if let Some(help) = &finding.help {
        group = group.element(Drawn::HELP.message(safe::line(help)));
    }
    if let Some(fix) = &finding.fix {
        group = group.element(Drawn::HELP.with_name("fix").message(describe(fix, |edit| source.slice(edit.span))));
    }
    if let Some(more) = more {
        group = group.element(Drawn::NOTE.message(more));
    }
    why::draw(group, look, out)
}

/// What a fix does: insert, delete, or write something else.
fn describe<'a>(fix: &Fix, text: impl Fn(&Edit) -> &'a str) -> String {
    let quote = |text: &str| {
        // No more is looked at than is told: what goes may be a page.
        let end = text.char_indices().nth(WRITTEN + 1).map_or(text.len(), |(at, _)| at);
        let line = safe::line(&text[..end]);
        let cut: String = line.chars().take(WRITTEN).collect();
        let more = if cut.len() < line.len() { " …" } else { "" };
        format!("`{cut}{more}`")
    };
    let what = match fix.edits.as_slice() {
        [edit] if edit.text.trim().is_empty() => format!("delete {}", quote(text(edit))),
        [edit] if edit.span.start == edit.span.end => format!("insert {}", quote(&edit.text)),
        [edit] => format!("write {}", quote(&edit.text)),
        edits => format!("{} edits; `--diff` shows them", edits.len()),
    };
    if fix.safe { what } else { format!("{what} (only with `--unsafe-fixes`)") }
}

/// `3 errors, 2 warnings in 2 pages; 2 fixable with --fix`.
pub(super) fn summary(report: &Report<'_>) -> String {
    let counts = [(Level::Error, "error"), (Level::Warning, "warning"), (Level::Info, "info")].map(|(level, noun)| {
        let count = report.count(level);
        (count > 0).then(|| counted(count, noun))
    });
    let pages: HashSet<usize> = report.findings.iter().map(|finding| finding.page).collect();
    let mut summary: String = counts.into_iter().flatten().collect::<Vec<_>>().join(", ");
    let fixable =
        |safe: bool| report.findings.iter().filter(|finding| finding.fix.as_ref().is_some_and(|fix| fix.safe == safe)).count();
    let _ = write!(summary, " in {}", counted(pages.len(), "page"));
    let also = match (fixable(true), fixable(false)) {
        (0, 0) => return summary,
        (safe, 0) => format!("; {safe} fixable with --fix"),
        (0, more) => format!("; {more} fixable with --fix --unsafe-fixes"),
        (safe, more) => format!("; {safe} fixable with --fix, {more} more with --unsafe-fixes"),
    };
    summary + &also
}

#[cfg(test)]
mod tests {
    use super::super::sample;
    use super::*;

    fn written(text: &str, look: &Look) -> String {
        sample::written("pages/a.md", text, |report, out| write(report, look, out))
    }

    #[test]
    fn findings_look_like_rustc() {
        let expected = "\
warning[mojibake]: `- é x ` is odd
 --> pages/a.md:1:1
  |
1 | - é x
  | ^^^^^
  |
  = help: write `- é x `
  = note: `ideas rules mojibake` says more

error[missing-field]: ` second` is odd
 --> pages/a.md:2:1
  |
2 |     second
  | ^^^^^^^^^^
  |
  = fix: write `é`
  = note: `ideas rules missing-field` says more

info[mentor-handle-format]: `third` is odd
 --> pages/a.md:3:1
  |
3 | third
  | ^^^^^
  |
  = help: write `third`
  = note: `ideas rules mentor-handle-format` says more

warning[mojibake]: `fourth` is odd
 --> pages/a.md:4:1
  |
4 | fourth
  | ^^^^^^
  |
  = fix: write `é` (only with `--unsafe-fixes`)

1 error, 2 warnings, 1 info in 1 page; 1 fixable with --fix, 1 more with --unsafe-fixes
";
        assert_eq!(written("- é x\r\n\tsecond\nthird\nfourth\n", &Look::PLAIN), expected);
    }

    #[test]
    fn rules_lead_to_their_address_where_it_is_known() {
        let write = |look: Look| sample::written_with_address("a.md", "x\n", |report, out| write(report, &look, out));
        let url = "https://example.org/rules.md#mojibake";
        let plain = write(Look::PLAIN);
        assert!(plain.contains(&format!("  = note: `ideas rules mojibake` says more; so does {url}\n")), "{plain}");
        assert!(!plain.contains('\u{1b}'), "{plain}");
        let linked = write(Look { color: true, links: true, ..Look::PLAIN });
        assert!(linked.contains(&format!("\u{1b}]8;;{url}")), "{linked}");
    }

    #[test]
    fn long_lines_are_cut() {
        let text = "word ".repeat(400);
        let shown = written(&text, &Look { width: Some(60), unicode: true, ..Look::PLAIN });
        let snippet = shown.lines().nth(3).unwrap();
        assert!(snippet.chars().count() <= 60 && snippet.contains('…'), "{shown}");
    }
}
