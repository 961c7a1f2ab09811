//! The LFX proposal form, as GitHub writes it into an issue: `schemas/lfx-form.toml` names its sections.
//!
//! Answers are Markdown and may have headings of their own, so only the form's headings, in the form's order, part it.

use std::sync::LazyLock;

use serde::Deserialize;

use crate::document::{self, Document};
use crate::idea::prerequisites::Toggle;
use crate::idea::{Prerequisite, Prerequisites, Program, Proposal, link};
use crate::labels::{Kind, Labels};
use crate::prose::Text;
use crate::records::{Part, Style};
use crate::text::{Source, Span, Spanned};

use super::draft::{Draft, Fact, PageFacts};
use super::{description, proposal};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Form {
    known_by: Vec<String>,
    rules: Vec<String>,
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
    role: Option<Role>,
    blank: Option<String>,
}

/// What the linter calls a section whose answer must agree with another's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// Whether the skills are the technologies.
    SameSkills,
    /// The skills.
    Skills,
    /// The boxes of prerequisites.
    Prerequisites,
    /// Where the coding challenge is.
    Challenge,
    /// Whether there is a custom prerequisite.
    Custom,
    /// Its name.
    CustomName,
    /// What it asks.
    CustomDescription,
    /// Whether it asks for a file.
    CustomFile,
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
    /// Where the answer stands, as it was typed.
    pub body: Span,
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

/// What stands below a heading that nobody answered.
pub const NO_RESPONSE: &str = "_No response_";

/// A section of the empty form.
#[derive(Clone, Copy, Debug)]
pub struct Blank {
    /// Its heading.
    pub heading: &'static str,
    /// What its answer tells of an idea.
    pub kind: Option<Kind>,
    /// What the linter calls it.
    pub role: Option<Role>,
    /// What stands there if nobody answers.
    pub answer: &'static str,
}

/// The empty form, section by section, and the level of its headings.
pub fn blank() -> (u8, impl Iterator<Item = Blank>) {
    let blank = |section: &'static FormSection| Blank {
        heading: &section.heading,
        // A link in the prerequisites is no link of the idea's.
        kind: section.kind.filter(|_| section.role != Some(Role::Challenge)),
        role: section.role,
        answer: section.blank.as_deref().unwrap_or(NO_RESPONSE),
    };
    (LEVEL, form().section.iter().map(blank))
}

/// The headings of the form's sections, in order.
pub fn headings() -> impl Iterator<Item = &'static str> {
    form().section.iter().map(|section| section.heading.as_str())
}

/// The headings that a proposal is known by.
pub fn known_by() -> impl Iterator<Item = &'static str> {
    form().known_by.iter().map(String::as_str)
}

/// The rules that look at a proposal besides the form's own check, by code.
pub fn also() -> impl Iterator<Item = &'static str> {
    form().rules.iter().map(String::as_str)
}

/// The form's sections on a page, in page order; `None` if the page is not the form.
///
/// A section that is missing in the form's order may stand elsewhere, or under a heading that is nearly its own: it is read
/// all the same.
pub fn sections(document: &Document) -> Option<Vec<Section<'_>>> {
    let sections = &form().section;
    let is_heading = |node: &usize| {
        let node = &document.nodes[*node];
        matches!(node.kind, document::Kind::Heading(_)) && !node.verbatim
    };
    let is_own = |node: usize| document.nodes[node].kind == document::Kind::Heading(LEVEL);
    let mut own: Vec<(usize, usize)> = Vec::new();
    for node in document.siblings(0..document.nodes.len()).filter(|node| is_heading(node) && is_own(*node)) {
        let said = plain(document.text(node).as_str());
        if let Some(section) = sections.iter().position(|section| section.plain.chars().eq(said.clone())) {
            own.push((section, node));
        }
    }
    let found = in_order(&own);
    let titled = found.iter().any(|&(section, _)| sections[section].kind == Some(Kind::Title));
    // Most of the form is the form even without a name.
    if found.len() < ENOUGH || !(titled || found.len() * 2 > sections.len()) {
        return None;
    }
    let mut placed: Vec<(usize, usize)> = found.clone();
    let missing = (0..sections.len()).filter(|&index| found.iter().all(|&(other, _)| other != index));
    let mut others: Option<Vec<(usize, String)>> = None;
    for index in missing {
        let others = others.get_or_insert_with(|| {
            let free = |node: &usize| is_heading(node) && found.iter().all(|(_, taken)| taken != node);
            let nodes = document.siblings(0..document.nodes.len()).filter(free);
            nodes.map(|node| (node, plain(document.text(node).as_str()).collect())).collect()
        });
        if let Some(at) = misplaced(index, others, &found, is_own) {
            placed.push((index, others.remove(at).0));
        }
    }
    placed.sort_by_key(|&(_, node)| node);
    let ends: Vec<usize> = placed.iter().skip(1).map(|&(_, node)| node).chain([document.nodes.len()]).collect();
    let section = |(&(index, node), end): (&(usize, usize), usize)| {
        let base = document.nodes[node].depth;
        let parts = document.texts(node + 1..end).map(|(node, text)| Part { text, listed: document.nodes[node].depth > base });
        // What CNCF's bot puts below the form is no answer.
        let parts = parts.filter(|part| program(part.text).is_none());
        // Up to the next heading, or to where the page ends.
        let until = document.nodes.get(end).map_or(usize::MAX, |next| next.span().start);
        let body = Span::new(document.nodes[node].span().end, until);
        Section { index, heading: document.text(node).trim(), parts: parts.collect(), body }
    };
    Some(placed.iter().zip(ends).map(section).collect())
}

