//! `ideas lsp` as editors use it: a scripted one opens pages, types, asks, and says good-bye.
#![allow(clippy::unwrap_used)] // a test that cannot go on has failed
#![allow(clippy::needless_pass_by_value)] // messages are made where they are sent

#[path = "../corpus_folder/mod.rs"]
mod corpus_folder;
mod editor;
mod parity;
mod robust;

use std::fs;
use std::path::Path;
use std::process::Command;

use editor::{Editor, apply, shown};
use serde_json::{Value, json};

/// A page for LFX with three faults: a handle without `@`, a label that is spelt otherwise, a heading with an emoji before.
const PAGE: &str = "\
### Lanternfish

#### Show which lamps are lit 😀

- Description: Lamps are lit and nobody knows which.
- Expected Outcomes: A page that shows it
- Recommended Skills: Go, Kubernetes
- Mentor(s):
  - Ada Brook (adabrook, ada@example.org)
  - Bo Reed (@boreed, bo.reed@example.org)
- Upstream Issue: https://github.com/lanternfish/lamps/issues/1
";

/// No findings.
const NONE: [Value; 0] = [];

fn folder() -> tempfile::TempDir {
    tempfile::tempdir().unwrap()
}

/// A file after `ideas ARGS FILE`.
fn after(folder: &Path, args: &[&str], file: &str, text: &str) -> String {
    fs::write(folder.join(file), text).unwrap();
    Command::new(env!("CARGO_BIN_EXE_ideas"))
        .env("IDEAS_TODAY", "2020-01-01")
        .args(args)
        .arg(file)
        .current_dir(folder)
        .output()
        .unwrap();
    fs::read_to_string(folder.join(file)).unwrap()
}

fn names(items: &Value, key: &str) -> Vec<String> {
    items.as_array().unwrap().iter().map(|item| item[key].as_str().unwrap().to_owned()).collect()
}

#[test]
fn a_page_is_opened_typed_in_and_closed() {
    let folder = folder();
    let mut editor = Editor::open(folder.path());
    let found = editor.open_file("lfx-2026.md", PAGE);
    let places: Vec<String> = found.iter().map(shown).collect();
    assert_eq!(places, ["label-spelling 5:2-5:19", "mentor-handle-format 8:15-8:23"]);
    assert_eq!(found[1]["severity"], 2);
    assert_eq!(found[1]["source"], "ideas");
    let message = found[1]["message"].as_str().unwrap();
    assert!(message.starts_with("the handle `adabrook` has no `@`"), "{message}");
    let href = found[1]["codeDescription"]["href"].as_str().unwrap();
    let (file, line) = href.split_once("#L").unwrap();
    let rules = fs::read_to_string(url::Url::parse(file).unwrap().to_file_path().unwrap()).unwrap();
    assert_eq!(rules.lines().nth(line.parse::<usize>().unwrap() - 1), Some("## mentor-handle-format"));

    // One character where it belongs, in three changes of one message.
    let at = |line, character| json!({ "line": line, "character": character });
    editor.change(
        "lfx-2026.md",
        json!([
            { "range": { "start": at(8, 15), "end": at(8, 15) }, "text": "@" },
            { "range": { "start": at(0, 0), "end": at(0, 0) }, "text": "😀\n\n" },
            { "range": { "start": at(0, 0), "end": at(2, 0) }, "text": "" },
        ]),
    );
    assert_eq!(editor.findings("lfx-2026.md").iter().map(shown).collect::<Vec<_>>(), ["label-spelling 5:2-5:19"]);
    editor.change("lfx-2026.md", json!([{ "text": PAGE.replace("Outcomes:", "Outcome:") }]));
    assert_eq!(editor.findings("lfx-2026.md").iter().map(shown).collect::<Vec<_>>(), ["mentor-handle-format 8:15-8:23"]);

    let document = json!({ "uri": editor.uri("lfx-2026.md") });
    editor.tell("textDocument/didClose", json!({ "textDocument": document }));
    let gone = editor.wait(|message| message["params"]["diagnostics"] == json!([]));
    assert_eq!(gone["params"]["uri"], document["uri"]);
    assert_eq!(editor.close(), (Some(0), String::new()));
}

