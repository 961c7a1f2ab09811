//! The visible text of a page, once, with the way back to its bytes.
//!
//! Markup, comments and struck-through text are gone; links and what is bold, italic or code are remembered beside the
//! text; every character knows where it stands in the source. Whatever reads values (labels, mentors, sizes …) works on
//! [`Text`]s: cheap views that can be cut as one likes and still say which bytes they came from.

use std::ops::Range;

use crate::text::{Span, Spanned, short};

/// The visible text of one page.
#[derive(Debug, Default)]
pub struct Prose {
    text: String,
    pieces: Vec<Piece>,
    links: Vec<Link>,
    /// Sorted by where they begin, block by block.
    marks: Vec<Mark>,
    /// The stretches of the source that are text, whatever they look like.
    quotes: Vec<Span>,
    /// How much of all that there was when each block ended.
    ends: Vec<Amount>,
}

/// How much of a page there is up to the end of a block: bytes of text, pieces, links, marked stretches.
///
/// A page has thousands of pieces and a block a few: a search for the piece, the link or the mark at some place looks through
/// those of its block.
#[derive(Clone, Copy, Debug, Default)]
struct Amount {
    text: u32,
    pieces: u32,
    links: u32,
    marks: u32,
}

/// How a stretch of text is set apart from the text around it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// Bold.
    Strong,
    /// Italic.
    Emphasis,
    /// Code.
    Code,
}

/// A stretch of visible text that is set apart.
#[derive(Clone, Copy, Debug)]
struct Mark {
    start: u32,
    end: u32,
    style: Style,
}

