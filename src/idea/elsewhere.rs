//! Another place of an idea: an older term, or another page.

use borsh::{BorshDeserialize, BorshSerialize};
use schemars::JsonSchema;
use serde::Serialize;

use super::Idea;
use crate::programs::{Program, Term};

/// A place where the same idea stands, too. `ideas show ID --duplicates` shows what it says there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema, BorshSerialize, BorshDeserialize)]
pub struct Elsewhere {
    /// The id that it has there: another one only if its title was another, or its owner.
    pub id: String,
    /// The mentorship programme.
    pub program: Option<Program>,
    /// The year, or the LFX term of a year.
    pub term: Option<Term>,
    /// The page's path.
    pub path: String,
    /// The page's address on the web, where it is known.
    pub url: Option<String>,
    /// The line of the title, from 1.
    pub line: usize,
}

impl Elsewhere {
    /// The place of an idea.
    pub fn of(idea: &Idea) -> Self {
        Elsewhere {
            id: idea.id.clone(),
            program: idea.program.as_ref().map(|program| program.value.clone()),
            term: idea.term.as_ref().map(|term| term.value),
            path: idea.source.path.clone(),
            url: idea.source.url.clone(),
            line: idea.source.line,
        }
    }
}
