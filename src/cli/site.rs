//! `ideas site`: ideas as a static web site, in a folder or on loopback.

use std::path::{Path, PathBuf};

use clap::{ArgGroup, ValueHint};
use url::Url;

use super::duplicates::DuplicatesArg;
use super::filters::{FilterArgs, SortArg};
use super::{Exit, GlobalArgs, Session, exit_of};
use crate::catalog::Level;
use crate::idea::Idea;
use crate::site::folder::Folder;
use crate::site::{FirstSeen, Options, Site, serve};
use crate::text::counted;

const EXAMPLES: &str = "\
Examples:
  ideas site --out public                        all ideas; open public/index.html
  ideas site --out public --skill go --term current
  ideas site --out public --organization cncf --title \"CNCF ideas\" \\
    --url https://example.org/ideas/             links in the feed are whole
  ideas site --serve --skill rust                look at it, write nothing
  ideas show harbor-cli --format html            the page of one idea

The site works from the disk and on any server, and asks nobody for anything. Its folder is its own: what an earlier call \
has written there and is no longer needed is removed, files that it did not write are left alone.";

/// What `ideas site` takes.
#[derive(Clone, Debug, clap::Args)]
#[command(after_help = EXAMPLES, group = ArgGroup::new("where").args(["out", "serve"]).required(true).multiple(true))]
pub struct Args {
    #[command(flatten)]
    filters: FilterArgs,
    #[command(flatten)]
    sort: SortArg,
    #[command(flatten)]
    duplicates: DuplicatesArg,

    /// Write the site into this folder: a new one, an empty one, or that of an earlier site
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath, help_heading = "Site")]
    out: Option<PathBuf>,

    /// Show the site on loopback, on port 8000 if that is free, until Ctrl-C
    #[arg(long, help_heading = "Site")]
    serve: bool,

    /// Use this port for --serve; 0 is any that is free
    #[arg(long, value_name = "PORT", requires = "serve", help_heading = "Site")]
    port: Option<u16>,

    /// What the site is called
    #[arg(long, value_name = "TEXT", default_value = "Mentorship project ideas", help_heading = "Site")]
    title: String,

    /// Where the site will stand on the web; links in its feed are whole then
    #[arg(long, value_name = "URL", value_hint = ValueHint::Url, value_parser = address, help_heading = "Site")]
    url: Option<Url>,

    /// Publish mentors' e-mail addresses, too
    ///
    /// Without it addresses are left out everywhere: of mentors, in descriptions, in the feed and in the JSON.
    #[arg(long, help_heading = "Site")]
    with_addresses: bool,
}

/// The address of a folder on the web.
fn address(text: &str) -> Result<Url, String> {
    let mut url = Url::parse(text).map_err(|error| format!("{error}; expected an address such as https://example.org/ideas/"))?;
    if !matches!(url.scheme(), "http" | "https") {
        return Err("expected an address such as https://example.org/ideas/".to_owned());
    }
    if !url.path().ends_with('/') {
        url.set_path(&format!("{}/", url.path()));
    }
    Ok(url)
}

impl Args {
    pub(super) fn run(&self, global: &GlobalArgs, session: &mut Session<'_>) -> anyhow::Result<Exit> {
        // What cannot be written or served is said before everything is read.
        let folder = self.out.as_deref().map(|out| Folder::open(out).map(|folder| (out, folder))).transpose()?;
        let listening = self.serve.then(|| serve::listen(self.port)).transpose()?;
        let mut query = self.filters.query()?;
        let mut catalog = global.load_matching(&mut query, false, session)?;
        let once = self.duplicates.choose(&query, &mut catalog);
        let mut ideas = catalog.at(&once.shown);
        self.sort.apply(&mut ideas);
        if ideas.is_empty() {
            // An earlier site is worth more than an empty one.
            global.say_nothing_matched(&query, &catalog, session)?;
            global.say(Level::Note, "no site was written", session)?;
            return Ok(exit_of(&catalog));
        }
        let site = self.make(&ideas, folder.as_ref().map(|(_, folder)| folder.first_seen()), session)?;
        if let Some((out, folder)) = folder {
            let written = folder.write(&site)?;
            say_written(out, ideas.len(), &site, written.written, written.removed, global, session)?;
        }
        if let Some(listening) = listening {
            global.say(
                Level::Note,
                &format!("{} shows {}; Ctrl-C ends it", listening.address(), counted(ideas.len(), "idea")),
                session,
            )?;
            session.err.flush()?;
            listening.serve(&site);
        }
        Ok(exit_of(&catalog))
    }

    fn make(&self, ideas: &[&Idea], before: Option<&FirstSeen>, session: &Session<'_>) -> anyhow::Result<Site> {
        let options = Options {
            title: self.title.clone(),
            url: self.url.clone(),
            with_addresses: self.with_addresses,
            today: session.today()?,
        };
        Ok(Site::new(ideas, &options, before.unwrap_or(&FirstSeen::new()))?)
    }
}

/// Says what is where.
fn say_written(
    out: &Path,
    ideas: usize,
    site: &Site,
    written: usize,
    removed: usize,
    global: &GlobalArgs,
    session: &mut Session<'_>,
) -> anyhow::Result<()> {
    let what = match (written, removed) {
        (0, 0) => "nothing has changed".to_owned(),
        (written, 0) => format!("{written} of {} files were written", site.files.len()),
        (written, removed) => format!("{written} of {} files were written, {removed} removed", site.files.len()),
    };
    let index = out.join("index.html");
    Ok(global.say(Level::Note, &format!("{}: {what}; open {}", counted(ideas, "idea"), index.display()), session)?)
}
