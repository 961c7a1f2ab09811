//! Which sections are ideas, and what below them is a part of them.

use rustc_hash::FxHashMap;

use crate::labels::Kind;

use super::evidence::Evidence;
use super::{BOLD, LEVELS, Role, Section, Sections};

/// What is known of the sections beside each other.
#[derive(Clone, Copy, Default)]
struct Beside {
    /// How many look like ideas.
    strong: u32,
    /// True if one only parts a text: it states nothing, and its heading returns elsewhere.
    parts: bool,
}

/// How many of the sections below another look like ideas.
#[derive(Clone, Copy, Default)]
struct Below {
    strong: u32,
    complete: u32,
}

impl Sections<'_> {
    /// Sections that only part an idea's text: headings that return under every idea ("Background", "Task"), and a bold line
    /// that has no siblings. What they hold belongs to the section above.
    pub(super) fn fold_inner(&mut self) {
        let mut seen: FxHashMap<&str, usize> = FxHashMap::default();
        let mut before = None;
        for heading in self.all.iter().filter_map(|section| section.heading) {
            // A heading that stands there twice in a row is one.
            if before != Some(heading.as_str()) {
                *seen.entry(heading.as_str()).or_default() += 1;
            }
            before = Some(heading.as_str());
        }
        let times = |section: &Section<'_>| section.heading.map_or(0, |heading| seen[heading.as_str()]);
        // What stands beside each other: below the same section, on the same level.
        let place = |section: &Section<'_>| (section.parent, section.level);
        let mut beside: FxHashMap<_, Beside> = FxHashMap::default();
        let mut plain = [0; LEVELS];
        for section in &self.all {
            let beside = beside.entry(place(section)).or_default();
            beside.strong += u32::from(section.evidence.is_strong());
            beside.parts |= section.evidence.facts() == 0 && times(section) > 1;
            plain[usize::from(section.level)] += usize::from(section.role == Role::Plain);
        }
        let everywhere = |section: &Section<'_>| {
            let above = section.parent.map_or(0, |parent| self.all[parent].level);
            times(section) > 2 && times(section) * 2 > plain[usize::from(above)]
        };
        let folds = |section: &Section<'_>| {
            let beside = beside[&place(section)];
            // Two projects may propose ideas of the same name; but those stand among ideas, not among parts of a text, and
            // not one under every heading.
            let part = times(section) > 1 && (beside.parts || everywhere(section));
            // An idea of its own may be set in bold below one that has all its facts.
            let second = || {
                let above = section.parent.is_some_and(|parent| self.all[parent].evidence.is_complete());
                above && section.evidence.is_complete()
            };
            // "Ideas" has no text that a bold line could part.
            let parts_text = section.parent.is_none_or(|parent| self.all[parent].role != Role::Container);
            let lone = section.level == BOLD && beside.strong < 2 && parts_text && !second();
            section.evidence.facts() > 0 && (part || lone)
        };
        let inner: Vec<usize> = (0..self.all.len()).filter(|&at| folds(&self.all[at])).collect();
        for at in inner {
            let Some(parent) = self.all[at].parent.filter(|&parent| parent > 0) else { continue };
            let fields = std::mem::take(&mut self.all[at].fields);
            let loose = std::mem::take(&mut self.all[at].loose);
            self.all[at].evidence = Evidence::default();
            let section = &mut self.all[parent];
            section.evidence.add(Evidence::of(&fields, self.document));
            section.fields.extend(fields);
            section.loose.extend(loose);
        }
    }

    pub(super) fn find_ideas(&mut self) {
        let below = self.count_below();
        for (at, below) in below.iter().enumerate() {
            let section = &self.all[at];
            let evidence = section.evidence;
            let marked = section.title.is_some_and(|title| title.marked) && evidence.facts() > 0;
            // Ideas below make it a group, unless it is an idea in its own right with one more heading inside.
            let group = below.strong > 1 || (below.strong == 1 && !evidence.has_mentors());
            let idea = evidence.is_complete() || (evidence.is_strong() && !group) || (marked && below.strong == 0);
            self.all[at].idea = idea && self.may_be_idea(at);
            self.all[at].apart = below.complete > 0 || (self.all[at].idea && evidence.is_complete());
        }
        self.drop_nested();
        // One fact is enough on the level where the ideas stand, or where several sections name their mentors.
        let mut levels: Vec<u8> =
            self.all.iter().filter(|section| section.idea && section.level > 0).map(|section| section.level).collect();
        if levels.is_empty() {
            let mentored =
                |level: u8| self.all.iter().filter(|section| section.level == level && section.evidence.has_mentors()).count();
            levels.extend((1..=BOLD).filter(|&level| mentored(level) > 1));
        }
        for (at, below) in below.iter().enumerate() {
            let section = &self.all[at];
            let evidence = section.evidence;
            // A filled-in description over empty labels is an idea that nobody finished.
            let begun = evidence.is_telling() || (evidence.facts() > 0 && evidence.unstated() > 1);
            let weak = begun && below.strong == 0 && levels.contains(&section.level);
            if weak && self.may_be_idea(at) && self.idea_above(at).is_none() {
                self.all[at].idea = true;
            }
        }
    }

    /// How many sections below each one look like ideas.
    fn count_below(&self) -> Vec<Below> {
        let mut below = vec![Below::default(); self.all.len()];
        for at in (0..self.all.len()).rev() {
            let evidence = self.all[at].evidence;
            if !evidence.is_strong() || !self.may_be_idea(at) {
                continue;
            }
            let mut above = self.all[at].parent;
            while let Some(parent) = above {
                below[parent].strong += 1;
                below[parent].complete += u32::from(evidence.is_complete());
                above = self.all[parent].parent;
            }
        }
        below
    }

    /// A title, and nothing around it that forbids an idea.
    fn may_be_idea(&self, at: usize) -> bool {
        let section = &self.all[at];
        let named = match section.role {
            Role::Plain => section.title.is_some_and(|title| !title.text.is_empty()),
            Role::Container => false,
            Role::Invitation | Role::Void => return false,
        } || section.fields.iter().any(|field| field.kind == Kind::Title && !field.is_empty(self.document));
        let mut above = section.parent;
        while let Some(parent) = above {
            match self.all[parent].role {
                Role::Void => return false,
                Role::Invitation if !section.evidence.is_complete() => return false,
                _ => {}
            }
            above = self.all[parent].parent;
        }
        named
    }

    /// An idea inside an idea is a part of it.
    fn drop_nested(&mut self) {
        for at in 0..self.all.len() {
            let Some(above) = self.idea_above(at).filter(|_| self.all[at].idea) else { continue };
            // One level too deep, but with mentors and skills of its own.
            if self.all[at].evidence.restates(self.all[above].evidence) {
                self.all[at].apart = true;
            } else {
                self.all[at].idea = false;
            }
        }
    }

    /// The idea that a section is a part of. After an idea whose heading is too high, the next ideas and projects only look
    /// like its parts.
    pub(super) fn idea_above(&self, at: usize) -> Option<usize> {
        let mut at = at;
        while !self.all[at].apart {
            at = self.all[at].parent?;
            if self.all[at].idea {
                return Some(at);
            }
        }
        None
    }

    /// Gives what lies below an idea to it.
    pub(super) fn merge(&mut self) {
        for at in 0..self.all.len() {
            if self.all[at].idea {
                continue;
            }
            if let Some(idea) = self.idea_above(at) {
                let fields = std::mem::take(&mut self.all[at].fields);
                let loose = std::mem::take(&mut self.all[at].loose);
                self.all[idea].fields.extend(fields);
                self.all[idea].loose.extend(loose);
            }
        }
    }
}
