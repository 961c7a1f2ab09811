//! Titles: how good one is, and which line says it best.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::labels::{Heading, Kind, Labels};
use crate::prose::{Style, Text};
use crate::records::{LONGEST_TITLE, Place};
use crate::text::short;

use super::super::draft::Draft;
use super::super::title;
use super::Finder;
use super::candidates::{self, Begins, Candidate};
use super::roles::{self, Role};
use super::shape;
use super::weights::Weights;

impl Finder<'_, '_> {
    /// Where a title is repeated below without its key: that line.
    pub(super) fn plainer_title(&self, candidate: &Candidate) -> Option<usize> {
        let line = candidate.title.filter(|_| self.is_numbered(candidate))?;
        let letters = |line: usize| -> String {
            self.records.text(line).as_str().chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
        };
        let inner = (line + 1..candidate.end.min(line + 5)).find(|&inner| self.roles.opens(inner).is_some())?;
        let said = letters(inner);
        (said.len() > 7 && letters(line).contains(&said)).then_some(inner)
    }

    /// Names ideas by the words in bold in their first sentences, where most of their siblings begin with their titles in bold:
    /// "Work on the **new parser**. …"; and ends those that go on behind what is bold, where nothing does on most of their siblings.
    pub(super) fn name_in_bold(&self, chosen: &mut [Candidate]) {
        let line = |candidate: &Candidate| {
            let title = candidate.title.filter(|_| candidate.part.is_none())?;
            let says_all = self.records.value(title).len() == self.records.text(title).len();
            (self.records.level(title).is_none() && says_all).then_some(title)
        };
        let lead = |candidate: &Candidate| self.records.text(line(candidate)?).bold_prefix();
        let is_all = |candidate: &Candidate, end: usize| line(candidate).is_some_and(|line| self.records.text(line).len() == end);
        // Of those that begin alike, how many there are, how many of them begin in bold, and how many are wholly in bold.
        let mut counts: FxHashMap<Begins, (u32, u32, u32)> = FxHashMap::default();
        for candidate in &*chosen {
            let (all, bold, whole) = counts.entry(candidate.begins).or_default();
            *all += 1;
            if let Some(end) = lead(candidate) {
                *bold += 1;
                *whole += u32::from(is_all(candidate, end));
            }
        }
        for candidate in chosen {
            let (all, bold, whole) = counts[&candidate.begins];
            if let Some((end, line)) = lead(candidate).zip(line(candidate))
                && whole * 2 > all
                && is_apart(self.records.text(line).from(end))
            {
                candidate.part = Some((0, short(end)));
                continue;
            }
            if bold * 2 <= all || lead(candidate).is_some() || line(candidate).is_none() {
                continue;
            }
            let Some(sentence) = candidates::title_part(self.records, candidate) else { continue };
            let mut names = sentence.marked(&[Style::Strong]).map(|(range, _)| range);
            if let (Some(name), None) = (names.next(), names.next())
                && sentence.as_str()[name.clone()].contains(' ')
            {
                candidate.part = Some((short(name.start), short(name.end)));
            }
        }
    }

    /// Ends titles of items before the colon or the dash where most of them have one behind several words, and no two behind the same.
    /// A single word, or the same again and again, is what an item is about: "Lantern: make it brighter".
    pub(super) fn name_before_mark(&self, chosen: &mut [Candidate]) {
        let mark = |candidate: &Candidate| {
            let title = candidate.title.filter(|_| candidate.part.is_none() && matches!(candidate.begins, Begins::Item(_)))?;
            let text = candidates::title_part(self.records, candidate)?;
            let whole = self.records.text(title);
            (text.offset_in(whole) == 0 && text.marked_prefix(&[Style::Strong, Style::Code]).is_none())
                .then(|| candidates::before_mark(whole))?
                .map(|end| (title, end))
        };
        let ends: Vec<_> = chosen.iter().map(mark).collect();
        let items = chosen.iter().filter(|candidate| matches!(candidate.begins, Begins::Item(_))).count();
        let names: Vec<&str> = ends.iter().flatten().map(|&(title, end)| &self.records.text(title).as_str()[..end]).collect();
        let several = names.iter().filter(|name| name.contains(' ')).count();
        let differ = names.iter().collect::<FxHashSet<_>>().len() == names.len();
        if several < 2 || several * 3 < items * 2 || !differ {
            return;
        }
        for (candidate, end) in chosen.iter_mut().zip(ends) {
            candidate.part = end.map(|(_, end)| (0, short(end))).or(candidate.part);
        }
    }

