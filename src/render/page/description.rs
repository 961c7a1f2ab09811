//! A description, which is Markdown, as lines to read: headings, lists, quotes, code, tables, links.
//!
//! The parser is that of [`document`], with the same options; blocks of raw HTML are read by the document
//! itself, which knows what a browser would show. Marks that say something stay where there is no colour to say it.

use std::borrow::Cow;
use std::ops::Range;

use anstyle::{AnsiColor, Style};
use comfy_table::{ContentArrangement, Table, presets};
use pulldown_cmark::{Event, Parser, Tag, TagEnd};

use super::super::{Look, fit, safe};
use super::line::{Line, Piece, wrap};
use crate::document::{self, Document, Kind};
use crate::text::Span;

/// How far code is indented.
const CODE: &str = "    ";
/// A line across the page needs no more columns.
const RULE: usize = 40;

/// The lines of `markdown` (safe already), wrapped to `measure` columns.
pub(super) fn lines(markdown: &str, look: &Look, measure: usize) -> Vec<Line> {
    let markdown = &level(markdown);
    let mut writer = Writer { markdown, look, measure, ..Writer::new(look) };
    for (event, range) in Parser::new_ext(markdown, document::options()).into_offset_iter() {
        writer.event(event, range);
    }
    writer.end_block();
    writer.lines
}

/// The text as it stood in its field: `Description: text`, and further lines indented below the label. The first line has
/// left its indent behind with the label, so the others are moved left as far as they go together.
pub(crate) fn level(markdown: &str) -> Cow<'_, str> {
    let indent = |line: &str| line.len() - line.trim_start_matches(' ').len();
    let Some((first, others)) = markdown.split_once('\n') else { return Cow::Borrowed(markdown) };
    let common = others.lines().filter(|line| !line.trim().is_empty()).map(indent).min().unwrap_or(0);
    if common == 0 || indent(first) > 0 {
        return Cow::Borrowed(markdown);
    }
    let others = others.split('\n').map(|line| line.get(common..).unwrap_or_default());
    Cow::Owned(std::iter::once(first).chain(others).collect::<Vec<_>>().join("\n"))
}

/// What text is inside of.
enum Inside {
    Quote,
    /// What stands before its first line, until that is written; then only its columns.
    Item {
        marker: String,
        columns: usize,
        /// How many lines there were before it.
        from: usize,
    },
}

/// What emphasis looks like, and the mark that says so where there is no colour.
#[derive(Clone, Copy)]
struct Emphasis {
    style: Style,
    mark: &'static str,
}

const STRONG: Emphasis = Emphasis { style: Style::new().bold(), mark: "**" };
const EMPHASIS: Emphasis = Emphasis { style: Style::new().italic(), mark: "*" };
const STRUCK: Emphasis = Emphasis { style: Style::new().strikethrough(), mark: "~~" };

struct Writer<'a> {
    markdown: &'a str,
    look: &'a Look,
    measure: usize,
    lines: Vec<Line>,
    /// An empty line is due before the next text.
    gap: bool,
    inside: Vec<Inside>,
    /// The next number of each open list; `None` for bullets.
    lists: Vec<Option<u64>>,
    /// The text of the block so far.
    text: Vec<Piece>,
    styles: Vec<Style>,
    /// Where each open link or image begins in `text`, and its address.
    links: Vec<(usize, String)>,
    /// The code block that is open.
    code: Option<String>,
    /// The block of raw HTML that is open.
    html: Option<Range<usize>>,
    table: Vec<Vec<String>>,
}

impl<'a> Writer<'a> {
    fn new(look: &'a Look) -> Self {
        Writer {
            markdown: "",
            look,
            measure: 0,
            lines: Vec::new(),
            gap: false,
            inside: Vec::new(),
            lists: Vec::new(),
            text: Vec::new(),
            styles: Vec::new(),
            links: Vec::new(),
            code: None,
            html: None,
            table: Vec::new(),
        }
    }

    fn event(&mut self, event: Event<'_>, range: Range<usize>) {
        match event {
            Event::Start(tag) => self.start(tag, range),
            Event::End(tag) => self.end(tag),
            Event::Text(text) => match &mut self.code {
                Some(code) => code.push_str(&text),
                None => self.push(&text, Style::new()),
            },
            // The ticks stay: colour alone would not tell code, and people know them.
            Event::Code(code) => self.push(&format!("`{code}`"), AnsiColor::Cyan.on_default()),
            Event::SoftBreak => self.push(" ", Style::new()),
            Event::HardBreak => self.push("\n", Style::new()),
            Event::Rule => self.rule(),
            Event::TaskListMarker(done) => self.push(if done { "[x] " } else { "[ ] " }, Style::new()),
            Event::InlineHtml(html) => self.inline_html(&html),
            // The block is read as a whole.
            Event::Html(_) => {}
            Event::InlineMath(text) | Event::DisplayMath(text) | Event::FootnoteReference(text) => self.push(&text, Style::new()),
        }
    }

