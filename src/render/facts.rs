//! Facts of an idea in the words of a page to read: `easy to medium`, `175 or 350 hours`. Nothing where it does not say.

use std::collections::BTreeSet;

use crate::idea::{Elsewhere, Idea};
use crate::programs;

/// What stands for a fact that everybody asks for, where its page does not say it: wherever people read. JSON has `null`, and a
/// table, whose columns say what is missing, an empty cell.
pub(crate) const NOT_STATED: &str = "not stated";

/// The programme and its term: `gsoc 2026`.
pub(crate) fn term(idea: &Idea) -> String {
    let program = idea.program.as_ref().map(|program| &program.value);
    programs::shown(program, idea.term.as_ref().map(|term| term.value))
}

/// A place of an idea: `gsoc 2025 (pages/ideas.md:7)`.
pub(crate) fn place(place: &Elsewhere) -> String {
    let term = programs::shown(place.program.as_ref(), place.term);
    let stands = format!("{}:{}", place.path, place.line);
    if term.is_empty() { stands } else { format!("{term} ({stands})") }
}

/// Where else the idea stands: `also gsoc 2025, 2024`.
pub(crate) fn also(idea: &Idea) -> String {
    let mut terms = idea.terms();
    let mut told = BTreeSet::from_iter(terms.next());
    let mut said = Vec::new();
    let mut last = None;
    for (program, term) in terms {
        if (&program, term) == (&None, None) || !told.insert((program.clone(), term)) {
            continue;
        }
        let named = program.as_ref().filter(|_| last.as_ref() != Some(&program) || term.is_none());
        said.push(programs::shown(named, term));
        last = Some(program);
    }
    match idea.also.len() {
        0 => String::new(),
        _ if !said.is_empty() => format!("also {}", said.join(", ")),
        1 => "also on another page".to_owned(),
        pages => format!("also on {pages} other pages"),
    }
}

/// True if ideas are of more than one term or programme, so that each must say which it is of.
pub(super) fn terms_differ<'i>(ideas: impl IntoIterator<Item = &'i Idea>) -> bool {
    let terms: BTreeSet<String> = ideas.into_iter().map(term).filter(|term| !term.is_empty()).collect();
    terms.len() > 1
}

/// The term that all these ideas are of, if it is one.
pub(crate) fn only_term(ideas: &[&Idea]) -> Option<String> {
    let first = ideas.first().map(|idea| term(idea)).filter(|term| !term.is_empty())?;
    ideas.iter().all(|idea| term(idea) == first).then_some(first)
}

/// The levels of difficulty.
pub(crate) fn levels(idea: &Idea) -> String {
    idea.difficulty.iter().map(|level| level.value.as_str()).collect::<Vec<_>>().join(" to ")
}

/// The hours.
pub(crate) fn size(idea: &Idea) -> String {
    let hours: Vec<_> = idea.hours.iter().map(|hours| hours.value.to_string()).collect();
    let unit = if hours.is_empty() { "" } else { " hours" };
    format!("{}{unit}", hours.join(" or "))
}

#[cfg(test)]
mod tests {
    use super::super::sample;
    use super::*;
    use crate::idea::{Program, Term};

    #[test]
    fn other_terms_are_named_once() {
        let place = |said: &str| {
            let (program, term) = said.split_once(' ').unwrap_or((said, ""));
            let program = (!program.is_empty()).then(|| Program::from_name(program));
            Elsewhere { program, term: Term::exact(term), ..Elsewhere::of(&Idea::bare("T")) }
        };
        for (places, said) in [
            (&[][..], ""),
            (&["gsoc 2024"], "also gsoc 2024"),
            (&["gsoc 2024", "gsoc 2024", "gsoc 2023", "lfx 2022-1", "gsoc 2021"], "also gsoc 2024, 2023, lfx 2022-1, gsoc 2021"),
            // Its own term, on another page.
            (&["gsoc 2025"], "also on another page"),
            (&["gsoc 2025", "", "gsoc 2025"], "also on 3 other pages"),
            (&["gsoc 2025", " 2023", "lfx"], "also 2023, lfx"),
        ] {
            let idea = Idea { also: places.iter().map(|said| place(said)).collect(), ..sample::idea() };
            assert_eq!(also(&idea), said, "{places:?}");
        }
    }
}
