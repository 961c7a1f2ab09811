//! Pages by HTTP: only what has changed is sent, and whatever the other side does, it is over after a while.

use std::io::{self, Read};
use std::time::{Duration, Instant, SystemTime};

use ureq::Agent;
use ureq::http::{HeaderMap, HeaderValue, Response, header};
use ureq::tls::{RootCerts, TlsConfig};

use crate::catalog::fetched::FetchedPage;
use crate::fetched::manifest::Mark;
use crate::sources::{Feed, Place};
use crate::storage;

use super::batch::{Answer, Batch, MAX_PAGE};
use super::retry::{self, Again, Failure};
use super::{FetchError, Settings, check, redirect};

/// The longest that it may take until somebody answers at all.
const CONNECT: Duration = Duration::from_secs(10);

/// What is asked for: pages, and no surprises.
const ACCEPT: &str = "text/markdown, text/plain, application/json;q=0.9, */*;q=0.5";

/// Fetches by HTTP.
pub(super) struct Client {
    agent: Agent,
    settings: Settings,
}

impl Client {
    pub(super) fn new(settings: Settings) -> Self {
        let config = Agent::config_builder()
            .http_status_as_error(false)
            // Each is looked at before it is followed.
            .max_redirects(0)
            .max_redirects_will_error(false)
            .timeout_connect(Some(CONNECT.min(settings.timeout)))
            // What is left on a connection by one answer must not be taken for the next.
            .max_idle_connections(0)
            .accept(ACCEPT)
            // Pages are small, and what is not unpacked cannot burst.
            .accept_encoding("identity")
            .user_agent(concat!("ideas/", env!("CARGO_PKG_VERSION")))
            .tls_config(TlsConfig::builder().root_certs(RootCerts::PlatformVerifier).build())
            .build();
        Client { agent: config.new_agent(), settings }
    }

    fn get(&self, url: &str, mark: &Mark) -> Result<Option<(Vec<u8>, Mark)>, FetchError> {
        retry::attempt(self.settings, || self.attempt(url, mark))
    }

    fn attempt(&self, url: &str, mark: &Mark) -> Result<Option<(Vec<u8>, Mark)>, Failure> {
        let deadline = Instant::now() + self.settings.timeout;
        let asked = url;
        let mut url = url.to_owned();
        for _ in 0..=redirect::MOST {
            let response = self.ask(&url, mark, deadline)?;
            let status = response.status().as_u16();
            match status {
                200 => return self.page(asked, response).map(Some),
                304 if *mark != Mark::default() => return Ok(None),
                301 | 302 | 303 | 307 | 308 => {
                    let location = text(response.headers(), header::LOCATION).filter(|location| !location.trim().is_empty());
                    let location = location.ok_or_else(|| Failure::last(FetchError::Nowhere { status }))?;
                    url = redirect::follow(&url, &location).map_err(Failure::last)?;
                }
                _ => return Err(refusal(status, response.headers())),
            }
        }
        Err(Failure::last(FetchError::Redirects(redirect::MOST)))
    }

    fn ask(&self, url: &str, mark: &Mark, deadline: Instant) -> Result<Response<ureq::Body>, Failure> {
        let left = deadline.saturating_duration_since(Instant::now());
        if left.is_zero() {
            return Err(Failure::soon(FetchError::Timeout(self.settings.timeout)));
        }
        let mut request = self.agent.get(url);
        if let Some(etag) = &mark.etag {
            request = request.header(header::IF_NONE_MATCH, etag);
        }
        if let Some(date) = &mark.last_modified {
            request = request.header(header::IF_MODIFIED_SINCE, date);
        }
        let request = request.config().timeout_global(Some(left)).build();
        let response = request.call().map_err(|error| self.failure(error))?;
        log::info!("{url}: {}, of {:?}", response.status(), response.body().content_length());
        Ok(response)
    }

    fn page(&self, asked: &str, mut response: Response<ureq::Body>) -> Result<(Vec<u8>, Mark), Failure> {
        let headers = response.headers();
        if let Some(encoding) = text(headers, header::CONTENT_ENCODING).filter(|encoding| encoding != "identity") {
            return Err(Failure::last(FetchError::Encoding(encoding)));
        }
        let mark = Mark { etag: text(headers, header::ETAG), last_modified: text(headers, header::LAST_MODIFIED), commit: None };
        let kind = text(headers, header::CONTENT_TYPE);
        let announced = response.body().content_length();
        if announced.is_some_and(|length| length > MAX_PAGE as u64) {
            return Err(Failure::last(FetchError::TooLarge));
        }
        let mut bytes = Vec::new();
        let mut body = response.body_mut().as_reader().take(MAX_PAGE as u64 + 1);
        body.read_to_end(&mut bytes).map_err(|error| self.failure(ureq::Error::from(error)))?;
        check::page(&bytes, asked, kind.as_deref()).map_err(Failure::last)?;
        Ok((bytes, mark))
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

/// The only page of a source.
pub(super) fn fetch(client: &Client, feed: &Feed, url: &str, mark: &Mark) -> Result<Answer, FetchError> {
    let Some((bytes, mark)) = client.get(&Place::raw(url), &sendable(mark))? else { return Ok(Answer::Same) };
    let path = url.split_once("://").map_or(url, |(_, rest)| rest);
    let path = path.split('?').next().unwrap_or(path).to_owned();
    let given = feed.given_to_one(&path);
    let page = FetchedPage { path, url: Some(url.to_owned()), given, bytes };
    Ok(Answer::New(Batch { mark, pages: vec![page], left_out: Vec::new() }))
}

/// A mark without what [`text`] takes from no header: no server has ever sent that.
fn sendable(mark: &Mark) -> Mark {
    let sendable = |value: &Option<String>| {
        value.clone().filter(|value| HeaderValue::from_str(value).is_ok_and(|value| value.to_str().is_ok()))
    };
    Mark { etag: sendable(&mark.etag), last_modified: sendable(&mark.last_modified), commit: None }
}

fn refusal(status: u16, headers: &HeaderMap) -> Failure {
    let error = FetchError::Status { status };
    if !matches!(status, 408 | 425 | 429 | 500 | 502 | 503 | 504) {
        return Failure::last(error);
    }
    let wait = text(headers, header::RETRY_AFTER).and_then(|header| retry::asked(&header, SystemTime::now()));
    match wait {
        None => Failure::soon(error),
        Some(Duration::ZERO) => Failure { error, again: Again::After(Duration::ZERO) },
        Some(wait) => Failure { error: FetchError::Busy { status, wait }, again: Again::After(wait) },
    }
}

fn text(headers: &HeaderMap, name: header::HeaderName) -> Option<String> {
    headers.get(name)?.to_str().ok().map(ToOwned::to_owned)
}
