//! `ideas shortlist export`: the shortlist as a document, to be kept or passed on.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use clap::{ValueEnum, ValueHint};

use crate::catalog::Level;
use crate::cli::{Exit, GlobalArgs, Session};
use crate::idea::id::short::ShortIds;
use crate::render::{Format, Look, json, shortlist as render};
use crate::shortlist::Item;
use crate::site::shortlist as site;
use crate::storage;
use crate::store::EntryStatus;
use crate::text::counted;

use super::Loaded;
use super::list::{say_what_differs, wanted};

pub(super) const EXAMPLES: &str = "\
Examples:
  ideas shortlist export                                 Markdown, on standard output
  ideas shortlist export --output shortlist.html         a page that stands alone; the name says what to write
  ideas shortlist export --without-notes --output for-ada.html
  ideas shortlist export --status applied --format csv > applied.csv";

/// What `ideas shortlist export` takes.
#[derive(Clone, Debug, clap::Args)]
pub(super) struct Args {
    /// How to write them; without it, what the name of the file says, or Markdown
    #[arg(long, value_name = "FORMAT", value_enum, ignore_case = true)]
    format: Option<ExportFormat>,

    /// Write to this file instead of standard output (-)
    #[arg(long, short, value_name = "FILE", value_hint = ValueHint::FilePath)]
    output: Option<PathBuf>,

    /// Write over a file that exists
    #[arg(long, requires = "output")]
    force: bool,

    /// Only those of this status: contacted,applied
    #[arg(long, value_name = "STATUS", value_enum, ignore_case = true, value_delimiter = ',')]
    status: Vec<EntryStatus>,

    /// Leave your notes out
    #[arg(long)]
    without_notes: bool,

    /// Write e-mail addresses, too
    ///
    /// Without it addresses are left out everywhere: of mentors, in descriptions, and in your notes.
    #[arg(long)]
    with_addresses: bool,
}

/// A way to write a shortlist as a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum ExportFormat {
    /// A section for each idea
    Markdown,
    /// A web page that stands alone, to send to somebody
    Html,
    /// An array of objects, with every field
    Json,
    /// A header, then one row each, for spreadsheets
    Csv,
}

impl ExportFormat {
    /// The format that the name of a file says.
    fn of_name(path: &Path) -> Option<Self> {
        let extension = path.extension()?.to_str()?.to_ascii_lowercase();
        match extension.as_str() {
            "md" | "markdown" => Some(ExportFormat::Markdown),
            "html" | "htm" => Some(ExportFormat::Html),
            "json" => Some(ExportFormat::Json),
            "csv" => Some(ExportFormat::Csv),
            _ => None,
        }
    }
}

impl Args {
    pub(super) fn run(&self, global: &GlobalArgs, session: &mut Session<'_>) -> anyhow::Result<Exit> {
        let output = self.output.as_deref().filter(|path| *path != Path::new("-"));
        let format = self.format(output)?;
        if let Some(path) = output.filter(|path| !self.force && storage::exists(path)) {
            bail!("{}: exists already; nothing was written (--force writes over it)", path.display());
        }
        let loaded = Loaded::read(global, session)?;
        if loaded.say_if_empty(global, session)? {
            return Ok(loaded.exit());
        }
        let items = wanted(&loaded.items, &self.status);
        if items.is_empty() {
            global.say(Level::Note, "no idea of your shortlist has this status", session)?;
            return Ok(loaded.exit());
        }
        let owned: Vec<Item> = items.iter().map(|item| (*item).clone()).collect();
        let published = site::published(&owned, self.with_addresses, !self.without_notes);
        let mut bytes = Vec::new();
        self.write(format, &published, &mut bytes)?;
        let Some(path) = output else {
            session.out.write_all(&bytes)?;
            say_what_differs(&items, global, session)?;
            return Ok(loaded.exit());
        };
        storage::write(path, &bytes).with_context(|| path.display().to_string())?;
        say_what_differs(&items, global, session)?;
        global.say(Level::Note, &format!("{} written to {}", counted(items.len(), "idea"), path.display()), session)?;
        Ok(loaded.exit())
    }

    fn format(&self, output: Option<&Path>) -> anyhow::Result<ExportFormat> {
        match (self.format, output) {
            (Some(format), _) => Ok(format),
            (None, None) => Ok(ExportFormat::Markdown),
            (None, Some(path)) => ExportFormat::of_name(path).with_context(|| {
                format!("{}: the name does not say the format; expected .md, .html, .json or .csv, or --format", path.display())
            }),
        }
    }

    fn write(&self, format: ExportFormat, items: &[Item], out: &mut dyn Write) -> io::Result<()> {
        match format {
            ExportFormat::Markdown => render::write_document(items, out),
            ExportFormat::Html => site::write(items, self.with_addresses, out),
            ExportFormat::Json => json::write(items, out),
            ExportFormat::Csv => {
                let items: Vec<&Item> = items.iter().collect();
                render::write(Format::Csv, &items, None, &ShortIds::default(), &Look::PLAIN, out)
            }
        }
    }
}
