//! `ideas check` against a server that stands in for all of the web and answers as trackers and plain sites do, faults included.

mod faults;

use std::io::Write as _;
use std::net::TcpStream;
use std::thread;
use std::time::Duration;

use serde_json::{Value, json};

use super::sandbox::{Said, Sandbox};
use super::server::{Server, answer};

const HTML: &str = "Content-Type: text/html; charset=utf-8";
const JSON: &str = "Content-Type: application/json; charset=utf-8";

/// A page of ideas, each with an upstream issue and a link.
fn page(ideas: &[(&str, &str, &str)]) -> String {
    ideas.iter().fold("# Ideas\n\n".to_owned(), |page, (title, upstream, link)| {
        let field = |label: &str, url: &str| if url.is_empty() { String::new() } else { format!("- {label}: {url}\n") };
        let (upstream, link) = (field("Upstream Issue", upstream), field("More information", link));
        format!("{page}## {title}\n\n- Description: About {title}.\n- Skills: Go\n- Mentor: Ada Brook\n{upstream}{link}\n")
    })
}

/// A user with these ideas, for whom the server is the web.
fn user(server: &Server, ideas: &[(&str, &str, &str)]) -> Sandbox {
    let sandbox = Sandbox::behind(server);
    sandbox.write("ideas.md", page(ideas));
    sandbox
}

fn call(sandbox: &Sandbox, args: &[&str]) -> Said {
    sandbox.call([&["--catalog", "ideas.md"], args].concat())
}

fn check(sandbox: &Sandbox, args: &[&str]) -> Said {
    call(sandbox, &[&["check", "--retries", "0"], args].concat())
}

/// What the addresses answered, in a line each: how, and what.
fn states(said: &Said) -> Vec<String> {
    let rows: Vec<Value> = serde_json::from_str(&said.out).unwrap_or_else(|error| panic!("{error}: {said:?}"));
    let text = |value: &Value| value.as_str().unwrap_or("-").to_owned();
    rows.iter().map(|row| format!("{} {}", text(&row["answer"]["state"]), text(&row["url"]))).collect()
}

/// An issue of GitHub.
fn issue(number: u32, more: &Value) -> Value {
    let mut issue = json!({
        "number": number, "state": "open", "state_reason": null, "assignee": null, "assignees": [], "locked": false,
        "html_url": format!("https://github.com/o/r/issues/{number}"),
    });
    issue.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    issue
}

fn write(out: &mut TcpStream, told: impl AsRef<[u8]>) {
    // Whoever has had enough is gone.
    let _ = out.write_all(told.as_ref());
}

fn write_json(out: &mut TcpStream, value: &Value) {
    write(out, answer("200 OK", &[JSON], value.to_string()));
}

fn paths(server: &Server) -> Vec<String> {
    let mut paths: Vec<_> = server.log().into_iter().map(|request| request.path).collect();
    paths.sort();
    paths
}

