//! Ids are the same in every catalogue, and an idea that stands in several of its pages is shown once.
#![allow(clippy::unwrap_used)] // a test that cannot go on has failed

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::Command;

use mentorship_ideas::catalog::{Catalog, Origin};
use mentorship_ideas::store::{Entry, ShortlistChange, Store};
use proptest::prelude::*;
use serde_json::Value;

fn write(path: &Path, text: &str) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

/// An idea under a project, or under none.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Section {
    project: Option<&'static str>,
    title: &'static str,
    text: &'static str,
}

fn sections() -> Vec<Section> {
    let section = |project, title, text| Section { project, title, text };
    let (lanternfish, quillwort) = (Some("Lanternfish"), Some("Quillwort"));
    vec![
        section(
            lanternfish,
            "Improve the documentation",
            "Operators learn by asking, and those who answer are asleep at that time.",
        ),
        section(
            lanternfish,
            "Stream beacons over gRPC",
            "Beacons are polled every ten seconds; a stream would tell the dead ones apart.",
        ),
        section(lanternfish, "A faster tide table for all of the coast", "The tables take an hour, and the tide does not wait."),
        section(quillwort, "Improve the documentation", "Manuscripts are described in a language that nobody speaks any more."),
        section(
            quillwort,
            "Read manuscripts from object stores",
            "Archives have left local disks, and Quillwort has not followed.",
        ),
        section(quillwort, "Stream beacons over gRPC", "Readers want to know who else has opened the same page."),
        section(None, "Improve the documentation", "Write down how the nursery grafts its trees, step by step, with pictures."),
        section(None, "Improve the documentation", "Nobody knows how to wind the clocks, and the last one who did has retired."),
        section(None, "Count apples", "Once is not enough: apples hide behind leaves, and some of them are pears."),
        section(None, "Count apples", "The market pays by the dozen, so twelve must be twelve."),
    ]
}

/// A page with these ideas: of projects, or all of none.
fn page(sections: &[&Section]) -> String {
    let mut groups: BTreeMap<Option<&str>, Vec<&Section>> = BTreeMap::new();
    for section in sections {
        groups.entry(section.project).or_default().push(section);
    }
    let mut text = "# GSoC 2026\n".to_owned();
    for (project, sections) in groups {
        text.extend(project.map(|project| format!("\n## {project}\n")));
        let level = if project.is_some() { "###" } else { "##" };
        for Section { title, text: said, .. } in sections {
            writeln!(text, "\n{level} {title}\n\n{said}\n\n- Skills: Go\n- Mentor: Ada Brook (@ada-brook)").unwrap();
        }
    }
    text
}

/// The ids of all ideas of a folder, by what tells them apart here.
fn ids(folder: &Path) -> BTreeMap<(Option<String>, String, Option<String>), String> {
    let catalog = Catalog::load(&[Origin::Path(folder.to_owned())]);
    let key = |idea: &mentorship_ideas::idea::Idea| {
        (idea.project.clone().map(|it| it.value), idea.title.value.clone(), idea.summary.clone())
    };
    catalog.ideas.iter().map(|idea| (key(idea), idea.id.clone())).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 8, failure_persistence: None, ..ProptestConfig::default() })]

    /// However the same ideas are spread over pages and folders, whatever those are called, and whatever else there is.
    #[test]
    fn ids_stay_when_pages_are_split_merged_and_renamed(
        places in prop::collection::vec((0..4usize, 0..3usize), 10),
        names in prop::sample::subsequence(vec!["a", "gsoc-2025", "lfx/2024-1", "old/deep", "z"], 4).prop_shuffle(),
        left_out in 0..10usize,
    ) {
        let all = sections();
        let folders = [(); 2].map(|()| tempfile::tempdir().unwrap());
        let [whole, spread] = folders.each_ref().map(tempfile::TempDir::path);
        for (i, section) in all.iter().enumerate() {
            write(&whole.join(format!("{i}.md")), &page(&[section]));
        }
        let expected = ids(whole);
        prop_assert_eq!(expected.len(), all.len());
        prop_assert_eq!(expected.values().collect::<BTreeSet<_>>().len(), all.len());

        let mut pages: BTreeMap<(usize, usize, bool), Vec<&Section>> = BTreeMap::new();
        for (i, section) in all.iter().enumerate().filter(|&(i, _)| i != left_out) {
            let (folder, file) = places[i];
            pages.entry((folder, file, section.project.is_some())).or_default().push(section);
        }
        for ((folder, file, owned), sections) in &pages {
            write(&spread.join(names[*folder]).join(format!("page-{file}-{owned}.md")), &page(sections));
        }
        for (key, id) in ids(spread) {
            prop_assert_eq!(Some(&id), expected.get(&key), "{:?}", key);
        }
    }
}

