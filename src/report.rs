//! Findings on their way out: every format that `ideas validate --format` knows, one file each.
//!
//! What comes in is a [`Report`]: the pages, what was found on them, and where the reader stands. What goes out is text on a
//! writer that the caller owns. Nothing here prints, exits or asks the environment. A page may hold anything, and messages
//! quote it: each writer passes it through [`safe`](crate::render::safe), or escapes it as its format asks.
//!
//! | file | what it writes |
//! |---|---|
//! | [`human`] | the lines of the page, underlined, as rustc does |
//! | [`concise`], [`github`], [`sarif`], [`json`], [`ndjson`], [`junit`] | the format of that name |
//! | [`checklist`] | how the ideas of organizations stand, as checklists in Markdown |
//! | [`statistics`] | how often each rule is broken |
//! | [`summary`] | the summary of a job on GitHub |
//! | [`rules`] | the rules themselves: the list, one explained, `docs/rules.md` |

pub mod checklist;
pub mod concise;
pub mod github;
pub mod human;
pub mod json;
pub mod junit;
pub mod ndjson;
pub mod rules;
pub mod sarif;
pub mod statistics;
pub mod summary;

use std::fmt;
use std::io::{self, Write};
use std::path::Path;

use crate::catalog::files;
use crate::lint::{Finding, Found, Level, Linted, More};
use crate::render::Look;
use crate::text::{Position, Span, counted};

/// What was found, and where.
pub struct Report<'a> {
    /// The pages that were looked at.
    pub pages: &'a [Linted],
    /// Which of them were held to the rules; all, unless the caller says otherwise.
    pub checked: Vec<bool>,
    /// What was found on them, sorted by page and place.
    pub findings: &'a [Finding],
    /// What is not told one by one, as there is too much of it.
    pub more: &'a [More],
    /// The working folder: paths are seen from there.
    pub here: &'a Path,
    /// From here on a finding makes the call fail.
    pub deny: Level,
    /// Where `docs/rules.md` can be read on the web, if that is known.
    pub rules_url: Option<String>,
    /// The lines and columns of each page that findings and their fixes speak of, by byte.
    positions: Vec<Vec<(usize, Position)>>,
}

/// A finding with its page and its place.
#[derive(Clone, Copy)]
pub struct Item<'a> {
    /// The finding.
    pub finding: &'a Finding,
    /// Its page.
    pub page: &'a Linted,
    /// Where it begins.
    pub start: Position,
    /// Where it ends: the place behind its last character.
    pub end: Position,
}

impl<'a> Report<'a> {
    /// A report on what was `found` on the pages.
    pub fn new(pages: &'a [Linted], found: &'a Found, here: &'a Path, deny: Level) -> Self {
        let Found { findings, more } = found;
        let mut offsets = vec![Vec::new(); pages.len()];
        for finding in findings {
            let edits = finding.fix.iter().flat_map(|fix| &fix.edits).map(|edit| edit.span);
            for span in edits.chain([finding.span]) {
                offsets[finding.page].extend([span.start, span.end]);
            }
        }
        let positions = pages.iter().zip(offsets).map(|(page, offsets)| positions(page, offsets)).collect();
        let checked = vec![true; pages.len()];
        Report { pages, checked, findings, more, here, deny, rules_url: None, positions }
    }

    /// The pages that were held to the rules.
    pub fn checked_pages(&self) -> impl Iterator<Item = &'a Linted> {
        self.pages.iter().zip(&self.checked).filter(|&(_, &is_checked)| is_checked).map(|(page, _)| page)
    }

    /// How many were held to the rules: `3 pages, 12 ideas`.
    pub fn checked_in_words(&self) -> String {
        let (pages, ideas) = self.checked_pages().fold((0, 0), |(pages, ideas), page| (pages + 1, ideas + page.ideas.len()));
        format!("{}, {}", counted(pages, "page"), counted(ideas, "idea"))
    }

    /// Where a rule is explained on the web, if that is known.
    pub fn rule_url(&self, code: &str) -> Option<String> {
        self.rules_url.as_ref().map(|page| format!("{page}#{code}"))
    }

    /// The findings, with their places.
    pub fn items(&self) -> impl Iterator<Item = Item<'a>> {
        self.findings.iter().map(|finding| {
            let (start, end) = self.place(finding.page, finding.span);
            Item { finding, page: &self.pages[finding.page], start, end }
        })
    }

    /// Where a span of a finding or a fix begins and ends.
    fn place(&self, page: usize, span: Span) -> (Position, Position) {
        let known = &self.positions[page];
        let at = |byte: usize| match known.binary_search_by_key(&byte, |&(byte, _)| byte) {
            Ok(found) => known[found].1,
            Err(_) => self.pages[page].source.position(byte),
        };
        (at(span.start), at(span.end))
    }

    /// How many findings there are of a level.
    pub fn count(&self, level: Level) -> usize {
        self.findings.iter().filter(|finding| finding.level == level).count()
    }

    /// A page's path as seen from the working folder, with `/` between its parts; the path as it is if it is not below.
    fn path(&self, page: &Linted) -> String {
        let path = page.source.path();
        files::below(path, self.here, self.here).unwrap_or_else(|| path.to_string_lossy().into_owned())
    }
}

