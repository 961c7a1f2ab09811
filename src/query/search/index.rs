//! The words of a catalogue, in which ideas and fields each stands, and where; and what a search asks of every idea.

use std::cell::OnceCell;
use std::hash::Hasher as _;
use std::ops::Range;
use std::time::Instant;

use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHasher};

use super::super::words::words;
use super::field::Amounts;
use super::outlines::Outlines;
use super::passage::passages;
use super::spelling::forms;
use super::weights::Weights;
use crate::catalog::Later;
use crate::idea::same::Face;
use crate::idea::{Fact, Idea};

/// So many ideas are read at a time, beside others.
const CHUNK: usize = 256;

/// How many fields there are.
#[allow(clippy::cast_possible_truncation)] // some dozen
const FIELDS: u32 = Fact::ALL.len() as u32;

/// The words of some ideas, and what else a search asks of every idea. The ideas themselves are read only where it looks closely.
#[derive(Debug)]
pub struct Index<'a> {
    /// The ideas.
    pub ideas: Ideas<'a>,
    words: Words<'a>,
    pub(super) outlines: Outlines,
}

/// Where the ideas are found that a search gives back, or looks at closely.
#[derive(Clone, Copy, Debug)]
pub enum Ideas<'a> {
    /// All were read.
    All(&'a [Idea]),
    /// They stay in the cache until they are asked for.
    Later(&'a Later),
}

impl<'a> Ideas<'a> {
    pub(super) fn len(self) -> usize {
        match self {
            Ideas::All(ideas) => ideas.len(),
            Ideas::Later(later) => later.len(),
        }
    }

    /// One that was found; its long texts may be missing.
    pub fn found(self, place: usize) -> &'a Idea {
        match self {
            Ideas::All(ideas) => &ideas[place],
            Ideas::Later(later) => later.idea(place),
        }
    }

    /// One with all its texts.
    pub fn whole(self, place: usize) -> &'a Idea {
        match self {
            Ideas::All(ideas) => &ideas[place],
            Ideas::Later(later) => later.whole(place),
        }
    }
}

/// Every word, sorted, with the places where it stands. It is flat, so that it is kept and taken up again as it is: what is asked
/// of every word, and the mentions in parts, of which a search needs few.
#[derive(Debug, Default)]
struct Words<'a> {
    /// The length of each table, then the tables.
    bytes: Vec<u8>,
    /// Where each [`Table`] stands among them.
    tables: [Range<usize>; Table::COUNT],
    /// For each word how often it stands where, as numbers that [`small`] reads: how many ideas further, field and count in one,
    /// how many bytes of spots follow, and those. See [`Mention`]. No word is divided between two parts.
    mentions: Vec<OnceCell<Vec<u8>>>,
    /// Where parts are that were not read yet, and what they are known by there.
    kept: Option<(&'a Later, u64)>,
}

/// What is asked of every word.
#[derive(Clone, Copy)]
enum Table {
    /// The words, one after the other.
    Names,
    /// Where each ends among the names: numbers as [`number`] reads them.
    Ends,
    /// Where the mentions of each end, in the same way, counted through all parts.
    Mentioned,
    /// Where each part of the mentions ends, in the same way.
    Parts,
    /// How many words each field of each idea has: numbers as [`number`] reads them.
    Lengths,
    /// The [`Outlines`].
    Outlines,
}

impl Table {
    const COUNT: usize = 6;
}

/// A part of the mentions is at least so long, in bytes.
const PART: usize = 1 << 15;

/// How often a word stands in a field of an idea.
#[derive(Clone, Copy, Debug)]
struct Mention<'w> {
    idea: u32,
    field: Fact,
    /// Two for the word itself, one where it is a part of a longer one.
    halves: u32,
    /// Where it stands: numbers that [`small`] reads, see [`Spot::push`].
    spots: &'w [u8],
}

/// Where a word stands in a field of an idea.
#[derive(Clone, Copy, Debug)]
pub(super) struct Spot {
    /// The how many-th word of the field it is. Words of two passages never follow each other.
    pub(super) at: u32,
    /// It is no part of a longer word.
    pub(super) is_whole: bool,
    /// No letter of the word is a capital there.
    pub(super) is_lower: bool,
}

impl Spot {
    /// Writes it behind the spot at a place.
    fn push(self, before: u32, bytes: &mut Vec<u8>) {
        push_small(bytes, (self.at - before) << 2 | u32::from(self.is_whole) << 1 | u32::from(self.is_lower));
    }

    /// What a mention counts there: a part of a word half of the whole.
    pub(super) fn share(self) -> f64 {
        if self.is_whole { 1.0 } else { 0.5 }
    }

