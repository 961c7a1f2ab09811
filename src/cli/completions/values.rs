//! The values that may come next: names from the catalogue that the call names, and those that we know anyway.
//!
//! What ideas say was written by strangers, and a shell takes what it is given for typed: only names of letters, digits and
//! harmless signs are offered. A name of several words is offered as one, `kubeflow-trainer`, which the filters take for the
//! same.

use std::collections::BTreeMap;
use std::env;
use std::ffi::{OsStr, OsString};

use clap_complete::engine::{ArgValueCompleter, CompletionCandidate};

use crate::author::Target;
use crate::catalog::{Catalog, Origin};
use crate::cli::GlobalArgs;
use crate::idea::check::Upstream;
use crate::idea::skill::Skills;
use crate::idea::{Fact, Idea, Status};
use crate::lint::{self, Template};
use crate::programs::When;
use crate::query::facets::{self, Dimension, Group};
use crate::query::sort::SortKey;
use crate::query::suggest::typed;
use crate::render::columns::COLUMNS;
use crate::render::safe;
use crate::shortlist;
use crate::sources::own::Own;
use crate::sources::{Feed, known};
use crate::store::{Manifest, Store};
use crate::text::counted;

/// A value, and what is told about it.
struct Value {
    name: String,
    about: String,
}

impl Value {
    fn new(name: impl Into<String>, about: impl Into<String>) -> Self {
        Value { name: name.into(), about: about.into() }
    }
}

/// Completes the last of several values that are parted by commas; those that stand there already are not offered again.
fn list(values: fn(&str) -> Vec<Value>) -> ArgValueCompleter {
    ArgValueCompleter::new(move |said: &OsStr| {
        let said = said.to_string_lossy();
        let (before, typed) = said.rfind(',').map_or(("", &*said), |comma| said.split_at(comma + 1));
        let is_there = |value: &Value| before.split(',').any(|there| there == value.name);
        candidates(before, typed, values(typed).into_iter().filter(|value| !is_there(value)))
    })
}

/// Completes a value.
fn one(values: fn(&str) -> Vec<Value>) -> ArgValueCompleter {
    ArgValueCompleter::new(move |typed: &OsStr| {
        let typed = typed.to_string_lossy();
        candidates("", &typed, values(&typed).into_iter())
    })
}

/// The values that go on as was typed, in any case. What was typed stays as it is: a shell that compares would not know its
/// word again.
fn candidates(before: &str, typed: &str, values: impl Iterator<Item = Value>) -> Vec<CompletionCandidate> {
    let candidate = |Value { name, about }: Value| {
        let begins = name.get(..typed.len()).is_some_and(|start| start.eq_ignore_ascii_case(typed));
        if !begins || !is_harmless(&name) {
            return None;
        }
        let about = (!about.is_empty()).then(|| safe::line(&about).into_owned().into());
        Some(CompletionCandidate::new(format!("{before}{typed}{}", &name[typed.len()..])).help(about))
    };
    values.filter_map(candidate).collect()
}

/// True if no shell takes any of it for a command.
fn is_harmless(name: &str) -> bool {
    !name.is_empty() && !name.starts_with('-') && name.chars().all(|c| c.is_alphanumeric() || "-_.+#@/".contains(c))
}

/// What the call reads, but for standard input, which is for its own time.
fn catalog() -> Catalog {
    let global = GlobalArgs { catalog: named_in(env::args_os()), ..GlobalArgs::default() };
    // Settings that make no sense are told when the call runs.
    // What a developer has fetched is no matter of tests.
    let mut origins = if cfg!(test) { vec![Origin::Bundled] } else { global.known_origins().unwrap_or_default().0 };
    origins.retain(|origin| !matches!(origin, Origin::Stdin));
    Catalog::of(global.parts(&origins))
}

/// The values of `--catalog` in the words behind the first `--`, which are the call as it is typed. They have been through
/// no shell.
fn named_in(args: impl Iterator<Item = OsString>) -> Vec<OsString> {
    let mut words = args.skip_while(|word| word != "--").skip(1);
    let mut named = Vec::new();
    while let Some(word) = words.next() {
        let value = match word.to_str() {
            Some("--catalog") => match words.next() {
                // Bash takes words apart here.
                Some(equals) if equals == "=" => words.next(),
                next => next,
            },
            Some(word) => word.strip_prefix("--catalog=").map(OsString::from),
            None => None,
        };
        named.extend(value.filter(|value| !value.is_empty()).map(|value| at_home(&value)));
    }
    named
}

