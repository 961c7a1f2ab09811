//! `ideas check`: asks whether upstream issues are still open and links still work; and the same for `validate --online`.

mod summary;

use std::io;
use std::time::{Duration, SystemTime};

use serde::Serialize;

use crate::catalog::Level;
use crate::checks::{self, Plan, Report};
use crate::idea::Idea;
use crate::idea::check::{Answer, State};
use crate::render::Format;
use crate::render::facets::{self, FacetColumn};
use crate::render::facts::ago;
use crate::sources::own::Own;
use crate::store::{Answers, StateError, Store, StoredAnswer};
use crate::web::Limits;

use super::filters::{FilterArgs, SortArg};
use super::progress::Progress;
use super::sync::duration;
use super::{Exit, GlobalArgs, Session, exit_of};

const EXAMPLES: &str = "\
Examples:
  ideas check --term current                     the ideas of this term
  ideas check --dry-run                          how many requests to which hosts; sends none
  ideas list --upstream free                     afterwards: ideas that nobody works on
  ideas check --project harbor --max-age 1h      refresh answers older than an hour
  ideas check --offline --format json            what is known; sends no requests
  ideas validate ideas.md --online               the same for the ideas of a page";

/// What a user who interrupts is told.
const INTERRUPTED: &str = "interrupted: answers so far are kept; run `ideas check` again for the rest";

/// What `ideas check` takes.
#[derive(Clone, Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    #[command(flatten)]
    filters: FilterArgs,

    /// Request again what was answered longer ago than this: 12h, 7d; 0s requests all
    #[arg(long, value_name = "TIME", value_parser = age, default_value = "1d", help_heading = "Requests")]
    max_age: Duration,

    /// Request at most this many addresses; the next run continues
    ///
    /// Upstream issues come before links, newer terms before older ones, and new addresses before those with an old answer.
    #[arg(long, value_name = "N", default_value_t = HOW.limit, help_heading = "Requests")]
    limit: usize,

    /// Show how many addresses would be requested from each host; send no requests
    #[arg(long, help_heading = "Requests")]
    dry_run: bool,

    /// Show what is known; send no requests
    #[arg(long, conflicts_with = "dry_run", help_heading = "Requests")]
    offline: bool,

    /// How long one request may take, as in `20s`; a host that asks for a longer pause is left alone
    #[arg(long, value_name = "TIME", value_parser = duration, default_value = "20s", help_heading = "Requests")]
    timeout: Duration,

    /// How often to retry after a failure that may pass
    #[arg(long, value_name = "N", default_value_t = HOW.limits.retries, help_heading = "Requests")]
    retries: u32,

    /// How many requests to send at a time, at most two of them to one host
    #[arg(long, value_name = "N", default_value_t = 8, value_parser = clap::value_parser!(u8).range(1..=64), help_heading = "Requests")]
    jobs: u8,

    /// How to write the answers
    #[arg(long, value_name = "FORMAT", value_enum, ignore_case = true, default_value_t, help_heading = "Output")]
    format: Format,
}

/// How old an answer may be; 0s is a valid age.
fn age(text: &str) -> Result<Duration, String> {
    humantime::parse_duration(text).map_err(|_| "expected a time such as 12h or 7d".to_owned())
}

/// How to send requests.
#[derive(Clone, Copy, Debug)]
pub(super) struct How {
    max_age: Duration,
    limit: usize,
    limits: Limits,
    jobs: usize,
}

/// The defaults.
pub(super) const HOW: How = How {
    max_age: Duration::from_hours(24),
    limit: 500,
    limits: Limits { timeout: Duration::from_secs(20), retries: 2 },
    jobs: 8,
};

/// What is known of an address.
#[derive(Serialize)]
struct Row<'a> {
    url: &'a str,
    /// True if ideas name it as their upstream issue, not only as a link.
    is_upstream: bool,
    /// The ids of the ideas that name it.
    ideas: &'a [String],
    answer: Option<&'a Answer>,
    /// Why there is no answer, or none that is newer.
    error: Option<&'a str>,
    /// When it was asked, as the format shows it.
    #[serde(skip)]
    asked: String,
}

fn columns<'a>() -> [FacetColumn<Row<'a>>; 4] {
    [
        FacetColumn::text("url", |row| row.url.into()),
        FacetColumn::text("state", |row| row.answer.map(Answer::shown).unwrap_or_default().into()),
        FacetColumn::text("asked", |row| row.asked.as_str().into()),
        FacetColumn::text("ideas", |row| row.ideas.join(", ").into()),
    ]
}

