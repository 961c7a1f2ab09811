//! Whether a page reads the same with its fixes.
//!
//! Two things must hold. Its document is the same: the same blocks, in which every visible character outside of the edits stands
//! where it stood, with the same links and marks; code is untouched. And so are its ideas: what is read outside of the edits is
//! equal, what is read from an edited place says the same letters, and something may be known there that was not known before.

use rustc_hash::FxHashMap;

use crate::data::Value;
use crate::document::{Document, Kind, Node};
use crate::idea::Idea;
use crate::lint::fix::Accepted;
use crate::lint::letters::each_letter;
use crate::mojibake;
use crate::prose::{Link, Style, Text};
use crate::text::{Source, Span};

use super::{Before, reading};

/// True if the page with these edits reads as before.
pub(super) fn reads_the_same(before: &Before<'_>, accepted: &Accepted<'_>) -> bool {
    if before.tree.is_html {
        return false;
    }
    let edits = Edits::of(before.source.text(), accepted);
    let fixed = Source::new(before.source.path(), accepted.text(before.source.text()));
    let same = |after: &Before<'_>| {
        let (old, new) = (before.source, after.source);
        before.seen.shape == after.seen.shape
            && after.seen.problems.len() <= before.seen.problems.len()
            && same_document(&before.tree.document, &after.tree.document, old, new, &edits)
            && same_data(before, after, &edits)
            && before.ideas().len() == after.ideas().len()
            && before.ideas().zip(after.ideas()).all(|(before, after)| same_idea(before, after, &edits))
    };
    reading(&fixed, before.given, same).unwrap_or_default()
}

/// An edited stretch: where it was, where it is, and whether it says the same letters.
struct Edited {
    before: Span,
    after: Span,
    same_letters: bool,
}

/// All edits, in page order.
struct Edits(Vec<Edited>);

impl Edits {
    fn of(text: &str, accepted: &Accepted<'_>) -> Self {
        let (mut at, mut moved) = (0, 0);
        let edited = accepted.edits().map(|edit| {
            let start = moved + (edit.span.start - at);
            (at, moved) = (edit.span.end, start + edit.text.len());
            let same_letters = same_letters(&text[edit.span.range()], &edit.text);
            Edited { before: edit.span, after: Span::new(start, moved), same_letters }
        });
        Edits(edited.collect())
    }

    /// The edits that touch a stretch of the page as it was.
    fn touching(&self, span: Span) -> &[Edited] {
        let first = self.0.partition_point(|edit| edit.before.end < span.start);
        let after = self.0[first..].partition_point(|edit| edit.before.start <= span.end);
        &self.0[first..first + after]
    }

    fn touch(&self, span: Span) -> bool {
        !self.touching(span).is_empty()
    }

    /// True if an edit touches this stretch of the fixed page.
    fn touch_fixed(&self, span: Span) -> bool {
        let first = self.0.partition_point(|edit| edit.after.end < span.start);
        self.0.get(first).is_some_and(|edit| edit.after.start <= span.end)
    }

    /// True if all of a stretch of the page as it was is in one edit.
    fn cover(&self, span: Span) -> bool {
        self.touching(span).iter().any(|edit| edit.before.start <= span.start && span.end <= edit.before.end)
    }

    /// Where a byte of the page as it was stands on the fixed page, if no edit replaces it.
    fn moved(&self, at: usize) -> Option<usize> {
        match self.0[..self.0.partition_point(|edit| edit.before.start <= at)].last() {
            Some(edit) if at < edit.before.end => None,
            Some(edit) => Some(at - edit.before.end + edit.after.end),
            None => Some(at),
        }
    }

    /// True if no edit wrote this byte of the fixed page.
    fn is_kept(&self, at: usize) -> bool {
        let before = self.0[..self.0.partition_point(|edit| edit.after.start <= at)].last();
        before.is_none_or(|edit| at >= edit.after.end)
    }
}

