//! `ideas stats --plot` asks before it writes over a file.

use std::fs;
use std::process::{Command, Stdio};

use super::pty::{Terminal, ideas};

#[test]
fn a_picture_is_written_over_only_when_asked() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("ideas.svg");
    let plot = format!("stats --by size --plot {}", file.display());
    fs::write(&file, "mine").unwrap();
    for (keys, status, is_kept) in [("n\r", 2, true), ("\r", 2, true), ("\u{3}", 2, true), ("y\r", 0, false)] {
        let mut terminal = Terminal::start(ideas(&plot), 200, 24);
        terminal.see("exists already; write over it?");
        terminal.keys(keys);
        terminal.see(if is_kept { "nothing was written (--force writes over it)" } else { "was written" });
        assert_eq!(terminal.end().code(), Some(status), "{keys:?}");
        assert_eq!(fs::read_to_string(&file).unwrap() == "mine", is_kept, "{keys:?}");
    }

    // Where nobody can be asked, nothing is written without --force.
    fs::write(&file, "mine").unwrap();
    for (force, status) in [(false, 2), (true, 0)] {
        let mut command = Command::new(env!("CARGO_BIN_EXE_ideas"));
        command.args(["--catalog", "tests/mentoring"]).args(plot.split_whitespace()).args(force.then_some("--force"));
        let run = command.current_dir(env!("CARGO_MANIFEST_DIR")).stdin(Stdio::null()).output().unwrap();
        assert_eq!(run.status.code(), Some(status), "{}", String::from_utf8_lossy(&run.stderr));
        assert_eq!(fs::read_to_string(&file).unwrap() == "mine", !force);
    }
}
