//! The database of the data folder: whatever happens to its file, and what people do with it.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::thread;

use super::sandbox::{Said, Sandbox, page};
use mentorship_ideas::idea::check::{Answer, State};
use mentorship_ideas::store::{Entry, EntryStatus, ShortlistChange, StoredAnswer};

/// How often a database is damaged.
const TIMES: usize = 60;

/// So many ideas are shortlisted: enough for more than one page of the file.
const SHORTLISTED: usize = 300;

/// So many addresses have answered: more than one page of the file holds, too.
const ANSWERED: usize = 100;

const SOURCES: [&str; 4] = ["a", "b", "c", "d"];

fn shortlist() -> Vec<Entry> {
    let entry = |number: usize| Entry {
        added: "2026-02-20T08:00:00Z".to_owned(),
        status: if number.is_multiple_of(2) { EntryStatus::Contacted } else { EntryStatus::Considering },
        note: number.is_multiple_of(3).then(|| format!("ask about {number}")),
        facts: number.is_multiple_of(10).then(|| serde_json::json!({"title": format!("Idea {number}")})),
        ..Entry::new(&format!("an-idea-of-an-organization-{number}"))
    };
    (0..SHORTLISTED).map(entry).collect()
}

fn add(entries: Vec<Entry>) -> [ShortlistChange; 1] {
    [ShortlistChange::Add(entries)]
}

fn ids(entries: &[Entry]) -> BTreeSet<String> {
    entries.iter().map(|entry| entry.id.clone()).collect()
}

fn answers() -> Vec<StoredAnswer> {
    let answer = |number: usize| {
        let url = format!("https://example.org/an-organization/issues/{number}");
        let answer = Answer { assigned: Some(false), ..Answer::bare(&url, "2026-02-20T08:00:00Z", State::Open) };
        StoredAnswer { asked: url, answer, etag: None }
    };
    (0..ANSWERED).map(answer).collect()
}

/// A database with all that there can be in one.
fn filled() -> Sandbox {
    let sandbox = Sandbox::new();
    for source in SOURCES {
        sandbox.write(&format!("{source}.md"), page(&[&format!("{source} before")]));
        sandbox.run(["sources", "add", &format!("./{source}.md"), "--name", source]);
    }
    sandbox.run(["sync"]);
    for source in SOURCES {
        sandbox.write(&format!("{source}.md"), page(&[&format!("{source} first"), &format!("{source} second")]));
    }
    sandbox.run(["sync"]);
    sandbox.store().change_shortlist(&add(shortlist())).unwrap();
    sandbox.store().keep_answers(&answers()).unwrap();
    sandbox
}

fn titles(said: &Said) -> Vec<String> {
    said.out.lines().skip(1).map(ToOwned::to_owned).collect()
}

/// A stretch of the file that is not longer than one of its pages, and lies anywhere; or all that is behind some place.
fn damage(bytes: &mut Vec<u8>, chance: &mut fastrand::Rng) -> String {
    let (at, length) = (chance.usize(..bytes.len()), chance.usize(1..=4096));
    let stretch = at..bytes.len().min(at + length);
    match chance.u8(..5) {
        0 => bytes[stretch.clone()].fill(0),
        1 => bytes[stretch.clone()].fill_with(|| chance.u8(..)),
        2 => bytes[at] ^= 1 << chance.u8(..8),
        3 => {
            let from = chance.usize(..bytes.len() - stretch.len());
            bytes.copy_within(from..from + stretch.len(), at);
        }
        _ => bytes.truncate(at),
    }
    format!("{stretch:?} of {}", bytes.len())
}

