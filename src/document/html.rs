//! HTML as nodes: whole pages, and what stands of it in Markdown.
//!
//! A parser makes the tree that browsers make ([`tree`]); what stands around the content is set aside ([`furniture`]); the
//! rest becomes the nodes that Markdown makes, too ([`walk`]). In Markdown a block of HTML ends at an empty line, and nobody
//! closes tags reliably: what it opens ends with it, but for `<details>`, which folds the Markdown up to its end.

mod entities;
mod furniture;
mod link;
mod measure;
mod names;
mod style;
mod tree;
mod walk;

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::path::Path;

use html5gum::{Token, Tokenizer};

use super::{Builder, Document, Kind};
use crate::prose::Style;
use crate::text::{Span, short};
pub use names::is_tag;
use style::Sheet;
use tree::Tree;
use walk::Walk;

/// True for a page of HTML: by its name, or by how it begins; without a name that says more, by its many tags, too.
pub fn is_html(path: &Path, text: &str) -> bool {
    let extension = path.extension().and_then(OsStr::to_str).map(str::to_ascii_lowercase);
    if matches!(extension.as_deref(), Some("html" | "htm" | "xhtml")) {
        return true;
    }
    let begin = text.trim_start_matches('\u{feff}').trim_start();
    let begins = |with: &str| begin.get(..with.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(with));
    if ["<!doctype html", "<html>", "<html "].into_iter().any(begins) {
        return true;
    }
    if matches!(extension.as_deref(), Some("md" | "markdown" | "mdx" | "mkd" | "json")) || !begin.starts_with('<') {
        return false;
    }
    // Markdown may begin with HTML: then it goes on as Markdown.
    let marks = begin.lines().filter(|line| line.starts_with(['#', '-', '*', '|'])).count();
    let ends = ["</p>", "</li>", "</tr>", "</div>", "</dd>", "</h1>", "</h2>", "</h3>", "</h4>", "<br"];
    let blocks: usize = ends.iter().map(|end| memchr::memmem::find_iter(begin.as_bytes(), end).count()).sum();
    blocks >= 3 && blocks > marks
}

/// Reads an HTML page.
pub(super) fn read(text: &str) -> Document {
    let start = text.len() - text.trim_start_matches('\u{feff}').len();
    let span = Span::new(start, text.len());
    let mut builder = Builder::new(text, span);
    let tree = Tree::read(text, span, true);
    builder.document.html.push(span);
    builder.elements(&tree, true);
    builder.finish()
}

/// The text of preformatted HTML, white space included.
pub(super) fn code(html: &str) -> String {
    let texts =
        Tokenizer::new(html).flatten().filter_map(|token| if let Token::String(text) = token { Some(text) } else { None });
    texts.map(|text| String::from_utf8_lossy(&text).into_owned()).collect()
}

impl Builder<'_> {
    /// Adds what a browser would show of a tree.
    fn elements(&mut self, tree: &Tree, whole: bool) {
        let measures = measure::measure(self.text, tree);
        let text = self.text;
        let sheet = if whole { Sheet::read(text, tree) } else { Sheet::default() };
        let plan = furniture::plan(text, tree, &measures, &sheet, whole);
        Walk::new(self, walk::Page { tree, measures: &measures, plan: &plan, sheet: &sheet, whole }).run();
    }

    /// Reads a block of HTML in Markdown.
    pub(super) fn html_block(&mut self, span: Span) {
        let text = &self.text[span.range()];
        if text.trim_start().starts_with("<!--") && text.find("-->").is_some_and(|end| text[end + 3..].trim().is_empty()) {
            return;
        }
        let tree = Tree::read(self.text, span, false);
        self.document.html.push(span);
        self.elements(&tree, false);
        tree.ends.iter().for_each(|end| self.end_fold(*end));
    }

    /// What folds away ends here, unless something in it is open.
    pub(super) fn end_fold(&mut self, tag: Span) {
        if let Some(&fold) = self.open.last().filter(|_| !self.leaf)
            && self.document.nodes[fold].kind == Kind::Fold
            && self.document.nodes[fold].span().start <= tag.start
        {
            self.document.nodes[fold].bytes.end = short(tag.end);
            self.close();
        }
    }

    /// Ends what folds away and was not closed before that ends which it is in.
    pub(super) fn end_folds(&mut self) {
        while let Some(&fold) = self.open.last().filter(|_| !self.leaf)
            && self.document.nodes[fold].kind == Kind::Fold
        {
            self.close();
        }
    }

    /// A tag inside of text of Markdown.
    pub(super) fn inline_html(&mut self, html: &str, span: Span) {
        let (name, attributes, closing) = match Tokenizer::new(html).flatten().find(|token| !matches!(token, Token::Error(_))) {
            Some(Token::StartTag(tag)) => (tag.name, tag.attributes, false),
            Some(Token::EndTag(tag)) => (tag.name, BTreeMap::new(), true),
            // Comments, processing instructions.
            _ => return,
        };
        let name = String::from_utf8_lossy(&name);
        if !is_tag(&name) {
            // `<jane at example dot org>` is an address that only looks like a tag.
            return self.push(html, span);
        }
        let attribute = |name: &str| attributes.get(name.as_bytes()).map(|value| String::from_utf8_lossy(value));
        if let Some(&node) = self.open.last() {
            self.document.tags.push((node, span));
        }
        match (&*name, closing) {
            ("br", _) => self.push("\n", span),
            ("a", true) => self.end_link(Some(span.end)),
            ("a", false) => {
                if let (Some(anchor), Some(&node)) = (attribute("id").or_else(|| attribute("name")), self.open.last()) {
                    self.document.anchors.push((node, anchor.into()));
                }
                if let Some(url) = attribute("href") {
                    self.begin_link(&link::destination(&url), span);
                }
            }
            ("b" | "strong", true) => self.end_mark(Style::Strong),
            ("b" | "strong", false) => self.begin_mark(Style::Strong),
            ("i" | "em", true) => self.end_mark(Style::Emphasis),
            ("i" | "em", false) => self.begin_mark(Style::Emphasis),
            ("s" | "del" | "strike", true) => self.struck = self.struck.saturating_sub(1),
            ("s" | "del" | "strike", false) => self.struck += 1,
            ("img", _) => {
                self.begin_image(&attribute("src").unwrap_or_default(), span);
                self.push(&attribute("alt").unwrap_or_default(), span);
                self.end_image(span);
            }
            ("details", true) => self.fold_end = Some(span),
            _ => {}
        }
    }
}
