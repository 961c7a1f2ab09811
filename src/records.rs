//! A document as lines, each with the label that it begins with: the (label, value) pairs of a page, before anybody asks
//! which of them belong together.
//!
//! A label may be a heading, the beginning of a list item, a bold or plain lead-in, a term, a cell of a table; several may
//! share a line. This module knows how labels are set and what the vocabulary says they mean ([`labels`]),
//! but not what an idea is: that is the business of [`layout`](crate::layout).

pub mod label;
mod table;

use crate::document::{self, Document};
use crate::labels::{self, Kind};
use crate::prose::{Style as Set, Text, is_sign};

pub use label::{Labelled, known_label, label};

/// How a label is written; it decides how far its value reaches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// `#### Mentors`
    Heading,
    /// `- Mentors: …`
    Item,
    /// `**Mentors**: …` or `Mentors: …`, in a paragraph; a term of a list of definitions.
    Line,
    /// A cell under or beside its label.
    Cell,
    /// A key of front matter or JSON.
    Key,
}

/// A piece of a field's value.
#[derive(Clone, Copy, Debug)]
pub struct Part<'a> {
    /// The text.
    pub text: Text<'a>,
    /// True for an item of a list.
    pub listed: bool,
}

/// Where a line stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// A heading of this level.
    Heading(u8),
    /// A term of a list of definitions.
    Term,
    /// What stays visible when the rest is folded.
    Summary,
    /// The first line of a list item.
    Item,
    /// Any other line of text.
    Line,
    /// A cell of a table, or a line of one. The number counts the rows of the page.
    Cell(u32),
}

/// A line of visible text, or the part of one that a label begins.
#[derive(Clone, Copy, Debug)]
pub struct Line {
    /// The node that it is a part of.
    node: u32,
    /// Its bytes in the text of the node.
    start: u32,
    end: u32,
    /// Its label, by its place among the labels, counted from 1.
    label: u32,
    /// The innermost list item around it: its node, or [`NONE`].
    item: u32,
    /// Where it stands.
    pub place: Place,
    /// How many lists it is inside of.
    pub lists: u16,
    /// It begins its block.
    pub first: bool,
    /// It is all of its block.
    pub alone: bool,
    /// It ends with a pipe: a cell of a table that lost its form.
    pub piped: bool,
    /// All of it is bold, or one link.
    pub set: Option<Whole>,
}

/// What all of a line is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whole {
    /// Bold.
    Strong,
    /// Italic.
    Emphasis,
    /// A link.
    Link,
}

const NONE: u32 = u32::MAX;

/// The lines of a document, in page order.
#[derive(Debug)]
pub struct Records<'a> {
    /// What they are the lines of.
    pub document: &'a Document,
    /// All lines.
    pub lines: Vec<Line>,
    labels: Vec<Labelled<'a>>,
}

impl<'a> Records<'a> {
    /// Takes a document apart.
    pub fn read(document: &'a Document) -> Self {
        let records = Records { document, lines: Vec::with_capacity(document.nodes.len()), labels: Vec::new() };
        let mut reader = Reader { records, items: Vec::new(), lists: Vec::new(), rows: 0 };
        let mut node = 0;
        while node < document.nodes.len() {
            node = reader.node(node);
        }
        reader.records
    }

    /// How many lines there are.
    pub fn len(&self) -> usize {
        self.lines.len()
    }

