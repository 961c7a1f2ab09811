//! Full text, ranked: the ideas that say what somebody typed, the best first, and where they say it.
//!
//! [`Index`] holds the words of a catalogue; [`Index::search`] asks it for a [`Search`] and gives [`Found`]. What was
//! typed `question` reads; what one typed word may mean (another form of it, another name of a skill, the beginning of
//! a word, a slip) is `meaning`'s affair, the order `rank`'s. The same ideas and the same words give the same order; of
//! ideas that score alike those of newer terms come first.
//!
//! An index of our own, because one run asks one question of some dozens to some thousands of ideas that it has in memory
//! anyway: the crates that rank either know no fields, or no slips, or keep their index in a folder.

mod field;
mod found;
mod index;
mod meaning;
mod operators;
mod outlines;
mod passage;
mod question;
mod rank;
mod related;
mod spelling;
mod weights;

use std::borrow::Cow;
use std::ops::Range;

use rustc_hash::FxHashSet;

use super::Nearest;
use super::sort::newest_first;
use crate::idea::{Fact, Idea, Program, Term};
use crate::programs;
pub use found::{Excluded, Found, Hit, Match, Slip, Unknown};
pub use index::{Ideas, Index, fingerprint};
use meaning::Meaning;
pub use operators::argument;
pub use passage::{Passage, passages};
use question::Asked;
pub use question::{MOST_ASKED, Search};
use rank::Ranked;

impl Index<'_> {
    /// The ideas that have the words, or most of them, the best first.
    ///
    /// `wanted` says of each place whether its idea may be found. How rare a word is, and whether it is known at all, the whole catalogue
    /// says.
    pub fn search(&self, search: &Search, wanted: impl Fn(usize) -> bool) -> Found {
        let (excluded, gone) = self.excluded(search);
        let wanted = |place: usize| !gone.contains(&place) && wanted(place);
        if !search.has_words() {
            return Found { excluded, ..self.all(wanted) };
        }
        let (meanings, asked, apart) = self.meanings(search);
        let slips = meanings.iter().filter(|meaning| !meaning.slips.is_empty());
        let slips = slips.map(|meaning| Slip { seen: meaning.said.clone(), meant: meaning.slips.clone() }).collect();
        let unknown = meanings.iter().filter(|meaning| meaning.amounts.is_empty());
        let unknown = unknown.map(|meaning| self.unknown(meaning)).collect();
        let meanings = meaning::either(meanings, &asked);
        let ranked = rank::rated(self, &meanings).into_iter();
        let (mut ranked, mut others): (Vec<Ranked>, Vec<Ranked>) = ranked.partition(|it| wanted(it.idea));
        let with_all = rank::keep_worthy(&mut ranked);
        rank::keep_worthy(&mut others);
        let kept_back = others.len();
        rank::sort(&mut ranked, self, &meanings);
        let matches = ranked.into_iter().map(|Ranked { idea, score, has, .. }| Match {
            score,
            matched: Self::matched(idea, &meanings),
            place: idea,
            without: meanings.iter().zip(&has).filter(|(_, has)| !**has).map(|(meaning, _)| meaning.said.clone()).collect(),
        });
        let matches = matches.collect();
        Found { meanings, matches, with_all, kept_back, unknown, slips, apart, excluded }
    }

    /// What is excluded, and the ideas that say it.
    fn excluded(&self, search: &Search) -> (Vec<Excluded>, FxHashSet<usize>) {
        let mut gone = FxHashSet::default();
        let meanings = meaning::excluded(&search.excluded, self);
        let excluded = meanings.iter().zip(&search.excluded).map(|(meaning, asked)| {
            gone.extend(meaning.amounts.keys().copied());
            let count = meaning.amounts.len();
            let nearest = if count == 0 { self.unknown(meaning).nearest } else { None };
            Excluded { seen: meaning.said.clone(), count, by_word: asked.by_word, nearest }
        });
        (excluded.collect(), gone)
    }

    /// All wanted ideas, for a search without words: those of newer terms first.
    fn all(&self, wanted: impl Fn(usize) -> bool) -> Found {
        let mut places: Vec<usize> = (0..self.ideas.len()).filter(|&place| wanted(place)).collect();
        let newest = self.outlines.told(newest_first);
        places.sort_by_key(|&place| newest(place));
        let matches = places.into_iter().map(|place| Match { score: 0.0, matched: Vec::new(), without: Vec::new(), place });
        Found { with_all: matches.len(), matches: matches.collect(), ..Found::default() }
    }

    /// What is meant by each of what is asked for, and the phrases that nobody says, which are taken apart.
    fn meanings<'s>(&self, search: &'s Search) -> (Vec<Meaning>, Cow<'s, [Asked]>, Vec<String>) {
        let meanings = meaning::read(&search.asked, self);
        let is_unsaid = |&at: &usize| meanings[at].amounts.is_empty() && search.asked[at].is_phrase();
        let unsaid: Vec<usize> = (0..meanings.len()).filter(is_unsaid).collect();
        if unsaid.is_empty() {
            return (meanings, Cow::from(&search.asked), Vec::new());
        }
        let apart = unsaid.iter().map(|&at| search.asked[at].said.clone()).collect();
        let asked = search.with_apart(&unsaid).asked;
        (meaning::read(&asked, self), Cow::from(asked), apart)
    }

    /// The fields of an idea that have a word.
    fn matched(idea: usize, meanings: &[Meaning]) -> Vec<&'static str> {
        let has = |field: Fact| meanings.iter().any(|meaning| meaning.amounts.get(&idea).is_some_and(|it| it.of(field) > 0.0));
        Fact::ALL.into_iter().filter(|&field| has(field)).map(Fact::as_str).collect()
    }

    fn unknown(&self, Meaning { said, term, .. }: &Meaning) -> Unknown {
        if let Some(term) = term {
            return Unknown { seen: said.clone(), nearest: self.newest_term(term.program.as_ref()), is_term: true };
        }
        let same = self.vocabulary().into_iter().filter(|name| meaning::has_same_digits(said, name));
        let nearest = crate::spelling::nearest(said, same);
        let nearest = nearest.map(|name| Nearest { name: name.to_owned(), count: self.ideas_with(name) });
        Unknown { seen: said.clone(), nearest, is_term: false }
    }

    /// The newest term of a programme, or of any.
    fn newest_term(&self, wanted: Option<&Program>) -> Option<Nearest> {
        fn of(idea: &Idea) -> (Option<&Program>, Option<Term>) {
            (idea.program.as_ref().map(|program| &program.value), idea.term.as_ref().map(|term| term.value))
        }
        let is_wanted = |idea: &&Idea| idea.term.is_some() && (wanted.is_none() || of(idea).0 == wanted);
        let first = self.outlines.different().iter().filter(is_wanted).min_by_key(|idea| newest_first(idea))?;
        let newest = of(first);
        let name = programs::shown(newest.0, newest.1);
        Some(Nearest { name, count: self.outlines.places(|idea| of(idea) == newest).count() })
    }
}

