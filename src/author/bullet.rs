//! A field of a page: a bullet with a label, and the value beside it or below.

use super::markdown::{as_text, begins_as_paragraph, indented, inline, url};

/// What stands behind a label.
pub(super) enum Value {
    /// Text on the label's line.
    Line(String),
    /// An address there.
    Url(String),
    /// An item each.
    List(Vec<String>),
    /// Addresses, an item each.
    Urls(Vec<String>),
    /// Text, an item each, whatever it looks like.
    ListAsText(Vec<String>),
    /// Markdown.
    Block(String),
    /// Markdown that may look like anything.
    Text(String),
    /// Markdown that stood on the line of such a label before.
    Beside(String),
    /// Markdown that stood below such a label before.
    Below(String),
}

/// The mark of an item.
const ITEM: &str = "- ";

/// Writes a field.
pub(super) fn bullet(label: &str, value: &Value, page: &mut String) {
    let prefix = format!("{ITEM}{label}: ");
    match value {
        Value::Line(text) => line(&prefix, &inline(text, &prefix), page),
        Value::Url(address) => line(&prefix, &url(address, &prefix), page),
        Value::Beside(text) => beside(&prefix, text, page),
        Value::Block(text) | Value::Below(text) if begins_as_paragraph(text) => beside(&prefix, text, page),
        Value::List(texts) => below(&prefix, &items(texts, |text| inline(text, ITEM).into_owned()), page),
        Value::Urls(addresses) => below(&prefix, &items(addresses, |address| url(address, ITEM)), page),
        Value::Below(text) => below(&prefix, text, page),
        Value::Block(text) => apart(&prefix, text, page),
        Value::Text(text) => apart(&prefix, &as_text(text), page),
        Value::ListAsText(texts) => apart(&prefix, &as_text(&items(texts, |text| inline(text, ITEM).into_owned())), page),
    }
}

fn items(texts: &[String], written: impl Fn(&str) -> String) -> String {
    let items: Vec<String> = texts.iter().map(|text| format!("{ITEM}{}", written(text))).collect();
    items.join("\n")
}

fn line(prefix: &str, text: &str, page: &mut String) {
    for part in [prefix, text, "\n"] {
        page.push_str(part);
    }
}

/// A value that begins on the label's line.
fn beside(prefix: &str, text: &str, page: &mut String) {
    let (first, rest) = text.split_once('\n').unwrap_or((text, ""));
    line(prefix, first.trim_end_matches('\r'), page);
    indented(rest, ITEM.len(), page);
}

/// A value that begins on the next line.
fn below(prefix: &str, text: &str, page: &mut String) {
    line(prefix.trim_end(), "", page);
    indented(text, ITEM.len(), page);
}

/// A value that blank lines part from what is around it.
fn apart(prefix: &str, text: &str, page: &mut String) {
    line(prefix.trim_end(), "\n", page);
    indented(text, ITEM.len(), page);
    page.push('\n');
}
