//! What speaks for a stretch being an idea: the facts that it states.

use crate::idea::{difficulty, size};
use crate::labels::{Kind, Labels};
use crate::records::{Place, Records};

use super::super::draft::aside;
use super::super::sentence;
use super::candidates::{Begins, Candidate, is_numbered};
use super::learn::{self, LabelId};
use super::of_all;
use super::roles::{Role, Roles};
use super::shape;
use super::weights::Weights;

/// The facts that count, in the order of their bits.
const FACTS: [&[Kind]; 8] = [
    &[Kind::Mentors, Kind::MentorHandles, Kind::MentorEmails],
    &[Kind::Size, Kind::DifficultyAndSize],
    &[Kind::Difficulty, Kind::DifficultyAndSize],
    &[Kind::Skills, Kind::Technologies],
    &[Kind::Upstream],
    &[Kind::Outcomes],
    &[Kind::Description],
    &[Kind::Title],
];

/// The same in plain words.
const NAMES: [&str; FACTS.len()] = ["mentors", "size", "difficulty", "skills", "issue", "outcomes", "description", "title"];

/// The facts that hardly anything but an idea has.
const TELLING: u8 = 0b1_1111;

/// Those of the people and of the size.
const PEOPLE: u8 = 1;
const SIZE: u8 = 0b10;

/// What a line says of an idea: which facts, and how plainly.
#[derive(Clone, Copy, Default)]
struct Said {
    facts: u8,
    how: How,
}

#[derive(Clone, Copy, Default, PartialEq)]
enum How {
    #[default]
    Stated,
    Announced,
    Unlabelled,
}

/// What every line of a page says of an idea.
pub(super) struct Evidence {
    lines: Vec<Said>,
}

/// Which facts a stretch states.
#[derive(Clone, Debug, Default)]
pub(super) struct Tally {
    stated: u8,
    announced: u8,
    unlabelled: u8,
    /// Of the stated ones, those that stand below a further heading.
    nested: u8,
    /// A row of a table names an idea and states a fact of it.
    pub(super) holds_row: bool,
    /// How often the label of a telling fact begins again.
    pub(super) repeats: u32,
    /// How many lines there are without a label, the title not counted.
    pub(super) text: u32,
    /// Its labels.
    pub(super) labels: Vec<LabelId>,
}

impl Tally {
    /// How much the facts say for an idea.
    pub(super) fn weight(&self) -> f32 {
        let weights = &Weights::get().fact;
        let each = [
            weights.mentors,
            weights.size,
            weights.difficulty,
            weights.skills,
            weights.upstream,
            weights.outcomes,
            weights.description,
            weights.title,
        ];
        let of = |bits: u8| (0..FACTS.len()).filter(|bit| bits & (1 << bit) != 0).map(|bit| each[bit]).sum::<f32>();
        let direct = self.stated & !self.nested;
        let announced = self.announced & !self.stated;
        let unlabelled = self.unlabelled & !self.stated & !announced;
        of(direct)
            + of(self.stated & self.nested) * weights.nested
            + of(announced) * weights.announced
            + of(unlabelled) * weights.unlabelled
    }

    /// What it may share with others: its labels, and the telling facts that it states without one, each as the number of its bit.
    pub(super) fn signs(&self) -> impl Iterator<Item = LabelId> {
        let unlabelled = (0..FACTS.len()).map(|bit| 1 << bit).filter(|fact| self.unlabelled & TELLING & fact != 0);
        self.labels.iter().copied().chain(unlabelled.map(LabelId::from))
    }

