//! A page as blocks and visible text, whatever it is written in.
//!
//! `markdown` and `html` make the same flat list of [`Node`]s in page order, so that a page nested ten thousand levels
//! deep is walked without recursion. Every node and every character knows its bytes on the page. This module knows documents
//! and nothing else: not what an idea is, not what a label is.

mod html;
mod image;
mod markdown;
mod mended;
mod written;

use std::ops::Range;

use crate::mojibake;
use crate::prose::{Link, Prose, Style, Text};
use crate::text::{Span, short};

pub use html::{is_html, is_tag};
pub use markdown::{TEXT_BEGINS, TEXT_ENDS, options};

/// What a node is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A heading, level 1 to 6.
    Heading(u8),
    /// A paragraph, or the text of a tight list item.
    Paragraph,
    /// A list; its children are items.
    List,
    /// An item of a list.
    Item,
    /// A block quote.
    Quote,
    /// A list of terms and their definitions (`<dl>`).
    Definitions,
    /// A term of such a list; a leaf, as a heading is.
    Term,
    /// The definition of the terms before it; it holds blocks.
    Definition,
    /// What folds away (`<details>`); it holds blocks, the first of which may be its summary.
    Fold,
    /// The line that stays when the rest is folded; a leaf.
    Summary,
    /// A table; its children are rows.
    Table,
    /// A row of a table; its children are cells.
    Row,
    /// A cell of a row; a leaf: blocks inside of it are its lines.
    Cell,
    /// Preformatted text. An indented block of Markdown keeps its text visible (people indent too far by accident); other
    /// code has none.
    Code,
    /// Raw HTML in Markdown, comments included; it has no visible text: what a browser shows of it follows as nodes of other
    /// kinds.
    Html,
    /// A thematic break.
    Rule,
}

impl Kind {
    /// True for nodes that hold other nodes and no text.
    pub fn is_container(self) -> bool {
        use Kind::{Definition, Definitions, Fold, Item, List, Quote, Row, Table};
        matches!(self, List | Item | Quote | Definitions | Definition | Fold | Table | Row)
    }
}

/// A piece of the page. Children follow their parent in [`Document::nodes`]; `end` is the index after the last of them.
#[derive(Debug)]
pub struct Node {
    /// What it is.
    pub kind: Kind,
    /// How many containers it is inside of.
    pub depth: u32,
    /// True if it had text and all of it is struck through, in a heading but for remarks in brackets. It has no text then.
    pub struck: bool,
    /// True between [`TEXT_BEGINS`] and [`TEXT_ENDS`]: whatever it looks like, it is text.
    pub verbatim: bool,
    /// The node that it is inside of; no node if it is in none.
    parent: u32,
    /// The bytes of the page that it takes, and the index of the first node after it and everything in it. A page may be nothing
    /// but nodes: they are kept in 32 bits, as other offsets are.
    bytes: Range<u32>,
    end: u32,
    /// Its visible text, and the number of that among the blocks of the page's visible text.
    text: Range<u32>,
    block: u32,
}

impl Node {
    /// The bytes of the page that it takes, markup included.
    pub fn span(&self) -> Span {
        Span::new(self.bytes.start as usize, self.bytes.end as usize)
    }

    /// Index of the first node after this one and everything in it.
    pub fn end(&self) -> usize {
        self.end as usize
    }

    fn set_span(&mut self, span: Span) {
        self.bytes = short(span.start)..short(span.end);
    }

    /// It takes these bytes, too.
    fn grow(&mut self, span: Span) {
        self.set_span(self.span().join(span));
    }
}

/// A page as nodes in page order, and its visible text.
#[derive(Debug, Default)]
pub struct Document {
    /// All nodes, in page order.
    pub nodes: Vec<Node>,
    /// The HTML tags inside of text of Markdown, in page order, each with the innermost node that was open around it.
    pub tags: Vec<(usize, Span)>,
    /// What links may lead to inside the page: nodes by index, in page order, each with its anchor (without `#`).
    pub anchors: Vec<(usize, Box<str>)>,
    /// The items of numbered lists, in page order, each with the number it was given.
    pub numbers: Vec<(usize, u32)>,
    /// What boxes beside others of their kind hold, such as cards: nodes by index, in page order, outer boxes first.
    pub boxes: Vec<Range<usize>>,
    /// The stretches that were written as HTML.
    html: Vec<Span>,
    prose: Prose,
}

