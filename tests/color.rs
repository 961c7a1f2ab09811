//! Colour: who decides, and in which order.
#![allow(clippy::unwrap_used)] // a test that cannot go on has failed

use std::process::Command;

const ESCAPE: char = '\u{1b}';

/// Whether standard output and standard error of a call in a pipe have colour.
fn has_color(args: &[&str], variables: &[(&str, &str)]) -> (bool, bool) {
    let mut ideas = Command::new(env!("CARGO_BIN_EXE_ideas"));
    for variable in ["NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "IDEAS_CATALOG"] {
        ideas.env_remove(variable);
    }
    // Some of what is built in was of use then: no note about its terms.
    ideas.env("IDEAS_TODAY", "2025-10-15");
    let run = ideas.envs(variables.iter().copied()).args(args).output().unwrap();
    let colored = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap().contains(ESCAPE);
    (colored(run.stdout), colored(run.stderr))
}

#[test]
fn the_flag_decides_then_the_environment() {
    let force = ("CLICOLOR_FORCE", "1");
    let no = ("NO_COLOR", "1");
    for (flag, variables, colored) in [
        (&[][..], &[][..], false),
        (&["--color", "always"], &[], true),
        (&["--color", "never"], &[], false),
        (&[], &[force], true),
        (&[], &[("CLICOLOR_FORCE", "")], false),
        (&[], &[no], false),
        (&[], &[no, force], false),
        (&["--color", "never"], &[force], false),
        (&["--color", "always"], &[no], true),
        (&["--color=auto"], &[force], true),
    ] {
        for (call, streams) in [
            // A page to read; nothing to say besides.
            (&["show", "harbor-harbor-cli"][..], (colored, false)),
            // A note.
            (&["list", "--skill", "no-such-skill", "--format", "ids"], (false, colored)),
            // An error of ours, one of the parser's, and its help.
            (&["show", "no-such-idea"], (false, colored)),
            (&["lst"], (false, colored)),
            (&["list", "--help"], (colored, false)),
        ] {
            assert_eq!(has_color(&[flag, call].concat(), variables), streams, "{flag:?} {variables:?} {call:?}");
        }
    }
}

#[test]
fn data_for_programs_is_never_colored() {
    for format in ["table", "wide", "json", "ndjson", "yaml", "csv", "markdown", "ids"] {
        assert_eq!(has_color(&["--color", "always", "list", "--format", format], &[]), (false, false), "{format}");
    }
}
