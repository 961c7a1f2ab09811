//! Values as templates write them.

use crate::idea::skill::{self, Skills};
use crate::idea::{Difficulty, Idea, Mentor, Role, size};
use crate::prose::Prose;
use crate::text::{Span, Spanned};

/// What stands where somebody has yet to say something.
pub(super) const TO_DO: &str = "TBD";

/// `large (~350 hour projects)`, `90 or 175 hours`.
pub(super) fn hours(hours: &[Spanned<u32>]) -> Option<String> {
    if let [only] = hours
        && let Some(word) = size::word(only.value)
    {
        return Some(format!("{word} (~{} hour projects)", only.value));
    }
    let hours: Vec<String> = hours.iter().map(|hours| hours.value.to_string()).collect();
    (!hours.is_empty()).then(|| format!("{} hours", hours.join(" or ")))
}

/// `easy or medium`.
pub(super) fn difficulty(levels: &[Spanned<Difficulty>]) -> Option<String> {
    let levels: Vec<&str> = levels.iter().map(|level| level.value.as_str()).collect();
    (!levels.is_empty()).then(|| levels.join(" or "))
}

/// `Jane Doe (@jane, jane@example.org) - primary`.
pub(super) fn mentor(mentor: &Mentor) -> String {
    let handle = mentor.github.as_ref().map(|handle| format!("@{}", handle.value));
    let email = mentor.email.as_ref().map(|email| email.value.clone());
    let mut line = match (&mentor.name, handle, email) {
        (Some(name), Some(handle), Some(email)) => format!("{} ({handle}, {email})", name.value),
        (Some(name), Some(detail), None) | (Some(name), None, Some(detail)) => format!("{} ({detail})", name.value),
        (Some(name), None, None) => name.value.clone(),
        (None, Some(handle), Some(email)) => format!("{handle} ({email})"),
        (None, handle, email) => handle.or(email).unwrap_or_default(),
    };
    if let Some(role) = &mentor.role {
        line.push_str(" - ");
        line.push_str(role.value.as_str());
    }
    line
}

/// `Jane Doe | @jane | jane@example.org | janedoe`; the form knows roles by the order.
pub(super) fn piped(mentor: &Mentor) -> String {
    let handle = mentor.github.as_ref().map(|handle| format!("@{}", handle.value));
    let said = |fact: &Option<Spanned<String>>| fact.as_ref().map(|fact| fact.value.clone()).unwrap_or_default();
    let parts = [said(&mentor.name), handle.unwrap_or_default(), said(&mentor.email), said(&mentor.lfid)];
    parts.join(" | ").trim_end_matches([' ', '|']).to_owned()
}

/// The mentors as the form wants them: who is primary first.
pub(super) fn primary_first(mentors: &[Mentor]) -> Vec<&Mentor> {
    let mut ordered: Vec<&Mentor> = mentors.iter().collect();
    let is_primary = |mentor: &&Mentor| mentor.role.as_ref().is_some_and(|role| role.value == Role::Primary);
    if mentors.iter().filter(is_primary).count() == 1 {
        ordered.sort_by_key(|mentor| !is_primary(mentor));
    }
    ordered
}

/// The items of the skills; with `apart`, those that are nice to have by themselves. What such an item asks for besides, another
/// item does.
pub(super) fn skills(idea: &Idea, apart: bool) -> (Vec<String>, Vec<String>) {
    let names_wished = |item: &str| Skills::get().tags_of(item).iter().any(|tag| idea.desirable.contains(tag));
    let is_wished = |item: &&Spanned<String>| apart && names_wished(&item.value);
    let (wished, required): (Vec<_>, Vec<_>) = idea.skills.iter().partition(is_wished);
    let owned = |items: Vec<&Spanned<String>>| items.into_iter().map(|item| item.value.clone()).collect();
    (owned(required), owned(wished))
}

/// The tags that neither the skills nor these items name by themselves.
pub(super) fn other_tags(idea: &Idea, items: &[Spanned<String>]) -> Vec<&'static str> {
    let named: Vec<_> = idea.skills.iter().chain(items).flat_map(|item| Skills::get().tags_of(&item.value)).collect();
    idea.tags.iter().map(|tag| tag.value).filter(|tag| !named.contains(tag)).collect()
}

/// The technologies where a page tells them from skills: those stated, and the tags that nothing names; if none are stated,
/// all tags.
pub(super) fn technologies(idea: &Idea) -> Vec<String> {
    let stated = idea.technologies.iter().map(|item| item.value.clone());
    let tags = if idea.technologies.is_empty() {
        idea.tags.iter().map(|tag| tag.value).collect()
    } else {
        other_tags(idea, &idea.technologies)
    };
    stated.chain(tags.into_iter().map(spelled)).collect()
}

/// True if a line reads as these items.
pub(super) fn reads_as(line: &str, items: &[String]) -> bool {
    let mut prose = Prose::default();
    prose.push(line, Span::new(0, line.len()));
    let mut read = Vec::new();
    for line in skill::lines(prose.view(0..prose.len())) {
        skill::read_items(line, false, &mut read);
    }
    read.iter().map(|item| &item.value).eq(items)
}

/// True for a link that stands among the prerequisites, or as the program's.
pub(super) fn is_of_proposal(idea: &Idea, url: &str) -> bool {
    let program = idea.proposal.as_ref().and_then(|proposal| proposal.lfx_url.as_ref());
    let challenge = idea.prerequisites.as_ref().and_then(|asked| asked.coding_challenge_url.as_ref());
    program.into_iter().chain(challenge).any(|known| known.value == url)
}

/// A tag as text that names it again: `REST`, because the rest of a sentence is no API.
pub(super) fn spelled(tag: &str) -> String {
    let names = |text: &String| Skills::get().tags_of(text) == [tag];
    let mut letters = tag.chars();
    let capital = letters.next().map(|first| first.to_uppercase().chain(letters).collect());
    [Some(tag.to_owned()), capital, Some(tag.to_uppercase())].into_iter().flatten().find(names).unwrap_or_else(|| tag.to_owned())
}
