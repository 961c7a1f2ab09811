//! Where pages come from, and everything that was read from them: ideas, profiles, and what could not be read.
//!
//! A catalogue is loaded from origins: the bundled pages, what was fetched, files and folders, standard input. One bad
//! page never hides the good ones: it becomes a [`Notice`], and the rest is answered. Pages are read and dropped; what
//! stays is ideas. Who needs only one idea at a time takes the catalogue in [`Parts`], which may be more than fits in
//! memory. A page is read once, however often and under however many names it is given.

mod bundled;
mod cache;
pub mod fetched;
pub mod files;
mod folder;
mod given;
mod groups;
mod kind;
mod later;
mod parts;
mod seen;

use std::ffi::OsStr;
use std::fmt;
use std::io;
use std::mem;
use std::path::{Path, PathBuf};
use std::ptr;
use std::time::Instant;

pub use cache::{Cache, Wanted};
pub use given::Given;
pub use groups::{Group, Groups};
pub use later::Later;
pub use parts::Parts;

use borsh::{BorshDeserialize, BorshSerialize};

use crate::idea::id::short::ShortIds;
use crate::idea::same::Face;
use crate::idea::{Idea, Profile, id};
use crate::layout::{self, ReadError, Reading};
use crate::storage;
use crate::store::Store;
use crate::text::{self, Oddity, Position, Source, Span};

/// What stands for the path of standard input.
pub const STDIN: &str = "<stdin>";

/// Where pages come from.
#[derive(Clone, Debug)]
pub enum Origin {
    /// The catalogue inside the program.
    Bundled,
    /// What `ideas sync` has fetched.
    Fetched(Store),
    /// What was fetched from an address that the user names.
    Address(Address),
    /// A file or a folder.
    Path(PathBuf),
    /// The pages that `ideas.toml` names.
    Groups(Groups),
    /// Standard input: one page.
    Stdin,
}

/// An address that the user names, and what was fetched from it.
#[derive(Clone, Debug)]
pub struct Address {
    /// The address, as the user writes it.
    pub url: String,
    /// Where its pages are kept; `None` if nothing can be.
    pub store: Option<Store>,
    /// What there is to say about fetching it.
    pub notices: Vec<Notice>,
}

impl Origin {
    /// The origin that a user names: a path, or `-` for standard input.
    pub fn from_name(name: &OsStr) -> Self {
        if name == "-" { Origin::Stdin } else { Origin::Path(name.into()) }
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Origin::Bundled => f.write_str("the catalogue that is built in"),
            Origin::Path(path) => path.display().fmt(f),
            Origin::Groups(groups) => write!(f, "the pages that {} names", groups.described_in.display()),
            Origin::Fetched(_) => f.write_str("what `ideas sync` fetched"),
            Origin::Address(address) => f.write_str(&address.url),
            Origin::Stdin => f.write_str("standard input"),
        }
    }
}

/// How serious a notice is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, BorshSerialize, BorshDeserialize)]
pub enum Level {
    /// Worth knowing; nothing is wrong.
    Note,
    /// Something was read otherwise than written, or not at all.
    Warning,
    /// An input that was asked for could not be read.
    Error,
}

impl Level {
    /// The word before the message.
    pub fn as_str(self) -> &'static str {
        match self {
            Level::Note => "note",
            Level::Warning => "warning",
            Level::Error => "error",
        }
    }
}

/// Something to say about an input: what, where, and what was done about it.
#[derive(Clone, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct Notice {
    /// How serious it is.
    pub level: Level,
    /// The page, file or folder.
    #[borsh(skip)]
    pub path: String,
    /// Where on the page.
    pub position: Option<Position>,
    /// What it is.
    pub message: String,
}

impl fmt::Display for Notice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.path)?;
        if let Some(Position { line, column }) = self.position {
            write!(f, ":{line}:{column}")?;
        }
        write!(f, ": {}", self.message)
    }
}

/// Everything that was read.
#[derive(Debug, Default)]
pub struct Catalog {
    /// The ideas: inputs in the order given, a folder's pages by path, a page's ideas from top to bottom.
    pub ideas: Vec<Idea>,
    /// By what each of them is known again, in the same order.
    pub faces: Vec<Face>,
    /// The profiles of projects.
    pub profiles: Vec<Profile>,
    /// What there is to say about the inputs, in the same order.
    pub notices: Vec<Notice>,
    /// Where the pages that hold ideas can be read again, each with the number of ideas before its first.
    homes: Vec<(usize, Home)>,
}

/// Where a page can be read again. Its path as ideas show it is not enough: that may be a bundled page's, too, and it is
/// only similar to the name of a file that is not UTF-8.
#[derive(Debug)]
enum Home {
    Bundled,
    File(PathBuf),
    /// A fetched page: how it is called, and the digest of what it holds.
    Fetched {
        path: PathBuf,
        store: Store,
        digest: String,
    },
    /// The page itself: what came through a pipe comes once.
    Stdin(Source),
}

impl Catalog {
    /// Loads the origins, in order. What cannot be read is told in [`Catalog::notices`].
    pub fn load(origins: &[Origin]) -> Self {
        Self::of(Parts::of(origins))
    }

