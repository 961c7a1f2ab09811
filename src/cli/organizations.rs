//! `ideas organizations`: who takes part, what it works with, and how many of its ideas were read; or why none were.

use std::borrow::Cow;
use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};

use clap::ValueEnum;
use serde::Serialize;

use crate::catalog::Level;
use crate::idea::skill::Skills;
use crate::idea::{Idea, Program, Term};
use crate::lint::asked::Standing;
use crate::render::facets::{FacetColumn, write};
use crate::sources::Feed;
use crate::sources::directory::Organization;
use crate::sources::own::Own;
use crate::spelling::fold;
use crate::store::{Manifest, Store};
use crate::text::Spanned;

use super::facets;
use super::sync::{NO_IDEAS, day};
use super::{Exit, GlobalArgs, Session, exit_of};

/// Examples of the command.
pub(super) const EXAMPLES: &str = "\
Examples:
  ideas organizations                            all that are known, with what was read of each
  ideas organizations --skill rust               those that name Rust, or have an idea that needs it
  ideas organizations --skill python --has mentors --sort ideas --limit 10
  ideas organizations --organization llvm --format json
  ideas sync gsoc/2026 --organization llvm       fetches the pages of one";

/// What `ideas organizations` takes.
#[derive(Clone, Debug, clap::Args)]
pub struct OrganizationsArgs {
    #[command(flatten)]
    facets: facets::Args,

    /// What comes first
    #[arg(long, value_name = "ORDER", value_enum, ignore_case = true, default_value_t, help_heading = "Output")]
    sort: Order,
}

/// In which order organizations are listed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum Order {
    /// By name
    #[default]
    Name,
    /// Most ideas first
    Ideas,
    /// Fetched last first
    Fetched,
}

/// An organization, as it is listed.
#[derive(Debug, Serialize)]
pub(super) struct Row {
    name: String,
    /// The directory that lists it, its name there, and for which programme and term; null if only ideas tell of it.
    directory: Option<String>,
    slug: Option<String>,
    program: Option<Program>,
    term: Option<Term>,
    /// How many ideas the filters let through.
    count: usize,
    /// Its pages were read, whatever the filters let through: else there may be ideas that nobody knows.
    is_read: bool,
    /// When its pages were fetched last.
    fetched: Option<String>,
    /// Why nothing was fetched the last time, and when that was; or that nothing was found.
    problem: Option<String>,
    failed: Option<String>,
    technologies: Vec<String>,
    topics: Vec<String>,
    ideas_url: Option<String>,
    website: Option<String>,
}

static COLUMNS: [FacetColumn<Row>; 5] = [
    FacetColumn::text("organization", |row| Cow::from(&row.name)),
    FacetColumn::counted("ideas", |row| row.is_read.then_some(row.count), "not read"),
    FacetColumn::text("fetched", |row| Cow::from(row.fetched.as_deref().map_or("", day))),
    FacetColumn::text("technologies", |row| Cow::from(row.technologies.join(", "))),
    FacetColumn::text("problem", |row| problem(row.problem.as_deref(), row.failed.as_deref())),
];

impl OrganizationsArgs {
    pub(super) fn run(&self, global: &GlobalArgs, session: &mut Session<'_>) -> anyhow::Result<Exit> {
        let facets::Args { filters, format, amount, duplicates } = &self.facets;
        let mut query = filters.query()?;
        let mut catalog = global.load(session)?;
        let store = Store::open()?;
        let (mut rows, are_all) = listed(&store, global, session)?;
        let mut exit = exit_of(&catalog);
        if !are_all {
            exit = Exit::Failed;
        }
        // Who says no more of its ideas than a directory does may be of a term that no idea is of.
        let stand_ins: Vec<Idea> = rows.iter().map(Row::stand_in).collect();
        session.settle(&mut query, &catalog.ideas.iter().chain(&stand_ins).collect::<Vec<_>>())?;
        let mut counts: HashMap<String, (String, usize)> = HashMap::new();
        let once = duplicates.choose(&query, &mut catalog);
        for idea in catalog.at(&once.shown) {
            if let Some(name) = &idea.organization {
                counts.entry(fold(&name.value)).or_insert_with(|| (name.value.clone(), 0)).1 += 1;
            }
        }
        let told: HashSet<String> =
            catalog.ideas.iter().filter_map(|idea| Some(fold(&idea.organization.as_ref()?.value))).collect();
        for row in &mut rows {
            row.is_read = told.contains(&fold(&row.name));
            row.count = counts.get(&fold(&row.name)).map_or(0, |(_, count)| *count);
        }
        for row in &rows {
            counts.remove(&fold(&row.name));
        }
        let mut stands_for = stand_ins.iter();
        rows.retain(|row| stands_for.next().is_some_and(|idea| query.matches(idea)) || row.count > 0);
        rows.extend(counts.into_values().map(|(name, count)| Row::of_ideas(name, count)));
        add_fetched(&mut rows, &store);
        rows.sort_by_cached_key(|row| (fold(&row.name), row.directory.clone()));
        match self.sort {
            Order::Name => {}
            Order::Ideas => rows.sort_by_key(|row| Reverse(row.count)),
            Order::Fetched => rows.sort_by_cached_key(|row| Reverse(row.fetched.clone())),
        }
        global.page(session, |look, out| Ok(amount.write(&rows, out, |rows, out| write(*format, rows, &COLUMNS, look, out))?))?;
        if rows.is_empty() {
            let all = catalog.ideas.iter().chain(&stand_ins).collect::<Vec<_>>();
            let meant =
                query.suggestions(&all, |places| places.len()).into_iter().filter_map(|it| Some((it.seen, it.nearest?.name)));
            let meant: String = meant.map(|(seen, name)| format!(" '{seen}'; did you mean {name}?")).take(1).collect();
            let all = if meant.is_empty() { "; `ideas organizations` without filters lists all" } else { "" };
            global.say(Level::Note, &format!("no organization matches{meant}{all}"), session)?;
        }
        Ok(exit)
    }
}

