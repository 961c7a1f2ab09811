//! `field-style`: every field is a bullet, as in the template.

use crate::layout::Fact;
use crate::lint::page::after;
use crate::lint::template::{Asked, Field};
use crate::lint::{Check, Edit, Example, Findings, Level, Page, Rule};
use crate::records::Style;
use crate::text::Span;

use super::label_spelling::Label;

pub(super) static RULE: Rule = Rule {
    code: "field-style",
    level: Level::Warning,
    wants: "Every field is a bullet that begins with its label.",
    why: "Scripts take fields from bullets, and lose those that are headings, bold lines or YAML-like keys; shown as a page, \
          such lines part the idea in two or run together, and contributors miss what they say.",
    examples: &[
        Example {
            template: "lfx",
            good: "- Expected Outcome: A tasting",
            bad: "\nexpectedOutcome: A tasting",
            at: "expectedOutcome",
        },
        Example {
            template: "lfx",
            good: "- Upstream Issue: https://github.com/cloud-kitchen/kitchen/issues/34",
            bad: "\n**Upstream Issue**: https://github.com/cloud-kitchen/kitchen/issues/34",
            at: "Upstream Issue",
        },
        Example {
            template: "lfx",
            good: "- Recommended Skills:\n  - Go",
            bad: "\n##### Recommended Skills\n\n  - Go",
            at: "##### Recommended Skills",
        },
        Example {
            template: "cncf-gsoc",
            good: "- Description: Recipes lie in folders today, and nobody knows which version a kitchen cooks. This project",
            bad: "description: |\n  Recipes lie in folders today, and nobody knows which version a kitchen cooks. This project",
            at: "description",
        },
    ],
    check: Check::Idea(check),
};

fn check(page: &Page<'_>, idea: usize, out: &mut Findings<'_>) {
    if !page.in_layout || !page.is_markdown() {
        return;
    }
    for fact in page.fields(idea).filter(|fact| fact.style != Style::Item) {
        let Some(field) = page.template.field.iter().find(|field| field.kind == fact.kind && field.asked != Asked::Never) else {
            continue;
        };
        // What stands inside the bullet of the same kind is a part of it.
        if fact.label.is_empty() || page.facts(idea, fact.kind).any(|other| other.style == Style::Item) {
            continue;
        }
        let said = fact.label.flow();
        let what = match fact.style {
            Style::Heading => "a heading",
            Style::Cell => "a cell of a table",
            _ if fact.label.bold_prefix().is_some() => "a bold line",
            _ if is_key(&said) => "written as a key",
            _ => "a plain line",
        };
        let finding = out.at(fact.label.span(), format!("`{said}` is {what}, not a bullet"));
        finding.help(format!("write `- {}: …`", field.label));
        finding.common(format!("have `{said}` as {what}, not as a bullet"));
        if let Some(edits) = bullet(page, fact, field) {
            finding.unsafe_fix(edits);
        }
    }
}

/// `expectedOutcome`
fn is_key(label: &str) -> bool {
    label.starts_with(char::is_lowercase) && label.chars().all(|c| c.is_alphanumeric() || c == '_')
}

/// The edits that make a bullet of a line or a heading: a dash before its label, and its value below indented.
fn bullet(page: &Page<'_>, fact: &Fact<'_>, field: &Field) -> Option<Vec<Edit>> {
    let source = page.source.text();
    let label = Label::of(fact.label, field);
    let line = page.line_span(label.text.span());
    let before = &source[line.start..label.text.span().start];
    let marks = before.trim_start_matches('#');
    let heading = before.len() - marks.len();
    let plain = marks.trim_start_matches(' ').chars().all(|c| c == '*' || c == '_') && marks.len() - marks.trim_start().len() < 4;
    // Underlined headings, and closing marks, need more.
    let closed = source[line.range()].trim_end().ends_with('#');
    if !plain || (fact.style == Style::Heading) != (heading > 0) || (heading > 0 && closed) || fact.style == Style::Cell {
        return None;
    }
    let start = line.start + heading + (marks.len() - marks.trim_start().len());
    let mut edits = vec![Edit::replace(Span::new(line.start, start), "- ")];
    let text = if label.spelled { page.source.slice(label.text.span()) } else { &field.label };
    edits.push(Edit::replace(label.text.span(), format!("{text}{}", if label.colon { "" } else { ":" })));
    edits.extend(label.dash.map(Edit::delete));
    // YAML's way to say that text follows.
    let after = after(label.text);
    let first = after.lines().next().filter(|first| [": |", ": >", ": |-", ": >-"].contains(&first.as_str()));
    edits.extend(first.map(|first| Edit::delete(first.from(1).span())));
    let value = Span::new(line.end, fact.span().end.max(line.end));
    let below: Vec<(usize, &str)> = lines(source, value).filter(|(_, line)| !line.trim().is_empty()).collect();
    if below.iter().any(|(_, line)| !line.starts_with("  ")) {
        edits.extend(below.iter().map(|&(at, _)| Edit::insert(at, "  ")));
    }
    Some(edits)
}

/// The lines that begin in a stretch of text, and where.
fn lines(source: &str, span: Span) -> impl Iterator<Item = (usize, &str)> {
    let starts = source[span.range()].match_indices('\n').map(move |(at, _)| span.start + at + 1);
    starts.filter(move |&at| at < span.end).map(|at| (at, source[at..].lines().next().unwrap_or_default()))
}
