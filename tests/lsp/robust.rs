//! What goes wrong: garbage, places outside of the page, requests at the wrong time, typing faster than pages are read.

use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::editor::Editor;
use crate::{NONE, PAGE, folder};

fn code(answer: &Value) -> i64 {
    answer["error"]["code"].as_i64().unwrap_or_default()
}

#[test]
fn requests_have_their_time() {
    let folder = folder();
    let mut editor = Editor::silent(folder.path());
    let early = editor.start("textDocument/hover", json!({}));
    assert_eq!(code(&editor.answer(early)), -32002);
    editor.tell("textDocument/didOpen", json!({}));
    editor.ask("initialize", json!({ "capabilities": {} }));
    let again = editor.start("initialize", json!({ "capabilities": {} }));
    assert_eq!(code(&editor.answer(again)), -32600);
    let unknown = editor.start("textDocument/rename", json!({}));
    assert_eq!(code(&editor.answer(unknown)), -32601);
    let wrong = editor.start("textDocument/hover", json!({ "position": "here" }));
    assert_eq!(code(&editor.answer(wrong)), -32602);
    // Of documents that are not open nothing is known.
    let elsewhere = json!({ "textDocument": { "uri": "file:///elsewhere.md" }, "position": { "line": 0, "character": 0 } });
    assert_eq!(editor.ask("textDocument/hover", elsewhere), Value::Null);
    assert_eq!(editor.ask("shutdown", Value::Null), Value::Null);
    let late = editor.start("textDocument/hover", json!({}));
    assert_eq!(code(&editor.answer(late)), -32600);
    editor.tell("exit", Value::Null);
    assert_eq!(editor.end(), (Some(0), String::new()));
}

#[test]
fn who_leaves_without_a_word_is_told() {
    let folder = folder();
    let mut editor = Editor::open(folder.path());
    editor.tell("exit", Value::Null);
    assert_eq!(editor.end().0, Some(1));
    assert_eq!(Editor::open(folder.path()).end().0, Some(1));
    assert_eq!(Editor::silent(folder.path()).end().0, Some(1));
}

#[test]
fn garbage_is_told_and_passed_over() {
    let folder = folder();
    let mut editor = Editor::open(folder.path());
    editor.send_raw(b"GET / HTTP/1.1\r\nHost: example.org\r\n\r\n");
    editor.send_raw(&[0xff; 5000]);
    editor.send_raw(b"\nContent-Length: 3\r\n\r\n{]\xff");
    let answer = editor.wait(|message| message["error"]["code"] == -32700);
    assert_eq!(answer["id"], Value::Null);
    editor.send_raw(b"Content-Length: 18446744073709551615\r\n");
    editor.send_raw(b"Content-Length: 2\r\n\r\n{}");
    editor.send(&json!([1, 2]));
    editor.send(&json!({ "jsonrpc": "2.0", "id": {}, "method": "x" }));
    // An answer to nothing we have asked.
    editor.send(&json!({ "jsonrpc": "2.0", "id": 77, "result": [] }));
    editor.send(&json!({ "jsonrpc": "2.0", "id": "watch", "error": { "code": -32601, "message": "no" } }));
    for params in [json!(null), json!([]), json!({ "textDocument": 3 }), json!("x")] {
        for method in ["textDocument/didOpen", "textDocument/didChange", "textDocument/didClose", "textDocument/didSave"] {
            editor.send(&json!({ "jsonrpc": "2.0", "method": method, "params": params }));
        }
    }
    assert_eq!(editor.open_file("lfx-2026.md", PAGE).len(), 2);
    assert_eq!(editor.close(), (Some(0), String::new()));
}

