//! Sources on their way in and out.

use std::process::Stdio;

use super::sandbox::{Sandbox, page};

#[test]
fn a_source_that_is_removed_takes_its_pages_along() {
    let sandbox = Sandbox::new();
    for (name, title) in [("a", "Apples"), ("b", "Pears")] {
        sandbox.write(&format!("{name}.md"), page(&[title]));
        sandbox.run(["sources", "add", &format!("./{name}.md"), "--name", name]);
    }
    sandbox.run(["sync"]);
    assert_eq!(sandbox.run(["sources", "remove", "A"]).err, "note: removed `a`\n");
    assert_eq!(sandbox.titles(), ["Pears"]);
    assert_eq!(sandbox.query("SELECT count(*) FROM contents"), ["1"]);
    let said = sandbox.call(["sources", "remove", "a"]);
    assert!(said.err.starts_with("error: you have no source `a`"), "{}", said.err);
    sandbox.run(["sources", "remove", "b"]);
    assert_eq!(sandbox.run(["list", "--count"]).out, "59\n", "what is built in");
}

#[test]
fn a_source_that_is_described_otherwise_is_fetched_anew() {
    let sandbox = Sandbox::new();
    sandbox.write("pages/a.md", page(&["Apples"]));
    sandbox.write("pages/drafts/b.md", page(&["Pears"]));
    sandbox.write("pages/.gitignore", "drafts/\n");
    sandbox.run(["sources", "add", "pages"]);
    sandbox.run(["sync"]);
    assert_eq!(sandbox.titles(), ["Apples"]);
    let own = sandbox.path("data/sources.toml");
    let text = std::fs::read_to_string(&own).unwrap();
    std::fs::write(&own, format!("{text}program = \"lfx\"\n")).unwrap();
    assert_eq!(sandbox.run(["sync"]).out, "pages\n  ~ Apples (lfx)\n      program: nothing -> lfx\n");
}

#[test]
fn a_folder_that_is_gone_keeps_its_copy() {
    let sandbox = Sandbox::new();
    sandbox.write("pages/a.md", page(&["Apples"]));
    sandbox.run(["sources", "add", "pages"]);
    sandbox.run(["sync"]);
    std::fs::remove_dir_all(sandbox.path("pages")).unwrap();
    let said = sandbox.call(["sync"]);
    assert_eq!(said.code, Some(2));
    assert!(said.err.starts_with("error: pages: cannot be read: there is no such file or folder; the copy of "), "{}", said.err);
    assert_eq!(sandbox.titles(), ["Apples"]);
}

#[test]
fn what_was_fetched_comes_after_what_settings_name_and_before_what_is_built_in() {
    let sandbox = Sandbox::new();
    sandbox.write("fetched.md", page(&["Apples"]));
    sandbox.write("pages/own.md", page(&["Pears"]));
    let whence = |sandbox: &Sandbox| sandbox.run(["sources", "list", "--format", "ids"]).err;
    assert_eq!(whence(&sandbox), "note: ideas are read from the catalogue that is built in\n");
    sandbox.run(["sources", "add", "./fetched.md"]);
    sandbox.run(["sync"]);
    assert_eq!(sandbox.titles(), ["Apples"]);
    assert_eq!(whence(&sandbox), "note: ideas are read from what `ideas sync` fetched\n");
    sandbox.write("ideas.toml", "[[pages]]\nfiles = [\"pages/\"]\n");
    assert_eq!(sandbox.titles(), ["Pears"]);
    assert_eq!(whence(&sandbox), "note: ideas are read from the pages that ideas.toml names\n");
    sandbox.write("ideas.toml", "[lint]\nquota = 3\n");
    assert_eq!(sandbox.titles(), ["Apples"], "settings that name no pages leave that to others");
}

#[test]
fn what_many_add_at_once_is_not_lost() {
    let sandbox = Sandbox::new();
    let names: Vec<String> = (10..30).map(|number| format!("source-{number}")).collect();
    let add = |name: &String| {
        let mut call = sandbox.ideas(["sources", "add", &format!("https://example.org/{name}.md"), "--name", name]);
        call.stderr(Stdio::null()).spawn().unwrap()
    };
    let calls: Vec<_> = names.iter().map(add).collect();
    for mut call in calls {
        assert!(call.wait().unwrap().success());
    }
    let listed = sandbox.run(["sources", "list", "--format", "ids"]).out;
    let mut listed: Vec<_> = listed.lines().filter(|name| name.starts_with("source-")).collect();
    listed.sort_unstable();
    assert_eq!(listed, names);
}

