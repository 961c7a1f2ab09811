//! What was read from pages, kept for the next time: a page that has not changed is not read again.
//!
//! An entry is found by the page's path as the user sees it (programme and term may be read from it) and, if it is a file, the
//! folder that it is seen from. Of a file it counts as long as size, times and number are what they were; one that was changed so
//! shortly before it was read that its time may not tell the next change is compared by what it holds, as fetched pages always
//! are. Another build of the program may have read something else. Nothing depends on the cache: what cannot be found, read or
//! kept there is read from the page, and its file may be deleted at any time.
//!
//! Who wants ideas of some skills only, or can do without their long texts, says so ([`Wanted`]): pages that name none
//! of the skills are not even taken from the cache, of the others only the ideas that do, and no text that nobody asks
//! for.

use std::collections::BTreeSet;
use std::env;
use std::fs::{self, Metadata};
use std::hash::{Hash as _, Hasher};
use std::mem;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use borsh::{BorshDeserialize, BorshSerialize};
use rayon::prelude::*;
use rusqlite::{CachedStatement, Connection, OptionalExtension as _, Transaction, params};
use rustc_hash::{FxHashMap, FxHashSet, FxHasher};
use sha2::{Digest, Sha256};

use super::{Content, Home, Notice, Page, PageError, no_page, read_bytes};
use crate::database::{self, Layout, OpenError};
use crate::idea::same::Face;
use crate::idea::texts::Texts;
use crate::idea::{Idea, Profile};
use crate::layout::ReadError;
use crate::storage;
use crate::text::Position;

/// Which build of the program this is: what another one read may be something else.
const BUILD: &str = env!("IDEAS_BUILD");

const LAYOUT: Layout = Layout {
    application: 0x6964_6563, // "idec"
    first: 1,
    steps: &["CREATE TABLE build (id TEXT NOT NULL) STRICT"],
};

/// What a build makes for itself.
const TABLES: &str = "
    CREATE TABLE pages (
        place BLOB PRIMARY KEY,      -- where it is seen from, and its path
        stamp BLOB NOT NULL,         -- size, times and number of the file; empty for what was fetched
        seen INTEGER NOT NULL,       -- when the file was looked at: nanoseconds since 1970
        digest BLOB NOT NULL,        -- the SHA-256 of what it holds
        skills TEXT,                 -- ',go,rust,': of its ideas; NULL if there is more to tell of the page than its ideas
        skills_sum INTEGER NOT NULL, -- of that text: a disk may have lost some of it
        id INTEGER NOT NULL,         -- of what was read from it
        sum INTEGER NOT NULL,        -- of the bytes of that
        texts_sum INTEGER NOT NULL   -- of the bytes of its texts
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE readings (
        id INTEGER PRIMARY KEY,
        page BLOB NOT NULL           -- what was read from a page, without the long texts of its ideas
    ) STRICT;
    CREATE TABLE texts (
        id INTEGER PRIMARY KEY,      -- of the reading
        texts BLOB NOT NULL          -- the long texts of its ideas
    ) STRICT;
    CREATE TABLE derived (
        of INTEGER NOT NULL,         -- tells what it was made from
        part INTEGER NOT NULL,       -- from 0
        bytes BLOB NOT NULL,
        sum INTEGER NOT NULL,
        UNIQUE (of, part)
    ) STRICT;";

/// Two changes of a file that are closer than this may have one time: some file systems count seconds, FAT two of them.
const CLOSE: i64 = 2_000_000_000;

/// So much that was read anew is written together, in bytes.
const TOGETHER: usize = 8 << 20;

/// A cache that has grown over this, in bytes, begins anew: it holds pages of folders that are long gone.
const TOO_LARGE: u64 = 1 << 30;

/// So much that was made of ideas is kept: of the catalogues that somebody goes back and forth between.
const DERIVED: u32 = 16;

/// So many bytes the cache reads at a time. What is kept of a page is about as long as the page, far longer than the 4096 that
/// SQLite takes by itself.
const BLOCK: u32 = 1 << 14;

/// So many blocks SQLite holds in memory: what is read in a row is read once. What was written stays there until all is.
const BLOCKS: u32 = 20;

/// How long a reader waits for somebody who writes.
const PATIENCE: Duration = Duration::from_millis(500);

/// Pages that were read before. What was read anew is kept when this is dropped, if not before.
#[derive(Debug)]
pub struct Cache {
    connection: Connection,
    /// The current folder: relative paths begin there.
    here: PathBuf,
    unwritten: Vec<Entry>,
    /// The bytes of those.
    waiting: usize,
}

/// A page that was read.
#[derive(Clone, Debug)]
pub(super) struct Entry {
    place: Vec<u8>,
    stamp: Stamp,
    seen: i64,
    /// What it holds: its SHA-256, or what the store calls it.
    digest: Vec<u8>,
    skills: Option<String>,
    /// Of what was read; 0 if it is not kept yet.
    id: i64,
    sum: i64,
    /// `None`: it stays in the cache, as its ideas are not wanted, or the cache has lost it.
    page: Option<Vec<u8>>,
    texts_sum: i64,
    /// `None`: they stay in the cache, as nobody wants them.
    texts: Option<Vec<u8>>,
    /// False if none of its ideas is wanted.
    is_wanted: bool,
}

/// What is wanted of a catalogue. The rest of it may be missing.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    /// The skills of the ideas that are: of each list at least one. Without any list all ideas are.
    pub skills: Vec<Vec<&'static str>>,
    /// True if ideas do without their long texts: summary, description, outcomes, skills in the page's words,
    /// addresses, technologies, and what the forms of LFX ask for.
    pub brief: bool,
}

