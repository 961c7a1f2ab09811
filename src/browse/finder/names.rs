//! What ideas are called by, each name once: many ideas share a skill, a project or a mentor. The words of all names
//! are known, too, so that a text that is typed is looked for in the names that may have it, and not in all.

use std::collections::BTreeMap;

use memchr::memmem;
use nucleo_matcher::{Matcher, Utf32String};
use rustc_hash::FxHashMap;

use super::{GAPS, Place, Word, simple};

/// What separates words, and is in none.
const END: char = '\n';

/// The different names of some ideas.
#[derive(Default)]
pub(super) struct Names {
    all: Vec<Name>,
    /// The different words of the names in order, without accents and capitals, each with [`END`] behind it.
    words: String,
    /// Where each word ends, and where the names that have it end among `with_word`.
    ends: Vec<(usize, usize)>,
    with_word: Vec<usize>,
}

struct Name {
    text: Utf32String,
    is_title: bool,
}

/// Names while they are gathered.
#[derive(Default)]
pub(super) struct Gathered {
    all: Vec<Name>,
    known: FxHashMap<(bool, String), usize>,
}

impl Gathered {
    /// The number of a name.
    pub(super) fn add(&mut self, name: &str, is_title: bool) -> usize {
        let number = self.all.len();
        *self.known.entry((is_title, name.to_owned())).or_insert_with(|| {
            self.all.push(Name { text: Utf32String::from(name), is_title });
            number
        })
    }

    pub(super) fn finish(self) -> Names {
        let mut known: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (number, name) in self.all.iter().enumerate() {
            let text: String = name.text.slice(..).chars().map(simple).collect();
            for word in text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
                match known.get_mut(word) {
                    Some(names) => names.push(number),
                    None => drop(known.insert(word.to_owned(), vec![number])),
                }
            }
        }
        let mut names = Names { all: self.all, ends: Vec::with_capacity(known.len()), ..Names::default() };
        for (word, with_word) in known {
            names.words.push_str(&word);
            names.with_word.extend(with_word);
            names.ends.push((names.words.len(), names.with_word.len()));
            names.words.push(END);
        }
        names
    }
}

impl Names {
    /// For each name where it has a word, and how well it fits there.
    pub(super) fn places(&self, sought: &Word, matcher: &mut Matcher) -> Vec<Option<(Place, u16)>> {
        let mut marks = Vec::new();
        let mut place = |name: &Name| {
            marks.clear();
            sought.in_name(name.text.slice(..), name.is_title, matcher, &mut marks)
        };
        match self.with(sought) {
            None => self.all.iter().map(place).collect(),
            Some(candidates) => {
                let mut places = vec![None; self.all.len()];
                for name in candidates {
                    // A name may have several words that fit.
                    if places[name].is_none() {
                        places[name] = place(&self.all[name]);
                    }
                }
                places
            }
        }
    }

    /// The names that may have a text, as it stands or with gaps; `None` if it goes beyond one word of a name, so that any may.
    pub(super) fn with(&self, sought: &Word) -> Option<Vec<usize>> {
        let folded = sought.folded.as_str();
        let first = folded.chars().next()?;
        if !folded.chars().all(char::is_alphanumeric) {
            return None;
        }
        let mut names = Vec::new();
        for at in memmem::find_iter(self.words.as_bytes(), folded) {
            names.extend(self.with_word(self.ends.partition_point(|(end, _)| *end <= at)));
        }
        if sought.letters.is_some() {
            let words = (self.words_before(first)..self.ends.len()).map(|at| (at, self.word(at)));
            let words = words.take_while(|(_, word)| word.starts_with(first));
            names.extend(words.filter(|(_, word)| has_letters(word, folded)).flat_map(|(at, _)| self.with_word(at)));
        }
        Some(names)
    }

    /// How many words come before those with a first letter.
    fn words_before(&self, first: char) -> usize {
        let (mut low, mut high) = (0, self.ends.len());
        while low < high {
            let middle = usize::midpoint(low, high);
            if self.word(middle).chars().next() < Some(first) { low = middle + 1 } else { high = middle }
        }
        low
    }

    fn word(&self, at: usize) -> &str {
        let start = at.checked_sub(1).map_or(0, |before| self.ends[before].0 + END.len_utf8());
        &self.words[start..self.ends[at].0]
    }

    fn with_word(&self, at: usize) -> &[usize] {
        let start = at.checked_sub(1).map_or(0, |before| self.ends[before].1);
        &self.with_word[start..self.ends[at].1]
    }
}

/// True if a word has all letters in order, and is not too long for them.
fn has_letters(word: &str, letters: &str) -> bool {
    let mut rest = word.chars();
    letters.chars().all(|letter| rest.any(|c| c == letter)) && word.chars().count() <= letters.chars().count() * GAPS
}

#[cfg(test)]
mod tests {
    use nucleo_matcher::Config;
    use nucleo_matcher::pattern::{CaseMatching, Normalization, Pattern};

    use super::*;

    proptest::proptest! {
        /// The names that are not looked at do not have what is sought.
        #[test]
        fn names_that_are_passed_over_have_nothing(sought in "[!'^]?[abcC+é-]{0,5}( a)?[$]?|[abc]{3,4}") {
            let mut gathered = Gathered::default();
            for (i, name) in ["abc", "a b c", "cab+", "abaca+b", "c++", "é", "bab ca", "a-b", "aabbcc abcbacbab", "Cécé", "Éba aCb"].iter().enumerate() {
                gathered.add(name, i % 2 == 0);
            }
            let names = gathered.finish();
            let mut matcher = Matcher::new(Config::DEFAULT);
            for atom in Pattern::parse(&sought.replace(' ', "\\ "), CaseMatching::Smart, Normalization::Smart).atoms {
                let sought = Word::new(atom);
                let mut place = |name: &Name| sought.in_name(name.text.slice(..), name.is_title, &mut matcher, &mut Vec::new());
                let all: Vec<_> = names.all.iter().map(&mut place).collect();
                proptest::prop_assert_eq!(names.places(&sought, &mut matcher), all);
            }
        }
    }

    #[test]
    fn a_name_is_kept_once() {
        let mut gathered = Gathered::default();
        assert_eq!(["Go", "Rust", "Go"].map(|name| gathered.add(name, false)), [0, 1, 0]);
        assert_eq!(gathered.add("Go", true), 2, "a title of the same letters tells more");
        let names = gathered.finish();
        let atom = |text: &str| Pattern::parse(text, CaseMatching::Smart, Normalization::Smart).atoms.remove(0);
        assert_eq!(names.with(&Word::new(atom("go"))), Some(vec![0, 2]));
        assert_eq!(names.with(&Word::new(atom("c++"))), None);
    }
}
