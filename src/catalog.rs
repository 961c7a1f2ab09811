//! Where pages come from, and everything that was read from them: ideas, profiles, and what could not be read.
//!
//! A catalogue is loaded from origins: the bundled pages, files and folders, standard input. One bad page never hides the
//! good ones: it becomes a [`Notice`], and the rest is answered. Pages are read one by one and dropped; what stays is ideas.

mod bundled;
mod folder;

use std::collections::HashMap;
use std::fmt;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use crate::idea::{Idea, Profile, slug};
use crate::layout::{self, ReadError, Reading};
use crate::text::{Position, Source, Span};

/// What stands for the path of standard input.
pub const STDIN: &str = "<stdin>";

/// Where pages come from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// The catalogue inside the program.
    Bundled,
    /// A file or a folder.
    Path(PathBuf),
    /// Standard input: one page.
    Stdin,
}

impl Origin {
    /// The origin that a user names: a path, or `-` for standard input.
    pub fn from_name(name: &str) -> Self {
        if name == "-" { Origin::Stdin } else { Origin::Path(name.into()) }
    }
}

/// How serious a notice is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
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
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// How serious it is.
    pub level: Level,
    /// The page, file or folder.
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
    /// The profiles of projects.
    pub profiles: Vec<Profile>,
    /// What there is to say about the inputs, in the same order.
    pub notices: Vec<Notice>,
    stdin: Option<Source>,
    /// True if the bundled pages are in it: a folder on disk may hold pages of the same paths.
    bundled: bool,
}

impl Catalog {
    /// Loads the origins, in order. What cannot be read is told in [`Catalog::notices`].
    pub fn load(origins: &[Origin]) -> Self {
        let mut catalog = Catalog::default();
        for origin in origins {
            match origin {
                Origin::Bundled => {
                    catalog.bundled = true;
                    catalog.add_all(bundled::read());
                }
                Origin::Stdin => catalog.add_stdin(),
                Origin::Path(path) if path.is_dir() => catalog.add_folder(path),
                Origin::Path(path) => {
                    let page = read_file(path);
                    catalog.add(page, true);
                }
            }
        }
        assign_ids(&mut catalog.ideas);
        catalog
    }

    /// True if an input that was asked for could not be read.
    pub fn has_errors(&self) -> bool {
        self.notices.iter().any(|notice| notice.level == Level::Error)
    }

    /// The page that an idea stands on, read again.
    pub fn source_of(&self, idea: &Idea) -> io::Result<Source> {
        let path = idea.source.path.as_str();
        if let Some(stdin) = self.stdin.as_ref().filter(|_| path == STDIN) {
            return Ok(stdin.clone());
        }
        if let Some(source) = bundled::source(path).filter(|_| self.bundled) {
            return Ok(source);
        }
        Ok(Source::decode(path, std::fs::read(path)?).0)
    }

    fn add_stdin(&mut self) {
        let mut bytes = Vec::new();
        if let Err(error) = io::stdin().lock().read_to_end(&mut bytes) {
            self.say(Level::Error, STDIN, format!("cannot be read: {error}"));
            return;
        }
        if bytes.iter().all(u8::is_ascii_whitespace) {
            self.say(Level::Note, STDIN, "is empty: no ideas".to_owned());
            return;
        }
        let page = read_bytes(Path::new(STDIN), bytes);
        self.add(page, true);
    }

    fn add_folder(&mut self, path: &Path) {
        let (pages, mut notices) = folder::read(path);
        self.notices.append(&mut notices);
        if pages.is_empty() {
            let kinds = folder::EXTENSIONS.map(|extension| format!(".{extension}")).join(", ");
            self.say(Level::Error, &path.display().to_string(), format!("holds no pages ({kinds})"));
            return;
        }
        let silent = self.add_all(pages);
        if silent > 0 {
            let pages = if silent == 1 { "1 page holds".to_owned() } else { format!("{silent} pages hold") };
            self.say(
                Level::Note,
                &path.display().to_string(),
                format!("{pages} no idea; name a page with --catalog to learn why"),
            );
        }
    }

    /// Adds the pages of a collection; returns how many hold neither idea nor profile.
    fn add_all(&mut self, pages: Vec<Page>) -> usize {
        let mut silent = 0;
        for page in pages {
            silent += usize::from(self.add(page, false));
        }
        silent
    }

