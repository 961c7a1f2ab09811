//! Pages that are taken from the cache are what they would be if they were read: after any edits, whatever became of the cache.
#![allow(clippy::unwrap_used)] // a test that cannot go on has failed

use std::fs::{self, File, FileTimes};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::time::{Duration, SystemTime};

use mentorship_ideas::catalog::{Cache, Catalog, Notice, Origin, Parts, Wanted};
use mentorship_ideas::idea::Idea;
use proptest::prelude::*;

/// A folder of pages and a cache of its own.
struct Folder {
    folder: tempfile::TempDir,
}

/// What there is to answer from.
type Known = (Vec<Idea>, Vec<Notice>);

fn known(catalog: Catalog) -> Known {
    (catalog.ideas, catalog.notices)
}

impl Folder {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir_all(folder.path().join("pages")).unwrap();
        Folder { folder }
    }

    fn page(&self, name: &str) -> PathBuf {
        self.folder.path().join("pages").join(name)
    }

    fn cache_file(&self) -> PathBuf {
        self.folder.path().join("cache/pages.sqlite")
    }

    fn origin(&self) -> [Origin; 1] {
        [Origin::Path(self.folder.path().join("pages"))]
    }

    fn cached(&self) -> Known {
        let cache = Cache::at(&self.cache_file());
        known(Catalog::of(Parts::of(&self.origin()).with_cache(cache)))
    }

    /// The ideas that name a skill, where others were not wanted.
    fn of_skill(&self, skill: &'static str, cache: Option<Cache>) -> Known {
        let origin = self.origin();
        let wanted = Wanted { skills: vec![vec![skill, "soup"]], ..Wanted::default() };
        let parts = Parts::of(&origin).with_cache(cache).wanted(wanted);
        let catalog = Catalog::of(parts);
        let kept: Vec<bool> = catalog.ideas.iter().map(|idea| idea.tags.iter().any(|tag| tag.value == skill)).collect();
        known(catalog.only(&kept))
    }

    fn assert_is_as_uncached(&self) {
        let ruby = self.of_skill("ruby", None);
        assert_eq!(self.of_skill("ruby", Cache::at(&self.cache_file())), ruby, "of a skill, before all was written");
        let read = known(Catalog::load(&self.origin()));
        assert_eq!(self.cached(), read, "written");
        assert_eq!(self.cached(), read, "taken");
        for skill in ["rust", "ruby"] {
            let cache = Cache::at(&self.cache_file());
            assert_eq!(self.of_skill(skill, cache), self.of_skill(skill, None), "of a skill");
        }
    }
}

/// A page with an idea, which always has the same length.
fn page(number: u8) -> String {
    let skill = if number.is_multiple_of(2) { "Rust" } else { "Ruby" };
    format!("# Ideas\n\n## Faster soup {number:03}\n\nCook it with {skill}.\n\n- Mentor: Ada Byron (@ada)\n- Size: 175 hours\n")
}

/// Gives a file a time of long ago, the same to each.
fn age(path: &Path) {
    let then = SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000_000);
    if let Ok(file) = File::options().write(true).open(path) {
        file.set_times(FileTimes::new().set_modified(then)).unwrap();
    }
}

