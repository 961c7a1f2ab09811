//! The LFX export, JSON with all programmes of a term: `schemas/lfx-export.toml` names its keys.
//!
//! A programme is read by its own keys and no others: `prerequisites` are no skills there, and `issue_url` is the proposal.

use std::sync::LazyLock;

use serde::Deserialize;

use crate::data::Value;
use crate::labels::Kind;
use crate::programs::projects::Listed;

/// The keys of an export.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Keys {
    /// Where the term stands.
    pub term: String,
    /// Where the number of programmes stands.
    pub count: String,
    /// Where the list of programmes stands.
    pub list: String,
    /// The prerequisites that the exporter adds to every programme.
    pub standard: Vec<String>,
    /// Those of a programme, in their order.
    #[serde(rename = "key")]
    pub program: Vec<Key>,
    /// Those of a mentor.
    pub mentor: MentorKeys,
}

/// A key of a programme.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Key {
    /// What it says of the idea.
    pub kind: Option<Kind>,
    /// What it says of the proposal.
    pub of: Option<Of>,
    /// The key.
    pub key: String,
    /// What it says of the project, as its foundation lists it.
    pub listed: Option<OfProject>,
    /// Other spellings that are read.
    #[serde(default)]
    pub also: Vec<String>,
}

/// What a key says of a project.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum OfProject {
    /// How mature it is.
    Maturity,
    /// The short name that the foundation's programs know it by.
    Slug,
}

impl OfProject {
    /// What the CNCF lists of a project, if it lists it.
    pub fn get(self, project: &str) -> Option<&'static str> {
        let project = Listed::of("cncf")?.find(project)?;
        Some(match self {
            OfProject::Maturity => &project.maturity,
            OfProject::Slug => &project.slug,
        })
    }
}

/// What a key says of a proposal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Of {
    /// Its number.
    Number,
    /// Its address.
    Url,
    /// The address of the program.
    LfxUrl,
    /// The name of the program.
    Name,
    /// The code of the program.
    Code,
}

/// The keys of a mentor.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MentorKeys {
    /// The name.
    pub name: String,
    /// The GitHub handle.
    pub github: String,
    /// The e-mail address.
    pub email: String,
    /// The Linux Foundation ID.
    pub lfid: String,
    /// The role.
    pub role: String,
}

/// The keys.
pub fn keys() -> &'static Keys {
    static KEYS: LazyLock<Keys> = LazyLock::new(|| {
        // Built in and tested: a broken file never leaves our hands.
        toml::from_str(include_str!("../../schemas/lfx-export.toml")).expect("schemas/lfx-export.toml is valid")
    });
    &KEYS
}

impl Keys {
    /// The entry of a key.
    pub fn of(&self, key: &str) -> Option<&Key> {
        self.program.iter().find(|known| known.key == key || known.also.iter().any(|other| other == key))
    }
}

/// True for a programme of the export, and not for an idea of other data.
pub fn is_program(record: Value<'_>) -> bool {
    let is_title = |key: &str| keys().of(key).is_some_and(|known| known.kind == Some(Kind::Title) || known.of == Some(Of::Name));
    record.map().is_some_and(|mut map| map.any(|(key, _)| is_title(key.as_str())))
}

/// True for the data of an export, and not for a list of ideas of another kind.
pub fn is_export(root: Value<'_>) -> bool {
    root.get(&keys().list).is_some()
}
