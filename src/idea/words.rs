//! What single words mean in the values of fields: `schemas/values.toml`, read once.

use std::borrow::Cow;
use std::sync::LazyLock;

use rustc_hash::{FxHashMap, FxHashSet};
use serde::Deserialize;

use super::{Difficulty, Role};

/// The vocabulary of values.
pub(super) struct Words {
    /// The levels of difficulty that words stand for.
    pub(super) levels: FxHashMap<String, Difficulty>,
    /// The levels that are for people who are called so.
    pub(super) people: FxHashMap<String, Difficulty>,
    /// Sizes by name, in hours; `GSoC`'s own name first.
    pub(super) sizes: Vec<SizeName>,
    /// Hours, as people abbreviate them.
    pub(super) units: Set,
    /// What else is counted.
    pub(super) other_units: Set,
    /// Stretches of time that hours are spread over.
    pub(super) paces: Set,
    /// "In each".
    pub(super) per: Set,
    /// A pace in one word.
    pub(super) paced: Set,
    /// Words between two sizes or levels that make them one answer.
    pub(super) joining: Set,
    /// Words that turn an answer into a remark about it.
    pub(super) turning: Set,
    /// Words of a remark that offer one more size.
    pub(super) offering: Set,
    /// Words that make the level behind them another one.
    pub(super) negating: Set,
    /// Words that may stand between those and the level.
    pub(super) degrees: Set,
    /// Roles of mentors.
    pub(super) roles: FxHashMap<String, Role>,
    /// Nouns that a role may stand before.
    pub(super) role_nouns: Set,
    /// Words about people.
    pub(super) person: People,
    /// Words of URLs.
    pub(super) link: LinkWords,
}

/// Words in lower case.
#[derive(Default, Deserialize)]
#[serde(transparent)]
pub(super) struct Set(FxHashSet<String>);

impl Set {
    /// True for a word of the set, in any case.
    pub(super) fn has(&self, word: &str) -> bool {
        self.0.contains(&*lower(word))
    }
}

/// A word in lower case.
pub(super) fn lower(word: &str) -> Cow<'_, str> {
    if word.bytes().all(|byte| byte.is_ascii() && !byte.is_ascii_uppercase()) {
        Cow::Borrowed(word)
    } else {
        Cow::Owned(word.to_lowercase())
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    difficulty: Levels,
    size: Sizes,
    role: Roles,
    people: People,
    link: LinkWords,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Levels {
    easy: Vec<String>,
    medium: Vec<String>,
    hard: Vec<String>,
    easy_for: Vec<String>,
    negating: Set,
    degrees: Set,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Sizes {
    units: Set,
    other_units: Set,
    paces: Set,
    per: Set,
    paced: Set,
    joining: Set,
    turning: Set,
    offering: Set,
    name: Vec<SizeName>,
}

/// A size by name.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SizeName {
    /// In hours.
    pub(super) hours: u32,
    /// Its name, and other words for it.
    pub(super) words: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Roles {
    primary: Vec<String>,
    co_mentor: Vec<String>,
    nouns: Set,
}

/// Words about people: each group is explained in `schemas/values.toml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)] // said there
pub(super) struct People {
    pub(super) joining: Vec<String>,
    pub(super) joining_names: Vec<String>,
    pub(super) and_others: Vec<String>,
    pub(super) accounts: Set,
    pub(super) after_name: Set,
    pub(super) contact_words: Set,
    pub(super) other_sites: Set,
    pub(super) list_hosts: Vec<String>,
    pub(super) room_hosts: Vec<String>,
    pub(super) rooms: Set,
    pub(super) no_person_start: Set,
    pub(super) no_person_end: Set,
    pub(super) organizations: Set,
    pub(super) sentence_words: Set,
    pub(super) subjects: Set,
    pub(super) titles: Set,
    pub(super) telling_verbs: Set,
    pub(super) given_names: Set,
    pub(super) months: Set,
    pub(super) no_handles: Set,
}

/// Words of URLs.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct LinkWords {
    /// Top-level domains of sites.
    pub(super) top_level: Set,
    /// Parts of a path that nothing but a URL has.
    pub(super) in_paths: Set,
    /// Pages that only lead on.
    pub(super) redirects: Vec<Redirect>,
}

/// A page that only leads on.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Redirect {
    /// Its host and path.
    pub(super) from: String,
    /// The parameter that says where to.
    pub(super) to: String,
}

