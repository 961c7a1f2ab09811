//! Pages that a command changes: which they are, how a change is shown, and how it is written.

use std::ffi::OsString;
use std::io;
use std::path::{Path, PathBuf};

use anstyle::{AnsiColor, Style};
use anyhow::bail;
use clap::ValueHint;
use clap::builder::{OsStringValueParser, TypedValueParser as _};
use similar::{ChangeTag, TextDiff};

use crate::catalog::{Level, Notice, STDIN, files};
use crate::config::Config;
use crate::render::{Look, safe};
use crate::storage;
use crate::text::counted;

use super::{GlobalArgs, Session, named, unless_closed};

/// The pages that a user names.
#[derive(Clone, Debug, clap::Args)]
pub(super) struct PageArgs {
    /// Pages, folders of pages, or - for standard input
    ///
    /// Without any, the pages that ideas.toml names (the paths of [lint], else [[pages]]), and without those the current
    /// folder.
    #[arg(value_name = "PATH", value_parser = OsStringValueParser::new().try_map(named), value_hint = ValueHint::AnyPath)]
    paths: Vec<OsString>,

    /// The path that the page on standard input has, for messages, patterns and the programme's name
    #[arg(long, value_name = "PATH")]
    pub(super) stdin_path: Option<PathBuf>,
}

/// The pages that were found.
pub(super) struct Found {
    /// The files.
    pub(super) files: Vec<files::File>,
    /// The page on standard input.
    pub(super) stdin: Option<Result<files::Text, Notice>>,
}

impl PageArgs {
    /// Refuses a path for a page that is not read. `command` is what the user calls.
    pub(super) fn check(&self, command: &str, global: &GlobalArgs) -> anyhow::Result<()> {
        if self.stdin_path.is_some() && !self.stdin(global) {
            bail!("--stdin-path names the page on standard input; say `-` to read it: `ideas {command} - --stdin-path …`");
        }
        Ok(())
    }

    /// What is named: the paths, or else those of `--catalog`.
    fn named<'a>(&'a self, global: &'a GlobalArgs) -> &'a [OsString] {
        if self.paths.is_empty() { &global.catalog } else { &self.paths }
    }

    /// True if the call names pages, or folders of them.
    pub(super) fn are_named(&self, global: &GlobalArgs) -> bool {
        !self.named(global).is_empty()
    }

    /// True if a page on standard input is named.
    pub(super) fn stdin(&self, global: &GlobalArgs) -> bool {
        self.named(global).iter().any(|path| path == "-")
    }

    /// The files that are named, or else those that are meant, with those that the settings ignore; and what could not be walked.
    pub(super) fn files(&self, config: &Config, global: &GlobalArgs) -> (Vec<files::File>, Vec<Notice>) {
        match (self.named(global), &config.paths, &config.pages) {
            ([], Some(paths), _) => files::find(paths),
            ([], None, Some(groups)) => files::of_groups(groups),
            ([], None, None) => files::find(&[PathBuf::from(".")]),
            (named, ..) => files::find(&named.iter().filter(|path| *path != "-").map(PathBuf::from).collect::<Vec<_>>()),
        }
    }

