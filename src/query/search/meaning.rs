//! What a typed word may mean: itself and its other forms, other names of the same skill, a compound that was written
//! apart, the beginning of a word; and if no idea has any of those, what a slip may have made of another word.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use rustc_hash::{FxHashMap, FxHashSet};

use super::super::filter::{Alternative, Filter, Terms};
use super::super::words::words;
use super::Index;
use super::field::Amounts;
use super::passage::Passage;
use super::question::{Asked, SILENT};
use super::related::{self, Relation, Sense};
use super::spelling::Misspelt;
use crate::idea::Fact;
use crate::idea::skill::Skills;

/// What a mention counts that is not the very word: another form of it, or another word of the same matter …
const OTHER_FORM: f64 = 0.9;
const DERIVED: f64 = 0.6;
/// … a word that means the same, or nearly so …
const SAME_SENSE: f64 = 0.7;
const NEAR_SENSE: f64 = 0.25;
/// … another name of the same skill …
const OTHER_NAME: f64 = 0.9;
/// … the same letters, together or apart …
const OTHER_SPACING: f64 = 0.9;
/// … a word that goes on, of a word that is known by itself …
const GOES_ON: f64 = 0.3;
/// … and of one that is not …
const BEGINS_SO: f64 = 0.8;
/// … and a word that a slip made unknown, or rare.
const SLIPPED: f64 = 0.7;
const RARE_SLIPPED: f64 = 0.3;

/// What a name that means other things, too, counts in an idea that does not ask for the skill.
const UNTAGGED: f64 = 0.3;

/// A word that so few ideas have may be a slip …
const RARE: usize = 2;
/// … of one that so many have.
const COMMON: usize = 12;

/// So many words may be meant by a slip.
const MOST_MEANT: usize = 6;

/// What a fact counts that an idea states in a field of its own, in mentions in that field …
const STATED: f64 = 8.0;
/// … and what the word for it counts where it stands in a sentence: much is `easy` that is no easy project.
const IN_PASSING: f64 = 0.2;

/// A known word may go on from so many letters on, an unknown one from so many.
const LETTERS_TO_GO_ON: usize = 4;
const LETTERS_TO_BEGIN: usize = 2;

/// What one typed word or phrase means in a catalogue.
#[derive(Debug, Default)]
pub(super) struct Meaning {
    /// As it was typed.
    pub(super) said: String,
    /// The words that mean it, and what a mention of each counts.
    words: BTreeMap<String, f64>,
    /// The rows of words that mean it: any word of the first set, then any of the second …
    rows: Vec<(Vec<FxHashSet<String>>, f64)>,
    /// Those of the words that mean it in a sentence only with a capital: `Go`.
    proper: BTreeSet<String>,
    /// The skill that it names.
    skill: Option<&'static str>,
    /// The term that it names.
    pub(super) term: Option<Terms>,
    /// What was meant, if it was taken for a slip.
    pub(super) slips: Vec<String>,
    /// The ideas that mention it.
    pub(super) amounts: FxHashMap<usize, Amounts>,
    /// The facts that it may be one of, which tell less than what an idea is about.
    pub(super) facts: Vec<Fact>,
    /// True if words or rows came since those were found.
    is_open: bool,
}

/// What is meant by what was asked, one meaning for each.
pub(super) fn read(asked: &[Asked], index: &Index<'_>) -> Vec<Meaning> {
    let last = asked.len().saturating_sub(1);
    let meaning = |at: usize| {
        let Asked { said, words, quoted, facts, adjective, .. } = &asked[at];
        let term = facts.iter().find_map(Alternative::terms).cloned();
        let mut meaning = Meaning { said: said.clone(), term, ..Meaning::default() };
        match words.as_slice() {
            [word] if *quoted => meaning.add(word.clone(), 1.0),
            [word] => {
                meaning.add_word(word, 1.0, index);
                meaning.add_neighbours(asked, at, index);
                if at == last {
                    meaning.add_longer(word, index);
                }
                meaning.resolve(index);
                meaning.add_slips(word, index);
            }
            row if *quoted => meaning.add_phrase(row, index),
            row => meaning.add_row(row.iter().map(|word| FxHashSet::from_iter([word.clone()])).collect(), 1.0),
        }
        meaning.resolve(index);
        let is_of_next = || *adjective && is_said_before(words, asked.get(at + 1), index);
        if !facts.is_empty() && !is_of_next() {
            meaning.add_facts(facts, asked.len() == 1, index);
            meaning.facts = facts.iter().map(fact_of).collect();
        }
        meaning
    };
    (0..asked.len()).map(meaning).collect()
}

