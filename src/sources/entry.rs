//! A source as a file of sources writes it, and what it means.

use std::collections::BTreeMap;
use std::ops::Range;
use std::path::Path;

use serde::{Deserialize, Serialize};
use toml::Spanned;

use super::index::Index;
use super::mirrors::Mirrors;
use super::pattern::Pattern;
use super::{Feed, Files, Group, Place, address, issues, known};
use crate::catalog::{Given, files};
use crate::config::{self, ConfigError};
use crate::idea::{Program, Term};
use crate::text::Source;

/// The longest name of a source, in bytes: a file is called by it, with up to three for one.
pub(super) const MAX_NAME: usize = 80;

/// A file of sources.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    sources: Vec<Entry>,
    #[serde(default)]
    mirrors: BTreeMap<Spanned<String>, Spanned<String>>,
}

/// The file of what is built in.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct KnownFile {
    sources: Vec<Entry>,
    hosts: Vec<Host>,
    addresses: Vec<address::Written>,
    issues: Vec<issues::Written>,
    trackers: issues::Words,
    index: Index,
}

/// How a host calls its pages.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Host {
    pub(super) repository: String,
    pub(super) page: String,
    pub(super) raw: String,
    pub(super) folder: Option<String>,
}

/// A source, as it is written.
#[derive(Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    #[serde(skip_serializing)]
    name: Spanned<String>,
    #[serde(skip_serializing)]
    about: Option<String>,
    git: Option<Spanned<String>>,
    branch: Option<Spanned<String>>,
    url: Option<Spanned<String>>,
    path: Option<Spanned<String>>,
    directory: Option<Spanned<String>>,
    files: Option<Spanned<Vec<Spanned<String>>>>,
    organization: Option<String>,
    program: Option<String>,
    term: Option<Spanned<String>>,
    #[serde(default)]
    pages: Vec<Pages>,
}

/// Pages of a source, and what they need not say.
#[derive(Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct Pages {
    files: Spanned<Vec<Spanned<String>>>,
    organization: Option<String>,
    program: Option<String>,
    term: Option<Spanned<String>>,
}

/// What a page's term is, where the page does not say.
#[derive(Clone, Debug)]
enum When {
    Term(Term),
    InPath(Pattern),
}

/// The sources of a file, in its order, and its mirrors. `here` is what paths in it are relative to.
///
/// # Errors
///
/// It is no TOML, or something in it makes no sense.
pub(super) fn read(source: &Source, here: &Path) -> Result<(Vec<Feed>, Mirrors), ConfigError> {
    let file: File = config::parse(source, toml::from_str(source.text()))?;
    Ok((Reader { source, here }.feeds(file.sources)?, Mirrors::read(file.mirrors, source)?))
}

/// What the file that is built in says.
pub(super) struct Known {
    pub(super) feeds: Vec<Feed>,
    pub(super) hosts: Vec<Host>,
    pub(super) addresses: Vec<address::Written>,
    pub(super) issues: Vec<issues::Written>,
    pub(super) trackers: issues::Words,
    pub(super) index: Index,
}

/// The file that is built in.
///
/// # Errors
///
/// It is no TOML, or something in it makes no sense.
pub(super) fn read_known(source: &Source) -> Result<Known, ConfigError> {
    let KnownFile { sources, hosts, addresses, issues, trackers, index } = config::parse(source, toml::from_str(source.text()))?;
    Ok(Known { feeds: Reader { source, here: Path::new("") }.feeds(sources)?, hosts, addresses, issues, trackers, index })
}

struct Reader<'a> {
    source: &'a Source,
    here: &'a Path,
}