impl Words {
    /// The vocabulary that is built in.
    pub(super) fn get() -> &'static Words {
        static WORDS: LazyLock<Words> = LazyLock::new(|| {
            // Built in and tested: a broken file never leaves our hands.
            let file: File = toml::from_str(include_str!("../../schemas/values.toml")).expect("schemas/values.toml is valid");
            Words::new(file)
        });
        &WORDS
    }

    fn new(file: File) -> Self {
        let Levels { easy, medium, hard, easy_for, negating, degrees } = file.difficulty;
        let mut people = file.people;
        // The longest first: "with help from" before "with".
        people.joining_names.sort_by_key(|phrase| std::cmp::Reverse(phrase.len()));
        Words {
            levels: meaning([(easy, Difficulty::Easy), (medium, Difficulty::Medium), (hard, Difficulty::Hard)]),
            people: meaning([(easy_for, Difficulty::Easy)]),
            sizes: file.size.name,
            units: file.size.units,
            other_units: file.size.other_units,
            paces: file.size.paces,
            per: file.size.per,
            paced: file.size.paced,
            joining: file.size.joining,
            turning: file.size.turning,
            offering: file.size.offering,
            negating,
            degrees,
            roles: meaning([(file.role.primary, Role::Primary), (file.role.co_mentor, Role::CoMentor)]),
            role_nouns: file.role.nouns,
            person: people,
            link: file.link,
        }
    }
}

fn meaning<T: Copy, const N: usize>(groups: [(Vec<String>, T); N]) -> FxHashMap<String, T> {
    groups.into_iter().flat_map(|(words, meaning)| words.into_iter().map(move |word| (word, meaning))).collect()
}

/// True if what follows a mark, behind an answer, only talks about it: `Medium - a small one would do, too`. `tells` knows the
/// words of answers; after a joining word or a number the answer goes on.
pub(super) fn is_remark(rest: &str, tells: impl Fn(&str) -> bool) -> bool {
    let rest = rest.trim_start_matches(|c: char| !c.is_alphanumeric() && !matches!(c, '(' | '['));
    let word = &rest[..rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len())];
    !(word.starts_with(|c: char| c.is_ascii_digit()) || tells(word) || Words::get().joining.has(word))
}

/// True if a word is one slip away from a known one: a letter too many, too few, changed, or two swapped. Short words are one
/// slip away from too much.
pub(super) fn is_slip(word: &str, known: &str) -> bool {
    const SHORTEST: usize = 5;
    known.len() >= SHORTEST
        && word.len().abs_diff(known.len()) <= 1
        && word.len() >= SHORTEST - 1
        && word.as_bytes()[0] == known.as_bytes()[0]
        && strsim::osa_distance(word, known) == 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_word_has_two_meanings_of_a_kind_and_all_are_in_lower_case() {
        let text = include_str!("../../schemas/values.toml");
        let file: File = toml::from_str(text).unwrap();
        let Levels { easy, medium, hard, easy_for, .. } = file.difficulty;
        let Roles { primary, co_mentor, .. } = file.role;
        for groups in [[easy, medium, hard, easy_for].concat(), [primary, co_mentor].concat()] {
            for (at, word) in groups.iter().enumerate() {
                assert!(!groups[..at].contains(word), "{word} stands there twice");
                assert_eq!(*word, word.to_lowercase());
            }
        }
        let words =
            text.lines().filter(|line| !line.trim_start().starts_with('#')).flat_map(|line| line.split('"').skip(1).step_by(2));
        for word in words {
            assert_eq!(word, word.to_lowercase(), "words are compared in lower case");
        }
    }

    #[test]
    fn slips() {
        for (word, known, slip) in [
            ("hourse", "hours", true),
            ("hors", "hours", true),
            ("meduim", "medium", true),
            ("midium", "medium", true),
            ("ours", "hours", false),
            ("hard", "harf", false),
            ("medium", "medium", false),
        ] {
            assert_eq!(is_slip(word, known), slip, "{word} {known}");
        }
    }
}
