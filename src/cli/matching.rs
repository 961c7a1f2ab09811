//! `ideas match`: the ideas that fit what somebody brings and wishes for, the best first, and why each does.

use std::path::PathBuf;

use clap::{Arg, ValueHint};
use toml::Spanned;

use super::completions::values;
use super::duplicates::DuplicatesArg;
use super::filters::FilterArgs;
use super::output::OutputArgs;
use super::ranked::{self, Ranking};
use super::{Exit, GlobalArgs, Session, as_typed, exit_of};
use crate::catalog::Level;
use crate::config::Profile;
use crate::idea::Idea;
use crate::idea::id::short::ShortIds;
use crate::query::QueryError;
use crate::query::fit::{Fitting, UnknownSkill, Wishes};
use crate::render::reasons;
use crate::repositories::{Evidence, Repository};
use crate::text::counted;

const EXAMPLES: &str = "\
Examples:
  ideas match --skills go,kubernetes,react
  ideas match --skills go --want ebpf --avoid php
  ideas match --skills rust --hours ..175 --difficulty easy..medium
  ideas match --want rust,go                     either would be fine
  ideas match --profile me --hours ..90          a profile of your settings, but fewer hours
  ideas match --repos ~/src/app ~/src/site       what these repositories are written in
  ideas match --skills python --program gsoc --has mentors --format json";

/// What `ideas match` takes.
#[derive(Clone, Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
#[command(mut_arg("hours", |arg| arg.help_heading(WISHES).help("Takes this many hours, if possible: ..175").long_help(HOURS)))]
#[command(mut_arg("difficulty", |arg| arg.help_heading(WISHES).help("Is of this difficulty, if possible: ..medium").long_help(DIFFICULTY)))]
#[command(mut_arg("skills", with_what_match_does))]
pub struct Args {
    #[command(flatten)]
    wishes: WishArgs,
    #[command(flatten)]
    filters: FilterArgs,
    #[command(flatten)]
    output: OutputArgs,
    #[command(flatten)]
    duplicates: DuplicatesArg,
}

const WISHES: &str = "You";

/// The name of no profile.
const NO_PROFILE: &str = "none";

const HOURS: &str = "\
Takes this many hours, if possible: ..175

A wish: what takes other hours comes later, what does not say comes with what fits. To drop ideas for their hours, use \
--not-hours 350..";

const SKILLS: &str = "\
Ideas that use none of the skills you have or want are left out; the others are ranked by their scores, with the reasons. The wishes \
are --want, --avoid, --hours and --difficulty, and that some skill of yours is of use.";

/// The help of `--skills`, and what only this command does with them.
fn with_what_match_does(skills: Arg) -> Arg {
    let help = skills.get_long_help().map(ToString::to_string).unwrap_or_default();
    skills.long_help(format!("{help}\n\n{SKILLS}"))
}

const DIFFICULTY: &str = "\
Is of this difficulty, if possible: ..medium

A wish, as --hours; to drop ideas for their difficulty, use --not-difficulty hard.";

/// What somebody brings and wishes for, besides hours and difficulty.
#[derive(Clone, Debug, Default, clap::Args)]
#[command(next_help_heading = WISHES)]
pub struct WishArgs {
    /// The skills you have: go,kubernetes,react
    ///
    /// Aliases and case make no difference; a skill outside the vocabulary is looked for as --skill does. How an idea fits is a
    /// score: from 50 to 100 if it meets all of your wishes; each that is missed halves it. Within these 50 points the
    /// share of what the idea asks for that you have or want counts, and the share of your skills that it uses; skills
    /// that are nice to have count less. What an idea does not say it neither meets nor misses.
    #[arg(long, value_name = "SKILLS", add = values::skills())]
    skills: Vec<String>,

    /// Take your skills from these repositories: ~/src/app ~/src/site
    ///
    /// From the languages of their files, by lines, and from what package.json, Cargo.toml, pyproject.toml,
    /// requirements.txt and go.mod depend on; a note says what was taken from where. Hidden files and those that
    /// .gitignore names are left out, and so are folders of other people's code such as `node_modules`. They come on
    /// top of --skills.
    #[arg(long, value_name = "DIR", num_args = 1.., value_hint = ValueHint::DirPath)]
    repos: Vec<PathBuf>,

