//! The rules of the code base that the compiler does not check. Every check is tried on a planted breach, too.
#![allow(clippy::unwrap_used)] // a test that cannot go on has failed

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The modules of the crate: each may use those before it.
const MODULES: [&str; 35] = [
    "text",
    "spelling",
    "storage",
    "database",
    "mojibake",
    "prose",
    "data",
    "page",
    "labels",
    "document",
    "records",
    "programs",
    "idea",
    "layout",
    "store",
    "catalog",
    "query",
    "lint",
    "config",
    "repositories",
    "sources",
    "web",
    "checks",
    "sync",
    "shortlist",
    "render",
    "site",
    "report",
    "author",
    "preferences",
    "validate",
    "desktop",
    "browse",
    "lsp",
    "cli",
];

/// Names that say nothing about what is inside.
const NO_NAMES: [&str; 8] = ["utils", "util", "helpers", "helper", "common", "misc", "shared", "stuff"];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Every source file: its path below `src/`, and its text.
fn sources() -> Vec<(String, String)> {
    fn walk(folder: &Path, files: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() { walk(&path, files) } else { files.push(path) }
        }
    }
    let src = root().join("src");
    let mut files = Vec::new();
    walk(&src, &mut files);
    files.sort();
    assert!(files.len() > 30, "the walk has missed most files");
    let name = |path: &Path| path.strip_prefix(&src).unwrap().to_str().unwrap().replace('\\', "/");
    files.iter().map(|path| (name(path), fs::read_to_string(path).unwrap())).collect()
}

#[test]
fn imports_point_downwards() {
    let breaches: Vec<String> = sources().iter().flat_map(|(path, text)| upward_imports(path, text)).collect();
    assert!(breaches.is_empty(), "{breaches:#?}");
}

#[test]
fn an_upward_import_would_be_seen() {
    for (path, text, seen) in [
        ("text.rs", "use crate::layout::read;", 1),
        ("idea/mentor.rs", "use crate::{\n    prose::Text,\n    query::Query,\n};", 1),
        ("records.rs", "fn f() { crate::cli::run(); }", 1),
        ("document.rs", "pub(crate) fn f() -> crate::records::Records {}", 1),
        ("query/sort.rs", "use crate::idea::Idea;\nuse crate::query::Query;", 0),
        ("prose.rs", "//! See [`crate::layout`].\n// use crate::cli;\nuse crate::text::Span;", 0),
        ("render/why.rs", "use crate::nonsense::Thing;", 1),
        // Tests may stand on anything.
        ("text.rs", "#[cfg(test)]\nmod tests {\n    use crate::layout;\n}", 0),
        ("main.rs", "use mentorship_ideas::cli;", 0),
    ] {
        assert_eq!(upward_imports(path, text).len(), seen, "{path}: {text}");
    }
}

/// Uses of a module that is not below the file's own.
fn upward_imports(path: &str, text: &str) -> Vec<String> {
    let own = path.split(['/', '.']).next().unwrap_or_default();
    let Some(floor) = MODULES.iter().position(|module| *module == own) else {
        // They use everything.
        return if ["lib", "main"].contains(&own) { Vec::new() } else { vec![format!("{path}: `{own}` is no known module")] };
    };
    let code: String =
        text.split("#[cfg(test)]\nmod tests").next().unwrap_or_default().lines().map(code_of).collect::<Vec<_>>().join("\n");
    let mut breaches = Vec::new();
    for (at, _) in code.match_indices("crate::") {
        let line = code[..at].matches('\n').count() + 1;
        let rest = &code[at + "crate::".len()..];
        for module in modules_named(rest) {
            if !MODULES[..=floor].contains(&module) {
                breaches.push(format!("src/{path}:{line}: uses {module}, which is not below {own}"));
            }
        }
    }
    breaches
}

