//! The tree of elements that a browser would make of HTML, each with its bytes on the page.
//!
//! html5gum cuts the text into tags and text, html5ever's tree builder decides what is inside of what. The builder is not
//! told the text itself but a number that stands for it, so that wherever it puts the text its bytes are known. Browsers
//! limit how deep elements nest, and so do we: what the algorithm looks through for every tag stays short. On a page that
//! would have its open formatting repeated without end, formatting is read like any other element.

use std::borrow::Cow;
use std::cell::{Cell, RefCell};

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{Doctype, Tag, TagKind, Token, TokenSink};
use html5ever::tree_builder::{ElementFlags, NodeOrText, QuirksMode, TreeBuilder, TreeBuilderOpts, TreeSink};
use html5ever::{Attribute, LocalName, QualName, local_name, ns};
use html5gum::emitters::callback::{CallbackEmitter, CallbackEvent};
use html5gum::{Span as Cut, Tokenizer};

use crate::text::Span;

/// Elements nest no deeper: browsers allow 512, pages need a tenth of it.
const DEEP: u16 = 160;

/// How many elements a page may have for each of its tags before its formatting is no longer repeated.
const REPEATS: usize = 3;

/// The attributes that are looked at.
const ATTRIBUTES: [&str; 19] = [
    "alt",
    "data-canonical-src",
    "src",
    "data-cfemail",
    "aria-controls",
    "aria-expanded",
    "aria-hidden",
    "aria-label",
    "checked",
    "class",
    "hidden",
    "href",
    "id",
    "itemprop",
    "name",
    "role",
    "style",
    "type",
    "encoding",
];

/// Elements that the algorithm repeats where they were left open.
const FORMATTING: [&str; 13] = ["b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u"];

/// What stands for the name of such an element while it is read like any other.
const PLAIN: &str = "x-";

/// No node.
pub(super) const NONE: u32 = u32::MAX;

/// An element, or a text.
#[derive(Debug)]
pub(super) struct Node {
    /// The element's name in lower case, `None` for text.
    pub(super) name: Option<LocalName>,
    /// The bytes that it takes.
    pub(super) start: u32,
    /// One past the last of them.
    pub(super) end: u32,
    /// The node that it is inside of.
    pub(super) parent: u32,
    /// Index of the first node after it and everything in it.
    pub(super) next: u32,
    /// True if its end tag is on the page.
    pub(super) closed: bool,
    attributes: (u32, u16),
}

impl Node {
    /// The bytes that it takes.
    pub(super) fn span(&self) -> Span {
        Span::new(self.start as usize, self.end as usize)
    }
}

/// All elements and texts of a page, parents before their children, in page order.
#[derive(Debug, Default)]
pub(super) struct Tree {
    /// The first one holds all others.
    pub(super) nodes: Vec<Node>,
    attributes: Vec<(LocalName, StrTendril)>,
    /// The ends of `details` elements that begin before this piece of HTML.
    pub(super) ends: Vec<Span>,
}

impl Tree {
    /// Reads `body`, a stretch of `text`: a whole page, or what may stand inside of one.
    pub(super) fn read(text: &str, body: Span, whole: bool) -> Self {
        let read = |repeat| parse(text, body, whole, repeat);
        let arena = read(true).or_else(|| read(false)).unwrap_or_default();
        arena.nest_lists();
        arena.flatten()
    }

    /// The name of an element, empty for text.
    pub(super) fn name(&self, node: usize) -> &str {
        self.nodes[node].name.as_deref().map_or("", |name| name.strip_prefix(PLAIN).unwrap_or(name))
    }

    /// The value of an element's attribute.
    pub(super) fn attribute(&self, node: usize, name: &str) -> Option<&str> {
        let (first, count) = self.nodes[node].attributes;
        let own = &self.attributes[first as usize..first as usize + usize::from(count)];
        own.iter().find(|(own, _)| **own == *name).map(|(_, value)| &**value)
    }

    /// The class tokens of an element.
    pub(super) fn classes(&self, node: usize) -> impl Iterator<Item = &str> {
        self.attribute(node, "class").unwrap_or_default().split_ascii_whitespace()
    }

