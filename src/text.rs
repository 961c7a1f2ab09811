//! Where bytes become text: a [`Source`] is one page's text with its path and its lines; a [`Span`] is a stretch of it.
//!
//! Spans are byte ranges into the *original* text (after decoding, before any parsing) and are made once, where the
//! text is cut. Lines and columns are computed from them only when something is shown.

use std::io;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use borsh::{BorshDeserialize, BorshSerialize};
use schemars::JsonSchema;
use serde::{Serialize, Serializer};
use unicode_normalization::UnicodeNormalization as _;

/// A stretch of a page, in bytes of its text: `start..end`, on character borders.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

/// An offset in 32 bits, as they are kept where there are many: a page of more than 4 GiB is refused before it gets here.
pub(crate) fn short(offset: usize) -> u32 {
    u32::try_from(offset).unwrap_or(u32::MAX)
}

impl Span {
    /// The span `start..end`.
    pub fn new(start: usize, end: usize) -> Self {
        debug_assert!(start <= end, "span {start}..{end} runs backwards");
        Self { start, end }
    }

    /// The span as a range, to slice text with.
    pub fn range(self) -> Range<usize> {
        self.start..self.end
    }

    /// The smallest span that holds both.
    #[must_use]
    pub fn join(self, other: Span) -> Span {
        Span::new(self.start.min(other.start), self.end.max(other.end))
    }
}

/// In half the room: what is kept is read from pages of less than 4 GiB.
impl BorshSerialize for Span {
    fn serialize<W: io::Write>(&self, out: &mut W) -> io::Result<()> {
        for at in [self.start, self.end] {
            BorshSerialize::serialize(&u32::try_from(at).map_err(io::Error::other)?, out)?;
        }
        Ok(())
    }
}

impl BorshDeserialize for Span {
    fn deserialize_reader<R: io::Read>(from: &mut R) -> io::Result<Self> {
        let [start, end] = <[u32; 2]>::deserialize_reader(from)?;
        Ok(Span { start: start as usize, end: end as usize })
    }
}

impl From<Range<usize>> for Span {
    fn from(range: Range<usize>) -> Self {
        Span::new(range.start, range.end)
    }
}

/// A value and the stretch of the page it was read from.
///
/// `span` is `None` where the value does not stand on the page itself: a term read from the page's path, for example.
/// It serialises as the bare value.
#[derive(Clone, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct Spanned<T> {
    /// The value as it is meant.
    pub value: T,
    /// Where it stands.
    pub span: Option<Span>,
}

impl<T> Spanned<T> {
    /// A value that stands at `span`.
    pub fn at(span: Span, value: T) -> Self {
        Self { value, span: Some(span) }
    }

    /// A value that does not stand on the page.
    pub fn nowhere(value: T) -> Self {
        Self { value, span: None }
    }

    /// The same place, another value.
    pub fn map<U>(self, f: impl FnOnce(T) -> U) -> Spanned<U> {
        Spanned { value: f(self.value), span: self.span }
    }
}

impl<T: Serialize> Serialize for Spanned<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.value.serialize(serializer)
    }
}

impl<T: JsonSchema> JsonSchema for Spanned<T> {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        T::schema_name()
    }

    fn inline_schema() -> bool {
        T::inline_schema()
    }

    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        T::json_schema(generator)
    }
}

/// A place for people: both numbers count from 1; the column counts characters, not bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, BorshSerialize, BorshDeserialize)]
pub struct Position {
    /// Line, from 1.
    pub line: usize,
    /// Character in the line, from 1.
    pub column: usize,
}

/// Something odd about the bytes of a page; the page is read all the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Oddity {
    /// Where it is.
    pub span: Span,
    /// What it is, and what was done about it.
    pub message: String,
}

/// One page: its text, where it came from, and where its lines begin.
#[derive(Clone, Debug)]
pub struct Source {
    path: PathBuf,
    text: String,
    /// Byte offset of each line's first byte; the first is 0.
    lines: Vec<usize>,
    /// How many characters come before each [`BLOCK`] of bytes; counted when somebody asks for a place far into a line.
    characters: OnceLock<Vec<usize>>,
}

/// So many bytes of a line are counted each time that somebody asks for a place in it. All of a page may be one line.
const BLOCK: usize = 1 << 12;

