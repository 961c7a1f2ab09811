//! Directories: the organizations of a programme, each with the address of its ideas. One is a source whose pages are
//! those of all its organizations; each of them is fetched, kept and told of by itself, as `SOURCE/SLUG`.
//!
//! A directory is a file of TOML (`schemas/organizations/` has those that are built in), or the public listing of a programme as
//! its web site gives it, in JSON.

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::{Feed, Group, Place};
use crate::catalog::Given;
use crate::config::{self, ConfigError};
use crate::idea;
use crate::query::words::Words;
use crate::store::{StateError, Store, Writer, digest};
use crate::text::Source;

/// The files that are built in, by the paths that `schemas/sources.toml` names.
const BUNDLED: [(&str, &str); 1] =
    [("schemas/organizations/gsoc-2026.toml", include_str!("../../schemas/organizations/gsoc-2026.toml"))];

/// The longest slug, in bytes.
const MAX_SLUG: usize = 64;

/// The most organizations that a directory may have.
const MOST: usize = 2000;

/// The organizations of a programme.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Directory {
    /// The address of the programme's own listing, if there is one.
    pub listing: Option<String>,
    /// The digest of the file that it was read from, or that stood there when its listing was asked.
    #[serde(skip)]
    file: Option<String>,
    /// The organizations.
    pub organizations: Vec<Organization>,
}

/// What is kept of a directory whose listing was asked.
#[derive(Debug, Deserialize, Serialize)]
struct Kept {
    /// The digest of the file that names the listing: if that is another by now, the file counts.
    file: Option<String>,
    directory: Directory,
}

/// An organization.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Organization {
    /// What it is called.
    pub name: String,
    /// What it is called in addresses and names of sources; made of the name where it is missing.
    #[serde(default)]
    pub slug: String,
    /// Where its ideas are.
    pub ideas: Option<String>,
    /// Its web site.
    pub website: Option<String>,
    /// What it works with.
    #[serde(default)]
    pub technologies: Vec<String>,
    /// What it works on.
    #[serde(default)]
    pub topics: Vec<String>,
}

/// An organization as the listing of Google Summer of Code has it.
#[derive(Debug, Deserialize)]
struct Listed {
    name: String,
    #[serde(default)]
    slug: String,
    ideas_list_url: Option<String>,
    website_url: Option<String>,
    #[serde(default)]
    tech_tags: Vec<String>,
    #[serde(default)]
    topic_tags: Vec<String>,
}

/// A listing, in one of its two shapes.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum Listing {
    Bare(Vec<Listed>),
    Named { organizations: Vec<Listed> },
}

/// Why a listing is none.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ListingError {
    /// It is no JSON of a listing.
    #[error("is no listing of organizations (a JSON list of objects with `name` and `ideas_list_url`): {0}")]
    Shape(String),
    /// There are none.
    #[error("lists no organizations")]
    Empty,
    /// There are too many.
    #[error("lists more than {MOST} organizations")]
    TooMany,
}

impl Directory {
    /// The directory of a file of TOML.
    ///
    /// # Errors
    ///
    /// It is no TOML, or something in it makes no sense.
    pub fn read(source: &Source) -> Result<Self, ConfigError> {
        let directory: Directory = config::parse(source, toml::from_str(source.text()))?;
        directory.cleaned().map_err(|error| config::error(source, None, error.to_string()))
    }

    /// The directory that a programme's listing makes.
    ///
    /// # Errors
    ///
    /// It is no such listing, or an empty one.
    pub fn from_listing(bytes: &[u8], address: &str) -> Result<Self, ListingError> {
        let listing = serde_json::from_slice(bytes).map_err(|error| ListingError::Shape(error.to_string()))?;
        let (Listing::Bare(listed) | Listing::Named { organizations: listed }) = listing;
        let organization = |listed: Listed| Organization {
            name: listed.name,
            slug: listed.slug,
            ideas: listed.ideas_list_url,
            website: listed.website_url,
            technologies: listed.tech_tags,
            topics: listed.topic_tags,
        };
        let organizations = listed.into_iter().map(organization).collect();
        Directory { listing: Some(address.to_owned()), file: None, organizations }.cleaned()
    }

    /// The same with names on one line and slugs that differ; what has no name is left out.
    fn cleaned(mut self) -> Result<Self, ListingError> {
        let line = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        let (mut slugs, mut numbers): (HashSet<String>, HashMap<String, usize>) = Default::default();
        self.organizations.retain(|organization| !line(&organization.name).is_empty());
        match self.organizations.len() {
            0 => return Err(ListingError::Empty),
            count if count > MOST => return Err(ListingError::TooMany),
            _ => {}
        }
        for organization in &mut self.organizations {
            organization.name = line(&organization.name);
            organization.ideas = organization.ideas.take().map(|url| url.trim().to_owned()).filter(|url| !url.is_empty());
            let said = if organization.slug.trim().is_empty() { &organization.name } else { &organization.slug };
            let slug = slug(said);
            let numbered = |n: usize| if n == 1 { slug.clone() } else { format!("{slug}-{n}") };
            // The numbers below are taken, too.
            let next = numbers.entry(slug.clone()).or_insert(1);
            organization.slug = loop {
                let free = numbered(*next);
                *next += 1;
                if slugs.insert(free.clone()) {
                    break free;
                }
            };
        }
        Ok(self)
    }
}

