//! What is known about pages besides what they say: a group of them in `ideas.toml`, or the source they were fetched from,
//! tells whose they are, and for which programme and term.

use crate::idea::{Idea, Program, Term, id};
use crate::text::Spanned;

/// Facts about all ideas of a page that somebody else than the page states.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Given {
    /// Who owns the page.
    pub organization: Option<String>,
    /// The mentorship programme.
    pub program: Option<Program>,
    /// When.
    pub term: Option<Term>,
}

impl Given {
    /// Gives the ideas of a page the facts that it does not state, and the ids that they have then. What was only
    /// guessed from the page's path gives way.
    pub fn complete<'i>(&self, ideas: impl IntoIterator<Item = &'i mut Idea>) {
        let mut ideas: Vec<&mut Idea> = ideas.into_iter().collect();
        for idea in &mut ideas {
            fill(&mut idea.organization, self.organization.as_ref());
            fill(&mut idea.program, self.program.as_ref());
            fill(&mut idea.term, self.term.as_ref());
        }
        id::assign(ideas);
    }

    /// True unless they name two programmes or two terms.
    pub(super) fn agrees_with(&self, other: &Given) -> bool {
        fn agree<T: PartialEq>(one: Option<&T>, other: Option<&T>) -> bool {
            one.is_none() || other.is_none() || one == other
        }
        agree(self.program.as_ref(), other.program.as_ref()) && agree(self.term.as_ref(), other.term.as_ref())
    }

    /// Adds what is not known yet.
    pub(super) fn add(&mut self, other: Given) {
        self.organization = self.organization.take().or(other.organization);
        self.program = self.program.take().or(other.program);
        self.term = self.term.take().or(other.term);
    }
}

fn fill<T: Clone>(fact: &mut Option<Spanned<T>>, given: Option<&T>) {
    let stated = fact.as_ref().is_some_and(|fact| fact.span.is_some());
    if let (false, Some(given)) = (stated, given) {
        *fact = Some(Spanned::nowhere(given.clone()));
    }
}
