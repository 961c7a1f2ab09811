//! Where pages come from: files are known by what they are, not by what they are called.
#![allow(clippy::unwrap_used)] // a test that cannot go on has failed

use std::fs;
use std::path::{Path, PathBuf};

use mentorship_ideas::catalog::{Catalog, Level, Origin};

/// An empty folder for one test.
fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    folder
}

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
    let folder = folder("read-once");
    let (apples, pears) = (folder.join("apples.md"), folder.join("pears.md"));
    fs::write(&apples, page("Apples")).unwrap();
    fs::write(&pears, page("Pears")).unwrap();
    // As somebody would write it who is in the folder.
    let detour = folder.join("..").join("read-once").join("pears.md");
    for (origins, found) in [
        (&[&*apples, &apples][..], &["Apples"][..]),
        (&[&pears, &detour], &["Pears"]),
        // Where it is named first.
        (&[&pears, &folder], &["Pears", "Apples"]),
        (&[&folder, &pears], &["Apples", "Pears"]),
        (&[&folder, &folder], &["Apples", "Pears"]),
    ] {
        assert_eq!(titles(origins), found, "{origins:?}");
    }
}

#[test]
fn a_page_that_is_named_is_spoken_about_even_if_its_folder_is_read_first() {
    let folder = folder("named-in-folder");
    let (minutes, broken) = (folder.join("minutes.md"), folder.join("broken.json"));
    fs::write(&minutes, "# Minutes\n\nNobody came.\n").unwrap();
    fs::write(&broken, "{").unwrap();
    let catalog = Catalog::load(&[folder, minutes, broken].map(Origin::Path));
    let said: Vec<_> =
        catalog.notices.iter().map(|notice| (notice.level, notice.message.split([':', '(']).next().unwrap())).collect();
    assert_eq!(said, [(Level::Error, "this is no valid JSON"), (Level::Note, "holds no ideas")]);
}

/// Names of files are bytes there.
#[cfg(target_os = "linux")]
#[test]
fn pages_are_found_again_by_their_names_not_by_what_is_shown_of_them() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt as _;

    let folder = folder("not-utf8");
    for (name, title) in [(&b"caf\xe8.md"[..], "Apples"), (b"caf\xe9.md", "Pears"), ("caf\u{fffd}.md".as_bytes(), "Plums")] {
        fs::write(folder.join(OsStr::from_bytes(name)), page(title)).unwrap();
    }
    let catalog = Catalog::load(&[Origin::Path(folder)]);
    assert_eq!(catalog.ideas.len(), 3);
    for idea in &catalog.ideas {
        assert!(idea.source.path.ends_with("caf\u{fffd}.md"), "{}", idea.source.path);
        let source = catalog.source_of(idea).unwrap();
        assert_eq!(source.slice(idea.title.span.unwrap()), idea.title.value);
    }
}
