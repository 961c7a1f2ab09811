//! From the tree of elements to the nodes of a document: what a browser would show, block by block.
//!
//! The elements are walked in page order, without recursion: what is open is a list of what to do when it ends. White space
//! collapses, and styles begin and end with the text they apply to, as a run of bold text is often made of several elements.

use super::entities::{Shown, entity, entity_of_entity};
use super::furniture::{Plan, is_unseen};
use super::measure::{Measure, heading_level, is_block};
use super::style::Sheet;
use super::tree::Tree;
use crate::document::image::badge;
use crate::document::{Builder, Kind};
use crate::prose::Style;
use crate::text::Span;

/// A short block is set apart by what it is called; a long one is text.
const SHORT: u32 = 120;

/// Text in headings, terms and summaries that holds paragraphs and is longer than this was not closed.
const LONG: u32 = 400;

/// What to do when an element ends.
#[derive(Debug)]
enum End {
    /// A block: text that stands free ends.
    Block,
    /// A container.
    Container,
    /// What folds away.
    Fold {
        closed: bool,
    },
    /// A leaf in which blocks are lines.
    Lines,
    /// A style.
    Style(Style),
    Struck,
    Link,
    /// Preformatted text that was shown.
    Lined,
    /// A table that is nodes.
    Table,
}

/// White space that is due before the next text.
#[derive(Clone, Copy, Debug)]
enum Gap {
    Space(Span),
    Break(Span),
}

/// How text is set apart where the walk stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Styles {
    strong: bool,
    emphasis: bool,
    code: bool,
}

/// A walk over the elements of a page, or of a piece of one.
pub(super) struct Walk<'b, 'a, 't> {
    builder: &'b mut Builder<'a>,
    tree: &'t Tree,
    measures: &'t [Measure],
    plan: &'t Plan,
    sheet: &'t Sheet<'t>,
    /// It is a page, and not a piece of HTML in Markdown.
    whole: bool,
    /// What ends at which node.
    ends: Vec<(usize, End)>,
    /// Bold and not bold, italic, code: each as often as it is open.
    strong: Vec<bool>,
    emphasis: Vec<bool>,
    code: u32,
    struck: u32,
    /// What the text before has.
    styles: Styles,
    links: Vec<(String, Span)>,
    /// How many links there were when the link began that is open in the text.
    linked: Option<usize>,
    gap: Option<Gap>,
    /// In a leaf in which blocks are lines; what parts them.
    lines: Option<char>,
    /// What the next text is, if it is no paragraph that stands free.
    leaf: Option<(Kind, Span)>,
    /// Line breaks of the page are line breaks.
    lined: u32,
    /// Anchors for the next node.
    anchors: Vec<Box<str>>,
    /// The tables that are open and are more than the cells of another one.
    tables: Vec<Table>,
    /// Where the text ends that was shown last.
    at: usize,
}

/// A table that is open.
#[derive(Clone, Copy, Debug)]
struct Table {
    span: Span,
    /// It only says where things stand.
    layout: bool,
    /// It has been opened as a node.
    opened: bool,
}

impl<'b, 'a, 't> Walk<'b, 'a, 't> {
    pub(super) fn new(
        builder: &'b mut Builder<'a>,
        tree: &'t Tree,
        measures: &'t [Measure],
        plan: &'t Plan,
        sheet: &'t Sheet<'t>,
        whole: bool,
    ) -> Self {
        Walk {
            builder,
            tree,
            measures,
            plan,
            sheet,
            whole,
            ends: Vec::new(),
            strong: Vec::new(),
            emphasis: Vec::new(),
            code: 0,
            struck: 0,
            styles: Styles::default(),
            links: Vec::new(),
            linked: None,
            gap: None,
            lines: None,
            leaf: None,
            lined: 0,
            anchors: Vec::new(),
            tables: Vec::new(),
            at: tree.nodes.first().map_or(0, |root| root.start as usize),
        }
    }

