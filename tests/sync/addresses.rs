//! Addresses as people paste them, asked for as programs want them, on a server that stands in for the hosts and answers in
//! their shapes.

use std::io::Write;
use std::net::TcpStream;

use super::sandbox::{Sandbox, page};
use super::server::{Request, Server, answer, ok};

/// A server that gives these answers by path, and 404 for everything else.
fn web(pages: &'static [(&'static str, &'static str, &'static str)]) -> Server {
    Server::start(move |request, out| {
        let found = pages.iter().find(|(path, ..)| *path == request.path);
        let told = found.map(|(_, kind, body)| answer("200 OK", &[&format!("Content-Type: {kind}")], body));
        let _ = out.write_all(&told.unwrap_or_else(|| answer("404 Not Found", &[], "none")));
    })
}

fn paths(server: &Server) -> Vec<String> {
    server.log().into_iter().map(|request| request.path).collect()
}

const HTML: &str = "text/html; charset=utf-8";
const JSON: &str = "application/json; charset=utf-8";
const TEXT: &str = "text/plain; charset=utf-8";

/// A page of ideas in HTML, in between what surrounds it.
const FIGS: &str = "<h2>Figs</h2><p>About figs.</p><ul><li>Skills: Go</li><li>Mentor: Ada Brook</li></ul>\
                    <h2>Pears</h2><p>About pears.</p><ul><li>Skills: Rust</li><li>Mentor: Ada Brook</li></ul>";