/// What an entry holds of a page.
#[derive(BorshSerialize, BorshDeserialize)]
struct Kept {
    blank: bool,
    /// `None`: JSON that is something else.
    content: Option<KeptContent>,
    notices: Vec<Notice>,
}

#[derive(BorshSerialize, BorshDeserialize)]
struct KeptContent {
    /// How many ideas there are. They follow this header, three byte strings each: the skills (see [`names`]), the idea
    /// without its texts, and the face.
    ideas: u32,
    /// True if all ideas have names of their own.
    apart: bool,
    profile: Option<Profile>,
}

/// What the system says about a file, and what changes whenever the file does.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Stamp {
    bytes: Vec<u8>,
    /// The later of its times.
    changed: i64,
}

impl Cache {
    /// The user's cache, in `ideas` in `$XDG_CACHE_HOME`; `None` if there can be none.
    pub fn open() -> Option<Self> {
        let folder = storage::cache_folder().inspect_err(|error| log::debug!("no cache: {error}")).ok()?;
        Self::at(&folder.join("pages.sqlite"))
    }

    /// The cache in this file; `None` if it cannot be used.
    pub fn at(path: &Path) -> Option<Self> {
        let opened = path.parent().map_or(Ok(()), fs::create_dir_all).map_err(|error| storage::words(&error));
        let opened = opened.and_then(|()| match connect(path) {
            Err(error) if error.is_damage() => fs::remove_file(path).map_err(|error| storage::words(&error)).and_then(|()| {
                log::info!("{}: {error}; it begins anew", path.display());
                connect(path).map_err(|error| error.to_string())
            }),
            opened => opened.map_err(|error| error.to_string()),
        });
        let connection = opened.inspect_err(|why| log::debug!("no cache: {}: {why}", path.display())).ok()?;
        let here = env::current_dir().ok()?;
        Some(Cache { connection, here, unwritten: Vec::new(), waiting: 0 })
    }

    /// A part of what was made of ideas before, and is known by this number; `None` if it is not there, or damaged.
    pub fn derived(&self, of: u64, part: usize) -> Option<Vec<u8>> {
        // What another build has kept since may be something else.
        let sql = "SELECT bytes, sum FROM derived WHERE of = ? AND part = ? AND (SELECT count(*) = 1 FROM build WHERE id = ?)";
        let found = self
            .connection
            .prepare_cached(sql)
            .and_then(|mut found| found.query_row(params![of.cast_signed(), part, BUILD], |row| Ok((row.get(0)?, row.get(1)?))));
        let (bytes, written): (Vec<u8>, i64) = found.inspect_err(|error| log::debug!("the cache: {error}")).ok()?;
        (sum(&bytes) == written).then_some(bytes)
    }

