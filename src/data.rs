//! Structured data as one kind of tree, whatever it was written in: YAML and TOML front matter, and JSON.
//!
//! Scalars become visible text like any other ([`Prose`]), so that the readers of values see no difference between a page
//! and an export, and every value keeps the span it came from.

use std::borrow::Cow;
use std::fmt;
use std::ops::Range;

use serde::Deserialize;
use serde::de::{self, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;

use crate::prose::{Prose, Text};
use crate::text::Span;

/// A document of structured data.
#[derive(Debug)]
pub struct Data {
    prose: Prose,
    root: Tree,
}

/// Why a text is not the data it should be. The span is where the parser gave up.
#[derive(Debug, thiserror::Error)]
#[error("{message}")]
pub struct DataError {
    /// Where.
    pub span: Span,
    /// What the parser says, without a position.
    pub message: String,
}

#[derive(Debug)]
enum Tree {
    Null,
    Scalar(Range<usize>),
    /// A number, or true or false.
    Plain(Range<usize>),
    List(Vec<Tree>),
    Map(Vec<(Range<usize>, Tree)>),
}

/// A value in the data.
#[derive(Clone, Copy, Debug)]
pub struct Value<'a> {
    prose: &'a Prose,
    tree: &'a Tree,
}

impl<'a> Value<'a> {
    /// The text of a scalar.
    pub fn text(self) -> Option<Text<'a>> {
        match self.tree {
            Tree::Scalar(range) | Tree::Plain(range) => Some(self.prose.view(range.clone())),
            _ => None,
        }
    }

    /// The elements of a list.
    pub fn list(self) -> Option<impl Iterator<Item = Value<'a>>> {
        match self.tree {
            Tree::List(list) => Some(list.iter().map(move |tree| Value { prose: self.prose, tree })),
            _ => None,
        }
    }

    /// The entries of a mapping, in their order.
    pub fn map(self) -> Option<impl Iterator<Item = (Text<'a>, Value<'a>)>> {
        match self.tree {
            Tree::Map(map) => {
                let entry = move |(key, tree): &'a (Range<usize>, Tree)| {
                    (self.prose.view(key.clone()), Value { prose: self.prose, tree })
                };
                Some(map.iter().map(entry))
            }
            _ => None,
        }
    }

    /// The value under a key.
    pub fn get(self, key: &str) -> Option<Value<'a>> {
        self.map()?.find(|(known, _)| known.as_str() == key).map(|(_, value)| value)
    }

    /// True for nothing, an empty text, an empty list.
    pub fn is_empty(self) -> bool {
        match self.tree {
            Tree::Null => true,
            Tree::Scalar(range) | Tree::Plain(range) => range.is_empty(),
            Tree::List(list) => list.is_empty(),
            Tree::Map(map) => map.is_empty(),
        }
    }

    /// True for `true` and `false`, which switch something on or off and name nothing.
    pub fn is_switch(self) -> bool {
        matches!(self.tree, Tree::Plain(_))
            && self.text().is_some_and(|text| ["true", "false"].iter().any(|word| text.as_str().eq_ignore_ascii_case(word)))
    }

    /// The value as JSON.
    pub fn to_json(self) -> serde_json::Value {
        use serde_json::Value as Json;
        let text = || self.text().map(|text| text.as_str().to_owned()).unwrap_or_default();
        match self.tree {
            Tree::Null => Json::Null,
            Tree::Scalar(_) => text().into(),
            // What another format calls a number may be none in JSON: `0x1F`, `.inf`.
            Tree::Plain(_) => serde_json::from_str(&text()).unwrap_or_else(|_| text().into()),
            Tree::List(_) => self.list().into_iter().flatten().map(Value::to_json).collect(),
            Tree::Map(_) => {
                self.map().into_iter().flatten().map(|(key, value)| (key.as_str().to_owned(), value.to_json())).collect()
            }
        }
    }

    /// All scalars in it, however deep, in order.
    pub fn texts(self) -> Vec<Text<'a>> {
        let mut texts = Vec::new();
        let mut open = vec![self];
        while let Some(value) = open.pop() {
            match value.tree {
                Tree::Null => {}
                Tree::Scalar(_) | Tree::Plain(_) => texts.extend(value.text()),
                Tree::List(list) => open.extend(list.iter().rev().map(|tree| Value { prose: self.prose, tree })),
                Tree::Map(map) => open.extend(map.iter().rev().map(|(_, tree)| Value { prose: self.prose, tree })),
            }
        }
        texts
    }
}