    /// The facts that are stated, in plain words.
    pub(super) fn names(&self) -> Vec<&'static str> {
        NAMES.into_iter().enumerate().filter(|(bit, _)| self.stated & (1 << bit) != 0).map(|(_, name)| name).collect()
    }

    /// True if it says how large or how hard it is.
    pub(super) fn states_size(&self) -> bool {
        self.stated & 0b110 != 0
    }

    /// True if what stands below a question is an idea: its size or level, or its people and two more facts.
    pub(super) fn answers(&self) -> bool {
        self.states_size() || self.stated & PEOPLE != 0 && ((self.stated | self.unlabelled) & TELLING).count_ones() > 2
    }

    /// True if it names people, or says how large or how hard it is.
    pub(super) fn states_people_or_size(&self) -> bool {
        self.stated & 0b111 != 0
    }

    /// True if it tells more of an idea than who has to do with it.
    pub(super) fn states_more_than_people(&self) -> bool {
        self.stated & TELLING & !PEOPLE != 0
    }

    /// True if it states nothing but who has to do with it.
    pub(super) fn states_only_people(&self) -> bool {
        (self.stated | self.unlabelled) & TELLING == PEOPLE
    }

    /// True if it names people without a label, and says nothing else.
    pub(super) fn is_roles(&self) -> bool {
        self.stated == PEOPLE && self.labels.is_empty()
    }

    /// True if hardly anything but an idea says so much.
    pub(super) fn is_complete(&self) -> bool {
        self.stated & PEOPLE != 0 && self.stated.count_ones() > 2
    }

    /// True if the label of a telling fact stands there, whatever its value says: `Difficulty = 3`.
    pub(super) fn asks(&self) -> bool {
        self.announced & TELLING != 0
    }

    /// True if it states a telling fact under a label.
    pub(super) fn states_telling(&self) -> bool {
        self.stated & TELLING != 0
    }

    pub(super) fn is_telling(&self) -> bool {
        (self.stated | self.unlabelled) & TELLING != 0
    }
}

impl Evidence {
    /// Looks at every line once.
    pub(super) fn read(records: &Records<'_>, roles: &Roles) -> Self {
        Evidence { lines: (0..records.len()).map(|line| said(records, roles, line)).collect() }
    }

    /// What a stretch states.
    pub(super) fn of(&self, records: &Records<'_>, roles: &Roles, candidate: &Candidate) -> Tally {
        let mut tally = Tally::default();
        let mut seen: Vec<LabelId> = Vec::new();
        let mut again: Option<LabelId> = None;
        let mut several = false;
        let numbered = candidate.title.is_some_and(|line| is_numbered(records.text(line).as_str()));
        let (mut nested, mut elsewhere) = (false, None::<u8>);
        let mut titled_row = None;
        let begin = candidate.title.filter(|_| candidate.begins == Begins::Card).unwrap_or(candidate.start);
        for line in candidate.start..candidate.end {
            if line > begin
                && let Some(level) = roles.opens(line)
            {
                // Right below a title with a number stands its subtitle.
                nested |= line > begin + 1 || !numbered;
                // What stands below "How to apply" says nothing about the idea.
                match roles.of(line) {
                    Role::Invitation | Role::Sample => elsewhere = Some(elsewhere.map_or(level, |outer| outer.min(level))),
                    _ if elsewhere.is_some_and(|outer| level <= outer) => elsewhere = None,
                    _ => {}
                }
            }
            if elsewhere.is_some() || roles.is_void(line) {
                continue;
            }
            let said = self.lines[line];
            let label = roles.label(line);
            if records.label(line).is_none() && Some(line) != candidate.title {
                tally.text += 1;
            }
            if label != 0 && tally.labels.len() < MOST_LABELS && !tally.labels.contains(&label) {
                tally.labels.push(label);
            }
            if said.facts == 0 {
                continue;
            }
            if let Place::Cell(row) = records.lines[line].place {
                tally.holds_row |= titled_row == Some(row) && said.facts & TELLING != 0;
                // Right below the heading, and another title than that.
                let names_another = line == candidate.start + 1 && records.kind(line) == Some(Kind::Title) && {
                    learn::id(records.value(line).as_str()) != learn::id(records.text(candidate.start).as_str())
                };
                titled_row = if names_another { Some(row) } else { titled_row };
            }
            match said.how {
                How::Stated => {
                    if nested {
                        tally.nested |= said.facts & !tally.stated;
                    } else {
                        tally.nested &= !said.facts;
                    }
                    tally.stated |= said.facts;
                    if said.facts & TELLING != 0 && label != 0 && records.lines[line].lists < 2 {
                        if seen.contains(&label) {
                            several |= again.replace(label).is_some_and(|other| other != label);
                            tally.repeats += 1;
                        } else if seen.len() < MOST_LABELS {
                            seen.push(label);
                        }
                    }
                }
                How::Announced => tally.announced |= said.facts,
                How::Unlabelled => tally.unlabelled |= said.facts,
            }
        }
        // "Mentor: …" on line after line is one fact, however many there are.
        if !several {
            tally.repeats = tally.repeats.min(1);
        }
        tally
    }
}

