//! `ideas validate`: pages held to their programme's template; what is found is told, mended, or compared with what is known.

mod remarks;
mod watch;
mod workflow;

use std::env;
use std::io::{self, Write};
use std::path::PathBuf;

use anyhow::{Context, bail};
use clap::builder::PossibleValue;
use clap::{ValueEnum, ValueHint};

use crate::catalog::Level as NoticeLevel;
use crate::config;
use crate::lint::baseline::Baseline;
use crate::lint::{Found, Level};
use crate::render::{self, Look};
use crate::report::{Format, Report, statistics};
use crate::storage;
use crate::text::counted;
use crate::validate::changed::Branch;
use crate::validate::{Mended, Pages, Settings};

use super::completions::values;
use super::edits::{self, PageArgs, pass_on, show_change, write_back};
use super::{Exit, GlobalArgs, Session, check, template, unless_closed};

use self::remarks::{tell_left_out, tell_more};

const EXAMPLES: &str = "\
Examples:
  ideas validate                                 what ideas.toml names, else the current folder
  ideas validate programs/ --template gsoc
  ideas validate ideas.md --diff                 what --fix would do
  ideas validate ideas.md --fix
  ideas validate --format github --deny warning  in a workflow
  ideas validate --changed                       … and only for the lines of this branch
  ideas validate --select 'mentor-*' --ignore mentor-primary
  ideas validate --online --select dead-link,upstream-closed
  ideas validate --watch                         … again whenever a page changes
  ideas validate --write-baseline known.json     with --baseline known.json, only new findings fail
  gh issue view 7 --json body -q .body | ideas validate - --stdin-path proposal.md
  ideas rules mentor-count                       what a rule wants, and why";

/// What `ideas validate` takes.
#[derive(Clone, Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    #[command(flatten)]
    pages: PageArgs,

    /// Hold pages to this template: auto, lfx, cncf-gsoc, gsoc, ospp, plain, lfx-form, idea, or a TOML file of your own
    #[arg(long, value_name = "TEMPLATE", add = values::templates())]
    template: Option<String>,

    /// Check also pages whose term is over, which are left out otherwise unless you name them
    #[arg(long, help_heading = "What counts")]
    all_terms: bool,

    /// Speak of these rules only: codes, or patterns such as mentor-*
    #[arg(long, value_name = "CODE", value_delimiter = ',', value_parser = codes, add = values::rules(), help_heading = "What counts")]
    select: Vec<Codes>,

    /// Do not speak of these rules: codes, or patterns such as *-length
    #[arg(long, value_name = "CODE", value_delimiter = ',', value_parser = codes, add = values::rules(), help_heading = "What counts")]
    ignore: Vec<Codes>,

    /// Fail (exit 1) if there are findings of this level or above
    #[arg(long, value_name = "LEVEL", value_enum, ignore_case = true, default_value_t = Level::Error, help_heading = "What counts")]
    deny: Level,

    /// Put up with the findings that this file lists; only others are told and fail
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath, help_heading = "What counts")]
    baseline: Option<PathBuf>,

    /// Only what is found on lines that the branch has touched since it left REF, or else the default branch
    ///
    /// A line is touched if it is new or another, committed or not, or if a line beside it is gone. What was told of
    /// other lines before stays for another day. The default branch is the one that a pull request on GitHub goes to,
    /// else that of `origin`, else what the branch follows, else `main` or `master`. The system's `git` is asked, and
    /// only reads: nothing is fetched or run.
    #[arg(long, value_name = "REF", num_args = 0..=1, require_equals = true, default_missing_value = "", conflicts_with = "write_baseline", help_heading = "What counts")]
    changed: Option<String>,

    /// Write what is found to this file, to put up with it from now on
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath, conflicts_with_all = ["baseline", "diff", "statistics"], help_heading = "What counts")]
    write_baseline: Option<PathBuf>,

    /// Also check whether upstream issues are open and links work, as `ideas check` does
    ///
    /// Answers of the last day are used again. Without this flag no requests are sent, and `upstream-closed` and `dead-link` find
    /// nothing.
    #[arg(long, help_heading = "What counts")]
    online: bool,

    /// Mend what can be mended without changing what the page means
    ///
    /// Files are written whole or not at all, and nothing outside the mended places changes. A page from standard input goes
    /// to standard output, and what is still to be done to standard error.
    #[arg(long, help_heading = "Mending")]
    fix: bool,

    /// Mend also what somebody should look at afterwards; with --fix or --diff
    #[arg(long, help_heading = "Mending")]
    unsafe_fixes: bool,

    /// Show what --fix would change, as a unified diff, and change nothing
    #[arg(long, conflicts_with = "fix", help_heading = "Mending")]
    diff: bool,

    /// How to write what was found
    #[arg(long, value_name = "FORMAT", value_enum, ignore_case = true, default_value_t, help_heading = "Output")]
    format: Format,

    /// Check again whenever a page, a template or the settings change, until Ctrl-C
    ///
    /// On a terminal the screen is cleared before each time. Ctrl-C ends it as it ends any program: with the status 130.
    #[arg(long, conflicts_with = "write_baseline", help_heading = "Output")]
    watch: bool,

    /// Write only how often each rule is broken: as a table, or with --format json
    #[arg(long, conflicts_with = "diff", help_heading = "Output")]
    statistics: bool,
}

