//! The trial of Google Summer of Code 2026: the pages of all its organizations, each in the shape that its host gives
//! it, with what goes wrong on an ordinary day; asked for once, again, on a bad day, and one by one.
//!
//! The addresses are those of the directory that is built in; the ideas are invented. `cargo test --test sync everyone --
//! --nocapture` prints what was read by kind of page, and how long it took.

mod faults;
mod ideas;
mod mirror;
mod sites;
mod web;

use std::collections::{BTreeMap, HashMap};
use std::path::PathBuf;
use std::time::{Duration, Instant};

use mentorship_ideas::sources::known;
use mentorship_ideas::store::Store;
use serde_json::Value;

use self::faults::Fault;
use self::mirror::{Mirror, fault};
use self::web::Publisher;
use super::sandbox::{Said, Sandbox};

/// How long any sync may take here, on a machine that does much else.
const LONG: Duration = Duration::from_mins(5);

/// The least number of organizations that are read with all of their ideas, or rightly with none.
const READ: usize = 165;

fn mirror() -> Mirror {
    let feed = known::find("gsoc/2026").unwrap();
    let directory = feed.directory(&Store::at(PathBuf::from("/nowhere"))).unwrap().unwrap();
    assert_eq!(directory.organizations.len(), 184);
    Mirror::of(directory.organizations.iter().enumerate().map(|(at, organization)| web::publish(at, organization)).collect())
}

fn sync(sandbox: &Sandbox, args: &[&str]) -> (Said, Duration) {
    let begun = Instant::now();
    let said = sandbox.call([&["sync"], args].concat());
    let took = begun.elapsed();
    assert!(took < LONG, "{took:?}");
    (said, took)
}

/// The titles of what was read, by organization.
fn titles(sandbox: &Sandbox) -> HashMap<String, Vec<String>> {
    let ideas: Value = serde_json::from_str(&sandbox.run(["list", "--quiet", "--format", "json"]).out).unwrap();
    let mut found: HashMap<String, Vec<String>> = HashMap::new();
    for idea in ideas.as_array().unwrap() {
        assert_eq!((&idea["program"], &idea["term"]), (&Value::from("gsoc"), &Value::from("2026")), "{idea}");
        let organization = idea["organization"].as_str().unwrap().to_owned();
        found.entry(organization).or_default().push(idea["title"].as_str().unwrap().to_owned());
    }
    for titles in found.values_mut() {
        titles.sort();
    }
    found
}

/// What an organization should be read as.
fn published(publisher: &Publisher) -> Vec<String> {
    let is_read = fault(&publisher.slug).is_none_or(|fault| fault.told().is_none());
    let mut titles: Vec<String> = publisher.ideas.iter().filter(|_| is_read).map(|idea| idea.title.clone()).collect();
    titles.sort();
    titles
}

/// The rows of `ideas organizations`, by the name of each in the directory.
fn organizations(sandbox: &Sandbox) -> HashMap<String, Value> {
    let rows: Value =
        serde_json::from_str(&sandbox.run(["organizations", "--quiet", "--term", "2026", "--format", "json"]).out).unwrap();
    rows.as_array().unwrap().iter().map(|row| (row["slug"].as_str().unwrap().to_owned(), row.clone())).collect()
}

#[test]
fn all_organizations_are_read_by_one_command() {
    let mirror = mirror();
    let sandbox = mirror.sandbox();
    let (first, took) = sync(&sandbox, &["gsoc/2026"]);
    let asked = mirror.answered();
    eprintln!("first sync: {took:.1?}, {} pages", asked.len());
    assert_eq!(first.code, Some(2), "some are ill");
    let read = titles(&sandbox);
    let (right, table) = by_kind(mirror.publishers(), &read);
    eprintln!("{table}");
    eprintln!("{}", first.err);
    for publisher in mirror.publishers() {
        assert_eq!(read.get(&publisher.name).cloned().unwrap_or_default(), published(publisher), "{}", publisher.slug);
    }
    assert!(right >= READ, "{right}");
    faults_are_told(mirror.publishers(), &first, &sandbox);

    let (second, took) = sync(&sandbox, &["gsoc/2026"]);
    let asked = mirror.answered();
    let (full, unchanged): (Vec<_>, Vec<_>) = asked.iter().filter(|it| it.has_validator).partition(|it| it.status == 200);
    eprintln!(
        "second sync: {took:.1?}, {} unchanged, {} without a validator",
        unchanged.len(),
        asked.iter().filter(|it| !it.has_validator).count()
    );
    let again: Vec<&str> = full.iter().map(|it| it.address.as_str()).collect();
    assert!(again.is_empty(), "sent again: {again:#?}");
    assert_eq!(second.out, "", "nothing has changed");
    assert_eq!(titles(&sandbox), read);

    mirror.begin_bad_day();
    let (third, _) = sync(&sandbox, &["gsoc/2026", "--retries", "0", "--timeout", "2s"]);
    assert_eq!((third.code, third.out.as_str()), (Some(2), ""), "{}", third.err);
    assert_eq!(titles(&sandbox), read, "nobody's ideas are lost");
}

