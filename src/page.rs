//! A page's two halves: front matter and body. Nothing is lost between them: mark, front matter and body, put together
//! again, are the page.

use crate::data::{Data, DataError};
use crate::text::Span;

/// What front matter is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Between two lines of `---`.
    Yaml,
    /// Between two lines of `+++`.
    Toml,
}

/// Front matter: where it stands and what it says.
#[derive(Debug)]
pub struct FrontMatter {
    /// What it is written in.
    pub format: Format,
    /// The lines between the fences.
    pub span: Span,
    /// What it says, or why that cannot be told.
    pub data: Result<Data, DataError>,
}

/// A page in its two halves.
#[derive(Debug)]
pub struct Page {
    /// The front matter, if the page has any.
    pub front: Option<FrontMatter>,
    /// The rest, which is Markdown.
    pub body: Span,
}

impl Page {
    /// Parts a page's text. A byte-order mark belongs to neither half.
    pub fn read(text: &str) -> Self {
        let start = text.len() - text.trim_start_matches('\u{feff}').len();
        let Some((format, span, body)) = split(text, start) else {
            return Page { front: None, body: Span::new(start, text.len()) };
        };
        let data = match format {
            Format::Yaml => Data::yaml(text, span),
            Format::Toml => Data::toml(text, span),
        };
        Page { front: Some(FrontMatter { format, span, data }), body: Span::new(body, text.len()) }
    }
}

/// Front matter's format and span, and where the body begins.
fn split(text: &str, start: usize) -> Option<(Format, Span, usize)> {
    let first_end = text[start..].find('\n').map(|at| start + at + 1)?;
    let (format, fence) = match text[start..first_end].trim_end() {
        "---" => (Format::Yaml, "---"),
        "+++" => (Format::Toml, "+++"),
        _ => return None,
    };
    let mut at = first_end;
    while at < text.len() {
        let end = text[at..].find('\n').map_or(text.len(), |line| at + line + 1);
        let line = text[at..end].trim_end();
        if line == fence || (line == "..." && format == Format::Yaml) {
            let span = Span::new(first_end, at);
            return looks_like_data(&text[span.range()]).then_some((format, span, end));
        }
        at = end;
    }
    None
}

/// A page may also begin with a thematic break: front matter's first line is a key, a comment or nothing.
fn looks_like_data(text: &str) -> bool {
    let line = text.lines().map(str::trim).find(|line| !line.is_empty() && !line.starts_with('#'));
    line.is_none_or(|line| {
        let key = line.split([':', '=']).next().unwrap_or_default().trim_matches(['"', '\'', ' ']);
        line.len() > key.len()
            && !key.is_empty()
            && key.chars().all(|c| c.is_alphanumeric() || "_-. ".contains(c))
            && !line.starts_with("- ")
            || line.starts_with('[')
            || line.starts_with('{')
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_are_parted() {
        for (text, front, body) in [
            ("---\ntitle: a\n---\n# b\n", Some("title: a\n"), "# b\n"),
            ("\u{feff}+++\r\ntitle = \"a\"\r\n+++\r\nb", Some("title = \"a\"\r\n"), "b"),
            ("---\n\nSome text.\n\n---\nmore\n", None, "---\n\nSome text.\n\n---\nmore\n"),
            ("---\ntitle: never closed\n", None, "---\ntitle: never closed\n"),
            ("# a\n", None, "# a\n"),
            ("", None, ""),
        ] {
            let page = Page::read(text);
            assert_eq!(page.front.as_ref().map(|front| &text[front.span.range()]), front, "{text:?}");
            assert_eq!(&text[page.body.range()], body, "{text:?}");
        }
    }

    #[test]
    fn broken_front_matter_is_an_answer_too() {
        let text = "---\ntitle: [a\n---\nbody\n";
        let page = Page::read(text);
        assert!(page.front.unwrap().data.is_err());
        assert_eq!(&text[page.body.range()], "body\n");
    }
}