impl Reader<'_> {
    fn fault(&self, span: Range<usize>, message: String) -> ConfigError {
        config::error(self.source, Some(span), message)
    }

    fn feeds(&self, entries: Vec<Entry>) -> Result<Vec<Feed>, ConfigError> {
        let mut feeds: Vec<Feed> = Vec::new();
        for entry in entries {
            let place = entry.name.span();
            let feed = self.feed(entry)?;
            if feeds.iter().any(|known| known.is_called(&feed.name)) {
                let message = format!("there is a source `{}` above; names differ in more than case", feed.name);
                return Err(self.fault(place, message));
            }
            feeds.push(feed);
        }
        Ok(feeds)
    }

    fn feed(&self, entry: Entry) -> Result<Feed, ConfigError> {
        let named = entry.name.get_ref().trim();
        if named.is_empty() || named.chars().any(char::is_control) || named.len() > MAX_NAME {
            let message = format!("the name of a source is 1 to {MAX_NAME} bytes on one line; `--name` gives it another");
            return Err(self.fault(entry.name.span(), message));
        }
        let named = named.to_owned();
        let Some(place) = self.place(&entry)? else { return self.known(&entry, &named) };
        self.check(&entry, &place)?;
        // Text and lists of it always have a JSON.
        let asked = format!("{place} {}", serde_json::to_string(&entry).unwrap_or_default());
        let above =
            Given { organization: entry.organization, program: entry.program.as_deref().map(Program::from_name), term: None };
        let when = entry.term.map(|term| self.when(&term)).transpose()?;
        let mut groups = Vec::new();
        for pages in entry.pages {
            let given = Given {
                organization: pages.organization.or_else(|| above.organization.clone()),
                program: pages.program.as_deref().map(Program::from_name).or_else(|| above.program.clone()),
                term: None,
            };
            let own = pages.term.map(|term| self.when(&term)).transpose()?;
            groups.push(group(Some(self.patterns(pages.files.get_ref())?), given, own.or_else(|| when.clone())));
        }
        if groups.is_empty() || entry.files.is_some() {
            let files = entry.files.map(|files| self.patterns(files.get_ref())).transpose()?;
            groups.push(group(files, above, when));
        }
        Ok(Feed { name: named, about: entry.about, place, groups, asked })
    }

    /// An entry that says no more than a name means the source that is well known by it.
    fn known(&self, entry: &Entry, name: &str) -> Result<Feed, ConfigError> {
        let says_more = entry.branch.is_some() || entry.files.is_some() || entry.term.is_some() || !entry.pages.is_empty();
        if says_more || entry.organization.is_some() || entry.program.is_some() {
            let message = format!("the source `{name}` has no place: `git`, `url`, `path` or `directory`");
            return Err(self.fault(entry.name.span(), message));
        }
        known::find(name).cloned().ok_or_else(|| self.fault(entry.name.span(), known::unknown(name)))
    }

    /// Refuses what is said about a place that has nothing of the kind.
    fn check(&self, entry: &Entry, place: &Place) -> Result<(), ConfigError> {
        if let (Some(branch), false) = (&entry.branch, matches!(place, Place::Git { .. })) {
            return Err(self.fault(branch.span(), "only a repository (`git`) has a branch".to_owned()));
        }
        let patterns = || entry.files.iter().chain(entry.pages.iter().map(|pages| &pages.files));
        if let Some(files) = patterns().find(|files| files.get_ref().is_empty()) {
            let message = "a list of no files; expected at least one pattern, such as `programs/**/*.md`";
            return Err(self.fault(files.span(), message.to_owned()));
        }
        let one = match place {
            Place::Page(_) => Some("`url` is the address of one page"),
            Place::Directory(_) => Some("`directory` names one address for each organization"),
            _ => None,
        };
        if let (Some(one), Some(files)) = (one, patterns().next()) {
            return Err(self.fault(files.span(), format!("{one}: there is nothing for `files` to choose from")));
        }
        if let (Place::Directory(_), Some(organization)) = (place, &entry.organization) {
            let message = format!("a directory is of many organizations, and not only of `{organization}`");
            return Err(self.fault(entry.name.span(), message));
        }
        Ok(())
    }

    fn place(&self, entry: &Entry) -> Result<Option<Place>, ConfigError> {
        let said: Vec<_> = [&entry.git, &entry.url, &entry.path, &entry.directory].into_iter().flatten().collect();
        if let [_, second, ..] = said.as_slice() {
            let message = "a source has one place: `git`, `url`, `path` or `directory`".to_owned();
            return Err(self.fault(second.span(), message));
        }
        let Some(said) = said.first() else { return Ok(None) };
        let branch = entry.branch.as_ref().map(|branch| branch.get_ref().clone());
        if let (Some(name), Some(said)) = (&branch, &entry.branch)
            && !is_branch(name)
        {
            return Err(self.fault(said.span(), format!("`{name}` is no name of a branch")));
        }
        let place = if entry.git.is_some() {
            Place::git(said.get_ref(), branch)
        } else if entry.url.is_some() {
            Place::page(said.get_ref())
        } else {
            let path = || Place::Path(files::absolute(Path::new(said.get_ref()), self.here));
            match &entry.directory {
                Some(listing) if listing.get_ref().contains("://") => Place::page(listing.get_ref()).map(of_organizations),
                Some(_) => Ok(of_organizations(path())),
                None => Ok(path()),
            }
        };
        place.map(Some).map_err(|error| self.fault(said.span(), error.to_string()))
    }

    fn when(&self, term: &Spanned<String>) -> Result<When, ConfigError> {
        let text = term.get_ref();
        let said = if text.contains('{') {
            match Pattern::read(text) {
                Ok(pattern) if pattern.has("year") => Ok(When::InPath(pattern)),
                Ok(_) => Err("no hole `{year}` in it".to_owned()),
                Err(error) => Err(error.to_string()),
            }
        } else {
            let what = || "neither a year (2026), nor a term (2026-3), nor a pattern ({year})".to_owned();
            Term::exact(text).map(When::Term).ok_or_else(what)
        };
        said.map_err(|why| self.fault(term.span(), format!("`{text}` says no term: {why}")))
    }

    fn patterns(&self, files: &[Spanned<String>]) -> Result<Files, ConfigError> {
        let matcher = config::patterns(files, |span, message| self.fault(span, message))?;
        Ok(Files { said: files.iter().map(|said| said.get_ref().clone()).collect(), matcher })
    }
}

fn of_organizations(place: Place) -> Place {
    Place::Directory(Box::new(place))
}

fn group(files: Option<Files>, given: Given, when: Option<When>) -> Group {
    let (term, pattern) = match when {
        Some(When::Term(term)) => (Some(term), None),
        Some(When::InPath(pattern)) => (None, Some(pattern)),
        None => (None, None),
    };
    Group { files, given: Given { term, ..given }, term: pattern }
}

/// True if git takes it for a branch, and no option.
fn is_branch(name: &str) -> bool {
    let odd = |c: char| c.is_whitespace() || c.is_control() || "~^:?*[\\".contains(c);
    !name.is_empty() && !name.starts_with(['-', '/', '.']) && !name.contains("..") && !name.chars().any(odd)
}
