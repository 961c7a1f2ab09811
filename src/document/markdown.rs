//! Markdown: pulldown-cmark's events become nodes. Raw HTML inside of it is read by [`html`](super::html).

use memchr::memmem;
use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd};

use crate::prose::Style;
use crate::text::Span;

use super::mended::{is_underline_sign, mended};
use super::{Builder, Document, Kind};

/// The comment after which a page only quotes: what looks like a label or a title is text, up to [`TEXT_ENDS`].
pub const TEXT_BEGINS: &str = "<!-- ideas-text -->";

/// The comment that ends such text.
pub const TEXT_ENDS: &str = "<!-- /ideas-text -->";

/// What we read of Markdown beyond `CommonMark`; the benchmark's bare pass uses the same.
pub fn options() -> Options {
    Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TASKLISTS | Options::ENABLE_HEADING_ATTRIBUTES
}

/// Reads the Markdown in `body`, a stretch of `text`.
pub(super) fn read(text: &str, body: Span) -> Document {
    let mut builder = Builder::new(text, body);
    let markdown = mended(&text[body.range()]);
    let mut options = options();
    options.set(Options::ENABLE_DEFINITION_LIST, has_definitions(&markdown));
    for (event, range) in Parser::new_ext(&markdown, options).into_offset_iter() {
        let span = Span::new(range.start + body.start, range.end + body.start);
        builder.event(event, span);
    }
    builder.finish()
}

/// True for Markdown with lists of definitions (`: text` below a term). The parser takes any colon at the beginning of
/// a line for one, an emoji's (`:link:`), too: where such a line is, there are none.
fn has_definitions(markdown: &str) -> bool {
    let mut in_code = false;
    let mut begun = markdown.lines().map(str::trim_start).filter_map(|line| {
        in_code ^= line.starts_with("```") || line.starts_with("~~~");
        line.strip_prefix(':').filter(|_| !in_code)
    });
    let is_definition = |rest: &str| rest.starts_with([' ', '\t']);
    begun.next().is_some_and(is_definition) && begun.all(is_definition)
}