    /// Reads everything.
    pub(super) fn run(mut self) {
        let mut node = 1;
        while node < self.tree.nodes.len() {
            self.end_up_to(node);
            let next = self.tree.nodes[node].next as usize;
            if self.plan.dropped[node] {
                if is_block(self.tree.name(node)) {
                    self.part();
                }
                self.checkbox(node);
                node = next;
            } else if self.tree.nodes[node].name.is_none() {
                self.text(node);
                node += 1;
            } else {
                node = if self.enter(node) { node + 1 } else { next };
            }
        }
        self.end_up_to(usize::MAX);
        self.part();
    }

    /// Ends what ends before a node.
    fn end_up_to(&mut self, node: usize) {
        while self.ends.last().is_some_and(|&(end, _)| end <= node) {
            let Some((_, end)) = self.ends.pop() else { return };
            match end {
                End::Block => self.part(),
                End::Container => {
                    self.part();
                    self.builder.close();
                }
                End::Fold { closed } => {
                    self.part();
                    // In Markdown, it may end in a later block.
                    let outermost = !self.ends.iter().any(|(_, end)| matches!(end, End::Container | End::Table));
                    if closed || !outermost {
                        self.builder.close();
                    }
                }
                End::Lines => {
                    self.close_leaf();
                    self.lines = None;
                }
                End::Style(Style::Strong) => {
                    self.strong.pop();
                }
                End::Style(Style::Emphasis) => {
                    self.emphasis.pop();
                }
                End::Style(Style::Code) => self.code -= 1,
                End::Struck => self.struck -= 1,
                End::Link => {
                    if self.linked == self.link() {
                        self.end_link();
                    }
                    self.links.pop();
                }
                End::Lined => self.lined -= 1,
                End::Table => {
                    self.part();
                    if self.tables.pop().is_some_and(|table| table.opened) {
                        self.builder.close();
                    }
                }
            }
        }
    }

    /// An element begins; false if nothing of it is read.
    fn enter(&mut self, node: usize) -> bool {
        let name = self.tree.name(node);
        let span = self.tree.nodes[node].span();
        let end = self.tree.nodes[node].next as usize;
        if is_unseen(name) {
            self.checkbox(node);
            return false;
        }
        let own = self.measures[node];
        let level = heading_level(name);
        let is_block = is_block(name) || name == "button" && self.plan.apart[node];
        if is_block {
            self.part();
        }
        self.anchor(node);
        if let Some(address) = self.tree.attribute(node, "data-cfemail").and_then(scrambled) {
            self.show(&address, span);
            return false;
        }
        let call = |walk: &mut Self, end_of: End| walk.ends.push((end, end_of));
        let between = is_block && self.lines.is_none() && self.between_cells(name);
        if between && self.innermost() == Some(Kind::Row) {
            self.builder.open(Kind::Cell, span);
            self.lines = Some('\n');
            call(self, End::Lines);
        } else if self.lines.is_none() && is_block {
            if between {
                self.leave_table();
            }
            match name {
                _ if level.is_some() => self.heading(node, Kind::Heading(level.unwrap_or(1))),
                "dt" => {
                    self.wrap(node, Kind::Definitions, &["dt", "dd"]);
                    self.heading(node, Kind::Term);
                }
                "summary" => self.summary(node),
                "ul" | "ol" | "menu" | "dir" => self.container(node, Kind::List),
                "li" => {
                    self.wrap(node, Kind::List, &["li"]);
                    self.container(node, Kind::Item);
                }
                "dl" => self.container(node, Kind::Definitions),
                "dd" => {
                    self.wrap(node, Kind::Definitions, &["dt", "dd"]);
                    self.container(node, Kind::Definition);
                }
                "blockquote" => self.container(node, Kind::Quote),
                "details" => {
                    self.container(node, Kind::Fold);
                    self.ends.pop();
                    call(self, End::Fold { closed: self.whole || self.tree.nodes[node].closed });
                }
                "table" => {
                    self.tables.push(Table { span, layout: self.is_layout(node), opened: false });
                    call(self, End::Table);
                }
                "tr" | "td" | "th" if self.tables.last().is_some_and(|table| !table.layout) => self.table_part(node),
                "hr" => {
                    self.builder.close_implicit();
                    self.builder.add(Kind::Rule, span);
                    self.flush_anchors();
                }
                "pre" | "listing" | "xmp" => return self.preformatted(node),
                _ => {
                    if !own.blocks && own.text > 0 {
                        self.leaf = Some((Kind::Paragraph, span));
                    }
                    call(self, End::Block);
                }
            }
        } else if is_block {
            call(self, End::Block);
        }
        self.style(node, own, end, is_block);
        match name {
            "br" => self.line_break(span),
            "img" => self.image(node),
            "a" => {
                if let Some(url) = self.tree.attribute(node, "href").map(str::trim).filter(|url| !url.is_empty()) {
                    self.links.push((destination(url), span));
                    call(self, End::Link);
                }
            }
            _ => {}
        }
        true
    }