    /// Keeps what was made of ideas, part by part, in place of what was made the longest time ago.
    pub fn keep_derived<'p>(&mut self, of: u64, parts: impl IntoIterator<Item = &'p [u8]>) {
        self.change(|cache| {
            let of = of.cast_signed();
            cache.execute("DELETE FROM derived WHERE of = ?", [of])?;
            let mut add = cache.prepare_cached("INSERT INTO derived VALUES (?, ?, ?, ?)")?;
            for (part, bytes) in parts.into_iter().enumerate() {
                add.execute(params![of, part, bytes, sum(bytes)])?;
            }
            let sql = "DELETE FROM derived WHERE of NOT IN (SELECT of FROM derived GROUP BY of ORDER BY max(rowid) DESC LIMIT ?)";
            cache.execute(sql, [DERIVED])?;
            Ok(())
        });
    }

    /// The pages in these files, which are in the order of their paths; in the same order.
    pub(super) fn read(&mut self, files: &[PathBuf], wanted: &Wanted) -> Vec<Page> {
        let places: Vec<Vec<u8>> = files.iter().map(|file| place(&self.here, file)).collect();
        let known = self.find(&places, wanted);
        let mut left = Vec::new();
        let mut pages: Vec<Option<Page>> = Vec::with_capacity(files.len());
        for ((file, place), known) in files.iter().zip(places).zip(known) {
            let page = known.as_ref().and_then(|entry| take_up(file, entry, wanted));
            if page.is_none() {
                left.push((pages.len(), place, known));
            }
            pages.push(page);
        }
        // What is known is taken up sooner than others are woken to help.
        if !left.is_empty() {
            let read = left.into_par_iter().map(|(at, place, known)| (at, self::read(&files[at], place, known, wanted)));
            for (at, (page, fresh)) in read.collect::<Vec<_>>() {
                pages[at] = Some(page);
                self.keep(fresh);
            }
        }
        pages.into_iter().flatten().collect()
    }

    /// The fetched pages of these paths, each with the digest of what it holds, as far as they are known.
    pub(super) fn fetched(&self, pages: &[(&str, &str)], wanted: &Wanted) -> Vec<Option<Page>> {
        let places: Vec<Vec<u8>> = pages.iter().map(|(path, _)| fetched_place(path)).collect();
        let known = self.find(&places, wanted);
        let restore = |((path, digest), known): (&(&str, &str), Option<Entry>)| {
            known
                .filter(|entry| entry.digest == *digest.as_bytes())
                .and_then(|entry| restore_wanted(Path::new(path), &entry, wanted))
        };
        pages.iter().zip(known).map(restore).collect()
    }

    /// What is known of the pages in these files, without their ideas, and what there is to say about them; `None` if a file
    /// is not known, or has changed.
    pub(super) fn unchanged(&self, files: &[PathBuf]) -> Option<(Vec<Entry>, Vec<Notice>)> {
        let places: Vec<Vec<u8>> = files.iter().map(|file| place(&self.here, file)).collect();
        // No idea has one of no skills.
        let nothing = Wanted { skills: vec![Vec::new()], brief: true };
        let mut notices = Vec::new();
        let entries = files.iter().zip(self.find(&places, &nothing)).map(|(file, known)| {
            let entry = known.filter(|entry| is_unchanged(file, entry))?;
            // There is more to tell of it than its ideas.
            if entry.is_wanted {
                notices.append(&mut restore_wanted(file, &entry, &nothing)?.notices);
            }
            Some(entry)
        });
        let entries = entries.collect::<Option<Vec<_>>>()?;
        Some((entries, notices))
    }

    /// Reads together what `read` asks for: the file is locked once, not for each.
    pub(super) fn together<T>(&self, read: impl FnOnce() -> T) -> T {
        let _unchanged = self.connection.unchecked_transaction().inspect_err(|error| log::debug!("the cache: {error}"));
        read()
    }

    /// The same entry with the ideas of the page, and their long texts unless they are `brief`; `None` if it is damaged.
    pub(super) fn with_ideas(&self, entry: &Entry, brief: bool) -> Option<Entry> {
        let bytes = |sql: &str| self.connection.prepare_cached(sql)?.query_row([entry.id], |row| row.get(0));
        let page = bytes("SELECT page FROM readings WHERE id = ?").ok();
        let texts = if brief { None } else { bytes("SELECT texts FROM texts WHERE id = ?").ok() };
        Some(Entry { page, texts, is_wanted: true, ..entry.clone() }).filter(|entry| entry.is_whole(brief))
    }

    /// Keeps what was read anew.
    pub(super) fn keep(&mut self, fresh: impl IntoIterator<Item = Entry>) {
        for entry in fresh {
            self.waiting += [&entry.page, &entry.texts].into_iter().flatten().map(Vec::len).sum::<usize>();
            self.unwritten.push(entry);
        }
        if self.waiting >= TOGETHER {
            self.write();
        }
    }

    /// What is known of the pages at each of these places.
    fn find(&self, places: &[Vec<u8>], wanted: &Wanted) -> Vec<Option<Entry>> {
        let (Some(first), Some(last)) = (places.iter().min(), places.iter().max()) else { return Vec::new() };
        let found = self.between(first, last, wanted);
        let found = found.inspect_err(|error| log::debug!("the cache: {error}")).unwrap_or_default();
        let by_place = |mut entry: Entry| (mem::take(&mut entry.place), entry);
        let mut found: FxHashMap<Vec<u8>, Entry> = found.into_iter().map(by_place).collect();
        places.iter().map(|place| found.remove_entry(place).map(|(place, entry)| Entry { place, ..entry })).collect()
    }

    fn between(&self, first: &[u8], last: &[u8], wanted: &Wanted) -> rusqlite::Result<Vec<Entry>> {
        // One state of the file, and this build's.
        let _unchanged = self.connection.unchecked_transaction()?;
        if !is_ours(&self.connection)? {
            return Ok(Vec::new());
        }
        let columns = "place, stamp, seen, digest, skills, skills_sum, id, sum, texts_sum";
        let sql = format!("SELECT {columns} FROM pages WHERE place BETWEEN ? AND ?");
        let mut pages = self.connection.prepare_cached(&sql)?;
        let mut readings = self.connection.prepare_cached("SELECT page FROM readings WHERE id = ?")?;
        let mut texts = self.connection.prepare_cached("SELECT texts FROM texts WHERE id = ?")?;
        let mut entries = Vec::new();
        let mut rows = pages.query([first, last])?;
        while let Some(row) = rows.next()? {
            let skills: Option<String> = row.get(4)?;
            if sum(skills.as_deref().unwrap_or_default().as_bytes()) != row.get::<_, i64>(5)? {
                continue;
            }
            // What is not wanted is not even read from the disk.
            let is_wanted = skills.as_ref().is_none_or(|skills| wanted.are_among(skills));
            let id: i64 = row.get(6)?;
            let bytes = |from: &mut CachedStatement<'_>| from.query_row([id], |row| row.get(0)).optional();
            entries.push(Entry {
                place: row.get(0)?,
                stamp: Stamp { bytes: row.get(1)?, changed: 0 },
                seen: row.get(2)?,
                digest: row.get(3)?,
                skills,
                id,
                sum: row.get(7)?,
                page: if is_wanted { bytes(&mut readings)? } else { None },
                texts_sum: row.get(8)?,
                texts: if is_wanted && !wanted.brief { bytes(&mut texts)? } else { None },
                is_wanted,
            });
        }
        Ok(entries)
    }

    /// Keeps what was read anew.
    fn write(&mut self) {
        let entries = std::mem::take(&mut self.unwritten);
        self.waiting = 0;
        self.change(|cache| {
            let mut forget = cache.prepare_cached("DELETE FROM pages WHERE place = ? RETURNING id")?;
            let mut forget_page = cache.prepare_cached("DELETE FROM readings WHERE id = ?")?;
            let mut forget_texts = cache.prepare_cached("DELETE FROM texts WHERE id = ?")?;
            let mut add = cache.prepare_cached("INSERT INTO pages VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)")?;
            let mut add_page = cache.prepare_cached("INSERT INTO readings (page) VALUES (?)")?;
            let mut add_texts = cache.prepare_cached("INSERT OR REPLACE INTO texts VALUES (?, ?)")?;
            let mut update = cache.prepare_cached("UPDATE pages SET seen = ? WHERE place = ? AND stamp = ? AND digest = ?")?;
            for Entry { place, stamp, seen, digest, skills, sum: page_sum, page, texts_sum, texts, .. } in &entries {
                if let (Some(page), Some(texts)) = (page, texts) {
                    if let Some(old) = forget.query_row([place], |row| row.get::<_, i64>(0)).optional()? {
                        forget_page.execute([old])?;
                        forget_texts.execute([old])?;
                    }
                    let skills_sum = sum(skills.as_deref().unwrap_or_default().as_bytes());
                    let id = add_page.insert([page])?;
                    add_texts.execute(params![id, texts])?;
                    add.execute(params![place, stamp.bytes, seen, digest, skills, skills_sum, id, page_sum, texts_sum])?;
                } else {
                    update.execute(params![seen, place, stamp.bytes, digest])?;
                }
            }
            Ok(())
        });
    }

    /// Changes the cache, unless another build has begun it anew in the meantime. What cannot be kept will be read again.
    fn change(&mut self, change: impl FnOnce(&Transaction<'_>) -> rusqlite::Result<()>) {
        let changed = self.connection.transaction().and_then(|transaction| {
            if is_ours(&transaction)? {
                change(&transaction)?;
            }
            transaction.commit()
        });
        if let Err(error) = changed {
            log::debug!("the cache: {error}");
        }
    }
}

