//! Pages of many shapes, in several variations each, with the facts that a careful reader finds on them.
//!
//! `tests/shapes/NAME.md` or `NAME.html` is the page, `NAME.txt` what it says; both were written by hand, the facts before any
//! program read the page. Unlike `tests/pages` nothing here follows the program: what is read wrong stays wrong until it is read
//! right, and the floor counts it.
#![allow(clippy::unwrap_used)] // a test that cannot go on has failed

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use mentorship_ideas::idea::Idea;
use mentorship_ideas::layout;
use mentorship_ideas::text::Source;

/// How many ideas must be read with every fact right and none added; it may only grow.
const RIGHT: usize = 856;

/// How many ideas may be read that are none; it may only fall.
const INVENTED: usize = 8;

#[test]
fn pages_of_many_shapes_say_what_a_reader_finds() {
    let (mut all, mut right, mut invented, mut wrong) = (0, 0, 0, String::new());
    let pages: Vec<(PathBuf, String)> =
        pages().into_iter().map(|page| (page.clone(), std::fs::read_to_string(page.with_extension("txt")).unwrap())).collect();
    let tags = pages.iter().flat_map(|(_, facts)| facts.lines()).filter_map(|line| line.strip_prefix("  tags: "));
    let tags: BTreeSet<String> = tags.flat_map(|tags| tags.split(", ")).map(str::to_owned).collect();
    for (page, facts) in &pages {
        let expected = ideas_in(facts);
        let mut found: Vec<String> = read(page).iter().map(|idea| tell(idea, &tags)).collect();
        all += expected.len();
        for idea in &expected {
            match found.iter().position(|other| other == idea) {
                Some(at) => {
                    found.swap_remove(at);
                    right += 1;
                }
                None => _ = writeln!(wrong, "{}: not read so:\n{idea}", page.file_name().unwrap().display()),
            }
        }
        let titles: Vec<&str> = expected.iter().map(|idea| title(idea)).collect();
        for idea in found {
            invented += usize::from(!titles.contains(&title(&idea)));
            _ = writeln!(wrong, "{}: but:\n{idea}", page.file_name().unwrap().display());
        }
    }
    eprintln!("{wrong}{right} of {all} ideas read right, {invented} invented");
    assert!(right >= RIGHT, "{right} of {all} ideas are read right, {RIGHT} were");
    assert!(invented <= INVENTED, "{invented} ideas are invented, {INVENTED} were");
}

/// Every page, in a fixed order.
fn pages() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/shapes");
    let files = std::fs::read_dir(folder).unwrap().map(|file| file.unwrap().path());
    let mut pages: Vec<PathBuf> =
        files.filter(|path| path.extension().is_some_and(|extension| extension == "md" || extension == "html")).collect();
    pages.sort();
    assert!(pages.len() > 150, "pages are missing");
    pages
}

fn read(page: &Path) -> Vec<Idea> {
    let (source, _) = Source::decode(page, std::fs::read(page).unwrap());
    layout::read(&source).unwrap().ideas
}

/// The ideas of a list of facts: a title at the margin, its facts below it.
fn ideas_in(facts: &str) -> Vec<String> {
    facts
        .split("\n\n")
        .map(|idea| idea.trim_end().to_owned() + "\n")
        .filter(|idea| idea != "no idea\n")
        .map(|idea| sorted(&idea))
        .collect()
}

/// The title of an idea, by its letters.
fn title(idea: &str) -> &str {
    idea.lines().next().unwrap()
}

/// Quotes and dashes are nobody's fault.
fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// The facts of an idea, as they stand in the lists; of its tags those that the lists know.
fn tell(idea: &Idea, tags: &BTreeSet<String>) -> String {
    let mut told = idea.title.value.clone() + "\n";
    let mut tell = |label: &str, values: Vec<String>| {
        if !values.is_empty() {
            _ = writeln!(told, "  {label}: {}", values.join(", "));
        }
    };
    tell("project", idea.project.iter().map(|project| project.value.clone()).collect());
    for mentor in &idea.mentors {
        let name = mentor.name.as_ref().map(|name| name.value.clone());
        let handle = mentor.github.as_ref().map(|handle| format!("@{}", handle.value));
        let email = mentor.email.as_ref().map(|email| format!("<{}>", email.value));
        tell("mentor", vec![[name, handle, email].into_iter().flatten().collect::<Vec<_>>().join(" ")]);
    }
    tell("tags", idea.tags.iter().map(|tag| tag.value.to_owned()).filter(|tag| tags.contains(tag)).collect());
    tell("difficulty", idea.difficulty.iter().map(|level| level.value.to_string()).collect());
    tell("hours", idea.hours.iter().map(|hours| hours.value.to_string()).collect());
    for url in &idea.upstream {
        tell("upstream", vec![url.value.clone()]);
    }
    sorted(&told)
}

/// The title by its letters, and its facts in one order.
fn sorted(idea: &str) -> String {
    let mut lines = idea.lines();
    let title = letters(lines.next().unwrap());
    let fact = |line: &str| {
        let (label, values) = line.split_once(": ").unwrap();
        let mut values: Vec<&str> = values.split(", ").collect();
        values.sort_unstable();
        format!("{label}: {}", values.join(", ").to_lowercase())
    };
    let mut facts: Vec<String> = lines.map(fact).collect();
    facts.sort();
    [title].into_iter().chain(facts).fold(String::new(), |all, line| all + &line + "\n")
}