    fn start(&mut self, tag: Tag<'_>, range: Range<usize>) {
        match tag {
            Tag::Paragraph | Tag::Table(_) => self.block(),
            Tag::Heading { level, .. } => {
                self.block();
                self.push(&format!("{} ", "#".repeat(level as usize)), Style::new().dimmed());
                self.styles.push(Style::new().bold());
            }
            Tag::BlockQuote(_) => {
                self.block();
                self.inside.push(Inside::Quote);
            }
            Tag::CodeBlock(_) => {
                self.block();
                self.code = Some(String::new());
            }
            Tag::HtmlBlock => {
                self.block();
                self.html = Some(range);
            }
            Tag::List(first) => {
                // A list inside of an item is a part of it.
                if self.lists.is_empty() {
                    self.block();
                } else {
                    self.end_block();
                }
                self.lists.push(first);
            }
            Tag::Item => {
                self.end_block();
                let marker = self.marker();
                self.inside.push(Inside::Item { columns: fit::width(&marker), marker, from: self.lines.len() });
            }
            Tag::TableHead | Tag::TableRow => self.table.push(Vec::new()),
            Tag::Emphasis => self.open(EMPHASIS),
            Tag::Strong => self.open(STRONG),
            Tag::Strikethrough => self.open(STRUCK),
            Tag::Link { dest_url, .. } => {
                self.links.push((self.text.len(), dest_url.into_string()));
                self.styles.push(Style::new().underline());
            }
            Tag::Image { dest_url, .. } => {
                self.links.push((self.text.len(), dest_url.into_string()));
                self.push("[image: ", Style::new());
            }
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Paragraph => self.end_block(),
            TagEnd::Heading(_) => {
                self.styles.pop();
                self.end_block();
            }
            TagEnd::BlockQuote(_) | TagEnd::Item => {
                self.end_block();
                // An item without text is seen all the same.
                if matches!(self.inside.last(), Some(Inside::Item { from, .. }) if *from == self.lines.len()) {
                    self.line(Line::default());
                }
                self.inside.pop();
            }
            TagEnd::CodeBlock => self.end_code(),
            TagEnd::HtmlBlock => self.end_html(),
            TagEnd::List(_) => {
                self.lists.pop();
            }
            TagEnd::TableCell => {
                let cell: String = self.text.drain(..).map(|piece| piece.text).collect();
                if let Some(row) = self.table.last_mut() {
                    row.push(safe::line(&cell).into_owned());
                }
            }
            TagEnd::Table => self.end_table(),
            TagEnd::Emphasis => self.close(EMPHASIS),
            TagEnd::Strong => self.close(STRONG),
            TagEnd::Strikethrough => self.close(STRUCK),
            TagEnd::Link => {
                self.styles.pop();
                self.end_link();
            }
            TagEnd::Image => {
                self.push("]", Style::new());
                self.end_link();
            }
            _ => {}
        }
    }

    /// A block begins that stands apart from what is before it.
    fn block(&mut self) {
        self.end_block();
        // The first of an item stands behind its marker, the first of all at the top.
        self.gap = !self.lines.is_empty();
    }

    fn marker(&mut self) -> String {
        match self.lists.last_mut() {
            Some(Some(number)) => {
                let marker = format!("{number}. ");
                *number = number.saturating_add(1);
                marker
            }
            _ if self.look.unicode => "• ".to_owned(),
            _ => "- ".to_owned(),
        }
    }

    /// Adds text of the page to the block. What an entity stood for is made safe here.
    fn push(&mut self, text: &str, style: Style) {
        let style = self.styles.iter().fold(style, |style, outer| style.effects(style.get_effects() | outer.get_effects()));
        self.text.push(Piece::new(safe::text(text), style));
    }

    fn open(&mut self, emphasis: Emphasis) {
        self.mark(emphasis);
        self.styles.push(emphasis.style);
    }

    fn close(&mut self, emphasis: Emphasis) {
        self.styles.pop();
        self.mark(emphasis);
    }

    fn mark(&mut self, emphasis: Emphasis) {
        if !self.look.color {
            self.push(emphasis.mark, Style::new());
        }
    }

    /// Links what was read since the link began; where that cannot be, the address stands behind it.
    fn end_link(&mut self) {
        let Some((start, address)) = self.links.pop() else { return };
        let Some(url) = safe::url(&address) else { return };
        let text: String = self.text.iter().skip(start).map(|piece| piece.text.as_str()).collect();
        if self.look.links {
            for piece in self.text.iter_mut().skip(start) {
                piece.link = Some(url.clone().into_owned());
            }
        } else if text.trim() != address && text.trim() != url {
            self.push(&format!(" ({url})"), Style::new().dimmed());
        }
    }

