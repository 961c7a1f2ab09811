//! A new idea on a page that exists: below its project, behind the ideas that are there.

use super::rewrite::as_lines_of;
use super::{Extent, Lost, Target, Written, differences, write_at};
use crate::idea::Idea;
use crate::layout::{self, BOLD, Heading, Holds, Tree};
use crate::lint::Template;
use crate::lint::template::{Form, Layout};
use crate::text::Source;

/// Why an idea was not put on a page.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum InsertError {
    /// A page of the template is one idea.
    #[error("a page of the template `{0}` holds one idea; write it to a file of its own")]
    OneEach(String),
    /// The page is HTML.
    #[error("is HTML, and ideas are written in Markdown; write the idea to standard output and put it in")]
    Html,
    /// The page cannot be read.
    #[error("cannot be read: {0}")]
    Unreadable(String),
    /// What is on the page would read otherwise.
    #[error("what stands there would read otherwise with another idea on it; write the idea to standard output and put it in")]
    Disturbs,
    /// The new idea would not be read as it is.
    #[error("the new idea would read otherwise there; write it to standard output and put it in")]
    Lost,
}

/// The page with a new idea, and what it does not say of it.
///
/// # Errors
///
/// See [`InsertError`].
pub fn insert(source: &Source, idea: &Idea, template: &Template) -> Result<Written, InsertError> {
    if template.shape != Form::Page {
        return Err(InsertError::OneEach(template.name.clone()));
    }
    let unreadable = |error: layout::ReadError| InsertError::Unreadable(error.to_string());
    let tree = Tree::read(source).map_err(unreadable)?;
    if tree.is_html {
        return Err(InsertError::Html);
    }
    let seen = tree.inspect().map_err(unreadable)?;
    let page = source.text();
    let project = idea.project.as_ref().map(|project| project.value.as_str());
    let is_group = |heading: &&Heading<'_>| {
        heading.holds != Holds::Idea && project.is_some_and(|name| heading.text.as_str().trim().eq_ignore_ascii_case(name))
    };
    let group = seen.headings.iter().position(|heading| is_group(&heading));
    // A layout that binds asks for a project's heading; else a page without any needs none for a project that nobody named.
    let is_unnamed = project.is_none_or(|name| template.is_placeholder(name));
    let is_without = !seen.headings.iter().any(|heading| heading.holds == Holds::Ideas && heading.is_name);
    let needs_project = template.layout != Layout::Free || !is_unnamed || !is_without;
    let (at, extent) = match group.map(|group| (&seen.headings[group], &seen.headings[group + 1..])) {
        Some((group, below)) => {
            let inside = below.iter().take_while(|heading| heading.level > group.level).count();
            let level = below[..inside].iter().find(|heading| heading.holds == Holds::Idea).map(|heading| heading.level);
            let end = below.get(inside).map_or(page.len(), |next| tree.document.nodes[next.node].span().start);
            (end, Extent::Within(level.or(template.idea_level).unwrap_or(group.level + 1)))
        }
        None if !needs_project => {
            let is_idea = |heading: &&Heading<'_>| heading.holds == Holds::Idea && heading.level < BOLD;
            let level = seen.headings.iter().rfind(is_idea).map(|heading| heading.level);
            (page.len(), level.or(template.project_level).map_or(Extent::Entry, Extent::Within))
        }
        None => (page.len(), Extent::Entry),
    };
    let below = Idea { project: idea.project.clone().filter(|_| extent == Extent::Entry), ..idea.clone() };
    let written = write_at(&[&below], &Target::Template(template), extent);
    let (before, after) = (page[..at].trim_end(), page[at..].trim_start_matches(['\n', '\r']));
    let mut text = before.to_owned();
    if !text.is_empty() {
        text.push_str(&as_lines_of(page, "\n\n"));
    }
    text.push_str(&as_lines_of(page, &written.text));
    if !after.is_empty() {
        text.push_str(&as_lines_of(page, "\n"));
        text.push_str(after);
    }
    // Below a placeholder it is nobody's yet, or that of the project before it.
    let project = project.filter(|name| !template.is_placeholder(name));
    let mut now = layout::read(&Source::new(source.path(), text.as_str())).map_err(unreadable)?.ideas;
    let is_filed = |other: &Idea| {
        let name = other.project.as_ref().map(|name| name.value.as_str());
        project.is_none_or(|wanted| name.is_some_and(|name| name.to_lowercase() == wanted.to_lowercase()))
    };
    let place = now.iter().rposition(|other| other.title.value == idea.title.value && is_filed(other));
    let new = now.remove(place.ok_or(InsertError::Lost)?);
    let kept = now.len() == seen.entries.len()
        && now.iter().zip(&seen.entries).all(|(now, entry)| differences(&entry.idea, now, false).is_empty());
    if !kept {
        return Err(InsertError::Disturbs);
    }
    // What an entry cannot say, the page may: whose it is, and of which term.
    let missing: Vec<Lost> = differences(idea, &new, false).into_iter().map(|(what, _)| what).collect();
    let mut losses = written.losses;
    losses.retain(|loss| !loss.what.is_headed() || missing.contains(&loss.what));
    Ok(Written { text, losses })
}