/// A path without quotes around it, and with the home folder for its `~`.
fn at_home(path: &OsStr) -> OsString {
    let Some(path) = path.to_str() else { return path.to_owned() };
    let path = path.trim_matches(['"', '\'']);
    match (path.strip_prefix("~/"), env::home_dir()) {
        (Some(below), Some(home)) => home.join(below).into(),
        _ => path.into(),
    }
}

/// The values that ideas have, with their counts.
fn of(dimension: Dimension) -> Vec<Value> {
    let value = |Group { value, places }: Group| Value::new(value, counted(places.len(), "idea"));
    dimension.groups(&catalog().ideas).into_iter().map(value).collect()
}

/// Skills that ideas ask for; if none begins so, other names of skills.
pub(in crate::cli) fn skills() -> ArgValueCompleter {
    list(|typed| {
        let ideas = catalog().ideas;
        let rows = facets::skills(&ideas);
        let begins = |name: &str| name.get(..typed.len()).is_some_and(|start| start.eq_ignore_ascii_case(typed));
        if rows.iter().any(|row| begins(row.name)) {
            return rows.into_iter().map(|row| Value::new(row.name, counted(row.count, "idea"))).collect();
        }
        let known = Skills::get();
        let names = |skill: &'static str| known.names(skill).into_iter().map(move |name| Value::new(name, skill));
        known.all().flat_map(names).collect()
    })
}

/// People by name, or by handle behind an `@`.
pub(in crate::cli) fn mentors() -> ArgValueCompleter {
    list(|said| {
        let ideas = catalog().ideas;
        let value = |row: facets::MentorRow| {
            let about = format!("{}, {}", row.shown(), counted(row.count, "idea"));
            match (said.starts_with('@'), &row.github, &row.name) {
                (true, Some(handle), _) | (false, Some(handle), None) => Some(Value::new(format!("@{handle}"), about)),
                (false, _, Some(name)) => Some(Value::new(typed(name), about)),
                _ => None,
            }
        };
        facets::mentors(&ideas).into_iter().filter_map(value).collect()
    })
}

/// Projects, and the organisations that own their pages.
pub(in crate::cli) fn projects() -> ArgValueCompleter {
    list(|_| {
        let ideas = catalog().ideas;
        let mut values: Vec<Value> = Vec::new();
        for dimension in [Dimension::Project, Dimension::Organization] {
            for Group { value, places } in dimension.groups(&ideas) {
                let name = typed(&value);
                if !values.iter().any(|known| known.name == name) {
                    values.push(Value::new(name, format!("{value}, {}", counted(places.len(), "idea"))));
                }
            }
        }
        values
    })
}

/// Organisations of the ideas.
pub(in crate::cli) fn organizations() -> ArgValueCompleter {
    list(|_| {
        let value =
            |Group { value, places }: Group| Value::new(typed(&value), format!("{value}, {}", counted(places.len(), "idea")));
        Dimension::Organization.groups(&catalog().ideas).into_iter().map(value).collect()
    })
}

/// Programmes of the ideas.
pub(in crate::cli) fn programs() -> ArgValueCompleter {
    list(|_| of(Dimension::Program))
}

/// Years and terms of the ideas, and words for terms.
pub(in crate::cli) fn terms() -> ArgValueCompleter {
    list(|_| {
        let words = When::ALL.map(|when| Value::new(when.as_str(), when.help()));
        words.into_iter().chain(of(Dimension::Term)).collect()
    })
}

/// How far ideas may be along.
pub(in crate::cli) fn statuses() -> ArgValueCompleter {
    list(|_| Status::ALL.map(|status| Value::new(status.as_str(), "")).into())
}

/// How upstream issues may be.
pub(in crate::cli) fn upstreams() -> ArgValueCompleter {
    list(|_| Upstream::ALL.map(|upstream| Value::new(upstream.as_str(), "")).into())
}

/// Hours that ideas take.
pub(in crate::cli) fn hours() -> ArgValueCompleter {
    list(|_| of(Dimension::Size))
}