    fn inline_html(&mut self, html: &str) {
        let name = html.trim_start_matches(['<', '/']);
        let name = &name[..name.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(name.len())].to_ascii_lowercase();
        if name == "br" {
            self.push("\n", Style::new());
        } else if !document::is_tag(name) && !html.starts_with("<!") {
            // `<your name>` is something that people wrote.
            self.push(html, Style::new());
        }
    }

    /// How much of what text is inside of is shown, from the innermost out, and in how many columns.
    fn shown(&self) -> (usize, usize) {
        let most = self.measure / 2;
        let mut columns = 0;
        for (count, inside) in self.inside.iter().rev().enumerate() {
            let more = match inside {
                Inside::Quote => 2,
                Inside::Item { columns, .. } => *columns,
            };
            if columns + more > most {
                return (count, columns);
            }
            columns += more;
        }
        (self.inside.len(), columns)
    }

    /// What stands before the next line of text.
    fn lead(&mut self) -> String {
        let (count, _) = self.shown();
        let from = self.inside.len() - count;
        let unicode = self.look.unicode;
        let part = |inside: &mut Inside| match inside {
            Inside::Quote if unicode => "│ ".to_owned(),
            Inside::Quote => "> ".to_owned(),
            Inside::Item { marker, columns, .. } if marker.is_empty() => " ".repeat(*columns),
            Inside::Item { marker, .. } => std::mem::take(marker),
        };
        self.inside[from..].iter_mut().map(part).collect()
    }

    /// The columns that are left for text.
    fn room(&self) -> usize {
        self.measure - self.shown().1
    }

    /// Adds a line behind what stands before it.
    fn line(&mut self, line: Line) {
        if std::mem::take(&mut self.gap) {
            self.lines.push(Line::default());
        }
        let mut whole = Line(vec![Piece::plain(self.lead())]);
        line.0.into_iter().for_each(|piece| whole.push(piece));
        self.lines.push(whole);
    }

    /// Writes the text of the block, if there is any.
    fn end_block(&mut self) {
        let text = std::mem::take(&mut self.text);
        if text.iter().all(|piece| piece.text.trim().is_empty()) {
            return;
        }
        for line in wrap(&text, Some(self.room())) {
            self.line(line);
        }
    }

    fn rule(&mut self) {
        self.block();
        let mark = if self.look.unicode { "─" } else { "-" };
        let rule = mark.repeat(self.room().min(RULE));
        self.line(Line(vec![Piece::new(rule, Style::new().dimmed())]));
    }

    /// Code keeps its lines, however long they are.
    fn end_code(&mut self) {
        let code = self.code.take().unwrap_or_default();
        for line in safe::text(&code).lines() {
            let line = format!("{CODE}{}", line.replace('\t', CODE));
            self.line(Line(vec![Piece::new(line, AnsiColor::Cyan.on_default())]));
        }
    }

    fn end_table(&mut self) {
        let mut rows = std::mem::take(&mut self.table).into_iter();
        let room = u16::try_from(self.room()).unwrap_or(u16::MAX);
        let style = if self.look.unicode { presets::UTF8_NO_BORDERS } else { presets::ASCII_NO_BORDERS };
        let mut table = Table::new();
        table.load_style(style).set_content_arrangement(ContentArrangement::Dynamic).set_width(room);
        table.set_header(rows.next().unwrap_or_default()).add_rows(rows);
        for line in table.lines() {
            self.line(Line(vec![Piece::plain(line.trim_end())]));
        }
    }