#[test]
fn every_kind_of_address_gives_its_ideas() {
    let markdown = "# Ideas\n\n## Figs\n\nAbout figs.\n\n- Skills: Go\n- Mentor: Ada Brook\n\n## Pears\n\nAbout pears.\n\n- Skills: Rust\n- Mentor: Ada Brook\n";
    let json = |value: serde_json::Value| -> &'static str { value.to_string().leak() };
    let page = format!("<!doctype html><html><body>{FIGS}</body></html>").leak();
    let post =
        json(serde_json::json!({"title": "Ideas", "post_stream": {"posts": [{"cooked": FIGS}, {"cooked": "<p>Me too!</p>"}]}}));
    let issue = |title: &str, number: u32| {
        let url = format!("https://github.com/o/r/issues/{number}");
        serde_json::json!({"title": title, "html_url": url, "web_url": url, "body": "# Details\n\n**Mentors:** @ada"})
    };
    let issues = serde_json::json!([issue("Figs", 1), issue("Pears", 2)]);
    for (pasted, asked, kind, body) in [
        ("https://example.org/ideas", "/example.org/ideas", HTML, &*page),
        ("https://example.org/ideas.md", "/example.org/ideas.md", TEXT, markdown),
        ("https://github.com/o/r/blob/main/a/ideas.md", "/raw.githubusercontent.com/o/r/main/a/ideas.md", TEXT, markdown),
        ("https://github.com/o/r/wiki/Ideas", "/raw.githubusercontent.com/wiki/o/r/Ideas.md", TEXT, markdown),
        ("https://gist.github.com/o/0a1b2c", "/gist.githubusercontent.com/o/0a1b2c/raw", TEXT, markdown),
        (
            "https://github.com/o/r/blob/main/ideas.rst",
            "/api.github.com/repos/o/r/contents/ideas.rst?ref=main",
            "application/vnd.github.html+json",
            page,
        ),
        ("https://gitlab.com/g/r/-/blob/main/ideas.md", "/gitlab.com/g/r/-/raw/main/ideas.md", TEXT, markdown),
        (
            "https://gitlab.com/g/r/-/wikis/ideas",
            "/gitlab.com/api/v4/projects/g%2Fr/wikis/ideas",
            JSON,
            json(serde_json::json!({"title": "ideas", "format": "markdown", "content": markdown})),
        ),
        (
            "https://docs.google.com/document/d/1a/edit?tab=t.0#heading=h.1",
            "/docs.google.com/document/d/1a/export?format=html",
            HTML,
            page,
        ),
        ("https://wiki.example.org/GSoC_2026", "/wiki.example.org/GSoC_2026?action=render", HTML, page),
        (
            "https://example.atlassian.net/wiki/spaces/A/pages/7/Ideas",
            "/example.atlassian.net/wiki/rest/api/content/7?expand=body.view",
            JSON,
            json(serde_json::json!({"id": "7", "title": "Ideas", "body": {"view": {"value": FIGS}}})),
        ),
        ("https://forum.example.org/t/ideas/7/2", "/forum.example.org/t/7.json", JSON, post),
        (
            "https://github.com/o/r/issues/7",
            "/api.github.com/repos/o/r/issues/7",
            JSON,
            json(serde_json::json!({"title": "Ideas", "body": markdown})),
        ),
        ("https://github.com/o/r/issues", "/api.github.com/repos/o/r/issues?state=open&per_page=100", JSON, json(issues.clone())),
        (
            "https://github.com/o/r/issues?q=label%3Agsoc",
            "/api.github.com/search/issues?q=repo:o/r+label%3Agsoc&per_page=100",
            JSON,
            json(serde_json::json!({"total_count": 2, "items": issues})),
        ),
        (
            "https://gitlab.com/g/r/-/issues/?label_name[]=gsoc",
            "/gitlab.com/api/v4/projects/g%2Fr/issues?state=opened&labels=gsoc&per_page=100",
            JSON,
            json(issues.clone()),
        ),
    ] {
        let server = Server::start(move |request, out| {
            let told = if request.path == asked {
                answer("200 OK", &[&format!("Content-Type: {kind}"), "ETag: \"v1\""], body)
            } else {
                answer("404 Not Found", &[], "none")
            };
            let known = request.headers.get("if-none-match").is_some_and(|known| known == "\"v1\"");
            let _ = out.write_all(&if known { answer("304 Not Modified", &[], "") } else { told });
        });
        let sandbox = Sandbox::behind(&server);
        sandbox.run(["sources", "add", pasted, "--name", "page", "--organization", "Orchard"]);
        let said = sandbox.call(["sync"]);
        assert_eq!(said.err, "note: page: 2 new; 2 ideas on 1 page\n", "{pasted}");
        assert_eq!(sandbox.titles(), ["Figs", "Pears"], "{pasted}");
        // What has not changed is not sent again.
        assert_eq!(sandbox.run(["sync"]).err, "note: page: nothing changed; 2 ideas on 1 page\n", "{pasted}");
        assert_eq!(paths(&server), [asked, asked], "{pasted}");
        let ideas: serde_json::Value = serde_json::from_str(&sandbox.run(["list", "--format", "json"]).out).unwrap();
        let url = ideas[0]["source"]["url"].as_str().unwrap();
        assert!(url.starts_with(pasted.split('#').next().unwrap()), "the address of people, not of programs: {url}");
    }
}

#[test]
fn where_one_way_is_closed_the_next_is_tried() {
    let page: &'static str = format!("<!doctype html><html><body>{FIGS}</body></html>").leak();
    let pages: &'static [(&str, &str, &str)] = vec![
        ("/github.com/o/r/wiki/Ideas", HTML, page),
        ("/api.github.com/repos/o/r/readme", "application/vnd.github.html+json", page),
        ("/forum.example.org/t/7.json", HTML, "<!doctype html><p>Log in</p>"),
        ("/forum.example.org/t/ideas/7", HTML, page),
    ]
    .leak();
    for (pasted, asked) in [
        (
            "https://github.com/o/r/wiki/Ideas",
            &["/raw.githubusercontent.com/wiki/o/r/Ideas.md", "/github.com/o/r/wiki/Ideas"][..],
        ),
        ("https://forum.example.org/t/ideas/7", &["/forum.example.org/t/7.json", "/forum.example.org/t/ideas/7"]),
    ] {
        let server = web(pages);
        let sandbox = Sandbox::behind(&server);
        sandbox.run(["sources", "add", pasted, "--name", "page"]);
        sandbox.run(["sync"]);
        assert_eq!(paths(&server), asked, "{pasted}");
        assert_eq!(sandbox.titles(), ["Figs", "Pears"], "{pasted}");
    }
    let server = web(&[]);
    let sandbox = Sandbox::behind(&server);
    sandbox.run(["sources", "add", "https://wiki.example.org/Ideas", "--name", "page"]);
    let said = sandbox.call(["sync"]);
    assert_eq!((said.err.as_str(), said.code), ("error: page: HTTP 404: page not found\n", Some(2)));
}