#[test]
fn columns_are_counted_as_was_agreed_on() {
    let folder = folder();
    let text = "\u{feff}### Lanternfish\r\n\r\n#### Lamps\r\n\r\n- Mentor(s):\r\n\t- 😀é (adabrook, ada@example.org)\r\n- Recommended Skills: Go\r\n";
    for (known, agreed, start) in [
        (json!(["utf-16"]), "utf-16", 8),
        (json!(["utf-16", "utf-8"]), "utf-8", 11),
        (json!(["utf-32", "utf-16"]), "utf-32", 7),
        (Value::Null, "utf-16", 8),
    ] {
        let mut editor = Editor::silent(folder.path());
        let abilities = json!({ "general": { "positionEncodings": known } });
        let offered = editor.ask("initialize", json!({ "capabilities": abilities, "rootUri": editor.uri("") }));
        assert_eq!(offered["capabilities"]["positionEncoding"], agreed);
        let found = editor.open_text("lfx-2026.md", text);
        let handle = found.iter().find(|finding| finding["code"] == "mentor-handle-format").unwrap();
        assert_eq!(handle["range"]["start"], json!({ "line": 5, "character": start }), "{agreed}");
        // What is typed there lands there.
        let at = &handle["range"]["start"];
        editor.change("lfx-2026.md", json!([{ "range": { "start": at, "end": at }, "text": "@" }]));
        let found = editor.findings("lfx-2026.md");
        assert!(found.iter().all(|finding| finding["code"] != "mentor-handle-format"), "{agreed}: {found:?}");
        assert_eq!(editor.close().0, Some(0));
    }
}

#[test]
fn fixes_do_what_validate_does() {
    let folder = folder();
    let mut editor = Editor::open(folder.path());
    for text in [PAGE.to_owned(), PAGE.replace('\n', "\r\n")] {
        editor.open_file("lfx-2026.md", &text);
        let actions = editor.actions("lfx-2026.md", 8, &["quickfix"]);
        let titles: Vec<&str> = actions.iter().map(|action| action["title"].as_str().unwrap()).collect();
        assert_eq!(
            titles,
            [
                "Insert `@`",
                "Disable `mentor-handle-format` for this line",
                "Disable `mentor-handle-format` for this idea",
                "Disable `mentor-handle-format` for this page"
            ]
        );
        assert_eq!(actions[0]["isPreferred"], true);
        assert_eq!(shown(&actions[0]["diagnostics"][0]), "mentor-handle-format 8:15-8:23");
        let edits = editor.edits("lfx-2026.md", &actions[0]);
        let expected = after(folder.path(), &["validate", "--fix", "--select", "mentor-handle-format"], "lfx-2026.md", &text);
        assert_eq!(apply(&text, &edits), expected);

        let all = editor.actions("lfx-2026.md", 0, &["source.fixAll"]);
        assert_eq!(names(&json!(all), "kind"), ["source.fixAll.ideas"]);
        let edits = editor.edits("lfx-2026.md", &all[0]);
        assert_eq!(apply(&text, &edits), after(folder.path(), &["validate", "--fix"], "lfx-2026.md", &text));
    }
}

#[test]
fn an_unsafe_fix_says_so() {
    let folder = folder();
    let mut editor = Editor::open(folder.path());
    let text = PAGE.replace("#### Show", "##### Show").replace("### Lant", "<!-- ideas-disable mojibake --> x\n\n### Lant");
    editor.open_file("lfx-2026.md", &text);
    let actions = editor.actions("lfx-2026.md", 0, &["quickfix"]);
    let unsafe_ones: Vec<&Value> = actions.iter().filter(|action| action["title"].as_str().unwrap().contains("unsafe")).collect();
    assert_eq!(unsafe_ones.len(), 1, "{actions:#?}");
    assert_eq!(unsafe_ones[0].get("isPreferred"), None);
    assert_eq!(unsafe_ones[0]["diagnostics"][0]["tags"], json!([1]), "a comment of no use is grey");
}