    /// How an element sets its text apart.
    fn style(&mut self, node: usize, own: Measure, end: usize, is_block: bool) {
        let name = self.tree.name(node);
        let look = self.sheet.look(self.tree, node);
        let is_short = own.text > 0 && own.text <= SHORT && !own.blocks;
        let apart = is_block
            && is_short
            && self.plan.apart[node]
            && heading_level(name).is_none()
            && !matches!(name, "li" | "td" | "body");
        let bold = match name {
            _ if look.bold.is_some() => look.bold,
            "b" | "strong" | "th" => Some(true),
            _ if apart => Some(true),
            _ => None,
        };
        let italic = match name {
            _ if look.italic.is_some() => look.italic,
            "i" | "em" | "cite" | "var" | "dfn" => Some(true),
            _ => None,
        };
        if let Some(bold) = bold {
            self.strong.push(bold);
            self.ends.push((end, End::Style(Style::Strong)));
        }
        if let Some(italic) = italic {
            self.emphasis.push(italic);
            self.ends.push((end, End::Style(Style::Emphasis)));
        }
        if matches!(name, "code" | "kbd" | "samp" | "tt") {
            self.code += 1;
            self.ends.push((end, End::Style(Style::Code)));
        }
        if look.struck || matches!(name, "s" | "del" | "strike") {
            self.struck += 1;
            self.ends.push((end, End::Struck));
        }
    }

    fn container(&mut self, node: usize, kind: Kind) {
        self.builder.open(kind, self.tree.nodes[node].span());
        self.flush_anchors();
        self.ends.push((self.tree.nodes[node].next as usize, End::Container));
    }

    /// Items and definitions may stand outside of a list: those beside each other are one.
    fn wrap(&mut self, node: usize, kind: Kind, members: &[&str]) {
        if self.innermost() == Some(kind) {
            return;
        }
        let tree = self.tree;
        let (mut end, mut span) = (tree.nodes[node].next as usize, tree.nodes[node].span());
        let parent_end = tree.nodes.get(tree.nodes[node].parent as usize).map_or(end, |parent| parent.next as usize);
        let mut next = end;
        while next < parent_end {
            let sibling = &tree.nodes[next];
            let is_member = members.contains(&tree.name(next));
            if !is_member && (sibling.name.is_some() || self.measures[next].text > 0) {
                break;
            }
            next = sibling.next as usize;
            if is_member {
                (end, span) = (next, span.join(sibling.span()));
            }
        }
        self.builder.open(kind, span);
        self.ends.push((end, End::Container));
    }

    /// A leaf in which other blocks are part of the line, unless it was never closed.
    fn heading(&mut self, node: usize, kind: Kind) {
        let own = self.measures[node];
        let span = self.tree.nodes[node].span();
        let end = self.tree.nodes[node].next as usize;
        if own.text == 0 || own.structure && own.text > LONG {
            self.leaf = (own.text > 0).then_some((kind, span));
            self.ends.push((end, End::Block));
            return;
        }
        self.lines = Some(if matches!(kind, Kind::Heading(_)) { ' ' } else { '\n' });
        self.leaf = Some((kind, span));
        self.ends.push((end, End::Lines));
    }

