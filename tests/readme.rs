//! Every command of the README and of the guide in `docs/` is run, in a folder with the pages they speak of (`tests/readme/`).
//!
//! A `console` block is a recorded session: `$` begins a command, the lines below are what it answers on a terminal;
//! `...` stands for lines that are left out. `SNAPSHOTS=overwrite cargo test --test readme` writes the answers anew. In an `sh`
//! block the commands only have to work. Programs that are not ours are played by `tests/readme/bin/`: no test needs the network.
#![cfg(unix)] // the README speaks to a shell
#![allow(clippy::unwrap_used)] // a test that cannot go on has failed

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
use snapbox::Assert;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The README, the CHANGELOG and the guide: paths from the root, with their text.
fn documents() -> BTreeMap<PathBuf, String> {
    let guide = fs::read_dir(root().join("docs")).unwrap().map(|entry| Path::new("docs").join(entry.unwrap().file_name()));
    let paths = guide.filter(|path| path.extension().is_some_and(|extension| extension == "md"));
    let documents: BTreeMap<PathBuf, String> = paths
        .chain(["README.md".into(), "CHANGELOG.md".into()])
        .map(|path| (path.clone(), fs::read_to_string(root().join(&path)).unwrap()))
        .collect();
    assert!(documents.len() > 10, "the walk has missed most pages: {:?}", documents.keys());
    documents
}

/// The fenced blocks of a language: the lines of each.
fn blocks<'a>(text: &'a str, language: &str) -> Vec<Vec<&'a str>> {
    let mut blocks = Vec::new();
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        if let Some(opened) = line.strip_prefix("```") {
            let block: Vec<&str> = lines.by_ref().take_while(|line| *line != "```").collect();
            if opened == language {
                blocks.push(block);
            }
        }
    }
    blocks
}

/// A folder with the pages that the README speaks of, and nobody else's settings.
struct Shell {
    folder: tempfile::TempDir,
}

impl Shell {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        copy(&root().join("tests/readme"), folder.path());
        Shell { folder }
    }

    /// Runs a line: its exit status, and what it says, standard error first.
    fn run(&self, line: &str) -> (Option<i32>, String) {
        let ours = Path::new(env!("CARGO_BIN_EXE_ideas")).parent().unwrap();
        let path = env::join_paths([self.folder.path().join("bin"), ours.to_owned(), "/usr/bin".into(), "/bin".into()]).unwrap();
        let run = Command::new("sh")
            .args(["-c", line])
            .current_dir(self.folder.path())
            .env_clear()
            .env("PATH", path)
            .env("HOME", self.folder.path())
            .env("LANG", "C.UTF-8")
            // What is built in was of use then.
            .env("IDEAS_TODAY", "2025-10-15")
            // What it is told to open, it takes.
            .env("BROWSER", "true")
            .output()
            .unwrap();
        let said = format!("{}{}", String::from_utf8_lossy(&run.stderr), String::from_utf8_lossy(&run.stdout));
        (run.status.code(), said)
    }
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let path: PathBuf = entry.unwrap().path();
        let target = to.join(path.file_name().unwrap());
        if path.is_dir() { copy(&path, &target) } else { _ = fs::copy(&path, target).unwrap() }
    }
}

#[test]
fn sessions_go_as_the_documentation_says() {
    let mut sessions = 0;
    for (path, text) in documents() {
        let mut updated = text.clone();
        for block in blocks(&text, "console") {
            let shell = Shell::new();
            let mut actual = Vec::new();
            for command in block.iter().filter_map(|line| line.strip_prefix("$ ")) {
                // As on a terminal, where both streams end.
                let (status, said) = shell.run(&format!("exec 2>&1; export IDEAS_FORCE_TTY=100; {command}"));
                assert!(matches!(status, Some(0 | 1)), "{}: $ {command}\n{said}", path.display());
                actual.push(format!("$ {command}\n{}\n", said.trim_end()));
            }
            let actual = actual.join("\n");
            let expected = block.join("\n") + "\n";
            if env::var_os("SNAPSHOTS").is_some_and(|mode| mode == "overwrite") {
                updated = updated.replacen(&expected, &actual, 1);
            } else {
                Assert::new().eq(actual, expected);
            }
            sessions += 1;
        }
        if updated != text {
            fs::write(root().join(path), updated).unwrap();
        }
    }
    assert!(sessions > 5, "only {sessions} sessions were run");
}

