//! A label taken apart: its words, looked up, and what stands between them.

use super::words::{Letters, word};
use super::{Labels, Word};

/// What is opened and not closed within so many bytes never is.
const LONGEST_PARENTHESIS: usize = 1_000;

/// No word is longer, in bytes: what nothing parts is read in steps of this.
const LONGEST_WORD: usize = 256;

/// A label or a heading, taken apart into known and unknown words and what stands between them.
pub(super) struct Pieces<'a> {
    labels: &'a Labels,
    text: &'a str,
    at: usize,
    /// A word stood last: "and" only stands between words.
    after_word: bool,
}

impl<'a> Pieces<'a> {
    pub(super) fn new(labels: &'a Labels, text: &'a str) -> Self {
        Pieces { labels, text, at: 0, after_word: false }
    }

    /// The next piece; [`Piece::End`] at the end, and ever after.
    #[inline]
    pub(super) fn next(&mut self) -> Piece {
        loop {
            let (start, rest) = (self.at, &self.text[self.at..]);
            let Some(c) = rest.chars().next() else { return Piece::End };
            if c.is_alphanumeric() {
                let inside = self.text[..start].ends_with(char::is_alphanumeric);
                let (known, len) = self.labels.next_word(rest, start == 0 || inside);
                self.at += len;
                self.after_word = true;
                // "Module A", beside "Module B": a letter that counts, and no article as in "NAME OF A MENTOR".
                let is_behind_small = || self.text[..start].trim_end().ends_with(char::is_lowercase);
                let counts = &self.text[start..self.at] == "A" && is_behind_small();
                return Piece::Word { start, end: self.at, known: known.filter(|_| !counts) };
            }
            self.at += c.len_utf8();
            match c {
                c if c.is_whitespace() => {}
                '(' | '[' => {
                    self.at += closing(&rest[1..]).unwrap_or(rest.len() - 1);
                    return Piece::Parenthesis;
                }
                '&' | '/' | '+' => {
                    if std::mem::replace(&mut self.after_word, false) {
                        return Piece::And;
                    }
                }
                c => return Piece::Mark { at: start, c },
            }
        }
    }
}

/// What a text of labels is made of.
pub(super) enum Piece {
    Word {
        start: usize,
        end: usize,
        known: Option<Word>,
    },
    /// `&`, `/` or `+` after a word.
    And,
    /// A parenthesis and what is in it.
    Parenthesis,
    /// Any other sign.
    Mark {
        at: usize,
        c: char,
    },
    End,
}

impl Labels {
    /// The word that `text` begins with, looked up, and its length there. `camel`: it may be a name in `camelCase`.
    fn next_word(&self, text: &str, camel: bool) -> (Option<Word>, usize) {
        let (letters, end) = word(&text[..text.floor_char_boundary(LONGEST_WORD)]);
        let known = self.find(letters);
        // `expectedOutcome:` falls apart; "GSoC" among other words does not.
        if known.is_some() || !camel || text[end..].starts_with(char::is_whitespace) {
            return (known, end);
        }
        let mut before = ' ';
        for (at, c) in text[..end].char_indices() {
            if c.is_uppercase() && before.is_lowercase() {
                return (self.find(Letters::of(&text[..at])), at);
            }
            before = c;
        }
        (known, end)
    }
}

/// The length up to and with the bracket that closes one opened just before `text`.
fn closing(text: &str) -> Option<usize> {
    let mut depth = 1;
    for (at, byte) in text.bytes().enumerate().take(LONGEST_PARENTHESIS) {
        match byte {
            b'(' | b'[' => depth += 1,
            b')' | b']' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return Some(at + 1);
        }
    }
    None
}
