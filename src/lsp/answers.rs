//! The answers to requests about documents.

use std::io;

use gen_lsp_types::json_rpc::Id;
use gen_lsp_types::{
    CodeAction, CodeActionParams, CodeActionRequest, CodeActionResolveRequest, CodeActionResponse, CompletionParams,
    CompletionRequest, CompletionResponse, DocumentFormattingRequest, DocumentSymbolRequest, ErrorCodes, Hover, HoverRequest,
    SymbolInformation, TextDocumentPositionParams, TextEdit, WorkspaceSymbolRequest,
};
use serde_json::Value;

use super::completion::Typing;
use super::position::{self, Lines};
use super::server::Server;
use super::{actions, edits, hover, search, symbols};
use crate::author;
use crate::layout::Tree;
use crate::lint::Template;
use crate::text::Span;

impl Server<'_> {
    /// Answers a request.
    pub(super) fn answer(&mut self, id: Id, method: &str, params: Value) -> io::Result<()> {
        match method {
            "textDocument/codeAction" => self.reply::<CodeActionRequest>(id, params, |server, params| server.actions(&params)),
            "codeAction/resolve" => self.reply::<CodeActionResolveRequest>(id, params, Server::resolve),
            "textDocument/hover" => {
                self.reply::<HoverRequest>(id, params, |server, params| server.hover(&params.text_document_position_params))
            }
            "textDocument/completion" => self.reply::<CompletionRequest>(id, params, |server, params| server.complete(&params)),
            "textDocument/documentSymbol" => self.reply::<DocumentSymbolRequest>(id, params, |server, params| {
                let uri = params.text_document.uri.0;
                let looked = server.documents.get_mut(&uri)?.look(&mut server.workspace)?;
                symbols::of_page(&looked.page.source, &uri, &server.client)
            }),
            "workspace/symbol" => {
                self.reply::<WorkspaceSymbolRequest>(id, params, |server, params| Some(server.search(&params.query).into()))
            }
            "textDocument/formatting" => {
                self.reply::<DocumentFormattingRequest>(id, params, |server, params| server.format(&params.text_document.uri.0))
            }
            _ => self.refuse(id, ErrorCodes::MethodNotFound, format!("there is no `{method}` here")),
        }
    }

    fn actions(&mut self, params: &CodeActionParams) -> Option<Vec<CodeActionResponse>> {
        let uri = &params.text_document.uri.0;
        let document = self.documents.get_mut(uri)?;
        document.look(&mut self.workspace)?;
        let byte = |position| position::byte(&document.text, position, self.client.encoding);
        let (start, end) = (byte(params.range.start), byte(params.range.end));
        let wanted = Span::new(start, end.max(start));
        let actions = actions::offer(uri, document, document.looked()?, wanted, &params.context, &self.client);
        Some(actions.into_iter().map(CodeActionResponse::CodeAction).collect())
    }

    /// The edit of the action that mends a page, unless the page has changed since.
    fn resolve(&mut self, mut action: CodeAction) -> CodeAction {
        let data = action.data.as_ref();
        let uri = data.and_then(|data| data.get("uri")?.as_str()).unwrap_or_default();
        let version = data.and_then(|data| data.get("version")?.as_i64());
        if let Some(document) = self.documents.get_mut(uri)
            && version == Some(document.version.into())
            && let Some(held_to) = document.look(&mut self.workspace).map(|looked| looked.held_to.clone())
        {
            action.edit = Some(actions::fix_all(uri, document, &held_to, &self.client));
        }
        action
    }

    fn hover(&mut self, at: &TextDocumentPositionParams) -> Option<Hover> {
        let document = self.documents.get_mut(&at.text_document.uri.0)?;
        let byte = position::byte(&document.text, at.position, self.client.encoding);
        let page = &document.look(&mut self.workspace)?.page;
        hover::at(byte, &page.source, &page.template, &self.client)
    }

    fn complete(&mut self, params: &CompletionParams) -> Option<CompletionResponse> {
        let at = &params.text_document_position_params;
        let document = self.documents.get_mut(&at.text_document.uri.0)?;
        let byte = position::byte(&document.text, at.position, self.client.encoding);
        let config = document.look(&mut self.workspace)?.held_to.config.clone();
        let names = self.names(&config);
        let document = self.documents.get(&at.text_document.uri.0)?;
        let looked = document.looked()?;
        let page = &looked.page;
        let own = config.template(&looked.held_to.path, &looked.held_to.here);
        let template = own.or_else(|| Template::named(&page.template))?;
        let typing = Typing { source: &page.source, byte, template, names };
        let items = typing.choices(&Lines::new(&document.text, self.client.encoding));
        Some(CompletionResponse::CompletionItemList(items))
    }

    /// The ideas of the workspace whose titles have the letters of a query.
    fn search(&mut self, query: &str) -> Vec<SymbolInformation> {
        let mut open = Vec::new();
        for (uri, document) in &mut self.documents {
            let ideas = document.look(&mut self.workspace).map(|looked| looked.page.ideas.as_slice()).unwrap_or_default();
            open.push((uri.as_str(), ideas));
        }
        search::ideas(query, self.workspace.folders(), &open)
    }

    /// What `ideas fmt` does with the page.
    fn format(&mut self, uri: &str) -> Option<Vec<TextEdit>> {
        let document = self.documents.get_mut(uri)?;
        let looked = document.look(&mut self.workspace)?;
        let (source, held_to) = (&looked.page.source, &looked.held_to);
        let tree = Tree::read(source).ok()?;
        let seen = tree.inspect().ok()?;
        let template = held_to.config.template(&held_to.path, &held_to.here);
        let given = held_to.config.given(&held_to.path, &held_to.here).cloned().unwrap_or_default();
        match author::rewrite(source, &tree, &seen, template, &given) {
            Ok(after) => {
                let lines = Lines::new(source.text(), self.client.encoding);
                Some(edits::between(source.text(), &after.text, &lines))
            }
            Err(why) => {
                log::info!("{uri}: left alone: {why}");
                None
            }
        }
    }
}
