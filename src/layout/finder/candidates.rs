//! Stretches of a page that may be ideas: whatever begins alike, again and again.

use std::ops::Range;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::document;
use crate::labels::{Kind, Labels};
use crate::prose::{Style, Text};
use crate::records::{LONGEST_TITLE, Labelled, Place, Records, Whole};
use crate::text::short;

use super::super::draft::before_address;
use super::super::title;
use super::learn::LabelId;
use super::roles::{Role, Roles};
use super::shape::{self, Shape};
use super::{contents, restarts};

/// How a stretch begins. Stretches that begin alike are siblings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Begins {
    /// With a heading of this level.
    Heading(u8),
    /// With a bold line.
    Bold,
    /// With an italic line.
    Emphasis,
    /// With the line of what folds away.
    Summary,
    /// With a term of a list of definitions.
    Term,
    /// It is an item of a list this deep.
    Item(u16),
    /// It is a row of a table; the number is that of the table's node.
    Row(u32),
    /// With a line that is a link, or begins with one.
    Link,
    /// With the last item of a list, and goes on below the list.
    LoneItem,
    /// With a line that a table of contents names.
    Listed,
    /// With a label of titles.
    TitleLabel,
    /// Where the same label begins again.
    Restart,
    /// It is the whole page.
    Page,
    /// With the name of its group, on a line of its own.
    Pair,
    /// With a few short lines above its title: it is a box, or an item.
    Card,
}

/// A stretch that may be an idea: `start..end`, by line.
#[derive(Clone, Copy, Debug)]
pub(super) struct Candidate {
    pub(super) begins: Begins,
    pub(super) start: usize,
    pub(super) end: usize,
    /// The line of its title.
    pub(super) title: Option<usize>,
    /// The title's bytes in that line, if it is not all of it. There may be a candidate for every few bytes of a page.
    pub(super) part: Option<(u32, u32)>,
}

/// All candidates of a page.
pub(super) fn all(records: &Records<'_>, roles: &Roles) -> Vec<Candidate> {
    let mut found = Vec::new();
    let lone_labels = lone_labels(records, roles);
    headings(records, roles, &lone_labels, &mut found);
    numbered(records, roles, &mut found);
    for begins in [Begins::Bold, Begins::Emphasis, Begins::Link, Begins::LoneItem, Begins::TitleLabel] {
        lines(records, roles, (begins, Reach::Heading), &lone_labels, &mut found);
    }
    for (begins, reach) in [(Begins::Bold, Reach::Section), (Begins::Link, Reach::Section), (Begins::Link, Reach::Group)] {
        lines(records, roles, (begins, reach), &lone_labels, &mut found);
    }
    listed(records, roles, &mut found);
    pairs(records, &mut found);
    blocks(records, &mut found);
    cards(records, roles, &mut found);
    rows(records, &mut found);
    restarts::all(records, roles, &mut found);
    if !records.is_empty() {
        let title = (0..records.len()).find(|&line| records.level(line).is_some()).or(Some(0));
        found.push(Candidate { begins: Begins::Page, start: 0, end: records.len(), title, part: None });
    }
    found
}

/// Sections: from a heading up to the next of its level or above, and up to the next heading at all.
fn headings(records: &Records<'_>, roles: &Roles, ends: &FxHashSet<usize>, found: &mut Vec<Candidate>) {
    // The sections that are open, outermost first.
    let mut open: Vec<(u8, usize)> = Vec::new();
    let mut before: Option<(u8, usize)> = None;
    let mut close = |(level, start): (u8, usize), end: usize| {
        found.push(Candidate { begins: Begins::Heading(level), start, end, title: Some(start), part: None });
    };
    for line in 0..records.len() {
        if let (None, Some((level, start)), true) = (roles.opens(line), before, begins_with(records, roles, Begins::Bold, line)) {
            // An idea in bold may stand below a complete one.
            if start + 1 < line {
                close((level, start), line);
            }
            before = None;
        }
        if let Some(level) = records.level(line).filter(|_| ends.contains(&line)) {
            while let Some(section) = open.pop_if(|&mut (last, _)| last > level) {
                close(section, line);
            }
        }
        let Some(level) = roles.opens(line) else { continue };
        if let Some((last, start)) = before.replace((level, line))
            && last < level
        {
            close((last, start), line);
        }
        while let Some(&(last, start)) = open.last()
            && last >= level
        {
            close((last, start), line);
            open.pop();
        }
        open.push((level, line));
    }
    while let Some(section) = open.pop() {
        close(section, records.len());
    }
}