    /// The nodes directly inside of one.
    pub(super) fn children(&self, node: usize) -> impl Iterator<Item = usize> {
        let mut at = node + 1;
        let end = self.nodes[node].next as usize;
        std::iter::from_fn(move || {
            let child = at;
            (child < end).then(|| {
                at = self.nodes[child].next as usize;
                child
            })
        })
    }

    /// The nodes inside of one, and itself.
    pub(super) fn within(&self, node: usize) -> std::ops::Range<usize> {
        node..self.nodes[node].next as usize
    }

    /// The nodes that one is inside of, innermost first.
    pub(super) fn around(&self, node: usize) -> impl Iterator<Item = usize> {
        std::iter::successors(Some(node), |&node| self.nodes[node].parent.try_into().ok().filter(|&parent| parent < node)).skip(1)
    }
}

/// An element or text while the tree grows.
#[derive(Debug)]
pub(super) struct Growing {
    pub(super) name: Option<LocalName>,
    pub(super) start: u32,
    pub(super) end: u32,
    pub(super) attributes: (u32, u16),
    depth: u16,
    closed: bool,
    pub(super) parent: u32,
    pub(super) first: u32,
    pub(super) last: u32,
    pub(super) before: u32,
    pub(super) after: u32,
}

/// The growing tree.
#[derive(Debug, Default)]
pub(super) struct Arena {
    pub(super) nodes: RefCell<Vec<Growing>>,
    pub(super) attributes: RefCell<Vec<(LocalName, StrTendril)>>,
    /// The stretches of text, by the numbers that stand for them.
    texts: RefCell<Vec<(u32, u32)>>,
    /// The tag that is being read.
    tag: Cell<(u32, u32)>,
    /// What was added last.
    last: Cell<u32>,
    /// The ends of `details` elements that were not opened here.
    ends: RefCell<Vec<Span>>,
}

/// A node by its place, and its name: the builder asks for nothing else.
#[derive(Clone, Debug)]
pub(super) struct Handle {
    id: u32,
    name: QualName,
}

fn short(offset: usize) -> u32 {
    u32::try_from(offset).unwrap_or(u32::MAX)
}

/// Where the parser stands.
struct Driver<'a> {
    builder: &'a TreeBuilder<Handle, Arena>,
    base: usize,
    tag: Option<Tag>,
    start: usize,
    wanted: bool,
    /// How many attributes the tag has; `None` if one of them has a value.
    bare: Option<u32>,
    repeat: bool,
    count: usize,
}

