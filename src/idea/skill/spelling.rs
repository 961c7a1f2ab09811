//! Words that are almost a skill: `Pyhton`, `Kuberntetes`.
//!
//! Names of skills are short and odd, and so are the names of many other things: a word is only taken for a slip if it is
//! nowhere in the vocabulary, begins as the skill does, and differs by less the shorter it is.

use std::sync::LazyLock;

use rustc_hash::{FxHashMap, FxHashSet};

use super::{Skills, normal, tokens};
use crate::prose::Text;
use crate::text::LetterSet;

/// What words are compared with.
struct Index {
    /// Everything that is spelt right, as [`normal`] has it.
    known: FxHashSet<String>,
    /// The names of skills by their first letter.
    names: FxHashMap<u8, Vec<Name>>,
}

struct Name {
    written: &'static str,
    lower: String,
    letters: LetterSet,
}

static INDEX: LazyLock<Index> = LazyLock::new(|| {
    let skills = Skills::get();
    let mut known: FxHashSet<String> = skills.file.lookalikes.iter().map(|word| normal(word).into_owned()).collect();
    known.extend(skills.ways().by_first.values().flatten().flat_map(|entry| entry.tokens.iter().cloned()));
    let mut names: FxHashMap<u8, Vec<Name>> = FxHashMap::default();
    for written in skills.called().words.iter().filter(|word| word.len() >= SHORTEST && is_word(word)) {
        let lower = written.to_ascii_lowercase();
        names.entry(lower.as_bytes()[0]).or_default().push(Name { written, letters: LetterSet::of(&lower), lower });
    }
    Index { known, names }
});

/// Shorter names are one slip away from too much.
const SHORTEST: usize = 4;

impl Skills {
    /// The words of a text that are almost the name of a skill, and what was probably meant.
    pub fn misspelt(text: Text<'_>) -> Vec<(Text<'_>, String)> {
        let said = text.as_str();
        let mut found = Vec::new();
        let lower = said.to_ascii_lowercase();
        for token in tokens(said, &lower).filter(|token| token.text.len() >= SHORTEST && is_word(token.text)) {
            let word = &lower[token.start..token.end];
            // Most words are near to nothing.
            let mut near = near(word).peekable();
            if near.peek().is_none() || INDEX.known.contains(token.word.as_ref()) || is_in_name(said, token.start, token.end) {
                continue;
            }
            if let Some(name) = nearest(word, near) {
                found.push((text.cut(token.start..token.end), like(token.text, name)));
            }
        }
        found
    }
}

fn is_word(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_alphabetic())
}

/// True inside of addresses, URLs and compounds, whose words are names.
fn is_in_name(text: &str, start: usize, end: usize) -> bool {
    let joins = |c: char| matches!(c, '-' | '_' | '@' | '.' | '#' | '~' | '\\');
    if text[..start].ends_with(joins) || text[end..].starts_with(['-', '_', '@', '~', '\\']) {
        return true;
    }
    let from = text[..start].rfind(char::is_whitespace).unwrap_or(0);
    let to = text[end..].find(char::is_whitespace).map_or(text.len(), |at| end + at);
    let around = &text[from..to];
    around.contains('/') && (around.contains("//") || around.trim_end_matches(['.', ',', ';']).contains('.'))
}

/// The names that a word in lower case may be near to, as far as its length and its letters tell.
fn near(word: &str) -> impl Iterator<Item = &'static Name> {
    let own = LetterSet::of(word);
    let names = word.as_bytes().first().and_then(|first| INDEX.names.get(first));
    let length = word.len();
    names.into_iter().flatten().filter(move |name| {
        let most = slips(name);
        name.lower.len().abs_diff(length) <= most && own.may_be(name.letters, most)
    })
}

/// How many slips make another word a name.
fn slips(name: &Name) -> usize {
    if name.lower.len() >= LONG { 2 } else { 1 }
}

