//! `unbalanced-bracket`: what opens in the line of a mentor closes.

use crate::labels::Kind;
use crate::lint::{Check, Edit, Example, Findings, Level, Page, Rule};
use crate::prose::Text;
use crate::text::Span;

pub(super) static RULE: Rule = Rule {
    code: "unbalanced-bracket",
    level: Level::Warning,
    wants: "In the line of a mentor, every parenthesis and bracket has its other half.",
    why: "Programs look for a handle and an address between `(` and `)`. Where one is missing, what they take reaches to the next \
          mentor, or they take nothing, and nobody writes to that mentor.",
    examples: &[
        Example { template: "lfx", good: "bo.reed@example.org)", bad: "bo.reed@example.org", at: "(" },
        Example { template: "lfx", good: "Bo Reed (@boreed", bad: "Bo Reed ((@boreed", at: "((" },
    ],
    check: Check::Idea(check),
};

fn check(page: &Page<'_>, idea: usize, out: &mut Findings<'_>) {
    if page.tree.is_html || page.is_record() {
        return;
    }
    for fact in page.facts(idea, Kind::Mentors).filter(|fact| fact.kind == Kind::Mentors) {
        // Where people write as they like, one line may open what another one closes.
        let closes_later = || !page.in_layout && closes(page.source.slice(page.lines_of(page.behind(idea, fact))));
        let mut open = fact.lines().filter_map(|(line, _)| Some((line, unmatched(line.as_str())?))).peekable();
        if open.peek().is_none() || closes_later() {
            continue;
        }
        for (line, (at, mark)) in open {
            // A broken link has a rule of its own.
            if ["](", "] (", ")["].iter().any(|marks| line.as_str().contains(marks)) {
                continue;
            }
            let span = line.cut(at..at + 1).span();
            let finding = out.at(span, format!("`{mark}` has no other half"));
            match mark {
                '(' if may_close(line, at) => {
                    let end = line.span().end;
                    finding.help("close it behind the mentor's details").unsafe_fix([Edit::insert(end, ")")]);
                }
                _ => {
                    let half = Edit::delete(Span::new(span.start, span.end));
                    finding.help("add the other half, or take it away").unsafe_fix([half]);
                }
            }
        }
    }
}

/// True if as much closes in a text as opens.
fn closes(text: &str) -> bool {
    [('(', ')'), ('[', ']')].into_iter().all(|(open, close)| text.matches(open).count() == text.matches(close).count())
}

/// True if nothing opens or closes behind an opening mark.
fn may_close(line: Text<'_>, at: usize) -> bool {
    !line.as_str()[at + 1..].contains(['(', ')'])
}

/// The first mark without its other half.
fn unmatched(text: &str) -> Option<(usize, char)> {
    let mut open: Vec<(usize, char)> = Vec::new();
    for (at, mark) in text.char_indices() {
        match mark {
            '(' | '[' => open.push((at, mark)),
            ')' | ']' => {
                let half = if mark == ')' { '(' } else { '[' };
                match open.last() {
                    Some(&(_, last)) if last == half => _ = open.pop(),
                    // `1)` and `:)`
                    _ if text[..at].ends_with(|c: char| c.is_ascii_digit() || matches!(c, ':' | ';' | '-')) => {}
                    _ => return Some((at, mark)),
                }
            }
            _ => {}
        }
    }
    open.first().copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn halves_are_found() {
        for (text, found) in [
            ("Bo Reed (@boreed)", None),
            ("Bo Reed (@boreed", Some((8, '('))),
            ("Bo Reed @boreed)", Some((15, ')'))),
            ("Bo Reed ((@boreed)", Some((8, '('))),
            ("Bo [SIG Soup] (@boreed])", Some((22, ']'))),
            ("1) Bo Reed (@boreed) :)", None),
        ] {
            assert_eq!(unmatched(text), found, "{text}");
        }
    }
}