#[derive(Clone, Debug)]
enum Step {
    Write(u8, u8),
    WriteOther(u8, &'static str),
    Rename(u8, u8),
    Remove(u8),
    Age(u8),
    Swap(u8, u8),
    Look,
}

fn some_step() -> impl Strategy<Value = Step> {
    let text =
        prop::sample::select(vec!["", "# Nothing\n", "{\"a\": 1}", "[{\"title\": \"Soup\"}]", "{broken", "\u{feff}", "a\u{0}b"]);
    prop_oneof![
        3 => (0..4_u8, any::<u8>()).prop_map(|(page, number)| Step::Write(page, number)),
        1 => (0..4_u8, text).prop_map(|(page, text)| Step::WriteOther(page, text)),
        1 => (0..4_u8, 0..4_u8).prop_map(|(from, to)| Step::Rename(from, to)),
        1 => (0..4_u8).prop_map(Step::Remove),
        2 => (0..4_u8).prop_map(Step::Age),
        1 => (0..4_u8, 0..4_u8).prop_map(|(one, other)| Step::Swap(one, other)),
        2 => Just(Step::Look),
    ]
}

fn take(folder: &Folder, step: &Step) {
    // Folders that say a term, a page that is JSON by its name.
    let path = |page: u8| folder.page(["a.md", "2025/gsoc.md", "2024/gsoc.html", "b.json"][usize::from(page)]);
    for name in ["2025", "2024"] {
        fs::create_dir_all(folder.page(name)).unwrap();
    }
    match *step {
        Step::Write(page, number) => fs::write(path(page), self::page(number)).unwrap(),
        Step::WriteOther(page, text) => fs::write(path(page), text).unwrap(),
        Step::Rename(from, to) => _ = fs::rename(path(from), path(to)),
        Step::Remove(page) => _ = fs::remove_file(path(page)),
        Step::Age(page) => age(&path(page)),
        Step::Swap(one, other) => {
            let aside = folder.folder.path().join("aside");
            if fs::rename(path(one), &aside).is_ok() {
                let _ = fs::rename(path(other), path(one));
                fs::rename(&aside, path(other)).unwrap();
            }
        }
        Step::Look => _ = folder.cached(),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 100, ..ProptestConfig::default() })]

    #[test]
    fn answers_are_the_same_after_any_edits(steps in prop::collection::vec(some_step(), 1..20)) {
        let folder = Folder::new();
        fs::write(folder.page("a.md"), page(0)).unwrap();
        for step in &steps {
            take(&folder, step);
        }
        folder.assert_is_as_uncached();
    }

    #[test]
    fn a_damaged_cache_costs_time_and_nothing_else(at in any::<prop::sample::Index>(), bytes in prop::collection::vec(b'a'..=b'z', 1..6), cut in any::<bool>()) {
        let folder = Folder::new();
        for number in 0..40 {
            let path = folder.page(&format!("{number}.md"));
            fs::write(&path, page(number)).unwrap();
            age(&path);
        }
        folder.cached();
        let mut cache = fs::read(folder.cache_file()).unwrap();
        // What was read stands at the end.
        let at = cache.len() - 1 - at.index(cache.len() * 2 / 3);
        if cut {
            cache.truncate(at);
        } else {
            cache.iter_mut().skip(at).zip(&bytes).for_each(|(old, new)| *old = *new);
        }
        fs::write(folder.cache_file(), cache).unwrap();
        folder.assert_is_as_uncached();
    }
}

/// A folder with one page whose ideas the cache holds, and what was read.
fn folder_of_one_known_page() -> (Folder, Known) {
    let folder = Folder::new();
    let path = folder.page("a.md");
    fs::write(&path, page(1)).unwrap();
    age(&path);
    let first = folder.cached();
    // Its time of change is the file system's own: it must be past to tell the next change.
    std::thread::sleep(Duration::from_millis(2100));
    assert_eq!(folder.cached(), first);
    (folder, first)
}

#[test]
fn what_is_known_is_not_read_again() {
    let (folder, first) = folder_of_one_known_page();
    // What cannot be opened can only be known.
    #[cfg(unix)]
    {
        let cache = rusqlite::Connection::open(folder.cache_file()).unwrap();
        cache.execute_batch("UPDATE pages SET digest = zeroblob(32)").unwrap();
        assert_eq!(folder.cached(), first);
        let digest: Vec<u8> = cache.query_row("SELECT digest FROM pages", [], |row| row.get(0)).unwrap();
        assert_eq!(digest, [0; 32], "the page was read again");
    }
}

#[test]
fn what_is_no_page_is_told_at_the_same_place() {
    let folder = Folder::new();
    let path = folder.page("package.json");
    fs::write(&path, "{\"a\": 1}").unwrap();
    let origin = [Origin::Path(path)];
    let read = |cache| known(Catalog::of(Parts::of(&origin).with_cache(cache)));
    let uncached = read(None);
    assert!(uncached.1[0].position.is_some());
    for _ in 0..2 {
        assert_eq!(read(Cache::at(&folder.cache_file())), uncached);
    }
}

