//! `ideas show` on a terminal: drawn Markdown, hyperlinks, the pager, the browser, the editor.

use std::fs;
use std::path::Path;

use super::pty::{Terminal, ideas, in_terminal};
use super::script;

const PAGE: &str = "\
# Ideas

## A tall tower

Towers are built from the ground up, and ours has no ground yet. Read [the plan](https://example.org/plan), then:

1. dig a hole that is deep enough for a tall tower
2. build the tower in it, and do not forget the stairs

```sh
make tower
```

Then call us, and we will come to see it.

- Mentors: Ada Brook (@ada-brook)
- Difficulty: easy
- Upstream: https://example.org/tower/1 https://example.org/tower/2
";

/// A folder with a page, and a program that writes down how it was called.
fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("ideas.md"), PAGE).unwrap();
    let witness = folder.path().join("witness");
    script::write(&witness, "#!/bin/sh\nprintf '<%s>' \"$@\"\nprintf '<%s>' \"$@\" > \"$0.said\"\n");
    folder
}

fn show(folder: &Path, args: &str) -> pty_process::blocking::Command {
    ideas(&format!("--catalog {} show a-tall-tower {args}", folder.display()))
}

#[test]
fn markdown_is_drawn() {
    let folder = folder();
    let mut terminal = Terminal::start(show(folder.path(), "").env("FORCE_HYPERLINK", "1"), 60, 40);
    assert!(terminal.end().success());
    let rows = terminal.rows().join("\n");
    assert!(rows.contains("plan, then:\n\n1. dig a hole that is deep enough for a tall tower\n2. build the tower in it, and do not forget the stairs\n\n    make tower\n\nThen call us"), "{rows}");
    let raw = terminal.raw();
    assert!(raw.contains("\u{1b}]8;;https://example.org/plan\u{1b}\\"), "{raw:?}");

    let mut terminal = Terminal::start(show(folder.path(), "--color never").env("FORCE_HYPERLINK", "1"), 200, 40);
    assert!(terminal.end().success());
    let raw = terminal.raw();
    assert!(raw.contains("Read the plan\r\n(https://example.org/plan), then:") && !raw.contains('\u{1b}'), "{raw:?}");
}

#[test]
fn long_answers_go_through_the_pager() {
    let folder = folder();
    // Thirty rows do not fit ten, so less waits; q ends it early, and quietly.
    let command = show(folder.path(), "").env("PAGER", "less");
    let mut terminal = Terminal::start(command, 60, 10);
    terminal.see("Difficulty  easy");
    terminal.gone("make tower");
    // What interrupts us does not leave the pager alone with the terminal.
    terminal.signal("INT");
    terminal.keys("q");
    assert!(terminal.end().success());
    assert!(!terminal.raw().contains("error"), "{}", terminal.raw());

    let witness = folder.path().join("witness");
    let own = format!("{} a 'b c'", witness.display());
    let mut terminal = Terminal::start(show(folder.path(), "").env("PAGER", "less").env("IDEAS_PAGER", own), 60, 10);
    terminal.see("<a><b c>");
    assert!(terminal.end().success());
    assert!(!terminal.raw().contains("easy"), "the witness shows nothing: {}", terminal.raw());
}

#[test]
fn without_a_pager_the_text_is_printed() {
    let folder = folder();
    for (args, pager, warns) in [
        ("--no-pager", "no-such-pager", false),
        ("", "", false),
        ("", "cat", false),
        ("", "no-such-pager", true),
        ("", "no-such-pager -R", true),
    ] {
        let mut terminal = Terminal::start(show(folder.path(), args).env("PAGER", pager), 200, 50);
        assert!(terminal.end().success(), "{args} {pager}");
        let raw = terminal.raw();
        assert!(raw.contains("make tower"), "{args} {pager}: {raw}");
        assert_eq!(raw.contains("cannot start the pager 'no-such-pager"), warns, "{args} {pager}: {raw}");
    }
}

#[test]
fn the_browser_and_the_editor_get_what_is_meant() {
    let folder = folder();
    let witness = folder.path().join("witness");
    let said = || fs::read_to_string(folder.path().join("witness.said")).unwrap();
    // A browser with a window goes on by itself; the shell stays, so that the terminal does not end under it.
    let call = format!("{} --catalog {} show tower --open upstream", env!("CARGO_BIN_EXE_ideas"), folder.path().display());
    let script = format!("{call} && until [ -s {}.said ]; do sleep 0.01; done", witness.display());
    let mut terminal = Terminal::start(in_terminal("sh").args(["-c", &script]).env("BROWSER", &witness), 200, 50);
    assert!(terminal.end().success(), "{}", terminal.raw());
    assert!(
        terminal.raw().contains("opening https://example.org/tower/1; `ideas show a-tall-tower-hn6nf` names 1 more"),
        "{}",
        terminal.raw()
    );
    assert_eq!(said(), "<https://example.org/tower/1>");

    let vim = folder.path().join("vim");
    fs::rename(&witness, &vim).unwrap();
    let mut terminal = Terminal::start(show(folder.path(), "--open source").env("EDITOR", &vim), 200, 50);
    assert!(terminal.end().success(), "{}", terminal.raw());
    let said = fs::read_to_string(folder.path().join("vim.said")).unwrap();
    assert_eq!(said, format!("<+3><{}>", folder.path().join("ideas.md").display()));
}

#[test]
fn what_is_missing_is_told() {
    for (args, message) in [
        ("show prune --open upstream", "error: 'prune-what-nobody-waters-ptmhm' names no upstream issue;"),
        ("show stream --open upstream", "error: cannot open https://github.com/lanternfish-example/"),
        (
            "show graft --open source",
            "error: the editor 'no-editor' cannot be started: No such file or directory (os error 2); set VISUAL or EDITOR to another",
        ),
    ] {
        let command = ideas(args).env("EDITOR", "no-editor ").env("PATH", "/bin-of-nobody").env("BROWSER", "no-browser");
        let mut terminal = Terminal::start(command, 250, 50);
        assert_eq!(terminal.end().code(), Some(2), "{args}: {}", terminal.raw());
        terminal.see(message);
    }
}
