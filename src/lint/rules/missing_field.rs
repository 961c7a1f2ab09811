//! `missing-field`: an idea says all that its programme asks.

use crate::labels::Kind;
use crate::layout::{Shape, key_kind};
use crate::lint::sections::{self, Form, Section};
use crate::lint::template::{self, Field};
use crate::lint::told_once;
use crate::lint::{Check, Example, Finding, Findings, Level, Page, Rule};

pub(super) static RULE: Rule = Rule {
    code: "missing-field",
    level: Level::Error,
    wants: "An idea has every field that its programme's template asks for.",
    why: "Contributors choose by what an idea says and pass over one that is silent; programmes refuse ideas, and Google \
          refuses organizations, that leave out what they ask for. What most other ideas of the page say is asked for, too. \
          What most ideas lack is said once, as the page was written for another template, or nobody knew; and nothing is \
          asked of an idea that is taken or done.",
    examples: &[
        Example {
            template: "lfx",
            good: "- Recommended Skills: Python, GitHub Actions, PostgreSQL\n",
            bad: "",
            at: "Taste soups",
        },
        Example { template: "lfx", good: "- Description: A soup is tasted", bad: "A soup is tasted", at: "Taste soups" },
        Example {
            template: "cncf-gsoc",
            good: "- Expected project size: medium (~175 hour projects)\n",
            bad: "",
            at: "Taste soups",
        },
        Example { template: "idea", good: "title: Keep recipes in a registry\n", bad: "", at: "project" },
        Example { template: "idea", good: "skills:\n  - Go\n  - Kubernetes\n", bad: "", at: "Keep recipes" },
    ],
    check: Check::Page(check),
};

/// So many ideas that all lack a field show that the page does without it.
const ENOUGH: usize = 3;

fn check(page: &Page<'_>, out: &mut Findings<'_>) {
    let ideas = page.ideas().len();
    let usual = Usual { level: page.usual_level(), is_described: page.mostly_states(Kind::Description) };
    let shared = if page.in_layout || !page.is_markdown() { Vec::new() } else { sections::shared(page) };
    let announced: Vec<Vec<Kind>> = if page.in_layout || !page.is_markdown() {
        vec![Vec::new(); ideas]
    } else {
        (0..ideas).map(|idea| sections::announced(page, idea)).collect()
    };
    // The section of each idea.
    let mut home: Vec<Option<usize>> = vec![None; ideas];
    for (at, section) in shared.iter().enumerate() {
        home[section.ideas.clone()].fill(Some(at));
    }
    // What each idea lacks that most others do not.
    let mut alone: Vec<Vec<&Field>> = vec![Vec::new(); ideas];
    for field in page.template.field.iter().filter(|field| page.asks(field)) {
        let lacks = |&idea: &usize| lacks(page, idea, field, usual);
        let is_announced = |idea: usize| announced[idea].iter().any(|&kind| template::same(kind) == template::same(field.kind));
        let said: Vec<bool> = shared.iter().map(|section| section.says(page, field.kind, &lacks)).collect();
        let is_said = |idea: usize| is_announced(idea) || home[idea].is_some_and(|section| said[section]);
        let lacking: Vec<usize> = (0..ideas).filter(|idea| lacks(idea) && !is_said(*idea)).collect();
        if lacking.len() < ENOUGH || lacking.len() * 2 <= ideas {
            for idea in lacking {
                alone[idea].push(field);
            }
            continue;
        }
        // A template of another kind than the page, or nobody knew: no idea is worse than the others.
        let level = if lacking.len() == ideas { field.level.min(Level::Warning) } else { field.level };
        for idea in lacking {
            say(page, idea, &[field], out).level(level).common(format!("have no `{}`", field.label));
        }
    }
    for list in shared.iter().filter(|section| section.form == Form::List) {
        say_of_list(page, list, &mut alone, out);
    }
    for (idea, fields) in alone.iter().enumerate().filter(|(_, fields)| !fields.is_empty()) {
        say(page, idea, fields, out);
    }
    // Without a title, front matter is no idea to the reader.
    if page.ideas().is_empty() && page.is_markdown() {
        let keys = || page.tree.data().and_then(|data| data.root().map()).into_iter().flatten();
        let told = keys().filter(|&(key, value)| !value.is_empty() && key_kind(key).is_some_and(Kind::is_telling)).count();
        if let (true, Some((first, _))) = (told > 1, keys().next()) {
            out.at(first.span(), "the idea has no `title`");
        }
    }
}

