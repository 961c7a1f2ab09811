//! Words with a minus in a query: `ideas search rust -kernel`. The parser would take `-kernel` for flags, so the words of such a
//! call are put behind a `--`, in their order, before it reads them.

use std::borrow::Cow;
use std::ffi::OsString;

use clap::{Arg, Command};

/// The command whose words may have a minus.
const SEARCH: &str = "search";

/// The call as the parser takes it. One without such words stays as it is, so that what is wrong with it is told of
/// what was typed.
pub(super) fn for_parser<'a>(args: &'a [OsString], command: &Command) -> Cow<'a, [OsString]> {
    let Some(search) = command.find_subcommand(SEARCH) else { return args.into() };
    let known: Vec<&Arg> = command.get_arguments().chain(search.get_arguments()).collect();
    let mut flags: Vec<OsString> = args.iter().take(1).cloned().collect();
    let mut words: Vec<OsString> = Vec::new();
    let (mut is_search, mut is_steered, mut is_value) = (false, false, false);
    let mut rest = args.iter().skip(1);
    for arg in rest.by_ref() {
        let said = arg.to_str().unwrap_or_default();
        if std::mem::take(&mut is_value) {
            flags.push(arg.clone());
        } else if said == "--" {
            break;
        } else if is_search && is_excluded(said, &known) {
            is_steered = true;
            words.push(arg.clone());
        } else if said.starts_with('-') && said.len() > 1 {
            is_value = takes_next(said, &known);
            flags.push(arg.clone());
        } else if is_search {
            words.push(arg.clone());
        } else if said == SEARCH {
            is_search = true;
            flags.push(arg.clone());
        } else {
            return args.into();
        }
    }
    if !is_steered {
        return args.into();
    }
    flags.push("--".into());
    flags.into_iter().chain(words).chain(rest.cloned()).collect::<Vec<_>>().into()
}

/// True for a minus before a word or a phrase, unless all of its letters are flags: `-v`, `-qv`.
fn is_excluded(said: &str, known: &[&Arg]) -> bool {
    let Some(word) = said.strip_prefix('-').filter(|word| !word.is_empty() && !word.starts_with('-')) else { return false };
    // Help and the version are flags that the parser adds.
    let is_flag = |c: char| c == 'h' || c == 'V' || known.iter().any(|arg| arg.get_short() == Some(c));
    !word.chars().all(is_flag)
}

/// True for a flag whose value is the next argument.
fn takes_next(said: &str, known: &[&Arg]) -> bool {
    let is = |arg: &&&Arg| match said.strip_prefix("--") {
        Some(long) => arg.get_long() == Some(long),
        None => said.chars().next_back() == arg.get_short(),
    };
    known.iter().find(is).is_some_and(|arg| arg.get_action().takes_values())
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;
    use crate::cli::Cli;

    fn read(call: &str) -> String {
        let args: Vec<OsString> = call.split(' ').map(OsString::from).collect();
        let words: Vec<String> = for_parser(&args, &Cli::command()).iter().map(|arg| arg.to_str().unwrap().to_owned()).collect();
        words.join(" ")
    }

    #[test]
    fn words_with_a_minus_are_no_flags() {
        for (call, meaning) in [
            ("ideas search rust -kernel", "ideas search -- rust -kernel"),
            ("ideas search -hadoop rust", "ideas search -- -hadoop rust"),
            ("ideas -q --catalog x search a --limit 5 or -b -v", "ideas -q --catalog x search --limit 5 -v -- a or -b"),
            ("ideas search rust -c -- -x", "ideas search -- rust -c -x"),
            ("ideas search x -skill:java --skill go", "ideas search --skill go -- x -skill:java"),
        ] {
            assert_eq!(read(call), meaning);
            assert!(Cli::read(&call.split(' ').map(OsString::from).collect::<Vec<_>>()).is_ok(), "{call}");
        }
        for call in [
            "ideas search rust",
            "ideas search rust -v -qv -h",
            "ideas search rust --skil go",
            "ideas search rust --catalog -",
            "ideas search -- -kernel",
            "ideas list -kernel",
            "ideas list --sort -hours",
            "ideas search - x",
        ] {
            assert_eq!(read(call), call, "it stays as it is");
        }
        let error = Cli::read(&"ideas search rust -kernel --skil go".split(' ').map(OsString::from).collect::<Vec<_>>());
        assert!(error.unwrap_err().to_string().contains("'--skill'"), "flags that are wrong are told");
    }
}
