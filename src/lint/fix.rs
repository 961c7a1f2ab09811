//! How findings are mended: edits of a page's bytes, applied so that nothing outside of them changes.

use std::collections::BTreeMap;

use crate::text::Span;

use super::Finding;

/// A stretch of a page and what shall stand there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// The bytes to replace; empty to insert before them.
    pub span: Span,
    /// What shall stand there; empty to delete.
    pub text: String,
}

impl Edit {
    /// Puts `text` in the place of `span`.
    pub fn replace(span: Span, text: impl Into<String>) -> Self {
        Edit { span, text: text.into() }
    }

    /// Puts `text` before the byte `at`.
    pub fn insert(at: usize, text: impl Into<String>) -> Self {
        Edit { span: Span::new(at, at), text: text.into() }
    }

    /// Takes `span` away.
    pub fn delete(span: Span) -> Self {
        Edit { span, text: String::new() }
    }
}

/// Edits that mend a finding together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// True if the page reads as before with them, but for what they mend: its rule claims so, and it was tried (see
    /// [`proof`](super::proof)).
    pub safe: bool,
    /// They do not overlap.
    pub edits: Vec<Edit>,
}

/// Fixes that are to be applied together.
#[derive(Clone, Debug, Default)]
pub(super) struct Accepted<'f> {
    /// By place: what is accepted does not overlap, so only the neighbours of an edit can be in its way.
    edits: BTreeMap<Span, &'f Edit>,
}

impl<'f> Accepted<'f> {
    /// Adds a fix; false if one that was added before is in its way, or it is not on the page. The same edit may mend two
    /// findings.
    pub(super) fn add(&mut self, text: &str, fix: &'f Fix) -> bool {
        let is_there = |edit: &Edit| self.edits.get(&edit.span).is_some_and(|other| *other == edit);
        let fits = |edit: &Edit| is_there(edit) || text.get(edit.span.range()).is_some() && self.is_free(edit.span);
        let fits = fix.edits.iter().all(fits);
        if fits {
            self.edits.extend(fix.edits.iter().map(|edit| (edit.span, edit)));
        }
        fits
    }

    /// True if a stretch overlaps none that is edited, and nothing is put in at the same place, where the order would matter.
    fn is_free(&self, span: Span) -> bool {
        let before = self.edits.range(..span).next_back();
        let after = self.edits.range(span..).next();
        before.is_none_or(|(other, _)| other.end <= span.start)
            && after.is_none_or(|(other, _)| span.end <= other.start && *other != span)
    }

    /// The edits, in page order.
    pub(super) fn edits(&self) -> impl Iterator<Item = &'f Edit> {
        // Edits of one fix that overlap would be a fault of its rule: the page is more important.
        let mut at = 0;
        self.edits.values().copied().filter(move |edit| {
            let follows = at <= edit.span.start;
            at = if follows { edit.span.end } else { at };
            follows
        })
    }

    /// The text with the edits.
    pub(super) fn text(&self, text: &str) -> String {
        let mut out = String::with_capacity(text.len());
        let mut at = 0;
        for edit in self.edits() {
            out.push_str(&text[at..edit.span.start]);
            out.push_str(&edit.text);
            at = edit.span.end;
        }
        out.push_str(&text[at..]);
        out
    }
}

/// The text with all fixes of these findings applied, whatever they change, and how many findings that mends. Of fixes
/// that overlap, the first counts; the others get their turn when the page is looked at again.
pub fn apply_all<'f>(text: &str, findings: impl IntoIterator<Item = &'f Finding>) -> (String, usize) {
    let mut accepted = Accepted::default();
    let fixes = findings.into_iter().filter_map(|finding| finding.fix.as_ref());
    let mended = fixes.filter(|fix| accepted.add(text, fix)).count();
    (accepted.text(text), mended)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lint::Level;

    fn finding(edits: &[Edit]) -> Finding {
        let fix = Some(Fix { safe: false, edits: edits.to_vec() });
        Finding {
            code: "x",
            level: Level::Info,
            page: 0,
            span: Span::new(0, 0),
            message: String::new(),
            help: None,
            idea: None,
            fix,
            common: None,
            others: Vec::new(),
        }
    }

    #[test]
    fn edits_change_what_they_name_and_nothing_else() {
        let replace = |start, end, text: &str| Edit::replace(Span::new(start, end), text);
        for (fixes, text, mended) in [
            (vec![finding(&[replace(0, 3, "One"), Edit::insert(8, "!")])], "One two three!".replace("three!", "!three"), 1),
            (vec![finding(&[replace(4, 7, "2")]), finding(&[replace(6, 8, "no")])], "one 2 three".into(), 1),
            (vec![finding(&[replace(4, 7, "2")]), finding(&[replace(4, 7, "2")])], "one 2 three".into(), 2),
            (vec![finding(&[replace(4, 7, "2")]), finding(&[Edit::delete(Span::new(7, 8))])], "one 2three".into(), 2),
            (vec![finding(&[Edit::insert(4, "a")]), finding(&[Edit::insert(4, "b")])], "one atwo three".into(), 1),
        ] {
            assert_eq!(apply_all("one two three", &fixes), (text, mended));
        }
    }
}