#[test]
fn another_build_has_read_nothing() {
    let folder = Folder::new();
    fs::write(folder.page("a.md"), page(1)).unwrap();
    folder.cached();
    let cache = rusqlite::Connection::open(folder.cache_file()).unwrap();
    cache.execute_batch("UPDATE build SET id = 'older'; UPDATE readings SET page = x'00'; UPDATE pages SET sum = 0").unwrap();
    folder.assert_is_as_uncached();
    let builds: Vec<String> =
        cache.prepare("SELECT id FROM build").unwrap().query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect();
    assert!(builds.len() == 1 && builds[0] != "older", "{builds:?}");
}

#[test]
fn what_was_made_of_ideas_is_made_again_if_it_is_damaged_or_of_another_build() {
    let folder = Folder::new();
    let mut cache = Cache::at(&folder.cache_file()).unwrap();
    cache.keep_derived(7, [b"soup".as_slice(), b"salad"]);
    assert_eq!(cache.derived(7, 0), Some(b"soup".to_vec()));
    let file = rusqlite::Connection::open(folder.cache_file()).unwrap();
    file.execute_batch("UPDATE derived SET bytes = x'00'").unwrap();
    assert_eq!(cache.derived(7, 0), None);
    cache.keep_derived(7, [b"soup".as_slice(), b"salad"]);
    assert_eq!(cache.derived(7, 0), Some(b"soup".to_vec()));
    file.execute_batch("DELETE FROM derived; UPDATE build SET id = 'newer'").unwrap();
    cache.keep_derived(7, [b"soup".as_slice(), b"salad"]);
    assert_eq!(file.query_row("SELECT count(*) FROM derived", [], |row| row.get(0)), Ok(0), "it is not ours any more");
}

/// Runs `ideas` on a path below `tests/`.
fn run(cache: &Path, path: &str, args: &[&str]) -> Output {
    run_with(cache, &["--catalog", path], args)
}

/// Runs `ideas` on what some arguments name.
fn run_with(cache: &Path, catalog: &[&str], args: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_ideas"));
    command
        .env("IDEAS_CACHE_DIR", cache)
        .env("IDEAS_CONFIG_DIR", cache.join("no-settings"))
        .env("IDEAS_DATA_DIR", cache.join("no-data"));
    command.current_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests")).args(catalog).args(args).output().unwrap()
}

#[test]
fn every_command_says_the_same_from_the_cache() {
    for path in ["broken", "formats", "html", "once", "pages", "broken/package.json", "broken/latin1.md", "no-such-file.md"] {
        let cache = tempfile::tempdir().unwrap();
        for args in [
            &["list", "--format", "json"][..],
            &["list", "--format", "ndjson", "--duplicates"],
            &["list", "--skill", "rust", "--format", "csv"],
            &["list", "--skill", "rust", "--format", "md"],
            &["list", "--skill", "rust", "--format", "wide"],
            &["list", "--skill", "no-such-skill"],
            // Without the long texts of ideas, and with them.
            &["list"],
            &["list", "--skill", "rust"],
            &["list", "--skill", "rust", "--columns", "title,skills,summary,upstream"],
            &["list", "--skill", "rust", "--where", "a"],
            &["list", "--skill", "rust", "--has", "outcomes"],
            &["list", "--skill", "rust", "--upstream", "unknown"],
            &["match", "--skills", "soup,rust"],
            &["match", "--want", "rust", "--format", "json"],
            &["search", "improve documentation"],
            &["match", "--skills", "go,rust"],
            &["projects"],
            &["stats"],
            &["show", "improve", "--why"],
        ] {
            let uncached = run(cache.path(), path, &[args, &["--no-cache"]].concat());
            for _ in 0..2 {
                assert_eq!(run(cache.path(), path, args), uncached, "{path}: {args:?}");
            }
        }
        assert!(cache.path().join("pages.sqlite").exists());
    }
}

