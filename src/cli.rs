//! The commands: what each takes and what it does. One file per subcommand; arguments that several share have a file too.
//!
//! Nothing here prints by itself: a [`Session`] holds the streams, and `main` owns them. Data goes to `out`, everything else
//! to `err`.

mod addresses;
pub mod browse;
pub mod changes;
pub mod check;
pub mod compare;
pub mod completions;
pub mod config;
pub mod convert;
mod directories;
mod duplicates;
mod edits;
pub mod facets;
pub mod filters;
pub mod fmt;
pub mod init;
pub mod list;
mod lookup;
pub mod lsp;
pub mod man;
pub mod matching;
pub mod messages;
pub mod mistakes;
pub mod new;
mod organizations;
mod origins;
mod orphans;
pub mod output;
mod paging;
mod progress;
mod ranked;
pub mod report;
pub mod rules;
pub mod schema;
pub mod search;
pub mod shortlist;
pub mod show;
mod signs;
pub mod site;
pub mod sources;
mod spool;
pub mod stats;
pub mod sync;
mod template;
mod terms;
pub mod validate;
pub mod verbose;

use std::borrow::Cow;
use std::cell::OnceCell;
use std::ffi::OsString;
use std::io::{self, IsTerminal, Write};
use std::path::PathBuf;

use anstyle::AnsiColor;
use clap::builder::{OsStringValueParser, Styles, TypedValueParser as _};
use clap::{ArgAction, CommandFactory, FromArgMatches, Parser, Subcommand, ValueEnum, ValueHint};
use clap_complete::engine::{ArgValueCompleter, PathCompleter};

use crate::catalog::{Catalog, Level, Notice, Origin};
use crate::preferences::Preferences;
use crate::programs::Date;
use crate::query::once::{self, Once};
use crate::query::{Filter, Hindrance, Query};
use crate::render::{Look, safe};
pub use lookup::Ambiguous;

const STYLES: Styles = Styles::styled()
    .header(AnsiColor::Green.on_default().bold())
    .usage(AnsiColor::Green.on_default().bold())
    .literal(AnsiColor::Cyan.on_default().bold())
    .placeholder(AnsiColor::Cyan.on_default());

const EXAMPLES: &str = "\
Examples:
  ideas list --skill go                          ideas that name Go
  ideas list --skill go,rust --hours ..175       Go or Rust, at most 175 hours
  ideas list --program lfx --format json         for other programs
  ideas search service mesh dashboard            ideas that say so, the best first
  ideas match --skills go,react --hours ..175    ideas that fit you, and why
  ideas show kubeflow-deploying                  one idea, by the beginning of its id
  ideas show kubeflow-deploying --why            … and where on the page each fact stands
  ideas browse                                   all of them, on the full screen
  ideas shortlist add kubeflow-deploying         keep it; `ideas shortlist list` lists what you keep
  ideas compare --shortlisted                    what differs between them
  ideas skills --program gsoc                    what is asked for, and how often
  ideas stats --by skill,term                    how the demand changed over the terms
  ideas --catalog mentoring/ list                pages of your own
  ideas init                                     … and from now on in this folder
  ideas validate programs/ --fix                 check pages, mend what is safe to mend
  ideas sync cncf/mentoring                      fetch today's pages of a well-known source
  ideas check --term current                     are the issues of these ideas still open?
  ideas convert ideas.md --to lfx                the page, as another programme wants it
  curl -s https://example.org/ideas.md | ideas --catalog - list";

