//! `ideas list` on a terminal: the pager shows what is long, and how much it is stands below.

use super::pty::{Terminal, ideas};

#[test]
fn a_long_list_goes_through_the_pager() {
    // Six ideas do not fit four rows, so less waits; q ends it, and quietly.
    let mut terminal = Terminal::start(ideas("list").env("PAGER", "less"), 80, 4);
    terminal.see("Graft trees");
    terminal.gone("Read manuscripts");
    terminal.keys("q");
    assert!(terminal.end().success());
    let raw = terminal.raw();
    assert!(raw.contains("6 ideas \u{b7} newest terms first") && !raw.contains("error"), "{raw}");
}

#[test]
fn a_list_that_fits_is_printed_and_so_is_any_without_a_pager() {
    for (args, pager, rows, warns) in
        [("list", "less", 20, false), ("--no-pager list", "less", 4, false), ("list", "no-such-pager", 4, true)]
    {
        let mut terminal = Terminal::start(ideas(args).env("PAGER", pager), 80, rows);
        assert!(terminal.end().success(), "{args}");
        let raw = terminal.raw();
        assert!(raw.contains("Read manuscripts") && raw.contains("6 ideas"), "{args}: {raw}");
        assert_eq!(raw.contains("cannot start the pager 'no-such-pager'"), warns, "{args}: {raw}");
    }
}
