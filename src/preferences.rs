//! The user's own settings, for every folder: `config.toml` in the user's folder of settings. What is about pages stands in an
//! [`ideas.toml`](crate::config) beside them, and where pages are fetched from in `sources.toml` beside the fetched pages.
//!
//! [`File`] is the file as it is written, and what `ideas config schema` describes; [`Preferences`] is what it means. Whatever is
//! wrong with it is an error with its place. A flag, the environment and a folder's `ideas.toml` come before it.

pub mod starter;

use std::collections::BTreeMap;
use std::io;
use std::ops::Range;
use std::path::{Path, PathBuf};

use etcetera::home_dir;
use schemars::JsonSchema;
use serde::Deserialize;
use toml::Spanned;

use crate::config::{self, ConfigError, Profile};
use crate::query::{Filter, Query};
use crate::render::columns::COLUMNS;
use crate::render::{Column, Columns};
use crate::spelling::nearest;
use crate::storage;
use crate::text::Position;

/// What the file is called.
pub const NAME: &str = "config.toml";

/// The user's settings, as they are written.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
#[schemars(title = "config.toml of ideas")]
pub struct File {
    /// The columns of `ideas list` on a terminal, in this order, unless `--columns` names others.
    #[schemars(schema_with = "column_names")]
    pub columns: Option<Spanned<Vec<Spanned<String>>>>,
    /// The profile that `ideas match` goes by unless `--profile` names another: one of those below, or of an `ideas.toml`.
    #[schemars(with = "Option<String>")]
    pub profile: Option<Spanned<String>>,
    /// Shows long text on a terminal, unless `IDEAS_PAGER` says otherwise; nothing does, if it is empty.
    #[schemars(with = "Option<String>")]
    pub pager: Option<Spanned<String>>,
    /// Where pages come from if neither a call, the environment nor an `ideas.toml` says so: files and folders, relative to this
    /// file; `~/` begins those in the home folder.
    #[schemars(with = "Option<Vec<String>>")]
    pub catalog: Option<Spanned<Vec<Spanned<String>>>>,
    /// The terms that are shown unless a call names others, as in `--term`: `current`. `--term any` shows all.
    #[schemars(with = "Option<String>")]
    pub term: Option<Spanned<String>>,
    /// What you bring and wish for, by name.
    #[schemars(with = "BTreeMap<String, Profile>")]
    pub profiles: BTreeMap<Spanned<String>, Profile>,
}

/// What the settings mean. The default is no file at all.
#[derive(Clone, Debug, Default)]
pub struct Preferences {
    /// Where the file lies or would lie; nowhere, if nobody knows the user's home.
    pub path: Option<PathBuf>,
    /// The columns of a list on a terminal.
    pub columns: Option<Columns>,
    /// The profile to go by.
    pub profile: Option<String>,
    /// The pager.
    pub pager: Option<String>,
    /// Where pages come from.
    pub catalog: Option<Vec<PathBuf>>,
    /// The terms that are shown.
    pub term: Option<String>,
    /// What the user brings and wishes for, by name.
    pub profiles: BTreeMap<String, Profile>,
    /// Where each setting stands in the file, by its name there; of a profile `profiles.NAME`.
    pub places: BTreeMap<String, Position>,
}

/// Where the file lies, be it there or not.
///
/// # Errors
///
/// Nobody knows the user's home.
pub fn path() -> io::Result<PathBuf> {
    Ok(storage::config_folder()?.join(NAME))
}

impl Preferences {
    /// The user's settings; the default if there is no file, or no home to have one in.
    ///
    /// # Errors
    ///
    /// The file cannot be read or does not make sense.
    pub fn of_user() -> Result<Self, ConfigError> {
        let Ok(path) = path() else { return Ok(Self::default()) };
        if storage::exists(&path) { Self::load(&path) } else { Ok(Preferences { path: Some(path), ..Self::default() }) }
    }

