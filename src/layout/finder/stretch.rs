//! What in a stretch of lines belongs to each of its labels, and what belongs to none.

use std::ops::Range;

use crate::document::Document;
use crate::idea::mentor::Role;
use crate::labels::Kind;
use crate::prose::Text;
use crate::records::label::same;
use crate::records::{Part, Place, Records, Style, Whole};

use super::super::draft::Fact;
use super::shape::{self, Shape};

/// The labelled values of a stretch, and the texts that no label claims, both in page order.
#[derive(Debug, Default)]
pub(in crate::layout) struct Stretch<'a> {
    pub(in crate::layout) facts: Vec<Fact<'a>>,
    pub(in crate::layout) loose: Vec<Text<'a>>,
    /// Those of them that a table labels with words that we do not know.
    pub(in crate::layout) cells: Vec<Text<'a>>,
}

/// Reads the first lines of a whole document.
pub(in crate::layout) fn of(document: &Document, lines: usize) -> Stretch<'_> {
    let records = Records::read(document);
    read(&records, 0..records.len().min(lines), &[])
}

/// Reads the lines of a stretch; `skip` are lines that are told already: titles.
pub(super) fn read<'a>(records: &Records<'a>, range: Range<usize>, skip: &[usize]) -> Stretch<'a> {
    let mut reader = Reader { records, fields: Vec::new(), loose: Vec::new(), open: None, text_item: None, labelled: false };
    for line in range.filter(|line| !skip.contains(line)) {
        reader.line(line);
    }
    reader.finish()
}

/// A label and the pieces of its value so far.
struct Field<'a> {
    kind: Kind,
    label: Text<'a>,
    style: Style,
    /// The pieces, each with its node.
    parts: Vec<(Part<'a>, usize)>,
    /// True if it stands inside a text field: there it counts only if the idea says it nowhere else.
    inner: bool,
}

/// The field that is still taking text.
#[derive(Clone, Copy)]
struct Open {
    /// The line of its label, and the node of that.
    line: usize,
    node: usize,
    /// The item that the label begins, if it begins one.
    item: Option<usize>,
    /// The level of its heading.
    level: Option<u8>,
    /// Nothing stood on the label's own lines.
    expects_value: bool,
    /// A list's text went into it.
    listed: bool,
    /// A block after its own went into it.
    goes_on: bool,
}

struct Reader<'r, 'a> {
    records: &'r Records<'a>,
    fields: Vec<Field<'a>>,
    /// Texts that no label claims, each with its node and its last line.
    loose: Vec<(Text<'a>, usize, usize)>,
    open: Option<Open>,
    /// The last item that a text field begins.
    text_item: Option<usize>,
    /// The last block that went into a field began with a label that nobody knows.
    labelled: bool,
}

impl<'a> Reader<'_, 'a> {
    fn line(&mut self, line: usize) {
        let records = self.records;
        if let Some(label) = records.label(line) {
            match label.kind {
                Some(kind) if self.may_begin(line, kind) => return self.begin(line, kind),
                _ => {}
            }
        }
        let text = records.text(line);
        // "Click to expand" is no part of what folds.
        if records.lines[line].place == Place::Summary || text.is_empty() {
            return;
        }
        let level = records.level(line);
        // A heading inside an idea: prose goes on below it, a list of mentors does not.
        if level.is_some() && !self.is_prose_open() {
            self.open = None;
        }
        if self.belongs(line) {
            self.feed(line, text);
        } else {
            self.open = None;
            if !self.is_reference(line) {
                self.lose(line, text);
            }
        }
    }

    /// True for "Forum for discussion: <link>": a label of no field, and a link.
    fn is_reference(&self, line: usize) -> bool {
        let value = self.records.value(line);
        self.records.label(line).is_some() && value.links().next().is_some_and(|(range, _)| range.end == value.len())
    }

    /// More of a node that is lost already is one text with it.
    fn lose(&mut self, line: usize, text: Text<'a>) {
        let node = self.records.node(line);
        match self.loose.last_mut() {
            Some((last, of, before)) if *of == node && *before + 1 == line => {
                *last = last.through(text);
                *before = line;
            }
            _ => self.loose.push((text, node, line)),
        }
    }

    fn feed(&mut self, line: usize, text: Text<'a>) {
        let node = self.records.node(line);
        let listed = self.records.item(line).is_some();
        let Some(field) = self.fields.last_mut() else { return };
        if field.kind == Kind::Mentors && says_how_many(text) {
            return;
        }
        if let Some(open) = &mut self.open {
            open.listed |= listed && node != open.node;
            open.goes_on |= node != open.node;
        }
        match field.parts.last_mut() {
            // Lines of one block are one piece.
            Some((part, of)) if *of == node && part.text.whole().len() == text.whole().len() => {
                part.text = part.text.through(text);
            }
            _ => {
                let own = self.open.is_some_and(|open| open.node == node);
                field.parts.push((Part { text, listed: listed && !own }, node));
                self.labelled = self.records.label(line).is_some();
            }
        }
    }