/// Of headings, each with its section, those that stand in the form's order: the first ones, unless others are more.
fn in_order(own: &[(usize, usize)]) -> Vec<(usize, usize)> {
    let mut first: Vec<(usize, usize)> = Vec::new();
    // The longest chain that ends with each section.
    let mut chains: Vec<Vec<(usize, usize)>> = vec![Vec::new(); form().section.len()];
    for &(section, node) in own {
        if first.last().is_none_or(|&(last, _)| last < section) {
            first.push((section, node));
        }
        let before = chains[..section].iter().max_by_key(|chain| chain.len());
        if before.map_or(0, Vec::len) >= chains[section].len() {
            let mut chain = before.cloned().unwrap_or_default();
            chain.push((section, node));
            chains[section] = chain;
        }
    }
    let longest = chains.into_iter().max_by_key(Vec::len).unwrap_or_default();
    if longest.len() > first.len() { longest } else { first }
}

/// The heading, of those that are no section where they stand, that probably is the section of this index.
fn misplaced(
    index: usize,
    headings: &[(usize, String)],
    found: &[(usize, usize)],
    level: impl Fn(usize) -> bool,
) -> Option<usize> {
    let wanted = &form().section[index].plain;
    let after = found.iter().rev().find(|(section, _)| *section < index).map_or(0, |&(_, node)| node);
    let before = found.iter().find(|(section, _)| *section > index).map_or(usize::MAX, |&(_, node)| node);
    let in_place = |node: usize| (after == 0 || after < node) && node < before;
    if let Some(at) = headings.iter().position(|(node, said)| said == wanted && (level(*node) || in_place(*node))) {
        return Some(at);
    }
    let near = |said: &str| {
        let part = said.len() * 2 >= wanted.len()
            && (wanted.starts_with(said) || wanted.ends_with(said) || said.starts_with(wanted.as_str()));
        // Text has headings, too, and long ones.
        said.len() <= wanted.len() * 2
            && (part
                || (said.len().abs_diff(wanted.len()) * 3 <= wanted.len()
                    && strsim::osa_distance(said, wanted) * 3 <= wanted.len()))
    };
    headings.iter().position(|(node, said)| level(*node) && in_place(*node) && near(said))
}

/// The proposal, if the page is the form.
pub(super) fn read<'a>(source: &Source, document: &'a Document) -> Option<Draft<'a>> {
    let mut draft = Draft { form: true, ..Draft::default() };
    let mut asked = Prerequisites::default();
    let mut custom = Prerequisite::default();
    for Section { index, heading, mut parts, body, .. } in sections(document)? {
        let body = typed_in(source, body);
        let FormSection { kind, role, .. } = &form().section[index];
        // A text may begin with "Please …".
        let is_text = *kind == Some(Kind::Description) || *role == Some(Role::CustomDescription);
        // Among others a placeholder is one more sentence.
        let is_nothing = || Labels::get().is_placeholder(source.slice(body)) || source.slice(body).is_empty();
        if is_text && parts.iter().all(|part| Labels::get().stands_for_nothing(part.text.as_str())) && is_nothing() {
            parts.clear();
        }
        parts.retain(|part| is_text || !Labels::get().is_placeholder(part.text.as_str()));
        if *kind == Some(Kind::Description) {
            draft.typed = Some(body);
        }
        if let Some(role) = role {
            prerequisites(*role, source, document, &parts, body, &mut asked, &mut custom);
        }
        if let Some(kind) = *kind {
            draft.facts.push(Fact::new(kind, heading, Style::Heading, parts));
        }
    }
    asked.custom = Some(custom).filter(|custom| *custom != Prerequisite::default());
    draft.prerequisites = Some(Box::new(asked));
    proposal::of_comment(source, &mut draft);
    if let Some((name, url)) = document.texts(0..document.nodes.len()).filter_map(|(_, text)| program(text)).last() {
        let said: &mut Proposal = draft.proposal.get_or_insert_default();
        said.lfx_url = Some(url);
        said.name = said.name.take().or_else(|| (!name.is_empty() && name.as_str() != NO_NAME).then(|| name.to_spanned()));
    }
    Some(draft)
}

