//! Pages that lead to others: where their links begin, where they end, and how long all of them may take.

use std::io::Write;
use std::time::{Duration, Instant};

use super::sandbox::{Sandbox, page};
use super::server::{Server, answer, ok};

/// A page that leads to others.
fn index(links: &[&str]) -> Vec<u8> {
    let links: Vec<String> = links.iter().map(|link| format!("<li><a href=\"{link}\">A project</a></li>")).collect();
    answer("200 OK", &["Content-Type: text/html"], format!("<!doctype html><title>Projects</title><ul>{}</ul>", links.concat()))
}

fn html(title: &str) -> Vec<u8> {
    let text =
        format!("<h1>Project</h1><h2>{title}</h2><p>About {title}.</p><ul><li>Skills: Go</li><li>Mentor: Ada Brook</li></ul>");
    answer("200 OK", &["Content-Type: text/html"], text)
}

fn moved(to: &str) -> Vec<u8> {
    answer("301 Moved Permanently", &[&format!("Location: {to}")], "")
}

#[test]
fn links_begin_where_a_redirect_has_led() {
    let server = Server::start(|request, out| {
        let told = match request.path.as_str() {
            "/example.org/gsoc" => moved("/example.org/2026/projects/"),
            "/example.org/2026/projects/" => index(&["figs.html", "pears.html", "../projects/plums.html"]),
            "/example.org/2026/projects/figs.html" => html("Figs"),
            "/example.org/2026/projects/pears.html" => html("Pears"),
            "/example.org/2026/projects/plums.html" => html("Plums"),
            _ => answer("404 Not Found", &[], ""),
        };
        let _ = out.write_all(&told);
    });
    let sandbox = Sandbox::new();
    sandbox.write("data/sources.toml", format!("[mirrors]\n\"https://example.org/\" = \"{}\"\n", server.url("/example.org/")));
    sandbox.run(["sources", "add", &server.url("/example.org/gsoc"), "--name", "projects"]);
    sandbox.run(["sync"]);
    assert_eq!(sandbox.titles(), ["Figs", "Pears", "Plums"]);
}

#[test]
fn links_stay_on_their_site() {
    let elsewhere = Server::always(html("Stolen"));
    let away = elsewhere.url("/ideas.html");
    let server = Server::start(move |request, out| {
        let told = match request.path.as_str() {
            "/projects/" => index(&["figs.html", "pears.html", "plums.html"]),
            "/projects/figs.html" => html("Figs"),
            "/projects/pears.html" => moved(&away),
            "/projects/plums.html" => moved("/other/plums.html"),
            "/other/plums.html" => html("Plums"),
            _ => answer("404 Not Found", &[], ""),
        };
        let _ = out.write_all(&told);
    });
    let sandbox = Sandbox::with_page(&server.url("/projects/"));
    sandbox.run(["sync"]);
    assert_eq!(sandbox.titles(), ["Figs", "Plums"]);
    assert!(elsewhere.log().is_empty(), "nobody was asked there");
}

#[test]
fn a_source_as_a_whole_has_an_end() {
    let links: Vec<String> = (0..40).map(|n| format!("{n}.html")).collect();
    let server = Server::start(move |request, out| {
        if request.path == "/projects/" {
            let _ = out.write_all(&index(&links.iter().map(String::as_str).collect::<Vec<_>>()));
        } else {
            // Slow, and not too slow for a request.
            std::thread::sleep(Duration::from_millis(200));
            let _ = out.write_all(&html(&request.path));
        }
    });
    let sandbox = Sandbox::with_page(&server.url("/projects/"));
    let begun = Instant::now();
    let said = sandbox.call(["sync", "--timeout", "300ms", "--retries", "0"]);
    assert_eq!((said.code, said.err.as_str()), (Some(2), "error: page: timed out after 3s in all, ten times `--timeout`\n"));
    assert!(begun.elapsed() < Duration::from_secs(7), "{:?}", begun.elapsed());
}

#[test]
fn robots_are_asked_wherever_a_redirect_leads() {
    let server = Server::with_robots(|request, out| {
        let told = match request.path.as_str() {
            "/example.org/ideas.md" => moved("https://example.com/private/ideas.md"),
            "/example.com/robots.txt" => ok("User-agent: *\nDisallow: /private/\n"),
            "/example.com/private/ideas.md" => ok(page(&["Figs"])),
            _ => answer("404 Not Found", &[], ""),
        };
        let _ = out.write_all(&told);
    });
    let sandbox = Sandbox::behind(&server);
    sandbox.run(["sources", "add", "https://example.org/ideas.md", "--name", "page"]);
    let said = sandbox.call(["sync"]);
    assert!(said.err.starts_with("error: page: not fetched: the site's robots.txt disallows it"), "{}", said.err);
    assert!(!server.log().iter().any(|request| request.path.contains("/private/")));
}

