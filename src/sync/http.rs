//! Pages by HTTP: only what has changed is sent, and whatever the other side does, it is over after a while.

use std::io::{self, Read};
use std::time::{Duration, Instant, SystemTime};

use ureq::Agent;
use ureq::http::{HeaderMap, HeaderValue, Response, header};
use ureq::tls::{RootCerts, TlsConfig};

use crate::fetched::manifest::Mark;
use crate::sources::Mirrors;
use crate::sources::address::{Answer, Request};
use crate::storage;

use super::batch::MAX_PAGE;
use super::pace::{Pace, Turn};
use super::retry::{self, Again, Failure};
use super::robots::{self, Robots};
use super::token::Token;
use super::{FetchError, Settings, check, redirect};

/// The longest that it may take until somebody answers at all.
const CONNECT: Duration = Duration::from_secs(10);

/// What is asked for: pages, and no surprises.
const ACCEPT: &str = "text/markdown, text/plain, text/html;q=0.9, application/json;q=0.9, */*;q=0.5";

/// The most parts that a list may come in; GitHub and GitLab give a hundred issues in each.
const MAX_PARTS: usize = 10;

/// How long nobody asks whom a limit was set without a date.
const UNKNOWN_LIMIT: Duration = Duration::from_hours(1);

/// Fetches by HTTP.
pub(super) struct Client<'a> {
    agent: Agent,
    settings: Settings,
    mirrors: &'a Mirrors,
    pace: Pace,
    robots: Robots,
    token: Token,
}

/// What came back, in as many parts as it comes in.
pub(super) struct Parts {
    pub(super) bodies: Vec<Vec<u8>>,
    pub(super) mark: Mark,
}

/// What one request gives.
struct Got {
    bytes: Vec<u8>,
    mark: Mark,
    /// Where the next part of a list is.
    next: Option<String>,
}

impl<'a> Client<'a> {
    pub(super) fn new(settings: Settings, mirrors: &'a Mirrors) -> Self {
        let config = Agent::config_builder()
            .http_status_as_error(false)
            // Each is looked at before it is followed.
            .max_redirects(0)
            .max_redirects_will_error(false)
            .timeout_connect(Some(CONNECT.min(settings.timeout)))
            // What is left on a connection by one answer must not be taken for the next.
            .max_idle_connections(0)
            // Pages are small, and what is not unpacked cannot burst.
            .accept_encoding("identity")
            .user_agent(format!("ideas/{} ({})", env!("CARGO_PKG_VERSION"), robots::NAME))
            .tls_config(TlsConfig::builder().root_certs(RootCerts::PlatformVerifier).build())
            .build();
        Client {
            agent: config.new_agent(),
            settings,
            mirrors,
            pace: Pace::default(),
            robots: Robots::default(),
            token: Token::default(),
        }
    }

    /// What an address gives; `None` if it is still what `mark` says.
    fn get(&self, request: &Request, mark: &Mark) -> Result<Option<Got>, FetchError> {
        if !request.is_api && !self.robots.allow(&request.url, |url| self.robots_txt(url)) {
            return Err(FetchError::Robots);
        }
        retry::attempt(self.settings, || self.attempt(request, mark))
    }

    /// The first answer and those that it leads to, of a list that comes in parts.
    pub(super) fn list(&self, request: &Request, mark: &Mark) -> Result<Option<Parts>, FetchError> {
        let Some(first) = self.get(request, mark)? else { return Ok(None) };
        let Got { bytes, mut mark, mut next } = first;
        let mut bodies = vec![bytes];
        while let Some(url) = next.take().filter(|_| bodies.len() < MAX_PARTS) {
            // The first part may stay as it is while another changes.
            mark = Mark::default();
            let Some(got) = self.get(&Request { url, ..request.clone() }, &mark)? else { break };
            bodies.push(got.bytes);
            next = got.next;
        }
        Ok(Some(Parts { bodies, mark }))
    }

    /// What a site says to programs, tried once.
    fn robots_txt(&self, url: &str) -> Option<Vec<u8>> {
        let limit = CONNECT.min(self.settings.timeout);
        let (mut response, _turn) = self.follow(&Request::page(url), &Mark::default(), limit).ok()?;
        let mut bytes = Vec::new();
        let is_there = response.status().as_u16() == 200;
        let mut body = response.body_mut().as_reader().take(robots::MOST as u64);
        is_there.then(|| body.read_to_end(&mut bytes).ok()).flatten().map(|_| bytes)
    }