/// The headings that are labels, and the only ones of their name: they end the sections below their level, as "Contact" does behind
/// all groups.
fn lone_labels(records: &Records<'_>, roles: &Roles) -> FxHashSet<usize> {
    let labels = || (0..records.len()).filter(|&line| records.level(line).is_some() && roles.opens(line).is_none());
    let mut names: FxHashMap<LabelId, u32> = FxHashMap::default();
    for line in labels() {
        *names.entry(roles.label(line)).or_default() += 1;
    }
    labels().filter(|&line| names[&roles.label(line)] == 1).collect()
}

/// Sections whose headings are numbered, up to the next one that is, or above it: what is not numbered is a part of them.
fn numbered(records: &Records<'_>, roles: &Roles, found: &mut Vec<Candidate>) {
    for level in 1..=6 {
        let starts: Vec<usize> = (0..records.len())
            .filter(|&line| roles.opens(line) == Some(level) && is_numbered(records.text(line).as_str()))
            .collect();
        if starts.len() < 2 {
            continue;
        }
        let mut ends: Vec<usize> = starts.iter().skip(1).copied().collect();
        ends.push(records.len());
        for (&start, end) in starts.iter().zip(ends) {
            let end = (start + 1..end).find(|&line| roles.opens(line).is_some_and(|above| above < level)).unwrap_or(end);
            found.push(Candidate { begins: Begins::Heading(level), start, end, title: Some(start), part: None });
        }
    }
    // In the same way bold lines, but for the last one: nothing tells where that ends.
    let bold: Vec<usize> = (0..records.len())
        .filter(|&line| is_numbered(records.text(line).as_str()) && begins_with(records, roles, Begins::Bold, line))
        .collect();
    for pair in bold.windows(2) {
        let (start, next) = (pair[0], pair[1]);
        let end = (start + 1..next).find(|&line| roles.opens(line).is_some()).unwrap_or(next);
        found.push(Candidate { begins: Begins::Bold, start, end, title: Some(start), part: None });
    }
}

/// True for a title that begins with its number: `#12: …`, `3. …`, `Project 4: …`.
pub(super) fn is_numbered(title: &str) -> bool {
    let number = title.trim_start_matches('#');
    let digits = number.len() - number.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let ended = number[digits..].trim_start().starts_with(['.', ')', ':', '-', '–']);
    (1..=6).contains(&digits) && (ended || number.len() < title.len()) || Labels::get().number_prefix(title).is_some()
}

/// Stretches that begin with the lines that a table of contents names, up to the next one or a heading.
fn listed(records: &Records<'_>, roles: &Roles, found: &mut Vec<Candidate>) {
    let starts = contents::named_lines(records, roles);
    let ends = starts.iter().skip(1).copied().chain([records.len()]);
    for (&start, end) in starts.iter().zip(ends) {
        let end = (start + 1..end).find(|&line| roles.opens(line).is_some()).unwrap_or(end);
        found.push(Candidate { begins: Begins::Listed, start, end, title: Some(start), part: None });
    }
}

/// How far a stretch goes that begins with a line of some kind, if no other such line ends it before.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Reach {
    /// Up to the next heading.
    Heading,
    /// Up to the next heading that is not below the one above the line: the others are parts of it.
    Section,
    /// Up to the next heading right above another such line, whatever its level: all others are parts of it.
    Group,
}

/// Stretches that begin with lines of one kind.
fn lines(
    records: &Records<'_>,
    roles: &Roles,
    (begins, reach): (Begins, Reach),
    ends: &FxHashSet<usize>,
    found: &mut Vec<Candidate>,
) {
    let begins_here = |line: usize| {
        let whole = reach == Reach::Heading || begins != Begins::Link || records.lines[line].set == Some(Whole::Link);
        whole && begins_with(records, roles, begins, line)
    };
    // Behind the last of them, nothing else tells where that one ends.
    let last = (0..records.len()).rev().find(|&line| begins_here(line)).unwrap_or(0);
    let mut start: Option<usize> = None;
    let mut close = |start: &mut Option<usize>, end: usize| {
        if let Some(start) = start.take() {
            found.push(Candidate { begins, start, end, title: Some(start), part: None });
        }
    };
    for line in 0..records.len() {
        let level_above = || start.and_then(|start| roles.above(start)).and_then(|above| roles.opens(above)).unwrap_or(0);
        let opens = match reach {
            _ if start.is_none() => roles.opens(line).is_some(),
            Reach::Heading => roles.opens(line).is_some(),
            Reach::Section => roles.opens(line).is_some_and(|level| level <= level_above()),
            Reach::Group => {
                line + 1 < records.len() && begins_here(line + 1) && (roles.opens(line).is_some() || names_group(records, line))
            }
        };
        let is_behind = line > last
            && ends.contains(&line)
            && records.level(line).is_some_and(|level| level <= level_above())
            && records.label(line).is_some_and(|label| !states_fact(label));
        if opens || is_behind || begins_here(line) {
            close(&mut start, line);
        }
        if !opens && begins_here(line) {
            start = Some(line);
        }
    }
    close(&mut start, records.len());
}

