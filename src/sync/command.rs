//! Runs `git` such that neither a repository nor an address can make it do anything but fetch, and such that it ends.

use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::{Duration, Instant};

use super::FetchError;
use super::group::Group;
use crate::sources::address::Parts;
use crate::storage::words;
use crate::web::WebError;
use crate::web::retry::Failure;

/// The most that is read of what git says.
const MOST: u64 = 256 << 20;

/// Where somebody may have set which repository git works on: a hook, for example.
const ELSEWHERE: [&str; 9] = [
    "GIT_DIR",
    "GIT_WORK_TREE",
    "GIT_INDEX_FILE",
    "GIT_COMMON_DIR",
    "GIT_NAMESPACE",
    "GIT_PREFIX",
    "GIT_OBJECT_DIRECTORY",
    "GIT_ALTERNATE_OBJECT_DIRECTORIES",
    "GIT_SHALLOW_FILE",
];

/// What git says if the network, or the other side, is to blame, and not the call.
const PASSING: [&str; 9] = [
    "could not resolve host",
    "connection",
    "early eof",
    "hung up unexpectedly",
    "rpc failed",
    "timed out",
    "unexpected disconnect",
    "operation too slow",
    "the requested url returned error: 5",
];

/// Git, with all that it is told each time.
#[derive(Clone)]
pub(super) struct Git {
    /// The only way it may go.
    scheme: String,
    folder: Option<PathBuf>,
    /// A working folder, whose repository is the user's own: what the environment says of it counts.
    own: Option<PathBuf>,
    timeout: Duration,
    deadline: Instant,
    offline: bool,
    /// The user has said how git is to speak ssh.
    own_ssh: bool,
}

impl Git {
    /// Git for a repository. What it does in all ends at `deadline`, which is `timeout` after it began.
    pub(super) fn new(url: &str, timeout: Duration, deadline: Instant) -> Self {
        let scheme = Parts::of(url).map_or("ssh", |parts| parts.scheme).to_owned();
        let is_ssh = scheme == "ssh";
        let git = Git { scheme, folder: None, own: None, timeout, deadline, offline: false, own_ssh: true };
        let is_set = |variable| std::env::var_os(variable).is_some();
        // A variable of ours would come before what stands in the user's settings.
        let own_ssh = !is_ssh
            || is_set("GIT_SSH_COMMAND")
            || is_set("GIT_SSH")
            || git.run(&["config", "--get", "core.sshCommand"], &[]).is_ok();
        Git { own_ssh, ..git }
    }

    /// Git for the user's own repository around a working folder, from which it only reads: no way leads anywhere else.
    fn local(folder: &Path, timeout: Duration) -> Self {
        Git {
            scheme: "none".to_owned(),
            folder: None,
            own: Some(folder.to_owned()),
            timeout,
            deadline: Instant::now() + timeout,
            offline: true,
            own_ssh: true,
        }
    }

    /// The same for a repository on the disk.
    pub(super) fn within(self, folder: &Path) -> Self {
        Git { folder: Some(folder.to_owned()), ..self }
    }

    /// The same without asking the server for what is not on the disk.
    pub(super) fn offline(self) -> Self {
        Git { offline: true, ..self }
    }

    /// Runs it, and gives what it writes.
    pub(super) fn run(&self, args: &[&str], input: &[u8]) -> Result<Vec<u8>, Failure<FetchError>> {
        let start = Instant::now();
        let mut group = Group::start(&mut self.command(args)).map_err(|error| Failure::last(FetchError::NoGit(error)))?;
        let answer = self.talk(&mut group.child, input);
        if answer.is_err() {
            group.kill();
        }
        let ended = group.wait();
        let (answer, said) = answer?;
        let status = ended.map_err(|error| Failure::last(FetchError::Git(words(&error))))?;
        log::info!("git {}: {status}, {} bytes in {:.1?}", args.join(" "), answer.len(), start.elapsed());
        if status.success() { Ok(answer) } else { Err(failure(status, &said)) }
    }

    fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new("git");
        let slow = self.timeout.as_secs().max(1).to_string();
        let slow = format!("http.lowSpeedTime={slow}");
        let settings = [
            "http.followRedirects=initial",
            // Nothing is run that a repository or a template brings.
            "core.hooksPath=/dev/null",
            "core.fsmonitor=false",
            "submodule.recurse=false",
            // Nothing goes on when git has ended.
            "gc.auto=0",
            "maintenance.auto=false",
            // What stalls ends, even if nobody is there any more to end it.
            "http.lowSpeedLimit=1",
            &slow,
            "advice.detachedHead=false",
        ];
        for setting in settings {
            command.args(["-c", setting]);
        }
        match &self.own {
            Some(folder) => {
                command.current_dir(folder);
            }
            None => {
                for variable in ELSEWHERE {
                    command.env_remove(variable);
                }
            }
        }
        if let Some(folder) = &self.folder {
            command.arg("--git-dir").arg(folder.join(".git"));
        }
        if self.offline {
            command.env("GIT_NO_LAZY_FETCH", "1");
        }
        if !self.own_ssh {
            command.env("GIT_SSH_COMMAND", "ssh -oBatchMode=yes");
        }
        command
            .args(args)
            // No other way: no program in the place of a server, no way that a redirect, a repository or the user's other
            // settings choose.
            .env("GIT_ALLOW_PROTOCOL", &self.scheme)
            // Nobody is there to answer.
            .env("GIT_TERMINAL_PROMPT", "0")
            .env("GIT_ASKPASS", "")
            .env("GIT_OPTIONAL_LOCKS", "0")
            // What it says is looked at.
            .env("LC_ALL", "C")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        command
    }

    /// Gives it its input and takes what it writes, until it ends or time is up.
    fn talk(&self, child: &mut Child, input: &[u8]) -> Result<(Vec<u8>, Vec<u8>), Failure<FetchError>> {
        let (mut stdin, stdout, stderr) = (child.stdin.take(), child.stdout.take(), child.stderr.take());
        let input = input.to_vec();
        // Pipes are short: whoever writes first must not wait for whoever reads last. Threads whose pipe somebody keeps
        // open (a program that git has started, and that left its group) are left behind.
        thread::spawn(move || {
            // Whether git wants its input to the end is its affair.
            let _ = stdin.as_mut().map(|stdin| stdin.write_all(&input));
        });
        let (answer, said) = (collect(stdout), collect(stderr));
        let answer = self.until_deadline(&answer)?;
        let said = self.until_deadline(&said)?;
        if answer.len() as u64 > MOST {
            return Err(Failure::last(FetchError::Git("it sends more than any source has".to_owned())));
        }
        Ok((answer, said))
    }

    fn until_deadline(&self, from: &mpsc::Receiver<io::Result<Vec<u8>>>) -> Result<Vec<u8>, Failure<FetchError>> {
        let left = self.deadline.saturating_duration_since(Instant::now());
        match from.recv_timeout(left) {
            Ok(Ok(bytes)) => Ok(bytes),
            Ok(Err(error)) => Err(Failure::last(FetchError::Git(words(&error)))),
            Err(RecvTimeoutError::Timeout) => Err(Failure::soon(WebError::Timeout(self.timeout).into())),
            Err(RecvTimeoutError::Disconnected) => Err(Failure::soon(WebError::Cut.into())),
        }
    }
}

