//! How names are compared: word by word, blind to case and accents. `Cecchi` is in `Simone CECCHI`, `gate` is not in
//! `kgateway`.
//!
//! A word is a run of letters and digits, with the dots inside it and the `+` and `#` behind it (`node.js`, `.net`, `C++`,
//! `F#`), so that a search for `C` or for `net` does not find those. This module knows no idea.

use crate::spelling::{each_folded, fold, is_accent};

/// Words to look for, one after the other. There is at least one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Words(Vec<String>);

impl Words {
    /// The words of a text, or `None` if it has none: `&`, `--`.
    pub fn read(text: &str) -> Option<Words> {
        let words: Vec<_> = words(text).map(fold).collect();
        (!words.is_empty()).then_some(Words(words))
    }

    /// True if these words stand in `text`, whole, in this order and next to each other. Nothing is allocated.
    pub fn are_in(&self, text: &str) -> bool {
        let mut rest = words(text);
        loop {
            let mut ahead = rest.clone();
            if self.0.iter().all(|word| ahead.next().is_some_and(|said| is(said, word))) {
                return true;
            }
            if rest.next().is_none() {
                return false;
            }
        }
    }
}

/// A name as a key, so that the ways to write it are one: `José  Álvarez-M.` is `jose alvarez m`.
pub(super) fn key(name: &str) -> String {
    match Words::read(name) {
        Some(words) => words.0.join(" "),
        None => fold(name),
    }
}

/// The words of a text, as they are written.
pub fn words(text: &str) -> impl Iterator<Item = &str> + Clone {
    let mut at = 0;
    std::iter::from_fn(move || {
        let mut start = at + text[at..].find(char::is_alphanumeric)?;
        let end = start + word_len(&text[start..]);
        // The dot of `.net` belongs to it; those of `...etc` do not.
        if let Some(before) = text[at..start].strip_suffix('.')
            && !before.ends_with('.')
        {
            start -= 1;
        }
        at = end;
        Some(&text[start..end])
    })
}

/// The length in bytes of the word that `text` begins with.
fn word_len(text: &str) -> usize {
    let mut before = ' ';
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let next = chars.peek().map_or(' ', |&(_, next)| next);
        let inside = match c {
            '.' | '\'' | '’' => next.is_alphanumeric(),
            '+' => next == '+' || before == '+',
            '#' => !next.is_alphanumeric(),
            c => c.is_alphanumeric() || is_accent(c),
        };
        if !inside {
            return at;
        }
        before = c;
    }
    text.len()
}

/// True if a word is `folded` but for case, accents and apostrophes.
fn is(word: &str, folded: &str) -> bool {
    let mut rest = folded.chars();
    let mut same = true;
    each_folded(word, |c| same &= rest.next() == Some(c));
    same && rest.next().is_none()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_fall_into_words() {
        for (text, meaning) in [
            ("Kubeflow Trainer / Model-Registry", &["Kubeflow", "Trainer", "Model", "Registry"][..]),
            ("C, C++ & C#.", &["C", "C++", "C#"]),
            ("node.js, (.NET); end.", &["node.js", ".NET", "end"]),
            ("a+b, issue#12", &["a", "b", "issue", "12"]),
            ("J. O’Brien's 'quoted'", &["J", "O’Brien's", "quoted"]),
            ("...etc", &["etc"]),
            ("Jose\u{301} 张三", &["Jose\u{301}", "张三"]),
            (" -- ", &[]),
            ("", &[]),
        ] {
            assert_eq!(words(text).collect::<Vec<_>>(), meaning, "{text}");
        }
    }

    #[test]
    fn words_stand_in_texts() {
        for (wanted, text, stands) in [
            ("cecchi", "Simone Cecchi", true),
            ("kubeflow", "Kubeflow Trainer", true),
            ("model registry", "Kubeflow Model-Registry, Go", true),
            ("registry model", "Kubeflow Model Registry", false),
            ("gate", "kgateway", false),
            ("jose alves", "José Alves", true),
            ("José", "Jose\u{301}", true),
            ("weiss", "Weiß", true),
            ("CERTIK", "Ondřej Čertík", true),
            ("obrien", "O’Brien", true),
            ("c", "C++", false),
            ("c++", "C", false),
            ("net", ".NET", false),
            ("a b", "a a b", true),
            ("a", "", false),
        ] {
            let words = Words::read(wanted).unwrap();
            assert_eq!(words.are_in(text), stands, "{wanted} in {text}");
        }
        assert_eq!(Words::read("&"), None);
    }

    #[test]
    fn keys_are_blind_to_case_and_dots() {
        assert_eq!(key("Justin M. Keyes"), key("justin m KEYES"));
    }
}
