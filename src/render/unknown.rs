//! The error for a name that is none of those there are: what was seen, what is meant perhaps, what is accepted.

use super::safe;

/// A name on the command line that nothing has.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "`{}` is no {what}{} There are: {}",
    safe::line(seen),
    near.map_or_else(|| ".".to_owned(), |near| format!("; did you mean `{near}`?")),
    accepted.join(", ")
)]
pub struct UnknownName {
    /// What it should have named: `column`.
    pub what: &'static str,
    /// What was written.
    pub seen: String,
    /// The accepted name most like it, if one is.
    pub near: Option<&'static str>,
    /// Every accepted name.
    pub accepted: Vec<&'static str>,
}

impl UnknownName {
    /// How alike two words must be, of 1, to suggest one for the other; clap thinks the same.
    const ALIKE: f64 = 0.7;

    /// `seen` is none of `accepted`.
    pub fn new(what: &'static str, seen: &str, accepted: impl IntoIterator<Item = &'static str>) -> Self {
        let accepted: Vec<_> = accepted.into_iter().collect();
        let lower = seen.trim().to_lowercase();
        let alike = accepted.iter().map(|&name| (strsim::jaro(&lower, name), name)).filter(|&(alike, _)| alike > Self::ALIKE);
        let near = alike.max_by(|(a, _), (b, _)| a.total_cmp(b)).map(|(_, name)| name);
        Self { what, seen: seen.to_owned(), near, accepted }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn says_what_was_seen_and_what_there_is() {
        for (seen, message) in [
            ("Titel", "`Titel` is no column; did you mean `title`? There are: title, hours"),
            ("hour", "`hour` is no column; did you mean `hours`? There are: title, hours"),
            ("xyz\u{1b}", "`xyz` is no column. There are: title, hours"),
            ("", "`` is no column. There are: title, hours"),
        ] {
            assert_eq!(UnknownName::new("column", seen, ["title", "hours"]).to_string(), message);
        }
    }
}