    /// Finds the pages; without paths those of `--catalog`, of the settings, or of the current folder. What the settings
    /// ignore is left alone, even if it is named: hooks name every file. With `changes`, what is left alone on standard input
    /// is still passed on.
    pub(super) fn find(
        &self,
        changes: bool,
        config: &Config,
        here: &Path,
        failed: &mut bool,
        global: &GlobalArgs,
        session: &mut Session<'_>,
    ) -> io::Result<Found> {
        let (mut files, notices) = self.files(config, global);
        for notice in &notices {
            *failed |= notice.level == Level::Error;
            global.tell(notice, session)?;
        }
        let mut ignored = Vec::new();
        let found = files.len();
        files.retain(|file| {
            let looked_at = !config.ignores(&file.path, here);
            if !looked_at && file.named {
                ignored.push(file.path.display().to_string());
            }
            looked_at
        });
        let stdin_too = self.stdin(global);
        if let (true, Some(path)) = (found > 0 && files.is_empty() && ignored.is_empty() && !stdin_too, &config.path) {
            *failed = true;
            let (path, pages) = (path.display(), counted(found, "page"));
            let message = format!("{path}: `ignore` leaves no page to look at ({pages} found); nothing was done");
            global.say(Level::Error, &message, session)?;
        }
        for path in ignored {
            global.say(Level::Note, &format!("{path}: is left alone, as ideas.toml ignores it"), session)?;
        }
        let mut stdin = None;
        if stdin_too {
            let text = files::read_stdin(self.stdin_path.as_deref());
            let path = self.stdin_path.as_deref().unwrap_or(Path::new(STDIN));
            if config.ignores(path, here) {
                if let (true, Ok(text)) = (changes, &text) {
                    pass_on(text.source.text(), text.other_bytes.as_deref(), session)?;
                }
                let message = format!("{}: is left alone, as ideas.toml ignores it", path.display());
                global.say(Level::Note, &message, session)?;
            } else {
                stdin = Some(text);
            }
        }
        Ok(Found { files, stdin })
    }
}

/// Writes a page to standard output: byte for byte, unless somebody looks at it there.
pub(super) fn pass_on(text: &str, other_bytes: Option<&[u8]>, session: &mut Session<'_>) -> io::Result<()> {
    if session.look.width.is_some() {
        return session.out.write_all(safe::text(text).as_bytes());
    }
    session.raw.write_all(other_bytes.unwrap_or(text.as_bytes()))?;
    session.raw.flush()
}

/// Writes a changed page back; false, and said why, if that could not be done.
pub(super) fn write_back(
    file: &Path,
    before: &str,
    after: &str,
    here: &Path,
    global: &GlobalArgs,
    session: &mut Session<'_>,
) -> io::Result<bool> {
    let inside = files::below(file, here, here).is_some();
    let stays = if inside { storage::stays_in(file, here) } else { Ok(()) };
    let written = stays.and_then(|()| storage::replace(file, before, after));
    if let Err(error) = &written {
        global.say(Level::Error, &format!("{}: {error}", file.display()), session)?;
    }
    Ok(written.is_ok())
}

/// Writes what changes on a page, as `git apply` and `patch -p1` read it. On a terminal it is made safe to look at.
///
/// Who stops reading does not change what would become of the pages.
pub(super) fn show_change(path: &Path, before: &str, after: &str, here: &Path, session: &mut Session<'_>) -> io::Result<()> {
    unless_closed(write_change(path, before, after, here, session))
}

fn write_change(path: &Path, before: &str, after: &str, here: &Path, session: &mut Session<'_>) -> io::Result<()> {
    let Look { color, width, .. } = session.look;
    let path = files::below(path, here, here).unwrap_or_else(|| path.to_string_lossy().into_owned());
    let path = safe::line(&path);
    let diff = TextDiff::from_lines(before, after);
    let mut unified = diff.unified_diff();
    unified.header(&format!("a/{path}"), &format!("b/{path}"));
    if width.is_none() && !color {
        write!(session.raw, "{unified}")?;
        return session.raw.flush();
    }
    let styles = [AnsiColor::Cyan, AnsiColor::Red, AnsiColor::Green];
    let [head, removed, added] = styles.map(|style| if color { style.on_default() } else { Style::new() });
    let bold = if color { Style::new().bold() } else { Style::new() };
    writeln!(session.out, "{bold}--- a/{path}{bold:#}\n{bold}+++ b/{path}{bold:#}")?;
    for hunk in unified.iter_hunks() {
        writeln!(session.out, "{head}{}{head:#}", hunk.header())?;
        for change in hunk.iter_changes() {
            let style = match change.tag() {
                ChangeTag::Equal => Style::new(),
                ChangeTag::Delete => removed,
                ChangeTag::Insert => added,
            };
            let line = safe::text(change.value().trim_end_matches(['\n', '\r']));
            writeln!(session.out, "{style}{}{line}{style:#}", change.tag())?;
        }
    }
    Ok(())
}
