//! Where code stands on a page: it is what it is, and no fix may change a part of it.

use crate::document::{Document, Kind};
use crate::lint::Fix;
use crate::prose::Style;
use crate::text::{Source, Span};

/// The stretches of code of a page.
pub(super) struct Code {
    /// Blocks, with their fences, and what is set in code inside of text; in page order.
    stretches: Vec<Stretch>,
}

/// A stretch of code.
struct Stretch {
    span: Span,
    /// What stands right beside a block is no part of it; what stands beside code inside of text would join it.
    is_block: bool,
}

impl Code {
    /// Those of a page.
    pub(super) fn of(document: &Document, source: &Source) -> Self {
        let mut stretches = Vec::new();
        for (at, node) in document.nodes.iter().enumerate() {
            if node.kind == Kind::Code {
                let written = source.slice(node.span()).trim_end().len();
                stretches.push(Stretch { span: Span::new(node.span().start, node.span().start + written), is_block: true });
            } else if !node.kind.is_container() && node.kind != Kind::Html {
                let text = document.text(at);
                let marked = text.marked(&[Style::Code]).map(|(range, _)| text.cut(range).span());
                stretches.extend(marked.map(|span| Stretch { span, is_block: false }));
            }
        }
        stretches.sort_unstable_by_key(|stretch| stretch.span);
        Code { stretches }
    }

    /// True if an edit of a fix touches code, and none of its edits replaces all of that.
    pub(super) fn is_changed_by(&self, fix: &Fix) -> bool {
        fix.edits.iter().map(|edit| edit.span).any(|edit| {
            let first = self.stretches.partition_point(|stretch| stretch.span.end < edit.start);
            let near = self.stretches[first..].iter().take_while(|stretch| stretch.span.start <= edit.end);
            near.filter(|stretch| !stretch.is_block || edit.start < stretch.span.end && stretch.span.start < edit.end).any(
                |stretch| {
                    !fix.edits.iter().any(|edit| edit.span.start <= stretch.span.start && stretch.span.end <= edit.span.end)
                },
            )
        })
    }
}
