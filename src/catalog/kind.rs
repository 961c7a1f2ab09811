//! Which files are pages: by their names, and by what is surely no page whatever it is called.
//!
//! In a folder only what is called like a page is one. A file that the user names is also read if its name says nothing
//! (`IDEAS`, `notes.txt`, `/dev/fd/63`); what its name calls something else is refused, as it would be read as nonsense.

use std::ffi::OsStr;
use std::path::Path;

/// What files are called that are pages wherever they stand.
const PAGES: [&str; 8] = ["md", "markdown", "mdx", "mkd", "html", "htm", "xhtml", "json"];

/// What a file may be called besides, if it is named.
const NAMED: [&str; 2] = ["txt", "text"];

/// Formats that `--format` writes and that are not read again.
const OURS: [&str; 5] = ["ndjson", "jsonl", "yaml", "yml", "csv"];

/// A file that is something else than a page.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "a page is Markdown, HTML or JSON ({}, .txt), and .{extension} is none of them; {}",
    pages(),
    if *ours { "`--format json` writes what can be read again" } else { "if it is one all the same, pipe it to `--catalog -`" }
)]
pub(super) struct NoPage {
    extension: String,
    ours: bool,
}

/// What pages in a folder are called, for messages: `.md, .json`.
pub(super) fn pages() -> String {
    PAGES.map(|extension| format!(".{extension}")).join(", ")
}

/// True if a file in a folder is a page.
pub(super) fn is_page(path: &Path) -> bool {
    path.extension().is_some_and(|extension| is_one_of(extension, &PAGES))
}

/// Whether a file that the user names is a page.
pub(super) fn check(path: &Path) -> Result<(), NoPage> {
    match path.extension() {
        Some(extension) if !is_one_of(extension, &PAGES) && !is_one_of(extension, &NAMED) => {
            Err(NoPage { extension: extension.to_string_lossy().into_owned(), ours: is_one_of(extension, &OURS) })
        }
        _ => Ok(()),
    }
}

/// The format of ours that a text is written in, if it is one that is not read again: as Markdown, such a list would be read
/// as something.
pub(super) fn ours(text: &str) -> Option<&'static str> {
    let mut lines = text.trim_start_matches('\u{feff}').lines().filter(|line| !line.trim().is_empty());
    let (first, second) = (lines.next()?.trim_end(), lines.next());
    let is_object = first.starts_with('{') && first.ends_with('}');
    if is_object && second.map_or(first.starts_with("{\"id\":"), |second| second.starts_with('{')) {
        Some("NDJSON")
    } else if first.starts_with("- id: ") && second.is_some_and(|second| second.starts_with("  title: ")) {
        Some("YAML")
    } else if first.starts_with("id,title,organization,project,") {
        Some("CSV")
    } else {
        None
    }
}

fn is_one_of(extension: &OsStr, known: &[&str]) -> bool {
    known.iter().any(|known| extension.eq_ignore_ascii_case(known))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_are_known_by_their_names() {
        for (name, in_folder, named) in [
            ("ideas.md", true, true),
            ("a.b/IDEAS.MD", true, true),
            ("export.json", true, true),
            ("Ideas.HTML", true, true),
            ("ideas.xhtml", true, true),
            ("notes.txt", false, true),
            ("README", false, true),
            (".hidden", false, true),
            ("/dev/fd/63", false, true),
            ("ideas.yaml", false, false),
            ("ideas.ndjson", false, false),
            ("ideas.pdf", false, false),
        ] {
            assert_eq!((is_page(Path::new(name)), check(Path::new(name)).is_ok()), (in_folder, named), "{name}");
        }
    }

    #[test]
    fn what_we_wrote_is_known_without_a_name() {
        for (text, format) in [
            ("{\"id\":\"a\",\"title\":\"A\"}\n", Some("NDJSON")),
            ("{\"title\":\"A\"}\r\n\r\n{\"title\":\"B\"}\r\n", Some("NDJSON")),
            ("- id: a\n  title: A\n  organization: null\n", Some("YAML")),
            ("id,title,organization,project,program\r\n", Some("CSV")),
            ("[{\"id\": \"a\"}]", None),
            ("{\"programs\": []}", None),
            ("{\n  \"programs\": []\n}", None),
            ("- id: a\n- title: b\n", None),
            ("# Ideas\n", None),
            ("", None),
        ] {
            assert_eq!(ours(text), format, "{text}");
        }
    }

    #[test]
    fn refusals_say_what_is_read_and_what_to_do() {
        for (name, message) in [
            (
                "ideas.yaml",
                "a page is Markdown, HTML or JSON (.md, .markdown, .mdx, .mkd, .html, .htm, .xhtml, .json, .txt), and .yaml is none of them; \
                 `--format json` writes what can be read again",
            ),
            (
                "ideas.rst",
                "a page is Markdown, HTML or JSON (.md, .markdown, .mdx, .mkd, .html, .htm, .xhtml, .json, .txt), and .rst is none of them; \
                 if it is one all the same, pipe it to `--catalog -`",
            ),
        ] {
            assert_eq!(check(Path::new(name)).unwrap_err().to_string(), message);
        }
    }
}