    /// True for a page without text.
    pub fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    /// All of a line.
    pub fn text(&self, line: usize) -> Text<'a> {
        let line = &self.lines[line];
        self.document.text(line.node as usize).cut(line.start as usize..line.end as usize)
    }

    /// The label that a line begins with.
    pub fn label(&self, line: usize) -> Option<&Labelled<'a>> {
        (self.lines[line].label as usize).checked_sub(1).map(|label| &self.labels[label])
    }

    /// What the label of a line announces, if that is known.
    pub fn kind(&self, line: usize) -> Option<Kind> {
        self.label(line)?.kind
    }

    /// Says what the label of a line announces.
    pub fn learn(&mut self, line: usize, kind: Option<Kind>) {
        if let Some(label) = (self.lines[line].label as usize).checked_sub(1) {
            self.labels[label].kind = kind;
        }
    }

    /// Makes all of a line a label.
    pub fn make_label(&mut self, line: usize, kind: Option<Kind>) {
        let text = self.text(line);
        let end = text.len();
        let label = text.trim_matches(|c| c.is_whitespace() || matches!(c, '*' | ':' | '_'));
        self.set_label(line, Labelled { kind, label, value: text.cut(end..end), set: true, ended: false });
    }

    /// Parts a line into a label of unknown meaning and its value.
    pub fn part(&mut self, line: usize, label: Text<'a>, value: Text<'a>) {
        self.set_label(line, Labelled { kind: None, label, value, set: false, ended: true });
    }

    /// Makes a line, or the end of it, the value of a label that stands elsewhere, or nowhere.
    pub fn tell(&mut self, line: usize, kind: Kind, label: Option<Text<'a>>, value: Text<'a>) {
        let label = label.unwrap_or_else(|| value.cut(0..0));
        self.set_label(line, Labelled { kind: Some(kind), label, value, set: true, ended: true });
    }

    fn set_label(&mut self, line: usize, label: Labelled<'a>) {
        self.labels.push(label);
        self.lines[line].label = u32::try_from(self.labels.len()).unwrap_or(0);
    }

    /// What follows the label on its line; all of the line, if it has no label.
    pub fn value(&self, line: usize) -> Text<'a> {
        self.label(line).map_or_else(|| self.text(line), |label| label.value)
    }

    /// How the label of a line is written.
    pub fn style(&self, line: usize) -> Style {
        match self.lines[line].place {
            Place::Heading(_) | Place::Summary => Style::Heading,
            Place::Item => Style::Item,
            Place::Line | Place::Term => Style::Line,
            Place::Cell(_) => Style::Cell,
        }
    }

    /// The node that a line is a part of.
    pub fn node(&self, line: usize) -> usize {
        self.lines[line].node as usize
    }

    /// The list item that a line is directly in.
    pub fn item(&self, line: usize) -> Option<usize> {
        let item = self.lines[line].item;
        (item != NONE).then_some(item as usize)
    }

    /// True for an item whose number is not greater than that of the item before it: a list of its own.
    pub fn restarts_count(&self, item: usize) -> bool {
        let number = |item: usize| {
            self.document.numbers.binary_search_by_key(&item, |&(node, _)| node).ok().map(|at| self.document.numbers[at].1)
        };
        let Some(own) = number(item) else { return false };
        let before = self.document.numbers.iter().rev().find(|&&(node, _)| node < item);
        before.is_some_and(|&(_, before)| own <= before)
    }

    /// True if a line stands in a list item, however deep.
    pub fn is_in(&self, line: usize, item: usize) -> bool {
        let node = self.node(line);
        item < node && node < self.document.nodes[item].end()
    }

    /// The level of a heading.
    pub fn level(&self, line: usize) -> Option<u8> {
        match self.lines[line].place {
            Place::Heading(level) => Some(level),
            _ => None,
        }
    }

    /// True for a line that is text, whatever it looks like.
    pub fn is_verbatim(&self, line: usize) -> bool {
        self.document.nodes[self.node(line)].verbatim
    }

    /// The first line that stands in a node at or after `node`.
    pub fn line_at(&self, node: usize) -> usize {
        self.lines.partition_point(|line| (line.node as usize) < node)
    }
}

/// True if the first line of an item breaks off for its length alone, and goes on with the next.
fn is_wrapped(line: Text<'_>, next: Text<'_>) -> bool {
    let open = line.len() >= WIDE && !line.as_str().trim_end().ends_with(['.', ':', '!', '?', ';', '|']);
    open && next.as_str().starts_with(char::is_lowercase)
        && label(line, Style::Item).is_none()
        && label(next, Style::Line).is_none()
}

