//! What addresses answered to `ideas check`.

use std::str::FromStr;

use rusqlite::{Connection, Row, params};
use rustc_hash::FxHashMap;

use crate::idea::check::Answer;
use crate::idea::{Check, Idea};
use crate::text::Spanned;

/// An answer, and what is needed to ask again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredAnswer {
    /// What was answered.
    pub answer: Answer,
    /// The address that was requested: several spellings of an address may lead to one request.
    pub asked: String,
    /// The server's `ETag` of this answer.
    pub etag: Option<String>,
}

impl StoredAnswer {
    /// The same for each spelling of its address.
    pub fn for_each_of(&self, urls: &[String]) -> Vec<StoredAnswer> {
        let of = |url: &String| StoredAnswer { answer: Answer { url: url.clone(), ..self.answer.clone() }, ..self.clone() };
        urls.iter().map(of).collect()
    }
}

/// All answers, by the addresses that they are about. The default knows none.
#[derive(Clone, Debug, Default)]
pub struct Answers(FxHashMap<String, StoredAnswer>);

impl Answers {
    /// These answers.
    pub fn of(answers: impl IntoIterator<Item = StoredAnswer>) -> Self {
        Self(answers.into_iter().map(|stored| (stored.answer.url.clone(), stored)).collect())
    }

    /// What is known of an address.
    pub fn get(&self, url: &str) -> Option<&StoredAnswer> {
        self.0.get(url)
    }

    /// Adds answers, or puts them in the place of older ones.
    pub fn add(&mut self, answers: impl IntoIterator<Item = StoredAnswer>) {
        self.0.extend(Self::of(answers).0);
    }

    /// Attaches to ideas what their addresses answered.
    pub fn attach<'i>(&self, ideas: impl IntoIterator<Item = &'i mut Idea>) {
        if self.0.is_empty() {
            return;
        }
        let known = |urls: &[Spanned<String>]| {
            urls.iter().filter_map(|url| self.get(&url.value)).map(|stored| stored.answer.clone()).collect()
        };
        for idea in ideas {
            idea.check = Check::new(known(&idea.upstream), known(&idea.links));
        }
    }
}

/// All rows, but for those that say what this version does not know.
pub(super) fn all(connection: &Connection) -> rusqlite::Result<Answers> {
    let mut select = connection.prepare("SELECT * FROM answers")?;
    let rows = select.query_map([], read)?.filter_map(Result::transpose);
    rows.collect::<Result<Vec<_>, _>>().map(Answers::of)
}

pub(super) fn put(connection: &Connection, answers: &[StoredAnswer]) -> rusqlite::Result<()> {
    let mut insert = connection.prepare("INSERT OR REPLACE INTO answers VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")?;
    for StoredAnswer { answer, asked, etag } in answers {
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
    Ok(())
}

fn read(row: &Row<'_>) -> rusqlite::Result<Option<StoredAnswer>> {
    fn word<T: FromStr>(row: &Row<'_>, name: &str) -> rusqlite::Result<Option<T>> {
        Ok(row.get::<_, Option<String>>(name)?.and_then(|word| word.parse().ok()))
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
    Ok(Some(StoredAnswer { answer, asked: row.get("asked")?, etag: row.get("etag")? }))
}

#[cfg(test)]
mod tests {
    use super::super::Store;
    use super::*;
    use crate::idea::check::{PullRequest, Reason, State};

    #[test]
    fn what_is_kept_is_read() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::at(folder.path().to_owned());
        let bare = Answer::bare("https://example.org/1", "2026-02-20T08:00:00Z", State::Dead);
        let full = Answer {
            reason: Some(Reason::NotPlanned),
            assigned: Some(true),
            locked: Some(false),
            pull_request: Some(PullRequest::Merged),
            moved: Some("https://example.org/3".to_owned()),
            ..Answer::bare("https://example.org/2", "2026-02-20T08:00:00Z", State::Closed)
        };
        let old = Answer { state: State::Open, ..bare.clone() };
        let stored = |answer: Answer, etag: Option<&str>| StoredAnswer {
            asked: answer.url.to_uppercase(),
            answer,
            etag: etag.map(ToOwned::to_owned),
        };
        assert!(store.answers().unwrap().0.is_empty());
        store.keep_answers(&[stored(old, None)]).unwrap();
        let all = [stored(bare, None), stored(full, Some("\"a\""))];
        store.keep_answers(&all).unwrap();
        let odd = "INSERT INTO answers (url, asked, at, state) VALUES ('u', 'u', '', 'of a later version')";
        store.create().unwrap().execute(odd, []).unwrap();
        let read = store.answers().unwrap();
        assert_eq!(read.0.len(), 2);
        for stored in &all {
            assert_eq!(read.get(&stored.answer.url), Some(stored));
        }
    }
}