fn same_document(before: &Document, after: &Document, old: &Source, new: &Source, edits: &Edits) -> bool {
    // A comment may go as a whole.
    let is_gone = |node: &Node| {
        let written = old.slice(node.span()).trim_end();
        node.kind == Kind::Html && edits.cover(Span::new(node.span().start, node.span().start + written.len()))
    };
    let kept: Vec<usize> = (0..before.nodes.len()).filter(|&at| !is_gone(&before.nodes[at])).collect();
    let names = |document: &Document| document.anchors.iter().map(|(_, name)| name.clone()).collect::<Vec<_>>();
    let numbers = |document: &Document| document.numbers.iter().map(|&(_, number)| number).collect::<Vec<_>>();
    let tags = before.tags.iter().filter(|(_, tag)| !edits.cover(*tag)).map(|&(_, tag)| old.slice(tag));
    kept.len() == after.nodes.len()
        && kept.iter().enumerate().all(|(is, &was)| same_node(before, was, after, is, old, new, edits))
        && names(before) == names(after)
        && numbers(before) == numbers(after)
        && tags.eq(after.tags.iter().map(|&(_, tag)| new.slice(tag)))
        && same_links(before.links(), after.links(), edits)
}

fn same_node(before: &Document, was: usize, after: &Document, is: usize, old: &Source, new: &Source, edits: &Edits) -> bool {
    let (a, b) = (&before.nodes[was], &after.nodes[is]);
    if (a.kind, a.depth, a.struck, a.verbatim) != (b.kind, b.depth, b.struck, b.verbatim) {
        return false;
    }
    if a.kind.is_container() {
        return true;
    }
    let (was, is) = (before.text(was), after.text(is));
    if !edits.touch(a.span()) {
        return was.as_str() == is.as_str() && (a.kind != Kind::Html || old.slice(a.span()) == new.slice(b.span()));
    }
    match a.kind {
        // What a browser obeys is nothing to mend without looking.
        Kind::Html => {
            old.slice(a.span()) == new.slice(b.span()) || [old.slice(a.span()), new.slice(b.span())].iter().all(is_comment)
        }
        Kind::Code => old.slice(a.span()).trim_end() == new.slice(b.span()).trim_end(),
        _ => same_text(was, is, edits),
    }
}

fn is_comment(html: &&str) -> bool {
    html.trim().strip_prefix("<!--").and_then(|rest| rest.strip_suffix("-->")).is_some_and(|inside| !inside.contains("-->"))
}

/// True if every visible character that no edit replaced stands where it stood, and nothing else is there but what edits wrote.
fn same_text(before: Text<'_>, after: Text<'_>, edits: &Edits) -> bool {
    let seen = |text: Text<'_>, at: usize, c: char| text.cut(at..at + c.len_utf8()).span().start;
    let kept = before.as_str().char_indices().filter(|(_, c)| !c.is_whitespace());
    let kept = kept.filter_map(|(at, c)| Some((edits.moved(seen(before, at, c))?, c)));
    let found = after.as_str().char_indices().filter(|(_, c)| !c.is_whitespace());
    let found = found.map(|(at, c)| (seen(after, at, c), c)).filter(|&(at, _)| edits.is_kept(at));
    let is_kept = |span: Span| !edits.cover(span);
    let (was, is) = (marks(before), marks(after));
    kept.eq(found)
        && was.iter().filter(|(span, _)| is_kept(*span)).map(|(_, style)| *style).eq(is.iter().map(|(_, style)| *style))
        && was.iter().filter(|(_, style)| *style == Style::Code).all(|(span, _)| !edits.touch(*span) || edits.cover(*span))
        && before
            .links()
            .all(|(range, link)| edits.touching(link.span).iter().all(|edit| keeps_words(before.cut(range.clone()), edit)))
}

/// The stretches of a text that are set apart.
fn marks(text: Text<'_>) -> Vec<(Span, Style)> {
    let all = text.marked(&[Style::Strong, Style::Emphasis, Style::Code]);
    all.map(|(range, style)| (text.cut(range).span(), style)).collect()
}

/// True if an edit leaves the words of a link as they are.
fn keeps_words(words: Text<'_>, edit: &Edited) -> bool {
    let span = words.span();
    edit.same_letters || words.is_empty() || edit.before.end <= span.start || span.end <= edit.before.start
}

/// True if links lead where they led: those that an edit touches, by their letters, and others may come up there.
fn same_links(before: &[Link], after: &[Link], edits: &Edits) -> bool {
    let mut new = after.iter();
    let found = before.iter().all(|was| {
        let is_touched = edits.touch(was.span);
        new.by_ref()
            .find_map(|is| match (is_touched, edits.touch_fixed(is.span)) {
                (false, false) => Some(was.url == is.url),
                (true, true) if same_letters(&was.url, &is.url) => Some(true),
                // One that was none before.
                (_, true) => None,
                (true, false) => Some(false),
            })
            .unwrap_or_default()
    });
    found && new.all(|is| edits.touch_fixed(is.span))
}

