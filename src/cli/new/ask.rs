//! Questions on a terminal: what a template has a place for, and no flag has said.

use anyhow::bail;
use inquire::validator::Validation;
use inquire::{InquireError, Text};

use super::{Said, understood};
use crate::labels::Kind;
use crate::lint::Template;
use crate::lint::template::Form;

/// Asks for what is not said yet. Nothing is a good answer, too: its place stays to be filled in.
pub(super) fn ask(said: &mut Said, template: &Template) -> anyhow::Result<()> {
    let is_page = template.shape == Form::Page;
    let has = |kind: Kind| template.field(kind).is_some();
    one(&mut said.title, "Title:", "", "title")?;
    if has(Kind::Project) || template.project_level.is_some() {
        one(&mut said.project, "Project:", "the group it is filed under", "project")?;
    }
    if has(Kind::Term) && !is_page {
        one(&mut said.term, "Term:", "2026, or 2026-3 for LFX", "term")?;
    }
    if has(Kind::Description) {
        one(&mut said.description, "Description:", "a few sentences; Markdown is fine", "description")?;
    }
    if has(Kind::Outcomes) {
        several(&mut said.outcome, "Outcome:", "what shall come of it", "outcome")?;
    }
    if has(Kind::Skills) {
        several(&mut said.skill, "Skill:", "what a mentee should know", "skill")?;
    }
    if has(Kind::Difficulty) {
        one(&mut said.difficulty, "Difficulty:", "easy, medium or hard", "difficulty")?;
    }
    if has(Kind::Size) {
        one(&mut said.hours, "Hours:", "90, 175 or 350", "hours")?;
    }
    if has(Kind::Mentors) {
        several(&mut said.mentor, "Mentor:", "Name (@handle, mail)", "mentor")?;
    }
    if has(Kind::Upstream) {
        several(&mut said.upstream, "Upstream issue:", "https://github.com/owner/repository/issues/12", "upstream")?;
    }
    Ok(())
}

fn one(said: &mut Option<String>, question: &str, help: &str, key: &'static str) -> anyhow::Result<()> {
    if said.is_none() {
        *said = answer(question, help, key)?;
    }
    Ok(())
}

/// Asks again until there is no answer.
fn several(said: &mut Vec<String>, question: &str, help: &str, key: &'static str) -> anyhow::Result<()> {
    if !said.is_empty() {
        return Ok(());
    }
    while let Some(answer) = answer(question, if said.is_empty() { help } else { "one more, or Enter to go on" }, key)? {
        said.push(answer);
    }
    Ok(())
}

/// An answer that is understood; `None` if there is none.
fn answer(question: &str, help: &str, key: &'static str) -> anyhow::Result<Option<String>> {
    let check = move |answer: &str| {
        Ok(match understood(key, answer) {
            Err(wanted) if !answer.trim().is_empty() => Validation::Invalid(wanted.into()),
            _ => Validation::Valid,
        })
    };
    let mut prompt = Text::new(question).with_validator(check);
    if !help.is_empty() {
        prompt = prompt.with_help_message(help);
    }
    match prompt.prompt() {
        Ok(answer) => Ok(Some(answer.trim().to_owned()).filter(|answer| !answer.is_empty())),
        Err(InquireError::OperationCanceled) => Ok(None),
        Err(InquireError::OperationInterrupted) => bail!("interrupted; nothing was written"),
        Err(error) => Err(error.into()),
    }
}
