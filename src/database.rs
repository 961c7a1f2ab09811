//! SQLite files of our own: how they are opened, and brought to the layout that this version of the program knows.
//!
//! A file says whose it is (`application_id`) and which layout it has (`user_version`). An older
//! file gets the steps that it lacks, in one transaction; one whose layout is not known is left alone.

use std::fs;
use std::io;
use std::path::Path;
use std::time::Duration;

use rusqlite::{Connection, ErrorCode, OpenFlags, TransactionBehavior};

/// How long to wait for another process that writes, before giving up.
const PATIENCE: Duration = Duration::from_secs(10);

/// No version of the program has more steps: a file that claims so is none of ours.
const MOST_STEPS: usize = 1000;

/// A rollback that is left to do, and cannot be done as the file is read-only: `SQLITE_READONLY_ROLLBACK`.
const READONLY_ROLLBACK: i32 = 776;

/// What a file of ours holds.
#[derive(Clone, Copy, Debug)]
pub struct Layout {
    /// Tells the file from databases of others, and of ours of another kind: SQLite's `application_id`.
    pub application: i32,
    /// The number of the layout that the first step makes. Smaller ones were in use before the first release.
    pub first: usize,
    /// The statements that make it, step by step. Steps that were released never change; what is new comes after them.
    pub steps: &'static [&'static str],
}

impl Layout {
    /// The number of the layout that all steps make.
    fn number(self) -> usize {
        self.first + self.steps.len() - 1
    }
}

/// Why a file cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// Another version of the program made it, a newer one or one from before the first release.
    #[error("another version of `ideas` wrote it, in a layout that this one does not know")]
    UnknownLayout,
    /// It is a database, but somebody else's.
    #[error("it is another program's database")]
    Foreign,
    /// It is a folder, a pipe or a device.
    #[error("it is no regular file")]
    NoFile,
    /// The system does not say what it is.
    #[error("it cannot be read: {}", crate::storage::words(.0))]
    Io(#[from] io::Error),
    /// It is damaged, or cannot be read.
    #[error("{}", words(.0))]
    Sqlite(#[from] rusqlite::Error),
}

impl OpenError {
    /// True if what the file holds is lost: it is damaged, or no database at all.
    pub fn is_damage(&self) -> bool {
        matches!(self, OpenError::Sqlite(error) if is_damage(error))
    }
}

/// True if an error says that the file is damaged, or no database at all.
pub fn is_damage(error: &rusqlite::Error) -> bool {
    use rusqlite::Error as E;
    // Our statements fit our layout. A table that there is not, a row that is missing, and a value of another type were
    // never written.
    let is_odd = matches!(error, E::FromSqlConversionFailure(..) | E::IntegralValueOutOfRange(..) | E::InvalidColumnType(..))
        || matches!(error, E::Utf8Error(..) | E::QueryReturnedNoRows);
    let told = error.sqlite_error_code();
    is_odd || matches!(told, Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase | ErrorCode::Unknown))
}

/// An error of SQLite in words.
pub fn words(error: &rusqlite::Error) -> String {
    match error.sqlite_error_code() {
        _ if is_damage(error) => "it is damaged".to_owned(),
        _ if error.sqlite_extended_error_code() == Some(READONLY_ROLLBACK) => {
            "what was written last was interrupted, and can only be undone where the file can be written".to_owned()
        }
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => "another process is writing it; try again later".to_owned(),
        Some(ErrorCode::ReadOnly | ErrorCode::PermissionDenied) => "it cannot be written: permission denied".to_owned(),
        Some(ErrorCode::DiskFull) => "no space left on the device".to_owned(),
        Some(ErrorCode::CannotOpen) => "it cannot be opened".to_owned(),
        Some(ErrorCode::SystemIoFailure) => "reading or writing it failed".to_owned(),
        _ => error.to_string(),
    }
}

/// Opens a file for reading and writing; makes it if there is none. The folder must be there.
///
/// # Errors
///
/// See [`OpenError`]; the file is as it was.
pub fn open(path: &Path, layout: Layout) -> Result<Connection, OpenError> {
    is_there(path)?;
    current(connect(path, OpenFlags::SQLITE_OPEN_CREATE)?, layout)
}

/// Opens a file for reading, also one that only can be read. `None` if there is none, or nothing was ever written into it.
///
/// # Errors
///
/// See [`OpenError`].
pub fn open_existing(path: &Path, layout: Layout) -> Result<Option<Connection>, OpenError> {
    if !is_there(path)? {
        return Ok(None);
    }
    // What a writer that was killed has left is undone by whoever comes next, and be it a reader.
    let mut connection = connect(path, OpenFlags::empty())?;
    // Whoever makes it makes it in one transaction.
    let is_new = is_new(&*connection.transaction()?)?;
    if is_new { Ok(None) } else { current(connection, layout).map(Some) }
}