    /// A skill you want to work with: ebpf
    ///
    /// Commas mean "or"; to wish for several at once, repeat the flag. What is no skill of the vocabulary, and of no idea, is
    /// looked for in what ideas say, as `ideas search` does.
    #[arg(long, value_name = "SKILLS", add = values::skills())]
    want: Vec<String>,

    /// Skills you do not want to work with: php
    #[arg(long, value_name = "SKILLS", add = values::skills())]
    avoid: Vec<String>,

    /// Take what this call does not say from a profile of your settings, or of `ideas.toml`: me
    ///
    /// Without it, the profile that your settings name; none is no profile. `ideas config edit` opens your settings.
    #[arg(long, value_name = "NAME")]
    profile: Option<String>,
}

impl WishArgs {
    /// What is wished, with the filters that are wishes here, and the profile that was taken for it; nothing, if
    /// neither the call nor a profile says what somebody brings or wants.
    pub(super) fn resolve(
        &self,
        filters: &FilterArgs,
        global: &GlobalArgs,
        session: &mut Session<'_>,
    ) -> anyhow::Result<Option<(Wishes, Option<String>)>> {
        let name = self.profile.as_deref().or(global.own()?.profile.as_deref()).filter(|name| *name != NO_PROFILE);
        if self.skills.is_empty() && self.repos.is_empty() && self.want.is_empty() && name.is_none() {
            return Ok(None);
        }
        let profile = name.map(|name| global.profile(name)).transpose()?.unwrap_or_default();
        let repositories = self.repos.iter().map(|path| Repository::read(path)).collect::<Result<Vec<_>, _>>()?;
        for repository in &repositories {
            global.say(Level::Note, &taken(repository), session)?;
        }
        let wishes = self.read(filters, &profile, &repositories)?;
        if let Some(skill) = wishes.contradiction() {
            anyhow::bail!("{skill} is wanted and to be avoided: expected it in one of `--want` and `--avoid`");
        }
        Ok(Some((wishes, name.map(ToOwned::to_owned))))
    }

    /// What is wished, with the filters that are wishes here. What the call does not say, `profile` does.
    fn read(&self, filters: &FilterArgs, profile: &Profile, repositories: &[Repository]) -> Result<Wishes, QueryError> {
        let mut wishes = Wishes::default();
        let of_repositories = repositories.iter().flat_map(|repository| &repository.skills).map(|(skill, _)| *skill);
        of_repositories.into_iter().try_for_each(|skill| wishes.have(skill))?;
        let silent = if repositories.is_empty() { profile.skills.as_slice() } else { &[] };
        said(&self.skills, silent).try_for_each(|text| wishes.have(text))?;
        said(&self.want, &profile.want).try_for_each(|text| wishes.want(text))?;
        said(&self.avoid, &profile.avoid).try_for_each(|text| wishes.avoid(text))?;
        said(&filters.hours, profile.hours.as_slice()).try_for_each(|text| wishes.hours(text))?;
        said(&filters.difficulty, profile.difficulty.as_slice()).try_for_each(|text| wishes.difficulty(text))?;
        Ok(wishes)
    }
}

/// What a repository says of skills, and from what.
fn taken(repository: &Repository) -> String {
    let mut by_file: Vec<(String, Vec<&str>)> = Vec::new();
    let mut languages = Vec::new();
    for (skill, evidence) in &repository.skills {
        match evidence {
            Evidence::Lines(lines) => languages.push(format!("{skill} ({})", counted(*lines, "line"))),
            Evidence::File(path) => {
                let path = path.display().to_string();
                match by_file.iter_mut().find(|(known, _)| *known == path) {
                    Some((_, skills)) => skills.push(skill),
                    None => by_file.push((path, vec![skill])),
                }
            }
        }
    }
    let files = by_file.into_iter().map(|(path, skills)| format!("{} ({path})", skills.join(", ")));
    let all: Vec<String> = languages.into_iter().chain(files).collect();
    let cut =
        if repository.is_cut { format!("; only the first {} files were looked at", repository.files) } else { String::new() };
    format!("from {}: {}{cut}", repository.path.display(), all.join("; "))
}