    /// Puts the parts of a catalogue together.
    pub fn of(mut parts: Parts<'_>) -> Self {
        let mut catalog = Self::default();
        while parts.add_next(&mut catalog) {}
        catalog
    }

    /// The ideas for which it is said so; the others are forgotten as soon as they are read.
    #[must_use]
    pub fn only(mut self, kept: &[bool]) -> Self {
        // How many are kept before each.
        let mut before = Vec::with_capacity(kept.len() + 1);
        before.push(0);
        before.extend(kept.iter().scan(0, |count, &kept| {
            *count += usize::from(kept);
            Some(*count)
        }));
        for (first, _) in &mut self.homes {
            *first = before[*first];
        }
        // They stay where they are: ideas are large.
        let mut of_idea = kept.iter();
        self.ideas.retain(|_| of_idea.next() == Some(&true));
        let mut of_face = kept.iter();
        self.faces.retain(|_| of_face.next() == Some(&true));
        self
    }

    /// The same with what comes after it.
    #[must_use]
    pub fn with(mut self, mut next: Self) -> Self {
        let before = self.ideas.len();
        self.ideas.append(&mut next.ideas);
        self.faces.append(&mut next.faces);
        self.profiles.append(&mut next.profiles);
        self.notices.append(&mut next.notices);
        self.homes.extend(next.homes.into_iter().map(|(first, home)| (before + first, home)));
        self
    }

    /// True if an input that was asked for could not be read.
    pub fn has_errors(&self) -> bool {
        self.notices.iter().any(|notice| notice.level == Level::Error)
    }

    /// The ideas at these places among all.
    pub fn at<'c>(&'c self, places: &[usize]) -> Vec<&'c Idea> {
        places.iter().filter_map(|&place| self.ideas.get(place)).collect()
    }

    /// The ids, to tell how little of one is enough.
    pub fn short_ids(&self) -> ShortIds<'_> {
        ShortIds::of(self.ideas.iter().map(|idea| idea.id.as_str()))
    }

    /// The file that one of these ideas was read from; `None` if that is inside the program, or came through a pipe.
    pub fn file_of(&self, idea: &Idea) -> Option<&Path> {
        match self.home_of(idea) {
            Some(Home::File(path)) => Some(path),
            _ => None,
        }
    }

    fn home_of(&self, idea: &Idea) -> Option<&Home> {
        let place = self.ideas.iter().position(|known| ptr::eq(known, idea));
        let pages = place.map_or(0, |place| self.homes.partition_point(|&(first, _)| first <= place));
        pages.checked_sub(1).and_then(|page| self.homes.get(page)).map(|(_, home)| home)
    }

    /// The page that one of these ideas stands on, read again.
    pub fn source_of(&self, idea: &Idea) -> io::Result<Source> {
        match self.home_of(idea) {
            Some(Home::Stdin(source)) => Ok(source.clone()),
            Some(Home::File(path)) => Ok(Source::decode(path, storage::read(path)?).0),
            Some(Home::Fetched { path, store, digest }) => {
                Ok(Source::decode(path, store.page(digest).map_err(io::Error::other)?).0)
            }
            Some(Home::Bundled) => bundled::source(&idea.source.path).ok_or_else(|| io::ErrorKind::NotFound.into()),
            None => Err(io::ErrorKind::NotFound.into()),
        }
    }

    /// Adds what a page holds; true if it holds nothing. `named`: the user asked for this very page.
    fn add(&mut self, mut page: Page, named: bool) -> bool {
        self.notices.append(&mut page.notices);
        let path = page.path;
        let Content { ideas, faces, profile } = match page.content {
            Ok(content) => content,
            // A folder may hold any JSON: it is a page without ideas like others.
            Err(PageError::Json(ReadError::NotAnExport)) if !named => return true,
            Err(PageError::Json(error)) if !named => {
                let message = format!("skipped: {error}");
                self.notices.push(Notice { level: Level::Warning, path, position: page.position, message });
                return false;
            }
            Err(error @ PageError::Ours(_)) if !named => {
                self.notices.push(Notice { level: Level::Note, path, position: None, message: format!("skipped: {error}") });
                return false;
            }
            Err(error @ PageError::Binary) if !named => {
                self.notices.push(Notice { level: Level::Warning, path, position: None, message: format!("skipped: {error}") });
                return false;
            }
            Err(error) => {
                self.notices.push(Notice { level: Level::Error, path, position: page.position, message: error.to_string() });
                return false;
            }
        };
        let nothing = ideas.is_empty() && profile.is_none() && !page.is_unwanted;
        if named && ideas.is_empty() && !page.is_unwanted {
            let message = match &profile {
                Some(profile) => format!("is a profile of the project {}; it proposes no ideas", profile.name.value),
                None if page.blank => "is empty: no ideas".to_owned(),
                None => format!("holds no ideas: nothing on it has {}", layout::WANTED),
            };
            self.say(Level::Note, &path, message);
        }
        if !ideas.is_empty() {
            self.homes.push((self.ideas.len(), page.home));
        }
        self.ideas.extend(ideas);
        self.faces.extend(faces);
        self.profiles.extend(profile);
        nothing
    }

    fn say(&mut self, level: Level, path: &str, message: String) {
        self.notices.push(Notice { level, path: path.to_owned(), position: None, message });
    }
}

