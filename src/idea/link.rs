//! URLs: those that a field of links or issues names, each once, without the punctuation around them.

use crate::prose::Text;
use crate::text::Spanned;

/// The URLs that a stretch of text names, in page order: links, bare URLs, and GitHub's shorthand `owner/repo#12`.
pub fn read(value: Text<'_>) -> Vec<Spanned<String>> {
    let mut urls = Vec::new();
    read_into(value, &mut urls);
    urls
}

/// The same, added to those that are known.
pub fn read_into(value: Text<'_>, urls: &mut Vec<Spanned<String>>) {
    let text = value.as_str();
    let mut found: Vec<(usize, Spanned<String>)> = value
        .links()
        .filter(|(_, link)| is_web(&link.url))
        .map(|(range, link)| (range.start, Spanned::at(link.span, clean(&link.url).to_owned())))
        .collect();
    // Most text has no link and neither mark.
    let is_free = |at: usize| value.links().all(|(range, _)| !range.contains(&at));
    for at in memchr::memchr2_iter(b':', b'#', text.as_bytes()) {
        if text[at..].starts_with('#') {
            if let Some((range, url)) = shorthand(text, at).filter(|_| is_free(at)) {
                found.push((range.start, Spanned::at(value.cut(range).span(), url)));
            }
        } else if let Some(start) = scheme(&text[..at]).filter(|&start| is_web(&text[start..]) && is_free(start)) {
            let url = bare(&text[start..]);
            found.push((start, Spanned::at(value.cut(start..start + url.len()).span(), url.to_owned())));
        }
    }
    found.sort_by_key(|&(at, _)| at);
    for (_, url) in found {
        if urls.iter().all(|known| known.value != url.value) {
            urls.push(url);
        }
    }
}

/// True for `http://` and `https://` with something behind.
pub fn is_web(url: &str) -> bool {
    url.strip_prefix("https://")
        .or_else(|| url.strip_prefix("http://"))
        .is_some_and(|rest| rest.starts_with(char::is_alphanumeric))
}

/// An issue or a pull request as people name it: `owner/repo#12`; `None` if the address leads elsewhere.
pub fn shortened(url: &str) -> Option<String> {
    let (_, path) = url.split_once("://")?.1.split_once('/')?;
    let mut parts = path.split(['/', '?', '#']).filter(|part| !matches!(*part, "" | "-"));
    let (owner, name, kind, number) = (parts.next()?, parts.next()?, parts.next()?, parts.next()?);
    let is_one = matches!(kind, "issues" | "pull" | "pulls" | "merge_requests" | "discussions");
    (is_one && number.bytes().all(|byte| byte.is_ascii_digit())).then(|| format!("{owner}/{name}#{number}"))
}

/// Where the `http` or `https` begins that `text` ends with.
fn scheme(text: &str) -> Option<usize> {
    text.strip_suffix("https").or_else(|| text.strip_suffix("http")).map(str::len)
}

/// No URL is longer, in bytes: servers refuse it.
const LONGEST: usize = 8_000;

/// The URL that `text` begins with.
pub(crate) fn bare(text: &str) -> &str {
    let text = &text[..text.floor_char_boundary(LONGEST)];
    let end = text.find(ends_url).unwrap_or(text.len());
    let mut url = &text[..end];
    // `https://a.example,https://b.example`
    if let Some(next) = url[1..].find("http").filter(|&next| is_web(&url[next + 1..])) {
        url = &url[..=next];
    }
    clean(url)
}

/// White space, and the signs that no URL has or that East Asian text sets around one.
fn ends_url(c: char) -> bool {
    c.is_whitespace() || matches!(c, '<' | '>' | '"' | '`' | '|' | '\\' | '^' | '{' | '}' | '（' | '）' | '，' | '。' | '、')
}

/// Without the punctuation that ends the sentence, not the URL; a closing parenthesis stays if it was opened inside.
fn clean(url: &str) -> &str {
    let mut url = url.trim();
    loop {
        let shorter = url.trim_end_matches(['.', ',', ';', ':', '!', '?', '\'', '*', '_', ']', '|']);
        let shorter = match shorter.strip_suffix(')') {
            Some(inner) if inner.matches('(').count() <= inner.matches(')').count() => inner,
            _ => shorter,
        };
        if shorter.len() == url.len() {
            return url;
        }
        url = shorter;
    }
}

/// `owner/repo#12` around the `#` at `at`: which bytes it takes, and its URL.
fn shorthand(text: &str, at: usize) -> Option<(std::ops::Range<usize>, String)> {
    let digits = text[at + 1..].find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len() - at - 1);
    let word = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.' | '/');
    let start =
        text[..at].rfind(|c: char| !word(c)).map_or(0, |before| before + text[before..].chars().next().map_or(1, char::len_utf8));
    let repository = &text[start..at];
    let (owner, name) = repository.split_once('/')?;
    if digits == 0 || owner.is_empty() || name.is_empty() || name.contains('/') {
        return None;
    }
    let number = &text[at + 1..at + 1 + digits];
    Some((start..at + 1 + digits, format!("https://github.com/{owner}/{name}/issues/{number}")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Document;
    use crate::text::Span;

    #[test]
    fn text_means() {
        for (text, meaning) in [
            ("https://example.org/1", &["https://example.org/1"][..]),
            ("<https://example.org/1>.", &["https://example.org/1"]),
            ("[one](https://example.org/1)", &["https://example.org/1"]),
            ("[https://example.org/1](https://example.org/1)", &["https://example.org/1"]),
            ("https://example.org/1 , https://example.org/2", &["https://example.org/1", "https://example.org/2"]),
            ("https://example.org/1,https://example.org/2.", &["https://example.org/1", "https://example.org/2"]),
            ("https://example.org/1 and [#2](https://example.org/2)", &["https://example.org/1", "https://example.org/2"]),
            ("see https://example.org/a_(b) (or https://example.org/c)", &["https://example.org/a_(b)", "https://example.org/c"]),
            ("kubeflow/trainer#2432", &["https://github.com/kubeflow/trainer/issues/2432"]),
            ("TBD", &[]),
            ("[list](/ideas/issues)", &[]),
            ("http:// and #12", &[]),
        ] {
            let document = Document::read(text, Span::new(0, text.len()));
            let urls: Vec<_> = read(document.text(0)).into_iter().map(|url| url.value).collect();
            assert_eq!(urls, meaning, "{text}");
        }
    }

    #[test]
    fn issues_have_a_short_name() {
        for (url, name) in [
            ("https://github.com/neovim/neovim/issues/30463", Some("neovim/neovim#30463")),
            ("https://github.com/a/b/pull/7/files#diff", Some("a/b#7")),
            ("https://gitlab.com/a/b/-/issues/3", Some("a/b#3")),
            ("https://github.com/a/b/issues", None),
            ("https://github.com/a/b/issues/new", None),
            ("https://example.org/", None),
            ("a/b#3", None),
        ] {
            assert_eq!(shortened(url).as_deref(), name, "{url}");
        }
    }
}