/// What `--help` says besides; a line without an indent begins a section, here and in manual pages.
const MORE: &str = "\
Environment:
  IDEAS_CATALOG   where pages come from without --catalog: paths, separated as in PATH
  IDEAS_CONFIG_DIR  your config.toml; else in $XDG_CONFIG_HOME or ~/.config
  IDEAS_DATA_DIR  fetched pages, sources, your shortlist; else in $XDG_DATA_HOME or ~/.local/share
  IDEAS_CACHE_DIR what was read from pages; else in $XDG_CACHE_HOME or ~/.cache
  GITHUB_BASE_REF the branch that `validate --changed` compares with, in a workflow; else the default branch
  GITHUB_STEP_SUMMARY  the file to which `validate --format github` adds its summary, in a workflow
  GH_TOKEN        raises the limits of GitHub's API; else GITHUB_TOKEN, else `gh auth token`
  IDEAS_RULES_URL where docs/rules.md is on the web: findings lead there
  IDEAS_LOG       as --verbose, finer: debug, or mentorship_ideas=debug,ignore=trace
  IDEAS_TODAY     the day that `--term current` goes by, instead of today's: 2026-02-20
  IDEAS_SAFE_DIRECTORIES  folders whose ideas.toml is obeyed even if it is another user's: as in PATH; * for all
  SUDO_UID        set by sudo: whose ideas.toml root obeys besides its own
  IDEAS_FORCE_TTY write as for a terminal of so many columns, also into a pipe: 100
  IDEAS_PAGER     shows long text on a terminal; else your settings, PAGER, less; nothing, if it is empty
  VISUAL          the editor of `ideas config edit` and `show --open source`, else EDITOR, else vi
  BROWSER         what opens web pages; otherwise the desktop's
  NO_COLOR        no colour, whatever the terminal can
  CLICOLOR_FORCE  colour in pipes and files, too
  COLUMNS         how wide help may be; also tables, if the terminal does not tell
  TERM            if it is dumb, there is no full screen
  LC_ALL          an encoding other than UTF-8 makes frames ASCII; else LC_CTYPE, else LANG
  SHELL           whose completions are written if no shell is named
  IDEAS_COMPLETE  set by the script that `ideas completions` writes

Exit status:
  0  done, also if nothing matched
  1  `ideas validate` found what must not be; an editor ended `ideas lsp` without `shutdown`
  2  usage error, or an input that was named could not be read";

/// Find mentorship project ideas (Google Summer of Code, LFX Mentorship) in the pages that organizations publish.
///
/// Reads idea pages as people write them (Markdown and HTML of any shape, LFX forms and exports) and answers from them:
/// which ideas name a skill, a mentor, a size; what is there at all. Without --catalog it answers from the catalogue
/// that is built in.
#[derive(Debug, Parser)]
#[command(name = "ideas", version, styles = STYLES, after_help = EXAMPLES, after_long_help = format!("{EXAMPLES}\n\n{MORE}"), max_term_width = 100)]
pub struct Cli {
    /// What all commands share.
    #[command(flatten)]
    pub global: GlobalArgs,
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// What all commands share.
#[derive(Clone, Debug, Default, clap::Args)]
#[command(next_help_heading = "Global options")]
pub struct GlobalArgs {
    /// Read pages from here: a file, a folder, an address (https://…), or - for standard input
    ///
    /// Pages are Markdown, HTML or JSON. An address may be of a page, a wiki, a document, issues or a repository, as
    /// `ideas sources add` takes it; what was fetched counts for ten minutes, then it is asked for what is new. May be
    /// given several times; a page that is met twice is read once. Without it, the paths in the environment variable
    /// `IDEAS_CATALOG` are read (separated as in PATH); without that the pages that the nearest `ideas.toml` names;
    /// without that what `ideas sync` has fetched; without that the catalogue that is built in.
    #[arg(long, value_name = "PATH", value_parser = OsStringValueParser::new().try_map(named), add = ArgValueCompleter::new(PathCompleter::any().stdio()), global = true)]
    pub catalog: Vec<OsString>,

