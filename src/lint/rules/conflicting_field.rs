//! `conflicting-field`: what an idea says twice is the same both times.

use std::fmt::Display;

use crate::idea::{difficulty, size};
use crate::labels::Kind;
use crate::layout::{Fact, Shape};
use crate::lint::page::Page;
use crate::lint::{Check, Example, Findings, Level, Rule};
use crate::prose::Text;
use crate::records::Style;
use crate::text::{Span, Spanned};

use super::duplicate_field;

pub(super) static RULE: Rule = Rule {
    code: "conflicting-field",
    level: Level::Warning,
    wants: "No two fields of an idea name different levels of difficulty, or different sizes.",
    why: "Contributors choose by them, and only one is right. Often one was changed and the other forgotten, or the fields of \
          another idea were copied. Fields that have a value in common do not conflict: one may be more exact.",
    examples: &[
        Example {
            template: "cncf-gsoc",
            good: "- Expected project size: large (~350 hour projects)\n",
            bad: "- Expected project size: large (~350 hour projects)\n- Difficulty: easy\n- Level: hard\n",
            at: "hard",
        },
        Example {
            template: "cncf-gsoc",
            good: "- Expected project size: large (~350 hour projects)\n",
            bad: "- Expected project size: large (~350 hour projects)\n- Duration: 90 hours\n",
            at: "90 hours",
        },
    ],
    check: Check::Idea(check),
};

fn check(page: &Page<'_>, idea: usize, out: &mut Findings<'_>) {
    // Two keys that say the same are one too many, whatever they say: `duplicate-field` tells so.
    if page.shape == Shape::IdeaFile {
        return;
    }
    compare(page, idea, Kind::Difficulty, |fact| said(fact, |part| difficulty::understand(part).values), |_, _| false, out);
    compare(
        page,
        idea,
        Kind::Size,
        |fact| said(fact, size::read),
        |one, other| one.abs_diff(other) * NEAR <= one.max(other),
        out,
    );
}

/// Sizes that are so near mean the same: within a tenth. `180 hours` is the medium size.
const NEAR: u32 = 10;

/// The values of a field that have a place.
fn said<'a, T>(fact: &Fact<'a>, read: impl Fn(Text<'a>) -> Vec<Spanned<T>>) -> Vec<(Span, T)> {
    let values = fact.parts.iter().flat_map(|part| read(part.text));
    values.filter_map(|value| Some((value.span?, value.value))).collect()
}

/// Tells each field that has no value in common with the first that has one.
fn compare<'a, T: Copy + PartialEq + Display>(
    page: &Page<'a>,
    idea: usize,
    kind: Kind,
    read: impl Fn(&Fact<'a>) -> Vec<(Span, T)>,
    is_near: impl Fn(T, T) -> bool,
    out: &mut Findings<'_>,
) {
    let mut first: Option<(&Fact<'_>, Vec<(Span, T)>)> = None;
    // What the columns of a table hold may be a guess.
    for fact in page.facts(idea, kind).filter(|fact| fact.style != Style::Cell) {
        let values = read(fact);
        let Some(&(span, _)) = values.first() else { continue };
        let Some((before, known)) = &first else {
            first = Some((fact, values));
            continue;
        };
        let agrees = |&(_, one): &(Span, T)| known.iter().any(|&(_, other)| one == other || is_near(one, other));
        // The same label twice is a finding already where a template's layout is asked for.
        let is_told =
            page.in_layout && duplicate_field::name(before.label.as_str()) == duplicate_field::name(fact.label.as_str());
        if is_told || values.iter().any(agrees) {
            continue;
        }
        let last = values.last().map_or(span, |&(last, _)| last);
        let other = known.iter().map(|&(at, _)| at).reduce(Span::join).unwrap_or(span);
        let shown = |span: Span| page.source.slice(span).split_whitespace().collect::<Vec<_>>().join(" ");
        let line = page.source.line(other.start);
        out.at(span.join(last), format!("`{}` conflicts with `{}` on line {line}", shown(span.join(last)), shown(other)))
            .help("keep the one that is right")
            .also_at(other);
    }
}

#[cfg(test)]
mod tests {
    use crate::lint::seen;

    fn found(facts: &[&str]) -> Vec<String> {
        let rest = "Skills: Go\n\nMentors: Ada Brook (@ada)\n";
        let text = format!("# GSoC 2027 ideas\n\n## Warm soup\n\nSoup gets cold.\n\n{}\n\n{rest}", facts.join("\n\n"));
        seen("page.md", &text, None).into_iter().filter(|found| found.starts_with("conflicting")).collect()
    }

    #[test]
    fn only_contradictions_are_told() {
        for (facts, conflict) in [
            (&["Difficulty: easy", "Difficulty: hard"][..], "hard"),
            (&["Difficulty: easy", "Difficulty: medium to hard"], "medium to hard"),
            (&["Difficulty: easy to medium", "Level: medium"], ""),
            (&["Difficulty: easy", "Difficulty: beginner"], ""),
            (&["Difficulty: easy", "Difficulty: ask us"], ""),
            (&["Size: small", "Duration: 90 hours"], ""),
            (&["Size: medium (175 hours)", "Duration: 22 weeks"], ""),
            (&["Size: 175 hours", "Hours: 180"], ""),
            (&["Size: small", "Hours: 350"], "350"),
            (&["Size: 175 hours", "Expected effort: 20 hours per week"], ""),
            (&["Mentors: Bo Reed", "Difficulty: easy"], ""),
        ] {
            let expected: Vec<_> = (!conflict.is_empty()).then(|| format!("conflicting-field {conflict}")).into_iter().collect();
            assert_eq!(found(facts), expected, "{facts:?}");
        }
    }
}
