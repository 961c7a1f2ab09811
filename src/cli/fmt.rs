//! `ideas fmt`: pages written as their template writes them, where nothing of them is lost.

use std::env;
use std::io;
use std::path::Path;

use anyhow::Context;

use crate::author::{self, LeftAlone, Rewritten, Unwritten};
use crate::catalog::{Level, Notice, files, warning};
use crate::config::Config;
use crate::layout::{Inspection, ReadError, Tree};
use crate::lint::Template;
use crate::render::safe;
use crate::text::{Source, counted};

use super::completions::values;
use super::edits::{Found, PageArgs, pass_on, show_change, write_back};
use super::{Exit, GlobalArgs, Session, template, unless_closed};

const EXAMPLES: &str = "\
Examples:
  ideas fmt                                      what ideas.toml names, else the current folder
  ideas fmt ideas.md --diff                      what would change
  ideas fmt --check                              in a workflow: exit 1 if a page would change
  ideas fmt old.md --template lfx                a page with a layout of its own
  cat ideas.md | ideas fmt -";

/// What `ideas fmt` takes.
#[derive(Clone, Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    #[command(flatten)]
    pages: PageArgs,

    /// Write pages as this template does: auto, lfx, cncf-gsoc, gsoc, ospp, plain, lfx-form, idea, or a TOML file of your own
    #[arg(long, value_name = "TEMPLATE", add = values::templates())]
    template: Option<String>,

    /// Change nothing; list the pages that would change, and fail (exit 1) if there are any
    #[arg(long)]
    check: bool,

    /// Change nothing; show what would change, as a unified diff
    #[arg(long)]
    diff: bool,
}

/// What became of the pages.
#[derive(Default)]
struct Done {
    changed: usize,
    unchanged: usize,
    unwritten: usize,
    left_alone: usize,
    ideas_left_alone: usize,
    failed: bool,
}

impl Args {
    pub(super) fn run(&self, global: &GlobalArgs, session: &mut Session<'_>) -> anyhow::Result<Exit> {
        self.pages.check("fmt", global)?;
        let here = env::current_dir().context("the current folder cannot be told")?;
        let config = global.config()?;
        let own = template::own(self.template.as_deref(), &here)?;
        let wanted = template::wanted(self.template.as_deref(), own.as_ref());
        let mut run = Run { args: self, global, config: &config, here: &here, wanted, done: Done::default() };
        let Found { files, stdin } = self.pages.find(!self.looks(), &config, &here, &mut run.done.failed, global, session)?;
        for file in &files {
            run.page(files::read(file), Some(&file.path), Some(file), session)?;
        }
        if let Some(text) = stdin {
            run.page(text, self.pages.stdin_path.as_deref(), None, session)?;
        }
        run.tell(session)
    }

    /// True if nothing is to be changed.
    fn looks(&self) -> bool {
        self.check || self.diff
    }
}

/// A call: what is wanted, and what became of it so far.
struct Run<'a> {
    args: &'a Args,
    global: &'a GlobalArgs,
    config: &'a Config,
    here: &'a Path,
    /// The template that the call names.
    wanted: Option<&'a Template>,
    done: Done,
}

