//! `ideas browse`, and the picker of `ideas show`: every key, the mouse, windows of all sizes, and every way to end.

use std::fs;
use std::io::Read;
use std::thread;
use std::time::{Duration, Instant};

use super::pty::{Terminal, ideas, in_terminal};
use super::script;

const DOWN: &str = "\u{1b}[B";
const UP: &str = "\u{1b}[A";
const RIGHT: &str = "\u{1b}[C";
const LEFT: &str = "\u{1b}[D";
const PAGE_UP: &str = "\u{1b}[5~";
const PAGE_DOWN: &str = "\u{1b}[6~";
const HOME: &str = "\u{1b}[H";
const END: &str = "\u{1b}[F";
const DELETE: &str = "\u{1b}[3~";
const ESC: &str = "\u{1b}";
const ENTER: &str = "\r";
const BACKSPACE: &str = "\u{7f}";

/// A press of the left button, and the wheel, as a terminal sends them; columns and rows from 1.
fn mouse(button: u8, column: u16, row: u16) -> String {
    format!("\u{1b}[<{button};{column};{row}M")
}

fn browse(args: &str, columns: u16, rows: u16) -> Terminal {
    let terminal = Terminal::start(ideas(&format!("browse {args}")), columns, rows);
    terminal.see("/");
    terminal
}

/// The row of the list that is pointed at.
fn pointed(terminal: &Terminal, title: &str) {
    let is_so = |screen: &vt100::Screen| {
        let (_, columns) = screen.size();
        screen.rows(0, columns.get()).any(|row| row.starts_with('▌') && row.contains(title))
    };
    terminal.until(&format!("▌ before {title:?}"), is_so);
}

/// The terminal as a shell expects it.
fn is_restored(screen: &vt100::Screen) -> bool {
    !screen.alternate_screen()
        && !screen.hide_cursor()
        && !screen.bracketed_paste()
        && screen.mouse_protocol_mode() == vt100::MouseProtocolMode::None
}

#[test]
fn the_list_is_walked() {
    let terminal = browse("", 100, 24);
    let first = "Graft trees from YAML";
    terminal.see("of ");
    pointed(&terminal, first);
    for (keys, title) in [
        ("j", "Prune what"),
        ("k", first),
        (DOWN, "Prune what"),
        (UP, first),
        ("G", "Read manuscripts"),
        ("g", first),
        (END, "Read manuscripts"),
        (HOME, first),
        (PAGE_DOWN, "Read manuscripts"),
        (PAGE_UP, first),
        ("\u{6}", "Read manuscripts"),
        ("\u{2}", first),
        ("\u{4}", "Read manuscripts"),
        ("\u{15}", first),
        ("\u{e}", "Prune what"),
        ("\u{10}", first),
    ] {
        terminal.keys(keys);
        pointed(&terminal, title);
    }
    // The mouse: a click points, the wheel moves, a second click opens.
    terminal.keys(&mouse(0, 6, 4));
    pointed(&terminal, "Prune what");
    terminal.keys(&mouse(64, 6, 4));
    pointed(&terminal, first);
    terminal.keys(&mouse(65, 6, 4));
    terminal.until("another idea", |screen| !screen.contents().contains(&format!("▌  {first}")));
    terminal.keys("g");
    pointed(&terminal, first);
    terminal.keys(&mouse(0, 6, 3));
    terminal.see("Esc back");
    terminal.keys("q");
    terminal.see("q quit");
    terminal.keys("q");
    leaves(terminal);
}

/// The program has ended well, and the terminal is as it was.
fn leaves(mut terminal: Terminal) {
    assert!(terminal.end().success(), "{}", terminal.raw());
    terminal.until("a terminal as it was", is_restored);
}

