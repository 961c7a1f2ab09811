//! Sections that state facts once for all of their ideas: a team with its mentors and skills, and a list of what to do.

use std::collections::BTreeMap;
use std::ops::Range;

use rustc_hash::FxHashMap;

use crate::labels::{Kind, Labels};
use crate::prose::Text;
use crate::records::Part;

use super::super::draft::{Draft, Fact};
use super::candidates::{Begins, Candidate};
use super::evidence::Tally;
use super::learn::{self, LabelId};
use super::roles::Role;
use super::{Finder, stretch};

/// What an idea shares with those beside it.
#[derive(Clone, Debug)]
pub(super) struct Section {
    of: Candidate,
    /// The lines of its list.
    list: Range<usize>,
}

impl Section {
    /// The line that names it.
    pub(super) fn title(&self) -> Option<usize> {
        self.of.title
    }
}

/// How many facts, and how many pieces of each, are shared at most: no team has more.
const MOST: usize = 48;

impl<'a> Finder<'_, 'a> {
    /// Parts what was chosen into the ideas that it lists, where several list theirs below the same heading that announces them.
    pub(super) fn parted(
        &self,
        candidates: &[Candidate],
        tallies: &[Tally],
        chosen: &[usize],
    ) -> Vec<(Candidate, Option<Section>)> {
        let lists: Vec<Option<Range<usize>>> = chosen.iter().map(|&at| self.list(&candidates[at])).collect();
        let mut names: FxHashMap<LabelId, u32> = FxHashMap::default();
        let name = |list: &Range<usize>| learn::id(self.records.text(list.start).as_str());
        for list in lists.iter().flatten() {
            *names.entry(name(list)).or_default() += 1;
        }
        let mut by_start: Vec<usize> = (0..candidates.len()).collect();
        by_start.sort_by_key(|&at| candidates[at].start);
        let mut found = Vec::with_capacity(chosen.len());
        for (&at, list) in chosen.iter().zip(lists) {
            let list = list.filter(|list| names[&name(list)] > 1);
            let members = list.as_ref().map(|list| self.members(candidates, tallies, &by_start, list)).unwrap_or_default();
            let Some(list) = list.filter(|_| members.len() > 1) else {
                found.push((candidates[at], None));
                continue;
            };
            let section = Section { of: candidates[at], list };
            found.extend(members.into_iter().map(|member| (member, Some(section.clone()))));
        }
        found
    }

    /// The list of ideas inside of a stretch: a heading that says nothing but that ideas follow, and what stands below it.
    fn list(&self, candidate: &Candidate) -> Option<Range<usize>> {
        let level = |line: usize| self.records.level(line);
        // "Implementation ideas" belong to one.
        let is_container = |line: usize| Labels::get().is_container(self.records.text(line).as_str());
        let announces = |line: usize| self.roles.of(line) == Role::Container && is_container(line) && self.announces(line);
        let start = (candidate.start + 1..candidate.end).find(|&line| level(line).is_some() && announces(line))?;
        let ends = |&line: &usize| level(line).is_some_and(|level| Some(level) <= self.records.level(start));
        Some(start..(start + 1..candidate.end).find(ends).unwrap_or(candidate.end))
    }

    /// What begins alike in a list, each with a text of its own.
    fn members(&self, candidates: &[Candidate], tallies: &[Tally], by_start: &[usize], list: &Range<usize>) -> Vec<Candidate> {
        let mut alike: Vec<(Begins, BTreeMap<usize, usize>)> = Vec::new();
        let first = by_start.partition_point(|&at| candidates[at].start <= list.start);
        for &at in by_start[first..].iter().take_while(|&&at| candidates[at].start < list.end) {
            let candidate = &candidates[at];
            if !matches!(candidate.begins, Begins::Heading(_) | Begins::Item(1) | Begins::Link | Begins::Bold) {
                continue;
            }
            let place = alike.iter().position(|(begins, _)| *begins == candidate.begins).unwrap_or_else(|| {
                alike.push((candidate.begins, BTreeMap::new()));
                alike.len() - 1
            });
            alike[place].1.insert(candidate.start, at);
        }
        let mut best: Vec<Candidate> = Vec::new();
        for (_, starts) in alike {
            let told = starts.values().filter(|&&at| self.tells(&candidates[at], &tallies[at]));
            let members: Vec<Candidate> =
                told.map(|&at| Candidate { end: candidates[at].end.min(list.end), ..candidates[at] }).collect();
            if members.len() > best.len() && members.len() * 3 >= starts.len() * 2 {
                best = members;
            }
        }
        best
    }

    /// Files drafts under their section, and gives them what it states.
    pub(super) fn share(&self, drafts: &mut [Draft<'a>], sections: &[Option<Section>]) {
        let mut shared: (usize, Vec<Fact<'a>>) = (usize::MAX, Vec::new());
        for (draft, section) in drafts.iter_mut().zip(sections) {
            let Some(section) = section else { continue };
            if shared.0 != section.of.start {
                shared = (section.of.start, self.stated(section));
            }
            draft.group = section.of.title.map(|line| self.group_name(line));
            let own: Vec<Kind> = draft.facts.iter().map(|fact| fact.kind).collect();
            let missing = shared.1.iter().filter(|fact| !own.contains(&fact.kind));
            draft.facts.extend(missing.map(|fact| Fact::new(fact.kind, fact.label, fact.style, fact.parts.clone())));
        }
    }

    fn group_name(&self, line: usize) -> Text<'a> {
        let text = self.records.text(line);
        text.links().next().filter(|(range, _)| range.start == 0).map_or(text, |(range, _)| text.cut(range))
    }

    /// The facts that a section states outside of its list.
    fn stated(&self, section: &Section) -> Vec<Fact<'a>> {
        let title: Vec<usize> = section.of.title.into_iter().collect();
        let around = [section.of.start..section.list.start, section.list.end..section.of.end];
        let facts = around.into_iter().flat_map(|lines| stretch::read(self.records, lines, &title).facts);
        let is_shared = |fact: &Fact<'a>| {
            let parts: &[Part<'a>] = &fact.parts;
            fact.kind.is_telling() && fact.kind != Kind::Upstream && parts.len() <= MOST
        };
        facts.filter(is_shared).take(MOST).collect()
    }
}