/// Levels of difficulty that ideas have.
pub(in crate::cli) fn difficulties() -> ArgValueCompleter {
    list(|_| of(Dimension::Difficulty))
}

/// Fields of an idea.
pub(in crate::cli) fn facts() -> ArgValueCompleter {
    list(|_| Fact::ALL.map(|fact| Value::new(fact.as_str(), "")).into())
}

/// Columns of a table.
pub(in crate::cli) fn columns() -> ArgValueCompleter {
    list(|_| COLUMNS.iter().map(|column| Value::new(column.name, column.help)).collect())
}

/// Keys to sort by.
pub(in crate::cli) fn sort_keys() -> ArgValueCompleter {
    list(|_| SortKey::ALL.map(|key| Value::new(key.as_str(), "")).into())
}

/// What ideas can be counted by.
pub(in crate::cli) fn dimensions() -> ArgValueCompleter {
    list(|_| Dimension::ALL.map(|dimension| Value::new(dimension.as_str(), "")).into())
}

/// Ids of ideas.
pub(in crate::cli) fn ids() -> ArgValueCompleter {
    one(|_| {
        // An idea that stands in several terms has one id.
        let titles: BTreeMap<_, _> = catalog().ideas.into_iter().map(|Idea { id, title, .. }| (id, title.value)).collect();
        titles.into_iter().map(|(id, title)| Value::new(id, title)).collect()
    })
}

/// Ids of the shortlist.
pub(in crate::cli) fn shortlisted() -> ArgValueCompleter {
    one(|_| {
        let items =
            shortlist::items(shortlist::entries().unwrap_or_default(), &catalog().ideas, &[], &shortlist::Pages::default());
        items.into_iter().map(|item| Value::new(item.id, item.idea.title.value)).collect()
    })
}

/// Names of sources: the user's, and those that are well known.
pub(in crate::cli) fn sources() -> ArgValueCompleter {
    one(|_| {
        let value = |feed: &Feed| Value::new(&feed.name, feed.about.clone().unwrap_or_else(|| feed.place.to_string()));
        match Own::open() {
            Ok(own) => own.and_known().map(value).collect(),
            Err(_) => known::all().iter().map(value).collect(),
        }
    })
}

/// Organisations whose pages can be fetched.
pub(in crate::cli) fn fetchable() -> ArgValueCompleter {
    list(|_| {
        let (Ok(own), Ok(store)) = (Own::open(), Store::open()) else { return Vec::new() };
        let members = own.and_known().filter_map(|feed| Some(feed.members(&feed.directory(&store).ok()??)));
        let slug = |member: &Feed| member.name.rsplit('/').next().unwrap_or_default().to_owned();
        members.flatten().map(|member| Value::new(slug(&member), member.about.clone().unwrap_or_default())).collect()
    })
}

/// Names of sources that are the user's, or were: what there is to remove.
pub(in crate::cli) fn own_sources() -> ArgValueCompleter {
    one(|_| {
        let own = Own::open().map(|own| own.feeds).unwrap_or_default();
        let fetched = Store::open().ok().and_then(|store| store.manifests().ok()).unwrap_or_default();
        let is_gone = |manifest: &Manifest| !own.iter().any(|feed| feed.is_called(&manifest.source));
        let gone = fetched.into_iter().flatten().filter(is_gone);
        let gone = gone.map(|manifest| Value::new(manifest.source, "none of your sources any more"));
        own.iter().map(|feed| Value::new(&feed.name, feed.place.to_string())).chain(gone).collect()
    })
}

/// Codes of rules.
pub(in crate::cli) fn rules() -> ArgValueCompleter {
    list(|_| lint::rules::ALL.iter().map(|rule| Value::new(rule.code, rule.wants)).collect())
}

/// Names of templates.
pub(in crate::cli) fn templates() -> ArgValueCompleter {
    one(|_| {
        let auto = Value::new("auto", "by the page's shape and programme");
        std::iter::once(auto).chain(Template::all().iter().map(|template| Value::new(template.name.as_str(), ""))).collect()
    })
}

/// Names of what ideas can be written as.
pub(in crate::cli) fn targets() -> ArgValueCompleter {
    one(|_| Target::names().map(|name| Value::new(name, "")).collect())
}

