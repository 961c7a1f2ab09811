//! One server on this machine in the place of every host, and what it was asked.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::io::Write;
use std::net::TcpStream;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use flate2::Compression;
use flate2::write::GzEncoder;

use super::faults::{BAD_DAY, FAULTS, Fault};
use super::web::{Publisher, Served, Validator, decoded};
use crate::sandbox::Sandbox;
use crate::server::{Request, Server, answer};

/// How long a server thinks.
const LATENCY: Duration = Duration::from_millis(50);

/// How long a server that never answers keeps the connection.
const SILENCE: Duration = Duration::from_secs(90);

const DATE: &str = "Sun, 01 Feb 2026 10:00:00 GMT";

/// A request that was answered with a page.
#[derive(Clone, Debug)]
pub(super) struct Answered {
    pub(super) address: String,
    pub(super) slug: String,
    /// 200, or 304.
    pub(super) status: u16,
    /// The server says which state of the page that is.
    pub(super) has_validator: bool,
}

pub(super) struct Mirror {
    server: Server,
    state: Arc<State>,
}

struct State {
    publishers: Vec<Publisher>,
    /// Whose an address is, by its place among the publishers.
    owners: HashMap<String, usize>,
    is_bad_day: AtomicBool,
    answered: Mutex<Vec<Answered>>,
}

impl Mirror {
    pub(super) fn of(publishers: Vec<Publisher>) -> Self {
        let owner =
            |(at, publisher): (usize, &Publisher)| publisher.pages.keys().map(move |key| (key.clone(), at)).collect::<Vec<_>>();
        let owners = publishers.iter().enumerate().flat_map(owner).collect();
        let state = Arc::new(State { publishers, owners, is_bad_day: AtomicBool::new(false), answered: Mutex::default() });
        let serving = Arc::clone(&state);
        Mirror { server: Server::with_robots(move |request, out| serving.serve(request, out)), state }
    }

    pub(super) fn publishers(&self) -> &[Publisher] {
        &self.state.publishers
    }

    /// A user for whom the server stands in for all of the web.
    pub(super) fn sandbox(&self) -> Sandbox {
        let sandbox = Sandbox::new();
        let mut mirrors = format!("[mirrors]\n\"https://\" = \"{}\"\n", self.server.url("/"));
        for publisher in self.publishers() {
            let host = &publisher.host;
            let there = match fault(&publisher.slug) {
                Some(Fault::Refused) => "http://127.0.0.1:9/".to_owned(),
                Some(Fault::NoTls) => self.server.url("/").replace("http://", "https://"),
                _ => continue,
            };
            let _ = writeln!(mirrors, "\"https://{host}/\" = \"{there}\"");
        }
        sandbox.write("data/sources.toml", mirrors);
        sandbox
    }

    /// From now on, most of the web is ill.
    pub(super) fn begin_bad_day(&self) {
        self.state.is_bad_day.store(true, Ordering::SeqCst);
    }

    /// What was answered since this was asked the last time.
    pub(super) fn answered(&self) -> Vec<Answered> {
        std::mem::take(&mut self.state.answered.lock().unwrap())
    }
}

/// What is wrong with an organization's pages on every day.
pub(super) fn fault(slug: &str) -> Option<Fault> {
    FAULTS.iter().find(|(name, _)| *name == slug).map(|(_, fault)| *fault)
}

/// What is wrong with them on a bad day: of three organizations two are ill.
pub(super) fn fault_of_bad_day(at: usize, slug: &str) -> Option<Fault> {
    fault(slug).or_else(|| (!at.is_multiple_of(3)).then(|| BAD_DAY[at / 3 % BAD_DAY.len()]))
}

impl State {
    fn serve(&self, request: &Request, out: &mut TcpStream) {
        thread::sleep(LATENCY);
        let address = decoded(request.path.trim_start_matches('/'));
        if let Some(host) = address.strip_suffix("/robots.txt") {
            let is_closed = self.publishers.iter().any(|it| it.host == host && fault(&it.slug) == Some(Fault::Robots));
            let robots = if is_closed { "User-agent: *\nDisallow: /\n" } else { "User-agent: *\nDisallow: /private/\n" };
            let _ = out.write_all(&answer("200 OK", &["Content-Type: text/plain"], robots));
            return;
        }
        let found = self.find(&address);
        let Some((key, at)) = found else {
            let _ = out.write_all(&answer("404 Not Found", &["Content-Type: text/html"], "<h1>Not found</h1>"));
            return;
        };
        let publisher = &self.publishers[at];
        let fault =
            if self.is_bad_day.load(Ordering::SeqCst) { fault_of_bad_day(at, &publisher.slug) } else { fault(&publisher.slug) };
        let ill = fault.and_then(|fault| fault.answer(&address, request.before));
        let served = ill.as_ref().unwrap_or(&publisher.pages[&key]);
        match served {
            Served::Status(status, header) => {
                let headers: &[&str] = if header.is_empty() { &[] } else { &[header] };
                let _ = out.write_all(&answer(status, headers, ""));
            }
            Served::Silence => thread::sleep(SILENCE),
            Served::Endless => {
                let _ = out.write_all(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n");
                let chunk = format!("10000\r\n{}\r\n", "<p>On and on\n".repeat(5042).get(..65536).unwrap());
                while out.write_all(chunk.as_bytes()).is_ok() {}
            }
            Served::Cut => {
                let _ = out.write_all(
                    b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 5000\r\n\r\n<!doctype html><h1>Ide",
                );
            }
            Served::Page { kind, body, validator, next } => {
                let etag = format!("\"{:x}-{}\"", body.len(), body.bytes().map(u32::from).sum::<u32>());
                let (validator, sent, known) = match validator {
                    Validator::Etag => (Some(format!("ETag: {etag}")), "if-none-match", etag.as_str()),
                    Validator::Date => (Some(format!("Last-Modified: {DATE}")), "if-modified-since", DATE),
                    Validator::None => (None, "", ""),
                };
                let is_known = validator.is_some() && request.headers.get(sent).is_some_and(|said| said == known);
                let status = if is_known { 304 } else { 200 };
                let slug = publisher.slug.clone();
                let told = Answered { address, slug, status, has_validator: validator.is_some() };
                self.answered.lock().unwrap().push(told);
                let mut headers: Vec<String> = vec![format!("Content-Type: {kind}")];
                headers.extend(validator);
                headers.extend(next.as_ref().map(|next| format!("Link: <https://{next}>; rel=\"next\"")));
                let mut bytes = body.clone().into_bytes();
                if fault == Some(Fault::Packed) {
                    headers.push("Content-Encoding: gzip".to_owned());
                    let mut packed = GzEncoder::new(Vec::new(), Compression::fast());
                    packed.write_all(&bytes).unwrap();
                    bytes = packed.finish().unwrap();
                }
                let headers: Vec<&str> = headers.iter().map(String::as_str).collect();
                let _ = out.write_all(&if is_known {
                    answer("304 Not Modified", &headers, "")
                } else {
                    answer("200 OK", &headers, bytes)
                });
            }
        }
    }

    /// Whose an address is: as it is, as a search for the issues of a repository, or without parameters that mean nothing there.
    fn find(&self, address: &str) -> Option<(String, usize)> {
        let plain = address.split('?').next().unwrap().to_owned();
        let searched =
            address.split_once("repo:").map(|(_, rest)| format!("{plain}?repo:{}", rest.split(['+', ' ']).next().unwrap()));
        let known = [Some(address.to_owned()), searched, Some(plain)];
        known.into_iter().flatten().find_map(|key| self.owners.get(&key).map(|at| (key.clone(), *at)))
    }
}
