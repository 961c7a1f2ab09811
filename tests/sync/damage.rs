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
    let (blob, fetched) = (only_page(&sandbox), sandbox.path("data/fetched"));
    for what in ["pipe", "device", "folder"] {
        for path in [&blob, &fetched.join("fruit.json"), &fetched.join("completed")] {
            put(&sandbox, what, path);
            let listed = ends(&sandbox, &["list", "--count"]);
            if !path.ends_with("completed") {
                assert_eq!((listed.code, listed.out.as_str()), (Some(2), "0\n"));
                assert!(listed.err.contains("it is damaged: it is no regular file"), "{what}: {}", listed.err);
            }
            ends(&sandbox, &["sources", "list"]);
            let synced = ends(&sandbox, &["sync"]);
            assert_eq!(synced.code, Some(0), "{what}, {}: {}", path.display(), synced.err);
            assert!(fs::symlink_metadata(path).unwrap().is_file(), "{what}, {}", path.display());
            assert_eq!(sandbox.titles(), ["Apples"]);
        }
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
fn a_folder_that_holds_something_stays() {
    let sandbox = Sandbox::new();
    sandbox.write("ideas.md", page(&["Apples"]));
    sandbox.run(["sources", "add", "./ideas.md", "--name", "fruit"]);
    let notes = sandbox.write("data/fetched/fruit.json/notes.md", "mine");
    let synced = sandbox.call(["sync"]);
    assert_eq!(synced.code, Some(2));
    assert!(synced.err.contains("fruit.json: was not written: "), "{}", synced.err);
    assert_eq!(fs::read_to_string(notes).unwrap(), "mine");
}

#[cfg(unix)]
#[test]
fn files_of_our_own_are_mended_though_they_are_read_only() {
    let server = unchanged(&["Apples"]);
    let sandbox = Sandbox::with_page(&server.url("/ideas.md"));
    sandbox.run(["sync"]);
    let fetched = sandbox.path("data/fetched");
    for path in [&only_page(&sandbox), &fetched.join("page.json"), &fetched.join("completed")] {
        fs::write(path, "damaged").unwrap();
        let mut read_only = fs::metadata(path).unwrap().permissions();
        read_only.set_readonly(true);
        fs::set_permissions(path, read_only).unwrap();
        sandbox.run(["sync"]);
        assert_eq!(sandbox.titles(), ["Apples"]);
        assert_ne!(fs::read_to_string(path).unwrap(), "damaged");
        assert_eq!(sandbox.files("fetched/pages").len(), 1);
    }
}

/// Changes the manifest of the source `page`.
fn edit(sandbox: &Sandbox, change: impl FnOnce(&mut serde_json::Value)) {
    let path = sandbox.path("data/fetched/page.json");
    let mut manifest = serde_json::from_str(&fs::read_to_string(&path).unwrap()).unwrap();
    change(&mut manifest);
    fs::write(path, manifest.to_string()).unwrap();
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
        edit(&sandbox, |manifest| manifest["pages"] = serde_json::json!([]));
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
    for name in ["etag", "last-modified"] {
        for damage in ["\"v1\"\r\nHost: example.org", "\"v\0\"", "\u{7f}", "\u{e4}"] {
            edit(&sandbox, |manifest| manifest["mark"] = serde_json::json!({ name: damage }));
            let synced = sandbox.run(["sync"]);
            assert!(synced.err.contains("nothing changed; 1 idea on 1 page"), "{damage:?}: {}", synced.err);
            assert!(!server.log().last().unwrap().headers.contains_key("if-none-match"), "{damage:?}");
            assert!(fs::read_to_string(sandbox.path("data/fetched/page.json")).unwrap().contains("\"etag\": \"\\\"v1\\\"\""));
        }
    }
}

#[test]
fn copies_of_manifests_are_left_aside_and_swept_away() {
    let sandbox = Sandbox::new();
    for (name, title) in [("fruit", "Apples"), ("roots", "Beets")] {
        sandbox.write(&format!("{name}.md"), page(&[title]));
        sandbox.run(["sources", "add", &format!("./{name}.md"), "--name", name]);
    }
    sandbox.run(["sync"]);
    let (sound, own) = (sandbox.files("fetched"), sandbox.path("data/fetched/fruit.json"));
    // Of no source, and in the place of another one's.
    for copy in ["q.json", "roots.json"] {
        fs::copy(&own, sandbox.path("data/fetched").join(copy)).unwrap();
        let listed = sandbox.run(["list", "--format", "ids"]);
        assert_eq!(listed.out.lines().filter(|id| id.contains("apples")).count(), 1, "{}", listed.out);
        let said = format!(
            "{copy}: left aside: it is of the source `fruit`, whose file has another name; the next `ideas sync` removes"
        );
        assert!(listed.err.contains(&said), "{}", listed.err);
        sandbox.run(["sync"]);
        assert_eq!(sandbox.files("fetched"), sound);
        assert_eq!(sandbox.titles(), ["Apples", "Beets"]);
        assert!(!sandbox.run(["list"]).err.contains("left aside"));
    }
}
