//! `--verbose`: what is read from where, how long it takes, why a page holds no idea, line by line on standard error.
//!
//! The modules say it through `log`; who listens is decided here. Without the flag and the variable nobody does, and nothing is
//! set up.

use std::env;
use std::io::Write;
use std::time::Instant;

use anstyle::{AnsiColor, Style};
use env_logger::{Builder, Target};
use log::LevelFilter;

use crate::render::safe;

/// What our own messages are filed under.
const OWN: &str = env!("CARGO_CRATE_NAME");

/// The parser of HTML logs every tag: it is heard only where [`LOG_VARIABLE`] names it.
const TALKATIVE: &str = "html5ever";

/// Says what to listen to as `env_logger` takes it: `debug`, or `mentorship_ideas=debug,ignore=trace`.
pub const LOG_VARIABLE: &str = "IDEAS_LOG";

/// Starts to listen, if somebody wants to: `verbose` is how often the flag was given. To be called once, before anything is
/// read; standard error must not be locked, as pages are read in parallel.
pub fn listen(verbose: u8, color: bool) {
    let wanted = env::var(LOG_VARIABLE).ok().filter(|wanted| !wanted.is_empty());
    let mut builder = Builder::new();
    match (verbose, &wanted) {
        (0, None) => return,
        (0, Some(wanted)) => builder.parse_filters(&own_levels(wanted)),
        (1, _) => builder.filter_module(OWN, LevelFilter::Info),
        (2, _) => builder.filter_module(OWN, LevelFilter::Debug),
        // What the libraries say, too.
        (_, _) => builder.filter_level(LevelFilter::Trace).filter_module(TALKATIVE, LevelFilter::Warn),
    };
    let start = Instant::now();
    let style = if color { AnsiColor::Blue.on_default() } else { Style::new() };
    builder.target(Target::Stderr).format(move |out, record| {
        let level = record.level().as_str().to_lowercase();
        let since = start.elapsed().as_secs_f64() * 1e3;
        // Paths and headings of strangers are in it.
        let message = record.args().to_string();
        writeln!(out, "{style}{level}{style:#}: {since:.1} ms: {}", safe::line(&message))
    });
    // Only the first who listens is heard; there is no other.
    let _ = builder.try_init();
}

/// Levels without a target are meant for our own messages: `trace` is `mentorship_ideas=trace`.
fn own_levels(wanted: &str) -> String {
    let (directives, filter) = wanted.find('/').map_or((wanted, ""), |at| wanted.split_at(at));
    let targeted = directives.split(',').map(|directive| match directive.trim().parse::<LevelFilter>() {
        Ok(level) => format!("{OWN}={level}"),
        Err(_) => directive.to_owned(),
    });
    targeted.collect::<Vec<_>>().join(",") + filter
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn libraries_are_heard_where_they_are_named() {
        for (wanted, meant) in [
            ("trace", "mentorship_ideas=TRACE"),
            ("debug,html5ever=debug", "mentorship_ideas=DEBUG,html5ever=debug"),
            ("mentorship_ideas=debug,ignore=trace", "mentorship_ideas=debug,ignore=trace"),
            ("ignore", "ignore"),
            ("info/page, or trace", "mentorship_ideas=INFO/page, or trace"),
        ] {
            assert_eq!(own_levels(wanted), meant, "{wanted}");
        }
    }
}
