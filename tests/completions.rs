//! Shells ask the program what may come next; here each is played, and those that are there are asked themselves.
#![allow(clippy::unwrap_used)] // a test that cannot go on has failed

use std::path::Path;
use std::process::{Command, Output};

const SHELLS: [&str; 5] = ["bash", "elvish", "fish", "powershell", "zsh"];

fn ideas() -> Command {
    let mut ideas = Command::new(env!("CARGO_BIN_EXE_ideas"));
    ideas.current_dir(env!("CARGO_MANIFEST_DIR")).env_remove("IDEAS_CATALOG").env_remove("IDEAS_COMPLETE");
    // Nobody has fetched anything.
    ideas.env("IDEAS_DATA_DIR", concat!(env!("CARGO_TARGET_TMPDIR"), "/nothing-fetched"));
    ideas.env("IDEAS_CONFIG_DIR", concat!(env!("CARGO_TARGET_TMPDIR"), "/no-settings"));
    ideas
}

/// What a shell is told when the last of these words is completed; without what it is told about each.
fn asked(shell: &str, words: &[&str], variables: &[(&str, &str)]) -> Vec<String> {
    let run = ideas()
        .envs(variables.iter().copied())
        .env("IDEAS_COMPLETE", shell)
        .env("_CLAP_COMPLETE_INDEX", (words.len() - 1).to_string())
        .env("_CLAP_IFS", "\n")
        .arg("--")
        .args(words)
        .output()
        .unwrap();
    assert!(run.status.success() && run.stderr.is_empty(), "{shell}: {}", String::from_utf8_lossy(&run.stderr));
    let about = match shell {
        "zsh" => ':',
        _ => '\t',
    };
    let lines = String::from_utf8(run.stdout).unwrap();
    lines.lines().map(|line| line.split(about).next().unwrap_or_default().to_owned()).collect()
}

#[test]
fn every_shell_gets_values() {
    for shell in SHELLS {
        for (words, values) in [
            (&["ideas", "list", "--skill", "rus"][..], &["rust"][..]),
            (&["ideas", "list", "--skill", "go,rus"], &["go,rust"]),
            (&["ideas", "list", "--not-skill", "rus"], &["rust"]),
            (&["ideas", "match", "--skills", "go,kubern"], &["go,kubernetes"]),
            (&["ideas", "list", "--project", "volca"], &["volcano"]),
            (&["ideas", "list", "--program", ""], &["lfx", "gsoc"]),
            (&["ideas", "list", "--difficulty", "ea"], &["easy"]),
            (&["ideas", "list", "--columns", "title,diff"], &["title,difficulty"]),
            (&["ideas", "stats", "--by", "skill,te"], &["skill,term"]),
            (&["ideas", "show", "kubeflow-deploying"], &["kubeflow-deploying-kubeflow-with-helm"]),
            (&["ideas", "rules", "mentor-coun"], &["mentor-count"]),
            (&["ideas", "sync", "cncf/"], &["cncf/mentoring"]),
            (&["ideas", "validate", "--template", "lfx-"], &["lfx-form"]),
            (&["ideas", "validate", "--select", "mojibake,quo"], &["mojibake,quota"]),
            (&["ideas", "li"], &["list"]),
            (&["ideas", "list", "--form"], &["--format"]),
            (&["ideas", "list", "--format", "js"], &["json"]),
        ] {
            assert_eq!(asked(shell, words, &[]), values, "{shell}: {words:?}");
        }
    }
}

#[test]
fn only_what_is_there_can_be_removed() {
    let data = tempfile::tempdir().unwrap();
    std::fs::write(data.path().join("sources.toml"), "[[sources]]\nname = \"cncf/mentoring\"\n").unwrap();
    let variables = [("IDEAS_DATA_DIR", data.path().to_str().unwrap())];
    for (words, values) in [
        (&["ideas", "sources", "remove", "cncf"][..], &["cncf/mentoring"][..]),
        (&["ideas", "sources", "remove", "kubevirt"], &[]),
        (&["ideas", "sources", "add", "kubevirt/community/"], &["kubevirt/community/wiki"]),
    ] {
        assert_eq!(asked("fish", words, &variables), values, "{words:?}");
    }
}

