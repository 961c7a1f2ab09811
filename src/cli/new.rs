//! `ideas new`: an entry of a template, filled in as far as flags and answers go.

mod ask;

use std::env;
use std::io::{self, IsTerminal as _};
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use clap::ValueHint;
use serde_json::{Map, Value, json};

use crate::author::{self, Loss};
use crate::catalog::{Level, files};
use crate::idea::{Idea, Program, size};
use crate::layout;
use crate::lint::Template;
use crate::programs;
use crate::storage;
use crate::text::Source;

use super::completions::values;
use super::convert;
use super::edits::{pass_on, write_back};
use super::{Exit, GlobalArgs, Session, template};

const EXAMPLES: &str = "\
Examples:
  ideas new --template lfx                       on a terminal, asks for what the template asks
  ideas new --template lfx --no-input            an empty entry to fill in
  ideas new --template lfx --project Kitchen --output project_ideas.md
                                                 below its project, on a page that is there
  ideas new --template idea --title 'Taste soups' --skill Go --skill gRPC \\
    --mentor 'Ada Brook (@ada-b, ada@example.org)' --output taste-soups.md
  ideas validate project_ideas.md                what is still to be filled in";

/// What `ideas new` takes.
#[derive(Clone, Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// What to write: lfx, cncf-gsoc, gsoc, ospp, plain, lfx-form, idea, or a template of your own (a TOML file)
    #[arg(long, value_name = "TEMPLATE", add = values::templates())]
    template: String,

    /// Write to this file, - being standard output; on a page of many ideas that exists, the entry is put below its project
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

    /// How many hours it takes: 90, 175, 350, another number, or small, medium or large
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
            bail!(
                "--template auto follows a page, and there is none yet; say lfx, cncf-gsoc, gsoc, ospp, plain, lfx-form or idea"
            );
        };
        let mut said = self.said.clone();
        said.check()?;
        said.doubt(global, session)?;
        // Questions go to standard error, answers come from standard input.
        if !self.no_input && io::stdin().is_terminal() && io::stderr().is_terminal() {
            ask::ask(&mut said, template)?;
        }
        let idea = said.idea(template)?;
        let output = self.output.as_deref().filter(|path| *path != "-");
        // The heading of a page is not an entry's.
        let mut name = template.name.clone();
        let losses = match output {
            Some(path) if path.exists() && !self.force => {
                let Some(losses) = add(&idea, template, path, global, session)? else { return Ok(Exit::Failed) };
                name = format!("an entry of {name}");
                losses
            }
            Some(path) => {
                let written = author::draft(&idea, template);
                storage::write(path, written.text.as_bytes()).with_context(|| path.display().to_string())?;
                written.losses
            }
            None => {
                let written = author::draft(&idea, template);
                pass_on(&written.text, None, session)?;
                written.losses
            }
        };
        if !losses.is_empty() {
            global.say(Level::Warning, &convert::told(&losses, &name), session)?;
        }
        if let Some(path) = output {
            let path = path.display();
            global.say(Level::Note, &format!("{path}: `ideas validate {path}` says what is still to be filled in"), session)?;
        }
        Ok(Exit::Done)
    }
}

/// Adds an idea to a page that exists. What the page does not say of it; nothing if it could not be written, which is said.
fn add(
    idea: &Idea,
    template: &Template,
    path: &Path,
    global: &GlobalArgs,
    session: &mut Session<'_>,
) -> anyhow::Result<Option<Vec<Loss>>> {
    let file = files::File { path: path.to_owned(), named: true };
    let page = files::read(&file).map_err(|notice| anyhow::anyhow!("{notice}"))?;
    if page.other_bytes.is_some() {
        bail!("{}: is not UTF-8; save it as UTF-8 first", path.display());
    }
    let written = author::insert(&page.source, idea, template)
        .with_context(|| format!("{}: exists already, and nothing was written (--force writes over it)", path.display()))?;
    let here = env::current_dir().context("the current folder cannot be told")?;
    let is_written = write_back(path, page.source.text(), &written.text, &here, global, session)?;
    Ok(is_written.then_some(written.losses))
}

impl Said {
    /// Doubts aloud what can be right and is more likely a slip: there are other programmes than those we know.
    fn doubt(&self, global: &GlobalArgs, session: &mut Session<'_>) -> anyhow::Result<()> {
        if let Some(name) = &self.program
            && !programs::all().any(|known| *known == Program::from_name(name))
        {
            let known = programs::all().map(Program::as_str).collect::<Vec<_>>().join(", ");
            let message = format!("--program '{name}': is none of those that are known ({known}); it is taken as it stands");
            global.say(Level::Warning, &message, session)?;
        }
        Ok(())
    }

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
fn understood(key: &str, value: &str) -> Result<(), String> {
    let mut record = Map::new();
    record.insert("title".to_owned(), json!("A title"));
    record.insert(if key == "link" { "links" } else { key }.to_owned(), json!([value]));
    let Some(idea) = read(&Value::Object(record)) else { return Ok(()) };
    let (said, wanted) = match key {
        "hours" => {
            let of = |word: &str| size::from_word(word).unwrap_or_default();
            let [small, medium, large] = ["small", "medium", "large"].map(|word| format!("{word} ({})", of(word)));
            let (least, most) = (size::LEAST, size::MOST);
            let wanted = format!("expected a number of hours from {least} to {most}, or {small}, {medium} or {large}");
            return if idea.hours.is_empty() { Err(wanted) } else { Ok(()) };
        }
        "term" => (idea.term.is_some(), "expected a year, or a year and an LFX term: 2026 or 2026-3"),
        "difficulty" => (!idea.difficulty.is_empty(), "expected easy, medium or hard"),
        "mentor" => (!idea.mentors.is_empty(), "expected a name, a GitHub handle or an address: 'Name (@handle, mail)'"),
        "upstream" => (!idea.upstream.is_empty(), "expected the address of an issue, or owner/repository#12"),
        "link" => (!idea.links.is_empty(), "expected an address: https://…"),
        _ => (true, ""),
    };
    if said { Ok(()) } else { Err(wanted.to_owned()) }
}
