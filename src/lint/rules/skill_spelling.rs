//! `skill-spelling`: skills are spelt as everybody spells them.

use crate::idea::skill::Skills;
use crate::labels::Kind;
use crate::lint::{Check, Edit, Example, Findings, Level, Page, Rule};

pub(super) static RULE: Rule = Rule {
    code: "skill-spelling",
    level: Level::Warning,
    wants: "The names of skills are spelt right.",
    why: "Contributors who look for Kubernetes do not find an idea that asks for `Kuberntetes`.",
    examples: &[
        Example { template: "lfx", good: "  - Kubernetes\n", bad: "  - Kuberntetes\n", at: "Kuberntetes" },
        Example { template: "cncf-gsoc", good: "Python, GitHub Actions", bad: "Pyhton, GitHub Actions", at: "Pyhton" },
        Example { template: "lfx-form", good: "Go, Git, Kubernetes", bad: "Golnag, Git, Kubernetes", at: "Golnag" },
        Example { template: "idea", good: "  - Kubernetes\n", bad: "  - Kubernets\n", at: "Kubernets" },
    ],
    check: Check::Idea(check),
};

fn check(page: &Page<'_>, idea: usize, out: &mut Findings<'_>) {
    let about = &page.ideas()[idea].idea;
    let names = [Some(&about.title), about.project.as_ref(), about.organization.as_ref()];
    // A project is named as it likes, however much that looks like something else.
    let is_name = |word: &str| {
        let mut words = names.iter().flatten().flat_map(|name| name.value.split(|c: char| !c.is_alphanumeric()));
        words.any(|name| name.eq_ignore_ascii_case(word))
    };
    for part in page.facts(idea, Kind::Skills).flat_map(|fact| &fact.parts) {
        for (word, meant) in Skills::misspelt(part.text) {
            // `NetworkX` is a name of its own, and no slip in `Network`.
            if !is_name(word.as_str()) && (has_capitals_of(word.as_str(), &meant) || has_inner_capital(&meant)) {
                out.at(word.span(), format!("`{}` is almost `{meant}`", word.as_str()))
                    .help(format!("did you mean `{meant}`?"))
                    .unsafe_fix([Edit::replace(word.span(), meant)]);
            }
        }
    }
}

/// True if the capitals inside of a word stand where a name has these letters: `TypeScipt`, but not `NetworkX`.
fn has_capitals_of(word: &str, name: &str) -> bool {
    let name: Vec<char> = name.to_lowercase().chars().collect();
    let is_there = |(at, c): (usize, char)| {
        let near = at.saturating_sub(1)..(at + 2).min(name.len());
        name.get(near).is_some_and(|near| near.contains(&c.to_ascii_lowercase()))
    };
    !has_inner_capital(word) || word.chars().enumerate().skip(1).filter(|(_, c)| c.is_uppercase()).all(is_there)
}

/// True for `JavaScript`, false for `Java` and `SQL`.
fn has_inner_capital(word: &str) -> bool {
    word.contains(char::is_lowercase) && word.chars().skip(1).any(char::is_uppercase)
}
