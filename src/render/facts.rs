//! Facts of an idea in the words of a page to read: `easy to medium`, `175 or 350 hours`. Nothing where it does not say, or
//! nobody has asked.

use std::collections::BTreeSet;

use super::Look;
use crate::idea::check::{Answer, Check};
use crate::idea::{Elsewhere, Idea, Status};
use crate::programs::{self, Date};

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

/// How far it is along, unless it is open: `taken`.
pub(crate) fn status(idea: &Idea) -> String {
    let status = idea.status.as_ref().map(|status| status.value).filter(|status| *status != Status::Open);
    status.map(|status| status.to_string()).unwrap_or_default()
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

/// How the upstream issue is, if somebody has asked: `upstream open, assigned`.
pub(super) fn upstream(idea: &Idea) -> String {
    let best = idea.check.as_ref().and_then(Check::best);
    best.map(|best| format!("upstream {}", best.shown())).unwrap_or_default()
}

/// What an address answered, and when: `open, assigned · 3 days ago`.
pub(super) fn answer(answer: &Answer, look: &Look) -> String {
    let moved = answer.moved.as_ref().map(|to| format!(" to {to}")).unwrap_or_default();
    let dot = if look.unicode { '·' } else { '-' };
    format!("{}{moved} {dot} {}", answer.shown(), ago(&answer.at, look.today))
}

/// How long ago a moment was, in days; the day itself if it is long ago, to come, or nobody knows which day it is.
pub(crate) fn ago(at: &str, today: Option<Date>) -> String {
    let on = at.get(..10).unwrap_or(at);
    let midnight = |day: &str| humantime::parse_rfc3339(&format!("{day}T00:00:00Z")).ok();
    let passed = today.and_then(|today| midnight(&today.to_string())?.duration_since(midnight(on)?).ok());
    match passed.map(|passed| passed.as_secs() / (24 * 60 * 60)) {
        Some(0) => "today".to_owned(),
        Some(1) => "yesterday".to_owned(),
        Some(days @ 2..=99) => format!("{days} days ago"),
        _ => on.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample;
    use super::*;
    use crate::idea::{Program, Term};
    use crate::programs::day;

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

    #[test]
    fn people_count_days() {
        for (at, said) in [
            ("2026-02-20T08:00:00Z", "today"),
            ("2026-02-19T23:59:59Z", "yesterday"),
            ("2026-02-17T08:00:00Z", "3 days ago"),
            ("2025-02-17T08:00:00Z", "2025-02-17"),
            ("2026-02-21T08:00:00Z", "2026-02-21"),
            ("nonsense", "nonsense"),
        ] {
            assert_eq!(ago(at, day("2026-02-20")), said);
        }
        assert_eq!(ago("2026-02-20T08:00:00Z", None), "2026-02-20");
    }
}