    fn begin(&mut self, line: usize, kind: Kind) {
        let records = self.records;
        let Some(label) = records.label(line) else { return };
        let style = records.style(line);
        let item = (style == Style::Item).then(|| records.item(line)).flatten();
        let inner = self.text_item.is_some_and(|outer| item != Some(outer) && records.is_in(line, outer));
        if kind.is_prose() && !inner {
            self.text_item = item;
        }
        let node = records.node(line);
        let value = if kind == Kind::Mentors && says_how_many(label.value) { label.value.cut(0..0) } else { label.value };
        let mut parts = Vec::new();
        if !value.is_empty() {
            parts.push((Part { text: value, listed: false }, node));
        }
        self.fields.push(Field { kind, label: label.label, style, parts, inner });
        self.open = Some(Open {
            line,
            node,
            item,
            level: records.level(line),
            expects_value: value.is_empty(),
            listed: false,
            goes_on: false,
        });
    }

    /// True if a label may end the open field.
    fn may_begin(&self, line: usize, kind: Kind) -> bool {
        let records = self.records;
        let Some(label) = records.label(line) else { return false };
        let style = records.style(line);
        let has_value = !label.value.is_empty();
        // "Note:", "Example:" are text unless they are set as labels.
        if matches!(kind, Kind::Other | Kind::Links) && style == Style::Line && !label.set {
            return false;
        }
        // `[Project](…)`: the name of what it leads to.
        if records.lines[line].set == Some(Whole::Link) && !has_value && !label.ended && !kind.is_telling() {
            return false;
        }
        let (Some(open), Some(field)) = (&self.open, self.fields.last()) else { return true };
        if style == Style::Heading {
            return true;
        }
        let again = label.label.as_str().eq_ignore_ascii_case(field.label.as_str());
        // "Documentation skills" in a list of skills is one of them.
        let beside = open.expects_value && records.item(line).is_some() && same(kind) == same(field.kind);
        if beside && !has_value && !label.set && !again && !label.ended {
            return false;
        }
        let nested = match open.item {
            Some(item) => records.item(line).is_some_and(|inner| inner != item) && records.is_in(line, item),
            None => self.is_in_inner_item(line) && (open.level.is_some() || open.expects_value || open.listed),
        };
        if !nested {
            return true;
        }
        // "- Mentor(s): …" in the list below "Skills" is no skill.
        let headed = label.ended && open.item.is_none();
        let tells = kind.is_telling() || (headed && kind == Kind::Outcomes && field.kind == Kind::Description);
        let other = same(kind) != same(field.kind);
        tells && other && (field.kind.is_prose() || label.set || headed)
            // "Project requirements" with the facts in a list below it.
            || (field.parts.is_empty() && kind.is_telling() && other)
    }

    /// True for a line in a list item that the open label is not in itself.
    fn is_in_inner_item(&self, line: usize) -> bool {
        let item = self.records.item(line);
        item.is_some() && self.open.is_none_or(|open| self.records.item(open.line) != item)
    }

    fn is_prose_open(&self) -> bool {
        self.open.is_some() && self.fields.last().is_some_and(|field| field.kind.is_prose())
    }

