//! A first `ideas.toml` for a folder: the pages that hold ideas as patterns, and everything else that can be set as comments
//! that only wait for their `#` to be taken away.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

/// A page that holds ideas, and what it says about itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Seen {
    /// Its path from the folder, with `/` between its parts.
    pub path: String,
    /// How many ideas it holds.
    pub ideas: usize,
    /// Who owns it, if it says so.
    pub organization: Option<String>,
    /// Its programme, as our JSON names it, if it says so.
    pub program: Option<String>,
    /// Its term, if it says so.
    pub term: Option<String>,
}

/// So many folders are named one by one; of more the folder above them all is.
const FOLDERS: usize = 3;

const REST: &str = r#"
# What somebody brings and wishes for: `ideas match --profile me`.
# [profiles.me]
# skills = ["go", "kubernetes"]
# want = ["ebpf"]
# avoid = ["php"]
# hours = "..175"
# difficulty = "easy..medium"

# What `ideas validate` looks at, and how.
# [lint]
# paths = ["ideas.md"]         # otherwise the pages above
# ignore = ["archive/"]
# quota = 5                    # ideas that one project may propose in a term; or quota.default = 5, quota.kubernetes = 8

# How serious it is to break a rule: error, warning, info or off. `ideas rules` lists all.
# [lint.rules]
# mentor-count = "error"

# Which template pages are held to; otherwise their shape and programme decide.
# [[lint.templates]]
# files = ["gsoc/"]
# template = "gsoc"            # lfx, cncf-gsoc, gsoc, ospp, plain, lfx-form, idea, or a TOML file of your own
"#;

/// The text of the file. `seen` are the pages that it is to name.
pub fn starter(seen: &[Seen]) -> String {
    let mut text = "\
# Settings of `ideas` for this folder and those below it. `ideas schema config` describes all of them, for editors, too.

# The pages of the catalogue: patterns as in .gitignore. A page belongs to the first group that it fits.
"
    .to_owned();
    if seen.is_empty() {
        text.push_str("# [[pages]]\n# files = [\"ideas/*.md\"]\n");
        text.push_str("# organization = \"…\"           # what a page does not say itself\n");
        text.push_str("# program = \"gsoc\"\n# term = \"2026\"\n");
    }
    if !seen.is_empty() {
        write_group(&mut text, seen);
    }
    text.push_str(REST);
    text
}

fn write_group(text: &mut String, pages: &[Seen]) {
    let files = patterns(&pages.iter().map(|page| page.path.as_str()).collect::<Vec<_>>());
    let files: Vec<String> = files.into_iter().map(quoted).collect();
    let one_line = files.join(", ");
    let list = if one_line.len() <= 100 { one_line } else { format!("\n    {},\n", files.join(",\n    ")) };
    // A `String` takes whatever is written.
    let _ = writeln!(text, "[[pages]]\nfiles = [{list}]");
    let mut ask = |key: &str, example: &str, said: &dyn Fn(&Seen) -> Option<&String>| {
        let silent = pages.iter().filter(|page| said(page).is_none()).count();
        if silent > 0 {
            let example = quoted(agreed(pages.iter().filter_map(said)).unwrap_or(example).to_owned());
            let _ = writeln!(text, "# {key} = {example} # {silent} of {} pages do not say", pages.len());
        }
    };
    ask("organization", "…", &|page| page.organization.as_ref());
    ask("program", "gsoc", &|page| page.program.as_ref());
    ask("term", "2026", &|page| page.term.as_ref());
}

fn quoted(text: String) -> String {
    toml::Value::String(text).to_string()
}

/// What all that say something say.
fn agreed<'a>(mut said: impl Iterator<Item = &'a String>) -> Option<&'a str> {
    let first = said.next()?;
    said.all(|other| other == first).then_some(first)
}

