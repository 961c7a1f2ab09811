//! The terminal, taken for a while: raw keys, the other screen, the mouse. It is given back whatever ends us: the end of
//! [`Screen`], a panic (which aborts a release build, so nothing is dropped), a signal, Ctrl-Z.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, Once, OnceLock};
use std::time::{Duration, Instant};
use std::{panic, thread};

use crossterm::clipboard::CopyToClipboard;
use crossterm::cursor::Show;
use crossterm::event::{DisableBracketedPaste, DisableMouseCapture, EnableBracketedPaste, EnableMouseCapture};
use crossterm::execute;
use crossterm::terminal::{EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode, enable_raw_mode};
use ratatui::backend::CrosstermBackend;
use ratatui::{Frame, Terminal};

/// The terminal, past the lock of standard output: a signal, or the panic of another thread, must be able to write.
static TERMINAL: OnceLock<File> = OnceLock::new();
/// True while the terminal is taken.
static TAKEN: AtomicBool = AtomicBool::new(false);
/// Held while somebody draws, takes the terminal or gives it back.
static DRAWING: Mutex<()> = Mutex::new(());
/// Somebody else took the terminal anew: it must be drawn.
static STALE: AtomicBool = AtomicBool::new(false);
/// We were stopped, and somebody let us go on.
#[cfg(unix)]
static CONTINUED: AtomicBool = AtomicBool::new(false);

/// Whoever draws is waited for so long, and no longer: it may hang.
const PATIENCE: Duration = Duration::from_secs(1);

/// The screen, as long as it lives.
pub struct Screen {
    terminal: Terminal<CrosstermBackend<BufWriter<File>>>,
}

impl Screen {
    /// Takes the terminal.
    ///
    /// # Errors
    ///
    /// Standard output is no terminal that can be taken; it is as it was.
    pub fn take() -> io::Result<Screen> {
        watch();
        let out = terminal()?.try_clone()?;
        let guard = patiently();
        take()?;
        let terminal = Terminal::new(CrosstermBackend::new(BufWriter::new(out)));
        drop(guard);
        Ok(Screen { terminal: terminal.inspect_err(|_| give_back())? })
    }

    /// Draws a frame. Only what has changed is sent.
    ///
    /// # Errors
    ///
    /// The terminal cannot be written.
    pub fn draw(&mut self, draw: impl FnOnce(&mut Frame<'_>)) -> io::Result<()> {
        let _guard = patiently();
        if STALE.swap(false, Ordering::SeqCst) {
            // Not `clear`, which asks the terminal where the cursor is, and waits for an answer.
            let area = self.terminal.size()?.into();
            self.terminal.resize(area)?;
        }
        self.terminal.draw(draw).map(drop)
    }

    /// Forgets what is on the screen, so that the next frame is sent whole.
    pub fn forget(&self) {
        STALE.store(true, Ordering::SeqCst);
    }

    /// True if the screen must be drawn although nothing happened: somebody stopped us and let us go on.
    pub fn is_stale() -> bool {
        STALE.load(Ordering::SeqCst)
    }

    /// Gives the terminal back for as long as `work` takes.
    ///
    /// # Errors
    ///
    /// The terminal cannot be taken again.
    pub fn without<T>(&self, work: impl FnOnce() -> T) -> io::Result<T> {
        give_back();
        let result = work();
        let _guard = patiently();
        take()?;
        self.forget();
        Ok(result)
    }

    /// Stops until somebody lets us go on, as Ctrl-Z does where keys are not raw.
    ///
    /// # Errors
    ///
    /// The terminal cannot be taken again.
    pub fn suspend(&self) -> io::Result<()> {
        #[cfg(unix)]
        {
            // Everybody in the pipeline, and whoever runs us, as the terminal would.
            self.without(stop)??;
        }
        Ok(())
    }

    /// Has the terminal put a text on the clipboard. Nobody learns whether it did.
    ///
    /// # Errors
    ///
    /// The terminal cannot be written.
    pub fn copy(&self, text: &str) -> io::Result<()> {
        let _guard = patiently();
        execute!(terminal()?, CopyToClipboard::to_clipboard_from(text))
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        give_back();
    }
}

/// Stops the process group until somebody lets it go on.
#[cfg(unix)]
fn stop() -> rustix::io::Result<()> {
    CONTINUED.store(false, Ordering::SeqCst);
    rustix::process::kill_current_process_group(rustix::process::Signal::TSTP)?;
    // The signal may stop us by way of another thread, a moment later; and a group that nobody watches is not stopped at all.
    for _ in 0..MOMENTS {
        if CONTINUED.load(Ordering::SeqCst) {
            break;
        }
        thread::sleep(MOMENT);
    }
    Ok(())
}

/// How long a signal to stop may take, in all [`MOMENTS`].
#[cfg(unix)]
const MOMENT: Duration = Duration::from_millis(5);

#[cfg(unix)]
const MOMENTS: u32 = 40;

/// A handle of our own on the terminal that standard output is.
fn terminal() -> io::Result<&'static File> {
    if let Some(terminal) = TERMINAL.get() {
        return Ok(terminal);
    }
    #[cfg(unix)]
    let handle = std::os::fd::AsFd::as_fd(&io::stdout()).try_clone_to_owned()?;
    #[cfg(windows)]
    let handle = std::os::windows::io::AsHandle::as_handle(&io::stdout()).try_clone_to_owned()?;
    Ok(TERMINAL.get_or_init(|| File::from(handle)))
}

