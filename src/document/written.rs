//! HTML written as Markdown: blocks from the nodes of a document, what is inside of lines from the marks of its text.
//!
//! Only what a reader sees is written; the texts may be parts of nodes, as fields share blocks with others. Markdown is never
//! written anew: it is copied from its page.

mod inline;

use super::html::code;
use super::{Document, Kind};
use crate::prose::Text;
use inline::{Place, inline};

impl Document {
    /// The Markdown of some texts in page order, if they were written as HTML.
    pub fn markdown(&self, page: &str, texts: &[Text<'_>]) -> Option<String> {
        let is_html = !texts.is_empty() && texts.iter().all(|text| self.is_html(*text));
        is_html.then(|| {
            let mut writer = Writer { document: self, page, path: Vec::new(), lists: Vec::new(), out: String::new() };
            writer.write(&self.pieces(texts));
            writer.out
        })
    }

    /// True for text that was written as HTML, on a page of HTML or inside of Markdown.
    pub fn is_html(&self, text: Text<'_>) -> bool {
        let span = text.span();
        let next = self.html.partition_point(|html| html.start <= span.start);
        next.checked_sub(1).is_some_and(|at| span.end <= self.html[at].end)
    }

    /// The node that a text is a part of.
    pub(super) fn leaf(&self, text: Text<'_>) -> usize {
        self.nodes.partition_point(|node| node.block as usize <= text.block()).saturating_sub(1)
    }

    /// What is to be written, node by node: the texts, the code and rules between those that follow each other, and the code
    /// behind them.
    fn pieces<'t>(&'t self, texts: &[Text<'t>]) -> Vec<(usize, Option<Text<'t>>)> {
        let mut pieces = Vec::new();
        for run in texts.chunk_by(|before, next| self.goes_on(*before, *next)) {
            let (first, last) = (run[0], run[run.len() - 1]);
            let (from, to) = (self.leaf(first), self.leaf(last));
            for node in from..=to.max(from) {
                let text = self.text(node);
                let start = if node == from { first.offset_in(text) } else { 0 };
                let end = if node == to { last.offset_in(text) + last.len() } else { text.len() };
                let text = Some(text.cut(start.min(end)..end).trim()).filter(|text| !text.is_empty());
                if text.is_some() || matches!(self.nodes[node].kind, Kind::Code | Kind::Rule) {
                    pieces.push((node, text));
                }
            }
            pieces.extend(self.code_behind(last).map(|node| (node, None)));
        }
        pieces
    }

    /// The lists, items and quotes that a node is inside of, outermost first.
    fn path(&self, node: usize) -> Vec<usize> {
        let outer = |node: &usize| usize::try_from(self.nodes[*node].parent).ok().filter(|parent| parent < node);
        let around = std::iter::successors(Some(node), outer).skip(1);
        let mut path: Vec<_> =
            around.filter(|&node| matches!(self.nodes[node].kind, Kind::List | Kind::Item | Kind::Quote)).collect();
        path.reverse();
        path
    }

    /// The table that a cell is in, and its row.
    fn table(&self, cell: usize) -> Option<(usize, usize)> {
        let row = self.nodes[cell].parent as usize;
        let table = self.nodes.get(row)?.parent as usize;
        self.nodes.get(table).filter(|table| table.kind == Kind::Table).map(|_| (table, row))
    }
}

/// What goes before the lines of a container.
#[derive(Debug)]
struct Around {
    node: usize,
    /// Before its first line, until that is written, and before the others.
    first: Option<String>,
    others: String,
}

/// A list that was begun.
#[derive(Debug)]
struct List {
    node: usize,
    /// How many lists it is inside of.
    depth: usize,
    /// What its items begin with, or end their numbers with.
    mark: char,
    number: Option<u32>,
}

struct Writer<'d> {
    document: &'d Document,
    page: &'d str,
    path: Vec<Around>,
    lists: Vec<List>,
    out: String,
}

