//! Words and phrases of a question, and what they say about facts of an idea.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::LazyLock;

use rustc_hash::FxHashSet;

use super::super::super::facets::Dimension;
use super::super::super::filter::{Alternative, Filter};
use super::super::super::words::words;
use super::super::range_of;
use crate::idea::{Difficulty, Term, link, size};
use crate::programs::Mention;
use crate::prose::Prose;
use crate::spelling::fold;
use crate::text::Span;

/// Words that say nothing about an idea; they are looked for only if nothing else was typed, or between quotes.
pub(in super::super) static SILENT: LazyLock<FxHashSet<&str>> = LazyLock::new(|| {
    let lines = include_str!("../../../../schemas/silent-words.txt").lines().filter(|line| !line.starts_with('#'));
    lines.flat_map(str::split_whitespace).collect()
});

/// Those that say nothing only together, with hyphens between them: `learn-how`.
static SILENT_TOGETHER: LazyLock<Vec<Vec<&str>>> =
    LazyLock::new(|| SILENT.iter().filter(|words| words.contains('-')).map(|words| words.split('-').collect()).collect());

/// A word or a phrase that is looked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in super::super) struct Asked {
    /// As it was typed.
    pub(in super::super) said: String,
    /// Folded; more than one only in a phrase, in a fact (`90 hours`), and in what is excluded.
    pub(in super::super) words: Vec<String>,
    /// Its words were typed with hyphens between them: `end-to-end`.
    pub(in super::super) compound: bool,
    /// Stood between quotes: nothing but these very words, one after the other.
    pub(in super::super) quoted: bool,
    /// What it says about an idea that states one of these.
    pub(in super::super) facts: Vec<Alternative>,
    /// It may as well belong to the next word: `large language model`.
    pub(in super::super) adjective: bool,
    /// It is as good as the one before it: `rust or go`.
    pub(in super::super) alternative: bool,
    /// It says nothing with the words beside it: `build a`.
    pub(in super::super) silent: bool,
    /// A word excludes it: `not java`, instead of a sign.
    pub(in super::super) by_word: bool,
}

impl Asked {
    /// Two words as one.
    pub(super) fn with(self, next: Asked) -> Asked {
        let said = format!("{} {}", self.said, next.said);
        Asked { said, words: [self.words, next.words].concat(), facts: Vec::new(), adjective: false, ..self }
    }

    /// True for several words between quotes, or with hyphens between them.
    pub(in super::super) fn is_phrase(&self) -> bool {
        (self.quoted || self.compound) && self.words.len() > 1
    }

    pub(super) fn is_silent(&self) -> bool {
        let says_nothing = || self.silent || self.words.iter().all(|word| SILENT.contains(word.as_str()));
        !self.quoted && self.facts.is_empty() && says_nothing()
    }
}

/// A text in which addresses are names, and a programme stands apart from its term.
pub(super) fn named(text: &str) -> String {
    text.split(' ').map(name).collect::<Vec<_>>().join(" ")
}

/// Several words that belong together for having one sign before them: `-real-time`.
pub(super) fn as_one(mut asked: Vec<Asked>, said: &str) -> Option<Asked> {
    if asked.len() < 2 {
        return asked.pop();
    }
    let words = asked.into_iter().flat_map(|asked| asked.words).collect();
    Some(Asked { said: said.to_owned(), words, ..Asked::default() })
}

/// The name of what an address leads to (`tides/almanac#41`), or else the address without its beginning. A programme and its
/// term, apart: `GSoC26`.
fn name(part: &str) -> Cow<'_, str> {
    if let Some(name) = link::shortened(part) {
        return name.into();
    }
    match Mention::whole(part) {
        Some((program, term)) => format!("{program} {term}").into(),
        // How an address begins says nothing; `http` by itself is a technology.
        None => part.strip_prefix("https://").or_else(|| part.strip_prefix("http://")).unwrap_or(part).into(),
    }
}

/// The words of a text without quotes, those that make one fact together.
pub(super) fn plain(text: &str) -> Vec<Asked> {
    let facts = spans(text);
    let mut asked: Vec<Asked> = Vec::new();
    let mut rest = words(text).peekable();
    while let Some(word) = rest.next() {
        let mut range = range_of(word, text);
        let Some((span, fact)) = facts.iter().find(|(span, _)| span.contains(&range.start)) else {
            let mut all = vec![fold(word)];
            while let Some(next) = rest.next_if(|next| text[range.end..range_of(next, text).start] == *"-") {
                range.end = range_of(next, text).end;
                all.push(fold(next));
            }
            let compound = all.len() > 1;
            let (facts, adjective) = if compound { (Vec::new(), false) } else { of_word(word) };
            asked.push(Asked { said: text[range].to_owned(), words: all, compound, facts, adjective, ..Asked::default() });
            continue;
        };
        let mut all = vec![fold(word)];
        while let Some(next) = rest.next_if(|next| range_of(next, text).start < span.end) {
            range.end = range_of(next, text).end;
            all.push(fold(next));
        }
        asked.push(Asked { said: text[range].to_owned(), words: all, facts: vec![fact.clone()], ..Asked::default() });
    }
    mark_silent(&mut asked);
    without_names(asked)
}

/// Marks the words that say nothing together.
fn mark_silent(asked: &mut [Asked]) {
    for phrase in SILENT_TOGETHER.iter() {
        for start in 0..(asked.len() + 1).saturating_sub(phrase.len()) {
            let row = &mut asked[start..start + phrase.len()];
            if row.iter().zip(phrase).all(|(asked, word)| asked.facts.is_empty() && asked.words == [*word]) {
                for asked in row {
                    asked.silent = true;
                }
            }
        }
    }
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