/// The meanings of what is excluded: each word with its forms and the other names of its skill, and no guesses.
pub(super) fn excluded(asked: &[Asked], index: &Index<'_>) -> Vec<Meaning> {
    let meaning = |Asked { said, words, quoted, facts, .. }: &Asked| {
        let mut meaning = Meaning { said: said.clone(), ..Meaning::default() };
        match words.as_slice() {
            [word] if *quoted => meaning.add(word.clone(), 1.0),
            [word] => {
                meaning.add(word.clone(), 1.0);
                for form in forms_of(word, index) {
                    meaning.add(form, 1.0);
                }
                meaning.skill = Skills::get().canonical(word);
                if meaning.skill.is_some() && Skills::get().needs_capital(word) {
                    meaning.proper.insert(word.clone());
                }
                if let Some(skill) = meaning.skill {
                    meaning.add_names(skill, 1.0, index);
                }
            }
            row => {
                meaning.add_row(row.iter().map(|word| FxHashSet::from_iter([word.clone()])).collect(), 1.0);
                if let Some(skill) = Skills::get().canonical(&row.join(" ")).filter(|_| !quoted) {
                    meaning.add_names(skill, 1.0, index);
                }
            }
        }
        meaning.resolve(index);
        if !facts.is_empty() {
            meaning.add_facts(facts, true, index);
        }
        meaning
    };
    asked.iter().map(meaning).collect()
}

/// The meanings of alternatives as one: `rust or go`.
pub(super) fn either(meanings: Vec<Meaning>, asked: &[Asked]) -> Vec<Meaning> {
    let mut all: Vec<Meaning> = Vec::with_capacity(meanings.len());
    for (meaning, asked) in meanings.into_iter().zip(asked) {
        match all.last_mut().filter(|_| asked.alternative) {
            Some(before) => before.or(meaning),
            None => all.push(meaning),
        }
    }
    all
}

impl Meaning {
    /// Adds what another means that is as good.
    fn or(&mut self, other: Meaning) {
        self.said = format!("{} or {}", self.said, other.said);
        for (word, factor) in other.words {
            let known = self.words.entry(word).or_insert(0.0);
            *known = known.max(factor);
        }
        self.rows.extend(other.rows);
        self.proper.extend(other.proper);
        for (idea, amounts) in other.amounts {
            self.amounts.entry(idea).or_default().join(&amounts);
        }
    }

    fn add(&mut self, word: String, factor: f64) {
        let known = self.words.entry(word).or_insert(0.0);
        self.is_open |= factor > *known;
        *known = known.max(factor);
    }

    fn add_row(&mut self, row: Vec<FxHashSet<String>>, factor: f64) {
        self.rows.push((row, factor));
        self.is_open = true;
    }

    /// A word, its forms, and the other names of the skill that it names.
    fn add_word(&mut self, word: &str, factor: f64, index: &Index<'_>) {
        let skill = Skills::get().canonical(word);
        self.skill = skill;
        self.add(word.to_owned(), factor);
        if skill.is_some() && Skills::get().needs_capital(word) {
            self.proper.insert(word.to_owned());
        } else {
            self.add_related(word, factor, index);
        }
        if let Some(skill) = skill {
            self.add_names(skill, factor * OTHER_NAME, index);
        }
    }

    /// Forms of a word, words of the same matter, and those of the same meaning.
    fn add_related(&mut self, word: &str, factor: f64, index: &Index<'_>) {
        for (form, relation) in related_words(word, index) {
            self.add(form, factor * if relation == Relation::Form { OTHER_FORM } else { DERIVED });
        }
        // Names: `joerg` and `jörg`. A word that many ideas have is none.
        if index.ideas_with(word) < COMMON {
            let plain = related::without_umlauts(word).filter(|plain| !SILENT.contains(plain.as_str()));
            if let Some(plain) = plain.filter(|plain| index.knows(plain) && index.ideas_with(plain) < COMMON) {
                self.add(plain, factor * OTHER_FORM);
            }
        }
        for (name, sense) in related::senses(word) {
            let factor = factor * if sense == Sense::Same { SAME_SENSE } else { NEAR_SENSE };
            match name.as_slice() {
                [word] => {
                    self.add((*word).to_owned(), factor);
                    for form in forms_of(word, index) {
                        self.add(form, factor * OTHER_FORM);
                    }
                }
                row => self.add_row(row.iter().map(|word| set_of_forms(word, index)).collect(), factor),
            }
        }
    }