/// A slug that is not too long.
fn slug(text: &str) -> String {
    let mut slug = idea::slug(text);
    while slug.len() > MAX_SLUG {
        slug.pop();
    }
    if slug.is_empty() { "organization".to_owned() } else { slug }
}

impl Feed {
    /// The directory, if this source is one: as the programme's listing had it when it was asked for, else as its file
    /// says. `None` if it is only a listing, and was not asked for yet.
    ///
    /// # Errors
    ///
    /// The file cannot be read, or makes no sense.
    pub fn directory(&self, store: &Store) -> Result<Option<Directory>, ConfigError> {
        let Place::Directory(place) = &self.place else { return Ok(None) };
        let kept = store.directory(&self.name).and_then(|bytes| serde_json::from_slice::<Kept>(&bytes).ok());
        let Place::Path(path) = &**place else { return Ok(kept.map(|kept| kept.directory)) };
        let source = match BUNDLED.iter().find(|(bundled, _)| Path::new(bundled) == path) {
            Some((_, text)) => Source::new(path.clone(), *text),
            None => config::read(path, &PathBuf::new())?,
        };
        let file = Some(digest(source.text().as_bytes()));
        let directory = match kept.filter(|kept| kept.file == file) {
            Some(kept) => kept.directory,
            None => Directory::read(&source)?,
        };
        Ok(Some(Directory { file, ..directory }))
    }

    /// The address of the listing that this directory can be asked for anew.
    pub fn listing(&self, directory: Option<&Directory>) -> Option<String> {
        match &self.place {
            Place::Directory(place) => match &**place {
                Place::Page(url) => Some(url.clone()),
                _ => directory?.listing.clone(),
            },
            _ => None,
        }
    }

    /// The sources of the organizations; those that name no address have none.
    pub fn members(&self, directory: &Directory) -> Vec<Feed> {
        let given = self.groups.first().map(|group| group.given.clone()).unwrap_or_default();
        let member = |organization: &Organization| {
            let url = organization.ideas.clone()?;
            let given = Given { organization: Some(organization.name.clone()), ..given.clone() };
            let asked = format!("{url} {:?} {:?} {:?}", given.organization, given.program, given.term);
            let groups = vec![Group { files: None, given, term: None }];
            let about = Some(organization.name.clone());
            Some(Feed { name: self.member_name(&organization.slug), about, place: Place::Page(url), groups, asked })
        };
        directory.organizations.iter().filter_map(member).collect()
    }

    /// What the source of an organization is called: `gsoc/2026/llvm`.
    pub fn member_name(&self, slug: &str) -> String {
        format!("{}/{slug}", self.name)
    }

    /// True if the source of that name would be one of this directory's.
    pub fn is_above(&self, name: &str) -> bool {
        let is_directory = matches!(self.place, Place::Directory(_));
        let Some((begin, rest)) = name.split_at_checked(self.name.len()) else { return false };
        is_directory && super::is_same_name(begin, &self.name) && rest.len() > 1 && rest.starts_with('/')
    }

    /// True if its organization, or the last part of its name, is called so.
    pub fn is_of(&self, organization: &Words) -> bool {
        let given = self.groups.iter().filter_map(|group| group.given.organization.as_deref());
        given.chain(self.name.rsplit('/').next()).any(|name| organization.are_in(name))
    }
}

