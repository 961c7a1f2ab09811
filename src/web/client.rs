//! The client: sends requests, follows redirects, reads answers.

use std::cell::{Cell, RefCell};
use std::io::{self, Read};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant, SystemTime};

use ureq::http::{HeaderMap, HeaderValue, Response, header};
use ureq::tls::{RootCerts, TlsConfig};
use ureq::{Agent, Timeout};

use crate::sources::address::{self, Answer, Request};
use crate::sources::{Mirrors, index};
use crate::storage;
use crate::store::Mark;
use crate::text::counted;

use super::down::{Down, Reason};
use super::pace::{Pace, Turn};
use super::responses::Responses;
use super::retry::{self, Again, Failure};
use super::robots::{self, Robots};
use super::token::Token;
use super::{Limits, MOST, WebError, graphql, redirect};

/// The longest that it may take until somebody answers at all.
const CONNECT: Duration = Duration::from_secs(10);

/// The longest that a `robots.txt` is waited for.
const ROBOTS: Duration = Duration::from_secs(5);

/// What is asked for: pages, and no surprises.
const ACCEPT: &str = "text/markdown, text/plain, text/html;q=0.9, application/json;q=0.9, */*;q=0.5";

/// The most parts that a list may come in; GitHub and GitLab give a hundred issues in each.
const MAX_PARTS: usize = 10;

/// How many times as long as a request a visit as a whole may take: an index leads to many pages.
const WHOLE: u32 = 10;

/// How long nobody asks whom a limit was set without a date.
const UNKNOWN_LIMIT: Duration = Duration::from_hours(1);

/// What the user is told whose token GitHub does not accept.
const REFUSED_TOKEN: &str = "GitHub does not accept your token (GH_TOKEN, GITHUB_TOKEN or `gh auth token`; HTTP 401), and was asked \
                             without one: it answers fewer requests then; `gh auth login` makes a new one";

/// What is wanted: a page, or only whether there is one.
#[derive(Clone, Copy, Debug)]
enum Method {
    Get,
    Head,
}

/// Asks by HTTP.
pub(crate) struct Client<'a> {
    agent: Agent,
    limits: Limits,
    mirrors: &'a Mirrors,
    pace: Pace,
    robots: Robots,
    token: Token,
    /// What was answered before, if that is kept.
    responses: Option<Responses>,
    /// The hosts that cannot be reached, if they are to be left alone then.
    down: Option<Down>,
    /// Who hears of what is tried again, and how often nobody was told yet.
    retries: Option<(&'a Listener<'a>, AtomicUsize)>,
}

/// Hears of what is tried again, on any thread.
type Listener<'a> = dyn Fn(&str) + Sync + 'a;

/// How often it is told that something is tried again: of hundreds of pages it would be hundreds of lines.
const TOLD: usize = 5;

/// The requests of one source, or of one address that is checked, and how long they may take in all.
pub(crate) struct Visit<'a> {
    client: &'a Client<'a>,
    /// When its time is up. How long hosts have us wait for our turn does not count.
    end: Cell<Instant>,
    /// What the user should know, though pages came.
    warnings: RefCell<Vec<String>>,
    /// What was answered, and can be asked for what is new.
    answered: RefCell<Vec<(Request, Got)>>,
    /// The host that the last request did not reach.
    unreached: RefCell<Option<(String, Reason)>>,
}

/// What came back, in as many parts as it comes in.
pub(crate) struct Received {
    /// At least one.
    pub(crate) parts: Vec<Got>,
    pub(crate) mark: Mark,
    /// There is more of a list than was asked for.
    pub(crate) is_cut: bool,
}

/// What one request gives.
#[derive(Clone)]
pub(crate) struct Got {
    pub(crate) bytes: Vec<u8>,
    /// What the server calls it: `text/html; charset=utf-8`.
    pub(crate) kind: Option<String>,
    pub(crate) mark: Mark,
    /// The address that answered, behind all redirects.
    pub(crate) url: String,
    /// How many more requests an API answers before its limit, if it says so.
    pub(crate) left: Option<u64>,
    /// Where the next part of a list is.
    pub(super) next: Option<String>,
}

