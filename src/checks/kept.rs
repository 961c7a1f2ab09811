//! The answers that are kept: a table in a file of the data folder.

use std::fs;
use std::io;
use std::path::PathBuf;
use std::str::FromStr;

use rusqlite::{Connection, OptionalExtension as _, Row, params};
use rustc_hash::FxHashMap;

use crate::database::{self, Layout, OpenError};
use crate::idea::check::Answer;
use crate::idea::{Check, Idea};
use crate::storage;
use crate::text::Spanned;

/// The file in the data folder.
const FILE: &str = "checks.sqlite";

/// What it holds.
const LAYOUT: Layout = Layout { application: 0x6964_6368, steps: &[TABLE] };

/// A row is an address as a page writes it; `asked` is what was asked instead, which spellings of one address have in common.
const TABLE: &str = "CREATE TABLE answers (
  url TEXT PRIMARY KEY,
  asked TEXT NOT NULL,
  at TEXT NOT NULL,
  state TEXT NOT NULL,
  reason TEXT,
  assigned INTEGER,
  locked INTEGER,
  pull_request TEXT,
  moved TEXT,
  etag TEXT
) STRICT, WITHOUT ROWID";

/// Why answers cannot be read or kept.
#[derive(Debug, thiserror::Error)]
pub enum CheckError {
    /// Nobody knows where the data folder is.
    #[error("what `ideas check` was answered cannot be found: {0}")]
    Nowhere(io::Error),
    /// The data folder cannot be made.
    #[error("{}: cannot be made: {}", path.display(), storage::words(why))]
    Folder {
        /// The folder.
        path: PathBuf,
        /// Why.
        why: io::Error,
    },
    /// The file cannot be used.
    #[error("{}: what `ideas check` was answered cannot be read: {why}{}", path.display(), advice(why))]
    Open {
        /// The file.
        path: PathBuf,
        /// Why.
        why: OpenError,
    },
    /// Answers cannot be written.
    #[error("{}: answers cannot be kept: {}", path.display(), database::words(why))]
    Write {
        /// The file.
        path: PathBuf,
        /// Why.
        why: rusqlite::Error,
    },
}

fn advice(why: &OpenError) -> &'static str {
    if why.is_damage() { "; delete it, and `ideas check` asks again" } else { "" }
}

/// An answer, and what is needed to ask again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    /// What was answered.
    pub answer: Answer,
    /// What was asked.
    pub asked: String,
    /// What the server calls this state.
    pub etag: Option<String>,
}

impl Kept {
    /// The same for each spelling of its address.
    pub fn for_each_of(&self, urls: &[String]) -> Vec<Kept> {
        let of = |url: &String| Kept { answer: Answer { url: url.clone(), ..self.answer.clone() }, ..self.clone() };
        urls.iter().map(of).collect()
    }
}

/// All answers, by the addresses that they are about. The default knows none.
#[derive(Clone, Debug, Default)]
pub struct Answers(FxHashMap<String, Kept>);

impl Answers {
    /// Reads what is kept; nothing, if nobody has ever asked.
    ///
    /// # Errors
    ///
    /// The file is there, and cannot be read.
    pub fn read() -> Result<Self, CheckError> {
        let path = path()?;
        if !path.exists() {
            return Ok(Self::default());
        }
        let read = || -> Result<Vec<Kept>, OpenError> {
            let connection = database::open(&path, LAYOUT)?;
            let mut select = connection.prepare("SELECT * FROM answers")?;
            let rows = select.query_map([], kept)?.filter_map(Result::transpose);
            Ok(rows.collect::<Result<_, _>>()?)
        };
        match read() {
            Ok(all) => Ok(Self::of(all)),
            Err(why) => Err(CheckError::Open { path, why }),
        }
    }

    /// These answers.
    pub fn of(kept: impl IntoIterator<Item = Kept>) -> Self {
        Self(kept.into_iter().map(|kept| (kept.answer.url.clone(), kept)).collect())
    }

    /// What is known of an address.
    pub fn get(&self, url: &str) -> Option<&Kept> {
        self.0.get(url)
    }

    /// Adds answers, or puts them in the place of older ones.
    pub fn add(&mut self, kept: impl IntoIterator<Item = Kept>) {
        self.0.extend(Self::of(kept).0);
    }

