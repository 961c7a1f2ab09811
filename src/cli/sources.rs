//! `ideas sources`: where pages are fetched from. It lists what is known and what is the user's, adds, and removes.

use std::borrow::Cow;
use std::env;

use anyhow::{Context, bail};
use clap::{Subcommand, ValueHint};
use serde::Serialize;

use crate::catalog::Level;
use crate::render::Format;
use crate::render::facets::{FacetColumn, write};
use crate::sources::own::{Addition, Own};
use crate::sources::place::PlaceError;
use crate::sources::{Feed, Place, is_same_name, known};
use crate::spelling::nearest;
use crate::store::{Manifest, StateError, Store};

use super::completions::values;
use super::organizations::problem;
use super::origins::whence;
use super::orphans::{orphaned, orphans};
use super::sync::{day, lock};
use super::{Exit, GlobalArgs, Session, as_typed};

const EXAMPLES: &str = "\
Examples:
  ideas sources list
  ideas sources add cncf/mentoring                       a well-known one, by its name
  ideas sources add https://github.com/o/r --glob 'programs/**/*.md' --organization Ours
  ideas sources add https://github.com/o/r/blob/main/ideas.md --program gsoc --term 2026
  ideas sources add ~/notes/ideas.md --name notes
  ideas sources remove notes";

const LIST_EXAMPLES: &str = "\
Examples:
  ideas sources list                   name, kind, place, when it was fetched, how many ideas
  ideas sources list --format json     with the number of pages, and what each is";

const ADD_EXAMPLES: &str = "\
Examples:
  ideas sources add cncf/mentoring               a well-known one, by its name
  ideas sources add https://github.com/o/r/blob/main/ideas.md --program gsoc --term 2026
  ideas sources add https://example.org/pages.git --branch next --glob 'ideas/*.md'
  ideas sources add ./organizations.toml --directory --program gsoc --term 2026
  ideas sources add owner/name --glob 'programs/**' --term 'programs/{year}/{part}-*/**'
  ideas sources add ./notes --organization Ours";

const REMOVE_EXAMPLES: &str = "\
Examples:
  ideas sources remove cncf/mentoring            it stays known, and can be added again";

/// What `ideas sources` takes.
#[derive(Clone, Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    #[command(subcommand)]
    action: Action,
}

#[derive(Clone, Debug, Subcommand)]
enum Action {
    /// List your sources and those that are known
    #[command(visible_alias = "ls")]
    List(ListArgs),
    /// Add a source: a well-known one, a file or folder, a page's address, or a repository
    Add(Box<AddArgs>),
    /// Remove sources, and what was fetched from them
    #[command(visible_alias = "rm")]
    Remove(RemoveArgs),
}

#[derive(Clone, Debug, clap::Args)]
#[command(after_help = LIST_EXAMPLES)]
struct ListArgs {
    /// How to write them
    #[arg(long, value_name = "FORMAT", value_enum, ignore_case = true, default_value_t, help_heading = "Output")]
    format: Format,
}

#[derive(Clone, Debug, clap::Args)]
#[command(after_help = ADD_EXAMPLES)]
struct AddArgs {
    /// A well-known name, a path, an http(s) address, or a repository: owner/name (on GitHub), https://….git, ssh://, file://
    #[arg(value_name = "SOURCE", add = values::sources(), value_hint = ValueHint::AnyPath)]
    place: String,

    /// What to call it
    #[arg(long, value_name = "NAME")]
    name: Option<String>,

    /// Which files of a repository or folder are pages, as in .gitignore; all Markdown, HTML and JSON without it
    #[arg(long = "glob", value_name = "PATTERN")]
    globs: Vec<String>,

    /// It is a directory: a file of organizations, or the address of a programme's listing
    ///
    /// A file of TOML names organizations, each with the address of its ideas, as `schemas/organizations/gsoc-2026.toml` does; a
    /// listing is JSON as the web site of Google Summer of Code gives it. Each organization is fetched by itself.
    #[arg(long, conflicts_with_all = ["globs", "branch", "organization"])]
    directory: bool,

    /// The branch of a repository, if not the default one
    #[arg(long, value_name = "NAME")]
    branch: Option<String>,

