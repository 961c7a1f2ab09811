//! The tree while it grows: the parser's algorithm puts nodes in, moves and repeats them.

use std::borrow::Cow;
use std::cell::{Cell, RefCell};

use html5ever::tendril::StrTendril;
use html5ever::tree_builder::{ElementFlags, NodeOrText, QuirksMode, TreeSink};
use html5ever::{Attribute, LocalName, QualName, local_name, ns};

use super::{NONE, short};
use crate::text::Span;

/// An element or text while the tree grows.
#[derive(Debug)]
pub(super) struct Growing {
    pub(super) name: Option<LocalName>,
    pub(super) start: u32,
    pub(super) end: u32,
    pub(super) attributes: (u32, u16),
    pub(super) depth: u16,
    pub(super) closed: bool,
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
    pub(super) texts: RefCell<Vec<(u32, u32)>>,
    /// The tag that is being read.
    pub(super) tag: Cell<(u32, u32)>,
    /// What was added last.
    last: Cell<u32>,
    /// The ends of `details` elements that were not opened here.
    pub(super) ends: RefCell<Vec<Span>>,
}

/// A node by its place, and its name: the builder asks for nothing else.
#[derive(Clone, Debug)]
pub(super) struct Handle {
    pub(super) id: u32,
    pub(super) name: QualName,
}

impl Arena {
    pub(super) fn create(&self, name: Option<LocalName>, attrs: Vec<Attribute>) -> u32 {
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
        (node.parent, node.depth) = (parent, depth);
        neighbours(&mut nodes, parent, before, child);
        neighbours(&mut nodes, parent, child, sibling);
        self.last.set(child);
    }

    fn unlink(&self, child: u32) {
        let mut nodes = self.nodes.borrow_mut();
        let node = &mut nodes[child as usize];
        let (parent, before, after) = (node.parent, node.before, node.after);
        if parent != NONE {
            (node.parent, node.before, node.after) = (NONE, NONE, NONE);
            neighbours(&mut nodes, parent, before, after);
        }
    }

    /// Puts what is in one node under another, behind what is there.
    pub(super) fn move_children(&self, from: u32, to: u32) {
        loop {
            let first = self.nodes.borrow()[from as usize].first;
            if first == NONE {
                return;
            }
            self.link(to, first, NONE);
        }
    }

    /// An end tag: the innermost element of its name ends with it.
    pub(super) fn close(&self, name: &LocalName, (start, end): (u32, u32)) {
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
        let open = |at: u32| nodes.get(at as usize).filter(|node| !node.closed);
        let is_part = |node: &Growing| matches!(node.name.as_deref(), Some("tbody" | "thead" | "tfoot" | "tr"));
        // What the parser moves stands nowhere, so the parts are looked for from the table.
        let mut part = table;
        while let Some(last) = nodes.get(part as usize).map(|node| node.last).filter(|&last| open(last).is_some_and(is_part)) {
            part = last;
        }
        part
    }
}

/// Makes two children of a parent follow each other; without one of them, the other is the first or the last.
fn neighbours(nodes: &mut [Growing], parent: u32, before: u32, after: u32) {
    match nodes.get_mut(before as usize) {
        Some(node) => node.after = after,
        None => nodes[parent as usize].first = after,
    }
    match nodes.get_mut(after as usize) {
        Some(node) => node.before = before,
        None => nodes[parent as usize].last = before,
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
        self.move_children(node.id, parent.id);
    }
}
