//! What somebody typed: words, phrases between quotes, words that name a fact of an idea, such as `easy`, `90 hours` or
//! `gsoc`, what no idea may say, and filters.
//!
//! What a word says about a fact the readers of [`idea`](crate::idea) know. Only what is unmistakable counts: in a field
//! `low` is a level, in a question it is just a word.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::LazyLock;

use rustc_hash::FxHashSet;

use super::super::facets::Dimension;
use super::super::filter::{Alternative, Filter};
use super::super::words::words;
use super::super::{Query, QueryError};
use super::operators::{Kind, Piece, pieces};
use super::range_of;
use crate::idea::skill::Skills;
use crate::idea::{Difficulty, Term, link, size};
use crate::programs::Mention;
use crate::prose::Prose;
use crate::spelling::fold;
use crate::text::Span;

/// So many words are looked for; who pastes a whole text has said by then what it is about.
pub const MOST_ASKED: usize = 64;

/// Words that say nothing about an idea; they are looked for only if nothing else was typed, or between quotes.
pub(super) static SILENT: LazyLock<FxHashSet<&str>> = LazyLock::new(|| {
    let lines = include_str!("../../../schemas/silent-words.txt").lines().filter(|line| !line.starts_with('#'));
    lines.flat_map(str::split_whitespace).collect()
});

/// What somebody typed: words, phrases between quotes, and the signs that steer the search.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Search {
    pub(super) asked: Vec<Asked>,
    /// What no idea may say.
    pub(super) excluded: Vec<Asked>,
    filters: Query,
    /// A qualifier asks for the terms of all ideas: `term:any`.
    any_term: bool,
    /// How many words more were typed than are looked for.
    pub left_out: usize,
}

/// A word or a phrase that is looked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Asked {
    /// As it was typed.
    pub(super) said: String,
    /// Folded; more than one only in a phrase, in a fact (`90 hours`), and in what is excluded.
    pub(super) words: Vec<String>,
    /// Stood between quotes: nothing but these very words, one after the other.
    pub(super) quoted: bool,
    /// What it says about an idea that states one of these.
    pub(super) facts: Vec<Alternative>,
    /// It may as well belong to the next word: `large language model`.
    pub(super) adjective: bool,
    /// It is as good as the one before it: `rust or go`.
    pub(super) alternative: bool,
    /// A word excludes it: `not java`, instead of a sign.
    pub(super) by_word: bool,
}

/// One step of a question.
enum Step {
    Ask { asked: Asked, negated: bool },
    Filter { filter: Filter, value: String, said: String, negated: bool },
    Or,
    Not,
}

/// What an `or` behind it adds to.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Before {
    Asked,
    Excluded,
    /// A clause of the filters, and whether it excludes.
    Clause(bool),
}

impl Search {
    /// Reads what was typed. Quotes are straight or curly; one that is never closed holds to the end. The address of an
    /// issue is taken for its name.
    ///
    /// # Errors
    /// If there is no word in it, a qualifier is given what its filter does not take, or an `or` stands between two things that are
    /// no alternatives.
    pub fn read(text: &str) -> Result<Search, QueryError> {
        let mut steps: Vec<Step> = Vec::new();
        for Piece { said, negated, kind } in pieces(text)? {
            match kind {
                Kind::Words(words) if negated => {
                    steps.extend(as_one(plain(&named(words)), words).map(|asked| Step::Ask { asked, negated }));
                }
                Kind::Words(words) => steps.extend(plain(&named(words)).into_iter().map(Step::of_word)),
                Kind::Phrase(phrase) => {
                    let words: Vec<String> = words(phrase).map(fold).collect();
                    let asked = Asked { said: format!("\"{}\"", phrase.trim()), words, quoted: true, ..Asked::default() };
                    steps.extend((!asked.words.is_empty()).then_some(Step::Ask { asked, negated }));
                }
                Kind::Qualifier(filter, value) => {
                    steps.push(Step::Filter { filter, value, said: said.to_owned(), negated });
                }
            }
        }
        let search = Search::of(joined(steps))?;
        if search.asked.is_empty() && search.excluded.is_empty() && search.filters.is_empty() && !search.any_term {
            let expected = "a word or more, such as service mesh";
            return Err(QueryError::Empty { what: "word", seen: text.to_owned(), expected });
        }
        Ok(search)
    }

