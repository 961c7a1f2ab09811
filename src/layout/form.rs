//! The LFX proposal form, as GitHub writes it into an issue: `schemas/lfx-form.toml` names its sections.
//!
//! Answers are Markdown and may have headings of their own, so only the form's headings, in the form's order, part it.

use std::sync::LazyLock;

use serde::Deserialize;

use crate::fields::{Part, Style};
use crate::idea::Program;
use crate::labels::{Kind, Labels};
use crate::outline::{self, Outline};
use crate::prose::Text;
use crate::text::Spanned;

use super::draft::{Draft, Fact, PageFacts};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Form {
    section: Vec<FormSection>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FormSection {
    heading: String,
    /// The heading as in [`plain`], once it is read.
    #[serde(skip)]
    plain: String,
    kind: Option<Kind>,
}

/// A section of the form on a page.
#[derive(Debug)]
pub struct Section<'a> {
    /// Its place among the form's sections.
    pub index: usize,
    /// Its heading on the page.
    pub heading: Text<'a>,
    /// The answer, `_No response_` included.
    pub parts: Vec<Part<'a>>,
}

/// How many of the form's headings make a page the form: no other page has so many of them in this order.
const ENOUGH: usize = 4;

/// The level of the form's headings.
const LEVEL: u8 = 3;

fn form() -> &'static Form {
    // Built in and tested: a broken file never leaves our hands.
    static FORM: LazyLock<Form> = LazyLock::new(|| {
        let mut form: Form = toml::from_str(include_str!("../../schemas/lfx-form.toml")).expect("schemas/lfx-form.toml is valid");
        for section in &mut form.section {
            section.plain = plain(&section.heading).collect();
        }
        form
    });
    &FORM
}

/// The headings of the form's sections, in order.
pub fn headings() -> impl Iterator<Item = &'static str> {
    form().section.iter().map(|section| section.heading.as_str())
}

/// The form's sections on a page, in order; `None` if the page is not the form.
pub fn sections(outline: &Outline) -> Option<Vec<Section<'_>>> {
    let sections = &form().section;
    let mut found: Vec<(usize, usize)> = Vec::new();
    for node in outline.siblings(0..outline.nodes.len()) {
        if outline.nodes[node].kind != outline::Kind::Heading(LEVEL) {
            continue;
        }
        let said = plain(outline.text(node).as_str());
        let from = found.last().map_or(0, |&(section, _)| section + 1);
        if let Some(section) = sections[from..].iter().position(|section| section.plain.chars().eq(said.clone())) {
            found.push((from + section, node));
        }
    }
    let named = found.iter().any(|&(section, _)| sections[section].kind == Some(Kind::Title));
    if found.len() < ENOUGH || !named {
        return None;
    }
    let ends = found.iter().skip(1).map(|&(_, node)| node).chain([outline.nodes.len()]);
    let section = |(&(index, node), end): (&(usize, usize), usize)| {
        let base = outline.nodes[node].depth;
        let parts = outline.texts(node + 1..end).map(|(node, text)| Part { text, listed: outline.nodes[node].depth > base });
        Section { index, heading: outline.text(node).trim(), parts: parts.collect() }
    };
    Some(found.iter().zip(ends).map(section).collect())
}

/// The proposal, if the page is the form.
pub(super) fn read(outline: &Outline) -> Option<Draft<'_>> {
    let mut draft = Draft { form: true, ..Draft::default() };
    for Section { index, heading, mut parts } in sections(outline)? {
        let Some(kind) = form().section[index].kind else { continue };
        parts.retain(|part| !Labels::get().is_placeholder(part.text.as_str()));
        draft.facts.push(Fact { kind, label: heading, style: Style::Heading, parts });
    }
    Some(draft)
}

/// The page's facts, where the form is LFX's by definition.
pub(super) fn facts(page: &PageFacts) -> PageFacts {
    PageFacts { program: Some(Spanned::nowhere(Program::Lfx)), ..page.clone() }
}

/// A heading without what people change in it: dashes, spaces, capitals.
fn plain(heading: &str) -> impl Iterator<Item = char> + Clone {
    heading.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase)
}
