//! Where the pages of a call come from: what the call names, what the environment names, what `ideas.toml` names, what was
//! fetched, what is built in; the first that says something counts.

use std::env;
use std::io;
use std::path::PathBuf;

use anyhow::Context;

use super::{GlobalArgs, Session};
use crate::catalog::{Cache, Catalog, Origin, Parts};
use crate::config::Config;
use crate::store::Store;

/// Where pages come from if no `--catalog` says so: paths, separated as in `PATH`.
const CATALOG_VARIABLE: &str = "IDEAS_CATALOG";

impl GlobalArgs {
    /// Loads the catalogue, and tells what there is to tell about its pages.
    pub(super) fn load(&self, session: &mut Session<'_>) -> anyhow::Result<Catalog> {
        self.load_from(&self.origins()?, session)
    }

    /// The same from these origins.
    pub(super) fn load_from(&self, origins: &[Origin], session: &mut Session<'_>) -> anyhow::Result<Catalog> {
        let catalog = Catalog::of(self.parts(origins));
        self.tell_all(&catalog, session)?;
        Ok(catalog)
    }

    /// The parts of these origins, whose ideas come with what `ideas check` was answered; pages that have not changed since an
    /// earlier call are not read again.
    pub(super) fn parts<'o>(&self, origins: &'o [Origin]) -> Parts<'o> {
        let may_be_known = origins.iter().any(|origin| !matches!(origin, Origin::Bundled | Origin::Stdin));
        let parts = Parts::of(origins).with_cache(if may_be_known { self.cache() } else { None });
        // Without a home nobody has asked.
        match Store::open() {
            Ok(store) => parts.with_answers(&store),
            Err(_) => parts,
        }
    }

    /// What earlier calls have read. Who wants to hear how pages are read, and why they hold no idea, has them read again.
    pub(super) fn cache(&self) -> Option<Cache> {
        if self.no_cache || log::max_level() >= log::LevelFilter::Info { None } else { Cache::open() }
    }

    /// Tells what there is to tell about the pages of a catalogue.
    pub(super) fn tell_all(&self, catalog: &Catalog, session: &mut Session<'_>) -> io::Result<()> {
        catalog.notices.iter().try_for_each(|notice| self.tell(notice, session))
    }

    /// The settings: of the file that the call names, or of the nearest.
    pub(super) fn config(&self) -> anyhow::Result<Config> {
        let here = env::current_dir().context("the current folder cannot be told")?;
        let config = match &self.config {
            Some(path) => Config::load(path, &here),
            None => Config::find(&here),
        };
        Ok(config?)
    }

    /// Where the pages come from.
    pub(super) fn origins(&self) -> anyhow::Result<Vec<Origin>> {
        if !self.catalog.is_empty() {
            log::info!("--catalog says what to read");
            return Ok(self.catalog.iter().map(|name| Origin::from_name(name)).collect());
        }
        let named = env::var_os(CATALOG_VARIABLE).unwrap_or_default();
        let named: Vec<PathBuf> = env::split_paths(&named).filter(|path| !path.as_os_str().is_empty()).collect();
        if !named.is_empty() {
            log::info!("{CATALOG_VARIABLE} says what to read");
            return Ok(named.into_iter().map(Origin::Path).collect());
        }
        if let Some(pages) = self.config()?.pages {
            return Ok(vec![Origin::Groups(pages)]);
        }
        // Without a home there is nothing that was fetched.
        let fetched = Store::open().ok().filter(|store| !store.is_empty());
        Ok(vec![fetched.map_or(Origin::Bundled, Origin::Fetched)])
    }
}

/// Where the ideas come from that other commands answer from, in words.
pub(super) fn whence(origins: &[Origin]) -> String {
    let names: Vec<String> = origins.iter().map(ToString::to_string).collect();
    format!("ideas are read from {}", names.join(", "))
}
