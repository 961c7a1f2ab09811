//! `ideas validate --changed`: what a branch has touched is told, and nothing of a repository runs.
#![allow(clippy::unwrap_used)] // a test that cannot go on has failed

#[cfg(unix)]
mod script;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A repository whose branch `main` has a page of two ideas, each with a mentor too few.
struct Repository {
    folder: tempfile::TempDir,
}

const IDEAS: [&str; 3] = ["Keep recipes in a registry", "Taste soups in a pipeline", "Wash dishes in parallel"];

fn page(ideas: &[&str]) -> String {
    let idea = |title: &&str| {
        format!(
            "\n#### {title}\n\n- Description: A kitchen has more to do than anybody thinks, and this is a part of it.\n\
             - Expected Outcome: A kitchen that works\n- Recommended Skills: Go\n- Mentor(s):\n  - Bo Reed (@boreed, bo@example.org)\n\
             - Upstream Issue: https://github.com/cloud-kitchen/kitchen/issues/{}\n",
            title.len()
        )
    };
    std::iter::once("### Cloud Kitchen\n".to_owned()).chain(ideas.iter().map(idea)).collect()
}

impl Repository {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let repository = Repository { folder };
        repository.git(&["init", "--quiet", "--initial-branch=main"]);
        fs::write(repository.path("ideas.md"), page(&IDEAS[..2])).unwrap();
        repository.commit();
        repository.git(&["checkout", "--quiet", "-b", "topic"]);
        repository
    }

    fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    fn git(&self, args: &[&str]) {
        git(self.folder.path(), args);
    }

    fn commit(&self) {
        self.git(&["add", "--all"]);
        self.git(&["-c", "user.name=Ada", "-c", "user.email=ada@example.org", "commit", "--quiet", "--message=Pages"]);
    }

    /// What is told, and the exit status: lines of findings, then of remarks.
    fn validate(&self, args: &[&str]) -> (Vec<String>, String, Option<i32>) {
        validate(self.folder.path(), args)
    }
}

fn git(folder: &Path, args: &[&str]) {
    let run = Command::new("git").args(args).current_dir(folder).env("GIT_CONFIG_GLOBAL", "/dev/null").output().unwrap();
    assert!(run.status.success(), "git {args:?}: {}", String::from_utf8_lossy(&run.stderr));
}

fn validate(folder: &Path, args: &[&str]) -> (Vec<String>, String, Option<i32>) {
    let run = Command::new(env!("CARGO_BIN_EXE_ideas"))
        .args(["validate", "--template", "lfx", "--format", "concise"])
        .args(args)
        .current_dir(folder)
        .env_remove("GITHUB_BASE_REF")
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .output()
        .unwrap();
    let found = String::from_utf8(run.stdout).unwrap();
    let place = |line: &str| line.split(": ").take(2).collect::<Vec<_>>().join(" ");
    (found.lines().map(place).collect(), String::from_utf8(run.stderr).unwrap(), run.status.code())
}

#[test]
fn what_stood_there_before_is_not_told() {
    let repository = Repository::new();
    assert_eq!(repository.validate(&[]).0.len(), 2);
    let (found, said, status) = repository.validate(&["--changed"]);
    assert_eq!((found, status), (Vec::new(), Some(0)));
    assert_eq!(said, "note: 2 findings on lines that were not touched since `main`; without --changed all are told\n");
}

#[test]
fn lines_count_whether_committed_or_not() {
    let repository = Repository::new();
    let grown = page(&IDEAS);
    fs::write(repository.path("ideas.md"), &grown).unwrap();
    // Most ideas of the page have the same fault, which is told once, where it stands first.
    let told = || repository.validate(&["--changed", "--select", "mentor-count"]).0;
    assert_eq!(told().len(), 1, "{:?}", told());
    assert!(told()[0].starts_with("ideas.md:8:"), "{:?}", told());
    repository.commit();
    assert_eq!(told().len(), 1);
    // A page that nobody has added yet is new as a whole.
    fs::write(repository.path("more.md"), page(&["Peel potatoes"])).unwrap();
    assert_eq!(told().len(), 2);
    // What `main` has done since is not what this branch has done.
    repository.git(&["checkout", "--quiet", "main"]);
    fs::write(repository.path("other.md"), page(&["Sharpen knives"])).unwrap();
    fs::remove_file(repository.path("more.md")).unwrap();
    repository.commit();
    repository.git(&["checkout", "--quiet", "topic"]);
    assert_eq!(told().len(), 1);
    assert_eq!(repository.validate(&["--changed=main~1", "--select", "mentor-count"]).0.len(), 1);
}

#[test]
fn a_renamed_page_is_compared_with_what_it_was() {
    let repository = Repository::new();
    fs::create_dir(repository.path("pages")).unwrap();
    repository.git(&["mv", "ideas.md", "pages/2026.md"]);
    assert_eq!(repository.validate(&["--changed"]).0, [""; 0], "not committed yet");
    repository.commit();
    assert_eq!(repository.validate(&["--changed"]).0, [""; 0]);
    // From a folder inside, too.
    assert_eq!(validate(&repository.path("pages"), &["--changed"]).0, [""; 0]);
    assert_eq!(validate(&repository.path("pages"), &["2026.md"]).0.len(), 2);
}

