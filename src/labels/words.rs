//! Words and phrases as the vocabulary has them: lower case, without punctuation; looked up without allocating.

use std::num::NonZeroU128;

use rustc_hash::FxHashMap;

/// A word in lower case, without apostrophes, as a number: its bytes, the last one lowest.
///
/// Every word of every line is looked up. A number is hashed and compared in a step or two, and a shift takes a plural's
/// `s` away.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Letters(NonZeroU128);

/// The bytes that are ASCII letters and digits.
static IS_LETTER: [bool; 256] = {
    let mut is_letter = [false; 256];
    let mut byte = 0_u8;
    while byte < 128 {
        is_letter[byte as usize] = byte.is_ascii_alphanumeric();
        byte += 1;
    }
    is_letter
};

impl Letters {
    /// How many bytes a word may have; the vocabulary has none that is longer.
    const MOST: usize = 16;

    /// The ASCII letters and digits that `text` begins with, and how many; no word if they are none, or too many.
    #[inline]
    fn prefix(text: &str) -> (Option<Self>, usize) {
        let len = text.bytes().take_while(|&byte| IS_LETTER[usize::from(byte)]).count();
        if len == 0 || len > Self::MOST {
            return (None, len);
        }
        let bytes = text.as_bytes().first_chunk().copied().unwrap_or_else(|| {
            let mut bytes = [0; Self::MOST];
            bytes[..len].copy_from_slice(&text.as_bytes()[..len]);
            bytes
        });
        // The bit that makes a letter a small one is set in every digit.
        let small = u128::from_be_bytes(bytes) | u128::from_be_bytes([0x20; Self::MOST]);
        (NonZeroU128::new(small >> (8 * (Self::MOST - len))).map(Letters), len)
    }

    /// A whole word of any script, unless it is too long.
    pub(super) fn of(word: &str) -> Option<Self> {
        let (mut letters, mut len) = (0, 0);
        for c in word.chars().filter(|c| !matches!(c, '\'' | '’')).flat_map(char::to_lowercase) {
            for &byte in c.encode_utf8(&mut [0; 4]).as_bytes() {
                letters = letters << 8 | u128::from(byte);
                len += 1;
            }
        }
        if len > Self::MOST { None } else { NonZeroU128::new(letters).map(Letters) }
    }

    fn len(self) -> u32 {
        16 - self.0.leading_zeros() / 8
    }

    /// True if the word begins with the letters of `start`.
    fn begins_with(self, start: Self) -> bool {
        self.len().checked_sub(start.len()).is_some_and(|more| self.0.get() >> (8 * more) == start.0.get())
    }

    /// The word that this may be the plural of: `technologies`, `skills`; not `class` or `status`.
    pub(super) fn singular(self) -> Option<Self> {
        let letters = self.0.get();
        let ends_in = |end: &[u8]| end.iter().rev().enumerate().all(|(i, &byte)| letters >> (8 * i) & 0xff == u128::from(byte));
        let singular = if ends_in(b"ies") && self.len() > 4 {
            (letters >> 24) << 8 | u128::from(b'y')
        } else if ends_in(b"s") && self.len() > 2 && !ends_in(b"ss") {
            letters >> 8
        } else {
            return None;
        };
        NonZeroU128::new(singular).map(Letters)
    }
}

/// Phrases, each with what it means, by their first word.
pub(super) struct Phrases<T>(FxHashMap<Letters, Vec<Phrase<T>>>);

struct Phrase<T> {
    text: Box<str>,
    /// The words after the first. The last word of a phrase may go on in a text …
    more: Box<[Letters]>,
    /// … unless a space follows it in the phrase: then it is a whole word, and another follows.
    goes_on: bool,
    meaning: T,
}

impl<T: Copy> Phrases<T> {
    pub(super) fn new<'a>(phrases: impl IntoIterator<Item = (&'a String, T)>) -> Self {
        let mut by_first: FxHashMap<_, Vec<_>> = FxHashMap::default();
        for (phrase, meaning) in phrases {
            let mut words = words(phrase).flatten();
            if let Some(first) = words.next() {
                let (text, goes_on) = (phrase.as_str().into(), phrase.ends_with(' '));
                by_first.entry(first).or_default().push(Phrase { text, more: words.collect(), goes_on, meaning });
            }
        }
        Phrases(by_first)
    }

    /// The phrases that stand in a text, in order.
    pub(super) fn standing_in<'a>(&'a self, text: &'a str) -> impl Iterator<Item = Standing<'a, T>> {
        let mut words = words(text);
        let mut first = true;
        std::iter::from_fn(move || {
            let word = words.next()?;
            let starts = std::mem::replace(&mut first, false);
            let known = word.and_then(|word| self.0.get(&word)).map_or(&[][..], Vec::as_slice);
            let rest = words.clone();
            Some(known.iter().filter_map(move |phrase| phrase.standing(starts, rest.clone())))
        })
        .flatten()
    }

    /// The phrases that a text begins with.
    pub(super) fn beginning<'a>(&'a self, text: &'a str) -> impl Iterator<Item = Standing<'a, T>> {
        let mut rest = words(text);
        let known = rest.next().flatten().and_then(|word| self.0.get(&word)).map_or(&[][..], Vec::as_slice);
        known.iter().filter_map(move |phrase| phrase.standing(true, rest.clone()))
    }
}

impl<T: Copy> Phrase<T> {
    /// The phrase, if it goes on in the words after its first. `starts`: that was the first of its text.
    fn standing<'a>(&'a self, starts: bool, mut rest: Words<'_>) -> Option<Standing<'a, T>> {
        let mut whole = starts;
        for (i, word) in self.more.iter().enumerate() {
            let said = rest.next().flatten()?;
            let may_go_on = i + 1 == self.more.len() && !self.goes_on;
            if said != *word && !(may_go_on && said.begins_with(*word)) {
                return None;
            }
            whole &= said == *word;
        }
        let ends = rest.next().is_none();
        if self.goes_on && ends {
            return None;
        }
        Some(Standing { phrase: &self.text, starts, whole: whole && ends, meaning: self.meaning })
    }
}

/// A known phrase that stands in a text.
pub(super) struct Standing<'a, T> {
    pub(super) phrase: &'a str,
    /// The text begins with it.
    pub(super) starts: bool,
    /// It is all of the text.
    pub(super) whole: bool,
    pub(super) meaning: T,
}

/// The words of a text; `None` for one that is too long.
#[derive(Clone)]
pub(super) struct Words<'a> {
    rest: &'a str,
}

/// Takes a text apart into its words.
pub(super) fn words(text: &str) -> Words<'_> {
    Words { rest: text }
}

impl Iterator for Words<'_> {
    type Item = Option<Letters>;

    fn next(&mut self) -> Option<Self::Item> {
        let start = self.rest.find(|c: char| if c.is_ascii() { IS_LETTER[c as usize] } else { c.is_alphanumeric() })?;
        let (word, len) = word(&self.rest[start..]);
        self.rest = &self.rest[start + len..];
        Some(word)
    }
}

/// The word that a text begins with, its apostrophes included, and its length; no word if it is too long.
#[inline]
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