    /// A summary that is a heading is that.
    fn summary(&mut self, node: usize) {
        let end = self.tree.nodes[node].next as usize;
        if self.measures[node].headings > 0 {
            self.ends.push((end, End::Block));
            return;
        }
        self.heading(node, Kind::Summary);
        self.strong.push(true);
        self.ends.push((end, End::Style(Style::Strong)));
    }

    fn innermost(&self) -> Option<Kind> {
        self.builder.open.last().map(|&open| self.builder.document.nodes[open].kind)
    }

    /// True for an element that should not stand where it stands: beside the rows of a table, or the cells of a row.
    fn between_cells(&self, name: &str) -> bool {
        let part = matches!(name, "tbody" | "thead" | "tfoot" | "tr" | "td" | "th");
        !part && matches!(self.innermost(), Some(Kind::Table | Kind::Row))
    }

    /// What stands between rows parts a table in two.
    fn leave_table(&mut self) {
        if let (Some(table), Some(&node)) = (self.tables.last_mut(), self.builder.open.last()) {
            table.opened = false;
            let span = &mut self.builder.document.nodes[node].span;
            span.end = self.at.clamp(span.start, span.end);
            self.builder.close();
        }
    }

    fn table_part(&mut self, node: usize) {
        let span = self.tree.nodes[node].span();
        if self.tree.name(node) == "tr" {
            if let Some(table) = self.tables.last_mut()
                && !table.opened
            {
                table.opened = true;
                let span = Span::new(self.at.clamp(table.span.start, table.span.end), table.span.end);
                self.builder.open(Kind::Table, span);
            }
            self.container(node, Kind::Row);
            return;
        }
        self.builder.open(Kind::Cell, span);
        self.flush_anchors();
        self.lines = Some('\n');
        self.ends.push((self.tree.nodes[node].next as usize, End::Lines));
    }

    /// True if a table only says where things stand: it has one column, or its cells hold headings, tables, or whole texts.
    fn is_layout(&self, table: usize) -> bool {
        let (tree, measures) = (self.tree, self.measures);
        if matches!(tree.attribute(table, "role"), Some("presentation" | "none")) {
            return true;
        }
        let own = measures[table];
        if own.headings > 0 || own.text == 0 {
            return true;
        }
        let mut widest = 0;
        let mut headers = false;
        for part in tree.children(table) {
            let rows: Box<dyn Iterator<Item = usize>> =
                if tree.name(part) == "tr" { Box::new(std::iter::once(part)) } else { Box::new(tree.children(part)) };
            for row in rows.filter(|&row| tree.name(row) == "tr") {
                let cells = tree.children(row).filter(|&cell| matches!(tree.name(cell), "td" | "th"));
                let (mut width, mut all_headers) = (0, true);
                for cell in cells {
                    width += 1;
                    all_headers &= tree.name(cell) == "th";
                    if !headers && measures[cell].table {
                        return true;
                    }
                }
                headers |= all_headers && width > 1;
                widest = widest.max(width);
            }
        }
        widest < 2
    }

    /// Preformatted text is code, unless somebody set prose in it; false if it is not read.
    fn preformatted(&mut self, node: usize) -> bool {
        let span = self.tree.nodes[node].span();
        let end = self.tree.nodes[node].next as usize;
        let marked =
            self.tree.within(node).skip(1).any(|inner| matches!(self.tree.name(inner), "code" | "span" | "kbd" | "samp"));
        let text = &self.builder.text[span.range()];
        let classes = self.tree.attribute(node, "class").is_some();
        if marked || classes || !is_prose(text) {
            self.builder.open(Kind::Code, span);
            self.flush_anchors();
            self.builder.close();
            return false;
        }
        self.lined += 1;
        self.leaf = Some((Kind::Paragraph, span));
        self.ends.push((end, End::Block));
        self.ends.push((end, End::Lined));
        true
    }