    /// Whose ideas they are, where a page does not say
    #[arg(long, value_name = "NAME")]
    organization: Option<String>,

    /// The programme, where a page does not say: gsoc, lfx, or another by its name
    #[arg(long, value_name = "NAME")]
    program: Option<String>,

    /// The term, where a page does not say: 2026, 2026-1, or a pattern for its path such as `{year}/{part}-*/**`
    #[arg(long, value_name = "TERM")]
    term: Option<String>,
}

#[derive(Clone, Debug, clap::Args)]
#[command(after_help = REMOVE_EXAMPLES)]
struct RemoveArgs {
    /// Their names
    #[arg(value_name = "NAME", required = true, add = values::own_sources())]
    names: Vec<String>,
}

/// A source, as it is listed.
#[derive(Debug, Serialize)]
struct Row {
    name: String,
    /// What kind of place it has, and where that is: of a source that is known, or still one of the user's.
    kind: Option<&'static str>,
    place: Option<String>,
    /// `ideas sync` fetches it.
    used: bool,
    /// When it was fetched last.
    fetched: Option<String>,
    ideas: Option<usize>,
    pages: Option<usize>,
    /// Why it could not be fetched the last time, and when that was.
    problem: Option<String>,
    failed: Option<String>,
    about: Option<String>,
}

static COLUMNS: [FacetColumn<Row>; 7] = [
    FacetColumn::text("name", |row| Cow::from(&row.name)),
    FacetColumn::text("kind", |row| Cow::from(row.kind.unwrap_or_default())),
    FacetColumn::text("used", |row| Cow::from(if row.used { "yes" } else { "" })),
    FacetColumn::text("fetched", |row| Cow::from(row.fetched.as_deref().map_or("", day))),
    FacetColumn::text("ideas", |row| Cow::from(row.ideas.map(|ideas| ideas.to_string()).unwrap_or_default())),
    FacetColumn::text("place", |row| Cow::from(row.place.as_deref().unwrap_or_default())),
    FacetColumn::text("problem", |row| problem(row.problem.as_deref(), row.failed.as_deref())),
];

impl Args {
    pub(super) fn run(&self, global: &GlobalArgs, session: &mut Session<'_>) -> anyhow::Result<Exit> {
        match &self.action {
            Action::List(args) => args.run(global, session),
            Action::Add(args) => args.run(global, session),
            Action::Remove(args) => args.run(global, session),
        }
    }
}

impl Row {
    /// A source, and what was fetched from it; one that has no feed is none any more.
    fn new(name: &str, feed: Option<&Feed>, used: bool, manifest: Option<&Manifest>) -> Self {
        Row {
            name: name.to_owned(),
            kind: feed.map(|feed| feed.place.kind()),
            place: feed.map(|feed| feed.place.to_string()),
            used,
            fetched: manifest.map(|manifest| manifest.fetched.clone()),
            ideas: manifest.map(Manifest::ideas),
            pages: manifest.map(|manifest| manifest.pages.len()),
            problem: None,
            failed: None,
            about: feed.and_then(|feed| feed.about.clone()),
        }
    }

    /// A directory, and what was fetched of its organizations.
    fn of_directory(feed: &Feed, manifests: impl Iterator<Item = Manifest>) -> Self {
        let mut row = Row::new(&feed.name, Some(feed), true, None);
        for manifest in manifests {
            row.ideas = Some(row.ideas.unwrap_or(0) + manifest.ideas());
            row.pages = Some(row.pages.unwrap_or(0) + manifest.pages.len());
            row.fetched = row.fetched.max(Some(manifest.fetched));
        }
        row
    }
}