#[test]
fn commands_do_what_the_documentation_says() {
    let mut runs = BTreeMap::new();
    for (path, text) in documents() {
        for block in blocks(&text, "sh") {
            let shell = Shell::new();
            for line in block {
                let ours =
                    ["ideas ", "IDEAS_", "| ideas "].iter().any(|start| line.starts_with(start) || line.contains("| ideas "));
                if line.starts_with("cargo ") || !ours {
                    continue;
                }
                let (status, said) = shell.run(line);
                // To find something wrong is what `validate` is for.
                let found = line.contains("ideas validate") && status == Some(1);
                assert!(status == Some(0) || found, "{}: $ {line}\n{status:?}\n{said}", path.display());
                assert!(!said.contains("error: "), "{}: $ {line}\n{said}", path.display());
                *runs.entry(path.clone()).or_insert(0) += 1;
            }
        }
    }
    assert!(runs.len() > 5 && runs.values().sum::<usize>() > 40, "only these commands were run: {runs:?}");
}

#[test]
fn links_lead_somewhere() {
    assert_eq!(broken_links(&documents()), [""; 0]);
}

#[test]
fn a_broken_link_would_be_seen() {
    let pages = [
        (
            "README.md",
            "[a](docs/a.md#still-free) [b](docs/a.md#gone) [c](docs/none.md) [d](#up) [e](https://example.org)\n\n# Up",
        ),
        ("docs/a.md", "## Still free?\n\n[up](../README.md#up) ![picture](../none.png)"),
    ];
    let pages = pages.into_iter().map(|(path, text)| (path.into(), text.to_owned())).collect();
    let broken = ["README.md: docs/a.md#gone", "README.md: docs/none.md", "docs/a.md: ../none.png"];
    assert_eq!(broken_links(&pages), broken);
}

/// Links to files that are not there, or to headings that a page does not have.
fn broken_links(documents: &BTreeMap<PathBuf, String>) -> Vec<String> {
    let anchors: BTreeMap<&Path, BTreeSet<String>> =
        documents.iter().map(|(path, text)| (path.as_path(), anchors(text))).collect();
    let mut broken = Vec::new();
    for (path, text) in documents {
        for event in Parser::new_ext(text, Options::ENABLE_TABLES) {
            let Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) = event else { continue };
            if dest_url.contains("://") {
                continue;
            }
            let (file, anchor) = dest_url.split_once('#').unwrap_or((&dest_url, ""));
            let target = if file.is_empty() { path.clone() } else { joined(path.parent().unwrap(), file) };
            let is_there = match anchors.get(target.as_path()) {
                Some(anchors) => anchor.is_empty() || anchors.contains(anchor),
                None => anchor.is_empty() && root().join(&target).exists(),
            };
            if !is_there {
                broken.push(format!("{}: {dest_url}", path.display()));
            }
        }
    }
    broken
}

/// A relative link from a folder, without `..`.
fn joined(folder: &Path, link: &str) -> PathBuf {
    let mut path = folder.to_path_buf();
    for part in link.split('/') {
        if part == ".." { _ = path.pop() } else { path.push(part) }
    }
    path
}

/// The anchors of a page's headings, as GitHub makes them.
fn anchors(text: &str) -> BTreeSet<String> {
    let mut anchors = BTreeSet::new();
    let mut heading: Option<String> = None;
    for event in Parser::new_ext(text, Options::ENABLE_TABLES) {
        match event {
            Event::Start(Tag::Heading { .. }) => heading = Some(String::new()),
            Event::Text(text) | Event::Code(text) => {
                if let Some(heading) = &mut heading {
                    heading.push_str(&text.to_lowercase());
                }
            }
            Event::End(TagEnd::Heading(_)) => {
                let said = heading.take().unwrap_or_default();
                let kept = said.chars().filter(|c| c.is_alphanumeric() || [' ', '-', '_'].contains(c));
                anchors.insert(kept.map(|c| if c == ' ' { '-' } else { c }).collect());
            }
            _ => {}
        }
    }
    anchors
}

#[test]
fn prose_is_wrapped() {
    for (path, text) in documents() {
        // This one is generated.
        if path != Path::new("docs/rules.md") {
            assert_eq!(long_lines(&text), [0; 0], "lines of {} that are longer than {WIDTH} characters", path.display());
        }
    }
    let long = "x".repeat(WIDTH + 1);
    assert_eq!(long_lines(&format!("{long}\n```\n{long}\n```\n| {long} |\n{long}\n")), [1, 6], "the probe sees long lines");
}

/// How wide lines of prose may be; tables and blocks of code are as wide as they must be.
const WIDTH: usize = 120;

fn long_lines(text: &str) -> Vec<usize> {
    let mut is_code = false;
    let mut long = Vec::new();
    for (line, number) in text.lines().zip(1..) {
        is_code ^= line.starts_with("```");
        if !is_code && !line.starts_with('|') && line.chars().count() > WIDTH {
            long.push(number);
        }
    }
    long
}
