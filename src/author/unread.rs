//! What a page says of an idea and no field of it holds: text that is in nothing we write.
//!
//! Words are compared, not characters: a value may be written in another way. Labels, placeholders, and words that were
//! understood as a size, a level or a role are not missed.

use std::collections::HashMap;
use std::ops::Range;

use super::loss_check::{LossCheck, is_furniture, words, words_in_order};
use crate::data::Value;
use crate::document::{self, Document};
use crate::idea::Idea;
use crate::labels::Labels;
use crate::layout::export::{self, Of};
use crate::layout::{BOLD, Entry, Holds, Inspection, Tree};
use crate::prose::{Link, Text};
use crate::records::Style;
use crate::text::{Source, Span};

/// Text of an idea that none of its fields holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unread {
    /// The idea, by its place among those that were asked about.
    pub idea: usize,
    /// Where the first such text stands on the page.
    pub span: Span,
    /// The words that are in no field, in lower case, as they stand there.
    pub words: Vec<String>,
    /// How the first such text begins.
    pub begins: String,
}

/// A placeholder has no more words.
const SHORT: usize = 4;

/// What stands before a title has no more characters.
const LONGEST_PREFIX: usize = 40;

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

fn missing(idea: &Idea, pieces: &[Text<'_>], labels: &HashMap<String, usize>) -> Option<Unread> {
    let check = LossCheck::new(&[idea]);
    let is_meant = |word: &str| check.is_meant(word) || is_furniture(word, idea);
    let (mut held, mut labels) = (words(&values(idea), true), labels.clone());
    let take =
        |of: &mut HashMap<String, usize>, word: &str| of.get_mut(word).filter(|left| **left > 0).map(|left| *left -= 1).is_some();
    let mut gone = Vec::new();
    // The first text that is lost but for a few words, and the first of which any is.
    let (mut most, mut any): (Option<&Text<'_>>, Option<&Text<'_>>) = (None, None);
    for piece in pieces {
        let (mut here, before) = (0, gone.len());
        for said in words_in_order(piece.as_str()) {
            let word = said.to_lowercase();
            // What a label says is no value.
            if take(&mut labels, &word) {
                continue;
            }
            here += 1;
            if take(&mut held, &word) || is_meant(&word) {
                continue;
            }
            // `**Size:**Large*(350 hours)*`: markup parts what is shown as one word.
            let mut parts = parts(piece.of(said));
            if parts.len() > 1 {
                parts.retain(|part| !take(&mut labels, part) && !take(&mut held, part) && !is_meant(part));
                gone.append(&mut parts);
            } else {
                gone.push(word);
            }
        }
        if gone.len() > before {
            any = any.or(Some(piece));
            most = most.or((2 * (gone.len() - before) > here).then_some(piece));
        }
    }
    let first = most.or(any)?;
    let mut shown = first.as_str().split_whitespace();
    let mut begins = shown.by_ref().take(SHOWN.0).collect::<Vec<_>>().join(" ");
    let end = begins.char_indices().nth(SHOWN.1).map(|(end, _)| end);
    begins.truncate(end.unwrap_or(begins.len()));
    if end.is_some() || shown.next().is_some() {
        begins.push('…');
    }
    Some(Unread { idea: 0, span: first.span(), words: gone, begins })
}

/// The parts of a word between which the page has markup, in lower case.
fn parts(word: Text<'_>) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut end = None;
    for (at, c) in word.as_str().char_indices() {
        let span = word.cut(at..at + c.len_utf8()).span();
        if end.is_some_and(|end| end < span.start) {
            parts.push(String::new());
        }
        end = Some(span.end);
        if let Some(part) = parts.last_mut() {
            part.extend(c.to_lowercase());
        }
    }
    parts
}

/// A text without what is no word of it: the number before a title ("Project 6:"), the link behind it that edits it.
fn without_furniture(text: Text<'_>, title: Option<Span>) -> Text<'_> {
    /// Such a prefix has no more words: "1. Title:", "Idea #27:".
    const PREFIX: usize = 2;
    let at = title.and_then(|title| {
        let before = (1..text.len()).filter(|&at| text.as_str().is_char_boundary(at));
        before.take(LONGEST_PREFIX).find(|&at| text.from(at).span().start == title.start)
    });
    let numbers = |prefix: &str| {
        let mut words = prefix.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
        words.clone().nth(PREFIX).is_none() && words.any(|word| word.bytes().all(|byte| byte.is_ascii_digit()))
    };
    let at = at
        .filter(|&at| numbers(&text.as_str()[..at]))
        .or_else(|| Labels::get().number_prefix(text.as_str()).filter(|&at| at == text.len()));
    let text = at.map_or(text, |at| text.from(at));
    let edits = |(range, link): &(Range<usize>, &Link)| link.edits() || text.as_str()[range.clone()].eq_ignore_ascii_case("edit");
    let is_last = |range: &Range<usize>| !text.as_str()[range.end..].contains(char::is_alphanumeric);
    let link = text.links().last().filter(|link| is_last(&link.0) && edits(link));
    link.map_or(text, |(range, _)| text.cut(0..range.start))
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
fn pieces<'a>(entry: &Entry<'a>, seen: &Inspection<'_>, tree: &'a Tree<'_>) -> Vec<Text<'a>> {
    let mut pieces: Vec<Text<'a>> = Vec::new();
    let title_in =
        |text: Text<'_>| entry.idea.title.span.filter(|title| text.span().start <= title.start && title.end <= text.span().end);
    let mut add = |text: Text<'a>| {
        // A sentence may begin like one.
        let is_nothing = text.as_str().split_whitespace().nth(SHORT).is_none() && Labels::get().is_placeholder(text.as_str());
        if text.as_str().contains(char::is_alphanumeric) && !is_nothing {
            pieces.push(text);
        }
    };
    if let Some(nodes) = section(entry, seen, &tree.document) {
        for (_, text) in tree.document.texts(nodes) {
            add(without_furniture(text, title_in(text)));
        }
        return pieces;
    }
    let draft = &entry.draft;
    if let Some(record) = record(entry, tree) {
        // The full name of a program follows from its title, or is kept.
        let is_name = |key: &str| export::keys().of(key).is_some_and(|known| known.of == Some(Of::Name));
        let is_text = |key: &str| !NO_TEXT.contains(&key) && !is_name(key);
        for (_, value) in record.map().into_iter().flatten().filter(|(key, _)| is_text(key.as_str())) {
            value.texts().into_iter().for_each(&mut add);
        }
    } else {
        draft.title.into_iter().for_each(&mut add);
        draft.facts.iter().flat_map(|fact| &fact.parts).for_each(|part| add(part.text));
    }
    draft.loose.iter().for_each(|text| add(*text));
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

    fn found(path: &str, page: &str) -> Vec<(String, String, usize)> {
        let source = Source::new(path, page);
        let ideas = layout::read(&source).unwrap().ideas;
        let ideas: Vec<&Idea> = ideas.iter().collect();
        let all = unread(&source, &ideas).into_iter();
        all.map(|unread| (unread.words.join(" "), unread.begins, source.line(unread.span.start))).collect()
    }

    #[test]
    fn what_no_field_holds_is_found() {
        let page = "# Ideas\n\n## Taste soups\n\nThis line about old spoons is read.\n\n- Hardware: a stove of one's own\n\
                    - Location: our kitchen\n- Description: Salt and heat.\n- Difficulty: Hard, 350 hours\n- Skills: Go, Rust\n\
                    - Mentors: Ada Brook (@ada-b) and Bo\n- Upstream Issue: TBD\n\n## Stir soups\n\n- Description: Salt and heat.\n\
                    - Skills: Go\n- Mentors: Ada Brook (@ada-b)\n";
        assert_eq!(
            found("soups.md", page),
            [("a stove of one s own our kitchen".to_owned(), "Hardware: a stove of one's own".to_owned(), 7)]
        );
    }

    #[test]
    fn a_few_words_are_missed_and_furniture_is_not() {
        let idea = "## Project 6: Taste soups\n\nA text about soups and spoons. [edit](https://example.org/edit)\n\n- Skills: Go\n\
                    - Mentors: Ada Brook (ada at example.org)\n- Difficulty: easy to medium\n- Size: 175 or 350 hours\n";
        let with =
            |line: &str| format!("# Ideas\n\n{idea}{line}\n## Project 7: Stir soups\n\n- Skills: Go\n- Mentors: Bo Reed\n");
        for (line, missed) in [
            ("", None),
            ("- Second mentor: TBD\n", None),
            ("- Contact: irc.libera.chat #tide\n", Some("irc libera chat tide")),
            ("\n**Note:** bring salt\n", Some("bring salt")),
        ] {
            let missing = found("soups.md", &with(line)).into_iter().map(|(words, ..)| words).next();
            assert_eq!(missing.as_deref(), missed, "{line}");
        }
        let glued = with("").replace("- Difficulty: easy to medium", "- Difficulty:easy*(if it is cold)*");
        assert_eq!(found("soups.md", &glued)[0].0, "if it is cold");
    }

    #[test]
    fn keys_that_say_nothing_to_us_are_found_in_data() {
        let page = r#"[{"title": "Taste soups", "skills": ["Go"], "mentors": ["Ada Brook"],
            "why": "Soups are tasted by hand today, and that takes long."}, {"title": "Stir soups", "skills": ["Go"]}]"#;
        assert_eq!(
            found("soups.json", page),
            [("soups are tasted by hand today that takes long".to_owned(), "Soups are tasted by hand today,…".to_owned(), 2)]
        );
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
