//! `label-spelling`: labels are written as the template writes them.

use crate::labels::{Kind, Labels};
use crate::layout::Fact;
use crate::lint::page::after;
use crate::lint::template::{Asked, Field};
use crate::lint::{Check, Edit, Example, Findings, Level, Page, Rule};
use crate::prose::Text;
use crate::records::Style;
use crate::text::Span;

pub(super) static RULE: Rule = Rule {
    code: "label-spelling",
    level: Level::Warning,
    wants: "A label is spelled as in the template, in any case, and a colon ends it.",
    why: "Scripts that read the page look for the template's labels: a field under another one is lost to them, and to people \
          who search the page for it.",
    examples: &[
        Example {
            template: "lfx",
            good: "- Recommended Skills: Python",
            bad: "- Skills Required: Python",
            at: "Skills Required",
        },
        Example {
            template: "lfx",
            good: "- Upstream Issue: https://github.com/cloud-kitchen/kitchen/issues/34",
            bad: "- **Upstream Issues**: https://github.com/cloud-kitchen/kitchen/issues/34",
            at: "Upstream Issues",
        },
        Example {
            template: "lfx",
            good: "- Recommended Skills: Python",
            bad: "- Recomended Skils: Python",
            at: "Recomended Skils",
        },
        Example { template: "lfx", good: "- Recommended Skills:\n", bad: "- **Recommended Skills**\n", at: "Recommended Skills" },
        Example {
            template: "cncf-gsoc",
            good: "- Expected project size: medium",
            bad: "- Project Length: medium",
            at: "Project Length",
        },
    ],
    check: Check::Idea(check),
};

fn check(page: &Page<'_>, idea: usize, out: &mut Findings<'_>) {
    if !page.is_markdown() {
        return;
    }
    if !page.in_layout {
        return check_slips(page, idea, out);
    }
    for fact in page.fields(idea).filter(|fact| fact.style == Style::Item) {
        let Some(field) = page.template.field.iter().find(|field| is_label_of(page, idea, fact, field)) else { continue };
        let label = Label::of(Page::label(fact), field);
        // `unknown-label` says so.
        if page.unknown(idea).iter().any(|unknown| unknown.label.span() == label.text.span()) {
            continue;
        }
        let said = label.text.flow();
        let (message, text) = match (label.spelled, label.colon) {
            (true, true) => continue,
            (false, _) => (format!("the template writes `{}`, not `{said}`", field.label), field.label.clone()),
            (true, false) => (format!("no colon ends the label `{said}`"), page.source.slice(label.text.span()).to_owned()),
        };
        let colon = if label.colon { "" } else { ":" };
        let edits = std::iter::once(Edit::replace(label.text.span(), format!("{text}{colon}")));
        let common = if label.spelled {
            format!("have no colon behind the label `{said}`")
        } else {
            format!("write `{said}`, where the template has `{}`", field.label)
        };
        out.at(label.text.span(), message).common(common).fix(edits.chain(label.dash.map(Edit::delete)));
    }
}

/// Where labels are free, one that nobody uses is a slip if it is nearly the template's.
fn check_slips(page: &Page<'_>, idea: usize, out: &mut Findings<'_>) {
    for fact in page.fields(idea) {
        let label = Page::label(fact);
        let meant = || page.meant(label).filter(|field| field.kind == fact.kind);
        if Labels::get().kind(label.as_str()).is_none()
            && !page.unknown(idea).iter().any(|unknown| unknown.label.span() == label.span())
            && let Some(field) = meant()
        {
            out.at(label.span(), format!("the label `{}` is misspelt", label.flow()))
                .help(format!("write `{}`", field.label))
                .common(format!("misspell the label `{}`", label.flow()))
                .fix([Edit::replace(label.span(), field.label.as_str())]);
        }
    }
}

/// True if a label stands for a field of the template. What is said beside that field is an addition, and may be called as
/// one likes.
fn is_label_of(page: &Page<'_>, idea: usize, fact: &Fact<'_>, field: &Field) -> bool {
    let alike = |kind: Kind| match kind {
        Kind::Technologies => Kind::Skills,
        kind => kind,
    };
    let others = || page.fields(idea).filter(|other| alike(other.kind) == alike(field.kind));
    alike(fact.kind) == alike(field.kind)
        && field.asked != Asked::Never
        && (others().nth(1).is_none() || Label::of(Page::label(fact), field).spelled)
}

/// A label and what ends it.
pub(super) struct Label<'a> {
    /// Its words; with a remark in parentheses, if that is the template's.
    pub(super) text: Text<'a>,
    /// True if they are the template's.
    pub(super) spelled: bool,
    /// True if a colon ends it.
    pub(super) colon: bool,
    /// A dash in the colon's place.
    pub(super) dash: Option<Span>,
}

impl<'a> Label<'a> {
    pub(super) fn of(label: Text<'a>, field: &Field) -> Self {
        let names = || std::iter::once(&field.label).chain(&field.also);
        let after = after(label);
        let whole = label.through(after);
        // `Issue (URL) https://…`: what the template has in parentheses belongs to the label.
        let begins = |name: &&String| {
            let head = whole.as_str().get(..name.len());
            name.len() >= label.len() && head.is_some_and(|head| head.eq_ignore_ascii_case(name))
        };
        let text = names().filter(begins).max_by_key(|name| name.len()).map_or(label, |name| whole.cut(0..name.len()));
        // `Skills (in this order)`
        let remark = |name: &String| {
            let (head, tail) = (text.as_str().get(..name.len()), text.as_str().get(name.len()..));
            head.is_some_and(|head| head.eq_ignore_ascii_case(name))
                && tail.is_some_and(|tail| tail.trim_start().starts_with('(') && tail.ends_with(')'))
        };
        let spelled = field.is_spelled(text.as_str()) || names().any(remark);
        let after = whole.from(text.len());
        let rest = after.as_str().trim_start_matches(['*', '_', ' ']);
        let colon = rest.starts_with([':', '：']);
        let dash = ["- ", "– ", "— "].into_iter().find(|dash| rest.starts_with(dash)).map(|dash| {
            let at = after.len() - rest.len();
            let start = at - usize::from(after.as_str()[..at].ends_with(' '));
            after.cut(start..at + dash.trim_end().len()).span()
        });
        Label { text, spelled, colon, dash }
    }
}
