//! Which stretches of a page are ideas.
//!
//! No layout is known beforehand. Whatever begins alike again and again is a sequence of candidates: sections, bold lines,
//! items, rows, stretches between the same labels ([`candidates`]). Each is worth what its facts say ([`evidence`]), how
//! well it agrees with its siblings, and how good a title it has; the best set of candidates that do not overlap is taken.
//! Labels that the vocabulary does not know are learned from their values first ([`learn`]).
//!
//! The idea of finding records by what repeats is that of MDR (Liu, Grossman and Zhai 2003) and DEPTA (Zhai and Liu 2005);
//! the weights are in `schemas/finder.toml`.

mod announced;
mod candidates;
mod choice;
mod columns;
mod contents;
mod drafts;
mod evidence;
mod grades;
mod groups;
mod lead;
mod learn;
mod of_all;
mod owners;
mod releases;
mod restarts;
mod roles;
mod roster;
mod shape;
pub(super) mod stretch;
mod tail;
mod teams;
mod titles;
mod unlabelled;
mod weights;

use rustc_hash::FxHashSet;

use crate::document::{self, Document};
use crate::prose::Text;
use crate::records::Records;

use super::draft::Draft;
use candidates::{Begins, Candidate};
use evidence::{Evidence, Tally};
use roles::{Role, Roles};

/// The level of a paragraph in bold that stands for a heading: below all real ones.
pub const BOLD: u8 = 7;

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
#[derive(Clone, Debug)]
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
    /// True if it stands inside an idea or opens one.
    pub in_idea: bool,
    /// Which facts of an idea stand below it, in plain words.
    pub states: Vec<&'static str>,
}

/// What was found on a page.
pub(super) struct Found<'a> {
    /// The ideas, in page order.
    pub(super) drafts: Vec<Draft<'a>>,
    /// The headings that open sections, in page order.
    pub(super) headings: Vec<Heading<'a>>,
    /// The people that it lists apart from its ideas.
    pub(super) roster: roster::Roster,
}

/// Finds the ideas of a page.
pub(super) fn find(document: &Document) -> Found<'_> {
    let mut records = Records::read(document);
    columns::label(&mut records);
    learn::dashes(&mut records);
    learn::labels(&mut records);
    learn::signs(&mut records);
    learn::parts(&mut records);
    if log::log_enabled!(log::Level::Trace) {
        for line in 0..records.len() {
            let label = records.label(line).map(|label| (label.label.flow(), label.kind, label.value.flow()));
            log::trace!(
                "line {line} {:?} {:?} {:?} {:?}",
                records.lines[line].place,
                records.lines[line].set,
                label,
                records.text(line).flow()
            );
        }
    }
    let roles = Roles::read(&records);
    let evidence = Evidence::read(&records, &roles);
    let candidates = candidates::all(&records, &roles);
    let finder = Finder { records: &records, roles: &roles, evidence: &evidence };
    let tallies: Vec<Tally> = candidates.iter().map(|candidate| evidence.of(&records, &roles, candidate)).collect();
    let chosen = finder.choose(&candidates, &tallies);
    let (mut chosen, sections): (Vec<Candidate>, Vec<_>) = finder.parted(&candidates, &tallies, &chosen).into_iter().unzip();
    finder.end_last(&mut chosen);
    finder.take_leads(&mut chosen);
    let group_lines = finder.take_group_lines(&mut chosen);
    finder.name_in_bold(&mut chosen);
    finder.name_before_mark(&mut chosen);
    finder.found(&chosen, &sections, &group_lines)
}

/// What is known of a page while its ideas are looked for.
struct Finder<'r, 'a> {
    records: &'r Records<'a>,
    roles: &'r Roles,
    evidence: &'r Evidence,
}

impl<'a> Finder<'_, 'a> {
    fn headings(&self, chosen: &[Candidate], groups: &[Option<usize>]) -> Vec<Heading<'a>> {
        let records = self.records;
        let mut found = Vec::new();
        let nodes = &records.document.nodes;
        let is_bold =
            |line: usize| records.lines[line].alone && stretch::is_bold_line(records, line) && records.label(line).is_none();
        let groups: FxHashSet<usize> = groups.iter().copied().flatten().collect();
        for line in 0..records.len() {
            let after = chosen.partition_point(|candidate| candidate.start <= line);
            let idea = after.checked_sub(1).filter(|&at| line < chosen[at].end);
            let opens_idea = idea.is_some_and(|at| chosen[at].title == Some(line));
            let Some(level) = self.roles.opens(line).or_else(|| is_bold(line).then_some(BOLD)) else { continue };
            let node = records.node(line);
            let blank =
                nodes.get(node + 1).is_none_or(|next| matches!(next.kind, document::Kind::Heading(_) | document::Kind::Rule));
            let holds = if opens_idea {
                Holds::Idea
            } else if groups.contains(&line) {
                Holds::Ideas
            } else if blank && idea.is_none() {
                Holds::Nothing
            } else {
                Holds::Else
            };
            let ends = |&next: &usize| self.roles.opens(next).is_some() || level == BOLD && is_bold(next);
            let end = (line + 1..records.len()).find(ends).unwrap_or(records.len());
            let below = Candidate { begins: Begins::Page, start: line, end, title: Some(line), part: None };
            let states = self.evidence.of(records, self.roles, &below).names();
            let is_name = self.roles.of(line) == Role::Plain;
            found.push(Heading { node, text: records.text(line), level, is_name, holds, in_idea: idea.is_some(), states });
        }
        found
    }
}