/// True for a label of what an idea states; "Contact" says who answers for the page as well as who mentors.
fn states_fact(label: &Labelled<'_>) -> bool {
    let mut words = label.label.as_str().split(|c: char| !c.is_alphanumeric());
    match label.kind {
        Some(Kind::Mentors) => words.any(|word| Labels::get().is_mentoring(word)),
        kind => kind.is_some_and(Kind::is_telling),
    }
}

/// True for a line in italics, with a block for itself: right above a title it is the heading of a group.
pub(super) fn names_group(records: &Records<'_>, line: usize) -> bool {
    let info = &records.lines[line];
    info.set == Some(Whole::Emphasis) && info.alone && info.place == Place::Line && records.label(line).is_none()
}

/// Pairs of lines, at least three in a row in one block: the name of a group with a colon behind it, and a title.
fn pairs(records: &Records<'_>, found: &mut Vec<Candidate>) {
    let is_pair = |line: usize| {
        let names = |line: usize| records.label(line).is_some_and(|label| label.kind.is_none() && label.value.is_empty());
        let plain = |line: usize| records.label(line).is_none() && records.lines[line].place == Place::Line;
        line + 1 < records.len() && names(line) && plain(line + 1) && records.node(line) == records.node(line + 1)
    };
    let mut line = 0;
    while line < records.len() {
        let start = line;
        while is_pair(line) {
            line += 2;
        }
        if line - start >= 6 {
            found.extend((start..line).step_by(2).map(|start| Candidate {
                begins: Begins::Pair,
                start,
                end: start + 2,
                title: Some(start + 1),
                part: None,
            }));
        }
        line = line.max(start + 1);
    }
}

/// True if a line may begin an idea in this way.
pub(super) fn begins_with(records: &Records<'_>, roles: &Roles, begins: Begins, line: usize) -> bool {
    let info = &records.lines[line];
    if begins == Begins::TitleLabel {
        return records.kind(line) == Some(Kind::Title) && roles.opens(line).is_none();
    }
    if !looks_as(records, begins, line) {
        return false;
    }
    let whole = begins == Begins::Bold && info.set == Some(Whole::Strong);
    // `**Notebook: a better one** …`: more than the label is bold.
    let bold = |label: &Labelled<'_>| records.text(line).bold_prefix().is_some_and(|end| end > label.label.len() + 2);
    // `**Lantern: brighter**`, `**Lantern: smaller**` may be titles, and `**Project 1: Lantern**` that a table of contents has, too;
    // `**Week 1: read**` again and again is none.
    let counts = |label: &Labelled<'_>| {
        label.label.as_str().ends_with(|c: char| c.is_ascii_digit())
            && Labels::get().number_prefix(records.text(line).as_str()).is_none()
    };
    let returns = |label: &Labelled<'_>| {
        let titled = whole && info.alone && !counts(label) && !label.value.is_empty();
        roles.is_repeated(line) && !titled
    };
    let is_label = |label: &Labelled<'_>| label.kind.is_some() || label.set && (!(whole || bold(label)) || returns(label));
    let no_title = roles.of(line) == Role::Part || matches!(info.place, Place::Cell(_)) || records.is_verbatim(line);
    if no_title || records.label(line).is_some_and(is_label) {
        return false;
    }
    // What stands right below an empty label is its value.
    let is_value = |before: usize| {
        records.node(before) == records.node(line) && records.kind(before).is_some() && records.value(before).is_empty()
    };
    // Of lines in a row that lead to places on this page, each is an entry of its contents.
    let leads_down =
        |line: usize| line < records.len() && records.text(line).link_at(0).is_some_and(|link| link.url.starts_with('#'));
    let before = line.checked_sub(1);
    let is_entry = leads_down(line) && (before.is_some_and(leads_down) || leads_down(line + 1));
    !is_entry && !before.is_some_and(is_value)
}