impl Entry {
    /// What there is to keep of a page.
    fn of(page: &Page, place: Vec<u8>, (stamp, seen): (Stamp, i64), digest: Vec<u8>) -> Option<Self> {
        let (bytes, texts) = kept(page)?;
        let (sum, texts_sum) = (sum(&bytes), sum(&texts));
        Some(Entry {
            place,
            stamp,
            seen,
            digest,
            skills: skills(page),
            id: 0,
            sum,
            page: Some(bytes),
            texts_sum,
            texts: Some(texts),
            is_wanted: true,
        })
    }

    /// What there is to keep of a fetched page, before anything is added that it does not say itself.
    pub(super) fn fetched(page: &Page, digest: &str) -> Option<Self> {
        let stamp = Stamp { bytes: Vec::new(), changed: 0 };
        Self::of(page, fetched_place(&page.path), (stamp, 0), digest.as_bytes().to_vec())
    }
}

impl Entry {
    /// True if it holds what was written: a page, and the texts of its ideas unless they are `brief`. One that is not wanted does.
    fn is_whole(&self, brief: bool) -> bool {
        let is_page = || self.page.as_ref().is_some_and(|page| sum(page) == self.sum);
        let are_texts = || self.texts.as_ref().map_or(brief, |texts| sum(texts) == self.texts_sum);
        !self.is_wanted || (is_page() && are_texts())
    }