    /// Take the settings from this file instead of the nearest `ideas.toml`, in this folder or above
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath, global = true)]
    pub config: Option<PathBuf>,

    /// Read every page anew, and keep nothing of it for the next call
    ///
    /// Otherwise pages that have not changed are taken from a cache in `IDEAS_CACHE_DIR`, else in `$XDG_CACHE_HOME` or ~/.cache;
    /// it may be deleted at any time.
    #[arg(long, global = true)]
    pub no_cache: bool,

    /// Where the pages come from, once that was asked.
    #[arg(skip)]
    found_origins: OnceCell<Vec<Origin>>,

    /// Say nothing but errors on standard error: no warnings about pages, no notes
    #[arg(long, short, global = true)]
    pub quiet: bool,

    /// Say what is read, and why a page holds no idea; -vv says more
    ///
    /// On standard error, with the time since the start and how long each step takes. Pages are read without the cache.
    /// -vvv lets the libraries speak, too. `IDEAS_LOG` asks for the same in the environment.
    #[arg(long, short, global = true, action = ArgAction::Count, conflicts_with = "quiet")]
    pub verbose: u8,

    /// When to use colour
    #[arg(long, value_enum, value_name = "WHEN", default_value_t, global = true)]
    pub color: Color,

    /// Print to the terminal, not through a pager
    ///
    /// Answers that are longer than the terminal go through `IDEAS_PAGER`, else the pager of your settings, else PAGER,
    /// else less; never what goes into a pipe or a file.
    #[arg(long, global = true)]
    pub no_pager: bool,

    /// The user's own settings, once a command has needed them.
    #[arg(skip)]
    own: OnceCell<Preferences>,
}

/// A script's empty variable is no path, and the current folder is not meant by it.
fn named(path: OsString) -> Result<OsString, &'static str> {
    if path.is_empty() { Err("expected a file, a folder, or - for standard input") } else { Ok(path) }
}

