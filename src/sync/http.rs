//! Pages by HTTP: only what has changed is sent, and whatever the other side does, it is over after a while.

use std::cell::{Cell, RefCell};
use std::io::{self, Read};
use std::time::{Duration, Instant, SystemTime};

use ureq::Agent;
use ureq::http::{HeaderMap, HeaderValue, Response, header};
use ureq::tls::{RootCerts, TlsConfig};

use crate::sources::address::{self, Answer, Request};
use crate::sources::{Mirrors, index};
use crate::storage;
use crate::store::Mark;

use super::batch::MAX_PAGE;
use super::pace::{Pace, Turn};
use super::retry::{self, Again, Failure};
use super::robots::{self, Robots};
use super::token::Token;
use super::{FetchError, Settings, check, graphql, redirect};

/// The longest that it may take until somebody answers at all.
const CONNECT: Duration = Duration::from_secs(10);

/// What is asked for: pages, and no surprises.
const ACCEPT: &str = "text/markdown, text/plain, text/html;q=0.9, application/json;q=0.9, */*;q=0.5";

/// The most parts that a list may come in; GitHub and GitLab give a hundred issues in each.
const MAX_PARTS: usize = 10;

/// How many times as long as a request a source as a whole may take: an index leads to many pages.
pub(super) const WHOLE: u32 = 10;

/// How long nobody asks whom a limit was set without a date.
const UNKNOWN_LIMIT: Duration = Duration::from_hours(1);

/// What the user is told whose token GitHub does not accept.
const REFUSED_TOKEN: &str = "GitHub does not accept your token (GH_TOKEN, GITHUB_TOKEN or `gh auth token`; HTTP 401), and was asked \
                             without one: it answers fewer requests then; `gh auth login` makes a new one";

/// Fetches by HTTP.
pub(super) struct Client<'a> {
    agent: Agent,
    settings: Settings,
    mirrors: &'a Mirrors,
    pace: Pace,
    robots: Robots,
    token: Token,
}

/// The requests of one source, and how long it may take in all.
pub(super) struct Visit<'a> {
    client: &'a Client<'a>,
    /// When its time is up. How long hosts have us wait for our turn does not count.
    end: Cell<Instant>,
    /// What the user should know, though pages came.
    warnings: RefCell<Vec<String>>,
}

/// What came back, in as many parts as it comes in.
pub(super) struct Received {
    pub(super) bodies: Vec<Vec<u8>>,
    pub(super) mark: Mark,
    /// The address that answered, behind all redirects.
    pub(super) url: String,
    /// There is more of a list than was asked for.
    pub(super) is_cut: bool,
}

/// What one request gives.
struct Got {
    bytes: Vec<u8>,
    mark: Mark,
    url: String,
    /// Where the next part of a list is.
    next: Option<String>,
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

    /// Begins with a source.
    pub(super) fn visit(&'a self) -> Visit<'a> {
        Visit { client: self, end: Cell::new(Instant::now() + self.whole()), warnings: RefCell::default() }
    }

    fn whole(&self) -> Duration {
        self.settings.timeout.saturating_mul(WHOLE)
    }
}

impl<'a> Visit<'a> {
    /// What the user should know.
    pub(super) fn warnings(self) -> Vec<String> {
        self.warnings.into_inner()
    }

    pub(super) fn warn(&self, warning: String) {
        let mut warnings = self.warnings.borrow_mut();
        if !warnings.contains(&warning) {
            warnings.push(warning);
        }
    }

    /// How much is left of the source's time.
    pub(super) fn left(&self) -> Duration {
        self.end.get().saturating_duration_since(Instant::now())
    }

    /// What an address gives; `None` if it is still what `mark` says.
    fn get(&self, request: &Request, mark: &Mark) -> Result<Option<Got>, FetchError> {
        if request.needs_token && self.client.token.authorization(&self.client.mirrors.apply(&request.url)).is_none() {
            return Err(FetchError::NeedsToken);
        }
        retry::attempt(self.client.settings, || self.left(), || self.attempt(request, mark))
    }

