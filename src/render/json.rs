//! `json`: one array of whole objects, indented; the form that `schemas/idea.schema.json` describes.

use std::io::{self, Write};

use serde::Serialize;

use super::safe;

/// Writes `items` as one array.
pub fn write<T: Serialize>(items: &[T], out: &mut dyn Write) -> io::Result<()> {
    one(items, out)
}

/// Writes one value. Characters that a terminal would obey are written as `\u…`, which any reader undoes.
pub fn one<T: Serialize + ?Sized>(value: &T, out: &mut dyn Write) -> io::Result<()> {
    // `?` turns what serde_json says into an `io::Error`; writing is ours, so that a closed pipe stays what it is.
    let json = serde_json::to_string_pretty(value)?;
    writeln!(out, "{}", safe::json(&json))
}

#[cfg(test)]
mod tests {
    use super::super::sample;
    use super::*;

    #[test]
    fn an_array_of_whole_ideas() {
        let mut out = Vec::new();
        write(&[&sample::idea(), &sample::hostile()], &mut out).unwrap();
        let text = String::from_utf8(out).unwrap();
        assert!(text.starts_with("[\n  {\n    \"id\": \"kubeflow-helm\",\n") && text.ends_with("  }\n]\n"), "{text}");
        let read: Vec<serde_json::Value> = serde_json::from_str(&text).unwrap();
        assert_eq!(read[1]["title"], sample::hostile().title.value);
        assert_eq!(read[1]["project"], sample::hostile().title.value);
    }

    #[test]
    fn nothing_is_an_array_too() {
        let mut out = Vec::new();
        write::<()>(&[], &mut out).unwrap();
        assert_eq!(out, b"[]\n");
    }
}
