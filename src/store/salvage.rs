//! A damaged database: it is set aside, and one that holds what can be read of it takes its place.
//!
//! Pages can be fetched again, the shortlist and the history cannot. So every table is read from both ends up to what cannot be
//! read, and the shortlist stands in the file three times: in its table, and in two indexes, one of them with the ids
//! only. The first pages of the file say where the tables begin; if they are lost, those of a new database stand in for
//! them, whose tables begin in the same places.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::fs;
use std::io::{Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use rusqlite::types::Value;
use rusqlite::{Connection, ErrorCode, params, params_from_iter};

use super::{Fault, LAYOUT, Manifest, StateError, Store, Writer, digest, io_fault, manifest, transaction};
use crate::database::{self, OpenError};
use crate::storage;
use crate::text::counted;

/// How long the pages of the file are, as SQLite makes them.
const PAGE: usize = 4096;

/// Where the first of them says which change of the file its counts are of.
const COUNTS_OF: usize = 92;

/// What is read row by row, besides the sources with their pages and the shortlist.
const TABLES: [&str; 6] = ["changes", "syncs", "failures", "directories", "answers", "shortlist_facts"];

/// Tables whose last two columns are a text and its digest.
const DIGESTED: [&str; 2] = ["changes", "shortlist_facts"];

/// Where the shortlist stands, and in which order that takes no sorting.
const SHORTLIST: [&str; 3] = [
    "SELECT id, added, status, note FROM shortlist NOT INDEXED ORDER BY rowid",
    "SELECT id, added, status, note FROM shortlist INDEXED BY shortlist_again ORDER BY id",
    "SELECT id, NULL, NULL, NULL FROM shortlist INDEXED BY sqlite_autoindex_shortlist_1 ORDER BY id",
];

/// What was taken over from a damaged database.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Salvaged {
    /// The database.
    pub path: PathBuf,
    /// Where the damaged one is now.
    pub aside: PathBuf,
    /// What was wrong.
    pub why: String,
    /// How many sources could be read, with all or some of their pages.
    pub sources: usize,
    /// How many ideas of the shortlist could be read.
    pub shortlisted: usize,
    /// How many times something was found to have changed.
    pub changes: usize,
}

impl fmt::Display for Salvaged {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Salvaged { path, aside, why, sources, shortlisted, changes } = self;
        let counts =
            [counted(*sources, "source"), counted(*shortlisted, "shortlisted idea"), counted(*changes, "change")].join(", ");
        write!(f, "{}: was damaged ({why}); it is kept as {}. ", path.display(), aside.display())?;
        write!(f, "{counts} could be read and were taken over")
    }
}

/// Puts a sound database in the place of a damaged one.
pub(super) fn mend(writer: &Writer) -> Result<Option<Salvaged>, StateError> {
    let store = writer.store();
    let Err(error) = check(store) else { return Ok(None) };
    let StateError { what: Fault::Damaged(why), path, .. } = error else { return Err(error) };
    let failed = |error: std::io::Error| io_fault(&path, &error);
    let aside = free_name(&path);
    if !path.is_file() {
        fs::rename(&path, &aside).map_err(failed)?;
        return Ok(Some(Salvaged { path, aside, why, sources: 0, shortlisted: 0, changes: 0 }));
    }
    let temporary = writer.temporary_folder()?;
    let new = temporary.path().join("new");
    let mut connection = database::open(&new, LAYOUT).map_err(|error| store.unopened(&error))?;
    let tables = "SELECT name, sql FROM sqlite_schema ORDER BY name";
    let old = match database::open_existing(&path, LAYOUT) {
        Ok(Some(old)) if rows(&old, tables) == rows(&connection, tables) => Some(old),
        _ => begun_anew(&path, (&new, &connection), &temporary.path().join("old")).map_err(failed)?,
    };
    if let Some(old) = old {
        transaction(&mut connection, |new| take(&old, new)).map_err(|error| store.fault(None, &error))?;
    }
    let count = |table: &str| connection.query_row(&format!("SELECT count(*) FROM {table}"), [], |row| row.get(0));
    let counts = || Ok((count("sources")?, count("shortlist")?, count("changes")?));
    let (sources, shortlisted, changes) = counts().map_err(|error: rusqlite::Error| store.fault(None, &error))?;
    drop(connection);
    // Under both names for a moment: there is no moment without a database. Not every file system can do so.
    fs::hard_link(&path, &aside).or_else(|_| fs::copy(&path, &aside).map(drop)).map_err(failed)?;
    // It would be rolled back into the new one.
    let _ = fs::rename(beside(&path, "-journal"), beside(&aside, "-journal"));
    fs::rename(&new, &path).map_err(failed)?;
    Ok(Some(Salvaged { path, aside, why, sources, shortlisted, changes }))
}

/// Reads the whole file, as SQLite understands it.
fn check(store: &Store) -> Result<(), StateError> {
    let Some(connection) = store.connection()? else { return Ok(()) };
    let found = connection.query_row("PRAGMA integrity_check(1)", [], |row| row.get::<_, String>(0));
    let found = found.map_err(|error| store.fault(None, &error))?;
    if found != "ok" {
        let what = Fault::Damaged(found.replace('\n', " "));
        return Err(StateError { path: store.file(), of: None, what });
    }
    // SQLite does not know what texts should say. Sources tell it themselves, and are mended one by one.
    store.changes().and_then(|_| store.shortlist()).and_then(|_| store.answers()).map(drop)
}

/// A name beside the database that is free: nothing that was set aside is written over.
fn free_name(path: &Path) -> PathBuf {
    let mut name = beside(path, ".damaged");
    let mut number = 1;
    while storage::exists(&name) {
        number += 1;
        name = beside(path, &format!(".damaged-{number}"));
    }
    name
}

