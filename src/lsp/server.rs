//! The server: what each message of a client means.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::PathBuf;
use std::rc::Rc;
use std::time::Instant;

use gen_lsp_types::json_rpc::{Error, Id, RequestObject, ResponseObject};
use gen_lsp_types::{
    Diagnostic, DidChangeTextDocumentParams, DidChangeWorkspaceFoldersParams, DidCloseTextDocumentParams,
    DidOpenTextDocumentParams, ErrorCodes, InitializeRequest, LspErrorCodes, PublishDiagnosticsNotification,
    PublishDiagnosticsParams, Registration, RegistrationParams, RegistrationRequest, Request, ShutdownRequest,
};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::client::Client;
use super::document::Document;
use super::names::Names;
use super::position::Lines;
use super::wire::{self, Incoming};
use super::workspace::{self, Workspace};
use super::{Ended, diagnostics};
use crate::config::{Config, ConfigError};
use crate::programs::Date;

/// The server.
pub(super) struct Server<'o> {
    out: &'o mut dyn Write,
    phase: Phase,
    pub(super) client: Client,
    pub(super) workspace: Workspace,
    /// What is open, by URI.
    pub(super) documents: BTreeMap<String, Document>,
    /// What was said to be wrong with settings, by file.
    told_faults: BTreeMap<PathBuf, ConfigError>,
    /// Names to choose from, and the settings they come from.
    names: Option<(Rc<Config>, Rc<Names>)>,
}

/// How far a connection is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Phase {
    New,
    Running,
    ShutDown,
}

impl<'o> Server<'o> {
    /// A server that nobody has spoken to; `named` are the settings that the call names.
    pub(super) fn new(out: &'o mut dyn Write, named: Option<PathBuf>, today: Date) -> Self {
        Server {
            out,
            phase: Phase::New,
            client: Client::default(),
            workspace: Workspace::new(named, today),
            documents: BTreeMap::new(),
            told_faults: BTreeMap::new(),
            names: None,
        }
    }

    /// Takes a message; says how it ended if it was the last.
    pub(super) fn take(&mut self, message: Incoming) -> io::Result<Option<Ended>> {
        match message {
            Incoming::Notification { method, .. } if method == "exit" => return Ok(Some(self.ended())),
            Incoming::Notification { method, params } if self.phase == Phase::Running => self.told(&method, params)?,
            Incoming::Notification { .. } => {}
            Incoming::Malformed(why) => self.refuse(Id::Null, ErrorCodes::ParseError, why)?,
            Incoming::Request { id, method, params } => self.asked(id, &method, params)?,
        }
        Ok(None)
    }

    /// How it ends if nothing more comes.
    pub(super) fn ended(&self) -> Ended {
        if self.phase == Phase::ShutDown { Ended::Properly } else { Ended::Abruptly }
    }

    fn asked(&mut self, id: Id, method: &str, params: Value) -> io::Result<()> {
        match (self.phase, method) {
            (Phase::New, "initialize") => self.initialize(id, &params),
            (Phase::New, _) => self.refuse(id, ErrorCodes::ServerNotInitialized, format!("`{method}` comes before `initialize`")),
            (Phase::Running, "initialize") => self.refuse(id, ErrorCodes::InvalidRequest, "`initialize` comes once".to_owned()),
            (Phase::Running, "shutdown") => {
                self.phase = Phase::ShutDown;
                self.send(&ResponseObject::from_success::<ShutdownRequest>(id, ()))
            }
            (Phase::Running, method) => self.answer(id, method, params),
            (Phase::ShutDown, _) => self.refuse(id, ErrorCodes::InvalidRequest, format!("`{method}` comes after `shutdown`")),
        }
    }

    fn initialize(&mut self, id: Id, params: &Value) -> io::Result<()> {
        self.client = Client::read(params);
        let uri = |value: &Value| value.as_str().map(str::to_owned);
        let listed = params.get("workspaceFolders").and_then(Value::as_array).filter(|folders| !folders.is_empty());
        let folders: Vec<String> = match listed {
            Some(folders) => folders.iter().filter_map(|folder| uri(folder.get("uri")?)).collect(),
            None => params.get("rootUri").and_then(uri).into_iter().collect(),
        };
        for folder in folders {
            self.workspace.open(&folder);
        }
        self.phase = Phase::Running;
        self.send(&ResponseObject::from_success::<InitializeRequest>(id, self.client.offer()))
    }

    fn told(&mut self, method: &str, params: Value) -> io::Result<()> {
        match method {
            "initialized" => return self.watch(),
            "textDocument/didOpen" => {
                if let Some(DidOpenTextDocumentParams { text_document: it }) = read(method, params) {
                    let place = self.workspace.place(&it.uri.0);
                    self.documents.insert(it.uri.0, Document::new(it.version, it.text, place));
                }
            }
            "textDocument/didChange" => {
                let Some(DidChangeTextDocumentParams { text_document, content_changes }) = read(method, params) else {
                    return Ok(());
                };
                if let Some(document) = self.documents.get_mut(&text_document.text_document_identifier.uri.0) {
                    for change in content_changes {
                        document.change(change, self.client.encoding);
                    }
                    document.version = text_document.version;
                }
            }
            "textDocument/didClose" => {
                if let Some(DidCloseTextDocumentParams { text_document }) = read(method, params) {
                    self.documents.remove(&text_document.uri.0);
                    return self.publish(text_document.uri.0, None, Vec::new());
                }
            }
            "textDocument/didSave" | "workspace/didChangeWatchedFiles" | "workspace/didChangeConfiguration" => {
                self.look_again();
            }
            "workspace/didChangeWorkspaceFolders" => {
                if let Some(DidChangeWorkspaceFoldersParams { event }) = read(method, params) {
                    event.removed.iter().for_each(|folder| self.workspace.close(&folder.uri.0));
                    event.added.iter().for_each(|folder| self.workspace.open(&folder.uri.0));
                    self.look_again();
                }
            }
            _ => log::debug!("{method}: nothing to do"),
        }
        Ok(())
    }

