//! Disks that are full, folders that nobody may write, files that somebody has damaged, and two who write at once.

use std::fs;
use std::io::{BufRead, BufReader};
use std::process::Stdio;
use std::time::Duration;

use mentorship_ideas::store::{Entry, ShortlistChange};

use super::sandbox::{Said, Sandbox, page};
use super::server::{Server, ok};

/// A page of so many bytes.
fn long(title: &str, bytes: usize) -> String {
    format!("{}<!-- {} -->\n", page(&[title]), "x".repeat(bytes))
}

#[cfg(unix)]
#[test]
fn a_full_disk_leaves_the_last_good_copy() {
    let sandbox = Sandbox::new();
    sandbox.write("ideas.md", page(&["Apples"]));
    sandbox.run(["sources", "add", "./ideas.md", "--name", "fruit"]);
    sandbox.run(["sync"]);
    sandbox.write("ideas.md", long("Pears", 200_000));
    // No file may become longer than that: the signal says so, or, if it is ignored, an error like that of a full disk.
    for (signal, code, said) in [("trap '' XFSZ; ", Some(2), "error: fruit: what was fetched cannot be kept: "), ("", None, "")] {
        let mut command = sandbox.command("sh");
        command.arg("-c").arg(format!("{signal}ulimit -f 200; exec \"$0\" sync")).arg(env!("CARGO_BIN_EXE_ideas"));
        let told = Said::from(command.output().unwrap());
        assert_eq!(told.code, code, "{told:?}");
        assert!(told.err.starts_with(said), "{told:?}");
        // Where, and why.
        assert!(code.is_none() || told.err.contains("/data/ideas.sqlite: reading or writing it failed"), "{told:?}");
        assert_eq!(sandbox.titles(), ["Apples"]);
    }
    sandbox.run(["sync"]);
    assert_eq!(sandbox.titles(), ["Pears"]);
    sandbox.assert_sound();
    assert_eq!(sandbox.files(""), ["ideas.sqlite", "lock", "sources.toml"]);
}

/// The same at every place in the database and in its journal where a write may fail or be the last.
#[cfg(unix)]
#[test]
fn wherever_the_disk_is_full_every_source_is_whole() {
    let sandbox = Sandbox::new();
    let state = |state: usize| {
        for source in ["a", "b", "c"] {
            sandbox.write(&format!("{source}.md"), long(&format!("{source} {state}"), 20_000));
        }
    };
    state(0);
    for source in ["a", "b", "c"] {
        sandbox.run(["sources", "add", &format!("./{source}.md"), "--name", source]);
    }
    sandbox.run(["sync"]);
    let before = fs::read(sandbox.store().file()).unwrap();
    state(1);
    let (mut failed, mut killed) = (0, 0);
    for blocks in (1..).step_by(9) {
        for signal in ["trap '' XFSZ; ", ""] {
            fs::write(sandbox.store().file(), &before).unwrap();
            let mut command = sandbox.command("sh");
            command.arg("-c").arg(format!("{signal}ulimit -f {blocks}; exec \"$0\" sync")).arg(env!("CARGO_BIN_EXE_ideas"));
            let told = Said::from(command.output().unwrap());
            assert!([Some(0), Some(2), None].contains(&told.code), "{blocks}: {told:?}");
            failed += usize::from(told.code == Some(2));
            killed += usize::from(told.code.is_none());
            // Each is as it was or as it is now.
            for (source, title) in ["a", "b", "c"].iter().zip(sandbox.titles()) {
                assert!(title == format!("{source} 0") || title == format!("{source} 1"), "{blocks}: {title}");
            }
            sandbox.run(["sync"]);
            assert_eq!(sandbox.titles(), ["a 1", "b 1", "c 1"], "{blocks}");
            sandbox.assert_sound();
            if told.code == Some(0) {
                assert!(failed > 10 && killed > 10, "{failed} failed, {killed} were killed: too few");
                return;
            }
        }
    }
}

#[test]
fn what_killed_syncs_have_left_is_swept_away() {
    let sandbox = Sandbox::new();
    sandbox.write("ideas.md", page(&["Apples"]));
    sandbox.run(["sources", "add", "./ideas.md", "--name", "fruit"]);
    sandbox.run(["sync"]);
    let sound = sandbox.files("");
    sandbox.write("data/.work-123/repository/.git/config", "cut");
    assert_eq!(sandbox.titles(), ["Apples"]);
    sandbox.run(["sync"]);
    assert_eq!(sandbox.files(""), sound);
}

