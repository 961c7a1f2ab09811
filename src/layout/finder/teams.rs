//! Sections that state facts once for all of their ideas: a team with its mentors and skills, and a list of what to do.

use std::collections::BTreeMap;
use std::ops::Range;

use rustc_hash::FxHashMap;

use crate::labels::{Kind, Labels};
use crate::prose::Text;
use crate::records::Part;

use super::super::draft::{Draft, Fact};
use super::candidates::{self, Begins, Candidate};
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
    /// The line that names the team.
    pub(super) fn title(&self) -> Option<usize> {
        self.of.title
    }
}

/// How many facts, and how many pieces of each, are shared at most: no team has more.
const MOST: usize = 48;

impl<'a> Finder<'_, 'a> {
    /// Puts the ideas that sections list below headings of one name in the place of what was chosen there.
    pub(super) fn parted(
        &self,
        candidates: &[Candidate],
        tallies: &[Tally],
        chosen: &[usize],
    ) -> Vec<(Candidate, Option<Section>)> {
        let lists = self.repeated_lists();
        let mut by_start: Vec<usize> = (0..candidates.len()).collect();
        by_start.sort_by_key(|&at| candidates[at].start);
        // The chosen are in page order.
        let before = |line: usize| chosen.partition_point(|&at| candidates[at].start < line);
        let around = |list: &Range<usize>| {
            let last = before(list.start).checked_sub(1).map(|last| candidates[chosen[last]]);
            last.filter(|candidate| list.start < candidate.end)
        };
        // Of an idea around a list and the section of it, that which begins right above.
        let team = |at: usize| {
            let found = [around(&lists[at]), self.section(candidates, &by_start, &lists, at)];
            found.into_iter().flatten().max_by_key(|candidate| candidate.start)
        };
        let teams: Vec<Option<Candidate>> = (0..lists.len()).map(team).collect();
        let mut sections: Vec<(Section, Vec<Candidate>)> = Vec::new();
        for (at, list) in lists.iter().enumerate() {
            // Ideas that state facts of their own need none of the section's.
            let tells_more = |&at: &usize| candidates[at].end <= list.end && tallies[at].states_telling();
            let is_told = || chosen[before(list.start)..before(list.end)].iter().any(tells_more);
            let Some(mut of) = teams[at].filter(|_| around(list).is_some() || !is_told()) else { continue };
            // It ends where the next one begins.
            if let Some(next) = teams[at + 1..].iter().flatten().find(|next| next.start >= list.end) {
                of.end = of.end.min(next.start);
            }
            let members = self.members(candidates, tallies, &by_start, list);
            // A list of one is a heading, as others have several.
            if members.len() > 1 || members.iter().any(|member| matches!(member.begins, Begins::Heading(_))) {
                sections.push((Section { of, list: list.clone() }, members));
            }
        }
        let mut starts: Vec<usize> = teams.iter().flatten().map(|team| team.start).collect();
        if sections.iter().all(|(_, members)| members.len() < 2) {
            sections.clear();
            starts.clear();
        }
        starts.sort_unstable();
        // Beside sections of ideas, one that says neither who nor how much is none itself, although its list holds none.
        let is_team = |at: usize| starts.binary_search(&candidates[at].start).is_ok() && !tallies[at].states_people_or_size();
        let is_parted = |at: usize| {
            let candidate = &candidates[at];
            let next = sections.partition_point(|(section, _)| section.list.start < candidate.start);
            let around = [next.checked_sub(1), Some(next)].into_iter().flatten().filter_map(|at| sections.get(at));
            let in_section = around.map(|(section, _)| section).any(|section| {
                candidate.start == section.of.start
                    || section.list.contains(&candidate.start)
                    || candidate.start < section.list.start && section.list.start < candidate.end
            });
            in_section || is_team(at)
        };
        // No idea goes on in the next section.
        let ended = |candidate: Candidate| {
            let next = starts.get(starts.partition_point(|&start| start <= candidate.start)).copied();
            Candidate { end: next.map_or(candidate.end, |next| candidate.end.min(next)), ..candidate }
        };
        let whole = chosen.iter().filter(|&&at| !is_parted(at)).map(|&at| ended(candidates[at]));
        let mut found: Vec<(Candidate, Option<Section>)> = whole.map(|candidate| (candidate, None)).collect();
        for (section, members) in &sections {
            found.extend(members.iter().map(|&member| (member, Some(section.clone()))));
        }
        found.sort_by_key(|(candidate, _)| candidate.start);
        self.led(&mut found);
        found
    }

    /// Gives ideas that stand below a heading as items or lines the facts between the heading and the first of them, where
    /// several headings of the level state the same.
    fn led(&self, found: &mut [(Candidate, Option<Section>)]) {
        let mut heads: BTreeMap<usize, Range<usize>> = BTreeMap::new();
        for (candidate, _) in found.iter().filter(|(_, section)| section.is_none()) {
            if let Some(heading) = self.roles.above(candidate.start).filter(|_| self.roles.opens(candidate.start).is_none()) {
                let ideas = heads.entry(heading).or_insert(candidate.start..candidate.end);
                ideas.end = candidate.end;
            }
        }
        let section = |(heading, list): (usize, Range<usize>)| {
            let begins = Begins::Heading(self.roles.opens(heading)?);
            Some(Section { of: Candidate { begins, start: heading + 1, end: list.end, title: None, part: None }, list })
        };
        let sections: Vec<Section> = heads.into_iter().filter_map(section).collect();
        let mut counts: FxHashMap<(Begins, Kind), u32> = FxHashMap::default();
        let states: Vec<Vec<Kind>> = sections
            .iter()
            .map(|section| {
                let mut kinds: Vec<Kind> = self.stated(section).iter().map(|fact| fact.kind).collect();
                kinds.dedup();
                kinds
            })
            .collect();
        for (section, kinds) in sections.iter().zip(&states) {
            for &kind in kinds {
                *counts.entry((section.of.begins, kind)).or_default() += 1;
            }
        }
        for (section, kinds) in sections.into_iter().zip(states) {
            if kinds.iter().any(|&kind| counts[&(section.of.begins, kind)] > 1) {
                let first = found.partition_point(|(candidate, _)| candidate.start < section.list.start);
                for (_, shared) in found[first..].iter_mut().take_while(|(candidate, _)| candidate.end <= section.list.end) {
                    shared.get_or_insert_with(|| section.clone());
                }
            }
        }
    }

    /// The headings that say nothing but that ideas follow, each with what stands below it, if several have the same name.
    fn repeated_lists(&self) -> Vec<Range<usize>> {
        let level = |line: usize| self.records.level(line);
        // "Implementation ideas" belong to one.
        let is_container = |line: usize| Labels::get().is_container(self.records.text(line).as_str());
        let announces = |line: &usize| {
            level(*line).is_some() && self.roles.of(*line) == Role::Container && is_container(*line) && self.announces(*line)
        };
        let name = |line: usize| learn::id(self.records.text(line).as_str());
        let starts: Vec<usize> = (0..self.records.len()).filter(announces).collect();
        let mut names: FxHashMap<LabelId, u32> = FxHashMap::default();
        for &start in &starts {
            *names.entry(name(start)).or_default() += 1;
        }
        let mut lists: Vec<Range<usize>> = Vec::new();
        for start in starts.into_iter().filter(|&start| names[&name(start)] > 1) {
            let ends = |&line: &usize| level(line).is_some_and(|level| Some(level) <= self.records.level(start));
            let end = (start + 1..self.records.len()).find(ends).unwrap_or(self.records.len());
            if lists.last().is_none_or(|last| last.end <= start) {
                lists.push(start..end);
            }
        }
        lists
    }

    /// What a list is a part of: the section of the heading above it; where several lists stand below that, what begins with
    /// the last line before it that is a link.
    fn section(&self, candidates: &[Candidate], by_start: &[usize], lists: &[Range<usize>], at: usize) -> Option<Candidate> {
        let above = |list: &Range<usize>| self.roles.above(list.start);
        let list = &lists[at];
        let before = at.checked_sub(1).map_or(0, |before| lists[before].end);
        let shared = |beside: Option<&Range<usize>>| beside.is_some_and(|beside| above(beside) == above(list));
        let parent = above(list);
        if shared(at.checked_sub(1).map(|before| &lists[before])) || shared(lists.get(at + 1)) {
            let next = lists.get(at + 1).map_or(self.records.len(), |next| next.start);
            return self.linked_section(before.max(parent.map_or(0, |parent| parent + 1)), list, next);
        }
        let first = by_start.partition_point(|&at| Some(candidates[at].start) < parent);
        let here = by_start[first..].iter().map(|&at| candidates[at]).take_while(|candidate| Some(candidate.start) == parent);
        here.filter(|candidate| candidate.end > list.start).min_by_key(|candidate| candidate.end)
    }

    /// What begins with the last line from `from` on and before a list that is a link, up to the next list or the next heading above
    /// the level of this one.
    fn linked_section(&self, from: usize, list: &Range<usize>, next: usize) -> Option<Candidate> {
        let is_link = |&line: &usize| {
            let text = self.records.text(line);
            self.records.lines[line].alone && text.links().next().is_some_and(|(range, _)| range.len() == text.len())
        };
        // Right below a label without a value it may be the value.
        let is_title = |&line: &usize| candidates::begins_with(self.records, self.roles, Begins::Link, line);
        let mut links = (from..list.start).rev().filter(is_link);
        let start = links.clone().find(is_title).or_else(|| links.next())?;
        let ends = |&line: &usize| self.records.level(line).is_some_and(|level| Some(level) < self.records.level(list.start));
        let end = (list.end..next).find(ends).unwrap_or(next);
        Some(Candidate { begins: Begins::Link, start, end, title: Some(start), part: None })
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
            let told = starts.values().filter(|&&at| self.tells(&candidates[at], &tallies[at], true));
            let members: Vec<Candidate> =
                told.map(|&at| Candidate { end: candidates[at].end.min(list.end), ..candidates[at] }).collect();
            if members.len() * 3 < starts.len() * 2 {
                continue;
            }
            // What is listed below a heading says more of it.
            let heads = |members: &[Candidate]| members.iter().any(|member| matches!(member.begins, Begins::Heading(_)));
            if (heads(&members), members.len()) > (heads(&best), best.len()) {
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
            if let Some(title) = section.title() {
                draft.group = Some(self.group_name(title));
            }
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
        let read = |lines| stretch::read(self.records, lines, &title).facts;
        let before = read(section.of.start..section.list.start);
        // Where the same fact is told again, not right behind itself, another section begins.
        let mut told: Vec<Kind> = before.iter().map(|fact| fact.kind).collect();
        let is_new = |fact: &Fact<'a>| {
            let new = told.last() == Some(&fact.kind) || !told.contains(&fact.kind);
            told.push(fact.kind);
            new
        };
        let after = read(section.list.end..section.of.end).into_iter().filter(|fact| fact.kind.is_telling()).take_while(is_new);
        let facts = before.into_iter().chain(after);
        let is_shared = |fact: &Fact<'a>| {
            let parts: &[Part<'a>] = &fact.parts;
            fact.kind.is_telling() && fact.kind != Kind::Upstream && parts.len() <= MOST
        };
        facts.filter(is_shared).take(MOST).collect()
    }
}
