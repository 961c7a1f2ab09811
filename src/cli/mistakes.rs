//! Calls that make no sense: what may have been meant. The parser says what is wrong, and knows near names; what people mean
//! who know other programs, or only what they look for, is said here.

use std::ffi::OsString;

use clap::builder::StyledStr;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Command, Error};

use crate::idea::skill::Skills;
use crate::query::suggest::nearest;

/// Flags as other programs and other people call them, and what they are here.
const SAME: [(&[&str], &str); 14] = [
    (&["lang", "language", "tech", "technology", "tag", "tags", "topic", "keyword", "stack"], "--skill"),
    (&["size", "length", "duration", "time"], "--hours ..175"),
    (&["level", "easy", "beginner"], "--difficulty easy"),
    (&["org", "organization", "organisation", "repo", "community"], "--project"),
    (&["year", "season", "cohort"], "--term"),
    (&["programme"], "--program"),
    (&["person", "author", "people", "user"], "--mentor"),
    (&["grep", "text", "query", "contains", "filter", "search", "find"], "--where"),
    (&["no", "not", "without", "exclude"], "--not-skill"),
    (&["json", "yaml", "csv", "markdown", "ndjson", "ids", "wide", "output"], "--format"),
    (&["order", "order-by", "sort-by"], "--sort"),
    (&["fields", "field", "show", "cols"], "--columns"),
    (&["max", "top", "first", "number", "head", "count-only"], "--limit"),
    (&["path", "file", "dir", "directory", "input", "source"], "--catalog"),
];

/// Formats that are asked for as a flag of their own.
const FORMATS: [&str; 7] = ["json", "yaml", "csv", "markdown", "ndjson", "ids", "wide"];

/// The error, with a tip where we have one and the parser has not.
pub(super) fn explain(mut error: Error, args: &[OsString], command: &Command) -> Error {
    if [ContextKind::SuggestedArg, ContextKind::SuggestedSubcommand].iter().any(|kind| error.get(*kind).is_some()) {
        return error;
    }
    let tip = match (error.kind(), seen(&error)) {
        (ErrorKind::InvalidSubcommand, Some(word)) if args.get(1).is_some_and(|first| first == "help") => {
            nearest(word, command.get_subcommands().map(Command::get_name))
                .map(|name| format!("did you mean `ideas help {name}`?"))
        }
        (ErrorKind::InvalidSubcommand, Some(word)) => Some(to_find(word)),
        (ErrorKind::MissingRequiredArgument, _) => subcommand(args, command).and_then(example),
        (ErrorKind::UnknownArgument, Some(flag)) if flag.starts_with("--") => {
            // What stands before a command does not belong to it.
            let before = args.iter().take_while(|arg| !arg.to_str().is_some_and(|arg| arg.starts_with(flag)));
            of_flag(flag, subcommand(before, command), command)
        }
        (ErrorKind::UnknownArgument, Some(word)) if !word.starts_with('-') => {
            // What the commands that show ideas take for a filter in other programs.
            let finds = subcommand(args, command).is_some_and(|it| it.get_arguments().any(|arg| arg.get_long() == Some("skill")));
            finds.then(|| to_find(word))
        }
        _ => None,
    };
    if let Some(tip) = tip {
        error.insert(ContextKind::Suggested, ContextValue::StyledStrs(vec![StyledStr::from(tip)]));
    }
    error
}

/// What the parser does not know.
fn seen(error: &Error) -> Option<&str> {
    let seen = error.get(ContextKind::InvalidSubcommand).or_else(|| error.get(ContextKind::InvalidArg))?;
    match seen {
        ContextValue::String(seen) => Some(seen),
        _ => None,
    }
}

/// The command that a call names.
fn subcommand<'a, 'b>(args: impl IntoIterator<Item = &'b OsString>, command: &'a Command) -> Option<&'a Command> {
    args.into_iter().skip(1).filter_map(|arg| arg.to_str()).find_map(|arg| command.find_subcommand(arg))
}

/// The first example of a command.
fn example(command: &Command) -> Option<String> {
    let help = command.get_after_help()?.to_string();
    let line = help.lines().find_map(|line| line.strip_prefix("  "))?;
    // What the example does stands behind it.
    let call = line.split("  ").next().unwrap_or(line);
    Some(format!("for example, `{call}`"))
}

