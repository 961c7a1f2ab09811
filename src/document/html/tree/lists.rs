//! Lists that are nested by their looks: a list straight inside of a list, and Google Docs' lists, where every level is a
//! list of its own beside the others (`lst-kix_abc-0`, `lst-kix_abc-1`).

use super::{Arena, NONE};

/// Levels that a class can tell. Documents have nine.
const DEEPEST: u32 = 16;

impl Arena {
    /// Puts such lists into the items they belong to.
    pub(super) fn nest_lists(&self) {
        let count = u32::try_from(self.nodes.borrow().len()).unwrap_or(NONE);
        for list in 0..count {
            if !self.is_list(list) {
                continue;
            }
            let (parent, before) = {
                let node = &self.nodes.borrow()[list as usize];
                (node.parent, node.before)
            };
            let before = self.element_from(before);
            if self.is_list(parent) {
                if self.is(before, "li") {
                    self.link(before, list, NONE);
                }
            } else if self.is_list(before) {
                self.nest(before, list);
            }
        }
    }

    /// A list behind another one, which may be a level of the same.
    fn nest(&self, before: u32, list: u32) {
        let (Some((stem, level)), Some((own, outer))) = (self.level(list), self.level(before)) else { return };
        if stem != own || level < outer {
            return;
        }
        let mut into = (before, outer);
        while into.1 < level {
            let item = self.element_from(self.nodes.borrow()[into.0 as usize].last);
            if !self.is(item, "li") {
                return;
            }
            let inner = self.element_from(self.nodes.borrow()[item as usize].last);
            match self.level(inner).filter(|(other, inner)| *other == stem && *inner <= level) {
                Some((_, deeper)) if deeper > into.1 => into = (inner, deeper),
                _ => {
                    self.link(item, list, NONE);
                    return;
                }
            }
        }
        self.move_children(list, into.0);
    }

    /// The name and the level of a list whose class tells both.
    fn level(&self, list: u32) -> Option<(String, u32)> {
        if !self.is_list(list) {
            return None;
        }
        let (first, count) = self.nodes.borrow()[list as usize].attributes;
        let attributes = self.attributes.borrow();
        let own = attributes.get(first as usize..first as usize + usize::from(count))?;
        let (_, classes) = own.iter().find(|(name, _)| **name == *"class")?;
        classes.split_ascii_whitespace().find_map(|token| {
            let (stem, level) = token.rsplit_once('-')?;
            let level = level.parse().ok().filter(|&level| level <= DEEPEST)?;
            Some((stem.to_owned(), level))
        })
    }

    fn is(&self, node: u32, name: &str) -> bool {
        self.nodes.borrow().get(node as usize).is_some_and(|node| node.name.as_deref() == Some(name))
    }

    fn is_list(&self, node: u32) -> bool {
        self.is(node, "ul") || self.is(node, "ol")
    }

    /// The node, or the next one before it that is no white space.
    fn element_from(&self, node: u32) -> u32 {
        let nodes = self.nodes.borrow();
        let mut at = node;
        while let Some(node) = nodes.get(at as usize).filter(|node| node.name.is_none() && node.start == node.end) {
            at = node.before;
        }
        at
    }
}
