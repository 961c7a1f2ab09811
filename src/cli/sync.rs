//! `ideas sync`: fetches the pages of the user's sources, and says what changed.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::time::Duration;

use anyhow::{Context, bail};
use clap::ValueEnum;

use crate::catalog::{Level, Origin};
use crate::render::changes::{self, Limit};
use crate::render::json;
use crate::sources::own::{Addition, Own};
use crate::sources::{Feed, Mirrors, Place, known};
use crate::spelling::nearest;
use crate::storage;
use crate::store::changes::Changes;
use crate::store::{Failure, Store, Writer};
use crate::sync::{self, FetchError, Outcome, Settings, Success, Target};
use crate::text::counted;
use crate::web::{Limits, WebError};

use super::completions::values;
use super::directories::{Wanted, above, expanded};
use super::origins::whence;
use super::orphans::{orphaned, orphans};
use super::progress::Progress;
use super::{Exit, GlobalArgs, Session};

const EXAMPLES: &str = "\
Examples:
  ideas sync                             all your sources
  ideas sync cncf/mentoring              one; a well-known one becomes yours
  ideas sync gsoc/2026                   the pages of all organizations of Google Summer of Code
  ideas sync gsoc/2026 --organization llvm
  ideas sync --dry-run                   what would change; nothing is kept
  ideas sync --format json | jq '.[].new[].title'";

/// How many ideas of each kind are listed of a source.
const LISTED: usize = 20;

/// From so many sources on, fewer are listed of each.
const MANY: usize = 10;
const LISTED_OF_MANY: usize = 3;

/// So many organizations that were not fetched for the same reason are named; of more it is told how many, and
/// `ideas organizations` names them.
const ALIKE: usize = 5;

/// So much is shown of what was fetched, and of what would be.
const KEPT: Limit = Limit { most: LISTED, all: "ideas changes" };
const TRIED: Limit = Limit { most: LISTED, all: "ideas sync --dry-run --format json" };

/// What is told of pages that were fetched, and hold no ideas.
pub(super) const NO_IDEAS: &str = "no idea was found there; is it the right page?";

/// What somebody is told who ends us.
const INTERRUPTED: &str = "interrupted: sources that were not done yet keep what they had; `ideas sync` fetches them again";

/// No attempt at a source takes longer.
const LONGEST: Duration = Duration::from_hours(24);

/// What `ideas sync` takes.
#[derive(Clone, Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// The sources to fetch; all of yours without one
    #[arg(value_name = "SOURCE", add = values::sources())]
    sources: Vec<String>,

    /// Only the pages of this organization: llvm
    ///
    /// Whole words of its name, or of its name in a directory; commas mean "or". `ideas organizations` lists them.
    #[arg(long = "organization", value_name = "NAME", add = values::fetchable())]
    organizations: Vec<String>,

    /// Ask programmes for their listings of organizations first
    #[arg(long)]
    refresh: bool,

    /// Fetch and say what would change, but keep nothing
    #[arg(long)]
    dry_run: bool,

    /// Stay away from the network: take only files, folders and file:// repositories
    #[arg(long)]
    offline: bool,

    /// Wait for another sync to end, instead of giving up
    #[arg(long)]
    wait: bool,

    /// Take sources that have no ideas any more, instead of keeping their last good copy
    #[arg(long)]
    allow_empty: bool,

    /// How long one request may take, as in `30s` or `2m`; a source as a whole may take ten times as long
    ///
    /// A server that sends nothing for 15s, or for a quarter of that time if it is longer, is not waited for. A page
    /// that leads to others is many requests, and so is a list that comes in parts. A server that asks for a longer
    /// pause than one request may take is not waited for.
    #[arg(long, value_name = "TIME", value_parser = timeout, default_value = "60s")]
    timeout: Duration,

    /// How often to try again what may succeed the next time
    #[arg(long, value_name = "N", default_value_t = 3)]
    retries: u32,

    /// How many sources to fetch at a time
    #[arg(long, value_name = "N", default_value_t = 8, value_parser = clap::value_parser!(u8).range(1..=64))]
    jobs: u8,

    /// How to write what changed
    #[arg(long, value_name = "FORMAT", value_enum, ignore_case = true, default_value_t, help_heading = "Output")]
    format: Format,
}

