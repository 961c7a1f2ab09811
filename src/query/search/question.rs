//! What somebody typed: words, phrases between quotes, and words that name a fact of an idea, such as `easy`, `90 hours` or
//! `gsoc`.
//!
//! What a word says about a fact the readers of [`idea`](crate::idea) know. Only what is unmistakable counts: in a field
//! `low` is a level, in a question it is just a word.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::LazyLock;

use rustc_hash::FxHashSet;

use super::super::QueryError;
use super::super::facets::Dimension;
use super::super::filter::{Alternative, Filter};
use super::super::words::{fold, words};
use super::range_of;
use crate::idea::{Difficulty, Term, link, size};
use crate::programs::Mention;
use crate::prose::Prose;
use crate::text::Span;

/// So many words are looked for; who pastes a whole text has said by then what it is about.
pub const MOST_ASKED: usize = 64;

/// Words that say nothing about an idea; they are looked for only if nothing else was typed, or between quotes.
pub(super) static SILENT: LazyLock<FxHashSet<&str>> = LazyLock::new(|| {
    let lines = include_str!("../../../schemas/silent-words.txt").lines().filter(|line| !line.starts_with('#'));
    lines.flat_map(str::split_whitespace).collect()
});

/// What somebody typed: words, and phrases between quotes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Search {
    pub(super) asked: Vec<Asked>,
    /// How many words more were typed than are looked for.
    pub left_out: usize,
}

/// A word or a phrase that is looked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Asked {
    /// As it was typed.
    pub(super) said: String,
    /// Folded; more than one only in a phrase, and in a fact: `90 hours`.
    pub(super) words: Vec<String>,
    /// Stood between quotes: nothing but these very words, one after the other.
    pub(super) quoted: bool,
    /// What it says about an idea that states one of these.
    pub(super) facts: Vec<Alternative>,
    /// It may as well belong to the next word: `large language model`.
    pub(super) adjective: bool,
}

impl Search {
    /// Reads what was typed. Quotes are straight or curly; one that is never closed holds to the end. The address of an
    /// issue is taken for its name.
    ///
    /// # Errors
    /// If there is no word in it.
    pub fn read(text: &str) -> Result<Search, QueryError> {
        let mut asked: Vec<Asked> = Vec::new();
        let named: Vec<Cow<'_, str>> = text.split(' ').map(name).collect();
        let named = named.join(" ");
        for (i, part) in named.split(['"', '“', '”', '„']).enumerate() {
            if i % 2 == 0 {
                asked.append(&mut plain(part));
            } else if words(part).next().is_some() {
                let words = words(part).map(fold).collect();
                asked.push(Asked { said: format!("\"{}\"", part.trim()), words, quoted: true, ..Asked::default() });
            }
        }
        if asked.is_empty() {
            let expected = "a word or more, such as service mesh";
            return Err(QueryError::Empty { what: "word", seen: text.to_owned(), expected });
        }
        Ok(Search::of(asked))
    }

    /// Each word once, and without those that say nothing, unless there are no others.
    fn of(mut asked: Vec<Asked>) -> Search {
        let mut known = FxHashSet::default();
        asked.retain(|asked| known.insert(asked.words.clone()));
        if !asked.iter().all(Asked::is_silent) {
            asked.retain(|asked| !asked.is_silent());
        }
        let left_out = asked.len().saturating_sub(MOST_ASKED);
        asked.truncate(MOST_ASKED);
        Search { asked, left_out }
    }

    /// True if it says which term is wanted.
    pub fn names_terms(&self) -> bool {
        self.asked.iter().flat_map(|asked| &asked.facts).any(|fact| fact.terms().is_some())
    }

    /// The same with the phrases at these places taken apart into their words.
    pub(super) fn with_apart(&self, places: &[usize]) -> Search {
        let apart = |(at, asked): (usize, &Asked)| {
            if places.contains(&at) { plain(asked.said.trim_matches('"')) } else { vec![asked.clone()] }
        };
        Search { left_out: self.left_out, ..Search::of(self.asked.iter().enumerate().flat_map(apart).collect()) }
    }
}

impl Asked {
    /// True for several words between quotes.
    pub(super) fn is_phrase(&self) -> bool {
        self.quoted && self.words.len() > 1
    }

    fn is_silent(&self) -> bool {
        !self.quoted && self.facts.is_empty() && self.words.iter().all(|word| SILENT.contains(word.as_str()))
    }
}

/// The name of what an address leads to: `tides/almanac#41`; a programme and its term, apart: `GSoC26`.
fn name(part: &str) -> Cow<'_, str> {
    if let Some(name) = link::shortened(part) {
        return name.into();
    }
    match Mention::whole(part) {
        Some((program, term)) => format!("{program} {term}").into(),
        None => part.into(),
    }
}

/// The words of a text without quotes, those that make one fact together.
fn plain(text: &str) -> Vec<Asked> {
    let facts = spans(text);
    let mut asked: Vec<Asked> = Vec::new();
    let mut rest = words(text).peekable();
    while let Some(word) = rest.next() {
        let mut range = range_of(word, text);
        let Some((span, fact)) = facts.iter().find(|(span, _)| span.contains(&range.start)) else {
            let (facts, adjective) = of_word(word);
            asked.push(Asked { said: word.to_owned(), words: vec![fold(word)], facts, adjective, ..Asked::default() });
            continue;
        };
        let mut all = vec![fold(word)];
        while let Some(next) = rest.next_if(|next| range_of(next, text).start < span.end) {
            range.end = range_of(next, text).end;
            all.push(fold(next));
        }
        asked.push(Asked { said: text[range].to_owned(), words: all, facts: vec![fact.clone()], ..Asked::default() });
    }
    without_names(asked)
}