/// Keeps a directory as its listing has it now, in place of what was `known`.
///
/// # Errors
///
/// It cannot be written.
pub fn keep(writer: &Writer, source: &str, listing: &Directory, known: Option<&Directory>) -> Result<(), StateError> {
    let kept = Kept { file: known.and_then(|known| known.file.clone()), directory: listing.clone() };
    // Text and lists of it always have a JSON.
    writer.keep_directory(source, &serde_json::to_string(&kept).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::sources::{address, known};

    #[test]
    fn what_is_built_in_can_be_fetched() {
        let store = Store::at(PathBuf::from("/nowhere"));
        let feed = known::find("gsoc/2026").unwrap();
        let directory = feed.directory(&store).unwrap().unwrap();
        let members = feed.members(&directory);
        assert_eq!((directory.organizations.len(), members.len()), (184, 184));
        for member in &members {
            let Place::Page(url) = &member.place else { panic!("{}", member.name) };
            assert!(Place::page(url).is_ok() && !address::requests(url).is_empty(), "{url}");
            assert!(member.name.len() <= 80 && feed.is_above(&member.name), "{}", member.name);
        }
        assert!(["gsoc/2026", "gsoc/2026/", "gsoc/2026-x/llvm", "gsoc"].iter().all(|name| !feed.is_above(name)));
        let given = members[0].given_to_one("");
        assert_eq!(given.organization.as_deref(), Some("52°North Spatial Information Research GmbH"));
        assert_eq!(given.term.map(|term| term.to_string()).as_deref(), Some("2026"));
        let named = |said: &str| members.iter().filter(|it| it.is_of(&Words::read(said).unwrap())).count();
        assert_eq!([named("llvm"), named("52north"), named("LLVM Compiler"), named("llv")], [1, 1, 1, 0]);
    }

    /// What is asked for first to get the ideas of an organization, in a word.
    fn kind(url: &str) -> &'static str {
        let first = &address::requests(url)[0];
        match first.answer {
            address::Answer::Page if first.url.contains("raw.githubusercontent.com/wiki/") => "wiki of GitHub, raw",
            address::Answer::Page if first.url.ends_with("/HEAD/README.md") => "README, raw",
            address::Answer::Page if first.url.contains("/export?format=html") => "Google document, export",
            address::Answer::Page if first.url.ends_with("action=render") => "MediaWiki, rendered",
            address::Answer::Page if first.accept.is_some() => "file, as HTML by the API",
            address::Answer::Page if first.is_api => "file, raw",
            address::Answer::Page => "page",
            address::Answer::GithubIssue | address::Answer::GitlabIssue => "issue",
            address::Answer::GithubIssues | address::Answer::GitlabIssues => "issues",
            address::Answer::GithubDiscussion | address::Answer::GithubDiscussions => "discussions",
            address::Answer::GitlabWiki => "wiki of GitLab, raw",
            address::Answer::Confluence => "Confluence, its text",
            address::Answer::DiscourseTopic | address::Answer::DiscourseTopics => "Discourse, its posts",
        }
    }

    #[test]
    fn every_organization_is_asked_in_the_way_of_its_host() {
        let feed = known::find("gsoc/2026").unwrap();
        let directory = feed.directory(&Store::at(PathBuf::from("/nowhere"))).unwrap().unwrap();
        let mut kinds: BTreeMap<&str, usize> = BTreeMap::new();
        for organization in &directory.organizations {
            *kinds.entry(kind(organization.ideas.as_deref().unwrap())).or_default() += 1;
        }
        let kinds: Vec<(&str, usize)> = kinds.into_iter().collect();
        assert_eq!(
            kinds,
            [
                ("Confluence, its text", 4),
                ("Discourse, its posts", 1),
                ("Google document, export", 9),
                ("MediaWiki, rendered", 18),
                ("README, raw", 4),
                ("discussions", 3),
                ("file, as HTML by the API", 1),
                ("file, raw", 32),
                ("issue", 1),
                ("issues", 6),
                ("page", 75),
                ("wiki of GitHub, raw", 29),
                ("wiki of GitLab, raw", 1),
            ]
        );
    }

    #[test]
    fn listings_are_directories() {
        let listed = r#"{"name": " Example\n Org ", "slug": "", "ideas_list_url": "https://example.org/ideas ", "tech_tags": ["rust"], "logo": 1}"#;
        let named =
            r#"{"name": "Example-Org!", "slug": "example-org", "ideas_list_url": "", "website_url": "https://example.org/"}"#;
        for listing in [format!("[{listed}, {named}]"), format!("{{\"organizations\": [{listed}, {named}], \"next\": null}}")] {
            let directory = Directory::from_listing(listing.as_bytes(), "https://example.org/api").unwrap();
            let told: Vec<_> = directory.organizations.iter().map(|it| (&*it.name, &*it.slug, it.ideas.as_deref())).collect();
            assert_eq!(
                told,
                [("Example Org", "example-org", Some("https://example.org/ideas")), ("Example-Org!", "example-org-2", None)]
            );
        }
        assert_eq!(Directory::from_listing(b"[]", ""), Err(ListingError::Empty));
        assert!(matches!(Directory::from_listing(b"<html>", ""), Err(ListingError::Shape(_))));
    }

    #[test]
    fn files_are_checked() {
        let read = |text: &str| Directory::read(&Source::new("ours.toml", text)).map_err(|error| error.to_string());
        let one = read("[[organizations]]\nname = \"A & B\"\nideas = \"https://example.org/\"\n").unwrap();
        assert_eq!(one.organizations[0].slug, "a-b");
        assert!(read("[[organizations]]\nname = \"A\"\nidea = \"x\"\n").unwrap_err().contains("did you mean `ideas`?"));
        assert_eq!(read("organizations = []\n").unwrap_err(), "ours.toml: lists no organizations");
    }
}