    /// The spots that were written.
    fn all(mut bytes: &[u8]) -> impl Iterator<Item = Spot> {
        let mut at = 0_u32;
        std::iter::from_fn(move || {
            let number = small(&mut bytes)?;
            at = at.checked_add(number >> 2)?;
            Some(Spot { at, is_whole: number & 2 > 0, is_lower: number & 1 > 0 })
        })
    }
}

/// A spot of a word while ideas are read.
#[derive(Clone, Copy)]
struct Occurrence {
    idea: u32,
    field: Fact,
    spot: Spot,
}

/// How many words each field of an idea has.
pub(super) type Lengths = [u32; Fact::ALL.len()];

/// The number at a place among numbers.
fn number(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at * 4..)?.first_chunk().map(|bytes| u32::from_le_bytes(*bytes))
}

/// How many of so many places come before those for which `is_before` does not hold.
fn partition_point(count: usize, is_before: impl Fn(usize) -> bool) -> usize {
    let (mut low, mut high) = (0, count);
    while low < high {
        let middle = usize::midpoint(low, high);
        if is_before(middle) { low = middle + 1 } else { high = middle }
    }
    low
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

impl Words<'_> {
    /// What [`Words`] of these tables are.
    fn of(tables: [&[u8]; Table::COUNT], mentions: Vec<Vec<u8>>) -> Self {
        let mut bytes = Vec::with_capacity(tables.iter().map(|table| table.len() + 4).sum());
        for table in tables {
            push(&mut bytes, table.len());
        }
        for table in tables {
            bytes.extend_from_slice(table);
        }
        let mentions = mentions.into_iter().map(OnceCell::from).collect();
        Words { mentions, ..Self::from_bytes(bytes).unwrap_or_default() }
    }

    /// Takes up what they are made of, without the mentions; `None` if it is something else.
    fn from_bytes(bytes: Vec<u8>) -> Option<Self> {
        let mut tables: [Range<usize>; Table::COUNT] = Default::default();
        let mut end = Table::COUNT * 4;
        for (i, table) in tables.iter_mut().enumerate() {
            let start = end;
            end = start.checked_add(number(&bytes, i)? as usize)?;
            *table = start..end;
        }
        if end != bytes.len() {
            return None;
        }
        let mentions = vec![OnceCell::new(); tables[Table::Parts as usize].len() / 4];
        Some(Words { bytes, tables, mentions, ..Self::default() })
    }

    fn table(&self, table: Table) -> &[u8] {
        &self.bytes[self.tables[table as usize].clone()]
    }

    /// Reads ideas, and gives what else is asked of every idea, too.
    fn read(ideas: &[Idea]) -> (Self, Outlines) {
        let start = Instant::now();
        let chunks: Vec<&[Idea]> = ideas.chunks(CHUNK).collect();
        let parts: Vec<Part> = chunks.into_par_iter().enumerate().map(|(i, chunk)| Part::read(i * CHUNK, chunk)).collect();
        let mut parts = parts.into_iter();
        let Part { mut known, mut lengths } = parts.next().unwrap_or_default();
        // In the order of the ideas, whoever was ready first.
        for part in parts {
            for (word, mut occurrences) in part.known {
                known.entry(word).or_default().append(&mut occurrences);
            }
            lengths.extend(part.lengths);
        }
        let mut known: Vec<(String, Vec<Occurrence>)> = known.into_iter().collect();
        known.sort_unstable_by(|a, b| a.0.cmp(&b.0));
        let (mut names, mut ends, mut mentioned, mut parts_end) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        let (mut mentions, mut before) = (vec![Vec::new()], 0);
        for (name, occurrences) in &known {
            names.extend_from_slice(name.as_bytes());
            push(&mut ends, names.len());
            if mentions.last().is_some_and(|part: &Vec<u8>| part.len() >= PART) {
                before += mentions.last().map_or(0, Vec::len);
                push(&mut parts_end, before);
                mentions.push(Vec::new());
            }
            if let Some(part) = mentions.last_mut() {
                push_mentions(part, occurrences);
                push(&mut mentioned, before + part.len());
            }
        }
        push(&mut parts_end, before + mentions.last().map_or(0, Vec::len));
        let mut all_lengths = Vec::with_capacity(ideas.len() * Fact::ALL.len() * 4);
        lengths.iter().flatten().for_each(|&length| push(&mut all_lengths, length as usize));
        let outlines = Outlines::new(ideas, &lengths);
        // Writing to memory does not fail.
        let kept = borsh::to_vec(&outlines).unwrap_or_default();
        log::debug!("{} words of {} ideas were listed in {:.1?}", known.len(), ideas.len(), start.elapsed());
        (Words::of([&names, &ends, &mentioned, &parts_end, &all_lengths, &kept], mentions), outlines)
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
        partition_point(self.len(), |word| is_before(self.name(word)))
    }

    fn find(&self, name: &str) -> Option<usize> {
        let at = self.partition_point(|word| word < name);
        (at < self.len() && self.name(at) == name).then_some(at)
    }

    /// Where a word stands, as it is kept.
    fn mentioned(&self, word: usize) -> Option<&[u8]> {
        let Range { start, end } = Self::stretch(self.table(Table::Mentioned), word);
        let parts = self.table(Table::Parts);
        let part = partition_point(self.mentions.len(), |part| Self::stretch(parts, part).end <= start);
        let before = Self::stretch(parts, part).start;
        // What was there when the words were taken up may have gone since.
        let read = || self.kept.and_then(|(later, of)| later.derived(of, part + 1)).unwrap_or_default();
        self.mentions.get(part)?.get_or_init(read).get(start.checked_sub(before)?..end.checked_sub(before)?)
    }

    fn mentions(&self, word: usize) -> impl Iterator<Item = Mention<'_>> {
        let mut bytes = self.mentioned(word).unwrap_or_default();
        let mut idea = 0_u32;
        std::iter::from_fn(move || {
            idea = idea.checked_add(small(&mut bytes)?)?;
            let count = small(&mut bytes)?;
            let length = small(&mut bytes)? as usize;
            let (spots, rest) = bytes.split_at_checked(length)?;
            bytes = rest;
            Some(Mention { idea, field: Fact::ALL[(count % FIELDS) as usize], halves: count / FIELDS, spots })
        })
    }

    fn length(&self, idea: usize, field: Fact) -> u32 {
        number(self.table(Table::Lengths), idea * Fact::ALL.len() + field as usize).unwrap_or(0)
    }
}