/// What was read by kind of page, as a table; and how many organizations were read rightly.
fn by_kind(publishers: &[Publisher], read: &HashMap<String, Vec<String>>) -> (usize, String) {
    let mut kinds: BTreeMap<&str, [usize; 4]> = BTreeMap::new();
    let mut right = 0;
    for publisher in publishers {
        let titles = read.get(&publisher.name).map_or(&[][..], Vec::as_slice);
        let is_served = fault(&publisher.slug).is_none_or(|fault| fault.told().is_none() || fault == Fault::NoIdeas);
        let is_right = is_served && titles == published(publisher);
        right += usize::from(is_right);
        let counts = [1, usize::from(is_served), usize::from(is_right), titles.len()];
        let row = kinds.entry(&publisher.kind).or_default();
        row.iter_mut().zip(counts).for_each(|(sum, count)| *sum += count);
    }
    let sums = kinds.values().fold([0; 4], |sums, row| std::array::from_fn(|at| sums[at] + row[at]));
    let line =
        |kind: &str, [all, served, right, ideas]: [usize; 4]| format!("{kind:<32}{all:>15}{served:>8}{right:>7}{ideas:>7}\n");
    let head = format!("{:<32}{:>15}{:>8}{:>7}{:>7}\n", "kind of page", "organizations", "served", "right", "ideas");
    let lines: String = kinds.iter().map(|(kind, row)| line(kind, *row)).collect();
    (right, format!("{head}{lines}{}", line("all", sums)))
}

/// Each fault is told with its reason and what to do, by the sync and by those who are asked later; and nothing else is.
fn faults_are_told(publishers: &[Publisher], said: &Said, sandbox: &Sandbox) {
    let rows = organizations(sandbox);
    for publisher in publishers {
        let (slug, row) = (&publisher.slug, &rows[&publisher.slug]);
        let mut lines = said.err.lines().filter(|line| line.contains(&format!("gsoc/2026/{slug}:")));
        let problem = row["problem"].as_str();
        match fault(slug).and_then(Fault::told) {
            Some(reason) => {
                let line = lines.next().unwrap_or_else(|| panic!("{slug} is not told: {}", said.err));
                assert!(line.contains(reason), "{slug}: {line}");
                assert!(problem.is_some_and(|problem| problem.contains(reason) || line.contains(problem)), "{slug}: {row}");
            }
            None => assert_eq!((lines.next(), problem), (None, None), "{slug}"),
        }
        assert_eq!(row["count"], published(publisher).len(), "{slug}");
    }
}

#[test]
fn one_organization_is_read_by_its_name() {
    let mirror = mirror();
    let sandbox = mirror.sandbox();
    let (said, _) = sync(&sandbox, &["gsoc/2026", "--organization", "llvm"]);
    let llvm = mirror.publishers().iter().find(|it| it.slug == "llvm-compiler-infrastructure").unwrap();
    assert_eq!(said.code, Some(0), "{}", said.err);
    assert!(said.err.contains(&format!("gsoc/2026: {} ideas of 1 organization\n", llvm.ideas.len())), "{}", said.err);
    assert!(mirror.answered().iter().all(|it| it.slug == llvm.slug), "nobody else is asked");
    assert_eq!(titles(&sandbox), HashMap::from([(llvm.name.clone(), published(llvm))]));
    let rows = organizations(&sandbox);
    assert_eq!(rows.values().filter(|row| row["fetched"].is_string()).count(), 1);

    sync(&sandbox, &["gsoc/2026", "--organization", "dart,zulip"]);
    let listed = sandbox.run(["list", "--organization", "zulip", "--format", "csv", "--columns", "title"]).out;
    let zulip = mirror.publishers().iter().find(|it| it.slug == "zulip").unwrap();
    let mut listed: Vec<&str> = listed.lines().skip(1).collect();
    listed.sort_unstable();
    assert_eq!(listed, published(zulip));
}
