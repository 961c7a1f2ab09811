//! How words are written: the parts of a compound, and slips of the finger.

use crate::idea::skill::Skills;
use crate::spelling::fold;

/// In a word of at least so many letters one may slip.
const LETTERS_FOR_ONE_SLIP: usize = 4;
/// And in one of so many, two.
const LETTERS_FOR_TWO_SLIPS: usize = 8;

/// True for a word that is folded as it is written, and no compound.
pub(super) fn is_plain(word: &str) -> bool {
    word.bytes().all(|byte| byte.is_ascii_lowercase())
}

/// Calls `each` with the folded word, and `true`; then with the parts of a compound, and `false`: `fastGPT` is also `fast`
/// and `gpt`, `v19` is also `19`. A skill is one word, however it is written: `GitHub` is not about `git`.
pub(super) fn forms(word: &str, mut each: impl FnMut(&str, bool)) {
    if is_plain(word) {
        return each(word, true);
    }
    each(&fold(word), true);
    let mut cuts = vec![0];
    let chars: Vec<(usize, char)> = word.char_indices().collect();
    for (i, &(at, c)) in chars.iter().enumerate().skip(1) {
        let before = chars[i - 1].1;
        let after = chars.get(i + 1).map(|&(_, c)| c);
        let hump =
            c.is_uppercase() && (before.is_lowercase() || (before.is_uppercase() && after.is_some_and(char::is_lowercase)));
        if hump
            || c == '.'
            || before == '.'
            || (c.is_alphabetic() && before.is_numeric())
            || (c.is_numeric() && before.is_alphabetic())
        {
            cuts.push(at);
        }
    }
    if cuts.len() < 2 || Skills::get().canonical(word).is_some() {
        return;
    }
    cuts.push(word.len());
    for cut in cuts.windows(2) {
        let part = &word[cut[0]..cut[1]];
        if part.chars().nth(1).is_some() {
            each(&fold(part), false);
        }
    }
}

/// A word that others are compared with, to find the one that was meant.
pub(super) struct Misspelt<'a> {
    word: &'a str,
    letters: usize,
    mask: u32,
}

impl<'a> Misspelt<'a> {
    pub(super) fn new(word: &'a str) -> Self {
        Misspelt { word, letters: word.chars().count(), mask: mask(word) }
    }

    /// How far another word is, if it may be meant: twice the slips, and one more if the first letter is another, because
    /// few slip there. A short word is too easily another one.
    pub(super) fn distance(&self, other: &str) -> Option<usize> {
        // Most words are told by their letters alone; each slip takes one and brings one.
        if (self.mask ^ mask(other)).count_ones() > 4 {
            return None;
        }
        let letters = other.chars().count();
        let most = match letters {
            LETTERS_FOR_TWO_SLIPS.. => 2,
            LETTERS_FOR_ONE_SLIP.. => 1,
            _ => return None,
        };
        if letters.abs_diff(self.letters) > most || self.letters + 1 < LETTERS_FOR_ONE_SLIP {
            return None;
        }
        let slips = strsim::osa_distance(self.word, other);
        let first = usize::from(self.word.chars().next() != other.chars().next());
        (slips <= most).then_some(2 * slips + first)
    }
}

/// Which letters a word has.
fn mask(word: &str) -> u32 {
    word.bytes().fold(0, |mask, byte| mask | 1 << (byte & 31))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn compounds_have_parts() {
        for (word, parts) in [
            ("kubernetes", &["kubernetes"][..]),
            ("Größe", &["grosse"]),
            ("fastGPT", &["fastgpt", "fast", "gpt"]),
            ("KubeArmor", &["kubearmor", "kube", "armor"]),
            ("APIServer", &["apiserver", "api", "server"]),
            ("v19", &["v19", "19"]),
            ("commands.json", &["commands.json", "commands", "json"]),
            ("GitHub", &["github"]),
            ("JavaScript", &["javascript"]),
            ("k8s", &["k8s"]),
            ("C++", &["c++"]),
        ] {
            let mut seen = Vec::new();
            forms(word, |form, _| seen.push(form.to_owned()));
            assert_eq!(seen, parts, "{word}");
        }
    }

    #[test]
    fn slips_are_counted() {
        for (word, other, distance) in [
            ("jepsen", "jepsen", Some(0)),
            ("jespen", "jepsen", Some(2)),
            ("jepen", "jepsen", Some(2)),
            ("nepsen", "jepsen", Some(3)),
            ("jpsn", "jepsen", None),
            ("kubrenets", "kubernetes", Some(4)),
            ("kubrenet", "kubernetes", None),
            ("cbr", "cbor", Some(2)),
            ("cb", "cbo", None),
            ("ab", "abcd", None),
        ] {
            assert_eq!(Misspelt::new(word).distance(other), distance, "{word} {other}");
        }
    }
}
