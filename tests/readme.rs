//! Every command of the README is run, in a folder with the pages it speaks of (`tests/readme/`).
//!
//! A `console` block is a recorded session: `$` begins a command, the lines below are what it answers on a terminal;
//! `...` stands for lines that are left out. `SNAPSHOTS=overwrite cargo test --test readme` writes the answers anew. In an `sh`
//! block the commands only have to work. Programs that are not ours are played by `tests/readme/bin/`: no test needs the network.
#![cfg(unix)] // the README speaks to a shell
#![allow(clippy::unwrap_used)] // a test that cannot go on has failed

use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

use snapbox::Assert;

const README: &str = include_str!("../README.md");

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// A fenced block: its language, and its lines.
fn blocks(language: &str) -> Vec<Vec<&'static str>> {
    let mut blocks = Vec::new();
    let mut lines = README.lines();
    while let Some(line) = lines.next() {
        if let Some(opened) = line.strip_prefix("```") {
            let block: Vec<&str> = lines.by_ref().take_while(|line| *line != "```").collect();
            if opened == language {
                blocks.push(block);
            }
        }
    }
    assert!(!blocks.is_empty(), "the README has no {language} block");
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
fn sessions_go_as_the_readme_tells() {
    let mut readme = README.to_owned();
    for block in blocks("console") {
        let shell = Shell::new();
        let mut went = Vec::new();
        for command in block.iter().filter_map(|line| line.strip_prefix("$ ")) {
            // As on a terminal, where both streams end.
            let (status, said) = shell.run(&format!("exec 2>&1; export IDEAS_FORCE_TTY=100; {command}"));
            assert!(matches!(status, Some(0 | 1)), "$ {command}\n{said}");
            went.push(format!("$ {command}\n{}\n", said.trim_end()));
        }
        let went = went.join("\n");
        let told = block.join("\n") + "\n";
        if env::var_os("SNAPSHOTS").is_some_and(|mode| mode == "overwrite") {
            readme = readme.replacen(&told, &went, 1);
        } else {
            Assert::new().eq(went, told);
        }
    }
    if readme != README {
        fs::write(root().join("README.md"), readme).unwrap();
    }
}

#[test]
fn commands_do_what_the_readme_says() {
    let mut runs = 0;
    for block in blocks("sh") {
        let shell = Shell::new();
        for line in block {
            let ours = ["ideas ", "IDEAS_", "| ideas "].iter().any(|start| line.starts_with(start) || line.contains("| ideas "));
            if line.starts_with("cargo ") || !ours {
                continue;
            }
            let (status, said) = shell.run(line);
            // To find something wrong is what `validate` is for.
            let found = line.contains("ideas validate") && status == Some(1);
            assert!(status == Some(0) || found, "$ {line}\n{status:?}\n{said}");
            assert!(!said.contains("error: "), "$ {line}\n{said}");
            runs += 1;
        }
    }
    assert!(runs > 20, "only {runs} commands were run");
}
