//! A site on loopback, for the browser of the same machine. It is served from memory: there is no path that leads to a file.

use std::io;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use percent_encoding::percent_decode_str;
use tiny_http::{Header, Method, Request, Response, Server, StatusCode};

use super::Site;

/// The port that is tried first, if none is asked for.
const PORT: u16 = 8000;

/// Why a site is not served.
#[derive(Debug, thiserror::Error)]
#[error("cannot listen on {address}: {reason}")]
pub struct ServeError {
    address: SocketAddr,
    reason: String,
}

/// A server that listens.
pub struct Listening {
    server: Server,
    port: u16,
}

/// Listens on loopback: on `port`, where 0 is any that is free; without one on 8000, or any.
///
/// # Errors
///
/// The port is not free.
pub fn listen(port: Option<u16>) -> Result<Listening, ServeError> {
    let on = |port: u16| {
        let address = SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), port);
        Server::http(address).map_err(|error| ServeError { address, reason: error.to_string() })
    };
    let server = match port {
        Some(port) => on(port)?,
        None => on(PORT).or_else(|_| on(0))?,
    };
    let port = server.server_addr().to_ip().map_or(PORT, |address| address.port());
    Ok(Listening { server, port })
}

impl Listening {
    /// Where the site is.
    pub fn address(&self) -> String {
        format!("http://127.0.0.1:{}/", self.port)
    }

    /// Answers until the process ends.
    pub fn serve(&self, site: &Site) {
        for request in self.server.incoming_requests() {
            // A reader who has gone needs no answer.
            if let Err(error) = self.answer(request, site) {
                log::debug!("an answer was not sent: {error}");
            }
        }
    }

    fn answer(&self, request: Request, site: &Site) -> io::Result<()> {
        log::info!("{} {}", request.method(), request.url());
        let host = request.headers().iter().find(|header| header.field.equiv("Host")).map(|header| header.value.as_str());
        // A page elsewhere may have given its own name this address, to read what is served here.
        if !host.is_some_and(|host| self.is_ours(host)) {
            return plain(request, 421, "this server answers for 127.0.0.1 only");
        }
        if !matches!(request.method(), Method::Get | Method::Head) {
            return plain(request, 405, "only GET and HEAD are answered");
        }
        let Some((path, bytes)) = find(request.url(), site) else { return plain(request, 404, "there is no such page") };
        let header = |name: &str, value: &str| Header::from_bytes(name, value).ok();
        let mut accepts = request.headers().iter().filter(|header| header.field.equiv("Accept-Encoding"));
        // HTTP's `deflate` is zlib's format.
        let packs = accepts.any(|header| header.value.as_str().split([',', ' ', ';']).any(|word| word == "deflate"));
        let mut response = if packs {
            Response::from_data(miniz_oxide::deflate::compress_to_vec_zlib(bytes, 6))
        } else {
            Response::from_data(bytes.as_slice())
        };
        let headers = [
            header("Content-Type", media_type(path)),
            header("Content-Encoding", "deflate").filter(|_| packs),
            header("Vary", "Accept-Encoding"),
            header("Cache-Control", "no-store"),
            header("X-Content-Type-Options", "nosniff"),
            header("Cross-Origin-Resource-Policy", "same-origin"),
        ];
        headers.into_iter().flatten().for_each(|header| response.add_header(header));
        request.respond(response)
    }

    fn is_ours(&self, host: &str) -> bool {
        ["127.0.0.1", "localhost"].iter().any(|name| host == format!("{name}:{}", self.port) || self.port == 80 && host == *name)
    }
}

/// The file that an address means.
fn find<'a>(url: &str, site: &'a Site) -> Option<(&'a str, &'a Vec<u8>)> {
    let path = url.split(['?', '#']).next().unwrap_or_default();
    let path = percent_decode_str(path.strip_prefix('/')?).decode_utf8().ok()?;
    let path = if path.is_empty() { "index.html" } else { &path };
    site.files.get_key_value(path).map(|(path, bytes)| (path.as_str(), bytes))
}

fn plain(request: Request, status: u16, text: &str) -> io::Result<()> {
    request.respond(Response::from_string(format!("{text}\n")).with_status_code(StatusCode(status)))
}

fn media_type(path: &str) -> &'static str {
    match path.rsplit('.').next() {
        Some("html") => "text/html; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("json") => "application/json",
        Some("xml") => "application/atom+xml; charset=utf-8",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use std::io::{Read, Write};
    use std::net::TcpStream;
    use std::thread;

    use super::*;

    /// The first line of the answer, and what follows the empty one.
    fn ask(address: &str, request: &str) -> (String, String) {
        let mut stream = TcpStream::connect(address).unwrap();
        stream.write_all(request.as_bytes()).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        let (head, body) = answer.split_once("\r\n\r\n").unwrap();
        (head.lines().next().unwrap().to_owned(), body.to_owned())
    }

    #[test]
    fn files_of_the_site_are_served_and_nothing_else() {
        let files = [("index.html", "home"), ("ideas/日本.html", "idea")];
        let files = files.into_iter().map(|(path, text)| (path.to_owned(), text.as_bytes().to_vec())).collect();
        let site = Site { files, first_seen: crate::site::FirstSeen::default() };
        let listening = listen(Some(0)).unwrap();
        let address = listening.address();
        let address = address.trim_start_matches("http://").trim_end_matches('/').to_owned();
        thread::spawn(move || listening.serve(&site));
        let get = |path: &str, host: &str| ask(&address, &format!("GET {path} HTTP/1.0\r\nHost: {host}\r\n\r\n"));
        for (path, status, body) in [
            ("/", "200", "home"),
            ("/index.html?q=x", "200", "home"),
            ("/ideas/%E6%97%A5%E6%9C%AC.html", "200", "idea"),
            ("/../../../../etc/passwd", "404", "there is no such page\n"),
            ("/%2e%2e/%2e%2e/etc/passwd", "404", "there is no such page\n"),
            ("/ideas/../index.html", "404", "there is no such page\n"),
            ("//etc/passwd", "404", "there is no such page\n"),
            ("/ideas", "404", "there is no such page\n"),
            ("/%ff", "404", "there is no such page\n"),
        ] {
            let (head, said) = get(path, &address);
            assert!(head.contains(status) && said == body, "{path}: {head} {said}");
        }
        assert!(get("/", "evil.example").0.contains("421"));
        let post = format!("POST / HTTP/1.0\r\nHost: {address}\r\nContent-Length: 0\r\n\r\n");
        assert!(ask(&address, &post).0.contains("405"));
    }
}
