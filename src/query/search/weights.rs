//! The numbers that the ranking goes by. They are data, in `schemas/ranking.toml`, which says what each is for.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;
use serde::Deserialize;

use crate::idea::Fact;

/// All numbers of `schemas/ranking.toml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Weights {
    field: Fields,
    saturation: Saturation,
    evenness: Fields,
    pub(super) mention: Mention,
    pub(super) score: Score,
}

/// A number for each field, 0 where none is given.
#[derive(Deserialize)]
#[serde(try_from = "FxHashMap<String, f64>")]
struct Fields([f64; Fact::ALL.len()]);

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Saturation {
    prose: f64,
    other: f64,
}

/// What a mention counts that is not the very word.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct Mention {
    pub(super) form: f64,
    pub(super) derived: f64,
    pub(super) same: f64,
    pub(super) near: f64,
    pub(super) near_rare: f64,
    pub(super) name: f64,
    pub(super) of_name: f64,
    pub(super) spacing: f64,
    pub(super) part: f64,
    pub(super) of_other: f64,
    pub(super) goes_on: f64,
    pub(super) begins: f64,
    pub(super) slip: f64,
    pub(super) rare_slip: f64,
    pub(super) untagged: f64,
    pub(super) stated: f64,
    pub(super) in_passing: f64,
    pub(super) topic: f64,
    pub(super) topic_counts: f64,
}

/// How the words of a question make a score.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct Score {
    pub(super) fact: f64,
    pub(super) fact_counts: f64,
    pub(super) widespread: f64,
    pub(super) unstated: f64,
    pub(super) contradicted: f64,
    pub(super) unskilled: f64,
    pub(super) project_counts: f64,
    pub(super) project_adds: f64,
    pub(super) share: f64,
    pub(super) all_words: f64,
    pub(super) side_by_side: f64,
    pub(super) nearby: f64,
    pub(super) worth_adding: f64,
    pub(super) worth_showing: f64,
}

#[allow(clippy::expect_used)] // built in and tested: a broken file never leaves our hands
static WEIGHTS: LazyLock<Weights> =
    LazyLock::new(|| serde_json::from_str(vocabulary!("ranking")).expect("schemas/ranking.toml is valid"));

impl Weights {
    pub(super) fn get() -> &'static Weights {
        &WEIGHTS
    }
}

impl TryFrom<FxHashMap<String, f64>> for Fields {
    type Error = String;

    fn try_from(named: FxHashMap<String, f64>) -> Result<Self, String> {
        let mut fields = [0.0; Fact::ALL.len()];
        for (name, number) in named {
            let field = Fact::from_name(&name).ok_or_else(|| format!("'{name}' is no field of an idea"))?;
            fields[field as usize] = number;
        }
        Ok(Fields(fields))
    }
}

impl Fact {
    /// What any number of mentions counts at most, in those in a description; nobody looks where it is 0.
    pub(super) fn weight(self) -> f64 {
        WEIGHTS.field.0[self as usize]
    }

    /// How many mentions count half of that: BM25's k1.
    pub(super) fn saturation(self) -> f64 {
        if self.is_prose() { WEIGHTS.saturation.prose } else { WEIGHTS.saturation.other }
    }

    /// How much a mention loses in a field that is longer than others of its kind, from 0 (nothing) to 1.
    pub(super) fn evenness(self) -> f64 {
        WEIGHTS.evenness.0[self as usize]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_is_read() {
        assert!(Fact::Title.weight() > Fact::Description.weight());
        assert!(Fact::ALL.into_iter().all(|field| (0.0..=1.0).contains(&field.evenness())));
    }

    #[test]
    fn an_unknown_field_is_an_error() {
        let error = serde_json::from_str::<Fields>(r#"{"titel": 1}"#).err().map(|error| error.to_string());
        assert_eq!(error.as_deref(), Some("'titel' is no field of an idea"));
    }
}
