//! `ideas sources`: where pages are fetched from. It lists what is known and what is the user's, adds, and removes.

use std::borrow::Cow;
use std::env;

use anyhow::{Context, bail};
use clap::{Subcommand, ValueHint};
use serde::Serialize;

use crate::catalog::Level;
use crate::fetched::Store;
use crate::render::Format;
use crate::render::facets::{FacetColumn, write};
use crate::sources::own::{Addition, Own};
use crate::sources::{Feed, Place, known};

use super::completions::values;
use super::sync::{day, unknown};
use super::{Exit, GlobalArgs, Session};

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
  ideas sources list                             name, kind, place, when it was fetched, how many ideas
  ideas sources list --format json               with the number of pages, and what each is";

const ADD_EXAMPLES: &str = "\
Examples:
  ideas sources add cncf/mentoring               a well-known one, by its name
  ideas sources add https://github.com/o/r/blob/main/ideas.md --program gsoc --term 2026
  ideas sources add https://example.org/pages.git --branch next --glob 'ideas/*.md'
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

    /// Which files of a repository or folder are pages, as in .gitignore; all Markdown and JSON without it
    #[arg(long = "glob", value_name = "PATTERN")]
    globs: Vec<String>,

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
    #[arg(value_name = "NAME", required = true, add = values::sources())]
    names: Vec<String>,
}

/// A source, as it is listed.
#[derive(Debug, Serialize)]
struct Row {
    name: String,
    kind: &'static str,
    /// Where it is.
    place: String,
    /// `ideas sync` fetches it.
    used: bool,
    /// When it was fetched last.
    fetched: Option<String>,
    ideas: Option<usize>,
    pages: Option<usize>,
    about: Option<String>,
}

static COLUMNS: [FacetColumn<Row>; 6] = [
    FacetColumn::text("name", |row| Cow::from(&row.name)),
    FacetColumn::text("kind", |row| Cow::from(row.kind)),
    FacetColumn::text("used", |row| Cow::from(if row.used { "yes" } else { "" })),
    FacetColumn::text("fetched", |row| Cow::from(row.fetched.as_deref().map_or("", day))),
    FacetColumn::text("ideas", |row| Cow::from(row.ideas.map(|ideas| ideas.to_string()).unwrap_or_default())),
    FacetColumn::text("place", |row| Cow::from(&row.place)),
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

impl ListArgs {
    fn run(&self, global: &GlobalArgs, session: &mut Session<'_>) -> anyhow::Result<Exit> {
        let own = Own::open()?;
        let store = Store::open()?;
        let mut exit = Exit::Done;
        let mut row = |feed: &Feed, used: bool, session: &mut Session<'_>| -> anyhow::Result<Row> {
            let manifest = store.manifest(&feed.name).or_else(|error| {
                exit = Exit::Failed;
                global.say(Level::Error, &error.to_string(), session).map(|()| None)
            })?;
            Ok(Row {
                name: feed.name.clone(),
                kind: feed.place.kind(),
                place: feed.place.to_string(),
                used,
                fetched: manifest.as_ref().map(|manifest| manifest.fetched.clone()),
                ideas: manifest.as_ref().map(crate::fetched::Manifest::ideas),
                pages: manifest.as_ref().map(|manifest| manifest.pages.len()),
                about: feed.about.clone(),
            })
        };
        let mut rows = Vec::new();
        for feed in &own.feeds {
            rows.push(row(feed, true, session)?);
        }
        for feed in known::all().iter().filter(|known| own.find(&known.name).is_none()) {
            rows.push(row(feed, false, session)?);
        }
        let look = session.look;
        write(self.format, &rows, &COLUMNS, &look, session.out)?;
        session.out.flush()?;
        // Settings that make no sense are told by the commands that need them.
        if let Ok(whence) = global.whence() {
            global.say(Level::Note, &whence, session)?;
        }
        Ok(exit)
    }
}

impl AddArgs {
    fn run(&self, global: &GlobalArgs, session: &mut Session<'_>) -> anyhow::Result<Exit> {
        let mut own = Own::open()?;
        let new = self.addition()?;
        let feed = own.add(&new)?;
        let message = format!("added `{}` ({}); `ideas sync` fetches it", feed.name, feed.place.kind());
        global.say(Level::Note, &message, session)?;
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
        let place = Place::meant(&self.place, &here).map_err(|error| {
            let meant = known::near(&self.place).map(|known| format!("; did you mean `{known}`?")).unwrap_or_default();
            anyhow::anyhow!("{error}{meant}")
        })?;
        let place = match (place, &self.branch) {
            (Place::Git { url, .. }, Some(branch)) => Place::Git { url, branch: Some(branch.clone()) },
            (place, None) => place,
            (_, Some(_)) => bail!("only a repository has a branch, and `{}` is none", self.place),
        };
        match &place {
            Place::Path(path) if !path.exists() => bail!("{}: there is no such file or folder", self.place),
            Place::Path(path) if path.is_dir() => {}
            Place::Git { .. } => {}
            _ if !self.globs.is_empty() => bail!("`{}` is one page: there is nothing for --glob to choose from", self.place),
            _ => {}
        }
        Ok(Addition {
            name: self.name.clone().unwrap_or_else(|| place.name()),
            place: Some(place),
            files: self.globs.clone(),
            organization: self.organization.clone(),
            program: self.program.clone(),
            term: self.term.clone(),
        })
    }
}

impl RemoveArgs {
    fn run(&self, global: &GlobalArgs, session: &mut Session<'_>) -> anyhow::Result<Exit> {
        let mut own = Own::open()?;
        let store = Store::open()?;
        for name in &self.names {
            if own.find(name).is_none() && store.manifest(name).is_ok_and(|manifest| manifest.is_none()) {
                bail!("{}", unknown(name, &own));
            }
        }
        // A sync that is at work would bring it back.
        let writer = store.lock(false, |_| {})?;
        for name in &self.names {
            own.remove(name)?;
            writer.forget(name).with_context(|| format!("{name}: what was fetched cannot be removed"))?;
            global.say(Level::Note, &format!("removed `{name}`"), session)?;
        }
        writer.sweep().context("what was fetched cannot be swept away")?;
        Ok(Exit::Done)
    }
}
