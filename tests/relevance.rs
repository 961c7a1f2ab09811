//! What a search should find: the queries of `tests/relevance.toml` over the real pages of the corpus, where it is at hand
//! (see `corpus_folder`).
#![allow(clippy::unwrap_used)] // a test that cannot go on has failed

mod corpus_folder;

use mentorship_ideas::catalog::{Catalog, Origin};
use mentorship_ideas::idea::Idea;
use mentorship_ideas::query::search::{Index, Search};
use serde::Deserialize;

#[derive(Deserialize)]
struct File {
    query: Vec<Wanted>,
}

/// A query, and the idea that it should find.
#[derive(Deserialize)]
struct Wanted {
    text: String,
    title: String,
    project: Option<String>,
}

impl Wanted {
    fn is(&self, idea: &Idea) -> bool {
        let mut names = idea.project.iter().chain(&idea.organization);
        let filed = self.project.as_ref().is_none_or(|wanted| names.any(|name| name.value == *wanted));
        idea.title.value == self.title && filed
    }
}

fn queries() -> Vec<Wanted> {
    toml::from_str::<File>(include_str!("relevance.toml")).unwrap().query
}

/// The ideas of the corpus, where it is at hand.
fn corpus() -> Option<Vec<Idea>> {
    let folder = corpus_folder::find()?;
    Some(Catalog::load(&[Origin::Path(folder.join("pages"))]).ideas)
}

#[test]
fn every_expected_idea_is_there() {
    let queries = queries();
    assert_eq!(queries.len(), 48);
    let Some(ideas) = corpus() else { return };
    for wanted in &queries {
        assert!(ideas.iter().any(|idea| wanted.is(idea)), "no idea is called {:?} in {:?}", wanted.title, wanted.project);
    }
}

/// Where the expected idea stands among what a text finds, from 0.
fn rank(text: &str, wanted: &Wanted, index: &Index<'_>) -> Option<usize> {
    let found = index.search(&Search::read(text).unwrap(), |_| true);
    found.hits.iter().position(|hit| wanted.is(hit.idea))
}

/// How many ranks are below a bound.
fn below(ranks: &[Option<usize>], bound: usize) -> usize {
    ranks.iter().flatten().filter(|rank| **rank < bound).count()
}

#[test]
fn the_expected_idea_comes_first_or_nearly() {
    let Some(ideas) = corpus() else { return };
    let (queries, index) = (queries(), Index::new(&ideas));
    let ranks: Vec<_> = queries.iter().map(|wanted| rank(&wanted.text, wanted, &index)).collect();
    for (wanted, rank) in queries.iter().zip(&ranks).filter(|(_, rank)| **rank != Some(0)) {
        println!("{:?}: {:?} has rank {rank:?}", wanted.text, wanted.title);
    }
    let (first, three) = (below(&ranks, 1), below(&ranks, 3));
    println!("first: {first} of 48; in the first three: {three}");
    assert!(first >= 46 && three >= 46, "first: {first}, in the first three: {three}");
}

#[test]
fn a_slip_loses_few() {
    let Some(ideas) = corpus() else { return };
    let (queries, index) = (queries(), Index::new(&ideas));
    let found: Vec<&Wanted> = queries.iter().filter(|it| rank(&it.text, it, &index).is_some_and(|rank| rank < 3)).collect();
    for round in 0..8 {
        let mut random = Random(round * 7919 + 1);
        let lost = found.iter().filter(|wanted| {
            let text = slip(&wanted.text, &mut random);
            let rank = rank(&text, wanted, &index);
            let lost = rank.is_none_or(|rank| rank >= 3);
            if lost {
                println!("round {round}: {text:?} for {:?}: rank {rank:?}", wanted.text);
            }
            lost
        });
        let lost = lost.count();
        println!("round {round}: {lost} lost");
        assert!(lost <= 4, "round {round}: {lost} of {} lost", found.len());
    }
}

/// Numbers that look random, and are the same in every run.
struct Random(u64);

impl Random {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % bound
    }
}

/// A text with a slip in one of its words of four letters or more: one letter too few, too many, wrong, or swapped.
fn slip(text: &str, random: &mut Random) -> String {
    let mut words: Vec<Vec<char>> = text.split(' ').map(|word| word.chars().collect()).collect();
    let long: Vec<usize> = (0..words.len()).filter(|&i| words[i].iter().filter(|c| c.is_alphanumeric()).count() >= 4).collect();
    let word = &mut words[long[random.below(long.len())]];
    let letters: Vec<usize> = (0..word.len()).filter(|&at| word[at].is_alphanumeric()).collect();
    let at = letters[random.below(letters.len() - 1)];
    let letter = char::from(b'a' + u8::try_from(random.below(26)).unwrap());
    match random.below(4) {
        0 => drop(word.remove(at)),
        1 => word.insert(at, letter),
        2 => word[at] = letter,
        _ => word.swap(at, at + 1),
    }
    words.into_iter().map(|word| word.into_iter().collect::<String>()).collect::<Vec<_>>().join(" ")
}
