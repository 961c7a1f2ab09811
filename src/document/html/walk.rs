//! From the tree of elements to the nodes of a document: what a browser would show, block by block.
//!
//! The elements are walked in page order, without recursion: what is open is a list of what to do when it ends. White space
//! collapses, and styles begin and end with the text they apply to, as a run of bold text is often made of several elements.

mod look;
mod table;
mod text;

use super::entities::decoded;
use super::furniture::Plan;
use super::link::{destination, scrambled};
use super::measure::Measure;
use super::names::{Called, heading_level, is_block, is_icon, is_unseen};
use super::style::Sheet;
use super::tree::Tree;
use crate::document::{Builder, Kind};
use crate::prose::Style;
use crate::text::Span;
use table::Table;
use text::{Gap, Styles};

/// Text in headings, terms and summaries that holds paragraphs and is longer than this was not closed.
const LONG: u32 = 400;

/// What stands above the rows of a table and is no longer names them, in bytes.
const GROUP_NAME: u32 = 80;

/// So many nodes of nothing may stand before such a name.
const MOST_BEFORE: usize = 16;

/// What to do when an element ends.
#[derive(Debug)]
enum End {
    /// A block: text that stands free ends.
    Block,
    /// A container.
    Container,
    /// What folds away.
    Fold {
        closed: bool,
    },
    /// A leaf in which blocks are lines.
    Lines,
    /// A style.
    Style(Style),
    Struck,
    Link,
    /// A label that only its look parts from its value.
    Label,
    /// Preformatted text that was shown.
    Lined,
    /// A table that is nodes.
    Table,
    /// A box, by its place among the boxes.
    Box(usize),
}

/// What is known of a page, or of a piece of one.
#[derive(Clone, Copy)]
pub(super) struct Page<'t> {
    pub(super) tree: &'t Tree,
    pub(super) measures: &'t [Measure],
    pub(super) plan: &'t Plan,
    pub(super) sheet: &'t Sheet<'t>,
    /// It is a page, and not a piece of HTML in Markdown.
    pub(super) whole: bool,
}

/// A walk over the elements of a page, or of a piece of one.
pub(super) struct Walk<'b, 'a, 't> {
    builder: &'b mut Builder<'a>,
    page: Page<'t>,
    tree: &'t Tree,
    /// What ends at which node.
    ends: Vec<(usize, End)>,
    /// What is said of each style, outermost first.
    set: [Vec<bool>; 3],
    struck: u32,
    /// What the text before has.
    styles: Styles,
    links: Vec<(String, Span)>,
    /// How many links there were when the link began that is open in the text.
    linked: Option<usize>,
    gap: Option<Gap>,
    /// In a leaf in which blocks are lines; what parts them.
    lines: Option<char>,
    /// What the next text is, if it is no paragraph that stands free.
    leaf: Option<(Kind, Span)>,
    /// Line breaks of the page are line breaks.
    lined: u32,
    /// Anchors for the next node.
    anchors: Vec<Box<str>>,
    /// The tables that are open and are more than the cells of another one.
    tables: Vec<Table>,
    /// Where the last row of a label and a value ends.
    pair: u32,
    /// One past the last badge.
    badge: usize,
    /// Where the text ends that was shown last.
    at: usize,
    /// The level of the last heading, tabs not counted.
    level: u8,
}

impl<'b, 'a, 't> Walk<'b, 'a, 't> {
    pub(super) fn new(builder: &'b mut Builder<'a>, page: Page<'t>) -> Self {
        Walk {
            builder,
            tree: page.tree,
            page,
            ends: Vec::new(),
            set: Default::default(),
            struck: 0,
            styles: Styles::default(),
            links: Vec::new(),
            linked: None,
            gap: None,
            lines: None,
            leaf: None,
            lined: 0,
            anchors: Vec::new(),
            tables: Vec::new(),
            pair: 0,
            badge: 0,
            at: page.tree.nodes.first().map_or(0, |root| root.start as usize),
            level: 0,
        }
    }

    /// Reads everything.
    pub(super) fn run(mut self) {
        let mut node = 1;
        while node < self.tree.nodes.len() {
            self.end_up_to(node);
            let next = self.tree.nodes[node].next as usize;
            if self.page.plan.dropped[node] {
                if is_block(self.tree.name(node)) {
                    self.part();
                }
                self.checkbox(node);
                node = next;
            } else if self.tree.nodes[node].name.is_none() {
                self.text(node);
                node += 1;
            } else {
                node = if self.enter(node) { node + 1 } else { next };
            }
        }
        self.end_up_to(usize::MAX);
        self.part();
    }