/// A space that is not the usual one: U+00A0, U+202F, U+3000 …
fn is_odd_space(c: char) -> bool {
    c.is_whitespace() && !c.is_ascii() && !matches!(c, '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// A run of visible text and its place in the source. Where both are equally long they agree byte for byte; otherwise
/// (entities, escapes, repaired text) the piece maps as a whole.
#[derive(Clone, Copy, Debug)]
struct Piece {
    at: u32,
    len: u32,
    source: u32,
    source_len: u32,
}

impl Piece {
    fn at(self) -> usize {
        self.at as usize
    }

    fn end(self) -> usize {
        (self.at + self.len) as usize
    }

    /// True if it stands on the page byte for byte.
    fn is_literal(self) -> bool {
        self.len == self.source_len
    }

    fn source_start(self) -> usize {
        self.source as usize
    }

    fn source_end(self) -> usize {
        (self.source + self.source_len) as usize
    }
}

/// A link: which visible text it covers, and where it leads.
#[derive(Debug)]
pub struct Link {
    start: u32,
    end: u32,
    /// The destination, as written (percent-escapes kept); `mailto:` included where it was there.
    pub url: Box<str>,
    /// The whole link in the source, brackets and destination included.
    pub span: Span,
}

impl Link {
    /// True for a link to edit what it stands beside, as wikis have it.
    pub fn edits(&self) -> bool {
        // A page that does not exist yet is named by a link that begins it.
        (self.url.contains("action=edit") && !self.url.contains("redlink=")) || self.url.contains("veaction=")
    }
}

impl Prose {
    /// Room for so many bytes of visible text.
    pub fn with_capacity(bytes: usize) -> Self {
        // A line of a page is about a piece, and about a block.
        let lines = bytes / 64;
        let (pieces, ends) = (Vec::with_capacity(lines), Vec::with_capacity(lines));
        Prose { text: String::with_capacity(bytes), pieces, ends, ..Prose::default() }
    }

    /// Length of the text so far, in bytes.
    pub fn len(&self) -> usize {
        self.text.len()
    }

    /// True before anything was pushed.
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// Appends visible text that stands at `source`; every kind of space is a space.
    pub fn push(&mut self, text: &str, source: Span) {
        if text.is_ascii() || !text.contains(is_odd_space) {
            return self.append(text, source);
        }
        if text.len() != source.end - source.start {
            return self.append(&text.replace(is_odd_space, " "), source);
        }
        let part = |from: usize, to: usize| Span::new(source.start + from, source.start + to);
        let mut at = 0;
        for (space, odd) in text.match_indices(is_odd_space) {
            let end = space + odd.len();
            if at < space {
                self.append(&text[at..space], part(at, space));
            }
            self.append(" ", part(space, end));
            at = end;
        }
        if at < text.len() {
            self.append(&text[at..], part(at, text.len()));
        }
    }

    fn append(&mut self, text: &str, source: Span) {
        let at = self.text.len();
        self.text.push_str(text);
        let new = Piece {
            at: short(at),
            len: short(text.len()),
            source: short(source.start),
            source_len: short(source.end - source.start),
        };
        match self.pieces.last_mut() {
            Some(last) if new.is_literal() && last.is_literal() && last.source_end() == source.start && last.end() == at => {
                last.len += new.len;
                last.source_len += new.source_len;
            }
            _ => self.pieces.push(new),
        }
    }

    /// Ends a block: what follows is never read as one word with what came before.
    pub fn end_block(&mut self) {
        self.text.push('\n');
        self.ends.push(self.amount());
    }

    /// Takes the end of the last block back: what follows belongs to it.
    pub fn reopen(&mut self) {
        if self.ends.pop().is_some() {
            self.text.pop();
        }
    }

    /// The number of the block that is being written.
    pub fn block(&self) -> usize {
        self.ends.len()
    }

    fn amount(&self) -> Amount {
        Amount {
            text: short(self.text.len()),
            pieces: short(self.pieces.len()),
            links: short(self.links.len()),
            marks: short(self.marks.len()),
        }
    }

    /// How much there is before a block, and how much with it.
    fn around(&self, block: usize) -> (Amount, Amount) {
        let before = block.checked_sub(1).map_or(Amount::default(), |before| self.ends[before]);
        (before, self.ends.get(block).copied().unwrap_or_else(|| self.amount()))
    }

    /// Records that the text from `start` to here is a link.
    pub fn link(&mut self, start: usize, url: &str, span: Span) {
        // A link inside a link closes first; they are kept in the order they begin.
        let start = short(start);
        let at = self.links.partition_point(|link| link.start <= start);
        self.links.insert(at, Link { start, end: short(self.text.len()), url: url.into(), span });
    }

    /// Records that a stretch of the source, which ends here, is text, whatever it looks like.
    pub fn quote(&mut self, source: Span) {
        self.quotes.push(source);
    }

    /// Records that the text from `start` to here is set apart.
    pub fn mark(&mut self, start: usize, style: Style) {
        if start < self.text.len() {
            let (start, end) = (short(start), short(self.text.len()));
            let at = self.marks.partition_point(|mark| mark.start <= start);
            self.marks.insert(at, Mark { start, end, style });
        }
    }

    /// All links, block by block.
    pub fn links(&self) -> &[Link] {
        &self.links
    }

    /// A view of the bytes `range` of the visible text, which lie in one block.
    pub fn view(&self, range: Range<usize>) -> Text<'_> {
        self.view_in(self.ends.partition_point(|end| end.text as usize <= range.start), range)
    }

    /// The same, where the number of the block is known.
    pub fn view_in(&self, block: usize, range: Range<usize>) -> Text<'_> {
        Text { prose: self, block: short(block), start: short(range.start), end: short(range.end) }
    }

    fn pieces(&self, block: usize) -> (usize, &[Piece]) {
        let (before, with) = self.around(block);
        let (from, to) = (before.pieces as usize, with.pieces as usize);
        (from, &self.pieces[from..to])
    }

    fn source_start(&self, block: usize, at: usize) -> usize {
        let (first, pieces) = self.pieces(block);
        let next = first + pieces.partition_point(|piece| piece.at() <= at);
        match next.checked_sub(1).map(|i| self.pieces[i]) {
            Some(piece) if at < piece.end() => piece.source_start() + if piece.is_literal() { at - piece.at() } else { 0 },
            // Between two blocks: the next one begins here.
            before => self.pieces.get(next).map_or_else(|| before.map_or(0, Piece::source_end), |piece| piece.source_start()),
        }
    }

    fn source_end(&self, block: usize, at: usize) -> usize {
        let (first, pieces) = self.pieces(block);
        let next = first + pieces.partition_point(|piece| piece.at() < at);
        let Some(piece) = next.checked_sub(1).map(|i| self.pieces[i]) else { return 0 };
        if at < piece.end() && piece.is_literal() { piece.source_start() + (at - piece.at()) } else { piece.source_end() }
    }
}