/// The positions of some bytes of a page, each stretch of text looked at once.
fn positions(page: &Linted, mut offsets: Vec<usize>) -> Vec<(usize, Position)> {
    offsets.sort_unstable();
    offsets.dedup();
    let source = &page.source;
    let mut known: Vec<(usize, Position)> = Vec::with_capacity(offsets.len());
    for offset in offsets {
        let position = match known.last() {
            Some(&(before, Position { line, column })) if source.line(offset) == line => {
                let between = source.text().get(before..offset).map_or(0, |text| text.chars().count());
                Position { line, column: column + between }
            }
            _ => source.position(offset),
        };
        known.push((offset, position));
    }
    known
}

/// A way to write findings.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Format {
    /// See [`human::write`].
    #[default]
    Human,
    /// See [`concise::write`].
    Concise,
    /// See [`github::write`].
    Github,
    /// See [`sarif::write`].
    Sarif,
    /// See [`json::write`].
    Json,
    /// See [`ndjson::write`].
    Ndjson,
    /// See [`junit::write`].
    Junit,
}

impl Format {
    /// All formats, as help lists them.
    pub const ALL: [Format; 7] =
        [Format::Human, Format::Concise, Format::Github, Format::Sarif, Format::Json, Format::Ndjson, Format::Junit];