    /// Ends what ends before a node.
    fn end_up_to(&mut self, node: usize) {
        while self.ends.last().is_some_and(|&(end, _)| end <= node) {
            let Some((_, end)) = self.ends.pop() else { return };
            match end {
                End::Block => self.part(),
                End::Container => {
                    self.part();
                    self.builder.close();
                }
                End::Fold { closed } => {
                    self.part();
                    // In Markdown, it may end in a later block.
                    let outermost = !self.ends.iter().any(|(_, end)| matches!(end, End::Container | End::Table));
                    if closed || !outermost {
                        self.builder.close();
                    }
                }
                End::Lines => {
                    self.close_leaf();
                    self.lines = None;
                }
                End::Style(style) => drop(self.set[style as usize].pop()),
                End::Struck => self.struck -= 1,
                End::Link => {
                    if self.linked == self.link() {
                        self.end_link();
                    }
                    self.links.pop();
                }
                End::Label => {
                    let here = Span::new(self.at, self.at);
                    self.gap = None;
                    self.show(":", here);
                    self.space(here);
                }
                End::Lined => self.lined -= 1,
                End::Box(at) => {
                    self.part();
                    self.builder.document.boxes[at].end = self.builder.document.nodes.len();
                }
                End::Table => {
                    self.part();
                    if self.tables.pop().is_some_and(|table| table.opened) {
                        self.builder.close();
                    }
                }
            }
        }
    }

    /// An element begins; false if nothing of it is read.
    fn enter(&mut self, node: usize) -> bool {
        let name = self.tree.name(node);
        let span = self.tree.nodes[node].span();
        let end = self.tree.nodes[node].next as usize;
        if is_unseen(name) {
            self.checkbox(node);
            return false;
        }
        let own = self.page.measures[node];
        let level = heading_level(name).or_else(|| self.looks_like_heading(node));
        let is_block = is_block(name) || level.is_some() || name == "button" && self.page.plan.apart[node];
        if is_block {
            self.part();
        }
        self.anchor(node);
        if let Some(address) = self.tree.attribute(node, "data-cfemail").and_then(scrambled) {
            self.show(&address, span);
            return false;
        }
        if self.badge_of_title(node) {
            return false;
        }
        self.open_box(node);
        let call = |walk: &mut Self, end_of: End| walk.ends.push((end, end_of));
        let between = is_block && self.lines.is_none() && self.between_cells(name);
        if between && self.innermost() == Some(Kind::Table) && self.heads_rows(node) {
            self.container(node, Kind::Row);
            self.set(Style::Strong, true, end);
        }
        if between && self.innermost() == Some(Kind::Row) {
            self.builder.open(Kind::Cell, span);
            self.lines = Some('\n');
            call(self, End::Lines);
        } else if self.lines.is_none() && is_block {
            if between {
                self.leave_table();
            }
            match name {
                _ if level.is_some() => self.heading(node, Kind::Heading(level.unwrap_or(1))),
                "dt" => {
                    self.wrap(node, Kind::Definitions, &["dt", "dd"]);
                    self.heading(node, Kind::Term);
                }
                "summary" => self.summary(node),
                "ul" | "ol" | "menu" | "dir" => self.container(node, Kind::List),
                "li" => {
                    self.wrap(node, Kind::List, &["li"]);
                    self.container(node, Kind::Item);
                }
                "dl" => self.container(node, Kind::Definitions),
                "dd" => {
                    self.wrap(node, Kind::Definitions, &["dt", "dd"]);
                    self.container(node, Kind::Definition);
                }
                "blockquote" => self.container(node, Kind::Quote),
                "details" => {
                    self.container(node, Kind::Fold);
                    self.ends.pop();
                    call(self, End::Fold { closed: self.page.whole || self.tree.nodes[node].closed });
                }
                "table" => {
                    self.tables.push(Table::new(span, self.is_layout(node)));
                    call(self, End::Table);
                }
                "tr" | "td" | "th" if self.tables.last().is_some_and(|table| !table.layout) => self.table_part(node),
                "hr" => {
                    self.builder.close_implicit();
                    self.builder.add(Kind::Rule, span);
                    self.flush_anchors();
                }
                "pre" | "listing" | "xmp" => return self.preformatted(node),
                _ if self.lists_values(node) => self.container(node, Kind::List),
                _ if self.is_value(node) => self.container(node, Kind::Item),
                _ => {
                    if !own.blocks && own.text > 0 {
                        self.leaf = Some((Kind::Paragraph, span));
                    }
                    call(self, End::Block);
                }
            }
        } else if is_block {
            call(self, End::Block);
        }
        self.style(node, own, end, is_block);
        if self.labels_next(node) {
            call(self, End::Label);
        }
        if !is_block {
            self.set_beside(node, end);
        }
        match name {
            "br" => self.line_break(span),
            "img" => self.image(node),
            "a" => self.open_link(node),
            _ => {}
        }
        true
    }

