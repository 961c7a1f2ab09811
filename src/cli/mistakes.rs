//! Calls that make no sense: what may have been meant. The parser says what is wrong, and knows near names; what people mean
//! who know other programs, or only what they look for, is said here.

use std::ffi::OsString;

use clap::builder::StyledStr;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Arg, Command, Error};

use crate::idea::skill::Skills;
use crate::spelling::nearest;

/// Flags as other programs and other people call them, and what they are here. The name of a format is a flag of its own
/// elsewhere, too; [`same`] knows.
const SAME: [(&[&str], &str); 15] = [
    (&["lang", "language", "tech", "technology", "tag", "tags", "topic", "keyword", "stack"], "--skill"),
    (&["size", "length", "duration", "time"], "--hours ..175"),
    (&["level", "easy", "beginner"], "--difficulty easy"),
    (&["org", "orgs", "organisation", "community"], "--organization"),
    (&["repo", "component"], "--project"),
    (&["year", "season", "cohort"], "--term"),
    (&["programme"], "--program"),
    (&["person", "author", "people", "user"], "--mentor"),
    (&["grep", "text", "query", "contains", "filter", "search", "find"], "--where"),
    (&["no", "not", "without", "exclude"], "--not-skill"),
    (&["output"], "--format"),
    (&["order", "order-by", "sort-by"], "--sort"),
    (&["fields", "field", "show", "cols"], "--columns"),
    (&["max", "top", "first", "number", "head"], "--limit"),
    (&["path", "file", "dir", "directory", "input", "source"], "--catalog"),
];

