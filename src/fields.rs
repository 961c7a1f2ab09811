//! Which stretches of a page are labelled, and what belongs to each label.
//!
//! A label may be a heading, the beginning of a list item, a bold lead-in, a plain line, or a cell of a table; several may
//! share a line. Its value is what follows on the line, and then whatever a reader would still count to it. This room
//! knows what labels mean (`labels`), but not what an idea is: that is the business of `layout`.

mod label;
mod people;

use std::ops::Range;

use crate::document::{self, Document};
use crate::labels::Kind;
use crate::prose::Text;

pub use label::{Labelled, label};

use label::{bold_label_inside, ends_marked, labels_in_prose, next_label, tidy};

/// How a label is written; it decides how far its value reaches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// `#### Mentors`
    Heading,
    /// `- Mentors: …`
    Item,
    /// `**Mentors**: …` or `Mentors: …`, in a paragraph.
    Line,
    /// A cell under or beside its label.
    Cell,
    /// A key of front matter or JSON.
    Key,
}

/// A label and its value.
#[derive(Clone, Debug)]
pub struct Field<'a> {
    /// What the label announces.
    pub kind: Kind,
    /// The label, without the mark that ends it.
    pub label: Text<'a>,
    /// How it is written.
    pub style: Style,
    /// What stands on the label's own lines; may be empty.
    pub value: Text<'a>,
    /// The nodes after it that belong to it.
    pub nodes: Range<usize>,
    /// True if it stands inside a text field: there it counts only if the idea says it nowhere else.
    pub inner: bool,
}

/// A piece of a field's value.
#[derive(Clone, Copy, Debug)]
pub struct Part<'a> {
    /// The text.
    pub text: Text<'a>,
    /// True for an item of a list.
    pub listed: bool,
}

impl<'a> Field<'a> {
    /// The value in pieces: what stands beside the label, then each paragraph and list item after it.
    pub fn parts(&self, document: &'a Document) -> impl Iterator<Item = Part<'a>> + use<'a> {
        let base = self.nodes.clone().next().map_or(0, |node| document.nodes[node].depth);
        let own = (!self.value.is_empty()).then_some(Part { text: self.value, listed: false });
        own.into_iter().chain(
            document
                .texts(self.nodes.clone())
                .map(move |(node, text)| Part { text, listed: document.nodes[node].depth > base || base > 1 }),
        )
    }

    /// True if nothing stands where the value should be.
    pub fn is_empty(&self, document: &'a Document) -> bool {
        self.parts(document).next().is_none()
    }
}

/// What was found in a range of nodes.
#[derive(Debug, Default)]
pub struct Fields<'a> {
    /// The labelled values, in page order.
    pub fields: Vec<Field<'a>>,
    /// The texts that no label claims.
    pub loose: Vec<usize>,
}

/// Reads the fields in a range of nodes (a section, a list item, a cell).
pub fn read(document: &Document, range: Range<usize>) -> Fields<'_> {
    let mut reader = Reader { document, out: Fields::default(), open: None, items: Vec::new(), text_item: None };
    let mut node = range.start;
    while node < range.end {
        node = reader.node(node);
    }
    reader.out
}

struct Reader<'a> {
    document: &'a Document,
    out: Fields<'a>,
    open: Option<Open>,
    /// The list items that the current node is in: their nodes.
    items: Vec<usize>,
    /// The last item that a text field begins.
    text_item: Option<usize>,
}

/// Where a line stands.
#[derive(Clone, Copy)]
struct Place {
    style: Style,
    /// Nothing else is in its paragraph.
    alone: bool,
    /// It begins its paragraph, or the line before it ended a sentence.
    fresh: bool,
}

/// The field that is still taking text.
struct Open {
    /// The item that the label begins, if it begins one.
    item: Option<usize>,
    /// True once a list's text went into it.
    listed: bool,
    /// True if its value was still empty when its own item or paragraph ended.
    hungry: bool,
}

