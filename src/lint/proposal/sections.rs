//! The sections of a filled form, as the programme's automation cuts them, and what JavaScript says of text.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::layout::form::{BLOCK, NO_RESPONSE};
use crate::lint::letters::letters;
use crate::text::Span;

/// What begins a section, at the beginning of a line.
const MARK: &str = "### ";

/// A section of a page.
pub(super) struct Section<'a> {
    /// Where the words of its heading stand.
    pub(super) heading: Span,
    /// The answer, without white space around it; empty where nobody answered.
    pub(super) answer: &'a str,
    /// Where it stands.
    pub(super) span: Span,
}

/// The sections of a page, by their headings. Of two with one heading the last counts.
pub(super) struct Sections<'a> {
    text: &'a str,
    list: Vec<Section<'a>>,
    by_heading: FxHashMap<&'a str, usize>,
}

impl<'a> Sections<'a> {
    /// Reads a page.
    pub(super) fn read(text: &'a str) -> Self {
        let bot = bot(text);
        let mut sections = Sections { text, list: Vec::new(), by_heading: FxHashMap::default() };
        let starts: Vec<usize> = memchr::memmem::find_iter(text.as_bytes(), MARK)
            .filter(|&at| text[..at].chars().next_back().is_none_or(ends_line) && !bot.range().contains(&at))
            .collect();
        let ends = starts.iter().skip(1).copied().chain([text.len()]);
        for (&start, end) in starts.iter().zip(ends) {
            let inside = &text[start + MARK.len()..end];
            // A heading at the very end has no answer, and is none.
            let Some(line) = inside.find('\n') else { continue };
            let (heading, answer) = (trim(&inside[..line]), trim(&inside[line + 1..]));
            // The bot writes behind all answers: what stands before is the answer.
            let of = |part: &str| part.as_ptr() as usize - text.as_ptr() as usize;
            let before = (bot.start >= of(answer) && bot.end <= end).then(|| trim(&text[of(answer)..bot.start.max(of(answer))]));
            let answer = match before {
                Some(before) if trim(&text[bot.end..end]).is_empty() => before,
                _ => answer,
            };
            let span = Span::new(of(answer), of(answer) + answer.len());
            let answer = if answer == NO_RESPONSE { "" } else { answer };
            sections.by_heading.insert(heading, sections.list.len());
            sections.list.push(Section { heading: Span::new(of(heading), of(heading) + heading.len()), answer, span });
        }
        sections
    }

    /// The section under a heading.
    pub(super) fn get(&self, heading: &str) -> Option<&Section<'a>> {
        self.by_heading.get(heading).map(|&at| &self.list[at])
    }

    /// The last section of the page.
    pub(super) fn last(&self) -> Option<&Section<'a>> {
        self.list.last()
    }

    /// A line that is probably meant as this heading: it has the same letters, or begins or ends with them, and is none of the
    /// form's own.
    pub(super) fn alike(&self, heading: &str, known: &FxHashSet<&str>) -> Option<Span> {
        let wanted = letters(heading);
        let mut near = None;
        let mut at = 0;
        for line in self.text.split_inclusive('\n') {
            let (start, said) = (at, trim(line));
            at += line.len();
            let Some(words) = said.strip_prefix(['#', '*']).filter(|_| said.len() <= 2 * heading.len() + 16) else { continue };
            if words
                .strip_prefix("## ")
                .is_some_and(|words| known.contains(trim(words)) && line.ends_with('\n') && line.starts_with('#'))
            {
                continue;
            }
            let words = letters(words);
            let span = || Span::new(start, start + line.trim_end().len());
            if words == wanted {
                return Some(span());
            }
            let far = wanted.len().abs_diff(words.len());
            if far * 3 <= wanted.len()
                && (words.starts_with(&wanted) || strsim::osa_distance(&words, &wanted) * 4 <= wanted.len())
            {
                near = near.or_else(|| Some(span()));
            }
        }
        near
    }
}

/// The bot's block, with the white space before it; an empty span if there is none.
fn bot(text: &str) -> Span {
    let Some(start) = text.find(BLOCK.0) else { return Span::new(text.len(), text.len()) };
    match text[start..].find(BLOCK.1) {
        Some(length) => Span::new(trim_end(&text[..start]).len(), start + length + BLOCK.1.len()),
        None => Span::new(text.len(), text.len()),
    }
}

/// A term without its months: `2026 Term 3 (Sep-Nov)` is `2026 Term 3`.
pub(super) fn without_months(term: &str) -> &str {
    let line = term.rfind(ends_line).map_or(0, |at| at + 1);
    let line = (line..=term.len()).find(|&at| term.is_char_boundary(at)).unwrap_or(0);
    term[line..].find('(').map_or(term, |at| trim_end(&term[..line + at]))
}

/// How long JavaScript says a text is: in UTF-16.
pub(super) fn length(text: &str) -> usize {
    text.encode_utf16().count()
}

/// What JavaScript calls white space.
pub(super) fn is_space(c: char) -> bool {
    c == '\u{feff}' || (c.is_whitespace() && c != '\u{85}')
}

/// What ends a line there.
fn ends_line(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\u{2028}' | '\u{2029}')
}

/// A text without white space around it.
pub(super) fn trim(text: &str) -> &str {
    text.trim_matches(is_space)
}

fn trim_end(text: &str) -> &str {
    text.trim_end_matches(is_space)
}
