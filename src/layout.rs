//! Which sections, rows or files are ideas, and where their fields are: the only room that knows how communities write.
//!
//! A page comes in as a [`Source`] and leaves as a [`Reading`]. Each page shape has a file of its own below; they agree on
//! a `Draft`, which `draft` turns into an [`Idea`]. Nothing here names a page, an organisation or a title: what differs
//! between communities is in `schemas/labels.toml`.

mod draft;
mod form;
mod headings;
mod index;
mod items;
mod page_facts;
mod profile;
mod record;
mod table;
mod title;

use crate::data::{Data, DataError};
use crate::idea::{Idea, Profile};
use crate::outline::Outline;
use crate::page::{FrontMatter, Page};
use crate::text::{Source, Span};

/// What a page was found to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// Headings with fields below, rows of a table, or both.
    Markdown,
    /// Front matter holds the fields.
    IdeaFile,
    /// The LFX proposal form, as an issue's body.
    Form,
    /// The LFX export.
    Export,
    /// A project's profile; no idea.
    Profile,
}

/// Something on a page that could not be read; the rest was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Where.
    pub span: Span,
    /// What, and what was done about it.
    pub message: String,
}

/// What was read from a page.
#[derive(Debug)]
pub struct Reading {
    /// What the page is.
    pub shape: Shape,
    /// The ideas, in page order; their ids are still empty.
    pub ideas: Vec<Idea>,
    /// The profile, if the page is one.
    pub profile: Option<Profile>,
    /// What could not be read.
    pub problems: Vec<Problem>,
}

/// Why a page is no page at all.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// JSON, but broken.
    #[error("this is no valid JSON: {}", .0.message)]
    Json(#[source] DataError),
    /// JSON, but not ours.
    #[error("this JSON holds no ideas: expected the LFX export (an object with a list `programs`) or a list of ideas")]
    NotAnExport,
}

impl ReadError {
    /// Where on the page.
    pub fn span(&self) -> Span {
        match self {
            ReadError::Json(error) => error.span,
            ReadError::NotAnExport => Span::new(0, 0),
        }
    }
}

/// Reads a page of any shape.
///
/// ```
/// use mentorship_ideas::{layout, text::Source};
///
/// let page = Source::new("ideas.md", "## Faster parser\n\n- Skills: Rust\n- Mentor: Jane Doe (@jane)\n");
/// let reading = layout::read(&page).unwrap();
/// assert_eq!(reading.ideas[0].title.value, "Faster parser");
/// assert_eq!(reading.ideas[0].tags[0].value, "rust");
/// ```
pub fn read(source: &Source) -> Result<Reading, ReadError> {
    let text = source.text();
    if is_json(source) {
        let data = Data::json(text).map_err(ReadError::Json)?;
        return record::export(source, &data).ok_or(ReadError::NotAnExport);
    }
    let page = Page::read(text);
    let mut problems = Vec::new();
    if let Some(FrontMatter { data: Err(error), .. }) = &page.front {
        problems.push(Problem {
            span: error.span,
            message: format!("the front matter cannot be read ({}); the page was read without it", error.message),
        });
    }
    let front = page.front.as_ref().and_then(|front| front.data.as_ref().ok()).map(Data::root);
    let outline = Outline::read(text, page.body);
    let facts = page_facts::read(source, front, &outline);
    let mut reading = Reading { shape: Shape::Markdown, ideas: Vec::new(), profile: None, problems };
    if let Some(front) = front.filter(|&front| record::is_idea(front)) {
        reading.shape = Shape::IdeaFile;
        reading.ideas.extend(record::idea_file(source, front, &outline, &facts));
        return Ok(reading);
    }
    if let Some(profile) = front.and_then(|front| profile::from_front_matter(source, front, &outline)) {
        reading.shape = Shape::Profile;
        reading.profile = Some(profile);
        return Ok(reading);
    }
    if let Some(draft) = form::read(&outline) {
        reading.shape = Shape::Form;
        reading.ideas.extend(draft.finish(source, &form::facts(&facts)));
        return Ok(reading);
    }
    let (listed, taken) = items::read(&outline);
    let mut drafts = headings::read(&outline, front, &taken);
    drafts.extend(listed);
    let rows = table::read(&outline, &drafts);
    drafts.extend(rows);
    index::file_under(&outline, &mut drafts);
    reading.ideas.extend(drafts.into_iter().filter_map(|draft| draft.finish(source, &facts)));
    reading.ideas.sort_by_key(|idea| idea.title.span);
    if reading.ideas.is_empty() {
        reading.profile = profile::from_page(source, &outline);
        if reading.profile.is_some() {
            reading.shape = Shape::Profile;
        }
    }
    Ok(reading)
}

/// JSON by its name, or because the text can be nothing else.
fn is_json(source: &Source) -> bool {
    let named = source.path().extension().is_some_and(|extension| extension.eq_ignore_ascii_case("json"));
    let text = source.text().trim_start_matches('\u{feff}').trim_start();
    let opens_list_of_objects = text.strip_prefix('[').is_some_and(|list| list.trim_start().starts_with('{'));
    named || text.starts_with('{') && !text.starts_with("{{") && !text.starts_with("{%") || opens_list_of_objects
}
