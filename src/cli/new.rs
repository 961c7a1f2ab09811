//! `ideas new`: an entry of a template, filled in as far as flags and answers go.

mod ask;

use std::env;
use std::io::{self, IsTerminal as _};
use std::path::PathBuf;

use anyhow::{Context, bail};
use clap::ValueHint;
use serde_json::{Map, Value, json};

use crate::author;
use crate::catalog::{Level, files};
use crate::idea::Idea;
use crate::layout;
use crate::lint::Template;
use crate::storage;
use crate::text::Source;

use super::completions::values;
use super::convert;
use super::edits::{pass_on, write_back};
use super::{Exit, GlobalArgs, Session, template};

const EXAMPLES: &str = "\
Examples:
  ideas new --template lfx                       asks for everything, on a terminal
  ideas new --template lfx --no-input            an empty entry to fill in
  ideas new --template lfx --project Kitchen --output project_ideas.md
                                                 below its project, on a page that is there
  ideas new --template idea --title 'Taste soups' --skill Go --skill gRPC \\
    --mentor 'Ada Brook (@ada-b, ada@example.org)' --output ideas/taste-soups.md
  ideas validate project_ideas.md                what is still to be filled in";

/// What `ideas new` takes.
#[derive(Clone, Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// What to write: lfx, gsoc, lfx-form, idea, or a template of your own (a TOML file)
    #[arg(long, value_name = "TEMPLATE", add = values::templates())]
    template: String,

    /// Write to this file; on a page of many ideas that exists, the entry is put below its project
    #[arg(long, short, value_name = "FILE", value_hint = ValueHint::FilePath)]
    output: Option<PathBuf>,

    /// Write over a file that exists, instead of adding to it
    #[arg(long, requires = "output")]
    force: bool,

    /// Ask nothing; what no flag says is a placeholder
    #[arg(long)]
    no_input: bool,

    #[command(flatten)]
    said: Said,
}

/// What is said of the idea.
#[derive(Clone, Debug, Default, clap::Args)]
#[command(next_help_heading = "What the idea says")]
struct Said {
    /// The title
    #[arg(long, value_name = "TEXT")]
    title: Option<String>,

    /// The project it is filed under
    #[arg(long, value_name = "NAME")]
    project: Option<String>,

    /// The organization whose idea it is
    #[arg(long, value_name = "NAME")]
    organization: Option<String>,

    /// The programme, where the template is of none: gsoc or lfx
    #[arg(long, value_name = "NAME")]
    program: Option<String>,

    /// The year or term: 2026 or 2026-3
    #[arg(long, value_name = "TERM")]
    term: Option<String>,

    /// What it is about, in Markdown
    #[arg(long, value_name = "TEXT")]
    description: Option<String>,

    /// What shall come of it; repeat it for more
    #[arg(long, value_name = "TEXT")]
    outcome: Vec<String>,

    /// What a mentee should know; repeat it for more
    #[arg(long, value_name = "SKILL")]
    skill: Vec<String>,

    /// How hard it is: easy, medium or hard
    #[arg(long, value_name = "LEVEL")]
    difficulty: Option<String>,

    /// How many hours it takes: 90, 175 or 350
    #[arg(long, value_name = "HOURS")]
    hours: Option<String>,

    /// Who mentors: 'Name (@handle, mail)', for the form 'Name | @handle | mail | LFID'; repeat it for more
    #[arg(long, value_name = "MENTOR")]
    mentor: Vec<String>,

    /// The issue that tracks it; repeat it for more
    #[arg(long, value_name = "URL")]
    upstream: Vec<String>,

    /// Where to read on; repeat it for more
    #[arg(long, value_name = "URL")]
    link: Vec<String>,
}

