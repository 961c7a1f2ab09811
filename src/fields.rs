//! Which stretches of a page are labelled, and what belongs to each label.
//!
//! A label may be a heading, the beginning of a list item, a bold lead-in, a plain line, or a cell of a table; several may
//! share a line. Its value is what follows on the line, and then whatever a reader would still count to it. This room
//! knows what labels mean (`labels`), but not what an idea is: that is the business of `layout`.

use std::ops::Range;

use crate::labels::{Kind, Labels, Mark, Scan};
use crate::outline::{self, Outline};
use crate::prose::Text;

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
    pub fn parts(&self, outline: &'a Outline) -> impl Iterator<Item = Part<'a>> + use<'a> {
        let base = self.nodes.clone().next().map_or(0, |node| outline.nodes[node].depth);
        let own = (!self.value.is_empty()).then_some(Part { text: self.value, listed: false });
        own.into_iter().chain(
            outline
                .texts(self.nodes.clone())
                .map(move |(node, text)| Part { text, listed: outline.nodes[node].depth > base || base > 1 }),
        )
    }

    /// All lines of all parts.
    pub fn lines(&self, outline: &'a Outline) -> impl Iterator<Item = Text<'a>> + use<'a> {
        self.parts(outline).flat_map(|part| part.text.lines())
    }

    /// True if nothing stands where the value should be.
    pub fn is_empty(&self, outline: &'a Outline) -> bool {
        self.parts(outline).next().is_none()
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
pub fn read(outline: &Outline, range: Range<usize>) -> Fields<'_> {
    let mut reader = Reader { outline, out: Fields::default(), open: None, items: Vec::new(), text_item: None };
    let mut node = range.start;
    while node < range.end {
        node = reader.node(node);
    }
    reader.out
}

/// A line that begins with a label.
#[derive(Clone, Copy, Debug)]
pub struct Labelled<'a> {
    /// What the label announces.
    pub kind: Kind,
    /// The label.
    pub label: Text<'a>,
    /// What follows it on the line.
    pub value: Text<'a>,
    /// True if the label is bold.
    pub bold: bool,
}

struct Reader<'a> {
    outline: &'a Outline,
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
        let info = &self.outline.nodes[node];
        while self.items.last().is_some_and(|&item| self.outline.nodes[item].end <= node) {
            self.items.pop();
        }
        match info.kind {
            outline::Kind::Item => self.items.push(node),
            outline::Kind::Rule => self.open = None,
            outline::Kind::Heading(_) => self.heading(node),
            outline::Kind::Paragraph | outline::Kind::Code => self.paragraph(node),
            outline::Kind::Table => {
                self.table(node);
                return info.end;
            }
            outline::Kind::List | outline::Kind::Quote | outline::Kind::Row | outline::Kind::Cell | outline::Kind::Html => {}
        }
        node + 1
    }

    fn heading(&mut self, node: usize) {
        let text = self.outline.text(node).trim();
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
        let text = self.outline.text(node).trim();
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
        self.may_begin(&found, style).then_some((before, found))
    }

    /// True if a label may end the open field here.
    fn may_begin(&self, found: &Labelled<'_>, style: Style) -> bool {
        let prose_only = found.kind == Kind::Other || found.kind == Kind::Links;
        // "Note:", "Example:" are text unless they are set as labels.
        if prose_only && style == Style::Line && !found.bold {
            return false;
        }
        let (Some(open), Some(field)) = (&self.open, self.out.fields.last()) else { return true };
        // "Documentation skills" in a list of skills is one of them.
        if open.hungry && found.value.is_empty() && !found.bold && same(found.kind) == same(field.kind) && !self.items.is_empty()
        {
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
        found.kind.is_telling() && same(found.kind) != same(field.kind) && (field.kind.is_prose() || found.bold)
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
            self.begin(Labelled { value: tidy(head), ..found }, style, node);
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
            Style::Cell => false,
            Style::Item | Style::Line if prose => true,
            // One paragraph after an empty label; none after a list.
            Style::Item | Style::Line if self.items.is_empty() => open.hungry && !open.listed && field.nodes.is_empty(),
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
            let nested = open.item.is_some_and(|item| self.outline.nodes[item].end > node + 1);
            open.hungry = field.value.is_empty() && !nested;
        }
    }

    /// A table of facts: labels in its head over one row, or labels in its first column.
    fn table(&mut self, table: usize) {
        let rows: Vec<Vec<usize>> = self.outline.children(table).map(|row| self.outline.children(row).collect()).collect();
        let cell_label = |cell: usize| label(self.outline.text(cell).trim(), Style::Cell).filter(|found| found.value.is_empty());
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
            found = people(self.outline, &rows);
        }
        if found.is_empty() {
            let texts: Vec<_> = self.outline.texts(table..self.outline.nodes[table].end).collect();
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
                value: self.outline.text(cell).trim(),
                nodes: cell + 1..cell + 1,
                inner: false,
            });
        }
        self.open = None;
    }
}