#[test]
fn a_filter_is_typed() {
    let terminal = browse("", 100, 24);
    terminal.keys("/appl");
    terminal.see("/appl");
    terminal.see("best match");
    pointed(&terminal, "Count apples");
    terminal.keys(BACKSPACE);
    terminal.until("/app", |screen| screen.contents().contains("/app "));
    terminal.keys(" xyz");
    terminal.see("nothing matches");
    terminal.keys("\u{17}");
    terminal.until("/app again", |screen| screen.contents().contains("/app ") && !screen.contents().contains("xyz"));
    terminal.keys("\u{15}");
    terminal.see("newest first");
    terminal.keys("grpc");
    terminal.see("/grpc");
    terminal.keys(DOWN);
    terminal.keys(UP);
    terminal.keys(ENTER);
    // Now letters are keys again, and the filter stays.
    terminal.see("q quit");
    terminal.see("/grpc");
    terminal.keys(ESC);
    terminal.see("/ to filter");
    // What is pasted is text, whatever it looks like.
    terminal.keys("\u{1b}[200~qq\u{1b}[201~");
    terminal.see("/qq");
    terminal.keys("\u{3}");
    leaves(terminal);
}

#[test]
fn facets_and_orders_are_chosen() {
    let terminal = browse("", 100, 24);
    terminal.keys("f");
    terminal.see("[Skill]");
    terminal.keys(RIGHT);
    terminal.see("[Difficulty]");
    terminal.keys("\t\t\t");
    terminal.see("[Term]");
    terminal.keys(LEFT);
    terminal.see("[Program]");
    terminal.keys("gso");
    terminal.see("Filter by: gso");
    terminal.keys(" ");
    terminal.see("[x] gsoc");
    terminal.keys(ENTER);
    terminal.see("[gsoc]");
    terminal.gone("Stream beacons");
    terminal.keys("f");
    terminal.see("[x] gsoc");
    terminal.keys(DELETE);
    terminal.see("[ ] gsoc");
    terminal.keys(ESC);
    terminal.gone("Filter by: gso");
    terminal.keys(ESC);
    terminal.gone("Filter by");
    terminal.see("Stream beacons");
    terminal.keys("s");
    terminal.see("· title");
    terminal.keys("S");
    terminal.see("title, reversed");
    terminal.keys("\u{c}");
    terminal.see("title, reversed");
    terminal.keys("q");
    leaves(terminal);
}

#[test]
fn ideas_are_read_and_help_helps() {
    let terminal = browse("--project lanternfish", 100, 12);
    terminal.keys("JJJ");
    terminal.see("Outcomes");
    terminal.keys("KKKKK");
    terminal.gone("Outcomes");
    terminal.keys("J");
    terminal.keys(ENTER);
    terminal.see("Esc back");
    for (keys, seen) in [
        ("G", "Benchmarks against polling"),
        ("g", "Project     Lanternfish"),
        (PAGE_DOWN, "Mentors     Ada Brook"),
        (PAGE_UP, "Project     Lanternfish"),
        ("J", "A dashboard for the night shift"),
        ("p", "Stream beacons over gRPC"),
        (RIGHT, "A dashboard for the night shift"),
        ("?", "In the list"),
        ("G", "Shift-drag"),
        ("g", "In the list"),
        (ESC, "A dashboard for the night shift"),
        (LEFT, "q quit"),
    ] {
        terminal.keys(keys);
        terminal.see(seen);
    }
    terminal.keys("?");
    terminal.see("In the list");
    terminal.keys("q");
    terminal.see("q quit");
    terminal.keys("q");
    leaves(terminal);
}