/// When to use colour.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Color {
    /// On a terminal, unless `NO_COLOR` is set
    #[default]
    Auto,
    /// Always, in pipes and files too
    Always,
    /// Never
    Never,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// List ideas: all, or those that the filters let through
    ///
    /// Those of newer terms come first. ndjson, csv and ids keep no idea in memory, unless --sort or --term latest must know all
    /// of them: for catalogues that are larger than memory.
    #[command(visible_alias = "ls")]
    List(list::Args),
    /// Find ideas by what they say, the best first
    Search(search::Args),
    /// Find ideas that fit you, and why
    Match(matching::Args),
    /// Show ideas in full
    Show(show::Args),
    /// Look through ideas on the full screen
    Browse(browse::Args),
    /// Keep the ideas that you consider: status, notes, and what has changed since
    ///
    /// It is kept in your data folder, with what each idea said when you added it. So it outlives pages that change,
    /// and ideas that disappear. `--shortlisted` is a filter of every command that takes filters.
    Shortlist(shortlist::Args),
    /// Compare ideas side by side: what differs, and what fits you
    Compare(compare::Args),
    /// Which skills are asked for, and how often
    #[command(after_help = facets::SKILLS_EXAMPLES)]
    Skills(facets::Args),
    /// Who mentors, and how many ideas
    #[command(after_help = facets::MENTORS_EXAMPLES)]
    Mentors(facets::Args),
    /// Which projects propose ideas, and how many
    #[command(after_help = facets::PROJECTS_EXAMPLES)]
    Projects(facets::Args),
    /// Which programmes and terms there are, with how many ideas
    #[command(after_help = facets::PROGRAMS_EXAMPLES)]
    Programs(facets::Args),
    /// Which organizations take part, with what was read of each
    ///
    /// Those of the directories that are known, and of the ideas: how many ideas there are, what each works with, when its pages
    /// were fetched, or why not. With filters those that have such an idea, or may have one: they name the skill.
    #[command(visible_alias = "orgs")]
    #[command(after_help = organizations::EXAMPLES)]
    Organizations(organizations::OrganizationsArgs),
    /// Ideas in numbers: by skill, size, term, …, or two of them crossed
    Stats(stats::Args),
    /// Check pages against their programme's template, and mend them
    Validate(validate::Args),
    /// What a programme asks of all ideas, and what each organization lacks
    ///
    /// For those who run a programme: whether every organization, or project, has enough ideas of this term, and each
    /// of them what the programme's template asks for, a mentor who can be reached, and an upstream issue that is not
    /// closed, as `ideas check` knows it. Of a directory that was fetched, those appear too whose page could not be
    /// read or has no ideas, with the reason.
    Report(report::Args),
    /// Write a new idea to fill in, or filled in
    New(new::Args),
    /// Write ideas of any page as the text of any template
    Convert(convert::Args),
    /// Write pages as their template does, where nothing is lost
    Fmt(fmt::Args),
    /// Write ideas as a static web site: search, a page for each, a feed
    ///
    /// It works from the disk, on any server, and without JavaScript, and asks nobody for anything. What pages say is made
    /// harmless; mentors' addresses are left out.
    Site(site::Args),
    /// What the rules of `validate` want, and why
    Rules(rules::Args),
    /// Serve an editor: findings while you type, fixes, what was read, completion
    ///
    /// A language server (LSP 3.17) on standard input and output; editors start it themselves. It finds what
    /// `ideas validate` finds, with the nearest ideas.toml of each page, mends as --fix does, and formats as
    /// `ideas fmt` does. Nothing is fetched. Files are changed by the editor alone; the explanation of the rules, to
    /// which findings lead, is kept beside the cache.
    Lsp(lsp::Args),
    /// Where pages are fetched from: list, add, remove
    ///
    /// Some sources are well known; yours are those that you have added. They stand in sources.toml in the data folder, where
    /// you may edit them: comments stay. Nothing is fetched before `ideas sync`.
    Sources(sources::Args),
    /// Fetch the pages of your sources, and say what changed
    ///
    /// What is fetched lies in the data folder, and the other commands answer from it unless --catalog, `IDEAS_CATALOG` or an
    /// ideas.toml names pages. It can be interrupted anywhere. A source that cannot be fetched keeps its last good copy; the
    /// exit status is 2 then, and the others are fetched all the same.
    Sync(sync::Args),
    /// What the last sync of each source has changed
    Changes(changes::Args),
    /// Check whether upstream issues are still open and links still work
    ///
    /// Asks issue trackers (GitHub, GitLab, Forgejo, Jira, Bugzilla) whether the upstream issues of the selected ideas are open,
    /// closed, assigned or locked, or have a pull request, and web servers whether the linked pages still exist. Each address is
    /// requested once, as politely as in `ideas sync`. Answers are stored with their date and shown wherever an idea
    /// is; --upstream filters by them. Only this command and `ideas validate --online` send such requests.
    ///
    /// Dead is what answers 404 or 410, or whose host does not exist. What requires a login, fails or times out is not
    /// answered: it is requested again the next time.
    Check(check::Args),
    /// Write a first `ideas.toml`, fitted to the pages of a folder
    Init(init::Args),
    /// Your own settings: columns, profiles, pager, catalogue, term
    ///
    /// They stand in config.toml in your folder of settings, and hold in every folder. What is about pages stands in an
    /// ideas.toml beside them.
    Config(config::Args),
    /// Make the shell complete commands, flags and values
    Completions(completions::Args),
    /// Write a manual page, for `man -l -`, or all into a folder
    Man(man::Args),
    /// Print a JSON Schema: of an idea, as `--format json` lists them
    Schema(schema::Args),
}

impl Cli {
    /// Reads a call: `args` begins with the program.
    ///
    /// # Errors
    ///
    /// Help was asked for, or the call makes no sense; then the error says what may have been meant. It prints itself.
    pub fn read(args: &[OsString]) -> clap::error::Result<Self> {
        // The parser speaks before it knows what it was told about colour.
        let mut command = Cli::command().color(Color::told(args).choice());
        let read = signs::for_parser(args, &command);
        let matches = command.try_get_matches_from_mut(read.iter()).map_err(|error| mistakes::explain(error, args, &command))?;
        Cli::from_arg_matches(&matches).map_err(|error| error.format(&mut command))
    }
}

impl Color {
    /// What a call says about colour, whatever else is wrong with it.
    fn told(args: &[OsString]) -> Color {
        let mut told = Color::Auto;
        let mut words = args.iter().filter_map(|arg| arg.to_str());
        while let Some(word) = words.next() {
            let value = if word == "--color" { words.next() } else { word.strip_prefix("--color=") };
            told = value.and_then(|value| Color::from_str(value, false).ok()).unwrap_or(told);
        }
        told
    }