/// True if a line looks as what begins in this way does.
fn looks_as(records: &Records<'_>, begins: Begins, line: usize) -> bool {
    let (info, text) = (&records.lines[line], records.text(line));
    match begins {
        Begins::Bold if goes_on(records, line) => false,
        Begins::Bold => {
            // A whole line, or a bold beginning of a paragraph that goes on without a colon.
            info.set == Some(Whole::Strong)
                || info.first
                    && info.lists <= 1
                    && text
                        .bold_prefix()
                        .is_some_and(|end| end >= 6 && !text.as_str()[end..].trim_start().starts_with([':', ',']))
        }
        Begins::Emphasis => info.set == Some(Whole::Emphasis) && info.first,
        Begins::Link => {
            let key = || {
                text.links().next().is_some_and(|(range, _)| range.start == 0 && title::is_issue_key(text.as_str()[range].trim()))
            };
            let whole = info.set == Some(Whole::Link);
            // What leads to the same place goes on about the same thing.
            let target = |line: usize| records.text(line).links().next().map(|(_, link)| &link.url);
            let again = || line.checked_sub(1).is_some_and(|before| target(before) == target(line));
            info.first
                && text.len() <= LONGEST_TITLE
                && !text.as_str().contains("://")
                && (whole && !again() || leading_link(text).is_some() || key())
        }
        Begins::LoneItem => {
            let Some(item) = records.item(line).filter(|_| info.place == Place::Item && info.lists == 1) else { return false };
            let nodes = &records.document.nodes;
            let ends = nodes[item].end();
            // Nothing but its line, no item after it, and none before it that it goes on from.
            let last = nodes.get(ends).is_none_or(|next| next.kind != document::Kind::Item);
            let first = nodes.get(item.wrapping_sub(1)).is_some_and(|list| list.kind == document::Kind::List);
            last && (first || records.restarts_count(item)) && info.alone && records.node(line) + 1 == ends && text.len() <= 160
        }
        _ => false,
    }
}

/// True for a line that goes on with the sentence of a paragraph that begins in bold itself: bold words have broken it.
fn goes_on(records: &Records<'_>, line: usize) -> bool {
    let is_open = |before: usize| {
        let text = records.text(before);
        records.lines[before].place == Place::Line
            && text.bold_prefix().is_some_and(|end| end < text.len())
            && text.as_str().trim_end().ends_with(char::is_alphanumeric)
    };
    records.text(line).as_str().starts_with(char::is_lowercase) && line.checked_sub(1).is_some_and(is_open)
}

/// The link that a line begins with, behind ornaments and before a dash or a colon: `🔥 [Title](…) - what it is`.
fn leading_link(text: Text<'_>) -> Option<Range<usize>> {
    let (range, _) = text.links().next()?;
    let (before, after) = (&text.as_str()[..range.start], text.as_str()[range.end..].trim_start());
    let leads = !before.contains(char::is_alphanumeric) && !text.as_str()[range.clone()].contains("://");
    (leads && after.starts_with(['-', '–', '—', ':'])).then_some(range)
}

/// Where the title ends before a colon or a dash, and a sentence of more words follows: `Lantern shades: cut them to any form`.
pub(super) fn before_mark(text: Text<'_>) -> Option<usize> {
    let said = text.as_str();
    let dash = [" - ", " – ", " — "].iter().filter_map(|dash| said.find(dash)).min();
    let dash = dash.filter(|&end| is_remark(&said[end..]));
    let end = said.find(": ").into_iter().chain(dash).min().filter(|&end| !said[..end].contains(['.', '?', '!']))?;
    let (title, rest) = (said[..end].split_whitespace().count(), said[end..].split_whitespace().count());
    (title <= MOST_BEFORE_MARK && rest > title + 1).then_some(end)
}

/// No title before such a mark has more words.
const MOST_BEFORE_MARK: usize = 8;

