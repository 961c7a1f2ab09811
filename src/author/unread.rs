//! What a page says of an idea and no field of it holds: text that is in nothing we write.
//!
//! Words are compared, not characters: a value may be written in another way. Labels, placeholders, and words that were
//! understood as a size, a level or a role are not missed.

use std::collections::HashMap;
use std::ops::Range;

use super::loss_check::{LossCheck, words};
use crate::data::Value;
use crate::document::{self, Document};
use crate::idea::Idea;
use crate::labels::Labels;
use crate::layout::export::{self, Of};
use crate::layout::{BOLD, Entry, Holds, Inspection, Tree};
use crate::records::Style;
use crate::text::{Source, Span};

/// Text of an idea that none of its fields holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unread {
    /// The idea, by its place among those that were asked about.
    pub idea: usize,
    /// Where the first such text stands on the page.
    pub span: Span,
    /// How many words are in no field.
    pub words: usize,
    /// How many words the page has of the idea.
    pub of: usize,
    /// How the first such text begins.
    pub begins: String,
}

/// Fewer words are the rest of a value that was understood.
const LEAST: usize = 6;

/// A smaller part of an idea's words is no loss: one in twenty.
const PART: usize = 20;

/// A placeholder has no more words.
const SHORT: usize = 4;

/// How many words of the text are shown, and how many characters.
const SHOWN: (usize, usize) = (6, 60);

/// What a page says of these ideas, all of which stand on it, and no field of them holds.
pub fn unread(source: &Source, ideas: &[&Idea]) -> Vec<Unread> {
    let Ok(tree) = Tree::read(source) else { return Vec::new() };
    let Ok(seen) = tree.inspect() else { return Vec::new() };
    let of = |(at, idea): (usize, &&Idea)| {
        let is_it = |entry: &&Entry<'_>| entry.idea.title == idea.title && entry.idea.source.line == idea.source.line;
        let entry = seen.entries.iter().find(is_it)?;
        Some(Unread { idea: at, ..missing(idea, &pieces(entry, &seen, &tree), &labels(entry))? })
    };
    ideas.iter().enumerate().filter_map(of).collect()
}

/// Text of an idea, and where it stands.
struct Piece {
    text: String,
    span: Span,
}

fn missing(idea: &Idea, pieces: &[Piece], labels: &HashMap<String, usize>) -> Option<Unread> {
    let said = words(&values(idea), true);
    let check = LossCheck::new(&[idea]);
    let (mut left, mut labels) = (said, labels.clone());
    let (mut count, mut of) = (0, 0);
    let mut first: Option<&Piece> = None;
    for piece in pieces {
        let (mut here, mut gone) = (0, 0);
        for (word, times) in words(&piece.text, false) {
            // What a label says is no value.
            let label = labels.entry(word.clone()).or_default();
            let times_here = times - times.min(*label);
            *label -= times.min(*label);
            here += times_here;
            let held = left.entry(word.clone()).or_default();
            let more = times_here - times_here.min(*held);
            *held -= times_here.min(*held);
            if more > 0 && !check.is_meant(&word) {
                gone += more;
            }
        }
        of += here;
        count += gone;
        if first.is_none() && gone * 2 > here {
            first = Some(piece);
        }
    }
    let first = first.filter(|_| count >= LEAST && count * PART > of)?;
    let mut shown = first.text.split_whitespace();
    let mut begins = shown.by_ref().take(SHOWN.0).collect::<Vec<_>>().join(" ");
    let end = begins.char_indices().nth(SHOWN.1).map(|(end, _)| end);
    begins.truncate(end.unwrap_or(begins.len()));
    if end.is_some() || shown.next().is_some() {
        begins.push('…');
    }
    Some(Unread { idea: 0, span: first.span, words: count, of, begins })
}

/// The words of an idea's labels.
fn labels(entry: &Entry<'_>) -> HashMap<String, usize> {
    let labels = entry.draft.facts.iter().filter(|fact| fact.style != Style::Key).map(|fact| fact.label.as_str());
    let mut labels = words(&labels.collect::<Vec<_>>().join("\n"), false);
    // The heading that it is filed under is its project.
    if let Some(group) = entry.draft.group {
        for (word, times) in words(group.as_str(), false) {
            *labels.entry(word).or_default() += times;
        }
    }
    labels
}

/// Everything that the fields of an idea say.
fn values(idea: &Idea) -> String {
    fn add(value: &serde_json::Value, all: &mut String) {
        match value {
            serde_json::Value::Null => {}
            serde_json::Value::String(text) => {
                all.push_str(text);
                all.push('\n');
            }
            serde_json::Value::Array(list) => list.iter().for_each(|value| add(value, all)),
            serde_json::Value::Object(map) => map.values().for_each(|value| add(value, all)),
            other => {
                all.push_str(&other.to_string());
                all.push('\n');
            }
        }
    }
    let mut all = String::new();
    // An idea is text, numbers and lists of them, which always have a JSON.
    if let Ok(serde_json::Value::Object(facts)) = serde_json::to_value(idea) {
        // The summary is a part of the description, and the rest no text of the page.
        let told = facts.iter().filter(|(fact, _)| !["id", "summary", "source"].contains(&fact.as_str()));
        told.for_each(|(_, value)| add(value, &mut all));
    }
    // A page says these as people do.
    let program = idea.program.as_ref().map(|program| program.value.spelled().to_owned());
    for spelled in program.into_iter().chain(idea.term.as_ref().map(|term| term.value.spelled())) {
        all.push_str(&spelled);
        all.push('\n');
    }
    all
}