#[test]
fn lists_come_in_parts_and_topics_one_by_one() {
    let issue =
        |title: &str| format!(r#"{{"title": "{title}", "body": "Sweet.", "html_url": "https://github.com/o/r/issues/1"}}"#);
    let (first, second) = (format!("[{},{}]", issue("Figs"), issue("Pears")), format!("[{}]", issue("Plums")));
    let server = Server::start(move |request, out| {
        let part = |body: &str, more: &str| answer("200 OK", &["Content-Type: application/json", more], body);
        let next = "Link: <https://api.github.com/repositories/1/issues?page=2>; rel=\"next\", <https://x.org/>; rel=\"last\"";
        let told = match request.path.as_str() {
            "/api.github.com/repos/o/r/issues?state=open&per_page=100" => part(&first, next),
            "/api.github.com/repositories/1/issues?page=2" => part(&second, "X: y"),
            _ => answer("404 Not Found", &[], ""),
        };
        let _ = out.write_all(&told);
    });
    let sandbox = Sandbox::behind(&server);
    sandbox.run(["sources", "add", "https://github.com/o/r/issues", "--name", "issues"]);
    sandbox.run(["sync"]);
    assert_eq!(sandbox.titles(), ["Figs", "Pears", "Plums"]);

    let topics =
        r#"{"topic_list": {"topics": [{"id": 1, "slug": "figs"}, {"id": 2, "slug": "pears"}, {"id": 3, "slug": "lost"}]}}"#;
    let server = Server::start(move |request, out| {
        let topic = |title: &str| {
            let post = format!("<p>About {title}.</p><ul><li>Skills: Go</li><li>Mentor: Ada Brook</li></ul>");
            ok(serde_json::json!({"title": title, "post_stream": {"posts": [{"cooked": post}]}}).to_string())
        };
        let told = match request.path.as_str() {
            "/forum.example.org/tag/ideas.json" => ok(topics),
            "/forum.example.org/t/1.json" => topic("Figs"),
            "/forum.example.org/t/2.json" => topic("Pears"),
            _ => answer("404 Not Found", &[], ""),
        };
        let _ = out.write_all(&told);
    });
    let sandbox = Sandbox::behind(&server);
    sandbox.run(["sources", "add", "https://forum.example.org/tag/ideas", "--name", "forum"]);
    let said = sandbox.call(["sync"]);
    assert_eq!(sandbox.titles(), ["Figs", "Pears"], "{}", said.err);
    assert!(said.err.contains("forum.example.org/t/lost/3.html: HTTP 404: page not found; it was left out"));
}

#[test]
fn limits_of_an_api_are_waited_for_or_told() {
    fn limited(request: &Request, out: &mut TcpStream, wait: u64, times: usize) {
        let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap().as_secs();
        let told = if request.before < times {
            let reset = format!("X-RateLimit-Reset: {}", now + wait);
            answer("403 Forbidden", &["X-RateLimit-Remaining: 0", &reset], "{}")
        } else {
            ok(r###"{"title": "Ideas", "body": "## Figs\n\n- Skills: Go\n- Mentor: Ada Brook\n"}"###)
        };
        let _ = out.write_all(&told);
    }
    let server = Server::start(|request, out| limited(request, out, 0, 1));
    let sandbox = Sandbox::behind(&server);
    sandbox.run(["sources", "add", "https://github.com/o/r/issues/7", "--name", "issue"]);
    sandbox.run(["sync"]);
    assert_eq!(sandbox.titles(), ["Figs"]);
    assert!(server.log().iter().all(|request| !request.headers.contains_key("authorization")), "a mirror gets no token");

    let server = Server::start(|request, out| limited(request, out, 3000, 9));
    let sandbox = Sandbox::behind(&server);
    sandbox.run(["sources", "add", "https://github.com/o/r/issues/7", "--name", "issue"]);
    let said = sandbox.call(["sync"]);
    assert!(said.err.contains("issue: rate limit of api.github.com exceeded; it ends in 50m"), "{}", said.err);
    assert!(said.err.contains("GH_TOKEN"), "{}", said.err);
    assert_eq!(server.log().len(), 1, "nobody insists, and nothing else is tried");
}

#[test]
fn robots_are_asked_about_pages_and_not_about_apis() {
    let server = Server::with_robots(|request, out| {
        let told = match request.path.as_str() {
            "/robots.txt" => ok("User-agent: *\nDisallow: /private/\n"),
            "/example.org/robots.txt" => ok("User-agent: mentorship-ideas\nDisallow: /private\n"),
            "/api.github.com/robots.txt" => ok("User-agent: *\nDisallow: /\n"),
            "/api.github.com/repos/o/r/issues/7" => {
                ok(serde_json::json!({"title": "Ideas", "body": page(&["Figs"])}).to_string())
            }
            _ => ok(page(&["Apples", "Pears"])),
        };
        let _ = out.write_all(&told);
    });
    let sandbox = Sandbox::behind(&server);
    sandbox.run(["sources", "add", "https://example.org/ideas.md", "--name", "a"]);
    sandbox.run(["sources", "add", "https://example.org/private/ideas.md", "--name", "b"]);
    sandbox.run(["sources", "add", "https://github.com/o/r/issues/7", "--name", "c"]);
    let said = sandbox.call(["sync", "--jobs", "1"]);
    assert_eq!(
        said.err,
        "note: a: 2 new; 2 ideas on 1 page\n\
         error: b: not fetched: the site's robots.txt disallows it; save the page in a browser, and add the file with `ideas sources add`\n\
         note: c: 1 new; 1 idea on 1 page\n"
    );
    assert_eq!(paths(&server), ["/example.org/robots.txt", "/example.org/ideas.md", "/api.github.com/repos/o/r/issues/7"]);
    assert!(server.log()[0].headers["user-agent"].contains("mentorship-ideas"));
}

#[test]
fn redirects_are_followed_within_a_mirror() {
    let server = Server::start(|request, out| {
        let told = match request.path.as_str() {
            "/example.org/a.md" => answer("302 Found", &["Location: /b.md"], ""),
            "/example.org/b.md" => answer("302 Found", &["Location: https://example.com/c.md"], ""),
            "/example.com/c.md" => {
                let location = format!("Location: http://{}/example.com/d.md", request.headers["host"]);
                answer("302 Found", &[&location], "")
            }
            "/example.com/d.md" => ok(page(&["Figs"])),
            _ => answer("404 Not Found", &[], ""),
        };
        let _ = out.write_all(&told);
    });
    let sandbox = Sandbox::behind(&server);
    sandbox.run(["sources", "add", "https://example.org/a.md", "--name", "a"]);
    sandbox.run(["sync"]);
    assert_eq!(sandbox.titles(), ["Figs"]);
}

#[test]
fn a_host_is_asked_by_two_at_a_time() {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicUsize, Ordering};
    let (running, most) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
    let (now, peak) = (Arc::clone(&running), Arc::clone(&most));
    let server = Server::start(move |_, out| {
        peak.fetch_max(now.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
        // An answer lasts until its last byte.
        let told = ok(page(&["Figs"]));
        let (most, rest) = told.split_at(told.len() - 1);
        let _ = out.write_all(most);
        std::thread::sleep(std::time::Duration::from_millis(400));
        now.fetch_sub(1, Ordering::SeqCst);
        let _ = out.write_all(rest);
    });
    let sandbox = Sandbox::behind(&server);
    for name in ["a", "b", "c", "d", "e"] {
        sandbox.run(["sources", "add", &format!("https://example.org/{name}.md"), "--name", name]);
    }
    // The five take longer than that together, and none of them does.
    sandbox.run(["sync", "--jobs", "8", "--timeout", "1s", "--retries", "0"]);
    assert_eq!(sandbox.titles().len(), 5);
    assert_eq!(most.load(Ordering::SeqCst), 2);
}

#[test]
fn an_index_leads_to_the_pages_that_have_ideas() {
    let server = web(&[
        (
            "/example.org/gsoc/2026/",
            HTML,
            "<!doctype html><h1>Our organisations</h1><ul><li><a href='figs.html'>Figs</a><li><a href='/gsoc/2026/pears.html'>Pears</a>\
             <li><a href='lost.html'>Lost</a><li><a href='https://example.com/ideas.html'>Others</a><li><a href='about.html'>About</a></ul>",
        ),
        ("/example.org/gsoc/2026/figs.html", HTML, "<h2>Figs</h2><ul><li>Skills: Go</li><li>Mentor: Ada Brook</li></ul>"),
        ("/example.org/gsoc/2026/pears.html", HTML, "<h2>Pears</h2><ul><li>Skills: Go</li><li>Mentor: Ada Brook</li></ul>"),
        ("/example.org/gsoc/2026/about.html", HTML, "<!doctype html><h1>About us</h1><p>We grow fruit.</p>"),
    ]);
    let sandbox = Sandbox::behind(&server);
    sandbox.run(["sources", "add", "https://example.org/gsoc/2026/", "--name", "orchard", "--organization", "Orchard"]);
    let said = sandbox.run(["sync"]);
    assert_eq!(said.err, "note: orchard: 2 new; 2 ideas on 2 pages\n");
    let ideas: serde_json::Value = serde_json::from_str(&sandbox.run(["list", "--format", "json"]).out).unwrap();
    assert_eq!(ideas[0]["organization"], "Orchard");
    assert_eq!(ideas[1]["source"]["url"], "https://example.org/gsoc/2026/pears.html");
    assert!(paths(&server).iter().all(|path| path.starts_with("/example.org/gsoc/2026/")), "one site: {:?}", paths(&server));
    assert_eq!(sandbox.run(["sync"]).err, "note: orchard: nothing changed; 2 ideas on 2 pages\n");
}

#[test]
fn an_index_whose_links_fail_says_why_and_is_asked_again() {
    let index = "<!doctype html><h1>Our organisations</h1><ul><li><a href='ideas-figs.html'>Figs</a></ul>";
    let server = Server::start(move |request, out| {
        let is_index = request.path == "/example.org/gsoc/2026/";
        let told = if is_index {
            answer("200 OK", &["Content-Type: text/html", "ETag: \"1\""], index)
        } else {
            answer("503 Busy", &[], "")
        };
        let _ = out.write_all(&told);
    });
    let sandbox = Sandbox::behind(&server);
    sandbox.run(["sources", "add", "https://example.org/gsoc/2026/", "--name", "orchard"]);
    for _ in 0..2 {
        let said = sandbox.call(["sync", "--retries", "0"]).err;
        assert!(said.contains("example.org/gsoc/2026/ideas-figs.html") && said.contains("503"), "{said}");
    }
}

#[test]
fn a_strangers_settings_say_not_where_pages_come_from() {
    let server = web(&[("/a.md", "Content-Type: text/markdown", "## Figs\n\n- Skills: Go\n- Mentor: Ada Brook\n")]);
    let sandbox = Sandbox::with_page(&server.url("/a.md"));
    sandbox.write("ideas.toml", "[mirrors]\n\"http://\" = \"http://127.0.0.1:9/\"\n");
    sandbox.run(["sync"]);
    std::fs::remove_file(sandbox.path("ideas.toml")).unwrap();
    assert_eq!(sandbox.titles(), ["Figs"]);
}

#[test]
fn a_name_that_means_nothing_leaves_no_source_behind() {
    let sandbox = Sandbox::new();
    for call in [
        &["sync", "gsoc/2026/lvm-compiler"][..],
        &["sync", "gsoc/2026", "--organization", "lvm"],
        &["sync", "gsoc/2026", "--organization", ","],
    ] {
        let said = sandbox.call(call);
        assert_eq!(said.code, Some(2), "{}", said.err);
        assert!(!sandbox.path("data/sources.toml").exists(), "{call:?}: {}", said.err);
    }
    let said = sandbox.call(["sync", "gsoc/2026/llvm-compiler-infrastucture"]).err;
    assert!(said.contains("did you mean `gsoc/2026/llvm-compiler-infrastructure`?"), "{said}");
}

#[test]
fn an_address_may_stand_in_the_place_of_a_file() {
    let server = Server::start(|request, out| {
        let known = request.headers.contains_key("if-none-match");
        let body = format!("<!doctype html><html><body>{FIGS}</body></html>");
        let told = match request.path.as_str() {
            "/ideas" if request.before > 1 => answer("500 Internal Server Error", &[], "ill"),
            "/ideas" if known => answer("304 Not Modified", &[], ""),
            "/ideas" => answer("200 OK", &["Content-Type: text/html", "ETag: \"v1\""], body),
            "/about" => answer("200 OK", &["Content-Type: text/html"], "<p>Nothing to see.</p>"),
            _ => answer("404 Not Found", &[], "none"),
        };
        let _ = out.write_all(&told);
    });
    let sandbox = Sandbox::new();
    let list = |path: &str, more: &[&str]| {
        let url = server.url(path);
        let args = [&["list", "--columns", "title", "--format", "csv", "--catalog", &url], more].concat();
        let said = sandbox.call(args);
        (said.code, said.out.replace('\r', "").replace("title\n", ""), said.err.replace(&url, "URL"))
    };
    let ideas = "Figs\nPears\n".to_owned();
    assert_eq!(list("/ideas", &[]), (Some(0), ideas.clone(), String::new()));
    assert_eq!(list("/ideas", &["--skill", "go"]), (Some(0), "Figs\n".to_owned(), String::new()));
    assert_eq!(paths(&server), ["/ideas"], "what was asked a moment ago is not asked again");
    assert_eq!(list("/ideas", &["--no-cache"]), (Some(0), ideas.clone(), String::new()));
    assert_eq!(paths(&server), ["/ideas", "/ideas"], "it is asked for what is new");
    assert!(server.log()[1].headers.contains_key("if-none-match"));
    let (code, out, err) = list("/ideas", &["--no-cache"]);
    assert_eq!((code, out), (Some(0), ideas), "the copy stays");
    assert!(err.starts_with("warning: URL: HTTP 500") && err.contains("; this is the copy of 20"), "{err}");
    assert_eq!(list("/about", &[]).2, "note: URL: no idea was found there; is it the right page?\n");
    assert_eq!(list("/gone", &[]), (Some(2), String::new(), "error: URL: HTTP 404: page not found\n".to_owned()));
    let secret = sandbox.call(["list", "--catalog", "https://ada:secret@example.org/ideas"]);
    assert!(secret.code == Some(2) && secret.err.contains("user or password"), "{}", secret.err);
    // One address that cannot be had hides no others.
    let (code, out, _) = list("/gone", &["--catalog", &server.url("/ideas")]);
    assert_eq!((code, out.as_str()), (Some(2), "Figs\nPears\n"));
    assert!(sandbox.files("data").is_empty(), "it is no source: {:?}", sandbox.files("data"));
}

#[test]
fn a_page_in_two_sources_is_read_once() {
    let server = web(&[("/ideas.md", TEXT, "# Ideas\n\n## Figs\n\nAbout figs.\n\n- Skills: Go\n- Mentor: Ada Brook\n")]);
    let sandbox = Sandbox::new();
    sandbox.run(["sources", "add", &server.url("/ideas.md"), "--name", "one", "--organization", "Orchard"]);
    sandbox.run(["sources", "add", &server.url("/ideas.md"), "--name", "two"]);
    sandbox.run(["sync"]);
    for _ in ["as it was fetched", "from the cache"] {
        let ids = sandbox.run(["list", "--format", "ids"]).out;
        assert_eq!(ids.lines().count(), 1, "{ids}");
        assert!(ids.starts_with("orchard-figs"), "{ids}");
        assert!(sandbox.run(["show", ids.trim()]).out.contains("Figs"));
    }
}
