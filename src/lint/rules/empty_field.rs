//! `empty-field`: something stands behind every label.

use crate::labels::Kind;
use crate::layout::{Fact, Shape};
use crate::lint::template::{Asked, same};
use crate::lint::{Check, Example, Findings, Level, Page, Rule, page};
use crate::records::Style;

pub(super) static RULE: Rule = Rule {
    code: "empty-field",
    level: Level::Error,
    wants: "A label has a value.",
    why: "Contributors find a label that promises an answer, and ask a mentor instead, or pass on. Programmes count the field \
          as missing. Mentors and skills have rules of their own.",
    examples: &[
        Example {
            template: "lfx",
            good: "- Upstream Issue: https://github.com/cloud-kitchen/kitchen/issues/34",
            bad: "- Upstream Issue:",
            at: "- Upstream Issue:",
        },
        Example {
            template: "lfx",
            good: "- Expected Outcome: A tasting step that runs on every change, and a report that names the spoon\n",
            bad: "- Expected Outcome:\n",
            at: "Expected Outcome",
        },
        Example { template: "cncf-gsoc", good: ": medium (~175 hour projects)\n", bad: ":\n", at: "Expected project size:" },
        Example { template: "lfx-form", good: "2026 Term 3 (Sep-Nov)", bad: "_No response_", at: "Term" },
        Example { template: "idea", good: "difficulty: medium", bad: "difficulty:", at: "difficulty" },
    ],
    check: Check::Page(check),
};

fn check(page: &Page<'_>, out: &mut Findings<'_>) {
    match page.shape {
        Shape::Markdown | Shape::IdeaFile => {
            for idea in 0..page.ideas().len() {
                for fact in page.fields(idea).filter(|fact| is_empty(page, idea, fact)) {
                    out.at(fact.label.span(), format!("nothing stands behind `{}`", fact.label.flow()));
                }
            }
        }
        // Of a proposal the form's own check speaks; an export says null for what is not there.
        Shape::Form | Shape::Export | Shape::Profile => {}
    }
}

fn is_empty(page: &Page<'_>, idea: usize, fact: &Fact<'_>) -> bool {
    fact.parts.is_empty()
        && has_value(page, fact.kind)
        // Said under another label; or the label only stands over others.
        && page.facts(idea, fact.kind).all(|other| other.parts.is_empty())
        && !(fact.kind == Kind::Description && has_text_behind(page, idea, fact))
        && (!page.is_markdown() || page.in_layout || is_marked(fact) && !page.has_text_behind(idea, fact))
}

/// True for a label that something marks as one. A line of nothing but words may head whatever follows.
fn is_marked(fact: &Fact<'_>) -> bool {
    let ends = page::after(fact.label).as_str().trim_start_matches(['*', '_', ' ']).starts_with([':', '：']);
    let is_bold = || fact.label.bold_prefix().is_some();
    fact.style != Style::Line || ends || is_bold()
}

/// True for kinds whose label must have a value, apart from those that other rules look at.
fn has_value(page: &Page<'_>, kind: Kind) -> bool {
    match same(kind) {
        Kind::Mentors | Kind::Skills | Kind::Other | Kind::Website | Kind::Updated => false,
        Kind::Description | Kind::Outcomes | Kind::Difficulty | Kind::Size | Kind::DifficultyAndSize | Kind::Upstream => true,
        kind => page.template.field.iter().any(|field| field.kind == kind && (page.is_record() || field.asked != Asked::Never)),
    }
}

/// True if text follows a label that takes none: where fields have headings, another field may stand between. On pages of
/// their own layout the label may stand over other fields, and the text before it.
fn has_text_behind(page: &Page<'_>, idea: usize, fact: &Fact<'_>) -> bool {
    if page.has_text(idea) {
        return true;
    }
    let draft = &page.ideas()[idea].draft;
    let from = fact.label.span().start;
    let next = draft.facts.iter().map(|other| other.label.span().start).filter(|&at| page.in_layout && at > from).min();
    let behind = |at: usize| at > from && next.is_none_or(|next| at < next);
    draft.loose.iter().any(|text| behind(text.span().start)) || (page.is_record() && !draft.loose.is_empty())
}
