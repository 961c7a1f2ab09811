//! `description-length`: the description fits where the programme shows it.

use crate::layout::Shape;
use crate::lint::{Check, Example, Findings, Level, Page, Rule};

macro_rules! long {
    ($text:literal) => {
        // 3,200 characters of soup.
        concat!(long!(@ $text), long!(@ $text), long!(@ $text), long!(@ $text))
    };
    (@ $text:literal) => {
        concat!($text, $text, $text, $text, $text, $text, $text, $text, $text, $text, $text, $text, $text, $text, $text, $text, $text, $text, $text, $text)
    };
}

pub(super) static RULE: Rule = Rule {
    code: "description-length",
    level: Level::Error,
    wants: "The description of an idea for LFX Mentorship has at most 3,000 characters.",
    why: "The form of the programme cuts off or refuses what is longer, and the mentor who enters the idea has to shorten it \
          in a hurry. Details belong into the upstream issue.",
    examples: &[
        Example {
            template: "lfx",
            good: "A soup is tasted by hand before it is served.",
            bad: long!("A soup is tasted by hand before it is sold. "),
            at: "A soup is tasted",
        },
        Example {
            template: "lfx-form",
            good: "and nobody knows which version a kitchen cooks.",
            bad: long!("and nobody knows which one is the one to cook "),
            at: "Recipes lie in folders",
        },
    ],
    check: Check::Idea(check),
};

fn check(page: &Page<'_>, idea: usize, out: &mut Findings<'_>) {
    let Some(most) = page.template.limits.description else { return };
    let description = page.ideas()[idea].idea.description.as_ref();
    let Some((span, text)) = description.and_then(|text| Some((text.span?, text.value.as_str()))) else { return };
    // No text has more characters than bytes.
    if text.len() <= most {
        return;
    }
    // How far a bullet's text is indented is not part of it, and neither is how Windows ends lines.
    let lines = text.trim().lines().map(|line| if page.shape == Shape::Markdown { line.trim() } else { line });
    let long = lines.map(|line| line.chars().count() + 1).sum::<usize>().saturating_sub(1);
    if long > most {
        out.at(span, format!("the description has {long} characters, and {most} fit"))
            .help("say what it is about, and leave the details to the upstream issue");
    }
}