impl Source {
    /// A page from text that is already decoded.
    pub fn new(path: impl Into<PathBuf>, text: impl Into<String>) -> Self {
        let text = text.into();
        let mut lines = vec![0];
        lines.extend(memchr::memchr_iter(b'\n', text.as_bytes()).map(|at| at + 1));
        Self { path: path.into(), text, lines, characters: OnceLock::new() }
    }

    /// A page from bytes: UTF-8, or UTF-16 with a byte-order mark.
    ///
    /// Bytes that are no UTF-8 become U+FFFD, and each such stretch is reported: nothing that can be read is lost.
    pub fn decode(path: impl Into<PathBuf>, bytes: Vec<u8>) -> (Self, Vec<Oddity>) {
        if let Some(text) = utf16(&bytes) {
            return (Self::new(path, text), Vec::new());
        }
        let mut oddities = Vec::new();
        let text = String::from_utf8(bytes).unwrap_or_else(|error| {
            let bytes = error.into_bytes();
            let mut text = String::with_capacity(bytes.len() + 16);
            for chunk in bytes.utf8_chunks() {
                text.push_str(chunk.valid());
                if !chunk.invalid().is_empty() {
                    let start = text.len();
                    text.push(char::REPLACEMENT_CHARACTER);
                    oddities.push(Oddity {
                        span: Span::new(start, text.len()),
                        message: format!("{} is not UTF-8 and was read as \u{fffd}", hex(chunk.invalid())),
                    });
                }
            }
            text
        });
        oddities.extend(memchr::memchr_iter(0, text.as_bytes()).map(|at| Oddity {
            span: Span::new(at, at + 1),
            message: "a NUL byte has no place in text; it was ignored".to_owned(),
        }));
        oddities.sort_by_key(|oddity| oddity.span);
        (Self::new(path, text), oddities)
    }

    /// Where the page came from: a path as the user gave it, or `<stdin>`.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The whole text, byte for byte as it was decoded (a byte-order mark included).
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The text of a span; empty where the span is not on this page.
    pub fn slice(&self, span: Span) -> &str {
        self.text.get(span.range()).unwrap_or_default()
    }

    /// The line (from 1) that a byte stands on.
    pub fn line(&self, offset: usize) -> usize {
        self.lines.partition_point(|&start| start <= offset)
    }

    /// The first byte of the line that a byte stands on.
    pub fn line_start(&self, offset: usize) -> usize {
        self.lines[self.line(offset) - 1]
    }

    /// Where the line ends that a byte stands on: behind its line break.
    pub fn line_end(&self, offset: usize) -> usize {
        self.lines.get(self.line(offset)).copied().unwrap_or(self.text.len())
    }

    /// Line and column of a byte.
    pub fn position(&self, offset: usize) -> Position {
        let line = self.line(offset);
        let start = self.lines[line - 1];
        let column = if offset.saturating_sub(start) < BLOCK {
            characters(self.text.as_bytes().get(start..offset).unwrap_or_default())
        } else {
            self.characters_before(offset) - self.characters_before(start)
        };
        Position { line, column: column + 1 }
    }

    fn characters_before(&self, offset: usize) -> usize {
        let bytes = self.text.as_bytes();
        let counted = self.characters.get_or_init(|| {
            let sum = |before: &mut usize, block: &[u8]| {
                *before += characters(block);
                Some(*before)
            };
            std::iter::once(0).chain(bytes.chunks(BLOCK).scan(0, sum)).collect()
        });
        let offset = offset.min(bytes.len());
        let block = offset / BLOCK;
        counted[block] + characters(&bytes[block * BLOCK..offset])
    }
}

/// How many characters begin in a part of a text.
fn characters(part: &[u8]) -> usize {
    part.iter().filter(|byte| !(0x80..0xc0).contains(*byte)).count()
}

/// How two bytes make a unit of UTF-16.
type Unit = fn([u8; 2]) -> u16;

/// How a byte-order mark says that two bytes make a unit of UTF-16, and what follows it.
fn utf16_mark(bytes: &[u8]) -> Option<(Unit, &[u8])> {
    match bytes {
        [0xff, 0xfe, rest @ ..] => Some((u16::from_le_bytes, rest)),
        [0xfe, 0xff, rest @ ..] => Some((u16::from_be_bytes, rest)),
        _ => None,
    }
}

