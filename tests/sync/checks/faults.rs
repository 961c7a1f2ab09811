//! `ideas check` where servers, the network, the store or the user do not play along.

use std::io::Write as _;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

use serde_json::json;

use super::super::sandbox::Said;
use super::super::server::{Request, Server, answer};
use super::{HTML, JSON, call, check, issue, paths, states, user, write, write_json};

#[test]
fn only_what_is_surely_gone_is_dead() {
    let server = Server::start(|request, out| {
        let told = match request.path.trim_start_matches("/example.org/") {
            "404" => answer("404 Not Found", &[HTML], "none"),
            "410" => answer("410 Gone", &[HTML], "none"),
            "401" => answer("401 Unauthorized", &[HTML], "none"),
            "403" => answer("403 Forbidden", &[HTML], "none"),
            "451" => answer("451 Unavailable For Legal Reasons", &[HTML], "none"),
            "500" => answer("500 Internal Server Error", &[HTML], "none"),
            "moved" => answer("301 Moved Permanently", &["Location: /there"], ""),
            "moved-away" => answer("302 Found", &["Location: https://example.org/404"], ""),
            "loop" => answer("302 Found", &["Location: /loop"], ""),
            "unsafe" => answer("302 Found", &["Location: http://example.com/there"], ""),
            // Says one thing when asked without a page, and another when asked with it.
            "no-head" if request.method == "HEAD" => answer("405 Method Not Allowed", &[], ""),
            "wrong-head" if request.method == "HEAD" => answer("404 Not Found", &[], ""),
            "closed" => Vec::new(),
            "endless" if request.method == "GET" => {
                write(out, format!("HTTP/1.1 200 OK\r\n{HTML}\r\n\r\n"));
                while out.write_all(&[b'x'; 4096]).is_ok() {}
                return;
            }
            "endless" => answer("405 Method Not Allowed", &[], ""),
            _ => answer("200 OK", &[HTML], ""),
        };
        write(out, told);
    });
    for (link, state) in [
        ("there", "reachable"),
        ("404", "dead"),
        ("410", "dead"),
        ("401", "-"),
        ("403", "-"),
        ("451", "-"),
        ("500", "-"),
        ("moved", "reachable"),
        ("moved-away", "dead"),
        ("loop", "-"),
        ("unsafe", "-"),
        ("no-head", "reachable"),
        ("wrong-head", "reachable"),
        ("closed", "-"),
        ("endless", "reachable"),
    ] {
        let url = format!("https://example.org/{link}");
        let sandbox = user(&server, &[("Figs", "", &url)]);
        let said = check(&sandbox, &["--format", "json"]);
        assert_eq!(states(&said), [format!("{state} {url}")], "{said:?}");
        assert_eq!(said.err.contains("not answered"), state == "-", "{said:?}");
    }
}

