//! What a client can do, as it says in `initialize`, and what we offer it.

use std::collections::HashMap;
use std::io;

use gen_lsp_types::{
    ChangeNotifications, CodeActionKind, CodeActionOptions, CodeActionProvider, CompletionOptions, DocumentFormattingProvider,
    DocumentSymbolProvider, HoverProvider, InitializeResult, Save, ServerCapabilities, ServerInfo, TextDocumentSync,
    TextDocumentSyncKind, TextDocumentSyncOptions, WorkspaceFoldersServerCapabilities, WorkspaceOptions, WorkspaceSymbolProvider,
};
use serde_json::Value;

use super::position::Encoding;
use super::workspace;
use crate::storage;

/// What a client can do.
#[derive(Debug, Default)]
pub(super) struct Client {
    /// What columns count.
    pub(super) encoding: Encoding,
    /// It asks for the edit of an action that somebody has chosen.
    pub(super) resolves_edits: bool,
    /// It shows symbols inside of symbols.
    pub(super) nests_symbols: bool,
    /// It shows Markdown when something is pointed at.
    pub(super) markdown: bool,
    /// It shows a finding with the other places that it is about.
    pub(super) relates: bool,
    /// It tells of files that change, if it is asked to.
    pub(super) watches_files: bool,
    /// Where each rule is explained.
    rule_pages: HashMap<String, String>,
}

/// What we call the action that mends a whole page.
pub(super) const FIX_ALL: &str = "source.fixAll.ideas";

impl Client {
    /// Reads the parameters of `initialize`. What is missing or makes no sense there, the client cannot do.
    pub(super) fn read(params: &Value) -> Self {
        let can = |path: &str| params.pointer(&format!("/capabilities/{path}"));
        let is_able = |path: &str| can(path).and_then(Value::as_bool).unwrap_or_default();
        let names = |path: &str| can(path).and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str);
        let is_linking = is_able("textDocument/publishDiagnostics/codeDescriptionSupport");
        Client {
            encoding: Encoding::choose(names("general/positionEncodings")),
            resolves_edits: names("textDocument/codeAction/resolveSupport/properties").any(|property| property == "edit"),
            nests_symbols: is_able("textDocument/documentSymbol/hierarchicalDocumentSymbolSupport"),
            markdown: names("textDocument/hover/contentFormat").any(|format| format == "markdown"),
            relates: is_able("textDocument/publishDiagnostics/relatedInformation"),
            watches_files: is_able("workspace/didChangeWatchedFiles/dynamicRegistration"),
            rule_pages: if is_linking { rule_pages() } else { HashMap::new() },
        }
    }

    /// Where a rule is explained, if the client can lead there.
    pub(super) fn rule_page(&self, code: &str) -> Option<&str> {
        self.rule_pages.get(code).map(String::as_str)
    }

    /// What we offer.
    pub(super) fn offer(&self) -> InitializeResult {
        let sync = TextDocumentSyncOptions {
            open_close: Some(true),
            change: Some(TextDocumentSyncKind::Incremental),
            save: Some(Save::Bool(true)),
            ..TextDocumentSyncOptions::default()
        };
        let actions = CodeActionOptions {
            code_action_kinds: Some(vec![CodeActionKind::QuickFix, FIX_ALL.to_owned().into()]),
            resolve_provider: Some(true),
            ..CodeActionOptions::default()
        };
        let folders = WorkspaceFoldersServerCapabilities {
            supported: Some(true),
            change_notifications: Some(ChangeNotifications::Bool(true)),
        };
        let capabilities = ServerCapabilities {
            position_encoding: Some(self.encoding.kind()),
            text_document_sync: Some(TextDocumentSync::Options(sync)),
            code_action_provider: Some(CodeActionProvider::CodeActionOptions(actions)),
            completion_provider: Some(CompletionOptions {
                trigger_characters: Some([":", " ", ",", "-", "#"].map(str::to_owned).to_vec()),
                ..CompletionOptions::default()
            }),
            hover_provider: Some(HoverProvider::Bool(true)),
            document_symbol_provider: Some(DocumentSymbolProvider::Bool(true)),
            workspace_symbol_provider: Some(WorkspaceSymbolProvider::Bool(true)),
            document_formatting_provider: Some(DocumentFormattingProvider::Bool(true)),
            workspace: Some(WorkspaceOptions { workspace_folders: Some(folders), ..WorkspaceOptions::default() }),
            ..ServerCapabilities::default()
        };
        let info = ServerInfo { name: "ideas".to_owned(), version: Some(env!("CARGO_PKG_VERSION").to_owned()) };
        InitializeResult { capabilities, server_info: Some(info) }
    }
}

/// Where each rule is explained: in a file beside the cache, as the program may lie anywhere without its documentation. It is
/// only written where a client leads there.
fn rule_pages() -> HashMap<String, String> {
    const PAGE: &str = include_str!("../../docs/rules.md");
    let file = storage::cache_folder().map(|folder| folder.join("rules.md"));
    let written = file.as_ref().map_err(io::Error::to_string).and_then(|file| {
        let is_there = std::fs::read(file).is_ok_and(|there| there == PAGE.as_bytes());
        if is_there { Ok(()) } else { storage::write_with_folder(file, PAGE.as_bytes()).map_err(|error| error.to_string()) }
    });
    if let Err(error) = written {
        log::warn!("findings do not lead to their rules: {error}");
        return HashMap::new();
    }
    let Some(uri) = file.ok().and_then(|file| workspace::uri(&file)) else { return HashMap::new() };
    let headings = PAGE.lines().zip(1..).filter_map(|(line, number): (_, usize)| Some((line.strip_prefix("## ")?, number)));
    // Editors know lines of files, not headings.
    headings.map(|(code, line)| (code.to_owned(), format!("{uri}#L{line}"))).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn abilities_are_read_from_what_makes_sense() {
        let client = Client::read(&json!({ "capabilities": {
            "general": { "positionEncodings": ["utf-16", 8, "utf-8"] },
            "textDocument": {
                "codeAction": { "resolveSupport": { "properties": ["edit"] } },
                "documentSymbol": { "hierarchicalDocumentSymbolSupport": "yes" },
                "hover": { "contentFormat": ["markdown"] },
            },
        } }));
        assert_eq!(client.encoding, Encoding::Utf8);
        assert!(client.resolves_edits && client.markdown && !client.nests_symbols && !client.watches_files);
        let nothing = Client::read(&json!(null));
        assert_eq!(nothing.encoding, Encoding::Utf16);
    }
}