/// UTF-16 text, if a byte-order mark says that it is.
fn utf16(bytes: &[u8]) -> Option<String> {
    let (unit, rest) = utf16_mark(bytes)?;
    let units = rest.chunks_exact(2).map(|pair| unit([pair[0], pair[1]]));
    Some(char::decode_utf16(units).map(|unit| unit.unwrap_or(char::REPLACEMENT_CHARACTER)).collect())
}

/// How much of a file is looked at to tell text from other data.
const BEGINNING: usize = 8 << 10;

/// Fewer control characters than this are a slip in a text, however short that is.
const SLIPS: usize = 4;

/// In other data, at least one byte of so many is a control character; compressed data has one of ten.
const RARE: usize = 32;

/// True unless the beginning of a file has NUL bytes and other control characters as only programs, images and archives
/// have them. What terminals are sent, tabs, line breaks and escape sequences, is text.
pub fn is_text(bytes: &[u8]) -> bool {
    if utf16_mark(bytes).is_some() {
        return true;
    }
    let beginning = &bytes[..bytes.len().min(BEGINNING)];
    let controls = beginning.iter().filter(|byte| matches!(byte, 0..=6 | 14..=26 | 28..=31 | 0x7f)).count();
    controls < SLIPS || controls * RARE < beginning.len()
}

fn hex(bytes: &[u8]) -> String {
    let digits: Vec<_> = bytes.iter().map(|byte| format!("0x{byte:02x}")).collect();
    digits.join(" ")
}

/// How many there are of something: `1 page`, `2 pages`.
pub fn counted(count: usize, noun: &str) -> String {
    format!("{count} {noun}{}", if count == 1 { "" } else { "s" })
}

/// How many of several a message names.
pub const NAMED: usize = 5;

/// The first few of several, and how many others there are: `go, rust, java, c, perl and 3 others`.
pub fn first_few(all: &[impl AsRef<str>]) -> String {
    let first: Vec<&str> = all.iter().take(NAMED).map(AsRef::as_ref).collect();
    let first = first.join(", ");
    match all.len().saturating_sub(NAMED) {
        0 => first,
        others => format!("{first} and {}", counted(others, "other")),
    }
}

/// Which letters a word has: words whose sets are far apart are far apart themselves, and that is cheap to ask.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LetterSet(u32);

impl LetterSet {
    /// The letters of a word in lower case.
    pub fn of(word: &str) -> Self {
        let mut set = LetterSet::default();
        word.chars().for_each(|c| set.add(c));
        set
    }

    /// Adds a letter in lower case. What is no Latin letter shares a bit with others.
    pub fn add(&mut self, letter: char) {
        let bit = match letter {
            'a'..='z' => u32::from(letter) - u32::from('a'),
            other => 26 + u32::from(other) % 6,
        };
        self.0 |= 1 << bit;
    }

    /// False if more than `slips` letters must be put in, left out, changed or swapped to make one word the other.
    pub fn may_be(self, other: Self, slips: usize) -> bool {
        // Each slip adds one letter to either set at the most.
        self.lacking_in(other) <= slips && other.lacking_in(self) <= slips
    }

    /// How many letters of this word the other one has not.
    pub fn lacking_in(self, other: Self) -> usize {
        (self.0 & !other.0).count_ones() as usize
    }
}