    /// Adds what tells this page, as it was read, from all others.
    pub(super) fn hash_content(&self, hasher: &mut impl Hasher) {
        (&self.place, &self.digest, self.sum, self.texts_sum).hash(hasher);
    }
}

impl Wanted {
    /// True if these skills, each between commas, are of ideas that are wanted.
    fn are_among(&self, names: &str) -> bool {
        self.skills.iter().all(|any| names.split(',').any(|name| any.contains(&name)))
    }
}

impl Drop for Cache {
    fn drop(&mut self) {
        if !self.unwritten.is_empty() {
            self.write();
        }
    }
}

/// True while no other build has begun the file anew.
fn is_ours(cache: &Connection) -> rusqlite::Result<bool> {
    cache.prepare_cached("SELECT count(*) = 1 FROM build WHERE id = ?")?.query_row([BUILD], |row| row.get(0))
}

/// Opens the file, and empties it if another build wrote it, or if it has grown too large.
fn connect(path: &Path) -> Result<Connection, OpenError> {
    let connection = database::open(path, LAYOUT)?;
    connection.busy_timeout(PATIENCE)?;
    connection.pragma_update(None, "cache_size", BLOCKS)?;
    connection.pragma_update(None, "cache_spill", false)?;
    let build: Option<String> = connection.query_row("SELECT max(id) FROM build", [], |row| row.get(0))?;
    let is_large = fs::metadata(path).is_ok_and(|about| about.len() > TOO_LARGE);
    if build.as_deref() != Some(BUILD) || is_large {
        let sql = format!(
            "BEGIN IMMEDIATE; DROP TABLE IF EXISTS pages; DROP TABLE IF EXISTS readings; DROP TABLE IF EXISTS texts; DROP TABLE IF EXISTS derived;
            {TABLES}
            DELETE FROM build; INSERT INTO build VALUES ('{BUILD}'); COMMIT"
        );
        connection.execute_batch(&sql)?;
        // Its blocks are of another size from then on, and it is small again.
        if let Err(error) = connection.execute_batch(&format!("PRAGMA page_size = {BLOCK}; VACUUM")) {
            log::debug!("the cache keeps its blocks: {error}");
        }
    }
    Ok(connection)
}

