//! Findings as an editor shows them.

use std::path::Path;

use gen_lsp_types::{
    Code, CodeDescription, Diagnostic, DiagnosticRelatedInformation, DiagnosticSeverity, DiagnosticTag, Location, Position, Range,
};

use super::client::Client;
use super::document::Looked;
use super::position::{self, Lines};
use crate::config::ConfigError;
use crate::lint::{self, Check, Finding, Level, More};
use crate::render::safe;
use crate::storage;
use crate::text::{Source, Span};

/// So many other places of a finding are shown.
const OTHERS: usize = 20;

/// What is found on a page; also what is too much to be listed.
pub(super) fn of_page(uri: &str, looked: &Looked, lines: &Lines<'_>, client: &Client) -> Vec<Diagnostic> {
    let more = looked.more.iter().map(|more| of_more(more, client));
    looked.findings.iter().map(|finding| of_finding(uri, finding, lines, client)).chain(more).collect()
}

/// A finding.
pub(super) fn of_finding(uri: &str, finding: &Finding, lines: &Lines<'_>, client: &Client) -> Diagnostic {
    let help = finding.help.as_ref().map(|help| format!("\nhelp: {}", safe::line(help))).unwrap_or_default();
    // A comment that silences nothing.
    let is_unused = lint::rule(finding.code).is_some_and(|rule| matches!(rule.check, Check::Lint));
    let other = |&place: &Span| DiagnosticRelatedInformation {
        location: Location { uri: uri.into(), range: lines.range(place) },
        message: "also here".to_owned(),
    };
    let others = || finding.others.iter().take(OTHERS).map(other).collect();
    Diagnostic {
        range: lines.range(finding.span),
        related_information: (client.relates && !finding.others.is_empty()).then(others),
        tags: is_unused.then(|| vec![DiagnosticTag::Unnecessary]),
        ..diagnostic(finding.level, finding.code, format!("{}{help}", safe::line(&finding.message)), client)
    }
}

/// Findings that are only counted stand at the beginning of the page.
fn of_more(more: &More, client: &Client) -> Diagnostic {
    diagnostic(more.level, more.code, more.message(), client)
}

fn diagnostic(level: Level, code: &str, message: String, client: &Client) -> Diagnostic {
    let severity = match level {
        Level::Error => DiagnosticSeverity::Error,
        Level::Warning => DiagnosticSeverity::Warning,
        Level::Info => DiagnosticSeverity::Information,
    };
    Diagnostic {
        range: Range::default(),
        severity: Some(severity),
        code: Some(Code::String(code.to_owned())),
        code_description: client.rule_page(code).map(|href| CodeDescription { href: href.into() }),
        source: Some("ideas".to_owned()),
        message: message.into(),
        ..Diagnostic::default()
    }
}

/// What is wrong with settings: the rest of the line from where it is.
pub(super) fn of_fault(error: &ConfigError, file: &Path, client: &Client) -> Diagnostic {
    let text = storage::read(file).unwrap_or_default();
    let (source, _) = Source::decode("", text);
    let lines = Lines::new(source.text(), client.encoding);
    let range = error.position.map(|place| {
        let line = u32::try_from(place.line.saturating_sub(1)).unwrap_or(u32::MAX);
        let start = position::byte(source.text(), Position { line, character: 0 }, client.encoding);
        let rest = source.text()[start..].lines().next().unwrap_or_default();
        let at = rest.char_indices().nth(place.column - 1).map_or(rest.len(), |(at, _)| at);
        lines.range((start + at..start + rest.trim_end().len().max(at)).into())
    });
    Diagnostic {
        range: range.unwrap_or_default(),
        severity: Some(DiagnosticSeverity::Error),
        source: Some("ideas".to_owned()),
        message: safe::line(&error.message).into_owned().into(),
        ..Diagnostic::default()
    }
}
