//! The rules, one per file, in alphabetical order. A new rule is a file here and its two lines below.

mod bare_title;
mod broken_link;
mod conflicting_field;
mod control_character;
mod dead_link;
mod description_length;
mod difficulty_value;
mod doubled_label;
mod duplicate_field;
mod duplicate_idea;
mod duplicate_title;
mod empty_field;
mod field_order;
mod field_style;
mod form_choice;
mod form_section;
mod front_matter;
mod full_width;
mod heading_level;
mod host_spelling;
mod label_spelling;
mod list_indent;
mod mentor_count;
mod mentor_duplicate;
mod mentor_email_format;
mod mentor_email_missing;
mod mentor_handle_format;
mod mentor_handle_missing;
mod mentor_identity;
mod mentor_lfid;
mod mentor_link;
mod mentor_placeholder;
mod mentor_primary;
mod mentor_separator;
mod missing_field;
mod missing_project;
mod mojibake;
mod placeholder;
mod prerequisite;
mod quota;
mod raw_html;
mod repeated_project;
mod size_value;
mod skill_spelling;
mod skills_value;
mod title_length;
mod unbalanced_bracket;
mod unknown_comment;
mod unknown_label;
mod unknown_project;
mod unresolved_menu;
pub(super) mod unused_disable;
mod upstream_closed;
mod upstream_count;
mod upstream_duplicate;
mod upstream_kind;
mod url_format;

use super::Rule;

/// All rules, by code.
pub static ALL: &[&Rule] = &[
    &bare_title::RULE,
    &broken_link::RULE,
    &conflicting_field::RULE,
    &control_character::RULE,
    &dead_link::RULE,
    &description_length::RULE,
    &difficulty_value::RULE,
    &doubled_label::RULE,
    &duplicate_field::RULE,
    &duplicate_idea::RULE,
    &duplicate_title::RULE,
    &empty_field::RULE,
    &field_order::RULE,
    &field_style::RULE,
    &form_choice::RULE,
    &form_section::RULE,
    &front_matter::RULE,
    &full_width::RULE,
    &heading_level::RULE,
    &host_spelling::RULE,
    &label_spelling::RULE,
    &list_indent::RULE,
    &mentor_count::RULE,
    &mentor_duplicate::RULE,
    &mentor_email_format::RULE,
    &mentor_email_missing::RULE,
    &mentor_handle_format::RULE,
    &mentor_handle_missing::RULE,
    &mentor_identity::RULE,
    &mentor_lfid::RULE,
    &mentor_link::RULE,
    &mentor_placeholder::RULE,
    &mentor_primary::RULE,
    &mentor_separator::RULE,
    &missing_field::RULE,
    &missing_project::RULE,
    &mojibake::RULE,
    &placeholder::RULE,
    &prerequisite::RULE,
    &quota::RULE,
    &raw_html::RULE,
    &repeated_project::RULE,
    &size_value::RULE,
    &skill_spelling::RULE,
    &skills_value::RULE,
    &title_length::RULE,
    &unbalanced_bracket::RULE,
    &unknown_comment::RULE,
    &unknown_label::RULE,
    &unknown_project::RULE,
    &unresolved_menu::RULE,
    &unused_disable::RULE,
    &upstream_closed::RULE,
    &upstream_count::RULE,
    &upstream_duplicate::RULE,
    &upstream_kind::RULE,
    &url_format::RULE,
];
