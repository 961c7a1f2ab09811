//! The user's shortlist against a catalogue: which idea of today each entry means, what has changed since it was added, and which
//! ideas are gone.
//!
//! What is kept of an entry stands in the [`store`](crate::store). An entry means an idea by its id, wherever the idea
//! stands today ([`marks`]); one that the catalogue does not have is shown as it was when it was added. It is gone if its page is
//! read, and else it is of another catalogue.

mod pages;

use std::borrow::Borrow;
use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::iter;

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::{Map, Value};

use crate::catalog::fetched::from_facts;
use crate::idea::{Idea, Place};
use crate::query::marks;
use crate::query::sort::newest_first;
use crate::store::changes::{Changes, Edited, Field, Gone};
use crate::store::{Entry, EntryStatus, ShortlistChange, StateError, Store};
use crate::sync::{changed_fields, which};
pub use pages::Pages;

/// Ids of shortlisted ideas, also of such as the catalogue at hand does not have.
pub type Ids = BTreeSet<String>;

/// The shortlist cannot be read or changed.
#[derive(Debug, thiserror::Error)]
pub enum ShortlistError {
    /// Nobody knows where it lies.
    #[error("cannot find the shortlist: {0}")]
    Nowhere(#[from] io::Error),
    /// It is there, but cannot be read.
    #[error("cannot read the shortlist: {0}")]
    Unreadable(StateError),
    /// It cannot be written.
    #[error("cannot change the shortlist: {0}")]
    Unwritable(StateError),
}

/// The ids of all ideas on the user's shortlist.
///
/// # Errors
///
/// They cannot be read.
pub fn ids() -> Result<Ids, ShortlistError> {
    Store::open()?.shortlisted().map_err(ShortlistError::Unreadable)
}

/// The entries of the user's shortlist.
///
/// # Errors
///
/// They cannot be read.
pub fn entries() -> Result<Vec<Entry>, ShortlistError> {
    Store::open()?.shortlist().map_err(ShortlistError::Unreadable)
}

/// Changes the user's shortlist: all of the changes are kept, or none.
///
/// # Errors
///
/// They cannot be written; all is as it was.
pub fn change(changes: &[ShortlistChange]) -> Result<(), ShortlistError> {
    Store::open()?.change_shortlist(changes).map_err(ShortlistError::Unwritable)
}

/// An entry for an idea, with what the idea says now.
pub fn entry_of(idea: &Idea) -> Entry {
    // What is not on the page, and where else it stands, are no facts of it.
    let said = Idea { check: None, also: Vec::new(), ..idea.clone() };
    Entry { facts: serde_json::to_value(said).ok(), ..Entry::new(&idea.id) }
}

/// Which entries mean an idea: by the ids of ideas, the ids of entries.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EntriesOfIdeas(BTreeMap<String, Ids>);

impl EntriesOfIdeas {
    /// What entries of these ids mean among these ideas.
    pub fn of(kept: &Ids, ideas: &[impl Borrow<Idea>]) -> Self {
        let mut kept_as: BTreeMap<String, Ids> = BTreeMap::new();
        for (mark, ids) in marks::meant(kept, ideas) {
            for id in ids {
                kept_as.entry(id).or_default().insert(mark.clone());
            }
        }
        EntriesOfIdeas(kept_as)
    }

    /// The ids that an entry for the idea of this id may have: its own, those of older copies, and those made by older rules.
    pub fn names<'a>(&'a self, id: &'a str) -> impl Iterator<Item = &'a str> {
        iter::once(id).chain(self.0.get(id).into_iter().flatten().map(String::as_str))
    }
}

/// An idea on the shortlist, as it is today.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Item {
    /// The id of the idea: as it is today, or as it was.
    pub id: String,
    /// When it was added: RFC 3339, in UTC.
    pub added: String,
    /// How far you are with it.
    pub status: EntryStatus,
    /// What you have noted.
    pub note: Option<String>,
    /// True if its page is read, and does not have it any more; `idea` is what it said when it was added then.
    pub gone: bool,
    /// True if its page is not read, as it is of another catalogue; `idea` is what it said when it was added then.
    pub elsewhere: bool,
    /// The facts that differ from what they were when it was added.
    pub changed: Vec<Field>,
    /// What it says.
    pub idea: Idea,
    /// The ids of its entries: several, if it was added under an id that it had before, too.
    #[serde(skip)]
    #[schemars(skip)]
    pub kept_as: Ids,
}

impl Item {
    /// Takes in another entry of the same idea: what the user has said of either is said of the idea.
    fn take_in(&mut self, entry: Entry) {
        self.kept_as.insert(entry.id);
        self.added = entry.added.min(std::mem::take(&mut self.added));
        self.status = self.status.max(entry.status);
        self.note = self.note.take().or(entry.note);
    }
}

impl Borrow<Idea> for &Item {
    fn borrow(&self) -> &Idea {
        &self.idea
    }
}

