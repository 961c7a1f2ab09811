//! The user's shortlist, as the screen shows and changes it.

use std::collections::{BTreeMap, BTreeSet};

use crate::idea::Idea;
use crate::shortlist::{self, EntriesOfIdeas, Ids};
use crate::store::{Entry, ShortlistChange};

/// The entries of the shortlist, and which ideas they mean.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Marks {
    entries: BTreeMap<String, Entry>,
    /// Those that were taken off on this screen: put back, they have their notes again.
    removed: BTreeMap<String, Entry>,
    meaning: EntriesOfIdeas,
}

impl Marks {
    /// What entries mean among these ideas.
    pub fn new(entries: Vec<Entry>, ideas: &[Idea]) -> Self {
        let entries: BTreeMap<String, Entry> = entries.into_iter().map(|entry| (entry.id.clone(), entry)).collect();
        let meaning = EntriesOfIdeas::of(&entries.keys().cloned().collect(), ideas);
        Marks { entries, removed: BTreeMap::new(), meaning }
    }

    /// True if the idea of this id is on the shortlist.
    pub fn contains(&self, id: &str) -> bool {
        self.meaning.names(id).any(|name| self.entries.contains_key(name))
    }

    /// What is noted about the idea of this id.
    pub fn note(&self, id: &str) -> Option<&str> {
        self.meaning.names(id).find_map(|name| self.entries.get(name)?.note.as_deref())
    }

    /// An entry of the idea of this id: the one with a note, if there are several.
    pub fn entry(&self, id: &str) -> Option<&Entry> {
        let entries = || self.meaning.names(id).filter_map(|name| self.entries.get(name));
        entries().find(|entry| entry.note.is_some()).or_else(|| entries().next())
    }

    /// Puts an idea on the shortlist.
    pub fn add(&mut self, idea: &Idea) -> ShortlistChange {
        let was: Vec<Entry> = self.names(&idea.id).iter().filter_map(|name| self.removed.remove(name)).collect();
        let entries = if was.is_empty() { vec![shortlist::entry_of(idea)] } else { was };
        self.entries.extend(entries.iter().map(|entry| (entry.id.clone(), entry.clone())));
        ShortlistChange::Add(entries)
    }

    /// Takes an idea off the shortlist.
    pub fn remove(&mut self, id: &str) -> ShortlistChange {
        let names = self.names(id);
        self.removed.extend(names.iter().filter_map(|name| self.entries.remove_entry(name)));
        ShortlistChange::Remove(names)
    }

    /// Notes something about an idea, which is on the shortlist then; an empty note is none.
    pub fn set_note(&mut self, idea: &Idea, note: &str) -> Vec<ShortlistChange> {
        let mut changes = Vec::new();
        if !self.contains(&idea.id) {
            changes.push(self.add(idea));
        }
        let ids: BTreeSet<String> = self.names(&idea.id).into_iter().filter(|name| self.entries.contains_key(name)).collect();
        for id in &ids {
            if let Some(entry) = self.entries.get_mut(id) {
                entry.note = Some(note.trim().to_owned()).filter(|note| !note.is_empty());
            }
        }
        changes.push(ShortlistChange::Note(ids, note.to_owned()));
        changes
    }

    fn names(&self, id: &str) -> Ids {
        self.meaning.names(id).map(ToOwned::to_owned).collect()
    }
}