#[test]
fn a_folder_that_cannot_be_written_is_told() {
    let sandbox = Sandbox::new();
    sandbox.write("ideas.md", page(&["Apples"]));
    sandbox.run(["sources", "add", "./ideas.md", "--name", "fruit"]);
    // Whoever may write everywhere still cannot write a folder.
    fs::remove_file(sandbox.path("data/lock")).unwrap();
    sandbox.write("data/lock/in", "the way");
    let said = sandbox.call(["sync"]);
    assert_eq!(said.code, Some(2));
    assert!(said.err.starts_with("error: ") && said.err.contains("data/lock: cannot be written: "), "{}", said.err);
}

#[test]
fn damaged_sources_hide_no_others_and_are_mended() {
    let sandbox = Sandbox::new();
    for (name, title) in [("a", "Apples"), ("b", "Pears")] {
        sandbox.write(&format!("{name}.md"), page(&[title]));
        sandbox.run(["sources", "add", &format!("./{name}.md"), "--name", name]);
    }
    sandbox.run(["sync"]);
    for damage in [
        "UPDATE sources SET asked = 'another page' WHERE source = 'a'",
        "UPDATE sources SET etag = CAST(x'ff' AS TEXT) WHERE source = 'a'",
        "UPDATE sources SET digest = '' WHERE source = 'a'",
        "UPDATE pages SET ideas = 7 WHERE source = 'a'",
        "UPDATE pages SET bytes = -1 WHERE source = 'a'",
        "UPDATE pages SET digest = (SELECT digest FROM pages WHERE source = 'b') WHERE source = 'a'",
        "UPDATE pages SET path = CAST(x'fe' AS TEXT) WHERE source = 'a'",
        "DELETE FROM pages WHERE source = 'a'",
        "INSERT INTO pages SELECT * FROM pages WHERE source = 'a'",
    ] {
        sandbox.sql(damage);
        let said = sandbox.call(["list", "--format", "csv", "--columns", "title"]);
        assert_eq!((said.code, said.out.replace("\r\n", "\n").as_str()), (Some(2), "title\nPears\n"), "{damage:?}");
        assert!(said.err.contains("ideas.sqlite: what was fetched of a cannot be read: it is damaged"), "{}", said.err);
        assert_eq!(sandbox.call(["sources", "list"]).code, Some(2));
        sandbox.run(["sync"]);
        assert_eq!(sandbox.titles(), ["Apples", "Pears"], "{damage:?}");
    }
    assert!(!sandbox.path("data/ideas.sqlite.damaged").exists(), "the rest was sound");
}

#[test]
fn what_a_newer_version_has_written_is_left_as_it_is() {
    let sandbox = Sandbox::new();
    sandbox.write("a.md", page(&["Apples"]));
    sandbox.run(["sources", "add", "./a.md", "--name", "a"]);
    sandbox.run(["sync"]);
    sandbox.sql("PRAGMA user_version = 99");
    let newer = fs::read(sandbox.store().file()).unwrap();
    let listed = sandbox.call(["list", "--count"]);
    assert_eq!((listed.code, listed.out.as_str()), (Some(2), "0\n"));
    assert!(listed.err.contains("this version of `ideas` does not know its layout: a newer one wrote it, or"), "{}", listed.err);
    for args in [&["sync"][..], &["list", "--shortlisted"], &["changes"], &["sources", "list"]] {
        let said = sandbox.call(args);
        assert_eq!(said.code, Some(2));
        assert!(
            said.err.starts_with("error: ") && said.err.contains("this version of `ideas` does not know its layout"),
            "{}",
            said.err
        );
    }
    assert!(sandbox.store().change_shortlist(&[ShortlistChange::Add(vec![Entry::new("x")])]).is_err());
    assert_eq!(fs::read(sandbox.store().file()).unwrap(), newer);
}

#[test]
fn a_file_of_sources_that_makes_no_sense_is_told() {
    let sandbox = Sandbox::new();
    sandbox.write("data/sources.toml", "[[sources]]\nname = \"a\"\nurl = \"https://example.org/a.md\"\norganisation = \"x\"\n");
    for args in [&["sync"][..], &["sources", "list"], &["sources", "add", "cncf/mentoring"]] {
        let said = sandbox.call(args);
        assert_eq!(said.code, Some(2));
        assert!(
            said.err.contains("sources.toml:4:1: unknown field `organisation`")
                && said.err.contains("did you mean `organization`?"),
            "{}",
            said.err
        );
    }
}