    /// All names of a skill.
    fn add_names(&mut self, skill: &'static str, factor: f64, index: &Index<'_>) {
        for name in Skills::get().names(skill) {
            match words(name).collect::<Vec<_>>().as_slice() {
                [] => {}
                [word] => {
                    self.add((*word).to_owned(), factor);
                    if Skills::get().needs_capital(word) {
                        self.proper.insert((*word).to_owned());
                        continue;
                    }
                    // The vocabulary knows names in the singular only.
                    for form in forms_of(word, index).into_iter().filter(|form| form.starts_with(word)) {
                        self.add(form, factor);
                    }
                }
                several => {
                    self.add_row(several.iter().map(|word| set_of_forms(word, index)).collect(), factor);
                }
            }
        }
    }

    /// What the word means together with those beside it: `kube flow`, `machine learning`.
    fn add_neighbours(&mut self, asked: &[Asked], at: usize, index: &Index<'_>) {
        for start in [at.checked_sub(1), Some(at)].into_iter().flatten() {
            let Some([first, second]) = asked.get(start..start + 2) else { continue };
            if first.quoted || second.quoted || first.words.len() > 1 || second.words.len() > 1 {
                continue;
            }
            let (first, second) = (&first.words[0], &second.words[0]);
            for together in forms_of(&format!("{first}{second}"), index) {
                self.add(together, OTHER_SPACING);
            }
            for (name, sense) in related::senses(&format!("{first} {second}")) {
                if let ([word], Sense::Same) = (name.as_slice(), sense) {
                    self.add((*word).to_owned(), SAME_SENSE);
                }
            }
            if let Some(skill) = Skills::get().canonical(&format!("{first} {second}")) {
                // The words themselves are looked for anyway, one by one.
                for name in Skills::get().names(skill) {
                    if let [word] = words(name).collect::<Vec<_>>().as_slice() {
                        self.add((*word).to_owned(), OTHER_NAME);
                        if Skills::get().needs_capital(word) {
                            self.proper.insert((*word).to_owned());
                        }
                    }
                }
            }
        }
    }

    /// The words that begin so, because the last word may not be typed to its end. The name of a skill is whole: `java`
    /// does not go on as `javascript`.
    fn add_longer(&mut self, word: &str, index: &Index<'_>) {
        if Skills::get().canonical(word).is_some() {
            return;
        }
        let known = self.words.keys().any(|word| index.knows(word));
        let (letters, factor) = if known { (LETTERS_TO_GO_ON, GOES_ON) } else { (LETTERS_TO_BEGIN, BEGINS_SO) };
        if word.chars().count() < letters {
            return;
        }
        for longer in index.words_with(word) {
            // The less is missing, the likelier it is meant.
            self.add(longer.to_owned(), factor * ratio(word, longer));
        }
    }

    /// If no idea has the word: two words that were written together, else the words that it is a slip of. If hardly any
    /// idea has it, also a common word that it may be a slip of.
    fn add_slips(&mut self, word: &str, index: &Index<'_>) {
        let known = self.amounts.len();
        if known > RARE || (known > 0 && Skills::get().canonical(word).is_some()) {
            return;
        }
        if known == 0 {
            for (at, _) in word.char_indices().skip(2) {
                let (first, second) = word.split_at(at);
                if second.chars().nth(1).is_some() && index.knows(first) && index.knows(second) {
                    let row = [first, second].map(|word| FxHashSet::from_iter([word.to_owned()]));
                    self.add_row(row.to_vec(), OTHER_SPACING);
                }
            }
            self.resolve(index);
            if !self.amounts.is_empty() {
                return;
            }
        }
        let least = if known == 0 { 1 } else { COMMON };
        let near = meant_by(word, least, index);
        for meant in &near {
            if known == 0 {
                self.add_word(meant, SLIPPED, index);
            } else {
                self.add((*meant).to_owned(), RARE_SLIPPED);
            }
        }
        if known == 0 {
            self.slips = one_of_each_word(&near);
        }
    }

    /// Words that must stand one after the other, as they are; those that no idea has may be slips.
    fn add_phrase(&mut self, phrase: &[String], index: &Index<'_>) {
        let mut factor = 1.0;
        let mut row = Vec::new();
        let mut meant = Vec::new();
        for word in phrase {
            let near = if index.knows(word) { Vec::new() } else { meant_by(word, 1, index) };
            meant.push(near.first().map_or(word.as_str(), |meant| *meant));
            if near.is_empty() {
                row.push(FxHashSet::from_iter([word.clone()]));
            } else {
                factor = SLIPPED;
                row.push(near.into_iter().map(str::to_owned).collect());
            }
        }
        if factor < 1.0 {
            self.slips = vec![format!("\"{}\"", meant.join(" "))];
        }
        self.add_row(row, factor);
    }