/// The letters and digits of a text, small and without their accents.
pub(crate) fn plain_letters(text: &str) -> String {
    text.nfkd().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// True if a word is one slip away from a known one: a letter too many, too few, changed, or two swapped. Short words are one
/// slip away from too much.
pub(crate) fn is_slip(word: &str, known: &str) -> bool {
    const SHORTEST: usize = 5;
    known.len() >= SHORTEST
        && word.len().abs_diff(known.len()) <= 1
        && word.len() >= SHORTEST - 1
        && word.as_bytes()[0] == known.as_bytes()[0]
        && is_one_edit(word, known)
}

/// True if two words are one edit apart: what differs, between what they begin and end with alike, is one character or two
/// swapped.
fn is_one_edit(a: &str, b: &str) -> bool {
    let (mut a, mut b) = (a.chars(), b.chars());
    let begin = a.clone().zip(b.clone()).take_while(|(a, b)| a == b).count();
    a.by_ref().take(begin).for_each(drop);
    b.by_ref().take(begin).for_each(drop);
    let end = a.clone().rev().zip(b.clone().rev()).take_while(|(a, b)| a == b).count();
    a.by_ref().rev().take(end).for_each(drop);
    b.by_ref().rev().take(end).for_each(drop);
    match (a.clone().count(), b.clone().count()) {
        (0 | 1, 1) | (1, 0) => true,
        (2, 2) => a.eq(b.rev()),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_are_named_in_part() {
        let names = |count: usize| (1..=count).map(|number| number.to_string()).collect::<Vec<_>>();
        for (count, named) in [(0, ""), (2, "1, 2"), (5, "1, 2, 3, 4, 5"), (6, "1, 2, 3, 4, 5 and 1 other")] {
            assert_eq!(first_few(&names(count)), named);
        }
        assert_eq!(first_few(&names(3000)), "1, 2, 3, 4, 5 and 2995 others");
    }

    #[test]
    fn positions_count_lines_and_characters_from_one() {
        let source = Source::new("a.md", "ä: x\r\nsecond é!\n");
        let at = |needle: &str| source.position(source.text().find(needle).unwrap());
        assert_eq!(at("x"), Position { line: 1, column: 4 });
        assert_eq!(at("second"), Position { line: 2, column: 1 });
        assert_eq!(at("!"), Position { line: 2, column: 9 });
        assert_eq!(source.position(source.text().len()), Position { line: 3, column: 1 });
    }

    #[test]
    fn positions_in_long_lines_are_counted_in_blocks() {
        let text = format!("short\n{}\nshort", "é日a".repeat(BLOCK));
        let source = Source::new("long.md", text.as_str());
        for (at, _) in text.char_indices().step_by(97) {
            let start = text[..at].rfind('\n').map_or(0, |end| end + 1);
            assert_eq!(source.position(at).column, text[start..at].chars().count() + 1, "byte {at}");
        }
    }

    #[test]
    fn what_is_not_utf8_is_replaced_and_reported() {
        let (source, oddities) = Source::decode("a.md", b"ok \xff\xfe then \0 end".to_vec());
        assert_eq!(source.text(), "ok \u{fffd}\u{fffd} then \0 end");
        assert_eq!(oddities.len(), 3);
        assert!(oddities[0].message.starts_with("0xff is not UTF-8"), "{}", oddities[0].message);
        assert_eq!(source.slice(oddities[2].span), "\0");
    }

    #[test]
    fn text_has_hardly_any_control_characters() {
        let utf16: Vec<u8> = [0xff, 0xfe].into_iter().chain("# Ideas\n".bytes().flat_map(|byte| [byte, 0])).collect();
        let latin1 =
            "# Id\u{e9}es pour l'\u{e9}t\u{e9}\n".chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect::<Vec<_>>();
        let compressed: Vec<u8> = (0..4096_u32).map(|n| n.wrapping_mul(2_654_435_761).to_be_bytes()[0]).collect();
        let long = [b"# Ideas\n".repeat(2000), vec![0; 5]].concat();
        for (bytes, is_it, what) in [
            (&b""[..], true, "nothing"),
            (b"a \0 b \0 c \0", true, "three slips"),
            (b"\x1b[31m# Ideas\x1b[0m\r\n\tx\x0c\x08\x1b[1m\x1b[0m", true, "escape sequences"),
            (&latin1, true, "another encoding"),
            (&utf16, true, "UTF-16"),
            (&utf16[2..], false, "UTF-16 without a mark"),
            (&long, true, "text for as far as it is looked at"),
            (b"\x7fELF\x02\x01\x01\0\0\0\0\0\0\0\0\0\x03\0>\0", false, "a program"),
            (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", false, "an image"),
            (&compressed, false, "an archive"),
        ] {
            assert_eq!(is_text(bytes), is_it, "{what}");
        }
    }

    #[test]
    fn utf16_is_known_by_its_mark() {
        let bytes = [0xff, 0xfe, b'H', 0, 0xe9, 0].to_vec();
        assert_eq!(Source::decode("a.md", bytes).0.text(), "Hé");
    }

    #[test]
    fn slips() {
        for (word, known, slip) in [
            ("hourse", "hours", true),
            ("hors", "hours", true),
            ("meduim", "medium", true),
            ("midium", "medium", true),
            ("mediium", "medium", true),
            ("médium", "medium", true),
            ("meduimm", "medium", false),
            ("mmedimu", "medium", false),
            ("ours", "hours", false),
            ("hard", "harf", false),
            ("medium", "medium", false),
        ] {
            assert_eq!(is_slip(word, known), slip, "{word} {known}");
        }
    }
}
