//! Sites as they lie on the disk: every link leads to a file, every page has its policy, the same ideas give the same bytes, and
//! a folder that holds something else is left alone. `tests/site/browser.mjs` drives one in a browser.
#![allow(clippy::unwrap_used)] // a test that cannot go on has failed

use std::collections::BTreeMap;
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

fn ideas() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_ideas"));
    command.current_dir(env!("CARGO_MANIFEST_DIR")).env_remove("IDEAS_CATALOG").env("IDEAS_TODAY", "2026-02-20");
    command
}

fn site(out: &Path, day: &str, more: &[&str]) -> Output {
    ideas().env("IDEAS_TODAY", day).args(["--catalog", "tests/mentoring", "site", "--out"]).arg(out).args(more).output().unwrap()
}

/// Every file below a folder, by its path there.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut open: Vec<PathBuf> = vec![folder.to_owned()];
    let mut files = BTreeMap::new();
    while let Some(path) = open.pop() {
        if path.is_dir() {
            open.extend(fs::read_dir(path).unwrap().map(|entry| entry.unwrap().path()));
        } else {
            let name = path.strip_prefix(folder).unwrap().to_str().unwrap().replace('\\', "/");
            files.insert(name, fs::read(path).unwrap());
        }
    }
    files
}

/// Where the links, styles and scripts of a page lead, from the site's folder; `None` outside of it.
fn targets(page: &str, text: &str) -> Vec<Option<String>> {
    let mut targets = Vec::new();
    for attribute in [" href=\"", " src=\""] {
        for rest in text.split(attribute).skip(1) {
            let url = rest.split('"').next().unwrap();
            if url.contains("://") {
                targets.push(None);
                continue;
            }
            let folder = page.rsplit_once('/').map_or("", |(folder, _)| folder);
            let path = match (url.strip_prefix("../"), url.split_once('#')) {
                (Some(up), _) => up.to_owned(),
                (None, Some(("", _))) => page.to_owned(),
                (None, _) if folder.is_empty() => url.to_owned(),
                (None, _) => format!("{folder}/{url}"),
            };
            targets.push(Some(path));
        }
    }
    targets
}

#[test]
fn every_link_of_a_site_leads_somewhere() {
    let temp = tempfile::tempdir().unwrap();
    let out = temp.path().join("site");
    let run = site(&out, "2026-02-20", &[]);
    assert!(run.status.success(), "{run:?}");
    let files = files(&out);
    let mut links = 0;
    for (page, text) in files.iter().filter(|(_, text)| text.starts_with(b"<!DOCTYPE html>")) {
        let text = std::str::from_utf8(text).unwrap();
        for target in targets(page, text).into_iter().flatten() {
            assert!(files.contains_key(&target), "{page} leads to {target}");
            links += 1;
        }
        assert!(text.contains("http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "), "{page}");
        assert!(!text.contains("<style") && !text.contains(" style=") && !text.contains("@example.org"), "{page}");
        // What is loaded lies beside: a link may lead to the web, a script or a style may not.
        for loaded in text.split("<script").skip(1).chain(text.split("<link").skip(1)) {
            assert!(!loaded.split('>').next().unwrap().contains("://"), "{page}: {loaded}");
        }
    }
    assert!(links > 100, "only {links} links");
    for (path, bytes) in &files {
        assert!(!String::from_utf8_lossy(bytes).contains("ada@example"), "{path} has an address");
    }
    let json: Vec<serde_json::Value> = serde_json::from_slice(&files["ideas.json"]).unwrap();
    assert!(json.len() > 5);
}

#[test]
fn a_link_that_leads_nowhere_would_be_seen() {
    let page = r##"<a href="../x.html"><a href="y.html"><a href="https://example.org"><a href="#main"><script src="../z.js">"##;
    let expected = ["x.html", "ideas/y.html", "", "ideas/a.html", "z.js"].map(str::to_owned);
    assert_eq!(targets("ideas/a.html", page), expected.map(|path| (!path.is_empty()).then_some(path)));
}

#[test]
fn addresses_are_published_if_that_is_asked_for() {
    let temp = tempfile::tempdir().unwrap();
    site(temp.path(), "2026-02-20", &["--with-addresses"]);
    let files = files(temp.path());
    let page = &files["ideas/lanternfish-stream-beacons-over-grpc.html"];
    assert!(String::from_utf8_lossy(page).contains("<a href=\"mailto:ada@example.org\">"));
}

#[test]
fn the_same_ideas_give_the_same_bytes() {
    let temp = tempfile::tempdir().unwrap();
    let [one, other] = ["one", "other"].map(|name| temp.path().join(name));
    site(&one, "2026-02-20", &["--skill", "go"]);
    site(&other, "2026-02-20", &["--skill", "go"]);
    assert_eq!(files(&one), files(&other));
    // On another day nothing is new, and what comes is.
    let run = site(&one, "2026-03-01", &["--skill", "go"]);
    assert!(String::from_utf8_lossy(&run.stderr).contains("nothing has changed"), "{run:?}");
    site(&one, "2026-03-01", &[]);
    let feed = String::from_utf8(files(&one).remove("feed.xml").unwrap()).unwrap();
    let days: Vec<&str> = feed.split("<published>").skip(1).map(|rest| &rest[..10]).collect();
    assert!(days.starts_with(&["2026-03-01"]) && days.ends_with(&["2026-02-20"]), "{days:?}");
    // What is no longer chosen goes.
    site(&one, "2026-03-01", &["--skill", "go"]);
    let pages = |path: &Path| files(path).into_keys().filter(|path| path.starts_with("ideas/")).collect::<Vec<_>>();
    assert_eq!(pages(&one), pages(&other));
}

#[test]
fn other_folders_are_left_alone() {
    let temp = tempfile::tempdir().unwrap();
    fs::write(temp.path().join("thesis.tex"), "mine").unwrap();
    let run = site(temp.path(), "2026-02-20", &[]);
    assert_eq!(run.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&run.stderr).contains("is not empty, and holds no site"), "{run:?}");
    assert_eq!(files(temp.path()).len(), 1);
}

#[test]
fn a_site_is_shown_on_loopback() {
    let args = ["--catalog", "tests/mentoring", "site", "--serve", "--port", "0"];
    let mut server = ideas().args(args).stderr(Stdio::piped()).stdout(Stdio::null()).spawn().unwrap();
    let mut note = String::new();
    BufReader::new(server.stderr.take().unwrap()).read_line(&mut note).unwrap();
    let address = note.split("http://").nth(1).and_then(|rest| rest.split('/').next()).unwrap().to_owned();
    assert!(address.starts_with("127.0.0.1:"), "{note}");
    let get = |path: &str| {
        let mut stream = TcpStream::connect(&address).unwrap();
        write!(stream, "GET {path} HTTP/1.0\r\nHost: {address}\r\n\r\n").unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer
    };
    let (home, outside) = (get("/"), get("/../Cargo.toml"));
    server.kill().unwrap();
    server.wait().unwrap();
    assert!(home.contains("200 OK") && home.contains("id=\"search\""), "{home}");
    assert!(outside.contains("404"), "{outside}");
}