impl ListArgs {
    fn run(&self, global: &GlobalArgs, session: &mut Session<'_>) -> anyhow::Result<Exit> {
        let (own, store) = (Own::open()?, Store::open()?);
        let mut exit = Exit::Done;
        let mut rows = Vec::new();
        for feed in &own.feeds {
            if matches!(feed.place, Place::Directory(_)) {
                let manifests = store.manifests()?.into_iter().flatten();
                rows.push(Row::of_directory(feed, manifests.filter(|manifest| feed.is_above(&manifest.source))));
                continue;
            }
            let manifest = match store.manifest(&feed.name) {
                Ok(manifest) => manifest,
                Err(error) if error.of.is_none() => return Err(error.into()),
                Err(error) => {
                    exit = Exit::Failed;
                    global.say(Level::Error, &error.to_string(), session)?;
                    None
                }
            };
            rows.push(Row::new(&feed.name, Some(feed), true, manifest.as_ref()));
        }
        let orphans = orphans(&own, &store)?;
        let gone = |name: &str| orphans.iter().flatten().find(|manifest| is_same_name(&manifest.source, name));
        for manifest in orphans.iter().flatten().filter(|manifest| known::find(&manifest.source).is_none()) {
            rows.push(Row::new(&manifest.source, None, false, Some(manifest)));
        }
        for feed in own.and_known().skip(own.feeds.len()) {
            rows.push(Row::new(&feed.name, Some(feed), false, gone(&feed.name)));
        }
        let failures = store.failures();
        for row in &mut rows {
            let failure = failures.get(&row.name.to_lowercase());
            row.problem = failure.map(|failure| failure.why.clone());
            row.failed = failure.map(|failure| failure.at.clone());
        }
        global.page(session, |look, out| Ok(write(self.format, &rows, &COLUMNS, look, out)?))?;
        for orphan in &orphans {
            match orphan {
                Ok(manifest) => global.say(Level::Note, &orphaned(&manifest.source), session)?,
                Err(error) => {
                    exit = Exit::Failed;
                    let forget = |name: &String| format!("; `ideas sources remove {}` forgets it", as_typed(name));
                    let forget = error.of.as_ref().map(forget).unwrap_or_default();
                    global.say(Level::Error, &format!("{error}{forget}"), session)?;
                }
            }
        }
        // Settings that make no sense are told by the commands that need them.
        if let Ok(origins) = global.origins() {
            global.say(Level::Note, &whence(&origins), session)?;
        }
        Ok(exit)
    }
}

impl AddArgs {
    fn run(&self, global: &GlobalArgs, session: &mut Session<'_>) -> anyhow::Result<Exit> {
        let new = self.addition()?;
        // Two who add at once would undo each other.
        let _writer = lock(&Store::open()?, true, global, session)?;
        let mut own = Own::open()?;
        let feed = own.add(&new)?;
        let message = format!("added `{}` ({}); `ideas sync` fetches it", feed.name, feed.place.kind());
        global.say(Level::Note, &message, session)?;
        let same = |other: &&Feed| other.place == feed.place && !other.is_called(&feed.name);
        if let Some(Feed { name, .. }) = own.feeds.iter().find(same) {
            let message = format!("`{name}` is at the same place; ideas that both have are listed twice");
            global.say(Level::Note, &message, session)?;
        }
        Ok(Exit::Done)
    }

    fn addition(&self) -> anyhow::Result<Addition> {
        if let Some(known) = Addition::known(&self.place) {
            let says_more = self.name.is_some() || self.branch.is_some() || !self.globs.is_empty();
            if says_more || self.organization.is_some() || self.program.is_some() || self.term.is_some() {
                bail!(
                    "`{}` is well known, with all that there is to say about it; to say something else, give its address",
                    known.name
                );
            }
            return Ok(known);
        }
        let here = env::current_dir().context("the current folder is unknown")?;
        if !here.join(&self.place).exists()
            && let Some(meant) = known::slip(&self.place)
        {
            bail!(
                "no source is known by the name `{0}`; did you mean `{meant}`? If it is a repository of its own, say https://github.com/{0}",
                self.place
            );
        }
        let place = match Place::meant(&self.place, &here) {
            // As it stands in a browser, with the branch that is shown.
            Err(PlaceError::Folder { .. }) if self.branch.is_none() && self.globs.is_empty() => {
                return Ok(self.described(Addition::at(&self.place, &here)?));
            }
            place => place.map_err(|error| {
                let meant = known::near(&self.place).map(|known| format!("; did you mean `{known}`?")).unwrap_or_default();
                anyhow::anyhow!("{error}{meant}")
            })?,
        };
        let place = match place {
            Place::Path(_) | Place::Page(_) if self.directory => Place::Directory(Box::new(place)),
            Place::Git { .. } if self.directory => bail!("`{}` is a repository, and no directory of organizations", self.place),
            place => place,
        };
        let place = match (place, &self.branch) {
            (Place::Git { url, .. }, Some(branch)) => Place::Git { url, branch: Some(branch.clone()) },
            (place, None) => place,
            (_, Some(_)) => bail!("only a repository has a branch, and `{}` is none", self.place),
        };
        match &place {
            Place::Directory(place) if matches!(&**place, Place::Path(path) if !path.is_file()) => {
                bail!("{}: there is no such file", self.place)
            }
            Place::Path(path) if !path.exists() => bail!("{}: there is no such file or folder", self.place),
            Place::Path(path) if path.is_dir() => {}
            Place::Git { .. } | Place::Directory(_) => {}
            _ if !self.globs.is_empty() => bail!("`{}` is one page: there is nothing for --glob to choose from", self.place),
            _ => {}
        }
        let (name, files) = (place.name(), self.globs.clone());
        Ok(self.described(Addition { name, place: Some(place), files, organization: None, program: None, term: None }))
    }

