//! Mentorship programmes: Google Summer of Code, LFX Mentorship, and others by the name they give themselves.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Serialize, Serializer};

/// A mentorship programme.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Program {
    /// Google Summer of Code.
    Gsoc,
    /// LFX Mentorship of the Linux Foundation.
    Lfx,
    /// Any other, in lower case as written.
    Other(String),
}

/// How programmes are named, by the words that a page, a path or a field uses; lower case.
const NAMES: [(&str, Program); 6] = [
    ("google summer of code", Program::Gsoc),
    ("summerofcode", Program::Gsoc),
    ("gsoc", Program::Gsoc),
    ("lfx mentorship", Program::Lfx),
    ("linux foundation mentorship", Program::Lfx),
    ("lfx", Program::Lfx),
];

impl Program {
    /// The name in our JSON and in filters.
    pub fn as_str(&self) -> &str {
        match self {
            Program::Gsoc => "gsoc",
            Program::Lfx => "lfx",
            Program::Other(name) => name,
        }
    }

    /// The name as people write it.
    pub fn spelled(&self) -> &str {
        match self {
            Program::Gsoc => "Google Summer of Code",
            Program::Lfx => "LFX Mentorship",
            Program::Other(name) => name,
        }
    }

    /// The programme that a field or a filter names.
    pub fn from_name(name: &str) -> Self {
        Self::find(name).map_or_else(|| Program::Other(name.trim().to_lowercase()), |(_, program)| program)
    }

    /// The first programme that a text mentions, and where.
    pub fn find(text: &str) -> Option<(std::ops::Range<usize>, Program)> {
        let bytes = text.as_bytes();
        // All names begin with one of three letters, at the beginning of a word; the longer names of a programme stand before the shorter.
        let begins =
            |at: usize| matches!(bytes[at] | 0x20, b'g' | b's' | b'l') && (at == 0 || !bytes[at - 1].is_ascii_alphabetic());
        let mut starts = (0..bytes.len()).filter(|&at| begins(at));
        starts.find_map(|at| {
            let (name, program) = NAMES.iter().find(|(name, _)| {
                bytes.get(at..at + name.len()).is_some_and(|said| said.eq_ignore_ascii_case(name.as_bytes()))
            })?;
            is_word(text, at, at + name.len()).then(|| (at..at + name.len(), program.clone()))
        })
    }
}

/// True if no letter stands right before or after; a digit may (`GSoC26`).
fn is_word(text: &str, start: usize, end: usize) -> bool {
    !text[..start].ends_with(char::is_alphabetic) && !text[end..].starts_with(char::is_alphabetic)
}

impl std::fmt::Display for Program {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Serialize for Program {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl JsonSchema for Program {
    fn schema_name() -> Cow<'static, str> {
        "Program".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "A mentorship programme: `gsoc`, `lfx`, or another by its name in lower case.",
            "type": "string",
            "examples": ["gsoc", "lfx"],
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_means() {
        for (text, meaning) in [
            ("Google Summer of Code 2025", Some(Program::Gsoc)),
            ("GSoC26", Some(Program::Gsoc)),
            ("gsoc-2023.md", Some(Program::Gsoc)),
            ("programs/lfx-mentorship/2025/03-Sep-Nov/project_ideas.md", Some(Program::Lfx)),
            ("programs/summerofcode/2025.md", Some(Program::Gsoc)),
            ("relfxed", None),
        ] {
            assert_eq!(Program::find(text).map(|(_, program)| program), meaning, "{text}");
        }
        assert_eq!(Program::from_name("Outreachy").as_str(), "outreachy");
    }
}
