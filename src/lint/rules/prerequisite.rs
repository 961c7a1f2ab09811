//! `prerequisite`: the form's prerequisites fit, and its boxes agree with its text.

use crate::lint::{Check, Example, Level, Rule};

pub(super) static RULE: Rule = Rule {
    code: "prerequisite",
    level: Level::Error,
    wants: "A ticked box of a prerequisite comes with its URL or its name and description, and these come with the box; the name of a \
            custom prerequisite has at most 20 characters, its description at most 500.",
    why: "What is ticked and not given cannot be asked of mentees, and what is given and not ticked is lost. The programme cuts off \
          what is longer.",
    examples: &[
        Example {
            template: "lfx-form",
            good: "https://github.com/cloud-kitchen/kitchen/blob/main/challenge.md",
            bad: "_No response_",
            at: "Coding Challenge",
        },
        Example {
            template: "lfx-form",
            good: "- [x] Coding Challenge",
            bad: "- [ ] Coding Challenge",
            at: "https://github.com/",
        },
        Example {
            template: "lfx-form",
            good: "- [x] Custom Prerequisite (fill in details below)",
            bad: "- [ ] Custom Prerequisite (fill in details below)",
            at: "Custom Prerequisite (fill in details below)",
        },
        Example { template: "lfx-form", good: "Favourite soup", bad: "_No response_", at: "Custom Prerequisite Name" },
        Example {
            template: "lfx-form",
            good: "Tell us in three sentences how your favourite soup is cooked.",
            bad: "_No response_",
            at: "Custom Prerequisite Description",
        },
        Example {
            template: "lfx-form",
            good: "Favourite soup",
            bad: "Favourite soup of your family",
            at: "Favourite soup of your family",
        },
    ],
    check: Check::Lint,
};
