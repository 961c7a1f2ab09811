//! `ideas.toml`: what a repository or a user sets once instead of at every call. It is found upwards from the working folder.
//!
//! [`File`] is the file as it is written, and what `ideas schema config` describes; [`Config`] is what it means: patterns are
//! compiled, templates loaded, rules known. Whatever is wrong with it is an error with its place: a setting that is ignored
//! silently is worse than none. Paths in it are relative to the folder it lies in.

mod error;
mod file;
mod levels;
pub mod starter;
mod trust;

use std::collections::BTreeMap;
use std::ops::Range;
use std::path::{Path, PathBuf};

use ignore::gitignore::{Gitignore, GitignoreBuilder};
use toml::Spanned;

pub use error::ConfigError;
pub use file::{Assignment, File, Lint, Override, Pages, Profile, RuleLevel};
pub use levels::{Levels, codes};
pub use trust::SAFE_VARIABLE;

pub(crate) use self::error::{error, parse, read};
use crate::catalog::{Given, Group, Groups, files};
use crate::idea::{Program, Term};
use crate::lint::{Limits, Options, Template};
use crate::query::QueryError;
use crate::query::fit::Wishes;
use crate::spelling::nearest;
use crate::text::Source;

/// What the file is called.
pub const NAME: &str = "ideas.toml";

/// What the settings mean. The default is no file at all.
#[derive(Debug, Default)]
pub struct Config {
    /// The file, if there is one.
    pub path: Option<PathBuf>,
    /// The folder it lies in, from the root of the file system; patterns look from there.
    root: PathBuf,
    /// What to look at if a call names nothing.
    pub paths: Option<Vec<PathBuf>>,
    ignored: Option<Gitignore>,
    /// The levels of rules that are set for all pages.
    pub levels: Levels,
    /// The numbers of rules that are set for all pages.
    pub options: Options,
    overrides: Vec<levels::Overridden>,
    /// What may not be exceeded.
    pub limits: Limits,
    templates: Vec<(Gitignore, Held)>,
    /// The files of templates that it names.
    pub template_files: Vec<PathBuf>,
    /// The pages of the catalogue, if it names any.
    pub pages: Option<Groups>,
    /// What somebody brings and wishes for, by name.
    pub profiles: BTreeMap<String, Profile>,
}

/// A template that is built in, or one from a file.
#[derive(Debug)]
enum Held {
    Known(&'static Template),
    Own(Box<Template>),
}

impl Config {
    /// The settings of the nearest `ideas.toml`: in `here` or a folder above; the default if there is none.
    ///
    /// # Errors
    ///
    /// There is one, and it is not to be trusted, cannot be read or does not make sense.
    pub fn find(here: &Path) -> Result<Self, ConfigError> {
        Self::nearest(here, here)
    }

    /// The settings that are nearest to a folder: in it or above. `here` is the working folder.
    ///
    /// # Errors
    ///
    /// As [`Config::find`].
    pub fn nearest(folder: &Path, here: &Path) -> Result<Self, ConfigError> {
        match folder.ancestors().find(|folder| folder.join(NAME).is_file()) {
            Some(found) => {
                let path = seen_from(found, here).join(NAME);
                match trust::refusal(&path, here, !found.starts_with(here)) {
                    Some(message) => Err(ConfigError { path, position: None, message }),
                    None => Self::load(&path, here),
                }
            }
            None => Ok(Self::default()),
        }
    }

