//! Words that are related without being the same: forms of one word, and words of one meaning. The lists are data, in
//! `schemas/word-forms.toml` and `schemas/synonyms.toml`.

use std::borrow::Cow;
use std::sync::LazyLock;

use rustc_hash::FxHashMap;
use serde::Deserialize;

use super::super::words::words;
use super::question::SILENT;

/// How two words are related.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Relation {
    /// Forms of one word: `chart`, `charts`; also in another spelling.
    Form,
    /// Another word of the same matter: `simulation`, `simulator`.
    Derived,
}

/// How two words of one meaning are related.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sense {
    /// Each means the other.
    Same,
    /// Who looks for one may mean the other.
    Near,
}

/// So many letters two forms of a word share at least, and two derived words.
const SHARED: usize = 3;
const SHARED_DERIVED: usize = 5;

/// A name without its umlauts has so many letters at least.
const LETTERS_OF_NAME: usize = 4;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Forms {
    #[serde(borrow)]
    inflections: Vec<Vec<&'static str>>,
    derivations: Vec<Vec<&'static str>>,
    apart: Vec<Vec<&'static str>>,
    spellings: Vec<[&'static str; 2]>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Synonyms {
    #[serde(borrow)]
    same: Vec<Vec<&'static str>>,
    alike: Vec<Vec<&'static str>>,
    near: FxHashMap<&'static str, Vec<&'static str>>,
    other: FxHashMap<&'static str, Vec<&'static str>>,
}

#[allow(clippy::expect_used)] // built in and tested: a broken file never leaves our hands
static FORMS: LazyLock<Forms> =
    LazyLock::new(|| serde_json::from_str(vocabulary!("word-forms")).expect("schemas/word-forms.toml is valid"));

#[allow(clippy::expect_used)] // as above
static SYNONYMS: LazyLock<Synonyms> =
    LazyLock::new(|| serde_json::from_str(vocabulary!("synonyms")).expect("schemas/synonyms.toml is valid"));

/// The names that have other words of their meaning, by how they begin.
static NAMES: LazyLock<FxHashMap<&[u8], Vec<&str>>> = LazyLock::new(|| {
    let mut names: FxHashMap<&[u8], Vec<&str>> = FxHashMap::default();
    for name in SYNONYMS.same.iter().chain(&SYNONYMS.alike).flatten().chain(SYNONYMS.near.keys()) {
        names.entry(start(name)).or_default().push(name);
    }
    names
});

/// How two folded words are related, if they are.
pub(super) fn relation(one: &str, other: &str) -> Option<Relation> {
    // Most words are told apart by how they begin.
    if one.bytes().zip(other.bytes()).take(SHARED).any(|(a, b)| a != b) || !(one.is_ascii() && other.is_ascii()) {
        return None;
    }
    let (one, other) = (american(one), american(other));
    if one == other {
        return Some(Relation::Form);
    }
    let shared = one.bytes().zip(other.bytes()).take_while(|(a, b)| a == b).count();
    // What two forms have in common may go into the ending: `mapping`, `mapped`; `compile`, `compiled`.
    let is_pair = |list: &[&str], least: usize| {
        (least..=shared).rev().any(|cut| {
            let stands = |word: &str| {
                let (start, rest) = word.split_at(cut);
                // Without a vowel it is no stem: `string` is no form of `str`.
                if !start.contains(['a', 'e', 'i', 'o', 'u', 'y']) {
                    return false;
                }
                let undoubled = rest.strip_prefix(&start[cut - 1..]).filter(|rest| !rest.is_empty());
                list.iter().any(|ending| *ending == rest || undoubled == Some(*ending))
            };
            stands(&one) && stands(&other)
        })
    };
    let relation = if FORMS.inflections.iter().any(|list| is_pair(list, SHARED)) {
        Relation::Form
    } else if FORMS.derivations.iter().any(|list| is_pair(list, SHARED_DERIVED)) {
        Relation::Derived
    } else {
        return None;
    };
    (!are_apart(&one, &other)).then_some(relation)
}

/// A word in American spelling.
fn american(word: &str) -> Cow<'_, str> {
    let respelled = FORMS.spellings.iter().find_map(|[british, american]| {
        word.strip_suffix(british).filter(|start| start.len() >= SHARED).map(|start| format!("{start}{american}").into())
    });
    respelled.unwrap_or(Cow::Borrowed(word))
}

