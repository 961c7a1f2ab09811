//! The texts of an idea, field by field and piece by piece: what is indexed, and what is shown where a word was found.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::OnceLock;

use super::super::words::words;
use super::range_of;
use super::spelling::{forms, is_plain};
use crate::document::Document;
use crate::idea::Fact;
use crate::idea::{Idea, link};
use crate::text::Span;

/// A piece of text of an idea: one value, or one block of its description.
#[derive(Clone, Debug)]
pub struct Passage<'a> {
    pub(super) field: Fact,
    /// What it says, without markup; not yet made safe for a terminal.
    pub text: Cow<'a, str>,
    /// Its words: read once, however many meanings are looked for.
    words: OnceLock<Vec<Word>>,
}

/// A word of a passage.
#[derive(Clone, Debug)]
pub(super) struct Word {
    /// Where it stands.
    pub(super) range: Range<usize>,
    /// No letter of it is a capital.
    pub(super) is_lower: bool,
    /// The word folded, then its parts if it is a compound. Nothing if it is as it is written, as most words are.
    forms: Vec<String>,
}

impl<'a> Passage<'a> {
    pub(super) fn new(field: Fact, text: Cow<'a, str>) -> Self {
        Passage { field, text, words: OnceLock::new() }
    }

    /// The field it belongs to, by its name in our JSON.
    pub fn field(&self) -> &'static str {
        self.field.as_str()
    }

    /// Its words, in order.
    pub(super) fn words(&self) -> &[Word] {
        self.words.get_or_init(|| words(&self.text).map(|word| Word::of(word, &self.text)).collect())
    }
}

impl Word {
    fn of(word: &str, text: &str) -> Self {
        let range = range_of(word, text);
        if is_plain(word) {
            return Word { range, is_lower: true, forms: Vec::new() };
        }
        let mut all = Vec::with_capacity(1);
        forms(word, |form, _| all.push(form.to_owned()));
        Word { range, is_lower: !word.contains(char::is_uppercase), forms: all }
    }

    /// The word folded, of the passage that it stands in.
    pub(super) fn whole<'w>(&'w self, passage: &'w Passage<'_>) -> &'w str {
        self.forms.first().map_or_else(|| &passage.text[self.range.clone()], String::as_str)
    }

    /// The parts of a compound, folded.
    pub(super) fn parts(&self) -> impl Iterator<Item = &str> {
        self.forms.iter().skip(1).map(String::as_str)
    }
}

/// All texts of an idea, field by field.
pub fn passages(idea: &Idea) -> Vec<Passage<'_>> {
    let mut passages = Vec::with_capacity(32);
    let mut push = |field, text| passages.push(Passage::new(field, text));
    push(Fact::Title, Cow::from(&idea.title.value));
    idea.organization.iter().for_each(|name| push(Fact::Organization, Cow::from(&name.value)));
    idea.project.iter().for_each(|name| push(Fact::Project, Cow::from(&name.value)));
    idea.program.iter().for_each(|program| push(Fact::Program, Cow::from(program.value.as_str())));
    idea.term.iter().for_each(|term| push(Fact::Term, Cow::from(term.value.to_string())));
    match (&idea.description, &idea.summary) {
        (Some(description), _) => visible(&description.value, |text| push(Fact::Description, Cow::from(text))),
        (None, Some(summary)) => push(Fact::Description, Cow::from(summary)),
        (None, None) => {}
    }
    idea.outcomes.iter().for_each(|item| push(Fact::Outcomes, Cow::from(&item.value)));
    idea.skills.iter().for_each(|item| push(Fact::Skills, Cow::from(&item.value)));
    idea.tags.iter().for_each(|tag| push(Fact::Tags, Cow::from(tag.value)));
    for mentor in &idea.mentors {
        for said in mentor.name.iter().chain(&mentor.github).chain(&mentor.email) {
            push(Fact::Mentors, Cow::from(&said.value));
        }
    }
    idea.difficulty.iter().for_each(|level| push(Fact::Difficulty, Cow::from(level.value.as_str())));
    idea.hours.iter().for_each(|hours| push(Fact::Hours, Cow::from(hours.value.to_string())));
    idea.upstream.iter().filter_map(|url| link::shortened(&url.value)).for_each(|name| push(Fact::Upstream, Cow::from(name)));
    passages
}

/// The visible text of Markdown, block by block: no markup, no addresses behind links, no comments.
fn visible(markdown: &str, mut each: impl FnMut(String)) {
    let document = Document::read(markdown, Span::new(0, markdown.len()));
    for (_, text) in document.texts(0..document.nodes.len()) {
        each(text.flow());
    }
}
