//! What was kept in files, before there was a database: it is taken over once, and the files are removed.

use std::collections::BTreeSet;
use std::fs;
use std::io;

use serde::Deserialize;

use super::changes::Changes;
use super::writer::add_changes;
use super::{Fault, LAYOUT, Manifest, StateError, Store, io_fault, manifest, transaction};
use crate::database;

/// `fetched/SOURCE.json`.
#[derive(Deserialize)]
struct Source {
    #[serde(flatten)]
    manifest: Manifest,
    history: Vec<Changes>,
}

/// `bookmarks.toml`.
#[derive(Deserialize)]
struct Bookmarks {
    ids: BTreeSet<String>,
}

pub(super) fn take_over(store: &Store) -> Result<(), StateError> {
    let (fetched, marks) = (store.folder.join("fetched"), store.folder.join("bookmarks.toml"));
    if !fetched.is_dir() && !marks.is_file() {
        return Ok(());
    }
    let bookmarks = match fs::read_to_string(&marks) {
        Ok(text) => toml::from_str::<Bookmarks>(&text).map(|marks| marks.ids).map_err(|error| {
            let what = Fault::Io(format!("{}; mend the file or delete it", error.message()));
            StateError { path: marks.clone(), of: None, what }
        })?,
        Err(error) if error.kind() == io::ErrorKind::NotFound => BTreeSet::new(),
        // It would be removed unread.
        Err(error) => return Err(io_fault(&marks, &error)),
    };
    let files = fs::read_dir(&fetched).into_iter().flatten().flatten().map(|file| file.path()).filter(|file| file.is_file());
    let files = files.filter_map(|file| fs::read(file).ok());
    // What is damaged is fetched anew.
    let sources: Vec<Source> = files.filter_map(|bytes| serde_json::from_slice(&bytes).ok()).collect();
    let mut connection = database::open(&store.file(), LAYOUT).map_err(|error| store.unopened(&error))?;
    let taken = transaction(&mut connection, |new| {
        for id in &bookmarks {
            new.execute("INSERT OR IGNORE INTO shortlist (id) VALUES (?1)", [id])?;
        }
        for Source { manifest, history } in &sources {
            // Somebody else was faster, or was stopped before the files were gone.
            if manifest::one(new, &manifest.source)?.is_none() {
                let contents: Vec<Vec<u8>> =
                    manifest.pages.iter().filter_map(|page| fs::read(fetched.join("pages").join(&page.blob)).ok()).collect();
                manifest::put(new, manifest, &contents.iter().map(Vec::as_slice).collect::<Vec<_>>())?;
                history.iter().try_for_each(|changes| add_changes(new, changes))?;
            }
        }
        Ok(())
    });
    taken.map_err(|error| store.fault(None, &error))?;
    for (path, removed) in [(&marks, fs::remove_file(&marks)), (&fetched, fs::remove_dir_all(&fetched))] {
        match removed {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(io_fault(path, &error)),
            _ => {}
        }
    }
    Ok(())
}
