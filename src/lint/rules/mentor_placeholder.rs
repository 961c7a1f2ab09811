//! `mentor-placeholder`: mentors are people.

use crate::idea::mentor::Wrong;
use crate::lint::mentors;
use crate::lint::{Check, Example, Findings, Level, Page, Rule};
use crate::prose::Text;

pub(super) static RULE: Rule = Rule {
    code: "mentor-placeholder",
    level: Level::Warning,
    wants: "No `TBD` stands in place of a mentor, or of a mentor's handle or address.",
    why: "Contributors look for somebody to talk to, and programmes count mentors. Where one is still to be found, the idea is \
          not ready.",
    examples: &[
        Example { template: "lfx", good: "Bo Reed (@boreed, bo.reed@example.org)", bad: "TBD", at: "TBD" },
        Example { template: "lfx", good: "Bo Reed (@boreed, bo.reed@example.org)", bad: "Co-mentor: TBD", at: "TBD" },
        Example { template: "lfx", good: "(@boreed, bo.reed@example.org)", bad: "(@boreed, TBD)", at: "TBD" },
        Example {
            template: "lfx",
            good: "- Mentor(s):\n  - Cy Marsh (@cy-marsh, cy@example.org)\n  - Ada Brook (@ada-brook, ada@example.org)\n",
            bad: "- Mentor(s): none yet\n",
            at: "none yet",
        },
        Example {
            template: "cncf-gsoc",
            good: "- Mentor(s):\n  - Cy Marsh (@cy-marsh, cy@example.org) - primary\n  - Ada Brook (@ada-brook, ada@example.org)\n",
            bad: "- Mentor(s): Looking for mentors\n",
            at: "Looking for mentors",
        },
        Example { template: "lfx-form", good: "bo.reed@example.org | boreed", bad: "bo.reed@example.org | TBD", at: "TBD" },
        Example {
            template: "idea",
            good: "  - name: Ada Brook\n    github: ada-brook\n    email: ada@example.org\n",
            bad: "  - TBD\n",
            at: "TBD",
        },
    ],
    check: Check::Idea(check),
};

/// More words in the place of a mentor are a sentence.
const WORDS: usize = 5;

fn check(page: &Page<'_>, idea: usize, out: &mut Findings<'_>) {
    let mentors = page.mentors(idea);
    let details = mentors.faults().filter(|fault| matches!(fault.wrong, Wrong::Nobody)).map(|fault| &fault.text);
    // Where nobody says how mentors are written, a sentence says more than that nobody is there.
    let is_short = |said: &&Text<'_>| {
        said.as_str().split_whitespace().nth(WORDS).is_none() && !said.as_str().starts_with('[') || mentors.bound
    };
    for said in mentors.vacant.iter().chain(details).filter(is_short) {
        let finding = out.at(said.span(), format!("`{}` only holds a place", said.flow()));
        finding.common(format!("have `{}` in the place of a mentor", said.flow()));
        finding.help("say who it is, or leave it out until somebody is found");
        if mentors::is_refused(page) {
            finding.level(Level::Error);
        }
    }
}
