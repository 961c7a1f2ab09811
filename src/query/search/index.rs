//! The words of a catalogue, and in which ideas and fields each stands.

use std::hash::Hasher as _;
use std::ops::Range;
use std::sync::OnceLock;
use std::time::Instant;

use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHasher};

use super::super::words::words;
use super::field::Amounts;
use super::meaning::Projects;
use super::passage::{Passage, passages};
use super::spelling::forms;
use super::weights::Weights;
use crate::idea::same::Face;
use crate::idea::{Fact, Idea};

/// So many ideas are read at a time, beside others.
const CHUNK: usize = 256;

/// How many fields there are.
#[allow(clippy::cast_possible_truncation)] // some dozen
const FIELDS: u32 = Fact::ALL.len() as u32;

/// The words of some ideas.
#[derive(Debug)]
pub struct Index<'a> {
    pub(super) ideas: &'a [Idea],
    words: Words,
    /// How many words each field has on average, over the ideas that have the field.
    averages: [f64; Fact::ALL.len()],
    /// The texts of the ideas that a search looked at.
    passages: Vec<OnceLock<Vec<Passage<'a>>>>,
    projects: OnceLock<Projects>,
}

/// Every word, sorted, with the places where it stands. It is flat, so that it is kept and taken up again as it is: the length of
/// each part, then the parts.
#[derive(Debug, Default)]
struct Words {
    bytes: Vec<u8>,
    /// Where each [`Table`] stands among them.
    tables: [Range<usize>; Table::COUNT],
}

/// A part of [`Words`].
#[derive(Clone, Copy)]
enum Table {
    /// The words, one after the other.
    Names,
    /// Where each ends among the names: numbers as [`number`] reads them.
    Ends,
    /// Where the mentions of each end, in the same way.
    Mentioned,
    /// For each word how often it stands where, as numbers that [`small`] reads: how many ideas further, and field and
    /// count in one. See [`Mention`].
    Mentions,
    /// How many words each field of each idea has: numbers as [`number`] reads them.
    Lengths,
}

impl Table {
    const COUNT: usize = 5;
}

/// How often a word stands in a field of an idea.
#[derive(Clone, Copy, Debug)]
struct Mention {
    idea: u32,
    field: Fact,
    /// Two for the word itself, one where it is a part of a longer one.
    halves: u32,
}

type Lengths = [u32; Fact::ALL.len()];

/// The number at a place among numbers.
fn number(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at * 4..)?.first_chunk().map(|bytes| u32::from_le_bytes(*bytes))
}

/// Takes a number from the front of some bytes: seven bits of it in each, the lowest first, and the eighth if more follow.
fn small(bytes: &mut &[u8]) -> Option<u32> {
    let mut number = 0;
    for shift in (0..u32::BITS).step_by(7) {
        let (&byte, rest) = bytes.split_first()?;
        *bytes = rest;
        number |= u32::from(byte & 0x7f) << shift;
        if byte < 0x80 {
            return Some(number);
        }
    }
    None
}

/// Writes what [`small`] reads.
fn push_small(bytes: &mut Vec<u8>, mut number: u32) {
    while let (rest @ 1.., [low, ..]) = (number >> 7, number.to_le_bytes()) {
        bytes.push(low | 0x80);
        number = rest;
    }
    bytes.push(number.to_le_bytes()[0]);
}

fn push(bytes: &mut Vec<u8>, number: usize) {
    bytes.extend_from_slice(&u32::try_from(number).unwrap_or(u32::MAX).to_le_bytes());
}

impl Words {
    /// What [`Words`] of these tables are.
    fn of(tables: [&[u8]; Table::COUNT]) -> Self {
        let mut bytes = Vec::with_capacity(tables.iter().map(|table| table.len() + 4).sum());
        for table in tables {
            push(&mut bytes, table.len());
        }
        for table in tables {
            bytes.extend_from_slice(table);
        }
        Self::from_bytes(bytes).unwrap_or_default()
    }

    /// Takes up what they are made of; `None` if it is something else.
    fn from_bytes(bytes: Vec<u8>) -> Option<Self> {
        let mut tables: [Range<usize>; Table::COUNT] = Default::default();
        let mut end = Table::COUNT * 4;
        for (i, table) in tables.iter_mut().enumerate() {
            let start = end;
            end = start.checked_add(number(&bytes, i)? as usize)?;
            *table = start..end;
        }
        (end == bytes.len()).then_some(Words { bytes, tables })
    }

    fn table(&self, table: Table) -> &[u8] {
        &self.bytes[self.tables[table as usize].clone()]
    }

