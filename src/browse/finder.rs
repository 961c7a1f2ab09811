//! Which ideas somebody means by the few letters that were typed: fuzzy, the best first.
//!
//! Words are looked for as in fzf: each anywhere with gaps, `'word` as it stands, `^word` at the beginning, `word$` at the end,
//! `!word` nowhere. While a text grows, only what matched before is searched again.

use nucleo_matcher::pattern::{CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Config, Matcher, Utf32Str, Utf32String};

use crate::idea::Idea;
use crate::render::safe;

/// Ideas as texts, and those that matched last.
pub(super) struct Finder {
    texts: Vec<Utf32String>,
    matcher: Matcher,
    pattern: Pattern,
    sought: String,
    found: Vec<Found>,
}

/// An idea that matches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Found {
    /// Its place among all.
    pub(super) idea: usize,
    /// How well; more is better.
    pub(super) score: u32,
}

impl Finder {
    pub(super) fn new(ideas: &[&Idea]) -> Self {
        let texts = ideas.iter().map(|idea| Utf32String::from(text(idea))).collect();
        let mut config = Config::DEFAULT;
        config.prefer_prefix = true;
        let mut finder = Finder {
            texts,
            matcher: Matcher::new(config),
            pattern: Pattern::default(),
            sought: String::new(),
            found: Vec::new(),
        };
        finder.take_all();
        finder
    }

    /// Looks for a text; returns what matches, in catalogue order.
    pub(super) fn find(&mut self, sought: &str) -> &[Found] {
        if sought == self.sought {
            return &self.found;
        }
        if !is_narrower(sought, &self.sought) {
            self.take_all();
        }
        sought.clone_into(&mut self.sought);
        self.pattern.reparse(sought, CaseMatching::Smart, Normalization::Smart);
        let (texts, pattern, matcher) = (&self.texts, &self.pattern, &mut self.matcher);
        self.found.retain_mut(|found| match pattern.score(texts[found.idea].slice(..), matcher) {
            Some(score) => {
                found.score = score;
                true
            }
            None => false,
        });
        &self.found
    }

    /// What matched last.
    pub(super) fn found(&self) -> &[Found] {
        &self.found
    }

    /// The characters of `text` that the last search means, by number, in order; a word that is not in it marks nothing.
    pub(super) fn marks(&mut self, text: &str) -> Vec<u32> {
        let mut buffer = Vec::new();
        let text = Utf32Str::new(text, &mut buffer);
        let mut marks = Vec::new();
        for atom in self.pattern.atoms.iter().filter(|atom| !atom.negative) {
            let before = marks.len();
            if atom.indices(text, &mut self.matcher, &mut marks).is_none() {
                marks.truncate(before);
            }
        }
        marks.sort_unstable();
        marks.dedup();
        marks
    }

    fn take_all(&mut self) {
        self.found.clear();
        self.found.extend((0..self.texts.len()).map(|idea| Found { idea, score: 0 }));
    }
}

/// True if whatever matches `sought` matches `before`, too. What excludes, and what ends, may let more through as it grows.
fn is_narrower(sought: &str, before: &str) -> bool {
    sought.starts_with(before) && !sought.contains(['!', '\\']) && !before.contains('$')
}

/// What an idea is found by: title, project, programme, skills, mentors. Descriptions hold every letter somewhere.
fn text(idea: &Idea) -> String {
    let mut words = vec![safe::line(&idea.title.value)];
    words.extend([&idea.project, &idea.organization].into_iter().flatten().map(|name| safe::line(&name.value)));
    words.extend(idea.program.iter().map(|program| safe::line(program.value.as_str())));
    words.extend(idea.term.iter().map(|term| term.value.to_string().into()));
    words.extend(idea.tags.iter().map(|tag| tag.value.into()));
    for mentor in &idea.mentors {
        words.extend([&mentor.name, &mentor.github].into_iter().flatten().map(|name| safe::line(&name.value)));
    }
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn titles(ideas: &[&str]) -> Vec<Idea> {
        ideas.iter().map(|title| Idea::bare(title)).collect()
    }

    fn found(finder: &mut Finder, sought: &str) -> Vec<usize> {
        finder.find(sought).iter().map(|found| found.idea).collect()
    }

    #[test]
    fn letters_find_ideas() {
        let ideas = titles(&["Deploying Kubeflow with Helm", "A Helm chart for Ümläut", "Charts in C"]);
        let ideas: Vec<&Idea> = ideas.iter().collect();
        let mut finder = Finder::new(&ideas);
        for (sought, seen) in [
            ("", &[0, 1, 2][..]),
            ("helm", &[0, 1]),
            ("hlm cht", &[1]),
            ("umlaut", &[1]),
            ("'chart", &[1, 2]),
            ("!helm", &[2]),
            ("^a", &[1]),
            ("c$", &[2]),
            ("zzz", &[]),
        ] {
            assert_eq!(found(&mut finder, sought), seen, "{sought}");
        }
        finder.find("hlm");
        assert_eq!(finder.marks("A Helm chart"), [2, 4, 5]);
        assert_eq!(finder.marks("x"), [0; 0]);
    }

    proptest::proptest! {
        /// Typing, letter by letter, finds what a fresh search for the same text finds.
        #[test]
        fn narrowing_forgets_nothing(steps in proptest::collection::vec("[abc '^$!\\\\é]{0,6}", 1..6)) {
            let ideas = titles(&["abc", "a b c", "cab$", "!b", "ca\\b", "é", "bab ca", "$"]);
            let ideas: Vec<&Idea> = ideas.iter().collect();
            let mut typed = Finder::new(&ideas);
            for step in steps {
                for (end, c) in step.char_indices() {
                    let text = &step[..end + c.len_utf8()];
                    proptest::prop_assert_eq!(found(&mut typed, text), found(&mut Finder::new(&ideas), text), "{}", text);
                }
            }
        }
    }
}