/// Runs `ideas`, which must succeed.
fn run(folder: &Path, args: &[&str]) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_ideas"));
    command
        .env("IDEAS_CONFIG_DIR", concat!(env!("CARGO_TARGET_TMPDIR"), "/no-settings"))
        .env("IDEAS_DATA_DIR", folder.join("data"))
        .env("IDEAS_TODAY", "2023-04-01")
        .arg("--quiet")
        .arg("--catalog")
        .arg(folder.join("pages"));
    let output = command.args(args).output().unwrap();
    assert!(output.status.success(), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn lines_say_what_the_whole_does() {
    let temporary = tempfile::tempdir().unwrap();
    let folder = temporary.path();
    let all = sections();
    // More pages than are read at once, with ideas in several terms, and twice on a page.
    for i in 0..270 {
        let is_there =
            |section: &&Section| section.project.is_some() == (i % 2 == 0) && !(section.title.len() + i).is_multiple_of(3);
        let on_page: Vec<&Section> = all.iter().filter(is_there).collect();
        let on_page = if i % 7 == 0 { [on_page.clone(), on_page].concat() } else { on_page };
        let year = 2019 + i % 8;
        write(&folder.join(format!("pages/{i:03}.md")), &page(&on_page).replace("GSoC 2026", &format!("GSoC {year}")));
    }
    for args in [
        &["list"][..],
        &["list", "--duplicates"],
        &["list", "--term", "2020..2023"],
        &["list", "--limit", "3"],
        &["list", "--project", "lanternfish"],
        &["list", "--term", "2040"],
        &["list", "--term", "current"],
        &["list", "--not-term", "current"],
        &["list", "--not-term", "past"],
    ] {
        let json: Vec<Value> = serde_json::from_str(&run(folder, &[args, &["--format", "json"]].concat())).unwrap();
        let lines = run(folder, &[args, &["--format", "ndjson"]].concat());
        let lines: Vec<Value> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        assert!(json == lines, "{args:?}");
        let ids = run(folder, &[args, &["--format", "ids"]].concat());
        assert_eq!(ids.lines().collect::<Vec<_>>(), json.iter().map(|idea| idea["id"].as_str().unwrap()).collect::<Vec<_>>());
        // With an order that is said, all are known before the first is written.
        let by_line = run(folder, &[args, &["--format", "csv"]].concat());
        assert_eq!(by_line, run(folder, &[args, &["--format", "csv", "--sort", "-term"]].concat()), "{args:?}");
    }
    let once: Vec<Value> = serde_json::from_str(&run(folder, &["list", "--format", "json"])).unwrap();
    let all: Vec<Value> = serde_json::from_str(&run(folder, &["list", "--duplicates", "--format", "json"])).unwrap();
    let others: usize = once.iter().map(|idea| idea["also"].as_array().unwrap().len()).sum();
    assert_eq!(once.len() + others, all.len(), "nothing is lost");
    assert!(once.len() < 100 && all.len() > 500, "{} of {}", once.len(), all.len());
}

/// Has this id shortlisted, and no other.
fn only_shortlisted(folder: &Path, id: &str) -> Store {
    let store = Store::at(folder.join("data"));
    let changes = [ShortlistChange::Remove(store.shortlisted().unwrap()), ShortlistChange::Add(vec![Entry::new(id)])];
    store.change_shortlist(&changes).unwrap();
    store
}

#[test]
fn the_shortlist_follows_its_ideas() {
    let temporary = tempfile::tempdir().unwrap();
    let folder = temporary.path();
    let section = |title: &'static str, text| Section { project: None, title, text };
    let lantern = |title: &'static str| Section { project: Some("Lanternfish"), ..section(title, "Soon.") };
    write(&folder.join("pages/a.md"), &page(&[&lantern("Stream beacons")]));
    write(&folder.join("pages/b.md"), &page(&[&section("Count apples", "Once is not enough.")]));
    for (kept, marked) in [
        // As it is now, and as it was before ids were the idea's own.
        ("lanternfish-stream-beacons", "lanternfish-stream-beacons"),
        ("lanternfish-stream-beacons-2", "lanternfish-stream-beacons"),
        ("stream-beacons-2026", "lanternfish-stream-beacons"),
        ("count-apples", "count-apples-"),
        // Another's.
        ("count-pears", ""),
    ] {
        let store = only_shortlisted(folder, kept);
        for format in ["ids", "json"] {
            let listed = run(folder, &["list", "--shortlisted", "--format", format]);
            assert_eq!(listed.contains("-apples") || listed.contains("beacons"), !marked.is_empty(), "{kept}: {listed}");
            assert!(listed.contains(marked), "{kept}: {listed}");
        }
        assert_eq!(store.shortlisted().unwrap(), [kept.to_owned()].into(), "the shortlist stays as it is");
    }
    // The page is split and renamed, and strangers come.
    only_shortlisted(folder, "lanternfish-stream-beacons");
    fs::remove_file(folder.join("pages/a.md")).unwrap();
    write(&folder.join("pages/2025/old.md"), &page(&[&lantern("Stream beacons")]).replace("2026", "2025"));
    write(&folder.join("pages/2026/new.md"), &page(&[&lantern("Stream beacons")]));
    write(
        &folder.join("pages/2026/strangers.md"),
        &page(&[&section("Stream beacons", "Elsewhere.")]).replace("Ada Brook (@ada-brook)", "Emil Sand"),
    );
    assert_eq!(run(folder, &["list", "--shortlisted", "--format", "ids"]), "lanternfish-stream-beacons\n");
    assert_eq!(run(folder, &["list", "--shortlisted", "--duplicates", "--count"]), "2\n");
}