impl Builder<'_> {
    /// True for one of the asterisks left over where bold words touch bold words: `**Skill****s:**`, `**Ada Byron****Jo Roe**`.
    fn is_touching(&self, text: &str, span: Span) -> bool {
        if text != "*" {
            return false;
        }
        let (before, after) = (&self.text[..span.start], &self.text[span.end..]);
        let left = before.bytes().rev().take(4).take_while(|&byte| byte == b'*').count();
        let right = after.bytes().take(4).take_while(|&byte| byte == b'*').count();
        let is_of_word = |c: char| c.is_alphanumeric() || matches!(c, ':' | ')' | '(');
        left + 1 + right == 4 && before[..before.len() - left].ends_with(is_of_word) && after[right..].starts_with(is_of_word)
    }

    fn event(&mut self, event: Event<'_>, span: Span) {
        match event {
            Event::Start(tag) => self.start(tag, span),
            Event::End(tag) => self.end(tag, span),
            Event::Text(text) if self.is_touching(&text, span) => {}
            Event::Text(text) => self.push(&text, span),
            Event::Code(code) => {
                let written = &self.text[span.range()];
                let at = memmem::find(written.as_bytes(), code.as_bytes()).filter(|_| !code.is_empty());
                let inner = at.map_or(span, |at| Span::new(span.start + at, span.start + at + code.len()));
                self.ensure_leaf(inner);
                self.begin_mark(Style::Code);
                self.push(&code, inner);
                self.end_mark(Style::Code);
            }
            Event::SoftBreak | Event::HardBreak => self.push("\n", span),
            Event::InlineHtml(html) => self.inline_html(&html, span),
            Event::TaskListMarker(done) => self.push(if done { "[x] " } else { "[ ] " }, span),
            Event::Rule => {
                self.close_implicit();
                self.add(Kind::Rule, span);
            }
            // HTML blocks are read as a whole when they end; the rest is switched off in `options`.
            Event::Html(_) | Event::InlineMath(_) | Event::DisplayMath(_) | Event::FootnoteReference(_) => {}
        }
    }

    fn start(&mut self, tag: Tag<'_>, span: Span) {
        match tag {
            Tag::Paragraph => self.open(Kind::Paragraph, span),
            Tag::Heading { level, id, .. } => {
                let level = self.underlined(span).unwrap_or(level as u8);
                self.open(Kind::Heading(level), span);
                if let Some(id) = id {
                    let node = self.document.nodes.len() - 1;
                    self.document.anchors.push((node, id.as_ref().into()));
                }
            }
            Tag::CodeBlock(kind) => {
                self.open(Kind::Code, span);
                self.muted += u32::from(matches!(kind, CodeBlockKind::Fenced(_)));
            }
            Tag::HtmlBlock => {
                self.open(Kind::Html, span);
                self.muted += 1;
            }
            Tag::TableCell => self.open(Kind::Cell, span),
            Tag::List(_) => self.open(Kind::List, span),
            Tag::Item => {
                self.open(Kind::Item, span);
                let written = &self.text[span.range()];
                let digits = written.len() - written.trim_start_matches(|c: char| c.is_ascii_digit()).len();
                if let Ok(number) = written[..digits].parse() {
                    self.document.numbers.push((self.document.nodes.len() - 1, number));
                }
            }
            Tag::BlockQuote(_) => self.open(Kind::Quote, span),
            Tag::DefinitionList => self.open(Kind::Definitions, span),
            Tag::DefinitionListTitle => self.open(Kind::Term, span),
            Tag::DefinitionListDefinition => self.open(Kind::Definition, span),
            Tag::Table(_) => self.open(Kind::Table, span),
            Tag::TableHead | Tag::TableRow => self.open(Kind::Row, span),
            Tag::Strong => self.begin_mark(Style::Strong),
            Tag::Emphasis => self.begin_mark(Style::Emphasis),
            Tag::Strikethrough => self.struck += 1,
            Tag::Link { dest_url, .. } => self.begin_link(&dest_url, span),
            Tag::Image { dest_url, .. } => self.begin_image(&dest_url, span),
            _ => {}
        }
    }

    /// The level of a title with an underline that is none in Markdown: below `=` and `-`, in the order in which the
    /// page has them.
    fn underlined(&mut self, span: Span) -> Option<u8> {
        let sign = self.text[span.range()].trim_end().chars().next_back().filter(|&sign| is_underline_sign(sign))?;
        let written = self.text[span.range()].trim_end();
        let (_, line) = written.rsplit_once('\n')?;
        if !line.trim().chars().all(|c| c == sign) {
            return None;
        }
        let at = self.underlines.chars().position(|known| known == sign).unwrap_or_else(|| {
            self.underlines.push(sign);
            self.underlines.chars().count() - 1
        });
        u8::try_from(at + 3).ok().map(|level| level.min(6))
    }

    fn end(&mut self, tag: TagEnd, span: Span) {
        match tag {
            TagEnd::CodeBlock => {
                // A fenced block muted its text, an indented one did not; in neither case is anything muted after it.
                self.muted = 0;
                self.close();
            }
            TagEnd::HtmlBlock => self.end_html_block(),
            TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::DefinitionListTitle | TagEnd::TableCell => {
                self.close_implicit();
                self.close();
                if let Some(tag) = self.fold_end.take() {
                    self.end_fold(tag);
                }
            }
            TagEnd::List(_)
            | TagEnd::Item
            | TagEnd::BlockQuote(_)
            | TagEnd::DefinitionList
            | TagEnd::DefinitionListDefinition
            | TagEnd::Table
            | TagEnd::TableHead
            | TagEnd::TableRow => {
                self.close_implicit();
                self.end_folds();
                self.close();
            }
            TagEnd::Strong => self.end_mark(Style::Strong),
            TagEnd::Emphasis => self.end_mark(Style::Emphasis),
            TagEnd::Strikethrough => self.struck = self.struck.saturating_sub(1),
            TagEnd::Link => self.end_link(None),
            TagEnd::Image => self.end_image(span),
            _ => {}
        }
    }

    fn end_html_block(&mut self) {
        self.muted = 0;
        let span = self.open.last().map(|&node| self.document.nodes[node].span());
        self.close();
        // In a quote, every line begins with a mark that is no HTML.
        let quoted = self.open.last().is_some_and(|&node| self.document.nodes[node].kind == Kind::Quote);
        let Some(span) = span.filter(|_| !quoted) else { return };
        match self.text[span.range()].trim() {
            TEXT_BEGINS => self.verbatim = Some(span.start),
            TEXT_ENDS => {
                if let Some(start) = self.verbatim.take() {
                    self.document.prose.quote(Span::new(start, span.start));
                }
            }
            _ => self.html_block(span),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Document;

    #[test]
    fn underlines_of_restructured_text_are_levels_in_their_order() {
        let page = "Ideas\n=====\n\nStudio\n------\n\nA graph\n~~~~~~~\n\nGoal\n^^^^\n\nA plug\n~~~~~~\n\nCore\n----\n";
        let document = Document::read(page, Span::new(0, page.len()));
        let headings = document.nodes.iter().filter_map(|node| match node.kind {
            Kind::Heading(level) => Some(level),
            _ => None,
        });
        assert_eq!(headings.collect::<Vec<_>>(), [1, 2, 3, 4, 3, 2]);
    }
}