/// True if a line ends among the people that a sentence names: "… is mentored by Ada Byron", "and @bo. You should …".
fn breaks_off_people(line: Text<'_>, next: Text<'_>) -> bool {
    if !(WIDE..label::SOON).contains(&line.len()) || !people_go_on(line, next) || label(next, Style::Line).is_some() {
        return false;
    }
    let inside = || label::next_label(line, &label::Edges::of(line), None).map(|(_, found)| found);
    let found = label(line, Style::Line).or_else(inside);
    found.is_some_and(|Labelled { kind, label, value, set, .. }| {
        let (from, to) = (label.offset_in(line) + label.len(), value.offset_in(line));
        let reaches_end = !value.is_empty() && to + value.len() == line.len();
        kind == Some(Kind::Mentors)
            && !set
            && reaches_end
            && line.as_str().get(from..to).is_some_and(|between| !between.contains(':'))
    })
}

/// True if the people at the end of a line may go on in the next: something joins them to it, or a name has only one word yet.
fn people_go_on(line: Text<'_>, next: Text<'_>) -> bool {
    let joining = &labels::Labels::get().joining;
    let (said, next) = (line.as_str().trim_end(), next.as_str());
    let mut last = said.rsplit(' ');
    let (last, before) = (last.next().unwrap_or_default(), last.next().unwrap_or_default());
    let is_name = |word: &str| word.starts_with(char::is_uppercase);
    said.ends_with([',', '&', '/', '(', '['])
        || next.starts_with(['(', '[', '<', '@', '&'])
        || [last, next].iter().any(|said| joining.of_people(said).is_some() || joining.before_name(said).is_some())
        || is_name(last) && !is_name(before)
}

/// Nobody breaks shorter lines for their length, in bytes.
const WIDE: usize = 40;

struct Reader<'a> {
    records: Records<'a>,
    /// The list items around the current node.
    items: Vec<usize>,
    /// The lists around it.
    lists: Vec<usize>,
    rows: u32,
}

impl<'a> Reader<'a> {
    /// Reads a node; returns the next one to read.
    fn node(&mut self, node: usize) -> usize {
        let document = self.records.document;
        let info = &document.nodes[node];
        for open in [&mut self.items, &mut self.lists] {
            while open.last().is_some_and(|&outer| document.nodes[outer].end() <= node) {
                open.pop();
            }
        }
        match info.kind {
            document::Kind::Item => self.items.push(node),
            document::Kind::List => self.lists.push(node),
            document::Kind::Table if !info.verbatim => {
                table::read(self, node);
                return info.end();
            }
            // Behind other text of an item it is a part of what the item says.
            document::Kind::Heading(_) if self.items.last().is_some_and(|&item| item + 1 < node) => self.paragraph(node),
            document::Kind::Heading(level) => self.whole(node, Place::Heading(level)),
            document::Kind::Term => self.whole(node, Place::Term),
            document::Kind::Summary => self.whole(node, Place::Summary),
            document::Kind::Paragraph | document::Kind::Code | document::Kind::Cell => self.paragraph(node),
            _ => {}
        }
        node + 1
    }

    /// A node that is one line, however it is broken.
    fn whole(&mut self, node: usize, place: Place) {
        let text = self.records.document.text(node).trim();
        if self.records.document.nodes[node].verbatim {
            return self.line(node, text, None, Place::Line, (true, true));
        }
        let style = if matches!(place, Place::Heading(_) | Place::Summary) { Style::Heading } else { Style::Item };
        let named = text.from(labels::chapter(text.as_str()).unwrap_or(0));
        let found = if place == Place::Summary { label(named, style) } else { label::with_remark(named, style) };
        // "GSoC tickets" over the whole page is its title.
        let is_level = |node: &document::Node| node.kind == document::Kind::Heading(1);
        let titles_page = place == Place::Heading(1)
            && self.records.lines.is_empty()
            && self.records.document.nodes.iter().filter(|node| is_level(node)).nth(1).is_none();
        // "Projects with confirmed mentors" stands over ideas.
        let first = text.as_str().split(' ').next().unwrap_or_default();
        let lists = |label: &Labelled<'_>| label.kind == Some(Kind::Mentors) && labels::Labels::get().announces_more(first);
        let found = found.filter(|label| !label.value.is_empty() || !(titles_page || lists(label)));
        // What is struck through has no text, and ends what stands before it.
        if !text.is_empty() || self.records.document.nodes[node].struck {
            self.line(node, text, found, place, (true, true));
        }
    }