    /// The ideas that state one of these facts, whatever their words. What states another is not meant for the word in a
    /// sentence of it, unless the word is the only one.
    fn add_facts(&mut self, facts: &[Alternative], only: bool, index: &Index<'_>) {
        if !only {
            self.amounts.retain(|&idea, amounts| {
                let is_stated = facts.iter().all(|fact| fact_of(fact).is_in(&index.ideas[idea]));
                !is_stated || amounts.is_beside_prose()
            });
        }
        for amounts in self.amounts.values_mut() {
            amounts.scale_prose(IN_PASSING);
        }
        for fact in facts {
            for (i, _) in index.ideas.iter().enumerate().filter(|(_, idea)| fact.matches(idea)) {
                self.amounts.entry(i).or_default().add(fact_of(fact), STATED, 1.0);
            }
        }
    }

    /// Finds the ideas that mention it, unless that is done.
    fn resolve(&mut self, index: &Index<'_>) {
        if !std::mem::take(&mut self.is_open) {
            return;
        }
        let mut amounts = FxHashMap::default();
        for (word, factor) in &self.words {
            index.add_mentions(word, *factor, &mut amounts);
        }
        let rows: Vec<_> = self.rows.iter().map(|(row, factor)| (row, factor, ideas_with_all(row, index))).collect();
        let is_in_prose = |amounts: &Amounts| Fact::ALL.iter().any(|&field| field.is_prose() && amounts.of(field) > 0.0);
        let in_prose =
            amounts.iter().filter(|(_, amounts)| !self.proper.is_empty() && is_in_prose(amounts)).map(|(&idea, _)| idea);
        index.read_passages(in_prose.chain(rows.iter().flat_map(|(.., ideas)| ideas).copied()).collect());
        if !self.proper.is_empty() {
            for (&idea, amounts) in &mut amounts {
                if is_in_prose(amounts) {
                    let mut said = *amounts;
                    said.scale_prose(0.0);
                    for passage in index.passages(idea).iter().filter(|passage| passage.field.is_prose()) {
                        self.places(passage, |_, factor| said.add(passage.field, 1.0, factor));
                    }
                    *amounts = said;
                }
                let tags = &index.ideas[idea].tags;
                // `Node` need not be node.js where nobody asks for that.
                if self.skill.is_some_and(|skill| tags.iter().all(|tag| tag.value != skill)) {
                    amounts.scale(UNTAGGED);
                }
            }
            amounts.retain(|_, amounts| !amounts.is_none());
        }
        for (row, factor, ideas) in rows {
            for idea in ideas {
                for passage in index.passages(idea) {
                    each_row(passage, row, |_| {
                        amounts.entry(idea).or_default().add(passage.field, 1.0, *factor);
                    });
                }
            }
        }
        self.amounts = amounts;
    }

    /// Where a single word stands that means this, and what it counts.
    fn places(&self, passage: &Passage<'_>, mut each: impl FnMut(Range<usize>, f64)) {
        for word in passage.words() {
            let verb = passage.field.is_prose() && word.is_lower;
            let factor = |form: &str| self.words.get(form).filter(|_| !verb || !self.proper.contains(form));
            let whole = factor(word.whole()).copied().unwrap_or(0.0);
            let best = word.parts().filter_map(factor).map(|factor| factor / 2.0).fold(whole, f64::max);
            if best > 0.0 {
                each(word.range.clone(), best);
            }
        }
    }
}

/// Where words that mean something stand in a text, in order, and which meaning each has. Where several would do, the
/// longest does, and of those the first.
pub(super) fn marks(meanings: &[Meaning], passage: &Passage<'_>) -> Vec<(Range<usize>, usize)> {
    let mut marks = Vec::new();
    for (i, meaning) in meanings.iter().enumerate() {
        meaning.places(passage, |range, _| marks.push((range, i)));
        for (row, _) in &meaning.rows {
            each_row(passage, row, |range| marks.push((range, i)));
        }
    }
    marks.sort_by_key(|(range, i)| (range.start, Reverse(range.end), *i));
    let mut end = 0;
    marks.retain(|(range, _)| {
        let free = range.start >= end;
        if free {
            end = range.end;
        }
        free
    });
    marks
}

/// The field that states a fact.
fn fact_of(fact: &Alternative) -> Fact {
    match fact.filter {
        Filter::Difficulty => Fact::Difficulty,
        Filter::Program => Fact::Program,
        Filter::Term => Fact::Term,
        _ => Fact::Hours,
    }
}

