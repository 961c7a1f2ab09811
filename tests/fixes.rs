//! `--fix` through the whole program: what is written, and what is left exactly as it was.
#![allow(clippy::unwrap_used)] // a test that cannot go on has failed

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use mentorship_ideas::lint::Template;

fn ideas(args: &[&str], folder: &Path, stdin: &[u8]) -> Output {
    let mut run = Command::new(env!("CARGO_BIN_EXE_ideas"))
        .current_dir(folder)
        .env_remove("IDEAS_CATALOG")
        .args(args)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // A call that reads nothing may have ended already.
    let _ = run.stdin.take().unwrap().write_all(stdin);
    run.wait_with_output().unwrap()
}

/// A page that follows its template, but for two handles, in Windows' ways; and how it is when it is mended.
fn page() -> (Vec<u8>, Vec<u8>) {
    let good = Template::named("lfx").unwrap().example.replace('\n', "\r\n");
    let bad = good.replace("(@boreed", "(boreed").replace("(@cy-marsh", "(cy-marsh");
    let bytes = |text: String| format!("\u{feff}{text}\r\n\r\n <!-- \u{1b}[2J \u{7} -->  ").into_bytes();
    (bytes(bad), bytes(good))
}

#[test]
fn everything_else_stays_byte_for_byte() {
    let folder = tempfile::tempdir().unwrap();
    let (bad, good) = page();
    fs::write(folder.path().join("a.md"), &bad).unwrap();
    let run = ideas(&["validate", "--fix", "--select", "mentor-handle-format"], folder.path(), b"");
    assert_eq!(run.status.code(), Some(0), "{run:?}");
    assert_eq!(fs::read(folder.path().join("a.md")).unwrap(), good);
    assert!(String::from_utf8(run.stderr).unwrap().contains("2 findings fixed in 1 page"));
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "nothing is left beside the page");
}

#[test]
fn a_page_goes_through_a_pipe_byte_for_byte() {
    let folder = tempfile::tempdir().unwrap();
    let (bad, good) = page();
    let args = ["validate", "-", "--fix", "--select", "mentor-handle-format"];
    assert_eq!(ideas(&args, folder.path(), &bad).stdout, good);
    assert_eq!(ideas(&args, folder.path(), &good).stdout, good);
    // What is not UTF-8 goes through as it came.
    let latin1 = [b"\xe9".as_slice(), &bad].concat();
    let run = ideas(&args, folder.path(), &latin1);
    assert_eq!(run.stdout, latin1);
    assert!(String::from_utf8(run.stderr).unwrap().contains("is not UTF-8, so it was not mended (2 fixable)"));
}

#[test]
fn a_page_that_is_not_utf8_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let text: String = String::from_utf8(page().0).unwrap();
    let utf16: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    for bytes in [[b"\xe9".as_slice(), text.as_bytes()].concat(), utf16] {
        fs::write(folder.path().join("a.md"), &bytes).unwrap();
        let run = ideas(&["validate", "--fix", "--format", "concise"], folder.path(), b"");
        assert_eq!(fs::read(folder.path().join("a.md")).unwrap(), bytes);
        assert!(String::from_utf8(run.stdout).unwrap().contains("mentor-handle-format"));
        assert!(String::from_utf8(run.stderr).unwrap().contains("is not UTF-8"));
    }
}

#[test]
fn a_diff_can_be_applied() {
    let folder = tempfile::tempdir().unwrap();
    let (bad, good) = page();
    fs::write(folder.path().join("a.md"), &bad).unwrap();
    let diff = ideas(&["validate", "a.md", "--diff", "--select", "mentor-handle-format"], folder.path(), b"").stdout;
    assert_eq!(fs::read(folder.path().join("a.md")).unwrap(), bad, "a diff changes nothing");
    let applied = Command::new("git").args(["apply", "-"]).current_dir(folder.path()).stdin(Stdio::piped()).spawn();
    let Ok(mut git) = applied else {
        eprintln!("SKIPPED: no git here");
        return;
    };
    git.stdin.take().unwrap().write_all(&diff).unwrap();
    assert!(git.wait().unwrap().success(), "{}", String::from_utf8_lossy(&diff));
    assert_eq!(fs::read(folder.path().join("a.md")).unwrap(), good);
}

#[cfg(unix)]
#[test]
fn links_stay_links_and_what_is_protected_is_not_written() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let folder = tempfile::tempdir().unwrap();
    let (bad, good) = page();
    let (real, link) = (folder.path().join("real.txt"), folder.path().join("a.md"));
    fs::write(&real, &bad).unwrap();
    fs::set_permissions(&real, fs::Permissions::from_mode(0o640)).unwrap();
    symlink("real.txt", &link).unwrap();
    let args = ["validate", "a.md", "--fix", "--select", "mentor-handle-format"];
    assert_eq!(ideas(&args, folder.path(), b"").status.code(), Some(0));
    assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
    assert_eq!((fs::read(&real).unwrap(), fs::metadata(&real).unwrap().permissions().mode() & 0o777), (good, 0o640));
    fs::write(&real, &bad).unwrap();
    fs::set_permissions(&real, fs::Permissions::from_mode(0o440)).unwrap();
    let run = ideas(&args, folder.path(), b"");
    assert_eq!((run.status.code(), fs::read(&real).unwrap()), (Some(2), bad));
    assert!(String::from_utf8(run.stderr).unwrap().contains("a.md: was not written: it is read-only"));
}