impl Document {
    /// The anchor that the page gives a node, or what holds nothing but that right before it.
    pub fn anchor(&self, node: usize) -> Option<&str> {
        let at = self.anchors.partition_point(|&(other, _)| other <= node).checked_sub(1)?;
        let (of, anchor) = &self.anchors[at];
        let is_before = || of + 1 == node && !self.nodes[*of].kind.is_container() && self.text(*of).is_empty();
        (*of == node || is_before()).then_some(&**anchor)
    }

    /// The boxes that a node is in, innermost first, of those that begin not long before it.
    pub fn boxes_around(&self, node: usize) -> impl Iterator<Item = &Range<usize>> {
        const MOST: usize = 32;
        let begun = self.boxes.partition_point(|around| around.start <= node);
        self.boxes[..begun].iter().rev().take(MOST).filter(move |around| node < around.end)
    }

    /// The container that a node is directly in.
    pub fn container(&self, node: usize) -> Option<usize> {
        Some(self.nodes[node].parent as usize).filter(|&parent| parent < self.nodes.len())
    }

    /// True if a later text goes on where one ends: no letter or digit stands between them, but for code.
    pub fn goes_on(&self, before: Text<'_>, next: Text<'_>) -> bool {
        let silent = |text: Text<'_>| !text.as_str().contains(char::is_alphanumeric);
        let (own, other) = (before.whole(), next.whole());
        let (end, start) = (before.offset_in(own) + before.len(), next.offset_in(other));
        if before.block() == next.block() {
            return start >= end && silent(own.cut(end..start));
        }
        let mut between = self.leaf(before) + 1..self.leaf(next);
        silent(own.from(end))
            && silent(other.cut(0..start))
            && between.all(|node| self.nodes[node].kind == Kind::Code || silent(self.text(node)))
    }

    /// The blocks of code right behind the block that a text ends: they have no text, and belong to it.
    pub fn code_behind(&self, text: Text<'_>) -> Range<usize> {
        let leaf = self.leaf(text);
        let whole = text.whole();
        let ends = !whole.from(text.offset_in(whole) + text.len()).as_str().contains(char::is_alphanumeric);
        let is_code = |&node: &usize| self.nodes[node].kind == Kind::Code && self.text(node).is_empty();
        let count = (leaf + 1..self.nodes.len()).take_while(is_code).count();
        leaf + 1..leaf + 1 + if ends { count } else { 0 }
    }

    /// Reads the Markdown in `body`, a stretch of `text`. All spans are into `text`.
    pub fn read(text: &str, body: Span) -> Self {
        markdown::read(text, body)
    }

    /// Reads an HTML page. All spans are into `text`.
    pub fn read_html(text: &str) -> Self {
        html::read(text)
    }

    /// Room for a page of so many bytes.
    fn with_capacity(bytes: usize) -> Self {
        // A line of a page is about a node.
        Document { nodes: Vec::with_capacity(bytes / 64), prose: Prose::with_capacity(bytes), ..Document::default() }
    }

    /// The visible text of a heading, paragraph, cell or another leaf; empty for other nodes.
    pub fn text(&self, node: usize) -> Text<'_> {
        let node = &self.nodes[node];
        self.prose.view_in(node.block as usize, node.text.start as usize..node.text.end as usize)
    }

    /// The nodes directly inside `node`.
    pub fn children(&self, node: usize) -> impl Iterator<Item = usize> {
        self.siblings(node + 1..self.nodes[node].end())
    }

    /// The outermost nodes of a range of nodes.
    pub fn siblings(&self, range: Range<usize>) -> impl Iterator<Item = usize> {
        let mut next = range.start;
        std::iter::from_fn(move || {
            let node = next;
            (node < range.end).then(|| {
                next = self.nodes[node].end();
                node
            })
        })
    }

    /// The pieces of text in a range of nodes, in page order.
    pub fn texts(&self, range: Range<usize>) -> impl Iterator<Item = (usize, Text<'_>)> {
        range.filter_map(|node| {
            let text = self.text(node).trim();
            (!text.is_empty()).then_some((node, text))
        })
    }

    /// The links of the page.
    pub fn links(&self) -> &[Link] {
        self.prose.links()
    }
}

