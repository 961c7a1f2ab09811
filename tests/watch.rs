//! `ideas validate --watch`: a change is seen, the settings count, and Ctrl-C ends it as it ends any program.
#![cfg(unix)]
#![allow(clippy::unwrap_used)] // a test that cannot go on has failed

use std::fs;
use std::io::{BufRead, BufReader, Read};
use std::os::unix::process::ExitStatusExt;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::thread;
use std::time::Duration;

const PAGE: &str = "### Cloud Kitchen\n\n#### Keep recipes in a registry\n\n- Description: Recipes lie in folders today.\n\
                    - Expected Outcomes: A command\n- Recommended Skills: Go\n- Mentor(s):\n  - Bo Reed (@boreed, bo@example.org)\n\
                    \x20 - Ada Brook (@ada-brook, ada@example.org)\n\
                    - Upstream Issue: https://github.com/cloud-kitchen/kitchen/issues/12\n";

/// A running call, and the lines that it writes to each stream: which comes first of two that are in both is not known.
struct Watched {
    child: Child,
    out: Receiver<String>,
    err: Receiver<String>,
}

impl Watched {
    fn start(folder: &Path, args: &[&str]) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_ideas"))
            .args(["validate", "--watch", "--template", "lfx", "--format", "concise"])
            .args(args)
            .current_dir(folder)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let (out, err) = (lines(child.stdout.take().unwrap()), lines(child.stderr.take().unwrap()));
        Watched { child, out, err }
    }

    /// Waits for a finding that says this.
    fn until(&self, said: &str) {
        wait(&self.out, said);
    }

    /// Waits for a remark that says this.
    fn remark(&self, said: &str) {
        wait(&self.err, said);
    }
}

fn wait(lines: &Receiver<String>, said: &str) {
    while !lines.recv_timeout(Duration::from_mins(1)).unwrap_or_else(|_| panic!("nobody says {said:?}")).contains(said) {}
}

/// The lines of a stream, as they come.
fn lines(stream: impl Read + Send + 'static) -> Receiver<String> {
    let (send, lines) = mpsc::channel();
    thread::spawn(move || BufReader::new(stream).lines().map_while(Result::ok).try_for_each(|line| send.send(line)));
    lines
}

impl Drop for Watched {
    fn drop(&mut self) {
        let _ = self.child.kill();
    }
}

#[test]
fn changes_are_seen_until_it_is_interrupted() {
    let folder = tempfile::tempdir().unwrap();
    let page = folder.path().join("ideas.md");
    fs::write(&page, PAGE).unwrap();
    let mut watched = Watched::start(folder.path(), &[]);
    watched.until("ideas.md:6:3: warning[label-spelling]");
    watched.remark("1 page watched; Ctrl-C ends");
    fs::write(&page, PAGE.replace("Recommended Skills: Go", "Recommended Skills:")).unwrap();
    watched.until("[skills-value]");
    // A page that is new, and settings that make no sense at first.
    fs::write(folder.path().join("more.md"), PAGE.replace("Keep", "Store")).unwrap();
    watched.until("more.md:6:3: warning[label-spelling]");
    watched.remark("2 pages watched");
    fs::write(folder.path().join("ideas.toml"), "[lint.rules]\nlabel-speling = \"error\"\n").unwrap();
    watched.remark("error: ideas.toml:2:1: there is no rule `label-speling`");
    fs::write(folder.path().join("ideas.toml"), "[lint.rules]\nlabel-spelling = \"error\"\n").unwrap();
    watched.until("more.md:6:3: error[label-spelling]");
    let interrupted = Command::new("kill").args(["-INT", &watched.child.id().to_string()]).status().unwrap();
    assert!(interrupted.success());
    assert_eq!(watched.child.wait().unwrap().signal(), Some(2));
}

#[test]
fn a_call_that_makes_no_sense_ends() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("ideas.md"), PAGE).unwrap();
    let mut watched = Watched::start(folder.path(), &["--baseline", "known.json"]);
    watched.remark("known.json: there is no such baseline");
    assert_eq!(watched.child.wait().unwrap().code(), Some(2));
    let mut watched = Watched::start(folder.path(), &["-"]);
    watched.remark("--watch looks at files until they change");
    assert_eq!(watched.child.wait().unwrap().code(), Some(2));
}

#[test]
fn it_ends_when_nobody_reads() {
    let folder = tempfile::tempdir().unwrap();
    let page = folder.path().join("ideas.md");
    fs::write(&page, PAGE).unwrap();
    let mut child = Command::new(env!("CARGO_BIN_EXE_ideas"))
        .args(["validate", "--watch", "--quiet", "ideas.md"])
        .current_dir(folder.path())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut first = [0];
    child.stdout.take().unwrap().read_exact(&mut first).unwrap();
    // Some change until it has ended.
    for time in 0..60 {
        fs::write(&page, format!("{PAGE}{}", "\n".repeat(time + 1))).unwrap();
        thread::sleep(Duration::from_millis(800));
        if let Some(status) = child.try_wait().unwrap() {
            assert_eq!(status.code(), Some(0));
            return;
        }
    }
    child.kill().unwrap();
    panic!("it goes on");
}

#[test]
fn a_page_on_standard_input_is_not_watched() {
    for args in [&["validate", "--watch", "-"][..], &["--catalog", "-", "validate", "--watch"]] {
        let run = Command::new(env!("CARGO_BIN_EXE_ideas")).args(args).stdin(Stdio::null()).output().unwrap();
        assert_eq!(run.status.code(), Some(2), "{args:?}");
        assert!(String::from_utf8_lossy(&run.stderr).contains("is read once"), "{args:?}");
    }
}
