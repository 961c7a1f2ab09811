//! Facts of an idea in the words of a page to read: `easy to medium`, `175 or 350 hours`. Nothing where it does not say.

use crate::idea::Idea;

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