/// What builds a document, piece by piece, in page order. Both readers speak to it; it keeps the nodes balanced, gives text
/// that stands free a paragraph, and repairs characters that were decoded wrongly.
struct Builder<'a> {
    /// The whole page.
    text: &'a str,
    document: Document,
    /// Containers and the leaf that are open, outermost first.
    open: Vec<usize>,
    /// True while the innermost open node takes text.
    leaf: bool,
    /// True if that leaf is a paragraph that nothing opened or closes: text straight inside an item or a cell.
    implicit: bool,
    /// A tag inside of text that ends what folds away; it does when the text ends.
    fold_end: Option<Span>,
    depth: u32,
    /// How many things that hide text are open: images, fenced code.
    muted: u32,
    /// Where the text begins that two comments enclose, between them.
    verbatim: Option<usize>,
    /// How many `~~` or `<s>` are open.
    struck: u32,
    struck_text: bool,
    marks: Vec<(usize, Style)>,
    links: Vec<(usize, Box<str>, Span)>,
    /// The signs that underline titles as reStructuredText does, in the order of their levels.
    underlines: String,
    /// The page holds misread characters.
    suspect: bool,
    /// True inside of an image.
    image: bool,
    /// What the image that was read last is called, for a link that has no other text.
    alt: Vec<(String, Span)>,
    /// The badges of the title that is open: they are lines below it.
    badges: Vec<(String, Span)>,
    /// Where a line ended: what follows begins a new one.
    line_end: Option<usize>,
    /// The heading that took its text from a paragraph.
    adopted: Option<usize>,
    /// The page holds NUL bytes.
    nul: bool,
}

impl<'a> Builder<'a> {
    /// A builder for the stretch `body` of a page.
    fn new(text: &'a str, body: Span) -> Self {
        Self {
            text,
            document: Document::with_capacity(body.range().len()),
            open: Vec::new(),
            leaf: false,
            implicit: false,
            fold_end: None,
            depth: 0,
            muted: 0,
            verbatim: None,
            struck: 0,
            struck_text: false,
            marks: Vec::new(),
            links: Vec::new(),
            image: false,
            alt: Vec::new(),
            badges: Vec::new(),
            line_end: None,
            adopted: None,
            underlines: String::new(),
            suspect: mojibake::suspected(&text[body.range()]),
            nul: memchr::memchr(0, text.as_bytes()).is_some(),
        }
    }

    /// The document, with everything closed that is still open.
    fn finish(mut self) -> Document {
        while !self.open.is_empty() {
            self.close();
        }
        self.document
    }

    /// Adds a node without children and text.
    fn add(&mut self, kind: Kind, span: Span) -> usize {
        let node = self.document.nodes.len();
        let at = short(self.document.prose.len());
        let block = short(self.document.prose.block());
        let parent = self.open.last().map_or(u32::MAX, |&node| short(node));
        let (depth, verbatim) = (self.depth, self.verbatim.is_some());
        let (bytes, end) = (short(span.start)..short(span.end), short(node + 1));
        self.document.nodes.push(Node { kind, bytes, end, depth, struck: false, verbatim, parent, text: at..at, block });
        node
    }

    /// Opens a node that holds other nodes, or one that holds text; text that stood free ends before it.
    fn open(&mut self, kind: Kind, span: Span) {
        self.close_implicit();
        if kind == Kind::Paragraph && self.continues_heading(span) {
            return self.reopen(span);
        }
        let node = self.add(kind, span);
        self.open.push(node);
        if kind.is_container() {
            self.depth += 1;
        } else {
            self.leaf = true;
            self.struck_text = false;
        }
    }

    /// True for a paragraph that is the text of an empty heading before it, or goes on with such text in small letters: a
    /// heading that was broken on its way.
    fn continues_heading(&self, span: Span) -> bool {
        let Some((at, node)) = self.document.nodes.iter().enumerate().next_back() else { return false };
        let said = &self.text[span.range()];
        let goes_on = || self.adopted == Some(at) && said.starts_with(|c: char| c.is_lowercase() || c == '`');
        matches!(node.kind, Kind::Heading(_))
            && node.depth == self.depth
            && !node.struck
            && said.len() <= LONGEST_HEADING
            && (node.text.is_empty() || goes_on())
    }