/// The modules behind `crate::`: one, or those of a group in braces.
fn modules_named(rest: &str) -> Vec<&str> {
    let word = |text: &str| text.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(text.len());
    let Some(group) = rest.strip_prefix('{') else { return vec![&rest[..word(rest)]] };
    let mut modules = Vec::new();
    let (mut depth, mut fresh) = (0, true);
    for (at, c) in group.char_indices() {
        match c {
            '}' if depth == 0 => break,
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 0 => fresh = true,
            c if fresh && c.is_alphabetic() => {
                modules.push(&group[at..at + word(&group[at..])]);
                fresh = false;
            }
            _ => {}
        }
    }
    modules
}

/// A line without its comment.
fn code_of(line: &str) -> &str {
    line.split("//").next().unwrap_or_default()
}

#[test]
fn every_file_says_what_it_holds() {
    for (path, text) in sources() {
        assert!(has_header(&text), "src/{path} does not begin with `//!` and a sentence");
    }
}

#[test]
fn a_missing_header_would_be_seen() {
    assert!(has_header("//! What stands here.\n"));
    for text in ["", "use std::fs;\n//! Too late.", "// No doc.", "//!\n", "//! -\n"] {
        assert!(!has_header(text), "{text:?}");
    }
}

fn has_header(text: &str) -> bool {
    text.strip_prefix("//! ").is_some_and(|header| header.lines().next().is_some_and(|line| line.trim().len() > 5))
}

#[test]
fn every_file_has_a_name_that_says_something() {
    for (path, _) in sources() {
        assert_eq!(bad_name(&path), None, "src/{path}");
    }
    assert_eq!(bad_name("render/utils.rs"), Some("utils"));
    assert_eq!(bad_name("common/text.rs"), Some("common"));
    assert_eq!(bad_name("catalog/common_ground.rs"), None);
}

fn bad_name(path: &str) -> Option<&str> {
    path.split(['/', '.']).find(|part| NO_NAMES.contains(part))
}

#[test]
fn every_file_is_compiled() {
    let sources = sources();
    for (path, _) in &sources {
        let Some(stem) = path.strip_suffix(".rs").filter(|stem| !["lib", "main"].contains(stem)) else { continue };
        let (parent, name) = stem.rsplit_once('/').unwrap_or(("lib", stem));
        let parent = sources.iter().find(|(path, _)| *path == format!("{parent}.rs"));
        let named = parent.is_some_and(|(_, text)| text.lines().any(|line| line.trim_end().ends_with(&format!("mod {name};"))));
        assert!(named, "src/{path} is no module: nothing compiles it");
    }
}

/// What stands in capitals beside the reading of a variable and is none that users set for us: options of `less`, what cargo
/// sets, what bash tells a completion, and what is kept from git or said to it.
const NOT_TOLD: [&str; 6] = ["FRX", "LESS", "LV", "CARGO_", "_CLAP_", "GIT_"];

#[test]
fn every_variable_is_told() {
    let run = Command::new(env!("CARGO_BIN_EXE_ideas")).arg("--help").output().unwrap();
    let help = String::from_utf8(run.stdout).unwrap();
    let (_, told) = help.split_once("Environment:").unwrap();
    let told: BTreeSet<&str> = told.split(|c: char| !c.is_ascii_uppercase() && c != '_').collect();
    let read: BTreeSet<String> = sources().iter().flat_map(|(_, text)| variables(text)).collect();
    for known in ["IDEAS_DATA_DIR", "IDEAS_CACHE_DIR", "COLUMNS", "EDITOR", "IDEAS_COMPLETE"] {
        assert!(read.contains(known), "the probe does not see {known}: {read:?}");
    }
    // A library reads this one.
    let read = read.iter().map(String::as_str).chain(["BROWSER"]);
    let missing: Vec<&str> = read.filter(|name| !told.contains(name)).collect();
    assert!(missing.is_empty(), "`ideas --help` does not tell of {missing:?}");
}