/// The answer at the end of all redirects.
struct Reply<'a> {
    response: Response<ureq::Body>,
    url: String,
    /// It was asked for with the user's token.
    with_token: bool,
    /// The host's turn, which lasts until all of the answer is read.
    _turn: Turn<'a>,
}

impl<'a> Client<'a> {
    pub(crate) fn new(limits: Limits, mirrors: &'a Mirrors) -> Self {
        let config = Agent::config_builder()
            .http_status_as_error(false)
            // Each is looked at before it is followed.
            .max_redirects(0)
            .max_redirects_will_error(false)
            .timeout_connect(Some(CONNECT.min(limits.timeout)))
            // What is left on a connection by one answer must not be taken for the next.
            .max_idle_connections(0)
            // Some servers give a packed page another ETag, and then do not know it again. What comes packed all the
            // same is unpacked, up to the size that a page may have.
            .accept_encoding("identity")
            .user_agent(format!("ideas/{} ({})", env!("CARGO_PKG_VERSION"), robots::NAME))
            .tls_config(TlsConfig::builder().root_certs(RootCerts::PlatformVerifier).build())
            .build();
        Client {
            agent: config.new_agent(),
            limits,
            mirrors,
            pace: Pace::default(),
            robots: Robots::default(),
            token: Token::default(),
            responses: None,
            down: None,
            retries: None,
        }
    }

    /// Keeps what it is answered, where a source takes many requests, and asks only for what is new the next time.
    pub(crate) fn with_memory(self) -> Self {
        Client { responses: Responses::open(), ..self }
    }

    /// Asks no host again that could not be reached, and says to `retries` what is tried again.
    pub(crate) fn skipping_unreachable_hosts(self, retries: &'a Listener<'a>) -> Self {
        Client { down: Some(Down::default()), retries: Some((retries, AtomicUsize::new(TOLD))), ..self }
    }

    /// Begins with a source, or with an address.
    pub(crate) fn visit(&'a self) -> Visit<'a> {
        Visit {
            client: self,
            end: Cell::new(Instant::now() + self.whole()),
            warnings: RefCell::default(),
            answered: RefCell::default(),
            unreached: RefCell::default(),
        }
    }

    fn whole(&self) -> Duration {
        self.limits.timeout.saturating_mul(WHOLE)
    }
}

impl<'a> Visit<'a> {
    /// What the user should know.
    pub(crate) fn warnings(self) -> Vec<String> {
        self.warnings.into_inner()
    }

    pub(crate) fn warn(&self, warning: String) {
        let mut warnings = self.warnings.borrow_mut();
        if !warnings.contains(&warning) {
            warnings.push(warning);
        }
    }

    /// Keeps what was answered. A page that is all that was asked for is kept by whoever asked.
    pub(crate) fn remember(&self) {
        let answered = self.answered.take();
        if let Some(responses) = self.client.responses.as_ref().filter(|_| answered.len() > 1) {
            for (request, got) in &answered {
                responses.keep(request, got);
            }
        }
    }

    /// How much is left of its time.
    pub(crate) fn left(&self) -> Duration {
        self.end.get().saturating_duration_since(Instant::now())
    }

    /// What an address gives; `None` if it is still what `mark` says.
    pub(crate) fn get(&self, request: &Request, mark: &Mark) -> Result<Option<Got>, WebError> {
        if request.needs_token && self.client.token.authorization(&self.client.mirrors.apply(&request.url)).is_none() {
            return Err(WebError::NeedsToken);
        }
        self.retrying(&request.url, || self.attempt(request, mark))
    }