/// Writes where a word stands, idea by idea and field by field.
fn push_mentions(bytes: &mut Vec<u8>, occurrences: &[Occurrence]) {
    let mut before = 0;
    // All texts of a field of an idea follow each other.
    for mention in occurrences.chunk_by(|one, next| (one.idea, one.field) == (next.idea, next.field)) {
        let Occurrence { idea, field, .. } = mention[0];
        let halves = mention.iter().map(|it| if it.spot.is_whole { 2 } else { 1 }).sum::<u32>();
        let (mut spots, mut at) = (Vec::new(), 0);
        for Occurrence { spot, .. } in mention {
            spot.push(std::mem::replace(&mut at, spot.at), &mut spots);
        }
        push_small(bytes, idea - std::mem::replace(&mut before, idea));
        push_small(bytes, halves.saturating_mul(FIELDS) + field as u32);
        push_small(bytes, u32::try_from(spots.len()).unwrap_or(u32::MAX));
        bytes.append(&mut spots);
    }
}

/// A number that is another one for ideas of other faces, or on other pages, and the same for the same ones.
pub fn fingerprint(faces: &[Face]) -> u64 {
    let mut hasher = FxHasher::default();
    for face in faces {
        hasher.write_u64(face.whole());
        hasher.write_u64(face.page());
    }
    hasher.finish()
}

impl<'a> Index<'a> {
    /// Reads all words of all ideas.
    pub fn new(ideas: &'a [Idea]) -> Self {
        let (words, outlines) = Words::read(ideas);
        Index { ideas: Ideas::All(ideas), words, outlines }
    }

    /// Takes up what [`Index::parts`] gave for the same ideas; `None` if it is something else, or a part is missing.
    pub fn from_parts(ideas: Ideas<'a>, part: impl Fn(usize) -> Option<Vec<u8>>) -> Option<Self> {
        let mut index = Self::without_mentions(ideas, part(0)?)?;
        for (at, mentions) in index.words.mentions.iter_mut().enumerate() {
            *mentions = OnceCell::from(part(at + 1)?);
        }
        Some(index)
    }

    /// The same for ideas that stay in the cache: what is kept there by this number is read as far as it is asked for.
    pub fn later(ideas: &'a Later, of: u64) -> Option<Self> {
        let mut index = Self::without_mentions(Ideas::Later(ideas), ideas.derived(of, 0)?)?;
        index.words.kept = Some((ideas, of));
        Some(index)
    }