    /// The settings of a file; `here` is the working folder.
    ///
    /// # Errors
    ///
    /// It cannot be read or does not make sense.
    pub fn load(path: &Path, here: &Path) -> Result<Self, ConfigError> {
        let source = read(path, here)?;
        log::info!("{}: settings", path.display());
        let file: File = parse(&source, toml::from_str(source.text()))?;
        let root = files::absolute(path, here).parent().map(Path::to_owned).unwrap_or_default();
        let shown = path.parent().unwrap_or(Path::new(""));
        let fault = |span: Range<usize>, message: String| error(&source, Some(span), message);

        let File { pages, profiles, lint } = file;
        let groups = pages.into_iter().map(|pages| group(pages, &source)).collect::<Result<Vec<_>, _>>()?;
        let described_in = path.to_owned();
        let pages = (!groups.is_empty()).then(|| Groups { folder: shown.to_owned(), described_in, groups });
        for profile in profiles.values() {
            profile.wishes().map_err(|(span, cause)| fault(span, cause.to_string()))?;
        }
        let Lint { mentor_count, title_length, description_length, upstream_count, size_value, .. } = lint;
        let options = Options { mentor_count, title_length, description_length, upstream_count, size_value };
        let Lint { paths, ignore, quota, rules, templates, overrides, .. } = lint;
        let levels = levels::levels(rules, fault)?;
        let overrides = overrides.into_iter().map(|table| levels::overridden(table, fault)).collect::<Result<_, _>>()?;
        let mut limits = Limits::default();
        if let Some(quota) = quota {
            read_quota(quota.get_ref(), &mut limits).map_err(|message| fault(quota.span(), message))?;
        }
        let reach = |named: &Spanned<String>| {
            let path = shown.join(named.get_ref());
            let refused = |why| fault(named.span(), format!("`{}` {why}", named.get_ref()));
            trust::reach(&path, &root, here).map(|()| path).map_err(refused)
        };
        let paths = paths.map(|paths| paths.iter().map(reach).collect()).transpose()?;
        let mut template_files = Vec::new();
        let templates = templates.into_iter().map(|Assignment { files, template }| {
            let name = template.get_ref();
            let held = match Template::named(name) {
                Some(known) => Held::Known(known),
                None if is_file_name(name) => {
                    template_files.push(reach(&template)?);
                    let own = template_file(&reach(&template)?, here);
                    Held::Own(Box::new(own.map_err(|cause| match cause.position {
                        Some(_) => cause,
                        None => fault(template.span(), format!("the template {cause}")),
                    })?))
                }
                None => return Err(fault(template.span(), no_template(name))),
            };
            Ok((patterns(&files, fault)?, held))
        });
        let templates = templates.collect::<Result<_, _>>()?;
        Ok(Config {
            path: Some(path.to_owned()),
            paths,
            ignored: (!ignore.is_empty()).then(|| patterns(&ignore, fault)).transpose()?,
            root,
            levels,
            options,
            overrides,
            limits,
            templates,
            template_files,
            pages,
            profiles,
        })
    }

    /// What is known about a page besides what it says.
    pub fn given(&self, page: &Path, here: &Path) -> Option<&Given> {
        let inside = files::below(page, &self.root, here)?;
        self.pages.as_ref()?.group(Path::new(&inside)).map(|group| &group.given)
    }

    /// A profile by its name.
    ///
    /// # Errors
    ///
    /// There is none of that name.
    pub fn profile(&self, name: &str) -> Result<&Profile, ConfigError> {
        let names = || self.profiles.keys().map(String::as_str);
        self.profiles.get(name).ok_or_else(|| {
            let path = self.path.clone().unwrap_or_else(|| NAME.into());
            let message = match (&self.path, nearest(name, names())) {
                (None, _) => {
                    format!("there is no such file, and no profile `{name}` in your settings; `ideas config edit` opens those")
                }
                (_, Some(known)) => format!("there is no profile `{name}`; did you mean `{known}`?"),
                _ if self.profiles.is_empty() => format!("there is no profile `{name}`; expected a table `[profiles.{name}]`"),
                _ => format!("there is no profile `{name}`; there are {}", names().collect::<Vec<_>>().join(", ")),
            };
            ConfigError { path, position: None, message }
        })
    }

    /// True if a page is to be left alone. `here` is the working folder, from which its path is relative.
    pub fn ignores(&self, page: &Path, here: &Path) -> bool {
        self.ignored.as_ref().is_some_and(|ignored| self.fits(ignored, page, here))
    }