    /// Tells ideas what is known of their addresses.
    pub fn tell<'i>(&self, ideas: impl IntoIterator<Item = &'i mut Idea>) {
        if self.0.is_empty() {
            return;
        }
        let known = |urls: &[Spanned<String>]| {
            urls.iter().filter_map(|url| self.get(&url.value)).map(|kept| kept.answer.clone()).collect()
        };
        for idea in ideas {
            idea.check = Check::new(known(&idea.upstream), known(&idea.links));
        }
    }
}

/// Keeps answers as they come: what was kept stays, whatever happens afterwards.
#[derive(Debug)]
pub struct Keeper {
    connection: Connection,
    path: PathBuf,
}

impl Keeper {
    /// Opens the file, and makes it if there is none.
    ///
    /// # Errors
    ///
    /// It cannot be opened, or made.
    pub fn open() -> Result<Self, CheckError> {
        let path = path()?;
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder).map_err(|why| CheckError::Folder { path: folder.to_owned(), why })?;
        }
        match database::open(&path, LAYOUT) {
            Ok(connection) => Ok(Keeper { connection, path }),
            Err(why) => Err(CheckError::Open { path, why }),
        }
    }

    /// Keeps answers: all, or none.
    ///
    /// # Errors
    ///
    /// They cannot be written; the file is as it was.
    pub fn keep(&mut self, all: &[Kept]) -> Result<(), CheckError> {
        write(&mut self.connection, all).map_err(|why| CheckError::Write { path: self.path.clone(), why })
    }
}

fn path() -> Result<PathBuf, CheckError> {
    storage::data_folder().map(|folder| folder.join(FILE)).map_err(CheckError::Nowhere)
}

fn write(connection: &mut Connection, all: &[Kept]) -> rusqlite::Result<()> {
    let transaction = connection.transaction()?;
    {
        let mut insert = transaction.prepare_cached("INSERT OR REPLACE INTO answers VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")?;
        for Kept { answer, asked, etag } in all {
            insert.execute(params![
                answer.url,
                asked,
                answer.at,
                answer.state.to_string(),
                answer.reason.map(|reason| reason.to_string()),
                answer.assigned,
                answer.locked,
                answer.pull_request.map(|request| request.to_string()),
                answer.moved,
                etag,
            ])?;
        }
    }
    transaction.commit()
}

/// A row; `None` if it says what this version does not know.
fn kept(row: &Row<'_>) -> rusqlite::Result<Option<Kept>> {
    fn word<T: FromStr>(row: &Row<'_>, name: &str) -> rusqlite::Result<Option<T>> {
        Ok(row.get::<_, Option<String>>(name).optional()?.flatten().and_then(|word| word.parse().ok()))
    }
    let Some(state) = word(row, "state")? else { return Ok(None) };
    let answer = Answer {
        url: row.get("url")?,
        at: row.get("at")?,
        state,
        reason: word(row, "reason")?,
        assigned: row.get("assigned")?,
        locked: row.get("locked")?,
        pull_request: word(row, "pull_request")?,
        moved: row.get("moved")?,
    };
    Ok(Some(Kept { answer, asked: row.get("asked")?, etag: row.get("etag")? }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::idea::check::{PullRequest, Reason, State};

    #[test]
    fn what_is_kept_is_read() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(FILE);
        let bare = Answer::bare("https://example.org/1", "2026-02-20T08:00:00Z", State::Dead);
        let full = Answer {
            reason: Some(Reason::NotPlanned),
            assigned: Some(true),
            locked: Some(false),
            pull_request: Some(PullRequest::Merged),
            moved: Some("https://example.org/3".to_owned()),
            ..Answer::bare("https://example.org/2", "2026-02-20T08:00:00Z", State::Closed)
        };
        let all = [
            Kept { answer: bare, asked: "https://example.org/1".to_owned(), etag: None },
            Kept { answer: full, asked: "https://api.example.org/2".to_owned(), etag: Some("\"a\"".to_owned()) },
        ];
        let mut connection = database::open(&path, LAYOUT).unwrap();
        write(&mut connection, &all).unwrap();
        write(&mut connection, &all).unwrap();
        connection
            .execute("INSERT INTO answers (url, asked, at, state) VALUES ('u', 'u', '', 'of a later version')", [])
            .unwrap();
        let mut select = connection.prepare("SELECT * FROM answers ORDER BY url").unwrap();
        let read: Vec<Kept> = select.query_map([], kept).unwrap().filter_map(|row| row.unwrap()).collect();
        assert_eq!(read, all);
    }
}