    fn choice(self) -> clap::ColorChoice {
        match self {
            Color::Auto => clap::ColorChoice::Auto,
            Color::Always => clap::ColorChoice::Always,
            Color::Never => clap::ColorChoice::Never,
        }
    }
}

/// How a command ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// Done; also if nothing was found.
    Done,
    /// Done, and something was found that must not be.
    Found,
    /// An editor ended `ideas lsp` without saying so first.
    Abandoned,
    /// Something that was asked for could not be done, even if the rest was.
    Failed,
}

impl Exit {
    /// The status that the process ends with.
    pub fn code(self) -> u8 {
        match self {
            Exit::Done => 0,
            Exit::Found | Exit::Abandoned => 1,
            Exit::Failed => 2,
        }
    }
}

/// The streams of a run, and what they can show.
pub struct Session<'a> {
    /// Where data goes.
    pub out: &'a mut dyn Write,
    /// Where everything else goes.
    pub err: &'a mut dyn Write,
    /// The same place as `out`, for a page that must arrive byte for byte; `out` takes escape sequences away.
    pub raw: &'a mut dyn Write,
    /// What `out` can show.
    pub look: Look,
    /// True if `err` shows colour.
    pub err_color: bool,
    /// How many columns `err` has, if it is a terminal.
    pub err_width: Option<usize>,
    /// The day that it is, once a command has needed it.
    pub day: OnceCell<Date>,
}

impl Cli {
    /// Does what was asked.
    ///
    /// # Errors
    ///
    /// A call that makes no sense, or a stream that cannot be written. Pages that cannot be read are no error here: they are
    /// told on `err`, and [`Exit::Failed`] remembers the ones that were asked for by name.
    pub fn run(&self, session: &mut Session<'_>) -> anyhow::Result<Exit> {
        match &self.command {
            Command::List(args) => args.run(&self.global, session),
            Command::Search(args) => args.run(&self.global, session),
            Command::Match(args) => args.run(&self.global, session),
            Command::Show(args) => args.run(&self.global, session),
            Command::Browse(args) => args.run(&self.global, session),
            Command::Shortlist(args) => args.run(&self.global, session),
            Command::Compare(args) => args.run(&self.global, session),
            Command::Skills(args) => args.skills(&self.global, session),
            Command::Mentors(args) => args.mentors(&self.global, session),
            Command::Projects(args) => args.projects(&self.global, session),
            Command::Programs(args) => args.programs(&self.global, session),
            Command::Validate(args) => args.run(&self.global, session),
            Command::Report(args) => args.run(&self.global, session),
            Command::Organizations(args) => args.run(&self.global, session),
            Command::Stats(args) => args.run(&self.global, session),
            Command::New(args) => args.run(&self.global, session),
            Command::Convert(args) => args.run(&self.global, session),
            Command::Fmt(args) => args.run(&self.global, session),
            Command::Site(args) => args.run(&self.global, session),
            Command::Rules(args) => args.run(session),
            Command::Lsp(args) => args.run(&self.global, session),
            Command::Sources(args) => args.run(&self.global, session),
            Command::Sync(args) => args.run(&self.global, session),
            Command::Changes(args) => args.run(&self.global, session),
            Command::Check(args) => args.run(&self.global, session),
            Command::Init(args) => args.run(&self.global, session),
            Command::Config(args) => args.run(&self.global, session),
            Command::Completions(args) => args.run(&self.global, session),
            Command::Man(args) => args.run(&self.global, session),
            Command::Schema(args) => args.run(session),
        }
    }
}

impl GlobalArgs {
    fn tell(&self, notice: &Notice, session: &mut Session<'_>) -> io::Result<()> {
        self.say(notice.level, &notice.to_string(), session)
    }

