//! What `ideas check` says in a few lines: what there is to request, what was answered, and what was not.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io;

use serde::Serialize;

use crate::catalog::Level;
use crate::checks::{Plan, Report, Wait};
use crate::idea::check::State;
use crate::render::Format;
use crate::render::facets::{self, FacetColumn};
use crate::storage::moment;
use crate::store::Answers;
use crate::text::counted;
use crate::web::TOKEN_HELPS;

use super::super::Session;

/// So many reasons for missing answers are told one by one.
const REASONS: usize = 5;

/// A host, and how many addresses are to be requested from it.
#[derive(Serialize)]
pub(super) struct HostRow {
    host: String,
    addresses: usize,
}

static COLUMNS: [FacetColumn<HostRow>; 2] =
    [FacetColumn::text("host", |row| row.host.as_str().into()), FacetColumn::count("addresses", |row| row.addresses)];

/// Writes how many addresses would be requested from each host, the most first; and says how many these are.
pub(super) fn dry_run(plan: &Plan, limit: usize, format: Format, session: &mut Session<'_>) -> io::Result<String> {
    let due = plan.due(limit);
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for &at in &due {
        *counts.entry(plan.asks[at].host()).or_default() += 1;
    }
    let mut rows: Vec<_> = counts.into_iter().map(|(host, addresses)| HostRow { host: host.to_owned(), addresses }).collect();
    rows.sort_by_key(|row| std::cmp::Reverse(row.addresses));
    facets::write(format, &rows, &COLUMNS, &session.look, session.out)?;
    let mut said = format!("would request {} from {}", addresses(due.len()), counted(rows.len(), "host"));
    let (stale, all) = (plan.stale(), plan.asks.len());
    for (count, what) in [(stale - due.len(), "left to the next run"), (all - stale, "with a recent answer")] {
        if count > 0 {
            // A string takes all that is written to it.
            let _ = write!(said, "; {count} {what}");
        }
    }
    Ok(said)
}

/// All there is to say at the end.
pub(super) fn messages(plan: &Plan, report: &Report, answers: &Answers, is_offline: bool) -> Vec<(Level, String)> {
    let mut messages = Vec::new();
    if report.no_host_answered {
        messages.push((Level::Error, "no host answered: check the network connection; earlier answers are kept".to_owned()));
    }
    messages.extend(report.warnings.iter().map(|warning| (Level::Warning, warning.clone())));
    let host = |at: usize| plan.asks[at].host();
    let is_limited = |at: usize| report.waits.iter().any(|wait| wait.host == host(at));
    let mut reasons: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    for unanswered in report.unanswered.iter().filter(|unanswered| !is_limited(unanswered.at)) {
        *reasons.entry((host(unanswered.at), &unanswered.why)).or_default() += 1;
    }
    let mut reasons: Vec<_> = reasons.into_iter().collect();
    reasons.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    for ((host, why), count) in reasons.iter().take(REASONS) {
        messages.push((Level::Note, format!("{host}: {} not answered: {why}", addresses(*count))));
    }
    if reasons.len() > REASONS {
        let more = counted(reasons.len() - REASONS, "more host");
        messages.push((Level::Note, format!("{more} did not answer all requests; `--format json` has each `error`")));
    }
    for wait in &report.waits {
        let left = report.unanswered.iter().filter(|unanswered| host(unanswered.at) == wait.host).count();
        messages.push((Level::Note, until(wait, left)));
    }
    if report.unlinked > 0 {
        let issues = counted(report.unlinked, "open issue");
        messages.push((Level::Note, format!("{issues} not checked for linked pull requests")));
    }
    messages.push((Level::Note, summary(plan, report, answers)));
    let left = (0..plan.asks.len()).filter(|&at| is_left(plan, at, report, answers)).count();
    if left > 0 {
        let why = if is_offline { "--offline sends no requests" } else { "run `ideas check` again, or raise --limit" };
        messages.push((Level::Note, format!("{} not checked: {why}", addresses(left))));
    }
    messages
}

/// True if an address was neither requested in this run, nor has a recent answer.
fn is_left(plan: &Plan, at: usize, report: &Report, answers: &Answers) -> bool {
    let ask = &plan.asks[at];
    let known = ask.known.as_ref().map(|known| &known.answer);
    let is_new = answers.get(ask.url()).map(|stored| &stored.answer.at) != known.map(|answer| &answer.at);
    !ask.is_fresh && !is_new && !report.unanswered.iter().any(|unanswered| unanswered.at == at)
}

/// `rate limit of api.github.com exceeded until 18:42 UTC; …`.
fn until(wait: &Wait, left: usize) -> String {
    let at = moment(wait.until);
    let (day, time) = (at.get(..10).unwrap_or_default(), at.get(11..16).unwrap_or_default());
    let token = if wait.is_anonymous { TOKEN_HELPS } else { "" };
    let rest = if left > 0 { format!(": {} left; run `ideas check` again then", addresses(left)) } else { String::new() };
    format!("rate limit of {} exceeded until {time} UTC ({day}){rest}{token}", wait.host)
}

/// `213 issues: 150 free, 40 closed, 23 assigned; 60 links, 12 dead; 9 not answered`.
fn summary(plan: &Plan, report: &Report, answers: &Answers) -> String {
    const KINDS: [&str; 6] = ["free", "assigned", "with a pull request", "closed", "dead", "of unknown state"];
    let mut issues = [0; KINDS.len()];
    let (mut links, mut dead_links) = (0, 0);
    for ask in &plan.asks {
        let Some(answer) = answers.get(ask.url()).map(|stored| &stored.answer) else { continue };
        if !ask.is_upstream {
            links += 1;
            dead_links += usize::from(answer.state == State::Dead);
            continue;
        }
        let kind = match answer.state {
            State::Open if answer.is_free() => 0,
            State::Open if answer.assigned == Some(true) => 1,
            State::Open => 2,
            State::Closed | State::Merged => 3,
            State::Dead => 4,
            State::Reachable => 5,
        };
        issues[kind] += 1;
    }
    let mut parts = Vec::new();
    let all = issues.iter().sum();
    if all > 0 {
        let kinds: Vec<String> =
            issues.iter().zip(KINDS).filter(|(count, _)| **count > 0).map(|(count, kind)| format!("{count} {kind}")).collect();
        parts.push(format!("{}: {}", counted(all, "issue"), kinds.join(", ")));
    }
    if links > 0 {
        parts.push(format!("{}, {dead_links} dead", counted(links, "link")));
    }
    if !report.unanswered.is_empty() {
        parts.push(format!("{} not answered", report.unanswered.len()));
    }
    if plan.asks.is_empty() {
        parts.push("these ideas have no upstream issues and no links".to_owned());
    } else if parts.is_empty() {
        parts.push("nothing is known yet".to_owned());
    }
    parts.join("; ")
}

/// `12 addresses`.
fn addresses(count: usize) -> String {
    if count == 1 { "1 address".to_owned() } else { format!("{count} addresses") }
}
