//! When to try again, and when to give up.

use std::fmt::Display;
use std::time::{Duration, SystemTime};

use super::Limits;

/// How long the first pause is, before chance shortens it.
const FIRST: Duration = Duration::from_millis(500);

/// The longest pause that nobody has asked for.
const LONGEST: Duration = Duration::from_secs(30);

/// An attempt that failed.
#[derive(Debug)]
pub(crate) struct Failure<E> {
    pub(crate) error: E,
    pub(crate) again: Again,
}

/// Whether another attempt makes sense.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Again {
    /// The next answer would be the same.
    Never,
    /// It may well succeed.
    Soon,
    /// It may well succeed, not before this time has passed.
    After(Duration),
}

impl<E> Failure<E> {
    pub(crate) fn last(error: E) -> Self {
        Failure { error, again: Again::Never }
    }

    pub(crate) fn soon(error: E) -> Self {
        Failure { error, again: Again::Soon }
    }
}

/// Tries until it succeeds, makes no sense, or was tried again as often as the limits allow. No pause is longer than an
/// attempt may be: a server that asks for a longer one is not waited for. Nor does one end after the time that all attempts
/// have together, of which so much is `left`. Before each pause `again` hears why it is made.
pub(crate) fn attempt<T, E: Display>(
    limits: Limits,
    left: impl Fn() -> Duration,
    again: impl Fn(&E),
    mut one: impl FnMut() -> Result<T, Failure<E>>,
) -> Result<T, E> {
    let Limits { retries, timeout } = limits;
    let mut tried = 0;
    loop {
        let Failure { error, again: when } = match one() {
            Ok(done) => return Ok(done),
            Err(failure) => failure,
        };
        let pause = match when {
            Again::Soon if tried < retries => pause(tried, fastrand::f64()).min(timeout),
            Again::After(wait) if tried < retries && wait <= timeout => wait,
            _ => return Err(error),
        };
        if pause >= left() {
            return Err(error);
        }
        log::info!("{error}; tried again in {pause:.1?}");
        again(&error);
        std::thread::sleep(pause);
        tried += 1;
    }
}

/// Twice as long each time; chance takes away up to a half, so that not all come back at the same moment.
fn pause(tried: u32, chance: f64) -> Duration {
    let whole = FIRST.saturating_mul(1 << tried.min(10)).min(LONGEST);
    whole.mul_f64(1.0 - chance / 2.0)
}

/// What `Retry-After` asks for: seconds, or a date. In whole seconds.
pub(super) fn asked(header: &str, now: SystemTime) -> Option<Duration> {
    let header = header.trim();
    if !header.is_empty() && header.bytes().all(|byte| byte.is_ascii_digit()) {
        // A number that is too large for us is a long time all the same.
        return Some(Duration::from_secs(header.parse().unwrap_or(u64::MAX)));
    }
    let date = httpdate::parse_http_date(header).ok()?;
    let wait = date.duration_since(now).unwrap_or_default();
    // A moment too early is too early.
    Some(Duration::from_secs(wait.as_secs() + u64::from(wait.subsec_nanos() > 0)))
}

/// How long it is until a moment, in seconds since 1970: how GitHub says when its limit ends.
pub(super) fn until(moment: u64, now: SystemTime) -> Option<Duration> {
    let moment = SystemTime::UNIX_EPOCH.checked_add(Duration::from_secs(moment))?;
    let wait = moment.duration_since(now).unwrap_or_default();
    Some(Duration::from_secs(wait.as_secs() + 1))
}

#[cfg(test)]
mod tests {
    use std::time::Instant;

    use super::super::WebError;
    use super::*;

    #[test]
    fn pauses_grow_up_to_a_limit() {
        for (tried, chance, pause_ms) in
            [(0, 0.0, 500), (0, 1.0, 250), (1, 0.0, 1000), (2, 0.5, 1500), (6, 0.0, 30_000), (99, 0.0, 30_000)]
        {
            assert_eq!(pause(tried, chance), Duration::from_millis(pause_ms), "{tried} {chance}");
        }
    }

    #[test]
    fn servers_ask_for_pauses() {
        let now = httpdate::parse_http_date("Wed, 21 Oct 2026 07:28:00 GMT").unwrap();
        for (header, seconds) in [
            ("3", Some(3)),
            (" 0 ", Some(0)),
            ("Wed, 21 Oct 2026 07:28:07 GMT", Some(7)),
            ("Wed, 21 Oct 2020 07:28:00 GMT", Some(0)),
            ("99999999999999999999999", Some(u64::MAX)),
            ("soon", None),
            ("-1", None),
            ("", None),
        ] {
            assert_eq!(asked(header, now), seconds.map(Duration::from_secs), "{header:?}");
        }
        let later = now + Duration::from_millis(200);
        assert_eq!(asked("Wed, 21 Oct 2026 07:28:07 GMT", later), Some(Duration::from_secs(7)), "whole seconds");
    }

    #[test]
    fn what_cannot_succeed_is_tried_once() {
        let timeout = Duration::from_millis(20);
        let long = Duration::from_hours(1);
        for (retries, left, again, tries) in [
            (3, long, Again::Never, 1),
            (0, long, Again::Soon, 1),
            (2, long, Again::Soon, 3),
            (1, long, Again::After(Duration::ZERO), 2),
            (1, long, Again::After(timeout), 2),
            (3, long, Again::After(timeout * 2), 1),
            (3, timeout / 2, Again::After(timeout), 1),
        ] {
            let mut tried = 0;
            let begun = Instant::now();
            let result: Result<(), WebError> = attempt(
                Limits { timeout, retries },
                || left,
                |_| {},
                || {
                    tried += 1;
                    Err(Failure { error: WebError::Cut, again })
                },
            );
            assert!(result.is_err());
            assert_eq!(tried, tries, "{again:?}");
            assert!(begun.elapsed() < FIRST, "no pause is longer than the timeout: {again:?}");
        }
    }
}
