//! Sends the requests: to several hosts at a time, each answer handed on as it comes. A host that is at its rate limit,
//! or is down, gets no more requests; the rest stays for the next run.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, Sender};
use std::thread;
use std::time::{Duration, SystemTime};

use super::plan::{Ask, Plan, refusal};
use super::tracker;
use crate::idea::check::{Answer, State};
use crate::sources::Mirrors;
use crate::sources::address::Request;
use crate::sources::issues::Question;
use crate::storage::now;
use crate::store::{Mark, StoredAnswer};
use crate::web::{self, Client, Limits, Visit, WebError};

mod queue;

use queue::{Queue, Task};

/// The host of GitHub's API: what it does not have, nobody has.
const GITHUB: &str = "api.github.com";

/// How a run ended.
#[derive(Debug, Default)]
pub struct Report {
    /// The addresses that gave no answer.
    pub unanswered: Vec<Unanswered>,
    /// The hosts that have reached a rate limit.
    pub waits: Vec<Wait>,
    /// How many open issues were not asked about pull requests that are linked to them.
    pub unlinked: usize,
    /// What the user should know, whatever was answered.
    pub warnings: Vec<String>,
    /// No host answered anything: it is the network.
    pub no_host_answered: bool,
}

/// An address that gave no answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unanswered {
    /// Its place in the plan.
    pub at: usize,
    /// Why.
    pub why: String,
}

/// A host that has reached a rate limit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wait {
    /// Which.
    pub host: String,
    /// Until when.
    pub until: SystemTime,
    /// The user has shown no token that would allow more.
    pub is_anonymous: bool,
}

/// What workers report.
enum Event {
    Answer(usize, StoredAnswer),
    /// An answer that came before, now with the pull request that is linked.
    Linked(usize, StoredAnswer),
    Unanswered(usize, Fault),
    Wait(Wait),
    Warning(String),
    Unlinked,
}

/// Why there is no answer.
#[derive(Clone, Debug)]
enum Fault {
    /// Nobody knows the host. Unless there is no network, that is an answer.
    NoHost,
    Other(String),
}

/// Requests the addresses of a plan at these places, so many at a time. Answers are given to `keep` as they come, on
/// the caller's own thread, and `done` is called once for each address.
///
/// # Errors
///
/// Those of `keep`; no more requests are sent then.
pub fn ask<E>(
    plan: &Plan,
    due: &[usize],
    (limits, jobs): (Limits, usize),
    mirrors: &Mirrors,
    mut keep: impl FnMut(Vec<StoredAnswer>) -> Result<(), E>,
    mut done: impl FnMut(&Ask),
) -> Result<Report, E> {
    let mut report = Report::default();
    let (refused, wanted): (Vec<usize>, Vec<usize>) = due.iter().partition(|&&at| refusal(&plan.asks[at]).is_some());
    report.unanswered.extend(refused.into_iter().map(|at| Unanswered { at, why: refusal(&plan.asks[at]).unwrap_or_default() }));
    let is_reached = AtomicBool::new(false);
    let run = Run { plan, client: Client::new(limits, mirrors), queue: Queue::new(plan, &wanted), is_reached: &is_reached };
    let (send, receive) = mpsc::channel();
    let mut unresolved = Vec::new();
    thread::scope(|scope| {
        for _ in 0..jobs.clamp(1, wanted.len().max(1)) {
            let (run, send) = (&run, send.clone());
            scope.spawn(move || run.work(&send));
        }
        drop(send);
        while let Ok(said) = receive.recv() {
            // What has come meanwhile is kept at once.
            let all: Vec<Event> = [said].into_iter().chain(receive.try_iter()).collect();
            let mut answers = Vec::new();
            for event in all {
                match event {
                    Event::Answer(at, kept) => {
                        answers.extend(kept.for_each_of(&plan.asks[at].urls));
                        done(&plan.asks[at]);
                    }
                    Event::Linked(at, kept) => answers.extend(kept.for_each_of(&plan.asks[at].urls)),
                    Event::Unanswered(at, fault) => {
                        match fault {
                            Fault::NoHost => unresolved.push(at),
                            Fault::Other(why) => report.unanswered.push(Unanswered { at, why }),
                        }
                        done(&plan.asks[at]);
                    }
                    Event::Wait(wait) => {
                        if !report.waits.iter().any(|known| known.host == wait.host) {
                            report.waits.push(wait);
                        }
                    }
                    Event::Warning(warning) => {
                        if !report.warnings.contains(&warning) {
                            report.warnings.push(warning);
                        }
                    }
                    Event::Unlinked => report.unlinked += 1,
                }
            }
            if let Err(error) = keep(answers) {
                run.queue.stop();
                return Err(error);
            }
        }
        Ok(())
    })?;
    if is_reached.into_inner() {
        let dead = |&at: &usize| kept(&plan.asks[at], State::Dead).for_each_of(&plan.asks[at].urls);
        keep(unresolved.iter().flat_map(dead).collect())?;
    } else {
        report.no_host_answered = !wanted.is_empty();
        let why = WebError::NoHost.to_string();
        report.unanswered.extend(unresolved.into_iter().map(|at| Unanswered { at, why: why.clone() }));
    }
    report.unanswered.sort_by_key(|unanswered| unanswered.at);
    Ok(report)
}

