//! `ideas check`: asks whether upstream issues are still open, and links still lead somewhere; and the same for `validate --online`.

mod summary;

use std::io::{self, Write as _};
use std::time::{Duration, SystemTime};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use serde::Serialize;

use crate::catalog::Level;
use crate::checks::{self, Ask, Plan, Report};
use crate::idea::Idea;
use crate::idea::check::{PullRequest, Reason, State};
use crate::render::facets::{self, FacetColumn};
use crate::render::facts::ago;
use crate::render::{Format, Look, safe};
use crate::sources::own::Own;
use crate::store::{Answers, StateError, Store};
use crate::sync;
use crate::text::counted;
use crate::web::Limits;

use super::filters::{FilterArgs, SortArg};
use super::sync::duration;
use super::{Exit, GlobalArgs, Session, exit_of};

const EXAMPLES: &str = "\
Examples:
  ideas check --term current                     the ideas of this term: are they still free?
  ideas check --dry-run                          how many addresses, and at which hosts; nothing is asked
  ideas list --upstream free                     what is known to be free, afterwards
  ideas check --project harbor --max-age 1h      not what was answered within the hour
  ideas check --offline --format json            what is known; nothing is asked
  ideas validate ideas.md --online               the same, as findings about a page";

/// What somebody is told who ends us.
const INTERRUPTED: &str = "interrupted: what was answered is kept; `ideas check` asks the rest";

/// What `ideas check` takes.
#[derive(Clone, Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    #[command(flatten)]
    filters: FilterArgs,

    /// Ask again what was answered longer ago than this: 12h, 7d; 0s asks all
    #[arg(long, value_name = "TIME", value_parser = age, default_value = "1d", help_heading = "Asking")]
    max_age: Duration,

    /// Ask for so many addresses at most; the next call goes on
    ///
    /// Upstream issues come before links, those of the newest terms first, and what nobody has asked yet before what is old.
    #[arg(long, value_name = "N", default_value_t = HOW.limit, help_heading = "Asking")]
    limit: usize,

    /// Say how many addresses would be asked, by host, and ask none
    #[arg(long, help_heading = "Asking")]
    dry_run: bool,

    /// Ask nothing: say what is known
    #[arg(long, conflicts_with = "dry_run", help_heading = "Asking")]
    offline: bool,

    /// How long one answer may take, as in `20s`; a host that asks for a longer pause is not waited for
    #[arg(long, value_name = "TIME", value_parser = duration, default_value = "20s", help_heading = "Asking")]
    timeout: Duration,

    /// How often to try again what may succeed the next time
    #[arg(long, value_name = "N", default_value_t = HOW.limits.retries, help_heading = "Asking")]
    retries: u32,

    /// How many addresses to ask for at a time, two of them at one host
    #[arg(long, value_name = "N", default_value_t = 8, value_parser = clap::value_parser!(u8).range(1..=64), help_heading = "Asking")]
    jobs: u8,

    /// How to write what was answered
    #[arg(long, value_name = "FORMAT", value_enum, ignore_case = true, default_value_t, help_heading = "Output")]
    format: Format,
}

/// How long an answer is good; nothing is good for no time at all.
fn age(text: &str) -> Result<Duration, String> {
    humantime::parse_duration(text).map_err(|_| "expected a time such as 12h or 7d".to_owned())
}

/// How to ask.
#[derive(Clone, Copy, Debug)]
pub(super) struct How {
    max_age: Duration,
    limit: usize,
    limits: Limits,
    jobs: usize,
}

/// How it is asked unless somebody says otherwise.
pub(super) const HOW: How = How {
    max_age: Duration::from_hours(24),
    limit: 500,
    limits: Limits { timeout: Duration::from_secs(20), retries: 2 },
    jobs: 8,
};

/// What is known of an address.
#[derive(Serialize)]
struct Row {
    url: String,
    /// True if ideas name it as their upstream issue, not only as a link.
    is_upstream: bool,
    /// The ids of the ideas that name it.
    ideas: Vec<String>,
    at: Option<String>,
    state: Option<State>,
    reason: Option<Reason>,
    assigned: Option<bool>,
    locked: Option<bool>,
    pull_request: Option<PullRequest>,
    moved: Option<String>,
    /// Why there is no answer, or none that is newer.
    why: Option<String>,
    #[serde(skip)]
    shown: String,
    #[serde(skip)]
    ago: String,
}

