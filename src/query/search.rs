//! Full text, ranked: the ideas that say what somebody typed, the best first, and where they say it.
//!
//! [`Index`] holds the words of a catalogue; [`Index::search`] asks it for a [`Search`] and gives [`Found`]. The ranking is
//! BM25, field by field: a word counts by how rare it is, by the field it stands in, and less the more words stand around
//! it; a field counts only so much, however often it has the word. Ideas that have every word come first. What one typed word may mean (another form of it, another name of a skill, the beginning of a word, a slip) is
//! `meaning`'s affair. The same ideas and the same words give the same order; of ideas that
//! score alike those of newer terms come first.
//!
//! An index of our own, because one run asks one question of some dozens to some thousands of ideas that it has in memory
//! anyway: the crates that rank either know no fields, or no slips, or keep their index in a folder.

mod field;
mod index;
mod meaning;
mod operators;
mod passage;
mod question;
mod related;
mod spelling;

use std::borrow::Cow;
use std::cmp::Ordering;
use std::ops::Range;

use rustc_hash::{FxHashMap, FxHashSet};
use schemars::JsonSchema;
use serde::Serialize;

use super::Nearest;
use super::sort::newest_first;
use crate::idea::{Fact, Idea, Program};
use crate::programs;
pub use index::{Index, fingerprint};
use meaning::Meaning;
pub use operators::argument;
pub use passage::{Passage, passages};
use question::Asked;
pub use question::{MOST_ASKED, Search};

/// What a word for a fact (`easy`, `90 hours`) counts beside words for what an idea is about.
const FACT: f64 = 0.6;

/// What is left of the score of an idea that states something else than is asked for: 350 hours, not 90.
const CONTRADICTED: f64 = 0.8;

/// Where so many ideas have every word, those that have some are not shown.
const ENOUGH: usize = 10;

/// What an idea must have of the words, weighted by how rare they are, to follow those that have all …
const WORTH_ADDING: f64 = 0.4;

/// … or, if none has all, the one that has most.
const WORTH_SHOWING: f64 = 0.3;

/// How much better an idea is for each two words that stand in it side by side, as they were typed.
const SIDE_BY_SIDE: f64 = 0.2;

/// What of that two words count that stand near each other, with at most so many bytes between them.
const NEARBY: f64 = 0.4;
const NEAR: usize = 40;

/// So many ideas are looked at for that.
const CLOSER_LOOK: usize = 50;

/// What a search found.
#[derive(Debug, Default)]
pub struct Found<'a> {
    meanings: Vec<Meaning>,
    /// The best first.
    pub hits: Vec<Hit<'a>>,
    /// How many of them, from the first, have every word.
    pub with_all: usize,
    /// How many ideas would have been found, but were not wanted.
    pub kept_back: usize,
    /// Words that no idea has.
    pub unknown: Vec<Unknown>,
    /// Words that no idea has, and what was looked for instead.
    pub slips: Vec<Slip>,
    /// Phrases that no idea has, as they were typed; their words were looked for instead.
    pub apart: Vec<String>,
    /// What was excluded.
    pub excluded: Vec<Excluded>,
}

/// What no idea of the answer says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Excluded {
    /// What it is, as it was typed.
    pub seen: String,
    /// How many ideas of the catalogue say it.
    pub count: usize,
    /// Its sign is a word: `not java`, which may have been part of a sentence.
    pub by_word: bool,
    /// If no idea says it, a word that ideas have.
    pub nearest: Option<Nearest>,
}

/// An idea that was found. It serialises as the idea does, with the other fields behind its own.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Hit<'a> {
    /// The idea.
    #[serde(flatten)]
    pub idea: &'a Idea,
    /// How good it is: only to be compared with others of the same search.
    pub score: f64,
    /// The fields that have a word, by their names in our JSON.
    pub matched: Vec<&'static str>,
    /// The words that the idea does not have, as they were typed.
    pub without: Vec<String>,
    /// Where the idea stands among all.
    #[serde(skip)]
    #[schemars(skip)]
    place: usize,
}