/// What most ideas of the page have.
#[derive(Clone, Copy)]
struct Usual {
    /// The level of their headings.
    level: Option<u8>,
    /// True if they have a labelled description.
    is_described: bool,
}

fn lacks(page: &Page<'_>, idea: usize, field: &Field, usual: Usual) -> bool {
    // The form's sections have a rule of their own, and an export has no labels to miss.
    (page.is_markdown() || page.shape == Shape::IdeaFile)
        && !page.is_settled(idea)
        && !is_labelled(page, idea, field)
        && !is_known(page, idea, field)
        && (page.in_layout || !is_told(page, idea, field, usual))
        && !page.is_misspelt(idea, field.kind)
}

/// Says once what the ideas of a list lack, if several lack the same.
fn say_of_list(page: &Page<'_>, list: &Section, alone: &mut [Vec<&Field>], out: &mut Findings<'_>) {
    for first in list.ideas.clone() {
        let fields = std::mem::take(&mut alone[first]);
        if fields.is_empty() {
            continue;
        }
        let same = |idea: &usize| alone[*idea].iter().map(|field| field.kind).eq(fields.iter().map(|field| field.kind));
        let others: Vec<usize> = (first + 1..list.ideas.end).filter(same).collect();
        if others.len() + 1 < ENOUGH {
            alone[first] = fields;
            continue;
        }
        let spans: Vec<_> = others.iter().map(|&idea| page.title_span(idea)).collect();
        let finding = say(page, first, &fields, out);
        finding.message = format!("{} ideas of this list have no {}", others.len() + 1, named(&fields));
        finding.help(told_once::others(page, spans.iter().copied()));
        finding.others = spans;
        for idea in others {
            alone[idea].clear();
        }
    }
}

/// The labels of fields: `Mentors` and `Difficulty`.
fn named(fields: &[&Field]) -> String {
    let labels: Vec<String> = fields.iter().map(|field| format!("`{}`", field.label)).collect();
    match labels.as_slice() {
        [others @ .., last] if !others.is_empty() => format!("{} and {last}", others.join(", ")),
        labels => labels.concat(),
    }
}

/// Says once what an idea lacks.
fn say<'o>(page: &Page<'_>, idea: usize, fields: &[&Field], out: &'o mut Findings<'_>) -> &'o mut Finding {
    let level = fields.iter().map(|field| field.level).max();
    let finding = out.at(page.title_span(idea), format!("the idea has no {}", named(fields)));
    finding.level(level.unwrap_or(RULE.level));
    let unlabelled = fields.iter().find(|field| field.kind == Kind::Description);
    if let Some(field) = unlabelled.filter(|_| page.ideas()[idea].idea.description.is_some()) {
        finding.help(format!("its text has no label: begin it with `- {}:`", field.label));
    }
    finding
}

fn is_labelled(page: &Page<'_>, idea: usize, field: &Field) -> bool {
    let both = matches!(field.kind, Kind::Difficulty | Kind::Size);
    page.facts(idea, field.kind).next().is_some() || (both && page.facts(idea, Kind::DifficultyAndSize).next().is_some())
}

/// No more of an idea's text is looked at, in bytes.
const LONG: usize = 32 * 1024;

/// True on pages of their own layout, if the text of an idea has words for it, or if it is rather a part of the idea above.
fn is_told(page: &Page<'_>, at: usize, field: &Field, usual: Usual) -> bool {
    let level = page.heading(at).map(|heading| heading.level);
    if usual.level.is_some_and(|usual| level.is_some_and(|level| level > usual)) {
        return true;
    }
    let entry = &page.ideas()[at];
    if field.kind == Kind::Description {
        // Where ideas have a description and outcomes, outcomes are no description.
        let is_description = |kind: Kind| kind.is_prose() && !(kind == Kind::Outcomes && usual.is_described);
        return !entry.draft.loose.is_empty()
            || entry.draft.facts.iter().any(|fact| is_description(fact.kind) && !fact.parts.is_empty());
    }
    let start = page.title_span(at).start;
    let next = page.ideas().get(at + 1).map(|_| page.title_span(at + 1).start).filter(|&next| next > start);
    let all = page.source.text();
    let end = next.unwrap_or(all.len()).min(all.ceil_char_boundary(start + LONG));
    // A title in a table of contents: the idea stands elsewhere.
    if entry.draft.facts.iter().any(|fact| fact.span().start > end) {
        return true;
    }
    let text = all[start..end].to_lowercase();
    field.said_by.iter().any(|word| text.contains(word.as_str()))
}

