//! `ideas convert`: ideas of any page, written as the text of a template.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::env;
use std::ffi::OsString;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use clap::ValueHint;
use clap::builder::{OsStringValueParser, TypedValueParser as _};

use crate::author::{self, Loss, Lost, Target, Unread, Written};
use crate::catalog::{Catalog, Level, Origin, warning};
use crate::config;
use crate::idea::Fact;
use crate::idea::Idea;
use crate::lint::Template;
use crate::query::once::{Once, once};
use crate::query::sort::newest_first;
use crate::storage;
use crate::text::counted;

use super::completions::values;
use super::edits::pass_on;
use super::filters::FilterArgs;
use super::{Exit, GlobalArgs, Session, exit_of, lookup, named};

const EXAMPLES: &str = "\
Examples:
  ideas convert ideas.md --to lfx                the page as the CNCF writes it
  ideas convert proposal.md --to gsoc            a proposal for LFX, for GSoC's page
  ideas convert pages/ --to idea --output ideas/ an idea file each
  ideas convert pages/ --to lfx-export --term 2026-1 --output export.json
  ideas convert pages/ --to gsoc --output gsoc/  a page for each page
  ideas convert ideas.md --to templates/ours.toml
  gh issue view 7 --json body -q .body | ideas convert - --to lfx";

/// What `ideas convert` takes.
#[derive(Clone, Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// Pages, folders of pages, or - for standard input
    ///
    /// Without any, the pages that --catalog names, or else the catalogue that is built in.
    #[arg(value_name = "PATH", value_parser = OsStringValueParser::new().try_map(named), value_hint = ValueHint::AnyPath)]
    paths: Vec<OsString>,

    /// What to write: idea, lfx, cncf-gsoc, gsoc, ospp, plain, lfx-form, lfx-export, json, or a template of your own (a
    /// TOML file)
    #[arg(long, value_name = "TEMPLATE", add = values::targets())]
    to: String,

    /// Write to this file or folder instead of standard output (-)
    ///
    /// Into a folder go idea files and forms one by one, named after the ids of their ideas; of the other targets a page for
    /// each page that was read, with its name. A folder is one that exists, or a path that ends in a slash.
    #[arg(long, short, value_name = "PATH", value_hint = ValueHint::AnyPath)]
    output: Option<PathBuf>,

    /// Write over files that exist
    #[arg(long, requires = "output")]
    force: bool,

    /// Only these ideas: ids, or the beginnings of ids
    #[arg(long, value_name = "ID", value_delimiter = ',', add = values::ids())]
    id: Vec<String>,

    #[command(flatten)]
    filters: FilterArgs,
}

/// A page to be written: where to, and the ideas on it.
type Pages<'a> = Vec<(PathBuf, Vec<&'a Idea>)>;