/// A word that no idea has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unknown {
    /// The word, as it was typed.
    pub seen: String,
    /// A word that ideas have; of a term, the newest that there are ideas of.
    pub nearest: Option<Nearest>,
    /// It is the name of a term: `gsoc 2026`.
    pub is_term: bool,
}

/// A word that no idea has, and that was taken for a slip.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Slip {
    /// The word, as it was typed.
    pub seen: String,
    /// What was looked for.
    pub meant: Vec<String>,
}

impl<'a> Index<'a> {
    /// The ideas that have the words, those with every word first; of the others the ones that have most of them.
    ///
    /// `wanted` says which ideas may be found. How rare a word is, and whether it is known at all, the whole catalogue
    /// says.
    pub fn search(&self, search: &Search, wanted: impl Fn(&Idea) -> bool) -> Found<'a> {
        let (excluded, gone) = self.excluded(search);
        let wanted = |place: usize| !gone.contains(&place) && wanted(&self.ideas[place]);
        if !search.has_words() {
            return Found { excluded, ..self.all(wanted) };
        }
        let (meanings, asked, apart) = self.meanings(search);
        let slips = meanings.iter().filter(|meaning| !meaning.slips.is_empty());
        let slips = slips.map(|meaning| Slip { seen: meaning.said.clone(), meant: meaning.slips.clone() }).collect();
        let unknown = meanings.iter().filter(|meaning| meaning.amounts.is_empty());
        let unknown = unknown.map(|meaning| self.unknown(meaning)).collect();
        let meanings = meaning::either(meanings, &asked);
        let rarity = |meaning: &Meaning| self.rarity(meaning.amounts.len()) * if meaning.facts.is_empty() { 1.0 } else { FACT };
        let rarity: Vec<f64> = meanings.iter().map(rarity).collect();
        let mut scores: FxHashMap<usize, (f64, Vec<bool>)> = FxHashMap::default();
        for (i, meaning) in meanings.iter().enumerate() {
            for (&idea, amounts) in &meaning.amounts {
                let (score, has) = scores.entry(idea).or_insert_with(|| (0.0, vec![false; meanings.len()]));
                *score += rarity[i] * amounts.weight(|field| self.length_norm(idea, field));
                has[i] = true;
            }
        }
        // What no idea has tells none from another.
        let known = meanings.iter().zip(&rarity).filter(|(meaning, _)| !meaning.amounts.is_empty());
        let most: f64 = known.map(|(_, rarity)| rarity).sum();
        let ranked = scores.into_iter().map(|(idea, (score, has))| {
            let share = has.iter().zip(&rarity).filter(|(has, _)| **has).map(|(_, rarity)| rarity).sum::<f64>() / most;
            let states_other =
                |(meaning, has): &(&Meaning, &bool)| !**has && meaning.facts.iter().any(|fact| fact.is_in(&self.ideas[idea]));
            let contradicted = meanings.iter().zip(&has).filter(states_other).fold(1.0, |left, _| left * CONTRADICTED);
            Ranked { idea, score: score * share.sqrt() * contradicted, share, has }
        });
        let (mut ranked, mut others): (Vec<Ranked>, Vec<Ranked>) = ranked.partition(|it| wanted(it.idea));
        let with_all = keep_worthy(&mut ranked);
        keep_worthy(&mut others);
        let kept_back = others.len();
        ranked.sort_by(|one, other| one.order(other, self.ideas));
        // A closer look, which only those deserve that may come first.
        for it in ranked.iter_mut().take(CLOSER_LOOK) {
            it.score *= 1.0 + SIDE_BY_SIDE * self.closeness(it.idea, &meanings);
        }
        for it in &mut ranked {
            // Two digits are what people see.
            it.score = (it.score * 100.0).round() / 100.0;
        }
        ranked.sort_by(|one, other| one.order(other, self.ideas));
        let hits = ranked.into_iter().map(|Ranked { idea, score, has, .. }| Hit {
            idea: &self.ideas[idea],
            score,
            matched: Self::matched(idea, &meanings),
            place: idea,
            without: meanings.iter().zip(&has).filter(|(_, has)| !**has).map(|(meaning, _)| meaning.said.clone()).collect(),
        });
        let hits = hits.collect();
        Found { meanings, hits, with_all, kept_back, unknown, slips, apart, excluded }
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
    fn all(&self, wanted: impl Fn(usize) -> bool) -> Found<'a> {
        let mut places: Vec<usize> = (0..self.ideas.len()).filter(|&place| wanted(place)).collect();
        places.sort_by_cached_key(|&place| newest_first(&self.ideas[place]));
        let hit = |place: usize| Hit { idea: &self.ideas[place], score: 0.0, matched: Vec::new(), without: Vec::new(), place };
        Found { with_all: places.len(), hits: places.into_iter().map(hit).collect(), ..Found::default() }
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