#[test]
fn what_is_done_with_an_idea_happens() {
    let folder = tempfile::tempdir().unwrap();
    let said = folder.path().join("said");
    let browser = folder.path().join("browser");
    script::write(&browser, &format!("#!/bin/sh\necho \"$1\" >> {}\n", said.display()));
    let data = folder.path().join("data");
    let here = |args: &str| ideas(args).env("IDEAS_DATA_DIR", &data).env("BROWSER", &browser);

    let terminal = Terminal::start(here("browse --project lanternfish"), 100, 24);
    pointed(&terminal, "Stream beacons");
    terminal.keys("o");
    terminal.see("opened https://github.com/lanternfish-example/lantern/issues/12");
    terminal.keys("O");
    terminal.see("the URL of the page is not known");
    terminal.keys("y");
    terminal.see("copied the URL of the upstream issue");
    terminal.keys("Y");
    terminal.see("copied the id");
    // The id in base64, as OSC 52 has it.
    terminal.written("\u{1b}]52;c;bGFudGVybmZpc2gtc3RyZWFtLWJlYWNvbnMtb3Zlci1ncnBj");
    terminal.keys("b");
    terminal.see("★");
    terminal.see("shortlisted;");
    terminal.keys("nask Ada\r");
    terminal.see("noted");
    terminal.keys(" ");
    terminal.see("[1 selected]");
    terminal.keys(ESC);
    terminal.gone("[1 selected]");
    terminal.keys("B");
    terminal.see("1 of ");
    terminal.keys("q");
    leaves(terminal);
    assert_eq!(fs::read_to_string(&said).unwrap(), "https://github.com/lanternfish-example/lantern/issues/12\n");

    let mut list = Terminal::start(here("list --shortlisted --format ids"), 100, 24);
    assert!(list.end().success());
    list.until("one id", |screen| screen.contents().trim_end() == "lanternfish-stream-beacons-over-grpc");

    let mut list = Terminal::start(here("shortlist list --columns note,status"), 100, 24);
    assert!(list.end().success());
    list.see("ask Ada  considering");

    // What cannot be kept is told, and taken back.
    fs::write(data.join("ideas.sqlite"), "no database, but as long as one begins".repeat(20)).unwrap();
    let terminal = Terminal::start(here("browse"), 100, 24);
    terminal.see("cannot read the shortlist: ");
    terminal.keys("jb");
    terminal.see("cannot change the shortlist: ");
    terminal.gone("★");
    terminal.keys("q");
    leaves(terminal);
}

#[test]
fn windows_of_all_sizes() {
    let terminal = browse("--project lanternfish", 120, 40);
    terminal.see("▌  Stream beacons over gRPC");
    terminal.see("Id          lanternfish-stream-beacons-over-grpc");
    terminal.resize(20, 5);
    terminal.until("a list of twenty columns", |screen| {
        let rows: Vec<String> = screen.rows(0, 20).collect();
        rows.len() == 5 && rows[0].contains('/') && rows[1].starts_with("▌  Stream beacons…")
    });
    terminal.keys("j");
    pointed(&terminal, "A dashboard");
    terminal.keys("f");
    terminal.see("< Skill > 1/9");
    // Esc and another key at once would be that key with Alt.
    terminal.keys(ESC);
    terminal.gone("< Skill >");
    terminal.keys(ENTER);
    terminal.until("the idea alone", |screen| screen.contents().contains("\n A dashboard for"));
    terminal.keys("?");
    terminal.see("In the list");
    terminal.keys(ESC);
    terminal.gone("In the list");
    terminal.keys(ESC);
    pointed(&terminal, "A dashboard");
    for (columns, rows) in [(1, 1), (2, 2), (200, 60), (40, 10)] {
        terminal.resize(columns, rows);
        terminal.keys("kj");
    }
    terminal.until("a list of forty columns", |screen| {
        screen.rows(0, 40).nth(2).is_some_and(|row| row.starts_with("▌  A dashboard"))
    });
    terminal.keys("q");
    leaves(terminal);
}

#[test]
fn signals_leave_the_terminal_as_it_was() {
    use std::os::unix::process::ExitStatusExt;
    for (name, number) in [("INT", 2), ("TERM", 15), ("HUP", 1), ("QUIT", 3)] {
        let mut terminal = browse("", 80, 24);
        terminal.see("q quit");
        terminal.signal(name);
        assert_eq!(terminal.end().signal(), Some(number), "whoever waits for us learns why we ended");
        terminal.until("a terminal as it was", is_restored);
    }
}

#[test]
fn a_window_that_is_closed_ends_it() {
    let (mut pty, pts) = pty_process::blocking::open().unwrap();
    pty.resize(pty_process::Size::new(24, 80)).unwrap();
    let mut child = ideas("browse").spawn(pts).unwrap();
    let mut seen = Vec::new();
    while !String::from_utf8_lossy(&seen).contains("quit") {
        let mut bytes = [0; 4096];
        let count = pty.read(&mut bytes).unwrap();
        seen.extend_from_slice(&bytes[..count]);
    }
    drop(pty);
    let start = Instant::now();
    while child.try_wait().unwrap().is_none() {
        assert!(start.elapsed() < Duration::from_mins(1), "it goes on without a terminal");
        thread::sleep(Duration::from_millis(10));
    }
}

