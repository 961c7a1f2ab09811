//! Where pages come from: files are known by what they are, not by what they are called.
#![allow(clippy::unwrap_used)] // a test that cannot go on has failed

use std::fs;
use std::path::Path;
use std::process::Command;

use mentorship_ideas::catalog::{Catalog, Level, Origin, Parts};
use mentorship_ideas::idea::Idea;

/// A page of one idea.
fn page(title: &str) -> String {
    format!("## {title}\n\n- Skills: Go\n- Mentor: Ada Brook\n")
}

fn titles(origins: &[&Path]) -> Vec<String> {
    let origins: Vec<Origin> = origins.iter().map(|path| Origin::Path(path.to_path_buf())).collect();
    Catalog::load(&origins).ideas.into_iter().map(|idea| idea.title.value).collect()
}

#[test]
fn a_page_is_read_once() {
    let temporary = tempfile::tempdir().unwrap();
    let folder = temporary.path();
    let (apples, pears) = (folder.join("apples.md"), folder.join("pears.md"));
    fs::write(&apples, page("Apples")).unwrap();
    fs::write(&pears, page("Pears")).unwrap();
    // As somebody would write it who is in the folder.
    let detour = folder.join("..").join(folder.file_name().unwrap()).join("pears.md");
    for (origins, found) in [
        (&[&*apples, &apples][..], &["Apples"][..]),
        (&[&pears, &detour], &["Pears"]),
        // Where it is named first.
        (&[&pears, folder], &["Pears", "Apples"]),
        (&[folder, &pears], &["Apples", "Pears"]),
        (&[folder, folder], &["Apples", "Pears"]),
    ] {
        assert_eq!(titles(origins), found, "{origins:?}");
    }
}

#[test]
fn a_page_that_is_named_is_spoken_about_even_if_its_folder_is_read_first() {
    let temporary = tempfile::tempdir().unwrap();
    let folder = temporary.path();
    let (minutes, broken) = (folder.join("minutes.md"), folder.join("broken.json"));
    fs::write(&minutes, "# Minutes\n\nNobody came.\n").unwrap();
    fs::write(&broken, "{").unwrap();
    let catalog = Catalog::load(&[folder.to_owned(), minutes, broken].map(Origin::Path));
    let said: Vec<_> =
        catalog.notices.iter().map(|notice| (notice.level, notice.message.split([':', '(']).next().unwrap())).collect();
    assert_eq!(said, [(Level::Error, "this is no valid JSON"), (Level::Note, "holds no ideas")]);
}

/// The notices of some paths, and the titles that were read in spite of them.
fn told(paths: &[&Path]) -> (Vec<String>, Vec<(Level, String)>) {
    let origins: Vec<Origin> = paths.iter().map(|path| Origin::Path(path.to_path_buf())).collect();
    let catalog = Catalog::load(&origins);
    let titles = catalog.ideas.into_iter().map(|idea| idea.title.value).collect();
    (titles, catalog.notices.into_iter().map(|notice| (notice.level, notice.message)).collect())
}

#[test]
fn binary_data_is_no_page_whatever_it_is_called() {
    let temporary = tempfile::tempdir().unwrap();
    let folder = temporary.path();
    let (binary, apples) = (folder.join("binary.md"), folder.join("pages").join("apples.md"));
    fs::create_dir(folder.join("pages")).unwrap();
    fs::write(&apples, page("Apples")).unwrap();
    fs::write(&binary, [b"\x7fELF\x02\x01\x01\0\0\0\0\0\0\0\0\0".to_vec(), page("Strings").into_bytes()].concat()).unwrap();
    let refusal = "this is binary data, and a page is text";
    assert_eq!(told(&[&binary, &apples]), (vec!["Apples".to_owned()], vec![(Level::Error, refusal.to_owned())]));
    assert_eq!(told(&[folder]), (vec!["Apples".to_owned()], vec![(Level::Warning, format!("skipped: {refusal}"))]));
    for (path, status) in [(&*binary, 2), (folder, 0)] {
        let validated =
            Command::new(env!("CARGO_BIN_EXE_ideas")).args(["validate", "--select", "bare-title"]).arg(path).output().unwrap();
        let said = String::from_utf8(validated.stderr).unwrap();
        assert!(said.contains(refusal), "{said}");
        assert_eq!(validated.status.code(), Some(status), "{said}");
    }
}

