//! Programs that end with all that they have started. `git` leaves the network to helpers, and these would go on without it.

use std::io;
use std::process::{Child, Command, ExitStatus};

#[cfg(unix)]
use rustix::process::{Pid, Signal, kill_process_group};

/// The groups that are running. Whoever holds it sees all of them, and none begins meanwhile.
#[cfg(unix)]
static RUNNING: std::sync::Mutex<Vec<Pid>> = std::sync::Mutex::new(Vec::new());

/// A program, and the programs that it has started.
pub(super) struct Group {
    pub(super) child: Child,
}

impl Group {
    /// Starts a program as the head of a group of its own.
    pub(super) fn start(command: &mut Command) -> io::Result<Self> {
        #[cfg(unix)]
        {
            std::os::unix::process::CommandExt::process_group(command, 0);
            let mut running = running();
            let child = command.spawn()?;
            running.push(Pid::from_child(&child));
            Ok(Group { child })
        }
        #[cfg(not(unix))]
        command.spawn().map(|child| Group { child })
    }

    /// Kills all of it.
    pub(super) fn kill(&mut self) {
        // Whatever has ended by itself cannot be killed.
        #[cfg(unix)]
        let _ = kill_process_group(Pid::from_child(&self.child), Signal::KILL);
        let _ = self.child.kill();
    }

    /// Waits for its head to end.
    pub(super) fn wait(mut self) -> io::Result<ExitStatus> {
        let status = self.child.wait();
        #[cfg(unix)]
        running().retain(|group| *group != Pid::from_child(&self.child));
        status
    }
}

#[cfg(unix)]
fn running() -> std::sync::MutexGuard<'static, Vec<Pid>> {
    RUNNING.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
}

/// From now on, a signal that ends us ends the groups before: the terminal sends it to us alone, since they are groups of their
/// own. `say` is called in between.
#[cfg(unix)]
pub fn end_with_us(say: impl Fn() + Send + 'static) {
    use signal_hook::consts::{SIGHUP, SIGINT, SIGQUIT, SIGTERM};

    let wanted = [SIGHUP, SIGINT, SIGQUIT, SIGTERM].into_iter().filter(|signal| !is_ignored(*signal));
    // Without them, groups end by their time.
    let Ok(mut signals) = signal_hook::iterator::Signals::new(wanted) else { return };
    std::thread::spawn(move || {
        for signal in signals.forever() {
            // Held until we end.
            let running = running();
            for group in running.iter() {
                let _ = kill_process_group(*group, Signal::KILL);
            }
            say();
            let _ = signal_hook::low_level::emulate_default_handler(signal);
        }
    });
}

/// Nothing is known of the groups of other systems.
#[cfg(not(unix))]
pub fn end_with_us(_say: impl Fn() + Send + 'static) {}

/// True if whoever started us wants a signal to be ignored, as `nohup` does, and a script for what it runs in the background.
#[cfg(unix)]
fn is_ignored(signal: i32) -> bool {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let ignored = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    match ignored.and_then(|bits| u64::from_str_radix(bits.trim(), 16).ok()) {
        Some(bits) => bits >> (signal - 1) & 1 == 1,
        // Where the system doesn't tell, `nohup` is what is likely.
        None => signal == signal_hook::consts::SIGHUP,
    }
}