    /// A badge that stands beside another one or right behind text, and whatever a browser lays out beside others: each is a line.
    fn set_beside(&mut self, node: usize, end: usize) {
        let plan = self.page.plan;
        let is_badge = plan.called[node].is(Called::BADGE);
        let beside_badge =
            || (1..=node).contains(&self.badge) && (self.badge..node).all(|between| self.page.measures[between].text == 0);
        let touches = self.builder.leaf && self.gap.is_none();
        let in_flex = plan.called[self.tree.nodes[node].parent as usize].is(Called::FLEX) && self.page.measures[node].text > 0;
        if (is_badge && (touches || beside_badge()) || in_flex) && !matches!(self.gap, Some(Gap::Break(_))) {
            self.line_break(self.tree.nodes[node].span());
        }
        if is_badge {
            self.badge = self.badge.max(end);
        }
    }

    /// True for short text that stands first in a group of rows.
    fn heads_rows(&self, node: usize) -> bool {
        let (tree, measures) = (self.tree, self.page.measures);
        let group = tree.nodes[node].parent as usize;
        let is_short = !measures[node].blocks && (1..=GROUP_NAME).contains(&measures[node].text);
        is_short
            && tree.name(group) == "tbody"
            && node - group <= MOST_BEFORE
            && (group + 1..node).all(|before| measures[before].text == 0)
    }

    fn container(&mut self, node: usize, kind: Kind) {
        self.builder.open(kind, self.tree.nodes[node].span());
        self.flush_anchors();
        self.ends.push((self.tree.nodes[node].next as usize, End::Container));
    }

    /// Items and definitions may stand outside of a list: those beside each other are one.
    fn wrap(&mut self, node: usize, kind: Kind, members: &[&str]) {
        if self.innermost() == Some(kind) {
            return;
        }
        let tree = self.tree;
        let (mut end, mut span) = (tree.nodes[node].next as usize, tree.nodes[node].span());
        let parent_end = tree.nodes.get(tree.nodes[node].parent as usize).map_or(end, |parent| parent.next as usize);
        let mut next = end;
        while next < parent_end {
            let sibling = &tree.nodes[next];
            let is_member = members.contains(&tree.name(next));
            if !is_member && (sibling.name.is_some() || self.page.measures[next].text > 0) {
                break;
            }
            next = sibling.next as usize;
            if is_member {
                (end, span) = (next, span.join(sibling.span()));
            }
        }
        self.builder.open(kind, span);
        self.ends.push((end, End::Container));
    }

    /// A leaf in which other blocks are part of the line, unless it was never closed.
    fn heading(&mut self, node: usize, kind: Kind) {
        let own = self.page.measures[node];
        let span = self.tree.nodes[node].span();
        let end = self.tree.nodes[node].next as usize;
        if own.text == 0 || own.structure && own.text > LONG {
            self.leaf = (own.text > 0).then_some((kind, span));
            self.ends.push((end, End::Block));
            return;
        }
        if let Kind::Heading(level) = kind {
            self.level = level;
        }
        self.lines = Some(if matches!(kind, Kind::Heading(_)) { ' ' } else { '\n' });
        self.leaf = Some((kind, span));
        self.ends.push((end, End::Lines));
    }

    /// What a tab says, as a heading over its panel: above all headings in it.
    fn tab(&mut self, tab: usize, panel: usize) {
        let tree = self.tree;
        let start = tree.nodes[panel].start as usize;
        let inner = tree.within(panel).filter_map(|inner| heading_level(tree.name(inner))).min();
        let level = inner.map_or(self.level + 1, |inner| inner - 1).clamp(1, 6);
        self.leaf = Some((Kind::Heading(level), Span::new(start, start)));
        self.lines = Some(' ');
        for text in tree.within(tab).filter(|&inner| tree.nodes[inner].name.is_none() && self.page.measures[inner].text > 0) {
            self.text(text);
        }
        self.close_leaf();
        (self.lines, self.at) = (None, start);
    }

    /// A panel begins under its tab, or a box beside others.
    fn open_box(&mut self, node: usize) {
        if self.lines.is_some() {
            return;
        }
        if let Some(&tab) = self.page.plan.tabs.get(&node) {
            self.tab(tab, node);
        }
        if self.page.plan.boxed[node] {
            let (boxes, start) = (&mut self.builder.document.boxes, self.builder.document.nodes.len());
            boxes.push(start..start);
            self.ends.push((self.tree.nodes[node].next as usize, End::Box(boxes.len() - 1)));
        }
    }