impl Data {
    /// The document's value.
    pub fn root(&self) -> Value<'_> {
        Value { prose: &self.prose, tree: &self.root }
    }

    /// Reads the YAML in the stretch `at` of `text`.
    pub fn yaml(text: &str, at: Span) -> Result<Self, DataError> {
        let yaml = &text[at.range()];
        let node: serde_saphyr::Spanned<YamlNode> = serde_saphyr::from_str(yaml).map_err(|error| yaml_error(&error, yaml, at))?;
        let mut builder = Builder { text, base: at.start, prose: Prose::default() };
        let root = builder.yaml(node);
        Ok(Data { prose: builder.prose, root })
    }

    /// Reads the TOML in the stretch `at` of `text`.
    pub fn toml(text: &str, at: Span) -> Result<Self, DataError> {
        let table = toml::de::DeTable::parse(&text[at.range()]).map_err(|error| {
            let span = error.span().unwrap_or(0..0);
            DataError { span: Span::new(at.start + span.start, at.start + span.end), message: error.message().to_owned() }
        })?;
        let mut builder = Builder { text, base: at.start, prose: Prose::default() };
        let root = builder.toml_table(table.get_ref());
        Ok(Data { prose: builder.prose, root })
    }

    /// Reads a text that is JSON from beginning to end (a byte-order mark aside).
    pub fn json(text: &str) -> Result<Self, DataError> {
        let base = text.len() - text.trim_start_matches('\u{feff}').len();
        Self::json_in(text, Span::new(base, text.len()))
    }

    /// Reads the JSON in the stretch `at` of `text`.
    pub fn json_in(text: &str, at: Span) -> Result<Self, DataError> {
        let (json, base) = (&text[at.range()], at.start);
        let raw: &RawValue = serde_json::from_str(json).map_err(|error| json_error(&error, json, base))?;
        let mut builder = Builder { text, base, prose: Prose::default() };
        let root = builder.json(raw, 0)?;
        Ok(Data { prose: builder.prose, root })
    }
}

/// How deep JSON may be nested; an export has four levels.
const JSON_LEVELS: usize = 128;

struct Builder<'a> {
    text: &'a str,
    base: usize,
    prose: Prose,
}