    /// How much a word says that so many ideas have: BM25's idf.
    #[allow(clippy::cast_precision_loss)] // nobody has 2^52 ideas
    fn rarity(&self, ideas: usize) -> f64 {
        let (all, with) = (self.ideas.len() as f64, ideas as f64);
        (1.0 + (all - with + 0.5) / (with + 0.5)).ln()
    }

    /// How close the words stand in an idea that were typed one after the other: 1 for each two that stand side by side as they
    /// were typed, less for two that are near each other.
    fn closeness(&self, idea: usize, meanings: &[Meaning]) -> f64 {
        let has = |meaning: &Meaning| meaning.amounts.contains_key(&idea);
        let pairs: Vec<&[Meaning]> = meanings.windows(2).filter(|pair| pair.iter().all(has)).collect();
        if pairs.is_empty() {
            return 0.0;
        }
        let passages = self.passages(idea);
        let close = |pair: &[Meaning], passage: &Passage<'_>| {
            let marks = meaning::marks(pair, passage);
            let of_two = |two: &[(Range<usize>, usize)]| match two {
                [(first, 0), (second, 1)] if passage.text[first.end..second.start].chars().all(|c| " -/_".contains(c)) => 1.0,
                [(first, one), (second, other)] if one != other && second.start - first.end <= NEAR => NEARBY,
                _ => 0.0,
            };
            marks.windows(2).map(of_two).fold(0.0, f64::max)
        };
        pairs.into_iter().map(|pair| passages.iter().map(|passage| close(pair, passage)).fold(0.0, f64::max)).sum()
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
        let of =
            |idea: &'a Idea| (idea.program.as_ref().map(|program| &program.value), idea.term.as_ref().map(|term| term.value));
        let is_wanted = |idea: &&'a Idea| idea.term.is_some() && (wanted.is_none() || of(idea).0 == wanted);
        let newest = of(self.ideas.iter().filter(is_wanted).min_by_key(|idea| newest_first(idea))?);
        let name = programs::shown(newest.0, newest.1);
        Some(Nearest { name, count: self.ideas.iter().filter(|idea| of(idea) == newest).count() })
    }
}