fn parse(text: &str, body: Span, whole: bool, repeat: bool) -> Option<Arena> {
    let arena = Arena::default();
    arena.tag.set((short(body.start), short(body.start)));
    let root = arena.create(None, Vec::new());
    debug_assert_eq!(root, 0);
    let options = TreeBuilderOpts { drop_doctype: true, ..TreeBuilderOpts::default() };
    let builder = if whole {
        TreeBuilder::new(arena, options)
    } else {
        let name = QualName::new(None, ns!(html), local_name!("body"));
        let context = Handle { id: arena.create(Some(name.local.clone()), Vec::new()), name };
        TreeBuilder::new_for_fragment(arena, context, None, options)
    };
    let mut driver =
        Driver { builder: &builder, base: body.start, tag: None, start: 0, wanted: false, bare: Some(0), repeat, count: 0 };
    let mut emitter = CallbackEmitter::new(|event: CallbackEvent<'_>, cut: Cut<usize>| driver.event(&event, cut));
    emitter.naively_switch_states(true);
    if Tokenizer::new_with_emitter(&text[body.range()], emitter).next().is_some() {
        return None;
    }
    builder.sink.tag.set((short(body.end), short(body.end)));
    let _ = builder.process_token(Token::EOFToken, 1);
    Some(builder.sink)
}

/// That a page's formatting would be repeated too often.
struct TooMany;

impl Driver<'_> {
    fn event(&mut self, event: &CallbackEvent<'_>, cut: Cut<usize>) -> Option<TooMany> {
        match event {
            CallbackEvent::OpenStartTag { name } => {
                self.start = cut.start;
                self.bare = Some(0);
                self.tag = Some(tag(TagKind::StartTag, self.name(name)));
            }
            CallbackEvent::AttributeName { name } => {
                let (Some(tag), Ok(name)) = (&mut self.tag, std::str::from_utf8(name)) else { return None };
                self.bare = self.bare.map(|count| count + 1);
                let known = ATTRIBUTES.contains(&name);
                // The first of two of a name counts.
                self.wanted = known && !tag.attrs.iter().any(|own| *own.name.local == *name);
                if self.wanted {
                    let name = QualName::new(None, ns!(), LocalName::from(name));
                    tag.attrs.push(Attribute { name, value: StrTendril::new() });
                }
            }
            CallbackEvent::AttributeValue { value } => {
                self.bare = None;
                if !self.wanted {
                    return None;
                }
                if let Some(attribute) = self.tag.as_mut().and_then(|tag| tag.attrs.last_mut()) {
                    attribute.value.push_slice(&String::from_utf8_lossy(value));
                }
            }
            CallbackEvent::CloseStartTag { self_closing } => {
                if let Some(mut tag) = self.tag.take() {
                    tag.self_closing = *self_closing;
                    let at = Cut { start: self.start, end: cut.end };
                    if self.is_no_tag(&tag.name) {
                        self.text(at);
                        return None;
                    }
                    let name = tag.name.clone();
                    let before = self.builder.sink.nodes.borrow().len();
                    self.feed(Token::TagToken(tag), at);
                    self.limit(before, name, at);
                }
            }
            CallbackEvent::EndTag { name } => {
                let name = self.name(name);
                let at = (short(self.base + cut.start), short(self.base + cut.end));
                self.builder.sink.close(&name, at);
                self.feed(Token::TagToken(tag(TagKind::EndTag, name)), cut);
            }
            CallbackEvent::String { value } => {
                if value.iter().all(u8::is_ascii_whitespace) {
                    self.feed(Token::CharacterTokens(StrTendril::from_slice(" ")), cut);
                } else {
                    self.text(cut);
                }
            }
            CallbackEvent::Doctype { name, public_identifier, system_identifier, force_quirks } => {
                let tendril = |bytes: &[u8]| StrTendril::from_slice(&String::from_utf8_lossy(bytes));
                let doctype = Doctype {
                    name: Some(tendril(name)),
                    public_id: public_identifier.map(tendril),
                    system_id: system_identifier.map(tendril),
                    force_quirks: *force_quirks,
                };
                self.feed(Token::DoctypeToken(doctype), cut);
            }
            CallbackEvent::Comment { .. } | CallbackEvent::Error(_) => {}
        }
        let made = self.builder.sink.nodes.borrow().len();
        (self.repeat && made > self.count * REPEATS + 4096).then_some(TooMany)
    }

    /// `<jane@example.org>` and `<jane at example dot org>` only look like tags.
    fn is_no_tag(&self, name: &str) -> bool {
        name.contains('@')
            || name.ends_with(':')
            || self.bare.is_some_and(|count| count >= 2) && !is_known(name) && !name.contains('-')
    }

    fn text(&mut self, at: Cut<usize>) {
        let number = {
            let mut texts = self.builder.sink.texts.borrow_mut();
            texts.push((short(self.base + at.start), short(self.base + at.end)));
            texts.len() - 1
        };
        self.feed(Token::CharacterTokens(StrTendril::from_slice(&number.to_string())), at);
    }

    fn name(&self, name: &[u8]) -> LocalName {
        let name = String::from_utf8_lossy(name);
        if !self.repeat && FORMATTING.contains(&&*name) {
            return LocalName::from(format!("{PLAIN}{name}"));
        }
        LocalName::from(name)
    }

    fn feed(&mut self, token: Token, at: Cut<usize>) {
        self.count += 1;
        self.builder.sink.tag.set((short(self.base + at.start), short(self.base + at.end)));
        let _ = self.builder.process_token(token, 1);
    }

    /// Closes what was opened too deep.
    fn limit(&mut self, before: usize, name: LocalName, at: Cut<usize>) {
        let deep = {
            let nodes = self.builder.sink.nodes.borrow();
            nodes.len() > before && nodes.last().is_some_and(|node| node.depth >= DEEP)
        };
        if deep && !matches!(&*name, "script" | "style" | "title" | "textarea" | "iframe" | "xmp" | "noembed" | "noscript") {
            self.feed(Token::TagToken(tag(TagKind::EndTag, name)), at);
        }
    }
}

