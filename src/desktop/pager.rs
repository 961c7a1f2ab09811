//! The user's pager, chosen and started as git does it.

use std::env;
use std::io::{self, Write};
use std::path::Path;
use std::process::{Command, ExitStatus, Stdio};

use super::command;

/// Names the pager for this program alone; empty or `cat` means none.
pub const PAGER_VARIABLE: &str = "IDEAS_PAGER";

/// Names the pager of every program.
const EVERYBODYS: &str = "PAGER";

/// What `less` does if the user has not said: ends by itself if all fits on one screen, shows colour, leaves the text there.
const LESS: &str = "FRX";

/// A pager that has not been started.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pager {
    command: String,
    /// The user named it; what is only our guess may be missing.
    named: bool,
}

/// Why a text was not shown by the pager; nothing of it was.
#[derive(Debug, thiserror::Error)]
#[error("cannot start the pager '{command}': {reason}; set {PAGER_VARIABLE} or PAGER to one that is there, or to nothing")]
pub struct PagerError {
    command: String,
    reason: String,
}

impl Pager {
    /// The user's pager: what `IDEAS_PAGER` names, else the user's own settings, else `PAGER`, else `less`; as git goes
    /// by its own variable, its settings, and everybody's variable.
    pub fn of_user(settings: Option<&str>) -> Option<Pager> {
        let set = |name| env::var(name).ok();
        Pager::from_settings([set(PAGER_VARIABLE), settings.map(str::to_owned), set(EVERYBODYS)])
    }

    /// The command, as the user wrote it.
    pub fn command(&self) -> &str {
        &self.command
    }

    /// The variable that names the pager, if the environment decides.
    pub fn variable(has_settings: bool) -> Option<&'static str> {
        let is_set = |name: &&'static str| env::var_os(name).is_some();
        Some(PAGER_VARIABLE).filter(is_set).or_else(|| Some(EVERYBODYS).filter(|_| !has_settings).filter(is_set))
    }

    /// The first of the settings that is there decides, also if it is empty.
    fn from_settings(settings: [Option<String>; 3]) -> Option<Pager> {
        let setting = settings.into_iter().flatten().next();
        let named = setting.is_some();
        // Windows has no `less`, and its `more` knows no colour.
        let command = setting.unwrap_or_else(|| if cfg!(windows) { String::new() } else { "less".to_owned() });
        let command = command.trim();
        (!command.is_empty() && command != "cat").then(|| Pager { command: command.to_owned(), named })
    }

    /// True if hyperlinks (OSC 8) pass through it; other pagers show them as garbage.
    pub fn passes_links(&self) -> bool {
        let program = self.command.split_whitespace().next().unwrap_or_default();
        Path::new(program).file_stem().is_some_and(|name| name == "less")
    }

    /// Shows the text and waits until the user has read it, or enough of it. False if there was nothing to show it with, and
    /// nothing to say about that: the pager is our guess, and it is not there.
    ///
    /// # Errors
    ///
    /// The pager that the user named cannot be started.
    pub fn show(&self, text: &[u8]) -> Result<bool, PagerError> {
        match self.run(text) {
            Ok(None) => Ok(true),
            Ok(Some(_)) | Err(_) if !self.named => Ok(false),
            Ok(Some(reason)) => Err(self.error(reason)),
            Err(error) => Err(self.error(error.to_string())),
        }
    }

    /// Runs the pager; returns why it could not be started, if the shell said so.
    fn run(&self, text: &[u8]) -> io::Result<Option<String>> {
        let mut command = command(&self.command);
        for (name, value) in [("LESS", LESS), ("LV", "-c")] {
            if env::var_os(name).is_none() {
                command.env(name, value);
            }
        }
        // Ctrl-C is the pager's as long as it runs; it would be left alone with the terminal if we ended.
        #[cfg(unix)]
        let ignored = signal_hook::flag::register(signal_hook::consts::SIGINT, std::sync::Arc::default())?;
        let ended = feed(command, text);
        #[cfg(unix)]
        signal_hook::low_level::unregister(ignored);
        Ok(match ended?.code() {
            Some(127) => Some("there is no such program".to_owned()),
            Some(126) => Some("it is no program, or may not be run".to_owned()),
            _ => None,
        })
    }

    fn error(&self, reason: String) -> PagerError {
        PagerError { command: self.command.clone(), reason }
    }
}

/// Runs a program with `text` as its input. Who quits early has read enough.
fn feed(mut command: Command, text: &[u8]) -> io::Result<ExitStatus> {
    let mut child = command.stdin(Stdio::piped()).spawn()?;
    let written = child.stdin.take().map_or(Ok(()), |mut stdin| stdin.write_all(text));
    let status = child.wait()?;
    match written {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(error),
        _ => Ok(status),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pager(settings: [Option<&str>; 3]) -> Option<String> {
        Pager::from_settings(settings.map(|setting| setting.map(str::to_owned))).map(|pager| pager.command)
    }

    #[test]
    fn the_first_setting_decides() {
        for (settings, command) in [
            ([Some("most"), None, Some("more")], Some("most")),
            ([None, Some("bat"), Some("more")], Some("bat")),
            ([None, None, Some("less -S")], Some("less -S")),
            ([Some(""), Some("bat"), Some("more")], None),
            ([Some("cat"), None, None], None),
            ([None, None, Some(" ")], None),
        ] {
            assert_eq!(pager(settings).as_deref(), command, "{settings:?}");
        }
        assert_eq!(pager([None, None, None]).as_deref(), if cfg!(windows) { None } else { Some("less") });
    }

    #[test]
    fn only_less_passes_links() {
        for (command, passes) in [("less", true), ("/usr/bin/less -R", true), ("more", false), ("sh -c less", false)] {
            assert_eq!(Pager { command: command.to_owned(), named: true }.passes_links(), passes, "{command}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn what_cannot_be_started_is_told() {
        let show = |command: &str, named| Pager { command: command.to_owned(), named }.show(&vec![b'a'; 1 << 20]);
        for command in ["true", "head -c 1 >&2; exit 1"] {
            assert!(show(command, true).unwrap(), "{command}: who quits early has read enough");
        }
        for (command, reason) in [
            ("no-such-pager", "cannot start the pager 'no-such-pager': No such file or directory"),
            ("no-such-pager -R", "cannot start the pager 'no-such-pager -R': there is no such program"),
            ("/dev/null -R", "may not be run"),
        ] {
            let error = show(command, true).unwrap_err().to_string();
            assert!(error.contains(reason), "{error}");
            assert!(!show(command, false).unwrap(), "{command}");
        }
    }
}
