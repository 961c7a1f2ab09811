//! Blocks of raw HTML: what a browser would show of them, as the same nodes that Markdown makes.
//!
//! Pages older than Markdown, and ideas that fold away in `<details>`, are written so. Only what structures text is known
//! (headings, paragraphs, lists, tables, bold, links); every other tag is passed over and its text kept. What HTML opens in
//! a block ends with the block: an empty line returns to Markdown, and nobody closes tags reliably.

use super::{Builder, Document, Kind};
use crate::prose::Style;
use crate::text::Span;

/// Reads an HTML page.
pub(super) fn read(text: &str) -> Document {
    let span = Span::new(0, text.len());
    let mut builder = Builder::new(text, span);
    builder.html_block(span);
    builder.finish()
}

/// Elements whose content nobody sees, or that hold no prose.
const UNSEEN: [&str; 11] =
    ["head", "iframe", "noscript", "object", "pre", "script", "select", "style", "svg", "template", "textarea"];

/// Deeper lists are no lists but harm.
const DEEP: u32 = 64;

/// A piece of HTML.
#[derive(Debug, PartialEq, Eq)]
enum Token<'a> {
    /// `<name …>` or `</name>`; the name in lower case.
    Tag { name: String, closing: bool, tag: &'a str },
    /// What stands between tags.
    Text(&'a str),
}

/// What the block has opened so far.
#[derive(Default)]
struct Block {
    /// How many nodes were open before it.
    base: usize,
    lists: u32,
    items: u32,
    /// Tables inside each other; only the outermost has nodes.
    tables: u32,
}

impl<'a> Builder<'a> {
    /// A tag inside of text.
    pub(super) fn inline_html(&mut self, html: &str, span: Span) {
        let closing = html.starts_with("</");
        let name: String = html
            .trim_start_matches(['<', '/'])
            .chars()
            .take_while(char::is_ascii_alphanumeric)
            .map(|c| c.to_ascii_lowercase())
            .collect();
        // The tags of a block are one thing with it.
        if let (false, true, Some(&node)) = (self.block_html, is_tag(&name), self.open.last()) {
            self.document.tags.push((node, span));
        }
        match name.as_str() {
            "br" => self.push("\n", span),
            "a" if closing => {
                self.end_link(Some(span.end));
            }
            "a" => {
                if let Some(url) = href(html) {
                    self.begin_link(&url, span);
                }
            }
            "b" | "strong" if closing => {
                self.end_mark(Style::Strong);
            }
            "b" | "strong" => self.begin_mark(Style::Strong),
            "i" | "em" if closing => self.end_mark(Style::Emphasis),
            "i" | "em" => self.begin_mark(Style::Emphasis),
            "s" | "del" | "strike" if closing => self.struck = self.struck.saturating_sub(1),
            "s" | "del" | "strike" => self.struck += 1,
            // Comments, processing instructions.
            "" => {}
            name if is_tag(name) => {}
            // `<jane at example dot org>` is an address that only looks like a tag.
            _ => self.push(html, span),
        }
    }

    /// Reads a block of HTML that takes `span`.
    pub(super) fn html_block(&mut self, span: Span) {
        let mut block = Block { base: self.open.len(), ..Block::default() };
        let mut unseen: Option<String> = None;
        self.block_html = true;
        for (at, token) in tokens(&self.text[span.range()]) {
            let at = span.start + at;
            match token {
                Token::Tag { name, closing, .. } if unseen.is_some() => {
                    if closing && unseen.as_deref() == Some(&name) {
                        unseen = None;
                    }
                }
                Token::Text(_) if unseen.is_some() => {}
                Token::Tag { name, closing, .. } if UNSEEN.contains(&name.as_str()) => {
                    self.end_text(&block, at);
                    unseen = (!closing).then_some(name);
                }
                Token::Tag { name, closing, tag } => self.tag(&mut block, &name, closing, tag, Span::new(at, at + tag.len())),
                Token::Text(text) => self.html_text(text, at),
            }
        }
        self.close_html(&block, 0, span.end);
        self.block_html = false;
    }

    fn tag(&mut self, block: &mut Block, name: &str, closing: bool, tag: &'a str, span: Span) {
        if is_inline(name) {
            self.inline_html(tag, span);
            return;
        }
        if block.tables > 0 {
            self.table_tag(block, name, closing, span);
            return;
        }
        self.end_text(block, span.start);
        let level = name.strip_prefix('h').and_then(|level| level.parse::<u8>().ok()).filter(|level| (1..=6).contains(level));
        match (name, closing) {
            ("ul" | "ol", false) if block.lists < DEEP => {
                self.open(Kind::List, span);
                block.lists += 1;
            }
            ("ul" | "ol", true) if block.lists > 0 => {
                self.close_up_to(block, Kind::List, span.end);
                block.lists -= 1;
            }
            ("li", false) => {
                if self.innermost(block) == Some(Kind::Item) {
                    self.close_html(block, self.open.len() - block.base - 1, span.start);
                    block.items -= 1;
                }
                // An item may stand in a block of its own.
                if self.innermost(block) != Some(Kind::List) {
                    if block.lists >= DEEP {
                        return;
                    }
                    self.open(Kind::List, span);
                    block.lists += 1;
                }
                self.open(Kind::Item, span);
                block.items += 1;
            }
            ("li", true) if block.items > 0 && self.innermost(block) == Some(Kind::Item) => {
                self.close_up_to(block, Kind::Item, span.end);
                block.items -= 1;
            }
            ("table", false) => {
                self.open(Kind::Table, span);
                block.tables = 1;
            }
            // What folds stands under its summary as under a heading.
            ("summary", false) => self.begin_mark(Style::Strong),
            ("hr", false) => {
                self.add(Kind::Rule, span);
            }
            (_, false) if level.is_some() => self.open(Kind::Heading(level.unwrap_or(1)), span),
            _ => {}
        }
    }

    fn table_tag(&mut self, block: &mut Block, name: &str, closing: bool, span: Span) {
        match (name, closing) {
            ("table", false) => block.tables += 1,
            ("table", true) => {
                block.tables -= 1;
                if block.tables == 0 {
                    self.end_text(block, span.start);
                    self.close_up_to(block, Kind::Table, span.end);
                }
            }
            _ if block.tables > 1 => self.line_break(span),
            ("tr", _) => {
                self.end_text(block, span.start);
                if self.innermost(block) == Some(Kind::Row) {
                    self.close_html(block, self.open.len() - block.base - 1, span.end);
                }
                if !closing {
                    self.open(Kind::Row, span);
                }
            }
            ("td" | "th", _) => {
                self.end_text(block, span.start);
                if !closing && self.innermost(block) == Some(Kind::Row) {
                    self.open(Kind::Cell, span);
                }
            }
            _ => self.line_break(span),
        }
    }

    /// Blocks inside a cell are its lines.
    fn line_break(&mut self, span: Span) {
        if self.leaf {
            self.push("\n", span);
        }
    }

    /// Ends the paragraph, heading or cell that takes text.
    fn end_text(&mut self, block: &Block, at: usize) {
        if self.leaf {
            self.end_mark(Style::Strong);
            self.close_html(block, self.open.len() - block.base - 1, at);
        }
    }

    /// The kind of the innermost node that the block has open.
    fn innermost(&self, block: &Block) -> Option<Kind> {
        self.open[block.base..].last().map(|&node| self.document.nodes[node].kind)
    }

    /// Closes nodes until one of this kind is closed; there is one.
    fn close_up_to(&mut self, block: &mut Block, kind: Kind, end: usize) {
        while let Some(innermost) = self.innermost(block) {
            self.close_html(block, self.open.len() - block.base - 1, end);
            if innermost == kind {
                return;
            }
            match innermost {
                Kind::Item => block.items -= 1,
                Kind::List => block.lists -= 1,
                _ => {}
            }
        }
    }

    /// Closes what the block has opened, up to so many nodes.
    fn close_html(&mut self, block: &Block, keep: usize, end: usize) {
        while self.open.len() > block.base + keep {
            if let Some(&node) = self.open.last().filter(|_| !self.implicit) {
                let span = &mut self.document.nodes[node].span;
                span.end = span.end.max(end);
            }
            self.close();
        }
    }

    /// Text between tags. Its line breaks are spaces, and its entities characters.
    fn html_text(&mut self, text: &str, at: usize) {
        if !self.leaf && text.trim().is_empty() {
            return;
        }
        // Between rows and cells stands nothing.
        if !self.leaf && self.open.last().is_some_and(|&node| matches!(self.document.nodes[node].kind, Kind::Table | Kind::Row)) {
            return;
        }
        let mut from = if self.leaf { 0 } else { text.len() - text.trim_start().len() };
        while from < text.len() {
            let rest = &text[from..];
            if let Some((shown, len)) = entity(rest) {
                self.push(shown.encode_utf8(&mut [0; 4]), Span::new(at + from, at + from + len));
                from += len;
            } else if rest.starts_with(['\n', '\r']) {
                self.push(" ", Span::new(at + from, at + from + 1));
                from += 1;
            } else {
                let len = first_to(rest, &['&', '\n', '\r']);
                self.push(&rest[..len], Span::new(at + from, at + from + len));
                from += len;
            }
        }
    }
}

/// Tags and texts, and where each begins. Comments and declarations are neither.
fn tokens(html: &str) -> impl Iterator<Item = (usize, Token<'_>)> {
    let mut at = 0;
    std::iter::from_fn(move || {
        loop {
            let start = at;
            let rest = html.get(start..).filter(|rest| !rest.is_empty())?;
            if let Some(comment) = rest.strip_prefix("<!--") {
                at = comment.find("-->").map_or(html.len(), |end| start + 4 + end + 3);
                continue;
            }
            let name = tag_name(rest);
            if rest.starts_with("<!") || rest.starts_with("<?") || name.is_some() {
                let len = rest.find('>').map_or(rest.len(), |end| end + 1);
                at = start + len;
                match name {
                    Some(name) => {
                        return Some((start, Token::Tag { name, closing: rest.starts_with("</"), tag: &rest[..len] }));
                    }
                    None => continue,
                }
            }
            // A lone `<` is text.
            let len = first_to(rest, &['<']);
            at = start + len;
            return Some((start, Token::Text(&rest[..len])));
        }
    })
}

/// The length of a text up to one of these characters; its first may be one of them.
fn first_to(text: &str, ends: &[char]) -> usize {
    let first = text.chars().next().map_or(0, char::len_utf8);
    text[first..].find(ends).map_or(text.len(), |next| first + next)
}

/// The name of the tag that a text begins with.
fn tag_name(text: &str) -> Option<String> {
    let inner = text.strip_prefix('<')?;
    let inner = inner.strip_prefix('/').unwrap_or(inner);
    let name = &inner[..inner.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(inner.len())];
    let ends = inner[name.len()..].starts_with(|c: char| c.is_ascii_whitespace() || matches!(c, '>' | '/'));
    (ends && name.starts_with(|c: char| c.is_ascii_alphabetic())).then(|| name.to_ascii_lowercase())
}

/// The character that an entity at the beginning of a text stands for, and the entity's length.
fn entity(text: &str) -> Option<(char, usize)> {
    let inner = text.strip_prefix('&')?;
    let end = inner.bytes().take(10).position(|byte| byte == b';')?;
    let name = &inner[..end];
    let shown = match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" => '\u{a0}',
        "ndash" => '–',
        "mdash" => '—',
        "hellip" => '…',
        "lsquo" => '‘',
        "rsquo" => '’',
        "ldquo" => '“',
        "rdquo" => '”',
        "middot" => '·',
        "bull" => '•',
        "copy" => '©',
        _ => {
            let number = name.strip_prefix('#')?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16),
                None => number.parse(),
            };
            char::from_u32(code.ok()?).filter(|c| !c.is_control())?
        }
    };
    Some((shown, end + 2))
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