    fn of(steps: Vec<Step>) -> Result<Search, QueryError> {
        let mut search = Search::default();
        let mut before: Option<(Before, String)> = None;
        let (mut or, mut not) = (false, false);
        let mut steps = steps.into_iter().peekable();
        while let Some(step) = steps.next() {
            let (now, said) = match step {
                Step::Or => {
                    or = before.is_some();
                    continue;
                }
                Step::Not => {
                    not = true;
                    continue;
                }
                Step::Ask { asked, .. } if (or || not) && asked.is_silent() => continue,
                Step::Ask { asked, negated } => {
                    let is_more = or && matches!(before, Some((Before::Excluded, _)));
                    let said = asked.said.clone();
                    if negated || not || is_more {
                        // `not machine learning` is one thing.
                        let next = steps.next_if(|next| !negated && next.is_named_with(&asked));
                        let both = match next {
                            Some(Step::Ask { asked: next, .. }) => asked.with(next),
                            _ => asked,
                        };
                        search.excluded.push(Asked { by_word: !negated, ..both });
                        (Before::Excluded, said)
                    } else {
                        search.asked.push(Asked { alternative: or, ..asked });
                        (Before::Asked, said)
                    }
                }
                Step::Filter { filter, value, said, negated } => {
                    let is_more = or && matches!(before, Some((Before::Clause(true), _)));
                    let negated = negated || not || is_more;
                    if or && before.as_ref().is_some_and(|(before, _)| *before == Before::Clause(negated)) {
                        search.filters.or(filter, &value)?;
                    } else if filter.is_any(&value) && !negated {
                        search.any_term = true;
                    } else if negated {
                        search.filters.exclude(filter, &value)?;
                    } else {
                        search.filters.require(filter, &value)?;
                    }
                    (Before::Clause(negated), said)
                }
            };
            if let Some((before, one)) = before.filter(|(before, _)| or && *before != now) {
                let minus = if before == Before::Asked && now == Before::Excluded { "-" } else { "" };
                return Err(QueryError::Alternatives { one, other: format!("{minus}{said}") });
            }
            before = Some((now, said));
            (or, not) = (false, false);
        }
        search.tidy();
        Ok(search)
    }

    /// Each word, and each choice of words, once, and without those that say nothing, unless there are no others.
    fn tidy(&mut self) {
        let says_more = !self.excluded.is_empty() || !self.filters.is_empty();
        let is_told = |asked: &Asked| !asked.is_silent();
        let drops_silent = says_more || self.asked.iter().any(is_told);
        let asked = std::mem::take(&mut self.asked);
        let mut known = FxHashSet::default();
        // Alternatives stay together: `soup window soup or kitchen` is about soup, windows, and one of soup and kitchens.
        for either in asked.chunk_by(|_, next| next.alternative) {
            let mut words = BTreeSet::new();
            let told = either.iter().filter(|asked| !drops_silent || is_told(asked));
            let mut told: Vec<Asked> = told.filter(|asked| words.insert(&asked.words)).cloned().collect();
            // What was behind a word that says nothing has no other before it.
            if let Some(first) = told.first_mut() {
                first.alternative = false;
            }
            if known.insert(words) {
                self.asked.extend(told);
            }
        }
        self.left_out += self.asked.len().saturating_sub(MOST_ASKED) + self.excluded.len().saturating_sub(MOST_ASKED);
        self.asked.truncate(MOST_ASKED);
        self.excluded.truncate(MOST_ASKED);
    }

    /// What its qualifiers ask for.
    pub fn filters(&self) -> &Query {
        &self.filters
    }

    /// True if it says which term is wanted.
    pub fn names_terms(&self) -> bool {
        let by_word = self.asked.iter().flat_map(|asked| &asked.facts).any(|fact| fact.terms().is_some());
        by_word || self.any_term || self.filters.names_terms()
    }

    /// True if it excludes something, or has qualifiers.
    pub fn is_steered(&self) -> bool {
        !self.excluded.is_empty() || !self.filters.is_empty()
    }

    /// True if it has words to rank by.
    pub fn has_words(&self) -> bool {
        !self.asked.is_empty()
    }

