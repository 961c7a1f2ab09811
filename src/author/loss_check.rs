//! What a page said and must still say when it is written anew: every word, address, sign, and piece of marked text.

use std::collections::{BTreeMap, HashMap, HashSet};

use pulldown_cmark::{Event, Parser, Tag};

use crate::document;
use crate::idea::{Difficulty, Idea, Mentor, Role, link, mentor, size};
use crate::labels::{Kind, Labels};
use crate::spelling;
use crate::text::Span;

use super::left_alone::LeftAlone;

/// A value: what a reader sees of it, and the Markdown that says so; none where it is data.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Said {
    /// Lines of visible text.
    pub(super) shown: String,
    /// The source.
    pub(super) markdown: String,
}

/// Compares what stood on a page with what is to stand there.
pub(super) struct LossCheck<'a> {
    ideas: Vec<&'a Idea>,
}

impl<'a> LossCheck<'a> {
    pub(super) fn new(ideas: &[&'a Idea]) -> Self {
        LossCheck { ideas: ideas.to_vec() }
    }

    /// Compares what stood there, but for the words of labels that say what they announce, with what is to stand there.
    /// `template` are the labels that the page gets: a misspelt one is no word that is lost.
    pub(super) fn check(&self, old: &str, labels: &[Span], template: &[&str], new: &str) -> Result<(), LeftAlone> {
        let mut unlabelled = old.as_bytes().to_vec();
        for label in labels.iter().filter(|label| label.end <= old.len()) {
            let unknown = Labels::get().unknown_words(&old[label.range()]);
            unlabelled[label.range()].fill(b' ');
            for word in unknown.iter().filter(|word| !is_misspelt(word, template)) {
                unlabelled.push(b' ');
                unlabelled.extend(word.bytes());
            }
        }
        // A line break parts lines, as items do.
        let unlabelled = String::from_utf8_lossy(&unlabelled).replace("<br", "   ");
        let lost = |what: String| LeftAlone::Loses { title: self.title().to_owned(), what };
        if let Some(what) = self.address(&unlabelled, new).or_else(|| self.words(&unlabelled, new)) {
            return Err(lost(what));
        }
        if old.matches('`').count() > new.matches('`').count() { Err(lost("what is marked as code".to_owned())) } else { Ok(()) }
    }

    /// What of a value of this kind is not in the one that stands in its place, if something is not.
    pub(super) fn lost_of(&self, kind: Kind, old: &Said, new: &Said) -> Option<String> {
        self.address(&old.markdown, &new.markdown)
            .or_else(|| self.words(&old.shown, &new.shown))
            .or_else(|| first_gone(&signs(&old.shown, kind), &signs(&new.shown, kind)).map(|sign| format!("the sign `{sign}`")))
            .or_else(|| first_gone(&marks(&old.markdown), &marks(&new.markdown)).map(|mark| format!("what is {mark}")))
    }

    /// An address of a text that another lacks.
    fn address(&self, old: &str, new: &str) -> Option<String> {
        let kept: HashSet<&str> = addresses(new).collect();
        addresses(old).find(|url| !kept.contains(url) && !self.is_mentors(url)).map(|url| format!("the address {url}"))
    }

    /// The words of a text that another lacks.
    fn words(&self, old: &str, new: &str) -> Option<String> {
        // What was said in short (`kitchen/soup#1`) may be an address now.
        let (before, after) = (words(old, false), words(new, true));
        let mut gone: Vec<&String> = before
            .iter()
            .filter(|(word, count)| after.get(*word).copied().unwrap_or(0) < **count)
            .map(|(word, _)| word)
            .collect();
        gone.retain(|word| !self.is_meant(word));
        gone.sort_unstable();
        match gone.as_slice() {
            [] => None,
            [word] => Some(format!("the word \"{word}\"")),
            words => {
                let some: Vec<&str> = words.iter().take(3).map(|word| word.as_str()).collect();
                let more = if words.len() > 3 { ", …" } else { "" };
                Some(format!("{} words ({}{more})", words.len(), some.join(", ")))
            }
        }
    }

    /// True for the address of somebody's GitHub page, whose handle is kept.
    fn is_mentors(&self, url: &str) -> bool {
        let handle = mentor::github_user(url);
        let has = |mentor: &Mentor| mentor.github.as_ref().map(|github| github.value.as_str()) == handle;
        handle.is_some() && self.mentors().any(has)
    }

    fn title(&self) -> &str {
        self.ideas.first().map_or("", |idea| idea.title.value.as_str())
    }

    fn mentors(&self) -> impl Iterator<Item = &Mentor> {
        self.ideas.iter().flat_map(|idea| &idea.mentors)
    }

    /// True for a word that only announces a value, or that is one which was understood: it was compared as a fact.
    pub(super) fn is_meant(&self, word: &str) -> bool {
        let hours = size::from_word(word);
        let level = Difficulty::from_word(word);
        let role = Role::from_words(word);
        size::is_unit(word.trim_start_matches(|c: char| c.is_ascii_digit()))
            || hours.is_some_and(|hours| self.ideas.iter().any(|idea| idea.hours.iter().any(|it| it.value == hours)))
            || level.is_some_and(|level| self.ideas.iter().any(|idea| idea.difficulty.iter().any(|it| it.value == level)))
            || role.is_some_and(|role| self.mentors().any(|it| it.role.as_ref().is_some_and(|it| it.value == role)))
            || matches!(word, "and" | "project" | "projects" | "size" | "mentor" | "github" | "null")
    }
}

/// True for a word that only joins what was understood as values of an idea, or that stands for nothing.
pub(super) fn is_furniture(word: &str, idea: &Idea) -> bool {
    let has_email = || idea.mentors.iter().any(|mentor| mentor.email.is_some());
    Labels::get().stands_for_nothing(word)
        // `ada (at) example (dot) org`
        || matches!(word, "at" | "dot") && has_email()
        // `easy to medium`, `175 or 350 hours`
        || matches!(word, "to" | "or") && idea.hours.len().max(idea.difficulty.len()) > 1
}

/// True for a word that is one of a template's labels but for a few letters.
fn is_misspelt(word: &str, template: &[&str]) -> bool {
    /// In shorter words, one letter makes another word: "UML" is no "URL".
    const SHORTEST: usize = 4;
    let mut known = template.iter().flat_map(|label| label.split(|c: char| !c.is_alphanumeric()));
    known.any(|known| known == word || word.len() >= SHORTEST && spelling::slips(word, known).is_some())
}

/// The first that stands less often in `after` than in `before`.
fn first_gone<T: Ord + Copy>(before: &BTreeMap<T, usize>, after: &BTreeMap<T, usize>) -> Option<T> {
    before.iter().find(|(what, count)| after.get(what).copied().unwrap_or(0) < **count).map(|(what, _)| *what)
}

/// The signs of a text that mean something, and how often each stands there: not those that only part its pieces, nor those
/// of addresses.
fn signs(text: &str, kind: Kind) -> BTreeMap<char, usize> {
    let parts = |c: char| match c {
        ',' | ';' | '.' | ':' | '/' | '|' | '&' | '(' | ')' | '[' | ']' | '@' => true,
        '-' | '–' | '—' => kind == Kind::Mentors,
        '#' => kind == Kind::Upstream,
        c => c.is_alphanumeric() || c.is_whitespace() || c.is_control(),
    };
    let mut signs = BTreeMap::new();
    for c in without_addresses(text).flat_map(str::chars).filter(|&c| !parts(c)) {
        *signs.entry(c).or_default() += 1;
    }
    signs
}

/// The pieces of a text between its addresses.
fn without_addresses(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let at = rest.find("://").map_or(rest.len(), |at| scheme(&rest[..at]));
        let (piece, after) = rest.split_at(at);
        rest = if after.is_empty() { after } else { &after[link::bare(after).len().max(1)..] };
        Some(piece)
    })
}