/// The page in a file, as it is known; `None` if that may not hold any more.
fn take_up(file: &Path, known: &Entry, wanted: &Wanted) -> Option<Page> {
    is_unchanged(file, known).then(|| restore_wanted(file, known, wanted)).flatten()
}

/// True if a file is certainly as it is known.
fn is_unchanged(file: &Path, known: &Entry) -> bool {
    let stamp = fs::metadata(file).ok().filter(Metadata::is_file).map(|about| Stamp::of(&about));
    stamp.is_some_and(|stamp| known.stamp.bytes == stamp.bytes && !stamp.may_repeat(known.seen))
}

/// The page in a file that is not taken up; and what there is to keep, if there is something new.
fn read(file: &Path, place: Vec<u8>, known: Option<Entry>, wanted: &Wanted) -> (Page, Option<Entry>) {
    let seen = nanoseconds(SystemTime::now());
    // What is no file (a pipe, a device) is another thing every time. The stamp is taken first: a change while the page is read
    // makes another one.
    let Some(stamp) = fs::metadata(file).ok().filter(Metadata::is_file).map(|about| Stamp::of(&about)) else {
        return (super::read_file(file), None);
    };
    let known = known.filter(|entry| entry.stamp.bytes == stamp.bytes);
    let bytes = match storage::read(file) {
        Ok(bytes) => bytes,
        Err(error) => return (no_page(file, PageError::Io(storage::words(&error))), None),
    };
    let digest = Sha256::digest(&bytes).to_vec();
    if let Some(entry) = known.filter(|entry| entry.digest == digest)
        && let Some(page) = restore_wanted(file, &entry, wanted)
    {
        // From now on its time may tell.
        let fresh = (!stamp.may_repeat(seen)).then_some(Entry { seen, ..entry });
        return (page, fresh);
    }
    let page = read_bytes(file, bytes).1;
    let entry = Entry::of(&page, place, (stamp, seen), digest);
    (page, entry)
}

/// What is kept of a page, and of the texts of its ideas; `None` if it is not worth it.
fn kept(page: &Page) -> Option<(Vec<u8>, Vec<u8>)> {
    let (mut all, mut texts) = (Vec::new(), Vec::new());
    let content = match &page.content {
        Ok(Content { ideas, faces, profile }) => {
            for (idea, face) in ideas.iter().zip(faces) {
                let skills = names([idea]);
                let mut idea = idea.clone();
                borsh::to_writer(&mut texts, &borsh::to_vec(&Texts::take(&mut idea)).ok()?).ok()?;
                borsh::to_writer(&mut all, &(skills, borsh::to_vec(&idea).ok()?, borsh::to_vec(face).ok()?)).ok()?;
            }
            // Ideas of one name are numbered, so that they have to be read together.
            let mut titles = FxHashSet::default();
            let apart = faces.iter().all(|face| titles.insert(face.title()));
            Some(KeptContent { ideas: u32::try_from(ideas.len()).ok()?, apart, profile: profile.clone() })
        }
        Err(PageError::Json(ReadError::NotAnExport)) => None,
        Err(_) => return None,
    };
    let mut page = borsh::to_vec(&Kept { blank: page.blank, content, notices: page.notices.clone() }).ok()?;
    page.append(&mut all);
    Some((page, texts))
}