impl<'a> Reader<'a> {
    /// Reads a node; returns the next one to read.
    fn node(&mut self, node: usize) -> usize {
        let info = &self.document.nodes[node];
        while self.items.last().is_some_and(|&item| self.document.nodes[item].end <= node) {
            self.items.pop();
        }
        match info.kind {
            document::Kind::Item => self.items.push(node),
            _ if info.verbatim => self.verbatim(node),
            document::Kind::Rule => self.open = None,
            document::Kind::Heading(_) | document::Kind::Term | document::Kind::Summary => self.heading(node),
            document::Kind::Paragraph | document::Kind::Code => self.paragraph(node),
            document::Kind::Table => {
                self.table(node);
                return info.end;
            }
            _ => {}
        }
        node + 1
    }

    /// A node that is text, whatever it looks like.
    fn verbatim(&mut self, node: usize) {
        let text = self.document.text(node).trim();
        if !text.is_empty() {
            self.claim(node, text);
        }
    }

    fn heading(&mut self, node: usize) {
        let text = self.document.text(node).trim();
        if let Some(found) = label(text, Style::Heading) {
            self.begin(found, Style::Heading, node);
        } else {
            // A heading inside an idea: prose goes on below it, a list of mentors does not.
            if !self.is_prose_open() {
                self.open = None;
            }
            self.claim(node, text);
        }
    }

    fn paragraph(&mut self, node: usize) {
        let text = self.document.text(node).trim();
        if text.is_empty() {
            return;
        }
        let first_of_item = self.items.last().is_some_and(|&item| node == item + 1);
        let style = if first_of_item { Style::Item } else { Style::Line };
        let mut claimed = false;
        let mut lines = text.lines().peekable();
        let mut first = true;
        let mut ended = true;
        while let Some(line) = lines.next() {
            // Only the first line of an item is its label; the others are lines.
            let style = if first { style } else { Style::Line };
            let alone = first && lines.peek().is_none();
            first = false;
            let place =
                Place { style, alone, fresh: std::mem::replace(&mut ended, line.as_str().ends_with(['.', '!', '?', ':'])) };
            match self.label_here(line, place) {
                Some((before, found)) => {
                    if !before.is_empty() && !claimed {
                        self.take(node, before, &mut claimed);
                    }
                    self.begin_all(found, style, node);
                    claimed = true;
                }
                None => match labels_in_prose(line) {
                    Some((before, found)) if self.open_takes_prose() => {
                        self.take(node, before, &mut claimed);
                        for found in found {
                            self.begin(found, Style::Line, node);
                        }
                        claimed = true;
                    }
                    _ => self.take(node, line, &mut claimed),
                },
            }
        }
        self.end_paragraph(node);
    }

    /// The label that a line begins with, or that stands bold in its middle, if a label may stand here.
    fn label_here(&self, line: Text<'a>, place: Place) -> Option<(Text<'a>, Labelled<'a>)> {
        let style = place.style;
        let found = label(line, style).filter(|found| {
            // A word on its own in the middle of a sentence is text that happens to break there.
            let line_label = place.fresh && found.kind.is_telling() && line.as_str().starts_with(char::is_uppercase);
            found.bold || !found.value.is_empty() || style == Style::Item || place.alone || ends_as_label(line) || line_label
        });
        let (before, found) = match found {
            Some(found) => (line.cut(0..0), found),
            None => bold_label_inside(line)?,
        };
        self.may_begin(&found, style, ends_marked(line, &found)).then_some((before, found))
    }

    /// True if a label may end the open field here.
    fn may_begin(&self, found: &Labelled<'_>, style: Style, colon: bool) -> bool {
        let prose_only = found.kind == Kind::Other || found.kind == Kind::Links;
        // "Note:", "Example:" are text unless they are set as labels.
        if prose_only && style == Style::Line && !found.bold {
            return false;
        }
        let (Some(open), Some(field)) = (&self.open, self.out.fields.last()) else { return true };
        // "Documentation skills" in a list of skills is one of them.
        let again = found.label.as_str().eq_ignore_ascii_case(field.label.as_str());
        let beside = open.hungry && !self.items.is_empty() && same(found.kind) == same(field.kind);
        if beside && found.value.is_empty() && !found.bold && !again {
            return false;
        }
        let nested = match open.item {
            // Deeper than the field's own item.
            Some(item) => self.items.last().is_some_and(|&inner| inner != item) && self.items.contains(&item),
            None => !self.items.is_empty() && (field.style == Style::Heading || open.hungry || open.listed),
        };
        if !nested {
            return true;
        }
        // "- Mentor(s): …" in the list below "Skills" is no skill.
        let headed = colon && open.item.is_none();
        let tells = found.kind.is_telling() || (headed && found.kind == Kind::Outcomes && field.kind == Kind::Description);
        tells && same(found.kind) != same(field.kind) && (field.kind.is_prose() || found.bold || headed)
            // "Project requirements" with the facts in a list below it.
            || (field.value.is_empty() && field.nodes.is_empty() && found.kind.is_telling() && same(found.kind) != same(field.kind))
    }