/// True if the reader knows it without a label: a description of loose text, a size in the title, a group's heading.
fn is_known(page: &Page<'_>, at: usize, field: &Field) -> bool {
    let idea = &page.ideas()[at].idea;
    match field.kind {
        Kind::Title => true,
        Kind::Description => (page.is_record() || !page.in_layout) && idea.description.is_some() || page.has_text(at),
        // Those who mentor all ideas of a page stand in a section of their own.
        Kind::Mentors if page.mentors_apart => true,
        Kind::Mentors => !idea.mentors.is_empty(),
        Kind::Skills => !idea.skills.is_empty(),
        Kind::Size => !idea.hours.is_empty(),
        Kind::Difficulty => !idea.difficulty.is_empty(),
        Kind::Upstream => !idea.upstream.is_empty(),
        Kind::Outcomes => !idea.outcomes.is_empty() && !page.in_layout,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use crate::lint::{Template, seen};
    use crate::text::Source;

    /// A page in LFX's layout with so many ideas, the first of them with an outcome or without.
    fn found(ideas: usize, told: bool) -> Vec<String> {
        let idea = |number: usize| {
            let outcome = if told && number == 1 { "- Expected Outcome: A better soup\n" } else { "" };
            format!(
                "\n#### Soup {number}\n\n- Description: A soup is tasted by hand today.\n{outcome}- Recommended Skills: Go\n\
                 - Mentor(s):\n  - Ada Brook (@ada-brook, ada@example.org)\n  - Bo Reed (@boreed, bo@example.org)\n\
                 - Upstream Issue: https://github.com/cloud-kitchen/kitchen/issues/{number}\n"
            )
        };
        let page: String = std::iter::once("### Cloud Kitchen\n".to_owned()).chain((1..=ideas).map(idea)).collect();
        seen("page.md", &page, Template::named("lfx"))
    }

    #[test]
    fn what_no_idea_has_is_said_once() {
        assert_eq!(found(2, false), ["missing-field Soup 1", "missing-field Soup 2"]);
        assert_eq!(found(3, false), ["missing-field Soup 1"]);
        assert_eq!(found(3, true), ["missing-field Soup 2", "missing-field Soup 3"]);
    }

    #[test]
    fn what_a_section_says_holds_for_its_ideas() {
        let found = |below: &str| {
            let pan = |number: usize| {
                format!(
                    "### Clean pan {number}\n\nPans are cleaned by hand today, and a robot could do it.\n\n- Expected outcomes: A clean \
                     pan\n- Skills: Go\n- Mentors: Bo Reed (@boreed)\n- Difficulty: easy\n- Size: 90 hours\n\n"
                )
            };
            let soups =
                "#### Ideas\n\n- Taste soups with a spoon\n- Stir soups by hand\n- Cook soups on a fire\n- Eat soups cold\n\n";
            let pans: String = (1..=5).map(pan).collect();
            let text = format!("# Google Summer of Code 2026\n\n## Pans\n\n{pans}## Soups\n\n{soups}{below}");
            let (_, found) = crate::lint::page(Source::new("page.md", text), Template::named("gsoc")).unwrap();
            found.into_iter().filter(|found| found.code == "missing-field").map(|found| found.message).collect::<Vec<_>>()
        };
        let bare = found("");
        assert_eq!(
            bare,
            [
                "4 ideas of this list have no `Description`, `Expected outcomes`, `Required skills`, `Mentors`, `Expected size` and \
                 `Difficulty`"
            ]
        );
        let below = "#### Knowledge prerequisites\n\n- Go\n\n#### Mentors\n\nAda Brook (@ada-brook)\n\n";
        assert!(found(below).iter().all(|told| !told.contains("skills") && !told.contains("Mentors")), "{:?}", found(below));
    }
}