/// The path of what belongs to a file and has a longer name.
fn beside(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    name.into()
}

/// A copy of a damaged database that begins as a new one does, if it can be opened then.
fn begun_anew(path: &Path, (new, connection): (&Path, &Connection), copy: &Path) -> std::io::Result<Option<Connection>> {
    let roots = rows(connection, "SELECT rootpage FROM sqlite_schema ORDER BY rowid").0;
    fs::copy(path, copy)?;
    let mut sound = fs::read(new)?;
    // How long the file is, too, is told by the file then.
    if let Some(counts_of) = sound.get_mut(COUNTS_OF) {
        *counts_of ^= 0xff;
    }
    let mut file = fs::File::options().write(true).open(copy)?;
    for (number, page) in (1..).zip(sound.chunks(PAGE)) {
        // But for what is in the tables, which is nothing, a new file says only where they begin.
        if !roots.contains(&vec![Value::Integer(number)]) {
            file.seek(SeekFrom::Start((number.unsigned_abs() - 1) * PAGE as u64))?;
            file.write_all(page)?;
        }
    }
    drop(file);
    match database::open_existing(copy, LAYOUT) {
        Err(OpenError::Io(error)) => Err(error),
        opened => Ok(opened.ok().flatten()),
    }
}

/// Takes over what can be read.
fn take(old: &Connection, new: &Connection) -> rusqlite::Result<()> {
    for manifest in names(old).iter().filter_map(|name| manifest::one(old, name).ok()??.1.ok()?) {
        let Manifest { pages, .. } = &manifest;
        let contents = pages.iter().filter_map(|page| manifest::content(old, &page.blob).ok()?);
        let contents: Vec<Vec<u8>> = contents.filter(|content| pages.iter().any(|page| page.blob == digest(content))).collect();
        manifest::put(new, &manifest, &contents.iter().map(Vec::as_slice).collect::<Vec<_>>())?;
    }
    for (id, [added, status, note]) in shortlist(old) {
        new.execute(
            "INSERT INTO shortlist (id, added, status, note) SELECT ?1,
             CASE WHEN ?2 GLOB '????-??-??T??:??:??Z' THEN ?2 ELSE strftime('%Y-%m-%dT%H:%M:%SZ', 'now') END,
             CASE WHEN ?3 IN ('considering', 'contacted', 'applied', 'dropped') THEN ?3 ELSE 'considering' END,
             CASE WHEN typeof(?4) = 'text' THEN ?4 END",
            params![id, added, status, note],
        )?;
    }
    for table in TABLES {
        for row in rows(old, &format!("SELECT * FROM {table} NOT INDEXED ORDER BY rowid")).0 {
            if DIGESTED.contains(&table) && !is_as_written(&row) {
                continue;
            }
            let places = vec!["?"; row.len()].join(", ");
            match new.execute(&format!("INSERT OR IGNORE INTO {table} VALUES ({places})"), params_from_iter(row)) {
                // What never was there.
                Err(error) if error.sqlite_error_code() == Some(ErrorCode::ConstraintViolation) => {}
                done => drop(done?),
            }
        }
    }
    Ok(())
}

/// Whether a row ends with a text and the digest of that text.
fn is_as_written(row: &[Value]) -> bool {
    matches!(row, [.., Value::Text(text), Value::Text(known)] if digest(text.as_bytes()) == *known)
}

/// The entries of the shortlist that two places agree about; all that can be read, if one of the places cannot be read
/// to its end.
fn shortlist(old: &Connection) -> BTreeMap<String, [Value; 3]> {
    let mut found: BTreeMap<String, ([Value; 3], usize)> = BTreeMap::new();
    let mut whole = 0;
    for place in SHORTLIST {
        let (rows, is_whole) = rows(old, place);
        whole += usize::from(is_whole);
        let entries = rows.into_iter().filter_map(|row| <[Value; 4]>::try_from(row).ok());
        let entries: BTreeMap<String, [Value; 3]> =
            entries.filter_map(|[id, added, status, note]| Some((text(id)?, [added, status, note]))).collect();
        for (id, said) in entries {
            found.entry(id).or_insert((said, 0)).1 += 1;
        }
    }
    let is_sound = |id: &str| whole < SHORTLIST.len() && !id.contains(char::is_control);
    found.into_iter().filter(|(id, (_, places))| *places > 1 || is_sound(id)).map(|(id, (said, _))| (id, said)).collect()
}

/// The names of sources, as far as they can be read.
fn names(old: &Connection) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for by in ["ORDER BY source", "NOT INDEXED ORDER BY rowid"] {
        names.extend(rows(old, &format!("SELECT source FROM sources {by}")).0.into_iter().flatten().filter_map(text));
    }
    names
}

fn text(value: Value) -> Option<String> {
    if let Value::Text(text) = value { Some(text) } else { None }
}

/// The rows of an ordered query, but for those between the first and the last that cannot be read; and whether these are all.
fn rows(old: &Connection, query: &str) -> (Vec<Vec<Value>>, bool) {
    let read = |query: &str| {
        let mut rows = Vec::new();
        let ended = (|| {
            let mut statement = old.prepare(query)?;
            let columns = statement.column_count();
            let mut read = statement.query([])?;
            while let Some(row) = read.next()? {
                // What is no text where it says that it is one.
                rows.extend((0..columns).map(|column| row.get(column)).collect::<Result<_, _>>().ok());
            }
            Ok::<_, rusqlite::Error>(())
        })();
        (rows, ended.is_ok())
    };
    let (mut rows, is_whole) = read(query);
    if !is_whole {
        rows.extend(read(&format!("{query} DESC")).0);
    }
    (rows, is_whole)
}