    /// The first answer and those that it leads to, of a list that comes in parts.
    pub(super) fn list(&self, request: &Request, mark: &Mark) -> Result<Option<Received>, FetchError> {
        let Some(first) = self.get(request, mark)? else { return Ok(None) };
        let Got { bytes, mut mark, url, mut next } = first;
        let mut bodies = vec![bytes];
        while let Some(url) = next.take_if(|_| bodies.len() < MAX_PARTS) {
            // The first part may stay as it is while another changes.
            mark = Mark::default();
            let Some(got) = self.get(&Request { url, ..request.clone() }, &mark)? else { break };
            bodies.push(got.bytes);
            next = got.next;
        }
        Ok(Some(Received { bodies, mark, url, is_cut: next.is_some() }))
    }

    /// What a site says to programs, tried once.
    fn robots_txt(&self, url: &str) -> Option<Vec<u8>> {
        let limit = CONNECT.min(self.client.settings.timeout);
        // Whether it may be asked for at all it cannot say.
        let request = Request { is_api: true, ..Request::page(url) };
        let mut reply = self.follow(&request, &Mark::default(), limit).ok()?;
        let mut bytes = Vec::new();
        let is_there = reply.response.status().as_u16() == 200;
        let mut body = reply.response.body_mut().as_reader().take(robots::MOST as u64);
        is_there.then(|| body.read_to_end(&mut bytes).ok()).flatten().map(|_| bytes)
    }

    fn attempt(&self, request: &Request, mark: &Mark) -> Result<Option<Got>, Failure> {
        let mut reply = self.follow(request, mark, self.client.settings.timeout)?;
        if reply.response.status().as_u16() == 401 && reply.with_token {
            self.client.token.give_up();
            self.warn(REFUSED_TOKEN.to_owned());
            if request.needs_token {
                return Err(Failure::last(FetchError::NeedsToken));
            }
            // A token that has run out would hide what everybody may read.
            drop(reply);
            reply = self.follow(request, mark, self.client.settings.timeout)?;
        }
        let Reply { response, url, _turn, .. } = reply;
        match response.status().as_u16() {
            200 => self.page(request, url, response).map(Some),
            304 if mark.etag.is_some() || mark.last_modified.is_some() => Ok(None),
            status => Err(self.client.refusal(request, status, response.headers())),
        }
    }

    /// The answer at the end of all redirects. `limit` is for the other side: how long a host has us wait for our turn does not
    /// count.
    fn follow(&self, request: &Request, mark: &Mark, limit: Duration) -> Result<Reply<'a>, Failure> {
        let client = self.client;
        let mut url = request.url.clone();
        let mut deadline = Instant::now() + limit;
        for _ in 0..=redirect::MOST {
            let mirrored = client.mirrors.apply(&url);
            let waiting = Instant::now();
            if !request.is_api && !client.robots.allow(&url, |url| self.robots_txt(url)) {
                return Err(Failure::last(FetchError::Robots));
            }
            let turn = client.pace.turn(host(&url));
            let waited = waiting.elapsed();
            deadline += waited;
            self.end.set(self.end.get() + waited);
            let authorization = client.token.authorization(&mirrored);
            let with_token = authorization.is_some();
            let response = self.ask(&mirrored, request, mark, authorization, deadline)?;
            let status = response.status().as_u16();
            if !matches!(status, 301 | 302 | 303 | 307 | 308) {
                return Ok(Reply { response, url, with_token, _turn: turn });
            }
            let location = text(response.headers(), header::LOCATION).filter(|location| !location.trim().is_empty());
            let location = location.ok_or_else(|| Failure::last(FetchError::Nowhere { status }))?;
            // A mirror that names itself is left by the address it goes by.
            let from = if redirect::is_whole(&location) { &*mirrored } else { &url };
            let target = redirect::follow(from, &location).map_err(Failure::last)?;
            if request.stays && !index::is_same_site(from, &target) {
                return Err(Failure::last(FetchError::OffSite { to: target }));
            }
            url = target;
        }
        Err(Failure::last(FetchError::Redirects(redirect::MOST)))
    }

