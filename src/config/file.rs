//! `ideas.toml` as it is written: what `ideas schema config` describes. What it means is [`Config`](super::Config).

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;
use toml::Spanned;

use crate::lint::options::{DescriptionLength, MentorCount, SizeValue, TitleLength, UpstreamCount};
use crate::lint::{Level, rules};

/// `ideas.toml`, as it is written.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
#[schemars(title = "ideas.toml")]
pub struct File {
    /// The pages of the catalogue. A page belongs to the first group that it fits.
    pub pages: Vec<Pages>,
    /// What somebody brings and wishes for, by name: `ideas match --profile NAME`.
    pub profiles: BTreeMap<String, Profile>,
    /// What `ideas validate` looks at and how.
    pub lint: Lint,
}

/// Pages of the catalogue, and what they need not say.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
#[schemars(inline)]
pub struct Pages {
    /// The pages, below the folder of this file: patterns as in `.gitignore`.
    #[schemars(with = "Vec<String>", length(min = 1))]
    pub files: Spanned<Vec<Spanned<String>>>,
    /// Whose ideas they are, where a page does not say.
    pub organization: Option<String>,
    /// For which programme, where a page does not say: `gsoc`, `lfx`, or another by its name.
    pub program: Option<String>,
    /// When, where a page does not say: a year (`2026`), or an LFX term of it (`2026-3`).
    #[schemars(with = "Option<String>")]
    pub term: Option<Spanned<String>>,
}

/// What somebody brings and wishes for. What a call says itself counts instead.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
#[schemars(inline)]
pub struct Profile {
    /// The skills you have.
    #[schemars(with = "Vec<String>")]
    pub skills: Vec<Spanned<String>>,
    /// Skills you want to work with; commas inside one text mean "or".
    #[schemars(with = "Vec<String>")]
    pub want: Vec<Spanned<String>>,
    /// Skills you do not want to work with.
    #[schemars(with = "Vec<String>")]
    pub avoid: Vec<Spanned<String>>,
    /// The hours you have: `..175`.
    #[schemars(with = "Option<String>")]
    pub hours: Option<Spanned<String>>,
    /// How hard it may be: `easy..medium`.
    #[schemars(with = "Option<String>")]
    pub difficulty: Option<Spanned<String>>,
}

/// What `ideas validate` looks at and how.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
#[schemars(inline)]
pub struct Lint {
    /// Files and folders to look at if a call names none, relative to this file and below its folder.
    #[schemars(with = "Option<Vec<String>>")]
    pub paths: Option<Vec<Spanned<String>>>,
    /// Pages to leave alone: patterns as in `.gitignore`.
    #[schemars(with = "Vec<String>")]
    pub ignore: Vec<Spanned<String>>,
    /// How many ideas one project may propose in a term: a number for all; or by project, `quota.kubernetes = 8`, with
    /// `quota.default` for the others. What is not set is as the programme's template has it.
    #[schemars(with = "Option<Quota>")]
    pub quota: Option<Spanned<toml::Value>>,
    /// How many mentors an idea has, for the rule `mentor-count`. What is not set is as the programme's template has it.
    pub mentor_count: MentorCount,
    /// How long a title may be, for the rule `title-length`.
    pub title_length: TitleLength,
    /// How long a description may be, for the rule `description-length`.
    pub description_length: DescriptionLength,
    /// How many upstream issues an idea names, for the rule `upstream-count`.
    pub upstream_count: UpstreamCount,
    /// Which sizes there are, for the rule `size-value`.
    pub size_value: SizeValue,
    /// How serious it is to break a rule, by its code or a pattern of codes (`mentor-*`); `off` switches it off. `ideas rules`
    /// lists all.
    #[schemars(schema_with = "rule_levels")]
    pub rules: BTreeMap<Spanned<String>, RuleLevel>,
    /// Which template pages are held to; of several that fit a page the first counts, without one its shape and programme.
    pub templates: Vec<Assignment>,
    /// Other levels and numbers for some pages; of several tables that fit a page, the last one that sets something counts.
    pub overrides: Vec<Override>,
}

/// Pages, and what is set for them alone.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
#[schemars(inline)]
pub struct Override {
    /// The pages, below the folder of this file: patterns as in `.gitignore`.
    #[schemars(with = "Vec<String>", length(min = 1))]
    pub paths: Spanned<Vec<Spanned<String>>>,
    /// How serious it is to break a rule there, by its code or a pattern of codes (`mentor-*`); `off` switches it off.
    #[serde(default)]
    #[schemars(schema_with = "rule_levels")]
    pub rules: BTreeMap<Spanned<String>, RuleLevel>,
    /// How many mentors an idea has there, for the rule `mentor-count`.
    #[serde(default)]
    pub mentor_count: MentorCount,
    /// How long a title may be there, for the rule `title-length`.
    #[serde(default)]
    pub title_length: TitleLength,
    /// How long a description may be there, for the rule `description-length`.
    #[serde(default)]
    pub description_length: DescriptionLength,
    /// How many upstream issues an idea names there, for the rule `upstream-count`.
    #[serde(default)]
    pub upstream_count: UpstreamCount,
    /// Which sizes there are on these pages, for the rule `size-value`.
    #[serde(default)]
    pub size_value: SizeValue,
}

/// How many ideas a project may propose in a term, as the JSON Schema tells it.
#[derive(JsonSchema)]
#[schemars(inline, untagged)]
#[allow(dead_code)] // `Config` reads the value, to say where it is wrong
enum Quota {
    /// Each project the same number.
    All(#[schemars(range(min = 1))] usize),
    /// By project; `default` stands for all that are not named.
    Projects(BTreeMap<String, usize>),
}

/// How serious it is to break a rule, or that it does not count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
#[schemars(inline)]
pub enum RuleLevel {
    /// The programme will refuse it, or its readers will be misled.
    Error,
    /// Should be mended.
    Warning,
    /// Worth knowing.
    Info,
    /// Nothing is said about it.
    Off,
}

impl RuleLevel {
    /// The level, if there is one.
    pub fn level(self) -> Option<Level> {
        match self {
            RuleLevel::Error => Some(Level::Error),
            RuleLevel::Warning => Some(Level::Warning),
            RuleLevel::Info => Some(Level::Info),
            RuleLevel::Off => None,
        }
    }
}

/// Pages, and the template they are held to.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
#[schemars(inline)]
pub struct Assignment {
    /// The pages: patterns as in `.gitignore`.
    #[schemars(with = "Vec<String>")]
    pub files: Vec<Spanned<String>>,
    /// The template: `lfx`, `cncf-gsoc`, `gsoc`, `ospp`, `plain`, `lfx-form`, `idea`, or the path of a TOML file of
    /// your own, relative to this one and below its folder.
    #[schemars(with = "String")]
    pub template: Spanned<String>,
}

/// A key for each rule, so that editors know them.
fn rule_levels(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
    let level = generator.subschema_for::<RuleLevel>();
    let rules: serde_json::Map<String, serde_json::Value> = rules::ALL
        .iter()
        .map(|rule| {
            let mut schema = level.clone();
            schema.insert("description".to_owned(), format!("{} (`{}` by default)", rule.wants, rule.level.as_str()).into());
            (rule.code.to_owned(), schema.into())
        })
        .collect();
    let patterns = serde_json::json!({ "[*?\\[]": level });
    schemars::json_schema!({ "type": "object", "properties": rules, "patternProperties": patterns, "additionalProperties": false })
}
