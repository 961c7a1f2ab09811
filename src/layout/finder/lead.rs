//! What stands above the titles of its ideas: the badges at the top of cards, and the groups that they are of.

use rustc_hash::FxHashMap;

use crate::labels::{Kind, Labels};
use crate::prose::Text;
use crate::records::Place;

use super::Finder;
use super::candidates::{Begins, Candidate};
use super::learn::LabelId;
use super::shape::{self, Shape};

/// No card has more lines above its title.
const MOST: usize = 4;

/// No group of an outer list has more lines.
const MOST_INSIDE: usize = 100;

/// No name of a group has more words.
const MOST_WORDS: usize = 5;

impl Finder<'_, '_> {
    /// Gives ideas the sizes and levels that stand right above their titles, where they stand there above the first of them,
    /// too, and do not end the last: else each would have those of the next one.
    pub(super) fn take_leads(&self, chosen: &mut [Candidate]) {
        let titled = |candidate: &Candidate| {
            matches!(candidate.begins, Begins::Heading(_) | Begins::Bold) && candidate.title == Some(candidate.start)
        };
        let leads: Vec<usize> =
            chosen.iter().map(|candidate| if titled(candidate) { self.facts_before(candidate.start) } else { 0 }).collect();
        let (Some(&first), Some(last)) = (leads.first(), chosen.last()) else { return };
        let led = leads.iter().filter(|&&lead| lead > 0).count();
        if first == 0 || led < 3 || led * 3 < chosen.len() * 2 || self.facts_before(last.end) > 0 {
            return;
        }
        for (at, lead) in leads.into_iter().enumerate() {
            chosen[at].start -= lead;
            let start = chosen[at].start;
            if let Some(before) = at.checked_sub(1) {
                chosen[before].end = chosen[before].end.min(start);
            }
        }
    }

    /// The lines right above titles that name the group of each idea, where most ideas have one and several share it. They are
    /// taken from the ideas before them.
    pub(super) fn take_group_lines(&self, chosen: &mut [Candidate]) -> Vec<Option<usize>> {
        let mut lines: Vec<Option<usize>> = chosen.iter().map(|candidate| self.group_line(candidate)).collect();
        let mut names: FxHashMap<LabelId, usize> = FxHashMap::default();
        for line in lines.iter().flatten() {
            *names.entry(self.name(*line)).or_default() += 1;
        }
        let led: usize = names.values().sum();
        let last = chosen.last().and_then(|last| last.end.checked_sub(1)).map(|line| self.name(line));
        let are_groups = led * 3 >= chosen.len() * 2
            && lines.first().is_some_and(Option::is_some)
            && names.len() > 1
            && names.len() * 2 <= led
            && last.is_none_or(|last| !names.contains_key(&last));
        if !are_groups {
            lines.fill(None);
        }
        for (at, line) in lines.iter().enumerate().skip(1) {
            // One line may name the group of several.
            if let Some(line) = line.filter(|&line| line > chosen[at - 1].start) {
                chosen[at - 1].end = chosen[at - 1].end.min(line);
            }
        }
        lines
    }

    /// The line that may name the group of an idea: right above a heading, above the list of an item, or the item that an item
    /// of an inner list belongs to.
    fn group_line(&self, candidate: &Candidate) -> Option<usize> {
        let above = match candidate.begins {
            Begins::Item(2) => return self.outer_item(candidate.start),
            Begins::Item(1) => return self.line_over_list(candidate.start).filter(|&line| self.announces_list(line)),
            Begins::Heading(_) => candidate.start.checked_sub(1)?,
            _ => return None,
        };
        let (info, text) = (&self.records.lines[above], self.records.text(above));
        let is_name = info.place == Place::Line && info.alone && self.records.label(above).is_none() && is_short_name(text);
        is_name.then_some(above)
    }

    /// The line right above the list that begins or goes on with the item of a line.
    fn line_over_list(&self, line: usize) -> Option<usize> {
        let list = self.records.document.container(self.records.item(line)?)?;
        self.records.line_at(list).checked_sub(1)
    }

    /// True for a name of its own with a colon behind it: "Data team:".
    fn announces_list(&self, line: usize) -> bool {
        let (info, text) = (&self.records.lines[line], self.records.text(line));
        let Some(name) = text.as_str().strip_suffix(':') else { return false };
        let labels = Labels::get();
        info.place == Place::Line
            && info.alone
            && name.starts_with(char::is_alphabetic)
            && name.split_whitespace().nth(MOST_WORDS).is_none()
            && shape::of(text.of(name)).is_none()
            && labels.kind(name).is_none()
            && !labels.is_container(name)
    }

    /// The line of the item of the outermost list that an inner item stands in.
    pub(super) fn outer_item(&self, line: usize) -> Option<usize> {
        let mut before = (0..line).rev().take(MOST_INSIDE).take_while(|&line| self.records.lines[line].lists > 0);
        before.find(|&line| self.records.lines[line].lists == 1)
    }

    /// How many lines right before one are nothing but a size or a level.
    fn facts_before(&self, line: usize) -> usize {
        let is_fact = |&before: &usize| {
            let info = &self.records.lines[before];
            info.place == Place::Line
                && self.records.label(before).is_none()
                && matches!(
                    shape::of(self.records.text(before)),
                    Some(Shape::Hours | Shape::LevelAndHours | Shape::Level | Shape::SizeName | Shape::Medium)
                )
        };
        (0..line).rev().take(MOST).take_while(is_fact).count()
    }
}

/// A few words that name something, and no fact of an idea.
pub(super) fn is_short_name(text: Text<'_>) -> bool {
    let said = text.as_str();
    shape::of(text).and_then(Shape::kind).is_none_or(|kind| kind == Kind::Mentors)
        && said.split_whitespace().nth(MOST_WORDS).is_none()
        && said.starts_with(char::is_alphabetic)
        && said.ends_with(|c: char| c.is_alphanumeric() || c == ')')
}
