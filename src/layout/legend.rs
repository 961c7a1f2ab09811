//! Marks that a page explains once and sets beside its ideas: `🔴 expert`, `M = 175 h`, `(+ easy, ++ hard)`.

use crate::document::Document;
use crate::idea::{Difficulty, difficulty, size};
use crate::prose::{self, Style, Text};
use crate::text::Spanned;

/// What the marks of a page mean.
#[derive(Clone, Debug, Default)]
pub(super) struct Legend(Vec<(String, Meaning)>);

#[derive(Clone, Copy, Debug, PartialEq)]
enum Meaning {
    Level(Difficulty),
    Hours(u32),
}

/// What parts the entries of a legend that stand in one line.
const PARTING: [char; 6] = ['·', '•', '|', ',', ';', '/'];

/// A legend has no more entries, and a line of one no more bytes.
const MOST: usize = 16;
const LONGEST: usize = 300;

impl Legend {
    /// Looks for lines that explain several marks, and for lists of such lines.
    pub(super) fn read(document: &Document) -> Self {
        let mut marks: Vec<(String, Meaning)> = Vec::new();
        let mut list: Vec<(String, Meaning)> = Vec::new();
        let texts = document.texts(0..document.nodes.len()).filter(|&(node, _)| !document.nodes[node].verbatim);
        for line in texts.flat_map(|(_, text)| text.lines()) {
            let mut found = if line.len() > LONGEST { Vec::new() } else { entries(line) };
            if found.len() == 1 {
                list.append(&mut found);
                continue;
            }
            for entries in [std::mem::take(&mut list), found] {
                if explains(&entries) && marks.len() < MOST {
                    marks.extend(entries);
                }
            }
        }
        if explains(&list) {
            marks.extend(list);
        }
        marks.truncate(MOST);
        // `★★` is not `★`.
        marks.sort_by_key(|(mark, _)| std::cmp::Reverse(mark.len()));
        Legend(marks)
    }

    /// The level that a mark in a text stands for.
    pub(super) fn level(&self, text: Text<'_>) -> Option<Spanned<Difficulty>> {
        self.find(text, |meaning| match meaning {
            Meaning::Level(level) => Some(level),
            Meaning::Hours(_) => None,
        })
    }

    /// The hours that a mark in a text stands for.
    pub(super) fn hours(&self, text: Text<'_>) -> Option<Spanned<u32>> {
        self.find(text, |meaning| match meaning {
            Meaning::Hours(hours) => Some(hours),
            Meaning::Level(_) => None,
        })
    }

    /// A title up to the mark in brackets that stands behind it.
    pub(super) fn without_mark<'a>(&self, title: Text<'a>) -> Text<'a> {
        let said = title.as_str();
        // `Title [++] (nick)`
        let is_remark = |rest: &str| rest.is_empty() || rest.starts_with('(') && rest.ends_with(')');
        let ends = |at: usize, mark: &str| {
            let rest = said[at + mark.len()..].strip_prefix([')', ']']);
            is_open(&said[..at]) && rest.is_some_and(|rest| is_remark(rest.trim()))
        };
        let at = self.0.iter().find_map(|(mark, _)| stands_at(title, mark).filter(|&at| ends(at, mark)));
        let rest = at.map_or(title, |at| title.cut(0..at - 1).trim());
        if rest.is_empty() { title } else { rest }
    }

    fn find<T>(&self, text: Text<'_>, wanted: impl Fn(Meaning) -> Option<T>) -> Option<Spanned<T>> {
        self.0.iter().find_map(|(mark, meaning)| {
            let value = wanted(*meaning)?;
            let at = stands_at(text, mark)?;
            Some(Spanned::at(text.cut(at..at + mark.len()).span(), value))
        })
    }
}

/// True for several entries, no two of which explain the same mark or mean the same.
fn explains(entries: &[(String, Meaning)]) -> bool {
    let differ = |(at, (mark, meaning)): (usize, &(String, Meaning))| {
        !entries[..at].iter().any(|(other, same)| other == mark || same == meaning)
    };
    (2..=MOST).contains(&entries.len()) && entries.iter().enumerate().all(differ)
}

/// The marks that a line explains, in order.
fn entries(line: Text<'_>) -> Vec<(String, Meaning)> {
    // Most lines have nothing that could be a mark.
    let is_mark = |word: &str| {
        let word = word.trim_start_matches('(');
        let is_capital = word.starts_with(|c: char| c.is_ascii_uppercase());
        word.starts_with('+') || is_capital && word.trim_end_matches(['=', ':']).len() < 3
    };
    if line.as_str().is_ascii() && !line.as_str().split_ascii_whitespace().any(is_mark) {
        return Vec::new();
    }
    let in_brackets = |part: &str| {
        let inside = line.of(&part[part.rfind('(').map_or(0, |open| open + 1)..]);
        entry(inside.cut(0..inside.as_str().find(')').unwrap_or(inside.len())))
    };
    let read = |part: &str| entry(line.of(part)).or_else(|| if part.contains(['(', ')']) { in_brackets(part) } else { None });
    line.as_str().split(PARTING).filter_map(read).collect()
}

