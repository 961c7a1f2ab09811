//! Words and phrases as the vocabulary has them: lower case, without punctuation; looked up without allocating.

use rustc_hash::FxHashMap;

/// A short word in lower case, without apostrophes, on the stack.
#[derive(Clone, Copy)]
pub(super) struct Lower {
    pub(super) bytes: [u8; 32],
    pub(super) len: usize,
}

impl Lower {
    /// `None` if the word is longer than any in the vocabulary.
    pub(super) fn of(word: &str) -> Option<Self> {
        let mut lower = Lower { bytes: [0; 32], len: 0 };
        if word.len() > 28 {
            return None;
        }
        if word.is_ascii() && !word.contains('\'') {
            lower.bytes[..word.len()].copy_from_slice(word.as_bytes());
            lower.bytes[..word.len()].make_ascii_lowercase();
            lower.len = word.len();
            return Some(lower);
        }
        for c in word.chars().filter(|c| !matches!(c, '\'' | '’')) {
            for c in c.to_lowercase() {
                if lower.len + c.len_utf8() > lower.bytes.len() {
                    return None;
                }
                lower.push(c);
            }
        }
        Some(lower)
    }

    pub(super) fn push(&mut self, c: char) {
        self.len += c.encode_utf8(&mut self.bytes[self.len..]).len();
    }

    pub(super) fn as_str(&self) -> &str {
        std::str::from_utf8(&self.bytes[..self.len]).unwrap_or_default()
    }
}

/// Phrases, by their first word.
pub(super) struct Phrases(FxHashMap<Box<str>, Vec<Box<str>>>);

impl Phrases {
    pub(super) fn new(phrases: &[String]) -> Self {
        let mut by_first: FxHashMap<Box<str>, Vec<Box<str>>> = FxHashMap::default();
        for phrase in phrases {
            let first = phrase.split(' ').next().unwrap_or_default();
            by_first.entry(first.into()).or_default().push(phrase.as_str().into());
        }
        Phrases(by_first)
    }

    /// True if a phrase begins with this word.
    pub(super) fn begins(&self, word: &Lower) -> bool {
        self.0.contains_key(word.as_str())
    }

    /// True if a phrase stands in `text` (from [`phrase`]) and `holds`: given where it stands, the phrase, and whether it is
    /// all of the text.
    pub(super) fn any(&self, text: &str, holds: impl Fn(usize, &str, bool) -> bool) -> bool {
        let text = text.trim_end();
        let mut at = 0;
        for word in text.split(' ') {
            let rest = &text[at..];
            let known = self.0.get(word).into_iter().flatten();
            // A phrase that ends in a space wants a whole word there; at the end of the text there is none.
            if known
                .into_iter()
                .any(|known| rest.starts_with(known.as_ref()) && holds(at, known, at == 0 && rest.len() == known.len()))
            {
                return true;
            }
            at += word.len() + 1;
        }
        false
    }
}

/// The first word of a text, in lower case.
pub(super) fn first_word(text: &str) -> Option<Lower> {
    let start = text.find(char::is_alphanumeric)?;
    let word = &text[start..];
    Lower::of(&word[..word.find(|c: char| !c.is_alphanumeric()).unwrap_or(word.len())])
}

/// Lower case, every run of anything but letters and digits a single space; about `most` bytes of it.
pub(super) fn phrase(text: &str, most: usize) -> String {
    let mut out = String::with_capacity(text.len().min(most) + 8);
    for c in text.chars() {
        if c.is_ascii_alphanumeric() {
            out.push(c.to_ascii_lowercase());
        } else if c.is_alphanumeric() {
            out.extend(c.to_lowercase());
        } else if !matches!(c, '\'' | '’') && !out.ends_with(' ') && !out.is_empty() {
            out.push(' ');
        }
        if out.len() > most {
            break;
        }
    }
    out
}
