//! How serious it is to break rules, on all pages and on some: `[lint.rules]` and `[[lint.overrides]]`.

use std::borrow::Cow;
use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::ops::Range;
use std::path::Path;

use globset::GlobBuilder;
use ignore::gitignore::Gitignore;
use toml::Spanned;

use super::file::{Override, RuleLevel};
use super::{Config, ConfigError, patterns};
use crate::lint::{Options, rules};
use crate::spelling::{nearest, slips};

/// The levels that are set, by the codes of rules.
pub type Levels = BTreeMap<&'static str, RuleLevel>;

/// What is set for some pages.
#[derive(Debug)]
pub(super) struct Overridden {
    pages: Gitignore,
    levels: Levels,
    options: Options,
}

/// The codes of the rules that a name means: a code, or a pattern of codes such as `mentor-*`.
///
/// # Errors
///
/// There is no such rule; the message says what may have been meant.
pub fn codes(name: &str) -> Result<Vec<&'static str>, String> {
    let all = || rules::ALL.iter().map(|rule| rule.code);
    if let Some(code) = all().find(|code| code.eq_ignore_ascii_case(name)) {
        return Ok(vec![code]);
    }
    let hint = |meant: Option<&str>| meant.map(|meant| format!("did you mean `{meant}`? ")).unwrap_or_default();
    if !is_pattern(name) {
        let families = families();
        // `mentr` is a slip of what many codes begin with.
        let family = || families.iter().find(|family| slips(name, family.trim_matches(['*', '-'])).is_some());
        let meant = hint(nearest(name, all()).or_else(|| family().map(String::as_str)));
        return Err(format!("there is no rule `{name}`; {meant}`ideas rules` lists all"));
    }
    let glob = GlobBuilder::new(name).case_insensitive(true).build();
    let glob = glob.map_err(|cause| format!("`{name}` is no pattern of rules: {}", cause.kind()))?.compile_matcher();
    let codes: Vec<&str> = all().filter(|code| glob.is_match(code)).collect();
    if codes.is_empty() {
        let meant = hint(nearest(name, families().iter().map(String::as_str)));
        return Err(format!("no rule is called like `{name}`; {meant}`ideas rules` lists all"));
    }
    Ok(codes)
}

/// Patterns of the codes that share a beginning or an end: `mentor-*`, `*-length`.
fn families() -> Vec<String> {
    let parts = rules::ALL.iter().filter_map(|rule| Some((rule.code.split_once('-')?, rule.code.rsplit_once('-')?)));
    let patterns = parts.flat_map(|((head, _), (_, tail))| [format!("{head}-*"), format!("*-{tail}")]);
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for pattern in patterns {
        *counts.entry(pattern).or_default() += 1;
    }
    counts.into_iter().filter(|&(_, count)| count > 1).map(|(pattern, _)| pattern).collect()
}

/// True for a name that stands for several codes.
fn is_pattern(name: &str) -> bool {
    name.contains(['*', '?', '['])
}

/// The levels that a table sets. What is said of fewer rules counts: it comes last, and stays; a code after a pattern
/// that fits only it.
pub(super) fn levels(
    table: BTreeMap<Spanned<String>, RuleLevel>,
    fault: impl Fn(Range<usize>, String) -> ConfigError,
) -> Result<Levels, ConfigError> {
    let said = table.into_iter().map(|(name, level)| {
        let codes = codes(name.get_ref()).map_err(|message| fault(name.span(), message))?;
        Ok((codes, is_pattern(name.get_ref()), level))
    });
    let mut said = said.collect::<Result<Vec<_>, _>>()?;
    said.sort_by_key(|(codes, is_pattern, _)| (Reverse(codes.len()), !is_pattern));
    let mut levels = Levels::new();
    for (codes, _, level) in said {
        levels.extend(codes.into_iter().map(|code| (code, level)));
    }
    Ok(levels)
}

/// What a table of `[[lint.overrides]]` means.
pub(super) fn overridden(
    table: Override,
    fault: impl Fn(Range<usize>, String) -> ConfigError,
) -> Result<Overridden, ConfigError> {
    let Override { paths, rules, mentor_count, title_length, description_length, upstream_count, size_value } = table;
    if paths.get_ref().is_empty() {
        let message = "no paths to hold to other levels; expected at least one pattern, such as `archive/**`".to_owned();
        return Err(fault(paths.span(), message));
    }
    let options = Options { mentor_count, title_length, description_length, upstream_count, size_value };
    Ok(Overridden { pages: patterns(paths.get_ref(), &fault)?, levels: levels(rules, &fault)?, options })
}

impl Config {
    /// The levels of rules on a page; of several tables that fit it, the last one that names a rule counts.
    pub fn levels_of(&self, page: &Path, here: &Path) -> Cow<'_, Levels> {
        let mut levels = Cow::Borrowed(&self.levels);
        for table in self.overrides.iter().filter(|table| self.fits(&table.pages, page, here)) {
            levels.to_mut().extend(&table.levels);
        }
        levels
    }

    /// The numbers that are set for rules on a page; of several tables that fit it, the last one that sets a number counts.
    pub fn options_of(&self, page: &Path, here: &Path) -> Options {
        let fitting = self.overrides.iter().filter(|table| self.fits(&table.pages, page, here));
        fitting.fold(self.options.clone(), |options, table| table.options.or(&options))
    }
}