    /// The first answer and those that it leads to, of a list that comes in parts.
    pub(crate) fn list(&self, request: &Request, mark: &Mark) -> Result<Option<Received>, WebError> {
        let Some(first) = self.get(request, mark)? else { return Ok(None) };
        let (mut mark, mut next) = (first.mark.clone(), first.next.clone());
        let mut parts = vec![first];
        while let Some(url) = next.take_if(|_| parts.len() < MAX_PARTS) {
            // The first part may stay as it is while another changes.
            mark = Mark::default();
            let Some(got) = self.get(&Request { url, ..request.clone() }, &mark)? else { break };
            next.clone_from(&got.next);
            parts.push(got);
        }
        Ok(Some(Received { parts, mark, is_cut: next.is_some() }))
    }

    /// Whether there is a page at an address. Servers that do not answer a question without a page, or that answer it
    /// otherwise, are asked for the page; nothing of it is read.
    pub(crate) fn look(&self, url: &str) -> Result<(), WebError> {
        let request = Request::page(url);
        let look = |method| self.answer(method, &request, &Mark::default()).map(|reply| reply.response);
        self.retrying(url, || {
            let mut response = look(Method::Head)?;
            if matches!(response.status().as_u16(), 400..=428 | 430..=499 | 501) {
                response = look(Method::Get)?;
            }
            match response.status().as_u16() {
                200..=299 => Ok(()),
                status => Err(self.client.refusal(&request, status, response.headers())),
            }
        })
    }

    /// Tries as often as the limits allow, while there is time.
    fn retrying<T>(&self, url: &str, one: impl FnMut() -> Result<T, Failure<WebError>>) -> Result<T, WebError> {
        let done = retry::attempt(self.client.limits, || self.left(), |error| self.tell_retry(url, error), one);
        let unreached = self.unreached.take();
        if let (Err(_), Some((host, reason)), Some(down)) = (&done, unreached, &self.client.down) {
            down.add(&host, reason);
        }
        done
    }

    /// Says that an address is asked again, and why.
    pub(crate) fn tell_retry(&self, url: &str, error: &dyn std::fmt::Display) {
        let Some((listener, left)) = &self.client.retries else { return };
        if left.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| left.checked_sub(1)).is_ok() {
            let from = self.client.mirrors.apply(url);
            let from = if from == url { String::new() } else { format!(" (mirrored at {from})") };
            listener(&format!("retrying {url}{from}: {error}"));
        }
    }

    /// Whether the host of an address may be asked: an error if it could not be reached before.
    pub(crate) fn may_ask(&self, url: &str) -> Result<(), WebError> {
        self.client.down.as_ref().and_then(|down| down.why(host(url))).map_or(Ok(()), Err)
    }

    /// Remembers that somebody else could not reach the host of an address, after all attempts.
    pub(crate) fn not_reached(&self, url: &str, reason: Reason) {
        if let Some(down) = &self.client.down {
            down.add(host(url), reason);
        }
    }

    /// Remembers that a host has answered.
    pub(crate) fn reached(&self) {
        self.unreached.take();
        if let Some(down) = &self.client.down {
            down.answered();
        }
    }

    /// What a site says to programs, tried once.
    fn robots_txt(&self, url: &str) -> Option<Vec<u8>> {
        let limit = ROBOTS.min(self.client.limits.timeout);
        // Whether it may be asked for at all it cannot say.
        let request = Request { is_api: true, ..Request::page(url) };
        let mut reply = self.follow(Method::Get, &request, &Mark::default(), limit).ok()?;
        let mut bytes = Vec::new();
        let is_there = reply.response.status().as_u16() == 200;
        let mut body = reply.response.body_mut().as_reader().take(robots::MOST as u64);
        is_there.then(|| body.read_to_end(&mut bytes).ok()).flatten().map(|_| bytes)
    }