/// The skill whose name is nearest to a word in lower case, if it is near enough.
fn nearest(word: &str, names: impl Iterator<Item = &'static Name>) -> Option<&'static str> {
    let near = names.filter_map(|name| {
        let distance = strsim::osa_distance(word, &name.lower);
        let enough = match name.lower.len() {
            // `HTLM`, `Rsut`
            ..5 => distance == 1 && is_swap(word, &name.lower),
            // `Linnux`, but not `Linus`
            5 => distance == 1 && (is_swap(word, &name.lower) || word.len() > name.lower.len()),
            _ => distance <= slips(name),
        };
        enough.then_some((distance, name.written))
    });
    near.min_by_key(|&(distance, _)| distance).map(|(_, name)| name)
}

/// From this length on, two slips are forgiven.
const LONG: usize = 10;

/// True if two words at a distance of one have the same letters.
fn is_swap(word: &str, name: &str) -> bool {
    let sorted = |text: &str| {
        let mut bytes = text.as_bytes().to_vec();
        bytes.sort_unstable();
        bytes
    };
    word.len() == name.len() && sorted(word) == sorted(name)
}

/// The name, with capitals where the word has them.
fn like(word: &str, name: &str) -> String {
    if name.bytes().any(|byte| byte.is_ascii_uppercase()) {
        return name.to_owned();
    }
    if word.bytes().all(|byte| byte.is_ascii_uppercase()) {
        return name.to_ascii_uppercase();
    }
    let mut name = name.to_owned();
    if word.starts_with(|c: char| c.is_ascii_uppercase()) {
        name[..1].make_ascii_uppercase();
    }
    name
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::prose::Prose;
    use crate::text::Span;

    fn misspelt(text: &str) -> Vec<String> {
        let mut prose = Prose::default();
        prose.push(text, Span::new(0, text.len()));
        Skills::misspelt(prose.view(0..prose.len()))
            .into_iter()
            .map(|(word, meant)| format!("{}: {meant}", word.as_str()))
            .collect()
    }

    #[test]
    fn slips_are_seen() {
        for (text, found) in [
            ("Kuberntetes", "Kuberntetes: Kubernetes"),
            ("kubernets operators", "kubernets: kubernetes"),
            ("Kuberenetes", "Kuberenetes: Kubernetes"),
            ("Pyhton, Rust", "Pyhton: Python"),
            ("Pyton", "Pyton: Python"),
            ("HTLM/CSS", "HTLM: HTML"),
            ("Golnag", "Golnag: Golang"),
            ("Javascipt", "Javascipt: Javascript"),
            ("Typescirpt", "Typescirpt: Typescript"),
            ("basics of Dcoker", "Dcoker: Docker"),
            ("Postgress", "Postgress: Postgres"),
            ("PostgresQl, PostrgeSQL", "PostrgeSQL: Postgresql"),
            ("Raect", "Raect: React"),
            ("Lniux", "Lniux: Linux"),
            ("Promethues", "Promethues: Prometheus"),
            ("Machine learning with Tensroflow", "Tensroflow: Tensorflow"),
        ] {
            assert_eq!(misspelt(text), [found], "{text}");
        }
    }

    #[test]
    fn other_words_are_left_alone() {
        for text in [
            "Python, Pythonic code, Cython, Jython",
            "Linus, linker, packets, strings, election, schema, mentoring, closure",
            "Kubernetes, Kubeflex, KubeVela, Kubebuilder, kubeadm, kubectl",
            "Go, Golang, GoLand, JavaFX, JSON, Jason",
            "OpenAI, OpenAPI, OpenSSH, OpenSSL, OpenSCAP, JupyterHub, PostgREST",
            "LLVM, LVLM, performant code, rocket science",
            "see https://github.com/pyhton/dokcer and kubernets-sigs, @dcoker, pyhton.example.org/x",
        ] {
            assert_eq!(misspelt(text), [""; 0], "{text}");
        }
    }
}
