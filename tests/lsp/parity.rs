//! The same engine as `validate`: the same findings, settings and fixes.

use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::{Value, json};

use crate::corpus_folder;
use crate::editor::{Editor, apply};
use crate::{NONE, PAGE, folder};

/// What `ideas validate` finds in an inner folder, which has one page: code, message, place.
fn validated(folder: &Path, inner: &str) -> Vec<(String, String, [u64; 4])> {
    let run = Command::new(env!("CARGO_BIN_EXE_ideas"))
        .env("IDEAS_TODAY", "2020-01-01")
        .args(["validate", inner, "--format", "json", "--quiet"])
        .current_dir(folder)
        .output()
        .unwrap();
    let found: Vec<Value> = serde_json::from_slice(&run.stdout).unwrap();
    let number = |finding: &Value, key: &str| finding[key].as_u64().unwrap() - 1;
    let place = |finding: &Value| ["line", "column", "end_line", "end_column"].map(|key| number(finding, key));
    let said = |finding: &Value| {
        let help = finding["help"].as_str().map(|help| format!("\nhelp: {help}")).unwrap_or_default();
        format!("{}: {}{help}", finding["level"].as_str().unwrap(), finding["message"].as_str().unwrap())
    };
    found.iter().map(|finding| (finding["code"].as_str().unwrap().to_owned(), said(finding), place(finding))).collect()
}

/// What an editor shows, in characters.
fn shown(found: &[Value]) -> Vec<(String, String, [u64; 4])> {
    let level =
        |finding: &Value| ["", "error", "warning", "info"][usize::try_from(finding["severity"].as_u64().unwrap()).unwrap()];
    let place = |finding: &Value| {
        let range = &finding["range"];
        ["/start/line", "/start/character", "/end/line", "/end/character"].map(|at| range.pointer(at).unwrap().as_u64().unwrap())
    };
    let said = |finding: &Value| format!("{}: {}", level(finding), finding["message"].as_str().unwrap());
    found.iter().map(|finding| (finding["code"].as_str().unwrap().to_owned(), said(finding), place(finding))).collect()
}

/// Spaces and hidden characters of a page are shown otherwise in an editor.
fn plain(found: Vec<(String, String, [u64; 4])>) -> Vec<(String, String, [u64; 4])> {
    let words = |text: String| text.chars().filter(char::is_ascii_graphic).collect();
    found.into_iter().map(|(code, said, place)| (code, words(said), place)).collect()
}

/// The pages of our tests.
fn our_pages() -> Vec<(String, Vec<u8>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pages");
    let mut pages: Vec<(String, Vec<u8>)> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension != "txt"))
        .map(|path| (path.file_name().unwrap().to_str().unwrap().to_owned(), fs::read(&path).unwrap()))
        .collect();
    pages.sort();
    pages
}

fn assert_same(pages: &[(String, Vec<u8>)], least: usize) {
    let mut all = 0;
    let folder = folder();
    let mut editor = Editor::open_with(folder.path(), json!({ "general": { "positionEncodings": ["utf-32"] } }));
    for (at, (name, bytes)) in pages.iter().enumerate() {
        // Text in other encodings is the editor's to read.
        let Ok(text) = std::str::from_utf8(bytes) else { continue };
        // What ends a line for an editor is a sign within one for people.
        if text.replace("\r\n", "\n").contains('\r') {
            continue;
        }
        let inner = format!("page-{at}");
        let found = editor.open_file(&format!("{inner}/{name}"), text);
        let expected = validated(folder.path(), &inner);
        all += expected.len();
        let more = found.len() - expected.len().min(found.len());
        assert!(more == 0 || expected.len() > 1000, "{name}: {more} more");
        assert_eq!(plain(shown(&found[..expected.len().min(found.len())])), plain(expected), "{name}");
    }
    assert!(all > least, "only {all} findings");
}

#[test]
fn our_pages_have_the_findings_of_validate() {
    assert_same(&our_pages(), 40);
}

#[test]
fn real_pages_have_the_findings_of_validate() {
    let Some(folder) = corpus_folder::find() else { return };
    let pages = corpus_folder::pages(&folder);
    let named = pages.iter().map(|source| {
        let name = source.path().file_name().unwrap().to_str().unwrap().to_owned();
        (name, source.text().as_bytes().to_vec())
    });
    assert_same(&named.collect::<Vec<_>>(), 100);
}

