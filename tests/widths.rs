//! Terminals of any width: no line is longer, whatever script its letters are of.
#![allow(clippy::unwrap_used)] // a test that cannot go on has failed

use std::fs;
use std::process::Command;

use unicode_width::UnicodeWidthStr;

/// What is written on a terminal of so many columns.
fn on_terminal(width: usize, args: &[&str]) -> String {
    let run = Command::new(env!("CARGO_BIN_EXE_ideas"))
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .env_remove("IDEAS_CATALOG")
        .env_remove("CLICOLOR_FORCE")
        .env("IDEAS_DATA_DIR", concat!(env!("CARGO_TARGET_TMPDIR"), "/nothing-fetched"))
        .env("LC_ALL", "C.UTF-8")
        .env("IDEAS_FORCE_TTY", width.to_string())
        .env("COLUMNS", width.to_string())
        .args(args)
        .output()
        .unwrap();
    assert!(run.status.success(), "{args:?}: {}", String::from_utf8_lossy(&run.stderr));
    String::from_utf8(run.stdout).unwrap()
}

fn too_long(text: &str, width: usize) -> Vec<&str> {
    text.lines().filter(|line| line.width() > width).collect()
}

const CALLS: [&[&str]; 14] = [
    &["list"],
    &["search", "helm"],
    &["match", "--skills", "go,react", "--hours", "..175"],
    &["skills"],
    &["mentors"],
    &["projects"],
    &["organizations"],
    &["programs"],
    &["stats"],
    &["stats", "--by", "skill,term"],
    &["stats", "--by", "term,skill"],
    &["rules"],
    &["list", "--columns", "title,hours,source"],
    &["search", "kubestellar", "core", "reducing"],
];

#[test]
fn lines_fit() {
    for width in [40, 80, 200] {
        for call in CALLS {
            let text = on_terminal(width, call);
            assert!(text.lines().count() > 1, "{call:?}");
            assert_eq!(too_long(&text, width), [""; 0], "{width}: {call:?}");
        }
    }
}

/// A terminal that does not know its width says 0: what is written is as wide as anywhere.
#[test]
fn no_width_is_no_narrow_terminal() {
    assert!(on_terminal(0, &["list"]).lines().all(|line| !line.trim().is_empty()));
}

#[test]
fn help_fits() {
    for width in [40, 80, 200] {
        for call in CALLS.into_iter().chain([&["validate"][..], &["completions"], &["man"], &["schema"], &["show"]]) {
            for help in ["-h", "--help"] {
                let text = on_terminal(width, &[call[0], help]);
                // The parser never breaks this line.
                let lines: Vec<&str> = text.lines().filter(|line| !line.starts_with("Usage:")).collect();
                let text = lines.join("\n");
                assert_eq!(too_long(&text, width), [""; 0], "{width}: {} {help}", call[0]);
            }
        }
        assert_eq!(too_long(&on_terminal(width, &["--help"]), width), [""; 0], "{width}");
    }
}

#[test]
fn columns_are_straight_whatever_is_in_them() {
    let folder = tempfile::tempdir().unwrap();
    let page = folder.path().join("ideas.md");
    let text = "# Ideas\n\n## 日本語 のタイトル\n\n- Skills: Go\n- Mentor: 山田 太郎 (@yamada)\n\n## 👩‍🚀 Rockets 🚀 and ❤️\n\n- Skills: Rust\n- \
                Mentor: Zoë Ångström (@zoe)\n\n## Plain\n\n- Skills: C++\n- Mentor: Jo (@jo)\n";
    fs::write(&page, text).unwrap();
    let page = page.to_str().unwrap();
    for width in [40, 60, 80, 200] {
        let table = on_terminal(width, &["--catalog", page, "list", "--columns", "title,tags"]);
        let starts: Vec<usize> = table
            .lines()
            .zip(["TAGS", "go", "rust", "c++"])
            .map(|(line, tags)| line[..line.rfind(tags).unwrap()].width())
            .collect();
        assert_eq!(starts.len(), 4, "{table}");
        assert!(starts.iter().all(|start| *start == starts[0]), "{starts:?}\n{table}");
        for by in ["mentor", "skill,mentor"] {
            assert_eq!(too_long(&on_terminal(width, &["--catalog", page, "stats", "--by", by]), width), [""; 0]);
        }
    }
}
