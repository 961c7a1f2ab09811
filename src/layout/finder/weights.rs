//! The weights of the finder: `schemas/finder.toml`, read once.

use std::sync::LazyLock;

use serde::Deserialize;

/// All weights; `schemas/finder.toml` says what each means.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Weights {
    pub(super) fact: Facts,
    pub(super) stretch: Stretch,
    pub(super) begins: Begins,
    pub(super) title: Title,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Facts {
    pub(super) mentors: f32,
    pub(super) size: f32,
    pub(super) difficulty: f32,
    pub(super) skills: f32,
    pub(super) upstream: f32,
    pub(super) outcomes: f32,
    pub(super) description: f32,
    pub(super) title: f32,
    pub(super) announced: f32,
    pub(super) unlabelled: f32,
    pub(super) nested: f32,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Stretch {
    pub(super) enough: f32,
    pub(super) supported: f32,
    pub(super) alike: f32,
    pub(super) cost: f32,
    pub(super) repeated: f32,
    pub(super) sibling: f32,
    pub(super) stranger: f32,
    pub(super) hollow: f32,
    pub(super) unnumbered: f32,
    pub(super) agreement: f32,
    pub(super) bare: f32,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct Begins {
    pub(super) heading: f32,
    pub(super) bold: f32,
    pub(super) emphasis: f32,
    pub(super) summary: f32,
    pub(super) term: f32,
    pub(super) item: f32,
    pub(super) card: f32,
    pub(super) row: f32,
    pub(super) link: f32,
    pub(super) lone_item: f32,
    pub(super) listed: f32,
    pub(super) title_label: f32,
    pub(super) restart: f32,
    pub(super) page: f32,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Title {
    pub(super) plain: f32,
    pub(super) word: f32,
    pub(super) long: f32,
    pub(super) sentence: f32,
    pub(super) repeated: f32,
    pub(super) generic: f32,
}

impl Weights {
    /// The weights.
    pub(super) fn get() -> &'static Weights {
        static WEIGHTS: LazyLock<Weights> = LazyLock::new(|| {
            // Built in and tested: a broken file is never released.
            toml::from_str(include_str!("../../../schemas/finder.toml")).expect("schemas/finder.toml is valid")
        });
        &WEIGHTS
    }
}