/// The skills that the ideas of a page name, as [`names`]; `None` if it has something to tell to those, too, who want none of its
/// ideas.
fn skills(page: &Page) -> Option<String> {
    let Ok(Content { ideas, profile: None, .. }) = &page.content else { return None };
    (!ideas.is_empty() && page.notices.is_empty()).then(|| names(ideas))
}

/// The skills that ideas name, each between commas.
fn names<'i>(ideas: impl IntoIterator<Item = &'i Idea>) -> String {
    let names: BTreeSet<&str> = ideas.into_iter().flat_map(|idea| &idea.tags).map(|tag| tag.value).collect();
    names.iter().fold(",".to_owned(), |list, name| list + name + ",")
}

/// A page as it was kept, without the ideas that are not wanted; `None` if that is damaged.
fn restore_wanted(file: &Path, entry: &Entry, wanted: &Wanted) -> Option<Page> {
    let is_wanted = |_, skills: &[u8]| str::from_utf8(skills).is_ok_and(|skills| wanted.are_among(skills));
    if entry.is_whole(wanted.brief) { restore(file, entry, is_wanted) } else { None }
}

/// The same of an entry that [is whole](Entry::is_whole), where the places of the ideas on the page and their skills say which are
/// wanted.
pub(super) fn restore(file: &Path, entry: &Entry, is_wanted: impl Fn(usize, &[u8]) -> bool) -> Option<Page> {
    let path = file.display().to_string();
    let home = Home::File(file.to_owned());
    if !entry.is_wanted {
        let content = Ok(Content::default());
        return Some(Page { path, home, blank: false, is_unwanted: true, content, position: None, notices: Vec::new() });
    }
    let mut left = entry.page.as_deref()?;
    let Kept { blank, content, mut notices } = BorshDeserialize::deserialize(&mut left).ok()?;
    for notice in &mut notices {
        notice.path.clone_from(&path);
    }
    let Some(KeptContent { ideas: count, apart, mut profile }) = content else {
        // JSON that is something else is so from its beginning.
        let (content, position) = (Err(PageError::Json(ReadError::NotAnExport)), Some(Position { line: 1, column: 1 }));
        return Some(Page { path, home, blank, is_unwanted: false, content, position, notices });
    };
    let mut texts = entry.texts.as_deref();
    let (mut ideas, mut faces): (Vec<Idea>, Vec<Face>) = (Vec::new(), Vec::new());
    let mut is_unwanted = count > 0;
    for place in 0..count as usize {
        let (skills, idea, face) = (next(&mut left)?, next(&mut left)?, next(&mut left)?);
        let texts = match &mut texts {
            Some(texts) => Some(next(texts)?),
            None => None,
        };
        let is_wanted = is_wanted(place, skills);
        is_unwanted &= !is_wanted;
        if apart && !is_wanted {
            continue;
        }
        let mut idea: Idea = borsh::from_slice(idea).ok()?;
        if let Some(texts) = texts {
            borsh::from_slice::<Texts>(texts).ok()?.give(&mut idea);
        }
        ideas.push(idea);
        faces.push(borsh::from_slice(face).ok()?);
    }
    let places = ideas.iter_mut().map(|idea| &mut idea.source).chain(profile.iter_mut().map(|profile| &mut profile.source));
    places.for_each(|place| place.path.clone_from(&path));
    let content = Ok(Content { ideas, faces, profile });
    Some(Page { path, home, blank, is_unwanted, content, position: None, notices })
}

/// The next of some lists of bytes, as borsh has written them one after the other.
fn next<'b>(lists: &mut &'b [u8]) -> Option<&'b [u8]> {
    let (len, rest) = lists.split_first_chunk()?;
    let (list, rest) = rest.split_at_checked(u32::from_le_bytes(*len) as usize)?;
    *lists = rest;
    Some(list)
}

/// Tells damage from what was written.
fn sum(bytes: &[u8]) -> i64 {
    let mut hasher = FxHasher::default();
    hasher.write(bytes);
    hasher.finish().cast_signed()
}

