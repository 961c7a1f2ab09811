//! Mentorship programmes: Google Summer of Code, LFX Mentorship, and others by the name they give themselves.

use std::borrow::Cow;
use std::sync::LazyLock;

use borsh::{BorshDeserialize, BorshSerialize};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Serialize, Serializer};

use super::known;

/// A mentorship programme.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, BorshSerialize, BorshDeserialize)]
pub enum Program {
    /// Google Summer of Code.
    Gsoc,
    /// LFX Mentorship of the Linux Foundation.
    Lfx,
    /// Any other: its key in `schemas/programs/` if it is known there, else its name in lower case.
    Other(String),
}

/// The bytes that names begin with, in either case.
static INITIALS: LazyLock<[bool; 256]> = LazyLock::new(|| {
    let mut initials = [false; 256];
    for initial in known().iter().flat_map(|known| &known.words).filter_map(|word| word.bytes().next()) {
        initials[usize::from(initial)] = true;
        initials[usize::from(initial.to_ascii_uppercase())] = true;
    }
    initials
});

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
        known().iter().find(|known| known.program == *self).map_or(self.as_str(), |known| &known.spelled)
    }

    /// The programme of this name in our JSON.
    pub(super) fn by_key(name: &str) -> Self {
        [Program::Gsoc, Program::Lfx]
            .into_iter()
            .find(|known| known.as_str() == name)
            .unwrap_or_else(|| Program::Other(name.to_owned()))
    }

    /// The programme that a field or a filter names.
    pub fn from_name(name: &str) -> Self {
        Self::find(name).map_or_else(|| Program::Other(name.trim().to_lowercase()), |(_, program)| program)
    }

    /// The first programme that a text mentions, and where.
    pub fn find(text: &str) -> Option<(std::ops::Range<usize>, Program)> {
        let bytes = text.as_bytes();
        // Most letters begin no name: pages may be long.
        let begins = |at: usize| INITIALS[usize::from(bytes[at])] && (at == 0 || !bytes[at - 1].is_ascii_alphabetic());
        let names = || known().iter().flat_map(|known| known.words.iter().map(move |word| (word.as_bytes(), &known.program)));
        (0..bytes.len()).filter(|&at| begins(at)).find_map(|at| {
            let first = bytes[at].to_ascii_lowercase();
            let is_said = |name: &[u8]| {
                name[0] == first && bytes.get(at..at + name.len()).is_some_and(|said| said.eq_ignore_ascii_case(name))
            };
            let (name, program) = names().find(|(name, _)| is_said(name))?;
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
            "description": "A mentorship programme: `gsoc`, `lfx`, `ospp`, or another by its name in lower case.",
            "type": "string",
            "examples": ["gsoc", "lfx", "ospp"],
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
            ("sig-outreach/ospp-2022/dashboard.md", Some(Program::Other("ospp".to_owned()))),
            ("# Summer OSPP 2023", Some(Program::Other("ospp".to_owned()))),
            ("Open Source Promotion Plan", Some(Program::Other("ospp".to_owned()))),
            ("开源之夏 2024", Some(Program::Other("ospp".to_owned()))),
            ("relfxed", None),
        ] {
            assert_eq!(Program::find(text).map(|(_, program)| program), meaning, "{text}");
        }
        assert_eq!(Program::from_name("Outreachy").as_str(), "outreachy");
        assert_eq!(Program::from_name("OSPP").spelled(), "Open Source Promotion Plan");
    }
}
