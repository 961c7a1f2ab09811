//! `concise`: one line for each finding, as compilers write them and editors read them: `path:line:col: error[code]: message`.

use std::io::{self, Write};

use anstyle::{AnsiColor, Style};

use super::Report;
use crate::lint::Level;
use crate::render::{Look, safe};

/// Writes a line for each finding.
pub fn write(report: &Report<'_>, look: &Look, out: &mut dyn Write) -> io::Result<()> {
    for item in report.items() {
        let finding = item.finding;
        let color = match finding.level {
            Level::Error => AnsiColor::Red,
            Level::Warning => AnsiColor::Yellow,
            Level::Info => AnsiColor::Cyan,
        };
        let style = if look.color { color.on_default().bold() } else { Style::new() };
        let path = item.page.source.path().to_string_lossy();
        writeln!(
            out,
            "{}:{}:{}: {style}{}[{}]{style:#}: {}",
            safe::line(&path),
            item.start.line,
            item.start.column,
            finding.level.as_str(),
            finding.code,
            safe::line(&finding.message),
        )?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::sample;
    use super::*;

    #[test]
    fn a_line_for_each() {
        assert_eq!(
            sample::written("a b.md", "é x\nsecond\u{1b}[2J\n", |report, out| write(report, &Look::PLAIN, out)),
            "a b.md:1:1: warning[mojibake]: `é x` is odd\na b.md:2:1: error[missing-field]: `second[2J` is odd\n"
        );
    }
}
