//! `sarif`: SARIF 2.1.0, which code scanning reads.
//!
//! Every rule stands in the tool's block with its text, results point to it by id and index, columns count characters, and
//! each fix is an alternative of its own. Paths are URIs, relative to `%SRCROOT%`, the folder that the call was made in.

use std::borrow::Cow;
use std::fmt::Write as _;
use std::io::{self, Write};
use std::path::Path;
use std::sync::LazyLock;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Value, json};

use super::{Item, Report, rules as explained};
use crate::catalog::files;
use crate::lint::baseline::Fingerprint;
use crate::lint::{self, Level, Linted, More};
use crate::render::safe;
use crate::text::Position;

/// What stands in a part of a path as it is: what RFC 3986 calls unreserved.
const PART: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

const ROOT: &str = "%SRCROOT%";

/// The block of rules. Their examples are tried to draw them, which takes a while: once is enough.
static RULES: LazyLock<Value> = LazyLock::new(|| lint::rules::ALL.iter().map(|rule| describe(rule)).collect());

/// Writes one log with one run.
pub fn write(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    let mut log = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "ideas",
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": rules(report),
            } },
            "columnKind": "unicodeCodePoints",
            "originalUriBaseIds": { ROOT: { "description": { "text": "The folder in which `ideas validate` was called." } } },
            "artifacts": report.pages.iter().map(|page| json!({ "location": location(page, report.here) })).collect::<Vec<_>>(),
            "results": report.items().map(|item| result(report, &item)).collect::<Vec<_>>(),
        }],
    });
    if !report.more.is_empty() {
        let notifications: Vec<_> = report.more.iter().map(|more| notification(report, more)).collect();
        log["runs"][0]["invocations"] = json!([{ "executionSuccessful": true, "toolExecutionNotifications": notifications }]);
    }
    let json = serde_json::to_string_pretty(&log)?;
    writeln!(out, "{}", safe::json(&json))
}

/// The block of rules, each with its address if that is known.
fn rules(report: &Report<'_>) -> Value {
    let mut rules = RULES.clone();
    for (rule, described) in lint::rules::ALL.iter().zip(rules.as_array_mut().into_iter().flatten()) {
        if let Some(url) = report.rule_url(rule.code) {
            described["helpUri"] = url.into();
        }
    }
    rules
}

fn describe(rule: &lint::Rule) -> Value {
    json!({
        "id": rule.code,
        "shortDescription": { "text": rule.wants },
        "fullDescription": { "text": format!("{} {}", rule.wants, rule.why) },
        "help": {
            "text": format!("{} {} `ideas rules {}` shows examples.", rule.wants, rule.why, rule.code),
            "markdown": explained::markdown(rule),
        },
        "defaultConfiguration": { "level": level(rule.level) },
    })
}

fn result(report: &Report<'_>, item: &Item<'_>) -> Value {
    let Item { finding, page, start, end } = *item;
    let artifact = location(page, report.here);
    let text = match &finding.help {
        Some(help) => format!("{}: {help}", finding.message),
        None => finding.message.clone(),
    };
    let mut result = json!({
        "ruleId": finding.code,
        "ruleIndex": lint::rules::ALL.iter().position(|rule| rule.code == finding.code),
        "level": level(finding.level),
        "message": { "text": text },
        "locations": [{ "physicalLocation": { "artifactLocation": artifact, "region": region(start, end) } }],
        "partialFingerprints": { "ideasLine/v1": fingerprint(&Fingerprint::of(finding, page, &report.path(page))) },
    });
    if let Some(fix) = &finding.fix {
        let replacements = fix.edits.iter().map(|edit| {
            let (start, end) = report.place(finding.page, edit.span);
            json!({ "deletedRegion": region(start, end), "insertedContent": { "text": edit.text } })
        });
        let description =
            if fix.safe { "`ideas validate --fix` does this" } else { "`ideas validate --fix --unsafe-fixes` does this" };
        result["fixes"] = json!([{
            "description": { "text": description },
            "artifactChanges": [{ "artifactLocation": artifact, "replacements": replacements.collect::<Vec<_>>() }],
        }]);
    }
    result
}

/// What is said of findings that are no results, as there are too many.
fn notification(report: &Report<'_>, more: &More) -> Value {
    json!({
        "associatedRule": { "id": more.code },
        "level": level(more.level),
        "message": { "text": more.message() },
        "locations": [{ "physicalLocation": { "artifactLocation": location(&report.pages[more.page], report.here) } }],
    })
}

