//! What a Markdown page is made of: headings, paragraphs, lists, tables and code, with their spans and their visible text.
//!
//! pulldown-cmark's events become one flat list of [`Node`]s in page order, so that a page nested ten thousand levels deep
//! is walked without recursion. This room knows Markdown and nothing else: not what an idea is, not what a label is.

mod html;

use std::ops::Range;

use memchr::memmem;
use pulldown_cmark::{CodeBlockKind, CowStr, Event, HeadingLevel, Options, Parser, Tag};

use crate::mojibake;
use crate::prose::{Link, Prose, Text};
use crate::text::Span;

/// What a node is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A heading, `#` or underlined; level 1 to 6.
    Heading(u8),
    /// A paragraph, or the text of a tight list item.
    Paragraph,
    /// A list; its children are items.
    List,
    /// An item of a list.
    Item,
    /// A block quote.
    Quote,
    /// A table; its children are rows.
    Table,
    /// A row of a table; the first is its head.
    Row,
    /// A cell of a row.
    Cell,
    /// A code block. An indented one keeps its text visible (people indent too far by accident); a fenced one has none.
    Code,
    /// Raw HTML, comments included; has no visible text: what a browser shows of it follows as nodes of other kinds.
    Html,
    /// A thematic break.
    Rule,
}

/// A piece of the page. Children follow their parent in [`Outline::nodes`]; `end` is the index after the last of them.
#[derive(Debug)]
pub struct Node {
    /// What it is.
    pub kind: Kind,
    /// The bytes of the page that it takes, markup included.
    pub span: Span,
    /// Index of the first node after this one and everything in it.
    pub end: usize,
    /// How many lists, quotes and tables it is inside of.
    pub depth: u32,
    /// True if it had text and all of it is struck through.
    pub struck: bool,
    /// True between [`TEXT_BEGINS`] and [`TEXT_ENDS`]: whatever it looks like, it is text.
    pub verbatim: bool,
    /// Its visible text, and the number of that among the blocks of the page's visible text.
    text: Range<usize>,
    block: usize,
}

/// A Markdown page as nodes in page order, and its visible text.
#[derive(Debug, Default)]
pub struct Outline {
    /// All nodes, in page order.
    pub nodes: Vec<Node>,
    /// The HTML tags inside of text, in page order, each with the innermost node that was open around it.
    pub tags: Vec<(usize, Span)>,
    prose: Prose,
}

/// The comment after which a page only quotes: what looks like a label or a title is text, up to [`TEXT_ENDS`].
pub const TEXT_BEGINS: &str = "<!-- ideas-text -->";

/// The comment that ends such text.
pub const TEXT_ENDS: &str = "<!-- /ideas-text -->";

/// What we read of Markdown beyond `CommonMark`; the benchmark's bare pass uses the same.
pub fn options() -> Options {
    Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TASKLISTS | Options::ENABLE_HEADING_ATTRIBUTES
}

impl Outline {
    /// Reads the Markdown in `body`, a stretch of `text`. All spans are into `text`.
    pub fn read(text: &str, body: Span) -> Self {
        Builder::new(text, body).read()
    }

    /// Room for a page of so many bytes.
    fn with_capacity(bytes: usize) -> Self {
        // A line of a page is about a node.
        Outline { nodes: Vec::with_capacity(bytes / 64), tags: Vec::new(), prose: Prose::with_capacity(bytes) }
    }