#[test]
fn all_safe_fixes_are_those_of_validate() {
    let mut mended = 0;
    for (name, bytes) in our_pages() {
        let (name, Ok(text)) = (name.as_str(), String::from_utf8(bytes)) else { continue };
        let folder = folder();
        let mut editor = Editor::open(folder.path());
        editor.open_file(name, &text);
        let actions = editor.actions(name, 0, &["source.fixAll.ideas"]);
        let after = match actions.as_slice() {
            [] => text.clone(),
            [action] => apply(&text, &editor.edits(name, action)),
            more => panic!("{name}: {more:?}"),
        };
        mended += usize::from(after != text);
        assert_eq!(after, crate::after(folder.path(), &["validate", "--fix"], name, &text), "{name}");
    }
    assert!(mended > 1, "only {mended} pages had something to mend");
}

#[test]
fn settings_are_those_of_the_nearest_file() {
    let folder = folder();
    let toml = |path: &str, text: &str| {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    };
    toml("ideas.toml", "[lint]\nignore = [\"drafts/\"]\n[lint.rules]\nmentor-handle-format = \"error\"\n");
    toml("inner/ideas.toml", "[lint.rules]\nmentor-handle-format = \"off\"\n");
    let mut editor = Editor::open(folder.path());
    let severity =
        |found: &[Value]| found.iter().find(|it| it["code"] == "mentor-handle-format").map(|it| it["severity"].clone());
    assert_eq!(severity(&editor.open_file("lfx-2026.md", PAGE)), Some(json!(1)));
    assert_eq!(severity(&editor.open_file("inner/x/lfx-2026.md", PAGE)), None);
    assert_eq!(editor.open_file("drafts/lfx-2026.md", PAGE), NONE);

    // They change, and the editor says so.
    toml("ideas.toml", "[lint.rules]\nmentor-handle-format = \"info\"\n");
    let changed = json!({ "changes": [{ "uri": editor.uri("ideas.toml"), "type": 2 }] });
    editor.tell("workspace/didChangeWatchedFiles", changed.clone());
    assert_eq!(severity(&editor.findings("lfx-2026.md")), Some(json!(3)));

    // They break: that is said where they stand, and the last that made sense still count.
    toml("ideas.toml", "[lint.rules]\nmentor-handle-fromat = \"off\"\n");
    editor.tell("workspace/didChangeWatchedFiles", changed.clone());
    assert_eq!(severity(&editor.findings("lfx-2026.md")), Some(json!(3)));
    let fault = &editor.findings("ideas.toml")[0];
    assert_eq!(fault["range"]["start"], json!({ "line": 1, "character": 0 }));
    assert!(fault["message"].as_str().unwrap().contains("did you mean `mentor-handle-format`?"), "{fault}");

    // Nobody says that they have changed, but somebody types.
    toml("ideas.toml", "[lint.rules]\nmentor-handle-format = \"off\"\n");
    editor.change("lfx-2026.md", json!([{ "text": PAGE }]));
    assert_eq!(severity(&editor.findings("lfx-2026.md")), None);
    assert_eq!(editor.findings("ideas.toml"), NONE);

    // They are gone.
    fs::remove_file(folder.path().join("ideas.toml")).unwrap();
    editor.tell("workspace/didChangeWatchedFiles", changed);
    assert_eq!(severity(&editor.findings("lfx-2026.md")), Some(json!(2)));
    assert_eq!(editor.close(), (Some(0), String::new()));
}

#[test]
fn what_is_no_page_has_no_findings() {
    let folder = folder();
    let mut editor = Editor::open(folder.path());
    for (file, text) in [
        ("main.rs", PAGE),
        ("package.json", "{ \"name\": \"x\" }"),
        ("broken.json", "{ \"name\": "),
        ("out.md", "{\"id\":\"a\",\"title\":\"b\"}\n{\"id\":\"c\",\"title\":\"d\"}\n"),
    ] {
        assert_eq!(editor.open_file(file, text), NONE, "{file}");
    }
}
