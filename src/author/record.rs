//! Facts as data: keys and values in an order of their own, for front matter and exports.

use serde::ser::{SerializeMap, SerializeSeq};
use serde::{Serialize, Serializer};

use crate::idea::Idea;

/// A mapping that keeps its order.
#[derive(Debug, Default)]
pub(super) struct Record(Vec<(String, Value)>);

/// A value of a record.
#[derive(Debug)]
pub(super) enum Value {
    Text(String),
    Number(u32),
    Bool(bool),
    /// A value that is written as it was read.
    Json(serde_json::Value),
    List(Vec<Value>),
    Map(Record),
    Null,
}

impl Record {
    /// Adds a value, even an empty one.
    pub(super) fn set(&mut self, key: &str, value: impl Into<Value>) {
        self.0.push((key.to_owned(), value.into()));
    }

    /// True if nothing is in it.
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Adds a value, if there is one.
    pub(super) fn add<T: Into<Value>>(&mut self, key: &str, value: Option<T>) {
        if let Some(value) = value {
            self.set(key, value);
        }
    }
}

/// A list; one element stands by itself, none is nothing.
pub(super) fn one_or_many(mut values: Vec<Value>) -> Option<Value> {
    match values.len() {
        0 => None,
        1 => values.pop(),
        _ => Some(Value::List(values)),
    }
}

/// Our own JSON of ideas. What `ideas check` was answered is no part of their page, and is left out.
pub(super) fn json(ideas: &[&Idea]) -> String {
    text_of(&ideas.iter().map(|&idea| Idea { check: None, ..idea.clone() }).collect::<Vec<_>>())
}

/// JSON on one line.
pub(super) fn json_line(value: &impl Serialize) -> String {
    crate::render::safe::json(&serde_json::to_string(value).unwrap_or_default()).into_owned()
}

/// JSON, indented, with a line's end.
pub(super) fn text_of(value: &impl Serialize) -> String {
    // Text, numbers, lists and mappings with keys of text: nothing that JSON cannot say.
    let json = serde_json::to_string_pretty(value).unwrap_or_default();
    format!("{}\n", crate::render::safe::json(&json))
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Value::Text(text.to_owned())
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Value::Text(text)
    }
}

impl From<bool> for Value {
    fn from(is_so: bool) -> Self {
        Value::Bool(is_so)
    }
}

impl From<Record> for Value {
    fn from(record: Record) -> Self {
        Value::Map(record)
    }
}

impl<T: Into<Value>> FromIterator<T> for Value {
    fn from_iter<I: IntoIterator<Item = T>>(values: I) -> Self {
        Value::List(values.into_iter().map(Into::into).collect())
    }
}

impl Serialize for Record {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (key, value) in &self.0 {
            map.serialize_entry(key, value)?;
        }
        map.end()
    }
}

impl Serialize for Value {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Value::Text(text) => serializer.serialize_str(text),
            Value::Number(number) => serializer.serialize_u32(*number),
            Value::Bool(is_so) => serializer.serialize_bool(*is_so),
            Value::Json(value) => value.serialize(serializer),
            Value::List(values) => {
                let mut list = serializer.serialize_seq(Some(values.len()))?;
                for value in values {
                    list.serialize_element(value)?;
                }
                list.end()
            }
            Value::Map(record) => record.serialize(serializer),
            Value::Null => serializer.serialize_none(),
        }
    }
}