impl Args {
    pub(super) fn run(&self, global: &GlobalArgs, session: &mut Session<'_>) -> anyhow::Result<Exit> {
        let mut query = self.filters.query()?;
        let own = own_template(&self.to)?;
        let target = target(&self.to, own.as_ref());
        let mut catalog = self.load(global, session)?;
        session.settle(&mut query, &catalog.ideas)?;
        let mut ideas = Once::all(query.places(&catalog.ideas)).shown;
        if !self.id.is_empty() {
            let once = once(&mut catalog.ideas, &catalog.faces, 0..catalog.faces.len());
            let mut wanted = Vec::with_capacity(self.id.len());
            for id in &self.id {
                let mut places = once.places_of(lookup::find(id, &catalog, &once, global, session)?);
                places.retain(|&place| query.matches(&catalog.ideas[place]));
                // Of an idea that stands in several terms the newest.
                wanted.extend(places.into_iter().min_by_key(|&place| newest_first(&catalog.ideas[place])));
            }
            wanted.sort_unstable();
            wanted.dedup();
            ideas = wanted;
        }
        let ideas = catalog.at(&ideas);
        if ideas.is_empty() {
            global.say_nothing_matched(&query, &catalog, session)?;
        }
        tell_unread(&ideas, &catalog, global, session)?;
        let Some(output) = self.output.as_deref().filter(|path| *path != "-") else {
            if !target.holds_many() && ideas.len() > 1 {
                bail!(
                    "{} holds one idea a file, and these are {}; `--output FOLDER/` writes a file for each, `--id ID` picks one",
                    target.name(),
                    ideas.len()
                );
            }
            if !ideas.is_empty() || target.extension() == "json" {
                let written = author::write(&ideas, &target);
                pass_on(&written.text, None, session)?;
                tell(&ideas, &written, &target, global, session)?;
            }
            return Ok(exit_of(&catalog));
        };
        // A list may be empty; of nothing there is no page, and what is there stays.
        if ideas.is_empty() && (target.extension() != "json" || storage::exists(output)) {
            return Ok(exit_of(&catalog));
        }
        let pages = files(ideas, &target, output)?;
        if !self.force {
            let there: Vec<String> =
                pages.iter().filter(|(path, _)| storage::exists(path)).map(|(path, _)| path.display().to_string()).collect();
            if let Some(first) = there.first() {
                let more = if there.len() > 1 { format!(" (and {} more)", there.len() - 1) } else { String::new() };
                bail!("{first}{more}: exists already; nothing was written (--force writes over it)");
            }
        }
        for (path, ideas) in &pages {
            let written = author::write(ideas, &target);
            // A folder that the call names is made if need be.
            let write = if path == output { storage::write } else { storage::write_with_folder };
            write(path, written.text.as_bytes()).with_context(|| path.display().to_string())?;
            tell(ideas, &written, &target, global, session)?;
        }
        let ideas: usize = pages.iter().map(|(_, ideas)| ideas.len()).sum();
        let place = match pages.as_slice() {
            [(path, _)] => path.display().to_string(),
            pages => format!("{} files in {}", pages.len(), output.display()),
        };
        global.say(Level::Note, &format!("{} written to {place}", counted(ideas, "idea")), session)?;
        Ok(exit_of(&catalog))
    }

    fn load(&self, global: &GlobalArgs, session: &mut Session<'_>) -> anyhow::Result<Catalog> {
        if self.paths.is_empty() {
            return global.load(session);
        }
        let origins: Vec<Origin> = self.paths.iter().map(|path| Origin::from_name(path)).collect();
        global.load_from(&origins, session)
    }
}

/// The template of a file, if the name is no target of ours.
pub(super) fn own_template(name: &str) -> anyhow::Result<Option<Template>> {
    if Target::named(name).is_some() {
        return Ok(None);
    }
    let here = env::current_dir().context("the current folder cannot be told")?;
    Ok(Some(config::target(name, &here, Target::names())?))
}

fn target<'t>(name: &str, own: Option<&'t Template>) -> Target<'t> {
    own.map(Target::Template).or_else(|| Target::named(name)).unwrap_or(Target::Json)
}

/// Which ideas go to which file.
fn files<'a>(ideas: Vec<&'a Idea>, target: &Target<'_>, output: &Path) -> anyhow::Result<Pages<'a>> {
    let is_folder = output.is_dir() || output.as_os_str().to_string_lossy().ends_with(['/', std::path::MAIN_SEPARATOR]);
    if !is_folder {
        if !target.holds_many() && ideas.len() > 1 {
            bail!(
                "{}: {} holds one idea a file, and these are {}; name a folder: `--output {}/`",
                output.display(),
                target.name(),
                ideas.len(),
                output.with_extension("").display()
            );
        }
        return Ok(vec![(output.to_owned(), ideas)]);
    }
    if !target.holds_many() {
        // The same idea may stand in two terms, with one id.
        let mut taken: HashSet<String> = HashSet::new();
        let mut counts: HashMap<&str, usize> = HashMap::new();
        let file = |idea: &'a Idea| {
            let count = counts.entry(&idea.id).or_insert(1);
            let mut name = idea.id.clone();
            while !taken.insert(name.clone()) {
                *count += 1;
                name = format!("{}-{count}", idea.id);
            }
            (output.join(format!("{name}.{}", target.extension())), vec![idea])
        };
        return Ok(ideas.into_iter().map(file).collect());
    }
    let mut pages: BTreeMap<PathBuf, Vec<&Idea>> = BTreeMap::new();
    for idea in ideas {
        let stem = Path::new(&idea.source.path).file_stem().unwrap_or_default().to_string_lossy();
        // Standard input has no name.
        let name = if stem.starts_with('<') { "ideas" } else { &stem };
        let path = output.join(format!("{name}.{}", target.extension()));
        let page = pages.entry(path).or_default();
        if let Some(first) = page.first().filter(|first| first.source.path != idea.source.path) {
            bail!(
                "{} and {} would both become {name}.{}; convert them one by one, or to one file",
                first.source.path,
                idea.source.path,
                target.extension()
            );
        }
        page.push(idea);
    }
    Ok(pages.into_iter().collect())
}

