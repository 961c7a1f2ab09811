//! What `ideas check` says in a few lines: what there is to ask, what was answered, and what was not.

use std::collections::{BTreeMap, BTreeSet};
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
use super::{addresses, hosts};

/// So many reasons for silence are told one by one.
const REASONS: usize = 5;

/// A host, and how many addresses it is to be asked for.
#[derive(Serialize)]
pub(super) struct HostRow {
    host: String,
    addresses: usize,
}

static COLUMNS: [FacetColumn<HostRow>; 2] =
    [FacetColumn::text("host", |row| row.host.as_str().into()), FacetColumn::count("addresses", |row| row.addresses)];

/// Writes how many addresses would be asked at each host, the most first.
pub(super) fn by_host(plan: &Plan, limit: usize, format: Format, session: &mut Session<'_>) -> io::Result<()> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for at in plan.due(limit) {
        *counts.entry(plan.asks[at].host()).or_default() += 1;
    }
    let mut rows: Vec<_> = counts.into_iter().map(|(host, addresses)| HostRow { host: host.to_owned(), addresses }).collect();
    rows.sort_by_key(|row| std::cmp::Reverse(row.addresses));
    facets::write(format, &rows, &COLUMNS, &session.look, session.out)
}

/// `312 addresses at 40 hosts would be asked; nothing was`.
pub(super) fn would_ask(plan: &Plan, limit: usize) -> String {
    let due = plan.due(limit);
    let at: BTreeSet<&str> = due.iter().map(|&at| plan.asks[at].host()).collect();
    let more = plan.stale() - due.len();
    let more = if more > 0 { format!("; {more} more would be left to the next call") } else { String::new() };
    let fresh = plan.asks.len() - plan.stale();
    let fresh = if fresh > 0 { format!("; {} answered not long ago", was(fresh)) } else { String::new() };
    format!("{} at {} would be asked, nothing was{more}{fresh}", addresses(due.len()), hosts(at.len()))
}

fn was(count: usize) -> String {
    if count == 1 { "1 was".to_owned() } else { format!("{count} were") }
}

/// All there is to say at the end.
pub(super) fn messages(plan: &Plan, report: &Report, answers: &Answers, is_offline: bool) -> Vec<(Level, String)> {
    let mut messages = Vec::new();
    if report.is_cut_off {
        messages.push((Level::Error, "no host has answered: check the network connection; earlier answers are kept".to_owned()));
    }
    messages.extend(report.warnings.iter().map(|warning| (Level::Warning, warning.clone())));
    let limited = |at: usize| report.waits.iter().any(|wait| wait.host == plan.asks[at].host());
    let mut reasons: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    for silence in report.silences.iter().filter(|silence| !limited(silence.at)) {
        *reasons.entry((plan.asks[silence.at].host(), silence.why.as_str())).or_default() += 1;
    }
    let mut reasons: Vec<_> = reasons.into_iter().collect();
    reasons.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    for ((host, why), count) in reasons.iter().take(REASONS) {
        messages.push((Level::Note, format!("{host}: {} not answered: {why}", addresses(*count))));
    }
    if let Some(more) = reasons.len().checked_sub(REASONS).filter(|more| *more > 0) {
        messages
            .push((Level::Note, format!("{} more; `--offline --format json` says what is known", counted(more, "such reason"))));
    }
    for wait in &report.waits {
        let left = report.silences.iter().filter(|silence| plan.asks[silence.at].host() == wait.host).count();
        messages.push((Level::Note, until(wait, left)));
    }
    if report.unlinked > 0 {
        let issues = counted(report.unlinked, "open issue");
        messages.push((
            Level::Note,
            format!("whether a pull request is linked was not asked of {issues}: the host answers no more now"),
        ));
    }
    messages.push((Level::Note, summary(plan, report, answers)));
    let is_silent = |at: usize| report.silences.iter().any(|silence| silence.at == at);
    let is_left = |&at: &usize| !plan.asks[at].is_fresh && !is_silent(at) && !is_new(plan, at, answers);
    let left = (0..plan.asks.len()).filter(is_left).count();
    if left > 0 {
        let what = if is_offline {
            "was not asked: --offline asks nothing"
        } else {
            "was not asked now: the next call, or a higher --limit, asks it"
        };
        let what = if left == 1 { what.to_owned() } else { what.replacen("was", "were", 1).replace("asks it", "asks them") };
        messages.push((Level::Note, format!("{} {what}", addresses(left))));
    }
    messages
}

/// True if an address was answered just now.
fn is_new(plan: &Plan, at: usize, answers: &Answers) -> bool {
    let ask = &plan.asks[at];
    let now = answers.get(ask.url()).map(|kept| kept.answer.at.as_str());
    now != ask.known.as_ref().map(|known| known.answer.at.as_str())
}

/// `rate limit of api.github.com exceeded until 18:42 UTC; …`.
fn until(wait: &Wait, left: usize) -> String {
    let at = moment(wait.until);
    let (day, time) = (at.get(..10).unwrap_or_default(), at.get(11..16).unwrap_or_default());
    let token = if wait.is_anonymous { TOKEN_HELPS } else { "" };
    let rest = match left {
        0 => String::new(),
        left => format!(": {} left; `ideas check` goes on with {} then", addresses(left), if left == 1 { "it" } else { "them" }),
    };
    format!("rate limit of {} exceeded until {time} UTC ({day}){rest}{token}", wait.host)
}

/// `213 issues: 150 open, 40 closed, 23 assigned; 12 dead links; 9 not answered`.
fn summary(plan: &Plan, report: &Report, answers: &Answers) -> String {
    let (mut open, mut closed, mut assigned, mut dead, mut reachable) = (0, 0, 0, 0, 0);
    let (mut issues, mut links, mut dead_links) = (0, 0, 0);
    for ask in &plan.asks {
        let Some(kept) = answers.get(ask.url()) else { continue };
        if !ask.is_upstream {
            links += 1;
            dead_links += usize::from(kept.answer.state == State::Dead);
            continue;
        }
        issues += 1;
        *match kept.answer.state {
            State::Open if kept.answer.assigned == Some(true) => &mut assigned,
            State::Open => &mut open,
            State::Closed | State::Merged => &mut closed,
            State::Dead => &mut dead,
            State::Reachable => &mut reachable,
        } += 1;
    }
    let kinds = [(open, "open"), (closed, "closed"), (assigned, "assigned"), (dead, "dead"), (reachable, "of an unknown state")];
    let kinds: Vec<_> = kinds.iter().filter(|(count, _)| *count > 0).map(|(count, kind)| format!("{count} {kind}")).collect();
    let mut parts = Vec::new();
    if issues > 0 {
        parts.push(format!("{}: {}", counted(issues, "issue"), kinds.join(", ")));
    }
    if links > 0 {
        parts.push(format!("{}, {dead_links} dead", counted(links, "link")));
    }
    if !report.silences.is_empty() {
        parts.push(format!("{} not answered", report.silences.len()));
    }
    if plan.asks.is_empty() {
        parts.push("these ideas name no upstream issue and no link".to_owned());
    } else if parts.is_empty() {
        parts.push("nothing is known".to_owned());
    }
    parts.join("; ")
}