/// A way to write changes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// By source and idea, to read
    #[default]
    Human,
    /// Headings and lists, for an issue or a chat
    Markdown,
    /// An array of objects, one for each source that has changed
    Json,
}

impl Format {
    /// Writes changes; for people up to a limit, and each with its day if they may be of several.
    pub(super) fn write(
        self,
        found: &[Changes],
        limit: Option<Limit>,
        is_dated: bool,
        session: &mut Session<'_>,
    ) -> std::io::Result<()> {
        match self {
            Format::Human => changes::write(found, limit, is_dated, &session.look, session.out),
            Format::Markdown => changes::write_markdown(found, limit, session.out),
            Format::Json => json::write(found, session.out),
        }
    }
}

/// How long an attempt may take.
fn timeout(text: &str) -> Result<Duration, String> {
    let timeout = duration(text)?;
    if timeout <= LONGEST { Ok(timeout) } else { Err("expected at most a day: 24h".to_owned()) }
}

/// A duration that is longer than nothing.
pub(super) fn duration(text: &str) -> Result<Duration, String> {
    match humantime::parse_duration(text) {
        Ok(Duration::ZERO) => Err("expected a time such as 30s".to_owned()),
        Ok(duration) => Ok(duration),
        Err(_) => Err("expected a time such as 30s or 2m".to_owned()),
    }
}

