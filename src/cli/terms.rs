//! What day it is, and what that makes of the terms of the ideas that are shown.

use std::borrow::Borrow;
use std::env;
use std::mem::ManuallyDrop;

use anyhow::Context;
use rustc_hash::FxHashMap;

use super::{GlobalArgs, Session};
use crate::catalog::{Catalog, Level, Origin, Wanted};
use crate::idea::Idea;
use crate::programs::{self, Calendar, Date, When, day};
use crate::query::sort::newest_first;
use crate::query::{Query, once};
use crate::render::facts::term;
use crate::render::{Format, Look};
use crate::storage;
use crate::store::Store;
use crate::text::counted;

/// Another day than today, to see what was current then.
const TODAY_VARIABLE: &str = "IDEAS_TODAY";

/// The day that `--term current` goes by: today, wherever programmes close their doors by UTC.
fn today() -> anyhow::Result<Date> {
    if let Some(said) = env::var_os(TODAY_VARIABLE).filter(|said| !said.is_empty()) {
        let said = said.to_string_lossy();
        return day(&said).with_context(|| format!("{TODAY_VARIABLE} is '{said}': expected a day such as 2026-02-20"));
    }
    storage::now().get(..10).and_then(day).context("the clock tells no day; IDEAS_TODAY=2026-02-20 says which it is")
}

impl Session<'_> {
    /// The day that `--term current` goes by. Commands that never ask for it work whatever clock and environment say.
    ///
    /// # Errors
    /// The environment names a day that is none, or the clock tells none.
    pub(super) fn today(&self) -> anyhow::Result<Date> {
        if let Some(day) = self.day.get() {
            return Ok(*day);
        }
        let today = today()?;
        Ok(*self.day.get_or_init(|| today))
    }

    /// What the output can show, with the day that people are told by how long ago something was. If nobody knows it,
    /// they are told the day of that.
    pub(super) fn dated_look(&self) -> Look {
        Look { today: self.today().ok(), ..self.look }
    }

    /// Says what `current` and its like mean in a query, if it holds one of them, and which ideas are marked.
    pub(super) fn settle(&self, query: &mut Query, catalogue: &[impl Borrow<Idea>]) -> anyhow::Result<()> {
        query.settle_marks(catalogue);
        if query.needs_settling() {
            query.settle(self.today()?, catalogue);
        }
        Ok(())
    }

    /// A query as it is meant for a part of the catalogue, if it does not need the whole.
    pub(super) fn settled(&self, query: &Query, part: &[Idea]) -> anyhow::Result<Query> {
        let mut settled = query.clone();
        self.settle(&mut settled, part)?;
        Ok(settled)
    }
}

impl GlobalArgs {
    /// Loads the catalogue; it and the day say what `--term current` and its like mean.
    ///
    /// It is kept until the process ends, which gives all memory back at once: idea by idea that takes as long as
    /// answering does.
    pub(super) fn load_for(&self, query: &mut Query, session: &mut Session<'_>) -> anyhow::Result<ManuallyDrop<Catalog>> {
        self.load_brief(query, false, session)
    }

    /// The same, without the long texts of the ideas if `brief` is true and the query does without them, too.
    pub(super) fn load_brief(
        &self,
        query: &mut Query,
        brief: bool,
        session: &mut Session<'_>,
    ) -> anyhow::Result<ManuallyDrop<Catalog>> {
        let brief = brief && !query.needs_texts();
        let origins = self.origins()?;
        let catalog = Catalog::of(self.parts(&origins).wanted(Wanted { brief, ..Wanted::default() }));
        self.tell_all(&catalog, session)?;
        session.settle(query, &catalog.ideas)?;
        Ok(ManuallyDrop::new(catalog))
    }

    /// The same, but for ideas that do not match, as far as nobody needs to know of them: where none matches, they tell what may
    /// have been meant.
    pub(super) fn load_matching(
        &self,
        query: &mut Query,
        brief: bool,
        session: &mut Session<'_>,
    ) -> anyhow::Result<ManuallyDrop<Catalog>> {
        let origins = self.origins()?;
        // A pipe cannot be read again; of what was fetched or is built in, more is told than what matches.
        let are_folders = origins.iter().all(|origin| match origin {
            Origin::Path(path) => path.is_dir(),
            origin => matches!(origin, Origin::Groups(_)),
        });
        if query.is_empty() || query.needs_catalogue() || !are_folders {
            return self.load_brief(query, brief, session);
        }
        let mut catalog = Catalog::default();
        let brief = brief && !query.needs_texts();
        for part in self.parts(&origins).wanted(Wanted { skills: query.skills(), brief }) {
            self.tell_all(&part, session)?;
            let settled = session.settled(query, &part.ideas)?;
            let matching = settled.each(&part.ideas);
            catalog = catalog.with(part.only(&matching));
        }
        if catalog.ideas.is_empty() {
            // What there is to tell about the pages was told.
            catalog = Catalog::of(self.parts(&origins));
        }
        session.settle(query, &catalog.ideas)?;
        Ok(ManuallyDrop::new(catalog))
    }