/// What stands for a page in the cache. In the order of paths: a folder's own files are not parted by those of another one.
fn place(here: &Path, file: &Path) -> Vec<u8> {
    const SEPARATOR: u8 = 0;
    let here = if file.is_relative() { here } else { Path::new("") };
    let mut place = Vec::new();
    for path in [here, file] {
        for component in path {
            place.extend_from_slice(component.as_encoded_bytes());
            place.push(SEPARATOR);
        }
        // Programme and term are read from what the user sees of the path, so it matters where that begins.
        place.push(SEPARATOR);
    }
    place
}

/// What stands for a fetched page: no folder is seen from nowhere.
fn fetched_place(path: &str) -> Vec<u8> {
    [b"\0\0", path.as_bytes()].concat()
}

impl Stamp {
    #[cfg(unix)]
    fn of(about: &Metadata) -> Self {
        use std::os::unix::fs::MetadataExt;
        let time = |seconds: i64, rest: i64| seconds.saturating_mul(1_000_000_000).saturating_add(rest);
        let modified = time(about.mtime(), about.mtime_nsec());
        // Who gives a file an old time back (`cp -p`, `touch -d`) cannot turn this one back.
        let changed = time(about.ctime(), about.ctime_nsec());
        let bytes = [about.dev(), about.ino(), about.size(), modified.cast_unsigned(), changed.cast_unsigned()];
        Stamp { bytes: bytes.into_iter().flat_map(u64::to_le_bytes).collect(), changed: modified.max(changed) }
    }

    #[cfg(not(unix))]
    fn of(about: &Metadata) -> Self {
        let changed = about.modified().map_or(i64::MAX, nanoseconds);
        let bytes = [about.len(), changed.cast_unsigned()];
        Stamp { bytes: bytes.into_iter().flat_map(u64::to_le_bytes).collect(), changed }
    }

    /// True if the file may have changed after it was seen, and this would be its stamp all the same.
    fn may_repeat(&self, seen: i64) -> bool {
        self.changed.saturating_add(CLOSE) >= seen
    }
}

/// Nanoseconds since 1970; until 2262.
fn nanoseconds(time: SystemTime) -> i64 {
    time.duration_since(UNIX_EPOCH).map_or(0, |since| i64::try_from(since.as_nanos()).unwrap_or(i64::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_tells_the_next_change_once_it_is_past() {
        const SECOND: i64 = 1_000_000_000;
        for (changed, seen, may_repeat) in [
            (100 * SECOND, 100 * SECOND, true),
            (100 * SECOND, 101 * SECOND, true),
            (100 * SECOND, 103 * SECOND, false),
            (200 * SECOND, 100 * SECOND, true), // from a clock that is ahead
            (i64::MAX, i64::MAX, true),
        ] {
            assert_eq!(Stamp { bytes: Vec::new(), changed }.may_repeat(seen), may_repeat, "{changed} {seen}");
        }
    }

    #[test]
    fn what_another_build_keeps_meanwhile_is_not_taken_up() {
        let folder = tempfile::tempdir().unwrap();
        let mut cache = Cache::at(&folder.path().join("pages.sqlite")).unwrap();
        let page = read_bytes(Path::new("a.md"), b"## Tides\n\n- Skills: Go\n- Mentor: Ada Brook\n".to_vec()).1;
        cache.keep(Entry::fetched(&page, "digest"));
        cache.write();
        let is_known = |cache: &Cache| cache.fetched(&[("a.md", "digest")], &Wanted::default())[0].is_some();
        assert!(is_known(&cache));
        cache.connection.execute("UPDATE build SET id = 'another'", []).unwrap();
        assert!(!is_known(&cache));
    }

    #[test]
    fn places_are_in_the_order_of_paths() {
        let paths = ["a", "a/b.md", "a/b/c.md", "a-b.md", "a.md", "b/a.md"].map(Path::new);
        let mut sorted = paths;
        sorted.sort();
        let mut by_place = paths;
        by_place.sort_by_key(|path| place(Path::new("/home"), path));
        assert_eq!(by_place, sorted);
        let absolute = Path::new("/home/a.md");
        assert_ne!(place(Path::new("/home"), Path::new("a.md")), place(Path::new("/home"), absolute), "they look different");
    }
}