impl Args {
    pub(super) fn run(&self, global: &GlobalArgs, session: &mut Session<'_>) -> anyhow::Result<Exit> {
        let (mut own, store) = (Own::open()?, Store::open()?);
        // A call that makes no sense is refused before it waits, and leaves nothing behind.
        let (mut feeds, _) = self.feeds(&own)?;
        let settings = Settings {
            limits: Limits { timeout: self.timeout, retries: self.retries },
            jobs: usize::from(self.jobs),
            offline: self.offline,
            allow_empty: self.allow_empty,
            cache: !global.no_cache,
        };
        let mirrors = own.mirrors.clone();
        if !mirrors.is_empty() {
            log::info!("{}: some addresses are fetched from mirrors", own.path().display());
        }
        let wanted = Wanted { sources: &self.sources, organizations: &self.organizations, refresh: self.refresh };
        let how = (settings, &mirrors);
        let (outcomes, is_whole, completed) = if self.dry_run {
            let (feeds, is_whole) = expanded(&feeds, wanted, (&store, None), how, global, session)?;
            (Self::fetch(&feeds, Target::Compare(&store), settings, &mirrors, global), is_whole, Ok(()))
        } else {
            let writer = lock(&store, self.wait, global, session)?;
            // Whoever had the right to write until now may have added sources, and removed some.
            own = Own::open()?;
            let new;
            (feeds, new) = self.feeds(&own)?;
            if let Some(salvaged) = writer.prepare()? {
                global.say(Level::Warning, &salvaged.to_string(), session)?;
            }
            let (members, is_whole) = expanded(&feeds, wanted, (&store, Some(&writer)), how, global, session)?;
            // A name that means nothing has ended the call by now.
            for known in new {
                let feed = own.add(&known)?;
                global.say(Level::Note, &format!("{} is one of your sources now", feed.name), session)?;
            }
            let run = writer.run()?;
            let scope = self.scope(&own, &members);
            let target = Target::Keep { writer: &writer, run, scope: &scope };
            let outcomes = Self::fetch(&members, target, settings, &mirrors, global);
            let completed = writer
                .keep_failures(outcomes.iter().filter(|outcome| !matches!(outcome.result, Err(FetchError::Offline))).map(failure))
                .and_then(|()| writer.complete(run));
            (outcomes, is_whole, completed)
        };
        let found: Vec<Changes> = outcomes
            .iter()
            .filter_map(|outcome| outcome.result.as_ref().ok())
            .map(|done| done.changes.clone())
            .filter(|changes| !changes.is_empty())
            .collect();
        let limit = if self.dry_run { TRIED } else { KEPT };
        let most = if found.len() > MANY { LISTED_OF_MANY } else { limit.most };
        self.format.write(&found, Some(Limit { most, ..limit }), false, session)?;
        session.out.flush()?;
        let exit = if is_whole && !outcomes.iter().any(is_failed) { Exit::Done } else { Exit::Failed };
        let directories = || feeds.iter().filter(|feed| matches!(feed.place, Place::Directory(_)));
        let of_none = |outcome: &&Outcome| !directories().any(|feed| feed.is_above(&outcome.source));
        for outcome in outcomes.iter().filter(of_none) {
            self.tell(outcome, false, global, session)?;
            if let Some(help) = help(outcome, &feeds, &mirrors) {
                global.say(Level::Note, &help, session)?;
            }
        }
        for feed in directories() {
            let below: Vec<&Outcome> = outcomes.iter().filter(|outcome| feed.is_above(&outcome.source)).collect();
            let reasons = Reasons::of(&below);
            for outcome in below.iter().filter(|outcome| !reasons.is_shared(outcome)) {
                self.tell(outcome, true, global, session)?;
            }
            for (count, level, reason) in reasons.shared() {
                global.say(level, &format!("{}: {}: {reason}", feed.name, counted(count, "organization")), session)?;
            }
            global.say(Level::Note, &format!("{}: {}", feed.name, summary_of_all(&below, self.dry_run)), session)?;
        }
        if self.sources.is_empty() {
            for manifest in orphans(&own, &store)?.into_iter().flatten() {
                global.say(Level::Note, &orphaned(&manifest.source), session)?;
            }
        }
        // Settings that make no sense are told by the commands that need them.
        if let Ok(origins @ [Origin::Groups(_) | Origin::Path(_), ..]) = global.origins().as_deref() {
            global.say(Level::Note, &format!("here, {}, not from what was fetched", whence(origins)), session)?;
        }
        completed.context("the end of the sync cannot be kept")?;
        Ok(exit)
    }

    /// The sources that are meant, and which of them are not the user's yet.
    fn feeds(&self, own: &Own) -> anyhow::Result<(Vec<Feed>, Vec<Addition>)> {
        if self.sources.is_empty() {
            if own.feeds.is_empty() {
                bail!(
                    "you have no sources yet; `ideas sources list` shows those that are known, and `ideas sync cncf/mentoring` would fetch one"
                );
            }
            return Ok((own.feeds.clone(), Vec::new()));
        }
        let (mut feeds, mut new): (Vec<Feed>, Vec<Addition>) = (Vec::new(), Vec::new());
        for name in &self.sources {
            let mine = own.find(name).or_else(|| above(name, own.feeds.iter()));
            let Some(feed) = mine.or_else(|| find_known(name)) else { bail!("{}", unknown(name, own)) };
            if feeds.iter().any(|known| known.is_called(&feed.name)) {
                continue;
            }
            feeds.push(feed.clone());
            if mine.is_none() {
                new.extend(Addition::known(&feed.name));
            }
        }
        Ok((feeds, new))
    }

    fn fetch(feeds: &[Feed], target: Target<'_>, settings: Settings, mirrors: &Mirrors, global: &GlobalArgs) -> Vec<Outcome> {
        let progress = Progress::new(feeds.len(), "fetching", INTERRUPTED, global);
        if feeds.len() > MANY {
            progress.begin(&format!("fetching {}", counted(feeds.len(), "source")));
        }
        sync::fetch(feeds, target, settings, mirrors, &|what| progress.say(what), |source| progress.step(source))
    }