/// What a page says of an idea: from its heading to the next; what its fields were read from, where it has no heading; in
/// data, its record.
fn pieces(entry: &Entry<'_>, seen: &Inspection<'_>, tree: &Tree<'_>) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut add = |text: &str, span: Span| {
        // A sentence may begin like one.
        let is_nothing = text.split_whitespace().nth(SHORT).is_none() && Labels::get().is_placeholder(text);
        if !text.trim().is_empty() && !is_nothing {
            pieces.push(Piece { text: text.to_owned(), span });
        }
    };
    if let Some(nodes) = section(entry, seen, &tree.document) {
        tree.document.texts(nodes).for_each(|(_, text)| add(text.as_str(), text.span()));
        return pieces;
    }
    let draft = &entry.draft;
    if let Some(record) = record(entry, tree) {
        // The full name of a program follows from its title, or is kept.
        let is_name = |key: &str| export::keys().of(key).is_some_and(|known| known.of == Some(Of::Name));
        let is_text = |key: &str| !NO_TEXT.contains(&key) && !is_name(key);
        for (_, value) in record.map().into_iter().flatten().filter(|(key, _)| is_text(key.as_str())) {
            value.texts().into_iter().for_each(|text| add(text.as_str(), text.span()));
        }
    } else {
        draft.title.iter().for_each(|title| add(title.as_str(), title.span()));
        let parts = draft.facts.iter().flat_map(|fact| &fact.parts);
        parts.for_each(|part| add(part.text.as_str(), part.text.span()));
    }
    draft.loose.iter().for_each(|text| add(text.as_str(), text.span()));
    pieces
}

/// Keys of data whose values are no text of the idea, or say again what others say.
const NO_TEXT: [&str; 9] = ["id", "summary", "source", "path", "line", "tags", "desirable", "url", "prerequisites"];

/// The record that an idea was read from.
fn record<'a>(entry: &Entry<'_>, tree: &'a Tree<'_>) -> Option<Value<'a>> {
    let root = tree.data()?.root();
    let title = entry.idea.title.span?;
    let holds = |record: &Value<'_>| {
        record.map().into_iter().flatten().any(|(_, value)| {
            value.text().is_some_and(|text| {
                let span = text.span();
                span.start <= title.start && title.end <= span.end
            })
        })
    };
    if holds(&root) {
        return Some(root);
    }
    let lists = root.map().into_iter().flatten().map(|(_, value)| value).chain([root]);
    lists.filter_map(Value::list).flatten().find(holds)
}

/// The nodes from an idea's heading to the next heading that is no part of it.
pub(super) fn section(entry: &Entry<'_>, seen: &Inspection<'_>, document: &Document) -> Option<Range<usize>> {
    let node = entry.draft.heading?;
    let level = match document.nodes[node].kind {
        document::Kind::Heading(level) => level,
        _ => BOLD,
    };
    let is_next = |heading: &&crate::layout::Heading<'_>| {
        heading.node > node && (heading.level <= level || heading.level == BOLD || heading.holds != Holds::Else)
    };
    let end = seen.headings.iter().filter(|heading| heading.level < BOLD || heading.holds == Holds::Idea).find(is_next);
    Some(node..end.map_or(document.nodes.len(), |heading| heading.node))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout;

    fn found(path: &str, page: &str) -> Vec<(usize, usize, String, usize)> {
        let source = Source::new(path, page);
        let ideas = layout::read(&source).unwrap().ideas;
        let ideas: Vec<&Idea> = ideas.iter().collect();
        let all = unread(&source, &ideas).into_iter();
        all.map(|unread| (unread.words, unread.of, unread.begins, source.line(unread.span.start))).collect()
    }

    #[test]
    fn what_no_field_holds_is_found() {
        let page = "# Ideas\n\n## Taste soups\n\nThis line about old spoons is read.\n\n- Hardware: a stove of one's own\n\
                    - Location: our kitchen\n- Description: Salt and heat.\n- Difficulty: Hard, 350 hours\n- Skills: Go, Rust\n\
                    - Mentors: Ada Brook (@ada-b) and Bo\n- Upstream Issue: TBD\n\n## Stir soups\n\n- Description: Salt and heat.\n\
                    - Skills: Go\n- Mentors: Ada Brook (@ada-b)\n";
        assert_eq!(found("soups.md", page), [(9, 32, "Hardware: a stove of one's own".to_owned(), 7)]);
    }

    #[test]
    fn keys_that_say_nothing_to_us_are_found_in_data() {
        let page = r#"[{"title": "Taste soups", "skills": ["Go"], "mentors": ["Ada Brook"],
            "why": "Soups are tasted by hand today, and that takes long."}, {"title": "Stir soups", "skills": ["Go"]}]"#;
        assert_eq!(found("soups.json", page), [(9, 15, "Soups are tasted by hand today,…".to_owned(), 2)]);
    }

    #[test]
    fn what_a_field_holds_is_not_missed() {
        for (path, page) in [
            ("form.md", include_str!("../../tests/proposals/form.md")),
            ("export.json", include_str!("../../tests/proposals/export.json")),
        ] {
            assert_eq!(found(path, page), [], "{path}");
        }
    }
}