#[test]
fn trackers_are_asked_and_their_answers_are_shown() {
    let server = Server::start(|request, out| match request.path.as_str() {
        "/api.github.com/repos/o/r/issues/1" => write_json(out, &issue(1, &json!({}))),
        "/api.github.com/repos/o/r/issues/2" => {
            write_json(out, &issue(2, &json!({"assignees": [{"login": "ada"}], "assignee": {"login": "ada"}})));
        }
        "/api.github.com/repos/o/r/issues/3" => {
            write_json(out, &issue(3, &json!({"state": "closed", "state_reason": "not_planned"})));
        }
        "/api.github.com/repos/o/r/issues/4" => write_json(
            out,
            &issue(
                4,
                &json!({"state": "closed", "pull_request": {"merged_at": "2026-01-01T00:00:00Z"}, "html_url": "https://github.com/o/r/pull/4"}),
            ),
        ),
        "/api.github.com/repos/o/r/issues/5" => write_json(out, &issue(5, &json!({"locked": true}))),
        "/api.github.com/repos/o/r/issues/5/timeline?per_page=100" => write_json(
            out,
            &json!([{"event": "labeled"}, {"event": "cross-referenced", "source": {"type": "issue", "issue": {
                "state": "open", "body": "Fixes #5", "pull_request": {"merged_at": null}}}}]),
        ),
        path if path.ends_with("/timeline?per_page=100") => write_json(out, &json!([])),
        "/gitlab.com/api/v4/projects/g%2Fs%2Fr/issues/3" => {
            write_json(out, &json!({"state": "opened", "assignees": [], "discussion_locked": null}));
        }
        "/codeberg.org/api/v1/repos/o/r/issues/7" => {
            write_json(out, &json!({"state": "closed", "assignees": null, "is_locked": false}));
        }
        "/example.org/a" => write(out, answer("200 OK", &[HTML], "<p>There")),
        _ => write(out, answer("404 Not Found", &[HTML], "none")),
    });
    let github = |kind: &str, number: u32| format!("https://github.com/o/r/{kind}/{number}");
    let urls: Vec<String> = [("issues", 1), ("issues", 2), ("issues", 3), ("pull", 4), ("issues", 5)]
        .map(|(kind, number)| github(kind, number))
        .into();
    let sandbox = user(
        &server,
        &[
            ("Figs", &urls[0], "https://example.org/a"),
            ("Pears", &urls[1], "https://example.org/gone"),
            ("Plums", &urls[2], "https://example.org/a#part"),
            ("Dates", &urls[3], ""),
            ("Limes", &urls[4], ""),
            ("Nuts", "https://gitlab.com/g/s/r/-/issues/3", ""),
            ("Kiwis", "https://codeberg.org/o/r/issues/7", ""),
            ("Grapes", "https://github.com/O/R/issues/1#issuecomment-1", ""),
        ],
    );
    let said = check(&sandbox, &["--format", "json"]);
    assert_eq!(said.code, Some(0), "{said:?}");
    assert_eq!(said.err, "note: 7 issues: 2 free, 1 assigned, 1 with a pull request, 3 closed; 2 links, 1 dead\n");
    assert_eq!(
        states(&said),
        [
            "open https://github.com/o/r/issues/1",
            "open https://github.com/o/r/issues/2",
            "closed https://github.com/o/r/issues/3",
            "merged https://github.com/o/r/pull/4",
            "open https://github.com/o/r/issues/5",
            "open https://gitlab.com/g/s/r/-/issues/3",
            "closed https://codeberg.org/o/r/issues/7",
            "reachable https://example.org/a",
            "dead https://example.org/gone",
        ]
    );
    // Each address once; what is open also for its pull requests; what there is not a second time, in full.
    let issues = paths(&server).into_iter().filter(|path| path.contains("api.github.com") && !path.contains("timeline")).count();
    assert_eq!(issues, 5);

    let list = call(&sandbox, &["list", "--columns", "title,upstream-status"]);
    for line in [
        "Figs\topen",
        "Pears\topen, assigned",
        "Plums\tclosed, not planned",
        "Dates\tmerged",
        "Limes\topen, pull request open, locked",
        "Nuts\topen",
        "Kiwis\tclosed",
        "Grapes\topen",
    ] {
        assert!(list.out.lines().any(|said| said == line), "{line}: {}", list.out);
    }
    let titles = |filter: &str| {
        let said = call(&sandbox, &["list", "--upstream", filter, "--format", "csv", "--columns", "title"]);
        said.out.lines().skip(1).collect::<Vec<_>>().join(" ")
    };
    assert_eq!(titles("free"), "Figs Nuts Grapes");
    assert_eq!(titles("open"), "Figs Pears Limes Nuts Grapes");
    assert_eq!(titles("closed,assigned"), "Pears Plums Dates Kiwis");
    let shown = call(&sandbox, &["show", "pears"]);
    assert!(shown.out.contains("https://github.com/o/r/issues/2\n            open, assigned - today\n"), "{}", shown.out);
    assert!(shown.out.contains("https://example.org/gone\n            dead - today\n"), "{}", shown.out);
    let ideas: Value = serde_json::from_str(&call(&sandbox, &["list", "--format", "json"]).out).unwrap();
    let pears = &ideas[1]["check"];
    assert_eq!((&pears["free"], &pears["upstream"][0]["assigned"]), (&json!(false), &json!(true)));
    assert_eq!(pears["links"][0]["state"], "dead");

    // What is fresh is not asked again.
    let before = server.log().len();
    let again = check(&sandbox, &["--format", "json"]);
    assert_eq!((states(&again), again.err), (states(&said), said.err));
    assert_eq!(server.log().len(), before);
}

