//! Addresses that stand in the place of files: `--catalog https://…`. Each has a data folder of its own in the cache
//! folder, which a sync of this one source fills.

use std::ffi::OsStr;
use std::path::Path;
use std::time::{Duration, SystemTime};

use crate::catalog::{Address, Level, Notice};
use crate::sources::own::{Addition, Own};
use crate::sources::{Feed, Mirrors};
use crate::storage;
use crate::store::{Store, digest};
use crate::sync::{self, FetchError, Outcome, Settings, Target};
use crate::web::Limits;

use super::GlobalArgs;
use super::sync::day;

/// For so long nobody is asked again.
const FRESH: Duration = Duration::from_mins(10);

/// Somebody waits for the answer.
const HOW: Settings = Settings {
    limits: Limits { timeout: Duration::from_secs(30), retries: 1 },
    jobs: 1,
    offline: false,
    allow_empty: true,
    cache: true,
};

/// The address that is meant by the name of an origin.
pub(super) fn named(name: &OsStr) -> Option<&str> {
    name.to_str().filter(|name| name.contains("://"))
}

/// What was fetched from an address before.
pub(super) fn known(url: &str) -> Address {
    let store = storage::cache_folder().ok().map(|cache| store(&cache, url));
    Address { url: url.to_owned(), store, notices: Vec::new() }
}

/// Where the pages of an address are kept.
fn store(cache: &Path, url: &str) -> Store {
    Store::at(cache.join("addresses").join(&digest(url.as_bytes())[..16]))
}

impl GlobalArgs {
    /// What an address holds now; what it held before, if it cannot be had.
    pub(super) fn fetched(&self, url: &str) -> Address {
        let mut address = known(url);
        let max_age = if self.no_cache { Duration::ZERO } else { FRESH };
        match fetch(url, address.store.as_ref(), max_age) {
            Ok(None) => {}
            Ok(Some(outcome)) => address.notices = notices(url, outcome),
            Err(error) => {
                address.store = None;
                address.notices = vec![notice(Level::Error, url, format!("{error:#}"))];
            }
        }
        address
    }
}

/// Fetches what is new at an address, if that is not known well enough.
fn fetch(url: &str, store: Option<&Store>, max_age: Duration) -> anyhow::Result<Option<Outcome>> {
    let feed = Addition::at(url, Path::new(""))?.feed()?;
    let Some(store) = store else { anyhow::bail!("it is not fetched, as there is no folder to keep it in; set IDEAS_CACHE_DIR") };
    if is_fresh(store, &feed, max_age) {
        return Ok(None);
    }
    let writer = store.lock(true, |_| {})?;
    // Whoever had the right to write until now may have fetched it.
    if is_fresh(store, &feed, max_age) {
        return Ok(None);
    }
    writer.prepare()?;
    let mirrors = Own::open().map_or_else(|_| Mirrors::default(), |own| own.mirrors);
    let run = writer.run()?;
    let target = Target::Keep { writer: &writer, run, scope: &[] };
    let outcome = sync::fetch(&[feed], target, HOW, &mirrors, &|_| {}, |_| {}).pop();
    writer.complete(run)?;
    Ok(outcome)
}

fn is_fresh(store: &Store, feed: &Feed, max_age: Duration) -> bool {
    let manifest = store.manifest(&feed.name).ok().flatten();
    let fetched = manifest.and_then(|manifest| humantime::parse_rfc3339(&manifest.fetched).ok());
    fetched.is_some_and(|at| SystemTime::now().duration_since(at).is_ok_and(|age| age < max_age))
}

/// What there is to say about what became of an address.
fn notices(url: &str, outcome: Outcome) -> Vec<Notice> {
    let Outcome { result, copy, warnings, .. } = outcome;
    let warnings = warnings.into_iter().map(|warning| notice(Level::Warning, url, warning));
    let more = match (result, copy) {
        (Ok(done), _) => {
            let left_out = |(page, error): (String, FetchError)| notice(Level::Error, &page, format!("{error}; it was left out"));
            let is_silent = done.ideas == 0 && done.pages > 0 && done.left_out.is_empty();
            let silent = is_silent.then(|| notice(Level::Note, url, "no idea was found there; is it the right page?".to_owned()));
            done.left_out.into_iter().map(left_out).chain(silent).collect()
        }
        (Err(error), Some(copy)) => {
            vec![notice(Level::Warning, url, format!("{error}; this is the copy of {}", day(&copy)))]
        }
        (Err(error), None) => vec![notice(Level::Error, url, error.to_string())],
    };
    warnings.chain::<Vec<Notice>>(more).collect()
}

fn notice(level: Level, path: &str, message: String) -> Notice {
    Notice { level, path: path.to_owned(), position: None, message }
}
