//! A repository of somebody else: what its `ideas.toml` and its links may make the program read and write, and what its author
//! cannot keep from being told.
#![cfg(unix)]
#![allow(clippy::unwrap_used)] // a test that cannot go on has failed

use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use tempfile::TempDir;

const PAGE: &str =
    "### Kitchen\n\n#### Count apples\n\n- Description: TODO\n- Outcome: they donâ€™t count\n- Skill: Go\n- Mentor: Ada\n";

/// A folder with a repository `repo` in it, whose `ideas.toml` is given, and files beside the repository.
struct Place {
    whole: TempDir,
}

impl Place {
    fn new(settings: &str) -> Self {
        let whole = tempfile::tempdir().unwrap();
        fs::create_dir(whole.path().join("repo")).unwrap();
        let place = Place { whole };
        fs::write(place.path("repo/ideas.toml"), settings).unwrap();
        for page in ["repo/page.md", "outside.md"] {
            fs::write(place.path(page), PAGE).unwrap();
        }
        place
    }

    fn path(&self, path: &str) -> PathBuf {
        self.whole.path().join(path)
    }

    /// What `ideas` says in the repository: its exit status, and all it wrote.
    fn run(&self, args: &[&str]) -> (Option<i32>, String) {
        self.run_in("repo", args)
    }

    fn run_in(&self, folder: &str, args: &[&str]) -> (Option<i32>, String) {
        let output = command(&self.path(folder)).args(args).output().unwrap();
        (output.status.code(), String::from_utf8(output.stdout).unwrap() + &String::from_utf8(output.stderr).unwrap())
    }

    fn is_untouched(&self) -> bool {
        fs::read_to_string(self.path("outside.md")).unwrap() == PAGE
    }
}

fn command(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_ideas"));
    command
        .current_dir(folder)
        .env("IDEAS_CONFIG_DIR", concat!(env!("CARGO_TARGET_TMPDIR"), "/no-settings"))
        .env("IDEAS_DATA_DIR", folder.join("none"))
        .env_remove("IDEAS_SAFE_DIRECTORIES")
        .stdin(Stdio::null());
    command
}

#[test]
fn settings_reach_no_further_than_their_folder() {
    for named in
        ["../outside.md", "..", "link.md", "up", "sub/../../outside.md", "/proc/self/environ", "environ.md", "zero.md", "pipe.md"]
    {
        let place = Place::new(&format!("[lint]\npaths = [\"{named}\"]\n"));
        symlink("../outside.md", place.path("repo/link.md")).unwrap();
        symlink("..", place.path("repo/up")).unwrap();
        symlink("/proc/self/environ", place.path("repo/environ.md")).unwrap();
        symlink("/dev/zero", place.path("repo/zero.md")).unwrap();
        assert!(Command::new("mkfifo").arg(place.path("repo/pipe.md")).status().unwrap().success());
        let (status, said) = place.run(&["validate", "--fix"]);
        assert_eq!(status, Some(2), "{named}: {said}");
        assert!(said.contains("ideas.toml:2:10: `") && !said.contains("PATH="), "{named}: {said}");
        assert!(place.is_untouched(), "{named}");
    }
}

#[test]
fn templates_lie_below_the_settings() {
    for named in ["../ours.toml", "link.toml", "pipe.toml"] {
        let place = Place::new(&format!("[[lint.templates]]\nfiles = [\"*\"]\ntemplate = \"{named}\"\n"));
        symlink("/dev/zero", place.path("repo/link.toml")).unwrap();
        assert!(Command::new("mkfifo").arg(place.path("repo/pipe.toml")).status().unwrap().success());
        let (status, said) = place.run(&["validate", "page.md"]);
        assert!(status == Some(2) && said.contains("ideas.toml:3:12: `"), "{named}: {said}");
    }
}

#[test]
fn links_are_not_written_through_to_the_outside() {
    let place = Place::new("");
    symlink("../outside.md", place.path("repo/link.md")).unwrap();
    symlink("page.md", place.path("repo/inside.md")).unwrap();
    let (status, said) = place.run(&["validate", "--fix", "--template", "lfx", "link.md"]);
    assert!(status == Some(2) && said.contains("leads out of this folder"), "{said}");
    // Nothing was mended, and what was found is still there.
    assert!(!said.contains("fixed") && !said.contains("nothing to fix") && said.contains("mojibake"), "{said}");
    assert!(place.is_untouched());
    // A folder's links are not followed at all; a link within it may be named.
    place.run(&["validate", "--fix", "--template", "lfx", "."]);
    assert!(place.is_untouched());
    fs::write(place.path("repo/page.md"), PAGE).unwrap();
    place.run(&["validate", "--fix", "--template", "lfx", "inside.md"]);
    assert_ne!(fs::read_to_string(place.path("repo/page.md")).unwrap(), PAGE);
    // Whoever names a file outside means it.
    place.run(&["validate", "--fix", "--template", "lfx", "../outside.md"]);
    assert!(!place.is_untouched());
}