struct Run<'a> {
    plan: &'a Plan,
    client: Client<'a>,
    queue: Queue<'a>,
    is_reached: &'a AtomicBool,
}

impl Run<'_> {
    /// Does what there is to do until nothing is left. Nobody may be there to be told any more.
    fn work(&self, send: &Sender<Event>) {
        while let Some((host, task)) = self.queue.next() {
            let visit = self.client.visit();
            match task {
                Task::Ask(at) => {
                    let ask = &self.plan.asks[at];
                    match answer(&visit, ask) {
                        Ok((kept, left)) => {
                            self.is_reached.store(true, Ordering::Relaxed);
                            let linked = ask.question.as_ref().and_then(|question| question.linked.as_ref());
                            let then =
                                linked.filter(|_| kept.answer.state == State::Open).map(|_| Task::Linked(at, kept.clone()));
                            self.queue.answered(host, left, then);
                            let _ = send.send(Event::Answer(at, kept));
                        }
                        Err(fault) => self.tell(host, at, &fault, send),
                    }
                }
                Task::Linked(at, kept) => match linked(&visit, &self.plan.asks[at], kept) {
                    Ok((Some(kept), left)) => {
                        self.queue.answered(host, left, None);
                        let _ = send.send(Event::Linked(at, kept));
                    }
                    Ok((None, left)) => self.queue.answered(host, left, None),
                    Err(error) => {
                        log::info!("{}: {error}", self.plan.asks[at].asked);
                        let _ = send.send(Event::Unlinked);
                        self.close_after(host, &error, send);
                    }
                },
            }
            for warning in visit.warnings() {
                let _ = send.send(Event::Warning(warning));
            }
            for _ in 0..self.queue.given_up(host) {
                let _ = send.send(Event::Unlinked);
            }
            self.queue.ended(host);
        }
    }

    fn tell(&self, host: usize, at: usize, fault: &WebFault, send: &Sender<Event>) {
        if !matches!(fault, WebFault::Web(error) if error.is_no_answer()) {
            self.is_reached.store(true, Ordering::Relaxed);
        }
        let said = match fault {
            WebFault::Web(WebError::NoHost) => Fault::NoHost,
            fault => Fault::Other(fault.to_string()),
        };
        let _ = send.send(Event::Unanswered(at, said));
        self.close_after(host, fault, send);
    }

    /// Asks a host no more, if what it did says so.
    fn close_after(&self, host: usize, fault: &WebFault, send: &Sender<Event>) {
        let WebFault::Web(error) = fault else { return };
        let is_over = match error {
            WebError::RateLimit { host, wait, is_anonymous } => {
                // A wait that is too long for the clock is as good as a day.
                let until = SystemTime::now().checked_add(*wait).unwrap_or_else(|| SystemTime::now() + Duration::from_hours(24));
                let _ = send.send(Event::Wait(Wait { host: host.clone(), until, is_anonymous: *is_anonymous }));
                true
            }
            WebError::Busy { .. } | WebError::Status { status: 429 } | WebError::NoHost => true,
            error => error.is_no_answer() && self.queue.has_failed(host),
        };
        if !is_over {
            return;
        }
        let fault = match error {
            WebError::NoHost => Fault::NoHost,
            error => Fault::Other(error.to_string()),
        };
        for task in self.queue.close(host) {
            let _ = send.send(match task {
                Task::Ask(at) => Event::Unanswered(at, fault.clone()),
                Task::Linked(..) => Event::Unlinked,
            });
        }
    }
}

