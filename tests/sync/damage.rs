//! Files of the program's own that hold something else than it has written: whatever it is, it is told, and the next sync
//! mends it.

use std::fs;
use std::io::Write;

use mentorship_ideas::store::{Manifest, Mark};

use super::git::Repository;
use super::sandbox::{Sandbox, page};
use super::server::{Server, answer};

/// Changes what the only page holds.
fn flip(sandbox: &Sandbox) {
    sandbox.sql("UPDATE contents SET content = CAST(replace(CAST(content AS TEXT), 'Apples', 'Bpples') AS BLOB)");
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
        let whole = sandbox.query("SELECT content FROM contents");
        flip(&sandbox);
        assert_ne!(sandbox.query("SELECT content FROM contents"), whole);
        let listed = sandbox.call(["list", "--count"]);
        assert_eq!((listed.code, listed.out.as_str()), (Some(2), "0\n"), "{kind}");
        assert!(listed.err.contains("it does not hold what was fetched); `ideas sync fruit` fetches it again"), "{}", listed.err);
        let synced = sandbox.run(["sync"]);
        assert_eq!((synced.out.as_str(), synced.err.contains("nothing changed")), ("", true), "{kind}: {}", synced.err);
        assert_eq!(sandbox.query("SELECT content FROM contents"), whole);
        assert_eq!(sandbox.titles(), ["Apples"]);
    }
}

#[test]
fn of_a_page_whose_copy_is_damaged_nothing_is_said_to_be_gone() {
    let sandbox = Sandbox::new();
    sandbox.write("ideas.md", page(&["Apples"]));
    sandbox.run(["sources", "add", "./ideas.md", "--name", "fruit"]);
    sandbox.run(["sync"]);
    flip(&sandbox);
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
    let numbers = ["9223372036854775807", "4294967297", "0", "-1", "-9223372036854775808"];
    let columns = [("syncs", "id"), ("changes", "sync")];
    for (at, ((table, column), number)) in columns.iter().flat_map(|at| numbers.map(|number| (at, number))).enumerate() {
        let damage = format!("UPDATE {table} SET {column} = {number} WHERE rowid = (SELECT max(rowid) FROM {table})");
        sandbox.sql(&format!("PRAGMA ignore_check_constraints = ON; {damage}"));
        for (round, sync) in ["damaged", "mended"].into_iter().enumerate() {
            let title = format!("Apples {}", 2 * at + round + 1);
            sandbox.write("ideas.md", page(&[&title]));
            let told = sandbox.run(["sync"]);
            assert!(told.out.contains(&format!("+ {title}\n")), "{damage}, {sync}: {told:?}");
            assert_eq!(told.err.contains("was damaged"), sync == "damaged", "{damage}: {told:?}");
            assert_eq!(sandbox.run(["changes"]).out, told.out, "{damage}, {sync}");
        }
    }
}

/// Puts something that is no file in the place of one.
#[cfg(unix)]
fn put(sandbox: &Sandbox, what: &str, path: &std::path::Path) {
    if path.is_dir() {
        fs::remove_dir(path).unwrap();
    } else {
        _ = fs::remove_file(path);
    }
    match what {
        "pipe" => assert!(sandbox.command("mkfifo").arg(path).status().unwrap().success()),
        "device" => std::os::unix::fs::symlink("/dev/zero", path).unwrap(),
        _ => fs::create_dir(path).unwrap(),
    }
}

/// A call that must come to an end.
#[cfg(unix)]
fn ends(sandbox: &Sandbox, args: &[&str]) -> super::sandbox::Said {
    use std::process::Stdio;
    use std::time::{Duration, Instant};
    let mut child = sandbox.ideas(args).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let until = Instant::now() + Duration::from_secs(20);
    while child.try_wait().unwrap().is_none() {
        if Instant::now() > until {
            child.kill().unwrap();
            panic!("{args:?} hangs");
        }
        std::thread::sleep(Duration::from_millis(10));
    }
    child.wait_with_output().unwrap().into()
}

