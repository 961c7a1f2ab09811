//! Whole pages of invented organizations, as volunteers and their generators write them, each with what a careful reader finds.
//!
//! `tests/labelled/NAME.md` or `NAME.html` is the page and `NAME.json` its ideas. Pages and ideas were written by somebody who knew
//! neither the program nor its tests. What is read wrong stays wrong until it is read right, and the floor counts it.
#![allow(clippy::unwrap_used)] // a test that cannot go on has failed

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use mentorship_ideas::layout;
use mentorship_ideas::text::Source;
use serde_json::Value;

/// How many ideas must be read with every fact right; it may only grow.
const RIGHT: usize = 1413;

#[test]
fn pages_of_invented_organizations_are_read_as_a_reader_would() {
    let (mut all, mut right, mut invented, mut wrong) = (0, 0, 0, String::new());
    for path in labels() {
        let label: Value = serde_json::from_str(&std::fs::read_to_string(&path).unwrap()).unwrap();
        let page = path.with_file_name(label["page"].as_str().unwrap());
        let source = Source::new(&page, std::fs::read_to_string(&page).unwrap());
        let read = layout::read(&source).unwrap().ideas;
        let mut read: Vec<Value> = read.iter().map(|idea| serde_json::to_value(idea).unwrap()).collect();
        for expected in label["ideas"].as_array().unwrap() {
            all += 1;
            let Some(at) = read.iter().position(|idea| letters(&idea["title"]) == letters(&expected["title"])) else {
                let _ = writeln!(wrong, "{}: not found: {}", page.display(), expected["title"]);
                continue;
            };
            let idea = read.swap_remove(at);
            let faults = faults(expected, &idea);
            right += usize::from(faults.is_empty());
            for fault in faults {
                let _ = writeln!(wrong, "{}: {}: {fault}", page.display(), expected["title"]);
            }
        }
        invented += read.len();
    }
    eprintln!("{wrong}{right} of {all} ideas read right, {invented} invented");
    assert!(right >= RIGHT, "{right} of {all} ideas are read right, {RIGHT} were");
    assert_eq!(invented, 0, "ideas are read that are none");
}

#[test]
fn every_difference_is_a_fault() {
    let idea = |text: &str| serde_json::from_str::<Value>(text).unwrap();
    let expected =
        idea(r#"{"title": "A", "project": null, "mentors": [{"name": "Ada", "github": "ada"}], "hours": [175], "tags": ["go"]}"#);
    let same = idea(
        r#"{"title": "A", "project": null, "mentors": [{"name": "Ada", "github": "ada"}], "hours": [175], "tags": ["go", "x"]}"#,
    );
    assert_eq!(faults(&expected, &same), Vec::<String>::new());
    for (key, value) in
        [("project", r#""B""#), ("mentors", "[]"), ("hours", "[350]"), ("tags", "[]"), ("difficulty", r#"["hard"]"#)]
    {
        let mut other = same.clone();
        other[key] = idea(value);
        assert_eq!(faults(&expected, &other).len(), 1, "{key}");
    }
}

/// The files that say what is on the pages.
fn labels() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/labelled");
    let files = std::fs::read_dir(folder).unwrap().map(|file| file.unwrap().path());
    let mut labels: Vec<PathBuf> = files.filter(|path| path.extension().is_some_and(|extension| extension == "json")).collect();
    labels.sort();
    assert!(!labels.is_empty(), "no labelled pages");
    labels
}

/// What is read otherwise than it should be. Tags may be more: the reader noted only well-known ones.
fn faults(expected: &Value, idea: &Value) -> Vec<String> {
    let mut faults = Vec::new();
    for key in ["project", "mentors", "difficulty", "hours", "upstream", "tags"] {
        let (expected, found) = (facts(key, &expected[key]), facts(key, &idea[key]));
        let is_right = if key == "tags" { expected.is_subset(&found) } else { expected == found };
        if !is_right {
            faults.push(format!("{key}: {found:?}, not {expected:?}"));
        }
    }
    faults
}

/// The facts of a field, in a form in which equal ones are equal.
fn facts(key: &str, value: &Value) -> BTreeSet<String> {
    let one = |value: &Value| match key {
        "mentors" => {
            let known = |part: &str| value[part].as_str().unwrap_or_default().trim_start_matches('@').to_lowercase();
            format!("{} @{} {}", letters(&value["name"]), known("github"), known("email"))
        }
        "project" => letters(value),
        "hours" => value.to_string(),
        _ => value.as_str().unwrap_or_default().trim_end_matches('/').to_lowercase(),
    };
    match value {
        Value::Null => BTreeSet::new(),
        Value::Array(values) => values.iter().map(one).collect(),
        value => BTreeSet::from([one(value)]),
    }
}

/// Letters and digits alone, in lower case.
fn letters(value: &Value) -> String {
    let said = value.as_str().unwrap_or_default();
    said.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}