/// True if what follows the dash behind a name says what it is, and is no more of the name: a sentence, or many words that
/// are not capitalized as in titles.
fn is_remark(rest: &str) -> bool {
    let rest = rest.trim_start_matches(|c: char| !c.is_alphanumeric());
    let is_sentence =
        || rest.split_whitespace().any(|word| word.starts_with(char::is_lowercase) && word.chars().nth(3).is_some());
    rest.starts_with(char::is_lowercase)
        || rest.ends_with(['.', '!', '?'])
        || rest.split_whitespace().nth(8).is_some() && is_sentence()
}

/// Items of lists, what folds, and definitions: their ends are those of their nodes.
fn blocks(records: &Records<'_>, found: &mut Vec<Candidate>) {
    let nodes = &records.document.nodes;
    let mut lists: Vec<usize> = Vec::new();
    let mut folds: Vec<usize> = Vec::new();
    let mut term: Option<usize> = None;
    for (node, info) in nodes.iter().enumerate() {
        for open in [&mut lists, &mut folds] {
            while open.last().is_some_and(|&outer| nodes[outer].end() <= node) {
                open.pop();
            }
        }
        if info.kind == document::Kind::Fold {
            folds.push(node);
        }
        let mut add = |begins, first: usize, end: usize| {
            let (start, end) = (records.line_at(first), records.line_at(end));
            if start < end {
                found.push(Candidate { begins, start, end, title: Some(start), part: None });
            }
        };
        match info.kind {
            document::Kind::List => lists.push(node),
            document::Kind::Item if lists.len() <= DEEPEST && !info.verbatim => {
                add(Begins::Item(u16::try_from(lists.len()).unwrap_or(u16::MAX)), node, info.end());
            }
            document::Kind::Fold
                if folds.len() <= DEEPEST && nodes.get(node + 1).is_some_and(|next| next.kind == document::Kind::Summary) =>
            {
                add(Begins::Summary, node, info.end());
            }
            document::Kind::Definitions => term = None,
            document::Kind::Term if nodes.get(node.wrapping_sub(1)).is_none_or(|before| before.kind != document::Kind::Term) => {
                term = Some(node);
            }
            // The last of its definitions.
            document::Kind::Definition if nodes.get(info.end()).is_none_or(|next| next.kind != document::Kind::Definition) => {
                if let Some(term) = term {
                    add(Begins::Term, term, info.end());
                }
            }
            _ => {}
        }
    }
}

/// Items and folds deeper than this are parts of ideas.
const DEEPEST: usize = 3;

/// Boxes and items whose titles stand below badges, and those beside them whose titles do not.
fn cards(records: &Records<'_>, roles: &Roles, found: &mut Vec<Candidate>) {
    let nodes = &records.document.nodes;
    let is_item = |&node: &usize| nodes[node].kind == document::Kind::Item && !nodes[node].verbatim;
    let items = (0..nodes.len()).filter(is_item).map(|item| item..nodes[item].end());
    for blocks in by_depth(records.document.boxes.iter().cloned()).into_iter().chain(by_depth(items)) {
        let card = |block: Range<usize>| {
            let lines = records.line_at(block.start)..records.line_at(block.end);
            let title = title_below_badges(records, roles, lines.clone())?;
            Some(Candidate { begins: Begins::Card, start: lines.start, end: lines.end, title: Some(title), part: None })
        };
        let cards: Vec<Candidate> = blocks.into_iter().filter_map(card).collect();
        let led = cards.iter().filter(|card| card.title != Some(card.start)).count();
        if led > 1 && led * 2 >= cards.len() {
            found.extend(cards);
        }
    }
}

/// Blocks in page order, outer ones first, by how many others each is in.
fn by_depth(blocks: impl Iterator<Item = Range<usize>>) -> [Vec<Range<usize>>; DEEPEST] {
    let mut found: [Vec<Range<usize>>; DEEPEST] = Default::default();
    let mut open: Vec<usize> = Vec::new();
    for block in blocks {
        while open.last().is_some_and(|&end| end <= block.start) {
            open.pop();
        }
        open.push(block.end);
        if let Some(same) = found.get_mut(open.len() - 1) {
            same.push(block);
        }
    }
    found
}