#[test]
fn a_baseline_says_nothing_of_lines_that_are_not_looked_at() {
    let repository = Repository::new();
    repository.validate(&["--write-baseline", "known.json"]);
    for args in [&["--changed"][..], &["--select", "mojibake"], &["--ignore", "mentor-*"]] {
        let (found, said, status) = repository.validate(&[&["--baseline", "known.json"], args].concat());
        assert_eq!((found, status), (Vec::new(), Some(0)), "{args:?}");
        assert!(!said.contains("gone") && !said.contains("not there"), "{args:?}: {said}");
    }
    let grown = page(&IDEAS[..2]) + "\nMore.\n";
    fs::write(repository.path("ideas.md"), grown).unwrap();
    assert_eq!(repository.validate(&["--changed", "--baseline", "known.json"]).0, [""; 0]);
}

#[test]
fn nothing_is_written_when_the_environment_makes_no_sense() {
    let repository = Repository::new();
    let with_slip = page(&IDEAS[..2]).replace("Expected Outcome:", "Expected Outcomes:");
    fs::write(repository.path("ideas.md"), &with_slip).unwrap();
    let run = Command::new(env!("CARGO_BIN_EXE_ideas"))
        .args(["validate", "--fix", "--template", "lfx", "ideas.md"])
        .current_dir(repository.folder.path())
        .env("IDEAS_RULES_URL", "no address")
        .output()
        .unwrap();
    assert_eq!(run.status.code(), Some(2), "{}", String::from_utf8_lossy(&run.stderr));
    assert_eq!(fs::read_to_string(repository.path("ideas.md")).unwrap(), with_slip);
}

#[test]
fn only_what_is_touched_is_mended() {
    let repository = Repository::new();
    let with_slip = page(&IDEAS[..2]).replace("Expected Outcome:", "Expected Outcomes:");
    fs::write(repository.path("ideas.md"), &with_slip).unwrap();
    repository.commit();
    repository.git(&["branch", "--quiet", "--force", "main"]);
    let touched = with_slip.replacen("A kitchen that works", "A kitchen that works well", 1);
    fs::write(repository.path("ideas.md"), &touched).unwrap();
    repository.validate(&["--changed", "--fix"]);
    let mended = fs::read_to_string(repository.path("ideas.md")).unwrap();
    assert_eq!(mended, touched.replacen("Expected Outcomes:", "Expected Outcome:", 1));
}

#[test]
fn what_git_cannot_say_is_an_error_that_helps() {
    let outside = tempfile::tempdir().unwrap();
    fs::write(outside.path().join("ideas.md"), page(&IDEAS[..1])).unwrap();
    let (_, said, status) = validate(outside.path(), &["--changed"]);
    assert!(said.contains("the current folder is in, and it is in none (not a git repository"), "{said}");
    assert_eq!(status, Some(2));
    let repository = Repository::new();
    for (arg, message) in [
        ("--changed=nowhere", "there is no commit `nowhere` to compare with; --changed=REF takes a branch, a tag or a commit\n"),
        ("--changed=ideas.md", "; pages stand behind a space: `--changed PAGE`\n"),
        ("--changed=--output=x", "there is no commit `--output=x` to compare with"),
    ] {
        let (_, said, status) = repository.validate(&[arg]);
        assert!(said.contains(message), "{said}");
        assert_eq!(status, Some(2));
    }
    repository.git(&["checkout", "--quiet", "--orphan", "alone"]);
    fs::write(repository.path("ideas.md"), page(&IDEAS)).unwrap();
    repository.commit();
    let (_, said, _) = repository.validate(&["--changed"]);
    assert!(said.contains("have no commit in common here; if the clone is shallow"), "{said}");
    repository.git(&["branch", "--quiet", "-D", "main", "topic"]);
    let (_, said, _) = repository.validate(&["--changed"]);
    assert!(said.contains("say so, as in `--changed=develop`"), "{said}");
}

#[test]
#[cfg(unix)]
fn nothing_of_the_repository_runs() {
    let repository = Repository::new();
    let ran = repository.path("ran");
    let program = repository.path(".git/program");
    script::write(&program, &format!("#!/bin/sh\ntouch {}\ncat\n", ran.display()));
    let program = program.to_str().unwrap().to_owned();
    for setting in
        ["filter.all.clean", "filter.all.smudge", "core.fsmonitor", "diff.external", "diff.all.textconv", "diff.all.command"]
    {
        repository.git(&["config", setting, &program]);
    }
    fs::write(repository.path(".gitattributes"), "* filter=all diff=all\n").unwrap();
    for hook in ["post-index-change", "post-checkout", "reference-transaction"] {
        fs::create_dir_all(repository.path(".git/hooks")).unwrap();
        fs::copy(&program, repository.path(".git/hooks").join(hook)).unwrap();
    }
    fs::write(repository.path("ideas.md"), page(&IDEAS)).unwrap();
    assert_eq!(repository.validate(&["--changed", "--select", "mentor-count"]).0.len(), 1);
    assert!(!ran.exists(), "something has run");
}
