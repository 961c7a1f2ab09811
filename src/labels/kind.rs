//! The kinds of labels: what one announces.

use serde::Deserialize;

/// What a label announces.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// The idea's title.
    Title,
    /// The project or group it is filed under.
    Project,
    /// Who owns the page.
    Organization,
    /// The mentorship programme.
    Program,
    /// The year or term.
    Term,
    /// What it is about.
    Description,
    /// What shall come of it.
    Outcomes,
    /// What a mentee should know.
    Skills,
    /// What it is made with.
    Technologies,
    /// Who mentors.
    Mentors,
    /// The mentors' GitHub handles, as a list of their own.
    MentorHandles,
    /// The mentors' e-mail addresses, as a list of their own.
    MentorEmails,
    /// How hard it is.
    Difficulty,
    /// How many hours it takes.
    Size,
    /// Both in one.
    DifficultyAndSize,
    /// The issue that tracks it.
    Upstream,
    /// Where to read on.
    Links,
    /// A project's web site.
    Website,
    /// When a project's profile was last changed.
    Updated,
    /// How far it is along.
    Status,
    /// Canonical skills, in an idea file.
    Tags,
    /// What LFX asks of applicants, in data.
    Prerequisites,
    /// What LFX keeps of the proposal, in data.
    Proposal,
    /// A known label that says something we hold no fact for.
    Other,
}

impl Kind {
    /// True for the facts that hardly anything but an idea has.
    pub fn is_telling(self) -> bool {
        matches!(
            self,
            Kind::Skills
                | Kind::Technologies
                | Kind::Mentors
                | Kind::MentorHandles
                | Kind::Difficulty
                | Kind::Size
                | Kind::DifficultyAndSize
                | Kind::Upstream
        )
    }

    /// True for kinds that are said in one label: "Contact mentors", "Skills technologies".
    pub(super) fn goes_with(self, other: Kind) -> bool {
        let skill = |kind| matches!(kind, Kind::Skills | Kind::Technologies);
        self == other || (skill(self) && skill(other)) || self.makes_both(other)
    }

    /// True for the difficulty and the size.
    pub(super) fn makes_both(self, other: Kind) -> bool {
        matches!((self, other), (Kind::Difficulty, Kind::Size) | (Kind::Size, Kind::Difficulty))
    }

    /// True for the facts that are text of any length.
    pub fn is_prose(self) -> bool {
        matches!(self, Kind::Description | Kind::Outcomes | Kind::Links | Kind::Status | Kind::Other)
    }
}
