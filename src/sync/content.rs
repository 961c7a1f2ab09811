//! Whether what was fetched can be a page at all. What is kept in its place would be lost.

use std::path::Path;

use crate::catalog::fetched::FetchedPage;
use crate::layout::Tree;
use crate::sources::address::Parts;
use crate::text::Source;
use crate::web::WebError;

use super::{FetchError, MAX_PAGE};

/// Kinds of content that are no page, by the beginning of their names.
const NO_PAGES: [&str; 6] = ["image/", "audio/", "video/", "font/", "application/pdf", "application/zip"];

/// Refuses what is surely no page. `name` is its file name or address, `kind` is what the server calls it.
pub(super) fn check(bytes: &[u8], name: &str, kind: Option<&str>) -> Result<(), FetchError> {
    if bytes.len() > MAX_PAGE {
        return Err(WebError::TooLarge.into());
    }
    let kind = kind.unwrap_or_default().trim().to_ascii_lowercase();
    // A page to log in on, where Markdown or JSON was, would replace the last good copy.
    if is_other(name) && (kind.starts_with("text/html") || kind.starts_with("application/xhtml") || is_html(bytes)) {
        return Err(FetchError::Html);
    }
    // Text in UTF-16 is full of NUL bytes, and begins with its mark.
    let wide = bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]);
    if NO_PAGES.iter().any(|no| kind.starts_with(no)) || (!wide && memchr::memchr(0, bytes).is_some()) {
        return Err(FetchError::Binary);
    }
    if text(bytes).is_empty() { Err(FetchError::Empty) } else { Ok(()) }
}

/// Less text than this has a page that asks to log in.
const LOGIN: usize = 1000;

/// Less text than this has a page that scripts fill.
const UNFILLED: usize = 200;

/// Why a page without ideas is probably not what people see at its address.
pub(super) fn obstacle(page: &FetchedPage) -> Option<FetchError> {
    let (source, _) = Source::decode(&page.path, page.bytes.clone());
    let tree = Tree::read(&source).ok().filter(|tree| tree.is_html)?;
    let text: usize = tree.document.texts(0..tree.document.nodes.len()).map(|(_, text)| text.len()).sum();
    let markup = source.text().to_ascii_lowercase();
    let asks_to_log_in = ["type=\"password\"", "type='password'", "type=password"].iter().any(|input| markup.contains(input));
    match text {
        ..LOGIN if asks_to_log_in => Some(FetchError::Login),
        ..UNFILLED if markup.contains("<script") => Some(FetchError::Script),
        _ => None,
    }
}

/// True for names that say that a page is Markdown or JSON.
fn is_other(name: &str) -> bool {
    let path = Parts::of(name).map_or(name, Parts::page);
    Path::new(path).extension().is_some_and(|extension| {
        ["md", "markdown", "mdx", "mkd", "json", "txt"].iter().any(|other| extension.eq_ignore_ascii_case(other))
    })
}

fn is_html(bytes: &[u8]) -> bool {
    let begin = text(bytes);
    ["<!doctype html", "<html"]
        .iter()
        .any(|tag| begin.get(..tag.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(tag.as_bytes())))
}

/// Without the mark and the white space before it.
fn text(bytes: &[u8]) -> &[u8] {
    bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes).trim_ascii_start()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_hides_a_page_is_told() {
        let form = "<h1>Sign in</h1><form><input type='password' name=p></form>";
        let script = "<div id=root></div><script src=/main.js></script>";
        let text = "<p>Our ideas will be here in February.</p>".repeat(40);
        for (body, seen) in [
            (form.to_owned(), "Some(Login)"),
            (script.to_owned(), "Some(Script)"),
            (format!("{text}{form}{script}"), "None"),
            ("<h1>Ideas</h1>".to_owned(), "None"),
        ] {
            let bytes = format!("<!doctype html><body>{body}</body>").into_bytes();
            let page =
                FetchedPage { path: "example.org/ideas".to_owned(), url: None, given: crate::catalog::Given::default(), bytes };
            assert_eq!(format!("{:?}", obstacle(&page)), seen, "{body}");
        }
    }

    #[test]
    fn pages_are_told_from_other_things() {
        for (bytes, kind, refused) in [
            (&b"# Ideas"[..], Some("text/plain; charset=utf-8"), ""),
            (b"# Ideas", Some("application/octet-stream"), ""),
            (b"caf\xe9", None, ""),
            (b"<div>\n\n## An idea\n", None, ""),
            (b"\xff\xfe#\0 \0I\0", None, ""),
            (b"# Ideas", Some("Text/HTML"), "Html"),
            (b"\xef\xbb\xbf\n <!DOCTYPE html><p>", Some("text/plain"), "Html"),
            (b"<HTML>", None, "Html"),
            (b"\x89PNG\r\n\x1a\n", Some("image/png"), "Binary"),
            (b"MZ\0\x01", None, "Binary"),
            (b"", None, "Empty"),
            (b"\xef\xbb\xbf \n", None, "Empty"),
        ] {
            let seen =
                check(bytes, "https://example.org/a.md?b", kind).err().map(|error| format!("{error:?}")).unwrap_or_default();
            assert_eq!(seen, refused, "{bytes:?} {kind:?}");
        }
        for name in ["https://example.org/ideas", "https://example.org/", "a.html"] {
            assert!(check(b"<!doctype html><p>Ideas", name, Some("text/html")).is_ok(), "{name}");
        }
    }
}