    fn open_link(&mut self, node: usize) {
        let span = self.tree.nodes[node].span();
        let Some(url) = self.tree.attribute(node, "href").map(str::trim).filter(|url| !url.is_empty()) else { return };
        self.links.push((destination(url), span));
        self.ends.push((self.tree.nodes[node].next as usize, End::Link));
        if let Some(name) = self.name_of_icon(node) {
            self.space(span);
            self.show(name, span);
        }
    }

    /// A badge at the end of a title is a line below it; false if there is none.
    fn badge_of_title(&mut self, node: usize) -> bool {
        if !self.is_badge_of_title(node) {
            return false;
        }
        let texts = self.tree.within(node).filter(|&inner| self.tree.nodes[inner].name.is_none());
        let said: String = texts.map(|text| decoded(&self.builder.text[self.tree.nodes[text].span().range()])).collect();
        self.builder.badges.push((said.trim().to_owned(), self.tree.nodes[node].span()));
        true
    }

    /// True for a badge at the end of a title: it is no word of it.
    fn is_badge_of_title(&self, node: usize) -> bool {
        let (tree, measures) = (self.tree, self.page.measures);
        let own = tree.within(node);
        if self.lines != Some(' ') || measures[node].text == 0 || !self.page.plan.called[node].is(Called::BADGE) {
            return false;
        }
        let Some(title) = tree.around(node).find(|&outer| heading_level(tree.name(outer)).is_some()) else { return false };
        let ends = (own.end..tree.within(title).end).all(|after| measures[after].text == 0);
        ends && (title..node).any(|before| tree.nodes[before].name.is_none() && measures[before].text > 0)
    }

    /// What a link leads to that shows an icon alone: "GitHub".
    fn name_of_icon(&self, node: usize) -> Option<&'t str> {
        let name = self.tree.attribute(node, "aria-label")?;
        (self.page.measures[node].text == 0 && self.lines != Some(' ') && is_icon(name)).then_some(name)
    }

    /// A summary that is a heading is that.
    fn summary(&mut self, node: usize) {
        let end = self.tree.nodes[node].next as usize;
        if self.page.measures[node].headings > 0 {
            self.ends.push((end, End::Block));
            return;
        }
        self.heading(node, Kind::Summary);
        self.set(Style::Strong, true, end);
    }

    fn innermost(&self) -> Option<Kind> {
        self.builder.open.last().map(|&open| self.builder.document.nodes[open].kind)
    }

    /// Preformatted text is code, unless somebody set prose in it; false if it is not read.
    fn preformatted(&mut self, node: usize) -> bool {
        let span = self.tree.nodes[node].span();
        let end = self.tree.nodes[node].next as usize;
        let marked =
            self.tree.within(node).skip(1).any(|inner| matches!(self.tree.name(inner), "code" | "span" | "kbd" | "samp"));
        let text = &self.builder.text[span.range()];
        let classes = self.tree.attribute(node, "class").is_some();
        if marked || classes || !is_prose(text) {
            self.builder.open(Kind::Code, span);
            self.flush_anchors();
            self.builder.close();
            return false;
        }
        self.lined += 1;
        self.leaf = Some((Kind::Paragraph, span));
        self.ends.push((end, End::Block));
        self.ends.push((end, End::Lined));
        true
    }

    /// The anchors of an element lead to the text it is in, or to the next node.
    fn anchor(&mut self, node: usize) {
        let own = self.tree.attribute(node, "id");
        let named = self.tree.attribute(node, "name").filter(|_| self.tree.name(node) == "a");
        for anchor in own.into_iter().chain(named).filter(|anchor| !anchor.is_empty()) {
            match self.builder.open.last().filter(|_| self.builder.leaf) {
                Some(&leaf) => self.builder.document.anchors.push((leaf, anchor.into())),
                None => self.anchors.push(anchor.into()),
            }
        }
    }

    fn flush_anchors(&mut self) {
        if let Some(node) = self.builder.document.nodes.len().checked_sub(1) {
            self.builder.document.anchors.extend(self.anchors.drain(..).map(|anchor| (node, anchor)));
        }
    }
}

/// True for preformatted text that somebody wrote as prose: lines of words.
fn is_prose(text: &str) -> bool {
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let (mut count, mut long, mut odd, mut len) = (0, 0, 0, 0);
    for line in lines {
        count += 1;
        long += usize::from(line.split(' ').count() >= 5);
        odd += line.bytes().filter(|byte| matches!(byte, b'{' | b'}' | b';' | b'=' | b'$' | b'\\' | b'|' | b'#' | b'_')).count();
        len += line.len();
    }
    count >= 2 && long * 2 > count && odd * 50 < len
}