#[test]
fn issues_that_do_not_answer_are_not_dead() {
    let server = Server::start(|request, out| {
        let told = match request.path.as_str() {
            "/api.github.com/repos/o/r/issues/1" => answer("404 Not Found", &[JSON], r#"{"message": "Not Found"}"#),
            "/api.github.com/repos/o/r/issues/2" => answer("410 Gone", &[JSON], r#"{"message": "This issue was deleted"}"#),
            "/api.github.com/repos/o/r/issues/3" => answer("200 OK", &[HTML], "<!doctype html><p>A login"),
            "/api.github.com/repos/o/r/issues/4" => answer("403 Forbidden", &[JSON], r#"{"message": "Blocked"}"#),
            "/api.github.com/repos/o/r/issues/5" => answer("500 Oops", &[JSON], "{}"),
            "/api.github.com/repos/o/r/issues/6" => answer("451 No", &[JSON], "{}"),
            "/api.github.com/repos/o/r/issues/8" => answer("403 Forbidden", &[JSON, "Retry-After: 3600"], "{}"),
            "/api.github.com/repos/o/r/issues/7" => {
                answer("301 Moved Permanently", &["Location: https://api.github.com/repositories/9/issues/70"], "{}")
            }
            "/api.github.com/repositories/9/issues/70" => {
                answer("200 OK", &[JSON], issue(70, &json!({"html_url": "https://github.com/o/new/issues/70"})).to_string())
            }
            // The API of a GitLab says so itself; another is not there, and the page is.
            "/gitlab.com/api/v4/projects/g%2Fr/issues/1" => answer("404 Not Found", &[JSON], r#"{"message": "404 Not found"}"#),
            "/code.example.org/g/r/-/issues/2" | "/gitlab.com/g/r/-/issues/1" => answer("200 OK", &[HTML], "<p>Sign in"),
            _ => answer("404 Not Found", &[HTML], "none"),
        };
        write(out, told);
    });
    for (url, state) in [
        ("https://github.com/o/r/issues/1", "dead"),
        ("https://github.com/o/r/issues/2", "dead"),
        ("https://github.com/o/r/issues/3", "-"),
        ("https://github.com/o/r/issues/4", "-"),
        ("https://github.com/o/r/issues/5", "-"),
        ("https://github.com/o/r/issues/6", "-"),
        ("https://github.com/o/r/issues/7", "open"),
        ("https://github.com/o/r/issues/8", "-"),
        ("https://gitlab.com/g/r/-/issues/1", "dead"),
        ("https://code.example.org/g/r/-/issues/2", "reachable"),
        ("https://code.example.org/g/r/-/issues/3", "dead"),
    ] {
        let sandbox = user(&server, &[("Figs", url, "")]);
        let said = check(&sandbox, &["--format", "json"]);
        assert_eq!(states(&said), [format!("{state} {url}")], "{said:?}");
        assert_eq!(said.code, Some(0), "{said:?}");
        if url.ends_with("/7") {
            let shown = call(&sandbox, &["show", "figs"]).out;
            assert!(shown.contains("open, moved to https://github.com/o/new/issues/70 - today"), "{shown}");
        }
    }
}

/// The number at the end of a path.
fn number(request: &Request) -> u32 {
    request.path.rsplit('/').next().and_then(|number| number.parse().ok()).unwrap_or_default()
}

#[test]
fn at_a_limit_the_rest_is_left_to_the_next_call() {
    let is_next_hour = Arc::new(AtomicBool::new(false));
    let is_over = Arc::clone(&is_next_hour);
    let server = Server::start(move |request, out| {
        let (number, reset) = (number(request), "X-RateLimit-Reset: 4102444800");
        if request.path.contains("timeline") {
            write_json(out, &json!([]));
        } else if number <= 2 || is_over.load(Ordering::Relaxed) {
            write_json(out, &issue(number, &json!({})));
        } else {
            write(
                out,
                answer("403 Forbidden", &[JSON, "X-RateLimit-Remaining: 0", reset], r#"{"message": "rate limit exceeded"}"#),
            );
        }
    });
    let urls: Vec<String> = (1..=9).map(|number| format!("https://github.com/o/r/issues/{number}")).collect();
    let titles: Vec<String> = (1..=9).map(|number| format!("Fig {number}")).collect();
    let ideas: Vec<_> = titles.iter().zip(&urls).map(|(title, url)| (title.as_str(), url.as_str(), "")).collect();
    let sandbox = user(&server, &ideas);
    let said = check(&sandbox, &["--jobs", "1", "--format", "json"]);
    assert_eq!(said.code, Some(0), "what was answered was answered: {said:?}");
    let until = "note: rate limit of api.github.com exceeded until 00:00 UTC (2100-01-01): 7 addresses left; run `ideas check` \
                 again then; the limit is higher with a token in GH_TOKEN, or after `gh auth login`\n";
    assert!(said.err.starts_with(until), "{}", said.err);
    assert!(said.err.ends_with("note: 2 issues: 2 free; 7 not answered\n"), "{}", said.err);
    assert_eq!(server.log().len(), 3, "nobody goes on asking: {:?}", paths(&server));
    assert_eq!(states(&said).iter().filter(|state| state.starts_with("open")).count(), 2);
    // What was answered is not asked again, what was not is.
    is_next_hour.store(true, Ordering::Relaxed);
    let said = check(&sandbox, &["--jobs", "1"]);
    assert_eq!(said.err, "note: 9 issues: 9 free\n");
    assert_eq!(paths(&server).iter().filter(|path| path.ends_with("/issues/1")).count(), 1);
}

#[test]
fn hosts_that_do_not_answer_cost_little() {
    let server = Server::start(|request, out| {
        if request.path.starts_with("/slow.example.org") {
            thread::sleep(Duration::from_secs(3));
        }
        let told = match request.path.as_str() {
            path if path.starts_with("/busy.example.org") => answer("429 Too Many Requests", &["Retry-After: 3600"], ""),
            _ => answer("200 OK", &[HTML], ""),
        };
        write(out, told);
    });
    let urls: Vec<String> = ["slow", "busy", "well"]
        .into_iter()
        .flat_map(|host| (0..6).map(move |number| format!("https://{host}.example.org/{number}")))
        .collect();
    let titles: Vec<String> = (0..urls.len()).map(|number| format!("Fig {number}")).collect();
    let ideas: Vec<_> = titles.iter().zip(&urls).map(|(title, url)| (title.as_str(), "", url.as_str())).collect();
    let sandbox = user(&server, &ideas);
    let said = check(&sandbox, &["--timeout", "500ms", "--format", "json"]);
    let states = states(&said);
    assert_eq!(states.iter().filter(|state| state.starts_with("reachable https://well.")).count(), 6, "{states:?}");
    assert_eq!(states.iter().filter(|state| state.starts_with("- ")).count(), 12, "{states:?}");
    let asked = |host: &str| server.log().iter().filter(|request| request.path.starts_with(host)).count();
    assert!(asked("/slow.") <= 4 && asked("/busy.") <= 4, "{:?}", paths(&server));
    assert!(said.err.contains("slow.example.org: 6 addresses not answered: timed out after 500ms"), "{}", said.err);
    assert!(said.err.contains("busy.example.org: 6 addresses not answered: HTTP 429"), "{}", said.err);
}

#[test]
fn sites_that_close_pages_to_programs_are_left_alone() {
    let server = Server::with_robots(|request, out| {
        let robots = "User-agent: *\nDisallow: /private/\n";
        let told =
            if request.path.ends_with("/robots.txt") { answer("200 OK", &[], robots) } else { answer("200 OK", &[HTML], "") };
        write(out, told);
    });
    let sandbox = user(&server, &[("Figs", "", "https://example.org/private/a"), ("Pears", "", "https://example.org/open")]);
    let said = check(&sandbox, &["--format", "json"]);
    assert_eq!(states(&said), ["- https://example.org/private/a", "reachable https://example.org/open"]);
    assert_eq!(paths(&server), ["/example.org/open", "/example.org/robots.txt"]);
    assert!(said.err.contains("the site's robots.txt disallows it"), "{}", said.err);
}

#[test]
#[cfg(unix)]
fn what_was_answered_before_an_interruption_stays() {
    let (server, gate) = {
        let (arrived, has_arrived) = std::sync::mpsc::channel();
        let arrived = std::sync::Mutex::new(arrived);
        let server = Server::start(move |request, out| {
            if request.path.ends_with("/last") {
                // The answers before it are kept by then.
                thread::sleep(Duration::from_millis(500));
                let _ = arrived.lock().unwrap().send(());
                thread::sleep(Duration::from_secs(20));
            }
            write(out, answer("200 OK", &[HTML], ""));
        });
        (server, has_arrived)
    };
    let sandbox = user(&server, &[("Figs", "", "https://a.example.org/1"), ("Pears", "", "https://b.example.org/last")]);
    let mut command = sandbox.ideas(["--catalog", "ideas.md", "check", "--timeout", "30s"]);
    let child = command.stderr(std::process::Stdio::piped()).stdout(std::process::Stdio::piped()).spawn().unwrap();
    gate.recv_timeout(Duration::from_secs(20)).unwrap();
    let pid = rustix::process::Pid::from_child(&child);
    rustix::process::kill_process(pid, rustix::process::Signal::INT).unwrap();
    let said = Said::from(child.wait_with_output().unwrap());
    assert_eq!(said.code, None, "{said:?}");
    assert!(said.err.contains("interrupted: answers so far are kept"), "{}", said.err);
    let known = check(&sandbox, &["--offline", "--format", "json"]);
    assert_eq!(states(&known), ["reachable https://a.example.org/1", "- https://b.example.org/last"]);
}

#[test]
fn a_damaged_store_is_told_and_hides_no_idea() {
    let server = Server::always(answer("200 OK", &[HTML], ""));
    let sandbox = user(&server, &[("Figs", "", "https://example.org/1")]);
    sandbox.write("data/ideas.sqlite", "no database at all, but long enough to be taken for one".repeat(40));
    let said = call(&sandbox, &["list", "--format", "ids"]);
    assert_eq!((said.code, said.out.as_str()), (Some(0), "figs-j5bjl\n"));
    assert!(
        said.err.contains("warning: ") && said.err.contains("what `ideas check` was answered cannot be read"),
        "{}",
        said.err
    );
    let said = check(&sandbox, &[]);
    assert_eq!(said.code, Some(2), "{said:?}");
    assert!(said.err.contains("`ideas sync` sets the file aside"), "{}", said.err);
    assert!(server.log().is_empty());
}
