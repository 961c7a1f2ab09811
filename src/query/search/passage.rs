//! The texts of an idea, field by field and piece by piece: what is indexed, and what is shown where a word was found.

use std::borrow::Cow;

use crate::document::Document;
use crate::idea::Fact;
use crate::idea::{Idea, link};
use crate::text::Span;

/// A piece of text of an idea: one value, or one block of its description.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Passage<'a> {
    pub(super) field: Fact,
    /// What it says, without markup; not yet made safe for a terminal.
    pub text: Cow<'a, str>,
}

impl Passage<'_> {
    /// The field it belongs to, by its name in our JSON.
    pub fn field(&self) -> &'static str {
        self.field.as_str()
    }
}

/// All texts of an idea, field by field.
pub fn passages(idea: &Idea) -> Vec<Passage<'_>> {
    let mut passages = Vec::with_capacity(32);
    let mut push = |field, text| passages.push(Passage { field, text });
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