    fn read(ideas: &[Idea]) -> Self {
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
        let mut known: Vec<(String, Vec<Mention>)> = known.into_iter().collect();
        known.sort_unstable_by(|a, b| a.0.cmp(&b.0));
        let (mut names, mut ends, mut mentioned, mut places) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        for (name, mentions) in &known {
            names.extend_from_slice(name.as_bytes());
            push(&mut ends, names.len());
            let mut before = 0;
            for mention in mentions {
                push_small(&mut places, mention.idea - std::mem::replace(&mut before, mention.idea));
                push_small(&mut places, mention.halves.saturating_mul(FIELDS) + mention.field as u32);
            }
            push(&mut mentioned, places.len());
        }
        let mut all_lengths = Vec::with_capacity(ideas.len() * Fact::ALL.len() * 4);
        lengths.iter().flatten().for_each(|&length| push(&mut all_lengths, length as usize));
        log::debug!("{} words of {} ideas were listed in {:.1?}", known.len(), ideas.len(), start.elapsed());
        Words::of([&names, &ends, &mentioned, &places, &all_lengths])
    }

    fn len(&self) -> usize {
        self.table(Table::Ends).len() / 4
    }

    /// A stretch that a row of ends tells.
    fn stretch(ends: &[u8], at: usize) -> Range<usize> {
        let end = |at: usize| number(ends, at).map_or(0, |end| end as usize);
        at.checked_sub(1).map_or(0, end)..end(at)
    }

    fn name(&self, at: usize) -> &str {
        let name = self.table(Table::Names).get(Self::stretch(self.table(Table::Ends), at));
        name.and_then(|name| str::from_utf8(name).ok()).unwrap_or_default()
    }

    /// How many words come before those for which `is_before` does not hold.
    fn partition_point(&self, is_before: impl Fn(&str) -> bool) -> usize {
        let (mut low, mut high) = (0, self.len());
        while low < high {
            let middle = usize::midpoint(low, high);
            if is_before(self.name(middle)) { low = middle + 1 } else { high = middle }
        }
        low
    }

    fn find(&self, name: &str) -> Option<usize> {
        let at = self.partition_point(|word| word < name);
        (at < self.len() && self.name(at) == name).then_some(at)
    }

    fn mentions(&self, word: usize) -> impl Iterator<Item = Mention> {
        let stretch = Self::stretch(self.table(Table::Mentioned), word);
        let mut bytes = self.table(Table::Mentions).get(stretch).unwrap_or_default();
        let mut idea = 0_u32;
        std::iter::from_fn(move || {
            idea = idea.checked_add(small(&mut bytes)?)?;
            let count = small(&mut bytes)?;
            Some(Mention { idea, field: Fact::ALL[(count % FIELDS) as usize], halves: count / FIELDS })
        })
    }

    fn length(&self, idea: usize, field: Fact) -> u32 {
        number(self.table(Table::Lengths), idea * Fact::ALL.len() + field as usize).unwrap_or(0)
    }

    fn average(&self, ideas: usize, field: Fact) -> f64 {
        let lengths = (0..ideas).map(|idea| self.length(idea, field)).filter(|len| *len > 0);
        let (count, sum) = lengths.fold((0_u32, 0.0), |(count, sum), len| (count + 1, sum + f64::from(len)));
        if count == 0 { 0.0 } else { sum / f64::from(count) }
    }
}

/// A number that is another one for ideas of other faces, and the same for the same ones.
pub fn fingerprint(faces: &[Face]) -> u64 {
    let mut hasher = FxHasher::default();
    for face in faces {
        hasher.write_u64(face.whole());
    }
    hasher.finish()
}

impl<'a> Index<'a> {
    /// Reads all words of all ideas.
    pub fn new(ideas: &'a [Idea]) -> Self {
        Self::of(ideas, Words::read(ideas))
    }

    /// Takes up what [`Index::to_bytes`] gave for the same ideas; `None` if it is something else.
    pub fn from_bytes(ideas: &'a [Idea], bytes: Vec<u8>) -> Option<Self> {
        let words = Words::from_bytes(bytes)?;
        (words.table(Table::Lengths).len() == ideas.len() * Fact::ALL.len() * 4).then(|| Self::of(ideas, words))
    }

    /// What was read, to be kept.
    pub fn to_bytes(&self) -> &[u8] {
        &self.words.bytes
    }

    fn of(ideas: &'a [Idea], words: Words) -> Self {
        let averages = Fact::ALL.map(|field| words.average(ideas.len(), field));
        let passages = ideas.iter().map(|_| OnceLock::new()).collect();
        Index { ideas, words, averages, passages, projects: OnceLock::new() }
    }

    /// Its ideas by their projects.
    pub(super) fn projects(&self) -> &Projects {
        self.projects.get_or_init(|| Projects::new(self.ideas))
    }

    /// The texts of an idea.
    pub(super) fn passages(&self, idea: usize) -> &[Passage<'a>] {
        self.passages[idea].get_or_init(|| passages(&self.ideas[idea]))
    }

