//! `ideas fmt`: pages written as their template writes them, where nothing of them is lost.

use std::env;
use std::path::Path;

use anyhow::Context;

use crate::author::{self, LeftAlone, Rewritten};
use crate::catalog::{Given, Level, Notice, files, warning};
use crate::layout::{self, ReadError};
use crate::lint::Template;
use crate::render::safe;
use crate::text::counted;

use super::completions::values;
use super::edits::{Found, PageArgs, pass_on, show_change, write_back};
use super::{Exit, GlobalArgs, Session, template};

const EXAMPLES: &str = "\
Examples:
  ideas fmt                                      what ideas.toml names, else the current folder
  ideas fmt ideas.md --diff                      what would change
  ideas fmt --check                              in a workflow: exit 1 if a page would change
  ideas fmt old.md --template lfx                a page that follows no template yet
  cat ideas.md | ideas fmt -";

/// What `ideas fmt` takes.
#[derive(Clone, Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    #[command(flatten)]
    pages: PageArgs,

    /// Write pages as this template does: auto, lfx, gsoc, lfx-form, idea, or a TOML file of your own
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
    left_alone: usize,
    ideas_left_alone: usize,
    failed: bool,
}

impl Args {
    pub(super) fn run(&self, global: &GlobalArgs, session: &mut Session<'_>) -> anyhow::Result<Exit> {
        self.pages.check("fmt")?;
        let here = env::current_dir().context("the current folder cannot be told")?;
        let config = global.config()?;
        let own = template::own(self.template.as_deref(), &here)?;
        let wanted = template::wanted(self.template.as_deref(), own.as_ref());
        let mut done = Done::default();
        let looks = self.check || self.diff;
        let Found { files, stdin } = self.pages.find(!looks, &config, &here, &mut done.failed, global, session)?;
        for file in &files {
            let template = wanted.or_else(|| config.template(&file.path, &here));
            let given = config.given(&file.path, &here).cloned().unwrap_or_default();
            self.page(files::read(file), Some(file), template, &given, &here, &mut done, global, session)?;
        }
        if let Some(text) = stdin {
            let path = self.pages.stdin_path.as_deref();
            let template = wanted.or_else(|| path.and_then(|path| config.template(path, &here)));
            let given = path.and_then(|path| config.given(path, &here)).cloned().unwrap_or_default();
            self.page(text, None, template, &given, &here, &mut done, global, session)?;
        }
        let would = if looks { "would change" } else { "changed" };
        let mut parts = vec![format!("{} {would}", counted(done.changed, "page")), format!("{} unchanged", done.unchanged)];
        for (count, what) in [(done.left_alone, "page"), (done.ideas_left_alone, "idea")] {
            if count > 0 {
                parts.push(format!("{} left alone", counted(count, what)));
            }
        }
        global.say(Level::Note, &parts.join(", "), session)?;
        Ok(match (done.failed, self.check && done.changed > 0) {
            (true, _) => Exit::Failed,
            (false, true) => Exit::Found,
            (false, false) => Exit::Done,
        })
    }

    /// One page: read, written anew, and put where it belongs. `file`: where it came from, unless from standard input.
    #[allow(clippy::too_many_arguments)] // what it is, what is wanted, and where everything goes
    fn page(
        &self,
        text: Result<files::Text, Notice>,
        file: Option<&files::File>,
        template: Option<&Template>,
        given: &Given,
        here: &Path,
        done: &mut Done,
        global: &GlobalArgs,
        session: &mut Session<'_>,
    ) -> anyhow::Result<()> {
        let files::Text { source, notices, other_bytes } = match text {
            Ok(text) => text,
            Err(notice) => {
                done.failed |= notice.level == Level::Error;
                global.tell(&notice, session)?;
                return Ok(());
            }
        };
        let named = file.is_none_or(|file| file.named);
        let reading = layout::read(&source);
        if let (Err(error @ ReadError::Json(_)), false) = (&reading, named) {
            global.tell(&warning(&source, error.span(), &format!("skipped: {error}")), session)?;
            return Ok(());
        }
        let problems = reading.map(|reading| reading.problems).unwrap_or_default();
        let problems = problems.iter().map(|problem| warning(&source, problem.span, &problem.message));
        for notice in notices.into_iter().chain(problems) {
            global.tell(&notice, session)?;
        }
        let before = source.text();
        let path = source.path();
        let after = match (author::rewrite(&source, template, given), &other_bytes) {
            (Ok(after), Some(_)) if after.text != before => {
                done.left_alone += 1;
                let message = format!("{}: left alone: it is not UTF-8; save it as UTF-8 first", path.display());
                global.say(Level::Warning, &message, session)?;
                None
            }
            (Ok(Rewritten { text, left_alone }), _) => {
                for why in left_alone {
                    done.ideas_left_alone += 1;
                    global.say(Level::Warning, &format!("{}: left alone: {why}", path.display()), session)?;
                }
                Some(text)
            }
            // A folder may hold anything.
            (Err(LeftAlone::Empty | LeftAlone::NoIdeas | LeftAlone::Unreadable { .. }), _) if !named => None,
            (Err(LeftAlone::Unreadable { span, why }), _) => {
                done.failed = true;
                let position = Some(source.position(span.start));
                global.tell(&Notice { position, ..files::error(path, why) }, session)?;
                None
            }
            (Err(why), _) => {
                done.left_alone += 1;
                global.say(Level::Warning, &format!("{}: left alone: {why}", path.display()), session)?;
                None
            }
        };
        let looks = self.check || self.diff;
        let Some(after) = after else {
            if file.is_none() && !looks {
                pass_on(before, other_bytes.as_deref(), session)?;
            }
            return Ok(());
        };
        let changes = after != before;
        let mut written = true;
        match file {
            _ if looks && !changes => {}
            _ if self.diff => show_change(path, before, &after, here, session)?,
            _ if looks => writeln!(session.out, "{}", safe::line(&path.display().to_string()))?,
            Some(file) if changes => written = write_back(&file.path, before, &after, global, session)?,
            Some(_) => {}
            None => pass_on(&after, None, session)?,
        }
        done.failed |= !written;
        done.changed += usize::from(changes && written);
        done.unchanged += usize::from(!changes);
        Ok(())
    }
}