/// The organizations of all directories; false if a directory cannot be read.
fn listed(store: &Store, global: &GlobalArgs, session: &mut Session<'_>) -> anyhow::Result<(Vec<Row>, bool)> {
    let own = Own::open()?;
    let (mut rows, mut are_all) = (Vec::new(), true);
    for feed in own.and_known() {
        match feed.directory(store) {
            Ok(directory) => {
                let organizations = directory.map(|directory| directory.organizations).unwrap_or_default();
                rows.extend(organizations.into_iter().map(|organization| Row::new(organization, feed)));
            }
            Err(error) => {
                are_all = false;
                global.say(Level::Error, &error.to_string(), session)?;
            }
        }
    }
    Ok((rows, are_all))
}

/// The organizations of directories whose pages were fetched or could not be, and those without an address in such a directory;
/// false if a directory cannot be read.
pub(super) fn fetched(global: &GlobalArgs, session: &mut Session<'_>) -> anyhow::Result<(Vec<Row>, bool)> {
    let store = Store::open()?;
    let (mut rows, are_all) = listed(&store, global, session)?;
    add_fetched(&mut rows, &store);
    let was_asked = |row: &Row| row.fetched.is_some() || row.failed.is_some();
    let directories: HashSet<Option<String>> =
        rows.iter().filter(|row| was_asked(row)).map(|row| row.directory.clone()).collect();
    rows.retain(|row| was_asked(row) || row.ideas_url.is_none() && directories.contains(&row.directory));
    Ok((rows, are_all))
}

impl Row {
    fn new(organization: Organization, feed: &Feed) -> Self {
        let Organization { name, slug, ideas, website, technologies, topics } = organization;
        let given = feed.given_to_one("");
        Row {
            directory: Some(feed.name.clone()),
            slug: Some(slug),
            program: given.program,
            term: given.term,
            technologies,
            topics,
            ideas_url: ideas,
            website,
            ..Row::of_ideas(name, 0)
        }
    }

    /// One that only ideas tell of.
    fn of_ideas(name: String, count: usize) -> Self {
        Row {
            name,
            directory: None,
            slug: None,
            program: None,
            term: None,
            count,
            is_read: count > 0,
            fetched: None,
            problem: None,
            failed: None,
            technologies: Vec::new(),
            topics: Vec::new(),
            ideas_url: None,
            website: None,
        }
    }

    /// An idea that says no more than is known of the organization: filters let it through, or not.
    pub(super) fn stand_in(&self) -> Idea {
        let skills = Skills::get();
        let said = |text: &String| Spanned::nowhere(text.clone());
        Idea {
            organization: Some(said(&self.name)),
            program: self.program.clone().map(Spanned::nowhere),
            term: self.term.map(Spanned::nowhere),
            skills: self.technologies.iter().map(said).collect(),
            tags: self.technologies.iter().filter_map(|name| skills.canonical(name)).map(Spanned::nowhere).collect(),
            ..Idea::bare("")
        }
    }
}

impl Row {
    /// True if ideas of the organization stand so.
    pub(super) fn is_of(&self, standing: &Standing) -> bool {
        standing.organization.as_ref().is_some_and(|name| fold(name) == fold(&self.name))
            && (self.program.is_none() || standing.program.is_none() || standing.program == self.program)
    }

    /// How it stands without ideas: at `least` so many are asked for.
    pub(super) fn standing(&self, least: Option<usize>) -> Standing {
        let problem = match problem(self.problem.as_deref(), self.failed.as_deref()) {
            problem if problem.is_empty() => "no idea of its pages is one of these".to_owned(),
            problem => problem.into_owned(),
        };
        Standing::without_ideas(self.name.clone(), self.program.clone(), self.term, least, problem)
    }
}

/// When the pages of organizations were fetched, and why not.
fn add_fetched(rows: &mut [Row], store: &Store) {
    // What cannot be read was told when the ideas were.
    let manifests: Vec<Manifest> = store.manifests().unwrap_or_default().into_iter().flatten().collect();
    let fetched: HashMap<String, &Manifest> =
        manifests.iter().map(|manifest| (manifest.source.to_lowercase(), manifest)).collect();
    let failures = store.failures();
    for row in rows {
        let (Some(directory), Some(slug)) = (&row.directory, &row.slug) else { continue };
        let source = format!("{directory}/{slug}");
        let manifest = fetched.get(&source.to_lowercase());
        row.fetched = manifest.map(|manifest| manifest.fetched.clone());
        row.is_read |= manifest.is_some();
        let failure = failures.get(&source.to_lowercase());
        row.failed = failure.map(|failure| failure.at.clone());
        row.problem = match failure {
            Some(failure) => Some(failure.why.clone()),
            None if row.ideas_url.is_none() => Some("the directory names no address of its ideas".to_owned()),
            None => manifest.filter(|manifest| manifest.ideas() == 0).map(|_| NO_IDEAS.to_owned()),
        };
    }
}

/// Why something was not fetched, with the day.
pub(super) fn problem<'a>(why: Option<&'a str>, failed: Option<&str>) -> Cow<'a, str> {
    match (why, failed) {
        (Some(why), Some(failed)) => Cow::from(format!("{why} ({})", day(failed))),
        (why, _) => Cow::from(why.unwrap_or_default()),
    }
}