/// How many labels of one stretch are told apart: an idea has no more.
const MOST_LABELS: usize = 48;

fn said(records: &Records<'_>, roles: &Roles, line: usize) -> Said {
    let said = told(records, roles, line);
    // What a page says of all its ideas speaks for none.
    if said.facts != 0 && of_all::is_of_all(records, roles, line) { Said::default() } else { said }
}

/// The bits of the facts that a label of a kind announces.
fn bits(kind: Kind) -> u8 {
    FACTS.iter().enumerate().filter(|(_, kinds)| kinds.contains(&kind)).map(|(bit, _)| 1 << bit).sum()
}

fn told(records: &Records<'_>, roles: &Roles, line: usize) -> Said {
    // What goes on behind the people that a sentence names has no label of its own.
    let is_rest = records.label(line).is_some_and(|label| label.kind == Some(Kind::Description) && label.label.is_empty());
    let Some(kind) = records.kind(line).filter(|_| !is_rest) else {
        let text = records.text(line);
        if shape::is_person_in_role(text) {
            return Said { facts: PEOPLE, how: How::Stated };
        }
        if records.label(line).is_some() && !is_rest {
            return Said::default();
        }
        let size = if shape::hours(text) || aside(text).is_some() || sentence::states_size(text) { SIZE } else { 0 };
        let people = if sentence::names_mentors(text) { PEOPLE } else { 0 };
        let behind = shape::facts_behind(text).map_or(0, |(_, facts)| facts.iter().fold(0, |all, &(kind, _)| all | bits(kind)));
        return Said { facts: size | people | behind, how: How::Unlabelled };
    };
    let facts = bits(kind);
    if facts == 0 {
        return Said::default();
    }
    let value = records.value(line);
    let told = if value.is_empty() && line + 1 < records.len() { records.text(line + 1) } else { value };
    let how = if !tells(kind, told) {
        How::Announced
    } else if value.is_empty() {
        let follows = line + 1 < records.len() && records.kind(line + 1).is_none() && roles.opens(line + 1).is_none();
        if follows { How::Stated } else { How::Announced }
    } else if is_in_sentence(records, line) {
        How::Unlabelled
    } else if Labels::get().is_placeholder(value.as_str()) {
        How::Announced
    } else if is_remark(kind, value) {
        return Said::default();
    } else {
        How::Stated
    };
    Said { facts, how }
}

/// True for "… and will be mentored by Ada Byron": any text may say so of somebody.
fn is_in_sentence(records: &Records<'_>, line: usize) -> bool {
    !records.lines[line].first && records.label(line).is_some_and(|label| !label.set && label.label.as_str().ends_with(" by"))
}

/// False for a value that cannot be what its label announces: `Duration: 60 minutes`, `Sizes: small = 90 h, large = 350 h`.
fn tells(kind: Kind, value: crate::prose::Text<'_>) -> bool {
    let said = value.as_str();
    let explains = || said.matches('=').nth(1).is_some();
    match kind {
        Kind::Size | Kind::Difficulty if explains() => false,
        Kind::Size => size::spans(said) || !size::read(value).is_empty(),
        Kind::Difficulty => !difficulty::read(value).is_empty() || said.split_whitespace().count() > 3,
        Kind::Skills => !Labels::get().is_placeholder(said),
        Kind::DifficultyAndSize => !size::read(value).is_empty() || !difficulty::read(value).is_empty(),
        _ => true,
    }
}

/// "**Difficulty** levels are estimates.": running text that only begins like a label.
fn is_remark(kind: Kind, value: crate::prose::Text<'_>) -> bool {
    if !matches!(kind, Kind::Mentors | Kind::Difficulty | Kind::Size) {
        return false;
    }
    let said = value.as_str();
    let words = said.split_whitespace().count();
    let small = said.split_whitespace().filter(|word| word.starts_with(char::is_lowercase)).count();
    let runs = words > 2 && small * 3 >= words * 2 && said.ends_with(['.', '!']);
    let says_nothing = || match kind {
        Kind::Difficulty => difficulty::read(value).is_empty(),
        Kind::Size => size::read(value).is_empty(),
        _ => !said.contains('@'),
    };
    runs && says_nothing()
}
