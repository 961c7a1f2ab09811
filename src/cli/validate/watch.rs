//! `ideas validate --watch`: checks again whenever something changes that it has looked at.
//!
//! Files are asked for their size and time a few times a second. That costs a millisecond for a thousand pages, works on network
//! drives and in containers where the system's notifications do not arrive, and takes no library for each system.

use std::env;
use std::io;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, SystemTime};

use anyhow::Context;

use super::Args;
use crate::catalog::Level;
use crate::cli::{Exit, GlobalArgs, Session};
use crate::config::{Config, NAME};
use crate::text::counted;

/// So often files are looked at.
const PAUSE: Duration = Duration::from_millis(300);

/// So long nothing may change before pages are read: editors write a file in several steps.
const SETTLED: Duration = Duration::from_millis(60);

/// Clears the screen and what was scrolled off it, and goes to its top.
const CLEAR: &[u8] = b"\x1b[2J\x1b[3J\x1b[H";

/// What is known of files without reading them: when they were written, and their size; nothing of those that are not there.
#[derive(PartialEq, Eq)]
struct State(Vec<(PathBuf, Option<(SystemTime, u64)>)>);

impl Args {
    /// Checks again and again. It ends with an error of the first time, and when nobody reads what it writes; else by a signal.
    pub(super) fn watch(&self, global: &GlobalArgs, session: &mut Session<'_>) -> anyhow::Result<Exit> {
        let here = env::current_dir().context("the current folder cannot be told")?;
        let clears = session.look.width.is_some() && env::var_os("TERM").is_none_or(|terminal| terminal != "dumb");
        for time in 0.. {
            // Before pages are read: what changes meanwhile is seen afterwards.
            let (state, pages) = self.state(&here, global);
            if clears {
                session.raw.write_all(CLEAR)?;
                session.raw.flush()?;
            } else if time > 0 {
                // Fails if nobody reads any more: then there is nothing to watch for.
                writeln!(session.out)?;
                session.out.flush()?;
            }
            match self.once(global, session) {
                Err(error) if time == 0 => return Err(error),
                Err(error) => global.say(Level::Error, &format!("{error:#}"), session)?,
                Ok(_) => {}
            }
            session.out.flush()?;
            global.say(Level::Note, &format!("{} watched; Ctrl-C ends", counted(pages, "page")), session)?;
            session.err.flush()?;
            self.wait(state, &here, global);
        }
        Ok(Exit::Done)
    }

    /// Waits until something changes, and changes no more.
    fn wait(&self, mut before: State, here: &Path, global: &GlobalArgs) {
        let mut changes = false;
        loop {
            thread::sleep(if changes { SETTLED } else { PAUSE });
            let (now, _) = self.state(here, global);
            match (now == before, changes) {
                (true, true) => return,
                (true, false) => {}
                (false, _) => (changes, before) = (true, now),
            }
        }
    }

    /// What is known of the files that decide on what is told, and how many of them are pages.
    fn state(&self, here: &Path, global: &GlobalArgs) -> (State, usize) {
        let named = global.config.clone();
        let settings = named.map_or_else(|| here.ancestors().map(|folder| folder.join(NAME)).collect(), |path| vec![path]);
        // Settings that make no sense are told, and name nothing.
        let config = global.config().unwrap_or_else(|_| Config::default());
        let (files, _) = self.pages.files(&config, global);
        let mut paths: Vec<PathBuf> =
            files.into_iter().map(|file| file.path).filter(|path| !config.ignores(path, here)).collect();
        let pages = paths.len();
        paths.extend(settings);
        paths.extend(config.template_files);
        paths.extend(self.template.as_ref().map(PathBuf::from));
        paths.extend(self.baseline.clone());
        let known = |path: &Path| -> io::Result<_> {
            let about = path.metadata()?;
            Ok((about.modified()?, about.len()))
        };
        let states = paths.into_iter().map(|path| {
            let state = known(&path).ok();
            (path, state)
        });
        (State(states.collect()), pages)
    }
}