#[test]
fn whatever_is_damaged_is_told_and_mended_and_the_shortlist_survives() {
    let sandbox = filled();
    let file = sandbox.store().file();
    let (whole, all) = (fs::read(&file).unwrap(), sandbox.titles());
    let history = sandbox.run(["changes", "--since", "1d"]).out;
    let mut chance = fastrand::Rng::with_seed(2026);
    let (mut told, mut set_aside, mut answered, mut noted, mut times) = (0, 0, 0, 0, 0);
    for time in 0..TIMES {
        let mut bytes = whole.clone();
        let what = format!("time {time}: {}", damage(&mut bytes, &mut chance));
        fs::write(&file, &bytes).unwrap();
        let listed = sandbox.call(["list", "--format", "csv", "--columns", "title"]);
        assert!([Some(0), Some(2)].contains(&listed.code), "{what}: {}", listed.err);
        let found = titles(&listed);
        // Nothing that is wrong, and nothing that is missing without a word.
        assert!(found.iter().all(|title| all.contains(title)), "{what}: {found:?}");
        assert!(listed.code == Some(2) || found == all, "{what}: {found:?} {}", listed.err);
        told += usize::from(listed.code == Some(2));
        for call in [&["changes"][..], &["sources", "list"], &["list", "--shortlisted"], &["organizations"]] {
            assert!([Some(0), Some(2)].contains(&sandbox.call(call).code), "{what}: {call:?}");
        }
        let synced = sandbox.run(["sync"]);
        assert_eq!(sandbox.titles(), all, "{what}: {}", synced.err);
        sandbox.assert_sound();
        if bytes.len() == whole.len() {
            let all = sandbox.store().shortlist().unwrap();
            let (kept, added) = (ids(&all), ids(&shortlist()));
            let (lost, odd): (Vec<_>, Vec<_>) = (added.difference(&kept).collect(), kept.difference(&added).collect());
            // A stretch across two pages may hit two of the places where an entry stands: then it is rather kept than lost.
            assert!(lost.is_empty() && odd.len() <= 1, "{what}: {} lost, {odd:?} {}", lost.len(), synced.err);
            let said = |entry: &Entry| (entry.id.clone(), entry.note.clone(), entry.status);
            let known: BTreeSet<_> = shortlist().iter().map(said).collect();
            noted += all.iter().filter(|entry| known.contains(&said(entry))).count();
            times += 1;
        }
        let known = sandbox.store().answers().unwrap();
        answered += answers().iter().filter(|stored| known.get(&stored.answer.url) == Some(stored)).count();
        if !synced.err.contains("was damaged") {
            let kept = sandbox.run(["changes", "--since", "1d"]).out;
            assert!(kept.starts_with(&history) || bytes != whole, "{what}: {kept}");
        }
        set_aside += usize::from(synced.err.contains("was damaged"));
        let aside = sandbox.path("data/ideas.sqlite.damaged");
        assert_eq!(aside.exists(), synced.err.contains("was damaged"), "{what}");
        if aside.exists() {
            assert_eq!(fs::read(&aside).unwrap().len(), bytes.len(), "{what}");
            fs::remove_file(aside).unwrap();
        }
    }
    assert!(answered > ANSWERED * TIMES * 2 / 3, "{answered} of {} answers were left", ANSWERED * TIMES);
    // Statuses and notes stand in two of the three places.
    assert!(noted > SHORTLISTED * times * 95 / 100, "{noted} of {} statuses and notes were left", SHORTLISTED * times);
    assert!(told > TIMES / 10 && set_aside > TIMES / 5, "{told} were told, {set_aside} were set aside: too few");
}

#[test]
fn what_was_set_aside_is_never_written_over() {
    let sandbox = filled();
    let file = sandbox.store().file();
    for name in ["damaged", "damaged-2", "damaged-3"] {
        let text = format!("no database, but {name}").repeat(300);
        fs::write(&file, &text).unwrap();
        let said = sandbox.run(["sync"]);
        assert!(said.err.contains("was damaged (file is not a database); it is kept as "), "{}", said.err);
        assert!(said.err.contains("0 sources, 0 shortlisted ideas, 0 changes could be read"), "{}", said.err);
        assert_eq!(fs::read_to_string(sandbox.path(&format!("data/ideas.sqlite.{name}"))).unwrap(), text);
    }
}