    /// What the call is for, as the changes of its sources remember it.
    fn scope(&self, own: &Own, fetched: &[Feed]) -> Vec<String> {
        if self.sources.is_empty() && self.organizations.is_empty() {
            return Vec::new();
        }
        let find = |name: &String| own.find(name).or_else(|| known::find(name));
        let whole = self.sources.iter().filter_map(find).filter(|feed| matches!(feed.place, Place::Directory(_)));
        let whole: Vec<&Feed> = whole.filter(|_| self.organizations.is_empty()).collect();
        let single = fetched.iter().filter(|feed| !whole.iter().any(|directory| directory.is_above(&feed.name)));
        whole.iter().map(|feed| format!("{}/", feed.name)).chain(single.map(|feed| feed.name.clone())).collect()
    }

    /// Says what became of a source; of one of many only what went wrong.
    fn tell(&self, outcome: &Outcome, is_of_many: bool, global: &GlobalArgs, session: &mut Session<'_>) -> std::io::Result<()> {
        let Outcome { source, result, warnings, .. } = outcome;
        match result {
            Ok(_) if is_of_many => {}
            Ok(done) => global.say(Level::Note, &format!("{source}: {}", self.summary(done)), session)?,
            Err(error) => global.say(level(outcome), &format!("{source}: {error}{}", stays(outcome)), session)?,
        }
        for warning in warnings {
            global.say(Level::Warning, warning, session)?;
        }
        if let Ok(done) = result {
            for (page, error) in &done.left_out {
                global.say(Level::Error, &format!("{page}: {error}; it was left out"), session)?;
            }
            if done.ideas == 0 && done.pages > 0 && done.left_out.is_empty() {
                let message = format!("{source}: {NO_IDEAS}");
                global.say(Level::Warning, &message, session)?;
            }
        }
        Ok(())
    }

    fn summary(&self, done: &Success) -> String {
        let changes = &done.changes;
        let (ideas, pages) = (counted(done.ideas, "idea"), counted(done.pages, "page"));
        let what = if changes.is_empty() {
            "nothing changed".to_owned()
        } else {
            let counts = [
                (changes.new.len(), "new"),
                (changes.gone.len(), "gone"),
                (changes.moved.len(), "moved"),
                (changes.edited.len(), "edited"),
            ];
            let counts: Vec<_> =
                counts.iter().filter(|(count, _)| *count > 0).map(|(count, what)| format!("{count} {what}")).collect();
            counts.join(", ")
        };
        let kept = if self.dry_run { "; nothing was kept" } else { "" };
        format!("{what}; {ideas} on {pages}{kept}")
    }
}

/// The right to write; with `wait` after whoever has it now.
pub(super) fn lock(store: &Store, wait: bool, global: &GlobalArgs, session: &mut Session<'_>) -> anyhow::Result<Writer> {
    let mut said = Ok(());
    let writer = store.lock(wait, |by| {
        said = global.say(Level::Note, &format!("waiting for another `ideas` to end ({by})"), session);
    });
    said?;
    Ok(writer?)
}

/// The source that is well known by a name, or the directory that the name is below of.
fn find_known(name: &str) -> Option<&'static Feed> {
    known::find(name).or_else(|| above(name, known::all().iter()))
}

/// Why a source was not fetched, for those who ask later.
fn failure(outcome: &Outcome) -> (String, Option<Failure>) {
    let failure = |error: &FetchError| Failure { at: storage::now(), why: error.to_string() };
    (outcome.source.clone(), outcome.result.as_ref().err().map(failure))
}

/// True if something that was asked for was not fetched. Whose copy is there has what an offline sync can give.
fn is_failed(outcome: &Outcome) -> bool {
    match &outcome.result {
        Ok(done) => !done.left_out.is_empty(),
        Err(_) => level(outcome) == Level::Error,
    }
}