fn is_known(name: &str) -> bool {
    super::is_tag(name) || super::measure::is_block(name) || super::furniture::is_unseen(name)
}

fn tag(kind: TagKind, name: LocalName) -> Tag {
    Tag { kind, name, self_closing: false, attrs: Vec::new(), had_duplicate_attributes: false }
}

impl Arena {
    fn create(&self, name: Option<LocalName>, attrs: Vec<Attribute>) -> u32 {
        let (start, end) = self.tag.get();
        let mut attributes = self.attributes.borrow_mut();
        let first = attributes.len();
        attributes.extend(attrs.into_iter().map(|attribute| (attribute.name.local, attribute.value)));
        let count = u16::try_from(attributes.len() - first).unwrap_or(u16::MAX);
        self.push(Growing {
            name,
            start,
            end,
            attributes: (short(first), count),
            depth: 0,
            closed: false,
            parent: NONE,
            first: NONE,
            last: NONE,
            before: NONE,
            after: NONE,
        })
    }

    fn push(&self, node: Growing) -> u32 {
        let mut nodes = self.nodes.borrow_mut();
        nodes.push(node);
        short(nodes.len() - 1)
    }

    /// The node to put in for a child.
    fn child(&self, child: NodeOrText<Handle>) -> u32 {
        match child {
            NodeOrText::AppendNode(handle) => handle.id,
            NodeOrText::AppendText(text) => {
                let known = text.parse().ok().and_then(|text: usize| self.texts.borrow().get(text).copied());
                let at = self.tag.get().0;
                let id = self.create(None, Vec::new());
                let node = &mut self.nodes.borrow_mut()[id as usize];
                (node.start, node.end) = known.unwrap_or((at, at));
                id
            }
        }
    }

    /// Puts a node under a parent, before one of its children or after all of them.
    pub(super) fn link(&self, parent: u32, child: u32, sibling: u32) {
        self.unlink(child);
        let mut nodes = self.nodes.borrow_mut();
        let before = if sibling == NONE { nodes[parent as usize].last } else { nodes[sibling as usize].before };
        let depth = nodes[parent as usize].depth.saturating_add(1);
        let node = &mut nodes[child as usize];
        (node.parent, node.before, node.after, node.depth) = (parent, before, sibling, depth);
        match nodes.get_mut(before as usize) {
            Some(before) => before.after = child,
            None => nodes[parent as usize].first = child,
        }
        match nodes.get_mut(sibling as usize) {
            Some(sibling) => sibling.before = child,
            None => nodes[parent as usize].last = child,
        }
        self.last.set(child);
    }

    fn unlink(&self, child: u32) {
        let mut nodes = self.nodes.borrow_mut();
        let node = &nodes[child as usize];
        let (parent, before, after) = (node.parent, node.before, node.after);
        if parent == NONE {
            return;
        }
        match nodes.get_mut(before as usize) {
            Some(before) => before.after = after,
            None => nodes[parent as usize].first = after,
        }
        match nodes.get_mut(after as usize) {
            Some(after) => after.before = before,
            None => nodes[parent as usize].last = before,
        }
        let node = &mut nodes[child as usize];
        (node.parent, node.before, node.after) = (NONE, NONE, NONE);
    }

    /// An end tag: the innermost element of its name ends with it.
    fn close(&self, name: &LocalName, (start, end): (u32, u32)) {
        let mut nodes = self.nodes.borrow_mut();
        let mut at = self.last.get();
        while let Some(node) = nodes.get_mut(at as usize) {
            if node.name.as_ref() == Some(name) && !node.closed {
                (node.end, node.closed) = (end, true);
                return;
            }
            at = node.parent;
        }
        if **name == *"details" {
            self.ends.borrow_mut().push(Span::new(start as usize, end as usize));
        }
    }

    /// The innermost part of a table that is open.
    fn part_of(&self, table: u32) -> u32 {
        let nodes = self.nodes.borrow();
        let mut at = self.last.get();
        while let Some(node) = nodes.get(at as usize).filter(|_| at != table) {
            if !node.closed && matches!(node.name.as_deref(), Some("tbody" | "thead" | "tfoot" | "tr")) {
                return at;
            }
            at = node.parent;
        }
        table
    }