/// Names of commands.
pub(in crate::cli) fn commands() -> ArgValueCompleter {
    one(|_| {
        let command = <crate::cli::Cli as clap::CommandFactory>::command();
        let about = |command: &clap::Command| command.get_about().map(ToString::to_string).unwrap_or_default();
        command.get_subcommands().map(|command| Value::new(command.get_name(), about(command))).collect()
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::{Filter, Query};

    fn offered(completer: &ArgValueCompleter, typed: &str) -> Vec<String> {
        let candidates = completer.complete(OsStr::new(typed));
        candidates.into_iter().map(|candidate| candidate.get_value().to_string_lossy().into_owned()).collect()
    }

    #[test]
    fn every_value_finds_something() {
        let ideas = catalog().ideas;
        for (filter, completer, typed) in [
            (Filter::Skill, skills(), ""),
            (Filter::Mentor, mentors(), ""),
            (Filter::Mentor, mentors(), "@"),
            (Filter::Project, projects(), ""),
            (Filter::Organization, organizations(), ""),
            (Filter::Program, programs(), ""),
            (Filter::Term, terms(), ""),
            (Filter::Hours, hours(), ""),
            (Filter::Difficulty, difficulties(), ""),
            (Filter::Status, statuses(), ""),
            (Filter::Upstream, upstreams(), ""),
            (Filter::Has, facts(), ""),
        ] {
            let values = offered(&completer, typed);
            assert!(!values.is_empty(), "{filter}");
            for value in values {
                let mut query = Query::default();
                query.require(filter, &value).unwrap();
                // Whether any idea states it, or is of the next term, is no matter of names.
                let of_nobody =
                    matches!(filter, Filter::Has | Filter::Status | Filter::Upstream) || When::from_name(&value).is_some();
                assert!(of_nobody || ideas.iter().any(|idea| query.matches(idea)), "--{filter} {value}");
            }
        }
    }

    #[test]
    fn lists_go_on() {
        assert_eq!(offered(&skills(), "rus"), ["rust"]);
        assert_eq!(offered(&skills(), "go,rus"), ["go,rust"]);
        assert_eq!(offered(&skills(), "Go,RUS"), ["Go,RUSt"]);
        assert_eq!(offered(&skills(), "rust,rust"), [""; 0], "it stands there");
        assert_eq!(offered(&skills(), "golan"), ["golang"], "an alias, as no name begins so");
        assert_eq!(offered(&columns(), "title,ho"), ["title,hours"]);
        assert_eq!(offered(&terms(), "2025-"), ["2025-3"]);
        assert_eq!(offered(&terms(), "2025-3,cu"), ["2025-3,current"]);
        assert_eq!(offered(&dimensions(), "skill,te"), ["skill,term"]);
        assert_eq!(offered(&ids(), "kubeflow-deploying").len(), 1);
        assert_eq!(offered(&rules(), "mentor-coun"), ["mentor-count"]);
        assert_eq!(offered(&templates(), "lfx"), ["lfx", "lfx-form"]);
    }

    #[test]
    fn nothing_a_page_says_reaches_a_shell() {
        for (name, harmless) in [
            ("kubeflow-trainer", true),
            ("c++", true),
            ("@jdoe", true),
            ("日本語", true),
            ("", false),
            ("-rf", false),
            ("a b", false),
            ("$(reboot)", false),
            ("a;b", false),
            ("a`b`", false),
            ("a\u{1b}[2J", false),
            ("a'b", false),
        ] {
            assert_eq!(is_harmless(name), harmless, "{name:?}");
            let offered = candidates("", "", [Value::new(name, "about\u{1b}[2J\nme")].into_iter());
            assert_eq!(offered.len(), usize::from(harmless));
            assert!(offered.iter().all(|it| it.get_help().is_some_and(|help| help.to_string() == "about[2J me")));
        }
    }

    #[test]
    fn the_catalogue_of_the_call_is_known() {
        for (args, named) in [
            ("ideas -- ideas list --skill", &[][..]),
            ("ideas -- ideas --catalog a list --catalog=b", &["a", "b"]),
            ("ideas -- ideas --catalog = a list", &["a"]),
            ("ideas --catalog x -- ideas --catalog 'a' list --catalog", &["a"]),
        ] {
            assert_eq!(named_in(args.split(' ').map(OsString::from)), named, "{args}");
        }
    }
}
