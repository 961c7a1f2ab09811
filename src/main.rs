//! The `ideas` command: sets up the streams, runs, and turns the outcome into an exit status. The only place that exits.

use std::cell::OnceCell;
use std::io::{self, BufWriter, IsTerminal, Write};
use std::process::ExitCode;

use anstream::{AutoStream, ColorChoice};
use mentorship_ideas::catalog::Level;
use mentorship_ideas::cli::{Ambiguous, Cli, Color, Exit, Session, completions, messages, unless_closed, verbose};
use mentorship_ideas::render::{Look, safe};

fn main() -> ExitCode {
    match completions::answer() {
        Ok(false) => {}
        Ok(true) => return ExitCode::SUCCESS,
        // A shell shows nothing of it; who tries by hand sees why.
        Err(error) => {
            let _ = error.print();
            return ExitCode::from(Exit::Failed.code());
        }
    }
    let cli = match Cli::read(&std::env::args_os().collect::<Vec<_>>()) {
        Ok(cli) => cli,
        Err(said) => return print(&said),
    };
    let choice = match cli.global.color {
        Color::Auto => ColorChoice::Auto,
        Color::Always => ColorChoice::Always,
        Color::Never => ColorChoice::Never,
    };
    let out = AutoStream::new(io::stdout().lock(), choice);
    // Not locked: who reads pages in parallel may have something to say there.
    let mut err = AutoStream::new(io::stderr(), choice);
    let look = look(out.current_choice());
    let err_color = err.current_choice() != ColorChoice::Never;
    let is_plain = out.current_choice() == ColorChoice::Never;
    let mut out = BufWriter::new(Output { stream: out, raw: io::stdout(), is_plain });
    if !cli.global.quiet {
        verbose::listen(cli.global.verbose, err_color);
    }

    // The lock of standard output may be taken twice by one thread.
    let mut raw = io::stdout();
    let err_width = messages::width();
    let mut session = Session { out: &mut out, err: &mut err, raw: &mut raw, look, err_color, err_width, day: OnceCell::new() };
    let outcome = cli.run(&mut session).and_then(|exit| {
        // How it ended does not depend on who reads on.
        unless_closed(session.out.flush())?;
        Ok(exit)
    });
    match outcome {
        Ok(exit) => ExitCode::from(exit.code()),
        Err(error) if is_closed_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            // What was found before the error is still an answer. If it cannot be written either, so be it.
            let _ = out.flush();
            // An error of a stream does not say so itself.
            let what = if error.is::<io::Error>() && error.chain().len() == 1 { "cannot write: " } else { "" };
            let told = format!("{error:#}");
            // What names several ideas has a line for each, and is safe.
            let (told, width) = if error.is::<Ambiguous>() { (told.into(), None) } else { (safe::line(&told), err_width) };
            let _ = messages::write(Level::Error, &format!("{what}{told}"), err_color, width, &mut err);
            ExitCode::from(Exit::Failed.code())
        }
    }
}

/// Writes help, the version, or what is wrong with a call. Help that cannot be written is an error, as data is.
fn print(said: &clap::Error) -> ExitCode {
    match unless_closed(said.print().and_then(|()| io::stdout().flush())) {
        Ok(()) => u8::try_from(said.exit_code()).map_or(ExitCode::FAILURE, ExitCode::from),
        Err(error) => {
            let _ = writeln!(io::stderr(), "error: cannot write: {error}");
            ExitCode::from(Exit::Failed.code())
        }
    }
}

/// Standard output. Where it shows no colours, they are taken out; that takes a while, and most texts have none.
struct Output {
    stream: AutoStream<io::StdoutLock<'static>>,
    raw: io::Stdout,
    /// It shows no colours, and so far none were to be taken out.
    is_plain: bool,
}

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.is_plain = self.is_plain && !bytes.iter().any(|byte| byte.is_ascii_control() && !matches!(byte, b'\n' | b'\t'));
        if self.is_plain { self.raw.write(bytes) } else { self.stream.write(bytes) }
    }

    fn flush(&mut self) -> io::Result<()> {
        self.stream.flush()
    }
}

/// Makes us write as for a terminal of so many columns, wherever it goes: into `less`, a log, a test.
const TERMINAL_VARIABLE: &str = "IDEAS_FORCE_TTY";

/// What standard output can show.
fn look(choice: ColorChoice) -> Look {
    let color = choice != ColorChoice::Never;
    // Who does not know a width says 0.
    let columns = |variable: &str| std::env::var(variable).ok()?.parse().ok().filter(|columns| *columns > 0);
    let forced = columns(TERMINAL_VARIABLE);
    let is_terminal = io::stdout().is_terminal();
    if forced.is_none() && !is_terminal {
        return Look { color, ..Look::PLAIN };
    }
    let told = || terminal_size::terminal_size().map(|(width, _)| usize::from(width.0)).filter(|columns| *columns > 0);
    let width = forced.or_else(told).or_else(|| columns("COLUMNS")).unwrap_or(80);
    let links = color && supports_hyperlinks::on(supports_hyperlinks::Stream::Stdout);
    Look { width: Some(width), color, links, unicode: is_utf8(), today: None }
}

/// True unless the environment names an encoding that is not UTF-8.
fn is_utf8() -> bool {
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"].iter().filter_map(std::env::var_os).find(|value| !value.is_empty());
    locale.is_none_or(|locale| {
        let locale = locale.to_string_lossy().to_lowercase();
        cfg!(windows) || locale.contains("utf-8") || locale.contains("utf8")
    })
}

/// True if whoever read our output has stopped reading, as `head` does: no error, and nobody to tell.
fn is_closed_pipe(error: &anyhow::Error) -> bool {
    error.chain().filter_map(|cause| cause.downcast_ref::<io::Error>()).any(|cause| cause.kind() == io::ErrorKind::BrokenPipe)
}