/// A page that was read, or why it was not.
struct Page {
    path: String,
    home: Home,
    /// There is nothing on it at all.
    blank: bool,
    /// It holds ideas, but none that is wanted.
    is_unwanted: bool,
    content: Result<Content, PageError>,
    position: Option<Position>,
    notices: Vec<Notice>,
}

/// What a page holds.
#[derive(Default)]
struct Content {
    ideas: Vec<Idea>,
    /// By what each of them is known again.
    faces: Vec<Face>,
    profile: Option<Profile>,
}

impl Content {
    fn of(Reading { mut ideas, profile, .. }: Reading) -> Self {
        id::assign(&mut ideas);
        let faces = ideas.iter().map(|idea| Face::of(idea, None)).collect();
        Content { ideas, faces, profile }
    }

    /// Gives the ideas what their page does not state.
    fn complete(&mut self, given: &Given) {
        given.complete(&mut self.ideas);
        let faces = mem::take(&mut self.faces).into_iter().zip(&self.ideas);
        self.faces = faces.map(|(face, idea)| face.owned(idea)).collect();
    }
}

#[derive(Debug, thiserror::Error)]
enum PageError {
    #[error("cannot be read: {0}")]
    Io(String),
    #[error("{0}")]
    Json(ReadError),
    #[error("{0}")]
    Kind(kind::NoPage),
    #[error("this is binary data, and a page is text")]
    Binary,
    #[error("this is {0}, which is not read; `--format json` writes what can be read again")]
    Ours(&'static str),
}

/// The file that a user names.
fn read_named(path: &Path, cache: Option<&mut Cache>) -> Page {
    match kind::check(path) {
        // That there is no such file is the better answer, and reading it will give it.
        Err(error) if path.exists() => no_page(path, PageError::Kind(error)),
        _ => cache.and_then(|cache| cache.read(&[path.to_owned()], &Wanted::default()).pop()).unwrap_or_else(|| read_file(path)),
    }
}

fn read_file(path: &Path) -> Page {
    match storage::read(path) {
        Ok(bytes) => read_bytes(path, bytes).1,
        Err(error) => no_page(path, PageError::Io(storage::words(&error))),
    }
}

fn no_page(path: &Path, error: PageError) -> Page {
    Page {
        path: path.display().to_string(),
        home: Home::File(path.to_owned()),
        blank: false,
        is_unwanted: false,
        content: Err(error),
        position: None,
        notices: Vec::new(),
    }
}

/// How many oddities of one page are told one by one.
const ODDITIES: usize = 3;

fn read_bytes(path: &Path, bytes: Vec<u8>) -> (Source, Page) {
    let start = Instant::now();
    // As text it would take long, and what it seems to say would be chance.
    if !text::is_text(&bytes) {
        return (Source::new(path, ""), no_page(path, PageError::Binary));
    }
    let (source, oddities) = Source::decode(path, bytes);
    let mut notices = odd(&source, &oddities);
    let reading = match kind::ours(source.text()) {
        Some(format) => Err(PageError::Ours(format)),
        None => layout::read(&source).map_err(PageError::Json),
    };
    match &reading {
        Ok(Reading { shape, ideas, .. }) => {
            log::debug!("{}: {} ideas, {shape:?}, read in {:.1?}", path.display(), ideas.len(), start.elapsed());
        }
        Err(error) => log::debug!("{}: {error}", path.display()),
    }
    let mut position = None;
    match &reading {
        Ok(reading) => notices.extend(reading.problems.iter().map(|problem| warning(&source, problem.span, &problem.message))),
        Err(PageError::Json(error)) => position = Some(source.position(error.span().start)),
        Err(_) => {}
    }
    let blank = source.text().trim().is_empty();
    let shown = path.display().to_string();
    let content = reading.map(Content::of);
    let page = Page { path: shown, home: Home::File(path.to_owned()), blank, is_unwanted: false, content, position, notices };
    (source, page)
}

/// What is odd about a page's bytes, told one by one up to a few.
fn odd(source: &Source, oddities: &[Oddity]) -> Vec<Notice> {
    let mut notices: Vec<Notice> =
        oddities.iter().take(ODDITIES).map(|oddity| warning(source, oddity.span, &oddity.message)).collect();
    if let Some(next) = oddities.get(ODDITIES) {
        let more = format!("{} more bytes like these on this page", oddities.len() - ODDITIES);
        notices.push(warning(source, next.span, &more));
    }
    notices
}

/// Something to say about a place of a page that was read all the same.
pub fn warning(source: &Source, span: Span, message: &str) -> Notice {
    Notice {
        level: Level::Warning,
        path: source.path().display().to_string(),
        position: Some(source.position(span.start)),
        message: message.to_owned(),
    }
}