/// What an address answers, and how many more such questions its host will answer, if that is told.
fn answer(visit: &Visit<'_>, ask: &Ask) -> Result<(StoredAnswer, Option<u64>), WebFault> {
    let Some(question) = &ask.question else { return Ok((page(visit, ask, &ask.asked)?, None)) };
    let is_github = ask.host() == GITHUB;
    match issue(visit, ask, question) {
        Ok(answer) => Ok(answer),
        Err(WebFault::Web(WebError::Missing { .. })) => Ok((kept(ask, State::Dead), None)),
        Err(WebFault::Web(WebError::Status { status: 404 | 410 })) if is_github => Ok((kept(ask, State::Dead), None)),
        // There may be no API, or not for everybody; the page is there, or is not.
        Err(fault) if !is_github && fault.is_of_the_way() => Ok((page(visit, ask, ask.url())?, None)),
        Err(fault) => Err(fault),
    }
}

fn issue(visit: &Visit<'_>, ask: &Ask, question: &Question) -> Result<(StoredAnswer, Option<u64>), WebFault> {
    let request = Request { is_api: true, ..Request::page(&question.url) };
    let old = ask.known.as_ref().filter(|known| known.etag.is_some());
    let mark = web::sendable(&Mark { etag: old.and_then(|old| old.etag.clone()), ..Mark::default() });
    let Some(got) = visit.get(&request, &mark)? else {
        let old =
            old.cloned().ok_or_else(|| WebFault::Unclear("304 Not Modified, though nothing was asked before".to_owned()))?;
        return Ok((StoredAnswer { answer: Answer { at: now(), ..old.answer }, ..old }, None));
    };
    let told = tracker::read(question.tracker, &got.bytes).map_err(WebFault::Unclear)?;
    let moved = tracker::moved(&told, &question.url);
    let before = ask.known.as_ref().and_then(|known| known.answer.pull_request);
    let bare = kept(ask, told.state);
    let answer = Answer {
        reason: told.reason,
        assigned: told.assigned,
        locked: told.locked,
        // Until it is asked again.
        pull_request: before.filter(|_| told.state == State::Open),
        moved,
        ..bare.answer
    };
    Ok((StoredAnswer { answer, etag: got.mark.etag, ..bare }, got.left))
}

fn page(visit: &Visit<'_>, ask: &Ask, url: &str) -> Result<StoredAnswer, WebFault> {
    match visit.look(url) {
        Ok(()) => Ok(kept(ask, State::Reachable)),
        Err(WebError::Status { status: 404 | 410 }) => Ok(kept(ask, State::Dead)),
        Err(error) => Err(error.into()),
    }
}

/// The answer with the pull request that is linked to the issue; `None` if that is what it says already.
fn linked(visit: &Visit<'_>, ask: &Ask, kept: StoredAnswer) -> Result<(Option<StoredAnswer>, Option<u64>), WebFault> {
    let url = ask.question.as_ref().and_then(|question| question.linked.clone()).unwrap_or_default();
    let number = ask.asked.rsplit('/').next().unwrap_or_default();
    let request = Request { is_api: true, ..Request::page(url) };
    let Some(got) = visit.get(&request, &Mark::default())? else { return Ok((None, None)) };
    let pull_request = tracker::linked(&got.bytes, number).map_err(WebFault::Unclear)?;
    let is_new = kept.answer.pull_request != pull_request;
    let kept = is_new.then(|| StoredAnswer { answer: Answer { pull_request, ..kept.answer.clone() }, ..kept });
    Ok((kept, got.left))
}

/// Why an address gave no answer.
#[derive(Debug, thiserror::Error)]
enum WebFault {
    #[error("{}", in_short(.0))]
    Web(#[from] WebError),
    #[error("{0}")]
    Unclear(String),
}

impl WebFault {
    fn is_of_the_way(&self) -> bool {
        match self {
            // Whoever has had enough is not asked in another way.
            WebFault::Web(WebError::Status { status: 429 }) => false,
            WebFault::Web(error) => error.is_of_the_way(),
            WebFault::Unclear(_) => true,
        }
    }
}

/// What happened, without advice that is about sources.
fn in_short(error: &WebError) -> String {
    match error {
        WebError::Status { status } | WebError::Missing { status } => format!("HTTP {status}"),
        WebError::Robots => "the site's robots.txt disallows it".to_owned(),
        error => error.to_string(),
    }
}

fn kept(ask: &Ask, state: State) -> StoredAnswer {
    StoredAnswer { answer: Answer::bare(ask.url(), &now(), state), asked: ask.asked.clone(), etag: None }
}
