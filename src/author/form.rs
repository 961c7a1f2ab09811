//! The LFX proposal form, as an issue's body.

use super::way::{Manner, Way};
use super::{markdown, values};
use crate::idea::Idea;
use crate::labels::Kind;
use crate::layout::form::{Blank, blank};

/// Writes an idea as the form; what an idea does not say is as somebody leaves it who chooses nothing.
pub(super) fn write(idea: &Idea, manner: Manner) -> String {
    let (level, sections) = blank();
    let marks = "#".repeat(usize::from(level));
    let section = |Blank { heading, kind, answer }: Blank| {
        let said = kind.and_then(|kind| self::answer(idea, kind, manner));
        format!("{marks} {heading}\n\n{}\n", said.as_deref().unwrap_or(answer))
    };
    sections.map(section).collect::<Vec<_>>().join("\n")
}

/// What an idea answers to a section, if it answers something.
fn answer(idea: &Idea, kind: Kind, manner: Manner) -> Option<String> {
    let line = |text: &str| markdown::inline(text, "").into_owned();
    let said = match kind {
        Kind::Project => line(&idea.project.as_ref()?.value),
        Kind::Term => idea.term.as_ref()?.value.spelled(),
        Kind::Title => line(&idea.title.value),
        Kind::Description => {
            let text = &idea.description.as_ref()?.value;
            let text = if manner.has(Way::Description) { markdown::as_text(text) } else { text.clone() };
            text.trim_end().to_owned()
        }
        Kind::Technologies => line(&idea.tags.iter().map(|tag| values::spelled(tag.value)).collect::<Vec<_>>().join(", ")),
        Kind::Skills if manner.has(Way::Skills) => {
            line(&idea.skills.iter().map(|item| item.value.as_str()).collect::<Vec<_>>().join(", "))
        }
        Kind::Skills => {
            let items: Vec<String> =
                idea.skills.iter().map(|item| format!("- {}", markdown::inline(&item.value, "- "))).collect();
            if manner.has(Way::SkillsAsText) { markdown::as_text(&items.join("\n")) } else { items.join("\n") }
        }
        Kind::Mentors => {
            let mentors = values::primary_first(&idea.mentors).into_iter();
            mentors.map(|mentor| line(&values::piped(mentor))).collect::<Vec<_>>().join("\n")
        }
        Kind::Upstream => idea.upstream.iter().map(|url| markdown::url(&url.value, "")).collect::<Vec<_>>().join("\n"),
        _ => return None,
    };
    (!said.is_empty()).then_some(said)
}
