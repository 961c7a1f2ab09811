//! `mojibake`: text was decoded once.

use crate::lint::{Check, Edit, Example, Findings, Level, Page, Rule};
use crate::mojibake;
use crate::text::Span;

pub(super) static RULE: Rule = Rule {
    code: "mojibake",
    level: Level::Warning,
    wants: "No text was misread in another character set and saved again.",
    why: "`‚Äô` was a `’` once: UTF-8 that somebody read as Mac Roman, Windows-1252 or Latin-1. Readers stumble, and search \
          does not find the word.",
    examples: &[Example {
        template: "lfx",
        good: "nobody knows which version",
        bad: "the kitchen doesn‚Äôt know which version",
        at: "‚Äô",
    }],
    check: Check::Page(check),
};

fn check(page: &Page<'_>, out: &mut Findings<'_>) {
    let text = page.source.text();
    let mut found = mojibake::find(text).peekable();
    while let Some(first) = found.next() {
        // Neighbours are one finding: `‚úÖ ‚úÖ` is two, `Ã©Ã©` one.
        let (mut end, mut meant) = (first.range.end, String::from(first.meant));
        while let Some(next) = found.next_if(|next| next.range.start == end) {
            end = next.range.end;
            meant.push(next.meant);
        }
        let span = Span::new(first.range.start, end);
        out.at(span, format!("`{}` was `{meant}` before it was read as {}", &text[span.range()], first.charset.as_str()))
            .fix([Edit::replace(span, meant)]);
    }
}