/// A table of people: `Name | GitHub | E-mail`. A column with gaps is left out: the lists must run in parallel.
fn people<'a>(outline: &'a Outline, rows: &[Vec<usize>]) -> Vec<(Labelled<'a>, usize)> {
    let Some((head, rows)) = rows.split_first() else { return Vec::new() };
    let column = |cell: usize| {
        let text = outline.text(cell).trim();
        let said = text.as_str().to_lowercase();
        let kind = match said.as_str() {
            "name" | "mentor" | "mentors" => Kind::Mentors,
            "github" | "handle" | "github handle" | "github id" => Kind::MentorHandles,
            "email" | "e-mail" | "mail" => Kind::MentorEmails,
            _ => return None,
        };
        Some(Labelled { kind, label: text, value: text.cut(0..0), bold: false })
    };
    let columns: Vec<Option<Labelled<'a>>> = head.iter().map(|&cell| column(cell)).collect();
    let has = |kind: Kind| columns.iter().flatten().any(|column| column.kind == kind);
    if !has(Kind::Mentors) || !(has(Kind::MentorHandles) || has(Kind::MentorEmails)) {
        return Vec::new();
    }
    let mut found = Vec::new();
    for (i, column) in columns.iter().enumerate() {
        let cells: Option<Vec<usize>> =
            rows.iter().map(|row| row.get(i).copied().filter(|&cell| !outline.text(cell).trim().is_empty())).collect();
        if let (Some(column), Some(cells)) = (column, cells) {
            found.extend(cells.into_iter().map(|cell| (*column, cell)));
        }
    }
    found
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

/// Without the marks that cling to a value: `: | Text`, `** Text`.
fn tidy(value: Text<'_>) -> Text<'_> {
    let value = value.trim();
    let said = value.as_str();
    let start = said.len() - said.trim_start_matches([':', '：', '*', '_', ' ', '=']).len();
    let value = value.from(start);
    // `[?]`, a link to an explanation, says nothing.
    if !value.as_str().contains(char::is_alphanumeric) && !value.as_str().contains('|') && !value.as_str().contains('>') {
        return value.cut(0..0);
    }
    // `description: |` is YAML's way to say that text follows.
    match value.as_str() {
        "|" | ">" | "|-" | ">-" => value.cut(0..0),
        said => value.of(said.trim_end_matches(['*', ' ', '_'])),
    }
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

fn ends_as_label(line: Text<'_>) -> bool {
    line.as_str().trim_end_matches(['*', '_', ' ', '|']).ends_with([':', '：'])
}

/// The label that a line begins with.
pub fn label(line: Text<'_>, style: Style) -> Option<Labelled<'_>> {
    let line = skip_ornaments(line);
    if line.is_empty() {
        return None;
    }
    bold_label(line).or_else(|| plain_label(line, style))
}

/// Emoji and other signs before a label, and the box of a task list.
fn skip_ornaments(line: Text<'_>) -> Text<'_> {
    let text = line.as_str();
    let start = text.find(|c: char| c.is_alphanumeric() || "*_[(@<".contains(c)).unwrap_or(text.len());
    line.from(start)
}

/// `**Label**: value`, `**Label:** value`, `**Label: value**`, `**Label** value`, and the same where the asterisks stand
/// too close to letters to be Markdown.
fn bold_label(line: Text<'_>) -> Option<Labelled<'_>> {
    let text = line.as_str();
    let (start, end, after) = if let Some(end) = line.bold_prefix() {
        (0, end, end)
    } else {
        let start = text.len() - text.trim_start_matches('*').len();
        if start < 2 {
            return None;
        }
        let end = start + text[start..].find("**")?;
        (start, end, end + text[end..].len() - text[end..].trim_start_matches('*').len())
    };
    let bold = &text[start..end];
    let labels = Labels::get();
    if let Some(colon) = bold.find([':', '：']) {
        let kind = labels.kind(&bold[..colon])?;
        return Some(Labelled {
            kind,
            label: line.cut(start..start + colon).trim(),
            // With the value inside the bold stretch, or after it.
            value: tidy(line.from(start + colon)),
            bold: true,
        });
    }
    let kind = labels.kind(bold)?;
    let rest = &text[after..];
    let skipped = parenthesis(rest).unwrap_or(0);
    let tail = rest[skipped..].trim_start();
    let separated =
        tail.is_empty() || tail.starts_with([':', '：', '=']) || ["- ", "– ", "— "].iter().any(|dash| tail.starts_with(dash));
    let value =
        if separated && (skipped == 0 || !tail.is_empty()) { line.from(text.len() - tail.len()) } else { line.from(after) };
    if let Some(second) = second_label(value) {
        let kind = if [kind, second].contains(&Kind::Size) && [kind, second].contains(&Kind::Difficulty) {
            Kind::DifficultyAndSize
        } else {
            kind
        };
        let none = line.from(text.len());
        return Some(Labelled { kind, label: line.cut(start..end).trim(), value: none, bold: true });
    }
    let value = tidy(value);
    let dash = value.as_str().trim_start_matches(['-', '–', '—']).len();
    let value = if separated { value.from(value.len() - dash).trim() } else { value };
    Some(Labelled { kind, label: line.cut(start..end).trim(), value, bold: true })
}

/// `**Size** [?] and **Difficulty**`: the label after the first, if nothing else is on the line.
fn second_label(rest: Text<'_>) -> Option<Kind> {
    let said = rest.as_str().trim_start_matches(|c: char| !c.is_alphanumeric() && c != '&' && c != '/');
    let said = ["and ", "& ", "/ ", "/"].iter().find_map(|and| said.strip_prefix(and))?;
    Labels::get().kind(said)
}

/// The length of a parenthesis that `text` begins with, white space before it included.
fn parenthesis(text: &str) -> Option<usize> {
    let inner = text.trim_start();
    if !inner.starts_with('(') {
        return None;
    }
    let close = inner.find(')')?;
    Some(text.len() - inner.len() + close + 1)
}

/// A label without boldness: `Label: value`, `Label - value`, `Label`, `Label @value`.
fn plain_label(line: Text<'_>, style: Style) -> Option<Labelled<'_>> {
    let scan = Labels::get().scan(line.as_str())?;
    let label = line.cut(0..scan.end).trim();
    let found = |value| Some(Labelled { kind: scan.kind, label, value, bold: false });
    match scan.mark {
        Mark::Colon => found(tidy(line.from(scan.end))),
        Mark::Dash if style != Style::Heading && scan.kind.is_telling() => {
            let dash = line.as_str()[scan.end..].chars().next().map_or(0, char::len_utf8);
            found(tidy(line.from(scan.end + dash)))
        }
        Mark::End if may_stand_alone(line, scan.kind, style) => found(line.from(scan.end)),
        Mark::None => found(bare_value(line, scan, style)?),
        Mark::Dash | Mark::End => None,
    }
}

/// The same, if a colon ends the label.
fn colon_label(line: Text<'_>) -> Option<Labelled<'_>> {
    let scan = Labels::get().scan(line.as_str()).filter(|scan| scan.mark == Mark::Colon)?;
    Some(Labelled { kind: scan.kind, label: line.cut(0..scan.end).trim(), value: tidy(line.from(scan.end)), bold: false })
}

/// A label and nothing else on the line.
fn may_stand_alone(line: Text<'_>, kind: Kind, style: Style) -> bool {
    // `Relevant experience (languages you know, projects you did)` says more than a label does.
    let remark = line.as_str().find('(').is_some_and(|at| line.len() - at > 24);
    let telling =
        kind.is_telling() || matches!(kind, Kind::Description | Kind::Outcomes | Kind::Title | Kind::Project | Kind::Links);
    !remark && (style != Style::Line || telling)
}

/// The value of a label that no mark ends: `Mentors @jane`, `Skills Required C++`, `Project Description (max. 5 sentences)
/// Text`.
fn bare_value(line: Text<'_>, scan: Scan, style: Style) -> Option<Text<'_>> {
    let text = line.as_str();
    let label = &text[..scan.end];
    // "Knowledge of XPath", "Experience with C++" are values, and good ones.
    let last = label.rsplit(' ').next().unwrap_or_default();
    if ["of", "with", "in", "and", "or", "for", "to", "the", "a", "about"].contains(&last) {
        return None;
    }
    let skipped = parenthesis(&text[scan.end..]).unwrap_or(0);
    let rest = text[scan.end + skipped..].trim_start();
    let next = rest.chars().next()?;
    let several = label.contains(' ');
    // "Mentors expecting a plan …": the sentence goes on in lower case.
    let fits = match style {
        Style::Heading | Style::Item => {
            let begins =
                rest.starts_with("http") || next.is_uppercase() || next.is_ascii_digit() || matches!(next, '[' | '<' | '~');
            scan.kind.is_telling() && (next == '@' || (several && begins))
        }
        Style::Line => several && skipped > 0 && (scan.kind.is_telling() || scan.kind == Kind::Description),
        Style::Cell => false,
    };
    fits.then(|| line.of(rest))
}

/// A bold label of a telling kind inside a line, and what stands before it.
fn bold_label_inside(line: Text<'_>) -> Option<(Text<'_>, Labelled<'_>)> {
    inner_label(line).filter(|(_, found)| found.kind.is_telling()).map(|(at, found)| (line.cut(0..at).trim(), found))
}

/// The labels of a paragraph that tells its facts in sentences: "… Required skills: C. Project size: large. Mentor: Jo." At
/// least two; one may be any sentence.
fn labels_in_prose(line: Text<'_>) -> Option<(Text<'_>, Vec<Labelled<'_>>)> {
    let text = line.as_str();
    memchr::memchr_iter(b':', text.as_bytes()).nth(1)?;
    let mut starts: Vec<(usize, Scan)> = Vec::new();
    for (at, _) in text.match_indices(". ") {
        let start = at + 2;
        let scan = Labels::get().scan(&text[start..]).filter(|scan| scan.kind.is_telling());
        let said = |scan: &Scan| match scan.mark {
            Mark::Colon => Some(scan.end + 1),
            // "Required skills include C."
            Mark::None => {
                let rest = &text[start + scan.end..];
                [" include ", " includes ", " are ", " is "]
                    .iter()
                    .find(|verb| rest.starts_with(**verb))
                    .map(|verb| scan.end + verb.len())
            }
            Mark::Dash | Mark::End => None,
        };
        if let Some(scan) = scan
            && let Some(end) = said(&scan)
        {
            starts.push((start, Scan { end, ..scan }));
        }
    }
    if starts.len() < 2 {
        return None;
    }
    let ends: Vec<usize> = starts.iter().skip(1).map(|&(start, _)| start).chain([text.len()]).collect();
    let found = starts.iter().zip(ends).map(|(&(start, scan), end)| {
        let value = line.cut(start + scan.end..end).trim();
        let label = line.cut(start..start + scan.end).trim_matches(|c| c == ':' || c == ' ');
        Labelled { kind: scan.kind, label, value: tidy(value.of(value.as_str().trim_end_matches(['.', ' ']))), bold: false }
    });
    Some((line.cut(0..starts[0].0).trim(), found.collect()))
}

/// The first label inside a line whose place boldness marks, and where it begins.
///
/// `**A:**b**C:**d` reads as Markdown with its asterisks left over, or with `b` bold in place of the labels: so a label is
/// looked for wherever a bold stretch or a pair of asterisks begins or ends, after that place and before it.
fn inner_label(line: Text<'_>) -> Option<(usize, Labelled<'_>)> {
    inner_edges(line).find_map(|at| {
        if let Some(start) = label_before(line.as_str(), at) {
            return Some((start, colon_label(line.from(start))?));
        }
        let rest = line.from(at);
        let found = bold_label(rest).or_else(|| colon_label(rest).filter(|_| !rest.as_str().starts_with(' ')))?;
        ends_marked(line, &found).then_some((at, found))
    })
}

/// Where the label begins that ends, with its colon, at `end`: the longest run of words that is one. Words may be glued to
/// what stands before them (`proposedDifficulty:`).
fn label_before(text: &str, end: usize) -> Option<usize> {
    let head = text[..end].trim_end_matches('*').strip_suffix(':')?;
    let from = head.floor_char_boundary(head.len().saturating_sub(60));
    let mut before = head[..from].chars().next_back().unwrap_or(' ');
    for (at, c) in head[from..].char_indices() {
        let begins = c.is_uppercase() && !before.is_uppercase();
        before = c;
        // At the very beginning of the line it was found already.
        if begins && from + at > 0 && Labels::get().kind(&head[from + at..]).is_some() {
            return Some(from + at);
        }
    }
    None
}

/// True if a colon stands at the end of the label, in the bold stretch or right after.
fn ends_marked(line: Text<'_>, found: &Labelled<'_>) -> bool {
    let label_end = found.label.offset_in(line) + found.label.len();
    line.as_str()[label_end..].trim_start_matches(['*', ' ']).starts_with([':', '：'])
}

/// Where bold stretches and pairs of asterisks begin and end inside a line.
fn inner_edges(line: Text<'_>) -> impl Iterator<Item = usize> {
    let text = line.as_str();
    let pair = move |&at: &usize| at > 0 && text[at + 1..].starts_with('*') && !text[..at].ends_with('*');
    let literal = memchr::memchr_iter(b'*', text.as_bytes()).filter(pair);
    let mut edges: Vec<usize> = line.bold_edges().chain(literal).collect();
    edges.sort_unstable();
    edges.into_iter()
}

/// The next label on the same line, and where in the value it begins: bold ones of any kind, plain ones after a `|`, `;`
/// or `,` if they tell another fact.
fn next_label<'a>(found: &Labelled<'a>) -> Option<(usize, Labelled<'a>)> {
    let value = found.value;
    let text = value.as_str();
    let bold = inner_label(value);
    if bold.is_some() || found.kind.is_prose() {
        return bold;
    }
    text.char_indices().filter(|&(_, c)| matches!(c, '|' | ';' | ',' | '•' | '·' | '–')).find_map(|(at, c)| {
        let after = value.from(at + c.len_utf8()).trim();
        let next = colon_label(after)?;
        (next.kind.is_telling() && next.kind != found.kind && ends_marked(after, &next)).then_some((at, next))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Span;

    fn fields(markdown: &str) -> Vec<(Kind, String)> {
        let outline = Outline::read(markdown, Span::new(0, markdown.len()));
        let found = read(&outline, 0..outline.nodes.len());
        let show = |field: &Field<'_>| {
            let parts: Vec<_> = field.parts(&outline).map(|part| part.text.flow()).collect();
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
