//! Facts of an idea in the words of a page to read: `easy to medium`, `175 or 350 hours`. Nothing where it does not say.

use std::collections::BTreeSet;

use crate::idea::Idea;

/// The programme and its term: `gsoc 2026`.
pub(crate) fn term(idea: &Idea) -> String {
    let program = idea.program.iter().map(|program| program.value.to_string());
    program.chain(idea.term.iter().map(|term| term.value.to_string())).collect::<Vec<_>>().join(" ")
}

/// True if ideas are of more than one term or programme, so that each must say which it is of.
pub(super) fn terms_differ<'i>(ideas: impl IntoIterator<Item = &'i Idea>) -> bool {
    let terms: BTreeSet<String> = ideas.into_iter().map(term).filter(|term| !term.is_empty()).collect();
    terms.len() > 1
}

/// The levels of difficulty.
pub(super) fn levels(idea: &Idea) -> String {
    idea.difficulty.iter().map(|level| level.value.as_str()).collect::<Vec<_>>().join(" to ")
}

/// The hours.
pub(super) fn size(idea: &Idea) -> String {
    let hours: Vec<_> = idea.hours.iter().map(|hours| hours.value.to_string()).collect();
    let unit = if hours.is_empty() { "" } else { " hours" };
    format!("{}{unit}", hours.join(" or "))
}

/// The canonical skills.
pub(super) fn tags(idea: &Idea) -> String {
    idea.tags.iter().map(|tag| tag.value).collect::<Vec<_>>().join(", ")
}