/// The variables that a file reads from the environment: what it quotes in capitals.
fn variables(text: &str) -> Vec<String> {
    let text = text.split("#[cfg(test)]").next().unwrap_or_default();
    if !["env::var", "CompleteEnv"].iter().any(|reads| text.contains(reads)) {
        return Vec::new();
    }
    let is_name = |quoted: &&str| quoted.len() > 1 && quoted.bytes().all(|byte| byte.is_ascii_uppercase() || byte == b'_');
    let quoted =
        text.lines().filter(|line| !line.trim_start().starts_with("//")).flat_map(|line| line.split('"').skip(1).step_by(2));
    let is_told = |name: &&str| !NOT_TOLD.iter().any(|known| name == known || (known.ends_with('_') && name.starts_with(known)));
    quoted.filter(is_name).filter(is_told).map(str::to_owned).collect()
}

/// The words of every list below a name in a TOML file, with the line each stands on: enough for our own two files.
fn words(toml: &str, list: &str) -> Vec<(usize, String)> {
    let mut words = Vec::new();
    let mut inside = false;
    for (number, line) in toml.lines().enumerate() {
        let line = line.split(" # ").next().unwrap_or_default();
        let line = if line.trim_start().starts_with('#') { "" } else { line };
        let opens = line.strip_prefix(list).and_then(|rest| rest.trim_start().strip_prefix('='));
        inside |= opens.is_some();
        if inside {
            let said = opens.unwrap_or(line);
            words.extend(said.split('"').skip(1).step_by(2).map(|word| (number + 1, word.to_owned())));
            inside = !said.contains(']') && (said.contains('[') || opens.is_none());
        }
    }
    words
}

/// Words that are there twice: both lines.
fn twice(words: &[(usize, String)]) -> Vec<String> {
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    words
        .iter()
        .filter_map(|(line, word)| seen.insert(word, *line).map(|first| format!("{word:?} on lines {first} and {line}")))
        .collect()
}

fn schema(name: &str) -> String {
    fs::read_to_string(root().join("schemas").join(name)).unwrap()
}

#[test]
fn no_label_stands_in_the_table_twice() {
    let labels = schema("labels.toml");
    for (list, least) in [("heads", 150), ("modifiers", 80), ("container", 50), ("invitation", 40), ("whole", 20)] {
        let words = words(&labels, list);
        assert!(words.len() > least, "{list}: only {} words", words.len());
        assert_eq!(twice(&words), [""; 0], "{list}");
    }
}

#[test]
fn no_skill_means_two_things() {
    let skills = schema("skills.toml");
    let names = words(&skills, "name");
    assert!(names.len() > 60, "only {} skills", names.len());
    assert_eq!(twice(&names), [""; 0]);
    let mut all = names.clone();
    all.extend(words(&skills, "aliases"));
    assert_eq!(twice(&all), [""; 0], "a name is an alias, or an alias of two skills");
}

#[test]
fn every_related_skill_is_a_skill() {
    let skills = schema("skills.toml");
    let names = words(&skills, "name");
    let names: BTreeSet<&str> = names.iter().map(|(_, name)| name.as_str()).collect();
    for (line, related) in words(&skills, "related") {
        assert!(names.contains(related.as_str()), "schemas/skills.toml:{line}: {related:?} is related, but no skill");
    }
}

#[test]
fn a_word_that_is_there_twice_would_be_seen() {
    let toml = "# heads = [\"no\"]\nheads = [\"a\", \"b\"] # \"c\"\nother = [\"a\"]\n[[x]]\nheads = [\n  \"c\",\n  \"a\",\n]\nname = \"a\"\n";
    let heads = words(toml, "heads");
    assert_eq!(
        heads.iter().map(|(line, word)| (*line, word.as_str())).collect::<Vec<_>>(),
        [(2, "a"), (2, "b"), (6, "c"), (7, "a")]
    );
    assert_eq!(twice(&heads), ["\"a\" on lines 2 and 7"]);
    assert_eq!(words(toml, "name"), [(9, "a".to_owned())]);
}
