//! The rules, one per file, in alphabetical order. A new rule is a file here and its two lines below.

mod mentor_handle_format;
mod missing_field;
mod mojibake;
pub(super) mod unused_disable;

use super::Rule;

/// All rules, by code.
pub static ALL: &[&Rule] = &[&mentor_handle_format::RULE, &missing_field::RULE, &mojibake::RULE, &unused_disable::RULE];