#[test]
fn places_outside_of_the_page_do_no_harm() {
    let folder = folder();
    let mut editor = Editor::open(folder.path());
    editor.open_file("lfx-2026.md", PAGE);
    let far = (4_000_000_000_usize, 4_000_000_000_usize);
    editor.ask_at("textDocument/hover", "lfx-2026.md", far);
    editor.ask_at("textDocument/completion", "lfx-2026.md", far);
    editor.actions("lfx-2026.md", far.0, &[]);
    let at = |line: usize, character: usize| json!({ "line": line, "character": character });
    // Behind the end, backwards, in the middle of a pair of units.
    editor.change(
        "lfx-2026.md",
        json!([
            { "range": { "start": at(far.0, 0), "end": at(far.0, 9) }, "text": "\nthe end" },
            { "range": { "start": at(3, 0), "end": at(1, 0) }, "text": "" },
            { "range": { "start": at(2, 31), "end": at(2, 31) }, "text": "x" },
        ]),
    );
    editor.findings("lfx-2026.md");
    editor.change("lfx-2026.md", json!([{ "text": "" }]));
    assert_eq!(editor.findings("lfx-2026.md"), NONE);
    editor.ask_at("textDocument/hover", "lfx-2026.md", (0, 0));
    editor.ask_at("textDocument/completion", "lfx-2026.md", (0, 0));
    editor.ask_about("textDocument/documentSymbol", "lfx-2026.md");
    editor.ask_about("textDocument/formatting", "lfx-2026.md");
    assert_eq!(editor.close(), (Some(0), String::new()));
}

#[test]
fn every_place_of_a_page_can_be_asked_about() {
    let folder = folder();
    let mut editor = Editor::open(folder.path());
    let page = format!("---\ntitle: Odd\nskills:\n  - \n---\n{PAGE}\n| a | b |\n|---|\n<!-- ideas-disable ");
    for text in [
        page,
        PAGE.replace('\n', "\r\n"),
        "---\ntitle: x\nmentors:\n  - name: \n---\n".to_owned(),
        "{\"programs\": [{}]}".to_owned(),
    ] {
        editor.open_file("lfx-2026.md", &text);
        for (line, said) in text.split('\n').enumerate() {
            for character in 0..=said.encode_utf16().count() {
                editor.ask_at("textDocument/hover", "lfx-2026.md", (line, character));
                editor.ask_at("textDocument/completion", "lfx-2026.md", (line, character));
            }
            editor.actions("lfx-2026.md", line, &["quickfix"]);
        }
    }
    assert_eq!(editor.close(), (Some(0), String::new()));
}

#[test]
fn cancelled_requests_are_answered_as_such() {
    let folder = folder();
    let mut editor = Editor::open(folder.path());
    editor.open_file("lfx-2026.md", PAGE);
    // A long page keeps the server busy while the next messages come.
    editor.change("lfx-2026.md", json!([{ "text": PAGE.repeat(3000) }]));
    let place = json!({ "textDocument": { "uri": editor.uri("lfx-2026.md") }, "position": { "line": 2, "character": 8 } });
    let first = editor.start("textDocument/hover", place.clone());
    let second = editor.start("textDocument/hover", place);
    editor.tell("$/cancelRequest", json!({ "id": second }));
    // What is not there any more cannot be cancelled.
    editor.tell("$/cancelRequest", json!({ "id": 12345 }));
    editor.tell("$/cancelRequest", json!({ "id": [] }));
    assert_eq!(code(&editor.answer(first)), 0);
    assert_eq!(code(&editor.answer(second)), -32800);
    // Who asks in between is told what is found all the same.
    assert!(!editor.findings("lfx-2026.md").is_empty());
    assert_eq!(editor.close(), (Some(0), String::new()));
}

#[test]
fn typing_fast_costs_one_look() {
    let folder = folder();
    let mut editor = Editor::open(folder.path());
    let page = PAGE.repeat(400);
    editor.open_file("lfx-2026.md", &page);
    let start = Instant::now();
    for _ in 0..300 {
        let at = json!({ "line": 4, "character": 15 });
        editor.change("lfx-2026.md", json!([{ "range": { "start": at, "end": at }, "text": "x" }]));
    }
    editor.findings("lfx-2026.md");
    let looks = editor.looks("lfx-2026.md");
    assert!(looks < 100, "{looks} looks for 300 keys");
    assert!(start.elapsed() < Duration::from_mins(1));
    assert_eq!(editor.close(), (Some(0), String::new()));
}
