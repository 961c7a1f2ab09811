//! The language server: what `ideas validate`, `ideas fmt` and `ideas show --why` say, in an editor, while somebody types.
//!
//! One thread reads messages, another does what they ask, one by one. All messages that have come are taken before a page is
//! looked at again: who types fast waits for one look, not for one a key. A request is answered from the text as it was when the
//! request was sent. Nothing is kept of a page but its text and what was found on it; what somebody points at is read anew, which
//! takes milliseconds.

mod actions;
mod answers;
mod client;
mod completion;
mod diagnostics;
mod disable;
mod document;
mod edits;
mod hover;
mod names;
mod position;
mod search;
mod server;
mod symbols;
mod wire;
mod workspace;

use std::collections::{HashSet, VecDeque};
use std::io::{self, BufReader, Read, Write};
use std::path::PathBuf;
use std::sync::mpsc;
use std::thread;

use gen_lsp_types::json_rpc::Id;

use crate::programs::Date;

use server::Server;
use wire::Incoming;

/// How a connection ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ended {
    /// With `shutdown` and `exit`, or the end of the input in place of that.
    Properly,
    /// Without `shutdown`.
    Abruptly,
}

/// Serves a client until it ends. `named` are the settings for all pages, if the call names some; `today` is the day
/// that terms are over on or not.
///
/// # Errors
///
/// `out` cannot be written.
pub fn serve(input: impl Read + Send + 'static, out: &mut dyn Write, named: Option<PathBuf>, today: Date) -> io::Result<Ended> {
    let (sender, inbox) = mpsc::channel();
    thread::spawn(move || wire::read_all(BufReader::new(input), &sender));
    let mut server = Server::new(out, named, today);
    let mut queue = Queue::default();
    while let Ok(first) = inbox.recv() {
        queue.push(first);
        loop {
            for message in inbox.try_iter() {
                queue.push(message);
            }
            let ended = match queue.pop() {
                Some(Next::Take(message)) => server.take(message)?,
                Some(Next::Cancel(id)) => {
                    server.cancel(id)?;
                    None
                }
                None => break,
            };
            if let Some(ended) = ended {
                return Ok(ended);
            }
        }
        server.publish_changes()?;
    }
    Ok(server.ended())
}

/// Messages that have come and were not taken yet.
#[derive(Default)]
struct Queue {
    messages: VecDeque<Incoming>,
    /// The requests among them.
    waiting: HashSet<Id>,
    /// Those of them that need no answer any more.
    cancelled: HashSet<Id>,
}

/// What is to be done with the next message.
enum Next {
    Take(Incoming),
    Cancel(Id),
}

impl Queue {
    fn push(&mut self, message: Incoming) {
        match &message {
            Incoming::Request { id, .. } => _ = self.waiting.insert(id.clone()),
            Incoming::Notification { method, params } if method == "$/cancelRequest" => {
                let id = params.get("id").and_then(|id| serde_json::from_value(id.clone()).ok());
                self.cancelled.extend(id.filter(|id| self.waiting.contains(id)));
                return;
            }
            Incoming::Notification { .. } | Incoming::Malformed(_) => {}
        }
        self.messages.push_back(message);
    }

    fn pop(&mut self) -> Option<Next> {
        let message = self.messages.pop_front()?;
        if let Incoming::Request { id, .. } = &message {
            self.waiting.remove(id);
            if self.cancelled.remove(id) {
                return Some(Next::Cancel(id.clone()));
            }
        }
        Some(Next::Take(message))
    }
}