    /// The anchors of an element lead to the text it is in, or to the next node.
    fn anchor(&mut self, node: usize) {
        let own = self.tree.attribute(node, "id");
        let named = self.tree.attribute(node, "name").filter(|_| self.tree.name(node) == "a");
        for anchor in own.into_iter().chain(named).filter(|anchor| !anchor.is_empty()) {
            match self.builder.open.last().filter(|_| self.builder.leaf) {
                Some(&leaf) => self.builder.document.anchors.push((leaf, anchor.into())),
                None => self.anchors.push(anchor.into()),
            }
        }
    }

    fn flush_anchors(&mut self) {
        if let Some(node) = self.builder.document.nodes.len().checked_sub(1) {
            self.builder.document.anchors.extend(self.anchors.drain(..).map(|anchor| (node, anchor)));
        }
    }

    /// A block begins or ends: what stands before it is a line, or a paragraph, of its own.
    fn part(&mut self) {
        let here = Span::new(self.at, self.at);
        match self.lines {
            Some('\n') if self.builder.leaf => {
                self.gap = self.gap.filter(|gap| matches!(gap, Gap::Break(_))).or(Some(Gap::Break(here)));
            }
            Some(_) => self.gap = self.gap.or(Some(Gap::Space(here))),
            None => self.close_leaf(),
        }
    }

    fn close_leaf(&mut self) {
        self.gap = None;
        self.leaf = None;
        if self.builder.leaf {
            self.end_link();
            self.set_styles(Styles::default());
            self.builder.close();
        }
    }

    fn line_break(&mut self, span: Span) {
        if self.builder.leaf {
            self.gap = Some(Gap::Break(span));
        }
    }

    /// A badge is a line; the name of another image is text where it is all that a link has. In titles they are ornaments.
    fn image(&mut self, node: usize) {
        let tree = self.tree;
        let span = tree.nodes[node].span();
        let leaf = if self.builder.leaf { self.innermost() } else { self.leaf.map(|(kind, _)| kind) };
        if matches!(leaf, Some(Kind::Heading(_) | Kind::Term | Kind::Summary)) {
            return;
        }
        // GitHub shows pictures from a place of its own.
        let address = tree.attribute(node, "data-canonical-src").or_else(|| tree.attribute(node, "src"));
        if let Some(badge) = address.and_then(badge) {
            self.line_break(span);
            self.show(&badge, span);
            self.line_break(Span::new(span.end, span.end));
            return;
        }
        let link = tree.around(node).find(|&outer| tree.name(outer) == "a").filter(|_| !self.links.is_empty());
        let alt = tree.attribute(node, "alt").map(str::trim).filter(|alt| !alt.is_empty());
        if let (Some(alt), true) = (alt, link.is_some_and(|link| self.measures[link].text == 0)) {
            self.show(alt, span);
        }
    }

    /// `[x]` in lists of tasks, as in Markdown.
    fn checkbox(&mut self, node: usize) {
        let tree = self.tree;
        if tree.name(node) == "input" && tree.attribute(node, "type") == Some("checkbox") {
            let in_item = tree.around(node).take(4).any(|outer| tree.name(outer) == "li");
            if in_item && self.lines.is_none() {
                let mark = if tree.attribute(node, "checked").is_some() { "[x]" } else { "[ ]" };
                self.show(mark, tree.nodes[node].span());
                self.gap = Some(Gap::Space(tree.nodes[node].span()));
            }
        }
    }

