//! The form's answers, as its rules look at them: boxes that are ticked or not, and text or none.

use crate::labels::Labels;
use crate::layout::form::{Role, Section};
use crate::records::Part;
use crate::text::Span;

use super::Page;

/// True for a text that only says that there is none: `_No response_`, `TBD`. A sentence that begins like one says more:
/// "Please open a pull request".
pub(super) fn is_nothing(text: &str) -> bool {
    text.split_whitespace().nth(SENTENCE).is_none() && Labels::get().is_placeholder(text)
}

/// This many words are a sentence.
const SENTENCE: usize = 4;

/// A section of the form.
pub(super) struct Answer<'p, 'a> {
    section: &'p Section<'a>,
}

/// The section of a role, if the page is the form and has it.
pub(super) fn answer<'p, 'a>(page: &'p Page<'a>, role: Role) -> Option<Answer<'p, 'a>> {
    let section = page.form.as_ref()?.iter().find(|section| section.role() == Some(role))?;
    Some(Answer { section })
}

/// A box with what stands behind it.
#[derive(Clone, Copy)]
pub(super) struct Tick<'a> {
    /// Ticked or not.
    pub(super) done: bool,
    /// What it says.
    pub(super) says: &'a str,
    /// Box and text.
    pub(super) span: Span,
}

impl<'a> Answer<'_, 'a> {
    /// Its boxes, in their order.
    pub(super) fn ticks(&self) -> impl Iterator<Item = Tick<'a>> + '_ {
        self.section.parts.iter().filter_map(|part| {
            let text = part.text.as_str();
            let (done, says) = match (text.strip_prefix("[x]"), text.strip_prefix("[ ]")) {
                (Some(says), _) => (true, says),
                (None, Some(says)) => (false, says),
                (None, None) => return None,
            };
            Some(Tick { done, says: says.trim(), span: part.text.span() })
        })
    }

    /// The only box of a section that has one.
    pub(super) fn tick(&self) -> Option<Tick<'a>> {
        self.ticks().next()
    }

    /// What was written; nothing for `_No response_` and its like.
    pub(super) fn written(&self) -> impl Iterator<Item = &Part<'a>> {
        self.section.parts.iter().filter(|part| !part.text.is_empty() && !is_nothing(part.text.as_str()))
    }

    /// Where it was written.
    pub(super) fn span(&self) -> Option<Span> {
        self.written().map(|part| part.text.span()).reduce(Span::join)
    }

    /// Where something should stand and nothing does: `_No response_`, or the heading.
    pub(super) fn gap(&self) -> Span {
        let said = self.section.parts.iter().map(|part| part.text.span()).next();
        said.unwrap_or_else(|| self.section.heading.span())
    }

    /// The heading.
    pub(super) fn heading(&self) -> &'a str {
        self.section.heading.as_str()
    }
}
