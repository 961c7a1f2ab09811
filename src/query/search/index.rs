//! The words of a catalogue, and in which ideas and fields each stands.

use std::time::Instant;

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::super::words::words;
use super::field::Amounts;
use super::passage::passages;
use super::spelling::forms;
use crate::idea::Fact;
use crate::idea::Idea;

/// So many ideas are read at a time, beside others.
const CHUNK: usize = 256;

/// The words of some ideas.
#[derive(Debug)]
pub struct Index<'a> {
    pub(super) ideas: &'a [Idea],
    /// Every word, sorted.
    words: Vec<Word>,
    /// How many words each field of each idea has.
    lengths: Vec<Lengths>,
    /// The same on average, over the ideas that have the field.
    averages: [f64; Fact::ALL.len()],
}

#[derive(Debug)]
struct Word {
    name: String,
    mentions: Vec<Mention>,
}

type Lengths = [u32; Fact::ALL.len()];

/// How often a word stands in a field of an idea.
#[derive(Clone, Copy, Debug)]
struct Mention {
    idea: u32,
    field: Fact,
    /// Two for the word itself, one where it is a part of a longer one.
    halves: u32,
}

impl<'a> Index<'a> {
    /// Reads all words of all ideas.
    pub fn new(ideas: &'a [Idea]) -> Self {
        let start = Instant::now();
        let chunks: Vec<&[Idea]> = ideas.chunks(CHUNK).collect();
        let parts: Vec<Part> = chunks.into_par_iter().enumerate().map(|(i, chunk)| Part::read(i * CHUNK, chunk)).collect();
        let mut parts = parts.into_iter();
        let Part { mut known, mut lengths } = parts.next().unwrap_or_default();
        // In the order of the ideas, whoever was ready first.
        for part in parts {
            for (word, mut mentions) in part.known {
                known.entry(word).or_default().append(&mut mentions);
            }
            lengths.extend(part.lengths);
        }
        let mut words: Vec<Word> = known.into_iter().map(|(name, mentions)| Word { name, mentions }).collect();
        words.sort_unstable_by(|a, b| a.name.cmp(&b.name));
        let mut averages = [0.0; Fact::ALL.len()];
        for field in Fact::ALL {
            averages[field as usize] = average(&lengths, field);
        }
        log::debug!("{} words of {} ideas were listed in {:.1?}", words.len(), ideas.len(), start.elapsed());
        Index { ideas, words, lengths, averages }
    }

    fn word(&self, name: &str) -> Option<&Word> {
        let at = self.words.binary_search_by(|word| word.name.as_str().cmp(name)).ok()?;
        Some(&self.words[at])
    }

    /// The words that begin so, in their order.
    pub(super) fn words_with(&self, start: &str) -> impl Iterator<Item = &str> {
        let from = self.words.partition_point(|word| word.name.as_str() < start);
        self.words[from..].iter().map(|word| word.name.as_str()).take_while(move |word| word.starts_with(start))
    }

    /// All words, those that most ideas have first.
    pub(super) fn vocabulary(&self) -> Vec<&str> {
        let mut words: Vec<&Word> = self.words.iter().collect();
        words.sort_by_key(|word| std::cmp::Reverse(word.mentions.len()));
        words.into_iter().map(|word| word.name.as_str()).collect()
    }

    /// All words, sorted.
    pub(super) fn all_words(&self) -> impl Iterator<Item = &str> {
        self.words.iter().map(|word| word.name.as_str())
    }

    pub(super) fn knows(&self, name: &str) -> bool {
        self.word(name).is_some()
    }

    /// How many ideas have a word.
    pub(super) fn ideas_with(&self, name: &str) -> usize {
        let mentions = self.word(name).map_or(&[][..], |word| &word.mentions);
        mentions.chunk_by(|a, b| a.idea == b.idea).count()
    }

    /// Adds what is mentioned under a name, each mention counting `factor`.
    pub(super) fn add_mentions(&self, name: &str, factor: f64, amounts: &mut FxHashMap<usize, Amounts>) {
        for mention in self.word(name).map_or(&[][..], |word| &word.mentions) {
            let amount = f64::from(mention.halves) / 2.0 * factor;
            amounts.entry(mention.idea as usize).or_default().add(mention.field, amount);
        }
    }

    /// How much a mention in a field of this length counts less than one in a field of average length.
    pub(super) fn length_norm(&self, idea: usize, field: Fact) -> f64 {
        let evenness = field.evenness();
        let average = self.averages[field as usize];
        if average == 0.0 {
            return 1.0;
        }
        1.0 - evenness + evenness * f64::from(self.lengths[idea][field as usize]) / average
    }
}

/// The words of some of the ideas.
#[derive(Default)]
struct Part {
    known: FxHashMap<String, Vec<Mention>>,
    lengths: Vec<Lengths>,
}

impl Part {
    /// Reads all words of some ideas; `first` is the number of the first.
    fn read(first: usize, ideas: &[Idea]) -> Self {
        let mut known: FxHashMap<String, Vec<Mention>> = FxHashMap::default();
        let mut lengths = Vec::with_capacity(ideas.len());
        let first = u32::try_from(first).unwrap_or(u32::MAX);
        for (number, idea) in (first..).zip(ideas) {
            let mut lens: Lengths = [0; Fact::ALL.len()];
            for passage in passages(idea) {
                let field = passage.field;
                for word in words(&passage.text) {
                    lens[field as usize] += 1;
                    forms(word, |form, whole| {
                        let halves = if whole { 2 } else { 1 };
                        let mention = Mention { idea: number, field, halves };
                        match known.get_mut(form) {
                            None => drop(known.insert(form.to_owned(), vec![mention])),
                            // All texts of a field of an idea follow each other.
                            Some(mentions) => match mentions.last_mut() {
                                Some(last) if last.idea == number && last.field == field => last.halves += halves,
                                _ => mentions.push(mention),
                            },
                        }
                    });
                }
            }
            lengths.push(lens);
        }
        Part { known, lengths }
    }
}

fn average(lengths: &[Lengths], field: Fact) -> f64 {
    let lengths = lengths.iter().map(|lens| lens[field as usize]).filter(|len| *len > 0);
    let count = u32::try_from(lengths.clone().count()).unwrap_or(u32::MAX);
    if count == 0 { 0.0 } else { lengths.map(f64::from).sum::<f64>() / f64::from(count) }
}

#[cfg(test)]
mod tests {
    use super::super::super::tests::idea;
    use super::*;

    #[test]
    fn many_ideas_keep_their_order() {
        let ideas: Vec<Idea> = (0..2 * CHUNK + 3).map(|i| idea(&format!("every {}", i % 300), &[])).collect();
        let index = Index::new(&ideas);
        assert_eq!((index.ideas_with("every"), index.ideas_with("7"), index.ideas_with("299")), (ideas.len(), 2, 1));
        let mentions = &index.word("every").unwrap().mentions;
        assert!(mentions.is_sorted_by_key(|mention| mention.idea));
        assert_eq!(index.words_with("29").collect::<Vec<_>>().len(), 11);
    }
}
