//! Directories: all organizations of a programme by one call, each for itself.

use std::io::Write;

use super::sandbox::{Sandbox, page};
use super::server::{Server, answer, ok};

const OURS: &str = r#"
listing = "https://example.org/api/organizations/"
organizations = [
  { name = "Fig Farm", ideas = "https://example.org/figs.md", technologies = ["Rust"] },
  { name = "Pear Park", ideas = "https://example.org/pears.md", technologies = ["Go"] },
  { name = "Plum Place" },
]
"#;

fn server() -> Server {
    Server::start(|request, out| {
        let known = request.headers.get("if-none-match").is_some_and(|known| known == "\"v1\"");
        let told = match request.path.as_str() {
            _ if known => answer("304 Not Modified", &[], ""),
            "/example.org/figs.md" => answer("200 OK", &["ETag: \"v1\""], page(&["Figs"])),
            "/example.org/quinces.md" => ok(page(&["Quinces", "Medlars"])),
            "/example.org/api/organizations/" => ok(r#"[
                {"name": "Fig Farm", "slug": "fig-farm", "ideas_list_url": "https://example.org/figs.md", "tech_tags": ["rust"]},
                {"name": "Quince Quay", "slug": "quince-quay", "ideas_list_url": "https://example.org/quinces.md"}]"#),
            _ => answer("404 Not Found", &[], ""),
        };
        let _ = out.write_all(&told);
    })
}

fn sandbox(server: &Server) -> Sandbox {
    let sandbox = Sandbox::behind(server);
    sandbox.write("ours.toml", OURS);
    sandbox.run(["sources", "add", "ours.toml", "--directory", "--name", "ours", "--program", "gsoc", "--term", "2026"]);
    sandbox
}

#[test]
fn one_organization_costs_no_other() {
    let server = server();
    let sandbox = sandbox(&server);
    for said in [sandbox.call(["sync"]), sandbox.call(["sync", "ours"])] {
        assert_eq!(said.code, Some(2));
        assert_eq!(
            said.err,
            "error: ours/pear-park: HTTP 404: page not found\n\
             note: ours: 1 idea of 1 organization, 1 not fetched\n"
        );
    }
    let ideas: serde_json::Value = serde_json::from_str(&sandbox.run(["list", "--format", "json"]).out).unwrap();
    let facts = ["title", "organization", "program", "term"].map(|fact| ideas[0][fact].as_str().unwrap().to_owned());
    assert_eq!(facts, ["Figs", "Fig Farm", "gsoc", "2026"]);
    assert_eq!(server.log().iter().filter(|request| request.headers.contains_key("if-none-match")).count(), 1);
    let sources = sandbox.run(["sources", "list", "--format", "csv", "--quiet"]).out;
    assert!(sources.contains("\nours,directory,yes,"), "{sources}");

    let rows: serde_json::Value =
        serde_json::from_str(&sandbox.run(["organizations", "--term", "2026", "--format", "json"]).out).unwrap();
    let rows: Vec<_> = rows.as_array().unwrap().iter().filter(|row| row["directory"] == "ours").collect();
    assert_eq!(rows.iter().map(|row| &row["name"]).collect::<Vec<_>>(), ["Fig Farm", "Pear Park", "Plum Place"]);
    assert_eq!(rows.iter().map(|row| &row["count"]).collect::<Vec<_>>(), [1, 0, 0]);
    assert!(rows[0]["fetched"].is_string() && rows[0]["problem"].is_null());
    assert_eq!(rows[1]["problem"], "HTTP 404: page not found");
    assert_eq!(rows[2]["problem"], "the directory names no address of its ideas");

    // Who has no ideas stands in the report, with the reason.
    let rows: serde_json::Value =
        serde_json::from_str(&sandbox.run(["report", "--program", "gsoc", "--format", "json"]).out).unwrap();
    let told = |row: &serde_json::Value| (row["organization"].clone(), row["ideas"].clone(), row["problem"].clone());
    let rows: Vec<_> = rows.as_array().unwrap().iter().map(told).collect();
    assert_eq!(rows.iter().map(|row| &row.0).collect::<Vec<_>>(), ["Fig Farm", "Pear Park", "Plum Place"]);
    assert_eq!(rows.iter().map(|row| &row.1).collect::<Vec<_>>(), [1, 0, 0]);
    assert!(rows[0].2.is_null() && rows[1].2.as_str().unwrap().starts_with("HTTP 404: page not found ("), "{rows:?}");
    assert_eq!(rows[2].2, "the directory names no address of its ideas");
    assert_eq!(sandbox.run(["report", "--organization", "pear", "--format", "ids"]).out, "Pear Park\n");

    sandbox.run(["sources", "remove", "ours"]);
    for table in ["sources", "pages", "contents", "changes", "failures", "directories"] {
        assert_eq!(sandbox.query(&format!("SELECT count(*) FROM {table}")), ["0"], "{table}");
    }
}

