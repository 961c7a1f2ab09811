//! `doubled-label`: a label and its colon stand once.

use crate::labels::Labels;
use crate::lint::page::after;
use crate::lint::{Check, Edit, Example, Findings, Level, Page, Rule, template};

pub(super) static RULE: Rule = Rule {
    code: "doubled-label",
    level: Level::Warning,
    wants: "A label stands once before its value, and so does its colon.",
    why: "The second one is read as a part of the value: a skill called `Skills`, a mentor called `Mentors`. It shows up in lists \
          that contributors filter by.",
    examples: &[
        Example { template: "lfx", good: "Skills: Python", bad: "Skills:: Python", at: "::" },
        Example { template: "lfx", good: "Skills: Python", bad: "Skills: Skills: Python", at: "Skills: Skills" },
    ],
    check: Check::Idea(check),
};

/// No label is longer, in bytes.
const LONGEST: usize = 48;

fn check(page: &Page<'_>, idea: usize, out: &mut Findings<'_>) {
    if !page.is_markdown() {
        return;
    }
    for fact in page.fields(idea) {
        let behind = after(fact.label);
        let line = behind.lines().next().unwrap_or(behind);
        let marks = |text: &str| text.trim_start_matches(['*', '_', ' ', ')', '(', 's']).len();
        let rest = line.from(line.len() - marks(line.as_str()));
        let Some(value) = rest.as_str().strip_prefix(':') else { continue };
        let value = rest.of(value.trim_start_matches(['*', '_', ' ']));
        if let Some(behind) = value.as_str().strip_prefix(':') {
            let colon = value.cut(0..1);
            let from = rest.cut(1..rest.len() - behind.len());
            out.at(colon.span(), format!("a second colon stands behind `{}`", fact.label.flow()))
                .help("keep one of them")
                .fix([Edit::delete(from.span())]);
            continue;
        }
        let Some(end) = value.as_str().find(':').filter(|&end| end <= LONGEST) else { continue };
        let said = value.as_str()[..end].trim_end_matches(['*', '_', ' ']);
        let same = |kind| template::same(kind) == template::same(fact.kind);
        let name = |text: &str| super::duplicate_field::name(text);
        let own = fact.label.as_str();
        if Labels::get().kind(said).is_some_and(same) && name(own).ends_with(&name(said)) {
            let second = value.of(said);
            let until = value.from(end + 1);
            let space = until.len() - until.as_str().trim_start_matches(['*', '_', ' ']).len();
            out.at(second.span(), format!("the label `{said}` stands here again"))
                .help("keep one of them")
                .unsafe_fix([Edit::delete(value.cut(0..end + 1 + space).span())]);
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::lint::damaged;

    #[test]
    fn what_stands_twice_is_told() {
        for (said, found) in [
            ("- Recommended Skills:: Python, GitHub Actions", "doubled-label :"),
            ("- Recommended Skills: : Python, GitHub Actions", "doubled-label :"),
            ("- Recommended Skills: Recommended Skills: Python, GitHub Actions", "doubled-label Recommended Skills"),
            ("- Recommended Skills: Skills: Python, GitHub Actions", "doubled-label Skills"),
            ("- Recommended Skills: Languages: Python, GitHub Actions", ""),
            ("- **Recommended Skills:** Python: GitHub Actions", ""),
        ] {
            let seen = damaged("lfx", "- Recommended Skills: Python, GitHub Actions", said);
            let seen: Vec<_> = seen.iter().filter(|found| found.starts_with("doubled-label")).collect();
            assert_eq!(seen, (!found.is_empty()).then_some(found).into_iter().collect::<Vec<_>>(), "{said}");
        }
    }
}