impl Writer<'_> {
    fn write(&mut self, pieces: &[(usize, Option<Text<'_>>)]) {
        let (Some(first), Some(last)) = (pieces.first(), pieces.last()) else { return };
        // What all of it is inside of is none of it, but for the list that its items make.
        let (from, to) = (self.document.path(first.0), self.document.path(last.0));
        let shared = from.iter().zip(&to).take_while(|(a, b)| a == b).count();
        let is_list = shared > 0 && self.document.nodes[from[shared - 1]].kind == Kind::List;
        let shared = shared - usize::from(is_list);
        let mut rest = pieces;
        while let Some((&(node, text), others)) = rest.split_first() {
            let kind = self.document.nodes[node].kind;
            let table = (kind == Kind::Cell).then(|| self.document.table(node)).flatten();
            let in_table = |&&(other, _): &&(usize, Option<Text<'_>>)| {
                table.is_some_and(|(table, _)| node < other && other < self.document.nodes[table].end())
            };
            // Cells of one row without their heads are no table.
            let more = others.iter().take_while(in_table).count();
            let in_rows = others[..more].last().is_some_and(|&(last, _)| self.document.table(last) != table);
            let cells = if in_rows { 1 + more } else { 1 };
            let block = match text {
                Some(_) if cells > 1 => self.rows(&rest[..cells]),
                Some(text) => block(kind, text),
                None if kind == Kind::Rule => "---".to_owned(),
                None => fenced(&code(&self.page[self.document.nodes[node].span().range()])),
            };
            let path = self.document.path(node);
            self.add(&block, path.get(shared..).unwrap_or_default());
            rest = &rest[cells..];
        }
    }

    /// Adds a block that stands inside of these containers.
    fn add(&mut self, block: &str, path: &[usize]) {
        if block.is_empty() {
            return;
        }
        let common = self.path.iter().zip(path).take_while(|(open, node)| open.node == **node).count();
        self.path.truncate(common);
        let (shared_list, mut begins_item) = (self.path.iter().any(|open| self.is(open.node, Kind::List)), false);
        let blank: String = self.path.iter().map(|open| open.others.as_str()).collect();
        for &node in &path[common..] {
            let around = match self.document.nodes[node].kind {
                Kind::Quote => Around { node, first: None, others: "> ".to_owned() },
                Kind::Item => {
                    begins_item = true;
                    let marker = self.marker();
                    Around { node, others: " ".repeat(marker.len()), first: Some(marker) }
                }
                _ => {
                    self.begin_list(node);
                    Around { node, first: None, others: String::new() }
                }
            };
            self.path.push(around);
        }
        if !self.out.is_empty() {
            self.out.push('\n');
            if !(shared_list && begins_item) {
                self.out.push_str(blank.trim_end());
                self.out.push('\n');
            }
        }
        for (number, line) in block.lines().enumerate() {
            if number > 0 {
                self.out.push('\n');
            }
            let before: String =
                self.path.iter_mut().map(|open| open.first.take().unwrap_or_else(|| open.others.clone())).collect();
            self.out.push_str(if line.is_empty() { before.trim_end() } else { &before });
            self.out.push_str(line);
        }
    }

    fn is(&self, node: usize, kind: Kind) -> bool {
        self.document.nodes[node].kind == kind
    }

    /// Two lists that follow each other would be one if they had the same marks.
    fn begin_list(&mut self, node: usize) {
        let depth = self.path.iter().filter(|open| self.is(open.node, Kind::List)).count();
        let begins = self.page[self.document.nodes[node].span().range()].get(..3).unwrap_or_default();
        let number = begins.eq_ignore_ascii_case("<ol").then_some(0);
        while self.lists.last().is_some_and(|list| list.depth > depth) {
            self.lists.pop();
        }
        let before = self.lists.pop_if(|list| list.depth == depth).filter(|list| self.document.nodes[list.node].end() == node);
        let marks = if number.is_some() { ['.', ')'] } else { ['-', '*'] };
        let mark = if before.is_some_and(|list| list.mark == marks[0]) { marks[1] } else { marks[0] };
        self.lists.push(List { node, depth, mark, number });
    }

    /// What the next item of the innermost list begins with.
    fn marker(&mut self) -> String {
        let list = self.path.iter().rev().map(|open| open.node).find(|&node| self.is(node, Kind::List));
        match self.lists.iter_mut().find(|open| Some(open.node) == list) {
            Some(List { mark, number: Some(number), .. }) => {
                *number += 1;
                format!("{number}{mark} ")
            }
            Some(List { mark, .. }) => format!("{mark} "),
            None => "- ".to_owned(),
        }
    }

    /// A table of these cells, which are more than one.
    fn rows(&self, cells: &[(usize, Option<Text<'_>>)]) -> String {
        let mut rows: Vec<(usize, Vec<String>)> = Vec::new();
        let mut next = 0;
        for (cell, text) in cells.iter().filter_map(|&(cell, text)| Some((cell, text?))) {
            let Some((_, row)) = self.document.table(cell) else { continue };
            if rows.last().is_none_or(|(last, _)| *last != row) {
                rows.push((row, Vec::new()));
            }
            let written = inline(text, Place::Cell);
            // A header is bold without marks.
            let bold = written.strip_prefix("**").and_then(|rest| rest.strip_suffix("**"));
            let bold = bold.filter(|inner| rows.len() == 1 && !inner.contains("**")).map(str::to_owned);
            if let Some((_, cells)) = rows.last_mut() {
                // Cells without text are no texts.
                let empty = self.document.siblings(next.clamp(row + 1, cell)..cell).count();
                cells.extend(std::iter::repeat_n(String::new(), empty));
                cells.push(bold.unwrap_or(written));
            }
            next = self.document.nodes[cell].end();
        }
        let width = rows.iter().map(|(row, _)| self.document.children(*row).count()).max().unwrap_or(0);
        let mut lines: Vec<String> = Vec::with_capacity(rows.len() + 1);
        for (_, mut row) in rows {
            row.resize(width, String::new());
            lines.push(format!("| {} |", row.join(" | ")));
        }
        lines.insert(1.min(lines.len()), format!("|{}", " --- |".repeat(width)));
        lines.join("\n")
    }
}

/// A block by itself.
fn block(kind: Kind, text: Text<'_>) -> String {
    match kind {
        Kind::Heading(level) => format!("{} {}", "#".repeat(level.into()), inline(text, Place::Heading)),
        // Markdown has neither; both are set apart from what is below.
        Kind::Term | Kind::Summary => {
            let line = inline(text, Place::Heading);
            if line.contains('*') { line } else { format!("**{line}**") }
        }
        _ => inline(text, Place::Paragraph),
    }
}

/// A block of code.
fn fenced(code: &str) -> String {
    let mut fence = "```".to_owned();
    while code.contains(&fence) {
        fence.push('`');
    }
    let code = code.trim_matches('\n').trim_end();
    if code.is_empty() { String::new() } else { format!("{fence}\n{code}\n{fence}") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Span;

    fn written(html: &str) -> String {
        let document = Document::read_html(html);
        let texts: Vec<_> = document.texts(0..document.nodes.len()).map(|(_, text)| text).collect();
        document.markdown(html, &texts).unwrap()
    }

    #[test]
    fn html_is_written_as_markdown() {
        for (html, markdown) in [
            ("<p>a<p>b<br>c", "a\n\nb\\\nc"),
            ("<h2>a</h2><p>b", "## a\n\nb"),
            ("<p>a<ul><li>b<ul><li>c</ul><li>d<p>e</ul>f", "a\n\n- b\n  - c\n- d\n\n  e\n\nf"),
            ("<ol><li>a<li>b</ol><ol><li>c</ol>", "1. a\n2. b\n\n1) c"),
            ("<ul><li>a</ul><ul><li>b</ul><ul><li>c</ul>", "- a\n\n* b\n\n- c"),
            ("<ul><li><p>a<p>b</ul>", "a\n\nb"),
            ("x<blockquote><p>a<p>b<ul><li>c</ul></blockquote>", "x\n\n> a\n>\n> b\n>\n> - c"),
            ("<p>a <b>b</b> <i>c</i> <code>d`*e</code> <b><i>f</i></b>", "a **b** *c* ``d`*e`` ***f***"),
            ("<p>a <a href='u'>b</a> <a href=https://x.org/a_b_c>https://x.org/a_b_c</a>", "a [b](u) <https://x.org/a_b_c>"),
            ("<p><b>Goal:</b>grow <b>a <a href='/x (y)'>b</a></b>", "**Goal**:grow **a [b](</x (y)>)**"),
            ("<p><a href=u>a <b>b</a> c</b> <code><a href=v>d</a> e</code>", "[a **b**](u) **c** [`d`](v) `e`"),
            ("<p>2 * 3 * 4, a_b, *c*, `d`, &lt;e> &amp;amp", "2 \\* 3 \\* 4, a_b, \\*c\\*, \\`d\\`, \\<e> \\&amp"),
            ("<p># a<br>- b<br>1. c<p>[x] d", "\\# a\\\n\\- b\\\n1\\. c\n\n[x] d"),
            ("a<table><tr><th>b<th>c|d<tr><td>e<br>f<td></table>", "a\n\n| b | c\\|d |\n| --- | --- |\n| e<br>f |  |"),
            ("<dl><dt>a<dd>b<dd>c</dl>", "**a**\n\nb\n\nc"),
            ("<p>a<pre class=x>\n&lt;b>  \n c\n</pre><hr><p>d", "a\n\n```\n<b>  \n c\n```\n\n---\n\nd"),
            ("<p>a<pre>b</pre>", "a\n\n```\nb\n```"),
            ("<h3>a #</h3>x", "### a \\#\n\nx"),
        ] {
            assert_eq!(written(html), markdown, "{html}");
        }
    }

    #[test]
    fn html_in_markdown_is_written_where_all_of_it_is_html() {
        for (markdown, written) in
            [("<ul><li>a<li><b>b</b></ul>\n", Some("- a\n- **b**")), ("<p>a</p>\n\nb\n", None), ("a <b>b</b>\n", None)]
        {
            let document = Document::read(markdown, Span::new(0, markdown.len()));
            let texts: Vec<_> = document.texts(0..document.nodes.len()).map(|(_, text)| text).collect();
            assert_eq!(document.markdown(markdown, &texts).as_deref(), written, "{markdown}");
        }
    }

    #[test]
    fn what_other_fields_say_between_is_left_out() {
        let html = "<ul><li>Goal: apples</li><li>Skills: a long list of other things</li><li>More: pears</li></ul>";
        let document = Document::read_html(html);
        let texts: Vec<_> = document.texts(0..document.nodes.len()).map(|(_, text)| text).collect();
        assert_eq!(document.markdown(html, &[texts[0].from(6)]).unwrap(), "apples");
        assert_eq!(document.markdown(html, &[texts[0].from(6), texts[2].from(6)]).unwrap(), "- apples\n- pears");
    }
}
