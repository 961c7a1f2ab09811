//! What a sync says has changed, and says again.

use std::fs;

use super::sandbox::{Sandbox, page};

#[test]
fn changes_are_told_by_idea_and_told_again() {
    let sandbox = Sandbox::new();
    let file = sandbox.write("ideas.md", page(&["Apples", "Pears", "Figs"]));
    sandbox.run(["sources", "add", "./ideas.md", "--name", "fruit"]);
    assert_eq!(sandbox.run(["sync"]).out, "fruit\n  + Apples\n  + Pears\n  + Figs\n");
    let edited = page(&["Apples", "Figs", "Plums"]).replacen("Skills: Go", "Skills: Rust\n- Hours: 175", 1);
    fs::write(&file, &edited).unwrap();
    let dry = sandbox.run(["sync", "--dry-run"]);
    let told = "fruit\n  + Plums\n  - Pears\n  ~ Apples\n      hours: nothing -> 175\n      skills: Go -> Rust\n";
    assert_eq!(dry.out, told);
    assert_eq!(dry.err, "note: fruit: 1 new, 1 gone, 1 edited; 3 ideas on 1 page; nothing was kept\n");
    assert_eq!(sandbox.titles(), ["Apples", "Pears", "Figs"]);

    let kept = sandbox.run(["sync"]);
    assert_eq!(kept.out, dry.out);
    assert_eq!(sandbox.run(["changes"]).out, kept.out);
    // A sync that changes nothing does not hide what the one before it has changed.
    assert_eq!(sandbox.run(["sync"]).out, "");
    assert_eq!(sandbox.run(["changes"]).out, kept.out);
    let all = sandbox.run(["changes", "--since", "1d", "--format", "json"]).out;
    let all: serde_json::Value = serde_json::from_str(&all).unwrap();
    assert_eq!(all.as_array().unwrap().len(), 2);
    assert_eq!(all[0]["first"], true);
    assert_eq!(all[1]["edited"][0]["title"], "Apples");
    assert_eq!(sandbox.run(["changes", "--since", "2090-01-01"]).err, "note: nothing has changed since then\n");
}

#[test]
fn without_any_sync_there_is_nothing_to_tell() {
    let sandbox = Sandbox::new();
    assert_eq!(sandbox.run(["changes"]).err, "note: nothing was fetched yet; `ideas sync` does\n");
    assert!(!sandbox.data().exists(), "asking leaves nothing behind");
    let said = sandbox.call(["sync"]);
    assert_eq!(said.code, Some(2));
    assert!(said.err.starts_with("error: you have no sources yet"), "{}", said.err);
    assert!(!sandbox.data().exists());
}

#[test]
fn a_page_without_ideas_was_fetched_all_the_same() {
    let sandbox = Sandbox::new();
    sandbox.write("minutes.md", "We met.\n");
    sandbox.run(["sources", "add", "./minutes.md"]);
    sandbox.run(["sync"]);
    assert_eq!(sandbox.run(["changes"]).err, "note: what was fetched holds no ideas, and never has\n");
    assert_eq!(sandbox.run(["changes", "--since", "7d"]).err, "note: nothing has changed since then\n");
}

#[test]
fn many_new_ideas_are_listed_in_part() {
    let sandbox = Sandbox::new();
    let titles: Vec<String> = (1..=25).map(|number| format!("Idea number {number}")).collect();
    sandbox.write("ideas.md", page(&titles.iter().map(String::as_str).collect::<Vec<_>>()));
    sandbox.run(["sources", "add", "./ideas.md", "--name", "many"]);
    let said = sandbox.run(["sync", "--dry-run"]).out;
    assert!(said.ends_with("  ... 5 more; `ideas sync --dry-run --format json` shows all\n"), "{said}");
    let said = sandbox.run(["sync"]).out;
    assert!(said.ends_with("  + Idea number 20\n  ... 5 more; `ideas changes` shows all\n"), "{said}");
    assert!(sandbox.run(["changes"]).out.ends_with("  + Idea number 25\n"));
}

#[test]
fn a_sync_of_one_source_does_not_hide_the_others() {
    let sandbox = Sandbox::new();
    let files = ["a", "b"].map(|name| sandbox.write(&format!("{name}.md"), page(&[&format!("Idea of {name}")])));
    for name in ["a", "b"] {
        sandbox.run(["sources", "add", &format!("./{name}.md"), "--name", name]);
    }
    sandbox.run(["sync"]);
    fs::write(&files[0], page(&["Idea of a", "Another"])).unwrap();
    sandbox.run(["sync", "a"]);
    assert_eq!(sandbox.run(["changes"]).out, "b\n  + Idea of b\n\na\n  + Another\n");
    // A sync of all of them is the newer one for all of them.
    fs::write(&files[1], page(&["Idea of b", "One more"])).unwrap();
    sandbox.run(["sync"]);
    assert_eq!(sandbox.run(["changes"]).out, "b\n  + One more\n");
}

