//! Edits as the protocol knows them: of a fix, and of a page that was written anew.

use std::collections::HashMap;
use std::time::Duration;

use gen_lsp_types::{TextEdit, WorkspaceEdit};
use similar::{DiffOp, TextDiff};

use super::position::Lines;
use crate::lint::Fix;
use crate::text::Span;

/// Looking for the smallest change ends after so long; then it may be larger than it must be.
const PATIENCE: Duration = Duration::from_millis(500);

/// The edits of a fix.
pub(super) fn of_fix(fix: &Fix, lines: &Lines<'_>) -> Vec<TextEdit> {
    fix.edits.iter().map(|edit| text_edit(lines, edit.span, &edit.text)).collect()
}

/// The lines that differ between two texts: a cursor elsewhere stays where it is.
pub(super) fn between(before: &str, after: &str, lines: &Lines<'_>) -> Vec<TextEdit> {
    let (old, new): (Vec<&str>, Vec<&str>) = (before.split_inclusive('\n').collect(), after.split_inclusive('\n').collect());
    let starts = |texts: &[&str]| -> Vec<usize> {
        let ends = texts.iter().scan(0, |at, text| {
            *at += text.len();
            Some(*at)
        });
        std::iter::once(0).chain(ends).collect()
    };
    let (old_starts, new_starts) = (starts(&old), starts(&new));
    let diff = TextDiff::configure().timeout(PATIENCE).diff_slices(&old, &new);
    let changed = diff.ops().iter().filter(|op| !matches!(op, DiffOp::Equal { .. }));
    let edits = changed.map(|op| {
        let (old, new) = (op.old_range(), op.new_range());
        let span = Span::new(old_starts[old.start], old_starts[old.end]);
        text_edit(lines, span, &after[new_starts[new.start]..new_starts[new.end]])
    });
    edits.collect()
}

/// An edit that puts `text` in the place of `span`.
pub(super) fn text_edit(lines: &Lines<'_>, span: Span, text: &str) -> TextEdit {
    let (range, new_text) = lines.edit(span, text);
    TextEdit { range, new_text }
}

/// Edits of one document.
pub(super) fn of_document(uri: &str, edits: Vec<TextEdit>) -> WorkspaceEdit {
    WorkspaceEdit { changes: Some(HashMap::from([(uri.into(), edits)])), ..WorkspaceEdit::default() }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::position::{self, Encoding};
    use super::*;

    proptest! {
        #[test]
        fn edits_make_one_text_the_other(before in "([ab\r\n😀]){0,30}", after in "([ab\r\n😀]){0,30}") {
            let edits = between(&before, &after, &Lines::new(&before, Encoding::Utf16));
            let mut text = before.clone();
            // From the end, so that places stay.
            for edit in edits.iter().rev() {
                let at = |place| position::byte(&before, place, Encoding::Utf16);
                text.replace_range(at(edit.range.start)..at(edit.range.end), &edit.new_text);
            }
            prop_assert_eq!(text, after);
        }
    }
}
