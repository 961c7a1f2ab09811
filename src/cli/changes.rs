//! `ideas changes`: what the last syncs have changed, or all since some day.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::time::{Duration, SystemTime};

use serde_json::Value;

use crate::catalog::Level;
use crate::catalog::fetched::{FetchedPage, from_facts, ideas};
use crate::idea::{Idea, Program, Term};
use crate::programs::day;
use crate::query::Query;
use crate::storage::moment;
use crate::store::changes::{Changes, Field, Which};
use crate::store::{Snapshot, Store};
use crate::text::Spanned;

use super::filters::FilterArgs;
use super::sync::{Format, duration};
use super::terms::failed;
use super::{Exit, GlobalArgs, Session};

const EXAMPLES: &str = "\
Examples:
  ideas changes                      what the last sync of each source has changed
  ideas changes --since 2026-01-31   everything since that day
  ideas changes --since 7d --organization llvm --skill go
  ideas changes --format markdown    for an issue or a chat
  ideas changes --format json        for other programs: from what to what, fact by fact";

/// What `ideas changes` takes.
#[derive(Clone, Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// Everything since then: a day (`2026-01-31`, `yesterday`) or a time ago (`7d`)
    ///
    /// Without it, of each source what the last sync that fetched it has changed. A sync that changed nothing at all
    /// does not count, and `ideas sync` without names is of all sources.
    #[arg(long, value_name = "WHEN", value_parser = since)]
    since: Option<String>,

    #[command(flatten)]
    filters: FilterArgs,

    /// How to write it
    #[arg(long, value_name = "FORMAT", value_enum, ignore_case = true, default_value_t, help_heading = "Output")]
    format: Format,
}

/// What `--since` takes.
const EXPECTED: &str = "expected a day (2026-01-31, today, yesterday), a moment (2026-01-31T18:00:00Z), or a time ago \
                        (12h, 7d, 2w, 1month)";

const DAY: Duration = Duration::from_hours(24);

/// Where the time of day begins in `2026-01-31T18:00:00Z`.
const MIDNIGHT: usize = 10;

/// The moment that is meant, as changes write theirs: of two the earlier comes first in the alphabet, too.
fn since(text: &str) -> Result<String, String> {
    if let Some(day) = day(text) {
        return Ok(format!("{day}T00:00:00Z"));
    }
    if let Ok(said) = humantime::parse_rfc3339_weak(text) {
        return Ok(moment(said));
    }
    let days_ago = match text {
        "today" => Some(0),
        "yesterday" => Some(1),
        _ => None,
    };
    if let Some(days) = days_ago {
        let then = SystemTime::now().checked_sub(DAY * days).unwrap_or(SystemTime::UNIX_EPOCH);
        return Ok(format!("{}T00:00:00Z", &moment(then)[..MIDNIGHT]));
    }
    let ago = duration(text).map_err(|_| EXPECTED.to_owned())?;
    // Before all times there was nothing.
    Ok(moment(SystemTime::now().checked_sub(ago).unwrap_or(SystemTime::UNIX_EPOCH)))
}

impl Args {
    pub(super) fn run(&self, global: &GlobalArgs, session: &mut Session<'_>) -> anyhow::Result<Exit> {
        let mut query = self.filters.query()?;
        let store = Store::open()?;
        let all = store.changes()?;
        let mut shown: Vec<Changes> = match &self.since {
            Some(since) => all.iter().filter(|changes| changes.at >= *since).cloned().collect(),
            None => last(all.clone()),
        };
        shown.sort_by(|a, b| (a.run, &a.source, &a.at).cmp(&(b.run, &b.source, &b.at)));
        let is_still = shown.is_empty();
        if !query.is_empty() {
            let (mut known, mut past) = (Known::read(&store, &shown), all);
            let answers = store.answers()?;
            past.retain(|changes| shown.iter().any(|shown| shown.source == changes.source));
            let mut states: Vec<States> = past.iter().rev().map(|changes| known.undo(changes)).collect();
            states.reverse();
            for states in &mut states {
                answers.attach(states.0.values_mut().flatten());
            }
            let ideas: Vec<&Idea> = states.iter().flat_map(|states| states.0.values().flatten()).collect();
            session.settle(&mut query, &ideas)?;
            for changes in &mut shown {
                if let Some(states) = past.iter().zip(&states).find_map(|(other, states)| (other == changes).then_some(states)) {
                    states.filter(changes, &query);
                }
            }
            shown.retain(|changes| !changes.is_empty());
        }
        self.format.write(&shown, None, self.since.is_some(), session)?;
        if shown.is_empty() {
            let failed = failed(&store).map(|failed| format!("nothing was fetched yet: {failed}"));
            let message = match self.since {
                _ if store.is_empty() => failed.as_deref().unwrap_or("nothing was fetched yet; `ideas sync` does"),
                _ if !is_still => "none of the ideas that have changed matches; without filters all are shown",
                None => "what was fetched holds no ideas, and never has",
                Some(_) => "nothing has changed since then",
            };
            global.say(Level::Note, message, session)?;
        }
        Ok(Exit::Done)
    }
}