    fn begin_all(&mut self, found: Labelled<'a>, style: Style, node: usize) {
        let mut found = found;
        loop {
            let (head, next) = match next_label(&found) {
                Some((end, next)) => (found.value.cut(0..end).trim(), Some(next)),
                None => (found.value, None),
            };
            // "Expected outcome: it boots. Size: 90 hours. Difficulty: easy."
            let more = if found.kind.is_prose() { labels_in_prose(head) } else { None };
            let (head, more) = more.unwrap_or((head, Vec::new()));
            self.begin(Labelled { value: tidy(head), ..found }, style, node);
            for found in more {
                self.begin(found, Style::Line, node);
            }
            match next {
                Some(next) => found = next,
                None => return,
            }
        }
    }

    fn begin(&mut self, found: Labelled<'a>, style: Style, node: usize) {
        let item = (style == Style::Item).then(|| self.items.last().copied()).flatten();
        let inner = self.text_item.is_some_and(|outer| item != Some(outer) && self.items.contains(&outer));
        if found.kind.is_prose() && !inner {
            self.text_item = item;
        }
        self.out.fields.push(Field {
            kind: found.kind,
            label: found.label,
            style,
            value: found.value,
            nodes: node + 1..node + 1,
            inner,
        });
        self.open = Some(Open { item, listed: false, hungry: false });
    }

