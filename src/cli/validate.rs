//! `ideas validate`: pages held to their programme's template; what is found is told, mended, or compared with what is known.

use std::collections::BTreeSet;
use std::env;
use std::io::{self, Write};
use std::path::PathBuf;

use anyhow::{Context, bail};
use clap::builder::PossibleValue;
use clap::{ValueEnum, ValueHint};

use crate::catalog::Level as NoticeLevel;
use crate::config;
use crate::lint::baseline::Baseline;
use crate::lint::{self, Found, Level, Linted, More};
use crate::programs;
use crate::render::{self, Look};
use crate::report::{Format, Report, statistics};
use crate::storage;
use crate::text::counted;
use crate::validate::{Mended, Pages, Settings, Told};

use super::completions::values;
use super::edits::{self, PageArgs, pass_on, show_change, write_back};
use super::{Exit, GlobalArgs, Session, check, template, unless_closed};

/// So many terms that are over are named.
const TERMS: usize = 4;

const EXAMPLES: &str = "\
Examples:
  ideas validate                                 what ideas.toml names, else the current folder
  ideas validate programs/ --template gsoc
  ideas validate ideas.md --diff                 what --fix would do
  ideas validate ideas.md --fix
  ideas validate --format github --deny warning  in a workflow
  ideas validate --online --select dead-link,upstream-closed
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

    /// Check also pages whose term is over, which are left out otherwise
    #[arg(long, help_heading = "What counts")]
    all_terms: bool,

    /// Speak of these rules only
    #[arg(long, value_name = "CODE", value_delimiter = ',', value_parser = rule, add = values::rules(), help_heading = "What counts")]
    select: Vec<&'static str>,

    /// Do not speak of these rules
    #[arg(long, value_name = "CODE", value_delimiter = ',', value_parser = rule, add = values::rules(), help_heading = "What counts")]
    ignore: Vec<&'static str>,

    /// Fail (exit 1) if there are findings of this level or above
    #[arg(long, value_name = "LEVEL", value_enum, ignore_case = true, default_value_t = Level::Error, help_heading = "What counts")]
    deny: Level,

    /// Put up with the findings that this file lists; only others are told and fail
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath, help_heading = "What counts")]
    baseline: Option<PathBuf>,

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

    /// Write only how often each rule is broken: as a table, or with --format json
    #[arg(long, conflicts_with = "diff", help_heading = "Output")]
    statistics: bool,
}

/// The code of a rule that there is.
fn rule(code: &str) -> Result<&'static str, String> {
    lint::rule(code.trim()).map(|rule| rule.code).ok_or_else(|| config::no_rule(code))
}