#[test]
fn ctrl_z_and_fg() {
    // A shell with job control, as people have it; `stty` tells whether keys are raw.
    let terminal = Terminal::start(in_terminal("sh").arg("-i").env("PS1", "$ "), 80, 24);
    terminal.see("$ ");
    terminal.keys(&format!("{} --catalog tests/mentoring browse --project lanternfish\r", env!("CARGO_BIN_EXE_ideas")));
    terminal.see("q quit");
    terminal.keys("j");
    pointed(&terminal, "A dashboard");
    terminal.keys("\u{1a}");
    terminal.until("the shell's screen", |screen| is_restored(screen) && screen.contents().trim_end().ends_with('$'));
    terminal.keys("stty -a | tr ' ;' '\\n\\n' | grep -x -e -*icanon -e -*echo | tr '\\n' ' '\r");
    terminal.see("icanon echo");
    terminal.keys("fg\r");
    pointed(&terminal, "A dashboard");
    terminal.see("q quit");
    terminal.keys("k");
    pointed(&terminal, "Stream beacons");
    terminal.keys("q");
    terminal.until("the shell's screen", |screen| is_restored(screen) && screen.contents().trim_end().ends_with('$'));
    terminal.keys("echo left with $?\r");
    terminal.see("left with 0");
}

#[test]
fn one_idea_is_picked() {
    let mut terminal = Terminal::start(ideas("show"), 80, 24);
    terminal.see("Which ideas?");
    terminal.keys("apples");
    pointed(&terminal, "Count apples");
    terminal.keys(ENTER);
    assert!(terminal.end().success());
    terminal
        .until("the idea on the shell's screen", |screen| is_restored(screen) && screen.contents().starts_with("Count apples\n"));

    let mut terminal = Terminal::start(ideas("show --format ids"), 80, 24);
    terminal.see("Which ideas?");
    terminal.keys(ESC);
    assert!(terminal.end().success());
    assert!(terminal.rows().concat().is_empty(), "{:?}", terminal.rows());
}

#[test]
fn no_colour_is_no_colour() {
    let terminal = Terminal::start(ideas("browse --project lanternfish").env("NO_COLOR", "1"), 80, 24);
    pointed(&terminal, "Stream beacons");
    terminal.keys("/str");
    terminal.see("/str");
    terminal.keys("\u{3}");
    let raw = terminal.raw();
    for color in 31..38 {
        assert!(!raw.contains(&format!("\u{1b}[{color}m")) && !raw.contains("[38;5;"), "{color}: {raw:?}");
    }
    leaves(terminal);
}

#[test]
fn a_dumb_terminal_is_told() {
    let mut terminal = Terminal::start(ideas("browse").env("TERM", "dumb"), 120, 24);
    assert_eq!(terminal.end().code(), Some(2));
    terminal.see("error: the terminal is dumb");
}

/// What the test below runs in a terminal: takes the screen, and panics as a release build does, which ends at once and drops
/// nothing.
#[test]
#[ignore = "runs in the terminal of a_panic_leaves_the_terminal_as_it_was"]
fn panics_on_the_screen() {
    use mentorship_ideas::browse::screen::Screen;
    std::panic::set_hook(Box::new(|panic| {
        eprintln!("{panic}");
        std::process::abort();
    }));
    let mut screen = Screen::take().unwrap();
    screen.draw(|frame| frame.render_widget("a frame", frame.area())).unwrap();
    // Wait for a key, so that the frame is seen; then fall over in the middle of a frame.
    std::io::stdin().read_exact(&mut [0]).unwrap();
    screen.draw(|_| panic!("a fault of ours")).unwrap();
}

#[test]
fn a_panic_leaves_the_terminal_as_it_was() {
    let this = std::env::current_exe().unwrap();
    let child = in_terminal(this.to_str().unwrap()).args(["--ignored", "--exact", "--nocapture", "browse::panics_on_the_screen"]);
    let mut terminal = Terminal::start(child, 80, 24);
    terminal.see("a frame");
    terminal.until("the other screen", vt100::Screen::alternate_screen);
    terminal.keys("x");
    assert!(!terminal.end().success());
    terminal.until("a terminal as it was, and the reason", |screen| {
        is_restored(screen) && screen.contents().contains("a fault of ours")
    });
}
