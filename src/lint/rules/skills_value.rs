//! `skills-value`: the skills are a list, and there are some.

use crate::labels::{Kind, Labels};
use crate::layout::{Fact, Shape};
use crate::lint::{Check, Example, Findings, Level, Page, Rule};
use crate::records::Style;

pub(super) static RULE: Rule = Rule {
    code: "skills-value",
    level: Level::Warning,
    wants: "The field of skills lists some: items, or short names between commas.",
    why: "Contributors look for what they know, and programmes show skills one by one: from a paragraph neither people nor \
          programs can tell them apart, and the idea is not found by its skills. Outside of the template's layout, sentences \
          are nobody's fault, and `none` is an answer.",
    examples: &[
        Example { template: "lfx", good: "Python, GitHub Actions, PostgreSQL", bad: "", at: "Recommended Skills" },
        Example { template: "lfx", good: "Python, GitHub Actions, PostgreSQL", bad: "TBD", at: "TBD" },
        Example {
            template: "lfx",
            good: "Python, GitHub Actions, PostgreSQL",
            bad: "You should know Python well, and you should not be afraid of a database.",
            at: "You should know",
        },
        Example { template: "cncf-gsoc", good: "Python, GitHub Actions, PostgreSQL", bad: "to be decided", at: "to be decided" },
        Example {
            template: "lfx-form",
            good: "Go, Git, Kubernetes\n",
            bad: "The mentee must have written a program that somebody else still uses.\n",
            at: "The mentee must",
        },
        Example { template: "idea", good: "skills:\n  - Go\n  - Kubernetes\n", bad: "skills: []\n", at: "skills" },
    ],
    check: Check::Idea(check),
};

fn check(page: &Page<'_>, idea: usize, out: &mut Findings<'_>) {
    let facts: Vec<&Fact<'_>> = page.facts(idea, Kind::Skills).collect();
    let some = || facts.iter().any(|fact| fact.parts.iter().any(|part| !Labels::get().stands_for_nothing(part.text.as_str())));
    for (at, fact) in facts.iter().enumerate() {
        let mut parts = fact.parts.iter().filter(|part| !part.text.is_empty()).peekable();
        let Some(first) = parts.peek().copied() else {
            // On the form and in the export either of skills and technologies may speak for both; the form has a rule for that.
            // On pages of their own layout, a label may stand over other facts, or over a second list that nobody needed.
            let told = page.shape == Shape::Export && at > 0;
            let elsewhere = told || some() && (page.shape == Shape::Export || !page.in_layout) || page.shape == Shape::Form;
            let has_text = !page.in_layout && page.has_text_behind(idea, fact);
            if !elsewhere && !has_text && !facts.get(at + 1).is_some_and(|next| is_below(page, fact, next)) {
                out.at(fact.label.span(), format!("no skill stands behind `{}`", fact.label.flow())).help("list some");
            }
            continue;
        };
        // Where nobody asks for a list, "none" is an answer.
        let nothing =
            |text: &str| if page.in_layout { Labels::get().stands_for_nothing(text) } else { Labels::get().is_placeholder(text) };
        if parts.clone().all(|part| nothing(part.text.as_str())) && !(page.is_markdown() && !page.in_layout && some()) {
            out.at(first.text.span(), format!("`{}` is no skill", first.text.flow())).help("list some");
            continue;
        }
        if page.in_layout && parts.all(|part| !part.listed) && fact.parts.iter().any(|part| is_prose(part.text.as_str())) {
            let span =
                fact.parts.iter().map(|part| part.text.span()).reduce(crate::text::Span::join).unwrap_or(first.text.span());
            out.at(span, "these are sentences, and a list of skills is wanted")
                .help("list what is to be known, one skill an item, or short names between commas");
        }
    }
}

/// True if the next field is a part of an empty one: `Skills:` over `Required: …` and `Preferred: …`.
fn is_below(page: &Page<'_>, outer: &Fact<'_>, inner: &Fact<'_>) -> bool {
    let depth = |fact: &Fact<'_>| page.item_at(fact.label.span().start).map(|item| page.document.nodes[item].depth);
    match (outer.style, inner.style) {
        (Style::Item, Style::Item) => depth(inner) > depth(outer),
        (Style::Key, _) => false,
        (outer, inner) => outer != inner,
    }
}

/// Words that sentences are made with and lists are not.
const OF_SENTENCES: [&str; 16] = [
    "you",
    "your",
    "we",
    "our",
    "should",
    "must",
    "would",
    "will",
    "who",
    "mentee",
    "mentees",
    "contributor",
    "candidate",
    "student",
    "applicant",
    "they",
];

/// No sentence is shorter, in words.
const SHORT: usize = 6;

/// True for a text that has sentences in it.
fn is_prose(text: &str) -> bool {
    let is_sentence = |sentence: &str| {
        let words = || sentence.split(|c: char| !c.is_alphanumeric() && c != '\'' && c != '’').filter(|word| !word.is_empty());
        let stem = |word: &str| word.split(['\'', '’']).next().unwrap_or_default().to_ascii_lowercase();
        words().count() >= SHORT && words().any(|word| OF_SENTENCES.contains(&stem(word).as_str()))
    };
    // What stands in parentheses explains.
    let mut depth = 0_u32;
    let outside: String = text
        .chars()
        .filter(|c| {
            match c {
                '(' => depth += 1,
                ')' => depth = depth.saturating_sub(1),
                _ => {}
            }
            depth == 0
        })
        .collect();
    outside.split(['.', '!', '?', ';', '\n']).any(is_sentence)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_are() {
        for (text, prose) in [
            ("You should have written some Go code that somebody else reviewed.", true),
            ("Ideally Go, though we'd consider prototyping this tool in another language.", true),
            ("The contributor should demonstrate a solid understanding of Python", true),
            ("Go, Kubernetes, Helm", false),
            ("Experience with Kubernetes & Helm", false),
            ("C/C++ experience, understanding of shared memory on Linux, cryptography knowledge.", false),
            ("DevOps, light familiarity with all of the CNCF projects and a desire to study each project.", false),
            ("Golang, Kubernetes, Azure (free credits will be provided)", false),
            ("Golang. networking", false),
            ("Go, must have; Rust, nice to have", false),
        ] {
            assert_eq!(is_prose(text), prose, "{text}");
        }
    }
}
