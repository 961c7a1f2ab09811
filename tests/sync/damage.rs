//! Files of the program's own that hold something else than it has written: whatever it is, it is told, and the next sync
//! mends it.

use std::fs;
use std::io::Write;
use std::path::PathBuf;

use super::git::Repository;
use super::sandbox::{Sandbox, page};
use super::server::{Server, answer};

/// The file of the only page that was fetched.
fn only_page(sandbox: &Sandbox) -> PathBuf {
    let [name] = &sandbox.files("fetched/pages")[..] else { panic!("{:?}", sandbox.files("fetched/pages")) };
    sandbox.path("data/fetched/pages").join(name)
}

/// A server whose only page never changes, as it says to everybody who knows its mark.
fn unchanged(titles: &[&str]) -> Server {
    let (body, etag) = (page(titles), "ETag: \"v1\"");
    let (whole, same) = (answer("200 OK", &[etag], body), answer("304 Not Modified", &[etag], ""));
    Server::start(move |request, out| {
        let known = request.headers.get("if-none-match").is_some_and(|mark| mark == "\"v1\"");
        let _ = out.write_all(if known { &same } else { &whole });
    })
}

#[test]
fn bytes_that_were_flipped_are_no_page_and_no_news() {
    let server = unchanged(&["Apples"]);
    for kind in ["path", "page", "git"] {
        let sandbox = Sandbox::new();
        let place = match kind {
            "path" => sandbox.write("ideas.md", page(&["Apples"])).to_str().unwrap().to_owned(),
            "page" => server.url("/ideas.md"),
            _ => {
                let repository = Repository::new(&sandbox);
                repository.write("ideas.md", page(&["Apples"]));
                repository.commit();
                repository.url()
            }
        };
        sandbox.run(["sources", "add", &place, "--name", "fruit"]);
        sandbox.run(["sync"]);
        let (blob, whole) = (only_page(&sandbox), page(&["Apples"]));
        fs::write(&blob, whole.replace("Apples", "Bpples")).unwrap();
        let listed = sandbox.call(["list", "--count"]);
        assert_eq!((listed.code, listed.out.as_str()), (Some(2), "0\n"), "{kind}");
        assert!(listed.err.contains("it does not hold what was fetched); `ideas sync fruit` fetches it again"), "{}", listed.err);
        let synced = sandbox.run(["sync"]);
        assert_eq!((synced.out.as_str(), synced.err.contains("nothing changed")), ("", true), "{kind}: {}", synced.err);
        assert_eq!(fs::read_to_string(&blob).unwrap(), whole);
        assert_eq!(sandbox.titles(), ["Apples"]);
    }
}

#[test]
fn of_a_page_whose_copy_is_damaged_nothing_is_said_to_be_gone() {
    let sandbox = Sandbox::new();
    sandbox.write("ideas.md", page(&["Apples"]));
    sandbox.run(["sources", "add", "./ideas.md", "--name", "fruit"]);
    sandbox.run(["sync"]);
    let blob = only_page(&sandbox);
    fs::write(&blob, page(&["Apples"]).replace("Apples", "Bpples")).unwrap();
    sandbox.write("ideas.md", page(&["Apples", "Pears"]));
    let synced = sandbox.run(["sync", "--format", "json"]);
    let changes: serde_json::Value = serde_json::from_str(&synced.out).unwrap();
    assert_eq!((&changes[0]["first"], &changes[0]["gone"]), (&true.into(), &serde_json::json!([])), "{}", synced.out);
}

/// A number that no sync has is no reason to count from it, nor to begin again below those that are remembered.
#[test]
fn numbers_that_no_sync_has_hide_no_changes() {
    let sandbox = Sandbox::new();
    sandbox.write("ideas.md", page(&["Apples 0"]));
    sandbox.run(["sources", "add", "./ideas.md", "--name", "fruit"]);
    sandbox.run(["sync"]);
    let absurd = ["18446744073709551615", "18446744073709551614", "4294967296", "-1", "", "\0\0"];
    for (at, damage) in absurd.into_iter().enumerate() {
        sandbox.write("data/fetched/completed", damage);
        for (round, sync) in ["damaged", "mended"].into_iter().enumerate() {
            let title = format!("Apples {}", 2 * at + round + 1);
            sandbox.write("ideas.md", page(&[&title]));
            let told = sandbox.run(["sync"]).out;
            assert!(told.contains(&format!("+ {title}\n")), "{damage:?}, {sync}: {told}");
            assert_eq!(sandbox.run(["changes"]).out, told, "{damage:?}, {sync}");
        }
    }
    let whole = fs::read_to_string(sandbox.path("data/fetched/fruit.json")).unwrap();
    for absurd in ["18446744073709551615", "4294967297"] {
        let damaged = whole.replacen("\"sync\": 1,", &format!("\"sync\": {absurd},"), 1);
        assert_ne!(damaged, whole);
        sandbox.write("data/fetched/fruit.json", damaged);
        let listed = sandbox.call(["list", "--count"]);
        assert_eq!(listed.code, Some(2));
        assert!(listed.err.contains(&format!("it is damaged: no sync has the number {absurd}; `ideas sync`")), "{}", listed.err);
        let told = sandbox.run(["sync"]).out;
        assert_eq!(sandbox.run(["changes"]).out, told);
    }
}
