//! An HTTP server that does exactly what a test says, byte for byte, also what no honest server does.

use std::collections::HashMap;
use std::io::{BufRead, BufReader, Write};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::mpsc::{self, Receiver, Sender};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

/// No test waits longer.
const PATIENCE: Duration = Duration::from_secs(20);

/// What was asked for.
#[derive(Clone, Debug)]
pub(crate) struct Request {
    /// `GET`
    pub(crate) method: String,
    /// `/ideas.md`
    pub(crate) path: String,
    /// By their names in lower case.
    pub(crate) headers: HashMap<String, String>,
    /// How often this path was asked for before.
    pub(crate) before: usize,
}

/// A server, until it is dropped with the test.
pub(crate) struct Server {
    address: SocketAddr,
    log: Arc<Mutex<Vec<Request>>>,
}

impl Server {
    /// A server that answers each request by writing on the connection, which is closed then. It has no `robots.txt`.
    pub(crate) fn start(answer: impl Fn(&Request, &mut TcpStream) + Send + Sync + 'static) -> Self {
        Self::listen(answer, false)
    }

    /// The same, asked for `robots.txt`, too.
    pub(crate) fn with_robots(answer: impl Fn(&Request, &mut TcpStream) + Send + Sync + 'static) -> Self {
        Self::listen(answer, true)
    }

    fn listen(answer: impl Fn(&Request, &mut TcpStream) + Send + Sync + 'static, has_robots: bool) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let server = Server { address: listener.local_addr().unwrap(), log: Arc::default() };
        let (log, answer) = (Arc::clone(&server.log), Arc::new(answer));
        thread::spawn(move || {
            for connection in listener.incoming().flatten() {
                let (log, answer) = (Arc::clone(&log), Arc::clone(&answer));
                thread::spawn(move || serve(connection, &log, &*answer, has_robots));
            }
        });
        server
    }

    /// A server that gives one answer, whatever it is asked for.
    pub(crate) fn always(answer: impl Into<Vec<u8>>) -> Self {
        let answer = answer.into();
        Self::start(move |_, out| _ = out.write_all(&answer))
    }

    /// A server that keeps the first who ask for a path waiting until the [`Gate`] opens, and gives one answer.
    pub(crate) fn behind_a_gate(answer: impl Into<Vec<u8>>) -> (Self, Gate) {
        let answer = answer.into();
        let (arrived, has_arrived) = mpsc::channel();
        let (go, may_go) = mpsc::channel();
        let may_go = Mutex::new(may_go);
        let server = Self::start(move |request, out| {
            if request.before == 0 {
                arrived.send(()).unwrap();
                let _ = may_go.lock().unwrap().recv_timeout(PATIENCE);
            }
            let _ = out.write_all(&answer);
        });
        (server, Gate { has_arrived, go })
    }

    pub(crate) fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// What was asked for until now.
    pub(crate) fn log(&self) -> Vec<Request> {
        self.log.lock().unwrap().clone()
    }
}

/// Where the first request of a server waits.
pub(crate) struct Gate {
    has_arrived: Receiver<()>,
    go: Sender<()>,
}

impl Gate {
    /// Waits until somebody stands there.
    pub(crate) fn wait(&self) {
        self.has_arrived.recv_timeout(PATIENCE).unwrap();
    }

    pub(crate) fn open(&self) {
        self.go.send(()).unwrap();
    }
}

fn serve(connection: TcpStream, log: &Mutex<Vec<Request>>, answer: &dyn Fn(&Request, &mut TcpStream), has_robots: bool) {
    connection.set_read_timeout(Some(Duration::from_secs(10))).unwrap();
    let mut lines = BufReader::new(connection.try_clone().unwrap()).lines();
    let Some(Ok(first)) = lines.next() else { return };
    let mut words = first.split(' ').map(ToOwned::to_owned);
    let (method, path) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    let headers = lines.map_while(Result::ok).take_while(|line| !line.is_empty());
    let headers = headers.filter_map(|line| line.split_once(": ").map(|(name, value)| (name.to_lowercase(), value.to_owned())));
    let mut request = Request { method, path, headers: headers.collect(), before: 0 };
    if request.path.ends_with("/robots.txt") && !has_robots {
        let _ = (&connection).write_all(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n");
        return;
    }
    {
        let mut log = log.lock().unwrap();
        request.before = log.iter().filter(|known| known.path == request.path).count();
        log.push(request.clone());
    }
    let mut connection = connection;
    answer(&request, &mut connection);
    let _ = connection.shutdown(Shutdown::Both);
}

/// A whole answer: a status line, headers, the length, the body.
pub(crate) fn answer(status: &str, headers: &[&str], body: impl AsRef<[u8]>) -> Vec<u8> {
    let body = body.as_ref();
    let mut text = format!("HTTP/1.1 {status}\r\nContent-Length: {}\r\nConnection: close\r\n", body.len());
    for header in headers {
        text.push_str(header);
        text.push_str("\r\n");
    }
    text.push_str("\r\n");
    [text.as_bytes(), body].concat()
}

/// A page.
pub(crate) fn ok(body: impl AsRef<[u8]>) -> Vec<u8> {
    answer("200 OK", &["Content-Type: text/markdown; charset=utf-8"], body)
}
