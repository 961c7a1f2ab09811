//! Small pages, each with what a careful reader finds on it.
//!
//! `tests/pages/NAME.md` is the page, `tests/pages/NAME.txt` the expected reading. A new page is a file there and a line in
//! [`PAGES`]; `SNAPSHOTS=overwrite cargo test --test pages` writes its reading, and a human being checks it.
#![allow(clippy::unwrap_used)] // a test that cannot go on has failed

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use mentorship_ideas::idea::{Idea, Mentor};
use mentorship_ideas::layout::{self, Reading};
use mentorship_ideas::text::Source;
use snapbox::Data;
use snapbox::assert::Assert;

/// Every page, and what it shows.
const PAGES: [(&str, &str); 58] = [
    // Shapes
    ("lfx-page.md", "an LFX page: project, idea, bullets"),
    ("field-headings.md", "fields are headings, their value in the heading or below it"),
    ("bold-labels.md", "fields are bold labels, in paragraphs and in bullets"),
    ("table-of-ideas.md", "one row is one idea; title, summary and mentors share a cell"),
    ("issue.md", "one idea on an issue; names, handles and addresses in parallel lists"),
    ("idea-file-yaml.md", "an idea file: YAML front matter holds the fields, the body is the description"),
    ("idea-file-toml.md", "an idea file in TOML; the body adds the issue"),
    ("lfx-form.md", "the LFX proposal form; its description has headings of its own"),
    ("lfx-export.json", "the LFX export"),
    ("our-own.json", "what `ideas list --format json` writes can be read again"),
    ("profile.md", "a profile describes a project and proposes nothing"),
    ("no-ideas.md", "words like mentor and skills do not make an idea"),
    ("raw-html.md", "headings, paragraphs, lists and tables in raw HTML"),
    ("folded.md", "ideas that fold away, and facts that do"),
    ("forum.md", "a thread of a forum: emoji codes before titles and labels"),
    ("table-with-groups.md", "a row of nothing but a bold name groups the rows below; a report of the past is no list of ideas"),
    ("overview.md", "a table gives an overview of ideas that stand in full below other headings"),
    ("overview-of-texts.md", "a table states the facts of sections that are nothing but text"),
    ("lists-under-headings.md", "ideas in lists, filed under the headings above them"),
    ("skipped-records.json", "an element without a title is said, and hides no others"),
    // Headings
    ("level-jumps.md", "levels jump: an idea and a group stand too high"),
    ("repeated-project-heading.md", "a project's heading repeats one level up; a group stands between project and idea"),
    ("numbered-titles.md", "numbers, labels and markers around titles"),
    ("ornaments.md", "emoji, bold, links, anchors and edit marks in titles"),
    ("setext.md", "underlined headings; no blank line between heading and list"),
    ("bold-titles.md", "bold lines instead of headings"),
    ("last-idea.md", "a description is what no other field holds; the last idea ends where the others do"),
    ("bold-among-headings.md", "an idea in bold below a complete one is an idea of its own"),
    ("list-of-ideas.md", "the items of a list are the ideas"),
    ("facts-in-tables.md", "each idea's facts stand in a table of their own"),
    ("table-an-idea.md", "a table for each idea, whose first row names it"),
    ("long-heads.md", "a head that explains at length what to write below it"),
    ("wide-spaces.html", "spaces that do not break part facts, and names, like any other"),
    ("values-below-labels.md", "labels with remarks, and values in bold, with labels of their own, or in two paragraphs"),
    ("lines-in-html.html", "lines of the page that begin with labels; groups that only a list of contents names"),
    ("groups-in-contents.md", "only the table of contents says which project an idea belongs to"),
    ("titles-like-labels.md", "titles that could be labels, and the same title under two projects"),
    ("project-per-idea.md", "a field names the project"),
    ("yaml-like.md", "labels that look like keys: requiredSkills: Go"),
    ("one-level-too-deep.md", "an idea below another that states the same facts; a title that sounds like a label"),
    // Furniture
    ("menu-level.md", "front matter that numbers the level of a menu is no idea"),
    ("titles-only.md", "a list of titles, each a link to a page of its own"),
    ("fields-below-another-head.md", "tables of fields whose head speaks of something else"),
    ("samples.md", "templates, samples and invitations are no ideas"),
    ("retired-ideas.md", "comments and struck-through text are invisible"),
    ("furniture.md", "front matter, shortcodes, contents, dates, rules: none of it is an idea"),
    ("scraped.md", "a scrape header names the page's address; the title names its owner"),
    ("broken-front-matter.md", "broken front matter is reported, and the page is read without it"),
    ("misread-text.md", "UTF-8 that was once read as Mac Roman or Latin-1"),
    ("windows.md", "byte-order mark, CRLF and tabs"),
    // Values
    ("mentors.md", "the spellings of mentors"),
    ("hidden-addresses.md", "addresses that hide from robots are written out"),
    ("contacts.md", "mentors, and how to reach them"),
    ("facts-in-sentences.md", "facts in running text, and running text that only sounds like them"),
    ("skills.md", "skills that sound alike"),
    ("difficulties.md", "the spellings of difficulty"),
    ("sizes.md", "the spellings of size"),
    ("upstream.md", "the spellings of upstream issues"),
];

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pages")
}

