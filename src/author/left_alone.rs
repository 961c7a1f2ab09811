//! Why a page, or an idea of it, stays as it is.

use std::fmt;

use crate::layout::WANTED;

/// What was left as it is: an idea of a page, or the whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unwritten {
    /// The idea, by its place on the page; none if it is not about one.
    pub idea: Option<usize>,
    /// Why.
    pub why: LeftAlone,
}

impl From<LeftAlone> for Unwritten {
    fn from(why: LeftAlone) -> Self {
        Unwritten { idea: None, why }
    }
}

impl fmt::Display for Unwritten {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.why.fmt(f)
    }
}

/// Why a page was left as it is.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LeftAlone {
    /// Nothing is on it.
    #[error("is empty: no ideas")]
    Empty,
    /// It holds no ideas.
    #[error("holds no ideas: nothing on it has {WANTED}")]
    NoIdeas,
    /// It is HTML.
    #[error("is HTML, and templates are written in Markdown; `ideas convert` writes its ideas as one")]
    Html,
    /// It is JSON, and not the programme's export.
    #[error("is no page of ideas, but JSON of its own; `ideas convert` writes its ideas as a page")]
    OtherJson,
    /// It has a layout of its own, and its template does not ask for another.
    #[error("has a layout of its own, which the template `{0}` allows; `--template {0}` writes it in the template's")]
    OwnLayout(String),
    /// The template has another shape.
    #[error("is no page of the template `{0}`; `ideas convert` writes it as one")]
    OtherShape(String),
    /// An idea of it has no heading of its own.
    #[error("`{0}` has no heading of its own; `ideas convert` writes it with one")]
    NoHeading(String),
    /// A field of an idea is none of the template's.
    #[error("`{label}` of `{title}` is no field of the template, and would become a part of the description")]
    OtherField {
        /// The idea's title.
        title: String,
        /// The field's label.
        label: String,
    },
    /// Its text would be taken for fields where the template has it.
    #[error("text of `{0}` looks like fields, and would be taken for them where the template has it")]
    LooksLikeFields(String),
    /// It would be another page each time.
    #[error("would be written otherwise each time")]
    Unstable,
    /// Something of an idea would be gone.
    #[error("{what} of `{title}` would be lost")]
    Loses {
        /// The idea's title.
        title: String,
        /// What would be gone: a fact, or words.
        what: String,
    },
}