#[test]
fn what_never_ends_is_not_read() {
    let place = Place::new("");
    symlink("/dev/zero", place.path("repo/zero.md")).unwrap();
    symlink("/proc/self/environ", place.path("repo/environ.md")).unwrap();
    for page in ["zero.md", "environ.md"] {
        for command in [&["validate", page][..], &["fmt", page], &["list", "--catalog", page], &["validate", "--config", page]] {
            let (status, said) = place.run(command);
            assert!(status == Some(2) && said.contains("cannot be read: it is a "), "{command:?}: {said}");
        }
    }
    // Patterns that never end would be read before any page.
    fs::create_dir(place.path("repo/sub")).unwrap();
    fs::write(place.path("repo/sub/page.md"), PAGE).unwrap();
    symlink("/dev/zero", place.path("repo/sub/.gitignore")).unwrap();
    let (_, said) = place.run(&["validate", "--format", "concise", "."]);
    assert!(
        said.contains("sub: skipped: its .gitignore") && said.contains("\npage.md:") && !said.contains("sub/page.md"),
        "{said}"
    );
    let (_, said) = place.run_in("repo/sub", &["validate", "."]);
    assert!(said.contains("skipped: its .gitignore"), "{said}");
}

#[test]
fn settings_that_are_a_link_to_the_outside_are_named_or_not_obeyed() {
    let place = Place::new("");
    fs::remove_file(place.path("repo/ideas.toml")).unwrap();
    fs::write(place.path("other.toml"), "[lint.rules]\nmojibake = \"off\"\n").unwrap();
    symlink("../other.toml", place.path("repo/ideas.toml")).unwrap();
    let (status, said) = place.run(&["validate", "page.md"]);
    assert!(status == Some(2) && said.contains("leads out of its folder"), "{said}");
    let (_, said) = place.run(&["validate", "page.md", "--config", "ideas.toml"]);
    assert!(said.contains("error[") && !said.contains("mojibake"), "{said}");
}

#[test]
fn settings_of_another_user_are_obeyed_if_that_is_said() {
    let place = Place::new("[lint.rules]\nmojibake = \"off\"\n");
    fs::create_dir(place.path("repo/sub")).unwrap();
    fs::write(place.path("repo/sub/page.md"), PAGE).unwrap();
    if std::os::unix::fs::chown(place.path("repo/ideas.toml"), Some(54321), None).is_err() {
        eprintln!("SKIPPED: only root gives files away");
        return;
    }
    let (status, said) = place.run_in("repo/sub", &["validate", "page.md"]);
    assert!(status == Some(2) && said.contains("belongs to another user (id 54321)"), "{said}");
    assert!(said.contains("IDEAS_SAFE_DIRECTORIES=") && said.contains("--config ../ideas.toml"), "{said}");
    let safe = |folders: &Path| {
        let run = command(&place.path("repo/sub"))
            .env("IDEAS_SAFE_DIRECTORIES", folders)
            .args(["validate", "page.md"])
            .output()
            .unwrap();
        run.status.code() == Some(1)
    };
    assert!(safe(Path::new("*")) && safe(&place.path("repo")) && !safe(&place.path("repo/sub")));
    let (status, _) = place.run_in("repo/sub", &["validate", "page.md", "--config", "../ideas.toml"]);
    assert_eq!(status, Some(1));
}

#[test]
fn settings_that_leave_nothing_to_look_at_do_not_pass() {
    let place = Place::new("[lint]\nignore = [\"*\"]\n");
    for command in [&["validate"][..], &["validate", "."], &["fmt", "--check", "."]] {
        let (status, said) = place.run(command);
        assert!(status == Some(2) && said.contains("`ignore` leaves no page to look at (1 page found)"), "{command:?}: {said}");
    }
    // Hooks name every file.
    assert_eq!(place.run(&["validate", "page.md"]).0, Some(0));
}

#[test]
fn errors_count_even_if_nobody_reads_them() {
    let place = Place::new("");
    fs::write(place.path("repo/page.md"), PAGE.repeat(500)).unwrap();
    for args in [&["validate", "page.md"][..], &["validate", "page.md", "--diff"]] {
        let mut child = command(&place.path("repo")).args(args).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        drop(child.stdout.take());
        assert_eq!(child.wait().unwrap().code(), Some(1), "{args:?}");
    }
}

/// Help is data: who redirects it to a full disk must know that it is not there.
#[cfg(target_os = "linux")]
#[test]
fn help_that_cannot_be_written_is_an_error() {
    for args in [&["--help"][..], &["-h"], &["--version"], &["list", "--help"]] {
        let full = fs::File::create("/dev/full").unwrap();
        let done = Command::new(env!("CARGO_BIN_EXE_ideas")).args(args).stdout(full).output().unwrap();
        let said = String::from_utf8(done.stderr).unwrap();
        assert_eq!(done.status.code(), Some(2), "{args:?}: {said}");
        assert!(said.starts_with("error: cannot write: "), "{args:?}: {said}");
    }
}
