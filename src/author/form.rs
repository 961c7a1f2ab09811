//! The LFX proposal form, as an issue's body.

use super::record::json_line;
use super::way::{Manner, Way};
use super::{markdown, proposal, values};
use crate::idea::prerequisites::Toggle;
use crate::idea::{Idea, Prerequisites};
use crate::labels::Kind;
use crate::layout::form::{Blank, PROGRAM, Role, blank, reads_as_typed};
use crate::layout::proposal::{COMMENT, COMMENT_ENDS};

use crate::layout::form::NO_NAME;

/// Writes an idea as the form; what an idea does not say is as somebody leaves it who chooses nothing.
pub(super) fn write(idea: &Idea, manner: Manner) -> String {
    let (level, sections) = blank();
    let marks = "#".repeat(usize::from(level));
    let section = |Blank { heading, kind, role, answer }: Blank| {
        let asked = || idea.prerequisites.as_ref().and_then(|asked| prerequisite(asked, role?, answer, manner));
        let same = || (role == Some(Role::SameSkills) && is_same(idea)).then(|| ticked(answer));
        let said = kind.and_then(|kind| self::answer(idea, kind, manner)).or_else(asked).or_else(same);
        format!("{marks} {heading}\n\n{}\n", said.as_deref().unwrap_or(answer))
    };
    let form = sections.map(section).collect::<Vec<_>>().join("\n");
    let above = proposal::beside_form(idea).map(|record| {
        // Two hyphens may end a comment.
        format!("{COMMENT}{}{COMMENT_ENDS}\n\n", json_line(&record).replace("--", "-\\u002d"))
    });
    format!("{}{form}{}", above.unwrap_or_default(), program(idea).unwrap_or_default())
}

/// The block that CNCF's bot puts below a form whose program is on LFX.
fn program(idea: &Idea) -> Option<String> {
    let url = &idea.proposal.as_ref()?.lfx_url.as_ref()?.value;
    let name = proposal::name(idea).map_or_else(|| NO_NAME.to_owned(), |name| markdown::link_text(&name));
    Some(format!(
        "\n<!-- lfx-url:start -->\n\n---\n**{PROGRAM}** [{name}]({})\n<!-- lfx-url:end -->\n",
        markdown::destination(url)
    ))
}

/// True if the form says of the skills that they are the technologies.
fn is_same(idea: &Idea) -> bool {
    !idea.skills.is_empty() && idea.skills.iter().map(|item| &item.value).eq(&values::technologies(idea))
}

/// A box that is ticked.
fn ticked(line: &str) -> String {
    line.replacen("[ ]", "[x]", 1)
}

/// What a section answers about prerequisites, if it answers something.
fn prerequisite(asked: &Prerequisites, role: Role, blank: &str, manner: Manner) -> Option<String> {
    let custom = asked.custom.as_ref();
    match role {
        Role::SameSkills | Role::Skills => None,
        Role::Prerequisites => {
            let is_asked = |line: &str| Toggle::of_name(line.trim_start_matches("- [ ]")).is_some_and(|toggle| asked.has(toggle));
            let lines = blank.lines().map(|line| if is_asked(line) { ticked(line) } else { line.to_owned() });
            Some(lines.collect::<Vec<_>>().join("\n"))
        }
        Role::Challenge => asked.coding_challenge_url.as_ref().map(|url| markdown::url(&url.value, "")),
        Role::Custom => custom.filter(|custom| custom.asked).map(|_| ticked(blank)),
        Role::CustomName => custom?.name.as_ref().map(|name| markdown::inline(&name.value, "").into_owned()),
        Role::CustomDescription => {
            let text = &custom?.description.as_ref()?.value;
            Some(if manner.has(Way::Prerequisites) { markdown::as_text(text) } else { text.trim_end().to_owned() })
        }
        Role::CustomFile => custom.filter(|custom| custom.file_upload).map(|_| ticked(blank)),
    }
}

/// What an idea answers to a section, if it answers something.
fn answer(idea: &Idea, kind: Kind, manner: Manner) -> Option<String> {
    let line = |text: &str| markdown::inline(text, "").into_owned();
    let said = match kind {
        Kind::Project => line(&idea.project.as_ref()?.value),
        Kind::Term => idea.term.as_ref()?.value.spelled(),
        Kind::Title if reads_as_typed(&idea.title.value) => idea.title.value.clone(),
        Kind::Title => line(&idea.title.value),
        Kind::Description => {
            let text = &idea.description.as_ref()?.value;
            let text = if manner.has(Way::Description) { markdown::as_text(text) } else { text.clone() };
            text.trim_end().to_owned()
        }
        Kind::Technologies => items(&values::technologies(idea), manner),
        Kind::Skills if is_same(idea) => return None,
        Kind::Skills => items(&idea.skills.iter().map(|item| item.value.clone()).collect::<Vec<_>>(), manner),
        Kind::Mentors => {
            let mentors = values::primary_first(&idea.mentors).into_iter();
            mentors.map(|mentor| line(&values::piped(mentor))).collect::<Vec<_>>().join("\n")
        }
        Kind::Upstream => idea.upstream.iter().map(|url| markdown::url(&url.value, "")).collect::<Vec<_>>().join("\n"),
        _ => return None,
    };
    (!said.is_empty()).then_some(said)
}

/// Items on a line, as the form asks for them; as a list where commas are part of them.
fn items(items: &[String], manner: Manner) -> String {
    let line = items.join(", ");
    if values::reads_as(&line, items) != manner.has(Way::Skills) {
        return markdown::inline(&line, "").into_owned();
    }
    let items: Vec<String> = items.iter().map(|item| format!("- {}", markdown::inline(item, "- "))).collect();
    if manner.has(Way::SkillsAsText) { markdown::as_text(&items.join("\n")) } else { items.join("\n") }
}
