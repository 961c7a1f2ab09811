//! What single words mean in the values of fields: `schemas/values.toml`, read once. What each group of words is for
//! stands there.

use std::borrow::Cow;
use std::hash::Hash;
use std::sync::LazyLock;

use rustc_hash::{FxHashMap, FxHashSet};
use serde::Deserialize;

use super::{Difficulty, Role, Status};

/// The vocabulary of values.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Words {
    pub(super) difficulty: Levels,
    pub(super) size: Sizes,
    pub(super) status: Statuses,
    pub(super) role: Roles,
    pub(super) people: People,
    pub(super) link: LinkWords,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Levels {
    pub(super) level: Meanings<Difficulty>,
    pub(super) people: Meanings<Difficulty>,
    pub(super) negating: Set,
    pub(super) degrees: Set,
    pub(super) sentence: Sentence,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Sentence {
    pub(super) subjects: Set,
    pub(super) verbs: Set,
    pub(super) between: Set,
    pub(super) nouns: Set,
    pub(super) measures: Set,
    pub(super) rated: Set,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Sizes {
    pub(super) units: Set,
    pub(super) other_units: Set,
    pub(super) paces: Set,
    pub(super) per: Set,
    pub(super) paced: Set,
    pub(super) joining: Set,
    pub(super) beside: Set,
    pub(super) levels_in_titles: Set,
    pub(super) turning: Set,
    pub(super) offering: Set,
    pub(super) name: Vec<SizeName>,
}

/// A size by name.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SizeName {
    pub(super) hours: u32,
    /// Its name, and other words for it.
    pub(super) words: Vec<String>,
    pub(super) letter: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Statuses {
    pub(super) phrase: Meanings<Status>,
    pub(super) before: Set,
    pub(super) after: Set,
    pub(super) after_in_title: Set,
    pub(super) spans: Set,
    pub(super) referring: Set,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Roles {
    pub(super) name: Meanings<Role>,
    pub(super) nouns: Set,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct People {
    pub(super) and_others: Vec<String>,
    pub(super) accounts: Set,
    pub(super) after_name: Set,
    pub(super) contact_words: Set,
    pub(super) other_sites: Set,
    pub(super) list_hosts: Vec<String>,
    pub(super) room_hosts: Vec<String>,
    pub(super) rooms: Set,
    pub(super) no_person_start: Set,
    pub(super) leads: Set,
    pub(super) no_person_end: Set,
    pub(super) groups: Set,
    pub(super) organizations: Set,
    pub(super) sentence_words: Set,
    pub(super) subjects: Set,
    pub(super) subject_endings: Vec<String>,
    pub(super) titles: Set,
    pub(super) telling_verbs: Set,
    pub(super) given_names: Set,
    pub(super) months: Set,
    pub(super) no_handles: Set,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct LinkWords {
    pub(super) top_level: Set,
    pub(super) in_paths: Set,
    pub(super) shown: Vec<Vec<String>>,
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
        // Built in and tested: a broken file never leaves our hands.
        static WORDS: LazyLock<Words> =
            LazyLock::new(|| serde_json::from_str(vocabulary!("values")).expect("schemas/values.toml is valid"));
        &WORDS
    }
}

/// Words in lower case.
#[derive(Default, Deserialize)]
#[serde(transparent)]
pub(super) struct Set(FxHashSet<String>);

impl People {
    /// True for a word that no name of a person ends with.
    pub(super) fn ends_no_person(&self, word: &str) -> bool {
        self.no_person_end.has(word) || self.groups.has(word)
    }
}

impl Set {
    /// True for a word of the set, in any case.
    pub(super) fn has(&self, word: &str) -> bool {
        self.0.contains(&*lower(word))
    }
}

/// Words in lower case, each with what it means.
#[derive(Deserialize)]
#[serde(from = "FxHashMap<T, Vec<String>>", bound = "T: Deserialize<'de> + Copy + Eq + Hash")]
pub(super) struct Meanings<T>(pub(super) FxHashMap<String, T>);

impl<T: Copy> From<FxHashMap<T, Vec<String>>> for Meanings<T> {
    fn from(words: FxHashMap<T, Vec<String>>) -> Self {
        Meanings(words.into_iter().flat_map(|(meaning, words)| words.into_iter().map(move |word| (word, meaning))).collect())
    }
}

impl<T: Copy> Meanings<T> {
    /// What a word means, in any case.
    pub(super) fn of(&self, word: &str) -> Option<T> {
        self.0.get(&*lower(word)).copied()
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

/// True if what follows a mark, behind an answer, only talks about it: `Medium - a small one would do, too`. `tells` knows the
/// words of answers; after a joining word or a number the answer goes on.
pub(super) fn is_remark(rest: &str, tells: impl Fn(&str) -> bool) -> bool {
    let rest = rest.trim_start_matches(|c: char| !c.is_alphanumeric() && !matches!(c, '(' | '['));
    let word = &rest[..rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len())];
    !(word.starts_with(|c: char| c.is_ascii_digit()) || tells(word) || Words::get().size.joining.has(word))
}

#[cfg(test)]
mod tests {
    #[test]
    fn no_word_has_two_meanings_of_a_kind_and_all_are_in_lower_case() {
        let text = include_str!("../../schemas/values.toml");
        let of_a_kind = |table: &toml::Table| {
            let words =
                table.values().flat_map(|words| words.as_array().unwrap().iter().map(|word| word.as_str().unwrap().to_owned()));
            words.collect::<Vec<_>>()
        };
        let file: toml::Table = toml::from_str(text).unwrap();
        let table = |kind: &str, name: &str| of_a_kind(file[kind][name].as_table().unwrap());
        let levels = [table("difficulty", "level"), table("difficulty", "people")].concat();
        for words in [levels, table("role", "name"), table("status", "phrase")] {
            for (at, word) in words.iter().enumerate() {
                assert!(!words[..at].contains(word), "{word} stands there twice");
            }
        }
        let words =
            text.lines().filter(|line| !line.trim_start().starts_with('#')).flat_map(|line| line.split('"').skip(1).step_by(2));
        for word in words {
            assert_eq!(word, word.to_lowercase(), "words are compared in lower case");
        }
    }
}