/// The error, with a tip where we have one and the parser has not.
pub(super) fn explain(mut error: Error, args: &[OsString], command: &Command) -> Error {
    // What stands before a command does not belong to it.
    let to_flag = |flag: &str| {
        let before = args.iter().take_while(|arg| !arg.to_str().is_some_and(|arg| arg.starts_with(flag)));
        subcommand(before, command)
    };
    let flag = seen(&error).filter(|flag| error.kind() == ErrorKind::UnknownArgument && flag.starts_with("--"));
    // What people are known to mean goes before what is only written alike.
    if let Some(tip) = flag.and_then(|flag| same(name_of(flag), to_flag(flag), command)) {
        error.remove(ContextKind::SuggestedArg);
        error.insert(ContextKind::Suggested, ContextValue::StyledStrs(vec![StyledStr::from(tip)]));
        return error;
    }
    let mut is_told = false;
    for kind in [ContextKind::SuggestedArg, ContextKind::SuggestedSubcommand, ContextKind::SuggestedValue] {
        is_told |= kind != ContextKind::SuggestedValue && error.get(kind).is_some();
        // The parser lists the likeliest last.
        if let Some(ContextValue::Strings(names)) = error.get(kind) {
            let names = names.iter().rev().cloned().collect();
            error.insert(kind, ContextValue::Strings(names));
        }
    }
    if is_told {
        return error;
    }
    let tip = match (error.kind(), seen(&error)) {
        (ErrorKind::InvalidSubcommand, Some(word)) if args.get(1).is_some_and(|first| first == "help") => {
            nearest(word, command.get_subcommands().map(Command::get_name))
                .map(|name| format!("did you mean `ideas help {name}`?"))
        }
        (ErrorKind::InvalidSubcommand, Some(word)) => Some(to_find(word)),
        (ErrorKind::MissingRequiredArgument, _) => subcommand(args, command).and_then(example),
        (ErrorKind::UnknownArgument, Some(flag)) if flag.starts_with("--") => owner(name_of(flag), to_flag(flag), command),
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

/// The name of a flag: `size` of `--size=small`.
fn name_of(flag: &str) -> &str {
    flag.trim_start_matches('-').split('=').next().unwrap_or_default()
}

/// What a flag of other programs is called here, where the command has that; without a command, where `ideas list` has it.
fn same(name: &str, subcommand: Option<&Command>, command: &Command) -> Option<String> {
    let target = subcommand.or_else(|| command.find_subcommand("list"))?;
    let takes = |command: &Command, name: &str| command.get_arguments().any(|arg| arg.get_long() == Some(name));
    let is_format =
        |arg: &Arg| arg.get_long() == Some("format") && arg.get_possible_values().iter().any(|value| value.matches(name, true));
    let same = if target.get_arguments().any(is_format) {
        format!("--format {name}")
    } else {
        SAME.iter().find(|(names, _)| names.contains(&name)).map(|(_, same)| (*same).to_owned())?
    };
    let long = name_of(&same).split(' ').next()?;
    match subcommand {
        _ if takes(command, long) => Some(format!("here it is '{same}'")),
        Some(subcommand) => takes(subcommand, long).then(|| format!("here it is '{same}'")),
        None => takes(target, long).then(|| format!("here it is '{same}', behind a command such as `ideas list`")),
    }
}

/// Where a flag belongs that its command does not have.
fn owner(name: &str, subcommand: Option<&Command>, command: &Command) -> Option<String> {
    let takes = |command: &Command| command.get_arguments().any(|arg| arg.get_long() == Some(name));
    let owners: Vec<&str> = command.get_subcommands().filter(|it| takes(it)).map(Command::get_name).take(2).collect();
    match (owners.as_slice(), subcommand) {
        ([first, ..], None) => Some(format!("'--{name}' belongs behind a command, as in `ideas {first} --{name} …`")),
        ([only], Some(_)) => Some(format!("'--{name}' belongs to `ideas {only}`")),
        ([first, second, ..], Some(_)) => {
            Some(format!("'--{name}' belongs to other commands, such as `ideas {first}` and `ideas {second}`"))
        }
        ([], _) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::Cli;
    use crate::render::Format;

    fn said(call: &str) -> String {
        Cli::read(&call.split(' ').map(OsString::from).collect::<Vec<_>>()).unwrap_err().to_string()
    }

    #[test]
    fn what_may_have_been_meant_is_said() {
        for (call, tip) in [
            ("ideas serch", "similar subcommands exist: 'search', 'schema'"),
            ("ideas lst", "similar subcommands exist: 'list', 'ls', 'lsp', 'site'"),
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
            ("ideas list --programme lfx", "here it is '--program'"),
            ("ideas validate --sarif", "here it is '--format sarif'"),
            ("ideas --json", "here it is '--format json', behind a command such as `ideas list`"),
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

    /// Every name of the tables, behind every command: the tip names a flag that the command has, with a value that it takes.
    #[test]
    fn every_other_name_leads_to_a_flag() {
        let command = <Cli as clap::CommandFactory>::command();
        let names = || SAME.iter().flat_map(|(names, _)| *names).copied().chain(Format::ALL.map(Format::as_str));
        let takes = |command: &Command, name: &str| command.get_arguments().any(|arg| arg.get_long() == Some(name));
        for target in command.get_subcommands() {
            for name in names().filter(|name| !takes(target, name)) {
                let said = said(&format!("ideas {} --{name}", target.get_name()));
                let tip = said.split_once("here it is '").and_then(|(_, tip)| tip.split_once('\'')).map(|(tip, _)| tip);
                let Some(tip) = tip else {
                    assert!(target.get_name() != "list", "{name}: {said}");
                    continue;
                };
                let (long, value) = tip.trim_start_matches('-').split_once(' ').unwrap_or((tip.trim_start_matches('-'), ""));
                assert!(takes(target, long) || takes(&command, long), "ideas {} --{name}: {said}", target.get_name());
                let arg = target.get_arguments().find(|arg| arg.get_long() == Some(long));
                let values = arg.map(Arg::get_possible_values).unwrap_or_default();
                let takes_value = value.is_empty() || values.is_empty() || values.iter().any(|it| it.matches(value, true));
                assert!(takes_value, "ideas {} --{name}: {said}", target.get_name());
                assert!(!said.contains("similar"), "one tip is enough: {said}");
            }
        }
    }
}