#[test]
fn one_organization_is_fetched_by_its_name() {
    let server = server();
    for call in [
        &["sync", "--organization", "fig"][..],
        &["sync", "ours/Fig-Farm"],
        &["sync", "ours", "--organization", "x,fig farm"][..2],
    ] {
        let sandbox = sandbox(&server);
        let said = sandbox.call(call);
        assert!(said.err.contains("ours: 1 idea of 1 organization"), "{call:?}: {}", said.err);
        assert_eq!(sandbox.titles(), ["Figs"]);
    }
    let sandbox = sandbox(&server);
    for (call, said) in [
        (
            &["sync", "--organization", "fig frm"][..],
            "error: none of these sources is of an organization `fig frm`; did you mean Fig Farm? `ideas organizations` shows all\n",
        ),
        (&["sync", "ours/figs"], "error: `ours` lists no organization `ours/figs`; `ideas organizations` shows all\n"),
    ] {
        let told = sandbox.call(call);
        assert_eq!((told.err.as_str(), told.code), (said, Some(2)));
    }
}

#[test]
fn a_listing_is_asked_once_and_again_if_told() {
    let server = server();
    let sandbox = sandbox(&server);
    sandbox.call(["sync"]);
    let said = sandbox.run(["sync", "--refresh"]);
    assert!(said.err.contains("note: ours: 3 ideas of 2 organizations\n"), "{}", said.err);
    assert!(!said.err.contains("any more"), "an organization that was never fetched leaves nothing: {}", said.err);
    // What it said stays, whoever is asked then.
    let sources = std::fs::read_to_string(sandbox.path("data/sources.toml")).unwrap();
    sandbox.write("data/sources.toml", sources.replace(&server.url("/"), "http://127.0.0.1:9/"));
    let said = sandbox.call(["sync", "--refresh", "--retries", "0"]);
    assert!(said.err.contains("error: ours: the listing: connection refused"), "{}", said.err);
    assert!(said.err.contains("the organizations that are known stay"), "{}", said.err);
    assert_eq!(sandbox.titles().len(), 3);

    let sandbox = Sandbox::behind(&server);
    sandbox.run(["sources", "add", "https://example.org/api/organizations/", "--directory", "--name", "theirs"]);
    sandbox.run(["sync"]);
    sandbox.run(["sync"]);
    assert_eq!(sandbox.titles(), ["Figs", "Quinces", "Medlars"]);
    let asked = server.log().into_iter().filter(|request| request.path.ends_with("/api/organizations/")).count();
    assert_eq!(asked, 2, "by the refresh, and by the first sync of what is nothing but a listing");
}

#[test]
fn a_reason_that_many_share_is_told_once() {
    let server = Server::always(answer("404 Not Found", &[], ""));
    let sandbox = Sandbox::behind(&server);
    let one = |n: u32| format!("[[organizations]]\nname = \"Farm {n}\"\nideas = \"https://example.org/{n}\"\n");
    let all: Vec<String> = (0..6).map(one).collect();
    sandbox.write("ours.toml", all.concat());
    sandbox.run(["sources", "add", "ours.toml", "--directory", "--name", "ours"]);
    let said = sandbox.call(["sync"]);
    assert_eq!(said.code, Some(2));
    assert_eq!(
        said.err,
        "error: ours: 6 organizations: HTTP 404: page not found\n\
         note: ours: 0 ideas of 0 organizations, 6 not fetched\n"
    );
}

#[test]
fn a_file_that_was_changed_since_the_listing_was_asked_counts_again() {
    let server = server();
    let sandbox = sandbox(&server);
    sandbox.call(["sync"]);
    sandbox.run(["sync", "--refresh"]);
    assert_eq!(sandbox.run(["sync"]).err, "note: ours: 3 ideas of 2 organizations\n");
    let edited = OURS.replace("pears.md", "quinces.md");
    sandbox.write("ours.toml", edited);
    sandbox.call(["sync"]);
    let rows: serde_json::Value =
        serde_json::from_str(&sandbox.run(["organizations", "--term", "2026", "--format", "json"]).out).unwrap();
    let names: Vec<_> =
        rows.as_array().unwrap().iter().filter(|row| row["directory"] == "ours").map(|row| &row["name"]).collect();
    assert_eq!(names, ["Fig Farm", "Pear Park", "Plum Place"]);
}

#[test]
fn offline_is_no_failure_where_all_copies_are_there() {
    let server = Server::always(ok(page(&["Apples"])));
    let sandbox = Sandbox::behind(&server);
    let one = |n: u32| format!("[[organizations]]\nname = \"Farm {n}\"\nideas = \"https://example.org/{n}\"\n");
    sandbox.write("ours.toml", (0..6).map(one).collect::<String>());
    sandbox.run(["sources", "add", "ours.toml", "--directory", "--name", "ours"]);
    assert_eq!(sandbox.call(["sync", "--offline"]).code, Some(2), "nothing is there yet");
    sandbox.run(["sync"]);
    let said = sandbox.run(["sync", "--offline"]);
    assert_eq!(
        said.err,
        "note: ours: 6 organizations: not fetched: it is on the network, and `--offline` was given\n\
         note: ours: 0 ideas of 0 organizations, 6 not fetched\n"
    );
    assert_eq!(sandbox.titles().len(), 6);
}
