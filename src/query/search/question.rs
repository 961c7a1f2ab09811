//! What somebody typed: words, phrases between quotes, words that name a fact of an idea, such as `easy`, `90 hours` or
//! `gsoc`, what no idea may say, and filters.
//!
//! What a word says about a fact the readers of [`idea`](crate::idea) know. Only what is unmistakable counts: in a field
//! `low` is a level, in a question it is just a word.

mod asked;
mod steps;

use std::collections::BTreeSet;

use rustc_hash::FxHashSet;

use super::super::words::words;
use super::super::{Query, QueryError};
use super::operators::{Kind, Piece, pieces};
use crate::spelling::fold;
pub(super) use asked::{Asked, SILENT};
use asked::{as_one, named, plain};
use steps::{Step, joined};

/// So many words are looked for; who pastes a whole text has said by then what it is about.
pub const MOST_ASKED: usize = 64;

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
    /// If there is no word in it, a qualifier is given what its filter does not take, or an `or` stands between two
    /// things that are no alternatives.
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
            if places.contains(&at) { plain(&asked.said.trim_matches('"').replace('-', " ")) } else { vec![asked.clone()] }
        };
        let mut search = Search { asked: self.asked.iter().enumerate().flat_map(apart).collect(), ..self.clone() };
        search.tidy();
        search
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::filter::Filter;
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
            ("end-to-end tests", "end-to-end; tests"),
            ("entry-level 350-hour", "entry-level; 350-hour hours:350"),
            ("a - b -- c", "b; c"),
            ("http https://example.org/tides", "http; example.org; tides"),
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
    fn a_wish_says_nothing_beside_what_is_wished_for() {
        for (text, told) in [
            ("I want to learn how tides work inside", "tides"),
            ("help people with their harbours", "harbours"),
            ("make quays more private", "quays private"),
            ("build a quay", "quay"),
            ("build system", "build system"),
            ("learn about building", "building"),
            ("contribute to software for sailors", "sailors"),
            ("learn how", "learn how"),
            ("\"build a\" quay", "\"build a\" quay"),
            ("tool for tools that", "tool for tools that"),
        ] {
            let said: Vec<String> = Search::read(text).unwrap().asked.into_iter().map(|asked| asked.said).collect();
            assert_eq!(said.join(" "), told, "{text}");
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
            ("kernel or the driver or skill:rust", "where:kernel or where:driver or skill:rust"),
            ("kernel or or the skill:rust", "where:kernel or skill:rust"),
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