/// What the entries are among these ideas, in the order of the entries; several that mean one idea are one item, in the
/// place of the first. `history` may know more of ideas that are gone, and `pages` are those that the ideas were read from.
pub fn items(entries: Vec<Entry>, ideas: &[Idea], history: &[Changes], pages: &Pages) -> Vec<Item> {
    let kept: Ids = entries.iter().map(|entry| entry.id.clone()).collect();
    let meant = marks::meant(&kept, ideas);
    let mut by_id: BTreeMap<&str, Vec<&Idea>> = BTreeMap::new();
    for idea in ideas {
        by_id.entry(&idea.id).or_default().push(idea);
    }
    let item = |entry: Entry| {
        let facts = entry.facts.as_ref().and_then(Value::as_object);
        let copies = meant.get(&entry.id).into_iter().flatten().filter_map(|id| by_id.get(id.as_str())).flatten();
        let today = copies.min_by_key(|idea| (facts.is_none_or(|facts| !is_where_it_was(facts, idea)), newest_first(idea)));
        let changed = facts.zip(today).map(|(facts, idea)| changed_fields(facts.clone(), idea)).unwrap_or_default();
        let idea = today.map_or_else(|| as_it_was(&entry, history), |idea| (*idea).clone());
        Item {
            id: idea.id.clone(),
            gone: false,
            elsewhere: today.is_none(),
            added: entry.added,
            status: entry.status,
            note: entry.note,
            changed,
            idea,
            kept_as: [entry.id].into(),
        }
    };
    let mut items: Vec<Item> = Vec::new();
    let mut places: BTreeMap<String, usize> = BTreeMap::new();
    for entry in entries {
        let meant = meant.get(&entry.id).and_then(Ids::first).unwrap_or(&entry.id).clone();
        if let Some(&place) = places.get(&meant) {
            items[place].take_in(entry);
        } else {
            places.insert(meant, items.len());
            items.push(item(entry));
        }
    }
    if items.iter().any(|item| item.elsewhere) {
        tell_gone(&mut items, ideas, pages);
    }
    items
}

/// Says which of the ideas that the catalogue does not have are gone: those whose page is read.
fn tell_gone(items: &mut [Item], ideas: &[Idea], pages: &Pages) {
    let mut pages = pages.clone();
    for idea in ideas {
        pages.add(&idea.source);
    }
    for item in items.iter_mut().filter(|item| item.elsewhere) {
        item.gone = pages.have(&item.idea.source);
        item.elsewhere = !item.gone;
    }
}

/// True if an idea is of the programme and term that it was of when it was added. Of an idea that stands in several, that is the
/// one to compare with.
fn is_where_it_was(facts: &Map<String, Value>, idea: &Idea) -> bool {
    let was = |fact: &str| facts.get(fact).and_then(Value::as_str);
    let program = idea.program.as_ref().map(|program| program.value.to_string());
    let term = idea.term.as_ref().map(|term| term.value.to_string());
    was("program") == program.as_deref() && was("term") == term.as_deref()
}

/// An idea that is gone, as it was when it was added, or else when a sync last saw it.
fn as_it_was(entry: &Entry, history: &[Changes]) -> Idea {
    let mut gone = history.iter().rev().flat_map(|changes| &changes.gone).filter(|gone| gone.idea.id == entry.id);
    let facts = entry.facts.as_ref().or_else(|| gone.find_map(|gone| gone.facts.as_ref()));
    let known = facts.and_then(|facts| Some((facts.get("source")?, from_facts(facts)?)));
    let Some((source, idea)) = known else {
        let nowhere = Place { path: String::new(), url: None, line: 1, anchor: None };
        return Idea { id: entry.id.clone(), source: nowhere, ..Idea::bare(&entry.id) };
    };
    let source = place_of(source);
    Idea { id: entry.id.clone(), source, also: Vec::new(), ..idea }
}

/// The place of its JSON.
fn place_of(source: &Value) -> Place {
    let said = |fact: &str| source.get(fact).and_then(Value::as_str).map(ToOwned::to_owned);
    let line = source.get("line").and_then(Value::as_u64).and_then(|line| usize::try_from(line).ok());
    Place { path: said("path").unwrap_or_default(), url: said("url"), line: line.unwrap_or(1), anchor: None }
}