#[test]
fn a_list_that_goes_on_is_told() {
    let issues = |n: usize| {
        let one = |at: usize| {
            format!(
                "{{\"title\": \"Idea {n}-{at}\", \"body\": \"Skills: Go\", \"html_url\": \"https://github.com/o/r/issues/{n}\"}}"
            )
        };
        format!("[{}]", (0..100).map(one).collect::<Vec<_>>().join(","))
    };
    let server = Server::start(move |request, out| {
        let number =
            request.path.rsplit_once("page=").and_then(|(_, at)| at.parse().ok()).filter(|at| *at < 50).unwrap_or(1_usize);
        let next = format!("Link: </repositories/1/issues?page={}>; rel=\"next\"", number + 1);
        let _ = out.write_all(&answer("200 OK", &["Content-Type: application/json", &next], issues(number)));
    });
    let sandbox = Sandbox::behind(&server);
    sandbox.run(["sources", "add", "https://github.com/o/r/issues", "--name", "issues"]);
    let said = sandbox.run(["sync", "--quiet"]);
    assert_eq!(said.err, "");
    let sandbox = Sandbox::behind(&server);
    sandbox.run(["sources", "add", "https://github.com/o/r/issues", "--name", "issues"]);
    let said = sandbox.run(["sync"]);
    assert!(
        said.err.contains("warning: https://github.com/o/r/issues: lists more than the 1000 that were read; a label or a search"),
        "{}",
        said.err
    );
}

#[test]
fn discussions_are_read_from_their_page_without_a_token() {
    let server = Server::start(|request, out| {
        let told = match request.path.as_str() {
            "/github.com/o/r/discussions" => {
                index(&["/o/r/discussions/1", "/o/r/discussions/2", "/o/r/discussions/3", "/o/r/issues"])
            }
            "/github.com/o/r/discussions/1" => html("Figs"),
            "/github.com/o/r/discussions/2" => html("Pears"),
            _ => answer("404 Not Found", &[], ""),
        };
        let _ = out.write_all(&told);
    });
    let sandbox = Sandbox::behind(&server);
    sandbox.run(["sources", "add", "https://github.com/o/r/discussions/1", "--name", "one"]);
    let said = sandbox.run(["sync"]);
    assert_eq!((said.err.as_str(), sandbox.titles()), ("note: one: 1 new; 1 idea on 1 page\n", vec!["Figs".to_owned()]));
    sandbox.run(["sources", "remove", "one"]);
    sandbox.run(["sources", "add", "https://github.com/o/r/discussions", "--name", "all"]);
    let said = sandbox.run(["sync"]);
    assert_eq!(sandbox.titles(), ["Figs", "Pears"]);
    assert!(
        said.err.contains("discussions: only the discussions on its first page were read; needs a GitHub token: set GH_TOKEN"),
        "{}",
        said.err
    );
    sandbox.run(["sources", "add", "https://github.com/o/r/discussions/9", "--name", "gone"]);
    let said = sandbox.call(["sync", "gone"]);
    assert_eq!(said.err, "error: gone: needs a GitHub token: set GH_TOKEN, or run `gh auth login`\n");
}

#[test]
fn a_site_is_read_from_its_repository() {
    let server = Server::start(|request, out| {
        let told = match request.path.as_str() {
            "/raw.githubusercontent.com/git/git.github.io/HEAD/SoC-2026-Ideas.md" => ok(page(&["Figs"])),
            _ => answer("404 Not Found", &[], ""),
        };
        let _ = out.write_all(&told);
    });
    let sandbox = Sandbox::behind(&server);
    sandbox.run(["sources", "add", "https://git.github.io/SoC-2026-Ideas/", "--name", "git"]);
    sandbox.run(["sync"]);
    let ideas: serde_json::Value = serde_json::from_str(&sandbox.run(["list", "--format", "json"]).out).unwrap();
    assert_eq!(ideas[0]["source"]["url"], "https://git.github.io/SoC-2026-Ideas/", "people are led to the site");
}