impl Found<'_> {
    /// Leaves one of the hits that are the same idea: of those that have the most words the newest, which `newest` tells by
    /// places among all ideas, or else the best.
    pub fn fold(&mut self, newest: impl Fn(usize) -> usize) {
        let mut chosen: FxHashMap<usize, (usize, bool, usize)> = FxHashMap::default();
        for hit in &self.hits {
            let newest = newest(hit.place);
            let worth = (hit.without.len(), newest != hit.place, hit.place);
            let best = chosen.entry(newest).or_insert(worth);
            if (worth.0, worth.1) < (best.0, best.1) {
                *best = worth;
            }
        }
        self.hits.retain(|hit| chosen.get(&newest(hit.place)).is_some_and(|&(.., place)| place == hit.place));
        self.with_all = self.hits.iter().take_while(|hit| hit.without.is_empty()).count();
    }

    /// Where words that were looked for stand in a text of a field, in order.
    pub fn marks(&self, field: &str, text: &str) -> Vec<Range<usize>> {
        let Some(field) = Fact::ALL.into_iter().find(|known| known.as_str() == field) else { return Vec::new() };
        let passage = Passage::new(field, text.into());
        meaning::marks(&self.meanings, &passage).into_iter().map(|(range, _)| range).collect()
    }

    /// The part of an idea that tells most of what was looked for and that its title does not tell; `None` if the title,
    /// the names around it, level and size tell all.
    pub fn passage<'i>(&self, idea: &'i Idea) -> Option<Passage<'i>> {
        let passages = passage::passages(idea);
        let mut told = vec![false; self.meanings.len()];
        for passage in passages.iter().filter(|passage| passage.field == Fact::Title) {
            for (_, meaning) in meaning::marks(&self.meanings, passage) {
                told[meaning] = true;
            }
        }
        let telling = |passage: &Passage<'_>| {
            let marks = meaning::marks(&self.meanings, passage);
            let mut new = vec![false; told.len()];
            let mut again = vec![false; told.len()];
            for (_, meaning) in marks {
                if told[meaning] { again[meaning] = true } else { new[meaning] = true }
            }
            let count = |set: &[bool]| set.iter().filter(|is| **is).count();
            (count(&new), count(&again))
        };
        // The title and the names around it are read anyway, and so are level and size.
        let read = [Fact::Title, Fact::Project, Fact::Organization, Fact::Difficulty, Fact::Hours];
        let worth = |field: Fact| !read.contains(&field);
        let mut best: Option<((usize, usize), Passage<'i>)> = None;
        for passage in passages.into_iter().filter(|passage| worth(passage.field)) {
            let telling = telling(&passage);
            if telling > (0, 0) && best.as_ref().is_none_or(|(most, _)| telling > *most) {
                best = Some((telling, passage));
            }
        }
        best.map(|(_, passage)| passage)
    }
}

/// Where a part of a text stands in it.
fn range_of(part: &str, text: &str) -> Range<usize> {
    let start = (part.as_ptr() as usize).wrapping_sub(text.as_ptr() as usize);
    start..start + part.len()
}

/// An idea on its way into the answer.
struct Ranked {
    idea: usize,
    score: f64,
    /// How much of what was asked it has, words weighted by how rare they are.
    share: f64,
    /// Which of the words it has.
    has: Vec<bool>,
}

/// Leaves only those that have enough of the words; gives how many have all.
fn keep_worthy(ranked: &mut Vec<Ranked>) -> usize {
    let with_all = ranked.iter().filter(|it| it.has_all()).count();
    let best = ranked.iter().map(|it| it.share).fold(0.0, f64::max);
    let least = if with_all > 0 { WORTH_ADDING } else { WORTH_SHOWING * best };
    ranked.retain(|it| it.has_all() || (with_all < ENOUGH && it.share >= least));
    with_all
}

impl Ranked {
    fn has_all(&self) -> bool {
        !self.has.contains(&false)
    }