#[test]
fn every_page_is_read_as_written_beside_it() {
    let assert = Assert::new().action_env("SNAPSHOTS");
    let mut wrong = String::new();
    for (page, shows) in PAGES {
        let path = folder().join(page);
        let (source, _) = Source::decode(format!("pages/{page}"), std::fs::read(&path).unwrap());
        let told = match layout::read(&source) {
            Ok(reading) => tell(shows, &source, &reading),
            Err(error) => format!("{shows}\n\nerror: {error}\n"),
        };
        let expected = Data::read_from(&path.with_extension("txt"), None).raw();
        if let Err(error) = assert.try_eq(Some(&page), told.into(), expected) {
            let _ = writeln!(wrong, "{error}");
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

/// Code ends a description; a short value under an unknown head of a table is none of it.
const DESCRIBED_IN_PART: &str = "\
# Project ideas

## Undo for drawings

- Skills: C
- Mentors: Ada Lovell

Every stroke should be taken back by a key, one after the other. This is how it is called today:

```c
undo(canvas, 1);
```

## Brushes from photographs

| | |
|---|---|
| **Difficulty** | 2/5 |
| **Seats** | 3 |
| **Mentors** | Bo Chen |

#### Description

Somebody draws a brush on paper, and paints with it.
";

#[test]
fn a_description_is_what_no_other_field_holds() {
    let last_idea = std::fs::read_to_string(folder().join("last-idea.md")).unwrap();
    for (page, descriptions) in [
        (
            last_idea.as_str(),
            [
                "At the moment undo forgets everything once a file is saved.\n\n\
                 **Background:** weavers try things out, and most of what they try is worse than what they had.",
                "Large patterns flicker when zoomed.\n\nWe think of these steps:\n\n- measure\n- draw less",
            ],
        ),
        (
            DESCRIBED_IN_PART,
            [
                "Every stroke should be taken back by a key, one after the other. This is how it is called today:\n\n\
                 ```c\nundo(canvas, 1);\n```",
                "Somebody draws a brush on paper, and paints with it.",
            ],
        ),
    ] {
        let ideas = layout::read(&Source::new("ideas.md", page)).unwrap().ideas;
        let read: Vec<&str> = ideas.iter().map(|idea| idea.description.as_ref().unwrap().value.as_str()).collect();
        assert_eq!(read, descriptions);
    }
}

#[test]
fn every_file_is_a_known_page_or_the_reading_of_one() {
    let known: BTreeSet<String> = PAGES
        .iter()
        .flat_map(|(page, _)| [(*page).to_owned(), Path::new(page).with_extension("txt").display().to_string()])
        .chain([".gitattributes".to_owned()])
        .collect();
    let files: BTreeSet<String> =
        std::fs::read_dir(folder()).unwrap().map(|file| file.unwrap().file_name().into_string().unwrap()).collect();
    assert_eq!(files, known);
}

#[test]
fn every_address_is_an_example() {
    for (page, _) in PAGES {
        let text = std::fs::read_to_string(folder().join(page)).unwrap();
        for word in text.split(|c: char| c.is_whitespace() || "<>(),\"|`".contains(c)) {
            let address = word.find('@').is_some_and(|at| at > 0 && word[at..].contains('.'));
            assert!(!address || word.contains("example.org"), "{page}: {word}");
        }
    }
}

/// A reading, as a reader would note it down. What a page does not say is left out.
fn tell(shows: &str, source: &Source, reading: &Reading) -> String {
    let mut told = format!("{shows}\n");
    for problem in &reading.problems {
        let at = source.position(problem.span.start);
        let _ = writeln!(told, "\nwarning {}:{}: {}", at.line, at.column, problem.message);
    }
    if let Some(profile) = &reading.profile {
        let said =
            |fact: &Option<_>| fact.as_ref().map_or("-", |fact: &mentorship_ideas::text::Spanned<String>| &fact.value).to_owned();
        let _ =
            writeln!(told, "\nprofile of {}, {}, updated {}", profile.name.value, said(&profile.website), said(&profile.updated));
    }
    if reading.ideas.is_empty() {
        told.push_str("\nno ideas\n");
    }
    for idea in &reading.ideas {
        let _ = writeln!(told, "\n{} (line {})", idea.title.value, idea.source.line);
        for (fact, value) in facts(idea).into_iter().filter(|(_, value)| !value.is_empty()) {
            let _ = writeln!(told, "  {fact:<12} {value}");
        }
    }
    told
}

fn facts(idea: &Idea) -> Vec<(&'static str, String)> {
    fn all<T>(items: &[T], show: impl Fn(&T) -> String, between: &str) -> String {
        items.iter().map(show).collect::<Vec<_>>().join(between)
    }
    let said =
        |fact: &Option<mentorship_ideas::text::Spanned<String>>| fact.as_ref().map(|fact| fact.value.clone()).unwrap_or_default();
    vec![
        ("organization", said(&idea.organization)),
        ("project", said(&idea.project)),
        ("program", idea.program.as_ref().map(|program| program.value.to_string()).unwrap_or_default()),
        ("term", idea.term.as_ref().map(|term| term.value.to_string()).unwrap_or_default()),
        ("summary", idea.summary.clone().unwrap_or_default()),
        ("outcomes", all(&idea.outcomes, |item| item.value.clone(), " | ")),
        ("mentors", all(&idea.mentors, mentor, "\n               ")),
        ("skills", all(&idea.skills, |item| item.value.clone(), " | ")),
        ("tags", all(&idea.tags, |tag| tag.value.to_owned(), ", ")),
        ("difficulty", all(&idea.difficulty, |level| level.value.to_string(), ", ")),
        ("hours", all(&idea.hours, |hours| hours.value.to_string(), ", ")),
        ("upstream", all(&idea.upstream, |url| url.value.clone(), "\n               ")),
        ("links", all(&idea.links, |url| url.value.clone(), "\n               ")),
    ]
}

/// `Jane Doe @jane jane@example.org lfid:janedoe (primary)`.
fn mentor(mentor: &Mentor) -> String {
    let mut told = Vec::new();
    told.extend(mentor.name.as_ref().map(|name| name.value.clone()));
    told.extend(mentor.github.as_ref().map(|handle| format!("@{}", handle.value)));
    told.extend(mentor.email.as_ref().map(|address| address.value.clone()));
    told.extend(mentor.lfid.as_ref().map(|id| format!("lfid:{}", id.value)));
    told.extend(mentor.role.as_ref().map(|role| format!("({})", role.value.as_str())));
    told.join(" ")
}
