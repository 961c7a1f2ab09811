//! Words that lost the space between them: `PythonSignal ProcessingComputer Vision`, `Kotlinfor Android`.
//!
//! Chips and links that stand side by side on a page come without a space where the page was copied. Names of skills have
//! capitals inside, too: a word is only cut where both sides are words of the vocabulary, or one side is and the text as a
//! whole is nothing but chips.

use std::ops::Range;

use super::{Glue, Skills, Token, normal, tokens};
use crate::prose::{Style, Text};

/// No word is made of more; longer ones are left alone.
const MOST: usize = 16;

/// A word that is shorter than this is no skill with another word behind it: `Goand`.
const SHORTEST: usize = 4;

impl Skills {
    /// The words of a text, those apart that are glued together. `lower`: the text with its ASCII letters in lower case.
    pub(super) fn unglued<'a>(&self, text: &'a str, lower: &'a str) -> Vec<Token<'a>> {
        let mut words: Vec<Token<'a>> = tokens(text, lower).collect();
        // Most texts have no such word.
        if !words.iter().any(|word| self.may_be_glued(word)) {
            return words;
        }
        let chips = self.are_chips(text, &words);
        let whole = std::mem::take(&mut words);
        for word in whole {
            let pieces = if self.may_be_glued(&word) { self.pieces(&word, lower, chips) } else { Vec::new() };
            if pieces.len() < 2 {
                words.push(word);
                continue;
            }
            for (at, piece) in pieces.into_iter().enumerate() {
                let glue = if at == 0 { word.glue } else { Glue::Slash };
                let (start, end) = (piece.start, piece.end);
                words.push(Token { word: normal(&lower[start..end]), text: &text[start..end], start, end, glue });
            }
        }
        words
    }

    /// The words of a text, also cut where a skill that is set apart begins or ends: `and**JavaScript**.REST`.
    pub(super) fn unglued_at_marks<'a>(&self, text: Text<'a>, lower: &'a str) -> Vec<Token<'a>> {
        let (said, words) = (text.as_str(), self.unglued(text.as_str(), lower));
        let marks = text.marked(&[Style::Strong, Style::Emphasis, Style::Code]).map(|(range, _)| range);
        let ranges = marks.chain(text.links().map(|(range, _)| range));
        let skills = ranges.filter(|range| self.canonical(&said[range.clone()]).is_some());
        let mut borders: Vec<usize> = skills.flat_map(|range| [range.start, range.end]).collect();
        if borders.is_empty() {
            return words;
        }
        borders.sort_unstable();
        let mut borders = borders.into_iter().peekable();
        let mut cut = Vec::with_capacity(words.len());
        for word in words {
            while borders.next_if(|&border| border <= word.start).is_some() {}
            if borders.peek().is_none_or(|&border| border >= word.end) {
                cut.push(word);
                continue;
            }
            let (mut start, end) = (word.start, word.end);
            while start < end {
                let next = borders.next_if(|&border| border < end).unwrap_or(end);
                let glue = if start == word.start { word.glue } else { Glue::Slash };
                let pieces = tokens(&said[start..next], &lower[start..next]);
                cut.extend(pieces.map(|piece| Token { start: start + piece.start, end: start + piece.end, glue, ..piece }));
                start = next;
            }
        }
        cut
    }