    fn attempt(&self, request: &Request, mark: &Mark) -> Result<Option<Got>, Failure<WebError>> {
        let is_new = mark.etag.is_none() && mark.last_modified.is_none();
        let known = self.client.responses.as_ref().filter(|_| is_new).and_then(|responses| responses.find(request));
        let asked = known.as_ref().map_or(mark, |known| &known.mark);
        let Reply { response, url, _turn, .. } = self.answer(Method::Get, request, asked)?;
        let got = match (response.status().as_u16(), known) {
            (200, _) => self.page(request, url, response)?,
            (304, Some(known)) => Got { url, ..known },
            (304, None) if !is_new => return Ok(None),
            (status, _) => return Err(self.client.refusal(request, status, response.headers())),
        };
        if self.client.responses.is_some() && (got.mark.etag.is_some() || got.mark.last_modified.is_some()) {
            self.answered.borrow_mut().push((request.clone(), got.clone()));
        }
        Ok(Some(got))
    }

    /// The answer at the end of all redirects; without the user's token, if that is not accepted.
    fn answer(&self, method: Method, request: &Request, mark: &Mark) -> Result<Reply<'a>, Failure<WebError>> {
        let follow = || self.follow(method, request, mark, self.client.limits.timeout);
        let reply = follow()?;
        if reply.response.status().as_u16() != 401 || !reply.with_token {
            return Ok(reply);
        }
        self.client.token.give_up();
        self.warn(REFUSED_TOKEN.to_owned());
        if request.needs_token {
            return Err(Failure::last(WebError::NeedsToken));
        }
        // A token that has run out would hide what everybody may read.
        drop(reply);
        follow()
    }

    /// The answer at the end of all redirects. `limit` is for the other side: how long a host has us wait for our turn does not
    /// count.
    fn follow(&self, method: Method, request: &Request, mark: &Mark, limit: Duration) -> Result<Reply<'a>, Failure<WebError>> {
        let client = self.client;
        let mut url = request.url.clone();
        let mut deadline = Instant::now() + limit;
        for _ in 0..=redirect::MOST {
            let mirrored = client.mirrors.apply(&url);
            let waiting = Instant::now();
            if !request.is_api && !client.robots.allow(&url, |url| self.robots_txt(url)) {
                return Err(Failure::last(WebError::Robots));
            }
            let turn = client.pace.turn(host(&url));
            let waited = waiting.elapsed();
            deadline += waited;
            self.end.set(self.end.get() + waited);
            let authorization = client.token.authorization(&mirrored);
            let with_token = authorization.is_some();
            let response = self.ask(method, &mirrored, request, mark, authorization, deadline)?;
            let status = response.status().as_u16();
            if !matches!(status, 301 | 302 | 303 | 307 | 308) {
                return Ok(Reply { response, url, with_token, _turn: turn });
            }
            let location = text(response.headers(), header::LOCATION).filter(|location| !location.trim().is_empty());
            let location = location.ok_or_else(|| Failure::last(WebError::Nowhere { status }))?;
            // A mirror that names itself is left by the address it goes by.
            let from = if index::is_same_site(&location, &mirrored) { &*mirrored } else { &url };
            let target = redirect::follow(from, &location).map_err(Failure::last)?;
            if request.stays && !index::is_same_site(from, &target) {
                return Err(Failure::last(WebError::OffSite { to: target }));
            }
            url = target;
        }
        Err(Failure::last(WebError::Redirects(redirect::MOST)))
    }

    /// Sends a request to where its address is mirrored.
    fn ask(
        &self,
        method: Method,
        mirrored: &str,
        about: &Request,
        mark: &Mark,
        authorization: Option<String>,
        deadline: Instant,
    ) -> Result<Response<ureq::Body>, Failure<WebError>> {
        let client = self.client;
        self.may_ask(mirrored).map_err(Failure::last)?;
        let left = self.left().min(deadline.saturating_duration_since(Instant::now()));
        if left.is_zero() {
            return Err(self.timeout(client.limits.timeout));
        }
        let silence = Some(client.limits.silence());
        let mut headers = vec![(header::ACCEPT, about.accept.clone().unwrap_or_else(|| ACCEPT.to_owned()))];
        headers.extend(mark.etag.clone().map(|etag| (header::IF_NONE_MATCH, etag)));
        headers.extend(mark.last_modified.clone().map(|date| (header::IF_MODIFIED_SINCE, date)));
        headers.extend(authorization.map(|said| (header::AUTHORIZATION, said)));
        let response = if let Some((url, question)) = graphql::question(about, mirrored) {
            let request = headers.into_iter().fold(client.agent.post(url), |it, (name, value)| it.header(name, value));
            request.config().timeout_global(Some(left)).timeout_per_read(silence).build().send(question)
        } else {
            let request = match method {
                Method::Get => client.agent.get(mirrored),
                Method::Head => client.agent.head(mirrored),
            };
            let request = headers.into_iter().fold(request, |it, (name, value)| it.header(name, value));
            request.config().timeout_global(Some(left)).timeout_per_read(silence).build().call()
        };
        let response = response.map_err(|error| {
            let is_unreached = is_unreached(&error);
            let failure = self.failure(error);
            *self.unreached.borrow_mut() = match &failure.error {
                WebError::NoHost => Some((host(mirrored).to_owned(), Reason::NoHost)),
                WebError::Connection(why) if is_unreached => Some((host(mirrored).to_owned(), Reason::Connection(why.clone()))),
                _ => None,
            };
            failure
        })?;
        self.reached();
        let length = response.body().content_length().map_or_else(
            || "of unknown length".to_owned(),
            |length| counted(usize::try_from(length).unwrap_or(usize::MAX), "byte"),
        );
        log::info!("{mirrored}: {}, {length}", response.status());
        Ok(response)
    }

    /// That time is up: so much of it, or that of all. It is not tried again: whoever has waited for so long has others to ask.
    fn timeout(&self, limit: Duration) -> Failure<WebError> {
        let is_all = self.left().is_zero();
        Failure::last(if is_all { WebError::SourceTimeout(self.client.whole()) } else { WebError::Timeout(limit) })
    }

    fn page(&self, request: &Request, url: String, mut response: Response<ureq::Body>) -> Result<Got, Failure<WebError>> {
        let headers = response.headers();
        if let Some(encoding) = text(headers, header::CONTENT_ENCODING).filter(|encoding| encoding != "identity") {
            return Err(Failure::last(WebError::Encoding(encoding)));
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
        let left = headers.get("x-ratelimit-remaining").and_then(|left| left.to_str().ok()?.parse().ok());
        let announced = response.body().content_length();
        if announced.is_some_and(|length| length > MOST as u64) {
            return Err(Failure::last(WebError::TooLarge));
        }
        let mut bytes = Vec::new();
        let mut body = response.body_mut().as_reader().take(MOST as u64 + 1);
        body.read_to_end(&mut bytes).map_err(|error| self.failure(ureq::Error::from(error)))?;
        if bytes.len() > MOST {
            return Err(Failure::last(WebError::TooLarge));
        }
        Ok(Got { bytes, kind, mark, url, left, next })
    }

    fn failure(&self, error: ureq::Error) -> Failure<WebError> {
        match error {
            ureq::Error::Timeout(Timeout::PerRead) => self.timeout(self.client.limits.silence()),
            ureq::Error::Timeout(Timeout::Connect) => self.timeout(CONNECT.min(self.client.limits.timeout)),
            ureq::Error::Timeout(_) => self.timeout(self.client.limits.timeout),
            ureq::Error::Io(error) if error.kind() == io::ErrorKind::UnexpectedEof => Failure::soon(WebError::Cut),
            ureq::Error::Io(error) if is_unknown_host(&error.to_string()) => Failure::soon(WebError::NoHost),
            ureq::Error::Io(error) => Failure::soon(WebError::Connection(connection(&error))),
            ureq::Error::HostNotFound => Failure::soon(WebError::NoHost),
            ureq::Error::ConnectionFailed => Failure::soon(WebError::Connection("connection failed".to_owned())),
            // A certificate does not get better.
            ureq::Error::Tls(why) => Failure::last(WebError::Connection(why.to_owned())),
            ureq::Error::Rustls(error) => Failure::last(WebError::Connection(error.to_string())),
            error @ (ureq::Error::BadUri(_) | ureq::Error::InvalidProxyUrl | ureq::Error::ConnectProxyFailed(_)) => {
                Failure::last(WebError::Connection(error.to_string()))
            }
            error => Failure::last(WebError::Protocol(error.to_string())),
        }
    }
}

