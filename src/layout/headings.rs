//! Pages of headings: one heading per idea, its fields below, in bullets, bold lines or deeper headings.
//!
//! Every heading that is no field opens a section ([`sections`]). Sections gather evidence, fields that only ideas have
//! ([`evidence`]), and those with enough of it are ideas; what lies below an idea belongs to it ([`ideas`]); the others are
//! groups and furniture ([`groups`]). Levels are taken as hints, because they jump: an idea may stand above its siblings, a
//! project's heading may repeat one level up.

mod evidence;
mod groups;
mod ideas;
mod sections;

use std::ops::Range;

use crate::data::Value;
use crate::document::{self, Document};
use crate::fields::Field;
use crate::labels::Kind;
use crate::prose::Text;

use super::draft::{Draft, Fact};
use super::title;

pub(super) use evidence::Evidence;

/// The level of a paragraph in bold that stands for a heading: below all real ones.
pub const BOLD: u8 = 7;

/// How many levels there are: the page itself, six of headings, and bold lines.
const LEVELS: usize = 8;

/// What stands below a heading that opens a section.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holds {
    /// An idea.
    Idea,
    /// The ideas that are filed under it: a project.
    Ideas,
    /// Nothing at all, and it is no part of an idea.
    Nothing,
    /// Text, parts of an idea, other headings.
    Else,
}

/// A heading, or a bold line in place of one, that opens a section; headings that label a fact are none.
#[derive(Clone, Copy, Debug)]
pub struct Heading<'a> {
    /// Its node in the document.
    pub node: usize,
    /// Its text.
    pub text: Text<'a>,
    /// 1 to 6; [`BOLD`] for a bold line.
    pub level: u8,
    /// True for names of ideas and projects; false for "Project ideas", "How to apply", "Template".
    pub is_name: bool,
    /// What stands below it.
    pub holds: Holds,
    evidence: Evidence,
}

impl Heading<'_> {
    /// Which facts of an idea stand directly below it, in plain words.
    pub fn states(&self) -> Vec<&'static str> {
        self.evidence.names()
    }
}

/// The ideas of a page of headings, and its headings, in page order. `taken`: nodes that another reader has found to be
/// ideas.
pub(super) fn read<'a>(
    document: &'a Document,
    front: Option<Value<'a>>,
    taken: &[Range<usize>],
) -> (Vec<Draft<'a>>, Vec<Heading<'a>>) {
    let mut sections = Sections::read(document, front, taken);
    sections.fold_inner();
    sections.find_ideas();
    sections.merge();
    sections.level_repeated();
    let open = sections.open_groups();
    let usual = sections.usual_levels(&open);
    sections.name_by_field(usual);
    let groups = sections.groups(&open, usual);
    let headings = sections.headings(&groups);
    (sections.drafts(&groups), headings)
}

/// What a section's heading says about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Role {
    /// An idea, a project, or anything else.
    Plain,
    /// "Project ideas": holds ideas, names no project.
    Container,
    /// "How to apply", "Your own idea": no idea, and below it only what cannot be anything else.
    Invitation,
    /// A template, an example, struck-through text: no idea, and nothing below is.
    Void,
}

struct Section<'a> {
    /// The node that opens it.
    node: Option<usize>,
    heading: Option<Text<'a>>,
    level: u8,
    parent: Option<usize>,
    role: Role,
    title: Option<title::Title<'a>>,
    fields: Vec<Field<'a>>,
    loose: Vec<usize>,
    evidence: Evidence,
    idea: bool,
    /// True if it is no part of the section above it, whatever the levels say: an idea, or a group with ideas.
    apart: bool,
    /// True if its heading is its project, and a field names the idea.
    named_by_field: bool,
}

struct Sections<'a> {
    document: &'a Document,
    all: Vec<Section<'a>>,
    /// On which levels there was a section that can only be an idea.
    complete: [bool; LEVELS],
}

impl<'a> Sections<'a> {
    fn headings(&self, groups: &[Option<usize>]) -> Vec<Heading<'a>> {
        let is_blank = |node: usize| {
            let next = node + 1;
            self.document
                .nodes
                .get(next)
                .is_none_or(|node| matches!(node.kind, document::Kind::Heading(_) | document::Kind::Rule))
        };
        let mut is_group = vec![false; self.all.len()];
        for &group in groups.iter().flatten() {
            is_group[group] = true;
        }
        let heading = |at: usize| {
            let section = &self.all[at];
            let (node, text) = (section.node?, section.heading?);
            let holds = if section.idea {
                Holds::Idea
            } else if is_group[at] {
                Holds::Ideas
            } else if is_blank(node) && self.idea_above(at).is_none() {
                Holds::Nothing
            } else {
                Holds::Else
            };
            Some(Heading {
                node,
                text,
                level: section.level,
                is_name: section.role == Role::Plain,
                holds,
                evidence: section.evidence,
            })
        };
        (0..self.all.len()).filter_map(heading).collect()
    }

    fn drafts(self, groups: &[Option<usize>]) -> Vec<Draft<'a>> {
        let document = self.document;
        let projects: Vec<Option<Text<'a>>> = groups.iter().map(|group| self.all[(*group)?].heading).collect();
        let mut drafts: Vec<Draft<'a>> = Vec::new();
        for (section, group) in self.all.into_iter().zip(projects).filter(|(section, _)| section.idea) {
            let named = section.role == Role::Plain && section.title.is_some_and(|title| !title.text.is_empty());
            let titles = section.fields.iter().filter(|field| field.kind == Kind::Title && !field.is_empty(document)).count();
            let loose: Vec<Text<'a>> = section.loose.iter().map(|&node| document.text(node).trim()).collect();
            // A page of `Title: …` lines is a list of ideas without headings.
            let chunks = drafts.len();
            let said =
                |kind: Kind| section.fields.iter().any(|field| field.kind == kind && !field.inner && !field.is_empty(document));
            for field in section.fields.iter().filter(|field| !(field.inner && said(field.kind))) {
                let begins = field.kind == Kind::Title && !field.is_empty(document) && (titles > 1 || !named);
                if begins || drafts.len() == chunks {
                    let group = if section.named_by_field { section.heading } else { group };
                    drafts.push(Draft { heading: section.node, group, ..Draft::default() });
                }
                if let Some(draft) = drafts.last_mut() {
                    draft.facts.push(Fact::of(field, document));
                }
            }
            // What stood before the first of several titles belongs to none of them.
            if titles > 0 && !named && drafts[chunks..].first().is_some_and(|draft| !draft.has(Kind::Title)) {
                drafts.remove(chunks);
            }
            if let [only] = &mut drafts[chunks..] {
                only.loose = loose;
                if named {
                    only.title = section.title.map(|title| title.text);
                    only.marker = section.title.and_then(|title| title.marker);
                }
            }
        }
        drafts
    }
}
