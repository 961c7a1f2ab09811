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
        .env("IDEAS_CONFIG_DIR", concat!(env!("CARGO_TARGET_TMPDIR"), "/no-settings"))
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

/// What is written into a pipe.
fn piped(args: &[&str]) -> String {
    let run = Command::new(env!("CARGO_BIN_EXE_ideas"))
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .env_remove("IDEAS_CATALOG")
        .env_remove("IDEAS_FORCE_TTY")
        .env("IDEAS_CONFIG_DIR", concat!(env!("CARGO_TARGET_TMPDIR"), "/no-settings"))
        .env("IDEAS_DATA_DIR", concat!(env!("CARGO_TARGET_TMPDIR"), "/nothing-fetched"))
        .args(args)
        .output()
        .unwrap();
    assert!(run.status.success(), "{args:?}: {}", String::from_utf8_lossy(&run.stderr));
    String::from_utf8(run.stdout).unwrap()
}

const CALLS: [&[&str]; 15] = [
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
    &["compare", "copacetic-wiz", "harbor-harbor-cli", "kubeflow-deploying", "--skills", "go,docker"],
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

#[test]
fn lists_fit_at_any_width_and_keep_the_order_of_their_columns() {
    let order = "ID TITLE PROJECT LEVEL DIFFICULTY HOURS PROGRAM TERM TAGS MENTORS";
    let order: Vec<&str> = order.split(' ').collect();
    for width in 20..=250 {
        let text = on_terminal(width, &["--catalog", "tests/pages", "--quiet", "list"]);
        assert_eq!(too_long(&text, width), [""; 0], "{width}");
        let header = text.lines().next().unwrap().split_whitespace();
        let places: Vec<usize> = header.map(|name| order.iter().position(|known| *known == name).unwrap()).collect();
        assert!(places.is_sorted(), "{width}: {places:?}");
        assert!(places.contains(&1), "{width}: a list without titles");
    }
}

#[test]
fn pipes_get_one_record_a_line_with_the_same_fields() {
    let pages: &[&str] = &["--catalog", "tests/pages", "--quiet"];
    for (call, fields) in [(&["list"][..], 9), (&["search", "go"], 10), (&["match", "--skills", "go"], 10)] {
        for from in [&[][..], pages] {
            let text = piped(&[from, call].concat());
            assert!(text.lines().count() > 1, "{call:?}");
            for line in text.lines() {
                assert_eq!(line.split('\t').count(), fields, "{call:?}: {line:?}");
                assert!(!line.contains(['\r', '\u{85}', '\u{2028}', '\u{1b}']), "{call:?}: {line:?}");
            }
        }
    }
    let count: usize = piped(&["list", "--count"]).trim().parse().unwrap();
    let records = piped(&["list"]);
    let ids: Vec<&str> = records.lines().map(|line| line.split('\t').next().unwrap()).collect();
    assert_eq!(ids.join("\n") + "\n", piped(&["list", "--format", "ids"]));
    assert_eq!(ids.len(), count);
}

/// What a narrow list shows of an id is enough to show the idea.
#[test]
fn short_ids_are_enough() {
    let list = on_terminal(80, &["list"]);
    let titles: Vec<String> = piped(&["list", "--columns", "title"]).lines().map(str::to_owned).collect();
    for (line, title) in list.lines().skip(1).zip(titles).step_by(7) {
        let id = line.split(' ').next().unwrap();
        assert_eq!(piped(&["--quiet", "show", id]).lines().next(), Some(title.as_str()), "{id}");
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
