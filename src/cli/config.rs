//! `ideas config`: the user's own settings. Where they stand, what is in force and who says so, and an editor for them.

use std::borrow::Cow;

use anyhow::Context;
use clap::Subcommand;
use serde::Serialize;

use super::origins::DEFAULT;
use super::schema::Subject;
use super::{Exit, GlobalArgs, Session};
use crate::catalog::Level;
use crate::desktop::editor;
use crate::desktop::pager::Pager;
use crate::preferences::{self, Preferences, starter::STARTER};
use crate::render::facets::{FacetColumn, write};
use crate::render::{Columns, Format};
use crate::storage;

const EXAMPLES: &str = "\
Examples:
  ideas config edit                              opens config.toml in your editor; the first time with all there is to set
  ideas config show                              what is in force, and where it comes from
  cat \"$(ideas config path)\"
  ideas config schema > config.schema.json       for an editor that completes it";

/// What `ideas config` takes.
#[derive(Clone, Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    #[command(subcommand)]
    action: Action,
}

#[derive(Clone, Copy, Debug, Subcommand)]
enum Action {
    /// Print where your config.toml lies, be it there or not
    Path,
    /// Show each setting, and where it comes from: a flag, the environment, a file, or nobody
    Show {
        /// How to write the settings
        #[arg(long, value_name = "FORMAT", value_enum, ignore_case = true, default_value_t, help_heading = "Output")]
        format: Format,
    },
    /// Open your config.toml in your editor; if there is none, a first one with everything as comments
    Edit,
    /// Print the JSON Schema of config.toml
    Schema,
}

/// A setting as it is in force.
#[derive(Serialize)]
struct Row {
    setting: String,
    value: Option<String>,
    from: String,
}

static COLUMNS: [FacetColumn<Row>; 3] = [
    FacetColumn::text("setting", |row| Cow::from(row.setting.as_str())),
    FacetColumn::text("value", |row| Cow::from(row.value.as_deref().unwrap_or("none"))),
    FacetColumn::text("from", |row| Cow::from(row.from.as_str())),
];

impl Args {
    pub(super) fn run(&self, global: &GlobalArgs, session: &mut Session<'_>) -> anyhow::Result<Exit> {
        match self.action {
            Action::Path => writeln!(session.out, "{}", preferences::path()?.display())?,
            Action::Show { format } => {
                let rows = rows(global)?;
                global.page(session, |look, out| Ok(write(format, &rows, &COLUMNS, look, out)?))?;
            }
            Action::Edit => edit(global, session)?,
            Action::Schema => session.out.write_all(Subject::UserConfig.json().as_bytes())?,
        }
        Ok(Exit::Done)
    }
}

fn edit(global: &GlobalArgs, session: &mut Session<'_>) -> anyhow::Result<()> {
    let path = preferences::path()?;
    if !storage::exists(&path) {
        storage::write_with_folder(&path, STARTER.as_bytes()).with_context(|| path.display().to_string())?;
        let note = format!("{} was written, with everything that can be set as comments", path.display());
        global.say(Level::Note, &note, session)?;
    }
    editor::open(&path, 1)?;
    // What is wrong is told while it is still known what was changed.
    Preferences::load(&path)?;
    Ok(())
}

fn rows(global: &GlobalArgs) -> anyhow::Result<Vec<Row>> {
    let own = global.own()?;
    let from = |name: &str| own.place(name).unwrap_or_else(|| DEFAULT.to_owned());
    let row = |name: &str, value: Option<String>| Row { setting: name.to_owned(), value, from: from(name) };
    let columns = own.columns.clone().unwrap_or_else(Columns::record);
    let columns: Vec<&str> = columns.iter().map(|column| column.name).collect();
    let pager = Pager::of_user(own.pager.as_deref()).filter(|_| !global.no_pager);
    let who = if global.no_pager { Some("--no-pager") } else { Pager::variable(own.pager.is_some()) };
    let (origins, why) = global.known_origins()?;
    let origins: Vec<String> = origins.iter().map(ToString::to_string).collect();
    let mut rows = vec![
        row("columns", Some(columns.join(","))),
        row("profile", own.profile.clone()),
        Row {
            setting: "pager".to_owned(),
            value: pager.map(|pager| pager.command().to_owned()),
            from: who.map_or_else(|| from("pager"), str::to_owned),
        },
        Row { setting: "catalog".to_owned(), value: Some(origins.join(", ")), from: why },
        row("term", own.term.clone()),
    ];
    let profiles = own.profiles.iter().map(|(name, profile)| {
        let skills: Vec<&str> = profile.skills.iter().map(|skill| skill.get_ref().as_str()).collect();
        row(&format!("profiles.{name}"), Some(skills.join(",")))
    });
    rows.extend(profiles);
    Ok(rows)
}
