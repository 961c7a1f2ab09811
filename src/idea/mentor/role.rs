//! What a mentor does, in all the words people use for it.

use borsh::{BorshDeserialize, BorshSerialize};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use strum::IntoStaticStr;

use crate::idea::words::Words;
use crate::labels::{Kind, Labels};
use crate::prose::Text;
use crate::text::Spanned;

/// What a mentor does.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema, IntoStaticStr, BorshSerialize, BorshDeserialize,
)]
#[serde(rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
pub enum Role {
    /// Answers for the mentorship.
    Primary,
    /// Helps.
    CoMentor,
}

impl Role {
    /// The word in our JSON.
    pub fn as_str(self) -> &'static str {
        self.into()
    }

    /// The role that a word stands for: `primary`, `Lead`, `co-mentor`.
    pub fn from_words(words: &str) -> Option<Self> {
        let said = words.trim();
        let known = &Words::get().role;
        // "primary mentor", "co-mentor"
        let head = said.rsplit_once([' ', '-']).filter(|(_, noun)| known.nouns.has(noun)).map(|(head, _)| head);
        let head = head.unwrap_or(said).trim_end_matches([' ', '-']);
        known.name.of(head)
    }
}

/// True if the last brackets of a text say that somebody is a mentor: `Ada Byron (lead mentor)`.
pub fn ends_in_role(text: &str) -> bool {
    let inside = text.trim_end().strip_suffix([')', ']']).and_then(|rest| rest.rsplit_once(['(', '[']));
    inside.is_some_and(|(name, words)| {
        let noun = words.rsplit([' ', '-']).next().unwrap_or_default();
        !name.trim().is_empty() && Words::get().role.nouns.has(noun)
    })
}

/// `Primary Mentor: Jane`, `Co-mentor: Jo`, `(lead) Jane`, `Mentor 1: Jane`.
pub(super) fn leading_role(stretch: Text<'_>) -> (Option<Spanned<Role>>, Text<'_>) {
    let text = stretch.as_str();
    if let Some((words, rest)) = text.strip_prefix('(').and_then(|inner| inner.split_once(')'))
        && let Some(role) = Role::from_words(words)
    {
        return (Some(Spanned::at(stretch.of(words).span(), role)), stretch.of(rest.trim_start()));
    }
    if let Some(label) = leading_noun(text) {
        let role = Role::from_words(label).map(|role| Spanned::at(stretch.of(label).span(), role));
        return (role, stretch.of(text[label.len()..].trim_start()));
    }
    let dashed = [" - ", " – ", " — "].iter().filter_map(|dash| text.split_once(dash)).min_by_key(|(words, _)| words.len());
    let dashed = dashed.filter(|(words, _)| Role::from_words(words).is_some());
    let Some((words, rest)) = dashed.or_else(|| text.split_once(':')) else { return (None, stretch) };
    if rest.starts_with("//") {
        return (None, stretch);
    }
    let label = label_of(words);
    if let Some(role) = Role::from_words(label) {
        return (Some(Spanned::at(stretch.of(label).span(), role)), stretch.of(rest.trim_start()));
    }
    if Labels::get().kind(label) == Some(Kind::Mentors) {
        return (None, stretch.of(rest.trim_start()));
    }
    (None, stretch)
}

/// `second mentor Bo Chen`, `co-mentor Bo Chen`: the words before the name.
fn leading_noun(text: &str) -> Option<&str> {
    let nouns = &Words::get().role.nouns;
    let mut ends = text.match_indices(' ').map(|(at, _)| at).take(2);
    let is_role = |label: &str| {
        let noun = label.rsplit([' ', '-']).next().unwrap_or_default();
        nouns.has(noun) && (noun == label || Role::from_words(label).is_some())
    };
    let end = ends.find(|&end| is_role(&text[..end]))?;
    text[end..].trim_start().starts_with(char::is_uppercase).then_some(&text[..end])
}

/// The words of a label, without the number behind them and the dash before.
pub(super) fn label_of(words: &str) -> &str {
    let words = words.trim_start_matches(|c: char| c.is_whitespace() || "-–—•*,;/&".contains(c));
    // "2 mentors"
    let counted = words.trim_start_matches(|c: char| c.is_ascii_digit());
    let words = if counted.starts_with(' ') { counted.trim_start() } else { words };
    words.trim_end_matches(|c: char| c.is_ascii_digit() || c.is_whitespace() || "#-–—".contains(c))
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_mean() {
        for (words, role) in [
            ("primary", Some(Role::Primary)),
            ("Lead Mentor", Some(Role::Primary)),
            ("Co-mentor", Some(Role::CoMentor)),
            ("co", Some(Role::CoMentor)),
            ("Back-up", Some(Role::CoMentor)),
            ("Backup contact", Some(Role::CoMentor)),
            ("Fallback", Some(Role::CoMentor)),
            ("Support", Some(Role::CoMentor)),
            ("mentor", None),
            ("Leader board", None),
            ("", None),
        ] {
            assert_eq!(Role::from_words(words), role, "{words}");
        }
    }
}