/// Few patterns that fit all these files: those of one name in several folders, those of one folder, and the rest one by one.
fn patterns(files: &[&str]) -> Vec<String> {
    let mut patterns = Vec::new();
    let mut by_name: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for file in files {
        by_name.entry(name(file)).or_default().push(folder(file));
    }
    let mut rest: BTreeMap<(&str, &str), Vec<&str>> = BTreeMap::new();
    for (name, folders) in by_name {
        if folders.len() > 1 {
            patterns.push(below(common(&folders), &literal(name)));
        } else {
            let extension = name.rsplit_once('.').map_or("", |(_, extension)| extension);
            rest.entry((folders[0], extension)).or_default().push(name);
        }
    }
    let (several, single): (Vec<_>, Vec<_>) = rest.into_iter().partition(|(_, names)| names.len() > 1);
    let extensions: BTreeSet<&str> = several.iter().map(|((_, extension), _)| *extension).collect();
    for extension in extensions {
        let folders: Vec<&str> =
            several.iter().filter(|((_, other), _)| *other == extension).map(|((folder, _), _)| *folder).collect();
        let all = format!("*.{}", literal(extension));
        if folders.len() > FOLDERS {
            patterns.push(below(common(&folders), &all));
        } else {
            patterns.extend(folders.iter().map(|folder| format!("/{}{all}", literal(folder))));
        }
    }
    patterns.extend(single.into_iter().map(|((folder, _), names)| format!("/{}{}", literal(folder), literal(names[0]))));
    patterns.sort();
    // A slash within a pattern ties it to this folder already.
    patterns.into_iter().map(|pattern| if pattern[1..].contains('/') { pattern[1..].to_owned() } else { pattern }).collect()
}

/// Whatever `pattern` fits in a folder or deeper.
fn below(folder: &str, pattern: &str) -> String {
    format!("/{}**/{pattern}", literal(folder))
}

/// The folder of a file, with its slash; nothing if it lies in none.
fn folder(file: &str) -> &str {
    &file[..file.len() - name(file).len()]
}

fn name(file: &str) -> &str {
    file.rsplit('/').next().unwrap_or(file)
}

/// The folder that all lie in, with its slash.
fn common<'a>(folders: &[&'a str]) -> &'a str {
    let mut shared = folders[0];
    while !folders.iter().all(|other| other.starts_with(shared)) {
        shared = folder(shared.trim_end_matches('/'));
    }
    shared
}

/// A path that means itself as a pattern.
fn literal(path: &str) -> String {
    let mut literal = String::with_capacity(path.len());
    for c in path.chars() {
        if matches!(c, '*' | '?' | '[' | ']' | '{' | '}' | '\\' | '!' | '#' | ' ') {
            literal.push('\\');
        }
        literal.push(c);
    }
    literal
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use ignore::gitignore::GitignoreBuilder;
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn files_become_few_patterns() {
        for (files, expected) in [
            (&["ideas.md"][..], &["/ideas.md"][..]),
            (&["docs/ideas.md"], &["docs/ideas.md"]),
            (&["gsoc/2024.md", "gsoc/2025.md"], &["gsoc/*.md"]),
            (&["lfx/2024/ideas.md", "lfx/2025/ideas.md"], &["lfx/**/ideas.md"]),
            (&["a/ideas.md", "b/c/ideas.md"], &["**/ideas.md"]),
            (&["a/1.md", "a/2.md", "b.md"], &["a/*.md", "/b.md"]),
            (&["a b/[x].md"], &["a\\ b/\\[x\\].md"]),
            (&["y/1/a.md", "y/1/b.md", "y/2/c.md", "y/2/d.md", "y/3/e.md", "y/3/f.md", "y/4/g.md", "y/4/h.md"], &["y/**/*.md"]),
        ] {
            assert_eq!(patterns(files), expected, "{files:?}");
        }
    }

    proptest! {
        #[test]
        fn every_file_fits_a_pattern(files in prop::collection::btree_set("([ab*! ]{1,2}/){0,3}[a-c#\\[]{1,2}\\.(md|json)", 1..12)) {
            let files: Vec<&str> = files.iter().map(String::as_str).collect();
            let mut builder = GitignoreBuilder::new("");
            for pattern in patterns(&files) {
                builder.add_line(None, &pattern).unwrap();
            }
            let fits = builder.build().unwrap();
            for file in files {
                prop_assert!(fits.matched_path_or_any_parents(Path::new(file), false).is_ignore(), "{file}");
            }
        }
    }

    #[test]
    fn what_is_commented_out_can_be_set() {
        let set = |text: &str| -> String {
            let lines = text.lines().filter(|line| !line.starts_with("# ") || line.contains(" = ") || line.starts_with("# ["));
            lines.map(|line| line.strip_prefix("# ").unwrap_or(line)).collect::<Vec<_>>().join("\n")
        };
        for seen in [&[][..], &[Seen { path: "a.md".to_owned(), ideas: 2, ..Seen::default() }]] {
            let text = starter(seen);
            for text in [text.clone(), set(&text)] {
                let folder = tempfile::tempdir().unwrap();
                std::fs::write(folder.path().join(super::super::NAME), &text).unwrap();
                let config = super::super::Config::find(folder.path());
                assert!(config.is_ok(), "{text}\n{}", config.unwrap_err());
            }
            assert_eq!(set(&text).matches("\n[").count(), 5, "{text}");
        }
    }
}
