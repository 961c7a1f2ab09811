//! `description-length`: the description fits where the programme shows it.

use crate::layout::Shape;
use crate::layout::form::Role;
use crate::lint::{Check, Example, Findings, Level, Page, Rule};
use crate::text::Span;

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
    why: "The programme's page has no room for more. Details belong into the upstream issue.",
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
    let span = on_form(page).or_else(|| description.and_then(|text| text.span));
    let Some(span) = span else { return };
    let text = match (page.shape, description) {
        (Shape::Form, _) | (_, None) => page.source.slice(span),
        (_, Some(description)) => description.value.as_str(),
    };
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

/// All of the form's answer, whatever Markdown is in it.
fn on_form(page: &Page<'_>) -> Option<Span> {
    let sections = page.form.as_ref()?;
    let at = sections.iter().position(|section| section.role() == Some(Role::Description))?;
    let start = page.line_span(sections[at].heading.span()).end;
    let end = sections.get(at + 1).map_or(page.source.text().len(), |next| page.line_span(next.heading.span()).start);
    let text = page.source.slice(Span::new(start, end));
    let said = text.trim();
    let from = start + (text.len() - text.trim_start().len());
    (!said.is_empty()).then(|| Span::new(from, from + said.len()))
}