    /// Adds what a page holds; true if it holds nothing. `named`: the user asked for this very page.
    fn add(&mut self, mut page: Page, named: bool) -> bool {
        self.notices.append(&mut page.notices);
        let path = page.path;
        let reading = match page.reading {
            Ok(reading) => reading,
            Err(PageError::Json(error)) if !named => {
                // A folder may hold any JSON; only what looks like an export is missed.
                let level = if matches!(error, ReadError::NotAnExport) { Level::Note } else { Level::Warning };
                self.notices.push(Notice { level, path, position: page.position, message: format!("skipped: {error}") });
                return false;
            }
            Err(error) => {
                self.notices.push(Notice { level: Level::Error, path, position: page.position, message: error.to_string() });
                return false;
            }
        };
        let nothing = reading.ideas.is_empty() && reading.profile.is_none();
        if named && reading.ideas.is_empty() {
            let message = match &reading.profile {
                Some(profile) => format!("is a profile of the project {}; it proposes no ideas", profile.name.value),
                None => {
                    "holds no ideas: nothing on it has a title and two of mentors, skills, difficulty, size and issue".to_owned()
                }
            };
            self.say(Level::Note, &path, message);
        }
        self.ideas.extend(reading.ideas);
        self.profiles.extend(reading.profile);
        self.stdin = self.stdin.take().or(page.source);
        nothing
    }

    fn say(&mut self, level: Level, path: &str, message: String) {
        self.notices.push(Notice { level, path: path.to_owned(), position: None, message });
    }
}

/// A page that was read, or why it was not.
struct Page {
    path: String,
    reading: Result<Reading, PageError>,
    position: Option<Position>,
    notices: Vec<Notice>,
    /// The text, if it cannot be read again.
    source: Option<Source>,
}

#[derive(Debug, thiserror::Error)]
enum PageError {
    #[error("cannot be read: {0}")]
    Io(String),
    #[error("{0}")]
    Json(ReadError),
}

fn read_file(path: &Path) -> Page {
    match std::fs::read(path) {
        Ok(bytes) => read_bytes(path, bytes),
        Err(error) => Page {
            path: path.display().to_string(),
            reading: Err(PageError::Io(why(&error))),
            position: None,
            notices: Vec::new(),
            source: None,
        },
    }
}

/// An I/O error in words, without the number that the system gives it.
fn why(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "there is no such file or folder".to_owned(),
        io::ErrorKind::PermissionDenied => "permission denied".to_owned(),
        _ => error.to_string(),
    }
}

/// How many oddities of one page are told one by one.
const ODDITIES: usize = 3;

fn read_bytes(path: &Path, bytes: Vec<u8>) -> Page {
    let (source, oddities) = Source::decode(path, bytes);
    let shown = path.display().to_string();
    let notice = |span: Span, message: String| Notice {
        level: Level::Warning,
        path: shown.clone(),
        position: Some(source.position(span.start)),
        message,
    };
    let mut notices: Vec<Notice> =
        oddities.iter().take(ODDITIES).map(|oddity| notice(oddity.span, oddity.message.clone())).collect();
    if let Some(next) = oddities.get(ODDITIES) {
        notices.push(notice(next.span, format!("{} more bytes like these on this page", oddities.len() - ODDITIES)));
    }
    let reading = layout::read(&source);
    let position = reading.as_ref().err().map(|error| source.position(error.span().start));
    if let Ok(reading) = &reading {
        notices.extend(reading.problems.iter().map(|problem| notice(problem.span, problem.message.clone())));
    }
    let keep = path == Path::new(STDIN);
    Page { path: shown, reading: reading.map_err(PageError::Json), position, notices, source: keep.then_some(source) }
}

/// Gives every idea its id: the slug of project and title; the second of the same name gets its term, or a number.
fn assign_ids(ideas: &mut [Idea]) {
    let mut taken: HashMap<String, usize> = HashMap::with_capacity(ideas.len());
    for idea in ideas {
        let name = match &idea.project {
            Some(project) => slug(&format!("{} {}", project.value, idea.title.value)),
            None => slug(&idea.title.value),
        };
        let name = if name.is_empty() { "idea".to_owned() } else { name };
        let mut id = name.clone();
        if taken.contains_key(&id)
            && let Some(term) = &idea.term
        {
            id = format!("{name}-{}", term.value);
        }
        while taken.contains_key(&id) {
            let count = taken.entry(name.clone()).or_insert(1);
            *count += 1;
            id = format!("{name}-{count}");
        }
        taken.insert(id.clone(), 1);
        idea.id = id;
    }
}
