//! How often a host is asked: at most two requests at a time, with a short pause between their beginnings.

use std::collections::HashMap;
use std::sync::{Condvar, Mutex, PoisonError};
use std::time::{Duration, Instant};

/// How many requests a host answers at a time.
pub(crate) const AT_ONCE: usize = 2;

/// How long nobody asks a host after somebody has.
const PAUSE: Duration = Duration::from_millis(100);

/// The hosts that are being asked.
#[derive(Debug, Default)]
pub(super) struct Pace {
    hosts: Mutex<HashMap<String, Host>>,
    ended: Condvar,
}

#[derive(Debug)]
struct Host {
    running: usize,
    /// When the next may begin.
    next: Instant,
}

/// A request that is under way, with its answer, until it is dropped.
#[derive(Debug)]
pub(super) struct Turn<'a> {
    pace: &'a Pace,
    host: String,
}

impl Pace {
    /// Waits until a host may be asked.
    pub(super) fn turn(&self, host: &str) -> Turn<'_> {
        let host = host.to_ascii_lowercase();
        let mut hosts = self.hosts.lock().unwrap_or_else(PoisonError::into_inner);
        loop {
            let now = Instant::now();
            let state = hosts.entry(host.clone()).or_insert(Host { running: 0, next: now });
            if state.running < AT_ONCE && state.next <= now {
                state.running += 1;
                state.next = now + PAUSE;
                return Turn { pace: self, host };
            }
            // Without a place to take, whoever ends wakes us.
            let wait = if state.running < AT_ONCE { state.next - now } else { Duration::from_secs(1) };
            hosts = self.ended.wait_timeout(hosts, wait).unwrap_or_else(PoisonError::into_inner).0;
        }
    }
}

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        let mut hosts = self.pace.hosts.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(host) = hosts.get_mut(&self.host) {
            host.running = host.running.saturating_sub(1);
        }
        self.pace.ended.notify_all();
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::thread;

    use super::*;

    #[test]
    fn two_at_a_time_and_not_at_once() {
        let (pace, running, most) = (Pace::default(), AtomicUsize::new(0), AtomicUsize::new(0));
        let begun = Instant::now();
        thread::scope(|scope| {
            for _ in 0..5 {
                scope.spawn(|| {
                    let _turn = pace.turn("example.org");
                    most.fetch_max(running.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
                    thread::sleep(PAUSE * 2);
                    running.fetch_sub(1, Ordering::SeqCst);
                });
            }
        });
        assert_eq!(most.into_inner(), AT_ONCE);
        assert!(begun.elapsed() >= PAUSE * 5, "three rounds of two");
        let begun = Instant::now();
        let _turns = ["a.example.org", "b.example.org", "c.example.org"].map(|host| pace.turn(host));
        assert!(begun.elapsed() < PAUSE, "others are not waited for");
    }
}
