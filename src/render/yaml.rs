//! `yaml`: one list of the objects that `json` has, for people and for files that people edit.

use std::io::{self, Write};

use serde::Serialize;
use serde_saphyr::{SerializerOptions, ser_options};

use super::safe;

/// Writes `items` as one list, item by item.
///
/// YAML escapes controls, but bidi overrides and invisible characters are "printable" to it. They are dropped, in quoted
/// text only: what remains of a plain `<U+202E>12` would be a number.
pub fn write<T: Serialize>(items: &[T], out: &mut dyn Write) -> io::Result<()> {
    if items.is_empty() {
        return writeln!(out, "[]");
    }
    for item in items {
        let mut yaml = list_of(item, ser_options! {})?;
        if yaml.contains(is_hidden) {
            yaml = list_of(item, ser_options! { quote_all: true })?.replace(is_hidden, "");
        }
        out.write_all(yaml.as_bytes())?;
    }
    Ok(())
}

fn is_hidden(c: char) -> bool {
    safe::is_hidden(c) && c != '\n' && c != '\t'
}

/// A list of one item; such lists, one after the other, are one list.
fn list_of<T: Serialize>(item: &T, options: SerializerOptions) -> io::Result<String> {
    serde_saphyr::to_string_with_options(&[item], options).map_err(io::Error::other)
}

#[cfg(test)]
mod tests {
    use super::super::sample;
    use super::*;
    use crate::idea::Idea;

    fn yaml<T: Serialize>(items: &[T]) -> String {
        let mut out = Vec::new();
        write(items, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn means_what_json_means() {
        let ideas = [sample::idea(), Idea::bare("No: `title`\n# - [x]"), Idea::bare("true")];
        let read: Vec<serde_json::Value> = serde_saphyr::from_str(&yaml(&ideas)).unwrap();
        assert_eq!(serde_json::Value::from(read), serde_json::to_value(&ideas).unwrap());
    }

    #[test]
    fn hidden_characters_neither_pass_nor_change_types() {
        let read: Vec<String> =
            serde_saphyr::from_str(&yaml(&["\u{202e}12", "a\u{9b}b\u{7f}", "x\u{feff}: y\u{200b}\nz\u{2028}"])).unwrap();
        assert_eq!(read[0], "12");
        assert!(read[1].starts_with('a') && read[2].starts_with('x'), "{read:?}");
        assert!(!yaml(&[sample::hostile()]).contains(is_hidden));
        assert!(serde_saphyr::from_str::<Vec<serde_json::Value>>(&yaml(&[sample::hostile()])).is_ok());
        assert_eq!(yaml::<()>(&[]), "[]\n");
    }
}