/// Where a text names a programme, a term or hours with their unit.
fn spans(text: &str) -> Vec<(Range<usize>, Alternative)> {
    let mut spans: Vec<(Range<usize>, Alternative)> = Vec::new();
    let mut add = |range: Range<usize>, filter: Filter, value: &str| {
        spans.extend(filter.read_one(value).ok().map(|fact| (range, fact)));
    };
    let mut at = 0;
    while let Some(Mention { range, program, term }) = Mention::find(&text[at..]) {
        let named = at + range.start..at + range.end;
        match term {
            Some(term) => add(named, Filter::Term, &format!("{program} {term}")),
            None => add(named, Filter::Program, program.as_str()),
        }
        at += range.end;
    }
    for part in text.split_whitespace() {
        if Term::exact(part).is_some() {
            add(range_of(part, text), Filter::Term, part);
        }
    }
    let mut prose = Prose::default();
    prose.push(text, Span::new(0, text.len()));
    for hours in size::read_with_unit(prose.view(0..prose.len())) {
        let Some(span) = hours.span else { continue };
        let unit = words(&text[span.end..]).next().filter(|word| size::is_unit(&word.to_lowercase()));
        let end = unit.map_or(span.end, |unit| range_of(unit, text).end);
        add(span.start..end, Filter::Hours, &hours.value.to_string());
    }
    spans
}

/// The facts that a single word names, and whether it may as well belong to the next word.
fn of_word(word: &str) -> (Vec<Alternative>, bool) {
    let fact = |filter: Filter, value: &str| filter.read_one(value).ok();
    if let Some(level) = Difficulty::of_people(word) {
        return (fact(Filter::Difficulty, level.as_str()).into_iter().collect(), false);
    }
    let level = Difficulty::from_name(word).and_then(|level| fact(Filter::Difficulty, level.as_str()));
    let hours = size::from_name(word).and_then(|hours| fact(Filter::Hours, &hours.to_string()));
    (level.into_iter().chain(hours).collect(), true)
}

/// Takes away the name of a fact beside it, and what else the word might have meant: `medium size`, `difficulty: easy`.
fn without_names(mut asked: Vec<Asked>) -> Vec<Asked> {
    for (name, filter) in [(Dimension::Difficulty, Filter::Difficulty), (Dimension::Size, Filter::Hours)] {
        let mut at = 0;
        while at < asked.len() {
            let states = |asked: &Asked| asked.facts.iter().any(|fact| fact.filter == filter);
            let beside = [at.wrapping_sub(1), at + 1].into_iter().find(|&beside| asked.get(beside).is_some_and(states));
            match beside {
                Some(beside) if asked[at].words == [name.as_str()] => {
                    asked[beside].facts.retain(|fact| fact.filter == filter);
                    asked[beside].adjective = false;
                    asked.remove(at);
                }
                _ => at += 1,
            }
        }
    }
    asked
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn facts_are_read_from_a_question() {
        for (text, meaning) in [
            ("small easy project in rust", "small hours:90; easy difficulty:easy; rust"),
            ("a beginner wants go", "beginner difficulty:easy; wants; go"),
            ("medium", "medium difficulty:medium hours:175"),
            ("medium size", "medium hours:175"),
            ("difficulty: medium", "medium difficulty:medium"),
            ("90 hours", "90 hours hours:90"),
            ("175h cbor", "175h hours:175; cbor"),
            ("90 or 175 hours", "90 hours:90; 175 hours hours:175"),
            ("20 hours per week", "20; hours; per; week"),
            ("gsoc 2026", "gsoc 2026 term:gsoc 2026"),
            ("GSoC26 lfx-2025-3", "gsoc 2026 term:gsoc 2026; lfx 2025-3 term:lfx 2025-3"),
            ("gsoc/2026 rust", "gsoc 2026 term:gsoc 2026; rust"),
            ("GSoC'26", "gsoc 2026 term:gsoc 2026"),
            ("easy LFX 2026 Term 3", "easy difficulty:easy; LFX 2026 Term 3 term:lfx 2026-3"),
            ("2026 gsoc", "2026 gsoc term:gsoc 2026"),
            ("gsoc rust 2026", "gsoc program:gsoc; rust; 2026 term:2026"),
            ("Google Summer of Code fortran", "Google Summer of Code program:gsoc; fortran"),
            ("LFX", "LFX program:lfx"),
            ("low latency", "low; latency"),
            ("\"easy onboarding\"", "\"easy onboarding\""),
        ] {
            let said = |asked: &Asked| {
                let facts = asked.facts.iter().map(|fact| format!(" {}:{}", fact.filter, fact.said));
                format!("{}{}", asked.said, facts.collect::<String>())
            };
            let read: Vec<String> = Search::read(text).unwrap().asked.iter().map(said).collect();
            assert_eq!(read.join("; "), meaning, "{text}");
        }
    }

    #[test]
    fn a_long_text_is_looked_for_in_part() {
        let text: Vec<String> = (0..3000).map(|i| format!("word{} the", i % 1000)).collect();
        let search = Search::read(&text.join(" ")).unwrap();
        assert_eq!((search.asked.len(), search.left_out), (MOST_ASKED, 1000 - MOST_ASKED));
    }
}
