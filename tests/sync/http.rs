//! Pages by HTTP: what servers do, and what becomes of it.

use std::io::{Read, Write};
use std::thread;
use std::time::{Duration, Instant};

use super::sandbox::{Sandbox, page};
use super::server::{Server, answer, ok};

/// Fetches once more with a short patience.
fn sync(sandbox: &Sandbox, retries: u32) -> super::sandbox::Said {
    sandbox.call(["sync", "--timeout", "2s", "--retries", &retries.to_string()])
}

#[test]
fn what_has_not_changed_is_not_sent_again() {
    for (validator, condition) in [
        ("ETag: \"v1\"", ("if-none-match", "\"v1\"")),
        ("Last-Modified: Wed, 21 Oct 2026 07:28:00 GMT", ("if-modified-since", "Wed, 21 Oct 2026 07:28:00 GMT")),
    ] {
        let server = Server::start(move |request, out| {
            let known = request.headers.get(condition.0).is_some_and(|value| value == condition.1);
            let whole = answer("200 OK", &[validator], page(&["Apples"]));
            let _ = out.write_all(&if known { answer("304 Not Modified", &[], "") } else { whole });
        });
        let sandbox = Sandbox::with_page(&server.url("/ideas.md"));
        let first = sandbox.run(["sync"]);
        assert_eq!(first.err, "note: page: 1 new; 1 idea on 1 page\n");
        let second = sandbox.run(["sync"]);
        assert_eq!((second.out.as_str(), second.err.as_str()), ("", "note: page: nothing changed; 1 idea on 1 page\n"));
        assert_eq!(sandbox.titles(), ["Apples"]);
        let asked: Vec<bool> = server.log().iter().map(|request| request.headers.contains_key(condition.0)).collect();
        assert_eq!(asked, [false, true], "{validator}");
    }
}

#[test]
fn what_was_lost_is_fetched_again_though_it_has_not_changed() {
    let server = Server::start(|request, out| {
        let known = request.headers.contains_key("if-none-match");
        let whole = answer("200 OK", &["ETag: \"v1\""], page(&["Apples"]));
        let _ = out.write_all(&if known { answer("304 Not Modified", &[], "") } else { whole });
    });
    let sandbox = Sandbox::with_page(&server.url("/ideas.md"));
    sandbox.run(["sync"]);
    for damage in [
        "DELETE FROM contents",
        "UPDATE contents SET content = CAST(replace(CAST(content AS TEXT), 'Apples', 'Applex') AS BLOB)",
        "UPDATE contents SET content = x'637574'",
    ] {
        assert_eq!(sandbox.titles(), ["Apples"]);
        sandbox.sql(damage);
        assert_eq!(sandbox.titles(), ["Apples"], "what was read of it is known");
        assert_eq!(sandbox.call(["list", "--no-cache"]).code, Some(2), "{damage}");
        sandbox.run(["sync"]);
        assert_eq!(sandbox.call(["list", "--no-cache"]).code, Some(0), "{damage}");
    }
}

#[test]
fn the_address_and_the_facts_of_a_source_go_with_its_ideas() {
    let server = Server::always(ok(page(&["Apples"])));
    let sandbox = Sandbox::new();
    let url = server.url("/pages/ideas.md?raw=1");
    sandbox.run(["sources", "add", &url, "--organization", "Orchard", "--program", "gsoc", "--term", "2026"]);
    sandbox.run(["sync"]);
    let ideas: serde_json::Value = serde_json::from_str(&sandbox.run(["list", "--format", "json"]).out).unwrap();
    let idea = &ideas[0];
    assert_eq!((&idea["organization"], &idea["program"], &idea["term"]), (&"Orchard".into(), &"gsoc".into(), &"2026".into()));
    assert_eq!(idea["source"]["url"], url);
    assert!(idea["source"]["path"].as_str().unwrap().ends_with("/pages/ideas.md"), "{}", idea["source"]);
    let why = sandbox.run(["show", "apples", "--why"]).out;
    assert!(why.contains("/pages/ideas.md:3"), "{why}");
}