impl Builder<'_> {
    /// A scalar that stands at `span`. Where it stands there to the letter, each of its characters knows its place.
    fn scalar(&mut self, value: &str, span: Span) -> Range<usize> {
        let start = self.prose.len();
        let written = self.text.get(span.range()).unwrap_or_default();
        match written.find(value) {
            Some(at) if !value.is_empty() => {
                self.prose.push(value, Span::new(span.start + at, span.start + at + value.len()));
            }
            _ => self.prose.push(value, span),
        }
        let end = self.prose.len();
        self.prose.end_block();
        start..end
    }

    fn yaml(&mut self, node: serde_saphyr::Spanned<YamlNode>) -> Tree {
        let span = self.yaml_span(node.defined);
        match node.value {
            YamlNode::Null => Tree::Null,
            YamlNode::Scalar(value) => Tree::Scalar(self.scalar(&value, span)),
            YamlNode::Plain(value) => Tree::Plain(self.scalar(&value, span)),
            YamlNode::List(list) => Tree::List(list.into_iter().map(|node| self.yaml(node)).collect()),
            YamlNode::Map(map) => {
                let entry = |(key, node): (serde_saphyr::Spanned<String>, _)| {
                    let at = self.yaml_span(key.defined);
                    (self.scalar(&key.value, at), self.yaml(node))
                };
                Tree::Map(map.into_iter().map(entry).collect())
            }
        }
    }

    fn yaml_span(&self, location: serde_saphyr::Location) -> Span {
        let bytes = |n: Option<u64>| n.and_then(|n| usize::try_from(n).ok());
        let start = self.base + bytes(location.span().byte_offset()).unwrap_or(0);
        let end = start + bytes(location.span().byte_len()).unwrap_or(0);
        // A parser of another house: what it says about our text is checked, not trusted.
        if self.text.get(start..end).is_some() { Span::new(start, end) } else { Span::new(self.base, self.base) }
    }

    fn toml_table(&mut self, table: &toml::de::DeTable<'_>) -> Tree {
        let mut entries = Vec::new();
        for (key, value) in table {
            let at = Span::new(self.base + key.span().start, self.base + key.span().end);
            entries.push((self.scalar(key.get_ref(), at), self.toml(value)));
        }
        // The parser sorts its tables; a page has an order.
        entries.sort_by_key(|(key, _)| self.prose.view(key.clone()).span().start);
        Tree::Map(entries)
    }

    fn toml(&mut self, value: &toml::Spanned<toml::de::DeValue<'_>>) -> Tree {
        use toml::de::DeValue;
        let span = Span::new(self.base + value.span().start, self.base + value.span().end);
        match value.get_ref() {
            DeValue::String(value) => Tree::Scalar(self.scalar(value, span)),
            DeValue::Integer(_) | DeValue::Float(_) | DeValue::Boolean(_) | DeValue::Datetime(_) => {
                let written = self.text[span.range()].to_owned();
                Tree::Plain(self.scalar(&written, span))
            }
            DeValue::Array(list) => Tree::List(list.iter().map(|value| self.toml(value)).collect()),
            DeValue::Table(table) => self.toml_table(table),
        }
    }

    fn json(&mut self, raw: &RawValue, depth: usize) -> Result<Tree, DataError> {
        let written = raw.get();
        let span = self.place(written);
        // Every level is read once more by the level above it.
        if depth > JSON_LEVELS {
            return Err(DataError { span, message: format!("nested more than {JSON_LEVELS} levels deep") });
        }
        let broken = |error: serde_json::Error| DataError { span, message: error.to_string() };
        Ok(match written.as_bytes().first() {
            Some(b'{') => {
                let map: JsonMap<'_> = serde_json::from_str(written).map_err(broken)?;
                let mut entries = Vec::with_capacity(map.0.len());
                for (key, value) in map.0 {
                    let at = match key {
                        Cow::Borrowed(key) => self.place(key),
                        Cow::Owned(_) => span,
                    };
                    entries.push((self.scalar(&key, at), self.json(value, depth + 1)?));
                }
                Tree::Map(entries)
            }
            Some(b'[') => {
                let list: Vec<&RawValue> = serde_json::from_str(written).map_err(broken)?;
                Tree::List(list.into_iter().map(|raw| self.json(raw, depth + 1)).collect::<Result<_, _>>()?)
            }
            Some(b'"') => {
                let value: Cow<'_, str> = serde_json::from_str(written).map_err(broken)?;
                Tree::Scalar(self.scalar(&value, span))
            }
            Some(b'n') | None => Tree::Null,
            Some(_) => Tree::Plain(self.scalar(written, span)),
        })
    }

    /// Where a slice of our text stands in it.
    fn place(&self, slice: &str) -> Span {
        let start = (slice.as_ptr() as usize).wrapping_sub(self.text.as_ptr() as usize);
        debug_assert!(start + slice.len() <= self.text.len());
        Span::new(start, start + slice.len())
    }
}

/// The byte offset of a line and a column, both from 1, the column in characters.
fn line_column(text: &str, line: u64, column: u64) -> usize {
    let line = usize::try_from(line.max(1) - 1).unwrap_or(usize::MAX);
    let column = usize::try_from(column.max(1) - 1).unwrap_or(usize::MAX);
    let start =
        if line == 0 { 0 } else { memchr::memchr_iter(b'\n', text.as_bytes()).nth(line - 1).map_or(text.len(), |at| at + 1) };
    let rest = &text[start..];
    start + rest.char_indices().nth(column).map_or(rest.len(), |(at, _)| at)
}

fn yaml_error(error: &serde_saphyr::Error, yaml: &str, at: Span) -> DataError {
    let error = error.without_snippet();
    let offset = error.location().map_or(0, |location| line_column(yaml, location.line(), location.column()));
    let said = error.to_string();
    // The position is ours to say: theirs counts from the front matter's first line.
    let message = said.split(" at line ").next().unwrap_or(&said);
    let message = message.split_once(": ").filter(|(head, _)| head.starts_with("line ")).map_or(message, |(_, rest)| rest);
    DataError {
        span: Span::new(at.start + offset, at.start + offset),
        message: message.lines().next().unwrap_or_default().to_owned(),
    }
}

fn json_error(error: &serde_json::Error, json: &str, base: usize) -> DataError {
    let column = u64::try_from(error.column()).unwrap_or(1);
    let line = u64::try_from(error.line()).unwrap_or(1);
    // serde_json counts bytes in a line; for the place of an error that is near enough to find the character.
    let offset = base + line_column(json, line, column);
    let said = error.to_string();
    let message = said.split(" at line ").next().unwrap_or(&said).to_owned();
    DataError { span: Span::new(offset, offset), message }
}