    /// The template that a page is held to, if the settings say so.
    pub fn template(&self, page: &Path, here: &Path) -> Option<&Template> {
        let (_, held) = self.templates.iter().find(|(pages, _)| self.fits(pages, page, here))?;
        Some(match held {
            Held::Known(template) => template,
            Held::Own(template) => template,
        })
    }

    fn fits(&self, patterns: &Gitignore, page: &Path, here: &Path) -> bool {
        files::below(page, &self.root, here).is_some_and(|inside| patterns.matched_path_or_any_parents(inside, false).is_ignore())
    }
}

/// A folder as seen from `here`, if it lies below or above that.
fn seen_from(folder: &Path, here: &Path) -> PathBuf {
    match (folder.strip_prefix(here), here.strip_prefix(folder)) {
        (Ok(below), _) => below.to_owned(),
        (_, Ok(above)) => PathBuf::from("../".repeat(above.components().count())),
        _ => folder.to_owned(),
    }
}

/// Reads `quota = 5`, or `quota.kubernetes = 8`.
fn read_quota(value: &toml::Value, limits: &mut Limits) -> Result<(), String> {
    let number = |value: &toml::Value| match value.as_integer().map(usize::try_from) {
        Some(Ok(0)) => Err("a quota of 0 allows no idea at all; expected 1 or more".to_owned()),
        Some(Ok(number)) => Ok(number),
        _ => Err(format!("the quota is {value}; expected a number of ideas, or `quota.PROJECT = NUMBER`")),
    };
    let Some(projects) = value.as_table() else {
        limits.quota = Some(number(value)?);
        return Ok(());
    };
    for (project, value) in projects {
        match project.as_str() {
            "default" => limits.quota = Some(number(value)?),
            _ => _ = limits.quotas.insert(project.to_lowercase(), number(value)?),
        }
    }
    Ok(())
}

/// The template of a file; `here` is the working folder.
///
/// # Errors
///
/// It cannot be read, or is no template.
pub fn template_file(path: &Path, here: &Path) -> Result<Template, ConfigError> {
    let source = read(path, here)?;
    let name = path.file_stem().unwrap_or_default().to_string_lossy();
    parse(&source, Template::read(&name, source.text()))
}

/// The template of a name or a path that `--template` gives; `here` is the working folder.
///
/// # Errors
///
/// There is none of that name; or the file cannot be read or is no template.
pub fn template(name: &str, here: &Path) -> Result<Template, ConfigError> {
    if is_file_name(name) || here.join(name).is_file() {
        return template_file(Path::new(name), here);
    }
    // No file is to blame, but the argument.
    Err(ConfigError { path: "--template".into(), position: None, message: no_template(name) })
}

/// The template of a file that `--to` names, which none of the `known` targets is; `here` is the working folder.
///
/// # Errors
///
/// There is no such file; or it cannot be read or is no template.
pub fn target(name: &str, here: &Path, known: impl Iterator<Item = &'static str>) -> Result<Template, ConfigError> {
    if is_file_name(name) || here.join(name).is_file() {
        return template_file(Path::new(name), here);
    }
    Err(ConfigError { path: "--to".into(), position: None, message: no_such("target", name, known) })
}

/// True if a template's name can only be meant as a file.
fn is_file_name(name: &str) -> bool {
    Path::new(name).extension().is_some_and(|extension| extension.eq_ignore_ascii_case("toml"))
}

fn no_template(name: &str) -> String {
    no_such("template", name, Template::all().iter().map(|template| template.name.as_str()))
}

fn no_such<'a>(what: &str, name: &str, known: impl Iterator<Item = &'a str>) -> String {
    let known: Vec<&str> = known.collect();
    let all = known.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
    let there = nearest(name, known).map_or("there".to_owned(), |known| format!("did you mean `{known}`? There"));
    format!("there is no {what} `{name}`; {there} are {all}, and any TOML file such as `templates/ours.toml`")
}