/// Where a part of a text stands in it.
fn range_of(part: &str, text: &str) -> Range<usize> {
    let start = (part.as_ptr() as usize).wrapping_sub(text.as_ptr() as usize);
    start..start + part.len()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::tests::idea;
    use super::*;

    fn ideas() -> Vec<Idea> {
        vec![
            idea("Charts of rivers", &[("project", "Sextant"), ("skills", "Go|Kubernetes"), ("mentors", "José Álvarez, jalv")]),
            idea(
                "Scheduling of tides",
                &[
                    ("description", "How things go when **deployed** on k8s.\n\nA [service mesh](https://example.org/rivers)."),
                    ("upstream", "https://github.com/tides/almanac/issues/41"),
                ],
            ),
            idea(
                "A mesh for the service of sailors",
                &[("skills", "Machine learning"), ("outcomes", "It is written in Go|A dataset")],
            ),
            idea(
                "fastGPT at sea",
                &[("organization", "Neovim"), ("difficulty", "easy"), ("hours", "175"), ("description", "Kubernetes and ML")],
            ),
        ]
    }

    fn titles(text: &str) -> Vec<String> {
        let ideas = ideas();
        let index = Index::new(&ideas);
        let found = index.search(&Search::read(text).unwrap(), |_| true);
        found.matches.iter().map(|hit| ideas[hit.place].title.value.split(' ').next().unwrap().to_owned()).collect()
    }

    #[test]
    fn words_find_ideas() {
        for (text, found) in [
            ("rivers", &["Charts"][..]),
            ("RIVER", &["Charts"]),
            ("deploy", &["Scheduling"]),
            ("golang", &["Charts", "A"]),
            ("go", &["Charts", "A"]),
            ("kubernetes", &["Charts", "fastGPT", "Scheduling"]),
            ("k8s", &["Charts", "fastGPT", "Scheduling"]),
            ("machine learning", &["A", "fastGPT"]),
            ("I am looking for something with rivers please", &["Charts"]),
            ("tides/almanac#41", &["Scheduling"]),
            ("https://github.com/tides/almanac/issues/41", &["Scheduling"]),
            ("gpt", &["fastGPT"]),
            ("jose alvarez", &["Charts"]),
            ("@jalv", &["Charts"]),
            ("neo vim", &["fastGPT"]),
            ("data set", &["A"]),
            ("servicemesh", &["Scheduling"]),
            ("\"service mesh\"", &["Scheduling"]),
            ("“service mesh", &["Scheduling"]),
            ("service mesh", &["A", "Scheduling"]),
            ("\"mesh service\"", &["A", "Scheduling"]),
            ("\"xyzzy plugh\"", &[]),
            ("sched", &["Scheduling"]),
            ("easy 175", &["fastGPT"]),
            ("the rivers of", &["Charts"]),
            ("example.org", &[]),
        ] {
            assert_eq!(titles(text), found, "{text}");
        }
    }

    #[test]
    fn a_fact_is_found_by_its_meaning() {
        let ideas = [
            idea("Easy onboarding", &[("difficulty", "hard"), ("skills", "Rust")]),
            idea("A quay", &[("description", "It is easy to moor. Small waves."), ("difficulty", "medium"), ("skills", "Rust")]),
            idea(
                "A dinghy",
                &[("difficulty", "easy"), ("hours", "90"), ("term", "2025-3"), ("program", "lfx"), ("skills", "Rust")],
            ),
            idea("A liner", &[("hours", "350"), ("description", "Large language models at sea"), ("program", "gsoc")]),
            idea("A model of a liner", &[("hours", "350"), ("description", "A language of flags")]),
        ];
        let index = Index::new(&ideas);
        for (text, all, first) in [
            ("easy", 3, "Easy onboarding"),
            ("beginner", 1, "A dinghy"),
            ("easy rust", 2, "Easy onboarding"),
            ("a small easy project in rust", 1, "A dinghy"),
            ("large liner", 2, "A liner"),
            ("large language model", 1, "A liner"),
            ("90 hours", 1, "A dinghy"),
            ("google summer of code", 1, "A liner"),
            ("lfx 2025", 1, "A dinghy"),
        ] {
            let found = index.search(&Search::read(text).unwrap(), |_| true);
            assert_eq!((found.with_all, ideas[found.matches[0].place].title.value.as_str()), (all, first), "{text}");
        }
        for (text, newest) in [("lfx 2025-2", Some("lfx 2025-3")), ("gsoc 2025", None), ("2026", Some("lfx 2025-3"))] {
            let found = index.search(&Search::read(text).unwrap(), |_| true);
            assert!(found.matches.is_empty() && found.slips.is_empty(), "{text} is no slip");
            let nearest = newest.map(|name| Nearest { name: name.to_owned(), count: 1 });
            assert_eq!(found.unknown, [Unknown { seen: text.to_owned(), nearest, is_term: true }]);
        }
        let found = index.search(&Search::read("small").unwrap(), |_| true);
        assert_eq!((found.matches.len(), found.matches[0].matched.as_slice()), (2, &["hours"][..]));
    }

    #[test]
    fn a_skill_that_is_asked_for_is_missed() {
        let ideas = [
            idea("Tides of quays", &[("project", "Atlas"), ("skills", "Java")]),
            idea("Quays of tides", &[("project", "Sextant")]),
            idea("Rust and ropes", &[("project", "Almanac")]),
        ];
        let index = Index::new(&ideas);
        for (text, places) in [("tides quays ropes", [0, 1]), ("tides quays rust", [1, 0])] {
            let found = index.search(&Search::read(text).unwrap(), |_| true);
            let of_both = found.matches.iter().map(|hit| hit.place).filter(|place| *place < 2);
            assert_eq!(of_both.collect::<Vec<_>>(), places, "who names no skills may want any: {text}");
        }
    }

    #[test]
    fn hyphens_do_not_hide_an_abbreviation() {
        let ideas = [idea("A small RTOS", &[]), idea("Tides", &[]), idea("RBAC for quays", &[])];
        let index = Index::new(&ideas);
        for (text, title) in [("real-time operating system", "A small RTOS"), ("role-based access control", "RBAC for quays")] {
            let found = index.search(&Search::read(text).unwrap(), |_| true);
            assert_eq!(found.matches.first().map(|hit| ideas[hit.place].title.value.as_str()), Some(title), "{text}");
        }
    }

    #[test]
    fn what_is_excluded_is_what_was_typed() {
        let ideas = [
            idea("Metrics of tides", &[("description", "Charts and traces, simulated.")]),
            idea("Observability of quays", &[("skills", "Kubernetes")]),
            idea("A simulator of waves", &[("description", "It runs on k8s, with Jorg.")]),
        ];
        let index = Index::new(&ideas);
        for (text, left) in
            [("-observability", 2), ("not metric", 2), ("-simulation", 3), ("-simulators", 2), ("-kubernetes", 1), ("-joerg", 3)]
        {
            let found = index.search(&Search::read(text).unwrap(), |_| true);
            assert_eq!(found.matches.len(), left, "{text}");
        }
    }

    #[test]
    fn a_phrase_that_nobody_says_falls_apart() {
        let ideas = ideas();
        let index = Index::new(&ideas);
        let found = index.search(&Search::read("\"sailors of the mesh\" go").unwrap(), |_| true);
        assert_eq!(found.apart, ["\"sailors of the mesh\""]);
        assert_eq!(
            (found.with_all, ideas[found.matches[0].place].title.value.as_str()),
            (1, "A mesh for the service of sailors")
        );
        let found = index.search(&Search::read("\"service mesh\"").unwrap(), |_| true);
        assert!(found.apart.is_empty());
    }

    #[test]
    fn slips_are_forgiven_and_told() {
        let ideas = ideas();
        let index = Index::new(&ideas);
        for (text, title, meant) in [
            ("kuberntes", "Charts", &["kubernetes"][..]),
            ("Alvraez", "Charts", &["alvarez"]),
            ("sextat", "Charts", &["sextant"]),
            ("\"servcie mesh\"", "Scheduling", &["\"service mesh\""]),
        ] {
            let found = index.search(&Search::read(text).unwrap(), |_| true);
            assert!(ideas[found.matches[0].place].title.value.starts_with(title), "{text}");
            assert_eq!(found.slips, [Slip { seen: text.to_owned(), meant: meant.iter().map(|it| (*it).to_owned()).collect() }]);
        }
        let found = index.search(&Search::read("xyzzy tydes").unwrap(), |_| true);
        assert_eq!(found.unknown, [Unknown { seen: "xyzzy".to_owned(), nearest: None, is_term: false }]);
        assert_eq!((found.matches.len(), found.with_all), (1, 0));
        assert_eq!(found.matches[0].without, ["xyzzy"]);
    }

    #[test]
    fn those_with_all_words_come_first() {
        let ideas = ideas();
        let index = Index::new(&ideas);
        let search = Search::read("mesh sailors go").unwrap();
        let found = index.search(&search, |_| true);
        assert_eq!(found.with_all, 1);
        assert_eq!(found.matches[0].matched, ["title", "outcomes"]);
        assert!(found.matches[0].without.is_empty());
        let found = index.search(&search, |place| ideas[place].title.value.starts_with("Charts"));
        assert_eq!((found.matches.len(), found.with_all, found.kept_back), (1, 0, 2));
        assert_eq!(found.matches[0].without, ["mesh", "sailors"]);
    }

    #[test]
    fn hits_are_marked_where_they_stand() {
        let ideas = ideas();
        let index = Index::new(&ideas);
        let found = index.search(&Search::read("k8s deploying \"service mesh\"").unwrap(), |_| true);
        let passage = found.passage(&ideas[found.matches[0].place]).unwrap();
        assert_eq!((passage.field(), passage.text.as_ref()), ("description", "How things go when deployed on k8s."));
        let marked =
            |field: &str, text: &str| found.marks(field, text).into_iter().map(|at| text[at].to_owned()).collect::<Vec<_>>();
        assert_eq!(marked("description", &passage.text), ["deployed", "k8s"]);
        assert_eq!(marked("title", "A service mesh is no mesh"), ["service mesh"]);
        let found = index.search(&Search::read("go").unwrap(), |_| true);
        let marks = |field| found.marks(field, "go Go").len();
        assert_eq!((marks("description"), marks("tags"), marks("nonsense")), (1, 2, 0));
    }

    #[test]
    fn what_is_no_search_is_told() {
        let error = Search::read(" \"\" - ").unwrap_err().to_string();
        assert_eq!(error, "' \"\" - ' names no word: expected a word or more, such as service mesh");
        let index = Index::new(&[]);
        assert!(index.search(&Search::read("x").unwrap(), |_| true).matches.is_empty());
    }

    proptest! {
        #[test]
        fn whatever_is_typed(text in "\\PC{0,30}|([a-zA-Z+.\"' ]{1,12} ?){1,4}") {
            let ideas = ideas();
            let index = Index::new(&ideas);
            if let Ok(search) = Search::read(&text) {
                let found = index.search(&search, |_| true);
                for hit in &found.matches {
                    prop_assert!((!hit.matched.is_empty() || !search.has_words()) && hit.score >= 0.0);
                    let title = &ideas[hit.place].title.value;
                    for mark in found.marks("title", title) {
                        prop_assert!(title.get(mark).is_some_and(|part| !part.is_empty()));
                    }
                    let _ = found.passage(&ideas[hit.place]);
                }
                let all = found.matches.iter().take_while(|hit| hit.without.is_empty()).count();
                prop_assert_eq!(all, found.with_all);
                prop_assert!(found.matches[all..].iter().all(|hit| !hit.without.is_empty()));
            }
        }
    }
}
