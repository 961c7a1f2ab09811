//! `form-choice`: the form's box about skills agrees with the skills.

use crate::lint::{Check, Example, Level, Rule};

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
    check: Check::Lint,
};
