//! `mentor-count`: an idea has as many mentors as its programme asks for.

use crate::labels::Kind;
use crate::layout::Shape;
use crate::lint::{Check, Example, Findings, Level, Page, Rule};

pub(super) static RULE: Rule = Rule {
    code: "mentor-count",
    level: Level::Error,
    wants: "An idea has as many mentors as its programme asks for, and at least one.",
    why: "Without a mentor nobody can take an idea up. The CNCF asks for a second one: where the first is ill or away, a \
          contributor waits, and fails the evaluation. Its forms have room for so many.",
    examples: &[
        Example {
            template: "lfx",
            good: "- Mentor(s):\n  - Cy Marsh (@cy-marsh, cy@example.org)\n  - Ada Brook (@ada-brook, ada@example.org)\n",
            bad: "- Mentor(s):\n",
            at: "- Mentor(s):",
        },
        Example {
            template: "lfx",
            good: "  - Ada Brook (@ada-brook, ada@example.org)\n  - Bo Reed (@boreed, bo.reed@example.org)\n",
            bad: "  - Bo Reed (@boreed, bo.reed@example.org)\n",
            at: "- Mentor(s):",
        },
        Example { template: "cncf-gsoc", good: "  - Bo Reed (@boreed, bo.reed@example.org)\n", bad: "", at: "- Mentor(s):" },
        Example {
            template: "lfx-form",
            good: "Ada Brook | @ada-brook | ada@example.org | adabrook\nBo Reed | @boreed | bo.reed@example.org | boreed\n",
            bad: "_No response_\n",
            at: "### Mentors",
        },
        Example {
            template: "lfx-form",
            good: "Bo Reed | @boreed | bo.reed@example.org | boreed\n",
            bad: "Bo Reed | @boreed | bo.reed@example.org | boreed\nCy Marsh | @cy-marsh | cy@example.org | cymarsh\n\
                  Di Fen | @difen | di@example.org | difen\nEd Tor | @edtor | ed@example.org | edtor\n",
            at: "Ed Tor",
        },
        Example {
            template: "idea",
            good: "mentors:\n  - name: Ada Brook\n    github: ada-brook\n    email: ada@example.org\n",
            bad: "mentors: []\n",
            at: "mentors",
        },
    ],
    check: Check::Idea(check),
};

fn check(page: &Page<'_>, idea: usize, out: &mut Findings<'_>) {
    let mentors = page.mentors(idea);
    let asked = &page.template.mentors;
    let count = mentors.count(&page.ideas()[idea].idea.mentors);
    if let Some(most) = asked.most
        && count > most
        && let Some(person) = mentors.people.get(most)
    {
        out.at(person.written.span, format!("{count} mentors, where at most {most} are allowed"));
    }
    // A field that is not there is `missing-field`; an export has none.
    let place = match mentors.label {
        Some(label) => label,
        None if page.shape == Shape::Export => page.title_span(idea),
        None => return,
    };
    // `mentor-placeholder` and `placeholder` say why there are not more.
    if !mentors.vacant.is_empty() || mentors.untouched || page.is_settled(idea) {
        return;
    }
    if count == 0 && says_something(page, idea) {
        // A team, or names that the reader does not take for names.
        out.at(place, "no mentor was recognized here")
            .help("write the name of each mentor, as in `Ada Brook (@ada-brook)`")
            .level(Level::Warning)
            .common("have no mentor that was recognized");
    } else if count == 0 {
        out.at(place, "the idea has no mentor").help("name the people who will mentor it").common("have no mentor");
    } else if count < asked.least && page.shape != Shape::Export {
        let (count, noun) = if count == 1 { ("one".to_owned(), "mentor") } else { (count.to_string(), "mentors") };
        let common = format!("have only {count} {noun}, where at least {} are asked for", asked.least);
        out.at(place, format!("only {count} {noun}, where at least {} are asked for", asked.least))
            .level(asked.least_level)
            .common(common);
    }
}

/// True if the idea's mentor fields say something all the same, on a page that is not bound to say it in the template's way.
fn says_something(page: &Page<'_>, idea: usize) -> bool {
    let is_told = |text: &str| text.contains(char::is_alphanumeric);
    !page.binds_mentors()
        && page.is_markdown()
        && page.facts(idea, Kind::Mentors).any(|fact| fact.lines().any(|(line, _)| is_told(line.as_str())))
}