    /// The tree as a list, each node before what is in it.
    fn flatten(self) -> Tree {
        let mut old = self.nodes.into_inner();
        let mut tree =
            Tree { nodes: Vec::with_capacity(old.len()), attributes: self.attributes.into_inner(), ends: self.ends.into_inner() };
        let mut at = 0_u32;
        let mut parent = NONE;
        while let Some(node) = old.get_mut(at as usize) {
            let place = short(tree.nodes.len());
            tree.nodes.push(Node {
                name: node.name.take(),
                start: node.start,
                end: node.end,
                parent,
                next: place + 1,
                closed: node.closed,
                attributes: node.attributes,
            });
            if node.first != NONE {
                parent = place;
                at = node.first;
                continue;
            }
            while let Some(node) = old.get(at as usize) {
                if node.after != NONE {
                    at = node.after;
                    break;
                }
                at = node.parent;
                parent = tree.nodes.get(parent as usize).map_or(NONE, |parent| parent.parent);
            }
        }
        for place in (1..tree.nodes.len()).rev() {
            let Node { parent, next, start, end, .. } = tree.nodes[place];
            let parent = &mut tree.nodes[parent as usize];
            parent.next = parent.next.max(next);
            if start == end {
                continue;
            }
            // What has no end tag reaches as far as what is in it; what was moved into it may stand before it.
            parent.end = parent.end.max(end);
            parent.start = parent.start.min(start);
        }
        tree
    }
}

impl TreeSink for Arena {
    type Handle = Handle;
    type Output = Self;
    type ElemName<'a> = &'a QualName;

    fn finish(self) -> Self {
        self
    }

    fn parse_error(&self, _: Cow<'static, str>) {}

    fn get_document(&self) -> Handle {
        Handle { id: 0, name: QualName::new(None, ns!(), local_name!("")) }
    }

    fn elem_name<'a>(&'a self, target: &'a Handle) -> &'a QualName {
        &target.name
    }

    fn create_element(&self, name: QualName, attrs: Vec<Attribute>, _: ElementFlags) -> Handle {
        Handle { id: self.create(Some(name.local.clone()), attrs), name }
    }

    fn create_comment(&self, _: StrTendril) -> Handle {
        let name = QualName::new(None, ns!(), local_name!("template"));
        Handle { id: self.create(Some(name.local.clone()), Vec::new()), name }
    }

    fn create_pi(&self, target: StrTendril, _: StrTendril) -> Handle {
        self.create_comment(target)
    }

    fn append(&self, parent: &Handle, child: NodeOrText<Handle>) {
        let child = self.child(child);
        self.link(parent.id, child, NONE);
    }

    /// Browsers show before a table what stands between its rows. We leave it where it stands, so that everything keeps its
    /// place on the page.
    fn append_based_on_parent_node(&self, table: &Handle, _: &Handle, child: NodeOrText<Handle>) {
        let child = self.child(child);
        self.link(self.part_of(table.id), child, NONE);
    }

    fn append_doctype_to_document(&self, _: StrTendril, _: StrTendril, _: StrTendril) {}

    fn get_template_contents(&self, target: &Handle) -> Handle {
        target.clone()
    }

    fn same_node(&self, x: &Handle, y: &Handle) -> bool {
        x.id == y.id
    }

    fn set_quirks_mode(&self, _: QuirksMode) {}

    fn append_before_sibling(&self, sibling: &Handle, child: NodeOrText<Handle>) {
        let parent = self.nodes.borrow()[sibling.id as usize].parent;
        let child = self.child(child);
        if parent != NONE {
            self.link(parent, child, sibling.id);
        }
    }

    fn add_attrs_if_missing(&self, _: &Handle, _: Vec<Attribute>) {}

    fn remove_from_parent(&self, target: &Handle) {
        self.unlink(target.id);
    }

    fn reparent_children(&self, node: &Handle, parent: &Handle) {
        loop {
            let first = self.nodes.borrow()[node.id as usize].first;
            if first == NONE {
                return;
            }
            self.link(parent.id, first, NONE);
        }
    }
}
