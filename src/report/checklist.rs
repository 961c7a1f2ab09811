//! How the ideas of organizations stand, as checklists in Markdown: one each, to be posted in an issue or a mail.

use std::io::{self, Write};

use crate::lint::asked::{Lacking, Requirement, Standing};
use crate::programs;
use crate::render::markdown::escape;
use crate::render::safe;
use crate::text::counted;

/// So many ideas are named that lack the same.
const NAMED: usize = 20;

/// Writes a checklist for each, in their order.
pub fn write(standings: &[Standing], out: &mut dyn Write) -> io::Result<()> {
    for (at, standing) in standings.iter().enumerate() {
        if at > 0 {
            writeln!(out)?;
        }
        one(standing, out)?;
    }
    Ok(())
}

fn one(standing: &Standing, out: &mut dyn Write) -> io::Result<()> {
    let names = [&standing.project, &standing.organization].into_iter().flatten().map(String::as_str);
    let mut names: Vec<&str> = names.collect();
    names.dedup();
    let name = if names.is_empty() { "No organization stated".to_owned() } else { text(&names.join(", ")) };
    let when = programs::shown(standing.program.as_ref(), standing.term);
    let when = if when.is_empty() { String::new() } else { format!(" ({})", text(&when)) };
    writeln!(out, "## {name}{when}\n")?;
    if let Some(problem) = &standing.problem {
        writeln!(out, "No ideas were read: {}\n", text(problem))?;
    } else {
        let ideas = counted(standing.ideas, "idea");
        let state = match (standing.ready, standing.complete) {
            (true, _) => "everything that is required is there".to_owned(),
            (false, complete) => format!("{complete} complete"),
        };
        writeln!(out, "{ideas}, {state}.\n")?;
    }
    for requirement in &standing.requirements {
        item(requirement, out)?;
    }
    Ok(())
}

fn item(requirement: &Requirement, out: &mut dyn Write) -> io::Result<()> {
    let mark = if requirement.is_met() { 'x' } else { ' ' };
    let weight = if requirement.required { "" } else { " (recommended)" };
    let count = match (requirement.is_met(), requirement.name) {
        (_, "ideas") => format!(": {}", requirement.met),
        (true, _) => String::new(),
        (false, _) => format!(": {} of {}", requirement.met, requirement.of),
    };
    // Only labels are code, and these are ours.
    writeln!(out, "- [{mark}] {}{weight}{count}", safe::line(&requirement.asks))?;
    for Lacking { title, place, .. } in requirement.lacking.iter().take(NAMED) {
        writeln!(out, "  - {}: {}", text(title), address(place))?;
    }
    match requirement.lacking.len().saturating_sub(NAMED) {
        0 => Ok(()),
        more => writeln!(out, "  - and {more} more"),
    }
}

/// Where an idea stands: a link if it is on the web.
fn address(place: &str) -> String {
    match safe::url(place) {
        Some(url) if !url.contains(['<', '>', ' ']) => format!("<{url}>"),
        _ => text(place),
    }
}

/// Text of one line, in which nothing is markup and nobody is called: where it is posted, `@name` would tell somebody,
/// and `#12` be a link to another issue.
fn text(text: &str) -> String {
    let escaped = escape(&safe::line(text)).into_owned();
    let mut inert = String::with_capacity(escaped.len());
    let mut rest = escaped.chars().peekable();
    let mut before = None;
    while let Some(c) = rest.next() {
        inert.push(c);
        let calls = match c {
            '@' => {
                before.is_none_or(|before: char| !before.is_alphanumeric())
                    && rest.peek().is_some_and(char::is_ascii_alphanumeric)
            }
            '#' => rest.peek().is_some_and(char::is_ascii_digit),
            _ => false,
        };
        if calls {
            inert.push_str("<!-- -->");
        }
        before = Some(c);
    }
    inert
}

#[cfg(test)]
mod tests {
    use super::text;

    #[test]
    fn nobody_is_called() {
        for (said, written) in [
            ("Ask @ada-brook", "Ask @<!-- -->ada-brook"),
            ("@otters/team", "@<!-- -->otters/team"),
            ("Mend otters/otters#12", "Mend otters/otters#<!-- -->12"),
            ("ada@example.org, C#, @ home", "ada@example.org, C#, @ home"),
        ] {
            assert_eq!(text(said), written);
        }
    }
}
