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
    /// True if they cannot change what the page means.
    pub safe: bool,
    /// They do not overlap.
    pub edits: Vec<Edit>,
}

/// The text with the fixes of these findings applied, and how many findings that mends. Of fixes that overlap, the first
/// counts; the others get their turn when the page is looked at again.
pub fn apply<'f>(text: &str, findings: impl IntoIterator<Item = &'f Finding>, unsafe_too: bool) -> (String, usize) {
    // By place: what is taken does not touch, so only the neighbours of an edit can be in its way.
    let mut taken: BTreeMap<Span, &Edit> = BTreeMap::new();
    let mut mended = 0;
    for fix in findings.into_iter().filter_map(|finding| finding.fix.as_ref()).filter(|fix| fix.safe || unsafe_too) {
        // The same edit may mend two findings.
        if fix.edits.iter().all(|edit| taken.get(&edit.span).is_some_and(|other| *other == edit)) {
            mended += 1;
        } else if fix.edits.iter().all(|edit| text.get(edit.span.range()).is_some() && is_free(&taken, edit.span)) {
            taken.extend(fix.edits.iter().map(|edit| (edit.span, edit)));
            mended += 1;
        }
    }
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for (span, edit) in taken {
        // Edits of one fix that overlap would be a fault of its rule: the page is more important.
        let Some(before) = text.get(at..span.start) else { continue };
        out.push_str(before);
        out.push_str(&edit.text);
        at = span.end;
    }
    out.push_str(&text[at..]);
    (out, mended)
}

/// True if an edit touches none that is taken: also not at a border, where their order would matter.
fn is_free(taken: &BTreeMap<Span, &Edit>, span: Span) -> bool {
    let before = taken.range(..span).next_back();
    let after = taken.range(span..).next();
    before.is_none_or(|(other, _)| other.end < span.start) && after.is_none_or(|(other, _)| span.end < other.start)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lint::Level;

    fn finding(safe: bool, edits: &[Edit]) -> Finding {
        let fix = Some(Fix { safe, edits: edits.to_vec() });
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
        }
    }

    #[test]
    fn edits_change_what_they_name_and_nothing_else() {
        let replace = |start, end, text: &str| Edit::replace(Span::new(start, end), text);
        for (fixes, unsafe_too, text, mended) in [
            (
                vec![finding(true, &[replace(0, 3, "One"), Edit::insert(8, "!")])],
                false,
                "One two three!".replace("three!", "!three"),
                1,
            ),
            (vec![finding(true, &[replace(4, 7, "2")]), finding(true, &[replace(6, 8, "no")])], false, "one 2 three".into(), 1),
            (vec![finding(true, &[replace(4, 7, "2")]), finding(true, &[replace(4, 7, "2")])], false, "one 2 three".into(), 2),
            (vec![finding(false, &[Edit::delete(Span::new(3, 7))])], false, "one two three".into(), 0),
            (vec![finding(false, &[Edit::delete(Span::new(3, 7))])], true, "one three".into(), 1),
        ] {
            assert_eq!(apply("one two three", &fixes, unsafe_too), (text, mended));
        }
    }
}
