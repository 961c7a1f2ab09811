//! Between two headings, where no line sets ideas apart: stretches that begin wherever the same label begins again.

use std::ops::Range;

use crate::labels::Kind;
use crate::records::{Place, Records};
use crate::text::short;

use super::candidates::{Begins, Candidate};
use super::learn::LabelId;
use super::roles::Roles;
use super::{contents, shape};

/// For so many regions of a page its tables of contents are searched: each time all that stands before the region is read.
const LOOKUPS: usize = 32;

/// Between two headings, where no line sets ideas apart: stretches that begin wherever the same label begins again, with
/// the text before the label that belongs to it.
pub(super) fn all(records: &Records<'_>, roles: &Roles, found: &mut Vec<Candidate>) {
    let opens = (0..records.len()).filter(|&line| roles.opens(line).is_some()).chain([records.len()]);
    let regions: Vec<(usize, usize)> = opens.scan(0, |start, line| Some((std::mem::replace(start, line + 1), line))).collect();
    // A label that parts one region may begin the only idea of another.
    let mut anchors: Vec<LabelId> = regions.iter().filter_map(|&(start, end)| anchor(records, roles, start, end)).collect();
    anchors.sort_unstable();
    let mut lookups = LOOKUPS;
    for (start, end) in regions {
        region(records, roles, (start, end), &anchors, &mut lookups, found);
    }
}

/// The label of a fact that returns most often between two headings; of several, the first.
fn anchor(records: &Records<'_>, roles: &Roles, start: usize, end: usize) -> Option<LabelId> {
    let mut counts: Vec<(LabelId, u32, bool)> = Vec::new();
    for line in start..end {
        let Some(kind) = records.kind(line) else { continue };
        let is_outcomes = kind == Kind::Outcomes;
        if kind.is_telling() || is_outcomes || matches!(kind, Kind::Description | Kind::Title) {
            let label = roles.label(line);
            match counts.iter().position(|&(known, ..)| known == label) {
                Some(at) => counts[at].1 += 1,
                None if counts.len() < MOST_LABELS => counts.push((label, 1, is_outcomes)),
                None => {}
            }
        }
    }
    let facts = counts.iter().filter(|&&(.., is_outcomes)| !is_outcomes);
    let most = facts.map(|&(_, count, _)| count).max().filter(|&most| most > 1)?;
    // One idea or the other may lack a label; but several of one may have outcomes of their own.
    let returns = |count: u32, is_outcomes: bool| if is_outcomes { count == most } else { count * 4 >= most * 3 };
    counts.iter().find(|&&(_, count, is_outcomes)| returns(count, is_outcomes)).map(|&(label, ..)| label)
}

/// Where the stretches begin that the labels of a region part it into: at every anchor, and where between two of them the
/// labels begin again that stood after the first; or the same is said in other words ("Brief description" beside "Brief
/// explanation"), behind a label that stands before other anchors.
fn anchors_of(records: &Records<'_>, roles: &Roles, anchor: LabelId, (start, end): (usize, usize)) -> Vec<usize> {
    let is_label = |line: &usize| records.kind(*line).is_some_and(|kind| kind.is_telling() || kind == Kind::Description);
    // The labels in the order in which they first stand.
    let mut order: Vec<LabelId> = Vec::new();
    let mut found: Vec<usize> = Vec::new();
    let mut seen: Vec<LabelId> = Vec::new();
    let mut before = 0;
    let is_own = |line: usize| roles.label(line) == anchor && records.kind(line).is_some();
    let kind = (start..end).find(|&line| is_own(line)).and_then(|line| records.kind(line)).filter(|kind| kind.is_prose());
    // The labels right before anchors: behind them an idea begins.
    let mut ends: Vec<LabelId> = Vec::new();
    let mut last: Option<LabelId> = None;
    for line in (start..end).filter(is_label) {
        if is_own(line) {
            ends.extend(last.filter(|last| ends.len() < MOST_LABELS && !ends.contains(last)));
        }
        last = Some(roles.label(line));
    }
    for line in start..end {
        let label = roles.label(line);
        let is_anchor = is_own(line);
        if is_anchor {
            found.push(line);
            seen.clear();
            before = 0;
        } else if found.is_empty() || !is_label(&line) {
            continue;
        }
        if !order.contains(&label) && order.len() < MOST_LABELS {
            order.push(label);
        }
        let rank = order.iter().position(|&known| known == label).unwrap_or(MOST_LABELS);
        let begins_again = rank < before && seen.contains(&label);
        // A second text of the same kind, but no second "Contact: …".
        let begins_text = || kind.is_some() && records.kind(line) == kind && records.lines[line].first;
        let says_the_same = || {
            begins_text() && seen.last().is_some_and(|last| ends.contains(last)) && states_more(records, line + 1..end, is_own)
        };
        if !is_anchor && seen.len() > 2 && (begins_again || says_the_same()) {
            found.push(line);
            seen.clear();
        }
        seen.push(label);
        before = rank;
    }
    found
}

