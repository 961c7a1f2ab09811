//! `form-choice`: the form's box about skills agrees with the skills.

use crate::labels::Kind;
use crate::layout::form::Role;
use crate::lint::answers::answer;
use crate::lint::{Check, Example, Findings, Level, Page, Rule};

pub(super) static RULE: Rule = Rule {
    code: "form-choice",
    level: Level::Error,
    wants: "Either the box says that the skills are the technologies, or the skills are listed.",
    why: "With the box ticked, skills that say something else are lost; without it and without skills, mentees do not know what to \
          bring.",
    examples: &[
        Example {
            template: "lfx-form",
            good: "- [ ] Yes, the required skills are the same as the technologies listed above.",
            bad: "- [x] Yes, the required skills are the same as the technologies listed above.",
            at: "the required skills are the same",
        },
        Example {
            template: "lfx-form",
            good: "Go, Git, Kubernetes\n",
            bad: "_No response_\n",
            at: "the required skills are the same",
        },
    ],
    check: Check::Idea(check),
};

fn check(page: &Page<'_>, idea: usize, out: &mut Findings<'_>) {
    let (Some(choice), Some(skills)) = (answer(page, Role::SameSkills), answer(page, Role::Skills)) else { return };
    let Some(tick) = choice.tick() else { return };
    match (tick.done, skills.span()) {
        (true, Some(span)) if !is_same(page, idea) => {
            out.at(tick.span.join(span), "the skills are said to be the technologies, and are not")
                .help(format!("clear the box, or leave `{}` empty", skills.heading()));
        }
        (false, None) => {
            out.at(tick.span.join(skills.gap()), "the skills are said not to be the technologies, and none are given")
                .help(format!("tick the box, or list them under `{}`", skills.heading()));
        }
        _ => {}
    }
}

/// True if skills and technologies are the same words in any order.
fn is_same(page: &Page<'_>, idea: usize) -> bool {
    let words = |kind: Kind| {
        let facts = page.facts(idea, kind).filter(|fact| fact.kind == kind);
        let texts = facts.flat_map(|fact| fact.parts.iter().map(|part| part.text.as_str().to_lowercase()));
        let mut words: Vec<String> = texts
            .flat_map(|text| {
                let words = text.split([',', ';', '\n']).map(|word| word.trim().trim_end_matches('.').to_owned());
                words.collect::<Vec<_>>()
            })
            .filter(|word| !word.is_empty())
            .collect();
        words.sort();
        words.dedup();
        words
    };
    words(Kind::Skills) == words(Kind::Technologies)
}
