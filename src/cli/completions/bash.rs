//! Bash takes words apart at `=`, `@` and `:`: `--skill=go` comes as three. They are put together again before anything is
//! completed, and of the answers only what bash replaces is given back.

use std::env;
use std::ffi::OsString;
use std::io::{self, Write};
use std::path::Path;

use clap::Command;
use clap_complete::engine::complete;
use clap_complete::env::EnvCompleter;

/// The script is clap's own.
pub(super) struct Bash;

impl EnvCompleter for Bash {
    fn name(&self) -> &'static str {
        "bash"
    }

    fn is(&self, name: &str) -> bool {
        name == "bash"
    }

    fn write_registration(&self, var: &str, name: &str, bin: &str, completer: &str, buf: &mut dyn Write) -> io::Result<()> {
        clap_complete::env::Bash.write_registration(var, name, bin, completer, buf)
    }

    fn write_complete(&self, cmd: &mut Command, args: Vec<OsString>, dir: Option<&Path>, buf: &mut dyn Write) -> io::Result<()> {
        let index = env::var("_CLAP_COMPLETE_INDEX").ok().and_then(|index| index.parse().ok()).unwrap_or_default();
        let between = env::var("_CLAP_IFS").unwrap_or_else(|_| "\n".to_owned());
        let Joined { words, index, before } = join(args, index);
        for (i, candidate) in complete(cmd, words, index, dir)?.iter().enumerate() {
            let value = candidate.get_value().to_string_lossy();
            let value = value.strip_prefix(&before).unwrap_or(&value);
            write!(buf, "{}{value}", if i > 0 { &between } else { "" })?;
        }
        Ok(())
    }
}

/// Words as they were typed.
#[derive(Debug, PartialEq, Eq)]
struct Joined {
    words: Vec<OsString>,
    /// Which of them is to be completed.
    index: usize,
    /// What of that one stands before the part that bash replaces.
    before: String,
}

/// Puts words together that bash took apart. What stood between two of them is not told, but no name ends in a `=`, and
/// nobody writes a handle without its `@`.
fn join(args: Vec<OsString>, index: usize) -> Joined {
    let mut joined = Joined { words: Vec::new(), index: args.len(), before: String::new() };
    let mut glue = false;
    for (i, arg) in args.into_iter().enumerate() {
        let is_break = !arg.is_empty() && arg.to_string_lossy().chars().all(|c| "=@:".contains(c));
        let last = joined.words.last().map(|last| last.to_string_lossy().into_owned()).unwrap_or_default();
        let is_open_flag = last.starts_with("--") && !last.contains('=');
        let to_last =
            if is_break && arg.to_string_lossy().starts_with('=') { is_open_flag } else { is_break && !last.starts_with('-') };
        match joined.words.last_mut() {
            Some(word) if (glue || to_last) && i > 1 => {
                if i == index {
                    joined.before = last;
                }
                word.push(&arg);
            }
            _ => joined.words.push(arg),
        }
        if i == index {
            joined.index = joined.words.len() - 1;
        }
        glue = is_break;
    }
    joined
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_put_together() {
        for (words, index, expected, at, before) in [
            (&["ideas", "list", "--skill", "go,ru"][..], 3, &["ideas", "list", "--skill", "go,ru"][..], 3, ""),
            (&["ideas", "list", "--skill", "=", "ru"], 4, &["ideas", "list", "--skill=ru"], 2, "--skill="),
            (&["ideas", "list", "--skill", "", "--count"], 3, &["ideas", "list", "--skill", "", "--count"], 3, ""),
            (&["ideas", "list", "--mentor", "@", "jd"], 4, &["ideas", "list", "--mentor", "@jd"], 3, "@"),
            (&["ideas", "list", "--mentor", "=@", "jd"], 4, &["ideas", "list", "--mentor=@jd"], 2, "--mentor=@"),
            (
                &["ideas", "list", "--mentor", "j", "@", "x.org", "--ha"],
                6,
                &["ideas", "list", "--mentor", "j@x.org", "--ha"],
                4,
                "",
            ),
            (&["ideas", "list", "--sort", "hours", ":", "de"], 5, &["ideas", "list", "--sort", "hours:de"], 3, "hours:"),
            (&["ideas"], 0, &["ideas"], 0, ""),
        ] {
            let joined = join(words.iter().map(OsString::from).collect(), index);
            let expected = Joined { words: expected.iter().map(OsString::from).collect(), index: at, before: before.to_owned() };
            assert_eq!(joined, expected, "{words:?}");
        }
    }
}