    /// The same with the phrases at these places taken apart into their words.
    pub(super) fn with_apart(&self, places: &[usize]) -> Search {
        let apart = |(at, asked): (usize, &Asked)| {
            if places.contains(&at) { plain(asked.said.trim_matches('"')) } else { vec![asked.clone()] }
        };
        let mut search = Search { asked: self.asked.iter().enumerate().flat_map(apart).collect(), ..self.clone() };
        search.tidy();
        search
    }
}

/// The same, with the words between which and a qualifier an `or` stands as qualifiers, too: in `kernel or skill:rust` the word is
/// `where:kernel`.
fn joined(steps: Vec<Step>) -> Vec<Step> {
    let mut ends = Vec::new();
    while ends.last().is_none_or(|&end| end < steps.len()) {
        let from = ends.last().copied().unwrap_or(0);
        let mut end = from + 1;
        while matches!(steps.get(end), Some(Step::Or)) && steps.get(end + 1).is_some_and(Step::is_wanted) {
            end += 2;
        }
        ends.push(end);
    }
    let (mut steps, mut from, mut all) = (steps.into_iter(), 0, Vec::new());
    for end in ends {
        let group: Vec<Step> = steps.by_ref().take(end - std::mem::replace(&mut from, end)).collect();
        if group.first().is_some_and(Step::is_wanted) && group.iter().any(|step| matches!(step, Step::Filter { .. })) {
            all.extend(group.into_iter().flat_map(Step::into_filters));
        } else {
            all.extend(group);
        }
    }
    all
}

impl Step {
    /// True for what is asked for, and not excluded by a sign.
    fn is_wanted(&self) -> bool {
        match self {
            Step::Ask { asked, negated } => !negated && !asked.is_silent(),
            Step::Filter { negated, .. } => !negated,
            Step::Or | Step::Not => false,
        }
    }

    /// A word as the filters that find what it states, with `or` between them, or else its text in an idea.
    fn into_filters(self) -> Vec<Step> {
        let Step::Ask { asked, negated } = self else { return vec![self] };
        let filter = |filter, value| Step::Filter { filter, value, said: asked.said.clone(), negated };
        if asked.facts.is_empty() {
            return vec![filter(Filter::Where, asked.words.join(" "))];
        }
        let facts = asked.facts.iter().map(|fact| filter(fact.filter, fact.said.clone()));
        facts.enumerate().flat_map(|(at, fact)| (at > 0).then_some(Step::Or).into_iter().chain([fact])).collect()
    }

    /// A word that was typed without a sign: `or` and `not` are signs themselves.
    fn of_word(asked: Asked) -> Self {
        match asked.words.as_slice() {
            [word] if word == "or" => Step::Or,
            [word] if word == "not" => Step::Not,
            _ => Step::Ask { asked, negated: false },
        }
    }

    /// True for a word that makes the name of a skill with the one before it.
    fn is_named_with(&self, before: &Asked) -> bool {
        let Step::Ask { asked, negated: false } = self else { return false };
        let is_word = |asked: &Asked| !asked.quoted && asked.words.len() == 1;
        is_word(before) && is_word(asked) && Skills::get().canonical(&format!("{} {}", before.words[0], asked.words[0])).is_some()
    }
}

impl Asked {
    /// Two words as one.
    fn with(self, next: Asked) -> Asked {
        let said = format!("{} {}", self.said, next.said);
        Asked { said, words: [self.words, next.words].concat(), facts: Vec::new(), adjective: false, ..self }
    }

    /// True for several words between quotes.
    pub(super) fn is_phrase(&self) -> bool {
        self.quoted && self.words.len() > 1
    }

    fn is_silent(&self) -> bool {
        !self.quoted && self.facts.is_empty() && self.words.iter().all(|word| SILENT.contains(word.as_str()))
    }
}

/// A text in which addresses are names, and a programme stands apart from its term.
fn named(text: &str) -> String {
    text.split(' ').map(name).collect::<Vec<_>>().join(" ")
}