#[test]
fn comments_silence_what_they_are_for() {
    let folder = folder();
    let mut editor = Editor::open(folder.path());
    let second = PAGE.replace("which lamps are lit 😀", "what is dark");
    let text = format!("{PAGE}\n{}", second.strip_prefix("### Lanternfish\n\n").unwrap());
    let of_rule = |found: &[Value]| found.iter().filter(|finding| finding["code"] == "label-spelling").count();
    assert_eq!(of_rule(&editor.open_file("lfx-2026.md", &text)), 2);
    for (scope, left) in [("line", 1), ("idea", 1), ("page", 0)] {
        let actions = editor.actions("lfx-2026.md", 5, &[]);
        let title = format!("Disable `label-spelling` for this {scope}");
        let action = actions.iter().find(|action| action["title"] == *title).unwrap_or_else(|| panic!("{title}: {actions:#?}"));
        let silenced = apply(&text, &editor.edits("lfx-2026.md", action));
        editor.change("lfx-2026.md", json!([{ "text": silenced }]));
        let found = editor.findings("lfx-2026.md");
        assert_eq!(of_rule(&found), left, "{scope}: {silenced}");
        assert!(found.iter().all(|finding| finding["code"] != "unused-disable"), "{scope}: {silenced}");
        editor.change("lfx-2026.md", json!([{ "text": text }]));
        editor.findings("lfx-2026.md");
    }
}

#[test]
fn formatting_is_what_fmt_does() {
    let folder = folder();
    let mut editor = Editor::open(folder.path());
    let text = PAGE.replace("- Mentor(s):\n  - Ada", "* Mentors:\n    * Ada").replace("  - Bo", "    * Bo");
    editor.open_file("lfx-2026.md", &text);
    let edits = editor.ask_about("textDocument/formatting", "lfx-2026.md");
    let expected = after(folder.path(), &["fmt"], "lfx-2026.md", &text);
    assert_ne!(expected, text, "there is something to do");
    assert_eq!(apply(&text, edits.as_array().unwrap()), expected);
    // What `fmt` leaves alone stays as it is.
    editor.open_file("notes.md", "# Notes\n\nNothing to be done.\n");
    assert_eq!(editor.ask_about("textDocument/formatting", "notes.md"), Value::Null);
}

#[test]
fn pointing_at_something_tells_what_was_read() {
    let folder = folder();
    let mut editor = Editor::open(folder.path());
    editor.open_file("lfx-2026.md", &format!("{PAGE}\n<!-- ideas-disable-next-line quota -->\n"));
    for (place, said) in [
        ((8, 6), "**mentor**: Ada Brook (@adabrook, ada@example.org)"),
        ((8, 17), "**mentor**: Ada Brook (@adabrook, ada@example.org)"),
        ((6, 22), "- **skill**: Go\n- **tag**: go"),
        ((6, 5), "read as **skills**\n\n- **skill**: Go\n- **skill**: Kubernetes\n- **tag**: go\n- **tag**: kubernetes"),
        ((0, 6), "**project**: Lanternfish, 1 idea"),
        (
            (12, 34),
            "**quota**: A project proposes no more ideas in a term than its programme allows: for LFX Mentorship four, Kubernetes eight.",
        ),
    ] {
        let hover = editor.ask_at("textDocument/hover", "lfx-2026.md", place);
        let value = hover["contents"]["value"].as_str().unwrap_or_else(|| panic!("{place:?}: {hover}"));
        assert!(value.starts_with(said), "{place:?}: {value}");
    }
    let hover = editor.ask_at("textDocument/hover", "lfx-2026.md", (2, 8));
    assert_eq!(hover["range"], json!({ "start": { "line": 2, "character": 5 }, "end": { "line": 2, "character": 32 } }));
    let whole = hover["contents"]["value"].as_str().unwrap();
    for fact in [
        "**Show which lamps are lit",
        "- **project**: Lanternfish (line 1)",
        "- **tag**: go, kubernetes (line 7)",
        "- **mentor**: Ada Brook (@adabrook, ada@example.org), Bo Reed (@boreed, bo.reed@example.org) (line 9)",
        "- **term**: 2026 (from the page's path, form, source or ideas.toml)",
        "held to the template `lfx`",
    ] {
        assert!(whole.contains(fact), "{fact}: {whole}");
    }
    assert_eq!(editor.ask_at("textDocument/hover", "lfx-2026.md", (1, 0)), Value::Null);
}