/// What has changed since ideas were added, as a sync tells what it has changed.
pub fn changes(items: &[Item]) -> Changes {
    let gone = items.iter().filter(|item| item.gone).map(|item| Gone { idea: which(&item.idea), facts: None });
    let edited = items.iter().filter(|item| !item.changed.is_empty());
    let edited = edited.map(|item| Edited { idea: which(&item.idea), fields: item.changed.clone() });
    Changes {
        source: "shortlist".to_owned(),
        at: String::new(),
        run: 0,
        scope: Vec::new(),
        first: false,
        new: Vec::new(),
        gone: gone.collect(),
        moved: Vec::new(),
        edited: edited.collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::tests::idea;

    fn facts(item: &Item) -> Vec<String> {
        item.changed.iter().map(|field| format!("{} {}→{}", field.field, field.from, field.to)).collect()
    }

    fn soup(hours: &str, term: &str) -> Idea {
        idea(
            "Cook more soup",
            &[("organization", "Diner"), ("program", "gsoc"), ("term", term), ("hours", hours), ("skills", "Go")],
        )
    }

    #[test]
    fn what_has_changed_and_what_is_gone_is_told() {
        let before = [soup("350", "2026"), idea("Salad", &[("project", "Kitchen"), ("description", "Leaves.")])];
        let mut entries: Vec<Entry> = before.iter().map(entry_of).collect();
        entries.push(Entry::new("nobody-knows"));
        let items = items(entries, &[soup("175", "2026")], &[], &Pages::default());
        assert_eq!(facts(&items[0]), ["hours [350]→[175]"]);
        assert!(!items[0].gone && items[1].gone && items[1].changed.is_empty());
        assert_eq!(items[1].idea.title.value, "Salad");
        assert_eq!(items[1].idea.project.as_ref().map(|name| name.value.as_str()), Some("Kitchen"));
        assert_eq!(items[1].idea.description.as_ref().map(|text| text.value.trim()), Some("Leaves."));
        assert_eq!((items[1].idea.id.as_str(), items[1].idea.source.clone()), (before[1].id.as_str(), before[1].source.clone()));
        assert!(items[2].elsewhere && !items[2].gone && items[2].idea.title.value == "nobody-knows");
        let told = changes(&items);
        assert_eq!((told.gone.len(), told.edited.len()), (1, 1));
    }

    #[test]
    fn what_is_of_another_catalogue_is_not_gone() {
        let at = |path: &str, idea: Idea| Idea { source: Place { path: path.to_owned(), ..idea.source.clone() }, ..idea };
        let (old, lost) = (at("a.md", soup("350", "2026")), at("a.md", idea("Salad", &[])));
        let entries = || vec![entry_of(&old), entry_of(&lost)];
        let seen = |ideas: &[Idea]| {
            let items = items(entries(), ideas, &[], &Pages::default());
            items.iter().map(|item| (item.gone, item.elsewhere)).collect::<Vec<_>>()
        };
        let others = [at("b.md", idea("Spoons", &[]))];
        assert_eq!(seen(&others), [(false, true), (false, true)]);
        assert_eq!(seen(&[at("a.md", idea("Spoons", &[]))]), [(true, false), (true, false)], "the page is read");
        assert_eq!(seen(&[at("c.md", old.clone())]), [(false, false), (false, true)], "another page has it, too");
    }

    #[test]
    fn an_idea_is_compared_with_the_term_that_it_was_of() {
        let at = |path: &str, idea: Idea| Idea { source: Place { path: path.to_owned(), ..idea.source.clone() }, ..idea };
        let (old, new) = (at("a", soup("350", "2025")), at("b", soup("175", "2026")));
        let entry = || vec![entry_of(&old)];
        assert_eq!(facts(&items(entry(), &[old.clone(), new.clone()], &[], &Pages::default())[0]), [""; 0]);
        let moved = items(entry(), std::slice::from_ref(&new), &[], &Pages::default());
        assert_eq!(facts(&moved[0]), ["hours [350]→[175]", "term \"2025\"→\"2026\""]);
    }

    #[test]
    fn entries_that_mean_one_idea_are_one_item() {
        let of = |id: &str, hours: &str| Idea { id: id.to_owned(), ..soup(hours, "2026") };
        // Its id was made by older rules when it was added first.
        let (old, new) = (of("cook-more-soup-2025", "350"), of("cook-more-soup-abcde", "175"));
        let on = |day: u8, idea: &Idea| Entry { added: format!("2026-02-{day:02}T08:00:00Z"), ..entry_of(idea) };
        let note = |note: &str| Some(note.to_owned());
        let entries = vec![
            Entry { status: EntryStatus::Contacted, ..on(1, &old) },
            Entry { note: note("ask Ada"), ..on(2, &new) },
            on(3, &idea("Salad", &[])),
        ];
        let items = items(entries, &[new], &[], &Pages::default());
        assert_eq!(items.iter().map(|item| item.id.as_str()).collect::<Vec<_>>(), ["cook-more-soup-abcde", "salad"]);
        assert_eq!(items[0].kept_as, ["cook-more-soup-2025".to_owned(), "cook-more-soup-abcde".to_owned()].into());
        assert_eq!((items[0].added.as_str(), items[0].status), ("2026-02-01T08:00:00Z", EntryStatus::Contacted));
        assert_eq!((&items[0].note, facts(&items[0])), (&note("ask Ada"), vec!["hours [350]→[175]".to_owned()]));
    }

    #[test]
    fn nothing_changes_by_being_kept() {
        let full = crate::render::sample::idea();
        let item = items(vec![entry_of(&full)], std::slice::from_ref(&full), &[], &Pages::default()).remove(0);
        assert_eq!((item.changed, item.gone), (Vec::new(), false));
        // Facts that this version reads and an older one did not are no change.
        let mut entry = entry_of(&full);
        entry.facts.as_mut().and_then(Value::as_object_mut).unwrap().remove("hours");
        assert_eq!(items(vec![entry], std::slice::from_ref(&full), &[], &Pages::default())[0].changed, []);
    }
}