/// Says what the target cannot hold, idea by idea.
fn tell(
    ideas: &[&Idea],
    written: &Written,
    target: &Target<'_>,
    global: &GlobalArgs,
    session: &mut Session<'_>,
) -> anyhow::Result<()> {
    // What is the same for several is said once.
    let mut said: Vec<(String, Vec<&str>)> = Vec::new();
    for losses in written.losses.chunk_by(|a, b| a.idea == b.idea) {
        let (id, message) = (ideas.get(losses[0].idea).map_or("", |idea| &idea.id), told(losses, target.name()));
        match said.iter_mut().find(|(known, _)| *known == message) {
            Some((_, ids)) => ids.push(id),
            None => said.push((message, vec![id])),
        }
    }
    for (message, ids) in said {
        global.say(Level::Warning, &format!("{}: {message}", ids.join(", ")), session)?;
    }
    Ok(())
}

/// Says what the pages say of ideas and no field holds: it is in nothing that is written.
fn tell_unread(ideas: &[&Idea], catalog: &Catalog, global: &GlobalArgs, session: &mut Session<'_>) -> anyhow::Result<()> {
    /// So many words are named.
    const WORDS: usize = 5;
    for ideas in ideas.chunk_by(|a, b| a.source.path == b.source.path) {
        // A page that is gone by now was read before.
        let Ok(source) = catalog.source_of(ideas[0]) else { continue };
        for Unread { idea, span, words, begins } in author::unread(&source, ideas) {
            let title = &ideas[idea].title.value;
            let (count, named) = (counted(words.len(), "word"), words.iter().take(WORDS).map(String::as_str).collect::<Vec<_>>());
            let named = named.join(", ");
            let more = if words.len() > WORDS { ", …" } else { "" };
            let are = if words.len() == 1 { "is" } else { "are" };
            let message =
                format!("{count} of `{title}` ({named}{more}) {are} in none of its fields and not converted: \"{begins}\"");
            global.tell(&warning(&source, span, &message), session)?;
        }
    }
    Ok(())
}

/// `lfx has no place for the hours (350) and 2 of the links; the description will read otherwise in lfx`.
pub(super) fn told(losses: &[Loss], name: &str) -> String {
    /// What is short enough is named.
    const SHORT: usize = 60;
    // Tags follow from the skills.
    let (tags, skills) = (Lost::Fact(Fact::Tags), Lost::Fact(Fact::Skills));
    let has_skills = |loss: &&Loss| loss.what != tags || losses.iter().all(|other| other.what != skills);
    let shown = |loss: &&Loss| {
        let (fact, values) = (loss.what.as_str(), loss.gone.join(", "));
        match loss.gone.len() {
            0 => format!("the {fact}"),
            _ if values.len() <= SHORT && !values.contains('\n') => format!("the {fact} ({values})"),
            1 => format!("the {fact}"),
            count => format!("{count} of the {fact}"),
        }
    };
    let list = |which: &dyn Fn(&&Loss) -> bool| {
        let parts: Vec<String> = losses.iter().filter(has_skills).filter(which).map(|loss| shown(&loss)).collect();
        match parts.as_slice() {
            [] => None,
            [only] => Some(only.clone()),
            [first @ .., last] => Some(format!("{} and {last}", first.join(", "))),
        }
    };
    let dropped = list(&|loss| !loss.has_place && !loss.gone.is_empty()).map(|what| format!("{name} has no place for {what}"));
    let changed =
        list(&|loss| loss.has_place && !loss.gone.is_empty()).map(|what| format!("{what} will read otherwise in {name}"));
    let more = list(&|loss| loss.gone.is_empty()).map(|what| format!("{what} will say more in {name}"));
    [dropped, changed, more].into_iter().flatten().collect::<Vec<_>>().join("; ")
}