fn take() -> io::Result<()> {
    enable_raw_mode()?;
    TAKEN.store(true, Ordering::SeqCst);
    execute!(terminal()?, EnterAlternateScreen, EnableMouseCapture, EnableBracketedPaste).inspect_err(|_| give_back())
}

/// Gives the terminal back, if it is taken. What cannot be undone any more, because the terminal is gone, is left.
fn give_back() {
    if TAKEN.swap(false, Ordering::SeqCst) {
        if let Some(mut terminal) = TERMINAL.get() {
            let _ = execute!(terminal, DisableBracketedPaste, DisableMouseCapture, LeaveAlternateScreen, Show);
            let _ = terminal.flush();
        }
        let _ = disable_raw_mode();
    }
}

/// Waits for whoever draws, but not for ever.
fn patiently() -> Option<MutexGuard<'static, ()>> {
    let start = Instant::now();
    loop {
        match DRAWING.try_lock() {
            Ok(guard) => return Some(guard),
            Err(std::sync::TryLockError::Poisoned(poisoned)) => return Some(poisoned.into_inner()),
            Err(std::sync::TryLockError::WouldBlock) if start.elapsed() > PATIENCE => return None,
            Err(std::sync::TryLockError::WouldBlock) => thread::sleep(Duration::from_millis(1)),
        }
    }
}

/// Looks out for panics and signals, from the first time that the terminal is taken to the end of the program.
fn watch() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let previous = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            // Whoever panics may be drawing: nobody is waited for.
            give_back();
            previous(info);
        }));
        #[cfg(unix)]
        watch_signals();
    });
}

/// Signals have a thread of their own: the one that reads keys may not come back from a terminal that is gone.
#[cfg(unix)]
fn watch_signals() {
    use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTERM};
    use signal_hook::low_level::emulate_default_handler;

    let Ok(mut signals) = signal_hook::iterator::Signals::new([SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTERM]) else { return };
    thread::spawn(move || {
        for signal in signals.forever() {
            let _guard = patiently();
            if signal == SIGCONT {
                CONTINUED.store(true, Ordering::SeqCst);
            }
            match signal {
                // Stopped by somebody else, with the terminal taken: it has been used in the meantime.
                SIGCONT if TAKEN.load(Ordering::SeqCst) => {
                    give_back();
                    let _ = take();
                    STALE.store(true, Ordering::SeqCst);
                }
                SIGCONT => {}
                // Another program has the terminal, a pager or a browser, and the signal is for that.
                SIGINT if !TAKEN.load(Ordering::SeqCst) => {}
                signal => {
                    give_back();
                    let _ = emulate_default_handler(signal);
                }
            }
        }
    });
}
