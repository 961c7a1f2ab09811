//! `ideas schema`: the JSON Schemas of what we write and read, made from the types themselves. Each [`Subject`] has one.

use clap::ValueEnum;
use schemars::generate::SchemaSettings;

use crate::config;
use crate::idea::Idea;
use crate::lint::asked::Standing;
use crate::lint::template::Template;
use crate::preferences;
use crate::query::fit::Fitting;
use crate::query::search::Hit;
use crate::query::stats::Stats;
use crate::render::compare::Comparison;
use crate::shortlist::Item;

use super::{Exit, Session};

const EXAMPLES: &str = "\
Examples:
  ideas schema > idea.schema.json
  ideas schema config                            for an editor that completes ideas.toml
  ideas schema template                          … and a template of your own";

/// What `ideas schema` takes.
#[derive(Clone, Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// What the schema describes
    #[arg(value_enum, default_value_t)]
    subject: Subject,
}

/// What there is a schema of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Subject {
    /// One idea; `ideas list --format json` writes an array of them
    #[default]
    Idea,
    /// An idea that was found; `ideas search --format json` writes an array of them
    Search,
    /// An idea and how it fits; `ideas match --format json` writes an array of them
    Match,
    /// An idea of your shortlist; `ideas shortlist list --format json` writes an array of them
    Shortlist,
    /// What `ideas compare --format json` writes
    Compare,
    /// What `ideas stats --format json` writes
    Stats,
    /// How an organization stands; `ideas report --format json` writes an array of them
    Report,
    /// A folder's `ideas.toml`, for editors that complete it
    Config,
    /// Your config.toml, for editors that complete it
    UserConfig,
    /// A template in TOML, as those in `schemas/templates/`, for editors that complete yours
    Template,
}

impl Subject {
    /// The schema, as pretty JSON that ends in a line break.
    #[must_use]
    pub fn json(self) -> String {
        let settings = SchemaSettings::draft2020_12();
        let schema = match self {
            // What we write: a field that is always there is required, even where it may be null.
            Subject::Idea => settings.for_serialize().into_generator().into_root_schema_for::<Idea>(),
            Subject::Search => settings.for_serialize().into_generator().into_root_schema_for::<Hit<'_>>(),
            Subject::Match => settings.for_serialize().into_generator().into_root_schema_for::<Fitting<'_>>(),
            Subject::Shortlist => settings.for_serialize().into_generator().into_root_schema_for::<Item>(),
            Subject::Compare => settings.for_serialize().into_generator().into_root_schema_for::<Comparison<'_>>(),
            Subject::Stats => settings.for_serialize().into_generator().into_root_schema_for::<Stats>(),
            Subject::Report => settings.for_serialize().into_generator().into_root_schema_for::<Standing>(),
            // What we read: everything may be left out.
            Subject::Config => settings.for_deserialize().into_generator().into_root_schema_for::<config::File>(),
            Subject::UserConfig => settings.for_deserialize().into_generator().into_root_schema_for::<preferences::File>(),
            Subject::Template => settings.for_deserialize().into_generator().into_root_schema_for::<Template>(),
        };
        format!("{:#}\n", schema.as_value())
    }
}

impl Args {
    pub(super) fn run(&self, session: &mut Session<'_>) -> anyhow::Result<Exit> {
        session.out.write_all(self.subject.json().as_bytes())?;
        Ok(Exit::Done)
    }
}