/// The codes of rules that one word means.
#[derive(Clone, Debug)]
struct Codes(Vec<&'static str>);

fn codes(name: &str) -> Result<Codes, String> {
    config::codes(name.trim()).map(Codes)
}

/// The codes that all words of a flag mean.
fn all(named: &[Codes]) -> Vec<&'static str> {
    named.iter().flat_map(|codes| &codes.0).copied().collect()
}

impl Args {
    pub(super) fn run(&self, global: &GlobalArgs, session: &mut Session<'_>) -> anyhow::Result<Exit> {
        self.check(global)?;
        if self.watch { self.watch(global, session) } else { self.once(global, session) }
    }

    /// Reads the pages and tells what is found on them.
    fn once(&self, global: &GlobalArgs, session: &mut Session<'_>) -> anyhow::Result<Exit> {
        // What cannot be said makes an end of it before anything is written.
        let rules_url = workflow::address()?;
        let here = env::current_dir().context("the current folder cannot be told")?;
        let config = global.config()?;
        let own = template::own(self.template.as_deref(), &here)?;
        let branch = self.changed.as_deref().map(|named| {
            let named = Some(named).filter(|named| !named.is_empty());
            Branch::since(named, workflow::target().as_deref(), &here)
        });
        let branch = branch.transpose()?;
        let mut settings = Settings {
            template: template::wanted(self.template.as_deref(), own.as_ref()),
            select: all(&self.select),
            ignore: all(&self.ignore),
            baseline: self.read_baseline()?,
            config: &config,
            former: None,
            here,
            today: Some(session.today()?),
            all_terms: self.all_terms,
            by_call: self.pages.are_named(global),
        };
        let mut failed = false;
        let mut pages = self.read(global, &settings, &mut failed, session)?;
        if let Some(branch) = &branch {
            settings.former = Some(branch.former(pages.linted.iter().map(|page| page.source.path()))?);
        }
        if self.online {
            let (answers, is_reached) = check::ask_for(pages.ideas(), global, session)?;
            pages.set_answers(answers);
            failed |= !is_reached;
        }

        let fixes = self.fix || self.diff;
        let as_it_was = self.diff.then(|| pages.findings(&settings));
        let mut mended = if fixes { pages.mend(self.unsafe_fixes, &settings) } else { Mended::default() };
        tell_left_out(&pages, &settings, global, session)?;
        for notice in &pages.notices {
            failed |= notice.level == NoticeLevel::Error;
            global.tell(notice, session)?;
        }
        if self.diff {
            for &at in mended.pages.keys() {
                let (source, before) = (&pages.linted[at].source, pages.before(at));
                show_change(source.path(), before, source.text(), &settings.here, session)?;
            }
        } else if self.fix {
            write_pages(&mut pages, &mut mended, &settings, global, session)?;
            failed |= mended.unwritten;
        }

        let after = pages.take_findings(&settings);
        if let Some(path) = &self.write_baseline {
            let found = after.found.findings.iter().map(|finding| pages.fingerprint(finding, path, &settings.here));
            let mut baseline = Baseline::of(found);
            for more in &after.found.more {
                baseline.add(pages.fingerprint_of_more(more, path, &settings.here), more.count);
            }
            if std::fs::read_to_string(path).is_ok_and(|there| Baseline::read(&there).is_err()) {
                bail!("{}: is there already and is no baseline; nothing was written", path.display());
            }
            storage::write(path, baseline.json().as_bytes()).with_context(|| path.display().to_string())?;
            tell_more(&pages.linted, &after.found.more, global, session)?;
            let told = counted(baseline.len(), "finding");
            global.say(NoticeLevel::Note, &format!("{}: puts up with {told} from now on", path.display()), session)?;
            return Ok(if failed { Exit::Failed } else { Exit::Done });
        }
        let mut report = Report::new(&pages.linted, &after.found, &settings.here, self.deny);
        report.rules_url = rules_url;
        report.checked = pages.linted.iter().map(|page| page.is_checked(settings.term_day())).collect();
        if !self.diff {
            // Who stops reading, as `head` does, changes nothing of what was found.
            unless_closed(self.tell(&report, &pages, session).and_then(|()| session.out.flush()))?;
        }
        if self.format == Format::Github && !self.diff {
            workflow::sum_up(&report, global, session)?;
        }
        self.sum_up(&report, &mended, &after, branch.as_ref(), global, session)?;
        // A diff changes nothing: the pages are as good as they were.
        let Found { findings, more } = &as_it_was.as_ref().unwrap_or(&after).found;
        let levels = findings.iter().map(|finding| finding.level).chain(more.iter().map(|more| more.level));
        let denied = levels.max() >= Some(self.deny);
        Ok(match (failed, denied) {
            (true, _) => Exit::Failed,
            (false, true) => Exit::Found,
            (false, false) => Exit::Done,
        })
    }

