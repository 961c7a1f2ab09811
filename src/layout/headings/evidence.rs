//! What speaks for a section being an idea: the facts it states.

use crate::document::Document;
use crate::fields::Field;
use crate::idea::{difficulty, size};
use crate::labels::{Kind, Labels};

/// Which facts of an idea a section states. One bit is one of [`FACTS`].
#[derive(Clone, Copy, Debug, Default)]
pub(in crate::layout) struct Evidence {
    stated: u8,
    /// Labels without a value.
    announced: u8,
}

/// The facts that count, the telling ones first.
const FACTS: [&[Kind]; 7] = [
    &[Kind::Mentors, Kind::MentorHandles],
    &[Kind::Skills, Kind::Technologies],
    &[Kind::Difficulty, Kind::DifficultyAndSize],
    &[Kind::Size],
    &[Kind::Upstream],
    &[Kind::Description],
    &[Kind::Outcomes],
];

/// The same in plain words.
const NAMES: [&str; FACTS.len()] = ["mentors", "skills", "difficulty", "size", "issue", "description", "outcomes"];

/// The bit of the mentors, and those of the facts that hardly anything but an idea has.
const MENTORS: u8 = 0b1;
const TELLING: u8 = 0b1_1111;

impl Evidence {
    pub(in crate::layout) fn of(fields: &[Field<'_>], document: &Document) -> Self {
        let mut evidence = Evidence::default();
        for field in fields {
            if let Some(bit) = FACTS.iter().position(|kinds| kinds.contains(&field.kind)) {
                if is_remark(field, document) {
                    continue;
                }
                let bits = if field.is_empty(document) { &mut evidence.announced } else { &mut evidence.stated };
                *bits |= 1 << bit;
            }
        }
        evidence
    }

    pub(super) fn add(&mut self, more: Evidence) {
        self.stated |= more.stated;
        self.announced |= more.announced;
    }

    /// The facts that are stated, in plain words.
    pub(super) fn names(self) -> Vec<&'static str> {
        NAMES.into_iter().enumerate().filter(|(bit, _)| self.stated & (1 << bit) != 0).map(|(_, name)| name).collect()
    }

    /// How many different facts are stated.
    pub(super) fn facts(self) -> u32 {
        self.stated.count_ones()
    }

    /// True if one of them is hardly anywhere but in ideas.
    pub(super) fn is_telling(self) -> bool {
        self.stated & TELLING != 0
    }

    pub(super) fn has_mentors(self) -> bool {
        self.stated & MENTORS != 0
    }

    /// How many telling facts have a label and no value.
    pub(super) fn unstated(self) -> u32 {
        (self.announced & !self.stated & TELLING).count_ones()
    }

    /// True if it names mentors and another telling fact beside those that `other` names: no part of it.
    pub(super) fn restates(self, other: Evidence) -> bool {
        let both = self.stated & other.stated & TELLING;
        both & MENTORS != 0 && both.count_ones() > 1
    }

    /// So much that it can only be an idea, wherever it stands.
    pub(super) fn is_complete(self) -> bool {
        self.has_mentors() && self.facts() > 2
    }

    /// More than one fact, and a telling one.
    pub(in crate::layout) fn is_strong(self) -> bool {
        self.is_telling() && self.facts() > 1
    }
}

/// "**Difficulty** levels are estimates.": running text that only begins like a label.
fn is_remark(field: &Field<'_>, document: &Document) -> bool {
    if !matches!(field.kind, Kind::Mentors | Kind::Difficulty | Kind::Size) {
        return false;
    }
    let mut parts = field.parts(document);
    let (Some(part), None) = (parts.next(), parts.next()) else { return false };
    let said = part.text.as_str();
    let words = said.split_whitespace().count();
    let small = said.split_whitespace().filter(|word| word.starts_with(char::is_lowercase)).count();
    let runs = words > 2 && small * 3 >= words * 2 && said.ends_with(['.', '!']);
    let says_nothing = || match field.kind {
        Kind::Difficulty => difficulty::read(part.text).is_empty(),
        Kind::Size => !said.contains(|c: char| c.is_ascii_digit()) && size::read(part.text).is_empty(),
        _ => !said.contains('@'),
    };
    runs && says_nothing() && !Labels::get().is_placeholder(said)
}