/// True if people or several facts stand in some lines, before one that ends them.
fn states_more(records: &Records<'_>, lines: Range<usize>, ends: impl Fn(usize) -> bool) -> bool {
    let below = lines.take_while(|&line| !ends(line)).take(MOST_LABELS);
    let mut kinds: Vec<Kind> = below.filter_map(|line| records.kind(line)).filter(|kind| kind.is_telling()).collect();
    kinds.dedup();
    kinds.contains(&Kind::Mentors) || kinds.len() > 1
}

/// Moves anchors to the labels right before them that stand before the first one, too: not every idea has the first label.
fn lead(records: &Records<'_>, roles: &Roles, anchors: &mut [usize], start: usize) {
    let leads = |line: usize| records.kind(line).is_some_and(Kind::is_telling);
    let Some(&first) = anchors.first() else { return };
    let before = (start..first).rev().take_while(|&line| leads(line)).take(MOST_LABELS);
    let leading: Vec<LabelId> = before.map(|line| roles.label(line)).collect();
    let mut from = start;
    for anchor in anchors {
        let own = *anchor;
        while *anchor > from && leads(*anchor - 1) && leading.contains(&roles.label(*anchor - 1)) {
            *anchor -= 1;
        }
        from = own + 1;
    }
}

fn region(
    records: &Records<'_>,
    roles: &Roles,
    (start, end): (usize, usize),
    anchors: &[LabelId],
    lookups: &mut usize,
    found: &mut Vec<Candidate>,
) {
    let known = |line: &usize| records.kind(*line).is_some() && anchors.binary_search(&roles.label(*line)).is_ok();
    let first = || (start..end).find(known).map(|line| roles.label(line));
    let Some(anchor) = anchor(records, roles, start, end).or_else(first) else { return };
    let anchors = anchors_of(records, roles, anchor, (start, end));
    // A row with a title is a candidate already.
    if anchors.iter().any(|&line| matches!(records.lines[line].place, Place::Cell(_)) && records.kind(line) == Some(Kind::Title))
    {
        return;
    }
    let mut starts: Vec<usize> = anchors
        .iter()
        .enumerate()
        .map(|(at, &anchor)| begin_before(records, at.checked_sub(1).map_or(start, |before| anchors[before]), anchor))
        .collect();
    // What the page says before its ideas is no title where those of the others are short lines.
    if let [first, others @ ..] = &mut *starts
        && others.len() > 1
        && is_prose(records, *first)
        && !others.iter().any(|&begin| is_prose(records, begin))
    {
        let below = (*first..anchors[0]).rev().find(|&line| records.lines[line].alone && !is_prose(records, line));
        *first = below.unwrap_or(*first);
    }
    // Items before all labels but the first are the ends of the stretches before them.
    let is_item = |line: usize| records.lines[line].place == Place::Item;
    let before_first = anchors[0].checked_sub(1).is_some_and(is_item);
    if !before_first && starts.iter().zip(&anchors).skip(1).all(|(&begin, &anchor)| begin == anchor || is_item(begin)) {
        starts.iter_mut().zip(&anchors).skip(1).for_each(|(begin, &anchor)| *begin = anchor);
    }
    // The page's table of contents may name the stretches where nothing on the page does.
    let untitled = starts.iter().zip(&anchors).skip(1).all(|(begin, anchor)| begin == anchor);
    let may_be_listed = anchors.len() > 1 && records.kind(anchors[0]) != Some(Kind::Title) && *lookups > 0;
    *lookups -= usize::from(may_be_listed);
    if may_be_listed && let Some(titles) = contents::titles(records, roles, &anchors, end, untitled) {
        let mut anchors = anchors;
        lead(records, roles, &mut anchors, start);
        let ends = anchors.iter().skip(1).copied().chain([end]);
        for ((&start, end), title) in anchors.iter().zip(ends).zip(titles) {
            let (title, part) = title.map_or((None, None), |(line, start, end)| (Some(line), Some((short(start), short(end)))));
            found.push(Candidate { begins: Begins::Restart, start, end, title, part });
        }
        return;
    }
    // What a label names needs no other name.
    let named = || (start..end).any(|line| records.kind(line) == Some(Kind::Title));
    // A stray line before one of them names none.
    let bare = starts.iter().zip(&anchors).skip(1).filter(|(begin, anchor)| begin == anchor).count();
    if anchors.len() > 2 && bare * 4 >= (anchors.len() - 1) * 3 && !named() {
        let mut starts = anchors.clone();
        lead(records, roles, &mut starts, start);
        let ends = starts.iter().skip(1).copied().chain([end]);
        for (&start, end) in starts.iter().zip(ends) {
            found.push(Candidate { begins: Begins::Restart, start, end, title: None, part: None });
        }
    }
    let ends = starts.iter().skip(1).copied().chain([end]);
    for ((&begin, end), &anchor) in starts.iter().zip(ends).zip(&anchors) {
        let title = (begin < anchor).then_some(begin);
        found.push(Candidate { begins: Begins::Restart, start: begin, end, title, part: None });
    }
}