    /// A stretch of text.
    fn text(&mut self, node: usize) {
        let span = self.plan.brackets.get(&node).copied().unwrap_or_else(|| self.tree.nodes[node].span());
        if span.start == span.end {
            self.space(span);
            return;
        }
        let text = self.builder.text;
        let bytes = text.as_bytes();
        let mut at = span.start;
        while at < span.end {
            let here = |len: usize| Span::new(at, at + len);
            match bytes[at] {
                b'\n' if self.lined > 0 => {
                    let blank = text[at + 1..span.end].bytes().find(|byte| !matches!(byte, b' ' | b'\t' | b'\r')) == Some(b'\n');
                    if blank {
                        self.close_leaf();
                    } else {
                        self.line_break(here(1));
                    }
                    at += 1;
                }
                b' ' | b'\n' | b'\t' | b'\r' | b'\x0c' => {
                    self.space(here(1));
                    at += 1;
                }
                b'&' => {
                    let rest = &text[at..span.end];
                    let found = if self.code > 0 { entity(rest) } else { entity_of_entity(rest).or_else(|| entity(rest)) };
                    if let Some((Shown(first, second), len)) = found {
                        let mut shown = String::from(first);
                        shown.extend(second);
                        self.show_char(&shown, here(len));
                        at += len;
                    } else {
                        self.show("&", here(1));
                        at += 1;
                    }
                }
                _ => {
                    let len = plain(&text[at..span.end]);
                    if len == 0 {
                        let len = text[at..].chars().next().map_or(1, char::len_utf8);
                        self.show_char(&text[at..at + len], here(len));
                        at += len;
                    } else {
                        self.show(&text[at..at + len], here(len));
                        at += len;
                    }
                }
            }
        }
    }

    /// A character that may be white space, or nothing.
    fn show_char(&mut self, shown: &str, span: Span) {
        match shown {
            "\u{200b}" | "\u{feff}" | "\u{ad}" => {}
            " " | "\n" | "\t" | "\r" => self.space(span),
            "\u{a0}" if !self.builder.leaf || matches!(self.gap, Some(Gap::Break(_))) => {}
            _ => self.show(shown, span),
        }
    }

    fn space(&mut self, span: Span) {
        if self.builder.leaf && self.gap.is_none() {
            self.gap = Some(Gap::Space(span));
            // The space after bold text is not bold.
            let wanted = self.wanted();
            let ended = Styles {
                strong: self.styles.strong && wanted.strong,
                emphasis: self.styles.emphasis && wanted.emphasis,
                code: self.styles.code && wanted.code,
            };
            self.set_styles(ended);
        }
    }

    fn wanted(&self) -> Styles {
        Styles { strong: self.strong.last() == Some(&true), emphasis: self.emphasis.last() == Some(&true), code: self.code > 0 }
    }

    /// Text that is seen.
    fn show(&mut self, text: &str, span: Span) {
        if !self.builder.leaf {
            self.gap = None;
            match self.innermost() {
                Some(Kind::Table) => self.leave_table(),
                Some(Kind::Row) => self.leaf = Some((Kind::Cell, span)),
                _ => {}
            }
            match self.leaf.take() {
                Some((kind, of)) => self.builder.open(kind, of),
                None => self.builder.ensure_leaf(span),
            }
            self.flush_anchors();
        }
        if self.linked.is_some() && self.linked != self.link() {
            self.end_link();
        }
        let wanted = self.wanted();
        self.set_styles(Styles {
            strong: self.styles.strong && wanted.strong,
            emphasis: self.styles.emphasis && wanted.emphasis,
            code: self.styles.code && wanted.code,
        });
        self.builder.struck = 0;
        let leaf_is_blank = self
            .builder
            .open
            .last()
            .is_some_and(|&leaf| self.builder.document.nodes[leaf].text.start as usize == self.builder.document.prose.len());
        match self.gap.take() {
            Some(Gap::Space(at)) if !leaf_is_blank => self.builder.push(" ", at),
            Some(Gap::Break(at)) if !leaf_is_blank => self.builder.push("\n", at),
            _ => {}
        }
        if self.linked.is_none()
            && let Some((url, at)) = self.links.last()
        {
            self.builder.begin_link(url, *at);
            self.linked = Some(self.links.len());
        }
        self.set_styles(wanted);
        self.builder.struck = self.struck;
        self.builder.push(text, span);
        self.at = span.end;
    }

    fn link(&self) -> Option<usize> {
        (!self.links.is_empty()).then_some(self.links.len())
    }

    fn end_link(&mut self) {
        if self.linked.take().is_some() {
            self.builder.end_link(None);
        }
    }