/// `🔴 expert`, `Legend: 🟢 = easy`, `M: 175 h`
fn entry(part: Text<'_>) -> Option<(String, Meaning)> {
    let said = part.as_str();
    // What introduces the first entry ends in a colon.
    let introduces = |&colon: &usize| colon > 2 && !is_sign(said[..colon].trim());
    let start = said.find(": ").filter(introduces).map_or(0, |colon| colon + 1);
    let after = said[start..].trim_start();
    let mark = after.split_whitespace().next()?.trim_end_matches(['=', ':']);
    let rest = after[mark.len()..].trim_start();
    let value = rest.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '=' | ':' | '-' | '–' | '—'));
    let letters = mark.len() < 3 && mark.chars().all(|c| c.is_ascii_uppercase()) && rest.len() > value.len();
    if mark.is_empty() || !(letters || is_sign(mark) || is_plus(mark)) {
        return None;
    }
    // "Simple Python bindings" is no level, and "Port it (175 h)" no size.
    let words = value.split_whitespace().count();
    let begins = value.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '~' | '≈'));
    let sized = || value.split(|c: char| !c.is_alphanumeric()).next().is_some_and(|word| size::from_word(word).is_some());
    if words > 4 || words > 2 && !begins && !sized() {
        return None;
    }
    let value = part.of(value);
    let (hours, levels) = (size::read_with_unit(value), difficulty::read(value));
    let meaning = match (&hours[..], &levels[..]) {
        ([hours], _) => Meaning::Hours(hours.value),
        ([], [level]) => Meaning::Level(level.value),
        _ => return None,
    };
    Some((mark.to_owned(), meaning))
}

/// True for emoji and stars.
fn is_sign(mark: &str) -> bool {
    mark.chars().all(prose::is_sign)
}

/// True for `++`.
fn is_plus(mark: &str) -> bool {
    mark.bytes().all(|byte| byte == b'+')
}

/// Where a mark stands in a text: a sign anywhere, letters only as code or in brackets.
fn stands_at(text: Text<'_>, mark: &str) -> Option<usize> {
    let said = text.as_str();
    if is_sign(mark) {
        return said.find(mark);
    }
    let code = text.marked(&[Style::Code]).map(|(range, _)| range).find(|range| said[range.clone()] == *mark);
    let bracketed = || said.match_indices(mark).map(|(at, _)| at).find(|&at| is_bracketed(&said[..at], &said[at + mark.len()..]));
    code.map(|range| range.start).or_else(bracketed)
}

fn is_open(before: &str) -> bool {
    before.ends_with(['(', '['])
}

fn is_bracketed(before: &str, after: &str) -> bool {
    before.ends_with('(') && after.starts_with(')') || before.ends_with('[') && after.starts_with(']')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Span;

    fn meaning(legend: &str, title: &str) -> (Option<Difficulty>, Option<u32>) {
        let page = format!("{legend}\n\n## {title}\n");
        let document = Document::read(&page, Span::new(0, page.len()));
        let legend = Legend::read(&document);
        let title = document.texts(0..document.nodes.len()).last().map(|(_, text)| text);
        let read = |title| (legend.level(title).map(|level| level.value), legend.hours(title).map(|hours| hours.value));
        title.map_or((None, None), read)
    }

    #[test]
    fn marks_mean_what_the_page_says() {
        use Difficulty::{Easy, Hard, Medium};
        for (legend, title, expected) in [
            ("Legend: 🟢 beginner · 🟡 intermediate · 🔴 expert", "🔴 Faster start", (Some(Hard), None)),
            ("- 🟢 - easy\n- 🟡 - medium", "Faster start 🟡", (Some(Medium), None)),
            ("`S` = 90 h, `M` = 175 h, `L` = 350 h", "Faster start `M`", (None, Some(175))),
            ("S: 90 hours | L: 350 hours", "Faster start (L)", (None, Some(350))),
            ("★ = easy, ★★ = hard", "Faster start ★★", (Some(Hard), None)),
            ("★ = easy, ★★ = hard", "Faster start ★", (Some(Easy), None)),
            ("🟢: easy · 🔴: hard", "🔴 Faster start", (Some(Hard), None)),
            ("S: Small (90 h) | L: Large (350 h)", "Faster start (L)", (None, Some(350))),
            ("They are rated (`+` easy, `++` medium, `+++` hard). Ask us", "Faster start [++]", (Some(Medium), None)),
            ("They are rated (`+` easy, `++` medium, `+++` hard). Ask us", "Faster C++", (None, None)),
            // Titles in a list are no legend.
            ("- 🐍 Simple Python bindings\n- 🦀 Advanced Rust macros", "🐍 Faster start", (None, None)),
            ("- 🐍 Port it (175 h)\n- 🦀 Write it (350 h)", "🐍 Faster start", (None, None)),
            // Letters in words mean nothing.
            ("S: 90 hours | L: 350 hours", "Faster S start", (None, None)),
            // One mark is no legend, and neither are two of one meaning.
            ("🟢 easy", "🟢 Faster start", (None, None)),
            ("🟢 easy · 🚀 easy", "🟢 Faster start", (None, None)),
            ("We are 🚀 happy, 🎉 glad", "🚀 Faster start", (None, None)),
        ] {
            assert_eq!(meaning(legend, title), expected, "{legend:?} {title:?}");
        }
    }
}
