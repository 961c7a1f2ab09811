//! The fields of an idea that are searched, and what a word counts in each.

/// A field of an idea.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Field {
    Title,
    Project,
    Organization,
    Program,
    Term,
    Description,
    Outcomes,
    Skills,
    Tags,
    Mentors,
    Difficulty,
    Hours,
}

impl Field {
    /// All fields, in the order of our JSON.
    pub(super) const ALL: [Field; 12] = [
        Field::Title,
        Field::Organization,
        Field::Project,
        Field::Program,
        Field::Term,
        Field::Description,
        Field::Outcomes,
        Field::Skills,
        Field::Tags,
        Field::Mentors,
        Field::Difficulty,
        Field::Hours,
    ];

    /// The name, as in our JSON.
    pub(super) fn as_str(self) -> &'static str {
        match self {
            Field::Title => "title",
            Field::Project => "project",
            Field::Organization => "organization",
            Field::Program => "program",
            Field::Term => "term",
            Field::Description => "description",
            Field::Outcomes => "outcomes",
            Field::Skills => "skills",
            Field::Tags => "tags",
            Field::Mentors => "mentors",
            Field::Difficulty => "difficulty",
            Field::Hours => "hours",
        }
    }

    /// What one mention counts, in mentions in a description.
    pub(super) fn weight(self) -> f64 {
        match self {
            Field::Title => 5.0,
            Field::Project | Field::Tags | Field::Mentors => 3.0,
            Field::Organization | Field::Outcomes | Field::Skills => 1.5,
            Field::Description => 1.0,
            Field::Program | Field::Term | Field::Difficulty | Field::Hours => 0.5,
        }
    }

    /// How much a mention loses in a field that is longer than others of its kind, from 0 (nothing) to 1.
    pub(super) fn evenness(self) -> f64 {
        match self {
            Field::Description | Field::Outcomes | Field::Skills => 0.7,
            Field::Title | Field::Tags => 0.4,
            _ => 0.0,
        }
    }

    /// True where sentences stand: `go` is a verb there, `Go` a language.
    pub(super) fn is_prose(self) -> bool {
        matches!(self, Field::Description | Field::Outcomes)
    }
}

/// How often something is mentioned in each field; a part of a longer word counts as half a mention.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Amounts([f64; Field::ALL.len()]);

impl Amounts {
    pub(super) fn of(&self, field: Field) -> f64 {
        self.0[field as usize]
    }

    pub(super) fn add(&mut self, field: Field, amount: f64) {
        self.0[field as usize] += amount;
    }

    pub(super) fn is_none(&self) -> bool {
        self.0.iter().all(|amount| *amount == 0.0)
    }
}