/// What a group of pages means.
fn group(pages: Pages, source: &Source) -> Result<Group, ConfigError> {
    let fault = |span: Range<usize>, message: String| error(source, Some(span), message);
    let Pages { files, organization, program, term } = pages;
    if files.get_ref().is_empty() {
        return Err(fault(
            files.span(),
            "a group of no files; expected at least one pattern, such as `programs/**/*.md`".to_owned(),
        ));
    }
    let term = term.map(|term| {
        Term::exact(term.get_ref()).ok_or_else(|| {
            fault(
                term.span(),
                format!("`{}` is no term; expected a year (`2026`), or an LFX term of it (`2026-3`)", term.get_ref()),
            )
        })
    });
    let given = Given { organization, program: program.as_deref().map(Program::from_name), term: term.transpose()? };
    Ok(Group { position: source.position(files.span().start), files: patterns(files.get_ref(), fault)?, given })
}

impl Profile {
    /// What it says, and what is wrong with it.
    pub(crate) fn wishes(&self) -> Result<Wishes, (Range<usize>, QueryError)> {
        let mut wishes = Wishes::default();
        let said = |texts: &[Spanned<String>], take: &mut dyn FnMut(&str) -> Result<(), QueryError>| {
            texts.iter().try_for_each(|text| take(text.get_ref()).map_err(|cause| (text.span(), cause)))
        };
        said(&self.skills, &mut |text| wishes.have(text))?;
        said(&self.want, &mut |text| wishes.want(text))?;
        said(&self.avoid, &mut |text| wishes.avoid(text))?;
        said(self.hours.as_slice(), &mut |text| wishes.hours(text))?;
        said(self.difficulty.as_slice(), &mut |text| wishes.difficulty(text))?;
        Ok(wishes)
    }
}

/// Patterns of files, as in `.gitignore`.
pub(crate) fn patterns(
    lines: &[Spanned<String>],
    fault: impl Fn(Range<usize>, String) -> ConfigError,
) -> Result<Gitignore, ConfigError> {
    // Paths come in relative already.
    let mut builder = GitignoreBuilder::new("");
    builder.allow_unclosed_class(false);
    for line in lines {
        if let Err(cause) = builder.add_line(None, line.get_ref()) {
            return Err(fault(line.span(), format!("`{}` is no pattern: {}", line.get_ref(), reason(&cause))));
        }
    }
    builder.build().map_err(|cause| {
        let span = lines.first().map_or(0..0, Spanned::span);
        fault(span, format!("these patterns do not go together: {}", reason(&cause)))
    })
}

