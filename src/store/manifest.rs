//! What is known of a source that was fetched, and how it stands in the tables.

use rusqlite::{Connection, OptionalExtension, Row, params};
use serde::{Deserialize, Serialize};

use super::{digest, key};

const SOURCES: &str = "SELECT name, asked, address, etag, last_modified, revision, fetched, digest FROM sources";

/// A source, as it was when it was fetched last.
///
/// What the source's digest is made of is its JSON: a fact that is added some day must be left out of it while it is not known.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// Its name.
    pub source: String,
    /// What was asked for, as text. If it is something else by now, what was fetched says nothing about it.
    pub asked: String,
    /// How the other side may be asked whether there is anything new.
    pub mark: Mark,
    /// When it was fetched last, or was found to be unchanged: RFC 3339, in UTC.
    pub fetched: String,
    /// Its pages, by path.
    pub pages: Vec<Page>,
}

/// What the other side calls the state that was fetched.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "kebab-case")]
pub struct Mark {
    /// The address that the rest is about, if there are several from which the same page may come.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    /// An HTTP server's `ETag`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub etag: Option<String>,
    /// An HTTP server's `Last-Modified`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_modified: Option<String>,
    /// A repository's commit.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub commit: Option<String>,
}

/// A page that was fetched, and what is known of it besides what it says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Page {
    /// Where it stands, for people: the source's name and the path in it, or the address without its scheme.
    pub path: String,
    /// Its address on the web.
    pub url: Option<String>,
    /// The digest of what it holds.
    pub blob: String,
    /// How long it is.
    pub bytes: usize,
    /// How many ideas were read from it.
    pub ideas: usize,
    /// Whose ideas they are, where it does not say.
    pub organization: Option<String>,
    /// The programme, where it does not say.
    pub program: Option<String>,
    /// The term, where it does not say.
    pub term: Option<String>,
}

impl Manifest {
    /// The same source, found to be unchanged at a later moment.
    #[must_use]
    pub fn still_so(self, fetched: String) -> Self {
        Self { fetched, ..self }
    }

    /// How many ideas were read from its pages.
    pub fn ideas(&self) -> usize {
        self.pages.iter().map(|page| page.ideas).sum()
    }

    /// What tells whether it is as it was written.
    fn digest(&self) -> String {
        // Strings, numbers and lists of them always have a JSON.
        digest(&serde_json::to_vec(self).unwrap_or_default())
    }

    /// What a row says, without the pages; and what it says about being whole.
    fn read(row: &Row<'_>) -> rusqlite::Result<(Self, String)> {
        let mark = Mark { address: row.get(2)?, etag: row.get(3)?, last_modified: row.get(4)?, commit: row.get(5)? };
        let (source, asked, fetched) = (row.get(0)?, row.get(1)?, row.get(6)?);
        Ok((Manifest { source, asked, mark, fetched, pages: Vec::new() }, row.get(7)?))
    }
}

impl Page {
    fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Page {
            path: row.get(0)?,
            url: row.get(1)?,
            blob: row.get(2)?,
            bytes: row.get(3)?,
            ideas: row.get(4)?,
            organization: row.get(5)?,
            program: row.get(6)?,
            term: row.get(7)?,
        })
    }
}

/// A source that stands in the tables: its name, and what is known of it if that is as it was written.
pub(super) type Found = (String, rusqlite::Result<Option<Manifest>>);

/// All sources, by their names; and why no more than these can be told.
pub(super) fn all(connection: &Connection) -> (Vec<Found>, rusqlite::Result<()>) {
    let mut found = Vec::new();
    let ended = (|| {
        let mut sources = connection.prepare_cached(&format!("{SOURCES} ORDER BY name"))?;
        let mut rows = sources.query([])?;
        while let Some(row) = rows.next()? {
            found.push(whole(connection, row)?);
        }
        // The index counts them: rows that a damaged page has lost are not missed by SQLite.
        let count: usize = connection.query_row("SELECT count(*) FROM sources", [], |row| row.get(0))?;
        if count == found.len() { Ok(()) } else { Err(rusqlite::Error::QueryReturnedNoRows) }
    })();
    (found, ended)
}