/// Where the characters of an answer stand, without white space around them, and without what CNCF's bot puts below the form.
fn typed_in(source: &Source, body: Span) -> Span {
    let end = body.end.min(source.text().len());
    let text = source.slice(Span::new(body.start.min(end), end));
    let text = &text[..text.find(BLOCK.0).unwrap_or(text.len())];
    let start = body.start + (text.len() - text.trim_start().len());
    Span::new(start, start + text.trim().len())
}

/// Between these two CNCF's bot keeps where the programme is; what stands there is no answer.
pub const BLOCK: (&str, &str) = ("<!-- lfx-url:start -->", "<!-- lfx-url:end -->");

/// What a section says of the prerequisites.
fn prerequisites(
    role: Role,
    source: &Source,
    document: &Document,
    parts: &[Part<'_>],
    body: Span,
    asked: &mut Prerequisites,
    custom: &mut Prerequisite,
) {
    let is_ticked = || parts.iter().any(|part| ticked(part.text).is_some_and(|(done, _)| done));
    let texts = || parts.iter().map(|part| part.text).collect::<Vec<_>>();
    match role {
        Role::SameSkills | Role::Skills => {}
        Role::Prerequisites => {
            for (done, says) in parts.iter().filter_map(|part| ticked(part.text)) {
                match Toggle::of_name(says) {
                    Some(toggle) => asked.set(toggle, done),
                    // Until 2026 this box stood here.
                    None if plain(says).collect::<String>().starts_with("customprerequisite") => custom.asked |= done,
                    None => {}
                }
            }
        }
        Role::Challenge => asked.coding_challenge_url = parts.iter().flat_map(|part| link::read(part.text)).next(),
        Role::Custom => custom.asked |= is_ticked(),
        Role::CustomName => custom.name = texts().first().map(|text| text.to_spanned()),
        Role::CustomDescription => {
            let texts = texts();
            custom.description = texts.first().map(|first| {
                let is_read = first.quote().is_some() || document.is_html(*first);
                let said = if is_read { description::on_page(source, document, &texts) } else { source.slice(body).to_owned() };
                Spanned::at(body, said)
            });
        }
        Role::CustomFile => custom.file_upload = is_ticked(),
    }
}

/// What was typed into a field of one line: its characters, as CNCF's exporter takes them, and no Markdown; `None` where
/// something is escaped, or is more than text.
pub(super) fn typed(source: &Source, text: Text<'_>) -> Option<Spanned<String>> {
    let page = source.text();
    let at = text.span();
    let start = source.line_start(at.start);
    let end = page[at.start..].find('\n').map_or(page.len(), |len| at.start + len);
    let line = page[start..end].trim();
    let start = start + (page[start..end].len() - page[start..end].trim_start().len());
    reads_as_typed(line).then(|| Spanned::at(Span::new(start, start + line.len()), line.to_owned()))
}

/// True if a line of the form reads as it is typed.
pub fn reads_as_typed(line: &str) -> bool {
    let is_escaped = || line.as_bytes().windows(2).any(|pair| pair[0] == b'\\' && pair[1].is_ascii_punctuation());
    let document = Document::read(line, Span::new(0, line.len()));
    let is_text = document.nodes.iter().all(|node| node.kind == document::Kind::Paragraph);
    let mut texts = document.texts(0..document.nodes.len());
    let said = texts.next().is_some_and(|(_, text)| text.as_str().contains(char::is_alphanumeric));
    is_text && said && texts.next().is_none() && !is_escaped() && !line.contains("<!--")
}

/// The box that a text begins with, ticked or not, and what it says.
fn ticked(text: Text<'_>) -> Option<(bool, &str)> {
    let said = text.as_str();
    let unticked = || said.strip_prefix("[ ]").map(|says| (false, says.trim()));
    said.strip_prefix("[x]").map(|says| (true, says.trim())).or_else(unticked)
}

/// What CNCF's bot writes below a form whose program is on LFX: `**LFX program:** [name](address)`.
pub const PROGRAM: &str = "LFX program:";

/// What stands there for a name that nobody knows.
pub const NO_NAME: &str = "LFX program";

/// The name and the address of the program in the bot's line.
fn program(text: Text<'_>) -> Option<(Text<'_>, Spanned<String>)> {
    text.as_str().trim_start().strip_prefix(PROGRAM)?;
    let (range, link) = text.links().next()?;
    Some((text.cut(range), Spanned::at(link.span, link.url.to_string())))
}

/// The page's facts, where the form is LFX's by definition.
pub(super) fn facts(page: &PageFacts) -> PageFacts {
    PageFacts { program: Some(Spanned::nowhere(Program::Lfx)), ..page.clone() }
}

/// A heading without what people change in it: dashes, spaces, capitals.
fn plain(heading: &str) -> impl Iterator<Item = char> + Clone {
    heading.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase)
}
