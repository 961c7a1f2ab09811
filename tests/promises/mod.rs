//! What reading promises for every text, whatever it is: for generated pages and for those of the corpus.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::LazyLock;

use mentorship_ideas::cli::schema::Subject;
use mentorship_ideas::document::Document;
use mentorship_ideas::idea::Idea;
use mentorship_ideas::layout;
use mentorship_ideas::page::Page;
use mentorship_ideas::text::{Source, Span};

/// Refuses with the first promise that a page breaks.
macro_rules! promise {
    ($holds:expr, $($said:tt)+) => {
        if !$holds {
            return Err(format!($($said)+));
        }
    };
}

/// Reads a page, and says which promise was broken on the way.
pub(crate) fn check(source: &Source) -> Result<Vec<Idea>, String> {
    catch_unwind(AssertUnwindSafe(|| {
        check_page(source.text())?;
        check_outline(source.text())?;
        check_ideas(source)
    }))
    .unwrap_or_else(|_| Err("reading panicked".to_owned()))
}

/// Mark, front matter and body, put together again, are the page.
fn check_page(text: &str) -> Result<(), String> {
    let page = Page::read(text);
    check_span(text, page.body, "body")?;
    promise!(page.body.end == text.len(), "the body ends before the page does");
    let before = &text[..page.body.start];
    let Some(front) = page.front else {
        promise!(before.trim_start_matches('\u{feff}').is_empty(), "lost before the body: {before:?}");
        return Ok(());
    };
    check_span(text, front.span, "front matter")?;
    promise!(front.span.end <= page.body.start, "front matter and body overlap");
    for fence in [&text[..front.span.start], &text[front.span.end..page.body.start]] {
        let said = fence.trim_start_matches('\u{feff}').trim();
        promise!(["---", "+++", "..."].contains(&said), "lost beside the front matter: {fence:?}");
    }
    Ok(())
}

/// Nodes lie inside their parents, in page order, and so does their text.
fn check_outline(text: &str) -> Result<(), String> {
    let body = Page::read(text).body;
    let document = Document::read(text, body);
    let mut open: Vec<usize> = Vec::new();
    let mut last = body.start;
    for (at, node) in document.nodes.iter().enumerate() {
        let said = || format!("node {at}, {:?} at {:?}", node.kind, node.span());
        check_span(text, node.span(), &said())?;
        while open.last().is_some_and(|&parent| document.nodes[parent].end() <= at) {
            open.pop();
        }
        let parent = open.last().map_or(body, |&parent| document.nodes[parent].span());
        // A list in an item without text of its own lacks the line break that ends its last item: so pulldown-cmark says.
        let end = text[parent.end..].find(|c: char| !c.is_whitespace()).map_or(text.len(), |next| parent.end + next);
        promise!(parent.start <= node.span().start && node.span().end <= end, "{} is not inside of {parent:?}", said());
        promise!(last <= node.span().start, "{} begins before the one before it, at {last}", said());
        let end = open.last().map_or(document.nodes.len(), |&parent| document.nodes[parent].end());
        promise!(at < node.end() && node.end() <= end, "{} ends at {}, outside of its parent", said(), node.end());
        last = node.span().start;
        open.push(at);
        let words = document.text(at);
        if !words.trim().is_empty() {
            let span = words.trim().span();
            check_span(text, span, &format!("text of {}", said()))?;
            // A task's box stands before the paragraph that it is the beginning of.
            let start = if words.as_str().starts_with('[') { parent.start } else { node.span().start };
            promise!(
                start <= span.start && span.end <= node.span().end,
                "the text of {} stands at {span:?}: {:?}",
                said(),
                words.as_str()
            );
        }
    }
    Ok(())
}

fn check_ideas(source: &Source) -> Result<Vec<Idea>, String> {
    let text = source.text();
    let Ok(reading) = layout::read(source) else {
        promise!(layout::read(source).is_err(), "read once, and once not");
        return Ok(Vec::new());
    };
    let again = layout::read(source).map_err(|error| error.to_string())?;
    promise!(
        reading.ideas == again.ideas && reading.profile == again.profile && reading.problems == again.problems,
        "read twice, two readings"
    );
    for problem in &reading.problems {
        check_span(text, problem.span, &problem.message)?;
    }
    for idea in &reading.ideas {
        for evidence in idea.evidence() {
            if let Some(span) = evidence.span {
                check_span(text, span, evidence.fact)?;
            }
        }
        for (fact, said) in [("outcomes", &idea.outcomes), ("skills", &idea.skills), ("links", &idea.links)] {
            for span in said.iter().filter_map(|item| item.span) {
                check_span(text, span, fact)?;
            }
        }
        if let Some(span) = idea.description.as_ref().and_then(|description| description.span) {
            check_span(text, span, "description")?;
        }
        promise!(!idea.title.value.trim().is_empty(), "an idea without a title");
        promise!(idea.hours.is_sorted_by_key(|hours| hours.value), "hours that do not ascend: {:?}", idea.hours);
        check_line(text, idea)?;
        check_json(idea)?;
    }
    Ok(reading.ideas)
}

fn check_span(text: &str, span: Span, what: &str) -> Result<(), String> {
    promise!(span.start <= span.end && text.get(span.range()).is_some(), "{what}: {span:?} is no stretch of the page");
    Ok(())
}

/// The title's first word stands on the line where the idea is said to stand.
fn check_line(text: &str, idea: &Idea) -> Result<(), String> {
    let lines: Vec<&str> = text.split('\n').collect();
    promise!((1..=lines.len()).contains(&idea.source.line), "no line {} for {:?}", idea.source.line, idea.title.value);
    let line = lines[idea.source.line - 1];
    // Entities, escapes, tags, links, strokes and misread text are not written as they are read.
    let plain = line.is_ascii() && !line.contains(['&', '\\', '<', '[', '~']);
    let letters = |text: &str| -> String { text.chars().filter(char::is_ascii_alphanumeric).collect() };
    let word = idea.title.value.split_whitespace().next().map(letters).unwrap_or_default();
    promise!(
        !plain || letters(line).contains(&word),
        "{word:?} of {:?} is not on line {}: {line:?}",
        idea.title.value,
        idea.source.line
    );
    Ok(())
}

fn check_json(idea: &Idea) -> Result<(), String> {
    static SCHEMA: LazyLock<jsonschema::Validator> = LazyLock::new(|| {
        let schema: serde_json::Value = serde_json::from_str(&Subject::Idea.json()).expect("the schema is JSON");
        jsonschema::validator_for(&schema).expect("the schema is a schema")
    });
    let json = serde_json::to_value(idea).map_err(|error| error.to_string())?;
    SCHEMA.validate(&json).map_err(|error| format!("the schema refuses {json}: {error}"))
}