/// The address that a tag links to.
pub(super) fn href(tag: &str) -> Option<String> {
    attribute(tag, "href").map(|url| url.replace("&amp;", "&"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Document;

    fn shown(text: &str) -> Vec<(Kind, String)> {
        let document = Document::read(text, Span::new(0, text.len()));
        document.texts(0..document.nodes.len()).map(|(i, text)| (document.nodes[i].kind, text.flow())).collect()
    }

    #[test]
    fn html_shows_what_a_browser_shows() {
        use Kind::{Cell, Heading, Paragraph};
        for (html, seen) in [
            ("<p><b>Size:</b> 90&nbsp;h &amp;\nmore</p>\n<p>b", &[(Paragraph, "Size: 90 h & more"), (Paragraph, "b")][..]),
            ("<h3 id=x>A &lt; <a href='u'>b</a></h3>\ntext", &[(Heading(3), "A < b"), (Paragraph, "text")]),
            ("<ul><li>a<ul><li>b</ul><li>c</li></ul>", &[(Paragraph, "a"), (Paragraph, "b"), (Paragraph, "c")]),
            ("<details>\n<summary>Title</summary>\n\n- x\n\n</details>", &[(Paragraph, "Title"), (Paragraph, "x")]),
            (
                "<table><tr><th>a</th><th>b</th></tr>\n<tr><td>c<p>d</td><td><ul><li>e</ul></td></table>",
                &[(Cell, "a"), (Cell, "b"), (Cell, "c d"), (Cell, "e")],
            ),
            ("<div><!-- no --><script>no</script><pre>no</pre>yes</div>", &[(Paragraph, "yes")]),
            ("<div>é 1 < 2 </ul></li></table></td> 3</div>", &[(Paragraph, "é 1 < 2"), (Paragraph, "3")]),
            ("<p>a <s>gone</s> b</p>", &[(Paragraph, "a b")]),
        ] {
            let seen: Vec<_> = seen.iter().map(|&(kind, text)| (kind, text.to_owned())).collect();
            assert_eq!(shown(html), seen, "{html}");
        }
    }

    #[test]
    fn lists_of_html_nest_like_lists() {
        let text = "<ul>\n<li>a<ul><li>b</li></ul></li>\n<li>c</li>\n</ul>\n\n<li>d</li>\n";
        let document = Document::read(text, Span::new(0, text.len()));
        let depth = |said: &str| {
            let (node, _) = document.texts(0..document.nodes.len()).find(|(_, text)| text.as_str() == said).unwrap();
            document.nodes[node].depth
        };
        assert_eq!((depth("a"), depth("b"), depth("c"), depth("d")), (2, 4, 2, 2));
        assert!(document.nodes.iter().all(|node| node.span.start <= node.span.end && node.span.end <= text.len()));
    }
}
