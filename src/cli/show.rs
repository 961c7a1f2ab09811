//! `ideas show`: ideas in full, and with `--why` the characters of the page that each fact was read from.

use std::io::{self, IsTerminal, Write};
use std::sync::LazyLock;

use anyhow::{Context, bail};
use clap::ValueEnum;
use clap::builder::PossibleValue;

use crate::browse::marks::Marks;
use crate::catalog::{Catalog, Level};
use crate::desktop::browser::Address;
use crate::desktop::editor;
use crate::idea::{Elsewhere, Idea};
use crate::query::once::{Once, once};
use crate::query::sort::newest_first;
use crate::query::{Filter, Query};
use crate::render::{Format, Look, facts, page, why};
use crate::shortlist;
use crate::site;

use super::browse;
use super::completions::values;
use super::duplicates::DuplicatesArg;
use super::{Exit, GlobalArgs, Session, exit_of, is_terminal, lookup};

const EXAMPLES: &str = "\
Examples:
  ideas show                                   choose on the screen; Tab selects several
  ideas show harbor-harbor-cli
  ideas show harbor-harbor                     the beginning of an id is enough, if it is the only one
  ideas show harbor-harbor-cli --why           underlines on the page what was read, and as what
  ideas show harbor-harbor-cli --open upstream
  ideas show harbor-harbor-cli --term 2024     what it said then; --duplicates shows every term
  ideas show harbor-harbor-cli --format html > harbor-cli.html
  ideas list --skill ebpf --format ids | xargs -r ideas show

On a terminal, what is shown goes through the pager that IDEAS_PAGER or PAGER names, else through less; \
an empty value or cat means none. BROWSER names the browser, VISUAL or EDITOR the editor.";

/// What `ideas show` takes.
#[derive(Clone, Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// The ideas to show: ids, the beginnings of ids, or PAGE:LINE; without any, a terminal lets you choose
    #[arg(value_name = "ID", add = values::ids())]
    ids: Vec<String>,

    /// Of an idea that stands in several terms, show what it says in this one: 2024 or "gsoc 2024"
    #[arg(long, value_name = "TERM", add = values::terms())]
    term: Vec<String>,

    #[command(flatten)]
    duplicates: DuplicatesArg,

    /// Show where on its page each fact was read
    #[arg(long, conflicts_with = "format")]
    why: bool,

    /// Open it instead: the issue that tracks it, or the page it was read from
    ///
    /// upstream opens the first issue that tracks the idea in the browser. source opens the page that the idea was read from:
    /// in the browser if its address is known, else the file in the editor, at its line.
    #[arg(long, value_name = "WHAT", value_enum, conflicts_with_all = ["why", "format"])]
    open: Option<Target>,

    /// Write them in this format instead of as pages to read
    #[arg(long, value_name = "FORMAT", value_enum, ignore_case = true, help_heading = "Output")]
    format: Option<ShowFormat>,

    /// Show mentors' e-mail addresses in html, too
    ///
    /// A page is made to be passed on: without this flag it has no addresses.
    #[arg(long, help_heading = "Output")]
    with_addresses: bool,
}

/// What there is to open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Target {
    /// The issue that tracks it
    Upstream,
    /// The page it was read from
    Source,
}

/// A way to write whole ideas.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum ShowFormat {
    /// As lists of them.
    List(Format),
    /// As the page of a site, with nothing beside it.
    Html,
}

impl ValueEnum for ShowFormat {
    fn value_variants<'a>() -> &'a [Self] {
        static ALL: LazyLock<Vec<ShowFormat>> =
            LazyLock::new(|| Format::ALL.map(ShowFormat::List).into_iter().chain([ShowFormat::Html]).collect());
        &ALL
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        match self {
            ShowFormat::List(format) => format.to_possible_value(),
            ShowFormat::Html => Some(PossibleValue::new("html").help("A web page that stands alone, to send to somebody")),
        }
    }
}

impl Args {
    pub(super) fn run(&self, global: &GlobalArgs, session: &mut Session<'_>) -> anyhow::Result<Exit> {
        // Who calls us with nothing from a script has nothing to show.
        if self.ids.is_empty() && (!is_terminal() || !io::stdin().is_terminal()) {
            bail!(
                "no id was given: `ideas list --format ids` lists all ids; without one, `ideas show` asks which, on a terminal"
            );
        }
        let mut query = Query::default();
        self.term.iter().try_for_each(|term| query.require(Filter::Term, term))?;
        let mut catalog = global.load_for(&mut query, session)?;
        let Catalog { ideas, faces, .. } = &mut *catalog;
        let once = once(ideas, faces, 0..faces.len());
        if self.ids.is_empty() && catalog.ideas.is_empty() {
            bail!("there are no ideas to choose from");
        }
        let mut places = Vec::with_capacity(self.ids.len());
        if self.ids.is_empty() {
            places = browse::pick(&once, &catalog, session)?;
            if places.is_empty() {
                return Ok(exit_of(&catalog));
            }
        }
        for id in &self.ids {
            let found = lookup::find(id, &catalog, &once, global, session)?;
            places.extend(self.of_terms(found, &query, &mut catalog, &once)?);
        }
        let ideas = catalog.at(&places);
        self.say_where_else(&ideas, global, session)?;
        if let Some(target) = self.open {
            for idea in ideas {
                open(idea, target, &catalog, global, session)?;
            }
            return Ok(exit_of(&catalog));
        }
        let shortlist =
            if self.format.is_none() && !self.why { Self::shortlist(&catalog, global, session)? } else { Marks::default() };
        global.page(session, |look, out| self.write(&ideas, &catalog, &shortlist, look, out))?;
        Ok(exit_of(&catalog))
    }

