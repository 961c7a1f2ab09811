//! The tree of elements that a browser would make of HTML, each with its bytes on the page.
//!
//! html5gum cuts the text into tags and text, html5ever's tree builder decides what is inside of what. The builder is not
//! told the text itself but a number that stands for it, so that wherever it puts the text its bytes are known. Browsers
//! limit how deep elements nest, and so do we: what the algorithm looks through for every tag stays short. On a page that
//! would have its open formatting repeated without end, formatting is read like any other element.

mod arena;
mod lists;
mod parse;

use html5ever::LocalName;
use html5ever::tendril::StrTendril;

use super::names::{element_of_role, heading_level, is_block};
use crate::text::{Span, short};
use arena::Arena;

/// What stands for the name of such an element while it is read like any other.
const PLAIN: &str = "x-";

/// No node.
const NONE: u32 = u32::MAX;

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
        let read = |repeat| parse::parse(text, body, whole, repeat);
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

    /// The name of the element that another one stands for by its role.
    fn name_of_role(&self, node: usize) -> Option<LocalName> {
        let role = self.attribute(node, "role")?;
        if role == "heading" {
            let level = self.attribute(node, "aria-level").and_then(|level| level.trim().parse().ok()).unwrap_or(2_u8);
            let is_line = is_block(self.name(node))
                && heading_level(self.name(node)).is_none()
                && self.within(node).skip(1).all(|inner| !is_block(self.name(inner)));
            return is_line.then(|| LocalName::from(format!("h{}", level.clamp(1, 6))));
        }
        element_of_role(role).map(LocalName::from)
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

impl Arena {
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
            if let Some(name) = tree.name_of_role(place) {
                tree.nodes[place].name = Some(name);
            }
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