    /// What a browser would show of the block of HTML.
    fn end_html(&mut self) {
        let Some(range) = self.html.take() else { return };
        let document = Document::read(self.markdown, Span::new(range.start, range.end));
        let texts = document.texts(0..document.nodes.len()).map(|(node, text)| (&document.nodes[node], node, text.as_str()));
        for (node, index, text) in texts {
            let in_item = document.nodes[..index].iter().any(|outer| outer.kind == Kind::Item && outer.end() > index);
            let before = match node.kind {
                Kind::Heading(level) => format!("{} ", "#".repeat(level.into())),
                _ if in_item => self.marker(),
                _ => String::new(),
            };
            let style = if matches!(node.kind, Kind::Heading(_)) { Style::new().bold() } else { Style::new() };
            self.push(&before, Style::new().dimmed());
            self.push(text, style);
            self.end_block();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(markdown: &str, look: &Look, measure: usize) -> String {
        let mut out = Vec::new();
        for line in lines(&safe::text(markdown), look, measure) {
            line.write(look, &mut out).unwrap();
        }
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn markdown_is_shown() {
        for (markdown, page) in [
            ("one\ntwo three\n\n\n\nfour", "one two three\n\nfour\n"),
            ("a long line that must be broken", "a long line that\nmust be broken\n"),
            ("hard  \nbreak\\\nhere<br>too", "hard\nbreak\nhere\ntoo\n"),
            ("## Why\ntext\n\nTitle\n===", "## Why\n\ntext\n\n# Title\n"),
            ("- an item that is long\n  and goes on\n- b\n\ntext", "- an item that is\n  long and goes on\n- b\n\ntext\n"),
            ("text\n- a\n  - nested\n    more\n  - c\n- d", "text\n\n- a\n  - nested more\n  - c\n- d\n"),
            ("the goal is:\n    - a\n    - b\n\n    text", "the goal is:\n\n- a\n- b\n\ntext\n"),
            ("9. a\n10. b\n\n    c\n11. d", "9. a\n\n10. b\n\n    c\n\n11. d\n"),
            ("- [x] done\n- [ ] to do\n-", "- [x] done\n- [ ] to do\n-\n"),
            ("> a quote that is long\n>\n> - b", "> a quote that is\n> long\n\n> - b\n"),
            ("a **b** *c* ~~d~~ `e  f` **g*h***", "a **b** *c* ~~d~~ `e\nf` **g*h***\n"),
            (
                "x\n```sh\na\tb  c\n\n\nlong line of code that stays\n```\ny",
                "x\n\n    a    b  c\n\n\n    long line of code that stays\n\ny\n",
            ),
            ("[text](https://a.example) b", "text\n(https://a.example)\nb\n"),
            ("<https://a.example> [j](javascript:x) ![alt](a.png)", "https://a.example j\n[image: alt]\n"),
            ("a\n\n---\nb", "a\n\n--------------------\n\nb\n"),
            ("| a | b |\n|---|---|\n| `c` | 日 |", " a   | b\n==========\n `c` | 日\n"),
            ("a <your name> <!-- no --> <b>c</b>", "a <your name> c\n"),
            ("<p>a <b>b</b> &amp;</p>\n<ul><li>c<li>d</ul>", "a b &\n- c\n- d\n"),
            ("<details>\n<summary>More</summary>\n\ntext\n\n</details>", "More\n\ntext\n"),
            ("日本語日本語日本語日本語", "日本語日本語日本語日\n本語\n"),
            ("", ""),
        ] {
            assert_eq!(shown(markdown, &Look::PLAIN, 20), page, "{markdown:?}");
        }
    }

    #[test]
    fn a_terminal_gets_styles_and_links() {
        let look = Look { color: true, links: true, unicode: true, ..Look::PLAIN };
        for (markdown, page) in [
            ("**a** *b* `c`", "\u{1b}[1ma\u{1b}[0m \u{1b}[3mb\u{1b}[0m \u{1b}[36m`c`\u{1b}[0m\n"),
            ("# a", "\u{1b}[2m# \u{1b}[0m\u{1b}[1ma\u{1b}[0m\n"),
            ("- a", "• a\n"),
            ("[a b](https://e.example/)", "\u{1b}]8;;https://e.example/\u{1b}\\\u{1b}[4ma b\u{1b}[0m\u{1b}]8;;\u{1b}\\\n"),
        ] {
            assert_eq!(shown(markdown, &look, 40), page, "{markdown:?}");
        }
    }

    #[test]
    fn what_entities_hide_commands_no_terminal() {
        let text = shown("a&#27;]0;x&#7; b&#x9b; `c&#27;` [d](https://e.example/&#27;x)", &Look::PLAIN, 80);
        assert_eq!(text.chars().find(|&c| c != '\n' && safe::is_hidden(c)), None, "{text:?}");
        assert!(text.contains("`c&#27;`") && text.contains("https://e.example/%1B"), "{text:?}");
    }

    proptest::proptest! {
        #[test]
        fn no_markdown_and_no_width_panics(text in "([-*+#>|`~=0-9.) \t\\\\\\[\\]<>a日é]|\n|<li>|<p>){0,60}", measure in 0..30_usize) {
            let look = Look { color: true, unicode: true, ..Look::PLAIN };
            shown(&text, &look, measure);
        }
    }

    #[test]
    fn nesting_has_an_end() {
        let deep = format!("{}text", "> - ".repeat(2000));
        let lines = lines(&deep, &Look::PLAIN, 40);
        assert!(lines.len() < 4100 && lines.iter().all(|line| line.width() <= 40), "{} lines", lines.len());
    }
}