/// True for two words that mean different things however alike they are.
fn are_apart(one: &str, other: &str) -> bool {
    let is = |word: &str, name: &str| word.strip_suffix('s').unwrap_or(word) == name || word == name;
    let set = |word: &str, row: &[&str]| row.iter().position(|name| is(word, name));
    FORMS.apart.iter().any(|row| matches!((set(one, row), set(other, row)), (Some(a), Some(b)) if (a == 0) != (b == 0)))
}

/// The other words, and rows of words, that mean what a folded word means, or several in a row.
pub(super) fn senses(said: &str) -> Vec<(Vec<&'static str>, Sense)> {
    if !has_senses(said) {
        return Vec::new();
    }
    let is = |name: &str| is_name(said, name);
    let rows = SYNONYMS.same.iter().filter(|row| row.iter().any(|name| is(name)));
    let same: Vec<&'static str> = rows.flatten().copied().filter(|name| !is(name)).collect();
    // What is near a word is near every other name of the same thing.
    let is_any = |name: &&'static str| is(name) || same.contains(name);
    let alike = SYNONYMS.alike.iter().filter(|row| row.iter().any(is_any)).flatten();
    let near = SYNONYMS.near.iter().filter(|(name, _)| is_any(name)).flat_map(|(_, near)| near);
    let mut near: Vec<&'static str> = alike.chain(near).copied().filter(|name| !is_any(name)).collect();
    near.sort_unstable();
    near.dedup();
    let near = near.into_iter().map(|name| (name, Sense::Near));
    same.iter().map(|name| (*name, Sense::Same)).chain(near).map(|(name, sense)| (words(name).collect(), sense)).collect()
}

/// The words for which this holds and that mean something else in some terms, each with one of those.
pub(super) fn other_terms(holds: impl Fn(&str) -> bool) -> impl Iterator<Item = (&'static str, Vec<&'static str>)> {
    let words = SYNONYMS.other.iter().filter(move |(word, _)| holds(word));
    words.flat_map(|(word, terms)| terms.iter().map(move |term| (*word, term.split(' ').collect())))
}

/// True if there are other words for a folded word, or for several in a row.
pub(super) fn has_senses(said: &str) -> bool {
    NAMES.get(start(said)).is_some_and(|names| names.iter().any(|name| is_name(said, name)))
}

/// True if a name is what was said, or a form of it. Words that say nothing are not looked for: `internet things` was
/// `internet of things`.
fn is_name(said: &str, name: &str) -> bool {
    said == name
        || relation(said, name) == Some(Relation::Form)
        || (said.contains(' ') && name.split(' ').filter(|word| !SILENT.contains(word)).eq(said.split(' ')))
}

/// What two forms of a word have in common at least.
fn start(word: &str) -> &[u8] {
    word.as_bytes().get(..SHARED).unwrap_or(word.as_bytes())
}