    /// True if an unlabelled line is more of the open field's value.
    fn belongs(&self, line: usize) -> bool {
        let records = self.records;
        let (Some(open), Some(field)) = (&self.open, self.fields.last()) else { return false };
        if records.is_verbatim(line) {
            return true;
        }
        let prose = field.kind.is_prose();
        let node = records.node(line);
        let in_list = self.is_in_inner_item(line);
        let unknown = records.label(line).is_some();
        if field.kind == Kind::Title && !open.expects_value {
            return false;
        }
        if field.style == Style::Cell && records.style(line) == Style::Cell {
            return node == open.node && !unknown;
        }
        if !prose && !open.expects_value && self.is_reference(line) {
            return false;
        }
        // All definitions of a term.
        if records.lines[open.line].place == Place::Term
            && let Some(list) = records.document.container(open.node)
            && node < records.document.nodes[list].end()
        {
            return records.lines[line].place != Place::Term;
        }
        // The rest of the label's own block.
        if node == open.node {
            return !(unknown && records.label(line).is_some_and(|label| label.set)) || prose && !open.expects_value;
        }
        if let Some(item) = open.item {
            if records.is_in(line, item) {
                return true;
            }
            // The items after it: the list goes on as the value, unless the value was already there.
            if in_list {
                // "- Mentors" above "- Primary: Ada Byron": an item is labelled with a role.
                let is_role =
                    |line: usize| records.label(line).is_some_and(|label| Role::from_words(label.label.as_str()).is_some());
                let named = || matches!(shape::of(records.value(line)), Some(Shape::Names | Shape::Handles));
                let goes_on = || line > open.line + 1 && is_role(line - 1);
                let is_part = !unknown || field.kind == Kind::Mentors && named() && (is_role(line) || goes_on());
                let single = open.expects_value && !open.goes_on && is_part;
                let more = open.expects_value && open.listed && is_part;
                return single || more || (prose && !unknown && records.lines[line].lists == 1);
            }
            return (open.expects_value && !open.goes_on) || (prose && !open.expects_value && !unknown);
        }
        match field.style {
            // "Frontend: HTML" right below "Skills" is a part of the value, with its paragraph.
            Style::Heading => {
                let own = || field.parts.last().is_some_and(|&(_, last)| last == node);
                !unknown || prose || in_list || open.expects_value && (!open.goes_on || own())
            }
            Style::Cell | Style::Key => false,
            Style::Item | Style::Line if prose => !(unknown && records.label(line).is_some_and(|label| label.set)),
            // "Knowledge Prerequisite:" over "Languages: PHP": a part of the value, with its paragraph.
            _ if unknown && !in_list && (!open.expects_value || open.goes_on && !self.is_labelled_block(line)) => false,
            // One paragraph after an empty label; none after a list.
            Style::Item | Style::Line if !in_list => {
                let own = field.parts.last().is_some_and(|&(_, last)| last == node);
                let first = open.expects_value && !open.goes_on;
                // Each mentor may have a paragraph.
                own || first || (!open.listed && field.kind == Kind::Mentors && self.is_next_person(line))
            }
            Style::Item | Style::Line => {
                open.listed
                    || open.expects_value && !open.goes_on
                    || field.parts.last().is_some_and(|(part, _)| !open.goes_on && part.text.as_str().ends_with(':'))
            }
        }
    }

    /// True for one more person: with an address or a handle, or by name in a box of their own, as the one before.
    fn is_next_person(&self, line: usize) -> bool {
        let text = self.records.text(line);
        let before = || self.fields.last().and_then(|field| field.parts.last());
        let is_named = |text| matches!(shape::of(text), Some(Shape::Names | Shape::Handles));
        let in_box =
            |open: Open| self.records.document.boxes_around(self.records.node(line)).any(|around| !around.contains(&open.node));
        is_person(text)
            || is_named(text)
                && self.open.is_some_and(|open| open.expects_value && in_box(open))
                && before().is_none_or(|(part, _)| is_named(part.text))
    }

    /// True for a line of a block that began with a label that nobody knows, in the open field.
    fn is_labelled_block(&self, line: usize) -> bool {
        let last = self.fields.last().and_then(|field| field.parts.last());
        self.labelled && last.is_some_and(|&(_, last)| last == self.records.node(line))
    }

    fn finish(self) -> Stretch<'a> {
        let mut out = Stretch::default();
        let outer: Vec<Kind> =
            self.fields.iter().filter(|field| !field.inner && !field.parts.is_empty()).map(|field| field.kind).collect();
        for field in self.fields {
            if field.inner && outer.contains(&field.kind) {
                continue;
            }
            let parts = field.parts.into_iter().map(|(part, _)| part).collect();
            out.facts.push(Fact::new(field.kind, field.label, field.style, parts));
        }
        let is_cell =
            |line: usize| matches!(self.records.lines[line].place, Place::Cell(_)) && self.records.label(line).is_some();
        out.cells = self.loose.iter().filter(|&&(_, _, line)| is_cell(line)).map(|&(text, ..)| text).collect();
        out.loose = self.loose.into_iter().map(|(text, ..)| text).collect();
        out
    }
}

/// "Jane Doe, mail: jane (at) example.org": short, and with an address or a handle.
fn is_person(line: Text<'_>) -> bool {
    let said = line.as_str();
    said.len() <= 120 && !said.ends_with(['.', '!', '?']) && (said.contains('@') || said.contains("(at)"))
}

/// "(at least two are required)": a remark on mentors that names none.
fn says_how_many(text: Text<'_>) -> bool {
    let said = text.as_str();
    let Some(inner) = said.strip_prefix('(').and_then(|said| said.strip_suffix(')')) else { return false };
    let named = |(at, word): (usize, &str)| at > 0 && word.starts_with(char::is_uppercase);
    inner.split_whitespace().nth(1).is_some()
        && !inner.contains(['@', '(', ')', ','])
        && !inner.split_whitespace().enumerate().any(named)
        && text.links().next().is_none()
}

/// True for a line that may stand for a heading: all of it is bold.
pub(super) fn is_bold_line(records: &Records<'_>, line: usize) -> bool {
    records.lines[line].set == Some(Whole::Strong) && records.lines[line].place != Place::Item
}