    fn paragraph(&mut self, node: usize) {
        let document = self.records.document;
        let text = document.text(node).trim();
        let verbatim = document.nodes[node].verbatim;
        let begins_item = self.items.last().is_some_and(|&item| node == item + 1);
        let mut lines = text.lines().peekable();
        let mut first = true;
        let mut item = begins_item;
        while let Some(mut line) = lines.next() {
            let goes_on = |line, next| first && item && is_wrapped(line, next) || breaks_off_people(line, next);
            while let Some(next) = lines.next_if(|&next| !verbatim && goes_on(line, next)) {
                line = line.through(next);
            }
            let alone = first && lines.peek().is_none();
            // `… medium -`: the mark of the next item, which lost its line.
            let marked = line.as_str().ends_with(" -");
            let piped = line.as_str().ends_with('|');
            let before = self.records.lines.len();
            let line = without_pipes(if marked { line.cut(0..line.len() - 2).trim() } else { line });
            if line.is_empty() || is_edit_link(line) {
                // Bars alone part the cells of a table that lost its form.
                first |= piped;
                continue;
            }
            if verbatim {
                self.line(node, line, None, Place::Line, (first, alone));
            } else if let Some((level, title)) = unspaced_heading(line) {
                self.line(node, title, label(title, Style::Heading), Place::Heading(level), (true, true));
            } else {
                let mut place = if first && item { Place::Item } else { Place::Line };
                let mut rest = line;
                let next = lines.peek().copied();
                let is_above_field = |_: &usize| next.is_some_and(|next| label::known_label(next, Style::Line).is_some());
                while let Some(at) = last_title(rest).filter(is_above_field) {
                    self.split(node, rest.cut(0..at).trim(), place, (first, false));
                    (rest, place, first) = (rest.from(at), Place::Line, true);
                }
                self.split(node, rest, place, (first, alone && rest.len() == line.len()));
            }
            if let ([only], true) = (&mut self.records.lines[before..], piped) {
                only.piped = !verbatim;
            }
            first = marked;
            item = marked && begins_item;
        }
    }

