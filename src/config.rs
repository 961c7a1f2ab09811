//! `ideas.toml`: what a repository or a user sets once instead of at every call. It is found upwards from the working folder.
//!
//! [`File`] is the file as it is written, and what `ideas schema config` describes; [`Config`] is what it means: patterns are
//! compiled, templates loaded, rules known. Whatever is wrong with it is an error with its place: a setting that is ignored
//! silently is worse than none. Paths in it are relative to the folder it lies in.

use std::collections::BTreeMap;
use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use ignore::gitignore::{Gitignore, GitignoreBuilder};
use schemars::JsonSchema;
use serde::Deserialize;
use toml::Spanned;

use crate::catalog::files;
use crate::lint::{self, Level, Limits, Template, rules};
use crate::query::suggest::nearest;
use crate::text::{Position, Source};

/// What the file is called.
pub const NAME: &str = "ideas.toml";

/// `ideas.toml`, as it is written.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
#[schemars(title = "ideas.toml")]
pub struct File {
    /// What `ideas validate` looks at and how.
    pub lint: Lint,
}

/// What `ideas validate` looks at and how.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
#[schemars(inline)]
pub struct Lint {
    /// Files and folders to look at if a call names none, relative to this file.
    pub paths: Option<Vec<String>>,
    /// Pages to leave alone: patterns as in `.gitignore`.
    #[schemars(with = "Vec<String>")]
    pub ignore: Vec<Spanned<String>>,
    /// How many ideas one project may propose in a term; 5 if it is not set.
    #[schemars(with = "Option<usize>", range(min = 1))]
    pub quota: Option<Spanned<usize>>,
    /// How serious it is to break a rule, by its code; `off` switches it off. `ideas rules` lists all.
    #[schemars(schema_with = "rule_levels")]
    pub rules: BTreeMap<Spanned<String>, RuleLevel>,
    /// Which template pages are held to; of several that fit a page the first counts, without one its shape and programme.
    pub templates: Vec<Assignment>,
}

/// How serious it is to break a rule, or that it does not count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
#[schemars(inline)]
pub enum RuleLevel {
    /// The programme will refuse it, or its readers will be misled.
    Error,
    /// Should be mended.
    Warning,
    /// Worth knowing.
    Info,
    /// Nothing is said about it.
    Off,
}

impl RuleLevel {
    /// The level, if there is one.
    pub fn level(self) -> Option<Level> {
        match self {
            RuleLevel::Error => Some(Level::Error),
            RuleLevel::Warning => Some(Level::Warning),
            RuleLevel::Info => Some(Level::Info),
            RuleLevel::Off => None,
        }
    }
}

/// Pages, and the template they are held to.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
#[schemars(inline)]
pub struct Assignment {
    /// The pages: patterns as in `.gitignore`.
    #[schemars(with = "Vec<String>")]
    pub files: Vec<Spanned<String>>,
    /// The template: `lfx`, `gsoc`, `lfx-form`, `idea`, or the path of a TOML file of your own, relative to this one.
    #[schemars(with = "String")]
    pub template: Spanned<String>,
}

/// A key for each rule, so that editors know them.
fn rule_levels(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
    let level = generator.subschema_for::<RuleLevel>();
    let rules: serde_json::Map<String, serde_json::Value> = rules::ALL
        .iter()
        .map(|rule| {
            let mut schema = level.clone();
            schema.insert("description".to_owned(), format!("{} (`{}` by default)", rule.wants, rule.level.as_str()).into());
            (rule.code.to_owned(), schema.into())
        })
        .collect();
    schemars::json_schema!({ "type": "object", "properties": rules, "additionalProperties": false })
}

/// What is wrong with a file of settings: where, and what to do.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub struct ConfigError {
    /// The file, as it was given or found; or the argument.
    pub path: PathBuf,
    /// Where in it.
    pub position: Option<Position>,
    /// What is wrong.
    pub message: String,
}

impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.path.display())?;
        if let Some(Position { line, column }) = self.position {
            write!(f, ":{line}:{column}")?;
        }
        write!(f, ": {}", self.message)
    }
}

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
    /// The levels of rules that are set.
    pub levels: BTreeMap<&'static str, RuleLevel>,
    /// What may not be exceeded.
    pub limits: Limits,
    templates: Vec<(Gitignore, Held)>,
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
    /// There is one, and it cannot be read or does not make sense.
    pub fn find(here: &Path) -> Result<Self, ConfigError> {
        match here.ancestors().position(|folder| folder.join(NAME).is_file()) {
            // Told as seen from where the user is.
            Some(above) => Self::load(Path::new(&format!("{}{NAME}", "../".repeat(above))), here),
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
        let file: File = parse(&source, toml::from_str(source.text()))?;
        let root = files::absolute(path, here).parent().map(Path::to_owned).unwrap_or_default();
        let shown = path.parent().unwrap_or(Path::new(""));
        let fault = |span: std::ops::Range<usize>, message: String| error(&source, Some(span), message);

        let Lint { paths, ignore, quota, rules, templates } = file.lint;
        let mut levels = BTreeMap::new();
        for (code, level) in rules {
            match lint::rule(code.get_ref()) {
                Some(rule) => _ = levels.insert(rule.code, level),
                None => return Err(fault(code.span(), no_rule(code.get_ref()))),
            }
        }
        let mut limits = Limits::default();
        if let Some(quota) = quota {
            if *quota.get_ref() == 0 {
                return Err(fault(quota.span(), "a quota of 0 allows no idea at all; expected 1 or more".to_owned()));
            }
            limits.quota = quota.into_inner();
        }
        let templates = templates.into_iter().map(|Assignment { files, template }| {
            let name = template.get_ref();
            let held = match Template::named(name) {
                Some(known) => Held::Known(known),
                None if is_file_name(name) => {
                    let own = template_file(&shown.join(name), here);
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
            paths: paths.map(|paths| paths.iter().map(|path| shown.join(path)).collect()),
            ignored: (!ignore.is_empty()).then(|| patterns(&ignore, fault)).transpose()?,
            root,
            levels,
            limits,
            templates,
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

/// True if a template's name can only be meant as a file.
fn is_file_name(name: &str) -> bool {
    Path::new(name).extension().is_some_and(|extension| extension.eq_ignore_ascii_case("toml"))
}

/// That there is no such rule, and what may have been meant.
pub fn no_rule(code: &str) -> String {
    let meant = nearest(code, rules::ALL.iter().map(|rule| rule.code));
    let meant = meant.map(|known| format!("did you mean `{known}`? ")).unwrap_or_default();
    format!("there is no rule `{code}`; {meant}`ideas rules` lists all")
}

fn no_template(name: &str) -> String {
    let names = || Template::all().iter().map(|template| template.name.as_str());
    let known = names().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
    let meant = nearest(name, names()).map(|known| format!("did you mean `{known}`? ")).unwrap_or_default();
    format!("there is no template `{name}`; {meant}There are {known}, and any TOML file such as `templates/ours.toml`")
}

pub(crate) fn patterns(
    lines: &[Spanned<String>],
    fault: impl Fn(std::ops::Range<usize>, String) -> ConfigError,
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

pub(crate) fn read(path: &Path, here: &Path) -> Result<Source, ConfigError> {
    let fault = |message: String| ConfigError { path: path.to_owned(), position: None, message };
    let bytes = std::fs::read(here.join(path)).map_err(|cause| {
        fault(match cause.kind() {
            io::ErrorKind::NotFound => "cannot be read: there is no such file".to_owned(),
            io::ErrorKind::PermissionDenied => "cannot be read: permission denied".to_owned(),
            _ => format!("cannot be read: {cause}"),
        })
    })?;
    let (source, oddities) = Source::decode(path, bytes);
    match oddities.first() {
        Some(odd) => Err(error(&source, Some(odd.span.range()), "TOML is text in UTF-8, and this is not".to_owned())),
        None => Ok(source),
    }
}

pub(crate) fn parse<T>(source: &Source, read: Result<T, toml::de::Error>) -> Result<T, ConfigError> {
    read.map_err(|cause| error(source, cause.span(), with_suggestion(cause.message())))
}

pub(crate) fn error(source: &Source, span: Option<std::ops::Range<usize>>, message: String) -> ConfigError {
    let position = span.map(|span| source.position(span.start));
    ConfigError { path: source.path().to_owned(), position, message }
}

/// What serde says about an unknown name ("unknown field `lnt`, expected one of `lint`, `sources`"), with the name that was
/// probably meant.
fn with_suggestion(message: &str) -> String {
    let message = message.trim_end().replace('\n', "; ");
    if !message.starts_with("unknown ") {
        return message;
    }
    let mut names = message.split('`').skip(1).step_by(2);
    let Some(seen) = names.next() else { return message };
    match nearest(seen, names) {
        Some(known) => format!("{message}; did you mean `{known}`?"),
        None => message,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
        assert_eq!(config.limits.quota, 3);
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
    fn an_empty_file_sets_nothing() {
        let (_folder, config) = load("", &[]);
        let config = config.unwrap();
        assert!(config.levels.is_empty() && config.paths.is_none() && config.limits.quota == 5);
    }

    #[test]
    fn mistakes_have_a_place_and_a_way_out() {
        for (toml, message) in [
            ("[lnt]\n", "ideas.toml:1:2: unknown field `lnt`, expected `lint`; did you mean `lint`?"),
            (
                "[lint]\nqouta = 3\n",
                "ideas.toml:2:1: unknown field `qouta`, expected one of `paths`, `ignore`, `quota`, `rules`, `templates`; did you mean `quota`?",
            ),
            ("[lint]\nquota = 0\n", "ideas.toml:2:9: a quota of 0 allows no idea at all; expected 1 or more"),
            ("[lint]\nquota = \"3\"\n", "ideas.toml:2:9: invalid type: string \"3\", expected usize"),
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
                "ideas.toml:3:12: there is no template `lxf`; did you mean `lfx`? There are `lfx`, `gsoc`, `lfx-form`, `idea`, and any TOML file such as `templates/ours.toml`",
            ),
            ("[[lint.templates]]\nfiles = []\n", "ideas.toml:1:1: missing field `template`"),
            ("[lint\n", "ideas.toml:1:6: unclosed table, expected `]`"),
            (
                "[[lint.templates]]\nfiles = []\ntemplate = \"bad.toml\"\n",
                "bad.toml:2:1: unknown field `abuot`, expected one of `about`, `program`, `shape`, `layout`, `project_level`, `idea_level`, `field`, `keys`, `mentors`, `limits`, `placeholders`; did you mean `about`?",
            ),
        ] {
            let (_folder, config) = load(toml, &[("bad.toml", "\nabuot = \"\"\n")]);
            assert_eq!(config.unwrap_err(), message, "{toml}");
        }
        let (_folder, config) = load("[[lint.templates]]\nfiles = []\ntemplate = \"no.toml\"\n", &[]);
        let error = config.unwrap_err();
        assert_eq!(error, "ideas.toml:3:12: the template no.toml: cannot be read: there is no such file");
    }
}
