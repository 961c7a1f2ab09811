//! Messages on standard error, wrapped at spaces where that is a terminal: one that wraps lines itself breaks words.

use std::io::{self, Write};

use anstyle::{AnsiColor, Style};

use crate::catalog::Level;
use crate::render::fit;

/// What stands before the second line of a message, and each that follows.
const INDENT: &str = "  ";

/// How many columns standard error has, if it is a terminal that tells.
pub fn width() -> Option<usize> {
    let (columns, _) = terminal_size::terminal_size_of(io::stderr())?;
    Some(usize::from(columns.0)).filter(|columns| *columns > 0)
}

/// A message in lines of at most `width` columns; without a width it is one line. Words that are longer stay whole: they are
/// addresses and paths.
pub(super) fn in_lines(message: &str, width: Option<usize>) -> String {
    match width {
        Some(width) if fit::width(message) > width => {
            // All lines but the first have less room; it may be the same for all.
            fit::wrap(message, width.saturating_sub(INDENT.len())).join(&format!("\n{INDENT}"))
        }
        _ => message.to_owned(),
    }
}

/// Writes a message, with its level before it. It is made safe already.
///
/// # Errors
///
/// `err` cannot be written.
pub fn write(level: Level, message: &str, color: bool, width: Option<usize>, err: &mut dyn Write) -> io::Result<()> {
    let told = match level {
        Level::Note => AnsiColor::Cyan,
        Level::Warning => AnsiColor::Yellow,
        Level::Error => AnsiColor::Red,
    };
    let style = if color { told.on_default().bold() } else { Style::new() };
    let level = level.as_str();
    let text = in_lines(&format!("{level}: {message}"), width);
    // The level is a word, and stands in the first line.
    writeln!(err, "{style}{level}{style:#}{}", text.strip_prefix(level).unwrap_or(&text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_stay_whole() {
        let message = "none of 59 ideas matches; see https://example.org/a/very/long/address for more";
        let said = |width, color| {
            let mut out = Vec::new();
            write(Level::Note, message, color, width, &mut out).unwrap();
            String::from_utf8(out).unwrap()
        };
        assert_eq!(said(None, false), format!("note: {message}\n"));
        assert_eq!(said(Some(200), false), format!("note: {message}\n"));
        let narrow = said(Some(24), false);
        let expected = "note: none of 59 ideas\n  matches; see\n  https://example.org/a/very/long/address\n  for more\n";
        assert_eq!(narrow, expected);
        assert!(narrow.lines().all(|line| line.len() <= 24 || line.contains("https://")));
        assert!(said(Some(24), true).starts_with("\u{1b}[1m\u{1b}[36mnote\u{1b}[0m: none of"));
    }
}