/// Why a pattern is none, without repeating it.
fn reason(cause: &ignore::Error) -> String {
    match cause {
        ignore::Error::Glob { err, .. } => err.clone(),
        ignore::Error::WithLineNumber { err, .. } | ignore::Error::WithPath { err, .. } => reason(err),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lint::Level;

    /// A folder with files, and the settings of its `ideas.toml`.
    fn load(toml: &str, others: &[(&str, &str)]) -> (tempfile::TempDir, Result<Config, String>) {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join(NAME), toml).unwrap();
        for (name, text) in others {
            std::fs::write(folder.path().join(name), text).unwrap();
        }
        let config = Config::find(folder.path()).map_err(|error| error.to_string());
        (folder, config)
    }

    #[test]
    fn the_nearest_settings_of_a_folder_are_found() {
        let whole = tempfile::tempdir().unwrap();
        let here = whole.path().join("here");
        std::fs::create_dir_all(here.join("inner/deep")).unwrap();
        let nearest = |folder: &str| Config::nearest(&here.join(folder), &here).unwrap().path;
        assert_eq!(nearest("inner/deep"), None);
        std::fs::write(whole.path().join(NAME), "").unwrap();
        assert_eq!(nearest("inner/deep"), Some("../ideas.toml".into()));
        std::fs::write(here.join("inner").join(NAME), "[lint]\nignore = [\"deep/\"]\n").unwrap();
        assert_eq!(nearest("inner/deep"), Some("inner/ideas.toml".into()));
        assert_eq!(nearest(""), Some("../ideas.toml".into()));
        let config = Config::nearest(&here.join("inner"), &here).unwrap();
        assert!(config.ignores(Path::new("inner/deep/a.md"), &here) && !config.ignores(Path::new("deep/a.md"), &here));
    }

    const FULL: &str = r#"
[lint]
paths = ["programs", "ideas.md"]
ignore = ["drafts/", "*.json", "!keep.json"]
quota = 3

[lint.rules]
mentor-handle-format = "error"
mojibake = "off"

[[lint.templates]]
files = ["programs/gsoc/"]
template = "gsoc"

[[lint.templates]]
files = ["*.md"]
template = "ours.toml"
"#;

    #[test]
    fn settings_are_read() {
        let ours = include_str!("../schemas/templates/lfx.toml");
        let (folder, config) = load(FULL, &[("ours.toml", ours)]);
        let (here, config) = (folder.path(), config.unwrap());
        assert_eq!(config.limits.quota, Some(3));
        assert_eq!(
            config.levels.iter().map(|(code, level)| (*code, level.level())).collect::<Vec<_>>(),
            [("mentor-handle-format", Some(Level::Error)), ("mojibake", None)]
        );
        assert_eq!(config.paths.as_ref().unwrap().len(), 2);
        for (page, ignored, template) in [
            ("programs/gsoc/2026.md", false, Some("gsoc")),
            ("programs/lfx/2026.md", false, Some("ours")),
            ("drafts/a/b.md", true, Some("ours")),
            ("x/drafts/b.md", true, Some("ours")),
            ("export.json", true, None),
            ("keep.json", false, None),
            ("../outside.md", false, None),
        ] {
            let path = Path::new(page);
            let name = config.template(path, here).map(|template| template.name.as_str());
            assert_eq!((config.ignores(path, here), name), (ignored, template), "{page}");
            let absolute = here.join(page);
            assert_eq!(config.ignores(&absolute, here), ignored, "{page}");
        }
        // From a folder below, the same page has another path, and so has the file.
        assert!(config.ignores(Path::new("b.md"), &here.join("drafts")));
        std::fs::create_dir_all(here.join("a/b")).unwrap();
        let config = Config::find(&here.join("a/b")).unwrap();
        assert_eq!(config.path.as_deref(), Some(Path::new("../../ideas.toml")));
        assert_eq!(config.paths.unwrap()[0], Path::new("../../programs"));
    }

    #[test]
    fn pages_belong_to_the_first_group_they_fit() {
        let (folder, config) = load(
            r#"
[[pages]]
files = ["lfx/**/ideas.md"]
program = "LFX Mentorship"
term = "2026-1"

[[pages]]
files = ["*.md", "!README.md"]
organization = "Otters"
"#,
            &[],
        );
        let (here, config) = (folder.path(), config.unwrap());
        let lfx = Given { program: Some(Program::Lfx), term: Term::exact("2026-1"), ..Given::default() };
        let otters = Given { organization: Some("Otters".to_owned()), ..Given::default() };
        for (page, given) in [
            ("lfx/2026/ideas.md", Some(&lfx)),
            ("lfx/other.md", Some(&otters)),
            ("a.md", Some(&otters)),
            ("README.md", None),
            ("a.json", None),
            ("../a.md", None),
        ] {
            assert_eq!(config.given(Path::new(page), here), given, "{page}");
        }
    }

    #[test]
    fn profiles_go_by_their_names() {
        let (_folder, config) = load("[profiles.ada]\nskills = [\"go\"]\n[profiles.ben]\n", &[]);
        let config = config.unwrap();
        assert_eq!(config.profile("ada").unwrap().skills.len(), 1);
        let error = |config: &Config, name: &str| config.profile(name).unwrap_err().to_string();
        assert_eq!(error(&config, "adda"), "ideas.toml: there is no profile `adda`; did you mean `ada`?");
        assert_eq!(error(&config, "me"), "ideas.toml: there is no profile `me`; there are ada, ben");
        let none = Config::default();
        assert_eq!(
            error(&none, "me"),
            "ideas.toml: there is no such file, and no profile `me` in your settings; `ideas config edit` opens those"
        );
    }

    #[test]
    fn an_empty_file_sets_nothing() {
        let (_folder, config) = load("", &[]);
        let config = config.unwrap();
        assert!(config.levels.is_empty() && config.paths.is_none() && config.limits.quota.is_none());
    }

    #[test]
    fn mistakes_have_a_place_and_a_way_out() {
        for (toml, message) in [
            ("[lnt]\n", "ideas.toml:1:2: unknown field `lnt`, expected one of `pages`, `profiles`, `lint`; did you mean `lint`?"),
            (
                "[lint]\nqouta = 3\n",
                "ideas.toml:2:1: unknown field `qouta`, expected one of `paths`, `ignore`, `quota`, `mentor-count`, `title-length`, `description-length`, `upstream-count`, `size-value`, `rules`, `templates`, `overrides`; did you mean `quota`?",
            ),
            ("[lint]\nquota = 0\n", "ideas.toml:2:9: a quota of 0 allows no idea at all; expected 1 or more"),
            (
                "[lint]\nquota = \"3\"\n",
                "ideas.toml:2:9: the quota is \"3\"; expected a number of ideas, or `quota.PROJECT = NUMBER`",
            ),
            (
                "[lint.rules]\nmojibak = \"off\"\n",
                "ideas.toml:2:1: there is no rule `mojibak`; did you mean `mojibake`? `ideas rules` lists all",
            ),
            (
                "[lint.rules]\nmojibake = \"eror\"\n",
                "ideas.toml:2:12: unknown variant `eror`, expected one of `error`, `warning`, `info`, `off`; did you mean `error`?",
            ),
            ("[lint]\nignore = [\"ok\", \"a[\"]\n", "ideas.toml:2:17: `a[` is no pattern: unclosed character class; missing ']'"),
            (
                "[[lint.templates]]\nfiles = []\ntemplate = \"lxf\"\n",
                "ideas.toml:3:12: there is no template `lxf`; did you mean `lfx`? There are `lfx`, `cncf-gsoc`, `gsoc`, `ospp`, `plain`, `lfx-form`, `idea`, and any TOML file such as `templates/ours.toml`",
            ),
            ("[[lint.templates]]\nfiles = []\n", "ideas.toml:1:1: missing field `template`"),
            (
                "[[pages]]\nfiles = [\"*.md\"]\nprogramm = \"gsoc\"\n",
                "ideas.toml:3:1: unknown field `programm`, expected one of `files`, `organization`, `program`, `term`; did you mean `program`?",
            ),
            (
                "[[pages]]\nfiles = []\n",
                "ideas.toml:2:9: a group of no files; expected at least one pattern, such as `programs/**/*.md`",
            ),
            (
                "[[pages]]\nfiles = [\"*.md\"]\nterm = \"fall\"\n",
                "ideas.toml:3:8: `fall` is no term; expected a year (`2026`), or an LFX term of it (`2026-3`)",
            ),
            (
                "[profiles.me]\nskills = [\"go\"]\nhours = \"few\"\n",
                "ideas.toml:3:9: unknown number of hours 'few': expected a number like 175, or a range like 90..175, ..175 or 350..",
            ),
            ("[lint\n", "ideas.toml:1:6: unclosed table, expected `]`"),
            (
                "[[lint.templates]]\nfiles = []\ntemplate = \"bad.toml\"\n",
                "bad.toml:2:1: unknown field `abuot`, expected one of `about`, `program`, `organizations`, `projects`, `shape`, `layout`, `project_level`, `idea_level`, `field`, `keys`, `mentors`, `limits`, `placeholders`; did you mean `about`?",
            ),
        ] {
            let (_folder, config) = load(toml, &[("bad.toml", "\nabuot = \"\"\n")]);
            assert_eq!(config.unwrap_err(), message, "{toml}");
        }
        let (_folder, config) = load("[[lint.templates]]\nfiles = []\ntemplate = \"no.toml\"\n", &[]);
        let error = config.unwrap_err();
        assert_eq!(error, "ideas.toml:3:12: the template no.toml: cannot be read: there is no such file or folder");
    }
}