#[derive(Debug)]
enum YamlNode {
    Null,
    Scalar(String),
    Plain(String),
    List(Vec<serde_saphyr::Spanned<YamlNode>>),
    Map(Vec<(serde_saphyr::Spanned<String>, serde_saphyr::Spanned<YamlNode>)>),
}

/// How numbers and truth values are visited.
macro_rules! plain {
    ($($visit:ident: $type:ty),*) => {
        $(fn $visit<E: de::Error>(self, value: $type) -> Result<YamlNode, E> {
            Ok(YamlNode::Plain(value.to_string()))
        })*
    };
}

impl<'de> Deserialize<'de> for YamlNode {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct NodeVisitor;

        impl<'de> Visitor<'de> for NodeVisitor {
            type Value = YamlNode;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a value")
            }

            fn visit_unit<E: de::Error>(self) -> Result<YamlNode, E> {
                Ok(YamlNode::Null)
            }

            fn visit_none<E: de::Error>(self) -> Result<YamlNode, E> {
                Ok(YamlNode::Null)
            }

            plain!(visit_bool: bool, visit_i64: i64, visit_u64: u64, visit_f64: f64);

            fn visit_str<E: de::Error>(self, value: &str) -> Result<YamlNode, E> {
                Ok(YamlNode::Scalar(value.to_owned()))
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<YamlNode, A::Error> {
                let mut list = Vec::new();
                while let Some(node) = seq.next_element()? {
                    list.push(node);
                }
                Ok(YamlNode::List(list))
            }

            fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<YamlNode, A::Error> {
                let mut map = Vec::new();
                while let Some(entry) = access.next_entry()? {
                    map.push(entry);
                }
                Ok(YamlNode::Map(map))
            }
        }

        deserializer.deserialize_any(NodeVisitor)
    }
}

/// An object whose entries keep their order and their place.
struct JsonMap<'a>(Vec<(Cow<'a, str>, &'a RawValue)>);

impl<'de: 'a, 'a> Deserialize<'de> for JsonMap<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct MapVisitor;

        impl<'de> Visitor<'de> for MapVisitor {
            type Value = JsonMap<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<JsonMap<'de>, A::Error> {
                let mut map = Vec::new();
                while let Some((JsonKey(key), value)) = access.next_entry()? {
                    map.push((key, value));
                }
                Ok(JsonMap(map))
            }
        }

        deserializer.deserialize_map(MapVisitor)
    }
}

#[derive(Deserialize)]
struct JsonKey<'a>(#[serde(borrow)] Cow<'a, str>);

#[cfg(test)]
mod tests {
    use super::*;

    fn titles(data: &Data, text: &str) -> Vec<(String, String)> {
        data.root().texts().into_iter().map(|value| (value.as_str().to_owned(), text[value.span().range()].to_owned())).collect()
    }

    #[test]
    fn values_keep_their_place_in_every_format() {
        let yaml = "title: \"A b\"\nmentors:\n  - name: Zoë\n    github: zoe\nhours: [90, 175]\n";
        let data = Data::yaml(yaml, Span::new(0, yaml.len())).unwrap();
        let expected: Vec<_> = ["A b", "Zoë", "zoe", "90", "175"].iter().map(|s| ((*s).to_owned(), (*s).to_owned())).collect();
        assert_eq!(titles(&data, yaml), expected);
        assert_eq!(data.root().get("title").unwrap().text().unwrap().as_str(), "A b");

        let toml = "title = \"A b\"\nhours = [90, 175]\n";
        let data = Data::toml(toml, Span::new(0, toml.len())).unwrap();
        let expected: Vec<_> = ["A b", "90", "175"].iter().map(|s| ((*s).to_owned(), (*s).to_owned())).collect();
        assert_eq!(titles(&data, toml), expected);

        let json = "{\"title\": \"A b\", \"n\": null, \"hours\": [90, 175]}";
        assert_eq!(titles(&Data::json(json).unwrap(), json), expected);
    }

    #[test]
    fn errors_say_where() {
        let yaml = "a: b\nc: [d\n";
        assert!(Data::yaml(yaml, Span::new(0, yaml.len())).unwrap_err().span.start >= 5);
        let error = Data::json("{\"a\": }").unwrap_err();
        assert_eq!((error.span.start, error.message.as_str()), (6, "expected value"));
        let toml = "a = 1\nb = \n";
        assert!(Data::toml(toml, Span::new(0, toml.len())).unwrap_err().span.start >= 6);
    }
}