/// Of each source what the last sync that fetched it has changed, of those that changed anything: a sync of one source does not
/// hide what one of all has changed in others.
fn last(all: Vec<Changes>) -> Vec<Changes> {
    // What a sync was called for all of its changes know.
    let runs: BTreeMap<u64, &Changes> = all.iter().map(|changes| (changes.run, changes)).collect();
    let last = |source: &str| runs.iter().rev().find(|(_, changes)| changes.covers(source)).map(|(run, _)| *run);
    let is_last: Vec<bool> = all.iter().map(|changes| last(&changes.source) == Some(changes.run)).collect();
    all.into_iter().zip(is_last).filter_map(|(changes, is_last)| is_last.then_some(changes)).collect()
}

/// The ideas of sources as they were before and after a change, by the ids that the change gives them.
struct States(HashMap<String, Vec<Idea>>);

impl States {
    /// Leaves the changes of ideas that a query wants, as they were before or as they were after.
    fn filter(&self, changes: &mut Changes, query: &Query) {
        let is_wanted = |which: &Which| match self.0.get(&which.id) {
            Some(ideas) => ideas.iter().any(|idea| query.matches(idea)),
            None => query.matches(&stand_in(which)),
        };
        changes.new.retain(&is_wanted);
        changes.gone.retain(|gone| is_wanted(&gone.idea));
        changes.moved.retain(|moved| is_wanted(&moved.idea));
        changes.edited.retain(|edited| is_wanted(&edited.idea));
    }
}

/// The ideas of sources at a moment, which goes back change by change from now on.
struct Known(HashMap<(String, String), Idea>);

impl Known {
    /// As they are now.
    fn read(store: &Store, shown: &[Changes]) -> Self {
        let mut known = HashMap::new();
        let sources: BTreeSet<&str> = shown.iter().map(|changes| &*changes.source).collect();
        // What cannot be read is told when the ideas are.
        for Snapshot { manifest, pages } in store.snapshots(sources).into_iter().filter_map(|snapshot| snapshot.ok()?) {
            let pages = manifest.pages.iter().zip(pages);
            let pages = pages.filter_map(|(page, bytes)| Some(FetchedPage::known(page, bytes.ok()?))).collect();
            known.extend(ideas(pages).into_iter().flatten().map(|idea| (key(&manifest.source, &idea.id), idea)));
        }
        Known(known)
    }

    /// Goes back before a change, and gives both states of what it is of.
    fn undo(&mut self, changes: &Changes) -> States {
        let mut states: HashMap<String, Vec<Idea>> = HashMap::new();
        let key = |id: &str| key(&changes.source, id);
        for which in &changes.new {
            let idea = self.0.remove(&key(&which.id)).unwrap_or_else(|| stand_in(which));
            states.entry(which.id.clone()).or_default().push(idea);
        }
        let moved = changes.moved.iter().map(|moved| (&moved.idea, &moved.fields));
        let edited = changes.edited.iter().map(|edited| (&edited.idea, &edited.fields));
        let mut before: Vec<Idea> = Vec::new();
        for (which, fields) in moved.chain(edited) {
            let after = self.0.remove(&key(&which.id)).unwrap_or_else(|| stand_in(which));
            let old = as_before(&after, fields);
            before.extend(old.clone());
            states.entry(which.id.clone()).or_default().extend(old.into_iter().chain([after]));
        }
        for gone in &changes.gone {
            let idea = gone.facts.as_ref().and_then(from_facts).unwrap_or_else(|| stand_in(&gone.idea));
            states.entry(gone.idea.id.clone()).or_default().push(idea.clone());
            self.0.insert(key(&gone.idea.id), idea);
        }
        self.0.extend(before.into_iter().map(|idea| (key(&idea.id), idea)));
        States(states)
    }
}