/// The title of a card: a heading, a bold line or a link, below a few short lines at most.
fn title_below_badges(records: &Records<'_>, roles: &Roles, lines: Range<usize>) -> Option<usize> {
    let is_badge = |line: usize| {
        let (text, level) = (records.text(line), records.level(line));
        level.is_none() && text.len() <= LONGEST_BADGE && !text.as_str().ends_with(['.', ':'])
    };
    let is_grade = |text| shape::of(text).and_then(Shape::kind).is_some_and(shape::is_grade);
    let is_title = |line: usize| {
        let looks = [Begins::Bold, Begins::Link].into_iter().any(|begins| begins_with(records, roles, begins, line));
        roles.opens(line).is_some() || looks && records.lines[line].set.is_some() && !is_grade(records.text(line))
    };
    let title = lines.clone().take(MOST_BADGES + 1).find(|&line| is_title(line) || !is_badge(line))?;
    Some(title).filter(|&title| is_title(title))
}

/// No card has more badges above its title, nor longer ones, in bytes.
const MOST_BADGES: usize = 4;
const LONGEST_BADGE: usize = 40;

/// Rows of tables.
fn rows(records: &Records<'_>, found: &mut Vec<Candidate>) {
    let row = |line: usize| match records.lines.get(line).map(|line| line.place) {
        Some(Place::Cell(row)) => Some(row),
        _ => None,
    };
    let tables: Vec<usize> =
        (0..records.document.nodes.len()).filter(|&node| records.document.nodes[node].kind == document::Kind::Table).collect();
    let mut line = 0;
    while line < records.len() {
        let Some(number) = row(line) else {
            line += 1;
            continue;
        };
        let start = line;
        while row(line) == Some(number) {
            line += 1;
        }
        let table = tables.partition_point(|&table| table < records.node(start)).checked_sub(1).map_or(0, |at| tables[at]);
        let title = (start..line).find(|&line| records.kind(line) == Some(Kind::Title));
        if title.is_some() {
            found.push(Candidate { begins: Begins::Row(short(table)), start, end: line, title, part: None });
        }
    }
}

/// The part of a line that is its title: a bold beginning, a link it begins with, what stands before an address, or all of it.
pub(super) fn title_part<'a>(records: &Records<'a>, candidate: &Candidate) -> Option<Text<'a>> {
    let line = candidate.title?;
    let text = records.value(line);
    let whole = records.text(line);
    if let Some((start, end)) = candidate.part {
        return Some(whole.cut(start as usize..end as usize));
    }
    if records.kind(line).is_some() || records.level(line).is_some() {
        return Some(if records.level(line).is_some() { whole } else { text });
    }
    let text = whole;
    let rest = |end: usize| text.as_str()[end..].trim();
    // `[#12](…) **Title** what it is`
    let key =
        text.links().next().filter(|(range, _)| range.start == 0 && title::is_issue_key(text.as_str()[range.clone()].trim()));
    let named = key.map_or(text, |(range, _)| text.from(range.end).trim());
    if let Some(end) = named.marked_prefix(&[Style::Strong]).filter(|&end| end < text.len() && rest(end).len() > 1) {
        return Some(named.cut(0..end));
    }
    if let Some(link) = leading_link(text).filter(|link| is_remark(&text.as_str()[link.end..])) {
        return Some(text.cut(link));
    }
    // The first of several sentences; "e.g. this" ends none, nor does what stands in parentheses.
    let said = text.as_str();
    // "Project 1. Faster parser" begins with a number, and ends no sentence there.
    let number = Labels::get().number_prefix(said).unwrap_or(0);
    let mut ends = said.match_indices(". ").map(|(end, _)| end).take_while(|&end| end <= LONGEST_TITLE);
    let is_open = |end: usize| said[..end].matches('(').count() > said[..end].matches(')').count();
    let is_short = |end: usize| said[..end].rsplit(char::is_whitespace).next().is_some_and(|last| last.contains('.'));
    let ends_sentence = |end: usize| said[..end].contains(' ') && said[end + 2..].starts_with(|c: char| !c.is_lowercase());
    let sentence = ends.find(|&end| end >= number && ends_sentence(end) && !is_open(end) && !is_short(end));
    let text = sentence.map_or(text, |end| text.cut(0..end));
    // "Dark mode: https://…"
    Some(Some(before_address(text)).filter(|name| !name.is_empty()).unwrap_or(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn remarks_behind_names() {
        for (rest, remark) in [
            (" — Moves the Site to Static Pages.", true),
            (" — tracks who sings", true),
            (" – The service that tracks who sings in which tree all night", true),
            (" — Core Migration of the Site to Static Pages and Small Workers", false),
            (": Distributed Scanning", false),
        ] {
            assert_eq!(is_remark(rest), remark, "{rest}");
        }
    }
}