static COLUMNS: [FacetColumn<Row>; 4] = [
    FacetColumn::text("state", |row| row.shown.as_str().into()),
    FacetColumn::text("asked", |row| row.ago.as_str().into()),
    FacetColumn::text("url", |row| row.url.as_str().into()),
    FacetColumn::text("ideas", |row| row.ideas.join(", ").into()),
];

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
            summary::by_host(&plan, how.limit, self.format, session)?;
            global.say(Level::Note, &summary::would_ask(&plan, how.limit), session)?;
            return Ok(exit_of(&catalog));
        }
        let report = carry_out(&plan, how, &mut answers, global)?;
        let look = session.dated_look();
        let rows: Vec<Row> = plan.asks.iter().enumerate().map(|(at, ask)| row(ask, at, &answers, &report, &look)).collect();
        // That a link leads somewhere, or was not asked yet, is no news.
        let is_news = |row: &Row| if row.is_upstream { !row.shown.is_empty() } else { row.state == Some(State::Dead) };
        let is_read = matches!(self.format, Format::Table | Format::Wide | Format::Markdown);
        let rows: Vec<Row> = rows.into_iter().filter(|row| !is_read || is_news(row)).collect();
        facets::write(self.format, &rows, &COLUMNS, &look, session.out)?;
        session.out.flush()?;
        tell(&plan, &report, &answers, self.offline, global, session)?;
        Ok(if report.is_cut_off { Exit::Failed } else { exit_of(&catalog) })
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
    Ok((answers, !report.is_cut_off))
}

/// Asks for what is due, and keeps each answer as it comes.
fn carry_out(plan: &Plan, how: How, answers: &mut Answers, global: &GlobalArgs) -> anyhow::Result<Report> {
    let due = plan.due(how.limit);
    // What is known of an address is known of all its spellings.
    let spelled = plan.asks.iter().filter(|ask| ask.is_fresh).filter_map(|ask| Some((ask, ask.known.clone()?)));
    answers.add(spelled.flat_map(|(ask, known)| known.for_each_of(&ask.urls)).collect::<Vec<_>>());
    if due.is_empty() {
        return Ok(Report::default());
    }
    let mirrors = Own::open()?.mirrors;
    let store = Store::open()?;
    // Silent unless it is a terminal, and nobody else writes there.
    let silent = global.quiet || log::max_level() > log::LevelFilter::Off;
    let draw = if silent { ProgressDrawTarget::hidden() } else { ProgressDrawTarget::stderr() };
    let bar = ProgressBar::with_draw_target(Some(due.len() as u64), draw);
    if let Ok(style) = ProgressStyle::with_template("{bar:24} {pos}/{len}  {wide_msg}") {
        bar.set_style(style);
    }
    bar.set_message("asking");
    let shown = bar.clone();
    sync::end_with_us(move || {
        shown.finish_and_clear();
        // Nobody is left to be told that it cannot be said.
        let _ = writeln!(io::stderr(), "{INTERRUPTED}");
    });
    let report = checks::ask(
        plan,
        &due,
        (how.limits, how.jobs),
        &mirrors,
        |kept| {
            store.keep_answers(&kept)?;
            answers.add(kept);
            Ok::<_, StateError>(())
        },
        |ask| {
            bar.set_message(safe::line(ask.host()).into_owned());
            bar.inc(1);
        },
    );
    bar.finish_and_clear();
    Ok(report?)
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

fn row(ask: &Ask, at: usize, answers: &Answers, report: &Report, look: &Look) -> Row {
    let answer = answers.get(ask.url()).map(|kept| &kept.answer);
    let why = report.silences.iter().find(|silence| silence.at == at).map(|silence| silence.why.clone());
    let shown = match (answer, &why) {
        (Some(answer), _) => answer.shown(),
        (None, Some(_)) => "not answered".to_owned(),
        (None, None) => String::new(),
    };
    Row {
        url: ask.url().to_owned(),
        is_upstream: ask.is_upstream,
        ideas: ask.ideas.clone(),
        at: answer.map(|answer| answer.at.clone()),
        state: answer.map(|answer| answer.state),
        reason: answer.and_then(|answer| answer.reason),
        assigned: answer.and_then(|answer| answer.assigned),
        locked: answer.and_then(|answer| answer.locked),
        pull_request: answer.and_then(|answer| answer.pull_request),
        moved: answer.and_then(|answer| answer.moved.clone()),
        ago: answer.map(|answer| ago(&answer.at, look.today)).unwrap_or_default(),
        why,
        shown,
    }
}

/// `12 addresses`.
fn addresses(count: usize) -> String {
    if count == 1 { "1 address".to_owned() } else { format!("{count} addresses") }
}

/// `12 hosts`.
fn hosts(count: usize) -> String {
    counted(count, "host")
}