impl Args {
    pub(super) fn run(&self, global: &GlobalArgs, session: &mut Session<'_>) -> anyhow::Result<Exit> {
        let here = env::current_dir().context("the current folder cannot be told")?;
        let own = template::own(Some(&self.template), &here)?;
        let Some(template) = template::wanted(Some(&self.template), own.as_ref()) else {
            bail!("--template auto follows a page, and there is none yet; say lfx, gsoc, lfx-form or idea");
        };
        let mut said = self.said.clone();
        said.check()?;
        // Questions go to standard error, answers come from standard input.
        if !self.no_input && io::stdin().is_terminal() && io::stderr().is_terminal() {
            ask::ask(&mut said, template)?;
        }
        let idea = said.idea(template)?;
        let losses = match self.output.as_deref() {
            Some(path) if path.exists() && !self.force => {
                let file = files::File { path: path.to_owned(), named: true };
                let page = files::read(&file).map_err(|notice| anyhow::anyhow!("{notice}"))?;
                if page.other_bytes.is_some() {
                    bail!("{}: is not UTF-8; save it as UTF-8 first", path.display());
                }
                let written = author::insert(&page.source, &idea, template).with_context(|| {
                    format!("{}: exists already, and nothing was written (--force writes over it)", path.display())
                })?;
                if !write_back(path, page.source.text(), &written.text, global, session)? {
                    return Ok(Exit::Failed);
                }
                written.losses
            }
            Some(path) => {
                let written = author::entry(&idea, template);
                storage::write(path, written.text.as_bytes()).with_context(|| path.display().to_string())?;
                written.losses
            }
            None => {
                let written = author::entry(&idea, template);
                pass_on(&written.text, None, session)?;
                written.losses
            }
        };
        if !losses.is_empty() {
            let told = convert::told(&losses, &author::Target::Template(template));
            global.say(Level::Warning, &told, session)?;
        }
        if let Some(path) = &self.output {
            let path = path.display();
            global.say(Level::Note, &format!("{path}: `ideas validate {path}` says what is still to be filled in"), session)?;
        }
        Ok(Exit::Done)
    }
}

impl Said {
    /// Refuses what no page could say so that it is understood.
    fn check(&self) -> anyhow::Result<()> {
        let one = |key: &'static str, value: &Option<String>| value.clone().map(|value| (key, value));
        let all = |key: &'static str, values: &[String]| values.iter().map(|value| (key, value.clone())).collect::<Vec<_>>();
        let mut said: Vec<_> = [one("term", &self.term), one("difficulty", &self.difficulty), one("hours", &self.hours)]
            .into_iter()
            .flatten()
            .collect();
        said.extend(
            all("mentor", &self.mentor).into_iter().chain(all("upstream", &self.upstream)).chain(all("link", &self.link)),
        );
        for (key, value) in said {
            if let Err(wanted) = understood(key, &value) {
                bail!("--{key} '{value}': {wanted}");
            }
        }
        Ok(())
    }

    /// The idea, read as any page is; with the template's placeholders for title and project.
    fn idea(&self, template: &Template) -> anyhow::Result<Idea> {
        let blank = &template.placeholders;
        let title = self.title.as_ref().or(blank.title.as_ref());
        let project = self.project.as_ref().or(blank.project.as_ref());
        let record = json!({
            "title": title.map_or("TBD", String::as_str), "project": project, "organization": self.organization, "term": self.term,
            "program": self.program, "description": self.description, "outcomes": self.outcome, "skills": self.skill,
            "difficulty": self.difficulty, "hours": self.hours, "mentors": self.mentor, "upstream": self.upstream,
            "links": self.link,
        });
        read(&record).context("--title: no page could say this title")
    }
}

/// Reads an idea from a record.
fn read(record: &Value) -> Option<Idea> {
    let page = Source::new("new.json", json!([record]).to_string());
    layout::read(&page).ok()?.ideas.pop()
}

/// Checks that a value says what its name promises; else tells what is wanted. Keys are the names of flags.
fn understood(key: &str, value: &str) -> Result<(), &'static str> {
    let mut record = Map::new();
    record.insert("title".to_owned(), json!("A title"));
    record.insert(if key == "link" { "links" } else { key }.to_owned(), json!([value]));
    let Some(idea) = read(&Value::Object(record)) else { return Ok(()) };
    let (said, wanted) = match key {
        "term" => (idea.term.is_some(), "expected a year, or a year and an LFX term: 2026 or 2026-3"),
        "difficulty" => (!idea.difficulty.is_empty(), "expected easy, medium or hard"),
        "hours" => (!idea.hours.is_empty(), "expected a number of hours, or small, medium or large"),
        "mentor" => (!idea.mentors.is_empty(), "expected a name, a GitHub handle or an address: 'Name (@handle, mail)'"),
        "upstream" => (!idea.upstream.is_empty(), "expected the address of an issue, or owner/repository#12"),
        "link" => (!idea.links.is_empty(), "expected an address: https://…"),
        _ => (true, ""),
    };
    if said { Ok(()) } else { Err(wanted) }
}
