//! What a search found, for reading: title, id, and the words where they stand; what `ideas search` prints.

use std::io::{self, Write};

use super::{Look, entry, safe};
use crate::idea::Idea;
use crate::query::search::{Found, Hit};

/// Writes hits of a search, an empty line between two.
pub fn write(found: &Found<'_>, hits: &[Hit<'_>], look: &Look, out: &mut dyn Write) -> io::Result<()> {
    for (i, hit) in hits.iter().enumerate() {
        if i > 0 {
            writeln!(out)?;
        }
        let idea = hit.idea;
        entry::title(idea, |title| found.marks("title", title), look, out)?;
        entry::id(idea, &facts(idea), look, out)?;
        if let Some(passage) = found.passage(idea) {
            let text = safe::line(&passage.text);
            let marks = found.marks(passage.field(), &text);
            let label = if passage.field() == "description" { String::new() } else { format!("{}:", passage.field()) };
            entry::excerpt(&label, &text, &marks, look, out)?;
        } else if let Some(summary) = &idea.summary {
            entry::excerpt("", &safe::line(summary), &[], look, out)?;
        }
        if !hit.without.is_empty() {
            entry::labelled("without ", "without ".len(), &hit.without.join(", "), look, out)?;
        }
    }
    Ok(())
}

/// What decides whether one reads on: skills, difficulty, size.
fn facts(idea: &Idea) -> Vec<String> {
    let tags: Vec<_> = idea.tags.iter().map(|tag| tag.value).collect();
    let levels: Vec<_> = idea.difficulty.iter().map(|level| level.value.as_str()).collect();
    let hours: Vec<_> = idea.hours.iter().map(|hours| hours.value.to_string()).collect();
    let unit = if hours.is_empty() { "" } else { " hours" };
    vec![levels.join(" to "), format!("{}{unit}", hours.join(" or ")), tags.join(", ")]
}
