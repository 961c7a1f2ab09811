//! `list-indent`: the items of a field stand below its label.

use crate::layout::Fact;
use crate::lint::{Check, Edit, Example, Findings, Level, Page, Rule};
use crate::records::Style;
use crate::text::Span;

pub(super) static RULE: Rule = Rule {
    code: "list-indent",
    level: Level::Warning,
    wants: "The items of a field are indented below the bullet of its label.",
    why: "Beside it they are fields of their own: the page shows an empty label among items that seem to belong to nothing, and \
          programs that read it find no skills and no mentors.",
    examples: &[Example {
        template: "lfx",
        good: "- Recommended Skills:\n  - Go\n  - Kubernetes\n  - Basic knowledge of Git\n",
        bad: "- Recommended Skills:\n- Go\n- Kubernetes\n- Basic knowledge of Git\n",
        at: "- Recommended Skills:",
    }],
    check: Check::Idea(check),
};

fn check(page: &Page<'_>, idea: usize, out: &mut Findings<'_>) {
    if !page.in_layout || !page.is_markdown() || page.tree.is_html {
        return;
    }
    for fact in page.fields(idea).filter(|fact| fact.style == Style::Item) {
        let lines = beside(page, fact);
        if !lines.is_empty() {
            let said = fact.label.flow();
            let edits = lines.iter().map(|&line| Edit::insert(line, "  "));
            out.at(fact.label.span(), format!("the items of `{said}` stand beside it"))
                .help("indent them by two spaces")
                .common(format!("have the items of `{said}` beside it, not below"))
                .unsafe_fix(edits);
        }
    }
}

/// Where the lines begin of items that are values of a field and stand beside its own item.
fn beside(page: &Page<'_>, fact: &Fact<'_>) -> Vec<usize> {
    let nodes = &page.document.nodes;
    let Some(own) = page.item_at(fact.label.span().start) else { return Vec::new() };
    let mut lines = Vec::new();
    for part in &fact.parts {
        let Some(item) = page.item_at(part.text.span().start) else { continue };
        if item != own && nodes[item].depth == nodes[own].depth {
            let span = nodes[item].span();
            let text = page.source.text();
            let end = span.start + text[span.start..span.end].trim_end().len();
            let mut at = page.line_span(Span::new(span.start, span.start)).start;
            while at < end {
                lines.push(at);
                at = text[at..].find('\n').map_or(end, |line| at + line + 1);
            }
        }
    }
    lines.sort_unstable();
    lines.dedup();
    lines
}

#[cfg(test)]
mod tests {
    use crate::lint::damaged;

    #[test]
    fn items_stand_below_their_label() {
        let good = "- Recommended Skills:\n  - Go\n  - Kubernetes\n  - Basic knowledge of Git\n";
        for (said, is_wrong) in [
            ("- Recommended Skills:\n- Go\n- Kubernetes\n", true),
            ("- Recommended Skills:\n  - Go\n  - Kubernetes\n", false),
            ("- Recommended Skills: Go,\n  Kubernetes\n", false),
        ] {
            let found = damaged("lfx", good, said);
            assert_eq!(found.iter().any(|found| found.starts_with("list-indent")), is_wrong, "{said}: {found:?}");
        }
    }
}