    fn without_mentions(ideas: Ideas<'a>, bytes: Vec<u8>) -> Option<Self> {
        let words = Words::from_bytes(bytes)?;
        let outlines: Outlines = borsh::from_slice(words.table(Table::Outlines)).ok()?;
        let has_lengths = words.table(Table::Lengths).len() == ideas.len() * Fact::ALL.len() * 4;
        (has_lengths && outlines.len() == ideas.len()).then_some(Index { ideas, words, outlines })
    }

    /// The outline of the idea at a place: an idea that states the same tags, programme, term, levels and hours, and nothing else.
    pub fn outline(&self, place: usize) -> &Idea {
        self.outlines.at(place)
    }

    /// The outlines of all ideas, each once.
    pub fn outlines(&self) -> &[Idea] {
        self.outlines.different()
    }

    /// What was read, to be kept part by part.
    pub fn parts(&self) -> impl Iterator<Item = &[u8]> {
        std::iter::once(self.words.bytes.as_slice())
            .chain(self.words.mentions.iter().filter_map(OnceCell::get).map(Vec::as_slice))
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

    /// Where a word stands: in which ideas and fields, and at which places there.
    pub(super) fn spots(&self, name: &str) -> impl Iterator<Item = (usize, Fact, Spot)> {
        let mentions = self.mentions(name).filter(|mention| (mention.idea as usize) < self.ideas.len());
        mentions.flat_map(|Mention { idea, field, spots, .. }| Spot::all(spots).map(move |spot| (idea as usize, field, spot)))
    }

    fn mentions(&self, name: &str) -> impl Iterator<Item = Mention<'_>> {
        self.words.find(name).into_iter().flat_map(|word| self.words.mentions(word))
    }

    /// How much a mention in a field of this length counts less than one in a field of average length.
    pub(super) fn length_norm(&self, idea: usize, field: Fact) -> f64 {
        let evenness = field.evenness();
        let average = self.outlines.average(field);
        if average == 0.0 {
            return 1.0;
        }
        1.0 - evenness + evenness * f64::from(self.words.length(idea, field)) / average
    }
}

/// The words of some of the ideas.
#[derive(Default)]
struct Part {
    known: FxHashMap<String, Vec<Occurrence>>,
    lengths: Vec<Lengths>,
}

impl Part {
    /// Reads all words of some ideas; `first` is the number of the first.
    fn read(first: usize, ideas: &[Idea]) -> Self {
        let mut known: FxHashMap<String, Vec<Occurrence>> = FxHashMap::default();
        let mut lengths = Vec::with_capacity(ideas.len());
        let first = u32::try_from(first).unwrap_or(u32::MAX);
        for (idea, about) in (first..).zip(ideas) {
            let mut lens: Lengths = [0; Fact::ALL.len()];
            let mut ends: Lengths = [0; Fact::ALL.len()];
            for passage in passages(about) {
                let field = passage.field;
                for word in words(&passage.text) {
                    lens[field as usize] += 1;
                    ends[field as usize] += 1;
                    let (at, is_lower) = (ends[field as usize], !word.contains(char::is_uppercase));
                    forms(word, |form, is_whole| {
                        let occurrence = Occurrence { idea, field, spot: Spot { at, is_whole, is_lower } };
                        match known.get_mut(form) {
                            Some(occurrences) => occurrences.push(occurrence),
                            None => drop(known.insert(form.to_owned(), vec![occurrence])),
                        }
                    });
                }
                ends[field as usize] += 1;
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
        let part = |at| index.parts().nth(at).map(<[u8]>::to_vec);
        let again = Index::from_parts(Ideas::All(&ideas), part).unwrap();
        assert_eq!(again.all_words().collect::<Vec<_>>(), index.all_words().collect::<Vec<_>>());
        assert!(again.parts().eq(index.parts()));
        assert_eq!(again.ideas_with("rivers"), 2);
        assert!(Index::from_parts(Ideas::All(&ideas[1..]), part).is_none(), "other ideas");
        for damaged in [b"damaged".to_vec(), [u8::MAX / 2; 24].to_vec()] {
            assert!(Index::from_parts(Ideas::All(&ideas), |_| Some(damaged.clone())).is_none());
        }
        assert!(Index::from_parts(Ideas::All(&ideas), |at| part(at).filter(|_| at == 0)).is_none(), "a part is missing");
        let mut edited = ideas.clone();
        let of = |ideas: &[Idea]| fingerprint(&ideas.iter().map(|idea| Face::of(idea, None)).collect::<Vec<_>>());
        assert_eq!(of(&edited), of(&ideas));
        edited[2].hours.push(crate::text::Spanned::nowhere(90));
        assert_ne!(of(&edited), of(&ideas));
        assert_ne!(of(&ideas[..2]), of(&ideas));
    }
}
