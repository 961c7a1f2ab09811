//! `title-length`: the title fits where the programme shows it.

use crate::idea::Term;
use crate::labels::Kind;
use crate::lint::{Check, Example, Findings, Level, Page, Rule};

pub(super) static RULE: Rule = Rule {
    code: "title-length",
    level: Level::Error,
    wants: "With the project before it and the term behind it, the title of an idea for LFX Mentorship has at most 100 characters.",
    why: "The programme enters ideas as `CNCF - project: title (term)`, and has room for 100 characters: the administrator who \
          enters a longer one cuts it, and mentors do not know their idea again. A title in a field of its own counts instead \
          of the heading, and a term that the title says counts once.",
    examples: &[
        Example {
            template: "lfx",
            good: "#### Taste soups in a pipeline\n",
            bad: "#### Taste soups in a pipeline that measures the salt and the heat of all that a kitchen serves to its guests\n",
            at: "Taste soups",
        },
        Example {
            template: "lfx-form",
            good: "Keep recipes in a registry\n",
            bad: "Keep recipes in a registry, with signatures that say who cooked them\n",
            at: "Keep recipes",
        },
    ],
    check: Check::Idea(check),
};

fn check(page: &Page<'_>, idea: usize, out: &mut Findings<'_>) {
    let limits = &page.template.limits;
    let Some(most) = limits.title else { return };
    let draft = &page.ideas()[idea].draft;
    let idea = &page.ideas()[idea].idea;
    // An idea of another programme is shown in another way.
    let other = |name: &String| idea.program.as_ref().is_some_and(|program| program.value.as_str() != name);
    if page.template.program.as_ref().is_some_and(other) {
        return;
    }
    // A title that stands in a field is the one to be entered, as it is shorter than the heading.
    let short = draft.facts.iter().filter(|fact| fact.kind == Kind::Title).flat_map(|fact| &fact.parts);
    let short = short.map(|part| part.text.flow()).find(|short| !short.is_empty() && short.len() < idea.title.value.len());
    let title = short.as_deref().unwrap_or(&idea.title.value);
    let shown = limits.title_as.as_deref().map_or(title.to_owned(), |pattern| {
        let project = idea.project.as_ref().map(|project| project.value.as_str());
        shown(pattern, project, title, idea.term.as_ref().map(|term| term_shown(term.value)).as_deref())
    });
    let long = shown.chars().count();
    if let (Some(span), true) = (idea.title.span, long > most) {
        out.at(span, format!("the title has {long} characters as the programme shows it, and {most} fit"))
            .help(format!("shorten it by {}: it is shown as `{shown}`", long - most));
    }
}

/// The term as the programme shows it.
fn term_shown(term: Term) -> String {
    match term.part {
        Some(part) => format!("{} Term {part}", term.year),
        None => term.year.to_string(),
    }
}

/// The title in its place in the pattern. What is not known is left out, with the signs that part it from the title.
fn shown(pattern: &str, project: Option<&str>, title: &str, term: Option<&str>) -> String {
    let (before, after) = pattern.split_once("{title}").unwrap_or(("", ""));
    let (start, mark) = before.split_once("{project}").unwrap_or((before, ""));
    // Exports have titles that are shown so already.
    if !start.is_empty() && title.starts_with(start) {
        return title.to_owned();
    }
    let before = project.map_or(start.to_owned(), |project| format!("{start}{project}{mark}"));
    let after = match (after.contains("{term}"), term) {
        (true, None) => String::new(),
        // A title that says the term says it once.
        (true, Some(term)) if title.contains(term) => String::new(),
        (_, term) => after.replace("{term}", term.unwrap_or_default()),
    };
    format!("{before}{title}{after}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_are_shown() {
        let pattern = "CNCF - {project}: {title} ({term})";
        for (project, title, term, text) in [
            (Some("Kitchen"), "Soup", Some("2026 Term 3"), "CNCF - Kitchen: Soup (2026 Term 3)"),
            (Some("Kitchen"), "Soup (2026 Term 3)", Some("2026 Term 3"), "CNCF - Kitchen: Soup (2026 Term 3)"),
            (None, "Soup", Some("2026 Term 3"), "CNCF - Soup (2026 Term 3)"),
            (Some("Kitchen"), "Soup", None, "CNCF - Kitchen: Soup"),
            (Some("Kitchen"), "CNCF - Kitchen: Soup (2026 Term 3)", None, "CNCF - Kitchen: Soup (2026 Term 3)"),
        ] {
            assert_eq!(shown(pattern, project, title, term), text);
        }
        assert_eq!(shown("{title}", None, "Soup", None), "Soup");
        assert_eq!(term_shown(Term { year: 2026, part: Some(3) }), "2026 Term 3");
    }
}
