//! The LFX export, JSON with all programmes of a term: `schemas/lfx-export.toml` names its keys.
//!
//! It is read like any other data; these are the keys it is known by, and those it is written with.

use std::sync::LazyLock;

use serde::Deserialize;

use crate::data::Value;
use crate::labels::Kind;

/// The keys of an export.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Keys {
    /// Where the term stands.
    pub term: String,
    /// Where the list of programmes stands.
    pub list: String,
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
    /// What it says.
    pub kind: Kind,
    /// The key.
    pub key: String,
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

/// True for the data of an export, and not for a list of ideas of another kind.
pub fn is_export(root: Value<'_>) -> bool {
    root.get(&keys().list).is_some()
}