    /// Reads the texts of ideas that will be looked at, at the same time.
    pub(super) fn read_passages(&self, ideas: Vec<usize>) {
        ideas.into_par_iter().with_min_len(8).for_each(|idea| _ = self.passages(idea));
    }

    /// The words that begin so, in their order.
    pub(super) fn words_with(&self, start: &str) -> impl Iterator<Item = &str> {
        let from = self.words.partition_point(|word| word < start);
        (from..self.words.len()).map(|at| self.words.name(at)).take_while(move |word| word.starts_with(start))
    }

    /// All words, those that most ideas have first.
    pub(super) fn vocabulary(&self) -> Vec<&str> {
        let mut words: Vec<usize> = (0..self.words.len()).collect();
        words.sort_by_cached_key(|&word| std::cmp::Reverse(self.words.mentions(word).count()));
        words.into_iter().map(|word| self.words.name(word)).collect()
    }

    /// All words, sorted.
    pub(super) fn all_words(&self) -> impl Iterator<Item = &str> {
        (0..self.words.len()).map(|at| self.words.name(at))
    }

    pub(super) fn knows(&self, name: &str) -> bool {
        self.words.find(name).is_some()
    }

    /// How many ideas have a word.
    pub(super) fn ideas_with(&self, name: &str) -> usize {
        let mut last = None;
        self.mentions(name).filter(|mention| last.replace(mention.idea) != Some(mention.idea)).count()
    }

    /// Adds what is mentioned under a name, each mention counting `factor`.
    pub(super) fn add_mentions(&self, name: &str, factor: f64, amounts: &mut FxHashMap<usize, Amounts>) {
        for mention in self.mentions(name).filter(|mention| (mention.idea as usize) < self.ideas.len()) {
            let part = if mention.halves == 1 { Weights::get().mention.part * 2.0 } else { 1.0 };
            amounts.entry(mention.idea as usize).or_default().add(mention.field, f64::from(mention.halves) / 2.0, factor * part);
        }
    }

    /// The ideas that have a word, each with the fields that it stands in.
    pub(super) fn places(&self, name: &str) -> impl Iterator<Item = (usize, Fact)> {
        let mentions = self.mentions(name).map(|mention| (mention.idea as usize, mention.field));
        mentions.filter(|(idea, _)| *idea < self.ideas.len())
    }

    fn mentions(&self, name: &str) -> impl Iterator<Item = Mention> {
        self.words.find(name).into_iter().flat_map(|word| self.words.mentions(word))
    }

    /// How much a mention in a field of this length counts less than one in a field of average length.
    pub(super) fn length_norm(&self, idea: usize, field: Fact) -> f64 {
        let evenness = field.evenness();
        let average = self.averages[field as usize];
        if average == 0.0 {
            return 1.0;
        }
        1.0 - evenness + evenness * f64::from(self.words.length(idea, field)) / average
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

#[cfg(test)]
mod tests {
    use super::super::super::tests::idea;
    use super::*;

    #[test]
    fn many_ideas_keep_their_order() {
        let ideas: Vec<Idea> = (0..2 * CHUNK + 3).map(|i| idea(&format!("every {}", i % 300), &[])).collect();
        let index = Index::new(&ideas);
        assert_eq!((index.ideas_with("every"), index.ideas_with("7"), index.ideas_with("299")), (ideas.len(), 2, 1));
        assert!(index.mentions("every").is_sorted_by_key(|mention| mention.idea));
        assert_eq!(index.words_with("29").collect::<Vec<_>>().len(), 11);
    }

    #[test]
    fn what_was_kept_is_taken_up_for_the_same_ideas_only() {
        let ideas = ["Charts of rivers", "Go and Kubernetes", "A mesh for rivers"].map(|title| idea(title, &[]));
        let index = Index::new(&ideas);
        let again = Index::from_bytes(&ideas, index.to_bytes().to_vec()).unwrap();
        assert_eq!((again.all_words().collect::<Vec<_>>(), again.averages), (index.all_words().collect(), index.averages));
        assert_eq!(again.ideas_with("rivers"), 2);
        assert!(Index::from_bytes(&ideas[1..], index.to_bytes().to_vec()).is_none());
        assert!(Index::from_bytes(&ideas, b"damaged".to_vec()).is_none());
        let mut edited = ideas.clone();
        let of = |ideas: &[Idea]| fingerprint(&ideas.iter().map(|idea| Face::of(idea, None)).collect::<Vec<_>>());
        assert_eq!(of(&edited), of(&ideas));
        edited[2].hours.push(crate::text::Spanned::nowhere(90));
        assert_ne!(of(&edited), of(&ideas));
        assert_ne!(of(&ideas[..2]), of(&ideas));
    }
}