/// Also for root, whom no permission keeps out, a path is too long that the system takes only in parts.
#[cfg(target_os = "linux")]
#[test]
fn a_folder_that_cannot_be_read_is_an_error_and_not_a_folder_without_pages() {
    let temporary = tempfile::tempdir().unwrap();
    let deep = |folder: &Path| (0..11).fold(folder.to_owned(), |path, _| path.join("d".repeat(200)));
    let (upper, lower) = (temporary.path().join("upper"), temporary.path().join("lower"));
    fs::create_dir_all(deep(&upper)).unwrap();
    fs::create_dir_all(deep(&lower)).unwrap();
    fs::rename(&lower, deep(&upper).join("lower")).unwrap();
    let (titles, notices) = told(&[&upper]);
    assert_eq!((titles.len(), notices.len()), (0, 1), "{notices:?}");
    assert!(notices[0].0 == Level::Error && notices[0].1.starts_with("cannot be read: "), "{notices:?}");
    fs::write(upper.join("apples.md"), page("Apples")).unwrap();
    assert_eq!(told(&[&upper]), (vec!["Apples".to_owned()], notices), "the rest is read");
}

/// Names of files are bytes there.
#[cfg(target_os = "linux")]
#[test]
fn pages_are_found_again_by_their_names_not_by_what_is_shown_of_them() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt as _;

    let temporary = tempfile::tempdir().unwrap();
    let folder = temporary.path();
    for (name, title) in [(&b"caf\xe8.md"[..], "Apples"), (b"caf\xe9.md", "Pears"), ("caf\u{fffd}.md".as_bytes(), "Plums")] {
        fs::write(folder.join(OsStr::from_bytes(name)), page(title)).unwrap();
    }
    let catalog = Catalog::load(&[Origin::Path(folder.to_owned())]);
    assert_eq!(catalog.ideas.len(), 3);
    for idea in &catalog.ideas {
        assert!(idea.source.path.ends_with("caf\u{fffd}.md"), "{}", idea.source.path);
        let source = catalog.source_of(idea).unwrap();
        assert_eq!(source.slice(idea.title.span.unwrap()), idea.title.value);
    }
}

/// So many pages that they are read in parts; each has an idea, and one of them is no page.
fn many() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for at in 0..600 {
        fs::write(folder.path().join(format!("{at:03}.md")), page(&format!("Apples {at}"))).unwrap();
    }
    fs::write(folder.path().join("599.md"), "# Minutes\n\nNobody came.\n").unwrap();
    folder
}

fn run(folder: &Path, args: &[&str]) -> (String, String) {
    let run = Command::new(env!("CARGO_BIN_EXE_ideas")).args(["list", "--catalog"]).arg(folder).args(args).output().unwrap();
    let [out, err] = [run.stdout, run.stderr].map(|bytes| String::from_utf8(bytes).unwrap());
    (out, err)
}

#[test]
fn parts_are_the_catalogue() {
    let temporary = many();
    let folder = temporary.path();
    let origins = [Origin::Path(folder.to_owned()), Origin::Path(folder.join("000.md")), Origin::Bundled];
    let whole = Catalog::load(&origins);
    let parts: Vec<Catalog> = Parts::of(&origins).collect();
    assert!(parts.len() > 4, "{}", parts.len());
    let ids = |ideas: &[Idea]| ideas.iter().map(|idea| idea.id.clone()).collect::<Vec<_>>();
    let of_parts: Vec<String> = parts.iter().flat_map(|part| ids(&part.ideas)).collect();
    assert_eq!((&of_parts[..2], &of_parts[598]), (&["apples-0".to_owned(), "apples-1".to_owned()][..], &"apples-598".to_owned()));
    assert_eq!(of_parts, ids(&whole.ideas));
    let notices: Vec<_> = parts.iter().flat_map(|part| &part.notices).collect();
    assert_eq!(notices, whole.notices.iter().collect::<Vec<_>>());
    let last = whole.ideas[..599].last().unwrap();
    assert_eq!(whole.file_of(last), Some(&*folder.join("598.md")), "parts know where their pages are");
}

#[test]
fn what_is_written_as_it_is_read_is_what_is_written_at_once() {
    let temporary = many();
    let folder = temporary.path();
    let (ids, said) = run(folder, &["--format", "ids"]);
    assert_eq!((ids.lines().count(), ids.lines().last()), (599, Some("apples-598")));
    assert!(!said.contains("holds no idea"), "most folders have a README: {said}");
    for format in ["ndjson", "csv", "ids"] {
        let (streamed, at_once) = (run(folder, &["--format", format]), run(folder, &["--format", format, "--sort", "source"]));
        assert_eq!(streamed, at_once, "{format}");
    }
    // A header, and as many as were asked for.
    assert_eq!(run(folder, &["--format", "csv", "--columns", "id", "--limit", "300"]).0.lines().count(), 301);
    // What may have been meant, all parts say together.
    let (written, said) = run(folder, &["--format", "ndjson", "--mentor", "Ada Broook"]);
    assert!(written.is_empty() && said.contains("did you mean Ada Brook (599 ideas)?"), "{said}");
}