    /// The settings of a file.
    ///
    /// # Errors
    ///
    /// It cannot be read or does not make sense.
    pub fn load(path: &Path) -> Result<Self, ConfigError> {
        let source = config::read(path, Path::new(""))?;
        let File { columns, profile, pager, catalog, term, profiles } = config::parse(&source, toml::from_str(source.text()))?;
        let fault = |span: Range<usize>, message: String| config::error(&source, Some(span), message);
        let mut places = BTreeMap::new();
        let mut place = |name: &str, span: Range<usize>| _ = places.insert(name.to_owned(), source.position(span.start));

        if let Some(names) = &columns {
            place("columns", names.span());
        }
        let columns = columns.map(|names| {
            if names.get_ref().is_empty() {
                return Err(fault(names.span(), "a list of no columns; expected at least one, such as `title`".to_owned()));
            }
            let named =
                |name: &Spanned<String>| Column::named(name.get_ref()).map_err(|error| fault(name.span(), error.to_string()));
            Ok(Columns::of(names.get_ref().iter().map(named).collect::<Result<_, _>>()?))
        });
        if let Some(term) = &term {
            place("term", term.span());
            let read = Query::default().require(Filter::Term, term.get_ref());
            read.map_err(|error| fault(term.span(), error.to_string()))?;
        }
        if let Some(paths) = &catalog {
            place("catalog", paths.span());
        }
        let folder = path.parent().unwrap_or(Path::new(""));
        let reach = |named: Spanned<String>| match named.get_ref().strip_prefix("~/") {
            _ if named.get_ref().is_empty() => Err(fault(named.span(), "expected a file or a folder".to_owned())),
            None => Ok(folder.join(named.get_ref())),
            Some(below) => match home_dir() {
                Ok(home) => Ok(home.join(below)),
                Err(_) => Err(fault(named.span(), "the home folder is unknown; name it in full".to_owned())),
            },
        };
        let catalog = catalog.map(|paths| paths.into_inner().into_iter().map(reach).collect()).transpose()?;
        for (name, profile) in &profiles {
            place(&format!("profiles.{}", name.get_ref()), name.span());
            profile.wishes().map_err(|(span, cause)| fault(span, cause.to_string()))?;
        }
        let mut text = |name: &str, said: Option<Spanned<String>>| {
            said.map(|said| {
                place(name, said.span());
                said.into_inner()
            })
        };
        Ok(Preferences {
            profile: text("profile", profile),
            pager: text("pager", pager),
            term: term.map(Spanned::into_inner),
            columns: columns.transpose()?,
            path: Some(path.to_owned()),
            catalog,
            profiles: profiles.into_iter().map(|(name, profile)| (name.into_inner(), profile)).collect(),
            places,
        })
    }

    /// Where a setting stands: `/home/ada/.config/ideas/config.toml:3:10`.
    pub fn place(&self, name: &str) -> Option<String> {
        let Position { line, column } = self.places.get(name)?;
        Some(format!("{}:{line}:{column}", self.path.as_ref()?.display()))
    }

    /// That there is no such profile here, if one of another name was probably meant.
    pub fn profile_meant(&self, name: &str) -> Option<&str> {
        nearest(name, self.profiles.keys().map(String::as_str))
    }
}

/// A list of columns, each of which editors know.
fn column_names(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
    let names: Vec<&str> = COLUMNS.iter().map(|column| column.name).collect();
    schemars::json_schema!({ "type": ["array", "null"], "minItems": 1, "items": { "enum": names } })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn load(toml: &str) -> (tempfile::TempDir, Result<Preferences, String>) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(NAME);
        std::fs::write(&path, toml).unwrap();
        let loaded = Preferences::load(&path).map_err(|error| error.to_string());
        (folder, loaded)
    }

    #[test]
    fn settings_are_read() {
        let toml = "\
columns = [\"title\", \"Hours\"]
profile = \"me\"
pager = \"less -S\"
catalog = [\"pages\", \"/srv/pages\"]
term = \"current\"

[profiles.me]
skills = [\"go\"]
hours = \"..175\"
";
        let (folder, own) = load(toml);
        let own = own.unwrap();
        assert_eq!(own.columns.as_ref().unwrap().iter().map(|column| column.name).collect::<Vec<_>>(), ["title", "hours"]);
        assert_eq!((own.profile.as_deref(), own.pager.as_deref()), (Some("me"), Some("less -S")));
        assert_eq!(own.catalog.as_deref(), Some(&[folder.path().join("pages"), PathBuf::from("/srv/pages")][..]));
        assert_eq!((own.term.as_deref(), own.profiles["me"].skills[0].get_ref().as_str()), (Some("current"), "go"));
        assert!(own.place("pager").unwrap().ends_with("config.toml:3:9"), "{:?}", own.place("pager"));
        assert!(own.place("profiles.me").unwrap().ends_with("config.toml:7:11"));
        assert!(load("").1.unwrap().columns.is_none());
    }

    #[test]
    fn what_is_wrong_has_a_place() {
        for (toml, said) in [
            (
                "colums = []\n",
                ":1:1: unknown field `colums`, expected one of `columns`, `profile`, `pager`, `catalog`, `term`, `profiles`; did you mean `columns`?",
            ),
            ("columns = []\n", ":1:11: a list of no columns"),
            ("columns = [\"title\", \"titel\"]\n", ":1:21: unknown column 'titel': expected id,"),
            ("term = \"someday\"\n", ":1:8: unknown term 'someday'"),
            ("catalog = [\"\"]\n", ":1:12: expected a file or a folder"),
            ("[profiles.me]\nskill = [\"go\"]\n", ":2:1: unknown field `skill`"),
            ("[profiles.me]\nhours = \"many\"\n", ":2:9: "),
            ("pager = 3\n", ":1:9: invalid type"),
        ] {
            let error = load(toml).1.unwrap_err();
            assert!(error.contains(&format!("config.toml{said}")), "{toml}{error}");
        }
    }
}
