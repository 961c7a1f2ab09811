//! Which file is whose: names for the pages of ideas and of lists, each once.

use std::collections::HashSet;

use crate::idea::{Idea, slug};

/// The paths of the pages of ideas, below the folder of the site.
pub(super) struct Paths {
    names: Vec<String>,
    ideas: Vec<String>,
}

impl Paths {
    pub(super) fn new(ideas: &[Idea]) -> Self {
        let mut names = Names::default();
        let names: Vec<String> = ideas.iter().map(|idea| names.add(&idea.id)).collect();
        Paths { ideas: names.iter().map(|name| format!("ideas/{name}.html")).collect(), names }
    }

    /// The name of that page: without its folder, and without `.html`.
    pub(super) fn name(&self, place: usize) -> &str {
        &self.names[place]
    }

    /// The page of the idea at a place.
    pub(super) fn idea(&self, place: usize) -> &str {
        &self.ideas[place]
    }
}

/// Names of files that are taken.
#[derive(Default)]
pub(super) struct Names(HashSet<String>);

impl Names {
    /// A name for a text that no other text has: letters, digits and hyphens.
    pub(super) fn add(&mut self, text: &str) -> String {
        // Ids are such names already, and some are longer than a slug may be.
        let is_name = !text.is_empty() && text.chars().all(|c| c == '-' || c.is_alphanumeric() && !c.is_uppercase());
        let name = if is_name { text.to_owned() } else { slug(text) };
        let name = if name.is_empty() { "other".to_owned() } else { name };
        let numbered = (2..).map(|number| format!("{name}-{number}"));
        let free = std::iter::once(name.clone()).chain(numbered).find(|name| !self.0.contains(name));
        // There is no end of numbers.
        let free = free.unwrap_or(name);
        self.0.insert(free.clone());
        free
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_files_each_once() {
        let mut names = Names::default();
        for (text, name) in [
            ("harbor-cli", "harbor-cli"),
            ("Harbor CLI", "harbor-cli-2"),
            ("c++", "c-plus-plus"),
            ("../../etc/passwd", "etc-passwd"),
            ("..", "other"),
            ("", "other-2"),
            ("日本", "日本"),
            ("a\0b", "a-b"),
        ] {
            assert_eq!(names.add(text), name, "{text}");
        }
        let long = "a-".repeat(60) + "b";
        assert_eq!(names.add(&long), long, "an id stays as it is");
    }
}