/// How many labels of one region are told apart.
const MOST_LABELS: usize = 64;

/// So many blocks a title and the text below it have, before the first label.
const MOST_BLOCKS: usize = 8;

/// A longer line is text, in bytes.
const LONGEST_NAME: usize = 100;

/// Where the stretch begins whose first label is `anchor`: with the item whose list the label is in, else with the text before it
/// that belongs to no label after `from`.
fn begin_before(records: &Records<'_>, from: usize, anchor: usize) -> usize {
    let begin = begin_of_text(records, from, anchor);
    let holds = |&line: &usize| {
        let item = records.item(line).filter(|_| records.lines[line].place == Place::Item);
        item.is_some_and(|item| records.item(anchor) != Some(item) && records.is_in(anchor, item))
    };
    (begin..anchor).rev().find(holds).unwrap_or(begin)
}

fn begin_of_text(records: &Records<'_>, from: usize, anchor: usize) -> usize {
    let labelled = |is_label: &dyn Fn(usize) -> bool| (from..anchor).rev().find(|&line| is_label(line));
    let Some(last) = labelled(&|line| records.label(line).is_some()) else { return begin_before_all(records, from, anchor) };
    // A label that says nothing may stand in the text below the title.
    let title = labelled(&|line| records.kind(line).is_some()).filter(|&known| known < last).map(|known| {
        let behind = value_end(records, known, anchor);
        (behind < last && records.lines[behind].alone && !is_prose(records, behind)).then_some(behind)
    });
    title.flatten().unwrap_or_else(|| value_end(records, last, anchor))
}

/// Before the first label may stand anything: the last two blocks are enough for a title and a text. If both are text, the title
/// stands above.
fn begin_before_all(records: &Records<'_>, from: usize, anchor: usize) -> usize {
    let blocks = (from..anchor).rev().filter(|&line| records.lines[line].first).take(MOST_BLOCKS);
    let blocks: Vec<usize> = blocks.collect();
    let is_text = blocks.first().is_some_and(|&line| is_prose(records, line));
    let title = blocks.iter().skip(1).find(|&&line| !is_prose(records, line)).filter(|_| is_text);
    title.or(blocks.get(1)).or(blocks.last()).copied().unwrap_or(anchor)
}

/// True for a line that is no title.
fn is_prose(records: &Records<'_>, line: usize) -> bool {
    let text = records.text(line).trim();
    text.len() > LONGEST_NAME || text.as_str().ends_with(['.', '!', ':'])
}

/// Where the value of a label ends, at `end` at the latest: the rest of its block is its value, or else the block after it, if nothing
/// stands beside the label.
fn value_end(records: &Records<'_>, label: usize, end: usize) -> usize {
    let own = records.node(label);
    let mut next = label + 1;
    while next < end && records.node(next) == own {
        next += 1;
    }
    if next == end || next > label + 1 || !records.value(label).is_empty() {
        return next;
    }
    let (node, item) = (records.node(next), records.item(next));
    let is_next_item = |line: usize| item.is_some() && records.item(line).is_some() && records.lines[line].set.is_none();
    next += 1;
    while next < end && (records.node(next) == node || is_next_item(next)) {
        next += 1;
    }
    // Each mentor may have a paragraph.
    let kind = records.kind(label);
    let shape = |line: usize| shape::of(records.text(line)).and_then(shape::Shape::kind);
    while next < end && kind == Some(Kind::Mentors) && shape(next) == kind && records.lines[next].alone {
        next += 1;
    }
    next
}
