//! `form-section`: the form has all its sections.

use crate::lint::{Check, Example, Level, Rule};

pub(super) static RULE: Rule = Rule {
    code: "form-section",
    level: Level::Error,
    wants: "The sections of the proposal form are all there, under their own headings.",
    why: "The programme reads the form by its headings, character for character: what stands under another is lost, and so is what was \
          deleted as not needed. An empty section says `_No response_`; of two with one heading the last counts.",
    examples: &[
        Example {
            template: "lfx-form",
            good: "### Custom Prerequisite — File Upload\n\n- [ ] Yes — completion of this task requires the mentee to submit a file.\n",
            bad: "",
            at: "Custom Prerequisite Description",
        },
        Example {
            template: "lfx-form",
            good: "### Custom Prerequisite — File Upload",
            bad: "### Custom Prerequisite - File Upload",
            at: "### Custom Prerequisite - File Upload",
        },
    ],
    check: Check::Lint,
};
