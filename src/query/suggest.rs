//! What a filter asks for and no idea has: the name that may have been meant, and how many ideas have that.

use std::borrow::Borrow;
use std::collections::BTreeSet;
use std::fmt;

use super::filter::{Alternative, Filter};
use super::words::{key, words};
use crate::idea::Idea;
use crate::spelling::nearest;
use crate::text::counted;

/// A name as one types it where a space would end it, and as filters take it: `Kubeflow Trainer` is `kubeflow-trainer`.
pub fn typed(name: &str) -> String {
    key(name).replace(' ', "-")
}

/// A name that was asked for and that no idea has.
///
/// It displays as a sentence: `no idea names 'kuberntes'; did you mean kubernetes (34 ideas)?`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suggestion {
    /// The filter that asked.
    pub filter: Filter,
    /// The name as it was typed.
    pub seen: String,
    /// What may have been meant, if anything is near.
    pub nearest: Option<Nearest>,
}

/// A name that ideas have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Nearest {
    /// The name, as the same filter takes it.
    pub name: String,
    /// How many ideas the filter finds by it; at least one.
    pub count: usize,
}

impl fmt::Display for Suggestion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "no idea names '{}'", self.seen)?;
        match &self.nearest {
            Some(Nearest { name, count }) => write!(f, "; did you mean {name} ({})?", counted(*count, "idea")),
            None => Ok(()),
        }
    }
}

/// The suggestion for a value that asks for a name; `None` if it asks for something else, or an idea has the name. How many
/// ideas there are at some places, `count` says.
pub(super) fn suggestion(
    wanted: &Alternative,
    ideas: &[impl Borrow<Idea>],
    count: impl Fn(Vec<usize>) -> usize,
) -> Option<Suggestion> {
    let ideas = || ideas.iter().map(Borrow::borrow);
    let named = [Filter::Skill, Filter::Mentor, Filter::Project, Filter::Organization, Filter::Program];
    let is_name = named.contains(&wanted.filter);
    if !is_name || ideas().any(|idea| wanted.matches(idea)) {
        return None;
    }
    let known: BTreeSet<&str> = ideas().flat_map(|idea| names(wanted.filter, idea)).collect();
    let nearest = nearest(wanted.said.trim_start_matches('@'), known).and_then(|name| {
        let found = wanted.filter.read_one(name).ok()?;
        let count = count(ideas().enumerate().filter(|(_, idea)| found.matches(idea)).map(|(place, _)| place).collect());
        // What the filter does not find by this name is no help.
        (count > 0).then(|| Nearest { name: name.to_owned(), count })
    });
    Some(Suggestion { filter: wanted.filter, seen: wanted.said.clone(), nearest })
}

/// The names that an idea has for a filter, and the words of those that are found by a word.
fn names(filter: Filter, idea: &Idea) -> Vec<&str> {
    let mut names = Vec::new();
    match filter {
        Filter::Skill => names.extend(idea.tags.iter().map(|tag| tag.value)),
        Filter::Program => names.extend(idea.program.iter().map(|program| program.value.as_str())),
        Filter::Project | Filter::Organization => {
            let project = idea.project.iter().filter(|_| filter == Filter::Project);
            for name in project.chain(&idea.organization) {
                names.push(&name.value);
                names.extend(words(&name.value));
            }
        }
        Filter::Mentor => {
            for mentor in &idea.mentors {
                names.extend(mentor.github.iter().chain(&mentor.email).map(|said| said.value.as_str()));
                if let Some(name) = &mentor.name {
                    names.push(&name.value);
                    names.extend(words(&name.value));
                }
            }
        }
        _ => {}
    }
    names
}