#[test]
fn what_may_come_next_is_offered() {
    let folder = folder();
    let mut editor = Editor::open(folder.path());
    editor.open_file("lfx-2026.md", PAGE);
    let typed = |line: &str| format!("{}\n{line}", PAGE.split("- Recommended").next().unwrap().trim_end());
    for (line, offered, not_offered) in [
        ("- ", &["Recommended Skills", "Mentor(s)", "Upstream Issue"][..], &["Description", "Expected Outcome"][..]),
        ("- Men", &["Mentor(s)"], &["Description"]),
        ("- Difficulty: ", &["easy", "medium", "hard"], &["Mentor(s)"]),
        ("- **Difficulty:** m", &["medium"], &[]),
        ("- Expected project size:", &["small (90 hours)", "medium (175 hours)", "large (350 hours)"], &[]),
        ("- Recommended Skills: Go, K", &["Kubernetes", "Python"], &["Go"]),
        ("- Recommended Skills:\n  - Ku", &["Kubernetes", "Go"], &["Mentor(s)"]),
        ("\n### Ku", &["Kubeflow", "Harbor"], &["Mentor(s)"]),
        ("<!-- ideas-dis", &["disable", "disable-next-line", "enable"], &[]),
        ("<!-- ideas-disable mojibake, quo", &["quota"], &["mojibake"]),
    ] {
        let text = typed(line);
        editor.change("lfx-2026.md", json!([{ "text": text }]));
        let last = text.lines().last().unwrap();
        let place = (text.lines().count() - 1, last.encode_utf16().count());
        let items = editor.ask_at("textDocument/completion", "lfx-2026.md", place);
        let labels = names(&items, "label");
        for label in offered {
            assert!(labels.iter().any(|it| it == label), "{line:?}: {label}: {labels:?}");
        }
        for label in not_offered {
            assert!(labels.iter().all(|it| it != label), "{line:?}: {label}: {labels:?}");
        }
    }
    editor.open_file("lamps.md", PAGE);
    for (typed, offered) in
        [("diff", "difficulty"), ("difficulty: ", "medium"), ("tags: [go, ru", "rust"), ("project: Ku", "Kubeflow")]
    {
        editor.change("lamps.md", json!([{ "text": format!("---\ntitle: Lamps\nskills:\n  - Go\n{typed}\n---\n\nLit.\n") }]));
        let items = editor.ask_at("textDocument/completion", "lamps.md", (4, typed.len()));
        assert!(names(&items, "label").iter().any(|label| label == offered), "{typed}: {:?}", names(&items, "label"));
    }
    // What is chosen stands in the place of what was typed.
    let text = typed("- Recommended Skills: Go, Kub");
    editor.change("lfx-2026.md", json!([{ "text": text }]));
    let items = editor.ask_at("textDocument/completion", "lfx-2026.md", (6, 29));
    let item = items.as_array().unwrap().iter().find(|item| item["label"] == "Kubernetes").unwrap();
    assert!(apply(&text, &[item["textEdit"].clone()]).ends_with("- Recommended Skills: Go, Kubernetes"));
    // A sentence is none of our business.
    editor.change("lfx-2026.md", json!([{ "text": typed("  and more of it, in a text that goes on") }]));
    assert_eq!(editor.ask_at("textDocument/completion", "lfx-2026.md", (6, 39)), json!([]));
}