impl Args {
    pub(super) fn run(&self, global: &GlobalArgs, session: &mut Session<'_>) -> anyhow::Result<Exit> {
        let mut query = self.filters.query()?;
        let catalog = global.load_for(&mut query, session)?;
        let mut ideas = query.select(&catalog.ideas);
        if ideas.is_empty() {
            global.say_nothing_matched(&query, &catalog, session)?;
            return Ok(exit_of(&catalog));
        }
        SortArg::default().apply(&mut ideas);
        let how = How {
            max_age: self.max_age,
            limit: if self.offline { 0 } else { self.limit },
            limits: Limits { timeout: self.timeout, retries: self.retries },
            jobs: usize::from(self.jobs),
        };
        let mut answers = Store::open()?.answers()?;
        let plan = Plan::new(ideas.iter().copied(), &answers, SystemTime::now(), how.max_age);
        if self.dry_run {
            let said = summary::dry_run(&plan, how.limit, self.format, session)?;
            global.say(Level::Note, &said, session)?;
            return Ok(exit_of(&catalog));
        }
        let report = carry_out(&plan, how, &mut answers, global)?;
        let look = session.dated_look();
        // A person is shown what there is to act on, a program gets all.
        let is_read = matches!(self.format, Format::Table | Format::Wide | Format::Markdown);
        let rows = plan.asks.iter().enumerate().map(|(at, ask)| {
            let answer = answers.get(ask.url()).map(|stored| &stored.answer);
            Row {
                url: ask.url(),
                is_upstream: ask.is_upstream,
                ideas: &ask.ideas,
                answer,
                error: report.unanswered.iter().find(|unanswered| unanswered.at == at).map(|unanswered| &*unanswered.why),
                asked: answer
                    .map_or_else(String::new, |answer| if is_read { ago(&answer.at, look.today) } else { answer.at.clone() }),
            }
        });
        let is_news = |row: &Row<'_>| row.answer.is_some_and(|answer| row.is_upstream || answer.state == State::Dead);
        let rows: Vec<Row<'_>> = rows.filter(|row| !is_read || is_news(row)).collect();
        facets::write(self.format, &rows, &columns(), &look, session.out)?;
        session.out.flush()?;
        tell(&plan, &report, &answers, self.offline, global, session)?;
        Ok(if report.no_host_answered { Exit::Failed } else { exit_of(&catalog) })
    }
}

/// Asks for the addresses of ideas whose answers are not fresh, and says what came of it; all that is known then.
pub(super) fn ask_for<'i>(
    ideas: impl Iterator<Item = &'i Idea> + Clone,
    global: &GlobalArgs,
    session: &mut Session<'_>,
) -> anyhow::Result<(Answers, bool)> {
    let mut answers = Store::open()?.answers()?;
    let plan = Plan::new(ideas, &answers, SystemTime::now(), HOW.max_age);
    let report = carry_out(&plan, HOW, &mut answers, global)?;
    tell(&plan, &report, &answers, false, global, session)?;
    Ok((answers, !report.no_host_answered))
}

/// Asks for what is due, and keeps each answer as it comes.
fn carry_out(plan: &Plan, how: How, answers: &mut Answers, global: &GlobalArgs) -> anyhow::Result<Report> {
    let due = plan.due(how.limit);
    let store = Store::open()?;
    // A recent answer holds for each spelling of its address, also for one that is new.
    let recent = plan.asks.iter().filter(|ask| ask.is_fresh).filter_map(|ask| Some(ask.known.as_ref()?.for_each_of(&ask.urls)));
    let spelled: Vec<_> = recent.flatten().filter(|stored| answers.get(&stored.answer.url) != Some(stored)).collect();
    let mut keep = |answered: Vec<StoredAnswer>| {
        if !answered.is_empty() {
            store.keep_answers(&answered)?;
            answers.add(answered);
        }
        Ok::<_, StateError>(())
    };
    keep(spelled)?;
    if due.is_empty() {
        return Ok(Report::default());
    }
    let mirrors = Own::open()?.mirrors;
    let progress = Progress::new(due.len(), "checking", INTERRUPTED, global);
    Ok(checks::ask(plan, &due, (how.limits, how.jobs), &mirrors, keep, |ask| progress.step(ask.host()))?)
}

/// Says what is known, what is not, and what to do about it.
fn tell(
    plan: &Plan,
    report: &Report,
    answers: &Answers,
    is_offline: bool,
    global: &GlobalArgs,
    session: &mut Session<'_>,
) -> io::Result<()> {
    for (level, message) in summary::messages(plan, report, answers, is_offline) {
        global.say(level, &message, session)?;
    }
    Ok(())
}
