//! Where the pages of a call come from: what the call names, what the environment names, what `ideas.toml` names, what
//! the user's own settings name, what was fetched, what is built in; the first that says something counts. And the
//! settings themselves.

use std::env;
use std::ffi::OsStr;
use std::io;
use std::path::PathBuf;

use anyhow::{Context, bail};

use super::filters::FilterArgs;
use super::{GlobalArgs, Session, addresses};
use crate::catalog::{Address, Cache, Catalog, Later, Origin, Parts};
use crate::config::{Config, Profile};
use crate::preferences::Preferences;
use crate::query::{Filter, Query};
use crate::store::{Answers, Store};

/// What says what nobody has set.
pub(super) const DEFAULT: &str = "default";

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

    /// The same ideas, each to be read when it is looked at, if all of them are known from earlier calls.
    pub(super) fn later(&self, brief: bool) -> anyhow::Result<Option<Later>> {
        let answers = || Store::open().map_or(Ok(Answers::default()), |store| store.answers());
        let open = || self.cache().zip(answers().ok());
        Ok(Later::of(&self.origins()?, open, brief))
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

    /// The user's own settings.
    pub(super) fn own(&self) -> anyhow::Result<&Preferences> {
        if let Some(own) = self.own.get() {
            return Ok(own);
        }
        let own = Preferences::of_user()?;
        Ok(self.own.get_or_init(|| own))
    }

    /// Which ideas filters ask for. Where they name no term, that of the user's settings is meant.
    pub(super) fn query(&self, filters: &FilterArgs) -> anyhow::Result<Query> {
        let mut query = filters.query()?;
        if let Some(term) = self.default_term(filters, &query)? {
            query.require(Filter::Term, term)?;
        }
        Ok(query)
    }

    /// The term of the user's settings, where filters name none.
    fn default_term(&self, filters: &FilterArgs, query: &Query) -> anyhow::Result<Option<&str>> {
        let is_silent = filters.term.is_empty() && filters.not_term.is_empty() && !query.names_terms();
        Ok(if is_silent { self.own()?.term.as_deref() } else { None })
    }

    /// That the user's settings have chosen the terms, if they have.
    pub(super) fn own_term(&self, filters: &FilterArgs) -> anyhow::Result<String> {
        let term = self.default_term(filters, &filters.query()?)?;
        Ok(term.map(|term| format!("term {term}, as your settings say")).unwrap_or_default())
    }

    /// A profile: of the user's settings, else of the folder's `ideas.toml`.
    pub(super) fn profile(&self, name: &str) -> anyhow::Result<Profile> {
        let own = self.own()?;
        if let Some(profile) = own.profiles.get(name) {
            return Ok(profile.clone());
        }
        let config = self.config()?;
        match (config.profile(name), own.profile_meant(name), &own.path) {
            (Ok(profile), ..) => Ok(profile.clone()),
            (Err(_), Some(meant), Some(path)) => {
                bail!("{}: there is no profile `{name}`; did you mean `{meant}`?", path.display())
            }
            (Err(error), ..) => Err(error.into()),
        }
    }

    /// Where the pages come from. Addresses that the call names are fetched.
    pub(super) fn origins(&self) -> anyhow::Result<Vec<Origin>> {
        // Nobody is asked twice in one call.
        if let Some(known) = self.found_origins.get() {
            return Ok(known.clone());
        }
        let (origins, why) = self.origins_and_why(|url| self.fetched(url))?;
        if why != DEFAULT {
            log::info!("{why} says what to read");
        }
        Ok(self.found_origins.get_or_init(|| origins).clone())
    }

    /// The same for those who must not wait, and what says so: of an address they get what was fetched before.
    pub(super) fn known_origins(&self) -> anyhow::Result<(Vec<Origin>, String)> {
        self.origins_and_why(addresses::known)
    }

    fn origins_and_why(&self, of_address: impl Fn(&str) -> Address) -> anyhow::Result<(Vec<Origin>, String)> {
        let origin = |name: &OsStr| match addresses::named(name) {
            Some(url) => Origin::Address(of_address(url)),
            None => Origin::from_name(name),
        };
        if !self.catalog.is_empty() {
            return Ok((self.catalog.iter().map(|name| origin(name)).collect(), "--catalog".to_owned()));
        }
        let named = env::var_os(CATALOG_VARIABLE).unwrap_or_default();
        let named: Vec<PathBuf> = env::split_paths(&named).filter(|path| !path.as_os_str().is_empty()).collect();
        if !named.is_empty() {
            return Ok((named.into_iter().map(Origin::Path).collect(), CATALOG_VARIABLE.to_owned()));
        }
        if let Some(pages) = self.config()?.pages {
            let why = pages.described_in.display().to_string();
            return Ok((vec![Origin::Groups(pages)], why));
        }
        let own = self.own()?;
        if let Some(paths) = &own.catalog {
            let why = own.place("catalog").unwrap_or_default();
            return Ok((paths.iter().map(|path| origin(path.as_os_str())).collect(), why));
        }
        // Without a home there is nothing that was fetched.
        let fetched = Store::open().ok().filter(|store| !store.is_empty());
        Ok(match fetched {
            Some(fetched) => (vec![Origin::Fetched(fetched)], "`ideas sync`".to_owned()),
            None => (vec![Origin::Bundled], DEFAULT.to_owned()),
        })
    }
}

/// Where the ideas come from that other commands answer from, in words.
pub(super) fn whence(origins: &[Origin]) -> String {
    let names: Vec<String> = origins.iter().map(ToString::to_string).collect();
    format!("ideas are read from {}", names.join(", "))
}