/// Runs git in a working folder such that it only reads what is in the repository there, and gives what it writes; for
/// `timeout` at the most.
///
/// # Errors
///
/// There is no git, it fails, or it does not end in time.
pub(crate) fn read_local(folder: &Path, args: &[&str], input: &[u8], timeout: Duration) -> Result<Vec<u8>, FetchError> {
    Git::local(folder, timeout).run(args, input).map_err(|failure| failure.error)
}

/// Reads a pipe to its end.
fn collect(pipe: Option<impl Read + Send + 'static>) -> mpsc::Receiver<io::Result<Vec<u8>>> {
    let (send, receive) = mpsc::channel();
    thread::spawn(move || {
        let mut bytes = Vec::new();
        let read = pipe.map_or(Ok(0), |pipe| pipe.take(MOST + 1).read_to_end(&mut bytes));
        // Nobody waits any more after the deadline.
        let _ = send.send(read.map(|_| bytes));
    });
    receive
}

/// Why git has failed, in its own words: the last that matter.
fn failure(status: ExitStatus, said: &[u8]) -> Failure<FetchError> {
    let said = String::from_utf8_lossy(said);
    let lines = || said.lines().map(str::trim).filter(|line| !line.is_empty());
    let fatal = lines().find_map(|line| line.strip_prefix("fatal: ").or_else(|| line.strip_prefix("error: ")));
    // Of ssh git knows only that it has failed; ssh itself has said why before.
    let told = fatal.filter(|why| why.starts_with("Could not read from remote repository")).and_then(|_| {
        let before = lines().take_while(|line| !line.starts_with("fatal: "));
        before.filter(|line| !line.starts_with("Warning: ")).last().map(|line| line.trim_end_matches('.'))
    });
    let why = told.or(fatal).or_else(|| lines().next_back()).map_or_else(|| status.to_string(), ToOwned::to_owned);
    let lower = said.to_lowercase();
    let error = match forbidden(&why) {
        Some(way) => FetchError::OtherWay(way.to_owned()),
        None => FetchError::Git(why),
    };
    if PASSING.iter().any(|passing| lower.contains(passing)) { Failure::soon(error) } else { Failure::last(error) }
}

/// The way that git was not allowed to go: `transport 'ssh' not allowed`.
fn forbidden(why: &str) -> Option<&str> {
    why.strip_prefix("transport '")?.strip_suffix("' not allowed")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_a_local_repository_nothing_is_fetched() {
        let command = Git::local(Path::new("."), Duration::from_secs(1)).command(&["status"]);
        let set = |name: &str| command.get_envs().find(|(known, _)| *known == name).and_then(|(_, value)| value);
        assert_eq!(set("GIT_ALLOW_PROTOCOL"), Some("none".as_ref()));
        assert_eq!(set("GIT_NO_LAZY_FETCH"), Some("1".as_ref()));
        assert!(command.get_args().any(|arg| arg == "core.hooksPath=/dev/null"));
    }

    #[test]
    fn what_does_not_end_in_time_is_an_error() {
        let folder = tempfile::tempdir().unwrap();
        let git = |args: &[&str]| read_local(folder.path(), args, &[], Duration::ZERO);
        assert!(git(&["init", "--quiet"]).unwrap_err().to_string().contains("time"));
    }

    #[cfg(unix)]
    #[test]
    fn the_line_that_tells_is_shown() {
        let rest = "fatal: Could not read from remote repository.\n\nPlease make sure you have the correct access rights\nand the repository exists.\n";
        for (said, why) in [
            ("git@example.org: Permission denied (publickey).\n", "git@example.org: Permission denied (publickey)"),
            ("Warning: Permanently added 'x' to the list.\r\nERROR: Repository not found.\n", "ERROR: Repository not found"),
            ("@@@ WARNING: IDENTIFICATION HAS CHANGED @@@\nHost key verification failed.\r\n", "Host key verification failed"),
            ("", "Could not read from remote repository."),
        ] {
            let status = std::os::unix::process::ExitStatusExt::from_raw(128 << 8);
            let error = failure(status, format!("{said}{rest}").as_bytes()).error.to_string();
            assert_eq!(error, format!("git: {why}"));
        }
    }
}