    /// The places of the idea that is shown at one: the newest of the terms that were asked for, or all of them. Each knows the
    /// others then.
    fn of_terms(&self, shown: usize, query: &Query, catalog: &mut Catalog, once: &Once) -> anyhow::Result<Vec<usize>> {
        let mut all = once.places_of(shown);
        all.sort_by_key(|&place| newest_first(&catalog.ideas[place]));
        let mut wanted: Vec<usize> = all.iter().copied().filter(|&place| query.matches(&catalog.ideas[place])).collect();
        if wanted.is_empty() {
            let terms = all.iter().map(|&place| facts::place(&Elsewhere::of(&catalog.ideas[place])));
            bail!(
                "'{}' is not of the term {}: it is in {}",
                catalog.ideas[shown].id,
                self.term.join(" and "),
                terms.collect::<Vec<_>>().join("; ")
            );
        }
        if !self.duplicates.duplicates {
            wanted.truncate(1);
        }
        for &place in &wanted {
            let others = all.iter().filter(|&&other| other != place);
            catalog.ideas[place].also = others.map(|&other| Elsewhere::of(&catalog.ideas[other])).collect();
        }
        Ok(wanted)
    }

    /// Says how to see what an idea says elsewhere.
    fn say_where_else(&self, ideas: &[&Idea], global: &GlobalArgs, session: &mut Session<'_>) -> io::Result<()> {
        if self.duplicates.duplicates || self.format.is_some() || self.open.is_some() {
            return Ok(());
        }
        for idea in ideas.iter().filter(|idea| !idea.also.is_empty()) {
            let [term, also] = [facts::term(idea), facts::also(idea)];
            let of = if term.is_empty() { String::new() } else { format!("this is of {term}; ") };
            let one =
                idea.also.iter().find_map(|place| place.term).filter(|_| !also.ends_with("page") && !also.ends_with("pages"));
            let one = one.map_or_else(String::new, |term| format!(", `--term {term}` one of them"));
            global.say(Level::Note, &format!("{of}{also}: `ideas show {} --duplicates` shows all{one}", idea.id), session)?;
        }
        Ok(())
    }

    /// What the user has said of ideas. One that cannot be read is no reason to show none.
    fn shortlist(catalog: &Catalog, global: &GlobalArgs, session: &mut Session<'_>) -> io::Result<Marks> {
        match shortlist::entries() {
            Ok(entries) => Ok(Marks::new(entries, &catalog.ideas)),
            Err(error) => {
                global.say(Level::Warning, &error.to_string(), session)?;
                Ok(Marks::default())
            }
        }
    }

    fn write(
        &self,
        ideas: &[&Idea],
        catalog: &Catalog,
        shortlist: &Marks,
        look: &Look,
        out: &mut dyn Write,
    ) -> anyhow::Result<()> {
        match self.format {
            Some(ShowFormat::List(format)) => return Ok(format.write(ideas, None, &catalog.short_ids(), look, out)?),
            Some(ShowFormat::Html) => return Ok(site::write_alone(ideas, self.with_addresses, out)?),
            None => {}
        }
        for (i, idea) in ideas.iter().enumerate() {
            if i > 0 {
                writeln!(out)?;
            }
            if self.why {
                let source = catalog.source_of(idea).with_context(|| format!("cannot read {} again", idea.source.path))?;
                why::write(idea, &source, look, out)?;
            } else {
                page::write(idea, shortlist.entry(&idea.id), look, out)?;
            }
        }
        Ok(())
    }
}

/// Opens what belongs to an idea, or says what is missing for that.
fn open(idea: &Idea, target: Target, catalog: &Catalog, global: &GlobalArgs, session: &mut Session<'_>) -> anyhow::Result<()> {
    let (id, place) = (&idea.id, format!("{}:{}", idea.source.path, idea.source.line));
    let address = match target {
        Target::Upstream => Address::of_upstream(idea),
        Target::Source => Address::of_source(idea),
    };
    if let Some(address) = address {
        let more = if target == Target::Upstream { idea.upstream.len() - 1 } else { 0 };
        let more = if more > 0 { format!("; `ideas show {id}` names {more} more") } else { String::new() };
        global.say(Level::Note, &format!("opening {}{more}", address.as_str()), session)?;
        return Ok(address.open()?);
    }
    match (target, catalog.file_of(idea)) {
        (Target::Source, Some(file)) => Ok(editor::open(file, idea.source.line)?),
        (Target::Source, None) => {
            bail!("the page of '{id}' ({place}) has no address, and is no file of yours; `ideas show {id} --why` shows it")
        }
        (Target::Upstream, _) if idea.upstream.is_empty() => {
            bail!("'{id}' names no upstream issue; `--open source` opens the page that it was read from ({place})")
        }
        (Target::Upstream, _) => {
            bail!("what '{id}' names as its upstream issue is no address of the web: '{}' ({place})", idea.upstream[0].value)
        }
    }
}
