//! `duplicate-field`: an idea says each thing once.

use crate::labels::Kind;
use crate::layout::{Fact, Shape, key_kind};
use crate::lint::letters::letters;
use crate::lint::page::Page;
use crate::lint::template;
use crate::lint::{Check, Example, Findings, Level, Rule};
use crate::prose::Text;
use crate::records::Style;
use crate::text::Span;

pub(super) static RULE: Rule = Rule {
    code: "duplicate-field",
    level: Level::Warning,
    wants: "An idea has no two fields that say the same.",
    why: "Programmes take the one or the other, and nobody knows which. Additions have labels of their own: skills and \
          technologies, mentors and co-mentors are no duplicates.",
    examples: &[
        Example {
            template: "lfx",
            good: "- Recommended Skills: Python",
            bad: "- Deliverables: A tasting step\n- Recommended Skills: Python",
            at: "Deliverables",
        },
        Example {
            template: "lfx",
            good: "- Recommended Skills: Python",
            bad: "- Recommended Skills: Git\n- Recommended Skills: Python",
            at: "- Recommended Skills: Python",
        },
        Example {
            template: "cncf-gsoc",
            good: "- Expected project size: medium (~175 hour projects)\n",
            bad: "- Expected project size: medium (~175 hour projects)\n- Expected project size: 175 hours\n",
            at: "- Expected project size: 175 hours",
        },
        Example { template: "idea", good: "hours: 175\n", bad: "hours: 175\nsize: 175\n", at: "size" },
    ],
    check: Check::Idea(check),
};

fn check(page: &Page<'_>, idea: usize, out: &mut Findings<'_>) {
    match page.shape {
        Shape::Markdown => check_labels(page, idea, out),
        Shape::IdeaFile => check_keys(page, out),
        _ => {}
    }
}

fn check_labels(page: &Page<'_>, idea: usize, out: &mut Findings<'_>) {
    // Kinds are few: what was seen stays short.
    let mut seen: Vec<&Fact<'_>> = Vec::new();
    for fact in page.fields(idea).filter(|fact| fact.style != Style::Cell && may_repeat(page, fact.kind)) {
        let same_name = |other: &Fact<'_>| name(other.label.as_str()) == name(fact.label.as_str());
        let same = |other: &&&Fact<'_>| other.kind == fact.kind && (is_single(fact.kind) && page.in_layout || same_name(other));
        if let Some(first) = seen.iter().find(same) {
            let said = fact.label.flow();
            let line = page.source.line(first.label.span().start);
            let message = if same_name(first) {
                format!("the field `{said}` is here twice")
            } else {
                format!("`{said}` and `{}` are one field of the template", first.label.flow())
            };
            let wanted = page.template.field(fact.kind).map_or(said.as_str(), |field| &field.label);
            out.at(fact.label.span(), message)
                .help(format!("put both under one label `{wanted}`; the other one is on line {line}"))
                .also_at(first.label.span())
                .common(format!("have the field `{said}` twice"));
        } else if seen.len() < MOST {
            seen.push(fact);
        }
    }
}

/// The first label of a kind that stands there a second time.
pub(super) fn repeats(page: &Page<'_>, idea: usize, kind: Kind) -> Option<Span> {
    let mut labels = page.fields(idea).filter(|fact| fact.kind == kind && fact.style != Style::Cell).map(|fact| fact.label);
    let first = name(labels.next()?.as_str());
    labels.find(|label| page.shape == Shape::Markdown && name(label.as_str()) == first).map(Text::span)
}

/// More different labels are no idea that somebody wrote.
const MOST: usize = 64;

/// Kinds that an idea states once, whatever the label; text goes on under headings on pages of their own layout.
fn is_single(kind: Kind) -> bool {
    matches!(kind, Kind::Description | Kind::Outcomes)
}

fn may_repeat(page: &Page<'_>, kind: Kind) -> bool {
    match kind {
        Kind::Other | Kind::Links | Kind::Title | Kind::Website | Kind::Updated => false,
        // On pages of their own layout, a second set of fields is another idea, or what a tracker adds.
        _ => page.in_layout,
    }
}

/// A label without case, marks and plural.
pub(super) fn name(label: &str) -> String {
    let mut name = letters(label);
    name.truncate(name.trim_end_matches('s').len());
    name
}

/// Keys of front matter: the second of a kind would not be read.
fn check_keys(page: &Page<'_>, out: &mut Findings<'_>) {
    let Some(data) = page.tree.data() else { return };
    let mut seen: Vec<(Kind, String)> = Vec::new();
    for (key, _) in data.root().map().into_iter().flatten().filter(|(_, value)| !value.is_empty()) {
        let Some(kind) = key_kind(key).filter(|&kind| is_single_key(kind)) else { continue };
        if let Some((_, first)) = seen.iter().find(|(known, _)| template::same(*known) == template::same(kind)) {
            out.at(key.span(), format!("`{}` says the same as `{first}`", key.as_str())).help("keep one of them");
        } else {
            seen.push((kind, key.as_str().to_owned()));
        }
    }
}

/// Kinds that have one key; skills and technologies, a summary and a description, a long and a short name are two.
fn is_single_key(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::Organization
            | Kind::Program
            | Kind::Term
            | Kind::Outcomes
            | Kind::Mentors
            | Kind::Difficulty
            | Kind::Size
            | Kind::Upstream
    )
}
