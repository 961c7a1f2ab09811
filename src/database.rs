//! SQLite files of our own: how they are opened, and brought to the layout that this version of the program knows.
//!
//! A file says whose it is (`application_id`) and which layout it has (`user_version`, the number of steps that made it). An older
//! file gets the steps that it lacks, in one transaction; a newer one is left alone.

use std::path::Path;
use std::time::Duration;

use rusqlite::{Connection, ErrorCode, TransactionBehavior};

/// How long to wait for another process that writes, before giving up.
const PATIENCE: Duration = Duration::from_secs(10);

/// What a file of ours holds.
#[derive(Clone, Copy, Debug)]
pub struct Layout {
    /// Tells the file from databases of others, and of ours of another kind: SQLite's `application_id`.
    pub application: i32,
    /// The statements that make it, step by step. Steps that were released never change; what is new comes after them.
    pub steps: &'static [&'static str],
}

/// Why a file cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// A newer version of the program made it.
    #[error("a newer version of `ideas` wrote it")]
    Newer,
    /// It is a database, but somebody else's.
    #[error("it is another program's database")]
    Foreign,
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
    matches!(error.sqlite_error_code(), Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase))
}

/// An error of SQLite in words.
pub fn words(error: &rusqlite::Error) -> String {
    match error.sqlite_error_code() {
        Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => "it is damaged".to_owned(),
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => "another process is writing it; try again later".to_owned(),
        Some(ErrorCode::ReadOnly | ErrorCode::PermissionDenied) => "it cannot be written: permission denied".to_owned(),
        Some(ErrorCode::DiskFull) => "no space left on the device".to_owned(),
        Some(ErrorCode::CannotOpen) => "it cannot be opened".to_owned(),
        _ => error.to_string(),
    }
}

/// Opens a file for reading and writing; makes it if there is none. The folder must be there.
///
/// # Errors
///
/// See [`OpenError`]; the file is as it was.
pub fn open(path: &Path, layout: Layout) -> Result<Connection, OpenError> {
    let mut connection = Connection::open(path)?;
    connection.busy_timeout(PATIENCE)?;
    if !is_current(&connection, layout)? {
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        // Another process may have been faster.
        if !is_current(&transaction, layout)? {
            let done = version(&transaction)?;
            for step in layout.steps.iter().skip(done) {
                transaction.execute_batch(step)?;
            }
            transaction.pragma_update(None, "application_id", layout.application)?;
            transaction.pragma_update(None, "user_version", u32::try_from(layout.steps.len()).unwrap_or(u32::MAX))?;
        }
        transaction.commit()?;
    }
    Ok(connection)
}

/// Whether the file has this layout; an error if it has one that cannot become this.
fn is_current(connection: &Connection, layout: Layout) -> Result<bool, OpenError> {
    let application: i32 = connection.pragma_query_value(None, "application_id", |row| row.get(0))?;
    let version = version(connection)?;
    let is_empty = || connection.query_row("SELECT count(*) = 0 FROM sqlite_schema", [], |row| row.get(0));
    if application != layout.application && !(application == 0 && version == 0 && is_empty()?) {
        return Err(OpenError::Foreign);
    }
    if version > layout.steps.len() {
        return Err(OpenError::Newer);
    }
    Ok(version == layout.steps.len())
}

/// How many steps have made the file.
fn version(connection: &Connection) -> rusqlite::Result<usize> {
    let version: u32 = connection.pragma_query_value(None, "user_version", |row| row.get(0))?;
    Ok(version as usize)
}

#[cfg(test)]
mod tests {
    use super::*;

    const OLD: Layout = Layout { application: 7, steps: &["CREATE TABLE a (x INTEGER)"] };

    fn sqlite(layout: Layout, path: &Path, sql: &str) -> Result<i64, OpenError> {
        Ok(open(path, layout)?.query_row(sql, [], |row| row.get(0))?)
    }

    #[test]
    fn older_files_get_what_they_lack_and_newer_ones_are_left_alone() {
        const NEW: Layout =
            Layout { application: 7, steps: &["CREATE TABLE a (x INTEGER)", "ALTER TABLE a ADD COLUMN y INTEGER DEFAULT 5"] };
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("ours.sqlite");
        open(&path, OLD).unwrap().execute("INSERT INTO a VALUES (1)", []).unwrap();
        assert_eq!(sqlite(NEW, &path, "SELECT x + y FROM a").unwrap(), 6);
        assert!(matches!(open(&path, OLD), Err(OpenError::Newer)));
        assert!(matches!(open(&path, Layout { application: 8, ..NEW }), Err(OpenError::Foreign)));
        assert_eq!(sqlite(NEW, &path, "SELECT count(*) FROM a").unwrap(), 1);
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
