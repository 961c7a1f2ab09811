//! What a mentor does, in all the words people use for it.

use schemars::JsonSchema;
use serde::Serialize;

use crate::labels::{Kind, Labels};
use crate::prose::Text;
use crate::text::Spanned;

/// What a mentor does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// Answers for the mentorship.
    Primary,
    /// Helps.
    CoMentor,
}

/// The words people use for a role, before "mentor" or alone.
const ROLES: [(&str, Role); 15] = [
    ("primary", Role::Primary),
    ("lead", Role::Primary),
    ("leader", Role::Primary),
    ("main", Role::Primary),
    ("first", Role::Primary),
    ("co", Role::CoMentor),
    ("comentor", Role::CoMentor),
    ("secondary", Role::CoMentor),
    ("second", Role::CoMentor),
    ("backup", Role::CoMentor),
    ("back-up", Role::CoMentor),
    ("assistant", Role::CoMentor),
    ("assisting", Role::CoMentor),
    ("supporting", Role::CoMentor),
    ("additional", Role::CoMentor),
];

impl Role {
    /// The word in our JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Role::Primary => "primary",
            Role::CoMentor => "co-mentor",
        }
    }

    /// The role that a word stands for: `primary`, `Lead`, `co-mentor`.
    pub fn from_words(words: &str) -> Option<Self> {
        let mut words = words.trim();
        for noun in ["mentor", "contact"] {
            let head = words.len().checked_sub(noun.len()).and_then(|at| words.split_at_checked(at));
            if let Some((head, tail)) = head
                && tail.eq_ignore_ascii_case(noun)
                && head.ends_with([' ', '-'])
            {
                words = head.trim_end_matches([' ', '-']);
            }
        }
        ROLES.iter().find(|(word, _)| word.eq_ignore_ascii_case(words)).map(|&(_, role)| role)
    }
}

/// `Primary Mentor: Jane`, `Co-mentor: Jo`, `(lead) Jane`, `Mentor 1: Jane`.
pub(super) fn leading_role(stretch: Text<'_>) -> (Option<Spanned<Role>>, Text<'_>) {
    let text = stretch.as_str();
    if let Some((words, rest)) = text.strip_prefix('(').and_then(|inner| inner.split_once(')'))
        && let Some(role) = Role::from_words(words)
    {
        return (Some(Spanned::at(stretch.of(words).span(), role)), stretch.of(rest.trim_start()));
    }
    let Some((words, rest)) = text.split_once(':') else { return (None, stretch) };
    if rest.starts_with("//") {
        return (None, stretch);
    }
    if let Some(role) = Role::from_words(words) {
        return (Some(Spanned::at(stretch.of(words).trim().span(), role)), stretch.of(rest.trim_start()));
    }
    let label = words.trim_end_matches(|c: char| c.is_ascii_digit() || c == ' ' || c == '#');
    if Labels::get().kind(label) == Some(Kind::Mentors) {
        return (None, stretch.of(rest.trim_start()));
    }
    (None, stretch)
}

/// A role that stands after the name: `- Primary`, `(lead)`, `from Example - primary`.
pub(super) fn role_in(rest: Text<'_>) -> Option<Spanned<Role>> {
    if rest.is_empty() {
        return None;
    }
    let parts = |c: char| matches!(c, '(' | ')' | '[' | ']' | ',' | ';' | ':' | '–' | '—');
    rest.as_str()
        .split(" - ")
        .flat_map(|part| part.split(parts))
        .map(|part| part.trim().trim_matches(['-', '*', '.', ' ']))
        .find_map(|part| Some(Spanned::at(rest.of(part).span(), Role::from_words(part)?)))
}