#[cfg(unix)]
#[test]
fn what_is_no_file_is_not_waited_for() {
    let sandbox = Sandbox::new();
    sandbox.write("ideas.md", page(&["Apples"]));
    sandbox.run(["sources", "add", "./ideas.md", "--name", "fruit"]);
    sandbox.run(["sync"]);
    let path = sandbox.store().file();
    for what in ["pipe", "device", "folder"] {
        put(&sandbox, what, &path);
        let listed = ends(&sandbox, &["list", "--count"]);
        assert_eq!((listed.code, listed.out.as_str()), (Some(2), "0\n"));
        assert!(listed.err.contains("it is damaged: it is no regular file; `ideas sync` sets"), "{what}: {}", listed.err);
        assert_eq!(ends(&sandbox, &["sources", "list"]).code, Some(2));
        let synced = ends(&sandbox, &["sync"]);
        assert_eq!(synced.code, Some(0), "{what}: {}", synced.err);
        assert!(fs::symlink_metadata(&path).unwrap().is_file(), "{what}");
        assert_eq!(sandbox.titles(), ["Apples"]);
    }
    for what in ["pipe", "device", "folder"] {
        put(&sandbox, what, &sandbox.path("data/sources.toml"));
        for args in [&["sync"][..], &["sources", "list"], &["sources", "add", "./ideas.md"]] {
            let said = ends(&sandbox, args);
            assert_eq!(said.code, Some(2));
            assert!(said.err.contains("sources.toml: is no regular file; "), "{what}: {}", said.err);
        }
    }
}

/// What somebody has put in our place is not thrown away.
#[test]
fn a_folder_that_holds_something_is_set_aside() {
    let sandbox = Sandbox::new();
    sandbox.write("ideas.md", page(&["Apples"]));
    sandbox.run(["sources", "add", "./ideas.md", "--name", "fruit"]);
    sandbox.write("data/ideas.sqlite/notes.md", "mine");
    let synced = sandbox.run(["sync"]);
    assert!(synced.err.contains("ideas.sqlite: was damaged (it is no regular file); it is kept as "), "{}", synced.err);
    assert_eq!(fs::read_to_string(sandbox.path("data/ideas.sqlite.damaged/notes.md")).unwrap(), "mine");
    assert_eq!(sandbox.titles(), ["Apples"]);
}

/// Changes what is known of the source `page`, as a sync would have written it.
fn edit(sandbox: &Sandbox, change: impl FnOnce(&mut Manifest)) {
    let mut manifest = sandbox.store().manifest("page").unwrap().unwrap();
    change(&mut manifest);
    sandbox.store().lock(true, |_| ()).unwrap().commit(&manifest, &[], None).unwrap();
}

#[test]
fn a_manifest_without_pages_is_no_reason_to_ask_for_news_only() {
    let server = unchanged(&["Apples"]);
    let sandbox = Sandbox::new();
    let repository = Repository::new(&sandbox);
    repository.write("ideas.md", page(&["Apples"]));
    repository.commit();
    for place in [server.url("/ideas.md"), repository.url()] {
        sandbox.run(["sources", "add", &place, "--name", "page"]);
        sandbox.run(["sync"]);
        edit(&sandbox, |manifest| manifest.pages.clear());
        sandbox.run(["sync"]);
        assert_eq!(sandbox.titles(), ["Apples"], "{place}");
        sandbox.run(["sources", "remove", "page"]);
    }
}

#[test]
fn a_mark_that_cannot_be_sent_is_none() {
    let server = unchanged(&["Apples"]);
    let sandbox = Sandbox::with_page(&server.url("/ideas.md"));
    sandbox.run(["sync"]);
    for damage in ["\"v1\"\r\nHost: example.org", "\"v\0\"", "\u{7f}", "\u{e4}"] {
        let damage = Some(damage.to_owned());
        for mark in [Mark { etag: damage.clone(), ..Mark::default() }, Mark { last_modified: damage, ..Mark::default() }] {
            edit(&sandbox, |manifest| manifest.mark = mark.clone());
            let synced = sandbox.run(["sync"]);
            assert!(synced.err.contains("nothing changed; 1 idea on 1 page"), "{mark:?}: {}", synced.err);
            assert!(!server.log().last().unwrap().headers.contains_key("if-none-match"), "{mark:?}");
            assert_eq!(sandbox.query("SELECT etag FROM sources"), ["\"v1\""]);
        }
    }
}