#[test]
fn where_tables_begin_does_not_change() {
    let sandbox = filled();
    let roots = "SELECT name || ' ' || rootpage FROM sqlite_schema ORDER BY name";
    let before = sandbox.query(roots);
    sandbox.sql("DELETE FROM shortlist WHERE id LIKE '%1%'; VACUUM");
    assert_eq!(sandbox.query(roots), before);
}

#[test]
fn a_layout_that_is_not_known_is_told_and_left_alone() {
    for version in [1, 3] {
        let sandbox = filled();
        sandbox.sql(&format!("ALTER TABLE shortlist RENAME TO bookmarks; PRAGMA user_version = {version}"));
        let before = fs::read(sandbox.store().file()).unwrap();
        for call in [&["list", "--shortlisted"][..], &["shortlist", "add", "a-first"], &["shortlist", "list"], &["sync"]] {
            let said = sandbox.call(call);
            assert!(said.code == Some(2) && said.err.contains("or move the file away"), "{version} {call:?}: {}", said.err);
        }
        assert_eq!(fs::read(sandbox.store().file()).unwrap(), before);
    }
}

#[test]
fn what_many_shortlist_at_once_is_not_lost() {
    let sandbox = Sandbox::new();
    thread::scope(|scope| {
        for window in 0..8 {
            let store = sandbox.store();
            scope.spawn(move || {
                for number in 0..10 {
                    let id = format!("{window}-{number}");
                    store.change_shortlist(&add(vec![Entry::new(&id)])).unwrap();
                    if number % 2 == 1 {
                        store.change_shortlist(&[ShortlistChange::Remove([id].into())]).unwrap();
                    }
                }
            });
        }
    });
    assert_eq!(sandbox.store().shortlisted().unwrap().len(), 40);
}

/// As on a medium that can only be read. Who may write everywhere sees no difference.
#[cfg(unix)]
#[test]
fn a_folder_that_can_only_be_read_is_read() {
    use std::os::unix::fs::PermissionsExt;
    let sandbox = filled();
    let all = sandbox.titles();
    let allow = |path: &Path, mode| fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
    allow(&sandbox.store().file(), 0o444);
    allow(&sandbox.data(), 0o555);
    let is_everything_allowed = fs::write(sandbox.path("data/probe"), "").is_ok();
    assert_eq!(sandbox.titles(), all);
    assert_eq!(sandbox.store().shortlist().unwrap().len(), SHORTLISTED);
    let synced = sandbox.call(["sync"]);
    assert!(is_everything_allowed || synced.code == Some(2), "{}", synced.err);
    let added = sandbox.store().change_shortlist(&add(vec![Entry::new("x")]));
    assert!(is_everything_allowed || added.unwrap_err().to_string().ends_with("it cannot be written: permission denied"));
    allow(&sandbox.data(), 0o755);
}

/// Every table and column is told of, and the queries are run.
#[test]
fn the_document_of_the_database_is_of_this_database() {
    let document = include_str!("../../docs/store.md");
    let sandbox = filled();
    let columns =
        "SELECT t.name || '.' || c.name FROM sqlite_schema t, pragma_table_info(t.name) c WHERE t.type IN ('table', 'view')";
    let columns = sandbox.query(columns);
    assert!(columns.len() > 30, "{columns:?}");
    for column in columns {
        let (table, name) = column.split_once('.').unwrap();
        let section = document.split("\n## ").find(|section| section.starts_with(&format!("`{table}`")));
        let section = section.unwrap_or_else(|| panic!("docs/store.md has no section `{table}`"));
        assert!(section.contains(&format!("`{name}`")), "docs/store.md does not tell of `{table}.{name}`");
    }
    let mut queries = 0;
    for block in document.split("```sql\n").skip(1) {
        for query in block.split("```").next().unwrap().split(';').filter(|query| !query.trim().is_empty()) {
            assert!(!sandbox.query(query).is_empty(), "{query}");
            queries += 1;
        }
    }
    assert!(queries >= 4, "{queries} queries");
}
