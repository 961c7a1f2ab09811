//! The progress bar of commands that use the network, and what is said if they are interrupted.

use std::io::{self, IsTerminal as _, Write as _};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::{GlobalArgs, messages};
use crate::render::safe;
use crate::sync;

/// A bar on standard error, or nothing where that is no terminal.
pub(super) struct Progress {
    bar: ProgressBar,
    is_quiet: bool,
}

impl Progress {
    /// Begins with none of `count` steps. `interrupted` is written if the user ends the program before they are done.
    pub(super) fn new(count: usize, message: &'static str, interrupted: &'static str, global: &GlobalArgs) -> Self {
        // A log on the same terminal would run into it.
        let is_silent = global.quiet || log::max_level() > log::LevelFilter::Off;
        let target = if is_silent { ProgressDrawTarget::hidden() } else { ProgressDrawTarget::stderr() };
        let bar = ProgressBar::with_draw_target(Some(count as u64), target);
        if let Ok(style) = ProgressStyle::with_template("{bar:24} {pos}/{len}  {wide_msg}") {
            bar.set_style(style);
        }
        bar.set_message(message);
        let shown = bar.clone();
        sync::end_with_us(move || {
            shown.finish_and_clear();
            // Nobody is left to be told that it cannot be said.
            let _ = writeln!(io::stderr(), "{interrupted}");
        });
        Self { bar, is_quiet: global.quiet }
    }

    /// One step more is done.
    pub(super) fn step(&self, name: &str) {
        self.bar.set_message(safe::line(name).into_owned());
        self.bar.inc(1);
    }

    /// Says what begins, where no bar shows it: a log would be silent for minutes.
    pub(super) fn begin(&self, what: &str) {
        if !io::stderr().is_terminal() {
            self.say(what);
        }
    }

    /// Says something meanwhile, above the bar.
    pub(super) fn say(&self, what: &str) {
        if !self.is_quiet {
            let note = messages::in_lines(&format!("note: {}", safe::line(what)), messages::width());
            // Nobody is left to be told that it cannot be said.
            self.bar.suspend(|| drop(writeln!(io::stderr(), "{note}")));
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}
