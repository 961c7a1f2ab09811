//! The requests that are left, by host. Workers take the next one that its host may get now.

use std::collections::{HashMap, VecDeque};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

use super::super::plan::Plan;
use crate::store::StoredAnswer;
use crate::web::AT_ONCE;

/// After so many failed connections in a row, a host is taken to be down.
const FAILURES: usize = 2;

/// Something to ask.
#[derive(Debug)]
pub(super) enum Task {
    /// The address at that place of the plan.
    Ask(usize),
    /// Which pull requests are linked to the issue there, which has this answer.
    Linked(usize, StoredAnswer),
}

/// What is left to ask.
#[derive(Debug)]
pub(super) struct Queue<'a> {
    hosts: Mutex<Vec<Host<'a>>>,
    changed: Condvar,
}

#[derive(Debug)]
struct Host<'a> {
    name: &'a str,
    tasks: VecDeque<Task>,
    /// What is asked last, while the host answers more.
    later: VecDeque<Task>,
    running: usize,
    failures: usize,
    /// How many more it answers, if it has said so.
    left: Option<u64>,
    is_closed: bool,
}

impl<'a> Queue<'a> {
    pub(super) fn new(plan: &'a Plan, due: &[usize]) -> Self {
        let mut hosts: Vec<Host<'a>> = Vec::new();
        let mut places: HashMap<&str, usize> = HashMap::new();
        for &at in due {
            let name = plan.asks[at].host();
            let place = *places.entry(name).or_insert_with(|| {
                let (tasks, later) = (VecDeque::new(), VecDeque::new());
                hosts.push(Host { name, tasks, later, running: 0, failures: 0, left: None, is_closed: false });
                hosts.len() - 1
            });
            hosts[place].tasks.push_back(Task::Ask(at));
        }
        Queue { hosts: Mutex::new(hosts), changed: Condvar::new() }
    }

    fn hosts(&self) -> MutexGuard<'_, Vec<Host<'a>>> {
        self.hosts.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The next task, and its host; waits while there may be one. `None` if all is done.
    pub(super) fn next(&self) -> Option<(usize, Task)> {
        let mut hosts = self.hosts();
        loop {
            // Nobody waits for a place at a host that is asked by as many as it may be; the longest queue decides how
            // long all takes.
            let free = hosts.iter_mut().enumerate().filter(|(_, host)| host.running < AT_ONCE && host.has_more());
            if let Some((at, host)) = free.max_by_key(|(_, host)| host.tasks.len() + host.later.len()) {
                let task = host.tasks.pop_front().or_else(|| host.later.pop_front())?;
                host.running += 1;
                return Some((at, task));
            }
            if hosts.iter().all(|host| host.running == 0) {
                self.changed.notify_all();
                return None;
            }
            hosts = self.changed.wait(hosts).unwrap_or_else(PoisonError::into_inner);
        }
    }

    /// A host has answered: how many more questions it will, if it says so, and what is to be asked besides.
    pub(super) fn answered(&self, at: usize, left: Option<u64>, then: Option<Task>) {
        let mut hosts = self.hosts();
        let host = &mut hosts[at];
        host.failures = 0;
        host.left = left.or(host.left);
        host.later.extend(then);
    }

    /// Takes back what is asked last, where a host answers no more questions; how much that was.
    pub(super) fn given_up(&self, at: usize) -> usize {
        let mut hosts = self.hosts();
        let host = &mut hosts[at];
        let is_over = host.is_closed || (host.tasks.is_empty() && host.left == Some(0));
        if is_over { host.later.drain(..).count() } else { 0 }
    }

    /// A connection to a host has failed; true if that has happened so often that nobody is there.
    pub(super) fn has_failed(&self, at: usize) -> bool {
        let mut hosts = self.hosts();
        hosts[at].failures += 1;
        hosts[at].failures >= FAILURES
    }

    /// Asks a host no more; what was left to ask.
    pub(super) fn close(&self, at: usize) -> Vec<Task> {
        let mut hosts = self.hosts();
        let host = &mut hosts[at];
        log::info!("{}: is asked no more", host.name);
        host.is_closed = true;
        host.tasks.drain(..).chain(host.later.drain(..)).collect()
    }

    /// A task has come to its end.
    pub(super) fn ended(&self, at: usize) {
        let mut hosts = self.hosts();
        hosts[at].running = hosts[at].running.saturating_sub(1);
        self.changed.notify_all();
    }

    /// Nothing more is asked.
    pub(super) fn stop(&self) {
        for host in self.hosts().iter_mut() {
            host.tasks.clear();
            host.later.clear();
        }
        self.changed.notify_all();
    }
}

impl Host<'_> {
    fn has_more(&self) -> bool {
        !self.tasks.is_empty() || !self.later.is_empty()
    }
}