/// How bad it is that a source was not fetched.
fn level(outcome: &Outcome) -> Level {
    match (&outcome.result, &outcome.copy) {
        (Err(FetchError::Offline), Some(_)) => Level::Note,
        _ => Level::Error,
    }
}

/// That the last good copy of a source stays, if there is one.
fn stays(outcome: &Outcome) -> String {
    outcome.copy.as_deref().map(|copy| format!("; the copy of {} stays", day(copy))).unwrap_or_default()
}

/// Where a source was looked for that could not be reached, and what to do about one that never was.
fn help(outcome: &Outcome, feeds: &[Feed], mirrors: &Mirrors) -> Option<String> {
    let Err(FetchError::Web(WebError::NoHost | WebError::NoNetwork | WebError::Connection(_))) = &outcome.result else {
        return None;
    };
    let name = &outcome.source;
    let (Place::Page(url) | Place::Git { url, .. }) = &feeds.iter().find(|feed| feed.is_called(name))?.place else { return None };
    let from = mirrors.apply(url);
    let from =
        if *from == **url { String::new() } else { format!("; `[mirrors]` of your sources.toml has it fetched from {from}") };
    let next = match &outcome.copy {
        Some(_) => String::new(),
        None => format!(
            "; it was never fetched, and stays one of your sources: `ideas sync {name}` tries again, `ideas sources remove {name}` removes it"
        ),
    };
    Some(format!("{name}: it is at {url}{from}{next}"))
}

/// Why organizations of a directory were not fetched, and how many for each reason.
struct Reasons(BTreeMap<(String, Level), usize>);

impl Reasons {
    fn of(outcomes: &[&Outcome]) -> Self {
        let mut reasons = BTreeMap::new();
        for reason in outcomes.iter().filter_map(|outcome| Self::reason(outcome)) {
            *reasons.entry(reason).or_default() += 1;
        }
        Self(reasons)
    }

    fn reason(outcome: &Outcome) -> Option<(String, Level)> {
        let error = outcome.result.as_ref().err()?;
        Some((error.to_string(), level(outcome)))
    }

    /// True if so many were not fetched for the reason of this one that they are not told one by one.
    fn is_shared(&self, outcome: &Outcome) -> bool {
        Self::reason(outcome).and_then(|reason| self.0.get(&reason)).is_some_and(|count| *count > ALIKE)
    }

    /// The reasons that many share.
    fn shared(&self) -> impl Iterator<Item = (usize, Level, &str)> {
        let shared = self.0.iter().filter(|(_, count)| **count > ALIKE);
        shared.map(|((reason, level), count)| (*count, *level, reason.as_str()))
    }
}

/// What became of a directory's organizations.
fn summary_of_all(outcomes: &[&Outcome], is_dry: bool) -> String {
    let done: Vec<&Success> = outcomes.iter().filter_map(|outcome| outcome.result.as_ref().ok()).collect();
    let (ideas, with) = (done.iter().map(|it| it.ideas).sum(), done.iter().filter(|it| it.ideas > 0).count());
    let mut told = format!("{} of {}", counted(ideas, "idea"), counted(with, "organization"));
    for (count, what) in [(done.len() - with, "without ideas"), (outcomes.len() - done.len(), "not fetched")] {
        if count > 0 {
            let _ = write!(told, ", {count} {what}");
        }
    }
    if is_dry { format!("{told}; nothing was kept") } else { told }
}

/// That there is no such source, and what may have been meant.
fn unknown(name: &str, own: &Own) -> String {
    let names = own.feeds.iter().chain(known::all()).map(|feed| feed.name.as_str());
    let meant = nearest(name, names).map(|known| format!("did you mean `{known}`? ")).unwrap_or_default();
    format!("there is no source `{name}`; {meant}`ideas sources list` shows all, `ideas sources add` adds one")
}

/// The day of a moment.
pub(super) fn day(moment: &str) -> &str {
    moment.split('T').next().unwrap_or(moment)
}
