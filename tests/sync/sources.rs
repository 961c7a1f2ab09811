//! Sources on their way in and out.

use super::sandbox::{Sandbox, page};

#[test]
fn a_source_that_is_removed_takes_its_pages_along() {
    let sandbox = Sandbox::new();
    for (name, title) in [("a", "Apples"), ("b", "Pears")] {
        sandbox.write(&format!("{name}.md"), page(&[title]));
        sandbox.run(["sources", "add", &format!("./{name}.md"), "--name", name]);
    }
    sandbox.run(["sync"]);
    assert_eq!(sandbox.run(["sources", "remove", "A"]).err, "note: removed `A`\n");
    assert_eq!(sandbox.titles(), ["Pears"]);
    assert_eq!(sandbox.files("fetched/pages").len(), 1);
    let said = sandbox.call(["sources", "remove", "a"]);
    assert!(said.err.starts_with("error: there is no source `a`"), "{}", said.err);
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