    /// The same with what the call says about it.
    fn described(&self, new: Addition) -> Addition {
        Addition {
            name: self.name.clone().unwrap_or(new.name),
            organization: self.organization.clone(),
            program: self.program.clone(),
            term: self.term.clone(),
            ..new
        }
    }
}

impl RemoveArgs {
    fn run(&self, global: &GlobalArgs, session: &mut Session<'_>) -> anyhow::Result<Exit> {
        let store = Store::open()?;
        // A call that makes no sense is refused before it waits, and leaves nothing behind.
        self.removable(&Own::open()?, &store)?;
        let writer = lock(&store, true, global, session)?;
        let mut own = Own::open()?;
        for name in self.removable(&own, &store)? {
            let below = own.find(&name).map(|feed| below(feed, &store)).transpose()?.unwrap_or_default();
            // Whoever is stopped in between still finds what was fetched, and the same call forgets it.
            own.remove(&name)?;
            let all = || std::iter::once(&name).chain(&below);
            for source in all() {
                writer.forget(source).with_context(|| format!("{source}: what was fetched cannot be removed"))?;
            }
            // Why they failed matters no more without them.
            let _ = writer.keep_failures(all().map(|source| (source.clone(), None)));
            global.say(Level::Note, &format!("removed `{name}`"), session)?;
        }
        Ok(Exit::Done)
    }

    /// The sources as they are called, each once. Nothing is removed if one of them is none.
    fn removable(&self, own: &Own, store: &Store) -> anyhow::Result<Vec<String>> {
        let orphans = orphans(own, store)?;
        let orphans = orphans.into_iter().filter_map(named);
        let all: Vec<String> = own.feeds.iter().map(|feed| feed.name.clone()).chain(orphans).collect();
        let mut names: Vec<String> = Vec::new();
        for wanted in &self.names {
            let Some(name) = all.iter().find(|name| is_same_name(name, wanted)) else { bail!("{}", not_yours(wanted, &all)) };
            if !names.contains(name) {
                names.push(name.clone());
            }
        }
        Ok(names)
    }
}

/// The sources of a directory's organizations that were fetched, or could not be.
fn below(feed: &Feed, store: &Store) -> Result<Vec<String>, StateError> {
    let all = store.manifests()?.into_iter().filter_map(named).chain(store.failures().into_keys());
    Ok(all.filter(|source| feed.is_above(source)).collect())
}

/// The name of a source, also of one of which nothing else can be read.
fn named(manifest: Result<Manifest, StateError>) -> Option<String> {
    manifest.map_or_else(|error| error.of, |manifest| Some(manifest.source))
}

/// That a source cannot be removed, and what may have been meant.
fn not_yours(name: &str, all: &[String]) -> String {
    let what = match known::find(name) {
        Some(known) => format!("`{}` is known, but none of your sources", known.name),
        None => format!("you have no source `{name}`"),
    };
    let meant =
        nearest(name, all.iter().map(String::as_str)).map(|meant| format!("did you mean `{meant}`? ")).unwrap_or_default();
    format!("{what}; {meant}`ideas sources list` shows which are yours")
}