/// True if data has the same keys, and values that say the same.
fn same_data(before: &Before<'_>, after: &Before<'_>, edits: &Edits) -> bool {
    match (before.tree.data(), after.tree.data()) {
        (Some(was), Some(is)) => {
            let (was, is) = (was.root(), is.root());
            let pairs = was.texts().into_iter().zip(is.texts());
            let same = |was: Text<'_>, is: Text<'_>| {
                was.as_str() == is.as_str() || edits.touch(was.span()) && same_letters(was.as_str(), is.as_str())
            };
            keys(was) == keys(is) && was.texts().len() == is.texts().len() && pairs.into_iter().all(|(was, is)| same(was, is))
        }
        (None, None) => true,
        // Front matter that could not be read is a problem, and one less now.
        (None, Some(_)) => !before.seen.problems.is_empty(),
        (Some(_), None) => false,
    }
}

/// All keys of data, and how many values each list has.
fn keys(root: Value<'_>) -> Vec<(String, usize)> {
    let mut keys = Vec::new();
    let mut open = vec![root];
    while let Some(value) = open.pop() {
        for (key, value) in value.map().into_iter().flatten() {
            keys.push((key.as_str().to_owned(), 0));
            open.push(value);
        }
        if let Some(list) = value.list() {
            let before = open.len();
            open.extend(list);
            keys.push((String::new(), open.len() - before));
        }
    }
    keys
}

/// What an idea says of one thing: its values, each with its place.
type Values = Vec<(String, Option<Span>)>;

fn same_idea(before: &Idea, after: &Idea, edits: &Edits) -> bool {
    let (mut was, mut is) = (facts(before), facts(after));
    (before.mentors.len() == after.mentors.len() || before.mentors.is_empty())
        && was.drain().all(|(fact, was)| same_values(&was, &is.remove(fact).unwrap_or_default(), edits))
        && is.values().all(|is| same_values(&[], is, edits))
}

fn facts(idea: &Idea) -> FxHashMap<&'static str, Values> {
    let mut facts: FxHashMap<&'static str, Values> = FxHashMap::default();
    for evidence in idea.evidence_with_items() {
        facts.entry(evidence.fact).or_default().push((evidence.meaning, evidence.span));
    }
    let text = |text: &crate::text::Spanned<String>| (text.value.clone(), text.span);
    facts.insert("description", idea.description.iter().map(text).collect());
    facts.insert("technologies", idea.technologies.iter().map(text).collect());
    let said = |said: Vec<String>| said.into_iter().map(|said| (said, None)).collect();
    facts.insert("prerequisites", said(idea.prerequisites.iter().flat_map(|asked| asked.shown()).collect()));
    facts.insert("proposal", said(idea.proposal.iter().flat_map(|proposal| proposal.shown()).collect()));
    facts
}

/// True if all values are there in their order, those from edited places by their letters, and what else is there was
/// learnt from an edited place.
fn same_values(before: &[(String, Option<Span>)], after: &[(String, Option<Span>)], edits: &Edits) -> bool {
    let mut left = before.iter().peekable();
    let same = |(was, place): &(String, Option<Span>), is: &str| {
        was == is || place.is_some_and(|place| edits.touch(place)) && same_letters(was, is)
    };
    after
        .iter()
        .all(|(is, place)| left.next_if(|was| same(was, is)).is_some() || place.is_some_and(|place| edits.touch_fixed(place)))
        && left.next().is_none()
}

/// True if two texts say the same letters, however they were misread, whatever nobody sees between them, and with or
/// without a scheme before an address.
fn same_letters(a: &str, b: &str) -> bool {
    a == b || letters(a) == letters(b)
}

fn letters(text: &str) -> String {
    let mut said = text.to_owned();
    for misread in mojibake::find(text).collect::<Vec<_>>().into_iter().rev() {
        said.replace_range(misread.range, misread.meant.encode_utf8(&mut [0; 4]));
    }
    for scheme in ["https://", "http://", "mailto:"] {
        said = said.replace(scheme, " ");
    }
    let mut plain = String::with_capacity(said.len());
    let mut pieces = said.split("\u{1b}[");
    plain.extend(pieces.next().into_iter().flat_map(each_letter));
    for piece in pieces {
        // A terminal takes what follows up to a letter for a command.
        let command = piece.trim_start_matches(|c: char| matches!(c, '0'..='9' | ';' | '?'));
        let rest = command.strip_prefix(|c: char| c.is_ascii_alphabetic()).unwrap_or(command);
        plain.extend(each_letter(rest));
    }
    plain
}