/// A stretch of visible text.
///
/// All offsets that its methods take and give are bytes from its own start.
#[derive(Clone, Copy, Debug)]
pub struct Text<'a> {
    prose: &'a Prose,
    block: u32,
    start: u32,
    end: u32,
}

/// How many stretches that are set apart may lie inside one of them: of a larger one with more inside, only the beginning is
/// known to be set apart. Keeps the search short where one paragraph has thousands.
const DEEPEST_MARKS: usize = 32;

impl<'a> Text<'a> {
    /// The characters.
    pub fn as_str(self) -> &'a str {
        &self.prose.text[self.start()..self.end()]
    }

    /// True without a character.
    pub fn is_empty(self) -> bool {
        self.start() == self.end()
    }

    /// Length in bytes.
    pub fn len(self) -> usize {
        self.end() - self.start()
    }

    /// The bytes of the page that this text was read from. Markup inside is covered, markup around it is not.
    pub fn span(self) -> Span {
        let start = self.prose.source_start(self.block(), self.start());
        if self.is_empty() {
            return Span::new(start, start);
        }
        Span::new(start, self.prose.source_end(self.block(), self.end()).max(start))
    }

    /// The bytes of the page between this text and a later one, both included: everything from the one to the other.
    pub fn span_to(self, last: Text<'_>) -> Span {
        self.span().join(last.span())
    }

    /// A part of this text.
    #[must_use]
    pub fn cut(self, range: Range<usize>) -> Text<'a> {
        Text { start: short(self.start() + range.start), end: short(self.start() + range.end), ..self }
    }

    /// From `at` to the end.
    #[must_use]
    pub fn from(self, at: usize) -> Text<'a> {
        self.cut(at..self.len())
    }

    /// The text that `part`, a slice of [`Text::as_str`], stands for.
    #[must_use]
    pub fn of(self, part: &str) -> Text<'a> {
        let at = (part.as_ptr() as usize).wrapping_sub(self.as_str().as_ptr() as usize);
        debug_assert!(at + part.len() <= self.len(), "{part:?} is no part of {:?}", self.as_str());
        self.cut(at..at + part.len())
    }

    /// This text, a later one of the same block, and everything between them.
    #[must_use]
    pub fn through(self, last: Text<'a>) -> Text<'a> {
        debug_assert_eq!(self.block, last.block, "{:?} and {:?} stand apart", self.as_str(), last.as_str());
        Text { end: last.end.max(self.start), ..self }
    }

    /// The number of the block that it is a part of.
    pub fn block(self) -> usize {
        self.block as usize
    }

    fn start(self) -> usize {
        self.start as usize
    }

    fn end(self) -> usize {
        self.end as usize
    }

    /// The whole block that this text is a part of: a paragraph, a heading, a cell.
    #[must_use]
    pub fn whole(self) -> Text<'a> {
        let (before, with) = self.prose.around(self.block());
        // A line break ends it, unless it is still being written.
        let end = with.text as usize - usize::from(self.block() < self.prose.ends.len());
        Text { start: before.text, end: short(end), ..self }
    }

    /// Where this text begins in `whole`, which holds it.
    pub fn offset_in(self, whole: Text<'_>) -> usize {
        self.start().saturating_sub(whole.start())
    }

    /// Without white space around it.
    #[must_use]
    #[inline]
    pub fn trim(self) -> Text<'a> {
        // Most text was trimmed before.
        match self.as_str().as_bytes() {
            [first, .., last] if first.is_ascii_graphic() && last.is_ascii_graphic() => self,
            _ => self.of(self.as_str().trim()),
        }
    }

    /// Without the characters around it that `what` names.
    #[must_use]
    pub fn trim_matches(self, what: impl Fn(char) -> bool) -> Text<'a> {
        self.of(self.as_str().trim_matches(what))
    }

    /// What stands before the brackets that it ends in, and in them: `Title (hard)`, `Title [hard]`.
    pub fn last_brackets(self) -> Option<(Text<'a>, Text<'a>)> {
        let said = self.as_str();
        let (inner, open) = said.strip_suffix(')').zip(Some('(')).or_else(|| said.strip_suffix(']').zip(Some('[')))?;
        let at = inner.rfind(open)?;
        Some((self.cut(0..at).trim(), self.cut(at + 1..inner.len())))
    }

    /// Its lines, as the page breaks them (soft, hard and `<br>`), trimmed, without the empty ones.
    pub fn lines(self) -> impl Iterator<Item = Text<'a>> {
        let mut rest = Some(self);
        let lines = std::iter::from_fn(move || {
            let text = rest?;
            let end = memchr::memchr(b'\n', text.as_str().as_bytes());
            rest = end.map(|end| text.from(end + 1));
            Some(end.map_or(text, |end| text.cut(0..end)).trim())
        });
        lines.filter(|line| !line.is_empty())
    }

    /// The links that begin in this text: which part of it each covers, and the link.
    pub fn links(self) -> impl Iterator<Item = (Range<usize>, &'a Link)> {
        let links = self.block_links();
        let first = links.partition_point(|link| (link.start as usize) < self.start());
        links[first..]
            .iter()
            .take_while(move |link| (link.start as usize) < self.end())
            .map(move |link| (link.start as usize - self.start()..(link.end as usize).min(self.end()) - self.start(), link))
    }

    /// The link that covers the byte `at`.
    pub fn link_at(self, at: usize) -> Option<&'a Link> {
        let at = self.start() + at;
        let links = self.block_links();
        let next = links.partition_point(|link| link.start as usize <= at);
        links[..next].last().filter(|link| at < link.end as usize)
    }

    fn block_links(self) -> &'a [Link] {
        let (before, with) = self.prose.around(self.block());
        &self.prose.links[before.links as usize..with.links as usize]
    }

    fn block_marks(self) -> &'a [Mark] {
        let (before, with) = self.prose.around(self.block());
        &self.prose.marks[before.marks as usize..with.marks as usize]
    }

    /// The stretches of this text that are set apart in one of these styles, in order, cut to this text.
    pub fn marked(self, styles: &'static [Style]) -> impl Iterator<Item = (Range<usize>, Style)> {
        let marks = self.block_marks();
        // Those that begin before this text and reach into it are among the last before it.
        let first = marks.partition_point(|mark| (mark.start as usize) < self.start()).saturating_sub(DEEPEST_MARKS);
        let marks = marks[first..].iter().take_while(move |mark| (mark.start as usize) < self.end());
        marks.filter(move |mark| styles.contains(&mark.style) && mark.end as usize > self.start()).map(move |mark| {
            let (start, end) = ((mark.start as usize).max(self.start()), (mark.end as usize).min(self.end()));
            (start - self.start()..end - self.start(), mark.style)
        })
    }

    /// The stretch of the source around this text that is text, whatever it looks like.
    pub fn quote(self) -> Option<Span> {
        let at = self.span().start;
        let quotes = &self.prose.quotes;
        let next = quotes.partition_point(|quote| quote.start <= at);
        quotes[..next].last().copied().filter(|quote| at < quote.end)
    }

    /// If a stretch in one of these styles begins exactly here: where it ends (at most the end of this text).
    pub fn marked_prefix(self, styles: &'static [Style]) -> Option<usize> {
        let marks = self.block_marks();
        let at = marks.partition_point(|mark| (mark.start as usize) < self.start());
        let here = marks[at..].iter().take_while(|mark| mark.start as usize == self.start());
        let ends =
            here.filter(|mark| styles.contains(&mark.style)).map(|mark| (mark.end as usize).min(self.end()) - self.start());
        ends.max()
    }

    /// If a bold stretch begins exactly here: where it ends (at most the end of this text).
    pub fn bold_prefix(self) -> Option<usize> {
        self.marked_prefix(&[Style::Strong])
    }

    /// The text as a value with its place; line breaks become single spaces.
    pub fn to_spanned(self) -> Spanned<String> {
        Spanned::at(self.span(), self.flow())
    }

    /// The text as one line: white space collapsed.
    pub fn flow(self) -> String {
        let said = self.as_str();
        if is_even(said) {
            return said.to_owned();
        }
        let mut out = String::with_capacity(said.len());
        let mut add = |part: &str| {
            if !out.is_empty() {
                out.push(' ');
            }
            out.push_str(part);
        };
        for line in self.lines().map(Text::as_str) {
            if is_even(line) { add(line) } else { line.split_whitespace().for_each(&mut add) }
        }
        out
    }
}

