//! Which sections, rows or files are ideas, and where their fields are: the only room that knows how communities write.
//!
//! A page comes in as a [`Source`] and leaves as a [`Reading`]. Each page shape has a file of its own below; they agree on
//! a `Draft`, which `draft` turns into an [`Idea`]. Nothing here names a page, an organisation or a title: what differs
//! between communities is in `schemas/labels.toml`.

mod description;
mod draft;
pub mod export;
mod finder;
pub mod form;
mod legend;
mod nothing;
mod page_facts;
mod profile;
pub mod proposal;
mod record;
mod sentence;
mod title;

pub use description::markdown;
pub use draft::{Draft, Fact};
pub use finder::{BOLD, Heading, Holds};
pub use nothing::WANTED;
pub use record::kind as key_kind;

use crate::data::{Data, DataError};
use crate::document::{self, Document};
use crate::idea::{Idea, Profile, difficulty};
use crate::page::{FrontMatter, Page};
use crate::text::{Source, Span, Spanned};

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
    let tree = Tree::read(source)?;
    let Inspection { shape, entries: ideas, profile, problems, .. } = tree.inspect_as(|entry| entry.idea, |idea| &idea.title)?;
    Ok(Reading { shape, ideas, profile, problems })
}

/// A page taken apart: what ideas are read from, and what the linter looks at.
#[derive(Debug)]
pub struct Tree<'s> {
    source: &'s Source,
    /// The text as data, if the page is JSON.
    json: Option<Data>,
    /// True if the page is HTML.
    pub is_html: bool,
    page: Page,
    /// The Markdown or HTML; empty if the page is JSON.
    pub document: Document,
}

/// An idea, and the labels and values it was read from.
#[derive(Debug)]
pub struct Entry<'a> {
    /// What was understood.
    pub idea: Idea,
    /// What stands on the page.
    pub draft: Draft<'a>,
}

/// What was found on a page.
#[derive(Debug)]
pub struct Inspection<'a, T = Entry<'a>> {
    /// What the page is.
    pub shape: Shape,
    /// The ideas, in page order; their ids are still empty.
    pub entries: Vec<T>,
    /// The headings that open sections, in page order; none unless the page is [`Shape::Markdown`].
    pub headings: Vec<Heading<'a>>,
    /// The profile, if the page is one.
    pub profile: Option<Profile>,
    /// What could not be read.
    pub problems: Vec<Problem>,
}

impl<'s> Tree<'s> {
    /// Takes a page apart.
    pub fn read(source: &'s Source) -> Result<Self, ReadError> {
        let text = source.text();
        if is_json(source) {
            let json = Some(Data::json(text).map_err(ReadError::Json)?);
            let page = Page { front: None, body: Span::new(0, text.len()) };
            return Ok(Tree { source, json, is_html: false, page, document: Document::default() });
        }
        if document::is_html(source.path(), text) {
            let page = Page { front: None, body: Span::new(0, text.len()) };
            return Ok(Tree { source, json: None, is_html: true, page, document: Document::read_html(text) });
        }
        let page = Page::read(text);
        let document = Document::read(text, page.body);
        Ok(Tree { source, json: None, is_html: false, page, document })
    }

    /// Finds the ideas.
    pub fn inspect(&self) -> Result<Inspection<'_>, ReadError> {
        self.inspect_as(|entry| entry, |entry| &entry.idea.title)
    }

    /// The same, where only a part of each entry is kept, which has a title.
    fn inspect_as<'a, T>(
        &'a self,
        keep: impl Fn(Entry<'a>) -> T,
        title: impl Fn(&T) -> &Spanned<String>,
    ) -> Result<Inspection<'a, T>, ReadError> {
        let (source, document) = (self.source, &self.document);
        let mut seen =
            Inspection { shape: Shape::Markdown, entries: Vec::new(), headings: Vec::new(), profile: None, problems: Vec::new() };
        if let Some(json) = &self.json {
            seen.shape = Shape::Export;
            (seen.entries, seen.problems) = record::export(source, json, keep).ok_or(ReadError::NotAnExport)?;
            return Ok(seen);
        }
        let front = match &self.page.front {
            Some(FrontMatter { data: Ok(data), .. }) => Some(data.root()),
            Some(FrontMatter { data: Err(error), .. }) => {
                let message = format!("the front matter cannot be read ({}); the page was read without it", error.message);
                seen.problems.push(Problem { span: error.span, message });
                None
            }
            None => None,
        };
        let mut facts = page_facts::read(source, front, document);
        if let Some(front) = front.filter(|&front| record::is_idea(front)) {
            seen.shape = Shape::IdeaFile;
            seen.entries.extend(record::idea_file(source, front, document, &facts).map(keep));
            return Ok(seen);
        }
        if let Some(profile) = front.and_then(|front| profile::from_front_matter(source, front, document)) {
            seen.shape = Shape::Profile;
            seen.profile = Some(profile);
            return Ok(seen);
        }
        if let Some(draft) = form::read(source, document) {
            seen.shape = Shape::Form;
            seen.entries.extend(draft.into_entry(source, document, &form::facts(&facts)).map(keep));
            return Ok(seen);
        }
        let finder::Found { drafts, headings, roster } = finder::find(document);
        seen.headings = headings;
        let ratings: Vec<u32> = drafts.iter().flat_map(Draft::ratings).map(|points| points.value).collect();
        facts.scale = difficulty::scale(&ratings);
        seen.entries.reserve_exact(drafts.len());
        seen.entries.extend(drafts.into_iter().filter_map(|draft| draft.into_entry(source, document, &facts)).map(
            |mut entry| {
                roster.complete(&mut entry.idea.mentors);
                keep(entry)
            },
        ));
        seen.entries.sort_by_key(|entry| title(entry).span);
        for doubt in nothing::doubts(source, &seen.headings) {
            log::info!("{}: left out: {doubt}", source.path().display());
        }
        if seen.entries.is_empty() {
            seen.profile = profile::from_page(source, document);
            if seen.profile.is_some() {
                seen.shape = Shape::Profile;
            } else {
                log::info!("{}: no idea: {}", source.path().display(), nothing::why(source, &seen.headings));
            }
        }
        Ok(seen)
    }

    /// Where the Markdown stands: behind the front matter; nowhere if the page is JSON.
    pub fn body(&self) -> Span {
        if self.json.is_some() { Span::new(0, 0) } else { self.page.body }
    }

    /// The front matter's data, or the whole page's if it is JSON.
    pub fn data(&self) -> Option<&Data> {
        let front = || self.page.front.as_ref().and_then(|front| front.data.as_ref().ok());
        self.json.as_ref().or_else(front)
    }
}

/// JSON by its name, or because the text can be nothing else.
fn is_json(source: &Source) -> bool {
    let named = source.path().extension().is_some_and(|extension| extension.eq_ignore_ascii_case("json"));
    let text = source.text().trim_start_matches('\u{feff}').trim_start();
    let opens_list_of_objects = text.strip_prefix('[').is_some_and(|list| list.trim_start().starts_with('{'));
    named || text.starts_with('{') && !text.starts_with("{{") && !text.starts_with("{%") || opens_list_of_objects
}