impl Client<'_> {
    fn refusal(&self, request: &Request, status: u16, headers: &HeaderMap) -> Failure<WebError> {
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
            return Failure { error: WebError::RateLimit { host, wait, is_anonymous }, again: Again::After(wait) };
        }
        // GitHub's second limit, of requests in a short time, says nothing but how long to wait.
        if let (true, 403, Some(wait)) = (request.is_api, status, asked()) {
            return Failure { error: WebError::Busy { status, wait }, again: Again::After(wait) };
        }
        let is_told = || text(headers, header::CONTENT_TYPE).is_some_and(|kind| kind.contains("json"));
        if request.is_api && matches!(status, 404 | 410) && is_told() {
            return Failure::last(WebError::Missing { status });
        }
        refusal(status, asked())
    }
}

/// True if there is no connection to the host at all: nothing else there can be had either.
fn is_unreached(error: &ureq::Error) -> bool {
    use io::ErrorKind::{ConnectionRefused, HostUnreachable, NetworkUnreachable};
    match error {
        ureq::Error::Io(error) => {
            matches!(error.kind(), ConnectionRefused | HostUnreachable | NetworkUnreachable)
                || error.to_string().contains("failed to lookup address")
        }
        ureq::Error::ConnectionFailed => true,
        _ => false,
    }
}