/// True if some idea says these words before the next one that was asked for, so that they may mean what stands there: `large
/// language model`. The name of a skill is nothing that is large or easy.
fn is_said_before(words: &[String], next: Option<&Asked>, index: &Index<'_>) -> bool {
    let Some(next) = next.filter(|next| next.facts.is_empty()).and_then(|next| next.words.first()) else { return false };
    if Skills::get().canonical(next).is_some() {
        return false;
    }
    let mut row: Vec<FxHashSet<String>> = words.iter().map(|word| FxHashSet::from_iter([word.clone()])).collect();
    row.push(forms_of(next, index).into_iter().collect());
    ideas_with_all(&row, index).into_iter().any(|idea| {
        index.passages(idea).iter().any(|passage| {
            let mut said = false;
            each_row(passage, &row, |_| said = true);
            said
        })
    })
}

/// The words of a catalogue that are forms of a word, itself included if it is there.
fn forms_of(word: &str, index: &Index<'_>) -> Vec<String> {
    related_words(word, index).into_iter().filter(|(_, relation)| *relation == Relation::Form).map(|(form, _)| form).collect()
}

/// The same with the word, whether it is there or not.
fn set_of_forms(word: &str, index: &Index<'_>) -> FxHashSet<String> {
    let mut set: FxHashSet<String> = forms_of(word, index).into_iter().collect();
    set.insert(word.to_owned());
    set
}

/// The words of a catalogue that are related to a word, itself included if it is there.
fn related_words(word: &str, index: &Index<'_>) -> Vec<(String, Relation)> {
    let start = word.char_indices().nth(3).map_or(word, |(at, _)| &word[..at]);
    let related = index.words_with(start).filter_map(|other| {
        let relation = if other == word { Some(Relation::Form) } else { related::relation(word, other) };
        Some((other.to_owned(), relation?))
    });
    related.collect()
}

/// The words that a misspelt one may be, those that most ideas have first; each is had by at least so many. Digits are what they
/// are: 2026 is no slip of 2025.
fn meant_by<'i>(word: &str, least: usize, index: &'i Index<'_>) -> Vec<&'i str> {
    let misspelt = Misspelt::new(word);
    // Who types a word that says something slips into another such word.
    let telling = index.all_words().filter(|other| !SILENT.contains(other) && has_same_digits(word, other));
    let near = telling.filter_map(|other| Some((misspelt.distance(other)?, other)));
    let mut near: Vec<_> = near.filter(|(_, other)| index.ideas_with(other) >= least).collect();
    near.sort_by_key(|&(distance, other)| (distance, Reverse(index.ideas_with(other)), other));
    let nearest = near.first().map(|&(distance, _)| distance);
    near.retain(|&(distance, _)| Some(distance) == nearest);
    near.truncate(MOST_MEANT);
    near.into_iter().map(|(_, word)| word).collect()
}

/// True if two words have the same digits, in the same order.
pub(super) fn has_same_digits(one: &str, other: &str) -> bool {
    one.bytes().filter(u8::is_ascii_digit).eq(other.bytes().filter(u8::is_ascii_digit))
}

/// Of forms of one word the first.
fn one_of_each_word(words: &[&str]) -> Vec<String> {
    let mut known: Vec<&str> = Vec::new();
    for word in words {
        if known.iter().all(|known| related::relation(known, word).is_none()) {
            known.push(word);
        }
    }
    known.into_iter().map(str::to_owned).collect()
}

/// The share of a longer word that a shorter one is.
fn ratio(short: &str, long: &str) -> f64 {
    let letters = |word: &str| u32::try_from(word.chars().count()).map_or(f64::MAX, f64::from);
    letters(short) / letters(long)
}

/// The ideas that have a word of every set.
fn ideas_with_all(row: &[FxHashSet<String>], index: &Index<'_>) -> BTreeSet<usize> {
    let ideas = |set: &FxHashSet<String>| {
        let mut amounts = FxHashMap::default();
        for word in set {
            index.add_mentions(word, 1.0, &mut amounts);
        }
        amounts.into_keys().collect::<BTreeSet<usize>>()
    };
    row.iter().map(ideas).reduce(|all, more| &all & &more).unwrap_or_default()
}

/// Where a row of words stands in a text, one after the other.
fn each_row(passage: &Passage<'_>, row: &[FxHashSet<String>], mut each: impl FnMut(Range<usize>)) {
    if row.is_empty() {
        return;
    }
    for words in passage.words().windows(row.len()) {
        if words.iter().zip(row).all(|(word, set)| set.contains(word.whole())) {
            each(words[0].range.start..words[row.len() - 1].range.end);
        }
    }
}
