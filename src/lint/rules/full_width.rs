//! `full-width`: marks in a line of Latin letters are those of that script.

use crate::labels::Kind;
use crate::layout::Fact;
use crate::lint::page::after;
use crate::lint::{Check, Edit, Example, Findings, Level, Page, Rule};
use crate::prose::Text;

pub(super) static RULE: Rule = Rule {
    code: "full-width",
    level: Level::Warning,
    wants: "In a line of Latin letters, commas, colons and parentheses are ASCII, not full-width (`，` `：` `（` `）`).",
    why: "They look alike, and programs that cut labels and mentors at `:` and `,` see one word: the programme's scripts lose the \
          field, or take a handle and an address for a name.",
    examples: &[
        Example { template: "lfx", good: "@boreed, bo.reed@example.org", bad: "@boreed，bo.reed@example.org", at: "，" },
        Example { template: "lfx", good: "Skills: Python", bad: "Skills： Python", at: "：" },
    ],
    check: Check::Idea(check),
};

/// Full-width marks and what they are in ASCII.
const MARKS: [(char, &str); 5] = [('，', ","), ('：', ":"), ('（', "("), ('）', ")"), ('；', ";")];

fn check(page: &Page<'_>, idea: usize, out: &mut Findings<'_>) {
    if !page.is_markdown() {
        return;
    }
    for fact in page.fields(idea) {
        if is_latin(fact.label.as_str()) {
            let behind = after(fact.label);
            let mark = behind.as_str().trim_start_matches(['*', '_', ' ']);
            if mark.starts_with('：') {
                report(page, behind.of(&mark[..'：'.len_utf8()]), false, out);
            }
        }
        if is_cut(fact) {
            for line in fact.lines().map(|(line, _)| line).filter(|line| is_latin(line.as_str())) {
                for (at, mark) in line.as_str().match_indices(|c| MARKS.iter().any(|(mark, _)| *mark == c)) {
                    report(page, line.cut(at..at + mark.len()), true, out);
                }
            }
        }
    }
}

/// True for fields that programs cut at their marks.
fn is_cut(fact: &Fact<'_>) -> bool {
    matches!(fact.kind, Kind::Mentors | Kind::Skills | Kind::Technologies | Kind::Difficulty | Kind::Size | Kind::Upstream)
}

/// True for text without a letter of a script that has full-width marks of its own.
fn is_latin(text: &str) -> bool {
    text.chars().all(|c| !c.is_alphabetic() || c < '\u{2e80}')
}

fn report(page: &Page<'_>, mark: Text<'_>, in_value: bool, out: &mut Findings<'_>) {
    let Some((_, ascii)) = MARKS.iter().find(|(known, _)| mark.as_str().starts_with(*known)) else { return };
    let (span, text) = (mark.span(), page.source.text());
    let before = *ascii == "(" && text[..span.start].ends_with(char::is_alphanumeric);
    let behind = matches!(*ascii, "," | ":" | ";") && text[span.end..].starts_with(|c: char| !c.is_whitespace());
    let written = format!("{}{ascii}{}", if before { " " } else { "" }, if behind { " " } else { "" });
    let finding = out.at(span, format!("`{}` is a full-width mark", mark.as_str()));
    finding.help(format!("write `{ascii}`"));
    let edit = Edit::replace(span, written);
    // Inside a value, what was one skill or one name may be two then.
    if in_value {
        finding.unsafe_fix([edit])
    } else {
        finding.fix([edit])
    };
}

#[cfg(test)]
mod tests {
    use crate::lint::damaged;

    #[test]
    fn marks_of_another_script_are_told() {
        let good = "Bo Reed (@boreed, bo.reed@example.org)";
        for (said, marks) in [
            ("Bo Reed (@boreed， bo.reed@example.org)", "，"),
            ("Bo Reed（@boreed, bo.reed@example.org）", "（ ）"),
            // Where the letters are of that script, so are the marks.
            ("李雷（@boreed, bo.reed@example.org）", ""),
        ] {
            let marks: Vec<String> = marks.split_whitespace().map(|mark| format!("full-width {mark}")).collect();
            let found = damaged("lfx", good, said).into_iter().filter(|found| found.starts_with("full-width"));
            assert_eq!(found.collect::<Vec<_>>(), marks, "{said}");
        }
    }
}