impl Args {
    pub(super) fn run(&self, global: &GlobalArgs, session: &mut Session<'_>) -> anyhow::Result<Exit> {
        self.check()?;
        let here = env::current_dir().context("the current folder cannot be told")?;
        let config = global.config()?;
        let own = template::own(self.template.as_deref(), &here)?;
        let settings = Settings {
            template: template::wanted(self.template.as_deref(), own.as_ref()),
            select: self.select.clone(),
            ignore: self.ignore.clone(),
            baseline: self.read_baseline()?,
            config: &config,
            here,
            today: Some(session.today()?),
            all_terms: self.all_terms,
        };
        let mut failed = false;
        let mut pages = self.read(global, &settings, &mut failed, session)?;
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
        let report = Report::new(&pages.linted, &after.found, &settings.here, self.deny);
        if !self.diff {
            // Who stops reading, as `head` does, changes nothing of what was found.
            unless_closed(self.tell(&report, &pages, session).and_then(|()| session.out.flush()))?;
        }
        self.sum_up(&report, &mended, &after, global, session)?;
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
    fn check(&self) -> anyhow::Result<()> {
        if self.unsafe_fixes && !self.fix && !self.diff {
            bail!("--unsafe-fixes says what to mend; it needs --fix, or --diff to look first");
        }
        self.pages.check("validate")?;
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

    /// Says what was done, in a line.
    fn sum_up(
        &self,
        report: &Report<'_>,
        mended: &Mended,
        after: &Told,
        global: &GlobalArgs,
        session: &mut Session<'_>,
    ) -> io::Result<()> {
        if !mended.pages.is_empty() {
            let what = counted(mended.pages.values().sum(), "finding");
            let place = counted(mended.pages.len(), "page");
            let how = if self.diff { "would be fixed" } else { "fixed" };
            global.say(NoticeLevel::Note, &format!("{what} {how} in {place}"), session)?;
        } else if (self.fix || self.diff) && !mended.unwritten {
            global.say(NoticeLevel::Note, "nothing to fix", session)?;
        }
        tell_more(report.pages, report.more, global, session)?;
        if mended.endless && !report.more.is_empty() {
            global.say(NoticeLevel::Warning, "there is more to fix than one run does; run it again", session)?;
        } else if mended.endless {
            let message = "fixes undo each other; please report the page, so that we can mend the rules";
            global.say(NoticeLevel::Warning, message, session)?;
        }
        let known = match after.known {
            0 => String::new(),
            known => format!("; the baseline puts up with {}", counted(known, "finding")),
        };
        let is_clean = report.findings.is_empty() && self.format == Format::Human && !self.diff && !report.pages.is_empty();
        if is_clean || after.known > 0 {
            let ideas = report.pages.iter().map(|page| page.ideas.len()).sum();
            let found = match report.findings.len() {
                0 => "no findings".to_owned(),
                some => counted(some, "finding"),
            };
            let message = format!("{}, {}: {found}{known}", counted(report.pages.len(), "page"), counted(ideas, "idea"));
            global.say(NoticeLevel::Note, &message, session)?;
        }
        if after.gone > 0
            && let Some(path) = &self.baseline
        {
            let path = path.display();
            let gone = format!(
                "{path}: {} in it not there any more",
                if after.gone == 1 { "a finding is".to_owned() } else { format!("{} findings are", after.gone) }
            );
            global.say(NoticeLevel::Note, &format!("{gone}; `--write-baseline {path}` leaves out what is gone"), session)?;
        }
        Ok(())
    }
}

/// Says in a line which pages are of terms that are over.
fn tell_left_out(pages: &Pages, settings: &Settings<'_>, global: &GlobalArgs, session: &mut Session<'_>) -> io::Result<()> {
    let Some(today) = settings.today.filter(|_| !settings.all_terms) else { return Ok(()) };
    let terms: Vec<_> = pages.linted.iter().filter(|page| page.holds_ideas).filter_map(|page| page.past_term(today)).collect();
    if terms.is_empty() {
        return Ok(());
    }
    let named: BTreeSet<String> = terms.iter().map(|(program, term)| programs::shown(*program, Some(*term))).collect();
    let shown: Vec<&str> = named.iter().take(TERMS).map(String::as_str).collect();
    let more = if named.len() > TERMS { format!(" and {} more", named.len() - TERMS) } else { String::new() };
    let pages = counted(terms.len(), "page");
    let are = match (terms.len(), named.len()) {
        (1, _) => "its term is",
        (_, 1) => "their term is",
        _ => "their terms are",
    };
    let message = format!(
        "{pages} left out, as {are} over: {}{more}; --all-terms checks {}, too",
        shown.join(", "),
        if terms.len() == 1 { "it" } else { "them" }
    );
    global.say(NoticeLevel::Note, &message, session)
}

/// Says of what there is too much to be listed.
fn tell_more(pages: &[Linted], more: &[More], global: &GlobalArgs, session: &mut Session<'_>) -> io::Result<()> {
    for more in more {
        let path = pages[more.page].source.path().display();
        global.say(NoticeLevel::Warning, &format!("{path}: {}", more.message()), session)?;
    }
    Ok(())
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
