//! The rules, one per file, in alphabetical order. A new rule is a file here and its two lines below.

mod control_character;
mod description_length;
mod difficulty_value;
mod duplicate_idea;
mod form_choice;
mod form_section;
mod mentor_handle_format;
mod missing_field;
mod mojibake;
mod prerequisite;
mod quota;
mod raw_html;
mod size_value;
mod skill_spelling;
mod skills_value;
mod title_length;
pub(super) mod unused_disable;
mod upstream_count;
mod upstream_duplicate;
mod upstream_kind;
mod url_format;

use super::Rule;

/// All rules, by code.
pub static ALL: &[&Rule] = &[
    &control_character::RULE,
    &description_length::RULE,
    &difficulty_value::RULE,
    &duplicate_idea::RULE,
    &form_choice::RULE,
    &form_section::RULE,
    &mentor_handle_format::RULE,
    &missing_field::RULE,
    &mojibake::RULE,
    &prerequisite::RULE,
    &quota::RULE,
    &raw_html::RULE,
    &size_value::RULE,
    &skill_spelling::RULE,
    &skills_value::RULE,
    &title_length::RULE,
    &unused_disable::RULE,
    &upstream_count::RULE,
    &upstream_duplicate::RULE,
    &upstream_kind::RULE,
    &url_format::RULE,
];