    /// A line without a label: more of the open field's own lines, or else a claim on the node.
    fn take(&mut self, node: usize, line: Text<'a>, claimed: &mut bool) {
        if *claimed {
            // "Forum for discussion: …" below "Skills: Go" is no more of the skills.
            let told = |field: &Field<'_>| {
                let open = !field.kind.is_prose() && field.kind != Kind::Mentors && field.nodes.start == node + 1;
                open && !field.value.is_empty() && !field.value.as_str().contains('\n')
            };
            if is_linked_label(line) && self.out.fields.last().is_some_and(told) {
                self.open = None;
                return;
            }
            if let Some(field) = self.out.fields.last_mut().filter(|field| field.nodes.start == node + 1 && self.open.is_some()) {
                field.value = if field.value.is_empty() { line } else { join(field.value, line) };
            }
            return;
        }
        *claimed = true;
        self.claim(node, line);
    }

    /// Gives a node to the open field, or to nobody.
    fn claim(&mut self, node: usize, line: Text<'a>) {
        if self.belongs(line) {
            if let (Some(open), Some(field)) = (&mut self.open, self.out.fields.last_mut()) {
                field.nodes.end = node + 1;
                open.listed |= !self.items.is_empty();
            }
        } else {
            self.open = None;
            self.out.loose.push(node);
        }
    }

    fn belongs(&self, line: Text<'_>) -> bool {
        let (Some(open), Some(field)) = (&self.open, self.out.fields.last()) else { return false };
        let prose = field.kind.is_prose();
        if let Some(item) = open.item {
            if self.items.contains(&item) {
                return true;
            }
            // The items after it: the list goes on as the value, unless the value was already there.
            let sibling = self.items.len() == 1 || open.hungry;
            if !self.items.is_empty() {
                // "- Proposed by: …" after an empty "- Co-mentor:" is a label of its own.
                return (open.hungry && (prose || !is_unknown_label(line))) || (prose && sibling && !is_unknown_label(line));
            }
            return (open.hungry && !open.listed) || (prose && !open.hungry);
        }
        match field.style {
            Style::Heading => true,
            Style::Cell | Style::Key => false,
            Style::Item | Style::Line if prose => true,
            // One paragraph after an empty label; none after a list.
            Style::Item | Style::Line if self.items.is_empty() => {
                let first = open.hungry && !open.listed && field.nodes.is_empty();
                // Each mentor may have a paragraph.
                first || (open.hungry && !open.listed && field.kind == Kind::Mentors && is_person(line))
            }
            Style::Item | Style::Line => {
                open.hungry || open.listed || (field.nodes.is_empty() && field.value.as_str().ends_with(':'))
            }
        }
    }

    /// True unless a field that is no text is taking what comes.
    fn open_takes_prose(&self) -> bool {
        self.open.is_none() || self.is_prose_open()
    }

    fn is_prose_open(&self) -> bool {
        self.open.is_some() && self.out.fields.last().is_some_and(|field| field.kind.is_prose())
    }

    fn end_paragraph(&mut self, node: usize) {
        if let (Some(open), Some(field)) = (&mut self.open, self.out.fields.last())
            && field.nodes.start == node + 1
            && field.nodes.is_empty()
        {
            let nested = open.item.is_some_and(|item| self.document.nodes[item].end > node + 1);
            open.hungry = field.value.is_empty() && !nested;
        }
    }

    /// A table of facts: labels in its head over one row, or labels in its first column.
    fn table(&mut self, table: usize) {
        let rows: Vec<Vec<usize>> = self.document.children(table).map(|row| self.document.children(row).collect()).collect();
        let cell_label = |cell: usize| label(self.document.text(cell).trim(), Style::Cell).filter(|found| found.value.is_empty());
        let mut found = Vec::new();
        if let [head, row] = rows.as_slice()
            && head.len() == row.len()
            && head.iter().filter(|&&cell| cell_label(cell).is_some()).count() * 2 > head.len()
        {
            found.extend(head.iter().zip(row).filter_map(|(&head, &cell)| Some((cell_label(head)?, cell))));
        } else if rows.iter().all(|row| row.len() == 2) {
            // The head may say "Field | Value", or be the first fact.
            let fact =
                |row: &Vec<usize>| cell_label(row[0]).filter(|_| cell_label(row[1]).is_none()).map(|found| (found, row[1]));
            found.extend(rows.iter().filter_map(fact));
            if !found.iter().any(|(found, _)| found.kind.is_telling()) {
                found.clear();
            }
        }
        if found.is_empty() {
            found = people::read(self.document, &rows);
        }
        if found.is_empty() {
            let texts: Vec<_> = self.document.texts(table..self.document.nodes[table].end).collect();
            for (node, text) in texts {
                self.claim(node, text);
            }
            return;
        }
        for (found, cell) in found {
            self.out.fields.push(Field {
                kind: found.kind,
                label: found.label,
                style: Style::Cell,
                value: self.document.text(cell).trim(),
                nodes: cell + 1..cell + 1,
                inner: false,
            });
        }
        self.open = None;
    }
}

/// The kind, where those that are read together count as one.
fn same(kind: Kind) -> Kind {
    match kind {
        Kind::Technologies => Kind::Skills,
        Kind::MentorHandles | Kind::MentorEmails => Kind::Mentors,
        kind => kind,
    }
}

/// Two stretches of one paragraph and everything between them.
fn join<'a>(first: Text<'a>, last: Text<'a>) -> Text<'a> {
    first.through(last)
}

/// "Jane Doe, mail: jane (at) example.org": short, and with an address or a handle.
fn is_person(line: Text<'_>) -> bool {
    let said = line.as_str();
    said.len() <= 120 && !said.ends_with(['.', '!', '?']) && (said.contains('@') || said.contains("(at)"))
}

/// "- Type: …" after a description: a label that we do not know, and not more of the text.
fn is_unknown_label(line: Text<'_>) -> bool {
    let text = line.as_str();
    text.find(':').is_some_and(|at| {
        at < 30
            && !text[at..].starts_with("://")
            && text[..at].split_whitespace().count() <= 3
            && line.bold_prefix().is_none_or(|end| end + 1 >= at)
    })
}

/// The same, and the value is a link: no skill, no level, no size. Anything else below "Skills: …" may be more of them.
fn is_linked_label(line: Text<'_>) -> bool {
    is_unknown_label(line)
        && line.bold_prefix().is_none()
        && line.links().next().is_some_and(|(range, _)| range.end == line.len())
}