#[test]
fn what_is_fetched_of_a_source_that_is_none_any_more_is_told_and_can_be_removed() {
    let sandbox = Sandbox::new();
    for (name, title) in [("a", "Apples"), ("b c", "Pears"), ("d", "Plums")] {
        sandbox.write(&format!("{name}.md"), page(&[title]));
        sandbox.run(["sources", "add", &format!("./{name}.md"), "--name", name]);
    }
    sandbox.run(["sync"]);
    // As somebody does with an editor, and as a `remove` that is killed leaves it.
    let own = sandbox.path("data/sources.toml");
    std::fs::write(&own, "[[sources]]\nname = \"a\"\npath = \"../a.md\"\n").unwrap();
    assert_eq!(sandbox.titles(), ["Apples", "Pears", "Plums"], "they are listed still");
    let told = "note: `b c` is none of your sources any more, and its ideas are still listed; `ideas sources remove 'b c'` forgets them\n";
    let listed = sandbox.run(["sources", "list", "--format", "csv"]);
    assert!(listed.out.contains("\nb c,,,2"), "{}", listed.out);
    assert!(listed.err.starts_with(told), "{}", listed.err);
    let synced = sandbox.run(["sync"]);
    assert!(synced.err.contains(told), "{}", synced.err);
    assert!(!sandbox.run(["sync", "a"]).err.contains("any more"), "only a sync of all speaks of others");
    assert_eq!(sandbox.run(["sources", "remove", "B c"]).err, "note: removed `b c`\n");
    assert_eq!(sandbox.titles(), ["Apples", "Plums"]);
    // One that cannot even be read is told, and goes as well.
    sandbox.sql("UPDATE sources SET asked = 'for something else' WHERE source = 'd'");
    let listed = sandbox.call(["sources", "list"]);
    assert_eq!(listed.code, Some(2));
    assert!(listed.err.contains("; `ideas sources remove d` forgets it\n"), "{}", listed.err);
    sandbox.run(["sources", "remove", "d"]);
    assert_eq!(sandbox.run(["sources", "list"]).err, "note: ideas are read from what `ideas sync` fetched\n");
}

#[test]
fn only_what_can_be_removed_is_suggested() {
    let sandbox = Sandbox::new();
    sandbox.write("a.md", page(&["Apples"]));
    sandbox.run(["sources", "add", "./a.md", "--name", "apples"]);
    for (name, said) in [
        ("aples", "you have no source `aples`; did you mean `apples`? `ideas sources list` shows which are yours"),
        ("cncf/mentorin", "you have no source `cncf/mentorin`; `ideas sources list` shows which are yours"),
        ("CNCF/mentoring", "`cncf/mentoring` is known, but none of your sources; `ideas sources list` shows which are yours"),
    ] {
        let told = sandbox.call(["sources", "remove", "apples", name]);
        assert_eq!((told.code, told.err), (Some(2), format!("error: {said}\n")));
    }
    assert_eq!(sandbox.run(["sources", "remove", "apples", "APPLES"]).err, "note: removed `apples`\n", "all or none, each once");
    let empty = Sandbox::new();
    assert_eq!(empty.call(["sources", "remove", "apples"]).code, Some(2));
    assert!(!empty.data().exists(), "asking leaves nothing behind");
}

#[test]
fn two_sources_at_one_place_are_told() {
    let sandbox = Sandbox::new();
    sandbox.run(["sources", "add", "https://example.org/a.md", "--name", "a"]);
    let said = sandbox.run(["sources", "add", "HTTPS://example.org/a.md", "--name", "b"]).err;
    assert!(said.ends_with("note: `a` is at the same place; ideas that both have are listed twice\n"), "{said}");
}

#[test]
fn a_folder_without_pages_is_told_as_any_other() {
    let sandbox = Sandbox::new();
    std::fs::create_dir(sandbox.path("empty")).unwrap();
    sandbox.run(["sources", "add", "./empty"]);
    assert_eq!(
        sandbox.call(["sync"]).err,
        "note: empty: nothing changed; 0 ideas on 0 pages\nwarning: empty: no Markdown, HTML or JSON file is there; `ideas sources add` with `--glob` takes other files, `ideas sources remove empty` stops asking\n"
    );
}

#[test]
fn a_long_name_is_refused_before_anything_is_fetched() {
    let sandbox = Sandbox::new();
    let said = sandbox.call(["sources", "add", &format!("https://example.org/{}.md", "x".repeat(200))]);
    assert_eq!(said.err, "error: the name of a source is 1 to 80 bytes on one line; `--name` gives it another\n");
    let name = "ü".repeat(40);
    sandbox.write("a.md", page(&["Apples"]));
    sandbox.run(["sources", "add", "./a.md", "--name", &name]);
    sandbox.run(["sync", &name]);
    assert_eq!(sandbox.titles(), ["Apples"]);
}