/// An idea as it was before these facts of it were edited. What is read off the facts is read again.
fn as_before(after: &Idea, fields: &[Field]) -> Option<Idea> {
    /// What follows from other facts.
    const DERIVED: [&str; 5] = ["id", "summary", "tags", "desirable", "check"];
    if fields.is_empty() {
        return Some(after.clone());
    }
    let Ok(Value::Object(mut facts)) = serde_json::to_value(after) else { return None };
    facts.retain(|fact, _| !DERIVED.contains(&fact.as_str()));
    for Field { field, from, .. } in fields {
        facts.insert(field.clone(), from.clone());
    }
    from_facts(&Value::Object(facts))
}

/// Sources whose names differ only in case are one.
fn key(source: &str, id: &str) -> (String, String) {
    (source.to_lowercase(), id.to_owned())
}

/// An idea of which no more is known than the changes say.
fn stand_in(which: &Which) -> Idea {
    Idea {
        project: which.project.clone().map(Spanned::nowhere),
        program: which.program.as_deref().map(|name| Spanned::nowhere(Program::from_name(name))),
        term: which.term.as_deref().and_then(Term::exact).map(Spanned::nowhere),
        ..Idea::bare(&which.title)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_past_moment_can_be_named() {
        for (text, moment) in [
            ("2026-01-31", Some("2026-01-31T00:00:00Z")),
            ("0001-01-01", Some("0001-01-01T00:00:00Z")),
            ("2026-01-31 10:00:00", Some("2026-01-31T10:00:00Z")),
            ("2026-01-31T10:00:00Z", Some("2026-01-31T10:00:00Z")),
            ("9000y", Some("1970-01-01T00:00:00Z")),
            ("soon", None),
            ("", None),
        ] {
            assert_eq!(since(text).ok().as_deref(), moment, "{text}");
        }
        let days = ["yesterday", "today"].map(|day| since(day).unwrap());
        assert!(days.is_sorted() && days.iter().all(|day| day.ends_with("T00:00:00Z")) && days[0] < days[1], "{days:?}");
    }

    #[test]
    fn a_sync_of_one_source_hides_only_what_it_fetched() {
        let changes = |run: u64, source: &str, scope: &[&str]| Changes {
            source: source.to_owned(),
            at: String::new(),
            run,
            scope: scope.iter().map(ToString::to_string).collect(),
            first: false,
            new: Vec::new(),
            gone: Vec::new(),
            moved: Vec::new(),
            edited: Vec::new(),
        };
        let mut all = vec![changes(1, "a", &[]), changes(1, "b", &[]), changes(1, "d/x", &[]), changes(1, "d/y", &[])];
        let shown = |all: &[Changes]| last(all.to_vec()).iter().map(|it| format!("{}@{}", it.source, it.run)).collect::<Vec<_>>();
        assert_eq!(shown(&all), ["a@1", "b@1", "d/x@1", "d/y@1"]);
        all.push(changes(2, "a", &["A"]));
        assert_eq!(shown(&all), ["b@1", "d/x@1", "d/y@1", "a@2"]);
        // Of a directory's organizations those that changed nothing have nothing to tell.
        all.push(changes(3, "d/x", &["d/"]));
        assert_eq!(shown(&all), ["b@1", "a@2", "d/x@3"]);
        all.push(changes(4, "b", &[]));
        assert_eq!(shown(&all), ["b@4"]);
    }
}