/// A source, if it was ever fetched.
pub(super) fn one(connection: &Connection, source: &str) -> rusqlite::Result<Option<Found>> {
    let mut sources = connection.prepare_cached(&format!("{SOURCES} WHERE source = ?1"))?;
    sources.query_row([key(source)], |row| whole(connection, row)).optional()
}

/// A source's row and its pages: what is damaged of it is its own matter, if only its name can be read.
fn whole(connection: &Connection, row: &Row<'_>) -> rusqlite::Result<Found> {
    let manifest = Manifest::read(row).and_then(|(manifest, digest)| with_pages(connection, manifest, &digest));
    Ok((row.get(0)?, manifest))
}

fn with_pages(connection: &Connection, manifest: Manifest, digest: &str) -> rusqlite::Result<Option<Manifest>> {
    let mut pages = connection.prepare_cached(
        "SELECT path, url, digest, bytes, ideas, organization, program, term FROM pages WHERE source = ?1 ORDER BY rowid",
    )?;
    let pages = pages.query_map([key(&manifest.source)], Page::read)?.collect::<Result<_, _>>()?;
    let manifest = Manifest { pages, ..manifest };
    Ok((manifest.digest() == digest).then_some(manifest))
}

/// What a page holds, if it is there.
pub(super) fn content(connection: &Connection, digest: &str) -> rusqlite::Result<Option<Vec<u8>>> {
    let mut contents = connection.prepare_cached("SELECT content FROM contents WHERE digest = ?1")?;
    contents.query_row([digest], |row| row.get(0)).optional()
}

/// Puts a source and what its pages hold in the place of what was known of it. What no page holds any more goes.
pub(super) fn put(connection: &Connection, manifest: &Manifest, contents: &[&[u8]]) -> rusqlite::Result<()> {
    let source = key(&manifest.source);
    let former: Vec<String> = {
        let mut former = connection.prepare_cached("SELECT digest FROM pages WHERE source = ?1")?;
        former.query_map([&source], |row| row.get(0))?.collect::<Result<_, _>>()?
    };
    connection.execute("DELETE FROM pages WHERE source = ?1", [&source])?;
    put_source(connection, manifest)?;
    // What is there already was written whole; but disks fail, and people meddle.
    let mut keep = connection.prepare_cached(
        "INSERT INTO contents (digest, content) VALUES (?1, ?2)
         ON CONFLICT (digest) DO UPDATE SET content = excluded.content WHERE content <> excluded.content",
    )?;
    for content in contents {
        keep.execute(params![digest(content), content])?;
    }
    let mut add = connection.prepare_cached(
        "INSERT INTO pages (source, path, url, digest, bytes, ideas, organization, program, term)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
    )?;
    for page in &manifest.pages {
        let Page { path, url, blob, bytes, ideas, organization, program, term } = page;
        add.execute(params![source, path, url, blob, bytes, ideas, organization, program, term])?;
    }
    let mut sweep = connection
        .prepare_cached("DELETE FROM contents WHERE digest = ?1 AND NOT EXISTS (SELECT 1 FROM pages WHERE digest = ?1)")?;
    former.iter().try_for_each(|digest| sweep.execute([digest]).map(drop))
}

/// Puts what is known of a source in the place of what was; its pages stay.
pub(super) fn put_source(connection: &Connection, manifest: &Manifest) -> rusqlite::Result<()> {
    let Manifest { source, asked, mark, fetched, .. } = manifest;
    let Mark { address, etag, last_modified, commit } = mark;
    let mut put = connection.prepare_cached(
        "INSERT INTO sources (source, name, asked, address, etag, last_modified, revision, fetched, digest)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
         ON CONFLICT (source) DO UPDATE SET name = ?2, asked = ?3, address = ?4, etag = ?5, last_modified = ?6,
         revision = ?7, fetched = ?8, digest = ?9",
    )?;
    put.execute(params![key(source), source, asked, address, etag, last_modified, commit, fetched, manifest.digest()])?;
    Ok(())
}