    /// Sends a request to where its address is mirrored.
    fn ask(
        &self,
        mirrored: &str,
        about: &Request,
        mark: &Mark,
        authorization: Option<String>,
        deadline: Instant,
    ) -> Result<Response<ureq::Body>, Failure> {
        let client = self.client;
        let left = self.left().min(deadline.saturating_duration_since(Instant::now()));
        if left.is_zero() {
            return Err(self.timeout());
        }
        let mut headers = vec![(header::ACCEPT, about.accept.clone().unwrap_or_else(|| ACCEPT.to_owned()))];
        headers.extend(mark.etag.clone().map(|etag| (header::IF_NONE_MATCH, etag)));
        headers.extend(mark.last_modified.clone().map(|date| (header::IF_MODIFIED_SINCE, date)));
        headers.extend(authorization.map(|said| (header::AUTHORIZATION, said)));
        let response = if let Some((url, question)) = graphql::question(about, mirrored) {
            let request = headers.into_iter().fold(client.agent.post(url), |it, (name, value)| it.header(name, value));
            request.config().timeout_global(Some(left)).build().send(question)
        } else {
            let request = headers.into_iter().fold(client.agent.get(mirrored), |it, (name, value)| it.header(name, value));
            request.config().timeout_global(Some(left)).build().call()
        };
        let response = response.map_err(|error| self.failure(error))?;
        log::info!("{mirrored}: {}, of {:?}", response.status(), response.body().content_length());
        Ok(response)
    }

    /// That time is up: the request's, or the source's.
    fn timeout(&self) -> Failure {
        if self.left().is_zero() {
            return Failure::last(FetchError::SourceTimeout(self.client.whole()));
        }
        Failure::soon(FetchError::Timeout(self.client.settings.timeout))
    }

    fn page(&self, request: &Request, url: String, mut response: Response<ureq::Body>) -> Result<Got, Failure> {
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
        Ok(Got { bytes, mark, url, next })
    }

    fn failure(&self, error: ureq::Error) -> Failure {
        match error {
            ureq::Error::Timeout(_) => self.timeout(),
            ureq::Error::Io(error) if error.kind() == io::ErrorKind::UnexpectedEof => Failure::soon(FetchError::Cut),
            ureq::Error::Io(error) => Failure::soon(FetchError::Connection(connection(&error))),
            ureq::Error::HostNotFound => Failure::soon(FetchError::Connection("could not resolve host".to_owned())),
            ureq::Error::ConnectionFailed => Failure::soon(FetchError::Connection("connection failed".to_owned())),
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

impl Client<'_> {
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
}

/// A mark without what [`text`] takes from no header: no server has ever sent that.
pub(super) fn sendable(mark: &Mark) -> Mark {
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
fn host(url: &str) -> &str {
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

    const SETTINGS: Settings =
        Settings { timeout: Duration::from_secs(5), retries: 0, jobs: 1, offline: false, allow_empty: false };

    #[test]
    fn without_a_token_that_is_refused_all_may_still_be_read() {
        let url = serve(|asked| if asked.contains("secret") { (401, String::new()) } else { (200, "# Ideas".to_owned()) });
        let mirrors = Mirrors::default();
        let client = Client { token: Token::of("secret", url.clone()), ..Client::new(SETTINGS, &mirrors) };
        let visit = client.visit();
        let page = Request { is_api: true, ..Request::page(format!("{url}issues/1")) };
        for _ in 0..2 {
            let got = visit.list(&page, &Mark::default()).unwrap().unwrap();
            assert_eq!(got.bodies, [b"# Ideas"]);
        }
        let only = Request { needs_token: true, ..page };
        assert!(matches!(visit.list(&only, &Mark::default()), Err(FetchError::NeedsToken)));
        assert_eq!(visit.warnings(), [REFUSED_TOKEN], "it is said once");
    }

    #[test]
    fn discussions_are_asked_for_with_a_token() {
        let url = serve(|asked| {
            let is_right = asked.starts_with("POST /graphql HTTP") && asked.contains("uthorization: Bearer secret");
            if is_right && asked.contains(r#""number":7"#) { (200, r#"{"data":{}}"#.to_owned()) } else { (400, String::new()) }
        });
        let mirrors = Mirrors::default();
        let client = Client { token: Token::of("secret", url.clone()), ..Client::new(SETTINGS, &mirrors) };
        let url = format!("{url}graphql?owner=o&name=r&number=7");
        let request = Request { answer: Answer::GithubDiscussion, is_api: true, needs_token: true, ..Request::page(url) };
        let got = client.visit().list(&request, &Mark::default()).unwrap().unwrap();
        assert_eq!(got.bodies, [br#"{"data":{}}"#]);
    }
}
