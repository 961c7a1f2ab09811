//! `ideas new` on a terminal: what it asks, what it takes for an answer, and what is left when somebody changes their mind.

use std::fs;
use std::path::Path;

use super::pty::{Terminal, in_terminal};

const ENTER: &str = "\r";
const ESC: &str = "\u{1b}";
const INTERRUPT: &str = "\u{3}";

fn new(folder: &Path, args: &[&str]) -> Terminal {
    let command = in_terminal(env!("CARGO_BIN_EXE_ideas")).current_dir(folder).arg("new").args(args);
    Terminal::start(command, 100, 30)
}

/// Waits for a question that nobody has begun to answer, and answers it.
fn answer(terminal: &Terminal, question: &str, answer: &str) {
    terminal.until(&format!("the question {question:?}"), |screen| {
        let (row, _) = screen.cursor_position();
        let (_, columns) = screen.size();
        let line = screen.rows(0, columns.get()).nth(usize::from(row)).unwrap_or_default();
        line.trim_end() == format!("? {question}")
    });
    terminal.keys(answer);
    terminal.keys(ENTER);
}

#[test]
fn an_idea_is_asked_for() {
    let folder = tempfile::tempdir().unwrap();
    let mut terminal = new(folder.path(), &["--template", "cncf-gsoc", "--project", "Kitchen", "--output", "soups.md"]);
    // What a flag says is not asked.
    answer(&terminal, "Title:", "Taste *hot* soups");
    terminal.see("a few sentences; Markdown is fine");
    answer(&terminal, "Description:", "Soups are tasted by **hand**.");
    answer(&terminal, "Outcome:", "A report");
    terminal.see("one more, or Enter to go on");
    answer(&terminal, "Outcome:", "");
    answer(&terminal, "Skill:", "Go");
    answer(&terminal, "Skill:", "Patience");
    answer(&terminal, "Skill:", "");
    // What would not be understood is refused, and asked again; the answer stays to be mended.
    answer(&terminal, "Difficulty:", "spicy");
    terminal.see("expected easy, medium or hard");
    terminal.keys("\u{7f}\u{7f}\u{7f}\u{7f}\u{7f}");
    answer(&terminal, "Difficulty:", "hard");
    answer(&terminal, "Hours:", "17/2000");
    terminal.see("expected a number of hours from 40 to 1500, or small (90), medium (175) or large (350)");
    terminal.keys("\u{7f}\u{7f}\u{7f}\u{7f}\u{7f}\u{7f}\u{7f}");
    answer(&terminal, "Hours:", "large");
    answer(&terminal, "Mentor:", "Ada Brook (@ada-brook, ada@example.org)");
    answer(&terminal, "Mentor:", "");
    // Escape is no answer, too.
    terminal.see("https://github.com/owner/repository/issues/12");
    terminal.keys(ESC);
    assert!(terminal.end().success(), "{}", terminal.raw());
    terminal.see("soups.md: `ideas validate soups.md` says what is still to be filled in");
    let page = "#### Kitchen\n\n##### Taste \\*hot\\* soups\n\n- Description: Soups are tasted by **hand**.\n\
                - Expected Outcome: A report\n- Recommended Skills: Go, Patience\n\
                - Expected project size: large (~350 hour projects)\n- Difficulty: hard\n- Mentor(s):\n  \
                - Ada Brook (@ada-brook, ada@example.org)\n- Upstream Issue (URL): TBD\n";
    assert_eq!(fs::read_to_string(folder.path().join("soups.md")).unwrap(), page);
}

#[test]
fn who_interrupts_leaves_nothing_behind() {
    let folder = tempfile::tempdir().unwrap();
    let there = "# Ours\n\n## Kitchen\n";
    fs::write(folder.path().join("there.md"), there).unwrap();
    for output in ["new.md", "there.md"] {
        let mut terminal = new(folder.path(), &["--template", "lfx", "--output", output]);
        answer(&terminal, "Title:", "Taste soups");
        terminal.see("? Project:");
        terminal.keys("Kit");
        terminal.keys(INTERRUPT);
        assert_eq!(terminal.end().code(), Some(2), "{}", terminal.raw());
        terminal.see("interrupted; nothing was written");
    }
    let left: Vec<_> = fs::read_dir(folder.path()).unwrap().map(|file| file.unwrap().file_name()).collect();
    assert_eq!(left, ["there.md"]);
    assert_eq!(fs::read_to_string(folder.path().join("there.md")).unwrap(), there);
}

#[test]
fn nothing_is_asked_of_who_does_not_want_it() {
    let folder = tempfile::tempdir().unwrap();
    let mut terminal = new(folder.path(), &["--template", "idea", "--title", "Taste soups", "--no-input"]);
    assert!(terminal.end().success());
    terminal.see("title: Taste soups");
    assert!(!terminal.raw().contains('?'), "{}", terminal.raw());
}