/// How a text is marked, and how often.
fn marks(markdown: &str) -> BTreeMap<&'static str, usize> {
    let mut marks = BTreeMap::new();
    for event in Parser::new_ext(markdown, document::options()) {
        let mark = match event {
            Event::Start(Tag::Strong | Tag::Emphasis) => "emphasized",
            Event::Start(Tag::Strikethrough) => "struck through",
            Event::Start(Tag::CodeBlock(_)) | Event::Code(_) => "marked as code",
            Event::Start(Tag::Image { .. }) => "an image",
            Event::TaskListMarker(_) => "ticked",
            Event::Html(_) => "HTML",
            // A line break parts lines, as items do.
            Event::InlineHtml(tag) if !tag.starts_with("<br") => "HTML",
            _ => continue,
        };
        *marks.entry(mark).or_default() += 1;
    }
    marks
}

/// The words of a text, in lower case, and how often each stands there; with those of addresses or without.
pub(super) fn words(text: &str, addresses: bool) -> HashMap<String, usize> {
    let mut counts = HashMap::new();
    let mut count = |word: &str| *counts.entry(word.to_lowercase()).or_default() += 1;
    if addresses {
        words_of_lines(text).for_each(&mut count);
    } else {
        words_in_order(text).for_each(&mut count);
    }
    counts
}

/// The words of a text but for those of its addresses, as they stand there.
pub(super) fn words_in_order(text: &str) -> impl Iterator<Item = &str> {
    without_addresses(text).flat_map(words_of_lines)
}

fn words_of_lines(text: &str) -> impl Iterator<Item = &str> {
    let words = |line| without_number(line).split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    text.lines().flat_map(words)
}

/// A line without the number of its item.
fn without_number(line: &str) -> &str {
    let item = line.trim_start();
    let rest = item.trim_start_matches(|c: char| c.is_ascii_digit());
    if rest.len() < item.len() && rest.starts_with(['.', ')']) { &rest[1..] } else { line }
}

/// Where the letters begin that a text ends with.
fn scheme(text: &str) -> usize {
    text.trim_end_matches(|c: char| c.is_ascii_alphabetic()).len()
}

/// The addresses on the web that stand in a text.
fn addresses(text: &str) -> impl Iterator<Item = &str> {
    text.match_indices("://").filter_map(|(at, _)| {
        let url = &text[scheme(&text[..at])..];
        // `[https://example.org](https://example.org)`
        let bare = || link::bare(url).split("](").next().unwrap_or_default();
        link::is_web(url).then(|| link::bare(bare()))
    })
}
