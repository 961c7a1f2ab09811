//! What an editor offers to do about findings: fixes, comments that switch their rule off, and all safe fixes at once.

use gen_lsp_types::{CodeAction, CodeActionContext, CodeActionKind, WorkspaceEdit};
use serde_json::json;

use super::client::{Client, FIX_ALL};
use super::disable;
use super::document::{Document, HeldTo, Looked};
use super::position::Lines;
use super::{diagnostics, edits};
use crate::lint::{Edit, Finding, Fix, proof};
use crate::render::{fit, safe};
use crate::text::Span;

/// Longer text is cut in what is shown of an action, in columns.
const LONG: usize = 60;

/// The actions for a stretch of a page, and for the page.
pub(super) fn offer(
    uri: &str,
    document: &Document,
    looked: &Looked,
    wanted: Span,
    context: &CodeActionContext,
    client: &Client,
) -> Vec<CodeAction> {
    let lines = Lines::new(&document.text, client.encoding);
    let mut actions = Vec::new();
    if is_asked(context, "quickfix") {
        let source = &looked.page.source;
        // What is on the lines in question; what is pointed at first.
        let around = Span::new(source.line_start(wanted.start), source.line_end(wanted.end));
        let is_near = |finding: &&Finding| touches(finding.span, around) && finding.span.start < around.end;
        let mut found: Vec<&Finding> = looked.findings.iter().filter(is_near).collect();
        found.sort_by_key(|finding| !touches(finding.span, wanted));
        let action = |finding: &Finding, title: String, edits| CodeAction {
            title,
            kind: Some(CodeActionKind::QuickFix),
            diagnostics: Some(vec![diagnostics::of_finding(uri, finding, &lines, client)]),
            edit: Some(edits::of_document(uri, edits)),
            ..CodeAction::default()
        };
        for &finding in &found {
            let Some(fix) = &finding.fix else { continue };
            // It was tried together with the others of the page, and is applied alone.
            let fix = &Fix { safe: proof::is_safe(source, fix), edits: fix.edits.clone() };
            let is_preferred = fix.safe.then_some(true);
            let edits = edits::of_fix(fix, &lines);
            actions.push(CodeAction { is_preferred, ..action(finding, title(fix, finding, &document.text), edits) });
        }
        for (finding, title, edits) in disable::offer(&document.text, looked, &found) {
            let edits = edits.iter().map(|edit| edits::text_edit(&lines, edit.span, &edit.text)).collect();
            actions.push(action(finding, title, edits));
        }
    }
    let is_fixable = || looked.findings.iter().any(|finding| finding.fix.as_ref().is_some_and(|fix| fix.safe));
    if is_asked(context, FIX_ALL) && is_fixable() {
        let is_lazy = client.resolves_edits;
        actions.push(CodeAction {
            title: "Apply all safe fixes of `ideas`".to_owned(),
            kind: Some(FIX_ALL.to_owned().into()),
            edit: (!is_lazy).then(|| fix_all(uri, document, &looked.held_to, client)),
            data: is_lazy.then(|| json!({ "uri": uri, "version": document.version })),
            ..CodeAction::default()
        });
    }
    actions
}

/// What `ideas validate --fix` does with the page.
pub(super) fn fix_all(uri: &str, document: &Document, held_to: &HeldTo, client: &Client) -> WorkspaceEdit {
    let mut pages = held_to.pages(&document.text);
    pages.mend(false, &held_to.settings());
    let after = pages.linted.first().map_or(document.text.as_str(), |page| page.source.text());
    let lines = Lines::new(&document.text, client.encoding);
    edits::of_document(uri, edits::between(&document.text, after, &lines))
}

/// True if a client wants actions of a kind, or says nothing of kinds.
fn is_asked(context: &CodeActionContext, kind: &str) -> bool {
    let is_in = |wanted: &CodeActionKind| {
        let wanted = String::from(wanted.clone());
        wanted.is_empty() || kind.strip_prefix(&wanted).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
    };
    context.only.as_ref().is_none_or(|only| only.iter().any(is_in))
}

/// True if two spans have a byte or a border in common.
fn touches(a: Span, b: Span) -> bool {
    a.start <= b.end && b.start <= a.end
}

/// What a fix does.
fn title(fix: &Fix, finding: &Finding, text: &str) -> String {
    let quoted = |text: &str| format!("`{}`", fit::cut(&safe::line(text), LONG, "…"));
    let does = match fix.edits.as_slice() {
        [Edit { span, text: new }] => match (text.get(span.range()).unwrap_or_default(), new.as_str()) {
            ("", new) if !new.trim().is_empty() => format!("Insert {}", quoted(new)),
            (old, "") if !safe::line(old).is_empty() => format!("Delete {}", quoted(old)),
            (old, new) if !safe::line(old).is_empty() && !safe::line(new).is_empty() => {
                format!("Replace {} with {}", quoted(old), quoted(new))
            }
            _ => format!("Fix `{}`", finding.code),
        },
        _ => format!("Fix `{}`", finding.code),
    };
    if fix.safe { does } else { format!("{does} (unsafe: look at the result)") }
}
