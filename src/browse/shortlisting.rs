//! What keys do to the selection and the shortlist.

use super::{Browser, Effect, Mode};
use crate::store::ShortlistChange;
use crate::text::counted;

impl Browser<'_> {
    /// Takes the shortlist as it was before, because it could not be changed, and says why.
    pub fn refuse(&mut self, why: impl Into<String>) {
        self.marks = self.marks_before.clone();
        self.after_change();
        self.tell(why);
    }

    /// The ideas that a key is for, where this one is pointed at: those that are selected, or else this one. Who reads
    /// an idea means that one.
    pub(super) fn acted_on(&self, current: usize) -> Vec<usize> {
        if self.selection.is_empty() || self.mode == Mode::Reading {
            return vec![current];
        }
        self.selection.iter().copied().collect()
    }

    /// Selects an idea, or no longer, and goes on to the next.
    pub(super) fn select(&mut self) {
        let Some(current) = self.current() else { return };
        if !self.selection.remove(&current) {
            self.selection.insert(current);
        }
        self.list.go(1, self.shown.len());
    }

    /// Puts ideas on the shortlist; takes them off it, if all of them are there.
    pub(super) fn shortlist(&mut self) -> Option<Effect> {
        let ideas = self.acted_on(self.current()?);
        self.marks_before = self.marks.clone();
        let adds = !ideas.iter().all(|&idea| self.is_shortlisted(idea));
        let (mut changes, mut noted) = (Vec::new(), false);
        for &idea in &ideas {
            let idea = self.ideas[idea];
            if !adds {
                noted |= self.marks.note(&idea.id).is_some();
                changes.push(self.marks.remove(&idea.id));
            } else if !self.marks.contains(&idea.id) {
                changes.push(self.marks.add(idea));
            }
        }
        self.selection.clear();
        self.after_change();
        let many = if ideas.len() > 1 { format!("{} ", counted(changes.len(), "idea")) } else { String::new() };
        self.tell(match (adds, noted) {
            (true, _) => format!("{many}shortlisted; n writes a note, `ideas shortlist list` lists all"),
            (false, false) => format!("{many}no longer shortlisted"),
            (false, true) => format!("{many}no longer shortlisted; b puts it back with its note, until you quit"),
        });
        Some(Effect::Shortlist(changes))
    }

    /// Compares the ideas that are selected.
    pub(super) fn compare(&mut self) {
        if self.selection.len() < 2 {
            self.tell("Space selects ideas; c compares those that are selected, two at least");
        } else {
            self.mode = Mode::Comparing;
        }
    }

    /// Has a note about an idea written, from what is noted already.
    pub(super) fn begin_note(&mut self) {
        let Some(current) = self.current() else { return };
        self.note = self.marks.note(&self.ideas[current].id).unwrap_or_default().to_owned();
        self.before_note = self.mode;
        self.mode = Mode::Noting;
    }

    /// Keeps the note that was written.
    pub(super) fn keep_note(&mut self) -> Option<Effect> {
        self.mode = self.before_note;
        let idea = self.ideas[self.current()?];
        let is_new = !self.marks.contains(&idea.id);
        if self.note.trim().is_empty() && is_new {
            return None;
        }
        self.marks_before = self.marks.clone();
        let changes: Vec<ShortlistChange> = self.marks.set_note(idea, &self.note);
        self.tell(if is_new { "shortlisted, with the note" } else { "noted" });
        Some(Effect::Shortlist(changes))
    }

    fn after_change(&mut self) {
        if self.only_shortlisted {
            self.filter();
            // Nothing is left to read.
            if self.shown.is_empty() && self.mode == Mode::Reading {
                self.mode = Mode::List;
            }
        }
    }
}
