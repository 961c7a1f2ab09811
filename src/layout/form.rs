//! The LFX proposal form, as GitHub writes it into an issue: `schemas/lfx-form.toml` names its sections.
//!
//! Answers are Markdown and may have headings of their own, so only the form's headings, in the form's order, part it.

use std::sync::LazyLock;

use serde::Deserialize;

use crate::fields::Part;
use crate::idea::Program;
use crate::labels::{Kind, Labels};
use crate::outline::{self, Outline};
use crate::text::Spanned;

use super::draft::{Draft, PageFacts};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Form {
    section: Vec<FormSection>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FormSection {
    /// As in [`plain`] once it is read.
    heading: String,
    kind: Option<Kind>,
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
            let written = std::mem::take(&mut section.heading);
            section.heading = plain(&written).collect();
        }
        form
    });
    &FORM
}

/// The proposal, if the page is the form.
pub(super) fn read(outline: &Outline) -> Option<Draft<'_>> {
    let sections = &form().section;
    let mut found: Vec<(usize, usize)> = Vec::new();
    for node in outline.siblings(0..outline.nodes.len()) {
        if outline.nodes[node].kind != outline::Kind::Heading(LEVEL) {
            continue;
        }
        let said = plain(outline.text(node).as_str());
        let from = found.last().map_or(0, |&(section, _)| section + 1);
        if let Some(section) = sections[from..].iter().position(|section| section.heading.chars().eq(said.clone())) {
            found.push((from + section, node));
        }
    }
    let named = found.iter().any(|&(section, _)| sections[section].kind == Some(Kind::Title));
    if found.len() < ENOUGH || !named {
        return None;
    }
    let mut draft = Draft { form: true, ..Draft::default() };
    for (i, &(section, node)) in found.iter().enumerate() {
        let Some(kind) = sections[section].kind else { continue };
        let end = found.get(i + 1).map_or(outline.nodes.len(), |&(_, next)| next);
        let base = outline.nodes[node].depth;
        let parts: Vec<Part<'_>> = outline
            .texts(node + 1..end)
            .filter(|(_, text)| !Labels::get().is_placeholder(text.as_str()))
            .map(|(node, text)| Part { text, listed: outline.nodes[node].depth > base })
            .collect();
        if !parts.is_empty() {
            draft.add(kind, parts);
        }
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