    /// Says something on `err`, unless `--quiet` keeps it back.
    fn say(&self, level: Level, message: &str, session: &mut Session<'_>) -> io::Result<()> {
        if self.quiet && level != Level::Error {
            return Ok(());
        }
        // Messages quote pages and paths.
        messages::write(level, &safe::line(message), session.err_color, session.err_width, session.err)
    }

    /// Says that no idea matched, and what may have been meant.
    fn say_nothing_matched(&self, query: &Query, catalog: &Catalog, session: &mut Session<'_>) -> anyhow::Result<()> {
        // Without a single idea the pages have been spoken about already; of what was fetched only the sync has.
        if catalog.ideas.is_empty() {
            let is_fetched = matches!(self.origins()?.as_slice(), [Origin::Fetched(_)]);
            if is_fetched && catalog.notices.is_empty() {
                let note = "your sources hold no ideas; `ideas sources list` shows them, `ideas sync` fetches them again";
                self.say(Level::Note, note, session)?;
            }
            return Ok(());
        }
        // Each counts once, as in a list.
        let all = || once::count(&catalog.ideas, &catalog.faces);
        let at = |places| Once::of(places, |place| &catalog.faces[place], |place| &catalog.ideas[place]).shown.len();
        if query.lacks_marked(&catalog.ideas) {
            let note = format!(
                "none of {} ideas is on your shortlist; `ideas shortlist add ID` adds one, as does b in `ideas browse`",
                all()
            );
            return Ok(self.say(Level::Note, &note, session)?);
        }
        if query.lacks_answers(&catalog.ideas) {
            let note =
                "no upstream issue of these ideas was checked yet; run `ideas check`, with the other filters if there are many";
            return Ok(self.say(Level::Note, note, session)?);
        }
        if self.say_terms(query, catalog, session)? {
            return Ok(());
        }
        let suggestions = query.suggestions(&catalog.ideas, at);
        for suggestion in &suggestions {
            let all = match suggestion.filter {
                Filter::Skill => "skills",
                Filter::Mentor => "mentors",
                Filter::Project => "projects",
                Filter::Organization => "organizations",
                _ => "programs",
            };
            let hint = if suggestion.nearest.is_none() { format!("; `ideas {all}` lists what there is") } else { String::new() };
            self.say(Level::Note, &format!("{suggestion}{hint}"), session)?;
        }
        if suggestions.is_empty() {
            let hint = query.hindrance(&catalog.ideas, at).map(|Hindrance { filter, negated, said, count }| {
                let flag = if negated { "--not-" } else { "--" };
                let said = if said.contains(char::is_whitespace) { format!("\"{said}\"") } else { said };
                // The shortlist is asked for without a text.
                let clause = format!("{flag}{filter} {said}");
                format!("; without `{}` {count} would", clause.trim_end())
            });
            // Of a single filter it is enough to see what there is.
            let values = || query.sole_dimension().map(|(filter, by)| format!("; `ideas stats --by {by}` counts their {filter}"));
            let hint = hint.or_else(values).unwrap_or_default();
            self.say(Level::Note, &format!("none of {} ideas matches{hint}", all()), session)?;
        }
        Ok(())
    }
}

/// An argument as one types it, in quotes where a shell would take it apart.
fn as_typed(argument: &str) -> Cow<'_, str> {
    let plain = |c: char| c.is_alphanumeric() || "-_./:@%+,=".contains(c) || (cfg!(windows) && c == '\\');
    let is_plain = !argument.is_empty() && argument.chars().all(plain);
    if is_plain { argument.into() } else { format!("'{}'", argument.replace('\'', r"'\''")).into() }
}

/// No error if whoever reads our output has stopped reading.
pub fn unless_closed(written: io::Result<()>) -> io::Result<()> {
    match written {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        written => written,
    }
}

/// True if somebody sits before standard output, for what needs keys. What output looks like, the [`Look`] says.
fn is_terminal() -> bool {
    io::stdout().is_terminal()
}

/// What a catalogue's errors make of a run.
fn exit_of(catalog: &Catalog) -> Exit {
    if catalog.has_errors() { Exit::Failed } else { Exit::Done }
}