impl Run<'_> {
    /// One page: read, written anew, and put where it belongs. `path` is what settings know it by; `file` is where it came from,
    /// unless from standard input.
    fn page(
        &mut self,
        text: Result<files::Text, Notice>,
        path: Option<&Path>,
        file: Option<&files::File>,
        session: &mut Session<'_>,
    ) -> anyhow::Result<()> {
        let text = match text {
            Ok(text) => text,
            Err(notice) => {
                self.done.failed |= notice.level == Level::Error;
                self.global.tell(&notice, session)?;
                return Ok(());
            }
        };
        for notice in &text.notices {
            self.global.tell(notice, session)?;
        }
        match self.rewritten(&text, path, file.is_none_or(|file| file.named), session)? {
            Some(after) => self.put(&text, &after, file, session),
            None if file.is_none() && !self.args.looks() => {
                Ok(pass_on(text.source.text(), text.other_bytes.as_deref(), session)?)
            }
            None => Ok(()),
        }
    }

    /// The page written anew; none if it is left alone, which is said. `named`: the user asked for this very page.
    fn rewritten(
        &mut self,
        text: &files::Text,
        path: Option<&Path>,
        named: bool,
        session: &mut Session<'_>,
    ) -> anyhow::Result<Option<String>> {
        let source = &text.source;
        let tree = match Tree::read(source) {
            Ok(tree) => tree,
            Err(error) => return self.unreadable(source, &error, named, session),
        };
        let seen = match tree.inspect() {
            Ok(seen) => seen,
            Err(error) => return self.unreadable(source, &error, named, session),
        };
        for problem in &seen.problems {
            self.global.tell(&warning(source, problem.span, &problem.message), session)?;
        }
        let template = self.wanted.or_else(|| path.and_then(|path| self.config.template(path, self.here)));
        let given = path.and_then(|path| self.config.given(path, self.here)).cloned().unwrap_or_default();
        match author::rewrite(source, &tree, &seen, template, &given) {
            Ok(after) if text.other_bytes.is_some() && after.text != source.text() => {
                self.done.left_alone += 1;
                let message = "left alone: it is not UTF-8; save it as UTF-8 first".to_owned();
                let path = source.path().display().to_string();
                self.global.tell(&Notice { level: Level::Warning, path, position: None, message }, session)?;
                Ok(None)
            }
            Ok(Rewritten { text, left_alone }) => {
                self.done.ideas_left_alone += left_alone.len();
                for unwritten in left_alone {
                    self.left_alone(source, &seen, &unwritten, session)?;
                }
                Ok(Some(text))
            }
            // A folder may hold anything.
            Err(Unwritten { why: LeftAlone::Empty | LeftAlone::NoIdeas, .. }) if !named => Ok(None),
            Err(unwritten) => {
                self.done.left_alone += 1;
                self.left_alone(source, &seen, &unwritten, session)?;
                Ok(None)
            }
        }
    }

    /// Says that an idea stays as it is, where it begins; or a page, where its ideas begin.
    fn left_alone(
        &self,
        source: &Source,
        seen: &Inspection<'_>,
        unwritten: &Unwritten,
        session: &mut Session<'_>,
    ) -> io::Result<()> {
        let idea = seen.entries.get(unwritten.idea.unwrap_or_default());
        let position = idea.and_then(|entry| entry.idea.title.span).map(|title| source.position(title.start));
        let path = source.path().display().to_string();
        let notice = Notice { level: Level::Warning, path, position, message: format!("left alone: {unwritten}") };
        self.global.tell(&notice, session)
    }

    /// Says that a page cannot be read. Nobody has asked for each page of a folder, and it may hold any JSON.
    fn unreadable(
        &mut self,
        source: &Source,
        error: &ReadError,
        named: bool,
        session: &mut Session<'_>,
    ) -> anyhow::Result<Option<String>> {
        if named {
            self.done.failed = true;
            let position = Some(source.position(error.span().start));
            self.global.tell(&Notice { position, ..files::error(source.path(), error.to_string()) }, session)?;
        } else if matches!(error, ReadError::Json(_)) {
            self.global.tell(&warning(source, error.span(), &format!("skipped: {error}")), session)?;
        }
        Ok(None)
    }

    /// Puts a page where it belongs, or shows what would be put there.
    fn put(
        &mut self,
        text: &files::Text,
        after: &str,
        file: Option<&files::File>,
        session: &mut Session<'_>,
    ) -> anyhow::Result<()> {
        let (path, before) = (text.source.path(), text.source.text());
        let changes = after != before;
        let mut written = true;
        match file {
            _ if self.args.looks() && !changes => {}
            _ if self.args.diff => show_change(path, before, after, self.here, session)?,
            _ if self.args.looks() => unless_closed(writeln!(session.out, "{}", safe::line(&path.display().to_string())))?,
            Some(file) if changes => written = write_back(&file.path, before, after, self.here, self.global, session)?,
            Some(_) => {}
            None => pass_on(after, None, session)?,
        }
        self.done.failed |= !written;
        self.done.unwritten += usize::from(!written);
        self.done.changed += usize::from(changes && written);
        self.done.unchanged += usize::from(!changes);
        Ok(())
    }

    /// Says what became of all pages.
    fn tell(&self, session: &mut Session<'_>) -> anyhow::Result<Exit> {
        let done = &self.done;
        let would = if self.args.looks() { "would change" } else { "changed" };
        let mut parts = vec![format!("{} {would}", counted(done.changed, "page")), format!("{} unchanged", done.unchanged)];
        if done.unwritten > 0 {
            parts.push(format!("{} not written", counted(done.unwritten, "page")));
        }
        for (count, what) in [(done.left_alone, "page"), (done.ideas_left_alone, "idea")] {
            if count > 0 {
                parts.push(format!("{} left alone", counted(count, what)));
            }
        }
        self.global.say(Level::Note, &parts.join(", "), session)?;
        Ok(match (done.failed, self.args.check && done.changed > 0) {
            (true, _) => Exit::Failed,
            (false, true) => Exit::Found,
            (false, false) => Exit::Done,
        })
    }
}
