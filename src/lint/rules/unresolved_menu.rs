//! `unresolved-menu`: of a template's choices, one was chosen.

use crate::idea::{Difficulty, size};
use crate::labels::Kind;
use crate::lint::{Check, Example, Findings, Level, Page, Rule};

pub(super) static RULE: Rule = Rule {
    code: "unresolved-menu",
    level: Level::Warning,
    wants: "A difficulty or a size is chosen from the template's menu, not copied with it: no `[easy|medium|hard]`.",
    why: "The idea seems to have every level and every size at once, so it turns up in all searches and tells nobody what it takes.",
    examples: &[
        Example {
            template: "cncf-gsoc",
            good: "Expected project size: medium (~175 hour projects)",
            bad: "Expected project size: small | medium | large",
            at: "small | medium | large",
        },
        Example {
            template: "gsoc",
            good: "- Difficulty: medium",
            bad: "- Difficulty: [intermediate|hard]",
            at: "[intermediate|hard]",
        },
    ],
    check: Check::Idea(check),
};

fn check(page: &Page<'_>, idea: usize, out: &mut Findings<'_>) {
    for fact in page.fields(idea) {
        if !matches!(fact.kind, Kind::Difficulty | Kind::Size | Kind::DifficultyAndSize) {
            continue;
        }
        for line in fact.lines().map(|(line, _)| line) {
            if is_menu(line.as_str()) {
                out.at(line.span(), format!("`{}` is a menu, and nothing is chosen", line.flow()))
                    .help("keep what is true of the idea");
            }
        }
    }
}

/// True for words of one kind parted by `|`, or in brackets by `/`.
fn is_menu(text: &str) -> bool {
    let inner = text.strip_prefix('[').and_then(|inner| inner.strip_suffix(']'));
    let mark = if text.contains('|') { '|' } else { '/' };
    if mark == '/' && inner.is_none() {
        return false;
    }
    let choices: Vec<&str> = inner.unwrap_or(text).split(mark).map(str::trim).collect();
    choices.len() > 1 && choices.iter().all(|choice| is_choice(choice))
}

/// True for a level or a size, with few words around it.
fn is_choice(text: &str) -> bool {
    let hours = |word: &str| word.trim_end_matches('h').parse::<u32>().is_ok();
    let word = |word: &str| Difficulty::from_word(word).is_some() || size::from_word(word).is_some() || hours(word);
    let mut words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.clone().count() <= 4 && words.any(word)
}

#[cfg(test)]
mod tests {
    use super::is_menu;

    #[test]
    fn menus_are_known() {
        for (text, menu) in [
            ("[intermediate|hard]", true),
            ("easy | medium | hard", true),
            ("[small/medium/large]", true),
            ("[90h | 175h | 350h]", true),
            ("90 hours | 175 hours", true),
            ("easy/medium", false),
            ("medium", false),
            ("[hard]", false),
            ("medium | see the issue", false),
        ] {
            assert_eq!(is_menu(text), menu, "{text}");
        }
    }
}
