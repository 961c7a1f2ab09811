//! Messages on the wire: each is a header that tells its length, and JSON of that length.
//!
//! What a client sends is not trusted: a message that is none is told, and the next one is read. Nothing is reserved because a
//! header claims it.

use std::io::{self, BufRead, Read, Write};
use std::sync::mpsc::Sender;

use gen_lsp_types::json_rpc::{Id, RequestObject};
use serde::Serialize;
use serde_json::Value;

/// What came from the client.
#[derive(Debug)]
pub(super) enum Incoming {
    /// Something that is to be answered.
    Request {
        /// What the answer is known by.
        id: Id,
        /// What is asked.
        method: String,
        /// About what.
        params: Value,
    },
    /// Something that is only told.
    Notification {
        /// What is told.
        method: String,
        /// About what.
        params: Value,
    },
    /// A message that is none: why.
    Malformed(String),
}

/// No header line is longer; what is, is no header.
const LONGEST_HEADER: u64 = 1024;

/// No message is longer, in bytes: a page may have half of it.
const LONGEST_MESSAGE: u64 = 1 << 30;

/// Reads messages until the stream ends, or nobody wants them any more. The last is `exit`.
pub(super) fn read_all(mut input: impl BufRead, inbox: &Sender<Incoming>) {
    loop {
        let message = match read(&mut input) {
            Ok(Some(message)) => message,
            Ok(None) => return,
            Err(error) => {
                log::warn!("standard input cannot be read: {error}");
                return;
            }
        };
        let is_last = matches!(&message, Incoming::Notification { method, .. } if method == "exit");
        if inbox.send(message).is_err() || is_last {
            return;
        }
    }
}

/// Reads a message; none if the stream has ended.
fn read(input: &mut impl BufRead) -> io::Result<Option<Incoming>> {
    let mut length = None;
    let mut line = Vec::new();
    loop {
        line.clear();
        if input.by_ref().take(LONGEST_HEADER).read_until(b'\n', &mut line)? == 0 {
            return Ok(None);
        }
        let text = String::from_utf8_lossy(&line);
        match (text.trim(), length) {
            ("", Some(_)) => break,
            ("", None) => {}
            (header, _) => match header.split_once(':') {
                Some((name, value)) if name.trim().eq_ignore_ascii_case("content-length") => {
                    length = value.trim().parse::<u64>().ok();
                }
                _ if is_header(header) => {}
                _ => log::warn!("no header of a message: {header:?}"),
            },
        }
    }
    let length = length.unwrap_or_default();
    if length > LONGEST_MESSAGE {
        io::copy(&mut input.by_ref().take(length), &mut io::sink())?;
        return Ok(Some(Incoming::Malformed(format!("a message of {length} bytes is longer than any page"))));
    }
    let mut body = Vec::new();
    if input.by_ref().take(length).read_to_end(&mut body)? as u64 != length {
        return Ok(None);
    }
    log::trace!("< {}", String::from_utf8_lossy(&body));
    Ok(Some(understand(&body)))
}

/// The other header that there is.
fn is_header(line: &str) -> bool {
    line.get(.."content-type:".len()).is_some_and(|start| start.eq_ignore_ascii_case("content-type:"))
}

fn understand(body: &[u8]) -> Incoming {
    let read: RequestObject = match serde_json::from_slice(body) {
        Ok(read) => read,
        Err(error) => return Incoming::Malformed(format!("not a message: {error}")),
    };
    let (method, id, params) = read.into_parts();
    let params = params.unwrap_or_default();
    match id {
        Some(id) if id != Id::Null => Incoming::Request { id, method, params },
        _ => Incoming::Notification { method, params },
    }
}

/// Writes a message.
pub(super) fn write(message: &impl Serialize, out: &mut dyn Write) -> io::Result<()> {
    let body = serde_json::to_string(message)?;
    log::trace!("> {body}");
    write!(out, "Content-Length: {}\r\n\r\n{body}", body.len())?;
    out.flush()
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc::channel;

    use super::*;

    fn read_from(input: &str) -> Vec<String> {
        let (sender, inbox) = channel();
        read_all(input.as_bytes(), &sender);
        drop(sender);
        let shown = |message| match message {
            Incoming::Request { id, method, .. } => format!("{method} {id:?}"),
            Incoming::Notification { method, .. } => method,
            Incoming::Malformed(_) => "malformed".to_owned(),
        };
        inbox.iter().map(shown).collect()
    }

    fn framed(body: &str) -> String {
        format!("Content-Length: {}\r\n\r\n{body}", body.len())
    }

    #[test]
    fn messages_are_read_whatever_stands_between_them() {
        let asked = framed(r#"{"jsonrpc":"2.0","id":1,"method":"hover"}"#);
        let told = framed(r#"{"jsonrpc":"2.0","method":"initialized","params":{}}"#);
        for (input, messages) in [
            (format!("{asked}{told}"), &["hover Number(1)", "initialized"][..]),
            (asked.replace("\r\n", "\n").replace("Content-Length", "content-length"), &["hover Number(1)"]),
            (
                asked.replace("\r\n\r\n", "\r\nContent-Type: application/vscode-jsonrpc; charset=utf-8\r\n\r\n"),
                &["hover Number(1)"],
            ),
            (format!("Hello?\r\n\r\n\u{0}\n{asked}"), &["hover Number(1)"]),
            (format!("{}{asked}", framed("{")), &["malformed", "hover Number(1)"]),
            (format!("{}{asked}", framed("[1]")), &["malformed", "hover Number(1)"]),
            (format!("{}{asked}", framed("é")), &["malformed", "hover Number(1)"]),
            (format!("Content-Length: x\r\n\r\n{asked}"), &["hover Number(1)"]),
            // What is claimed never comes.
            ("Content-Length: 18446744073709551615\r\n\r\n{}".to_owned(), &["malformed"]),
            ("Content-Length: 900000000\r\n\r\n{}".to_owned(), &[]),
            (framed(r#"{"jsonrpc":"2.0","id":"a","method":"x"}"#), &["x String(\"a\")"]),
            (framed(r#"{"jsonrpc":"2.0","id":4294967296,"method":"x"}"#), &["x Number(4294967296)"]),
            // The answer to something that we have asked.
            (framed(r#"{"jsonrpc":"2.0","id":null,"result":null}"#), &[""]),
            (format!("{}{told}", framed(r#"{"jsonrpc":"2.0","method":"exit"}"#)), &["exit"]),
            (String::new(), &[]),
        ] {
            assert_eq!(read_from(&input), messages, "{input:?}");
        }
    }

    #[test]
    fn messages_are_written_with_their_length() {
        let mut out = Vec::new();
        write(&"é", &mut out).unwrap();
        assert_eq!(out, "Content-Length: 4\r\n\r\n\"é\"".as_bytes());
    }
}