#[test]
fn only_one_writes_at_a_time() {
    let (server, gate) = Server::behind_a_gate(ok(page(&["Apples"])));
    let sandbox = Sandbox::with_page(&server.url("/ideas.md"));
    let first = sandbox.ideas(["sync"]).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    gate.wait();

    let second = sandbox.call(["sync"]);
    assert_eq!(second.code, Some(2));
    let held = format!(
        "error: another `ideas` is at work there (process {}); wait for its end with `--wait`, or try again later\n",
        first.id()
    );
    assert_eq!(second.err, held);
    // Looking needs no lock.
    sandbox.run(["sync", "--dry-run"]);
    sandbox.run(["sources", "list"]);

    let spawn = |args: &[&str]| sandbox.ideas(args).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    sandbox.write("b.md", page(&["Pears"]));
    let waiting = spawn(&["sync", "--wait"]);
    let adding = spawn(&["sources", "add", "./b.md"]);
    std::thread::sleep(Duration::from_millis(300));
    gate.open();
    let first = Said::from(first.wait_with_output().unwrap());
    assert_eq!((first.code, first.out.as_str()), (Some(0), "page\n  + Apples\n"));
    let waiting = Said::from(waiting.wait_with_output().unwrap());
    assert_eq!(waiting.code, Some(0));
    assert!(waiting.err.starts_with("note: waiting for another `ideas` to end (process "), "{}", waiting.err);
    assert!(waiting.err.contains("note: page: nothing changed; 1 idea on 1 page\n"), "{}", waiting.err);
    let adding = Said::from(adding.wait_with_output().unwrap());
    assert_eq!(adding.code, Some(0));
    assert!(adding.err.starts_with("note: waiting for another `ideas` to end (process "), "{}", adding.err);
    assert!(adding.err.ends_with("note: added `b.md` (path); `ideas sync` fetches it\n"), "{}", adding.err);
}

/// What somebody adds while a sync waits for its turn is fetched with the rest.
#[test]
fn who_waits_sees_what_was_added_meanwhile() {
    let (server, gate) = Server::behind_a_gate(ok(page(&["Apples"])));
    let sandbox = Sandbox::with_page(&server.url("/ideas.md"));
    let mut first = sandbox.ideas(["sync", "--quiet"]).stdout(Stdio::null()).spawn().unwrap();
    gate.wait();
    let mut waiting = sandbox.ideas(["sync", "--wait"]).stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
    // It has looked at the sources by now, and says that it waits.
    let mut said = BufReader::new(waiting.stderr.take().unwrap()).lines();
    assert!(said.next().unwrap().unwrap().starts_with("note: waiting for another `ideas` to end"));
    sandbox.write("b.md", page(&["Pears"]));
    let own = fs::read_to_string(sandbox.path("data/sources.toml")).unwrap();
    sandbox.write("data/sources.toml", format!("{own}\n[[sources]]\nname = \"b\"\npath = \"../b.md\"\n"));
    gate.open();
    assert!(first.wait().unwrap().success() && waiting.wait().unwrap().success());
    assert_eq!(sandbox.titles(), ["Pears", "Apples"]);
}

#[test]
fn offline_takes_what_is_here() {
    let server = Server::always(ok(page(&["Apples"])));
    let sandbox = Sandbox::with_page(&server.url("/ideas.md"));
    let said = sandbox.call(["sync", "--offline"]);
    assert_eq!(
        (said.code, said.err.as_str()),
        (Some(2), "error: page: not fetched: it is on the network, and `--offline` was given\n")
    );
    assert_eq!(server.log().len(), 0);
    sandbox.run(["sync"]);
    sandbox.write("ideas.md", page(&["Pears"]));
    sandbox.run(["sources", "add", "./ideas.md", "--name", "own"]);
    let said = sandbox.run(["sync", "--offline"]);
    assert!(
        said.err.starts_with("note: page: not fetched: it is on the network, and `--offline` was given; the copy of 2"),
        "{}",
        said.err
    );
    assert_eq!((said.out.as_str(), server.log().len()), ("own\n  + Pears\n", 1));
    assert_eq!(sandbox.titles(), ["Pears", "Apples"]);
}
