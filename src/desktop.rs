//! The user's own programs: the pager that shows long answers, the browser, the editor.
//!
//! Which program that is, the environment says, as for git: nothing here is set up. What is handed to a program never goes
//! through a shell, but for the command that the user wrote down.

pub mod browser;
pub mod editor;
pub mod pager;

use std::process::Command;

/// The command that a user's setting means: a program, or a line for the shell, as git takes them. Arguments that are added
/// to it reach the program unchanged.
fn command(setting: &str) -> Command {
    let is_plain = |c: char| c.is_alphanumeric() || "/._-+:,@%\\".contains(c);
    if setting.chars().all(is_plain) || cfg!(windows) {
        // Windows has no shell that is everywhere.
        let mut words = setting.split_whitespace();
        let mut command = Command::new(words.next().unwrap_or_default());
        command.args(words);
        return command;
    }
    let mut command = Command::new("sh");
    command.arg("-c").arg(format!("{setting} \"$@\"")).arg(setting);
    command
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn settings_are_programs_or_lines_for_the_shell() {
        for (setting, said) in
            [("echo", "$x;y a b\n"), ("echo -n", "$x;y a b"), ("A='q r'; printf '%s|' \"$A\"", "q r|$x;y|a b|")]
        {
            let output = command(setting).args(["$x;y", "a b"]).output().unwrap();
            assert_eq!(String::from_utf8(output.stdout).unwrap(), said, "{setting}");
        }
        assert!(command("no-such-program").output().is_err());
    }
}
