//! An editor that does what it is told: it speaks with `ideas lsp` over pipes, and counts lines and columns on its own.

use std::collections::HashMap;
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::Duration;

use serde_json::{Value, json};

/// Longer nobody waits for an answer.
const PATIENCE: Duration = Duration::from_mins(1);

/// What most editors say of themselves.
pub(crate) fn abilities() -> Value {
    json!({
        "general": { "positionEncodings": ["utf-16"] },
        "workspace": { "didChangeWatchedFiles": { "dynamicRegistration": true }, "workspaceFolders": true },
        "textDocument": {
            "codeAction": { "resolveSupport": { "properties": ["edit"] } },
            "documentSymbol": { "hierarchicalDocumentSymbolSupport": true },
            "hover": { "contentFormat": ["markdown", "plaintext"] },
            "publishDiagnostics": { "codeDescriptionSupport": true, "relatedInformation": true, "versionSupport": true },
        },
    })
}

/// An editor with a folder open.
pub(crate) struct Editor {
    child: Child,
    input: Option<ChildStdin>,
    inbox: Receiver<Value>,
    next: i64,
    pub(crate) folder: PathBuf,
    versions: HashMap<String, i32>,
    /// Messages that nobody has asked for yet.
    unread: Vec<Value>,
}

impl Editor {
    /// Starts the server in a folder, and says what the editor can do.
    pub(crate) fn open(folder: &Path) -> Self {
        Self::open_with(folder, abilities())
    }

    pub(crate) fn open_with(folder: &Path, abilities: Value) -> Self {
        let mut editor = Self::silent(folder);
        let root = editor.uri("");
        let params = json!({
            "processId": null, "rootUri": root, "capabilities": abilities,
            "workspaceFolders": [{ "uri": root, "name": "pages" }],
        });
        let offered = editor.ask("initialize", params);
        assert_eq!(offered["serverInfo"]["name"], "ideas");
        editor.tell("initialized", json!({}));
        editor
    }

    /// Starts the server, and says nothing.
    pub(crate) fn silent(folder: &Path) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_ideas"));
        command
            .arg("lsp")
            .current_dir(folder)
            .env("IDEAS_CACHE_DIR", folder.join("cache"))
            .env("IDEAS_TODAY", "2020-01-01")
            .env_remove("IDEAS_LOG");
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let (sender, inbox) = channel();
        let mut output = BufReader::new(child.stdout.take().unwrap());
        thread::spawn(move || {
            while let Some(message) = read(&mut output) {
                if sender.send(message).is_err() {
                    return;
                }
            }
        });
        let (input, folder) = (child.stdin.take(), folder.to_owned());
        Editor { child, input, inbox, next: 0, folder, versions: HashMap::new(), unread: Vec::new() }
    }

    /// The URI of a file in the folder.
    pub(crate) fn uri(&self, file: &str) -> String {
        url::Url::from_file_path(self.folder.join(file)).unwrap().into()
    }

    /// Sends bytes as they are.
    pub(crate) fn send_raw(&mut self, bytes: &[u8]) {
        let input = self.input.as_mut().unwrap();
        input.write_all(bytes).unwrap();
        input.flush().unwrap();
    }

    pub(crate) fn send(&mut self, message: &Value) {
        let body = message.to_string();
        self.send_raw(format!("Content-Length: {}\r\n\r\n{body}", body.len()).as_bytes());
    }

    pub(crate) fn tell(&mut self, method: &str, params: Value) {
        self.send(&json!({ "jsonrpc": "2.0", "method": method, "params": params }));
    }

    /// Sends a request, and does not wait for the answer.
    pub(crate) fn start(&mut self, method: &str, params: Value) -> i64 {
        self.next += 1;
        self.send(&json!({ "jsonrpc": "2.0", "id": self.next, "method": method, "params": params }));
        self.next
    }

    /// The whole answer to a request.
    pub(crate) fn answer(&mut self, id: impl Into<Value>) -> Value {
        let id = id.into();
        self.wait(|message| message["id"] == id && message.get("method").is_none())
    }

    /// Sends a request, and waits for what it brings.
    pub(crate) fn ask(&mut self, method: &str, params: Value) -> Value {
        let id = self.start(method, params);
        let answer = self.answer(id);
        assert!(answer.get("error").is_none(), "{method}: {answer}");
        answer["result"].clone()
    }

    /// The next message of a kind.
    pub(crate) fn wait(&mut self, is_it: impl Fn(&Value) -> bool) -> Value {
        if let Some(at) = self.unread.iter().position(&is_it) {
            return self.unread.remove(at);
        }
        loop {
            let message = self.inbox.recv_timeout(PATIENCE).expect("an answer in time");
            if is_it(&message) {
                return message;
            }
            self.unread.push(message);
        }
    }

    /// Writes a file and opens it; what is found on it.
    pub(crate) fn open_file(&mut self, file: &str, text: &str) -> Vec<Value> {
        let path = self.folder.join(file);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
        self.open_text(file, text)
    }

    /// Opens a text as a file; what is found on it.
    pub(crate) fn open_text(&mut self, file: &str, text: &str) -> Vec<Value> {
        let uri = self.uri(file);
        self.versions.insert(uri.clone(), 1);
        let item = json!({ "uri": uri, "languageId": "markdown", "version": 1, "text": text });
        self.tell("textDocument/didOpen", json!({ "textDocument": item }));
        self.findings(file)
    }

    /// Types something; `changes` as the protocol has them.
    pub(crate) fn change(&mut self, file: &str, changes: Value) {
        let uri = self.uri(file);
        let version = self.versions.get_mut(&uri).unwrap();
        *version += 1;
        let document = json!({ "uri": uri, "version": version });
        self.tell("textDocument/didChange", json!({ "textDocument": document, "contentChanges": changes }));
    }

    /// What is found on a file as it is now.
    pub(crate) fn findings(&mut self, file: &str) -> Vec<Value> {
        let uri = self.uri(file);
        let version = self.versions.get(&uri).copied();
        let is_it = |message: &Value| {
            let params = &message["params"];
            message["method"] == "textDocument/publishDiagnostics" && params["uri"] == *uri && params["version"] == json!(version)
        };
        self.wait(is_it)["params"]["diagnostics"].as_array().unwrap().clone()
    }

    /// How many findings of a file were sent that nobody has read.
    pub(crate) fn looks(&self, file: &str) -> usize {
        let uri = self.uri(file);
        self.unread.iter().filter(|message| message["params"]["uri"] == *uri).count()
    }

    /// Asks for the actions on a line, or those of a kind.
    pub(crate) fn actions(&mut self, file: &str, line: usize, only: &[&str]) -> Vec<Value> {
        let at = json!({ "line": line, "character": 0 });
        let only = if only.is_empty() { Value::Null } else { json!(only) };
        let mut context = json!({ "diagnostics": [] });
        if !only.is_null() {
            context["only"] = only;
        }
        let document = json!({ "uri": self.uri(file) });
        let params = json!({ "textDocument": document, "range": { "start": at, "end": at }, "context": context });
        self.ask("textDocument/codeAction", params).as_array().cloned().unwrap_or_default()
    }

    /// The edits of an action, asked for if need be.
    pub(crate) fn edits(&mut self, file: &str, action: &Value) -> Vec<Value> {
        let action = if action.get("edit").is_some() { action.clone() } else { self.ask("codeAction/resolve", action.clone()) };
        let uri = self.uri(file);
        action["edit"]["changes"][&uri].as_array().unwrap_or_else(|| panic!("no edits: {action}")).clone()
    }

    /// Asks something about a place: hover, completion.
    pub(crate) fn ask_at(&mut self, method: &str, file: &str, (line, character): (usize, usize)) -> Value {
        let params = json!({ "textDocument": { "uri": self.uri(file) }, "position": { "line": line, "character": character } });
        self.ask(method, params)
    }

    /// Asks something about a file.
    pub(crate) fn ask_about(&mut self, method: &str, file: &str) -> Value {
        let params = json!({ "textDocument": { "uri": self.uri(file) }, "options": { "tabSize": 2, "insertSpaces": true } });
        self.ask(method, params)
    }

    /// Says good-bye; how the server ended, and what it said on standard error.
    pub(crate) fn close(mut self) -> (Option<i32>, String) {
        self.ask("shutdown", Value::Null);
        self.tell("exit", Value::Null);
        self.end()
    }

    /// Ends the input; how the server ended, and what it said on standard error.
    pub(crate) fn end(&mut self) -> (Option<i32>, String) {
        self.input = None;
        let status = self.child.wait().unwrap();
        let mut said = String::new();
        self.child.stderr.take().unwrap().read_to_string(&mut said).unwrap();
        (status.code(), said)
    }
}