    /// Opens the last leaf again; what follows is more of its text.
    fn reopen(&mut self, span: Span) {
        let at = self.document.nodes.len() - 1;
        self.document.prose.reopen();
        let node = &mut self.document.nodes[at];
        node.grow(span);
        let more = !node.text.is_empty();
        self.open.push(at);
        self.leaf = true;
        self.adopted = Some(at);
        if more {
            self.document.prose.push("\n", Span::new(span.start, span.start));
        }
    }

    /// Text may come where no leaf is open: it gets a paragraph of its own.
    fn ensure_leaf(&mut self, span: Span) {
        if !self.leaf {
            self.open(Kind::Paragraph, span);
            self.implicit = true;
        }
    }

    fn close_implicit(&mut self) {
        if self.implicit {
            self.close();
        }
    }

    /// Closes the innermost node.
    fn close(&mut self) {
        let Some(at) = self.open.pop() else { return };
        let end = self.document.nodes.len();
        let node = &mut self.document.nodes[at];
        node.end = short(end);
        if self.leaf {
            node.text.end = short(self.document.prose.len());
            let said = self.document.prose.view(node.text.start as usize..node.text.end as usize).as_str().trim();
            // "~~Old title~~ (taken)": what is beside it tells of it.
            let is_beside = matches!(node.kind, Kind::Heading(_)) && is_aside(said);
            node.struck = self.struck_text && (said.is_empty() || is_beside);
            if node.struck {
                node.text.end = node.text.start;
            }
            // Marks and links never reach past their block.
            while let Some(&(_, style)) = self.marks.last() {
                self.end_mark(style);
            }
            self.document.prose.end_block();
            self.leaf = false;
            self.implicit = false;
            self.struck = 0;
            self.line_end = None;
            self.links.clear();
            self.show_badges();
        } else {
            self.depth -= 1;
            // Nobody closes these reliably: they reach as far as what is in them.
            if node.kind == Kind::Fold {
                self.cover_children(at);
            }
        }
    }

    /// A node's span covers those of its children.
    fn cover_children(&mut self, node: usize) {
        let end = self.document.children(node).map(|child| self.document.nodes[child].bytes.end).max();
        let bytes = &mut self.document.nodes[node].bytes;
        bytes.end = bytes.end.max(end.unwrap_or(0));
    }

    /// Visible text that stands at `span`.
    fn push(&mut self, text: &str, span: Span) {
        if self.muted > 0 {
            if self.image {
                self.alt.push((text.to_owned(), span));
            }
            return;
        }
        self.ensure_leaf(span);
        if self.struck > 0 {
            self.struck_text = true;
            return;
        }
        if self.line_end.is_some() {
            if text.trim().is_empty() {
                return;
            }
            self.begin_line();
        }
        // An implicit paragraph grows with its text; all other spans are the parser's own.
        if self.implicit
            && let Some(&node) = self.open.last()
        {
            let node = &mut self.document.nodes[node];
            node.grow(span);
        }
        if self.nul && text.contains('\0') {
            // NUL bytes are no text; what is around them is.
            let literal = text.len() == span.end - span.start;
            let mut at = span.start;
            for part in text.split('\0') {
                if !part.is_empty() {
                    self.document.prose.push(part, if literal { Span::new(at, at + part.len()) } else { span });
                }
                at += part.len() + 1;
            }
        } else if self.suspect && text.len() == span.end - span.start {
            self.push_repaired(text, span);
        } else {
            self.document.prose.push(text, span);
        }
    }

    /// Text stands in the cell that is open, which grows with it as an implicit paragraph does: maybe no tag opened it.
    fn grow_cell(&mut self, span: Span) {
        if let Some(&node) = self.open.last().filter(|_| self.leaf)
            && let node = &mut self.document.nodes[node]
            && node.kind == Kind::Cell
        {
            node.grow(span);
        }
    }