#[test]
fn what_is_there_twice_leads_to_the_other_place() {
    let folder = folder();
    let mut editor = Editor::open(folder.path());
    let text = PAGE.replace("(adabrook", "(@adabrook").replace("(@boreed", "(@adabrook").replace("Outcomes:", "Outcome:");
    let found = editor.open_file("lfx-2026.md", &text);
    assert_eq!(found.iter().map(shown).collect::<Vec<_>>(), ["mentor-duplicate 9:14-9:22"]);
    let related = found[0]["relatedInformation"].as_array().unwrap();
    assert_eq!((related.len(), &related[0]["location"]["uri"]), (1, &json!(editor.uri("lfx-2026.md"))));
    assert_eq!(related[0]["location"]["range"]["start"]["line"], 8);
    // An editor that cannot show it is not told.
    let mut plain = Editor::open_with(folder.path(), json!({}));
    assert_eq!(plain.open_file("lfx-2026.md", &text)[0].get("relatedInformation"), None);
}

#[test]
fn ideas_are_found_in_all_pages_of_the_workspace() {
    let folder = folder();
    fs::write(folder.path().join("saved.md"), PAGE.replace("Show which lamps are lit", "Paint the lamps")).unwrap();
    let mut editor = Editor::open(folder.path());
    editor.open_file("lfx-2026.md", PAGE);
    // What is on the screen counts, not what was saved.
    editor.change("lfx-2026.md", json!([{ "text": format!("\n{}", PAGE.replace("Show which", "Tell which")) }]));
    for (query, found) in [
        ("", &["Tell which lamps are lit 😀 lfx-2026.md 3", "Paint the lamps 😀 saved.md 2"][..]),
        ("pnt LAMPS", &["Paint the lamps 😀 saved.md 2"]),
        ("show", &[]),
    ] {
        let symbols = editor.ask("workspace/symbol", json!({ "query": query }));
        let shown = symbols.as_array().unwrap().iter().map(|symbol| {
            let file = symbol["location"]["uri"].as_str().unwrap().rsplit('/').next().unwrap();
            assert_eq!(symbol["containerName"], "Lanternfish");
            format!("{} {file} {}", symbol["name"].as_str().unwrap(), symbol["location"]["range"]["start"]["line"])
        });
        assert_eq!(shown.collect::<Vec<_>>(), found, "{query}");
    }
}

#[test]
fn the_outline_is_that_of_the_ideas() {
    let folder = folder();
    let mut editor = Editor::open(folder.path());
    editor.open_file(
        "lfx-2026.md",
        &format!("{PAGE}\n### Tidepool\n\n#### A faster tide table\n\n- Skills: Go\n- Mentor: Ada Brook\n"),
    );
    let symbols = editor.ask_about("textDocument/documentSymbol", "lfx-2026.md");
    assert_eq!(names(&symbols, "name"), ["Lanternfish", "Tidepool"]);
    let ideas = &symbols[0]["children"];
    assert_eq!(names(ideas, "name"), ["Show which lamps are lit 😀"]);
    assert_eq!(
        names(&ideas[0]["children"], "name"),
        ["Description", "Expected Outcomes", "Recommended Skills", "Mentor(s)", "Upstream Issue"]
    );
    assert_eq!(ideas[0]["children"][2]["detail"], "Go, Kubernetes");
    assert_eq!(ideas[0]["range"]["end"], json!({ "line": 12, "character": 0 }));

    let mut plain = Editor::open_with(folder.path(), json!({}));
    plain.open_text("lfx-2026.md", PAGE);
    let symbols = plain.ask_about("textDocument/documentSymbol", "lfx-2026.md");
    assert_eq!(names(&symbols, "name")[..3], ["Lanternfish", "Show which lamps are lit 😀", "Description"]);
    assert_eq!(symbols[1]["containerName"], "Lanternfish");
}
