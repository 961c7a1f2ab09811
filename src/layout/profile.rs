//! A project's profile: `Project:`, `Website:`, `Date Updated:`, `Description:`. It describes a project and proposes nothing.

use crate::data::Value;
use crate::document::Document;
use crate::idea::{Place, Profile, link};
use crate::labels::Kind;
use crate::prose::Text;
use crate::text::{Source, Spanned};

use super::draft::Fact;
use super::finder::stretch;

/// How many lines of a page a profile's facts stand in: it begins with them.
const BEGINNING: usize = 80;

/// How many paragraphs of the description are kept.
const PARAGRAPHS: usize = 3;

/// The profile that a page begins with.
pub(super) fn from_page(source: &Source, document: &Document) -> Option<Profile> {
    let found = stretch::of(document, BEGINNING);
    let field = |kind: Kind| found.facts.iter().find(|fact| fact.kind == kind && !fact.parts.is_empty());
    let line = |fact: &Fact<'_>| fact.parts.first().map(|part| part.text.to_spanned());
    let website = field(Kind::Website)?.parts.iter().flat_map(|part| link::read(part.text)).next()?;
    let description = field(Kind::Description).and_then(|fact| {
        let parts: Vec<Text<'_>> = fact.parts.iter().take(PARAGRAPHS).map(|part| part.text).collect();
        let (first, last) = (parts.first()?, parts.last()?);
        let span = first.span_to(*last);
        let written = document.markdown(source.text(), &parts);
        Some(Spanned::at(span, written.unwrap_or_else(|| source.slice(span).to_owned())))
    });
    profile(source, field(Kind::Project).and_then(line)?, Some(website), field(Kind::Updated).and_then(line), description)
}

/// The profile that a page's front matter states: a project and its web site, and no title.
pub(super) fn from_front_matter(source: &Source, front: Value<'_>, document: &Document) -> Option<Profile> {
    if front.get("title").is_some() {
        return None;
    }
    let text = |key: &str| front.get(key).and_then(Value::text).map(Text::to_spanned);
    let body: Vec<Text<'_>> = document.texts(0..document.nodes.len()).map(|(_, text)| text).collect();
    let description = body.first().zip(body.last()).map(|(first, last)| {
        let span = first.span_to(*last);
        Spanned::at(span, source.slice(span).to_owned())
    });
    profile(source, text("project")?, Some(text("website")?), text("updated"), description)
}

fn profile(
    source: &Source,
    name: Spanned<String>,
    website: Option<Spanned<String>>,
    updated: Option<Spanned<String>>,
    description: Option<Spanned<String>>,
) -> Option<Profile> {
    let line = name.span.map_or(1, |span| source.line(span.start));
    let source = Place { path: source.path().display().to_string(), url: None, line, anchor: None };
    (!name.value.is_empty()).then_some(Profile { name, website, updated, description, source })
}