    /// The chips of a text that is nothing but chips, if there are several.
    pub(super) fn chips<'a>(&self, text: Text<'a>) -> Option<Vec<Text<'a>>> {
        let said = text.as_str();
        let starts = || borders(said).next().is_some() || memchr::memchr(b')', said.as_bytes()).is_some();
        if said.contains([',', ';', '\n']) || !starts() {
            return None;
        }
        let lower = said.to_ascii_lowercase();
        let words = self.unglued(said, &lower);
        let small = |word: &Token<'_>| word.text.starts_with(char::is_lowercase);
        let begins = |pair: &[Token<'_>]| {
            let together = pair[0].end == pair[1].start || said[pair[0].end..pair[1].start] == *")";
            let glued = self.file.glued_words.contains(pair[0].word.as_ref());
            (together && !small(&pair[1]) && !glued).then_some(pair[1].start)
        };
        let mut cuts: Vec<usize> = words.windows(2).filter_map(begins).collect();
        // One word with one capital inside is a name: `OpenTracing`.
        if cuts.is_empty()
            || cuts.len() == 1 && !said.contains(' ')
            || words.iter().filter(|word| small(word)).count() * 2 > words.len()
        {
            return None;
        }
        cuts.push(said.len());
        let mut start = 0;
        Some(cuts.into_iter().map(|end| text.cut(std::mem::replace(&mut start, end)..end).trim()).collect())
    }

    /// True for a word with a capital inside, or with a word of sentences behind it, that is none we know.
    fn may_be_glued(&self, word: &Token<'_>) -> bool {
        word.text.len() > SHORTEST
            && word.text.is_ascii()
            && (borders(word.text).next().is_some() || self.glued_behind(word.text).is_some())
            && !self.ways().parts.contains(word.word.as_ref())
    }

    /// True if a text is a row of chips: at least two words are glued, and nothing shows that it is prose or a list.
    fn are_chips(&self, text: &str, words: &[Token<'_>]) -> bool {
        let glued = words.iter().filter(|word| self.may_be_glued(word)).count();
        let small = words.iter().filter(|word| word.text.starts_with(char::is_lowercase)).count();
        glued > 1 && small * 4 <= words.len() && !text.contains([',', ';', '\n'])
    }

    /// Where the pieces of a glued word stand in its text.
    fn pieces(&self, word: &Token<'_>, lower: &str, chips: bool) -> Vec<Range<usize>> {
        let cuts: Vec<usize> = borders(word.text).map(|at| word.start + at).chain([word.end]).take(MOST + 1).collect();
        if cuts.len() > MOST {
            return Vec::new();
        }
        // The longest known words: `JavaScript`, not `Java`.
        let mut found: Vec<(Range<usize>, bool)> = Vec::new();
        let (mut start, mut next) = (word.start, 0);
        while next < cuts.len() {
            let known = (next..cuts.len()).rev().find(|&at| self.is_part(&lower[start..cuts[at]]));
            let (end, is_known) = (known.unwrap_or(next), known.is_some());
            match found.last_mut().filter(|(_, before)| !*before && !is_known) {
                // Two unknown words are one: `GeoServer`.
                Some((before, _)) => before.end = cuts[end],
                None => found.push((start..cuts[end], is_known)),
            }
            (start, next) = (cuts[end], end + 1);
        }
        // The last one may have lost the space behind it, too.
        if let Some((last, false)) = found.last().cloned()
            && let Some(len) = self.glued_behind(&word.text[last.start - word.start..])
        {
            found.pop();
            found.extend([(last.start..last.start + len, true), (last.start + len..last.end, true)]);
        }
        // `GoCD` and `CPython` are no chips.
        let is_long = |range: &Range<usize>| range.len() >= SHORT || self.file.glued_words.contains(&lower[range.clone()]);
        let both = |pair: &[(Range<usize>, bool)]| {
            let [(one, _), (other, _)] = pair else { return false };
            is_long(one) && is_long(other) && self.meet(&lower[one.clone()], &lower[other.clone()])
        };
        // Two known words beside each other show that the others are chips, too: `ReactTypeScriptTailwind`.
        if chips || found.windows(2).any(both) { found.into_iter().map(|(range, _)| range).collect() } else { Vec::new() }
    }

    /// True if a name may end with one word and the next begin with the other, or if some name has both in a row.
    fn meet(&self, one: &str, other: &str) -> bool {
        let (before, after) = (normal(one), normal(other));
        let ends = self.ways().ends.contains(before.as_ref()) || self.file.glued_words.contains(one);
        let begins = self.ways().by_first.contains_key(after.as_ref()) || self.file.glued_words.contains(other);
        (ends && begins) || self.ways().pairs.contains(&format!("{before} {after}"))
    }

    /// True for a word of some name, and for a word of sentences.
    fn is_part(&self, lower: &str) -> bool {
        self.ways().parts.contains(normal(lower).as_ref()) || self.file.glued_words.contains(lower)
    }

    /// How long the capitalised name of a skill is that a word begins with, if the rest is a word of sentences: `Kotlinfor`.
    fn glued_behind(&self, text: &str) -> Option<usize> {
        if !text.starts_with(|c: char| c.is_ascii_uppercase()) {
            return None;
        }
        let lengths = (SHORTEST..text.len()).rev().take_while(|len| text.len() - len <= LONGEST);
        lengths.filter(|&len| text.len() - len > 2 && text.is_char_boundary(len)).find(|&len| {
            let is_name = || self.ways().by_first.contains_key(normal(&text[..len].to_ascii_lowercase()).as_ref());
            self.file.glued_words.contains(&text[len..]) && is_name()
        })
    }
}

/// A shorter word is only cut off in a row of chips.
const SHORT: usize = 3;

/// The longest word of sentences that may be glued behind a name.
const LONGEST: usize = 5;

/// Where a word may have been glued: before a capital that follows a small letter (`nS`), and before the last capital of
/// several (`CDGit`).
fn borders(text: &str) -> impl Iterator<Item = usize> + '_ {
    let bytes = text.as_bytes();
    (1..bytes.len()).filter(move |&at| {
        let after_small = bytes[at - 1].is_ascii_lowercase() || bytes[at - 1].is_ascii_digit();
        let before_small = bytes.get(at + 1).is_some_and(u8::is_ascii_lowercase);
        bytes[at].is_ascii_uppercase() && (after_small || (bytes[at - 1].is_ascii_uppercase() && before_small))
    })
}