    /// Refuses what makes no sense, before anything is read.
    fn check(&self, global: &GlobalArgs) -> anyhow::Result<()> {
        if self.unsafe_fixes && !self.fix && !self.diff {
            bail!("--unsafe-fixes says what to mend; it needs --fix, or --diff to look first");
        }
        self.pages.check("validate", global)?;
        if self.watch && self.pages.stdin(global) {
            bail!("--watch looks at files until they change; a page on standard input is read once");
        }
        if self.statistics && statistics_format(self.format).is_none() {
            bail!(
                "--statistics writes a table, or with `--format json` or `--format ndjson` objects; {} holds findings",
                self.format
            );
        }
        Ok(())
    }

    fn read_baseline(&self) -> anyhow::Result<Option<(Baseline, PathBuf)>> {
        let Some(path) = &self.baseline else { return Ok(None) };
        let shown = path.display();
        let text = std::fs::read_to_string(path).map_err(|error| match error.kind() {
            io::ErrorKind::NotFound => {
                anyhow::anyhow!("{shown}: there is no such baseline; `ideas validate --write-baseline {shown}` writes it")
            }
            _ => anyhow::anyhow!("{shown}: cannot be read: {}", storage::words(&error)),
        })?;
        let baseline = Baseline::read(&text).map_err(|error| anyhow::anyhow!("{shown}: {error}"))?;
        Ok(Some((baseline, path.clone())))
    }

    /// Finds and reads the pages.
    fn read(
        &self,
        global: &GlobalArgs,
        settings: &Settings<'_>,
        failed: &mut bool,
        session: &mut Session<'_>,
    ) -> anyhow::Result<Pages> {
        let Settings { config, here, .. } = settings;
        let edits::Found { files, stdin } = self.pages.find(self.fix, config, here, failed, global, session)?;
        Ok(Pages::read(&files, stdin, settings))
    }

    /// Writes the findings: to standard output, unless the mended page goes there.
    fn tell(&self, report: &Report<'_>, pages: &Pages, session: &mut Session<'_>) -> io::Result<()> {
        let look = session.look;
        let page_goes_there = self.fix && pages.origins.iter().any(|origin| origin.file.is_none());
        let (out, look): (&mut dyn Write, Look) = if page_goes_there {
            (session.err, Look { color: session.err_color, width: None, ..look })
        } else {
            (session.out, look)
        };
        match statistics_format(self.format).filter(|_| self.statistics) {
            Some(format) => statistics::write(report, format, &look, out),
            None => self.format.write(report, &look, out),
        }
    }
}

fn statistics_format(format: Format) -> Option<render::Format> {
    match format {
        Format::Human | Format::Concise => Some(render::Format::Table),
        Format::Json => Some(render::Format::Json),
        Format::Ndjson => Some(render::Format::Ndjson),
        Format::Github | Format::Sarif | Format::Junit => None,
    }
}

/// Writes the mended pages back; one that could not be written counts as it was. A page from standard input goes to standard
/// output, mended or not.
fn write_pages(
    pages: &mut Pages,
    mended: &mut Mended,
    settings: &Settings<'_>,
    global: &GlobalArgs,
    session: &mut Session<'_>,
) -> anyhow::Result<()> {
    for at in 0..pages.linted.len() {
        let (text, origin) = (pages.linted[at].source.text(), &pages.origins[at]);
        match &origin.file {
            Some(file) if mended.pages.contains_key(&at) => {
                if !write_back(file, pages.before(at), text, &settings.here, global, session)? {
                    mended.pages.remove(&at);
                    mended.unwritten = true;
                    pages.put_back(at, settings);
                }
            }
            Some(_) => {}
            None => pass_on(text, origin.other_bytes.as_deref(), session)?,
        }
    }
    Ok(())
}

impl ValueEnum for Format {
    fn value_variants<'a>() -> &'a [Self] {
        &Format::ALL
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(PossibleValue::new(self.as_str()).help(self.help()))
    }
}

impl ValueEnum for Level {
    fn value_variants<'a>() -> &'a [Self] {
        &[Level::Error, Level::Warning, Level::Info]
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(PossibleValue::new(self.as_str()))
    }
}