    /// A line of text: as many lines as it has labels.
    fn split(&mut self, node: usize, line: Text<'a>, place: Place, (first, alone): (bool, bool)) {
        if let Some((before, inside, after)) = label::in_brackets(line) {
            if !before.is_empty() {
                self.split(node, before, place, (first, false));
            }
            for piece in inside {
                match label::in_piece(piece) {
                    Some(found) if found.kind.is_none() => self.line(node, piece, Some(found), Place::Line, (false, false)),
                    Some(_) => self.split(node, piece, Place::Line, (false, false)),
                    None => self.line(node, piece, Some(unnamed(piece, Kind::Other)), Place::Line, (false, false)),
                }
            }
            if !after.is_empty() {
                self.line(node, after, Some(unnamed(after, Kind::Description)), Place::Line, (false, false));
            }
            return;
        }
        if let Some(parts) = signed_parts(line) {
            for (at, part) in parts.into_iter().enumerate() {
                let place = if at == 0 { place } else { Place::Line };
                self.split(node, part, place, (first && at == 0, false));
            }
            return;
        }
        let style = if place == Place::Item { Style::Item } else { Style::Line };
        let edges = label::Edges::of(line);
        // "Linux basics**Repository:** …": a known label that clings to the words before it.
        let clings = |found: &Labelled<'_>| {
            let glued = |at: usize| at < found.label.len() && line.as_str()[..at].ends_with(char::is_alphanumeric);
            let next = || label::next_label(line, &edges, None);
            found.kind.is_none() && next().is_some_and(|(at, next)| glued(at) && next.kind.is_some())
        };
        let mut found = label(line, style).filter(|found| !clings(found));
        let mut rest = line;
        let mut place = place;
        let mut first = first;
        let mut alone = alone;
        loop {
            let value = found.map_or(rest, |found| found.value);
            let next = label::next_label(value, &edges, found.and_then(|found| found.kind));
            let Some((at, next)) = next else {
                // "mentored by Ada Byron and takes 175 hours": the sentence goes on behind the people.
                let after = rest.from(value.offset_in(rest) + value.len());
                let goes_on = found.is_some() && after.as_str().contains(char::is_alphanumeric);
                self.field(node, rest, found, value, place, (first, alone && !goes_on));
                if !goes_on {
                    return;
                }
                rest = after.trim_matches(|c| c.is_whitespace() || matches!(c, '.' | ',' | ';'));
                // What follows is no value of theirs, nor are the next lines.
                found = label(rest, Style::Line).or_else(|| Some(unnamed(rest, Kind::Description)));
                (first, alone, place) = (false, false, Place::Line);
                continue;
            };
            alone = false;
            // A parenthesis may begin here that the next label is in.
            let head = label::tidy(value.cut(0..at));
            let head = head.of(head.as_str().trim_end_matches('('));
            let head = head.trim_matches(|c| c.is_whitespace() || matches!(c, '|' | '•' | '·' | '-' | '–'));
            if found.is_some() || !head.is_empty() {
                self.field(node, rest, found, head, place, (first, alone));
                first = false;
                place = Place::Line;
            }
            rest = rest.from(next.label.offset_in(rest));
            found = Some(next);
        }
    }

    /// A line up to the end of its value; a title that clings to the value is a line of its own.
    fn field(
        &mut self,
        node: usize,
        line: Text<'a>,
        found: Option<Labelled<'a>>,
        value: Text<'a>,
        place: Place,
        (first, alone): (bool, bool),
    ) {
        let title = found.and_then(|_| glued_title(value)).map(|at| (value.cut(0..at).trim(), value.from(at)));
        let value = title.map_or(value, |(value, _)| value);
        let whole = if title.is_some() || found.is_some() { line.cut(0..value.offset_in(line) + value.len()) } else { value };
        self.line(node, whole, found.map(|found| Labelled { value, ..found }), place, (first, alone && title.is_none()));
        if let Some((_, title)) = title {
            self.line(node, title, None, Place::Line, (true, false));
        }
    }

    fn line(&mut self, node: usize, text: Text<'a>, found: Option<Labelled<'a>>, place: Place, (first, alone): (bool, bool)) {
        let label = found.map_or(0, |found| {
            self.records.labels.push(found);
            u32::try_from(self.records.labels.len()).unwrap_or(0)
        });
        let short = |n: usize| u32::try_from(n).unwrap_or(NONE);
        let is_value = self.is_defined(node);
        let start = text.offset_in(self.records.document.text(node));
        self.records.lines.push(Line {
            node: short(node),
            start: short(start),
            end: short(start + text.len()),
            label,
            item: self.items.last().map_or(NONE, |&item| short(item)),
            place,
            lists: u16::try_from(self.lists.len()).unwrap_or(u16::MAX),
            // What a term announces goes on from there, and is no title.
            first: first && !is_value,
            alone,
            piped: false,
            set: whole(text).filter(|_| !self.records.document.nodes[node].verbatim && !is_value),
        });
    }

    /// True for what stands beside a term that is a known label, or right below an empty label of a fact: a value, even if
    /// it is bold.
    fn is_defined(&self, node: usize) -> bool {
        let records = &self.records;
        let Some(before) = records.lines.len().checked_sub(1) else { return false };
        let Some(label) = records.label(before).filter(|label| label.value.is_empty()) else { return false };
        let nodes = &records.document.nodes;
        let beside = records.lines[before].place == Place::Term && nodes[node - 1].kind == document::Kind::Definition;
        let below = nodes[node].kind == document::Kind::Paragraph && !matches!(records.lines[before].place, Place::Cell(_));
        label.kind.is_some_and(|kind| beside || below && kind.is_telling())
    }
}