#[cfg(test)]
mod tests {
    use super::RuleLevel::{Error, Info, Off, Warning};
    use super::*;

    #[test]
    fn patterns_mean_the_codes_that_they_fit() {
        assert_eq!(codes("mentor-count").unwrap(), ["mentor-count"]);
        assert_eq!(codes("*-length").unwrap(), ["description-length", "title-length"]);
        assert_eq!(codes("Mentor-Count").unwrap(), ["mentor-count"]);
        assert_eq!(codes("Mentor-C*").unwrap(), ["mentor-count"]);
        assert_eq!(codes("*").unwrap().len(), rules::ALL.len());
        for (name, message) in [
            ("mentor-cuont", "there is no rule `mentor-cuont`; did you mean `mentor-count`? `ideas rules` lists all"),
            ("mentr", "there is no rule `mentr`; did you mean `mentor-*`? `ideas rules` lists all"),
            ("soup-*", "no rule is called like `soup-*`; `ideas rules` lists all"),
            ("mentr-*", "no rule is called like `mentr-*`; did you mean `mentor-*`? `ideas rules` lists all"),
            ("*-lenght", "no rule is called like `*-lenght`; did you mean `*-length`? `ideas rules` lists all"),
            ("{quota,mojibake}", "there is no rule `{quota,mojibake}`; `ideas rules` lists all"),
            ("mentor-[", "`mentor-[` is no pattern of rules: unclosed character class; missing ']'"),
        ] {
            assert_eq!(codes(name).unwrap_err(), message);
        }
    }

    fn config(toml: &str) -> (tempfile::TempDir, Result<Config, String>) {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join(super::super::NAME), toml).unwrap();
        let config = Config::find(folder.path()).map_err(|error| error.to_string());
        (folder, config)
    }

    #[test]
    fn what_is_said_of_fewer_pages_or_rules_counts() {
        let (folder, config) = config(
            r#"
[lint]
mentor-count.least = 2
title-length.most = 80

[lint.rules]
"mentor-*" = "off"
"*" = "info"
"t*-length" = "off"
"[a-z]*-length" = "error"
mentor-count = "error"

[[lint.overrides]]
paths = ["archive/"]
rules = { quota = "off", mentor-count = "warning" }
mentor-count.least = 1

[[lint.overrides]]
paths = ["archive/2020/**"]
rules."*-count" = "off"
"#,
        );
        let (here, config) = (folder.path(), config.unwrap());
        for (page, count, link, quota, least) in [
            ("a.md", Error, Off, Info, 2),
            ("archive/a.md", Warning, Off, Off, 1),
            ("archive/2020/a.md", Off, Off, Off, 1),
            ("../archive/a.md", Error, Off, Info, 2),
        ] {
            let levels = config.levels_of(Path::new(page), here);
            assert_eq!((levels["mentor-count"], levels["mentor-link"], levels["quota"]), (count, link, quota), "{page}");
            assert_eq!(
                (levels["title-length"], levels["description-length"]),
                (Off, Error),
                "{page}: fewer rules, not a longer name"
            );
            let options = config.options_of(Path::new(page), here);
            assert_eq!(options.mentor_count.least.map(std::num::NonZeroUsize::get), Some(least), "{page}");
            assert_eq!(options.title_length.most.map(std::num::NonZeroUsize::get), Some(80), "{page}");
        }
    }

    #[test]
    fn mistakes_have_a_place_and_a_way_out() {
        for (toml, message) in [
            (
                "[[lint.overrides]]\npaths = []\n",
                "ideas.toml:2:9: no paths to hold to other levels; expected at least one pattern, such as `archive/**`",
            ),
            (
                "[[lint.overrides]]\npaths = [\"a\"]\nrules = { quotta = \"off\" }\n",
                "ideas.toml:3:11: there is no rule `quotta`; did you mean `quota`? `ideas rules` lists all",
            ),
            (
                "[lint]\nmentor-count.lest = 1\n",
                "ideas.toml:2:14: unknown field `lest`, expected `least` or `most`; did you mean `least`?",
            ),
            (
                "[lint]\nsize-value.hours = []\n",
                "ideas.toml:2:20: no sizes; expected at least one, such as `[175]`; `size-value = \"off\"` in [lint.rules] asks for none",
            ),
            (
                "[lint]\nmentor-count = { least = 5, most = 2 }\n",
                "ideas.toml:2:16: no idea can have at least 5 mentors and at most 2; expected `least` up to `most`",
            ),
            ("[lint]\nmentor-count.least = 0\n", "ideas.toml:2:22: invalid value: integer `0`, expected 1 or more"),
        ] {
            assert_eq!(config(toml).1.unwrap_err(), message, "{toml}");
        }
    }
}