/// A name typed without the dots over its letters, as it is folded: `joerg` is `jorg`. What is left of a short word may
/// be any other: `aes` is not `as`.
pub(super) fn without_umlauts(word: &str) -> Option<String> {
    let plain = word.replace("ae", "a").replace("oe", "o").replace("ue", "u");
    (plain != word && plain.len() >= LETTERS_OF_NAME).then_some(plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_and_derived_words_are_told_from_others() {
        for (one, others) in [
            ("statistics", "statistic:form statistical:derived statistician:derived status:none"),
            ("simulation", "simulations:form simulator:derived simulated:derived stimulation:none"),
            ("accessibility", "access:none accessible:derived accessing:none"),
            ("map", "maps:form mapping:form mapped:form mat:none"),
            ("stats", "stat:form state:none states:none"),
            ("cache", "caching:form cached:form caches:form"),
            ("library", "libraries:form"),
            ("schedule", "scheduling:form schedules:form scheduler:derived"),
            ("scheduler", "schedulers:form scheduling:derived schema:none"),
            ("deploy", "deployed:form deploying:form deployment:derived"),
            ("container", "containers:form contains:none contain:none"),
            ("containers", "contained:none"),
            ("operator", "operators:form operations:none"),
            ("internationalisation", "internationalization:form"),
            ("color", "colour:form colours:form"),
            ("compiler", "compilers:form compile:derived compilation:derived"),
            ("chemistry", "chemical:derived"),
            ("go", "god:none goes:none"),
            ("größe", "größen:none"),
            ("rust", "rusty:none trust:none"),
            ("news", "new:none newer:none"),
            ("windows", "window:none"),
            ("string", "strings:form str:none"),
            ("add", "adding:form added:form"),
            ("express", "expressed:none expression:none"),
        ] {
            for told in others.split(' ') {
                let (other, expected) = told.split_once(':').unwrap();
                let relation = match relation(one, other) {
                    None => "none",
                    Some(Relation::Form) => "form",
                    Some(Relation::Derived) => "derived",
                };
                assert_eq!(relation, expected, "{one} {other}");
                assert_eq!(super::relation(one, other), super::relation(other, one), "{one} {other}");
            }
        }
    }

    #[test]
    fn words_of_one_meaning_are_known() {
        assert!(senses("i18n").contains(&(vec!["internationalization"], Sense::Same)));
        assert!(senses("i18n").contains(&(vec!["translation"], Sense::Near)));
        assert!(senses("apps").contains(&(vec!["application"], Sense::Same)));
        assert!(senses("maps").iter().any(|(name, sense)| *name == ["gis"] && *sense == Sense::Near));
        assert!(!senses("gis").contains(&(vec!["map"], Sense::Near)), "who looks for `gis` does not mean every map");
        for (said, near) in
            [("static typing", "type inference"), ("type checkers", "static typing"), ("e2e test", "browser testing")]
        {
            assert!(senses(said).contains(&(near.split(' ').collect(), Sense::Near)), "{said}");
        }
        assert!(senses("internet things").contains(&(vec!["iot"], Sense::Same)), "`of` says nothing");
        assert!(has_senses("license compliance") && !has_senses("license plate") && senses("license plate").is_empty());
        for word in ["a11y", "accessibility"] {
            assert!(senses(word).contains(&(vec!["screen", "reader"], Sense::Near)), "{word}");
        }
        for word in ["l10n", "localization", "localisation", "internationalisation"] {
            assert!(senses(word).contains(&(vec!["translation"], Sense::Near)), "{word}");
        }
        assert!(senses("tui").contains(&(vec!["terminal", "user", "interface"], Sense::Same)));
    }

    #[test]
    fn umlauts_are_typed_in_two_ways() {
        for (word, plain) in [("joerg", "jorg"), ("mueller", "muller"), ("aes", ""), ("does", ""), ("goes", ""), ("rust", "")] {
            assert_eq!(without_umlauts(word).unwrap_or_default(), plain, "{word}");
        }
    }

    /// Every name is folded and stands once in its row.
    #[test]
    fn the_lists_are_in_order() {
        let rows = SYNONYMS
            .same
            .iter()
            .chain(&SYNONYMS.alike)
            .chain(SYNONYMS.near.values())
            .chain(SYNONYMS.other.values())
            .chain(&FORMS.inflections)
            .chain(&FORMS.derivations)
            .chain(&FORMS.apart);
        for row in rows {
            assert!(row.iter().all(|name| *name == name.to_lowercase()), "{row:?}");
            let mut known = std::collections::BTreeSet::new();
            assert!(row.iter().all(|name| known.insert(name)), "{row:?} has a name twice");
        }
    }
}