    /// Those with all words first, then the better ones, then those of newer terms, then the earlier ones.
    fn order(&self, other: &Ranked, ideas: &[Idea]) -> Ordering {
        let by_score = other.score.total_cmp(&self.score);
        let by_term = || newest_first(&ideas[self.idea]).cmp(&newest_first(&ideas[other.idea]));
        other.has_all().cmp(&self.has_all()).then(by_score).then_with(by_term).then(self.idea.cmp(&other.idea))
    }
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
        found.hits.iter().map(|hit| hit.idea.title.value.split(' ').next().unwrap().to_owned()).collect()
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
            assert_eq!((found.with_all, found.hits[0].idea.title.value.as_str()), (all, first), "{text}");
        }
        for (text, newest) in [("lfx 2025-2", Some("lfx 2025-3")), ("gsoc 2025", None), ("2026", Some("lfx 2025-3"))] {
            let found = index.search(&Search::read(text).unwrap(), |_| true);
            assert!(found.hits.is_empty() && found.slips.is_empty(), "{text} is no slip");
            let nearest = newest.map(|name| Nearest { name: name.to_owned(), count: 1 });
            assert_eq!(found.unknown, [Unknown { seen: text.to_owned(), nearest, is_term: true }]);
        }
        let found = index.search(&Search::read("small").unwrap(), |_| true);
        assert_eq!((found.hits.len(), found.hits[0].matched.as_slice()), (2, &["hours"][..]));
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
            assert_eq!(found.hits.len(), left, "{text}");
        }
    }

    #[test]
    fn a_phrase_that_nobody_says_falls_apart() {
        let ideas = ideas();
        let index = Index::new(&ideas);
        let found = index.search(&Search::read("\"sailors of the mesh\" go").unwrap(), |_| true);
        assert_eq!(found.apart, ["\"sailors of the mesh\""]);
        assert_eq!((found.with_all, found.hits[0].idea.title.value.as_str()), (1, "A mesh for the service of sailors"));
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
            assert!(found.hits[0].idea.title.value.starts_with(title), "{text}");
            assert_eq!(found.slips, [Slip { seen: text.to_owned(), meant: meant.iter().map(|it| (*it).to_owned()).collect() }]);
        }
        let found = index.search(&Search::read("xyzzy tydes").unwrap(), |_| true);
        assert_eq!(found.unknown, [Unknown { seen: "xyzzy".to_owned(), nearest: None, is_term: false }]);
        assert_eq!((found.hits.len(), found.with_all), (1, 0));
        assert_eq!(found.hits[0].without, ["xyzzy"]);
    }

    #[test]
    fn those_with_all_words_come_first() {
        let ideas = ideas();
        let index = Index::new(&ideas);
        let search = Search::read("mesh sailors go").unwrap();
        let found = index.search(&search, |_| true);
        assert_eq!(found.with_all, 1);
        assert_eq!(found.hits[0].matched, ["title", "outcomes"]);
        assert!(found.hits[0].without.is_empty());
        let found = index.search(&search, |idea| idea.title.value.starts_with("Charts"));
        assert_eq!((found.hits.len(), found.with_all, found.kept_back), (1, 0, 1));
        assert_eq!(found.hits[0].without, ["mesh", "sailors"]);
    }

    #[test]
    fn hits_are_marked_where_they_stand() {
        let ideas = ideas();
        let index = Index::new(&ideas);
        let found = index.search(&Search::read("k8s deploying \"service mesh\"").unwrap(), |_| true);
        let passage = found.passage(found.hits[0].idea).unwrap();
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
        assert!(index.search(&Search::read("x").unwrap(), |_| true).hits.is_empty());
    }

    proptest! {
        #[test]
        fn whatever_is_typed(text in "\\PC{0,30}|([a-zA-Z+.\"' ]{1,12} ?){1,4}") {
            let ideas = ideas();
            let index = Index::new(&ideas);
            if let Ok(search) = Search::read(&text) {
                let found = index.search(&search, |_| true);
                for hit in &found.hits {
                    prop_assert!((!hit.matched.is_empty() || !search.has_words()) && hit.score >= 0.0);
                    let title = &hit.idea.title.value;
                    for mark in found.marks("title", title) {
                        prop_assert!(title.get(mark).is_some_and(|part| !part.is_empty()));
                    }
                    let _ = found.passage(hit.idea);
                }
                let all = found.hits.iter().take_while(|hit| hit.without.is_empty()).count();
                prop_assert_eq!(all, found.with_all);
                prop_assert!(found.hits[all..].iter().all(|hit| !hit.without.is_empty()));
            }
        }
    }
}