/// True if the system's resolver says that there is no such host: it only has words for it. A name server that does not
/// answer now is another thing.
fn is_unknown_host(said: &str) -> bool {
    ["Name or service not known", "No address associated with hostname", "nodename nor servname", "No such host is known"]
        .iter()
        .any(|words| said.contains(words))
}

/// A mark without what [`text`] takes from no header: no server has ever sent that.
pub(crate) fn sendable(mark: &Mark) -> Mark {
    let sendable = |value: &Option<String>| {
        value.clone().filter(|value| HeaderValue::from_str(value).is_ok_and(|value| value.to_str().is_ok()))
    };
    Mark { etag: sendable(&mark.etag), last_modified: sendable(&mark.last_modified), commit: None, ..mark.clone() }
}

/// What became of a connection, as other programs say it.
fn connection(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::ConnectionRefused => "connection refused".to_owned(),
        io::ErrorKind::ConnectionReset => "connection reset by the server".to_owned(),
        io::ErrorKind::NetworkUnreachable | io::ErrorKind::HostUnreachable => "network unreachable".to_owned(),
        _ => format!("connection failed: {}", storage::words(error)),
    }
}

/// The host of an address, with its port.
pub(crate) fn host(url: &str) -> &str {
    address::Parts::of(url).map_or(url, address::Parts::host)
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

fn refusal(status: u16, wait: Option<Duration>) -> Failure<WebError> {
    let error = WebError::Status { status };
    if !matches!(status, 408 | 425 | 429 | 500 | 502 | 503 | 504) {
        return Failure::last(error);
    }
    match wait {
        None => Failure::soon(error),
        Some(Duration::ZERO) => Failure { error, again: Again::After(Duration::ZERO) },
        Some(wait) => Failure { error: WebError::Busy { status, wait }, again: Again::After(wait) },
    }
}

fn text(headers: &HeaderMap, name: header::HeaderName) -> Option<String> {
    headers.get(name)?.to_str().ok().map(ToOwned::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_host_that_there_is_not_is_told_from_a_name_server_that_does_not_answer() {
        for (said, unknown) in [
            ("failed to lookup address information: Name or service not known", true),
            ("failed to lookup address information: nodename nor servname provided, or not known", true),
            ("No such host is known. (os error 11001)", true),
            ("failed to lookup address information: Temporary failure in name resolution", false),
            ("connection refused", false),
        ] {
            assert_eq!(is_unknown_host(said), unknown, "{said}");
        }
    }

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
            ("<http://api.github.com/x>; rel=\"next\"", Some("https://api.github.com/x")),
            ("<http://api.github.com:8080/x>; rel=\"next\"", None),
            ("<https://api.github.com/x>; rel=\"prev\"", None),
        ] {
            assert_eq!(next(links, list).as_deref(), url, "{links}");
        }
    }

    /// A server that answers one connection after the other by what it is asked.
    fn serve(answer: impl Fn(&str) -> (u16, String) + Send + 'static) -> String {
        use std::io::Write as _;
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}/", listener.local_addr().unwrap());
        std::thread::spawn(move || {
            for mut connection in listener.incoming().flatten() {
                let (mut bytes, mut part) = (Vec::new(), [0; 4096]);
                // A question of GraphQL ends with two braces.
                let end = |bytes: &[u8]| if bytes.starts_with(b"POST") { &b"}}"[..] } else { b"\r\n\r\n" };
                while !bytes.ends_with(end(&bytes)) {
                    match connection.read(&mut part) {
                        Ok(0) | Err(_) => break,
                        Ok(count) => bytes.extend(&part[..count]),
                    }
                }
                let (status, body) = answer(&String::from_utf8_lossy(&bytes));
                let head = format!("HTTP/1.1 {status} X\r\nContent-Length: {}\r\nConnection: close\r\n\r\n", body.len());
                let _ = connection.write_all(format!("{head}{body}").as_bytes());
            }
        });
        url
    }

    const LIMITS: Limits = Limits { timeout: Duration::from_secs(5), retries: 0 };

    #[test]
    fn without_a_token_that_is_refused_all_may_still_be_read() {
        let url = serve(|asked| if asked.contains("secret") { (401, String::new()) } else { (200, "# Ideas".to_owned()) });
        let mirrors = Mirrors::default();
        let client = Client { token: Token::of("secret", url.clone()), ..Client::new(LIMITS, &mirrors) };
        let visit = client.visit();
        let page = Request { is_api: true, ..Request::page(format!("{url}issues/1")) };
        for _ in 0..2 {
            let got = visit.get(&page, &Mark::default()).unwrap().unwrap();
            assert_eq!(got.bytes, b"# Ideas");
        }
        let only = Request { needs_token: true, ..page };
        assert!(matches!(visit.get(&only, &Mark::default()), Err(WebError::NeedsToken)));
        assert_eq!(visit.warnings(), [REFUSED_TOKEN], "it is said once");
    }

    #[test]
    fn discussions_are_asked_for_with_a_token() {
        let url = serve(|asked| {
            let is_right = asked.starts_with("POST /graphql HTTP") && asked.contains("uthorization: Bearer secret");
            if is_right && asked.contains(r#""number":7"#) { (200, r#"{"data":{}}"#.to_owned()) } else { (400, String::new()) }
        });
        let mirrors = Mirrors::default();
        let client = Client { token: Token::of("secret", url.clone()), ..Client::new(LIMITS, &mirrors) };
        let url = format!("{url}graphql?owner=o&name=r&number=7");
        let request = Request { answer: Answer::GithubDiscussion, is_api: true, needs_token: true, ..Request::page(url) };
        let got = client.visit().get(&request, &Mark::default()).unwrap().unwrap();
        assert_eq!(got.bytes, br#"{"data":{}}"#);
    }
}