fn read(output: &mut impl BufRead) -> Option<Value> {
    let mut length = 0;
    loop {
        let mut line = String::new();
        if output.read_line(&mut line).ok()? == 0 {
            return None;
        }
        match line.trim().strip_prefix("Content-Length: ") {
            Some(number) => length = number.parse().unwrap(),
            None if line == "\r\n" => break,
            None => panic!("{line:?} is no header"),
        }
    }
    let mut body = vec![0; length];
    output.read_exact(&mut body).ok()?;
    Some(serde_json::from_slice(&body).unwrap())
}

/// A text after edits whose columns are units of UTF-16.
pub(crate) fn apply(text: &str, edits: &[Value]) -> String {
    let mut lines: Vec<usize> = vec![0];
    lines.extend(text.match_indices('\n').map(|(at, _)| at + 1));
    let byte = |place: &Value| {
        let line = usize::try_from(place["line"].as_u64().unwrap()).unwrap();
        let Some(&start) = lines.get(line) else { return text.len() };
        let mut left = place["character"].as_u64().unwrap();
        for (at, c) in text[start..].char_indices() {
            if left == 0 || c == '\n' {
                return start + at;
            }
            left -= c.len_utf16() as u64;
        }
        text.len()
    };
    let mut cuts: Vec<(usize, usize, &str)> = edits
        .iter()
        .map(|edit| (byte(&edit["range"]["start"]), byte(&edit["range"]["end"]), edit["newText"].as_str().unwrap()))
        .collect();
    cuts.sort_by_key(|&(start, end, _)| (start, end));
    let mut out = text.to_owned();
    for (start, end, new) in cuts.into_iter().rev() {
        out.replace_range(start..end, new);
    }
    out
}

/// `code line:column-line:column`, as the editor shows it.
pub(crate) fn shown(finding: &Value) -> String {
    let place = |end: &str| {
        let at = &finding["range"][end];
        format!("{}:{}", at["line"], at["character"])
    };
    format!("{} {}-{}", finding["code"].as_str().unwrap_or("-"), place("start"), place("end"))
}