#[test]
fn long_texts_are_there_for_whoever_asks() {
    let folder = Folder::new();
    let path = folder.page("a.md");
    let page = "# Ideas\n\n## Weave a basket\n\nPeople carry soup in it.\n\n- Skills: Go, Basketry\n- Outcomes: A basket\n\
        - Upstream: https://github.com/weave-example/weave/issues/1\n- Mentor: Ada Byron (@ada)\n";
    fs::write(&path, page).unwrap();
    // Its time of change must be past to tell the next change.
    std::thread::sleep(Duration::from_millis(2100));
    let cache = folder.cache_file();
    // Ideas get other ids from what a group says of its pages.
    let settings = folder.folder.path().join("ideas.toml");
    fs::write(&settings, "[[pages]]\nfiles = [\"pages/\"]\nterm = \"2025\"\n").unwrap();
    let catalogs = [["--catalog", path.parent().unwrap().to_str().unwrap()], ["--config", settings.to_str().unwrap()]];
    let cache = cache.parent().unwrap();
    let answers = |args: &[&str]| catalogs.map(|catalog| run_with(cache, &catalog, args));
    answers(&["list"]);
    for args in [
        &["list", "--skill", "go"][..],
        &["list", "--skill", "basketry"],
        &["list", "--skill", "go", "--where", "soup"],
        &["list", "--skill", "go", "--has", "outcomes"],
        &["list", "--skill", "go", "--not-skill", "basketry"],
        &["list", "--skill", "go", "--missing", "links"],
        &["list", "--skill", "go", "--columns", "title,skills"],
        &["list", "--skill", "go", "--columns", "title,summary"],
        &["list", "--skill", "go", "--format", "wide"],
        &["match", "--skills", "go"],
        &["match", "--skills", "basketry"],
        &["match", "--skills", "go", "--where", "soup"],
        &["match", "--skills", "go", "--columns", "title,upstream"],
        &["match", "--skills", "go", "--format", "json"],
    ] {
        let uncached = answers(&[args, &["--no-cache"]].concat());
        assert!(uncached.iter().all(|answer| answer.status.success()), "{args:?}: {uncached:?}");
        assert_eq!(answers(args), uncached, "{args:?}");
    }
}

#[test]
fn long_texts_that_are_damaged_or_lost_are_read_again() {
    let (folder, first) = folder_of_one_known_page();
    let cache = rusqlite::Connection::open(folder.cache_file()).unwrap();
    let texts: Vec<u8> = cache.query_row("SELECT texts FROM texts", [], |row| row.get(0)).unwrap();
    let at = texts.windows(4).position(|word| word == b"Cook").unwrap();
    let damaged = [&texts[..at], b"Coop", &texts[at + 4..]].concat();
    cache.execute("UPDATE texts SET texts = ?", [damaged]).unwrap();
    assert_eq!(folder.cached(), first);
    assert_eq!(cache.query_row("SELECT texts FROM texts", [], |row| row.get(0)), Ok(texts), "they are mended");
    cache.execute_batch("DELETE FROM texts").unwrap();
    assert_eq!(folder.cached(), first);
}

/// A folder of more ideas than a search reads sooner than it finds them in the cache.
fn folder_of_many_ideas() -> Folder {
    let folder = Folder::new();
    for number in 0..40_u8 {
        let idea = |at: u8| {
            let (skill, level) = (["Rust", "Go", "Ruby"][usize::from(at % 3)], ["easy", "hard"][usize::from(at % 2)]);
            let facts = format!("- Skills: {skill}\n- Difficulty: {level}\n- Mentor: Ada Byron (@ada)\n");
            format!("## Simmer pot {number}-{at}\n\nPeople go to the soup kitchen; cook soup with {skill}.\n\n{facts}\n")
        };
        let ideas: String = (0..9).map(idea).collect();
        fs::write(folder.page(&format!("{number:02}.md")), format!("# Ideas of 20{:02}\n\n{ideas}", 20 + number % 7)).unwrap();
    }
    // On two pages, in one term each; with something to tell of one.
    for (name, end) in [("2024.md", &b""[..]), ("2025.md", b"\xff")] {
        let page = "# Ideas\n\n## Paint the lighthouse of Ostend\n\nIt needs Go.\n\n- Skills: Go\n- Mentor: Ada Byron (@ada)\n";
        fs::write(folder.page(name), [page.as_bytes(), end].concat()).unwrap();
    }
    fs::write(folder.page("README.md"), "# Nothing\n").unwrap();
    fs::write(folder.page("package.json"), "{\"a\": 1}").unwrap();
    let settings = "[[pages]]\nfiles = [\"pages/\"]\norganization = \"Diner\"\n";
    fs::write(folder.folder.path().join("ideas.toml"), settings).unwrap();
    // Times of change must be past to tell the next change.
    std::thread::sleep(Duration::from_millis(2100));
    folder
}