#[test]
fn what_cannot_be_had_keeps_its_last_good_copy() {
    // What the server answers once the page was fetched, and what is said of it.
    let cut = b"HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n# Ideas\n\n## Pe".to_vec();
    let chunk = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n400\r\n# Ideas\n\n## Pe".to_vec();
    let wrong = b"HTTP/1.1 200 OK\r\nContent-Length: many\r\n\r\n# Ideas".to_vec();
    let two = b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 7\r\n\r\n# Ideas".to_vec();
    let large = b"HTTP/1.1 200 OK\r\nContent-Length: 99999999\r\n\r\n# Ideas".to_vec();
    for (answer, said) in [
        (answer("404 Not Found", &[], "no"), "HTTP 404: page not found"),
        (answer("410 Gone", &[], "no"), "HTTP 410: the page was removed for good; `ideas sources remove` forgets it"),
        (answer("403 Forbidden", &[], "no"), "HTTP 403: access denied; only public pages are fetched"),
        (answer("500 Internal Server Error", &[], "no"), "HTTP 500: internal server error; try again later"),
        (answer("204 No Content", &[], ""), "HTTP 204"),
        (answer("206 Partial Content", &[], "# Ideas"), "HTTP 206"),
        (answer("429 Too Many Requests", &["Retry-After: 3600"], ""), "HTTP 429: the server asks to wait 1h; try again then"),
        (
            answer("302 Found", &["Location: file:///etc/passwd"], ""),
            "redirect to `file:///etc/passwd` not followed: only https:// and http:// are fetched",
        ),
        (
            ok("404: Not Found"),
            "holds no ideas any more, and had 1 idea; if that is right, `ideas sync page --allow-empty` takes it as it is, and `ideas sources remove page` forgets it",
        ),
        (ok("{\"programs\": [{\"name\": \"Pe"), "this is no valid JSON: EOF"),
        (
            answer("302 Found", &["Location: https://me:secret@example.org/a.md"], ""),
            "redirect to `https://…@example.org/a.md` not followed: a user or password stands in it",
        ),
        (answer("302 Found", &[], ""), "HTTP 302: a redirect without a location"),
        (answer("302 Found", &["Location: "], ""), "HTTP 302: a redirect without a location"),
        (answer("302 Found", &["Location: /again"], ""), "too many redirects (more than 5)"),
        (
            answer("200 OK", &["Content-Type: text/html"], "<p>Ideas"),
            "is a web page (HTML), though its address says that it is Markdown or JSON; does it need a login, or has the page moved?",
        ),
        (
            ok("<!doctype html><title>Log in</title>"),
            "is a web page (HTML), though its address says that it is Markdown or JSON; does it need a login, or has the page moved?",
        ),
        (ok(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"), "is no text"),
        (ok(""), "is empty"),
        (ok("\u{feff} \n"), "is empty"),
        (
            answer("200 OK", &["Content-Encoding: gzip"], b"\x1f\x8b\x08\0bomb"),
            "invalid HTTP response: gzip decompression failed",
        ),
        (answer("200 OK", &["Content-Encoding: br"], b"bomb"), "unsupported Content-Encoding `br`"),
        (cut, "connection closed before the answer was complete"),
        (chunk, "connection closed before the answer was complete"),
        (wrong, "invalid HTTP response: "),
        (two, "invalid HTTP response: "),
        (large, "is larger than 10 MiB, the most that a page may have"),
        (b"SSH-2.0-OpenSSH_9.9\r\n".to_vec(), "invalid HTTP response: "),
        (Vec::new(), "connection closed before the answer was complete"),
    ] {
        let shown = String::from_utf8_lossy(&answer).into_owned();
        let server = Server::start(move |request, out| {
            let first = request.before == 0 && request.path == "/ideas.md";
            let _ = out.write_all(if first { ok(page(&["Apples"])) } else { answer.clone() }.as_slice());
        });
        let sandbox = Sandbox::with_page(&server.url("/ideas.md"));
        sandbox.run(["sync"]);
        let failed = sync(&sandbox, 0);
        assert_eq!(failed.code, Some(2), "{shown}: {failed:?}");
        assert!(failed.err.starts_with(&format!("error: page: {said}")), "{shown}: {failed:?}");
        assert!(failed.err.contains("; the copy of 2") && failed.err.ends_with(" stays\n"), "{failed:?}");
        assert_eq!((failed.out.as_str(), sandbox.titles()), ("", vec!["Apples".to_owned()]), "{shown}");
    }
}

#[test]
fn what_fails_for_a_moment_is_tried_again() {
    for (trouble, least) in [
        (answer("500 Internal Server Error", &[], ""), Duration::ZERO),
        (answer("503 Service Unavailable", &["Retry-After: 0"], ""), Duration::ZERO),
        (answer("429 Too Many Requests", &["Retry-After: 1"], ""), Duration::from_secs(1)),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n# Ideas\n\n## Pe".to_vec(), Duration::ZERO),
        (Vec::new(), Duration::ZERO),
    ] {
        let shown = String::from_utf8_lossy(&trouble).into_owned();
        let server = Server::start(move |request, out| {
            let _ = out.write_all(if request.before == 0 { trouble.clone() } else { ok(page(&["Apples"])) }.as_slice());
        });
        let sandbox = Sandbox::with_page(&server.url("/ideas.md"));
        let begun = Instant::now();
        let said = sync(&sandbox, 1);
        assert_eq!(said.code, Some(0), "{shown}");
        assert!(said.err.starts_with(&format!("note: retrying {}: ", server.url("/ideas.md"))), "{shown}: {}", said.err);
        assert!(said.err.ends_with("\nnote: page: 1 new; 1 idea on 1 page\n"), "{shown}: {}", said.err);
        assert!(begun.elapsed() >= least, "{shown}: after {:?}", begun.elapsed());
        assert_eq!(server.log().len(), 2, "{shown}");
    }
}

#[test]
fn what_will_not_get_better_is_not_tried_again() {
    for status in ["404 Not Found", "403 Forbidden", "400 Bad Request"] {
        let server = Server::always(answer(status, &[], ""));
        let sandbox = Sandbox::with_page(&server.url("/ideas.md"));
        assert_eq!(sync(&sandbox, 3).code, Some(2));
        assert_eq!(server.log().len(), 1, "{status}");
    }
}

#[test]
fn nobody_waits_forever() {
    // A server that says nothing, one that stalls in the middle, and one that sends a byte from time to time.
    let silent = Server::start(|_, _| thread::sleep(Duration::from_secs(20)));
    let stalling = Server::start(|_, out| {
        let _ = out.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n# Ideas");
        thread::sleep(Duration::from_secs(20));
    });
    let dripping = Server::start(|_, out| {
        let _ = out.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n");
        for _ in 0..200 {
            if out.write_all(b"#").is_err() {
                break;
            }
            thread::sleep(Duration::from_millis(100));
        }
    });
    for server in [silent, stalling, dripping] {
        let sandbox = Sandbox::with_page(&server.url("/ideas.md"));
        let begun = Instant::now();
        let said = sandbox.call(["sync", "--timeout", "700ms", "--retries", "0"]);
        assert_eq!(said.err, "error: page: timed out after 700ms; `--timeout` sets another limit\n");
        assert!(begun.elapsed() < Duration::from_secs(5), "{:?}", begun.elapsed());
    }
}

#[test]
fn a_page_without_end_is_cut_short() {
    let server = Server::start(|_, out| {
        let _ = out.write_all(b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n");
        let piece = vec![b'a'; 1 << 20];
        while out.write_all(&piece).is_ok() {}
    });
    let sandbox = Sandbox::with_page(&server.url("/ideas.md"));
    let said = sandbox.call(["sync", "--retries", "0"]);
    assert_eq!(said.err, "error: page: is larger than 10 MiB, the most that a page may have\n");
}

#[test]
fn a_server_that_is_gone_is_told() {
    let url = {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        format!("http://{}/ideas.md", listener.local_addr().unwrap())
    };
    let said = sync(&Sandbox::with_page(&url), 1);
    let told = format!(
        "note: retrying {url}: connection refused\nerror: page: connection refused\nnote: page: it is at {url}; it was never fetched, and \
         stays one of your sources: `ideas sync page` tries again, `ideas sources remove page` removes it\n"
    );
    assert_eq!((said.code, said.err), (Some(2), told));
}

#[test]
fn what_stands_in_for_a_source_that_failed_says_so() {
    let server = Server::start(|_, out| {
        let _ = out.write_all(&answer("404 Not Found", &[], "no"));
    });
    let sandbox = Sandbox::with_page(&server.url("/ideas.md"));
    assert_eq!(sync(&sandbox, 0).code, Some(2));
    let changes = sandbox.call(["changes"]);
    assert_eq!(changes.err, "note: nothing was fetched yet: source `page` failed: HTTP 404: page not found\n");
    let list = sandbox.call(["list", "--limit", "1"]);
    assert!(
        list.err.ends_with("source `page` failed: HTTP 404: page not found, so this is the built-in catalogue\n"),
        "{}",
        list.err
    );
}

#[test]
fn sources_without_ideas_are_no_silence() {
    let server = Server::start(|_, out| {
        let _ = out.write_all(&answer("200 OK", &[], "# Minutes\n\nNobody came.\n"));
    });
    let sandbox = Sandbox::with_page(&server.url("/ideas.md"));
    sandbox.run(["sync"]);
    let list = sandbox.call(["list"]);
    assert_eq!((list.code, list.out.as_str()), (Some(0), ""));
    assert!(list.err.starts_with("note: your sources hold no ideas; "), "{}", list.err);
}

#[test]
fn a_host_that_is_gone_is_not_asked_for_every_source() {
    let gone = {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        format!("http://{}/", listener.local_addr().unwrap())
    };
    let sandbox = Sandbox::with_page(&format!("{gone}0.md"));
    for number in 1..12 {
        sandbox.run(["sources", "add", &format!("{gone}{number}.md"), "--name", &format!("page{number}")]);
    }
    let begun = std::time::Instant::now();
    let said = sandbox.call(["sync", "--jobs", "1", "--retries", "2"]);
    let took = begun.elapsed();
    assert_eq!(said.code, Some(2));
    assert_eq!(
        said.err.matches("connection refused\n").count(),
        2 + 12,
        "two retries of the first, and each is told: {}",
        said.err
    );
    assert!(said.err.starts_with("note: fetching 12 sources\nnote: retrying "), "{}", said.err);
    // Alone, the pauses of each would take at least 750 ms.
    assert!(took < std::time::Duration::from_secs(6), "{took:?}");
}

#[test]
fn redirects_are_followed_to_their_end() {
    let server = Server::start(|request, out| {
        let to = match request.path.as_str() {
            "/ideas.md" => Some("/a/b?x=1"),
            "/a/b?x=1" => Some("../c.md#top"),
            _ => None,
        };
        let _ = out.write_all(&match to {
            Some(to) => answer("301 Moved Permanently", &[&format!("Location: {to}")], ""),
            None => ok(page(&["Apples"])),
        });
    });
    let sandbox = Sandbox::with_page(&server.url("/ideas.md"));
    sandbox.run(["sync"]);
    let asked: Vec<_> = server.log().into_iter().map(|request| request.path).collect();
    assert_eq!(asked, ["/ideas.md", "/a/b?x=1", "/c.md"]);
}

#[test]
fn compression_is_not_asked_for() {
    let server = Server::always(ok(page(&["Apples"])));
    Sandbox::with_page(&server.url("/ideas.md")).run(["sync"]);
    let request = &server.log()[0];
    assert_eq!(request.headers["accept-encoding"], "identity");
    assert!(request.headers["user-agent"].starts_with("ideas/"));
}

#[test]
fn text_that_is_no_utf8_is_a_page_all_the_same() {
    let server = Server::always(ok(b"## Caf\xe9\n\n- Skills: Go\n- Mentor: Ada Brook\n"));
    let sandbox = Sandbox::with_page(&server.url("/ideas.md"));
    sandbox.run(["sync"]);
    assert_eq!(sandbox.titles(), ["Caf\u{fffd}"]);
}

#[test]
fn one_that_fails_hides_no_other() {
    let server = Server::start(|request, out| {
        let _ = out.write_all(&match request.path.as_str() {
            "/a.md" => ok(page(&["Apples"])),
            "/c.md" => ok(page(&["Cherries"])),
            _ => answer("404 Not Found", &[], ""),
        });
    });
    let sandbox = Sandbox::new();
    for name in ["c", "b", "a"] {
        sandbox.run(["sources", "add", &server.url(&format!("/{name}.md")), "--name", name]);
    }
    let said = sandbox.call(["sync"]);
    assert_eq!(said.code, Some(2));
    assert_eq!(
        said.err,
        "note: c: 1 new; 1 idea on 1 page\nerror: b: HTTP 404: page not found\nnote: a: 1 new; 1 idea on 1 page\n"
    );
    assert_eq!(said.out, "c\n  + Cherries\n\na\n  + Apples\n");
    assert_eq!(sandbox.titles(), ["Apples", "Cherries"]);
}

#[test]
fn many_are_fetched_at_a_time() {
    let server = Server::start(|_, out| {
        thread::sleep(Duration::from_millis(400));
        let _ = out.write_all(&ok(page(&["Apples"])));
    });
    let sandbox = Sandbox::new();
    for name in ["a", "b", "c", "d", "e", "f"] {
        sandbox.run(["sources", "add", &server.url(&format!("/{name}.md")), "--name", name]);
    }
    let begun = Instant::now();
    sandbox.run(["sync", "--jobs", "6"]);
    assert!(begun.elapsed() < Duration::from_millis(6 * 400), "{:?}", begun.elapsed());
}

#[test]
fn a_protected_address_wants_a_protected_server() {
    let server = Server::always(ok(page(&["Apples"])));
    let sandbox = Sandbox::with_page(&server.url("/ideas.md").replace("http:", "https:"));
    let said = sync(&sandbox, 0);
    assert_eq!(said.code, Some(2));
    assert!(said.err.starts_with("error: page: "), "{}", said.err);
    assert!(!server.log().iter().any(|request| request.path == "/ideas.md"), "it was asked for in the open");
}

#[test]
fn a_proxy_is_used() {
    let proxy = Server::start(|request, out| {
        // It is asked for a tunnel first, and what comes through that is the request.
        assert_eq!(request.path, "nowhere.example.org:80");
        let _ = out.write_all(b"HTTP/1.1 200 OK\r\n\r\n");
        let _ = out.read(&mut [0; 4096]);
        let _ = out.write_all(&ok(page(&["Apples"])));
    });
    let sandbox = Sandbox::with_page("http://nowhere.example.org/ideas.md");
    let output = sandbox.ideas(["sync"]).env("http_proxy", proxy.url("")).env_remove("NO_PROXY").output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert_eq!(sandbox.titles(), ["Apples"]);
}

#[test]
fn a_pause_is_no_longer_than_an_attempt() {
    for (asked, said) in [
        ("Retry-After: 2", "HTTP 503: the server asks to wait 2s; try again then"),
        ("Retry-After: 86400", "HTTP 503: the server asks to wait 1 day; try again then"),
        ("Retry-After: 99999999999999999999999", "HTTP 503: the server asks to wait more than 30 days; try again then"),
        ("Retry-After: 90", "HTTP 503: the server asks to wait 1m 30s; try again then"),
    ] {
        let server = Server::always(answer("503 Service Unavailable", &[asked], ""));
        let sandbox = Sandbox::with_page(&server.url("/ideas.md"));
        let begun = Instant::now();
        let told = sandbox.call(["sync", "--timeout", "1s", "--retries", "3"]);
        assert_eq!((told.code, told.err), (Some(2), format!("error: page: {said}\n")));
        assert!(begun.elapsed() < Duration::from_secs(2), "{:?}", begun.elapsed());
        assert_eq!(server.log().len(), 1, "who cannot wait does not ask again");
    }
    // Whoever gives up says it as well.
    let server = Server::always(answer("429 Too Many Requests", &["Retry-After: 1"], ""));
    let sandbox = Sandbox::with_page(&server.url("/ideas.md"));
    assert_eq!(sync(&sandbox, 0).err, "error: page: HTTP 429: the server asks to wait 1s; try again then\n");
}

#[test]
fn a_page_that_is_back_is_fetched_as_it_is_now() {
    let server = Server::start(|request, out| {
        let _ = out.write_all(&match request.before {
            0 => answer("200 OK", &["ETag: \"v1\""], page(&["Apples"])),
            1 => answer("404 Not Found", &[], ""),
            _ => answer("200 OK", &["ETag: \"v2\""], page(&["Pears"])),
        });
    });
    let sandbox = Sandbox::with_page(&server.url("/ideas.md"));
    sandbox.run(["sync"]);
    assert_eq!(sync(&sandbox, 0).code, Some(2));
    assert_eq!(sandbox.titles(), ["Apples"]);
    assert_eq!(sync(&sandbox, 0).out, "page\n  + Pears\n  - Apples\n");
}