    /// Says so if nobody can take up the ideas that are shown, or most of them, because their terms have ended, and where
    /// there are others. A program that reads ideas reads their terms, too. Of the ideas of the `catalogue` only programme and
    /// term are asked, and of each of them, by its place, whether it `matches`.
    pub(super) fn say_if_past<'i>(
        &self,
        shown: &[&Idea],
        format: Format,
        query: &Query,
        (catalogue, matches): (impl Iterator<Item = &'i Idea>, impl Fn(usize) -> bool),
        session: &mut Session<'_>,
    ) -> anyhow::Result<()> {
        let Some(newest) = shown.iter().min_by_key(|idea| newest_first(idea)) else { return Ok(()) };
        if !format.is_read() || query.names_terms() || shown.iter().all(|idea| idea.term.is_none()) {
            return Ok(());
        }
        let today = session.today()?;
        // Many ideas are of the same few terms.
        let mut known: FxHashMap<_, bool> = FxHashMap::default();
        let mut is = |when: When, idea: &Idea| {
            let Some(term) = idea.term.as_ref().map(|term| term.value) else { return false };
            let program = idea.program.as_ref().map(|program| program.value.clone());
            let means = |program: Option<&_>| Calendar::of(program, term).means(when, term, today);
            *known.entry((when, program, term)).or_insert_with_key(|(_, program, _)| means(program.as_ref()))
        };
        let past = shown.iter().filter(|idea| is(When::Past, idea)).count();
        if past < shown.len() {
            if past * 2 > shown.len() {
                let are_current = shown.iter().all(|idea| is(When::Past, idea) || is(When::Current, idea));
                let without = if are_current { "--term current" } else { "--not-term past" };
                let note = format!("{past} of these {} are of terms that have ended; `{without}` leaves them out", shown.len());
                self.say(Level::Note, &note, session)?;
            }
            return Ok(());
        }
        let current: Vec<usize> =
            catalogue.enumerate().filter(|(_, idea)| is(When::Current, idea)).map(|(place, _)| place).collect();
        let hint = if current.iter().any(|&place| matches(place)) {
            "; `--term current` shows others".to_owned()
        } else if current.is_empty() && self.is_synced()? {
            let failed = self.stands_in()?.then(|| Store::open().ok().and_then(|store| failed(&store))).flatten();
            failed.map_or_else(
                || "; `ideas sync` fetches today's".to_owned(),
                |failed| format!("; {failed}, so this is the built-in catalogue"),
            )
        } else {
            String::new()
        };
        let which =
            if shown.len() == 1 { "this is of a past term," } else { "all of these are of past terms, the newest of them" };
        Ok(self.say(Level::Note, &format!("{which} {}{hint}", term(newest)), session)?)
    }

    /// For when nothing matched `--term current` or `next`: which terms that are, and what there is instead. False if the call
    /// asked for neither.
    pub(super) fn say_terms(&self, query: &Query, catalog: &Catalog, session: &mut Session<'_>) -> anyhow::Result<bool> {
        let Some((program, when @ (When::Current | When::Next))) = query.lacks_term(&catalog.ideas) else { return Ok(false) };
        let today = session.today()?;
        let meant = programs::all().filter(|known| program.is_none_or(|program| program == *known)).filter_map(|program| {
            let [current, next] = Calendar::of_program(program)?.current_and_next(today);
            let dates = if when == When::Current { current } else { next };
            let is_awaited = dates.published > today;
            let [_, last] = dates.applications;
            let when = match (is_awaited, last >= today) {
                (true, _) => format!(", published about {}", dates.published),
                (_, true) => format!(", applications until {last}"),
                _ => String::new(),
            };
            Some(format!("{program} {}{when}", dates.term))
        });
        let meant = meant.collect::<Vec<_>>().join("; ");
        let which = if when == When::Current { "a current" } else { "the next" };
        let sync = if self.is_synced().unwrap_or_default() { ", `ideas sync` fetches today's" } else { "" };
        let all = once::count(&catalog.ideas, &catalog.faces);
        let note = format!(
            "none of {all} ideas is of {which} term (on {today}: {meant}); `--term latest` shows the newest there are{sync}"
        );
        self.say(Level::Note, &note, session)?;
        Ok(true)
    }

    /// True if what is built in is shown, as nothing was fetched.
    fn stands_in(&self) -> anyhow::Result<bool> {
        Ok(matches!(self.origins()?.as_slice(), [Origin::Bundled]))
    }

    /// True if what is shown is what a sync has fetched, or what stands in for it.
    fn is_synced(&self) -> anyhow::Result<bool> {
        Ok(self.origins()?.iter().any(|origin| matches!(origin, Origin::Bundled | Origin::Fetched(_))))
    }
}

/// Which sources the last sync could not fetch, and why the first of them was not.
pub(super) fn failed(store: &Store) -> Option<String> {
    let failures = store.failures();
    let (source, failure) = failures.iter().next()?;
    let others = match failures.len() - 1 {
        0 => String::new(),
        others => format!(", and so did {}", counted(others, "other")),
    };
    Some(format!("source `{source}` failed{others}: {}", failure.why))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_clock_tells_a_day() {
        assert!(today().unwrap().year >= 2026);
    }
}