    fn attempt(&self, request: &Request, mark: &Mark) -> Result<Option<Got>, Failure> {
        let (response, _turn) = self.follow(request, mark, self.settings.timeout)?;
        match response.status().as_u16() {
            200 => self.page(request, response).map(Some),
            304 if mark.etag.is_some() || mark.last_modified.is_some() => Ok(None),
            status => Err(self.refusal(request, status, response.headers())),
        }
    }

    /// The answer at the end of all redirects, and the turn of its host, which lasts until all of it is read. `limit` is for the
    /// other side: how long a host has us wait for our turn does not count.
    fn follow(&self, request: &Request, mark: &Mark, limit: Duration) -> Result<(Response<ureq::Body>, Turn<'_>), Failure> {
        let mut url = request.url.clone();
        let mut deadline = Instant::now() + limit;
        for _ in 0..=redirect::MOST {
            let mirrored = self.mirrors.apply(&url);
            let waiting = Instant::now();
            let turn = self.pace.turn(host(&url));
            deadline += waiting.elapsed();
            let response = self.ask(&mirrored, request, mark, deadline)?;
            let status = response.status().as_u16();
            if !matches!(status, 301 | 302 | 303 | 307 | 308) {
                return Ok((response, turn));
            }
            let location = text(response.headers(), header::LOCATION).filter(|location| !location.trim().is_empty());
            let location = location.ok_or_else(|| Failure::last(FetchError::Nowhere { status }))?;
            // A mirror that names itself is left by the address it goes by.
            let from = if location.contains("://") { &*mirrored } else { &url };
            url = redirect::follow(from, &location).map_err(Failure::last)?;
        }
        Err(Failure::last(FetchError::Redirects(redirect::MOST)))
    }

    /// Sends a request to where its address is mirrored.
    fn ask(&self, mirrored: &str, about: &Request, mark: &Mark, deadline: Instant) -> Result<Response<ureq::Body>, Failure> {
        let left = deadline.saturating_duration_since(Instant::now());
        if left.is_zero() {
            return Err(Failure::soon(FetchError::Timeout(self.settings.timeout)));
        }
        let mut request = self.agent.get(mirrored).header(header::ACCEPT, about.accept.as_deref().unwrap_or(ACCEPT));
        if let Some(etag) = &mark.etag {
            request = request.header(header::IF_NONE_MATCH, etag);
        }
        if let Some(date) = &mark.last_modified {
            request = request.header(header::IF_MODIFIED_SINCE, date);
        }
        if let Some(authorization) = self.token.authorization(mirrored) {
            request = request.header(header::AUTHORIZATION, authorization);
        }
        let request = request.config().timeout_global(Some(left)).build();
        let response = request.call().map_err(|error| self.failure(error))?;
        log::info!("{mirrored}: {}, of {:?}", response.status(), response.body().content_length());
        Ok(response)
    }

    fn page(&self, request: &Request, mut response: Response<ureq::Body>) -> Result<Got, Failure> {
        let headers = response.headers();
        if let Some(encoding) = text(headers, header::CONTENT_ENCODING).filter(|encoding| encoding != "identity") {
            return Err(Failure::last(FetchError::Encoding(encoding)));
        }
        let mark = Mark {
            address: Some(request.url.clone()),
            etag: text(headers, header::ETAG),
            last_modified: text(headers, header::LAST_MODIFIED),
            commit: None,
        };
        let is_list = matches!(request.answer, Answer::GithubIssues | Answer::GitlabIssues);
        let links = text(headers, header::LINK).filter(|_| is_list);
        let next = links.and_then(|links| next(&links, &request.url));
        let kind = text(headers, header::CONTENT_TYPE);
        let announced = response.body().content_length();
        if announced.is_some_and(|length| length > MAX_PAGE as u64) {
            return Err(Failure::last(FetchError::TooLarge));
        }
        let mut bytes = Vec::new();
        let mut body = response.body_mut().as_reader().take(MAX_PAGE as u64 + 1);
        body.read_to_end(&mut bytes).map_err(|error| self.failure(ureq::Error::from(error)))?;
        let name = if request.accept.is_some() { "" } else { &request.url };
        check::page(&bytes, name, kind.as_deref()).map_err(Failure::last)?;
        Ok(Got { bytes, mark, next })
    }

