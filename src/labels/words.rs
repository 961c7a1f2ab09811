//! Words and phrases as the vocabulary has them: lower case, without punctuation; looked up without allocating.

use rustc_hash::FxHashMap;

/// A word in lower case, without apostrophes, as a number: its bytes, the last one lowest.
///
/// Every word of every line is looked up. A number is hashed and compared in a step or two, and a shift takes a plural's
/// `s` away.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Letters(u128);

/// For every byte its small letter or its digit; 0 if it is neither.
static SMALL: [u8; 256] = {
    let mut small = [0; 256];
    let mut byte = 0;
    while byte < 128 {
        if (byte as u8).is_ascii_alphanumeric() {
            small[byte] = (byte as u8).to_ascii_lowercase();
        }
        byte += 1;
    }
    small
};

impl Letters {
    /// How many bytes a word may have; the vocabulary has none that is longer.
    const MOST: usize = 16;

    /// The ASCII letters and digits that `text` begins with, and how many; no word if they are too many.
    fn prefix(text: &str) -> (Option<Self>, usize) {
        let (mut letters, mut len) = (0_u128, 0);
        for &byte in text.as_bytes() {
            let small = SMALL[usize::from(byte)];
            if small == 0 {
                break;
            }
            letters = letters << 8 | u128::from(small);
            len += 1;
        }
        ((len <= Self::MOST).then_some(Letters(letters)), len)
    }

    /// A whole word of any script, unless it is too long.
    pub(super) fn of(word: &str) -> Option<Self> {
        if let (Some(letters), len) = Self::prefix(word)
            && len == word.len()
        {
            return Some(letters);
        }
        if word.len() > Self::MOST {
            return None;
        }
        let (mut letters, mut len) = (0_u128, 0);
        for c in word.chars().filter(|c| !matches!(c, '\'' | '’')).flat_map(char::to_lowercase) {
            for &byte in c.encode_utf8(&mut [0; 4]).as_bytes() {
                letters = letters << 8 | u128::from(byte);
                len += 1;
            }
        }
        (len <= Self::MOST).then_some(Letters(letters))
    }

    /// The word that this may be the plural of: `technologies`, `skills`; not `class` or `status`.
    pub(super) fn singular(self) -> Option<Self> {
        let ends_in = |end: &[u8]| end.iter().rev().enumerate().all(|(i, &byte)| self.0 >> (8 * i) & 0xff == u128::from(byte));
        let longer_than = |bytes: usize| self.0 >> (8 * bytes) != 0;
        if ends_in(b"ies") && longer_than(4) {
            Some(Letters((self.0 >> 24) << 8 | u128::from(b'y')))
        } else if ends_in(b"s") && longer_than(2) && !ends_in(b"ss") {
            Some(Letters(self.0 >> 8))
        } else {
            None
        }
    }
}

/// Phrases, each with what it means, by their first word.
pub(super) struct Phrases<T>(FxHashMap<Letters, Vec<(Box<str>, T)>>);

impl<T: Copy> Phrases<T> {
    pub(super) fn new<'a>(phrases: impl IntoIterator<Item = (&'a String, T)>) -> Self {
        let mut by_first: FxHashMap<_, Vec<_>> = FxHashMap::default();
        for (phrase, meaning) in phrases {
            if let Some(first) = first_word(phrase) {
                by_first.entry(first).or_default().push((phrase.as_str().into(), meaning));
            }
        }
        Phrases(by_first)
    }

    /// The phrases that the first word of the text begins.
    pub(super) fn with_first_word_of(&self, text: &str) -> impl Iterator<Item = &str> {
        let known = first_word(text).and_then(|first| self.0.get(&first));
        known.into_iter().flatten().map(|(phrase, _)| phrase.as_ref())
    }

    /// True if some word of the text begins a phrase.
    pub(super) fn may_be_in(&self, text: &str) -> bool {
        let mut rest = text;
        while let Some(start) = rest.find(char::is_alphanumeric) {
            let (word, len) = word(&rest[start..]);
            if word.is_some_and(|word| self.0.contains_key(&word)) {
                return true;
            }
            rest = &rest[start + len..];
        }
        false
    }

    /// The phrases that stand in `text`, which is a [`phrase`].
    pub(super) fn in_phrase<'a>(&'a self, text: &'a str) -> impl Iterator<Item = Standing<'a, T>> {
        let text = text.trim_end();
        let mut at = 0;
        text.split(' ').flat_map(move |word| {
            let (start, rest) = (at, &text[at..]);
            at += word.len() + 1;
            let known = Letters::of(word).and_then(|word| self.0.get(&word)).into_iter().flatten();
            // A phrase that ends in a space wants a whole word there; at the end of the text there is none.
            known.filter(move |(known, _)| rest.starts_with(known.as_ref())).map(move |(known, meaning)| Standing {
                start,
                phrase: known,
                whole: start == 0 && rest.len() == known.len(),
                meaning: *meaning,
            })
        })
    }
}

/// A known phrase, and where it stands in a text.
pub(super) struct Standing<'a, T> {
    pub(super) start: usize,
    pub(super) phrase: &'a str,
    /// It is all of the text.
    pub(super) whole: bool,
    pub(super) meaning: T,
}

/// The first word of a text.
fn first_word(text: &str) -> Option<Letters> {
    word(&text[text.find(char::is_alphanumeric)?..]).0
}

/// The word that a text begins with, its apostrophes included, and its length; no word if it is too long.
pub(super) fn word(text: &str) -> (Option<Letters>, usize) {
    let (word, len) = Letters::prefix(text);
    match text.as_bytes().get(len) {
        // Beyond plain letters: apostrophes, and letters with marks.
        Some(byte) if !byte.is_ascii() || *byte == b'\'' => {
            let len = text.find(|c: char| !(c.is_alphanumeric() || matches!(c, '\'' | '’'))).unwrap_or(text.len());
            (Letters::of(&text[..len]), len)
        }
        _ => (word, len),
    }
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