#[test]
fn values_come_from_the_catalogue_of_the_call() {
    let ours = "tests/mentoring";
    for shell in SHELLS {
        let ids = |values: Vec<String>| values.into_iter().filter(|value| !value.starts_with('-')).collect::<Vec<_>>();
        let bundled = ids(asked(shell, &["ideas", "show", ""], &[]));
        let named = asked(shell, &["ideas", "--catalog", ours, "show", ""], &[]);
        assert!(bundled.len() > 50 && !ids(named.clone()).is_empty(), "{shell}: {named:?}");
        assert!(named.iter().all(|id| !bundled.contains(id)), "{shell}: {named:?}");
        assert_eq!(asked(shell, &["ideas", "show", ""], &[("IDEAS_CATALOG", ours)]), named, "{shell}");
        assert_eq!(asked(shell, &["ideas", "--catalog", "-", "show", "kube"], &[]), [""; 0], "{shell}: standard input");
        assert_eq!(asked(shell, &["ideas", "--catalog", "no-such-page.md", "show", "kube"], &[]), [""; 0], "{shell}");
    }
}

#[test]
fn bash_gets_what_it_replaces() {
    for (words, values) in [
        (&["ideas", "list", "--skill", "=", "rus"][..], &["rust"][..]),
        (&["ideas", "list", "--skill", "=", "go,rus"], &["go,rust"]),
        (&["ideas", "list", "--skill", ""], &["kubernetes"]),
    ] {
        assert_eq!(asked("bash", words, &[])[..1], *values, "{words:?}");
    }
}

#[test]
fn a_script_asks_the_program_that_wrote_it() {
    for shell in SHELLS {
        let run = ideas().args(["completions", shell]).output().unwrap();
        let script = String::from_utf8(run.stdout).unwrap();
        assert!(run.status.success() && run.stderr.is_empty(), "{shell}");
        assert!(script.contains("IDEAS_COMPLETE") && script.contains(env!("CARGO_BIN_EXE_ideas")), "{shell}: {script}");
    }
}

#[test]
fn the_shell_may_be_guessed() {
    let with = |shell: Option<&str>| -> Output {
        let mut ideas = ideas();
        match shell {
            Some(shell) => ideas.env("SHELL", shell),
            None => ideas.env_remove("SHELL"),
        };
        ideas.arg("completions").output().unwrap()
    };
    assert!(String::from_utf8(with(Some("/usr/bin/fish")).stdout).unwrap().starts_with("complete "));
    for (shell, message) in [
        (None, "error: which shell? expected one of bash, zsh, fish, powershell, elvish (SHELL is not set)\n"),
        (Some("/bin/ksh"), "error: which shell? expected one of bash, zsh, fish, powershell, elvish; SHELL is ksh\n"),
    ] {
        let run = with(shell);
        assert_eq!((run.status.code(), String::from_utf8(run.stderr).unwrap().as_str()), (Some(2), message));
    }
}

#[test]
fn an_unknown_shell_is_told() {
    let run = ideas().env("IDEAS_COMPLETE", "ksh").output().unwrap();
    assert_eq!(run.status.code(), Some(2));
    assert!(String::from_utf8(run.stderr).unwrap().contains("unknown shell `ksh`"));
    for off in ["", "0"] {
        assert!(ideas().env("IDEAS_COMPLETE", off).arg("--version").status().unwrap().success());
    }
}

/// Runs a script in a shell; `None` if this machine has no such shell.
fn run_in(shell: &str, script: &str) -> Option<String> {
    let folder = Path::new(env!("CARGO_BIN_EXE_ideas")).parent().unwrap();
    let path =
        std::env::join_paths([folder.to_owned()].into_iter().chain(std::env::split_paths(&std::env::var_os("PATH")?))).unwrap();
    let run = Command::new(shell)
        .env("PATH", path)
        .env_remove("IDEAS_CATALOG")
        .env("IDEAS_CONFIG_DIR", concat!(env!("CARGO_TARGET_TMPDIR"), "/no-settings"))
        .env("IDEAS_DATA_DIR", concat!(env!("CARGO_TARGET_TMPDIR"), "/nothing-fetched"))
        .args(["-c", script])
        .output()
        .ok()?;
    assert!(run.status.success(), "{shell}: {}", String::from_utf8_lossy(&run.stderr));
    Some(String::from_utf8(run.stdout).unwrap())
}

#[test]
fn bash_itself_completes() {
    let script = "source <(ideas completions bash)
COMP_WORDS=(ideas list --skill go,rus) COMP_CWORD=3 COMP_TYPE=9
_clap_complete_ideas ideas go,rus --skill 2>/dev/null
printf '%s\\n' \"${COMPREPLY[@]}\"";
    let Some(reply) = run_in("bash", script) else { return };
    assert_eq!(reply, "go,rust\n");
}

#[test]
fn fish_itself_completes() {
    let script = "ideas completions fish | source; complete -C 'ideas list --skill go,rus'";
    let Some(reply) = run_in("fish", script) else { return };
    assert_eq!(reply, "go,rust\t2 ideas\n");
}
