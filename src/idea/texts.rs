//! The long half of an idea: what most lists do not show, and most filters do not ask for.

use std::mem::take;

use borsh::{BorshDeserialize, BorshSerialize};

use super::{Idea, Prerequisites, Proposal};
use crate::text::Spanned;

/// What an idea says at length, apart from the rest of it.
#[derive(Debug, Default, BorshSerialize, BorshDeserialize)]
pub(crate) struct Texts {
    summary: Option<String>,
    description: Option<Spanned<String>>,
    outcomes: Vec<Spanned<String>>,
    skills: Vec<Spanned<String>>,
    upstream: Vec<Spanned<String>>,
    links: Vec<Spanned<String>>,
    technologies: Vec<Spanned<String>>,
    prerequisites: Option<Box<Prerequisites>>,
    proposal: Option<Box<Proposal>>,
}

impl Texts {
    /// Takes them out of an idea.
    pub(crate) fn take(idea: &mut Idea) -> Self {
        Texts {
            summary: take(&mut idea.summary),
            description: take(&mut idea.description),
            outcomes: take(&mut idea.outcomes),
            skills: take(&mut idea.skills),
            upstream: take(&mut idea.upstream),
            links: take(&mut idea.links),
            technologies: take(&mut idea.technologies),
            prerequisites: take(&mut idea.prerequisites),
            proposal: take(&mut idea.proposal),
        }
    }

    /// Gives them back to the idea that they were taken from.
    pub(crate) fn give(self, idea: &mut Idea) {
        let Texts { summary, description, outcomes, skills, upstream, links, technologies, prerequisites, proposal } = self;
        (idea.summary, idea.description, idea.outcomes, idea.skills) = (summary, description, outcomes, skills);
        (idea.upstream, idea.links, idea.technologies) = (upstream, links, technologies);
        (idea.prerequisites, idea.proposal) = (prerequisites, proposal);
    }
}