/// Several words that belong together for having one sign before them: `-real-time`.
fn as_one(mut asked: Vec<Asked>, said: &str) -> Option<Asked> {
    if asked.len() < 2 {
        return asked.pop();
    }
    let words = asked.into_iter().flat_map(|asked| asked.words).collect();
    Some(Asked { said: said.to_owned(), words, ..Asked::default() })
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
    fn signs_steer_a_question() {
        for (text, meaning) in [
            ("rust -kernel", "rust; -kernel"),
            ("not java", "-java"),
            ("something not in java or kotlin", "-java; -kotlin"),
            ("go not machine learning", "go; -machine learning"),
            ("go -machine-learning", "go; -machine-learning"),
            ("go -\"service mesh\"", "go; -\"service mesh\""),
            ("rust or go compiler", "rust | go; compiler"),
            ("rust OR the go", "rust | go"),
            ("or rust or", "rust"),
            ("easy or medium", "easy | medium"),
            ("90 or 175 hours", "90 | 175 hours"),
            ("soup window soup or kitchen", "soup; window; soup | kitchen"),
            ("soup or kitchen window kitchen or soup or kitchen", "soup | kitchen; window"),
            ("soup the or kitchen", "soup; kitchen"),
            ("\"this or that\" \"not\"", "\"this or that\"; \"not\""),
        ] {
            let search = Search::read(text).unwrap();
            let mut said = String::new();
            for asked in &search.asked {
                said += if said.is_empty() {
                    ""
                } else if asked.alternative {
                    " | "
                } else {
                    "; "
                };
                said += &asked.said;
            }
            for asked in &search.excluded {
                said += if said.is_empty() { "-" } else { "; -" };
                said += &asked.said;
            }
            assert_eq!((said.as_str(), search.filters.is_empty()), (meaning, true), "{text}");
        }
    }

    #[test]
    fn qualifiers_are_filters() {
        let filters = |clauses: &[(Filter, &str, bool)]| {
            let mut query = Query::default();
            for &(filter, text, wanted) in clauses {
                if wanted { query.require(filter, text) } else { query.exclude(filter, text) }.unwrap();
            }
            query
        };
        for (text, clauses) in [
            ("skill:go hours:..175", &[(Filter::Skill, "go", true), (Filter::Hours, "..175", true)][..]),
            ("compiler -skill:java not org:llvm", &[(Filter::Skill, "java", false), (Filter::Organization, "llvm", false)]),
            ("skill:go or skill:rust", &[(Filter::Skill, "go,rust", true)]),
            ("-skill:go or skill:rust", &[(Filter::Skill, "go,rust", false)]),
            ("project:\"model registry\"", &[(Filter::Project, "model registry", true)]),
            ("term:any", &[]),
        ] {
            assert_eq!(Search::read(text).unwrap().filters, filters(clauses), "{text}");
        }
        let either = Search::read("skill:go or org:llvm").unwrap().filters;
        assert_eq!(format!("{either:?}").matches("Clause").count(), 1, "one clause with two filters");
        for (mixed, same) in [
            ("kernel or skill:rust", "where:kernel or skill:rust"),
            ("skill:rust or kernel or driver", "skill:rust or where:kernel or where:driver"),
            ("\"device driver\" or skill:rust", "where:\"device driver\" or skill:rust"),
            ("easy or skill:rust", "difficulty:easy or skill:rust"),
            ("medium or skill:rust", "difficulty:medium or hours:175 or skill:rust"),
            ("compiler kernel or skill:rust", "compiler where:kernel or skill:rust"),
        ] {
            let [mixed, same] = [mixed, same].map(|text| Search::read(text).unwrap());
            let asked = |search: &Search| search.asked.iter().map(|asked| asked.said.clone()).collect::<Vec<_>>();
            assert_eq!((asked(&mixed), &mixed.filters), (asked(&same), &same.filters));
        }
        assert!(Search::read("term:any x").unwrap().names_terms() && !Search::read("x").unwrap().names_terms());
        for (text, message) in [
            ("rust or -skill:go", "'rust or -skill:go' are no alternatives"),
            ("rust or -go", "'rust or -go' are no alternatives"),
            ("hours:many", "unknown number of hours 'many'"),
            ("skill:\"\"", "names no skill"),
        ] {
            let error = Search::read(text).unwrap_err().to_string();
            assert!(error.contains(message), "{text}: {error}");
        }
    }

    #[test]
    fn a_long_text_is_looked_for_in_part() {
        let text: Vec<String> = (0..3000).map(|i| format!("word{} the", i % 1000)).collect();
        let search = Search::read(&text.join(" ")).unwrap();
        assert_eq!((search.asked.len(), search.left_out), (MOST_ASKED, 1000 - MOST_ASKED));
    }
}