fn level(level: Level) -> &'static str {
    match level {
        Level::Error => "error",
        Level::Warning => "warning",
        Level::Info => "note",
    }
}

fn region(start: Position, end: Position) -> Value {
    json!({ "startLine": start.line, "startColumn": start.column, "endLine": end.line, "endColumn": end.column })
}

/// A page's URI: relative to the root, or whole if it is not below it.
fn location(page: &Linted, here: &Path) -> Value {
    let path = page.source.path();
    if let Some(inside) = files::below(path, here, here) {
        return json!({ "uri": uri(&inside), "uriBaseId": ROOT });
    }
    let whole = files::absolute(path, here).to_string_lossy().replace('\\', "/");
    json!({ "uri": format!("file:///{}", uri(whole.trim_start_matches('/'))) })
}

fn uri(path: &str) -> String {
    path.split('/').map(|part| Cow::from(utf8_percent_encode(part, PART))).collect::<Vec<_>>().join("/")
}

/// A number for a fingerprint that is the same on every machine and in every version: FNV-1a of 64 bits.
fn fingerprint(known: &Fingerprint) -> String {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for byte in [known.path.as_str(), &known.code, known.text.as_deref().unwrap_or_default()]
        .into_iter()
        .flat_map(|text| text.bytes().chain([0]))
    {
        hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    }
    let mut hex = String::with_capacity(16);
    let _ = write!(hex, "{hash:016x}");
    hex
}

#[cfg(test)]
mod tests {
    use super::super::sample;
    use super::*;

    fn log(path: &str, text: &str) -> Value {
        serde_json::from_str(&sample::written(path, text, write)).unwrap()
    }

    #[test]
    fn results_point_to_their_rules_and_places() {
        let log = log("a b/é:1%.md", "é x\nsecond\n");
        let run = &log["runs"][0];
        for (at, result) in run["results"].as_array().unwrap().iter().enumerate() {
            let index = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
            assert_eq!(run["tool"]["driver"]["rules"][index]["id"], result["ruleId"], "{at}");
        }
        let place = &run["results"][0]["locations"][0]["physicalLocation"];
        assert_eq!(place["artifactLocation"], json!({ "uri": "a%20b/%C3%A9%3A1%25.md", "uriBaseId": "%SRCROOT%" }));
        assert_eq!(place["region"], json!({ "startLine": 1, "startColumn": 1, "endLine": 1, "endColumn": 4 }));
        assert_eq!(run["results"][1]["fixes"][0]["artifactChanges"][0]["replacements"][0]["insertedContent"]["text"], "é");
        assert_eq!(run["columnKind"], "unicodeCodePoints");
    }

    #[test]
    fn rules_have_their_address_where_it_is_known() {
        let log: Value = serde_json::from_str(&sample::written_with_address("a.md", "x\n", write)).unwrap();
        let rules = log["runs"][0]["tool"]["driver"]["rules"].as_array().unwrap();
        let rule = rules.iter().find(|rule| rule["id"] == "mojibake").unwrap();
        assert_eq!(rule["helpUri"], "https://example.org/rules.md#mojibake");
    }

    #[test]
    fn what_is_not_listed_is_counted() {
        let log: Value = serde_json::from_str(&sample::written_with_more(write)).unwrap();
        let said = &log["runs"][0]["invocations"][0]["toolExecutionNotifications"][0];
        assert_eq!((said["level"].as_str(), said["associatedRule"]["id"].as_str()), (Some("error"), Some("missing-field")));
        assert_eq!(said["locations"][0]["physicalLocation"]["artifactLocation"]["uri"], "a.md");
    }

    #[test]
    fn paths_outside_are_whole() {
        for (path, uri) in [
            ("../x/b c.md", json!({ "uri": "file:///x/b%20c.md" })),
            ("/tmp/b.md", json!({ "uri": "file:///tmp/b.md" })),
            ("/mentoring/in/b.md", json!({ "uri": "in/b.md", "uriBaseId": "%SRCROOT%" })),
            ("<stdin>", json!({ "uri": "%3Cstdin%3E", "uriBaseId": "%SRCROOT%" })),
        ] {
            let log = log(path, "x\n");
            assert_eq!(log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"], uri, "{path}");
        }
    }
}