/// Whether there is a file. A pipe in its place would be waited for.
fn is_there(path: &Path) -> Result<bool, OpenError> {
    match fs::metadata(path) {
        Ok(about) if about.is_file() => Ok(true),
        Ok(_) => Err(OpenError::NoFile),
        Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => Ok(false),
        Err(error) => Err(error.into()),
    }
}

fn connect(path: &Path, more: OpenFlags) -> rusqlite::Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX | more;
    let connection = Connection::open_with_flags(path, flags)?;
    connection.busy_timeout(PATIENCE)?;
    Ok(connection)
}

/// The connection to a file that has this layout, once it has returned.
fn current(mut connection: Connection, layout: Layout) -> Result<Connection, OpenError> {
    let is_so = is_current(&*connection.transaction()?, layout)?;
    if !is_so {
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        // Another process may have been faster.
        if !is_current(&transaction, layout)? {
            let done = version(&transaction)?;
            for step in layout.steps.iter().skip((done + 1).saturating_sub(layout.first)) {
                transaction.execute_batch(step)?;
            }
            transaction.pragma_update(None, "application_id", layout.application)?;
            transaction.pragma_update(None, "user_version", u32::try_from(layout.number()).unwrap_or(u32::MAX))?;
        }
        transaction.commit()?;
        // Then the same layout has the same order of tables in every file, also in one that had other layouts before: by that
        // order, tables are found in a file whose first page is damaged. If it fails, nothing else is lost.
        if let Err(error) = connection.execute_batch("VACUUM") {
            log::warn!("a database could not be vacuumed: {}", words(&error));
        }
    }
    Ok(connection)
}

/// Whether the file has this layout; an error if it has one that cannot become this. It is asked at one moment, in a transaction.
fn is_current(connection: &Connection, layout: Layout) -> Result<bool, OpenError> {
    let application: i32 = connection.pragma_query_value(None, "application_id", |row| row.get(0))?;
    let version = version(connection)?;
    if version > MOST_STEPS || (application != layout.application && !is_new(connection)?) {
        return Err(OpenError::Foreign);
    }
    if version > layout.number() || (1..layout.first).contains(&version) {
        return Err(OpenError::UnknownLayout);
    }
    Ok(version == layout.number())
}

/// Whether nothing was ever written into the file.
fn is_new(connection: &Connection) -> rusqlite::Result<bool> {
    let is_empty = || connection.query_row("SELECT count(*) = 0 FROM sqlite_schema", [], |row| row.get(0));
    Ok(version(connection)? == 0 && is_empty()?)
}

/// The number of the file's layout; 0 if it has none.
fn version(connection: &Connection) -> rusqlite::Result<usize> {
    let version: u32 = connection.pragma_query_value(None, "user_version", |row| row.get(0))?;
    Ok(version as usize)
}

#[cfg(test)]
mod tests {
    use super::*;

    const OLD: Layout = Layout { application: 7, first: 2, steps: &["CREATE TABLE a (x INTEGER)"] };

    fn sqlite(layout: Layout, path: &Path, sql: &str) -> Result<i64, OpenError> {
        Ok(open(path, layout)?.query_row(sql, [], |row| row.get(0))?)
    }

    #[test]
    fn older_files_get_what_they_lack_and_unknown_ones_are_left_alone() {
        const NEW: Layout = Layout {
            application: 7,
            first: 2,
            steps: &["CREATE TABLE a (x INTEGER)", "ALTER TABLE a ADD COLUMN y INTEGER DEFAULT 5"],
        };
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("ours.sqlite");
        open(&path, OLD).unwrap().execute("INSERT INTO a VALUES (1)", []).unwrap();
        assert_eq!(sqlite(NEW, &path, "SELECT x + y FROM a").unwrap(), 6);
        assert!(matches!(open(&path, OLD), Err(OpenError::UnknownLayout)));
        assert!(matches!(open(&path, Layout { application: 8, ..NEW }), Err(OpenError::Foreign)));
        assert_eq!(sqlite(NEW, &path, "SELECT count(*) FROM a").unwrap(), 1);
        assert!(matches!(open(&path, Layout { first: 9, ..NEW }), Err(OpenError::UnknownLayout)));
    }

    #[test]
    fn what_is_no_database_is_told_as_damage() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("ours.sqlite");
        std::fs::write(&path, "this is no database, but long enough to be taken for one".repeat(40)).unwrap();
        let error = open(&path, OLD).unwrap_err();
        assert!(error.is_damage(), "{error}");
        assert_eq!(error.to_string(), "it is damaged");
    }
}
