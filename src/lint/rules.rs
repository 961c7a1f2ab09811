//! The rules, one per file, in alphabetical order. A new rule is a file here and its two lines below.

mod mentor_count;
mod mentor_duplicate;
mod mentor_email_format;
mod mentor_email_missing;
mod mentor_handle_format;
mod mentor_handle_missing;
mod mentor_lfid;
mod mentor_placeholder;
mod mentor_primary;
mod mentor_separator;
mod missing_field;
mod mojibake;
pub(super) mod unused_disable;

use super::Rule;

/// All rules, by code.
pub static ALL: &[&Rule] = &[
    &mentor_count::RULE,
    &mentor_duplicate::RULE,
    &mentor_email_format::RULE,
    &mentor_email_missing::RULE,
    &mentor_handle_format::RULE,
    &mentor_handle_missing::RULE,
    &mentor_lfid::RULE,
    &mentor_placeholder::RULE,
    &mentor_primary::RULE,
    &mentor_separator::RULE,
    &missing_field::RULE,
    &mojibake::RULE,
    &unused_disable::RULE,
];