#[test]
fn changes_are_filtered_as_lists_are() {
    let sandbox = Sandbox::new();
    let rust = |title: &str| page(&[title]).replace("Skills: Go", "Skills: Rust");
    let file = sandbox.write("fruit.md", format!("{}{}", page(&["Apples"]), rust("Pears")));
    sandbox.run(["sources", "add", "./fruit.md", "--name", "fruit", "--organization", "Orchard", "--term", "2026"]);
    sandbox.run(["sync"]);
    fs::write(&file, page(&["Figs"])).unwrap();
    sandbox.run(["sync"]);
    for (filters, told) in [
        (&["--skill", "rust"][..], "fruit\n  - Pears (Orchard, 2026)\n"),
        (&["--skill", "go"], "fruit\n  + Figs (Orchard, 2026)\n  - Apples (Orchard, 2026)\n"),
        (&["--organization", "orchard", "--where", "about pears"], "fruit\n  - Pears (Orchard, 2026)\n"),
        (&["--since", "7d", "--skill", "rust"], "fruit\n  + Pears (Orchard, 2026)\n\nfruit\n  - Pears (Orchard, 2026)\n"),
        (&["--since", "0001-01-01", "--term", "2026", "--not-skill", "go,rust"], ""),
    ] {
        let said = sandbox.run([&["changes"], filters].concat());
        assert_eq!(undated(&said.out), told, "{filters:?}");
        let note = "note: none of the ideas that have changed matches; without filters all are shown\n";
        assert_eq!(said.err, if told.is_empty() { note } else { "" });
    }
}

/// What is told, without the day that stands behind each source where several days are asked for.
fn undated(told: &str) -> String {
    let line = |line: &str| match line.split_once(" (20") {
        Some((source, day)) if !line.starts_with(' ') && day.len() == "26-02-20)".len() => source.to_owned(),
        _ => line.to_owned(),
    };
    told.lines().map(|it| line(it) + "\n").collect()
}

#[test]
fn a_change_fits_if_the_idea_did_before_or_after_it() {
    let sandbox = Sandbox::new();
    let with_hours = |title: &str, hours: &str| page(&[title]).replace("Skills: Go", &format!("Skills: Rust\n- Hours: {hours}"));
    let file = sandbox.write("fruit.md", with_hours("Pears", "175"));
    sandbox.run(["sources", "add", "./fruit.md", "--name", "fruit"]);
    sandbox.run(["sync"]);
    fs::write(&file, with_hours("Pears", "350")).unwrap();
    sandbox.run(["sync"]);
    fs::write(&file, page(&["Apples"])).unwrap();
    sandbox.run(["sync"]);
    let (new, edited, gone) =
        ("fruit\n  + Pears\n", "fruit\n  ~ Pears\n      hours: 175 -> 350\n", "fruit\n  + Apples\n  - Pears\n");
    let gone_only = "fruit\n  - Pears\n";
    for (filters, told) in [
        (&["--hours", "175"][..], [new, edited].join("\n")),
        (&["--hours", "350"], [edited, gone_only].join("\n")),
        (&["--skill", "rust"], [new, edited, gone_only].join("\n")),
        (&[], [new, edited, gone].join("\n")),
    ] {
        let said = sandbox.run([&["changes", "--since", "7d"], filters].concat()).out;
        assert_eq!(undated(&said), told, "{filters:?}");
        assert!(said.lines().filter(|line| !line.starts_with(' ') && !line.is_empty()).all(|line| line.ends_with(')')), "{said}");
    }
}

#[test]
fn what_is_gone_from_a_file_of_ones_own_is_not_lost_silently() {
    let sandbox = Sandbox::new();
    let file = sandbox.write("ideas.md", page(&["Apples"]));
    sandbox.run(["sources", "add", "./ideas.md", "--name", "Fruit"]);
    sandbox.run(["sync"]);
    fs::write(&file, "Nothing any more.\n").unwrap();
    let said = sandbox.call(["sync"]);
    assert_eq!(said.code, Some(2));
    assert!(
        said.err.starts_with(
            "error: Fruit: holds no ideas any more, and had 1 idea; if that is right, `ideas sync Fruit --allow-empty` takes it as it is"
        ),
        "{}",
        said.err
    );
    assert_eq!(sandbox.titles(), ["Apples"]);
    let sources: serde_json::Value =
        serde_json::from_str(&sandbox.run(["sources", "list", "--format", "json", "--quiet"]).out).unwrap();
    assert!(sources[0]["problem"].as_str().unwrap().starts_with("holds no ideas any more") && sources[0]["failed"].is_string());
    assert_eq!(sandbox.run(["sync", "fruit", "--allow-empty"]).out, "Fruit\n  - Apples\n");
}

/// What a sync drops stays on the shortlist, as it was, also if damage has cost what the shortlist kept of it.
#[test]
fn the_shortlist_outlives_a_sync_that_drops_an_idea() {
    let sandbox = Sandbox::new();
    sandbox.write("a.md", page(&["Apples", "Pears", "Plums"]));
    sandbox.run(["sources", "add", "./a.md", "--name", "a"]);
    sandbox.run(["sync"]);
    sandbox.run(["shortlist", "add", "apples", "plums"]);
    sandbox.sql(
        "INSERT INTO shortlist (id) SELECT json_extract(value, '$.id') FROM changes, json_each(changes.changes, '$.new')
                 WHERE json_extract(value, '$.title') = 'Pears'",
    );
    sandbox.write("a.md", page(&["Plums"]));
    sandbox.run(["sync"]);
    let listed = sandbox.run(["shortlist", "list", "--columns", "title,changed"]);
    assert_eq!(listed.out, "Apples\tgone\nPlums\t\nPears\tgone\n", "{}", listed.err);
    assert!(listed.err.contains("note: 2 ideas are gone, and shown as they were; "), "{}", listed.err);
    sandbox.run(["shortlist", "note", "pears", "gone,", "alas"]);
    sandbox.run(["shortlist", "remove", "apples"]);
    let listed = sandbox.run(["shortlist", "list", "--columns", "title,note"]);
    assert_eq!(listed.out, "Plums\t\nPears\tgone, alas\n");
}