    /// The visible text of a heading, paragraph, cell or indented code block; empty for other nodes.
    pub fn text(&self, node: usize) -> Text<'_> {
        let node = &self.nodes[node];
        self.prose.view_in(node.block, node.text.clone())
    }

    /// The nodes directly inside `node`.
    pub fn children(&self, node: usize) -> impl Iterator<Item = usize> {
        self.siblings(node + 1..self.nodes[node].end)
    }

    /// The outermost nodes of a range of nodes.
    pub fn siblings(&self, range: Range<usize>) -> impl Iterator<Item = usize> {
        let mut next = range.start;
        std::iter::from_fn(move || {
            let node = next;
            (node < range.end).then(|| {
                next = self.nodes[node].end;
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

// Each says something else about where in the page the reader is; a state machine would multiply them.
#[allow(clippy::struct_excessive_bools)]
struct Builder<'a> {
    text: &'a str,
    body: Span,
    outline: Outline,
    /// Containers and the leaf that are open, outermost first.
    open: Vec<usize>,
    /// True while the innermost open node takes text.
    leaf: bool,
    /// True if that leaf is the text of a tight item, which no event opens or closes.
    implicit: bool,
    /// True inside a block of HTML.
    block: bool,
    depth: u32,
    muted: u32,
    /// Where the text begins that two comments enclose, between them.
    verbatim: Option<usize>,
    struck: u32,
    struck_text: bool,
    bold: Vec<usize>,
    links: Vec<(usize, CowStr<'a>, Span)>,
    /// The page holds misread characters.
    suspect: bool,
    /// The page holds NUL bytes.
    nul: bool,
}

impl<'a> Builder<'a> {
    fn new(text: &'a str, body: Span) -> Self {
        Self {
            text,
            body,
            outline: Outline::with_capacity(body.range().len()),
            open: Vec::new(),
            leaf: false,
            implicit: false,
            block: false,
            depth: 0,
            muted: 0,
            verbatim: None,
            struck: 0,
            struck_text: false,
            bold: Vec::new(),
            links: Vec::new(),
            suspect: mojibake::suspected(&text[body.range()]),
            nul: memchr::memchr(0, text.as_bytes()).is_some(),
        }
    }

    fn read(mut self) -> Outline {
        let body = &self.text[self.body.range()];
        for (event, range) in Parser::new_ext(body, options()).into_offset_iter() {
            let span = Span::new(range.start + self.body.start, range.end + self.body.start);
            self.event(event, span);
        }
        while !self.open.is_empty() {
            self.close();
        }
        self.outline
    }

    fn event(&mut self, event: Event<'a>, span: Span) {
        match event {
            Event::Start(tag) => self.start(tag, span),
            Event::End(tag) => self.end(tag),
            Event::Text(text) => self.push(&text, span),
            Event::Code(code) => {
                let written = &self.text[span.range()];
                let at = memmem::find(written.as_bytes(), code.as_bytes()).filter(|_| !code.is_empty());
                let inner = at.map_or(span, |at| Span::new(span.start + at, span.start + at + code.len()));
                self.push(&code, inner);
            }
            Event::SoftBreak | Event::HardBreak => self.push("\n", span),
            Event::InlineHtml(html) => self.inline_html(&html, span),
            Event::TaskListMarker(done) => self.push(if done { "[x] " } else { "[ ] " }, span),
            Event::Rule => {
                self.close_implicit();
                self.add(Kind::Rule, span);
            }
            // HTML blocks are read as a whole when they end; the rest is switched off in `options`.
            Event::Html(_) | Event::InlineMath(_) | Event::DisplayMath(_) | Event::FootnoteReference(_) => {}
        }
    }

    fn start(&mut self, tag: Tag<'a>, span: Span) {
        match tag {
            Tag::Paragraph => self.open_leaf(Kind::Paragraph, span),
            Tag::Heading { level, .. } => self.open_leaf(Kind::Heading(depth_of(level)), span),
            Tag::CodeBlock(kind) => {
                self.open_leaf(Kind::Code, span);
                self.muted += u32::from(matches!(kind, CodeBlockKind::Fenced(_)));
            }
            Tag::HtmlBlock => {
                self.open_leaf(Kind::Html, span);
                self.muted += 1;
            }
            Tag::TableCell => self.open_leaf(Kind::Cell, span),
            Tag::List(_) => self.open_container(Kind::List, span),
            Tag::Item => self.open_container(Kind::Item, span),
            Tag::BlockQuote(_) => self.open_container(Kind::Quote, span),
            Tag::Table(_) => self.open_container(Kind::Table, span),
            Tag::TableHead | Tag::TableRow => self.open_container(Kind::Row, span),
            Tag::Strong => self.bold.push(self.outline.prose.len()),
            Tag::Strikethrough => self.struck += 1,
            Tag::Link { dest_url, .. } => {
                self.ensure_leaf(span);
                self.links.push((self.outline.prose.len(), dest_url, span));
            }
            Tag::Image { .. } => self.muted += 1,
            _ => {}
        }
    }

    fn end(&mut self, tag: pulldown_cmark::TagEnd) {
        use pulldown_cmark::TagEnd;
        match tag {
            TagEnd::CodeBlock => {
                // A fenced block muted its text, an indented one did not; in neither case is anything muted after it.
                self.muted = 0;
                self.close();
            }
            TagEnd::HtmlBlock => {
                self.muted = 0;
                let span = self.open.last().map(|&node| self.outline.nodes[node].span);
                self.close();
                // In a quote, every line begins with a mark that is no HTML.
                let quoted = self.open.last().is_some_and(|&node| self.outline.nodes[node].kind == Kind::Quote);
                if let Some(span) = span.filter(|_| !quoted) {
                    match self.text[span.range()].trim() {
                        TEXT_BEGINS => self.verbatim = Some(span.start),
                        TEXT_ENDS => {
                            if let Some(start) = self.verbatim.take() {
                                self.outline.prose.quote(Span::new(start, span.start));
                            }
                        }
                        _ => self.html_block(span),
                    }
                }
            }
            TagEnd::Paragraph
            | TagEnd::Heading(_)
            | TagEnd::TableCell
            | TagEnd::List(_)
            | TagEnd::Item
            | TagEnd::BlockQuote(_)
            | TagEnd::Table
            | TagEnd::TableHead
            | TagEnd::TableRow => {
                self.close_implicit();
                self.close();
            }
            TagEnd::Strong => {
                if let Some(start) = self.bold.pop() {
                    self.outline.prose.bold(start);
                }
            }
            TagEnd::Strikethrough => self.struck = self.struck.saturating_sub(1),
            TagEnd::Link => {
                if let Some((start, url, span)) = self.links.pop() {
                    self.outline.prose.link(start, &url, span);
                }
            }
            TagEnd::Image => self.muted = self.muted.saturating_sub(1),
            _ => {}
        }
    }

    fn add(&mut self, kind: Kind, span: Span) -> usize {
        let node = self.outline.nodes.len();
        let at = self.outline.prose.len();
        let block = self.outline.prose.block();
        let (depth, verbatim) = (self.depth, self.verbatim.is_some());
        self.outline.nodes.push(Node { kind, span, end: node + 1, depth, struck: false, verbatim, text: at..at, block });
        node
    }

    fn open_container(&mut self, kind: Kind, span: Span) {
        self.close_implicit();
        let node = self.add(kind, span);
        self.open.push(node);
        self.depth += 1;
    }

    fn open_leaf(&mut self, kind: Kind, span: Span) {
        self.close_implicit();
        let node = self.add(kind, span);
        self.open.push(node);
        self.leaf = true;
        self.struck_text = false;
    }

    /// Text may come straight inside a tight list item: it gets a paragraph of its own.
    fn ensure_leaf(&mut self, span: Span) {
        if !self.leaf {
            self.open_leaf(Kind::Paragraph, span);
            self.implicit = true;
        }
    }

    fn close_implicit(&mut self) {
        if self.implicit {
            self.close();
        }
    }

    fn close(&mut self) {
        let Some(node) = self.open.pop() else { return };
        let end = self.outline.nodes.len();
        let node = &mut self.outline.nodes[node];
        node.end = end;
        if self.leaf {
            node.text.end = self.outline.prose.len();
            node.struck = node.text.is_empty() && self.struck_text;
            self.outline.prose.end_block();
            self.leaf = false;
            self.implicit = false;
            // pulldown-cmark balances its tags, but raw `<s>` may stay open; it never reaches past its block.
            self.struck = 0;
            self.bold.clear();
            self.links.clear();
        } else {
            self.depth -= 1;
        }
    }

    fn push(&mut self, text: &str, span: Span) {
        if self.muted > 0 {
            return;
        }
        self.ensure_leaf(span);
        if self.struck > 0 {
            self.struck_text = true;
            return;
        }
        // An implicit paragraph grows with its text; all other spans are the parser's own.
        if self.implicit
            && let Some(&node) = self.open.last()
        {
            let node = &mut self.outline.nodes[node];
            node.span = node.span.join(span);
        }
        if self.nul && text.contains('\0') {
            // NUL bytes are no text; what is around them is.
            let literal = text.len() == span.end - span.start;
            let mut at = span.start;
            for part in text.split('\0') {
                if !part.is_empty() {
                    self.outline.prose.push(part, if literal { Span::new(at, at + part.len()) } else { span });
                }
                at += part.len() + 1;
            }
        } else if self.suspect && text.len() == span.end - span.start {
            self.push_repaired(text, span);
        } else {
            self.outline.prose.push(text, span);
        }
    }

    fn push_repaired(&mut self, text: &str, span: Span) {
        let mut at = 0;
        let part = |from: usize, to: usize| Span::new(span.start + from, span.start + to);
        for misread in mojibake::find(text) {
            let range = misread.range;
            self.outline.prose.push(&text[at..range.start], part(at, range.start));
            self.outline.prose.push(misread.meant.encode_utf8(&mut [0; 4]), part(range.start, range.end));
            at = range.end;
        }
        self.outline.prose.push(&text[at..], part(at, text.len()));
    }

    fn inline_html(&mut self, html: &str, span: Span) {
        let closing = html.starts_with("</");
        let name: String = html
            .trim_start_matches(['<', '/'])
            .chars()
            .take_while(char::is_ascii_alphanumeric)
            .map(|c| c.to_ascii_lowercase())
            .collect();
        // The tags of a block are one thing with it.
        if let (false, true, Some(&node)) = (self.block, is_tag(&name), self.open.last()) {
            self.outline.tags.push((node, span));
        }
        match name.as_str() {
            "br" => self.push("\n", span),
            "a" if closing => {
                if let Some((start, url, span)) = self.links.pop() {
                    self.outline.prose.link(start, &url, span);
                }
            }
            "a" => {
                if let Some(url) = html::href(html) {
                    self.ensure_leaf(span);
                    self.links.push((self.outline.prose.len(), url.into(), span));
                }
            }
            "b" | "strong" if closing => {
                if let Some(start) = self.bold.pop() {
                    self.outline.prose.bold(start);
                }
            }
            "b" | "strong" => self.bold.push(self.outline.prose.len()),
            "s" | "del" | "strike" if closing => self.struck = self.struck.saturating_sub(1),
            "s" | "del" | "strike" => self.struck += 1,
            // Comments, processing instructions.
            "" => {}
            name if is_tag(name) => {}
            // `<jane at example dot org>` is an address that only looks like a tag.
            _ => self.push(html, span),
        }
    }
}

/// The value of an attribute of a tag, in quotes.
fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    let rest = &tag[tag.find(&format!(" {name}="))? + name.len() + 2..];
    let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    rest[1..].split(quote).next()
}

/// True for elements that stand inside a line of text.
fn is_inline(name: &str) -> bool {
    const INLINE: [&str; 27] = [
        "a", "abbr", "b", "big", "br", "cite", "code", "del", "dfn", "em", "font", "i", "img", "input", "ins", "kbd", "mark",
        "nobr", "s", "small", "span", "strike", "strong", "sub", "sup", "tt", "u",
    ];
    INLINE.contains(&name)
}

/// True for the name, in lower case, of an element of HTML that people write into pages.
pub fn is_tag(name: &str) -> bool {
    HTML_TAGS.contains(&name)
}

/// Elements of HTML: anything else in angle brackets is something that people wrote.
const HTML_TAGS: [&str; 50] = [
    "a",
    "abbr",
    "b",
    "big",
    "blockquote",
    "br",
    "button",
    "center",
    "cite",
    "code",
    "dd",
    "del",
    "details",
    "dfn",
    "div",
    "dl",
    "dt",
    "em",
    "figure",
    "font",
    "h1",
    "h2",
    "h3",
    "h4",
    "i",
    "iframe",
    "img",
    "input",
    "ins",
    "kbd",
    "li",
    "mark",
    "nobr",
    "ol",
    "p",
    "pre",
    "s",
    "small",
    "span",
    "strike",
    "strong",
    "sub",
    "summary",
    "sup",
    "table",
    "tbody",
    "td",
    "tr",
    "u",
    "ul",
];

fn depth_of(level: HeadingLevel) -> u8 {
    match level {
        HeadingLevel::H1 => 1,
        HeadingLevel::H2 => 2,
        HeadingLevel::H3 => 3,
        HeadingLevel::H4 => 4,
        HeadingLevel::H5 => 5,
        HeadingLevel::H6 => 6,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn outline(text: &str) -> Outline {
        Outline::read(text, Span::new(0, text.len()))
    }

    fn shown(text: &str) -> Vec<(Kind, String)> {
        let outline = outline(text);
        outline.texts(0..outline.nodes.len()).map(|(i, text)| (outline.nodes[i].kind, text.as_str().to_owned())).collect()
    }

    #[test]
    fn tight_items_have_paragraphs() {
        use Kind::{Item, List, Paragraph};
        let page = outline("- a: b\n  - c\n- d\n");
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
        assert!(outline("## ~~gone~~\n").nodes[0].struck);
    }

    #[test]
    fn text_maps_to_the_bytes_it_came_from() {
        let source = "x &amp; **[Jo](https://example.org)** `k`";
        let page = outline(source);
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
        assert!(outline(&deep).nodes.len() > 10_000);
    }
}