/// Forgets the skills that nobody knows, and says which, and which are looked for in texts.
pub(super) fn warn_of_unknown(
    wishes: &mut Wishes,
    ideas: &[Idea],
    global: &GlobalArgs,
    session: &mut Session<'_>,
) -> anyhow::Result<()> {
    for UnknownSkill { seen, nearest, said_by } in wishes.forget_unknown(ideas) {
        if said_by > 0 {
            let (say, their) = if said_by == 1 { ("says", "its") } else { ("say", "their") };
            let ideas = counted(said_by, "idea");
            let note = format!("no idea lists the skill '{seen}'; {ideas} {say} it in {their} text, which counts");
            global.say(Level::Note, &note, session)?;
            continue;
        }
        let hint = nearest.map_or_else(String::new, |nearest| format!("; did you mean {nearest}?"));
        let warning = format!("no known skill is called '{seen}', and no idea names it: it counts for nothing{hint}");
        global.say(Level::Warning, &warning, session)?;
    }
    Ok(())
}

/// What the call says, or else the profile.
fn said<'a>(call: &'a [String], profile: &'a [Spanned<String>]) -> impl Iterator<Item = &'a str> {
    let silent = if call.is_empty() { profile } else { &[] };
    call.iter().map(String::as_str).chain(silent.iter().map(|text| text.get_ref().as_str()))
}

impl Args {
    pub(super) fn run(&self, global: &GlobalArgs, session: &mut Session<'_>) -> anyhow::Result<Exit> {
        self.output.check()?;
        let Some((mut wishes, name)) = self.wishes.resolve(&self.filters, global, session)? else {
            anyhow::bail!(
                "nothing to go by: say what you bring (`--skills go,react`, or `--repos DIR`), what you want to work with \
                 (`--want ebpf`), or who you are (`--profile me`)"
            );
        };
        let filters = FilterArgs { hours: Vec::new(), difficulty: Vec::new(), ..self.filters.clone() };
        let mut query = global.query(&filters)?;
        let brief = !wishes.needs_texts() && !self.output.needs_texts(&session.look);
        let mut wanted = wishes.narrow(&query);
        // A person is shown ids that are short among all that there are; and any idea may name a skill that the vocabulary lacks.
        let mut catalog = if session.look.width.is_some() || wishes.needs_texts() {
            global.load_brief(&mut wanted, brief, session)?
        } else {
            global.load_matching(&mut wanted, brief, session)?
        };
        let may_be_said = wishes.needs_texts();
        warn_of_unknown(&mut wishes, &catalog.ideas, global, session)?;
        if may_be_said {
            // What is looked for in texts was not known before.
            wanted = wishes.narrow(&query);
            session.settle(&mut wanted, &catalog.ideas)?;
        }
        let once = self.duplicates.choose(&wanted, &mut catalog);
        let fits = wishes.rank(catalog.at(&once.shown));
        let of_profile = name.map(|name| format!(" for {name}")).unwrap_or_default();
        let about = [format!("best fit{of_profile} first"), global.own_term(&filters)?];
        let ranking = Ranking { about, page: reasons::write, score: |fit: &Fitting<'_>| fit.fit.score.to_string() };
        let ids = if self.output.shortens_ids(&session.look) { catalog.short_ids() } else { ShortIds::default() };
        let shown = ranked::amount(&self.output, &session.look).shown(&fits);
        let shown = ranked::write((shown, fits.len()), |fitting| fitting.idea, ranking, (&self.output, &ids), global, session)?;
        let all = (catalog.ideas.iter(), |place: usize| wanted.matches(&catalog.ideas[place]));
        global.say_if_past(&shown, self.output.format, &wanted, all, session)?;
        let missing = wishes.missing(&catalog.at(&once.shown));
        let search = missing.iter().map(|skill| format!("`ideas search {}`", as_typed(skill))).collect::<Vec<_>>().join(", ");
        if !fits.is_empty() && !missing.is_empty() {
            let note = format!("none of these ideas has the skill {}; {search} looks for it in all they say", missing.join(", "));
            global.say(Level::Note, &note, session)?;
        }
        if fits.is_empty() && !catalog.ideas.is_empty() {
            session.settle(&mut query, &catalog.ideas)?;
            let passed = self.duplicates.choose(&query, &mut catalog).shown.len();
            if passed == 0 {
                global.say_nothing_matched(&query, &catalog, session)?;
            } else if !wishes.is_empty() {
                let hint = if missing.is_empty() { String::new() } else { format!(", {search} looks in all they say") };
                let note = format!(
                    "none of {passed} ideas names a skill that you have or want; `ideas skills` lists what is asked for{hint}"
                );
                global.say(Level::Note, &note, session)?;
            }
        }
        Ok(exit_of(&catalog))
    }
}