/// How to find ideas for what somebody typed where no such word belongs.
fn to_find(word: &str) -> String {
    let known = Skills::get();
    let quoted = if word.chars().all(|c| c.is_alphanumeric() || "-_.+#@/".contains(c)) {
        word.to_owned()
    } else {
        format!("\"{}\"", word.replace('"', ""))
    };
    // Of three letters everything is a slip.
    let slip = || nearest(word, known.all()).filter(|_| word.chars().count() > 3);
    let skill = known.canonical(word).or_else(slip);
    match skill {
        Some(skill) => format!("to find ideas, try `ideas list --skill {skill}` or `ideas search {quoted}`"),
        None => format!("to find ideas, try `ideas search {quoted}`"),
    }
}

/// What a flag is called here, or where it belongs.
fn of_flag(flag: &str, subcommand: Option<&Command>, command: &Command) -> Option<String> {
    let name = flag.trim_start_matches('-').split('=').next().unwrap_or_default();
    let takes = |command: &Command, name: &str| command.get_arguments().any(|arg| arg.get_long() == Some(name));
    let owners = |name: &str| -> Vec<&str> {
        command.get_subcommands().filter(|it| takes(it, name)).map(Command::get_name).take(3).collect()
    };
    match (owners(name).as_slice(), subcommand) {
        ([first, ..], None) => return Some(format!("'--{name}' belongs behind a command, as in `ideas {first} --{name} …`")),
        ([only], Some(_)) => return Some(format!("'--{name}' belongs to `ideas {only}`")),
        ([first, second, ..], Some(_)) => {
            return Some(format!("'--{name}' belongs to other commands, such as `ideas {first}` and `ideas {second}`"));
        }
        _ => {}
    }
    let same = SAME.iter().find(|(names, _)| names.contains(&name)).map(|(_, same)| *same)?;
    let same = if FORMATS.contains(&name) { format!("{same} {name}") } else { same.to_owned() };
    // A command that has no such flag is not told of it.
    let long = same.trim_start_matches('-').split(' ').next().unwrap_or_default();
    let known = subcommand.is_none_or(|it| takes(it, long)) || takes(command, long);
    known.then(|| format!("here it is '{same}'"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::Cli;

    fn said(call: &str) -> String {
        Cli::read(&call.split(' ').map(OsString::from).collect::<Vec<_>>()).unwrap_err().to_string()
    }

    #[test]
    fn what_may_have_been_meant_is_said() {
        for (call, tip) in [
            ("ideas serch", "similar subcommands exist: 'schema', 'search'"),
            ("ideas rust", "to find ideas, try `ideas list --skill rust` or `ideas search rust`"),
            ("ideas golang", "`ideas list --skill go` or `ideas search golang`"),
            ("ideas kuberntes", "`ideas list --skill kubernetes`"),
            ("ideas xyzzy", "tip: to find ideas, try `ideas search xyzzy`"),
            ("ideas list rust", "to find ideas, try `ideas list --skill rust` or `ideas search rust`"),
            ("ideas stats rust", "`ideas list --skill rust`"),
            ("ideas list --skil go", "a similar argument exists: '--skill'"),
            ("ideas list --lang go", "here it is '--skill'"),
            ("ideas list --json", "here it is '--format json'"),
            ("ideas list --size=small", "here it is '--hours ..175'"),
            ("ideas --skill go", "'--skill' belongs behind a command, as in `ideas list --skill …`"),
            ("ideas --format json list", "'--format' belongs behind a command"),
            ("ideas list --plot x.svg", "'--plot' belongs to `ideas stats`"),
            ("ideas list --path x", "here it is '--catalog'"),
            ("ideas help serch", "did you mean `ideas help search`?"),
            ("ideas search", "for example, `ideas search helm chart`"),
        ] {
            let said = said(call);
            assert!(said.contains(tip), "{call}: {said}");
        }
    }

    #[test]
    fn where_nothing_helps_nothing_is_said() {
        for call in ["ideas list --xyzzy", "ideas schema idea extra"] {
            assert!(!said(call).contains("tip:"), "{call}: {}", said(call));
        }
    }

    #[test]
    fn every_other_name_leads_to_a_flag() {
        let command = <Cli as clap::CommandFactory>::command();
        let list = command.find_subcommand("list").unwrap();
        for (names, same) in SAME {
            let long = same.trim_start_matches('-').split(' ').next();
            let is_flag = |long| list.get_arguments().chain(command.get_arguments()).any(|arg| arg.get_long() == long);
            assert!(is_flag(long), "{same}");
            for name in names {
                assert!(!is_flag(Some(name)), "--{name} is a flag");
            }
        }
    }
}
