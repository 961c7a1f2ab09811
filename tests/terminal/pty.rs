//! A terminal that a test can type into and read: `pty-process` starts the program, `vt100` keeps the screen.

use std::io::{Read, Write};
use std::num::NonZeroU16;
use std::process::{Child, ExitStatus};
use std::sync::{Arc, Condvar, Mutex, MutexGuard};
use std::thread;
use std::time::{Duration, Instant};

use pty_process::Size;
use pty_process::blocking::{Command, Pty};

/// How long a step may take on a machine that is busy with something else. Only what is broken waits so long.
const PATIENCE: Duration = Duration::from_mins(1);

/// A program in a terminal. What it started is ended with it.
pub(crate) struct Terminal {
    pty: Arc<Pty>,
    output: Arc<(Mutex<Output>, Condvar)>,
    child: Child,
}

struct Output {
    parser: vt100::Parser,
    /// All that the program wrote, escape sequences included.
    raw: Vec<u8>,
    /// Nobody has the terminal open any more.
    closed: bool,
}

fn size(number: u16) -> NonZeroU16 {
    NonZeroU16::new(number).unwrap()
}

/// `ideas` over the pages of `tests/mentoring`, in an environment that nothing outside has a say in.
pub(crate) fn ideas(args: &str) -> Command {
    in_terminal(env!("CARGO_BIN_EXE_ideas")).args(["--catalog", "tests/mentoring"]).args(args.split_whitespace())
}

/// A program with the environment of a terminal and of nothing else.
pub(crate) fn in_terminal(program: &str) -> Command {
    Command::new(program)
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .env_clear()
        .env("PATH", std::env::var_os("PATH").unwrap())
        .env("TERM", "xterm-256color")
        .env("LANG", "C.UTF-8")
        // Wherever a test forgets to name a folder, nobody's own shortlist is touched.
        .env("IDEAS_CONFIG_DIR", concat!(env!("CARGO_TARGET_TMPDIR"), "/no-settings"))
        .env("IDEAS_DATA_DIR", "/dev/null/nowhere")
        .env("IDEAS_CACHE_DIR", "/dev/null/nowhere")
        .env("PAGER", "cat")
}

impl Terminal {
    /// Starts a program in a terminal of so many columns and rows.
    pub(crate) fn start(command: Command, columns: u16, rows: u16) -> Terminal {
        let (pty, pts) = pty_process::blocking::open().unwrap();
        pty.resize(Size::new(rows, columns)).unwrap();
        let child = command.spawn(pts).unwrap();
        let pty = Arc::new(pty);
        let parser = vt100::Parser::new(size(rows), size(columns), 0);
        let output = Arc::new((Mutex::new(Output { parser, raw: Vec::new(), closed: false }), Condvar::new()));
        let (reader, read) = (pty.clone(), output.clone());
        thread::spawn(move || {
            let mut bytes = [0; 4096];
            loop {
                let count = (&*reader).read(&mut bytes).unwrap_or(0);
                let mut output = read.0.lock().unwrap();
                output.parser.process(&bytes[..count]);
                output.raw.extend_from_slice(&bytes[..count]);
                output.closed = count == 0;
                read.1.notify_all();
                if count == 0 {
                    return;
                }
            }
        });
        Terminal { pty, output, child }
    }

    /// Types: text, or what keys send.
    pub(crate) fn keys(&self, keys: &str) {
        (&*self.pty).write_all(keys.as_bytes()).unwrap();
    }

    /// Gives the window another size.
    pub(crate) fn resize(&self, columns: u16, rows: u16) {
        self.output().parser.screen_mut().set_size(size(rows), size(columns));
        self.pty.resize(Size::new(rows, columns)).unwrap();
    }

    /// Waits until the screen is as it must be; says what it shows if that never comes.
    pub(crate) fn until(&self, what: &str, is_so: impl Fn(&vt100::Screen) -> bool) {
        self.wait(what, |output| is_so(output.parser.screen()));
    }

    /// Waits until the screen shows a text.
    pub(crate) fn see(&self, text: &str) {
        self.until(&format!("{text:?} on the screen"), |screen| screen.contents().contains(text));
    }

    /// Waits until the screen shows a text no more.
    pub(crate) fn gone(&self, text: &str) {
        self.until(&format!("{text:?} gone from the screen"), |screen| !screen.contents().contains(text));
    }

    /// Waits until the program has written these bytes.
    pub(crate) fn written(&self, bytes: &str) {
        self.wait(&format!("{bytes:?} written"), |output| String::from_utf8_lossy(&output.raw).contains(bytes));
    }

    /// Waits until the program has ended; everything that it wrote has been read then.
    pub(crate) fn end(&mut self) -> ExitStatus {
        self.wait("the end of the program", |output| output.closed);
        self.child.wait().unwrap()
    }

    /// The rows of the screen, without the spaces at their ends.
    pub(crate) fn rows(&self) -> Vec<String> {
        let output = self.output();
        let screen = output.parser.screen();
        let (_, columns) = screen.size();
        screen.rows(0, columns.get()).map(|row| row.trim_end().to_owned()).collect()
    }

    /// All that the program has written so far.
    pub(crate) fn raw(&self) -> String {
        String::from_utf8_lossy(&self.output().raw).into_owned()
    }

    /// Sends the program a signal, as `kill` does.
    pub(crate) fn signal(&self, name: &str) {
        let call = format!("kill -{name} {}", self.child.id());
        assert!(std::process::Command::new("sh").args(["-c", &call]).status().unwrap().success());
    }

    fn output(&self) -> MutexGuard<'_, Output> {
        self.output.0.lock().unwrap()
    }

    fn wait(&self, what: &str, is_so: impl Fn(&Output) -> bool) {
        let start = Instant::now();
        let mut output = self.output();
        while !is_so(&output) {
            let left = PATIENCE.saturating_sub(start.elapsed());
            if left.is_zero() || (output.closed && !what.starts_with("the end")) {
                let state = if output.closed { "the program has ended" } else { "time is over" };
                let screen = output.parser.screen().contents();
                let last = String::from_utf8_lossy(&output.raw[output.raw.len().saturating_sub(1000)..]).into_owned();
                drop(output);
                panic!("{state}, and there was no {what}; the screen:\n{screen}\nthe last that was written: {last:?}");
            }
            output = self.output.1.wait_timeout(output, left).unwrap().0;
        }
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        // A test that failed leaves nothing behind.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