/// True for arrows, symbols and emoji, and what only changes their look.
pub fn is_sign(c: char) -> bool {
    matches!(u32::from(c), 0x2190..=0x2bff | 0xfe0f | 0x1f000..=0x1faff)
}

/// The length of the emoji code that a text begins with, as chats and forums write them: `:rocket:`.
pub fn emoji_code(text: &str) -> Option<usize> {
    let inner = text.strip_prefix(':')?;
    let end = inner.find(':')?;
    let (name, after) = (&inner[..end], &inner[end + 1..]);
    let is_name = name.len() > 1
        && name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '_' | '-' | '+'))
        && name.contains(|c: char| c.is_ascii_lowercase());
    (is_name && (after.is_empty() || after.starts_with([' ', ':', '\n']))).then_some(end + 2)
}

/// True for ASCII text of one line with single spaces between its words and none around them: most text.
fn is_even(text: &str) -> bool {
    let bytes = text.as_bytes();
    let (Some(&first), Some(&last)) = (bytes.first(), bytes.last()) else { return true };
    // Without a way out of the loop, many bytes are looked at in one step.
    let plain = bytes.iter().fold(true, |plain, byte| plain & (b' '..0x7f).contains(byte));
    let doubled = bytes.iter().zip(&bytes[1..]).filter(|(a, b)| **a == b' ' && **b == b' ').count() > 0;
    plain && !doubled && first != b' ' && last != b' '
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_part_knows_its_bytes() {
        // Source: `a &lt; **bc**` → visible `a < bc`
        let mut prose = Prose::default();
        prose.push("a ", Span::new(0, 2));
        prose.push("<", Span::new(2, 6));
        prose.push(" ", Span::new(6, 7));
        let start = prose.len();
        prose.push("bc", Span::new(9, 11));
        prose.mark(start, Style::Strong);
        prose.end_block();
        let text = prose.view(0..6);
        assert_eq!(text.as_str(), "a < bc");
        assert_eq!(text.span(), Span::new(0, 11));
        assert_eq!(text.cut(2..3).span(), Span::new(2, 6), "an entity maps as a whole");
        assert_eq!(text.cut(5..6).span(), Span::new(10, 11));
        assert_eq!(text.from(4).bold_prefix(), Some(2));
        assert_eq!(text.bold_prefix(), None);
    }
}
