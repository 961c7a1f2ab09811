//! What `contrib/` has for other programs goes with what the program answers.
#![cfg(unix)] // the commands are a shell's
#![allow(clippy::unwrap_used)] // a test that cannot go on has failed

use std::path::Path;
use std::process::Command;
use std::{env, fs};

/// Runs a command as `television` does, with a shell; what it says.
fn run(command: &str, data: &Path) -> String {
    let ours = Path::new(env!("CARGO_BIN_EXE_ideas")).parent().unwrap();
    let path = env::join_paths([ours, Path::new("/usr/bin"), Path::new("/bin")]).unwrap();
    let mut shell = Command::new("sh");
    shell.args(["-c", command]).current_dir(env!("CARGO_MANIFEST_DIR")).env_clear().env("PATH", path).env("LANG", "C.UTF-8");
    let none = concat!(env!("CARGO_TARGET_TMPDIR"), "/no-settings");
    let run = shell.env("IDEAS_DATA_DIR", data).env("IDEAS_CONFIG_DIR", none).env("BROWSER", "true").output().unwrap();
    assert!(run.status.success(), "{command}: {}", String::from_utf8_lossy(&run.stderr));
    String::from_utf8(run.stdout).unwrap()
}

/// A template of television with the fields of a line in it: `{split:\t:0}` is the first.
fn filled(template: &str, line: &str) -> String {
    let fields = line.split('\t').enumerate();
    let text = fields.fold(template.to_owned(), |text, (i, field)| text.replace(&format!("{{split:\\t:{i}}}"), field));
    assert!(!text.contains(['{', '}']), "{template} speaks of a field that is not there: {text}");
    text
}

#[test]
fn the_commands_of_the_television_channel_run() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("contrib/television");
    let channel: toml::Table = fs::read_to_string(folder.join("ideas.toml")).unwrap().parse().unwrap();
    let text = |place: &[&str]| {
        let (last, tables) = place.split_last().unwrap();
        let table = tables.iter().fold(&channel, |table, name| table[*name].as_table().unwrap());
        table[*last].as_str().unwrap().to_owned()
    };
    assert_eq!(text(&["metadata", "name"]), "ideas");
    let data = tempfile::tempdir().unwrap();
    let lines = run(&text(&["source", "command"]), data.path());
    let line = lines.lines().find(|line| line.starts_with("harbor-harbor-cli\t")).unwrap();
    let display = filled(&text(&["source", "display"]), line);
    assert!(display.starts_with("Harbor CLI  Harbor  "), "{display}");
    let id = filled(&text(&["source", "output"]), line);
    assert_eq!(id, "harbor-harbor-cli");
    let preview = run(&filled(&text(&["preview", "command"]), line), data.path());
    assert!(preview.contains("Harbor CLI") && preview.contains(&id), "{preview}");
    // Every key has its action, and every action its key.
    let actions = channel["actions"].as_table().unwrap();
    let mut keys: Vec<&str> =
        channel["keybindings"].as_table().unwrap().values().map(|action| action.as_str().unwrap()).collect();
    keys.sort_unstable();
    assert_eq!(keys, actions.keys().map(|name| format!("actions:{name}")).collect::<Vec<_>>());
    run(&filled(&text(&["actions", "shortlist", "command"]), line), data.path());
    assert_eq!(run("ideas list --shortlisted --format ids", data.path()).trim(), id);
    run(&filled(&text(&["actions", "upstream", "command"]), line), data.path());
}