#[test]
fn a_search_that_reads_few_ideas_answers_as_one_that_reads_all() {
    let folder = folder_of_many_ideas();
    let (path, settings) = (folder.folder.path().join("pages"), folder.folder.path().join("ideas.toml"));
    let catalogs = [["--catalog", path.to_str().unwrap()], ["--config", settings.to_str().unwrap()]];
    let cache = folder.cache_file();
    let cache = cache.parent().unwrap();
    let answers = |args: &[&str]| catalogs.map(|catalog| run_with(cache, &catalog, args));
    let assert_same = |args: &[&str]| {
        let uncached = answers(&[args, &["--no-cache"]].concat());
        assert!(uncached.iter().all(|answer| answer.status.success() && !answer.stdout.is_empty()), "{args:?}: {uncached:?}");
        for _ in 0..3 {
            assert_eq!(answers(args), uncached, "{args:?}");
        }
    };
    for args in [
        &["search", "lighthouse"][..],
        &["search", "lighthouse", "--format", "json"],
        &["search", "lighthouse", "--duplicates", "--format", "ndjson"],
        &["search", "lighthouse ostend go", "--format", "csv"],
        &["search", "\"soup kitchen\" go"],
        &["search", "easy rust -ruby", "--format", "yaml"],
        &["search", "lihgthouse", "--columns", "title,summary,also"],
        &["search", "pot 17-3", "--skill", "rust"],
        &["search", "not lighthouse", "--limit", "3"],
    ] {
        assert_same(args);
    }
    // Of a page on which nothing is found, nothing is read.
    let file = rusqlite::Connection::open(folder.cache_file()).unwrap();
    let readings = || -> i64 { file.query_row("SELECT sum(length(page)) FROM readings", [], |row| row.get(0)).unwrap() };
    let (whole, cut) =
        (readings(), "UPDATE readings SET page = x'00' WHERE id IN (SELECT id FROM pages WHERE instr(place, '17.md'))");
    file.execute_batch(cut).unwrap();
    let left = readings();
    assert!(left < whole);
    assert_same(&["search", "lighthouse"]);
    assert_eq!(readings(), left, "it is not read, and so not mended");
    assert_same(&["search", "pot 17-3"]);
    assert_eq!(readings(), whole, "it is mended");
    for damage in [
        "DELETE FROM texts",
        "DELETE FROM readings",
        "UPDATE derived SET bytes = x'00'",
        "UPDATE derived SET bytes = x'00' WHERE part > 0",
        "DELETE FROM derived WHERE part > 0",
        "DELETE FROM derived",
    ] {
        file.execute_batch(damage).unwrap();
        // Levels stand beside the words.
        assert_same(&["search", "easy lighthouse"]);
        file.execute_batch(damage).unwrap();
        assert_same(&["search", "lighthouse ostend"]);
    }
    fs::write(folder.page("17.md"), "## Light a lighthouse\n\nAt sea.\n\n- Skills: Rust\n- Mentor: Bo Reed (@bo)\n").unwrap();
    assert_same(&["search", "lighthouse"]);
    fs::remove_file(folder.page("2024.md")).unwrap();
    assert_same(&["search", "lighthouse", "--format", "json"]);
}

#[test]
fn no_cache_is_no_error() {
    let folder = Folder::new();
    fs::write(folder.page("a.md"), page(1)).unwrap();
    // A folder in its place; and a file in the place of its folder.
    fs::create_dir_all(folder.cache_file()).unwrap();
    folder.assert_is_as_uncached();
    fs::remove_dir_all(folder.folder.path().join("cache")).unwrap();
    fs::write(folder.folder.path().join("cache"), "").unwrap();
    folder.assert_is_as_uncached();
}