/// A value whose label stands nowhere.
fn unnamed(value: Text<'_>, kind: Kind) -> Labelled<'_> {
    Labelled { kind: Some(kind), label: value.cut(0..0), value, set: true, ended: true }
}

/// No title is longer, in bytes.
pub const LONGEST_TITLE: usize = 200;

/// What all of a line is.
fn whole(text: Text<'_>) -> Option<Whole> {
    let inner = text.trim_matches(|c| matches!(c, '*' | ':' | ' '));
    if inner.is_empty() || text.len() > LONGEST_TITLE {
        return None;
    }
    let covers = |end: Option<usize>| end.is_some_and(|end| end >= inner.len());
    if covers(inner.bold_prefix()) {
        return Some(Whole::Strong);
    }
    if covers(inner.marked_prefix(&[Set::Emphasis])) {
        return Some(Whole::Emphasis);
    }
    covers(inner.links().next().filter(|(range, _)| range.start == 0).map(|(range, _)| range.end)).then_some(Whole::Link)
}

/// `Medium**Dark mode**`: where a bold stretch begins that ends the line and clings to what stands before it.
fn glued_title(value: Text<'_>) -> Option<usize> {
    let (range, _) = value.marked(&[Set::Strong]).last()?;
    let before = value.as_str()[..range.start].chars().next_back()?;
    let ends = value.as_str()[range.end..].trim_start_matches([':', '.', '*']).is_empty();
    (ends && before.is_alphanumeric() && range.len() > 3).then_some(range.start)
}

/// "These are our ideas. **Dark mode**", above the first field of the idea: where a bold stretch begins that ends the line,
/// behind a sentence.
fn last_title(line: Text<'_>) -> Option<usize> {
    let (range, _) = line.marked(&[Set::Strong]).last().filter(|(range, _)| range.end == line.len())?;
    let before = line.as_str()[..range.start].trim_end();
    (before.ends_with(['.', ':', '!', '?', ')']) && label(line, Style::Line).is_none()).then_some(range.start)
}

/// `🧭 hard | ⏳ 350 h | 👤 Ada Byron`: the parts of a line that begin with a sign each, no two with the same.
fn signed_parts(line: Text<'_>) -> Option<Vec<Text<'_>>> {
    const LONGEST: usize = 300;
    let said = line.as_str();
    if said.is_ascii() || said.len() > LONGEST || !said.starts_with(is_sign) {
        return None;
    }
    let begins = |&(at, c): &(usize, char)| is_sign(c) && (at == 0 || said[..at].ends_with(char::is_whitespace));
    let (starts, signs): (Vec<usize>, Vec<char>) = said.char_indices().filter(begins).unzip();
    let differ = signs.iter().enumerate().all(|(at, sign)| !signs[..at].contains(sign));
    let ends = starts.iter().skip(1).copied().chain([said.len()]);
    let is_parting = |c: char| c.is_whitespace() || matches!(c, '|' | '·' | '•' | ',' | ';' | '/');
    let parts: Vec<_> = starts.iter().zip(ends).map(|(&start, end)| line.cut(start..end).trim_matches(is_parting)).collect();
    let say_something = parts.iter().all(|part| part.as_str().contains(char::is_alphanumeric));
    (starts.len() > 1 && differ && say_something).then_some(parts)
}

/// Without the pipes around a row of a table that lost its form.
fn without_pipes(line: Text<'_>) -> Text<'_> {
    line.trim_matches(|c| c == '|' || c.is_whitespace())
}

/// `###Title###`: a heading whose writer forgot the space. One `#` may begin a tag.
fn unspaced_heading(line: Text<'_>) -> Option<(u8, Text<'_>)> {
    let text = line.as_str();
    let level = text.len() - text.trim_start_matches('#').len();
    let begins = text[level..].starts_with(char::is_alphanumeric);
    let title = line.from(level).trim_matches(|c| c == '#' || c.is_whitespace());
    ((2..=6).contains(&level) && begins && !title.is_empty()).then(|| (u8::try_from(level).unwrap_or(6), title))
}

/// True for `[edit]` on a line of its own, which a wiki puts behind its headings.
fn is_edit_link(text: Text<'_>) -> bool {
    let around = |said: &str| said.chars().all(|c| matches!(c, '[' | ']' | '|' | ' '));
    let said = text.as_str();
    text.links().next().is_some_and(|(range, link)| link.edits() && around(&said[..range.start]) && around(&said[range.end..]))
}
