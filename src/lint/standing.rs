//! Which pages are held to rules at all: those that hold ideas, of a term that is not over.

use crate::document::Kind;
use crate::idea::{Idea, Program, Term};
use crate::labels::{self, Labels};
use crate::layout::export::is_export;
use crate::layout::{Entry, Inspection, Shape, Tree, key_kind};
use crate::programs::{Calendar, Date};

use super::template::same;

/// A page says at least so many different things of an idea.
const TELLING: usize = 2;

/// So many, if nothing else shows that it is about ideas: release notes and manuals have languages, goals and references, too.
const TELLING_ALONE: usize = 3;

/// True for a page that is written to propose ideas: most of what is read as an idea says several things that an idea says.
///
/// The reader takes whatever has the shape of ideas: a journal with its authors, a guide with a list of mentors.
/// What a programme's exporter wrote is nobody's to mend there.
pub(super) fn holds_ideas(tree: &Tree<'_>, seen: &Inspection<'_>) -> bool {
    if seen.shape == Shape::Export && tree.data().is_some_and(|data| is_export(data.root())) {
        return false;
    }
    if seen.entries.is_empty() {
        // Front matter without a title is no idea to the reader.
        let keys = tree.data().and_then(|data| data.root().map()).into_iter().flatten();
        return keys.filter(|&(key, value)| !value.is_empty() && key_kind(key).is_some_and(labels::Kind::is_telling)).count()
            >= TELLING;
    }
    if !matches!(seen.shape, Shape::Markdown | Shape::Profile | Shape::Export) {
        return true;
    }
    let is_about = seen.shape != Shape::Markdown || is_about_ideas(tree, seen);
    let least = if is_about { TELLING } else { TELLING_ALONE };
    let tells = |entry: &&Entry<'_>| {
        let idea = &entry.idea;
        let labelled =
            |kind: labels::Kind| entry.draft.facts.iter().any(|fact| same(fact.kind) == kind && !fact.parts.is_empty());
        let told = [
            // Names stand in many texts.
            labelled(labels::Kind::Mentors) || is_about && !idea.mentors.is_empty(),
            !idea.skills.is_empty() || labelled(labels::Kind::Skills),
            !idea.difficulty.is_empty() || labelled(labels::Kind::Difficulty) || labelled(labels::Kind::DifficultyAndSize),
            !idea.hours.is_empty() || labelled(labels::Kind::Size),
            !idea.outcomes.is_empty() || labelled(labels::Kind::Outcomes),
            labelled(labels::Kind::Upstream),
        ];
        // Somebody to ask and something to know are enough, if labels say so.
        let has_both = labelled(labels::Kind::Mentors) && labelled(labels::Kind::Skills);
        has_both || told.into_iter().filter(|&told| told).count() >= least
    };
    let telling = seen.entries.iter().filter(tells).count();
    telling > 0 && telling * 2 >= seen.entries.len()
}

/// True if a page names a programme, or has a heading that says it holds ideas.
fn is_about_ideas(tree: &Tree<'_>, seen: &Inspection<'_>) -> bool {
    let document = &tree.document;
    let mut headings = (0..document.nodes.len()).filter(|&at| matches!(document.nodes[at].kind, Kind::Heading(_)));
    seen.entries.iter().any(|entry| entry.idea.program.is_some())
        || headings.any(|at| Labels::get().proposes(document.text(at).as_str()))
}

/// The programme and the term that all ideas of a page are of, if that is over on this day.
pub(super) fn past_term(ideas: &[Idea], today: Date) -> Option<(Option<&Program>, Term)> {
    let of = |idea: &'_ Idea| idea.term.as_ref().map(|term| term.value);
    let is_over = |idea: &Idea| {
        of(idea).is_some_and(|term| Calendar::of(idea.program.as_ref().map(|program| &program.value), term).end(term) < today)
    };
    let first = ideas.first()?;
    ideas.iter().all(is_over).then_some((first.program.as_ref().map(|program| &program.value), of(first)?))
}
