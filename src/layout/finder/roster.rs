//! The people of a page beside its ideas: cards and lists of them, and those whom it names once with a handle or an address.

use rustc_hash::FxHashMap;

use crate::idea::Mentor;
use crate::idea::mentor::People;
use crate::text::plain_letters;

use super::Finder;
use super::candidates::{self, Candidate};
use super::contents::letters;
use super::evidence::Tally;
use super::shape;

/// The people of a page, by the letters of their full names.
#[derive(Debug, Default)]
pub(in crate::layout) struct Roster(FxHashMap<String, Option<Mentor>>);

impl Roster {
    /// Gives mentors of whom nothing but the full name is known what the page says of them elsewhere.
    pub(in crate::layout) fn complete(&self, mentors: &mut [Mentor]) {
        // One or two are no list: admins, authors.
        if self.0.len() < LEAST {
            return;
        }
        for mentor in mentors.iter_mut().filter(|mentor| mentor.github.is_none() && mentor.email.is_none()) {
            if let Some(known) = full_name(mentor).and_then(|name| self.0.get(&name)?.as_ref()) {
                mentor.github.clone_from(&known.github);
                mentor.email.clone_from(&known.email);
            }
        }
    }
}

/// The letters of a name of several words.
fn full_name(mentor: &Mentor) -> Option<String> {
    let name = &mentor.name.as_ref()?.value;
    name.contains(' ').then(|| letters(name))
}

impl Finder<'_, '_> {
    /// True for a stretch that is about people, and no idea. One of nothing but people may be an idea that says no more, but
    /// not as a `stranger` to ideas that do.
    pub(super) fn lists_people(&self, candidate: &Candidate, tally: &Tally, stranger: bool) -> bool {
        let is_person = |line: usize| shape::is_person(self.records.text(line));
        tally.states_only_people() && (stranger || self.is_card(candidate))
            || tally.is_roles() && (candidate.start + 1..candidate.end).all(is_person)
    }

    /// True for a card of somebody: the name of a person, and a handle or an address that says it again.
    fn is_card(&self, candidate: &Candidate) -> bool {
        let title = candidates::title_part(self.records, candidate).filter(|title| shape::is_name(title.as_str().trim()));
        let Some(title) = title else { return false };
        let names: Vec<String> = title.as_str().split_whitespace().map(plain_letters).filter(|name| name.len() > 2).collect();
        let lines = (candidate.start..candidate.end).take(CARD);
        let mut said = lines.filter(|&line| Some(line) != candidate.title).map(|line| self.records.value(line).as_str());
        said.any(|said| said.contains('@') && names.iter().any(|name| plain_letters(said).contains(name)))
    }

    /// The lines outside of all ideas that name one person each, with a handle or an address.
    pub(super) fn roster(&self, chosen: &[Candidate]) -> Roster {
        let mut roster = Roster::default();
        let mut line = 0;
        for idea in chosen.iter().map(|idea| (idea.start, idea.end)).chain([(self.records.len(), 0)]) {
            for line in line..idea.0 {
                let text = self.records.text(line);
                if text.len() > LONGEST || self.records.label(line).is_some() || !text.as_str().contains(['@', '(']) {
                    continue;
                }
                let people = People::read([(text, true)]);
                let mut mentors = people.mentors();
                let (Some(one), None) = (mentors.next(), mentors.next()) else { continue };
                if let Some(name) = full_name(one).filter(|_| one.github.is_some() || one.email.is_some()) {
                    let same = |known: &Mentor| known.is_same_as(one);
                    // Two of one name cannot be told apart.
                    let entry = roster.0.entry(name).or_insert_with(|| Some(one.clone()));
                    *entry = entry.take().filter(same);
                }
            }
            line = line.max(idea.1);
        }
        roster
    }
}

/// A list of people has no fewer.
const LEAST: usize = 3;

/// No card of a person has more lines.
const CARD: usize = 8;

/// A person takes no longer a line, in bytes.
const LONGEST: usize = 200;