    fn push_repaired(&mut self, text: &str, span: Span) {
        let mut at = 0;
        let part = |from: usize, to: usize| Span::new(span.start + from, span.start + to);
        for misread in mojibake::find(text) {
            let range = misread.range;
            self.document.prose.push(&text[at..range.start], part(at, range.start));
            self.document.prose.push(misread.meant.encode_utf8(&mut [0; 4]), part(range.start, range.end));
            at = range.end;
        }
        self.document.prose.push(&text[at..], part(at, text.len()));
    }

    /// A style begins, or ends; an end without a beginning is none.
    fn begin_mark(&mut self, style: Style) {
        self.begin_line();
        self.marks.push((self.document.prose.len(), style));
    }

    fn end_mark(&mut self, style: Style) {
        if let Some(at) = self.marks.iter().rposition(|&(_, open)| open == style) {
            let (start, style) = self.marks.remove(at);
            // What is bold inside of what is bold is no bolder.
            if self.marks.iter().all(|&(_, open)| open != style) {
                self.document.prose.mark(start, style);
            }
        }
    }

    /// A link begins, or ends.
    fn begin_link(&mut self, url: &str, span: Span) {
        self.ensure_leaf(span);
        self.begin_line();
        self.alt.clear();
        self.links.push((self.document.prose.len(), url.into(), span));
    }

    fn end_link(&mut self, end: Option<usize>) {
        if let Some((start, url, mut span)) = self.links.pop() {
            span.end = end.unwrap_or(span.end);
            self.name_link(start);
            self.document.prose.link(start, &url, span);
        }
    }
}

/// No heading that was broken into paragraphs is longer, in bytes, than this a paragraph.
const LONGEST_HEADING: usize = 240;

/// True for a remark in brackets.
fn is_aside(text: &str) -> bool {
    [('(', ')'), ('[', ']')].iter().any(|&(open, close)| text.starts_with(open) && text.ends_with(close))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn document(text: &str) -> Document {
        Document::read(text, Span::new(0, text.len()))
    }

    fn shown(text: &str) -> Vec<(Kind, String)> {
        let document = document(text);
        document.texts(0..document.nodes.len()).map(|(i, text)| (document.nodes[i].kind, text.as_str().to_owned())).collect()
    }

    #[test]
    fn tight_items_have_paragraphs() {
        use Kind::{Item, List, Paragraph};
        let page = document("- a: b\n  - c\n- d\n");
        let kinds: Vec<_> = page.nodes.iter().map(|node| (node.kind, node.depth)).collect();
        let expected = [(List, 0), (Item, 1), (Paragraph, 2), (List, 2), (Item, 3), (Paragraph, 4), (Item, 1), (Paragraph, 2)];
        assert_eq!(kinds, expected);
        assert_eq!(page.children(0).collect::<Vec<_>>(), [1, 6]);
    }

    #[test]
    fn only_what_a_reader_sees_is_text() {
        assert_eq!(
            shown("# A ~~b~~ {#id}\n<!-- no -->\n\nx<br/>y <!-- no --> ![no](z)\n\n```\nno\n```\n\n## ~~gone~~\n"),
            [(Kind::Heading(1), "A".to_owned()), (Kind::Paragraph, "x\ny".to_owned())]
        );
        assert!(document("## ~~gone~~\n").nodes[0].struck);
        assert!(document("## ~~gone~~ (taken)\n").nodes[0].struck);
        assert!(!document("## ~~gone~~ here again\n").nodes[0].struck);
    }

    #[test]
    fn text_maps_to_the_bytes_it_came_from() {
        let source = "x &amp; **[Jo](https://example.org)** `k`";
        let page = document(source);
        let text = page.text(0);
        assert_eq!(text.as_str(), "x & Jo k");
        let of = |part: &str| &source[text.of(&text.as_str()[text.as_str().find(part).unwrap()..][..part.len()]).span().range()];
        assert_eq!(of("&"), "&amp;");
        assert_eq!(of("Jo"), "Jo");
        assert_eq!(of("k"), "k");
        assert_eq!(text.links().next().unwrap().1.url.as_ref(), "https://example.org");
    }

    #[test]
    fn nesting_needs_no_stack() {
        let deep = "- ".repeat(10_000) + "x";
        assert!(document(&deep).nodes.len() > 10_000);
    }
}
