//! The ideas that the user has shortlisted: when, how far the user is with each, a note, and what the idea said at that time.

use std::collections::BTreeSet;

use rusqlite::{Connection, Row, params};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use strum::{Display, EnumString, IntoStaticStr, VariantArray};

use super::digest;
use crate::storage;

/// How far the user is with a shortlisted idea.
#[derive(
    Clone,
    Copy,
    Debug,
    Default,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    JsonSchema,
    Display,
    EnumString,
    IntoStaticStr,
    VariantArray,
)]
#[serde(rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case", ascii_case_insensitive)]
pub enum EntryStatus {
    /// Under consideration.
    #[default]
    Considering,
    /// The mentors, or the organization, were contacted.
    Contacted,
    /// An application was sent.
    Applied,
    /// No longer of interest.
    Dropped,
}

/// An idea on the shortlist.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The id of the idea when it was added.
    pub id: String,
    /// When it was added: RFC 3339, in UTC.
    pub added: String,
    /// How far the user is with it.
    pub status: EntryStatus,
    /// What the user wrote down about it.
    pub note: Option<String>,
    /// What the idea said when it was added, as in its JSON; `None` if damage to the file has cost it.
    pub facts: Option<Value>,
}

impl Entry {
    /// An idea that is added now; no more is known of it than its id.
    pub fn new(id: &str) -> Self {
        Entry { id: id.to_owned(), added: storage::now(), status: EntryStatus::default(), note: None, facts: None }
    }
}

/// A change of the shortlist. Each is small, so that two windows do not undo each other's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ShortlistChange {
    /// Puts ideas on the shortlist. Of those that are there already, only what they say is added, if that was not known.
    Add(Vec<Entry>),
    /// Takes ideas off it, by their ids.
    Remove(BTreeSet<String>),
    /// Writes a note, in place of what was noted; none, if it is empty.
    Note(BTreeSet<String>, String),
    /// Says how far the user is.
    Status(BTreeSet<String>, EntryStatus),
}

/// The ids of all entries.
pub(super) fn ids(connection: &Connection) -> rusqlite::Result<BTreeSet<String>> {
    connection.prepare("SELECT id FROM shortlist")?.query_map([], |row| row.get(0))?.collect()
}

/// All entries, those that were added first before the others; `None` if what an idea said is not what was written.
pub(super) fn all(connection: &Connection) -> rusqlite::Result<Option<Vec<Entry>>> {
    let mut entries = connection.prepare(
        "SELECT id, added, status, note, facts, digest FROM shortlist LEFT JOIN shortlist_facts USING (id)
         ORDER BY added, shortlist.rowid",
    )?;
    entries.query_map([], read)?.collect()
}

/// An entry; `None` if what its idea said is not what was written.
fn read(row: &Row<'_>) -> rusqlite::Result<Option<Entry>> {
    let facts: Option<String> = row.get(4)?;
    let known: Option<String> = row.get(5)?;
    let is_sound = facts.as_ref().is_none_or(|facts| known == Some(digest(facts.as_bytes())));
    let facts = facts.map(|facts| serde_json::from_str(&facts)).transpose();
    let (true, Ok(facts)) = (is_sound, facts) else { return Ok(None) };
    // The table takes no other word than these.
    let status = row.get::<_, String>(2)?.parse().unwrap_or_default();
    Ok(Some(Entry { id: row.get(0)?, added: row.get(1)?, status, note: row.get(3)?, facts }))
}

/// Makes a change: all of it, in the transaction of its caller.
pub(super) fn change(connection: &Connection, change: &ShortlistChange) -> rusqlite::Result<()> {
    match change {
        ShortlistChange::Add(entries) => {
            let mut add =
                connection.prepare("INSERT OR IGNORE INTO shortlist (id, added, status, note) VALUES (?1, ?2, ?3, ?4)")?;
            let mut keep = connection.prepare("INSERT OR IGNORE INTO shortlist_facts (id, facts, digest) VALUES (?1, ?2, ?3)")?;
            for Entry { id, added, status, note, facts } in entries {
                add.execute(params![id, added, status.to_string(), note])?;
                if let Some(facts) = facts {
                    let facts = facts.to_string();
                    keep.execute(params![id, facts, digest(facts.as_bytes())])?;
                }
            }
        }
        ShortlistChange::Remove(ids) => {
            for id in ids {
                connection.execute("DELETE FROM shortlist WHERE id = ?1", [id])?;
                connection.execute("DELETE FROM shortlist_facts WHERE id = ?1", [id])?;
            }
        }
        ShortlistChange::Note(ids, note) => {
            let note = Some(note.trim()).filter(|note| !note.is_empty());
            for id in ids {
                connection.execute("UPDATE shortlist SET note = ?2 WHERE id = ?1", params![id, note])?;
            }
        }
        ShortlistChange::Status(ids, status) => {
            for id in ids {
                connection.execute("UPDATE shortlist SET status = ?2 WHERE id = ?1", params![id, status.to_string()])?;
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::Store;
    use super::*;

    #[test]
    fn the_shortlist_is_kept_and_changed() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::at(folder.path().to_owned());
        assert!(store.shortlist().unwrap().is_empty() && store.shortlisted().unwrap().is_empty());
        let entry = |id: &str, day: u8| Entry { added: format!("2026-02-{day:02}T08:00:00Z"), ..Entry::new(id) };
        let soup = Entry { facts: Some(json!({"title": "Soup"})), ..entry("soup", 2) };
        store.change_shortlist(&[ShortlistChange::Add(vec![soup.clone(), entry("salad", 1)])]).unwrap();
        let ids = |ids: &[&str]| ids.iter().map(ToString::to_string).collect::<BTreeSet<String>>();
        store
            .change_shortlist(&[
                ShortlistChange::Note(ids(&["soup", "nothing"]), "  ask Ada \n".to_owned()),
                ShortlistChange::Status(ids(&["soup"]), EntryStatus::Contacted),
                // It is there: its date, status, note and what it said stay.
                ShortlistChange::Add(vec![Entry { facts: Some(json!({"title": "Broth"})), ..entry("soup", 9) }]),
            ])
            .unwrap();
        let soup = Entry { status: EntryStatus::Contacted, note: Some("ask Ada".to_owned()), ..soup };
        assert_eq!(store.shortlist().unwrap(), [entry("salad", 1), soup]);
        // What was not known of one is added.
        let salad = Entry { facts: Some(json!({"title": "Salad"})), ..entry("salad", 9) };
        store.change_shortlist(&[ShortlistChange::Add(vec![salad])]).unwrap();
        assert_eq!(store.shortlist().unwrap()[0].facts, Some(json!({"title": "Salad"})));
        store.change_shortlist(&[ShortlistChange::Note(ids(&["soup"]), " ".to_owned())]).unwrap();
        assert_eq!(store.shortlist().unwrap()[1].note, None);
        store.change_shortlist(&[ShortlistChange::Remove(ids(&["soup"]))]).unwrap();
        assert_eq!(store.shortlisted().unwrap(), ids(&["salad"]));
        // Damage is told, and not believed.
        store.create().unwrap().execute("UPDATE shortlist_facts SET facts = '{}'", []).unwrap();
        assert!(store.shortlist().unwrap_err().to_string().contains("the shortlist is not what was written"));
    }
}
