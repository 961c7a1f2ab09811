//! Where the last idea of a page ends: what follows it may have no heading above its own.

use rustc_hash::FxHashMap;

use crate::labels::Kind;
use crate::records::{Labelled, Place};

use super::candidates::{Begins, Candidate};
use super::evidence::Tally;
use super::learn::{self, LabelId};
use super::roles::Role;
use super::weights::Weights;
use super::{Finder, stretch};

/// How many headings may end an idea at most.
const MOST: usize = 16;

impl Finder<'_, '_> {
    /// Ends the last idea of a page where its siblings end.
    pub(super) fn end_last(&self, chosen: &mut [Candidate]) {
        let Some((last, others)) = chosen.split_last_mut() else { return };
        let siblings: Vec<&Candidate> = others.iter().filter(|other| other.begins == last.begins).collect();
        last.end = self.strange_heading(last, &siblings).unwrap_or(last.end);
        last.end = self.strange_text(last, &siblings).unwrap_or(last.end);
        last.end = self.imprint(last).unwrap_or(last.end);
    }

    /// "© 2026 …" behind the last fact of an idea.
    fn imprint(&self, last: &Candidate) -> Option<usize> {
        let states = |&line: &usize| self.records.kind(line).is_some_and(Kind::is_telling);
        let fact = (last.start..last.end).rev().find(states).unwrap_or(last.start);
        let is_one = |&line: &usize| self.records.lines[line].first && self.records.text(line).as_str().starts_with('©');
        (fact + 1..last.end).find(is_one)
    }

    /// A heading that none of the siblings has, if it stands beside the idea's own or what stands below it says facts of its own,
    /// and no fact that siblings state and the idea still lacks.
    fn strange_heading(&self, last: &Candidate, siblings: &[&Candidate]) -> Option<usize> {
        let mut seen: FxHashMap<LabelId, u32> = FxHashMap::default();
        for line in siblings.iter().flat_map(|sibling| self.inner(sibling)) {
            *seen.entry(self.name(line)).or_default() += 1;
        }
        let has_own = |sibling: &&&Candidate| self.inner(sibling).any(|line| seen[&self.name(line)] == 1);
        if siblings.is_empty() || siblings.iter().filter(has_own).count() * 2 > siblings.len() {
            return None;
        }
        let says_facts = |line: usize| self.tally(&Candidate { start: line, ..*last }).weight() > 0.0;
        let unseen = self.inner(last).filter(|&line| !seen.contains_key(&self.name(line)));
        let ends = |&line: &usize| (self.is_beside(last, line) || says_facts(line)) && !self.lacks(last, line, siblings);
        unseen.take(MOST).find(ends)
    }

    /// Text behind the last of the facts that most siblings state, where few of them have any.
    fn strange_text(&self, last: &Candidate, siblings: &[&Candidate]) -> Option<usize> {
        let mut stated: FxHashMap<LabelId, usize> = FxHashMap::default();
        for line in siblings.iter().flat_map(|sibling| self.fact_lines(sibling)) {
            *stated.entry(self.roles.label(line)).or_default() += 1;
        }
        let is_usual = |line: &usize| stated.get(&self.roles.label(*line)).is_some_and(|count| count * 2 > siblings.len());
        let behind = |idea: &Candidate| self.text_behind(idea, self.fact_lines(idea).rev().find(is_usual)?);
        let others = siblings.iter().filter(|sibling| behind(sibling).is_some()).count();
        let end = behind(last).filter(|_| !siblings.is_empty() && others * 4 <= siblings.len())?;
        // It may be the only text of the idea.
        let is_text = |line: usize| self.records.kind(line).is_none_or(Kind::is_prose) && Some(line) != last.title;
        ((last.start..end).any(is_text) && !self.lacks(last, end, siblings)).then_some(end)
    }

    /// The lines of an idea that state a fact under a label, beside it or in the same block below it.
    fn fact_lines(&self, idea: &Candidate) -> impl DoubleEndedIterator<Item = usize> {
        let goes_on = |line: usize| {
            line + 1 < idea.end
                && self.records.node(line + 1) == self.records.node(line)
                && self.records.label(line + 1).is_none()
        };
        let has_value = move |line: usize| !self.records.value(line).is_empty() || goes_on(line);
        (idea.start..idea.end).filter(move |&line| self.records.kind(line).is_some_and(Kind::is_telling) && has_value(line))
    }

    /// The first text below a label and its value; a block that begins with a label is none.
    fn text_behind(&self, idea: &Candidate, label: usize) -> Option<usize> {
        let is_text = |&line: &usize| {
            self.records.node(line) != self.records.node(label)
                && self.records.lines[line].place == Place::Line
                && self.records.lines[line].first
                && self.records.kind(line).is_none()
        };
        (label + 1..idea.end).find(is_text)
    }

    /// True if an idea that ends there is not complete: it says too little, or what follows says what siblings say, too.
    fn lacks(&self, last: &Candidate, end: usize, siblings: &[&Candidate]) -> bool {
        let (own, after) = (self.tally(&Candidate { end, ..*last }), self.tally(&Candidate { start: end, ..*last }));
        let said = |label: &&LabelId| {
            siblings.iter().any(|sibling| (sibling.start..sibling.end).any(|line| self.roles.label(line) == **label))
        };
        own.weight() < Weights::get().stretch.enough
            || after.labels.iter().filter(|label| !own.labels.contains(label)).any(|label| said(&label))
    }

    fn tally(&self, stretch: &Candidate) -> Tally {
        self.evidence.of(self.records, self.roles, stretch)
    }

    /// The headings inside of an idea that open something: on its own level or above also those that are labels.
    fn inner(&self, candidate: &Candidate) -> impl Iterator<Item = usize> {
        (candidate.start + 1..candidate.end).filter(move |&line| {
            self.roles.opens(line).is_some()
                || self.is_beside(candidate, line) && (self.roles.of(line) == Role::Field || candidate.begins == Begins::Bold)
        })
    }

    /// True for a heading on the level of the idea's own, or above; for a line in bold, if the idea begins with one.
    fn is_beside(&self, candidate: &Candidate, line: usize) -> bool {
        if candidate.begins == Begins::Bold {
            // "[N] PROJECT TITLE", "Other projects"
            let names = |label: &Labelled<'_>| label.value.is_empty() && matches!(label.kind, Some(Kind::Title | Kind::Project));
            return self.records.lines[line].alone
                && stretch::is_bold_line(self.records, line)
                && self.records.label(line).is_none_or(names);
        }
        let own = candidate.title.and_then(|title| self.records.level(title));
        own.is_some_and(|own| self.records.level(line).is_some_and(|level| level <= own))
    }

    pub(super) fn name(&self, line: usize) -> LabelId {
        learn::id(self.records.text(line).as_str())
    }
}
