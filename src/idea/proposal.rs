//! What LFX keeps of a proposal beside the idea: its number and address, where the program is on LFX, its name there.

use std::collections::BTreeMap;
use std::io;

use borsh::{BorshDeserialize, BorshSerialize};
use schemars::JsonSchema;
use serde::Serialize;

use crate::text::Spanned;

/// The proposal of an idea for LFX Mentorship.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema, BorshSerialize, BorshDeserialize)]
pub struct Proposal {
    /// The number of the issue that proposes it.
    pub number: Option<Spanned<u32>>,
    /// The address of that issue.
    pub url: Option<Spanned<String>>,
    /// The program on LFX.
    pub lfx_url: Option<Spanned<String>>,
    /// Its name there, unless it is the usual one: `CNCF - project: title (term)`.
    pub name: Option<Spanned<String>>,
    /// Its code there.
    pub code: Option<Spanned<String>>,
    /// What else the export says, by its keys.
    #[borsh(serialize_with = "write_other", deserialize_with = "read_other")]
    pub other: BTreeMap<String, serde_json::Value>,
}

impl Proposal {
    /// True if nothing is known of it.
    pub fn is_empty(&self) -> bool {
        *self == Proposal::default()
    }

    /// What is known, one by one, as people read it.
    pub fn shown(&self) -> Vec<String> {
        let number = self.number.as_ref().map(|number| format!("#{}", number.value));
        let texts = [&self.url, &self.lfx_url, &self.name, &self.code].into_iter().flatten().map(|text| text.value.clone());
        let other = self
            .other
            .iter()
            .map(|(key, value)| format!("{key}: {}", value.as_str().map_or_else(|| value.to_string(), str::to_owned)));
        number.into_iter().chain(texts).chain(other).collect()
    }
}

/// Values of any kind are kept as their JSON.
fn write_other<W: io::Write>(other: &BTreeMap<String, serde_json::Value>, out: &mut W) -> io::Result<()> {
    BorshSerialize::serialize(&serde_json::to_string(other)?, out)
}

fn read_other<R: io::Read>(from: &mut R) -> io::Result<BTreeMap<String, serde_json::Value>> {
    Ok(serde_json::from_str(&String::deserialize_reader(from)?)?)
}

/// The name that LFX gives a program: `CNCF - Kitchen: Taste soups (2026 Term 3)`.
pub fn usual_name(project: &str, title: &str, term: &str) -> String {
    let term = term.split('(').next().unwrap_or_default().trim_end();
    format!("CNCF - {project}: {title} ({term})")
}