#[test]
fn pages_of_a_folder_and_changes_are_filtered_by_what_was_answered() {
    let server = Server::start(|request, out| match request.path.as_str() {
        "/api.github.com/repos/o/r/issues/1" => write_json(out, &issue(1, &json!({}))),
        "/api.github.com/repos/o/r/issues/2" => write_json(out, &issue(2, &json!({"state": "closed"}))),
        _ => write_json(out, &json!([])),
    });
    let sandbox =
        user(&server, &[("Figs", "https://github.com/o/r/issues/1", ""), ("Pears", "https://github.com/o/r/issues/2", "")]);
    sandbox.run(["sources", "add", "./ideas.md", "--name", "fruit"]);
    sandbox.run(["sync"]);
    sandbox.run(["check"]);
    assert_eq!(sandbox.run(["changes", "--upstream", "free"]).out, "fruit\n  + Figs\n");
    assert_eq!(sandbox.run(["changes", "--upstream", "closed"]).out, "fruit\n  + Pears\n");
    let listed = |format: &str, filter: &[&str]| {
        let list = ["--catalog", ".", "list", "--columns", "title,upstream-status", "--format", format];
        sandbox.run([&list, filter].concat()).out
    };
    for format in ["csv", "markdown"] {
        let (free, closed) = (listed(format, &["--upstream", "free"]), listed(format, &["--not-upstream", "free"]));
        assert!(free.contains("Figs") && !free.contains("Pears"), "{free}");
        assert!(closed.contains("closed") && !closed.contains("Figs"), "{closed}");
    }
}

#[test]
fn without_a_day_to_count_from_the_day_of_an_answer_is_told() {
    let server = Server::always(answer("404 Not Found", &[HTML], ""));
    let sandbox = user(&server, &[("Figs", "", "https://example.org/a")]);
    check(&sandbox, &[]);
    let show = |today: &str| {
        let mut command = sandbox.ideas(["--catalog", "ideas.md", "show", "figs"]);
        Said::from(command.env("IDEAS_TODAY", today).output().unwrap())
    };
    assert!(show("2020-01-01").out.contains("dead - 20"), "{:?}", show("2020-01-01"));
    let said = show("nonsense");
    assert_eq!((said.code, &said.out), (Some(0), &show("2020-01-01").out), "{said:?}");
}

#[test]
fn without_the_command_nothing_is_asked_and_nothing_is_made() {
    let server = Server::always(answer("200 OK", &[HTML], "<p>There"));
    let sandbox = user(&server, &[("Figs", "https://github.com/o/r/issues/1", "https://example.org/a")]);
    for args in
        [&["list"][..], &["show", "figs"], &["list", "--upstream", "unknown"], &["validate", "ideas.md"], &["search", "figs"]]
    {
        assert!(call(&sandbox, args).code < Some(2), "{args:?}");
    }
    let said = check(&sandbox, &["--dry-run"]);
    assert_eq!(said.out, "api.github.com\t1\nexample.org\t1\n");
    assert_eq!(said.err, "note: would request 2 addresses from 2 hosts\n");
    let said = check(&sandbox, &["--offline"]);
    assert_eq!(said.err, "note: nothing is known yet\nnote: 2 addresses not checked: --offline sends no requests\n");
    let ideas: Value = serde_json::from_str(&call(&sandbox, &["list", "--format", "json"]).out).unwrap();
    assert_eq!(ideas[0]["check"], Value::Null);
    assert!(server.log().is_empty());
    assert!(!sandbox.store().file().exists());
}