    /// Ends styles that are not wanted, and begins those that are.
    fn set_styles(&mut self, wanted: Styles) {
        let (is, builder) = (self.styles, &mut *self.builder);
        for (is, wanted, style) in [
            (is.code, wanted.code, Style::Code),
            (is.emphasis, wanted.emphasis, Style::Emphasis),
            (is.strong, wanted.strong, Style::Strong),
        ] {
            if is && !wanted {
                builder.end_mark(style);
            } else if wanted && !is {
                builder.begin_mark(style);
            }
        }
        self.styles = wanted;
    }
}

/// How much of a text is shown as it stands: up to an entity, or to white space that is more than a space.
fn plain(text: &str) -> usize {
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        match bytes[at] {
            b'&' | b'\n' | b'\t' | b'\r' | b'\x0c' => return at,
            b' ' if bytes.get(at + 1).is_none_or(|next| matches!(next, b' ' | b'\n' | b'\t' | b'\r' | b'\x0c')) => return at,
            // U+200B, U+FEFF, U+00AD and U+00A0 are looked at one by one.
            0xe2 | 0xef | 0xc2 => {
                let c = text[at..].chars().next().unwrap_or(' ');
                if matches!(c, '\u{200b}' | '\u{feff}' | '\u{ad}' | '\u{a0}') {
                    return at;
                }
                at += c.len_utf8();
            }
            _ => at += 1,
        }
    }
    at
}

/// True for preformatted text that somebody wrote as prose: lines of words.
fn is_prose(text: &str) -> bool {
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let (mut count, mut long, mut odd, mut len) = (0, 0, 0, 0);
    for line in lines {
        count += 1;
        long += usize::from(line.split(' ').count() >= 5);
        odd += line.bytes().filter(|byte| matches!(byte, b'{' | b'}' | b';' | b'=' | b'$' | b'\\' | b'|' | b'#' | b'_')).count();
        len += line.len();
    }
    count >= 2 && long * 2 > count && odd * 50 < len
}

/// Where a link leads: Google's documents lead there by a page of their own.
pub(super) fn destination(url: &str) -> String {
    let redirect =
        url.split_once("://").and_then(|(_, rest)| rest.strip_prefix("www.google.").or_else(|| rest.strip_prefix("google.")));
    let query = redirect.and_then(|rest| rest.split_once("/url?")).map(|(_, query)| query);
    let target =
        query.and_then(|query| query.split('&').find_map(|pair| pair.strip_prefix("q=").or_else(|| pair.strip_prefix("url="))));
    match target {
        Some(target) => percent_encoding::percent_decode_str(target).decode_utf8_lossy().into_owned(),
        None => url.to_owned(),
    }
}

/// An e-mail address that a page's host hides from programs: in hexadecimal, each byte combined with the first one.
fn scrambled(hex: &str) -> Option<String> {
    let bytes: Option<Vec<u8>> = (0..hex.len()).step_by(2).map(|at| u8::from_str_radix(hex.get(at..at + 2)?, 16).ok()).collect();
    let bytes = bytes?;
    let (key, address) = bytes.split_first()?;
    let address = String::from_utf8(address.iter().map(|byte| byte ^ key).collect()).ok()?;
    let is_address = address.contains('@') && address.bytes().all(|byte| byte.is_ascii_graphic());
    is_address.then_some(address)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scrambled_addresses_are_read() {
        assert_eq!(scrambled("2a4b6a48044549").as_deref(), Some("a@b.oc"));
        for hex in ["", "2a", "2", "xx", "2a4b", "é"] {
            assert_eq!(scrambled(hex), None, "{hex}");
        }
    }

    #[test]
    fn redirects_of_google_lead_to_their_target() {
        for (url, target) in [
            ("https://www.google.com/url?q=https://example.org/a%3Fb%3D1&sa=D&source=editors", "https://example.org/a?b=1"),
            ("http://www.google.de/url?sa=t&url=https%3A%2F%2Fexample.org", "https://example.org"),
            ("https://example.org/url?q=x", "https://example.org/url?q=x"),
            ("https://www.google.com/search?q=x", "https://www.google.com/search?q=x"),
        ] {
            assert_eq!(destination(url), target);
        }
    }
}