    /// The name that `--format` takes.
    pub fn as_str(self) -> &'static str {
        match self {
            Format::Human => "human",
            Format::Concise => "concise",
            Format::Github => "github",
            Format::Sarif => "sarif",
            Format::Json => "json",
            Format::Ndjson => "ndjson",
            Format::Junit => "junit",
        }
    }

    /// One line for `--help`.
    pub fn help(self) -> &'static str {
        match self {
            Format::Human => "The lines of the page, underlined, with what to do",
            Format::Concise => "One line each, `path:line:col: error[code]: message`, for editors",
            Format::Github => "Annotations of a GitHub workflow",
            Format::Sarif => "SARIF 2.1.0, for code scanning",
            Format::Json => "One array of objects, with fixes as edits",
            Format::Ndjson => "One JSON object per line",
            Format::Junit => "JUnit XML, for CI that shows tests",
        }
    }

    /// Writes what was found.
    pub fn write(self, report: &Report<'_>, look: &Look, out: &mut dyn Write) -> io::Result<()> {
        match self {
            Format::Human => human::write(report, look, out),
            Format::Concise => concise::write(report, look, out),
            Format::Github => github::write(report, out),
            Format::Sarif => sarif::write(report, out),
            Format::Json => json::write(report, out),
            Format::Ndjson => ndjson::write(report, out),
            Format::Junit => junit::write(report, out),
        }
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

#[cfg(test)]
mod sample {
    //! A report for the tests of the formats.

    use std::path::Path;

    use super::Report;
    use crate::lint::disable::{Disables, Silenced};
    use crate::lint::{Edit, Finding, Fix, Found, Level, Linted, More};
    use crate::text::{Source, Span};

    /// A page on which each line is a finding: its text is what it is, and what the message quotes.
    pub(super) fn pages(path: &str, text: &str) -> (Vec<Linted>, Found) {
        let mut findings = Vec::new();
        let mut start = 0;
        for (at, line) in text.split_inclusive('\n').enumerate() {
            let length = line.trim_end_matches(['\n']).len();
            let span = Span::new(start, start + length);
            findings.push(Finding {
                code: ["mojibake", "missing-field", "mentor-handle-format"][at % 3],
                level: [Level::Warning, Level::Error, Level::Info][at % 3],
                page: 0,
                span,
                message: format!("`{}` is odd", &text[span.range()]),
                help: (at % 2 == 0).then(|| format!("write `{}`", &text[span.range()])),
                idea: None,
                fix: (at % 2 == 1).then(|| Fix { safe: at % 3 == 1, edits: vec![Edit::replace(span, "é")] }),
                common: None,
                others: Vec::new(),
            });
            start += line.len();
        }
        let page = Linted {
            source: Source::new(path, text),
            ideas: Vec::new(),
            holds_ideas: true,
            named: false,
            template: "lfx".to_owned(),
            disabled: Disables::default(),
            silenced: Silenced::default(),
            more: Vec::new(),
            problems: Vec::new(),
        };
        (vec![page], Found { findings, more: Vec::new() })
    }

    /// A report on such a page, as `write` writes it.
    pub(super) fn written(
        path: &str,
        text: &str,
        write: impl Fn(&Report<'_>, &mut dyn std::io::Write) -> std::io::Result<()>,
    ) -> String {
        let (pages, found) = pages(path, text);
        report(&pages, &found, write)
    }

    /// The same where the rules are explained at an address.
    pub(super) fn written_with_address(
        path: &str,
        text: &str,
        write: impl Fn(&Report<'_>, &mut dyn std::io::Write) -> std::io::Result<()>,
    ) -> String {
        let (pages, found) = pages(path, text);
        let rules_url = Some("https://example.org/rules.md".to_owned());
        let report = Report { rules_url, ..Report::new(&pages, &found, Path::new("/mentoring"), Level::Error) };
        let mut out = Vec::new();
        write(&report, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    /// The same where there are 20 more errors than are listed.
    pub(super) fn written_with_more(write: impl Fn(&Report<'_>, &mut dyn std::io::Write) -> std::io::Result<()>) -> String {
        let (pages, mut found) = pages("a.md", "x\n");
        found.more.push(More { page: 0, code: "missing-field", level: Level::Error, count: 20 });
        report(&pages, &found, write)
    }

    fn report(
        pages: &[Linted],
        found: &Found,
        write: impl Fn(&Report<'_>, &mut dyn std::io::Write) -> std::io::Result<()>,
    ) -> String {
        let report = Report::new(pages, found, Path::new("/mentoring"), Level::Error);
        let mut out = Vec::new();
        write(&report, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::render::{self, safe};

    #[test]
    fn formats_are_told_apart() {
        render::assert_told_apart(&Format::ALL.map(|format| (format.as_str(), format.help())));
    }

    const EVIL: &str = "a\u{1b}]0;x\u{7}\u{9b}2J\u{202e}b\u{200b}\tc\r::error::%0A,x:y]]>&<\n\u{2028}\u{85}日é";

    #[test]
    fn nothing_a_page_says_commands_a_terminal() {
        for format in Format::ALL {
            for look in [Look::PLAIN, Look { width: Some(30), unicode: true, ..Look::PLAIN }] {
                let text = sample::written("p\u{1b}[31m\n%::.md", EVIL, |report, out| format.write(report, &look, out));
                let bad = text.chars().find(|&c| !matches!(c, '\n' | '\t') && safe::is_hidden(c));
                assert_eq!(bad, None, "{format}: {text:?}");
            }
        }
    }

    #[test]
    fn nothing_found_is_an_answer_too() {
        for (format, text) in
            [(Format::Human, ""), (Format::Concise, ""), (Format::Github, ""), (Format::Json, "[]\n"), (Format::Ndjson, "")]
        {
            let written = sample::written("a.md", "", |report, out| format.write(report, &Look::PLAIN, out));
            assert_eq!(written, text, "{format}");
        }
    }

    proptest! {
        #[test]
        fn positions_are_those_of_the_page(text in "([a-z\n é日]){0,80}", bytes in prop::collection::vec(0..100_usize, 0..20)) {
            let (pages, _) = sample::pages("a.md", &text);
            let offsets: Vec<usize> = bytes.iter().map(|&byte| text.floor_char_boundary(byte)).collect();
            for (byte, position) in positions(&pages[0], offsets) {
                prop_assert_eq!(position, pages[0].source.position(byte));
            }
        }

        #[test]
        fn no_page_panics(text in "(\\PC|[ \t\r\n\u{1b}\u{feff}%:,日é]){0,120}", width in prop::option::of(0..100_usize)) {
            let (pages, found) = sample::pages("a.md", &text);
            let report = Report::new(&pages, &found, Path::new("/mentoring"), Level::Error);
            for format in Format::ALL {
                format.write(&report, &Look { width, ..Look::PLAIN }, &mut Vec::new()).unwrap();
            }
        }
    }
}