#[test]
fn what_has_not_changed_is_not_sent_again() {
    let server = Server::start(|request, out| {
        let tag = "ETag: \"v1\"";
        let is_known = request.headers.get("if-none-match").is_some_and(|known| known == "\"v1\"");
        if request.path.contains("timeline") {
            write_json(out, &json!([]));
        } else if is_known {
            write(out, answer("304 Not Modified", &[tag], ""));
        } else {
            write(out, answer("200 OK", &[JSON, tag], issue(1, &json!({"assignees": [{"login": "ada"}]})).to_string()));
        }
    });
    let sandbox = user(&server, &[("Figs", "https://github.com/o/r/issues/1", "")]);
    let first = check(&sandbox, &["--format", "json"]);
    thread::sleep(Duration::from_millis(1100));
    let second = check(&sandbox, &["--format", "json", "--max-age", "0s"]);
    let at = |said: &Said| serde_json::from_str::<Value>(&said.out).unwrap()[0]["answer"]["at"].as_str().unwrap().to_owned();
    assert!(at(&first) < at(&second), "the answer is as young as the question");
    assert!(second.out.contains("\"assigned\": true"), "{}", second.out);
    let conditional = server.log().iter().filter(|request| request.headers.contains_key("if-none-match")).count();
    assert_eq!(conditional, 1);
}

#[test]
fn so_many_are_asked_and_no_more() {
    let server = Server::always(answer("200 OK", &[HTML], ""));
    let urls: Vec<String> = (0..5).map(|number| format!("https://example.org/{number}")).collect();
    let ideas: Vec<_> = urls.iter().map(|url| (url.rsplit('/').next().unwrap(), "", url.as_str())).collect();
    let sandbox = user(&server, &ideas);
    let said = check(&sandbox, &["--limit", "2"]);
    assert_eq!(said.err, "note: 2 links, 0 dead\nnote: 3 addresses not checked: run `ideas check` again, or raise --limit\n");
    assert_eq!(server.log().len(), 2);
    assert_eq!(check(&sandbox, &["--limit", "2"]).err.lines().next(), Some("note: 4 links, 0 dead"));
    assert_eq!(check(&sandbox, &[]).err, "note: 5 links, 0 dead\n");
    assert_eq!(server.log().len(), 5);
}

#[test]
fn findings_are_about_what_was_answered() {
    let server = Server::start(|request, out| match request.path.as_str() {
        "/api.github.com/repos/o/r/issues/1" => {
            write_json(out, &issue(1, &json!({"state": "closed", "state_reason": "completed"})));
        }
        "/api.github.com/repos/o/r/issues/2" => write_json(out, &issue(2, &json!({}))),
        "/api.github.com/repos/o/r/issues/2/timeline?per_page=100" => write_json(out, &json!([])),
        _ => write(out, answer("404 Not Found", &[HTML], "none")),
    });
    let sandbox = user(
        &server,
        &[
            ("Figs", "https://github.com/o/r/issues/1", ""),
            ("Pears", "https://github.com/o/r/issues/2", "https://example.org/gone"),
        ],
    );
    let rules = ["--select", "upstream-closed,dead-link", "--format", "concise"];
    let found = |more: &[&str]| sandbox.call([&["validate", "ideas.md"][..], &rules, more].concat());
    assert_eq!(found(&[]).out, "", "nothing is asked without being told");
    assert!(server.log().is_empty());
    let said = found(&["--online"]);
    assert_eq!(said.code, Some(0), "{said:?}");
    let lines: Vec<&str> = said.out.lines().collect();
    assert!(lines[0].starts_with("ideas.md:8:") && lines[0].contains("is closed, completed (checked on "), "{said:?}");
    assert!(lines[1].contains("`https://example.org/gone` is dead (checked on "), "{said:?}");
    assert_eq!(found(&["--online", "--deny", "warning"]).code, Some(1));
    // Comments silence them, and are of use whether somebody asks or not.
    let text = page(&[("Figs", "https://github.com/o/r/issues/1", "")]);
    sandbox.write("ideas.md", format!("<!-- ideas-disable upstream-closed -->\n\n{text}"));
    for online in [&["--online"][..], &[]] {
        let said = sandbox.call([&["validate", "ideas.md", "--format", "concise"][..], online].concat());
        assert!(!said.out.contains("upstream-closed") && !said.out.contains("unused-disable"), "{said:?}");
    }
    // What was answered holds for a page that was mended.
    let file = sandbox.write("ideas.md", format!("<!-- ideas-disable title-length -->\n\n{text}"));
    let said = sandbox.call(["validate", "ideas.md", "--online", "--fix", "--format", "concise"]);
    assert!(said.out.contains("upstream-closed"), "{said:?}");
    assert!(!std::fs::read_to_string(file).unwrap().contains("ideas-disable"), "{said:?}");
}