    fn refusal(&self, request: &Request, status: u16, headers: &HeaderMap) -> Failure {
        let asked = || {
            let header = text(headers, header::RETRY_AFTER)?;
            retry::asked(&header, SystemTime::now())
        };
        let is_limit = headers.get("x-ratelimit-remaining").is_some_and(|left| left == "0");
        if request.is_api && is_limit && matches!(status, 403 | 429) {
            let reset = headers.get("x-ratelimit-reset").and_then(|reset| reset.to_str().ok()?.parse().ok());
            let wait = asked().or_else(|| retry::until(reset?, SystemTime::now())).unwrap_or(UNKNOWN_LIMIT);
            let host = host(&request.url).to_owned();
            let is_anonymous = self.token.authorization(&self.mirrors.apply(&request.url)).is_none();
            return Failure { error: FetchError::RateLimit { host, wait, is_anonymous }, again: Again::After(wait) };
        }
        refusal(status, asked())
    }

    fn failure(&self, error: ureq::Error) -> Failure {
        match error {
            ureq::Error::Timeout(_) => Failure::soon(FetchError::Timeout(self.settings.timeout)),
            ureq::Error::Io(error) if error.kind() == io::ErrorKind::UnexpectedEof => Failure::soon(FetchError::Cut),
            ureq::Error::Io(error) => Failure::soon(FetchError::Connection(storage::words(&error))),
            ureq::Error::HostNotFound => Failure::soon(FetchError::Connection("there is no such host, or no network".to_owned())),
            ureq::Error::ConnectionFailed => Failure::soon(FetchError::Connection("nobody answers there".to_owned())),
            // A certificate does not get better.
            ureq::Error::Tls(why) => Failure::last(FetchError::Connection(why.to_owned())),
            ureq::Error::Rustls(error) => Failure::last(FetchError::Connection(error.to_string())),
            error @ (ureq::Error::BadUri(_) | ureq::Error::InvalidProxyUrl | ureq::Error::ConnectProxyFailed(_)) => {
                Failure::last(FetchError::Connection(error.to_string()))
            }
            error => Failure::last(FetchError::Protocol(error.to_string())),
        }
    }
}

/// A mark without what [`text`] takes from no header: no server has ever sent that.
pub(super) fn sendable(mark: &Mark) -> Mark {
    let sendable = |value: &Option<String>| {
        value.clone().filter(|value| HeaderValue::from_str(value).is_ok_and(|value| value.to_str().is_ok()))
    };
    Mark { etag: sendable(&mark.etag), last_modified: sendable(&mark.last_modified), commit: None, ..mark.clone() }
}

/// The host of an address, with its port.
fn host(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    rest.split(['/', '?', '#']).next().unwrap_or(rest)
}

/// The address of the next part, in a `Link`: `<https://…>; rel="next", <https://…>; rel="last"`. A list goes on at the host that
/// it began at: nobody sends us, and our token, elsewhere.
fn next(links: &str, of: &str) -> Option<String> {
    let next = links.split(',').find_map(|link| {
        let (url, about) = link.trim().strip_prefix('<')?.split_once('>')?;
        about.contains("rel=\"next\"").then(|| url.to_owned())
    });
    redirect::follow(of, &next?).ok().filter(|url| host(url).eq_ignore_ascii_case(host(of)))
}

fn refusal(status: u16, wait: Option<Duration>) -> Failure {
    let error = FetchError::Status { status };
    if !matches!(status, 408 | 425 | 429 | 500 | 502 | 503 | 504) {
        return Failure::last(error);
    }
    match wait {
        None => Failure::soon(error),
        Some(Duration::ZERO) => Failure { error, again: Again::After(Duration::ZERO) },
        Some(wait) => Failure { error: FetchError::Busy { status, wait }, again: Again::After(wait) },
    }
}

fn text(headers: &HeaderMap, name: header::HeaderName) -> Option<String> {
    headers.get(name)?.to_str().ok().map(ToOwned::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_goes_on_where_it_began() {
        let list = "https://api.github.com/repos/o/r/issues?state=open";
        for (links, url) in [
            (
                "<https://api.github.com/repositories/1/issues?page=2>; rel=\"next\", <https://api.github.com/x>; rel=\"last\"",
                Some("https://api.github.com/repositories/1/issues?page=2"),
            ),
            ("</repos/o/r/issues?page=2>; rel=\"next\"", Some("https://api.github.com/repos/o/r/issues?page=2")),
            ("<https://example.org/x>; rel=\"next\"", None),
            ("<http://api.github.com/x>; rel=\"next\"", None),
            ("<https://api.github.com/x>; rel=\"prev\"", None),
        ] {
            assert_eq!(next(links, list).as_deref(), url, "{links}");
        }
    }
}