/// What would be the label of a line that begins with none we know, and whether a colon or boldness marks it as one.
pub fn unknown_label(line: Text<'_>) -> (Text<'_>, bool) {
    let bold = line.bold_prefix();
    let colon = line.as_str().find(':').filter(|_| is_unknown_label(line));
    let end = colon.or(bold).unwrap_or(line.len());
    (line.cut(0..end).trim_matches(|c| c.is_whitespace() || "*_:".contains(c)), colon.is_some() || bold.is_some())
}

fn ends_as_label(line: Text<'_>) -> bool {
    line.as_str().trim_end_matches(['*', '_', ' ', '|']).ends_with([':', '：'])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Span;

    fn fields(markdown: &str) -> Vec<(Kind, String)> {
        let document = Document::read(markdown, Span::new(0, markdown.len()));
        let found = read(&document, 0..document.nodes.len());
        let show = |field: &Field<'_>| {
            let parts: Vec<_> = field.parts(&document).map(|part| part.text.flow()).collect();
            (field.kind, parts.join(" | "))
        };
        found.fields.iter().map(show).collect()
    }

    #[test]
    fn labels_are_found_however_they_are_set() {
        use Kind::{Description, Difficulty, Mentors, Outcomes, Size, Skills, Upstream};
        for (markdown, meaning) in [
            ("- Description: text\n- Mentor(s):\n  - A\n  - B\n", &[(Description, "text"), (Mentors, "A | B")][..]),
            ("- **Description:** text\n  more\n- **Recommended Skills**: Go\n", &[(Description, "text more"), (Skills, "Go")]),
            ("- Recommended Skills**: Go\n", &[(Skills, "Go")]),
            ("#### Difficulty: Medium\n#### Mentors @a , B\n", &[(Difficulty, "Medium"), (Mentors, "@a , B")]),
            ("#### Mentors:\nA\n\nB\n#### Difficulty\nhard\n", &[(Mentors, "A | B"), (Difficulty, "hard")]),
            ("**Size**: 90\n\n**Mentors**\n\n- A\n- B\n\nNot a mentor.\n", &[(Size, "90"), (Mentors, "A | B")]),
            ("description: |\n  some text\nexpectedOutcome:\n  - one\n", &[(Description, "some text"), (Outcomes, "one")]),
            (
                "- **Deliverables**:\n- one thing\n- Guide: another\n- **Skills**:\n- Go\n",
                &[(Outcomes, "one thing | Guide: another"), (Skills, "Go")],
            ),
            ("- Skills: Go\n- Type: remote\n- Issue: #1\n", &[(Skills, "Go"), (Kind::Other, "remote"), (Upstream, "#1")]),
            (
                "- Description: text\nRecommended Skills: Go\n- Mentor: A\n",
                &[(Description, "text"), (Skills, "Go"), (Mentors, "A")],
            ),
            (
                "**Mentors:**[A](https://a.example)**Skills:**Go, C**Size:**Large*(350 hours)***Difficulty:**Hard\n",
                &[(Mentors, "A"), (Skills, "Go, C"), (Size, "Large(350 hours)"), (Difficulty, "Hard")],
            ),
            ("Difficulty: easy | Size: 90 h\n", &[(Difficulty, "easy"), (Size, "90 h")]),
            ("- Expected Size (90 hrs/small, 175 hrs/medium): 175 hrs\n", &[(Size, "175 hrs")]),
            ("- Skills:\n  - **Languages:** Go\n  - Docker\n", &[(Skills, "Languages: Go | Docker")]),
            ("| Mentor | Difficulty |\n|--|--|\n| A | easy |\n", &[(Mentors, "A"), (Difficulty, "easy")]),
            ("| Fact | Value |\n|--|--|\n| Mentor | A |\n| Size | 90 |\n", &[(Mentors, "A"), (Size, "90")]),
            ("Mentors expecting a plan every week.\n", &[]),
            ("Note: nothing here\n", &[]),
        ] {
            let meaning: Vec<_> = meaning.iter().map(|&(kind, text)| (kind, text.to_owned())).collect();
            assert_eq!(fields(markdown), meaning, "{markdown}");
        }
    }
}
