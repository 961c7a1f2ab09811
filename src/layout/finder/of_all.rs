//! What a page says once of all its ideas: "All projects take 175 hours", "Mentors for all ideas: …", "Difficulty: medium unless
//! stated otherwise".

use rustc_hash::FxHashSet;

use crate::idea::skill::Skills;
use crate::idea::{difficulty, size};
use crate::labels::{Kind, Labels};
use crate::prose::Text;
use crate::records::Records;

use super::Finder;
use super::candidates::Candidate;
use super::roles::Roles;

/// A fact of all ideas below a heading, or of all of the page.
pub(super) struct OfAll<'a> {
    below: Option<usize>,
    kind: Kind,
    value: Text<'a>,
}

/// A sentence or clause with more words says more than the size or the level of all.
const MOST_WORDS: usize = 16;

/// What parts the clauses of one.
const CLAUSES: &[char] = &[',', ';', ':'];

/// How far before a fact a sentence may begin that speaks of all, in bytes.
const SENTENCE: usize = 200;

/// A longer list of people is a roster, in bytes.
const LONGEST: usize = 600;

/// No page says more of all.
const MOST: usize = 32;

/// True for a line that speaks of all ideas.
pub(super) fn is_of_all(records: &Records<'_>, roles: &Roles, line: usize) -> bool {
    let text = records.text(line);
    let (whole, at) = (text.whole(), text.offset_in(text.whole()));
    let near = whole.as_str().floor_char_boundary(at.saturating_sub(SENTENCE));
    let start = whole.as_str()[near..at].rfind(['.', '\n']).map_or(near, |end| near + end + 1);
    // "Difficulty of each project: …" again and again speaks of one.
    let said = if roles.is_repeated(line) { records.value(line) } else { whole.cut(start..at + text.len()) };
    Labels::get().speaks_of_all(said.as_str())
}

impl<'a> Finder<'_, 'a> {
    /// Finds them: outside of ideas, and below the last one, where a heading on the level of its title is a label.
    pub(super) fn said_of_all(&self, chosen: &[Candidate]) -> Vec<OfAll<'a>> {
        let over: FxHashSet<usize> = chosen.iter().flat_map(|candidate| self.headings_above(candidate.start)).collect();
        let tail = |last: &Candidate| {
            let own = self.records.level(last.title?)?;
            (last.start + 1..last.end).find(|&line| self.records.level(line).is_some_and(|level| level <= own))
        };
        let end = chosen.last().and_then(tail).unwrap_or(self.records.len());
        let mut found = Vec::new();
        let mut ideas = chosen.iter().peekable();
        for line in 0..self.records.len() {
            while ideas.next_if(|idea| idea.end <= line).is_some() {}
            let inside = ideas.peek().is_some_and(|idea| idea.start <= line) && line < end;
            if inside || self.roles.is_void(line) || self.roles.is_invited(line) {
                continue;
            }
            let below = self.headings_above(line).find(|heading| over.contains(heading));
            let is_below =
                |idea: &&Candidate| below.is_none_or(|heading| self.headings_above(idea.start).any(|above| above == heading));
            // "Both projects …" beside more than two speaks of some.
            let are_more = || chosen.iter().filter(is_below).nth(2).is_some();
            if Labels::get().speaks_of_two(self.records.text(line).as_str()) && are_more() {
                continue;
            }
            found.extend(self.told(line).into_iter().map(|(kind, value)| OfAll { below, kind, value }));
            if found.len() >= MOST {
                break;
            }
        }
        found
    }

    /// What those say that stand above a candidate or beside it.
    pub(super) fn of_all(&self, said: &[OfAll<'a>], candidate: &Candidate) -> Vec<(Kind, Text<'a>)> {
        let is_below = |said: &&OfAll<'a>| {
            said.below.is_none_or(|heading| self.headings_above(candidate.start).any(|above| above == heading))
        };
        said.iter().filter(is_below).map(|said| (said.kind, said.value)).collect()
    }

    /// The facts that a line states of all ideas.
    fn told(&self, line: usize) -> Vec<(Kind, Text<'a>)> {
        let text = self.records.text(line);
        if !is_of_all(self.records, self.roles, line) {
            return Vec::new();
        }
        if let Some(kind) = self.records.kind(line) {
            let is_shared = matches!(
                kind,
                Kind::Mentors | Kind::Size | Kind::Difficulty | Kind::DifficultyAndSize | Kind::Skills | Kind::Technologies
            );
            let value = self.records.value(line);
            return if is_shared && value.len() <= LONGEST { vec![(kind, value)] } else { Vec::new() };
        }
        let mut told = Vec::new();
        let is_long = |said: &&str| said.split_whitespace().nth(MOST_WORDS).is_some();
        let sentences = text.as_str().split_inclusive(['.', '!']);
        let clauses = sentences.flat_map(|said| said.split(if is_long(&said) { CLAUSES } else { &[] }));
        for sentence in clauses.filter(|said| !is_long(said)).map(|said| text.of(said)) {
            let said = sentence.as_str();
            if !Labels::get().speaks_of_all(said) {
                continue;
            }
            let is_level =
                said.split(|c: char| !c.is_alphanumeric()).any(|word| Labels::get().kind(word) == Some(Kind::Difficulty));
            if size::read_with_unit(sentence).len() == 1 || !is_level && size::read(sentence).len() == 1 {
                told.push((Kind::Size, sentence));
            }
            if is_level && difficulty::read(sentence).len() == 1 {
                told.push((Kind::Difficulty, sentence));
            }
            if Skills::get().asks(said) && !Skills::get().tags_of(said).is_empty() {
                told.push((Kind::Skills, sentence));
            }
        }
        told
    }
}