    /// How good a title a candidate has; `None` if what stands there is no title.
    pub(super) fn title_worth(&self, candidate: &Candidate) -> Option<f32> {
        let weights = &Weights::get().title;
        let named = |line: usize| self.records.kind(line) == Some(Kind::Title);
        let labelled =
            (candidate.start..candidate.end.min(candidate.start + TITLE_WITHIN)).filter(|&line| named(line)).count() == 1;
        let Some(line) = candidate.title else { return labelled.then_some(weights.word) };
        let text = candidates::title_part(self.records, candidate)?;
        let role = if candidate.begins == Begins::TitleLabel { Role::Plain } else { self.roles.of(line) };
        let role = match role {
            Role::Plain if !named(line) => roles::of_name(title::without_program(text).unwrap_or(text)),
            role => role,
        };
        match role {
            Role::Invitation | Role::Sample | Role::Part => return None,
            // "Past contributors", "Previously"; "Show former contributors" says what to do.
            Role::Container if Labels::get().is_past(text.as_str()) => return None,
            Role::Plain if Labels::get().names_past(text.as_str()) => return None,
            Role::Field if !named(line) => return None,
            Role::Plain if Labels::get().is_generic(text.as_str()) => return Some(weights.generic),
            Role::Container => return Some(if labelled { weights.word } else { weights.generic }),
            _ => {}
        }
        let read = title::read(text);
        let said = read.text.as_str();
        if said.is_empty() {
            return labelled.then_some(weights.word);
        }
        // A question speaks to the reader, unless the answer is an idea.
        if said.ends_with('?')
            && !said.contains(": ")
            && Labels::get().addresses(said)
            && !self.evidence.of(self.records, self.roles, candidate).answers()
        {
            return None;
        }
        // "[Template] Copy me"
        let marked = said.strip_prefix('[').and_then(|inner| inner.split_once(']'));
        if marked.is_some_and(|(mark, _)| Labels::get().heading(mark) == Heading::Sample) {
            return None;
        }
        let is_complete = || self.evidence.of(self.records, self.roles, candidate).is_complete();
        if !said.contains(['?', ':']) && Labels::get().asks_readers(said) && !is_complete() {
            return None;
        }
        // "What is to be done": a part of something, or no idea at all.
        if !said.ends_with('?') && !said.starts_with('[') && Labels::get().begins_with_address(said) {
            return Some(weights.generic);
        }
        // `4f2a91c make it start`: the number of a commit.
        let first = said.split(' ').next().unwrap_or_default();
        let is_commit = first.len() > 6
            && first.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'a'..=b'f'))
            && first.contains(|c: char| c.is_ascii_digit())
            && first.contains(char::is_alphabetic);
        if said.len() > LONGEST_TITLE || is_commit || !(named(line) || said.contains(char::is_alphabetic)) {
            return None;
        }
        if self.records.level(line).is_none() && (shape::hours(read.text) && said.len() < 24 || said.contains("://")) {
            return None;
        }
        let words = said.split_whitespace().count();
        // The first sentence of a paragraph is no title; that of a list item may be.
        let place = self.records.lines[line].place;
        if place == Place::Line
            && text.bold_prefix().is_none()
            && candidate.part.is_none()
            && self.records.text(line).as_str().split_whitespace().nth(25).is_some()
        {
            return None;
        }
        let plain = self.records.lines[line].set.is_none() && self.records.level(line).is_none();
        let ends = text.as_str().trim_end().chars().next_back();
        // "**Predict the tides.** The app asks our server …"
        let leads = text.offset_in(self.records.text(line)) + text.len() < self.records.text(line).len();
        let is_lead = leads && text.marked_prefix(&[Style::Strong]) == Some(text.len());
        let ends_sentence = |c: char| matches!(c, '?' | '!' | ';' | ',') || c == '.' && !is_lead || c == ':' && plain;
        let sentence = ends.is_some_and(ends_sentence) && words > 3;
        Some(if sentence || words > 25 {
            weights.sentence
        } else if words == 1 {
            weights.word
        } else if words > 14 {
            weights.long
        } else {
            weights.plain
        })
    }
}

/// Within how many lines of its beginning a stretch names its title.
const TITLE_WITHIN: usize = 12;

/// Takes away what counts titles: `A. Dark mode`, `B. Faster search`; `P1: Dark mode`, `P2: Faster search`.
pub(super) fn drop_codes(drafts: &mut [Draft<'_>]) {
    let codes: Vec<Code<'_>> = drafts.iter().filter_map(|draft| Code::of(draft.title?)).collect();
    let Some(first) = codes.first() else { return };
    // "C. elegans" begins no count.
    let counts = first.number <= 1
        && codes.iter().all(|code| code.before == first.before)
        && codes.is_sorted_by(|one, next| one.number < next.number || next.number == first.number);
    if codes.len() < 3 || codes.len() * 2 < drafts.len() || !counts {
        return;
    }
    for title in drafts.iter_mut().filter_map(|draft| draft.title.as_mut()) {
        *title = Code::of(*title).map_or(*title, |code| title.from(code.len).trim());
    }
}

/// A letter, or letters with a number, that a title begins with.
struct Code<'a> {
    /// The letters before the number; none if a letter is the number.
    before: &'a str,
    /// The number; that of the letter in the alphabet, from 1, if there is none.
    number: u32,
    /// Its bytes in the title, up to the mark behind it.
    len: usize,
}

impl<'a> Code<'a> {
    fn of(title: Text<'a>) -> Option<Self> {
        let said = title.as_str();
        let letters = said.bytes().take_while(u8::is_ascii_uppercase).count();
        let digits = said[letters..].bytes().take_while(u8::is_ascii_digit).count();
        let (code, rest) = said.split_at(letters + digits);
        let (before, number) = match (letters, digits) {
            (1, 0) if !rest.starts_with(':') => ("", u32::from(code.as_bytes()[0] - b'A') + 1),
            (1..=3, 1..=3) => (&code[..letters], code[letters..].parse().ok()?),
            _ => return None,
        };
        let is_marked = rest.strip_prefix(['.', ')', ':']).is_some_and(|rest| rest.starts_with(' '));
        is_marked.then_some(Code { before, number, len: code.len() + 1 })
    }
}

/// True for what stands behind a title in bold and is none of it: a badge in capitals, or what begins with a mark.
fn is_apart(rest: Text<'_>) -> bool {
    let said = rest.as_str();
    let marked = said.trim_start().starts_with(['(', '[', '-', '–', '—', ':']);
    said.starts_with(char::is_whitespace) && said.contains(char::is_alphabetic) && (marked || !said.contains(char::is_lowercase))
}