    /// Asks to be told when settings change, and the templates that they name.
    fn watch(&mut self) -> io::Result<()> {
        if !self.client.watches_files {
            return Ok(());
        }
        let registration = Registration {
            id: "settings".to_owned(),
            method: "workspace/didChangeWatchedFiles".to_owned(),
            register_options: Some(json!({ "watchers": [{ "globPattern": "**/*.toml" }] })),
        };
        let params = RegistrationParams { registrations: vec![registration] };
        self.send(&RequestObject::from_request::<RegistrationRequest>(Id::String("watch".to_owned()), params))
    }

    /// Settings are read again, and pages looked at with them.
    fn look_again(&mut self) {
        self.workspace.forget();
        self.names = None;
        for (uri, document) in &mut self.documents {
            document.move_to(self.workspace.place(uri));
        }
    }

    /// Says what is found on the documents that have changed, and what is wrong with their settings.
    pub(super) fn publish_changes(&mut self) -> io::Result<()> {
        if self.phase != Phase::Running {
            return Ok(());
        }
        let mut found = Vec::new();
        for (uri, document) in self.documents.iter_mut().filter(|(_, document)| !document.is_told) {
            let start = Instant::now();
            let diagnostics = document.look(&mut self.workspace).map_or_else(Vec::new, |looked| {
                let lines = Lines::new(looked.page.source.text(), self.client.encoding);
                diagnostics::of_page(uri, looked, &lines, &self.client)
            });
            document.is_told = true;
            log::info!("{uri}: version {} looked at in {:.1?}", document.version, start.elapsed());
            found.push((uri.clone(), document.version, diagnostics));
        }
        for (uri, version, diagnostics) in found {
            self.publish(uri, Some(version), diagnostics)?;
        }
        self.publish_faults()
    }

    /// Says what is wrong with settings now, and what is not any more.
    fn publish_faults(&mut self) -> io::Result<()> {
        let told = std::mem::replace(&mut self.told_faults, self.workspace.faults().clone());
        let mended: Vec<PathBuf> = told.keys().filter(|file| !self.told_faults.contains_key(*file)).cloned().collect();
        let is_new = |(file, error): &(&PathBuf, &ConfigError)| told.get(*file) != Some(*error);
        let wrong = self.told_faults.iter().filter(is_new);
        let wrong = wrong.map(|(file, error)| (file.clone(), vec![diagnostics::of_fault(error, file, &self.client)]));
        let all: Vec<_> = mended.into_iter().map(|file| (file, Vec::new())).chain(wrong).collect();
        for (file, diagnostics) in all {
            if let Some(uri) = workspace::uri(&file) {
                self.publish(uri, None, diagnostics)?;
            }
        }
        Ok(())
    }

    fn publish(&mut self, uri: String, version: Option<i32>, diagnostics: Vec<Diagnostic>) -> io::Result<()> {
        let params = PublishDiagnosticsParams { uri: uri.into(), version, diagnostics };
        self.send(&RequestObject::from_notification::<PublishDiagnosticsNotification>(params))
    }

    /// Names to choose from on the pages of some settings.
    pub(super) fn names(&mut self, config: &Rc<Config>) -> Rc<Names> {
        match &self.names {
            Some((known, names)) if Rc::ptr_eq(known, config) => names.clone(),
            _ => {
                let names = Rc::new(Names::of(config));
                self.names = Some((config.clone(), names.clone()));
                names
            }
        }
    }

    /// Answers a request that was cancelled before its turn.
    pub(super) fn cancel(&mut self, id: Id) -> io::Result<()> {
        let cancelled = ErrorCodes::from(i32::from(LspErrorCodes::RequestCancelled));
        self.refuse(id, cancelled, "the request was cancelled".to_owned())
    }

    pub(super) fn refuse(&mut self, id: Id, code: ErrorCodes, message: String) -> io::Result<()> {
        log::debug!("{message}");
        self.send(&ResponseObject::from_error(id, Error { code, message, data: None }))
    }

    /// Answers with what `f` makes of the parameters.
    pub(super) fn reply<R: Request>(
        &mut self,
        id: Id,
        params: Value,
        f: impl FnOnce(&mut Self, R::Params) -> R::Result,
    ) -> io::Result<()>
    where
        R::Params: DeserializeOwned,
    {
        match serde_json::from_value(params) {
            Ok(params) => {
                let result = f(self, params);
                self.send(&ResponseObject::from_success::<R>(id, result))
            }
            Err(error) => self.refuse(id, ErrorCodes::InvalidParams, error.to_string()),
        }
    }

    fn send(&mut self, message: &impl serde::Serialize) -> io::Result<()> {
        wire::write(message, self.out)
    }
}

/// The parameters of a notification; none, and said so, if they make no sense.
fn read<T: DeserializeOwned>(method: &str, params: Value) -> Option<T> {
    serde_json::from_value(params).map_err(|error| log::warn!("{method}: {error}")).ok()
}
