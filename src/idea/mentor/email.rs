//! E-mail addresses, plain and obfuscated: `ada@example.org`, `ada (at) example (dot) org`, `ada AT example.org`.

use std::ops::Range;

/// True for `local@domain.tld`, as far as a mentor's address needs it.
pub fn is_email(text: &str) -> bool {
    let Some((local, domain)) = text.split_once('@') else { return false };
    let label = |label: &str| !label.is_empty() && label.chars().all(|c| c.is_alphanumeric() || c == '-' || c == '_');
    !local.is_empty()
        && local.chars().all(|c| c.is_alphanumeric() || matches!(c, '.' | '_' | '%' | '+' | '-' | '\''))
        && domain.contains('.')
        && domain.split('.').all(label)
        && domain.rsplit('.').next().is_some_and(|tld| tld.len() >= 2 && tld.chars().all(char::is_alphabetic))
}

/// True for the address of a mailing list, which is nobody's own.
pub(super) fn is_list(address: &str) -> bool {
    address.split_once('@').is_some_and(|(_, domain)| {
        domain.starts_with("lists.")
            || domain.starts_with("groups.")
            || domain.contains(".lists.")
            || domain == "googlegroups.com"
    })
}

/// The addresses in a text, in order: which bytes each takes, and the address written out.
pub(super) fn emails(text: &str) -> impl Iterator<Item = (Range<usize>, String)> {
    let words = if may_hold_email(text) { email_words(text) } else { Vec::new() };
    let (mut at, mut taken) = (0, 0);
    std::iter::from_fn(move || {
        while let Some(word) = words.get(at) {
            at += 1;
            let found = plain_email(word.text).map(|address| {
                let start = word.start + (address.as_ptr() as usize - word.text.as_ptr() as usize);
                (start..start + address.len(), address.to_owned())
            });
            // The words of one address are not those of the next.
            let spelled = || if word.is_at() { spelled_email(&words[taken..], at - 1 - taken) } else { None };
            if let Some(found) = found.or_else(spelled) {
                while words.get(at).is_some_and(|word| word.start < found.0.end) {
                    at += 1;
                }
                taken = at;
                return Some(found);
            }
        }
        None
    })
}

/// True if the text may hold an address: an `@` that begins no handle, or an `at` of its own, stands in it.
fn may_hold_email(text: &str) -> bool {
    let bytes = text.as_bytes();
    let is_letter = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_alphanumeric);
    let is_handle = |at: usize| (at == 0 || b" ([<,".contains(&bytes[at - 1])) && is_letter(at + 1);
    let is_at = |a: usize| bytes[a].eq_ignore_ascii_case(&b'a') && (a == 0 || !is_letter(a - 1)) && !is_letter(a + 2);
    memchr::memchr_iter(b'@', bytes).any(|at| !is_handle(at))
        || memchr::memchr2_iter(b't', b'T', bytes).any(|t| t > 0 && is_at(t - 1))
}

struct Word<'a> {
    start: usize,
    text: &'a str,
}

impl<'a> Word<'a> {
    fn end(&self) -> usize {
        self.start + self.text.len()
    }

    fn bare(&self) -> &'a str {
        self.text.trim_matches(['(', ')', '[', ']', '{', '}', '<', '>', '_'])
    }

    fn is_at(&self) -> bool {
        // "Jane at Google" has one, too; but no address comes of it.
        self.bare().eq_ignore_ascii_case("at") || self.text == "@"
    }

    fn is_dot(&self) -> bool {
        self.bare().eq_ignore_ascii_case("dot")
    }
}

/// The words of a text; brackets around `at` and `dot` stay with them, all other brackets and commas separate.
fn email_words(text: &str) -> Vec<Word<'_>> {
    let mut words = Vec::new();
    let mut at = 0;
    while at < text.len() {
        let rest = &text[at..];
        if let Some(len) = mark(rest) {
            words.push(Word { start: at, text: &rest[..len] });
            at += len;
            continue;
        }
        let stop = |c: char| {
            c.is_whitespace()
                || matches!(
                    c,
                    '(' | ')' | '[' | ']' | '{' | '}' | '<' | '>' | ',' | ';' | '|' | '"' | '，' | '；' | '、' | '（' | '）'
                )
        };
        let len = rest
            .char_indices()
            .find(|&(i, c)| stop(c) || (c == '_' && i > 0 && mark(&rest[i..]).is_some()))
            .map_or(rest.len(), |(i, _)| i);
        if len == 0 {
            at += rest.chars().next().map_or(1, char::len_utf8);
        } else {
            words.push(Word { start: at, text: &rest[..len] });
            at += len;
        }
    }
    words
}

/// `(dot)` is the longest mark, in characters.
const LONGEST_MARK: usize = 5;

/// The length of an `(at)`, `[dot]`, `_at_` that `text` begins with.
fn mark(text: &str) -> Option<usize> {
    let open = *text.as_bytes().first()?;
    let close = match open {
        b'(' => ')',
        b'[' => ']',
        b'<' => '>',
        b'{' => '}',
        b'_' => '_',
        _ => return None,
    };
    let end = text.char_indices().take(LONGEST_MARK).skip(1).find(|&(_, c)| c == close)?.0;
    let inside = &text[1..end];
    let spelled = inside.eq_ignore_ascii_case("at") || inside.eq_ignore_ascii_case("dot") || inside == "@";
    spelled.then_some(end + 1)
}

fn plain_email(word: &str) -> Option<&str> {
    if !word.contains('@') {
        return None;
    }
    let word = word.strip_prefix("mailto:").unwrap_or(word).trim_matches(['*', '`', '\'', '.', '_', '-', ':', '!', '?', '/']);
    let word = word.rsplit_once(':').map_or(word, |(_, address)| address);
    is_email(word).then_some(word)
}

/// `jane (dot) doe (at) example (dot) org`, with the `(at)` at `words[at]`.
fn spelled_email(words: &[Word<'_>], at: usize) -> Option<(Range<usize>, String)> {
    let mut first = at.checked_sub(1)?;
    let mut local = words[first].text.to_owned();
    while first >= 2 && words[first - 1].is_dot() {
        first -= 2;
        local = format!("{}.{local}", words[first].text);
    }
    let mut last = at + 1;
    let mut domain = words.get(last)?.text.to_owned();
    while words.get(last + 1).is_some_and(Word::is_dot) && last + 2 < words.len() {
        last += 2;
        domain = format!("{domain}.{}", words[last].text);
    }
    let domain = domain.trim_end_matches(['.', '*', '_']);
    let address = format!("{}@{domain}", local.trim_start_matches(['*', '_']));
    is_email(&address).then(|| (words[first].start..words[last].end(), address))
}
